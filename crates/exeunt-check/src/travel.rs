//! Travel times, payload and windows, written once more for the checker (model.md sections 0, 4, 5).
//!
//! Integers throughout; each division says which way it rounds.

use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::units::{Distance, Mass, Speed};

/// Longer than any operation: what a time comes to that cannot be computed.
const FOREVER: Duration = Duration(i64::MAX / 4);

/// Returns the payload at a route distance: that of the first point up to it, linear between points and
/// rounded down to kg, none beyond the last.
pub(crate) fn payload_at(points: &[(Distance, Mass)], distance: Distance) -> Mass {
    let Some(&(nearest, most)) = points.first() else { return Mass::ZERO };
    if distance <= nearest {
        return most;
    }
    for pair in points.windows(2) {
        let (near, heavy) = pair[0];
        let (far, light) = pair[1];
        if distance > far || far <= near {
            continue;
        }
        // light + (heavy - light) x (far - distance) / (far - near), rounded down
        let gain = i128::from(heavy.0 - light.0) * i128::from(far.0 - distance.0);
        let gain = gain.div_euclid(i128::from(far.0 - near.0));
        return light + Mass(i64::try_from(gain).unwrap_or(0));
    }
    Mass::ZERO
}

/// Returns the time from the head to the tail of a column at one point:
/// vehicles x 3600 x 1000 / (density x rate) seconds rounded up, and a minute for each 25 vehicles or
/// part of them, two above 600 vehicles. `density` is vehicles per km.
pub(crate) fn pass_time(vehicles: i64, density: i64, rate: Speed) -> Duration {
    let vehicles = i128::from(vehicles.max(0));
    let per_hour = i128::from(density) * i128::from(rate.0);
    if density <= 0 || rate.0 <= 0 {
        return FOREVER;
    }
    let driving = (vehicles * 3_600 * 1_000 + per_hour - 1) / per_hour;
    let groups = (vehicles + 24) / 25;
    let extra_minutes = if vehicles > 600 { 2 * groups } else { groups };
    i64::try_from(driving + extra_minutes * 60).map_or(FOREVER, |s| Duration(s.min(FOREVER.0)))
}

/// Returns the least time of a crossing: vehicles / vehicles an hour, rounded up to minutes.
pub(crate) fn crossing_time(vehicles: i64, vehicles_per_hour: i64) -> Duration {
    if vehicles_per_hour <= 0 {
        return FOREVER;
    }
    let per_hour = i128::from(vehicles_per_hour);
    let minutes = (i128::from(vehicles.max(0)) * 60 + per_hour - 1) / per_hour;
    i64::try_from(minutes * 60).map_or(FOREVER, |s| Duration(s.min(FOREVER.0)))
}

/// Returns the share `percent` of a distance in whole metres, rounded down.
pub(crate) fn per_cent(distance: Distance, percent: i64) -> Distance {
    let metres = i128::from(distance.0) * i128::from(percent) / 100;
    Distance(i64::try_from(metres).unwrap_or(i64::MAX))
}

/// Returns whether the moment lies in one of the windows.
pub(crate) fn is_open(windows: &[Interval], t: Timestamp) -> bool {
    window_from(windows, t).is_some_and(|window| window.contains(t))
}

/// Returns whether `[from, to]` lies inside one of the windows.
pub(crate) fn lies_inside(windows: &[Interval], from: Timestamp, to: Timestamp) -> bool {
    window_from(windows, from).is_some_and(|window| window.covers(from, to))
}

/// Returns the last window that opens at or before `t`; windows are sorted and disjoint.
fn window_from(windows: &[Interval], t: Timestamp) -> Option<Interval> {
    let opened = windows.partition_point(|window| window.from <= t);
    opened.checked_sub(1).map(|last| windows[last])
}

/// Returns whether `[from, to)` shares a moment with one of the windows.
pub(crate) fn overlaps_any(windows: &[Interval], from: Timestamp, to: Timestamp) -> bool {
    let span = Interval { from, to };
    let ended = windows.partition_point(|window| window.to <= from);
    windows.get(ended).is_some_and(|window| window.overlaps(span))
}

