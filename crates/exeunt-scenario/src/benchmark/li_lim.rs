//! Li and Lim: a line with vehicles, capacity and speed, then a line per stop; travel is the straight line.

use super::reader::{MOST_STOPS, Reader};
use crate::codes::{OUT_OF_RANGE, RAGGED_ROW};
use exeunt_model::Problem;
use exeunt_model::pdptw::Instance;

pub(super) fn read(name: &str, mut reader: Reader<'_>) -> Result<Instance, Vec<Problem>> {
    let Some((line, head)) = reader.line() else {
        reader.truncated("vehicles, capacity and speed");
        return reader.finish(name, None, 0, Vec::new(), Vec::new());
    };
    let head: Vec<&str> = head.split_whitespace().collect();
    if head.len() != 3 {
        let said = (
            format!("the first line has {} numbers, not 3", head.len()),
            "give it vehicles, capacity and speed",
        );
        reader.problem(RAGGED_ROW, Some(line), None, None, said);
    }
    let mut numbers = [0.0; 3];
    for (at, column) in ["vehicles", "capacity", "speed"].into_iter().enumerate() {
        if let Some(cell) = head.get(at) {
            numbers[at] = reader.number(line, column, cell);
        }
    }
    let vehicles = reader.whole(line, "vehicles", numbers[0]);
    let capacity = reader.capacity(line, numbers[1]);
    // published files have 1, some 0; the distance is the time in all of them
    if ![0.0, 1.0].contains(&numbers[2]) {
        let said = (
            format!("a speed of {} is not supported yet: distance is taken as time", numbers[2]),
            "write 1, and times in units of distance",
        );
        let value = numbers[2].to_string();
        reader.problem(OUT_OF_RANGE, Some(line), Some("speed"), Some(&value), said);
    }
    if reader.left() > MOST_STOPS {
        let said = (
            format!("there are {} stops, at most {MOST_STOPS} are read", reader.left()),
            "give a smaller instance",
        );
        reader.problem(OUT_OF_RANGE, None, None, None, said);
        return reader.finish(name, None, capacity, Vec::new(), Vec::new());
    }
    let rows = reader.stop_rows(usize::MAX);
    let stops = reader.stops(&rows);
    let mut travel = Vec::with_capacity(rows.len() * rows.len());
    for from in &rows {
        for to in &rows {
            let ((x, y), (u, v)) = (from.position(), to.position());
            let (dx, dy) = (x - u, y - v);
            travel.push((dx * dx + dy * dy).sqrt());
        }
    }
    let vehicles = usize::try_from(vehicles).ok();
    reader.finish(name, vehicles, capacity, stops, travel)
}
