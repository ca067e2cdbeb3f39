//! The plan graph: every activity of a plan with what holds it back, for replay and for explanations.
//!
//! A *node* is an activity: a handover step, a march, a pass (a column clears the end of its way), a loading, a flight,
//! an unloading, a stop without either. An *arc* says that one moment is not before another: both ends are the start or
//! the end of a node. The nodes are sorted so that every arc leads from an earlier node to a later one, so one sweep in
//! order gives the earliest times (algorithms, section 7.1).
//!
//! What holds:
//! * The plan keeps every arc, and every start lies in its node's windows: what the plan itself does not keep is left
//!   out. A sweep with the planned durations and [`Node::starts`] as earliest starts ("not before plan": nothing
//!   starts earlier than planned, whatever goes well) therefore gives the plan to the second.
//! * Assignment and order stay: who flies what, and who follows whom on a stand, team, check, post, road and runway.
//!   Each unit of a capacity is handed on in the order of planned starts; ties go by position in the plan.
//! * A landing follows from its take-off: an aircraft cannot wait in the air, so what its landing has to wait for holds
//!   back its take-off. An order that would then wait for itself (it waits for a landing that waits for it) is left out
//!   and listed in [`PlanGraph::dropped`].
//! * Calendars bind starts, by the planned duration: a service starts where its planned length fits the hours, a flight
//!   where the planned flight may land. What has begun ends, and an overrun is worked off.
//! * Rows of capacity with dates or hours bind: a service starts, and an aircraft lands, while as much is there as it needs
//!   (whoever else uses it: that is what the order is for), as if every provider stayed.

mod calendars;
mod journeys;
mod order;
mod resources;
mod sources;

pub use exeunt_model::explanation::Why;
use exeunt_model::scenario::Scenario;
use exeunt_model::{
    ClearanceId, ConditionId, Duration, ElementId, Interval, LegId, PieceId, PlaceId, Plan,
    PrecedenceId, ResourceId, RoadId, StepId, TailId, Timestamp,
};

/// A node of the graph, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// Returns the position.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
    fn at(position: usize) -> Self {
        Self(u32::try_from(position).expect("a plan has fewer than 2^32 activities"))
    }
}

/// What a node is. Numbers are positions in the plan's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// A clearance comes into force; takes no time.
    Clearance {
        /// The clearance.
        clearance: ClearanceId,
    },
    /// Steps that start together may start; takes no time.
    JointStart {
        /// The first of them.
        step: StepId,
    },
    /// A step of a handover.
    Step {
        /// Position among the plan's handovers.
        handover: usize,
        /// The step.
        step: StepId,
    },
    /// A column's head marches along one road.
    March {
        /// Position among the columns.
        column: usize,
        /// Position among its marches.
        march: usize,
    },
    /// A column passes and clears the end of its way.
    Pass {
        /// Position among the columns.
        column: usize,
    },
    /// An aircraft is loaded before a sortie.
    Loading {
        /// Position among the lines.
        line: usize,
        /// Position in the line.
        sortie: usize,
    },
    /// Take-off to landing.
    Flight {
        /// Position among the lines.
        line: usize,
        /// Position in the line.
        sortie: usize,
    },
    /// An aircraft is unloaded after a sortie.
    Unloading {
        /// Position among the lines.
        line: usize,
        /// Position in the line.
        sortie: usize,
    },
    /// The least stop after a sortie where the aircraft is neither unloaded nor loaded.
    TurnRound {
        /// Position among the lines.
        line: usize,
        /// Position in the line of the sortie that lands.
        sortie: usize,
    },
    /// Everything of `first` of a precedence row has passed; takes no time.
    AllPassed {
        /// The row.
        row: PrecedenceId,
    },
}

/// An activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub activity: Activity,
    /// Planned start; never earlier in replay.
    pub starts: Timestamp,
    /// Planned duration.
    pub duration: Duration,
    /// When it may start, by cause; every window is of starts, the planned duration allowed for.
    pub openings: Vec<Opening>,
    /// When it may start by all openings together; none: always.
    pub windows: Option<Vec<Interval>>,
}

impl Node {
    /// Returns the planned end.
    pub fn ends(&self) -> Timestamp {
        self.starts + self.duration
    }
}

/// Hours that bind a start.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// Whose hours.
    pub cause: Calendar,
    /// Moments at which the node may start, sorted and disjoint.
    pub windows: Vec<Interval>,
}

/// What closes and opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Hours of movement at the airfield of take-off (C16).
    TakeOffHours(PlaceId),
    /// Hours of movement at the airfield of landing (C16).
    LandingHours(PlaceId),
    /// Hours of handling (C16).
    HandlingHours(PlaceId),
    /// The air leg is closed at times (C10).
    ClosedLeg(LegId),
    /// Clearances for this leg or landing (C26): granted ones, the first of them named.
    Clearances(ClearanceId),
    /// The border post's hours and clearances (C21, C26).
    Border(RoadId),
    /// A curfew at either end of the road (C16).
    Curfew(RoadId),
    /// Availability and maintenance of the aircraft (C17).
    Tail(TailId),
    /// The hours of an escort (C20).
    EscortHours(ResourceId),
    /// The shift of a team (C09).
    Shift(ResourceId),
    /// A condition is open (C27).
    Condition(ConditionId),
}

