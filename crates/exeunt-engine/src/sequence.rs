//! The sequence of the handovers: which steps go first, so that what they free can be lifted early.
//!
//! A step list is scheduled serially ([`Desk`]); other lists are tried by swapping and moving places in it, and kept
//! when they are not worse in the *outlook* ([`crate::outlook`]). O(tries x steps^2), tries falling with the number of steps.

use crate::handover::{Desk, HandoverSchedule};
use crate::outlook::Outlook;
use crate::random::Random;
use exeunt_model::scenario::Scenario;
use exeunt_model::{Id, Timestamp};

/// Most tries, and tries times steps.
const MOST_TRIES: usize = 1_000;
const MOST_WORK: usize = 200_000;
/// Steps without an improvement after which a walk begins at its best again.
const BARREN: usize = 300;

/// Returns a sequence of the groups of steps, the sites in the order of `urgency`, smaller first.
pub(crate) fn by_urgency(s: &Scenario, desk: &Desk<'_>, urgency: &[i64]) -> Vec<usize> {
    let site = |g: usize| s.steps[desk.groups[g][0]].site.index();
    let mut list: Vec<usize> = (0..desk.groups.len()).collect();
    list.sort_by_key(|&g| (urgency[site(g)], desk.groups[g][0]));
    list
}

/// Searches a sequence whose schedule has a small value, from `list` on, in so many tries as the number of groups allows;
/// returns it with its schedule.
pub(crate) fn search(
    s: &Scenario,
    outlook: &Outlook,
    desk: &Desk<'_>,
    list: Vec<usize>,
    key: u64,
) -> (Vec<usize>, HandoverSchedule) {
    let n = desk.groups.len();
    let tries = if n < 2 { 0 } else { MOST_TRIES.min(MOST_WORK / n) };
    let value = |found: &HandoverSchedule| outlook.value(&found.ends);
    let mut walk = Walk::new(s, desk, list, key, value);
    for _ in 0..tries {
        walk.step();
    }
    let (list, best) = walk.best();
    (list, desk.close_gaps(best))
}

/// A walk over sequences: some groups or sites change places, and what is scheduled in that order is drawn together by
/// scheduling it once from the end and once from the beginning (forward-backward improvement, Tormos and Lova 2001).
pub(crate) struct Walk<'a, V, F> {
    s: &'a Scenario,
    desk: &'a Desk<'a>,
    value: F,
    random: Random,
    now: (V, Vec<usize>),
    best: (V, Vec<usize>, HandoverSchedule),
    /// Steps since the last improvement.
    barren: usize,
}

impl<'a, V: Ord + Clone, F: Fn(&HandoverSchedule) -> V> Walk<'a, V, F> {
    pub(crate) fn new(
        s: &'a Scenario,
        desk: &'a Desk<'a>,
        list: Vec<usize>,
        key: u64,
        value: F,
    ) -> Self {
        let schedule = desk.schedule(&ranks(&list));
        let worth = value(&schedule);
        let now = (worth.clone(), list.clone());
        let random = Random::new(key, 0, 0);
        Self { s, desk, value, random, now, best: (worth, list, schedule), barren: 0 }
    }

    /// Tries one other sequence; after many without an improvement the walk begins at the best again.
    pub(crate) fn step(&mut self) {
        let site = |g: usize| self.s.steps[self.desk.groups[g][0]].site.index();
        let mut list = self.now.1.clone();
        for _ in 0..1 + self.random.below(3) {
            disturb(&mut list, &site, &mut self.random);
        }
        let mut schedule = self.desk.schedule(&ranks(&list));
        let mut worth = (self.value)(&schedule);
        let again = self.desk.drawn_together(&schedule);
        let better = self.desk.schedule(&ranks(&again));
        let improved = (self.value)(&better);
        if improved <= worth {
            (list, schedule, worth) = (again, better, improved);
        }
        self.barren += 1;
        if worth < self.best.0 {
            self.barren = 0;
            self.best = (worth.clone(), list.clone(), schedule);
        }
        if worth <= self.now.0 {
            self.now = (worth, list);
        } else if self.barren.is_multiple_of(BARREN) {
            self.now = (self.best.0.clone(), self.best.1.clone());
        }
    }

    pub(crate) fn value(&self) -> &V {
        &self.best.0
    }

    pub(crate) fn best(self) -> (Vec<usize>, HandoverSchedule) {
        (self.best.1, self.best.2)
    }
}

/// Returns for each group its place in a sequence.
pub(crate) fn ranks(list: &[usize]) -> Vec<i64> {
    let mut rank = vec![0; list.len()];
    for (place, group) in list.iter().enumerate() {
        rank[*group] = i64::try_from(place).unwrap_or(i64::MAX);
    }
    rank
}

/// Moves a group to another place in a sequence, or has the groups of two sites change places.
pub(crate) fn disturb(list: &mut Vec<usize>, site: &impl Fn(usize) -> usize, random: &mut Random) {
    let (a, b) = (random.below(list.len()), random.below(list.len()));
    let (one, other) = (site(list[a]), site(list[b]));
    if one == other || random.below(3) == 0 {
        let moved = list.remove(a);
        list.insert(b, moved);
    } else {
        swap_sites(list, one, other, site);
    }
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

/// Schedules the handovers of a scenario alone, so that the last of them ends early; whoever waits for them is not
/// regarded. `go_on` hears the last end so far, if all steps take place, and says whether another sequence is tried. Returns
/// start and end of each step, none of those that cannot take place.
pub fn handovers_alone(
    s: &Scenario,
    seed: u64,
    mut go_on: impl FnMut(Option<Timestamp>) -> bool,
) -> Vec<Option<(Timestamp, Timestamp)>> {
    let open = crate::gate::all(s);
    let desk = Desk::new(s, &open, std::collections::BTreeMap::new());
    let value = |found: &HandoverSchedule| {
        let never = found.times.iter().filter(|times| times.is_none()).count();
        (never, found.times.iter().flatten().map(|times| times.1).max())
    };
    let list = by_urgency(s, &desk, &vec![0; s.sites.len()]);
    let mut walk = Walk::new(s, &desk, list, seed, value);
    while desk.groups.len() > 1 {
        let (never, last) = *walk.value();
        if !go_on(last.filter(|_| never == 0)) {
            break;
        }
        walk.step();
    }
    walk.best().1.times
}
