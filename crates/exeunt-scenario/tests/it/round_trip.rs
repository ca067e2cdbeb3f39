//! What was written reads as the same value; variants are drafts laid over drafts.

use crate::{base_draft, base_files, broken_folder, rendered};
use exeunt_model::Duration;
use exeunt_model::scenario::ResourceKind;
use exeunt_scenario::{Draft, Loaded, build, draft_from_files, read, schema_scenario};
use serde_json::Value;

fn load(draft: Draft) -> Loaded {
    build(draft).unwrap_or_else(|problems| panic!("{}", rendered(&problems)))
}

#[test]
fn a_folder_written_and_read_is_the_same() {
    let loaded = load(base_draft());
    let folder = tempfile::tempdir().expect("a folder");
    loaded.draft.write_folder(folder.path()).expect("writable");
    let again = read(folder.path()).expect("valid");
    assert_eq!(again.scenario, loaded.scenario);
    // a second writing changes no byte
    let first = loaded.draft.to_files();
    assert_eq!(again.draft.to_files(), first);
}

#[test]
fn a_json_file_written_and_read_is_the_same() {
    let loaded = load(base_draft());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    loaded.draft.write_json(&path).expect("writable");
    let again = read(&path).expect("valid");
    assert_eq!(again.scenario, loaded.scenario);
    assert_eq!(again.draft.to_json(), loaded.draft.to_json());
    assert_eq!(again.draft.to_files(), loaded.draft.to_files());
}

#[test]
fn a_folder_and_its_files_in_memory_are_the_same() {
    let read = read(broken_folder().join("_base")).expect("valid");
    assert_eq!(load(base_draft()).scenario, read.scenario);
    assert_eq!(read.scenario.hash.len(), 64);
    assert_eq!(read.scenario.hash, read.draft.hash());
}

#[test]
fn the_hash_sees_every_cell_and_the_order_of_rows() {
    let hash = base_draft().hash();
    let mut changed = base_draft();
    assert!(changed.set_cell("pieces", "A1-L", "note", "x"));
    assert_ne!(changed.hash(), hash);
    let mut files = base_files();
    let places = files.iter_mut().find(|(name, _)| name == "places.csv").expect("there");
    let text = String::from_utf8(places.1.clone()).expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(1, 2);
    places.1 = lines.join("\r\n").into_bytes();
    assert_ne!(draft_from_files(files).hash(), hash);
}

#[test]
fn line_ends_marks_and_spaces_change_nothing() {
    let hash = base_draft().hash();
    let files = base_files().into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).expect("text").replace('\n', "\r\n");
        let text = if name.ends_with(".csv") { format!("\u{feff}{text}\r\n,,,\r\n") } else { text };
        (name, text)
    });
    let draft = draft_from_files(files);
    assert_eq!(rendered(draft.problems()), "");
    assert_eq!(draft.hash(), hash);
}

#[test]
fn an_overlay_changes_cells_adds_rows_and_operation_keys() {
    let mut draft = base_draft();
    draft.overlay(draft_from_files([
        (
            "variant/tails.csv",
            "id,count,type,base,owner,source\nPOOL,4,,,,\nNEW,1,LIGHT,FLD-A,LEAD,a list\n",
        ),
        ("variant/operation.toml", "title = \"A variant\"\n[policies]\nperson_mass_kg = 150\n"),
    ]));
    let loaded = load(draft);
    let base = load(base_draft());
    assert_eq!(loaded.scenario.tails.len(), base.scenario.tails.len() + 3);
    assert_eq!(loaded.scenario.tails.rows[3].available, base.scenario.tails.rows[0].available);
    assert_eq!(loaded.scenario.operation.title, "A variant");
    assert_eq!(loaded.scenario.operation.person_mass.0, 150);
    assert_eq!(loaded.scenario.operation.end, base.scenario.operation.end);
    assert_ne!(loaded.scenario.hash, base.scenario.hash);
    assert_eq!(loaded.draft.cell("tails", "POOL", "count"), Some("4"));
    assert_eq!(loaded.draft.cell("operation", "", "title"), Some("A variant"));
}

