//! One departure by air: fill an aircraft, ask order and dates, take the tail that serves best, book everything.

use crate::airlift::{Flight, Mission, NotBefore, Planner, Start, Task};
use crate::bookings::{Use, Used};
use crate::construct::{State, Trip, arrivals, take, take_vehicles};
use crate::departure::{Departure, Lift};
use crate::hold::{Chalk, Left, Waiting, fill, fill_share};
use crate::march::{ColumnDraft, MarchTask, drive, lacks_escort, most_vehicles};
use crate::network::{Arc, Carrier, Obstacle};
use crate::order::{Hold, Leaving};
use crate::together::Near;
use exeunt_model::scenario::{AircraftType, Milestone, Mode, Piece, Scenario};
use exeunt_model::{Duration, ElementId, Id, PartyId, PieceId, PlaceId, Rule, TailId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A filled aircraft of a carrier that may go.
pub(crate) struct Candidate<'a> {
    pub(crate) carrier: Carrier,
    pub(crate) arc: &'a Arc,
    pub(crate) chalk: Chalk,
    pub(crate) not_before: NotBefore,
}

/// A mission that a tail can fly.
pub(crate) struct Offer {
    /// When it has delivered and what it leaves behind has been handled, when loading starts, flying added, tail.
    key: (i64, Timestamp, i64, usize),
    tail: usize,
    start: Start,
    mission: Mission,
    /// Which candidate it carries.
    candidate: usize,
}

/// How a load is to be carried.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wish {
    /// The tail, and whether it comes from where it stands; none: whoever serves best.
    pub(crate) tail: Option<(usize, bool)>,
    /// Whether the aircraft stays where it is unloaded, if a stand is free there for good.
    pub(crate) stays: bool,
    /// Whether it is loaded just before it leaves.
    pub(crate) late: bool,
    /// Where it stops on the way for others.
    pub(crate) via: Option<PlaceId>,
}

/// Who is asked for a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Who could deliver before the best so far.
    Promising,
    All,
}

/// When a load can be delivered at the earliest, whichever aircraft of its carrier takes it.
struct Delivery {
    onload: Duration,
    /// From the end of loading to that of unloading, if nothing has to wait.
    flown: Duration,
    /// Loading begins no earlier, whoever comes when.
    loads: Timestamp,
    delivers: Timestamp,
}

impl Delivery {
    fn new(state: &State<'_>, carrier: Carrier, task: &Task<'_>) -> Self {
        let aircraft = &state.s.types[carrier.aircraft];
        let planner = Planner { s: state.s, net: state.net, bookings: &state.bookings };
        let (onload, offload) = (aircraft.onload, aircraft.offload);
        let first = |field, from, duration, loading| {
            let found = planner.first_service(carrier, field, from, duration, loading);
            found.unwrap_or(Timestamp::MAX)
        };
        let loads = first(task.arc.from, task.not_before.load, onload, true);
        let lands = (loads + onload).max(task.not_before.depart) + task.arc.block;
        let lands = lands.max(task.not_before.land).max(task.unloaded - offload);
        let delivers = first(task.arc.to, lands, offload, false) + offload;
        Self { onload, flown: task.arc.block + offload, loads, delivers }
    }

    /// Returns before when who could begin to load at a moment does not load, nor deliver.
    fn after(&self, comes: Timestamp) -> (Timestamp, Timestamp) {
        match comes > self.loads {
            true => (comes, self.delivers.max(comes + self.onload + self.flown)),
            false => (self.loads, self.delivers),
        }
    }
}

/// A load from boarding to unloading.
pub(crate) struct Ride<'c> {
    pub(crate) chalk: &'c Chalk,
    pub(crate) embark: PlaceId,
    pub(crate) debark: PlaceId,
    /// When its loading begins.
    pub(crate) loads: Timestamp,
    pub(crate) departs: Timestamp,
    /// Leaves the host; as `departs`, if it does not.
    pub(crate) exits: Timestamp,
    pub(crate) lands: Timestamp,
    pub(crate) unloaded: Timestamp,
}

/// Missions that are compared for a load.
const OFFERS: usize = 12;
/// How far a field seems to which no arc leads at once.
const FAR: Duration = Duration::from_hours(12);

impl<'a> State<'a> {
    /// Returns all arcs of all carriers that take a load between two fields, those with stops for fuel included.
    pub(crate) fn arcs(&self, from: PlaceId, to: PlaceId) -> Vec<(Carrier, &'a Arc)> {
        let net = self.net;
        net.carriers.iter().flat_map(|&c| net.lifts(c, from, to).map(move |arc| (c, arc))).collect()
    }

