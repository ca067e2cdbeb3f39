//! The checker refuses every spoiled copy of the valid plan by the rule that the copy breaks.

use crate::world::{LOG, World, at, home_block};
use exeunt_check::{SelfTest, self_test, spoil};
use exeunt_model::plan::{Plan, Service};
use exeunt_model::scenario::{Mode, Truth};
use exeunt_model::{Duration, Rule};

/// Asserts that each rule has five copies and that all are refused.
fn assert_all_caught(test: &SelfTest) {
    for case in &test.cases {
        assert!(case.caught, "{} not caught: {} (also {:?})", case.rule, case.what, case.also);
    }
    for &rule in Rule::ALL.iter().filter(|rule| rule.is_enforced()) {
        let whats: Vec<&str> = test.of(rule).map(|case| case.what.as_str()).collect();
        assert!(whats.len() >= 5, "{rule} has only {whats:?}");
    }
    assert!(test.is_passed());
}

#[test]
fn every_spoiled_copy_is_refused_by_its_rule() {
    let world = World::new();
    assert_all_caught(&self_test(&world.scenario, &world.plan, None));
}

#[test]
fn every_spoiled_copy_is_refused_with_a_frozen_part() {
    let world = World::new();
    // Frozen: the first sorties of both tails, the column by road and the first step.
    let mut frozen = Plan::default();
    for line in &world.plan.lines {
        let mut line = line.clone();
        line.sorties.truncate(1);
        frozen.lines.push(line);
    }
    frozen.columns = world.plan.columns[4..].to_vec();
    frozen.handovers = world.plan.handovers[..1].to_vec();
    let verdict = exeunt_check::check(&world.scenario, &world.plan, Some(&frozen));
    assert_eq!(verdict.findings, []);
    let test = self_test(&world.scenario, &world.plan, Some(&frozen));
    assert_all_caught(&test);
    assert!(test.of(Rule::C24).any(|case| case.what.contains("frozen")));
}

#[test]
fn copies_are_the_same_every_time_and_differ_from_the_plan() {
    let world = World::new();
    let once = spoil(&world.scenario, &world.plan, None);
    assert_eq!(once, spoil(&world.scenario, &world.plan, None));
    for spoiled in &once {
        assert_ne!(spoiled.plan, world.plan, "{}: {}", spoiled.rule, spoiled.what);
    }
}

#[test]
fn without_a_host_whoever_leaves_its_site_has_left() {
    let mut world = World::new();
    world.scenario.operation.host_states.clear();
    // E-ROAD leaves its camp at 08:00, no longer the host at 10:10.
    world.scenario.conditions.rows[0].truth = Truth::From(Some(at(8, 0)));
    assert_eq!(world.check().findings, []);
    assert_all_caught(&self_test(&world.scenario, &world.plan, None));
    world.scenario.conditions.rows[0].truth = Truth::From(Some(at(8, 0) + Duration(1)));
    assert!(world.breaks(Rule::C27));
}

#[test]
fn a_ride_over_two_sorties_is_one_move() {
    // E-LOG stays on board of T-2 at HOMEA, where E-GUARD leaves, and goes on to HOMEA2.
    let mut world = World::new();
    let home = world.scenario.place("HOMEA2").expect("a place");
    let field = world.scenario.place("FIELD").expect("a place");
    world.scenario.elements[LOG].mode = Mode::Air { embark: field, debark: home };
    world.scenario.elements[LOG].destination = home;
    let mut on = world.sortie("S2").clone();
    let lands = at(27, 30) + home_block();
    (on.id, on.from, on.to) = ("S3".into(), "HOMEA".into(), "HOMEA2".into());
    (on.leg, on.loading, on.departs, on.lands) = (None, None, at(27, 30), lands);
    on.unloading = Some(Service { starts: lands, ends: lands + Duration::from_hours(1) });
    on.load.remove(0);
    world.plan.lines[1].sorties.push(on);
    world.plan.objective = world.check().objective;
    world.plan.objective[0] = 0;
    assert_eq!(world.check().findings, []);
    let verdict = world.check();
    assert_eq!(verdict.closure_home_airfield, Some(lands));
    // Three loaded sorties carry AA, two of them out of the host.
    assert_eq!(verdict.parties[0].loaded_sorties, 3);
    assert_eq!(verdict.parties[0].types, [("IL".to_owned(), 2)]);
    assert_all_caught(&self_test(&world.scenario, &world.plan, None));
}
