//! What the certificates that hold prove of the levels of the objective (model.md section 13.5, "Levels").

use super::ProofVerdict;
use crate::objective;
use crate::promise;
use exeunt_model::certificate::Stage;
use exeunt_model::finding::{Finding, PartyBound};
use exeunt_model::ids::*;
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeMap;

/// A moment with the stage that proves it.
type Late = Option<(Timestamp, Stage)>;

/// What is proven so far.
pub(crate) struct Proven {
    unmoved: Option<i64>,
    /// Sorties, minutes, money.
    flights: Option<[i64; 3]>,
    impossible: Vec<bool>,
    home_base: Milestones,
    left_host: Milestones,
}

/// Last arrivals at one milestone.
struct Milestones {
    of_all: Late,
    of_parties: Vec<Late>,
    of_elements: Vec<Late>,
}

impl Milestones {
    fn new(scenario: &Scenario) -> Self {
        Self {
            of_all: None,
            of_parties: vec![None; scenario.parties.len()],
            of_elements: vec![None; scenario.elements.len()],
        }
    }
    fn add(&mut self, scenario: &Scenario, set: &[ElementId], late: (Timestamp, Stage)) {
        raise(&mut self.of_all, late);
        let Some(&first) = set.first() else { return };
        let party = scenario.elements[first].party;
        if set.iter().all(|&element| scenario.elements[element].party == party) {
            raise(&mut self.of_parties[party.index()], late);
        }
        if set.len() == 1 {
            raise(&mut self.of_elements[first.index()], late);
        }
    }
}

/// Keeps the later moment, of one moment the lower stage.
fn raise(known: &mut Late, late: (Timestamp, Stage)) {
    let is_better = known.is_none_or(|(t, stage)| late.0 > t || late.0 == t && late.1 < stage);
    if is_better {
        *known = Some(late);
    }
}

impl Proven {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self {
            unmoved: None,
            flights: None,
            impossible: vec![false; scenario.promises.len()],
            home_base: Milestones::new(scenario),
            left_host: Milestones::new(scenario),
        }
    }

    pub(crate) fn unmoved(&mut self, at_least: i64) {
        self.unmoved = self.unmoved.max(Some(at_least));
    }

    pub(crate) fn flights(&mut self, claimed: [i64; 3]) {
        let known = self.flights.get_or_insert([0; 3]);
        for (known, claimed) in known.iter_mut().zip(claimed) {
            *known = claimed.max(*known);
        }
    }

    pub(crate) fn impossible(&mut self, promise: PromiseId) {
        self.impossible[promise.index()] = true;
    }

    pub(crate) fn arrival(
        &mut self,
        scenario: &Scenario,
        set: &[ElementId],
        milestone: Milestone,
        t: Timestamp,
        stage: Stage,
    ) {
        match milestone {
            Milestone::HomeBase => self.home_base.add(scenario, set, (t, stage)),
            Milestone::LeftHost => self.left_host.add(scenario, set, (t, stage)),
            Milestone::LeftSite | Milestone::HomeAirfield => {}
        }
    }

    pub(crate) fn verdict(
        self,
        scenario: &Scenario,
        unmoved: i64,
        findings: Vec<Finding>,
    ) -> ProofVerdict {
        let levels = objective::levels(scenario);
        let proven: Vec<(i64, Option<Stage>)> =
            levels.iter().map(|level| self.level(scenario, level)).collect();
        let party = |(id, row): (PartyId, &exeunt_model::scenario::Party)| PartyBound {
            id: row.name.clone(),
            closure: self.home_base.of_parties[id.index()],
            left_host: self.left_host.of_parties[id.index()],
        };
        let parties = scenario.parties.iter().map(party);
        let is_impossible = |(id, _): &(PromiseId, _)| self.impossible[id.index()];
        let impossible = scenario.promises.iter().filter(is_impossible);
        ProofVerdict {
            findings,
            unmoved,
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            bounds: proven.iter().map(|&(bound, _)| Some(bound)).collect(),
            stages: proven.iter().map(|&(bound, stage)| stage.filter(|_| bound > 0)).collect(),
            closure: self.home_base.of_all.map(|(t, _)| t),
            left_host: self.left_host.of_all.map(|(t, _)| t),
            parties: parties.filter(|p| p.closure.is_some() || p.left_host.is_some()).collect(),
            impossible: impossible.map(|(_, row)| row.name.clone()).collect(),
        }
    }

    /// Returns the bound of a level and the strongest stage that it rests on.
    fn level(&self, scenario: &Scenario, level: &str) -> (i64, Option<Stage>) {
        let [sorties, minutes, cost] = self.flights.unwrap_or_default();
        let of_flights = |bound: i64| (bound.max(0), Some(Stage::B2));
        match level {
            "z1" => (self.unmoved.unwrap_or(0).max(0), Some(Stage::B0)),
            "z2" => self.broken_words(scenario),
            "z4" => self.closure(scenario),
            "z5" => self.lateness(scenario),
            "z6.tails" => of_flights(sorties.min(1)),
            "z6.sorties" => of_flights(sorties),
            "z6.minutes" => of_flights(minutes),
            "z7" => of_flights(cost),
            _ => (0, None),
        }
    }

    /// z2: required promises proven impossible, of a group the best rank among them, and hard dates.
    fn broken_words(&self, scenario: &Scenario) -> (i64, Option<Stage>) {
        let mut ranks: BTreeMap<PromiseId, u8> = BTreeMap::new();
        for (id, row) in scenario.promises.iter() {
            if row.required && self.impossible[id.index()] {
                let rank = ranks.entry(promise::root(scenario, id)).or_insert(row.rank);
                *rank = row.rank.min(*rank);
            }
        }
        let mut stage = (!ranks.is_empty()).then_some(Stage::B0);
        let mut sum = ranks.into_values().map(objective::weight).fold(0, i64::saturating_add);
        for (id, element) in scenario.elements.iter() {
            if let (Some(due), Some((t, by))) =
                (element.due, self.home_base.of_elements[id.index()])
                && due.hard
                && t > due.at
            {
                sum = sum.saturating_add(objective::weight(due.rank));
                stage = stage.max(Some(by));
            }
        }
        (sum, stage)
    }

    /// z4: the parties' weights times their last arrivals.
    fn closure(&self, scenario: &Scenario) -> (i64, Option<Stage>) {
        let start = scenario.operation.start;
        let (mut sum, mut stage) = (0_i64, None);
        for (id, party) in scenario.parties.iter() {
            if let Some((t, by)) = self.home_base.of_parties[id.index()] {
                let lasts = (t - start).max(Duration::ZERO).0;
                sum = sum.saturating_add(party.weight.max(0).saturating_mul(lasts));
                stage = stage.max(Some(by));
            }
        }
        (sum, stage)
    }

    /// z5: by how much soft dates must be missed.
    fn lateness(&self, scenario: &Scenario) -> (i64, Option<Stage>) {
        let (mut sum, mut stage) = (0_i64, None);
        for (id, element) in scenario.elements.iter() {
            if let (Some(due), Some((t, by))) =
                (element.due, self.home_base.of_elements[id.index()])
                && !due.hard
                && t > due.at
            {
                sum = sum.saturating_add((t - due.at).0);
                stage = stage.max(Some(by));
            }
        }
        (sum, stage)
    }
}
