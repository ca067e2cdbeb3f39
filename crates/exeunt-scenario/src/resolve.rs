//! Rows into the tables of a [`Scenario`]: names become ids, local hours become UTC windows.
//!
//! Every row of a draft becomes a row here, even one with problems, so that positions are ids. What
//! a row needs by itself is checked here; rules across rows stand in `validate.rs`.

mod aircraft;
mod legs;
mod promises;
mod situation;
mod statements;
mod uncertainty;
mod windows;

pub(crate) use windows::impossible;

use crate::cell;
use crate::codes::{MISSING_CELL, SUPERFLUOUS_CELL};
use crate::context::Context;
use crate::row::Row;
use crate::suggest::shown;
use exeunt_model::scenario::*;
use exeunt_model::{
    Distance, Duration, ElementId, Id, Length, Mass, PlaceId, ResourceId, Scenario, SiteId, StepId,
    Table, Timestamp,
};
use std::collections::BTreeSet;
use windows::{daily, stretch};

/// Makes the scenario of a draft whose cells are checked.
pub(crate) fn resolve(cx: &Context<'_>, hash: String) -> Scenario {
    let mut scenario = Scenario { hash, operation: operation(cx), ..Scenario::default() };
    scenario.parties = Table::new(cx.rows("parties").map(party).collect());
    scenario.operation.host_states = host_states(&scenario);
    scenario.places = Table::new(places(cx));
    scenario.sites = Table::new(cx.rows("sites").map(site).collect());
    scenario.steps = Table::new(cx.rows("handover_steps").map(step).collect());
    scenario.resources = resources(cx);
    scenario.elements = elements(cx);
    let person = scenario.operation.person_mass;
    scenario.pieces = Table::new(cx.rows("pieces").map(|row| piece(row, person)).collect());
    scenario.types = aircraft::types(cx);
    scenario.tails = aircraft::tails(cx, scenario.operation.start);
    scenario.air_legs =
        Table::new(cx.rows("air_legs").map(|row| legs::air_leg(row, &scenario.places)).collect());
    scenario.roads = legs::roads(cx);
    scenario.clearances = Table::new(cx.rows("clearances").map(legs::clearance).collect());
    scenario.hours = windows::hours(cx);
    scenario.curfews = cx.rows("curfews").map(windows::curfew).collect();
    let sets = promises::Sets::new(&scenario, cx);
    scenario.statements =
        Table::new(cx.rows("statements").map(|row| statements::statement(row, &sets)).collect());
    scenario.precedence =
        Table::new(cx.rows("precedence").map(|row| promises::precedence(row, &sets)).collect());
    let start = scenario.operation.start;
    scenario.promises =
        Table::new(cx.rows("promises").map(|row| promises::promise(row, &sets, start)).collect());
    scenario.conditions =
        Table::new(cx.rows("conditions").map(|row| situation::condition(row, &sets)).collect());
    scenario.levels = Table::new(cx.rows("levels").map(situation::level).collect());
    scenario.assessments = Table::new(cx.rows("assessments").map(situation::assessment).collect());
    scenario.mandate = Table::new(cx.rows("mandate").map(situation::mandate).collect());
    scenario.uncertainty = cx.rows("uncertainty").map(uncertainty::uncertainty).collect();
    scenario.translations = situation::translations(cx);
    scenario.record = cx.rows("record").filter_map(recorded_day).collect();
    grade(cx, &mut scenario);
    scenario
}

