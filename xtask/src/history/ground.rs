//! Fields: when aircraft load and unload.
//!
//! The record asks more of some fields than the scenario assumes. Loading is therefore not heaped before take-off but set
//! where stands, handling teams and host checks together are exceeded for the shortest time, and as late as that allows.

use super::{Mission, handovers};
use exeunt_model::ids::*;
use exeunt_model::plan::Service;
use exeunt_model::scenario::{ResourceKind, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

/// Loading starts on marks of so many seconds.
const MARK: i64 = 300;
/// Aircraft land so long before they load, if the runway lets them.
const LANDED_BEFORE: i64 = 600;
/// Rounds in which each sortie may choose again.
const ROUNDS_MAX: usize = 20;

/// What is short at a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Short {
    Stand,
    Handling,
    HostCheck,
}

const SHORT: [Short; 3] = [Short::Stand, Short::Handling, Short::HostCheck];

/// Returns the first moment from `wanted` on that keeps the runway's separation, and takes it.
pub(crate) fn free_slot(
    s: &Scenario,
    field: PlaceId,
    wanted: Timestamp,
    taken: &mut BTreeMap<PlaceId, Vec<Timestamp>>,
) -> Timestamp {
    let slot = s.places[field].airfield.as_ref().map_or(Duration::ZERO, |airfield| airfield.slot);
    let taken = taken.entry(field).or_default();
    let mut t = wanted;
    while taken.iter().any(|&other| (t - other).0.abs() < slot.0) {
        t = t + Duration(MARK);
    }
    taken.push(t);
    t
}

/// Returns how long the sortie loads, a change of the cabin included.
pub(crate) fn loading_time(s: &Scenario, mission: &Mission) -> Duration {
    let kind = &s.types[mission.aircraft];
    match mission.hold.configuration {
        0 => kind.onload,
        other => kind.onload + kind.configurations[other].change,
    }
}

/// Chooses the start of loading of every sortie, field by field.
pub(crate) fn choose_loading(s: &Scenario, missions: &mut [Mission]) -> Result<(), String> {
    let mut fields: Vec<PlaceId> = missions.iter().map(|mission| mission.from).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let mut here: Vec<usize> =
            (0..missions.len()).filter(|&k| missions[k].from == field).collect();
        // who has least choice chooses first
        here.sort_by_key(|&k| {
            let last = missions[k].departs - loading_time(s, &missions[k]);
            (last - missions[k].loading.0, missions[k].departs, k)
        });
        let mut board = Board::new(s, field);
        for &k in &here {
            let latest = missions[k].departs - loading_time(s, &missions[k]);
            if latest < missions[k].loading.0 {
                let late = (missions[k].loading.0 - latest).to_minutes_ceil();
                return Err(format!(
                    "history.csv, {}: leaves {late} min too early",
                    missions[k].id
                ));
            }
            missions[k].loading.1 = board.best(s, &missions[k]);
            board.add(s, &missions[k], 1);
        }
        for _ in 0..ROUNDS_MAX {
            let mut is_better = false;
            for &k in &here {
                board.add(s, &missions[k], -1);
                let best = board.best(s, &missions[k]);
                is_better |= best != missions[k].loading.1;
                missions[k].loading.1 = best;
                board.add(s, &missions[k], 1);
            }
            if !is_better {
                break;
            }
        }
    }
    Ok(())
}

/// Uses and capacities of a field, mark by mark.
struct Board {
    start: Timestamp,
    free: Vec<[i64; 3]>,
}

impl Board {
    fn new(s: &Scenario, field: PlaceId) -> Self {
        let start = s.operation.start;
        let marks = (s.operation.end - start).0 / MARK;
        let free =
            |mark: i64| SHORT.map(|short| capacity(s, field, short, start + Duration(mark * MARK)));
        Self { start, free: (0..marks).map(free).collect() }
    }

    /// Returns what the sortie takes: of stands from before loading to take-off, of teams and checks while it loads.
    fn uses(&self, s: &Scenario, mission: &Mission, starts: Timestamp) -> [(usize, usize, i64); 3] {
        let mark = |t: Timestamp| usize::try_from((t - self.start).0.max(0) / MARK).unwrap_or(0);
        let ends = mark(starts + loading_time(s, mission) + Duration(MARK - 1));
        let teams = s.types[mission.aircraft].handling_teams;
        [
            (mark(starts - Duration(LANDED_BEFORE)), mark(mission.departs), 1),
            (mark(starts), ends, teams),
            (mark(starts), ends, 1),
        ]
    }

