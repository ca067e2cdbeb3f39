//! Instances of published benchmarks in small, written here.

use exeunt_model::Problem;
use exeunt_model::pdptw::{Instance, Routes};
use exeunt_scenario::{instance_of, routes_of};

/// Two pairs around a depot at (0, 0), in the form of Li and Lim.
const LI_LIM: &str = "\
3\t10\t1
0\t0\t0\t0\t0\t100\t0\t0\t0
1\t3\t4\t6\t0\t90\t1\t0\t2
2\t3\t0\t-6\t5\t95\t1\t1\t0

3\t0\t5\t4\t0\t90\t2\t0\t4
4\t5\t5\t-4\t0\t95\t2\t3\t0
";

/// One pair, travel not the same both ways, in the form of Sartori and Buriol.
const SARTORI: &str = "\
NAME: tiny-n3
LOCATION: nowhere
COMMENT: written here
TYPE: PDPTW
SIZE: 3
DISTRIBUTION: none
DEPOT: central
ROUTE-TIME: 60
TIME-WINDOW: 30
CAPACITY: 5
NODES
0 0.0 0.0 0 0 240 0 0 0
1 0.1 0.0 5 10 40 3 0 2
2 0.2 0.1 -5 10 50 3 1 0
EDGES
0 7 9
8 0 4
6 5 0
EOF
";

fn read(text: &str) -> Instance {
    instance_of("own", "own.txt", text).expect("an instance")
}

/// Returns line, code and message of each problem.
fn problems(text: &str) -> Vec<(Option<u64>, String, String)> {
    let found = instance_of("own", "own.txt", text).expect_err("problems");
    let short = |problem: Problem| (problem.place.row, problem.code, problem.message);
    found.into_iter().map(short).collect()
}

#[test]
fn both_forms_give_stops_and_travel() {
    let li_lim = read(LI_LIM);
    assert_eq!((li_lim.capacity, li_lim.vehicles, li_lim.pairs()), (10, Some(3), 2));
    let pairs: Vec<usize> = li_lim.stops.iter().map(|stop| stop.partner).collect();
    assert_eq!(pairs, [0, 2, 1, 4, 3]);
    // 3, 4, 5
    assert!((li_lim.travel(0, 1) - 5.0).abs() < 1e-12);
    assert!((li_lim.length(&[1, 2]) - (5.0 + 4.0 + 3.0)).abs() < 1e-12);
    let sartori = read(SARTORI);
    assert_eq!((&sartori.name[..], sartori.capacity, sartori.vehicles), ("tiny-n3", 5, None));
    // the depot closes with the route time
    assert_eq!(sartori.stops[0].closes, 60.0);
    assert_eq!(sartori.travel, [0.0, 7.0, 9.0, 8.0, 0.0, 4.0, 6.0, 5.0, 0.0]);
    assert_eq!(sartori.length(&[1, 2]), 7.0 + 4.0 + 6.0);
}

#[test]
fn all_problems_are_told_by_line() {
    let spoiled = LI_LIM
        .replace("3\t10\t1", "3\t0\t1")
        .replace("1\t3\t4\t6\t0\t90", "1\t3\tx\t6\t91\t90")
        .replace("4\t5\t5\t-4", "4\t5\t5\t-3");
    let found = problems(&spoiled);
    let told: Vec<(Option<u64>, &str)> =
        found.iter().map(|(line, code, _)| (*line, code.as_str())).collect();
    let wanted = [
        (Some(1), "zero"),
        (Some(3), "impossible-window"),
        (Some(3), "not-a-number"),
        (Some(6), "bad-pair"),
    ];
    for one in wanted {
        assert!(told.contains(&one), "{one:?}: {found:?}");
    }
    assert_eq!(told.len(), wanted.len(), "{found:?}");
    for (text, line, code) in [
        ("", None, "truncated-file"),
        ("3\t10", Some(1), "ragged-row"),
        ("3\t10\t1\n0\t0\t0\t0\t0\t1e300\t0\t0\t0", Some(2), "out-of-range"),
        (&LI_LIM.replace("4\t5\t5", "3\t5\t5"), Some(7), "duplicate-id"),
        (&LI_LIM.replace("\t0\t4\n", "\t0\t9\n"), Some(6), "unknown-id"),
        (&SARTORI.replace("CAPACITY: 5\n", ""), Some(10), "missing-cell"),
        (&SARTORI.replace("EDGES\n", "EDGE\n"), Some(15), "bad-header"),
        (&SARTORI.replace("8 0 4", "8 0"), Some(17), "ragged-row"),
        (&SARTORI.replace("6 5 0\n", ""), Some(18), "truncated-file"),
        (&SARTORI.replace("SIZE: 3", "SIZE: 99999999"), None, "out-of-range"),
    ] {
        let found = problems(text);
        assert!(found.iter().any(|(l, c, _)| *l == line && c == code), "{code}: {found:?}");
    }
}

#[test]
fn routes_may_carry_headings_and_the_depot() {
    let instance = read(LI_LIM);
    let wanted = Routes(vec![vec![1, 2], vec![3, 4]]);
    for text in [
        "1 2\n3 4\n",
        "# two\nRoute 1 : 0 1 2 0\nRoute 2 : 3 4\n",
        "Instance name : x\nSolution\n1 2\n3 4\n",
    ] {
        assert_eq!(routes_of("r.txt", text, &instance), Ok(wanted.clone()), "{text}");
    }
    let problems = routes_of("r.txt", "1 2\n3 x 77\n", &instance).expect_err("two problems");
    let places: Vec<_> = problems.iter().map(|p| (p.place.row, p.code.as_str())).collect();
    assert_eq!(places, [(Some(2), "not-a-number"), (Some(2), "unknown-id")]);
    // headings are left out, unless nothing else is there
    let headed = "Instance name: own\nAuthors: us\nRoute 1 : 1 2\nRoute 2 : 3 4\n";
    assert_eq!(routes_of("r.txt", headed, &instance).map(|routes| routes.0.len()), Ok(2));
    let problems = routes_of("r.txt", "# own\nVehicle 1: 1 2\n", &instance).expect_err("no route");
    assert_eq!(problems[0].place.row, Some(2));
    let problems = routes_of("r.txt", "1 2\nVehicle 1: 3 4\n", &instance).expect_err("no number");
    assert_eq!(problems[0].place.row, Some(2));
}

#[test]
fn two_deliveries_are_no_pair_and_another_speed_is_refused() {
    let found =
        problems(&LI_LIM.replace("1\t3\t4\t6\t0\t90\t1\t0\t2", "1\t3\t4\t-6\t0\t90\t1\t2\t0"));
    assert!(found.iter().any(|(row, code, _)| *row == Some(3) && code == "bad-pair"), "{found:?}");
    let found = problems(&LI_LIM.replace("3\t10\t1", "3\t10\t2"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Some(1));
    assert_eq!(read(&LI_LIM.replace("3\t10\t1", "3\t10\t0")), read(LI_LIM));
}
