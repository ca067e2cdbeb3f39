//! A draft under reading: names of rows, zone and horizon, and rows that hand out typed cells.
//!
//! [`Context::check_cells`] checks every cell by the table list and reports what is wrong. The typed
//! accessors of [`Row`] read the same cells again and return a harmless default where something is
//! wrong, so that a caller never stops at the first problem. A row with a problem is *tainted*: what
//! is built of it is not looked at by rules across rows.

use crate::calendar::Zone;
use crate::cell;
use crate::codes::*;
use crate::draft::Draft;
use crate::sink::{Fault, Sink};
use crate::suggest::{a, did_you_mean, shown};
use crate::tables::{ColumnSpec, Kind, Need, SET, STRENGTH, TABLES, TableSpec, table_position};
use exeunt_model::problem::{Place, Severity};
use exeunt_model::{Duration, Id, Interval, PlaceId, Problem, Timestamp};
use jiff::civil::Date;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// "Did you mean" is looked for so many times; then names are only refused.
const MAX_SUGGESTIONS: usize = 200;
/// Longest horizon.
pub(crate) const MAX_HORIZON: Duration = Duration::from_hours(366 * 24);
/// Daily hours are expanded so far before the start and after the end.
const MARGIN: Duration = Duration::from_hours(72);

/// A draft under reading.
pub(crate) struct Context<'a> {
    draft: &'a Draft,
    names: Vec<HashMap<&'a str, usize>>,
    /// Zone of the operation.
    pub(crate) zone: Zone,
    /// Start and end, if both are stated and possible.
    pub(crate) horizon: Option<Interval>,
    sink: RefCell<Sink>,
    tainted: RefCell<BTreeSet<(usize, usize)>>,
    suggestions: Cell<usize>,
}

/// A row with typed access to its cells.
#[derive(Clone, Copy)]
pub(crate) struct Row<'c, 'a> {
    pub(crate) cx: &'c Context<'a>,
    table: usize,
    row: usize,
}

