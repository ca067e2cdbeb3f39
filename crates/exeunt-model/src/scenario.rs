//! A scenario: everything that is known before planning, with names resolved to ids.
//!
//! Plain tables with public fields. The reader (`exeunt-scenario`) makes it and promises what the
//! comments below call *valid*; planner and checker both start from the same value and share nothing
//! else. How each field is to be understood is fixed in `docs/model.md`.

use crate::ids::*;
use crate::time::{Duration, Interval, Timestamp};
use crate::uncertainty::Uncertainty;
use crate::units::{Distance, Length, Mass, Speed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// SHA-256 of the content, hexadecimal; equal for a folder and the JSON file with the same rows.
    pub hash: String,
    /// Names, time and policies.
    pub operation: Operation,
    /// Nations and organisations.
    pub parties: Table<PartyId, Party>,
    /// Sites, airfields, border posts, garrisons.
    pub places: Table<PlaceId, Place>,
    /// Guarded sites.
    pub sites: Table<SiteId, Site>,
    /// Steps of the handovers.
    pub steps: Table<StepId, Step>,
    /// Capacities.
    pub resources: Table<ResourceId, Resource>,
    /// What moves together.
    pub elements: Table<ElementId, Element>,
    /// What moves.
    pub pieces: Table<PieceId, Piece>,
    /// Aircraft types.
    pub types: Table<TypeId, AircraftType>,
    /// Aircraft, pools expanded.
    pub tails: Table<TailId, Tail>,
    /// Air legs.
    pub air_legs: Table<LegId, AirLeg>,
    /// Road legs.
    pub roads: Table<RoadId, Road>,
    /// Clearances.
    pub clearances: Table<ClearanceId, Clearance>,
    /// Opening hours of airfields.
    pub hours: Vec<Hours>,
    /// Curfews by area.
    pub curfews: Vec<Curfew>,
    /// Who leaves before whom.
    pub precedence: Table<PrecedenceId, Precedence>,
    /// Promises.
    pub promises: Table<PromiseId, Promise>,
    /// The ledger.
    pub statements: Table<StatementId, Statement>,
    /// Decisions and levels of the situation that gate.
    pub conditions: Table<ConditionId, Condition>,
    /// Levels of the situation, from the worst to the best.
    pub levels: Table<LevelId, Level>,
    /// Judgements of the situation.
    pub assessments: Table<AssessmentId, Assessment>,
    /// Tasks, limits and ceilings of the force.
    pub mandate: Table<MandateId, Mandate>,
    /// What may turn out otherwise; without rows there are no probabilities.
    pub uncertainty: Vec<Uncertainty>,
    /// English words of the scenario in the other languages.
    pub translations: BTreeMap<String, Translation>,
    /// What was reported of each day, to stand beside the plan.
    pub record: Vec<RecordedDay>,
    /// Rows whose values are assumed, in file order.
    pub assumptions: Vec<Assumption>,
    /// Number of rows that carry `source` or `assumed`.
    pub n_graded_rows: usize,
}

/// Names, time and policies of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Id.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Start: nothing happens before it.
    pub start: Timestamp,
    /// End of the planning horizon; the engine plans nothing after it.
    pub end: Timestamp,
    /// Zone of the operation as written (an offset such as `+06:00`, or an IANA name).
    pub zone: String,
    /// Offset of that zone from UTC at the start, seconds east.
    pub zone_offset: i64,
    /// Host nation's state codes (countries of parties with role `host`); empty: no host.
    pub host_states: Vec<String>,
    /// Order of the levels `z4` … `z9` after the fixed first four; see [`LEVELS`].
    pub objective_order: Vec<String>,
    /// Whether civil hours bind military flights too.
    pub civil_hours_bind_military: bool,
    /// Whether curfews bind columns.
    pub curfews_bind_columns: bool,
    /// Mass of one person with arms and baggage.
    pub person_mass: Mass,
    /// Route length over great circle inside the carrier's own state, per cent (103 = 3 % more).
    pub own_state_route_percent: i64,
    /// Vehicles per km of a marching column.
    pub march_density_per_km: i64,
    /// Moment at which the text summary stands (the demo's clock), if any.
    pub clock: Option<Timestamp>,
}

impl Default for Operation {
    fn default() -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            start: Timestamp(0),
            end: Timestamp(0),
            zone: "+00:00".to_owned(),
            zone_offset: 0,
            host_states: Vec::new(),
            objective_order: LEVELS[4..].iter().map(|&level| level.to_owned()).collect(),
            civil_hours_bind_military: false,
            curfews_bind_columns: false,
            person_mass: Mass(145),
            own_state_route_percent: 103,
            march_density_per_km: 15,
            clock: None,
        }
    }
}

