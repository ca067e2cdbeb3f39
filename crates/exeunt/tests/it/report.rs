//! `report`: documents about a plan.

use super::*;
use std::collections::BTreeSet;

/// Makes a plan of a scenario in a folder.
fn planned(dir: &Path, name: &str) -> String {
    let plan = dir.join("plan.json").display().to_string();
    let output = exeunt(dir, &["plan", &scenario(name), "-o", &plan, "--epochs", "1"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    plan
}

#[test]
fn a_page_opens_in_the_language_asked_for() {
    let dir = place();
    let plan = planned(dir.path(), "minimal");
    for (lang, direction) in [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl")] {
        let args = ["report", &scenario("minimal"), &plan, "--lang", lang, "-o", "report.html"];
        let output = exeunt(dir.path(), &args);
        assert_eq!((code(&output), text(&output)), (0, String::new()), "{}", error(&output));
        let page = std::fs::read_to_string(dir.path().join("report.html")).expect("written");
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{direction}\">")));
        assert!(page.contains(&format!("id=\"language-{lang}\" value=\"{lang}\" checked")));
        for edition in ["en", "ru", "ar"] {
            assert!(page.contains(&format!("<main class=\"edition\" lang=\"{edition}\"")));
        }
    }
}

#[test]
fn a_page_stands_at_the_moment_asked_for_in_the_zone_of_the_operation() {
    let dir = place();
    let plan = planned(dir.path(), "kazakhstan-2022");
    let page = |at: &str| {
        let output =
            exeunt(dir.path(), &["report", &scenario("kazakhstan-2022"), &plan, "--at", at]);
        assert_eq!(code(&output), 0, "{}", error(&output));
        text(&output)
    };
    let stands = "The page stands at Saturday, 15 January 2022, 09:30 (+06)";
    assert!(page("2022-01-15T09:30").contains(stands));
    assert!(page("2022-01-15T03:30:00Z").contains(stands));
    let wrong =
        exeunt(dir.path(), &["report", &scenario("kazakhstan-2022"), &plan, "--at", "noon"]);
    assert_eq!(code(&wrong), 2);
    assert!(error(&wrong).contains("`noon` is not a date and time"), "{}", error(&wrong));
}

#[test]
fn the_page_of_2022_is_small_names_nobody_and_stands_beside_the_record() {
    let dir = place();
    let plan = planned(dir.path(), "kazakhstan-2022");
    let record = format!("{}/history.plan.json", scenario("kazakhstan-2022"));
    let args = ["report", &scenario("kazakhstan-2022"), &plan, "--beside", &record, "--self-test"];
    let output = exeunt(dir.path(), &args);
    assert_eq!(code(&output), 0, "{}", error(&output));
    let page = text(&output);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(page.contains("Record (hours assumed)"));
    assert!(page.contains("refused with the right rule"));
    // persons speak in an office and stand in the ledger alone; these are bodies that speak through somebody
    let bodies = ["Almaty airport", "Sputnik", "TASS"];
    let ledger = root().join("scenarios/kazakhstan-2022/statements.csv");
    let mut reader = csv::Reader::from_path(ledger).expect("the ledger");
    let head = reader.headers().expect("a head").clone();
    let column = |name: &str| head.iter().position(|h| h == name).expect("a column");
    let (speaker, office) = (column("speaker"), column("office"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let persons: BTreeSet<&str> =
        rows.iter().filter(|row| !row[office].is_empty()).map(|row| &row[speaker]).collect();
    let shown = |name: &&&str| page.contains(**name);
    let persons: Vec<&&str> =
        persons.iter().filter(|name| !name.is_empty() && !bodies.contains(name)).collect();
    assert!(persons.len() > 5, "{persons:?}");
    let offices: BTreeSet<&str> = rows.iter().map(|row| &row[office]).collect();
    let named: Vec<_> =
        persons.into_iter().filter(|name| !offices.contains(**name)).filter(|n| shown(n)).collect();
    assert!(named.is_empty(), "named: {named:?}");
}

#[test]
fn other_documents_are_written_too() {
    let dir = place();
    let plan = planned(dir.path(), "kazakhstan-2022");
    let s = scenario("kazakhstan-2022");
    let assumed = exeunt(dir.path(), &["report", &s, &plan, "--kind", "assumptions"]);
    assert_eq!(code(&assumed), 0);
    assert!(text(&assumed).starts_with("<!doctype html>"));
    let said = exeunt(dir.path(), &["report", &s, &plan, "--kind", "communique", "--lang", "ru"]);
    assert_eq!(code(&said), 0);
    assert!(text(&said).starts_with("Вывод коллективных сил из Казахстана"), "{}", text(&said));
    let args = ["report", &s, &plan, "--kind", "communique", "--format", "html", "-o", "said.html"];
    assert_eq!(code(&exeunt(dir.path(), &args)), 0);
    let html = std::fs::read_to_string(dir.path().join("said.html")).expect("written");
    assert!(html.starts_with("<!DOCTYPE html>"), "{}", &html[..40]);
}

#[test]
fn what_binds_is_asked_of_own_plans_only() {
    let dir = place();
    let plan = planned(dir.path(), "minimal");
    let s = scenario("minimal");
    let output = exeunt(dir.path(), &["report", &s, &plan, "--binds"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    assert!(text(&output).contains("What binds"));
    let mut changed: Value =
        serde_json::from_str(&std::fs::read_to_string(&plan).expect("written")).expect("a plan");
    changed["lines"] = serde_json::json!([]);
    std::fs::write(&plan, changed.to_string()).expect("writable");
    let output = exeunt(dir.path(), &["report", &s, &plan, "--binds"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("what binds is known of plans that"), "{}", error(&output));
}

#[test]
fn a_situation_says_what_a_stop_keeps() {
    let dir = place();
    let (here, plan) = (scenario("kazakhstan-2022"), planned(dir.path(), "kazakhstan-2022"));
    let situation = |at: &str, keep: &str| {
        let args = ["report", &here, &plan, "--kind", "situation", "--at", at, "--keep", keep];
        json(dir.path(), &[&args[..], &["--format", "json"]].concat()).1
    };
    let before = situation("2022-01-13T00:00", "S03,S10");
    assert_eq!((&before["people"], &before["vehicles"]), (&2030.into(), &244.into()));
    assert_eq!(before["first_back_s"], Value::Null, "nobody has left");
    let named = &before["tasks"][0];
    assert_eq!((&named["id"], &named["n_lost"]), (&"named".into(), &0.into()));
    // one second after the first of the two has gone, one cannot be kept any more
    let first = named["losses"][0]["last_stop"].as_str().expect("a moment");
    let lost = |t: i64| {
        let at = exeunt_model::Timestamp(t).to_rfc3339();
        situation(&at, "S03,S10")["tasks"][0]["n_lost"].as_i64()
    };
    assert_eq!((lost(at(first)), lost(at(first) + 1)), (Some(0), Some(1)));
    let end = situation("2022-01-20T00:00", "S03,S10");
    assert_eq!((&end["people"], &end["guarded"]), (&0.into(), &serde_json::json!([])));
    let args = ["report", &here, &plan, "--kind", "situation", "--keep", "S03"];
    let output = exeunt(dir.path(), &args);
    let page = text(&output);
    assert!(page.contains("IF THE LIFT STOPS") && page.contains("K4"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    let wrong =
        exeunt(dir.path(), &["report", &here, &plan, "--kind", "situation", "--keep", "S99"]);
    assert_eq!(code(&wrong), 2);
}
