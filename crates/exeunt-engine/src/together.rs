//! What goes in one load and what has to arrive close together (C05).
//!
//! What goes in one load is marched to its field whole and is aboard whole or not at all ([`crate::hold`]). Of what has a
//! spread nobody knows the last arrival before it is planned: it is planned freely first, and if that brings it home too
//! far apart, planned again so that nothing of it arrives earlier than its last part less the spread. Where that brings
//! its ends no closer, what would arrive too late stays.

use crate::airlift::NotBefore;
use crate::construct::{Lot, State};
use crate::hold::{Chalk, Waiting, fill};
use crate::march::{ColumnDraft, most_vehicles};
use crate::network::Obstacle;
use crate::order::Leaving;
use exeunt_model::scenario::{Milestone, Mode};
use exeunt_model::{Duration, ElementId, Id, Mass, PieceId, PlaceId, Rule, Timestamp};
use std::collections::BTreeMap;

/// Times that everything is planned again so that somebody may wait.
const ROUNDS: usize = 4;

/// How what was too far apart arrives within its spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Near {
    /// Nothing of it arrives earlier.
    From(Timestamp),
    /// What would arrive too late after its first stays.
    Cut,
}

/// What has been tried to bring arrivals close together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathering {
    pub(crate) near: BTreeMap<ElementId, Near>,
    /// How far apart each element arrived last time.
    apart: BTreeMap<ElementId, Duration>,
    /// How many pieces of who waits stayed before it did.
    stayed: BTreeMap<ElementId, i64>,
    rounds: usize,
}

impl Gathering {
    pub(crate) fn new(near: &BTreeMap<ElementId, Near>) -> Self {
        Self { near: near.clone(), ..Self::default() }
    }

    /// Looks at what a state was planned to; `true` if it has to be planned again.
    pub(crate) fn asks_again(&mut self, state: &State<'_>) -> bool {
        let mut asks = false;
        for (id, element) in state.s.elements.iter() {
            if let Some(Near::From(_)) = self.near.get(&id) {
                let stays = stays(state, id);
                if stays > *self.stayed.entry(id).or_insert(stays) {
                    // waiting has left something of it behind
                    self.near.insert(id, Near::Cut);
                    asks = true;
                    continue;
                }
            }
            let (Some(spread), Some(last)) = (element.spread, state.last_arrival(id)) else {
                continue;
            };
            let apart = state.first_arrival(id).map_or(Duration::ZERO, |first| last - first);
            // what is cut and is too far apart all the same has been given
            if apart <= spread || self.near.get(&id) == Some(&Near::Cut) {
                continue;
            }
            let before = self.apart.insert(id, apart);
            let closer = before.is_none_or(|before| apart < before);
            let waits = closer && self.rounds < ROUNDS;
            self.near.insert(id, if waits { Near::From(last - spread) } else { Near::Cut });
            self.stayed.entry(id).or_insert_with(|| stays(state, id));
            asks = true;
        }
        self.rounds += usize::from(asks);
        asks
    }
}

/// Returns how many pieces of an element stay.
fn stays(state: &State<'_>, element: ElementId) -> i64 {
    let mine = state.unmoved.iter().filter(|row| state.s.pieces[row.0].element == element);
    mine.map(|row| row.1).sum()
}

