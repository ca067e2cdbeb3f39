//! Gates: when decisions and judgements of the situation let go what they gate (C27; model.md sections 3, 7, 11).

use exeunt_model::scenario::{Assessment, Condition, Policy, Scenario, Truth};
use exeunt_model::time::{Interval, to_windows};
use exeunt_model::{Duration, Timestamp};
use std::collections::HashMap;

/// Returns for each condition while when it lets through what it gates, in order of time.
pub(crate) fn all(s: &Scenario) -> Vec<Vec<Interval>> {
    s.conditions.rows.iter().map(|condition| windows(s, condition)).collect()
}

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

/// Goes through the judgements in order of time and keeps how many offices stand below the level.
/// O(n log n) for n judgements.
fn level_windows(s: &Scenario, truth: &Truth) -> Vec<Interval> {
    let Truth::Level { zone, level, offices } = truth else { return Vec::new() };
    let heard = |office: &String| offices.is_empty() || offices.contains(office);
    let of_zone = |row: &&Assessment| row.zone == *zone || row.zone == "ALL";
    let mut rows: Vec<&Assessment> =
        s.assessments.rows.iter().filter(of_zone).filter(|row| heard(&row.office)).collect();
    // stable: of judgements at one moment the later row stands
    rows.sort_by_key(|row| row.at);
    let mut stands: HashMap<&str, bool> = HashMap::new();
    let mut n_below = 0_usize;
    let mut open = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        let below = row.level < *level;
        let before = stands.insert(&row.office, below).unwrap_or(false);
        n_below = n_below + usize::from(below) - usize::from(before);
        let to = rows.get(position + 1).map_or(Timestamp::MAX, |next| next.at);
        if n_below == 0 {
            open.push(Interval { from: row.at, to });
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
