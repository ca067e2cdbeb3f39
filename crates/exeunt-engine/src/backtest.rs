//! The back-test: each promise of a past operation evaluated at the moment it was made.
//!
//! What had begun by then, by the plan of the record, is frozen; the rest is planned anew with what was known then and
//! simulated with the scenario's uncertainty rows. What that means stands in `docs/model.md` section 15: nothing dated
//! later is known, and conditions that were not yet true are expected, which is an assumption and printed.

use crate::gate;
use crate::replan::begun;
use crate::simulate::{Request as Replays, simulate, summarize};
use crate::solve::{Request as Search, solve};
use exeunt_model::backtest::{AsOf, Backtest, Evaluated};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{
    Assessment, Capacity, Condition, Gate, Notice, Predicate, Promise, Scenario, Statement, Truth,
};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, Interval, PromiseId, StatementId, Timestamp};

/// A day of daily hours.
const DAY: Duration = Duration::from_hours(24);

/// How much is searched and simulated at each moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Seed of planning and simulation.
    pub seed: u64,
    /// Epochs of each search.
    pub epochs: u64,
    /// Replications of each simulation.
    pub replications: u64,
    /// Draws of the parameters over their ranges.
    pub input_draws: u64,
    /// Replications of each draw.
    pub input_replications: u64,
    /// Threads; never change the result.
    pub threads: usize,
}

/// Promises made by one statement.
struct Case {
    statement: StatementId,
    promises: Vec<PromiseId>,
    moment: Timestamp,
    has_hour: bool,
}

/// Evaluates every promise with a statement at the moment that this was made.
///
/// # Errors
/// Says what the record's plan names and the scenario does not have, or what cannot be planned or simulated.
pub fn backtest(
    s: &Scenario,
    record: Option<&Plan>,
    request: &Request,
) -> Result<Backtest, String> {
    let mut test = Backtest {
        scenario: s.operation.name.clone(),
        seed: request.seed,
        epochs: request.epochs,
        replications: request.replications,
        inputs: (request.input_draws, request.input_replications),
        has_record: record.is_some(),
        as_of: Vec::new(),
        promises: Vec::new(),
        undated: s
            .promises
            .rows
            .iter()
            .filter(|promise| promise.statement.is_none())
            .map(|promise| promise.name.clone())
            .collect(),
        rows: (s.uncertainty.len(), s.uncertainty.iter().filter(|row| row.assumed).count()),
    };
    for case in cases(s) {
        let (then, mut as_of) = known_at(s, &case);
        let frozen = record.map(|plan| begun(plan, case.moment, Notice::default()));
        if let Some(plan) = &frozen {
            let sorties = plan.lines.iter().map(|line| line.sorties.len()).sum();
            as_of.begun = (sorties, plan.columns.len(), plan.handovers.len());
        }
        let search = Search {
            seed: request.seed,
            epochs: request.epochs,
            threads: request.threads,
            frozen: frozen.as_ref(),
            ..Search::default()
        };
        let plan = solve(&then, &search, |_| true, |_| {})?.plan;
        as_of.unmoved = plan.unmoved.iter().map(|row| row.count).sum();
        let replays = Replays {
            seed: request.seed,
            threads: request.threads,
            input_draws: request.input_draws,
            input_replications: request.input_replications,
            ..Replays::default()
        };
        let certain = Scenario { uncertainty: Vec::new(), ..then.clone() };
        let once = Replays { input_draws: 0, ..replays.clone() }.part(1, 0, 1);
        let planned = simulate(&certain, &plan, &once)?;
        let outcome = simulate(&then, &plan, &replays.part(request.replications, 0, 1))?;
        let summary = summarize(&outcome);
        for &id in &case.promises {
            let promise = &s.promises[id];
            let row = summary.promises.iter().find(|row| row.id == promise.name);
            let sample = planned.promises.iter().find(|row| row.id == promise.name);
            let recorded = promise.outcome.clone().unwrap_or_default();
            test.promises.push(Evaluated {
                id: promise.name.clone(),
                text: promise.text.clone(),
                as_of: test.as_of.len(),
                is_planned: sample.is_some_and(|sample| sample.strict.count() > 0),
                probability: row.and_then(|row| row.probability),
                sampling_interval: row.and_then(|row| row.sampling_interval),
                input_interval: row.and_then(|row| row.input_interval),
                truth: truth(&recorded),
                outcome: recorded,
                same_as: promise.same_as.map(|id| s.promises[id].name.clone()),
            });
        }
        test.as_of.push(as_of);
    }
    Ok(test)
}

/// Returns whether a promise was kept, where the record says so without reserve.
fn truth(outcome: &str) -> Option<bool> {
    match outcome {
        "kept" => Some(true),
        "broken" => Some(false),
        _ => None,
    }
}

/// Returns the promises by statement, in the order of time.
fn cases(s: &Scenario) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (id, promise) in s.promises.iter() {
        let Some(statement) = promise.statement else { continue };
        if let Some(case) = cases.iter_mut().find(|case| case.statement == statement) {
            case.promises.push(id);
            continue;
        }
        let row = &s.statements[statement];
        let moment = made(s, row);
        let has_hour = row.time.is_some();
        cases.push(Case { statement, promises: vec![id], moment, has_hour });
    }
    cases.sort_by_key(|case| (case.moment, case.statement));
    cases
}

