//! The search: pickup and delivery with time windows by ruin and recreation, in lanes and epochs.
//!
//! An epoch is so much work per lane, counted in stops looked at; no clock is read here. Lanes differ in style and in their
//! random numbers and meet at the end of each epoch, in their order, so threads only decide how many walk at the same time.
//! Small problems are walked whole by every lane; of large ones each lane has a part of the tours for some epochs
//! (algorithms, sections 3.6 to 3.10 and 5).
#![expect(
    clippy::cast_possible_truncation,
    reason = "stops, tours and requests are counted by u32: 10,000 stops at most are read"
)]

mod cache;
#[cfg(test)]
#[path = "../../tests/it/drawn.rs"]
mod drawn;
mod eject;
mod hot;
mod lane;
mod local;
mod partition;
mod parts;
mod pool;
mod problem;
mod recreate;
mod ruin;
mod rules;
mod state;
mod tour;

use crate::random::Random;
use crate::threads::side_by_side;
use cache::Cache;
use exeunt_model::pdptw::{Instance, Routes};
#[doc(hidden)]
pub use hot::{Hot, hot};
use lane::{Lane, Plan};
pub use partition::SOLVER;
use pool::Pool;
use problem::Problem;
use rules::Alone;
use std::collections::BTreeSet;
use tour::Tour;

/// Epochs before the budget is known.
pub const WARM_UP: u64 = 8;
/// Share of the epochs that go into fewer tours first, of small problems and of large ones, and how many requests these have.
const FLEET_SHARES: (f64, f64) = (0.4, 0.7);
const SMALL_AND_LARGE: (usize, usize) = (60, 240);
/// Epochs without a tour less after which lanes change between parts and the whole.
const BARREN: u64 = 12;
/// Requests per lane above which lanes take parts.
const WHOLE: usize = 60;
/// Tours per lane below which they do not: of few tours one is seldom saved.
const OF_A_PART: usize = 4;
/// Epochs for which a lane keeps its part while it looks for fewer tours; for less length it keeps it for a round.
const BLOCK: u64 = 2;
/// Epochs of a round of the walk for less length.
const ROUND: u64 = 5;
/// Epochs between two choices among all tours; twice as many each time that a choice is not better.
const CHOICE_GAP: u64 = 6;
/// Epochs after which the worst lane starts from the best.
const RESTART: u64 = 20;

/// What to search, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// Seed.
    pub seed: u64,
    /// Walks side by side; part of the result.
    pub lanes: usize,
    /// Lanes that run at the same time; never changes the result.
    pub threads: usize,
    /// Epochs to plan for; none: the caller says after the warm-up.
    pub budget: Option<u64>,
    /// Work of a lane in an epoch, in stops looked at; local moves on a new best come on top.
    pub work: u64,
    /// Whether best places are kept; never changes the result.
    pub cache: bool,
    /// Whether the tours that lanes have had are put together anew by a solver of integer programs.
    pub pool: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            seed: 1,
            lanes: 4,
            threads: 1,
            budget: None,
            work: 6_000_000,
            cache: true,
            pool: true,
        }
    }
}

/// What is to happen after an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Go on.
    On,
    /// Go on, and plan for so many epochs in all.
    Budget(u64),
    /// Stop.
    Stop,
}

/// An improvement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Improved {
    /// Epochs run, this one included.
    pub epoch: u64,
    /// Vehicles.
    pub vehicles: usize,
    /// Their travel.
    pub length: f64,
}

/// The best routes found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Routes, by position of the stops in the instance.
    pub routes: Routes,
    /// Positions of the stops that no route serves: pairs that no vehicle serves even alone.
    pub left: Vec<usize>,
    /// Epochs run.
    pub epochs: u64,
    /// Epochs planned for in the end.
    pub budget: u64,
    /// Ruins and recreations of all lanes.
    pub iterations: u64,
    /// Insertions whose tour was not in time though their test had said so; each was rolled back.
    pub broken: u64,
    /// Best places asked for.
    pub asked: u64,
    /// Of these, found in the cache.
    pub known: u64,
    /// Choices made among all tours by the solver of integer programs.
    pub choices: u64,
    /// Of these, better than what was the best.
    pub chosen: u64,
}

