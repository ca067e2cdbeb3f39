//! Why something is not earlier, as data: a chain of activities and waits, and what one change would bring.
//!
//! The links of a chain follow one another without a gap: each begins where the one before ends, the first at
//! [`Chain::from`], and the last ends at the explained moment. So their seconds add up to the explained time exactly.

use crate::ids::*;
use crate::plan::Chosen;
use crate::rule::Rule;
use crate::scenario::{Milestone, StandClass, UserClass};
use crate::time::{Duration, Timestamp};

/// What is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The last arrival of all.
    Closure,
    /// The last arrival of a party.
    Party(PartyId),
    /// The moment at which the last of an element passes a milestone.
    Element(ElementId, Milestone),
    /// The moment that decides a promise.
    Promise(PromiseId),
    /// The end of a step of a handover.
    Step(StepId),
    /// The take-off of a sortie of the plan, by its line and its position in the line.
    Sortie(usize, usize),
    /// The moment at which a column of the plan clears the end of its way, by its position.
    Column(usize),
}

/// An activity of a plan; numbers are positions in the plan's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// A clearance comes into force.
    Clearance(ClearanceId),
    /// Steps start together, the first of them named.
    JointStart(StepId),
    /// A step of a handover.
    Step(StepId),
    /// A column marches along one road: column, march.
    March(usize, usize),
    /// A column clears the end of its way.
    Pass(usize),
    /// An aircraft is loaded: line, sortie.
    Loading(usize, usize),
    /// Take-off to landing: line, sortie.
    Flight(usize, usize),
    /// An aircraft is unloaded: line, sortie.
    Unloading(usize, usize),
    /// The least stop of an aircraft after a sortie: line, sortie.
    TurnRound(usize, usize),
    /// All who go first by a precedence row have passed.
    AllPassed(PrecedenceId),
}

/// What something waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// An earlier step of the same order.
    StepAfterStep,
    /// Steps that start together.
    JointStart,
    /// The handover of the site that frees it.
    HandedOver(SiteId),
    /// The handover of the site that it guards.
    Guard(SiteId),
    /// The march before.
    MarchAfterMarch,
    /// The tail of the column.
    PassAfterMarch,
    /// Staging at the airfield.
    Staging(PlaceId),
    /// The items that it takes along.
    Custody(PieceId),
    /// The landing of the aircraft.
    LoadingAfterLanding,
    /// The unloading of the aircraft.
    LoadingAfterUnloading,
    /// The loading.
    FlightAfterLoading,
    /// The landing.
    UnloadingAfterLanding,
    /// The unloading before.
    FlightAfterUnloading,
    /// The stop on the way.
    TurnRound,
    /// A stand for this class or a larger one.
    Stand(PlaceId, StandClass),
    /// The hour at which others leave a stand.
    StandHours(PlaceId),
    /// A handling team.
    Handling(PlaceId),
    /// A host check.
    HostCheck(PlaceId),
    /// A handover team.
    Team(ResourceId),
    /// The column before it in the border post.
    BorderPost(RoadId),
    /// Headway after the column before it.
    Headway(RoadId),
    /// The rest of the drivers.
    Halt,
    /// An escort.
    Escort(ResourceId),
    /// The hours of an escort.
    EscortHours(ResourceId),
    /// The slot after the movement before it.
    RunwaySlot(PlaceId),
    /// Room in the staging area.
    StagingRoom(PlaceId),
    /// Those who go first.
    Precedence(PrecedenceId),
    /// Those who go first, since so many stay until then.
    Stay(PrecedenceId),
    /// The last use of the capacity that the element provides.
    Provider(ElementId),
    /// The last departure from the field that the element keeps open.
    Keeper(ElementId),
    /// A clearance that is not in force.
    Clearance(ClearanceId),
    /// Hours of movement at the airfield of take-off.
    TakeOffHours(PlaceId),
    /// Hours of movement at the airfield of landing.
    LandingHours(PlaceId),
    /// Hours of handling.
    HandlingHours(PlaceId),
    /// The air leg is closed.
    ClosedLeg(LegId),
    /// The hours of the border post.
    BorderHours(RoadId),
    /// A curfew at an end of the road.
    Curfew(RoadId),
    /// The aircraft is not available, or in maintenance.
    Tail(TailId),
    /// The shift of the team.
    Shift(ResourceId),
    /// Hours of handling teams or host checks.
    FieldCapacity(PlaceId),
    /// A condition that is not open.
    Condition(ConditionId),
    /// Nothing begins before the operation.
    Start,
    /// The date from which the element may leave.
    Ready(ElementId),
    /// The date from which the element may be loaded.
    LoadFrom(ElementId),
    /// The last part of the element, which has to arrive within its spread.
    Spread(ElementId),
    /// The day on which a promise wants it.
    PromisedDay(PromiseId),
    /// Marches and loadings start on five-minute marks.
    Mark,
    /// No aircraft waits in the air: it takes off so as to land when there is room at the field.
    NoWaitInTheAir(PlaceId),
    /// A column leaves so as to arrive when it may.
    Arrival,
    /// Nothing in the plan graph forces it: the plan holds it.
    Held,
}

