//! Corruptions of columns under way: drivers without their rest, escorts that are not there (C20).

use super::{Spoiler, Way, way};
use crate::convoy::{at_the_wheel, escort_uses, halts, since_rest};
use crate::sweep::capacity_at;
use crate::travel::{crossing_time, pass_time};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::ResourceKind;
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::BTreeSet;

/// Most columns of an escort that are tried.
const MOST_COLUMNS: usize = 12;

/// Takes rests between roads away.
pub(super) fn break_rests(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let Some(hours) = facts.scenario.operation.driver_hours else { return Vec::new() };
    let mut families: [Vec<Way>; 3] = Default::default();
    let [short, on_road, relieved] = &mut families;
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        let object = drive.object();
        let spells = since_rest(facts, drive, Duration::ZERO, hours);
        for (position, spell) in spells.iter().enumerate().skip(1) {
            if !spell.is_too_long {
                continue;
            }
            let (before, row) = (drive.marches[position - 1].row, drive.marches[position].row);
            let (arrives, departs, rest) = (before.arrives, row.departs, hours.rest);
            let rests = [
                (rest - Duration(1), "1 s too short"),
                (Duration(rest.0 / 60), "for minutes instead of hours"),
                (Duration::ZERO, "not at all"),
            ];
            for (gap, text) in rests {
                short.push(way(format!("{object} rests {text} at {}", row.from), move |plan| {
                    plan.columns[column].marches[position].departs = arrives + gap;
                }));
            }
            on_road.push(way(format!("{object} rests on the road before {}", row.from), {
                move |plan| plan.columns[column].marches[position - 1].arrives = departs
            }));
            // as two columns, the second of which goes on when the first has cleared
            let of_first = drive.marches[position - 1].road.map(|road| &facts.scenario.roads[road]);
            let density = facts.scenario.operation.march_density_per_km;
            let pass = of_first.map(|road| pass_time(drive.vehicles, density, road.rate));
            if let Some(pass) = pass.filter(|pass| *pass < rest && !drive.load.is_empty()) {
                relieved.push(way(format!("{object} goes on from {} as another", row.from), {
                    move |plan| {
                        let mut onward = plan.columns[column].clone();
                        onward.id.push_str("-ON");
                        onward.marches.drain(..position);
                        shift(&mut onward.marches, arrives + pass - departs);
                        plan.columns[column].marches.truncate(position);
                        plan.columns.push(onward);
                    }
                }));
            }
        }
    }
    families.into()
}

/// Takes halts on roads away.
pub(super) fn break_halts(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let Some(hours) = facts.scenario.operation.driver_hours else { return Vec::new() };
    let mut halting = Vec::new();
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        let object = drive.object();
        for (position, march) in drive.marches.iter().enumerate() {
            let Some(road) = march.road.map(|road| &facts.scenario.roads[road]) else { continue };
            let halted = halts(road, Some(hours));
            if halted.0 <= 0 {
                continue;
            }
            let post = road.border.as_ref().map_or(Duration::ZERO, |border| {
                crossing_time(drive.vehicles, border.vehicles_per_hour)
            });
            let driven = at_the_wheel(road, hours).0 + post;
            let times = [
                (halted - Duration(1), "1 s too little"),
                (halted - hours.rest, "once too little"),
                (Duration(halted.0 / 60), "for minutes instead of hours"),
                (Duration(halted.0 / 2), "half as long"),
                (Duration::ZERO, "not at all"),
            ];
            for (halt, text) in times {
                halting.push(way(format!("{object} halts {text} on `{}`", road.name), {
                    move |plan| {
                        let row = &mut plan.columns[column].marches[position];
                        row.arrives = row.departs + driven + halt;
                    }
                }));
            }
        }
    }
    vec![halting]
}

/// A use of an escort: column, from when to when, how many.
type Escorted = (usize, Interval, i64);

/// Has columns march without an escort.
pub(super) fn break_escorts(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 6] = Default::default();
    let [copies, pairs, back, closed, slow, all] = &mut families;
    let facts = s.facts;
    for (escort, resource) in facts.scenario.resources.iter() {
        if resource.kind != ResourceKind::Escort {
            continue;
        }
        let name = &resource.name;
        let object = |column: usize| facts.resolved.columns[column].object();
        let full = |t: Timestamp| capacity_at(facts, &[escort], t).1;
        let columns = facts.resolved.columns.iter().enumerate();
        let uses = columns.flat_map(|(column, drive)| {
            escort_uses(facts, drive, escort).into_iter().map(move |(span, n)| (column, span, n))
        });
        let uses: Vec<Escorted> = super::spread(uses.collect(), MOST_COLUMNS);
        let edges = resource.capacity.iter().flat_map(|row| &row.windows);
        let edges = edges.flat_map(|window| [window.from - Duration(1), window.to]);
        let edges: BTreeSet<Timestamp> =
            edges.filter(|t| (Timestamp::MIN + Duration(1)..Timestamp::MAX).contains(t)).collect();
        for &(one, span, n) in &uses {
            let more = usize::try_from(full(span.from) / i128::from(n)).unwrap_or(0);
            if more < 1_000 {
                let what = format!("{more} more of {} need `{name}` with it", object(one));
                copies.push(way(what, move |plan| {
                    for copy in 0..more {
                        let mut other = plan.columns[one].clone();
                        other.id.push_str(&format!("-MORE-{copy}"));
                        plan.columns.push(other);
                    }
                }));
            }
            for &t in &edges {
                if i128::from(n) > full(t) {
                    let what = format!("{} is escorted by `{name}` at {t}", object(one));
                    let by = t - span.from;
                    closed.push(way(what, move |plan| shift_column(plan, one, by)));
                }
            }
            for &(other, then, m) in uses.iter().filter(|(other, ..)| *other != one) {
                let both_need = i128::from(n) + i128::from(m);
                if both_need <= full(span.from).max(full(span.to - Duration(1))) {
                    continue;
                }
                let both = format!("{} and {}", object(one), object(other));
                let by = span.from - then.from;
                pairs.push(way(format!("{both} leave with `{name}`"), move |plan| {
                    shift_column(plan, other, by);
                }));
                let by = span.to - Duration(1) - then.from;
                back.push(way(format!("`{name}` is awaited back 1 s too early by {both}"), {
                    move |plan| shift_column(plan, other, by)
                }));
                if span.to <= then.from && both_need > full(then.from) {
                    let late = then.from + Duration(1) - span.to;
                    slow.push(way(format!("{both} meet with `{name}` as the first is slow"), {
                        move |plan| {
                            for march in &mut plan.columns[one].marches {
                                march.arrives = march.arrives + late;
                            }
                        }
                    }));
                }
            }
        }
        let sum: i128 = uses.iter().map(|(.., n)| i128::from(*n)).sum();
        if let Some(&(_, first, _)) = uses.first()
            && sum > full(first.from)
            && uses.windows(2).all(|pair| pair[0].0 != pair[1].0)
        {
            let moves: Vec<(usize, Duration)> =
                uses.iter().map(|(column, span, _)| (*column, first.from - span.from)).collect();
            all.push(way(format!("all columns leave with `{name}` at {}", first.from), {
                move |plan| moves.iter().for_each(|&(column, by)| shift_column(plan, column, by))
            }));
        }
    }
    families.into()
}

/// Has a column march so much later.
fn shift_column(plan: &mut Plan, column: usize, by: Duration) {
    shift(&mut plan.columns[column].marches, by);
}

fn shift(marches: &mut [exeunt_model::plan::March], by: Duration) {
    for march in marches {
        march.departs = march.departs + by;
        march.arrives = march.arrives + by;
    }
}
