//! The small scenario means what its cells say.

use crate::{base_draft, broken_folder, rendered};
use exeunt_model::plan::{Choice, Chosen};
use exeunt_model::scenario::*;
use exeunt_model::{Duration, Interval, Length, Mass, Scenario, Timestamp};

fn scenario() -> Scenario {
    exeunt_scenario::read(broken_folder().join("_base"))
        .unwrap_or_else(|problems| panic!("{}", rendered(&problems)))
        .scenario
}

fn t(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a moment")
}

fn stretch(from: &str, to: &str) -> Interval {
    Interval { from: t(from), to: t(to) }
}

#[test]
fn quantities_become_integers_in_their_base_unit() {
    let scenario = scenario();
    let carrier = &scenario.pieces.rows[3];
    assert_eq!(carrier.length, Length(7_650));
    assert_eq!(carrier.mass, Mass(13_600));
    assert_eq!(carrier.drivers, 2);
    // vehicles have one driver unless stated, containers none
    assert_eq!(scenario.pieces.rows[6].drivers, 1);
    assert_eq!(scenario.pieces.rows[7].drivers, 0);
    // people weigh what the operation says and take no floor
    assert_eq!(
        (scenario.pieces.rows[0].mass, scenario.pieces.rows[0].length),
        (Mass(145), Length(0))
    );
    assert_eq!(scenario.steps.rows[1].duration, Duration(1_800));
    assert_eq!(scenario.types.rows[0].cost_per_hour, 1_200_000);
    assert_eq!(scenario.roads.rows[2].distance.to_m(), 65_500);
    assert_eq!(scenario.promises.rows[1].wanted, Some(900));
}

#[test]
fn blank_cells_mean_what_files_md_says() {
    let scenario = scenario();
    let start = t("2030-05-01T00:00:00+03:00");
    assert_eq!(scenario.operation.start, start);
    assert_eq!(scenario.operation.zone_offset, 10_800);
    assert_eq!(scenario.operation.objective_order, LEVELS[4..]);
    assert_eq!(scenario.operation.host_states, ["XH"]);
    let [airfield, guard, neighbour] = &scenario.elements.rows[..] else {
        panic!("three elements")
    };
    assert_eq!((airfield.ready, airfield.load_from), (start, None));
    assert!(airfield.freed_by.is_empty());
    // blank: the site it is at, which has steps
    assert_eq!(guard.freed_by.len(), 1);
    assert_eq!(scenario.sites[guard.freed_by[0]].name, "S1");
    assert_eq!(scenario.sites[neighbour.freed_by[0]].name, "S2");
    assert_eq!(neighbour.mode, Mode::Road);
    let single = &scenario.tails.rows[2];
    assert_eq!(single.available, Interval { from: start, to: Timestamp::MAX });
    assert_eq!(scenario.parties.rows[2].weight, 1);
}

#[test]
fn pools_become_tails() {
    let scenario = scenario();
    let names: Vec<&str> = scenario.tails.rows.iter().map(|tail| tail.name.as_str()).collect();
    assert_eq!(names, ["POOL-01", "POOL-02", "SINGLE"]);
    assert_eq!(scenario.tails.rows[1].pool, "POOL");
    // a row for one aircraft and a row for its pool
    let both = [
        stretch("2030-05-03T00:00:00+03:00", "2030-05-04T00:00:00+03:00"),
        stretch("2030-05-07T00:00:00+03:00", "2030-05-07T06:00:00+03:00"),
    ];
    assert_eq!(scenario.tails.rows[0].maintenance, both[1..]);
    assert_eq!(scenario.tails.rows[1].maintenance, both);
}

