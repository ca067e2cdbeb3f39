//! What could be flown and driven, as if nobody else were there: carriers with their arcs, tails on the way to
//! a field, marches (model.md sections 4, 5 and 13.3).

use super::calendar::{
    NEVER, Profile, always, first_in, is_never, settled, starts_outside, starts_within,
};
use crate::clearance::{Clearances, Needs};
use crate::convoy;
use crate::facts::Facts;
use crate::ground;
use crate::resolved;
use crate::travel::{self, intersection};
use exeunt_model::geo;
use exeunt_model::ids::*;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp, to_windows};
use exeunt_model::units::{Distance, Mass};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most results that are kept; beyond them all are forgotten and found again.
const KEPT: usize = 20_000;

/// A flight that a carrier may make.
pub(crate) struct Arc {
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    pub(crate) block: Duration,
    /// Take-offs that hours, closures and clearances allow.
    pub(crate) windows: Vec<Interval>,
    /// What it may carry; none if it is too far for a load.
    pub(crate) payload: Option<Mass>,
}

/// Tails that may do the same.
pub(crate) struct Carrier {
    pub(crate) aircraft: TypeId,
    pub(crate) owner: PartyId,
    pub(crate) class: UserClass,
    pub(crate) arcs: Vec<Arc>,
}

/// A tail: its carrier, and when it can be at each place at the earliest.
pub(crate) struct TailWays {
    pub(crate) carrier: usize,
    pub(crate) at: Rc<Vec<Timestamp>>,
}

/// A march of one vehicle that a party may make.
struct RoadArc {
    from: PlaceId,
    to: PlaceId,
    takes: Duration,
    passes: Duration,
    windows: Vec<Interval>,
}

/// A service at a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Serves {
    Loading,
    Unloading,
}

/// All ways of a scenario.
pub(crate) struct Ways<'f, 'a> {
    pub(crate) facts: &'f Facts<'a>,
    pub(crate) carriers: Vec<Carrier>,
    pub(crate) tails: Vec<TailWays>,
    roads: BTreeMap<PartyId, Rc<Vec<RoadArc>>>,
    marches: BTreeMap<(PartyId, PlaceId, Timestamp), Rc<Vec<Timestamp>>>,
    services: BTreeMap<(usize, PlaceId, Serves), Rc<Vec<Interval>>>,
}

impl<'f, 'a> Ways<'f, 'a> {
    pub(crate) fn of(facts: &'f Facts<'a>) -> Self {
        let scenario = facts.scenario;
        let mut carriers: Vec<Carrier> = Vec::new();
        let mut known: BTreeMap<(TypeId, PartyId, UserClass), usize> = BTreeMap::new();
        let mut starts: BTreeMap<(usize, PlaceId, Timestamp), Rc<Vec<Timestamp>>> = BTreeMap::new();
        let mut tails = Vec::with_capacity(scenario.tails.len());
        let clearances = Clearances::of(facts);
        for (_, tail) in scenario.tails.iter() {
            let key = (tail.aircraft, tail.owner, tail.user_class);
            let carrier = *known.entry(key).or_insert_with(|| {
                carriers.push(carrier(facts, &clearances, key));
                carriers.len() - 1
            });
            let from = tail.available.from.max(scenario.operation.start);
            let at = starts.entry((carrier, tail.base, from)).or_insert_with(|| {
                Rc::new(flights_of_tail(scenario, &carriers[carrier], tail.base, from))
            });
            tails.push(TailWays { carrier, at: at.clone() });
        }
        Self {
            facts,
            carriers,
            tails,
            roads: BTreeMap::new(),
            marches: BTreeMap::new(),
            services: BTreeMap::new(),
        }
    }

