//! A row more at the end of a table's file, every other byte kept as it is.

use crate::codes::{DUPLICATE_COLUMN, INVALID_CSV};
use crate::draft::cleaned;
use crate::read::decode;
use crate::sink::file_problem;
use crate::suggest::shown;
use crate::table::Reading;
use crate::tables::{TABLES, table_position};
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use exeunt_model::Problem;

/// A file with a row more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The file.
    pub bytes: Vec<u8>,
    /// Id of the row.
    pub id: String,
}

/// Returns the file of a table with a row more; blank cells are left out.
///
/// Without an `id` among the cells the row has the next one: the prefix of the last row's id and a number one greater
/// than any with that prefix. A column that the header does not have yet is added at its end, and every row gets a blank
/// cell for it; nothing else of the file changes, and its line ends are kept. The cells themselves are not checked: who
/// reads the scenario again does that.
///
/// # Errors
///
/// Returns what is wrong with a file that is no table with a header.
///
/// # Panics
///
/// If the table or a column is not in the table list.
pub fn append_row(
    table: &str,
    file: &str,
    bytes: &[u8],
    cells: &[(&str, &str)],
) -> Result<Appended, Vec<Problem>> {
    let spec = &TABLES[table_position(table).expect("a table of the list")];
    assert!(
        cells.iter().all(|(column, _)| spec.position(column).is_some()),
        "the cells are columns of the table"
    );
    let text = decode(file, bytes).map_err(|problem| vec![*problem])?;
    let mark = bytes.len() - text.len();
    let refuse = |code, message| vec![file_problem(code, file, message, "mend it and try again")];
    let records = records(text).map_err(|error| {
        refuse(INVALID_CSV, format!("{} cannot be read as CSV ({error})", shown(file)))
    })?;
    let (mut header, rows) = match records.split_first() {
        None => (Vec::new(), &records[..]),
        Some((header, rows)) => {
            (header.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>(), rows)
        }
    };
    if let Some(twice) = header.iter().find(|name| header.iter().filter(|n| n == name).count() > 1)
    {
        let message = format!("{} has the column {} twice", shown(file), shown(twice));
        return Err(refuse(DUPLICATE_COLUMN, message));
    }
    let id_column = header.iter().position(|name| name == "id").unwrap_or(0);
    // as they are read again
    let ids: Vec<_> = rows.iter().filter_map(|row| row.get(id_column)).map(cleaned).collect();
    let given = cells.iter().find(|(column, _)| *column == "id").map(|(_, text)| cleaned(text));
    let id = match given.filter(|id| !id.is_empty()) {
        Some(id) => String::from(id),
        None => next_id(&ids.iter().map(|id| &**id).collect::<Vec<_>>()),
    };

    let stated = |column: &str| match column {
        "id" => id.as_str(),
        _ => cells.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text),
    };
    let is_new = records.is_empty();
    let lost = spec.columns().map(|(_, column)| column.name);
    let lost: Vec<&str> =
        lost.filter(|name| !stated(name).is_empty() && !header.iter().any(|n| n == name)).collect();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut written = bytes[..mark].to_vec();
    match is_new {
        true => written.extend(line(lost.iter().copied(), end)),
        false => written.extend(widened(text, &lost).as_bytes()),
    }
    header.extend(lost.iter().map(|&name| name.to_owned()));
    if !written.ends_with(b"\n") && !written.ends_with(b"\r") {
        written.extend(end.as_bytes());
    }
    written.extend(line(header.iter().map(|name| stated(name)), end));
    Ok(Appended { bytes: written, id })
}

fn records(text: &str) -> Result<Vec<StringRecord>, csv::Error> {
    let reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_records().collect()
}

/// Returns the prefix of the last id with a number one greater than any that has it.
fn next_id(ids: &[&str]) -> String {
    let split = |id: &str| {
        let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let number = id[prefix.len()..].parse::<u64>().ok();
        (prefix, number)
    };
    let prefix = ids.last().map_or_else(String::new, |id| split(id).0);
    let numbers = ids.iter().map(|id| split(id)).filter(|(other, _)| *other == prefix);
    let greatest = numbers.filter_map(|(_, number)| number).max().unwrap_or(0);
    format!("{prefix}{}", greatest.saturating_add(1))
}

