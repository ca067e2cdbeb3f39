//! What binds on each day with departures, and what one unit more would gain.

use super::clock;
use crate::grid::{LEFT, RIGHT, lay_out};
use crate::zoned::{Clock, stretch};
use exeunt_model::finding::Binding;
use exeunt_model::plan::Column;
use exeunt_model::{Interval, Plan, Scenario, Timestamp, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What binds, named for one day.
const BINDINGS_SHOWN: usize = 3;

/// What binds on each day with departures; the largest gains first.
pub(super) fn binds(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    bindings: &[Binding],
) -> String {
    let clock = clock(scenario);
    let mut by_day: BTreeMap<Interval, Vec<&Binding>> =
        departure_days(scenario, plan, verdict).into_iter().map(|day| (day, vec![])).collect();
    for binding in bindings {
        by_day.entry(binding.day).or_default().push(binding);
    }
    // what everybody gains is one figure per thing: it stands on the last day that names the thing
    let mut last_named: BTreeMap<&str, Interval> = BTreeMap::new();
    for (&day, found) in &mut by_day {
        // none at all on that day is the largest gain; file order decides between equals
        found.sort_by_key(|b| b.with_one_more.unwrap_or(Timestamp::MIN));
        let shown = found.iter().take(BINDINGS_SHOWN);
        last_named.extend(shown.map(|binding| (binding.what.as_str(), day)));
    }
    let has_host = !scenario.operation.host_states.is_empty();
    let (last, leaves) = match has_host && verdict.closure_entered_host.is_none() {
        true => ("last out of the host", "leaves the host"),
        false => ("last departure", "departs"),
    };
    let mut rows = Vec::new();
    for (day, found) in by_day {
        let text = |binding: &&Binding| {
            let is_last = last_named.get(binding.what.as_str()) == Some(&day);
            let gain = all_home(binding).filter(|_| is_last).unwrap_or_default();
            format!("{}{gain}", binding_text(clock, last, binding))
        };
        let mut texts: Vec<String> = found.iter().take(BINDINGS_SHOWN).map(text).collect();
        if found.len() > BINDINGS_SHOWN {
            texts.push(format!("and {} more that give less", found.len() - BINDINGS_SHOWN));
        }
        if texts.is_empty() {
            texts.push("nothing single".to_owned());
        }
        for (n, text) in texts.into_iter().enumerate() {
            let label = if n == 0 { clock.day(day) } else { String::new() };
            rows.push(vec![label, text]);
        }
    }
    if rows.is_empty() {
        let nothing = if has_host { "nothing leaves the host" } else { "nothing departs" };
        return format!("WHAT BINDS  {nothing}");
    }
    format!(
        "WHAT BINDS  one unit more, planned again, and the day's last {leaves} earlier\n{}",
        lay_out(&[RIGHT, LEFT], &rows)
    )
}

/// Returns the days on which somebody or something departs, by air or by road.
fn departure_days(scenario: &Scenario, plan: &Plan, verdict: &Verdict) -> BTreeSet<Interval> {
    let by_road = plan.columns.iter().filter_map(|column| leaves_by_road(scenario, column));
    let ends = verdict.parties.iter().flat_map(|r| [r.first_departure, r.last_departure]);
    let moments = by_road.chain(ends.flatten());
    let mut days: BTreeSet<Interval> = moments.map(|t| scenario.day_of(t).1).collect();
    days.extend(verdict.days.iter().map(|result| result.day));
    days
}

/// Returns when a column crosses out of the host or, where there is none, takes pieces from their origin.
fn leaves_by_road(scenario: &Scenario, column: &Column) -> Option<Timestamp> {
    if scenario.operation.host_states.is_empty() {
        let first = column.marches.first()?;
        let origin = |name: &str| {
            let piece = scenario.pieces.find(|piece| piece.name == name)?;
            Some(scenario.elements[scenario.pieces[piece].element].origin)
        };
        let from = scenario.place(&first.from)?;
        let mut origins = column.load.iter().map(|load| origin(&load.piece));
        return origins.any(|origin| origin == Some(from)).then_some(first.departs);
    }
    let is_in_host = |name: &str| scenario.place(name).map(|place| scenario.is_in_host(place));
    let mut marches = column.marches.iter();
    let crossing =
        marches.find(|m| is_in_host(&m.from) == Some(true) && is_in_host(&m.to) == Some(false))?;
    Some(crossing.arrives)
}

fn binding_text(clock: Clock, last: &str, binding: &Binding) -> String {
    let Binding { what, unit, .. } = binding;
    // units of these kinds are adverbs: "an hour earlier", "true an hour earlier"
    let with = match binding.kind.as_str() {
        "date" | "condition" | "clearance" => "if",
        _ => "with",
    };
    let then = match binding.with_one_more {
        Some(t) => clock.moment(t),
        None => "nobody leaves that late".to_owned(),
    };
    let last_now = clock.moment(binding.last_departure);
    format!("{}: {last} {last_now}, {with} {unit} {then}", clock.retell(what))
}

/// What one unit more gains for the closure of the whole plan, if anything.
fn all_home(binding: &Binding) -> Option<String> {
    let (closure, sooner) = (binding.closure?, binding.closure_with_one_more?);
    (sooner < closure).then(|| format!(", all home {} earlier", stretch(closure - sooner)))
}
