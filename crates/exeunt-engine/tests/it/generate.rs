//! Small operations made from a seed: everything that the model has, in small numbers and tight places.

use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::*;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        // neighbouring seeds must not be neighbouring stretches of one stream
        let mut mixed = Self(seed ^ 0x5DEE_CE66);
        Self(mixed.next().wrapping_mul(0xD134_2543_DE82_EF95))
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// A number from `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() >> 1) as i64 % (high - low + 1)
    }
    /// True in `percent` of the cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.range(0, 99) < percent
    }
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.range(0, from.len() as i64 - 1) as usize]
    }
}

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

pub(crate) fn at(hours: i64) -> Timestamp {
    Timestamp(hours * HOUR)
}

fn daily(from: i64, to: i64, days: i64) -> Vec<Interval> {
    let day = |d: i64| Interval {
        from: Timestamp(d * DAY + from * HOUR),
        to: Timestamp(d * DAY + to * HOUR),
    };
    to_windows((-3..days + 3).map(day).collect())
}

/// Makes the operation of a seed. The operation starts at hour 0 and plans for ten days.
pub(crate) fn operation(seed: u64) -> Scenario {
    let mut r = Random::new(seed);
    let mut s = Scenario { hash: format!("seed-{seed}"), ..Scenario::default() };
    s.operation.name = format!("seed-{seed}");
    s.operation.end = at(240);
    s.operation.host_states = if r.chance(85) { vec!["HH".to_owned()] } else { Vec::new() };
    s.operation.civil_hours_bind_military = r.chance(20);
    s.operation.curfews_bind_columns = r.chance(30);
    parties(&mut s);
    let fields = places(&mut s, &mut r);
    types_and_tails(&mut s, &mut r, &fields);
    legs(&mut s, &mut r, &fields);
    sites_and_steps(&mut s, &mut r);
    elements(&mut s, &mut r, &fields);
    ground(&mut s, &mut r, &fields);
    order(&mut s, &mut r);
    promises(&mut s, &mut r, &fields);
    s
}

/// Makes the operation of a seed in which some elements go in one load and some have to arrive close together.
pub(crate) fn together(seed: u64) -> Scenario {
    let mut s = operation(seed);
    let mut r = Random::new(!seed);
    for element in &mut s.elements.rows {
        element.same_aircraft = r.chance(40);
        let hours = r.pick(&[0, 1, 3, 8, 24]);
        element.spread = r.chance(50).then(|| Duration::from_hours(hours));
    }
    // what goes in one load is small
    for piece in &mut s.pieces.rows {
        if s.elements[piece.element].same_aircraft && r.chance(70) {
            piece.count = piece.count.min(r.range(1, 4));
        }
    }
    s
}

fn parties(s: &mut Scenario) {
    let rows = [("L", Role::Lead, "LL"), ("P", Role::Partner, "PP"), ("H", Role::Host, "HH")];
    for (name, role, state) in rows {
        let (name, title) = (name.to_owned(), name.to_owned());
        s.parties.push(Party { name, title, role, state: state.to_owned(), weight: 1 });
    }
}

pub(crate) struct Fields {
    host: Vec<PlaceId>,
    home: Vec<PlaceId>,
    base: PlaceId,
    garrison: PlaceId,
    border: [PlaceId; 2],
}

fn place(s: &mut Scenario, name: &str, state: &str, airfield: Option<Airfield>) -> PlaceId {
    let n = s.places.len() as f64;
    s.places.push(Place {
        name: name.to_owned(),
        title: name.to_owned(),
        state: state.to_owned(),
        position: Some((40.0 + n, 60.0 - n)),
        area: Some("area".to_owned()),
        airfield,
    })
}

fn places(s: &mut Scenario, r: &mut Random) -> Fields {
    let field = |r: &mut Random| {
        Some(Airfield {
            runway: Distance(if r.chance(80) { 3_200 } else { 2_500 }),
            slot: Duration::from_minutes(r.pick(&[0, 0, 5, 20])),
            staging_time: Duration::from_minutes(r.pick(&[0, 30, 120])),
            staging_people: r.chance(25).then(|| r.range(30, 80)),
            staging_vehicles: r.chance(25).then(|| r.range(2, 6)),
        })
    };
    let host = (0..r.range(1, 2)).map(|n| format!("HF{n}")).collect::<Vec<_>>();
    let host = host
        .iter()
        .map(|name| {
            let f = field(r);
            place(s, name, "HH", f)
        })
        .collect();
    let mut home = Vec::new();
    for (name, state) in [("LF", "LL"), ("PF", "PP")] {
        let f = field(r);
        home.push(place(s, name, state, f));
    }
    let f = field(r);
    let base = place(s, "BASE", "LL", f);
    let garrison = place(s, "GARRISON", "PP", None);
    let border = [place(s, "POST-H", "HH", None), place(s, "POST-P", "PP", None)];
    Fields { host, home, base, garrison, border }
}

