//! Who leaves before whom: C23 (model.md section 7).

use crate::facts::{Facts, is_moved};
use crate::report::Report;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Precedence, PrecedenceKind};
use exeunt_model::time::Timestamp;

/// Later than everything: the milestone of items that move and never reach it.
const NEVER: Timestamp = Timestamp(i64::MAX);

/// First and last moment at which the moved items of a set pass the row's milestone; none if nothing
/// of it moves.
fn span(facts: &Facts, row: &Precedence, set: &[ElementId]) -> Option<(Timestamp, Timestamp)> {
    let mut span: Option<(Timestamp, Timestamp)> = None;
    for group in facts.groups_in(set).filter(|group| is_moved(group)) {
        let t = facts.milestone(group, row.milestone).unwrap_or(NEVER);
        span = Some(span.map_or((t, t), |(first, last)| (first.min(t), last.max(t))));
    }
    span
}

/// Returns the elements of `first` that pass too late; for `first_before_first` one element stands for
/// the row.
fn too_late(facts: &Facts, row: &Precedence) -> Vec<ElementId> {
    let (Some((first, _)), Some((then_first, then_last))) =
        (span(facts, row, &row.first), span(facts, row, &row.then))
    else {
        return Vec::new();
    };
    let limit = match row.kind {
        PrecedenceKind::LastBeforeLast => then_last,
        PrecedenceKind::AllBeforeFirst => then_first,
        PrecedenceKind::FirstBeforeFirst => {
            let is_broken = first > then_first;
            return row.first.iter().copied().take(usize::from(is_broken)).collect();
        }
    };
    let passes_late =
        |&element: &ElementId| span(facts, row, &[element]).is_some_and(|(_, last)| last > limit);
    row.first.iter().copied().filter(passes_late).collect()
}

/// Returns the elements of `first` too late in priced rows (z3).
pub(crate) fn inversions(facts: &Facts) -> i64 {
    let mut count = 0;
    for (_, row) in facts.scenario.precedence.iter().filter(|(_, row)| !row.hard) {
        count += i64::try_from(too_late(facts, row).len()).unwrap_or(i64::MAX);
    }
    count
}

/// C23: precedence rows hold, with the strength of the later party that must stay.
pub(crate) fn check_c23_precedence(facts: &Facts, report: &mut Report) {
    for (_, row) in facts.scenario.precedence.iter() {
        let object = format!("precedence row `{}`", row.name);
        if row.hard
            && let Some(&element) = too_late(facts, row).first()
        {
            let name = &facts.scenario.elements[element].name;
            let at = span(facts, row, &row.first).map(|(_, last)| last).filter(|&t| t < NEVER);
            let message = match row.kind {
                PrecedenceKind::LastBeforeLast => {
                    format!("element `{name}` passes after the last that follow")
                }
                PrecedenceKind::AllBeforeFirst => {
                    format!("element `{name}` passes after the first that follow")
                }
                PrecedenceKind::FirstBeforeFirst => {
                    "the first that go first pass after the first that follow".to_owned()
                }
            };
            report.broken(Rule::C23, object.clone(), at, message);
        }
        if row.stay > 0 {
            check_stay(facts, row, object, report);
        }
    }
}

/// Checks that enough people of the later party stay until the last of the earlier has passed.
fn check_stay(facts: &Facts, row: &Precedence, object: String, report: &mut Report) {
    let Some((_, until)) = span(facts, row, &row.first) else { return };
    let mut there = 0_i64;
    let mut passing: Vec<(Timestamp, i64)> = Vec::new();
    for group in facts.groups_in(&row.then) {
        let people = facts.people(group);
        there = there.saturating_add(people);
        if let Some(t) = facts.milestone(group, row.milestone) {
            passing.push((t, people));
        }
    }
    let needed = row.stay.min(there);
    passing.sort_unstable();
    for (t, people) in passing {
        if t >= until {
            break;
        }
        there -= people;
        if there < needed {
            let message =
                format!("{there} people that follow stay from {t} on, {needed} must stay");
            report.broken(Rule::C23, object, Some(t), message);
            return;
        }
    }
}
