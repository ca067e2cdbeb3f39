//! Clearances of states: C26 (model.md section 5).

use crate::facts::Facts;
use crate::report::Report;
use crate::resolved::{Drive, Flight, Named, RoadLeg};
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Clearance, ClearanceKind};
use exeunt_model::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// C26: no leg over or into a foreign state and no border crossing without a valid clearance.
pub(crate) fn check_c26_clearances(facts: &Facts, report: &mut Report) {
    let clearances = Clearances::of(facts);
    for flight in &facts.resolved.flights {
        check_flight(facts, flight, &clearances, report);
    }
    for column in &facts.resolved.columns {
        for march in &column.marches {
            check_crossing(facts, column, march, &clearances, report);
        }
    }
}

/// What needs a clearance.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Needs {
    /// An overflight on a leg.
    Leg(LegId),
    /// A landing.
    Field(PlaceId),
    /// A crossing on a road.
    Road(RoadId),
}

/// Granted clearances by state and carrier.
pub(crate) struct Clearances<'a> {
    rows: BTreeMap<(&'a str, PartyId), Vec<&'a Clearance>>,
}

impl<'a> Clearances<'a> {
    pub(crate) fn of(facts: &Facts<'a>) -> Self {
        let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, row) in facts.scenario.clearances.iter().filter(|(_, row)| row.granted) {
            rows.entry((row.state.as_str(), row.carrier)).or_default().push(row);
        }
        Self { rows }
    }

    /// Goes through the granted clearances of a state for a carrier that cover what needs one.
    pub(crate) fn covering(
        &self,
        state: &str,
        carrier: PartyId,
        needs: Needs,
    ) -> impl Iterator<Item = &'a Clearance> + use<'a> {
        let rows: Vec<&'a Clearance> =
            self.rows.get(&(state, carrier)).map(Vec::as_slice).unwrap_or_default().to_vec();
        rows.into_iter().filter(move |row| match (needs, row.kind) {
            (Needs::Leg(leg), ClearanceKind::Overflight) => row.legs.contains(&leg),
            (Needs::Field(field), ClearanceKind::Landing) => row.fields.contains(&field),
            (Needs::Road(road), ClearanceKind::Border) => row.roads.contains(&road),
            _ => false,
        })
    }

    /// Returns whether one of them is valid from `from` to `to` and was asked for in time.
    fn allows(
        &self,
        state: &str,
        carrier: PartyId,
        needs: Needs,
        from: Timestamp,
        to: Timestamp,
    ) -> bool {
        self.covering(state, carrier, needs).any(|row| {
            let is_valid = row.valid.is_some_and(|valid| valid.covers(from, to));
            let in_time = row.asked.is_none_or(|asked| asked + row.lead <= from);
            is_valid && in_time
        })
    }
}

/// Returns the foreign states that must clear a sortie, each with what they must clear.
pub(crate) fn needs_of<'a>(facts: &Facts<'a>, flight: &Flight) -> Vec<(&'a str, Needs)> {
    let owner = facts.scenario.tails[flight.tail].owner;
    let own = facts.scenario.parties[owner].state.as_str();
    let mut needs = Vec::new();
    if let Named::Known(leg) = flight.leg {
        for state in &facts.scenario.air_legs[leg].states {
            needs.push((state.as_str(), Needs::Leg(leg)));
        }
    }
    let landing = facts.scenario.places[flight.to].state.as_str();
    needs.push((landing, Needs::Field(flight.to)));
    needs.retain(|&(state, _)| state != own);
    needs
}

fn check_flight(facts: &Facts, flight: &Flight, clearances: &Clearances, report: &mut Report) {
    let row = flight.row;
    let owner = facts.scenario.tails[flight.tail].owner;
    for (state, needs) in needs_of(facts, flight) {
        if clearances.allows(state, owner, needs, row.departs, row.lands) {
            continue;
        }
        let what = match needs {
            Needs::Leg(leg) => format!("to overfly on leg `{}`", facts.scenario.air_legs[leg].name),
            Needs::Field(field) => format!("to land at {}", facts.place(field)),
            Needs::Road(road) => format!("to cross on road `{}`", facts.scenario.roads[road].name),
        };
        let message = format!(
            "{} has no clearance of {state} {what} from {} to {}",
            facts.scenario.parties[owner].name, row.departs, row.lands
        );
        report.broken(Rule::C26, flight.object(), Some(row.departs), message);
    }
}

/// Returns the states whose clearance a march on a road with a border needs; empty without a border.
pub(crate) fn border_states<'a>(facts: &Facts<'a>, march: &RoadLeg) -> Vec<&'a str> {
    let Some(road) = march.road.map(|road| &facts.scenario.roads[road]) else { return Vec::new() };
    if road.border.is_none() {
        return Vec::new();
    }
    let [one, other] = [road.from, road.to].map(|end| facts.scenario.places[end].state.as_str());
    if one == other { vec![one] } else { vec![one, other] }
}

fn check_crossing(
    facts: &Facts,
    column: &Drive,
    march: &RoadLeg,
    clearances: &Clearances,
    report: &mut Report,
) {
    let Some(road) = march.road else { return };
    let (departs, arrives) = (march.row.departs, march.row.arrives);
    let parties: BTreeSet<PartyId> =
        column.load.iter().map(|&(piece, _)| facts.party_of(piece)).collect();
    for state in border_states(facts, march) {
        for &party in &parties {
            if !clearances.allows(state, party, Needs::Road(road), departs, arrives) {
                let message = format!(
                    "{} has no clearance of {state} to cross on road `{}` from {departs} to \
                     {arrives}",
                    facts.scenario.parties[party].name, facts.scenario.roads[road].name
                );
                report.broken(Rule::C26, column.object(), Some(departs), message);
            }
        }
    }
}