fn types_and_tails(s: &mut Scenario, r: &mut Random, fields: &Fields) {
    for n in 0..r.range(1, 2) {
        let zone = |r: &mut Random, name: &str| Zone {
            name: name.to_owned(),
            length: Length(r.range(9, 20) * 1_000),
            width: Length(3_400),
            height: Length(r.range(31, 34) * 100),
            max_mass: Mass(r.range(8, 40) * 1_000),
        };
        let mut zones = vec![zone(r, "floor")];
        if r.chance(50) {
            zones.push(Zone { length: Length(4_500), max_mass: Mass(2_000), ..zone(r, "ramp") });
        }
        let mut configurations = vec![Configuration {
            name: "cargo".to_owned(),
            seats: r.range(10, 40),
            change: Duration::from_minutes(30),
            zones,
        }];
        if r.chance(50) {
            configurations.push(Configuration {
                name: "seats".to_owned(),
                seats: r.range(60, 140),
                change: Duration::from_minutes(r.pick(&[0, 60])),
                zones: Vec::new(),
            });
        }
        s.types.push(AircraftType {
            name: format!("T{n}"),
            stand: r.pick(&[StandClass::C, StandClass::D]),
            min_runway: Distance(r.pick(&[1_800, 2_400, 2_400, 2_400, 3_000])),
            block_speed: Speed::from_kmh(r.range(500, 800)),
            payload_range: vec![
                (Distance::from_km(1_500), Mass::from_tonnes(r.range(20, 45))),
                (Distance::from_km(4_000), Mass::from_tonnes(r.range(5, 19))),
            ],
            ferry_range: Distance::from_km(5_000),
            onload: Duration::from_minutes(r.range(30, 150)),
            offload: Duration::from_minutes(r.range(30, 120)),
            enroute: Duration::from_minutes(r.range(20, 60)),
            handling_teams: r.pick(&[1, 1, 1, 1, 2]),
            cost_per_hour: r.range(0, 900),
            configurations,
        });
    }
    let bases = [fields.base, fields.home[0], fields.host[0]];
    for n in 0..r.range(1, 4) {
        let user_class = if r.chance(85) { UserClass::Military } else { UserClass::Civil };
        let from = at(r.pick(&[0, 0, 6]));
        let to = if r.chance(85) { Timestamp::MAX } else { at(r.range(60, 200)) };
        let hole = r.range(5, 60);
        let maintenance = r.chance(20).then(|| Interval { from: at(hole), to: at(hole + 12) });
        s.tails.push(Tail {
            name: format!("A{n}"),
            pool: format!("A{n}"),
            aircraft: TypeId(r.range(0, s.types.len() as i64 - 1) as u32),
            owner: PartyId(0),
            user_class,
            base: r.pick(&bases),
            available: Interval { from, to },
            maintenance: maintenance.into_iter().collect(),
        });
    }
}

fn legs(s: &mut Scenario, r: &mut Random, fields: &Fields) {
    let mut pairs: Vec<(PlaceId, PlaceId)> = Vec::new();
    for &host in &fields.host {
        for &home in &fields.home {
            pairs.push((host, home));
        }
        pairs.push((host, fields.base));
    }
    pairs.push((fields.home[1], fields.base));
    if fields.host.len() == 2 {
        pairs.push((fields.host[0], fields.host[1]));
    }
    let mut legs = Vec::new();
    for (n, (from, to)) in pairs.into_iter().enumerate() {
        if r.chance(3) {
            continue;
        }
        let mut states = vec![s.places[from].state.clone(), s.places[to].state.clone()];
        states.dedup();
        let hole = r.range(10, 80);
        let closed = r.chance(15).then(|| Interval { from: at(hole), to: at(hole + 9) });
        legs.push(s.air_legs.push(AirLeg {
            name: format!("W{n}"),
            from,
            to,
            distance: Distance::from_km(r.range(300, 3_000)),
            states,
            types: Vec::new(),
            closed: closed.into_iter().collect(),
        }));
    }
    let landing: Vec<PlaceId> =
        fields.host.iter().chain(&fields.home).chain([&fields.base]).copied().collect();
    for state in ["HH", "PP"] {
        for kind in [ClearanceKind::Overflight, ClearanceKind::Landing] {
            if r.chance(4) {
                continue;
            }
            let end = if r.chance(80) { at(400) } else { at(r.range(60, 200)) };
            s.clearances.push(Clearance {
                name: format!("CL-{state}-{kind:?}"),
                state: state.to_owned(),
                kind,
                carrier: PartyId(0),
                legs: legs.clone(),
                fields: landing.clone(),
                roads: Vec::new(),
                asked: Some(at(-20)),
                lead: Duration::from_hours(r.pick(&[12, 24])),
                valid: Some(Interval { from: at(-10), to: end }),
                granted: true,
            });
        }
    }
}