    fn scenario(&self) -> &'a Scenario {
        self.facts.scenario
    }

    /// Returns the type of a carrier.
    pub(crate) fn type_of(&self, carrier: usize) -> &'a AircraftType {
        &self.scenario().types[self.carriers[carrier].aircraft]
    }

    /// Returns the first moment at which some tail of a carrier can be at a field.
    pub(crate) fn first_tail(&self, carrier: usize, field: PlaceId) -> Timestamp {
        let mine = self.tails.iter().filter(|tail| tail.carrier == carrier);
        mine.map(|tail| tail.at[field.index()]).min().unwrap_or(NEVER)
    }

    /// Returns the moments at which a service of a carrier can start by hours, teams and checks.
    pub(crate) fn service_starts(
        &mut self,
        carrier: usize,
        field: PlaceId,
        serves: Serves,
    ) -> Rc<Vec<Interval>> {
        if let Some(starts) = self.services.get(&(carrier, field, serves)) {
            return starts.clone();
        }
        let aircraft = self.type_of(carrier);
        let lasts = match serves {
            Serves::Loading => aircraft.onload,
            Serves::Unloading => aircraft.offload,
        };
        let open = self.handling_hours(field, self.carriers[carrier].class);
        let mut starts = starts_within(&open, lasts);
        let mut narrow = |kind, need| {
            let resources = ground::resources_of(self.facts, field, kind);
            if !resources.is_empty() {
                let there = Profile::of(self.facts.scenario, &resources);
                starts = intersection(&starts, &there.starts(need, lasts));
            }
        };
        narrow(ResourceKind::Handling, aircraft.handling_teams);
        if serves == Serves::Loading {
            narrow(ResourceKind::HostCheck, 1);
        }
        let starts = Rc::new(starts);
        self.services.insert((carrier, field, serves), starts.clone());
        starts
    }

    /// Returns when a field handles a class.
    pub(crate) fn handling_hours(&self, field: PlaceId, class: UserClass) -> Vec<Interval> {
        self.facts.windows(field, class, Activity::Handling).unwrap_or_else(always)
    }

    /// Returns the least block time of a carrier between two places over any number of arcs; none if there is
    /// no way.
    pub(crate) fn least_block(
        &self,
        carrier: usize,
        from: PlaceId,
        to: PlaceId,
    ) -> Option<Duration> {
        let arcs = &self.carriers[carrier].arcs;
        let mut labels = vec![NEVER; self.scenario().places.len()];
        labels[from.index()] = Timestamp(0);
        spread(&mut labels, |place, t, reach| {
            for arc in arcs.iter().filter(|arc| arc.from == place) {
                reach(arc.to, t + arc.block);
            }
        });
        let t = labels[to.index()];
        (!is_never(t)).then(|| t - Timestamp(0))
    }

    /// Returns the earliest arrival of a party's column of one vehicle at every place.
    pub(crate) fn march(
        &mut self,
        party: PartyId,
        from: PlaceId,
        t: Timestamp,
    ) -> Rc<Vec<Timestamp>> {
        if let Some(labels) = self.marches.get(&(party, from, t)) {
            return labels.clone();
        }
        let roads = self.roads_of(party);
        let mut labels = vec![NEVER; self.scenario().places.len()];
        labels[from.index()] = settled(t);
        spread(&mut labels, |place, t, reach| {
            for arc in roads.iter().filter(|arc| arc.from == place) {
                reach(arc.to, first_in(&arc.windows, t) + arc.takes);
            }
        });
        if self.marches.len() >= KEPT {
            self.marches.clear();
        }
        let labels = Rc::new(labels);
        self.marches.insert((party, from, t), labels.clone());
        labels
    }

    /// Returns when a party's column of one vehicle has cleared a place at the earliest.
    pub(crate) fn clears(
        &mut self,
        party: PartyId,
        from: PlaceId,
        to: PlaceId,
        t: Timestamp,
    ) -> Timestamp {
        if from == to {
            return settled(t);
        }
        let labels = self.march(party, from, t);
        let roads = self.roads_of(party);
        let last = roads.iter().filter(|arc| arc.to == to).map(|arc| {
            settled(first_in(&arc.windows, labels[arc.from.index()]) + arc.takes + arc.passes)
        });
        last.min().unwrap_or(NEVER)
    }

    fn roads_of(&mut self, party: PartyId) -> Rc<Vec<RoadArc>> {
        let facts = self.facts;
        self.roads.entry(party).or_insert_with(|| Rc::new(road_arcs(facts, party))).clone()
    }
}

