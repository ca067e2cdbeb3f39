//! The valid plan is accepted, and everything derived from it is what a clerk would reckon.

use crate::world::{World, at, home_block};
use exeunt_model::finding::Code;

#[test]
fn the_valid_plan_is_accepted() {
    let verdict = World::new().check();
    assert_eq!(verdict.findings, []);
    assert!(verdict.accepted);
    assert_eq!(verdict.notes, [] as [String; 0]);
}

#[test]
fn the_verdict_says_who_is_where_and_when() {
    let verdict = World::new().check();
    // C4: 28:30 and 66 s; S2 leaves at 21:30 and lands at 26:30, CB clears GARB at 11:12.
    assert_eq!(verdict.closure, Some(at(28, 31) + exeunt_model::Duration(6)));
    assert_eq!(verdict.closure_left_host, Some(at(21, 30)));
    assert_eq!(verdict.closure_home_airfield, Some(at(26, 30)));
    assert_eq!(verdict.unmoved, 4);
    assert_eq!((verdict.loaded_sorties, verdict.ferry_sorties, verdict.tails_used), (2, 3, 2));

    let [aa, bb] = &verdict.parties[..] else { panic!("two parties: {:?}", verdict.parties) };
    // 20 + 2 drivers + 10 + 1 driver; 2 + 1 vehicles
    assert_eq!((aa.people, aa.vehicles, aa.loaded_sorties), (33, 3, 2));
    assert_eq!((aa.first_departure, aa.last_departure), (Some(at(18, 0)), Some(at(21, 30))));
    assert_eq!(aa.types, [("IL".to_owned(), 2)]);
    assert_eq!((aa.home_airfield, bb.home_airfield), (Some(at(26, 30)), Some(at(11, 12))));
    assert_eq!((bb.people, bb.vehicles, bb.columns_out), (15, 10, 1));
    assert_eq!(bb.first_departure, Some(at(10, 10)));
    assert_eq!((aa.closure, bb.closure), (verdict.closure, Some(at(11, 12))));

    let [day] = &verdict.days[..] else { panic!("one day: {:?}", verdict.days) };
    assert_eq!((day.date.as_str(), day.field.as_str()), ("2022-01-13", "FIELD"));
    assert_eq!((day.loaded_sorties, day.tails), (2, 2));
    // two loadings of two hours; a host team and a provided team for the 16 hours 06-22
    assert_eq!(day.handling_used_s, 4 * 3_600);
    assert_eq!(day.handling_capacity_s, Some(2 * 16 * 3_600));
}

#[test]
fn promises_are_read_strictly_and_leniently() {
    let verdict = World::new().check();
    let read = |id: &str| {
        let promise = verdict.promises.iter().find(|promise| promise.id == id).expect("a promise");
        (promise.strict, promise.lenient, promise.margin_s)
    };
    // the first thing that leaves is CB at 08:00
    assert_eq!(read("BEGUN"), (Some(true), Some(true), Some(16 * 3_600)));
    assert_eq!(read("OUT"), (Some(true), Some(true), Some(1_800)));
    // home at 28:31:06
    assert_eq!(read("HOME"), (Some(false), Some(true), Some(-1_866)));
    // last take-off at 21:30, the day ends at 24:00
    assert_eq!(read("GUARD-DAY"), (Some(true), Some(true), Some(9_000 - 1)));
    assert_eq!(read("TWO-FLIGHTS"), (Some(true), Some(true), None));
    assert_eq!(read("BY-ROAD"), (Some(true), Some(true), None));
    assert_eq!(read("EARLY"), (None, None, None));
    let early = verdict.promises.last().and_then(|promise| promise.before_start.clone());
    assert_eq!(early.as_deref(), Some("missed before start: no report of it found"));
}

#[test]
fn a_wrong_objective_is_a_finding_and_another_scenario_a_note() {
    let mut world = World::new();
    world.plan.objective[8] += 1;
    world.plan.scenario_hash = "another".into();
    let verdict = world.check();
    let codes: Vec<Code> = verdict.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(codes, [Code::Objective]);
    assert_eq!(verdict.objective[8], 4 * 300 + home_block().0 / 60);
    assert_eq!(verdict.notes.len(), 1);
}

#[test]
fn unknown_names_and_formats_are_findings_of_form() {
    let mut world = World::new();
    world.plan.format = 2;
    world.sortie("S1").crew = Some("crew".into());
    world.sortie("S1").load[0].x_mm = Some(1);
    world.column("C1").load[0].piece = "NOTHING".into();
    world.plan.lines[1].tail = "NOBODY".into();
    world.column("C4").id = "C3".into();
    let verdict = world.check();
    let forms = verdict.findings.iter().filter(|finding| finding.rule == Code::Form).count();
    assert_eq!(forms, 6);
    assert!(!verdict.accepted);
    // z0 of the verdict counts the broken rules, not the forms
    let rules = verdict.findings.iter().filter(|f| matches!(f.rule, Code::Rule(_))).count();
    assert_eq!(verdict.objective[0], i64::try_from(rules).expect("few"));
}
