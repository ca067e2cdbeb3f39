//! The frozen part: what is past or under way stands in the plan unchanged, and the rest is planned around it (C24).

use crate::airlift::{Flight, NotBefore};
use crate::bookings::{Use, Used};
use crate::construct::{Group, State};
use crate::convoy;
use crate::hold::Chalk;
use crate::join::rides;
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
            let flights: Vec<Flight> = flights.collect::<Result<_, _>>()?;
            if let (Some(flight), Some(sortie)) = (flights.last(), line.sorties.last())
                && !flight.load.is_empty()
                && (flight.unloading.is_none() || flies_on(s, flight))
            {
                return Err(format!(
                    "the frozen plan leaves pieces on board of tail `{}` after its sortie `{}`: it has to hold the sorties up to their unloading",
                    line.tail, sortie.id
                ));
            }
            frozen.lines.push((tail, flights));
        }
        for (n, given) in plan.columns.iter().enumerate() {
            frozen.columns.push(column(s, given, n)?);
        }
        Ok(frozen)
    }

    /// Books everything frozen, takes it from the lots, and brings home what has no next flight.
    pub(crate) fn apply(&self, state: &mut State<'_>) {
        state.is_frozen_in_part = true;
        self.end_escorts(state);
        let mut onward: Vec<ColumnDraft> = Vec::new();
        for column in &self.columns {
            state.bookings.book(&column.uses);
            if !apply_approach(state, column) {
                onward.push(column.clone());
            }
            state.columns.push(column.clone());
        }
        onward.sort_by_key(ColumnDraft::departs);
        let mut deliveries: Vec<(Timestamp, Delivery<'_>)> = Vec::new();
        for (tail, flights) in &self.lines {
            apply_line(state, *tail, flights);
            deliveries.extend(deliveries_of(state.s, flights));
        }
        deliveries.sort_by_key(|(unloaded, _)| *unloaded);
        for (unloaded, delivery) in deliveries {
            deliver(state, &delivery, unloaded, &mut onward);
        }
        self.end_provision(state);
        let mut ends: Vec<(Timestamp, TailId)> = self
            .lines
            .iter()
            .filter_map(|(tail, flights)| Some((free_from(flights.last()?), *tail)))
            .collect();
        ends.sort();
        for (end, tail) in ends {
            state.bring_home(tail, end);
        }
    }
}

impl Frozen {
    /// Ends the escorts of those who leave their origin.
    fn end_escorts(&self, state: &mut State<'_>) {
        let s = state.s;
        let from_origin =
            |piece: PieceId, from: PlaceId| s.elements[s.pieces[piece].element].origin == from;
        for column in &self.columns {
            let from = column.marches[0].1;
            for (piece, _) in column.load.iter().filter(|load| from_origin(load.0, from)) {
                state.leave(s.pieces[*piece].element, column.departs());
            }
        }
        for flight in self.lines.iter().flat_map(|(_, flights)| flights) {
            let Some((loading, _)) = flight.loading else { continue };
            for (piece, ..) in flight.load.iter().filter(|load| from_origin(load.0, flight.from)) {
                state.leave(s.pieces[*piece].element, loading);
            }
        }
    }

