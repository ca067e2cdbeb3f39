//! Writes a state as a plan: names instead of ids, everything in the order of time.

use crate::construct::State;
use crate::objective::objective;
use crate::solve::Request;
use exeunt_model::plan::{
    Column, ColumnLoad, Epochs, Handover, Line, Load, March, PLAN_FORMAT, Plan, Service, Sortie,
    Unmoved,
};
use exeunt_model::{Id, PieceId, Rule, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the plan of a finished state.
pub(crate) fn write(state: &State<'_>, request: &Request<'_>, epochs: Epochs) -> Plan {
    let frozen = request.frozen;
    let (levels, objective) = objective(state);
    Plan {
        format: PLAN_FORMAT,
        scenario_hash: state.s.hash.clone(),
        seed: request.seed,
        lanes: request.lanes,
        epochs,
        lines: lines(state, frozen),
        columns: columns(state, frozen),
        handovers: handovers(state),
        unmoved: unmoved(state),
        choices: Vec::new(),
        bounds: vec![None; levels.len()],
        proof: None,
        levels,
        objective,
    }
}

/// Hands out ids that the frozen plan does not use, in the order of time.
struct Names {
    prefix: char,
    next: usize,
    taken: BTreeSet<String>,
}

impl Names {
    fn next(&mut self) -> String {
        loop {
            self.next += 1;
            let name = format!("{}{:03}", self.prefix, self.next);
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }
}

fn lines(state: &State<'_>, frozen: Option<&Plan>) -> Vec<Line> {
    let s = state.s;
    let given = |at: (usize, usize)| frozen.map(|plan| plan.lines[at.0].sorties[at.1].clone());
    let taken = frozen.iter().flat_map(|plan| &plan.lines).flat_map(|line| &line.sorties);
    let taken = taken.map(|sortie| sortie.id.clone()).collect();
    let mut names = Names { prefix: 'S', next: 0, taken };
    let mut order: Vec<(Timestamp, usize, usize)> = Vec::new();
    for (t, tail) in state.tails.iter().enumerate() {
        for (f, flight) in tail.flights.iter().enumerate().filter(|(_, f)| f.given.is_none()) {
            order.push((flight.departs, t, f));
        }
    }
    order.sort();
    let ids: BTreeMap<(usize, usize), String> =
        order.iter().map(|&(_, t, f)| ((t, f), names.next())).collect();
    let mut lines = Vec::new();
    for (t, tail) in state.tails.iter().enumerate().filter(|(_, tail)| !tail.flights.is_empty()) {
        let aircraft = &s.types[tail.carrier.aircraft];
        let service = |times: Option<(Timestamp, Timestamp)>| {
            times.map(|(starts, ends)| Service { starts, ends })
        };
        let sorties = tail.flights.iter().enumerate().map(|(f, flight)| {
            flight.given.and_then(given).unwrap_or_else(|| Sortie {
                id: ids[&(t, f)].clone(),
                from: s.places[flight.from].name.clone(),
                to: s.places[flight.to].name.clone(),
                leg: flight.leg.map(|leg| s.air_legs[leg].name.clone()),
                config: aircraft.configurations[flight.config].name.clone(),
                departs: flight.departs,
                lands: flight.lands,
                loading: service(flight.loading),
                unloading: service(flight.unloading),
                crew: None,
                load: flight
                    .load
                    .iter()
                    .map(|&(piece, count, zone)| Load {
                        piece: s.pieces[piece].name.clone(),
                        count,
                        zone: zone
                            .map(|z| aircraft.configurations[flight.config].zones[z].name.clone()),
                        x_mm: None,
                        y_mm: None,
                        turned: None,
                    })
                    .collect(),
            })
        });
        lines.push(Line { tail: s.tails[tail.tail].name.clone(), sorties: sorties.collect() });
    }
    lines
}

fn columns(state: &State<'_>, frozen: Option<&Plan>) -> Vec<Column> {
    let s = state.s;
    let taken = frozen.iter().flat_map(|plan| &plan.columns).map(|c| c.id.clone()).collect();
    let mut names = Names { prefix: 'C', next: 0, taken };
    let mut order: Vec<usize> = (0..state.columns.len()).collect();
    order.sort_by_key(|&c| (state.columns[c].departs(), c));
    let write = |c: usize| {
        let column = &state.columns[c];
        if let (Some(n), Some(plan)) = (column.given, frozen) {
            return plan.columns[n].clone();
        }
        let marches = column.marches.iter().map(|&(road, from, to, departs, arrives)| March {
            road: s.roads[road].name.clone(),
            from: s.places[from].name.clone(),
            to: s.places[to].name.clone(),
            departs,
            arrives,
        });
        let load = column
            .load
            .iter()
            .map(|&(piece, count)| ColumnLoad { piece: s.pieces[piece].name.clone(), count });
        Column { id: names.next(), marches: marches.collect(), load: load.collect() }
    };
    order.into_iter().map(write).collect()
}

fn handovers(state: &State<'_>) -> Vec<Handover> {
    let mut handovers: Vec<(Timestamp, usize, Handover)> = state
        .s
        .steps
        .iter()
        .filter_map(|(id, step)| {
            let (starts, ends) = state.handovers.times[id.index()]?;
            Some((starts, id.index(), Handover { step: step.name.clone(), starts, ends }))
        })
        .collect();
    handovers.sort_by_key(|(starts, step, _)| (*starts, *step));
    handovers.into_iter().map(|(.., handover)| handover).collect()
}

fn unmoved(state: &State<'_>) -> Vec<Unmoved> {
    let mut joined: BTreeMap<(PieceId, Rule, &str), i64> = BTreeMap::new();
    for (piece, count, why) in &state.unmoved {
        *joined.entry((*piece, why.rule, why.reason.as_str())).or_default() += count;
    }
    let row = |((piece, rule, reason), count): ((PieceId, Rule, &str), i64)| Unmoved {
        piece: state.s.pieces[piece].name.clone(),
        count,
        rule: rule.id().to_owned(),
        reason: reason.to_owned(),
    };
    joined.into_iter().map(row).collect()
}
