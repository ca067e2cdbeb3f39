//! Promises in their strict and lenient reading (model.md section 8).

use crate::facts::{Facts, is_moved};
use crate::journey::Group;
use crate::resolved::Cargo;
use exeunt_model::finding::PromiseResult;
use exeunt_model::ids::*;
use exeunt_model::scenario::{Milestone, Mode, Predicate, Promise, Scenario};
use exeunt_model::time::{Interval, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Evaluates all promises in file order.
pub(crate) fn results(facts: &Facts) -> Vec<PromiseResult> {
    facts.scenario.promises.iter().map(|(_, promise)| result(facts, promise)).collect()
}

fn result(facts: &Facts, promise: &Promise) -> PromiseResult {
    let mut result = PromiseResult {
        id: promise.name.clone(),
        strict: None,
        lenient: None,
        margin_s: None,
        required: promise.required,
        before_start: None,
    };
    if promise.before_start {
        result.before_start = Some(before_start(promise));
        return result;
    }
    let (strict, lenient, margin) = evaluate(facts, &promise.predicate);
    result.strict = Some(strict);
    result.lenient = Some(lenient);
    result.margin_s = margin;
    result
}

/// Says what the record says of a promise dated before the start.
fn before_start(promise: &Promise) -> String {
    let outcome = promise.outcome.as_deref().unwrap_or("no outcome on record");
    let said =
        if outcome.starts_with("kept") { "kept before start" } else { "missed before start" };
    match promise.evidence.as_deref().filter(|evidence| !evidence.is_empty()) {
        Some(evidence) => format!("{said}: {evidence}"),
        None => format!("{said}: {outcome}"),
    }
}

/// Returns the strict and the lenient reading and the margin to the strict one.
fn evaluate(facts: &Facts, predicate: &Predicate) -> (bool, bool, Option<i64>) {
    match predicate {
        Predicate::BegunBy { set, by } => {
            let first = facts.groups_in(set).filter_map(|group| group.left_site).min();
            let holds = |by: Timestamp| first.is_some_and(|t| t <= by);
            let margin = first.map(|t| (by.strict - t).0);
            (holds(by.strict), holds(by.lenient), margin)
        }
        Predicate::AllBy { set, milestone, by } => {
            let last = moments(facts, set, *milestone).map(|(_, last)| last);
            let holds = |by: Timestamp| last.is_some_and(|t| t <= by);
            let margin = last.map(|t| (by.strict - t).0);
            (holds(by.strict), holds(by.lenient), margin)
        }
        Predicate::OnDay { set, milestone, day, max_sorties, max_tails } => {
            let span = moments(facts, set, *milestone);
            let holds = |day: Interval| {
                let is_inside =
                    span.is_some_and(|(first, last)| day.contains(first) && day.contains(last));
                is_inside && is_within_aircraft(facts, set, day, *max_sorties, *max_tails)
            };
            let margin = span.map(|(_, last)| (day.strict.to - last).0.saturating_sub(1));
            (holds(day.strict), holds(day.lenient), margin)
        }
        Predicate::CountOnDay { field, day, at_least } => {
            let holds = |day: Interval| {
                let flights = facts.resolved.flights.iter();
                let leave = flights.filter(|flight| {
                    flight.is_loaded() && flight.from == *field && day.contains(flight.row.departs)
                });
                i64::try_from(leave.count()).unwrap_or(i64::MAX) >= *at_least
            };
            (holds(day.strict), holds(day.lenient), None)
        }
        Predicate::Mode { set, road } => {
            let holds = moves_by(facts, set, *road);
            (holds, holds, None)
        }
    }
}

/// Returns the first and the last moment at which the set passes the milestone; none if it is empty or
/// part of it never does.
fn moments(
    facts: &Facts,
    set: &[ElementId],
    milestone: Milestone,
) -> Option<(Timestamp, Timestamp)> {
    let mut span: Option<(Timestamp, Timestamp)> = None;
    for group in facts.groups_in(set) {
        let t = facts.milestone(group, milestone)?;
        span = Some(span.map_or((t, t), |(first, last)| (first.min(t), last.max(t))));
    }
    span
}

/// Returns whether the loaded sorties of that day that carry items of the set, and their tails, are no
/// more than allowed.
fn is_within_aircraft(
    facts: &Facts,
    set: &[ElementId],
    day: Interval,
    max_sorties: Option<i64>,
    max_tails: Option<i64>,
) -> bool {
    let mut sorties = BTreeSet::new();
    let mut tails = BTreeSet::new();
    for (position, flight) in facts.resolved.flights.iter().enumerate() {
        let carries = |cargo: &Cargo| set.contains(&facts.element_of(cargo.piece));
        if day.contains(flight.row.departs) && flight.cargo.iter().any(carries) {
            sorties.insert(position);
            tails.insert(flight.tail);
        }
    }
    let fits = |n: usize, most: Option<i64>| {
        most.is_none_or(|most| i64::try_from(n).unwrap_or(i64::MAX) <= most)
    };
    fits(sorties.len(), max_sorties) && fits(tails.len(), max_tails)
}

/// Returns whether every item of the set moves, wholly by road or as part of an air movement.
fn moves_by(facts: &Facts, set: &[ElementId], road: bool) -> bool {
    let moves = |group: &Group| {
        let element = &facts.scenario.elements[facts.element_of(group.piece)];
        let has_flown = group.landed.is_some();
        let is_air = matches!(element.mode, Mode::Air { .. });
        is_moved(group) && if road { !has_flown } else { has_flown && is_air }
    };
    let mut groups = facts.groups_in(set).peekable();
    groups.peek().is_some() && groups.all(moves)
}

/// Returns the best rank of each group of promises (joined by `same_as`) of which a required one is
/// false in the strict reading.
pub(crate) fn broken_groups(facts: &Facts, results: &[PromiseResult]) -> Vec<u8> {
    let mut ranks: BTreeMap<PromiseId, u8> = BTreeMap::new();
    for (id, promise) in facts.scenario.promises.iter() {
        if promise.required && results[id.index()].strict == Some(false) {
            let rank = ranks.entry(root(facts.scenario, id)).or_insert(promise.rank);
            *rank = promise.rank.min(*rank);
        }
    }
    ranks.into_values().collect()
}

/// Follows `same_as` to its end; of a ring the promise with the least id stands for it.
pub(crate) fn root(scenario: &Scenario, id: PromiseId) -> PromiseId {
    let mut seen = BTreeSet::new();
    let mut at = id;
    while seen.insert(at) {
        match scenario.promises[at].same_as {
            Some(next) => at = next,
            None => return at,
        }
    }
    // `at` was seen before: go round the ring once.
    let mut least = at;
    let mut next = scenario.promises[at].same_as;
    while let Some(other) = next.filter(|&other| other != at) {
        least = least.min(other);
        next = scenario.promises[other].same_as;
    }
    least
}