    /// Takes the capacity of providers that have left: at their first loading, or at take-off if nobody
    /// leaves the field after them.
    fn end_provision(&self, state: &mut State<'_>) {
        let s = state.s;
        let flights = || self.lines.iter().flat_map(|(_, flights)| flights);
        for element in s.elements.ids() {
            let mine = |f: &&Flight| f.load.iter().any(|load| s.pieces[load.0].element == element);
            let boarding = |f: &&Flight| mine(f) && f.loading.is_some();
            let Some(first) = flights().filter(boarding).min_by_key(|f| f.loading) else {
                continue;
            };
            let Some((loading, _)) = first.loading else { continue };
            let last = state.is_last_of(first.from, &BTreeMap::new())
                && state.bookings.last_departure[first.from.index()] <= first.departs;
            let field = first.from;
            state.bookings.shift_provided(s, element, loading, -1);
            let what = Used::Handling(field, 0);
            let short = Use { what, from: loading, to: first.departs };
            let kept = s.resources.rows.iter().any(|r| {
                let gives = r.capacity.iter().any(|c| c.provided_by == Some(element));
                r.place == Some(field) && r.keep > 0 && gives
            });
            if last || kept || state.bookings.blocked_until(short).is_some() {
                // it loads itself or keeps the field open, so it is the last to leave: nobody follows
                state.bookings.shift_provided(s, element, loading, 1);
                state.bookings.shift_provided(s, element, first.departs, -1);
                let closed = &mut state.bookings.closed_from[field.index()];
                *closed = first.departs.min(*closed);
            }
        }
    }
}

/// What rides from boarding to unloading.
struct Delivery<'a> {
    load: Vec<(PieceId, i64, Option<usize>)>,
    /// The flight after which it is unloaded.
    flight: &'a Flight,
    departs: Timestamp,
    embark: PlaceId,
    /// Leaves the host; as `departs`, if it does not.
    exits: Timestamp,
}

fn deliveries_of<'a>(s: &Scenario, flights: &'a [Flight]) -> Vec<(Timestamp, Delivery<'a>)> {
    let counts = |flight: &Flight| {
        let mut counts: BTreeMap<PieceId, i64> = BTreeMap::new();
        for &(piece, count, _) in &flight.load {
            *counts.entry(piece).or_default() += count;
        }
        counts
    };
    let delivery = |((first, last), load): ((usize, usize), Vec<(PieceId, i64)>)| {
        let (boards, flight) = (&flights[first], &flights[last]);
        let leaves = |f: &&Flight| s.is_in_host(f.from) && !s.is_in_host(f.to);
        let exit = flights[first..=last].iter().rfind(leaves);
        let (departs, embark) = (boards.departs, boards.from);
        let exits = exit.map_or(departs, |f| f.departs);
        let load = load.into_iter().map(|(piece, count)| (piece, count, None)).collect();
        let (_, unloaded) = flight.unloading?;
        Some((unloaded, Delivery { load, flight, departs, embark, exits }))
    };
    let rides = rides(&flights.iter().map(counts).collect::<Vec<_>>());
    rides.into_iter().filter_map(delivery).collect()
}

/// Says whether some of what is on board leaves at the field where the flight ends and some flies on to its own.
fn flies_on(s: &Scenario, flight: &Flight) -> bool {
    let ends = |row: &(PieceId, i64, Option<usize>)| match s.elements[s.pieces[row.0].element].mode
    {
        Mode::Air { debark, .. } => debark == flight.to,
        Mode::Road => true,
    };
    flight.load.iter().any(ends) && !flight.load.iter().all(ends)
}

fn free_from(flight: &Flight) -> Timestamp {
    flight.unloading.map_or(flight.lands, |service| service.1)
}

fn unknown(kind: &str, name: &str) -> String {
    format!("the frozen plan names {kind} `{name}`, which the scenario does not have")
}

/// Finds the piece of a load, and refuses more of it than there is, or fewer than one.
fn piece(s: &Scenario, name: &str, count: i64) -> Result<PieceId, String> {
    let id = s.pieces.find(|piece| piece.name == name).ok_or_else(|| unknown("piece", name))?;
    let there = s.pieces[id].count;
    match (1..=there).contains(&count) {
        true => Ok(id),
        false => Err(format!(
            "the frozen plan moves {count} of piece `{name}`, of which the scenario has {there}"
        )),
    }
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
        load.push((piece(s, &entry.piece, entry.count)?, entry.count, zone.transpose()?));
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
        number: None,
    };
    for load in &given.load {
        draft.load.push((piece(s, &load.piece, load.count)?, load.count));
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
    let escorts = convoy::escorts(s, &draft.marches, items.max(1));
    draft.uses.extend(escorts.into_iter().map(|(_, u)| u));
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
            state.record_road(element, &BTreeMap::from([(piece, count)]), column);
        } else {
            let staging =
                s.places[end].airfield.as_ref().map_or(Duration::ZERO, |f| f.staging_time);
            lot.waiting.push(Group {
                ready: column.clears + staging,
                clears: column.clears,
                left_site: Some(column.departs()),
                left_host: column.left_host,
                column: None,
                counts: BTreeMap::from([(piece, count)]),
            });
            state.book_staging(end, piece, count, column.clears, Timestamp::MAX);
        }
    }
    approach
}

