//! The network: who may fly and drive what, when, and how long it takes.
//!
//! Air arcs carry the departures that hours at both ends, clearances and closures allow (algorithms,
//! section 2.2, "D per arc"). Built once per scenario, read only afterwards.

use crate::airlift::Start;
use crate::construct::State;
use crate::convoy::{halts, never_there};
use crate::hold::mass_with_people;
use crate::timeline::{first_in, intersect, shift_back, subtract};
use exeunt_model::scenario::{
    Activity, AircraftType, Clearance, ClearanceKind, Mode, Road, Scenario, Tail, UserClass,
};
use exeunt_model::time::to_windows;
use exeunt_model::{
    Distance, Duration, ElementId, Id, Interval, LegId, Mass, PartyId, PlaceId, ResourceId, Rule,
    Timestamp, TypeId, formula, geo,
};
use std::collections::{BTreeMap, BinaryHeap};

/// Aircraft that may do the same: one type of one owner and user class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Carrier {
    pub(crate) aircraft: TypeId,
    pub(crate) owner: PartyId,
    pub(crate) user_class: UserClass,
}

impl Carrier {
    pub(crate) fn of(tail: &Tail) -> Self {
        Self { aircraft: tail.aircraft, owner: tail.owner, user_class: tail.user_class }
    }
}

/// A leg as one carrier may fly it in one direction, or several with stops for fuel between.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arc {
    /// Of several, that of the first.
    pub(crate) leg: Option<LegId>,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    /// From the first departure to the last landing.
    pub(crate) block: Duration,
    /// The flights, if they are several.
    pub(crate) flights: Vec<Hop>,
    /// From the first departure to the one out of the host, or the first, if none is.
    pub(crate) exit_after: Duration,
    /// Most mass on board; zero when only a ferry reaches that far.
    pub(crate) payload: Mass,
    /// Whether a load may go: within the last payload point.
    pub(crate) carries: bool,
    /// Moments at which it may depart.
    pub(crate) windows: Vec<Interval>,
    /// Moment after which no clearance allows a departure any more.
    pub(crate) cleared_until: Timestamp,
}

/// One flight of several with the same load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hop {
    pub(crate) leg: Option<LegId>,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    /// From the first departure to that of this one.
    pub(crate) after: Duration,
    pub(crate) block: Duration,
}

impl Arc {
    /// Returns its flights in order.
    pub(crate) fn hops(&self) -> impl Iterator<Item = Hop> + '_ {
        let &Self { leg, from, to, block, .. } = self;
        let one = Hop { leg, from, to, after: Duration::ZERO, block };
        let alone = self.flights.is_empty().then_some(one);
        alone.into_iter().chain(self.flights.iter().copied())
    }
}

/// A way by road: legs in order with their direction.
pub(crate) type RoadPath = Vec<(exeunt_model::RoadId, PlaceId, PlaceId)>;

/// Hours by which a stop for fuel is made longer at most, so that a field's hours let the aircraft fly on.
const STOP_HOURS: i64 = 24;

/// Ways that are flown above which none is looked at for a call.
const MOST_WAYS: usize = 64;

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obstacle {
    pub(crate) rule: Rule,
    pub(crate) reason: String,
}

/// Hours, arcs and ways of a scenario.
#[derive(Debug)]
pub(crate) struct Network<'a> {
    s: &'a Scenario,
    movement: BTreeMap<(PlaceId, UserClass), Vec<Interval>>,
    handling: BTreeMap<(PlaceId, UserClass), Vec<Interval>>,
    /// Arcs by carrier and both ends.
    arcs: Vec<((Carrier, PlaceId, PlaceId), Vec<Arc>)>,
    /// By carrier and both fields between which something is to fly: ways with stops for fuel that carry what no leg does.
    staged: BTreeMap<(Carrier, PlaceId, PlaceId), Vec<Arc>>,
    /// By both fields of a way and one between, at which another way begins or ends: who may fly it with a load.
    calls: BTreeMap<(PlaceId, PlaceId, PlaceId), Vec<(Carrier, Arc)>>,
    /// By carrier and numbers of both fields: which arcs, from 1 on; 0: none.
    index: Vec<u32>,
    /// By carrier and number of the field: the fields that it reaches by one arc.
    exits: Vec<Vec<PlaceId>>,
    /// By place: its number among the airfields.
    field: Vec<Option<usize>>,
    n_fields: usize,
    /// By carrier and numbers of both fields: the field before the last on the quickest way if nobody waits anywhere.
    before: Vec<Option<PlaceId>>,
    /// Likewise: how long that way takes, with a stop after each flight.
    quickest: Vec<Option<Duration>>,
    /// By carrier and numbers of both fields: the least time in the air between them.
    flown: Vec<Option<Duration>>,
    /// By road: an escort of which it needs more than there ever is.
    unescorted: Vec<Option<ResourceId>>,
    /// Carriers that have a tail, in order.
    pub(crate) carriers: Vec<Carrier>,
    /// Per condition, while when it lets through what it gates.
    pub(crate) gates: Vec<Vec<Interval>>,
}

