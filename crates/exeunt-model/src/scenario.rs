//! A scenario: everything that is known before planning, with names resolved to ids.
//!
//! Plain tables with public fields. The reader (`exeunt-scenario`) makes it and promises what the
//! comments below call *valid*; planner and checker both start from the same value and share nothing
//! else. How each field is to be understood is fixed in `docs/model.md`. The rows stand in three rooms: what
//! moves and carries (`lift`), where it happens (`ground`), what is ordered, said and judged (`said`).

mod ground;
mod lift;
mod said;

pub use ground::*;
pub use lift::*;
pub use said::*;

use crate::ids::*;
use crate::plan::{Choice, Chosen};
use crate::time::{Duration, Interval, Timestamp};
use crate::uncertainty::Uncertainty;
use crate::units::Mass;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
    /// How long drivers may be at the wheel, and their rest; `None`: no limit.
    pub driver_hours: Option<DriverHours>,
    /// Moment at which the text summary stands (the demo's clock), if any.
    pub clock: Option<Timestamp>,
    /// The moment from which it is planned anew, if any: what begins before it is frozen.
    pub now: Option<Timestamp>,
    /// How long after that moment what is not frozen may begin.
    pub notice: Notice,
}

/// Notice that those need who carry out orders, counted from the moment of planning anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notice {
    /// Of sorties, to the start of loading or the take-off of an empty flight.
    pub air: Duration,
    /// Of columns, to their departure.
    pub road: Duration,
    /// Of handover steps, to their start.
    pub step: Duration,
}

impl Operation {
    /// Returns the earliest moment at which a sortie that is not frozen may begin.
    pub fn flies_from(&self) -> Timestamp {
        self.begins(self.notice.air)
    }
    /// Returns the earliest moment at which a column that is not frozen may depart.
    pub fn marches_from(&self) -> Timestamp {
        self.begins(self.notice.road)
    }
    /// Returns the earliest moment at which a handover step that is not frozen may start.
    pub fn hands_over_from(&self) -> Timestamp {
        self.begins(self.notice.step)
    }

    fn begins(&self, notice: Duration) -> Timestamp {
        self.now.map_or(self.start, |now| self.start.max(now + notice))
    }
}

/// How long the drivers of a column may be at the wheel, and how long they rest then; both more than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DriverHours {
    /// Most hours at the wheel without a rest.
    pub most: Duration,
    /// Least length of a rest.
    pub rest: Duration,
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
            driver_hours: None,
            clock: None,
            now: None,
            notice: Notice::default(),
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
    /// Returns the scenario as the choices of a plan have it: who may go by air or by road goes by the mode that the plan
    /// chooses first, and by air where it chooses none. Choices for others say nothing.
    pub fn resolved(&self, choices: &[Choice]) -> Cow<'_, Self> {
        if !self.elements.rows.iter().any(|element| element.either) {
            return Cow::Borrowed(self);
        }
        let mut modes: BTreeMap<&str, Chosen> = BTreeMap::new();
        for choice in choices {
            modes.entry(&choice.element).or_insert(choice.mode);
        }
        let mut resolved = self.clone();
        for element in resolved.elements.rows.iter_mut().filter(|element| element.either) {
            element.either = false;
            if modes.get(element.name.as_str()) == Some(&Chosen::Road) {
                element.mode = Mode::Road;
            }
        }
        Cow::Owned(resolved)
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
