//! Bounds on what any plan can reach, with the certificates that prove them.
//!
//! A certificate is data: it names the relaxation it rests on (moments, sets, weights), and `docs/model.md`,
//! section 13, says which sums show that it holds. Making one may take a search, checking one never does.
//! Names are those of the scenario's files, as in a plan.

use crate::scenario::{Milestone, ResourceKind};
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is proven beside a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Pieces that at most stay behind in the plans that the bounds are about (z1 of this plan).
    pub unmoved: i64,
    /// Of these, pieces that could arrive.
    pub may_stay: i64,
    /// Earliest starts of handover steps, in the order in which they build on one another.
    pub lemmas: Vec<Lemma>,
    /// The bounds.
    pub certificates: Vec<Certificate>,
    /// Solver of linear programs that was used; none by the stages of this build.
    pub solver: Option<String>,
}

/// A step cannot start before a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lemma {
    /// The step.
    pub step: String,
    /// It starts at this moment or later.
    pub not_before: Timestamp,
    /// Why: which work must have been done before.
    pub teams: Teams,
}

/// Something that holds for every plan under the premise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Stage of the bound (DESIGN, algorithms section 4).
    pub stage: Stage,
    /// What is bounded, and where.
    pub claim: Claim,
    /// Why.
    pub evidence: Evidence,
}

/// Stage of a bound: what it regards.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Stage {
    /// The path of a piece by itself.
    B0,
    /// Energy of handovers: work of teams against their capacity.
    B1,
    /// Number of sorties.
    B2,
    /// Cycle of the fleet.
    B3,
    /// Energy of an airfield: services against its capacity.
    B4,
}

/// What a certificate claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "bounds", rename_all = "snake_case", deny_unknown_fields)]
pub enum Claim {
    /// So many pieces stay behind at least.
    Unmoved {
        /// Pieces.
        at_least: i64,
    },
    /// The last piece of a set does not reach a milestone before a moment.
    Arrival {
        /// Elements.
        set: Vec<String>,
        /// Milestone.
        milestone: Milestone,
        /// The moment; none: never.
        not_before: Option<Timestamp>,
        /// Promise it was made for, if any: then every piece of the promise's set moves, whatever else stays.
        promise: Option<String>,
        /// Whether every piece of the set moves, whatever else stays: what may be promised of it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        whole: bool,
    },
    /// A promise that no plan keeps, for another reason than the arrival of its set.
    Promise {
        /// The promise.
        promise: String,
    },
    /// What must be flown at least.
    Flights {
        /// Sorties.
        sorties: i64,
        /// Flying time in minutes.
        minutes: i64,
        /// Cost in minor units of money.
        cost: i64,
    },
}

/// What a certificate rests on (`docs/model.md`, section 13.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Evidence {
    /// Some piece's journey alone takes so long, or is not possible at all.
    Path,
    /// Teams have so much to do.
    Teams(Teams),
    /// An airfield has so much to do.
    Field(Field),
    /// The aircraft have so far to fly.
    Fleet(Fleet),
    /// So much has to be carried.
    Loads {
        /// Covers of disjoint sets of elements, each at a field of its own.
        covers: Vec<Cover>,
    },
    /// Nobody of the set can set out in time.
    Start,
    /// The scenario has an element of the set travel otherwise.
    Mode,
}

/// Work of a team that lies between a moment and the end of the last of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Teams {
    /// The team.
    pub resource: String,
    /// None of the steps can start before.
    pub from: Timestamp,
    /// The steps.
    pub steps: Vec<String>,
    /// The last of them ends at this moment or later.
    pub last_ends: Timestamp,
}

/// Services of an airfield that lie between a moment and the end of the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What is short.
    pub kind: FieldKind,
    /// None of the services can start before.
    pub from: Timestamp,
    /// What has to be served; its field is the field.
    pub cover: Cover,
    /// Work of the services in seconds of one team, check or stand.
    pub work: i64,
    /// The last service ends at this moment or later.
    pub last_ends: Timestamp,
}

/// What is short at an airfield.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Handling teams (working MOG).
    Handling,
    /// Host checks.
    HostCheck,
    /// Stands (parking MOG), of all sizes together.
    Stand,
}

impl FieldKind {
    /// Returns whether a resource is of this kind.
    pub const fn covers(self, kind: ResourceKind) -> bool {
        matches!(
            (self, kind),
            (Self::Handling, ResourceKind::Handling)
                | (Self::HostCheck, ResourceKind::HostCheck)
                | (Self::Stand, ResourceKind::Stand(_))
        )
    }
}

/// Loads that a fleet can have taken up at a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    /// No loading can start before.
    pub from: Timestamp,
    /// What has to be carried; side `loading`.
    pub cover: Cover,
    /// The last loading ends at this moment or later.
    pub last_ends: Timestamp,
}

/// How many sorties of each type carry a set of elements from or to a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// Whether the pieces are loaded or unloaded there.
    pub side: Side,
    /// The airfield.
    pub field: String,
    /// Elements.
    pub elements: Vec<String>,
    /// Weight of one of each piece; pieces that are not named weigh 0.
    pub weights: Vec<Weight>,
    /// The most weight that one sortie of each type carries.
    pub capacities: Vec<TypeCapacity>,
    /// Weight of all that must be carried.
    pub total: i64,
}

/// Which end of a flight is meant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Loading at the field of embarkation.
    Loading,
    /// Unloading at the field of debarkation.
    Unloading,
}

/// Weight of one item or person of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Piece.
    pub piece: String,
    /// At least 0.
    pub weight: i64,
}

/// Weight that one sortie of a type carries at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeCapacity {
    /// Aircraft type.
    #[serde(rename = "type")]
    pub aircraft: String,
    /// At least 0.
    pub capacity: i64,
}
