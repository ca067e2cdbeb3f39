//! What is ordered, said and judged: precedence, promises, the ledger, conditions, the situation, the mandate.

use crate::ids::*;
use crate::time::{Interval, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who leaves before whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Precedence {
    /// Id.
    pub name: String,
    /// Elements that go first.
    pub first: Vec<ElementId>,
    /// Elements that follow; disjoint from `first`.
    pub then: Vec<ElementId>,
    /// What exactly is meant.
    pub kind: PrecedenceKind,
    /// Where it is measured.
    pub milestone: Milestone,
    /// Hard (C23), or priced (z3).
    pub hard: bool,
    /// People of `then` who stay until the last of `first` has passed; hard in every row.
    pub stay: i64,
}

/// Kind of a precedence row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrecedenceKind {
    /// The last of `first` passes no later than the last of `then`.
    LastBeforeLast,
    /// The last of `first` passes no later than the first of `then`.
    AllBeforeFirst,
    /// The first of `first` passes no later than the first of `then`.
    FirstBeforeFirst,
}

/// Moments of a piece's journey.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Leaves its origin.
    LeftSite,
    /// Leaves the host.
    LeftHost,
    /// Lands at the airfield where it leaves the aircraft.
    HomeAirfield,
    /// Arrives at its destination.
    HomeBase,
}

/// A promise: what a statement says, as a predicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Id.
    pub name: String,
    /// Row of the ledger it comes from.
    pub statement: Option<StatementId>,
    /// The words, short.
    pub text: String,
    /// What must be true.
    pub predicate: Predicate,
    /// Whether it counts in z2.
    pub required: bool,
    /// Wanted probability in per mille.
    pub wanted: Option<i64>,
    /// Rank 1 to 3.
    pub rank: u8,
    /// Promise that says the same.
    pub same_as: Option<PromiseId>,
    /// What the record says of it.
    pub outcome: Option<String>,
    /// Evidence for that.
    pub evidence: Option<String>,
    /// Whether its date lies before the operation's start; then it is reported, never computed.
    pub before_start: bool,
}

/// A predicate, from a closed list. Deadlines given as days mean the end of that day in the row's zone.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// The set's first departure (left_site) is at or before the deadline.
    BegunBy {
        /// Elements.
        set: Vec<ElementId>,
        /// Strict and lenient deadline.
        by: Readings<Timestamp>,
    },
    /// Every piece of the set has reached the milestone by the deadline.
    AllBy {
        /// Elements.
        set: Vec<ElementId>,
        /// Milestone.
        milestone: Milestone,
        /// Strict and lenient deadline.
        by: Readings<Timestamp>,
    },
    /// Every piece of the set reaches the milestone on that day.
    OnDay {
        /// Elements.
        set: Vec<ElementId>,
        /// Milestone.
        milestone: Milestone,
        /// Strict and lenient day.
        day: Readings<Interval>,
        /// Most loaded sorties that carry the set out that day.
        max_sorties: Option<i64>,
        /// Most tails that carry the set out that day.
        max_tails: Option<i64>,
    },
    /// So many loaded sorties leave the field that day.
    CountOnDay {
        /// Airfield.
        field: PlaceId,
        /// Strict and lenient day.
        day: Readings<Interval>,
        /// Least number.
        at_least: i64,
    },
    /// The set moves by that mode on every leg.
    Mode {
        /// Elements.
        set: Vec<ElementId>,
        /// By road (otherwise by air).
        road: bool,
    },
}

