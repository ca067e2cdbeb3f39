//! Reads and writes scenarios: folders of TOML and CSV, or one JSON file, into a
//! [`Scenario`] - or everything that is wrong with them.
//!
//! Three steps with a type between them: files -> [`Draft`] (text with places) -> ids
//! (`resolve.rs`) -> a valid [`Scenario`] (`validate.rs`). Problems of all three are collected
//! and returned together. The one list of tables and columns is [`tables::TABLES`];
//! `docs/files.md` describes the format for people, `docs/problems.md` every code.
//!
//! This is the only crate that knows file syntax. It plans nothing, checks no plan and knows no
//! clock.
#![warn(missing_docs)]

mod append;
mod benchmark;
mod calendar;
mod cell;
mod change;
mod codes;
mod context;
mod draft;
mod events;
mod json;
mod operation;
mod order;
mod read;
mod resolve;
mod row;
mod schema;
mod sink;
mod suggest;
mod table;
pub mod tables;
mod validate;
mod write;

pub use append::{Appended, append_row};
pub use benchmark::{instance_of, project_of, read_instance, read_project, read_routes, routes_of};
pub use change::{Cell, cells, overlay_of};
pub use codes::CODES;
pub use draft::Draft;
pub use events::{Logged, read_events};
pub use read::{draft_from_files, read_draft, read_draft_with};
pub use schema::schema_scenario;
pub use suggest::did_you_mean;

use exeunt_model::problem::Severity;
use exeunt_model::{Problem, Scenario};
use std::path::Path;

/// A scenario that was read, with what it was read from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
    /// The text it was made of, for variants and for writing.
    pub draft: Draft,
}

/// Reads a scenario from a folder or a JSON file.
///
/// # Errors
///
/// Returns every problem found, by file, row and column, warnings included.
pub fn read(path: impl AsRef<Path>) -> Result<Loaded, Vec<Problem>> {
    build(read_draft(path.as_ref()))
}

/// Makes the scenario of a draft.
///
/// # Errors
///
/// Returns every problem found, those of reading included.
pub fn build(draft: Draft) -> Result<Loaded, Vec<Problem>> {
    let cx = context::Context::new(&draft);
    cx.check_cells();
    let mut scenario = resolve::resolve(&cx, draft.hash());
    validate::validate(&cx, &mut scenario);
    let problems = cx.into_problems();
    match problems.iter().any(|problem| problem.severity == Severity::Error) {
        true => Err(problems),
        false => Ok(Loaded { scenario, warnings: problems, draft }),
    }
}
