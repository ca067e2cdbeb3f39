//! Elements that may go by air or by road: each that moves has one choice, and goes as it says.

use crate::world::World;
use exeunt_check::self_test;
use exeunt_model::Rule;
use exeunt_model::plan::{Choice, Chosen, Plan};
use exeunt_model::scenario::Scenario;

fn choice(element: &str, mode: Chosen) -> Choice {
    Choice { element: element.into(), mode }
}

/// E-GUARD, which flies in the plan, and E-ROAD, which drives, may go either way; so may E-REAR, which stays.
fn open() -> World {
    let mut world = World::new();
    let by_air = world.scenario.elements.rows[0].mode;
    for at in [0, 2, 3] {
        let element = &mut world.scenario.elements.rows[at];
        (element.mode, element.either) = (by_air, true);
    }
    world.plan.choices = vec![choice("E-GUARD", Chosen::Air), choice("E-ROAD", Chosen::Road)];
    world
}

#[test]
fn a_plan_with_its_choices_is_accepted_as_if_they_were_rows() {
    let mut world = open();
    let verdict = world.check();
    assert_eq!(verdict.findings, []);
    assert_eq!(verdict.objective, World::new().check().objective);
    // whoever stays may have a choice and need not
    world.plan.choices.push(choice("E-REAR", Chosen::Road));
    assert_eq!(world.check().findings, []);
}

#[test]
fn each_choice_must_be_there_once_and_be_kept() {
    let spoiled = |edit: &dyn Fn(&mut Plan, &mut Scenario), says: &str| {
        let mut world = open();
        edit(&mut world.plan, &mut world.scenario);
        let found = world.findings(Rule::C01);
        assert!(found.iter().any(|f| f.message.contains(says)), "{says}: {found:?}");
    };
    spoiled(&|plan, _| plan.choices.clear(), "does not say by air or by road");
    spoiled(&|plan, _| plan.choices[0].mode = Chosen::Road, "goes by road and boards");
    spoiled(&|plan, _| plan.choices[1].mode = Chosen::Air, "its element flies");
    spoiled(&|plan, _| plan.choices.push(choice("E-ROAD", Chosen::Road)), "more than once");
    spoiled(&|plan, _| plan.choices.push(choice("E-LOG", Chosen::Air)), "how it travels");
    spoiled(&|plan, _| plan.choices.push(choice("NOBODY", Chosen::Air)), "no such element");
    spoiled(&|_, s| s.elements.rows[0].either = false, "how it travels");
}

#[test]
fn corruptions_of_choices_are_refused_and_frozen_ones_stay() {
    let world = open();
    let mut frozen = Plan { choices: world.plan.choices.clone(), ..Plan::default() };
    frozen.columns = world.plan.columns[4..].to_vec();
    let test = self_test(&world.scenario, &world.plan, Some(&frozen));
    assert!(test.is_passed(), "{:?}", test.cases.iter().filter(|c| !c.caught).collect::<Vec<_>>());
    let of = |rule: Rule, what: &str| test.of(rule).filter(|c| c.what.contains(what)).count();
    assert!(of(Rule::C01, "choice") + of(Rule::C01, "chosen") >= 4, "{:?}", test.cases);
    assert_eq!(of(Rule::C24, "another mode is chosen for frozen `E-ROAD`"), 1);
    // of E-GUARD nothing has begun
    assert_eq!(of(Rule::C24, "E-GUARD"), 0);
}
