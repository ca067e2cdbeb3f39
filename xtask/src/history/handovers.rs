//! Handovers: steps were not reported, so each takes place as early as teams, shifts and order allow.
//!
//! [`ORDER`] says who goes first where teams are short. It is chosen so that the history can be flown at all: four of the
//! five sites whose guards land at Ivanovo on the 15th are free on the evening of the 14th, and the airport by the
//! afternoon of the 16th.

use exeunt_model::ids::*;
use exeunt_model::plan::Handover;
use exeunt_model::scenario::{Gate, Resource, Scenario, Step, Truth};
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::BTreeMap;

/// Steps start on marks of so many seconds.
const MARK: Duration = Duration(900);

/// The order in which steps are placed; steps that are not named follow in the order of their table.
const ORDER: &str = "S01-1 S01-2 S01-3 S01-4 S02-1 S02-2 S02-3 S02-4 S04-1 S04-2 S04-3 S04-4 S05-1 S05-2 S05-3 S05-4 \
    S09-1 S09-2 S09-3 S09-4 S11a-1 S11b-1 S07-1 S08-1 S11a-2 S11b-2 S07-2 S08-2 S07-3 S11a-3 S08-3 S11b-3 S06-1 S07-4 \
    S08-4 S11a-4 S11b-4 S06-2 S03-1 S13a-1 S13b-1 S06-3 S03-2 S13a-2 S06-4 S13b-2 S03-3 S10-1 S13a-3 S03-4 S13a-4 \
    S13b-3 S10-2 S13b-4 S10-3 S10-4";

/// Returns the steps at their earliest moments, by time.
pub(crate) fn earliest(s: &Scenario) -> Vec<Handover> {
    let mut waiting: Vec<StepId> = ORDER
        .split_whitespace()
        .filter_map(|name| s.steps.find(|step| step.name == name))
        .collect();
    let rest: Vec<StepId> = s.steps.ids().filter(|id| !waiting.contains(id)).collect();
    waiting.extend(rest);
    let mut placed: BTreeMap<StepId, Interval> = BTreeMap::new();
    while let Some(next) = waiting
        .iter()
        .position(|&id| s.steps[id].after.iter().all(|(before, _)| placed.contains_key(before)))
    {
        let id = waiting.remove(next);
        if let Some(span) = place(s, id, &placed) {
            placed.insert(id, span);
        }
    }
    let mut handovers: Vec<Handover> = placed
        .iter()
        .map(|(&id, span)| Handover {
            step: s.steps[id].name.clone(),
            starts: span.from,
            ends: span.to,
        })
        .collect();
    handovers.sort_by(|a, b| (a.starts, &a.step).cmp(&(b.starts, &b.step)));
    handovers
}

/// Returns the earliest stretch in which the step fits beside those placed.
fn place(s: &Scenario, id: StepId, placed: &BTreeMap<StepId, Interval>) -> Option<Interval> {
    let step = &s.steps[id];
    let after = step.after.iter().filter_map(|(before, lag)| Some(placed.get(before)?.to + *lag));
    let mut from = after.fold(begins(s, step.site)?, Timestamp::max);
    while from < s.operation.end {
        let span = Interval { from, to: from + step.duration };
        if fits(s, step, span, placed) {
            return Some(span);
        }
        from = from + MARK;
    }
    None
}

/// Returns when the handover of the site may begin by the decisions and facts that gate it. Judgements of the
/// situation change; whether the plan keeps to them is left to the checker.
fn begins(s: &Scenario, site: SiteId) -> Option<Timestamp> {
    s.conditions.iter().try_fold(s.operation.start, |begins, (_, condition)| {
        match (&condition.gate, &condition.truth) {
            (Gate::Handovers(sites), Truth::From(from)) if sites.contains(&site) => {
                Some(begins.max((*from)?))
            }
            _ => Some(begins),
        }
    })
}

fn fits(s: &Scenario, step: &Step, span: Interval, placed: &BTreeMap<StepId, Interval>) -> bool {
    let used = |resource: ResourceId, t: Timestamp| -> i64 {
        let at_work = placed.iter().filter(|(_, other)| other.contains(t));
        let needs = at_work.flat_map(|(&id, _)| &s.steps[id].needs);
        needs.filter(|(needed, _)| *needed == resource).map(|(_, amount)| amount).sum()
    };
    step.needs.iter().all(|&(resource, amount)| {
        let mut t = span.from;
        while t < span.to {
            if used(resource, t) + amount > there(&s.resources[resource], t) {
                return false;
            }
            t = t + MARK;
        }
        true
    })
}

/// Returns the capacity of a resource at a moment, had every provider stayed.
pub(crate) fn there(resource: &Resource, t: Timestamp) -> i64 {
    let rows = resource.capacity.iter().filter(|row| row.windows.iter().any(|w| w.contains(t)));
    rows.map(|row| row.amount).sum::<i64>().max(0)
}

/// Returns when each element may leave its origin.
pub(crate) fn releases(s: &Scenario, handovers: &[Handover]) -> BTreeMap<ElementId, Timestamp> {
    let ends = |site: SiteId| {
        let mine = handovers.iter().filter(|handover| {
            s.steps
                .find(|step| step.name == handover.step)
                .is_some_and(|id| s.steps[id].site == site)
        });
        mine.map(|handover| handover.ends).fold(s.operation.start, Timestamp::max)
    };
    let release = |element: ElementId| {
        let sites = s.elements[element].freed_by.iter().map(|&site| ends(site));
        sites.fold(s.elements[element].ready, Timestamp::max)
    };
    s.elements.ids().map(|element| (element, release(element))).collect()
}
