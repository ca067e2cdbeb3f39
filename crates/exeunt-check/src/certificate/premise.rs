//! What the certificates take for granted: what must move, which steps must take place, how early they can be,
//! with and without the premise (model.md section 13).

use super::calendar::{NEVER, is_never, settled};
use super::journeys::{Given, Journeys};
use super::steps::Steps;
use crate::resolved::by_name;
use exeunt_model::ids::*;
use exeunt_model::scenario::{Milestone, Mode, Scenario};
use exeunt_model::time::Timestamp;
use std::collections::{BTreeMap, HashMap};

/// What moves in the plans that a certificate is about, and how early the steps are in them.
#[derive(Debug, Clone)]
pub(crate) struct Premise {
    /// Pieces that could arrive and may stay all the same.
    pub(crate) may_stay: i64,
    /// Nothing may stay: who stays breaks the promise in question.
    pub(crate) is_whole: bool,
    /// Per element, whether it must move.
    pub(crate) moves: Vec<bool>,
    /// Per step, whether it must take place.
    pub(crate) required: Vec<bool>,
    /// Per step, what the lemmas say of its start.
    pub(crate) floors: Vec<Timestamp>,
}

/// Ids of what certificates name most; only looked up, never gone through.
pub(crate) struct Names<'a> {
    pub(crate) elements: HashMap<&'a str, ElementId>,
    pub(crate) pieces: HashMap<&'a str, PieceId>,
    pub(crate) steps: HashMap<&'a str, StepId>,
}

/// The relaxation of a scenario.
pub(crate) struct Relaxation<'f, 'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) names: Names<'a>,
    pub(crate) steps: Steps<'a>,
    pub(crate) journeys: Journeys<'f, 'a>,
    /// Per piece, how many of it could arrive: all or none.
    pub(crate) can_arrive: Vec<i64>,
    /// Pieces that can never arrive.
    pub(crate) never: i64,
    /// Per element, whether nobody leaves the field where it boards after it, because of what it provides there.
    leaves_last: Vec<bool>,
}

impl<'f, 'a> Relaxation<'f, 'a> {
    pub(crate) fn new(scenario: &'a Scenario, mut journeys: Journeys<'f, 'a>) -> Self {
        let steps = Steps::of(scenario);
        let earliest = steps.earliest(&vec![Timestamp::MIN; scenario.steps.len()]);
        let ends = steps.site_ends(&earliest);
        let mut can_arrive = Vec::with_capacity(scenario.pieces.len());
        let mut never = 0_i64;
        for (id, piece) in scenario.pieces.iter() {
            let journey = journeys.of(id, Given::leaving(leave(scenario, piece.element, &ends)));
            let arrives = !is_never(journey.at(Milestone::HomeBase));
            let count = piece.count.max(0);
            can_arrive.push(if arrives { count } else { 0 });
            if !arrives && goes_elsewhere(scenario, piece.element) {
                never = never.saturating_add(count);
            }
        }
        let names = Names {
            elements: by_name(&scenario.elements, |row| &row.name),
            pieces: by_name(&scenario.pieces, |row| &row.name),
            steps: by_name(&scenario.steps, |row| &row.name),
        };
        let leaves_last = scenario.elements.ids().map(|id| leaves_last(scenario, id)).collect();
        Self { scenario, names, steps, journeys, can_arrive, never, leaves_last }
    }

    /// Returns the premise that at most so many pieces stay that could arrive.
    pub(crate) fn with_staying(&self, may_stay: i64) -> Premise {
        let scenario = self.scenario;
        let mut could = vec![0_i64; scenario.elements.len()];
        for (id, piece) in scenario.pieces.iter() {
            let count = &mut could[piece.element.index()];
            *count = count.saturating_add(self.can_arrive[id.index()]);
        }
        let must = |id: ElementId| could[id.index()] > may_stay && goes_elsewhere(scenario, id);
        self.premise(may_stay, false, scenario.elements.ids().map(must).collect())
    }

    /// Returns the premise of a promise: that all of a set moves.
    pub(crate) fn with_all_of(&self, set: &[ElementId]) -> Premise {
        let mut moves = vec![false; self.scenario.elements.len()];
        for piece in self.scenario.pieces.rows.iter().filter(|piece| piece.count > 0) {
            moves[piece.element.index()] = set.contains(&piece.element);
        }
        self.premise(0, true, moves)
    }

    fn premise(&self, may_stay: i64, is_whole: bool, moves: Vec<bool>) -> Premise {
        let required = self.steps.required(&moves);
        let floors = vec![Timestamp::MIN; self.scenario.steps.len()];
        Premise { may_stay, is_whole, moves, required, floors }
    }

