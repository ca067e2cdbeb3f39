//! Events: lines of a log in, rows of the scenario out.

use super::*;
use exeunt_model::{Scenario, Timestamp};
use exeunt_scenario::{Loaded, build, read_events};

/// Lays a log over the small scenario.
fn laid(log: &str) -> Result<Loaded, Vec<Problem>> {
    let events = read_events("log.jsonl", log.as_bytes())?;
    let mut draft = base_draft();
    draft.lay_events("log.jsonl", &events, &|_, t| t);
    build(draft)
}

fn line(at: &str, kind: &str, body: &str) -> String {
    format!(r#"{{"at":"{at}","kind":"{kind}","body":{body},"source":"a report"}}"#)
}

fn base() -> Scenario {
    build(base_draft()).expect("complete").scenario
}

#[test]
fn events_change_rows() {
    let s = base();
    let (tail, piece) = (&s.tails.rows[0].name, &s.pieces.rows[0].name);
    let at = s.operation.start.to_rfc3339();
    let field = s.places.rows.iter().find(|place| place.airfield.is_some()).expect("a field");
    let until = (s.operation.start + exeunt_model::Duration::from_hours(6)).to_rfc3339();
    let log = [
        line(&at, "tail_unserviceable", &format!(r#"{{"tail":"{tail}","until":"{until}"}}"#)),
        line(&at, "counted", &format!(r#"{{"piece":"{piece}","count":7}}"#)),
        line(
            &at,
            "airfield_closed",
            &format!(r#"{{"airfield":"{}","until":"{until}"}}"#, field.name),
        ),
    ];
    let now = laid(&log.join("\n")).expect("no problem").scenario;
    assert_ne!(now.hash, s.hash);
    let out = now.tails.rows[0].maintenance.iter().find(|m| m.from == s.operation.start);
    assert_eq!(out.map(|out| out.to.to_rfc3339()), Some(until.clone()));
    assert_eq!(now.pieces.rows[0].count, 7);
    let closed = now.hours.iter().filter(|hours| {
        now.places[hours.place].name == field.name
            && !hours.windows.iter().any(|window| window.contains(s.operation.start))
    });
    assert_eq!(closed.count(), 4);
}

#[test]
fn events_are_known_in_the_order_of_time() {
    let (early, late) = ("2022-01-13T00:00:00Z", "2022-01-14T00:00:00Z");
    let body = r#"{"piece":"P","count":1}"#;
    let log = [line(late, "counted", body), String::new(), line(early, "counted", body)];
    let events = read_events("log.jsonl", log.join("\n").as_bytes()).expect("a log");
    let known: Vec<(u32, Timestamp)> = events.iter().map(|e| (e.line, e.event.at)).collect();
    let t = |text| Timestamp::parse_rfc3339(text).expect("a moment");
    assert_eq!(known, [(3, t(early)), (1, t(late))]);
}

#[test]
fn lines_that_are_no_events_are_all_said() {
    let good = line("2022-01-13T00:00:00Z", "counted", r#"{"piece":"P","count":1}"#);
    let log = [
        "{",
        &good,
        r#"{"at":"2022-01-13T00:00:00Z","kind":"counted"}"#,
        r#"{"at":"2022-01-13","kind":"counted","body":{"piece":"P","count":1}}"#,
        r#"{"at":"2022-01-13T00:00:00Z","kind":"counted","body":{"piece":"P","count":1,"x":1}}"#,
        r#"{"at":"2022-01-13T00:00:00Z","kind":"cuonted","body":{}}"#,
        r#"{"at":"2022-01-13T00:00:00Z","kind":"counted","body":{"piece":"P","count":1},"sauce":1}"#,
    ];
    let problems = read_events("log.jsonl", log.join("\n").as_bytes()).expect_err("six problems");
    let rows: Vec<Option<u64>> = problems.iter().map(|problem| problem.place.row).collect();
    assert_eq!(rows, [Some(1), Some(3), Some(4), Some(5), Some(6), Some(7)]);
    assert!(problems[5].remedy.contains("source"), "{}", problems[5]);
}

#[test]
fn names_that_a_scenario_does_not_have_are_said_by_line() {
    let s = base();
    let at = s.operation.start.to_rfc3339();
    let log = [
        line(&at, "counted", r#"{"piece":"NOBODY","count":1}"#),
        line(&at, "tail_unserviceable", r#"{"tail":"NONE"}"#),
        line(&at, "rows", r#"{"hours":[{"id":"x","sfate":"closed"}]}"#),
    ];
    let problems = laid(&log.join("\n")).expect_err("three problems at least");
    for row in 1..=3 {
        assert!(problems.iter().any(|problem| problem.place.row == Some(row)), "{row}");
    }
    assert!(problems.iter().all(|problem| problem.place.file == "log.jsonl"), "{problems:#?}");
}
