//! The list of departures: what leaves one after the other, and how.
//!
//! A state is made of a list by planning its entries in order, each at the earliest moment that bookings, order and
//! dates allow (serial schedule generation, Kolisch 1996, with the list as the activity list). Whatever stands in a
//! list, the state is feasible: an entry that must wait for others is planned after them, what an aircraft does not
//! take and what the list forgets is planned at the end as if there were no list.

use crate::construct::State;
use crate::hold::{Waiting, fill, fill_config};
use crate::join::rides;
use crate::network::{Arc, Carrier};
use crate::order::{Hold, Leaving, Portion};
use crate::sortie::{Candidate, Wish};
use exeunt_model::plan::{Column, Plan, Sortie};
use exeunt_model::scenario::{Mode, Scenario};
use exeunt_model::{ElementId, Id, PieceId, PlaceId, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// What leaves next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Departure {
    /// All of an element that goes by road, by its number.
    Road(usize),
    /// A load of an aircraft.
    Air(Lift),
    /// What the plain method would plan next for an element, by its number.
    Plain(usize),
}

/// A load of an aircraft, and who carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lift {
    /// Pieces and how many of each, in the order of pieces; all of one way.
    pub(crate) load: Vec<(PieceId, i64)>,
    /// Position of the configuration that is tried first.
    pub(crate) config: usize,
    /// When its loading began in the plan it was taken from.
    pub(crate) begins: Timestamp,
    /// Its loading begins no earlier: as a plan before has it; none: as early as it can.
    pub(crate) not_before: Option<Timestamp>,
    /// The tail, and whether it comes from where it stands instead of from its base; none: whoever serves best.
    pub(crate) tail: Option<(usize, bool)>,
    /// Whether the aircraft stays where it is unloaded until it is asked elsewhere, and so lands when a stand is free there for
    /// good, if one ever is.
    pub(crate) stays: bool,
    /// Whether it is loaded just before it leaves.
    pub(crate) late: bool,
    /// Where its aircraft stops on the way so that others may join it.
    pub(crate) via: Option<PlaceId>,
    /// Whether it joins the load before it in the list, on the flight that goes its way.
    pub(crate) joins: bool,
}

/// Tries of departures held back, of a whole list, up to which all are tried again after each departure.
const FEW: usize = 5_000;
/// Most departures after which one that is held back is tried again, where they are many.
const PAUSE: usize = 64;

/// A departure that waits for others.
pub(crate) struct HeldBack {
    departure: Departure,
    leaving: Leaving,
    /// Departures after which it is tried again, where they are many, and how many have to be planned by then.
    pause: usize,
    after: usize,
}

impl HeldBack {
    /// Says whether it takes of the same elements as another, and of each as much or more.
    fn takes_as_much_as(&self, other: &Self) -> bool {
        self.leaving.len() == other.leaving.len()
            && self.leaving.iter().zip(&other.leaving).all(|((a, mine), (b, theirs))| {
                a == b && mine.people >= theirs.people && mine.pieces >= theirs.pieces
            })
    }
}

/// How departures held back are tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scan {
    /// Where they are many, not what takes as much of the same elements as what has just been told to wait, and the more
    /// seldom the oftener it has waited.
    Quick,
    Thorough,
}

impl<'a> State<'a> {
    /// Plans the departures of a list in order, then what is left.
    pub(crate) fn follow(&mut self, list: &[Departure]) {
        let mut held = Vec::new();
        for departure in list {
            match self.depart(departure) {
                Ok(()) => while self.release(&mut held, Scan::Quick) {},
                Err(Hold::Wait(..)) => {
                    let leaving = self.taken_by(departure);
                    let departure = departure.clone();
                    held.push(HeldBack { departure, leaving, pause: 1, after: 0 });
                }
                Err(Hold::Never(..)) => {}
            }
        }
        self.finish(held);
    }

