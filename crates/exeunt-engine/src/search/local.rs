//! Local moves on a new best: one request elsewhere, two requests exchanged, the ends of two tours exchanged.
//!
//! Ruin and recreation take strings; what these moves find is what strings seldom hit, above all ends of tours, exchanged
//! where both vehicles are empty (2-opt*; Potvin and Rousseau 1995). Tours that were looked at in the last descent are
//! looked at again only with new ones.

use super::problem::{delivery, pickup, request_of};
use super::rules::Rules;
use super::state::State;
use super::tour::{Place, SLACK, Tour};

/// Stops near either end of a request whose requests are tried in exchange.
const NEAR: usize = 12;

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct Local {
    /// Contents of the tours that have been looked at, with one another.
    seen: Vec<u64>,
    requests: Vec<u32>,
    tried: Vec<u32>,
    cuts: Vec<Cut>,
    one: Tour,
    other: Tour,
    detours: Vec<(f64, f64)>,
    visits: [Vec<usize>; 2],
}

/// A place of a tour where its vehicle is empty.
#[derive(Debug, Clone, Copy)]
struct Cut {
    slot: u32,
    after: u32,
}

/// Returns what a move has to better: tours with a stop, then their length.
fn value<R: Rules>(state: &State<'_, R>) -> (usize, f64) {
    let used = state.tours().iter().filter(|tour| !tour.is_empty());
    (used.count(), state.length())
}

/// Has a move stand if it could be done and is better by the sums themselves, else takes it back; says which.
fn settle<R: Rules>(state: &mut State<'_, R>, is_done: bool, was: (usize, f64)) -> bool {
    let (n, length) = value(state);
    let is_better = is_done && state.is_allowed() && (n < was.0 || (n == was.0 && length < was.1));
    if is_better {
        state.keep();
    } else {
        state.undo();
    }
    is_better
}

impl Local {
    /// Makes moves until none helps. Every move makes fewer tours or shorter ones, so this ends.
    pub(super) fn descend<R: Rules>(&mut self, state: &mut State<'_, R>) {
        loop {
            let tours = state.tours().iter().map(|tour| tour.content);
            let looked_at: Vec<u64> = tours.collect();
            let has_moved = self.relocate(state) | self.exchange(state) | self.exchange_ends(state);
            self.seen.clear();
            self.seen.extend(looked_at);
            self.seen.sort_unstable();
            if !has_moved {
                return;
            }
        }
    }

    fn is_new(&self, tour: &Tour) -> bool {
        self.seen.binary_search(&tour.content).is_err()
    }

    /// Lists the requests of tours that are new.
    fn list<R: Rules>(&mut self, state: &State<'_, R>) {
        self.requests.clear();
        for tour in state.tours() {
            if self.is_new(tour) {
                let pickups = tour.visits().filter(|stop| stop % 2 == 1);
                self.requests.extend(pickups.map(|stop| request_of(stop) as u32));
            }
        }
        self.requests.sort_unstable();
    }

    /// Moves single requests to where they add least.
    fn relocate<R: Rules>(&mut self, state: &mut State<'_, R>) -> bool {
        self.list(state);
        let mut has_moved = false;
        for at in 0..self.requests.len() {
            let request = self.requests[at];
            let Some(from) = state.slot_of(request as usize) else { continue };
            let value = value(state);
            let before = state.tours()[from].length;
            state.remove(from, &[request]);
            state.bank.pop();
            let best = state.best_tour(request as usize);
            let left = &state.tours()[from];
            let closes = left.is_empty() && best.1 != from;
            let gain = before - left.length - best.0.added;
            let is_good = best.0.is_one() && (gain > SLACK || closes);
            let is_done = is_good && state.insert(request as usize, best.1, best.0);
            has_moved |= settle(state, is_done, value);
        }
        has_moved
    }

    /// Exchanges requests that are near one another.
    fn exchange<R: Rules>(&mut self, state: &mut State<'_, R>) -> bool {
        self.list(state);
        let mut has_moved = false;
        for at in 0..self.requests.len() {
            let request = self.requests[at] as usize;
            if let Some((other, places)) = self.partner(state, request) {
                let (Some(a), Some(b)) = (state.slot_of(request), state.slot_of(other)) else {
                    continue;
                };
                let value = value(state);
                state.remove(a, &[request as u32]);
                state.remove(b, &[other as u32]);
                state.bank.clear();
                let is_done =
                    state.insert(other, a, places[0]) && state.insert(request, b, places[1]);
                has_moved |= settle(state, is_done, value);
            }
        }
        has_moved
    }

