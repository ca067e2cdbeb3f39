//! The verdict: findings with what parties and days come to.

use crate::condition;
use crate::facts::{Facts, is_moved};
use crate::ground;
use crate::objective::{self, Values};
use crate::report::Report;
use crate::resolved::Flight;
use crate::sweep;
use exeunt_model::finding::{ConditionResult, DayResult, PartyResult, PromiseResult, Verdict};
use exeunt_model::ids::*;
use exeunt_model::scenario::{Activity, Condition, Milestone, ResourceKind, UserClass};
use exeunt_model::time::{Interval, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

const SECONDS_PER_DAY: i64 = 86_400;

/// Puts the verdict together.
pub(crate) fn verdict(
    facts: &Facts,
    promises: Vec<PromiseResult>,
    values: Values,
    report: Report,
) -> Verdict {
    let last = |milestone| {
        let groups = facts.journeys.groups.iter();
        groups.filter_map(|group| facts.milestone(group, milestone)).max()
    };
    let n_sorties = count(facts.resolved.flights.len());
    let loaded_sorties = count(facts.resolved.flights.iter().filter(|f| f.is_loaded()).count());
    let (findings, notes) = report.finish();
    Verdict {
        accepted: findings.is_empty(),
        findings,
        notes,
        levels: values.levels,
        objective: values.values,
        promises,
        closure: last(Milestone::HomeBase),
        closure_left_host: last(Milestone::LeftHost),
        closure_entered_host: entered(facts, |_| true),
        closure_home_airfield: last(Milestone::HomeAirfield),
        unmoved: objective::unmoved(facts),
        loaded_sorties,
        ferry_sorties: n_sorties - loaded_sorties,
        tails_used: objective::tails_used(facts),
        parties: parties(facts),
        days: days(facts, |flight| {
            leaves_host(facts, flight).then_some((flight.from, flight.row.departs))
        }),
        days_in: days(facts, |flight| {
            enters_host(facts, flight).then_some((flight.to, flight.row.lands))
        }),
        conditions: conditions(facts),
        proven: None,
    }
}

fn conditions(facts: &Facts) -> Vec<ConditionResult> {
    let rows = facts.scenario.conditions.rows.iter();
    let result = |condition: &Condition| ConditionResult {
        id: condition.name.clone(),
        open: condition::opened(facts.scenario, condition),
    };
    rows.map(result).collect()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Returns whether a loaded sortie leaves the host; without a host every loaded one does.
fn leaves_host(facts: &Facts, flight: &Flight) -> bool {
    let scenario = facts.scenario;
    let goes_out = scenario.is_in_host(flight.from) && !scenario.is_in_host(flight.to);
    flight.is_loaded() && (goes_out || !facts.has_host())
}

fn enters_host(facts: &Facts, flight: &Flight) -> bool {
    let scenario = facts.scenario;
    flight.is_loaded() && !scenario.is_in_host(flight.from) && scenario.is_in_host(flight.to)
}

/// Returns the last time at which pieces of some elements came into the host from outside.
fn entered(facts: &Facts, of: impl Fn(ElementId) -> bool) -> Option<Timestamp> {
    let moves = facts.journeys.moves.iter().filter(|by| of(facts.element_of(by.piece)));
    moves.filter_map(|by| by.enters_host).max()
}

/// What is counted per party over flights and columns.
#[derive(Default, Clone)]
struct Carried {
    loaded_sorties: i64,
    columns_out: i64,
    types: BTreeMap<TypeId, i64>,
}

fn parties(facts: &Facts) -> Vec<PartyResult> {
    let scenario = facts.scenario;
    let carried = carried(facts);
    let mut groups_of: BTreeMap<PartyId, Vec<ElementId>> = BTreeMap::new();
    for (id, element) in scenario.elements.iter() {
        groups_of.entry(element.party).or_default().push(id);
    }
    let mut results = Vec::with_capacity(groups_of.len());
    for (party, elements) in groups_of {
        let carried = carried[party.index()].clone();
        let moved = || facts.groups_in(&elements).filter(|group| is_moved(group));
        let times = |milestone| moved().filter_map(move |group| facts.milestone(group, milestone));
        results.push(PartyResult {
            id: scenario.parties[party].name.clone(),
            people: moved().map(|group| facts.people(group)).fold(0, i64::saturating_add),
            vehicles: moved().map(|group| facts.items(group)).fold(0, i64::saturating_add),
            first_departure: times(Milestone::LeftHost).min(),
            last_departure: times(Milestone::LeftHost).max(),
            entered_host: entered(facts, |element| elements.contains(&element)),
            home_airfield: times(Milestone::HomeAirfield).max(),
            closure: times(Milestone::HomeBase).max(),
            loaded_sorties: carried.loaded_sorties,
            columns_out: carried.columns_out,
            types: carried
                .types
                .into_iter()
                .map(|(id, sorties)| (scenario.types[id].name.clone(), sorties))
                .collect(),
        });
    }
    results
}

fn carried(facts: &Facts) -> Vec<Carried> {
    let scenario = facts.scenario;
    let mut carried = vec![Carried::default(); scenario.parties.len()];
    for flight in &facts.resolved.flights {
        let parties: BTreeSet<PartyId> =
            flight.cargo.iter().map(|part| facts.party_of(part.piece)).collect();
        for party in parties {
            let carried = &mut carried[party.index()];
            carried.loaded_sorties += 1;
            if leaves_host(facts, flight) || enters_host(facts, flight) {
                *carried.types.entry(scenario.tails[flight.tail].aircraft).or_default() += 1;
            }
        }
    }
    for column in &facts.resolved.columns {
        let goes_out = column
            .marches
            .iter()
            .any(|march| scenario.is_in_host(march.from) && !scenario.is_in_host(march.to));
        let parties: BTreeSet<PartyId> =
            column.load.iter().map(|&(piece, _)| facts.party_of(piece)).collect();
        for party in parties.into_iter().filter(|_| goes_out) {
            carried[party.index()].columns_out += 1;
        }
    }
    carried
}

/// Returns the day of the operation's zone in which `t` lies.
fn day_of(facts: &Facts, t: Timestamp) -> Interval {
    let offset = facts.scenario.operation.zone_offset;
    let day = t.0.saturating_add(offset).div_euclid(SECONDS_PER_DAY);
    let from = day.saturating_mul(SECONDS_PER_DAY).saturating_sub(offset);
    Interval { from: Timestamp(from), to: Timestamp(from.saturating_add(SECONDS_PER_DAY)) }
}

/// Returns the day as a date of the operation's zone.
fn date_of(facts: &Facts, day: Interval) -> String {
    let local = day.from.0.saturating_add(facts.scenario.operation.zone_offset);
    let text = Timestamp(local).to_rfc3339();
    text.split('T').next().unwrap_or_default().to_owned()
}

/// Counts movements by field and day; `movement` says whether, where and when a sortie counts.
fn days(
    facts: &Facts,
    movement: impl Fn(&Flight) -> Option<(PlaceId, Timestamp)>,
) -> Vec<DayResult> {
    // number and tails
    let mut movements: BTreeMap<PlaceId, BTreeMap<Interval, (i64, BTreeSet<TailId>)>> =
        BTreeMap::new();
    for flight in &facts.resolved.flights {
        let Some((field, t)) = movement(flight) else { continue };
        let entry = movements.entry(field).or_default().entry(day_of(facts, t)).or_default();
        entry.0 += 1;
        entry.1.insert(flight.tail);
    }
    let (handling, _) = ground::service_uses(facts);
    let mut results = Vec::new();
    for (field, by_day) in movements {
        let days: Vec<Interval> = by_day.keys().copied().collect();
        let uses = handling.get(&field).map(Vec::as_slice).unwrap_or_default();
        let used = used_per_day(&days, uses);
        let resources = ground::resources_of(facts, field, ResourceKind::Handling);
        let open = facts
            .windows(field, UserClass::Military, Activity::Handling)
            .unwrap_or_else(|| vec![Interval { from: Timestamp::MIN, to: Timestamp::MAX }]);
        for (position, (day, (loaded_sorties, tails))) in by_day.into_iter().enumerate() {
            let capacity = || sweep::full_integral(facts, &resources, &open, day);
            results.push(DayResult {
                day,
                date: date_of(facts, day),
                field: facts.place(field).to_owned(),
                loaded_sorties,
                tails: count(tails.len()),
                handling_used_s: used[position],
                handling_capacity_s: (!resources.is_empty()).then(capacity),
            });
        }
    }
    results.sort_by(|a, b| (a.day, &a.field).cmp(&(b.day, &b.field)));
    results
}

/// Returns the team-seconds of the uses in each of the days, which are sorted and disjoint.
fn used_per_day(days: &[Interval], uses: &[(Interval, i64)]) -> Vec<i64> {
    let mut used = vec![0_i64; days.len()];
    for &(span, teams) in uses {
        let first = days.partition_point(|day| day.to <= span.from);
        for (day, used) in days.iter().zip(&mut used).skip(first) {
            if day.from >= span.to {
                break;
            }
            let seconds = (day.to.min(span.to) - day.from.max(span.from)).0.max(0);
            *used = used.saturating_add(seconds.saturating_mul(teams));
        }
    }
    used
}
