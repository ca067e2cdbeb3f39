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

/// Makes routes of a text; `file` is what problems name. Lines that begin with `#`, and lines before the first route that
/// begin neither with a number nor with `Route`, are left out.
///
/// # Errors
///
/// Returns every problem found, by line.
pub fn routes_of(file: &str, text: &str, instance: &Instance) -> Result<Routes, Vec<Problem>> {
    let places: HashMap<u64, usize> = instance.stops.iter().map(|stop| stop.id).zip(0..).collect();
    let mut reader = Reader::new(file, text);
    let mut routes = Vec::new();
    let mut heading = None;
    while let Some((line, text)) = reader.line() {
        let text = text.trim_start();
        let is_route = text.to_ascii_lowercase().starts_with("route");
        let is_heading = routes.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit());
        if text.starts_with('#') || (is_heading && !is_route) {
            heading = heading.or(Some((line, text)).filter(|_| !text.starts_with('#')));
            continue;
        }
        let text = match text.split_once(':') {
            Some((_, rest)) if is_route => rest,
            _ => text,
        };
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
    if let Some((line, text)) = heading.filter(|_| routes.is_empty()) {
        let said = (
            "no line holds a route".to_owned(),
            "write a route per line, the numbers of its stops in order",
        );
        reader.problem(NOT_A_NUMBER, Some(line), None, Some(text), said);
    }
    reader.problems().map(|()| Routes(routes))
}
