//! The graph's activities and causes as an explanation names them.

use super::dates::Dates;
use crate::graph::{Activity, Arc, Calendar, Cause};
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
        Cause::StepAfterStep => Why::StepAfterStep,
        Cause::JointStart => Why::JointStart,
        Cause::HandedOver(site) => {
            let mut leaving = dates.leaving(arc.to.node);
            let is_freed = leaving.any(|element| s.elements[element].freed_by.contains(&site));
            if is_freed { Why::HandedOver(site) } else { Why::Guard(site) }
        }
        Cause::MarchAfterMarch => Why::MarchAfterMarch,
        Cause::PassAfterMarch => Why::PassAfterMarch,
        Cause::Staging(place) => Why::Staging(place),
        Cause::Custody(piece) => Why::Custody(piece),
        Cause::LoadingAfterLanding => Why::LoadingAfterLanding,
        Cause::LoadingAfterUnloading => Why::LoadingAfterUnloading,
        Cause::FlightAfterLoading => Why::FlightAfterLoading,
        Cause::UnloadingAfterLanding => Why::UnloadingAfterLanding,
        Cause::FlightAfterUnloading => Why::FlightAfterUnloading,
        Cause::TurnRound => Why::TurnRound,
        Cause::Stand(place, class) => Why::Stand(place, class),
        Cause::Handling(place) => Why::Handling(place),
        Cause::HostCheck(place) => Why::HostCheck(place),
        Cause::Team(resource) => Why::Team(resource),
        Cause::BorderPost(road) => Why::BorderPost(road),
        Cause::Headway(road) => Why::Headway(road),
        Cause::RunwaySlot(place) => Why::RunwaySlot(place),
        Cause::StagingRoom(place) => Why::StagingRoom(place),
        Cause::Precedence(row) => Why::Precedence(row),
        Cause::Stay(row) => Why::Stay(row),
        Cause::Provider(element) => Why::Provider(element),
        Cause::Keeper(element) => Why::Keeper(element),
        Cause::Clearance(clearance) => Why::Clearance(clearance),
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
        Calendar::Shift(resource) => Why::Shift(resource),
        Calendar::Condition(condition) => Why::Condition(condition),
    }
}
