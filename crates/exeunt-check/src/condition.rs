//! Conditions and mandate: C27 (model.md sections 3 and 7).

use crate::facts::Facts;
use crate::report::Report;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Condition, Gate};
use exeunt_model::time::Timestamp;

/// C27: what a decision or a mandate gates waits until it is true.
pub(crate) fn check_c27_conditions(facts: &Facts, report: &mut Report) {
    for (_, condition) in facts.scenario.conditions.iter() {
        match &condition.gate {
            Gate::Departures(set) => check_departures(facts, condition, set, report),
            Gate::Handovers(sites) => check_handovers(facts, condition, sites, report),
            Gate::Strength { party, people } => {
                check_strength(facts, condition, *party, *people, report);
            }
        }
    }
}

/// Returns whether the condition is true at `t`.
fn is_true(condition: &Condition, t: Timestamp) -> bool {
    condition.true_from.is_some_and(|from| t >= from)
}

/// Says from when the condition is true.
fn when_true(condition: &Condition) -> String {
    condition.true_from.map_or_else(
        || format!("condition `{}` is not true", condition.name),
        |t| format!("condition `{}` is true from {t}", condition.name),
    )
}

fn check_departures(facts: &Facts, condition: &Condition, set: &[ElementId], report: &mut Report) {
    for &element in set {
        let first = facts.groups(element).filter_map(|group| group.left_host).min();
        if let Some(t) = first.filter(|&t| !is_true(condition, t)) {
            let object = format!("element `{}`", facts.scenario.elements[element].name);
            let message = format!("it leaves the host at {t}, {}", when_true(condition));
            report.broken(Rule::C27, object, Some(t), message);
        }
    }
}

fn check_handovers(facts: &Facts, condition: &Condition, sites: &[SiteId], report: &mut Report) {
    for held in &facts.resolved.handovers {
        let Some(step) = held.step else { continue };
        let is_gated = sites.contains(&facts.scenario.steps[step].site);
        if is_gated && !is_true(condition, held.row.starts) {
            let object = format!("handover step `{}`", held.row.step);
            let message = format!("it starts at {}, {}", held.row.starts, when_true(condition));
            report.broken(Rule::C27, object, Some(held.row.starts), message);
        }
    }
}

fn check_strength(
    facts: &Facts,
    condition: &Condition,
    party: PartyId,
    people: i64,
    report: &mut Report,
) {
    let mut there = 0_i64;
    let mut leaving: Vec<(Timestamp, i64)> = Vec::new();
    for (element, row) in facts.scenario.elements.iter() {
        if row.party != party {
            continue;
        }
        for group in facts.groups(element) {
            there = there.saturating_add(facts.people(group));
            if let Some(t) = group.left_host {
                leaving.push((t, facts.people(group)));
            }
        }
    }
    let needed = people.min(there);
    leaving.sort_unstable();
    for (t, people) in leaving {
        if is_true(condition, t) {
            break;
        }
        there -= people;
        if there < needed {
            let object = format!("party `{}`", facts.scenario.parties[party].name);
            let message = format!(
                "{there} of its people are in the host from {t} on, {needed} must stay; {}",
                when_true(condition)
            );
            report.broken(Rule::C27, object, Some(t), message);
            return;
        }
    }
}
