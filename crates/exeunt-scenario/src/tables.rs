//! The tables and columns of a scenario: one list that drives reading, writing, checking of cells and
//! the JSON Schema. `docs/files.md` says the same for people.
//!
//! Numbers in a [`Number`] are whole base units per column unit (`m` -> `mm` is 1000), so that every
//! cell becomes an integer exactly or is refused.

/// A table, or the operation's keys as a table of one row.
#[derive(Debug)]
pub struct TableSpec {
    /// Name: of the file without extension, and of the JSON key.
    pub name: &'static str,
    /// What one row is called in a sentence.
    pub noun: &'static str,
    /// What one row is.
    pub doc: &'static str,
    /// Whether a scenario needs at least one row.
    pub required: bool,
    /// Whether the table is known and refused.
    pub reserved: bool,
    columns: &'static [ColumnSpec],
}

/// A column, or a key of the operation.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Name; ends in the unit where there is one.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether it must, may or cannot yet be stated.
    pub need: Need,
    /// One sentence.
    pub doc: &'static str,
}

/// Whether a cell must be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Every row states it.
    Required,
    /// May be blank.
    Optional,
    /// Known, and refused with "not supported yet" when it is not blank.
    Reserved,
}

/// A number in a column.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// Unit of the column; empty for counts.
    pub unit: &'static str,
    /// Unit of the integer it becomes.
    pub base: &'static str,
    /// Base units in one unit of the column.
    pub times: i64,
    /// Least value, in base units.
    pub low: i64,
    /// Greatest value, in units of the column.
    pub high: i64,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// The row's own name.
    Id,
    /// Free text.
    Text,
    /// Free texts, separated by `;`.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words, separated by `;`.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A number that becomes an integer.
    Number(Number),
    /// Any decimal number, kept as written.
    Plain,
    /// Degrees, at most so many either way.
    Degrees(i64),
    /// A moment.
    Moment,
    /// A day.
    Day,
    /// A day or a moment.
    DayOrMoment,
    /// Days or moments as somebody said them, `from..to` allowed.
    Days,
    /// A time of day, `HH:MM`.
    Clock,
    /// A zone: offset or IANA name.
    Zone,
    /// A code of a language (ISO 639), 2 or 3 small letters.
    Language,
    /// A code of a state, 2 to 8 letters.
    State,
    /// Codes of states.
    States,
    /// Id of a row of one of these tables.
    Ref(&'static [&'static str]),
    /// Ids of rows of one of these tables.
    Refs(&'static [&'static str]),
    /// `none`, or ids of rows of one of these tables.
    RefsOrNone(&'static [&'static str]),
    /// `ALL`, or ids of rows of one of these tables.
    RefsOrAll(&'static [&'static str]),
    /// `ALL`, or ids of parties, sites and elements.
    Set,
    /// Steps, each with a least wait: `STEP` or `STEP+2h`.
    Lags,
    /// Resources with an amount: `RESOURCE:1`.
    Needs,
    /// Payload points: `km:kg`.
    Points,
    /// Air legs, airfields or roads, by the kind of the clearance.
    Covers,
    /// What a condition gates.
    Gate,
    /// Promises, each with how a statement bears on it: `PROMISE:kept`.
    Bearings,
}

const fn must(name: &'static str, kind: Kind, doc: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, need: Need::Required, doc }
}

const fn may(name: &'static str, kind: Kind, doc: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, need: Need::Optional, doc }
}

const fn later(name: &'static str, doc: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind: Kind::Text, need: Need::Reserved, doc }
}

const fn table(
    name: &'static str,
    noun: &'static str,
    doc: &'static str,
    columns: &'static [ColumnSpec],
) -> TableSpec {
    TableSpec { name, noun, doc, required: false, reserved: false, columns }
}

const fn needed(
    name: &'static str,
    noun: &'static str,
    doc: &'static str,
    columns: &'static [ColumnSpec],
) -> TableSpec {
    TableSpec { name, noun, doc, required: true, reserved: false, columns }
}

const fn future(name: &'static str, noun: &'static str, doc: &'static str) -> TableSpec {
    TableSpec { name, noun, doc, required: false, reserved: true, columns: &[] }
}

const fn count(low: i64, high: i64) -> Kind {
    Kind::Number(Number { unit: "", base: "", times: 1, low, high })
}

const fn kg(low: i64, high: i64) -> Kind {
    Kind::Number(Number { unit: "kg", base: "kg", times: 1, low, high })
}

/// Metres of a piece or hold: millimetres inside.
const fn metres(high: i64) -> Kind {
    Kind::Number(Number { unit: "m", base: "mm", times: 1_000, low: 1, high })
}

