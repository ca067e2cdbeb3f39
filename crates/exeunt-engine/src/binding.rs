//! What binds: one unit more of a resource or date, planned again, and what it does to each day.
//!
//! A thing binds on a day if one unit more of it makes that day's last departure out of the host earlier
//! (DESIGN, section 4). Planning again may not end worse: the old plan still stands with more of
//! anything, so a worse answer counts as no change. O(candidates x construction).

use crate::construct::State;
use crate::frozen::Frozen;
use crate::improve::{Draft, Setting};
use crate::network::Network;
use crate::objective::objective;
use crate::relax::{Relaxation, units_more};
use crate::solve::{Outcome, Request};
use crate::threads::side_by_side;
use exeunt_model::finding::Binding;
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::{Duration, Interval, Timestamp};
use std::collections::BTreeMap;

/// Most dates that are tried.
const DATES_MAX: usize = 12;

/// What a plan does day by day.
struct Days {
    /// Last time somebody leaves the host, by day.
    last: BTreeMap<Interval, Timestamp>,
    /// Moments with the pieces that leave the host then, sorted.
    out: Vec<(Timestamp, i64)>,
    closure: Option<Timestamp>,
    value: Vec<i64>,
}

impl Days {
    fn of(state: &State<'_>) -> Self {
        let left = state.trips.iter().filter(|trip| trip.left_host < Timestamp::MAX);
        let mut out: Vec<(Timestamp, i64)> =
            left.map(|trip| (trip.left_host, trip.count)).collect();
        out.sort_unstable();
        let mut last = BTreeMap::new();
        for &(t, _) in &out {
            last.insert(state.s.day_of(t).1, t);
        }
        let closure = state.trips.iter().map(|trip| trip.at(Milestone::HomeBase)).max();
        Self { last, out, closure, value: objective(state).1 }
    }

    fn out_before(&self, t: Timestamp) -> i64 {
        self.out.iter().take_while(|(at, _)| *at < t).map(|(_, count)| count).sum()
    }
}

/// Finds what binds on each day with departures, what tells most first, and says whether every candidate was asked.
/// `go_on` is asked before each round of candidates; with `false` the rest is left out. Who may go by air or by road goes as
/// the plan has it.
pub fn what_binds(
    s: &Scenario,
    request: &Request<'_>,
    outcome: &Outcome,
    go_on: impl Fn() -> bool,
) -> (Vec<Binding>, bool) {
    let s = &*s.resolved(&outcome.plan.choices);
    let Some(frozen) = request.frozen.map(|plan| Frozen::resolve(s, plan)).transpose().ok() else {
        return (Vec::new(), false);
    };
    let plan_again = |s: &Scenario, drafts: &[Draft]| -> Vec<Days> {
        let net = Network::new(s);
        let setting = Setting::new(s, &net, frozen.clone(), None);
        drafts.iter().map(|draft| Days::of(&setting.make(draft))).collect()
    };
    let mut drafts = vec![outcome.draft.clone(), outcome.draft.untied()];
    let mut days = plan_again(s, &drafts);
    let (free, before) = (days.remove(1), days.remove(0));
    if free.value < before.value {
        // a search that did not try this: what it alone brings is no gain of one unit more
        drafts.truncate(1);
    }
    let list = units_more(s, DATES_MAX);
    let mut found: Vec<(i64, Binding)> = Vec::new();
    let mut is_complete = true;
    for round in list.chunks(request.threads.max(1)) {
        if !go_on() {
            is_complete = false;
            break;
        }
        let ask = |relaxation: &Relaxation| {
            let mut more = s.clone();
            (relaxation.apply)(&mut more);
            let days = plan_again(&more, &drafts).into_iter();
            days.min_by(|a, b| a.value.cmp(&b.value)).expect("there is a draft at least")
        };
        let answers = side_by_side(round.iter().collect(), request.threads, ask);
        for (relaxation, after) in round.iter().zip(&answers) {
            compare(s, relaxation, &before, after, &mut found);
        }
    }
    // on a day: by the gain in closure per cent of more, since one more of two says more than one more of
    // seventy; then by the gain of the day itself
    found.sort_by_key(|(gain, b)| {
        let then = b.with_one_more.unwrap_or(b.day.from);
        (b.day, -*gain, then, b.what.clone())
    });
    (found.into_iter().map(|(_, binding)| binding).collect(), is_complete)
}

/// Adds the days on which a relaxation binds: nobody is out later, and the day's last departure comes earlier.
fn compare(
    s: &Scenario,
    relaxation: &Relaxation,
    before: &Days,
    after: &Days,
    found: &mut Vec<(i64, Binding)>,
) {
    if after.value > before.value {
        return;
    }
    let sooner = before.closure.zip(after.closure).map_or(0, |(a, b)| (a - b).0);
    let gain = sooner.saturating_mul(relaxation.amount);
    for (&day, &last) in &before.last {
        let then = after.last.get(&day).copied();
        let earlier = then.is_none_or(|then| then < last);
        if earlier && after.out_before(day.to) >= before.out_before(day.to) {
            let binding = Binding {
                day,
                date: date(s, day),
                what: relaxation.what.clone(),
                kind: relaxation.kind.to_owned(),
                unit: relaxation.unit.clone(),
                last_departure: last,
                with_one_more: then,
                closure: before.closure,
                closure_with_one_more: after.closure,
            };
            found.push((gain, binding));
        }
    }
}

/// Returns a day of the operation's zone as an ISO date.
fn date(s: &Scenario, day: Interval) -> String {
    let local = day.from + Duration(s.operation.zone_offset);
    local.to_rfc3339().chars().take(10).collect()
}
