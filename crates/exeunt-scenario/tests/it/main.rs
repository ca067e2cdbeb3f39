//! Stories of reading: small folders in, a scenario or the problems out.

mod base;
mod benchmark;
mod broken;
mod docs;
mod events;
mod fuzz;
mod limits;
mod order;
mod project;
mod round_trip;

use exeunt_model::Problem;
use exeunt_scenario::Draft;
use std::path::{Path, PathBuf};

/// Returns the folder of the small inputs.
fn broken_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/broken")
}

/// Reads the files of a folder, by name.
fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("readable"))
        })
        .collect();
    files.sort();
    files
}

/// Returns the files of the complete small scenario.
fn base_files() -> Vec<(String, Vec<u8>)> {
    files_of(&broken_folder().join("_base"))
}

/// Returns the draft of the complete small scenario.
fn base_draft() -> Draft {
    exeunt_scenario::draft_from_files(base_files())
}

/// Renders problems one per line.
fn rendered(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}
