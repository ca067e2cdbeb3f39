//! A tour with what makes an insertion cheap to judge: ends of service, latest arrivals, loads.
//!
//! A tour is feasible with a later arrival at a stop exactly if the arrival is not after `latest` there (algorithms, section
//! 2.2), so one comparison decides what a forward loop would. Tours are never changed but made anew; a number that no other
//! content ever has says what a tour holds.

use super::problem::{Problem, delivery, pickup};

/// Sums that should be equal differ by less than this; whatever is left out because of a sum is beyond it.
pub(super) const SLACK: f64 = 1e-7;

/// A stop of a tour. The depot stands at both ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    pub(super) stop: u32,
    /// On board after the service.
    pub(super) load: i64,
    /// End of the service.
    pub(super) ends: f64,
    /// Latest arrival from which the rest of the tour is in time.
    pub(super) latest: f64,
    /// Travel to the next stop.
    pub(super) leg: f64,
    pub(super) opens: f64,
    pub(super) service: f64,
}

/// A tour.
#[derive(Debug, Clone, Default)]
pub(super) struct Tour {
    /// Says what it holds; never used twice in a lane.
    pub(super) content: u64,
    pub(super) stops: Vec<Stop>,
    pub(super) length: f64,
}

/// Where a request goes into a tour: its pickup after one stop, its delivery after another (after the pickup, if both are
/// the same), and what that adds to the length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) added: f64,
    pub(super) pickup_after: u32,
    pub(super) delivery_after: u32,
}

impl Place {
    /// No place at all.
    pub(super) const NONE: Self = Self { added: f64::INFINITY, pickup_after: 0, delivery_after: 0 };

    pub(super) const fn is_one(&self) -> bool {
        self.added < f64::INFINITY
    }
}

/// Returns the latest arrival at a stop from which, by the sums that a vehicle makes on its way, the next one is reached by
/// `next`; at most a few roundings earlier than the true one.
#[inline]
fn latest_before(next: f64, leg: f64, service: f64) -> f64 {
    let mut by = next - leg - service;
    let rounding = next.abs() * f64::EPSILON;
    while (by + service) + leg > next && rounding > 0.0 {
        by -= rounding;
    }
    by
}

impl Tour {
    /// Returns the stops without the depot.
    pub(super) fn visits(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let inner = self.stops.get(1..self.stops.len().saturating_sub(1)).unwrap_or_default();
        inner.iter().map(|stop| stop.stop as usize)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stops.len() <= 2
    }

    /// Returns the number of requests.
    pub(super) fn requests(&self) -> usize {
        self.stops.len().saturating_sub(2) / 2
    }

    /// Makes the tour over some stops and says whether it is in time and never overloaded.
    #[must_use]
    pub(super) fn fill(&mut self, problem: &Problem, visits: impl Iterator<Item = usize>) -> bool {
        self.stops.clear();
        let depot = problem.asks[0];
        let (mut here, mut ends, mut load) = (0, depot.opens, 0);
        let (mut in_time, mut length) = (true, 0.0);
        self.stops.push(Stop {
            stop: 0,
            load: 0,
            ends,
            latest: 0.0,
            leg: 0.0,
            opens: depot.opens,
            service: 0.0,
        });
        for stop in visits.chain([0]) {
            let ask = &problem.asks[stop];
            let leg = problem.travel(here, stop);
            let arrives = ends + leg;
            in_time &= arrives <= ask.closes;
            load += ask.demand;
            in_time &= load <= problem.capacity;
            ends = arrives.max(ask.opens) + if stop == 0 { 0.0 } else { ask.service };
            length += leg;
            if let Some(last) = self.stops.last_mut() {
                last.leg = leg;
            }
            let number = stop as u32;
            let service = if stop == 0 { 0.0 } else { ask.service };
            let (latest, opens) = (ask.closes, ask.opens);
            self.stops.push(Stop { stop: number, load, ends, latest, leg: 0.0, opens, service });
            here = stop;
        }
        self.length = length;
        let mut next = f64::INFINITY;
        for stop in self.stops.iter_mut().rev() {
            let by = latest_before(next, stop.leg, stop.service);
            stop.latest = problem.asks[stop.stop as usize].closes.min(by);
            next = stop.latest;
        }
        in_time
    }

