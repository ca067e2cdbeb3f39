//! Lower bounds with certificates: what no plan can beat.
//!
//! Stages B0 to B4 (algorithms, section 4) on the relaxation of model.md, section 13: the path of a piece, the
//! energy of handover teams, the number of sorties, the cycle of the fleet, the energy of an airfield. Whatever is
//! proven is written down as data that the checker adds up again; nothing here is believed.

mod cover;
mod evidence;
mod journey;
mod steps;

use crate::network::Network;
use crate::objective::{said_first, travels_otherwise, weight};
use evidence::{Found, Relaxation};
use exeunt_model::certificate::{Certificate, Claim, Evidence, Proof, Stage};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Predicate, Scenario};
use exeunt_model::{Duration, ElementId, Id, PlaceId, PromiseId, Timestamp};
use std::collections::BTreeMap;

/// What was proven beside a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// A bound for each level of the objective, in the scenario's order.
    pub bounds: Vec<Option<i64>>,
    /// Their certificates.
    pub proof: Proof,
}

/// Proves bounds for the plans that leave no more than `unmoved` pieces behind; and for `asked` sets of elements with
/// their milestones, before when no plan has all of a set there, whatever else it leaves behind. Frozen plans are outside of it: what began before the
/// operation's start is not regarded.
pub fn prove(s: &Scenario, unmoved: i64, asked: &[(Vec<ElementId>, Milestone)]) -> Proven {
    let net = Network::new(s);
    let mut relaxation = Relaxation::new(s, &net, unmoved).with_lemmas();
    let mut prover = Prover { relaxation: &mut relaxation, certificates: Vec::new() };
    let bounds = prover.levels(unmoved);
    for (set, milestone) in asked {
        prover.whole(set, *milestone);
    }
    let certificates = prover.certificates;
    let proof = Proof {
        unmoved,
        may_stay: relaxation.may_stay,
        lemmas: relaxation.lemmas,
        certificates,
        solver: None,
    };
    Proven { bounds, proof }
}

/// Returns a plan with its bounds and their certificates; without any if some of it has begun before the operation's start,
/// as what is frozen may, since bounds do not regard that.
pub fn prove_plan(s: &Scenario, plan: Plan, asked: &[(Vec<ElementId>, Milestone)]) -> Plan {
    if begins_early(s, &plan) {
        return Plan { bounds: Vec::new(), proof: None, ..plan };
    }
    let level = plan.levels.iter().position(|level| level == "z1");
    let unmoved = level.and_then(|at| plan.objective.get(at)).copied().unwrap_or(0);
    let Proven { bounds, proof } = prove(s, unmoved, asked);
    Plan { bounds, proof: Some(proof), ..plan }
}

/// Says whether some of a plan begins before the operation's start.
fn begins_early(s: &Scenario, plan: &Plan) -> bool {
    let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    let sorties = sorties.map(|sortie| sortie.loading.map_or(sortie.departs, |l| l.starts));
    let columns = plan.columns.iter().filter_map(|column| Some(column.marches.first()?.departs));
    let steps = plan.handovers.iter().map(|step| step.starts);
    sorties.chain(columns).chain(steps).any(|t| t < s.operation.start)
}

/// Collects certificates.
struct Prover<'a, 'b> {
    relaxation: &'a mut Relaxation<'b>,
    certificates: Vec<Certificate>,
}