impl<'a> Network<'a> {
    pub(crate) fn new(s: &'a Scenario) -> Self {
        let mut net = Self {
            s,
            movement: BTreeMap::new(),
            handling: BTreeMap::new(),
            arcs: Vec::new(),
            staged: BTreeMap::new(),
            calls: BTreeMap::new(),
            index: Vec::new(),
            exits: Vec::new(),
            field: Vec::new(),
            n_fields: 0,
            before: Vec::new(),
            quickest: Vec::new(),
            flown: Vec::new(),
            unescorted: s.roads.rows.iter().map(|road| never_there(s, road)).collect(),
            carriers: Vec::new(),
            gates: crate::gate::all(s),
        };
        for (place, row) in s.places.iter() {
            if row.airfield.is_some() {
                for class in [UserClass::Military, UserClass::Civil] {
                    net.movement.insert((place, class), hours(s, place, class, Activity::Movement));
                    net.handling.insert((place, class), hours(s, place, class, Activity::Handling));
                }
            }
        }
        let mut carriers: Vec<Carrier> = s.tails.rows.iter().map(Carrier::of).collect();
        carriers.sort();
        carriers.dedup();
        for place in &s.places.rows {
            net.field.push(place.airfield.as_ref().map(|_| net.n_fields));
            net.n_fields += usize::from(place.airfield.is_some());
        }
        net.index = vec![0; carriers.len() * net.n_fields * net.n_fields];
        net.exits = vec![Vec::new(); carriers.len() * net.n_fields];
        net.carriers = carriers;
        for at in 0..net.carriers.len() {
            net.add_arcs(net.carriers[at]);
        }
        net.before = vec![None; net.index.len()];
        net.quickest = vec![None; net.index.len()];
        net.flown = vec![None; net.index.len()];
        for at in 0..net.carriers.len() {
            for (from, _) in s.places.iter().filter(|(_, place)| place.airfield.is_some()) {
                net.add_ways(net.carriers[at], from);
            }
        }
        // by both fields: the heaviest piece that is to fly
        let mut flown: BTreeMap<(PlaceId, PlaceId), Mass> = BTreeMap::new();
        for piece in &s.pieces.rows {
            if let Mode::Air { embark, debark } = s.elements[piece.element].mode {
                let heaviest = flown.entry((embark, debark)).or_default();
                *heaviest = mass_with_people(s, piece).max(*heaviest);
            }
        }
        for (&(from, to), &heaviest) in &flown {
            for at in 0..net.carriers.len() {
                net.add_stages(net.carriers[at], from, to, heaviest);
            }
        }
        net.add_calls(&flown.into_keys().collect::<Vec<_>>());
        net
    }

    /// Adds the quickest ways with stops for fuel that carry more than any leg, each more than the one before, until one takes
    /// the heaviest piece. O(payloads x arcs log fields).
    fn add_stages(&mut self, carrier: Carrier, from: PlaceId, to: PlaceId, heaviest: Mass) {
        let usable = |arc: &&Arc| arc.carries && !arc.windows.is_empty();
        let legs = self.arcs(carrier, from, to).iter().filter(usable);
        let mut carried = legs.map(|arc| arc.payload).max().unwrap_or(Mass::ZERO);
        let aircraft = &self.s.types[carrier.aircraft];
        let mut found = Vec::new();
        while carried < heaviest
            && let Some(path) = self.stages(carrier, from, to, carried)
        {
            carried = path.iter().map(|arc| arc.payload).min().unwrap_or(heaviest);
            let arc = self.joined(aircraft.enroute, &path);
            if !arc.windows.is_empty() {
                found.push(arc);
            }
        }
        if !found.is_empty() {
            self.staged.insert((carrier, from, to), found);
        }
    }

    /// Adds the ways over a field at which another of the ways that are flown begins or ends, so that a load of that way may
    /// join; of many ways none. O(ways² x carriers).
    fn add_calls(&mut self, ways: &[(PlaceId, PlaceId)]) {
        let in_host = |place: PlaceId| self.s.is_in_host(place);
        let mut calls: BTreeMap<(PlaceId, PlaceId, PlaceId), Vec<(Carrier, Arc)>> = BTreeMap::new();
        let few = if ways.len() > MOST_WAYS { &[][..] } else { ways };
        for (&(from, to), &other) in few.iter().flat_map(|way| few.iter().map(move |b| (way, b))) {
            let stop = match other {
                (embark, debark) if embark == from && debark != to => debark,
                (embark, debark) if debark == to && embark != from => embark,
                _ => continue,
            };
            // nobody enters the host on the way
            let enters = in_host(stop) && !in_host(from);
            if stop == from || stop == to || enters || calls.contains_key(&(from, stop, to)) {
                continue;
            }
            let mut found = Vec::new();
            for &carrier in &self.carriers {
                let hop = |from, to| {
                    let arcs = self.arcs(carrier, from, to).iter();
                    let open = arcs.filter(|arc| arc.carries && !arc.windows.is_empty());
                    open.min_by_key(|arc| arc.block)
                };
                let (Some(first), Some(second)) = (hop(from, stop), hop(stop, to)) else {
                    continue;
                };
                let aircraft = &self.s.types[carrier.aircraft];
                let ground = aircraft.enroute.max(aircraft.onload).max(aircraft.offload);
                let arc = self.joined(ground, &[first, second]);
                if !arc.windows.is_empty() {
                    found.push((carrier, arc));
                }
            }
            if !found.is_empty() {
                calls.insert((from, stop, to), found);
            }
        }
        self.calls = calls;
    }

