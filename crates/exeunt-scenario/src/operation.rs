//! `operation.toml` into the one row of the table `operation`.

use crate::codes::{INVALID_TOML, WRONG_TYPE};
use crate::draft::{Draft, DraftRow, cleaned};
use crate::read::Lines;
use crate::sink::file_problem;
use crate::suggest::shown;
use crate::table::unknown_column;
use crate::tables::{Need, TABLES};
use exeunt_model::Problem;
use exeunt_model::problem::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the operation.
pub(crate) fn read(draft: &mut Draft, file: u16, name: &str, text: &str) {
    let lines = Lines::new(text);
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let span = error.span().unwrap_or(text.len()..text.len());
            let what = error.message().lines().collect::<Vec<_>>().join(", ");
            let message = format!("{} is not valid TOML ({what})", shown(name));
            let mut problem = file_problem(INVALID_TOML, name, message, "correct this line");
            problem.place.row = Some(u64::from(lines.of(span.start.min(text.len()))));
            problem.place.span = Some((span.start, span.len()));
            draft.problems.push(problem);
            draft.set_incomplete(0);
            return;
        }
    };
    let mut keys = Keys { draft, name, lines: &lines, row: DraftRow::blank(&TABLES[0], file, 1) };
    keys.take("", document.get_ref());
    let row = keys.row;
    draft.tables[0].rows.push(row);
}

struct Keys<'a> {
    draft: &'a mut Draft,
    name: &'a str,
    lines: &'a Lines,
    row: DraftRow,
}

impl Keys<'_> {
    /// Takes the keys of a table; `prefix` is empty or ends in a point.
    fn take(&mut self, prefix: &str, table: &DeTable<'_>) {
        let spec = &TABLES[0];
        for (key, value) in table {
            let full = format!("{prefix}{}", key.get_ref());
            let inner = format!("{full}.");
            let is_section = spec.columns().any(|(_, column)| column.name.starts_with(&inner));
            match (spec.position(&full), value.get_ref()) {
                (None, DeValue::Table(table)) if is_section => self.take(&inner, table),
                (None, _) => {
                    let place = self.place(key.span().start);
                    self.draft.problems.push(unknown_column(spec, &full, place));
                }
                (Some(column), _) => self.put(column, key.span().start, value),
            }
        }
    }

    fn put(&mut self, column: usize, at: usize, value: &Spanned<DeValue<'_>>) {
        let spec = TABLES[0].column(column);
        let text = match (to_text(value.get_ref()), spec.need) {
            (Some(text), _) => text,
            (None, Need::Reserved) => "stated".to_owned(),
            (None, _) => {
                let place = Place { column: Some(spec.name.to_owned()), ..self.place(at) };
                return self.draft.problems.push(wrong_type(place, "operation", spec.name));
            }
        };
        let line = self.lines.of(at);
        self.row.patches.push((u16::try_from(column).unwrap_or(0), self.row.file, line));
        self.row.cells[column] = cleaned(&text);
    }

    fn place(&self, at: usize) -> Place {
        let row = Some(u64::from(self.lines.of(at)));
        Place { file: self.name.to_owned(), row, ..Place::default() }
    }
}

/// Makes the problem of a value that is a table or list.
pub(crate) fn wrong_type(place: Place, object: &str, column: &str) -> Problem {
    let message =
        format!("{} of {object} is a table or a list of them, not a single value", shown(column));
    let remedy = "write one value; lists of words are separated by `;`";
    Problem { object: object.to_owned(), place, ..file_problem(WRONG_TYPE, "", message, remedy) }
}

/// Returns the text of a value or list of values.
fn to_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Integer(number) => {
            Some(i128::from_str_radix(number.as_str(), number.radix()).ok()?.to_string())
        }
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Array(items) => items
            .iter()
            .map(|item| to_text(item.get_ref()).filter(|_| !item.get_ref().is_array()))
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(";")),
        DeValue::Table(_) => None,
    }
}