/// Metres of ground: whole metres inside.
const fn ground_metres(low: i64, high: i64) -> Kind {
    Kind::Number(Number { unit: "m", base: "m", times: 1, low, high })
}

const fn km(low: i64, high: i64) -> Kind {
    Kind::Number(Number { unit: "km", base: "m", times: 1_000, low, high })
}

const fn kmh(high: i64) -> Kind {
    Kind::Number(Number { unit: "km/h", base: "m/h", times: 1_000, low: 1, high })
}

const fn minutes(high: i64) -> Kind {
    Kind::Number(Number { unit: "min", base: "s", times: 60, low: 0, high })
}

const fn hours(low: i64) -> Kind {
    Kind::Number(HOURS_FROM[if low > 0 { 1 } else { 0 }])
}

const HOURS_FROM: [Number; 2] = [
    Number { unit: "h", base: "s", times: 3_600, low: 0, high: 8_784 },
    Number { unit: "h", base: "s", times: 3_600, low: 1, high: 8_784 },
];

/// The wait after a step in [`Kind::Lags`].
pub(crate) const LAG: Number = HOURS_FROM[0];
/// The amount in [`Kind::Needs`].
pub(crate) const NEED: Number = Number { unit: "", base: "", times: 1, low: 1, high: 10_000 };
/// The distance in [`Kind::Points`].
pub(crate) const POINT_KM: Number =
    Number { unit: "km", base: "m", times: 1_000, low: 0, high: 25_000 };
/// The payload in [`Kind::Points`].
pub(crate) const POINT_KG: Number =
    Number { unit: "kg", base: "kg", times: 1, low: 0, high: 1_000_000 };
/// The people in a gate on strength.
pub(crate) const STRENGTH: Number =
    Number { unit: "", base: "", times: 1, low: 1, high: 1_000_000 };

/// Greatest number of rows in all tables together.
pub const MAX_ROWS: usize = 2_000_000;
/// Greatest size of a file in bytes.
pub const MAX_BYTES: u64 = 64 << 20;
/// Greatest number of aircraft, pools expanded.
pub const MAX_TAILS: i64 = 100_000;
/// Format versions that can be read.
pub const FORMATS: &[&str] = &["1"];

const PLACE: &[&str] = &["places", "airfields", "sites"];
const AIRFIELD: &[&str] = &["airfields"];
const PARTY: &[&str] = &["parties"];
const TYPE: &[&str] = &["aircraft_types"];
const SITE: &[&str] = &["sites"];
const ELEMENT: &[&str] = &["elements"];
/// Tables whose ids a set may name.
pub(crate) const SET: &[&str] = &["parties", "elements", "sites"];

const LETTERS: &[&str] = &["A", "B", "C", "D", "E", "F"];
const CLASSES: &[&str] = &["military", "civil"];
const MODES: &[&str] = &["air", "road"];
const ELEMENT_MODES: &[&str] = &["air", "road", "either"];
const INTEGRITY: &[&str] = &["none", "same_aircraft"];
const MILESTONES: &[&str] = &["left_site", "left_host", "home_airfield", "home_base"];
/// What the ledger adds up.
const COUNTED: &[&str] = &["sorties", "people", "vehicles", "sites"];
/// How a statement bears on a promise, in [`Kind::Bearings`].
pub(crate) const BEARINGS: &[&str] = &["repeated", "at_risk", "kept", "broken"];
const UNCERTAIN: &[&str] = &[
    "step_duration",
    "receiver_late",
    "breakdown",
    "weather",
    "ground_time",
    "block_time",
    "march_time",
    "clearance_late",
    "situation",
    "decision_late",
];
const SHAPES: &[&str] = &["fixed", "lognormal", "exponential"];
const PARAMETERS: &[&str] = &["chance", "median", "p90"];
const FACTOR_KEYS: &[&str] = &["operation", "day", "area_day", "place_day", "party"];
/// The levels that `objective_order` permutes, in their default order.
pub(crate) const ORDER: &[&str] =
    &["z4", "z5", "z6.tails", "z6.sorties", "z6.minutes", "z7", "z8", "z9"];

const LATITUDE: ColumnSpec = may("lat", Kind::Degrees(90), "Latitude in degrees, north positive.");
const LONGITUDE: ColumnSpec =
    may("lon", Kind::Degrees(180), "Longitude in degrees, east positive.");
const AREA: ColumnSpec = may("area", Kind::Text, "Area whose curfews apply.");
const ID: ColumnSpec = must("id", Kind::Id, "Id, unique in the table.");
const VALID_FROM: ColumnSpec = may("valid_from", Kind::Moment, "First moment at which it counts.");
const VALID_TO: ColumnSpec =
    may("valid_to", Kind::Moment, "First moment at which it no longer counts.");

