//! The frozen part: what is past or under way stands in the plan unchanged, and the rest is planned around it (C24).

use crate::airlift::Flight;
use crate::bookings::{Use, Used};
use crate::construct::{Group, State, Trip};
use crate::march::ColumnDraft;
use exeunt_model::plan::{Column, Plan, Sortie};
use exeunt_model::scenario::{Mode, Scenario};
use exeunt_model::{Duration, Id, PieceId, PlaceId, RoadId, StepId, TailId, Timestamp, formula};
use std::collections::BTreeMap;

/// A frozen plan with its names resolved.
#[derive(Debug, Clone)]
pub(crate) struct Frozen {
    pub(crate) starts: BTreeMap<StepId, Timestamp>,
    lines: Vec<(TailId, Vec<Flight>)>,
    columns: Vec<ColumnDraft>,
}

impl Frozen {
    /// Resolves a frozen plan; the error names what the scenario does not have.
    pub(crate) fn resolve(s: &Scenario, plan: &Plan) -> Result<Self, String> {
        let mut frozen = Self { starts: BTreeMap::new(), lines: Vec::new(), columns: Vec::new() };
        for given in &plan.handovers {
            let step = s.steps.find(|step| step.name == given.step);
            let step = step.ok_or_else(|| unknown("step", &given.step))?;
            frozen.starts.insert(step, given.starts);
        }
        for (l, line) in plan.lines.iter().enumerate() {
            let tail = s.tail(&line.tail).ok_or_else(|| unknown("tail", &line.tail))?;
            let flights = line.sorties.iter().enumerate();
            let flights = flights.map(|(n, sortie)| flight(s, tail, sortie, (l, n)));
            frozen.lines.push((tail, flights.collect::<Result<_, _>>()?));
        }
        for (n, given) in plan.columns.iter().enumerate() {
            frozen.columns.push(column(s, given, n)?);
        }
        Ok(frozen)
    }

    /// Books everything frozen and takes it from the lots.
    pub(crate) fn apply(&self, state: &mut State<'_>) {
        let mut onward: Vec<ColumnDraft> = Vec::new();
        for column in &self.columns {
            state.bookings.book(&column.uses);
            if !apply_approach(state, column) {
                onward.push(column.clone());
            }
            state.columns.push(column.clone());
        }
        for (tail, flights) in &self.lines {
            apply_line(state, *tail, flights, &mut onward);
        }
    }
}

fn unknown(kind: &str, name: &str) -> String {
    format!("the frozen plan names {kind} `{name}`, which the scenario does not have")
}

fn piece(s: &Scenario, name: &str) -> Result<PieceId, String> {
    s.pieces.find(|piece| piece.name == name).ok_or_else(|| unknown("piece", name))
}

fn flight(
    s: &Scenario,
    tail: TailId,
    sortie: &Sortie,
    given: (usize, usize),
) -> Result<Flight, String> {
    let aircraft = &s.types[s.tails[tail].aircraft];
    let place = |name: &str| s.place(name).ok_or_else(|| unknown("place", name));
    let config = aircraft.configurations.iter().position(|c| c.name == sortie.config);
    let config = config.ok_or_else(|| unknown("configuration", &sortie.config))?;
    let leg = match &sortie.leg {
        None => None,
        Some(name) => {
            let leg = s.air_legs.find(|leg| leg.name == *name);
            Some(leg.ok_or_else(|| unknown("air leg", name))?)
        }
    };
    let mut load = Vec::new();
    for entry in &sortie.load {
        let zone = entry.zone.as_ref().map(|zone| {
            let zones = &aircraft.configurations[config].zones;
            zones.iter().position(|z| z.name == *zone).ok_or_else(|| unknown("zone", zone))
        });
        load.push((piece(s, &entry.piece)?, entry.count, zone.transpose()?));
    }
    Ok(Flight {
        leg,
        from: place(&sortie.from)?,
        to: place(&sortie.to)?,
        config,
        departs: sortie.departs,
        lands: sortie.lands,
        loading: sortie.loading.map(|service| (service.starts, service.ends)),
        unloading: sortie.unloading.map(|service| (service.starts, service.ends)),
        load,
        given: Some(given),
    })
}

fn column(s: &Scenario, given: &Column, n: usize) -> Result<ColumnDraft, String> {
    let mut draft = ColumnDraft {
        marches: Vec::new(),
        load: Vec::new(),
        clears: s.operation.start,
        left_host: None,
        uses: Vec::new(),
        given: Some(n),
    };
    for load in &given.load {
        draft.load.push((piece(s, &load.piece)?, load.count));
    }
    let items: i64 = draft.load.iter().map(|(p, n)| s.pieces[*p].items_each() * n).sum();
    for march in &given.marches {
        let road: RoadId = s
            .roads
            .find(|road| road.name == march.road)
            .ok_or_else(|| unknown("road", &march.road))?;
        let place = |name: &str| s.place(name).ok_or_else(|| unknown("place", name));
        let (from, to) = (place(&march.from)?, place(&march.to)?);
        let row = &s.roads[road];
        let density = s.operation.march_density_per_km;
        let pass = formula::pass_time(items.max(1), density, row.rate, Duration::ZERO);
        let pass = pass.unwrap_or(Duration::ZERO);
        if let Some(headway) = row.headway {
            let until = march.departs + pass + headway;
            draft.uses.push(Use { what: Used::Road(road), from: march.departs, to: until });
        }
        if row.border.is_some() {
            let what = Used::Post(road);
            draft.uses.push(Use { what, from: march.departs, to: march.arrives });
        }
        if s.is_in_host(from) && !s.is_in_host(to) {
            draft.left_host = Some(march.arrives);
        }
        draft.clears = march.arrives + pass;
        draft.marches.push((road, from, to, march.departs, march.arrives));
    }
    if draft.marches.is_empty() {
        return Err(format!("the frozen column `{}` has no march", given.id));
    }
    Ok(draft)
}

