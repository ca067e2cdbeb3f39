//! Two contingents leave a host: one by air in two sorties, one by road.

use exeunt_model::finding::{Binding, DayResult, PartyResult, PromiseResult};
use exeunt_model::plan::{
    Column, ColumnLoad, Epochs, Handover, Line, Load, March, PLAN_FORMAT, Service, Sortie,
};
use exeunt_model::scenario::{
    Assumption, Element, LEVELS, Mode, Operation, Party, Piece, PieceKind, Place, Predicate,
    Promise, Readings, RecordedDay, Road, Role, Site, Statement, Step,
};
use exeunt_model::{
    Distance, Duration, Interval, Length, Mass, PartyId, PlaceId, Plan, Scenario, Speed, Timestamp,
    Verdict,
};

pub(crate) struct Example {
    pub(crate) scenario: Scenario,
    pub(crate) plan: Plan,
    pub(crate) verdict: Verdict,
    pub(crate) bindings: Vec<Binding>,
}

pub(crate) fn t(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a valid moment")
}

/// The n-th of January 2022, six hours east of Greenwich.
fn day(n: u32) -> Interval {
    let from = t(&format!("2022-01-{n:02}T00:00:00+06:00"));
    Interval { from, to: Timestamp(from.0 + 86_400) }
}

impl Example {
    pub(crate) fn new() -> Self {
        Self { scenario: scenario(), plan: plan(), verdict: verdict(), bindings: bindings() }
    }
}

fn scenario() -> Scenario {
    let mut scenario = Scenario {
        operation: Operation {
            title: "a collective force leaves Kazakhstan".into(),
            start: day(13).from,
            end: day(23).from,
            zone: "+06:00".into(),
            zone_offset: 6 * 3_600,
            host_states: vec!["KZ".into()],
            clock: Some(t("2022-01-14T16:00:00+06:00")),
            ..Operation::default()
        },
        n_graded_rows: 18,
        ..Scenario::default()
    };
    let party = |name: &str, title: &str, role, state: &str| Party {
        name: name.into(),
        title: title.into(),
        role,
        state: state.into(),
        weight: 1,
    };
    scenario.parties.push(party("KZ", "Kazakhstan", Role::Host, "KZ"));
    let armenia = scenario.parties.push(party("AM", "Armenia", Role::Partner, "AM"));
    let kyrgyzstan = scenario.parties.push(party("KG", "Kyrgyzstan", Role::Partner, "KG"));
    let mut place = |name: &str, title: &str, state: &str| {
        scenario.places.push(Place {
            name: name.into(),
            title: title.into(),
            state: state.into(),
            position: None,
            area: None,
            airfield: None,
        })
    };
    let bakery = place("S04", "Almaty bread plant", "KZ");
    let plant = place("S02", "Almaty CHP-2", "KZ");
    let almaty = place("UAAA", "Almaty", "KZ");
    let erebuni = place("UDYE", "Erebuni", "AM");
    let tokmok = place("KG-TOKMOK", "Tokmok", "KG");
    for (name, place) in [("S04", bakery), ("S02", plant)] {
        let site = Site { name: name.into(), place, min_guard: 0, receiver: String::new() };
        let site = scenario.sites.push(site);
        for n in 1..=2 {
            scenario.steps.push(Step {
                name: format!("{name}-{n}"),
                site,
                title: String::new(),
                duration: Duration::from_hours(2),
                after: vec![],
                with: vec![],
                needs: vec![],
            });
        }
    }
    scenario.roads.push(Road {
        name: "R1".into(),
        from: plant,
        to: tokmok,
        distance: Distance::from_km(281),
        rate: Speed::from_kmh(40),
        max_vehicles: None,
        headway: None,
        escorts: Vec::new(),
        escort_back: Duration::ZERO,
        border: None,
    });
    let mut element = |name: &str, party: PartyId, origin: PlaceId, destination, mode| {
        scenario.elements.push(Element {
            name: name.into(),
            title: String::new(),
            party,
            origin,
            destination,
            mode,
            either: false,
            freed_by: vec![],
            ready: day(13).from,
            load_from: None,
            due: None,
            same_aircraft: false,
            spread: None,
        })
    };
    let by_air = Mode::Air { embark: almaty, debark: erebuni };
    let company = element("AM-1", armenia, bakery, erebuni, by_air);
    let guard = element("KG-1", kyrgyzstan, plant, tokmok, Mode::Road);
    let mut piece = |name: &str, element, kind, count, drivers| {
        scenario.pieces.push(Piece {
            name: name.into(),
            title: String::new(),
            element,
            kind,
            count,
            length: Length(7_000),
            width: Length(2_500),
            height: Length(2_500),
            mass: Mass(9_000),
            drivers,
        });
    };
    piece("AM-P", company, PieceKind::People, 50, 0);
    piece("AM-T", company, PieceKind::Vehicle, 3, 1);
    piece("AM-K", company, PieceKind::Pallet, 2, 0);
    piece("KG-T", guard, PieceKind::Vehicle, 2, 10);
    statements(&mut scenario);
    promises(&mut scenario);
    let recorded = |n, shown: &str, note: &str| RecordedDay {
        name: format!("D{n}"),
        day: day(n),
        shown: shown.into(),
        note: note.into(),
    };
    scenario.record = vec![
        recorded(14, "3", ""),
        recorded(15, "17/18*", "reports differ: 18 announced, 17 landed"),
    ];
    for n in 0..6 {
        scenario.assumptions.push(Assumption {
            table: "pieces".into(),
            row: ["AM-T", "r2", "r3", "r4", "r5", "r6"][n].into(),
            text: "three trucks, since only \"vehicles\" are spoken of".into(),
        });
    }
    scenario
}

