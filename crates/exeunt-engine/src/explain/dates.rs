//! Dates of the scenario that hold back activities, and who leaves with them: the graph itself has only the plan's starts.

use crate::graph::{Activity, Edge, Items, NodeId, PlanGraph};
use exeunt_model::explanation::Why;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Mode, Predicate, Scenario};
use exeunt_model::{Duration, ElementId, PieceId, PlaceId, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Dates by activity.
pub(super) struct Dates {
    dates: Vec<Vec<(Timestamp, Why)>>,
    leaving: Vec<BTreeSet<ElementId>>,
    /// Airfields of landing by line and sortie.
    landings: BTreeMap<(usize, usize), PlaceId>,
}

impl Dates {
    /// Collects the dates of those who leave their origin or are loaded with each activity.
    pub(super) fn read(s: &Scenario, plan: &Plan, graph: &PlanGraph) -> Self {
        let names: HashMap<&str, PieceId> =
            s.pieces.iter().map(|(id, piece)| (piece.name.as_str(), id)).collect();
        let element = |piece: &str| names.get(piece).map(|id| s.pieces[*id].element);
        let mut dates = Self {
            dates: vec![Vec::new(); graph.nodes.len()],
            leaving: vec![BTreeSet::new(); graph.nodes.len()],
            landings: BTreeMap::new(),
        };
        for (position, node) in graph.nodes.iter().enumerate() {
            let (place, elements) = match node.activity {
                Activity::Loading { line, sortie } => boarding(plan, line, sortie),
                Activity::Flight { line, sortie } => {
                    let row = &plan.lines[line].sorties[sortie];
                    if let Some(field) = s.place(&row.to) {
                        dates.landings.insert((line, sortie), field);
                    }
                    // who provides the field's capacity leaves with the take-off
                    boarding(plan, line, sortie)
                }
                Activity::March { column, march: 0 } => {
                    let row = &plan.columns[column];
                    let pieces = row.load.iter().map(|load| load.piece.as_str()).collect();
                    (row.marches[0].from.as_str(), pieces)
                }
                _ => continue,
            };
            let elements: BTreeSet<ElementId> = elements.into_iter().filter_map(element).collect();
            let place = s.place(place);
            let begins = !matches!(node.activity, Activity::Flight { .. });
            for &id in elements.iter().filter(|_| begins) {
                let row = &s.elements[id];
                if place == Some(row.origin) {
                    dates.dates[position].push((row.ready, Why::Ready(id)));
                }
                let loads = match (row.mode, node.activity) {
                    (Mode::Air { embark, .. }, Activity::Loading { .. }) => place == Some(embark),
                    (Mode::Road, Activity::March { .. }) => place == Some(row.origin),
                    _ => false,
                };
                if let Some(date) = row.load_from.filter(|_| loads) {
                    dates.dates[position].push((date, Why::LoadFrom(id)));
                }
            }
            dates.leaving[position] = elements;
        }
        dates.read_promised_days(s, graph);
        dates.read_spreads(s, graph);
        dates
    }

    /// Adds from when on parts of an element may arrive so that its last part is within its spread, and from when on the
    /// last march, or loading and flight before, lead there.
    fn read_spreads(&mut self, s: &Scenario, graph: &PlanGraph) {
        let mut arrivals: BTreeMap<ElementId, Vec<NodeId>> = BTreeMap::new();
        for items in &graph.items {
            let element = s.pieces[items.piece].element;
            if let (Some(_), Some(anchor)) = (s.elements[element].spread, items.home_base) {
                arrivals.entry(element).or_default().push(anchor.node);
            }
        }
        if arrivals.is_empty() {
            return;
        }
        let nodes: HashMap<Activity, NodeId> =
            (0_u32..).zip(&graph.nodes).map(|(id, node)| (node.activity, NodeId(id))).collect();
        for (element, mut parts) in arrivals {
            parts.sort_unstable();
            parts.dedup();
            let last = parts.iter().map(|part| graph.nodes[part.index()].ends()).max();
            let (Some(last), Some(spread)) = (last, s.elements[element].spread) else { continue };
            for part in parts {
                let mut bound = last - spread;
                for id in leading_to(part, graph, &nodes) {
                    bound = bound - graph.nodes[id.index()].duration;
                    let date = (bound, Why::Spread(element));
                    if !self.dates[id.index()].contains(&date) {
                        self.dates[id.index()].push(date);
                    }
                }
            }
        }
    }

    /// Adds the days on which promises want something to happen, and not before.
    fn read_promised_days(&mut self, s: &Scenario, graph: &PlanGraph) {
        for (id, promise) in s.promises.iter().filter(|(_, row)| !row.before_start) {
            let Predicate::OnDay { set, milestone, day, .. } = &promise.predicate else { continue };
            let of_set = |items: &&Items| set.contains(&s.pieces[items.piece].element);
            for items in graph.items.iter().filter(of_set) {
                let Some(anchor) = super::milestone(items, *milestone) else { continue };
                let lasts = match anchor.edge {
                    Edge::Start => Duration::ZERO,
                    Edge::End => graph.nodes[anchor.node.index()].duration,
                };
                let date = (day.strict.from - lasts, Why::PromisedDay(id));
                let list = &mut self.dates[anchor.node.index()];
                if !list.contains(&date) {
                    list.push(date);
                }
            }
        }
    }

    /// Returns the dates that hold back an activity.
    pub(super) fn of(&self, node: NodeId) -> &[(Timestamp, Why)] {
        &self.dates[node.index()]
    }

    /// Returns the elements that leave with an activity.
    pub(super) fn leaving(&self, node: NodeId) -> impl Iterator<Item = ElementId> {
        self.leaving[node.index()].iter().copied()
    }

    /// Returns where a sortie lands.
    pub(super) fn landing(&self, line: usize, sortie: usize) -> Option<PlaceId> {
        self.landings.get(&(line, sortie)).copied()
    }
}

/// Returns an arrival and what leads to it without a stop, backwards.
fn leading_to(
    arrival: NodeId,
    graph: &PlanGraph,
    nodes: &HashMap<Activity, NodeId>,
) -> Vec<NodeId> {
    let before = |activity: Activity| nodes.get(&activity).copied();
    let mut list = vec![arrival];
    match graph.nodes[arrival.index()].activity {
        Activity::Unloading { line, sortie } => {
            list.extend(before(Activity::Flight { line, sortie }));
            list.extend(before(Activity::Loading { line, sortie }));
        }
        Activity::Pass { column } => {
            let marches = (0..).map_while(|march| before(Activity::March { column, march }));
            list.extend(marches.last());
        }
        _ => {}
    }
    list
}

/// Returns where a sortie leaves and the pieces that board there.
fn boarding(plan: &Plan, line: usize, sortie: usize) -> (&str, Vec<&str>) {
    let sorties = &plan.lines[line].sorties;
    let before = sortie.checked_sub(1).map(|before| &sorties[before].load);
    let row = &sorties[sortie];
    let was = |piece: &str| -> i64 {
        let loads = before.into_iter().flatten().filter(|load| load.piece == piece);
        loads.map(|load| load.count).fold(0, i64::saturating_add)
    };
    let boards = row.load.iter().filter(|load| {
        let now = row.load.iter().filter(|other| other.piece == load.piece);
        now.map(|other| other.count).fold(0, i64::saturating_add) > was(&load.piece)
    });
    (row.from.as_str(), boards.map(|load| load.piece.as_str()).collect())
}
