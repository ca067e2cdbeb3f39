//! The situation and what hangs on it: levels, assessments, conditions, the mandate, and the scenario's words
//! in other languages.

use super::promises::Sets;
use super::superfluous;
use super::windows::stretch;
use crate::cell;
use crate::codes::MISSING_CELL;
use crate::context::Context;
use crate::row::{GateText, Row};
use exeunt_model::scenario::{
    Assessment, Condition, Gate, Level, Mandate, MandateKind, Policy, Translation, Truth,
};
use exeunt_model::{Id, PartyId, SiteId};
use std::collections::BTreeMap;

pub(super) fn level(row: Row<'_, '_>) -> Level {
    Level { name: row.string("id"), title: row.string("name") }
}

pub(super) fn assessment(row: Row<'_, '_>) -> Assessment {
    Assessment {
        name: row.string("id"),
        zone: row.string("zone"),
        level: row.required_ref("level"),
        at: row.moment("at").unwrap_or_default(),
        office: row.string("office"),
        statement: row.opt_ref("statement"),
    }
}

pub(super) fn condition(row: Row<'_, '_>, sets: &Sets) -> Condition {
    let gate = match row.gate() {
        Some(GateText::Handovers("ALL")) => Gate::Handovers(sets.sites_with_steps.clone()),
        Some(GateText::Handovers(sites)) => {
            let items = cell::list(sites).unwrap_or_default();
            let sites = items.into_iter().filter_map(|id| row.cx.find("sites", id));
            Gate::Handovers(sites.map(SiteId::from_index).collect())
        }
        Some(GateText::Strength(party, people)) => {
            let party = row.cx.find("parties", party).unwrap_or_default();
            Gate::Strength { party: PartyId::from_index(party), people }
        }
        Some(GateText::Departures(set)) => Gate::Departures(sets.read(row, "gates", set)),
        None => Gate::Departures(Vec::new()),
    };
    Condition {
        name: row.string("id"),
        text: row.string("text"),
        statement: row.opt_ref("statement"),
        truth: truth(row),
        policy: match row.text("policy") {
            "go" => Policy::Go,
            "reverse" => Policy::Reverse,
            _ => Policy::Hold,
        },
        gate,
    }
}

/// Reads when a condition is true: from a moment on, or while the situation is at a level.
fn truth(row: Row<'_, '_>) -> Truth {
    if !row.has("level") {
        for column in ["zone", "offices"].into_iter().filter(|column| row.has(column)) {
            superfluous(row, column, "the condition has no `level`");
        }
        return Truth::From(row.moment("true_from"));
    }
    if row.has("true_from") {
        superfluous(row, "true_from", "the condition is true by its `level`");
    }
    if !row.has("zone") {
        row.report_blank("zone", MISSING_CELL, "it has a `level`", "name an area, or ALL");
    }
    Truth::Level {
        zone: row.string("zone"),
        level: row.required_ref("level"),
        offices: row.strings("offices"),
    }
}

pub(super) fn mandate(row: Row<'_, '_>) -> Mandate {
    let kind = row.text("kind");
    let blank_in = |columns: &[&str], is: &str| {
        for column in columns.iter().filter(|column| row.has(column)) {
            superfluous(row, column, &format!("the row is a {is}"));
        }
    };
    let kind = match kind {
        "task" => {
            blank_in(&["people", "valid_from", "valid_to"], kind);
            MandateKind::Task(match row.text("sites") {
                "ALL" => (0..row.cx.n_rows("sites")).map(SiteId::from_index).collect(),
                _ => row.refs("sites"),
            })
        }
        "ceiling" => {
            blank_in(&["sites"], kind);
            if !row.has("people") {
                row.report_blank("people", MISSING_CELL, "it is a ceiling", "state the number");
            }
            MandateKind::Ceiling {
                people: row.number_or("people", 0),
                valid: stretch(row, "valid_from", "valid_to"),
            }
        }
        _ => {
            blank_in(&["sites", "people", "valid_from", "valid_to"], kind);
            MandateKind::Limit
        }
    };
    Mandate {
        name: row.string("id"),
        text: row.string("text"),
        statement: row.opt_ref("statement"),
        kind,
    }
}

/// Collects the words of the scenario in the other languages by their English; of twins the last counts.
pub(super) fn translations(cx: &Context<'_>) -> BTreeMap<String, Translation> {
    let mut words: BTreeMap<String, Translation> = BTreeMap::new();
    for row in cx.rows("parties").filter(|row| row.has("name_ru") || row.has("name_ar")) {
        let translation = Translation { ru: row.string("name_ru"), ar: row.string("name_ar") };
        words.insert(row.string("name"), translation);
    }
    for row in cx.rows("translations") {
        let translation = Translation { ru: row.string("ru"), ar: row.string("ar") };
        words.insert(row.string("en"), translation);
    }
    words
}