fn operation(cx: &Context<'_>) -> Operation {
    let unset = Operation::default();
    let Some(row) = cx.rows("operation").next() else { return unset };
    let start = row.moment("start").unwrap_or_default();
    let order = match row.strings("objective_order") {
        order if order.is_empty() => unset.objective_order,
        order => order,
    };
    Operation {
        name: row.string("id"),
        title: row.string("title"),
        start,
        end: row.moment("end").unwrap_or_default(),
        zone: row.string("zone"),
        zone_offset: cx.zone.offset(start),
        host_states: Vec::new(),
        objective_order: order,
        civil_hours_bind_military: row
            .flag("policies.civil_hours_bind_military")
            .unwrap_or(unset.civil_hours_bind_military),
        curfews_bind_columns: row
            .flag("policies.curfews_bind_columns")
            .unwrap_or(unset.curfews_bind_columns),
        person_mass: Mass(row.number_or("policies.person_mass_kg", unset.person_mass.0)),
        own_state_route_percent: row
            .number_or("policies.own_state_route_percent", unset.own_state_route_percent),
        march_density_per_km: row
            .number_or("policies.march_density_per_km", unset.march_density_per_km),
        driver_hours: driver_hours(row),
        clock: row.moment("clock"),
        now: row.moment("replan.now"),
        notice: Notice {
            air: Duration(row.number_or("replan.notice_air_h", 0)),
            road: Duration(row.number_or("replan.notice_road_h", 0)),
            step: Duration(row.number_or("replan.notice_step_h", 0)),
        },
    }
}

/// Returns the drivers' hours; stated are both of them or neither.
fn driver_hours(row: Row<'_, '_>) -> Option<DriverHours> {
    let [most, rest] = ["policies.march_max_h", "policies.march_rest_h"];
    for (column, other) in [(most, rest), (rest, most)] {
        if row.has(other) && !row.has(column) {
            let why = format!("`{other}` is stated");
            row.report_blank(column, MISSING_CELL, &why, "state both or neither");
        }
    }
    Some(DriverHours { most: Duration(row.number(most)?), rest: Duration(row.number(rest)?) })
}

fn party(row: Row<'_, '_>) -> Party {
    Party {
        name: row.string("id"),
        title: row.string("name"),
        role: match row.text("role") {
            "lead" => Role::Lead,
            "host" => Role::Host,
            "observer" => Role::Observer,
            _ => Role::Partner,
        },
        state: row.string("state"),
        weight: row.number_or("weight", 1),
    }
}

fn host_states(scenario: &Scenario) -> Vec<String> {
    let mut states: Vec<String> = Vec::new();
    for party in scenario.parties.rows.iter().filter(|party| party.role == Role::Host) {
        if !states.contains(&party.state) {
            states.push(party.state.clone());
        }
    }
    states
}

/// Places, then airfields, then sites: the order in which [`Row::resolve`] counts.
fn places(cx: &Context<'_>) -> Vec<Place> {
    let plain = cx.rows("places").map(|row| place(row, None));
    let fields = cx.rows("airfields").map(|row| place(row, Some(airfield(row))));
    let sites = cx.rows("sites").map(|row| place(row, None));
    plain.chain(fields).chain(sites).collect()
}

fn place(row: Row<'_, '_>, airfield: Option<Airfield>) -> Place {
    if row.has("lat") != row.has("lon") {
        let blank = if row.has("lat") { "lon" } else { "lat" };
        let why = "the other coordinate is stated";
        row.report_blank(blank, MISSING_CELL, why, "state both or neither");
    }
    Place {
        name: row.string("id"),
        title: row.string("name"),
        state: row.string("state"),
        position: row.position(),
        area: row.opt_string("area"),
        airfield,
    }
}

fn airfield(row: Row<'_, '_>) -> Airfield {
    Airfield {
        runway: Distance(row.number_or("runway_m", 10_000)),
        slot: row.duration("slot_min"),
        staging_time: row.duration("staging_h"),
        staging_people: row.number("staging_people"),
        staging_vehicles: row.number("staging_vehicles"),
    }
}

fn site(row: Row<'_, '_>) -> Site {
    let before = row.cx.n_rows("places") + row.cx.n_rows("airfields");
    Site {
        name: row.string("id"),
        place: PlaceId::from_index(before + row.index()),
        min_guard: row.number_or("min_guard", 0),
        receiver: row.string("receiver"),
    }
}

fn step(row: Row<'_, '_>) -> Step {
    let after = row.items("after").into_iter().filter_map(|item| {
        let (id, lag) = cell::lag(item).ok()?;
        Some((row.resolve::<StepId>("after", id)?, Duration(lag)))
    });
    let needs = row.items("needs").into_iter().filter_map(|item| {
        let (id, amount) = cell::need(item).ok()?;
        Some((row.resolve::<ResourceId>("needs", id)?, amount))
    });
    Step {
        name: row.string("id"),
        site: row.required_ref("site"),
        title: row.string("name"),
        duration: Duration(row.number_or("duration_h", 3_600)),
        after: after.collect(),
        with: row.refs("with"),
        needs: needs.collect(),
    }
}

