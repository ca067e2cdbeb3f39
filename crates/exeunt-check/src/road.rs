//! Driving: C20, C21 (model.md section 5).

use crate::convoy;
use crate::facts::Facts;
use crate::report::Report;
use crate::resolved::{Drive, RoadLeg};
use crate::travel;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Border, Road};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

/// C20: columns keep the rate of march, their largest size, headway, driver hours and escorts on a road.
pub(crate) fn check_c20_columns(facts: &Facts, report: &mut Report) {
    for column in &facts.resolved.columns {
        for (position, march) in column.marches.iter().enumerate() {
            if let Some(before) = position.checked_sub(1).map(|p| &column.marches[p]) {
                check_joint(column, before, march, report);
            }
            check_march(facts, column, march, report);
        }
    }
    check_headway(facts, report);
    convoy::check_driver_hours(facts, report);
    convoy::check_escorts(facts, report);
}

/// Checks that a march goes on from where and when the one before ended.
fn check_joint(column: &Drive, before: &RoadLeg, march: &RoadLeg, report: &mut Report) {
    let row = march.row;
    let mut wrong = |message: String| {
        report.broken(Rule::C20, column.object(), Some(row.departs), message);
    };
    if march.from != before.to {
        wrong(format!("it marches on from {}, it came to {}", row.from, before.row.to));
    }
    if row.departs < before.row.arrives {
        wrong(format!(
            "it marches on from {} at {}, it arrives there at {}",
            row.from, row.departs, before.row.arrives
        ));
    }
}

/// Checks ends, time and size on one road.
fn check_march(facts: &Facts, column: &Drive, march: &RoadLeg, report: &mut Report) {
    let row = march.row;
    let mut wrong = |message: String| {
        report.broken(Rule::C20, column.object(), Some(row.departs), message);
    };
    let Some(road) = march.road.map(|road| &facts.scenario.roads[road]) else {
        wrong(format!("the scenario has no road `{}`", row.road));
        return;
    };
    let ends = [march.from, march.to];
    if ends != [road.from, road.to] && ends != [road.to, road.from] {
        wrong(format!(
            "road `{}` joins {} and {}, not {} and {}",
            road.name,
            facts.place(road.from),
            facts.place(road.to),
            row.from,
            row.to
        ));
    }
    if let Some(most) = road.max_vehicles
        && column.vehicles > most
    {
        wrong(format!(
            "it has {} vehicles, road `{}` takes columns of {most}",
            column.vehicles, road.name
        ));
    }
    let taken = row.arrives - row.departs;
    // what is too short for the post alone is C21
    let post = road.border.as_ref().map_or(Duration::ZERO, |border| {
        travel::crossing_time(column.vehicles, border.vehicles_per_hour)
    });
    let halts = convoy::halts(road, facts.scenario.operation.driver_hours);
    let needed = road.rate.time_for(road.distance).map(|march| march + halts + post);
    if taken >= post && needed.is_none_or(|needed| taken < needed) {
        wrong(format!(
            "it marches road `{}` in {} s, the march takes {} s",
            road.name,
            taken.0,
            needed.map_or(-1, |needed| needed.0)
        ));
    }
}

/// Checks that the head of a column follows the one before on a road by its pass time and the headway.
fn check_headway(facts: &Facts, report: &mut Report) {
    let mut heads: BTreeMap<RoadId, Vec<(Timestamp, usize)>> = BTreeMap::new();
    for (position, column) in facts.resolved.columns.iter().enumerate() {
        for march in &column.marches {
            if let Some(road) = march.road {
                heads.entry(road).or_default().push((march.row.departs, position));
            }
        }
    }
    let density = facts.scenario.operation.march_density_per_km;
    for (road, mut heads) in heads {
        let road = &facts.scenario.roads[road];
        let Some(headway) = road.headway else { continue };
        heads.sort_unstable();
        for pair in heads.windows(2) {
            let [(before, first), (after, second)] = [pair[0], pair[1]];
            let first = &facts.resolved.columns[first];
            let free = before + travel::pass_time(first.vehicles, density, road.rate) + headway;
            if after < free {
                let second = &facts.resolved.columns[second];
                let message = format!(
                    "it enters road `{}` at {after}, {} and the headway leave it free at {free}",
                    road.name,
                    first.object()
                );
                report.broken(Rule::C20, second.object(), Some(after), message);
            }
        }
    }
}

/// C21: border posts are crossed within their hours and throughput, one column at a time.
pub(crate) fn check_c21_borders(facts: &Facts, report: &mut Report) {
    let mut crossings: BTreeMap<RoadId, Vec<(Timestamp, Timestamp, usize)>> = BTreeMap::new();
    for (position, column) in facts.resolved.columns.iter().enumerate() {
        for march in &column.marches {
            let Some(id) = march.road else { continue };
            let road = &facts.scenario.roads[id];
            let Some(border) = &road.border else { continue };
            check_crossing(column, march, border, report);
            let row = march.row;
            crossings.entry(id).or_default().push((row.departs, row.arrives, position));
        }
    }
    for (road, crossings) in crossings {
        check_one_at_a_time(facts, &facts.scenario.roads[road], crossings, report);
    }
}

fn check_crossing(column: &Drive, march: &RoadLeg, border: &Border, report: &mut Report) {
    let (departs, arrives) = (march.row.departs, march.row.arrives);
    let mut wrong = |message: String| {
        report.broken(Rule::C21, column.object(), Some(departs), message);
    };
    let needed = travel::crossing_time(column.vehicles, border.vehicles_per_hour);
    if arrives - departs < needed {
        wrong(format!(
            "{} vehicles cross at `{}` in {} s, {} an hour take {} s",
            column.vehicles,
            border.name,
            (arrives - departs).0,
            border.vehicles_per_hour,
            needed.0
        ));
    }
    if !travel::lies_inside(&border.windows, departs, arrives) {
        wrong(format!(
            "it crosses at `{}` from {departs} to {arrives}, outside its hours",
            border.name
        ));
    }
}

fn check_one_at_a_time(
    facts: &Facts,
    road: &Road,
    mut crossings: Vec<(Timestamp, Timestamp, usize)>,
    report: &mut Report,
) {
    crossings.retain(|&(departs, arrives, _)| departs < arrives);
    crossings.sort_unstable();
    let mut busy_until: Option<(Timestamp, usize)> = None;
    for (departs, arrives, position) in crossings {
        if let Some((until, first)) = busy_until
            && departs < until
        {
            let first = facts.resolved.columns[first].object();
            let border = road.border.as_ref().map_or("", |border| &border.name);
            let message =
                format!("it enters `{border}` at {departs}, {first} is there until {until}");
            let object = facts.resolved.columns[position].object();
            report.broken(Rule::C21, object, Some(departs), message);
        }
        if busy_until.is_none_or(|(until, _)| arrives > until) {
            busy_until = Some((arrives, position));
        }
    }
}
