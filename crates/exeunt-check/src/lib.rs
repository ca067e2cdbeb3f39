//! The independent checker: re-derives every rule of a plan from the scenario alone.
//!
//! [`check`] is a pure function of scenario, plan and frozen part. It trusts no number that a plan
//! states of itself, reads no file or clock and never panics, whatever the plan says. It shares the
//! types of `exeunt-model` with the planner and no rule: each rule is written once more here, from
//! `docs/model.md`, in one function per rule. [`self_test`] spoils a valid plan in every way the
//! rules forbid and reports which copies the checker refused.
#![warn(missing_docs, clippy::float_cmp, clippy::cast_possible_truncation)]

mod certificate;
mod change;
mod choice;
mod clearance;
mod condition;
mod convoy;
mod custody;
mod facts;
mod flight;
mod frozen;
mod ground;
mod handover;
mod journey;
mod load;
mod objective;
mod order;
mod promise;
mod proven;
mod provided;
pub mod recount;
mod report;
mod resolved;
mod road;
pub mod routes;
mod spoil;
mod summary;
mod sweep;
mod together;
mod travel;

pub use certificate::{ProofVerdict, verify};
pub use spoil::{
    Case, ProofCase, SelfTest, Spoiled, SpoiledProof, self_test, self_test_proof, spoil,
    spoil_proof,
};

use exeunt_model::finding::Verdict;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::time::Timestamp;
use exeunt_model::{Difference, ElementId};
use facts::Facts;
use report::Report;

/// Checks a plan against its scenario and, if given, the frozen part it must keep.
///
/// Every enforced rule is evaluated, whatever the others found; a plan that names what does not exist
/// gives findings of form and is checked as far as it can be understood. The verdict's numbers are
/// derived from scenario and moves alone.
pub fn check(scenario: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> Verdict {
    check_against(scenario, plan, frozen, None)
}

/// Checks a plan as [`check`] does, and counts its changes against the plan before (z9).
pub fn check_against(
    scenario: &Scenario,
    plan: &Plan,
    frozen: Option<&Plan>,
    before: Option<&Plan>,
) -> Verdict {
    let mut report = Report::default();
    let resolved = scenario.resolved(&plan.choices);
    let facts = Facts::derive(&resolved, plan, frozen, before, &mut report);

    choice::check_c01_choices(scenario, &facts, &mut report);
    check_rules(&facts, &mut report);

    let promises = promise::results(&facts);
    let broken_rules = report.rule_findings();
    let values = objective::values(&facts, &promises, broken_rules);
    objective::check_stated(&facts, &values, &mut report);
    let proven = proven::check_bounds(scenario, &facts, &promises, &values, &mut report);
    if plan.scenario_hash != scenario.hash {
        report.note(format!(
            "the plan was made for scenario `{}`, this scenario is `{}`",
            plan.scenario_hash, scenario.hash
        ));
    }
    Verdict { proven, ..summary::verdict(&facts, promises, values, report) }
}

/// Lists what a plan changes of the one before, move by move in the order of time; the weights add up to z9.
pub fn differences(scenario: &Scenario, plan: &Plan, before: &Plan) -> Vec<Difference> {
    let facts = Facts::derive(scenario, plan, None, None, &mut Report::default());
    change::differences(&facts, before)
}

/// When a plan has a set at a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// When the last of those that get there is there; none where nobody does.
    pub last: Option<Timestamp>,
    /// Items of the set that never get there, people counted singly.
    pub missing: i64,
}

/// Derives when a plan has a set at a milestone (model.md section 6), from scenario and moves alone.
pub fn reached(
    scenario: &Scenario,
    plan: &Plan,
    set: &[ElementId],
    milestone: Milestone,
) -> Reached {
    let resolved = scenario.resolved(&plan.choices);
    let facts = Facts::derive(&resolved, plan, None, None, &mut Report::default());
    let (mut last, mut missing) = (None, 0_i64);
    for group in facts.groups_in(set) {
        match facts.milestone(group, milestone) {
            Some(t) => last = last.max(Some(t)),
            None => missing = missing.saturating_add(group.count),
        }
    }
    Reached { last, missing }
}

/// Evaluates the rules in the order of their ids.
fn check_rules(facts: &Facts, report: &mut Report) {
    custody::check_c01_chain(facts, report);
    custody::check_c02_on_board(facts, report);
    custody::check_c03_release(facts, report);
    custody::check_c04_dates(facts, report);
    together::check_c05_together(facts, report);
    handover::check_c07_guard(facts, report);
    handover::check_c08_order(facts, report);
    handover::check_c09_teams(facts, report);
    flight::check_c10_continuity(facts, report);
    flight::check_c11_times(facts, report);
    flight::check_c12_payload(facts, report);
    load::check_c13_hold(facts, report);
    ground::check_c14_stands(facts, report);
    ground::check_c15_handling(facts, report);
    ground::check_c16_hours(facts, report);
    flight::check_c17_available(facts, report);
    road::check_c20_columns(facts, report);
    road::check_c21_borders(facts, report);
    custody::check_c22_staging(facts, report);
    order::check_c23_precedence(facts, report);
    frozen::check_c24_frozen(facts, report);
    provided::check_c25_keep(facts, report);
    clearance::check_c26_clearances(facts, report);
    condition::check_c27_conditions(facts, report);
}
