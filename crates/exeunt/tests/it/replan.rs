//! Planning anew: what has begun stands, three answers, and what each changes.

use super::*;

const ANSWERS: [&str; 3] = ["shift", "repair", "free"];

/// Plans the withdrawal of 2022 into `plan.json`.
fn planned(dir: &Path) -> String {
    let scenario = scenario("kazakhstan-2022");
    let args = ["plan", &scenario, "--epochs", "2", "-o", "plan.json", "--summary", "json"];
    assert_eq!(json(dir, &args).0, 0);
    scenario
}

fn replanned(dir: &Path, scenario: &str, log: &str, more: &[&str]) -> (i32, Value) {
    let args = ["replan", scenario, "plan.json", "--events", log, "--epochs", "2"];
    json(dir, &[&args[..], &["--summary", "json"], more].concat())
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is a number"))
}

fn written(dir: &Path, name: &str) -> Value {
    let text = std::fs::read(dir.join(name)).expect("written");
    serde_json::from_slice(&text).expect("JSON")
}

#[test]
fn without_news_the_plan_stays_as_it_is() {
    let dir = place();
    let scenario = planned(dir.path());
    std::fs::write(dir.path().join("none.jsonl"), "\n").expect("written");
    let (code, all) = replanned(
        dir.path(),
        &scenario,
        "none.jsonl",
        &["--now", "2022-01-14T16:00", "-o", "new.json"],
    );
    assert_eq!(code, 0);
    assert_eq!(all["answer"], "shift");
    for answer in &all["answers"].as_array().expect("a list")[..2] {
        assert_eq!((number(&answer["change"]), number(&answer["changed_sorties"])), (0, 0));
    }
    // M17: the same plan
    let plan = |name: &str| written(dir.path(), name);
    for part in ["lines", "columns", "handovers", "unmoved", "objective"] {
        assert_eq!(plan("new.json")[part], plan("plan.json")[part], "{part}");
    }
}

/// M17: with news that only relaxes nothing has to change, and nothing gets worse.
#[test]
fn news_that_only_relaxes_changes_nothing_that_need_not() {
    let dir = place();
    let scenario = planned(dir.path());
    let before = written(dir.path(), "plan.json");
    let stand = serde_json::json!({
        "id": "CAP-NEWS", "resource": "UAAA-STANDS", "amount": "1", "assumed": "a test",
    });
    let news = [
        ("rows", serde_json::json!({ "capacity": [stand] })),
        (
            "clearance_granted",
            serde_json::json!({
                "clearance": "CL03", "from": "2022-01-13T00:00:00+06:00", "until": "2022-01-23T00:00:00+06:00",
            }),
        ),
    ];
    for (kind, body) in news {
        let event = serde_json::json!({
            "at": "2022-01-14T12:00:00Z", "kind": kind, "body": body, "source": "a test",
        });
        std::fs::write(dir.path().join("log.jsonl"), event.to_string()).expect("written");
        let (code, all) = replanned(dir.path(), &scenario, "log.jsonl", &[]);
        assert_eq!(code, 0, "{kind}");
        // of all levels but the changes
        let value = |plan: &Value| -> Vec<i64> {
            let names = before["levels"].as_array().expect("a list").iter();
            let values = plan["objective"].as_array().expect("a list").iter();
            names.zip(values).filter(|(name, _)| **name != "z9").map(|row| number(row.1)).collect()
        };
        let answers = all["answers"].as_array().expect("a list");
        for answer in &answers[..2] {
            let changes = (number(&answer["change"]), number(&answer["changed_sorties"]));
            assert_eq!(changes, (0, 0), "{kind}: {}", answer["answer"]);
        }
        for answer in answers {
            assert!(value(answer) <= value(&before), "{kind}: {}", answer["answer"]);
        }
    }
}

/// Answers a disturbance and has each answer checked from what was kept.
fn answered(dir: &Path, scenario: &str, log: &str) -> Value {
    let log = format!("{scenario}-events/{log}.jsonl");
    let folder = "kept";
    let (_, all) = replanned(dir, scenario, &log, &["--keep", folder]);
    for answer in ANSWERS {
        let file = |name: &str| format!("{folder}/{name}.json");
        let (scenario, plan) = (file("scenario"), file(answer));
        let (frozen, before) = (file("frozen"), file("before"));
        let args = ["check", &scenario, &plan, "--frozen", &frozen, "--before", &before];
        let (_, verdict) = json(dir, &[&args[..], &["--summary", "json"]].concat());
        assert_eq!(verdict["accepted"], true, "{log} {answer}: {}", verdict["findings"]);
    }
    std::fs::remove_dir_all(dir.join(folder)).expect("removed");
    all
}

#[test]
fn each_of_twelve_disturbances_has_three_answers_that_keep_every_rule() {
    let dir = place();
    let scenario = planned(dir.path());
    let folder = format!("{scenario}-events");
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = entries
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".jsonl")?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names.len(), 12);
    for name in names {
        let all = answered(dir.path(), &scenario, &name);
        let answers = all["answers"].as_array().expect("a list");
        let value = |answer: &Value| -> (Vec<i64>, i64) {
            let levels = answer["objective"].as_array().expect("a list");
            (levels[..4].iter().map(number).collect(), number(&answer["change"]))
        };
        assert_eq!(answers.len(), 3);
        assert!(value(&answers[1]) <= value(&answers[0]), "{name}: a repair changes no more");
        let firm = |answer: &Value| value(answer).0;
        let best = answers.iter().map(firm).min();
        let taken = answers.iter().find(|answer| answer["answer"] == all["answer"]);
        assert_eq!(taken.map(firm), best, "{name}");
        // what is undone is told
        let changed = answers[0]["changes"].as_array().expect("a list").len();
        assert!(changed > 0, "{name}");
        let told: i64 = answers[2]["changes"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| number(&row["weight"]))
            .sum();
        let z9 = answers[2]["levels"].as_array().expect("a list").iter().position(|l| l == "z9");
        assert_eq!(told, number(&answers[2]["objective"][z9.expect("a level")]), "{name}");
    }
}