/// The twelve levels of the objective in their default order (DESIGN, "Objective").
pub const LEVELS: [&str; 12] =
    ["z0", "z1", "z2", "z3", "z4", "z5", "z6.tails", "z6.sorties", "z6.minutes", "z7", "z8", "z9"];

/// A nation or organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Id, such as `AM`.
    pub name: String,
    /// Name for people, English.
    pub title: String,
    /// Role.
    pub role: Role,
    /// Code of its state.
    pub state: String,
    /// Weight in z4, at least 0.
    pub weight: i64,
}

/// Role of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Leads the force.
    Lead,
    /// Takes part.
    Partner,
    /// Its country is the theatre.
    Host,
    /// Carries or watches.
    Observer,
}

/// A point on the map. Names are unique over all places.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Id, such as `UAAA`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Code of the state it lies in.
    pub state: String,
    /// Latitude and longitude in degrees, where known.
    pub position: Option<(f64, f64)>,
    /// Area whose curfews apply.
    pub area: Option<String>,
    /// What makes it an airfield.
    pub airfield: Option<Airfield>,
}

/// What makes a place an airfield.
#[derive(Debug, Clone, PartialEq)]
pub struct Airfield {
    /// Length of the longest runway.
    pub runway: Distance,
    /// Least time between two movements (take-offs or landings); zero: none.
    pub slot: Duration,
    /// Time between the arrival of a column and the earliest start of loading its pieces.
    pub staging_time: Duration,
    /// Most people waiting; `None`: no limit.
    pub staging_people: Option<i64>,
    /// Most vehicles, pallets and containers waiting; `None`: no limit.
    pub staging_vehicles: Option<i64>,
}

/// A guarded site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Id; the place has the same name.
    pub name: String,
    /// Where it is.
    pub place: PlaceId,
    /// People who must stay until the handover ends.
    pub min_guard: i64,
    /// Who takes it over.
    pub receiver: String,
}

/// A step of a handover.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Id.
    pub name: String,
    /// Site it belongs to.
    pub site: SiteId,
    /// What is done.
    pub title: String,
    /// How long it takes without a break; more than zero.
    pub duration: Duration,
    /// Steps that must have ended, each with a least wait after its end. Acyclic.
    pub after: Vec<(StepId, Duration)>,
    /// Steps that start at the same moment.
    pub with: Vec<StepId>,
    /// Teams used throughout.
    pub needs: Vec<(ResourceId, i64)>,
}

/// A capacity that is shared.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Id, such as `UAAA-HANDLING`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Airfield it belongs to; always present unless the kind is `Team`.
    pub place: Option<PlaceId>,
    /// Least amount that elements of the force must provide here until the last departure (C25).
    pub keep: i64,
    /// Rows that add up to the capacity.
    pub capacity: Vec<Capacity>,
}

/// Kind of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceKind {
    /// Stand for aircraft up to this code letter.
    Stand(StandClass),
    /// Handling team: loads or unloads one aircraft.
    Handling,
    /// Host check (customs, border, weapons): one per aircraft being loaded.
    HostCheck,
    /// Team or reception of handovers.
    Team,
    /// Something an open field must keep, used by nobody by count (guard, medical, recovery, command).
    Service,
}

/// Size of stand and aircraft: ICAO aerodrome reference code letter; larger stands take smaller aircraft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StandClass {
    /// Wing span under 15 m.
    A,
    /// Under 24 m.
    B,
    /// Under 36 m.
    C,
    /// Under 52 m (Il-76).
    D,
    /// Under 65 m.
    E,
    /// Under 80 m (An-124).
    F,
}

/// Part of a resource's capacity.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// Amount; negative where others take it (civil traffic).
    pub amount: i64,
    /// When it counts.
    pub windows: Vec<Interval>,
    /// Element of the force that provides it until it embarks; `None`: the host or a contractor.
    pub provided_by: Option<ElementId>,
}

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
    /// Sites whose handover must have ended before it leaves its origin.
    pub freed_by: Vec<SiteId>,
    /// Earliest moment at which it leaves its origin (C03); the start if nothing is stated.
    pub ready: Timestamp,
    /// Earliest start of loading at the airfield, or of the march for a road movement (C04).
    pub load_from: Option<Timestamp>,
    /// Latest arrival at the destination.
    pub due: Option<Due>,
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

/// User class of an aircraft or of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UserClass {
    /// State aircraft.
    Military,
    /// Civil aircraft.
    Civil,
}

/// What hours are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activity {
    /// Take-off and landing.
    Movement,
    /// Loading and unloading.
    Handling,
}

