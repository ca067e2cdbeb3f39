//! Simulation: without spread it is the plan, with spread it is what can be computed by hand, and neither threads nor
//! shards change it.

use crate::{generate, plan};
use exeunt_engine::simulate::{Bench, Request, clopper_pearson, merge, simulate, summarize};
use exeunt_model::outcome::{Critical, Outcome};
use exeunt_model::plan::{Handover, Line, Load, Plan, Service, Sortie, Unmoved};
use exeunt_model::scenario::*;
use exeunt_model::uncertainty::{
    Factor, FactorKey, Parameter, Range, Scope, Shape, Uncertain, Uncertainty,
};
use exeunt_model::{
    Duration, ElementId, Id, Interval, Length, Mass, Scenario, Speed, Table, Timestamp,
};

fn row(what: Uncertain, shape: Shape, chance: i64, median: i64, p90: i64) -> Uncertainty {
    let (name, scope) = (what.word().to_owned(), Scope::All);
    let (range, factor, assumed) = (None, None, false);
    Uncertainty { name, what, scope, shape, chance, median, p90, range, factor, assumed }
}

/// Rows of every kind.
fn rows() -> Vec<Uncertainty> {
    let shared = |row: Uncertainty, by| {
        let factor = Factor { name: "weather".to_owned(), by, weight_percent: 60 };
        Uncertainty { factor: Some(factor), ..row }
    };
    let ranged = |row: Uncertainty, of, low, high| Uncertainty {
        range: Some(Range { of, low, high }),
        assumed: true,
        ..row
    };
    use {FactorKey as By, Parameter as P, Shape::*, Uncertain as U};
    vec![
        ranged(row(U::StepDuration, Lognormal, 1_000, 100, 150), P::P90, 120, 220),
        shared(row(U::ReceiverLate, Exponential, 300, 45, 45), By::AreaDay),
        ranged(row(U::Breakdown, Lognormal, 50, 240, 720), P::Chance, 10, 90),
        ranged(shared(row(U::Weather, Lognormal, 150, 180, 480), By::Day), P::Chance, 50, 300),
        row(U::GroundTime, Lognormal, 1_000, 105, 140),
        shared(row(U::BlockTime, Lognormal, 1_000, 100, 106), By::Day),
        row(U::MarchTime, Lognormal, 1_000, 100, 140),
        row(U::ClearanceLate, Fixed, 100, 600, 600),
        row(U::Situation, Exponential, 30, 300, 300),
    ]
}

fn run(s: &Scenario, plan: &Plan, request: &Request) -> Outcome {
    simulate(s, plan, request).expect("the names are the scenario's")
}

fn request(replications: u64) -> Request {
    let small = Request { input_draws: 3, input_replications: 20, ..Request::default() };
    small.part(replications, 0, 1)
}

#[test]
fn without_spread_the_simulation_is_the_plan() {
    let mut n_promises = 0;
    for seed in 0..150 {
        let mut s = generate::operation(seed);
        let plan = plan(&s, 1);
        let verdict = exeunt_check::check(&s, &plan, None);
        s.uncertainty = rows();
        s.uncertainty.retain(|row| row.what.is_factor());
        for row in &mut s.uncertainty {
            (row.median, row.p90, row.range) = (100, 100, None);
        }
        let outcome = run(&s, &plan, &request(33));
        let closure = verdict.closure.map(|t| t.0);
        assert!(outcome.closure.0.iter().all(|t| *t == closure), "seed {seed}");
        let left = verdict.closure_left_host.map(|t| t.0);
        assert!(outcome.left_host.0.iter().all(|t| *t == left), "seed {seed}");
        for (sample, party) in
            outcome.parties.iter().zip(verdict.parties.iter().filter(|p| p.people + p.vehicles > 0))
        {
            assert_eq!(sample.id, party.id, "seed {seed}");
            let closure = party.closure.map(|t| t.0);
            assert!(sample.closure.0.iter().all(|t| *t == closure), "seed {seed} {}", party.id);
        }
        for (sample, promise) in outcome.promises.iter().zip(&verdict.promises) {
            let (Some(strict), Some(lenient)) = (promise.strict, promise.lenient) else { continue };
            n_promises += 1;
            assert!(
                sample.strict.0.iter().all(|kept| *kept == strict),
                "seed {seed} {}",
                promise.id
            );
            assert!(sample.lenient.0.iter().all(|kept| *kept == lenient), "seed {seed}");
        }
    }
    assert!(n_promises > 150, "{n_promises} promises");
}