impl Why {
    /// Returns the word for files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StepAfterStep => "step",
            Self::JointStart => "joint_start",
            Self::HandedOver(_) => "handover",
            Self::Guard(_) => "guard",
            Self::MarchAfterMarch => "march",
            Self::PassAfterMarch => "pass",
            Self::Staging(_) => "staging",
            Self::Custody(_) => "custody",
            Self::LoadingAfterLanding => "landing_before_loading",
            Self::LoadingAfterUnloading => "unloading_before_loading",
            Self::FlightAfterLoading => "loading",
            Self::UnloadingAfterLanding => "landing",
            Self::FlightAfterUnloading => "unloading",
            Self::TurnRound => "turn_round",
            Self::Stand(..) => "stand",
            Self::StandHours(_) => "stand_hours",
            Self::Handling(_) => "handling",
            Self::HostCheck(_) => "host_check",
            Self::Team(_) => "team",
            Self::BorderPost(_) => "border_post",
            Self::Headway(_) => "headway",
            Self::Halt => "halt",
            Self::Escort(_) => "escort",
            Self::EscortHours(_) => "escort_hours",
            Self::RunwaySlot(_) => "runway_slot",
            Self::StagingRoom(_) => "staging_room",
            Self::Precedence(_) => "precedence",
            Self::Stay(_) => "stay",
            Self::Provider(_) => "provider",
            Self::Keeper(_) => "keeper",
            Self::Clearance(_) => "clearance",
            Self::TakeOffHours(_) => "take_off_hours",
            Self::LandingHours(_) => "landing_hours",
            Self::HandlingHours(_) => "handling_hours",
            Self::ClosedLeg(_) => "closed_leg",
            Self::BorderHours(_) => "border_hours",
            Self::Curfew(_) => "curfew",
            Self::Tail(_) => "tail",
            Self::Shift(_) => "shift",
            Self::FieldCapacity(_) => "field_capacity",
            Self::Condition(_) => "condition",
            Self::Start => "start",
            Self::Ready(_) => "ready",
            Self::LoadFrom(_) => "load_from",
            Self::Spread(_) => "spread",
            Self::PromisedDay(_) => "promised_day",
            Self::Mark => "mark",
            Self::NoWaitInTheAir(_) => "no_wait_in_the_air",
            Self::Arrival => "arrival",
            Self::Held => "held_by_the_plan",
        }
    }

    /// Returns the rule that makes it wait; none where the plan alone does.
    pub const fn rule(self) -> Option<Rule> {
        Some(match self {
            Self::Custody(_) => Rule::C01,
            Self::HandedOver(_) | Self::Staging(_) | Self::Ready(_) => Rule::C03,
            Self::LoadFrom(_) => Rule::C04,
            Self::Spread(_) => Rule::C05,
            Self::Guard(_) => Rule::C07,
            Self::StepAfterStep | Self::JointStart => Rule::C08,
            Self::Team(_) | Self::Shift(_) => Rule::C09,
            Self::ClosedLeg(_) => Rule::C10,
            Self::LoadingAfterLanding
            | Self::LoadingAfterUnloading
            | Self::FlightAfterLoading
            | Self::UnloadingAfterLanding
            | Self::FlightAfterUnloading
            | Self::TurnRound
            | Self::NoWaitInTheAir(_) => Rule::C11,
            Self::Stand(..) | Self::StandHours(_) => Rule::C14,
            Self::Handling(_) | Self::HostCheck(_) | Self::FieldCapacity(_) => Rule::C15,
            Self::RunwaySlot(_)
            | Self::TakeOffHours(_)
            | Self::LandingHours(_)
            | Self::HandlingHours(_)
            | Self::Curfew(_) => Rule::C16,
            Self::Tail(_) => Rule::C17,
            Self::MarchAfterMarch
            | Self::PassAfterMarch
            | Self::Headway(_)
            | Self::Halt
            | Self::Escort(_)
            | Self::EscortHours(_)
            | Self::Arrival => Rule::C20,
            Self::BorderPost(_) | Self::BorderHours(_) => Rule::C21,
            Self::StagingRoom(_) => Rule::C22,
            Self::Precedence(_) | Self::Stay(_) => Rule::C23,
            Self::Start => Rule::C24,
            Self::Provider(_) | Self::Keeper(_) => Rule::C25,
            Self::Clearance(_) => Rule::C26,
            Self::Condition(_) => Rule::C27,
            Self::PromisedDay(_) | Self::Mark | Self::Held => return None,
        })
    }
}