#[test]
fn a_tail_out_of_service_hands_its_sorties_to_one_other() {
    let dir = place();
    let scenario = planned(dir.path());
    let plan = written(dir.path(), "plan.json");
    // the tail that flies most loads from the second day on
    let later = |line: &&Value| {
        let sorties = line["sorties"].as_array().expect("a list").iter();
        let begins = sorties.filter_map(|sortie| sortie["loading"]["starts"].as_str());
        begins.filter(|begins| *begins > "2022-01-14T12:00:00Z").count()
    };
    let lines = plan["lines"].as_array().expect("a list");
    let line = lines.iter().max_by_key(later).expect("a line");
    let tail = line["tail"].as_str().expect("a name");
    let event = serde_json::json!({
        "at": "2022-01-14T12:00:00Z", "kind": "tail_unserviceable", "body": { "tail": tail },
        "source": "a test",
    });
    std::fs::write(dir.path().join("log.jsonl"), event.to_string()).expect("written");
    let (_, all) = replanned(dir.path(), &scenario, "log.jsonl", &[]);
    let answers = all["answers"].as_array().expect("a list");
    let count = |answer: &Value| number(&answer["changed_sorties"]);
    assert!(count(&answers[1]) <= count(&answers[0]));
    let gone = |change: &Value| change["before"]["tail"] == tail && change["kind"] == "sortie";
    let changes = answers[1]["changes"].as_array().expect("a list");
    assert_eq!(changes.iter().filter(|change| gone(change)).count(), later(&line));
    assert!(changes.iter().all(|change| change["after"]["tail"] != tail));
}

#[test]
fn a_column_under_way_waits_before_a_closed_border() {
    let dir = place();
    let scenario = planned(dir.path());
    let plan = written(dir.path(), "plan.json");
    let crosses = |column: &&Value| {
        let marches = column["marches"].as_array().expect("a list");
        marches.len() > 1 && marches.iter().any(|march| march["road"] == "R2")
    };
    let column = plan["columns"].as_array().expect("a list").iter().find(crosses).expect("one");
    let marches = column["marches"].as_array().expect("a list");
    let post = marches.iter().position(|march| march["road"] == "R2").expect("it crosses");
    assert!(post > 0, "the post is not on its first leg");
    // half an hour after it has left
    let left = marches[0]["departs"].as_str().expect("a moment");
    let at = left.replace(":00:00Z", ":30:00Z");
    let event = serde_json::json!({
        "at": at, "kind": "border_closed", "body": { "border": "BD1", "until": "2022-01-15T04:00:00Z" },
        "source": "a test",
    });
    std::fs::write(dir.path().join("log.jsonl"), event.to_string()).expect("written");
    let (_, _) = replanned(dir.path(), &scenario, "log.jsonl", &["--keep", "kept"]);
    let text = std::fs::read(dir.path().join("kept/frozen.json")).expect("written");
    let frozen: Value = serde_json::from_slice(&text).expect("JSON");
    let mut columns = frozen["columns"].as_array().expect("a list").iter();
    let kept = columns.find(|row| row["id"] == column["id"]).expect("it has begun");
    assert_eq!(kept["marches"][0], marches[0]);
    let crosses = kept["marches"][post]["departs"].as_str().expect("a moment");
    assert!(crosses >= "2022-01-15T04:00:00Z", "{crosses}");
    let args = ["check", "kept/scenario.json", "kept/shift.json", "--frozen", "kept/frozen.json"];
    let more = ["--before", "kept/before.json", "--summary", "json"];
    let (_, verdict) = json(dir.path(), &[&args[..], &more].concat());
    assert_eq!(verdict["accepted"], true, "{}", verdict["findings"]);
}

#[test]
fn what_a_log_says_wrong_is_said_by_line() {
    let dir = place();
    let scenario = planned(dir.path());
    let log = r#"{"at":"2022-01-14T12:00:00Z","kind":"counted","body":{"piece":"NOBODY","count":3}}

{"at":"2022-01-14T12:00:00Z","kind":"tail_unserviceable","body":{"tail":"FL5-99"}}
{"at":"2022-01-14T12:00:00Z","kind":"rows","body":{"piecse":[{"id":"x"}]}}
"#;
    std::fs::write(dir.path().join("log.jsonl"), log).expect("written");
    let (code, problems) = replanned(dir.path(), &scenario, "log.jsonl", &[]);
    assert_eq!(code, 2);
    let rows: Vec<i64> = problems["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|problem| number(&problem["place"]["row"]))
        .collect();
    for line in [1, 3, 4] {
        assert!(rows.contains(&line), "{problems:#}");
    }
    std::fs::write(dir.path().join("log.jsonl"), "{\"at\":1}\n{\"kind\":2}\n").expect("written");
    let (code, problems) = replanned(dir.path(), &scenario, "log.jsonl", &[]);
    assert_eq!((code, problems["problems"].as_array().map(Vec::len)), (2, Some(2)));
}
