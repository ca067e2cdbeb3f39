//! What moves and what carries it: elements, pieces, aircraft.

use super::{StandClass, UserClass};
use crate::ids::*;
use crate::time::{Duration, Interval, Timestamp};
use crate::units::{Distance, Length, Mass, Speed};
use serde::{Deserialize, Serialize};

/// Part of a contingent that moves together, with its requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Id.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Nation that owns it.
    pub party: PartyId,
    /// Where it is at the start: a site, an airfield or another place.
    pub origin: PlaceId,
    /// Where its movement ends.
    pub destination: PlaceId,
    /// How it travels.
    pub mode: Mode,
    /// Whether the plan chooses between this way by air and the road all the way; never in a scenario that
    /// [`Scenario::resolved`](super::Scenario::resolved) returns.
    pub either: bool,
    /// Sites whose handover must have ended before it leaves its origin.
    pub freed_by: Vec<SiteId>,
    /// Earliest moment at which it leaves its origin (C03); the start if nothing is stated.
    pub ready: Timestamp,
    /// Earliest start of loading at the airfield, or of the march for a road movement (C04).
    pub load_from: Option<Timestamp>,
    /// Latest arrival at the destination.
    pub due: Option<Due>,
    /// Whether all of it goes in one load, or none of it (C05).
    pub same_aircraft: bool,
    /// Most time between its first and its last arrival at the destination (C05).
    pub spread: Option<Duration>,
}

/// How an element travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By road to `embark`, by air to `debark`, by road to the destination.
    Air {
        /// Airfield where it boards.
        embark: PlaceId,
        /// Airfield where it leaves the aircraft.
        debark: PlaceId,
    },
    /// By road all the way.
    Road,
}

/// Latest arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The moment.
    pub at: Timestamp,
    /// Hard: a finding of C04 and part of z2. Soft: seconds late are z5.
    pub hard: bool,
    /// Rank 1 to 3 in z2, for hard dates.
    pub rank: u8,
}

/// A vehicle, pallet, container or number of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Id.
    pub name: String,
    /// Name for people, such as "BTR-80".
    pub title: String,
    /// Element it belongs to.
    pub element: ElementId,
    /// What it is.
    pub kind: PieceKind,
    /// How many alike; at least 1.
    pub count: i64,
    /// Length of one; zero for people.
    pub length: Length,
    /// Width of one; zero for people.
    pub width: Length,
    /// Height of one; zero for people.
    pub height: Length,
    /// Mass of one without its drivers; for people the operation's person mass.
    pub mass: Mass,
    /// People who travel with each one and are counted nowhere else; zero for people.
    pub drivers: i64,
}

/// Kind of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PieceKind {
    /// People; use seats and no floor.
    People,
    /// Rolls on its own wheels or tracks; can march.
    Vehicle,
    /// Needs lifting.
    Pallet,
    /// Needs lifting.
    Container,
}

impl Piece {
    /// Returns the people in one: 1 for people, otherwise its drivers.
    pub const fn people_each(&self) -> i64 {
        match self.kind {
            PieceKind::People => 1,
            _ => self.drivers,
        }
    }
    /// Returns the items that use floor and road space in one: 0 for people, otherwise 1.
    pub const fn items_each(&self) -> i64 {
        match self.kind {
            PieceKind::People => 0,
            _ => 1,
        }
    }
}

/// An aircraft type.
#[derive(Debug, Clone, PartialEq)]
pub struct AircraftType {
    /// Id, such as `Il-76MD`.
    pub name: String,
    /// Stand it needs.
    pub stand: StandClass,
    /// Shortest runway it may use.
    pub min_runway: Distance,
    /// Block speed.
    pub block_speed: Speed,
    /// Payload against route distance: distances strictly rising, masses falling, at least one point.
    pub payload_range: Vec<(Distance, Mass)>,
    /// Longest leg without load; not shorter than the last payload point.
    pub ferry_range: Distance,
    /// Time to load.
    pub onload: Duration,
    /// Time to unload.
    pub offload: Duration,
    /// Least ground time at a stop without loading or unloading.
    pub enroute: Duration,
    /// Handling teams used while loading or unloading.
    pub handling_teams: i64,
    /// Cost of one flight hour in minor units of money; zero if not stated.
    pub cost_per_hour: i64,
    /// Cabin fits; at least one; the first is what an aircraft starts with.
    pub configurations: Vec<Configuration>,
}

/// One fit of a cabin.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// Id, unique within the type.
    pub name: String,
    /// Seats, drivers included.
    pub seats: i64,
    /// Time added to loading when the tail was fitted otherwise before.
    pub change: Duration,
    /// Floor; empty when only people fit.
    pub zones: Vec<Zone>,
}

/// A stretch of floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Id, unique within the configuration.
    pub name: String,
    /// Usable length, gaps for lashing already taken off.
    pub length: Length,
    /// Usable width.
    pub width: Length,
    /// Usable height.
    pub height: Length,
    /// Most mass on it.
    pub max_mass: Mass,
}

/// One aircraft.
#[derive(Debug, Clone, PartialEq)]
pub struct Tail {
    /// Id: the row's, or pool id and number (`FL1-03`).
    pub name: String,
    /// Pool it was named from; equal to `name` for a single aircraft.
    pub pool: String,
    /// Type.
    pub aircraft: TypeId,
    /// Carrier; its state needs no clearance.
    pub owner: PartyId,
    /// Whose hours it keeps.
    pub user_class: UserClass,
    /// Where it starts; its own apron there takes no stand outside loading and unloading.
    pub base: PlaceId,
    /// When it may work.
    pub available: Interval,
    /// When it may not, within that.
    pub maintenance: Vec<Interval>,
}
