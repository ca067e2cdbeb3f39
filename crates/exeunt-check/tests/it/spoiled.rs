//! The checker refuses every spoiled copy of the valid plan by the rule that the copy breaks.

use crate::world::World;
use exeunt_check::{SelfTest, self_test, spoil};
use exeunt_model::Rule;
use exeunt_model::plan::Plan;

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
