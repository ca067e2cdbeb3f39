//! Instances of published benchmarks: pickup and delivery with time windows, in the forms of Li and Lim and of Sartori
//! and Buriol, and projects with scarce resources in Patterson's form.

mod li_lim;
mod patterson;
mod reader;
mod routes;
mod sartori_buriol;

use crate::codes::{CANNOT_READ, FILE_TOO_LARGE, NOT_UTF8};
use crate::sink::file_problem;
use exeunt_model::pdptw::Instance;
use exeunt_model::{Problem, Scenario};
use reader::Reader;
pub use routes::{read_routes, routes_of};
use std::path::Path;

/// Most bytes of an instance: the largest published one, of 5,001 stops, has 100 million.
const MOST_BYTES: u64 = 400_000_000;

/// Reads an instance; which of the two forms it has shows in its first line.
///
/// # Errors
///
/// Returns every problem found, by line and column.
pub fn read_instance(path: &Path) -> Result<Instance, Vec<Problem>> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    instance_of(&stem.unwrap_or_default(), &path.display().to_string(), &text_of(path)?)
}

/// Reads a file as text.
fn text_of(path: &Path) -> Result<String, Vec<Problem>> {
    let file = path.display().to_string();
    let refused = |code, message: String, remedy| vec![file_problem(code, &file, message, remedy)];
    let unreadable = |error: std::io::Error| {
        refused(CANNOT_READ, format!("it cannot be read: {error}"), "correct the path")
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        let message = format!("it has {size} bytes, more than the {MOST_BYTES} allowed");
        return Err(refused(FILE_TOO_LARGE, message, "give an instance of a published benchmark"));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes)
        .map_err(|_| refused(NOT_UTF8, "it is not UTF-8 text".to_owned(), "save it as UTF-8"))
}

/// Makes an instance of a text; `file` is what problems name.
///
/// # Errors
///
/// Returns every problem found, by line and column.
pub fn instance_of(name: &str, file: &str, text: &str) -> Result<Instance, Vec<Problem>> {
    let reader = Reader::new(file, text);
    match text.trim_start().starts_with("NAME") {
        true => sartori_buriol::read(reader),
        false => li_lim::read(name, reader),
    }
}

/// Reads a project with scarce resources as a scenario of one handover, a unit of time as an hour.
///
/// # Errors
///
/// Returns every problem found, by line and column.
pub fn read_project(path: &Path) -> Result<Scenario, Vec<Problem>> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    project_of(&stem.unwrap_or_default(), &path.display().to_string(), &text_of(path)?)
}

/// Makes the scenario of a project's text; `file` is what problems name.
///
/// # Errors
///
/// Returns every problem found, by line and column.
pub fn project_of(name: &str, file: &str, text: &str) -> Result<Scenario, Vec<Problem>> {
    patterson::read(name, Reader::new(file, text))
}
