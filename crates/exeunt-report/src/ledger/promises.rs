//! What became of each promise: made, repeated, at risk, kept, broken, each change with what supports it.

use super::Known;
use exeunt_model::scenario::{Bearing, Predicate, Promise, Statement};
use exeunt_model::{Id, PromiseId, StatementId, Timestamp, Verdict};

/// What a plan says of the promises.
#[derive(Debug, Clone, Copy)]
pub struct Forecast<'a> {
    /// What the checker derived of the plan.
    pub verdict: &'a Verdict,
    /// Probabilities in per mille, of the promises that have one; none is made up here.
    pub probabilities: &'a [(PromiseId, i64)],
}

/// A promise over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The promise.
    pub promise: PromiseId,
    /// How it stands.
    pub state: PromiseState,
    /// What changed, oldest first.
    pub changes: Vec<Change>,
    /// What the plan given says of it.
    pub plan: Option<InPlan>,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseState {
    /// It was made.
    Made,
    /// It was said again.
    Repeated,
    /// Somebody says, or the plan given shows, that it may not be kept.
    AtRisk,
    /// It is reported as kept.
    Kept,
    /// It is reported as broken.
    Broken,
    /// It is reported as both.
    Disputed,
    /// Its lenient deadline has passed, and no report of it was found.
    NoReport,
}

/// A change of how a promise stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// To what.
    pub to: PromiseState,
    /// When that is known; none: no row says so.
    pub at: Option<Timestamp>,
    /// What supports it.
    pub evidence: Evidence,
}

/// What supports a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A row of the ledger.
    Row(StatementId),
    /// The column `outcome` of the table of promises.
    Outcome,
    /// The plan given.
    Plan,
    /// No row.
    Nothing,
}

/// What a plan says of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPlan {
    /// Whether it keeps the strict reading; none: dated before the start.
    pub strict: Option<bool>,
    /// Whether it keeps the lenient reading.
    pub lenient: Option<bool>,
    /// Seconds before the strict deadline; negative: late.
    pub margin_s: Option<i64>,
    /// Probability of being kept in per mille; none: none was computed.
    pub probability: Option<i64>,
    /// Whether the strict reading is broken, or the probability below the wanted one.
    pub is_at_risk: bool,
}

pub(super) fn histories(known: &Known<'_>, forecast: Option<&Forecast<'_>>) -> Vec<History> {
    let s = known.scenario;
    let is_made = |promise: &Promise| promise.statement.is_none_or(|row| known.is_known(row));
    let made = s.promises.iter().filter(|(_, promise)| is_made(promise));
    made.map(|(id, promise)| history(known, id, promise, forecast)).collect()
}

fn history(
    known: &Known<'_>,
    id: PromiseId,
    promise: &Promise,
    forecast: Option<&Forecast<'_>>,
) -> History {
    let mut changes = vec![match promise.statement {
        Some(row) => by_row(known, PromiseState::Made, row),
        None => Change { to: PromiseState::Made, at: None, evidence: Evidence::Nothing },
    }];
    let mut reports: Vec<Change> = known
        .rows()
        .into_iter()
        .filter_map(|(row, said)| Some(by_row(known, bearing(known, id, row, said)?, row)))
        .collect();
    // rows are in the order of the days on which they were said
    reports.sort_by_key(|change| change.at);
    changes.extend(reports);
    let has = |to| changes.iter().any(|change: &Change| change.to == to);
    let mut state = match (has(PromiseState::Kept), has(PromiseState::Broken)) {
        (true, true) => PromiseState::Disputed,
        (true, false) => PromiseState::Kept,
        (false, true) => PromiseState::Broken,
        (false, false) => {
            changes.extend(without_report(known, promise, forecast.is_some()));
            changes.last().map_or(PromiseState::Made, |change| change.to)
        }
    };
    let plan = forecast.and_then(|forecast| in_plan(forecast, id, promise));
    let is_open =
        matches!(state, PromiseState::Made | PromiseState::Repeated | PromiseState::AtRisk);
    if is_open && plan.as_ref().is_some_and(|plan| plan.is_at_risk) {
        state = PromiseState::AtRisk;
        changes.push(Change { to: state, at: known.at, evidence: Evidence::Plan });
    }
    History { promise: id, state, changes, plan }
}

fn by_row(known: &Known<'_>, to: PromiseState, row: StatementId) -> Change {
    let at = Some(known.scenario.statements[row].known);
    Change { to, at, evidence: Evidence::Row(row) }
}

/// Returns what a row says of a promise. A row that makes another promise that is the same repeats it.
fn bearing(
    known: &Known<'_>,
    id: PromiseId,
    row: StatementId,
    said: &Statement,
) -> Option<PromiseState> {
    let s = known.scenario;
    if let Some((_, how)) = said.bears_on.iter().find(|(promise, _)| *promise == id) {
        return Some(match how {
            Bearing::Repeated => PromiseState::Repeated,
            Bearing::AtRisk => PromiseState::AtRisk,
            Bearing::Kept => PromiseState::Kept,
            Bearing::Broken => PromiseState::Broken,
        });
    }
    if s.promises[id].statement == Some(row) {
        return None;
    }
    let again = |other: &Promise| other.same_as == Some(id) && other.statement == Some(row);
    s.promises.rows.iter().any(again).then_some(PromiseState::Repeated)
}

/// Says how a promise stands of which no row reports the end: by its outcome in the table, or that none was found.
/// With a plan at hand what ends after the last row is still open.
fn without_report(known: &Known<'_>, promise: &Promise, has_plan: bool) -> Option<Change> {
    let ends = lenient_end(promise);
    let is_over = match (ends, known.at) {
        (Some(ends), None) if has_plan => known.last().is_some_and(|last| ends <= last),
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(ends), Some(at)) => ends <= at,
    };
    if !is_over {
        return None;
    }
    let from_table = |to| Some(Change { to, at: None, evidence: Evidence::Outcome });
    match (promise.outcome.as_deref(), ends) {
        (Some("kept"), _) => from_table(PromiseState::Kept),
        (Some("broken"), _) => from_table(PromiseState::Broken),
        (Some("disputed"), _) => from_table(PromiseState::Disputed),
        (_, Some(_)) => {
            Some(Change { to: PromiseState::NoReport, at: ends, evidence: Evidence::Nothing })
        }
        (_, None) => None,
    }
}

/// Returns the moment after which a promise can no longer be kept; none for the manner of a movement.
fn lenient_end(promise: &Promise) -> Option<Timestamp> {
    match &promise.predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => Some(by.lenient),
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => Some(day.lenient.to),
        Predicate::Mode { .. } => None,
    }
}

fn in_plan(forecast: &Forecast<'_>, id: PromiseId, promise: &Promise) -> Option<InPlan> {
    let result = forecast.verdict.promises.get(id.index())?;
    let probability = forecast.probabilities.iter().find(|(of, _)| *of == id).map(|&(_, p)| p);
    let is_below = probability.zip(promise.wanted).is_some_and(|(p, wanted)| p < wanted);
    Some(InPlan {
        strict: result.strict,
        lenient: result.lenient,
        margin_s: result.margin_s,
        probability,
        is_at_risk: result.strict == Some(false) || is_below,
    })
}
