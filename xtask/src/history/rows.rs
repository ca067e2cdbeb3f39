//! The rows of `history.csv`, with names resolved and hours as moments.

use exeunt_model::ids::*;
use exeunt_model::scenario::Scenario;
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

/// The table, our own copy of the collected facts.
const TABLE: &str = include_str!("../../history.csv");
/// Take-offs that are spread evenly fall on marks of so many seconds.
const MARK_S: i64 = 300;

/// A row: loaded sorties of one day between two fields, or a march.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Id, such as `H10`.
    pub(crate) id: String,
    /// Type; none for a march.
    pub(crate) aircraft: Option<TypeId>,
    /// Field or site it leaves.
    pub(crate) from: PlaceId,
    /// Field or garrison it reaches.
    pub(crate) to: PlaceId,
    /// Take-offs, or the start of the march where the hour is given.
    pub(crate) departures: Vec<Timestamp>,
    /// Elements, or pieces with a number.
    pub(crate) carries: Vec<Carried>,
}

/// What a row carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carried {
    /// Everything of the element that no other row carries.
    Rest(ElementId),
    /// So many of the piece.
    Some(PieceId, i64),
}

/// Reads the rows.
pub(crate) fn read(s: &Scenario) -> Result<Vec<Row>, String> {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let table = reader.deserialize::<BTreeMap<String, String>>();
    table.map(|record| row(s, &record.map_err(|e| e.to_string())?)).collect()
}

fn row(s: &Scenario, cells: &BTreeMap<String, String>) -> Result<Row, String> {
    let cell = |name: &str| cells.get(name).map_or("", String::as_str);
    let wrong = |what: &str| format!("history.csv, {}: {what}", cell("id"));
    let place = |name: &str| {
        s.place(cell(name)).ok_or_else(|| wrong(&format!("no place `{}`", cell(name))))
    };
    let aircraft = match cell("mode") {
        "road" => None,
        _ => Some(s.types.find(|t| t.name == cell("type")).ok_or_else(|| wrong("no such type"))?),
    };
    let moment = |hour: &str| {
        let text = format!("{}T{hour}:00{}", cell("date"), s.operation.zone);
        Timestamp::parse_rfc3339(&text).ok_or_else(|| wrong(&format!("no time `{text}`")))
    };
    let list = |name: &str| cell(name).split(';').filter(|word| !word.is_empty());
    let mut departures: Vec<Timestamp> =
        list("departures").map(moment).collect::<Result<_, _>>()?;
    let n: usize = cell("loaded_sorties").parse().unwrap_or(usize::from(aircraft.is_none()));
    if departures.is_empty() && !cell("first_departure").is_empty() {
        let (first, last) = (moment(cell("first_departure"))?, moment(cell("last_departure"))?);
        departures = evenly(first, last, n);
    }
    if aircraft.is_some() && departures.len() != n {
        return Err(wrong("as many departures as loaded sorties are needed"));
    }
    let carries = list("carries").map(|word| carried(s, word).ok_or_else(|| wrong(word)));
    Ok(Row {
        id: cell("id").to_owned(),
        aircraft,
        from: place("from")?,
        to: place("to")?,
        departures,
        carries: carries.collect::<Result<_, _>>()?,
    })
}

fn carried(s: &Scenario, word: &str) -> Option<Carried> {
    match word.split_once(':') {
        None => s.elements.find(|e| e.name == word).map(Carried::Rest),
        Some((name, count)) => {
            Some(Carried::Some(s.pieces.find(|p| p.name == name)?, count.parse().ok()?))
        }
    }
}

/// Returns `n` moments from `first` to `last`, as even as the marks allow.
fn evenly(first: Timestamp, last: Timestamp, n: usize) -> Vec<Timestamp> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let steps = (n - 1).max(1);
    let marks = (last - first).0 / MARK_S;
    (0..n).map(|k| first + Duration(marks * k / steps * MARK_S)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn take_offs_are_spread_over_the_marks() {
        let at = |minutes: i64| Timestamp(minutes * 60);
        // 20 minutes are four marks; three steps take marks 0, 1, 2 (of 2.67) and 4
        assert_eq!(evenly(at(0), at(20), 4), [at(0), at(5), at(10), at(20)]);
        assert_eq!(evenly(at(7), at(7), 1), [at(7)]);
    }
}
