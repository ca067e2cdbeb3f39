//! Flying: C10, C11, C12, C17 (model.md section 4).

use crate::facts::Facts;
use crate::report::Report;
use crate::resolved::{self, Flight, Named};
use crate::travel;
use exeunt_model::ids::*;
use exeunt_model::plan::Service;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{AircraftType, Configuration};
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::units::{Distance, Mass};

/// Returns the type of the sortie's tail.
pub(crate) fn type_of<'a>(facts: &Facts<'a>, flight: &Flight) -> &'a AircraftType {
    &facts.scenario.types[facts.scenario.tails[flight.tail].aircraft]
}

/// C10: a tail flies on from where and when it landed, along legs that exist, are open and within its
/// range.
pub(crate) fn check_c10_continuity(facts: &Facts, report: &mut Report) {
    let mut has_line = vec![false; facts.scenario.tails.len()];
    for line in &facts.resolved.lines {
        let had_line = std::mem::replace(&mut has_line[line.tail.index()], true);
        if had_line {
            let object = format!("tail `{}`", facts.scenario.tails[line.tail].name);
            report.broken(Rule::C10, object, None, "it has more than one line".to_owned());
        }
    }
    for flight in &facts.resolved.flights {
        check_from_where(facts, flight, report);
        check_leg(facts, flight, report);
        check_range(facts, flight, report);
    }
}

fn check_from_where(facts: &Facts, flight: &Flight, report: &mut Report) {
    let row = flight.row;
    let mut wrong = |message: String| {
        report.broken(Rule::C10, flight.object(), Some(row.departs), message);
    };
    let tail = &facts.scenario.tails[flight.tail];
    match flight.previous.map(|previous| &facts.resolved.flights[previous]) {
        None if flight.from != tail.base => wrong(format!(
            "it leaves from {}, tail `{}` starts at {}",
            row.from,
            tail.name,
            facts.place(tail.base)
        )),
        None => {}
        Some(previous) => {
            if flight.from != previous.to {
                wrong(format!(
                    "it leaves from {}, tail `{}` landed at {}",
                    row.from, tail.name, previous.row.to
                ));
            }
            if row.departs < previous.row.lands {
                wrong(format!(
                    "it departs at {}, tail `{}` lands before it at {}",
                    row.departs, tail.name, previous.row.lands
                ));
            }
        }
    }
    if flight.from == flight.to {
        wrong(format!("it leaves from and lands at {}", row.from));
    }
    for place in [flight.from, flight.to] {
        if facts.scenario.places[place].airfield.is_none() {
            wrong(format!("{} is no airfield", facts.place(place)));
        }
    }
}

fn check_leg(facts: &Facts, flight: &Flight, report: &mut Report) {
    let row = flight.row;
    let mut wrong = |message: String| {
        report.broken(Rule::C10, flight.object(), Some(row.departs), message);
    };
    let ends = [flight.from, flight.to];
    match flight.leg {
        Named::Unknown => {
            let name = row.leg.as_deref().unwrap_or_default();
            wrong(format!("the scenario has no air leg `{name}`"));
        }
        Named::Known(leg) => {
            let leg = &facts.scenario.air_legs[leg];
            if ends != [leg.from, leg.to] && ends != [leg.to, leg.from] {
                wrong(format!(
                    "air leg `{}` joins {} and {}, not {} and {}",
                    leg.name,
                    facts.place(leg.from),
                    facts.place(leg.to),
                    row.from,
                    row.to
                ));
            }
            let aircraft = facts.scenario.tails[flight.tail].aircraft;
            if !leg.types.is_empty() && !leg.types.contains(&aircraft) {
                wrong(format!(
                    "air leg `{}` is not open to type `{}`",
                    leg.name, facts.scenario.types[aircraft].name
                ));
            }
            if travel::overlaps_any(&leg.closed, row.departs, row.lands) {
                wrong(format!("air leg `{}` is closed during the flight", leg.name));
            }
        }
        Named::Absent => {
            let owner = facts.scenario.tails[flight.tail].owner;
            let state = &facts.scenario.parties[owner].state;
            for place in ends {
                let place = &facts.scenario.places[place];
                if &place.state != state {
                    wrong(format!(
                        "it names no air leg and {} lies in {}, outside its owner's state {state}",
                        place.name, place.state
                    ));
                }
                if place.position.is_none() {
                    wrong(format!(
                        "it names no air leg and {} has no position to measure from",
                        place.name
                    ));
                }
            }
        }
    }
}

