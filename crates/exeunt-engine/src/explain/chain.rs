//! The chain from a moment of the plan back to its source.
//!
//! One pass over the sorted activities finds for each start what decides it: the latest of its arcs and of the dates of
//! the scenario, and the hours that were closed then (algorithms, section 9.1). What lies between that and the planned
//! start is the five-minute mark or else *held by the plan*. Of several that decide at one moment the chain takes the way
//! on which the plan holds least, then the one with fewest links; the others are named. O(activities + arcs).

use super::capacity::Capacities;
use super::dates::Dates;
use super::words::{deed_of, why_of, why_open};
use crate::graph::{Activity, Anchor, Arc, Edge, Node, NodeId, PlanGraph};
use crate::timeline::first_in;
use exeunt_model::explanation::{Chain, Link, LinkKind, Why};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::Scenario;
use exeunt_model::{Duration, Timestamp};
use std::cmp::Reverse;

/// What decides each activity of a plan.
pub(super) struct Chains<'a> {
    s: &'a Scenario,
    graph: &'a PlanGraph,
    dates: &'a Dates,
    capacities: Capacities<'a>,
    /// Arcs of priced precedence rows, by the node that waits.
    priced: Vec<Vec<Arc>>,
    starts: Vec<Decided>,
}

/// What decides a start.
struct Decided {
    /// Seconds held by the plan from the source to it, and links so far.
    cost: (i64, usize),
    source: Source,
    /// When the source would let it start.
    since: Timestamp,
    /// What decides at the same moment.
    others: Vec<Why>,
    /// What it waited for after that, each until a moment.
    waits: Vec<(Timestamp, Why)>,
}

impl Decided {
    /// Returns what was waited for last.
    fn last(&self) -> Why {
        match (self.waits.last(), self.source) {
            (Some((_, why)), _) => *why,
            (None, Source::Date(why) | Source::Arc(_, why)) => why,
        }
    }
}

/// Where a chain goes on.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    /// The start of the chain, by a date or by nothing.
    Date(Why),
    /// Another activity.
    Arc(Arc, Why),
}

impl<'a> Chains<'a> {
    /// Finds what decides each activity.
    pub(super) fn of(
        s: &'a Scenario,
        plan: &'a Plan,
        graph: &'a PlanGraph,
        dates: &'a Dates,
    ) -> Self {
        let (priced, capacities) = (priced(s, graph), Capacities::read(s, plan));
        let mut chains = Self { s, graph, dates, capacities, priced, starts: Vec::new() };
        for position in 0..graph.nodes.len() {
            let id = NodeId(u32::try_from(position).expect("as many as the graph has"));
            let decided = chains.decide(id);
            chains.starts.push(decided);
        }
        chains
    }

