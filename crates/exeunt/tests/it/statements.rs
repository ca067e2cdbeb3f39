//! The ledger at the command line: listed, added to and set side by side.

use super::*;
use std::fs;

/// A copy of a scenario's folder.
fn copied(dir: &Path, name: &str) -> PathBuf {
    let to = dir.join(name);
    fs::create_dir(&to).expect("a new folder");
    for entry in fs::read_dir(scenario(name)).expect("a folder") {
        let path = entry.expect("readable").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
    }
    to
}

fn ids(value: &Value) -> Vec<&str> {
    let rows = value["statements"].as_array().expect("a list").iter();
    rows.map(|row| row["id"].as_str().expect("an id")).collect()
}

const ROW: [&str; 8] =
    ["--kind", "fact", "--date", "2022-01-19", "--office", "CSTO", "--text", "it is \"done\", all"];

fn add(dir: &Path, folder: &str, more: &[&str]) -> Output {
    exeunt(dir, &[&["statements", "add", folder], &ROW[..], more].concat())
}

#[test]
fn the_list_stands_as_of_a_moment() {
    let dir = place();
    let here = scenario("kazakhstan-2022");
    let list = |more: &[&str]| {
        json(dir.path(), &[&["statements", "list", &here, "--summary", "json"], more].concat()).1
    };
    let (noon, night) = (list(&["--at", "2022-01-14T12:00"]), list(&["--at", "2022-01-15T00:00"]));
    // 35 has the hour 15:30, 37 has none and is known at the end of its day
    for (id, at_noon) in [("35", false), ("37", false), ("31", true)] {
        assert_eq!(ids(&noon).contains(&id), at_noon, "{id}");
        assert!(ids(&night).contains(&id), "{id}");
    }
    assert!(!ids(&night).contains(&"42"));
    let promises = list(&["--kind", "promise", "--promise", "P5"]);
    assert_eq!(ids(&promises), ["31"]);
    let said = list(&["--office", "secretary general", "--lang", "ar"]);
    assert!(ids(&said).contains(&"40"));
    let office = said["statements"][0]["office"].as_str().expect("an office");
    assert!(office.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{office}");
    assert!(said["statements"][0]["speaker"].is_null());
    let named = list(&["--kind", "judgement", "--names"]);
    assert_eq!(named["statements"][0]["speaker"], "Andrei Serdyukov");
}

#[test]
fn the_list_keeps_its_width_and_names_nobody() {
    let dir = place();
    let here = scenario("kazakhstan-2022");
    for language in ["en", "ru", "ar"] {
        let output = exeunt(dir.path(), &["statements", "list", &here, "--lang", language]);
        assert_eq!(code(&output), 0, "{}", error(&output));
        let page = text(&output);
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{language}");
        assert!(!page.contains("Serdyukov") && !page.contains("Сердюков"), "{language}");
    }
    let output = exeunt(dir.path(), &["statements", "list", &here, "--names"]);
    assert!(text(&output).contains("Andrei Serdyukov, force commander"));
    for wrong in [["--at", "yesterday"], ["--promise", "P99"], ["--kind", "rumour"]] {
        let args = [&["statements", "list", &here], &wrong[..]].concat();
        assert_eq!(code(&exeunt(dir.path(), &args)), 2, "{wrong:?}");
    }
}

#[test]
fn a_row_that_is_added_is_read_again_and_other_bytes_are_kept() {
    let dir = place();
    let folder = copied(dir.path(), "kazakhstan-2022");
    let before = fs::read_to_string(folder.join("statements.csv")).expect("a table");
    let more = ["--confirms", "47,48", "--via", "an agency, late", "--quantity", "4"];
    let more =
        [&more[..], &["--source", "an agency 19 Jan 2022", "--source-type", "party"]].concat();
    let output = add(dir.path(), "kazakhstan-2022", &more);
    assert_eq!(code(&output), 0, "{}", error(&output));
    assert!(
        text(&output).contains("72  said 19 Jan; fact; CSTO; via an agency, late"),
        "{}",
        text(&output)
    );
    let after = fs::read_to_string(folder.join("statements.csv")).expect("a table");
    let row = after.strip_prefix(&before).expect("nothing before it changes");
    assert!(row.contains("\"it is \"\"done\"\", all\"") && row.lines().count() == 1, "{row}");
    let loaded = exeunt_scenario::read(&folder).expect("valid");
    let read = loaded.scenario.statements.rows.last().expect("a row");
    assert_eq!((read.name.as_str(), read.text.as_str()), ("72", "it is \"done\", all"));
    assert_eq!((read.confirms.len(), read.quantity.as_str()), (2, "4"));
    // the next one goes on counting; blank means not stated
    let (code, value) = json(
        dir.path(),
        &[
            &["statements", "add", "kazakhstan-2022"],
            &ROW[..],
            &["--assumed", "a test", "--summary", "json"],
        ]
        .concat(),
    );
    assert_eq!((code, &value["id"]), (0, &Value::from("73")));
    assert_eq!(value["statement"]["language"], Value::Null);
    let names: Vec<_> = fs::read_dir(&folder).expect("a folder").flatten().collect();
    assert!(names.iter().all(|name| !name.file_name().to_string_lossy().starts_with('.')));
}

#[test]
fn columns_and_the_file_itself_are_added_where_they_are_missing() {
    let dir = place();
    let folder = copied(dir.path(), "minimal");
    let first = ["--source", "a page", "--bears-on", "P1:kept"];
    assert_eq!(code(&add(dir.path(), "minimal", &first)), 0);
    let language = ["--assumed", "a test", "--language", "ru"];
    assert_eq!(code(&add(dir.path(), "minimal", &language)), 0);
    let file = fs::read_to_string(folder.join("statements.csv")).expect("a table");
    assert!(file.starts_with("id,date,office,kind,text,bears_on,source"), "{file}");
    let s = exeunt_scenario::read(&folder).expect("valid").scenario;
    let languages: Vec<&str> = s.statements.rows.iter().map(|row| &*row.language).collect();
    assert_eq!(languages, ["", "ru"]);
}

#[test]
fn what_is_wrong_is_shown_together_and_nothing_is_written() {
    let dir = place();
    let folder = copied(dir.path(), "kazakhstan-2022");
    let file = folder.join("statements.csv");
    let before = fs::read(&file).expect("a table");
    let args = ["statements", "add", "kazakhstan-2022", "--kind", "rumour", "--date", "19 January"];
    let more = ["--text", "x", "--confirms", "470", "--counts", "sorties", "--bears-on", "P5"];
    let (code, value) = json(dir.path(), &[&args[..], &more, &["--summary", "json"]].concat());
    assert_eq!(code, 2);
    let problems = value["problems"].as_array().or(value.as_array()).expect("a list");
    let codes: Vec<&str> = problems.iter().filter_map(|row| row["code"].as_str()).collect();
    for wanted in
        ["unknown-word", "bad-moment", "unknown-id", "no-source", "missing-cell", "bad-list"]
    {
        assert!(codes.contains(&wanted), "{wanted}: {codes:?}");
    }
    let refused = add(dir.path(), "kazakhstan-2022", &["--id", "31", "--source", "x"]);
    assert!(error(&refused).contains("duplicate-id"), "{}", error(&refused));
    // somebody else is at it
    let mark = folder.join(".statements.csv.unfinished");
    fs::write(&mark, "").expect("writable");
    let refused = add(dir.path(), "kazakhstan-2022", &["--source", "x"]);
    assert!(error(&refused).contains("somebody else adds a row"), "{}", error(&refused));
    assert!(mark.exists(), "it is not ours to remove");
    fs::remove_file(&mark).expect("removable");
    assert_eq!(fs::read(&file).expect("a table"), before);
    // a speaker without an office could not be shown without the name
    let speaker = add(dir.path(), "kazakhstan-2022", &["--source", "x", "--speaker", "A. Name"]);
    assert_eq!(super::code(&speaker), 0, "{}", error(&speaker));
    let args = ["statements", "add", "kazakhstan-2022", "--kind", "fact", "--date", "2022-01-19"];
    let args = [&args[..], &["--text", "x", "--source", "x", "--speaker", "A. Name"]].concat();
    assert_eq!(super::code(&exeunt(dir.path(), &args)), 2);
}

#[test]
fn a_row_is_added_to_a_folder_only() {
    let dir = place();
    let draft = exeunt_scenario::read_draft(Path::new(&scenario("minimal")));
    draft.write_json(&dir.path().join("one.json")).expect("writable");
    for (name, remedy) in
        [("one.json", "write its tables into a folder"), ("kazakhstan-2022", "exeunt new DIR")]
    {
        let refused = add(dir.path(), name, &["--source", "x"]);
        assert_eq!(code(&refused), 2);
        assert!(error(&refused).contains(remedy), "{name}: {}", error(&refused));
    }
    // nor to one that is not valid already
    let folder = copied(dir.path(), "minimal");
    fs::remove_file(folder.join("parties.csv")).expect("removable");
    let refused = add(dir.path(), "minimal", &["--source", "x"]);
    assert_eq!(code(&refused), 2);
    assert!(error(&refused).contains("missing-table") && !folder.join("statements.csv").exists());
}

#[test]
fn a_link_to_the_table_stays_a_link() {
    let dir = place();
    let folder = copied(dir.path(), "kazakhstan-2022");
    let (file, kept) = (folder.join("statements.csv"), dir.path().join("kept.csv"));
    fs::rename(&file, &kept).expect("moved");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&kept, &file).expect("a link");
    #[cfg(unix)]
    {
        let output = add(dir.path(), "kazakhstan-2022", &["--source", "x"]);
        assert_eq!(code(&output), 0, "{}", error(&output));
        assert!(fs::symlink_metadata(&file).expect("there").is_symlink());
        assert!(fs::read_to_string(&kept).expect("a table").contains("it is \"\"done\"\", all"));
    }
}