#[test]
fn threads_and_shards_change_nothing() {
    let mut n_varied = 0;
    for seed in [3, 8, 21] {
        let mut s = generate::operation(seed);
        let plan = plan(&s, 1);
        s.uncertainty = rows();
        let whole = Request { input_draws: 10, input_replications: 40, ..Request::default() };
        let serial = run(&s, &plan, &whole.clone().part(1_000, 0, 1));
        for threads in [2, 8] {
            let request = Request { threads, ..whole.clone() }.part(1_000, 0, 1);
            assert!(run(&s, &plan, &request) == serial, "{threads} threads");
        }
        for of in [4, 64] {
            let part = |n| run(&s, &plan, &whole.clone().part(1_000, n, of));
            let mut parts: Vec<Outcome> = (0..of).map(part).collect();
            parts.reverse();
            assert!(merge(parts).expect("all parts") == serial, "{of} parts");
        }
        assert_eq!(serial.inputs.len(), 10);
        assert_eq!(serial.swings.len(), 3);
        n_varied += serial.closure.0.windows(2).filter(|pair| pair[0] != pair[1]).count();
    }
    assert!(n_varied > 300, "{n_varied} of 3,000 differ from the one before");
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let mut s = generate::operation(3);
    let plan = plan(&s, 1);
    s.uncertainty = rows();
    let whole = request(100);
    let part = |n, of| run(&s, &plan, &whole.clone().part(100, n, of));
    let refuses = |parts: Vec<Outcome>, says: &str| {
        let error = merge(parts).expect_err(says);
        assert!(error.contains(says), "{error}");
    };
    refuses(vec![], "nothing to merge");
    refuses(vec![part(0, 3), part(2, 3)], "part 1 of 3 is missing");
    refuses(vec![part(0, 3), part(1, 3)], "part 2 of 3 is missing");
    refuses(vec![part(1, 3), part(2, 3)], "part 0 of 3 is missing");
    refuses(vec![part(0, 2), part(0, 2), part(1, 2)], "given twice");
    refuses(vec![part(0, 2), part(1, 3)], "a part of 3");
    let other = |change: fn(&mut Outcome)| {
        let mut second = part(1, 2);
        change(&mut second);
        vec![part(0, 2), second]
    };
    refuses(other(|o| o.seed = 2), "different seed");
    refuses(other(|o| o.plan.clear()), "different plan");
    refuses(other(|o| o.scenario_hash.clear()), "different scenario");
    refuses(other(|o| o.total = 200), "different number of replications");
    refuses(other(|o| o.first = 51), "begins with replication 51, not 50");
    refuses(other(|o| o.zone_offset = 60), "different zone");
    refuses(other(|o| o.unmoved = 60), "different pieces that do not arrive");
    refuses(other(|o| o.activities[0].what.clear()), "different activities");
    refuses(other(|o| o.promises[0].wanted = Some(7)), "different promises");
    refuses(other(|o| o.parties[0].id.clear()), "different parties");
    refuses(other(|o| o.stated.as_mut().expect("drawn").closure.0[0] = None), "as stated");
    // what a part lacks or has too much of
    let damaged = |change: fn(&mut Outcome), says: &str| {
        let mut parts = vec![part(0, 2), part(1, 2)];
        parts.iter_mut().for_each(change);
        refuses(parts, says);
    };
    refuses(other(|o| o.left_host.0.truncate(9)), "part 1 of 2 is damaged: `left_host` has 9");
    damaged(|o| o.closure.0.truncate(49), "is damaged: `closure` has 49 entries, not 50");
    damaged(|o| o.left_host.0.clear(), "`left_host` has 0");
    damaged(|o| o.parties[0].closure.0.clear(), "`closure` of party");
    damaged(|o| o.promises[0].strict.0.push(true), "`strict` of promise");
    damaged(|o| o.promises[0].lenient.0.clear(), "`lenient` of promise");
    damaged(|o| o.promises[0].before_start = true, "has 50 entries, not 0");
    damaged(|o| o.promises[0].wanted = Some(-5), "`wanted` of promise");
    damaged(|o| o.activities[0].count = 51, "is 51 of 50");
    damaged(|o| o.rows.1 = 10, "assumed rows is 10 of 9");
    damaged(|o| o.inputs.clear(), "`inputs` has 0 entries, not");
    damaged(|o| o.inputs.extend(o.inputs.clone()), "`inputs`");
    damaged(|o| o.inputs[0].kept[0] = (21, 0), "`kept` of a draw is 21 of 20");
    damaged(|o| o.inputs[0].kept.clear(), "`kept` of a draw has 0");
    damaged(|o| o.inputs[0].closure.0.clear(), "`closure` of a draw has 0");
    damaged(|o| o.inputs[0].left_host.0.clear(), "`left_host` of a draw");
    damaged(|o| o.inputs[0].parties.clear(), "`parties` of a draw");
    damaged(|o| o.swings.clear(), "`swings` has 0 entries, not");
    damaged(|o| o.closure.0[0] = Some(i64::MIN), "a moment lies beyond all years");
    damaged(|o| o.swings[0].p90[2] = Some(i64::MAX), "a moment lies beyond all years");
    damaged(|o| o.inputs[0].left_host.0[0] = Some(i64::MAX), "a moment lies beyond all years");
    damaged(|o| o.zone_offset = i64::MIN, "its zone is more than a day away");
    damaged(|o| o.stated = None, "`stated` has 0 entries, not 1");
}

