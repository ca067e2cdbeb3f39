//! Guided ejection: a request that finds no place throws those out whose counters add up to least.
//!
//! (Nagata and Braysy 2009 for windows alone; Curtois and others 2018 and Sartori and Buriol 2020 for pairs.) The bank is a
//! stack. What a tour would be without one or two of its requests is made once, then the place is found as anywhere else.
//! After each ejection requests are moved and exchanged at random, so that the next one meets other tours.

use super::problem::{delivery, pickup, request_of};
use super::rules::Rules;
use super::state::State;
use super::tour::{Place, Tour};
use crate::random::Random;

/// Random moves tried after an ejection, and the share of them that are not exchanges.
const MOVES: usize = 150;
const RELOCATES: f64 = 0.58;
/// Stops near either end of a request whose tours are looked at.
const NEAR: usize = 40;
/// Most work of a look for an ejection: pairs of a long tour are many.
const LOOK: u64 = 50_000;

/// Room to work in, and by request how often it found no place.
#[derive(Debug)]
pub(super) struct Eject {
    counters: Vec<u32>,
    without: Tour,
    order: Vec<(u32, u32)>,
    detours: Vec<(f64, f64)>,
    near: Vec<u32>,
}

/// Who goes out for whom, and where.
struct Found {
    sum: u32,
    slot: usize,
    out: [Option<u32>; 2],
    place: Place,
}

impl Eject {
    /// Makes one for so many requests.
    pub(super) fn new(requests: usize) -> Self {
        Self {
            counters: vec![1; requests],
            without: Tour::default(),
            order: Vec::new(),
            detours: Vec::new(),
            near: Vec::new(),
        }
    }

    /// Brings the top of the bank into a tour, for others if need be; `end` is the work after which to look no further.
    pub(super) fn round<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        end: u64,
        random: &mut Random,
    ) {
        let Some(request) = state.bank.pop() else { return };
        let best = state.best_tour(request as usize);
        if best.0.is_one() && state.insert(request as usize, best.1, best.0) {
            state.keep();
            return;
        }
        let own = &mut self.counters[request as usize];
        *own = own.saturating_add(1);
        match self.cheapest(state, request, end, random) {
            Some(found) => {
                match found.out {
                    [Some(one), Some(other)] => state.remove(found.slot, &[one, other]),
                    [one, other] => {
                        one.or(other).iter().for_each(|one| state.remove(found.slot, &[*one]));
                    }
                }
                if state.insert(request as usize, found.slot, found.place) && state.is_allowed() {
                    state.keep();
                } else {
                    state.undo();
                }
            }
            None => state.bank.push(request),
        }
        shake(state, random);
    }

    /// Finds the tours that come near a request, in any order.
    fn find_near<R: Rules>(&mut self, state: &State<'_, R>, request: u32, random: &mut Random) {
        let problem = state.problem;
        let ends = [pickup(request as usize), delivery(request as usize)];
        let stops = ends.iter().flat_map(|&end| problem.near(end).iter().take(NEAR));
        let slots = stops.filter_map(|&stop| state.slot_of(request_of(stop as usize)));
        self.near.clear();
        self.near.extend(slots.map(|slot| slot as u32));
        self.near.sort_unstable();
        self.near.dedup();
        random.shuffle(&mut self.near);
    }

    /// Finds the ejection of one or two requests of a tour with the least sum of counters, first among single ones; of
    /// equal ones any. Ends after so much work, or when the work of the state reaches `end`, with the best until then.
    fn cheapest<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        request: u32,
        end: u64,
        random: &mut Random,
    ) -> Option<Found> {
        let mut best: Option<Found> = None;
        let mut n_equal = 0_usize;
        let end = end.min(state.work + LOOK);
        let times = if state.bank.is_empty() { 4 } else { 2 };
        let most = self.counters[request as usize].saturating_mul(times);
        self.find_near(state, request, random);
        for is_pair in [false, true] {
            for at in 0..self.near.len() {
                let slot = self.near[at] as usize;
                self.sort(&state.tours()[slot]);
                for first in 0..self.order.len() {
                    let seconds = if is_pair { first + 1..self.order.len() } else { 0..1 };
                    for second in seconds {
                        let ((count, one), (more, other)) = (self.order[first], self.order[second]);
                        let sum = count.saturating_add(if is_pair { more } else { 0 });
                        let limit = best.as_ref().map_or(most, |found| found.sum);
                        if sum > limit || state.work > end {
                            break;
                        }
                        let out = [Some(one), is_pair.then_some(other)];
                        let Some(place) = self.place(state, request, slot, out) else { continue };
                        let is_less = best.as_ref().is_none_or(|found| sum < found.sum);
                        n_equal = if is_less { 1 } else { n_equal + 1 };
                        if is_less || random.below(n_equal) == 0 {
                            best = Some(Found { sum, slot, out, place });
                        }
                    }
                }
            }
        }
        best
    }

    /// Lists the requests of a tour by their counters.
    fn sort(&mut self, tour: &Tour) {
        self.order.clear();
        for stop in tour.visits().filter(|stop| stop % 2 == 1) {
            let request = request_of(stop);
            self.order.push((self.counters[request], request as u32));
        }
        self.order.sort_unstable();
    }

    /// Finds the place of a request in a tour without others.
    fn place<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        request: u32,
        slot: usize,
        out: [Option<u32>; 2],
    ) -> Option<Place> {
        state.work += 4 * state.tours()[slot].stops.len() as u64;
        let is_gone = |one: usize| out.contains(&Some(one as u32));
        if !self.without.fill_without(state.problem, &state.tours()[slot], is_gone) {
            return None;
        }
        let place = self.without.best_place(
            state.problem,
            request as usize,
            f64::INFINITY,
            &mut self.detours,
        );
        place.is_one().then_some(place)
    }
}

