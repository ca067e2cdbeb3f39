//! The JSON Schema of the one-file form, made of the table list.

use crate::tables::{ColumnSpec, FORMATS, Kind, Need, Number, TABLES, TableSpec};
use serde_json::{Map, Value, json};

/// Returns the JSON Schema (draft 2020-12) of a scenario as one JSON file.
pub fn schema_scenario() -> Value {
    let mut properties = Map::new();
    let mut required = vec!["format".to_owned()];
    let versions: Vec<Value> = FORMATS
        .iter()
        .flat_map(|text| [text.parse::<i64>().map_or(Value::Null, Value::from), Value::from(*text)])
        .collect();
    properties.insert(
        "format".to_owned(),
        json!({ "enum": versions, "description": "Version of the format." }),
    );
    for (position, spec) in TABLES.iter().enumerate().filter(|(_, spec)| !spec.reserved) {
        if spec.required {
            required.push(spec.name.to_owned());
        }
        let row = row_schema(spec);
        let schema = match (position, spec.required) {
            (0, _) => row,
            (_, true) => json!({ "type": "array", "minItems": 1, "items": row }),
            (_, false) => json!({ "type": "array", "items": row }),
        };
        properties.insert(spec.name.to_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "exeunt scenario",
        "description": "A scenario as one JSON file; docs/files.md describes it.",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn row_schema(spec: &TableSpec) -> Value {
    let mut top = object(spec.doc);
    let mut sections: Map<String, Value> = Map::new();
    for (_, column) in spec.columns().filter(|(_, column)| column.name != "format") {
        match column.name.split_once('.') {
            None => put(&mut top, column.name, column),
            Some((section, key)) => {
                let inner = sections.entry(section).or_insert_with(|| object("Policies."));
                put(inner, key, column);
            }
        }
    }
    for (name, schema) in sections {
        top["properties"][name] = schema;
    }
    if spec.name != "operation" && spec.is_graded() {
        top["anyOf"] = json!([{ "required": ["source"] }, { "required": ["assumed"] }]);
    }
    top
}

fn object(doc: &str) -> Value {
    json!({ "type": "object", "description": doc, "properties": {}, "required": [], "additionalProperties": false })
}

fn put(object: &mut Value, key: &str, column: &ColumnSpec) {
    object["properties"][key] = column_schema(column);
    if let (Need::Required, Some(required)) = (column.need, object["required"].as_array_mut()) {
        required.push(Value::from(key));
    }
}

fn column_schema(column: &ColumnSpec) -> Value {
    if column.need == Need::Reserved {
        return json!({ "enum": [null, ""], "description": format!("Not supported yet: {}", column.doc) });
    }
    let mut schema = kind_schema(column.kind);
    if column.need == Need::Optional {
        schema = json!({ "anyOf": [schema, { "enum": [null, ""] }] });
    }
    schema["description"] = Value::from(column.doc);
    schema
}

fn kind_schema(kind: Kind) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match kind {
        Kind::Id => json!({ "type": ["string", "integer"], "pattern": "^[^\\s;:,+]{1,64}$" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Words(words) => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "enum": words }, "uniqueItems": true },
        ] }),
        Kind::Flag => json!({ "enum": [true, false, "true", "false"] }),
        Kind::Number(number) => number_schema(number),
        Kind::Plain => json!({ "type": ["number", "string"] }),
        Kind::Degrees(most) => {
            json!({ "type": ["number", "string"], "minimum": -most, "maximum": most })
        }
        Kind::Moment | Kind::DayOrMoment => {
            text("^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})?)?$")
        }
        Kind::Day => text("^\\d{4}-\\d{2}-\\d{2}$"),
        Kind::Clock => text("^([01]\\d|2[0-4]):[0-5]\\d$"),
        Kind::Language => text("^[a-z]{2,3}$"),
        Kind::State => text("^\\p{L}{2,8}$"),
        Kind::Gate => text("^(departures|handovers|strength)\\s"),
        Kind::Text | Kind::Ref(_) => json!({ "type": ["string", "number"] }),
        Kind::Texts
        | Kind::Days
        | Kind::Zone
        | Kind::States
        | Kind::Refs(_)
        | Kind::RefsOrNone(_)
        | Kind::RefsOrAll(_)
        | Kind::Set
        | Kind::Lags
        | Kind::Needs
        | Kind::Points
        | Kind::Covers
        | Kind::Bearings => json!({ "type": "string", "minLength": 1 }),
    }
}

/// Limits as numbers of JSON; the least value is exclusive where only zero is excluded.
fn number_schema(number: Number) -> Value {
    let mut schema = json!({ "type": ["number", "string"], "maximum": number.high });
    match (number.low, number.times) {
        (1, 2..) => schema["exclusiveMinimum"] = json!(0),
        (low, times) => schema["minimum"] = json!(low / times),
    }
    if number.times == 1 {
        schema["multipleOf"] = json!(1);
    }
    schema
}