#[test]
fn the_check_ends_with_one_when_a_required_promise_is_broken() {
    let dir = place();
    let folder = copied(dir.path(), "kazakhstan-2022");
    let check = |more: &[&str]| {
        json(
            dir.path(),
            &[&["statements", "check", "kazakhstan-2022", "--summary", "json"], more].concat(),
        )
    };
    let (code, value) = check(&[]);
    assert_eq!((code, &value["required_broken"]), (0, &Value::from(false)));
    // what is on record keeps every required promise, and so does the plan of it
    let plan = folder.join("history.plan.json").display().to_string();
    let (code, value) = check(&[&plan]);
    assert_eq!(code, 0);
    assert!(value["plan_findings"].as_u64().is_some_and(|n| n > 0), "its capacities are assumed");
    let of = |value: &Value, id: &str| {
        let rows = value["promises"].as_array().expect("a list").iter();
        rows.filter(|row| row["id"] == id).map(Value::clone).next().expect("a promise")
    };
    assert_eq!(of(&value, "P5")["plan"]["strict"], true);
    assert!(of(&value, "P5")["plan"]["probability_per_mille"].is_null());
    // a plan that leaves all behind breaks them
    let empty: Value =
        serde_json::from_str(&fs::read_to_string(&plan).expect("a plan")).expect("JSON");
    let mut empty = empty;
    for key in ["lines", "columns", "handovers"] {
        empty[key] = serde_json::json!([]);
    }
    fs::write(dir.path().join("empty.json"), empty.to_string()).expect("writable");
    let (code, value) = check(&["empty.json", "--at", "2022-01-14T16:00"]);
    assert_eq!(code, 1);
    assert_eq!(of(&value, "P7")["state"], "at_risk");
    // and so does a report, from the moment at which it is known, until another one contradicts it
    let more = ["--source", "x", "--bears-on", "P7:broken", "--time", "12:00"];
    let output = add(dir.path(), "kazakhstan-2022", &more);
    assert_eq!(super::code(&output), 0, "{}", error(&output));
    let broken = |moment| check(&["--at", moment]).0;
    assert_eq!([broken("2022-01-19T11:59"), broken("2022-01-19T12:00")], [0, 1]);
    assert_eq!(check(&["nothing.json"]).0, 2);
}

