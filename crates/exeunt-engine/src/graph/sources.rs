//! Reads a plan into nodes, and joins those that follow from one another by what they are (not by what they share).

use super::{
    Activity, Anchor, Arc, Calendar, Edge, Flown, Node, NodeId, Opening, PlanGraph, Why, calendars,
    journeys, order, resources,
};
use crate::convoy;
use crate::network::Network;
use exeunt_model::plan::{Column, Line, Plan};
use exeunt_model::scenario::Scenario;
use exeunt_model::{
    Duration, Id, Interval, LegId, PieceId, PlaceId, RoadId, SiteId, StepId, TailId, Timestamp,
    formula,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A graph that grows, with the plan's names resolved.
pub(super) struct Builder<'a> {
    pub(super) s: &'a Scenario,
    pub(super) net: Network<'a>,
    pub(super) graph: PlanGraph,
    pub(super) columns: Vec<ColumnNodes>,
    pub(super) lines: Vec<LineNodes>,
    /// By step: its node, if the plan has it.
    pub(super) steps: Vec<Option<NodeId>>,
    /// Steps that start together wait for this node instead.
    joint: HashMap<NodeId, NodeId>,
    /// Arcs that are there.
    known: HashSet<Arc>,
}

/// A column's nodes.
pub(super) struct ColumnNodes {
    pub(super) marches: Vec<MarchNode>,
    pub(super) pass: NodeId,
    pub(super) vehicles: i64,
    pub(super) load: Vec<(PieceId, i64)>,
}

/// A march with its ends in the direction of march.
#[derive(Clone, Copy)]
pub(super) struct MarchNode {
    pub(super) node: NodeId,
    pub(super) road: RoadId,
    pub(super) from: PlaceId,
    pub(super) to: PlaceId,
}

/// A line's nodes.
pub(super) struct LineNodes {
    pub(super) tail: TailId,
    pub(super) sorties: Vec<SortieNodes>,
}

/// A sortie's nodes.
pub(super) struct SortieNodes {
    pub(super) from: PlaceId,
    pub(super) to: PlaceId,
    pub(super) leg: Option<LegId>,
    pub(super) loading: Option<NodeId>,
    pub(super) flight: NodeId,
    pub(super) unloading: Option<NodeId>,
    pub(super) load: BTreeMap<PieceId, i64>,
}

/// Rows by name.
struct Names<'a> {
    pieces: HashMap<&'a str, PieceId>,
    places: HashMap<&'a str, PlaceId>,
    roads: HashMap<&'a str, RoadId>,
    legs: HashMap<&'a str, LegId>,
    tails: HashMap<&'a str, TailId>,
    steps: HashMap<&'a str, StepId>,
}