#[test]
fn a_later_promise_is_kept_whenever_an_earlier_one_is() {
    // M16, replication by replication; and the share grows somewhere, or the test would be hollow
    let mut n_grows = 0;
    for seed in 0..40 {
        let mut s = generate::operation(seed);
        let plan = plan(&s, 1);
        let Some(closure) = exeunt_check::check(&s, &plan, None).closure else { continue };
        s.uncertainty = rows();
        let promise = |hours: i64| {
            let by = closure + Duration::from_hours(hours);
            let set: Vec<ElementId> = s.elements.ids().collect();
            let by = Readings { strict: by, lenient: by + Duration(1) };
            promise(
                &format!("H{hours:02}"),
                Predicate::AllBy { set, milestone: Milestone::HomeBase, by },
            )
        };
        s.promises = Table::new((0..12).map(|n| promise(4 * n)).collect());
        let outcome = run(&s, &plan, &request(200));
        for pair in outcome.promises.windows(2) {
            let kept = pair[0].strict.0.iter().zip(&pair[1].strict.0);
            assert!(kept.clone().all(|(earlier, later)| earlier <= later), "seed {seed}");
            n_grows += usize::from(pair[0].strict.count() < pair[1].strict.count());
            assert!(pair[0].strict.0.iter().zip(&pair[0].lenient.0).all(|(a, b)| a <= b));
        }
    }
    assert!(n_grows > 40, "{n_grows} later dates are likelier");
}

#[test]
fn four_times_the_replications_halve_the_interval() {
    // M16: at an equal share of 81 of 100
    let width = |n: u64| {
        let (low, high) = clopper_pearson(n * 81 / 100, n, 0.05);
        high - low
    };
    for n in [400, 1_000, 10_000] {
        let ratio = width(4 * n) / width(n);
        assert!((0.47..0.53).contains(&ratio), "{ratio} at {n}");
    }
}

#[test]
fn another_plan_meets_the_same_events() {
    // of plans that differ in nothing but one aircraft's hour, most replications end at the same moment
    let (mut s, mut plan) = flights(&[(0, false), (0, false), (0, false)]);
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Lognormal, 500, 120, 600)];
    let one = run(&s, &plan, &request(400));
    let sortie = &mut plan.lines[0].sorties[0];
    for t in [&mut sortie.departs, &mut sortie.lands] {
        *t = *t + Duration(600);
    }
    let service = sortie.unloading.as_mut().expect("it unloads");
    (service.starts, service.ends) = (sortie.lands, sortie.lands + Duration(3_600));
    let other = run(&s, &plan, &request(400));
    let same = one.closure.0.iter().zip(&other.closure.0).filter(|(a, b)| a == b).count();
    assert!((150..400).contains(&same), "{same} of 400 are the same");
}

fn promise(name: &str, predicate: Predicate) -> Promise {
    Promise {
        name: name.to_owned(),
        statement: None,
        text: name.to_owned(),
        predicate,
        required: false,
        wanted: None,
        rank: 3,
        same_as: None,
        outcome: None,
        evidence: None,
        before_start: false,
    }
}