    /// Plans one aircraft for lots of one way, the first lot leading; the others fill what it leaves.
    pub(crate) fn try_air(
        &mut self,
        lots: &[usize],
        embark: PlaceId,
        debark: PlaceId,
    ) -> Result<(), Hold> {
        let arcs = self.arcs(embark, debark);
        let company: Leaving = lots
            .iter()
            .map(|&lot| (self.lots[lot].element, self.rest(self.lots[lot].element)))
            .collect();
        for &lot in lots {
            self.bring_to_field(lot, &arcs, &company, None)?;
        }
        let candidates = self.candidates(lots, &arcs)?;
        self.take_best(lots, &candidates, &arcs, Wish::default())
    }

    /// Has the tail that serves a candidate best carry it, or the one that is wished.
    pub(crate) fn take_best(
        &mut self,
        lots: &[usize],
        candidates: &[Candidate<'a>],
        arcs: &[(Carrier, &Arc)],
        wish: Wish,
    ) -> Result<(), Hold> {
        let mut refused = None;
        // only who may be best is asked; if all of these are refused, everybody
        for asked in [Asked::Promising, Asked::All] {
            let mut offers: Vec<Offer> = Vec::new();
            let mut last_obstacle = None;
            for candidate in candidates.iter().enumerate() {
                let found = self.offers(lots, candidate, arcs, (wish, asked), &mut offers);
                last_obstacle = found.err().or(last_obstacle);
            }
            if offers.is_empty() {
                let why = last_obstacle.unwrap_or_else(|| Obstacle {
                    rule: Rule::C10,
                    reason: "no aircraft that may carry it is there".to_owned(),
                });
                return Err(Hold::Never(why.rule, why.reason));
            }
            offers.sort_by_key(|offer| offer.key);
            for offer in offers {
                let candidate = &candidates[offer.candidate];
                match self.commit(offer, candidate, wish) {
                    Err(Hold::Never(rule, reason)) => refused = Some(Hold::Never(rule, reason)),
                    done => return done,
                }
            }
        }
        Err(refused.expect("an offer that is not taken was refused"))
    }

    /// Fills an aircraft of each carrier and leg that may go.
    fn candidates(
        &self,
        lots: &[usize],
        arcs: &[(Carrier, &'a Arc)],
    ) -> Result<Vec<Candidate<'a>>, Hold> {
        let mut candidates = Vec::new();
        let mut held = None;
        for &(carrier, arc) in arcs {
            match self.load_and_bounds(lots, carrier, arc) {
                Ok(Some((chalk, not_before))) => {
                    candidates.push(Candidate { carrier, arc, chalk, not_before });
                }
                Ok(None) => {}
                Err(hold) => held = Some(hold),
            }
        }
        if candidates.is_empty() {
            let reason = "nothing of it fits an aircraft together".to_owned();
            return Err(held.unwrap_or(Hold::Never(Rule::C13, reason)));
        }
        Ok(candidates)
    }

    /// Asks the tails of a candidate's carrier for a mission, or only the one that is wished, from where it stands or
    /// after its way home; the error is what stood last in the way.
    fn offers(
        &mut self,
        lots: &[usize],
        (number, candidate): (usize, &Candidate<'a>),
        arcs: &[(Carrier, &Arc)],
        (Wish { tail: named, stays, late, .. }, asked): (Wish, Asked),
        offers: &mut Vec<Offer>,
    ) -> Result<(), Obstacle> {
        let Candidate { carrier, arc, chalk, not_before } = candidate;
        let left = self.rest_after(lots, chalk, arcs);
        let providers = self.providers_of(chalk);
        let last = self.is_last_of(arc.from, &self.leaving(chalk));
        let closes_field = last && !providers.is_empty();
        // a provider that is not the last to leave cannot load itself
        let gone = if last { BTreeSet::new() } else { providers };
        for &element in &gone {
            self.bookings.shift_provided(self.s, element, not_before.load, -1);
        }
        let load_from = not_before.load;
        let counts = chalk.counts();
        let aboard = counts.iter().map(|(piece, _)| self.s.pieces[*piece].element);
        let ending = aboard.filter(|element| self.s.elements[*element].destination == arc.to);
        let unloaded = ending.map(|element| not_before.arrival(element)).max();
        let unloaded = unloaded.unwrap_or(Timestamp::MIN);
        let not_before = not_before.clone();
        let task = Task { chalk, arc, not_before, unloaded, closes_field, stays, late };
        let later = self.just_in_time(&task, &self.s.types[carrier.aircraft]);
        let mut answer = Ok(());
        let mut n_found = 0;
        let mut best = offers.iter().map(|offer| offer.key).min();
        let delivers = Delivery::new(self, *carrier, &task);
        for (.., tail, start) in self.starts_for(*carrier, arc.from, task.not_before.load, named) {
            // who could not be better than the best so far, if nothing held it up, is not asked
            let (loads, at) = delivers.after(self.net.comes(*carrier, &start, arc.from));
            let flown = self.flown_at_least(tail, start, arc);
            let bound = (at.0.saturating_add(left), loads, flown, tail);
            if asked == Asked::Promising && best.is_some_and(|best| bound >= best) {
                n_found += 1;
                if n_found == OFFERS {
                    break;
                }
                continue;
            }
            let found = match &later {
                None => self.probe(tail, start, &task),
                Some(later) => self.probe_both(tail, start, later, &task),
            };
            match found {
                // who can go home does not block a stand elsewhere for days
                Ok(mission)
                    if named.is_none()
                        && self.cuts_its_way_home(tail, start)
                        && waits_long(&start, &mission) => {}
                Ok(mission) => {
                    let score = mission.unloaded_at().0.saturating_add(left);
                    let added = self.flying_added(tail, start, &mission);
                    let key = (score, mission.loading().0, added, tail);
                    best = Some(best.map_or(key, |best| best.min(key)));
                    offers.push(Offer { key, tail, start, mission, candidate: number });
                    n_found += 1;
                    if n_found == OFFERS {
                        break;
                    }
                }
                Err(obstacle) => answer = Err(obstacle),
            }
        }
        for &element in &gone {
            self.bookings.shift_provided(self.s, element, load_from, 1);
        }
        answer
    }

    /// Returns from where tails of a carrier can come to a field, with about when they could begin to load and how long
    /// they fly there; those who could begin first come first, of these the nearest. One of several alike is enough.
    fn starts_for(
        &self,
        carrier: Carrier,
        field: PlaceId,
        load: Timestamp,
        named: Option<(usize, bool)>,
    ) -> Vec<(Timestamp, Duration, usize, Start)> {
        let mut list: Vec<(Timestamp, Duration, usize, Start)> = Vec::new();
        let tails = match named {
            Some((tail, _)) => tail..tail + 1,
            None => 0..self.tails.len(),
        };
        for tail in tails.filter(|tail| self.tails[*tail].carrier == carrier) {
            let starts = self.starts(tail);
            let asked = named.filter(|(_, cut)| starts.iter().any(|start| start.cut == *cut));
            for start in starts {
                if asked.is_some_and(|(_, cut)| start.cut != cut) {
                    continue;
                }
                let arcs = self.net.arcs(carrier, start.place, field);
                let (ready, flown) = match arcs.iter().map(|arc| arc.block).min() {
                    _ if start.place == field => (start.ready_to_load, Duration::ZERO),
                    Some(block) => (start.ready_to_fly + block, block),
                    None => (start.ready_to_fly + FAR, FAR),
                };
                list.push((ready.max(load), flown, tail, start));
            }
        }
        list.sort_unstable();
        let tail_row = |tail: usize| &self.s.tails[TailId::from_index(tail)];
        list.dedup_by(|b, a| {
            let (one, other) = (tail_row(a.2), tail_row(b.2));
            a.3 == b.3
                && !a.3.cut
                && one.base == other.base
                && one.available == other.available
                && one.maintenance == other.maintenance
        });
        list
    }

    /// Fills an aircraft and asks what order and dates allow.
    pub(crate) fn load_and_bounds(
        &self,
        lots: &[usize],
        carrier: Carrier,
        arc: &Arc,
    ) -> Result<Option<(Chalk, NotBefore)>, Hold> {
        let aircraft = &self.s.types[carrier.aircraft];
        let groups: Vec<Waiting> = lots.iter().map(|&lot| self.waiting(lot)).collect();
        let lead_only = lots.len() == 1;
        let left = self.left(lots);
        let fill_up = |people: i64| {
            fill_share(self.s, aircraft, arc.payload, &groups, left, (i64::MAX, people))
        };
        let mut chalk = fill_up(i64::MAX);
        if chalk.is_empty() {
            return Ok(None);
        }
        let mut allowed = self.not_before(&self.leaving(&chalk));
        if allowed.is_err() && lead_only {
            // not all of it may go: as many as the strength that must stay leaves room for
            let fewer = fill_up(self.headroom(self.lots[lots[0]].element).max(0));
            if let (false, Ok(bounds)) = (fewer.is_empty(), self.not_before(&self.leaving(&fewer)))
            {
                (chalk, allowed) = (fewer, Ok(bounds));
            }
        }
        let mut bounds = allowed?;
        bounds.load = bounds.load.max(self.ready_of(&chalk));
        let aboard: i64 = chalk.counts().iter().map(|(_, count)| count).sum();
        if lead_only && aboard == self.remaining(self.lots[lots[0]].element) {
            // the last of the lot: what waits for the same way fills the rest, if that holds nobody up
            let ready = bounds.load;
            let companions = self.companions(lots[0], ready);
            let groups: Vec<Waiting> = std::iter::once(chalk.counts())
                .chain(companions.iter().map(|&lot| self.waiting(lot)))
                .collect();
            let fuller = fill(self.s, aircraft, arc.payload, &groups, i64::MAX, i64::MAX);
            if fuller.counts() != chalk.counts()
                && self.ready_of(&fuller) <= ready
                && let Ok(mut with) = self.not_before(&self.leaving(&fuller))
            {
                with.load = with.load.max(ready);
                if with == bounds {
                    chalk = fuller;
                }
            }
        }
        Ok(Some((chalk, bounds)))
    }

    /// Returns what is left of lots, at their origin or waiting.
    pub(crate) fn left(&self, lots: &[usize]) -> Left {
        let mut left = Left::default();
        for lot in lots.iter().map(|&lot| &self.lots[lot]) {
            let waiting = lot.waiting.iter().flat_map(|group| &group.counts);
            for (&piece, &count) in lot.at_origin.iter().chain(waiting) {
                left.add(&self.s.pieces[piece], count);
            }
        }
        left
    }

    /// Returns lots that wait at the same field for the same way and party.
    pub(crate) fn companions(&self, lead: usize, ready: Timestamp) -> Vec<usize> {
        let element = &self.s.elements[self.lots[lead].element];
        (0..self.lots.len())
            .filter(|&l| l != lead && !self.lots[l].done)
            .filter(|&l| {
                let other = &self.s.elements[self.lots[l].element];
                let cut = self.near.get(&self.lots[l].element) == Some(&Near::Cut);
                !cut && other.party == element.party
                    && other.mode == element.mode
                    && self.lots[l].waiting.first().is_some_and(|group| group.ready <= ready)
            })
            .collect()
    }

    /// Returns what of a lot stands at its field, in the order of pieces; nothing of what goes in one load and is not all
    /// there.
    pub(crate) fn waiting(&self, lot: usize) -> Waiting {
        if self.goes_whole(lot) && !self.lots[lot].at_origin.is_empty() {
            return Waiting::new();
        }
        let mut counts: BTreeMap<PieceId, i64> = BTreeMap::new();
        for group in &self.lots[lot].waiting {
            for (&piece, &count) in &group.counts {
                *counts.entry(piece).or_default() += count;
            }
        }
        counts.into_iter().collect()
    }

    /// Returns when the last piece of a chalk may be loaded, first come first taken.
    pub(crate) fn ready_of(&self, chalk: &Chalk) -> Timestamp {
        let mut ready = self.s.operation.start;
        for (piece, count) in chalk.counts() {
            let mut left = count;
            for group in &self.lots[self.s.pieces[piece].element.index()].waiting {
                let here = group.counts.get(&piece).copied().unwrap_or(0).min(left);
                if here > 0 {
                    ready = ready.max(group.ready);
                    left -= here;
                }
            }
        }
        ready
    }

    pub(crate) fn leaving(&self, chalk: &Chalk) -> Leaving {
        self.portions(&chalk.counts())
    }

    /// Estimates the handling time in seconds that the field needs for what a chalk leaves of its lots.
    pub(crate) fn rest_after(
        &self,
        lots: &[usize],
        chalk: &Chalk,
        arcs: &[(Carrier, &Arc)],
    ) -> i64 {
        let counts: BTreeMap<PieceId, i64> = chalk.counts().into_iter().collect();
        let (mut floor, mut people) = (0_i64, 0_i64);
        for &lot in lots {
            let lot = &self.lots[lot];
            let all = lot.waiting.iter().flat_map(|g| &g.counts).chain(&lot.at_origin);
            for (&piece, &count) in all {
                let row = &self.s.pieces[piece];
                floor += row.length.0 * row.items_each() * count;
                people += row.people_each() * count;
            }
        }
        for (&piece, &count) in &counts {
            let row = &self.s.pieces[piece];
            floor -= row.length.0 * row.items_each() * count;
            people -= row.people_each() * count;
        }
        let cheapest = arcs.iter().map(|(carrier, _)| {
            let aircraft = &self.s.types[carrier.aircraft];
            let space = |c: &exeunt_model::scenario::Configuration| -> i64 {
                c.zones.iter().map(|z| z.length.0).sum()
            };
            let most = aircraft.configurations.iter().map(space).max().unwrap_or(0).max(1);
            let seats = aircraft.configurations.iter().map(|c| c.seats).max().unwrap_or(0).max(1);
            let loads = (floor * 1_000 / most).max(people * 1_000 / seats).max(0);
            loads.saturating_mul(aircraft.onload.0) / 1_000
        });
        cheapest.min().unwrap_or(0) / 2
    }

    /// Returns where a tail can start from: where it ends, or from its last unloading with the way home cut.
    pub(crate) fn starts(&self, tail: usize) -> Vec<Start> {
        let state = &self.tails[tail];
        let row = &self.s.tails[state.tail];
        let earliest = self.s.operation.flies_from();
        let from = row.available.from.max(earliest);
        let enroute = self.s.types[row.aircraft].enroute;
        let Some(last) = state.flights.last() else {
            return vec![Start {
                place: row.base,
                ready_to_fly: from,
                ready_to_load: from,
                holds_since: None,
                config: 0,
                cut: false,
            }];
        };
        let mut starts = Vec::with_capacity(2);
        let after = |flight: &Flight, cut: bool| {
            let (fly, load) = match flight.unloading {
                Some((_, end)) => (end, end),
                None => (flight.lands + enroute, flight.lands),
            };
            Start {
                place: flight.to,
                ready_to_fly: fly.max(earliest),
                ready_to_load: load.max(earliest),
                holds_since: (flight.to != row.base).then_some(load),
                config: flight.config,
                cut,
            }
        };
        if state.n_homing > 0 {
            starts.push(after(last, false));
            starts.push(after(&state.flights[state.flights.len() - 1 - state.n_homing], true));
        } else {
            starts.push(after(last, last.to != row.base));
        }
        starts
    }

    /// Returns a task that is to be unloaded no earlier than a moment, for its spread, with all of it as late as that: who
    /// waits on a stand keeps it from those who are waited for. None if nothing waits.
    fn just_in_time<'t>(&self, task: &Task<'t>, aircraft: &AircraftType) -> Option<Task<'t>> {
        let waits = task.chalk.counts().into_iter().any(|(piece, _)| {
            let element = &self.s.elements[self.s.pieces[piece].element];
            element.spread.is_some() && element.destination == task.arc.to
        });
        if !waits || task.unloaded == Timestamp::MIN {
            return None;
        }
        let lands = task.unloaded - aircraft.offload;
        let departs = lands - task.arc.block;
        let mut not_before = task.not_before.clone();
        not_before.land = not_before.land.max(lands);
        not_before.depart = not_before.depart.max(departs);
        not_before.load = not_before.load.max(departs - aircraft.onload);
        Some(Task { not_before, ..*task })
    }

    /// Returns the mission of two tasks that delivers first; just in time, if both do at the same moment.
    fn probe_both(
        &mut self,
        tail: usize,
        start: Start,
        later: &Task<'_>,
        sooner: &Task<'_>,
    ) -> Result<Mission, Obstacle> {
        match (self.probe(tail, start, later), self.probe(tail, start, sooner)) {
            (Ok(late), Ok(soon)) if soon.unloaded_at() < late.unloaded_at() => Ok(soon),
            (Err(_), found) | (found, _) => found,
        }
    }

    fn cuts_its_way_home(&self, tail: usize, start: Start) -> bool {
        start.cut && self.tails[tail].n_homing > 0
    }

    /// Returns the seconds in the air that a mission adds, less those of the way home that it cuts.
    fn flying_added(&self, tail: usize, start: Start, mission: &Mission) -> i64 {
        let flown = |flights: &[Flight]| -> i64 {
            flights.iter().map(|flight| (flight.lands - flight.departs).0).sum()
        };
        let state = &self.tails[tail];
        let home = &state.flights[state.flights.len() - state.n_homing..];
        flown(&mission.out) + flown(&mission.home) - if start.cut { flown(home) } else { 0 }
    }

    /// Returns the least that [`State::flying_added`] can be of a mission.
    fn flown_at_least(&self, tail: usize, start: Start, arc: &Arc) -> i64 {
        let state = &self.tails[tail];
        let least = |from, to| self.net.flown(state.carrier, from, to).map_or(0, |flown| flown.0);
        let home = &state.flights[state.flights.len() - state.n_homing..];
        let cut: i64 = home.iter().map(|flight| (flight.lands - flight.departs).0).sum();
        // it may stay where it is unloaded
        least(start.place, arc.from) + arc.hops().map(|hop| hop.block.0).sum::<i64>()
            - if start.cut { cut } else { 0 }
    }

    pub(crate) fn probe(
        &mut self,
        tail: usize,
        start: Start,
        task: &Task<'_>,
    ) -> Result<Mission, Obstacle> {
        let end_uses = self.tails[tail].end_uses.clone();
        if start.cut {
            self.bookings.unbook(&end_uses);
        }
        let planner = Planner { s: self.s, net: self.net, bookings: &self.bookings };
        let id = self.tails[tail].tail;
        let mission = planner.mission(id, start, task);
        if start.cut {
            self.bookings.book(&end_uses);
        }
        mission
    }

    /// Books a mission, its columns onward and what it means for everybody else.
    pub(crate) fn commit(
        &mut self,
        offer: Offer,
        Candidate { chalk, not_before, .. }: &Candidate<'_>,
        wish: Wish,
    ) -> Result<(), Hold> {
        let Offer { tail, start, mission, .. } = offer;
        let debark = mission.loaded().to;
        let unloaded = mission.unloaded_at();
        let at = |milestone| match milestone {
            Milestone::LeftSite => mission.boards().departs,
            Milestone::LeftHost => mission.exits,
            Milestone::HomeAirfield => mission.loaded().lands,
            Milestone::HomeBase => unloaded,
        };
        if let Some(reason) = self.comes_too_late(&self.leaving(chalk), at) {
            return Err(Hold::Never(Rule::C23, reason));
        }
        let (embark, departs) = (mission.boards().from, mission.boards().departs);
        let ride = Ride {
            chalk,
            embark,
            debark,
            loads: mission.loading().0,
            departs,
            exits: mission.exits,
            lands: mission.loaded().lands,
            unloaded,
        };
        let onward = self.set_out(&ride, not_before)?;
        if start.cut {
            let uses = std::mem::take(&mut self.tails[tail].end_uses);
            self.bookings.unbook(&uses);
            let state = &mut self.tails[tail];
            state.flights.truncate(state.flights.len() - state.n_homing);
        }
        self.bookings.book(&mission.uses);
        self.bookings.book(&mission.end_uses);
        let state = &mut self.tails[tail];
        state.n_homing = mission.home.len();
        state.end_uses = mission.end_uses;
        state.flights.extend(mission.out);
        state.flights.extend(mission.home);
        for flight in &self.tails[tail].flights {
            let last = &mut self.bookings.last_departure[flight.from.index()];
            *last = flight.departs.max(*last);
        }
        // who provides capacity takes it along: with loading, but at take-off if nobody leaves after it
        let last = self.is_last_of(embark, &self.leaving(chalk));
        for element in self.providers_of(chalk) {
            self.bookings.shift_provided(
                self.s,
                element,
                if last { departs } else { ride.loads },
                -1,
            );
            if last {
                self.bookings.closed_from[embark.index()] = departs;
            }
        }
        self.travel(&ride, onward);
        self.list.push(Departure::Air(Lift {
            load: chalk.counts(),
            config: chalk.config,
            begins: ride.loads,
            not_before: None,
            tail: Some((tail, start.cut)),
            stays: wish.stays,
            late: wish.late,
            via: wish.via,
            joins: false,
        }));
        Ok(())
    }

    /// Has those of a ride who leave their origin leave it, and plans the columns after it; nothing has happened if these
    /// come too late.
    pub(crate) fn set_out(
        &mut self,
        ride: &Ride<'_>,
        not_before: &NotBefore,
    ) -> Result<Vec<ColumnDraft>, Hold> {
        let here = |element: &ElementId| self.s.elements[*element].origin == ride.embark;
        let boarding: Vec<ElementId> = self.leaving(ride.chalk).into_keys().filter(here).collect();
        let before: Vec<(ElementId, Timestamp)> = boarding
            .into_iter()
            .map(|element| (element, self.leave(element, ride.loads)))
            .collect();
        let onward = self.onward_in_time(ride.chalk, ride.debark, ride.unloaded, not_before);
        if onward.is_err() {
            before.into_iter().for_each(|(element, t)| self.set_left(element, t));
        }
        onward
    }

    /// Records the trips of a ride that is booked, with the columns after it.
    pub(crate) fn travel(&mut self, ride: &Ride<'_>, onward: Vec<ColumnDraft>) {
        let &Ride { chalk, embark, debark, loads, departs, exits, lands, unloaded } = ride;
        let trips = self.board(chalk, (embark, debark), (departs, exits), lands, unloaded, &onward);
        for trip in trips {
            if let Some(number) = trip.column {
                let first = self.first_loading.entry(number).or_insert(loads);
                *first = loads.min(*first);
            }
            self.record(trip);
        }
        self.columns.extend(onward);
    }

    /// Plans the columns from the field of arrival, if all arrive within what their spreads leave; nothing stays booked if
    /// they do not.
    fn onward_in_time(
        &mut self,
        chalk: &Chalk,
        debark: PlaceId,
        unloaded: Timestamp,
        not_before: &NotBefore,
    ) -> Result<Vec<ColumnDraft>, Hold> {
        let onward = self.onward(chalk, debark, unloaded, not_before)?;
        let Some(reason) = self.flies_too_far(chalk, debark, unloaded, &onward) else {
            return Ok(onward);
        };
        for column in &onward {
            self.bookings.unbook(&column.uses);
        }
        Err(Hold::Never(Rule::C05, reason))
    }

    /// Plans the columns from the field of arrival to the destinations; nothing stays booked if one fails.
    pub(crate) fn onward(
        &mut self,
        chalk: &Chalk,
        debark: PlaceId,
        from: Timestamp,
        not_before: &NotBefore,
    ) -> Result<Vec<ColumnDraft>, Hold> {
        let mut by_way: BTreeMap<(PlaceId, PartyId), BTreeMap<PieceId, i64>> = BTreeMap::new();
        for (piece, count) in chalk.counts() {
            let element = &self.s.elements[self.s.pieces[piece].element];
            if element.destination != debark {
                let way = by_way.entry((element.destination, element.party)).or_default();
                *way.entry(piece).or_default() += count;
            }
        }
        let mut columns: Vec<ColumnDraft> = Vec::new();
        for ((to, party), mut counts) in by_way {
            let path = self.net.road_path(party, debark, to).unwrap_or_default();
            let singly = |piece: &PieceId| self.singly[self.s.pieces[*piece].element.index()];
            let most = match counts.keys().any(singly) {
                true => 1,
                false => most_vehicles(self.s, &path),
            };
            while !counts.is_empty() {
                let part = take_vehicles(self.s, &counts, most);
                let items = self.items(&part);
                let arrival = |piece: &PieceId| not_before.arrival(self.s.pieces[*piece].element);
                let clear = part.keys().map(arrival).max().unwrap_or(Timestamp::MIN);
                let from = self.told(debark, &part, &columns, from);
                let task = MarchTask {
                    path: &path,
                    party,
                    vehicles: items,
                    from,
                    left_host: not_before.depart,
                    clear,
                    slowly: false,
                };
                let drafted = drive(self.s, self.net, &self.bookings, task);
                let Some(mut column) = drafted.filter(|column| !column.marches.is_empty()) else {
                    for column in &columns {
                        self.bookings.unbook(&column.uses);
                    }
                    let name = &self.s.places[to].name;
                    let reason = match lacks_escort(self.s, self.net, &self.bookings, task) {
                        Some(escort) => {
                            let escort = &self.s.resources[escort].name;
                            format!("no escort `{escort}` is free for the march on to `{name}`")
                        }
                        None => format!("the march on to `{name}` does not end in time"),
                    };
                    return Err(Hold::Never(Rule::C20, reason));
                };
                column.load = part.iter().map(|(&piece, &count)| (piece, count)).collect();
                self.bookings.book(&column.uses);
                take(&mut counts, &part);
                columns.push(column);
            }
        }
        Ok(columns)
    }

    /// Takes a chalk's pieces from those that wait, first come first taken, and returns their trips; of the two departures the
    /// second is the one out of the host, if one is.
    pub(crate) fn board(
        &mut self,
        chalk: &Chalk,
        (embark, debark): (PlaceId, PlaceId),
        (departs, exits): (Timestamp, Timestamp),
        lands: Timestamp,
        unloaded: Timestamp,
        onward: &[ColumnDraft],
    ) -> Vec<Trip> {
        let mut trips = Vec::new();
        for (piece, count) in chalk.counts() {
            let row = &self.s.pieces[piece];
            let element = row.element;
            let lot = &mut self.lots[element.index()];
            let mut arrivals = arrivals(piece, count, unloaded, onward);
            let mut left = count;
            for group in &mut lot.waiting {
                let Some(here) = group.counts.get_mut(&piece) else { continue };
                let mut taken = (*here).min(left);
                *here -= taken;
                left -= taken;
                if group.clears > Timestamp::MIN {
                    let (people, items) = &mut self.bookings.staging[embark.index()];
                    for (line, each) in [(people, row.people_each()), (items, row.items_each())] {
                        if let Some(line) = line {
                            line.add(departs, Timestamp::MAX, each * taken);
                        }
                    }
                }
                let approach = (group.left_site, group.left_host);
                while taken > 0 {
                    let arrival = arrivals.last_mut().expect("every piece of a chalk arrives");
                    let part = taken.min(arrival.1);
                    let left_site = approach.0.unwrap_or(departs);
                    let started_in_host = self.s.is_in_host(self.s.elements[element].origin);
                    // of several exits from the host the last counts
                    let flies_out = self.s.is_in_host(embark) && !self.s.is_in_host(debark);
                    let exit = arrival.2.or(flies_out.then_some(exits)).or(approach.1);
                    let left_host = match started_in_host {
                        true => exit.unwrap_or(Timestamp::MAX),
                        false => left_site,
                    };
                    trips.push(Trip {
                        element,
                        piece,
                        count: part,
                        left_site,
                        left_host,
                        home_airfield: lands,
                        home_base: arrival.0,
                        column: group.column,
                    });
                    taken -= part;
                    arrival.1 -= part;
                    if arrival.1 == 0 {
                        arrivals.pop();
                    }
                }
            }
            for group in &mut lot.waiting {
                group.counts.retain(|_, count| *count > 0);
            }
            lot.waiting.retain(|group| !group.counts.is_empty());
            lot.done = lot.waiting.is_empty() && lot.at_origin.is_empty();
        }
        trips
    }

    /// Returns the elements of a chalk that still provide capacity somewhere.
    pub(crate) fn providers_of(&self, chalk: &Chalk) -> BTreeSet<ElementId> {
        let elements = chalk.counts().into_iter().map(|(piece, _)| self.s.pieces[piece].element);
        let gives = |e: &ElementId| {
            let rows = self.s.resources.rows.iter().flat_map(|r| &r.capacity);
            self.passed[e.index()].pieces == 0
                && rows.into_iter().any(|c| c.provided_by == Some(*e))
        };
        elements.filter(gives).collect()
    }

    /// Says why one item of a piece fits no aircraft alone, if so.
    pub(crate) fn never_loads(&self, element: ElementId, piece: PieceId) -> Option<Obstacle> {
        let Mode::Air { embark, debark } = self.s.elements[element].mode else { return None };
        let row = &self.s.pieces[piece];
        let name = &row.name;
        let one: [Waiting; 1] = [vec![(piece, 1)]];
        let (mut too_heavy, mut seated) = (false, false);
        for (carrier, arc) in self.arcs(embark, debark) {
            let aircraft = &self.s.types[carrier.aircraft];
            let loads = |payload| !fill(self.s, aircraft, payload, &one, 1, i64::MAX).is_empty();
            if loads(arc.payload) {
                return None;
            }
            too_heavy |= loads(exeunt_model::Mass(i64::MAX / 4));
            seated |= aircraft.configurations.iter().any(|c| c.seats >= row.people_each());
        }
        Some(if too_heavy {
            let reason = format!(
                "`{name}` weighs {} kg, more than any aircraft carries from `{}` to `{}`",
                row.mass.0, self.s.places[embark].name, self.s.places[debark].name
            );
            Obstacle { rule: Rule::C12, reason }
        } else if !seated {
            let people = row.people_each();
            let reason = format!("no aircraft has {people} seats for those who go with `{name}`");
            Obstacle { rule: Rule::C13, reason }
        } else {
            let carriers: Vec<Carrier> =
                self.arcs(embark, debark).into_iter().map(|(carrier, _)| carrier).collect();
            let reason = format!("`{name}` {}", too_large(self.s, &carriers, row));
            Obstacle { rule: Rule::C13, reason }
        })
    }

    /// Sends a tail to its base after `end`, or parks it where it is for ever; the next mission may cut that.
    pub(crate) fn bring_home(&mut self, tail: TailId, end: Timestamp) {
        let row = &self.s.tails[tail];
        let aircraft = &self.s.types[row.aircraft];
        let Some(last) = self.tails[tail.index()].flights.last().cloned() else { return };
        if last.to == row.base {
            return;
        }
        let planner = Planner { s: self.s, net: self.net, bookings: &self.bookings };
        let ready = if last.unloading.is_some() { end } else { end + aircraft.enroute };
        let ready = ready.max(self.s.operation.flies_from());
        let way = planner.way_home(tail, last.config, last.to, ready);
        let leaves = way.as_ref().map_or(Timestamp::MAX, |way| way.flights[0].departs);
        let what = Used::Stand(last.to, aircraft.stand);
        let mut uses = vec![Use { what, from: end, to: leaves }];
        let state = &mut self.tails[tail.index()];
        if let Some(way) = way {
            uses.extend(way.uses);
            state.n_homing = way.flights.len();
            state.flights.extend(way.flights);
        }
        self.bookings.book(&uses);
        self.tails[tail.index()].end_uses = uses;
    }
}

/// Says whether an aircraft would wait away from its base for more than half a day before its next flight.
fn waits_long(start: &Start, mission: &Mission) -> bool {
    let leaves = mission.out[0].loading.map_or(mission.out[0].departs, |loading| loading.0);
    start.holds_since.is_some_and(|since| leaves - since > Duration::from_hours(12))
}

/// Says which measure of a piece no hold takes.
fn too_large(s: &Scenario, carriers: &[Carrier], piece: &Piece) -> String {
    let zones = || {
        let types = carriers.iter().map(|carrier| &s.types[carrier.aircraft]);
        types.flat_map(|t| &t.configurations).flat_map(|c| &c.zones)
    };
    let measures: [(&str, i64, Option<i64>); 3] = [
        ("long", piece.length.0, zones().map(|z| z.length.0).max()),
        ("wide", piece.width.0, zones().map(|z| z.width.0).max()),
        ("high", piece.height.0, zones().map(|z| z.height.0).max()),
    ];
    let metres = |mm: i64| format!("{}.{:02} m", mm / 1_000, mm % 1_000 / 10);
    for (word, is, most) in measures {
        match most {
            Some(most) if is <= most => {}
            Some(most) => {
                return format!(
                    "is {} {word}, the holds of the fleet take {}",
                    metres(is),
                    metres(most)
                );
            }
            None => return "needs a floor, and no aircraft of the fleet has one".to_owned(),
        }
    }
    match zones().map(|z| z.max_mass.0).max() {
        Some(most) if piece.mass.0 > most => {
            format!("weighs {} kg, the floors of the fleet carry {most} kg", piece.mass.0)
        }
        _ => "finds no floor that takes its length, width, height and mass together".to_owned(),
    }
}
