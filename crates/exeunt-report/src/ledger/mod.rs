//! The ledger: what was said by whom and when, and what follows from setting its rows side by side.
//!
//! Rows are never merged, weighed or corrected. What is reckoned is what anybody could reckon from the table: which
//! numbers differ, what is left of what was announced, which confirmations are independent, which of two deadlines is
//! the stricter, and what is on record of each promise. Every result names its rows. Everything here is a pure function
//! of the scenario, a moment and, if there is one, what the checker derived of a plan.

mod confirmations;
mod conflicts;
mod deadlines;
mod figures;
mod json;
mod list;
mod promises;
mod said;
mod text;

pub use confirmations::{Claim, Member, Standing};
pub use conflicts::Conflict;
pub use deadlines::{Deadline, Limit, Reason};
pub use figures::{Part, Tally, TallyState};
pub use json::value;
pub use list::{Filter, list_text, list_value, select};
pub use promises::{Change, Evidence, Forecast, History, InPlan, PromiseState};
pub(crate) use said::{change, day_said, office, set, state_key};
pub use text::text;

use exeunt_model::scenario::Statement;
use exeunt_model::{Scenario, StatementId, Timestamp};

/// What follows from the ledger as of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// The moment; none: everything on record counts.
    pub at: Option<Timestamp>,
    /// Conflicts of the record, by id.
    pub conflicts: Vec<Conflict>,
    /// Numbers announced and reported, by day and set.
    pub tallies: Vec<Tally>,
    /// Rows that others confirm.
    pub claims: Vec<Claim>,
    /// Things of which more than one statement gives a deadline.
    pub deadlines: Vec<Deadline>,
    /// Promises made, in file order.
    pub promises: Vec<History>,
    /// Number of findings of the checker in the plan given; none: no plan is given.
    pub findings: Option<usize>,
}

impl Reckoning {
    /// Returns whether a required promise is broken by what is on record, or in its strict reading by the plan given.
    pub fn is_broken(&self, scenario: &Scenario) -> bool {
        self.promises.iter().filter(|history| scenario.promises[history.promise].required).any(
            |history| {
                let by_plan = history.plan.as_ref().is_some_and(|plan| plan.strict == Some(false));
                history.state == PromiseState::Broken || by_plan
            },
        )
    }
}

/// Reckons with everything that is known at a moment.
pub fn reckon(
    scenario: &Scenario,
    at: Option<Timestamp>,
    forecast: Option<&Forecast<'_>>,
) -> Reckoning {
    let known = Known { scenario, at };
    Reckoning {
        at,
        conflicts: conflicts::conflicts(&known),
        tallies: figures::tallies(&known),
        claims: confirmations::claims(&known),
        deadlines: deadlines::deadlines(&known),
        promises: promises::histories(&known, forecast),
        findings: forecast.map(|forecast| forecast.verdict.findings.len()),
    }
}

/// The part of the ledger that is known at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) scenario: &'a Scenario,
    /// None: everything on record.
    pub(crate) at: Option<Timestamp>,
}

impl<'a> Known<'a> {
    /// Returns whether a moment has come.
    fn has_come(&self, t: Timestamp) -> bool {
        self.at.is_none_or(|at| t <= at)
    }

    /// Returns when the last row is known.
    fn last(&self) -> Option<Timestamp> {
        self.rows().last().map(|(_, row)| row.known)
    }

    fn is_known(&self, id: StatementId) -> bool {
        self.has_come(self.scenario.statements[id].known)
    }

    /// Returns the rows that are known, oldest first; those of one moment in file order.
    fn rows(&self) -> Vec<(StatementId, &'a Statement)> {
        let rows = self.scenario.statements.iter().filter(|(_, row)| self.has_come(row.known));
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| (a.1.known, &a.1.date, a.0).cmp(&(b.1.known, &b.1.date, b.0)));
        rows
    }
}
