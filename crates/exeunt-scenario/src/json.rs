//! The one-file JSON form into a draft: `format`, `operation`, and one array of objects per table.

use crate::codes::{INVALID_JSON, TRUNCATED_FILE, UNKNOWN_TABLE};
use crate::draft::{Draft, DraftRow, cleaned};
use crate::operation::wrong_type;
use crate::read::decode;
use crate::sink::file_problem;
use crate::suggest::{did_you_mean, shown};
use crate::table::unknown_column;
use crate::tables::{MAX_ROWS, Need, TABLES, table_position};
use exeunt_model::Problem;
use exeunt_model::problem::Place;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads a file.
pub(crate) fn read(draft: &mut Draft, name: &str, bytes: &[u8]) {
    for (position, spec) in TABLES.iter().enumerate() {
        let file = draft.file(name, Some(spec.name));
        draft.tables[position].file = Some(file);
    }
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(problem) => {
            draft.problems.push(*problem);
            return draft.set_all_incomplete();
        }
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut top = Top { draft, name, format: None };
    let end = top.deserialize_into(&mut deserializer).and_then(|()| deserializer.end());
    let format = top.format.take();
    if let Err(error) = end {
        report_syntax(draft, name, &error);
    }
    if let Some(format) = format {
        put_format(draft, &format);
    }
}

fn report_syntax(draft: &mut Draft, name: &str, error: &serde_json::Error) {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    let (code, message, remedy) = match error.is_eof() {
        true => (
            TRUNCATED_FILE,
            format!("{} ends inside a value", shown(name)),
            "restore the rest of the file".to_owned(),
        ),
        false => (
            INVALID_JSON,
            format!("{} cannot be read ({reason})", shown(name)),
            "correct this line, as docs/files.md describes the form".to_owned(),
        ),
    };
    let mut problem = file_problem(code, name, message, remedy);
    problem.place.row = u64::try_from(error.line()).ok();
    draft.problems.push(problem);
    draft.set_all_incomplete();
}

/// The format stands at the top of the file and in the operation of the draft.
fn put_format(draft: &mut Draft, format: &str) {
    if let (Some(column), Some(row)) =
        (TABLES[0].position("format"), draft.tables[0].rows.first_mut())
    {
        row.cells[column] = cleaned(format);
    }
}

struct Top<'a> {
    draft: &'a mut Draft,
    name: &'a str,
    format: Option<String>,
}

