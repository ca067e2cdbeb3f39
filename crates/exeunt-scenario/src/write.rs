//! Drafts back into files: TOML and CSV in a folder, or one JSON value.

use crate::draft::{Draft, DraftRow, DraftTable};
use crate::tables::{FORMATS, Kind, TABLES, TableSpec};
use serde_json::{Map, Value};
use std::io;
use std::path::Path;

impl Draft {
    /// Writes the draft as a folder: `operation.toml` and a CSV file per table that has rows, columns
    /// in the order of the table list, blank columns left out.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be written, or holds tables that are not part of the draft.
    pub fn write_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (spec, table) in TABLES.iter().zip(&self.tables) {
            let path = folder.join(spec.file_name());
            if table.rows.is_empty() && path.exists() {
                let message = format!("{} is not part of the scenario", path.display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
        }
        self.to_files()
            .into_iter()
            .try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
    }

    /// Returns what [`Self::write_folder`] writes: names and texts of the files.
    pub fn to_files(&self) -> Vec<(String, String)> {
        let tables = TABLES.iter().zip(&self.tables).enumerate();
        let stated = tables.filter(|(_, (_, table))| !table.rows.is_empty());
        stated
            .map(|(position, (spec, table))| match position {
                0 => (spec.file_name(), toml_text(spec, &table.rows[0])),
                _ => (spec.file_name(), csv_text(spec, table)),
            })
            .collect()
    }

    /// Writes the draft as one JSON file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn write_json(&self, path: &Path) -> io::Result<()> {
        std::fs::write(path, format!("{:#}\n", self.to_json()))
    }

    /// Returns the draft as one JSON value.
    pub fn to_json(&self) -> Value {
        let mut file = Map::new();
        for (position, (spec, table)) in TABLES.iter().zip(&self.tables).enumerate() {
            match (position, table.rows.first()) {
                (_, None) => {}
                (0, Some(row)) => {
                    let mut object = row_object(spec, row);
                    let format = object.shift_remove("format");
                    let stated = format.unwrap_or_else(|| Value::from(FORMATS[0]));
                    file.insert("format".to_owned(), number_value(&stated).unwrap_or(stated));
                    file.insert(spec.name.to_owned(), Value::Object(object));
                }
                (_, Some(_)) => {
                    let rows = table.rows.iter().map(|row| Value::Object(row_object(spec, row)));
                    file.insert(spec.name.to_owned(), Value::Array(rows.collect()));
                }
            }
        }
        Value::Object(file)
    }
}

/// Returns the stated cells of a row in the order of the table list, sections nested.
fn row_object(spec: &TableSpec, row: &DraftRow) -> Map<String, Value> {
    let mut object = Map::new();
    for (position, column) in spec.columns().filter(|&(at, _)| !row.cells[at].is_empty()) {
        let value = cell_value(column.kind, &row.cells[position]);
        match column.name.split_once('.') {
            None => {
                object.insert(column.name.to_owned(), value);
            }
            Some((section, key)) => {
                let inner = object.entry(section).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inner) = inner {
                    inner.insert(key.to_owned(), value);
                }
            }
        }
    }
    object
}

/// Returns a cell as a number or flag where that reads back as the same text, otherwise as text.
fn cell_value(kind: Kind, text: &str) -> Value {
    let value = match kind {
        Kind::Number(_) | Kind::Plain | Kind::Degrees(_) => number_value(&Value::from(text)),
        Kind::Flag => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

/// Returns text as a number, if it is written as the number would be.
fn number_value(text: &Value) -> Option<Value> {
    let text = text.as_str()?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    if !is_plain {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return (number.to_string() == text).then(|| Value::from(number));
    }
    let number: f64 = text.parse().ok()?;
    let value = Value::from(number);
    // the reader writes numbers as `f64` does; the file holds what JSON writes
    let is_same = number.to_string() == text && format!("{value}") == text;
    is_same.then_some(value)
}

fn csv_text(spec: &TableSpec, table: &DraftTable) -> String {
    let is_stated = |column: usize| table.rows.iter().any(|row| !row.cells[column].is_empty());
    let columns: Vec<usize> = (0..spec.n_columns()).filter(|&column| is_stated(column)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = columns.iter().map(|&column| spec.column(column).name);
    // writing to memory cannot fail, and every record has as many cells as the header
    let mut written = writer.write_record(header);
    for row in &table.rows {
        written = written.and(writer.write_record(columns.iter().map(|&at| &*row.cells[at])));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    debug_assert!(written.is_ok(), "rows have one cell per column");
    String::from_utf8(bytes).unwrap_or_default()
}

fn toml_text(spec: &TableSpec, row: &DraftRow) -> String {
    let mut text = String::new();
    let mut section = "";
    let columns: Vec<_> = spec.columns().filter(|&(at, _)| !row.cells[at].is_empty()).collect();
    let (top, inner): (Vec<_>, Vec<_>) =
        columns.into_iter().partition(|(_, column)| !column.name.contains('.'));
    for (position, column) in top.into_iter().chain(inner) {
        let (in_section, key) = column.name.split_once('.').unwrap_or(("", column.name));
        if in_section != section {
            section = in_section;
            text.push_str(&format!("\n[{section}]\n"));
        }
        let value = toml_value(column.name, column.kind, &row.cells[position]);
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}

fn toml_value(name: &str, kind: Kind, cell: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    match kind {
        Kind::Words(_) => {
            let items: Vec<String> = cell.split(';').map(|item| quoted(item.trim())).collect();
            format!("[{}]", items.join(", "))
        }
        _ if name == "format" && number_value(&Value::from(cell)).is_some() => cell.to_owned(),
        Kind::Number(_) | Kind::Flag => match cell_value(kind, cell) {
            Value::String(text) => quoted(&text),
            value => value.to_string(),
        },
        _ => quoted(cell),
    }
}
