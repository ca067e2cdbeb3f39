//! `exeunt simulate` as a user types it.

use super::*;

/// Plans the minimal scenario in a folder of its own.
fn planned() -> (tempfile::TempDir, String, String) {
    let dir = place();
    let folder = scenario("minimal");
    let plan = dir.path().join("plan.json").display().to_string();
    let (code, _) =
        json(dir.path(), &["plan", &folder, "-o", &plan, "--epochs", "1", "--summary", "json"]);
    assert_eq!(code, 0);
    (dir, folder, plan)
}

#[test]
fn a_summary_has_its_keys_and_two_intervals_everywhere() {
    let (dir, folder, plan) = planned();
    let (code, value) = json(
        dir.path(),
        &[
            "simulate",
            &folder,
            &plan,
            "--replications",
            "2000",
            "--input-draws",
            "20",
            "--summary",
            "json",
        ],
    );
    assert_eq!(code, 0, "no promise has a wanted probability");
    assert_eq!(value["replications"], 2_000);
    assert_eq!(value["assumed_share"], 100, "all rows of the example are invented");
    let promise = &value["promises"][0];
    assert_eq!(promise["id"], "P1");
    let within = |low: &Value, p: &Value, high: &Value| {
        let [low, p, high] = [low, p, high].map(|x| x.as_f64().expect("a number"));
        assert!(0.0 <= low && low <= p && p <= high && high <= 1.0, "{low} {p} {high}");
    };
    let sampling = &promise["sampling_interval"];
    within(&sampling[0], &promise["probability"], &sampling[1]);
    assert!(promise["input_interval"][1].is_number());
    let closure = value["closure"].as_array().expect("quantiles");
    let mut before = i64::MIN;
    for row in closure {
        let at = seconds(&row["at"]);
        assert!(before <= at && seconds(&row["sampling_interval"][0]) <= at);
        assert!(row["input_interval"].is_array());
        before = at;
    }
    // the plan's own closure is the 5 % quantile or before it: nothing is earlier than planned
    assert!(seconds(&closure[0]["at"]) >= at("2027-01-29T21:50:14Z"));
    assert!(value["closure_left_host"][0]["input_interval"].is_array());
    assert!(value["parties"][0]["closure"][0]["input_interval"].is_array());
}

#[test]
fn parts_merge_to_the_whole_whatever_the_threads() {
    let (dir, folder, plan) = planned();
    let file = |name: &str| dir.path().join(name).display().to_string();
    let few = ["--replications", "1000", "--input-draws", "7", "--input-replications", "50"];
    let whole = file("whole.json");
    let mut args = vec!["simulate", &folder, &plan, "--threads", "1", "-o", &whole];
    args.extend(few);
    assert_eq!(code(&exeunt(dir.path(), &args)), 0);
    let mut merged = vec!["simulate".to_owned(), "merge".to_owned()];
    for (part, threads) in [("2/3", "2"), ("0/3", "8"), ("1/3", "1")] {
        let name = file(&format!("part{}.json", &part[..1]));
        let mut args = vec!["simulate", &folder, &plan, "--shard", part, "-o", &name];
        args.extend(["--threads", threads]);
        args.extend(few);
        assert_eq!(code(&exeunt(dir.path(), &args)), 0);
        merged.push(name);
    }
    let joint = file("joint.json");
    merged.extend(["-o".to_owned(), joint.clone()]);
    let merged: Vec<&str> = merged.iter().map(String::as_str).collect();
    assert_eq!(code(&exeunt(dir.path(), &merged)), 0);
    let read = |path: &str| std::fs::read(path).expect("written");
    assert!(read(&whole) == read(&joint), "bit for bit");
    let gap = exeunt(dir.path(), &["simulate", "merge", merged[2], merged[3]]);
    assert_eq!(code(&gap), 2);
    assert!(error(&gap).contains("part 1 of 3 is missing"), "{}", error(&gap));
    let none = exeunt(dir.path(), &["simulate", "merge", &plan]);
    assert_eq!(code(&none), 2);
    assert!(error(&none).contains("no part of a simulation"), "{}", error(&none));
}