impl Top<'_> {
    fn deserialize_into<'de, D: Deserializer<'de>>(&mut self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }

    fn key(&mut self, key: &str, node: Node) {
        match (key, node) {
            ("operation", Node::Map(entries)) => {
                if !self.draft.tables[0].rows.is_empty() {
                    let place = Place { file: self.name.to_owned(), ..Place::default() };
                    self.draft.report_duplicate_column(place, "the file", key);
                }
                self.row(0, 0, entries);
            }
            ("operation", _) => {
                let place = self.draft.table_place(0);
                self.draft.problems.push(wrong_type_of_top(place, "operation", "an object"));
                self.draft.set_incomplete(0);
            }
            ("format", node) => match node.into_text() {
                Some(text) => self.format = Some(text),
                None => {
                    let place = Place { file: self.name.to_owned(), ..Place::default() };
                    self.draft.problems.push(wrong_type_of_top(place, "format", "the number 1"));
                }
            },
            _ => {}
        }
    }

    fn row(&mut self, position: usize, line: u32, entries: Vec<(String, Node)>) {
        let spec = &TABLES[position];
        let file = self.draft.file(self.name, Some(spec.name));
        let mut row = DraftRow::blank(spec, file, line);
        self.cells(&mut row, position, "", entries);
        if !row.is_blank() || position == 0 {
            self.draft.tables[position].rows.push(row);
        }
    }

    fn cells(
        &mut self,
        row: &mut DraftRow,
        position: usize,
        prefix: &str,
        entries: Vec<(String, Node)>,
    ) {
        let spec = &TABLES[position];
        let mut seen = vec![false; spec.n_columns()];
        for (key, node) in entries {
            let full = format!("{prefix}{key}");
            let inner = format!("{full}.");
            let place = Place {
                file: self.name.to_owned(),
                sheet: Some(spec.name.to_owned()),
                row: (row.line > 0).then_some(u64::from(row.line)),
                ..Place::default()
            };
            let Some(column) = spec.position(&full).filter(|_| !key.contains('.')) else {
                let is_section = spec.columns().any(|(_, column)| column.name.starts_with(&inner));
                match node {
                    Node::Map(entries) if is_section => self.cells(row, position, &inner, entries),
                    _ => self.draft.problems.push(unknown_column(spec, &full, place)),
                }
                continue;
            };
            let need = spec.column(column).need;
            if std::mem::replace(&mut seen[column], true) {
                let object = format!("{} in this row", spec.noun);
                self.draft.report_duplicate_column(place.clone(), &object, &full);
            }
            match (node.into_text(), need) {
                (Some(text), _) => row.cells[column] = cleaned(&text),
                (None, Need::Reserved) => row.cells[column] = "stated".into(),
                (None, _) => {
                    let place = Place { column: Some(full.clone()), ..place };
                    self.draft.problems.push(wrong_type(place, spec.noun, &full));
                }
            }
        }
    }

    fn unknown_key(&mut self, key: &str) {
        let names = TABLES.iter().map(|spec| spec.name).chain(["format"]);
        let problem = file_problem(
            UNKNOWN_TABLE,
            self.name,
            format!("{} is not a table of a scenario", shown(key)),
            did_you_mean(key, names, "rename or remove it"),
        );
        self.draft.problems.push(Problem { value: Some(key.to_owned()), ..problem });
    }
}

fn wrong_type_of_top(place: Place, key: &str, form: &str) -> Problem {
    let mut problem = file_problem(
        INVALID_JSON,
        "",
        format!("{} of the file is not {form}", shown(key)),
        format!("write {form}"),
    );
    problem.place = place;
    problem.object = format!("key `{key}`");
    problem
}

impl<'de> Visitor<'de> for &mut Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with format, operation and tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match (key.as_str(), table_position(&key)) {
                ("format" | "operation", _) => {
                    let node = map.next_value::<Node>()?;
                    self.key(&key, node);
                }
                (_, Some(position)) if TABLES[position].reserved => {
                    map.next_value::<serde::de::IgnoredAny>()?;
                    self.draft.tables[position].header = vec![true];
                }
                (_, Some(position)) => {
                    map.next_value_seed(Rows { top: self, position })?;
                }
                (_, None) => {
                    map.next_value::<serde::de::IgnoredAny>()?;
                    self.unknown_key(&key);
                }
            }
        }
        Ok(())
    }
}

/// An array of rows.
struct Rows<'a, 'b> {
    top: &'a mut Top<'b>,
    position: usize,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of objects for the table `{}`", TABLES[self.position].name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let mut line = 0_u32;
        while let Some(node) = rows.next_element::<Node>()? {
            line = line.saturating_add(1);
            if self.top.draft.tables[self.position].rows.len() > MAX_ROWS {
                self.top.draft.set_incomplete(self.position);
                continue;
            }
            match node {
                Node::Map(entries) => self.top.row(self.position, line, entries),
                _ => {
                    let mut place = self.top.draft.table_place(self.position);
                    place.row = Some(u64::from(line));
                    let name = TABLES[self.position].name;
                    self.top.draft.problems.push(wrong_type_of_top(
                        place,
                        name,
                        "an array of objects",
                    ));
                    self.top.draft.set_incomplete(self.position);
                }
            }
        }
        Ok(())
    }
}

/// A JSON value that keeps the order of keys and sees doubled ones.
enum Node {
    Null,
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Node {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Null => Some(String::new()),
            Self::Text(text) => Some(text),
            Self::Map(_) => None,
            Self::List(items) => items
                .into_iter()
                .map(|item| match item {
                    Self::Text(text) => Some(text),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>()
                .map(|items| items.join(";")),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Text(flag.to_string()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }
    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Node::Map(map))
    }
}
