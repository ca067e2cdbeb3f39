//! Judgements of the situation gate: a lowered one makes steps wait, a plan that ignores it is refused; the mandate's
//! ceiling holds on the way in.

use super::*;
use std::collections::BTreeSet;

/// Plans the withdrawal with overlays; the file of the plan and its summary.
fn plan(dir: &Path, operation: &str, overlays: &[&str]) -> (String, i32, Value) {
    let file = dir.join(format!("{operation}-{}.json", overlays.join("-"))).display().to_string();
    let scenario = scenario(operation);
    let laid: Vec<String> = overlays.iter().map(|name| overlay(name)).collect();
    let mut args = vec!["plan", &scenario, "-o", &file, "--epochs", "1", "--summary", "json"];
    laid.iter().for_each(|folder| args.extend(["--overlay", folder]));
    let (code, summary) = json(dir, &args);
    (file, code, summary)
}

fn check(dir: &Path, operation: &str, overlays: &[&str], file: &str) -> (i32, Value) {
    let scenario = scenario(operation);
    let laid: Vec<String> = overlays.iter().map(|name| overlay(name)).collect();
    let mut args = vec!["check", &scenario, file, "--summary", "json"];
    laid.iter().for_each(|folder| args.extend(["--overlay", folder]));
    json(dir, &args)
}

/// The rules of the findings, and whether every one of them names the word.
fn findings<'v>(verdict: &'v Value, word: &str) -> (BTreeSet<&'v str>, bool) {
    let rows = verdict["findings"].as_array().expect("a list");
    let rules = rows.iter().map(|row| row["rule"].as_str().expect("a rule")).collect();
    let all =
        rows.iter().all(|row| row["message"].as_str().is_some_and(|text| text.contains(word)));
    (rules, all)
}

/// Starts of the steps of the lead nation's sites in a plan.
fn starts(file: &str) -> Vec<i64> {
    let plan: Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("a plan")).expect("JSON");
    let partners = ["S01", "S02", "S04", "S05", "S09"];
    let steps = plan["handovers"].as_array().expect("a list").iter();
    let of_lead = |row: &&Value| {
        let step = row["step"].as_str().expect("an id");
        !partners.iter().any(|site| step.starts_with(site))
    };
    steps.filter(of_lead).map(|row| seconds(&row["starts"])).collect()
}

#[test]
fn a_lowered_assessment_makes_gated_steps_wait_and_the_old_plan_is_refused() {
    let dir = place();
    let lowered = ["assessment-lowered"];
    let (old, _, before) = plan(dir.path(), "kazakhstan-2022", &[]);
    let (new, code, after) = plan(dir.path(), "kazakhstan-2022", &lowered);
    assert_eq!((code, &after["unmoved"]), (0, &Value::from(0)));
    // the Secretary General calls it a crisis from 15 January, 08:00, to 16 January, 12:00
    let (from, to) = (at("2022-01-15T08:00:00+06:00"), at("2022-01-16T12:00:00+06:00"));
    let within = |file: &str| starts(file).iter().filter(|&&t| from <= t && t < to).count();
    assert!(within(&old) > 10, "{} steps of the old plan start then", within(&old));
    assert_eq!(within(&new), 0, "none of the new plan");
    assert!(starts(&new).iter().any(|&t| t >= to), "they wait");
    assert!(seconds(&after["closure_left_host"]) > seconds(&before["closure_left_host"]));
    // each plan is right for its own course of things
    assert_eq!(check(dir.path(), "kazakhstan-2022", &lowered, &new).0, 0);
    let (code, verdict) = check(dir.path(), "kazakhstan-2022", &lowered, &old);
    assert_eq!(code, 1);
    // K4 gates the steps, K3 the strength of the lead nation: the force commander no longer calls it calm
    assert_eq!(findings(&verdict, "condition `K"), (BTreeSet::from(["C27"]), true));
    let rows = verdict["findings"].as_array().expect("a list");
    let of_steps = rows
        .iter()
        .filter(|row| row["message"].as_str().is_some_and(|text| text.contains("condition `K4`")));
    assert!(of_steps.count() > 10);
}

#[test]
fn departures_hold_or_are_undone() {
    let dir = place();
    let lowered_at = at("2022-01-15T08:00:00+06:00");
    let raised_at = at("2022-01-16T12:00:00+06:00");
    let mut first = Vec::new();
    for policy in ["departures-gated-hold", "departures-gated-reverse"] {
        let overlays = ["assessment-lowered", policy];
        let (file, code, summary) = plan(dir.path(), "kazakhstan-2022", &overlays);
        assert_eq!((code, &summary["unmoved"]), (0, &Value::from(0)), "{policy}");
        assert_eq!(check(dir.path(), "kazakhstan-2022", &overlays, &file).0, 0, "{policy}");
        let plan: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a plan")).expect("JSON");
        let lines = plan["lines"].as_array().expect("a list").iter();
        let sorties = lines.flat_map(|line| line["sorties"].as_array().expect("a list"));
        let gated = sorties.filter(|sortie| {
            let load = sortie["load"].as_array().expect("a list").iter();
            let mut pieces = load.map(|row| row["piece"].as_str().expect("an id"));
            pieces.any(|piece| {
                ["RU-S03-", "RU-S06-", "RU-S07-", "RU-S08-"].iter().any(|e| piece.starts_with(e))
            }) && sortie["from"] == "UAAA"
        });
        let departs: Vec<i64> = gated.map(|sortie| seconds(&sortie["departs"])).collect();
        assert!(!departs.is_empty());
        assert!(departs.iter().all(|&t| t < lowered_at || t >= raised_at), "{policy}: {departs:?}");
        first.push(departs.into_iter().min());
    }
    assert!(first[0] <= first[1], "whoever may be called back does not go first: {first:?}");
}

