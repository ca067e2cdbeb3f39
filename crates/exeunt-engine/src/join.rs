//! Loads of several fields in one flight: an aircraft that stops on its way for another load, which boards at the stop or
//! leaves there.
//!
//! The first load is planned over the stop as if nobody joined it ([`Network::calls`](crate::network::Network::calls)); the
//! load that joins takes what room the flight between its own two fields has, at the times that are planned: it may go,
//! or it goes by itself. So a stop at which nobody joins costs time and is given up by the search.

use crate::airlift::{Flight, Planner};
use crate::bookings::{Use, Used};
use crate::construct::State;
use crate::departure::{Departure, Lift};
use crate::hold::fill_beside;
use crate::network::Arc;
use crate::sortie::Ride;
use exeunt_model::scenario::{Milestone, Mode};
use exeunt_model::{Id, PieceId, Timestamp};
use std::collections::BTreeMap;

/// The flights of a load over a stop, by their places among those of a tail.
struct Called {
    tail: usize,
    first: usize,
    last: usize,
}

impl<'a> State<'a> {
    /// Has a load join the one planned just before it, as much of it as there is room for; says whether it does. Nothing
    /// but its way to the field is planned if not.
    pub(crate) fn join(&mut self, lift: &Lift) -> bool {
        self.joined(lift).is_some()
    }

    fn joined(&mut self, lift: &Lift) -> Option<()> {
        let s = self.s;
        let called = self.called()?;
        let element = s.pieces[lift.load.first()?.0].element;
        let Mode::Air { embark, debark } = s.elements[element].mode else { return None };
        let goes = |n: &usize| {
            let flight = &self.tails[called.tail].flights[*n];
            (flight.from, flight.to) == (embark, debark)
        };
        let at = [called.first, called.last].into_iter().find(goes)?;
        let carrier = self.tails[called.tail].carrier;
        let flight = self.tails[called.tail].flights[at].clone();
        let mut legs = self.net.arcs(carrier, embark, debark).iter();
        let arc: &'a Arc = legs.find(|arc| arc.leg == flight.leg && arc.carries)?;
        let company = self.portions(&lift.load);
        let mut lots: Vec<usize> = company.keys().map(|element| element.index()).collect();
        lots.retain(|&lot| !self.lots[lot].done);
        for &lot in &lots {
            self.bring_to_field(lot, &[(carrier, arc)], &company, Some(&lift.load)).ok()?;
        }
        let waiting = self.waiting_of(&lift.load);
        let aircraft = &s.types[carrier.aircraft];
        let aboard = &flight.load;
        let chalk = fill_beside(s, aircraft, flight.config, arc.payload, aboard, &waiting);
        // who takes along what a field provides is asked more than this
        if chalk.is_empty() || !self.providers_of(&chalk).is_empty() {
            return None;
        }
        let mut bounds = self.not_before(&self.leaving(&chalk)).ok()?;
        bounds.load = bounds.load.max(self.ready_of(&chalk));
        bounds.load = lift.not_before.map_or(bounds.load, |t| bounds.load.max(t));
        let loading = self.loading(&called, at, bounds.load)?;
        let unloading = self.unloading(&called, at)?;
        let Flight { departs, lands, .. } = flight;
        let arrival = |element| bounds.arrival(element);
        let ends = |piece| s.elements[s.pieces[piece].element].destination == debark;
        let arriving = chalk.load.iter().filter(|row| ends(row.0));
        let unloaded = arriving.map(|row| arrival(s.pieces[row.0].element)).max();
        if departs < bounds.depart
            || lands < bounds.land
            || bounds.next_exit(departs) != Some(departs)
            || unloaded.is_some_and(|t| unloading.1 < t)
        {
            return None;
        }
        let passes = |milestone| match milestone {
            Milestone::LeftSite | Milestone::LeftHost => departs,
            Milestone::HomeAirfield => lands,
            Milestone::HomeBase => unloading.1,
        };
        if self.comes_too_late(&self.leaving(&chalk), passes).is_some() {
            return None;
        }
        let ride = Ride {
            chalk: &chalk,
            embark,
            debark,
            loads: loading.0,
            departs,
            exits: departs,
            lands,
            unloaded: unloading.1,
        };
        let uses = self.uses(&called, at, (loading, unloading));
        if uses.iter().any(|used| self.bookings.blocked_until(*used).is_some()) {
            return None;
        }
        let onward = self.set_out(&ride, &bounds).ok()?;
        self.bookings.book(&uses);
        let flight = &mut self.tails[called.tail].flights[at];
        (flight.loading, flight.unloading) = (Some(loading), Some(unloading));
        flight.load.extend(chalk.load.iter().copied());
        self.travel(&ride, onward);
        self.list.push(Departure::Air(Lift {
            load: chalk.counts(),
            config: chalk.config,
            begins: loading.0,
            not_before: None,
            tail: Some((called.tail, false)),
            stays: false,
            late: false,
            via: None,
            joins: true,
        }));
        Some(())
    }

