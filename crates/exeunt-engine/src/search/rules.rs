//! What a tour keeps besides windows, capacity and pairs: shared places, crews, loads, handovers (algorithms, sections 2.4
//! and 5.1).
//!
//! The operators ask whoever keeps such rules only where the rules can say no. That is a constant of their type, so for
//! [`Alone`], which has none, nothing of it is compiled.

use super::problem::Problem;
use super::tour::Tour;
use std::fmt::Debug;

/// Rules about what tours use beyond their own time and room. Tours are named by their content.
pub(super) trait Rules: Debug {
    /// Whether `takes` can say no.
    const CAN_REFUSE: bool;

    /// Books what a tour needs in place of what another one had, unless that is not to be had: then nothing changes.
    fn takes(&mut self, problem: &Problem, was: u64, tour: &Tour) -> bool;

    /// Has what was booked stand.
    fn keep(&mut self);

    /// Takes back what was booked since the last `keep`.
    fn undo(&mut self);

    /// Forgets all that is booked.
    fn clear(&mut self);
}

/// No rules: tours have nothing to do with one another.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Alone;

impl Rules for Alone {
    const CAN_REFUSE: bool = false;

    #[inline]
    fn takes(&mut self, _: &Problem, _: u64, _: &Tour) -> bool {
        true
    }

    #[inline]
    fn keep(&mut self) {}

    #[inline]
    fn undo(&mut self) {}

    #[inline]
    fn clear(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::super::cache::Cache;
    use super::super::lane::{Lane, Plan};
    use super::*;
    use crate::random::Random;
    use exeunt_model::pdptw::{Instance, Stop};

    /// Stops share docks, one service at a time in each: what a parking stand will be.
    #[derive(Debug, Clone, Default)]
    struct Docks {
        now: Vec<Use>,
        kept: Vec<Use>,
    }

    #[derive(Debug, Clone, Copy)]
    struct Use {
        dock: usize,
        from: f64,
        to: f64,
        content: u64,
    }

    const DOCKS: usize = 10;

    fn uses(problem: &Problem, tour: &Tour) -> Vec<Use> {
        let inner = tour.stops.iter().filter(|stop| stop.stop > 0);
        let a_use = |stop: &super::super::tour::Stop| Use {
            dock: stop.stop as usize % DOCKS,
            from: stop.ends - problem.asks[stop.stop as usize].service,
            to: stop.ends,
            content: tour.content,
        };
        inner.map(a_use).collect()
    }

    fn collide(a: &Use, b: &Use) -> bool {
        a.dock == b.dock && a.from < b.to && b.from < a.to
    }

    fn are_free(mine: &[Use], others: &[Use]) -> bool {
        let among = |at: usize| mine[..at].iter().any(|one| collide(one, &mine[at]));
        (0..mine.len()).all(|at| !among(at))
            && mine.iter().all(|one| others.iter().all(|other| !collide(one, other)))
    }

    impl Rules for Docks {
        const CAN_REFUSE: bool = true;

        fn takes(&mut self, problem: &Problem, was: u64, tour: &Tour) -> bool {
            let mine = uses(problem, tour);
            let others = self.now.iter().filter(|used| used.content != was);
            let others: Vec<Use> = others.copied().collect();
            let is_free = are_free(&mine, &others);
            if is_free {
                self.now = others;
                self.now.extend(mine);
            }
            is_free
        }

        fn keep(&mut self) {
            self.kept.clone_from(&self.now);
        }

        fn undo(&mut self) {
            self.now.clone_from(&self.kept);
        }

        fn clear(&mut self) {
            self.now.clear();
        }
    }

    /// Pairs on a line, all within the same hours, so that they meet at the docks.
    fn instance() -> Instance {
        let places: Vec<f64> = (0..41).map(|at| f64::from(at * 17 % 40)).collect();
        let stop = |at: usize| {
            let (demand, partner) = match at {
                0 => (0, 0),
                _ if at % 2 == 1 => (1, at + 1),
                _ => (-1, at - 1),
            };
            let service = if at == 0 { 0.0 } else { 9.0 };
            Stop { id: at as u64, demand, opens: 0.0, closes: 400.0, service, partner }
        };
        let travel = places.iter().flat_map(|a| places.iter().map(move |b| (a - b).abs()));
        Instance {
            name: "docks".to_owned(),
            capacity: 3,
            vehicles: None,
            stops: (0..41).map(stop).collect(),
            travel: travel.collect(),
        }
    }

    fn walked<R: Rules>(problem: &Problem, rules: R) -> (Plan, u64) {
        let mut lane = Lane::new(problem, 0, Cache::new(problem.n, 8, 1), rules);
        let bank: Vec<u32> = (0..problem.n as u32).collect();
        lane.start(&Plan { tours: Vec::new(), bank });
        let mut random = Random::new(1, 0, 0);
        // whom the docks leave over at first finds a place later
        lane.construct(&mut random);
        lane.fewer(200_000, &mut random);
        assert!(lane.best.bank.is_empty());
        let best = lane.best.clone();
        lane.start(&best);
        lane.shorter(200_000, 0.0, &mut random);
        lane.kick();
        for share in [0.0, 0.3, 0.9] {
            lane.shorter(200_000, share, &mut random);
        }
        (lane.best.clone(), lane.state.n_broken)
    }

    #[test]
    fn the_same_operators_keep_rules_that_tours_share() {
        let problem = Problem::new(&instance());
        let is_kept = |plan: &Plan| {
            let all: Vec<Use> = plan.tours.iter().flat_map(|tour| uses(&problem, tour)).collect();
            are_free(&all, &[])
        };
        let (free, _) = walked(&problem, Alone);
        let (docked, broken) = walked(&problem, Docks::default());
        assert!(!is_kept(&free), "the docks must bind for this test to say something");
        assert!(is_kept(&docked) && docked.bank.is_empty());
        assert_eq!(broken, 0);
        let served: usize = docked.tours.iter().map(Tour::requests).sum();
        assert_eq!(served, problem.n);
    }
}