fn road(s: &mut Scenario, r: &mut Random, from: PlaceId, to: PlaceId, border: bool) {
    let name = format!("R{}", s.roads.len());
    let border = border.then(|| Border {
        name: format!("B-{name}"),
        vehicles_per_hour: r.range(4, 30),
        windows: if r.chance(50) { vec![Interval::ALWAYS] } else { daily(6, 20, 12) },
    });
    let id = s.roads.push(Road {
        name,
        from,
        to,
        distance: Distance::from_km(r.range(1, 120)),
        rate: Speed::from_kmh(r.range(20, 45)),
        max_vehicles: r.chance(40).then(|| r.range(2, 8)),
        headway: r.chance(50).then(|| Duration::from_minutes(r.range(5, 30))),
        escorts: Vec::new(),
        escort_back: Duration::ZERO,
        border: border.clone(),
    });
    if border.is_some() {
        for state in ["HH", "PP"] {
            s.clearances.push(Clearance {
                name: format!("CB-{state}"),
                state: state.to_owned(),
                kind: ClearanceKind::Border,
                carrier: PartyId(1),
                legs: Vec::new(),
                fields: Vec::new(),
                roads: vec![id],
                asked: None,
                lead: Duration::ZERO,
                valid: Some(Interval { from: at(0), to: at(r.range(100, 300)) }),
                granted: true,
            });
        }
    }
}

fn sites_and_steps(s: &mut Scenario, r: &mut Random) {
    let team = |s: &mut Scenario, name: &str, amount: i64, windows: Vec<Interval>| {
        s.resources.push(Resource {
            name: name.to_owned(),
            title: name.to_owned(),
            kind: ResourceKind::Team,
            place: None,
            keep: 0,
            capacity: vec![Capacity { amount, windows, provided_by: None }],
        })
    };
    let (amount, windows) = (r.range(1, 2), daily(8, 20, 12));
    let reception = team(s, "RECEPTION", amount, windows);
    let joint = team(s, "JOINT", 2, vec![Interval::ALWAYS]);
    for n in 0..r.range(1, 3) {
        let name = format!("SITE{n}");
        let place = place(s, &name, "HH", None);
        let min_guard = r.pick(&[0, 5, 20]);
        let site = s.sites.push(Site { name, place, min_guard, receiver: String::new() });
        let mut last: Option<StepId> = None;
        for k in 0..r.range(1, 3) {
            let id = s.steps.push(Step {
                name: format!("S{n}-{k}"),
                site,
                title: String::new(),
                duration: Duration::from_hours(r.range(1, 6)),
                after: last
                    .map(|step| (step, Duration::from_hours(r.pick(&[0, 0, 2]))))
                    .into_iter()
                    .collect(),
                with: Vec::new(),
                needs: vec![(reception, 1), (joint, 1)],
            });
            if r.chance(70) {
                last = Some(id);
            }
        }
    }
    // two first steps of different sites together, now and then
    if s.sites.len() > 1 && r.chance(25) {
        let first = |site: u32| s.steps.find(|step| step.site == SiteId(site)).expect("has steps");
        let (a, b) = (first(0), first(1));
        s.steps[a].needs = vec![(joint, 1)];
        s.steps[b].needs = vec![(joint, 1)];
        s.steps[a].with = vec![b];
        s.steps[b].with = vec![a];
    }
}

