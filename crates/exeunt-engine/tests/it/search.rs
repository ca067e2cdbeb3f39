//! The search on instances made here: solutions, the same ones on any number of threads, and what must not change.

use crate::drawn::{Draw, instance};
use exeunt_check::routes::{Broken, check_routes};
use exeunt_engine::search::{Found, Pace, Request, routes};
use exeunt_model::pdptw::{Instance, Routes, Stop};

fn request(epochs: u64, work: u64) -> Request {
    Request { budget: Some(epochs), work, ..Request::default() }
}

fn solved(instance: &Instance, request: &Request) -> Found {
    found_from(instance, request, None)
}

/// Searches and checks what comes out.
#[track_caller]
fn found_from(instance: &Instance, request: &Request, start: Option<&Routes>) -> Found {
    let found = routes(instance, request, start, |_| Pace::On, |_| {});
    let verdict = check_routes(instance, &found.routes);
    assert_eq!((verdict.faults, &found.left[..]), (vec![], &[][..]), "{}", instance.name);
    found
}

fn value(instance: &Instance, found: &Found) -> (usize, f64) {
    found.routes.value(instance)
}

/// Says whether routes use no more vehicles and, with as many, no more travel but for rounding.
fn is_not_worse(one: (usize, f64), other: (usize, f64)) -> bool {
    one.0 < other.0 || (one.0 == other.0 && one.1 <= other.1 + 1e-6)
}

#[test]
fn routes_are_solutions_and_spoiled_ones_are_refused() {
    for seed in 0..30 {
        let own = instance(12, seed, seed % 2 == 0);
        let found = solved(&own, &request(4, 20_000));
        let spoiled = |edit: &dyn Fn(&mut Routes)| {
            let mut copy = found.routes.clone();
            edit(&mut copy);
            let faults = check_routes(&own, &copy).faults;
            faults.into_iter().map(|fault| fault.broken).collect::<Vec<_>>()
        };
        assert!(
            spoiled(&|r| {
                r.0[0].remove(0);
            })
            .contains(&Broken::Missing)
        );
        assert!(
            spoiled(&|r| {
                let stop = r.0[0][0];
                r.0[0].push(stop);
            })
            .contains(&Broken::Twice)
        );
        assert!(spoiled(&|r| r.0[0].reverse()).contains(&Broken::Order));
        let mut full = own.clone();
        full.capacity = 0;
        let faults = check_routes(&full, &found.routes).faults;
        assert!(!faults.is_empty() && faults.iter().all(|f| f.broken == Broken::Capacity));
    }
}

#[test]
fn the_same_on_one_two_and_eight_threads() {
    // large enough for parts: 8 lanes with more than 60 requests each
    for (pairs, work) in [(20, 60_000), (500, 200_000)] {
        let own = instance(pairs, 7, false);
        let of = |threads: usize| {
            let request = Request { lanes: 8, threads, ..request(12, work) };
            let found = solved(&own, &request);
            (found.routes, found.iterations)
        };
        let one = of(1);
        assert_eq!(one, of(2));
        assert_eq!(one, of(8));
    }
}

#[test]
fn the_cache_changes_nothing_in_ten_thousand_epochs() {
    let own = instance(8, 3, false);
    let of = |cache: bool| {
        let request = Request { cache, lanes: 2, ..request(10_000, 2_000) };
        solved(&own, &request)
    };
    let (with, without) = (of(true), of(false));
    assert_eq!(
        (&with.routes, with.iterations, with.broken),
        (&without.routes, without.iterations, without.broken)
    );
    assert!(with.known > 0 && without.known == 0);
}

#[test]
fn no_insertion_breaks_what_its_test_promised() {
    // M-independent: counted on whole numbers, where no sum is rounded
    for seed in 0..5 {
        assert_eq!(solved(&instance(40, seed, true), &request(10, 100_000)).broken, 0);
    }
}

#[test]
fn permuted_rows_give_the_same_routes() {
    // M1: the depot stays first, the other rows are turned round
    let own = instance(25, 5, false);
    let n = own.stops.len();
    let old = |at: usize| if at == 0 { 0 } else { n - at };
    let mut turned = own.clone();
    for at in 0..n {
        let stop = own.stops[old(at)];
        turned.stops[at] = Stop { partner: if at == 0 { 0 } else { old(stop.partner) }, ..stop };
        for to in 0..n {
            turned.travel[at * n + to] = own.travel(old(at), old(to));
        }
    }
    let ids = |instance: &Instance, found: &Found| -> Vec<Vec<u64>> {
        let mut routes: Vec<Vec<u64>> = found
            .routes
            .0
            .iter()
            .map(|route| route.iter().map(|at| instance.stops[*at].id).collect())
            .collect();
        routes.sort();
        routes
    };
    let request = request(6, 60_000);
    assert_eq!(ids(&own, &solved(&own, &request)), ids(&turned, &solved(&turned, &request)));
}

/// Returns an instance with every time and distance times a factor and moved by a wait.
fn carried(own: &Instance, factor: f64, wait: f64) -> Instance {
    let mut other = own.clone();
    for stop in &mut other.stops {
        stop.opens = stop.opens * factor + wait;
        stop.closes = stop.closes * factor + wait;
        stop.service *= factor;
    }
    other.travel.iter_mut().for_each(|travel| *travel *= factor);
    other
}

