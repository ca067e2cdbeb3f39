//! Routes of a small benchmark instance: what is a solution, and that every fault has its name.

use exeunt_check::routes::{Broken, check_routes};
use exeunt_model::pdptw::{Instance, Routes, Stop};

/// Stops on a line at 0, 1, 2, 3 and 4; 1 goes to 2 and 3 to 4, 6 units each of 10 that a vehicle carries.
fn line() -> Instance {
    let stop = |id, demand, closes, partner| Stop {
        id,
        demand,
        opens: 0.0,
        closes,
        service: 1.0,
        partner,
    };
    let stops = vec![
        Stop { service: 0.0, ..stop(0, 0, 20.0, 0) },
        stop(11, 6, 10.0, 2),
        stop(12, -6, 10.0, 1),
        stop(13, 6, 10.0, 4),
        stop(14, -6, 10.0, 3),
    ];
    let place = [0.0_f64, 1.0, 2.0, 3.0, 4.0];
    let travel = place.iter().flat_map(|a| place.iter().map(move |b| (a - b).abs())).collect();
    Instance { name: "line".to_owned(), capacity: 10, vehicles: Some(2), stops, travel }
}

/// Returns the faults of some routes.
fn faults(routes: &[&[usize]]) -> Vec<Broken> {
    let routes = Routes(routes.iter().map(|route| route.to_vec()).collect());
    check_routes(&line(), &routes).faults.into_iter().map(|fault| fault.broken).collect()
}

#[test]
fn a_solution_has_no_fault_and_its_length() {
    let verdict = check_routes(&line(), &Routes(vec![vec![1, 2, 3, 4]]));
    // 4 out and 4 back; at 1, 3, 5 and 7, back at 12
    assert_eq!((verdict.faults, verdict.vehicles, verdict.length), (vec![], 1, 8.0));
}

#[test]
fn every_fault_has_its_name() {
    assert_eq!(faults(&[&[1, 2]]), [Broken::Missing, Broken::Missing]);
    assert_eq!(faults(&[&[1, 2, 3, 4], &[3, 4]]), [Broken::Twice, Broken::Twice]);
    assert_eq!(faults(&[&[1, 2, 4, 3]]), [Broken::Order]);
    assert_eq!(faults(&[&[1, 4], &[3, 2]]), [Broken::Pair, Broken::Pair]);
    assert_eq!(faults(&[&[1, 3, 2, 4]]), [Broken::Capacity]);
    // at 3, 5, 9 and 12: 2 closes at 10
    assert_eq!(faults(&[&[3, 4, 1, 2]]), [Broken::Window]);
    assert_eq!(faults(&[&[1, 2], &[3, 4], &[]]), [Broken::Empty, Broken::Vehicles]);
    assert_eq!(faults(&[&[1, 2, 9], &[3, 4]]), [Broken::Stop, Broken::Missing, Broken::Missing]);
    let mut early = line();
    early.stops[0].closes = 11.5;
    let verdict = check_routes(&early, &Routes(vec![vec![1, 2, 3, 4]]));
    assert_eq!(verdict.faults[0].broken, Broken::Return);
}