impl State<'_> {
    pub(crate) fn goes_whole(&self, lot: usize) -> bool {
        self.s.elements[self.lots[lot].element].same_aircraft
    }

    fn last_arrival(&self, element: ElementId) -> Option<Timestamp> {
        self.last_at(element, Milestone::HomeBase)
    }

    fn first_arrival(&self, element: ElementId) -> Option<Timestamp> {
        self.first_at(element, Milestone::HomeBase)
    }

    /// Says why a lot can never go in one load, if so.
    pub(crate) fn never_whole(&self, lot: &Lot) -> Option<Obstacle> {
        let element = &self.s.elements[lot.element];
        if !element.same_aircraft || lot.at_origin.is_empty() {
            return None;
        }
        let all: Waiting = lot.at_origin.iter().map(|(&piece, &count)| (piece, count)).collect();
        let name = &element.name;
        let stays = self.unmoved.iter().find(|row| self.s.pieces[row.0].element == lot.element);
        let reason = match (stays, element.mode) {
            (Some((piece, ..)), _) => {
                let piece = &self.s.pieces[*piece].name;
                format!("all of `{name}` goes in one load or none of it, and `{piece}` cannot go")
            }
            (None, Mode::Air { embark, debark }) => {
                self.fits_no_load(name, &all, embark, debark)?
            }
            (None, Mode::Road) => {
                let (items, most) = (self.items(&lot.at_origin), most_vehicles(self.s, &lot.path));
                if items <= most {
                    return None;
                }
                format!("all {items} items of `{name}` go in one column, and its roads take {most}")
            }
        };
        Some(Obstacle { rule: Rule::C05, reason })
    }

    /// Says which limit keeps pieces from going in one load of any aircraft, if none takes them.
    fn fits_no_load(
        &self,
        name: &str,
        all: &Waiting,
        embark: PlaceId,
        debark: PlaceId,
    ) -> Option<String> {
        let arcs = self.arcs(embark, debark);
        let fits = |payload, aircraft| {
            let all = std::slice::from_ref(all);
            !fill(self.s, &self.s.types[aircraft], payload, all, i64::MAX, i64::MAX).is_empty()
        };
        if arcs.iter().any(|(carrier, arc)| fits(arc.payload, carrier.aircraft)) {
            return None;
        }
        let row = |piece: &PieceId| &self.s.pieces[*piece];
        let person = self.s.operation.person_mass;
        let people: i64 = all.iter().map(|(p, n)| row(p).people_each() * n).sum();
        let floor: i64 = all.iter().map(|(p, n)| row(p).length.times(*n).0).sum();
        let mass: i64 =
            all.iter().map(|(p, n)| (row(p).mass + person.times(row(p).drivers)).times(*n).0).sum();
        let types = || arcs.iter().map(|(carrier, _)| &self.s.types[carrier.aircraft]);
        let fitted = || types().flat_map(|aircraft| &aircraft.configurations);
        let seats = fitted().map(|fit| fit.seats).max().unwrap_or(0);
        let holds = fitted().map(|fit| fit.zones.iter().map(|zone| zone.length.0).sum::<i64>());
        let hold = holds.max().unwrap_or(0);
        let Mass(payload) = arcs.iter().map(|(_, arc)| arc.payload).max().unwrap_or_default();
        let metres = |mm: i64| format!("{}.{:02} m", mm / 1_000, mm % 1_000 / 10);
        let of = format!("all of `{name}` goes in one load,");
        Some(if people > seats {
            format!("{of} and no aircraft has {people} seats (the most are {seats})")
        } else if mass > payload {
            format!("{of} which weighs {mass} kg; from there aircraft carry {payload} kg")
        } else if floor > hold {
            format!(
                "{of} which is {} long; the holds of the fleet take {}",
                metres(floor),
                metres(hold)
            )
        } else {
            format!("{of} and no aircraft takes its items and people together")
        })
    }

    /// Gives up what can never go in one load, and what a frozen part has left behind of what should have.
    pub(crate) fn leave_what_is_parted(&mut self) {
        for (lot, why) in self.parted.clone() {
            if !self.lots[lot].done {
                self.give_up(lot, why);
            }
        }
        for lot in 0..self.lots.len() {
            let begun = self.passed[self.lots[lot].element.index()].pieces > 0;
            if begun && self.goes_whole(lot) && !self.lots[lot].done {
                let reason = "a part of it has left, and all of it goes in one load".to_owned();
                self.give_up(lot, Obstacle { rule: Rule::C05, reason });
            }
        }
    }

    /// Returns a load with all that is left of each element of it that goes in one load.
    pub(crate) fn made_whole(&self, load: &[(PieceId, i64)]) -> Vec<(PieceId, i64)> {
        let mut whole: BTreeMap<PieceId, i64> = BTreeMap::new();
        for &(piece, count) in load {
            let lot = self.s.pieces[piece].element.index();
            if self.goes_whole(lot) {
                whole.extend(self.all_of(lot));
            } else {
                whole.insert(piece, count);
            }
        }
        whole.into_iter().collect()
    }

    /// Returns what is left of a lot, at its origin or waiting.
    fn all_of(&self, lot: usize) -> BTreeMap<PieceId, i64> {
        let mut all = self.lots[lot].at_origin.clone();
        for (&piece, &count) in self.lots[lot].waiting.iter().flat_map(|group| &group.counts) {
            *all.entry(piece).or_default() += count;
        }
        all
    }

    /// What has arrived and what is to wait say from when on the rest of an element may arrive.
    pub(crate) fn hold_for_spread(&self, leaving: &Leaving, bounds: &mut NotBefore) {
        for &element in leaving.keys() {
            let Some(spread) = self.s.elements[element].spread else { continue };
            let after_last = self.last_arrival(element).map(|last| last - spread);
            let waits = match self.near.get(&element) {
                Some(Near::From(t)) => Some(*t),
                _ => None,
            };
            if let Some(t) = after_last.max(waits) {
                let bound = bounds.arrive.entry(element).or_insert(t);
                *bound = t.max(*bound);
            }
        }
    }

    /// Says whether the rest of an element that is cut may not arrive between two moments.
    fn is_too_far(&self, element: ElementId, first: Timestamp, last: Timestamp) -> Option<String> {
        let row = &self.s.elements[element];
        let spread = row.spread.filter(|_| self.near.get(&element) == Some(&Near::Cut))?;
        let first = self.first_arrival(element).map_or(first, |begun| begun.min(first));
        (last - first > spread).then(|| {
            let minutes = |time: Duration| (time.0 + 59) / 60;
            let (after, most) = (minutes(last - first), minutes(spread));
            let name = &row.name;
            format!("it would arrive {after} min after the first of `{name}`, whose spread is {most} min")
        })
    }

    /// Says why a flight with its columns brings a part of what is cut too late.
    pub(crate) fn flies_too_far(
        &self,
        chalk: &Chalk,
        debark: PlaceId,
        unloaded: Timestamp,
        onward: &[ColumnDraft],
    ) -> Option<String> {
        if self.near.is_empty() {
            return None;
        }
        let mut spans: BTreeMap<ElementId, (Timestamp, Timestamp)> = BTreeMap::new();
        let element = |piece: PieceId| self.s.pieces[piece].element;
        let mut arrives = |id: ElementId, t: Timestamp| {
            let span = spans.entry(id).or_insert((t, t));
            *span = (t.min(span.0), t.max(span.1));
        };
        for (piece, _) in chalk.counts() {
            if self.s.elements[element(piece)].destination == debark {
                arrives(element(piece), unloaded);
            }
        }
        for column in onward {
            for (piece, _) in &column.load {
                arrives(element(*piece), column.clears);
            }
        }
        spans.into_iter().find_map(|(id, (first, last))| self.is_too_far(id, first, last))
    }

    /// Says why a column brings a part of what is cut too late.
    pub(crate) fn marches_too_far(&self, lot: usize, clears: Timestamp) -> Option<String> {
        self.is_too_far(self.lots[lot].element, clears, clears)
    }
}
