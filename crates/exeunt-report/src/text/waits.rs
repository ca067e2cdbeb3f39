//! What of a plan waits for decisions and judgements, and what becomes of it if one is not made or falls.

use super::{clock, count};
use crate::gating::{Gated, Gates};
use crate::grid::{LEFT, lay_out};
use crate::zoned::Clock;
use exeunt_model::finding::ConditionResult;
use exeunt_model::scenario::{Condition, Gate, Policy, Truth};
use exeunt_model::{Plan, Scenario, Timestamp, Verdict};

/// The conditions with what waits for each of them; none without conditions.
pub(super) fn waits(scenario: &Scenario, plan: &Plan, verdict: &Verdict) -> Option<String> {
    let clock = clock(scenario);
    let gates = Gates::new(scenario, plan);
    let row = |condition: &Condition| {
        let result = verdict.conditions.iter().find(|result| result.id == condition.name);
        let open = open_words(scenario, clock, condition, result);
        let gated = gated_words(clock, condition, &gates.gated(condition));
        vec![condition.name.clone(), format!("{open}: {gated}")]
    };
    let rows: Vec<Vec<String>> = scenario.conditions.rows.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = lay_out(&[LEFT.after(1), LEFT], &rows);
        format!("WAITS FOR  decisions and judgements, and what if they do not come\n{table}")
    })
}

/// Says when a condition is true, and of what it is one.
fn open_words(
    scenario: &Scenario,
    clock: Clock,
    condition: &Condition,
    result: Option<&ConditionResult>,
) -> String {
    let stretches: Vec<String> = result
        .iter()
        .flat_map(|result| &result.open)
        .map(|open| match open.to {
            Timestamp::MAX => format!("from {}", clock.moment(open.from)),
            to => format!("from {} to {}", clock.moment(open.from), clock.moment(to)),
        })
        .collect();
    let when = match stretches.is_empty() {
        true => "not true yet".to_owned(),
        false => format!("true {}", stretches.join(" and ")),
    };
    match &condition.truth {
        Truth::From(_) => when,
        Truth::Level { zone, level, .. } => {
            let place = if zone == "ALL" { "everywhere" } else { zone };
            format!("{} or better, {place}, {when}", scenario.levels[*level].name)
        }
    }
}

fn gated_words(clock: Clock, condition: &Condition, gated: &[Gated<'_>]) -> String {
    let (one, many, is_step) = match condition.gate {
        Gate::Handovers(_) => ("step of a handover", "steps of handovers", true),
        Gate::Departures(_) | Gate::Strength { .. } => ("departure", "departures", false),
    };
    // a step waits with its start, a departure with passing the gate
    let passes = |m: &Gated<'_>| if is_step { m.starts } else { m.ends };
    let Some(first) = gated.iter().min_by_key(|m| passes(m)) else {
        return "nothing in this plan waits for it".to_owned();
    };
    let n = count(gated.len(), one, many);
    let verb = if gated.len() == 1 { "waits" } else { "wait" };
    let begins = format!("{} first, {}", first.id, clock.moment(passes(first)));
    let falls = match condition.policy {
        Policy::Go => "once it is true they go, whatever follows",
        Policy::Hold => "without it they wait, and what has begun ends",
        Policy::Reverse => "without it they wait, and what is under way is undone",
    };
    format!("{n} {verb} ({begins}); {falls}")
}