#[test]
fn daily_hours_become_windows_of_the_horizon_and_thirty_days_around_it() {
    let scenario = scenario();
    let [military, civil] = &scenario.hours[..] else { panic!("two entries") };
    assert_eq!(military.windows.len(), 1, "around the clock is one window");
    // 1 April to 10 June are 71 days; closed hours split one of them
    assert_eq!(civil.windows.len(), 72);
    assert!(
        civil.windows.contains(&stretch("2030-05-06T08:00:00+03:00", "2030-05-06T12:00:00+03:00"))
    );
    assert!(
        civil.windows.contains(&stretch("2030-05-06T14:00:00+03:00", "2030-05-06T21:00:00+03:00"))
    );
    let curfew = &scenario.curfews[0].windows;
    assert_eq!(curfew[0], stretch("2030-05-01T00:00:00+03:00", "2030-05-01T06:00:00+03:00"));
    assert_eq!(curfew[7], stretch("2030-05-07T23:00:00+03:00", "2030-05-08T00:00:00+03:00"));
    assert_eq!(curfew.len(), 8);
    let stands = &scenario.resources.rows[0].capacity;
    assert_eq!(stands[0].windows, [Interval::ALWAYS]);
    assert_eq!((stands[1].amount, stands[1].windows.len()), (-1, 71));
    let post = scenario.roads.rows[1].border.as_ref().expect("a post");
    assert_eq!(post.windows.len(), 10);
}

#[test]
fn routes_without_a_length_are_great_circles_and_three_per_cent() {
    let scenario = scenario();
    let direct = exeunt_model::geo::geodesic((43.35, 77.04), (52.0, 41.0));
    assert_eq!(scenario.air_legs.rows[0].distance.0, direct.0 * 103 / 100);
    assert_eq!(scenario.air_legs.rows[1].distance.to_km(), 3_300);
}

#[test]
fn joint_steps_name_one_another() {
    let scenario = scenario();
    let with: Vec<Vec<u32>> =
        scenario.steps.rows.iter().map(|s| s.with.iter().map(|id| id.0).collect()).collect();
    assert_eq!(with, [vec![], vec![2], vec![1]]);
    assert_eq!(scenario.steps.rows[1].after[0].1, Duration::from_hours(2));
}

#[test]
fn deadlines_are_ends_of_days() {
    let scenario = scenario();
    let Predicate::AllBy { by, set, .. } = &scenario.promises.rows[1].predicate else {
        panic!("all_by")
    };
    assert_eq!(by.strict, t("2030-05-11T00:00:00+03:00"));
    assert_eq!(by.lenient, t("2030-05-12T00:00:00+03:00"));
    assert_eq!(set.len(), 3);
    let Predicate::OnDay { day, max_tails, .. } = &scenario.promises.rows[2].predicate else {
        panic!("on_day")
    };
    assert_eq!(day.strict, stretch("2030-05-04T00:00:00+03:00", "2030-05-05T00:00:00+03:00"));
    assert_eq!(*max_tails, Some(2));
    let before: Vec<bool> = scenario.promises.rows.iter().map(|p| p.before_start).collect();
    assert_eq!(before, [false, false, false, false, false, false, true]);
}

#[test]
fn clearances_and_conditions() {
    let scenario = scenario();
    assert_eq!(scenario.clearances.rows[0].legs.len(), 2);
    assert_eq!(scenario.clearances.rows[2].valid, None);
    assert!(!scenario.clearances.rows[2].granted);
    let Gate::Strength { people, .. } = scenario.conditions.rows[2].gate else {
        panic!("strength")
    };
    assert_eq!(people, 20);
    let Gate::Handovers(sites) = &scenario.conditions.rows[1].gate else { panic!("handovers") };
    assert_eq!(sites.len(), 2);
}

