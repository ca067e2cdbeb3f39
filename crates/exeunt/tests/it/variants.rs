//! The operation of January 2022 with one thing changed: another thing binds, and the closure moves the way it should.

use super::*;

/// What a run says: left the host, closure, and the headline of the last day.
struct Said {
    left: i64,
    closure: i64,
    kind: String,
    what: String,
}

fn run(overlays: &[&str]) -> Said {
    let dir = place();
    let scenario = scenario("kazakhstan-2022");
    let laid: Vec<String> = overlays.iter().map(|name| overlay(name)).collect();
    let mut args = vec!["plan", &scenario, "--epochs", "2", "--summary", "json"];
    for folder in &laid {
        args.extend(["--overlay", folder]);
    }
    let (_, summary) = json(dir.path(), &args);
    assert_eq!(summary["unmoved"], 0, "{overlays:?}");
    assert_eq!(summary["feasible"], true, "{overlays:?}");
    let binds = summary["binds"].as_array().expect("a list");
    let last = binds.iter().map(|b| b["date"].as_str()).max().expect("something binds");
    let headline = binds.iter().find(|b| b["date"].as_str() == last).expect("it is there");
    // both times are given, and one more makes the last departure of its day earlier
    for bind in binds {
        let now = seconds(&bind["last_departure"]);
        assert!(bind["with_one_more"].is_null() || seconds(&bind["with_one_more"]) < now, "{bind}");
    }
    let word = |key: &str| headline[key].as_str().expect("a word").to_owned();
    Said {
        left: seconds(&summary["closure_left_host"]),
        closure: seconds(&summary["closure"]),
        kind: word("kind"),
        what: word("what"),
    }
}

#[test]
fn each_variant_names_another_thing_that_binds() {
    let base = run(&[]);
    let tails = run(&["twelve-tails"]);
    let field = run(&["one-team-two-stands"]);
    let teams = run(&["half-the-host-teams"]);
    let hours = run(&["civil-hours-bind"]);
    assert_eq!(tails.kind, "tails", "{}", tails.what);
    assert_eq!(
        (field.kind.as_str(), field.what.contains("UAAA")),
        ("handling", true),
        "{}",
        field.what
    );
    assert_eq!(teams.kind, "team", "{}", teams.what);
    assert!(teams.what.contains("KZ-HT"), "{}", teams.what);
    assert_eq!(
        (hours.kind.as_str(), hours.what.contains("UAAA")),
        ("hours", true),
        "{}",
        hours.what
    );
    for (said, name) in [(tails, "tails"), (field, "field"), (teams, "teams"), (hours, "hours")] {
        assert!(said.left > base.left && said.closure > base.closure, "{name}: later than before");
    }
}

#[test]
fn handovers_that_take_longer_close_later_and_shorter_ones_earlier() {
    let [halved, base, doubled] = [&["handovers-halved"][..], &[], &["handovers-doubled"]].map(run);
    assert!(halved.left < base.left && base.left < doubled.left);
    assert!(halved.closure < base.closure && base.closure < doubled.closure);
}
