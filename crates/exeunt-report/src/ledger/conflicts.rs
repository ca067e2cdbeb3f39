//! Conflicts of the record: rows that whoever keeps the ledger has marked as differing. None is resolved.

use super::Known;
use exeunt_model::StatementId;
use std::collections::BTreeMap;

/// A conflict with the rows that take part in it and are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its id, as the rows write it.
    pub id: String,
    /// The rows, oldest first; one alone differs from something outside the ledger, or from what is not yet known.
    pub rows: Vec<StatementId>,
}

pub(super) fn conflicts(known: &Known<'_>) -> Vec<Conflict> {
    let mut conflicts: BTreeMap<&str, Vec<StatementId>> = BTreeMap::new();
    for (id, row) in known.rows() {
        for conflict in &row.conflicts {
            conflicts.entry(conflict).or_default().push(id);
        }
    }
    conflicts.into_iter().map(|(id, rows)| Conflict { id: id.to_owned(), rows }).collect()
}