/// Kind of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Something is done.
    Activity,
    /// Something waits.
    Wait,
    /// A take-off lies before the landing that decides it; the seconds are negative.
    Ahead,
}

impl LinkKind {
    /// Returns the word for files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Wait => "wait",
            Self::Ahead => "ahead",
        }
    }
}

/// A part of the explained time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its kind.
    pub kind: LinkKind,
    /// What is done; of a wait, what it waits for.
    pub deed: Option<Deed>,
    /// Why what follows had to wait for it; none of the explained activity itself.
    pub why: Option<Why>,
    /// What it had to wait for at the same moment as well.
    pub others: Vec<Why>,
    /// Where it begins.
    pub from: Timestamp,
    /// Where it ends.
    pub to: Timestamp,
    /// How many of a kind in a row it stands for; at least 1.
    pub count: usize,
}

impl Link {
    /// Returns its length; negative of [`LinkKind::Ahead`].
    pub fn length(&self) -> Duration {
        self.to - self.from
    }
}

/// A chain from its source to the explained moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Start of the chain: that of the operation, or of what was begun before it.
    pub from: Timestamp,
    /// The explained moment.
    pub at: Timestamp,
    /// What lies between, in order.
    pub links: Vec<Link>,
}

/// What keeps a subject from having a moment, or says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has a moment, which the chain explains.
    Reached,
    /// Part of it stays behind.
    Unmoved,
    /// It does not move, or there is nothing of it.
    Nothing,
    /// A promise whose date lies before the start of the operation: it is reported and never computed.
    BeforeStart,
    /// A promise that no moment decides.
    NotOfTime,
}

impl Status {
    /// Returns the word for files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Unmoved => "unmoved",
            Self::Nothing => "nothing",
            Self::BeforeStart => "before_start",
            Self::NotOfTime => "not_of_time",
        }
    }
}

/// What stays behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Piece.
    pub piece: PieceId,
    /// How many of it.
    pub count: i64,
    /// Rule that stands in the way, if the plan names one.
    pub rule: Option<Rule>,
    /// The plan's reason.
    pub reason: String,
}

/// A count of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Loaded sorties of the day in the plan.
    pub found: i64,
    /// The number promised.
    pub wanted: i64,
    /// Whether it is the least number, otherwise the most.
    pub at_least: bool,
}

