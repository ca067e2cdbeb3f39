//! A tour with what makes an insertion cheap to judge: ends of service, latest arrivals, loads.
//!
//! A tour is feasible with a later arrival at a stop exactly if the arrival is not after `latest` there (algorithms, section
//! 2.2), so one comparison decides what a forward loop would. Tours are never changed but made anew; a number that no other
//! content ever has says what a tour holds.

use super::problem::{Problem, delivery, pickup, request_of};

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
    pub(super) const NONE: Self =
        Self { added: f64::INFINITY, pickup_after: u32::MAX, delivery_after: u32::MAX };

    pub(super) const fn is_one(&self) -> bool {
        self.pickup_after < u32::MAX
    }
}

/// Returns the latest arrival at a stop from which, by the sums that a vehicle makes on its way, the next one is reached by
/// `next`; at most a few roundings earlier than the true one.
#[inline]
fn latest_before(next: f64, leg: f64, service: f64) -> f64 {
    let mut by = next - leg - service;
    // not less than the distance to the number below, whatever cancels out, so that every step is one
    let rounding = (next.abs() + leg + service) * f64::EPSILON;
    while (by + service) + leg > next {
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
        let between = base.stops[a + 1..=b].iter().map(|stop| stop.stop as usize);
        let middle = [pickup(request)].into_iter().chain(between).chain([delivery(request)]);
        self.splice(problem, base, a + 1, middle, b + 1)
    }

    /// Makes the tour that another one is without some requests; says whether it is in time.
    #[must_use]
    pub(super) fn fill_without(
        &mut self,
        problem: &Problem,
        base: &Self,
        is_gone: impl Fn(usize) -> bool,
    ) -> bool {
        let gone = |stop: &Stop| stop.stop > 0 && is_gone(request_of(stop.stop as usize));
        let (Some(first), Some(last)) =
            (base.stops.iter().position(gone), base.stops.iter().rposition(gone))
        else {
            self.clone_from(base);
            return true;
        };
        let stays = base.stops[first..=last].iter().filter(|stop| !gone(stop));
        self.splice(problem, base, first, stays.map(|stop| stop.stop as usize), last + 1)
    }

    /// Makes the tour that another one is with other stops between its first `kept` ones and those from `on` on; the
    /// others complete their pairs, so that loads are the same before and after. Says whether it is in time and never
    /// overloaded. What would be the same is copied: later than the middle, from where the vehicle has caught up; latest
    /// arrivals, where they come out the same.
    fn splice(
        &mut self,
        problem: &Problem,
        base: &Self,
        kept: usize,
        middle: impl Iterator<Item = usize>,
        on: usize,
    ) -> bool {
        self.stops.clear();
        self.stops.extend_from_slice(&base.stops[..kept]);
        let before = &base.stops[kept - 1];
        let (mut here, mut ends, mut load) = (before.stop as usize, before.ends, before.load);
        let mut in_time = true;
        for stop in middle {
            let ask = &problem.asks[stop];
            let leg = problem.travel(here, stop);
            let arrives = ends + leg;
            load += ask.demand;
            in_time &= arrives <= ask.closes && load <= problem.capacity;
            ends = arrives.max(ask.opens) + ask.service;
            if let Some(last) = self.stops.last_mut() {
                last.leg = leg;
            }
            let (opens, service) = (ask.opens, ask.service);
            let (stop, latest) = (stop as u32, ask.closes);
            self.stops.push(Stop { stop, load, ends, latest, leg: 0.0, opens, service });
            here = stop as usize;
        }
        let n_new = self.stops.len();
        let mut leg = problem.travel(here, base.stops[on].stop as usize);
        if let Some(last) = self.stops.last_mut() {
            last.leg = leg;
        }
        for (at, stop) in base.stops.iter().enumerate().skip(on) {
            let arrives = ends + leg;
            in_time &= arrives <= problem.asks[stop.stop as usize].closes;
            ends = arrives.max(stop.opens) + stop.service;
            if ends.to_bits() == stop.ends.to_bits() {
                self.stops.extend_from_slice(&base.stops[at..]);
                break;
            }
            self.stops.push(Stop { ends, ..*stop });
            leg = stop.leg;
        }
        let mut next = base.stops[on].latest;
        for (at, stop) in self.stops[..n_new].iter_mut().enumerate().rev() {
            let by = latest_before(next, stop.leg, stop.service);
            next = problem.asks[stop.stop as usize].closes.min(by);
            if at < kept && next.to_bits() == stop.latest.to_bits() {
                break;
            }
            stop.latest = next;
        }
        self.length = self.stops.iter().map(|stop| stop.leg).sum();
        in_time
    }

    /// Finds the place of a request that adds least: the first of equal ones. Of m stops those in question are found by
    /// halving, since ends of service and latest arrivals rise along a tour; O(log m) and mostly a few more, O(m^2) at most.
    ///
    /// Only places that add less than `below` count. `detours` is room to work in: by stop, what a delivery right after it
    /// adds, and the least of it there or later.
    pub(super) fn best_place(
        &self,
        problem: &Problem,
        request: usize,
        below: f64,
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
        // the way to and from the delivery alone is no longer with the pickup than without
        if problem.is_metric && least >= below + SLACK {
            return Place::NONE;
        }
        let direct = from_p[d];
        let mut best = Place { added: below, ..Place::NONE };
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
        if best.added < below { best } else { Place::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::instance;
    use super::*;
    use crate::random::Random;

    /// Tours of a walk over a drawn instance, one after the other.
    fn each_tour(mut then: impl FnMut(&Problem, &Tour, &mut Random)) {
        for seed in 0..20 {
            let problem = Problem::new(&instance(12, seed, false));
            let mut random = Random::new(seed, 0, 0);
            let mut tour = Tour::default();
            assert!(tour.fill(&problem, std::iter::empty()));
            for _ in 0..60 {
                let request = random.below(problem.n);
                let mut next = Tour::default();
                if tour.visits().any(|stop| request_of(stop) == request) {
                    assert!(next.fill_without(&problem, &tour, |one| one == request));
                } else {
                    let place = tour.best_place(&problem, request, f64::INFINITY, &mut Vec::new());
                    if !place.is_one() {
                        continue;
                    }
                    assert!(next.fill_with(&problem, &tour, request, place));
                }
                then(&problem, &next, &mut random);
                tour = next;
            }
        }
    }

    #[test]
    fn a_latest_arrival_is_found_whatever_cancels_out() {
        for next in [0.0, 1e-14, -1e-14, 1e-300, 5.0, -3.0, 1e15, f64::INFINITY] {
            for (leg, service) in [(50.0, 10.0), (0.1, 0.2), (1e-9, 0.0), (0.0, 0.0), (1e12, 90.0)]
            {
                let by = latest_before(next, leg, service);
                assert!((by + service) + leg <= next, "{next} {leg} {service}");
            }
        }
    }

    #[test]
    fn a_spliced_tour_is_the_one_made_anew() {
        each_tour(|problem, tour, _| {
            let mut anew = Tour::default();
            assert!(anew.fill(problem, tour.visits()));
            let bits = |tour: &Tour| -> Vec<(u32, i64, u64, u64, u64)> {
                let of = |s: &Stop| {
                    (s.stop, s.load, s.ends.to_bits(), s.latest.to_bits(), s.leg.to_bits())
                };
                tour.stops.iter().map(of).collect()
            };
            assert_eq!(bits(tour), bits(&anew));
            assert_eq!(tour.length.to_bits(), anew.length.to_bits());
        });
    }

    #[test]
    fn the_best_place_is_that_of_trying_all() {
        let mut found = 0;
        each_tour(|problem, tour, random| {
            let request = random.below(problem.n);
            if tour.visits().any(|stop| request_of(stop) == request) {
                return;
            }
            let before = tour.length;
            let mut least = f64::INFINITY;
            let mut tried = Tour::default();
            let last = tour.stops.len() as u32 - 1;
            for pickup_after in 0..last {
                for delivery_after in pickup_after..last {
                    let place = Place { added: 0.0, pickup_after, delivery_after };
                    if tried.fill_with(problem, tour, request, place) {
                        least = least.min(tried.length - before);
                    }
                }
            }
            let best = |below| tour.best_place(problem, request, below, &mut Vec::new());
            let place = best(f64::INFINITY);
            assert_eq!(place.is_one(), least.is_finite());
            if place.is_one() {
                found += 1;
                assert!((place.added - least).abs() < 1e-9, "{} {least}", place.added);
                // a bound leaves out what it says and nothing else
                assert_eq!(best(place.added + 1e-3), place);
                assert!(!best(place.added).is_one());
            }
            // who is apart from somebody in the tour finds no place
            let is_apart = |stop: usize| {
                let other = request_of(stop);
                problem.apart(request)[other / 64] >> (other % 64) & 1 == 1
            };
            assert!(!(place.is_one() && tour.visits().any(is_apart)));
        });
        assert!(found > 50);
    }
}
