//! Loads of several fields in one flight: an aircraft that stops on its way for others, judged by the checker.

use super::*;
use crate::bridge::*;
use exeunt_engine::graph::PlanGraph;
use exeunt_engine::{Answer, begun, prove_plan, replan};
use exeunt_model::plan::Sortie;
use exeunt_model::scenario::*;
use exeunt_model::*;

/// Adds a field that lies a way from one of the two of the bridge and as far as that from the other.
fn add_field(s: &mut Scenario, name: &str, near: PlaceId, km: i64) -> PlaceId {
    let row = Place { name: name.to_owned(), title: name.to_owned(), ..s.places[near].clone() };
    let place = s.places.push(row);
    let far = if near == FIELD { HOME } else { FIELD };
    let leg = s.air_legs.rows[0].clone();
    let fields = [near, far].map(|to| (to, if to == near { km } else { 2_400 }));
    for (to, km) in fields {
        let name = format!("{name}-{}", s.places[to].name);
        s.air_legs.push(AirLeg {
            name,
            from: place,
            to,
            distance: Distance::from_km(km),
            ..leg.clone()
        });
    }
    place
}

/// Adds pallets that fly from one field to another.
fn add_load(
    s: &mut Scenario,
    name: &str,
    (from, to): (PlaceId, PlaceId),
    n: i64,
    ready: Timestamp,
) {
    add_pallets(s, name, n, 2_000, ready);
    let element = s.elements.rows.last_mut().expect("it is added");
    element.mode = Mode::Air { embark: from, debark: to };
    (element.origin, element.destination) = (from, to);
}

/// One aircraft at HOME and half a load at each of two fields; or for each of two.
fn halves(for_two: bool) -> Scenario {
    let mut s = bridge(1, HOME, Duration::from_hours(1), Duration::from_hours(1));
    let second = add_field(&mut s, "SECOND", if for_two { HOME } else { FIELD }, 300);
    let other = if for_two { (FIELD, second) } else { (second, HOME) };
    add_load(&mut s, "E", (FIELD, HOME), 1, at(0, 0));
    add_load(&mut s, "F", other, 1, at(0, 0));
    s
}

#[test]
fn two_half_loads_fly_together_though_of_two_fields() {
    // In by 4:00, loaded by 5:00, half an hour to the other field, an hour there, four to the home, unloaded by 11:30; for
    // two fields nine hours to the first, an hour there and half an hour to the second, likewise. One after the other: 20:00.
    for for_two in [false, true] {
        let s = halves(for_two);
        let alone = solve(&s, &Request { lanes: 1, ..Request::default() }, |_| false, |_| {});
        let plain = exeunt_check::check(&s, &alone.expect("none is frozen").plan, None);
        let plan = prove_plan(&s, plan(&s, 4), &[]);
        let verdict = exeunt_check::check(&s, &plan, None);
        assert_eq!(verdict.findings, []);
        assert_eq!((plain.closure, verdict.closure), (Some(at(20, 0)), Some(at(11, 30))));
        assert_eq!(stops(&plan), if for_two { (0, 1) } else { (1, 0) });
    }
}

#[test]
fn the_field_whose_handlers_come_late_is_loaded_first() {
    // At noon, loaded by 13:00; half an hour to the other field, an hour there, four to the home, unloaded by 19:30. The
    // other way round the stop would have to last until 13:00.
    let mut s = halves(false);
    let place = s.place("SECOND").expect("a field");
    let (user_class, activity) = (UserClass::Military, Activity::Handling);
    s.hours.push(Hours { place, user_class, activity, windows: daily(12, 24) });
    let plan = plan(&s, 4);
    let verdict = exeunt_check::check(&s, &plan, None);
    assert_eq!((verdict.findings, verdict.closure), (Vec::new(), Some(at(19, 30))));
    assert_eq!(stops(&plan), (1, 0));
    assert_eq!(plan.lines[0].sorties[1].from, "SECOND");
}

/// Some fields near one another on both sides, and small loads between them.
fn small(seed: u64) -> Scenario {
    let mut r = generate::Random::new(seed);
    let mut time = || Duration::from_minutes(r.pick(&[30, 60, 90]));
    let (onload, offload) = (time(), time());
    let base = r.pick(&[HOME, HOME, FIELD]);
    let mut s = bridge(r.range(1, 2) as usize, base, onload, offload);
    s.hash = format!("small {seed}");
    let mut sides = [vec![FIELD], vec![HOME]];
    for (n, near) in [FIELD, HOME].into_iter().enumerate() {
        for name in ["B", "C"].iter().take(r.range(0, 2) as usize) {
            let name = format!("{}-{name}", s.places[near].name);
            sides[n].push(add_field(&mut s, &name, near, r.range(1, 6) * 100));
        }
    }
    for place in s.places.ids().collect::<Vec<_>>() {
        if r.chance(30) {
            add_resource(&mut s, ResourceKind::Stand(StandClass::D), 1);
            s.resources.rows.last_mut().expect("added").place = Some(place);
        }
        if r.chance(30) {
            add_resource(&mut s, ResourceKind::Handling, 1);
            let row = s.resources.rows.last_mut().expect("added");
            (row.place, row.name) = (Some(place), format!("TEAM-{}", place.index()));
        }
        if r.chance(20) {
            let activity = r.pick(&[Activity::Handling, Activity::Movement]);
            let windows = daily(r.range(0, 6), r.range(18, 24));
            s.hours.push(Hours { place, user_class: UserClass::Military, activity, windows });
        }
    }
    for n in 0..r.range(2, 7) {
        let way = (r.pick(&sides[0]), r.pick(&sides[1]));
        let (count, ready) = (r.range(1, 2), at(r.range(0, 10), 0));
        add_load(&mut s, &format!("E{n}"), way, count, ready);
        let element = s.elements.rows.last_mut().expect("it is added");
        element.same_aircraft = r.chance(20);
        element.spread = r.chance(20).then(|| Duration::from_hours(r.range(0, 8)));
    }
    if r.chance(40) {
        let half = s.elements.len() / 2;
        let ids: Vec<ElementId> = s.elements.ids().collect();
        s.precedence.push(Precedence {
            name: "FIRST".to_owned(),
            first: ids[..half].to_vec(),
            then: ids[half..].to_vec(),
            kind: r.pick(&[PrecedenceKind::LastBeforeLast, PrecedenceKind::AllBeforeFirst]),
            milestone: r.pick(&[Milestone::LeftSite, Milestone::HomeBase]),
            stay: 0,
            hard: r.chance(60),
        });
    }
    s
}

