//! Tails: which aircraft flies which sortie, and how it comes and goes. Every tail starts from its base, flies to the
//! field of loading, carries its load, and goes back to its base, so that no stand is taken longer than needed.

use super::{Mission, ground};
use exeunt_model::geo;
use exeunt_model::ids::*;
use exeunt_model::plan::{Line, Service, Sortie};
use exeunt_model::scenario::{AirLeg, ClearanceKind, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use exeunt_model::units::Distance;
use std::collections::BTreeMap;

/// Steps in which an earlier landing is tried.
const STEP: Duration = Duration(60);

/// A flight that may be flown.
#[derive(Debug, Clone)]
pub(crate) struct Hop {
    to: PlaceId,
    leg: Option<String>,
    /// Length of the route.
    pub(crate) distance: Distance,
    block: Duration,
}

/// Returns the flight of a type between two fields: a leg with clearances, or any way inside one state.
pub(crate) fn hop(s: &Scenario, aircraft: TypeId, from: PlaceId, to: PlaceId) -> Option<Hop> {
    let kind = &s.types[aircraft];
    let owner = s.tails.rows.iter().find(|tail| tail.aircraft == aircraft)?.owner;
    let joins = |leg: &AirLeg| (leg.from, leg.to) == (from, to) || (leg.from, leg.to) == (to, from);
    let leg = s.air_legs.iter().find(|(id, leg)| {
        joins(leg)
            && (leg.types.is_empty() || leg.types.contains(&aircraft))
            && leg.states.iter().all(|state| is_cleared(s, owner, state, *id))
    });
    let (name, distance) = match leg {
        Some((_, leg)) => (Some(leg.name.clone()), leg.distance),
        None => {
            let home = &s.parties[owner].state;
            if [from, to].iter().any(|&field| s.places[field].state != *home) {
                return None;
            }
            let circle = geo::geodesic(s.places[from].position?, s.places[to].position?);
            (None, Distance(circle.0 * s.operation.own_state_route_percent / 100))
        }
    };
    Some(Hop { to, leg: name, distance, block: kind.block_speed.time_for(distance)? })
}

fn is_cleared(s: &Scenario, owner: PartyId, state: &str, leg: LegId) -> bool {
    s.parties[owner].state == *state
        || s.clearances.iter().any(|(_, clearance)| {
            clearance.granted
                && clearance.kind == ClearanceKind::Overflight
                && clearance.state == *state
                && clearance.carrier == owner
                && clearance.legs.contains(&leg)
        })
}

/// Returns when the sortie lands.
pub(crate) fn lands(s: &Scenario, mission: &Mission) -> Timestamp {
    let block =
        hop(s, mission.aircraft, mission.from, mission.to).map_or(Duration::ZERO, |hop| hop.block);
    mission.departs + block
}

/// Returns the ferry flights from one field to another, with at most one stop in the carrier's own state.
fn route(s: &Scenario, tail: TailId, from: PlaceId, to: PlaceId) -> Option<Vec<Hop>> {
    if from == to {
        return Some(Vec::new());
    }
    let (aircraft, owner) = (s.tails[tail].aircraft, s.tails[tail].owner);
    if let Some(hop) = hop(s, aircraft, from, to) {
        return Some(vec![hop]);
    }
    let is_stop = |&place: &PlaceId| {
        let field = s.places[place].airfield.as_ref();
        s.places[place].state == s.parties[owner].state
            && field.is_some_and(|field| s.types[aircraft].min_runway <= field.runway)
    };
    let over = |stop| Some(vec![hop(s, aircraft, from, stop)?, hop(s, aircraft, stop, to)?]);
    let ways = s.places.ids().filter(is_stop).filter_map(over);
    ways.min_by_key(|hops| time(s, tail, hops))
}

/// Returns the time that ferry flights take, stops included.
fn time(s: &Scenario, tail: TailId, hops: &[Hop]) -> Duration {
    let flown = hops.iter().fold(Duration::ZERO, |total, hop| total + hop.block);
    let enroute = s.types[s.tails[tail].aircraft].enroute;
    (1..hops.len()).fold(flown, |total, _| total + enroute)
}

/// A tail at its base.
#[derive(Debug, Clone, Default)]
struct Flown {
    free: Option<Timestamp>,
    configuration: usize,
    sorties: Vec<Sortie>,
}

/// Assigns the sorties to tails and returns their lines; ferry flights still have no number.
pub(crate) fn assign(
    s: &Scenario,
    missions: &[Mission],
    unloading: &[Service],
) -> Result<Vec<Line>, String> {
    let mut order: Vec<usize> = (0..missions.len()).collect();
    order.sort_by_key(|&k| (missions[k].loading.1, k));
    let mut moves: BTreeMap<PlaceId, Vec<Timestamp>> = BTreeMap::new();
    for mission in missions {
        moves.entry(mission.from).or_default().push(mission.departs);
    }
    let mut flown: BTreeMap<TailId, Flown> = BTreeMap::new();
    for k in order {
        let mission = &missions[k];
        let landing = latest_landing(s, mission, moves.entry(mission.from).or_default());
        let best = s
            .tails
            .iter()
            .filter(|(_, tail)| tail.aircraft == mission.aircraft)
            .filter_map(|(id, tail)| {
                let there = route(s, id, tail.base, mission.from)?;
                let back = route(s, id, mission.to, tail.base)?;
                let known = flown.get(&id);
                let free = known
                    .and_then(|f| f.free)
                    .unwrap_or(tail.available.from.max(s.operation.start));
                let fitted = known.map_or(0, |f| f.configuration) == 0;
                let leaves = landing - time(s, id, &there);
                let cost = time(s, id, &there) + time(s, id, &back);
                (free <= leaves && fitted).then_some((cost, id, leaves, there, back))
            })
            .min_by_key(|&(cost, id, ..)| (cost, id));
        let (_, id, leaves, there, back) =
            best.ok_or_else(|| format!("history.csv, {}: no tail is free", mission.id))?;
        let tail = flown.entry(id).or_default();
        ferry(s, id, tail, s.tails[id].base, &there, leaves);
        tail.configuration = mission.hold.configuration;
        let hop =
            hop(s, mission.aircraft, mission.from, mission.to).expect("it was packed for this leg");
        tail.sorties.push(Sortie {
            id: mission.id.clone(),
            from: s.places[mission.from].name.clone(),
            to: s.places[mission.to].name.clone(),
            leg: hop.leg,
            config: configuration(s, id, tail.configuration),
            departs: mission.departs,
            lands: mission.departs + hop.block,
            loading: Some(Service {
                starts: mission.loading.1,
                ends: mission.loading.1 + ground::loading_time(s, mission),
            }),
            unloading: Some(unloading[k]),
            crew: None,
            load: mission.hold.load(s, mission.aircraft),
        });
        ferry(s, id, tail, mission.to, &back, unloading[k].ends);
        // a base where nothing is unloaded is a stop like others
        let stop = if back.is_empty() { Duration::ZERO } else { s.types[mission.aircraft].enroute };
        tail.free = Some(unloading[k].ends + time(s, id, &back) + stop);
    }
    let line = |(id, flown): (TailId, Flown)| Line {
        tail: s.tails[id].name.clone(),
        sorties: flown.sorties,
    };
    Ok(flown.into_iter().map(line).collect())
}

/// Returns the latest landing before loading that keeps the runway's separation, and takes it.
fn latest_landing(s: &Scenario, mission: &Mission, moves: &mut Vec<Timestamp>) -> Timestamp {
    let field = s.places[mission.from].airfield.as_ref();
    let slot = field.map_or(Duration::ZERO, |field| field.slot);
    let mut landing = mission.loading.1;
    while moves.iter().any(|&other| (landing - other).0.abs() < slot.0) {
        landing = landing - STEP;
    }
    moves.push(landing);
    landing
}

fn configuration(s: &Scenario, tail: TailId, position: usize) -> String {
    s.types[s.tails[tail].aircraft].configurations[position].name.clone()
}

/// Adds ferry flights to a tail's line.
fn ferry(
    s: &Scenario,
    id: TailId,
    tail: &mut Flown,
    from: PlaceId,
    hops: &[Hop],
    departs: Timestamp,
) {
    let (mut here, mut departs) = (from, departs);
    for hop in hops {
        let lands = departs + hop.block;
        tail.sorties.push(Sortie {
            id: String::new(),
            from: s.places[here].name.clone(),
            to: s.places[hop.to].name.clone(),
            leg: hop.leg.clone(),
            config: configuration(s, id, tail.configuration),
            departs,
            lands,
            loading: None,
            unloading: None,
            crew: None,
            load: Vec::new(),
        });
        (here, departs) = (hop.to, lands + s.types[s.tails[id].aircraft].enroute);
    }
}