/// Searches for few and short routes, from `start` on if there are some: of these every route that is in time stands, and
/// what comes out is not worse. `pace` is asked before the first epoch and after each, with the epochs run; `report` hears of every
/// improvement. The same request and the same answers give the same routes, byte for byte.
pub fn routes(
    instance: &Instance,
    request: &Request,
    start: Option<&Routes>,
    mut pace: impl FnMut(u64) -> Pace,
    mut report: impl FnMut(&Improved),
) -> Found {
    let problem = Problem::new(instance);
    let mut search = Search::new(&problem, *request, start);
    let mut epoch = 0;
    let mut budget = request.budget;
    loop {
        match pace(epoch) {
            Pace::Stop => break,
            Pace::Budget(epochs) => budget = Some(epochs.max(epoch + 1)),
            Pace::On => {}
        }
        if budget.is_some_and(|budget| epoch >= budget) {
            break;
        }
        if search.epoch(epoch, budget) {
            let (vehicles, length) = (search.best.tours.len(), search.best.length());
            report(&Improved { epoch: epoch + 1, vehicles, length });
        }
        epoch += 1;
    }
    let sum = |of: &dyn Fn(&Lane<'_>) -> u64| search.lanes.iter().map(of).sum();
    Found {
        routes: problem.routes(search.best.tours.iter().map(|tour| tour.visits().collect())),
        left: problem.left(&search.left),
        epochs: epoch,
        budget: budget.unwrap_or(epoch),
        iterations: sum(&|lane| lane.iterations),
        broken: sum(&|lane| lane.state.n_broken),
        asked: sum(&|lane| lane.state.cache.asked),
        known: sum(&|lane| lane.state.cache.found),
        choices: search.choices,
        chosen: search.chosen,
    }
}

/// Returns the tours of given routes that are in time, each pair once and in order, and the other requests.
fn given(problem: &Problem, start: Option<&Routes>) -> Plan {
    let mut plan = Plan::default();
    let mut is_served = vec![false; problem.n];
    for visits in start.map(|start| problem.visits(start)).unwrap_or_default() {
        let mut seen = BTreeSet::new();
        // a pickup opens its pair, its delivery closes it
        let opened = visits.iter().filter(|stop| *stop % 2 == 1).all(|stop| seen.insert(*stop));
        let mut at = BTreeSet::new();
        let in_order = visits
            .iter()
            .all(|stop| at.insert(*stop) && (stop % 2 == 1 || at.contains(&(stop - 1))));
        let is_whole = visits.len() == 2 * seen.len();
        let is_new = visits.iter().all(|stop| !is_served[problem::request_of(*stop)]);
        let mut tour = Tour::default();
        if opened
            && in_order
            && is_whole
            && is_new
            && !visits.is_empty()
            && tour.fill(problem, visits.iter().copied())
        {
            visits.iter().for_each(|stop| is_served[problem::request_of(*stop)] = true);
            plan.tours.push(tour);
        }
    }
    plan.bank = (0..problem.n as u32).filter(|request| !is_served[*request as usize]).collect();
    plan
}

/// Returns the share of the epochs that go into fewer tours: the more requests, the longer that takes.
fn fleet_share(requests: usize) -> f64 {
    let (small, large) = SMALL_AND_LARGE;
    let between = requests.clamp(small, large) - small;
    let (low, high) = FLEET_SHARES;
    low + (high - low) * between as f64 / (large - small) as f64
}

/// What the lanes do in an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Walk {
    Fewer,
    /// How much of which round is over.
    Shorter {
        round: u64,
        share: f64,
    },
}