impl Prover<'_, '_> {
    /// Proves what the levels need and returns the bounds in the scenario's order.
    fn levels(&mut self, unmoved: i64) -> Vec<Option<i64>> {
        let s = self.relaxation.s;
        let start = s.operation.start;
        let at_least = self.relaxation.n_never.min(unmoved.max(0));
        if at_least > 0 {
            self.add(Stage::B0, Claim::Unmoved { at_least }, Evidence::Path);
        }
        let mut of_level: BTreeMap<&str, i64> = BTreeMap::from([("z0", 0), ("z1", at_least)]);
        let impossible: Vec<PromiseId> =
            s.promises.ids().filter(|id| self.is_impossible(*id)).collect();
        let (mut z2, mut z4, mut z5) = (broken(s, &impossible), 0_i64, 0_i64);
        for (id, party) in s.parties.iter() {
            let set: Vec<ElementId> =
                s.elements.iter().filter(|(_, e)| e.party == id).map(|(e, _)| e).collect();
            if let Some(t) = self.each_stage(&set) {
                z4 = z4.saturating_add(party.weight.saturating_mul((t - start).0));
            }
        }
        for (id, element) in s.elements.iter() {
            let Some(due) = element.due else { continue };
            let Some(t) = self.strongest_if(&[id], Milestone::HomeBase, None, due.at) else {
                continue;
            };
            if due.hard {
                z2 += weight(due.rank);
            } else {
                z5 = z5.saturating_add((t - due.at).0);
            }
        }
        let everybody: Vec<ElementId> = s.elements.ids().collect();
        self.strongest(&everybody, Milestone::LeftHost, None);
        let flights = self.flights();
        of_level.extend([("z2", z2), ("z3", 0), ("z4", z4), ("z5", z5), ("z8", 0), ("z9", 0)]);
        of_level.extend([
            ("z6.tails", flights.0.min(1)),
            ("z6.sorties", flights.0),
            ("z6.minutes", flights.1),
            ("z7", flights.2),
        ]);
        let fixed = ["z0", "z1", "z2", "z3"].into_iter();
        let order = fixed.chain(s.operation.objective_order.iter().map(String::as_str));
        order.map(|level| of_level.get(level).copied()).collect()
    }

    fn add(&mut self, stage: Stage, claim: Claim, evidence: Evidence) {
        self.certificates.push(Certificate { stage, claim, evidence });
    }

    fn names(&self, set: &[ElementId]) -> Vec<String> {
        set.iter().map(|e| self.relaxation.s.elements[*e].name.clone()).collect()
    }

    fn add_arrival(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        promise: Option<PromiseId>,
        found: Found,
    ) {
        let promise = promise.map(|id| self.relaxation.s.promises[id].name.clone());
        let not_before = (found.not_before < Timestamp::MAX).then_some(found.not_before);
        let set = self.names(set);
        let claim = Claim::Arrival { set, milestone, not_before, promise, whole: false };
        self.add(found.stage, claim, found.evidence);
    }

    /// Writes the strongest certificate for all of a set, whatever else stays.
    fn whole(&mut self, set: &[ElementId], milestone: Milestone) {
        if set.is_empty() {
            return;
        }
        let found = match self.never(set) {
            Some(_) => Some(Found::NEVER),
            None => self.relaxation.arrival_of_all(set, milestone).into_iter().next(),
        };
        let Some(Found { not_before, stage, evidence }) = found else { return };
        let not_before = (not_before < Timestamp::MAX).then_some(not_before);
        let set = self.names(set);
        let claim = Claim::Arrival { set, milestone, not_before, promise: None, whole: true };
        self.add(stage, claim, evidence);
    }

    /// Returns an element of a set of which some piece can never arrive.
    fn never(&self, set: &[ElementId]) -> Option<ElementId> {
        set.iter().copied().find(|element| self.relaxation.is_short[element.index()])
    }

    /// Writes the best certificate of every stage for the arrival of a set and returns the strongest moment.
    fn each_stage(&mut self, set: &[ElementId]) -> Option<Timestamp> {
        let found = self.relaxation.arrival(set, Milestone::HomeBase);
        let strongest = found.first().map(|f| f.not_before);
        let mut stages = Vec::new();
        for one in found {
            if !stages.contains(&one.stage) {
                stages.push(one.stage);
                self.add_arrival(set, Milestone::HomeBase, None, one);
            }
        }
        strongest
    }

    fn strongest(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        promise: Option<PromiseId>,
    ) -> Option<Timestamp> {
        self.strongest_if(set, milestone, promise, Timestamp::MIN)
    }

