//! Earliest journeys as if each piece had roads, aircraft and fields for itself (model.md, section 13.3).
//!
//! Pieces that the same types lift with the same mass are of one class and share their answers; answers are kept.
//! A moment of `Timestamp::MAX` means never. One flight: O((arcs + fields) log fields).

use super::steps::{capacity, later};
use crate::hold::mass_with_people;
use crate::march::after_curfew;
use crate::network::{Carrier, Network, march_time};
use crate::timeline::{Timeline, first_fit, first_in};
use exeunt_model::scenario::{
    AircraftType, Element, Milestone, Mode, Piece, PieceKind, ResourceKind, Scenario,
};
use exeunt_model::time::to_windows;
use exeunt_model::{
    Duration, ElementId, Id, Interval, Mass, PartyId, PieceId, PlaceId, RoadId, TailId, Timestamp,
    formula,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Fields that a flight has reached, and those that it may go on from.
struct Flight {
    debark: PlaceId,
    best: BTreeMap<PlaceId, Timestamp>,
    /// With the moment before which nobody lands at `debark` who comes this way.
    queue: BinaryHeap<Reverse<(Timestamp, Timestamp, PlaceId)>>,
}

impl Flight {
    fn landed(&self) -> Timestamp {
        self.best.get(&self.debark).copied().unwrap_or(Timestamp::MAX)
    }
}

/// Pieces that are alike to every aircraft.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    /// By type: whether it takes one alone.
    lifted_by: Vec<bool>,
    /// Mass of one with its people.
    mass: Mass,
}

/// Earliest moments of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// Start of loading; of a road element, its departure.
    pub(super) loading: Timestamp,
    /// Departs from where it boards.
    pub(super) departs: Timestamp,
    /// Leaves its origin.
    pub(super) left_site: Timestamp,
    /// Leaves the host.
    pub(super) left_host: Timestamp,
    /// Lands where it leaves the aircraft.
    pub(super) home_airfield: Timestamp,
    /// Arrives at its destination.
    pub(super) home_base: Timestamp,
}

impl Times {
    pub(super) const NEVER: Self = Self {
        loading: Timestamp::MAX,
        departs: Timestamp::MAX,
        left_site: Timestamp::MAX,
        left_host: Timestamp::MAX,
        home_airfield: Timestamp::MAX,
        home_base: Timestamp::MAX,
    };

    pub(super) const fn at(&self, milestone: Milestone) -> Timestamp {
        match milestone {
            Milestone::LeftSite => self.left_site,
            Milestone::LeftHost => self.left_host,
            Milestone::HomeAirfield => self.home_airfield,
            Milestone::HomeBase => self.home_base,
        }
    }
}

/// What limits services at a field.
#[derive(Debug, Default)]
pub(super) struct Ground {
    pub(super) handling: Option<Timeline>,
    pub(super) checks: Option<Timeline>,
    pub(super) stands: Option<Timeline>,
}

/// Travel of the relaxation, with what was asked before.
#[derive(Debug)]
pub(super) struct Journeys<'a> {
    pub(super) s: &'a Scenario,
    pub(super) net: &'a Network<'a>,
    pub(super) carriers: Vec<Carrier>,
    classes: Vec<Class>,
    class_of: Vec<usize>,
    pub(super) grounds: BTreeMap<PlaceId, Ground>,
    /// By tail: earliest moment at each field.
    reach: BTreeMap<(TailId, PlaceId), Timestamp>,
    first_at: BTreeMap<(Carrier, PlaceId), Timestamp>,
    flights: BTreeMap<(usize, Carrier, PlaceId, PlaceId, Timestamp), Timestamp>,
    known: BTreeMap<(ElementId, usize, Timestamp, Timestamp), Times>,
    /// By place: the roads that meet there, each with its other end.
    roads: Vec<Vec<(RoadId, PlaceId)>>,
    /// By place: the fields from which some carrier may fly there without waiting, and how long the quickest takes.
    flown: BTreeMap<PlaceId, BTreeMap<PlaceId, Duration>>,
    /// By place: while when some carrier may land there.
    open: BTreeMap<PlaceId, Vec<Interval>>,
}