struct Search<'p> {
    problem: &'p Problem,
    request: Request,
    lanes: Vec<Lane<'p>>,
    best: Plan,
    /// Requests that no vehicle serves even alone.
    left: Vec<u32>,
    /// Whether each lane has a part.
    in_parts: bool,
    /// Epochs since the last tour was saved.
    barren: u64,
    was: Option<Walk>,
    pool: Pool,
    /// The epoch after which the best choice of all tours is looked for again, and how many to wait then.
    next_choice: u64,
    choice_gap: u64,
    choices: u64,
    chosen: u64,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, request: Request, start: Option<&Routes>) -> Self {
        let n_lanes = request.lanes.max(1);
        // its numbers of contents are nobody else's
        let mut first = Lane::new(problem, n_lanes, Cache::new(0, 0, 1), Alone);
        first.start(&given(problem, start));
        let mut random = Random::new(request.seed, u64::MAX, 0);
        first.construct(&mut random);
        // where a way round is shorter than the direct one, who finds no place may find one beside others
        while !problem.is_metric && !first.best.bank.is_empty() {
            let n_left = first.best.bank.len();
            first.construct(&mut random);
            if first.best.bank.len() >= n_left {
                break;
            }
        }
        let mut best = first.best;
        // who finds no place in a tour of its own finds none
        let left = std::mem::take(&mut best.bank);
        let tours = if request.cache { best.tours.len() } else { 0 };
        let lanes = (0..n_lanes).map(|number| {
            let mut lane = Lane::new(problem, number, Cache::new(problem.n, tours, n_lanes), Alone);
            lane.start(&best);
            lane
        });
        Self {
            problem,
            request,
            lanes: lanes.collect(),
            best,
            left,
            in_parts: false,
            barren: 0,
            was: None,
            pool: Pool::default(),
            next_choice: 0,
            choice_gap: CHOICE_GAP,
            choices: 0,
            chosen: 0,
        }
    }

    /// Runs an epoch and says whether it found better routes.
    fn epoch(&mut self, epoch: u64, budget: Option<u64>) -> bool {
        let walk = self.walk(epoch, budget);
        let is_new_walk = self
            .was
            .is_none_or(|was| std::mem::discriminant(&was) != std::mem::discriminant(&walk));
        let is_new_round = match (walk, self.was) {
            (Walk::Shorter { round, .. }, Some(Walk::Shorter { round: was, .. })) => round != was,
            _ => false,
        };
        self.was = Some(walk);
        let is_large = self.problem.n > WHOLE * self.lanes.len()
            && self.lanes.len() > 1
            && self.best.tours.len() >= OF_A_PART * self.lanes.len();
        let in_parts =
            is_large && (walk != Walk::Fewer || (self.barren / BARREN).is_multiple_of(2));
        let is_dealt_anew = match walk {
            Walk::Fewer => epoch.is_multiple_of(BLOCK),
            Walk::Shorter { .. } => is_new_round,
        };
        if in_parts && (is_new_walk || !self.in_parts || is_dealt_anew) {
            self.deal(epoch);
        } else if !in_parts && (is_new_walk || self.in_parts) {
            for lane in &mut self.lanes {
                lane.start(&self.best);
            }
        }
        if is_new_round {
            self.lanes.iter_mut().for_each(Lane::kick);
        }
        self.in_parts = in_parts;
        self.run(epoch, walk);
        let n_tours = self.best.tours.len();
        let is_better = match in_parts {
            true => self.join(),
            false => self.meet(epoch, walk),
        };
        self.barren = if self.best.tours.len() < n_tours { 0 } else { self.barren + 1 };
        let is_chosen = self.request.pool && walk != Walk::Fewer && self.choose(epoch);
        is_better || is_chosen
    }

    /// Returns what the lanes do in an epoch.
    fn walk(&self, epoch: u64, budget: Option<u64>) -> Walk {
        let share = budget.map_or(0.0, |budget| epoch as f64 / budget as f64);
        let fleet_share = fleet_share(self.problem.n);
        // a budget that grows does not bring the first walk back
        let was_shorter = matches!(self.was, Some(Walk::Shorter { .. }));
        if share < fleet_share && !was_shorter {
            return Walk::Fewer;
        }
        let of_walk = ((share - fleet_share) / (1.0 - fleet_share)).max(0.0);
        // as many rounds as there is time for, the last one whole
        let epochs = budget.map_or(0.0, |budget| budget as f64 * (1.0 - fleet_share));
        let rounds = (epochs as u64 / ROUND).max(1) as f64 * of_walk;
        Walk::Shorter { round: rounds as u64, share: rounds.fract() }
    }

    /// Keeps the tours of an epoch and every few epochs, fewer while that helps, looks for the best choice of all.
    fn choose(&mut self, epoch: u64) -> bool {
        for lane in &self.lanes {
            self.pool.note(lane.state.tours(), epoch);
            self.pool.note(&lane.best.tours, epoch);
            self.pool.note(&lane.seen, epoch);
        }
        if epoch < self.next_choice {
            return false;
        }
        self.pool.note(&self.best.tours, epoch);
        let plan = self.pool.choose(self.problem, &self.best);
        let is_better = plan.is_some();
        self.choices += 1;
        self.chosen += u64::from(is_better);
        self.choice_gap = if is_better { CHOICE_GAP } else { 2 * self.choice_gap };
        self.next_choice = epoch + self.choice_gap;
        if let Some(plan) = plan {
            self.best = plan;
            if self.in_parts {
                self.in_parts = false;
            } else {
                self.catch_up();
                self.restart_worst();
            }
        }
        is_better
    }

    /// Gives each lane a part of the tours.
    fn deal(&mut self, epoch: u64) {
        let mut random = Random::new(self.request.seed, u64::MAX - 1, epoch);
        let parts = parts::parts(self.problem, &self.best.tours, self.lanes.len(), &mut random);
        let mut part = Plan::default();
        for (lane, tours) in self.lanes.iter_mut().zip(parts) {
            part.tours.clear();
            part.tours.extend(tours.into_iter().map(|at| self.best.tours[at].clone()));
            lane.start(&part);
        }
    }

    /// Has every lane walk, as many at a time as there are threads.
    fn run(&mut self, epoch: u64, walk: Walk) {
        let Request { seed, threads, work, .. } = self.request;
        let walked = |number: usize, lane: &mut Lane<'p>| {
            let mut random = Random::new(seed, number as u64, epoch);
            match walk {
                Walk::Fewer => lane.fewer(work, &mut random),
                Walk::Shorter { share, .. } => lane.shorter(work, share, &mut random),
            }
        };
        let lanes = self.lanes.iter_mut().enumerate().collect();
        side_by_side(lanes, threads, |(number, lane)| walked(number, lane));
    }

    /// Puts the parts together; none is worse than when it was dealt.
    fn join(&mut self) -> bool {
        let mut joined = Plan::default();
        for lane in &self.lanes {
            joined.tours.extend_from_slice(&lane.best.tours);
        }
        let is_better = joined.is_better_than(&self.best);
        if is_better {
            self.best = joined;
        }
        is_better
    }

    /// Lanes that walk the whole tell each other of the best.
    fn meet(&mut self, epoch: u64, walk: Walk) -> bool {
        let mut is_better = false;
        for lane in &self.lanes {
            if lane.best.is_better_than(&self.best) {
                self.best.clone_from(&lane.best);
                is_better = true;
            }
        }
        self.catch_up();
        if walk != Walk::Fewer && epoch % RESTART == RESTART - 1 {
            self.restart_worst();
        }
        is_better
    }

    /// Has lanes that have more tours than the best start from it.
    fn catch_up(&mut self) {
        for lane in &mut self.lanes {
            if lane.best.tours.len() > self.best.tours.len() {
                lane.start(&self.best);
            }
        }
    }

    /// Has the lane whose best is longest start from the best of all.
    fn restart_worst(&mut self) {
        let lanes = self.lanes.iter_mut();
        let worst = lanes.max_by(|a, b| a.best.length().total_cmp(&b.best.length()));
        if let Some(lane) = worst {
            lane.start(&self.best);
        }
    }
}
