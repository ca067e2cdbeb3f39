//! A small withdrawal, built by hand: two nations leave a host, one by air after a handover, one by
//! road over a border. Local time is UTC+6; `at(h, m)` is so long after local midnight of 13 January.
//!
//! * E-GUARD (AA): 20 people and 2 vehicles at SITE1, freed by its handover, by columns C1 and C2 to
//!   FIELD, by sorties S1 and S2 to HOMEA, by columns C3 and C4 to GARA.
//! * E-LOG (AA): 10 people and a vehicle at FIELD; provides a handling team and the airfield's guard
//!   there; with the last sortie S2 to HOMEA.
//! * E-REAR (AA): 3 people and a container at FIELD that wait for a decision and stay.
//! * E-ROAD (BB): 10 vehicles and 5 people from CAMP over the border to GARB, column CB.

use exeunt_check::check;
use exeunt_model::finding::{Code, Finding, Verdict};
use exeunt_model::plan::*;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::{Distance, Length, Mass, Rule, Scenario, Speed, geo, ids::*};

/// Returns the moment `hours` and `minutes` after local midnight of 13 January 2022.
pub(crate) fn at(hours: i64, minutes: i64) -> Timestamp {
    let midnight = Timestamp::parse_rfc3339("2022-01-13T00:00:00+06:00").expect("valid");
    midnight + Duration(hours * 3_600 + minutes * 60)
}

/// Returns the stretch between two times of day, on each of three days.
pub(crate) fn daily(from: i64, to: i64) -> Vec<Interval> {
    (0..3).map(|day| Interval { from: at(24 * day + from, 0), to: at(24 * day + to, 0) }).collect()
}

/// A scenario with a plan.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) scenario: Scenario,
    pub(crate) plan: Plan,
}

pub(crate) fn party(name: &str, role: Role, weight: i64) -> Party {
    Party { name: name.into(), title: name.into(), role, state: name.into(), weight }
}

pub(crate) fn place(name: &str, state: &str) -> Place {
    Place {
        name: name.into(),
        title: name.into(),
        state: state.into(),
        position: None,
        area: None,
        airfield: None,
    }
}

pub(crate) fn airfield(name: &str, state: &str, runway_m: i64) -> Place {
    let field = Airfield {
        runway: Distance(runway_m),
        slot: Duration::ZERO,
        staging_time: Duration::ZERO,
        staging_people: None,
        staging_vehicles: None,
    };
    Place { airfield: Some(field), ..place(name, state) }
}

pub(crate) fn piece(name: &str, element: u32, kind: PieceKind, count: i64) -> Piece {
    let (size, mass, drivers) = match kind {
        PieceKind::People => ((0, 0, 0), 145, 0),
        PieceKind::Vehicle => ((5_000, 2_500, 2_500), 10_000, 1),
        _ => ((6_000, 2_400, 2_400), 8_000, 0),
    };
    Piece {
        name: name.into(),
        title: name.into(),
        element: ElementId(element),
        kind,
        count,
        length: Length(size.0),
        width: Length(size.1),
        height: Length(size.2),
        mass: Mass(mass),
        drivers,
    }
}

pub(crate) fn resource(
    name: &str,
    kind: ResourceKind,
    place: Option<PlaceId>,
    rows: Vec<Capacity>,
) -> Resource {
    Resource { name: name.into(), title: name.into(), kind, place, keep: 0, capacity: rows }
}

pub(crate) fn rows(amount: i64, windows: Vec<Interval>, provided_by: Option<u32>) -> Capacity {
    Capacity { amount, windows, provided_by: provided_by.map(ElementId) }
}

pub(crate) fn road(name: &str, from: PlaceId, to: PlaceId, km: i64) -> Road {
    Road {
        name: name.into(),
        from,
        to,
        distance: Distance::from_km(km),
        rate: Speed::from_kmh(40),
        max_vehicles: None,
        headway: None,
        escorts: Vec::new(),
        escort_back: Duration::ZERO,
        border: None,
    }
}