impl<'a> Journeys<'a> {
    pub(super) fn new(s: &'a Scenario, net: &'a Network<'a>) -> Self {
        let mut carriers: Vec<Carrier> = s.tails.rows.iter().map(Carrier::of).collect();
        carriers.sort();
        carriers.dedup();
        let mut classes = Vec::new();
        let mut class_of = Vec::with_capacity(s.pieces.len());
        for piece in &s.pieces.rows {
            let class = Class {
                lifted_by: s.types.rows.iter().map(|t| lifts(t, piece)).collect(),
                mass: mass_with_people(s, piece),
            };
            let at = classes.iter().position(|c| *c == class).unwrap_or_else(|| {
                classes.push(class);
                classes.len() - 1
            });
            class_of.push(at);
        }
        let fields = s.places.iter().filter(|(_, place)| place.airfield.is_some());
        let grounds = fields.map(|(place, _)| (place, ground(s, place))).collect();
        let mut roads = vec![Vec::new(); s.places.len()];
        for (id, road) in s.roads.iter() {
            roads[road.from.index()].push((id, road.to));
            roads[road.to.index()].push((id, road.from));
        }
        let mut journeys = Self {
            s,
            net,
            carriers,
            classes,
            class_of,
            grounds,
            reach: BTreeMap::new(),
            first_at: BTreeMap::new(),
            flights: BTreeMap::new(),
            known: BTreeMap::new(),
            roads,
            flown: BTreeMap::new(),
            open: BTreeMap::new(),
        };
        journeys.reach_fields();
        journeys
    }

    /// Finds when each tail can be at each field: aircraft of one carrier, base and availability are alike.
    fn reach_fields(&mut self) {
        let mut known: BTreeMap<(Carrier, PlaceId, Timestamp), BTreeMap<PlaceId, Timestamp>> =
            BTreeMap::new();
        for (id, tail) in self.s.tails.iter() {
            let carrier = Carrier::of(tail);
            let from = self.s.operation.start.max(tail.available.from);
            let labels = known
                .entry((carrier, tail.base, from))
                .or_insert_with(|| positions(self.s, self.net, carrier, tail.base, from));
            for (&field, &t) in labels.iter() {
                self.reach.insert((id, field), t);
                let first = self.first_at.entry((carrier, field)).or_insert(t);
                *first = t.min(*first);
            }
        }
    }

    /// Returns when a tail can be at a field at the earliest.
    pub(super) fn tail_at(&self, tail: TailId, field: PlaceId) -> Timestamp {
        self.reach.get(&(tail, field)).copied().unwrap_or(Timestamp::MAX)
    }

    /// Returns the classes of pieces, each with the most of one piece in it.
    pub(super) fn classes_of(&self, pieces: &[PieceId]) -> Vec<(usize, i64)> {
        let mut counts: BTreeMap<usize, i64> = BTreeMap::new();
        for &piece in pieces {
            let most = counts.entry(self.class_of[piece.index()]).or_default();
            *most = self.s.pieces[piece].count.max(*most);
        }
        counts.into_iter().collect()
    }

    /// Returns the earliest journey of a piece of a class that may leave its origin from `leave` on, and depart from
    /// where it boards from `depart` on.
    pub(super) fn times(
        &mut self,
        id: ElementId,
        class: usize,
        leave: Timestamp,
        depart: Timestamp,
    ) -> Times {
        if let Some(known) = self.known.get(&(id, class, leave, depart)) {
            return *known;
        }
        let times = self.reckon(id, class, leave, depart);
        self.known.insert((id, class, leave, depart), times);
        times
    }

    fn reckon(
        &mut self,
        id: ElementId,
        class: usize,
        leave: Timestamp,
        depart: Timestamp,
    ) -> Times {
        let element = &self.s.elements[id];
        if leave >= Timestamp::MAX {
            return Times::NEVER;
        }
        let mut air = match element.mode {
            Mode::Road => return self.by_road(element, leave),
            Mode::Air { embark, .. } => self.by_air(id, embark, class, leave, depart),
        };
        if !element.either {
            return air;
        }
        let road = self.by_road(element, leave);
        match (air.home_base, road.home_base) {
            (_, Timestamp::MAX) => air,
            (Timestamp::MAX, _) => road,
            _ => {
                air.loading = air.loading.min(road.loading);
                air.join(&road);
                air
            }
        }
    }

