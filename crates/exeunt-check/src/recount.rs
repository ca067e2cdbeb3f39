//! Residual capability recounted by following every item to the moment asked (model.md section 12), and the last
//! moment of a stop found by trying the stops one after the other. Slow and plain: it tests what the planner's side counts.

use crate::facts::Facts;
use crate::journey::{self, By, Group, Journeys, Move};
use crate::report::Report;
use exeunt_model::ids::*;
use exeunt_model::plan::Plan;
use exeunt_model::residual::{LastStop, Residual, Strength};
use exeunt_model::scenario::{MandateKind, PieceKind, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeSet;

/// Recounts the residual capability at a moment.
pub fn at(scenario: &Scenario, plan: &Plan, t: Timestamp) -> Residual {
    let mut report = Report::default();
    let scenario = &*scenario.resolved(&plan.choices);
    let facts = Facts::derive(scenario, plan, None, None, &mut report);
    let journeys = journey::follow_those(scenario, &facts.resolved, |by| by.leaves <= t);
    let now = Now { facts: &facts, journeys: &journeys, t };
    let mut strength: Vec<Strength> = Vec::new();
    for party in scenario.parties.ids().filter(|&party| scenario.is_of_force(party)) {
        let mut row = Strength { party, people: 0, vehicles: 0 };
        for group in journeys.groups.iter().filter(|group| facts.party_of(group.piece) == party) {
            if now.is_in_host(group) {
                row.people += facts.people(group);
                let is_vehicle = scenario.pieces[group.piece].kind == PieceKind::Vehicle;
                row.vehicles += if is_vehicle { group.count } else { 0 };
            }
        }
        strength.push(row);
    }
    let guarded = scenario.sites.ids().filter(|&site| {
        let handed_over = facts.site_ends[site.index()].is_some_and(|end| end <= t);
        !handed_over && now.people_at(scenario.sites[site].place) >= needed(scenario, site)
    });
    let guarded = guarded.collect();
    let first_back = journeys.groups.iter().filter_map(|group| now.time_back(group)).min();
    Residual { at: t, strength, guarded, first_back }
}

/// Finds for each task of the mandate the last moment at which a stop keeps its sites.
pub fn last_stops(scenario: &Scenario, plan: &Plan) -> Vec<LastStop> {
    let mut report = Report::default();
    let scenario = &*scenario.resolved(&plan.choices);
    let facts = Facts::derive(scenario, plan, None, None, &mut report);
    let mut starts: BTreeSet<Timestamp> = facts.journeys.moves.iter().map(|by| by.leaves).collect();
    starts.extend(plan.handovers.iter().map(|held| held.starts));
    let mut stops = Vec::new();
    for (task, row) in scenario.mandate.iter() {
        let MandateKind::Task(sites) = &row.kind else { continue };
        let lost = sites.iter().filter_map(|&site| Some((lost_from(&facts, &starts, site)?, site)));
        let mut losses: Vec<_> = lost.collect();
        losses.sort_unstable();
        stops.push(LastStop { task, losses });
    }
    stops
}

/// Returns the last stop that still keeps a site; none if no stop is too late, or the site is never guarded.
fn lost_from(facts: &Facts, starts: &BTreeSet<Timestamp>, site: SiteId) -> Option<Timestamp> {
    let mut kept_before = false;
    let never = Timestamp::MAX;
    let mut last = None;
    for &stop in starts.iter().chain([&never]) {
        let keeps = is_kept(facts, site, stop);
        if kept_before && !keeps {
            return last;
        }
        kept_before |= keeps;
        last = Some(stop);
    }
    None
}

/// Says whether a site is guarded in the end when nothing starts from `stop` on.
fn is_kept(facts: &Facts, site: SiteId, stop: Timestamp) -> bool {
    let scenario = facts.scenario;
    let steps: Vec<StepId> =
        scenario.steps.iter().filter(|(_, step)| step.site == site).map(|(id, _)| id).collect();
    let started = |step: &StepId| {
        let held = facts.row_of_step[step.index()];
        held.is_some_and(|held| facts.plan.handovers[held].starts < stop)
    };
    if !steps.is_empty() && steps.iter().all(started) {
        return false;
    }
    let journeys = journey::follow_those(scenario, &facts.resolved, |by| by.leaves < stop);
    let end = Now { facts, journeys: &journeys, t: Timestamp::MAX };
    end.people_at(scenario.sites[site].place) >= needed(scenario, site)
}

/// Returns the people who guard a site at least.
fn needed(scenario: &Scenario, site: SiteId) -> i64 {
    scenario.sites[site].min_guard.max(1)
}

/// The items as they are at a moment.
struct Now<'a> {
    facts: &'a Facts<'a>,
    /// Made of the moves that have begun.
    journeys: &'a Journeys,
    t: Timestamp,
}

impl Now<'_> {
    fn last_move(&self, group: &Group) -> Option<&Move> {
        group.last_move.map(|position| &self.journeys.moves[position])
    }

    fn is_in_host(&self, group: &Group) -> bool {
        match self.last_move(group) {
            Some(Move { leaves_host: Some(out), .. }) => self.t < *out,
            Some(Move { enters_host: Some(entered), .. }) => *entered <= self.t,
            _ => self.facts.scenario.is_in_host(group.place),
        }
    }

    /// Returns the people of the force who are at a place, not on the way to or from it.
    fn people_at(&self, place: PlaceId) -> i64 {
        let there = self.journeys.groups.iter().filter(|group| {
            let is_there = group.available.is_none_or(|available| available <= self.t);
            let of_force = self.facts.scenario.is_of_force(self.facts.party_of(group.piece));
            group.place == place && is_there && of_force
        });
        there.map(|group| self.facts.people(group)).sum()
    }

    /// Returns how long the items would take to come back; none if they have not left the host.
    fn time_back(&self, group: &Group) -> Option<Duration> {
        let scenario = self.facts.scenario;
        let started_inside =
            scenario.is_in_host(scenario.elements[self.facts.element_of(group.piece)].origin);
        let of_force = scenario.is_of_force(self.facts.party_of(group.piece));
        let last = self.last_move(group)?;
        if !started_inside || !of_force || self.is_in_host(group) {
            return None;
        }
        let rest = |end: Timestamp| (end - self.t).max(Duration::ZERO);
        match (last.by, group.last_ride.map(|position| &self.journeys.moves[position])) {
            (By::Column(column), None) => {
                let marches = &self.facts.resolved.columns[column].marches;
                let out = marches.iter().rfind(|march| {
                    scenario.is_in_host(march.from) && !scenario.is_in_host(march.to)
                })?;
                let gone = self.t.min(last.available) - out.row.arrives;
                Some(gone + (out.row.arrives - out.row.departs))
            }
            (By::Column(_), Some(ride)) => {
                let march = last.available - last.departs;
                Some(rest(last.available) + march + self.flight_back(ride)?)
            }
            (By::Ride { .. }, _) => Some(rest(last.available) + self.flight_back(last)?),
        }
    }

    /// Returns loading, block and unloading of the way back of the sortie that brought the items out.
    fn flight_back(&self, ride: &Move) -> Option<Duration> {
        let flight = &self.facts.resolved.flights[ride.leaves_host_by?];
        let aircraft = &self.facts.scenario.types[self.facts.scenario.tails[flight.tail].aircraft];
        Some(aircraft.onload + (flight.row.lands - flight.row.departs) + aircraft.offload)
    }
}
