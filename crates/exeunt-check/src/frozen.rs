//! What is past or frozen: C24 (model.md section 7).

use crate::facts::Facts;
use crate::report::Report;
use exeunt_model::plan::{Column, Handover, Plan, Sortie};
use exeunt_model::rule::Rule;
use exeunt_model::time::Timestamp;
use std::collections::{HashMap, HashSet};

/// C24: what is frozen stands in the plan unchanged, and nothing else starts before the operation, or before its notice.
pub(crate) fn check_c24_frozen(facts: &Facts, report: &mut Report) {
    let nothing = Plan::default();
    let frozen = Parts::of(facts.frozen.unwrap_or(&nothing));
    check_start(facts, &frozen, report);
    if let Some(rows) = facts.frozen {
        check_kept(&Parts::of(facts.plan), rows, report);
        check_choices(facts, rows, report);
    }
}

/// The rows of a plan by name; only looked up, never gone through.
struct Parts<'a> {
    /// By tail and place in its line.
    sorties: HashMap<(&'a str, usize), &'a Sortie>,
    columns: HashMap<&'a str, &'a Column>,
    handovers: HashMap<&'a str, &'a Handover>,
}

impl<'a> Parts<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut sorties = HashMap::new();
        for line in &plan.lines {
            for (position, sortie) in line.sorties.iter().enumerate() {
                sorties.entry((line.tail.as_str(), position)).or_insert(sortie);
            }
        }
        Self {
            sorties,
            columns: plan.columns.iter().map(|column| (column.id.as_str(), column)).collect(),
            handovers: plan.handovers.iter().map(|row| (row.step.as_str(), row)).collect(),
        }
    }
}

/// Returns the first thing a sortie does.
fn starts(sortie: &Sortie) -> Timestamp {
    sortie.loading.map_or(sortie.departs, |loading| loading.starts.min(sortie.departs))
}

fn check_start(facts: &Facts, frozen: &Parts, report: &mut Report) {
    let operation = &facts.scenario.operation;
    let notice = operation.notice;
    // what is ordered anew starts after its notice, counted from the moment of planning
    let earliest = |notice| match operation.now {
        Some(now) if now + notice > operation.start => now + notice,
        _ => operation.start,
    };
    let (air, road, step) = (earliest(notice.air), earliest(notice.road), earliest(notice.step));
    let mut early = |object: String, t: Timestamp, limit: Timestamp| {
        let message = match limit > operation.start {
            true => {
                format!("it starts at {t}; what is not frozen starts at {limit} at the earliest")
            }
            false => format!("it starts at {t}, before the operation at {limit}"),
        };
        report.broken(Rule::C24, object, Some(t), message);
    };
    for line in &facts.plan.lines {
        for (position, sortie) in line.sorties.iter().enumerate() {
            let is_frozen = frozen.sorties.get(&(line.tail.as_str(), position)) == Some(&sortie);
            if starts(sortie) < air && !is_frozen {
                early(format!("sortie `{}`", sortie.id), starts(sortie), air);
            }
        }
    }
    for column in &facts.plan.columns {
        let Some(first) = column.marches.iter().map(|march| march.departs).min() else { continue };
        if first < road && frozen.columns.get(column.id.as_str()) != Some(&column) {
            early(format!("column `{}`", column.id), first, road);
        }
    }
    for row in &facts.plan.handovers {
        if row.starts < step && frozen.handovers.get(row.step.as_str()) != Some(&row) {
            early(format!("handover step `{}`", row.step), row.starts, step);
        }
    }
}

/// Checks that what has begun to move goes on by the mode that was chosen for it.
fn check_choices(facts: &Facts, frozen: &Plan, report: &mut Report) {
    let sorties = frozen.lines.iter().flat_map(|line| &line.sorties);
    let flown = sorties.flat_map(|sortie| &sortie.load).map(|load| load.piece.as_str());
    let driven = frozen.columns.iter().flat_map(|column| &column.load);
    let begun: HashSet<&str> = flown.chain(driven.map(|load| load.piece.as_str())).collect();
    for choice in &frozen.choices {
        let mut pieces = facts.scenario.pieces.rows.iter();
        let has_begun = pieces.any(|piece| {
            facts.scenario.elements[piece.element].name == choice.element
                && begun.contains(piece.name.as_str())
        });
        if has_begun && !facts.plan.choices.contains(choice) {
            let object = format!("choice of element `{}`", choice.element);
            let message = "it has begun to move by the mode that is frozen".to_owned();
            report.broken(Rule::C24, object, None, message);
        }
    }
}

/// Checks that every sortie, column and handover of the frozen plan stands in the plan unchanged.
fn check_kept(plan: &Parts, frozen: &Plan, report: &mut Report) {
    let mut changed = |object: String, is_there: bool| {
        let message = if is_there {
            "it is frozen and differs in the plan"
        } else {
            "it is frozen and missing from its place in the plan"
        };
        report.broken(Rule::C24, object, None, message.to_owned());
    };
    for line in &frozen.lines {
        for (position, sortie) in line.sorties.iter().enumerate() {
            let found = plan.sorties.get(&(line.tail.as_str(), position));
            if found != Some(&sortie) {
                changed(format!("sortie `{}`", sortie.id), found.is_some());
            }
        }
    }
    for column in &frozen.columns {
        let found = plan.columns.get(column.id.as_str());
        if found != Some(&column) {
            changed(format!("column `{}`", column.id), found.is_some());
        }
    }
    for row in &frozen.handovers {
        let found = plan.handovers.get(row.step.as_str());
        if found != Some(&row) {
            changed(format!("handover step `{}`", row.step), found.is_some());
        }
    }
}
