//! A row of a draft with typed access to its cells.
//!
//! [`Row::check`] reports whatever is wrong with the cells by their kind. The typed accessors read
//! the same cells again and return a harmless default where something is wrong.

use crate::cell;
use crate::codes::*;
use crate::context::{Context, Lost, decapitalized, table_object};
use crate::sink::Fault;
use crate::suggest::shown;
use crate::tables::{Kind, Need, SET, STRENGTH, TABLES, TableSpec};
use exeunt_model::problem::{Place, Severity};
use exeunt_model::{Duration, Id, Problem, Timestamp};
use jiff::civil::Date;

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

impl<'c, 'a> Row<'c, 'a> {
    /// Makes the view of a row that exists.
    pub(crate) fn new(cx: &'c Context<'a>, table: usize, row: usize) -> Self {
        Self { cx, table, row }
    }
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
            Kind::Ref(tables)
            | Kind::Refs(tables)
            | Kind::RefsOrNone(tables)
            | Kind::RefsOrAll(tables) => tables,
            Kind::Lags => &["handover_steps"],
            Kind::Needs => &["resources"],
            Kind::Bearings => &["promises"],
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
    pub(crate) fn check(self, present: &[bool]) {
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
        if self.spec().is_graded() && !self.has("source") && !self.has("assumed") {
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
            Kind::Language => cell::language(text)?,
            Kind::State => cell::state(text)?,
            Kind::States => cell::list(text)?.into_iter().try_for_each(cell::state)?,
            Kind::Ref(_) => look(text)?,
            Kind::RefsOrNone(_) if text == "none" => {}
            Kind::RefsOrAll(_) if text == "ALL" => {}
            Kind::Covers if self.targets(position).is_empty() => drop(cell::list(text)?),
            Kind::Refs(_) | Kind::RefsOrNone(_) | Kind::RefsOrAll(_) | Kind::Covers => {
                self.check_items(position, text, look)?;
            }
            Kind::Set => self.check_set(position, text)?,
            Kind::Lags => self.check_items(position, text, |item| look(cell::lag(item)?.0))?,
            Kind::Needs => self.check_items(position, text, |item| look(cell::need(item)?.0))?,
            Kind::Bearings => {
                self.check_items(position, text, |item| look(cell::bearing(item)?.0))?;
            }
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
        self.cx.push(place, &table_object(spec), MISSING_COLUMN, message, "add it");
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