    fn by_air(
        &mut self,
        id: ElementId,
        embark: PlaceId,
        class: usize,
        leave: Timestamp,
        depart: Timestamp,
    ) -> Times {
        let element = &self.s.elements[id];
        let marches = element.origin != embark;
        let from = self.ready(id, leave).max(element.load_from.unwrap_or(Timestamp::MIN));
        let mut best = Times::NEVER;
        for carrier in self.carriers.clone() {
            let Some((starts, ends)) = self.loading(class, carrier, embark, from) else { continue };
            let times = self.after_end(element, class, carrier, ends.max(depart));
            best.loading = best.loading.min(starts);
            best.join(&times);
        }
        if marches {
            best.left_site = leave;
            best.left_host = best.left_host.max(leave);
        }
        best
    }

    /// Returns when an element that leaves its origin at `leave` can be loaded, as far as the road and its dates allow.
    pub(super) fn ready(&self, id: ElementId, leave: Timestamp) -> Timestamp {
        let element = &self.s.elements[id];
        match element.mode {
            Mode::Air { embark, .. } if embark != element.origin => {
                let (_, clears) = self.march(element.party, element.origin, embark, leave);
                let field = self.s.places[embark].airfield.as_ref();
                later(clears, field.map_or(Duration::ZERO, |field| field.staging_time))
            }
            _ => leave,
        }
    }

    /// Returns the earliest milestones if loading by whichever carrier ends at `end`.
    pub(super) fn after_loading(&mut self, id: ElementId, class: usize, end: Timestamp) -> Times {
        let element = &self.s.elements[id];
        let mut best = Times::NEVER;
        for carrier in self.carriers.clone() {
            if self.classes[class].lifted_by[carrier.aircraft.index()] {
                let times = self.after_end(element, class, carrier, end);
                best.join(&times);
            }
        }
        best
    }

    /// Returns when what is unloaded at `end` is at its destination.
    pub(super) fn after_unloading(&self, id: ElementId, end: Timestamp) -> Timestamp {
        let element = &self.s.elements[id];
        match element.mode {
            Mode::Air { debark, .. } => {
                self.march(element.party, debark, element.destination, end).1
            }
            Mode::Road => Timestamp::MAX,
        }
    }

    fn after_end(
        &mut self,
        element: &Element,
        class: usize,
        carrier: Carrier,
        end: Timestamp,
    ) -> Times {
        let Mode::Air { embark, debark } = element.mode else { return Times::NEVER };
        let departs = self.departure(class, carrier, embark, end);
        let lands = self.landing(class, carrier, embark, debark, end);
        let unloaded = self.unloaded(class, debark, lands);
        let home = self.march(element.party, debark, element.destination, unloaded).1;
        let has_host = !self.s.operation.host_states.is_empty();
        let left_host = if !has_host || !self.s.is_in_host(element.origin) {
            // as left_site, which is told apart by the caller if it marches first
            if element.origin == embark { departs } else { Timestamp::MIN }
        } else if self.s.is_in_host(embark) && !self.s.is_in_host(debark) {
            departs
        } else {
            Timestamp::MIN
        };
        Times {
            loading: Timestamp::MAX,
            departs,
            // who marches first has left its site before
            left_site: if element.origin == embark { departs } else { Timestamp::MIN },
            left_host,
            home_airfield: lands,
            home_base: home,
        }
    }

    fn by_road(&self, element: &Element, leave: Timestamp) -> Times {
        let leave = leave.max(element.load_from.unwrap_or(Timestamp::MIN));
        let labels = self.arrivals(element.party, element.origin, None, leave);
        let home = self.clears(&labels, element.origin, element.destination);
        let has_host = !self.s.operation.host_states.is_empty();
        let left_host = if !has_host || !self.s.is_in_host(element.origin) {
            leave
        } else {
            let outside = labels.iter().filter(|(place, _)| !self.s.is_in_host(**place));
            outside.map(|(_, t)| *t).min().unwrap_or(Timestamp::MAX)
        };
        Times {
            loading: leave,
            departs: leave,
            left_site: leave,
            left_host,
            home_airfield: home,
            home_base: home,
        }
    }

