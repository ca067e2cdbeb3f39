//! An air bridge: loads at FIELD, aircraft based at FIELD or HOME, HOME four hours away and without limits, one hold of 8 m.

use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::*;

pub(crate) const FIELD: PlaceId = PlaceId(0);
pub(crate) const HOME: PlaceId = PlaceId(1);

/// Returns the moment so many hours and minutes after the start, which is a midnight.
pub(crate) fn at(hours: i64, minutes: i64) -> Timestamp {
    Timestamp(0) + Duration::from_hours(hours) + Duration::from_minutes(minutes)
}

/// Returns the stretch between two hours of each day of the operation.
pub(crate) fn daily(from: i64, to: i64) -> Vec<Interval> {
    let day = |day: i64| Interval { from: at(24 * day + from, 0), to: at(24 * day + to, 0) };
    to_windows((-3..23).map(day).collect())
}

/// Returns a bridge without loads: so many aircraft based at a field, loading and unloading of these times.
pub(crate) fn bridge(tails: usize, base: PlaceId, onload: Duration, offload: Duration) -> Scenario {
    let mut s = Scenario { hash: "bridge".to_owned(), ..Scenario::default() };
    s.operation.name = "bridge".to_owned();
    s.operation.end = at(480, 0);
    s.parties.push(Party {
        name: "AA".to_owned(),
        title: "AA".to_owned(),
        role: Role::Partner,
        state: "AA".to_owned(),
        weight: 1,
    });
    for name in ["FIELD", "HOME"] {
        s.places.push(airfield(name));
    }
    s.types.push(aircraft(onload, offload));
    for _ in 0..tails {
        add_tail(&mut s, base, at(0, 0));
    }
    s.air_legs.push(AirLeg {
        name: "L".to_owned(),
        from: FIELD,
        to: HOME,
        distance: Distance::from_km(2_400),
        states: Vec::new(),
        types: Vec::new(),
        closed: Vec::new(),
    });
    s
}

fn airfield(name: &str) -> Place {
    Place {
        name: name.to_owned(),
        title: name.to_owned(),
        state: "AA".to_owned(),
        position: None,
        area: None,
        airfield: Some(Airfield {
            runway: Distance(3_000),
            slot: Duration::ZERO,
            staging_time: Duration::ZERO,
            staging_people: None,
            staging_vehicles: None,
        }),
    }
}

/// 2,400 km at 600 km/h are 4 h.
fn aircraft(onload: Duration, offload: Duration) -> AircraftType {
    let hold = Zone {
        name: "hold".to_owned(),
        length: Length(8_000),
        width: Length(3_000),
        height: Length(3_000),
        max_mass: Mass(30_000),
    };
    AircraftType {
        name: "IL".to_owned(),
        stand: StandClass::D,
        min_runway: Distance(2_000),
        block_speed: Speed::from_kmh(600),
        payload_range: vec![(Distance::from_km(4_000), Mass::from_tonnes(25))],
        ferry_range: Distance::from_km(6_000),
        onload,
        offload,
        enroute: Duration::from_hours(1),
        handling_teams: 1,
        cost_per_hour: 1_000,
        configurations: vec![Configuration {
            name: "cargo".to_owned(),
            seats: 10,
            change: Duration::ZERO,
            zones: vec![hold],
        }],
    }
}

/// Adds an aircraft that may work from a moment on.
pub(crate) fn add_tail(s: &mut Scenario, base: PlaceId, from: Timestamp) {
    let name = format!("T{:02}", s.tails.len());
    s.tails.push(Tail {
        name,
        pool: "T".to_owned(),
        aircraft: TypeId(0),
        owner: PartyId(0),
        user_class: UserClass::Military,
        base,
        available: Interval { from, to: Timestamp::MAX },
        maintenance: Vec::new(),
    });
}

/// Adds an element with pallets of a length that waits at FIELD from a moment on; its piece has its name and `-P`.
pub(crate) fn add_pallets(s: &mut Scenario, name: &str, count: i64, length: i64, ready: Timestamp) {
    let element = s.elements.push(Element {
        name: name.to_owned(),
        title: name.to_owned(),
        party: PartyId(0),
        origin: FIELD,
        destination: HOME,
        mode: Mode::Air { embark: FIELD, debark: HOME },
        either: false,
        freed_by: Vec::new(),
        ready,
        load_from: None,
        due: None,
        same_aircraft: false,
        spread: None,
    });
    s.pieces.push(Piece {
        name: format!("{name}-P"),
        title: String::new(),
        element,
        kind: PieceKind::Pallet,
        count,
        length: Length(length),
        width: Length(2_500),
        height: Length(2_500),
        mass: Mass(10_000),
        drivers: 0,
    });
}

/// Adds stands or handling teams at FIELD that are always there.
pub(crate) fn add_resource(s: &mut Scenario, kind: ResourceKind, amount: i64) {
    s.resources.push(Resource {
        name: format!("FIELD-{kind:?}"),
        title: String::new(),
        kind,
        place: Some(FIELD),
        keep: 0,
        capacity: vec![Capacity { amount, windows: vec![Interval::ALWAYS], provided_by: None }],
    });
}

/// Sets hours of state aircraft at FIELD.
pub(crate) fn add_hours(s: &mut Scenario, activity: Activity, windows: Vec<Interval>) {
    s.hours.push(Hours { place: FIELD, user_class: UserClass::Military, activity, windows });
}