/// What a gate names, as ids written.
pub(crate) enum GateText<'a> {
    Departures(&'a str),
    Handovers(&'a str),
    Strength(&'a str, i64),
}

/// A reference that leads nowhere; `None`: its table was not read to the end, so nothing is said.
type Lost = Option<Fault>;

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
        (0..self.draft.tables[table].rows.len()).map(move |row| Row { cx: self, table, row })
    }

    /// Returns a row by position.
    pub(crate) fn row(&self, table: &str, row: usize) -> Row<'_, 'a> {
        Row { cx: self, table: position_of(table), row }
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
        let row = Row { cx: self, table: at.0, row: at.1 };
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
            self.push(place, &spec_object(spec), NOT_SUPPORTED_YET, message, "remove the table");
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
            self.push(place.clone(), &spec_object(spec), MISSING_TABLE, message, &remedy);
        }
        for (position, column) in spec.columns() {
            let is_absent = found.header.get(position) == Some(&false);
            if is_absent && column.need == Need::Required {
                let message =
                    format!("the column `{}` of the table `{}` is missing", column.name, spec.name);
                let place =
                    Place { row: Some(1), column: Some(column.name.to_owned()), ..place.clone() };
                let remedy = format!("add it: {}", decapitalized(column.doc));
                self.push(place, &spec_object(spec), MISSING_COLUMN, message, &remedy);
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
        let row = Row { cx: self, table, row: first };
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
    fn lookup(&self, tables: &[&str], id: &str) -> Result<(usize, usize), Lost> {
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

fn spec_object(spec: &TableSpec) -> String {
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

fn decapitalized(doc: &str) -> String {
    let mut chars = doc.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Returns the position of a table that the code names; the table list has it.
fn position_of(table: &str) -> usize {
    table_position(table).expect("the table list has every table that the reader names")
}

impl<'c, 'a> Row<'c, 'a> {
    fn spec(self) -> &'static TableSpec {
        &TABLES[self.table]
    }
    /// Returns the position in its table.
    pub(crate) fn index(self) -> usize {
        self.row
    }
    fn column(self, name: &str) -> usize {
        self.spec().position(name).expect("the table list has every column that the reader names")
    }
    fn at(self, column: usize) -> &'a str {
        &self.cx.draft.tables[self.table].rows[self.row].cells[column]
    }
    /// Returns the row as messages name it: "piece `AM-V01`".
    pub(crate) fn object(self) -> String {
        match self.text("id") {
            "" => format!("{} without id", self.spec().noun),
            id => format!("{} {}", self.spec().noun, shown(id)),
        }
    }
    /// Returns whether nothing is wrong with the row by itself.
    pub(crate) fn is_clean(self) -> bool {
        !self.cx.tainted.borrow().contains(&(self.table, self.row))
    }

    /// Returns a cell as written; blank if not stated.
    pub(crate) fn text(self, column: &str) -> &'a str {
        self.at(self.column(column))
    }
    /// Returns whether a cell is stated.
    pub(crate) fn has(self, column: &str) -> bool {
        !self.text(column).is_empty()
    }
    /// Returns a cell as text of its own.
    pub(crate) fn string(self, column: &str) -> String {
        self.text(column).to_owned()
    }
    /// Returns a cell as text of its own, none if blank.
    pub(crate) fn opt_string(self, column: &str) -> Option<String> {
        self.has(column).then(|| self.string(column))
    }
    /// Returns a number in its base unit.
    pub(crate) fn number(self, column: &str) -> Option<i64> {
        let position = self.column(column);
        match self.spec().column(position).kind {
            Kind::Number(number) => cell::number(self.at(position), &number).ok(),
            _ => None,
        }
    }
    /// Returns a number in its base unit, or what holds when it is blank.
    pub(crate) fn number_or(self, column: &str, blank: i64) -> i64 {
        self.number(column).unwrap_or(blank)
    }
    /// Returns a duration, zero when blank.
    pub(crate) fn duration(self, column: &str) -> Duration {
        Duration(self.number_or(column, 0))
    }
    /// Returns a flag.
    pub(crate) fn flag(self, column: &str) -> Option<bool> {
        cell::flag(self.text(column)).ok()
    }
    /// Returns a moment.
    pub(crate) fn moment(self, column: &str) -> Option<Timestamp> {
        cell::when(self.text(column)).ok().map(|when| self.cx.zone.moment(when))
    }
    /// Returns a day.
    pub(crate) fn day(self, column: &str) -> Option<Date> {
        cell::day(self.text(column)).ok()
    }
    /// Returns a time of day in seconds.
    pub(crate) fn clock(self, column: &str) -> Option<i64> {
        cell::clock(self.text(column)).ok()
    }
    /// Returns degrees.
    pub(crate) fn degrees(self, column: &str, most: i64) -> Option<f64> {
        cell::degrees(self.text(column), most).ok()
    }
    /// Returns latitude and longitude, if both are stated.
    pub(crate) fn position(self) -> Option<(f64, f64)> {
        Some((self.degrees("lat", 90)?, self.degrees("lon", 180)?))
    }
    /// Returns the items of a list; none if blank.
    pub(crate) fn items(self, column: &str) -> Vec<&'a str> {
        match self.text(column) {
            "" => Vec::new(),
            text => cell::list(text).unwrap_or_default(),
        }
    }
    /// Returns the items of a list as text of their own.
    pub(crate) fn strings(self, column: &str) -> Vec<String> {
        self.items(column).into_iter().map(str::to_owned).collect()
    }
    /// Returns the tables that a column may refer to.
    fn targets(self, column: usize) -> &'static [&'static str] {
        match self.spec().column(column).kind {
            Kind::Ref(tables) | Kind::Refs(tables) | Kind::RefsOrNone(tables) => tables,
            Kind::Lags => &["handover_steps"],
            Kind::Needs => &["resources"],
            Kind::Covers => match self.text("kind") {
                "overflight" => &["air_legs"],
                "landing" => &["airfields"],
                "border" => &["roads"],
                _ => &[],
            },
            _ => &[],
        }
    }
    /// Returns the id of a row that an item of a column names.
    pub(crate) fn resolve<I: Id>(self, column: &str, id: &str) -> Option<I> {
        let targets = self.targets(self.column(column));
        let (table, row) = self.cx.lookup(targets, id).ok()?;
        let before = match TABLES[table].name {
            "airfields" => self.cx.n_rows("places"),
            "sites" if targets.len() > 1 => self.cx.n_rows("places") + self.cx.n_rows("airfields"),
            _ => 0,
        };
        Some(I::from_index(before + row))
    }
    /// Returns the row that a cell names.
    pub(crate) fn opt_ref<I: Id>(self, column: &str) -> Option<I> {
        match self.text(column) {
            "" => None,
            id => self.resolve(column, id),
        }
    }
    /// Returns the row that a required cell names; the first row if there is none such.
    pub(crate) fn required_ref<I: Id>(self, column: &str) -> I {
        self.opt_ref(column).unwrap_or_else(|| I::from_index(0))
    }
    /// Returns the rows that a list names.
    pub(crate) fn refs<I: Id>(self, column: &str) -> Vec<I> {
        self.items(column).into_iter().filter_map(|id| self.resolve(column, id)).collect()
    }
    /// Returns the tables and rows that a set names; `None` stands for all elements.
    pub(crate) fn set(self, text: &str) -> Option<Vec<(&'static str, usize)>> {
        if text == "ALL" {
            return None;
        }
        let items = cell::list(text).unwrap_or_default();
        let hits = items.into_iter().filter_map(|id| self.cx.lookup(SET, id).ok());
        Some(hits.map(|(table, row)| (TABLES[table].name, row)).collect())
    }
    /// Returns what a gate names.
    pub(crate) fn gate(self) -> Option<GateText<'a>> {
        read_gate(self.text("gates")).ok()
    }

    /// Checks every cell of the row.
    fn check(self, present: &[bool]) {
        let mut is_tainted = false;
        for (position, column) in self.spec().columns() {
            let text = self.at(position);
            let fault = match (text, column.need) {
                (_, Need::Reserved) => continue,
                ("", Need::Required) if !present[position] => {
                    is_tainted = true;
                    continue;
                }
                ("", Need::Required) => {
                    let message = format!("`{}` of {} is blank", column.name, self.object());
                    let remedy = format!("fill it in: {}", decapitalized(column.doc));
                    self.report(column.name, MISSING_CELL, message, "", &remedy);
                    continue;
                }
                ("", Need::Optional) => continue,
                (text, _) if text.contains('\0') => {
                    Some(Fault::new(NUL_BYTE, "which holds a zero byte", "remove it"))
                }
                (text, _) => match self.check_cell(position, column.kind, text) {
                    Ok(()) => continue,
                    Err(fault) => fault,
                },
            };
            is_tainted = true;
            if let Some(fault) = fault {
                self.report_fault(column.name, fault);
            }
        }
        if is_tainted {
            self.taint();
        }
        self.check_source();
    }

    fn check_source(self) {
        if !self.has("source") && !self.has("assumed") {
            let message = format!("{} states neither `source` nor `assumed`", self.object());
            let remedy = "write where it was read, or what is assumed and why";
            self.report("source", NO_SOURCE, message, "", remedy);
        }
    }

    fn check_cell(self, position: usize, kind: Kind, text: &str) -> Result<(), Lost> {
        let look = |id: &str| self.cx.lookup(self.targets(position), id).map(|_| ());
        match kind {
            Kind::Id => cell::id(text)?,
            Kind::Text => {}
            Kind::Texts => drop(cell::list(text)?),
            Kind::Word(words) => drop(cell::word(text, words)?),
            Kind::Words(words) => {
                for item in cell::list(text)? {
                    cell::word(item, words)?;
                }
            }
            Kind::Flag => drop(cell::flag(text)?),
            Kind::Number(number) => drop(cell::number(text, &number)?),
            Kind::Plain => cell::plain(text)?,
            Kind::Degrees(most) => drop(cell::degrees(text, most)?),
            Kind::Moment | Kind::DayOrMoment => drop(cell::when(text)?),
            Kind::Day => drop(cell::day(text)?),
            Kind::Days => cell::days(text)?,
            Kind::Clock => drop(cell::clock(text)?),
            Kind::Zone => drop(cell::zone(text)?),
            Kind::State => cell::state(text)?,
            Kind::States => cell::list(text)?.into_iter().try_for_each(cell::state)?,
            Kind::Ref(_) => look(text)?,
            Kind::RefsOrNone(_) if text == "none" => {}
            Kind::Covers if self.targets(position).is_empty() => drop(cell::list(text)?),
            Kind::Refs(_) | Kind::RefsOrNone(_) | Kind::Covers => {
                self.check_items(position, text, look)?;
            }
            Kind::Set => self.check_set(position, text)?,
            Kind::Lags => self.check_items(position, text, |item| look(cell::lag(item)?.0))?,
            Kind::Needs => self.check_items(position, text, |item| look(cell::need(item)?.0))?,
            Kind::Points => drop(cell::points(text)?),
            Kind::Gate => self.check_gate(position, text)?,
        }
        Ok(())
    }

    /// Checks the items of a list; all but the last fault are reported here.
    fn check_items(
        self,
        position: usize,
        text: &str,
        check: impl Fn(&str) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        let mut last = Ok(());
        for item in cell::list(text)? {
            let Err(lost) = check(item) else { continue };
            if let Err(Some(fault)) = std::mem::replace(&mut last, Err(lost)) {
                self.report_fault(self.spec().column(position).name, fault);
            }
        }
        last
    }

    fn check_set(self, position: usize, text: &str) -> Result<(), Lost> {
        match text {
            "ALL" => Ok(()),
            _ => self.check_items(position, text, |id| self.cx.lookup(SET, id).map(|_| ())),
        }
    }

    fn check_gate(self, position: usize, text: &str) -> Result<(), Lost> {
        match read_gate(text)? {
            GateText::Departures(set) => self.check_set(position, set),
            GateText::Handovers("ALL") => Ok(()),
            GateText::Handovers(sites) => {
                self.check_items(position, sites, |id| self.cx.lookup(&["sites"], id).map(|_| ()))
            }
            GateText::Strength(party, _) => self.cx.lookup(&["parties"], party).map(|_| ()),
        }
    }

    /// Says that rules across rows should not look at this row.
    pub(crate) fn taint(self) {
        self.cx.tainted.borrow_mut().insert((self.table, self.row));
    }

    /// Reports what is wrong with a cell.
    pub(crate) fn report_fault(self, column: &str, fault: Fault) {
        let Fault { code, says, limit, remedy } = fault;
        let value = shown(self.text(column));
        let message = format!("`{column}` of {} is {value}, {says}", self.object());
        self.report(column, code, message, &limit.unwrap_or_default(), &remedy);
    }

    /// Reports an error in a column, with a sentence of its own. A blank limit is none.
    pub(crate) fn report(
        self,
        column: &str,
        code: Code,
        message: String,
        limit: &str,
        remedy: &str,
    ) {
        self.push(Severity::Error, column, code, message, limit, remedy);
        self.taint();
    }

    /// Reports a cell that this row needs; once for the table if the whole column is absent.
    pub(crate) fn report_blank(self, column: &str, code: Code, why: &str, remedy: &str) {
        let table = &self.cx.draft.tables[self.table];
        if table.header.get(self.column(column)) != Some(&false) {
            let message = format!("`{column}` of {} is blank, but {why}", self.object());
            return self.report(column, code, message, "", remedy);
        }
        let spec = self.spec();
        let message = format!(
            "the column `{column}` of the table `{}` is missing, but some rows need it",
            spec.name
        );
        let place = Place {
            row: Some(1),
            column: Some(column.to_owned()),
            ..self.cx.draft.table_place(self.table)
        };
        self.cx.push(place, &spec_object(spec), MISSING_COLUMN, message, "add it");
        self.taint();
    }

    /// Reports something that somebody should look at.
    pub(crate) fn warn(self, column: &str, code: Code, message: String, remedy: &str) {
        self.push(Severity::Warning, column, code, message, "", remedy);
    }

    fn push(
        self,
        severity: Severity,
        column: &str,
        code: Code,
        message: String,
        limit: &str,
        remedy: &str,
    ) {
        let position = self.column(column);
        let value = self.at(position);
        self.cx.sink.borrow_mut().push(Problem {
            severity,
            code: code.0.to_owned(),
            object: self.object(),
            place: self.cx.draft.place(self.table, self.row, Some(position)),
            message,
            value: (!value.is_empty()).then(|| value.to_owned()),
            limit: (!limit.is_empty()).then(|| limit.to_owned()),
            remedy: remedy.to_owned(),
        });
    }
}

/// Reads `departures SET`, `handovers ALL` or sites, `strength PARTY N`.
fn read_gate(text: &str) -> Result<GateText<'_>, Fault> {
    let bad = || {
        let says = "but a condition gates departures, handovers or strength";
        let remedy = "write `departures ALL`, `handovers ALL` or `strength RU 1000`";
        Fault::new(BAD_GATE, says, remedy)
    };
    let (what, rest) = text.split_once(char::is_whitespace).ok_or_else(bad)?;
    let rest = rest.trim();
    match what {
        "departures" => Ok(GateText::Departures(rest)),
        "handovers" => Ok(GateText::Handovers(rest)),
        "strength" => {
            let (party, people) = rest.split_once(char::is_whitespace).ok_or_else(bad)?;
            Ok(GateText::Strength(party, cell::number(people.trim(), &STRENGTH)?))
        }
        _ => Err(bad()),
    }
}
