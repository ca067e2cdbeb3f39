//! Drivers that rest and escorts of columns (C20): what the planner makes of them, judged by the checker.

use super::*;
use exeunt_engine::explain::Explainer;
use exeunt_engine::graph::{Activity, Node, PlanGraph, Why};
use exeunt_engine::{apply, prove_plan};
use exeunt_model::explanation::{Change, Explanation, LinkKind, Subject};
use exeunt_model::plan::March;
use exeunt_model::scenario::*;
use exeunt_model::uncertainty::{Scope, Shape, Uncertain, Uncertainty};
use exeunt_model::*;

const MINUTE: Duration = Duration(60);

/// Two elements of five vehicles each go by road from A over B and C to D: 80, 80 and 40 km at 40 km/h, so 2, 2 and 1 h.
/// Five vehicles pass in 5 x 6 s + 60 s = 90 s.
fn two_by_road() -> Scenario {
    let mut s = Scenario { hash: "convoys".to_owned(), ..Scenario::default() };
    s.operation.end = generate::at(240);
    s.parties.push(Party {
        name: "P".to_owned(),
        title: "P".to_owned(),
        role: Role::Lead,
        state: "PP".to_owned(),
        weight: 1,
    });
    let places = ["A", "B", "C", "D"].map(|name| {
        let (name, title, state) = (name.to_owned(), name.to_owned(), "PP".to_owned());
        s.places.push(Place { name, title, state, position: None, area: None, airfield: None })
    });
    for (n, km) in [80, 80, 40].into_iter().enumerate() {
        s.roads.push(Road {
            name: format!("R{n}"),
            from: places[n],
            to: places[n + 1],
            distance: Distance::from_km(km),
            rate: Speed::from_kmh(40),
            max_vehicles: None,
            headway: None,
            escorts: Vec::new(),
            escort_back: Duration::ZERO,
            border: None,
        });
    }
    for name in ["E0", "E1"] {
        let element = s.elements.push(Element {
            name: name.to_owned(),
            title: name.to_owned(),
            party: PartyId(0),
            origin: places[0],
            destination: places[3],
            mode: Mode::Road,
            either: false,
            same_aircraft: false,
            spread: None,
            freed_by: Vec::new(),
            ready: s.operation.start,
            load_from: None,
            due: None,
        });
        s.pieces.push(Piece {
            name: format!("{name}-V"),
            title: String::new(),
            element,
            kind: PieceKind::Vehicle,
            count: 5,
            length: Length(7_000),
            width: Length(2_500),
            height: Length(2_500),
            mass: Mass(10_000),
            drivers: 1,
        });
    }
    s
}

/// Adds an escort that roads need: so many of it, so long on the way back.
fn escort(s: &mut Scenario, amount: i64, roads: &[u32], back: Duration) -> ResourceId {
    let capacity = vec![Capacity { amount, windows: vec![Interval::ALWAYS], provided_by: None }];
    let (name, title) = ("POLICE".to_owned(), "Police".to_owned());
    let (kind, place, keep) = (ResourceKind::Escort, None, 0);
    let id = s.resources.push(Resource { name, title, kind, place, keep, capacity });
    for &road in roads {
        s.roads[RoadId(road)].escorts = vec![(id, 1)];
        s.roads[RoadId(road)].escort_back = back;
    }
    id
}