    fn node(&self, id: NodeId) -> &'a Node {
        &self.graph.nodes[id.index()]
    }

    /// Returns the earliest start of the chains: that of the operation, or of what was begun before it.
    fn origin(&self) -> Timestamp {
        let first = self.graph.nodes.iter().map(|node| node.starts).min();
        first.map_or(self.s.operation.start, |first| first.min(self.s.operation.start))
    }

    fn decide(&self, id: NodeId) -> Decided {
        let node = self.node(id);
        let mut sources = vec![(self.origin(), Source::Date(Why::Start))];
        for &(date, why) in self.dates.of(id) {
            sources.push((date, Source::Date(why)));
        }
        for arc in self.graph.arcs_to(id).iter().chain(&self.priced[id.index()]) {
            let allowed = match arc.to.edge {
                Edge::Start => self.graph.planned(arc.from) + arc.lag,
                Edge::End => self.graph.planned(arc.from) + arc.lag - node.duration,
            };
            let why = why_of(self.s, self.dates, arc);
            sources.push((allowed, Source::Arc(*arc, why)));
        }
        if let Activity::Clearance { clearance } = node.activity {
            sources.push((node.starts, Source::Date(Why::Clearance(clearance))));
        }
        sources.retain(|(t, _)| *t <= node.starts);
        sources.sort_by_key(|(t, _)| Reverse(*t));
        let since = sources.first().map_or(node.starts, |source| source.0);
        let mut ways = self.ways(node, since, &sources);
        // what comes just in time hides hours that open at the same moment, and what else waited for them
        let mut moments: Vec<Timestamp> = sources.iter().map(|source| source.0).collect();
        moments.dedup();
        for earlier in moments.into_iter().skip(1) {
            let behind = self.ways(node, earlier, &sources);
            ways.extend(behind.into_iter().filter(|way| is_forced(&way.waits)));
        }
        let key = |way: &Decided| (way.cost.0, Reverse(way.since), way.cost.1, way.last());
        ways.sort_by_key(key);
        let mut ways = ways.into_iter();
        let mut best = ways.next().expect("the start of the operation is before everything");
        best.others = ways.map(|way| way.last()).filter(|why| *why != best.last()).collect();
        best.others.retain(|other| *other != Why::Start);
        best.others.sort_unstable();
        best.others.dedup();
        best
    }

    /// Returns the ways to a start through what would let it start at a moment.
    fn ways(&self, node: &Node, since: Timestamp, sources: &[(Timestamp, Source)]) -> Vec<Decided> {
        let waits = self.waits(node, since);
        let held: i64 = stretches(since, &waits)
            .into_iter()
            .filter(|(why, ..)| *why == Why::Held)
            .map(|(_, from, to)| (to - from).0)
            .sum();
        let deciding = sources.iter().filter(|(t, _)| *t == since);
        let way = |&(_, source): &(Timestamp, Source)| {
            // a chain that reaches its start goes no further, whatever else ends at that moment
            let cost = match source {
                Source::Date(why) => (0, usize::from(why != Why::Start)),
                Source::Arc(arc, _) => self.cost_of(&arc),
            };
            let cost = (cost.0 + held, cost.1 + waits.len());
            Decided { cost, source, since, others: Vec::new(), waits: waits.clone() }
        };
        deciding.map(way).collect()
    }

    /// Returns the cost of what leads to an arc's beginning, the arc included.
    fn cost_of(&self, arc: &Arc) -> (i64, usize) {
        let (held, links) = self.starts[arc.from.node.index()].cost;
        (held, links + 1)
    }

    /// Returns what a node waits for between what decides it and its planned start.
    fn waits(&self, node: &Node, since: Timestamp) -> Vec<(Timestamp, Why)> {
        let t = node.starts;
        if since >= t {
            return Vec::new();
        }
        let is_timed = matches!(node.activity, Activity::Loading { .. } | Activity::March { .. });
        let marked = |at: Timestamp| if is_timed { mark(at) } else { at };
        let open = |at: Timestamp| match &node.windows {
            None => Some(at),
            Some(windows) => first_in(windows, at),
        };
        let opens = open(since).filter(|opens| *opens <= t).unwrap_or(since);
        let mut waits = Vec::new();
        if opens > since {
            waits.push((opens, self.opening(node, opens)));
        }
        if opens < t {
            if let Some(why) = self.capacities.comes(node.activity) {
                waits.push((t, why));
            } else if marked(opens) == t {
                waits.push((t, Why::Mark));
            } else if opens == since && open(marked(since)) == Some(t) {
                waits.push((t, self.opening(node, t)));
            } else {
                waits.push((t, Why::Held));
            }
        }
        waits
    }

    /// Names whose hours begin at a moment; of several the first.
    fn opening(&self, node: &Node, t: Timestamp) -> Why {
        let begins = |windows: &[exeunt_model::Interval]| windows.iter().any(|w| w.from == t);
        let causes = node.openings.iter().filter(|opening| begins(&opening.windows));
        causes.map(|opening| why_open(opening.cause)).min().unwrap_or(Why::Held)
    }

    /// Says why an activity starts ahead of the end that decides it.
    fn why_ahead(&self, activity: Activity) -> Why {
        let landing = match activity {
            Activity::Flight { line, sortie } => self.dates.landing(line, sortie),
            _ => None,
        };
        landing.map_or(Why::Arrival, Why::NoWaitInTheAir)
    }

    /// Returns the seconds that a chain to an anchor is held by the plan, and its links.
    pub(super) fn cost(&self, anchor: Anchor) -> (i64, usize) {
        self.starts[anchor.node.index()].cost
    }

    /// Returns the chain to a moment.
    pub(super) fn to(&self, anchor: Anchor) -> Chain {
        let mut links: Vec<Link> = Vec::new();
        let mut here = anchor;
        // what the deed at `here` hands on, and what else decides at that moment
        let mut handed: (Option<Why>, Vec<Why>) = (None, Vec::new());
        loop {
            let (node, decided) = (self.node(here.node), &self.starts[here.node.index()]);
            let by_its_end = match decided.source {
                Source::Arc(arc, _) => arc.to.edge == Edge::End,
                Source::Date(_) => false,
            };
            let deed = Some(deed_of(node.activity));
            // what decides the end itself says nothing of the start
            let skips = by_its_end && decided.waits.is_empty() && here.edge == Edge::End;
            let is_pseudo =
                matches!(node.activity, Activity::JointStart { .. } | Activity::AllPassed { .. });
            let (why, others) = std::mem::take(&mut handed);
            if is_pseudo && why.is_some() {
                // says nothing itself: what it waited for is what was waited for
                handed = (why, others);
            } else if here.edge == Edge::End && !skips && node.duration > Duration::ZERO {
                let (kind, from, to) = (LinkKind::Activity, node.starts, node.ends());
                links.push(Link { kind, deed, why, others, from, to, count: 1 });
            } else if why.is_some() {
                // the moment itself was waited for, not its length
                let (kind, at) = (LinkKind::Wait, self.graph.planned(here));
                links.push(Link { kind, deed, why, others, from: at, to: at, count: 1 });
            }
            let mut tied = decided.others.clone();
            for (why, from, to) in stretches(decided.since, &decided.waits).into_iter().rev() {
                let others = std::mem::take(&mut tied);
                links.push(Link { from, to, deed, others, ..wait(why) });
            }
            if by_its_end && !skips {
                let (from, to) = (decided.since + node.duration, decided.since);
                let kind = LinkKind::Ahead;
                links.push(Link { kind, from, to, deed, ..wait(self.why_ahead(node.activity)) });
            }
            match decided.source {
                Source::Date(why) => {
                    let (from, to) = (self.origin(), decided.since);
                    if from < to {
                        links.push(Link { from, to, deed, others: tied, ..wait(why) });
                    }
                    break;
                }
                Source::Arc(arc, why) => {
                    let inherited = handed.0.take();
                    let mut others = std::mem::take(&mut handed.1);
                    others.extend(tied);
                    let why = match inherited {
                        Some(stay @ Why::Stay(_)) => stay,
                        _ => why,
                    };
                    if arc.lag > Duration::ZERO {
                        let from = self.graph.planned(arc.from);
                        let to = from + arc.lag;
                        let deed = Some(deed_of(self.node(arc.from.node).activity));
                        links.push(Link { from, to, deed, others, ..wait(why) });
                        others = Vec::new();
                    }
                    // a lag has named its beginning; an activity before it is still shown with its length
                    let shown = arc.lag == Duration::ZERO || arc.from.edge == Edge::End;
                    handed = if shown { (Some(why), others) } else { (None, others) };
                    here = arc.from;
                }
            }
        }
        links.reverse();
        Chain { from: self.origin(), at: self.graph.planned(anchor), links: compress(links) }
    }
}

