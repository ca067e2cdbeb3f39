//! One mission of one tail: ferry in, load, fly, unload, fly home, with everything it books.
//!
//! The aircraft arrives just in time, because a stand is scarcer than a place on the base's own apron;
//! whoever waits on the ground occupies a stand (docs/model.md, section 4). Each try either succeeds
//! or moves the start of loading past what blocked it, so the search ends.

use crate::bookings::{Bookings, Use, Used};
use crate::gate::next_open;
use crate::hold::Chalk;
use crate::network::{Arc, Carrier, Hop, Network, Obstacle, slot};
use crate::timeline::{first_fit, first_in, last_in};
use exeunt_model::scenario::Scenario;
use exeunt_model::{
    Duration, ElementId, Id, Interval, LegId, PieceId, PlaceId, Rule, TailId, Timestamp,
};
use std::collections::BTreeMap;

/// Tries after which a mission is given up; far above what real calendars need.
const TRIES_MAX: usize = 3_000;

/// One take-off to one landing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flight {
    pub(crate) leg: Option<LegId>,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    pub(crate) config: usize,
    pub(crate) departs: Timestamp,
    pub(crate) lands: Timestamp,
    pub(crate) loading: Option<(Timestamp, Timestamp)>,
    pub(crate) unloading: Option<(Timestamp, Timestamp)>,
    pub(crate) load: Vec<(PieceId, i64, Option<usize>)>,
    /// Line and place in it, if it is frozen.
    pub(crate) given: Option<(usize, usize)>,
}

impl Flight {
    /// A flight with nothing on board.
    fn ferry(hop: &Hop, config: usize, departs: Timestamp) -> Flight {
        Flight {
            leg: hop.leg,
            from: hop.from,
            to: hop.to,
            config,
            departs,
            lands: departs + hop.block,
            loading: None,
            unloading: None,
            load: Vec::new(),
            given: None,
        }
    }
}

/// What a tail has been given so far.
#[derive(Debug, Clone)]
pub(crate) struct TailState {
    pub(crate) tail: TailId,
    pub(crate) carrier: Carrier,
    pub(crate) flights: Vec<Flight>,
    /// The last `n_homing` flights only bring it home and may be cut.
    pub(crate) n_homing: usize,
    /// What it books after its last unloading: the way home, or a stand for ever.
    pub(crate) end_uses: Vec<Use>,
}

/// Where a tail can start its next mission from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Start {
    pub(crate) place: PlaceId,
    pub(crate) ready_to_fly: Timestamp,
    pub(crate) ready_to_load: Timestamp,
    /// Holds a stand since then, off its base.
    pub(crate) holds_since: Option<Timestamp>,
    pub(crate) config: usize,
    /// Whether the way home is cut.
    pub(crate) cut: bool,
}

/// Earliest moments that order, dates and conditions allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotBefore {
    pub(crate) march: Timestamp,
    pub(crate) load: Timestamp,
    pub(crate) depart: Timestamp,
    pub(crate) land: Timestamp,
    /// Arrival of elements at their destinations.
    pub(crate) arrive: BTreeMap<ElementId, Timestamp>,
    /// Gates that close again: the host may be left only while they are open; none: at any time.
    pub(crate) open: Option<Vec<Interval>>,
}

impl NotBefore {
    pub(crate) fn start(t: Timestamp) -> Self {
        Self { march: t, load: t, depart: t, land: t, arrive: BTreeMap::new(), open: None }
    }

    /// Returns from when on an element may be at its destination.
    pub(crate) fn arrival(&self, element: ElementId) -> Timestamp {
        self.arrive.get(&element).copied().unwrap_or(Timestamp::MIN)
    }

    /// Returns the first moment at or after `t` at which the host may be left, or none.
    pub(crate) fn next_exit(&self, t: Timestamp) -> Option<Timestamp> {
        match &self.open {
            None => Some(t),
            Some(windows) => next_open(windows, t, Duration(1)),
        }
    }
}

