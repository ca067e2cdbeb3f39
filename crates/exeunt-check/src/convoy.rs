//! Columns under way: the rests of their drivers and their escorts, C20 (model.md section 5).

use crate::facts::Facts;
use crate::handover::report_shortage;
use crate::journey::By;
use crate::report::Report;
use crate::resolved::Drive;
use crate::sweep;
use crate::travel;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{DriverHours, ResourceKind, Road};
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::BTreeMap;

/// Returns the hours at the wheel on a road, and those of them after its last halt.
pub(crate) fn at_the_wheel(road: &Road, hours: DriverHours) -> (Duration, Duration) {
    let wheel = road.rate.time_for(road.distance).unwrap_or(Duration::ZERO);
    (wheel, Duration(wheel.0 - n_halts(wheel, hours).saturating_mul(hours.most.0)))
}

/// Returns the time that the halts on a road take, if drivers need any there.
pub(crate) fn halts(road: &Road, hours: Option<DriverHours>) -> Duration {
    let Some(hours) = hours else { return Duration::ZERO };
    let wheel = road.rate.time_for(road.distance).unwrap_or(Duration::ZERO);
    Duration(n_halts(wheel, hours).saturating_mul(hours.rest.0))
}

/// Returns how many rests a road has by itself: hours at the wheel / most hours, rounded up, less 1.
fn n_halts(wheel: Duration, hours: DriverHours) -> i64 {
    let most = hours.most.0.max(1);
    wheel.0.saturating_add(most - 1).div_euclid(most).max(1) - 1
}

/// Checks that no driver is at the wheel for longer than allowed without a rest.
pub(crate) fn check_driver_hours(facts: &Facts, report: &mut Report) {
    let Some(hours) = facts.scenario.operation.driver_hours else { return };
    let columns = &facts.resolved.columns;
    // by column, those that brought items which go on with it
    let mut brought_by: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for taken in &facts.journeys.taken {
        let on = facts.journeys.moves[taken.by_move].by;
        if let (By::Column(on), Some(By::Column(before))) = (on, taken.came_by) {
            brought_by[on].push(before);
        }
    }
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|&column| (columns[column].departs, column));
    // by column, the hours since the last rest when its head arrives
    let mut at_end = vec![Duration::ZERO; columns.len()];
    for column in order {
        let drive = &columns[column];
        let tired = |before: &usize| {
            let rested = drive.departs - head_arrives(&columns[*before]) >= hours.rest;
            if rested { Duration::ZERO } else { at_end[*before] }
        };
        let start = brought_by[column].iter().map(tired).max().unwrap_or(Duration::ZERO);
        at_end[column] = follow_drivers(facts, drive, start, hours, report);
    }
}

fn head_arrives(drive: &Drive) -> Timestamp {
    drive.marches.last().map_or(drive.departs, |march| march.row.arrives)
}

/// Returns for each march of a column the drivers' hours since their last rest when it begins, with whether they have rested
/// just before, and when it ends. Who has driven too long counts as rested.
pub(crate) fn since_rest(
    facts: &Facts,
    drive: &Drive,
    start: Duration,
    hours: DriverHours,
) -> Vec<Spell> {
    let mut since = start;
    let mut arrived: Option<Timestamp> = None;
    let mut spells = Vec::with_capacity(drive.marches.len());
    for march in &drive.marches {
        let row = march.row;
        let rests = arrived.is_some_and(|arrived| row.departs - arrived >= hours.rest);
        arrived = Some(row.arrives);
        let road = march.road.map(|road| &facts.scenario.roads[road]);
        let (wheel, after_halts) =
            road.map_or((Duration::ZERO, Duration::ZERO), |road| at_the_wheel(road, hours));
        let is_too_long = since > Duration::ZERO && since + wheel > hours.most;
        let spell = Spell { since, wheel, is_too_long, rests, ends: Duration::ZERO };
        since = if rests || is_too_long { after_halts } else { since + after_halts };
        spells.push(Spell { ends: since, ..spell });
    }
    spells
}

/// Drivers on one march.
pub(crate) struct Spell {
    /// Hours since the last rest, were there none just before it.
    pub(crate) since: Duration,
    /// Hours at the wheel on it.
    pub(crate) wheel: Duration,
    /// Both are more than allowed, so that they have to rest before.
    pub(crate) is_too_long: bool,
    /// They rest before.
    pub(crate) rests: bool,
    /// Hours since the last rest at its end.
    pub(crate) ends: Duration,
}

/// Goes along a column; returns the hours since the last rest at its end.
fn follow_drivers(
    facts: &Facts,
    drive: &Drive,
    start: Duration,
    hours: DriverHours,
    report: &mut Report,
) -> Duration {
    let spells = since_rest(facts, drive, start, hours);
    for (march, spell) in drive.marches.iter().zip(&spells) {
        if spell.is_too_long && !spell.rests {
            let row = march.row;
            let message = format!(
                "its drivers enter road `{}` after {} s at the wheel and are there for {} s more, \
                 {} s are allowed without a rest of {} s",
                row.road, spell.since.0, spell.wheel.0, hours.most.0, hours.rest.0
            );
            report.broken(Rule::C20, drive.object(), Some(row.departs), message);
        }
    }
    spells.last().map_or(start, |spell| spell.ends)
}

/// Returns from when to when a column uses how much of a resource as escorts.
pub(crate) fn escort_uses(
    facts: &Facts,
    drive: &Drive,
    resource: ResourceId,
) -> Vec<(Interval, i64)> {
    let road = |at: usize| drive.marches.get(at)?.road.map(|road| &facts.scenario.roads[road]);
    let need = |at: usize| {
        let needs = road(at).into_iter().flat_map(|road| &road.escorts);
        needs.filter(|(id, _)| *id == resource).fold(0, |sum: i64, need| sum.saturating_add(need.1))
    };
    let density = facts.scenario.operation.march_density_per_km;
    let mut uses = Vec::new();
    for (at, march) in drive.marches.iter().enumerate() {
        let Some(here) = road(at).filter(|_| need(at) > 0) else { continue };
        let from = march.row.departs;
        let goes_along = need(at).min(need(at + 1));
        if let Some(next) = drive.marches.get(at + 1).filter(|_| goes_along > 0) {
            uses.push((Interval { from, to: next.row.departs }, goes_along));
        }
        let clears = march.row.arrives + travel::pass_time(drive.vehicles, density, here.rate);
        uses.push((Interval { from, to: clears + here.escort_back }, need(at) - goes_along));
    }
    uses.retain(|(span, amount)| *amount > 0 && span.from < span.to);
    uses
}

/// Checks that there are as many escorts as columns need. A shortage that a provider's departure causes is C25.
pub(crate) fn check_escorts(facts: &Facts, report: &mut Report) {
    let mut uses: BTreeMap<ResourceId, Vec<(Interval, i64)>> = BTreeMap::new();
    for (id, row) in facts.scenario.resources.iter() {
        if row.kind == ResourceKind::Escort {
            let used = facts.resolved.columns.iter().flat_map(|c| escort_uses(facts, c, id));
            uses.insert(id, used.collect());
        }
    }
    for (resource, uses) in uses {
        for shortage in sweep::shortages(facts, &[resource], &uses) {
            let object = format!("escort `{}`", facts.scenario.resources[resource].name);
            report_shortage(Rule::C20, object, &shortage, "escorts", report);
        }
    }
}
