//! The plan graph of the plans in `scenarios/`: a sweep with planned durations gives them to the second (M15).

use super::*;
use exeunt_engine::graph::PlanGraph;
use exeunt_model::{Plan, Scenario};

/// Reads a scenario with folders laid over it.
pub(crate) fn read(name: &str, overlays: &[&str]) -> Scenario {
    let mut draft = exeunt_scenario::read_draft(Path::new(&scenario(name)));
    for overlay in overlays {
        draft.overlay(exeunt_scenario::read_draft(Path::new(&scenario(overlay))));
    }
    exeunt_scenario::build(draft).expect("a scenario of ours").scenario
}

/// Plans a scenario in one epoch.
pub(crate) fn plan(s: &Scenario) -> Plan {
    let request = exeunt_engine::Request::default();
    exeunt_engine::solve(s, &request, |_| true, |_| {}).expect("nothing is frozen").plan
}

/// Reads the plan of the record.
pub(crate) fn history() -> Plan {
    let path = format!("{}/history.plan.json", scenario("kazakhstan-2022"));
    let bytes = std::fs::read(&path).expect("the plan of the record");
    exeunt::parse_plan(&bytes, &path).expect("a plan")
}

fn assert_is_reproduced(s: &Scenario, plan: &Plan) -> PlanGraph {
    let graph = PlanGraph::new(s, plan).expect("the names are the scenario's");
    for arc in &graph.arcs {
        assert!(graph.planned(arc.from) + arc.lag <= graph.planned(arc.to), "{arc:?}");
    }
    let times = graph.sweep(|_, node| node.duration);
    for (node, times) in graph.nodes.iter().zip(times) {
        assert_eq!(times, (node.starts, node.ends()), "{node:?}");
    }
    graph
}

#[test]
fn plans_are_reproduced_to_the_second() {
    for name in ["minimal", "deployment", "kazakhstan-2022"] {
        let s = read(name, &[]);
        let graph = assert_is_reproduced(&s, &plan(&s));
        assert!(graph.nodes.len() > 5, "{name} has {} activities", graph.nodes.len());
    }
}

#[test]
fn the_record_is_reproduced_to_the_second() {
    let s = read("kazakhstan-2022", &["kazakhstan-2022-history-capacity"]);
    let graph = assert_is_reproduced(&s, &history());
    assert!(graph.nodes.len() > 800, "{} activities", graph.nodes.len());
    // few orders are lost to aircraft that would have to wait in the air
    assert!(graph.dropped.len() * 20 < graph.arcs.len(), "{} dropped", graph.dropped.len());
}

#[test]
fn the_record_ends_in_replay_although_its_capacity_is_dated() {
    // extra teams of single days are not what a late loading has to wait for: most courses of events end in time
    let s = read("kazakhstan-2022", &["kazakhstan-2022-history-capacity"]);
    let request = exeunt_engine::simulate::Request {
        input_draws: 0,
        input_replications: 1,
        ..Default::default()
    };
    let outcome = exeunt_engine::simulate::simulate(&s, &history(), &request.part(500, 0, 1));
    let closures = outcome.expect("the names are the scenario's").closure.0;
    let ended = closures.iter().flatten().count();
    assert!(ended > 400, "{ended} of 500 end");
}