fn elements(s: &mut Scenario, r: &mut Random, fields: &Fields) {
    let sites: Vec<(SiteId, PlaceId)> = s.sites.iter().map(|(id, site)| (id, site.place)).collect();
    for &(_, site) in &sites {
        for &host in &fields.host {
            road(s, r, site, host, false);
        }
        road(s, r, site, fields.border[0], false);
    }
    road(s, r, fields.border[0], fields.border[1], true);
    road(s, r, fields.border[1], fields.garrison, false);
    road(s, r, fields.home[1], fields.garrison, false);
    for n in 0..r.range(1, 6) {
        let party = PartyId(r.range(0, 1) as u32);
        let (site, mut origin) = r.pick(&sites);
        let embark = r.pick(&fields.host);
        let by_road = party == PartyId(1) && r.chance(30);
        let at_field = !by_road && r.chance(25);
        if at_field {
            origin = embark;
        }
        let home = fields.home[party.0 as usize];
        let destination = match party {
            PartyId(1) if by_road || r.chance(50) => fields.garrison,
            _ => home,
        };
        let due = r.chance(20).then(|| Due {
            at: at(r.range(60, 230)),
            hard: r.chance(40),
            rank: r.range(1, 3) as u8,
        });
        let element = s.elements.push(Element {
            name: format!("E{n}"),
            title: String::new(),
            party,
            origin,
            destination,
            mode: if by_road { Mode::Road } else { Mode::Air { embark, debark: home } },
            either: false,
            freed_by: if at_field || r.chance(20) { Vec::new() } else { vec![site] },
            ready: at(r.pick(&[0, 0, 10])),
            load_from: r.chance(25).then(|| at(r.range(0, 60))),
            due,
            same_aircraft: false,
            spread: None,
        });
        pieces(s, r, element);
    }
}

fn pieces(s: &mut Scenario, r: &mut Random, element: ElementId) {
    let name = s.elements[element].name.clone();
    for k in 0..r.range(1, 3) {
        let people = r.chance(45);
        let kind = match people {
            true => PieceKind::People,
            false => r.pick(&[PieceKind::Vehicle, PieceKind::Vehicle, PieceKind::Pallet]),
        };
        let size = |r: &mut Random, low, high| {
            if people { Length::ZERO } else { Length(r.range(low, high)) }
        };
        s.pieces.push(Piece {
            name: format!("{name}-P{k}"),
            title: String::new(),
            element,
            kind,
            count: if people { r.range(1, 90) } else { r.range(1, 6) },
            length: size(r, 2_000, 9_000),
            width: size(r, 2_000, 3_450),
            height: size(r, 1_500, 3_200),
            mass: if people { s.operation.person_mass } else { Mass(r.range(800, 9_000)) },
            drivers: i64::from(kind == PieceKind::Vehicle),
        });
    }
}

