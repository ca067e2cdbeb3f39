//! Bounds: every certificate of a proof is reckoned again from the scenario (model.md section 13).
//!
//! No number of a certificate is believed: each is compared with what the relaxation comes to here, and what
//! is stated weaker than that holds too. Nothing is searched for; loops are as long as the scenario and the
//! certificate are.

mod calendar;
mod cover;
mod evidence;
mod journeys;
mod levels;
mod premise;
mod steps;
mod ways;

use crate::facts::Facts;
use crate::report::Report;
use calendar::settled;
use evidence::{Sum, when};
use exeunt_model::certificate::{Certificate, Claim, Evidence, Lemma, Proof, Stage};
use exeunt_model::finding::{Code, Finding, PartyBound};
use exeunt_model::ids::*;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Mode, Predicate, Promise, Scenario};
use exeunt_model::time::Timestamp;
use journeys::{Given, Journeys};
use levels::Proven;
use premise::{Premise, Relaxation, leave};
use std::collections::BTreeMap;
use ways::Ways;

/// What the certificates of a proof come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofVerdict {
    /// One for each certificate, lemma or count that does not hold.
    pub findings: Vec<Finding>,
    /// Pieces that at most stay behind in the plans that the bounds are about, as the proof states.
    pub unmoved: i64,
    /// Names of the levels.
    pub levels: Vec<String>,
    /// What the certificates that hold prove of each level; none without a proof.
    pub bounds: Vec<Option<i64>>,
    /// The strongest stage that each of these rests on; none where 0 is all that is proven.
    pub stages: Vec<Option<Stage>>,
    /// No plan has its last arrival at the destinations before.
    pub closure: Option<Timestamp>,
    /// No plan has its last departure out of the host before.
    pub left_host: Option<Timestamp>,
    /// The same per party, in scenario order; parties of which nothing is proven are left out.
    pub parties: Vec<PartyBound>,
    /// Promises that no plan keeps, in scenario order.
    pub impossible: Vec<String>,
}

/// Does the sums of every certificate again and returns what those that hold prove.
///
/// The bounds are about plans without a frozen part of which at most `proof.unmoved` pieces stay behind.
pub fn verify(scenario: &Scenario, proof: &Proof) -> ProofVerdict {
    let nothing = Plan::default();
    let facts = Facts::derive(scenario, &nothing, None, None, &mut Report::default());
    Verifier::new(&facts, proof).verdict()
}

/// The lemmas that hold, with their ids.
struct Held<'p> {
    row: &'p Lemma,
    step: StepId,
}

struct Verifier<'f, 'a, 'p> {
    scenario: &'a Scenario,
    proof: &'p Proof,
    relaxation: Relaxation<'f, 'a>,
    /// Of plans that leave no more behind.
    premise: Premise,
    /// The same without the lemmas.
    plain: Premise,
    lemmas: Vec<Held<'p>>,
    /// Of plans in which all of a set moves, without and with the lemmas that hold there.
    of_sets: BTreeMap<Vec<ElementId>, [Premise; 2]>,
    proven: Proven,
    findings: Vec<Finding>,
}

impl<'f, 'a, 'p> Verifier<'f, 'a, 'p> {
    fn new(facts: &'f Facts<'a>, proof: &'p Proof) -> Self {
        let scenario = facts.scenario;
        let relaxation = Relaxation::new(scenario, Journeys::new(Ways::of(facts)));
        let may_stay = proof.unmoved.saturating_sub(relaxation.never).max(0);
        let plain = relaxation.with_staying(may_stay);
        Self {
            scenario,
            proof,
            premise: plain.clone(),
            plain,
            relaxation,
            lemmas: Vec::new(),
            of_sets: BTreeMap::new(),
            proven: Proven::new(scenario),
            findings: Vec::new(),
        }
    }

    fn verdict(mut self) -> ProofVerdict {
        self.check_counts();
        for (position, lemma) in self.proof.lemmas.iter().enumerate() {
            if let Err(why) = self.check_lemma(lemma) {
                self.finding(format!("lemma {} of step `{}`", position + 1, lemma.step), why);
            }
        }
        for (position, certificate) in self.proof.certificates.iter().enumerate() {
            if let Err(why) = self.check_certificate(certificate) {
                let what = claimed(&certificate.claim);
                self.finding(format!("certificate {} ({what})", position + 1), why);
            }
        }
        self.proven.verdict(self.scenario, self.proof.unmoved, self.findings)
    }