/// Aircraft that fly people from A to B at hour 1 plus so many minutes each, five hours long, and unload them within
/// an hour, with one handling team at B in the order of the list if the plan has them one after the other. With
/// `true`, a ferry from C comes before, from hour -5 to 0.
fn flights(list: &[(i64, bool)]) -> (Scenario, Plan) {
    let mut s = Scenario::default();
    s.operation.start = Timestamp(-86_400);
    s.operation.end = Timestamp(100 * 86_400);
    let party = Party {
        name: "P".to_owned(),
        title: "P".to_owned(),
        role: Role::Lead,
        state: "PP".to_owned(),
        weight: 1,
    };
    let owner = s.parties.push(party);
    let field = Airfield {
        runway: exeunt_model::Distance(3_000),
        slot: Duration::ZERO,
        staging_time: Duration::ZERO,
        staging_people: None,
        staging_vehicles: None,
    };
    let mut place = |name: &str| {
        s.places.push(Place {
            name: name.to_owned(),
            title: name.to_owned(),
            state: "PP".to_owned(),
            position: None,
            area: None,
            airfield: Some(field.clone()),
        })
    };
    let (a, b, c) = (place("A"), place("B"), place("C"));
    let configuration = Configuration {
        name: "seats".to_owned(),
        seats: 100,
        change: Duration::ZERO,
        zones: Vec::new(),
    };
    let aircraft = s.types.push(AircraftType {
        name: "T".to_owned(),
        stand: StandClass::D,
        min_runway: exeunt_model::Distance(0),
        block_speed: Speed::from_kmh(700),
        payload_range: Vec::new(),
        ferry_range: exeunt_model::Distance::from_km(5_000),
        onload: Duration::ZERO,
        offload: Duration::from_hours(1),
        enroute: Duration::ZERO,
        handling_teams: 1,
        cost_per_hour: 0,
        configurations: vec![configuration],
    });
    let element = s.elements.push(Element {
        name: "E".to_owned(),
        title: "E".to_owned(),
        party: owner,
        origin: a,
        destination: b,
        mode: Mode::Air { embark: a, debark: b },
        either: false,
        freed_by: Vec::new(),
        ready: s.operation.start,
        load_from: None,
        due: None,
        same_aircraft: false,
        spread: None,
    });
    let (mut plan, hour) = (Plan::default(), 3_600);
    for (n, &(minutes, ferry)) in list.iter().enumerate() {
        let tail = format!("T{n}");
        s.tails.push(Tail {
            name: tail.clone(),
            pool: tail.clone(),
            aircraft,
            owner,
            user_class: UserClass::Military,
            base: if ferry { c } else { a },
            available: Interval::ALWAYS,
            maintenance: Vec::new(),
        });
        let piece = format!("P{n}");
        s.pieces.push(Piece {
            name: piece.clone(),
            title: "people".to_owned(),
            element,
            kind: PieceKind::People,
            count: 10,
            length: Length::ZERO,
            width: Length::ZERO,
            height: Length::ZERO,
            mass: Mass(100),
            drivers: 0,
        });
        let sortie = |id: String, from: &str, to: &str, departs: i64| Sortie {
            id,
            from: from.to_owned(),
            to: to.to_owned(),
            leg: None,
            config: "seats".to_owned(),
            departs: Timestamp(departs),
            lands: Timestamp(departs + 5 * hour),
            loading: None,
            unloading: None,
            crew: None,
            load: Vec::new(),
        };
        let departs = hour + 60 * minutes;
        let lands = Timestamp(departs + 5 * hour);
        let unloading = Some(Service { starts: lands, ends: lands + Duration(hour) });
        let load =
            vec![Load { piece, count: 10, zone: None, x_mm: None, y_mm: None, turned: None }];
        let loaded = Sortie { unloading, load, ..sortie(format!("S{n}"), "A", "B", departs) };
        let before = ferry.then(|| sortie(format!("F{n}"), "C", "A", departs - 6 * hour));
        plan.lines.push(Line { tail, sorties: before.into_iter().chain([loaded]).collect() });
    }
    (s, plan)
}

/// Says in how many of so many replications all are there so many minutes after the plan.
fn n_kept(s: &mut Scenario, plan: &Plan, minutes: i64, replications: u64, seed: u64) -> u64 {
    let ends = plan.lines.iter().flat_map(|line| &line.sorties).filter_map(|x| x.unloading);
    let closure = ends.map(|service| service.ends).max().expect("something is unloaded");
    let by = closure + Duration::from_minutes(minutes);
    let (set, by) = (vec![ElementId::from_index(0)], Readings { strict: by, lenient: by });
    let predicate = Predicate::AllBy { set, milestone: Milestone::HomeBase, by };
    s.promises = Table::new(vec![promise("ALL", predicate)]);
    let request = Request { seed, ..request(replications) };
    run(s, plan, &request).promises[0].strict.count()
}

/// Asserts that a probability lies in the 99 % interval of a sample of 20,000.
fn assert_probability(s: &mut Scenario, plan: &Plan, minutes: i64, expected: f64) {
    let n = 20_000;
    let kept = n_kept(s, plan, minutes, n, 1);
    let (low, high) = clopper_pearson(kept, n, 0.01);
    assert!((low..=high).contains(&expected), "{expected} is not in {low}..{high} ({minutes} min)");
}

#[test]
fn two_departures_in_series_are_on_time_in_81_of_100() {
    // each fails with 0.1 and is repaired in 24 hours; between them lie an hour of slack and none of 24: 0.9 x 0.9
    let (mut s, plan) = flights(&[(0, true)]);
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 100, 1_440, 1_440)];
    assert_probability(&mut s, &plan, 12 * 60, 0.81);
    // one repair of 24 hours less the hour of slack, or none: 1 - 0.01 (both fail)
    assert_probability(&mut s, &plan, 24 * 60, 0.99);
}

