//! A draft under reading: names of rows, zone and horizon, and the problems found.
//!
//! A row with a problem is *tainted*: what is built of it is not looked at by rules across rows, and
//! a table with such rows, or with lost ones, is not *whole*: what it seems to lack says nothing.

use crate::calendar::Zone;
use crate::codes::*;
use crate::draft::Draft;
use crate::row::Row;
use crate::sink::{Fault, Sink};
use crate::suggest::{a, did_you_mean, shown};
use crate::tables::{ColumnSpec, Need, SET, TABLES, TableSpec, table_position};
use exeunt_model::problem::{Place, Severity};
use exeunt_model::{Duration, Id, Interval, PlaceId, Problem, Timestamp};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// "Did you mean" is looked for so many times; then names are only refused.
const MAX_SUGGESTIONS: usize = 200;
/// Longest horizon.
pub(crate) const MAX_HORIZON: Duration = Duration::from_hours(366 * 24);
/// Daily hours are expanded so far before the start and after the end: a replay may be late by weeks, a back-test begins
/// earlier than the scenario, and hours that simply go on must not end with the list.
const MARGIN: Duration = Duration::from_hours(30 * 24);

/// A draft under reading.
pub(crate) struct Context<'a> {
    pub(crate) draft: &'a Draft,
    names: Vec<HashMap<&'a str, usize>>,
    /// Zone of the operation.
    pub(crate) zone: Zone,
    /// Start and end, if both are stated and possible.
    pub(crate) horizon: Option<Interval>,
    pub(crate) sink: RefCell<Sink>,
    pub(crate) tainted: RefCell<BTreeSet<(usize, usize)>>,
    suggestions: Cell<usize>,
}

/// A reference that leads nowhere; `None`: its table was not read to the end, so nothing is said.
pub(crate) type Lost = Option<Fault>;

impl<'a> Context<'a> {
    pub(crate) fn new(draft: &'a Draft) -> Self {
        let mut cx = Self {
            draft,
            names: Vec::new(),
            zone: Zone::utc(),
            horizon: None,
            sink: RefCell::new(draft.problems.clone()),
            tainted: RefCell::default(),
            suggestions: Cell::new(MAX_SUGGESTIONS),
        };
        cx.names = cx.collect_names();
        let stated = cx.rows("operation").next().map(|row| row.text("zone")).unwrap_or_default();
        cx.zone = Zone::parse(stated).unwrap_or_else(Zone::utc);
        cx.horizon = cx.read_horizon();
        cx
    }

    fn read_horizon(&self) -> Option<Interval> {
        let row = self.rows("operation").next()?;
        let (from, to) = (row.moment("start")?, row.moment("end")?);
        (from < to && to - from <= MAX_HORIZON).then_some(Interval { from, to })
    }

    /// Returns whether every row of a table was read and is right by itself.
    pub(crate) fn is_whole(&self, table: &str) -> bool {
        let position = position_of(table);
        let tainted = self.tainted.borrow();
        let is_tainted = tainted.range((position, 0)..(position + 1, 0)).next().is_some();
        !is_tainted && !self.is_lost(position)
    }