/// Columns that every table has after its own.
static COMMON: &[ColumnSpec] = &[
    may("source", Kind::Text, "Where the fact was read."),
    may("assumed", Kind::Text, "What is assumed, and why."),
    may("note", Kind::Text, "Free remark; enters nothing."),
];

/// All tables in canonical order; the first is the operation.
pub static TABLES: &[TableSpec] = &[
    needed(
        "operation",
        "operation",
        "Names, time and policies.",
        &[
            must("format", Kind::Text, "Version of the format: 1."),
            must("id", Kind::Id, "Id of the operation."),
            must("title", Kind::Text, "Title for people."),
            must("start", Kind::Moment, "Start: nothing happens before it."),
            must("end", Kind::Moment, "End of the planning horizon."),
            must("zone", Kind::Zone, "Zone of local times: offset such as +06:00, or IANA name."),
            may("clock", Kind::Moment, "Moment at which the summary stands."),
            may("objective_order", Kind::Words(ORDER), "Order of the levels z4 to z9."),
            may("replan.now", Kind::Moment, "Moment from which it is planned anew."),
            may("replan.notice_air_h", hours(0), "Notice of sorties from that moment on (0)."),
            may("replan.notice_road_h", hours(0), "Notice of columns from that moment on (0)."),
            may("replan.notice_step_h", hours(0), "Notice of handover steps from then on (0)."),
            may(
                "policies.civil_hours_bind_military",
                Kind::Flag,
                "Whether civil hours bind military flights too (false).",
            ),
            may(
                "policies.curfews_bind_columns",
                Kind::Flag,
                "Whether curfews bind columns (false).",
            ),
            may(
                "policies.person_mass_kg",
                kg(1, 1_000),
                "Mass of a person with arms and baggage (145).",
            ),
            may(
                "policies.own_state_route_percent",
                Kind::Number(Number { unit: "", base: "", times: 1, low: 100, high: 300 }),
                "Route over great circle in the carrier's own state, per cent (103).",
            ),
            may(
                "policies.march_density_per_km",
                count(1, 200),
                "Vehicles per km of a marching column (15).",
            ),
            may(
                "policies.march_max_h",
                Kind::Number(Number { unit: "h", base: "s", times: 3_600, low: 3_600, high: 168 }),
                "Most hours at the wheel without a rest.",
            ),
            may(
                "policies.march_rest_h",
                Kind::Number(Number { unit: "h", base: "s", times: 3_600, low: 900, high: 168 }),
                "Least length of a rest of the drivers.",
            ),
            may("policies.source", Kind::Text, "Where the policies were read."),
            may("policies.assumed", Kind::Text, "What is assumed of the policies, and why."),
            may("policies.note", Kind::Text, "Free remark on the policies."),
            later("frozen", "The part of an earlier plan that must stand."),
        ],
    ),
    needed(
        "parties",
        "party",
        "A nation or organisation.",
        &[
            ID,
            must("name", Kind::Text, "Name in English."),
            may("name_ru", Kind::Text, "Name in Russian."),
            may("name_ar", Kind::Text, "Name in Arabic."),
            must("role", Kind::Word(&["lead", "partner", "host", "observer"]), "Its role."),
            must("state", Kind::State, "Code of its state."),
            may("weight", count(0, 1_000_000), "Weight of its closure (1)."),
            later("releasable", "Who may see its data."),
        ],
    ),
    table(
        "places",
        "place",
        "A point on the map that is neither airfield nor site.",
        &[
            ID,
            must("name", Kind::Text, "Name for people."),
            must("state", Kind::State, "Code of the state it lies in."),
            LATITUDE,
            LONGITUDE,
            AREA,
            may("kind", Kind::Text, "What it is, in a word."),
        ],
    ),
    table(
        "airfields",
        "airfield",
        "An airfield.",
        &[
            ID,
            must("name", Kind::Text, "Name for people."),
            must("state", Kind::State, "Code of the state it lies in."),
            LATITUDE,
            LONGITUDE,
            AREA,
            may(
                "elevation_m",
                Kind::Number(Number { unit: "m", base: "m", times: 1, low: -500, high: 6_000 }),
                "Height above the sea.",
            ),
            must("runway_m", ground_metres(1, 10_000), "Length of the longest runway."),
            may("slot_min", minutes(1_440), "Least time between two movements (0)."),
            may("staging_h", hours(0), "Time between a column's arrival and loading (0)."),
            may("staging_people", count(0, 1_000_000), "Most people waiting."),
            may("staging_vehicles", count(0, 1_000_000), "Most vehicles, pallets and containers."),
            later("fuel", "Fuel there."),
            later("fuel_rate", "Rate of fuelling."),
            later("max_pax", "Most passengers in a terminal."),
        ],
    ),
    table(
        "hours",
        "hours row",
        "Opening hours of a field; rows of one field, class and activity join: open ones less closed ones; closed ones alone leave the rest open.",
        &[
            ID,
            must("field", Kind::Ref(AIRFIELD), "The airfield."),
            must("user_class", Kind::Word(CLASSES), "Whose hours."),
            must("activity", Kind::Word(&["movement", "handling"]), "What for."),
            VALID_FROM,
            VALID_TO,
            must("state", Kind::Word(&["open", "closed"]), "Whether the row opens or closes."),
            may("open_from", Kind::Clock, "Local time of day from which the row holds."),
            may("open_to", Kind::Clock, "Local time of day at which it ends; 24:00 allowed."),
        ],
    ),
    table(
        "curfews",
        "curfew",
        "A curfew of an area.",
        &[
            ID,
            must("area", Kind::Text, "Area, as written in places, airfields or sites."),
            must("valid_from", Kind::Moment, "First moment at which it counts."),
            must("valid_to", Kind::Moment, "First moment at which it no longer counts."),
            must("begins", Kind::Clock, "Local time at which it begins."),
            must(
                "ends",
                Kind::Clock,
                "Local time at which it ends; earlier than begins: next day.",
            ),
        ],
    ),
    table(
        "resources",
        "resource",
        "A capacity that is shared.",
        &[
            ID,
            must("name", Kind::Text, "Name for people."),
            must(
                "kind",
                Kind::Word(&["stand", "handling", "host_check", "team", "service", "escort"]),
                "What it is.",
            ),
            may(
                "place",
                Kind::Ref(AIRFIELD),
                "Airfield it belongs to; all but teams and escorts have one.",
            ),
            may("stand_class", Kind::Word(LETTERS), "Code letter of a stand."),
            may(
                "keep",
                count(0, 10_000),
                "Least amount the force keeps until the last departure (0).",
            ),
        ],
    ),
    table(
        "capacity",
        "capacity row",
        "A part of a resource's capacity; parts add up.",
        &[
            ID,
            must("resource", Kind::Ref(&["resources"]), "The resource."),
            must(
                "amount",
                Kind::Number(Number { unit: "", base: "", times: 1, low: -10_000, high: 10_000 }),
                "Amount; negative where others take it.",
            ),
            VALID_FROM,
            VALID_TO,
            may("daily_from", Kind::Clock, "Local time of day from which it counts."),
            may("daily_to", Kind::Clock, "Local time of day until which it counts."),
            may("provided_by", Kind::Ref(ELEMENT), "Element that provides it until it embarks."),
        ],
    ),
    table(
        "sites",
        "site",
        "A guarded place.",
        &[
            ID,
            must("name", Kind::Text, "Name for people."),
            must("state", Kind::State, "Code of the state it lies in."),
            LATITUDE,
            LONGITUDE,
            AREA,
            may("min_guard", count(0, 100_000), "People who stay until the handover ends (0)."),
            may("receiver", Kind::Text, "Who takes it over."),
            may("kind", Kind::Text, "What it is, in a word."),
        ],
    ),
    table(
        "handover_steps",
        "handover step",
        "A step of a site's handover.",
        &[
            ID,
            must("site", Kind::Ref(SITE), "The site."),
            must("name", Kind::Text, "What is done."),
            must("duration_h", hours(1), "How long it takes without a break."),
            may("after", Kind::Lags, "Steps that must have ended, each with a least wait."),
            may("with", Kind::Refs(&["handover_steps"]), "Steps that start at the same moment."),
            may("needs", Kind::Needs, "Teams used throughout."),
            later("witnesses", "Who must be present."),
            later("gate", "A condition of the step alone."),
        ],
    ),
    needed(
        "elements",
        "element",
        "Part of a contingent that moves together.",
        &[
            ID,
            must("name", Kind::Text, "Name for people."),
            must("party", Kind::Ref(PARTY), "Nation that owns it."),
            must("origin", Kind::Ref(PLACE), "Where it is at the start."),
            must("destination", Kind::Ref(PLACE), "Where its movement ends."),
            must(
                "mode",
                Kind::Word(ELEMENT_MODES),
                "How it travels; either: by air or by road all the way, the plan chooses.",
            ),
            may("embark", Kind::Ref(AIRFIELD), "Airfield where it boards; not by road."),
            may(
                "debark",
                Kind::Ref(AIRFIELD),
                "Airfield where it leaves the aircraft; not by road.",
            ),
            may(
                "freed_by",
                Kind::RefsOrNone(SITE),
                "Sites whose handover frees it; blank: the site it is at, if that has steps; none.",
            ),
            may("ready", Kind::Moment, "Earliest moment at which it leaves its origin."),
            may("load_from", Kind::Moment, "Earliest start of loading, or of the march by road."),
            may("due", Kind::Moment, "Latest arrival at the destination."),
            may("due_hard", Kind::Flag, "Whether that date is hard; stated with due."),
            may("due_rank", count(1, 3), "Rank of a hard date (1)."),
            may("integrity", Kind::Word(INTEGRITY), "Whether all of it goes in one load (none)."),
            may("spread_h", hours(0), "Most time between its first and its last arrival."),
        ],
    ),
    needed(
        "pieces",
        "piece",
        "Vehicles, pallets, containers or people, with a count.",
        &[
            ID,
            must("element", Kind::Ref(ELEMENT), "Element it belongs to."),
            must("name", Kind::Text, "Name for people."),
            must("kind", Kind::Word(&["people", "vehicle", "pallet", "container"]), "What it is."),
            must("count", count(1, 1_000_000), "How many alike."),
            may("length_m", metres(100), "Length of one; not for people."),
            may("width_m", metres(20), "Width of one; not for people."),
            may("height_m", metres(20), "Height of one; not for people."),
            may("mass_kg", kg(1, 500_000), "Mass of one without drivers; not for people."),
            may("drivers", count(0, 100), "People who travel with each (vehicles 1, others 0)."),
            later("hazard", "Hazard class."),
            later("axles", "Axles and their loads."),
            later("stackable", "Whether others may stand on it."),
            later("owner", "Owner other than the element's party."),
            later("disposition", "Ship, leave, give or destroy."),
            later("tie_down", "Lashing points."),
            later("x_mm", "A fixed place along the hold."),
            later("y_mm", "A fixed place across the hold."),
        ],
    ),
    table(
        "aircraft_types",
        "aircraft type",
        "A type of aircraft.",
        &[
            ID,
            must("stand_class", Kind::Word(LETTERS), "Stand it needs."),
            must("min_runway_m", ground_metres(0, 10_000), "Shortest runway it may use."),
            must("block_kmh", kmh(4_000), "Block speed."),
            must("payload_points", Kind::Points, "Payload against route distance, km:kg;km:kg."),
            must("ferry_range_km", km(1, 25_000), "Longest leg without load."),
            must("onload_h", hours(0), "Time to load."),
            must("offload_h", hours(0), "Time to unload."),
            must("enroute_h", hours(0), "Least time at a stop without service."),
            may("handling_teams", count(0, 100), "Teams used while loading or unloading (1)."),
            may(
                "cost_per_flight_hour",
                Kind::Number(Number {
                    unit: "",
                    base: "",
                    times: 100,
                    low: 0,
                    high: 1_000_000_000,
                }),
                "Cost of a flight hour in major units of money.",
            ),
            later("axle_limit", "Most load of an axle."),
            later("cg", "Limits of the centre of gravity."),
        ],
    ),
    table(
        "configurations",
        "configuration",
        "A fit of a type's cabin; the first of a type is what aircraft start with.",
        &[
            ID,
            must("type", Kind::Ref(TYPE), "The type."),
            must("name", Kind::Text, "Name for people."),
            must("seats", count(0, 2_000), "Seats, drivers included."),
            may("change_h", hours(0), "Time added to loading after another fit (0)."),
        ],
    ),
    table(
        "zones",
        "zone",
        "A stretch of floor of a configuration.",
        &[
            ID,
            must("configuration", Kind::Ref(&["configurations"]), "The configuration."),
            must("name", Kind::Text, "Name for people."),
            must("length_m", metres(100), "Usable length, gaps for lashing taken off."),
            must("width_m", metres(20), "Usable width."),
            must("height_m", metres(20), "Usable height."),
            must("max_mass_kg", kg(1, 1_000_000), "Most mass on it."),
            later("ramp", "Whether it is a ramp."),
            later("max_axle_kg", "Most load of an axle."),
            later("running_load", "Most load per metre."),
        ],
    ),
    table(
        "tails",
        "tail",
        "An aircraft, or a pool of aircraft alike.",
        &[
            ID,
            must("type", Kind::Ref(TYPE), "The type."),
            may(
                "count",
                count(0, 10_000),
                "Number of aircraft; more than one are named ID-01 on (1).",
            ),
            must("base", Kind::Ref(AIRFIELD), "Where it starts."),
            must("owner", Kind::Ref(PARTY), "Carrier; its state needs no clearance."),
            may("user_class", Kind::Word(CLASSES), "Whose hours it keeps (military)."),
            may("available_from", Kind::Moment, "First moment at which it may work (the start)."),
            may("available_to", Kind::Moment, "First moment at which it may not any more."),
            later("crews", "Crews."),
        ],
    ),
    table(
        "maintenance",
        "maintenance row",
        "A stretch in which an aircraft or pool does not work.",
        &[
            ID,
            must("tail", Kind::Text, "Row of tails, or one aircraft of a pool."),
            must("from", Kind::Moment, "First moment."),
            must("to", Kind::Moment, "First moment after it."),
        ],
    ),
    table(
        "air_legs",
        "air leg",
        "A route between two airfields, usable both ways.",
        &[
            ID,
            must("from", Kind::Ref(AIRFIELD), "One end."),
            must("to", Kind::Ref(AIRFIELD), "Other end."),
            may("route_km", km(1, 25_000), "Length of the route; blank: great circle x 1.03."),
            must("states", Kind::States, "States overflown, those of both ends included."),
            may("types", Kind::Refs(TYPE), "Types that may fly it; blank: all."),
            may("closed_from", Kind::Moment, "First moment at which it is closed."),
            may("closed_to", Kind::Moment, "First moment at which it is open again."),
        ],
    ),
    table(
        "roads",
        "road",
        "A road between two places, usable both ways.",
        &[
            ID,
            must("from", Kind::Ref(PLACE), "One end."),
            must("to", Kind::Ref(PLACE), "Other end."),
            must("km", km(1, 25_000), "Length."),
            must("rate_kmh", kmh(200), "Rate of march, short halts included."),
            may("max_vehicles", count(1, 100_000), "Most vehicles in one column."),
            may("headway_min", minutes(10_080), "Time between two columns."),
            may("escorts", Kind::Needs, "Escorts that a column needs."),
            may("escort_back_min", minutes(10_080), "Until they are ready for another column (0)."),
            later("halts", "Where columns halt."),
        ],
    ),
    table(
        "borders",
        "border",
        "A border post on a road.",
        &[
            ID,
            must("road", Kind::Ref(&["roads"]), "The road."),
            must("vehicles_per_hour", count(1, 100_000), "Vehicles an hour."),
            may("open_from", Kind::Clock, "Local time of day at which it opens."),
            may("open_to", Kind::Clock, "Local time of day at which it closes; 24:00 allowed."),
            VALID_FROM,
            VALID_TO,
            may("closed_from", Kind::Moment, "First moment at which it is closed all the same."),
            may("closed_to", Kind::Moment, "First moment at which it is not closed any more."),
        ],
    ),
    table(
        "clearances",
        "clearance",
        "A clearance of a state.",
        &[
            ID,
            must("state", Kind::State, "State that gives it."),
            must("kind", Kind::Word(&["overflight", "landing", "border"]), "What it allows."),
            must("carrier", Kind::Ref(PARTY), "Carrier, or the party whose column crosses."),
            must("covers", Kind::Covers, "Air legs, airfields or roads, by kind."),
            may("asked_at", Kind::Moment, "When it was asked for."),
            may("lead_time_h", hours(0), "Time the state needs after that (0)."),
            may("valid_from", Kind::Moment, "First moment at which it is valid."),
            may("valid_to", Kind::Moment, "First moment at which it is no longer valid."),
            must(
                "status",
                Kind::Word(&["granted", "asked", "refused", "not applied for"]),
                "How it stands.",
            ),
        ],
    ),
    table(
        "precedence",
        "precedence row",
        "Who leaves before whom.",
        &[
            ID,
            must("first", Kind::Set, "Who goes first."),
            must("then", Kind::Set, "Who follows."),
            must(
                "kind",
                Kind::Word(&["last_before_last", "all_before_first", "first_before_first"]),
                "What exactly is meant.",
            ),
            must("measured_at", Kind::Word(MILESTONES), "Where it is measured."),
            must("hard", Kind::Flag, "Hard, or priced."),
            may(
                "stay_people",
                count(0, 1_000_000),
                "People of `then` who stay until the last of `first` has passed (0).",
            ),
        ],
    ),
    table(
        "statements",
        "statement",
        "What somebody said, dated.",
        &[
            ID,
            must("date", Kind::Day, "Day."),
            may("time", Kind::Clock, "Time of day."),
            may("zone", Kind::Zone, "Zone of that time."),
            may("recorded", Kind::DayOrMoment, "When it was published or entered."),
            may("language", Kind::Language, "Language in which it was said or read."),
            may("speaker", Kind::Text, "Who; blank for an event."),
            may("office", Kind::Text, "In which office."),
            may("via", Kind::Text, "Who passed it on."),
            may("origin", Kind::Text, "Whose claim it is, if not the speaker's."),
            must(
                "kind",
                Kind::Word(&["fact", "plan", "promise", "judgement", "decision", "request"]),
                "What it is.",
            ),
            may(
                "status",
                Kind::Word(&["planned", "begun", "under way", "done", "open"]),
                "How it stood.",
            ),
            must("text", Kind::Text, "What was said, in own words."),
            may("quantity", Kind::Plain, "A number in it."),
            may("unit", Kind::Text, "Of what."),
            may("counts", Kind::Word(COUNTED), "As what the ledger adds the number up."),
            may("set", Kind::Set, "Of whom the number or plan speaks."),
            may("day", Kind::Days, "Day of which it speaks; from..to allowed."),
            may("deadline", Kind::Days, "A date in it; from..to allowed."),
            may("conflicts", Kind::Texts, "Conflicts of the record it takes part in."),
            may(
                "source_type",
                Kind::Word(&["party", "state_media", "independent", "own_estimate"]),
                "What kind of source it has.",
            ),
            may("confirms", Kind::Refs(&["statements"]), "Rows that it confirms."),
            may(
                "bears_on",
                Kind::Bearings,
                "Promises that it repeats, endangers, keeps or breaks.",
            ),
        ],
    ),
    table(
        "promises",
        "promise",
        "A statement with a predicate.",
        &[
            ID,
            may("statement", Kind::Ref(&["statements"]), "Row of the ledger it comes from."),
            must("text", Kind::Text, "The words, short."),
            must(
                "predicate",
                Kind::Word(&["begun_by", "all_by", "on_day", "count_on_day", "mode"]),
                "What must be true.",
            ),
            may("milestone", Kind::Word(MILESTONES), "Where it is measured."),
            may("set", Kind::Set, "Of whom it speaks."),
            may("field", Kind::Ref(AIRFIELD), "Airfield of count_on_day."),
            may("mode", Kind::Word(MODES), "Mode of the predicate mode."),
            may("zone", Kind::Zone, "Zone of its days (the operation's)."),
            may("deadline_strict", Kind::DayOrMoment, "Day or moment, harder to keep."),
            may("deadline_lenient", Kind::DayOrMoment, "Day or moment, easier to keep (strict)."),
            may("max_sorties", count(0, 10_000), "Most loaded sorties that day."),
            may("max_tails", count(0, 10_000), "Most aircraft that day."),
            may("at_least", count(1, 10_000), "Least number of loaded sorties of count_on_day."),
            must("required", Kind::Flag, "Whether it counts in z2."),
            may(
                "wanted",
                Kind::Number(Number { unit: "", base: "per mille", times: 1_000, low: 0, high: 1 }),
                "Wanted probability, 0 to 1.",
            ),
            may("rank", count(1, 3), "Rank 1 to 3 (3)."),
            may("same_as", Kind::Ref(&["promises"]), "Promise that says the same."),
            may("outcome", Kind::Text, "What the record says of it."),
            may("evidence", Kind::Text, "Evidence for that."),
            later("wanted_slack_h", "Wanted slack before the deadline."),
        ],
    ),
    table(
        "conditions",
        "condition",
        "A decision, fact or judgement that gates something.",
        &[
            ID,
            must("text", Kind::Text, "The condition in words."),
            must("kind", Kind::Word(&["decision", "fact", "judgement"]), "What it is."),
            may("statement", Kind::Ref(&["statements"]), "Row of the ledger."),
            may("true_from", Kind::Moment, "When it became true; blank: not yet."),
            may("zone", Kind::Text, "Area whose situation is judged, or ALL; with `level`."),
            may("level", Kind::Ref(&["levels"]), "True while judged so or better."),
            may("offices", Kind::Texts, "Whose judgements count; blank: everybody's."),
            must("gates", Kind::Gate, "departures SET, handovers ALL or sites, strength PARTY N."),
            may("policy", Kind::Word(&["go", "hold", "reverse"]), "Go, hold (default) or reverse."),
        ],
    ),
    table(
        "levels",
        "level",
        "A level of the situation; rows run from the worst to the best.",
        &[ID, must("name", Kind::Text, "Name for people.")],
    ),
    table(
        "assessments",
        "assessment",
        "A judgement of the situation by somebody.",
        &[
            ID,
            must("zone", Kind::Text, "Area judged, or ALL."),
            must("level", Kind::Ref(&["levels"]), "The level."),
            must("at", Kind::Moment, "Since when it is on record."),
            must("office", Kind::Text, "Office of who judges."),
            may("statement", Kind::Ref(&["statements"]), "Row of the ledger."),
        ],
    ),
    table(
        "mandate",
        "mandate row",
        "A task, limit or ceiling of the force.",
        &[
            ID,
            must("kind", Kind::Word(&["task", "limit", "ceiling"]), "What it is."),
            must("text", Kind::Text, "In words."),
            may("sites", Kind::RefsOrAll(SITE), "Sites that a task is about, or ALL."),
            may("people", count(0, 10_000_000), "Most people of the force in the host."),
            VALID_FROM,
            VALID_TO,
            may("statement", Kind::Ref(&["statements"]), "Row of the ledger."),
        ],
    ),
    table(
        "translations",
        "translation",
        "Words of the scenario in the other languages; enters no rule.",
        &[
            ID,
            must("en", Kind::Text, "The words as they stand in the other tables."),
            may("ru", Kind::Text, "Russian."),
            may("ar", Kind::Text, "Arabic."),
        ],
    ),
    table(
        "record",
        "recorded day",
        "What was reported of a day, to stand beside the plan.",
        &[
            ID,
            must("date", Kind::Day, "Day in the operation's zone."),
            must("shown", Kind::Text, "What to show."),
        ],
    ),
    table(
        "uncertainty",
        "uncertainty row",
        "What may turn out otherwise than planned.",
        &[
            ID,
            must("what", Kind::Word(UNCERTAIN), "What is uncertain."),
            must("scope", Kind::Text, "ALL, or what it applies to, by `what`."),
            must("distribution", Kind::Word(SHAPES), "Form of the distribution."),
            may("chance_per_mille", count(1, 1_000), "How often, of 1000 (always)."),
            may("median_percent", count(1, 10_000), "Median, per cent of what is planned (100)."),
            may("p90_percent", count(1, 10_000), "What nine of ten stay within, per cent."),
            may("median_min", count(1, 527_040), "Median of the delay or closure in minutes."),
            may("p90_min", count(1, 527_040), "What nine of ten stay within, in minutes."),
            may("range_of", Kind::Word(PARAMETERS), "Parameter that is not known better."),
            may("low", count(1, 527_040), "Least value of that parameter, in its unit."),
            may("high", count(1, 527_040), "Greatest value of that parameter, in its unit."),
            may("factor", Kind::Text, "Shared factor: rows with its name move together."),
            may("factor_by", Kind::Word(FACTOR_KEYS), "What makes a new draw of the factor."),
            may("weight_percent", count(0, 100), "Part of the shared draw, per cent (100)."),
        ],
    ),
    future("contingents", "contingent", "Forces of parties; use parties and elements."),
    future("crews", "crew", "Crews with their limits."),
    future("services", "service", "Timetabled carriers."),
    future("frozen", "frozen row", "The part of an earlier plan that must stand."),
];

