//! An air bridge for bounds: vehicles at FIELD, ten aircraft based there, HOME four hours away, one hold that
//! takes one vehicle of 5 m or two of 4 m.

use crate::world::{airfield, at, piece, place, resource, rows};
use exeunt_model::certificate::*;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::{Distance, Length, Mass, Scenario, Speed, ids::*};

/// Returns the bridge with so many vehicles in one element, no limit of teams or hours.
pub(crate) fn bridge(vehicles: i64) -> Scenario {
    let mut s = Scenario { hash: "bridge".into(), ..Scenario::default() };
    s.operation.name = "bridge".into();
    (s.operation.start, s.operation.end) = (at(0, 0), at(240, 0));
    let party = |name: &str, weight| Party {
        name: name.into(),
        title: name.into(),
        role: Role::Partner,
        state: "AA".into(),
        weight,
    };
    s.parties.rows = vec![party("AA", 1), party("BB", 2)];
    s.places.rows =
        vec![airfield("FIELD", "AA", 3_000), airfield("HOME", "AA", 3_000), place("SITE", "AA")];
    s.types.rows = vec![aircraft()];
    s.tails.rows = (0..10).map(|n| tail(n, at(0, 0))).collect();
    s.air_legs.rows = vec![AirLeg {
        name: "L".into(),
        from: PlaceId(0),
        to: PlaceId(1),
        distance: Distance::from_km(2_400),
        states: Vec::new(),
        types: Vec::new(),
        closed: Vec::new(),
    }];
    add_vehicles(&mut s, "E", vehicles, 5_000);
    s
}

/// Onload 1 h, flights of 4 h at 600 km/h, offload 3 h: one way 5 h, cycle 1 + 4 + 3 + 4 = 12 h.
fn aircraft() -> AircraftType {
    let hold = Zone {
        name: "hold".into(),
        length: Length(8_000),
        width: Length(3_000),
        height: Length(3_000),
        max_mass: Mass(30_000),
    };
    AircraftType {
        name: "IL".into(),
        stand: StandClass::D,
        min_runway: Distance(2_000),
        block_speed: Speed::from_kmh(600),
        payload_range: vec![(Distance::from_km(4_000), Mass::from_tonnes(25))],
        ferry_range: Distance::from_km(6_000),
        onload: Duration::from_hours(1),
        offload: Duration::from_hours(3),
        enroute: Duration::from_hours(1),
        handling_teams: 1,
        cost_per_hour: 1_000,
        configurations: vec![Configuration {
            name: "cargo".into(),
            seats: 10,
            change: Duration::ZERO,
            zones: vec![hold],
        }],
    }
}

/// Returns an aircraft at FIELD that may work from a moment on.
pub(crate) fn tail(n: usize, from: Timestamp) -> Tail {
    Tail {
        name: format!("T{n}"),
        pool: "T".into(),
        aircraft: TypeId(0),
        owner: PartyId(0),
        user_class: UserClass::Military,
        base: PlaceId(0),
        available: Interval { from, to: Timestamp::MAX },
        maintenance: Vec::new(),
    }
}

/// Adds an element of AA with vehicles of a length; its piece has its name and `-V`.
pub(crate) fn add_vehicles(s: &mut Scenario, name: &str, count: i64, length: i64) -> ElementId {
    let id = s.elements.push(Element {
        name: name.into(),
        title: name.into(),
        party: PartyId(0),
        origin: PlaceId(0),
        destination: PlaceId(1),
        mode: Mode::Air { embark: PlaceId(0), debark: PlaceId(1) },
        either: false,
        freed_by: Vec::new(),
        ready: at(0, 0),
        load_from: None,
        due: None,
        same_aircraft: false,
        spread: None,
    });
    let row = piece(&format!("{name}-V"), id.0, PieceKind::Vehicle, count);
    s.pieces.push(Piece { length: Length(length), ..row });
    id
}

/// Adds handling teams at FIELD.
pub(crate) fn add_handling(s: &mut Scenario, teams: i64, windows: Vec<Interval>) {
    let rows = vec![rows(teams, windows, None)];
    s.resources.push(resource("HANDLING", ResourceKind::Handling, Some(PlaceId(0)), rows));
}

/// Adds hours of handling at FIELD.
pub(crate) fn add_hours(s: &mut Scenario, windows: Vec<Interval>) {
    let (place, user_class) = (PlaceId(0), UserClass::Military);
    s.hours.push(Hours { place, user_class, activity: Activity::Handling, windows });
}

/// Returns an arrival's claim under the premise on unmoved pieces.
pub(crate) fn arrival(set: &[&str], milestone: Milestone, not_before: Timestamp) -> Claim {
    Claim::Arrival {
        set: set.iter().map(|&name| name.to_owned()).collect(),
        milestone,
        not_before: Some(not_before),
        promise: None,
        whole: false,
    }
}

/// Returns a cover of elements loaded at FIELD, weights by piece.
pub(crate) fn cover(
    elements: &[&str],
    weights: &[(&str, i64)],
    capacity: i64,
    total: i64,
) -> Cover {
    let weight = |&(piece, weight): &(&str, i64)| Weight { piece: piece.into(), weight };
    Cover {
        side: Side::Loading,
        field: "FIELD".into(),
        elements: elements.iter().map(|&name| name.to_owned()).collect(),
        weights: weights.iter().map(weight).collect(),
        capacities: vec![TypeCapacity { aircraft: "IL".into(), capacity }],
        total,
    }
}

/// Returns a proof of one certificate, nothing unmoved.
pub(crate) fn proof(stage: Stage, claim: Claim, evidence: Evidence) -> Proof {
    Proof { certificates: vec![Certificate { stage, claim, evidence }], ..Proof::default() }
}