pub(crate) const GUARD: ElementId = ElementId(0);
pub(crate) const LOG: ElementId = ElementId(1);
pub(crate) const REAR: ElementId = ElementId(2);
pub(crate) const ROAD: ElementId = ElementId(3);

/// Returns the operation with its places, forces, aircraft and rules.
pub(crate) fn scenario() -> Scenario {
    let mut s = Scenario { hash: "valley".into(), ..Scenario::default() };
    s.operation = Operation {
        name: "valley".into(),
        start: at(0, 0),
        end: at(72, 0),
        zone: "+06:00".into(),
        zone_offset: 6 * 3_600,
        host_states: vec!["HH".into()],
        curfews_bind_columns: true,
        ..Operation::default()
    };
    s.parties.rows =
        vec![party("AA", Role::Lead, 2), party("BB", Role::Partner, 1), party("HH", Role::Host, 0)];
    add_places(&mut s);
    add_forces(&mut s);
    add_handover(&mut s);
    add_aircraft(&mut s);
    add_roads(&mut s);
    add_clearances(&mut s);
    add_order(&mut s);
    s
}

fn add_places(s: &mut Scenario) {
    let field = Airfield {
        runway: Distance(3_000),
        slot: Duration::from_minutes(5),
        staging_time: Duration::from_hours(1),
        staging_people: Some(15),
        staging_vehicles: Some(2),
    };
    s.places.rows = vec![
        Place { area: Some("valley".into()), ..place("SITE1", "HH") },
        place("CAMP", "HH"),
        Place { airfield: Some(field), ..place("FIELD", "HH") },
        Place { position: Some((55.0, 37.0)), ..airfield("HOMEA", "AA", 3_000) },
        Place { position: Some((56.0, 41.0)), ..airfield("HOMEA2", "AA", 2_000) },
        airfield("HOMEB", "BB", 3_000),
        airfield("SHORT", "AA", 1_999),
        place("GARA", "AA"),
        place("PASSH", "HH"),
        place("PASSB", "BB"),
        place("GARB", "BB"),
    ];
    let field = s.place("FIELD");
    let (d, handling) = (ResourceKind::Stand(StandClass::D), ResourceKind::Handling);
    let always = || vec![Interval::ALWAYS];
    let guard =
        resource("FIELD-GUARD", ResourceKind::Service, field, vec![rows(1, always(), Some(1))]);
    s.resources.rows = vec![
        resource("FIELD-STANDS", d, field, vec![rows(2, always(), None)]),
        resource(
            "FIELD-HANDLING",
            handling,
            field,
            vec![rows(1, daily(6, 22), None), rows(1, always(), Some(1))],
        ),
        resource("FIELD-CHECK", ResourceKind::HostCheck, field, vec![rows(1, always(), None)]),
        Resource { keep: 1, ..guard },
        resource("TEAM-H", ResourceKind::Team, None, vec![rows(1, daily(8, 20), None)]),
        resource("TEAM-G", ResourceKind::Team, None, vec![rows(1, always(), Some(0))]),
    ];
    let field = field.expect("a place");
    let hours = |activity, from, to| Hours {
        place: field,
        user_class: UserClass::Military,
        activity,
        windows: daily(from, to),
    };
    s.hours = vec![hours(Activity::Movement, 6, 23), hours(Activity::Handling, 6, 22)];
    let night = |day: i64| Interval { from: at(24 * day - 1, 0), to: at(24 * day + 5, 0) };
    s.curfews = vec![Curfew {
        name: "nights".into(),
        area: "valley".into(),
        windows: (0..3).map(night).collect(),
    }];
}

