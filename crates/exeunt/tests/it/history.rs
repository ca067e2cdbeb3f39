//! What flew and drove in January 2022, as a plan (`history.plan.json`): where the record is at odds with what the scenario
//! assumes, and nowhere else.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Checks the history, with folders of tables laid over the scenario.
fn check(overlays: &[&str]) -> (i32, Value) {
    let dir = place();
    let folder = scenario("kazakhstan-2022");
    let plan = format!("{folder}/history.plan.json");
    let mut args = vec!["check", &folder, &plan, "--summary", "json"];
    for overlay in overlays {
        args.extend(["--overlay", overlay]);
    }
    json(dir.path(), &args)
}

fn findings(verdict: &Value) -> &[Value] {
    verdict["findings"].as_array().expect("a list")
}

fn word<'a>(finding: &'a Value, key: &str) -> &'a str {
    finding[key].as_str().expect("a word")
}

/// Rule, object and day in Almaty of every finding, each once.
fn days(verdict: &Value) -> BTreeSet<(String, String, i64)> {
    let midnight = at("2022-01-01T00:00:00+06:00");
    let day = |finding: &Value| (seconds(&finding["at"]) - midnight).div_euclid(86_400) + 1;
    let row = |f: &Value| (word(f, "rule").to_owned(), word(f, "object").to_owned(), day(f));
    findings(verdict).iter().map(row).collect()
}

#[test]
fn with_the_capacity_that_the_record_asks_for_nothing_is_found() {
    let (code, verdict) = check(&[&scenario("kazakhstan-2022-history-capacity")]);
    assert_eq!(findings(&verdict), [] as [Value; 0]);
    assert_eq!(code, 0, "required promises are kept");
    assert_eq!(verdict["levels"][1], "z1");
    assert_eq!(verdict["objective"][1], 0, "everything moves");
}

#[test]
fn without_it_the_record_is_at_odds_with_two_fields_on_three_days() {
    let (code, verdict) = check(&[]);
    assert_eq!(code, 1);
    let days = days(&verdict);
    let days: Vec<(&str, &str, i64)> =
        days.iter().map(|(rule, object, day)| (rule.as_str(), object.as_str(), *day)).collect();
    let (almaty, chkalovsky) = ("airfield `UAAA`", "airfield `UUMU`");
    let wanted = [
        ("C14", almaty, 15),
        ("C14", almaty, 16),
        ("C14", almaty, 17),
        ("C14", chkalovsky, 16),
        ("C15", almaty, 15),
        ("C15", almaty, 16),
        ("C15", almaty, 17),
    ];
    assert_eq!(days, wanted);
}

#[test]
fn civil_hours_would_have_forbidden_known_take_offs() {
    let capacity = scenario("kazakhstan-2022-history-capacity");
    let (code, verdict) = check(&[&capacity, &overlay("civil-hours-bind")]);
    assert_eq!(code, 1);
    assert!(findings(&verdict).iter().all(|f| f["rule"] == "C16"), "nothing else is found");
    let mut rows: BTreeMap<&str, i32> = BTreeMap::new();
    for finding in findings(&verdict).iter().filter(|f| word(f, "message").starts_with("take-off"))
    {
        let row = word(finding, "object").trim_start_matches("sortie `").split('-').next();
        *rows.entry(row.expect("an id")).or_default() += 1;
    }
    let rows: Vec<(&str, i32)> = rows.into_iter().collect();
    // 22:00 to 23:30; 05:45 to 07:45; 23:00; 23:15; 21:30 to 23:25; 00:20 to 07:50
    assert_eq!(rows, [("H01", 4), ("H06", 4), ("H09", 1), ("H12", 1), ("H14", 3), ("H15", 9)]);
}
