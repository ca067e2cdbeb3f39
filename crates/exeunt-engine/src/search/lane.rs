//! A lane: one walk over tours, by ruin and recreation, for an epoch's worth of work.
//!
//! Two walks share the operators. `fewer` closes a tour and tries to bring its requests into the others; who has been left
//! over often counts more (absence counters; Christiaens and Vanden Berghe 2020, section 5.4), and when that does not end,
//! others are thrown out for them (guided ejection; Nagata and Braysy 2009). `shorter` anneals the length, round by round:
//! few tours hold one another so tightly that annealing alone hardly leaves the plan it began with, so a round opens one tour
//! more, walks with it for a while, and closes it as `fewer` does (a kick, as in iterated local search).

use super::cache::Cache;
use super::eject::Eject;
use super::local::Local;
use super::problem::{Problem, request_of};
use super::recreate::{Recreate, Spill};
use super::ruin::Ruin;
use super::rules::{Alone, Rules};
use super::state::State;
use super::tour::Tour;
use crate::random::Random;

/// How a lane walks; lanes differ, since classes of problems ask for different ones (algorithms, section 5.4).
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Requests taken out on average.
    pub(super) mean: f64,
    /// Probability that a tour is not looked at.
    pub(super) blink: f64,
    /// Temperature at the start of a round, in mean legs of a tour.
    pub(super) heat: f64,
}

/// Walks without an end of the bank after which requests are thrown out, for each request of a tour.
const PATIENCE: u64 = 100;
/// Work of throwing requests out before fitting is tried again.
const EJECTS: u64 = 60_000_000;
/// Temperature of the walk with a tour more, in mean legs.
const OPEN_HEAT: f64 = 2.0;
/// Share of a round by which the tour more is closed, or is given up.
const CLOSES: f64 = 0.6;
/// Part of an epoch that a walk with a tour more takes at least; half as long after one that was not closed, longer by half
/// after one that was.
const OPENS_LEAST: u64 = 64;
/// Temperature at the end of a round, in mean legs.
const COLD: f64 = 0.01;
/// Times in an epoch at which the tours of the walk are seen by the pool.
const SAMPLES: u64 = 8;

pub(super) const STYLES: [Style; 4] = [
    Style { mean: 10.0, blink: 0.02, heat: 0.15 },
    Style { mean: 15.0, blink: 0.05, heat: 0.6 },
    Style { mean: 20.0, blink: 0.10, heat: 0.9 },
    Style { mean: 6.0, blink: 0.01, heat: 0.1 },
];

/// Tours that serve all requests they are about but those in the bank.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) tours: Vec<Tour>,
    pub(super) bank: Vec<u32>,
}

impl Plan {
    pub(super) fn length(&self) -> f64 {
        self.tours.iter().map(|tour| tour.length).sum()
    }

    /// Fewer left over first, then fewer tours, then shorter.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let key = |plan: &Self| (plan.bank.len(), plan.tours.len());
        match key(self).cmp(&key(other)) {
            std::cmp::Ordering::Equal => self.length() < other.length(),
            order => order.is_lt(),
        }
    }
}

/// Where a lane is in its round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Opening,
    Closing,
    Annealing,
}

/// A lane.
#[derive(Debug)]
pub(super) struct Lane<'p, R = Alone> {
    pub(super) state: State<'p, R>,
    pub(super) style: Style,
    pub(super) best: Plan,
    /// By request: how often it was left over.
    pub(super) absences: Vec<u32>,
    ruin: Ruin,
    recreate: Recreate,
    eject: Eject,
    local: Local,
    left_over: Vec<u32>,
    /// Tours that the walk had at some moments of the epoch, for the pool.
    pub(super) seen: Vec<Tour>,
    /// Walks without an improvement of the bank since the last.
    stalled: u64,
    /// The work at which requests are no longer thrown out for others.
    ejects_until: u64,
    stage: Stage,
    /// Work of a walk with a tour more.
    opens: u64,
    pub(super) iterations: u64,
}

impl<'p, R: Rules> Lane<'p, R> {
    pub(super) fn new(problem: &'p Problem, number: usize, cache: Cache, rules: R) -> Self {
        Self {
            state: State::new(problem, (number as u64) << 48, cache, rules),
            style: STYLES[number % STYLES.len()],
            best: Plan::default(),
            absences: vec![1; problem.n],
            ruin: Ruin::default(),
            recreate: Recreate::default(),
            eject: Eject::new(problem.n),
            local: Local::default(),
            left_over: Vec::new(),
            seen: Vec::new(),
            stalled: 0,
            ejects_until: 0,
            stage: Stage::Annealing,
            opens: u64::MAX,
            iterations: 0,
        }
    }

    /// Walks on from a plan.
    pub(super) fn start(&mut self, plan: &Plan) {
        self.state.reset(plan.tours.iter(), &plan.bank);
        self.best.clone_from(plan);
        self.stage = Stage::Annealing;
        self.be_patient();
    }

