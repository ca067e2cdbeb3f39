//! Plans that break a rule: each is refused with that rule's id.

use super::*;
use std::collections::BTreeMap;

struct Planned {
    dir: tempfile::TempDir,
    plan: Value,
}

/// Plans the operation of January 2022.
fn planned(overlays: &[&str]) -> Planned {
    let dir = place();
    let scenario = scenario("kazakhstan-2022");
    let laid: Vec<String> = overlays.iter().map(|name| overlay(name)).collect();
    let mut args = vec!["plan", &scenario, "--epochs", "1", "-o", "plan.json"];
    for folder in &laid {
        args.extend(["--overlay", folder]);
    }
    let output = exeunt(dir.path(), &args);
    assert!(code(&output) <= 1, "{}", error(&output));
    let plan = std::fs::read(dir.path().join("plan.json")).expect("written");
    Planned { plan: serde_json::from_slice(&plan).expect("JSON"), dir }
}

impl Planned {
    /// Checks a changed plan and returns the ids of the rules it breaks.
    fn findings(&self, plan: &Value) -> Vec<String> {
        std::fs::write(self.dir.path().join("spoiled.json"), plan.to_string()).expect("written");
        let scenario = scenario("kazakhstan-2022");
        let args = ["check", &scenario, "spoiled.json", "--summary", "json"];
        let (code, check) = json(self.dir.path(), &args);
        assert_eq!(code, 1, "it is refused");
        let findings = check["findings"].as_array().expect("a list");
        findings.iter().filter_map(|f| f["rule"].as_str().map(str::to_owned)).collect()
    }

    /// Moves every time of the chosen sorties.
    fn shift(&self, chosen: impl Fn(&Value) -> bool, hours: i64) -> Value {
        let mut plan = self.plan.clone();
        let lines = plan["lines"].as_array_mut().expect("a list");
        let sorties =
            lines.iter_mut().flat_map(|line| line["sorties"].as_array_mut().expect("a list"));
        let mut n_shifted = 0;
        for sortie in sorties.filter(|sortie| chosen(sortie)) {
            n_shifted += 1;
            let moved = |time: &mut Value| {
                let t = seconds(time) + hours * 3_600;
                *time = Value::String(exeunt_model::Timestamp(t).to_rfc3339());
            };
            moved(&mut sortie["departs"]);
            moved(&mut sortie["lands"]);
            for service in ["loading", "unloading"] {
                moved(&mut sortie[service]["starts"]);
                moved(&mut sortie[service]["ends"]);
            }
        }
        assert!(n_shifted > 0, "nothing to shift");
        plan
    }
}

fn carries(sortie: &Value, prefix: &str) -> bool {
    let load = sortie["load"].as_array().expect("a list");
    load.iter().any(|entry| entry["piece"].as_str().is_some_and(|piece| piece.starts_with(prefix)))
}

#[test]
fn the_handling_team_of_almaty_cannot_leave_a_day_early() {
    let planned = planned(&[]);
    let plan = planned.shift(|sortie| carries(sortie, "RU-HANDLING"), -24);
    let findings = planned.findings(&plan);
    assert!(findings.contains(&"C25".to_owned()), "{findings:?}");
}

#[test]
fn a_leg_without_a_valid_clearance_is_refused() {
    // eleven days later the clearances of the host have ended
    let planned = planned(&[]);
    let plan = planned.shift(|sortie| carries(sortie, "RU-S03"), 11 * 24);
    let findings = planned.findings(&plan);
    assert!(findings.contains(&"C26".to_owned()), "{findings:?}");
    // the great circle from Almaty to Yerevan crosses states that were not asked
    let mut plan = planned.plan.clone();
    let lines = plan["lines"].as_array_mut().expect("a list");
    let mut sorties = lines.iter_mut().flat_map(|l| l["sorties"].as_array_mut().expect("a list"));
    let sortie = sorties.find(|sortie| sortie["leg"] == "A06").expect("Armenians fly it");
    sortie["leg"] = "A07".into();
    drop(sorties);
    assert!(planned.findings(&plan).contains(&"C26".to_owned()));
}

#[test]
fn the_lead_nation_cannot_leave_before_its_partners() {
    // what leaves Almaty for home on the 15th leaves 36 hours earlier instead: fewer than 1,000 stay while
    // partners are still there (PR1)
    let planned = planned(&[]);
    let fifteenth = at("2022-01-15T00:00:00+06:00")..at("2022-01-16T00:00:00+06:00");
    let on_the_fifteenth =
        |sortie: &Value| carries(sortie, "RU-") && fifteenth.contains(&seconds(&sortie["departs"]));
    let findings = planned.findings(&planned.shift(on_the_fifteenth, -36));
    assert!(findings.contains(&"C23".to_owned()), "{findings:?}");
    // the headquarters leaves before the guards of the sites (PR2)
    let headquarters = |sortie: &Value| carries(sortie, "RU-S14");
    let findings = planned.findings(&planned.shift(headquarters, -36));
    assert!(findings.contains(&"C23".to_owned()), "{findings:?}");
}

#[test]
fn nobody_leaves_before_the_ministers_decision() {
    let planned = planned(&[]);
    let plan = planned.shift(|sortie| carries(sortie, "RU-FIRST"), -6);
    let findings = planned.findings(&plan);
    assert!(findings.contains(&"C27".to_owned()), "{findings:?}");
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the count is what the test is asked for; shown with --nocapture"
)]
fn every_spoiled_copy_of_several_plans_is_refused_by_the_right_rule() {
    let mut by_rule: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let mut count = |value: &Value| {
        let rows = value["spoiled"]["by_rule"].as_array().expect("a list");
        for row in rows {
            let number = |key: &str| row[key].as_i64().expect("a number");
            let found = by_rule.entry(row["rule"].as_str().expect("an id").to_owned()).or_default();
            *found = (found.0 + number("total"), found.1 + number("refused"));
        }
    };
    let overlays: [&[&str]; 6] = [
        &[],
        &["kept-together"],
        &["twelve-tails"],
        &["one-team-two-stands"],
        &["half-the-host-teams"],
        &["civil-hours-bind"],
    ];
    for chosen in overlays {
        let planned = planned(chosen);
        let scenario = scenario("kazakhstan-2022");
        let laid: Vec<String> = chosen.iter().map(|name| overlay(name)).collect();
        let mut args = vec!["check", &scenario, "plan.json", "--self-test", "--summary", "json"];
        for folder in &laid {
            args.extend(["--overlay", folder]);
        }
        let (code, check) = json(planned.dir.path(), &args);
        assert!(code <= 1, "{chosen:?}");
        assert_eq!(check["accepted"], true, "{chosen:?}: {}", check["findings"]);
        count(&check);
    }
    let total: i64 = by_rule.values().map(|found| found.0).sum();
    println!("{total} spoiled copies of {} plans, by rule: {by_rule:?}", overlays.len());
    let enforced: Vec<&str> = exeunt_model::Rule::ALL
        .iter()
        .filter(|rule| rule.is_enforced())
        .map(|rule| rule.id())
        .collect();
    for rule in enforced {
        let (spoiled, refused) = by_rule.get(rule).copied().unwrap_or_default();
        assert!(spoiled >= 5, "{rule}: {spoiled} spoiled copies");
        assert_eq!(spoiled, refused, "{rule}");
    }
}
