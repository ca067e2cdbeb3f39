//! Where it happens: places, sites and their handovers, capacities, hours, ways by air and road, clearances.

use crate::ids::*;
use crate::time::{Duration, Interval, Timestamp};
use crate::units::{Distance, Speed};
use serde::{Deserialize, Serialize};

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
    /// Airfield it belongs to; always present unless the kind is `Team` or `Escort`; of an escort none.
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
    /// Escort of columns on the road.
    Escort,
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
    /// Escorts that a column needs on it, each resource once; amounts more than zero.
    pub escorts: Vec<(ResourceId, i64)>,
    /// Time from a column's clearing of the leg until its escorts are ready for another.
    pub escort_back: Duration,
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
