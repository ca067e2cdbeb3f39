//! The hot functions one by one, for benches: tours in the midst of a walk.

use super::cache::Cache;
use super::given;
use super::lane::{Lane, Plan};
use super::problem::Problem;
use super::rules::Alone;
use crate::random::Random;
use exeunt_model::pdptw::Instance;

/// Tours of a walk, as a bench sees them.
#[derive(Debug)]
pub struct Hot<'p> {
    lane: Lane<'p>,
    bare: Lane<'p>,
    random: Random,
    next: usize,
}

/// Walks for some work and hands over what the lane has then.
pub fn hot<T>(instance: &Instance, work: u64, then: impl FnOnce(Hot<'_>) -> T) -> T {
    let problem = Problem::new(instance);
    let mut random = Random::new(1, 0, 0);
    let mut bare = Lane::new(&problem, 1, Cache::new(0, 0, 1), Alone);
    bare.start(&given(&problem, None));
    bare.construct(&mut random);
    let tours = bare.best.tours.len();
    let mut lane = Lane::new(&problem, 0, Cache::new(problem.n, tours, 1), Alone);
    lane.start(&bare.best);
    lane.shorter(work, 0.5, &mut random);
    let best = Plan { tours: lane.best.tours.clone(), bank: Vec::new() };
    bare.start(&best);
    then(Hot { lane, bare, random, next: 0 })
}

impl Hot<'_> {
    /// Finds the best place of one request after the other in every tour that it is not in, without a cache; returns how
    /// many tours were looked at.
    pub fn scan(&mut self) -> usize {
        let state = &mut self.bare.state;
        let request = self.next % state.problem.n;
        self.next += 1;
        let own = state.slot_of(request);
        let others = (0..state.n_tours()).filter(|slot| Some(*slot) != own);
        others.filter(|slot| state.best_place(request, *slot, f64::INFINITY).is_one()).count()
    }

    /// Takes a request out of its tour, puts it back where it adds least in the same, and takes all that back.
    pub fn commit(&mut self) -> bool {
        let state = &mut self.bare.state;
        let request = self.next % state.problem.n;
        self.next += 1;
        let Some(slot) = state.slot_of(request) else { return false };
        state.remove(slot, &[request as u32]);
        let place = state.best_place(request, slot, f64::INFINITY);
        let is_in = place.is_one() && state.insert(request, slot, place);
        state.undo();
        is_in
    }

    /// Walks on for some work; returns how many best places were asked for and how many of these were known.
    pub fn walk(&mut self, work: u64) -> (u64, u64) {
        let cache = &self.lane.state.cache;
        let was = (cache.asked, cache.found);
        self.lane.shorter(work, 0.1, &mut self.random);
        let cache = &self.lane.state.cache;
        (cache.asked - was.0, cache.found - was.1)
    }
}
