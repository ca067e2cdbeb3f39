//! Passes over the finished plan: marches just in time, and no way home that nobody asks for.
//!
//! A column that has brought its pieces to the field long before they are loaded leaves later. That changes no flight,
//! keeps an hour in hand before loading, and leaves alone what rows or promises about leaving the site speak of. An aircraft
//! stays where it unloaded last if a stand is free there for good: a sortie less (z6).

use crate::airlift::{Planner, TailState};
use crate::bookings::{Use, Used};
use crate::construct::State;
use crate::march::{ColumnDraft, after_curfew};
use crate::network::Arc;
use exeunt_model::scenario::{Milestone, Predicate, Scenario};
use exeunt_model::{Duration, ElementId, Timestamp};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Time that stays between the end of staging and loading.
const IN_HAND: Duration = Duration::from_hours(1);
/// Marches are moved by multiples of this.
const STEP: i64 = 300;
/// Landings tried where an aircraft is to stay.
const LANDINGS: usize = 8;

impl State<'_> {
    /// Has aircraft stay where they unloaded last, those first whose way home is longest, or else at the next field where a
    /// stand is free for good; again while one that has left makes room for another.
    pub(crate) fn stay(&mut self) {
        let long = |state: &TailState| {
            let home = &state.flights[state.flights.len() - state.n_homing..];
            let flown: i64 = home.iter().map(|flight| (flight.lands - flight.departs).0).sum();
            (state.n_homing, flown)
        };
        let mut left: Vec<usize> =
            (0..self.tails.len()).filter(|&tail| self.tails[tail].n_homing > 0).collect();
        left.sort_by_key(|&tail| (Reverse(long(&self.tails[tail])), tail));
        loop {
            let before = left.len();
            left.retain(|&tail| !self.stays_at(tail, None));
            if left.is_empty() || left.len() == before {
                break;
            }
        }
        for tail in left {
            let state = &self.tails[tail];
            let (n_flights, flown) = long(state);
            let last = &state.flights[state.flights.len() - state.n_homing - 1];
            let carrier = state.carrier;
            let arcs = self.net.exits(carrier, last.to);
            let arcs = arcs.iter().flat_map(|&to| self.net.arcs(carrier, last.to, to));
            let mut arcs: Vec<&Arc> =
                arcs.filter(|arc| n_flights > 1 || arc.block.0 < flown).collect();
            arcs.sort_by_key(|arc| (arc.block, arc.to));
            for arc in arcs {
                if self.stays_at(tail, Some(arc)) {
                    break;
                }
            }
        }
    }

    /// Has an aircraft stay where it unloaded last, or at the end of an arc from there, if a stand is free there for good.
    fn stays_at(&mut self, tail: usize, arc: Option<&Arc>) -> bool {
        let state = &self.tails[tail];
        let row = &self.s.tails[state.tail];
        let keeps = state.flights.len() - state.n_homing;
        let is_given = state.flights[keeps..].iter().any(|flight| flight.given.is_some());
        let Some(last) = keeps.checked_sub(1).filter(|_| !is_given).map(|at| &state.flights[at])
        else {
            return false;
        };
        let (to, config) = (last.to, last.config);
        let ready = last.unloading.map_or(last.lands, |(_, end)| end);
        let class = self.s.types[state.carrier.aircraft].stand;
        let id = state.tail;
        let stand = |place, from, to| Use { what: Used::Stand(place, class), from, to };
        let uses = std::mem::take(&mut self.tails[tail].end_uses);
        self.bookings.unbook(&uses);
        let planner = Planner { s: self.s, net: self.net, bookings: &self.bookings };
        let mut wanted = Vec::new();
        let mut flights = Vec::new();
        match arc {
            None => wanted.push(stand(to, ready, Timestamp::MAX)),
            Some(arc) => {
                // when it may land for good: after all who use the stand before
                let mut from = ready.max(self.s.operation.flies_from());
                for _ in 0..LANDINGS {
                    let Some(way) = planner.fly(id, config, &[arc], from) else { break };
                    let (departs, lands) = (way.flights[0].departs, way.flights[0].lands);
                    let there = stand(arc.to, lands, Timestamp::MAX);
                    let blocked = self.bookings.blocked_until(there);
                    if let Some(until) =
                        blocked.filter(|until| arc.to != row.base && *until < Timestamp::MAX)
                    {
                        from = departs + (until - lands);
                        continue;
                    }
                    let in_time = row.available.from <= departs && lands <= row.available.to;
                    if in_time {
                        wanted.push(stand(to, ready, departs));
                        if arc.to != row.base {
                            wanted.push(stand(arc.to, lands, Timestamp::MAX));
                        }
                        wanted.extend(way.uses);
                        flights = way.flights;
                    }
                    break;
                }
            }
        }
        let free = wanted.iter().all(|u| self.bookings.blocked_until(*u).is_none());
        if wanted.is_empty() || !free {
            self.bookings.book(&uses);
            self.tails[tail].end_uses = uses;
            return false;
        }
        self.bookings.book(&wanted);
        let state = &mut self.tails[tail];
        state.flights.truncate(keeps);
        state.n_homing = flights.len();
        state.flights.extend(flights);
        state.end_uses = wanted;
        true
    }

    /// Moves marches to a field later.
    pub(crate) fn march_later(&mut self) {
        self.marches_late = true;
        let s = self.s;
        let mut shifts: BTreeMap<usize, Duration> = BTreeMap::new();
        for at in 0..self.columns.len() {
            let Some(number) = self.columns[at].number else { continue };
            let Some(&loading) = self.first_loading.get(&number) else { continue };
            let column = &self.columns[at];
            let field = column.marches.last().and_then(|m| s.places[m.2].airfield.as_ref());
            let staging = field.map_or(Duration::ZERO, |field| field.staging_time);
            let spare = (loading - staging - IN_HAND - column.clears).0;
            let limit = latest_departure(s, column);
            let most = spare.min((limit - column.departs()).0) / STEP;
            let uses = column.uses.clone();
            self.bookings.unbook(&uses);
            // the whole way first, then half of it, until it fits between the others
            let mut steps = most;
            while steps > 0 && !self.fits_later(at, Duration(steps * STEP)) {
                steps /= 2;
            }
            let shift = Duration(steps.max(0) * STEP);
            delay(&mut self.columns[at], shift);
            let uses = self.columns[at].uses.clone();
            self.bookings.book(&uses);
            shifts.insert(number, shift);
        }
        for trip in &mut self.trips {
            if let Some(shift) = trip.column.and_then(|number| shifts.get(&number)) {
                if trip.left_host == trip.left_site {
                    trip.left_host = trip.left_host + *shift;
                }
                trip.left_site = trip.left_site + *shift;
            }
        }
        self.record_again();
    }

    /// Says whether a column may march so much later: roads and escorts free, no curfew in the way.
    fn fits_later(&mut self, at: usize, shift: Duration) -> bool {
        let uses = self.columns[at].uses.iter();
        let later: Vec<Use> =
            uses.map(|u| Use { from: u.from + shift, to: u.to + shift, ..*u }).collect();
        let bookings = &mut self.bookings;
        // one after the other: uses of one escort may meet
        let fits = |u: &&Use| {
            let fits = bookings.blocked_until(**u).is_none();
            if fits {
                bookings.book(&[**u]);
            }
            fits
        };
        let n_booked = later.iter().take_while(fits).count();
        self.bookings.unbook(&later[..n_booked]);
        let free = n_booked == later.len();
        let column = &self.columns[at];
        free && column.marches.iter().all(|&(_, from, to, departs, arrives)| {
            let departs = departs + shift;
            after_curfew(self.s, from, to, departs, arrives + shift - departs) == departs
        })
    }
}

