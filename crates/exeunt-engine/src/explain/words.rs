//! The graph's activities and causes as an explanation names them.

use super::dates::Dates;
use crate::graph::{Activity, Arc, Calendar};
use exeunt_model::explanation::{Deed, Why};
use exeunt_model::scenario::Scenario;

/// Returns an activity as an explanation names it.
pub(super) fn deed_of(activity: Activity) -> Deed {
    match activity {
        Activity::Clearance { clearance } => Deed::Clearance(clearance),
        Activity::JointStart { step } => Deed::JointStart(step),
        Activity::Step { step, .. } => Deed::Step(step),
        Activity::March { column, march } => Deed::March(column, march),
        Activity::Pass { column } => Deed::Pass(column),
        Activity::Loading { line, sortie } => Deed::Loading(line, sortie),
        Activity::Flight { line, sortie } => Deed::Flight(line, sortie),
        Activity::Unloading { line, sortie } => Deed::Unloading(line, sortie),
        Activity::TurnRound { line, sortie } => Deed::TurnRound(line, sortie),
        Activity::AllPassed { row } => Deed::AllPassed(row),
    }
}

/// Returns why an arc makes wait. A handover frees those whose elements name the site, and lets go those who guard it.
pub(super) fn why_of(s: &Scenario, dates: &Dates, arc: &Arc) -> Why {
    match arc.cause {
        Why::HandedOver(site) => {
            let mut leaving = dates.leaving(arc.to.node);
            let is_freed = leaving.any(|element| s.elements[element].freed_by.contains(&site));
            if is_freed { Why::HandedOver(site) } else { Why::Guard(site) }
        }
        cause => cause,
    }
}

/// Returns whose hours were waited for.
pub(super) fn why_open(calendar: Calendar) -> Why {
    match calendar {
        Calendar::TakeOffHours(place) => Why::TakeOffHours(place),
        Calendar::LandingHours(place) => Why::LandingHours(place),
        Calendar::HandlingHours(place) => Why::HandlingHours(place),
        Calendar::ClosedLeg(leg) => Why::ClosedLeg(leg),
        Calendar::Clearances(clearance) => Why::Clearance(clearance),
        Calendar::Border(road) => Why::BorderHours(road),
        Calendar::Curfew(road) => Why::Curfew(road),
        Calendar::Tail(tail) => Why::Tail(tail),
        Calendar::EscortHours(resource) => Why::EscortHours(resource),
        Calendar::Shift(resource) => Why::Shift(resource),
        Calendar::Condition(condition) => Why::Condition(condition),
    }
}