/// Makes the operation of a seed in which drivers have to rest and roads need escorts.
fn convoys(seed: u64) -> Scenario {
    let mut s = generate::operation(seed);
    let mut r = generate::Random::new(seed + 1_000_000);
    s.operation.driver_hours = r.chance(75).then(|| DriverHours {
        most: Duration::from_minutes(r.range(40, 300)),
        rest: Duration::from_minutes(r.range(10, 500)),
    });
    let escorts: Vec<ResourceId> = (0..r.range(1, 2))
        .map(|n| {
            let windows = if r.chance(60) { vec![Interval::ALWAYS] } else { by_day() };
            let mut capacity = vec![Capacity { amount: r.range(1, 3), windows, provided_by: None }];
            if r.chance(40) {
                let last = s.elements.len() as i64 - 1;
                let provided_by = Some(ElementId(r.range(0, last) as u32));
                let windows = vec![Interval::ALWAYS];
                capacity.push(Capacity { amount: 1, windows, provided_by });
            }
            let (name, title) = (format!("ESCORT{n}"), String::new());
            let (kind, place, keep) = (ResourceKind::Escort, None, 0);
            s.resources.push(Resource { name, title, kind, place, keep, capacity })
        })
        .collect();
    for road in &mut s.roads.rows {
        let needs: Vec<ResourceId> = escorts.iter().copied().filter(|_| r.chance(45)).collect();
        let amount = |r: &mut generate::Random| if r.chance(75) { 1 } else { 2 };
        road.escorts = needs.into_iter().map(|id| (id, amount(&mut r))).collect();
        road.escort_back = Duration::from_minutes(r.range(0, 3) * r.range(0, 120));
    }
    s
}

/// Returns 16 hours of each day.
fn by_day() -> Vec<Interval> {
    let day = |n: i64| Interval { from: generate::at(24 * n + 5), to: generate::at(24 * n + 21) };
    (-2..14).map(day).collect()
}

fn accepted(s: &Scenario, epochs: u64) -> Plan {
    let plan = plan(s, epochs);
    assert_eq!(exeunt_check::check(s, &plan, None).findings, []);
    plan
}

/// Returns the marches of the columns, those that leave first first.
fn marches(plan: &Plan) -> Vec<&Vec<March>> {
    let mut all: Vec<&Vec<March>> = plan.columns.iter().map(|column| &column.marches).collect();
    all.sort_by_key(|marches| marches[0].departs);
    all
}

fn after(minutes: i64) -> Timestamp {
    generate::at(0) + Duration::from_minutes(minutes)
}

#[test]
fn the_second_column_waits_for_the_escort_to_come_back() {
    let mut s = two_by_road();
    escort(&mut s, 1, &[0], Duration::from_hours(2));
    let plan = accepted(&s, 4);
    let marches = marches(&plan);
    // every vehicle by itself would be five times as slow: two columns, the second when the escort is back
    assert_eq!(marches.len(), 2);
    assert_eq!(marches[0][0].departs, after(0));
    assert_eq!(marches[1][0].departs, after(240) + Duration(90));
    // a second escort, and both leave at once
    s.resources[ResourceId(0)].capacity[0].amount = 2;
    assert!(self::marches(&accepted(&s, 4)).iter().all(|marches| marches[0].departs == after(0)));
}

#[test]
fn one_escort_goes_along_over_two_roads() {
    let mut s = two_by_road();
    escort(&mut s, 1, &[0, 1], Duration::from_hours(2));
    let plan = accepted(&s, 4);
    // 4 h on both roads, 90 s to clear, 2 h back
    assert_eq!(marches(&plan)[1][0].departs, after(360) + Duration(90));
    // with a road between the two, the column waits there for its own escort
    let mut s = two_by_road();
    escort(&mut s, 1, &[0, 2], Duration::from_hours(4));
    s.elements.rows.truncate(1);
    s.pieces.rows.truncate(1);
    let plan = accepted(&s, 1);
    assert_eq!(marches(&plan)[0][2].departs, after(360) + Duration(90));
}

#[test]
fn an_escort_works_within_its_hours() {
    let mut s = two_by_road();
    let police = escort(&mut s, 1, &[0, 1], MINUTE);
    // 4 h 2 min 30 s do not fit into the first window
    let day = |from, to| Interval { from: after(from), to: after(to) };
    s.resources[police].capacity[0].windows = vec![day(0, 242), day(600, 1_200)];
    let plan = accepted(&s, 2);
    assert_eq!(marches(&plan)[0][0].departs, after(600));
    assert_eq!(marches(&plan)[1][0].departs, after(842) + Duration(30));
}