#[test]
fn the_ledger_says_who_said_what_of_whom_and_when_it_was_recorded() {
    let scenario = scenario();
    let [promise, decision] = &scenario.statements.rows[..] else { panic!("two rows") };
    assert_eq!((promise.language.as_str(), promise.origin.as_str()), ("en", "A ministry"));
    assert_eq!(promise.known, t("2030-04-29T12:00:00+03:00"));
    assert_eq!(promise.recorded_by, Some(t("2030-04-29T12:30:00+03:00")));
    assert_eq!((promise.counts, promise.set.len(), promise.day), (None, 0, None));
    // recorded on a day: by its end
    assert_eq!(decision.recorded_by, Some(t("2030-05-04T00:00:00+03:00")));
    assert_eq!(decision.counts, Some((Counted::Sorties, 4)));
    assert_eq!(decision.set.len(), 2);
    let fourth = stretch("2030-05-04T00:00:00+03:00", "2030-05-05T00:00:00+03:00");
    assert_eq!(decision.day, Some(fourth));
    let bearings: Vec<_> = decision.bears_on.iter().map(|(id, how)| (id.0, *how)).collect();
    assert_eq!(bearings, [(0, Bearing::Kept), (1, Bearing::Repeated)]);
}

#[test]
fn what_is_recorded_before_its_day_ends_is_known_then() {
    for (recorded, known) in [
        ("2030-05-02T09:00", "2030-05-02T09:00:00+03:00"),
        ("2030-05-02", "2030-05-03T00:00:00+03:00"),
        ("2030-05-05T08:00", "2030-05-03T00:00:00+03:00"),
        ("2030-05-02T07:00:00Z", "2030-05-02T10:00:00+03:00"),
    ] {
        let mut draft = base_draft();
        assert!(draft.set_cell("statements", "2", "recorded", recorded));
        let loaded = exeunt_scenario::build(draft).expect("valid");
        assert_eq!(loaded.scenario.statements.rows[1].known, t(known), "{recorded}");
    }
}

#[test]
fn assumptions_are_listed() {
    let scenario = scenario();
    // a sourced piece and two sourced statements are not assumed
    let n = scenario.n_graded_rows;
    assert_eq!(scenario.assumptions.len(), n - 3);
    let n_words = 2;
    let counted = base_draft().n_rows() + 1 - n_words;
    assert_eq!(n, counted, "the policies count as a row, words in other languages do not");
    assert_eq!(scenario.assumptions[1].row, "policies");
}

#[test]
fn what_goes_together_and_how_close_it_arrives() {
    let plain = exeunt_scenario::build(base_draft()).expect("valid").scenario;
    let together = |s: &Scenario| -> Vec<_> {
        s.elements.rows.iter().map(|row| (row.same_aircraft, row.spread)).collect()
    };
    assert_eq!(together(&plain), [(false, None); 3]);
    let mut draft = base_draft();
    assert!(draft.set_cell("elements", "A1", "integrity", "same_aircraft"));
    assert!(draft.set_cell("elements", "A2", "integrity", "none"));
    assert!(draft.set_cell("elements", "A2", "spread_h", "1.5"));
    assert!(draft.set_cell("elements", "B1", "spread_h", "0"));
    let s = exeunt_scenario::build(draft).expect("valid").scenario;
    let (none, hours) = (Some(Duration::ZERO), Some(Duration(5_400)));
    assert_eq!(together(&s), [(true, None), (false, hours), (false, none)]);
    assert_ne!(s.hash, plain.hash);
}

#[test]
fn an_element_without_pieces_is_a_warning() {
    let mut draft = base_draft();
    for (column, value) in [
        ("name", "Nobody"),
        ("party", "LEAD"),
        ("origin", "FLD-H"),
        ("destination", "BASE-A"),
        ("mode", "road"),
        ("source", "a list"),
    ] {
        assert!(draft.set_cell("elements", "A9", column, value));
    }
    let loaded = exeunt_scenario::build(draft).expect("valid");
    let codes: Vec<&str> = loaded.warnings.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["element-without-pieces"]);
}