fn add_forces(s: &mut Scenario) {
    let at_place = |name: &str| s.place(name).expect("a place");
    let by_air = Mode::Air { embark: at_place("FIELD"), debark: at_place("HOMEA") };
    let element = |name: &str, party: u32, origin: &str, destination: &str, mode| Element {
        name: name.into(),
        title: name.into(),
        party: PartyId(party),
        origin: at_place(origin),
        destination: at_place(destination),
        mode,
        either: false,
        freed_by: Vec::new(),
        ready: at(0, 0),
        load_from: None,
        due: None,
        same_aircraft: false,
        spread: None,
    };
    let rows = vec![
        Element {
            freed_by: vec![SiteId(0)],
            load_from: Some(at(15, 0)),
            due: Some(Due { at: at(30, 0), hard: true, rank: 1 }),
            spread: Some(Duration::from_hours(4)),
            ..element("E-GUARD", 0, "SITE1", "GARA", by_air)
        },
        Element {
            ready: at(6, 0),
            due: Some(Due { at: at(27, 0), hard: false, rank: 1 }),
            same_aircraft: true,
            ..element("E-LOG", 0, "FIELD", "HOMEA", by_air)
        },
        element("E-REAR", 0, "FIELD", "HOMEA", by_air),
        Element {
            ready: at(8, 0),
            load_from: Some(at(8, 0)),
            same_aircraft: true,
            ..element("E-ROAD", 1, "CAMP", "GARB", Mode::Road)
        },
    ];
    s.elements.rows = rows;
    s.pieces.rows = vec![
        piece("AG-P", 0, PieceKind::People, 20),
        piece("AG-V", 0, PieceKind::Vehicle, 2),
        piece("AL-P", 1, PieceKind::People, 10),
        Piece { mass: Mass(12_000), ..piece("AL-V", 1, PieceKind::Vehicle, 1) },
        piece("AR-P", 2, PieceKind::People, 3),
        piece("AR-C", 2, PieceKind::Container, 1),
        piece("BR-V", 3, PieceKind::Vehicle, 10),
        piece("BR-P", 3, PieceKind::People, 5),
    ];
}

fn add_handover(s: &mut Scenario) {
    s.sites.rows = vec![Site {
        name: "SITE1".into(),
        place: s.place("SITE1").expect("a place"),
        min_guard: 10,
        receiver: "police".into(),
    }];
    let team = |name: &str| s.resource(name).expect("a team");
    let step = |name: &str, hours, team| Step {
        name: name.into(),
        site: SiteId(0),
        title: name.into(),
        duration: Duration::from_hours(hours),
        after: Vec::new(),
        with: Vec::new(),
        needs: vec![(team, 1)],
    };
    let after = vec![(StepId(0), Duration::from_hours(1))];
    s.steps.rows = vec![
        step("COUNT", 2, team("TEAM-H")),
        Step { after, with: vec![StepId(2)], ..step("SIGN", 2, team("TEAM-H")) },
        Step { with: vec![StepId(1)], ..step("SHOW", 1, team("TEAM-G")) },
    ];
}