/// Walks among plans with the same bank, whatever their length.
fn shake<R: Rules>(state: &mut State<'_, R>, random: &mut Random) {
    let bank = std::mem::take(&mut state.bank);
    state.keep();
    for _ in 0..MOVES {
        // what finds nothing to do costs as well
        state.work += 8;
        let is_done = random_move(state, random);
        state.bank.clear();
        if is_done && state.is_allowed() {
            state.keep();
        } else {
            state.undo();
        }
    }
    state.bank = bank;
    state.keep();
}

/// Moves any request to the tour of one near it or exchanges the two; says whether all of that could be done.
fn random_move<R: Rules>(state: &mut State<'_, R>, random: &mut Random) -> bool {
    let problem = state.problem;
    let request = random.below(problem.n);
    let end = if random.below(2) == 0 { pickup(request) } else { delivery(request) };
    let near = problem.near(end);
    if near.is_empty() {
        return false;
    }
    let other = request_of(near[random.below(near.len().min(NEAR))] as usize);
    let (Some(from), Some(to)) = (state.slot_of(request), state.slot_of(other)) else {
        return false;
    };
    if to == from {
        return false;
    }
    if random.chance(RELOCATES) {
        let place = state.best_place(request, to, f64::INFINITY);
        if !place.is_one() {
            return false;
        }
        state.remove(from, &[request as u32]);
        return !state.tours()[from].is_empty() && state.insert(request, to, place);
    }
    state.remove(from, &[request as u32]);
    state.remove(to, &[other as u32]);
    let there = state.best_place(request, to, f64::INFINITY);
    if !there.is_one() {
        return false;
    }
    let here = state.best_place(other, from, f64::INFINITY);
    here.is_one() && state.insert(request, to, there) && state.insert(other, from, here)
}

#[cfg(test)]
mod tests {
    use super::super::cache::Cache;
    use super::super::drawn::instance;
    use super::super::problem::Problem;
    use super::super::rules::Alone;
    use super::*;

    #[test]
    fn ejections_lose_nobody_and_bring_everybody_in() {
        let mut n_brought_in = 0;
        for seed in 0..10 {
            let problem = Problem::new(&instance(20, seed, false));
            let mut state = State::new(&problem, 0, Cache::new(0, 0, 1), Alone);
            // a tour each, but for two requests that have to find a place
            let tours: Vec<Tour> = (0..20)
                .map(|request| {
                    let mut tour = Tour::default();
                    assert!(tour.fill(&problem, [pickup(request), delivery(request)].into_iter()));
                    tour
                })
                .collect();
            state.reset(tours[2..].iter(), &[0, 1]);
            let mut eject = Eject::new(20);
            let mut random = Random::new(seed, 0, 0);
            for _ in 0..200 {
                if state.bank.is_empty() && state.n_tours() > 1 {
                    let slot = random.below(state.n_tours());
                    let gone: Vec<u32> =
                        (0..20).filter(|one| state.slot_of(*one as usize) == Some(slot)).collect();
                    state.remove(slot, &gone);
                    state.keep();
                }
                eject.round(&mut state, u64::MAX, &mut random);
                let mut all: Vec<usize> = state.bank.iter().map(|one| *one as usize).collect();
                for tour in state.tours() {
                    assert!(Tour::default().fill(&problem, tour.visits()), "{seed}: late");
                    all.extend(tour.visits().filter(|stop| stop % 2 == 1).map(request_of));
                }
                all.sort_unstable();
                assert!(all.into_iter().eq(0..20), "{seed}: lost or served twice");
                n_brought_in += usize::from(state.bank.is_empty());
            }
            assert!(state.n_tours() < 15, "{seed}: {} tours", state.n_tours());
        }
        assert!(n_brought_in > 50, "{n_brought_in}");
    }

    #[test]
    fn who_counts_less_goes() {
        // two pairs of which a vehicle carries one at a time, and time for one
        let mut own = instance(2, 5, false);
        for stop in own.stops.iter_mut().skip(1) {
            stop.demand = if stop.demand > 0 { 20 } else { -20 };
            (stop.opens, stop.service) = (0.0, 10.0);
        }
        let problem = Problem::new(&own);
        let mut tour = Tour::default();
        assert!(tour.fill(&problem, [pickup(0), delivery(0)].into_iter()));
        // the vehicle is back from the first too late for the second
        let reaches = |stop: usize| problem.travel(0, stop);
        own.stops[3].closes = reaches(pickup(1)) + 1.0;
        own.stops[1].closes = reaches(pickup(0)) + 1.0;
        let problem = Problem::new(&own);
        let mut state = State::new(&problem, 0, Cache::new(0, 0, 1), Alone);
        assert!(tour.fill(&problem, [pickup(0), delivery(0)].into_iter()));
        state.reset([tour].iter(), &[1]);
        let mut eject = Eject::new(2);
        let mut random = Random::new(1, 0, 0);
        eject.round(&mut state, u64::MAX, &mut random);
        assert_eq!((state.bank.as_slice(), state.slot_of(1)), (&[0][..], Some(0)));
        // somebody who counts too much stays
        eject.counters[1] = 100;
        eject.round(&mut state, u64::MAX, &mut random);
        assert_eq!((state.bank.as_slice(), state.slot_of(1)), (&[0][..], Some(0)));
    }
}