/// Writes a record, quoted where it has to be.
fn line<'c>(cells: impl Iterator<Item = &'c str>, end: &str) -> Vec<u8> {
    let terminator = if end == "\r\n" { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let mut writer = WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    let written = writer.write_record(cells);
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    writer.into_inner().unwrap_or_default()
}

/// Adds names to the header and as many blank cells to every row that is not an empty line.
fn widened(text: &str, names: &[&str]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    let blank = ",".repeat(names.len());
    let named = format!(",{}", names.join(","));
    let mut written = String::with_capacity(text.len() + 64);
    let (mut is_header, mut from) = (true, 0);
    for end in record_ends(text) {
        let record = &text[from..end];
        written.push_str(record);
        if !record.trim_start_matches(['\r', '\n']).is_empty() {
            written.push_str(if is_header { &named } else { &blank });
            is_header = false;
        }
        from = end;
    }
    written.push_str(&text[from..]);
    written
}

/// Returns the position at which the cells of each record end: before a line end outside quotes, or the end.
fn record_ends(text: &str) -> Vec<usize> {
    let (mut ends, mut reading) = (Vec::new(), Reading::CellStart);
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b'\n' | b'\r') && reading != Reading::Quoted {
            ends.push(at);
        }
        reading = reading.after(byte);
    }
    ends.push(text.len());
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str, cells: &[(&str, &str)]) -> String {
        let appended = append_row("statements", "statements.csv", text.as_bytes(), cells);
        String::from_utf8(appended.expect("a table").bytes).expect("text")
    }

    #[test]
    fn a_row_is_added_and_other_bytes_are_kept() {
        let text = "id,date,text\n1,2022-01-02,\"a, b\"\n";
        let row = [("date", "2022-01-03"), ("text", "he said \"no\",\nand left")];
        let expected = format!("{text}2,2022-01-03,\"he said \"\"no\"\",\nand left\"\n");
        assert_eq!(added(text, &row), expected);
        // the last line end is missing, lines end as on another system, a mark stands before
        let other = "\u{feff}id,date,text\r\n7,2022-01-02,x";
        let row = [("date", "2022-01-03"), ("text", "y")];
        assert_eq!(added(other, &row), format!("{other}\r\n8,2022-01-03,y\r\n"));
    }

    #[test]
    fn a_column_that_is_not_there_is_added_at_the_end() {
        let text = "id,text\n1,\"two\nlines, \"\"so\"\"\"\n\n2,pl\"\"ain\n";
        let row = [("text", "x"), ("language", "ru"), ("via", "")];
        let expected = "id,text,language\n1,\"two\nlines, \"\"so\"\"\",\n\n2,pl\"\"ain,\n3,x,ru\n";
        assert_eq!(added(text, &row), expected);
    }

    #[test]
    fn a_file_that_is_empty_gets_a_header() {
        let row = [("text", "x"), ("date", "2022-01-03"), ("kind", "fact")];
        assert_eq!(added("", &row), "id,date,kind,text\n1,2022-01-03,fact,x\n");
    }

    #[test]
    fn an_id_that_is_given_is_the_one_that_is_read() {
        let cells = [("id", " S5\r\n"), ("text", "x")];
        let appended = append_row("statements", "statements.csv", b"id,text\n", &cells);
        assert_eq!(appended.expect("a table").id, "S5");
    }

    #[test]
    fn ids_go_on() {
        for (ids, next) in [
            (&["1", "2", "70", "9"][..], "71"),
            (&["S1", "S09"], "S10"),
            (&["7", "X"], "X1"),
            (&["99999999999999999999999"], "1"),
            (&[], "1"),
        ] {
            assert_eq!(next_id(ids), next, "{ids:?}");
        }
    }
}