/// The operation's ledger as of the afternoon of 14 January 2022 and as a whole.
fn reckoned(moment: Option<&str>) -> Value {
    let dir = place();
    let here = scenario("kazakhstan-2022");
    let mut args = vec!["statements", "check", &here, "--summary", "json"];
    args.extend(moment.iter().flat_map(|moment| ["--at", *moment]));
    let (code, value) = json(dir.path(), &args);
    assert_eq!(code, 0);
    value
}

/// Of the figures of a day: announced, done at least and at most, left at least and at most, of whom, and the state.
fn figures(value: &Value, day: &str) -> Value {
    let rows = value["figures"].as_array().expect("a list").iter();
    let found: Vec<&Value> = rows.filter(|row| row["day"] == day).collect();
    assert_eq!(found.len(), 1, "{day}: {found:?}");
    let numbers = |row: &Value| {
        row["announced"].as_array().expect("a list").last().map(|row| row["n"].clone())
    };
    serde_json::json!([
        numbers(found[0]),
        found[0]["total"],
        found[0]["left"],
        found[0]["left_of"],
        found[0]["state"],
    ])
}

#[test]
fn on_the_afternoon_of_the_14th_four_flights_are_left_for_two_nations() {
    let value = reckoned(Some("2022-01-14T16:00"));
    // 14 announced by statement 31, 10 flown by statement 35: 14 - 10 = 4
    let two = ["AM-S04", "AM-S05", "TJ-S01"];
    let wanted = serde_json::json!([14, [10, 10], [4, 4], two, "in_part"]);
    assert_eq!(figures(&value, "2022-01-14"), wanted);
    let row =
        value["figures"].as_array().expect("a list").iter().find(|row| row["day"] == "2022-01-14");
    assert_eq!(row.expect("a day")["planned_by"], serde_json::json!(["36"]));
    assert!(
        value["figures"].as_array().expect("a list").iter().all(|row| row["day"] != "2022-01-15")
    );
}

