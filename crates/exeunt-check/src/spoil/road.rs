//! Corruptions of columns and borders: C20, C21.

use super::edit::AMOUNTS;
use super::{Spoiler, Way, way};
use crate::convoy;
use crate::travel::{crossing_time, pass_time};
use exeunt_model::ids::*;
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

pub(super) fn break_c20(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 7] = Default::default();
    let [fast, unit, unknown, ends, gap, long, close] = &mut families;
    let facts = s.facts;
    let mut heads: BTreeMap<RoadId, Vec<(Timestamp, usize, usize)>> = BTreeMap::new();
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        let object = drive.object();
        for (position, march) in drive.marches.iter().enumerate() {
            unknown.push(way(
                format!("{object} marches a road that does not exist"),
                move |plan| {
                    plan.columns[column].marches[position].road = "NO-SUCH-ROAD".to_owned();
                },
            ));
            ends.push(way(format!("{object} reaches where it left"), move |plan| {
                let row = &mut plan.columns[column].marches[position];
                row.to = row.from.clone();
            }));
            if let Some(before) = position.checked_sub(1).map(|p| drive.marches[p].row) {
                let arrives = before.arrives;
                gap.push(way(format!("{object} marches on 1 s before it arrives"), move |plan| {
                    plan.columns[column].marches[position].departs = arrives - Duration(1);
                }));
            }
            let Some(id) = march.road else { continue };
            heads.entry(id).or_default().push((march.row.departs, column, position));
            let road = &facts.scenario.roads[id];
            let halts = convoy::halts(road, facts.scenario.operation.driver_hours);
            let needed = road.rate.time_for(road.distance).map(|march| march + halts);
            if let (Some(needed), true) = (needed, road.border.is_none())
                && needed.0 > 0
            {
                fast.push(way(format!("{object} marches 1 s too fast on `{}`", road.name), {
                    move |plan| {
                        let row = &mut plan.columns[column].marches[position];
                        row.arrives = row.departs + (needed - Duration(1));
                    }
                }));
                unit.push(way(format!("{object} marches minutes for hours on `{}`", road.name), {
                    move |plan| {
                        let row = &mut plan.columns[column].marches[position];
                        row.arrives = row.departs + Duration(needed.0 / 60);
                    }
                }));
            }
            if let Some(most) = road.max_vehicles {
                for &(piece, _) in &drive.load {
                    let piece = &facts.scenario.pieces[piece];
                    if piece.items_each() > 0 && drive.row.load.len() == drive.load.len() {
                        let more = most.saturating_sub(drive.vehicles).saturating_add(1);
                        let name = piece.name.clone();
                        long.push(way(format!("{object} takes {more} more of `{name}`"), {
                            move |plan| {
                                let load = &mut plan.columns[column].load;
                                for part in load.iter_mut().filter(|part| part.piece == name) {
                                    part.count = part.count.saturating_add(more);
                                }
                            }
                        }));
                    }
                }
            }
        }
    }
    let density = facts.scenario.operation.march_density_per_km;
    for (road, mut heads) in heads {
        let road = &facts.scenario.roads[road];
        let Some(headway) = road.headway else { continue };
        heads.sort_unstable();
        for pair in heads.windows(2) {
            let [(before, first, _), (_, second, position)] = [pair[0], pair[1]];
            let first = &facts.resolved.columns[first];
            let wait = pass_time(first.vehicles, density, road.rate) + headway;
            let object = facts.resolved.columns[second].object();
            for (after, text) in [
                (wait - Duration(1), "1 s too close"),
                (Duration(wait.0 / 60), "minutes for hours"),
            ] {
                if after < wait && wait.0 > 0 {
                    close.push(way(format!("{object} follows {} {text}", first.object()), {
                        move |plan| {
                            plan.columns[second].marches[position].departs = before + after;
                        }
                    }));
                }
            }
        }
    }
    families.into()
}

pub(super) fn break_c21(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [fast, late, early, crowded] = &mut families;
    let facts = s.facts;
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        let object = drive.object();
        for (position, march) in drive.marches.iter().enumerate() {
            let Some(border) =
                march.road.and_then(|road| facts.scenario.roads[road].border.as_ref())
            else {
                continue;
            };
            let needed = crossing_time(drive.vehicles, border.vehicles_per_hour);
            let times = [
                (needed - Duration(1), "1 s too fast"),
                (Duration(needed.0 / 60), "in minutes for hours"),
                (Duration::ZERO, "in no time"),
            ];
            for (taken, text) in times {
                fast.push(way(format!("{object} crosses {text}"), move |plan| {
                    let row = &mut plan.columns[column].marches[position];
                    row.arrives = row.departs + taken;
                }));
            }
            for &window in &border.windows {
                let is_of_day = window.covers(march.row.departs, march.row.arrives);
                if !is_of_day {
                    continue;
                }
                for (amount, text) in AMOUNTS {
                    // One window is left on one side, the other side stays in it or goes along.
                    if window.to < Timestamp::MAX && amount < 86_400 {
                        late.push(way(format!("{object} leaves the post {text} late"), {
                            move |plan| {
                                let row = &mut plan.columns[column].marches[position];
                                row.arrives = window.to + Duration(amount);
                            }
                        }));
                    }
                    if window.from > Timestamp::MIN && amount < 86_400 {
                        early.push(way(format!("{object} enters the post {text} early"), {
                            move |plan| {
                                let row = &mut plan.columns[column].marches[position];
                                row.departs = window.from - Duration(amount);
                            }
                        }));
                    }
                }
            }
            crowded.push(way(format!("two of {object} are in the post"), move |plan| {
                let mut copy = plan.columns[column].clone();
                copy.id.push_str("-TWO");
                plan.columns.push(copy);
            }));
        }
    }
    families.into()
}
