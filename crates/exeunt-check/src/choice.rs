//! What a plan chooses for elements that may go by air or by road: C01 (model.md sections 1 and 10).

use crate::facts::{Facts, is_moved};
use crate::report::Report;
use exeunt_model::plan::Choice;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::Scenario;
use std::collections::BTreeMap;

/// C01: each element of either mode that moves has one choice, and nobody else has any. How its pieces then travel
/// is judged by the chain of custody. `scenario` is the one before the choices.
pub(crate) fn check_c01_choices(scenario: &Scenario, facts: &Facts, report: &mut Report) {
    let mut wrong = |element: &str, message: &str| {
        let object = format!("choice of element `{element}`");
        report.broken(Rule::C01, object, None, message.to_owned());
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for Choice { element, .. } in &facts.plan.choices {
        *times.entry(element).or_default() += 1;
    }
    for (&element, &n) in &times {
        match scenario.elements.find(|row| row.name == element) {
            None => wrong(element, "the scenario has no such element"),
            Some(id) if !scenario.elements[id].either => {
                wrong(element, "the scenario says how it travels");
            }
            Some(_) if n > 1 => wrong(element, "its mode is chosen more than once"),
            Some(_) => {}
        }
    }
    for (id, element) in scenario.elements.iter().filter(|(_, element)| element.either) {
        let has_choice = times.contains_key(element.name.as_str());
        if !has_choice && facts.groups(id).any(is_moved) {
            wrong(&element.name, "it moves, and the plan does not say by air or by road");
        }
    }
}
