//! Recreation: requests of the bank are put in one after the other where they add least, some tours unseen (greedy insertion
//! with blinks; Christiaens and Vanden Berghe 2020, section 5.2).

use super::problem::{delivery, pickup};
use super::ruin::far;
use super::rules::Rules;
use super::state::State;
use super::tour::Place;
use crate::random::{Random, Rarity};

/// What may be done with a request that finds no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spill {
    /// It stays in the bank.
    Bank,
    /// It gets a tour of its own.
    Tour,
}

/// Room to work in.
#[derive(Debug, Default)]
pub(super) struct Recreate {
    order: Vec<(f64, u32)>,
    list: Vec<u32>,
    places: Vec<(Place, usize)>,
}

impl Recreate {
    /// Puts the requests of the bank into tours, each tour unseen with probability `blink`.
    pub(super) fn greedy<R: Rules>(
        &mut self,
        state: &mut State<'_, R>,
        blink: f64,
        spill: Spill,
        random: &mut Random,
    ) {
        self.sort(state, random);
        state.bank.clear();
        let blink = Rarity::of(blink);
        for at in 0..self.list.len() {
            let request = self.list[at];
            let mut best = (Place::NONE, 0);
            let mut unseen = random.gap(blink);
            for slot in 0..state.n_tours() {
                if unseen == 0 {
                    unseen = random.gap(blink);
                    continue;
                }
                unseen -= 1;
                let place = state.best_place(request as usize, slot, best.0.added);
                if place.is_one() {
                    best = (place, slot);
                }
            }
            if best.0.is_one() && state.insert(request as usize, best.1, best.0) {
                continue;
            }
            if R::CAN_REFUSE && best.0.is_one() && self.elsewhere(state, request, best.1) {
                continue;
            }
            if spill == Spill::Tour {
                let slot = state.open();
                let place = state.best_place(request as usize, slot, f64::INFINITY);
                if place.is_one() && state.insert(request as usize, slot, place) {
                    continue;
                }
            }
            state.bank.push(request);
        }
    }

    /// Puts a request whose best tour the rules refuse into the next best that they do not.
    fn elsewhere<R: Rules>(&mut self, state: &mut State<'_, R>, request: u32, not: usize) -> bool {
        self.places.clear();
        for slot in (0..state.n_tours()).filter(|slot| *slot != not) {
            let place = state.best_place(request as usize, slot, f64::INFINITY);
            if place.is_one() {
                self.places.push((place, slot));
            }
        }
        self.places.sort_by(|a, b| a.0.added.total_cmp(&b.0.added));
        self.places.iter().any(|(place, slot)| state.insert(request as usize, *slot, *place))
    }

    /// Sorts the bank by one of the orders, drawn by weight.
    fn sort<R: Rules>(&mut self, state: &State<'_, R>, random: &mut Random) {
        let problem = state.problem;
        self.list.clear();
        self.list.extend_from_slice(&state.bank);
        // an order to start from that does not depend on how the bank came about
        self.list.sort_unstable();
        let asks = |request: u32| {
            (&problem.asks[pickup(request as usize)], &problem.asks[delivery(request as usize)])
        };
        let key: Option<&dyn Fn(u32) -> f64> = match random.below(17) {
            0..4 => None,
            4..8 => Some(&|r| -(asks(r).0.demand as f64)),
            8..10 => Some(&|r| -far(problem, r as usize)),
            10 => Some(&|r| far(problem, r as usize)),
            11..13 => Some(&|r| {
                let (p, d) = asks(r);
                (p.closes - p.opens).min(d.closes - d.opens)
            }),
            13..15 => Some(&|r| asks(r).0.opens),
            _ => Some(&|r| -asks(r).1.closes),
        };
        match key {
            None => random.shuffle(&mut self.list),
            Some(key) => {
                self.order.clear();
                self.order.extend(self.list.iter().map(|r| (key(*r), *r)));
                self.order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                self.list.clear();
                self.list.extend(self.order.iter().map(|(_, r)| *r));
            }
        }
    }
}
