//! The objective, derived from the plan's moves (model.md section 8).

use crate::change;
use crate::custody;
use crate::facts::{Facts, is_moved};
use crate::flight::type_of;
use crate::order;
use crate::promise;
use crate::report::Report;
use crate::resolved::Flight;
use exeunt_model::finding::PromiseResult;
use exeunt_model::ids::*;
use exeunt_model::scenario::{LEVELS, Milestone, PieceKind, Scenario};
use exeunt_model::time::Timestamp;
use std::collections::BTreeSet;

/// Names and values of the levels in the scenario's order.
pub(crate) struct Values {
    pub(crate) levels: Vec<String>,
    pub(crate) values: Vec<i64>,
}

/// Returns the names of the levels in the scenario's order; levels it does not name come last.
pub(crate) fn levels(scenario: &Scenario) -> Vec<&'static str> {
    let mut levels = LEVELS[..4].to_vec();
    let rest = &LEVELS[4..];
    for name in &scenario.operation.objective_order {
        if let Some(&level) = rest.iter().find(|level| *level == name)
            && !levels.contains(&level)
        {
            levels.push(level);
        }
    }
    for &level in rest {
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    levels
}

/// Derives all levels; `broken_rules` is z0.
pub(crate) fn values(facts: &Facts, promises: &[PromiseResult], broken_rules: i64) -> Values {
    let levels = levels(facts.scenario);
    let value = |&level: &&str| match level {
        "z0" => broken_rules,
        "z1" => unmoved(facts),
        "z2" => broken_words(facts, promises),
        "z3" => order::inversions(facts),
        "z4" => weighted_closure(facts),
        "z5" => custody::soft_lateness(facts),
        "z6.tails" => tails_used(facts),
        "z6.sorties" => i64::try_from(facts.resolved.flights.len()).unwrap_or(i64::MAX),
        "z6.minutes" => flight_minutes(facts),
        "z7" => cost(facts),
        "z9" => facts.before.map_or(0, |before| change::changes(facts, before)),
        // z8: no slack is wanted yet
        _ => 0,
    };
    let values = levels.iter().map(value).collect();
    Values { levels: levels.iter().map(|&level| level.to_owned()).collect(), values }
}

/// Compares what the plan states with what follows from it; a written plan states z0 = 0.
pub(crate) fn check_stated(facts: &Facts, derived: &Values, report: &mut Report) {
    let plan = facts.plan;
    if plan.levels != derived.levels {
        let message =
            format!("the levels are {}, not {}", derived.levels.join(" "), plan.levels.join(" "));
        report.objective("objective".to_owned(), message);
    }
    if plan.objective.len() != derived.values.len() {
        let message = format!(
            "the plan states {} values for {} levels",
            plan.objective.len(),
            derived.values.len()
        );
        report.objective("objective".to_owned(), message);
        return;
    }
    for (position, (&stated, &value)) in plan.objective.iter().zip(&derived.values).enumerate() {
        let level = &derived.levels[position];
        let value = if level == "z0" { 0 } else { value };
        if stated != value {
            let message = format!("the plan states {stated}, its moves come to {value}");
            report.objective(format!("level `{level}`"), message);
        }
    }
}

/// z1: people pieces and items that never leave their origin (drivers are not counted again).
pub(crate) fn unmoved(facts: &Facts) -> i64 {
    let scenario = facts.scenario;
    let stays_away = |piece: PieceId| {
        let element = &scenario.elements[facts.element_of(piece)];
        element.origin != element.destination
    };
    facts
        .journeys
        .groups
        .iter()
        .filter(|group| !is_moved(group) && stays_away(group.piece) || facts.is_stranded(group))
        .map(|group| match scenario.pieces[group.piece].kind {
            PieceKind::People => facts.people(group),
            _ => facts.items(group),
        })
        .fold(0, i64::saturating_add)
}

/// Returns 1000^(3 - rank).
pub(crate) fn weight(rank: u8) -> i64 {
    1_000_i64.pow(u32::from(3_u8.saturating_sub(rank)))
}

/// z2: required promises false in the strict reading, of a group one, and hard dates.
fn broken_words(facts: &Facts, promises: &[PromiseResult]) -> i64 {
    let broken_promises = promise::broken_groups(facts, promises).into_iter().map(weight);
    let broken_dates = custody::late_hard_dates(facts)
        .into_iter()
        .filter_map(|element| facts.scenario.elements[element].due)
        .map(|due| weight(due.rank));
    broken_promises.chain(broken_dates).fold(0, i64::saturating_add)
}

/// Returns the last arrival of a party's moved items.
pub(crate) fn closure(facts: &Facts, party: PartyId) -> Option<Timestamp> {
    let mut last = None;
    for (element, row) in facts.scenario.elements.iter() {
        if row.party == party {
            let arrivals = facts.groups(element);
            last = arrivals
                .filter_map(|group| facts.milestone(group, Milestone::HomeBase))
                .fold(last, |last: Option<Timestamp>, t| Some(last.map_or(t, |last| last.max(t))));
        }
    }
    last
}

/// z4: sum over the parties of weight x seconds from the start to closure.
fn weighted_closure(facts: &Facts) -> i64 {
    let start = facts.scenario.operation.start;
    let mut sum = 0_i64;
    for (id, party) in facts.scenario.parties.iter() {
        if let Some(closure) = closure(facts, id) {
            sum = sum.saturating_add(party.weight.saturating_mul((closure - start).0));
        }
    }
    sum
}

/// z6.tails: tails with at least one sortie.
pub(crate) fn tails_used(facts: &Facts) -> i64 {
    let tails: BTreeSet<TailId> = facts.resolved.flights.iter().map(|f| f.tail).collect();
    i64::try_from(tails.len()).unwrap_or(i64::MAX)
}

/// z6.minutes: flight time in minutes.
fn flight_minutes(facts: &Facts) -> i64 {
    let minutes = facts.resolved.flights.iter().map(|f| (f.row.lands - f.row.departs).0 / 60);
    minutes.fold(0, i64::saturating_add)
}

/// z7: minutes x cost an hour / 60, each sortie rounded down.
fn cost(facts: &Facts) -> i64 {
    let of = |flight: &Flight| {
        let minutes = i128::from((flight.row.lands - flight.row.departs).0 / 60);
        let cost = minutes * i128::from(type_of(facts, flight).cost_per_hour);
        i64::try_from(cost.div_euclid(60)).unwrap_or(i64::MAX)
    };
    facts.resolved.flights.iter().map(of).fold(0, i64::saturating_add)
}