    /// Plans the first of the departures held back that may go now; what never may is dropped. If quick, as a rule
    /// O(held) and as many tries as elements.
    pub(crate) fn release(&mut self, held: &mut Vec<HeldBack>, scan: Scan) -> bool {
        let mut at = 0;
        let quick = scan == Scan::Quick && held.len() * self.list.len() > FEW;
        // what has to wait, by the first of its elements: as much of the same or more waits as well
        let mut waiting: BTreeMap<ElementId, Vec<usize>> = BTreeMap::new();
        while at < held.len() {
            let first = held[at].leaving.keys().next().copied();
            let less = first.and_then(|first| waiting.get(&first)).into_iter().flatten();
            let mut less = less.copied();
            if quick
                && (self.list.len() < held[at].after
                    || less.any(|other| held[at].takes_as_much_as(&held[other])))
            {
                at += 1;
                continue;
            }
            let before = self.list.len();
            match self.depart(&held[at].departure) {
                Ok(()) => {
                    held.remove(at);
                    if self.list.len() > before {
                        return true;
                    }
                }
                Err(Hold::Wait(..)) => {
                    held[at].after = self.list.len() + held[at].pause;
                    held[at].pause = PAUSE.min(2 * held[at].pause);
                    if let Some(first) = first {
                        waiting.entry(first).or_default().push(at);
                    }
                    at += 1;
                }
                Err(Hold::Never(..)) => {
                    held.remove(at);
                }
            }
        }
        false
    }

    /// Returns how much of which elements a departure takes.
    fn taken_by(&self, departure: &Departure) -> Leaving {
        match departure {
            // as much as there is
            Departure::Road(lot) | Departure::Plain(lot) => {
                let all = Portion { people: i64::MAX, pieces: i64::MAX };
                Leaving::from([(self.lots[*lot].element, all)])
            }
            Departure::Air(lift) => self.portions(&lift.load),
        }
    }

    pub(crate) fn portions(&self, load: &[(PieceId, i64)]) -> Leaving {
        let mut portions = Leaving::new();
        for &(piece, count) in load {
            let row = &self.s.pieces[piece];
            let portion = portions.entry(row.element).or_default();
            portion.people += row.people_each() * count;
            portion.pieces += count;
        }
        portions
    }

    /// Plans a departure; nothing happens if nothing of it is left.
    fn depart(&mut self, departure: &Departure) -> Result<(), Hold> {
        match departure {
            Departure::Road(lot) | Departure::Plain(lot) if self.lots[*lot].done => Ok(()),
            Departure::Road(lot) | Departure::Plain(lot) => self.try_lot(*lot),
            Departure::Air(lift) => {
                let before = self.list.len();
                let done = self.lift(lift);
                if let Some(Departure::Air(new)) = self.list.get_mut(before) {
                    new.not_before = lift.not_before;
                }
                done
            }
        }
    }

    fn lift(&mut self, lift: &Lift) -> Result<(), Hold> {
        let s = self.s;
        let whole = |row: &(PieceId, i64)| s.elements[s.pieces[row.0].element].same_aircraft;
        let lift = match lift.load.iter().any(whole) {
            true => &Lift { load: self.made_whole(&lift.load), ..lift.clone() },
            false => lift,
        };
        // a load that cannot join another goes by itself
        if lift.joins && self.join(lift) { Ok(()) } else { self.lift_load(lift) }
    }