fn add_aircraft(s: &mut Scenario) {
    let zone = |name: &str, length, side, mass| Zone {
        name: name.into(),
        length: Length(length),
        width: Length(side),
        height: Length(side),
        max_mass: Mass(mass),
    };
    let cargo = Configuration {
        name: "cargo".into(),
        seats: 30,
        change: Duration::ZERO,
        zones: vec![zone("hold", 20_000, 3_000, 30_000), zone("ramp", 3_000, 2_000, 3_000)],
    };
    let pax = Configuration {
        name: "pax".into(),
        seats: 100,
        change: Duration::from_hours(1),
        zones: Vec::new(),
    };
    s.types.rows = vec![AircraftType {
        name: "IL".into(),
        stand: StandClass::D,
        min_runway: Distance(2_000),
        block_speed: Speed::from_kmh(600),
        payload_range: vec![
            (Distance::from_km(2_000), Mass::from_tonnes(40)),
            (Distance::from_km(4_000), Mass::from_tonnes(20)),
        ],
        ferry_range: Distance::from_km(6_000),
        onload: Duration::from_hours(2),
        offload: Duration::from_hours(1),
        enroute: Duration::from_hours(1),
        handling_teams: 1,
        cost_per_hour: 1_000,
        configurations: vec![cargo, pax],
    }];
    let tail = |name: &str, owner, base: &str| Tail {
        name: name.into(),
        pool: name.into(),
        aircraft: TypeId(0),
        owner: PartyId(owner),
        user_class: UserClass::Military,
        base: s.place(base).expect("a place"),
        available: Interval::ALWAYS,
        maintenance: Vec::new(),
    };
    let tails = vec![
        Tail {
            available: Interval { from: at(-10, 0), to: at(60, 0) },
            maintenance: vec![Interval { from: at(30, 0), to: at(40, 0) }],
            ..tail("T-1", 0, "HOMEA")
        },
        tail("T-2", 0, "HOMEA2"),
        tail("T-3", 1, "HOMEB"),
    ];
    let leg = |name: &str, from: &str, km, states: &[&str]| AirLeg {
        name: name.into(),
        from: s.place(from).expect("a place"),
        to: s.place("FIELD").expect("a place"),
        distance: Distance::from_km(km),
        states: states.iter().map(|&state| state.to_owned()).collect(),
        types: Vec::new(),
        closed: Vec::new(),
    };
    s.air_legs.rows = vec![
        leg("L1", "HOMEA", 3_000, &["AA", "CC", "HH"]),
        leg("L2", "HOMEB", 1_500, &["BB", "HH"]),
        leg("L9", "HOMEA", 3_500, &["AA", "DD", "HH"]),
    ];
    s.tails.rows = tails;
}

fn add_roads(s: &mut Scenario) {
    let at_place = |name: &str| s.place(name).expect("a place");
    let border = Border { name: "PASS".into(), vehicles_per_hour: 60, windows: daily(10, 18) };
    s.roads.rows = vec![
        Road {
            headway: Some(Duration::from_minutes(10)),
            ..road("R-VALLEY", at_place("SITE1"), at_place("FIELD"), 40)
        },
        road("R-HOME", at_place("HOMEA"), at_place("GARA"), 20),
        Road { max_vehicles: Some(10), ..road("R-CAMP", at_place("CAMP"), at_place("PASSH"), 80) },
        Road { border: Some(border), ..road("R-PASS", at_place("PASSH"), at_place("PASSB"), 0) },
        road("R-BB", at_place("PASSB"), at_place("GARB"), 40),
    ];
}

fn add_clearances(s: &mut Scenario) {
    let clearance = |name: &str, state: &str, kind, carrier| Clearance {
        name: name.into(),
        state: state.into(),
        kind,
        carrier: PartyId(carrier),
        legs: Vec::new(),
        fields: Vec::new(),
        roads: Vec::new(),
        asked: Some(at(-72, 0)),
        lead: Duration::from_hours(24),
        valid: Some(Interval { from: at(0, 0), to: at(48, 0) }),
        granted: true,
    };
    let (over, land, border) =
        (ClearanceKind::Overflight, ClearanceKind::Landing, ClearanceKind::Border);
    let roads = vec![RoadId(3)];
    s.clearances.rows = vec![
        Clearance { legs: vec![LegId(0)], ..clearance("HH-OVER", "HH", over, 0) },
        Clearance { legs: vec![LegId(0)], ..clearance("CC-OVER", "CC", over, 0) },
        Clearance {
            fields: vec![s.place("FIELD").expect("a place")],
            ..clearance("HH-LAND", "HH", land, 0)
        },
        Clearance { roads: roads.clone(), ..clearance("HH-BORDER", "HH", border, 1) },
        Clearance { roads, ..clearance("BB-BORDER", "BB", border, 1) },
    ];
}

