//! Joins what engine, checker and simulator say of a set and a milestone to the ruler of dates.
//!
//! Nothing of the engine's is believed: what no plan can is what the checker has reckoned again in this very run, when
//! the plan is there is what the checker derives, and probabilities are those of the simulator.

use exeunt_engine::simulate::{Request, reached_by, reached_with, simulate, summarize};
use exeunt_model::certificate::{Certificate, Claim, Proof};
use exeunt_model::outcome::{Outcome, PromiseProbability, Summary};
use exeunt_model::ruler::{
    About, Chance, Impossible, KEPT_WITH, PartOfDay, Prospects, Reading, Ruler, Said, Wanted,
};
use exeunt_model::scenario::{Bearing, Milestone, Predicate, Promise, Readings, Statement};
use exeunt_model::{Duration, ElementId, Id, Plan, PromiseId, Scenario, Timestamp, Verdict};

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// The set as it was written.
    pub(crate) asked: Vec<String>,
    /// Its elements, in order.
    pub(crate) set: Vec<ElementId>,
    /// The milestone.
    pub(crate) milestone: Milestone,
    /// Probability for which a date is wanted, per cent.
    pub(crate) wanted: Option<u64>,
}

impl Question {
    /// Asks when all are out of the host; without a host, when all have arrived.
    pub(crate) fn of_all(s: &Scenario) -> Self {
        let leaves = |id: &ElementId| s.is_in_host(s.elements[*id].origin);
        let milestone = match s.elements.ids().any(|id| leaves(&id)) {
            true => Milestone::LeftHost,
            false => Milestone::HomeBase,
        };
        let set = s.elements.ids().collect();
        Self { asked: vec!["ALL".to_owned()], set, milestone, wanted: None }
    }

    fn target(&self) -> (Vec<ElementId>, Milestone) {
        (self.set.clone(), self.milestone)
    }
}

/// Returns a plan with its certificates, those of the question among them.
pub(crate) fn proven(s: &Scenario, plan: Plan, question: &Question) -> Plan {
    exeunt_engine::prove_plan(s, plan, &[question.target()])
}

/// Answers a question about a plan that carries its certificates; `verdict` is the checker's on that plan.
///
/// # Errors
/// Says what the plan names and the scenario does not have.
pub(crate) fn prospects(
    s: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    question: &Question,
    request: Request,
) -> Result<Prospects, String> {
    let (targets, promise_targets) = targets(s, question);
    let is_certain = s.uncertainty.is_empty();
    let request = Request {
        targets,
        // where nothing is uncertain every replication is the plan
        replications: if is_certain { 1 } else { request.replications },
        total: if is_certain { 1 } else { request.total },
        findings: u64::try_from(verdict.findings.len()).unwrap_or(u64::MAX),
        ..request
    };
    let outcome = simulate(s, plan, &request)?;
    let summary = summarize(&outcome);
    let impossible = plan.proof.as_ref().and_then(|proof| impossible(s, proof, question));
    let reached = exeunt_check::reached(s, plan, &question.set, question.milestone);
    let at = reached.last.filter(|_| reached.missing == 0 && !question.set.is_empty());
    let bound = impossible.as_ref().and_then(|found| found.before);
    let gap = bound.zip(at).and_then(|(bound, at)| gap(s.operation.start, bound, at));
    let wanted = question.wanted.and_then(|percent| wanted(s, &outcome, percent));
    let ledger = Ledger { s, question, verdict, outcome: &outcome, summary: &summary, bound };
    let ruler = Ruler {
        asked: question.asked.clone(),
        set: question.set.clone(),
        milestone: question.milestone,
        impossible,
        plan: at,
        missing: reached.missing,
        gap,
        findings: verdict.findings.len(),
        kept_with: reached_with(&outcome, 0, &KEPT_WITH),
        said: ledger.said(&promise_targets),
        wanted,
        asked_percent: question.wanted,
        assumed_share: summary.assumed_share,
        replications: (summary.replications, summary.seed),
        inputs: summary.inputs,
    };
    Ok(Prospects { ruler, outcome, summary, targets: promise_targets })
}

type Target = (Vec<ElementId>, Milestone);