    fn finding(&mut self, object: String, message: String) {
        self.findings.push(Finding { rule: Code::Proof, object, at: None, message });
    }

    /// Checks how many pieces may stay.
    fn check_counts(&mut self) {
        let (unmoved, never) = (self.proof.unmoved, self.relaxation.never);
        if unmoved < never {
            let message =
                format!("it is about plans that leave {unmoved} behind, {never} must stay");
            self.finding("proof".to_owned(), message);
        }
        if self.proof.may_stay != self.premise.may_stay {
            let message = format!(
                "{} of the pieces that could arrive may stay, not {}",
                self.premise.may_stay, self.proof.may_stay
            );
            self.finding("proof".to_owned(), message);
        }
    }

    fn check_lemma(&mut self, lemma: &'p Lemma) -> Sum<()> {
        let step = self.relaxation.names.steps.get(lemma.step.as_str()).copied();
        let step = step.ok_or_else(|| format!("the scenario has no step `{}`", lemma.step))?;
        raise(&self.relaxation, &mut self.premise, lemma, step)?;
        self.lemmas.push(Held { row: lemma, step });
        Ok(())
    }

    fn check_certificate(&mut self, certificate: &'p Certificate) -> Sum<()> {
        let Certificate { stage, claim, evidence } = certificate;
        match claim {
            Claim::Unmoved { at_least } => {
                fits(matches!(evidence, Evidence::Path))?;
                check_stage(*stage, Stage::B0)?;
                let never = self.relaxation.never;
                if *at_least > never {
                    return Err(format!("{never} pieces can never arrive, not {at_least}"));
                }
                self.proven.unmoved(*at_least);
                Ok(())
            }
            Claim::Flights { sorties, minutes, cost } => {
                let Evidence::Loads { covers } = evidence else { return fits(false) };
                check_stage(*stage, Stage::B2)?;
                let found = self.relaxation.loads(&self.premise, covers)?;
                let claimed = [*sorties, *minutes, *cost];
                let names = ["sorties", "minutes", "money"];
                for ((claimed, found), name) in claimed.iter().zip(found).zip(names) {
                    if i128::from(*claimed) > found {
                        return Err(format!(
                            "it claims {claimed} of {name}, the covers need {found}"
                        ));
                    }
                }
                self.proven.flights(claimed);
                Ok(())
            }
            Claim::Promise { promise } => {
                let (id, row) = self.promise(promise)?;
                match (evidence, &row.predicate) {
                    (Evidence::Start, Predicate::BegunBy { set, by }) => {
                        self.check_start(*stage, set, by.strict)?;
                    }
                    (Evidence::Mode, Predicate::Mode { set, road }) => {
                        check_stage(*stage, Stage::B0)?;
                        self.check_mode(set, *road)?;
                    }
                    _ => return fits(false),
                }
                self.proven.impossible(id);
                Ok(())
            }
            Claim::Arrival { set, milestone, not_before, promise, whole } => {
                let set = self.relaxation.elements(set)?;
                let premises = match promise {
                    None if *whole => self.of_set(&set),
                    None => [self.plain.clone(), self.premise.clone()],
                    Some(_) if *whole => {
                        return Err("what moves for a promise is the promise's set".to_owned());
                    }
                    Some(name) => {
                        let (_, row) = self.promise(name)?;
                        let all = refuted_by(row, &set, *milestone, *not_before)?;
                        self.of_set(all)
                    }
                };
                let subject = (&set[..], *milestone);
                let found = self.arrival(*stage, subject, &premises, evidence)?;
                let t = not_before.map_or(calendar::NEVER, settled);
                if t > found {
                    return Err(format!("it claims {}, the sums come to {}", when(t), when(found)));
                }
                match promise {
                    Some(name) => {
                        let (id, _) = self.promise(name)?;
                        self.proven.impossible(id);
                    }
                    // it is about more plans than the levels are
                    None if *whole => {}
                    None => self.proven.arrival(self.scenario, &set, *milestone, t, *stage),
                }
                Ok(())
            }
        }
    }

