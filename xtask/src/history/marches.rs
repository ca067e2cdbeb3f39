//! Columns: to the field just in time, home after unloading, and the contingent that drove all the way.

use super::Mission;
use super::rows::{Carried, Row};
use exeunt_model::formula;
use exeunt_model::ids::*;
use exeunt_model::plan::{Column, ColumnLoad, March, Service};
use exeunt_model::scenario::{Mode, Road, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// What marches to a field in one column: all from one origin that flies on one day.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    origin: PlaceId,
    field: PlaceId,
    /// Sorties that its pieces board, in the order of their rows.
    missions: Vec<usize>,
    pieces: BTreeMap<PieceId, i64>,
    /// When the last of its elements is free.
    free: Timestamp,
    /// From its departure until its tail has arrived.
    takes: Duration,
}

impl Group {
    /// Returns the earliest start of loading.
    fn earliest_loading(&self, s: &Scenario) -> Timestamp {
        self.free + self.takes + staging(s, self.field)
    }
}

/// Returns the columns to fields.
pub(crate) fn groups(
    s: &Scenario,
    missions: &[Mission],
    freed: &BTreeMap<ElementId, Timestamp>,
) -> Result<Vec<Group>, String> {
    let mut groups: BTreeMap<(PlaceId, PlaceId, i64), Group> = BTreeMap::new();
    for (k, mission) in missions.iter().enumerate() {
        for (piece, count) in mission.hold.pieces() {
            let element = s.pieces[piece].element;
            let origin = s.elements[element].origin;
            if origin == mission.from {
                continue;
            }
            let key = (origin, mission.from, s.day_of(mission.departs).0);
            let group = groups.entry(key).or_insert_with(|| Group {
                origin,
                field: mission.from,
                missions: Vec::new(),
                pieces: BTreeMap::new(),
                free: s.operation.start,
                takes: Duration::ZERO,
            });
            if group.missions.last() != Some(&k) {
                group.missions.push(k);
            }
            *group.pieces.entry(piece).or_default() += count;
            group.free = group.free.max(freed[&element]);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        let column = column(
            s,
            String::new(),
            &way(s, group.origin, group.field)?,
            &group.pieces,
            group.free,
        );
        group.takes = column.1 - group.free;
    }
    Ok(groups)
}

/// Returns the earliest start of loading: everything on board is free, at the field, and sorted.
pub(crate) fn earliest_loading(
    s: &Scenario,
    number: usize,
    mission: &Mission,
    groups: &[Group],
    freed: &BTreeMap<ElementId, Timestamp>,
) -> Timestamp {
    let mut earliest = s.operation.start;
    for element in mission.hold.elements(s) {
        earliest = earliest.max(s.elements[element].load_from.unwrap_or(s.operation.start));
        if s.elements[element].origin == mission.from {
            earliest = earliest.max(freed[&element]);
        }
    }
    let marching = groups.iter().filter(|group| group.missions.contains(&number));
    marching.map(|group| group.earliest_loading(s)).fold(earliest, Timestamp::max)
}

/// Returns the columns to fields; each arrives as late as its first loading allows.
pub(crate) fn to_fields(
    s: &Scenario,
    missions: &[Mission],
    groups: &[Group],
) -> Result<Vec<Column>, String> {
    let mut columns = Vec::new();
    for group in groups {
        let loading = group.missions.iter().map(|&k| missions[k].loading.1);
        let first = loading.min().unwrap_or(s.operation.end);
        let departs = first - staging(s, group.field) - group.takes;
        let row = group.missions.first().and_then(|&k| missions[k].id.split('-').next());
        let id = format!("{}-{}", row.unwrap_or_default(), s.places[group.origin].name);
        columns.push(column(s, id, &way(s, group.origin, group.field)?, &group.pieces, departs).0);
    }
    columns.sort_by(|a, b| (a.marches[0].departs, &a.id).cmp(&(b.marches[0].departs, &b.id)));
    Ok(columns)
}

/// Returns the columns of those who drive all the way.
pub(crate) fn on_own_wheels(
    s: &Scenario,
    rows: &[Row],
    freed: &BTreeMap<ElementId, Timestamp>,
) -> Result<Vec<Column>, String> {
    let mut columns = Vec::new();
    for row in rows.iter().filter(|row| row.aircraft.is_none()) {
        for (&departs, carried) in row.departures.iter().zip(&row.carries) {
            let Carried::Rest(element) = *carried else { continue };
            if s.elements[element].mode != Mode::Road || departs < freed[&element] {
                return Err(format!("history.csv, {}: not free to drive then", row.id));
            }
            let mine = s.pieces.iter().filter(|(_, piece)| piece.element == element);
            let pieces = mine.map(|(id, piece)| (id, piece.count)).collect();
            let id = format!("{}-{}", row.id, columns.len() + 1);
            columns.push(column(s, id, &way(s, row.from, row.to)?, &pieces, departs).0);
        }
    }
    Ok(columns)
}

/// Returns the columns home, one for each sortie, as soon as it is unloaded.
pub(crate) fn home(
    s: &Scenario,
    rows: &[Row],
    missions: &[Mission],
    unloading: &[Service],
) -> Result<Vec<Column>, String> {
    let mut columns = Vec::new();
    for (mission, service) in missions.iter().zip(unloading) {
        let mut by_destination: BTreeMap<PlaceId, BTreeMap<PieceId, i64>> = BTreeMap::new();
        for (piece, count) in mission.hold.pieces() {
            let destination = s.elements[s.pieces[piece].element].destination;
            if destination != mission.to {
                by_destination.entry(destination).or_default().insert(piece, count);
            }
        }
        for (destination, pieces) in by_destination {
            let row = rows
                .iter()
                .find(|row| {
                    row.aircraft.is_none() && (row.from, row.to) == (mission.to, destination)
                })
                .ok_or_else(|| {
                    format!("history.csv: no row for the march home of {}", mission.id)
                })?;
            let id = format!("{}-{}", row.id, mission.id);
            let way = way(s, mission.to, destination)?;
            columns.push(column(s, id, &way, &pieces, service.ends).0);
        }
    }
    Ok(columns)
}

fn staging(s: &Scenario, field: PlaceId) -> Duration {
    s.places[field].airfield.as_ref().map_or(Duration::ZERO, |airfield| airfield.staging_time)
}

/// Returns the roads from one place to another with the place that each reaches; the fewest roads.
fn way(s: &Scenario, from: PlaceId, to: PlaceId) -> Result<Vec<(RoadId, PlaceId)>, String> {
    let mut ways: VecDeque<(PlaceId, Vec<(RoadId, PlaceId)>)> =
        VecDeque::from([(from, Vec::new())]);
    while let Some((here, way)) = ways.pop_front() {
        if here == to {
            return Ok(way);
        }
        for (id, road) in s.roads.iter() {
            let next = match (road.from == here, road.to == here) {
                (true, _) => road.to,
                (_, true) => road.from,
                _ => continue,
            };
            if next != from && way.iter().all(|&(_, passed)| passed != next) {
                let mut longer = way.clone();
                longer.push((id, next));
                ways.push_back((next, longer));
            }
        }
    }
    Err(format!("no road from `{}` to `{}`", s.places[from].name, s.places[to].name))
}

/// Returns a column without halts between its roads, and when its tail has arrived.
fn column(
    s: &Scenario,
    id: String,
    way: &[(RoadId, PlaceId)],
    pieces: &BTreeMap<PieceId, i64>,
    departs: Timestamp,
) -> (Column, Timestamp) {
    let items: i64 =
        pieces.iter().map(|(&piece, count)| s.pieces[piece].items_each() * count).sum();
    let vehicles = items.max(1);
    let (mut marches, mut head, mut clears) = (Vec::new(), departs, departs);
    for &(id, to) in way {
        let road = &s.roads[id];
        let from = if road.to == to { road.from } else { road.to };
        let arrives = head + march_time(road, vehicles);
        marches.push(March {
            road: road.name.clone(),
            from: s.places[from].name.clone(),
            to: s.places[to].name.clone(),
            departs: head,
            arrives,
        });
        let density = s.operation.march_density_per_km;
        let pass = formula::pass_time(vehicles, density, road.rate, Duration::ZERO);
        (head, clears) = (arrives, arrives + pass.unwrap_or(Duration::ZERO));
    }
    let load = pieces
        .iter()
        .map(|(&piece, &count)| ColumnLoad { piece: s.pieces[piece].name.clone(), count });
    (Column { id, marches, load: load.collect() }, clears)
}

/// Returns how long a column takes on a road, the border post on it included (model.md, C20 and C21).
fn march_time(road: &Road, vehicles: i64) -> Duration {
    let drive = road.rate.time_for(road.distance).unwrap_or(Duration::ZERO);
    let post = road.border.as_ref().map_or(0, |post| {
        let rate = post.vehicles_per_hour.max(1);
        (vehicles * 60 + rate - 1) / rate
    });
    drive + Duration::from_minutes(post)
}
