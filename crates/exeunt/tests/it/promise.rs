//! `exeunt promise` as a user types it.

use super::*;
use std::sync::OnceLock;

/// Plans a scenario once for all tests.
fn planned(name: &'static str) -> (String, String) {
    static PLANS: OnceLock<tempfile::TempDir> = OnceLock::new();
    static LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let dir = PLANS.get_or_init(place);
    let _one = LOCK.lock().expect("no other test fails while planning");
    let folder = scenario(name);
    let plan = dir.path().join(format!("{name}.json"));
    let path = plan.display().to_string();
    if !plan.exists() {
        let args = ["plan", &folder, "-o", &path, "--epochs", "1", "--summary", "json"];
        assert_eq!(code(&exeunt(dir.path(), &args)), 0);
    }
    (folder, path)
}

fn ask(name: &'static str, set: &str, milestone: &str, more: &[&str]) -> (i32, Value) {
    let (folder, plan) = planned(name);
    let mut args = vec!["promise", &folder, &plan, "--set", set, "--milestone", milestone];
    args.extend(["--replications", "2000", "--summary", "json"]);
    args.extend(more);
    json(&root(), &args)
}

#[test]
fn dates_come_one_after_the_other() {
    let (code, value) = ask("kazakhstan-2022", "ALL", "left_host", &["--wanted", "80"]);
    assert_eq!(code, 0);
    let bound = seconds(&value["impossible_before"]);
    let plan = seconds(&value["plan"]);
    assert!(at("2022-01-13T00:00:00+06:00") < bound && bound <= plan);
    // the gap is counted from the operation's start
    let start = at("2022-01-13T00:00:00+06:00");
    let percent = value["gap_percent"].as_f64().expect("a gap");
    #[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
    let wanted = 100.0 * (plan - bound) as f64 / (plan - start) as f64;
    assert!((percent - wanted).abs() < 0.011, "{percent} {wanted}");
    let kept = value["kept_with"].as_array().expect("a list");
    assert_eq!(kept.iter().map(|row| &row["percent"]).collect::<Vec<_>>(), [50, 80, 90, 95]);
    let mut before = plan;
    for row in kept {
        let date = seconds(&row["date"]);
        assert!(before <= date, "nothing is earlier than planned");
        assert!(row["sampling_interval"][0].is_string() && row["input_interval"][0].is_string());
        before = date;
    }
    assert_eq!(value["assumed_share"], 100);
    assert_eq!(value["impossible"]["checked"], true);
    let said = value["said"].as_array().expect("a list");
    let of = |id: &str| said.iter().filter(|row| row["id"] == id).collect::<Vec<_>>();
    // made in statement 31, said again in 60 and 70
    assert_eq!(of("P8").len(), 3);
    assert_eq!(of("P8")[0]["office"], "Minister of Defence of Russia");
    assert_eq!(of("P8")[0]["date"], "2022-01-20T00:00:00+06:00");
    assert_eq!(of("P5")[0]["about"], "smaller");
    assert!(of("P2")[0]["probability"].as_f64() >= of("P7")[0]["probability"].as_f64());
    assert!(of("P1").is_empty(), "P1 is of the first departure");
    assert!(!value.to_string().contains("Shoigu"), "offices only");
}

#[test]
fn a_wanted_date_is_rounded_up_to_what_people_say() {
    for wanted in ["50", "90"] {
        let (code, value) = ask("kazakhstan-2022", "ALL", "left_host", &["--wanted", wanted]);
        assert_eq!(code, 0);
        let found = &value["wanted"];
        let (at_least, date) = (seconds(&found["date"]), seconds(&found["propose"]["date"]));
        // the end of that day in the zone of the operation
        assert_eq!((date + 6 * 3_600) % 86_400, 0);
        assert!(at_least <= date && date - at_least < 86_400);
        let share = found["propose"]["probability"].as_f64().expect("a number");
        assert!(share >= wanted.parse::<f64>().unwrap() / 100.0, "{found}");
        assert!(found["propose"]["sampling_interval"][0].is_number());
        let readings = found["readings"].as_array().expect("a list");
        assert_eq!(readings.last(), Some(&found["propose"]));
        assert!(readings.iter().all(|reading| seconds(&reading["date"]) >= at_least));
    }
}

#[test]
fn a_wanted_date_beyond_the_horizon_is_exit_code_1() {
    let dir = place();
    let overlay = dir.path().join("short");
    std::fs::create_dir(&overlay).expect("a new folder");
    // flights and services take 32 times as long as planned: nothing is home before the horizon ends
    let table = "id,what,scope,distribution,median_percent,source\n\
                 LONG,block_time,ALL,fixed,3200,a test\nLONGER,ground_time,ALL,fixed,3200,a test\n";
    std::fs::write(overlay.join("uncertainty.csv"), table).expect("writable");
    let overlay = overlay.display().to_string();
    let more = ["--wanted", "90", "--overlay", &overlay];
    let (code, value) = ask("minimal", "ALL", "home_base", &more);
    assert_eq!(code, 1, "{value}");
    assert_eq!(value["wanted"]["within_horizon"], false);
    assert!(value["wanted"]["propose"].is_null());
}