/// Finds the least label of every place: `onward` reaches from a place at a moment to others (Dijkstra 1959;
/// who is earlier at a place is not later at the next one).
pub(crate) fn spread(
    labels: &mut [Timestamp],
    mut onward: impl FnMut(PlaceId, Timestamp, &mut dyn FnMut(PlaceId, Timestamp)),
) {
    let mut is_done = vec![false; labels.len()];
    loop {
        let open = labels.iter().enumerate().filter(|&(place, t)| !is_done[place] && !is_never(*t));
        let Some((place, &t)) = open.min_by_key(|&(place, t)| (*t, place)) else { return };
        is_done[place] = true;
        onward(PlaceId::from_index(place), t, &mut |to, t| {
            let label = &mut labels[to.index()];
            *label = settled(t).min(*label);
        });
    }
}

/// Returns when a tail can be at every place at the earliest.
fn flights_of_tail(
    scenario: &Scenario,
    carrier: &Carrier,
    base: PlaceId,
    from: Timestamp,
) -> Vec<Timestamp> {
    let aircraft = &scenario.types[carrier.aircraft];
    let stop = aircraft.enroute.min(aircraft.onload).min(aircraft.offload).max(Duration::ZERO);
    let mut labels = vec![NEVER; scenario.places.len()];
    labels[base.index()] = settled(from);
    spread(&mut labels, |place, t, reach| {
        let ready = if place == base { t } else { t + stop };
        for arc in carrier.arcs.iter().filter(|arc| arc.from == place) {
            reach(arc.to, first_in(&arc.windows, ready) + arc.block);
        }
    });
    labels
}

fn carrier(
    facts: &Facts,
    clearances: &Clearances,
    (aircraft, owner, class): (TypeId, PartyId, UserClass),
) -> Carrier {
    let scenario = facts.scenario;
    let mut carrier = Carrier { aircraft, owner, class, arcs: Vec::new() };
    for (id, leg) in scenario.air_legs.iter() {
        if leg.types.is_empty() || leg.types.contains(&aircraft) {
            for (from, to) in [(leg.from, leg.to), (leg.to, leg.from)] {
                let arc = arc(facts, clearances, &carrier, (from, to), Some(id), leg.distance);
                carrier.arcs.extend(arc);
            }
        }
    }
    let state = &scenario.parties[owner].state;
    let own = |place: &Place| place.airfield.is_some() && place.state == *state;
    let at_home: Vec<(PlaceId, (f64, f64))> = scenario
        .places
        .iter()
        .filter(|(_, place)| own(place))
        .filter_map(|(id, place)| Some((id, place.position?)))
        .collect();
    for &(from, start) in &at_home {
        for &(to, end) in at_home.iter().filter(|&&(to, _)| to != from) {
            let circle = geo::geodesic(start, end);
            let distance = travel::per_cent(circle, scenario.operation.own_state_route_percent);
            let arc = arc(facts, clearances, &carrier, (from, to), None, distance);
            carrier.arcs.extend(arc);
        }
    }
    carrier
}

/// Returns the arc of a carrier from one field to another, if its range and the runways allow it.
fn arc(
    facts: &Facts,
    clearances: &Clearances,
    carrier: &Carrier,
    (from, to): (PlaceId, PlaceId),
    leg: Option<LegId>,
    distance: Distance,
) -> Option<Arc> {
    let scenario = facts.scenario;
    let aircraft = &scenario.types[carrier.aircraft];
    let is_long_enough = |place: PlaceId| {
        let field = &scenario.places[place].airfield;
        field.as_ref().is_some_and(|field| field.runway >= aircraft.min_runway)
    };
    let reach = aircraft.payload_range.last().map_or(Distance::ZERO, |&(far, _)| far);
    if from == to
        || !is_long_enough(from)
        || !is_long_enough(to)
        || distance > reach.max(aircraft.ferry_range)
    {
        return None;
    }
    let block = aircraft.block_speed.time_for(distance)?;
    let payload =
        (distance <= reach).then(|| travel::payload_at(&aircraft.payload_range, distance));
    let mut windows = facts.windows(from, carrier.class, Activity::Movement).unwrap_or_else(always);
    if let Some(landing) = facts.windows(to, carrier.class, Activity::Movement) {
        let before =
            |window: &Interval| Interval { from: window.from - block, to: window.to - block };
        let takeoffs = to_windows(landing.iter().map(before).collect());
        windows = intersection(&windows, &takeoffs);
    }
    let own = scenario.parties[carrier.owner].state.as_str();
    let mut needs: Vec<(&str, Needs)> = Vec::new();
    if let Some(leg) = leg {
        let row = &scenario.air_legs[leg];
        windows = intersection(&windows, &starts_outside(&row.closed, block));
        needs.extend(row.states.iter().map(|state| (state.as_str(), Needs::Leg(leg))));
    }
    needs.push((scenario.places[to].state.as_str(), Needs::Field(to)));
    for (state, needs) in needs.into_iter().filter(|&(state, _)| state != own) {
        let cleared = cleared(clearances, state, carrier.owner, needs, block);
        windows = intersection(&windows, &cleared);
    }
    Some(Arc { from, to, block, windows, payload })
}

