//! Planning figures and field formulas, in integers, with the numbers of `docs/formulas.md`.
//!
//! These are the forms commonly taught (AFPAM 10-1403 for airlift, FM 55-10 appendix E, FM 55-15 and
//! FM 55-30 for road), tested against the worked examples. The planner uses payload and pass time from here; the
//! checker writes what it decides with once more for itself.

use crate::time::Duration;
use crate::units::{Distance, Mass, Speed};

/// Returns the missions a requirement needs at an average payload (A1), rounded up; `None` without payload.
pub fn missions(requirement: Mass, payload: Mass) -> Option<i64> {
    (payload.0 > 0 && requirement.0 >= 0).then(|| (requirement.0 + payload.0 - 1) / payload.0)
}

/// Returns the airfield throughput in whole sorties (A11): `mog x hours / ground time x efficiency`.
///
/// `efficiency_percent` is 85 where queues are allowed for. A planning figure, no bound: a lawful plan
/// may beat it. `None` without ground time.
pub fn throughput(
    mog: i64,
    open: Duration,
    ground: Duration,
    efficiency_percent: i64,
) -> Option<i64> {
    let num = i128::from(mog) * i128::from(open.0) * i128::from(efficiency_percent);
    let den = i128::from(ground.0) * 100;
    (den > 0).then(|| i64::try_from(num / den).unwrap_or(i64::MAX))
}

/// Returns the flow interval (A13), `ground time / (mog x efficiency)`, in whole seconds, rounded up.
pub fn flow_interval(mog: i64, ground: Duration, efficiency_percent: i64) -> Option<Duration> {
    let den = i128::from(mog) * i128::from(efficiency_percent);
    (den > 0).then(|| {
        let seconds = (i128::from(ground.0) * 100 + den - 1) / den;
        Duration(i64::try_from(seconds).unwrap_or(i64::MAX))
    })
}

/// Returns the payload at a route distance, linear between the points (A18), rounded **down**.
///
/// Up to the first point its payload holds; beyond the last there is none. Points rise in distance.
pub fn payload_at(points: &[(Distance, Mass)], distance: Distance) -> Mass {
    let Some(&(first, most)) = points.first() else { return Mass::ZERO };
    if distance <= first {
        return most;
    }
    for pair in points.windows(2) {
        let [(from, high), (to, low)] = [pair[0], pair[1]];
        if distance <= to {
            let fall = i128::from((high - low).0) * i128::from((distance - from).0);
            let span = i128::from((to - from).0);
            let fall_up = (fall + span - 1) / span;
            return high - Mass(i64::try_from(fall_up).unwrap_or(i64::MAX));
        }
    }
    Mass::ZERO
}

/// Returns the extra time allowance of a column (R2, R4): a minute per 25 vehicles or part of 25, twice
/// that above 600 vehicles.
pub fn extra_time_allowance(vehicles: i64) -> Duration {
    // counts of a plan may be absurd
    let minutes = vehicles.max(0).saturating_add(24) / 25 * if vehicles > 600 { 2 } else { 1 };
    Duration(minutes.saturating_mul(60))
}

/// Returns the pass time of a column, head to tail at one point (R2, R3), in whole seconds rounded up:
/// `vehicles / (density x rate)` plus the gaps between its units plus the extra time allowance.
///
/// `density` is vehicles per km. `None` when density or rate is not positive.
pub fn pass_time(vehicles: i64, density: i64, rate: Speed, gaps: Duration) -> Option<Duration> {
    // vehicles / (density per km) is km; km x 1000 m / (m/h) is h; x 3600 is s
    let den = i128::from(density) * i128::from(rate.0);
    (density > 0 && rate.0 > 0).then(|| {
        let num = i128::from(vehicles.max(0)) * 1_000 * 3_600;
        let seconds = i64::try_from((num + den - 1) / den).unwrap_or(i64::MAX);
        Duration(seconds) + gaps + extra_time_allowance(vehicles)
    })
}

/// Returns the road space of a column (R5), `vehicles / density + gaps x rate`, rounded up to metres.
pub fn road_space(vehicles: i64, density: i64, gaps: Duration, rate: Speed) -> Option<Distance> {
    (density > 0).then(|| {
        let own = (vehicles * 1_000 + density - 1) / density;
        Distance(own + (gaps.0 * rate.0 + 3_599) / 3_600)
    })
}

/// Returns the density in vehicles per 1,000 km (R8): `1000 / (gap + vehicle length)` per km.
pub fn density_per_1000_km(gap: Distance, vehicle: Distance) -> Option<i64> {
    let pitch = gap.0 + vehicle.0;
    (pitch > 0).then(|| 1_000_000 / pitch)
}

/// Returns the mass of people with their baggage (L8).
pub fn people_mass(people: i64, body: Mass, baggage: Mass) -> Mass {
    (body + baggage).times(people)
}