fn ground(s: &mut Scenario, r: &mut Random, fields: &Fields) {
    let all: Vec<PlaceId> =
        fields.host.iter().chain(&fields.home).chain([&fields.base]).copied().collect();
    for &place in &all {
        let name = s.places[place].name.clone();
        let always =
            |amount: i64| Capacity { amount, windows: vec![Interval::ALWAYS], provided_by: None };
        let add = |s: &mut Scenario, what: &str, kind, keep, capacity| {
            let (name, title) = (format!("{name}-{what}"), String::new());
            s.resources.push(Resource { name, title, kind, place: Some(place), keep, capacity });
        };
        if r.chance(85) {
            let mut rows = vec![always(r.range(1, 3))];
            if r.chance(20) {
                rows.push(Capacity { amount: -1, windows: daily(8, 20, 12), provided_by: None });
            }
            add(s, "STAND-D", ResourceKind::Stand(StandClass::D), 0, rows);
            if r.chance(30) {
                add(s, "STAND-C", ResourceKind::Stand(StandClass::C), 0, vec![always(1)]);
            }
        }
        if r.chance(85) {
            let mut rows = vec![always(r.range(1, 3))];
            let from_afar = r.chance(30);
            let here = |e: &Element| {
                matches!(e.mode, Mode::Air { embark, .. } if embark == place)
                    && (from_afar || e.origin == place)
            };
            let provider = s.elements.find(here).filter(|_| r.chance(60));
            let mut keep = 0;
            if let Some(element) = provider {
                rows.push(Capacity {
                    amount: r.range(1, 2),
                    windows: vec![Interval::ALWAYS],
                    provided_by: Some(element),
                });
                keep = r.range(0, 1);
                if r.chance(30) {
                    rows.remove(0);
                }
            }
            add(s, "HANDLING", ResourceKind::Handling, keep, rows);
        }
        if fields.host.contains(&place) && r.chance(15) {
            let guards =
                s.elements.find(|e| matches!(e.mode, Mode::Air { embark, .. } if embark == place));
            if let Some(element) = guards {
                let windows = vec![Interval::ALWAYS];
                let rows = vec![Capacity { amount: 10, windows, provided_by: Some(element) }];
                add(s, "GUARD", ResourceKind::Service, r.range(1, 12), rows);
            }
        }
        if fields.host.contains(&place) && r.chance(40) {
            add(s, "CHECK", ResourceKind::HostCheck, 0, vec![always(r.range(1, 2))]);
        }
        for (user_class, activity) in [
            (UserClass::Military, Activity::Movement),
            (UserClass::Military, Activity::Handling),
            (UserClass::Civil, Activity::Movement),
        ] {
            if r.chance(25) {
                let open = r.range(5, 9);
                let windows = daily(open, open + r.range(9, 14), 12);
                s.hours.push(Hours { place, user_class, activity, windows });
            }
        }
    }
    // one of the joint teams belongs to an element of the force, now and then
    if r.chance(30) {
        let element = ElementId(r.range(0, s.elements.len() as i64 - 1) as u32);
        let joint = s.resource("JOINT").expect("it is there");
        s.resources[joint].capacity[0].amount = 1;
        s.resources[joint].capacity.push(Capacity {
            amount: 1,
            windows: vec![Interval::ALWAYS],
            provided_by: Some(element),
        });
    }
    s.curfews.push(Curfew {
        name: "Q".to_owned(),
        area: "area".to_owned(),
        windows: daily(0, 6, 12),
    });
}

fn order(s: &mut Scenario, r: &mut Random) {
    let of = |s: &Scenario, party: u32| -> Vec<ElementId> {
        s.elements.iter().filter(|(_, e)| e.party == PartyId(party)).map(|(id, _)| id).collect()
    };
    let (lead, partner) = (of(s, 0), of(s, 1));
    if !lead.is_empty() && !partner.is_empty() && r.chance(60) {
        s.precedence.push(Precedence {
            name: "PR1".to_owned(),
            first: partner,
            then: lead,
            kind: r.pick(&[
                PrecedenceKind::LastBeforeLast,
                PrecedenceKind::LastBeforeLast,
                PrecedenceKind::AllBeforeFirst,
                PrecedenceKind::FirstBeforeFirst,
            ]),
            milestone: r.pick(&[
                Milestone::LeftHost,
                Milestone::LeftHost,
                Milestone::LeftSite,
                Milestone::HomeAirfield,
                Milestone::HomeBase,
            ]),
            hard: r.chance(70),
            stay: r.pick(&[0, 0, 20]),
        });
    }
    if s.elements.len() > 2 && r.chance(30) {
        s.precedence.push(Precedence {
            name: "PR2".to_owned(),
            first: vec![ElementId(0)],
            then: vec![ElementId(1), ElementId(2)],
            kind: PrecedenceKind::LastBeforeLast,
            milestone: Milestone::LeftHost,
            hard: r.chance(50) && s.precedence.is_empty(),
            stay: 0,
        });
    }
    let everybody: Vec<ElementId> = s.elements.ids().collect();
    let condition = |name: &str, true_from, gate| Condition {
        name: name.to_owned(),
        text: String::new(),
        statement: None,
        truth: Truth::From(true_from),
        policy: Policy::Hold,
        gate,
    };
    if r.chance(50) {
        let from = r.chance(95).then(|| at(r.range(0, 40)));
        s.conditions.push(condition("K1", from, Gate::Departures(everybody)));
    }
    if r.chance(40) {
        let sites = s.sites.ids().collect();
        s.conditions.push(condition("K2", Some(at(r.range(0, 20))), Gate::Handovers(sites)));
    }
    if r.chance(30) {
        let gate = Gate::Strength { party: PartyId(0), people: r.range(5, 60) };
        s.conditions.push(condition("K3", Some(at(r.range(20, 90))), gate));
    }
    for (name, sites) in [("ALL-SITES", s.sites.ids().collect()), ("FIRST", vec![SiteId(0)])] {
        let (name, text) = (name.to_owned(), String::new());
        s.mandate.push(Mandate { name, text, statement: None, kind: MandateKind::Task(sites) });
    }
    if r.chance(40) {
        situation(s, r, at);
    }
}