    fn lift_load(&mut self, lift: &Lift) -> Result<(), Hold> {
        let s = self.s;
        let mut lots: Vec<usize> =
            lift.load.iter().map(|(piece, _)| s.pieces[*piece].element.index()).collect();
        lots.sort_unstable();
        lots.dedup();
        lots.retain(|&lot| !self.lots[lot].done);
        let Some(&first) = lots.first() else { return Ok(()) };
        let Mode::Air { embark, debark } = s.elements[self.lots[first].element].mode else {
            return Ok(());
        };
        let over = |stop| self.net.calls(embark, stop, debark).iter().map(|(c, arc)| (*c, arc));
        let mut arcs: Vec<(Carrier, &Arc)> = lift.via.into_iter().flat_map(over).collect();
        let via = lift.via.filter(|_| !arcs.is_empty());
        if via.is_none() {
            arcs = self.arcs(embark, debark);
        }
        let company = self.portions(&lift.load);
        for &lot in &lots {
            self.bring_to_field(lot, &arcs, &company, Some(&lift.load))?;
        }
        let waiting = self.waiting_of(&lift.load);
        if waiting.is_empty() {
            return Ok(());
        }
        let candidates = self.candidates_for(lift, &waiting, &arcs)?;
        if candidates.is_empty() {
            return Ok(());
        }
        let wish = Wish { tail: lift.tail, stays: lift.stays, late: lift.late, via };
        let mut taken = self.take_best(&lots, &candidates, &arcs, wish);
        // who is told to fly flies, from elsewhere if need be
        if let (Err(Hold::Never(..)), Some((tail, cut)), true) =
            (&taken, lift.tail, lift.not_before.is_some())
        {
            let tail = Some((tail, !cut));
            taken = self.take_best(&lots, &candidates, &arcs, Wish { tail, ..wish });
        }
        match taken {
            Err(Hold::Never(..)) if lift.tail.is_some() => {
                let free = Lift { tail: None, ..lift.clone() };
                let candidates = self.candidates_for(&free, &waiting, &arcs)?;
                self.take_best(&lots, &candidates, &arcs, Wish { tail: None, ..wish })
            }
            done => done,
        }
    }

    /// Returns what of a load stands at its field.
    pub(crate) fn waiting_of(&self, load: &[(PieceId, i64)]) -> Waiting {
        let here = |&(piece, count): &(PieceId, i64)| {
            let at = self.s.pieces[piece].element.index();
            let lot = &self.lots[at];
            if self.goes_whole(at) && !lot.at_origin.is_empty() {
                return (piece, 0);
            }
            let there: i64 = lot.waiting.iter().filter_map(|group| group.counts.get(&piece)).sum();
            (piece, count.min(there))
        };
        load.iter().map(here).filter(|(_, count)| *count > 0).collect()
    }