/// Books what a line's flights use; the stand after the last is left to whoever brings it home.
fn apply_line(state: &mut State<'_>, tail: TailId, flights: &[Flight]) {
    let s = state.s;
    let row = &s.tails[tail];
    let aircraft = &s.types[row.aircraft];
    let stand =
        |place: PlaceId, from, to| Use { what: Used::Stand(place, aircraft.stand), from, to };
    let slot = |p: PlaceId| s.places[p].airfield.as_ref().map_or(Duration::ZERO, |f| f.slot);
    let mut uses = Vec::new();
    for (n, flight) in flights.iter().enumerate() {
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
        let leaves = match flights.get(n + 1) {
            Some(next) if flight.to != row.base => next.departs,
            _ => free_from(flight),
        };
        uses.push(stand(flight.to, flight.lands, leaves));
        let last = &mut state.bookings.last_departure[flight.from.index()];
        *last = flight.departs.max(*last);
    }
    state.bookings.book(&uses);
    state.tails[tail.index()].flights = flights.to_vec();
}

/// Takes what a flight delivers from the lots and records its journey; frozen columns carry it on in the
/// order of time, what they do not carry marches on as planned now.
fn deliver(
    state: &mut State<'_>,
    delivery: &Delivery<'_>,
    unloaded: Timestamp,
    onward: &mut [ColumnDraft],
) {
    let s = state.s;
    let &Delivery { ref load, flight, departs, embark, exits } = delivery;
    let mut chalk = Chalk { config: flight.config, load: load.clone(), ..Chalk::default() };
    let mut carried: Vec<ColumnDraft> = Vec::new();
    for entry in &mut chalk.load {
        for column in onward.iter_mut() {
            if column.marches[0].1 != flight.to || column.departs() < unloaded {
                continue;
            }
            let Some(at) = column.load.iter().position(|load| load.0 == entry.0) else { continue };
            let part = column.load[at].1.min(entry.1);
            column.load[at].1 -= part;
            entry.1 -= part;
            if part > 0 {
                carried.push(ColumnDraft { load: vec![(entry.0, part)], ..column.clone() });
            }
        }
    }
    chalk.load.retain(|entry| entry.1 > 0);
    let mut bounds = NotBefore::start(Timestamp::MIN);
    state.hold_for_spread(&state.leaving(&chalk), &mut bounds);
    let rest = state.onward(&chalk, flight.to, unloaded, &bounds).unwrap_or_default();
    state.columns.extend(rest.iter().cloned());
    carried.extend(rest);
    chalk.load.clone_from(load);
    // what goes no further than the field has arrived with its unloading
    let home = |piece: PieceId| s.elements[s.pieces[piece].element].destination == flight.to;
    let (here, beyond): (Vec<_>, Vec<_>) = chalk.load.into_iter().partition(|entry| home(entry.0));
    for (load, columns) in [(here, Vec::new()), (beyond, carried)] {
        let chalk = Chalk { config: flight.config, load, ..Chalk::default() };
        let (ends, leaves) = ((embark, flight.to), (departs, exits));
        let trips = state.board(&chalk, ends, leaves, flight.lands, unloaded, &columns);
        for trip in trips {
            state.record(trip);
        }
    }
}
