//! Bad input at the command line: a message, exit 2, nothing lost.

use super::*;

#[test]
fn bad_scenarios_and_plans_are_refused_with_exit_2() {
    let dir = place();
    let minimal = scenario("minimal");
    std::fs::write(dir.path().join("broken.json"), "{\"format\": 1, ").expect("written");
    std::fs::write(dir.path().join("plan.json"), "{\"format\": 1}").expect("written");
    for args in [
        &["validate", "nowhere"][..],
        &["validate", "broken.json"],
        &["plan", "nowhere", "-o", "plan.json"],
        &["check", &minimal, "nowhere.json"],
        &["check", &minimal, "plan.json"],
        &["plan", &minimal, "--epochs", "0"],
        &["plan", &minimal, "--seconds=-1"],
        &["plan", &minimal, "--lang", "ru"],
        &["new", "mine"],
        &["fly"],
    ] {
        let output = exeunt(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", error(&output));
        assert!(!error(&output).is_empty(), "{args:?} says nothing");
        assert!(!error(&output).contains("panicked"), "{}", error(&output));
    }
}

#[test]
fn problems_are_one_json_object_on_request() {
    let dir = place();
    let (exit, value) = json(dir.path(), &["validate", "nowhere", "--summary", "json"]);
    assert_eq!(exit, 2);
    assert!(value["problems"].as_array().is_some_and(|list| !list.is_empty()), "{value}");
}

#[test]
fn a_problem_shows_file_row_column_value_and_remedy() {
    let dir = place();
    let new = exeunt(dir.path(), &["new", "mine", "--template", "minimal"]);
    assert_eq!(code(&new), 0);
    let file = dir.path().join("mine/tails.csv");
    let tails = std::fs::read_to_string(&file).expect("there");
    std::fs::write(&file, tails.replace("Il-76MD", "Il-76MX")).expect("written");
    let output = exeunt(dir.path(), &["validate", "mine"]);
    assert_eq!(code(&output), 2);
    let said = error(&output);
    for part in ["tails.csv:2", "Il-76MX", "did you mean `Il-76MD`"] {
        assert!(said.contains(part), "no `{part}` in:\n{said}");
    }
}

#[test]
fn schemas_are_json_schemas() {
    let dir = place();
    for name in ["scenario", "plan", "events"] {
        let (exit, schema) = json(dir.path(), &["schema", name]);
        assert_eq!(exit, 0);
        assert!(schema["$schema"].as_str().is_some_and(|s| s.contains("2020-12")), "{name}");
        assert!(schema["properties"].is_object(), "{name}");
    }
}

#[test]
fn the_same_seed_and_epochs_give_the_same_file_on_any_number_of_threads() {
    let dir = place();
    let scenario = scenario("kazakhstan-2022");
    let plan = |threads: &str, file: &str| {
        let args =
            ["plan", &scenario, "--epochs", "1", "--lanes", "8", "--threads", threads, "-o", file];
        assert_eq!(code(&exeunt(dir.path(), &args)), 0);
        std::fs::read(dir.path().join(file)).expect("written")
    };
    let one = plan("1", "one.json");
    assert!(one == plan("2", "two.json") && one == plan("8", "eight.json"));
}

#[test]
fn a_frozen_part_stands_in_the_plan() {
    let dir = place();
    let scenario = scenario("minimal");
    let run = |args: &[&str]| exeunt(dir.path(), args);
    let first = run(&["plan", &scenario, "--epochs", "1", "-o", "first.json"]);
    assert_eq!(code(&first), 0);
    let again =
        run(&["plan", &scenario, "--epochs", "1", "--frozen", "first.json", "-o", "again.json"]);
    assert_eq!(code(&again), 0, "{}", error(&again));
    let check = run(&["check", &scenario, "again.json", "--frozen", "first.json"]);
    assert_eq!(code(&check), 0, "{}", text(&check));
    // a plan that drops a frozen sortie is refused with C24
    let plan = std::fs::read_to_string(dir.path().join("again.json")).expect("written");
    let mut plan: Value = serde_json::from_str(&plan).expect("JSON");
    plan["lines"][0]["sorties"].as_array_mut().expect("a list").remove(0);
    std::fs::write(dir.path().join("again.json"), plan.to_string()).expect("written");
    let (exit, check) = json(
        dir.path(),
        &["check", &scenario, "again.json", "--frozen", "first.json", "--summary", "json"],
    );
    assert_eq!(exit, 1);
    let findings = check["findings"].as_array().expect("a list");
    assert!(findings.iter().any(|f| f["rule"] == "C24"), "{findings:?}");
}

#[test]
fn who_ends_in_the_host_never_leaves_it() {
    // the neighbour's country becomes the theatre too: its column from one side of the border to the other never leaves
    // the host, and nobody may wait for that in vain (found by fuzzing)
    let dir = place();
    std::fs::create_dir(dir.path().join("laid")).expect("a folder");
    std::fs::write(dir.path().join("laid/parties.csv"), "id,role\nNEAR,host\n").expect("written");
    let base = scenario("broken/_base");
    let plan = ["plan", &base, "--overlay", "laid", "-o", "plan.json", "--epochs", "1"];
    let output = exeunt(dir.path(), &plan);
    assert!([0, 1, 3].contains(&code(&output)), "{}", error(&output));
    let (_, verdict) =
        json(dir.path(), &["check", &base, "plan.json", "--overlay", "laid", "--summary", "json"]);
    assert_eq!(verdict["findings"], serde_json::json!([]));
}