    /// Returns the moment before which the last of a set does not reach a milestone, by the evidence; of the
    /// premises the first is without lemmas.
    fn arrival(
        &mut self,
        stage: Stage,
        subject: (&[ElementId], Milestone),
        [plain, premise]: &[Premise; 2],
        evidence: &Evidence,
    ) -> Sum<Timestamp> {
        let relaxation = &mut self.relaxation;
        let (set, milestone) = subject;
        let idle = || "nothing of its set need move".to_owned();
        match evidence {
            Evidence::Path => match stage {
                Stage::B0 => relaxation.path(plain, set, milestone, &plain.floors).ok_or_else(idle),
                Stage::B1 => {
                    relaxation.path(premise, set, milestone, &premise.floors).ok_or_else(idle)
                }
                _ => Err(format!("a path is of stage B0, or B1 with lemmas, not {stage:?}")),
            },
            Evidence::Teams(teams) => {
                check_stage(stage, Stage::B1)?;
                let steps = relaxation.teams(premise, teams)?;
                let end = teams.last_ends;
                relaxation.path_after_steps(premise, subject, &steps, end).ok_or_else(idle)
            }
            Evidence::Field(field) => {
                check_stage(stage, Stage::B4)?;
                relaxation.field(premise, subject, field)
            }
            Evidence::Fleet(fleet) => {
                check_stage(stage, Stage::B3)?;
                relaxation.fleet(premise, subject, fleet)
            }
            Evidence::Loads { .. } | Evidence::Start | Evidence::Mode => {
                Err("its evidence is not of the kind that the claim needs".to_owned())
            }
        }
    }

    /// Checks that nobody of a set can have left by a moment. One who leaves is enough, so each element is
    /// regarded by itself.
    fn check_start(&mut self, stage: Stage, set: &[ElementId], by: Timestamp) -> Sum<()> {
        if !matches!(stage, Stage::B0 | Stage::B1) {
            return Err(format!("a path is of stage B0, or B1 with lemmas, not {stage:?}"));
        }
        for &element in set {
            let [plain, premise] = self.of_set(&[element]);
            let floors = if stage == Stage::B0 { plain.floors } else { premise.floors };
            let ends = self.relaxation.site_ends(&floors);
            let given = Given::leaving(leave(self.scenario, element, &ends));
            for (id, piece) in self.scenario.pieces.iter().filter(|(_, p)| p.element == element) {
                let t = self.relaxation.journeys.of(id, given).at(Milestone::LeftSite);
                if t <= by {
                    return Err(format!("piece `{}` can have left at {t}, by {by}", piece.name));
                }
            }
        }
        Ok(())
    }

    /// Checks that some piece of a set travels otherwise.
    fn check_mode(&self, set: &[ElementId], road: bool) -> Sum<()> {
        let travels_otherwise = |element: ElementId| {
            let row = &self.scenario.elements[element];
            !row.either && matches!(row.mode, Mode::Road) != road
        };
        let mut pieces = self.scenario.pieces.rows.iter().filter(|piece| piece.count > 0);
        match pieces.any(|piece| set.contains(&piece.element) && travels_otherwise(piece.element)) {
            true => Ok(()),
            false => Err("every element of its set travels as it says".to_owned()),
        }
    }

    fn promise(&self, name: &str) -> Sum<(PromiseId, &'a Promise)> {
        let id = self.scenario.promises.find(|row| row.name == *name);
        let id = id.ok_or_else(|| format!("the scenario has no promise `{name}`"))?;
        let row = &self.scenario.promises[id];
        match row.before_start {
            true => Err(format!("promise `{name}` is dated before the start")),
            false => Ok((id, row)),
        }
    }

    /// Returns the premise that all of a set moves, without and with the lemmas that hold there.
    fn of_set(&mut self, set: &[ElementId]) -> [Premise; 2] {
        if let Some(premises) = self.of_sets.get(set) {
            return premises.clone();
        }
        let plain = self.relaxation.with_all_of(set);
        let mut raised = plain.clone();
        for lemma in &self.lemmas {
            // one that needs the other premise says nothing here
            let _ = raise(&self.relaxation, &mut raised, lemma.row, lemma.step);
        }
        self.of_sets.insert(set.to_vec(), [plain.clone(), raised.clone()]);
        [plain, raised]
    }
}