#[test]
fn a_probability_below_the_wanted_one_is_exit_code_1() {
    let (dir, folder, plan) = planned();
    let overlay = dir.path().join("hard");
    std::fs::create_dir(&overlay).expect("a new folder");
    let table =
        "id,wanted,deadline_strict,deadline_lenient\nP1,0.99,2027-01-29T22:00,2027-01-29T22:00\n";
    std::fs::write(overlay.join("promises.csv"), table).expect("writable");
    let overlay = overlay.display().to_string();
    let args = ["simulate", &folder, &plan, "--overlay", &overlay, "--replications", "500"];
    let output = exeunt(dir.path(), &args);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let shown = text(&output);
    assert!(shown.contains("below"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
}

#[test]
fn without_rows_there_is_no_probability_and_a_remedy() {
    let (dir, folder, plan) = planned();
    let bare = dir.path().join("bare");
    std::fs::create_dir(&bare).expect("a new folder");
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name");
        if name != "uncertainty.csv" && name != "README.md" {
            std::fs::copy(&path, bare.join(name)).expect("writable");
        }
    }
    let bare = bare.display().to_string();
    let (code, value) = json(dir.path(), &["simulate", &bare, &plan, "--summary", "json"]);
    assert_eq!(code, 0);
    assert!(value["closure"].is_null() && value["assumed_share"].is_null());
    assert!(value["promises"][0]["probability"].is_null());
    assert!(value["remedy"].as_str().expect("what to fill in").contains("chance_per_mille"));
}

#[test]
fn a_plan_against_itself_never_differs() {
    let (dir, folder, plan) = planned();
    let args = [
        "simulate",
        &folder,
        &plan,
        "--against",
        &plan,
        "--replications",
        "300",
        "--summary",
        "json",
    ];
    let (_, value) = json(dir.path(), &args);
    let against = &value["against"];
    assert_eq!(against["closes_at_the_same_moment"], 300);
    assert_eq!(against["later_s"]["p95"], 0);
}

#[test]
fn the_bench_says_what_it_measured() {
    let (dir, folder, plan) = planned();
    let output =
        exeunt(dir.path(), &["bench", "simulate", &folder, &plan, "--replications", "160"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    for word in ["node events/s", "arcs/s", "seed 1", "machine:", "commit"] {
        assert!(text(&output).contains(word), "{}", text(&output));
    }
}

/// Looks back on the reference operation with few replications.
fn looked_back(summary: &str) -> Output {
    let dir = place();
    let (folder, overlay) =
        (scenario("kazakhstan-2022"), scenario("kazakhstan-2022-history-capacity"));
    let few = ["--replications", "200", "--input-draws", "4", "--input-replications", "50"];
    let mut args = vec!["bench", "backtest", &folder, "--overlay", &overlay, "--summary", summary];
    args.extend(few);
    exeunt(dir.path(), &args)
}

#[test]
fn promises_are_evaluated_at_the_moment_they_were_made() {
    let output = looked_back("text");
    assert_eq!(code(&output), 0, "{}", error(&output));
    insta::assert_snapshot!("the_back_test_of_the_reference_operation", text(&output));
}

#[test]
fn what_was_not_reported_kept_did_not_come_out_near_certain() {
    let output = looked_back("json");
    let value: Value = serde_json::from_str(&text(&output)).expect("JSON");
    let promises = value["promises"].as_array().expect("a list");
    assert_eq!(promises.len(), 10, "each of the ten has a statement");
    let of = |id: &str| promises.iter().find(|row| row["id"] == id).expect("listed");
    // six flights on 12 January, said on the 11th: nothing had been decided, so it hangs on a draw of the decision
    let p3 = of("P3");
    let probability = p3["probability"].as_f64().expect("computed, though dated before the start");
    assert!(probability > 0.0 && probability < 0.9, "{probability}");
    assert!(p3["truth"].is_null() && p3["brier"].is_null(), "no report is no truth");
    assert!(of("P9")["brier"].is_null(), "disputed");
    // (p - 1)^2 for what was kept
    let p7 = of("P7");
    let p = p7["probability"].as_f64().expect("a number");
    assert!((p7["brier"].as_f64().expect("a number") - (1.0 - p) * (1.0 - p)).abs() < 1e-12);
    let as_of = value["as_of"].as_array().expect("a list");
    for row in as_of {
        assert_eq!(row["unmoved"], 0, "{row}");
    }
    // on the 11th neither the decision nor the plan of handover nor the judgement of the commander was known
    assert_eq!(as_of[0]["conditions_awaited"], serde_json::json!(["K1", "K2", "K3"]));
    assert_eq!(as_of[0]["sorties_begun"], 0);
}

#[test]
fn what_so_few_replications_do_not_bound_is_not_said_to_be_never() {
    let (dir, folder, plan) = planned();
    let few = ["simulate", &folder, &plan, "--replications", "60", "--input-draws", "5"];
    let shown = text(&exeunt(dir.path(), &few));
    // 0.95^60 is above 2.5 %: even the last of sixty may be before it
    assert!(shown.contains("? so few replications do not bound it"), "{shown}");
    assert!(shown.contains(" to ?") && !shown.contains("never"), "{shown}");
    assert!(shown.contains("`as stated` too, is of the first 1,000 replications"), "{shown}");
    let mut args = few.to_vec();
    args.extend(["--summary", "json"]);
    let (_, value) = json(dir.path(), &args);
    let last = &value["closure"][4];
    assert_eq!((&last["percent"], &last["sampling_interval"][1]), (&95.into(), &Value::Null));
    assert_eq!(last["sampling_interval_bounded"], serde_json::json!([true, false]));
    assert_eq!(value["swings"][0]["replications"], 1_000);
    // certain in sixty replications, but not in all draws of the inputs
    let promise = shown.lines().find(|line| line.starts_with("P1")).expect("a row");
    assert!(promise.contains(" 100 ") && promise.contains(" 99.9-"), "{promise}");
}

#[test]
fn what_stays_behind_and_what_is_not_kept_is_said() {
    let (dir, folder, plan) = planned();
    let mut value: Value =
        serde_json::from_slice(&std::fs::read(&plan).expect("written")).expect("JSON");
    value["lines"].as_array_mut().expect("a list").pop();
    let part = dir.path().join("part.json").display().to_string();
    std::fs::write(&part, value.to_string()).expect("writable");
    let few = ["--replications", "50", "--input-draws", "2", "--input-replications", "20"];
    let mut args = vec!["simulate", &folder, &part];
    args.extend(few);
    let shown = text(&exeunt(dir.path(), &args));
    let words = ["the dates are of those that move; 24 pieces stay", "faults in the plan"];
    for word in words.into_iter().chain(["last of all that move"]) {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let mut args = vec!["simulate", &folder, &part, "--summary", "json"];
    args.extend(few);
    let (_, value) = json(dir.path(), &args);
    assert_eq!(value["unmoved"], 24);
    assert!(value["findings"].as_u64() > Some(0));
    // of the second plan too
    let mut args = vec!["simulate", &folder, &plan, "--against", &part];
    args.extend(few);
    let shown = text(&exeunt(dir.path(), &args));
    assert!(shown.contains("of the second plan: the dates are of those that move"), "{shown}");
    // a part says it as one object
    let out = dir.path().join("out.json").display().to_string();
    let mut args = vec!["simulate", &folder, &part, "--shard", "1/3", "-o", &out];
    args.extend(["--summary", "json"]);
    args.extend(few);
    let (code, value) = json(dir.path(), &args);
    assert_eq!(code, 0);
    assert_eq!((&value["shard"], &value["of"]), (&1.into(), &3.into()));
    assert_eq!((&value["replications"], &value["unmoved"]), (&17.into(), &24.into()));
}

#[test]
fn the_inputs_are_drawn_where_rows_have_ranges() {
    let (dir, folder, plan) = planned();
    let args = ["simulate", &folder, &plan, "--input-draws", "0"];
    let none = exeunt(dir.path(), &args);
    assert_eq!(code(&none), 2);
    assert!(error(&none).contains("5 rows of `uncertainty` have a range"), "{}", error(&none));
    let history = ["bench", "backtest", &folder, "--input-draws", "0"];
    assert_eq!(code(&exeunt(dir.path(), &history)), 2);
    // without ranges there is nothing to draw
    let known = dir.path().join("known");
    std::fs::create_dir(&known).expect("a new folder");
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("readable").path();
        std::fs::copy(&path, known.join(path.file_name().expect("a name"))).expect("writable");
    }
    let table =
        "id,what,scope,distribution,median_percent,source\nU1,block_time,ALL,fixed,105,measured\n";
    std::fs::write(known.join("uncertainty.csv"), table).expect("writable");
    let known = known.display().to_string();
    let args = ["simulate", &known, &plan, "--input-draws", "0", "--replications", "20"];
    let shown = exeunt(dir.path(), &args);
    assert!(text(&shown).contains("no row has a range, so none is drawn"), "{}", text(&shown));
}

#[test]
fn a_part_of_another_format_is_refused_by_its_number() {
    let (dir, folder, plan) = planned();
    let out = dir.path().join("out.json").display().to_string();
    let args =
        ["simulate", &folder, &plan, "-o", &out, "--replications", "20", "--input-draws", "1"];
    assert_eq!(code(&exeunt(dir.path(), &args)), 0);
    let mut value: Value =
        serde_json::from_slice(&std::fs::read(&out).expect("written")).expect("JSON");
    value["format"] = 1.into();
    value.as_object_mut().expect("an object").remove("stated");
    std::fs::write(&out, value.to_string()).expect("writable");
    let refused = exeunt(dir.path(), &["simulate", "merge", &out]);
    assert_eq!(code(&refused), 2);
    assert!(error(&refused).contains("format 1, this build reads 2"), "{}", error(&refused));
}

#[test]
fn a_back_test_needs_the_record_of_its_scenario() {
    let (dir, _, plan) = planned();
    let folder = scenario("deployment");
    let few = ["--epochs", "1", "--replications", "20", "--input-draws", "1"];
    let mut args = vec!["bench", "backtest", &folder, "--input-replications", "20"];
    args.extend(few);
    let none = exeunt(dir.path(), &args);
    assert_eq!(code(&none), 0, "{}", error(&none));
    assert!(text(&none).contains("no record given"), "{}", text(&none));
    args.extend(["--summary", "json"]);
    let (_, value) = json(dir.path(), &args);
    assert_eq!(value["record"], "no record given");
    assert!(value["as_of"][0]["sorties_begun"].is_null(), "{value}");
    args.extend(["--plan", &plan]);
    let other = exeunt(dir.path(), &args);
    assert_eq!(code(&other), 2);
    assert!(text(&other).contains("is a plan of another scenario"), "{}", text(&other));
}
