//! Guided ejection: a request that finds no place throws those out whose counters add up to least.
//!
//! (Nagata and Braysy 2009 for windows alone; Curtois and others 2018 and Sartori and Buriol 2020 for pairs.) The bank is a
//! stack. What a tour would be without one or two of its requests is made once, then the place is found as anywhere else.

use super::problem::{delivery, pickup, request_of};
use super::random::Random;
use super::recreate::{Recreate, Spill};
use super::ruin::Ruin;
use super::rules::Rules;
use super::state::State;
use super::tour::{Place, Tour};

/// Ruins and recreations after an ejection, so that the next one meets other tours.
const SHAKES: usize = 12;

/// Stops near either end of a request whose tours are looked at.
const NEAR: usize = 40;

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct Eject {
    without: Tour,
    order: Vec<(u32, u32)>,
    ruin: Ruin,
    recreate: Recreate,
    detours: Vec<(f64, f64)>,
    near: Vec<usize>,
}

/// Who goes out for whom, and where.
struct Found {
    sum: u32,
    slot: usize,
    out: [Option<u32>; 2],
    place: Place,
}

impl Eject {
    /// Brings the top of the bank into a tour, for others if need be; `end` is the work after which to look no further.
    pub(super) fn round<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        counters: &mut [u32],
        end: u64,
        random: &mut Random,
    ) {
        let Some(request) = state.bank.pop() else { return };
        let best = state.best_tour(request as usize);
        if best.0.is_one() && state.insert(request as usize, best.1, best.0) {
            state.keep();
            return;
        }
        let own = &mut counters[request as usize];
        *own = own.saturating_add(1);
        match self.cheapest(state, request, counters, end, random) {
            Some(found) => {
                let out: Vec<u32> = found.out.into_iter().flatten().collect();
                state.remove(found.slot, &out);
                if state.insert(request as usize, found.slot, found.place) && state.is_allowed() {
                    state.keep();
                } else {
                    state.undo();
                }
            }
            None => state.bank.push(request),
        }
        self.shake(state, random);
    }

    /// Finds the tours that come near a request.
    fn find_near<R: Rules>(&mut self, state: &State<'_, R>, request: u32) {
        let problem = state.problem;
        let ends = [pickup(request as usize), delivery(request as usize)];
        let stops = ends.iter().flat_map(|&end| problem.near(end).iter().take(NEAR));
        self.near.clear();
        self.near.extend(stops.filter_map(|&stop| state.slot_of(request_of(stop as usize))));
        self.near.sort_unstable();
        self.near.dedup();
    }

    /// Finds the ejection of one or two requests of a tour with the least sum of counters; of equal ones any. Ends when
    /// the work of the state reaches `end`, with the best until then.
    fn cheapest<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        request: u32,
        counters: &[u32],
        end: u64,
        random: &mut Random,
    ) -> Option<Found> {
        let problem = state.problem;
        let mut best: Option<Found> = None;
        let mut n_equal = 0_usize;
        let most =
            counters[request as usize].saturating_mul(if state.bank.is_empty() { 4 } else { 2 });
        self.find_near(state, request);
        for at in 0..self.near.len() {
            let slot = self.near[at];
            self.order.clear();
            for stop in state.tours()[slot].visits().filter(|stop| stop % 2 == 1) {
                let one = request_of(stop);
                self.order.push((counters[one], one as u32));
            }
            self.order.sort_unstable();
            for first in 0..self.order.len() {
                let limit = best.as_ref().map_or(most, |found| found.sum);
                if self.order[first].0 > limit || state.work > end {
                    break;
                }
                for second in std::iter::once(None).chain((first + 1..self.order.len()).map(Some)) {
                    let limit = best.as_ref().map_or(most, |found| found.sum);
                    let sum =
                        self.order[first].0.saturating_add(second.map_or(0, |at| self.order[at].0));
                    if sum > limit || state.work > end {
                        break;
                    }
                    let out = [Some(self.order[first].1), second.map(|at| self.order[at].1)];
                    let is_gone = |one: usize| out.contains(&Some(one as u32));
                    state.work += 4 * state.tours()[slot].stops.len() as u64;
                    let tour = &state.tours()[slot];
                    if !self.without.fill_without(problem, tour, is_gone) {
                        continue;
                    }
                    let place = self.without.best_place(
                        problem,
                        request as usize,
                        f64::INFINITY,
                        &mut self.detours,
                    );
                    if !place.is_one() {
                        continue;
                    }
                    let is_less = best.as_ref().is_none_or(|found| sum < found.sum);
                    n_equal = if is_less { 1 } else { n_equal + 1 };
                    if is_less || random.below(n_equal) == 0 {
                        best = Some(Found { sum, slot, out, place });
                    }
                }
            }
        }
        best
    }

    /// Walks among plans with the same bank, whatever their length.
    fn shake<R: Rules>(&mut self, state: &mut State<'_, R>, random: &mut Random) {
        let bank = std::mem::take(&mut state.bank);
        state.keep();
        for _ in 0..SHAKES {
            self.ruin.strings(state, 6.0, random);
            self.recreate.greedy(state, 0.05, Spill::Bank, random);
            if state.bank.is_empty() && state.is_allowed() {
                state.keep();
            } else {
                state.undo();
            }
        }
        state.bank = bank;
        state.keep();
    }
}
