//! What may turn out otherwise: rows of the table `uncertainty`, with which a plan is simulated.
//!
//! Parameters are integers: chances per mille, factors per cent of what is planned, delays in minutes. How each kind is
//! understood is fixed in `docs/model.md` section 14.

use crate::ids::{ClearanceId, ConditionId, LegId, PartyId, PlaceId, RoadId, TypeId};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertainty {
    /// Id.
    pub name: String,
    /// What is uncertain.
    pub what: Uncertain,
    /// What it applies to.
    pub scope: Scope,
    /// Form of the distribution.
    pub shape: Shape,
    /// How often it happens, per mille; 1000: always.
    pub chance: i64,
    /// Median, per cent of what is planned or minutes, by [`Uncertain::is_factor`].
    pub median: i64,
    /// What nine of ten stay within, in the same unit; the median where the shape needs none.
    pub p90: i64,
    /// Over what one of the parameters is drawn, where it is not known better.
    pub range: Option<Range>,
    /// What moves it together with other rows.
    pub factor: Option<Factor>,
    /// Whether the row is assumed.
    pub assumed: bool,
}

/// What is uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uncertain {
    /// How long a handover step takes.
    StepDuration,
    /// The receiving side comes late to the first steps of a handover.
    ReceiverLate,
    /// An aircraft breaks down before take-off and is repaired.
    Breakdown,
    /// Weather closes the airfields of an area, with a chance per day.
    Weather,
    /// How long loading, unloading and a stop take.
    GroundTime,
    /// How long a flight takes.
    BlockTime,
    /// How long a march takes.
    MarchTime,
    /// A clearance comes into force late.
    ClearanceLate,
    /// The situation of an area suspends its handovers, with a chance per day.
    Situation,
    /// What is to be decided or judged is so later than expected.
    DecisionLate,
}

impl Uncertain {
    /// All kinds with their words in the table.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::StepDuration, "step_duration"),
        (Self::ReceiverLate, "receiver_late"),
        (Self::Breakdown, "breakdown"),
        (Self::Weather, "weather"),
        (Self::GroundTime, "ground_time"),
        (Self::BlockTime, "block_time"),
        (Self::MarchTime, "march_time"),
        (Self::ClearanceLate, "clearance_late"),
        (Self::Situation, "situation"),
        (Self::DecisionLate, "decision_late"),
    ];

    /// Returns its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
    /// Returns whether its parameters are per cent of what is planned; otherwise they are minutes.
    pub const fn is_factor(self) -> bool {
        matches!(self, Self::StepDuration | Self::GroundTime | Self::BlockTime | Self::MarchTime)
    }
    /// Returns whether it closes an area for a time, with a chance per day.
    pub const fn is_closure(self) -> bool {
        matches!(self, Self::Weather | Self::Situation)
    }
}

/// What a row applies to. Of several rows of a kind the narrowest counts, of equally narrow ones the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// Places of an area.
    Area(String),
    /// What belongs to a state.
    State(String),
    /// What belongs to a party.
    Party(PartyId),
    /// Aircraft of a type.
    Type(TypeId),
    /// Aircraft of a pool, or one aircraft.
    Pool(String),
    /// One site or airfield.
    Place(PlaceId),
    /// One air leg.
    Leg(LegId),
    /// One road.
    Road(RoadId),
    /// One clearance.
    Clearance(ClearanceId),
    /// One condition.
    Condition(ConditionId),
}

impl Scope {
    /// Returns how narrow it is.
    pub const fn narrowness(&self) -> u8 {
        match self {
            Self::All => 0,
            Self::Area(_) | Self::State(_) | Self::Party(_) | Self::Type(_) => 1,
            _ => 2,
        }
    }
}

/// Form of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Always the median.
    Fixed,
    /// Logarithm normal: median and what nine of ten stay within.
    Lognormal,
    /// Exponential, by its median.
    Exponential,
}

/// Range of a parameter, in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Which parameter.
    pub of: Parameter,
    /// Least value.
    pub low: i64,
    /// Greatest value.
    pub high: i64,
}

/// A parameter of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// How often.
    Chance,
    /// The median.
    Median,
    /// What nine of ten stay within.
    P90,
}

/// A factor shared by rows: those with the same name and key are moved by one draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Name.
    pub name: String,
    /// What makes a new draw.
    pub by: FactorKey,
    /// Part of the shared draw, per cent: the correlation of two things that it moves is its square.
    pub weight_percent: i64,
}

/// What makes a new draw of a shared factor. Days are planned days of the operation's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorKey {
    /// One draw for the whole operation.
    Operation,
    /// One for each day.
    Day,
    /// One for each area and day.
    AreaDay,
    /// One for each site or airfield and day.
    PlaceDay,
    /// One for each party (owner of an aircraft or of a column; receiver of a site).
    Party,
}

impl Uncertainty {
    /// Returns the row with the parameter of its range at another value.
    #[must_use]
    pub fn with(&self, value: i64) -> Self {
        let mut row = self.clone();
        match self.range.map(|range| range.of) {
            Some(Parameter::Chance) => row.chance = value,
            Some(Parameter::Median) => row.median = value,
            Some(Parameter::P90) => row.p90 = value,
            None => {}
        }
        row.p90 = row.p90.max(row.median);
        row
    }
}