#[test]
fn parallel_flights_multiply_and_a_shared_factor_joins_them() {
    let (mut s, plan) = flights(&[(0, false), (0, false), (0, false)]);
    let fails = row(Uncertain::Breakdown, Shape::Fixed, 100, 1_440, 1_440);
    s.uncertainty = vec![fails.clone()];
    assert_probability(&mut s, &plan, 60, 0.9_f64.powi(3));
    let with = |weight_percent| {
        let factor = Factor { name: "F".to_owned(), by: FactorKey::Operation, weight_percent };
        vec![Uncertainty { factor: Some(factor), ..fails.clone() }]
    };
    // moved by one draw alone they fail together; with no part of it each by itself
    s.uncertainty = with(100);
    assert_probability(&mut s, &plan, 60, 0.9);
    s.uncertainty = with(0);
    assert_probability(&mut s, &plan, 60, 0.9_f64.powi(3));
    s.uncertainty = with(70);
    let kept = n_kept(&mut s, &plan, 60, 20_000, 1);
    assert!((15_000..17_700).contains(&kept), "between 0.729 and 0.9: {kept}");
}

#[test]
fn a_queue_at_one_handling_team_is_that_of_all_cases() {
    // four aircraft land every half hour at a field with one team of one hour each; each take-off fails with 0.2 and
    // is repaired in two hours; the order stays. All sixteen cases by hand: ready_k = lands_k + delay_k,
    // done_k = max(planned start_k, ready_k, done_(k-1)) + 1 h
    let (mut s, mut plan) = flights(&[(0, false), (30, false), (60, false), (90, false)]);
    let team = Capacity { amount: 1, windows: vec![Interval::ALWAYS], provided_by: None };
    s.resources.push(Resource {
        name: "TEAM".to_owned(),
        title: "TEAM".to_owned(),
        kind: ResourceKind::Handling,
        place: s.place("B"),
        keep: 0,
        capacity: vec![team],
    });
    let mut free = Timestamp(0);
    for line in &mut plan.lines {
        let sortie = &mut line.sorties[0];
        let starts = sortie.lands.max(free);
        free = starts + Duration::from_hours(1);
        sortie.unloading = Some(Service { starts, ends: free });
    }
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 200, 120, 120)];
    let planned = [0, 60, 120, 180]; // start of unloading in minutes after the first landing
    for minutes in [0, 30, 60, 90, 120] {
        let mut probability = 0.0;
        for case in 0..16_u32 {
            let mut done = 0;
            for k in 0..4 {
                let delay = if case >> k & 1 == 1 { 120 } else { 0 };
                let ready = 30 * i64::from(k) + delay;
                done = ready.max(done).max(planned[k as usize]) + 60;
            }
            let failures = i32::try_from(case.count_ones()).expect("at most four");
            let chance = 0.2_f64.powi(failures) * 0.8_f64.powi(4 - failures);
            probability += if done <= 240 + minutes { chance } else { 0.0 };
        }
        // the sixteen chances add up to one but for the last digits
        assert_probability(&mut s, &plan, minutes, probability.min(1.0));
    }
}

#[test]
fn lognormal_flights_are_within_their_p90_in_nine_of_ten() {
    let (mut s, plan) = flights(&[(0, false)]);
    s.uncertainty = vec![row(Uncertain::BlockTime, Shape::Lognormal, 1_000, 100, 120)];
    // five hours of flight, nine of ten within six
    assert_probability(&mut s, &plan, 60, 0.9);
    assert_probability(&mut s, &plan, 0, 0.5);
}

#[test]
fn closed_days_hold_flights_back() {
    // a field is closed on one of four days, from any second of the day on, for two days. The flight takes off from A
    // at hour 1 of the second day and lands at B at hour 6. A field is open at hour h if nothing began on the first
    // day (0.75) and nothing on the second before h (1 - 0.25 x h / 24)
    let (mut s, plan) = flights(&[(0, false)]);
    s.uncertainty = vec![row(Uncertain::Weather, Shape::Fixed, 250, 2_880, 2_880)];
    let at = |hours: f64| 0.75 * (1.0 - 0.25 * hours / 24.0);
    assert_probability(&mut s, &plan, 0, at(1.0) * at(6.0));
    for place in &mut s.places.rows {
        place.area = Some("one".to_owned());
    }
    // both fields in one area: one closure for both, that of the landing decides
    assert_probability(&mut s, &plan, 0, at(6.0));
}

#[test]
fn sampling_intervals_cover_as_they_should() {
    let (mut s, plan) = flights(&[(0, true)]);
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 100, 1_440, 1_440)];
    let mut covered = 0;
    for seed in 0..1_000 {
        let kept = n_kept(&mut s, &plan, 60, 200, seed);
        let (low, high) = clopper_pearson(kept, 200, 0.05);
        covered += u32::from((low..=high).contains(&0.81));
    }
    // at least 950 of 1000 are due; 930 is three standard errors below
    assert!((930..=995).contains(&covered), "{covered} of 1000 intervals hold 0.81");
}

