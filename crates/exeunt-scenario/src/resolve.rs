//! Rows into the tables of a [`Scenario`]: names become ids, local hours become UTC windows.
//!
//! Every row of a draft becomes a row here, even one with problems, so that positions are ids. What
//! a row needs by itself is checked here; rules across rows stand in `validate.rs`.

use crate::calendar::{DAY, When, Zone, subtract};
use crate::cell;
use crate::codes::*;
use crate::context::{Context, GateText, Row};
use crate::suggest::shown;
use crate::tables::MAX_TAILS;
use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::{
    Distance, Duration, ElementId, Id, Interval, Length, Mass, PartyId, PlaceId, ResourceId,
    RoadId, Scenario, SiteId, Speed, StepId, Table, TailId, Timestamp, TypeId,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

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
    scenario.types = types(cx);
    scenario.tails = tails(cx, scenario.operation.start);
    scenario.air_legs =
        Table::new(cx.rows("air_legs").map(|row| air_leg(row, &scenario.places)).collect());
    scenario.roads = roads(cx);
    scenario.clearances = Table::new(cx.rows("clearances").map(clearance).collect());
    scenario.hours = hours(cx);
    scenario.curfews = cx.rows("curfews").map(curfew).collect();
    scenario.statements = Table::new(cx.rows("statements").map(statement).collect());
    let sets = Sets::new(&scenario, cx);
    scenario.precedence =
        Table::new(cx.rows("precedence").map(|row| precedence(row, &sets)).collect());
    let start = scenario.operation.start;
    scenario.promises =
        Table::new(cx.rows("promises").map(|row| promise(row, &sets, start)).collect());
    scenario.conditions =
        Table::new(cx.rows("conditions").map(|row| condition(row, &sets)).collect());
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
        clock: row.moment("clock"),
    }
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
        freed_by,
        ready: row.moment("ready").unwrap_or(start),
        load_from: row.moment("load_from"),
        due: due(row),
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
            for column in blank.filter(|_| mode == "air") {
                row.report_blank(column, MISSING_CELL, "it moves by air", "name the airfield");
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
                superfluous(
                    row,
                    column,
                    "people have no size here; their mass is `person_mass_kg`",
                );
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

fn types(cx: &Context<'_>) -> Table<TypeId, AircraftType> {
    let mut types: Table<TypeId, AircraftType> =
        Table::new(cx.rows("aircraft_types").map(aircraft_type).collect());
    // a configuration's type and its position there, by row
    let mut owners: Vec<Option<(TypeId, usize)>> = Vec::new();
    for row in cx.rows("configurations") {
        let owner = row.opt_ref::<TypeId>("type");
        owners.push(owner.map(|owner| (owner, types[owner].configurations.len())));
        if let Some(owner) = owner {
            types[owner].configurations.push(Configuration {
                name: row.string("id"),
                seats: row.number_or("seats", 0),
                change: row.duration("change_h"),
                zones: Vec::new(),
            });
        }
    }
    for row in cx.rows("zones") {
        let configuration = cx.find("configurations", row.text("configuration"));
        let owner = configuration.and_then(|at| owners.get(at).copied().flatten());
        if let Some((owner, at)) = owner {
            types[owner].configurations[at].zones.push(zone(row));
        }
    }
    types
}

fn aircraft_type(row: Row<'_, '_>) -> AircraftType {
    let points = cell::points(row.text("payload_points")).unwrap_or_default();
    AircraftType {
        name: row.string("id"),
        stand: stand_class(row.text("stand_class")),
        min_runway: Distance(row.number_or("min_runway_m", 0)),
        block_speed: Speed(row.number_or("block_kmh", 1_000)),
        payload_range: points.into_iter().map(|(m, kg)| (Distance(m), Mass(kg))).collect(),
        ferry_range: Distance(row.number_or("ferry_range_km", 1)),
        onload: row.duration("onload_h"),
        offload: row.duration("offload_h"),
        enroute: row.duration("enroute_h"),
        handling_teams: row.number_or("handling_teams", 1),
        cost_per_hour: row.number_or("cost_per_flight_hour", 0),
        configurations: Vec::new(),
    }
}

fn zone(row: Row<'_, '_>) -> exeunt_model::scenario::Zone {
    let length = |column| Length(row.number_or(column, 1));
    exeunt_model::scenario::Zone {
        name: row.string("id"),
        length: length("length_m"),
        width: length("width_m"),
        height: length("height_m"),
        max_mass: Mass(row.number_or("max_mass_kg", 1)),
    }
}

fn tails(cx: &Context<'_>, start: Timestamp) -> Table<TailId, Tail> {
    let mut tails: Table<TailId, Tail> = Table::default();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for row in cx.rows("tails") {
        let first = tails.len();
        let left = MAX_TAILS - i64::try_from(first).unwrap_or(MAX_TAILS);
        let n = row.number_or("count", 1);
        if n > left {
            let message =
                format!("with {} the pools have more than {MAX_TAILS} aircraft", row.object());
            row.report(
                "count",
                TOO_MANY_TAILS,
                message,
                &MAX_TAILS.to_string(),
                "lower the counts",
            );
        }
        for number in 1..=n.min(left) {
            let tail = tail(row, number, n, start);
            if names.insert(tail.name.clone(), tails.len()).is_some() {
                let message = format!(
                    "{} makes an aircraft {} that there is already",
                    row.object(),
                    shown(&tail.name)
                );
                row.report("id", DUPLICATE_ID, message, "", "rename one of them");
            }
            tails.push(tail);
        }
        ranges.push(first..tails.len());
    }
    for row in cx.rows("maintenance") {
        let stretch = stretch(row, "from", "to");
        let id = row.text("tail");
        let one = || names.get(id).map(|&at| at..at + 1);
        match cx.find("tails", id).and_then(|at| ranges.get(at).cloned()).or_else(one) {
            Some(range) => {
                for tail in &mut tails.rows[range] {
                    tail.maintenance.push(stretch);
                }
            }
            None if id.is_empty() => {}
            None => {
                row.taint();
                if let Some(fault) = cx.unknown(&["tails"], id).filter(|_| cx.is_whole("tails")) {
                    row.report_fault("tail", fault);
                }
            }
        }
    }
    for tail in &mut tails.rows {
        tail.maintenance = to_windows(std::mem::take(&mut tail.maintenance));
    }
    tails
}

/// Makes aircraft `number` of a pool of `n`.
fn tail(row: Row<'_, '_>, number: i64, n: i64, start: Timestamp) -> Tail {
    let pool = row.string("id");
    let name = match n {
        ..=1 => pool.clone(),
        2..=99 => format!("{pool}-{number:02}"),
        _ => format!("{pool}-{number:03}"),
    };
    let from = row.moment("available_from").unwrap_or(start);
    Tail {
        name,
        pool,
        aircraft: row.required_ref("type"),
        owner: row.required_ref("owner"),
        user_class: user_class(row.text("user_class")),
        base: row.required_ref("base"),
        available: Interval { from, to: row.moment("available_to").unwrap_or(Timestamp::MAX) },
        maintenance: Vec::new(),
    }
}

fn user_class(word: &str) -> UserClass {
    if word == "civil" { UserClass::Civil } else { UserClass::Military }
}

/// Great circle to route, where no route is stated, in per cent (docs/files.md).
const ROUTE_PERCENT: i64 = 103;

fn air_leg(row: Row<'_, '_>, places: &Table<PlaceId, Place>) -> AirLeg {
    let ends: [Option<PlaceId>; 2] = ["from", "to"].map(|column| row.opt_ref(column));
    let distance = match (row.number("route_km"), ends) {
        (Some(metres), _) => Distance(metres),
        (None, [Some(from), Some(to)]) if !row.has("route_km") => {
            great_circle(row, places, from, to)
        }
        (None, _) => Distance(1),
    };
    let closed = match row.has("closed_from") || row.has("closed_to") {
        true => vec![stretch(row, "closed_from", "closed_to")],
        false => Vec::new(),
    };
    AirLeg {
        name: row.string("id"),
        from: row.required_ref("from"),
        to: row.required_ref("to"),
        distance,
        states: row.strings("states"),
        types: row.refs("types"),
        closed,
    }
}

fn great_circle(
    row: Row<'_, '_>,
    places: &Table<PlaceId, Place>,
    from: PlaceId,
    to: PlaceId,
) -> Distance {
    let lost = [from, to].into_iter().find(|&end| places[end].position.is_none());
    if let Some(end) = lost.filter(|&end| row.cx.place_row(end).is_clean()) {
        let message = format!(
            "`route_km` of {} is blank, and {} has no coordinates to compute it from",
            row.object(),
            shown(&places[end].name)
        );
        let remedy = "state route_km, or lat and lon of both airfields";
        row.report("route_km", MISSING_POSITION, message, "", remedy);
    }
    match (places[from].position, places[to].position) {
        (Some(from), Some(to)) => {
            let direct = exeunt_model::geo::geodesic(from, to);
            Distance(direct.0 * ROUTE_PERCENT / 100)
        }
        _ => Distance(1),
    }
}

fn roads(cx: &Context<'_>) -> Table<RoadId, Road> {
    let mut roads: Table<RoadId, Road> = Table::new(cx.rows("roads").map(road).collect());
    for row in cx.rows("borders") {
        let within = stretch(row, "valid_from", "valid_to");
        let border = Border {
            name: row.string("id"),
            vehicles_per_hour: row.number_or("vehicles_per_hour", 1),
            windows: daily(row, "open_from", "open_to", within),
        };
        let Some(id) = row.opt_ref::<RoadId>("road") else { continue };
        if let Some(first) = &roads[id].border {
            let message = format!(
                "{} stands on the road {}, which has the post {} already",
                row.object(),
                shown(row.text("road")),
                shown(&first.name)
            );
            row.report("road", DUPLICATE_BORDER, message, "", "split the road or keep one post");
        } else {
            roads[id].border = Some(border);
        }
    }
    roads
}

fn road(row: Row<'_, '_>) -> Road {
    Road {
        name: row.string("id"),
        from: row.required_ref("from"),
        to: row.required_ref("to"),
        distance: Distance(row.number_or("km", 1)),
        rate: Speed(row.number_or("rate_kmh", 1_000)),
        max_vehicles: row.number("max_vehicles"),
        headway: row.number("headway_min").map(Duration),
        border: None,
    }
}

fn clearance(row: Row<'_, '_>) -> Clearance {
    let granted = row.text("status") == "granted";
    let valid = stretch(row, "valid_from", "valid_to");
    for column in ["valid_from", "valid_to"].into_iter().filter(|column| !row.has(column)) {
        if granted {
            let message = format!("{} is granted, but `{column}` is blank", row.object());
            let remedy = "state from when to when it is valid";
            row.report(column, CLEARANCE_WITHOUT_DATES, message, "", remedy);
        }
    }
    let kind = match row.text("kind") {
        "landing" => ClearanceKind::Landing,
        "border" => ClearanceKind::Border,
        _ => ClearanceKind::Overflight,
    };
    let mut clearance = Clearance {
        name: row.string("id"),
        state: row.string("state"),
        kind,
        carrier: row.required_ref("carrier"),
        legs: Vec::new(),
        fields: Vec::new(),
        roads: Vec::new(),
        asked: row.moment("asked_at"),
        lead: row.duration("lead_time_h"),
        valid: granted.then_some(valid),
        granted,
    };
    match kind {
        ClearanceKind::Overflight => clearance.legs = row.refs("covers"),
        ClearanceKind::Landing => clearance.fields = row.refs("covers"),
        ClearanceKind::Border => clearance.roads = row.refs("covers"),
    }
    clearance
}

/// Joins the rows of each field, class and activity: open ones less closed ones. Where only closed
/// rows stand, the field is open at all other times, as it is without rows.
fn hours(cx: &Context<'_>) -> Vec<Hours> {
    #[derive(Default)]
    struct Joined {
        has_open: bool,
        open: Vec<Interval>,
        closed: Vec<Interval>,
    }
    let mut order = Vec::new();
    let mut joined: BTreeMap<(PlaceId, UserClass, Activity), Joined> = BTreeMap::new();
    for row in cx.rows("hours") {
        let within = stretch(row, "valid_from", "valid_to");
        let windows = daily(row, "open_from", "open_to", within);
        let activity = match row.text("activity") {
            "handling" => Activity::Handling,
            _ => Activity::Movement,
        };
        let key = (row.required_ref("field"), user_class(row.text("user_class")), activity);
        let entry = joined.entry(key).or_insert_with(|| {
            order.push(key);
            Joined::default()
        });
        match row.text("state") {
            "closed" => entry.closed.extend(windows),
            _ => {
                entry.has_open = true;
                entry.open.extend(windows);
            }
        }
    }
    let windows = |rows: Joined| {
        let open = if rows.has_open { to_windows(rows.open) } else { vec![Interval::ALWAYS] };
        subtract(&open, &to_windows(rows.closed))
    };
    let hours = |key: (PlaceId, UserClass, Activity)| {
        let (place, user_class, activity) = key;
        let windows = joined.remove(&key).map(windows).unwrap_or_default();
        Hours { place, user_class, activity, windows }
    };
    order.into_iter().map(hours).collect()
}

fn curfew(row: Row<'_, '_>) -> Curfew {
    let within = stretch(row, "valid_from", "valid_to");
    let windows = match (row.clock("begins"), row.clock("ends")) {
        (Some(begins), Some(ends)) if begins == ends => {
            impossible(row, "ends", "begins");
            Vec::new()
        }
        (Some(begins), Some(ends)) => row.cx.zone.daily((begins, ends), row.cx.span(), within),
        _ => Vec::new(),
    };
    Curfew { name: row.string("id"), area: row.string("area"), windows }
}

/// Reads a stretch of time whose blank ends are open.
fn stretch(row: Row<'_, '_>, from: &str, to: &str) -> Interval {
    let stretch = Interval {
        from: row.moment(from).unwrap_or(Timestamp::MIN),
        to: row.moment(to).unwrap_or(Timestamp::MAX),
    };
    if stretch.to <= stretch.from {
        impossible(row, to, from);
    }
    stretch
}

/// Reports a stretch that ends before or when it begins.
pub(crate) fn impossible(row: Row<'_, '_>, to: &str, from: &str) {
    let message = format!(
        "`{to}` of {} is {}, not after `{from}` {}",
        row.object(),
        shown(row.text(to)),
        shown(row.text(from))
    );
    let limit = format!("after {}", row.text(from));
    row.report(to, IMPOSSIBLE_WINDOW, message, &limit, "exchange or correct the two ends");
}

/// Reads daily hours within a stretch; without hours the whole stretch counts.
fn daily(row: Row<'_, '_>, from: &str, to: &str, within: Interval) -> Vec<Interval> {
    match (row.has(from), row.has(to)) {
        (false, false) => return to_windows(vec![within]),
        (true, true) => {}
        (has_from, _) => {
            let (stated, blank) = if has_from { (from, to) } else { (to, from) };
            let message = format!("{} has `{stated}` but no `{blank}`", row.object());
            row.report(blank, HALF_WINDOW, message, "", "state both or neither");
            return Vec::new();
        }
    }
    match (row.clock(from), row.clock(to)) {
        (Some(begins), Some(ends)) if begins < ends => {
            row.cx.zone.daily((begins, ends), row.cx.span(), within)
        }
        (Some(_), Some(_)) => {
            impossible(row, to, from);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn statement(row: Row<'_, '_>) -> Statement {
    Statement {
        name: row.string("id"),
        date: row.string("date"),
        time: row.opt_string("time"),
        speaker: row.string("speaker"),
        office: row.string("office"),
        via: row.string("via"),
        kind: row.string("kind"),
        status: row.string("status"),
        text: row.string("text"),
        conflicts: row.strings("conflicts"),
        source: row.string("source"),
    }
}

/// Elements of parties and sites.
struct Sets {
    of_party: BTreeMap<PartyId, Vec<ElementId>>,
    of_site: BTreeMap<usize, Vec<ElementId>>,
    all: Vec<ElementId>,
    sites_with_steps: Vec<SiteId>,
}

impl Sets {
    fn new(scenario: &Scenario, cx: &Context<'_>) -> Self {
        let mut of_party: BTreeMap<PartyId, Vec<ElementId>> = BTreeMap::new();
        let mut of_site: BTreeMap<usize, Vec<ElementId>> = BTreeMap::new();
        for id in scenario.elements.ids() {
            let row = cx.row("elements", id.index());
            if let Some(party) = row.opt_ref::<PartyId>("party") {
                of_party.entry(party).or_default().push(id);
            }
            if let Some(site) = cx.find("sites", row.text("origin")) {
                of_site.entry(site).or_default().push(id);
            }
        }
        let with_steps: BTreeSet<SiteId> = scenario.steps.rows.iter().map(|s| s.site).collect();
        Self {
            of_party,
            of_site,
            all: scenario.elements.ids().collect(),
            sites_with_steps: with_steps.into_iter().collect(),
        }
    }

    /// Returns the elements that a set names, in file order; reports a set without any.
    fn read(&self, row: Row<'_, '_>, column: &str, text: &str) -> Vec<ElementId> {
        let Some(named) = row.set(text) else { return self.all.clone() };
        let mut elements = BTreeSet::new();
        for (table, at) in named {
            match table {
                "parties" => elements
                    .extend(self.of_party.get(&PartyId::from_index(at)).into_iter().flatten()),
                "sites" => elements.extend(self.of_site.get(&at).into_iter().flatten()),
                _ => {
                    elements.insert(ElementId::from_index(at));
                }
            }
        }
        if elements.is_empty() && row.is_clean() && row.cx.is_whole("elements") {
            let message = format!("{} of {} has no element", shown(text), row.object());
            row.report(
                column,
                EMPTY_SET,
                message,
                "",
                "name parties, sites or elements that have some",
            );
        }
        elements.into_iter().collect()
    }
}

fn milestone(word: &str) -> Milestone {
    match word {
        "left_site" => Milestone::LeftSite,
        "left_host" => Milestone::LeftHost,
        "home_airfield" => Milestone::HomeAirfield,
        _ => Milestone::HomeBase,
    }
}

fn precedence(row: Row<'_, '_>, sets: &Sets) -> Precedence {
    Precedence {
        name: row.string("id"),
        first: sets.read(row, "first", row.text("first")),
        then: sets.read(row, "then", row.text("then")),
        kind: match row.text("kind") {
            "all_before_first" => PrecedenceKind::AllBeforeFirst,
            "first_before_first" => PrecedenceKind::FirstBeforeFirst,
            _ => PrecedenceKind::LastBeforeLast,
        },
        milestone: milestone(row.text("measured_at")),
        hard: row.flag("hard").unwrap_or(true),
        stay: row.number_or("stay_people", 0),
    }
}

/// Columns that only some predicates use.
const ARGUMENTS: [&str; 9] = [
    "milestone",
    "set",
    "field",
    "mode",
    "deadline_strict",
    "deadline_lenient",
    "max_sorties",
    "max_tails",
    "at_least",
];

/// Returns what a predicate needs and what it may have.
fn arguments(predicate: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match predicate {
        "begun_by" => (&["set", "deadline_strict"], &["deadline_lenient"]),
        "all_by" => (&["milestone", "set", "deadline_strict"], &["deadline_lenient"]),
        "on_day" => (
            &["milestone", "set", "deadline_strict"],
            &["deadline_lenient", "max_sorties", "max_tails"],
        ),
        "count_on_day" => (&["field", "deadline_strict", "at_least"], &["deadline_lenient"]),
        "mode" => (&["set", "mode"], &[]),
        _ => (&[], &ARGUMENTS),
    }
}

fn check_arguments(row: Row<'_, '_>) {
    let predicate = row.text("predicate");
    let (needed, possible) = arguments(predicate);
    for column in ARGUMENTS {
        match (needed.contains(&column), possible.contains(&column), row.has(column)) {
            (true, _, false) => {
                let why = format!("{} needs it", shown(predicate));
                row.report_blank(column, MISSING_ARGUMENT, &why, "fill it in");
            }
            (false, false, true) => {
                let message = format!(
                    "`{column}` of {} is {}, but {} does not use it",
                    row.object(),
                    shown(row.text(column)),
                    shown(predicate)
                );
                row.report(column, SUPERFLUOUS_ARGUMENT, message, "", "leave it blank");
            }
            _ => {}
        }
    }
}

fn promise(row: Row<'_, '_>, sets: &Sets, start: Timestamp) -> Promise {
    check_arguments(row);
    let zone = match row.text("zone") {
        "" => row.cx.zone.clone(),
        zone => cell::zone(zone).unwrap_or_else(|_| row.cx.zone.clone()),
    };
    let set = || match row.text("set") {
        "" => Vec::new(),
        text => sets.read(row, "set", text),
    };
    let milestone = milestone(row.text("milestone"));
    let predicate = match row.text("predicate") {
        "begun_by" => Predicate::BegunBy { set: set(), by: deadlines(row, &zone) },
        "all_by" => Predicate::AllBy { set: set(), milestone, by: deadlines(row, &zone) },
        "on_day" => Predicate::OnDay {
            set: set(),
            milestone,
            day: days(row, &zone),
            max_sorties: row.number("max_sorties"),
            max_tails: row.number("max_tails"),
        },
        "count_on_day" => Predicate::CountOnDay {
            field: row.required_ref("field"),
            day: days(row, &zone),
            at_least: row.number_or("at_least", 1),
        },
        _ => Predicate::Mode { set: set(), road: row.text("mode") == "road" },
    };
    let before_start = match &predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => by.strict <= start,
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => day.strict.to <= start,
        Predicate::Mode { .. } => false,
    };
    Promise {
        name: row.string("id"),
        statement: row.opt_ref("statement"),
        text: row.string("text"),
        predicate,
        required: row.flag("required").unwrap_or(false),
        wanted: row.number("wanted"),
        rank: u8::try_from(row.number_or("rank", 3)).unwrap_or(3),
        same_as: row.opt_ref("same_as"),
        outcome: row.opt_string("outcome"),
        evidence: row.opt_string("evidence"),
        before_start,
    }
}

/// Reads the deadlines of `begun_by` and `all_by`; a day means its end.
fn deadlines(row: Row<'_, '_>, zone: &Zone) -> Readings<Timestamp> {
    let read = |column| match cell::when(row.text(column)).ok()? {
        When::Day(day) => Some(zone.at(day, DAY)),
        when => Some(zone.moment(when)),
    };
    let strict = read("deadline_strict").unwrap_or_default();
    let lenient = read("deadline_lenient").unwrap_or(strict);
    if lenient < strict && row.has("deadline_strict") {
        let message = format!(
            "`deadline_lenient` of {} is {}, earlier than the strict {}",
            row.object(),
            shown(row.text("deadline_lenient")),
            shown(row.text("deadline_strict"))
        );
        let limit = row.text("deadline_strict");
        row.report("deadline_lenient", LENIENT_BEFORE_STRICT, message, limit, "exchange them");
    }
    Readings { strict, lenient }
}

/// Reads the days of `on_day` and `count_on_day`.
fn days(row: Row<'_, '_>, zone: &Zone) -> Readings<Interval> {
    let read = |column: &str| match cell::when(row.text(column)).ok()? {
        When::Day(day) => Some(zone.day(day)),
        _ => {
            let message = format!(
                "`{column}` of {} is {}, but {} speaks of a day",
                row.object(),
                shown(row.text(column)),
                shown(row.text("predicate"))
            );
            row.report(column, DAY_NEEDED, message, "", "write the date alone");
            None
        }
    };
    let strict = read("deadline_strict").unwrap_or(Interval::ALWAYS);
    Readings { strict, lenient: read("deadline_lenient").unwrap_or(strict) }
}

fn condition(row: Row<'_, '_>, sets: &Sets) -> Condition {
    let gate = match row.gate() {
        Some(GateText::Handovers("ALL")) => Gate::Handovers(sets.sites_with_steps.clone()),
        Some(GateText::Handovers(sites)) => {
            let items = cell::list(sites).unwrap_or_default();
            let sites = items.into_iter().filter_map(|id| row.cx.find("sites", id));
            Gate::Handovers(sites.map(SiteId::from_index).collect())
        }
        Some(GateText::Strength(party, people)) => {
            let party = row.cx.find("parties", party).unwrap_or_default();
            Gate::Strength { party: PartyId::from_index(party), people }
        }
        Some(GateText::Departures(set)) => Gate::Departures(sets.read(row, "gates", set)),
        None => Gate::Departures(Vec::new()),
    };
    Condition {
        name: row.string("id"),
        text: row.string("text"),
        statement: row.opt_ref("statement"),
        true_from: row.moment("true_from"),
        gate,
    }
}

fn recorded_day(row: Row<'_, '_>) -> Option<RecordedDay> {
    let day = row.cx.zone.day(row.day("date")?);
    Some(RecordedDay { day, shown: row.string("shown"), note: row.string("note") })
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