/// Returns when a statement was made: its hour, or the beginning of its day in the operation's zone, so that nothing of a
/// day is used for what was said at an unknown hour of it.
fn made(s: &Scenario, row: &Statement) -> Timestamp {
    let midnight = || Timestamp::parse_rfc3339(&format!("{}T00:00:00Z", row.date));
    let begins = || midnight().map(|t| t - Duration(s.operation.zone_offset));
    match row.time {
        Some(_) => row.known,
        None => begins().unwrap_or(row.known),
    }
}

/// Returns the scenario with what was known when a case was made, from then on.
fn known_at(s: &Scenario, case: &Case) -> (Scenario, AsOf) {
    let moment = case.moment;
    let mut then = s.clone();
    then.operation.start = moment;
    then.assessments.rows.retain(|row: &Assessment| row.at <= moment);
    let is_made =
        |promise: &Promise| promise.statement.is_none_or(|id| made(s, &s.statements[id]) <= moment);
    for (promise, row) in then.promises.rows.iter_mut().zip(&s.promises.rows) {
        // who promises plans for it; what nobody has promised yet is no aim
        let is_own = row.statement == Some(case.statement);
        promise.required = is_own || (row.required && is_made(row));
        promise.rank = if is_own { 1 } else { row.rank };
        promise.before_start = ends(&row.predicate).is_some_and(|end| end <= moment);
    }
    let expected = expected(s, case).max(moment);
    let mut awaited = Vec::new();
    let mut is_decision_awaited = false;
    for position in 0..then.conditions.rows.len() {
        let row = &then.conditions.rows[position];
        if gate::windows(&then, row).iter().any(|window| window.contains(moment)) {
            continue;
        }
        awaited.push(row.name.clone());
        is_decision_awaited |=
            matches!((&row.truth, &row.gate), (Truth::From(_), Gate::Departures(_)));
        let row = Condition { statement: None, truth: Truth::From(Some(expected)), ..row.clone() };
        then.conditions.rows[position] = row;
    }
    let readied = if is_decision_awaited { make_ready(&mut then, expected) } else { 0 };
    let as_of = AsOf {
        statement: s.statements[case.statement].name.clone(),
        moment,
        has_hour: case.has_hour,
        begun: (0, 0, 0),
        statements: s.statements.rows.iter().filter(|row| made(s, row) <= moment).count(),
        awaited,
        expected,
        readied,
        unmoved: 0,
    };
    (then, as_of)
}

/// Returns the end of what a promise speaks of.
fn ends(predicate: &Predicate) -> Option<Timestamp> {
    match predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => Some(by.strict),
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => Some(day.strict.to),
        Predicate::Mode { .. } => None,
    }
}

/// Returns the beginning of the day on which a promise has something happen; none for those that name an end only.
fn begins(s: &Scenario, predicate: &Predicate) -> Option<Timestamp> {
    match predicate {
        Predicate::BegunBy { by, .. } => Some(s.day_of(by.strict - Duration(1)).1.from),
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => Some(day.strict.from),
        Predicate::AllBy { .. } | Predicate::Mode { .. } => None,
    }
}

/// Returns when the makers of a case's promises expect what they wait for: on the first day that these speak of, else on
/// the first day on which, by a promise made no later, the movement begins, else at once.
fn expected(s: &Scenario, case: &Case) -> Timestamp {
    let own = case.promises.iter().filter_map(|&id| begins(s, &s.promises[id].predicate));
    let earlier = s.promises.rows.iter().filter(|promise| {
        matches!(promise.predicate, Predicate::BegunBy { .. })
            && promise.statement.is_some_and(|id| made(s, &s.statements[id]) <= case.moment)
    });
    let said = || earlier.filter_map(|promise| begins(s, &promise.predicate)).min();
    own.min().or_else(said).unwrap_or(case.moment)
}

/// Has everything ready at a moment that the scenario has ready later, and lets no clearance end: these dates were chosen
/// after the decision, and on the day of the promise nothing said that anything would not be ready, or who would have left
/// when. Returns the number of rows changed.
fn make_ready(then: &mut Scenario, at: Timestamp) -> usize {
    let mut changed = 0;
    let mut earlier = |t: &mut Timestamp| {
        let is_later = *t > at;
        *t = at.min(*t);
        usize::from(is_later)
    };
    for row in &mut then.elements.rows {
        let load_from = row.load_from.as_mut().map_or(0, &mut earlier);
        changed += load_from.max(earlier(&mut row.ready));
    }
    for row in &mut then.tails.rows {
        changed += earlier(&mut row.available.from);
    }
    for valid in then.clearances.rows.iter_mut().filter_map(|row| row.valid.as_mut()) {
        changed += usize::from(valid.to < Timestamp::MAX).max(earlier(&mut valid.from));
        valid.to = Timestamp::MAX;
    }
    for row in &mut then.resources.rows {
        for part in row.capacity.iter_mut().filter(|part| part.amount > 0) {
            changed += usize::from(begin_earlier(part, at));
        }
    }
    changed
}

/// Lets capacity begin at a moment: daily hours on the days before their first, other windows at once.
fn begin_earlier(part: &mut Capacity, at: Timestamp) -> bool {
    let Some(&first) = part.windows.first() else { return false };
    if first.from <= at {
        return false;
    }
    let before = part.windows.len();
    if part.windows.get(1).is_none_or(|next| next.from - first.from != DAY) {
        part.windows[0].from = at;
        return true;
    }
    let mut day = first;
    loop {
        day = Interval { from: day.from - DAY, to: day.to - DAY };
        if day.to <= at {
            break;
        }
        part.windows.push(Interval { from: day.from.max(at), to: day.to });
    }
    part.windows = to_windows(std::mem::take(&mut part.windows));
    part.windows.len() > before
}
