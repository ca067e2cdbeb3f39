//! The log of events: one JSON object per line, and what each changes in the rows of a scenario.

use crate::change::Rows;
use crate::codes::{INVALID_JSON, UNKNOWN_COLUMN, UNKNOWN_ID, UNKNOWN_TABLE};
use crate::draft::Draft;
use crate::read::decode;
use crate::sink::file_problem;
use crate::suggest::{did_you_mean, shown};
use crate::tables::{TABLES, table_position};
use exeunt_model::event::{Event, What};
use exeunt_model::{Problem, Timestamp};
use serde_json::Value;

/// Keys of an event.
const KEYS: [&str; 6] = ["at", "kind", "body", "says", "source", "assumed"];
/// Most bytes of a log.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// An event with its line in the log, counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Line.
    pub line: u32,
    /// The event.
    pub event: Event,
}

/// Reads a log of events, sorted by when they became known; blank lines count and say nothing.
///
/// # Errors
///
/// Returns what is wrong with each line that is not an event.
pub fn read_events(file: &str, bytes: &[u8]) -> Result<Vec<Logged>, Vec<Problem>> {
    if bytes.len() > MOST_BYTES {
        let message = format!("{} has more than the {MOST_BYTES} bytes allowed", shown(file));
        let remedy = "leave out what is in the scenario already";
        return Err(vec![file_problem(crate::codes::FILE_TOO_LARGE, file, message, remedy)]);
    }
    let text = decode(file, bytes).map_err(|problem| vec![*problem])?;
    let (mut events, mut problems) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        match event(text) {
            Ok(event) => events.push(Logged { line, event }),
            Err((message, remedy)) => {
                problems.push(problem_at(file, line, INVALID_JSON, message, &remedy));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    events.sort_by_key(|logged| (logged.event.at, logged.line));
    Ok(events)
}

/// Reads a line; the error is a message and a remedy.
fn event(text: &str) -> Result<Event, (String, String)> {
    let form = "write it as `exeunt schema events` describes";
    let bad = |error: serde_json::Error| {
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or_default();
        (format!("the line is not an event ({reason})"), form.to_owned())
    };
    let value: Value = serde_json::from_str(text).map_err(bad)?;
    let keys = value.as_object().into_iter().flat_map(|object| object.keys());
    if let Some(key) = keys.into_iter().find(|key| !KEYS.contains(&key.as_str())) {
        let message = format!("an event has no key {}", shown(key));
        return Err((message, did_you_mean(key, KEYS.into_iter(), form)));
    }
    serde_json::from_value(value).map_err(bad)
}

fn problem_at(
    file: &str,
    line: u32,
    code: crate::codes::Code,
    message: String,
    remedy: &str,
) -> Problem {
    let mut problem = file_problem(code, file, message, remedy);
    "event".clone_into(&mut problem.object);
    problem.place.row = Some(u64::from(line));
    problem
}

impl Draft {
    /// Lays what events change over a scenario; [`build`](crate::build) reports what is wrong with it, by the line of the
    /// log. `flies_until` says until when a tail ends what it has begun in the air. A swap of tails changes a plan and, here,
    /// has the tail that flies no more be out of service.
    pub fn lay_events(
        &mut self,
        file: &str,
        events: &[Logged],
        flies_until: &dyn Fn(&str, Timestamp) -> Timestamp,
    ) {
        let end = self.cell("operation", "", "end").unwrap_or_default().to_owned();
        for logged in events {
            let (mut over, problems) = {
                let mut rows =
                    EventRows { rows: Rows::over(self), file, logged, problems: Vec::new() };
                rows.lay(&end, flies_until);
                (rows.rows.over, rows.problems)
            };
            over.set_line(file, logged.line);
            self.overlay(over);
            for problem in problems {
                self.problems.push(problem);
            }
        }
    }
}

/// Rows that an event writes.
struct EventRows<'a> {
    rows: Rows<'a>,
    file: &'a str,
    logged: &'a Logged,
    problems: Vec<Problem>,
}

impl EventRows<'_> {
    fn lay(&mut self, end: &str, flies_until: &dyn Fn(&str, Timestamp) -> Timestamp) {
        let event = &self.logged.event;
        let from = event.from();
        match &event.what {
            What::TailUnserviceable { tail, until, .. } => {
                let until = until.map_or_else(|| end.to_owned(), |until| until.to_string());
                self.ground(tail, flies_until(tail, from), &until);
            }
            What::TailSwapped { tail, .. } => self.ground(tail, flies_until(tail, from), end),
            What::AirfieldClosed { airfield, until, .. } => {
                for class in ["military", "civil"] {
                    for activity in ["movement", "handling"] {
                        let id = self.rows.new_id("hours", &format!("event-{airfield}"));
                        let cells = [
                            ("field", airfield.clone()),
                            ("user_class", class.to_owned()),
                            ("activity", activity.to_owned()),
                            ("valid_from", from.to_string()),
                            ("valid_to", until.to_string()),
                            ("state", "closed".to_owned()),
                        ];
                        self.row("hours", &id, &cells);
                    }
                }
            }
            What::BorderClosed { border, until, .. } => {
                let known = |column| {
                    let cell = self.rows.draft.cell("borders", border, column);
                    cell.and_then(Timestamp::parse_rfc3339)
                };
                // a row has one stretch: with another it is closed between the two as well
                let first = known("closed_from").map_or(from, |known| known.min(from));
                let last = known("closed_to").map_or(*until, |known| known.max(*until));
                let cells = [("closed_from", first.to_string()), ("closed_to", last.to_string())];
                self.change("borders", border, &cells);
            }
            What::ReceiverLate { sites, until } => {
                let id = self.rows.new_id("conditions", "event-receiver");
                let cells = [
                    ("text", event.told()),
                    ("kind", "fact".to_owned()),
                    ("true_from", until.to_string()),
                    ("gates", format!("handovers {}", sites.join(";"))),
                ];
                self.row("conditions", &id, &cells);
            }
            What::StepTakes { step, hours } => {
                self.change("handover_steps", step, &[("duration_h", hours.to_string())]);
            }
            What::ElementReady { element, ready } => {
                self.change("elements", element, &[("ready", ready.to_string())]);
            }
            What::ClearanceWithdrawn { clearance, .. } => {
                let begins = self.rows.draft.cell("clearances", clearance, "valid_from");
                let begins = begins.and_then(Timestamp::parse_rfc3339);
                let cell = match begins.is_some_and(|begins| begins < from) {
                    true => ("valid_to", from.to_string()),
                    false => ("status", "refused".to_owned()),
                };
                self.change("clearances", clearance, &[cell]);
            }
            What::ClearanceGranted { clearance, from, until } => {
                let cells = [
                    ("status", "granted".to_owned()),
                    ("valid_from", from.to_string()),
                    ("valid_to", until.to_string()),
                ];
                self.change("clearances", clearance, &cells);
            }
            What::Assessed { zone, level, office } => {
                let id = self.rows.new_id("assessments", "event-assessment");
                let cells = [
                    ("zone", zone.clone()),
                    ("level", level.clone()),
                    ("at", event.at.to_string()),
                    ("office", office.clone()),
                ];
                self.row("assessments", &id, &cells);
            }
            What::Decided { condition, .. } => {
                self.change("conditions", condition, &[("true_from", from.to_string())]);
            }
            What::Counted { piece, count } => {
                self.change("pieces", piece, &[("count", count.to_string())]);
            }
            What::CapacityLost { resource, amount, until, .. } => {
                let id = self.rows.new_id("capacity", &format!("event-{resource}"));
                let mut cells = vec![
                    ("resource", resource.clone()),
                    ("amount", format!("-{amount}")),
                    ("valid_from", from.to_string()),
                ];
                cells.extend(until.map(|until| ("valid_to", until.to_string())));
                self.row("capacity", &id, &cells);
            }
            What::Rows(tables) => {
                for (table, rows) in tables {
                    for cells in rows {
                        self.given(table, cells);
                    }
                }
            }
        }
    }

    /// Takes a tail out of service.
    fn ground(&mut self, tail: &str, from: Timestamp, until: &str) {
        let id = self.rows.new_id("maintenance", &format!("event-{tail}"));
        let cells =
            [("tail", tail.to_owned()), ("from", from.to_string()), ("to", until.to_owned())];
        self.row("maintenance", &id, &cells);
    }

    /// Writes cells of a row that is there.
    fn change(&mut self, table: &'static str, id: &str, cells: &[(&'static str, String)]) {
        let draft = self.rows.draft;
        if draft.cell(table, id, "id").is_none() {
            let ids = draft.ids(table);
            let message = format!("no row of `{table}` has the id {}", shown(id));
            let remedy = did_you_mean(id, ids.into_iter(), "name a row of the scenario");
            self.problem(UNKNOWN_ID, message, &remedy);
            return;
        }
        self.row(table, id, cells);
    }

    /// Writes cells of a row that is given as such.
    fn given(&mut self, table: &str, cells: &std::collections::BTreeMap<String, String>) {
        let Some(position) = table_position(table) else {
            let names = TABLES.iter().map(|spec| spec.name);
            let message = format!("a scenario has no table {}", shown(table));
            let remedy = did_you_mean(table, names, "see docs/files.md for the tables");
            return self.problem(UNKNOWN_TABLE, message, &remedy);
        };
        let spec = &TABLES[position];
        let columns = || spec.columns().map(|(_, column)| column.name);
        for name in cells.keys().filter(|name| spec.position(name).is_none()) {
            let message = format!("`{table}` has no column {}", shown(name));
            let remedy = did_you_mean(name, columns(), "see docs/files.md for the columns");
            self.problem(UNKNOWN_COLUMN, message, &remedy);
        }
        let id = cells.get("id").map_or("", String::as_str);
        let known = cells.iter().filter_map(|(name, cell)| {
            let column = columns().find(|column| column == name)?;
            Some((column, cell.clone()))
        });
        let known: Vec<(&'static str, String)> = known.collect();
        self.row(spec.name, id, &known);
    }

    fn row(&mut self, table: &'static str, id: &str, cells: &[(&'static str, String)]) {
        for (column, cell) in cells {
            self.rows.put(table, id, column, cell);
        }
        let event = &self.logged.event;
        let states_its_own = |name| cells.iter().any(|(column, _)| *column == name);
        if states_its_own("source") || states_its_own("assumed") {
            return;
        }
        let line = format!("{}, line {}", self.file, self.logged.line);
        match (&event.source, &event.assumed) {
            (None, Some(assumed)) => self.rows.put(table, id, "assumed", assumed),
            (source, _) => {
                let source = source.as_deref().unwrap_or(&line);
                self.rows.put(table, id, "source", source);
            }
        }
    }

    fn problem(&mut self, code: crate::codes::Code, message: String, remedy: &str) {
        self.problems.push(problem_at(self.file, self.logged.line, code, message, remedy));
    }
}