    /// Goes back to the best and begins a round with a tour more.
    pub(super) fn kick(&mut self) {
        self.state.reset(self.best.tours.iter(), &self.best.bank);
        self.stage = Stage::Opening;
        self.be_patient();
    }

    fn be_patient(&mut self) {
        self.stalled = 0;
        self.ejects_until = 0;
    }

    /// Makes a plan out of nothing: one request after the other where it adds least, else in a tour of its own.
    pub(super) fn construct(&mut self, random: &mut Random) {
        self.recreate.greedy(&mut self.state, 0.0, Spill::Tour, random);
        self.state.keep();
        self.remember();
    }

    fn remember(&mut self) {
        self.best.tours.clear();
        self.best.tours.extend_from_slice(self.state.tours());
        self.best.bank.clone_from(&self.state.bank);
    }

    /// Walks for so much work to do with a tour less, again and again.
    pub(super) fn fewer(&mut self, work: u64, random: &mut Random) {
        let end = self.state.work + work;
        while self.state.work < end {
            if self.state.bank.is_empty() {
                if self.state.n_tours() <= 1 {
                    return;
                }
                self.close_a_tour();
            }
            self.bring_in(end, random);
            if self.state.bank.is_empty() {
                self.remember();
                self.be_patient();
            }
        }
    }

    /// Tries once to bring requests of the bank in, by fitting or by throwing others out.
    fn bring_in(&mut self, end: u64, random: &mut Random) {
        if self.state.work < self.ejects_until {
            self.eject.round(&mut self.state, end, random);
        } else {
            self.fit(random);
            if self.stalled > self.patience() {
                self.stalled = 0;
                self.ejects_until = self.state.work + EJECTS;
            }
        }
        self.iterations += 1;
        // what finds nothing to do ends all the same
        self.state.work += 8;
    }

    /// Walks without an end of the bank after which requests are thrown out: the longer the tours are, the better does
    /// fitting do.
    fn patience(&self) -> u64 {
        let requests: usize = self.state.tours().iter().map(Tour::requests).sum();
        PATIENCE * (requests / self.state.n_tours().max(1)) as u64
    }

    /// Puts the requests of the tour that was left over least into the bank.
    fn close_a_tour(&mut self) {
        let sum = |tour: &Tour| -> u64 {
            tour.visits().map(|stop| u64::from(self.absences[request_of(stop)])).sum()
        };
        let sums = self.state.tours().iter().enumerate().map(|(slot, tour)| (sum(tour), slot));
        if let Some((_, slot)) = sums.min() {
            self.take_apart(slot);
        }
    }

    /// Puts the requests of the tour that has fewest into the bank.
    fn close_the_smallest(&mut self) {
        let sizes = self.state.tours().iter().map(Tour::requests).enumerate();
        if let Some((slot, _)) = sizes.min_by_key(|(slot, size)| (*size, *slot)) {
            self.take_apart(slot);
        }
    }

    fn take_apart(&mut self, slot: usize) {
        let mut requests: Vec<u32> = self.state.tours()[slot]
            .visits()
            .filter(|stop| stop % 2 == 1)
            .filter_map(|stop| u32::try_from(request_of(stop)).ok())
            .collect();
        requests.sort_unstable();
        self.state.remove(slot, &requests);
        self.state.keep();
    }

    fn absence(&self, bank: &[u32]) -> u64 {
        bank.iter().map(|request| u64::from(self.absences[*request as usize])).sum()
    }

    /// One ruin and recreation that may leave requests over.
    fn fit(&mut self, random: &mut Random) {
        self.left_over.clone_from(&self.state.bank);
        let before = self.state.length();
        self.ruin.strings(&mut self.state, self.style.mean, random);
        self.recreate.greedy(&mut self.state, self.style.blink, Spill::Bank, random);
        let (n, was) = (self.state.bank.len(), self.left_over.len());
        let (sum, was_sum) = (self.absence(&self.state.bank), self.absence(&self.left_over));
        self.stalled = if n < was { 0 } else { self.stalled + 1 };
        for request in &self.state.bank {
            let count = &mut self.absences[*request as usize];
            *count = count.saturating_add(1);
        }
        let is_as_good = n == was && sum == was_sum && {
            let legs = self.mean_leg();
            self.state.length() < before - legs * libm::log(random.unit().max(1e-300))
        };
        if self.state.is_allowed() && (n < was || sum < was_sum || is_as_good) {
            self.state.keep();
        } else {
            self.state.undo();
        }
    }

    fn mean_leg(&self) -> f64 {
        let stops: usize = self.state.tours().iter().map(|tour| tour.stops.len()).sum();
        self.state.length() / stops.max(1) as f64
    }

