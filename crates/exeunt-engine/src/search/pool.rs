//! The pool of tours that the lanes have had, and the best choice among them (algorithms, section 3.8).

use super::lane::Plan;
use super::partition::{Column, partition};
use super::problem::{Problem, request_of};
use super::tour::Tour;
use std::collections::BTreeMap;

/// Most tours kept; the older half goes when there are more.
const MOST: usize = 20_000;
/// Most tours to choose from, and most pairs of a tour and somebody whom it serves: the work of a choice.
const CHOICE: usize = 1_500;
const CHOICE_STOPS: usize = 60_000;
/// Most nodes of a choice.
const NODES: u64 = 60;

/// Tours, the shortest of each set of requests.
#[derive(Debug, Default)]
pub(super) struct Pool {
    tours: Vec<Kept>,
    /// By requests, the number of their tour.
    known: BTreeMap<Vec<u32>, usize>,
    requests: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Kept {
    requests: Vec<u32>,
    visits: Vec<usize>,
    length: f64,
    /// When it was seen last.
    epoch: u64,
}

impl Pool {
    /// Keeps tours that are in use in an epoch.
    pub(super) fn note(&mut self, tours: &[Tour], epoch: u64) {
        for tour in tours {
            self.requests.clear();
            let pickups = tour.visits().filter(|stop| stop % 2 == 1);
            self.requests.extend(pickups.map(|stop| request_of(stop) as u32));
            self.requests.sort_unstable();
            if let Some(&at) = self.known.get(&self.requests) {
                let kept = &mut self.tours[at];
                kept.epoch = epoch;
                if tour.length < kept.length {
                    kept.length = tour.length;
                    kept.visits.clear();
                    kept.visits.extend(tour.visits());
                }
                continue;
            }
            self.known.insert(self.requests.clone(), self.tours.len());
            let (requests, visits) = (self.requests.clone(), tour.visits().collect());
            self.tours.push(Kept { requests, visits, length: tour.length, epoch });
        }
        if self.tours.len() > MOST {
            self.forget();
        }
    }

    /// Forgets the older half.
    fn forget(&mut self) {
        self.tours.sort_by_key(|kept| std::cmp::Reverse(kept.epoch));
        self.tours.truncate(MOST / 2);
        let tours = self.tours.iter().enumerate();
        self.known = tours.map(|(at, kept)| (kept.requests.clone(), at)).collect();
    }

    /// Returns the best plan of tours of the pool that the solver finds, if it is better than the one given, whose tours
    /// are in the pool.
    pub(super) fn choose(&self, problem: &Problem, best: &Plan) -> Option<Plan> {
        let mut newest: Vec<usize> = (0..self.tours.len()).collect();
        newest.sort_by_key(|at| (std::cmp::Reverse(self.tours[*at].epoch), *at));
        let own = best.tours.iter().filter_map(|tour| {
            let mut requests: Vec<u32> =
                tour.visits().filter(|s| s % 2 == 1).map(|s| request_of(s) as u32).collect();
            requests.sort_unstable();
            self.known.get(&requests).copied()
        });
        let mut taken: Vec<usize> = own.collect();
        let n_own = taken.len();
        if n_own < best.tours.len() {
            return None;
        }
        let mut is_taken = vec![false; self.tours.len()];
        taken.iter().for_each(|at| is_taken[*at] = true);
        let mut stops: usize = taken.iter().map(|at| self.tours[*at].requests.len()).sum();
        for at in newest {
            let more = self.tours[at].requests.len();
            if taken.len() >= CHOICE || stops + more > CHOICE_STOPS {
                break;
            }
            if !std::mem::replace(&mut is_taken[at], true) {
                taken.push(at);
                stops += more;
            }
        }
        // a tour less is worth more than any length; costs do not depend on the unit of length
        let whole = best.length().max(f64::MIN_POSITIVE);
        let columns: Vec<Column> = taken
            .iter()
            .map(|at| &self.tours[*at])
            .map(|kept| Column { requests: kept.requests.clone(), cost: 1.0 + kept.length / whole })
            .collect();
        let start: Vec<usize> = (0..n_own).collect();
        let chosen = partition(problem.n, &columns, &start, NODES)?;
        let mut plan = Plan::default();
        for at in chosen {
            let mut tour = Tour::default();
            if !tour.fill(problem, self.tours[taken[at]].visits.iter().copied()) {
                return None;
            }
            plan.tours.push(tour);
        }
        plan.is_better_than(best).then_some(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::instance;
    use super::super::problem::{delivery, pickup};
    use super::*;

    fn tour(problem: &Problem, requests: &[usize]) -> Tour {
        let mut tour = Tour::default();
        let visits = requests.iter().flat_map(|request| [pickup(*request), delivery(*request)]);
        let _ = tour.fill(problem, visits);
        tour
    }

    #[test]
    fn tours_of_different_plans_are_put_together() {
        // windows and loads are wide open: what is asked is only what is shorter
        let mut own = instance(4, 3, false);
        for stop in &mut own.stops {
            (stop.opens, stop.closes) = (0.0, 1e6);
        }
        let problem = Problem::new(&own);
        let of = |sets: &[&[usize]]| Plan {
            tours: sets.iter().map(|requests| tour(&problem, requests)).collect(),
            bank: Vec::new(),
        };
        let plans = [of(&[&[0], &[1], &[2, 3]]), of(&[&[0, 1], &[2], &[3]])];
        let mut pool = Pool::default();
        plans.iter().for_each(|plan| pool.note(&plan.tours, 0));
        let chosen = pool.choose(&problem, &plans[0]).expect("two tours do");
        assert_eq!(chosen.tours.len(), 2);
        // nothing better than the best is nothing
        assert!(pool.choose(&problem, &chosen).is_none());
        // a plan whose tours are not all in the pool is no start
        assert!(pool.choose(&problem, &of(&[&[0, 2], &[1, 3]])).is_none());
    }

    #[test]
    fn the_older_half_is_forgotten() {
        let problem = Problem::new(&instance(30, 1, false));
        let mut pool = Pool::default();
        pool.note(&[tour(&problem, &[0])], 0);
        let mut epoch = 0;
        for a in 0..30 {
            for b in a + 1..30 {
                for c in b + 1..30 {
                    // 27,405 tours of four
                    epoch += 1;
                    let fours = (c + 1..30).map(|d| tour(&problem, &[a, b, c, d]));
                    pool.note(&fours.collect::<Vec<_>>(), epoch);
                }
            }
        }
        assert!(pool.tours.len() <= MOST && pool.known.len() == pool.tours.len());
        assert!(
            !pool.known.contains_key(&vec![0]) && pool.known.contains_key(&vec![26, 27, 28, 29])
        );
    }
}