#[test]
fn a_strength_is_kept_through_judgements_that_rise_and_fall() {
    // 1,000 of the lead nation stay while its commander does not call it calm: for good he never does
    let dir = place();
    let overlays = ["judgements-alternate"];
    let (file, code, summary) = plan(dir.path(), "kazakhstan-2022", &overlays);
    assert_eq!(code, 3, "some never may go: {}", summary["unmoved"]);
    let (_, verdict) = check(dir.path(), "kazakhstan-2022", &overlays, &file);
    assert_eq!(verdict["findings"], serde_json::json!([]));
}

#[test]
fn what_no_plan_can_set_right_is_not_planned() {
    let dir = place();
    let (here, low) = (scenario("kazakhstan-2022"), overlay("low-ceiling"));
    let output = exeunt(dir.path(), &["plan", &here, "--overlay", &low, "-o", "plan.json"]);
    assert_eq!(code(&output), 2, "{}", error(&output));
    assert!(error(&output).contains("above-ceiling"), "{}", error(&output));
}

#[test]
fn a_strength_above_the_ceiling_is_refused() {
    let dir = place();
    let (file, ..) = plan(dir.path(), "kazakhstan-2022", &[]);
    let (code, verdict) = check(dir.path(), "kazakhstan-2022", &["low-ceiling"], &file);
    assert_eq!(code, 1);
    assert_eq!(findings(&verdict, "mandate row `M3`"), (BTreeSet::from(["C27"]), true));
}

#[test]
fn the_way_in_is_planned_and_checked_and_keeps_its_ceiling() {
    let dir = place();
    let (file, code, summary) = plan(dir.path(), "deployment", &[]);
    assert_eq!((code, &summary["unmoved"]), (0, &Value::from(0)));
    assert_eq!(check(dir.path(), "deployment", &[], &file).0, 0);
    // every loaded sortie either brings somebody of the force in or carries citizens out
    let sorties = |key: &str| -> i64 {
        let days = summary[key].as_array().expect("a list").iter();
        days.map(|day| day["loaded_sorties"].as_i64().expect("a number")).sum()
    };
    assert_eq!(sorties("days_in") + sorties("days"), summary["loaded_sorties"]);
    assert!(sorties("days_in") > 90 && sorties("days") >= 8);
    for party in summary["parties"].as_array().expect("a list") {
        let came_in = !party["entered_host"].is_null();
        assert_eq!(came_in, party["id"] != "CIV", "{party}");
    }
    // 2,030 people come; with a ceiling of 2,000 the old plan is refused, the new one leaves some at home
    let (code, verdict) = check(dir.path(), "deployment", &["low-ceiling"], &file);
    assert_eq!(code, 1);
    assert_eq!(findings(&verdict, "mandate row `M3`"), (BTreeSet::from(["C27"]), true));
    let (file, code, summary) = plan(dir.path(), "deployment", &["low-ceiling"]);
    assert_eq!(code, 3, "something is unmoved");
    assert!(summary["unmoved"].as_i64().is_some_and(|n| n >= 30), "{}", summary["unmoved"]);
    let (_, verdict) = check(dir.path(), "deployment", &["low-ceiling"], &file);
    assert_eq!(verdict["findings"], serde_json::json!([]));
    let plan: Value =
        serde_json::from_str(&std::fs::read_to_string(&file).expect("a plan")).expect("JSON");
    let rules: BTreeSet<&str> = plan["unmoved"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["rule"].as_str().expect("a rule"))
        .collect();
    assert!(rules.contains("C27"), "{rules:?}");
}

#[test]
fn request_and_decision_gate_the_way_in() {
    let dir = place();
    let (file, ..) = plan(dir.path(), "deployment", &[]);
    let plan: Value =
        serde_json::from_str(&std::fs::read_to_string(&file).expect("a plan")).expect("JSON");
    let columns = plan["columns"].as_array().expect("a list").iter();
    let first = columns.map(|column| seconds(&column["marches"][0]["departs"])).min();
    let scenario = exeunt_scenario::read(scenario("deployment")).expect("it is valid").scenario;
    let decided = scenario.conditions.rows.iter().filter_map(|row| match row.truth {
        exeunt_model::scenario::Truth::From(from) => from,
        exeunt_model::scenario::Truth::Level { .. } => None,
    });
    let decided = decided.map(|t| t.0).min().expect("a decision");
    assert!(first >= Some(decided), "nobody leaves home before {decided}: {first:?}");
}

#[test]
fn the_template_of_the_way_in_is_written() {
    let dir = place();
    let output = exeunt(dir.path(), &["new", "mine", "--template", "deployment"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    assert_eq!(code(&exeunt(dir.path(), &["validate", "mine"])), 0);
}