    /// Returns who may fly a load between two fields over a third, and how.
    pub(crate) fn calls(&self, from: PlaceId, stop: PlaceId, to: PlaceId) -> &[(Carrier, Arc)] {
        self.calls.get(&(from, stop, to)).map_or(&[], Vec::as_slice)
    }

    /// Says whether any load may join another.
    pub(crate) fn has_calls(&self) -> bool {
        !self.calls.is_empty()
    }

    /// Returns the quickest arcs from a field to another, none waiting for another, each of which carries more than a mass;
    /// nobody enters the host on the way.
    fn stages(
        &self,
        carrier: Carrier,
        from: PlaceId,
        to: PlaceId,
        mass: Mass,
    ) -> Option<Vec<&Arc>> {
        let enroute = self.s.types[carrier.aircraft].enroute;
        let in_host = |place: PlaceId| self.s.is_in_host(place);
        let takes = |arc: &Arc| {
            let enters = in_host(arc.to) && !in_host(arc.from);
            arc.carries && arc.payload > mass && (arc.to == to || !enters)
        };
        let stop = |place| enroute.max(slot(self.s, place));
        let ways = self.ways(carrier, from, stop, takes);
        self.back(from, to, |field| ways[field]?.1)
    }

    /// Returns by number of a field how long the quickest way there takes if nobody waits anywhere and every flight is followed
    /// by a stop, with the last of its arcs; only arcs that are `usable`. Dijkstra, O(arcs log fields).
    fn ways(
        &self,
        carrier: Carrier,
        from: PlaceId,
        stop: impl Fn(PlaceId) -> Duration,
        usable: impl Fn(&Arc) -> bool,
    ) -> Vec<Option<(Duration, Option<&Arc>)>> {
        let mut best: Vec<Option<(Duration, Option<&Arc>)>> = vec![None; self.n_fields];
        let Some(start) = self.field[from.index()] else { return best };
        best[start] = Some((Duration::ZERO, None));
        let mut queue = BinaryHeap::from([std::cmp::Reverse((Duration::ZERO, from))]);
        while let Some(std::cmp::Reverse((taken, here))) = queue.pop() {
            let known = self.field[here.index()].and_then(|at| best[at]);
            if known.is_some_and(|found| found.0 < taken) {
                continue;
            }
            for &next in self.exits(carrier, here) {
                let Some(at) = self.field[next.index()] else { continue };
                let open = self.arcs(carrier, here, next).iter().filter(|a| !a.windows.is_empty());
                let Some(arc) = open.filter(|arc| usable(arc)).min_by_key(|arc| arc.block) else {
                    continue;
                };
                let reached = taken + arc.block + stop(next);
                if best[at].is_none_or(|found| reached < found.0) {
                    best[at] = Some((reached, Some(arc)));
                    queue.push(std::cmp::Reverse((reached, next)));
                }
            }
        }
        best
    }