/// A value as words allow it to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings<T> {
    /// Harder to keep.
    pub strict: T,
    /// Easier to keep.
    pub lenient: T,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// Id.
    pub name: String,
    /// Day, as written (ISO 8601).
    pub date: String,
    /// Time of day, as written.
    pub time: Option<String>,
    /// When it was published or entered, as written: a day or a moment; blank: unknown.
    pub recorded: String,
    /// The moment by which that was: the end of a day.
    pub recorded_by: Option<Timestamp>,
    /// Language in which it was said or read (ISO 639); blank: not stated.
    pub language: String,
    /// Who; empty for an event.
    pub speaker: String,
    /// In which office.
    pub office: String,
    /// Who passed it on.
    pub via: String,
    /// Whose claim it is, where that is not the speaker's.
    pub origin: String,
    /// fact, plan, promise, judgement, decision or request.
    pub kind: String,
    /// planned, begun, under way, done, open.
    pub status: String,
    /// What was said, in own words.
    pub text: String,
    /// Conflicts of the record it takes part in.
    pub conflicts: Vec<String>,
    /// Where it was read.
    pub source: String,
    /// Whether its hour or anything else of it is assumed; blank: no.
    pub assumed: String,
    /// What kind of source that is.
    pub source_type: Option<SourceType>,
    /// Other rows that it confirms.
    pub confirms: Vec<StatementId>,
    /// A number in it, as written; blank: none.
    pub quantity: String,
    /// Of what the number is.
    pub unit: String,
    /// What the ledger adds up of it, with the number; of `set` on `day`, both stated then.
    pub counts: Option<(Counted, i64)>,
    /// Of whom it speaks; empty: not stated.
    pub set: Vec<ElementId>,
    /// Day or days of which it speaks.
    pub day: Option<Interval>,
    /// A date in it, as written: a day, or `from..to`; blank: none.
    pub deadline: String,
    /// Promises that it says something of.
    pub bears_on: Vec<(PromiseId, Bearing)>,
    /// When it is known: its hour, or the end of its day where no hour is stated; what was recorded before that end,
    /// from then on.
    pub known: Timestamp,
}

/// What the ledger adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Loaded sorties.
    Sorties,
    /// People.
    People,
    /// Vehicles, pallets and containers.
    Vehicles,
    /// Sites.
    Sites,
}

/// How a statement bears on a promise that another one made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// Says it again.
    Repeated,
    /// Says that it may not be kept.
    AtRisk,
    /// Reports what keeps it.
    Kept,
    /// Reports what breaks it.
    Broken,
}

/// Kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceType {
    /// Takes part in what it tells of.
    Party,
    /// Media of a state.
    StateMedia,
    /// Neither takes part nor belongs to who does.
    Independent,
    /// An estimate of whoever wrote the scenario.
    OwnEstimate,
}

/// Something that gates.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Id.
    pub name: String,
    /// The condition in words.
    pub text: String,
    /// Row of the ledger.
    pub statement: Option<StatementId>,
    /// When it is true by what is on record.
    pub truth: Truth,
    /// What follows from its being untrue.
    pub policy: Policy,
    /// What it gates.
    pub gate: Gate,
}

/// When a condition is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// From a decision or fact on; `None`: not yet, so nothing is planned on the hope of it.
    From(Option<Timestamp>),
    /// While the situation is judged to be at a level or a better one.
    Level {
        /// Area judged, or `ALL`. Judgements of `ALL` count for every area.
        zone: String,
        /// Worst level at which it is true.
        level: LevelId,
        /// Offices whose judgements count; empty: all. Each office's latest one stands, and every one that
        /// stands must reach the level.
        offices: Vec<String>,
    },
}

/// What an untrue condition does to what it gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// Once it has been true, what it gates goes on.
    Go,
    /// While it is untrue nothing that it gates starts; what is under way ends.
    Hold,
    /// As `Hold`, and what is under way when it becomes untrue is undone.
    Reverse,
}

/// A level of the situation. Ids rise from the worst to the best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Id.
    pub name: String,
    /// Name for people.
    pub title: String,
}

/// A judgement of the situation by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Id.
    pub name: String,
    /// Area judged, or `ALL`.
    pub zone: String,
    /// The level.
    pub level: LevelId,
    /// Since when it is on record.
    pub at: Timestamp,
    /// Office of who judges.
    pub office: String,
    /// Row of the ledger.
    pub statement: Option<StatementId>,
}

/// A row of the mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Id.
    pub name: String,
    /// In words.
    pub text: String,
    /// Row of the ledger.
    pub statement: Option<StatementId>,
    /// What it says.
    pub kind: MandateKind,
}

/// What a row of the mandate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MandateKind {
    /// What the force is there for, and the sites that it is about.
    Task(Vec<SiteId>),
    /// A limit in words, which no rule tests.
    Limit,
    /// Most people of lead and partner parties in the host at any moment (C27).
    Ceiling {
        /// People.
        people: i64,
        /// While it counts.
        valid: Interval,
    },
}

/// Words in the other languages; blank where there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Translation {
    /// Russian.
    pub ru: String,
    /// Arabic.
    pub ar: String,
}

/// What a condition gates.
#[derive(Debug, Clone, PartialEq)]
pub enum Gate {
    /// No piece of these elements leaves the host before.
    Departures(Vec<ElementId>),
    /// No handover step of these sites starts before.
    Handovers(Vec<SiteId>),
    /// The party's people in the host do not fall below this number before.
    Strength {
        /// Party.
        party: PartyId,
        /// People.
        people: i64,
    },
}