    /// Makes the tour that another one is with a request in a place; says whether it is in time.
    #[must_use]
    pub(super) fn fill_with(
        &mut self,
        problem: &Problem,
        base: &Self,
        request: usize,
        place: Place,
    ) -> bool {
        let (a, b) = (place.pickup_after as usize, place.delivery_after as usize);
        let inner =
            |from: usize, to: usize| base.stops[from..to].iter().map(|stop| stop.stop as usize);
        let last = base.stops.len() - 1;
        let visits = inner(1, a + 1)
            .chain([pickup(request)])
            .chain(inner(a + 1, b + 1))
            .chain([delivery(request)])
            .chain(inner(b + 1, last));
        self.fill(problem, visits)
    }

    /// Finds the place of a request that adds least: the first of equal ones. Of m stops those in question are found by
    /// halving, since ends of service and latest arrivals rise along a tour; O(log m) and mostly a few more, O(m^2) at most.
    ///
    /// `detours` is room to work in: by stop, what a delivery right after it adds, and the least of it there or later.
    pub(super) fn best_place(
        &self,
        problem: &Problem,
        request: usize,
        detours: &mut Vec<(f64, f64)>,
    ) -> Place {
        let (p, d) = (pickup(request), delivery(request));
        let (ask_p, ask_d) = (&problem.asks[p], &problem.asks[d]);
        let stops = &self.stops[..];
        let last = stops.len() - 1;
        // after these stops the pickup, after those the delivery may come, by time alone
        let after = |until: f64| stops[..last].partition_point(|stop| stop.ends <= until);
        let before = |since: f64| stops[1..].partition_point(|stop| stop.latest < since);
        let (from_a, to_a) = (before(ask_p.since + ask_p.service), after(ask_p.until));
        let (from_b, to_b) = (before(ask_d.since + ask_d.service), after(ask_d.until));
        let to_a = to_a.min(to_b);
        let from_b = from_b.max(from_a);
        if from_a >= to_a || from_b >= to_b {
            return Place::NONE;
        }
        let (to_p, from_p) = (problem.to(p), problem.from(p));
        let (to_d, from_d) = (problem.to(d), problem.from(d));
        let room = problem.capacity - ask_p.demand;
        detours.clear();
        detours.resize(to_b - from_b + 1, (f64::INFINITY, f64::INFINITY));
        let mut least = f64::INFINITY;
        for at in (from_b..to_b).rev() {
            let (here, next) = (&stops[at], stops[at + 1].stop as usize);
            let detour = to_d[here.stop as usize] + from_d[next] - here.leg;
            least = detour.min(least);
            detours[at - from_b] = (detour, least);
        }
        let direct = from_p[d];
        let mut best = Place::NONE;
        for a in from_a..to_a {
            let here = &stops[a];
            let (in_p, next) = (to_p[here.stop as usize], &stops[a + 1]);
            let arrives = here.ends + in_p;
            if arrives > ask_p.closes {
                if problem.is_metric {
                    break;
                }
                continue;
            }
            if here.load > room {
                continue;
            }
            let ends = arrives.max(ask_p.opens) + ask_p.service;
            let beyond = next.stop as usize;
            let detour = in_p + from_p[beyond] - here.leg;
            let mut arrives = ends + from_p[beyond];
            if problem.is_metric && (arrives - SLACK > next.latest || detour >= best.added + SLACK)
            {
                continue;
            }
            // the delivery right after the pickup
            let added = in_p + direct + from_d[beyond] - here.leg;
            if added < best.added && a >= from_b {
                let arrives = ends + direct;
                if arrives <= ask_d.closes {
                    let ends = arrives.max(ask_d.opens) + ask_d.service;
                    if ends + from_d[beyond] <= next.latest {
                        best = Place { added, pickup_after: a as u32, delivery_after: a as u32 };
                    }
                }
            }
            for b in a + 1..to_b {
                let left = detours[b.max(from_b) - from_b].1;
                let stop = &stops[b];
                if detour + left >= best.added || arrives > stop.latest || stop.load > room {
                    break;
                }
                let ends = arrives.max(stop.opens) + stop.service;
                arrives = ends + stop.leg;
                if b < from_b {
                    continue;
                }
                let to_delivery = ends + to_d[stop.stop as usize];
                if to_delivery > ask_d.closes {
                    if problem.is_metric {
                        break;
                    }
                    continue;
                }
                let added = detour + detours[b - from_b].0;
                if added < best.added {
                    let done = to_delivery.max(ask_d.opens) + ask_d.service;
                    let next = &stops[b + 1];
                    if done + from_d[next.stop as usize] <= next.latest {
                        best = Place { added, pickup_after: a as u32, delivery_after: b as u32 };
                    }
                }
            }
        }
        best
    }
}