fn delay(column: &mut ColumnDraft, shift: Duration) {
    for march in &mut column.marches {
        march.3 = march.3 + shift;
        march.4 = march.4 + shift;
    }
    for u in &mut column.uses {
        *u = Use { from: u.from + shift, to: u.to + shift, ..*u };
    }
    column.clears = column.clears + shift;
}

/// Returns the latest departure that what is said of leaving the site allows; the column's own if it may not move.
fn latest_departure(s: &Scenario, column: &ColumnDraft) -> Timestamp {
    let elements: Vec<ElementId> =
        column.load.iter().map(|(piece, _)| s.pieces[*piece].element).collect();
    let of = |set: &[ElementId]| elements.iter().any(|element| set.contains(element));
    let crosses = column.marches.iter().any(|march| s.roads[march.0].border.is_some());
    // who starts outside the host leaves it with the first step: left_host rows would move too
    let starts_outside = elements.iter().any(|e| !s.is_in_host(s.elements[*e].origin));
    let ordered = s.precedence.rows.iter().any(|row| {
        let moved = row.milestone == Milestone::LeftSite
            || (starts_outside && row.milestone == Milestone::LeftHost);
        moved && (of(&row.first) || of(&row.then))
    });
    if column.given.is_some() || crosses || ordered {
        return column.departs();
    }
    let limits = s.promises.rows.iter().filter_map(|promise| match &promise.predicate {
        Predicate::BegunBy { set, by } if of(set) => Some(by.strict),
        Predicate::AllBy { set, milestone: Milestone::LeftSite, by } if of(set) => Some(by.strict),
        Predicate::OnDay { set, milestone: Milestone::LeftSite, day, .. } if of(set) => {
            Some(day.strict.to - Duration(1))
        }
        Predicate::AllBy { set, milestone: Milestone::LeftHost, by }
            if starts_outside && of(set) =>
        {
            Some(by.strict)
        }
        Predicate::OnDay { set, milestone: Milestone::LeftHost, day, .. }
            if starts_outside && of(set) =>
        {
            Some(day.strict.to - Duration(1))
        }
        _ => None,
    });
    // a promise that is late already binds nobody more
    limits.filter(|limit| *limit >= column.departs()).min().unwrap_or(Timestamp::MAX)
}