/// Returns the class of a code letter.
fn stand_class(letter: &str) -> StandClass {
    match letter {
        "A" => StandClass::A,
        "B" => StandClass::B,
        "C" => StandClass::C,
        "D" => StandClass::D,
        "E" => StandClass::E,
        _ => StandClass::F,
    }
}

fn resources(cx: &Context<'_>) -> Table<ResourceId, Resource> {
    let mut table = Table::new(cx.rows("resources").map(resource).collect());
    for row in cx.rows("capacity") {
        let part = Capacity {
            amount: row.number_or("amount", 0),
            windows: daily(row, "daily_from", "daily_to", stretch(row, "valid_from", "valid_to")),
            provided_by: row.opt_ref("provided_by"),
        };
        if let Some(id) = row.opt_ref::<ResourceId>("resource") {
            table[id].capacity.push(part);
        }
    }
    table
}

fn resource(row: Row<'_, '_>) -> Resource {
    let kind = row.text("kind");
    let is_stand = kind == "stand";
    if is_stand && !row.has("stand_class") {
        let remedy = "write a code letter from A to F";
        row.report_blank("stand_class", MISSING_CELL, "it is a stand", remedy);
    }
    if !is_stand && row.has("stand_class") && row.is_clean() {
        superfluous(row, "stand_class", "it is not a stand");
    }
    if kind == "escort" {
        for column in ["place", "keep"].into_iter().filter(|column| row.has(column)) {
            superfluous(row, column, "escorts belong to no airfield");
        }
    }
    let is_local = matches!(kind, "stand" | "handling" | "host_check" | "service");
    if is_local && !row.has("place") {
        let remedy = "name the airfield it belongs to";
        row.report_blank("place", MISSING_CELL, "it is not a team", remedy);
    }
    Resource {
        name: row.string("id"),
        title: row.string("name"),
        kind: match kind {
            "stand" => ResourceKind::Stand(stand_class(row.text("stand_class"))),
            "handling" => ResourceKind::Handling,
            "host_check" => ResourceKind::HostCheck,
            "team" => ResourceKind::Team,
            "escort" => ResourceKind::Escort,
            _ => ResourceKind::Service,
        },
        place: row.opt_ref("place"),
        keep: row.number_or("keep", 0),
        capacity: Vec::new(),
    }
}

/// Reports a cell that means nothing in its row.
fn superfluous(row: Row<'_, '_>, column: &str, why: &str) {
    let message =
        format!("`{column}` of {} is {}, but {why}", row.object(), shown(row.text(column)));
    row.report(column, SUPERFLUOUS_CELL, message, "", "leave it blank");
}

fn elements(cx: &Context<'_>) -> Table<ElementId, Element> {
    let with_steps: BTreeSet<SiteId> =
        cx.rows("handover_steps").filter_map(|row| row.opt_ref("site")).collect();
    let start = cx.rows("operation").next().and_then(|row| row.moment("start"));
    let start = start.unwrap_or_default();
    let rows = cx.rows("elements").map(|row| element(row, &with_steps, start));
    Table::new(rows.collect())
}

fn element(row: Row<'_, '_>, with_steps: &BTreeSet<SiteId>, start: Timestamp) -> Element {
    let freed_by = match row.text("freed_by") {
        "none" => Vec::new(),
        "" => {
            let here = row.cx.find("sites", row.text("origin")).map(SiteId::from_index);
            here.filter(|site| with_steps.contains(site)).into_iter().collect()
        }
        _ => row.refs("freed_by"),
    };
    Element {
        name: row.string("id"),
        title: row.string("name"),
        party: row.required_ref("party"),
        origin: row.required_ref("origin"),
        destination: row.required_ref("destination"),
        mode: mode(row),
        either: row.text("mode") == "either",
        freed_by,
        ready: row.moment("ready").unwrap_or(start),
        load_from: row.moment("load_from"),
        due: due(row),
        same_aircraft: row.text("integrity") == "same_aircraft",
        spread: row.has("spread_h").then(|| row.duration("spread_h")),
    }
}