/// Makes a promise that is required.
pub(crate) fn promise(name: &str, rank: u8, predicate: Predicate) -> Promise {
    Promise {
        name: name.into(),
        statement: None,
        text: name.into(),
        predicate,
        required: true,
        wanted: None,
        rank,
        same_as: None,
        outcome: None,
        evidence: None,
        before_start: false,
    }
}

fn add_order(s: &mut Scenario) {
    let row = |name: &str, first: &[ElementId], then: &[ElementId], kind, milestone| Precedence {
        name: name.into(),
        first: first.to_vec(),
        then: then.to_vec(),
        kind,
        milestone,
        hard: true,
        stay: 0,
    };
    let (last, all, first) = (
        PrecedenceKind::LastBeforeLast,
        PrecedenceKind::AllBeforeFirst,
        PrecedenceKind::FirstBeforeFirst,
    );
    let (out, home) = (Milestone::LeftHost, Milestone::HomeBase);
    s.precedence.rows = vec![
        Precedence { stay: 5, ..row("BB-BEFORE-AA", &[ROAD], &[GUARD, LOG, REAR], last, out) },
        row("ROAD-FIRST", &[ROAD], &[GUARD], all, out),
        row("GUARD-FIRST", &[GUARD], &[LOG], first, out),
        Precedence { hard: false, ..row("GUARD-HOME", &[GUARD], &[LOG], last, home) },
    ];
    let condition = |name: &str, true_from, gate| Condition {
        name: name.into(),
        text: name.into(),
        statement: None,
        truth: Truth::From(true_from),
        policy: Policy::Hold,
        gate,
    };
    s.conditions.rows = vec![
        condition("ROAD-OPEN", Some(at(9, 0)), Gate::Departures(vec![ROAD])),
        condition("MANDATE", Some(at(8, 0)), Gate::Handovers(vec![SiteId(0)])),
        condition("REAR-STAYS", None, Gate::Departures(vec![REAR])),
        condition("FLAG", None, Gate::Strength { party: PartyId(0), people: 3 }),
    ];
    let movers = || vec![GUARD, LOG, ROAD];
    let all_by = |milestone, strict, lenient| Predicate::AllBy {
        set: movers(),
        milestone,
        by: both(strict, lenient),
    };
    let day = |n: i64| Interval { from: at(24 * n, 0), to: at(24 * n + 24, 0) };
    let by = both(at(24, 0), at(24, 0));
    s.promises.rows = vec![
        promise("BEGUN", 1, Predicate::BegunBy { set: movers(), by }),
        promise("OUT", 1, all_by(out, at(22, 0), at(24, 0))),
        promise("HOME", 2, all_by(home, at(28, 0), at(48, 0))),
        Promise {
            same_as: Some(PromiseId(2)),
            ..promise("HOME-AGAIN", 3, all_by(home, at(27, 0), at(48, 0)))
        },
        promise(
            "GUARD-DAY",
            2,
            Predicate::OnDay {
                set: vec![GUARD],
                milestone: out,
                day: both(day(0), day(0)),
                max_sorties: Some(2),
                max_tails: Some(2),
            },
        ),
        promise(
            "TWO-FLIGHTS",
            3,
            Predicate::CountOnDay {
                field: s.place("FIELD").expect("a place"),
                day: both(day(0), day(0)),
                at_least: 2,
            },
        ),
        promise("BY-ROAD", 3, Predicate::Mode { set: vec![ROAD], road: true }),
        Promise {
            before_start: true,
            outcome: Some("no report of it found".into()),
            ..promise("EARLY", 1, Predicate::Mode { set: vec![ROAD], road: true })
        },
    ];
}

pub(crate) fn load(piece: &str, count: i64, zone: Option<&str>) -> Load {
    Load {
        piece: piece.into(),
        count,
        zone: zone.map(Into::into),
        x_mm: None,
        y_mm: None,
        turned: None,
    }
}