#[test]
fn situation_mandate_and_words() {
    let scenario = scenario();
    let condition = &scenario.conditions.rows[4];
    assert_eq!(condition.policy, Policy::Reverse);
    assert_eq!(scenario.conditions.rows[3].policy, Policy::Go);
    assert_eq!(scenario.conditions.rows[2].policy, Policy::Hold, "if nothing is stated");
    let Truth::Level { zone, level, offices } = &condition.truth else { panic!("a level") };
    assert_eq!((zone.as_str(), scenario.levels[*level].name.as_str()), ("Valley", "fair"));
    assert_eq!(offices.len(), 2);
    assert!(scenario.levels.ids().is_sorted(), "from the worst to the best");
    let MandateKind::Task(sites) = &scenario.mandate.rows[0].kind else { panic!("a task") };
    assert_eq!(sites.len(), 1);
    let MandateKind::Ceiling { people, valid } = scenario.mandate.rows[1].kind else {
        panic!("a ceiling")
    };
    assert_eq!(people, 500);
    assert!(valid.contains(scenario.operation.start));
    assert_eq!(scenario.mandate.rows[2].kind, MandateKind::Limit);
    assert_eq!(scenario.translations["Guard"].ru, "Охрана");
    assert_eq!(scenario.translations["Neighbour"].ar, "الجار", "names of parties are words too");
}

#[test]
fn a_statement_without_an_hour_is_known_at_the_end_of_its_day() {
    let scenario = scenario();
    let known = |row: usize| scenario.statements.rows[row].known.to_rfc3339();
    assert_eq!(known(0), "2030-04-29T09:00:00Z", "12:00 at +03:00");
    let end = scenario.operation.zone_offset;
    assert_eq!(
        scenario.statements.rows[1].known.0,
        1_903_996_800 - end,
        "midnight after 2 May 2030"
    );
}

#[test]
fn a_translation_of_words_that_stand_nowhere_is_a_warning() {
    let mut draft = base_draft();
    for (id, en) in [("T8", "Gard"), ("T9", "Guard")] {
        assert!(draft.set_cell("translations", id, "en", en));
        assert!(draft.set_cell("translations", id, "ru", "Охрана"));
    }
    let loaded = exeunt_scenario::build(draft).expect("warnings only");
    let said: Vec<(&str, &str)> = loaded
        .warnings
        .iter()
        .map(|problem| (problem.code.as_str(), problem.object.as_str()))
        .collect();
    let (idle, twice) = ("translation `T8`", "translation `T9`");
    assert_eq!(said, [("idle-translation", idle), ("idle-translation", twice)]);
}

#[test]
fn either_mode_is_the_way_by_air_with_another_beside_it() {
    let mut draft = base_draft();
    let laid = "id,mode,embark,debark\nA2,either,,\nB1,either,FLD-H,FLD-A\n";
    let files = vec![("elements.csv".to_owned(), laid.as_bytes().to_vec())];
    draft.overlay(exeunt_scenario::draft_from_files(files));
    let open =
        exeunt_scenario::build(draft).unwrap_or_else(|p| panic!("{}", rendered(&p))).scenario;
    let base = scenario();
    assert_ne!(open.hash, base.hash);
    let [a1, a2, b1] = &open.elements.rows[..] else { panic!("three elements") };
    assert_eq!((a1.either, a2.either, b1.either), (false, true, true));
    assert_eq!((a2.mode, b1.mode), (base.elements.rows[1].mode, a2.mode));
    // without a choice by air; a choice for who has none says nothing, and of two the first counts
    let choice = |element: &str, mode| Choice { element: element.to_owned(), mode };
    let modes = |choices: &[Choice]| -> Vec<bool> {
        let resolved = open.resolved(choices);
        assert!(resolved.elements.rows.iter().all(|row| !row.either));
        resolved.elements.rows.iter().map(|row| row.mode == Mode::Road).collect()
    };
    assert_eq!(modes(&[]), [false, false, false]);
    let (road, air) = (Chosen::Road, Chosen::Air);
    assert_eq!(modes(&[choice("A1", road), choice("B1", road)]), [false, false, true]);
    assert_eq!(modes(&[choice("A2", road), choice("A2", air)]), [false, true, false]);
}