#[test]
fn eighteen_announced_seventeen_landed_eighteen_counted_the_day_after() {
    let value = reckoned(None);
    let wanted = serde_json::json!([18, [17, 18], [0, 1], ["X07"]]);
    let row =
        value["figures"].as_array().expect("a list").iter().find(|row| row["day"] == "2022-01-15");
    let row = row.expect("a day");
    let found = [&row["announced"][0]["n"], &row["total"], &row["left"], &row["conflicts"]];
    assert_eq!(serde_json::json!(found), wanted);
    assert_eq!((&row["state"], &row["record"]), (&"differ".into(), &"17/18*".into()));
    assert_eq!(figures(&value, "2022-01-14")[4], "agree");
    assert_eq!(figures(&value, "2022-01-12")[4], "no_report");
}

#[test]
fn the_outcome_of_every_promise_is_that_of_its_row() {
    // the table of promises was filled in by hand; the ledger's rows come to the same
    let value = reckoned(None);
    let s = exeunt_scenario::read(scenario("kazakhstan-2022")).expect("valid").scenario;
    for row in value["promises"].as_array().expect("a list") {
        let promise = s.promises.rows.iter().find(|promise| row["id"] == promise.name.as_str());
        let outcome = promise.and_then(|promise| promise.outcome.as_deref()).expect("an outcome");
        let state = match row["state"].as_str() {
            Some("no_report") => "no report of it found",
            state => state.expect("a state"),
        };
        assert_eq!(state, outcome, "{row}");
        let changes = row["changes"].as_array().expect("a list");
        assert!(changes.iter().all(|change| change["evidence"] != "outcome"), "{row}");
    }
    let deadlines = value["deadlines"].as_array().expect("a list");
    assert_eq!((deadlines.len(), &deadlines[0]["governs"]), (1, &"P7".into()));
}

#[test]
fn what_follows_is_said_in_three_languages_within_the_width() {
    let dir = place();
    let here = scenario("kazakhstan-2022");
    for language in ["en", "ru", "ar"] {
        let args = ["statements", "check", &here, "--lang", language, "--at", "2022-01-16T12:00"];
        let page = text(&exeunt(dir.path(), &args));
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{language}");
        assert!(!page.contains("Serdyukov") && page.contains("X07"), "{language}");
        let words = page.split(|c: char| !c.is_ascii_alphabetic());
        let latin: Vec<&str> = words
            .filter(|word| word.len() > 1 && word.chars().any(|c| c.is_ascii_lowercase()))
            .collect();
        assert!(language == "en" || latin.is_empty(), "{language}: {latin:?}");
    }
}

#[test]
fn the_afternoon_of_the_14th_in_words() {
    let dir = place();
    let here = scenario("kazakhstan-2022");
    let args = ["statements", "check", &here, "--at", "2022-01-14T16:00"];
    insta::assert_snapshot!(text(&exeunt(dir.path(), &args)));
}

#[test]
fn the_later_announcement_counts_whatever_its_zone() {
    // 00:30 at +06 on the 29th is 18:30 UTC on the 28th, before 23:00 UTC on the 28th: 4 were announced last, and 4 flew
    let dir = place();
    let folder = copied(dir.path(), "minimal");
    let rows = "id,date,time,zone,office,kind,status,text,quantity,unit,counts,set,day,source,assumed\n\
                1,2027-01-29,00:30,+06:00,MoD,plan,,ten,10,sorties,sorties,ALL,2027-01-29,an agency,\n\
                2,2027-01-28,23:00,+00:00,MoD,plan,,four,4,sorties,sorties,ALL,2027-01-29,an agency,\n\
                3,2027-01-29,20:00,+00:00,MoD,fact,done,four done,4,sorties,sorties,ALL,2027-01-29,an agency,\n";
    fs::write(folder.join("statements.csv"), rows).expect("written");
    let here = folder.display().to_string();
    let (_, value) = json(dir.path(), &["statements", "check", &here, "--summary", "json"]);
    let tally = &value["figures"][0];
    assert_eq!(tally["left"], serde_json::json!([0, 0]), "{tally}");
}