fn check_range(facts: &Facts, flight: &Flight, report: &mut Report) {
    let Some(distance) = flight.distance else { return };
    let aircraft = type_of(facts, flight);
    let last_point = aircraft.payload_range.last().map_or(Distance::ZERO, |&(far, _)| far);
    let (range, which) = if flight.is_loaded() {
        (last_point, "with load")
    } else {
        (aircraft.ferry_range, "without load")
    };
    if distance > range {
        let message = format!(
            "it flies {} m, type `{}` reaches {} m {which}",
            distance.0, aircraft.name, range.0
        );
        report.broken(Rule::C10, flight.object(), Some(flight.row.departs), message);
    }
}

/// C11: flights last their block time and stops their ground time.
pub(crate) fn check_c11_times(facts: &Facts, report: &mut Report) {
    for flight in &facts.resolved.flights {
        check_block_time(facts, flight, report);
        check_loading(facts, flight, report);
        check_unloading(facts, flight, report);
        check_departure(facts, flight, report);
    }
}

fn check_block_time(facts: &Facts, flight: &Flight, report: &mut Report) {
    let row = flight.row;
    let Some(distance) = flight.distance else { return };
    let block = type_of(facts, flight).block_speed.time_for(distance);
    let flown = row.lands - row.departs;
    if block != Some(flown) {
        let message = format!(
            "it flies {} s, the block time of {} m is {} s",
            flown.0,
            distance.0,
            block.map_or(-1, |block| block.0)
        );
        report.broken(Rule::C11, flight.object(), Some(row.departs), message);
    }
}

/// Returns the configuration in which the tail comes to this sortie, by name.
fn config_before<'a>(facts: &Facts<'a>, flight: &Flight<'a>) -> Option<&'a str> {
    match flight.previous {
        Some(previous) => Some(&facts.resolved.flights[previous].row.config),
        None => type_of(facts, flight).configurations.first().map(|c| c.name.as_str()),
    }
}

fn check_loading(facts: &Facts, flight: &Flight, report: &mut Report) {
    let row = flight.row;
    let aircraft = type_of(facts, flight);
    let mut wrong = |at: Timestamp, message: String| {
        report.broken(Rule::C11, flight.object(), Some(at), message);
    };
    let is_changed = config_before(facts, flight).is_some_and(|before| before != row.config);
    let Some(loading) = row.loading else {
        if is_changed {
            wrong(
                row.departs,
                format!(
                    "it flies configuration `{}` without a loading to change to it",
                    row.config
                ),
            );
        }
        return;
    };
    if is_changed && !flight.is_loaded() {
        let message = format!("it changes to configuration `{}` without load", row.config);
        wrong(row.departs, message);
    }
    let change = match flight.config {
        Some(config) if is_changed => aircraft.configurations[config].change,
        _ => Duration::ZERO,
    };
    let needed = aircraft.onload + change;
    if loading.ends - loading.starts < needed {
        wrong(loading.starts, too_short("loading", loading, needed));
    }
    if let Some(previous) = flight.previous.map(|p| facts.resolved.flights[p].row) {
        let free = previous.unloading.map_or(previous.lands, |u| u.ends.max(previous.lands));
        if loading.starts < free {
            wrong(
                loading.starts,
                format!("loading starts at {}, the aircraft is free at {free}", loading.starts),
            );
        }
    }
}

fn too_short(what: &str, service: Service, needed: Duration) -> String {
    format!("{what} takes {} s, less than {} s", (service.ends - service.starts).0, needed.0)
}

fn check_unloading(facts: &Facts, flight: &Flight, report: &mut Report) {
    let Some(unloading) = flight.row.unloading else { return };
    let mut wrong = |message: String| {
        report.broken(Rule::C11, flight.object(), Some(unloading.starts), message);
    };
    let needed = type_of(facts, flight).offload;
    if unloading.ends - unloading.starts < needed {
        wrong(too_short("unloading", unloading, needed));
    }
    if unloading.starts < flight.row.lands {
        wrong(format!(
            "unloading starts at {}, before the landing at {}",
            unloading.starts, flight.row.lands
        ));
    }
}