#[test]
fn sets_are_parties_elements_sites_and_lists() {
    let elements = |set: &str| -> Vec<String> {
        let (code, value) = ask("kazakhstan-2022", set, "home_base", &[]);
        assert_eq!(code, 0);
        let list = value["elements"].as_array().expect("a list").iter();
        list.map(|name| name.as_str().expect("a name").to_owned()).collect()
    };
    let all = elements("ALL");
    let (armenia, both) = (elements("AM"), elements("TJ,AM"));
    assert!(armenia.len() < both.len() && both.len() < all.len());
    assert!(armenia.iter().all(|name| both.contains(name)), "a list is all that it names");
    assert_eq!(elements(&armenia[0]), [armenia[0].clone()]);
    let freed = elements("S02");
    assert!(!freed.is_empty() && freed.len() < all.len(), "those that the site frees: {freed:?}");
}

#[test]
fn unknown_names_and_numbers_are_exit_code_2() {
    let (folder, plan) = planned("kazakhstan-2022");
    let ask = |args: &[&str]| {
        let mut all = vec!["promise", &folder, &plan];
        all.extend(args);
        exeunt(&root(), &all)
    };
    let output = ask(&["--set", "BY,AMM", "--milestone", "left_host"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("did you mean `AM`?"), "{}", error(&output));
    let output = ask(&["--set", "KZ", "--milestone", "left_host"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("nothing of `KZ` moves"), "{}", error(&output));
    for bad in [["--milestone", "home"], ["--wanted", "100"]] {
        let mut args = vec!["--set", "ALL"];
        args.extend(bad);
        assert_eq!(code(&ask(&args)), 2, "{bad:?}");
    }
}

#[test]
fn a_date_that_no_plan_keeps_is_marked_and_one_before_the_start_is_not_computed() {
    let dir = place();
    let overlay = dir.path().join("dates");
    std::fs::create_dir(&overlay).expect("a new folder");
    // nobody flies 1,400 people out in a day and a half; the other date lies before the first day
    let table = "id,deadline_strict,deadline_lenient,outcome,evidence,required\n\
                 P2,2022-01-14T12:00,2022-01-14T12:00,,,false\n\
                 P4,2022-01-12,2022-01-12,no report of it found,nothing was found,false\n";
    std::fs::write(overlay.join("promises.csv"), table).expect("writable");
    let overlay = overlay.display().to_string();
    let (code, value) = ask("kazakhstan-2022", "ALL", "left_host", &["--overlay", &overlay]);
    assert_eq!(code, 0, "{value}");
    let said = value["said"].as_array().expect("a list");
    let of = |id: &str| said.iter().find(|row| row["id"] == id).expect("it was said");
    assert_eq!(of("P2")["impossible"], true);
    assert_eq!(of("P2")["probability"], 0.0);
    assert_eq!(of("P8")["impossible"], false);
    assert_eq!(of("P4")["before_start"], true);
    assert!(of("P4")["probability"].is_null());
    assert_eq!(of("P4")["record"]["evidence"], "nothing was found");
}

#[test]
fn without_rows_there_is_a_remedy_and_no_probability() {
    let (folder, plan) = planned("minimal");
    let dir = place();
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
    let args = ["promise", &bare, &plan, "--set", "ALL", "--milestone", "home_base"];
    let (code, value) =
        json(dir.path(), &[&args[..], &["--wanted", "90", "--summary", "json"]].concat());
    assert_eq!(code, 0);
    assert!(value["plan"].is_string() && value["impossible_before"].is_string());
    assert!(value["kept_with"].is_null() && value["wanted"].is_null());
    assert!(value["remedy"].as_str().expect("what to fill in").contains("uncertainty"));
}

#[test]
fn text_is_80_columns_wide_and_a_drawing_is_left() {
    let (folder, plan) = planned("minimal");
    let dir = place();
    for lang in ["en", "ru", "ar"] {
        let args = ["promise", &folder, &plan, "--set", "ALL", "--milestone", "home_base"];
        let more = ["--lang", lang, "--svg", "ruler.svg", "--wanted", "90"];
        let output = exeunt(dir.path(), &[&args[..], &more].concat());
        assert_eq!(code(&output), 0, "{}", error(&output));
        let shown = text(&output);
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
        let drawing = std::fs::read_to_string(dir.path().join("ruler.svg")).expect("written");
        assert!(drawing.contains(&format!("lang=\"{lang}\"")));
    }
}