    /// Returns the earliest loading of one of a class by a carrier at or after `from`.
    fn loading(
        &self,
        class: usize,
        carrier: Carrier,
        field: PlaceId,
        from: Timestamp,
    ) -> Option<(Timestamp, Timestamp)> {
        let aircraft = &self.s.types[carrier.aircraft];
        if !self.classes[class].lifted_by[carrier.aircraft.index()] {
            return None;
        }
        let there = *self.first_at.get(&(carrier, field))?;
        let checks = self.grounds.get(&field)?.checks.as_ref();
        let mut start = from.max(there);
        loop {
            let fitted = self.service(carrier, field, start, aircraft.onload)?;
            let fitted = match checks {
                Some(line) => line.earliest(fitted, aircraft.onload, 1)?,
                None => fitted,
            };
            if fitted == start {
                return (start < Timestamp::MAX).then(|| (start, start + aircraft.onload));
            }
            start = fitted;
        }
    }

    /// Returns the first start of a service that hours and teams of a field allow.
    fn service(
        &self,
        carrier: Carrier,
        field: PlaceId,
        from: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        let hours = self.net.handling_hours(field, carrier.user_class);
        let need = self.s.types[carrier.aircraft].handling_teams;
        let mut start = from;
        loop {
            let mut fitted = first_fit(hours, start, duration)?;
            if let Some(line) = &self.grounds.get(&field)?.handling {
                fitted = line.earliest(fitted, duration, need)?;
            }
            if fitted == start {
                return Some(start);
            }
            start = fitted;
        }
    }

    /// Returns the earliest departure of a class by a carrier.
    fn departure(&self, class: usize, carrier: Carrier, from: PlaceId, t: Timestamp) -> Timestamp {
        let arcs = self.net.exits(carrier, from).iter();
        let arcs = arcs.flat_map(|&to| self.net.arcs(carrier, from, to));
        let lifting = arcs.filter(|arc| arc.carries && arc.payload >= self.classes[class].mass);
        lifting.filter_map(|arc| first_in(&arc.windows, t)).min().unwrap_or(Timestamp::MAX)
    }

    /// Returns the earliest landing of a class at `debark`, its first flight by `carrier`, the further ones by any
    /// that lifts it. A* over landings (Hart, Nilsson and Raphael 1968); waiting is never faster, and nobody lands sooner
    /// than by the quickest flights without a stop, nor while the field is shut to all.
    fn landing(
        &mut self,
        class: usize,
        carrier: Carrier,
        embark: PlaceId,
        debark: PlaceId,
        t: Timestamp,
    ) -> Timestamp {
        if t >= Timestamp::MAX {
            return t;
        }
        let key = (class, carrier, embark, debark, t);
        if let Some(known) = self.flights.get(&key) {
            return *known;
        }
        self.aim(debark);
        let mut flight = Flight { debark, best: BTreeMap::new(), queue: BinaryHeap::new() };
        self.fly_on(class, carrier, embark, t, &mut flight);
        while let Some(Reverse((bound, here_at, here))) = flight.queue.pop() {
            if bound >= flight.landed() {
                break;
            }
            if flight.best.get(&here).is_some_and(|found| *found < here_at) {
                continue;
            }
            for &carrier in &self.carriers {
                if self.classes[class].lifted_by[carrier.aircraft.index()] {
                    self.fly_on(class, carrier, here, here_at, &mut flight);
                }
            }
        }
        let found = flight.landed();
        self.flights.insert(key, found);
        found
    }

    /// Finds, once for a field, how long the quickest flights of whichever carrier take there from each other field, and
    /// when it is open to any. Dijkstra against the flights, O(arcs log fields).
    fn aim(&mut self, at: PlaceId) {
        if self.flown.contains_key(&at) {
            return;
        }
        let mut best = BTreeMap::from([(at, Duration::ZERO)]);
        let mut queue = BinaryHeap::from([Reverse((Duration::ZERO, at))]);
        let fields: Vec<PlaceId> = self.grounds.keys().copied().collect();
        while let Some(Reverse((flown, here))) = queue.pop() {
            if best.get(&here).is_some_and(|least| *least < flown) {
                continue;
            }
            for &from in &fields {
                let arcs = self.carriers.iter().flat_map(|&c| self.net.arcs(c, from, here));
                let carrying = arcs.filter(|arc| arc.carries && !arc.windows.is_empty());
                let Some(block) = carrying.map(|arc| arc.block).min() else { continue };
                if best.get(&from).is_none_or(|least| flown + block < *least) {
                    best.insert(from, flown + block);
                    queue.push(Reverse((flown + block, from)));
                }
            }
        }
        let classes = self.carriers.iter().map(|carrier| carrier.user_class);
        let hours = classes.flat_map(|class| self.net.movement_hours(at, class).iter().copied());
        self.open.insert(at, to_windows(hours.collect()));
        self.flown.insert(at, best);
    }

