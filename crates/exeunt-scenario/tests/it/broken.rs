//! `scenarios/broken`: each folder is laid over `_base` file by file and gives the problems in its
//! `expected.txt`. A file `without.txt` names files of `_base` to leave out; a JSON file stands
//! alone. `EXEUNT_UPDATE=1` rewrites what is expected; read the difference before you keep it.

use crate::{base_files, broken_folder, files_of, rendered};
use std::path::Path;

fn problems_of(case: &Path) -> String {
    let own = files_of(case);
    let is_json = |(name, _): &&(String, Vec<u8>)| name.ends_with(".json");
    let mut files = if own.iter().any(|file| is_json(&file)) { Vec::new() } else { base_files() };
    for (name, bytes) in own {
        match name.as_str() {
            "expected.txt" => {}
            "without.txt" => {
                let names = String::from_utf8(bytes).expect("a list of names");
                files.retain(|(name, _)| !names.lines().any(|line| line == name));
            }
            _ => {
                files.retain(|(other, _)| *other != name);
                files.push((name, bytes));
            }
        }
    }
    files.sort();
    match exeunt_scenario::build(exeunt_scenario::draft_from_files(files)) {
        Ok(loaded) => format!("accepted\n{}", rendered(&loaded.warnings)),
        Err(problems) => rendered(&problems),
    }
}

#[test]
fn broken_inputs_give_their_messages() {
    let mut cases: Vec<_> = std::fs::read_dir(broken_folder())
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir() && !path.ends_with("_base"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 34, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let found = problems_of(&case);
        let expected_file = case.join("expected.txt");
        if std::env::var_os("EXEUNT_UPDATE").is_some() {
            std::fs::write(&expected_file, &found).expect("writable");
        }
        let expected = std::fs::read_to_string(&expected_file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}\nexpected:\n{expected}found:\n{found}", case.display()));
        }
        assert!(!found.starts_with("accepted"), "{} is accepted", case.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_keep_the_form_of_the_house() {
    for case in std::fs::read_dir(broken_folder()).expect("a folder") {
        let case = case.expect("readable").path();
        let text = std::fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        for line in text.lines() {
            assert!(!line.ends_with('.'), "no final stop: {line}");
            assert!(line.contains("; "), "has a remedy: {line}");
            let sentence = line.splitn(3, ": ").nth(2).unwrap_or_default();
            let first = sentence.chars().next().unwrap_or('A');
            assert!(!first.is_uppercase(), "begins in lower case: {line}");
        }
    }
}
