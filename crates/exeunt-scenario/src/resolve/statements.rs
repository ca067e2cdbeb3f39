//! Rows of the ledger: what was said, when it is known, and what the ledger reckons with.

use super::promises::Sets;
use crate::calendar::{DAY, When, Zone};
use crate::cell;
use crate::codes::{IMPOSSIBLE_WINDOW, MISSING_CELL, RECORDED_BEFORE_SAID};
use crate::row::Row;
use crate::suggest::shown;
use crate::tables::Number;
use exeunt_model::scenario::{Bearing, Counted, SourceType, Statement};
use exeunt_model::{Interval, PromiseId, Timestamp};

/// What is added up: whole numbers up to a billion.
const QUANTITY: Number = Number { unit: "", base: "", times: 1, low: 0, high: 1_000_000_000 };

pub(super) fn statement(row: Row<'_, '_>, sets: &Sets) -> Statement {
    let own = cell::zone(row.text("zone")).ok().filter(|_| row.has("zone"));
    let zone = own.as_ref().unwrap_or(&row.cx.zone);
    let recorded_by = recorded_by(row, zone);
    Statement {
        name: row.string("id"),
        date: row.string("date"),
        time: row.opt_string("time"),
        recorded: row.string("recorded"),
        recorded_by,
        language: row.string("language"),
        speaker: row.string("speaker"),
        office: row.string("office"),
        via: row.string("via"),
        origin: row.string("origin"),
        kind: row.string("kind"),
        status: row.string("status"),
        text: row.string("text"),
        conflicts: row.strings("conflicts"),
        source: row.string("source"),
        assumed: row.string("assumed"),
        source_type: match row.text("source_type") {
            "party" => Some(SourceType::Party),
            "state_media" => Some(SourceType::StateMedia),
            "independent" => Some(SourceType::Independent),
            "own_estimate" => Some(SourceType::OwnEstimate),
            _ => None,
        },
        confirms: row.refs("confirms"),
        quantity: row.string("quantity"),
        unit: row.string("unit"),
        counts: counts(row),
        set: match row.text("set") {
            "" => Vec::new(),
            text => sets.read(row, "set", text),
        },
        day: span(row),
        deadline: row.string("deadline"),
        bears_on: bears_on(row),
        known: known(row, zone, recorded_by),
    }
}

/// Returns when a statement is known: its hour, or the end of its day where none is stated; what was recorded earlier
/// than that day ends was known then.
fn known(row: Row<'_, '_>, zone: &Zone, recorded_by: Option<Timestamp>) -> Timestamp {
    let Some(day) = row.day("date") else { return Timestamp::MAX };
    match row.clock("time") {
        Some(seconds) => zone.at(day, seconds),
        None => zone.day(day).to.min(recorded_by.unwrap_or(Timestamp::MAX)),
    }
}

/// Returns the moment by which a statement was recorded; a day is its end. Reports one before it was said.
fn recorded_by(row: Row<'_, '_>, zone: &Zone) -> Option<Timestamp> {
    let when = cell::when(row.text("recorded")).ok().filter(|_| row.has("recorded"))?;
    let by = match when {
        When::Day(day) => zone.at(day, DAY),
        when => zone.moment(when),
    };
    let said = row.day("date").map(|day| zone.at(day, row.clock("time").unwrap_or(0)));
    if said.is_some_and(|said| by < said) {
        let message = format!(
            "`recorded` of {} is {}, but it was said on {}",
            row.object(),
            shown(row.text("recorded")),
            shown(row.text("date"))
        );
        let remedy = "correct one of the two moments";
        row.report("recorded", RECORDED_BEFORE_SAID, message, row.text("date"), remedy);
    }
    Some(by)
}

/// Reads as what the number is added up; that needs a whole number, of whom it speaks, and of which day.
fn counts(row: Row<'_, '_>) -> Option<(Counted, i64)> {
    let counted = match row.text("counts") {
        "sorties" => Counted::Sorties,
        "people" => Counted::People,
        "vehicles" => Counted::Vehicles,
        "sites" => Counted::Sites,
        _ => return None,
    };
    let blank = ["quantity", "set", "day"].into_iter().filter(|column| !row.has(column));
    for column in blank {
        let why = format!("the row counts {}", row.text("counts"));
        row.report_blank(column, MISSING_CELL, &why, "state it, or leave `counts` blank");
    }
    let quantity = row.text("quantity");
    match cell::number(quantity, &QUANTITY) {
        Ok(number) => Some((counted, number)),
        Err(fault) => {
            // one that is no number at all is reported as such already
            if cell::plain(quantity).is_ok() {
                row.report_fault("quantity", fault);
            }
            None
        }
    }
}

/// Reads a day, or the stretch from a day to another, both included, in the operation's zone wherever it was said: what
/// is said in two zones of one day is of the same day.
fn span(row: Row<'_, '_>) -> Option<Interval> {
    let zone = &row.cx.zone;
    let text = row.text("day");
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let end = match cell::when(to).ok()? {
        When::Day(day) => zone.at(day, DAY),
        when => zone.moment(when),
    };
    let from = zone.moment(cell::when(from).ok()?);
    if end <= from {
        let message =
            format!("`day` of {} is {}, which ends before it begins", row.object(), shown(text));
        row.report("day", IMPOSSIBLE_WINDOW, message, "", "write a day, or the earlier one first");
        return None;
    }
    Some(Interval { from, to: end })
}

fn bears_on(row: Row<'_, '_>) -> Vec<(PromiseId, Bearing)> {
    let items = row.items("bears_on").into_iter();
    let read = items.filter_map(|item| {
        let (promise, word) = cell::bearing(item).ok()?;
        let bearing = match word {
            "repeated" => Bearing::Repeated,
            "at_risk" => Bearing::AtRisk,
            "kept" => Bearing::Kept,
            _ => Bearing::Broken,
        };
        Some((row.resolve("bears_on", promise)?, bearing))
    });
    read.collect()
}
