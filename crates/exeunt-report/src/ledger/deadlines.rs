//! Which of several deadlines governs: where statements give deadlines for the same thing, the stricter reading.

use super::Known;
use exeunt_model::scenario::{Milestone, Predicate, Promise, Readings};
use exeunt_model::{Duration, ElementId, PromiseId, Timestamp};
use std::collections::BTreeMap;

/// Something of which more than one promise gives a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What must have happened to the set: its first departure, or every piece at the milestone.
    pub milestone: Option<Milestone>,
    /// Of whom.
    pub set: Vec<ElementId>,
    /// The deadlines, the governing one first.
    pub limits: Vec<Limit>,
    /// Why the first governs.
    pub reason: Reason,
}

/// A deadline that a promise gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The promise.
    pub promise: PromiseId,
    /// Its readings.
    pub by: Readings<Timestamp>,
    /// How much later than the governing one, strict readings compared.
    pub later: Duration,
}

/// Why a deadline governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its strict reading is earlier than that of every other.
    Stricter,
    /// Others have the same strict reading; its lenient one is earlier.
    StricterLeniently,
    /// Others have the same readings; it was said first, or stands first.
    SaidFirst,
}

pub(super) fn deadlines(known: &Known<'_>) -> Vec<Deadline> {
    let s = known.scenario;
    let mut groups: BTreeMap<(Option<Milestone>, Vec<ElementId>), Vec<PromiseId>> = BTreeMap::new();
    for (id, promise) in s.promises.iter() {
        let is_made = promise.statement.is_none_or(|statement| known.is_known(statement));
        if let (true, Some((milestone, set, _))) = (is_made, demand(promise)) {
            groups.entry((milestone, set.to_vec())).or_default().push(id);
        }
    }
    let of = |((milestone, set), ids): ((Option<Milestone>, Vec<ElementId>), Vec<PromiseId>)| {
        let mut limits: Vec<(PromiseId, Readings<Timestamp>)> = ids
            .into_iter()
            .filter_map(|id| demand(&s.promises[id]).map(|(.., by)| (id, by)))
            .collect();
        let said = |id: PromiseId| {
            s.promises[id].statement.map_or(Timestamp::MAX, |row| s.statements[row].known)
        };
        limits.sort_by_key(|&(id, by)| (by.strict, by.lenient, said(id), id));
        let [(_, first), (_, second), ..] = limits[..] else { return None };
        let reason = match (first.strict < second.strict, first.lenient < second.lenient) {
            (true, _) => Reason::Stricter,
            (false, true) => Reason::StricterLeniently,
            (false, false) => Reason::SaidFirst,
        };
        let limit = |&(promise, by): &(PromiseId, Readings<Timestamp>)| Limit {
            promise,
            by,
            later: by.strict - first.strict,
        };
        Some(Deadline { milestone, set, limits: limits.iter().map(limit).collect(), reason })
    };
    groups.into_iter().filter_map(of).collect()
}

/// Returns what a promise with a deadline demands: milestone (none: the first departure), set, and by when.
fn demand(promise: &Promise) -> Option<(Option<Milestone>, &[ElementId], Readings<Timestamp>)> {
    match &promise.predicate {
        Predicate::BegunBy { set, by } => Some((None, set, *by)),
        Predicate::AllBy { set, milestone, by } => Some((Some(*milestone), set, *by)),
        Predicate::OnDay { set, milestone, day, .. } => {
            let by = Readings { strict: day.strict.to, lenient: day.lenient.to };
            Some((Some(*milestone), set, by))
        }
        Predicate::CountOnDay { .. } | Predicate::Mode { .. } => None,
    }
}