/// Three statements, of which two are judgements, and two events; the last lies after the clock.
fn statements(scenario: &mut Scenario) {
    let mut said = |date: &str, [speaker, office]: [&str; 2], kind: &str, text: &str| {
        scenario.statements.push(Statement {
            name: scenario.statements.len().to_string(),
            date: date.into(),
            speaker: speaker.into(),
            office: office.into(),
            kind: kind.into(),
            text: text.into(),
            source: "an agency".into(),
            // from the first minute of its day in Almaty
            known: t(&format!("{date}T00:00:00Z")) - Duration(6 * 3_600),
            ..Statement::default()
        });
    };
    let secretary = ["A. Name", "Secretary General"];
    said("2022-01-05", ["", ""], "fact", "the airport is seized");
    said("2022-01-10", ["A. Name", "force commander"], "judgement", "the force stays");
    said(
        "2022-01-14",
        secretary,
        "judgement",
        "a turning point; too early to speak of normalisation",
    );
    said("2022-01-15", secretary, "judgement", "all is normal");
    said("2022-01-19", ["", ""], "fact", "the last aircraft leaves");
}

fn promises(scenario: &mut Scenario) {
    let set: Vec<_> = scenario.elements.ids().collect();
    let mut promise = |name: &str, text: &str, before_start| {
        scenario.promises.push(Promise {
            name: name.into(),
            statement: None,
            text: text.into(),
            predicate: Predicate::BegunBy {
                set: set.clone(),
                by: Readings { strict: day(14).from, lenient: day(14).from },
            },
            required: name == "P2",
            wanted: None,
            rank: 1,
            same_as: None,
            outcome: match name {
                "P1" => Some("disputed".into()),
                "P3" => Some("no report of it found".into()),
                _ => None,
            },
            evidence: None,
            before_start,
        })
    };
    promise("P1", "withdrawal begins in two days", false);
    promise("P2", "the withdrawal takes no more than ten days", false);
    promise("P3", "six flights out on 12 January", true);
}

fn sortie(id: &str, n: u32, load: Vec<(&str, i64)>) -> Sortie {
    // loading 2 h 15 min, flight 4 h 15 min, unloading 2 h 15 min
    let at = |time: &str| t(&format!("2022-01-{n:02}T{time}:00Z"));
    Sortie {
        id: id.into(),
        from: "UAAA".into(),
        to: "UDYE".into(),
        leg: Some("A1".into()),
        config: "mixed".into(),
        departs: at("06:15"),
        lands: at("10:30"),
        loading: Some(Service { starts: at("04:00"), ends: at("06:15") }),
        unloading: Some(Service { starts: at("10:30"), ends: at("12:45") }),
        crew: None,
        load: load
            .into_iter()
            .map(|(piece, count)| Load {
                piece: piece.into(),
                count,
                zone: None,
                x_mm: None,
                y_mm: None,
                turned: None,
            })
            .collect(),
    }
}

fn column(id: &str, road: &str, ends: [&str; 2], times: [&str; 2], load: &[(&str, i64)]) -> Column {
    Column {
        id: id.into(),
        marches: vec![March {
            road: road.into(),
            from: ends[0].into(),
            to: ends[1].into(),
            departs: t(times[0]),
            arrives: t(times[1]),
        }],
        load: load
            .iter()
            .map(|&(piece, count)| ColumnLoad { piece: piece.into(), count })
            .collect(),
    }
}