    /// Returns the arcs from a field to another in order, of a search that knows the last arc to each field by its number.
    fn back<'n>(
        &self,
        from: PlaceId,
        to: PlaceId,
        last: impl Fn(usize) -> Option<&'n Arc>,
    ) -> Option<Vec<&'n Arc>> {
        let mut path = Vec::new();
        let mut here = to;
        while here != from {
            let arc = last(self.field[here.index()]?)?;
            path.push(arc);
            here = arc.from;
        }
        path.reverse();
        Some(path)
    }

    /// Joins arcs to one that stops between them for a time on the ground, or as long as it must: where hours never let it fly
    /// on at once, whole hours more, a day at most.
    fn joined(&self, ground: Duration, path: &[&Arc]) -> Arc {
        let in_host = |place: PlaceId| self.s.is_in_host(place);
        let mut joined = Arc { flights: Vec::new(), ..path[0].clone() };
        let mut after = Duration::ZERO;
        for arc in path {
            let open = |after| intersect(&joined.windows, &shift_back(&arc.windows, after));
            let stops = (0..=STOP_HOURS).map(|more| after + Duration::from_hours(more));
            let fits = stops.map(|after| (open(after), after)).find(|(open, _)| !open.is_empty());
            (joined.windows, after) = fits.unwrap_or((Vec::new(), after));
            joined.payload = joined.payload.min(arc.payload);
            joined.cleared_until = match arc.cleared_until {
                Timestamp::MAX => joined.cleared_until,
                until => joined.cleared_until.min(until - after),
            };
            if in_host(arc.from) && !in_host(arc.to) {
                joined.exit_after = after;
            }
            let &Arc { leg, from, to, block, .. } = *arc;
            joined.flights.push(Hop { leg, from, to, after, block });
            joined.block = after + arc.block;
            joined.to = arc.to;
            after = joined.block + ground.max(slot(self.s, arc.to));
        }
        joined
    }

    /// Returns the ways by which a carrier may take a load from a field to another, also with stops for fuel.
    pub(crate) fn lifts(
        &self,
        carrier: Carrier,
        from: PlaceId,
        to: PlaceId,
    ) -> impl Iterator<Item = &Arc> {
        let staged = self.staged.get(&(carrier, from, to)).into_iter().flatten();
        let legs = self.arcs(carrier, from, to).iter().chain(staged);
        legs.filter(|arc| arc.carries && !arc.windows.is_empty())
    }

    fn add_arcs(&mut self, carrier: Carrier) {
        let s = self.s;
        for (id, leg) in s.air_legs.iter() {
            if leg.types.is_empty() || leg.types.contains(&carrier.aircraft) {
                self.add_arc(carrier, Some(id), leg.from, leg.to, leg.distance);
                self.add_arc(carrier, Some(id), leg.to, leg.from, leg.distance);
            }
        }
        let own = &s.parties[carrier.owner].state;
        let own_fields: Vec<(PlaceId, (f64, f64))> = s
            .places
            .iter()
            .filter(|(_, place)| place.airfield.is_some() && place.state == *own)
            .filter_map(|(id, place)| Some((id, place.position?)))
            .collect();
        for &(from, here) in &own_fields {
            for &(to, there) in &own_fields {
                if from != to {
                    let metres = geo::geodesic(here, there).0;
                    let route = metres.saturating_mul(s.operation.own_state_route_percent) / 100;
                    self.add_arc(carrier, None, from, to, Distance(route));
                }
            }
        }
    }

    /// Finds the quickest ways of ferries from a field if nobody waits anywhere, and the least time in the air.
    fn add_ways(&mut self, carrier: Carrier, from: PlaceId) {
        let enroute = self.s.types[carrier.aircraft].enroute;
        let Some(row) = self.row(carrier, from) else { return };
        let slots = row * self.n_fields..(row + 1) * self.n_fields;
        let ways = self.ways(carrier, from, |_| enroute, |_| true);
        let way = |way: &Option<(Duration, Option<&Arc>)>| {
            way.and_then(|(taken, arc)| Some((taken, arc?.from)))
        };
        let ways: Vec<Option<(Duration, PlaceId)>> = ways.iter().map(way).collect();
        let flown = self.ways(carrier, from, |_| Duration::ZERO, |_| true);
        let flown: Vec<Option<Duration>> = flown.iter().map(|way| way.map(|way| way.0)).collect();
        for (slot, (way, flown)) in slots.zip(ways.into_iter().zip(flown)) {
            self.quickest[slot] = way.map(|way| way.0);
            self.before[slot] = way.map(|way| way.1);
            self.flown[slot] = flown;
        }
    }

    /// Returns the quickest way if nobody waits anywhere, if one that is ready then need not wait.
    fn unhindered(
        &self,
        carrier: Carrier,
        from: PlaceId,
        to: PlaceId,
        ready: Timestamp,
    ) -> Option<Vec<&Arc>> {
        let mut stops = vec![to];
        while *stops.last()? != from {
            let slot = self.slot(carrier, from, *stops.last()?)?;
            stops.push(self.before[slot]?);
        }
        stops.reverse();
        let enroute = self.s.types[carrier.aircraft].enroute;
        let mut t = ready;
        let mut path = Vec::with_capacity(stops.len());
        for ends in stops.windows(2) {
            let arcs = self.arcs(carrier, ends[0], ends[1]).iter();
            let quickest =
                arcs.filter(|arc| !arc.windows.is_empty()).min_by_key(|arc| arc.block)?;
            if first_in(&quickest.windows, t) != Some(t) {
                return None;
            }
            path.push(quickest);
            t = t + quickest.block + enroute;
        }
        Some(path)
    }

    fn add_arc(
        &mut self,
        carrier: Carrier,
        leg: Option<LegId>,
        from: PlaceId,
        to: PlaceId,
        distance: Distance,
    ) {
        let s = self.s;
        let aircraft = &s.types[carrier.aircraft];
        let Some(block) = aircraft.block_speed.time_for(distance) else { return };
        if distance > aircraft.ferry_range
            || !runway_takes(s, from, aircraft)
            || !runway_takes(s, to, aircraft)
        {
            return;
        }
        let mut windows = intersect(
            self.movement_hours(from, carrier.user_class),
            &shift_back(self.movement_hours(to, carrier.user_class), block),
        );
        let own = &s.parties[carrier.owner].state;
        let mut cleared_until = Timestamp::MAX;
        let mut cut = |windows: &mut Vec<Interval>, cleared: &[Interval]| {
            cleared_until =
                cleared_until.min(cleared.last().map_or(Timestamp::MIN, |last| last.to));
            *windows = intersect(windows, cleared);
        };
        if let Some(id) = leg {
            let row = &s.air_legs[id];
            // a closure [c, e) forbids departures from c - block + 1 to e - 1
            let holes: Vec<Interval> = row
                .closed
                .iter()
                .map(|c| Interval { from: c.from - block + Duration(1), to: c.to })
                .collect();
            windows = subtract(&windows, &holes);
            for state in row.states.iter().filter(|state| *state != own) {
                let cleared =
                    self.cleared(carrier.owner, state, ClearanceKind::Overflight, block, |c| {
                        c.legs.contains(&id)
                    });
                cut(&mut windows, &cleared);
            }
        }
        let land_state = &s.places[to].state;
        if land_state != own {
            let cleared =
                self.cleared(carrier.owner, land_state, ClearanceKind::Landing, block, |c| {
                    c.fields.contains(&to)
                });
            cut(&mut windows, &cleared);
        }
        let carries = aircraft.payload_range.last().is_some_and(|point| distance <= point.0);
        let payload = if carries {
            formula::payload_at(&aircraft.payload_range, distance)
        } else {
            Mass::ZERO
        };
        let (flights, exit_after) = (Vec::new(), Duration::ZERO);
        let arc = Arc {
            leg,
            from,
            to,
            block,
            flights,
            exit_after,
            payload,
            carries,
            windows,
            cleared_until,
        };
        let (exit, at) = (self.row(carrier, from), self.slot(carrier, from, to));
        let (Some(exit), Some(at)) = (exit, at) else { return };
        match self.index[at].checked_sub(1) {
            Some(known) => self.arcs[known as usize].1.push(arc),
            None => {
                self.arcs.push(((carrier, from, to), vec![arc]));
                self.index[at] = u32::try_from(self.arcs.len()).expect("fewer arcs than that");
                self.exits[exit].push(to);
            }
        }
    }

    /// Returns the departures of a flight of `block` that clearances of a state allow.
    fn cleared(
        &self,
        carrier: PartyId,
        state: &str,
        kind: ClearanceKind,
        block: Duration,
        covers: impl Fn(&Clearance) -> bool,
    ) -> Vec<Interval> {
        let intervals = self.s.clearances.rows.iter().filter(|c| {
            c.granted && c.kind == kind && c.carrier == carrier && c.state == state && covers(c)
        });
        to_windows(
            intervals
                .filter_map(|c| {
                    let valid = c.valid?;
                    let asked = c.asked.map_or(Timestamp::MIN, |asked| asked + c.lead);
                    // landing exactly at the end of the validity is allowed
                    Some(Interval {
                        from: valid.from.max(asked),
                        to: valid.to - block + Duration(1),
                    })
                })
                .collect(),
        )
    }

    /// Returns the departures for which a party's column may cross a border road within `crossing`.
    pub(crate) fn border_windows(
        &self,
        road: exeunt_model::RoadId,
        party: PartyId,
        crossing: Duration,
    ) -> Vec<Interval> {
        let row = &self.s.roads[road];
        let Some(border) = &row.border else { return vec![Interval::ALWAYS] };
        let mut windows: Vec<Interval> = border
            .windows
            .iter()
            .map(|w| {
                let to = if w.to >= Timestamp::MAX { w.to } else { w.to - crossing + Duration(1) };
                Interval { from: w.from, to }
            })
            .filter(|w| w.from < w.to)
            .collect();
        for end in [row.from, row.to] {
            let state = &self.s.places[end].state;
            let cleared = self.cleared(party, state, ClearanceKind::Border, crossing, |c| {
                c.roads.contains(&road)
            });
            windows = intersect(&windows, &cleared);
        }
        windows
    }

    pub(crate) fn movement_hours(&self, place: PlaceId, class: UserClass) -> &[Interval] {
        self.movement.get(&(place, class)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn handling_hours(&self, place: PlaceId, class: UserClass) -> &[Interval] {
        self.handling.get(&(place, class)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn arcs(&self, carrier: Carrier, from: PlaceId, to: PlaceId) -> &[Arc] {
        let at = self.slot(carrier, from, to).map_or(0, |at| self.index[at]);
        at.checked_sub(1).map_or(&[], |at| self.arcs[at as usize].1.as_slice())
    }

    /// Returns the number of a carrier and a field, of those that there are.
    fn row(&self, carrier: Carrier, field: PlaceId) -> Option<usize> {
        let at = self.carriers.binary_search(&carrier).ok()?;
        Some(at * self.n_fields + self.field[field.index()]?)
    }

    /// Returns the number of a carrier and two fields, of those that there are.
    fn slot(&self, carrier: Carrier, from: PlaceId, to: PlaceId) -> Option<usize> {
        Some(self.row(carrier, from)? * self.n_fields + self.field[to.index()]?)
    }

    /// Returns the fields that a carrier reaches from a field by one arc.
    pub(crate) fn exits(&self, carrier: Carrier, from: PlaceId) -> &[PlaceId] {
        self.row(carrier, from).map_or(&[], |at| self.exits[at].as_slice())
    }

    /// Returns the chain of arcs by which a ferry that may leave at `ready` arrives first, hours, clearances and
    /// closures considered. A* over arrival times (Hart, Nilsson and Raphael 1968), O((arcs + fields) log fields) at most;
    /// waiting is never faster, so a label that is taken is final. Nobody comes sooner than by the quickest way that never
    /// waits, nor outside the hours of where he goes; of ways that arrive together one flight is preferred.
    pub(crate) fn ferry_path(
        &self,
        carrier: Carrier,
        from: PlaceId,
        to: PlaceId,
        ready: Timestamp,
    ) -> Option<Vec<&Arc>> {
        let direct = self.arcs(carrier, from, to).iter();
        if let Some(arc) = direct
            .clone()
            .filter(|arc| first_in(&arc.windows, ready) == Some(ready))
            .min_by_key(|arc| arc.block)
        {
            return Some(vec![arc]);
        }
        let enroute = self.s.types[carrier.aircraft].enroute;
        // whoever goes round has to stop on the way
        let soon = direct
            .clone()
            .filter(|arc| first_in(&arc.windows, ready).is_some_and(|t| t <= ready + enroute))
            .min_by_key(|arc| (first_in(&arc.windows, ready), arc.block));
        if let Some(arc) = soon {
            return Some(vec![arc]);
        }
        if let Some(path) = self.unhindered(carrier, from, to, ready) {
            return Some(path);
        }
        let reached = |arc: &Arc, t| Some(first_in(&arc.windows, t)? + arc.block + enroute);
        let hours = self.movement_hours(to, carrier.user_class);
        let least = |field: PlaceId, t: Timestamp| {
            let quickest = self.quickest[self.slot(carrier, field, to)?]?;
            Some(first_in(hours, t + quickest - enroute)? + enroute)
        };
        let mut best: Vec<(Timestamp, Option<&Arc>)> = vec![(Timestamp::MAX, None); self.n_fields];
        let goal = self.field[to.index()]?;
        if let Some((t, arc)) =
            direct.filter_map(|arc| Some((reached(arc, ready)?, arc))).min_by_key(|way| way.0)
        {
            best[goal] = (t, Some(arc));
        }
        best[self.field[from.index()]?].0 = ready;
        let mut queue = BinaryHeap::from([std::cmp::Reverse((least(from, ready)?, ready, from))]);
        while let Some(std::cmp::Reverse((bound, here_ready, here))) = queue.pop() {
            if bound >= best[goal].0 {
                break;
            }
            if best[self.field[here.index()]?].0 < here_ready {
                continue;
            }
            for &next in self.exits(carrier, here) {
                let at = self.field[next.index()]?;
                for arc in self.arcs(carrier, here, next) {
                    let Some(t) = reached(arc, here_ready).filter(|t| *t < best[at].0) else {
                        continue;
                    };
                    if next == to {
                        best[at] = (t, Some(arc));
                    } else if let Some(bound) = least(next, t).filter(|bound| *bound < best[goal].0)
                    {
                        best[at] = (t, Some(arc));
                        queue.push(std::cmp::Reverse((bound, t, next)));
                    }
                }
            }
        }
        self.back(from, to, |field| best[field].1)
    }

    /// Returns before when no aircraft of a carrier loads at a field that starts from somewhere.
    pub(crate) fn comes(&self, carrier: Carrier, start: &Start, field: PlaceId) -> Timestamp {
        if start.place == field {
            return start.ready_to_load;
        }
        let quickest = self.slot(carrier, start.place, field).and_then(|at| self.quickest[at]);
        let enroute = self.s.types[carrier.aircraft].enroute;
        quickest.map_or(Timestamp::MAX, |quickest| start.ready_to_fly + quickest - enroute)
    }

    /// Returns the least time in the air by which a carrier comes from a field to another; none, if it never does.
    pub(crate) fn flown(&self, carrier: Carrier, from: PlaceId, to: PlaceId) -> Option<Duration> {
        self.flown[self.slot(carrier, from, to)?]
    }

    /// Returns the quickest way by road that the party may use at some time.
    pub(crate) fn road_path(&self, party: PartyId, from: PlaceId, to: PlaceId) -> Option<RoadPath> {
        let mut best: BTreeMap<PlaceId, (i64, Option<(exeunt_model::RoadId, PlaceId)>)> =
            BTreeMap::from([(from, (0, None))]);
        let mut queue = BinaryHeap::from([std::cmp::Reverse((0_i64, from))]);
        while let Some(std::cmp::Reverse((cost, here))) = queue.pop() {
            if here == to {
                break;
            }
            if best.get(&here).is_some_and(|found| found.0 < cost) {
                continue;
            }
            for (id, road) in self.s.roads.iter() {
                let next = match here {
                    here if here == road.from => road.to,
                    here if here == road.to => road.from,
                    _ => continue,
                };
                let Some(time) = march_time(self.s, road, 1) else { continue };
                if road.max_vehicles.is_some_and(|most| most < 1)
                    || self.unescorted[id.index()].is_some()
                    || self.border_windows(id, party, time).is_empty()
                {
                    continue;
                }
                let reached = cost + time.0;
                if best.get(&next).is_none_or(|found| reached < found.0) {
                    best.insert(next, (reached, Some((id, here))));
                    queue.push(std::cmp::Reverse((reached, next)));
                }
            }
        }
        let mut path = RoadPath::new();
        let mut here = to;
        while here != from {
            let (road, before) = best.get(&here)?.1?;
            path.push((road, before, here));
            here = before;
        }
        path.reverse();
        Some(path)
    }

    /// Says why an element can never move, whatever the timing, if so.
    pub(crate) fn obstacle(&self, element: &exeunt_model::scenario::Element) -> Option<Obstacle> {
        let s = self.s;
        let way = |from: PlaceId, to: PlaceId| {
            (from != to && self.road_path(element.party, from, to).is_none()).then(|| {
                let party = &s.parties[element.party].name;
                let (a, b) = (&s.places[from].name, &s.places[to].name);
                let none = format!("no road that `{party}` may use leads from `{a}` to `{b}`");
                match self.missing_at_borders(element.party) {
                    Some(missing) => {
                        Obstacle { rule: Rule::C26, reason: format!("{none}: {missing}") }
                    }
                    None => Obstacle { rule: Rule::C20, reason: self.for_want_of_escort(none) },
                }
            })
        };
        match element.mode {
            Mode::Road => way(element.origin, element.destination),
            Mode::Air { embark, debark } => way(element.origin, embark)
                .or_else(|| way(debark, element.destination))
                .or_else(|| self.air_obstacle(embark, debark))
                .filter(|_| !element.either || way(element.origin, element.destination).is_some()),
        }
    }

    /// Adds to a reason which road needs more of an escort than there ever is, if one does.
    fn for_want_of_escort(&self, reason: String) -> String {
        let mut roads = self.s.roads.rows.iter().zip(&self.unescorted);
        match roads.find_map(|(road, lacks)| lacks.map(|escort| (road, escort))) {
            Some((road, escort)) => {
                let escort = &self.s.resources[escort].name;
                format!(
                    "{reason}: road `{}` needs more of `{escort}` than there ever is",
                    road.name
                )
            }
            None => reason,
        }
    }

    fn air_obstacle(&self, embark: PlaceId, debark: PlaceId) -> Option<Obstacle> {
        let s = self.s;
        let (a, b) = (&s.places[embark].name, &s.places[debark].name);
        if s.tails.is_empty() {
            return Some(Obstacle { rule: Rule::C10, reason: "there is no aircraft".to_owned() });
        }
        if self.carriers.iter().any(|&c| self.lifts(c, embark, debark).next().is_some()) {
            return None;
        }
        let arcs: Vec<&Arc> = self
            .arcs
            .iter()
            .filter(|((_, from, to), _)| *from == embark && *to == debark)
            .flat_map(|(_, arcs)| arcs)
            .collect();
        if arcs.is_empty() {
            let fits =
                |place| s.tails.rows.iter().any(|t| runway_takes(s, place, &s.types[t.aircraft]));
            return Some(if fits(embark) && fits(debark) {
                Obstacle {
                    rule: Rule::C10,
                    reason: format!("no aircraft has a leg within its range from `{a}` to `{b}`"),
                }
            } else {
                Obstacle {
                    rule: Rule::C16,
                    reason: format!("no aircraft may use the runways of both `{a}` and `{b}`"),
                }
            });
        }
        if !arcs.iter().any(|arc| arc.carries) {
            return Some(Obstacle {
                rule: Rule::C12,
                reason: format!("no aircraft carries anything as far as from `{a}` to `{b}`"),
            });
        }
        if arcs.iter().all(|arc| arc.windows.is_empty()) {
            return Some(self.never_open(embark, debark));
        }
        None
    }

    /// Says why nobody may ever fly a leg that is there.
    pub(crate) fn never_open(&self, from: PlaceId, to: PlaceId) -> Obstacle {
        let (a, b) = (&self.s.places[from].name, &self.s.places[to].name);
        let here = self.arcs.iter().filter(|((_, x, y), _)| (*x, *y) == (from, to));
        let missing = here
            .flat_map(|((carrier, ..), arcs)| arcs.iter().map(move |arc| (carrier, arc)))
            .find_map(|(carrier, arc)| self.missing_on_leg(carrier.owner, arc));
        match missing {
            Some(missing) => Obstacle {
                rule: Rule::C26,
                reason: format!("nobody may fly from `{a}` to `{b}`: {missing}"),
            },
            None => Obstacle {
                rule: Rule::C16,
                reason: format!(
                    "opening hours, closures and clearances leave no moment to fly from `{a}` to `{b}`"
                ),
            },
        }
    }

    /// Returns what is missing for an arc: the first state that has granted nothing for it.
    fn missing_on_leg(&self, owner: PartyId, arc: &Arc) -> Option<String> {
        let s = self.s;
        let own = &s.parties[owner].state;
        let granted = |state: &str, kind: ClearanceKind, covers: &dyn Fn(&Clearance) -> bool| {
            s.clearances.rows.iter().any(|c| {
                c.granted && c.state == state && c.kind == kind && c.carrier == owner && covers(c)
            })
        };
        let carrier = &s.parties[owner].name;
        if let Some(id) = arc.leg {
            let leg = &s.air_legs[id];
            for state in leg.states.iter().filter(|state| *state != own) {
                if !granted(state, ClearanceKind::Overflight, &|c| c.legs.contains(&id)) {
                    return Some(format!(
                        "no overflight clearance of {state} granted to `{carrier}` covers leg `{}`",
                        leg.name
                    ));
                }
            }
        }
        let field = &s.places[arc.to];
        let lands = field.state != *own
            && !granted(&field.state, ClearanceKind::Landing, &|c| c.fields.contains(&arc.to));
        lands.then(|| {
            format!(
                "no landing clearance of {} granted to `{carrier}` covers `{}`",
                field.state, field.name
            )
        })
    }

    /// Returns which border crossing lacks which state's clearance for a party, if one does.
    fn missing_at_borders(&self, party: PartyId) -> Option<String> {
        let s = self.s;
        s.roads.iter().filter(|(_, road)| road.border.is_some()).find_map(|(id, road)| {
            let ends = [road.from, road.to].map(|end| s.places[end].state.as_str());
            let lacking = ends.into_iter().find(|state| {
                !s.clearances.rows.iter().any(|c| {
                    c.granted
                        && c.kind == ClearanceKind::Border
                        && c.carrier == party
                        && c.state == **state
                        && c.roads.contains(&id)
                })
            })?;
            let name = &s.parties[party].name;
            Some(format!(
                "road `{}` needs a border clearance of both {} and {} for `{name}`, none of {lacking} is granted",
                road.name, ends[0], ends[1]
            ))
        })
    }
}

/// Returns the hours of a field for a class; always open without an entry.
fn hours(s: &Scenario, place: PlaceId, class: UserClass, activity: Activity) -> Vec<Interval> {
    let of = |class| {
        s.hours
            .iter()
            .find(|h| h.place == place && h.user_class == class && h.activity == activity)
            .map_or_else(|| vec![Interval::ALWAYS], |h| h.windows.clone())
    };
    if class == UserClass::Military && s.operation.civil_hours_bind_military {
        intersect(&of(class), &of(UserClass::Civil))
    } else {
        of(class)
    }
}

/// Returns the time that a movement keeps the runway of a field from others.
pub(crate) fn slot(s: &Scenario, place: PlaceId) -> Duration {
    s.places[place].airfield.as_ref().map_or(Duration::ZERO, |field| field.slot)
}

fn runway_takes(s: &Scenario, place: PlaceId, aircraft: &AircraftType) -> bool {
    s.places[place].airfield.as_ref().is_some_and(|field| field.runway >= aircraft.min_runway)
}

/// Returns the time a column's head needs on a road: its length at the rate of march, its halts, and the crossing of its
/// border post, if it has one, for all its vehicles.
pub(crate) fn march_time(s: &Scenario, road: &Road, vehicles: i64) -> Option<Duration> {
    let march = road.rate.time_for(road.distance)? + halts(s, road);
    let Some(border) = &road.border else { return Some(march) };
    let per_hour = border.vehicles_per_hour;
    let minutes = vehicles.checked_mul(60)?.checked_add(per_hour - 1)?.checked_div(per_hour)?;
    Some(march + Duration::from_minutes(minutes))
}

/// Returns the elements that can never move, whatever the timing, with the rule and why.
pub fn cannot_move(s: &Scenario) -> Vec<(ElementId, Rule, String)> {
    let net = Network::new(s);
    let parted = State::blank(s, &net).parted;
    let parted = |id: ElementId| parted.iter().find(|row| row.0 == id.index()).map(|row| &row.1);
    let found = |(id, element)| {
        net.obstacle(element).or_else(|| parted(id).cloned()).map(|o| (id, o.rule, o.reason))
    };
    s.elements.iter().filter_map(found).collect()
}