#[test]
fn shifted_times_give_the_same_routes() {
    // M2, on whole numbers, where sums are exact
    let own = instance(25, 5, true);
    let request = request(6, 60_000);
    let found = solved(&own, &request);
    assert_eq!(solved(&carried(&own, 1.0, 86_400.0), &request).routes, found.routes);
}

#[test]
fn scaled_by_a_power_of_two_the_routes_are_the_same() {
    // M3
    let own = instance(25, 5, false);
    let request = request(6, 60_000);
    let found = solved(&own, &request);
    let other = carried(&own, 4.0, 0.0);
    let scaled = solved(&other, &request);
    assert_eq!(scaled.routes, found.routes);
    assert_eq!(value(&other, &scaled).1, 4.0 * value(&own, &found).1);
    let mut heavy = own.clone();
    heavy.capacity *= 3;
    heavy.stops.iter_mut().for_each(|stop| stop.demand *= 3);
    assert_eq!(solved(&heavy, &request).routes, found.routes);
}

#[test]
fn wider_windows_and_fewer_requests_are_not_worse() {
    // M5 and M7 from the carried-over routes, and M19 from the routes themselves
    for seed in 0..10 {
        let own = instance(20, seed, false);
        let found = solved(&own, &request(4, 30_000));
        let was = value(&own, &found);
        let short = request(1, 10_000);
        let again = found_from(&own, &short, Some(&found.routes));
        assert!(is_not_worse(value(&own, &again), was), "warm start, seed {seed}");
        let mut wide = own.clone();
        for stop in &mut wide.stops[1..] {
            stop.closes += 30.0;
            stop.opens = (stop.opens - 10.0).max(0.0);
        }
        let wider = found_from(&wide, &short, Some(&found.routes));
        assert!(is_not_worse(value(&wide, &wider), was), "wider, seed {seed}");
        // without the last pair, which stands last in the rows
        let mut fewer = own.clone();
        let n = own.stops.len() - 2;
        fewer.stops.truncate(n);
        fewer.travel =
            (0..n).flat_map(|a| own.travel[a * (n + 2)..a * (n + 2) + n].to_vec()).collect();
        let rest = Routes(
            found
                .routes
                .0
                .iter()
                .map(|route| route.iter().copied().filter(|at| *at < n).collect())
                .filter(|route: &Vec<usize>| !route.is_empty())
                .collect(),
        );
        let left = found_from(&fewer, &short, Some(&rest));
        assert!(is_not_worse(value(&fewer, &left), was), "fewer, seed {seed}");
    }
}

#[test]
fn mirrored_in_time_the_optimum_is_the_same() {
    // M12, on instances so small that the search is taken to end at the optimum
    for seed in 0..20 {
        let own = instance(5, seed, true);
        let end = own.stops[0].closes;
        let mut mirrored = own.clone();
        for stop in &mut mirrored.stops[1..] {
            (stop.opens, stop.closes) =
                (end - stop.closes - stop.service, end - stop.opens - stop.service);
            stop.demand = -stop.demand;
        }
        // who opened before the depot does, seen from the other end, still opens then
        let request = request(20, 40_000);
        let (one, other) = (solved(&own, &request), solved(&mirrored, &request));
        assert_eq!(value(&own, &one), value(&mirrored, &other), "seed {seed}");
    }
}

#[test]
fn seeds_differ_and_agree_on_the_vehicles() {
    // M18: 100 tasks, 20 seeds
    let own = instance(50, 11, false);
    let of = |seed: u64| solved(&own, &Request { seed, ..request(3, 60_000) }).routes;
    let plans: std::collections::BTreeSet<Vec<Vec<usize>>> =
        (0..20).map(|seed| of(seed).0).collect();
    assert!(plans.len() > 1);
    let easy = instance(10, 2, false);
    let vehicles =
        |seed: u64| solved(&easy, &Request { seed, ..request(10, 60_000) }).routes.0.len();
    assert!((0..20).all(|seed| vehicles(seed) == vehicles(0)));
}

#[test]
fn a_pair_that_no_vehicle_serves_alone_is_named() {
    let mut own = instance(6, 1, false);
    own.stops[3].closes = -1.0;
    let found = routes(&own, &request(2, 10_000), None, |_| Pace::On, |_| {});
    assert_eq!(found.left, [3, 4]);
    assert_eq!(found.routes.0.iter().map(Vec::len).sum::<usize>(), 10);
}

#[test]
fn where_ways_round_are_shorter_no_tour_is_late() {
    // travel drawn at random: what a tour gains by a stop taken out, it may lose in time
    let mut served = 0;
    for seed in 0..40 {
        let mut own = instance(12, seed, true);
        let mut draw = Draw::new(seed);
        own.travel.iter_mut().for_each(|travel| *travel = 1.0 + draw.below(60) as f64);
        let of = |cache: bool| {
            let request = Request { cache, ..request(6, 30_000) };
            routes(&own, &request, None, |_| Pace::On, |_| {})
        };
        let found = of(true);
        let faults = check_routes(&own, &found.routes).faults;
        assert!(faults.iter().all(|fault| fault.broken == Broken::Missing), "{seed}: {faults:?}");
        assert_eq!(faults.is_empty(), found.left.is_empty());
        assert_eq!(found.routes, of(false).routes, "seed {seed}");
        served += found.routes.0.iter().map(Vec::len).sum::<usize>();
    }
    assert!(served > 40 * 12, "{served}");
}
