//! A CSV table into rows of a draft.

use crate::codes::{Code, INVALID_CSV, RAGGED_ROW, TRUNCATED_FILE, UNKNOWN_COLUMN};
use crate::draft::{Draft, DraftRow, cleaned};
use crate::sink::file_problem;
use crate::suggest::{a, counted, did_you_mean, shown};
use crate::tables::{MAX_ROWS, TABLES, TableSpec};
use csv::{ReaderBuilder, StringRecord};
use exeunt_model::Problem;
use exeunt_model::problem::Place;

/// Reads a table; the first line names the columns.
pub(crate) fn read(draft: &mut Draft, position: usize, file: u16, name: &str, text: &str) {
    if TABLES[position].reserved {
        // its rows mean nothing yet; that it is there is a problem of its own
        draft.tables[position].header = vec![true];
        return;
    }
    let mut table = Table { draft, position, file, name, columns: Vec::new() };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut last = csv::Position::new();
    let mut has_header = false;
    while table.draft.tables[position].rows.len() <= MAX_ROWS {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if has_header => table.take_row(&record),
            Ok(true) => {
                has_header = true;
                if !table.take_header(&record) {
                    return;
                }
            }
            Err(error) => {
                let message = format!("{} cannot be read as CSV ({error})", shown(name));
                table.fail(INVALID_CSV, None, message, "save it as CSV with commas, in UTF-8");
                return;
            }
        }
        last = record.position().cloned().unwrap_or(last);
    }
    if !has_header {
        let message = format!("{} has no header", shown(name));
        let remedy = "write the names of the columns into the first line, or remove the file";
        table.fail(INVALID_CSV, None, message, remedy);
    }
    let rest = usize::try_from(last.byte()).ok().and_then(|at| text.as_bytes().get(at..));
    if rest.is_some_and(ends_in_quotes) {
        let message = format!("{} ends inside a quoted cell that begins in this row", shown(name));
        let remedy = "close the quote, or restore the rest of the file";
        table.fail(TRUNCATED_FILE, Some(last.line()), message, remedy);
    }
}

/// A table being read.
struct Table<'a> {
    draft: &'a mut Draft,
    position: usize,
    file: u16,
    name: &'a str,
    columns: Vec<Column>,
}

/// What the cells below a name of the header are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Known(usize),
    Unknown,
    /// Without a name; cells in it are reported once.
    Unnamed,
}

impl Table<'_> {
    /// Says that rows are lost.
    fn fail(&mut self, code: Code, row: Option<u64>, message: String, remedy: &str) {
        let mut problem = file_problem(code, self.name, message, remedy);
        problem.place.row = row;
        self.draft.problems.push(problem);
        self.draft.set_incomplete(self.position);
    }

    /// Finds the column of each cell of the header; `false` if this is no table with commas.
    fn take_header(&mut self, record: &StringRecord) -> bool {
        let spec = &TABLES[self.position];
        if record.len() == 1 && record[0].contains(';') {
            let message = format!("{} separates its columns by `;`", shown(self.name));
            self.fail(INVALID_CSV, Some(1), message, "save it as CSV with commas");
            return false;
        }
        let place = Place { file: self.name.to_owned(), row: Some(1), ..Place::default() };
        let mut header = vec![false; spec.n_columns()];
        for cell in record.iter().map(str::trim) {
            let column = match (cell, spec.position(cell)) {
                ("", _) => Column::Unnamed,
                (_, None) => Column::Unknown,
                (_, Some(at)) => Column::Known(at),
            };
            match column {
                Column::Known(at) if header[at] => {
                    let object = format!("table `{}`", spec.name);
                    self.draft.report_duplicate_column(place.clone(), &object, cell);
                }
                Column::Known(at) => header[at] = true,
                Column::Unknown => {
                    self.draft.problems.push(unknown_column(spec, cell, place.clone()));
                }
                Column::Unnamed => {}
            }
            self.columns.push(column);
        }
        self.draft.tables[self.position].header = header;
        self.draft.tables[self.position].file = Some(self.file);
        true
    }

    /// Takes the cells of a record; rows without any are passed over.
    fn take_row(&mut self, record: &StringRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if record.len() != self.columns.len() {
            return self.report_ragged(line, record);
        }
        let spec = &TABLES[self.position];
        let mut row = DraftRow::blank(spec, self.file, u32::try_from(line).unwrap_or(u32::MAX));
        for (at, cell) in record.iter().enumerate() {
            match self.columns[at] {
                Column::Known(column) if row.cells[column].is_empty() => {
                    row.cells[column] = cleaned(cell);
                }
                Column::Unnamed if !cell.trim().is_empty() => {
                    self.columns[at] = Column::Unknown;
                    self.report_unnamed(at, line, cell);
                }
                _ => {}
            }
        }
        if !row.is_blank() {
            self.draft.tables[self.position].rows.push(row);
        }
    }

    fn report_unnamed(&mut self, at: usize, line: u64, cell: &str) {
        let message = format!(
            "{} has the cell {} in column {}, which has no name in the header",
            shown(self.name),
            shown(cell),
            at + 1
        );
        let mut problem =
            file_problem(UNKNOWN_COLUMN, self.name, message, "name the column or clear it");
        problem.place.row = Some(line);
        problem.value = Some(cell.to_owned());
        self.draft.problems.push(problem);
    }

    fn report_ragged(&mut self, line: u64, record: &StringRecord) {
        let expected = self.columns.len();
        let noun = TABLES[self.position].noun;
        let object = format!("{noun} {}", shown(record.get(0).unwrap_or_default()));
        let remedy = match record.len() < expected {
            true => "add the missing cells; the file may end too early",
            false => "quote cells that hold commas",
        };
        let limit = counted(expected, "cell");
        let message =
            format!("{object} has {}, but the header has {limit}", counted(record.len(), "cell"));
        let mut problem = file_problem(RAGGED_ROW, self.name, message, remedy);
        problem.object = object;
        problem.place.row = Some(line);
        problem.limit = Some(limit);
        self.draft.problems.push(problem);
        self.draft.set_incomplete(self.position);
    }
}

/// Makes the problem of a column or key that is not known.
pub(crate) fn unknown_column(spec: &TableSpec, name: &str, place: Place) -> Problem {
    let near = did_you_mean(
        name,
        spec.columns().map(|(_, column)| column.name),
        "remove it, or write it into the column `note`",
    );
    let object = format!("table `{}`", spec.name);
    let message = format!("{} of {object} is not a column that {} has", shown(name), a(spec.noun));
    Problem {
        object,
        place: Place { column: Some(name.to_owned()), ..place },
        value: Some(name.to_owned()),
        ..file_problem(UNKNOWN_COLUMN, "", message, near)
    }
}

/// Where in a record a reader of CSV is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    CellStart,
    Bare,
    Quoted,
    QuoteInQuoted,
}

impl Reading {
    /// Returns where the reader is after a byte.
    pub(crate) fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::CellStart, b'"') | (Self::QuoteInQuoted, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::QuoteInQuoted,
            (Self::Quoted, _) => Self::Quoted,
            (_, b',' | b'\n' | b'\r') => Self::CellStart,
            _ => Self::Bare,
        }
    }
}

/// Returns whether text that begins a record ends inside quotes.
fn ends_in_quotes(bytes: &[u8]) -> bool {
    let end = bytes.iter().fold(Reading::CellStart, |reading, &byte| reading.after(byte));
    end == Reading::Quoted
}
