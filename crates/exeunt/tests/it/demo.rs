//! `demo`: the operation of January 2022 from nothing but the program.

use super::*;

#[test]
fn the_demo_keeps_what_the_ministers_promised() {
    let dir = place();
    let (code, summary) = json(dir.path(), &["demo", "--summary", "json"]);
    assert_eq!(code, 0);
    assert_eq!(summary["feasible"], true);
    assert_eq!(summary["unmoved"], 0);
    // the three partners that fly are out on 14 January, in at most 14 loaded sorties on at most 14 tails
    let day = at("2022-01-14T00:00:00+06:00")..at("2022-01-15T00:00:00+06:00");
    let parties = summary["parties"].as_array().expect("a list");
    for id in ["BY", "AM", "TJ", "KG"] {
        let party = parties.iter().find(|p| p["id"] == id).expect("it moves");
        assert!(day.contains(&seconds(&party["last_departure"])), "{id}: {party}");
    }
    let kg = parties.iter().find(|p| p["id"] == "KG").expect("it moves");
    assert_eq!(kg["loaded_sorties"], 0, "the Kyrgyz drive");
    let fourteenth = |key: &str| -> i64 {
        let days = summary["days"].as_array().expect("a list");
        days.iter().filter(|d| d["date"] == "2022-01-14").filter_map(|d| d[key].as_i64()).sum()
    };
    assert!(fourteenth("loaded_sorties") <= 14, "{}", fourteenth("loaded_sorties"));
    assert!(fourteenth("tails") <= 14);
    assert!(seconds(&summary["closure"]) < at("2022-01-20T00:00:00+06:00"));
    // every promise is evaluated in both readings, but P3, which lies before the start
    let promises = summary["promises"].as_array().expect("a list");
    assert_eq!(promises.len(), 10);
    for promise in promises {
        let known = promise["strict"].is_boolean() && promise["lenient"].is_boolean();
        assert_eq!(known, promise["id"] != "P3", "{promise}");
        if promise["required"] == true {
            assert_eq!(promise["strict"], true, "{promise}");
        }
    }
    // nobody but the partners leaves on the 14th, and the totals are those of the record
    let people: i64 = parties.iter().filter_map(|p| p["people"].as_i64()).sum();
    let vehicles: i64 = parties.iter().filter_map(|p| p["vehicles"].as_i64()).sum();
    assert_eq!((people, vehicles), (2_030, 250));
}

#[test]
fn the_demo_prints_the_first_screen_and_leaves_its_files() {
    let dir = place();
    let output = exeunt(dir.path(), &["demo"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    let screen = text(&output);
    for part in [
        "66 attributed statements and 5 events, 10 promises",
        "MAY WE SAY “all out of the host by …”?",
        "certificate checked just now",
        "Belarus",
        "own vehicles",
        "SITUATION",
        "IF",
        "disputed",
        "reported",
        "missed before start",
        "WHAT BINDS",
        "UNMOVED  nothing",
        "ASSUMPTIONS",
        "CHECKED",
        "refused, right rule each",
        "-> C25",
        "open exeunt-demo/report.html",
        "exeunt new mine --from exeunt-demo/pieces.csv",
    ] {
        assert!(screen.contains(part), "the first screen has no `{part}`:\n{screen}");
    }
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "wider than 100 columns");
    let demo = dir.path().join("exeunt-demo");
    for file in
        ["plan.json", "report.html", "assumptions.html", "summary.txt", "scenario/operation.toml"]
    {
        assert!(demo.join(file).is_file(), "{file}");
    }
    // the last command that it proposes works as printed
    let (_, proposed) = screen.rsplit_once("  exeunt ").expect("it proposes a command");
    let proposed: Vec<&str> = proposed.split_whitespace().filter(|word| *word != "\\").collect();
    let made = exeunt(dir.path(), &proposed);
    assert_eq!(code(&made), 0, "{proposed:?}\n{}", error(&made));
    let page = std::fs::read_to_string(demo.join("assumptions.html")).expect("written");
    assert!(!page.contains("http://") && !page.contains("https://"), "no outside address");
    // the files it leaves say the same to whoever checks them again
    let (code, check) = json(
        dir.path(),
        &["check", "exeunt-demo/scenario", "exeunt-demo/plan.json", "--summary", "json"],
    );
    assert_eq!((code, &check["accepted"]), (0, &Value::Bool(true)));
}
