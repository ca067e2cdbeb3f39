//! Gates: when decisions and judgements of the situation let go what they gate (C27; model.md sections 3, 7, 11).

use exeunt_model::scenario::{Condition, Policy, Scenario, Truth};
use exeunt_model::time::{Interval, to_windows};
use exeunt_model::{Duration, Timestamp};
use std::collections::BTreeSet;

/// Returns while when a condition lets through what it gates, in order of time.
pub(crate) fn windows(s: &Scenario, condition: &Condition) -> Vec<Interval> {
    let mut open = match &condition.truth {
        Truth::From(None) => Vec::new(),
        Truth::From(Some(from)) => vec![Interval { from: *from, to: Timestamp::MAX }],
        Truth::Level { .. } => level_windows(s, &condition.truth),
    };
    if let (Policy::Go, Some(first)) = (condition.policy, open.first()) {
        open = vec![Interval { from: first.from, to: Timestamp::MAX }];
    }
    open
}

/// Asks at every moment at which a judgement comes in whether the latest of each office reach the level.
fn level_windows(s: &Scenario, truth: &Truth) -> Vec<Interval> {
    let Truth::Level { zone, level, offices } = truth else { return Vec::new() };
    let heard = |office: &str| offices.is_empty() || offices.iter().any(|o| o == office);
    let rows = || {
        let rows = s.assessments.rows.iter();
        rows.filter(move |a| (a.zone == *zone || a.zone == "ALL") && heard(&a.office))
    };
    let speakers: BTreeSet<&str> = rows().map(|a| a.office.as_str()).collect();
    let moments: BTreeSet<Timestamp> = rows().map(|a| a.at).collect();
    let holds = |t: Timestamp| {
        speakers.iter().all(|speaker| {
            let said = rows().filter(|a| a.office == *speaker && a.at <= t);
            // of judgements at one moment the later row stands
            said.max_by_key(|a| a.at).is_none_or(|latest| latest.level >= *level)
        })
    };
    let mut open = Vec::new();
    for (position, &from) in moments.iter().enumerate() {
        let to = moments.iter().nth(position + 1).copied().unwrap_or(Timestamp::MAX);
        if holds(from) {
            open.push(Interval { from, to });
        }
    }
    to_windows(open)
}

/// Returns the first moment at or after `t` from which the windows stay open for so long.
pub(crate) fn next_open(
    windows: &[Interval],
    t: Timestamp,
    lasting: Duration,
) -> Option<Timestamp> {
    let fits = windows.iter().find(|w| w.to > t && w.from.max(t) + lasting <= w.to);
    fits.map(|window| window.from.max(t))
}

/// Returns the moment from which the windows stay open for good.
pub(crate) fn open_for_good(windows: &[Interval]) -> Option<Timestamp> {
    windows.last().filter(|last| last.to == Timestamp::MAX).map(|last| last.from)
}

/// Returns what two lists of windows share.
pub(crate) fn shared(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let both = pairs.map(|(x, y)| Interval { from: x.from.max(y.from), to: x.to.min(y.to) });
    to_windows(both.collect())
}
