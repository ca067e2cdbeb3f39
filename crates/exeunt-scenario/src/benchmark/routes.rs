//! Route files: a route per line, the numbers of its stops in order, with or without the depot and a heading such as
//! `Route 1 :`.

use super::reader::Reader;
use super::text_of;
use crate::codes::{NOT_A_NUMBER, UNKNOWN_ID};
use exeunt_model::Problem;
use exeunt_model::pdptw::{Instance, Routes};
use std::collections::HashMap;
use std::path::Path;

/// Reads the routes of an instance.
///
/// # Errors
///
/// Returns every problem found, by line.
pub fn read_routes(path: &Path, instance: &Instance) -> Result<Routes, Vec<Problem>> {
    routes_of(&path.display().to_string(), &text_of(path)?, instance)
}

/// Makes routes of a text; `file` is what problems name. Lines that begin with `#` and lines before a first heading that
/// hold no number at their beginning are left out.
///
/// # Errors
///
/// Returns every problem found, by line.
pub fn routes_of(file: &str, text: &str, instance: &Instance) -> Result<Routes, Vec<Problem>> {
    let places: HashMap<u64, usize> = instance.stops.iter().map(|stop| stop.id).zip(0..).collect();
    let mut reader = Reader::new(file, text);
    let mut routes = Vec::new();
    while let Some((line, text)) = reader.line() {
        let text = match text.split_once(':') {
            Some((head, rest)) if head.trim_start().to_ascii_lowercase().starts_with("route") => {
                rest
            }
            Some(_) => continue,
            None => text,
        };
        if text.trim_start().starts_with('#') || text.trim() == "Solution" {
            continue;
        }
        let mut route = Vec::new();
        for cell in text.split_whitespace() {
            match cell.parse::<u64>().map(|id| places.get(&id)) {
                Ok(Some(0)) => {}
                Ok(Some(&at)) => route.push(at),
                Ok(None) => {
                    let said = (format!("stop {cell} is not in {}", instance.name), "name a stop");
                    reader.problem(UNKNOWN_ID, Some(line), None, Some(cell), said);
                }
                Err(_) => {
                    let said = (format!("`{cell}` is no number of a stop"), "write digits");
                    reader.problem(NOT_A_NUMBER, Some(line), None, Some(cell), said);
                }
            }
        }
        if !route.is_empty() {
            routes.push(route);
        }
    }
    reader.problems().map(|()| Routes(routes))
}