/// Start or end of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Its start.
    Start,
    /// Its end.
    End,
}

/// A moment that follows from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The node.
    pub node: NodeId,
    /// Its start or its end.
    pub edge: Edge,
}

impl Anchor {
    /// Returns the start of a node.
    pub const fn start(node: NodeId) -> Self {
        Self { node, edge: Edge::Start }
    }
    /// Returns the end of a node.
    pub const fn end(node: NodeId) -> Self {
        Self { node, edge: Edge::End }
    }
}

/// `to >= from + lag`. Where `to` is an end, the node starts no earlier than that less its duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arc {
    /// What comes first.
    pub from: Anchor,
    /// What waits.
    pub to: Anchor,
    /// Least time between; at least zero.
    pub lag: Duration,
    /// Why.
    pub cause: Why,
}

/// Items of one piece that do everything together. A moment that they never reach is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items {
    /// The piece.
    pub piece: PieceId,
    /// How many.
    pub count: i64,
    /// They leave their origin.
    pub left_site: Option<Anchor>,
    /// They leave the host.
    pub left_host: Option<Anchor>,
    /// They land at the airfield where they leave the aircraft.
    pub home_airfield: Option<Anchor>,
    /// They arrive at their destination.
    pub home_base: Option<Anchor>,
    /// Whether they have flown.
    pub has_flown: bool,
}

/// A sortie as promises count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flown {
    /// The flight.
    pub node: NodeId,
    /// Aircraft.
    pub tail: TailId,
    /// Airfield of departure.
    pub from: PlaceId,
    /// Airfield of landing.
    pub to: PlaceId,
    /// Elements on board, sorted; empty: a ferry.
    pub elements: Vec<ElementId>,
}

/// The graph of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanGraph {
    /// Activities; every arc leads to a later one.
    pub nodes: Vec<Node>,
    /// Arcs in the order of the node that waits.
    pub arcs: Vec<Arc>,
    /// Of each node, the position of its first arc; one more than there are nodes.
    pub first_arc: Vec<usize>,
    /// What moves, and when it is where; pieces in order.
    pub items: Vec<Items>,
    /// Sorties in the order of the plan.
    pub flights: Vec<Flown>,
    /// Orders that the plan keeps and a replay does not: each would wait for itself, because no aircraft waits in the air.
    pub dropped: Vec<Arc>,
}

impl PlanGraph {
    /// Builds the graph of a plan.
    ///
    /// # Errors
    /// Says what the plan names and the scenario does not have.
    pub fn new(s: &Scenario, plan: &Plan) -> Result<Self, String> {
        sources::Builder::read(&s.resolved(&plan.choices), plan).map(sources::Builder::finish)
    }

    /// Returns the arcs that hold a node back.
    pub fn arcs_to(&self, node: NodeId) -> &[Arc] {
        &self.arcs[self.first_arc[node.index()]..self.first_arc[node.index() + 1]]
    }

    /// Returns the planned time of a moment.
    pub fn planned(&self, anchor: Anchor) -> Timestamp {
        let node = &self.nodes[anchor.node.index()];
        match anchor.edge {
            Edge::Start => node.starts,
            Edge::End => node.ends(),
        }
    }

    /// Returns start and end of every node when each lasts as long as `duration` says: one sweep in order, the
    /// readable form of what the simulation does many times side by side. [`Timestamp::MAX`]: never.
    pub fn sweep(
        &self,
        duration: impl Fn(NodeId, &Node) -> Duration,
    ) -> Vec<(Timestamp, Timestamp)> {
        let mut times: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(self.nodes.len());
        for (position, node) in self.nodes.iter().enumerate() {
            let id = NodeId::at(position);
            let lasts = duration(id, node);
            let mut starts = node.starts;
            for arc in self.arcs_to(id) {
                let (from_start, from_end) = times[arc.from.node.index()];
                let from = if arc.from.edge == Edge::Start { from_start } else { from_end };
                let allowed = match arc.to.edge {
                    Edge::Start => from + arc.lag,
                    Edge::End => from + arc.lag - lasts,
                };
                let never = from >= Timestamp::MAX;
                starts = starts.max(if never { Timestamp::MAX } else { allowed });
            }
            if let Some(windows) = &node.windows {
                starts = crate::timeline::first_in(windows, starts).unwrap_or(Timestamp::MAX);
            }
            let ends = if starts >= Timestamp::MAX { starts } else { starts + lasts };
            times.push((starts, ends));
        }
        times
    }
}
