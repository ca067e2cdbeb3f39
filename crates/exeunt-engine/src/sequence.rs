//! The sequence of the handovers: which steps go first, so that what they free can be lifted early.
//!
//! A step list is scheduled serially ([`Desk`]); other lists are tried by swapping and moving places in it, and kept
//! when they are not worse in the *outlook*: how late the lift would be if each field served what is ready in order of
//! readiness, both when it is loaded and where it is unloaded, as much as handling allows (one-machine heads and tails, Carlier 1982, with a capacity that
//! changes). The outlook decides between lists only; what is planned on a schedule is decided where it is planned.
//! O(tries x steps^2), tries falling with the number of steps.

use crate::bound::{LiftNeed, Service};
use crate::construct::deadline;
use crate::handover::{Desk, HandoverSchedule};
use crate::network::Network;
use crate::solve::mix;
use crate::timeline::Timeline;
use exeunt_model::scenario::Scenario;
use exeunt_model::{Id, SiteId, Timestamp};

/// Most tries, and tries times steps.
const MOST_TRIES: usize = 1_000;
const MOST_WORK: usize = 200_000;

/// What waits for the handovers.
#[derive(Debug)]
pub(crate) struct Outlook {
    needs: Vec<(LiftNeed, i64)>,
    /// Capacity of the fields' handling.
    lines: Vec<Timeline>,
    start: Timestamp,
}

impl Outlook {
    pub(crate) fn new(s: &Scenario, net: &Network<'_>) -> Self {
        let (needs, lines) = crate::bound::lift_needs(s, net);
        let needs = needs
            .into_iter()
            .map(|need| {
                let by = deadline(s, need.element);
                (need, by)
            })
            .collect();
        Self { needs, lines, start: s.operation.start }
    }

    /// Returns how late a schedule makes the lift: what never ends, seconds after deadlines, the last arrival, the sum
    /// of arrivals.
    fn value(&self, ends: &[Option<Timestamp>]) -> (usize, i64, Timestamp, i64) {
        let free = |sites: &[SiteId]| {
            sites.iter().try_fold(self.start, |t, site| Some(t.max(ends[site.index()]?)))
        };
        let mut ready: Vec<(Timestamp, usize)> = Vec::with_capacity(self.needs.len());
        let mut n_never = 0;
        for (at, (need, _)) in self.needs.iter().enumerate() {
            match free(&need.freed_by) {
                Some(t) => ready.push(((t.max(need.ready) + need.lead).max(need.load_from), at)),
                None => n_never += 1,
            }
        }
        ready.sort_unstable();
        let mut busy = vec![Timestamp::MIN; self.lines.len()];
        let (mut late, mut last, mut sum) = (0_i64, Timestamp::MIN, 0_i64);
        for (t, at) in ready {
            let (need, deadline) = &self.needs[at];
            let Some(home) = self.lift(need, t, &mut busy) else {
                n_never += 1;
                continue;
            };
            late = late.saturating_add((home.0 - deadline).max(0));
            last = last.max(home);
            sum = sum.saturating_add((home - self.start).0.saturating_mul(need.pieces));
        }
        (n_never, late, last, sum)
    }
}

impl Outlook {
    /// Returns when an element that is ready at `t` is at its destination: loaded and unloaded as fast as its fields
    /// serve it after those before it, each at least as long as one service takes.
    fn lift(&self, need: &LiftNeed, t: Timestamp, busy: &mut [Timestamp]) -> Option<Timestamp> {
        let Some(loading) = &need.loading else { return Some(t + need.travel) };
        let (first, last) = self.serve(loading, t, t, busy)?;
        let Some(unloading) = &need.unloading else { return Some(last + need.travel) };
        let lands = first + loading.time + need.travel;
        let (_, unloaded) = self.serve(unloading, lands, last + need.travel, busy)?;
        Some(unloaded + need.onward)
    }

    /// Returns from when to when a field serves what begins to come at `from` and has come at `until`.
    fn serve(
        &self,
        service: &Service,
        from: Timestamp,
        until: Timestamp,
        busy: &mut [Timestamp],
    ) -> Option<(Timestamp, Timestamp)> {
        let Some(line) = service.line else { return Some((from, until + service.time)) };
        let starts = from.max(busy[line]);
        let served = self.lines[line].done_by(starts, service.work)?;
        busy[line] = served;
        // what is left of the field's capacity serves others meanwhile
        Some((starts, served.max(starts.max(until) + service.time)))
    }
}

/// Schedules all steps, the sites in the order of `urgency` (smaller first) to begin with.
pub(crate) fn schedule(
    s: &Scenario,
    outlook: &Outlook,
    desk: &Desk<'_>,
    urgency: &[i64],
    key: u64,
) -> HandoverSchedule {
    let n = desk.groups.len();
    let site = |g: usize| s.steps[desk.groups[g][0]].site.index();
    let mut list: Vec<usize> = (0..n).collect();
    list.sort_by_key(|&g| (urgency[site(g)], desk.groups[g][0]));
    let ranks = |list: &[usize]| {
        let mut rank = vec![0; n];
        for (place, group) in list.iter().enumerate() {
            rank[*group] = i64::try_from(place).unwrap_or(i64::MAX);
        }
        rank
    };
    let mut best = desk.schedule(&ranks(&list));
    let mut value = outlook.value(&best.ends);
    let tries = if n < 2 { 0 } else { MOST_TRIES.min(MOST_WORK / n) };
    for t in 0..tries {
        let draw = |what: u64, below: usize| {
            let number = mix(key, 4 * t as u64 + what) >> 1;
            usize::try_from(number % below as u64).unwrap_or(0)
        };
        let mut other = list.clone();
        let (a, b) = (draw(0, n), draw(1, n));
        if draw(2, 3) == 0 {
            let moved = other.remove(a);
            other.insert(b, moved);
        } else {
            swap_sites(&mut other, site(list[a]), site(list[b]), &site);
        }
        let found = desk.schedule(&ranks(&other));
        let worth = outlook.value(&found.ends);
        if worth <= value {
            (list, best, value) = (other, found, worth);
        }
    }
    desk.close_gaps(best)
}

/// Has the steps of two sites change places in a list, each site's steps in their order.
fn swap_sites(list: &mut [usize], a: usize, b: usize, site: &impl Fn(usize) -> usize) {
    let places: Vec<usize> =
        (0..list.len()).filter(|&at| [a, b].contains(&site(list[at]))).collect();
    let first = list.iter().find(|&&g| [a, b].contains(&site(g))).map(|&g| site(g));
    let mut groups: Vec<usize> = places.iter().map(|&at| list[at]).collect();
    groups.sort_by_key(|&g| Some(site(g)) == first);
    for (at, group) in places.into_iter().zip(groups) {
        list[at] = group;
    }
}
