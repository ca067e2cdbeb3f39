//! The history as a plan: the file in the repository is what the tool makes, and it shows what was reported.

use exeunt_model::plan::{Plan, Sortie};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;
use xtask::history;

fn file() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(history::PLAN);
    std::fs::read_to_string(path).expect("the plan is part of the repository")
}

fn plan() -> Plan {
    serde_json::from_str(&file()).expect("it is a plan")
}

/// Loaded sorties whose ids begin with one of the rows.
fn of(plan: &Plan, rows: &[&str]) -> Vec<Sortie> {
    let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    let is_of = |s: &&Sortie| rows.iter().any(|row| s.id.starts_with(&format!("{row}-")));
    sorties.filter(is_of).cloned().collect()
}

/// A moment of January 2022 in Almaty.
fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    let midnight = Timestamp::parse_rfc3339("2022-01-01T00:00:00+06:00").expect("a time");
    midnight + Duration::from_hours(24 * (day - 1) + hour) + Duration::from_minutes(minute)
}

#[test]
fn the_file_is_what_the_tool_makes() {
    let loaded = history::scenario(&[]).expect("the scenario is valid");
    let made = history::text(&loaded.scenario).expect("the rows can be flown");
    let hint =
        "the scenario or history.csv changed: run `cargo xtask history` and read what it prints";
    assert!(made == file(), "{hint}");
}

#[test]
fn it_has_the_loaded_sorties_of_the_rows() {
    let (plan, mut rows) = (plan(), BTreeMap::new());
    for line in &plan.lines {
        for sortie in line.sorties.iter().filter(|s| !s.load.is_empty()) {
            let row = sortie.id.split('-').next().expect("a row").to_owned();
            let kind = if line.tail.starts_with("FL7-") { "An-124" } else { "Il-76" };
            *rows.entry((row, kind, sortie.from.clone(), sortie.to.clone())).or_insert(0) += 1;
        }
    }
    let rows: Vec<(&str, &str, &str, &str, i32)> =
        rows.iter().map(|((a, b, c, d), &n)| (a.as_str(), *b, c.as_str(), d.as_str(), n)).collect();
    let wanted = [
        ("H01", "Il-76", "UAAA", "XUDI", 4),
        ("H02", "Il-76", "KZ-ZHET", "UMLI", 10),
        ("H03", "Il-76", "UAAA", "UDYE", 3),
        ("H04", "Il-76", "UAAA", "TJ-UT45", 1),
        ("H06", "Il-76", "UAAA", "XUDI", 10),
        ("H07", "Il-76", "UAAA", "UUMU", 4),
        ("H08", "An-124", "UAAA", "UUMU", 3),
        ("H09", "Il-76", "UAAA", "UUMU", 1),
        ("H10", "Il-76", "UAAA", "UUMU", 18),
        ("H11", "An-124", "UAAA", "UUMU", 1),
        ("H12", "An-124", "UAAA", "UUMU", 1),
        ("H13", "Il-76", "UAAA", "UUMU", 14),
        ("H14", "Il-76", "UAAA", "UWLW", 13),
        ("H15", "Il-76", "UAAA", "UWLW", 13),
        ("H16", "Il-76", "UAAA", "UUMU", 2),
        ("H17", "Il-76", "UACC", "UUMU", 2),
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn it_shows_14_january_at_16_00() {
    let (plan, clock) = (plan(), at(14, 16, 0));
    assert!(of(&plan, &["H02"]).iter().all(|s| s.lands <= clock), "all ten have landed");
    let partners = of(&plan, &["H03", "H04"]);
    assert!(partners.iter().all(|s| clock <= s.departs && s.departs < at(14, 20, 0)));
    let is_loading = |s: &&Sortie| s.loading.is_some_and(|l| l.starts <= clock && clock < l.ends);
    let loading: Vec<&str> = partners.iter().filter(is_loading).map(|s| &s.id[..3]).collect();
    assert!(loading.contains(&"H03"), "{loading:?}");
    assert!(loading.contains(&"H04"), "{loading:?}");
    let column = plan.columns.iter().find(|c| c.id.starts_with("H05-")).expect("a column");
    let border = column.marches.iter().find(|m| m.road == "R2").expect("it crosses the border");
    assert!(column.marches[0].departs < clock, "on the road");
    assert!(clock < border.arrives, "not across yet");
    assert!(border.arrives < at(15, 0, 0), "across on the same day");
}

#[test]
fn it_agrees_with_the_numbers_that_were_reported() {
    let plan = plan();
    // statement 61: 15 aircraft had left by 13:15 on the 15th
    let left = of(&plan, &["H06", "H07", "H08", "H09"]);
    assert_eq!(left.iter().filter(|s| s.departs <= at(15, 13, 15)).count(), 15);
    // statement 43: 17 of the 18 had landed by the end of the 15th in Moscow, three hours behind
    assert_eq!(left.iter().filter(|s| s.lands < at(16, 3, 0)).count(), 17);
    // statement 63: 18 Il-76 and one An-124 in the air together
    let together = of(&plan, &["H10", "H11"]);
    let last = together.iter().map(|s| s.departs).max().expect("some");
    let first = together.iter().map(|s| s.lands).min().expect("some");
    assert_eq!((together.len(), last < first), (19, true));
    // statement 44: these were at Chkalovsky when the twentieth was in the air, on the 16th in Moscow
    let twentieth = &of(&plan, &["H12"])[0];
    assert!(together.iter().all(|s| s.lands <= twentieth.departs));
    assert!(twentieth.departs < at(17, 3, 0));
    // statement 46: forty landings in 24 hours
    let landings: Vec<Timestamp> =
        of(&plan, &["H13", "H14", "H15"]).iter().map(|s| s.lands).collect();
    let (first, last) =
        (landings.iter().min().expect("some"), landings.iter().max().expect("some"));
    assert_eq!((landings.len(), *last - *first <= Duration::from_hours(24)), (40, true));
    // statement 47: the command leaves with the last aircraft
    let loaded = plan.lines.iter().flat_map(|line| &line.sorties).filter(|s| !s.load.is_empty());
    let last = loaded.max_by_key(|s| s.departs).expect("some");
    assert!(last.load.iter().any(|load| load.piece.starts_with("RU-S14-CMD")), "{}", last.id);
}
