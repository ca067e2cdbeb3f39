//! The withdrawal of 2022 with the mode open for all five contingents: only the Kyrgyz drive, and the times say why.

use crate::graph::{plan as planned, read};
use crate::*;
use exeunt_engine::Request;
use exeunt_engine::explain::either_mode;
use exeunt_model::plan::{Choice, Chosen};
use exeunt_model::{Duration, Plan, Scenario};

const EITHER: &str = "kazakhstan-2022-either-mode";

fn open() -> Scenario {
    read("kazakhstan-2022", &[EITHER])
}

/// Returns who goes by road of those who may go either way.
fn by_road(plan: &Plan) -> Vec<&str> {
    let road = plan.choices.iter().filter(|choice| choice.mode == Chosen::Road);
    road.map(|choice| choice.element.as_str()).collect()
}

#[test]
fn the_mode_is_open_for_all_five_contingents() {
    let s = open();
    for party in ["RU", "BY", "AM", "TJ", "KG"] {
        let id = s.party(party).expect("a party");
        let either = |open: bool| {
            s.elements.rows.iter().filter(|row| row.party == id && row.either == open).count()
        };
        // whoever provides capacity at a field until the last departure flies
        let fixed = match party {
            "RU" => 2,
            "BY" => 1,
            _ => 0,
        };
        assert!(either(true) >= 1 && either(false) == fixed, "{party}");
    }
    // no mode is ruled out: each of them can be planned, with nothing left behind for want of a road
    for mode in [Chosen::Air, Chosen::Road] {
        let either = s.elements.rows.iter().filter(|row| row.either);
        let choices: Vec<Choice> =
            either.map(|row| Choice { element: row.name.clone(), mode }).collect();
        assert_eq!(exeunt_engine::cannot_move(&s.resolved(&choices)), [], "{mode:?}");
    }
}

#[test]
fn only_the_kyrgyz_go_by_road() {
    let s = open();
    let plan = planned(&s);
    assert_eq!(by_road(&plan), ["KG-S02"]);
    assert_eq!(plan.choices.len(), 24);
    assert_eq!(exeunt_check::check(&s, &plan, None).findings, []);
    // with nothing left open the same comes of it
    let mut fixed = read("kazakhstan-2022", &[]);
    let kept = fixed.promises.find(|row| row.name == "P6").expect("a promise");
    fixed.promises[kept].required = false;
    assert_eq!(planned(&fixed).objective, plan.objective);
}

#[test]
fn the_search_finds_it_from_the_wrong_end_too() {
    let s = open();
    // everybody by air, planned with these modes, is where it starts
    let either = s.elements.rows.iter().filter(|row| row.either);
    let air = |name: &str| Choice { element: name.to_owned(), mode: Chosen::Air };
    let choices: Vec<Choice> = either.map(|row| air(&row.name)).collect();
    let start = Plan { choices: choices.clone(), ..planned(&s.resolved(&choices)) };
    assert_eq!(exeunt_check::check(&s, &start, None).findings, []);
    let request = Request { warm_start: Some(&start), epochs: 2, ..Request::default() };
    let found = exeunt_engine::solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen");
    assert_eq!(by_road(&found.plan), ["KG-S02"]);
}

#[test]
fn were_the_way_home_ten_times_as_long_they_would_fly() {
    let mut s = open();
    // every way home ends with one of these
    let home = s.place("KG-TOKMOK").expect("a place");
    for road in s.roads.rows.iter_mut().filter(|road| [road.from, road.to].contains(&home)) {
        road.distance = exeunt_model::Distance(road.distance.0 * 10);
    }
    assert_eq!(by_road(&planned(&s)), [] as [&str; 0]);
}

#[test]
fn the_times_say_why() {
    let s = open();
    let plan = planned(&s);
    let request = Request::default();
    for (element, mode) in [
        ("KG-S02", Chosen::Road),
        ("TJ-S01", Chosen::Air),
        ("BY-S09", Chosen::Air),
        ("AM-S04", Chosen::Air),
        ("RU-FIRST", Chosen::Air),
        ("RU-S12a", Chosen::Air),
    ] {
        let id = s.elements.find(|row| row.name == element).expect("an element");
        let why = either_mode(&s, &plan, id, &request, || true).expect("its own names");
        let why = why.expect("the plan chose");
        assert_eq!(why.mode, mode, "{element}");
        assert!(why.chosen.objective < why.other.objective, "{element}");
        let (chosen, other) =
            (why.chosen.element.expect("a time"), why.other.element.expect("one"));
        let hours = (other - chosen).0 / 3_600;
        match mode {
            Chosen::Road => assert!((3..12).contains(&hours), "{element}: {hours} h"),
            // over thousands of kilometres
            Chosen::Air => {
                assert!(hours > 4 * 24, "{element}: {hours} h");
                let closure = why.other.closure.expect("a time") - why.chosen.closure.expect("one");
                assert!(closure > Duration::from_hours(24), "{element}: {closure:?}");
            }
        }
    }
}

#[test]
fn explain_says_it_in_three_languages() {
    let dir = place();
    let (base, over) = (scenario("kazakhstan-2022"), scenario(EITHER));
    let file = dir.path().join("plan.json").display().to_string();
    let laid = ["--overlay", &over, "--epochs", "1"];
    let (code, _) =
        json(dir.path(), &[&["plan", &base, "-o", &file, "--summary", "json"][..], &laid].concat());
    assert_eq!(code, 0);
    let ask = ["explain", &base, &file, "--why", "KG-S02"];
    let (code, value) = json(dir.path(), &[&ask[..], &laid, &["--summary", "json"]].concat());
    assert_eq!((code, &value["either"]["mode"]), (0, &Value::from("road")));
    assert_eq!(value["either"]["level"], "z4");
    let at = |which: &str| seconds(&value["either"][which]["at"]);
    assert_eq!(at("plan"), at("chosen"));
    assert!(at("other") > at("chosen") + 3 * 3_600);
    for (lang, title, row) in [
        ("en", "WHY BY ROAD", "planned again, by air"),
        ("ru", "ПОЧЕМУ ПО ДОРОГЕ", "заново, по воздуху"),
        ("ar", "لماذا برًّا", "بإعادة التخطيط، جوًّا"),
    ] {
        let said = text(&exeunt(dir.path(), &[&ask[..], &laid, &["--lang", lang]].concat()));
        assert!(said.contains(title) && said.contains(row), "{said}");
    }
    // nothing is planned again if nobody wants it
    let short = [&ask[..], &laid, &["--summary", "json", "--no-counterfactuals"]].concat();
    assert_eq!(json(dir.path(), &short).1["either"], Value::Null);
}