fn mode(row: Row<'_, '_>) -> Mode {
    match row.text("mode") {
        "road" => {
            for column in ["embark", "debark"].into_iter().filter(|column| row.has(column)) {
                superfluous(row, column, "the element moves by road");
            }
            Mode::Road
        }
        mode => {
            let blank = ["embark", "debark"].into_iter().filter(|column| !row.has(column));
            let why = match mode {
                "air" => "it moves by air",
                _ => "it may move by air",
            };
            for column in blank.filter(|_| matches!(mode, "air" | "either")) {
                row.report_blank(column, MISSING_CELL, why, "name the airfield");
            }
            Mode::Air { embark: row.required_ref("embark"), debark: row.required_ref("debark") }
        }
    }
}

fn due(row: Row<'_, '_>) -> Option<Due> {
    if row.has("due") && !row.has("due_hard") {
        row.report_blank("due_hard", MISSING_CELL, "it has a `due`", "write true or false");
    }
    for column in ["due_hard", "due_rank"] {
        if !row.has("due") && row.has(column) {
            superfluous(row, column, "the element has no `due`");
        }
    }
    let rank = u8::try_from(row.number_or("due_rank", 1)).unwrap_or(1);
    Some(Due { at: row.moment("due")?, hard: row.flag("due_hard").unwrap_or(true), rank })
}

fn piece(row: Row<'_, '_>, person: Mass) -> Piece {
    const SIZES: [&str; 4] = ["length_m", "width_m", "height_m", "mass_kg"];
    let kind = match row.text("kind") {
        "people" => PieceKind::People,
        "pallet" => PieceKind::Pallet,
        "container" => PieceKind::Container,
        _ => PieceKind::Vehicle,
    };
    let has_size = matches!(row.text("kind"), "vehicle" | "pallet" | "container");
    for column in SIZES {
        match (kind, row.has(column)) {
            (PieceKind::People, true) => {
                superfluous(row, column, "people have no size here, and weigh `person_mass_kg`");
            }
            (PieceKind::People, false) | (_, true) => {}
            (_, false) if has_size => {
                let remedy = "state the value of one piece";
                row.report_blank(column, MISSING_CELL, "only people have none", remedy);
            }
            (_, false) => {}
        }
    }
    let drivers = row.number_or("drivers", i64::from(kind == PieceKind::Vehicle));
    if kind == PieceKind::People && drivers != 0 {
        superfluous(row, "drivers", "people have no drivers");
    }
    let is_people = kind == PieceKind::People;
    let length = |column| Length(if is_people { 0 } else { row.number_or(column, 1) });
    Piece {
        name: row.string("id"),
        title: row.string("name"),
        element: row.required_ref("element"),
        kind,
        count: row.number_or("count", 1),
        length: length("length_m"),
        width: length("width_m"),
        height: length("height_m"),
        mass: if is_people { person } else { Mass(row.number_or("mass_kg", 1)) },
        drivers: if is_people { 0 } else { drivers },
    }
}

fn recorded_day(row: Row<'_, '_>) -> Option<RecordedDay> {
    let day = row.cx.zone.day(row.day("date")?);
    Some(RecordedDay {
        name: row.string("id"),
        day,
        shown: row.string("shown"),
        note: row.string("note"),
    })
}

/// Counts rows that say where they come from, and lists those that are assumed.
fn grade(cx: &Context<'_>, scenario: &mut Scenario) {
    let mut assume = |table: &str, row: &str, text: &str| {
        let (table, row, text) = (table.to_owned(), row.to_owned(), text.to_owned());
        scenario.assumptions.push(Assumption { table, row, text });
    };
    let mut n_graded = 0;
    for spec in crate::tables::TABLES {
        for row in cx.rows(spec.name) {
            let mut note = |id: &str, source: &str, assumed: &str| {
                n_graded += usize::from(row.has(source) || row.has(assumed));
                if row.has(assumed) {
                    assume(spec.name, id, row.text(assumed));
                }
            };
            note(row.text("id"), "source", "assumed");
            if spec.name == "operation" {
                note("policies", "policies.source", "policies.assumed");
            }
        }
    }
    scenario.n_graded_rows = n_graded;
}
