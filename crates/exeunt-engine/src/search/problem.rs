//! A pickup-and-delivery problem as the search reads it: flat arrays, pairs side by side, windows narrowed.
//!
//! Stop 0 is the depot; request r is taken up at stop 2r + 1 and put down at stop 2r + 2. Travel is kept in both directions
//! row by row, so that a scan over a tour reads two rows per stop that is to be inserted.

use super::tour::SLACK;
use exeunt_model::pdptw::{Instance, Routes};

/// Stops that are near a stop: so many are kept.
const NEAR: usize = 150;

/// What a stop asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) opens: f64,
    pub(super) closes: f64,
    /// What is in time for its pair and the depot: service does not begin before `since`, who leaves another stop after
    /// `until` is too late. To leave out places by, never to admit one.
    pub(super) since: f64,
    pub(super) until: f64,
    pub(super) service: f64,
    pub(super) demand: i64,
}

/// The problem.
#[derive(Debug)]
pub(super) struct Problem {
    /// Requests.
    pub(super) n: usize,
    pub(super) capacity: i64,
    pub(super) asks: Vec<Ask>,
    /// Whether no way round is shorter than the direct one.
    pub(super) is_metric: bool,
    /// Travel, a row of `width` from each stop, and unless it is the same a row to each after them, from `back_at` on.
    travel: Vec<f64>,
    back_at: usize,
    /// By request, the requests that no tour serves with it, as bits.
    apart: Vec<u64>,
    /// Words of 64 requests.
    pub(super) words: usize,
    /// By stop, the nearest other stops.
    near: Vec<Vec<u32>>,
    /// By stop, its position in the instance.
    positions: Vec<usize>,
}

pub(super) const fn pickup(request: usize) -> usize {
    2 * request + 1
}

pub(super) const fn delivery(request: usize) -> usize {
    2 * request + 2
}

/// Returns the request of a stop that is not the depot.
pub(super) const fn request_of(stop: usize) -> usize {
    (stop - 1) / 2
}

impl Problem {
    pub(super) fn new(instance: &Instance) -> Self {
        // in the order of their numbers, so that the order of rows says nothing
        let mut pickups: Vec<usize> =
            (1..instance.stops.len()).filter(|at| instance.stops[*at].demand > 0).collect();
        pickups.sort_by_key(|at| instance.stops[*at].id);
        let mut positions = vec![0];
        positions.extend(pickups.into_iter().flat_map(|at| [at, instance.stops[at].partner]));
        let width = positions.len();
        let row = |from: usize| positions.iter().map(move |&to| instance.travel(from, to));
        let column = |to: usize| positions.iter().map(move |&from| instance.travel(from, to));
        let mut travel: Vec<f64> = positions.iter().flat_map(|&at| row(at)).collect();
        let is_metric = is_metric(&travel, width);
        let is_symmetric = positions.iter().all(|&at| row(at).eq(column(at)));
        let back_at = if is_symmetric { 0 } else { travel.len() };
        if !is_symmetric {
            travel.extend(positions.iter().flat_map(|&at| column(at)));
        }
        let asks = positions.iter().map(|&at| {
            let stop = &instance.stops[at];
            let (opens, closes, service) = (stop.opens, stop.closes, stop.service);
            Ask { opens, closes, since: opens, until: closes, service, demand: stop.demand }
        });
        let mut problem = Self {
            n: width / 2,
            capacity: instance.capacity,
            asks: asks.collect(),
            is_metric,
            travel,
            back_at,
            apart: Vec::new(),
            words: (width / 2).div_ceil(64),
            near: Vec::new(),
            positions,
        };
        problem.near = problem.nearest();
        problem.narrow();
        problem.part();
        problem
    }

    /// Narrows the windows to what a vehicle from the depot and a pair leave of them, where no way round is shorter.
    fn narrow(&mut self) {
        if !self.is_metric {
            return;
        }
        for request in 0..self.n {
            let (p, d) = (pickup(request), delivery(request));
            let (direct, home) = (self.travel(p, d), self.travel(d, 0));
            let (ask_p, ask_d) = (self.asks[p], self.asks[d]);
            let since_p = ask_p.opens.max(self.asks[0].opens + self.travel(0, p));
            let since_d = ask_d.opens.max(since_p + ask_p.service + direct);
            let until_d = ask_d.closes.min(self.asks[0].closes - home - ask_d.service);
            let until_p = ask_p.closes.min(until_d - direct - ask_p.service);
            let narrowed = |ask: Ask, since: f64, until: f64| Ask {
                since: since - SLACK,
                until: until + SLACK,
                ..ask
            };
            self.asks[p] = narrowed(ask_p, since_p, until_p);
            self.asks[d] = narrowed(ask_d, since_d, until_d);
        }
    }

    /// Notes which requests no tour serves together: in none of the six orders of their stops are they in time and within
    /// the capacity, even with nobody else. O(n^2).
    fn part(&mut self) {
        self.apart = vec![0; self.n * self.words];
        if !self.is_metric {
            return;
        }
        for a in 0..self.n {
            for b in 0..a {
                if !self.go_together(a, b) && !self.go_together(b, a) {
                    self.apart[a * self.words + b / 64] |= 1 << (b % 64);
                    self.apart[b * self.words + a / 64] |= 1 << (a % 64);
                }
            }
        }
    }