fn by_name<'a, I: Id, T: 'a>(
    rows: impl Iterator<Item = (I, &'a T)>,
    name: impl Fn(&'a T) -> &'a str,
) -> HashMap<&'a str, I> {
    rows.map(|(id, row)| (name(row), id)).collect()
}

fn find<I: Copy>(names: &HashMap<&str, I>, kind: &str, name: &str) -> Result<I, String> {
    let unknown = || format!("the plan names {kind} `{name}`, which the scenario does not have");
    names.get(name).copied().ok_or_else(unknown)
}

impl<'a> Builder<'a> {
    /// Makes the nodes of a plan.
    pub(super) fn read(s: &'a Scenario, plan: &Plan) -> Result<Self, String> {
        let names = Names {
            pieces: by_name(s.pieces.iter(), |row| &row.name),
            places: by_name(s.places.iter(), |row| &row.name),
            roads: by_name(s.roads.iter(), |row| &row.name),
            legs: by_name(s.air_legs.iter(), |row| &row.name),
            tails: by_name(s.tails.iter(), |row| &row.name),
            steps: by_name(s.steps.iter(), |row| &row.name),
        };
        let graph = PlanGraph {
            nodes: Vec::new(),
            arcs: Vec::new(),
            first_arc: Vec::new(),
            items: Vec::new(),
            flights: Vec::new(),
            dropped: Vec::new(),
        };
        let mut builder = Self {
            s,
            net: Network::new(s),
            graph,
            columns: Vec::new(),
            lines: Vec::new(),
            steps: vec![None; s.steps.len()],
            joint: HashMap::new(),
            known: HashSet::new(),
        };
        for (handover, held) in plan.handovers.iter().enumerate() {
            let step = find(&names.steps, "step", &held.step)?;
            let activity = Activity::Step { handover, step };
            let node = builder.node(activity, held.starts, held.ends - held.starts);
            builder.steps[step.index()].get_or_insert(node);
        }
        for (position, column) in plan.columns.iter().enumerate() {
            builder.read_column(&names, position, column)?;
        }
        for (position, line) in plan.lines.iter().enumerate() {
            builder.read_line(&names, position, line)?;
        }
        Ok(builder)
    }

    /// Joins the nodes and sorts them: what follows from its kind first, then what is handed on, so that the first
    /// never gives way to the second.
    pub(super) fn finish(mut self) -> PlanGraph {
        self.join_steps();
        self.join_columns();
        self.join_lines();
        let journeys = journeys::follow(&mut self);
        self.release(&journeys);
        calendars::open(&mut self, &journeys);
        journeys::order(&mut self, &journeys);
        resources::hand_on(&mut self, &journeys);
        self.graph.items = journeys.items;
        for node in &mut self.graph.nodes {
            let mut openings = node.openings.iter();
            node.windows = openings.next().map(|first| first.windows.clone());
            for opening in openings {
                node.windows = node
                    .windows
                    .as_ref()
                    .map(|windows| crate::timeline::intersect(windows, &opening.windows));
            }
        }
        order::sort(&mut self.graph);
        self.graph
    }

    /// Adds an activity.
    pub(super) fn node(
        &mut self,
        activity: Activity,
        starts: Timestamp,
        duration: Duration,
    ) -> NodeId {
        let duration = duration.max(Duration::ZERO);
        let openings = Vec::new();
        self.graph.nodes.push(Node { activity, starts, duration, openings, windows: None });
        NodeId::at(self.graph.nodes.len() - 1)
    }

    /// Returns the planned time of a moment.
    pub(super) fn planned(&self, anchor: Anchor) -> Timestamp {
        self.graph.planned(anchor)
    }

    /// Adds an arc, if the plan keeps it. What waits for a step that starts with others waits for all of them.
    pub(super) fn arc(&mut self, from: Anchor, to: Anchor, lag: Duration, cause: Why) {
        let kept = self.planned(from) + lag <= self.planned(to);
        let to = match (to.edge, self.joint.get(&to.node)) {
            (Edge::Start, Some(&joint)) if cause != Why::JointStart => Anchor::start(joint),
            _ => to,
        };
        let arc = Arc { from, to, lag, cause };
        if kept && from.node != to.node && lag >= Duration::ZERO && self.known.insert(arc) {
            self.graph.arcs.push(arc);
        }
    }

    /// Adds hours in which a node may start, if the plan keeps them and they ever close.
    pub(super) fn opening(&mut self, node: NodeId, cause: Calendar, windows: Vec<Interval>) {
        let node = self.joint.get(&node).copied().unwrap_or(node);
        let node = &mut self.graph.nodes[node.index()];
        if windows != [Interval::ALWAYS] && windows.iter().any(|w| w.contains(node.starts)) {
            let opening = Opening { cause, windows };
            if !node.openings.contains(&opening) {
                node.openings.push(opening);
            }
        }
    }

    fn read_column(
        &mut self,
        names: &Names<'_>,
        position: usize,
        column: &Column,
    ) -> Result<(), String> {
        let mut load = Vec::new();
        for row in &column.load {
            load.push((find(&names.pieces, "piece", &row.piece)?, row.count.max(0)));
        }
        let items = load.iter().fold(0_i64, |sum, &(piece, count)| {
            sum.saturating_add(self.s.pieces[piece].items_each().saturating_mul(count))
        });
        let vehicles = items.max(1);
        let mut marches = Vec::new();
        for (march, row) in column.marches.iter().enumerate() {
            let activity = Activity::March { column: position, march };
            let node = self.node(activity, row.departs, row.arrives - row.departs);
            let road = find(&names.roads, "road", &row.road)?;
            let from = find(&names.places, "place", &row.from)?;
            let to = find(&names.places, "place", &row.to)?;
            marches.push(MarchNode { node, road, from, to });
        }
        let Some(last) = marches.last() else {
            return Err(format!("column `{}` of the plan has no marches", column.id));
        };
        let pass = self.pass_time(vehicles, last.road);
        let arrives = self.planned(Anchor::end(last.node));
        let pass = self.node(Activity::Pass { column: position }, arrives, pass);
        self.columns.push(ColumnNodes { marches, pass, vehicles, load });
        Ok(())
    }

    /// Returns the time a column takes to pass a point of a road.
    pub(super) fn pass_time(&self, vehicles: i64, road: RoadId) -> Duration {
        let density = self.s.operation.march_density_per_km;
        let rate = self.s.roads[road].rate;
        formula::pass_time(vehicles, density, rate, Duration::ZERO).unwrap_or(Duration::ZERO)
    }

    fn read_line(&mut self, names: &Names<'_>, line: usize, row: &Line) -> Result<(), String> {
        let tail = find(&names.tails, "tail", &row.tail)?;
        let mut sorties = Vec::new();
        for (sortie, row) in row.sorties.iter().enumerate() {
            let from = find(&names.places, "place", &row.from)?;
            let to = find(&names.places, "place", &row.to)?;
            let leg = row.leg.as_ref().map(|leg| find(&names.legs, "air leg", leg)).transpose()?;
            let mut load: BTreeMap<PieceId, i64> = BTreeMap::new();
            for part in &row.load {
                let piece = find(&names.pieces, "piece", &part.piece)?;
                let there = load.entry(piece).or_default();
                *there = there.saturating_add(part.count.max(0));
            }
            let loading = row.loading.map(|service| {
                let activity = Activity::Loading { line, sortie };
                self.node(activity, service.starts, service.ends - service.starts)
            });
            let activity = Activity::Flight { line, sortie };
            let flight = self.node(activity, row.departs, row.lands - row.departs);
            let unloading = row.unloading.map(|service| {
                let activity = Activity::Unloading { line, sortie };
                self.node(activity, service.starts, service.ends - service.starts)
            });
            let mut elements: Vec<_> =
                load.keys().map(|&piece| self.s.pieces[piece].element).collect();
            elements.sort_unstable();
            elements.dedup();
            self.graph.flights.push(Flown { node: flight, tail, from, to, elements });
            sorties.push(SortieNodes { from, to, leg, loading, flight, unloading, load });
        }
        self.lines.push(LineNodes { tail, sorties });
        Ok(())
    }

    fn join_steps(&mut self) {
        let s = self.s;
        for group in joint_groups(s) {
            let held: Vec<NodeId> =
                group.iter().filter_map(|step| self.steps[step.index()]).collect();
            let starts: Vec<Timestamp> =
                held.iter().map(|node| self.graph.nodes[node.index()].starts).collect();
            if held.len() < 2 || starts.iter().any(|t| *t != starts[0]) {
                continue;
            }
            let joint =
                self.node(Activity::JointStart { step: group[0] }, starts[0], Duration::ZERO);
            for node in held {
                self.arc(
                    Anchor::start(joint),
                    Anchor::start(node),
                    Duration::ZERO,
                    Why::JointStart,
                );
                self.joint.insert(node, joint);
            }
        }
        for (id, step) in s.steps.iter() {
            let Some(node) = self.steps[id.index()] else { continue };
            for &(before, lag) in &step.after {
                if let Some(before) = self.steps[before.index()] {
                    self.arc(Anchor::end(before), Anchor::start(node), lag, Why::StepAfterStep);
                }
            }
        }
    }

    fn join_columns(&mut self) {
        for position in 0..self.columns.len() {
            let column = &self.columns[position];
            let pass = column.pass;
            let marches: Vec<NodeId> = column.marches.iter().map(|march| march.node).collect();
            let gap = |at: usize| {
                self.planned(Anchor::start(marches[at]))
                    - self.planned(Anchor::end(marches[at - 1]))
            };
            let way: Vec<RoadId> = column.marches.iter().map(|march| march.road).collect();
            let rests = convoy::rests_of(self.s, &way, gap);
            for (at, pair) in marches.windows(2).enumerate() {
                let (from, to) = (Anchor::end(pair[0]), Anchor::start(pair[1]));
                let (rest, cause) = match (rests[at + 1], self.s.operation.driver_hours) {
                    (true, Some(hours)) => (hours.rest, Why::Halt),
                    _ => (Duration::ZERO, Why::MarchAfterMarch),
                };
                self.arc(from, to, rest, cause);
            }
            if let Some(&last) = marches.last() {
                let (from, to) = (Anchor::end(last), Anchor::start(pass));
                self.arc(from, to, Duration::ZERO, Why::PassAfterMarch);
            }
        }
    }

    fn join_lines(&mut self) {
        for line in 0..self.lines.len() {
            let enroute = self.s.types[self.s.tails[self.lines[line].tail].aircraft].enroute;
            for sortie in 0..self.lines[line].sorties.len() {
                let here = &self.lines[line].sorties[sortie];
                let (flight, loading, unloading) = (here.flight, here.loading, here.unloading);
                let next = self.lines[line].sorties.get(sortie + 1);
                let next = next.map(|next| (next.loading, next.flight));
                let mut after = |from: NodeId, to: NodeId, cause: Why| {
                    self.arc(Anchor::end(from), Anchor::start(to), Duration::ZERO, cause);
                };
                if let Some(loading) = loading {
                    after(loading, flight, Why::FlightAfterLoading);
                }
                if let Some(unloading) = unloading {
                    after(flight, unloading, Why::UnloadingAfterLanding);
                }
                match (unloading, next) {
                    (_, None) => {}
                    (Some(unloading), Some((Some(loading), _))) => {
                        after(unloading, loading, Why::LoadingAfterUnloading);
                    }
                    (None, Some((Some(loading), _))) => {
                        after(flight, loading, Why::LoadingAfterLanding);
                    }
                    (Some(unloading), Some((None, departs))) => {
                        after(unloading, departs, Why::FlightAfterUnloading);
                    }
                    (None, Some((None, departs))) => {
                        let lands = self.planned(Anchor::end(flight));
                        let stop = self.node(Activity::TurnRound { line, sortie }, lands, enroute);
                        let ends = [(flight, stop), (stop, departs)];
                        for (from, to) in ends {
                            let (from, to) = (Anchor::end(from), Anchor::start(to));
                            self.arc(from, to, Duration::ZERO, Why::TurnRound);
                        }
                    }
                }
            }
        }
    }

    /// Lets go who waits for a handover: elements freed by it, and who leaves the place after it.
    fn release(&mut self, journeys: &journeys::Journeys) {
        let s = self.s;
        let last_steps: Vec<Vec<NodeId>> =
            s.sites.ids().map(|site| self.last_steps(site)).collect();
        for leaving in journeys.taken.iter().filter(|taken| taken.is_first) {
            let element = &s.elements[s.pieces[leaving.piece].element];
            let guards = |(_, site): &(SiteId, &exeunt_model::scenario::Site)| {
                site.place == element.origin && site.min_guard > 0
            };
            let guarded = s.sites.iter().filter(guards).map(|(site, _)| site);
            let mut sites: Vec<SiteId> = element.freed_by.iter().copied().chain(guarded).collect();
            sites.sort_unstable();
            sites.dedup();
            for site in sites {
                for &step in &last_steps[site.index()] {
                    let cause = Why::HandedOver(site);
                    self.arc(Anchor::end(step), leaving.leaves, Duration::ZERO, cause);
                }
            }
        }
    }

    /// Returns the steps of a site that no other step of it follows; none if the plan lacks one of them.
    fn last_steps(&self, site: SiteId) -> Vec<NodeId> {
        let of_site = || self.s.steps.iter().filter(move |(_, step)| step.site == site);
        let is_last = |id: StepId| {
            !of_site().any(|(_, later)| later.after.iter().any(|(before, _)| *before == id))
        };
        let nodes: Option<Vec<NodeId>> = of_site().map(|(id, _)| self.steps[id.index()]).collect();
        if nodes.is_none() {
            return Vec::new();
        }
        let last = of_site().filter(|(id, _)| is_last(*id));
        last.filter_map(|(id, _)| self.steps[id.index()]).collect()
    }
}

/// Returns the groups of steps that start together, each sorted.
fn joint_groups(s: &Scenario) -> Vec<Vec<StepId>> {
    let mut group_of: Vec<usize> = (0..s.steps.len()).collect();
    for (id, step) in s.steps.iter() {
        for &other in &step.with {
            let (a, b) = (group_of[id.index()], group_of[other.index()]);
            let (low, high) = (a.min(b), a.max(b));
            for group in &mut group_of {
                if *group == high {
                    *group = low;
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<StepId>> = BTreeMap::new();
    for (step, group) in group_of.into_iter().enumerate() {
        groups.entry(group).or_default().push(StepId::from_index(step));
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}