    /// Walks for so much work of a round, of which `share` is over.
    pub(super) fn shorter(&mut self, work: u64, share: f64, random: &mut Random) {
        let end = self.state.work + work;
        self.seen.clear();
        if self.stage == Stage::Opening {
            self.opens = self.opens.clamp(work / OPENS_LEAST, work);
            self.anneal(self.state.work + self.opens, OPEN_HEAT, Spill::Tour, random);
            self.stage = Stage::Closing;
        }
        if self.stage == Stage::Closing {
            self.close(end, share < CLOSES, random);
        }
        if self.stage == Stage::Annealing {
            let heat = self.style.heat * libm::exp(share * libm::log(COLD / self.style.heat));
            self.anneal(end, heat, Spill::Bank, random);
        }
    }

    /// Closes tours until there are as many as in the best; goes back to it if it may not go on before that.
    fn close(&mut self, end: u64, may_go_on: bool, random: &mut Random) {
        while may_go_on && self.state.work < end {
            if self.state.bank.is_empty() {
                if self.state.n_tours() <= self.best.tours.len() {
                    self.stage = Stage::Annealing;
                    self.opens = self.opens * 3 / 2;
                    return;
                }
                self.close_the_smallest();
                self.be_patient();
            }
            self.bring_in(end, random);
        }
        if !may_go_on {
            self.opens /= 2;
            self.state.reset(self.best.tours.iter(), &[]);
            self.stage = Stage::Annealing;
        }
    }

    /// Anneals up to some work; `heat` is the temperature in mean legs. Who finds no place has the candidate refused, or gets
    /// the one tour more that there may be then.
    fn anneal(&mut self, end: u64, heat: f64, spill: Spill, random: &mut Random) {
        let work = end.saturating_sub(self.state.work);
        let temperature = heat * self.mean_leg();
        let most = self.best.tours.len() + usize::from(spill == Spill::Tour);
        let mut best = self.best.length();
        let mut current = self.state.length();
        let mut is_better = false;
        let mut sample = self.state.work + work / SAMPLES;
        while self.state.work < end {
            self.ruin.strings(&mut self.state, self.style.mean, random);
            self.recreate.greedy(&mut self.state, self.style.blink, spill, random);
            let length = self.state.length();
            let limit = current - temperature * libm::log(random.unit().max(1e-300));
            let is_whole = self.state.bank.is_empty() && self.state.n_tours() <= most;
            if is_whole && length < limit && self.state.is_allowed() {
                self.state.keep();
                current = length;
                if self.state.work >= sample {
                    sample = self.state.work + work / SAMPLES;
                    self.seen.extend_from_slice(self.state.tours());
                }
                let (n, n_best) = (self.state.n_tours(), self.best.tours.len());
                if n < n_best || (length < best && n == n_best) {
                    self.remember();
                    best = length;
                    is_better = true;
                }
            } else {
                self.state.undo();
            }
            self.iterations += 1;
            // what finds nothing to do ends all the same
            self.state.work += 8;
        }
        if is_better {
            self.improve();
        }
    }

    /// Makes local moves on the best and goes back to where the walk is.
    fn improve(&mut self) {
        let here = self.state.tours().to_vec();
        self.state.reset(self.best.tours.iter(), &[]);
        self.local.descend(&mut self.state);
        self.remember();
        self.state.reset(here.iter(), &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::instance;
    use super::*;

    #[test]
    fn a_round_opens_a_tour_closes_it_and_never_makes_the_best_worse() {
        let (mut n_opened, mut n_shorter) = (0, 0);
        for seed in 0..6 {
            let problem = Problem::new(&instance(24, seed, false));
            let mut lane = Lane::new(&problem, 0, Cache::new(0, 0, 1), Alone);
            let mut random = Random::new(seed, 0, 0);
            lane.start(&Plan { tours: Vec::new(), bank: (0..24).collect() });
            lane.construct(&mut random);
            lane.fewer(400_000, &mut random);
            let plan = lane.best.clone();
            lane.start(&plan);
            for _ in 0..8 {
                let was = lane.best.clone();
                lane.kick();
                for share in [0.0, 0.2, 0.4, 0.6, 0.8] {
                    lane.shorter(60_000, share, &mut random);
                    let mut all: Vec<usize> =
                        lane.state.bank.iter().map(|one| *one as usize).collect();
                    for tour in lane.state.tours() {
                        assert!(Tour::default().fill(&problem, tour.visits()), "{seed}: late");
                        all.extend(tour.visits().filter(|stop| stop % 2 == 1).map(request_of));
                    }
                    all.sort_unstable();
                    assert!(all.into_iter().eq(0..24), "{seed}: lost or served twice");
                    n_opened += usize::from(lane.state.n_tours() > lane.best.tours.len());
                    assert!(!was.is_better_than(&lane.best), "{seed}: worse");
                }
                assert!(lane.state.bank.is_empty(), "{seed}: given up, so back to the best");
                assert_eq!(lane.state.n_tours(), lane.best.tours.len(), "{seed}");
                n_shorter += usize::from(lane.best.is_better_than(&was));
            }
        }
        assert!(n_opened > 0 && n_shorter > 0, "{n_opened} {n_shorter}");
    }
}