    /// Finds the request of another tour with which an exchange saves most.
    fn partner<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        request: usize,
    ) -> Option<(usize, [Place; 2])> {
        let problem = state.problem;
        let a = state.slot_of(request)?;
        let length = state.tours()[a].length;
        let _ = self.one.fill_without(problem, &state.tours()[a], |one| one == request);
        self.tried.clear();
        let mut best = None;
        let mut most = SLACK;
        let ends = [pickup(request), delivery(request)];
        for &stop in ends.iter().flat_map(|&end| problem.near(end).iter().take(NEAR)) {
            let other = request_of(stop as usize);
            let Some(b) = state.slot_of(other).filter(|slot| *slot != a) else { continue };
            if self.tried.contains(&(other as u32)) {
                continue;
            }
            self.tried.push(other as u32);
            state.work += 2 * state.tours()[b].stops.len() as u64;
            let tour = &state.tours()[b];
            let _ = self.other.fill_without(problem, tour, |one| one == other);
            let saved = length + tour.length - self.one.length - self.other.length;
            let there = self.one.best_place(problem, other, saved - most, &mut self.detours);
            if !there.is_one() {
                continue;
            }
            let left = saved - most - there.added;
            let here = self.other.best_place(problem, request, left, &mut self.detours);
            if !here.is_one() {
                continue;
            }
            let gain = saved - there.added - here.added;
            if gain > most {
                most = gain;
                best = Some((other, [there, here]));
            }
        }
        best
    }

    /// Exchanges what two tours do after a moment when both vehicles are empty.
    fn exchange_ends<R: Rules>(&mut self, state: &mut State<'_, R>) -> bool {
        let mut has_moved = false;
        while let Some([one, other]) = self.ends(state) {
            let value = value(state);
            let [first, second] = &mut self.visits;
            first.clear();
            second.clear();
            let (a, b) = (&state.tours()[one.slot as usize], &state.tours()[other.slot as usize]);
            let (at_a, at_b) = (one.after as usize, other.after as usize);
            first.extend(a.visits().take(at_a).chain(b.visits().skip(at_b)));
            second.extend(b.visits().take(at_b).chain(a.visits().skip(at_a)));
            let is_done = state.rewrite(one.slot as usize, first.iter().copied())
                && state.rewrite(other.slot as usize, second.iter().copied());
            if !settle(state, is_done, value) {
                break;
            }
            has_moved = true;
        }
        has_moved
    }

    /// Finds the exchange of ends that saves most; one that leaves a tour empty before all others. Of c places where
    /// vehicles are empty O(c^2).
    fn ends<R: Rules>(&mut self, state: &mut State<'_, R>) -> Option<[Cut; 2]> {
        let problem = state.problem;
        let tours = state.tours();
        self.cuts.clear();
        let is_new: Vec<bool> = tours.iter().map(|tour| self.is_new(tour)).collect();
        for (slot, tour) in tours.iter().enumerate() {
            let empty = tour.stops[..tour.stops.len() - 1].iter().enumerate();
            let empty = empty.filter(|(_, stop)| stop.load == 0);
            self.cuts.extend(empty.map(|(at, _)| Cut { slot: slot as u32, after: at as u32 }));
        }
        let mut best = None;
        let mut most = SLACK;
        for (number, &one) in self.cuts.iter().enumerate() {
            let tour = &tours[one.slot as usize];
            let (a, next_a) =
                (&tour.stops[one.after as usize], &tour.stops[one.after as usize + 1]);
            for &other in &self.cuts[number + 1..] {
                let with = &tours[other.slot as usize];
                let either_is_new = is_new[one.slot as usize] || is_new[other.slot as usize];
                if other.slot == one.slot || !either_is_new {
                    continue;
                }
                let (b, next_b) =
                    (&with.stops[other.after as usize], &with.stops[other.after as usize + 1]);
                let there = problem.travel(a.stop as usize, next_b.stop as usize);
                let back = problem.travel(b.stop as usize, next_a.stop as usize);
                // one tour does what both did
                let closes = (a.stop == 0 && next_b.stop == 0) || (b.stop == 0 && next_a.stop == 0);
                let gain = a.leg + b.leg - there - back + if closes { 1e12 } else { 0.0 };
                if gain > most && a.ends + there <= next_b.latest && b.ends + back <= next_a.latest
                {
                    most = gain;
                    best = Some([one, other]);
                }
            }
        }
        state.work += (self.cuts.len() * self.cuts.len()) as u64 / 16;
        best
    }
}

