//! A scenario as written: cells of text with their place, before any meaning is given to them.
//!
//! Invariants: `tables` stands parallel to [`TABLES`]; every row has one cell per column of its
//! table (blank when not stated); cells are trimmed and have no carriage return.

use crate::codes::{DUPLICATE_COLUMN, TOO_MANY_ROWS};
use crate::sink::{Sink, file_problem};
use crate::suggest::grouped;
use crate::tables::{MAX_ROWS, TABLES, TableSpec, table_position};
use exeunt_model::Problem;
use exeunt_model::problem::Place;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// The tables of a scenario as text, with what went wrong in reading them.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) tables: Vec<DraftTable>,
    pub(crate) problems: Sink,
}

/// Where rows were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    pub(crate) name: String,
    /// Table, where the file holds several.
    pub(crate) sheet: Option<String>,
}

/// The rows of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftTable {
    pub(crate) rows: Vec<DraftRow>,
    /// Columns that a header named; empty where there are no headers.
    pub(crate) header: Vec<bool>,
    /// File it was read from, if any.
    pub(crate) file: Option<u16>,
    /// Whether rows were lost in reading, so that a missing id says nothing.
    pub(crate) is_incomplete: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct DraftRow {
    pub(crate) file: u16,
    pub(crate) line: u32,
    pub(crate) cells: Box<[Box<str>]>,
    /// Cells that an overlay has put in: column, file, line.
    pub(crate) patches: Vec<(u16, u16, u32)>,
}

impl Default for Draft {
    fn default() -> Self {
        let tables = TABLES.iter().map(|_| DraftTable::default()).collect();
        Self { files: Vec::new(), tables, problems: Sink::default() }
    }
}

impl DraftRow {
    pub(crate) fn blank(spec: &TableSpec, file: u16, line: u32) -> Self {
        let cells = vec![Box::<str>::default(); spec.n_columns()].into_boxed_slice();
        Self { file, line, cells, patches: Vec::new() }
    }
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }
}