    fn fly_on(
        &self,
        class: usize,
        carrier: Carrier,
        from: PlaceId,
        t: Timestamp,
        flight: &mut Flight,
    ) {
        let mass = self.classes[class].mass;
        let fly = |flight: &mut Flight, to: PlaceId| {
            for arc in self.net.arcs(carrier, from, to) {
                if !arc.carries || arc.payload < mass {
                    continue;
                }
                let Some(departs) = first_in(&arc.windows, t) else { continue };
                let lands = departs + arc.block;
                if flight.best.get(&to).is_some_and(|found| *found <= lands) {
                    continue;
                }
                if to == flight.debark {
                    flight.best.insert(to, lands);
                } else if let Some(bound) = self.lands_from(to, flight.debark, lands)
                    && bound < flight.landed()
                {
                    flight.best.insert(to, lands);
                    flight.queue.push(Reverse((bound, lands, to)));
                }
            }
        };
        // the flight that is asked for first: with it few others are worth a look
        fly(flight, flight.debark);
        for &to in self.net.exits(carrier, from) {
            fly(flight, to);
        }
    }

    /// Returns before when nobody who is at a field at `t` lands at another that was aimed at.
    fn lands_from(&self, field: PlaceId, debark: PlaceId, t: Timestamp) -> Option<Timestamp> {
        let flown = *self.flown.get(&debark)?.get(&field)?;
        first_in(self.open.get(&debark)?, t + flown)
    }

    /// Returns the earliest end of unloading of what lands at `lands`.
    fn unloaded(&self, class: usize, field: PlaceId, lands: Timestamp) -> Timestamp {
        if lands >= Timestamp::MAX {
            return lands;
        }
        let lifting =
            self.carriers.iter().filter(|c| self.classes[class].lifted_by[c.aircraft.index()]);
        let ends = lifting.filter_map(|&carrier| {
            let offload = self.s.types[carrier.aircraft].offload;
            Some(self.service(carrier, field, lands, offload)? + offload)
        });
        ends.min().unwrap_or(Timestamp::MAX)
    }

    /// Returns when a vehicle of a party that leaves `from` at `t` arrives at `to` and when its column has cleared it.
    fn march(
        &self,
        party: PartyId,
        from: PlaceId,
        to: PlaceId,
        t: Timestamp,
    ) -> (Timestamp, Timestamp) {
        if from == to || t >= Timestamp::MAX {
            return (t, t);
        }
        let labels = self.arrivals(party, from, Some(to), t);
        let arrives = labels.get(&to).copied().unwrap_or(Timestamp::MAX);
        (arrives, self.clears(&labels, from, to))
    }

    /// Returns the earliest arrival of a vehicle of a party at every place that it can reach, or at those on the way to
    /// one. Dijkstra, O((roads + places) log places).
    fn arrivals(
        &self,
        party: PartyId,
        from: PlaceId,
        to: Option<PlaceId>,
        t: Timestamp,
    ) -> BTreeMap<PlaceId, Timestamp> {
        let mut best = BTreeMap::from([(from, t)]);
        let mut queue = BinaryHeap::from([Reverse((t, from))]);
        while let Some(Reverse((here_at, here))) = queue.pop() {
            if Some(here) == to {
                break;
            }
            if best.get(&here).is_some_and(|found| *found < here_at) {
                continue;
            }
            for &(id, next) in &self.roads[here.index()] {
                let Some(arrives) = self.drive(id, party, here, next, here_at) else { continue };
                if best.get(&next).is_none_or(|found| arrives < *found) {
                    best.insert(next, arrives);
                    queue.push(Reverse((arrives, next)));
                }
            }
        }
        best
    }