#[cfg(test)]
mod tests {
    use super::super::cache::Cache;
    use super::super::drawn::instance;
    use super::super::problem::Problem;
    use super::super::rules::Alone;
    use super::*;

    fn state(problem: &Problem) -> State<'_> {
        State::new(problem, 0, Cache::new(0, 0, 1), Alone)
    }

    fn descended(problem: &Problem, tours: &[&[usize]]) -> (usize, f64, f64) {
        let tour = |requests: &&[usize]| {
            let mut tour = Tour::default();
            let visits = requests.iter().flat_map(|r| [pickup(*r), delivery(*r)]);
            assert!(tour.fill(problem, visits), "the given tours are in time");
            tour
        };
        let tours: Vec<Tour> = tours.iter().map(tour).collect();
        let mut state = state(problem);
        state.reset(tours.iter(), &[]);
        let before = state.length();
        Local::default().descend(&mut state);
        for tour in state.tours() {
            let mut anew = Tour::default();
            assert!(anew.fill(problem, tour.visits()));
        }
        let served: usize = state.tours().iter().map(Tour::requests).sum();
        assert_eq!(served, tours.iter().map(Tour::requests).sum::<usize>());
        (state.n_tours(), before, state.length())
    }

    #[test]
    fn what_two_empty_vehicles_do_next_is_exchanged() {
        // a line: west is nearer to west; after the first request of each tour the vehicles cross the map for nothing.
        // Windows let nobody but the second ones be served second, and no vehicle holds two requests at once.
        let mut own = instance(4, 1, false);
        let places = [0.0, -50.0, -60.0, 50.0, 60.0, -61.0, -70.0, 61.0, 70.0];
        own.capacity = 1;
        for (at, stop) in own.stops.iter_mut().enumerate() {
            stop.demand = stop.demand.signum();
            stop.service = 0.0;
            (stop.opens, stop.closes) = match at {
                0 => (0.0, 1_000.0),
                1..5 => (0.0, 100.0),
                _ => (100.0, 1_000.0),
            };
        }
        own.travel =
            places.iter().flat_map(|a| places.iter().map(move |b| f64::abs(a - b))).collect();
        let problem = Problem::new(&own);
        let (n, before, after) = descended(&problem, &[&[0, 3], &[1, 2]]);
        assert_eq!((n, before, after), (2, 520.0, 280.0));
    }

    #[test]
    fn a_descent_never_makes_tours_longer_or_more() {
        let mut gains = 0;
        for seed in 0..20 {
            let problem = Problem::new(&instance(12, seed, false));
            let alone: Vec<[usize; 1]> = (0..problem.n).map(|request| [request]).collect();
            let tours: Vec<&[usize]> = alone.iter().map(|one| &one[..]).collect();
            let (n, before, after) = descended(&problem, &tours);
            assert!(n <= problem.n && after <= before);
            gains += usize::from(n < problem.n);
        }
        assert_eq!(gains, 20);
    }

    #[test]
    fn a_gain_that_is_only_rounding_is_none() {
        // far from the depot a + b - b - a comes out as 1.2e-7, whichever way the ends stand
        let mut own = instance(4, 1, false);
        let far = [(324_520_235.0, 572_492_104.0), (371_886_338.0, 488_530_650.0)];
        let at = |stop: usize| match stop {
            0..5 => (0.0, 0.0),
            _ => far[usize::from(stop > 6)],
        };
        own.capacity = 1;
        for (number, stop) in own.stops.iter_mut().enumerate() {
            stop.demand = stop.demand.signum();
            stop.service = 0.0;
            (stop.opens, stop.closes) = match number {
                0 => (-1e9, 1e10),
                1..5 => (0.0, 0.0),
                _ => (0.0, 700_000_000.0),
            };
        }
        let length = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
        own.travel = (0..9).flat_map(|a| (0..9).map(move |b| length(at(a), at(b)))).collect();
        let problem = Problem::new(&own);
        let (n, before, after) = descended(&problem, &[&[0, 2], &[1, 3]]);
        assert!(n == 2 && after <= before);
    }
}