fn check_departure(facts: &Facts, flight: &Flight, report: &mut Report) {
    let row = flight.row;
    let mut early = |message: String| {
        report.broken(Rule::C11, flight.object(), Some(row.departs), message);
    };
    if let Some(loading) = row.loading
        && row.departs < loading.ends
    {
        early(format!("it departs at {}, its loading ends at {}", row.departs, loading.ends));
    }
    let Some(previous) = flight.previous.map(|p| facts.resolved.flights[p].row) else { return };
    if let Some(unloading) = previous.unloading
        && row.departs < unloading.ends
    {
        early(format!(
            "it departs at {}, the unloading before it ends at {}",
            row.departs, unloading.ends
        ));
    }
    if row.loading.is_none() && previous.unloading.is_none() {
        let ready = previous.lands + type_of(facts, flight).enroute;
        if row.departs < ready {
            early(format!("it departs at {}, its stop ends at {ready}", row.departs));
        }
    }
}

/// C12: the load of a leg is within the payload for its route distance.
pub(crate) fn check_c12_payload(facts: &Facts, report: &mut Report) {
    for flight in facts.resolved.flights.iter().filter(|flight| flight.is_loaded()) {
        let Some(distance) = flight.distance else { continue };
        let payload = travel::payload_at(&type_of(facts, flight).payload_range, distance);
        let mass = mass_on_board(facts, flight);
        if mass > payload {
            let message = format!(
                "it carries {} kg, its payload over {} m is {} kg",
                mass.0, distance.0, payload.0
            );
            report.broken(Rule::C12, flight.object(), Some(flight.row.departs), message);
        }
    }
}

/// Returns the mass of pieces, drivers and people on board.
pub(crate) fn mass_on_board(facts: &Facts, flight: &Flight) -> Mass {
    flight
        .cargo
        .iter()
        .map(|part| {
            resolved::mass_of(facts.scenario, &facts.scenario.pieces[part.piece], part.count)
        })
        .sum()
}

/// C17: a tail works only while it is available and not in maintenance.
pub(crate) fn check_c17_available(facts: &Facts, report: &mut Report) {
    for flight in &facts.resolved.flights {
        let tail = &facts.scenario.tails[flight.tail];
        let works = [
            flight.row.loading.map(|s| ("loading", s.starts, s.ends)),
            Some(("the flight", flight.row.departs, flight.row.lands)),
            flight.row.unloading.map(|s| ("unloading", s.starts, s.ends)),
        ];
        for (what, from, to) in works.into_iter().flatten() {
            if !tail.available.covers(from, to) {
                let message = format!(
                    "{what} lasts from {from} to {to}, tail `{}` is available from {} to {}",
                    tail.name, tail.available.from, tail.available.to
                );
                report.broken(Rule::C17, flight.object(), Some(from), message);
            }
            if overlaps_one(&tail.maintenance, from, to) {
                let message = format!(
                    "{what} lasts from {from} to {to}, tail `{}` is in maintenance then",
                    tail.name
                );
                report.broken(Rule::C17, flight.object(), Some(from), message);
            }
        }
    }
}

/// Returns whether one of the events, in any order, overlaps `[from, to)`.
fn overlaps_one(events: &[Interval], from: Timestamp, to: Timestamp) -> bool {
    events.iter().any(|event| event.from < to && from < event.to)
}

/// Returns the configuration flown, if the type has it.
pub(crate) fn configuration<'a>(facts: &Facts<'a>, flight: &Flight) -> Option<&'a Configuration> {
    flight.config.map(|config| &type_of(facts, flight).configurations[config])
}

/// Returns whether both ends of the sortie lie in its owner's state and have positions.
pub(crate) fn is_inside_own_state(facts: &Facts, tail: TailId, from: PlaceId, to: PlaceId) -> bool {
    let state = &facts.scenario.parties[facts.scenario.tails[tail].owner].state;
    [from, to].into_iter().all(|place| {
        let place = &facts.scenario.places[place];
        &place.state == state && place.position.is_some()
    })
}
