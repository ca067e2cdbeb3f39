//! Types with their cabins, and tails: pools become single aircraft.

use super::stand_class;
use super::windows::stretch;
use crate::cell;
use crate::codes::{DUPLICATE_ID, TOO_MANY_TAILS};
use crate::context::Context;
use crate::row::Row;
use crate::suggest::{grouped, shown};
use crate::tables::MAX_TAILS;
use exeunt_model::scenario::{AircraftType, Configuration, Tail, UserClass, Zone};
use exeunt_model::time::to_windows;
use exeunt_model::{Distance, Interval, Length, Mass, Speed, Table, TailId, Timestamp, TypeId};
use std::collections::HashMap;
use std::ops::Range;

pub(super) fn types(cx: &Context<'_>) -> Table<TypeId, AircraftType> {
    let mut types: Table<TypeId, AircraftType> =
        Table::new(cx.rows("aircraft_types").map(aircraft_type).collect());
    // a configuration's type and its position there, by row
    let mut owners: Vec<Option<(TypeId, usize)>> = Vec::new();
    for row in cx.rows("configurations") {
        let owner = row.opt_ref::<TypeId>("type");
        owners.push(owner.map(|owner| (owner, types[owner].configurations.len())));
        if let Some(owner) = owner {
            types[owner].configurations.push(Configuration {
                name: row.string("id"),
                seats: row.number_or("seats", 0),
                change: row.duration("change_h"),
                zones: Vec::new(),
            });
        }
    }
    for row in cx.rows("zones") {
        let configuration = cx.find("configurations", row.text("configuration"));
        let owner = configuration.and_then(|at| owners.get(at).copied().flatten());
        if let Some((owner, at)) = owner {
            types[owner].configurations[at].zones.push(zone(row));
        }
    }
    types
}

fn aircraft_type(row: Row<'_, '_>) -> AircraftType {
    let points = cell::points(row.text("payload_points")).unwrap_or_default();
    AircraftType {
        name: row.string("id"),
        stand: stand_class(row.text("stand_class")),
        min_runway: Distance(row.number_or("min_runway_m", 0)),
        block_speed: Speed(row.number_or("block_kmh", 1_000)),
        payload_range: points.into_iter().map(|(m, kg)| (Distance(m), Mass(kg))).collect(),
        ferry_range: Distance(row.number_or("ferry_range_km", 1)),
        onload: row.duration("onload_h"),
        offload: row.duration("offload_h"),
        enroute: row.duration("enroute_h"),
        handling_teams: row.number_or("handling_teams", 1),
        cost_per_hour: row.number_or("cost_per_flight_hour", 0),
        configurations: Vec::new(),
    }
}

fn zone(row: Row<'_, '_>) -> Zone {
    let length = |column| Length(row.number_or(column, 1));
    Zone {
        name: row.string("id"),
        length: length("length_m"),
        width: length("width_m"),
        height: length("height_m"),
        max_mass: Mass(row.number_or("max_mass_kg", 1)),
    }
}

pub(super) fn tails(cx: &Context<'_>, start: Timestamp) -> Table<TailId, Tail> {
    let mut tails: Table<TailId, Tail> = Table::default();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for row in cx.rows("tails") {
        let first = tails.len();
        let left = MAX_TAILS - i64::try_from(first).unwrap_or(MAX_TAILS);
        let n = row.number_or("count", 1);
        if n > left {
            let limit = grouped(MAX_TAILS);
            let message =
                format!("with {} the pools have more than {limit} aircraft", row.object());
            row.report("count", TOO_MANY_TAILS, message, &limit, "lower the counts");
        }
        for number in 1..=n.min(left) {
            let tail = tail(row, number, n, start);
            if names.insert(tail.name.clone(), tails.len()).is_some() {
                let message = format!(
                    "{} makes an aircraft {} that there is already",
                    row.object(),
                    shown(&tail.name)
                );
                row.report("id", DUPLICATE_ID, message, "", "rename one of them");
            }
            tails.push(tail);
        }
        ranges.push(first..tails.len());
    }
    for row in cx.rows("maintenance") {
        let stretch = stretch(row, "from", "to");
        let id = row.text("tail");
        let one = || names.get(id).map(|&at| at..at + 1);
        match cx.find("tails", id).and_then(|at| ranges.get(at).cloned()).or_else(one) {
            Some(range) => {
                for tail in &mut tails.rows[range] {
                    tail.maintenance.push(stretch);
                }
            }
            None if id.is_empty() => {}
            None => {
                row.taint();
                if let Some(fault) = cx.unknown(&["tails"], id).filter(|_| cx.is_whole("tails")) {
                    row.report_fault("tail", fault);
                }
            }
        }
    }
    for tail in &mut tails.rows {
        tail.maintenance = to_windows(std::mem::take(&mut tail.maintenance));
    }
    tails
}

/// Makes aircraft `number` of a pool of `n`.
fn tail(row: Row<'_, '_>, number: i64, n: i64, start: Timestamp) -> Tail {
    let pool = row.string("id");
    let name = match n {
        ..=1 => pool.clone(),
        2..=99 => format!("{pool}-{number:02}"),
        _ => format!("{pool}-{number:03}"),
    };
    let from = row.moment("available_from").unwrap_or(start);
    Tail {
        name,
        pool,
        aircraft: row.required_ref("type"),
        owner: row.required_ref("owner"),
        user_class: user_class(row.text("user_class")),
        base: row.required_ref("base"),
        available: Interval { from, to: row.moment("available_to").unwrap_or(Timestamp::MAX) },
        maintenance: Vec::new(),
    }
}

pub(super) fn user_class(word: &str) -> UserClass {
    if word == "civil" { UserClass::Civil } else { UserClass::Military }
}