    /// Loads each carrier that may go with as much of a load as it takes.
    fn candidates_for(
        &self,
        lift: &Lift,
        waiting: &Waiting,
        arcs: &[(Carrier, &'a Arc)],
    ) -> Result<Vec<Candidate<'a>>, Hold> {
        let named = lift.tail.map(|(tail, _)| self.tails[tail].carrier);
        let mut candidates = Vec::new();
        let mut held = None;
        for &(carrier, arc) in arcs {
            if named.is_some_and(|named| named != carrier) {
                continue;
            }
            let aircraft = &self.s.types[carrier.aircraft];
            let groups = std::slice::from_ref(waiting);
            let all: i64 = waiting.iter().map(|(_, count)| count).sum();
            let first = lift.config.min(aircraft.configurations.len() - 1);
            let mut chalk =
                fill_config(self.s, aircraft, first, arc.payload, groups, i64::MAX, i64::MAX);
            if chalk.load.iter().map(|(_, count, _)| count).sum::<i64>() < all {
                chalk = fill(self.s, aircraft, arc.payload, groups, i64::MAX, i64::MAX);
            }
            if chalk.is_empty() {
                continue;
            }
            match self.not_before(&self.leaving(&chalk)) {
                Ok(mut bounds) => {
                    bounds.load = bounds.load.max(self.ready_of(&chalk));
                    bounds.load = lift.not_before.map_or(bounds.load, |t| bounds.load.max(t));
                    candidates.push(Candidate { carrier, arc, chalk, not_before: bounds });
                }
                Err(hold) => held = Some(hold),
            }
        }
        match held {
            Some(hold) if candidates.is_empty() => Err(hold),
            _ => Ok(candidates),
        }
    }
}

/// Returns the departures of a plan in the order of their times; what the scenario does not have is left out, and what is
/// frozen.
pub(crate) fn list_of(s: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> Vec<Departure> {
    let n_frozen = |tail: &str| {
        let lines = frozen.iter().flat_map(|frozen| &frozen.lines);
        lines.filter(|line| line.tail == tail).map(|line| line.sorties.len()).sum::<usize>()
    };
    let is_frozen = |column: &Column| {
        frozen.is_some_and(|frozen| frozen.columns.iter().any(|row| row.id == column.id))
    };
    let pieces: HashMap<&str, PieceId> =
        s.pieces.iter().map(|(id, row)| (row.name.as_str(), id)).collect();
    // by time; what joins after the load that it joins
    let mut timed: Vec<(Timestamp, usize, bool, Departure)> = Vec::new();
    for line in &plan.lines {
        let Some(tail) = s.tail(&line.tail) else { continue };
        let base = &s.places[s.tails[tail].base].name;
        let configurations = &s.types[s.tails[tail].aircraft].configurations;
        let n_frozen = n_frozen(&line.tail);
        // before each sortie: whether it has not come by its base since it was unloaded last
        let mut cut = vec![false; line.sorties.len() + 1];
        for (n, sortie) in line.sorties.iter().enumerate() {
            // from where what is frozen ends, it need not go by its base first
            cut[n] |= n == n_frozen && n > 0 && line.sorties[n - 1].to != *base;
            cut[n + 1] = sortie.to != *base && (cut[n] || sortie.unloading.is_some());
        }
        let rides =
            rides(&line.sorties.iter().map(|sortie| loaded(sortie, &pieces)).collect::<Vec<_>>());
        let one = |n: usize| rides.contains_key(&(n, n));
        for (&(first, last), load) in rides.range((n_frozen, 0)..) {
            let sortie = &line.sorties[first];
            let Some(service) = sortie.loading else { continue };
            let is_called = last == first + 1 && (one(first) || one(last));
            // the load over a stop that it joins
            let lead = [(first, first + 1), (first.wrapping_sub(1), first)];
            let lead = lead.into_iter().find(|ride| first == last && rides.contains_key(ride));
            let led = lead.and_then(|ride| line.sorties.get(ride.0)?.loading);
            let lift = Lift {
                load: load.clone(),
                config: configurations.iter().position(|c| c.name == sortie.config).unwrap_or(0),
                begins: service.starts,
                not_before: None,
                tail: Some((tail.index(), cut[first])),
                stays: false,
                late: false,
                via: s.place(&sortie.to).filter(|_| is_called),
                joins: led.is_some(),
            };
            let begins = led.map_or(service.starts, |led| led.starts);
            timed.push((begins, tail.index(), lift.joins, Departure::Air(lift)));
        }
    }
    let mut by_road: BTreeMap<usize, Timestamp> = BTreeMap::new();
    for column in plan.columns.iter().filter(|column| !is_frozen(column)) {
        let Some(departs) = column.marches.first().map(|march| march.departs) else { continue };
        for piece in column.load.iter().filter_map(|load| pieces.get(load.piece.as_str())) {
            let element = s.pieces[*piece].element;
            if s.elements[element].mode == Mode::Road {
                let first = by_road.entry(element.index()).or_insert(departs);
                *first = departs.min(*first);
            }
        }
    }
    let roads = by_road.into_iter();
    timed.extend(roads.map(|(lot, departs)| (departs, usize::MAX, false, Departure::Road(lot))));
    timed.sort_by_key(|&(t, line, joins, _)| (t, line, joins));
    timed.into_iter().map(|row| row.3).collect()
}

/// Returns how many of each piece are on board of a sortie.
fn loaded(sortie: &Sortie, pieces: &HashMap<&str, PieceId>) -> BTreeMap<PieceId, i64> {
    let mut loaded = BTreeMap::new();
    for load in &sortie.load {
        if let Some(piece) = pieces.get(load.piece.as_str()) {
            *loaded.entry(*piece).or_default() += load.count;
        }
    }
    loaded
}