/// Returns the starts for which one of a state's clearances holds throughout.
fn cleared(
    clearances: &Clearances,
    state: &str,
    carrier: PartyId,
    needs: Needs,
    lasts: Duration,
) -> Vec<Interval> {
    let mut starts = Vec::new();
    for row in clearances.covering(state, carrier, needs) {
        let Some(valid) = row.valid else { continue };
        let asked = row.asked.map_or(Timestamp::MIN, |asked| asked + row.lead);
        for start in starts_within(&[valid], lasts) {
            starts.push(Interval { from: start.from.max(asked), to: start.to });
        }
    }
    to_windows(starts)
}

fn road_arcs(facts: &Facts, party: PartyId) -> Vec<RoadArc> {
    let scenario = facts.scenario;
    let clearances = Clearances::of(facts);
    let mut arcs = Vec::new();
    for (id, road) in scenario.roads.iter() {
        if road.max_vehicles.is_some_and(|most| most < 1) {
            continue;
        }
        let Some(march) = road.rate.time_for(road.distance) else { continue };
        let post = road
            .border
            .as_ref()
            .map_or(Duration::ZERO, |border| travel::crossing_time(1, border.vehicles_per_hour));
        let takes = march + convoy::halts(road, scenario.operation.driver_hours) + post;
        let mut windows = always();
        if let Some(border) = &road.border {
            windows = starts_within(&border.windows, takes);
            for end in [road.from, road.to] {
                let state = scenario.places[end].state.as_str();
                let cleared = cleared(&clearances, state, party, Needs::Road(id), takes);
                windows = intersection(&windows, &cleared);
            }
        }
        if scenario.operation.curfews_bind_columns {
            let areas = [road.from, road.to].map(|end| scenario.places[end].area.as_ref());
            for curfew in &scenario.curfews {
                if areas.contains(&Some(&curfew.area)) {
                    windows = intersection(&windows, &starts_outside(&curfew.windows, takes));
                }
            }
        }
        let density = scenario.operation.march_density_per_km;
        let passes = travel::pass_time(1, density, road.rate);
        for (from, to) in [(road.from, road.to), (road.to, road.from)] {
            arcs.push(RoadArc { from, to, takes, passes, windows: windows.clone() });
        }
    }
    arcs
}

/// Returns the mass of one of a piece with its people.
pub(crate) fn mass_of_one(scenario: &Scenario, piece: &Piece) -> Mass {
    resolved::mass_of(scenario, piece, 1)
}

/// Returns whether a configuration takes one of a piece.
pub(crate) fn takes(fit: &Configuration, piece: &Piece) -> bool {
    let fits = |zone: &Zone| {
        piece.length <= zone.length
            && piece.width <= zone.width
            && piece.height <= zone.height
            && piece.mass <= zone.max_mass
    };
    fit.seats >= piece.people_each() && (piece.items_each() == 0 || fit.zones.iter().any(fits))
}

/// Returns whether some configuration of a type takes one of a piece.
pub(crate) fn lifts(aircraft: &AircraftType, piece: &Piece) -> bool {
    aircraft.configurations.iter().any(|fit| takes(fit, piece))
}
