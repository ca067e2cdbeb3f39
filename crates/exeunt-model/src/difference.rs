//! What one plan changes of another, move by move.

use crate::time::Timestamp;
use serde::Serialize;

/// A move that two plans have otherwise, or that one of them has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What moves.
    pub kind: MoveKind,
    /// Place where it begins; the step of a handover.
    pub at: String,
    /// What boards or marches: pieces with counts; nothing for a step.
    pub load: Vec<(String, i64)>,
    /// How the plan before has it; none: not at all.
    pub before: Option<Told>,
    /// How the plan has it; none: not at all.
    pub after: Option<Told>,
    /// What it adds to z9.
    pub weight: i64,
}

/// Kind of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// A sortie at which something boards.
    Sortie,
    /// A column.
    Column,
    /// A step of a handover.
    Step,
}

/// What people have been told of a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Id in its plan; that of the step.
    pub id: String,
    /// Tail of a sortie.
    pub tail: Option<String>,
    /// Start of loading, departure of the head, or start of the step.
    pub begins: Timestamp,
}

impl Difference {
    /// Says whether another tail carries it.
    pub fn has_other_tail(&self) -> bool {
        matches!((&self.before, &self.after), (Some(before), Some(after)) if before.tail != after.tail)
    }
}