#[test]
fn without_rows_there_is_no_probability_but_a_remedy() {
    let (mut s, plan) = flights(&[(0, false)]);
    n_kept(&mut s, &plan, 0, 16, 1);
    let summary = summarize(&run(&s, &plan, &request(32)));
    assert_eq!(summary.promises[0].probability, None);
    assert!(summary.closure.is_none() && summary.assumed_share.is_none());
    assert!(summary.remedy.expect("what to fill in").contains("uncertainty"));
}

#[test]
fn what_stays_behind_never_arrives_and_what_never_opens_is_never() {
    let (mut s, plan) = flights(&[(0, false), (0, false)]);
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 1_000, 600, 600)];
    assert_eq!(n_kept(&mut s, &plan, 600, 50, 1), 50, "all are ten hours late");
    let mut part = plan.clone();
    part.lines.pop();
    assert_eq!(n_kept(&mut s, &part, 9_000, 50, 1), 0, "ten people are not moved");
    // movement at B ends two hours after the planned landing: with ten hours of repair it never comes
    s.hours.push(Hours {
        place: s.place("B").expect("it is there"),
        user_class: UserClass::Military,
        activity: Activity::Movement,
        windows: vec![Interval { from: Timestamp(0), to: Timestamp(8 * 3_600) }],
    });
    let outcome = run(&s, &plan, &request(50));
    assert!(outcome.closure.0.iter().all(Option::is_none));
    assert_eq!(n_kept(&mut s, &plan, 9_000, 50, 1), 0);
}

#[test]
fn what_is_critical_and_what_swings() {
    // the second of two aircraft is always the last, its ferry is late in one of ten replications: the ferry is on the
    // longest path then and else the plan holds the loaded flight; the repair is the one thing that swings
    let (mut s, plan) = flights(&[(0, false), (30, true)]);
    let range = Some(Range { of: Parameter::Chance, low: 50, high: 400 });
    let fails = row(Uncertain::Breakdown, Shape::Fixed, 100, 1_440, 1_440);
    let own = Uncertainty { scope: Scope::Pool("T1".to_owned()), range, assumed: true, ..fails };
    s.uncertainty = vec![own];
    let outcome = run(&s, &plan, &Request { input_replications: 500, ..request(1_000) });
    let count = |what: &str| {
        let row = outcome.activities.iter().find(|row| row.what == what);
        row.unwrap_or_else(|| panic!("{what} is an activity")).count
    };
    assert_eq!(count("sortie S1 from A to B"), 1_000);
    assert_eq!(count("sortie S0 from A to B"), 0);
    let late = outcome.closure.0.len() as u64;
    assert!((60..=140).contains(&count("sortie F1 from C to A")) && late == 1_000);
    let summary = summarize(&outcome);
    // P50 is the plan's with a chance of 0.05 (0.9025 on time), not with 0.4 (0.36 on time)
    let swing = &summary.swings[0];
    assert!(swing.p50[0] == swing.p50[1] && swing.p50[1] < swing.p50[2], "{swing:?}");
    assert_eq!(summary.assumed_share, Some(100));
}

#[test]
fn a_decision_without_a_statement_comes_late() {
    // one flight, decided at its planned start: three of ten decisions come a day later
    let (mut s, plan) = flights(&[(60, false)]);
    let decided = plan.lines[0].sorties[0].departs;
    s.operation.start = decided;
    s.conditions.rows.push(Condition {
        name: "K".to_owned(),
        text: "decided".to_owned(),
        statement: None,
        truth: Truth::From(Some(decided)),
        policy: Policy::Hold,
        gate: Gate::Departures(s.elements.ids().collect()),
    });
    s.uncertainty = vec![row(Uncertain::DecisionLate, Shape::Fixed, 300, 1_440, 1_440)];
    let on_time = |s: &Scenario| {
        let outcome = run(s, &plan, &request(10_000));
        let first = outcome.closure.0.iter().flatten().min().copied().expect("it arrives");
        let late = outcome.closure.0.iter().flatten().filter(|&&t| t != first);
        assert!(late.clone().all(|&t| t == first + 86_400), "a day later or not at all");
        10_000 - late.count()
    };
    // 0.7 x 10,000 with a deviation of sqrt(0.7 x 0.3 x 10,000) = 46
    let n = on_time(&s);
    assert!((6_860..=7_140).contains(&n), "{n}");
    // what had begun before the start is known as it was
    s.operation.start = decided + Duration(1);
    assert_eq!(on_time(&s), 10_000);
}