    /// Says whether a tour may take up `a` first and serve both, but for rounding.
    fn go_together(&self, a: usize, b: usize) -> bool {
        let (p_a, d_a, p_b, d_b) = (pickup(a), delivery(a), pickup(b), delivery(b));
        let in_time = |order: [usize; 4]| {
            let (mut here, mut ends) = (0, self.asks[0].opens);
            for stop in order {
                let ask = &self.asks[stop];
                let arrives = ends + self.travel(here, stop);
                if arrives > ask.until + SLACK {
                    return false;
                }
                ends = arrives.max(ask.opens) + ask.service;
                here = stop;
            }
            true
        };
        let both = self.asks[p_a].demand + self.asks[p_b].demand <= self.capacity;
        in_time([p_a, d_a, p_b, d_b])
            || both && (in_time([p_a, p_b, d_a, d_b]) || in_time([p_a, p_b, d_b, d_a]))
    }

    /// Returns the requests that no tour serves with a request, as bits.
    #[inline]
    pub(super) fn apart(&self, request: usize) -> &[u64] {
        &self.apart[request * self.words..(request + 1) * self.words]
    }

    /// Returns the travel from a stop to each.
    #[inline]
    pub(super) fn from(&self, stop: usize) -> &[f64] {
        let width = self.asks.len();
        &self.travel[stop * width..(stop + 1) * width]
    }

    /// Returns the travel to a stop from each.
    #[inline]
    pub(super) fn to(&self, stop: usize) -> &[f64] {
        let width = self.asks.len();
        let at = self.back_at + stop * width;
        &self.travel[at..at + width]
    }

    #[inline]
    pub(super) fn travel(&self, from: usize, to: usize) -> f64 {
        self.travel[from * self.asks.len() + to]
    }

    pub(super) fn near(&self, stop: usize) -> &[u32] {
        &self.near[stop]
    }

    fn nearest(&self) -> Vec<Vec<u32>> {
        let width = self.asks.len();
        let of = |stop: usize| {
            let (out, back) = (self.from(stop), self.to(stop));
            let away = |other: usize| out[other].min(back[other]);
            let mut others: Vec<u32> = (1..width)
                .filter(|other| *other != stop)
                .filter_map(|o| u32::try_from(o).ok())
                .collect();
            let closer =
                |a: &u32, b: &u32| away(*a as usize).total_cmp(&away(*b as usize)).then(a.cmp(b));
            if others.len() > NEAR {
                others.select_nth_unstable_by(NEAR, closer);
                others.truncate(NEAR);
            }
            others.sort_unstable_by(closer);
            others
        };
        (0..width).map(of).collect()
    }

    /// Returns the stops that routes over positions in the instance visit; what the instance does not have is left out.
    pub(super) fn visits(&self, routes: &Routes) -> Vec<Vec<usize>> {
        let mut stops = vec![0; self.positions.len()];
        for (stop, at) in self.positions.iter().enumerate() {
            stops[*at] = stop;
        }
        let visits = |route: &Vec<usize>| {
            let stops = route.iter().filter_map(|at| stops.get(*at).copied());
            stops.filter(|stop| *stop > 0).collect()
        };
        routes.0.iter().map(visits).collect()
    }

    /// Returns routes over stops as positions in the instance, in an order that does not depend on how they were found.
    pub(super) fn routes(&self, routes: impl Iterator<Item = Vec<usize>>) -> Routes {
        let mut named: Vec<Vec<usize>> = routes
            .map(|route| route.into_iter().map(|stop| self.positions[stop]).collect())
            .collect();
        named.sort_by_key(|route| route.first().copied());
        Routes(named)
    }
}

impl Problem {
    /// Returns the positions in the instance of the stops of some requests.
    pub(super) fn left(&self, requests: &[u32]) -> Vec<usize> {
        let stops = requests.iter().flat_map(|&r| [pickup(r as usize), delivery(r as usize)]);
        let mut left: Vec<usize> = stops.map(|stop| self.positions[stop]).collect();
        left.sort_unstable();
        left
    }
}

/// Says whether no way over a third stop is shorter than the direct one, but for rounding. Of many stops only some are
/// tried as the third, so that 50 million sums are enough; one that is shorter is enough for no. Where a shorter way
/// round is missed, places are left out that could have been tried; that tours are in time does not rest on it.
fn is_metric(out: &[f64], width: usize) -> bool {
    let tried = (50_000_000 / (width * width)).clamp(1, width);
    (0..width).step_by(width.div_ceil(tried)).all(|via| {
        let onward = &out[via * width..(via + 1) * width];
        (0..width).all(|from| {
            let row = &out[from * width..(from + 1) * width];
            let first = row[via];
            row.iter().zip(onward).all(|(direct, second)| *direct <= first + second + 1e-9)
        })
    })
}