    /// Returns the earliest ends of the sites under a premise, with floors of its steps.
    pub(crate) fn site_ends(&self, floors: &[Timestamp]) -> Vec<Timestamp> {
        self.steps.site_ends(&self.steps.earliest(floors))
    }

    /// The same, found once for all pieces of an element.
    pub(crate) fn given_once(
        &mut self,
        known: &mut BTreeMap<ElementId, Given>,
        premise: &Premise,
        element: ElementId,
        ends: &[Timestamp],
    ) -> Given {
        if let Some(given) = known.get(&element) {
            return *given;
        }
        let given = self.given(premise, element, ends);
        known.insert(element, given);
        given
    }

    /// Returns what is known of an element's journey: when it is free, and who departs before it.
    fn given(&mut self, premise: &Premise, element: ElementId, ends: &[Timestamp]) -> Given {
        let scenario = self.scenario;
        let mut given = Given::leaving(leave(scenario, element, ends));
        if !self.leaves_last[element.index()] {
            return given;
        }
        let field = |id: ElementId| match scenario.elements[id].mode {
            Mode::Air { embark, .. } if !scenario.elements[id].either => Some(embark),
            _ => None,
        };
        let mut first: BTreeMap<ElementId, Timestamp> = BTreeMap::new();
        for (id, piece) in scenario.pieces.iter() {
            let other = piece.element;
            let counts = other != element
                && premise.moves[other.index()]
                && field(other) == field(element)
                && self.can_arrive[id.index()] > 0;
            if counts {
                let free = Given::leaving(leave(scenario, other, ends));
                let departs = self.journeys.of(id, free).departs;
                let least = first.entry(other).or_insert(departs);
                *least = departs.min(*least);
            }
        }
        given.departs = first.into_values().max().unwrap_or(Timestamp::MIN);
        given
    }

    /// Returns the moment before which the last of a set does not reach a milestone; none if none of it need
    /// move.
    pub(crate) fn path(
        &mut self,
        premise: &Premise,
        set: &[ElementId],
        milestone: Milestone,
        floors: &[Timestamp],
    ) -> Option<Timestamp> {
        let ends = self.site_ends(floors);
        let mut last = None;
        let mut known: BTreeMap<ElementId, Given> = BTreeMap::new();
        let mut regarded = vec![false; self.scenario.elements.len()];
        set.iter().for_each(|id| regarded[id.index()] = premise.moves[id.index()]);
        for (id, piece) in self.scenario.pieces.iter() {
            if !regarded[piece.element.index()] {
                continue;
            }
            if premise.is_whole && piece.count > 0 && self.can_arrive[id.index()] == 0 {
                return Some(NEVER);
            }
            if self.can_arrive[id.index()] > premise.may_stay {
                let given = self.given_once(&mut known, premise, piece.element, &ends);
                last = last.max(Some(self.journeys.of(id, given).at(milestone)));
            }
        }
        last
    }
}

/// Returns whether an element keeps the field where it boards supplied until its last departure (C25, `keep`): all
/// others that provide something there leave it short without this one.
fn leaves_last(scenario: &Scenario, element: ElementId) -> bool {
    let Mode::Air { embark, .. } = scenario.elements[element].mode else { return false };
    !scenario.elements[element].either
        && scenario.resources.rows.iter().filter(|row| row.place == Some(embark)).any(|resource| {
            let rows = resource.capacity.iter().filter(|row| row.provided_by.is_some());
            let provided = rows.clone().fold(0_i64, |sum, row| sum.saturating_add(row.amount));
            let mut of_others: BTreeMap<ElementId, i64> = BTreeMap::new();
            let mut gives = false;
            for row in rows {
                match row.provided_by {
                    Some(other) if other != element => {
                        let sum = of_others.entry(other).or_default();
                        *sum = sum.saturating_add(row.amount);
                    }
                    _ => gives = true,
                }
            }
            let stays = of_others.values().fold(0_i64, |sum, &one| sum.saturating_add(one.max(0)));
            gives && resource.keep > 0 && stays < resource.keep.min(provided)
        })
}

/// Returns whether an element stays behind if it does not move.
fn goes_elsewhere(scenario: &Scenario, element: ElementId) -> bool {
    let element = &scenario.elements[element];
    element.origin != element.destination
}

/// Returns the earliest moment at which an element leaves its origin, but for a road element's `load_from`.
pub(crate) fn leave(scenario: &Scenario, element: ElementId, ends: &[Timestamp]) -> Timestamp {
    let row = &scenario.elements[element];
    let start = scenario.operation.start.max(row.ready);
    let freed = row.freed_by.iter().map(|site| ends[site.index()]);
    settled(freed.fold(start, Timestamp::max))
}