/// Brings a cell into the form that a draft keeps.
pub(crate) fn cleaned(text: &str) -> Box<str> {
    let text = text.trim();
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

impl Draft {
    /// Returns what went wrong in reading; [`build`](crate::build) reports it together with the rest.
    pub fn problems(&self) -> &[Problem] {
        self.problems.found()
    }

    /// Returns the number of rows in all tables.
    pub fn n_rows(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// Returns the number of rows by table, tables without rows left out.
    pub fn row_counts(&self) -> BTreeMap<&'static str, usize> {
        let counts = TABLES.iter().zip(&self.tables).map(|(spec, t)| (spec.name, t.rows.len()));
        counts.filter(|&(_, n)| n > 0).collect()
    }

    /// Returns a cell as written, by table, id of the row (any for the operation) and column.
    pub fn cell(&self, table: &str, id: &str, column: &str) -> Option<&str> {
        let position = table_position(table)?;
        let spec = &TABLES[position];
        let (column, id_column) = (spec.position(column)?, spec.position("id")?);
        let rows = &self.tables[position].rows;
        let row = rows.iter().find(|row| position == 0 || &*row.cells[id_column] == id)?;
        Some(&row.cells[column])
    }

    /// Returns the ids of a table's rows.
    pub(crate) fn ids(&self, table: &str) -> Vec<&str> {
        let Some(position) = table_position(table) else { return Vec::new() };
        let id = TABLES[position].position("id");
        let rows = self.tables[position].rows.iter();
        rows.filter_map(|row| id.map(|id| &*row.cells[id])).collect()
    }

    /// Has every row come from one line of a file.
    pub(crate) fn set_line(&mut self, file: &str, line: u32) {
        self.files.clear();
        let file = self.file(file, None);
        for table in &mut self.tables {
            table.file = None;
            for row in &mut table.rows {
                (row.file, row.line) = (file, line);
            }
        }
    }

    /// Writes a cell, in the row with that id (made if there is none); `false` if there is no such
    /// table or column.
    pub fn set_cell(&mut self, table: &str, id: &str, column: &str, value: &str) -> bool {
        let Some(position) = table_position(table) else { return false };
        let spec = &TABLES[position];
        let (Some(column), Some(id_column)) = (spec.position(column), spec.position("id")) else {
            return false;
        };
        let file = self.file(&spec.file_name(), None);
        let table = &mut self.tables[position];
        let found = table.rows.iter().position(|row| position == 0 || &*row.cells[id_column] == id);
        let at = found.unwrap_or_else(|| {
            let mut row = DraftRow::blank(spec, file, 0);
            row.cells[id_column] = cleaned(id);
            table.rows.push(row);
            table.rows.len() - 1
        });
        table.rows[at].cells[column] = cleaned(value);
        if let Some(is_there) = table.header.get_mut(column) {
            *is_there = true;
        }
        true
    }

    /// Lays another draft over this one: in rows whose id exists, and in the operation, its cells
    /// that are not blank replace those here; other rows are added at the end.
    pub fn overlay(&mut self, other: Self) {
        let Self { files, tables, problems } = other;
        let files: Vec<u16> =
            files.into_iter().map(|file| self.file(&file.name, file.sheet.as_deref())).collect();
        let renumbered = |file: u16| files.get(usize::from(file)).copied().unwrap_or(0);
        for (position, (table, over)) in self.tables.iter_mut().zip(tables).enumerate() {
            table.lay_over(&TABLES[position], over, &renumbered);
        }
        self.problems.extend(problems);
        self.limit_rows();
    }

    /// Returns the SHA-256 of the content in hexadecimal: equal for a folder and a file with the same
    /// rows in the same order.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let mut put = |text: &str| {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for (spec, table) in TABLES.iter().zip(&self.tables) {
            if table.rows.is_empty() {
                continue;
            }
            put(spec.name);
            put(&table.rows.len().to_string());
            let mut order: Vec<usize> = (0..spec.n_columns()).collect();
            order.sort_by_key(|&column| spec.column(column).name);
            for row in &table.rows {
                for &column in order.iter().filter(|&&column| !row.cells[column].is_empty()) {
                    put(spec.column(column).name);
                    put(&row.cells[column]);
                }
                put("");
            }
        }
        hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            // writing to a String cannot fail
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Returns the number of a source file, adding it if it is new.
    pub(crate) fn file(&mut self, name: &str, sheet: Option<&str>) -> u16 {
        let known =
            self.files.iter().position(|file| file.name == name && file.sheet.as_deref() == sheet);
        let position = known.unwrap_or_else(|| {
            self.files.push(SourceFile { name: name.to_owned(), sheet: sheet.map(str::to_owned) });
            self.files.len() - 1
        });
        u16::try_from(position).unwrap_or(u16::MAX)
    }

    /// Returns the place of a cell, or of the row when no column is given.
    pub(crate) fn place(&self, table: usize, row: usize, column: Option<usize>) -> Place {
        let spec = &TABLES[table];
        let Some(row) = self.tables[table].rows.get(row) else {
            return self.table_place(table);
        };
        let patch = row
            .patches
            .iter()
            .rev()
            .find(|(patched, ..)| column.is_some_and(|column| usize::from(*patched) == column));
        let (file, line) = patch.map_or((row.file, row.line), |&(_, file, line)| (file, line));
        let file = self.files.get(usize::from(file));
        Place {
            file: file.map_or_else(|| spec.file_name(), |file| file.name.clone()),
            sheet: file.and_then(|file| file.sheet.clone()),
            row: (line > 0).then_some(u64::from(line)),
            column: column.map(|column| spec.column(column).name.to_owned()),
            span: None,
        }
    }

    /// Returns the place of a table as a whole.
    pub(crate) fn table_place(&self, table: usize) -> Place {
        let file = self.tables[table].file.and_then(|file| self.files.get(usize::from(file)));
        Place {
            file: file.map_or_else(|| TABLES[table].file_name(), |file| file.name.clone()),
            sheet: file.and_then(|file| file.sheet.clone()),
            ..Place::default()
        }
    }

    /// Says that a table was not read to its end.
    pub(crate) fn set_incomplete(&mut self, table: usize) {
        self.tables[table].is_incomplete = true;
    }

    /// Says that no table was read to its end.
    pub(crate) fn set_all_incomplete(&mut self) {
        for table in &mut self.tables {
            table.is_incomplete = true;
        }
    }

    /// Drops rows beyond the greatest number and says so.
    pub(crate) fn limit_rows(&mut self) {
        let n_rows = self.n_rows();
        if n_rows <= MAX_ROWS {
            return;
        }
        let mut left = MAX_ROWS;
        for table in &mut self.tables {
            table.is_incomplete |= table.rows.len() > left;
            table.rows.truncate(left);
            left -= table.rows.len();
        }
        let limit = grouped(i64::try_from(MAX_ROWS).unwrap_or(i64::MAX));
        let n_rows = grouped(i64::try_from(n_rows).unwrap_or(i64::MAX));
        let file = self.files.first().map_or_else(String::new, |file| file.name.clone());
        let mut problem = file_problem(
            TOO_MANY_ROWS,
            &file,
            format!("the tables have {n_rows} rows together, more than the limit of {limit}"),
            "put alike pieces into one row with a count",
        );
        problem.limit = Some(limit);
        self.problems.push(problem);
    }

    /// Says that a column or key stands twice.
    pub(crate) fn report_duplicate_column(&mut self, place: Place, object: &str, column: &str) {
        let shown = crate::suggest::shown(column);
        self.problems.push(Problem {
            object: object.to_owned(),
            place: Place { column: Some(column.to_owned()), ..place },
            ..file_problem(
                DUPLICATE_COLUMN,
                "",
                format!("{shown} of {object} stands twice"),
                "keep one of them",
            )
        });
    }
}

impl DraftTable {
    fn lay_over(&mut self, spec: &TableSpec, over: Self, renumbered: &dyn Fn(u16) -> u16) {
        self.is_incomplete |= over.is_incomplete;
        if self.file.is_none() {
            self.file = over.file.map(renumbered);
        }
        // rows without a header (of a JSON file) state what they state
        match self.rows.is_empty() {
            true if !over.header.is_empty() => self.header = over.header,
            true => {}
            false => {
                for (known, more) in self.header.iter_mut().zip(&over.header) {
                    *known |= more;
                }
            }
        }
        let Some(id) = spec.position("id") else { return };
        let is_operation = spec.name == "operation";
        let mut known: HashMap<Box<str>, usize> = HashMap::new();
        for (position, row) in self.rows.iter().enumerate() {
            known.entry(row.cells[id].clone()).or_insert(position);
        }
        for mut row in over.rows {
            row.file = renumbered(row.file);
            let same = match is_operation {
                true => (!self.rows.is_empty()).then_some(0),
                false => known.get(&row.cells[id]).copied().filter(|_| !row.cells[id].is_empty()),
            };
            match same {
                Some(position) => self.rows[position].take_cells(row),
                None => self.rows.push(row),
            }
        }
    }
}

impl DraftRow {
    fn take_cells(&mut self, over: Self) {
        let (file, line) = (over.file, over.line);
        for (column, cell) in over.cells.into_iter().enumerate() {
            if !cell.is_empty() {
                self.cells[column] = cell;
                self.patches.push((u16::try_from(column).unwrap_or(0), file, line));
            }
        }
    }
}
