//! Sartori and Buriol: headed lines, then the stops, then travel times in whole minutes from each to each.

use super::reader::{MOST_STOPS, Reader};
use crate::codes::{BAD_HEADER, MISSING_CELL, OUT_OF_RANGE, RAGGED_ROW};
use exeunt_model::Problem;
use exeunt_model::pdptw::Instance;

pub(super) fn read(mut reader: Reader<'_>) -> Result<Instance, Vec<Problem>> {
    let (mut name, mut size, mut horizon, mut capacity) = (String::new(), None, None, None);
    let mut last = 0;
    loop {
        let Some((line, text)) = reader.line() else {
            reader.truncated("NODES");
            return reader.finish(&name, None, 0, Vec::new(), Vec::new());
        };
        last = last.max(line);
        if text.trim() == "NODES" {
            break;
        }
        let Some((key, value)) = text.split_once(':') else {
            let said = (format!("`{text}` is no line of the header"), "write KEY: value, or NODES");
            reader.problem(BAD_HEADER, Some(line), None, Some(text), said);
            continue;
        };
        let value = value.trim();
        match key.trim() {
            "NAME" => value.clone_into(&mut name),
            "SIZE" => {
                let number = reader.number(line, "SIZE", value);
                size = usize::try_from(reader.whole(line, "SIZE", number)).ok();
            }
            "CAPACITY" => {
                let number = reader.number(line, "CAPACITY", value);
                capacity = Some(reader.capacity(line, number));
            }
            "ROUTE-TIME" => horizon = Some(reader.number(line, "ROUTE-TIME", value)),
            _ => {}
        }
    }
    for (key, is_there) in [
        ("SIZE", size.is_some()),
        ("CAPACITY", capacity.is_some()),
        ("ROUTE-TIME", horizon.is_some()),
    ] {
        if !is_there {
            let said = (format!("the header has no {key}"), "add it");
            reader.problem(MISSING_CELL, Some(last), Some(key), None, said);
        }
    }
    let capacity = capacity.unwrap_or(0);
    let n = size.unwrap_or(0);
    if n == 0 || n > MOST_STOPS {
        let said = (format!("SIZE is {n}, 1 to {MOST_STOPS} are read"), "give such an instance");
        reader.problem(OUT_OF_RANGE, None, Some("SIZE"), None, said);
        return reader.finish(&name, None, capacity, Vec::new(), Vec::new());
    }
    let rows = reader.stop_rows(n);
    if rows.len() < n {
        reader.truncated(&format!("stop {} of {n}", rows.len() + 1));
        return reader.finish(&name, None, capacity, Vec::new(), Vec::new());
    }
    let mut stops = reader.stops(&rows);
    stops[0].closes = horizon.map_or(stops[0].closes, |end| end.min(stops[0].closes));
    match reader.line() {
        Some((_, text)) if text.trim() == "EDGES" => {}
        Some((line, text)) => {
            let said =
                (format!("`{text}` stands where EDGES should"), "give as many stops as SIZE says");
            reader.problem(BAD_HEADER, Some(line), None, Some(text), said);
            return reader.finish(&name, None, capacity, Vec::new(), Vec::new());
        }
        None => reader.truncated("EDGES"),
    }
    let mut travel = Vec::with_capacity(n * n);
    for row in 0..n {
        let Some((line, text)) = reader.line().filter(|(_, text)| text.trim() != "EOF") else {
            reader.truncated(&format!("travel from stop {} of {n}", row + 1));
            break;
        };
        let before = travel.len();
        for (column, cell) in text.split_whitespace().take(n).enumerate() {
            let time = reader.number(line, "travel", cell);
            if !super::reader::is_whole(time) {
                reader.whole(line, &format!("travel to stop {column}"), time);
            }
            travel.push(time);
        }
        let found = text.split_whitespace().count();
        if found != n {
            let said =
                (format!("the line has {found} travel times, not {n}"), "give one to each stop");
            reader.problem(RAGGED_ROW, Some(line), None, None, said);
            travel.resize(before + n, 0.0);
        }
    }
    reader.finish(&name, None, capacity, stops, travel)
}