impl TableSpec {
    /// Returns whether each row says where it comes from; words in another language do not.
    pub fn is_graded(&self) -> bool {
        self.name != "translations"
    }
    /// Returns the number of columns, the common ones included.
    pub fn n_columns(&self) -> usize {
        self.columns.len() + COMMON.len()
    }
    /// Returns the column at a position below [`Self::n_columns`].
    pub fn column(&self, position: usize) -> &'static ColumnSpec {
        match self.columns.get(position) {
            Some(column) => column,
            None => &COMMON[position - self.columns.len()],
        }
    }
    /// Goes through the columns in canonical order.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'static ColumnSpec)> + use<> {
        self.columns.iter().chain(COMMON).enumerate()
    }
    /// Finds a column by name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns().find(|(_, column)| column.name == name).map(|(position, _)| position)
    }
    /// Returns the name of the file that holds the table in a folder.
    pub fn file_name(&self) -> String {
        match self.name {
            "operation" => "operation.toml".to_owned(),
            name => format!("{name}.csv"),
        }
    }
}

/// Returns the position of a table in [`TABLES`].
pub fn table_position(name: &str) -> Option<usize> {
    TABLES.iter().position(|table| table.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_tables_and_names_are_unique() {
        for (position, table) in TABLES.iter().enumerate() {
            assert_eq!(table_position(table.name), Some(position));
            for (position, column) in table.columns() {
                assert_eq!(table.position(column.name), Some(position), "{}", column.name);
                assert!(column.doc.ends_with('.'), "{}.{}", table.name, column.name);
                if let Kind::Ref(targets)
                | Kind::Refs(targets)
                | Kind::RefsOrNone(targets)
                | Kind::RefsOrAll(targets) = column.kind
                {
                    assert!(targets.iter().all(|target| table_position(target).is_some()));
                }
            }
        }
    }

    #[test]
    fn the_kinds_of_uncertainty_are_the_models() {
        let words = exeunt_model::uncertainty::Uncertain::ALL.map(|(_, word)| word);
        assert_eq!(UNCERTAIN, words);
    }

    #[test]
    fn the_objective_order_is_the_models() {
        assert_eq!(ORDER, &exeunt_model::scenario::LEVELS[4..]);
    }
}
