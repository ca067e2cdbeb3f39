//! Sets of elements, and what is said of them: precedence, promises.

use crate::calendar::{DAY, When, Zone};
use crate::cell;
use crate::codes::*;
use crate::context::Context;
use crate::row::Row;
use crate::suggest::shown;
use exeunt_model::scenario::{Milestone, Precedence, PrecedenceKind, Predicate, Promise, Readings};
use exeunt_model::{ElementId, Id, Interval, PartyId, Scenario, SiteId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Elements of parties and sites.
pub(super) struct Sets {
    of_party: BTreeMap<PartyId, Vec<ElementId>>,
    of_site: BTreeMap<usize, Vec<ElementId>>,
    all: Vec<ElementId>,
    pub(super) sites_with_steps: Vec<SiteId>,
}

impl Sets {
    pub(super) fn new(scenario: &Scenario, cx: &Context<'_>) -> Self {
        let mut of_party: BTreeMap<PartyId, Vec<ElementId>> = BTreeMap::new();
        let mut of_site: BTreeMap<usize, Vec<ElementId>> = BTreeMap::new();
        for id in scenario.elements.ids() {
            let row = cx.row("elements", id.index());
            if let Some(party) = row.opt_ref::<PartyId>("party") {
                of_party.entry(party).or_default().push(id);
            }
            if let Some(site) = cx.find("sites", row.text("origin")) {
                of_site.entry(site).or_default().push(id);
            }
        }
        let with_steps: BTreeSet<SiteId> = scenario.steps.rows.iter().map(|s| s.site).collect();
        Self {
            of_party,
            of_site,
            all: scenario.elements.ids().collect(),
            sites_with_steps: with_steps.into_iter().collect(),
        }
    }

    /// Returns the elements that a set names, in file order; reports a set without any.
    pub(super) fn read(&self, row: Row<'_, '_>, column: &str, text: &str) -> Vec<ElementId> {
        let Some(named) = row.set(text) else { return self.all.clone() };
        let mut elements = BTreeSet::new();
        for (table, at) in named {
            match table {
                "parties" => elements
                    .extend(self.of_party.get(&PartyId::from_index(at)).into_iter().flatten()),
                "sites" => elements.extend(self.of_site.get(&at).into_iter().flatten()),
                _ => {
                    elements.insert(ElementId::from_index(at));
                }
            }
        }
        if elements.is_empty() && row.is_clean() && row.cx.is_whole("elements") {
            let message = format!("{} of {} has no element", shown(text), row.object());
            row.report(
                column,
                EMPTY_SET,
                message,
                "",
                "name parties, sites or elements that have some",
            );
        }
        elements.into_iter().collect()
    }
}

fn milestone(word: &str) -> Milestone {
    match word {
        "left_site" => Milestone::LeftSite,
        "left_host" => Milestone::LeftHost,
        "home_airfield" => Milestone::HomeAirfield,
        _ => Milestone::HomeBase,
    }
}

pub(super) fn precedence(row: Row<'_, '_>, sets: &Sets) -> Precedence {
    Precedence {
        name: row.string("id"),
        first: sets.read(row, "first", row.text("first")),
        then: sets.read(row, "then", row.text("then")),
        kind: match row.text("kind") {
            "all_before_first" => PrecedenceKind::AllBeforeFirst,
            "first_before_first" => PrecedenceKind::FirstBeforeFirst,
            _ => PrecedenceKind::LastBeforeLast,
        },
        milestone: milestone(row.text("measured_at")),
        hard: row.flag("hard").unwrap_or(true),
        stay: row.number_or("stay_people", 0),
    }
}

/// Columns that only some predicates use.
const ARGUMENTS: [&str; 9] = [
    "milestone",
    "set",
    "field",
    "mode",
    "deadline_strict",
    "deadline_lenient",
    "max_sorties",
    "max_tails",
    "at_least",
];

/// Returns what a predicate needs and what it may have.
fn arguments(predicate: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match predicate {
        "begun_by" => (&["set", "deadline_strict"], &["deadline_lenient"]),
        "all_by" => (&["milestone", "set", "deadline_strict"], &["deadline_lenient"]),
        "on_day" => (
            &["milestone", "set", "deadline_strict"],
            &["deadline_lenient", "max_sorties", "max_tails"],
        ),
        "count_on_day" => (&["field", "deadline_strict", "at_least"], &["deadline_lenient"]),
        "mode" => (&["set", "mode"], &[]),
        _ => (&[], &ARGUMENTS),
    }
}

fn check_arguments(row: Row<'_, '_>) {
    let predicate = row.text("predicate");
    let (needed, possible) = arguments(predicate);
    for column in ARGUMENTS {
        match (needed.contains(&column), possible.contains(&column), row.has(column)) {
            (true, _, false) => {
                let why = format!("{} needs it", shown(predicate));
                row.report_blank(column, MISSING_ARGUMENT, &why, "fill it in");
            }
            (false, false, true) => {
                let message = format!(
                    "`{column}` of {} is {}, but {} does not use it",
                    row.object(),
                    shown(row.text(column)),
                    shown(predicate)
                );
                row.report(column, SUPERFLUOUS_ARGUMENT, message, "", "leave it blank");
            }
            _ => {}
        }
    }
}

pub(super) fn promise(row: Row<'_, '_>, sets: &Sets, start: Timestamp) -> Promise {
    check_arguments(row);
    let zone = match row.text("zone") {
        "" => row.cx.zone.clone(),
        zone => cell::zone(zone).unwrap_or_else(|_| row.cx.zone.clone()),
    };
    let set = || match row.text("set") {
        "" => Vec::new(),
        text => sets.read(row, "set", text),
    };
    let milestone = milestone(row.text("milestone"));
    let predicate = match row.text("predicate") {
        "begun_by" => Predicate::BegunBy { set: set(), by: deadlines(row, &zone) },
        "all_by" => Predicate::AllBy { set: set(), milestone, by: deadlines(row, &zone) },
        "on_day" => Predicate::OnDay {
            set: set(),
            milestone,
            day: days(row, &zone),
            max_sorties: row.number("max_sorties"),
            max_tails: row.number("max_tails"),
        },
        "count_on_day" => Predicate::CountOnDay {
            field: row.required_ref("field"),
            day: days(row, &zone),
            at_least: row.number_or("at_least", 1),
        },
        _ => Predicate::Mode { set: set(), road: row.text("mode") == "road" },
    };
    let before_start = match &predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => by.strict <= start,
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => day.strict.to <= start,
        Predicate::Mode { .. } => false,
    };
    Promise {
        name: row.string("id"),
        statement: row.opt_ref("statement"),
        text: row.string("text"),
        predicate,
        required: row.flag("required").unwrap_or(false),
        wanted: row.number("wanted"),
        rank: u8::try_from(row.number_or("rank", 3)).unwrap_or(3),
        same_as: row.opt_ref("same_as"),
        outcome: row.opt_string("outcome"),
        evidence: row.opt_string("evidence"),
        before_start,
    }
}

