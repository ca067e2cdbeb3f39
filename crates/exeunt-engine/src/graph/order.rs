//! Sorts the activities so that every arc leads from an earlier one to a later one.

use super::{Arc, Node, NodeId, PlanGraph};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Takes the arcs in order of importance, leaves out those that would close a circle, sorts. An arc from an earlier
/// start to a later one closes none with its like, so only the others (equal starts, and landings that hold back
/// take-offs) are looked at one by one: O(arcs + doubtful arcs x arcs).
pub(super) fn sort(graph: &mut PlanGraph) {
    let n = graph.nodes.len();
    let start = |id: NodeId, nodes: &[Node]| nodes[id.index()].starts;
    let mut next: Vec<Vec<u32>> = vec![Vec::new(); n];
    let (mut doubtful, mut kept) = (Vec::new(), Vec::new());
    for (position, arc) in graph.arcs.iter().enumerate() {
        if start(arc.from.node, &graph.nodes) < start(arc.to.node, &graph.nodes) {
            next[arc.from.node.index()].push(arc.to.node.0);
            kept.push(position);
        } else {
            doubtful.push(position);
        }
    }
    let mut search = Search { seen: vec![0; n], round: 0, stack: Vec::new() };
    for position in doubtful {
        let arc = graph.arcs[position];
        if search.leads(&next, arc.to.node.0, arc.from.node.0) {
            graph.dropped.push(arc);
        } else {
            next[arc.from.node.index()].push(arc.to.node.0);
            kept.push(position);
        }
    }
    kept.sort_unstable();
    let arcs: Vec<Arc> = kept.into_iter().map(|position| graph.arcs[position]).collect();
    graph.arcs = arcs;
    renumber(graph, &places(&graph.nodes, &next));
}

/// A search through the arcs; what a round has seen carries its number.
struct Search {
    seen: Vec<u32>,
    round: u32,
    stack: Vec<u32>,
}

impl Search {
    /// Says whether a chain of arcs leads from one node to another.
    fn leads(&mut self, next: &[Vec<u32>], from: u32, to: u32) -> bool {
        self.round += 1;
        self.stack.clear();
        self.stack.push(from);
        while let Some(here) = self.stack.pop() {
            if here == to {
                return true;
            }
            let seen = &mut self.seen[here as usize];
            if *seen != self.round {
                *seen = self.round;
                self.stack.extend(&next[here as usize]);
            }
        }
        false
    }
}

/// Returns the place of each node in the order: among those that wait for nothing any more the earliest comes first
/// (Kahn 1962).
fn places(nodes: &[Node], next: &[Vec<u32>]) -> Vec<u32> {
    let mut waits = vec![0_usize; nodes.len()];
    for &to in next.iter().flatten() {
        waits[to as usize] += 1;
    }
    let key = |node: usize| Reverse((nodes[node].starts, node));
    let free = (0..nodes.len()).filter(|&node| waits[node] == 0);
    let mut ready: BinaryHeap<_> = free.map(key).collect();
    let mut places = vec![0; nodes.len()];
    let mut n_placed = 0;
    while let Some(Reverse((_, node))) = ready.pop() {
        places[node] = n_placed;
        n_placed += 1;
        for &to in &next[node] {
            waits[to as usize] -= 1;
            if waits[to as usize] == 0 {
                ready.push(key(to as usize));
            }
        }
    }
    assert_eq!(n_placed as usize, nodes.len(), "no arc that closes a circle was kept");
    places
}

fn renumber(graph: &mut PlanGraph, places: &[u32]) {
    let new = |id: &mut NodeId| id.0 = places[id.index()];
    let mut by_place: Vec<(u32, Node)> =
        places.iter().copied().zip(std::mem::take(&mut graph.nodes)).collect();
    by_place.sort_by_key(|(place, _)| *place);
    graph.nodes = by_place.into_iter().map(|(_, node)| node).collect();
    for arc in graph.arcs.iter_mut().chain(&mut graph.dropped) {
        new(&mut arc.from.node);
        new(&mut arc.to.node);
    }
    graph.arcs.sort_by_key(|arc| (arc.to.node, arc.to.edge));
    for flown in &mut graph.flights {
        new(&mut flown.node);
    }
    for items in &mut graph.items {
        let moments = [
            &mut items.left_site,
            &mut items.left_host,
            &mut items.home_airfield,
            &mut items.home_base,
        ];
        for anchor in moments.into_iter().flatten() {
            new(&mut anchor.node);
        }
    }
    let nodes = u32::try_from(graph.nodes.len()).expect("as many as before");
    graph.first_arc =
        (0..=nodes).map(|node| graph.arcs.partition_point(|arc| arc.to.node.0 < node)).collect();
}