    /// Returns the flights of the load over a stop that was planned last, if only loads that join it have been planned since.
    fn called(&self) -> Option<Called> {
        let mut lifts = self.list.iter().rev().map_while(|departure| match departure {
            Departure::Air(lift) => Some(lift),
            Departure::Road(_) | Departure::Plain(_) => None,
        });
        let lead = lifts.find(|lift| !lift.joins)?;
        let (stop, (tail, _)) = (lead.via?, lead.tail?);
        let state = &self.tails[tail];
        let last = (state.flights.len() - state.n_homing).checked_sub(1)?;
        let first = last.checked_sub(1)?;
        (state.flights[first].to == stop && !state.flights[first].load.is_empty())
            .then_some(Called { tail, first, last })
    }

    /// Returns when what joins a flight may be loaded: with what is loaded there, or while the aircraft stops.
    fn loading(
        &self,
        called: &Called,
        at: usize,
        from: Timestamp,
    ) -> Option<(Timestamp, Timestamp)> {
        let flights = &self.tails[called.tail].flights;
        let flight = &flights[at];
        if let Some(given) = flight.loading {
            return (from <= given.0).then_some(given);
        }
        let landed = &flights[at.checked_sub(1)?];
        let free = landed.unloading.map_or(landed.lands, |service| service.1);
        let tail = self.tails[called.tail].tail;
        let onload = self.s.types[self.s.tails[tail].aircraft].onload;
        let planner = Planner { s: self.s, net: self.net, bookings: &self.bookings };
        let begins = planner.next_service(tail, flight.from, free.max(from), onload, true).ok()?;
        (begins + onload <= flight.departs).then_some((begins, begins + onload))
    }

    /// Returns when what joins a flight may be unloaded: with what is unloaded there, or while the aircraft stops.
    fn unloading(&self, called: &Called, at: usize) -> Option<(Timestamp, Timestamp)> {
        let flights = &self.tails[called.tail].flights;
        let flight = &flights[at];
        if let Some(given) = flight.unloading {
            return Some(given);
        }
        let next = flights.get(at + 1)?;
        let tail = self.tails[called.tail].tail;
        let offload = self.s.types[self.s.tails[tail].aircraft].offload;
        let planner = Planner { s: self.s, net: self.net, bookings: &self.bookings };
        let begins = planner.next_service(tail, flight.to, flight.lands, offload, false).ok()?;
        let until = next.loading.map_or(next.departs, |service| service.0);
        (begins + offload <= until).then_some((begins, begins + offload))
    }

    /// Returns what the services book that are new to a flight; at its base an aircraft needs a stand for them.
    fn uses(
        &self,
        called: &Called,
        at: usize,
        (loading, unloading): ((Timestamp, Timestamp), (Timestamp, Timestamp)),
    ) -> Vec<Use> {
        let state = &self.tails[called.tail];
        let aircraft = &self.s.types[state.carrier.aircraft];
        let base = self.s.tails[state.tail].base;
        let flight = &state.flights[at];
        let stand = |place| Used::Stand(place, aircraft.stand);
        let mut uses = Vec::new();
        if flight.loading.is_none() {
            let (from, to) = loading;
            let what = Used::Handling(flight.from, aircraft.handling_teams);
            uses.extend([
                Use { what, from, to },
                Use { what: Used::HostCheck(flight.from), from, to },
            ]);
            if flight.from == base {
                uses.push(Use { what: stand(base), from, to: flight.departs });
            }
        }
        if flight.unloading.is_none() {
            let (from, to) = unloading;
            let what = Used::Handling(flight.to, aircraft.handling_teams);
            uses.push(Use { what, from, to });
            if flight.to == base {
                uses.push(Use { what: stand(base), from: flight.lands, to });
            }
        }
        uses
    }
}

/// Returns what rides from the boarding of one sortie of a line to the end of another, of the loads of all in order, what
/// boards first leaving first.
pub(crate) fn rides(
    loads: &[BTreeMap<PieceId, i64>],
) -> BTreeMap<(usize, usize), Vec<(PieceId, i64)>> {
    let mut rides: BTreeMap<(usize, usize), Vec<(PieceId, i64)>> = BTreeMap::new();
    // by piece: where how many of those on board have boarded
    let mut aboard: BTreeMap<PieceId, Vec<(usize, i64)>> = BTreeMap::new();
    let nothing = BTreeMap::new();
    for n in 0..=loads.len() {
        let now = loads.get(n).unwrap_or(&nothing);
        for (&piece, boarded) in &mut aboard {
            let here = now.get(&piece).copied().unwrap_or(0);
            let mut leaves = boarded.iter().map(|row| row.1).sum::<i64>() - here;
            for (first, count) in boarded.iter_mut() {
                let part = leaves.min(*count);
                if part > 0 {
                    rides.entry((*first, n - 1)).or_default().push((piece, part));
                    *count -= part;
                    leaves -= part;
                }
            }
            boarded.retain(|row| row.1 > 0);
        }
        for (&piece, &count) in now {
            let boarded = aboard.entry(piece).or_default();
            let more = count - boarded.iter().map(|row| row.1).sum::<i64>();
            if more > 0 {
                boarded.push((n, more));
            }
        }
    }
    rides
}