/// Takes a column that leaves its elements' origin; returns whether it was one.
fn apply_approach(state: &mut State<'_>, column: &ColumnDraft) -> bool {
    let s = state.s;
    let (start, end) = (column.marches[0].1, column.marches[column.marches.len() - 1].2);
    let mut approach = false;
    for &(piece, count) in &column.load {
        let element = s.pieces[piece].element;
        let row = &s.elements[element];
        if row.origin != start {
            continue;
        }
        approach = true;
        let lot = &mut state.lots[element.index()];
        if let Some(left) = lot.at_origin.get_mut(&piece) {
            *left -= count;
        }
        lot.at_origin.retain(|_, left| *left > 0);
        if row.mode == Mode::Road {
            lot.done = lot.at_origin.is_empty();
            state.record(Trip {
                element,
                piece,
                count,
                left_site: column.departs(),
                left_host: column.left_host.unwrap_or(column.departs()),
                home_airfield: column.clears,
                home_base: column.clears,
            });
        } else {
            let staging =
                s.places[end].airfield.as_ref().map_or(Duration::ZERO, |f| f.staging_time);
            lot.waiting.push(Group {
                ready: column.clears + staging,
                clears: column.clears,
                left_site: Some(column.departs()),
                left_host: column.left_host,
                counts: BTreeMap::from([(piece, count)]),
            });
            state.book_staging(end, piece, count, column.clears, Timestamp::MAX);
        }
    }
    approach
}

fn apply_line(
    state: &mut State<'_>,
    tail: TailId,
    flights: &[Flight],
    onward: &mut Vec<ColumnDraft>,
) {
    let s = state.s;
    let row = &s.tails[tail];
    let aircraft = &s.types[row.aircraft];
    let stand =
        |place: PlaceId, from, to| Use { what: Used::Stand(place, aircraft.stand), from, to };
    let mut uses = Vec::new();
    let mut boarded: BTreeMap<PieceId, (Timestamp, PlaceId)> = BTreeMap::new();
    for (n, flight) in flights.iter().enumerate() {
        let slot = |p: PlaceId| s.places[p].airfield.as_ref().map_or(Duration::ZERO, |f| f.slot);
        for (place, at) in [(flight.from, flight.departs), (flight.to, flight.lands)] {
            uses.push(Use { what: Used::Slot(place), from: at, to: at + slot(place) });
        }
        if let Some((from, to)) = flight.loading {
            let what = Used::Handling(flight.from, aircraft.handling_teams);
            uses.push(Use { what, from, to });
            uses.push(Use { what: Used::HostCheck(flight.from), from, to });
            if flight.from == row.base {
                uses.push(stand(flight.from, from, flight.departs));
            }
        }
        if let Some((from, to)) = flight.unloading {
            let what = Used::Handling(flight.to, aircraft.handling_teams);
            uses.push(Use { what, from, to });
        }
        match flights.get(n + 1) {
            _ if flight.to == row.base => {
                let end = flight.unloading.map_or(flight.lands, |service| service.1);
                uses.push(stand(flight.to, flight.lands, end));
            }
            Some(next) => uses.push(stand(flight.to, flight.lands, next.departs)),
            None => {}
        }
        for &(piece, ..) in &flight.load {
            boarded.entry(piece).or_insert((flight.departs, flight.from));
        }
        if let Some((_, unloaded)) = flight.unloading {
            deliver(state, flight, unloaded, &mut boarded, onward);
        }
        let last = &mut state.bookings.last_departure[flight.from.index()];
        *last = flight.departs.max(*last);
    }
    state.bookings.book(&uses);
    let tail_state = &mut state.tails[tail.index()];
    tail_state.flights = flights.to_vec();
    if let Some(last) = flights.last()
        && last.to != row.base
    {
        let from = last.unloading.map_or(last.lands, |service| service.1);
        tail_state.end_uses = vec![stand(last.to, from, Timestamp::MAX)];
        let whole = [stand(last.to, last.lands, Timestamp::MAX)];
        state.bookings.book(&whole);
    }
}

/// Takes what a flight delivers from the lots and records its journey.
fn deliver(
    state: &mut State<'_>,
    flight: &Flight,
    unloaded: Timestamp,
    boarded: &mut BTreeMap<PieceId, (Timestamp, PlaceId)>,
    onward: &mut Vec<ColumnDraft>,
) {
    let mut here: Vec<ColumnDraft> = Vec::new();
    onward.retain(|column| {
        let mine = column.marches[0].1 == flight.to
            && column.departs() >= unloaded
            && column.load.iter().all(|(p, _)| flight.load.iter().any(|load| load.0 == *p));
        if mine {
            here.push(column.clone());
        }
        !mine
    });
    let chalk = crate::hold::Chalk {
        config: flight.config,
        load: flight.load.clone(),
        ..crate::hold::Chalk::default()
    };
    if here.is_empty() {
        // the rest of the way is not frozen: plan it, as far as it goes
        here = state.onward(&chalk, flight.to, unloaded, Timestamp::MIN).unwrap_or_default();
        state.columns.extend(here.iter().cloned());
    }
    let (departs, embark) = flight
        .load
        .first()
        .and_then(|load| boarded.get(&load.0))
        .copied()
        .unwrap_or((flight.departs, flight.from));
    let trips = state.board(&chalk, embark, flight.to, departs, flight.lands, unloaded, &here);
    for trip in trips {
        state.record(trip);
    }
    boarded.clear();
}