pub(crate) fn sortie(
    id: &str,
    from: &str,
    to: &str,
    departs: Timestamp,
    lands: Timestamp,
) -> Sortie {
    Sortie {
        id: id.into(),
        from: from.into(),
        to: to.into(),
        leg: Some("L1".into()),
        config: "cargo".into(),
        departs,
        lands,
        loading: None,
        unloading: None,
        crew: None,
        load: Vec::new(),
    }
}

fn service(starts: Timestamp, ends: Timestamp) -> Option<Service> {
    Some(Service { starts, ends })
}

pub(crate) fn column(
    id: &str,
    marches: &[(&str, &str, &str, Timestamp, i64)],
    load: &[(&str, i64)],
) -> Column {
    let march = |&(road, from, to, departs, minutes): &(&str, &str, &str, Timestamp, i64)| March {
        road: road.into(),
        from: from.into(),
        to: to.into(),
        departs,
        arrives: departs + Duration::from_minutes(minutes),
    };
    let part = |&(piece, count): &(&str, i64)| ColumnLoad { piece: piece.into(), count };
    Column {
        id: id.into(),
        marches: marches.iter().map(march).collect(),
        load: load.iter().map(part).collect(),
    }
}

/// Returns the block time of T-2 from HOMEA2 to HOMEA, inside its owner's state.
pub(crate) fn home_block() -> Duration {
    let circle = geo::geodesic((56.0, 41.0), (55.0, 37.0));
    Speed::from_kmh(600).time_for(Distance(circle.0 * 103 / 100)).expect("a speed")
}

/// Returns a plan that keeps every rule.
pub(crate) fn plan() -> Plan {
    let ferry = sortie("F1", "HOMEA", "FIELD", at(7, 0), at(12, 0));
    let out = Sortie {
        loading: service(at(16, 0), at(18, 0)),
        unloading: service(at(23, 0), at(24, 0)),
        load: vec![load("AG-P", 12, None), load("AG-V", 2, Some("hold"))],
        ..sortie("S1", "FIELD", "HOMEA", at(18, 0), at(23, 0))
    };
    let hop =
        Sortie { leg: None, ..sortie("F2", "HOMEA2", "HOMEA", at(6, 0), at(6, 0) + home_block()) };
    let ferry_2 = sortie("F3", "HOMEA", "FIELD", at(8, 30), at(13, 30));
    let last = Sortie {
        loading: service(at(19, 30), at(21, 30)),
        unloading: service(at(26, 30), at(27, 30)),
        load: vec![load("AG-P", 8, None), load("AL-P", 10, None), load("AL-V", 1, Some("hold"))],
        ..sortie("S2", "FIELD", "HOMEA", at(21, 30), at(26, 30))
    };
    let step = |name: &str, from: i64, to: i64| Handover {
        step: name.into(),
        starts: at(from, 0),
        ends: at(to, 0),
    };
    let stays = |piece: &str, count| Unmoved {
        piece: piece.into(),
        count,
        rule: "C27".into(),
        reason: "the decision is open".into(),
    };
    Plan {
        format: PLAN_FORMAT,
        scenario_hash: "valley".into(),
        seed: 1,
        lanes: 4,
        epochs: Epochs::default(),
        lines: vec![
            Line { tail: "T-1".into(), sorties: vec![ferry, out] },
            Line { tail: "T-2".into(), sorties: vec![hop, ferry_2, last] },
        ],
        columns: vec![
            column(
                "C1",
                &[("R-VALLEY", "SITE1", "FIELD", at(13, 0), 60)],
                &[("AG-P", 12), ("AG-V", 2)],
            ),
            column("C2", &[("R-VALLEY", "SITE1", "FIELD", at(17, 10), 60)], &[("AG-P", 8)]),
            column(
                "C3",
                &[("R-HOME", "HOMEA", "GARA", at(24, 30), 30)],
                &[("AG-P", 12), ("AG-V", 2)],
            ),
            column("C4", &[("R-HOME", "HOMEA", "GARA", at(28, 0), 30)], &[("AG-P", 8)]),
            column(
                "CB",
                &[
                    ("R-CAMP", "CAMP", "PASSH", at(8, 0), 120),
                    ("R-PASS", "PASSH", "PASSB", at(10, 0), 10),
                    ("R-BB", "PASSB", "GARB", at(10, 10), 60),
                ],
                &[("BR-V", 10), ("BR-P", 5)],
            ),
        ],
        handovers: vec![step("COUNT", 8, 10), step("SIGN", 11, 13), step("SHOW", 11, 12)],
        unmoved: vec![stays("AR-P", 3), stays("AR-C", 1)],
        choices: Vec::new(),
        levels: LEVELS.iter().map(|&level| level.to_owned()).collect(),
        objective: objective(),
        bounds: Vec::new(),
        proof: None,
    }
}

