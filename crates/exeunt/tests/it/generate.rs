//! Invented operations: everything can move, what is planted cannot, and the planner starts from the plan beside it.

use super::*;

/// Invents an operation in a folder and returns the folder's path.
fn generated(dir: &Path, name: &str, more: &[&str]) -> String {
    let folder = dir.join(name).display().to_string();
    let size = ["--pieces", "60", "--tails", "5", "--airfields", "4", "--sites", "5"];
    let output = exeunt(dir, &[&["generate", &folder][..], &size[..], more].concat());
    assert_eq!(code(&output), 0, "{}", error(&output));
    folder
}

#[test]
fn an_invented_operation_moves_whole_and_its_witness_is_accepted() {
    let dir = place();
    for seed in ["1", "2", "3"] {
        let folder = generated(dir.path(), seed, &["--seed", seed]);
        let witness = format!("{folder}/witness.plan.json");
        let elements = std::fs::read_to_string(format!("{folder}/elements.csv")).expect("written");
        let column = |name: &str| {
            let head: Vec<&str> = elements.lines().next().expect("a head").split(',').collect();
            let at = head.iter().position(|column| *column == name).expect("a column");
            let cells = elements.lines().skip(1).filter_map(|row| row.split(',').nth(at));
            cells.filter(|cell| !cell.is_empty()).count()
        };
        assert!(column("integrity") >= 2 && column("spread_h") >= 1, "seed {seed}: {elements}");
        let (code, check) = json(dir.path(), &["check", &folder, &witness, "--summary", "json"]);
        assert_eq!((code, check["accepted"].as_bool()), (0, Some(true)), "seed {seed}");
        let args = ["plan", &folder, "--epochs", "2", "--warm-start", &witness];
        let (code, plan) = json(dir.path(), &[&args[..], &["--summary", "json"]].concat());
        assert_eq!((code, plan["unmoved"].as_i64()), (0, Some(0)), "seed {seed}");
        let numbers = |value: &Value| -> Vec<i64> {
            let list = value.as_array().expect("a list");
            list.iter().map(|number| number.as_i64().expect("a number")).collect()
        };
        let text = std::fs::read(&witness).expect("written");
        let witness: Value = serde_json::from_slice(&text).expect("JSON");
        // M19: from a plan nothing worse comes
        assert!(numbers(&plan["objective"]) <= numbers(&witness["objective"]), "seed {seed}");
    }
}

#[test]
fn the_same_seed_invents_the_same_and_another_something_else() {
    let dir = place();
    let read = |folder: String| std::fs::read(format!("{folder}/pieces.csv")).expect("written");
    let first = read(generated(dir.path(), "a", &["--seed", "7"]));
    assert_eq!(first, read(generated(dir.path(), "b", &["--seed", "7"])));
    assert_ne!(first, read(generated(dir.path(), "c", &["--seed", "8"])));
}

#[test]
fn what_is_planted_stays_behind_and_nothing_else() {
    let dir = place();
    let folder = generated(dir.path(), "planted", &["--infeasible", "3"]);
    let (code, plan) =
        json(dir.path(), &["plan", &folder, "--epochs", "1", "--summary", "json", "-o", "p.json"]);
    assert_eq!((code, plan["unmoved"].as_i64()), (3, Some(3)));
    let text = std::fs::read(dir.path().join("p.json")).expect("written");
    let plan: Value = serde_json::from_slice(&text).expect("JSON");
    let left: Vec<&str> = plan["unmoved"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["piece"].as_str())
        .collect();
    assert_eq!(left, ["OVERSIZE-1"]);
}

#[test]
fn a_warm_start_that_breaks_rules_is_refused() {
    let dir = place();
    let folder = generated(dir.path(), "spoiled", &[]);
    let text = std::fs::read(format!("{folder}/witness.plan.json")).expect("written");
    let mut plan: Value = serde_json::from_slice(&text).expect("JSON");
    plan["lines"][0]["sorties"][0]["lands"] = plan["lines"][0]["sorties"][0]["departs"].clone();
    std::fs::write(dir.path().join("spoiled.json"), plan.to_string()).expect("written");
    let output =
        exeunt(dir.path(), &["plan", &folder, "--epochs", "1", "--warm-start", "spoiled.json"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("C11"), "{}", error(&output));
}

#[test]
fn a_tiny_project_is_scheduled_to_its_optimum() {
    let dir = place();
    // three activities of 3, 2 and 4 hours share two units, the first needs both; then one more of an hour needs both
    let project = "6 1\n2\n0 0 3 2 3 4\n3 2 1 5\n2 1 1 5\n4 1 1 5\n1 2 1 6\n0 0 0\n";
    std::fs::write(dir.path().join("tiny.rcp"), project).expect("written");
    std::fs::write(dir.path().join("best.csv"), "instance,optimum\ntiny,8\n").expect("written");
    let output = exeunt(dir.path(), &["bench", "projects", ".", "--optimum", "best.csv"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    assert!(text(&output).contains("optimum known of 1, reached of 1"), "{}", text(&output));
}
