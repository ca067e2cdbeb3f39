//! Earliest steps of the handovers (model.md section 13.2).

use super::calendar::{
    Profile, always, common, first_in, is_never, next_multiple, settled, starts_within,
};
use crate::condition;
use crate::travel::intersection;
use exeunt_model::ids::*;
use exeunt_model::scenario::{Gate, Policy, ResourceKind, Scenario, Step};
use exeunt_model::time::{Interval, Timestamp};

/// Most rounds in which earliest starts rise; what they come to by then is a bound all the same.
const ROUNDS: usize = 10_000;

/// When each step could start by conditions and teams, whatever goes before.
pub(crate) struct Steps<'a> {
    scenario: &'a Scenario,
    starts: Vec<Vec<Interval>>,
    /// Everything about steps is a whole number of these seconds after the start of the operation.
    unit: i64,
}

impl<'a> Steps<'a> {
    pub(crate) fn of(scenario: &'a Scenario) -> Self {
        let starts = scenario.steps.rows.iter().map(|step| starts_of(scenario, step)).collect();
        Self { scenario, starts, unit: unit_of(scenario) }
    }

    /// Returns the earliest start of every step, given that each starts no earlier than its floor.
    pub(crate) fn earliest(&self, floors: &[Timestamp]) -> Vec<Timestamp> {
        let scenario = self.scenario;
        let start = scenario.operation.start;
        let mut earliest: Vec<Timestamp> = floors.iter().map(|&floor| floor.max(start)).collect();
        for _ in 0..ROUNDS {
            let mut has_changed = false;
            for (id, step) in scenario.steps.iter() {
                let mut t = earliest[id.index()];
                for &(before, lag) in &step.after {
                    let end = earliest[before.index()] + scenario.steps[before].duration;
                    t = t.max(end + lag);
                }
                for &joint in &step.with {
                    t = t.max(earliest[joint.index()]);
                }
                let t = first_in(&self.starts[id.index()], settled(t));
                has_changed |= t > earliest[id.index()];
                earliest[id.index()] = earliest[id.index()].max(t);
            }
            if !has_changed {
                break;
            }
        }
        earliest
    }

    /// Returns when a team can have done so many unit-seconds of work since a moment, moved up to where steps can end.
    pub(crate) fn worked_off(&self, team: ResourceId, from: Timestamp, work: i128) -> Timestamp {
        let ends = Profile::of(self.scenario, &[team]).worked_off(from, &always(), work);
        next_multiple(self.scenario.operation.start, ends, self.unit)
    }

    /// Returns when the handover of each site ends at the earliest, given the starts of the steps.
    pub(crate) fn site_ends(&self, earliest: &[Timestamp]) -> Vec<Timestamp> {
        let mut ends = vec![self.scenario.operation.start; self.scenario.sites.len()];
        for (id, step) in self.scenario.steps.iter() {
            let end = settled(earliest[id.index()] + step.duration);
            let site = &mut ends[step.site.index()];
            *site = end.max(*site);
        }
        ends
    }

    /// Returns the floors with one step's raised so that it does not end before `end`.
    pub(crate) fn ending(
        &self,
        floors: &[Timestamp],
        step: StepId,
        end: Timestamp,
    ) -> Vec<Timestamp> {
        let start = if is_never(end) { end } else { end - self.scenario.steps[step].duration };
        let mut floors = floors.to_vec();
        floors[step.index()] = floors[step.index()].max(start);
        floors
    }

    /// Returns which steps must take place for some elements to move.
    pub(crate) fn required(&self, moves: &[bool]) -> Vec<bool> {
        let scenario = self.scenario;
        let mut frees = vec![false; scenario.sites.len()];
        for (_, element) in scenario.elements.iter().filter(|(id, _)| moves[id.index()]) {
            element.freed_by.iter().for_each(|site| frees[site.index()] = true);
        }
        let mut required = vec![false; scenario.steps.len()];
        let mut open: Vec<StepId> =
            scenario.steps.ids().filter(|&id| frees[scenario.steps[id].site.index()]).collect();
        while let Some(id) = open.pop() {
            if !std::mem::replace(&mut required[id.index()], true) {
                let step = &scenario.steps[id];
                open.extend(step.after.iter().map(|&(before, _)| before));
                open.extend(&step.with);
            }
        }
        required
    }
}

/// Returns the greatest unit of which all times of steps, and all changes of teams and of what gates handovers, are
/// multiples, counted from the start of the operation.
fn unit_of(scenario: &Scenario) -> i64 {
    let mut unit = 0;
    for step in &scenario.steps.rows {
        unit = common(unit, step.duration.0);
        unit = step.after.iter().fold(unit, |unit, (_, lag)| common(unit, lag.0));
    }
    let mut changes = |windows: &[Interval]| {
        for t in windows.iter().flat_map(|window| [window.from, window.to]) {
            if t > scenario.operation.start && !is_never(t) {
                unit = common(unit, (t - scenario.operation.start).0);
            }
        }
    };
    let teams = scenario.resources.rows.iter().filter(|row| row.kind == ResourceKind::Team);
    for row in teams.flat_map(|team| &team.capacity) {
        if row.amount > 0 || row.provided_by.is_none() {
            changes(&row.windows);
        }
    }
    for (_, condition) in scenario.conditions.iter() {
        if matches!(condition.gate, Gate::Handovers(_)) {
            changes(&condition::opened(scenario, condition));
        }
    }
    unit
}

/// Returns how much of a resource a step uses.
pub(crate) fn need(step: &Step, resource: ResourceId) -> i64 {
    let mine = step.needs.iter().filter(|(used, _)| *used == resource);
    mine.fold(0, |sum, &(_, amount)| sum.saturating_add(amount))
}

/// Returns the moments at which the conditions on a step's site and its teams let it start.
fn starts_of(scenario: &Scenario, step: &Step) -> Vec<Interval> {
    let mut starts = always();
    for (_, condition) in scenario.conditions.iter() {
        let Gate::Handovers(sites) = &condition.gate else { continue };
        if !sites.contains(&step.site) {
            continue;
        }
        let open = condition::opened(scenario, condition);
        let lets = match condition.policy {
            Policy::Reverse => starts_within(&open, step.duration),
            Policy::Go | Policy::Hold => open,
        };
        starts = intersection(&starts, &lets);
    }
    for &(resource, _) in &step.needs {
        if scenario.resources[resource].kind == ResourceKind::Team {
            let there = Profile::of(scenario, &[resource]);
            let lets = there.starts(need(step, resource), step.duration);
            starts = intersection(&starts, &lets);
        }
    }
    starts
}
