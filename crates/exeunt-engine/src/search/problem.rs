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
    out: Vec<f64>,
    back: Vec<f64>,
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
        let mut out = Vec::with_capacity(width * width);
        let mut back = Vec::with_capacity(width * width);
        for &a in &positions {
            out.extend(positions.iter().map(|&b| instance.travel(a, b)));
            back.extend(positions.iter().map(|&b| instance.travel(b, a)));
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
            is_metric: is_metric(&out, width),
            out,
            back,
            near: Vec::new(),
            positions,
        };
        problem.near = problem.nearest();
        problem.narrow();
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

    /// Returns the travel from a stop to each.
    #[inline]
    pub(super) fn from(&self, stop: usize) -> &[f64] {
        let width = self.asks.len();
        &self.out[stop * width..(stop + 1) * width]
    }

    /// Returns the travel to a stop from each.
    #[inline]
    pub(super) fn to(&self, stop: usize) -> &[f64] {
        let width = self.asks.len();
        &self.back[stop * width..(stop + 1) * width]
    }

    #[inline]
    pub(super) fn travel(&self, from: usize, to: usize) -> f64 {
        self.out[from * self.asks.len() + to]
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
/// round is missed, places are left out that could have been tried, and nothing else.
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