#[test]
fn who_is_late_for_a_team_of_hours_waits_for_its_next_ones() {
    // the aircraft lands at hour 6 and is unloaded within one hour; the team is there from hour 6 to 8 and from 30 to 32.
    // Half an hour late it still fits, 90 minutes late it waits until hour 30 and ends at 31: 24 hours after the planned end
    let (mut s, plan) = flights(&[(0, false)]);
    let hours =
        |from: i64, to: i64| Interval { from: Timestamp(from * 3_600), to: Timestamp(to * 3_600) };
    let windows = vec![hours(6, 8), hours(30, 32)];
    s.resources.push(Resource {
        name: "TEAM".to_owned(),
        title: "TEAM".to_owned(),
        kind: ResourceKind::Handling,
        place: s.place("B"),
        keep: 0,
        capacity: vec![Capacity { amount: 1, windows, provided_by: None }],
    });
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 1_000, 30, 30)];
    assert_eq!(n_kept(&mut s, &plan, 30, 20, 1), 20);
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 1_000, 90, 90)];
    assert_eq!(n_kept(&mut s, &plan, 24 * 60 - 1, 20, 1), 0);
    assert_eq!(n_kept(&mut s, &plan, 24 * 60, 20, 1), 20);
    // a second team of the first day alone does not bind it to that day
    let once = Capacity { amount: 1, windows: vec![hours(6, 8)], provided_by: None };
    s.resources.rows[0].capacity.push(once);
    assert_eq!(n_kept(&mut s, &plan, 24 * 60, 20, 1), 20);
}

/// Two sites in areas of their own whose last steps start together at hour -7: the second step of BRIDGE (it has one
/// before it) and the only one of DAM. Both free who flies at hour 1.
fn jointly_handed_over() -> (Scenario, Plan) {
    let (mut s, mut plan) = flights(&[(0, false)]);
    let mut site = |name: &str, area: &str| {
        let place = s.places.push(Place {
            name: name.to_owned(),
            title: name.to_owned(),
            state: "PP".to_owned(),
            position: None,
            area: Some(area.to_owned()),
            airfield: None,
        });
        let receiver = format!("receiver of {name}");
        s.sites.push(Site { name: name.to_owned(), place, min_guard: 0, receiver })
    };
    let (bridge, dam) = (site("BRIDGE", "North"), site("DAM", "South"));
    let mut step = |name: &str, site, after: Vec<_>, with| {
        let (title, duration) = (name.to_owned(), Duration::from_hours(1));
        s.steps.push(Step {
            name: name.to_owned(),
            site,
            title,
            duration,
            after,
            with,
            needs: vec![],
        })
    };
    let first = step("B1", bridge, vec![], vec![]);
    let second = step("B2", bridge, vec![(first, Duration::ZERO)], vec![]);
    step("D1", dam, vec![], vec![second]);
    s.elements.rows[0].freed_by = vec![bridge, dam];
    for (step, hour) in [("B1", -8), ("B2", -7), ("D1", -7)] {
        let (starts, ends) = (Timestamp(hour * 3_600), Timestamp((hour + 1) * 3_600));
        plan.handovers.push(Handover { step: step.to_owned(), starts, ends });
    }
    (s, plan)
}

#[test]
fn steps_that_start_together_wait_for_every_receiver_and_every_area() {
    // the receiver of DAM is ten hours late: both end at hour 4 instead of -6, and the flight leaves three hours late
    let (mut s, plan) = jointly_handed_over();
    let place = |s: &Scenario, name: &str| Scope::Place(s.place(name).expect("it is there"));
    let late = row(Uncertain::ReceiverLate, Shape::Fixed, 1_000, 600, 600);
    let at_dam = Uncertainty { scope: place(&s, "DAM"), ..late.clone() };
    s.uncertainty = vec![at_dam.clone()];
    assert_eq!(n_kept(&mut s, &plan, 179, 20, 1), 0);
    assert_eq!(n_kept(&mut s, &plan, 180, 20, 1), 20);
    // of two that are late the later counts: BRIDGE's own step before it is 11 hours late, ends at hour 4, and 5 + 5 follow
    let at_bridge = Uncertainty { scope: place(&s, "BRIDGE"), median: 660, p90: 660, ..late };
    s.uncertainty = vec![at_bridge, at_dam];
    assert_eq!(n_kept(&mut s, &plan, 14 * 60 - 1, 20, 1), 0);
    assert_eq!(n_kept(&mut s, &plan, 14 * 60, 20, 1), 20);
    // the situation of either area suspends both
    let closed = row(Uncertain::Situation, Shape::Fixed, 1_000, 1_200, 1_200);
    for area in ["North", "South"] {
        let scope = Scope::Area(area.to_owned());
        s.uncertainty = vec![Uncertainty { scope, ..closed.clone() }];
        let kept = n_kept(&mut s, &plan, 0, 400, 1);
        assert!((20..380).contains(&kept), "{area}: {kept} of 400");
    }
}

/// Says how often an activity or a cause was on the longest path.
fn critical(list: &[Critical], what: &str) -> u64 {
    list.iter().find(|row| row.what == what).map_or(0, |row| row.count)
}

