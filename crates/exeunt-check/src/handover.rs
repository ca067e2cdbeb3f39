//! Handovers: C07, C08, C09 (model.md sections 2, 3 and 7).

use crate::facts::Facts;
use crate::report::Report;
use crate::resolved::{self, Held};
use crate::sweep::{self, Shortage};
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{ResourceKind, Step};
use exeunt_model::time::{Interval, Timestamp};
use std::collections::BTreeMap;

/// C07: the minimum guard stays at a site until its handover ends.
pub(crate) fn check_c07_guard(facts: &Facts, report: &mut Report) {
    let scenario = facts.scenario;
    let mut people_at: BTreeMap<PlaceId, i64> = BTreeMap::new();
    for (_, piece) in scenario.pieces.iter() {
        let people = people_at.entry(scenario.elements[piece.element].origin).or_default();
        *people = people.saturating_add(resolved::people_of(piece, piece.count.max(0)));
    }
    let mut departures: BTreeMap<PlaceId, Vec<(Timestamp, i64)>> = BTreeMap::new();
    for taken in facts.journeys.taken.iter().filter(|taken| taken.is_first) {
        let by = &facts.journeys.moves[taken.by_move];
        let people = resolved::people_of(&scenario.pieces[taken.piece], taken.count);
        departures.entry(taken.was_at).or_default().push((by.leaves, people));
    }
    let mut has_steps = vec![false; scenario.sites.len()];
    for (_, step) in scenario.steps.iter() {
        has_steps[step.site.index()] = true;
    }
    for (id, site) in scenario.sites.iter() {
        if site.min_guard <= 0 || !has_steps[id.index()] {
            continue;
        }
        let mut there = people_at.get(&site.place).copied().unwrap_or(0);
        let needed = site.min_guard.min(there);
        let mut leaving = departures.get(&site.place).cloned().unwrap_or_default();
        leaving.sort_unstable();
        for (t, people) in leaving {
            let has_ended = facts.site_ends[id.index()].is_some_and(|end| t >= end);
            if has_ended {
                break;
            }
            there -= people;
            if there < needed {
                let end = facts.site_ends[id.index()]
                    .map_or_else(|| "never ends".to_owned(), |end| format!("ends at {end}"));
                let message = format!(
                    "{there} people are left from {t} on, {needed} must stay; its handover {end}"
                );
                report.broken(Rule::C07, format!("site `{}`", site.name), Some(t), message);
                break;
            }
        }
    }
}

/// C08: handover steps follow their order, last as long as they must, and joint steps start together.
pub(crate) fn check_c08_order(facts: &Facts, report: &mut Report) {
    for (position, held) in facts.resolved.handovers.iter().enumerate() {
        let object = format!("handover step `{}`", held.row.step);
        let at = Some(held.row.starts);
        let Some(step) = held.step else {
            let message = "the scenario has no such step".to_owned();
            report.broken(Rule::C08, object, at, message);
            continue;
        };
        if facts.row_of_step[step.index()] != Some(position) {
            report.broken(Rule::C08, object, at, "the plan holds it twice".to_owned());
            continue;
        }
        check_step(facts, held, &facts.scenario.steps[step], report);
    }
    check_missing_steps(facts, report);
}

/// Checks length, predecessors and joint steps of one step.
fn check_step(facts: &Facts, held: &Held, step: &Step, report: &mut Report) {
    let row = held.row;
    let mut wrong = |message: String| {
        let object = format!("handover step `{}`", step.name);
        report.broken(Rule::C08, object, Some(row.starts), message);
    };
    let end = row.starts + step.duration;
    if row.ends != end {
        wrong(format!(
            "it ends at {}, it takes {} minutes and must end at {end}",
            row.ends,
            step.duration.0 / 60
        ));
    }
    for &(before, lag) in &step.after {
        let name = &facts.scenario.steps[before].name;
        match row_of(facts, before) {
            None => wrong(format!("step `{name}` before it is missing from the plan")),
            Some(before) if row.starts < before.row.ends + lag => wrong(format!(
                "it starts at {}, step `{name}` before it allows that from {} on",
                row.starts,
                before.row.ends + lag
            )),
            Some(_) => {}
        }
    }
    for &joint in &step.with {
        let name = &facts.scenario.steps[joint].name;
        match row_of(facts, joint) {
            None => wrong(format!("step `{name}` that starts with it is missing from the plan")),
            Some(joint) if row.starts != joint.row.starts => wrong(format!(
                "it starts at {}, step `{name}` that starts with it at {}",
                row.starts, joint.row.starts
            )),
            Some(_) => {}
        }
    }
}

fn row_of<'a, 'f>(facts: &'f Facts<'a>, step: StepId) -> Option<&'f Held<'a>> {
    facts.row_of_step[step.index()].map(|row| &facts.resolved.handovers[row])
}

/// Reports steps that are missing though an element freed by their site leaves.
fn check_missing_steps(facts: &Facts, report: &mut Report) {
    let scenario = facts.scenario;
    let mut leaver: Vec<Option<ElementId>> = vec![None; scenario.sites.len()];
    for taken in &facts.journeys.taken {
        let element = facts.element_of(taken.piece);
        for &site in &scenario.elements[element].freed_by {
            let first = &mut leaver[site.index()];
            *first = first.or(Some(element));
        }
    }
    for (id, step) in scenario.steps.iter() {
        if let (None, Some(element)) = (row_of(facts, id), leaver[step.site.index()]) {
            let message = format!(
                "it is missing from the plan, element `{}` that it frees leaves",
                scenario.elements[element].name
            );
            report.broken(Rule::C08, format!("handover step `{}`", step.name), None, message);
        }
    }
}

/// C09: teams and reception of the handovers are never used beyond their capacity and shifts.
///
/// A shortage that a provider's departure causes is C25.
pub(crate) fn check_c09_teams(facts: &Facts, report: &mut Report) {
    let mut uses: BTreeMap<ResourceId, Vec<(Interval, i64)>> = BTreeMap::new();
    for held in &facts.resolved.handovers {
        let Some(step) = held.step else { continue };
        let span = Interval { from: held.row.starts, to: held.row.ends };
        for &(resource, amount) in &facts.scenario.steps[step].needs {
            uses.entry(resource).or_default().push((span, amount));
        }
    }
    for (resource, uses) in uses {
        let row = &facts.scenario.resources[resource];
        if row.kind != ResourceKind::Team {
            continue;
        }
        for shortage in sweep::shortages(facts, &[resource], &uses) {
            let object = format!("team `{}`", row.name);
            report_shortage(Rule::C09, object, &shortage, "teams", report);
        }
    }
}

/// Reports a shortage under the rule of its kind, or under C25 when a provider's departure causes it.
pub(crate) fn report_shortage(
    rule: Rule,
    object: String,
    shortage: &Shortage,
    what: &str,
    report: &mut Report,
) {
    let Shortage { at, used, there, with_providers } = *shortage;
    if shortage.is_for_want_of_provider() {
        let message = format!(
            "{used} {what} are needed, {there} are there; with those who have left it would be \
             {with_providers}"
        );
        report.broken(Rule::C25, object, Some(at), message);
    } else {
        let message = format!("{used} {what} are needed, {there} are there");
        report.broken(rule, object, Some(at), message);
    }
}
