//! What of a plan waits for a condition: the moves that it gates, in the order in which they pass the gate.

use exeunt_model::scenario::{Condition, Gate};
use exeunt_model::{ElementId, PieceId, PlaceId, Plan, Scenario, SiteId, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// Something of a plan that a condition gates: when it starts and passes the gate, and how many people it takes out.
pub(crate) struct Gated<'a> {
    pub(crate) id: &'a str,
    pub(crate) starts: Timestamp,
    pub(crate) ends: Timestamp,
    people: i64,
}

/// A plan with the names of its scenario at hand.
pub(crate) struct Gates<'a> {
    s: &'a Scenario,
    plan: &'a Plan,
    pieces: HashMap<&'a str, PieceId>,
    places: HashMap<&'a str, PlaceId>,
}

impl<'a> Gates<'a> {
    pub(crate) fn new(s: &'a Scenario, plan: &'a Plan) -> Self {
        let pieces = s.pieces.iter().map(|(id, row)| (row.name.as_str(), id)).collect();
        let places = s.places.iter().map(|(id, row)| (row.name.as_str(), id)).collect();
        Self { s, plan, pieces, places }
    }

    /// Returns what a condition gates, what passes first first.
    pub(crate) fn gated(&self, condition: &Condition) -> Vec<Gated<'a>> {
        let s = self.s;
        let mut moves = match &condition.gate {
            Gate::Handovers(sites) => self.steps(sites),
            Gate::Departures(set) => {
                let set: BTreeSet<ElementId> = set.iter().copied().collect();
                self.departures(&|element| set.contains(&element))
            }
            Gate::Strength { party, .. } => {
                self.departures(&|element| s.elements[element].party == *party)
            }
        };
        moves.sort_by_key(|m| (m.ends, m.starts, m.id));
        if let Gate::Strength { party, people: least } = condition.gate {
            // those go freely that leave enough people behind
            let of_party =
                |piece: &&exeunt_model::scenario::Piece| s.elements[piece.element].party == party;
            let pieces = s.pieces.rows.iter().filter(of_party);
            let mut left: i64 = pieces.map(|piece| piece.count * piece.people_each()).sum();
            moves.retain(|m| {
                left -= m.people;
                left < least
            });
        }
        moves
    }

    fn steps(&self, sites: &[SiteId]) -> Vec<Gated<'a>> {
        let sites: BTreeSet<SiteId> = sites.iter().copied().collect();
        let of_sites = self.s.steps.rows.iter().filter(|step| sites.contains(&step.site));
        let names: BTreeSet<&str> = of_sites.map(|step| step.name.as_str()).collect();
        let planned = self.plan.handovers.iter().filter(|h| names.contains(h.step.as_str()));
        planned.map(|h| Gated { id: &h.step, starts: h.starts, ends: h.ends, people: 0 }).collect()
    }

    /// The flights and columns that take elements past a gate: out of the host, and what starts outside away from its origin.
    fn departures(&self, is_meant: &dyn Fn(ElementId) -> bool) -> Vec<Gated<'a>> {
        let s = self.s;
        let leaves = |from: &str, to: &str| {
            let is_in_host = |name: &str| self.places.get(name).map(|place| s.is_in_host(*place));
            is_in_host(from) == Some(true) && is_in_host(to) == Some(false)
        };
        // people of the set in a load that pass on this move; none if nothing of it does
        let people = |load: &mut dyn Iterator<Item = (&str, i64)>, from: &str, leaves: bool| {
            let from = self.places.get(from).copied();
            let of_set = load.filter_map(|(name, count)| {
                let piece = &s.pieces[*self.pieces.get(name)?];
                let origin = s.elements[piece.element].origin;
                let passes = if s.is_in_host(origin) { leaves } else { from == Some(origin) };
                (passes && is_meant(piece.element)).then(|| count * piece.people_each())
            });
            of_set.reduce(|a, b| a + b)
        };
        let sorties = self.plan.lines.iter().flat_map(|line| &line.sorties);
        let flights = sorties.filter_map(|sortie| {
            let mut load = sortie.load.iter().map(|load| (load.piece.as_str(), load.count));
            let people = people(&mut load, &sortie.from, leaves(&sortie.from, &sortie.to))?;
            let starts = sortie.loading.map_or(sortie.departs, |loading| loading.starts);
            Some(Gated { id: &sortie.id, starts, ends: sortie.departs, people })
        });
        let columns = self.plan.columns.iter().filter_map(|column| {
            let first = column.marches.first()?;
            // whoever comes back has not left
            let out = column.marches.iter().rfind(|march| leaves(&march.from, &march.to));
            let mut load = column.load.iter().map(|load| (load.piece.as_str(), load.count));
            let people = people(&mut load, &first.from, out.is_some())?;
            let ends = out.map_or(first.departs, |march| march.arrives);
            Some(Gated { id: &column.id, starts: first.departs, ends, people })
        });
        flights.chain(columns).collect()
    }
}