/// Lists what is looked at in every replication, the question first, and for each promise which of it decides.
fn targets(s: &Scenario, question: &Question) -> (Vec<Target>, Vec<Option<usize>>) {
    let mut targets = vec![question.target()];
    let mut of_promise = Vec::new();
    for promise in &s.promises.rows {
        let decides = demand(promise).map(|(set, milestone, _)| {
            let target = (set.to_vec(), milestone);
            let known = targets.iter().position(|other| *other == target);
            known.unwrap_or_else(|| {
                targets.push(target);
                targets.len() - 1
            })
        });
        of_promise.push(decides);
    }
    (targets, of_promise)
}

/// Returns what a promise of a date says: set, milestone, and by when.
fn demand(promise: &Promise) -> Option<(&[ElementId], Milestone, Readings<Timestamp>)> {
    match &promise.predicate {
        Predicate::AllBy { set, milestone, by } => Some((set, *milestone, *by)),
        Predicate::OnDay { set, milestone, day, .. } => {
            let by = Readings { strict: day.strict.to, lenient: day.lenient.to };
            Some((set, *milestone, by))
        }
        Predicate::BegunBy { .. } | Predicate::CountOnDay { .. } | Predicate::Mode { .. } => None,
    }
}

/// Returns the certificate of all of the set, whatever else stays, if the checker finds it to hold.
fn impossible(s: &Scenario, proof: &Proof, question: &Question) -> Option<Impossible> {
    let asked: Vec<&str> = question.set.iter().map(|id| s.elements[*id].name.as_str()).collect();
    let moment = |certificate: &Certificate| match &certificate.claim {
        Claim::Arrival { set, milestone, not_before, whole: true, .. }
            if *milestone == question.milestone && set.iter().eq(&asked) =>
        {
            Some(not_before.unwrap_or(Timestamp::MAX))
        }
        _ => None,
    };
    let mut found: Vec<(Timestamp, &Certificate)> = proof
        .certificates
        .iter()
        .filter_map(|certificate| Some((moment(certificate)?, certificate)))
        .collect();
    found.sort_by_key(|(t, certificate)| (std::cmp::Reverse(*t), certificate.stage));
    let holds = |certificate: &Certificate| {
        let alone = Proof { certificates: vec![certificate.clone()], ..proof.clone() };
        exeunt_check::verify(s, &alone).findings.is_empty()
    };
    let (t, certificate) = found.into_iter().find(|(_, certificate)| holds(certificate))?;
    // what cannot be before the start says nothing
    (t > s.operation.start).then(|| Impossible {
        before: (t < Timestamp::MAX).then_some(t),
        stage: certificate.stage,
        evidence: certificate.evidence.clone(),
    })
}

/// Returns (plan - bound) / (plan - start) in parts per ten thousand, rounded up.
fn gap(start: Timestamp, bound: Timestamp, at: Timestamp) -> Option<i64> {
    let above = i128::from(at.0) - i128::from(bound.0);
    let whole = i128::from(at.0) - i128::from(start.0);
    if above < 0 || whole <= 0 {
        return None;
    }
    i64::try_from((above * 10_000 + whole - 1) / whole).ok()
}

/// Finds the date for a wanted probability and what people say for it.
fn wanted(s: &Scenario, outcome: &Outcome, percent: u64) -> Option<Wanted> {
    let quantile = *reached_with(outcome, 0, &[percent])?.first()?;
    let within = quantile.at.filter(|t| *t <= s.operation.end);
    let readings = within.map_or_else(Vec::new, |t| readings(s, outcome, t));
    Some(Wanted { quantile, is_within: within.is_some(), readings })
}

/// Rounds a moment up to the parts of its day; midnight belongs to the day that it ends.
fn readings(s: &Scenario, outcome: &Outcome, t: Timestamp) -> Vec<Reading> {
    let last = t - Duration(1);
    let day = s.day_of(last).1;
    let reading = |(by, hours): (PartOfDay, i64)| {
        let date = day.from + Duration::from_hours(hours);
        let chance = reached_by(outcome, 0, date)?;
        (date >= t).then_some(Reading { by, day: last, date, chance })
    };
    PartOfDay::ALL.into_iter().filter_map(reading).collect()
}

/// What was said of the question's set and milestone.
struct Ledger<'a> {
    s: &'a Scenario,
    question: &'a Question,
    verdict: &'a Verdict,
    outcome: &'a Outcome,
    summary: &'a Summary,
    bound: Option<Timestamp>,
}

