//! Lines of numbers with their places, and what both forms ask of stops.

use crate::codes::*;
use crate::sink::Sink;
use exeunt_model::Problem;
use exeunt_model::pdptw::{Instance, Stop};
use exeunt_model::problem::{Place, Severity};
use std::collections::HashMap;

/// Most stops: travel between all of them is kept, 8 bytes a pair.
pub(super) const MOST_STOPS: usize = 10_000;
/// Greatest number that is read; sums of as many as there are stops are still exact to less than a millionth.
const GREATEST: f64 = 1e9;

/// The columns of a stop, in the order of both forms.
const COLUMNS: [&str; 9] =
    ["id", "x", "y", "demand", "earliest", "latest", "service", "pickup", "delivery"];

/// A text line by line.
pub(super) struct Reader<'a> {
    file: &'a str,
    lines: Vec<(u64, &'a str)>,
    next: usize,
    sink: Sink,
}

/// A row of a stop as it stands in the file.
pub(super) struct StopRow {
    line: u64,
    /// As in `COLUMNS`.
    cells: [f64; 9],
}

/// Says whether a number is whole and not negative.
pub(super) fn is_whole(value: f64) -> bool {
    value >= 0.0 && value.fract() == 0.0
}

impl StopRow {
    pub(super) fn position(&self) -> (f64, f64) {
        (self.cells[1], self.cells[2])
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        Self { file, lines: lines.collect(), next: 0, sink: Sink::default() }
    }

    /// Returns the next line that is not blank.
    pub(super) fn line(&mut self) -> Option<(u64, &'a str)> {
        let line = self.lines.get(self.next).copied();
        self.next += 1;
        line
    }

    /// Returns the lines that are left, not blank ones.
    pub(super) fn left(&self) -> usize {
        self.lines.len().saturating_sub(self.next)
    }

    pub(super) fn problem(
        &mut self,
        code: Code,
        row: Option<u64>,
        column: Option<&str>,
        value: Option<&str>,
        (message, remedy): (String, &str),
    ) {
        self.sink.push(Problem {
            severity: Severity::Error,
            code: code.0.to_owned(),
            object: "instance".to_owned(),
            place: Place {
                file: self.file.to_owned(),
                row,
                column: column.map(str::to_owned),
                ..Place::default()
            },
            message,
            value: value.map(str::to_owned),
            limit: None,
            remedy: remedy.to_owned(),
        });
    }

    pub(super) fn truncated(&mut self, awaited: &str) {
        let last = self.lines.last().map(|(line, _)| *line);
        let message = format!("the file ends where {awaited} should come");
        self.problem(TRUNCATED_FILE, last, None, None, (message, "restore the rest of the file"));
    }

    /// Returns a number of a cell, 0 after a problem.
    pub(super) fn number(&mut self, line: u64, column: &str, cell: &str) -> f64 {
        match cell.parse::<f64>() {
            Ok(value) if value.is_finite() && value.abs() <= GREATEST => value,
            Ok(_) => {
                let message = format!("`{column}` is `{cell}`, beyond {GREATEST:e}");
                let said = (message, "stay within the limit");
                self.problem(OUT_OF_RANGE, Some(line), Some(column), Some(cell), said);
                0.0
            }
            Err(_) => {
                let said = (format!("`{column}` is `{cell}`, not a number"), "write digits");
                self.problem(NOT_A_NUMBER, Some(line), Some(column), Some(cell), said);
                0.0
            }
        }
    }