/// Hours of a field for a class and activity, all rows joined. Without an entry: always open.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Airfield.
    pub place: PlaceId,
    /// User class.
    pub user_class: UserClass,
    /// Activity.
    pub activity: Activity,
    /// When it is open.
    pub windows: Vec<Interval>,
}

/// A curfew.
#[derive(Debug, Clone, PartialEq)]
pub struct Curfew {
    /// Id.
    pub name: String,
    /// Area.
    pub area: String,
    /// When nobody may be on the road there.
    pub windows: Vec<Interval>,
}

/// An air leg, usable both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct AirLeg {
    /// Id.
    pub name: String,
    /// One end.
    pub from: PlaceId,
    /// Other end.
    pub to: PlaceId,
    /// Length of the route.
    pub distance: Distance,
    /// Codes of the states overflown, both ends included.
    pub states: Vec<String>,
    /// Types that may fly it; empty: all.
    pub types: Vec<TypeId>,
    /// When it is closed.
    pub closed: Vec<Interval>,
}

/// A road leg, usable both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Road {
    /// Id.
    pub name: String,
    /// One end.
    pub from: PlaceId,
    /// Other end.
    pub to: PlaceId,
    /// Length.
    pub distance: Distance,
    /// Rate of march, halts included.
    pub rate: Speed,
    /// Most vehicles in one column.
    pub max_vehicles: Option<i64>,
    /// Time between the tail of a column and the head of the next on this leg.
    pub headway: Option<Duration>,
    /// Border post on it.
    pub border: Option<Border>,
}

/// A border post on a road leg.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// Id.
    pub name: String,
    /// Vehicles an hour; more than zero.
    pub vehicles_per_hour: i64,
    /// When it is open.
    pub windows: Vec<Interval>,
}

/// A clearance of a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Clearance {
    /// Id.
    pub name: String,
    /// Code of the state that gives it.
    pub state: String,
    /// What it allows.
    pub kind: ClearanceKind,
    /// Carrier, or for a border the party whose column crosses.
    pub carrier: PartyId,
    /// Air legs covered (overflight).
    pub legs: Vec<LegId>,
    /// Airfields covered (landing).
    pub fields: Vec<PlaceId>,
    /// Road legs covered (border).
    pub roads: Vec<RoadId>,
    /// When it was asked for.
    pub asked: Option<Timestamp>,
    /// Time the state needs after that.
    pub lead: Duration,
    /// When it is valid; `None` while it is not granted.
    pub valid: Option<Interval>,
    /// Whether it is granted.
    pub granted: bool,
}

/// Kind of a clearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClearanceKind {
    /// To fly over or within the state.
    Overflight,
    /// To land there.
    Landing,
    /// To cross its border by road.
    Border,
}

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

/// What was reported of a day, to stand beside the plan; enters no rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedDay {
    /// Id.
    pub name: String,
    /// The day in the operation's zone.
    pub day: Interval,
    /// What to show, such as `17/18*`.
    pub shown: String,
    /// Why, in a few words.
    pub note: String,
}

/// A row whose value is assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Table.
    pub table: String,
    /// Row id.
    pub row: String,
    /// What is assumed and why.
    pub text: String,
}

impl Scenario {
    /// Finds a tail by its name.
    pub fn tail(&self, name: &str) -> Option<TailId> {
        self.tails.find(|tail| tail.name == name)
    }
    /// Finds a place by its name.
    pub fn place(&self, name: &str) -> Option<PlaceId> {
        self.places.find(|place| place.name == name)
    }
    /// Finds a party by its name.
    pub fn party(&self, name: &str) -> Option<PartyId> {
        self.parties.find(|party| party.name == name)
    }
    /// Finds a resource by its name.
    pub fn resource(&self, name: &str) -> Option<ResourceId> {
        self.resources.find(|resource| resource.name == name)
    }
    /// Returns whether a party belongs to the force: lead or partner.
    pub fn is_of_force(&self, party: PartyId) -> bool {
        matches!(self.parties[party].role, Role::Lead | Role::Partner)
    }
    /// Returns whether the place lies in the host.
    pub fn is_in_host(&self, place: PlaceId) -> bool {
        self.operation.host_states.contains(&self.places[place].state)
    }
    /// Returns the number of days of the operation's zone since 1970 at `t`, and `t`'s day as interval.
    /// The offset is that of the start of the operation.
    pub fn day_of(&self, t: Timestamp) -> (i64, Interval) {
        let offset = self.operation.zone_offset;
        let day = (t.0 + offset).div_euclid(86_400);
        let from = Timestamp(day * 86_400 - offset);
        (day, Interval { from, to: from + Duration(86_400) })
    }
}
