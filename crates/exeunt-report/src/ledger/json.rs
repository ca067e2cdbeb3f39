//! What follows from the ledger as one JSON object. Rows are named by id; moments are RFC 3339 in the operation's zone.

use super::{
    Change, Claim, Deadline, Evidence, History, InPlan, Part, PromiseState, Reason, Reckoning,
    Standing, Tally, TallyState,
};
use crate::zoned::Clock;
use exeunt_model::{Duration, ElementId, Interval, Scenario, StatementId, Timestamp};
use serde_json::{Value, json};

/// Returns a reckoning as one JSON object; `probability` is null where none was computed.
pub fn value(scenario: &Scenario, reckoning: &Reckoning) -> Value {
    let form = Form { s: scenario, clock: Clock::new(scenario.operation.zone_offset) };
    json!({
        "at": reckoning.at.map(|t| form.moment(t)),
        "n_known": super::Known { scenario, at: reckoning.at }.rows().len(),
        "conflicts": reckoning.conflicts.iter().map(|conflict| json!({
            "id": conflict.id, "rows": form.rows(&conflict.rows),
        })).collect::<Vec<_>>(),
        "figures": reckoning.tallies.iter().map(|row| form.tally(row)).collect::<Vec<_>>(),
        "confirmations": reckoning.claims.iter().map(|row| form.claim(row)).collect::<Vec<_>>(),
        "deadlines": reckoning.deadlines.iter().map(|row| form.deadline(row)).collect::<Vec<_>>(),
        "promises": reckoning.promises.iter().map(|row| form.history(row)).collect::<Vec<_>>(),
        "plan_findings": reckoning.findings,
        "required_broken": reckoning.is_broken(scenario),
    })
}

/// Writes a day, or the first and last day of a stretch.
pub(super) fn day(clock: Clock, day: Interval) -> Value {
    let [first, last] = [day.from, day.to - Duration(1)].map(|t| clock.date(t));
    match (first, last) {
        (Some(first), Some(last)) if first == last => Value::from(first.to_string()),
        (Some(first), Some(last)) => Value::from(format!("{first}..{last}")),
        _ => Value::Null,
    }
}

struct Form<'a> {
    s: &'a Scenario,
    clock: Clock,
}

impl Form<'_> {
    fn moment(&self, t: Timestamp) -> Value {
        self.clock.rfc3339(t).map_or(Value::Null, Value::String)
    }
    fn row(&self, id: StatementId) -> &str {
        &self.s.statements[id].name
    }
    fn rows(&self, ids: &[StatementId]) -> Vec<&str> {
        ids.iter().map(|&id| self.row(id)).collect()
    }
    fn set(&self, set: &[ElementId]) -> Vec<&str> {
        set.iter().map(|&id| self.s.elements[id].name.as_str()).collect()
    }
    fn numbers(&self, numbers: &[(StatementId, i64)]) -> Vec<Value> {
        numbers.iter().map(|&(id, n)| json!({ "row": self.row(id), "n": n })).collect()
    }

    fn tally(&self, tally: &Tally) -> Value {
        let part = |part: &Part| {
            json!({
                "set": self.set(&part.set), "numbers": self.numbers(&part.rows), "added": part.is_added,
            })
        };
        json!({
            "day": day(self.clock, tally.day),
            "counts": tally.counted,
            "set": self.set(&tally.set),
            "announced": self.numbers(&tally.announced),
            "under_way": self.numbers(&tally.under_way),
            "done": tally.done.iter().map(part).collect::<Vec<_>>(),
            "total": tally.total.map(|(least, most)| [least, most]),
            "left": tally.left.map(|(least, most)| [least, most]),
            "left_of": self.set(&tally.left_of),
            "planned_by": self.rows(&tally.planned_by),
            "record": tally.record.map(|row| self.s.record[row].shown.as_str()),
            "state": match tally.state {
                TallyState::Open => "open",
                TallyState::NoReport => "no_report",
                TallyState::InPart => "in_part",
                TallyState::Agree => "agree",
                TallyState::Differ => "differ",
                TallyState::Unannounced => "unannounced",
            },
            "conflicts": tally.conflicts,
        })
    }

    fn claim(&self, claim: &Claim) -> Value {
        let members = claim.members.iter().map(|member| {
            let row = self.row(member.row);
            match &member.standing {
                Standing::Independent => json!({ "row": row, "independent": true }),
                Standing::SameOrigin { of, origin } => json!({
                    "row": row, "independent": false, "relays": self.row(*of), "origin": origin,
                }),
                Standing::SameChannel { of, channels } => json!({
                    "row": row, "independent": false, "relays": self.row(*of), "channels": channels,
                }),
                Standing::Unsourced => json!({ "row": row, "independent": false, "relays": null }),
            }
        });
        json!({
            "row": self.row(claim.row),
            "independent": claim.independent(),
            "confirmed_by": members.collect::<Vec<_>>(),
        })
    }

    fn deadline(&self, deadline: &Deadline) -> Value {
        let limit = |limit: &super::Limit| {
            let promise = &self.s.promises[limit.promise];
            json!({
                "promise": promise.name,
                "row": promise.statement.map(|id| self.row(id)),
                "strict": self.moment(limit.by.strict),
                "lenient": self.moment(limit.by.lenient),
                "later_s": limit.later.0,
            })
        };
        let governing = deadline.limits.first();
        json!({
            "milestone": deadline.milestone,
            "set": self.set(&deadline.set),
            "governs": governing.map(|limit| self.s.promises[limit.promise].name.as_str()),
            "reason": match deadline.reason {
                Reason::Stricter => "stricter",
                Reason::StricterLeniently => "stricter_leniently",
                Reason::SaidFirst => "said_first",
            },
            "limits": deadline.limits.iter().map(limit).collect::<Vec<_>>(),
        })
    }

    fn history(&self, history: &History) -> Value {
        let promise = &self.s.promises[history.promise];
        json!({
            "id": promise.name,
            "required": promise.required,
            "state": state(history.state),
            "changes": history.changes.iter().map(|row| self.change(row)).collect::<Vec<_>>(),
            "plan": history.plan.as_ref().map(|plan| in_plan(plan, promise.wanted)),
        })
    }

    fn change(&self, change: &Change) -> Value {
        let (row, evidence) = match change.evidence {
            Evidence::Row(row) => (Some(self.row(row)), "row"),
            Evidence::Outcome => (None, "outcome"),
            Evidence::Plan => (None, "plan"),
            Evidence::Nothing => (None, "none"),
        };
        json!({
            "to": state(change.to),
            "at": change.at.map(|t| self.moment(t)),
            "row": row,
            "evidence": evidence,
        })
    }
}

fn in_plan(plan: &InPlan, wanted: Option<i64>) -> Value {
    json!({
        "strict": plan.strict,
        "lenient": plan.lenient,
        "margin_s": plan.margin_s,
        "probability_per_mille": plan.probability,
        "wanted_per_mille": wanted,
        "at_risk": plan.is_at_risk,
    })
}

fn state(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Made => "made",
        PromiseState::Repeated => "repeated",
        PromiseState::AtRisk => "at_risk",
        PromiseState::Kept => "kept",
        PromiseState::Broken => "broken",
        PromiseState::Disputed => "disputed",
        PromiseState::NoReport => "no_report",
    }
}