    /// Returns the earliest arrival of one vehicle over a road.
    fn drive(
        &self,
        id: RoadId,
        party: PartyId,
        from: PlaceId,
        to: PlaceId,
        t: Timestamp,
    ) -> Option<Timestamp> {
        let road = &self.s.roads[id];
        if road.max_vehicles.is_some_and(|most| most < 1) {
            return None;
        }
        let time = march_time(self.s, road, 1)?;
        let windows = self.net.border_windows(id, party, time);
        let mut departs = t;
        loop {
            let open = first_in(&windows, departs)?;
            let open = after_curfew(self.s, from, to, open, time);
            if open >= Timestamp::MAX {
                return None;
            }
            if open == departs {
                return Some(departs + time);
            }
            departs = open;
        }
    }

    /// Returns the earliest moment at which a column of one vehicle has cleared a place.
    fn clears(
        &self,
        labels: &BTreeMap<PlaceId, Timestamp>,
        from: PlaceId,
        to: PlaceId,
    ) -> Timestamp {
        if from == to {
            return labels.get(&from).copied().unwrap_or(Timestamp::MAX);
        }
        // the last road decides the pass time; a road that arrives later may pass sooner, so the least is taken
        let arrives = labels.get(&to).copied().unwrap_or(Timestamp::MAX);
        let density = self.s.operation.march_density_per_km;
        let rates = self.roads[to.index()].iter().map(|(road, _)| self.s.roads[*road].rate);
        let pass = rates.filter_map(|rate| formula::pass_time(1, density, rate, Duration::ZERO));
        pass.min().map_or(Timestamp::MAX, |pass| later(arrives, pass))
    }
}

impl Times {
    /// Takes the least of each moment, of all but the loading.
    pub(super) fn join(&mut self, other: &Self) {
        self.departs = self.departs.min(other.departs);
        self.left_site = self.left_site.min(other.left_site);
        self.left_host = self.left_host.min(other.left_host);
        self.home_airfield = self.home_airfield.min(other.home_airfield);
        self.home_base = self.home_base.min(other.home_base);
    }
}

/// Says whether some configuration of a type takes one of a piece.
pub(super) fn lifts(aircraft: &AircraftType, piece: &Piece) -> bool {
    aircraft.configurations.iter().any(|fit| match piece.kind {
        PieceKind::People => fit.seats >= 1,
        _ => fit.seats >= piece.drivers && fit.zones.iter().any(|zone| zone_takes(zone, piece)),
    })
}

/// Says whether a zone takes one item of a piece.
pub(super) fn zone_takes(zone: &exeunt_model::scenario::Zone, piece: &Piece) -> bool {
    zone.length >= piece.length
        && zone.width >= piece.width
        && zone.height >= piece.height
        && zone.max_mass >= piece.mass
}

/// Returns when an aircraft can be at each field, hours, clearances and range considered.
fn positions(
    s: &Scenario,
    net: &Network<'_>,
    carrier: Carrier,
    base: PlaceId,
    from: Timestamp,
) -> BTreeMap<PlaceId, Timestamp> {
    let aircraft = &s.types[carrier.aircraft];
    let stop = aircraft.enroute.min(aircraft.onload).min(aircraft.offload);
    let mut best = BTreeMap::from([(base, from)]);
    let mut queue = BinaryHeap::from([Reverse((from, base))]);
    while let Some(Reverse((here_at, here))) = queue.pop() {
        if best.get(&here).is_some_and(|found| *found < here_at) {
            continue;
        }
        let ready = if here == base { here_at } else { here_at + stop };
        for &next in net.exits(carrier, here) {
            for arc in net.arcs(carrier, here, next) {
                let Some(departs) = first_in(&arc.windows, ready) else { continue };
                let lands = departs + arc.block;
                if best.get(&next).is_none_or(|found| lands < *found) {
                    best.insert(next, lands);
                    queue.push(Reverse((lands, next)));
                }
            }
        }
    }
    best
}

/// Returns the capacities of a field as if every provider stayed.
fn ground(s: &Scenario, place: PlaceId) -> Ground {
    let of = |test: &dyn Fn(ResourceKind) -> bool| {
        let rows = s.resources.iter().filter(|(_, r)| r.place == Some(place) && test(r.kind));
        let ids: Vec<_> = rows.map(|(id, _)| id).collect();
        (!ids.is_empty()).then(|| capacity(s, &ids))
    };
    Ground {
        handling: of(&|kind| kind == ResourceKind::Handling),
        checks: of(&|kind| kind == ResourceKind::HostCheck),
        stands: of(&|kind| matches!(kind, ResourceKind::Stand(_))),
    }
}