/// A ferry that lands at the planned moment of the loaded take-off.
fn tight() -> (Scenario, Plan) {
    let (s, mut plan) = flights(&[(0, true)]);
    let ferry = &mut plan.lines[0].sorties[0];
    (ferry.departs, ferry.lands) = (Timestamp(-4 * 3_600), Timestamp(3_600));
    (s, plan)
}

#[test]
fn the_longest_path_ends_where_a_decision_or_a_closure_decides() {
    let (mut s, plan) = tight();
    let ferry = "sortie F0 from C to A";
    // nothing is late: the ferry binds
    s.uncertainty = vec![row(Uncertain::BlockTime, Shape::Fixed, 1_000, 100, 100)];
    assert_eq!(critical(&run(&s, &plan, &request(50)).activities, ferry), 50);
    // weather at the other end moves the take-off in some replications: the ferry binds in the others
    let scope = Scope::Place(s.place("B").expect("it is there"));
    let weather = row(Uncertain::Weather, Shape::Fixed, 500, 720, 720);
    s.uncertainty = vec![Uncertainty { scope, ..weather }];
    let outcome = run(&s, &plan, &request(400));
    let planned = outcome.closure.0.iter().min().copied().expect("there are replications");
    let moved = outcome.closure.0.iter().filter(|t| **t != planned).count() as u64;
    assert!((40..360).contains(&moved), "{moved}");
    assert_eq!(critical(&outcome.causes, "weather at B"), moved);
    assert_eq!(critical(&outcome.activities, ferry), 400 - moved);
    // a decision a day late holds the take-off in all
    s.conditions.rows.push(Condition {
        name: "K".to_owned(),
        text: "decided".to_owned(),
        statement: None,
        truth: Truth::From(Some(Timestamp(0))),
        policy: Policy::Hold,
        gate: Gate::Departures(s.elements.ids().collect()),
    });
    s.uncertainty = vec![row(Uncertain::DecisionLate, Shape::Fixed, 1_000, 1_440, 1_440)];
    let outcome = run(&s, &plan, &request(50));
    assert_eq!(critical(&outcome.causes, "condition K"), 50);
    assert_eq!(critical(&outcome.activities, ferry), 0);
    assert_eq!(critical(&outcome.activities, "sortie S0 from A to B"), 50);
    // who replays the plan elsewhere is told of the decision
    let dump = Bench::new(&s, &plan).expect("the names are the scenario's").dump();
    assert_eq!(dump.decisions.len(), 1);
    let gates: Vec<_> = dump.nodes.iter().flat_map(|node| &node.gates).collect();
    assert_eq!(gates, [&(0, 86_400)], "seconds from the operation's start to the decision");
}

#[test]
fn hours_that_end_before_the_late_come_hold_them_up() {
    // the ferry is 90 minutes late and the loaded take-off 90 more: the landing of hour 9 finds the hours ended at 8
    let (mut s, plan) = tight();
    s.uncertainty = vec![row(Uncertain::Breakdown, Shape::Fixed, 1_000, 90, 90)];
    let hours =
        |from: i64, to: i64| Interval { from: Timestamp(from * 3_600), to: Timestamp(to * 3_600) };
    s.hours.push(Hours {
        place: s.place("B").expect("it is there"),
        user_class: UserClass::Military,
        activity: Activity::Movement,
        windows: vec![hours(0, 8), hours(30, 32)],
    });
    for is_never in [false, true] {
        let outcome = run(&s, &plan, &request(50));
        assert_eq!(outcome.closure.0[0].is_none(), is_never);
        assert_eq!(critical(&outcome.causes, "movement hours of B"), 50, "{is_never}");
        // without the late ferry the landing would have been in time
        assert_eq!(critical(&outcome.activities, "sortie F0 from C to A"), 50, "{is_never}");
        s.hours[0].windows.truncate(1);
    }
}

#[test]
fn plans_that_carry_something_else_do_not_join() {
    let (mut s, plan) = flights(&[(0, false), (0, false)]);
    s.uncertainty = rows();
    let part = |plan: &Plan, n| run(&s, plan, &request(20).part(20, n, 2));
    assert!(merge(vec![part(&plan, 0), part(&plan, 1)]).is_ok());
    let mut other = plan.clone();
    other.lines[0].sorties[0].load[0].count = 9;
    let mut left = plan.clone();
    left.unmoved.push(Unmoved {
        piece: "P0".to_owned(),
        count: 1,
        rule: "C01".to_owned(),
        reason: "no room".to_owned(),
    });
    for changed in [other, left] {
        let error = merge(vec![part(&plan, 0), part(&changed, 1)]).expect_err("another plan");
        assert!(error.contains("different plan"), "{error}");
    }
}