#[test]
fn drivers_rest_between_roads_and_on_a_long_one() {
    let mut s = two_by_road();
    // 2 + 2 h are allowed, the third road needs a rest before it
    let hours = |most, rest| {
        let (most, rest) = (Duration::from_minutes(most), Duration::from_minutes(rest));
        Some(DriverHours { most, rest })
    };
    s.operation.driver_hours = hours(240, 45);
    for marches in marches(&accepted(&s, 2)) {
        assert_eq!(marches[1].departs, after(120));
        assert_eq!(marches[2].departs, after(240 + 45));
    }
    // with 90 min every road of 2 h has a halt, and 30 min of it have been driven since; 30 + 120 are too much
    s.operation.driver_hours = hours(90, 45);
    for marches in marches(&accepted(&s, 2)) {
        assert_eq!(marches[0].arrives, after(120 + 45));
        assert_eq!(marches[1].departs, after(120 + 45 + 45));
        assert_eq!(marches[1].arrives, after(2 * (120 + 45) + 45));
        // 30 + 60 min are allowed
        assert_eq!(marches[2].departs, marches[1].arrives);
    }
}

#[test]
fn what_more_escorts_are_needed_than_there_are_stays() {
    let mut s = two_by_road();
    escort(&mut s, 1, &[1], MINUTE);
    s.roads[RoadId(1)].escorts[0].1 = 2;
    let plan = accepted(&s, 2);
    assert_eq!(plan.unmoved.iter().map(|row| row.count).sum::<i64>(), 10);
    for row in &plan.unmoved {
        assert_eq!(row.rule, "C20");
        assert!(row.reason.contains("road `R1` needs more of `POLICE`"), "{}", row.reason);
    }
    // there are enough, but never for long enough
    s.roads[RoadId(1)].escorts[0].1 = 1;
    s.resources[ResourceId(0)].capacity[0].windows =
        vec![Interval { from: after(0), to: after(100) }];
    let plan = accepted(&s, 2);
    assert_eq!(plan.unmoved.iter().map(|row| row.count).sum::<i64>(), 10);
    for row in &plan.unmoved {
        assert_eq!(row.rule, "C20");
        assert!(row.reason.contains("no escort `POLICE` is free"), "{}", row.reason);
    }
}

#[test]
fn who_provides_the_escort_goes_last_and_by_itself_stays() {
    let mut s = two_by_road();
    let police = escort(&mut s, 1, &[0], MINUTE);
    s.resources[police].capacity[0].provided_by = Some(ElementId(0));
    let plan = accepted(&s, 2);
    // E1 is escorted, and nobody escorts E0
    let loads: Vec<&str> = plan.columns.iter().map(|c| c.load[0].piece.as_str()).collect();
    assert!(!loads.is_empty() && loads.iter().all(|piece| *piece == "E1-V"), "{loads:?}");
    assert_eq!(plan.unmoved.iter().map(|row| row.piece.as_str()).collect::<Vec<_>>(), ["E0-V"]);
    assert_eq!(plan.unmoved[0].rule, "C20");
    // it may leave as soon as the escort is back, if it needs none
    let other = s.places.push(Place { name: "X".to_owned(), ..s.places[PlaceId(3)].clone() });
    let origin = s.elements[ElementId(0)].origin;
    let road =
        Road { name: "RX".to_owned(), from: origin, to: other, ..s.roads[RoadId(2)].clone() };
    s.roads.push(Road { escorts: Vec::new(), ..road });
    s.elements[ElementId(0)].destination = other;
    let plan = accepted(&s, 2);
    assert_eq!(plan.unmoved, []);
    let leaves = plan.columns.iter().filter(|c| c.load[0].piece == "E0-V");
    assert_eq!(leaves.map(|c| c.marches[0].departs).min(), Some(after(121) + Duration(90)));
}