/// Reads the deadlines of `begun_by` and `all_by`; a day means its end.
fn deadlines(row: Row<'_, '_>, zone: &Zone) -> Readings<Timestamp> {
    let read = |column| match cell::when(row.text(column)).ok()? {
        When::Day(day) => Some(zone.at(day, DAY)),
        when => Some(zone.moment(when)),
    };
    let strict = read("deadline_strict").unwrap_or_default();
    let lenient = read("deadline_lenient").unwrap_or(strict);
    if lenient < strict && row.has("deadline_strict") {
        let message = format!(
            "`deadline_lenient` of {} is {}, earlier than the strict {}",
            row.object(),
            shown(row.text("deadline_lenient")),
            shown(row.text("deadline_strict"))
        );
        let limit = row.text("deadline_strict");
        row.report("deadline_lenient", LENIENT_BEFORE_STRICT, message, limit, "exchange them");
    }
    Readings { strict, lenient }
}

/// Reads the days of `on_day` and `count_on_day`.
fn days(row: Row<'_, '_>, zone: &Zone) -> Readings<Interval> {
    let read = |column: &str| match cell::when(row.text(column)).ok()? {
        When::Day(day) => Some(zone.day(day)),
        _ => {
            let message = format!(
                "`{column}` of {} is {}, but {} speaks of a day",
                row.object(),
                shown(row.text(column)),
                shown(row.text("predicate"))
            );
            row.report(column, DAY_NEEDED, message, "", "write the date alone");
            None
        }
    };
    let strict = read("deadline_strict").unwrap_or(Interval::ALWAYS);
    Readings { strict, lenient: read("deadline_lenient").unwrap_or(strict) }
}
