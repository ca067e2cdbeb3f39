//! A plan: what flies, what drives, what is handed over, what stays behind.
//!
//! A plan names things by the ids of its scenario's files, so that it can be read beside them. It
//! is one canonical JSON file, free of wall time and machine names.

use crate::certificate::Proof;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the plan format that this build writes.
pub const PLAN_FORMAT: u32 = 1;

/// A plan of one scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the format.
    pub format: u32,
    /// Hash of the scenario it was made for.
    pub scenario_hash: String,
    /// Seed of the search.
    pub seed: u64,
    /// Orders tried per epoch; part of the result. 0 in a plan that no search made.
    #[serde(default)]
    pub lanes: u64,
    /// Epochs of the search.
    pub epochs: Epochs,
    /// What each tail flies, in the order of time.
    pub lines: Vec<Line>,
    /// What marches.
    pub columns: Vec<Column>,
    /// When the steps of the handovers take place.
    pub handovers: Vec<Handover>,
    /// What does not move, and why.
    pub unmoved: Vec<Unmoved>,
    /// By what the elements go that may go by air or by road.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Names of the objective's levels, most important first.
    pub levels: Vec<String>,
    /// Their values; smaller is better.
    pub objective: Vec<i64>,
    /// Proven bounds per level; empty until proven.
    #[serde(default)]
    pub bounds: Vec<Option<i64>>,
    /// The certificates of the bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// By what an element of either mode goes, with all its pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Element.
    pub element: String,
    /// What was chosen for it.
    pub mode: Chosen,
}

/// A mode that a plan chooses.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Chosen {
    /// By air between the element's airfields, by road to and from them.
    Air,
    /// By road all the way.
    Road,
}

impl Chosen {
    /// Returns the mode that was not chosen.
    pub const fn other(self) -> Self {
        match self {
            Self::Air => Self::Road,
            Self::Road => Self::Air,
        }
    }
    /// Returns the word for files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Air => "air",
            Self::Road => "road",
        }
    }
}

/// Epochs of a search: warm-up, budget and those run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Epochs {
    /// Warm-up epochs.
    pub warmup: u64,
    /// Budget.
    pub budget: u64,
    /// Epochs run.
    pub run: u64,
}

/// The line of sorties of one tail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Tail.
    pub tail: String,
    /// Its sorties in order.
    pub sorties: Vec<Sortie>,
}

/// One take-off to one landing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sortie {
    /// Id, unique in the plan.
    pub id: String,
    /// Airfield of departure.
    pub from: String,
    /// Airfield of landing.
    pub to: String,
    /// Air leg of the scenario, or none inside the carrier's own state.
    pub leg: Option<String>,
    /// Cabin fit flown.
    pub config: String,
    /// Take-off.
    pub departs: Timestamp,
    /// Landing.
    pub lands: Timestamp,
    /// Loading at `from` before departure, if pieces board there.
    pub loading: Option<Service>,
    /// Unloading at `to` after landing, if pieces leave there.
    pub unloading: Option<Service>,
    /// Crew; not supported yet, always null.
    pub crew: Option<String>,
    /// What is on board, also what boarded earlier and stays.
    pub load: Vec<Load>,
}

/// A service on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Start.
    pub starts: Timestamp,
    /// End.
    pub ends: Timestamp,
}

/// Pieces on board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Piece.
    pub piece: String,
    /// How many of it.
    pub count: i64,
    /// Zone they stand in; none for people.
    pub zone: Option<String>,
    /// Position in the zone; not supported yet, always null.
    pub x_mm: Option<i64>,
    /// Position in the zone; not supported yet, always null.
    pub y_mm: Option<i64>,
    /// Turned by a quarter; not supported yet, always null.
    pub turned: Option<bool>,
}

/// A column on the road.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Id, unique in the plan.
    pub id: String,
    /// Road legs in order.
    pub marches: Vec<March>,
    /// What marches.
    pub load: Vec<ColumnLoad>,
}

/// A column on one road leg. Times are those of its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct March {
    /// Road leg of the scenario.
    pub road: String,
    /// Place it leaves.
    pub from: String,
    /// Place it reaches.
    pub to: String,
    /// The head leaves `from`.
    pub departs: Timestamp,
    /// The head reaches `to`.
    pub arrives: Timestamp,
}

/// Pieces in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnLoad {
    /// Piece.
    pub piece: String,
    /// How many of it.
    pub count: i64,
}

/// A step of a handover in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Step of the scenario.
    pub step: String,
    /// Start.
    pub starts: Timestamp,
    /// End.
    pub ends: Timestamp,
}

/// Pieces that stay behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unmoved {
    /// Piece.
    pub piece: String,
    /// How many of it.
    pub count: i64,
    /// Rule that stands in the way.
    pub rule: String,
    /// Why, in a sentence.
    pub reason: String,
}
