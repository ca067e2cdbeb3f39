//! Why an element that may go by air or by road goes by the one that the plan chose: both are planned again, all others
//! going as the plan has it, and their times compared. O(two searches).

use super::Explainer;
use crate::solve::{Request, solve};
use exeunt_model::explanation::{Arrivals, EitherMode, Subject};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::{ElementId, Timestamp};

/// Plans again by the mode that a plan chose for an element and by the other one; none if the plan chose nothing for it.
/// `go_on` is asked before each search and ends the question with `false`.
///
/// # Errors
/// Says what the plan names and the scenario does not have.
pub fn either_mode(
    s: &Scenario,
    plan: &Plan,
    element: ElementId,
    request: &Request<'_>,
    mut go_on: impl FnMut() -> bool,
) -> Result<Option<EitherMode>, String> {
    let name = &s.elements[element].name;
    let Some(at) = plan.choices.iter().position(|choice| choice.element == *name) else {
        return Ok(None);
    };
    let mode = plan.choices[at].mode;
    let mut again = Vec::new();
    for mode in [mode, mode.other()] {
        if !go_on() {
            return Ok(None);
        }
        let mut choices = plan.choices.clone();
        choices[at].mode = mode;
        let fixed = s.resolved(&choices);
        let found = solve(&fixed, request, |_| true, |_| {})?.plan;
        again.push(arrivals(&fixed, &found, element)?);
    }
    let other = again.pop().expect("two searches");
    let chosen = again.pop().expect("two searches");
    let (seed, epochs) = (request.seed, request.epochs);
    let (levels, plan) = (plan.levels.clone(), arrivals(s, plan, element)?);
    Ok(Some(EitherMode { element, mode, seed, epochs, plan, chosen, other, levels }))
}

/// Returns when an element and all others arrive.
fn arrivals(s: &Scenario, plan: &Plan, element: ElementId) -> Result<Arrivals, String> {
    let explainer = Explainer::new(s, plan)?;
    let at = |subject: Subject| -> Option<Timestamp> { explainer.moment(&subject) };
    Ok(Arrivals {
        element: at(Subject::Element(element, Milestone::HomeBase)),
        closure: at(Subject::Closure),
        objective: plan.objective.clone(),
    })
}