/// Why something is not earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is explained.
    pub subject: Subject,
    /// Whether there is a moment to explain.
    pub status: Status,
    /// Who decides it at which milestone.
    pub decided_by: Option<(ElementId, Milestone)>,
    /// From the source to the moment.
    pub chain: Option<Chain>,
    /// Of a promise: from the deciding moment to the strict deadline; negative when late.
    pub margin: Option<Duration>,
    /// Of a promise by number: the number.
    pub count: Option<Count>,
    /// What of it stays behind.
    pub left: Vec<Left>,
}

/// A change of the scenario by one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// One unit more of a resource, whenever there is any.
    OneMore(ResourceId),
    /// One aircraft more like this one.
    Tail(TailId),
    /// Room for ten more people and one more item.
    StagingRoom(PlaceId),
    /// Staging takes an hour less.
    StagingTime(PlaceId),
    /// Columns of one vehicle more.
    ColumnSize(RoadId),
    /// Hours of a field an hour longer at both ends.
    Hours(PlaceId, UserClass),
    /// A shift an hour longer at both ends.
    Shift(ResourceId),
    /// Hours of a border post an hour longer at both ends.
    Border(RoadId),
    /// A condition is true an hour earlier.
    Condition(ConditionId),
    /// Dates of elements at this moment are an hour earlier.
    Date(Timestamp),
    /// Granted clearances of a state are valid an hour longer at both ends.
    Clearances(String),
    /// A hard precedence row is only priced.
    Priced(PrecedenceId),
    /// Nobody has to stay for a precedence row.
    NobodyStays(PrecedenceId),
    /// A field keeps nothing of a resource.
    NothingKept(ResourceId),
    /// The spread of an element is an hour longer.
    Spread(ElementId),
}

/// A plan made again after one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterfactual {
    /// The change.
    pub change: Change,
    /// The longest link of the chain that it loosens, by its position.
    pub link: usize,
    /// The explained moment of the new plan; none if there is none any more.
    pub then: Option<Timestamp>,
    /// By how much that is earlier than the given plan and a plan made again without the change; at least zero. Zero,
    /// too, if the new plan is worse as a whole.
    pub gain: Duration,
}

/// Counterfactuals of one explanation, and how they were found. Every moment is of a plan made again, none is marginal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replanned {
    /// Seed of every search.
    pub seed: u64,
    /// Epochs of every search.
    pub epochs: u64,
    /// Orders per epoch.
    pub lanes: u64,
    /// The explained moment of a plan made again without a change.
    pub unchanged: Option<Timestamp>,
    /// What came of each change, the largest gain first.
    pub rows: Vec<Counterfactual>,
    /// Whether every change was tried.
    pub is_complete: bool,
}

/// When an element and all others arrive by a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrivals {
    /// The last of the element is at its destination; none if nothing of it gets there.
    pub element: Option<Timestamp>,
    /// The last of all is.
    pub closure: Option<Timestamp>,
    /// The plan's objective, level by level.
    pub objective: Vec<i64>,
}

/// Why an element that may go by air or by road goes by the one that the plan chose: what came of each, all others
/// going as the plan has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EitherMode {
    /// Element.
    pub element: ElementId,
    /// What the plan chose.
    pub mode: Chosen,
    /// Seed of both searches.
    pub seed: u64,
    /// Epochs of both searches.
    pub epochs: u64,
    /// The plan itself.
    pub plan: Arrivals,
    /// Planned again by the mode chosen.
    pub chosen: Arrivals,
    /// Planned again by the other one.
    pub other: Arrivals,
    /// Names of the levels of the objectives.
    pub levels: Vec<String>,
}

impl EitherMode {
    /// Returns the first level at which the two plans made again differ, by its position.
    pub fn decides(&self) -> Option<usize> {
        let mut both = self.chosen.objective.iter().zip(&self.other.objective);
        both.position(|(chosen, other)| chosen != other)
    }
}