/// Judgements that rise and fall, conditions on them with every policy, and a ceiling.
fn situation(s: &mut Scenario, r: &mut Random, at: impl Fn(i64) -> Timestamp) {
    for name in ["BAD", "FAIR", "GOOD"] {
        s.levels.push(Level { name: name.to_owned(), title: String::new() });
    }
    for row in 0..r.range(1, 6) {
        s.assessments.push(Assessment {
            name: format!("A{row}"),
            zone: r.pick(&["ALL", "ALL", "AREA", "ELSEWHERE"]).to_owned(),
            level: LevelId(r.pick(&[0, 1, 2, 2])),
            at: at(r.range(-5, 60)),
            office: r.pick(&["CHAIR", "CHAIR", "CHIEF"]).to_owned(),
            statement: None,
        });
    }
    if r.chance(85) {
        for office in ["CHAIR", "CHIEF"] {
            s.assessments.push(Assessment {
                name: format!("LAST-{office}"),
                zone: "ALL".to_owned(),
                level: LevelId(2),
                at: at(r.range(10, 70)),
                office: office.to_owned(),
                statement: None,
            });
        }
    }
    for row in 0..r.range(1, 3) {
        let gate = match r.range(0, 3) {
            0 => Gate::Departures(s.elements.ids().filter(|_| r.chance(60)).collect()),
            1 => Gate::Handovers(s.sites.ids().collect()),
            _ => Gate::Strength { party: PartyId(0), people: r.range(5, 60) },
        };
        let offices = if r.chance(70) { Vec::new() } else { vec!["CHIEF".to_owned()] };
        s.conditions.push(Condition {
            name: format!("L{row}"),
            text: String::new(),
            statement: None,
            truth: Truth::Level {
                zone: r.pick(&["ALL", "AREA"]).to_owned(),
                level: LevelId(r.pick(&[1, 1, 2])),
                offices,
            },
            policy: r.pick(&[Policy::Go, Policy::Hold, Policy::Hold, Policy::Reverse]),
            gate,
        });
    }
    let from = at(r.range(0, 30));
    s.mandate.push(Mandate {
        name: "CEILING".to_owned(),
        text: String::new(),
        statement: None,
        kind: MandateKind::Ceiling {
            // nobody can do anything about a force that is above its ceiling at the start
            people: s.pieces.rows.iter().map(|p| p.people_each() * p.count).sum::<i64>()
                + r.range(0, 9),
            valid: Interval { from, to: if r.chance(50) { Timestamp::MAX } else { at(60) } },
        },
    });
}

fn promises(s: &mut Scenario, r: &mut Random, fields: &Fields) {
    let all: Vec<ElementId> = s.elements.ids().collect();
    let by = |t: Timestamp| Readings { strict: t, lenient: t + Duration(DAY) };
    let day = |d: i64| {
        let day = Interval { from: Timestamp(d * DAY), to: Timestamp((d + 1) * DAY) };
        Readings { strict: day, lenient: day }
    };
    let mut predicates = vec![
        Predicate::BegunBy { set: all.clone(), by: by(at(r.range(5, 50))) },
        Predicate::AllBy {
            set: all.clone(),
            milestone: Milestone::LeftHost,
            by: by(at(r.range(24, 200))),
        },
        Predicate::CountOnDay { field: fields.host[0], day: day(1), at_least: 2 },
        Predicate::Mode { set: vec![ElementId(0)], road: r.chance(50) },
    ];
    predicates.push(Predicate::OnDay {
        set: vec![ElementId(0)],
        milestone: r.pick(&[Milestone::LeftHost, Milestone::HomeAirfield, Milestone::LeftSite]),
        day: day(r.range(1, 3)),
        max_sorties: Some(r.range(1, 3)),
        max_tails: None,
    });
    for (n, predicate) in predicates.into_iter().enumerate() {
        if r.chance(50) {
            let same_as = (!s.promises.is_empty() && r.chance(10)).then_some(PromiseId(0));
            s.promises.push(Promise {
                name: format!("P{n}"),
                statement: None,
                text: String::new(),
                predicate,
                required: r.chance(60),
                wanted: None,
                rank: r.range(1, 3) as u8,
                same_as,
                outcome: None,
                evidence: None,
                before_start: false,
            });
        }
    }
}
