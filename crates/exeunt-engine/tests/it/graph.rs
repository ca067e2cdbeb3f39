//! The plan graph: the plan keeps it, a sweep with planned durations is the plan (M15), and what moves is where the
//! checker says it is.

use crate::{generate, plan};
use exeunt_engine::graph::{Anchor, Edge, PlanGraph, Why};
use exeunt_model::{Duration, Plan, Scenario, Timestamp};
use std::collections::BTreeSet;

/// Says what is wrong with the graph of a plan, if anything.
fn complaint(s: &Scenario, plan: &Plan) -> Option<String> {
    let graph = PlanGraph::new(s, plan).expect("the names are the scenario's");
    for arc in &graph.arcs {
        if graph.planned(arc.from) + arc.lag > graph.planned(arc.to) {
            return Some(format!("the plan breaks {arc:?}"));
        }
        if arc.from.node >= arc.to.node {
            return Some(format!("out of order: {arc:?}"));
        }
    }
    let times = graph.sweep(|_, node| node.duration);
    let moved = graph.nodes.iter().zip(&times).find(|(node, t)| **t != (node.starts, node.ends()));
    moved.map(|(node, t)| format!("{node:?} is moved to {t:?}"))
}

#[test]
fn a_sweep_with_planned_durations_is_the_plan() {
    let complaints: Vec<String> = (0..1_500)
        .filter_map(|seed| {
            let s = generate::operation(seed);
            complaint(&s, &plan(&s, 1)).map(|text| format!("seed {seed}: {text}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn what_goes_wrong_is_handed_on() {
    // of all kinds of causes each is there, and hours and orders that close a circle are found
    let mut kinds = BTreeSet::new();
    let (mut n_openings, mut n_late) = (0, 0);
    for seed in 0..200 {
        let s = generate::operation(seed);
        let graph = PlanGraph::new(&s, &plan(&s, 1)).expect("the names are the scenario's");
        let name = |cause: Why| format!("{cause:?}").split('(').next().map(str::to_owned);
        kinds.extend(graph.arcs.iter().filter_map(|arc| name(arc.cause)));
        n_openings += graph.nodes.iter().map(|node| node.openings.len()).sum::<usize>();
        // an hour more for everything: nothing is earlier, and every arc and window is kept
        let late = graph.sweep(|_, node| node.duration + Duration(3_600));
        let at = |anchor: Anchor| match anchor.edge {
            Edge::Start => late[anchor.node.index()].0,
            Edge::End => late[anchor.node.index()].1,
        };
        for arc in graph.arcs.iter().filter(|arc| at(arc.from) < Timestamp::MAX) {
            assert!(at(arc.from) + arc.lag <= at(arc.to), "seed {seed}: {arc:?}");
        }
        for (node, (starts, _)) in graph.nodes.iter().zip(&late) {
            assert!(node.starts <= *starts);
            let open = node.windows.as_ref().is_none_or(|w| w.iter().any(|w| w.contains(*starts)));
            assert!(open || *starts == Timestamp::MAX, "seed {seed}: {node:?} at {starts}");
            n_late += usize::from(*starts > node.starts);
        }
    }
    assert!(n_openings > 1_000, "{n_openings} hours");
    assert!(n_late > 1_000, "{n_late} late starts");
    assert!(kinds.len() >= 20, "{kinds:?}");
}

#[test]
fn moments_are_those_of_the_checker() {
    for seed in 0..300 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let graph = PlanGraph::new(&s, &plan).expect("the names are the scenario's");
        let verdict = exeunt_check::check(&s, &plan, None);
        let last = |moments: Vec<Option<Anchor>>| {
            moments.into_iter().flatten().map(|anchor| graph.planned(anchor)).max()
        };
        let closure = last(graph.items.iter().map(|items| items.home_base).collect());
        assert_eq!(closure, verdict.closure, "seed {seed}");
        for party in &verdict.parties {
            let mine = |piece| {
                let owner = s.elements[s.pieces[piece].element].party;
                s.parties[owner].name == party.id
            };
            let items = || graph.items.iter().filter(|items| mine(items.piece));
            let home = last(items().map(|items| items.home_base).collect());
            assert_eq!(home, party.closure, "seed {seed} {}", party.id);
            let field = last(items().map(|items| items.home_airfield).collect());
            assert_eq!(field, party.home_airfield, "seed {seed} {}", party.id);
            let out = last(items().map(|items| items.left_host).collect());
            assert_eq!(out, party.last_departure, "seed {seed} {}", party.id);
        }
    }
}
