//! A CSV table into rows of a draft.

use crate::codes::{INVALID_CSV, RAGGED_ROW, TRUNCATED_FILE, UNKNOWN_COLUMN};
use crate::draft::{Draft, DraftRow, cleaned};
use crate::sink::file_problem;
use crate::suggest::{a, counted, did_you_mean, shown};
use crate::tables::{MAX_ROWS, TABLES, TableSpec};
use csv::{ReaderBuilder, StringRecord};
use exeunt_model::Problem;
use exeunt_model::problem::Place;

/// Reads a table; the first line names the columns.
pub(crate) fn read(draft: &mut Draft, position: usize, file: u16, name: &str, text: &str) {
    let spec = &TABLES[position];
    if spec.reserved {
        // its rows mean nothing yet; that it is there is a problem of its own
        draft.tables[position].header = vec![true];
        return;
    }
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut columns: Option<Vec<Option<usize>>> = None;
    let mut last_start = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let message = format!("{} cannot be read as CSV ({error})", shown(name));
                let remedy = "save it as CSV with commas, in UTF-8";
                draft.problems.push(file_problem(INVALID_CSV, name, message, remedy));
                draft.set_incomplete(position);
                break;
            }
        }
        let start = record.position().cloned().unwrap_or_else(csv::Position::new);
        last_start = usize::try_from(start.byte()).unwrap_or(usize::MAX);
        let line = u32::try_from(start.line()).unwrap_or(u32::MAX);
        match &columns {
            None => columns = Some(read_header(draft, position, file, name, &record)),
            Some(columns) => {
                let row = read_row(draft, spec, file, line, columns, &record);
                match row {
                    Some(row) if !row.is_blank() => draft.tables[position].rows.push(row),
                    Some(_) => {}
                    None => draft.set_incomplete(position),
                }
            }
        }
        if draft.tables[position].rows.len() > MAX_ROWS {
            draft.set_incomplete(position);
            break;
        }
    }
    if columns.is_none() {
        let message = format!("{} has no header", shown(name));
        let remedy = "write the names of the columns into the first line, or remove the file";
        draft.problems.push(file_problem(INVALID_CSV, name, message, remedy));
        draft.set_incomplete(position);
    }
    report_open_quote(draft, position, name, text, last_start);
}

/// Finds the column of each cell of the header.
fn read_header(
    draft: &mut Draft,
    position: usize,
    file: u16,
    name: &str,
    record: &StringRecord,
) -> Vec<Option<usize>> {
    let spec = &TABLES[position];
    let place = Place { file: name.to_owned(), row: Some(1), ..Place::default() };
    if record.len() == 1 && record[0].contains(';') {
        let message = format!("{} separates its columns by `;`", shown(name));
        let problem = file_problem(INVALID_CSV, name, message, "save it as CSV with commas");
        draft.problems.push(Problem { place, ..problem });
        draft.set_incomplete(position);
        return vec![None];
    }
    let mut header = vec![false; spec.n_columns()];
    let mut columns = Vec::with_capacity(record.len());
    for cell in record {
        let column = spec.position(cell.trim());
        match column {
            _ if cell.trim().is_empty() => {}
            None => draft.problems.push(unknown_column(spec, cell.trim(), place.clone())),
            Some(at) if header[at] => {
                let object = format!("table `{}`", spec.name);
                draft.report_duplicate_column(place.clone(), &object, spec.column(at).name);
            }
            Some(at) => header[at] = true,
        }
        columns.push(column);
    }
    draft.tables[position].header = header;
    draft.tables[position].file = Some(file);
    columns
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

/// Makes a row of a record; none if its cells do not match the header.
fn read_row(
    draft: &mut Draft,
    spec: &TableSpec,
    file: u16,
    line: u32,
    columns: &[Option<usize>],
    record: &StringRecord,
) -> Option<DraftRow> {
    let is_ragged = record.len() != columns.len();
    if is_ragged && record.iter().all(|cell| cell.trim().is_empty()) {
        return Some(DraftRow::blank(spec, file, line));
    }
    if is_ragged {
        report_ragged(draft, spec, file, line, columns.len(), record);
        return None;
    }
    let mut row = DraftRow::blank(spec, file, line);
    for (cell, column) in record.iter().zip(columns) {
        if let Some(column) = *column
            && row.cells[column].is_empty()
        {
            row.cells[column] = cleaned(cell);
        }
    }
    Some(row)
}

fn report_ragged(
    draft: &mut Draft,
    spec: &TableSpec,
    file: u16,
    line: u32,
    expected: usize,
    record: &StringRecord,
) {
    let name = draft.files[usize::from(file)].name.clone();
    let object = format!("{} {}", spec.noun, shown(record.get(0).unwrap_or_default()));
    let remedy = match record.len() < expected {
        true => "add the missing cells; the file may end too early",
        false => "quote cells that hold commas",
    };
    let limit = counted(expected, "cell");
    let message =
        format!("{object} has {}, but the header has {limit}", counted(record.len(), "cell"));
    draft.problems.push(Problem {
        place: Place { file: name, row: Some(u64::from(line)), ..Place::default() },
        object,
        limit: Some(limit),
        ..file_problem(RAGGED_ROW, "", message, remedy)
    });
}

/// Reports a file that ends inside a quoted cell, which CSV readers accept in silence.
fn report_open_quote(draft: &mut Draft, position: usize, name: &str, text: &str, start: usize) {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    if !ends_in_quotes(rest) {
        return;
    }
    let line = 1 + text.as_bytes().iter().take(start).filter(|&&byte| byte == b'\n').count();
    let message = format!("{} ends inside a quoted cell that begins in this row", shown(name));
    let mut problem = file_problem(
        TRUNCATED_FILE,
        name,
        message,
        "close the quote, or restore the rest of the file",
    );
    problem.place.row = u64::try_from(line).ok();
    draft.problems.push(problem);
    draft.set_incomplete(position);
}

/// Returns whether text that begins a record ends inside quotes.
fn ends_in_quotes(bytes: &[u8]) -> bool {
    #[derive(PartialEq)]
    enum State {
        CellStart,
        Bare,
        Quoted,
        QuoteInQuoted,
    }
    let mut state = State::CellStart;
    for &byte in bytes {
        state = match (state, byte) {
            (State::CellStart, b'"') | (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (_, b',' | b'\n' | b'\r') => State::CellStart,
            _ => State::Bare,
        };
    }
    state == State::Quoted
}