#[test]
fn an_overlay_gives_roads_escorts_and_drivers_their_rest() {
    let base = load(base_draft());
    assert_eq!(base.scenario.operation.driver_hours, None);
    assert!(base.scenario.roads.rows.iter().all(|road| road.escorts.is_empty()));
    let mut draft = base_draft();
    draft.overlay(draft_from_files([
        ("v/operation.toml", "[policies]\nmarch_max_h = 9\nmarch_rest_h = 8.5\n"),
        ("v/resources.csv", "id,name,kind,source\nPOLICE,Road police,escort,a list\n"),
        (
            "v/capacity.csv",
            "id,resource,amount,daily_from,daily_to,source\nCP,POLICE,3,06:00,20:00,a list\n",
        ),
        ("v/roads.csv", "id,escorts,escort_back_min\nR1,POLICE:1;POLICE:2,90\nR3,POLICE:1,\n"),
    ]));
    let loaded = load(draft);
    let scenario = &loaded.scenario;
    let hours = scenario.operation.driver_hours.expect("stated");
    assert_eq!((hours.most, hours.rest), (Duration::from_hours(9), Duration::from_minutes(510)));
    let police = scenario.resource("POLICE").expect("added");
    assert_eq!(scenario.resources[police].kind, ResourceKind::Escort);
    assert_eq!(scenario.resources[police].place, None);
    // of a resource that stands twice the amounts are added
    assert_eq!(scenario.roads.rows[0].escorts, [(police, 3)]);
    assert_eq!(scenario.roads.rows[0].escort_back, Duration::from_minutes(90));
    assert_eq!(scenario.roads.rows[2].escorts, [(police, 1)]);
    assert_eq!(scenario.roads.rows[2].escort_back, Duration::ZERO);
    assert_ne!(loaded.scenario.hash, base.scenario.hash);
}

#[test]
fn a_problem_in_an_overlay_names_the_overlay() {
    let mut draft = base_draft();
    draft.overlay(draft_from_files([("variant/tails.csv", "id,count\nPOOL,-4\n")]));
    let problems = build(draft).expect_err("a negative count");
    assert_eq!(problems.len(), 1, "{}", rendered(&problems));
    assert_eq!(problems[0].place.file, "variant/tails.csv");
    assert_eq!(problems[0].place.row, Some(2));
    assert_eq!(problems[0].value.as_deref(), Some("-4"));
}

#[test]
fn a_json_overlay_over_a_folder_and_the_other_way_round() {
    let json = r#"{"format": 1, "tails": [{"id": "POOL", "count": 4}]}"#;
    let mut one = base_draft();
    one.overlay(draft_from_files([("v.json", json)]));
    assert_eq!(load(one).scenario.tails.len(), 5);
    let mut other = draft_from_files([("base.json", base_draft().to_json().to_string())]);
    other.overlay(draft_from_files([("tails.csv", "id,count\nPOOL,4\n")]));
    assert_eq!(load(other).scenario.tails.len(), 5);
}

#[test]
fn a_folder_with_other_tables_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("crews.csv"), "id\n").expect("writable");
    let error = base_draft().write_folder(folder.path()).expect_err("a table too many");
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
}

/// A small validator for the words that our schema uses; the point is that schema and reader agree.
fn conforms(schema: &Value, value: &Value) -> Result<(), String> {
    let fail = |why: &str| Err(format!("{why}: {value} against {schema}"));
    if let Some(choices) = schema["enum"].as_array()
        && !choices.contains(value)
    {
        return fail("enum");
    }
    if let Some(choices) = schema["anyOf"].as_array()
        && !choices.iter().any(|choice| conforms(choice, value).is_ok())
    {
        return fail("anyOf");
    }
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => false,
    };
    match &schema["type"] {
        Value::String(name) if !is(name) => return fail("type"),
        Value::Array(names) if !names.iter().any(|n| is(n.as_str().unwrap_or_default())) => {
            return fail("type");
        }
        _ => {}
    }
    if let (Some(most), Some(number)) = (schema["maximum"].as_f64(), value.as_f64())
        && number > most
    {
        return fail("maximum");
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_f64(), value.as_f64())
        && number < least
    {
        return fail("minimum");
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.is_object() && value.get(key.as_str().unwrap_or_default()).is_none() {
            return fail("required");
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => conforms(schema, inner)?,
            None if schema["additionalProperties"] == Value::Bool(false) => {
                return fail("additional");
            }
            None => {}
        }
    }
    for item in value.as_array().into_iter().flatten() {
        if schema.get("items").is_some() {
            conforms(&schema["items"], item)?;
        }
    }
    Ok(())
}

#[test]
fn the_schema_accepts_what_is_written() {
    let schema = schema_scenario();
    conforms(&schema, &base_draft().to_json()).expect("conforms");
    let mut json = base_draft().to_json();
    json["pieces"][0]["mass"] = Value::from(1);
    conforms(&schema, &json).expect_err("an unknown key");
    json = base_draft().to_json();
    json["pieces"][1]["mass_kg"] = Value::from(-1);
    conforms(&schema, &json).expect_err("a negative mass");
}