fn flies_on(sortie: &Sortie, next: &Sortie) -> bool {
    sortie.load.iter().any(|row| next.load.iter().any(|other| other.piece == row.piece))
}

/// Returns the stops at which something stays on board while something else boards or leaves: how many board, how many leave.
fn stops(plan: &Plan) -> (usize, usize) {
    let pairs = plan.lines.iter().flat_map(|line| line.sorties.windows(2));
    let pairs = pairs.filter(|pair| flies_on(&pair[0], &pair[1]));
    let (mut board, mut leave) = (0, 0);
    for pair in pairs {
        board += usize::from(pair[1].loading.is_some());
        leave += usize::from(pair[0].unloading.is_some());
    }
    (board, leave)
}

#[test]
fn loads_join_one_another_and_the_checker_accepts_it() {
    let (mut complaints, mut board, mut leave) = (Vec::new(), 0, 0);
    for seed in 0..200 {
        let s = small(seed);
        let plan = plan(&s, 4);
        complaints.extend(complaint_about(seed, &s, &plan));
        let stops = stops(&plan);
        (board, leave) = (board + stops.0, leave + stops.1);
        if stops == (0, 0) {
            continue;
        }
        let graph = PlanGraph::new(&s, &plan).expect("its own names");
        for (node, t) in graph.nodes.iter().zip(graph.sweep(|_, node| node.duration)) {
            if t != (node.starts, node.ends()) {
                complaints.push(format!("seed {seed}: {node:?} is moved to {t:?}"));
            }
        }
        for case in exeunt_check::self_test(&s, &plan, None).cases {
            if !case.caught {
                complaints.push(format!("seed {seed}: {} {}", case.rule, case.what));
            }
        }
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert!(board > 15 && leave > 15, "{board} board at a stop, {leave} leave at one");
}

#[test]
fn no_plan_with_calls_beats_its_bounds() {
    for seed in 0..100 {
        let s = small(seed);
        let plan = prove_plan(&s, plan(&s, 4), &[]);
        assert_eq!(complaint_about(seed, &s, &plan), None);
    }
}

#[test]
fn what_stands_at_a_stop_flies_on() {
    let (mut n, mut kept_stops, mut complaints) = (0, 0, Vec::new());
    for seed in 0..200 {
        let mut s = small(seed);
        let before = plan(&s, 4);
        let mut pairs = before.lines.iter().flat_map(|line| line.sorties.windows(2));
        let called = |pair: &&[Sortie]| {
            flies_on(&pair[0], &pair[1])
                && (pair[0].unloading.is_some() || pair[1].loading.is_some())
        };
        let Some(pair) = pairs.find(called) else { continue };
        n += 1;
        // before anything has begun the list of the plan is planned again, stops and all
        s.operation.now = Some(s.operation.start);
        let request = Request { before: Some(&before), ..Request::default() };
        let again = replan(&s, Answer::Shift, &request, |_| true, |_| {}).expect("a plan").plan;
        kept_stops += usize::from(stops(&again) == stops(&before));
        let now = pair[0].lands;
        s.operation.now = Some(now);
        let frozen = begun(&before, now, Notice::default());
        let kept = frozen.lines.iter().flat_map(|line| &line.sorties);
        if kept.filter(|row| row.id == pair[0].id || row.id == pair[1].id).count() != 2 {
            complaints.push(format!("seed {seed}: what is on board does not fly on"));
        }
        let request =
            Request { frozen: Some(&frozen), before: Some(&before), ..Request::default() };
        let again = replan(&s, Answer::Shift, &request, |_| true, |_| {}).expect("a plan").plan;
        let findings = exeunt_check::check(&s, &again, Some(&frozen)).findings;
        let other =
            |row: &&Finding| row.rule != Code::Rule(Rule::C04) && row.rule != Code::Objective;
        let findings: Vec<_> = findings.iter().filter(other).collect();
        complaints.extend((!findings.is_empty()).then(|| format!("seed {seed}: {findings:?}")));
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert!(n > 30, "{n} plans have a stop");
    assert!(kept_stops * 10 > n * 9, "of {n} plans {kept_stops} keep their stops");
}