/// A mission with its bookings.
#[derive(Debug, Clone)]
pub(crate) struct Mission {
    /// Ferry in, then the loaded flights.
    pub(crate) out: Vec<Flight>,
    /// How many of the last of them are loaded: one, and one more for each stop for fuel.
    n_loaded: usize,
    /// Leaves the host, or where it boards, if that is not in the host.
    pub(crate) exits: Timestamp,
    /// Flights home.
    pub(crate) home: Vec<Flight>,
    pub(crate) uses: Vec<Use>,
    pub(crate) end_uses: Vec<Use>,
}

impl Mission {
    /// Returns the flight before which it is loaded.
    pub(crate) fn boards(&self) -> &Flight {
        &self.out[self.out.len() - self.n_loaded]
    }
    /// Returns the flight after which it is unloaded.
    pub(crate) fn loaded(&self) -> &Flight {
        self.out.last().expect("a mission ends with its loaded flight")
    }
    pub(crate) fn loading(&self) -> (Timestamp, Timestamp) {
        self.boards().loading.expect("a mission loads")
    }
    pub(crate) fn unloaded_at(&self) -> Timestamp {
        self.loaded().unloading.expect("a mission unloads").1
    }
}

/// The question put to one tail.
pub(crate) struct Task<'a> {
    pub(crate) chalk: &'a Chalk,
    pub(crate) arc: &'a Arc,
    pub(crate) not_before: NotBefore,
    /// Earliest end of unloading.
    pub(crate) unloaded: Timestamp,
    /// Takes along what the field provides: nobody departs from there afterwards, not even on the way home.
    pub(crate) closes_field: bool,
    /// Stays where it is unloaded as soon as a stand is free there for good, if one ever is.
    pub(crate) stays: bool,
    /// Is loaded just before it leaves.
    pub(crate) late: bool,
}

/// Plans missions against the bookings of all others.
pub(crate) struct Planner<'a> {
    pub(crate) s: &'a Scenario,
    pub(crate) net: &'a Network<'a>,
    pub(crate) bookings: &'a Bookings,
}

/// Way home or way in: flights and what they book.
pub(crate) struct Way {
    pub(crate) flights: Vec<Flight>,
    pub(crate) uses: Vec<Use>,
}

/// When a ferry is to land.
#[derive(Debug, Clone, Copy)]
struct Landing {
    after: Timestamp,
    by: Timestamp,
    early: bool,
}

struct Departure {
    /// The loaded flights.
    flights: Vec<Flight>,
    uses: Vec<Use>,
    home: Vec<Flight>,
    end_uses: Vec<Use>,
}