/// Does the sums of a lemma again and raises the floor of its step.
fn raise(relaxation: &Relaxation, premise: &mut Premise, lemma: &Lemma, step: StepId) -> Sum<()> {
    let steps = relaxation.teams(premise, &lemma.teams)?;
    let found = relaxation.step_after_steps(premise, step, &steps, lemma.teams.last_ends);
    if lemma.not_before > found {
        let claimed = lemma.not_before;
        return Err(format!("it claims {claimed}, the sums come to {}", when(found)));
    }
    let floor = &mut premise.floors[step.index()];
    *floor = lemma.not_before.max(*floor);
    Ok(())
}

/// Returns the set of a promise that a moment refutes, if it does.
fn refuted_by<'s>(
    promise: &'s Promise,
    set: &[ElementId],
    milestone: Milestone,
    not_before: Option<Timestamp>,
) -> Sum<&'s [ElementId]> {
    let (all, of, is_too_late) = match &promise.predicate {
        Predicate::AllBy { set, milestone, by } => {
            (set, *milestone, not_before.is_none_or(|t| t > by.strict))
        }
        Predicate::OnDay { set, milestone, day, .. } => {
            (set, *milestone, not_before.is_none_or(|t| t >= day.strict.to))
        }
        _ => return Err(format!("promise `{}` is about no arrival", promise.name)),
    };
    if of != milestone {
        return Err(format!("promise `{}` is about another milestone", promise.name));
    }
    if !set.iter().all(|element| all.contains(element)) {
        return Err(format!("promise `{}` is about fewer elements", promise.name));
    }
    match is_too_late {
        true => Ok(all),
        false => Err(format!("what it claims is in time for promise `{}`", promise.name)),
    }
}

fn fits(is_fitting: bool) -> Sum<()> {
    match is_fitting {
        true => Ok(()),
        false => Err("its evidence is not of the kind that the claim needs".to_owned()),
    }
}

fn check_stage(stated: Stage, right: Stage) -> Sum<()> {
    match stated == right {
        true => Ok(()),
        false => Err(format!("its evidence is of stage {right:?}, not {stated:?}")),
    }
}

/// Returns what a certificate claims, in a phrase.
fn claimed(claim: &Claim) -> String {
    match claim {
        Claim::Unmoved { .. } => "unmoved pieces".to_owned(),
        Claim::Arrival { promise: Some(promise), .. } | Claim::Promise { promise } => {
            format!("promise `{promise}`")
        }
        Claim::Arrival { set, milestone, promise: None, .. } => {
            let milestone = match milestone {
                Milestone::LeftSite => "left_site",
                Milestone::LeftHost => "left_host",
                Milestone::HomeAirfield => "home_airfield",
                Milestone::HomeBase => "home_base",
            };
            match &set[..] {
                [] => milestone.to_owned(),
                [one] => format!("{milestone} of `{one}`"),
                [first, rest @ ..] => format!("{milestone} of `{first}` and {} more", rest.len()),
            }
        }
        Claim::Flights { .. } => "flights".to_owned(),
    }
}

/// Parts of the relaxation by themselves, for those who spoil proofs.
pub(crate) struct Relaxed;

impl Relaxed {
    /// Returns the earliest start of every step without any lemma.
    pub(crate) fn steps(scenario: &Scenario) -> Vec<Timestamp> {
        steps::Steps::of(scenario).earliest(&vec![Timestamp::MIN; scenario.steps.len()])
    }

    /// Returns when a team has done the work of some steps at the earliest.
    pub(crate) fn work_ends(
        scenario: &Scenario,
        resource: ResourceId,
        teams: &exeunt_model::certificate::Teams,
    ) -> Timestamp {
        let rows = scenario.steps.rows.iter().filter(|row| teams.steps.contains(&row.name));
        let work =
            rows.map(|row| i128::from(steps::need(row, resource)) * i128::from(row.duration.0));
        steps::Steps::of(scenario).worked_off(resource, teams.from, work.sum())
    }
}