    /// Returns a whole number that is not negative, 0 after a problem.
    pub(super) fn whole(&mut self, line: u64, column: &str, value: f64) -> u64 {
        if !is_whole(value) {
            let code = if value < 0.0 { NEGATIVE } else { NOT_WHOLE };
            let said = (
                format!("`{column}` is {value}, a number from 0 on is needed"),
                "write a whole number that is not negative",
            );
            self.problem(code, Some(line), Some(column), Some(&value.to_string()), said);
            return 0;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 1e9")]
        let whole = value as u64;
        whole
    }

    /// Returns a capacity, at least 1.
    pub(super) fn capacity(&mut self, line: u64, value: f64) -> i64 {
        let capacity = self.whole(line, "capacity", value);
        if capacity == 0 {
            let said = ("`capacity` is 0".to_owned(), "write a greater number");
            self.problem(ZERO, Some(line), Some("capacity"), Some("0"), said);
        }
        i64::try_from(capacity).unwrap_or(i64::MAX)
    }

    /// Returns the rows of so many stops.
    pub(super) fn stop_rows(&mut self, most: usize) -> Vec<StopRow> {
        let mut rows = Vec::new();
        while rows.len() < most {
            let Some((line, text)) = self.line() else { break };
            let found: Vec<&str> = text.split_whitespace().collect();
            if found.len() != COLUMNS.len() {
                let message = format!("the line has {} numbers, a stop has 9", found.len());
                let said = (
                    message,
                    "give it id, x, y, demand, earliest, latest, service, pickup and delivery",
                );
                self.problem(RAGGED_ROW, Some(line), None, None, said);
            }
            let mut cells = [0.0; 9];
            for (at, cell) in found.iter().take(9).enumerate() {
                cells[at] = self.number(line, COLUMNS[at], cell);
            }
            rows.push(StopRow { line, cells });
        }
        rows
    }

    /// Makes stops of rows and pairs them.
    pub(super) fn stops(&mut self, rows: &[StopRow]) -> Vec<Stop> {
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut ids = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let id = self.whole(row.line, "id", row.cells[0]);
            if places.insert(id, at).is_some() {
                let said = (format!("stop {id} stands twice"), "rename one of them");
                let value = id.to_string();
                self.problem(DUPLICATE_ID, Some(row.line), Some("id"), Some(&value), said);
            }
            ids.push(id);
        }
        let mut stops = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let [_, _, _, demand, opens, closes, service, ..] = row.cells;
            if closes < opens {
                let said = (
                    format!("stop {} closes at {closes}, before it opens at {opens}", ids[at]),
                    "exchange or correct the two ends",
                );
                let value = closes.to_string();
                self.problem(IMPOSSIBLE_WINDOW, Some(row.line), Some("latest"), Some(&value), said);
            }
            if service < 0.0 {
                let said =
                    (format!("`service` is {service}"), "write a number that is not negative");
                let value = service.to_string();
                self.problem(NEGATIVE, Some(row.line), Some("service"), Some(&value), said);
            }
            let amount = self.whole(row.line, "demand", demand.abs());
            let amount = i64::try_from(amount).unwrap_or(i64::MAX);
            let demand = if demand < 0.0 { -amount } else { amount };
            let partner = self.partner(row, at, ids[at], demand, &places);
            stops.push(Stop { id: ids[at], demand, opens, closes, service, partner });
        }
        self.pair(rows, &stops);
        stops
    }

    /// Returns the position of the other stop of a row's pair.
    fn partner(
        &mut self,
        row: &StopRow,
        at: usize,
        id: u64,
        demand: i64,
        places: &HashMap<u64, usize>,
    ) -> usize {
        let (pickup, delivery) = (
            self.whole(row.line, "pickup", row.cells[7]),
            self.whole(row.line, "delivery", row.cells[8]),
        );
        if at == 0 {
            if demand != 0 || pickup != 0 || delivery != 0 {
                let said = (
                    "the first stop is the depot; it has no demand, pickup or delivery".to_owned(),
                    "write 0 in all three",
                );
                self.problem(BAD_PAIR, Some(row.line), None, None, said);
            }
            return 0;
        }
        let (column, other, idle) = match demand > 0 {
            true => ("delivery", delivery, pickup),
            false => ("pickup", pickup, delivery),
        };
        if demand == 0 || idle != 0 {
            let said = (
                format!(
                    "stop {id} with demand {demand} names pickup {pickup} and delivery {delivery}"
                ),
                "give a pickup a positive demand and its delivery, a delivery the reverse, and 0 for the other",
            );
            self.problem(BAD_PAIR, Some(row.line), Some(column), None, said);
            return 0;
        }
        match places.get(&other) {
            Some(&found) if found != 0 => found,
            _ => {
                let said = (format!("`{column}` of stop {id} is {other}, no stop"), "name a stop");
                let value = other.to_string();
                self.problem(UNKNOWN_ID, Some(row.line), Some(column), Some(&value), said);
                0
            }
        }
    }

    /// Checks that pairs name each other and that what is taken up is put down.
    fn pair(&mut self, rows: &[StopRow], stops: &[Stop]) {
        for (at, stop) in stops.iter().enumerate().filter(|(_, stop)| stop.partner != 0) {
            let other = &stops[stop.partner];
            if other.partner != at {
                let said = (
                    format!("stop {} names stop {}, which names another", stop.id, other.id),
                    "have the two stops of a pair name each other",
                );
                self.problem(BAD_PAIR, Some(rows[at].line), None, None, said);
            } else if (stop.demand > 0 || other.demand < 0) && other.demand != -stop.demand {
                let said = (
                    format!(
                        "stop {} has demand {}, the other stop of its pair, {}, has {}",
                        stop.id, stop.demand, other.id, other.demand
                    ),
                    "have a pair put down what it takes up",
                );
                self.problem(BAD_PAIR, Some(rows[at].line), Some("demand"), None, said);
            }
        }
    }

    /// Returns what was wrong.
    pub(super) fn problems(self) -> Result<(), Vec<Problem>> {
        if self.sink.found().is_empty() { Ok(()) } else { Err(self.sink.finish()) }
    }

    /// Returns the instance if nothing was wrong with it.
    pub(super) fn finish(
        mut self,
        name: &str,
        vehicles: Option<usize>,
        capacity: i64,
        stops: Vec<Stop>,
        travel: Vec<f64>,
    ) -> Result<Instance, Vec<Problem>> {
        if stops.is_empty() && self.sink.found().is_empty() {
            self.truncated("the depot");
        }
        self.problems()?;
        Ok(Instance { name: name.to_owned(), capacity, vehicles, stops, travel })
    }
}