/// Returns a wait to be filled.
fn wait(why: Why) -> Link {
    let (kind, why) = (LinkKind::Wait, Some(why));
    let (from, to) = (Timestamp(0), Timestamp(0));
    Link { kind, deed: None, why, others: Vec::new(), from, to, count: 1 }
}

/// Returns waits as stretches, in order.
fn stretches(since: Timestamp, waits: &[(Timestamp, Why)]) -> Vec<(Why, Timestamp, Timestamp)> {
    let mut from = since;
    let mut list = Vec::new();
    for &(to, why) in waits {
        list.push((why, from, to));
        from = to;
    }
    list
}

/// Returns whether the plan holds nothing among waits.
fn is_forced(waits: &[(Timestamp, Why)]) -> bool {
    waits.iter().all(|(_, why)| *why != Why::Held)
}

/// Returns the arcs that priced precedence rows would add where the plan keeps them: they shape the plan, though a
/// replay may break them.
fn priced(s: &Scenario, graph: &PlanGraph) -> Vec<Vec<Arc>> {
    let mut arcs = vec![Vec::new(); graph.nodes.len()];
    for (position, node) in graph.nodes.iter().enumerate() {
        let Activity::AllPassed { row } = node.activity else { continue };
        let precedence = &s.precedence[row];
        if precedence.hard {
            continue;
        }
        let passed = NodeId(u32::try_from(position).expect("as many as the graph has"));
        let follows =
            |items: &&crate::graph::Items| precedence.then.contains(&s.pieces[items.piece].element);
        for items in graph.items.iter().filter(follows) {
            let Some(to) = super::milestone(items, precedence.milestone) else { continue };
            let (from, lag, cause) = (Anchor::end(passed), Duration::ZERO, Why::Precedence(row));
            let arc = Arc { from, to, lag, cause };
            let is_kept = graph.planned(from) <= graph.planned(to) && passed < to.node;
            let list: &mut Vec<Arc> = &mut arcs[to.node.index()];
            if is_kept && !list.contains(&arc) {
                list.push(arc);
            }
        }
    }
    arcs
}

/// Returns whether links of a kind in a row become one: what is handed from one to the next.
fn is_handed_on(why: Why) -> bool {
    matches!(
        why,
        Why::Stand(..)
            | Why::Handling(_)
            | Why::HostCheck(_)
            | Why::Team(_)
            | Why::BorderPost(_)
            | Why::Headway(_)
            | Why::Escort(_)
            | Why::RunwaySlot(_)
            | Why::StagingRoom(_)
    )
}

/// Joins runs of links that wait for the same shared thing; the waits for a five-minute mark between them go along.
fn compress(links: Vec<Link>) -> Vec<Link> {
    let mut joined: Vec<Link> = Vec::new();
    let mut marks: Vec<Link> = Vec::new();
    for link in links {
        let shared = link.why.filter(|why| is_handed_on(*why));
        match joined.last_mut().filter(|last| shared.is_some() && last.why == shared) {
            Some(last) => {
                last.count += usize::from(link.from < link.to);
                if link.kind == LinkKind::Activity {
                    last.kind = LinkKind::Activity;
                }
                (last.deed, last.to) = (link.deed, link.to);
                last.others.extend(link.others);
                last.others.sort_unstable();
                last.others.dedup();
                marks.clear();
            }
            None if link.why == Some(Why::Mark) => marks.push(link),
            None => {
                joined.append(&mut marks);
                joined.push(link);
            }
        }
    }
    joined.append(&mut marks);
    joined
}

/// Rounds up to the next five-minute mark: timetables made by hand start on marks.
fn mark(t: Timestamp) -> Timestamp {
    const FIVE_MINUTES: i64 = 300;
    Timestamp((t.0 + FIVE_MINUTES - 1).div_euclid(FIVE_MINUTES) * FIVE_MINUTES)
}
