//! Summaries for programs: one JSON object each, with the keys that DESIGN section 6 promises.
//!
//! Times are RFC 3339 with the offset of the operation's zone. Keys are only ever added.

use crate::gating::Gates;
use crate::self_test::SelfTestLine;
use crate::zoned::Clock;
use exeunt_model::finding::{Binding, DayResult, Finding, PartyResult, PromiseResult};
use exeunt_model::scenario::Policy;
use exeunt_model::{Plan, Scenario, Timestamp, Verdict};
use serde_json::{Value, json};

/// Returns what `plan --summary json` prints; `epochs`, `seconds` and `seed` are those of the search.
pub fn plan_summary(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    epochs: u64,
    seconds: f64,
    seed: u64,
    bindings: &[Binding],
) -> Value {
    let clock = Clock::new(scenario.operation.zone_offset);
    let at = |t| moment(clock, t);
    let Bounded { bounds, gaps, gap, closure_gap } = bounded(verdict);
    json!({
        "feasible": verdict.accepted && verdict.unmoved == 0,
        "unmoved": verdict.unmoved,
        "closure": at(verdict.closure),
        "closure_left_host": at(verdict.closure_left_host),
        "closure_entered_host": at(verdict.closure_entered_host),
        "closure_home_airfield": at(verdict.closure_home_airfield),
        "levels": verdict.levels,
        "objective": verdict.objective,
        "bounds": bounds,
        "gaps": gaps,
        "gap": gap,
        "closure_gap_percent": closure_gap,
        "loaded_sorties": verdict.loaded_sorties,
        "ferry_sorties": verdict.ferry_sorties,
        "tails_used": verdict.tails_used,
        "parties": list(&verdict.parties, |result| party(clock, result)),
        "promises": list(&verdict.promises, |result| promise(scenario, result)),
        "epochs": epochs,
        "seconds": seconds,
        "seed": seed,
        "binds": list(bindings, |binding| bind(clock, binding)),
        "conditions": conditions(scenario, plan, verdict),
        "days": list(&verdict.days, day),
        "days_in": list(&verdict.days_in, day),
        "unmoved_list": list(&plan.unmoved, |row| json!({
            "piece": row.piece, "count": row.count, "rule": row.rule, "reason": row.reason,
        })),
        "assumed_share": assumed_share(scenario),
    })
}

/// The conditions with when they are true and what of the plan waits for each of them.
fn conditions(scenario: &Scenario, plan: &Plan, verdict: &Verdict) -> Value {
    let clock = Clock::new(scenario.operation.zone_offset);
    let at = |t| moment(clock, Some(t).filter(|t| *t < Timestamp::MAX));
    let gates = Gates::new(scenario, plan);
    list(&scenario.conditions.rows, |condition| {
        let result = verdict.conditions.iter().find(|result| result.id == condition.name);
        let open = result.map(|result| result.open.as_slice()).unwrap_or_default();
        let gated = gates.gated(condition);
        json!({
            "id": condition.name,
            "open": list(open, |open| json!({ "from": at(open.from), "to": at(open.to) })),
            "policy": match condition.policy {
                Policy::Go => "go",
                Policy::Hold => "hold",
                Policy::Reverse => "reverse",
            },
            "waiting": list(&gated, |gated| gated.id.into()),
        })
    })
}

/// Bounds and gaps of a verdict, in per cent.
struct Bounded {
    bounds: Value,
    gaps: Value,
    gap: Value,
    closure_gap: Value,
}

/// Returns what is proven, null where nothing is.
fn bounded(verdict: &Verdict) -> Bounded {
    let Some(proven) = &verdict.proven else {
        let unproven = Value::Array(vec![Value::Null; verdict.objective.len()]);
        return Bounded {
            bounds: unproven.clone(),
            gaps: unproven,
            gap: Value::Null,
            closure_gap: Value::Null,
        };
    };
    let percent = |parts: Option<i64>| parts.map_or(Value::Null, per_cent);
    let of_level = match &proven.gap.level {
        Some(level) => json!({"level": level, "percent": percent(proven.gap.per_ten_thousand)}),
        None => json!({"level": null, "percent": 0}),
    };
    Bounded {
        bounds: json!(proven.bounds),
        gaps: list(&proven.gaps, |gap| percent(*gap)),
        gap: of_level,
        closure_gap: percent(proven.closure_gap),
    }
}

/// Returns parts per ten thousand as per cent.
fn per_cent(parts: i64) -> Value {
    // two digits behind the point are exact enough, and never rounded to 0
    let whole = f64::from(i32::try_from(parts).unwrap_or(i32::MAX));
    json!(whole / 100.0)
}

