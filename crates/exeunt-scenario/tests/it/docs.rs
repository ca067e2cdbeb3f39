//! `docs/problems.md` is the list of codes; every code has an example or a reason to have none.

use crate::broken_folder;
use exeunt_scenario::CODES;
use std::collections::BTreeSet;
use std::path::Path;

const HEAD: &str = "# Problems of the input

What `exeunt validate` and every other command may say of a scenario: file, row and column, then one
of these codes, one sentence with value and limit, and what to do. All problems are collected and
shown together. Rows count from 1 and include the header; in a JSON file they count the rows of a
table from 1. Examples of nearly all stand in `scenarios/broken/`.

| code | meaning | remedy |
|---|---|---|
";

fn rendered() -> String {
    let rows = CODES
        .iter()
        .map(|(code, meaning, remedy)| format!("| `{code}` | {meaning} | {remedy} |\n"));
    std::iter::once(HEAD.to_owned()).chain(rows).collect()
}

#[test]
fn the_document_lists_every_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/problems.md");
    if std::env::var_os("EXEUNT_UPDATE").is_some() {
        std::fs::write(&path, rendered()).expect("writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, rendered(), "EXEUNT_UPDATE=1 rewrites docs/problems.md");
}

#[test]
fn codes_are_unique_and_have_examples() {
    // these need files too large to keep, or are warnings; limits.rs and base.rs have them
    const ELSEWHERE: [&str; 9] = [
        "cannot-read",
        "file-too-large",
        "too-many-rows",
        "more-problems",
        "too-many-tails",
        "element-without-pieces",
        "idle-translation",
        "bad-pair",
        "bad-header",
    ];
    let mut text = String::new();
    for case in std::fs::read_dir(broken_folder()).expect("a folder") {
        let path = case.expect("readable").path().join("expected.txt");
        text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
    }
    let mut seen = BTreeSet::new();
    for (code, ..) in CODES {
        assert!(seen.insert(code), "{code} stands twice");
        let has_example = text.contains(&format!(": {code}: "));
        assert_eq!(has_example, !ELSEWHERE.contains(code), "{code}");
    }
}