fn plan() -> Plan {
    let to_field = ["2022-01-14T02:00:00Z", "2022-01-14T02:30:00Z"];
    let to_field_later = ["2022-01-15T02:00:00Z", "2022-01-15T02:30:00Z"];
    let home = ["2022-01-14T02:00:00Z", "2022-01-14T12:00:00Z"];
    let step = |name: &str, starts: &str, ends: &str| Handover {
        step: name.into(),
        starts: t(starts),
        ends: t(ends),
    };
    Plan {
        format: PLAN_FORMAT,
        scenario_hash: String::new(),
        seed: 1,
        lanes: 4,
        epochs: Epochs { warmup: 0, budget: 12, run: 12 },
        lines: vec![Line {
            tail: "T1".into(),
            sorties: vec![
                sortie("S1", 14, vec![("AM-P", 50), ("AM-T", 1), ("AM-K", 2)]),
                Sortie {
                    id: "S1b".into(),
                    from: "UDYE".into(),
                    to: "UAAA".into(),
                    leg: Some("A1".into()),
                    config: "mixed".into(),
                    departs: t("2022-01-14T20:00:00Z"),
                    lands: t("2022-01-15T00:15:00Z"),
                    loading: None,
                    unloading: None,
                    crew: None,
                    load: vec![],
                },
                sortie("S2", 15, vec![("AM-T", 2)]),
            ],
        }],
        columns: vec![
            column(
                "C1",
                "R0",
                ["S04", "UAAA"],
                to_field,
                &[("AM-P", 50), ("AM-T", 1), ("AM-K", 2)],
            ),
            column("C2", "R0", ["S04", "UAAA"], to_field_later, &[("AM-T", 2)]),
            column("C3", "R1", ["S02", "KG-TOKMOK"], home, &[("KG-T", 2)]),
        ],
        handovers: vec![
            step("S02-1", "2022-01-13T22:00:00Z", "2022-01-14T00:00:00Z"),
            step("S02-2", "2022-01-14T00:00:00Z", "2022-01-14T02:00:00Z"),
            step("S04-1", "2022-01-14T00:00:00Z", "2022-01-14T02:00:00Z"),
            step("S04-2", "2022-01-15T00:00:00Z", "2022-01-15T02:00:00Z"),
        ],
        ..Plan::default()
    }
}

fn verdict() -> Verdict {
    let promise = |id: &str, strict, margin_s| PromiseResult {
        id: id.into(),
        strict,
        lenient: strict,
        margin_s,
        required: id == "P2",
        before_start: None,
    };
    let on = |n, field: &str, loaded_sorties, handling_used_s, handling_capacity_s| DayResult {
        day: day(n),
        date: format!("2022-01-{n}"),
        field: field.into(),
        loaded_sorties,
        tails: 1,
        handling_used_s,
        handling_capacity_s,
    };
    let armenia = PartyResult {
        id: "AM".into(),
        people: 53,
        vehicles: 5, // three trucks and two pallets
        first_departure: Some(t("2022-01-14T06:15:00Z")),
        last_departure: Some(t("2022-01-15T06:15:00Z")),
        entered_host: None,
        home_airfield: Some(t("2022-01-15T10:30:00Z")),
        closure: Some(t("2022-01-15T12:45:00Z")),
        loaded_sorties: 2,
        columns_out: 0,
        types: vec![("Il-76MD".into(), 2)],
    };
    let kyrgyzstan = PartyResult {
        id: "KG".into(),
        people: 20,
        vehicles: 2,
        first_departure: Some(t("2022-01-14T12:00:00Z")),
        last_departure: Some(t("2022-01-14T12:00:00Z")),
        entered_host: None,
        home_airfield: Some(t("2022-01-14T12:02:00Z")),
        closure: Some(t("2022-01-14T12:02:00Z")),
        loaded_sorties: 0,
        columns_out: 1,
        types: vec![],
    };
    Verdict {
        accepted: true,
        findings: vec![],
        notes: vec![],
        levels: LEVELS.map(str::to_owned).to_vec(),
        objective: vec![0, 0, 0, 0, 339_120, 0, 1, 3, 765, 0, 0, 0],
        promises: vec![
            // 14 January at 00:00 less two hours of the march that began at 08:00: 8 h late
            promise("P1", Some(false), Some(-28_800)),
            promise("P2", Some(true), Some(560_000)),
            PromiseResult {
                before_start: Some("missed before start (no report of it found)".into()),
                ..promise("P3", None, None)
            },
        ],
        closure: armenia.closure,
        closure_left_host: armenia.last_departure,
        closure_home_airfield: armenia.home_airfield,
        unmoved: 0,
        loaded_sorties: 2,
        ferry_sorties: 1,
        tails_used: 1,
        parties: vec![armenia, kyrgyzstan],
        // one team of 24 h; loading and unloading take 2 h 15 min
        days: vec![on(14, "UAAA", 1, 8_100, Some(86_400)), on(15, "UAAA", 1, 8_100, Some(86_400))],
        conditions: Vec::new(),
        days_in: Vec::new(),
        closure_entered_host: None,
        proven: None,
    }
}

fn bindings() -> Vec<Binding> {
    let binding =
        |n, what: &str, kind: &str, unit: &str, last: &str, then: Option<&str>, closure| Binding {
            day: day(n),
            date: format!("2022-01-{n}"),
            what: what.into(),
            kind: kind.into(),
            unit: unit.into(),
            last_departure: t(last),
            with_one_more: then.map(t),
            closure: Some(t("2022-01-15T12:45:00Z")),
            closure_with_one_more: Some(t(closure)),
        };
    let [road, air] = ["2022-01-14T12:00:00Z", "2022-01-15T06:15:00Z"];
    let (earlier, sooner) = (Some("2022-01-14T11:00:00Z"), "2022-01-14T13:00:00Z");
    let date = "date 2022-01-14T02:00:00Z of 1 element";
    vec![
        binding(14, "tails", "tails", "one more Il-76MD", road, earlier, sooner),
        binding(14, date, "date", "an hour earlier", road, earlier, "2022-01-15T12:45:00Z"),
        binding(15, "tails", "tails", "one more Il-76MD", air, None, sooner),
    ]
}
