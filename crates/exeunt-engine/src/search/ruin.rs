//! Ruins: which requests are taken out (adjacent strings; Christiaens and Vanden Berghe 2020, section 5.1, with pairs).

use super::problem::{Problem, delivery, pickup, request_of};
use super::rules::Rules;
use super::state::State;
use crate::random::Random;

/// Longest string that is taken out of a tour.
const LONGEST: usize = 10;
/// Probability that a string keeps some stops in its middle, how many at least, and the probability that it keeps one more
/// (the paper keeps 1, and one more with 0.01; that was no better here).
const SPLIT: f64 = 0.5;
const KEPT: usize = 2;
const KEEPS_ONE_MORE: f64 = 0.5;

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct Ruin {
    gone: Vec<u32>,
    used: Vec<usize>,
}

impl Ruin {
    /// Takes about `mean` requests out, in strings of stops near one another, one per tour.
    pub(super) fn strings<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        mean: f64,
        random: &mut Random,
    ) {
        let problem = state.problem;
        let n_tours = state.n_tours();
        if n_tours == 0 {
            return;
        }
        let stops: usize = state.tours().iter().map(|tour| 2 * tour.requests()).sum();
        let usual = stops as f64 / n_tours as f64;
        let longest = usual.min(LONGEST as f64).max(1.0);
        // each stop takes its pair along, so strings hold half as many stops as requests are to go
        let strings = (4.0 * mean / (1.0 + longest) - 1.0).max(1.0);
        let strings = (random.unit() * strings + 1.0) as usize;
        let seed = any_stop(state, random);
        self.used.clear();
        self.string(state, seed, longest, random);
        for &stop in problem.near(seed) {
            if self.used.len() >= strings {
                break;
            }
            self.string(state, stop as usize, longest, random);
        }
    }

    /// Takes a string that holds a stop out of its tour, unless one of the tour has gone already.
    fn string<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        stop: usize,
        longest: f64,
        random: &mut Random,
    ) {
        let Some(slot) = state.slot_of(request_of(stop)) else { return };
        if self.used.contains(&slot) {
            return;
        }
        self.used.push(slot);
        let tour = &state.tours()[slot];
        let inner = tour.stops.len() - 2;
        let most = longest.min(inner as f64);
        let length = (random.unit() * most + 1.0) as usize;
        let length = length.min(inner);
        let mut kept = 0;
        if length > 1 && length < inner && random.chance(SPLIT) {
            kept = KEPT.min(inner - length);
            while length + kept < inner && random.chance(KEEPS_ONE_MORE) {
                kept += 1;
            }
        }
        let span = length + kept;
        // a window of `span` stops around the stop
        let at = state.at(stop);
        let first = at.saturating_sub(span - 1).max(1);
        let last = at.min(inner + 1 - span);
        let from = first + random.below(last.max(first) - first + 1);
        let hole = from + if kept > 0 { random.below(length) + 1 } else { length };
        self.gone.clear();
        for place in from..from + span {
            if place >= hole && place < hole + kept {
                continue;
            }
            let request = request_of(tour.stops[place].stop as usize) as u32;
            if !self.gone.contains(&request) {
                self.gone.push(request);
            }
        }
        let gone = std::mem::take(&mut self.gone);
        state.remove(slot, &gone);
        self.gone = gone;
    }
}

/// Returns a stop of some tour, each with the same probability.
fn any_stop<R: Rules>(state: &State<'_, R>, random: &mut Random) -> usize {
    let total: usize = state.tours().iter().map(|tour| 2 * tour.requests()).sum();
    if total == 0 {
        return 1;
    }
    let mut at = random.below(total);
    for tour in state.tours() {
        let here = 2 * tour.requests();
        if at < here {
            return tour.stops[at + 1].stop as usize;
        }
        at -= here;
    }
    1
}

/// Returns how far a request is from the depot.
pub(super) fn far(problem: &Problem, request: usize) -> f64 {
    problem.travel(0, pickup(request)).max(problem.travel(delivery(request), 0))
}