/// Returns the plan's objective, reckoned by hand.
fn objective() -> Vec<i64> {
    let hop = home_block().0 / 60;
    vec![
        0,
        // 3 people and a container stay
        4,
        // HOME (rank 2) and HOME-AGAIN (rank 3) say the same and are broken: 1000^(3 - 2)
        1_000,
        // E-GUARD is home after E-LOG
        1,
        // AA: C4 clears GARA at 28:30 + 6 s + 60 s = 102,666 s, weight 2;
        // BB: CB clears GARB at 11:10 + 60 s + 60 s = 40,320 s, weight 1
        2 * 102_666 + 40_320,
        // E-LOG is unloaded at 27:30, half an hour after its soft date
        1_800,
        2,
        5,
        // four legs of 3,000 km at 600 km/h, and the hop
        4 * 300 + hop,
        4 * 5_000 + hop * 1_000 / 60,
        0,
        0,
    ]
}

impl World {
    /// Returns scenario and valid plan.
    pub(crate) fn new() -> Self {
        Self { scenario: scenario(), plan: plan() }
    }
    /// Checks the plan.
    pub(crate) fn check(&self) -> Verdict {
        check(&self.scenario, &self.plan, None)
    }
    /// Returns the findings of a rule.
    pub(crate) fn findings(&self, rule: Rule) -> Vec<Finding> {
        let wanted = Code::Rule(rule);
        self.check().findings.into_iter().filter(|finding| finding.rule == wanted).collect()
    }
    /// Returns whether the plan breaks a rule.
    pub(crate) fn breaks(&self, rule: Rule) -> bool {
        !self.findings(rule).is_empty()
    }
    /// Returns a sortie.
    pub(crate) fn sortie(&mut self, id: &str) -> &mut Sortie {
        let sorties = self.plan.lines.iter_mut().flat_map(|line| &mut line.sorties);
        sorties.into_iter().find(|row| row.id == id).expect("a sortie")
    }
    /// Returns a column.
    pub(crate) fn column(&mut self, id: &str) -> &mut Column {
        self.plan.columns.iter_mut().find(|row| row.id == id).expect("a column")
    }
    /// Returns a handover row.
    pub(crate) fn step(&mut self, name: &str) -> &mut Handover {
        self.plan.handovers.iter_mut().find(|row| row.step == name).expect("a step")
    }
    /// Returns an airfield.
    pub(crate) fn field(&mut self, name: &str) -> &mut Airfield {
        let place = self.scenario.place(name).expect("a place");
        self.scenario.places[place].airfield.as_mut().expect("an airfield")
    }
    /// Returns a resource.
    pub(crate) fn resource(&mut self, name: &str) -> &mut Resource {
        let id = self.scenario.resource(name).expect("a resource");
        &mut self.scenario.resources[id]
    }
    /// Sets the loading of a sortie.
    pub(crate) fn load(&mut self, id: &str, starts: Timestamp, ends: Timestamp) {
        self.sortie(id).loading = service(starts, ends);
    }
}

/// Makes the two readings of a value.
pub(crate) fn both<T>(strict: T, lenient: T) -> Readings<T> {
    Readings { strict, lenient }
}