#[test]
fn the_explanation_names_escort_and_halt() {
    let mut s = two_by_road();
    let police = escort(&mut s, 1, &[0], Duration::from_hours(2));
    let (most, rest) = (Duration::from_hours(4), Duration::from_hours(8));
    s.operation.driver_hours = Some(DriverHours { most, rest });
    let plan = accepted(&s, 2);
    let explainer = Explainer::new(&s, &plan).expect("its own names");
    let explanation: &Explanation = &explainer.explain(&[Subject::Closure])[0];
    let chain = explanation.chain.as_ref().expect("something arrives");
    let length = |why: Why| {
        let links = chain.links.iter().filter(|link| link.why == Some(why));
        links.map(|link| link.length().0).sum::<i64>()
    };
    let halted =
        chain.links.iter().filter(|l| l.why == Some(Why::Halt) && l.kind == LinkKind::Wait);
    assert_eq!(halted.map(|link| link.length().0).sum::<i64>(), rest.0, "{:?}", chain.links);
    // the march of the first column, until its tail has cleared and the escort is back
    assert_eq!(length(Why::Escort(police)), 4 * 3_600 + 90, "{:?}", chain.links);
    assert_eq!(length(Why::Held), 0, "{:?}", chain.links);
    // and one more of them is what helps
    let asked = exeunt_engine::explain::changes(&s, &plan, chain);
    assert!(asked.iter().any(|(change, _)| *change == Change::OneMore(police)), "{asked:?}");
    let mut more = s.clone();
    assert!(apply(&mut more, &Change::OneMore(police)));
    let verdict = |s: &Scenario, plan: &Plan| exeunt_check::check(s, plan, None).closure;
    assert!(verdict(&more, &accepted(&more, 2)) < verdict(&s, &plan));
}

#[test]
fn a_replay_waits_for_the_escort_and_rests() {
    let mut s = two_by_road();
    escort(&mut s, 1, &[0], Duration::from_hours(2));
    let (most, rest) = (Duration::from_hours(4), Duration::from_hours(8));
    s.operation.driver_hours = Some(DriverHours { most, rest });
    let plan = accepted(&s, 2);
    let graph = PlanGraph::new(&s, &plan).expect("its own names");
    // every march takes an hour more: the second column leaves an hour later, and rests as long as planned
    let is_march = |node: &Node| matches!(node.activity, Activity::March { .. });
    let hour = |node: &Node| if is_march(node) { Duration::from_hours(1) } else { Duration::ZERO };
    let times = graph.sweep(|_, node| node.duration + hour(node));
    let starts = |column, march| {
        let activity = Activity::March { column, march };
        let at = graph.nodes.iter().position(|node| node.activity == activity);
        times[at.expect("it marches")]
    };
    let first = usize::from(plan.columns[0].marches[0].departs > after(0));
    assert_eq!(starts(first, 0), (after(0), after(180)));
    assert_eq!(starts(1 - first, 0).0, after(300) + Duration(90));
    for column in 0..2 {
        assert_eq!(starts(column, 1).0, starts(column, 0).1);
        assert_eq!(starts(column, 2).0, starts(column, 1).1 + rest);
    }
}

#[test]
fn without_spread_the_simulation_of_convoys_is_the_plan() {
    for seed in 0..60 {
        let mut s = convoys(seed);
        let plan = plan(&s, 1);
        let verdict = exeunt_check::check(&s, &plan, None);
        s.uncertainty = vec![Uncertainty {
            name: "march".to_owned(),
            what: Uncertain::MarchTime,
            scope: Scope::All,
            shape: Shape::Fixed,
            chance: 1_000,
            median: 100,
            p90: 100,
            range: None,
            factor: None,
            assumed: false,
        }];
        let request = exeunt_engine::simulate::Request::default().part(5, 0, 1);
        let outcome =
            exeunt_engine::simulate::simulate(&s, &plan, &request).expect("its own names");
        let closure = verdict.closure.map(|t| t.0);
        assert!(outcome.closure.0.iter().all(|t| *t == closure), "seed {seed}");
    }
}