    fn add(&mut self, s: &Scenario, mission: &Mission, sign: i64) {
        for (short, (from, to, amount)) in
            self.uses(s, mission, mission.loading.1).into_iter().enumerate()
        {
            for free in self.free.iter_mut().take(to).skip(from) {
                free[short] -= sign * amount;
            }
        }
    }

    /// Returns the latest start with the least excess, counted in marks.
    fn best(&self, s: &Scenario, mission: &Mission) -> Timestamp {
        let latest = mission.departs - loading_time(s, mission);
        let mut starts = self.start + Duration((latest - self.start).0.div_euclid(MARK) * MARK);
        let mut best = (i64::MAX, latest);
        while mission.loading.0 <= starts {
            let excess = self.excess(s, mission, starts);
            if excess < best.0 {
                best = (excess, starts);
            }
            starts = starts - Duration(MARK);
        }
        best.1
    }

    fn excess(&self, s: &Scenario, mission: &Mission, starts: Timestamp) -> i64 {
        let mut excess = 0;
        for (short, (from, to, amount)) in self.uses(s, mission, starts).into_iter().enumerate() {
            for free in self.free.iter().take(to).skip(from) {
                let (before, after) = ((-free[short]).max(0), (amount - free[short]).max(0));
                excess += after * after - before * before;
            }
        }
        excess
    }
}

/// Returns the stands, teams or checks of a field at a moment; without a resource there is no limit.
fn capacity(s: &Scenario, field: PlaceId, short: Short, t: Timestamp) -> i64 {
    let is_short = |kind: ResourceKind| match kind {
        ResourceKind::Stand(_) => short == Short::Stand,
        ResourceKind::Handling => short == Short::Handling,
        ResourceKind::HostCheck => short == Short::HostCheck,
        _ => false,
    };
    let mut here =
        s.resources.iter().filter(|(_, r)| r.place == Some(field) && is_short(r.kind)).peekable();
    match here.peek() {
        None => i64::MAX / 2,
        Some(_) => here.map(|(_, resource)| handovers::there(resource, t)).sum(),
    }
}

/// Returns when each sortie is unloaded: in the order of landing, as soon as teams are free.
pub(crate) fn unloading(s: &Scenario, missions: &[Mission]) -> Vec<Service> {
    let mut order: Vec<usize> = (0..missions.len()).collect();
    let lands = |k: usize| super::tails::lands(s, &missions[k]);
    order.sort_by_key(|&k| (lands(k), k));
    let mut services =
        vec![Service { starts: Timestamp::MIN, ends: Timestamp::MIN }; missions.len()];
    let mut at_work: BTreeMap<PlaceId, Vec<(Service, i64)>> = BTreeMap::new();
    for k in order {
        let kind = &s.types[missions[k].aircraft];
        let here = at_work.entry(missions[k].to).or_default();
        let mut moments: Vec<Timestamp> = here.iter().map(|(service, _)| service.ends).collect();
        moments.push(lands(k));
        moments.retain(|&t| lands(k) <= t);
        moments.sort_unstable();
        let is_free = |starts: Timestamp| {
            let ends = starts + kind.offload;
            let used = |t: Timestamp| -> i64 {
                let busy = here.iter().filter(|(other, _)| other.starts <= t && t < other.ends);
                busy.map(|(_, teams)| teams).sum()
            };
            let changes = here.iter().map(|(other, _)| other.starts);
            let mut checked = changes.filter(|&t| starts < t && t < ends).chain([starts]);
            checked.all(|t| {
                used(t) + kind.handling_teams <= capacity(s, missions[k].to, Short::Handling, t)
            })
        };
        let last = moments.last().copied().unwrap_or(Timestamp::MIN);
        let starts = moments.into_iter().find(|&t| is_free(t)).unwrap_or(last);
        services[k] = Service { starts, ends: starts + kind.offload };
        here.push((services[k], kind.handling_teams));
    }
    services
}