    /// Returns what was found.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.sink.into_inner().finish()
    }

    /// Goes through the rows of a table in file order.
    pub(crate) fn rows<'c>(
        &'c self,
        table: &str,
    ) -> impl DoubleEndedIterator<Item = Row<'c, 'a>> + ExactSizeIterator + use<'c, 'a> {
        let table = position_of(table);
        (0..self.draft.tables[table].rows.len()).map(move |row| Row::new(self, table, row))
    }

    /// Returns a row by position.
    pub(crate) fn row(&self, table: &str, row: usize) -> Row<'_, 'a> {
        Row::new(self, position_of(table), row)
    }

    /// Returns the row that made a place: places, then airfields, then sites.
    pub(crate) fn place_row(&self, place: PlaceId) -> Row<'_, 'a> {
        let (n_places, n_fields) = (self.n_rows("places"), self.n_rows("airfields"));
        match place.index() {
            at if at < n_places => self.row("places", at),
            at if at < n_places + n_fields => self.row("airfields", at - n_places),
            at => self.row("sites", at - n_places - n_fields),
        }
    }

    /// Returns the number of rows of a table.
    pub(crate) fn n_rows(&self, table: &str) -> usize {
        self.draft.tables[position_of(table)].rows.len()
    }

    /// Returns the stretch over which daily hours are expanded.
    pub(crate) fn span(&self) -> Interval {
        let horizon =
            self.horizon.unwrap_or(Interval { from: Timestamp(0), to: Timestamp(86_400) });
        Interval { from: horizon.from - MARGIN, to: horizon.to + MARGIN }
    }

    /// Returns whether rows of a table are lost, so that a missing one says nothing.
    fn is_lost(&self, position: usize) -> bool {
        let table = &self.draft.tables[position];
        table.is_incomplete || (table.rows.is_empty() && TABLES[position].required)
    }

    /// Finds a row by id in one table.
    pub(crate) fn find(&self, table: &str, id: &str) -> Option<usize> {
        self.names[position_of(table)].get(id).copied()
    }

    fn collect_names(&self) -> Vec<HashMap<&'a str, usize>> {
        let mut names = Vec::with_capacity(TABLES.len());
        for (table, spec) in TABLES.iter().enumerate() {
            let rows = &self.draft.tables[table].rows;
            let mut map = HashMap::with_capacity(rows.len());
            let Some(column) = spec.position("id") else {
                names.push(map);
                continue;
            };
            for (row, cells) in rows.iter().enumerate() {
                let id: &'a str = &cells.cells[column];
                match map.get(id) {
                    _ if id.is_empty() => {}
                    None => {
                        map.insert(id, row);
                    }
                    Some(&first) => self.report_twin((table, row), (table, first), id),
                }
            }
            names.push(map);
        }
        self.find_place_twins(&names);
        names
    }

    /// Sites, airfields and places share their ids.
    fn find_place_twins(&self, names: &[HashMap<&'a str, usize>]) {
        let places = ["places", "airfields", "sites"].map(position_of);
        for (position, &table) in places.iter().enumerate() {
            let Some(column) = TABLES[table].position("id") else { continue };
            for (row, cells) in self.draft.tables[table].rows.iter().enumerate() {
                let id: &'a str = &cells.cells[column];
                let before = &places[..position];
                let twin = before.iter().find_map(|&other| Some((other, *names[other].get(id)?)));
                if let Some(twin) = twin
                    && names[table].get(id) == Some(&row)
                {
                    self.report_twin((table, row), twin, id);
                }
            }
        }
    }

    fn report_twin(&self, at: (usize, usize), first: (usize, usize), id: &str) {
        let place = self.draft.place(first.0, first.1, None);
        let line = place.row.map_or_else(String::new, |line| format!(" in row {line}"));
        let message = format!(
            "{} {} has the id of {}{line} of the table `{}`",
            TABLES[at.0].noun,
            shown(id),
            a(TABLES[first.0].noun),
            TABLES[first.0].name
        );
        let row = Row::new(self, at.0, at.1);
        row.report("id", DUPLICATE_ID, message, "", "rename one of them");
    }

    /// Checks that tables and columns are there, and every cell by its kind.
    pub(crate) fn check_cells(&self) {
        for (table, spec) in TABLES.iter().enumerate() {
            self.check_table(table, spec);
            let has_column = |column: usize| {
                let header = &self.draft.tables[table].header;
                header.get(column).copied().unwrap_or(true)
            };
            let present: Vec<bool> = (0..spec.n_columns()).map(has_column).collect();
            for row in self.rows(spec.name) {
                row.check(&present);
            }
        }
    }

    fn check_table(&self, table: usize, spec: &TableSpec) {
        let found = &self.draft.tables[table];
        let place = self.draft.table_place(table);
        if spec.reserved && !found.header.is_empty() {
            let message = format!("the table `{}` is not supported yet", spec.name);
            self.push(place, &table_object(spec), NOT_SUPPORTED_YET, message, "remove the table");
            return;
        }
        if spec.required && found.rows.is_empty() && !found.is_incomplete {
            let message = match found.header.is_empty() {
                true => format!("the table `{}` is missing", spec.name),
                false => format!("the table `{}` has no row", spec.name),
            };
            let remedy = match table {
                0 => "add operation.toml".to_owned(),
                _ => format!("add {} with a row per {}", spec.file_name(), spec.noun),
            };
            self.push(place.clone(), &table_object(spec), MISSING_TABLE, message, &remedy);
        }
        for (position, column) in spec.columns() {
            let is_absent = found.header.get(position) == Some(&false);
            if is_absent && column.need == Need::Required {
                let message =
                    format!("the column `{}` of the table `{}` is missing", column.name, spec.name);
                let place =
                    Place { row: Some(1), column: Some(column.name.to_owned()), ..place.clone() };
                let remedy = format!("add it: {}", decapitalized(column.doc));
                self.push(place, &table_object(spec), MISSING_COLUMN, message, &remedy);
            }
            if column.need == Need::Reserved {
                self.check_reserved(table, position, column);
            }
        }
    }

    fn check_reserved(&self, table: usize, position: usize, column: &ColumnSpec) {
        let rows = &self.draft.tables[table].rows;
        let mut stated = (0..rows.len()).filter(|&row| !rows[row].cells[position].is_empty());
        let Some(first) = stated.next() else { return };
        let row = Row::new(self, table, first);
        let more = match stated.count() {
            0 => String::new(),
            n => format!(" (and of {n} more)"),
        };
        let message = format!("`{}` of {}{more} is not supported yet", column.name, row.object());
        row.report(column.name, NOT_SUPPORTED_YET, message, "", "leave it out");
    }

    /// Adds a problem.
    pub(crate) fn push(
        &self,
        place: Place,
        object: &str,
        code: Code,
        message: String,
        remedy: &str,
    ) {
        self.sink.borrow_mut().push(Problem {
            severity: Severity::Error,
            code: code.0.to_owned(),
            object: object.to_owned(),
            place,
            message,
            value: None,
            limit: None,
            remedy: remedy.to_owned(),
        });
    }

    /// Finds the row that a reference names.
    pub(crate) fn lookup(&self, tables: &[&str], id: &str) -> Result<(usize, usize), Lost> {
        let mut hits = tables.iter().filter_map(|table| {
            let table = position_of(table);
            Some((table, *self.names[table].get(id)?))
        });
        match (hits.next(), hits.next()) {
            (Some(first), Some(second)) if tables == SET => {
                let (one, other) = (TABLES[first.0].noun, TABLES[second.0].noun);
                let says = format!("but {} is both {} and {}", shown(id), a(one), a(other));
                Err(Some(Fault::new(AMBIGUOUS_ID, says, "rename one of them")))
            }
            // places of one id are reported where they stand
            (Some(hit), _) => Ok(hit),
            (None, _) => Err(self.lost(tables, id)),
        }
    }

    fn lost(&self, tables: &[&str], id: &str) -> Lost {
        if tables.iter().any(|table| self.is_lost(position_of(table))) {
            return None;
        }
        let nouns: Vec<&str> = tables.iter().map(|table| TABLES[position_of(table)].noun).collect();
        let any = one_of(&nouns);
        let elsewhere = (1..TABLES.len())
            .find(|&table| self.names[table].contains_key(id) && is_referenced(TABLES[table].name));
        if let Some(table) = elsewhere {
            let noun = TABLES[table].noun;
            let says = format!("but {} is {}, not {}", shown(id), a(noun), a(&any));
            return Some(Fault::new(WRONG_KIND_OF_ID, says, format!("name {}", a(&any))));
        }
        let says = format!("but no {any} has the id {}", shown(id));
        let quoted: Vec<String> = tables.iter().map(|table| format!("`{table}`")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        let otherwise = format!("correct it, or add it to the table {}", one_of(&quoted));
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        let remedy = match left {
            0 => otherwise,
            _ => {
                let near = tables.iter().flat_map(|table| self.ids_of(position_of(table)));
                did_you_mean(id, near, otherwise)
            }
        };
        Some(Fault::new(UNKNOWN_ID, says, remedy))
    }

    fn ids_of(&self, table: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let draft: &'a Draft = self.draft;
        let column = TABLES[table].position("id").unwrap_or(0);
        draft.tables[table].rows.iter().map(move |row| &*row.cells[column])
    }

    /// Makes the fault of an id that a caller has looked up itself.
    pub(crate) fn unknown(&self, tables: &[&str], id: &str) -> Option<Fault> {
        self.lost(tables, id)
    }
}

pub(crate) fn table_object(spec: &TableSpec) -> String {
    format!("table `{}`", spec.name)
}

/// Joins words: "a, b or c".
fn one_of(words: &[&str]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => words.concat(),
    }
}

fn is_referenced(table: &str) -> bool {
    !matches!(table, "hours" | "curfews" | "capacity" | "record" | "maintenance" | "clearances")
}

pub(crate) fn decapitalized(doc: &str) -> String {
    let mut chars = doc.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Returns the position of a table that the code names; the table list has it.
fn position_of(table: &str) -> usize {
    table_position(table).expect("the table list has every table that the reader names")
}