#[test]
fn every_plan_of_generated_convoys_is_accepted_and_every_spoiled_copy_refused() {
    let (mut complaints, mut n_halts, mut n_escorted, mut n_unmoved) = (Vec::new(), 0, 0, 0);
    let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
    for seed in 0..600 {
        let s = convoys(seed);
        let plan = plan(&s, 1 + seed % 2);
        let verdict = exeunt_check::check(&s, &plan, None);
        let findings = verdict.findings.iter().filter(|f| f.rule != Code::Rule(Rule::C04));
        complaints.extend(
            findings.map(|f| format!("seed {seed}: {} {} {}", f.rule, f.object, f.message)),
        );
        let graph = PlanGraph::new(&s, &plan).expect("its own names");
        for (node, t) in graph.nodes.iter().zip(graph.sweep(|_, node| node.duration)) {
            if t != (node.starts, node.ends()) {
                complaints.push(format!("seed {seed}: {node:?} is moved to {t:?}"));
            }
        }
        n_halts += graph.arcs.iter().filter(|arc| arc.cause == Why::Halt).count();
        n_escorted += graph.arcs.iter().filter(|arc| matches!(arc.cause, Why::Escort(_))).count();
        n_unmoved += plan.unmoved.iter().filter(|row| row.reason.contains("ESCORT")).count();
        if seed % 4 == 0 && verdict.accepted {
            for case in exeunt_check::self_test(&s, &plan, None).cases {
                if !case.caught {
                    complaints
                        .push(format!("seed {seed}: {} {}: {:?}", case.rule, case.what, case.also));
                }
                for key in ["rests", "goes on from", "halts", "ESCORT"] {
                    *kinds.entry(key).or_default() +=
                        usize::from(case.rule == Rule::C20 && case.what.contains(key));
                }
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "{}:\n{}",
        complaints.len(),
        complaints[..complaints.len().min(20)].join("\n")
    );
    assert!(
        n_halts > 100 && n_escorted > 300 && n_unmoved > 50,
        "{n_halts} {n_escorted} {n_unmoved}"
    );
    assert!(kinds.values().all(|n| *n > 40), "{kinds:?}");
}

#[test]
fn no_convoy_beats_its_bounds() {
    for seed in 0..150 {
        let s = convoys(seed);
        let plan = prove_plan(&s, plan(&s, 1), &[]);
        let verdict = exeunt_check::verify(&s, plan.proof.as_ref().expect("it was proven"));
        assert_eq!(verdict.findings, [], "seed {seed}");
        for (at, level) in plan.levels.iter().enumerate() {
            let (value, bound) = (plan.objective[at], plan.bounds[at]);
            assert!(bound.is_none_or(|bound| bound <= value), "{seed}: {level} {value} {bound:?}");
            assert_eq!(bound, verdict.bounds[at], "{seed}: {level}");
        }
    }
}

#[test]
fn convoys_are_planned_around_what_is_frozen() {
    let mut complaints = Vec::new();
    for seed in 0..200 {
        let s = convoys(seed);
        let whole = plan(&s, 1);
        let t = generate::at(36 + i64::try_from(seed % 30).expect("small"));
        let frozen = begun_before(&whole, t);
        let request = Request { frozen: Some(&frozen), seed: 2, ..Request::default() };
        let again = solve(&s, &request, |_| true, |_| {}).expect("the names are its own").plan;
        let findings = exeunt_check::check(&s, &again, Some(&frozen)).findings;
        if findings.iter().any(|f| f.rule != Code::Rule(Rule::C04)) {
            complaints.push(format!("seed {seed}: {findings:?}"));
        }
    }
    assert!(complaints.len() <= 2, "{} of 200:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn convoys_are_the_same_on_any_number_of_threads() {
    for seed in 0..15 {
        let s = convoys(seed);
        let with = |threads| {
            let request = Request { epochs: 2, lanes: 8, threads, ..Request::default() };
            let outcome = solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen");
            serde_json::to_string(&outcome.plan).expect("plain keys")
        };
        assert!(with(1) == with(4), "seed {seed}");
    }
}
