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

#[test]
fn a_load_that_no_leg_takes_so_far_stops_for_fuel() {
    let dir = place();
    let (scenario, far) = (scenario("minimal"), overlay("half-way-field"));
    let args = ["plan", &scenario, "--overlay", &far, "-o", "far.json", "--epochs", "2"];
    let (code, summary) = json(dir.path(), &[&args[..], &["--summary", "json"]].concat());
    assert_eq!((code, &summary["unmoved"]), (0, &0.into()));
    let plan = std::fs::read_to_string(dir.path().join("far.json")).expect("it is written");
    let mut plan: exeunt_model::Plan = serde_json::from_str(&plan).expect("a plan");
    let stops = |plan: &exeunt_model::Plan| -> Vec<(usize, usize)> {
        let lines = plan.lines.iter().enumerate();
        let of = |(n, line): (usize, &exeunt_model::plan::Line)| {
            let onward = |at: &usize| {
                let sortie = &line.sorties[*at];
                sortie.loading.is_none() && !sortie.load.is_empty() && sortie.from == "MIDP"
            };
            (0..line.sorties.len()).filter(onward).map(|at| (n, at)).collect::<Vec<_>>()
        };
        lines.flat_map(of).collect()
    };
    let (line, at) = *stops(&plan).first().expect("somebody stops half-way with a load");
    // a stop shorter than it takes to refuel is refused
    let sortie = &mut plan.lines[line].sorties[at];
    sortie.departs = sortie.departs - exeunt_model::Duration(60);
    sortie.lands = sortie.lands - exeunt_model::Duration(60);
    let text = serde_json::to_string(&plan).expect("plain keys");
    std::fs::write(dir.path().join("hasty.json"), text).expect("it can be written");
    let args = ["check", &scenario, "hasty.json", "--overlay", &far, "--summary", "json"];
    let (code, verdict) = json(dir.path(), &args);
    assert_ne!(code, 0);
    let rules = verdict["findings"].as_array().expect("a list").iter();
    assert!(rules.clone().any(|row| row["rule"] == "C11"), "{verdict}");
}