    /// Writes the strongest certificate for a set if it is later than a moment.
    fn strongest_if(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        promise: Option<PromiseId>,
        after: Timestamp,
    ) -> Option<Timestamp> {
        let found = match promise {
            Some(_) => self.relaxation.arrival_of_all(set, milestone),
            None => self.relaxation.arrival(set, milestone),
        };
        let found = found.into_iter().next()?;
        let t = found.not_before;
        (t > after).then(|| {
            self.add_arrival(set, milestone, promise, found);
            t
        })
    }

    /// Says whether a promise is proven impossible, and writes down why.
    fn is_impossible(&mut self, id: PromiseId) -> bool {
        let s = self.relaxation.s;
        let row = &s.promises[id];
        if row.before_start {
            return false;
        }
        let name = row.name.clone();
        match row.predicate.clone() {
            Predicate::AllBy { set, milestone, by } => self.is_late(id, &set, milestone, by.strict),
            Predicate::OnDay { set, milestone, day, .. } => {
                self.is_late(id, &set, milestone, day.strict.to - Duration(1))
            }
            Predicate::BegunBy { set, by } => {
                let late = self.relaxation.first(&set, Milestone::LeftSite) > by.strict;
                if late {
                    let claim = Claim::Promise { promise: name };
                    self.add(Stage::B0, claim, Evidence::Start);
                }
                late
            }
            Predicate::Mode { set, road } => {
                let otherwise = travels_otherwise(s, &set, road);
                if otherwise {
                    let claim = Claim::Promise { promise: name };
                    self.add(Stage::B0, claim, Evidence::Mode);
                }
                otherwise
            }
            Predicate::CountOnDay { .. } => false,
        }
    }

    /// Says whether the last piece of a promise's set is proven to be later than a moment.
    fn is_late(
        &mut self,
        id: PromiseId,
        set: &[ElementId],
        milestone: Milestone,
        by: Timestamp,
    ) -> bool {
        if let Some(element) = self.never(set) {
            self.add_arrival(&[element], milestone, Some(id), Found::NEVER);
            return true;
        }
        self.strongest_if(set, milestone, Some(id), by).is_some()
    }

    /// Returns least sorties, minutes and cost, and writes the certificates.
    fn flights(&mut self) -> (i64, i64, i64) {
        let s = self.relaxation.s;
        let one = |_: PlaceId| vec![1; s.types.len()];
        let minutes = |field: PlaceId| self.relaxation.least_minutes(field);
        let cost = |field: PlaceId| {
            let minutes = self.relaxation.least_minutes(field);
            let rate = s.types.rows.iter().map(|t| t.cost_per_hour);
            minutes.iter().zip(rate).map(|(m, rate)| m.saturating_mul(rate) / 60).collect()
        };
        let all = [
            self.relaxation.covers(&one),
            self.relaxation.covers(&minutes),
            self.relaxation.covers(&cost),
        ];
        let sums = all.each_ref().map(|covers| covers.iter().map(|c| c.cost).sum::<i64>());
        for (at, covers) in all.into_iter().enumerate() {
            if sums[at] > 0 {
                let mut claimed = [0; 3];
                claimed[at] = sums[at];
                let [sorties, minutes, cost] = claimed;
                let covers = covers.into_iter().map(|c| c.cover).collect();
                self.add(
                    Stage::B2,
                    Claim::Flights { sorties, minutes, cost },
                    Evidence::Loads { covers },
                );
            }
        }
        (sums[0], sums[1], sums[2])
    }
}

/// Returns what required promises proven impossible add to z2: of those that say the same, the one that counts most.
fn broken(s: &Scenario, impossible: &[PromiseId]) -> i64 {
    let mut worst: BTreeMap<usize, i64> = BTreeMap::new();
    for id in impossible.iter().filter(|id| s.promises[**id].required) {
        let group = worst.entry(said_first(s, id.index())).or_default();
        *group = weight(s.promises[*id].rank).max(*group);
    }
    worst.values().sum()
}
