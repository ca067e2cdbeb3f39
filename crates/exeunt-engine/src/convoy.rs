//! Columns under way: when their drivers rest, and which escorts go with them (C20).

use crate::bookings::{Bookings, Use, Used};
use crate::timeline::Timeline;
use exeunt_model::scenario::{DriverHours, Road, Scenario};
use exeunt_model::{Duration, PlaceId, ResourceId, RoadId, Timestamp, formula};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the time at the wheel on a road.
fn at_the_wheel(road: &Road) -> Duration {
    road.rate.time_for(road.distance).unwrap_or(Duration::ZERO)
}

/// Returns how many halts a road has because it alone takes longer than drivers may be at the wheel.
fn n_halts(road: &Road, hours: DriverHours) -> i64 {
    (at_the_wheel(road).0 - 1).max(0) / hours.most.0.max(1)
}

/// Returns the time of the halts on a road.
pub(crate) fn halts(s: &Scenario, road: &Road) -> Duration {
    let hours = s.operation.driver_hours;
    hours
        .map_or(Duration::ZERO, |hours| Duration(n_halts(road, hours).saturating_mul(hours.rest.0)))
}

/// The drivers of a column on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drivers {
    hours: Option<DriverHours>,
    /// At the wheel since their last rest.
    since: Duration,
}

impl Drivers {
    /// Drivers at the start of their way.
    pub(crate) fn rested(s: &Scenario) -> Self {
        Self { hours: s.operation.driver_hours, since: Duration::ZERO }
    }

    /// Returns how long they have to rest before a road, if they do.
    pub(crate) fn rest_before(&self, road: &Road) -> Option<Duration> {
        let hours = self.hours?;
        let is_due = self.since > Duration::ZERO && self.since + at_the_wheel(road) > hours.most;
        is_due.then_some(hours.rest)
    }

    /// Says whether standing so long is a rest.
    pub(crate) fn is_rest(&self, stood: Duration) -> bool {
        self.hours.is_some_and(|hours| stood >= hours.rest)
    }

    /// Has them march a road, after a rest or without.
    pub(crate) fn drive(&mut self, road: &Road, has_rested: bool) {
        let Some(hours) = self.hours else { return };
        let driven = at_the_wheel(road).0 - n_halts(road, hours).saturating_mul(hours.most.0);
        let before = if has_rested { Duration::ZERO } else { self.since };
        self.since = before + Duration(driven);
    }
}

/// Returns the time that drivers rest between the roads of a way if they wait nowhere for anything else.
pub(crate) fn rests(s: &Scenario, way: impl IntoIterator<Item = RoadId>) -> Duration {
    let mut drivers = Drivers::rested(s);
    let mut rests = Duration::ZERO;
    for road in way {
        let road = &s.roads[road];
        let rest = drivers.rest_before(road);
        drivers.drive(road, rest.is_some());
        rests = rests + rest.unwrap_or(Duration::ZERO);
    }
    rests
}

/// Returns before which roads of a way drivers rest because they have to: of two places that would do, the later one.
/// `gap` says how long they stand before a road.
pub(crate) fn rests_of(s: &Scenario, way: &[RoadId], gap: impl Fn(usize) -> Duration) -> Vec<bool> {
    let mut rests = vec![false; way.len()];
    let mut drivers = Drivers::rested(s);
    let mut at = 0;
    let mut last_rest = 0;
    while at < way.len() {
        let road = &s.roads[way[at]];
        if drivers.rest_before(road).is_some() && !rests[at] {
            let stands = (last_rest + 1..=at).rev().find(|&place| drivers.is_rest(gap(place)));
            // a plan whose drivers do not rest is followed all the same
            let Some(place) = stands else {
                drivers.drive(road, true);
                at += 1;
                continue;
            };
            rests[place] = true;
            (last_rest, at) = (place, place);
            continue;
        }
        drivers.drive(road, rests[at]);
        at += 1;
    }
    rests
}

/// A march: road, both ends, head leaves, head arrives.
pub(crate) type Marched = (RoadId, PlaceId, PlaceId, Timestamp, Timestamp);

/// Returns the escorts that go with a column: of each the march that it begins with. Who is needed on roads that follow
/// one another goes along.
pub(crate) fn escorts(s: &Scenario, marches: &[Marched], vehicles: i64) -> Vec<(usize, Use)> {
    let roads = || marches.iter().map(|march| &s.roads[march.0]);
    let resources: BTreeSet<ResourceId> =
        roads().flat_map(|road| &road.escorts).map(|need| need.0).collect();
    let mut uses = Vec::new();
    for resource in resources {
        for (first, last, amount) in runs(roads(), resource) {
            let road = &s.roads[marches[last].0];
            let density = s.operation.march_density_per_km;
            let pass = formula::pass_time(vehicles, density, road.rate, Duration::ZERO);
            let clears = marches[last].4 + pass.unwrap_or(Duration::ZERO);
            let what = Used::Escort(resource, amount);
            uses.push((first, Use { what, from: marches[first].3, to: clears + road.escort_back }));
        }
    }
    uses.sort_by_key(|(first, _)| *first);
    uses
}

/// Returns the stretches of a way over which so many of an escort go along: first road, last road, amount.
pub(crate) fn runs<'a>(
    way: impl IntoIterator<Item = &'a Road>,
    resource: ResourceId,
) -> Vec<(usize, usize, i64)> {
    let need = |road: &Road| road.escorts.iter().find(|n| n.0 == resource).map_or(0, |n| n.1);
    let needs: Vec<i64> = way.into_iter().map(need).collect();
    let heights: BTreeSet<i64> = needs.iter().copied().filter(|need| *need > 0).collect();
    let mut runs = Vec::new();
    let mut below = 0;
    for height in heights {
        let mut first = None;
        for at in 0..=needs.len() {
            let is_needed = needs.get(at).is_some_and(|need| *need >= height);
            match first {
                None if is_needed => first = Some(at),
                Some(from) if !is_needed => {
                    runs.push((from, at - 1, height - below));
                    first = None;
                }
                _ => {}
            }
        }
        below = height;
    }
    runs
}

/// Returns which march of a column has no escort, and from when on whatever is in the way then no longer is.
pub(crate) fn unescorted(
    bookings: &Bookings,
    uses: &[(usize, Use)],
) -> Option<(usize, ResourceId, Timestamp)> {
    let mut lines: BTreeMap<ResourceId, Timeline> = BTreeMap::new();
    for (march, u) in uses {
        let Used::Escort(resource, amount) = u.what else { continue };
        let Some(line) = bookings.escort(resource) else { continue };
        // the column's own uses of one escort may meet where others lie between
        let line = lines.entry(resource).or_insert_with(|| line.clone());
        if let Some(until) = line.blocked_until(u.from, u.to, amount) {
            return Some((*march, resource, until));
        }
        line.book(u.from, u.to, amount);
    }
    None
}

/// Returns an escort of which a road needs more than there ever is.
pub(crate) fn never_there(s: &Scenario, road: &Road) -> Option<ResourceId> {
    let (start, end) = (s.operation.start, s.operation.end);
    let lacks = |&&(resource, amount): &&(ResourceId, i64)| {
        let line = crate::handover::capacity(s, &[resource]);
        line.earliest(start, Duration(1), amount).is_none_or(|t| t >= end)
    };
    road.escorts.iter().find(lacks).map(|need| need.0)
}