/// Returns the moments that lie in a window of both lists.
pub(crate) fn intersection(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let (mut i, mut j) = (0, 0);
    let mut common = Vec::new();
    while i < a.len() && j < b.len() {
        let from = a[i].from.max(b[j].from);
        let to = a[i].to.min(b[j].to);
        if from < to {
            common.push(Interval { from, to });
        }
        if a[i].to <= b[j].to {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: i64, to: i64) -> Interval {
        Interval { from: Timestamp(from), to: Timestamp(to) }
    }

    #[test]
    fn payload_is_linear_between_points_and_rounds_down() {
        let points = [
            (Distance::from_km(4_000), Mass::from_tonnes(60)),
            (Distance::from_km(5_000), Mass::from_tonnes(52)),
        ];
        assert_eq!(payload_at(&points, Distance::from_km(100)), Mass::from_tonnes(60));
        assert_eq!(payload_at(&points, Distance::from_km(4_000)), Mass::from_tonnes(60));
        // 60 - 8 x 500 / 1000 = 56 t
        assert_eq!(payload_at(&points, Distance::from_km(4_500)), Mass::from_tonnes(56));
        // one metre beyond 4,000 km: 60,000 - 8,000 / 1,000,000 kg = 59,999.992 kg
        assert_eq!(payload_at(&points, Distance(4_000_001)), Mass(59_999));
        assert_eq!(payload_at(&points, Distance::from_km(5_000)), Mass::from_tonnes(52));
        assert_eq!(payload_at(&points, Distance(5_000_001)), Mass::ZERO);
        assert_eq!(payload_at(&[], Distance(1)), Mass::ZERO);
    }

    #[test]
    fn pass_time_has_a_minute_for_each_25_vehicles() {
        // 19 / 15 km at 40 km/h = 0.031667 h = 1.9 min = 114 s, and 1 min
        assert_eq!(pass_time(19, 15, Speed::from_kmh(40)), Duration(114 + 60));
        // 650 / 15 / 40 h = 3,900 s; 26 groups of 25 at two minutes = 52 min
        assert_eq!(pass_time(650, 15, Speed::from_kmh(40)), Duration(3_900 + 52 * 60));
        // 600 vehicles are not above 600: 24 groups at one minute
        assert_eq!(pass_time(600, 15, Speed::from_kmh(40)), Duration(3_600 + 24 * 60));
        assert_eq!(pass_time(1, 0, Speed::from_kmh(40)), FOREVER);
        assert_eq!(pass_time(i64::MAX, 1, Speed(1)), FOREVER);
    }

    #[test]
    fn crossings_and_marches_round_up_to_minutes() {
        // 240 km at 40 km/h = 6.0 h
        let rate = Speed::from_kmh(40);
        assert_eq!(rate.time_for(Distance::from_km(240)), Some(Duration::from_hours(6)));
        // 10 vehicles at 60 an hour = 10 min; 11 at 50 an hour = 13.2, so 14 min
        assert_eq!(crossing_time(10, 60), Duration::from_minutes(10));
        assert_eq!(crossing_time(11, 50), Duration::from_minutes(14));
        assert_eq!(crossing_time(1, 0), FOREVER);
    }

    #[test]
    fn own_state_routes_round_down() {
        // 1,999 m x 103 / 100 = 2,058.97 m
        assert_eq!(per_cent(Distance(1_999), 103), Distance(2_058));
    }

    #[test]
    fn windows_are_half_open() {
        let windows = [window(10, 20), window(30, 40)];
        assert!(is_open(&windows, Timestamp(10)));
        assert!(!is_open(&windows, Timestamp(20)));
        assert!(!is_open(&windows, Timestamp(9)));
        assert!(lies_inside(&windows, Timestamp(30), Timestamp(40)));
        assert!(!lies_inside(&windows, Timestamp(19), Timestamp(31)));
        assert!(overlaps_any(&windows, Timestamp(19), Timestamp(25)));
        assert!(!overlaps_any(&windows, Timestamp(20), Timestamp(30)));
        assert_eq!(
            intersection(&windows, &[window(15, 35), window(39, 50)]),
            [window(15, 20), window(30, 35), window(39, 40)]
        );
    }
}