impl Ledger<'_> {
    fn said(&self, targets: &[Option<usize>]) -> Vec<Said> {
        let mut said = Vec::new();
        for (id, promise) in self.s.promises.iter() {
            let Some((set, milestone, date)) = demand(promise) else { continue };
            let mut sorted = set.to_vec();
            sorted.sort_unstable();
            let about = About::of(&sorted, &self.question.set);
            let Some(about) = about.filter(|_| milestone == self.question.milestone) else {
                continue;
            };
            let made = self.made(id, promise, date, about);
            let again = self.s.statements.iter().filter_map(|(row, statement)| {
                let is_again =
                    |(of, how): &(PromiseId, Bearing)| *of == id && *how == Bearing::Repeated;
                let bears = statement.bears_on.iter().any(is_again);
                let date = deadline(self.s, statement).filter(|_| bears)?;
                Some(self.again(&made, (row, date), targets[id.index()]?))
            });
            let again: Vec<Said> = again.collect();
            said.push(made);
            said.extend(again);
        }
        said.sort_by_key(|row| (row.date.strict, row.date.lenient, row.promise, row.is_again));
        said
    }

    fn made(
        &self,
        id: PromiseId,
        promise: &Promise,
        date: Readings<Timestamp>,
        about: About,
    ) -> Said {
        let found = self.summary.promises.iter().find(|row| row.id == promise.name);
        let proven = self.verdict.proven.as_ref();
        let is_refuted = proven.is_some_and(|proven| proven.impossible.contains(&promise.name));
        let said = Said {
            promise: id,
            statement: promise.statement,
            is_again: false,
            date,
            about,
            chance: found.and_then(strict),
            lenient: found.and_then(lenient).filter(|_| date.strict != date.lenient),
            is_impossible: is_refuted,
            before_start: promise.before_start,
        };
        Said { is_impossible: is_refuted || self.is_early(&said), ..said }
    }

    /// A row that says a promise again, by its own date.
    fn again(
        &self,
        made: &Said,
        (row, date): (exeunt_model::StatementId, Readings<Timestamp>),
        target: usize,
    ) -> Said {
        let before_start = date.strict <= self.s.operation.start;
        let chance = |by| reached_by(self.outcome, target, by).filter(|_| !before_start);
        let said = Said {
            statement: Some(row),
            is_again: true,
            date,
            chance: if date == made.date { made.chance } else { chance(date.strict) },
            lenient: if date == made.date {
                made.lenient
            } else {
                chance(date.lenient).filter(|_| date.strict != date.lenient)
            },
            is_impossible: made.is_impossible && date.strict <= made.date.strict,
            before_start,
            ..made.clone()
        };
        Said { is_impossible: said.is_impossible || self.is_early(&said), ..said }
    }

    /// Returns whether a date lies before the bound of the set asked for: who says it of a larger set says it of that one.
    fn is_early(&self, said: &Said) -> bool {
        let is_about_all = matches!(said.about, About::Same | About::Larger);
        !said.before_start && is_about_all && self.bound.is_some_and(|t| said.date.strict < t)
    }
}

/// Reads the deadline of a row: a day, which ends where the next begins, or FROM..TO for the two readings.
fn deadline(s: &Scenario, row: &Statement) -> Option<Readings<Timestamp>> {
    let end = |text: &str| {
        let noon = Timestamp::parse_rfc3339(&format!("{text}T12:00:00Z"))?;
        Some(s.day_of(noon - Duration(s.operation.zone_offset)).1.to)
    };
    let (strict, lenient) = match row.deadline.split_once("..") {
        Some((from, to)) => (end(from)?, end(to)?),
        None => (end(&row.deadline)?, end(&row.deadline)?),
    };
    Some(Readings { strict, lenient })
}

fn strict(row: &PromiseProbability) -> Option<Chance> {
    Some(Chance {
        probability: row.probability?,
        sampling_interval: row.sampling_interval?,
        input_interval: row.input_interval,
    })
}

fn lenient(row: &PromiseProbability) -> Option<Chance> {
    Some(Chance {
        probability: row.lenient?,
        sampling_interval: row.lenient_sampling_interval?,
        input_interval: row.lenient_input_interval,
    })
}
