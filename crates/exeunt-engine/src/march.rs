//! Columns: head times along a road path, with rate of march, headway, border hours, curfews, rests and escorts.

use crate::bookings::{Bookings, Use, Used};
use crate::convoy::{self, Drivers};
use crate::network::{Network, RoadPath, march_time};
use crate::timeline::first_in;
use exeunt_model::scenario::{Road, Scenario};
use exeunt_model::{Duration, PartyId, PieceId, PlaceId, ResourceId, RoadId, Timestamp, formula};

/// A column with its times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ColumnDraft {
    /// Road, both ends in the direction of march, head leaves, head arrives.
    pub(crate) marches: Vec<(RoadId, PlaceId, PlaceId, Timestamp, Timestamp)>,
    pub(crate) load: Vec<(PieceId, i64)>,
    pub(crate) clears: Timestamp,
    /// Arrival beyond the border of the host, if it leaves the host.
    pub(crate) left_host: Option<Timestamp>,
    pub(crate) uses: Vec<Use>,
    /// Number, if it brings an element to its field.
    pub(crate) number: Option<usize>,
    /// Position in the frozen plan, if it is frozen.
    pub(crate) given: Option<usize>,
}

impl ColumnDraft {
    pub(crate) fn departs(&self) -> Timestamp {
        self.marches[0].3
    }
}

/// The question put to the road.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MarchTask<'a> {
    pub(crate) path: &'a RoadPath,
    pub(crate) party: PartyId,
    pub(crate) vehicles: i64,
    /// Earliest departure.
    pub(crate) from: Timestamp,
    /// Earliest arrival beyond the border of the host.
    pub(crate) left_host: Timestamp,
    /// Earliest moment at which the tail clears the end.
    pub(crate) clear: Timestamp,
    /// Leaves at once and marches so slowly that it arrives when it may, instead of leaving later.
    pub(crate) slowly: bool,
}

/// Finds the earliest march along a path; `None` when it does not end within the horizon.
pub(crate) fn drive(
    s: &Scenario,
    net: &Network<'_>,
    bookings: &Bookings,
    task: MarchTask<'_>,
) -> Option<ColumnDraft> {
    let mut least = vec![task.from; task.path.len()];
    loop {
        let mut column = roll(s, net, bookings, task, &least)?;
        let escorts = convoy::escorts(s, &column.marches, task.vehicles.max(1));
        let Some((march, _, until)) = convoy::unescorted(bookings, &escorts) else {
            column.uses.extend(escorts.into_iter().map(|(_, u)| u));
            return Some(column);
        };
        least[march] = until;
    }
}

/// Returns the escort for want of which a march cannot be made, if it could be made without any.
pub(crate) fn lacks_escort(
    s: &Scenario,
    net: &Network<'_>,
    bookings: &Bookings,
    task: MarchTask<'_>,
) -> Option<ResourceId> {
    if task.path.iter().all(|leg| s.roads[leg.0].escorts.is_empty()) {
        return None;
    }
    let column = roll(s, net, bookings, task, &vec![task.from; task.path.len()])?;
    let escorts = convoy::escorts(s, &column.marches, task.vehicles.max(1));
    convoy::unescorted(bookings, &escorts).map(|(_, resource, _)| resource)
}

/// Finds the earliest march along a path, each road from its moment on, as if every escort were there.
fn roll(
    s: &Scenario,
    net: &Network<'_>,
    bookings: &Bookings,
    task: MarchTask<'_>,
    least: &[Timestamp],
) -> Option<ColumnDraft> {
    let MarchTask { path, party, vehicles, from: not_before, left_host, clear, slowly } = task;
    let vehicles = vehicles.max(1);
    let density = s.operation.march_density_per_km;
    let mut column = ColumnDraft {
        marches: Vec::new(),
        load: Vec::new(),
        clears: not_before,
        left_host: None,
        uses: Vec::new(),
        given: None,
        number: None,
    };
    let mut head = not_before.max(s.operation.marches_from());
    let mut drivers = Drivers::rested(s);
    for (&(id, from, to), least) in path.iter().zip(least) {
        let road = &s.roads[id];
        let time = march_time(s, road, vehicles)?;
        let arrived = head;
        head = (head + drivers.rest_before(road).unwrap_or(Duration::ZERO)).max(*least);
        let pass = formula::pass_time(vehicles, density, road.rate, Duration::ZERO)?;
        let leaves_host = s.is_in_host(from) && !s.is_in_host(to);
        let mut due = Timestamp::MIN;
        if leaves_host {
            due = left_host;
        }
        if path.last().is_some_and(|last| last.0 == id) {
            due = due.max(clear - pass);
        }
        // who is on a road longer than needed keeps nobody else waiting there
        let is_free = road.headway.is_none() && road.border.is_none();
        if !(slowly && is_free && !s.operation.curfews_bind_columns) {
            head = head.max(due - time);
        }
        let windows = net.border_windows(id, party, time);
        let mut uses = Vec::new();
        loop {
            let mut departs = first_in(&windows, head)?;
            departs = after_curfew(s, from, to, departs, time);
            uses.clear();
            if let Some(headway) = road.headway {
                let until = departs + pass + headway;
                uses.push(Use { what: Used::Road(id), from: departs, to: until });
            }
            if road.border.is_some() {
                uses.push(Use { what: Used::Post(id), from: departs, to: departs + time });
            }
            let blocked = uses.iter().filter_map(|u| bookings.blocked_until(*u)).max();
            departs = blocked.unwrap_or(departs);
            if due.max(departs + time) + pass > s.operation.end {
                return None;
            }
            if departs == head {
                break;
            }
            head = departs;
        }
        drivers.drive(road, drivers.is_rest(head - arrived));
        let arrives = due.max(head + time);
        if leaves_host {
            column.left_host = Some(arrives);
        }
        column.marches.push((id, from, to, head, arrives));
        column.clears = arrives + pass;
        column.uses.append(&mut uses);
        head = arrives;
    }
    Some(column)
}

/// Moves a departure past the curfews of both ends, if they bind columns.
pub(crate) fn after_curfew(
    s: &Scenario,
    from: PlaceId,
    to: PlaceId,
    departs: Timestamp,
    time: Duration,
) -> Timestamp {
    if !s.operation.curfews_bind_columns {
        return departs;
    }
    let areas = [&s.places[from].area, &s.places[to].area];
    let mut departs = departs;
    while let Some(curfew) = s
        .curfews
        .iter()
        .filter(|curfew| areas.iter().any(|area| area.as_ref() == Some(&curfew.area)))
        .flat_map(|curfew| &curfew.windows)
        .find(|w| departs < w.to && w.from < departs + time)
    {
        departs = curfew.to;
    }
    departs
}

/// Returns the most vehicles that one column may have on a path: what its roads take, and what its border posts let
/// through within one opening.
pub(crate) fn most_vehicles(s: &Scenario, path: &RoadPath) -> i64 {
    let road = |road: &Road| {
        let post = road.border.as_ref().map(|border| {
            let march = march_time(s, road, 0).unwrap_or(Duration::ZERO);
            let longest = border.windows.iter().map(|w| (w.to - w.from - march).0).max();
            (longest.unwrap_or(0).max(0) / 60).saturating_mul(border.vehicles_per_hour) / 60
        });
        road.max_vehicles.into_iter().chain(post).min()
    };
    path.iter().filter_map(|(id, ..)| road(&s.roads[*id])).min().unwrap_or(i64::MAX)
}
