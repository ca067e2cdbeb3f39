//! Bounds as a user sees them: the reference operation, the way in, and variants of both.

use super::*;

fn prove(scenario_name: &str, overlays: &[&str], more: &[&str]) -> (i32, Value) {
    let dir = place();
    let scenario = scenario(scenario_name);
    let laid: Vec<String> = overlays.iter().map(|name| overlay(name)).collect();
    let mut args = vec!["prove", &scenario, "--epochs", "8", "--summary", "json"];
    for folder in &laid {
        args.extend(["--overlay", folder]);
    }
    args.extend(more);
    json(dir.path(), &args)
}

/// The stage that the closure of the party that is last rests on.
fn stage_of_closure(value: &Value) -> String {
    let parties = value["parties"].as_array().expect("a list");
    let of =
        |row: &Value| (seconds(&row["closure"]["not_before"]), row["closure"]["stage"].clone());
    let bounds = parties.iter().filter(|row| !row["closure"].is_null()).map(of);
    let last = bounds.max_by_key(|bound| bound.0).expect("something is proven");
    last.1.as_str().expect("a word").to_owned()
}

#[test]
fn both_reference_operations_are_proven_up_to_the_closure() {
    for name in ["kazakhstan-2022", "deployment"] {
        let (code, value) = prove(name, &[], &[]);
        assert_eq!(code, 0, "{name}");
        assert_eq!(value["gap"]["level"], "z4", "{name}: z0 to z3 are proven");
        let gap = value["closure_gap_percent"].as_f64().expect("a number");
        assert!(gap <= 5.0, "{name}: {gap} %");
        assert!(seconds(&value["closure_bound"]) <= seconds(&value["closure"]), "{name}");
    }
}

#[test]
fn what_binds_a_variant_is_what_its_bound_rests_on() {
    // each takes something away from a field, a team or the fleet; the path of a piece alone never tells
    let variants =
        ["twelve-tails", "one-team-two-stands", "half-the-host-teams", "civil-hours-bind"];
    let (_, base) = prove("kazakhstan-2022", &[], &[]);
    for name in variants {
        let (_, value) = prove("kazakhstan-2022", &[name], &[]);
        assert_ne!(stage_of_closure(&value), "B0", "{name}");
        assert!(seconds(&value["closure_bound"]) >= seconds(&base["closure_bound"]), "{name}");
    }
}

#[test]
fn a_promise_that_nobody_can_keep_is_proven_to_be_one() {
    // P8, of rank 2, is promised for the 16th; the bound of the last departure lies on the 17th
    let (code, value) = prove("kazakhstan-2022", &["promised-too-early"], &[]);
    assert_eq!(code, 1, "a required promise is broken");
    assert_eq!(value["impossible"], serde_json::json!(["P8"]));
    let z2 = value["levels"].as_array().expect("a list").iter().position(|level| level == "z2");
    let z2 = z2.expect("there is z2");
    assert_eq!((&value["objective"][z2], &value["bounds"][z2]), (&1_000.into(), &1_000.into()));
    assert_eq!(value["gaps"][z2], 0.0);
}

#[test]
fn a_date_is_refuted_or_not() {
    let ask = |by: &str| {
        let more = ["--by", by, "--milestone", "left_host"];
        let (_, value) = prove("kazakhstan-2022", &[], &more);
        value["tested"]["refuted"].as_bool().expect("an answer")
    };
    assert!(ask("2022-01-16T12:00"), "before the bound");
    assert!(!ask("2022-01-19T00:00"), "after the plan");
}