impl Planner<'_> {
    /// Finds the earliest mission of a tail for a task, or the rule that stood last in the way.
    pub(crate) fn mission(
        &self,
        tail: TailId,
        start: Start,
        task: &Task<'_>,
    ) -> Result<Mission, Obstacle> {
        let row = &self.s.tails[tail];
        let aircraft = &self.s.types[row.aircraft];
        let field = task.arc.from;
        let change = if task.chalk.config == start.config {
            Duration::ZERO
        } else {
            aircraft.configurations[task.chalk.config].change
        };
        let onload = aircraft.onload + change;
        let path = if start.place == field {
            Vec::new()
        } else {
            let ready = start.ready_to_fly;
            self.net.ferry_path(Carrier::of(row), start.place, field, ready).ok_or_else(|| {
                match self.net.arcs(Carrier::of(row), start.place, field).is_empty() {
                    false => self.net.never_open(start.place, field),
                    true => {
                        let reason = format!("`{}` has no legs to the field", row.name);
                        self.obstacle(Rule::C10, reason)
                    }
                }
            })?
        };
        let stand = |place, from, to| Use { what: Used::Stand(place, aircraft.stand), from, to };
        let mut begin = task.not_before.load.max(start.ready_to_load);
        let mut not_out_before = task.not_before.depart;
        let mut not_in_before = Timestamp::MIN;
        // comes as early as it can, because it cannot wait where it is
        let mut early = false;
        for _ in 0..TRIES_MAX {
            begin = self.next_service(tail, field, begin, onload, true)?;
            // early enough to be off the runway by the time it takes off again
            let by = begin.min(not_out_before.max(begin + onload) - self.slot(field));
            let landing = Landing { after: not_in_before, by, early };
            let way = self.fly_in(tail, &start, &path, begin, landing)?;
            if let Some(last) = way.flights.last()
                && last.lands > begin
            {
                begin = last.lands;
                continue;
            }
            let arrived = way.flights.last().map(|last| last.lands);
            let since = match (arrived, start.holds_since) {
                _ if field == row.base => begin,
                (Some(landed), _) => landed,
                (None, Some(since)) => since,
                (None, None) => begin,
            };
            let ready = not_out_before.max(begin + onload);
            let out = self.depart(tail, task, arrived, ready)?;
            let departs = out.flights[0].departs;
            let exits = departs + task.arc.exit_after;
            match task.not_before.next_exit(exits) {
                Some(t) if t == exits => {}
                Some(t) => {
                    // loaded just in time for the gate
                    not_out_before = t - task.arc.exit_after;
                    begin = begin.max(not_out_before - onload);
                    continue;
                }
                None => {
                    let reason = "what gates its departure is not true again".to_owned();
                    return Err(self.obstacle(Rule::C27, reason));
                }
            }
            let just_in_time = departs - onload;
            if task.late
                && begin < just_in_time
                && self.next_service(tail, field, just_in_time, onload, true) == Ok(just_in_time)
            {
                not_out_before = departs;
                begin = just_in_time;
                continue;
            }
            if let Some(until) = self.bookings.blocked_until(stand(field, since, departs)) {
                if until >= Timestamp::MAX {
                    let name = &self.s.places[field].name;
                    return Err(self.obstacle(Rule::C14, format!("no stand is left at `{name}`")));
                }
                if arrived.is_none() && start.holds_since.is_some() && field != row.base {
                    return Err(self.obstacle(Rule::C14, "no stand is free for waiting".to_owned()));
                }
                if arrived.is_some() && field != row.base {
                    not_in_before = until;
                    begin = begin.max(until);
                } else {
                    begin = begin + (until - since);
                }
                continue;
            }
            if let (Some(since), Some(first)) = (start.holds_since, way.flights.first())
                && self.bookings.blocked_until(stand(start.place, since, first.departs)).is_some()
            {
                if !early {
                    early = true;
                    continue;
                }
                return Err(self.obstacle(Rule::C14, "no stand is free for waiting".to_owned()));
            }
            let teams = aircraft.handling_teams;
            let mission =
                self.assemble(&start, way, (out, exits), begin, onload, stand, since, teams);
            match self.availability(tail, &mission) {
                Ok(()) => return Ok(mission),
                Err(Some(until)) => {
                    // resume after the maintenance; the way in starts again from there
                    let lead = begin - mission.out[0].departs.min(begin);
                    begin = (until + lead).max(begin + Duration(60));
                }
                Err(None) => {
                    return Err(
                        self.obstacle(Rule::C17, format!("`{}` is not available", row.name))
                    );
                }
            }
        }
        Err(self.obstacle(Rule::C14, "no stand and service fit together".to_owned()))
    }

    fn obstacle(&self, rule: Rule, reason: String) -> Obstacle {
        Obstacle { rule, reason }
    }

    #[expect(clippy::too_many_arguments, reason = "joins the parts of one mission in one place")]
    fn assemble(
        &self,
        start: &Start,
        way: Way,
        (mut out, exits): (Departure, Timestamp),
        begin: Timestamp,
        onload: Duration,
        stand: impl Fn(PlaceId, Timestamp, Timestamp) -> Use,
        since: Timestamp,
        teams: i64,
    ) -> Mission {
        let Flight { from: field, departs, .. } = out.flights[0];
        let mut uses = way.uses;
        if let (Some(held), Some(first)) = (start.holds_since, way.flights.first()) {
            uses.push(stand(start.place, held, first.departs));
        }
        uses.push(stand(field, since, departs));
        let what = Used::Handling(field, teams);
        uses.push(Use { what, from: begin, to: begin + onload });
        uses.push(Use { what: Used::HostCheck(field), from: begin, to: begin + onload });
        uses.extend(out.uses);
        out.flights[0].loading = Some((begin, begin + onload));
        let n_loaded = out.flights.len();
        let mut flights = way.flights;
        flights.extend(out.flights);
        Mission { out: flights, n_loaded, exits, home: out.home, uses, end_uses: out.end_uses }
    }

    /// Says whether the tail may do all this; otherwise until when it may not, if it ends.
    fn availability(&self, tail: TailId, mission: &Mission) -> Result<(), Option<Timestamp>> {
        let row = &self.s.tails[tail];
        let works = mission.out.iter().chain(&mission.home).flat_map(|f| {
            let services = [f.loading, f.unloading].into_iter().flatten();
            services.chain([(f.departs, f.lands)])
        });
        for (from, to) in works {
            if from < row.available.from {
                return Err(Some(row.available.from));
            }
            if to > row.available.to {
                return Err(None);
            }
            if let Some(m) = row.maintenance.iter().find(|m| from < m.to && m.from < to) {
                return Err(Some(m.to));
            }
        }
        Ok(())
    }

    /// Returns when a tail is at work again if it is not throughout `[from, to)`.
    fn off_work(&self, tail: TailId, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        let row = &self.s.tails[tail];
        row.maintenance.iter().filter(|m| from < m.to && m.from < to).map(|m| m.to).max()
    }

    /// Returns the earliest start of a service: hours, handling teams, the tail's maintenance and, for loading, host check.
    pub(crate) fn next_service(
        &self,
        tail: TailId,
        field: PlaceId,
        from: Timestamp,
        duration: Duration,
        loading: bool,
    ) -> Result<Timestamp, Obstacle> {
        let row = &self.s.tails[tail];
        let mut start = from;
        for _ in 0..TRIES_MAX {
            start = self.first_service(Carrier::of(row), field, start, duration, loading)?;
            match self.off_work(tail, start, start + duration) {
                None => return Ok(start),
                Some(until) => start = until,
            }
        }
        Err(self.used_up(field))
    }

    /// Returns the earliest start of a service of any aircraft of a carrier: hours, handling teams and, for loading, host
    /// check.
    pub(crate) fn first_service(
        &self,
        carrier: Carrier,
        field: PlaceId,
        from: Timestamp,
        duration: Duration,
        loading: bool,
    ) -> Result<Timestamp, Obstacle> {
        let name = &self.s.places[field].name;
        let n = self.s.types[carrier.aircraft].handling_teams;
        let hours = self.net.handling_hours(field, carrier.user_class);
        let mut start = from;
        loop {
            let fits = first_fit(hours, start, duration).ok_or_else(|| {
                self.obstacle(Rule::C16, format!("`{name}` has no handling hours left"))
            })?;
            if fits + duration > self.s.operation.end {
                return Err(self.used_up(field));
            }
            let free = self.bookings.first_handling(field, fits, duration, n, loading);
            let free = free.ok_or_else(|| {
                let reason = format!("`{name}` never has {n} handling teams and a host check free");
                self.obstacle(Rule::C15, reason)
            })?;
            if free == start {
                return Ok(start);
            }
            start = free;
        }
    }

    fn used_up(&self, field: PlaceId) -> Obstacle {
        let name = &self.s.places[field].name;
        self.obstacle(Rule::C15, format!("handling at `{name}` is used up within the horizon"))
    }

    fn slot(&self, place: PlaceId) -> Duration {
        slot(self.s, place)
    }

    /// Returns the slot use of a movement.
    fn movement(&self, place: PlaceId, at: Timestamp) -> Use {
        Use { what: Used::Slot(place), from: at, to: at + self.slot(place) }
    }

    /// Returns the earliest departure on an arc from `t` on with free slots at both ends of each flight, and stands between.
    fn first_departure(&self, tail: TailId, arc: &Arc, t: Timestamp) -> Option<Timestamp> {
        let mut departs = t;
        for _ in 0..TRIES_MAX {
            departs = first_in(&arc.windows, departs)?;
            if departs + arc.block > self.s.operation.end {
                return None;
            }
            match self.held_up(tail, arc, departs) {
                None => return Some(departs),
                Some(Timestamp::MAX) => return None,
                Some(until) => departs = until,
            }
        }
        None
    }

    /// Returns when an arc may be departed on at the earliest if it may not at a moment, as far as what is in the way first
    /// shows.
    fn held_up(&self, tail: TailId, arc: &Arc, departs: Timestamp) -> Option<Timestamp> {
        let row = &self.s.tails[tail];
        let class = self.s.types[row.aircraft].stand;
        let mut landed = None;
        for hop in arc.hops() {
            let leaves = departs + hop.after;
            let lands = leaves + hop.block;
            if leaves >= self.bookings.closed_from[hop.from.index()] {
                return Some(Timestamp::MAX);
            }
            let ends = [self.movement(hop.from, leaves), self.movement(hop.to, lands)];
            let stop = landed.filter(|_| hop.from != row.base).map(|landed| Use {
                what: Used::Stand(hop.from, class),
                from: landed,
                to: leaves,
            });
            let busy = self.off_work(tail, leaves, lands).map(|until| until - leaves);
            let blocked = ends
                .into_iter()
                .chain(stop)
                .find_map(|used| self.bookings.blocked_until(used).map(|until| until - used.from));
            if let Some(later) = busy.or(blocked) {
                return Some(departs + later);
            }
            landed = Some(lands);
        }
        None
    }

    /// Returns the latest departure on an arc that lands at or before `t`, not before `from`.
    fn last_departure(
        &self,
        tail: TailId,
        arc: &Arc,
        from: Timestamp,
        t: Timestamp,
    ) -> Option<Timestamp> {
        let step = self.slot(arc.from).max(self.slot(arc.to)).max(Duration(60));
        let mut departs = t - arc.block;
        for _ in 0..16 {
            departs = last_in(&arc.windows, departs)?;
            if departs < from || departs >= self.bookings.closed_from[arc.from.index()] {
                return None;
            }
            let maintenance = &self.s.tails[tail].maintenance;
            if let Some(m) =
                maintenance.iter().find(|m| departs < m.to && m.from < departs + arc.block)
            {
                departs = m.from - arc.block;
                continue;
            }
            let ends = [(arc.from, departs), (arc.to, departs + arc.block)];
            let free = ends.iter().all(|&(place, at)| {
                self.bookings.blocked_until(self.movement(place, at)).is_none()
            });
            if free {
                return Some(departs);
            }
            departs = departs - step;
        }
        None
    }

    /// Flies the ferry so that it lands at or before `by`, if it can, as late as possible, or else as soon after it as it
    /// can, at least before loading begins; if it is early, or cannot otherwise, as early as possible.
    fn fly_in(
        &self,
        tail: TailId,
        start: &Start,
        path: &[&Arc],
        begin: Timestamp,
        Landing { after, by, early }: Landing,
    ) -> Result<Way, Obstacle> {
        if path.is_empty() {
            return Ok(Way { flights: Vec::new(), uses: Vec::new() });
        }
        if let [arc] = path {
            let ready = start.ready_to_fly;
            let last = |t| {
                self.last_departure(tail, arc, ready, t)
                    .filter(|departs| *departs + arc.block >= after)
            };
            let first = |t: Timestamp| {
                self.first_departure(tail, arc, ready.max(t - arc.block))
                    .filter(|departs| *departs + arc.block <= begin)
            };
            let soon = || first(after.max(ready));
            let departs = match early {
                true => soon(),
                false => {
                    last(by).or_else(|| first(by.max(after))).or_else(|| last(begin)).or_else(soon)
                }
            };
            if let Some(departs) = departs {
                return Ok(self.ferry(&[(arc, departs)], tail, start.config));
            }
        }
        let enroute = self.s.types[self.s.tails[tail].aircraft].enroute;
        let flown: Duration =
            path.iter().fold(Duration::ZERO, |sum, arc| sum + arc.block + enroute);
        let from = start.ready_to_fly.max(begin.max(after) - flown + enroute);
        self.fly(tail, start.config, path, from).ok_or_else(|| {
            let name = &self.s.tails[tail].name;
            self.obstacle(Rule::C10, format!("`{name}` finds no way in within the horizon"))
        })
    }

    /// Flies a path hop by hop, each as early as it goes, with stands at the stops between.
    pub(crate) fn fly(
        &self,
        tail: TailId,
        config: usize,
        path: &[&Arc],
        from: Timestamp,
    ) -> Option<Way> {
        let row = &self.s.tails[tail];
        let aircraft = &self.s.types[row.aircraft];
        let mut hops: Vec<(&Arc, Timestamp)> = Vec::new();
        let mut ready = from;
        for arc in path {
            let departs = self.first_departure(tail, arc, ready)?;
            hops.push((arc, departs));
            ready = departs + arc.block + aircraft.enroute.max(self.slot(arc.to));
        }
        // a full stop between makes the whole way later; it is tried again past the blockage
        for pair in hops.windows(2) {
            let (landed, leaves) = (pair[0].1 + pair[0].0.block, pair[1].1);
            let at = pair[0].0.to;
            let what = Used::Stand(at, aircraft.stand);
            let blocked = self.bookings.blocked_until(Use { what, from: landed, to: leaves });
            if let Some(until) = blocked.filter(|_| at != row.base) {
                return self.fly(tail, config, path, from + (until - landed));
            }
        }
        Some(self.ferry(&hops, tail, config))
    }

    /// Turns hops into flights and what they book: slots, and stands at the stops between.
    fn ferry(&self, hops: &[(&Arc, Timestamp)], tail: TailId, config: usize) -> Way {
        let row = &self.s.tails[tail];
        let class = self.s.types[row.aircraft].stand;
        let mut way = Way { flights: Vec::new(), uses: Vec::new() };
        for (n, &(arc, departs)) in hops.iter().enumerate() {
            let lands = departs + arc.block;
            way.uses.push(self.movement(arc.from, departs));
            way.uses.push(self.movement(arc.to, lands));
            if let Some(&(_, leaves)) = hops.get(n + 1)
                && arc.to != row.base
            {
                let what = Used::Stand(arc.to, class);
                way.uses.push(Use { what, from: lands, to: leaves });
            }
            way.flights.extend(arc.hops().map(|hop| Flight::ferry(&hop, config, departs)));
        }
        way
    }

    /// Finds the departure of the loaded flights, their unloading, and the way home.
    fn depart(
        &self,
        tail: TailId,
        task: &Task<'_>,
        arrived: Option<Timestamp>,
        ready: Timestamp,
    ) -> Result<Departure, Obstacle> {
        let row = &self.s.tails[tail];
        let aircraft = &self.s.types[row.aircraft];
        let arc = task.arc;
        let config = task.chalk.config;
        let name = &self.s.places[arc.to].name;
        let mut departs = ready.max(task.not_before.land - arc.block);
        if let Some(landed) = arrived {
            departs = departs.max(landed + self.slot(arc.from));
        }
        let late = || match first_in(&arc.windows, ready) {
            None if arc.cleared_until <= self.s.operation.end => {
                let until = arc.cleared_until;
                let reason = format!("clearances for the leg to `{name}` end before it ({until})");
                self.obstacle(Rule::C26, reason)
            }
            _ => {
                let reason = format!("no departure to `{name}` is left within the horizon");
                self.obstacle(Rule::C16, reason)
            }
        };
        for _ in 0..TRIES_MAX {
            departs = self.first_departure(tail, arc, departs).ok_or_else(late)?;
            let lands = departs + arc.block;
            let from = lands.max(task.unloaded - aircraft.offload);
            let begin = self.next_service(tail, arc.to, from, aircraft.offload, false)?;
            let end = begin + aircraft.offload;
            let after = end.max(lands + self.slot(arc.to));
            let stand = |from, to| Use { what: Used::Stand(arc.to, aircraft.stand), from, to };
            let for_good = || self.bookings.blocked_until(stand(lands, Timestamp::MAX));
            let stays = task.stays && arc.to != row.base && for_good() < Some(Timestamp::MAX);
            let way = if stays { None } else { self.way_home(tail, config, arc.to, after) };
            let home = way.filter(|way| {
                !task.closes_field || way.flights.iter().all(|flight| flight.from != arc.from)
            });
            let leaves = match &home {
                _ if arc.to == row.base => end,
                Some(way) => way.flights[0].departs,
                None => Timestamp::MAX,
            };
            if let Some(until) = self.bookings.blocked_until(stand(lands, leaves)) {
                if until >= Timestamp::MAX {
                    let reason = format!("no stand is left at `{name}`");
                    return Err(self.obstacle(Rule::C14, reason));
                }
                departs = departs + (until - lands);
                continue;
            }
            let teams = aircraft.handling_teams;
            let mut uses = vec![stand(lands, end)];
            let mut flights: Vec<Flight> = Vec::new();
            for hop in arc.hops() {
                let flight = Flight {
                    load: task.chalk.load.clone(),
                    ..Flight::ferry(&hop, config, departs + hop.after)
                };
                uses.push(self.movement(hop.from, flight.departs));
                uses.push(self.movement(hop.to, flight.lands));
                if let Some(before) = flights.last()
                    && hop.from != row.base
                {
                    let what = Used::Stand(hop.from, aircraft.stand);
                    uses.push(Use { what, from: before.lands, to: flight.departs });
                }
                flights.push(flight);
            }
            flights.last_mut().expect("an arc is flown").unloading = Some((begin, end));
            uses.push(Use { what: Used::Handling(arc.to, teams), from: begin, to: end });
            let mut end_uses = vec![stand(end, leaves)];
            let mut home_flights = Vec::new();
            if let Some(way) = home {
                end_uses.extend(way.uses);
                home_flights = way.flights;
            }
            return Ok(Departure { flights, uses, home: home_flights, end_uses });
        }
        Err(late())
    }

    /// Finds the way to the base, if there is one that the tail may still fly.
    pub(crate) fn way_home(
        &self,
        tail: TailId,
        config: usize,
        from: PlaceId,
        t: Timestamp,
    ) -> Option<Way> {
        let row = &self.s.tails[tail];
        if from == row.base {
            return None;
        }
        let mut ready = t;
        // a way home that meets maintenance is flown after it
        for _ in 0..=row.maintenance.len() {
            let path = self.net.ferry_path(Carrier::of(row), from, row.base, ready)?;
            let way = self.fly(tail, config, &path, ready)?;
            let (first, last) = (way.flights.first()?.departs, way.flights.last()?.lands);
            if first < row.available.from || last > row.available.to {
                return None;
            }
            match row.maintenance.iter().find(|m| first < m.to && m.from < last) {
                None => return Some(way),
                Some(m) => ready = m.to,
            }
        }
        None
    }
}
