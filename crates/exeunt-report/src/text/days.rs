//! The table of days: sorties by field, the use of handling teams, what was reported.

use super::clock;
use crate::grid::{LEFT, RIGHT, Track, has_room, lay_out, prose};
use exeunt_model::finding::DayResult;
use exeunt_model::scenario::RecordedDay;
use exeunt_model::{Interval, Scenario, Verdict};
use std::collections::BTreeSet;

/// Loaded sorties by field and day beside the use of handling teams and what was reported.
pub(super) fn days(
    scenario: &Scenario,
    verdict: &Verdict,
    record: &[RecordedDay],
) -> Option<String> {
    let movements = verdict.days.iter().chain(&verdict.days_in);
    let mut shown: BTreeSet<Interval> = movements.map(|result| result.day).collect();
    shown.extend(record.iter().map(|recorded| recorded.day));
    if shown.is_empty() {
        return None;
    }
    let shown: Vec<Interval> = shown.into_iter().collect();
    let mut text = day_blocks(scenario, verdict, record, &shown);
    for recorded in record.iter().filter(|r| r.shown.contains('*') && !r.note.is_empty()) {
        let note = format!("* {}: {}", clock(scenario).day(recorded.day), recorded.note);
        text += &format!("\n{}", prose(1, &note));
    }
    Some(text)
}

/// Cuts the days into blocks, each as many days as fit side by side.
fn day_blocks(
    scenario: &Scenario,
    verdict: &Verdict,
    record: &[RecordedDay],
    days: &[Interval],
) -> String {
    let mut blocks = Vec::new();
    let mut rest = days;
    while !rest.is_empty() {
        let fits = |&n: &usize| {
            let rows = day_rows(scenario, verdict, record, &rest[..n]);
            has_room(&day_tracks(n), &rows)
        };
        let n = (1..=rest.len()).rev().find(fits).unwrap_or(1);
        let (block, later) = rest.split_at(n);
        blocks.push(lay_out(&day_tracks(n), &day_rows(scenario, verdict, record, block)));
        rest = later;
    }
    blocks.join("\n")
}

fn day_tracks(days: usize) -> Vec<Track> {
    let mut tracks = vec![LEFT.after(1)];
    tracks.resize(days + 1, RIGHT);
    tracks
}

fn day_rows(
    scenario: &Scenario,
    verdict: &Verdict,
    record: &[RecordedDay],
    days: &[Interval],
) -> Vec<Vec<String>> {
    let clock = clock(scenario);
    let line = |label: String, cell: &dyn Fn(Interval) -> String| {
        let mut row = vec![label];
        row.extend(days.iter().map(|&day| cell(day)));
        row
    };
    let mut rows = Vec::new();
    let both = [("loaded sorties in", &verdict.days_in), ("loaded sorties out", &verdict.days)];
    for (label, results) in both.into_iter().filter(|(_, results)| !results.is_empty()) {
        rows.push(line(label.to_owned(), &|day| clock.day(day)));
        for field in fields(results) {
            let on = |day: Interval| results.iter().find(|r| r.field == field && r.day == day);
            let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
            rows.push(line(place_title(scenario, field), &|day| {
                shown(on(day).map(|result| result.loaded_sorties.to_string()))
            }));
            if results.iter().any(|r| r.field == field && handling_percent(r).is_some()) {
                rows.push(line("  handling alone allows".to_owned(), &|day| {
                    shown(on(day).and_then(handling_allows).map(|n| n.to_string()))
                }));
                rows.push(line("  handling in use, of the day".to_owned(), &|day| {
                    shown(on(day).and_then(handling_percent).map(|percent| format!("{percent} %")))
                }));
            }
        }
    }
    if rows.is_empty() {
        rows.push(line("loaded sorties out".to_owned(), &|day| clock.day(day)));
    }
    if !record.is_empty() {
        rows.push(line("reported".to_owned(), &|day| {
            let recorded = record.iter().find(|recorded| recorded.day == day);
            recorded.map_or_else(|| "-".to_owned(), |recorded| recorded.shown.clone())
        }));
    }
    rows
}

/// Fields with loaded movements, in the order in which they come up.
fn fields(results: &[DayResult]) -> Vec<&str> {
    let mut fields: Vec<&str> = Vec::new();
    for result in results {
        if !fields.contains(&result.field.as_str()) {
            fields.push(&result.field);
        }
    }
    fields
}

pub(super) fn place_title(scenario: &Scenario, name: &str) -> String {
    let title = scenario.place(name).map(|id| scenario.places[id].title.as_str());
    match title {
        Some(title) if !title.is_empty() && title != name => format!("{title} ({name})"),
        _ => name.to_owned(),
    }
}

/// Returns the loaded sorties that the day's handling teams could have loaded at the pace of that day's.
fn handling_allows(result: &DayResult) -> Option<i64> {
    let capacity = i128::from(result.handling_capacity_s?);
    let used = i128::from(result.handling_used_s);
    let sorties = i128::from(result.loaded_sorties) * capacity;
    (used > 0).then(|| i64::try_from(sorties / used).unwrap_or(i64::MAX))
}

/// Returns the use of handling teams on a day in per cent, rounded to the nearest; `None` without a limit.
fn handling_percent(result: &DayResult) -> Option<i64> {
    let capacity = result.handling_capacity_s.filter(|&capacity| capacity > 0)?;
    Some((result.handling_used_s * 100 + capacity / 2) / capacity)
}
