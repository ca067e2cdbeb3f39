//! Routes of a pickup-and-delivery benchmark, checked from the instance alone: every stop once, pairs together and in
//! order, capacity, windows, the return. Double precision, no tolerance.

use exeunt_model::pdptw::{Instance, Routes};

/// What a route breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// A position that the instance does not have, or the depot inside a route.
    Stop,
    /// A stop is visited twice.
    Twice,
    /// A stop is not visited.
    Missing,
    /// A delivery is made by another vehicle than took it up.
    Pair,
    /// A delivery comes before its pickup.
    Order,
    /// More is on board than a vehicle carries.
    Capacity,
    /// A service begins after its stop has closed.
    Window,
    /// A vehicle is back after the depot has closed.
    Return,
    /// There are more routes than vehicles.
    Vehicles,
    /// A route visits nobody.
    Empty,
}

/// A fault of some routes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Kind.
    pub broken: Broken,
    /// Number of the route, from 1; none if it is about all.
    pub route: Option<usize>,
    /// What is wrong, with value and limit.
    pub message: String,
}

/// What routes come to.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutesVerdict {
    /// Faults; none in a solution.
    pub faults: Vec<Fault>,
    /// Vehicles used.
    pub vehicles: usize,
    /// Their travel.
    pub length: f64,
}

/// Checks routes against their instance.
pub fn check_routes(instance: &Instance, routes: &Routes) -> RoutesVerdict {
    let mut faults = Vec::new();
    let n = instance.stops.len();
    let mut route_of: Vec<Option<usize>> = vec![None; n];
    let mut length = 0.0;
    for (number, route) in (1..).zip(&routes.0) {
        let mut fault = |broken, message: String| {
            faults.push(Fault { broken, route: Some(number), message });
        };
        if route.is_empty() {
            fault(Broken::Empty, "it visits nobody".to_owned());
        }
        if let Some(&foreign) = route.iter().find(|stop| **stop == 0 || **stop >= n) {
            fault(Broken::Stop, format!("there is no stop at position {foreign}"));
            continue;
        }
        for &stop in route {
            let id = instance.stops[stop].id;
            if let Some(other) = route_of[stop].replace(number) {
                fault(Broken::Twice, format!("stop {id} is in route {other} too"));
            }
        }
        length += drive(instance, route, &mut fault);
    }
    for (at, stop) in instance.stops.iter().enumerate().skip(1) {
        let partner = stop.partner;
        match (route_of[at], route_of[partner]) {
            (None, _) => {
                let message = format!("stop {} is not visited", stop.id);
                faults.push(Fault { broken: Broken::Missing, route: None, message });
            }
            (Some(mine), Some(other)) if mine != other && stop.demand > 0 => {
                let put_down = instance.stops[partner].id;
                let message = format!(
                    "stop {} is visited here, its delivery {put_down} in route {other}",
                    stop.id
                );
                faults.push(Fault { broken: Broken::Pair, route: Some(mine), message });
            }
            _ => {}
        }
    }
    if let Some(most) = instance.vehicles.filter(|most| routes.0.len() > *most) {
        let message = format!("there are {} routes, {most} vehicles", routes.0.len());
        faults.push(Fault { broken: Broken::Vehicles, route: None, message });
    }
    RoutesVerdict { faults, vehicles: routes.0.len(), length }
}

/// Drives a route, each stop as early as it goes, and returns its travel.
fn drive(instance: &Instance, route: &[usize], fault: &mut impl FnMut(Broken, String)) -> f64 {
    let (mut time, mut load, mut here, mut length) = (instance.stops[0].opens, 0_i64, 0, 0.0);
    for (place, &at) in route.iter().enumerate() {
        let stop = &instance.stops[at];
        let leg = instance.travel(here, at);
        length += leg;
        time += leg;
        if time > stop.closes {
            fault(
                Broken::Window,
                format!("stop {} is reached at {time}, it closes at {}", stop.id, stop.closes),
            );
        }
        time = time.max(stop.opens) + stop.service;
        load = load.saturating_add(stop.demand);
        if load > instance.capacity {
            fault(
                Broken::Capacity,
                format!(
                    "{load} is on board after stop {}, a vehicle carries {}",
                    stop.id, instance.capacity
                ),
            );
        }
        if stop.demand < 0 && route[place..].contains(&stop.partner) {
            let taken_up = instance.stops[stop.partner].id;
            fault(
                Broken::Order,
                format!("stop {} is visited before its pickup {taken_up}", stop.id),
            );
        }
        here = at;
    }
    let leg = instance.travel(here, 0);
    time += leg;
    if time > instance.stops[0].closes {
        fault(
            Broken::Return,
            format!("it is back at {time}, the depot closes at {}", instance.stops[0].closes),
        );
    }
    length + leg
}
