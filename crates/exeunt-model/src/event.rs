//! Events: what has become known since a plan was made, one after the other.
//!
//! An event changes rows of the scenario, as `exeunt-scenario` writes them, or the plan that people have in hand (a swap of
//! tails). The log is a file with one JSON object per line.

use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// When it became known.
    pub at: Timestamp,
    /// Where it was read or who reported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What is assumed and why, where nobody reported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
    /// What happened, in a sentence for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// Kind and body.
    #[serde(flatten)]
    pub what: What,
}

/// Kinds of events, each with what it tells. Without a beginning it begins when it became known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// An aircraft cannot fly, for a time or for good. What it is doing by then in the air it ends.
    TailUnserviceable {
        /// Tail, or a pool for all of its aircraft.
        tail: String,
        /// Since when.
        from: Option<Timestamp>,
        /// Until when; none: for good.
        until: Option<Timestamp>,
    },
    /// Another aircraft flies what a tail was to fly.
    TailSwapped {
        /// Tail that flies no more.
        tail: String,
        /// Tail that flies instead.
        by: String,
        /// Sorties that begin then or later.
        from: Option<Timestamp>,
    },
    /// A field is closed to movements and handling.
    AirfieldClosed {
        /// Airfield.
        airfield: String,
        /// Since when.
        from: Option<Timestamp>,
        /// Until when.
        until: Timestamp,
    },
    /// A border post is closed.
    BorderClosed {
        /// Border post.
        border: String,
        /// Since when.
        from: Option<Timestamp>,
        /// Until when.
        until: Timestamp,
    },
    /// Whoever takes sites over is late: no step there starts before.
    ReceiverLate {
        /// Sites.
        sites: Vec<String>,
        /// When they will be there.
        until: Timestamp,
    },
    /// A handover step takes another time than planned.
    StepTakes {
        /// Step.
        step: String,
        /// Hours from its start to its end.
        hours: f64,
    },
    /// An element is ready later or earlier.
    ElementReady {
        /// Element.
        element: String,
        /// When.
        ready: Timestamp,
    },
    /// A clearance ends early, or is never given.
    ClearanceWithdrawn {
        /// Clearance.
        clearance: String,
        /// Since when.
        from: Option<Timestamp>,
    },
    /// A clearance is given.
    ClearanceGranted {
        /// Clearance.
        clearance: String,
        /// First moment at which it is valid.
        from: Timestamp,
        /// First moment at which it is not valid any more.
        until: Timestamp,
    },
    /// An office judges the situation.
    Assessed {
        /// Area, or ALL.
        zone: String,
        /// Level.
        level: String,
        /// Office.
        office: String,
    },
    /// A condition is true from a moment on.
    Decided {
        /// Condition.
        condition: String,
        /// Since when.
        from: Option<Timestamp>,
    },
    /// There are more or fewer of a piece than was said.
    Counted {
        /// Piece.
        piece: String,
        /// How many there are, those that have left counted in.
        count: u32,
    },
    /// Some of a resource is away.
    CapacityLost {
        /// Resource.
        resource: String,
        /// How much.
        amount: u32,
        /// Since when.
        from: Option<Timestamp>,
        /// Until when; none: for good.
        until: Option<Timestamp>,
    },
    /// Rows of any tables, laid over the scenario as an overlay is.
    Rows(
        /// By table: rows, by column the cell as text.
        BTreeMap<String, Vec<BTreeMap<String, String>>>,
    ),
}

impl Event {
    /// Returns since when it holds.
    pub fn from(&self) -> Timestamp {
        let stated = match &self.what {
            What::TailUnserviceable { from, .. }
            | What::TailSwapped { from, .. }
            | What::AirfieldClosed { from, .. }
            | What::BorderClosed { from, .. }
            | What::ClearanceWithdrawn { from, .. }
            | What::Decided { from, .. }
            | What::CapacityLost { from, .. } => *from,
            What::ClearanceGranted { from, .. } => Some(*from),
            _ => None,
        };
        stated.unwrap_or(self.at)
    }

    /// Returns what happened in a sentence, made of kind and names where nobody said it.
    pub fn told(&self) -> String {
        if let Some(says) = &self.says {
            return says.clone();
        }
        match &self.what {
            What::TailUnserviceable { tail, .. } => format!("{tail} is unserviceable"),
            What::TailSwapped { tail, by, .. } => format!("{by} flies instead of {tail}"),
            What::AirfieldClosed { airfield, .. } => format!("{airfield} is closed"),
            What::BorderClosed { border, .. } => format!("border post {border} is closed"),
            What::ReceiverLate { sites, .. } => format!("receiver of {} is late", sites.join(", ")),
            What::StepTakes { step, hours } => format!("step {step} takes {hours} h"),
            What::ElementReady { element, .. } => format!("{element} is ready at another time"),
            What::ClearanceWithdrawn { clearance, .. } => format!("{clearance} is withdrawn"),
            What::ClearanceGranted { clearance, .. } => format!("{clearance} is granted"),
            What::Assessed { zone, level, office } => format!("{office} judges {zone}: {level}"),
            What::Decided { condition, .. } => format!("{condition} is decided"),
            What::Counted { piece, count } => format!("{piece}: {count} counted"),
            What::CapacityLost { resource, amount, .. } => format!("{amount} of {resource} away"),
            What::Rows(tables) => {
                let names: Vec<&str> = tables.keys().map(String::as_str).collect();
                format!("rows of {}", names.join(", "))
            }
        }
    }
}
