//! What is proven beside a plan: its certificates, the bounds that it states, and the gaps that are left
//! (model.md section 13).

use crate::certificate::{self, ProofVerdict};
use crate::facts::Facts;
use crate::objective::{self, Values};
use crate::report::Report;
use exeunt_model::finding::{Gap, PromiseResult, Proven};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::time::Timestamp;

/// Has every certificate reckoned again and compares what holds with what the plan states and what it comes to.
///
/// Beside a frozen part nothing is proven yet: what has begun before the start is not looked at by the bounds.
pub(crate) fn check_bounds(
    scenario: &Scenario,
    facts: &Facts,
    promises: &[PromiseResult],
    values: &Values,
    report: &mut Report,
) -> Option<Proven> {
    let proof = facts.plan.proof.as_ref();
    let is_frozen = facts.frozen.is_some_and(has_moves);
    if is_frozen && proof.is_some() {
        report.note("the bounds are not about plans with a frozen part; none is shown".to_owned());
    }
    let mut verdict = match proof.filter(|_| !is_frozen) {
        // they are about whatever a plan chooses, so about the scenario before its choices
        Some(proof) => certificate::verify(scenario, proof),
        None => {
            if !is_frozen {
                check_stated(facts, values, &vec![None; values.levels.len()], report);
            }
            return None;
        }
    };
    report.add(std::mem::take(&mut verdict.findings));
    let unmoved = objective::unmoved(facts);
    if verdict.unmoved != unmoved {
        let message = format!(
            "its bounds are about plans that leave at most {} behind, this one leaves {unmoved}",
            verdict.unmoved
        );
        report.proof("proof".to_owned(), message);
    }
    if verdict.unmoved < unmoved {
        forget_premised(&mut verdict);
    }
    check_stated(facts, values, &verdict.bounds, report);
    if !report.is_plan_wrong() {
        check_against(facts, promises, values, &verdict, report);
    }
    Some(gaps(facts, values, verdict))
}

fn has_moves(plan: &Plan) -> bool {
    let has_sorties = plan.lines.iter().any(|line| !line.sorties.is_empty());
    has_sorties || !plan.columns.is_empty() || !plan.handovers.is_empty()
}

/// Takes back what is proven of plans that leave fewer behind than this one.
fn forget_premised(verdict: &mut ProofVerdict) {
    for (position, level) in verdict.levels.iter().enumerate() {
        if !matches!(level.as_str(), "z0" | "z1") {
            verdict.bounds[position] = None;
            verdict.stages[position] = None;
        }
    }
    verdict.closure = None;
    verdict.left_host = None;
    verdict.parties.clear();
}

/// Compares the bounds that a plan states with those that are proven.
fn check_stated(facts: &Facts, values: &Values, proven: &[Option<i64>], report: &mut Report) {
    let stated = &facts.plan.bounds;
    if !stated.is_empty() && stated.len() != values.levels.len() {
        let (n, levels) = (stated.len(), values.levels.len());
        report
            .proof("bounds".to_owned(), format!("the plan states {n} bounds for {levels} levels"));
        return;
    }
    for ((stated, proven), level) in stated.iter().zip(proven).zip(&values.levels) {
        let message = match (stated, proven) {
            (Some(stated), Some(proven)) if stated > proven => {
                format!("the plan states the bound {stated}, its certificates prove {proven}")
            }
            (Some(stated), None) => {
                format!("the plan states the bound {stated}, nothing proves it")
            }
            _ => continue,
        };
        report.proof(format!("level `{level}`"), message);
    }
}

/// Compares what no plan can reach with what this one reaches: where it does, a certificate or this check is wrong.
fn check_against(
    facts: &Facts,
    promises: &[PromiseResult],
    values: &Values,
    verdict: &ProofVerdict,
    report: &mut Report,
) {
    let levels = values.levels.iter().zip(&values.values).zip(&verdict.bounds);
    for ((level, value), bound) in levels {
        if let Some(bound) = bound.filter(|bound| bound > value) {
            let message = format!("no plan comes below {bound}, this one comes to {value}");
            report.proof(format!("level `{level}`"), message);
        }
    }
    let ends = [
        ("arrival at the destinations", verdict.closure, Milestone::HomeBase),
        ("departure out of the host", verdict.left_host, Milestone::LeftHost),
    ];
    for (what, bound, milestone) in ends {
        let last = last(facts, milestone);
        if let (Some(bound), Some(last)) = (bound, last)
            && bound > last
        {
            let bound = bound.to_rfc3339();
            let message = format!("no plan has its last {what} before {bound}, this one at {last}");
            report.proof("proof".to_owned(), message);
        }
    }
    for result in promises.iter().filter(|result| result.strict == Some(true)) {
        if verdict.impossible.contains(&result.id) {
            let message = "no plan keeps it, this one does".to_owned();
            report.proof(format!("promise `{}`", result.id), message);
        }
    }
}

fn last(facts: &Facts, milestone: Milestone) -> Option<Timestamp> {
    facts.journeys.groups.iter().filter_map(|group| facts.milestone(group, milestone)).max()
}

/// Returns what is proven with the gaps to this plan's values.
fn gaps(facts: &Facts, values: &Values, verdict: ProofVerdict) -> Proven {
    let gaps: Vec<Option<i64>> = values
        .values
        .iter()
        .zip(&verdict.bounds)
        .map(|(&value, &bound)| share(value, bound?, value))
        .collect();
    let first = gaps.iter().position(|&gap| gap != Some(0));
    let gap = Gap {
        level: first.map(|position| values.levels[position].clone()),
        per_ten_thousand: first.map_or(Some(0), |position| gaps[position]),
    };
    let start = facts.scenario.operation.start;
    let closure_gap = match (last(facts, Milestone::HomeBase), verdict.closure) {
        (Some(closure), Some(bound)) => share(closure.0, bound.0, (closure - start).0),
        _ => None,
    };
    Proven {
        bounds: verdict.bounds,
        stages: verdict.stages,
        gaps,
        gap,
        closure: verdict.closure,
        closure_gap,
        left_host: verdict.left_host,
        parties: verdict.parties,
        impossible: verdict.impossible,
    }
}

/// Returns (value - bound) / whole in parts per ten thousand, rounded up; none where the value is below the bound.
fn share(value: i64, bound: i64, whole: i64) -> Option<i64> {
    let above = i128::from(value) - i128::from(bound);
    if above < 0 {
        return None;
    }
    if above == 0 {
        return Some(0);
    }
    let whole = i128::from(whole);
    let parts = (whole > 0).then(|| (above * 10_000 + whole - 1) / whole)?;
    Some(i64::try_from(parts).unwrap_or(i64::MAX))
}