/// Returns what `prove --summary json` prints.
pub fn proof_summary(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    tested: Option<crate::text::Tested<'_>>,
) -> Value {
    let clock = Clock::new(scenario.operation.zone_offset);
    let at = |t| moment(clock, t);
    let Bounded { bounds, gaps, gap, closure_gap } = bounded(verdict);
    let proven = verdict.proven.as_ref();
    let bound = |found: Option<(Timestamp, exeunt_model::certificate::Stage)>| match found {
        Some((t, stage)) => json!({"not_before": at(Some(t)), "stage": stage}),
        None => Value::Null,
    };
    json!({
        "levels": verdict.levels,
        "objective": verdict.objective,
        "bounds": bounds,
        "gaps": gaps,
        "gap": gap,
        "closure_gap_percent": closure_gap,
        "closure": at(verdict.closure),
        "closure_bound": at(proven.and_then(|p| p.closure)),
        "closure_left_host": at(verdict.closure_left_host),
        "left_host_bound": at(proven.and_then(|p| p.left_host)),
        "stages": proven.map(|p| &p.stages),
        "parties": proven.map(|p| list(&p.parties, |party| json!({
            "id": party.id, "closure": bound(party.closure), "left_host": bound(party.left_host),
        }))),
        "impossible": proven.map(|p| &p.impossible),
        "certificates": plan.proof.as_ref().map(|proof| proof.certificates.len()),
        "lemmas": plan.proof.as_ref().map(|proof| proof.lemmas.len()),
        "tested": tested.map(|t| json!({
            "what": t.what, "by": at(Some(t.by)), "not_before": at(t.not_before),
            "refuted": t.not_before.is_some_and(|bound| bound > t.by),
        })),
    })
}

/// Returns what `check --summary json` prints; `spoiled` is null unless the self-test ran.
pub fn check_summary(
    scenario: &Scenario,
    verdict: &Verdict,
    self_test: Option<&SelfTestLine>,
) -> Value {
    let clock = Clock::new(scenario.operation.zone_offset);
    json!({
        "accepted": verdict.accepted,
        "findings": list(&verdict.findings, |row| finding(clock, row)),
        "promises": list(&verdict.promises, |result| promise(scenario, result)),
        "levels": verdict.levels,
        "objective": verdict.objective,
        "notes": verdict.notes,
        "spoiled": self_test.map(spoiled),
    })
}

fn list<T>(rows: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(rows.iter().map(value).collect())
}

fn moment(clock: Clock, t: Option<Timestamp>) -> Value {
    t.and_then(|t| clock.rfc3339(t)).map_or(Value::Null, Value::String)
}

fn party(clock: Clock, result: &PartyResult) -> Value {
    json!({
        "id": result.id,
        "people": result.people,
        "vehicles": result.vehicles,
        "first_departure": moment(clock, result.first_departure),
        "last_departure": moment(clock, result.last_departure),
        "entered_host": moment(clock, result.entered_host),
        "home_airfield": moment(clock, result.home_airfield),
        "closure": moment(clock, result.closure),
        "loaded_sorties": result.loaded_sorties,
        "columns_out": result.columns_out,
        "types": list(&result.types, |(id, n)| json!({ "id": id, "loaded_sorties": n })),
    })
}

fn promise(scenario: &Scenario, result: &PromiseResult) -> Value {
    let made = scenario.promises.rows.iter().find(|promise| promise.name == result.id);
    json!({
        "id": result.id,
        "strict": result.strict,
        "lenient": result.lenient,
        "margin_s": result.margin_s,
        "required": result.required,
        "before_start": result.before_start,
        "outcome": made.and_then(|promise| promise.outcome.as_deref()),
    })
}

fn bind(clock: Clock, binding: &Binding) -> Value {
    json!({
        "date": binding.date,
        "what": binding.what,
        "kind": binding.kind,
        "unit": binding.unit,
        "last_departure": moment(clock, Some(binding.last_departure)),
        "with_one_more": moment(clock, binding.with_one_more),
        "closure": moment(clock, binding.closure),
        "closure_with_one_more": moment(clock, binding.closure_with_one_more),
    })
}

fn day(result: &DayResult) -> Value {
    json!({
        "date": result.date,
        "field": result.field,
        "loaded_sorties": result.loaded_sorties,
        "tails": result.tails,
        "handling_used_s": result.handling_used_s,
        "handling_capacity_s": result.handling_capacity_s,
    })
}

fn finding(clock: Clock, row: &Finding) -> Value {
    json!({
        "rule": row.rule.to_string(),
        "object": row.object,
        "at": moment(clock, row.at),
        "message": row.message,
    })
}

fn spoiled(test: &SelfTestLine) -> Value {
    json!({
        "total": test.spoiled,
        "refused": test.refused,
        "by_rule": list(&test.by_rule, |row| json!({
            "rule": row.rule.id(), "total": row.spoiled, "refused": row.refused,
        })),
    })
}

/// Returns the share of graded rows that are assumed, 0 to 1; 0 when no row is graded.
fn assumed_share(scenario: &Scenario) -> f64 {
    if scenario.n_graded_rows == 0 {
        return 0.0;
    }
    let share = scenario.assumptions.len() as f64 / scenario.n_graded_rows as f64;
    share.min(1.0)
}
