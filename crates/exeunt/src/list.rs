//! A scenario of a stranger's own list: what the list says, what can be assumed, and what has to be asked for.
//!
//! The built-in tables (`data/`) give aircraft, airfields and the measures of a few vehicles. Everything that they
//! or this file fill in is marked `assumed`; a value that nobody can assume is asked for by name.

use exeunt_model::problem::{Place, Problem, Severity};
use exeunt_scenario::Draft;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const AIRFIELDS: &str = include_str!("../../../data/airfields.csv");
pub(crate) const AIRCRAFT: &str = include_str!("../../../data/aircraft_types.csv");
pub(crate) const CONFIGURATIONS: &str = include_str!("../../../data/configurations.csv");
pub(crate) const ZONES: &str = include_str!("../../../data/zones.csv");
pub(crate) const VEHICLES: &str = include_str!("../../../data/vehicles.csv");

/// Most bytes of a list.
const LIST_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Lightest vehicle, pallet or container that is believed.
const LIGHTEST_KG: i64 = 20;
/// Stands and days that are assumed when they are not given.
const STANDS_ASSUMED: u32 = 2;
const DAYS_ASSUMED: i64 = 14;
/// Days planned for after the deadline, so that a late plan can be shown.
const DAYS_AFTER: i64 = 14;

/// What the command line says beside the list, each as written there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    /// Airfield where the pieces are, by code or name.
    pub origin: Option<&'a str>,
    /// Airfield where they go, by code or name.
    pub to: Option<&'a str>,
    /// Aircraft, such as `4xIL76`.
    pub fleet: Option<&'a str>,
    /// Stands at each airfield.
    pub stands: Option<u32>,
    /// Day by whose end everything has to be there.
    pub by: Option<&'a str>,
    /// First day.
    pub start: Option<&'a str>,
    /// Where the aircraft stand before and after, by code or name.
    pub base: Option<&'a str>,
}

pub(crate) type Row = BTreeMap<String, String>;

/// Reads a list as text, with its size and encoding checked.
///
/// # Errors
///
/// Says why the file cannot be read as text.
pub fn read(path: &Path) -> Result<String, Box<Problem>> {
    let file = path.display().to_string();
    let failed = |code: &str, message: String, remedy: &str| {
        Box::new(problem(code, &file, None, None, message, remedy.to_owned()))
    };
    let unreadable = |error: std::io::Error| {
        failed("unreadable", format!("the list cannot be read: {error}"), "name a CSV file")
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > LIST_BYTES_MAX {
        let message = format!("the list has {size} bytes, more than the {LIST_BYTES_MAX} allowed");
        return Err(failed("file-too-large", message, "split the list"));
    }
    decode(std::fs::read(path).map_err(unreadable)?, &file)
}

/// Takes the bytes of a list as text.
///
/// # Errors
///
/// Names the first byte that is not UTF-8.
pub fn decode(bytes: Vec<u8>, file: &str) -> Result<String, Box<Problem>> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the list is not UTF-8 text (byte {at})");
        let remedy = "save it as CSV in UTF-8".to_owned();
        Box::new(problem("not-utf8", file, None, None, message, remedy))
    })
}

fn problem(
    code: &str,
    file: &str,
    row: Option<u64>,
    column: Option<&str>,
    message: String,
    remedy: String,
) -> Problem {
    Problem {
        severity: Severity::Error,
        code: code.to_owned(),
        object: row.map_or_else(|| "list".to_owned(), |row| format!("row {row}")),
        place: Place {
            file: file.to_owned(),
            row,
            column: column.map(str::to_owned),
            ..Place::default()
        },
        message,
        value: None,
        limit: None,
        remedy,
    }
}

pub(crate) fn builtin(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let rows = reader.records().flatten();
    rows.map(|record| {
        let cells = header.iter().zip(record.iter());
        cells.map(|(name, cell)| (name.to_owned(), cell.trim().to_owned())).collect()
    })
    .collect()
}

pub(crate) fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

/// Brings codes and names into one form: letters and digits, capitals.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Makes the draft of a scenario, or lists everything that is wrong or missing.
///
/// # Errors
///
/// Returns every problem of the list, and everything that has to be asked for.
pub fn scenario(text: &str, file: &str, wishes: &Wishes<'_>) -> Result<Draft, Vec<Problem>> {
    let mut maker =
        Maker { draft: Draft::default(), problems: Vec::new(), file, bad_lines: BTreeSet::new() };
    let pieces = maker.pieces(text);
    let origin = maker.airfield("--origin", wishes.origin, "the airfield where the pieces are");
    let to = maker.airfield("--to", wishes.to, "the airfield where they go");
    let base = match wishes.base {
        Some(base) => maker.airfield("--base", Some(base), "the base of the aircraft"),
        None => to.clone(),
    };
    let fleet = maker.fleet(wishes.fleet);
    let days = maker.days(wishes);
    if let (Some(origin), Some(to), Some(base), Some((start, by))) = (origin, to, base, days) {
        if cell(&origin, "code") == cell(&to, "code") {
            maker.ask("--to", "origin and destination are the same airfield", "name two airfields");
        }
        maker.check_runways(&[("--origin", &origin), ("--to", &to), ("--base", &base)], &fleet);
        maker.write(&pieces, &origin, &to, &base, &fleet, start, by, wishes);
    }
    if maker.problems.is_empty() { Ok(maker.draft) } else { Err(maker.problems) }
}

/// Lists the codes that the built-in tables know: aircraft, vehicles, airfields.
pub fn known() -> String {
    let mut text = String::new();
    let tables = [
        ("aircraft (--fleet)", AIRCRAFT, "id", "payload_points"),
        ("vehicles, pallets and containers (column name)", VEHICLES, "code", "name"),
        ("airfields (--origin, --to, --base)", AIRFIELDS, "code", "name"),
    ];
    for (title, table, code, name) in tables {
        text.push_str(title);
        text.push('\n');
        for row in builtin(table) {
            let alias = cell(&row, "aliases");
            let alias = if alias.is_empty() { String::new() } else { format!(" ({alias})") };
            let named = if code == "id" { String::new() } else { cell(&row, name).to_owned() };
            text.push_str(&format!("  {:<16} {named}{alias}\n", cell(&row, code)));
        }
    }
    text
}

struct Maker<'a> {
    draft: Draft,
    problems: Vec<Problem>,
    file: &'a str,
    /// Lines with a number that is none: nothing more is said of them.
    bad_lines: BTreeSet<u64>,
}

/// A line of the list, completed.
struct Item {
    line: u64,
    name: String,
    kind: String,
    count: String,
    sizes: BTreeMap<&'static str, String>,
    drivers: String,
    assumed: Vec<String>,
}

/// Columns of a list, the names they may have, and how a number in them becomes metres or kilograms (times 1000).
const COLUMNS: &[(&str, &[(&str, i64)])] = &[
    ("name", &[("name", 0), ("item", 0), ("description", 0), ("what", 0), ("code", 0)]),
    ("kind", &[("kind", 0), ("type", 0), ("category", 0)]),
    ("count", &[("count", 0), ("quantity", 0), ("qty", 0), ("number", 0), ("pieces", 0)]),
    ("length_m", &[("length_m", 1_000), ("length_cm", 10), ("length_mm", 1)]),
    ("width_m", &[("width_m", 1_000), ("width_cm", 10), ("width_mm", 1)]),
    ("height_m", &[("height_m", 1_000), ("height_cm", 10), ("height_mm", 1)]),
    (
        "mass_kg",
        &[("mass_kg", 1_000), ("weight_kg", 1_000), ("mass_t", 1_000_000), ("weight_t", 1_000_000)],
    ),
    ("drivers", &[("drivers", 0), ("crew", 0)]),
];
const SIZES: [&str; 4] = ["length_m", "width_m", "height_m", "mass_kg"];

impl Maker<'_> {
    fn ask(&mut self, what: &str, message: &str, remedy: &str) {
        let (message, remedy) = (message.to_owned(), remedy.to_owned());
        self.problems.push(problem("option", what, None, None, message, remedy));
    }

    fn wrong(&mut self, code: &str, line: u64, column: &str, message: String, remedy: String) {
        let file = self.file.to_owned();
        let mut found = problem(code, &file, Some(line), Some(column), message, remedy);
        // what the message quotes first is what is marked in the line
        found.value = found.message.split('`').nth(1).map(str::to_owned);
        self.problems.push(found);
    }

    /// Reads the list: every line becomes an item, or a problem that says what is missing.
    fn pieces(&mut self, text: &str) -> Vec<Item> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or("");
        let delimiter =
            if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = self.columns(&header);
        if !self.problems.is_empty() {
            // a column that is not understood would show up again in every row
            return Vec::new();
        }
        let vehicles = builtin(VEHICLES);
        let mut items = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let message = format!("the row cannot be read: {error}");
                    self.wrong("bad-csv", line, "", message, "mend the row".to_owned());
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() > header.len() {
                let message =
                    format!("the row has {} cells, the header {}", record.len(), header.len());
                let remedy = "put cells that hold a comma into quotation marks".to_owned();
                self.wrong("bad-csv", line, "", message, remedy);
                continue;
            }
            let mut row = Row::new();
            for (at, column) in columns.iter().enumerate() {
                let Some((column, factor)) = column else { continue };
                let value = record.get(at).unwrap_or("");
                let value = match (*factor, value.is_empty()) {
                    (0, _) | (_, true) => value.to_owned(),
                    // where cells are not parted by commas, a comma may be the decimal sign
                    (factor, false) if delimiter != b',' => {
                        self.scaled(&value.replace(',', "."), factor, line, &header[at])
                    }
                    (factor, false) => self.scaled(value, factor, line, &header[at]),
                };
                row.insert((*column).to_owned(), value);
            }
            if !self.bad_lines.contains(&line) {
                items.extend(self.item(&row, line, &vehicles, items.len() + 1));
            }
        }
        if items.is_empty() && self.problems.is_empty() {
            let message = "the list has no pieces".to_owned();
            let remedy =
                "write a line for each kind of people, vehicle, pallet or container".to_owned();
            self.wrong("empty-list", 1, "name", message, remedy);
        }
        items
    }

    /// Finds what each column of the list is.
    fn columns(&mut self, header: &csv::StringRecord) -> Vec<Option<(&'static str, i64)>> {
        let mut found: Vec<Option<(&'static str, i64)>> = Vec::new();
        for name in header {
            let lower = name.to_lowercase().replace([' ', '-'], "_");
            let known = COLUMNS.iter().find_map(|(column, names)| {
                let hit = names.iter().find(|(alias, _)| *alias == lower)?;
                Some((*column, hit.1))
            });
            if known.is_none() {
                let names: Vec<&str> =
                    COLUMNS.iter().flat_map(|(_, names)| names.iter().map(|n| n.0)).collect();
                let near = nearest(&lower, &names);
                let message = format!("the column `{name}` is not known");
                let remedy = near.map_or_else(
                    || "use name, kind, count, length_m, width_m, height_m, mass_kg".to_owned(),
                    |near| format!("did you mean `{near}`? a size needs its unit in the name"),
                );
                self.wrong("unknown-column", 1, name, message, remedy);
            }
            if known.is_some_and(|known| found.iter().flatten().any(|f| f.0 == known.0)) {
                let message = format!("the column `{name}` says the same as another one");
                self.wrong("duplicate-column", 1, name, message, "keep one of them".to_owned());
            }
            found.push(known);
        }
        if !found.iter().flatten().any(|f| f.0 == "name") {
            let message = "the list has no column `name`".to_owned();
            self.wrong("missing-column", 1, "name", message, "add it to the first line".to_owned());
        }
        found
    }

    /// Turns a number in a column's unit into metres or kilograms, exactly.
    fn scaled(&mut self, value: &str, factor: i64, line: u64, column: &str) -> String {
        let value = value.replace(['\u{a0}', ' '], "");
        let (whole, part) = value.split_once('.').unwrap_or((&value, ""));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let good = digits(whole)
            && (part.is_empty() || digits(part))
            && whole.len() < 10
            && part.len() < 7;
        if !good {
            self.bad_lines.insert(line);
            let message = format!("`{value}` is not a positive number");
            let remedy = format!("write a plain number in the unit of `{column}`, such as 7.65");
            self.wrong("not-a-number", line, column, message, remedy);
            return String::new();
        }
        let millionths: i128 = format!("{whole}{part:0<6}").parse().unwrap_or(0);
        let thousandths = millionths * i128::from(factor) / 1_000_000;
        format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
    }

    fn item(&mut self, row: &Row, line: u64, vehicles: &[Row], n: usize) -> Option<Item> {
        let name = cell(row, "name");
        let mut assumed: Vec<String> = Vec::new();
        let known = vehicles.iter().find(|v| {
            [cell(v, "code"), cell(v, "name")]
                .iter()
                .any(|k| !name.is_empty() && plain(k) == plain(name))
        });
        let kind = self.kind(row, known, line)?;
        let standard = |code: &str| vehicles.iter().find(|v| cell(v, "code") == code);
        let known = known.or_else(|| match kind.as_str() {
            "pallet" if SIZES[..3].iter().all(|size| cell(row, size).is_empty()) => {
                standard("P463L")
            }
            "container" if SIZES[..3].iter().all(|size| cell(row, size).is_empty()) => {
                standard("C20")
            }
            _ => None,
        });
        let problems = self.problems.len();
        self.check_numbers(row, &kind, line);
        if self.problems.len() > problems {
            return None;
        }
        let mut sizes = BTreeMap::new();
        let mut missing = Vec::new();
        for size in SIZES.iter().filter(|_| kind != "people") {
            let own = cell(row, size);
            if !own.is_empty() && *size == "mass_kg" {
                let (whole, part) = own.split_once('.').unwrap_or((own, ""));
                let kg: i64 = whole.parse().unwrap_or(0);
                let rounded = if part.bytes().any(|byte| byte != b'0') { kg + 1 } else { kg };
                if rounded > kg {
                    assumed.push(format!("{own} kg taken as {rounded} kg"));
                }
                if rounded < LIGHTEST_KG {
                    let message = format!("`{name}` weighs {own} kg, less than {LIGHTEST_KG} kg");
                    let remedy =
                        "write thousands without a point or comma, such as 9800".to_owned();
                    self.wrong("too-light", line, "mass_kg", message, remedy);
                }
                sizes.insert(*size, rounded.to_string());
            } else if !own.is_empty() {
                sizes.insert(*size, own.to_owned());
            } else if let Some(known) = known.filter(|known| !cell(known, size).is_empty()) {
                sizes.insert(*size, cell(known, size).to_owned());
                assumed.push(format!("{size} of {}", cell(known, "code")));
            } else {
                missing.push(*size);
            }
        }
        if !missing.is_empty() {
            let codes: Vec<&str> = vehicles.iter().map(|v| cell(v, "code")).collect();
            let near = nearest(&plain(name), &codes).map_or_else(String::new, |near| {
                format!(", or write the code `{near}` if that is meant")
            });
            let message =
                format!("`{name}` has no {} and is no code that exeunt knows", missing.join(", "));
            let remedy = format!("fill in {}{near}", missing.join(", "));
            self.wrong("missing-value", line, missing[0], message, remedy);
            return None;
        }
        let count = match cell(row, "count") {
            "" => {
                if kind == "people" {
                    let message = format!("`{name}` does not say how many people");
                    self.wrong("missing-value", line, "count", message, "fill in count".to_owned());
                    return None;
                }
                assumed.push("one of it".to_owned());
                "1".to_owned()
            }
            count => count.to_owned(),
        };
        let drivers = match (kind.as_str(), cell(row, "drivers")) {
            ("vehicle", "") => {
                assumed.push("one driver each".to_owned());
                "1".to_owned()
            }
            (_, drivers) => drivers.to_owned(),
        };
        if let Some(why) = known.map(|known| cell(known, "assumed")).filter(|_| !assumed.is_empty())
        {
            assumed.push(why.to_owned());
        }
        let name = if name.is_empty() { format!("{kind} {n}") } else { name.to_owned() };
        Some(Item { line, name, kind, count, sizes, drivers, assumed })
    }

    /// Checks counts, and what people do not have.
    fn check_numbers(&mut self, row: &Row, kind: &str, line: u64) {
        for (column, least) in [("count", 1_u32), ("drivers", 0)] {
            let value = cell(row, column);
            if !value.is_empty()
                && !value.parse::<u32>().is_ok_and(|n| n >= least && n <= 1_000_000)
            {
                let message = format!("`{value}` is not a whole number from {least} to 1,000,000");
                let remedy = format!("write how many into `{column}`");
                self.wrong("not-a-number", line, column, message, remedy);
            }
        }
        if kind == "people" {
            for column in SIZES.iter().filter(|column| !cell(row, column).is_empty()) {
                let value = cell(row, column);
                let message = format!("`{value}` in `{column}` says nothing of people here");
                let remedy =
                    "leave it blank; `person_mass_kg` in operation.toml says what a person \
                              weighs with baggage (145 kg, assumed)"
                        .to_owned();
                self.wrong("people-size", line, column, message, remedy);
            }
        }
    }

    fn kind(&mut self, row: &Row, known: Option<&Row>, line: u64) -> Option<String> {
        const KINDS: [(&str, &[&str]); 4] = [
            (
                "people",
                &["people", "person", "persons", "pax", "passengers", "personnel", "troops"],
            ),
            ("vehicle", &["vehicle", "vehicles", "car", "truck", "trailer", "armoured", "rolling"]),
            ("pallet", &["pallet", "pallets", "pallet_463l", "463l"]),
            ("container", &["container", "containers", "iso", "iso20"]),
        ];
        let written = cell(row, "kind").to_lowercase();
        if written.is_empty() {
            if let Some(known) = known {
                return Some(cell(known, "kind").to_owned());
            }
            let name = cell(row, "name");
            let message = format!(
                "`{name}` does not say what kind of thing it is, and is no code that exeunt knows"
            );
            let remedy =
                "write people, vehicle, pallet or container into `kind`, and for all but people \
                          the measures; `exeunt new --known` lists the codes"
                    .to_owned();
            self.wrong("missing-value", line, "kind", message, remedy);
            return None;
        }
        let hit = KINDS.iter().find(|(_, names)| names.contains(&written.as_str()));
        if let Some((kind, _)) = hit {
            return Some((*kind).to_owned());
        }
        let message = format!("`{written}` is not a kind of piece");
        let remedy = "write people, vehicle, pallet or container".to_owned();
        self.wrong("unknown-kind", line, "kind", message, remedy);
        None
    }

    fn airfield(&mut self, option: &str, wanted: Option<&str>, what: &str) -> Option<Row> {
        let Some(wanted) = wanted else {
            self.ask(option, &format!("{what} is not given"), &format!("add {option} CODE"));
            return None;
        };
        let fields = builtin(AIRFIELDS);
        let key = plain(wanted);
        let codes = |field: &Row| -> Vec<String> {
            let aliases = cell(field, "aliases").split(';').map(plain);
            aliases.chain([plain(cell(field, "code"))]).filter(|code| !code.is_empty()).collect()
        };
        let by_name: Vec<&Row> = fields
            .iter()
            .filter(|f| key.len() > 2 && plain(cell(f, "name")).contains(&key))
            .collect();
        let by_code = fields.iter().find(|field| codes(field).contains(&key));
        match (by_code, by_name.as_slice()) {
            (Some(field), _) => Some(field.clone()),
            (None, [field]) => Some((*field).clone()),
            (None, []) => {
                let known: Vec<&str> = fields.iter().map(|f| cell(f, "code")).collect();
                let near = nearest(&key, &known)
                    .map_or_else(String::new, |n| format!("did you mean `{n}`? "));
                let message = format!("the airfield `{wanted}` is not in the built-in table");
                let remedy = format!(
                    "{near}otherwise start with a field that is ({}, …) and replace it in airfields.csv",
                    known[..6.min(known.len())].join(", ")
                );
                self.ask(option, &message, &remedy);
                None
            }
            (None, many) => {
                let names: Vec<String> = many
                    .iter()
                    .map(|f| format!("{} ({})", cell(f, "code"), cell(f, "name")))
                    .collect();
                let message = format!("`{wanted}` may be several airfields: {}", names.join(", "));
                self.ask(option, &message, "give the code");
                None
            }
        }
    }

    /// Asks for other fields where the built-in runway is too short for every aircraft.
    fn check_runways(&mut self, fields: &[(&str, &Row)], fleet: &[(u32, Row, String)]) {
        let metres = |row: &Row, column: &str| cell(row, column).parse::<i64>().unwrap_or(0);
        let Some(least) = fleet.iter().map(|(_, row, _)| metres(row, "min_runway_m")).min() else {
            return;
        };
        let mut asked = BTreeSet::new();
        for (option, field) in fields {
            let (code, runway) = (cell(field, "code"), metres(field, "runway_m"));
            if runway < least && asked.insert(code.to_owned()) {
                let message = format!(
                    "the runway of `{code}` is {runway} m in the built-in table, the aircraft need {least} m"
                );
                let remedy = "name another airfield or aircraft; if the table is wrong (it is general knowledge, \
                              unchecked), make the scenario with another field and correct airfields.csv";
                self.ask(option, &message, remedy);
            }
        }
    }

    /// Reads a fleet such as `4xIL76,2xC-17A` into type rows with counts.
    fn fleet(&mut self, wanted: Option<&str>) -> Vec<(u32, Row, String)> {
        let Some(wanted) = wanted else {
            self.ask("--fleet", "the aircraft are not given", "add --fleet 4xIL76");
            return Vec::new();
        };
        let types = builtin(AIRCRAFT);
        let mut fleet = Vec::new();
        for part in wanted.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let split = part.split_once(['x', 'X', '×', '*']);
            let counted =
                split.and_then(|(n, name)| Some((n.trim().parse::<u32>().ok()?, name.trim())));
            let Some((count, name)) = counted.filter(|(n, _)| (1..=999).contains(n)) else {
                let message = format!("`{part}` is not a number of aircraft and their type");
                self.ask("--fleet", &message, "write it like 4xIL76, with 1 to 999 aircraft");
                continue;
            };
            let key = plain(name);
            let exact = types.iter().find(|row| plain(cell(row, "id")) == key);
            let starts = types
                .iter()
                .find(|row| !key.is_empty() && plain(cell(row, "id")).starts_with(&key));
            match exact.or(starts) {
                Some(row) => {
                    let read = match exact {
                        Some(_) => String::new(),
                        None => format!("`{name}` is read as {}; ", cell(row, "id")),
                    };
                    fleet.push((count, row.clone(), read));
                }
                None => {
                    let known: Vec<&str> = types.iter().map(|row| cell(row, "id")).collect();
                    let message =
                        format!("the aircraft type `{name}` is not in the built-in table");
                    let remedy = format!("use one of {}", known.join(", "));
                    self.ask("--fleet", &message, &remedy);
                }
            }
        }
        if fleet.is_empty() && self.problems.is_empty() {
            self.ask("--fleet", "the fleet has no aircraft", "write it like 4xIL76");
        }
        fleet
    }

    fn days(&mut self, wishes: &Wishes<'_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        let Some(by) = wishes.by else {
            self.ask(
                "--by",
                "the day by which all must be there is not given",
                "add --by 2027-01-31",
            );
            return None;
        };
        let by = self.day("--by", by)?;
        let start = match wishes.start {
            Some(start) => self.day("--start", start)?,
            None => by.checked_sub(jiff::Span::new().days(DAYS_ASSUMED)).unwrap_or(by),
        };
        if start > by {
            self.ask("--start", &format!("{start} is after --by {by}"), "give an earlier day");
            return None;
        }
        Some((start, by))
    }

    fn day(&mut self, option: &str, text: &str) -> Option<jiff::civil::Date> {
        let parsed =
            text.parse::<jiff::civil::Date>().ok().filter(|d| (1971..9000).contains(&d.year()));
        if parsed.is_none() {
            self.ask(option, &format!("`{text}` is not a day"), "write it like 2027-01-31");
        }
        parsed
    }

    fn put(&mut self, table: &str, id: &str, cells: &[(&str, &str)]) {
        for (column, value) in cells.iter().filter(|(_, value)| !value.is_empty()) {
            let known = self.draft.set_cell(table, id, column, value);
            assert!(known, "{table}.{column} is a column of the format");
        }
    }

    #[expect(clippy::too_many_arguments, reason = "everything that a scenario is made of, once")]
    fn write(
        &mut self,
        items: &[Item],
        origin: &Row,
        to: &Row,
        base: &Row,
        fleet: &[(u32, Row, String)],
        start: jiff::civil::Date,
        by: jiff::civil::Date,
        wishes: &Wishes<'_>,
    ) {
        let (from_state, to_state) = (cell(origin, "state"), cell(to, "state"));
        let end = by.checked_add(jiff::Span::new().days(DAYS_AFTER)).unwrap_or(by);
        let option = "command line of exeunt new";
        let begun = match wishes.start {
            Some(_) => String::new(),
            None => format!("start {DAYS_ASSUMED} days before the deadline; "),
        };
        let (start_text, end_text, by_text) = (start.to_string(), end.to_string(), by.to_string());
        let title = format!("{} to {}", cell(origin, "name"), cell(to, "name"));
        self.put("operation", "own-list", &[
            ("format", "1"),
            ("id", "own-list"),
            ("title", &title),
            ("start", &start_text),
            ("end", &end_text),
            ("zone", cell(origin, "zone")),
            ("source", option),
            ("assumed", &format!("{begun}horizon {DAYS_AFTER} days after the deadline; a person is 100 kg and 45 kg of baggage")),
        ]);
        let national = from_state == to_state;
        self.put(
            "parties",
            "OWN",
            &[
                ("name", "Own contingent"),
                ("role", "lead"),
                ("state", to_state),
                (
                    "assumed",
                    "one contingent, of the state of the destination, whose carrier flies it",
                ),
            ],
        );
        if !national {
            self.put(
                "parties",
                "HOST",
                &[
                    ("name", "Host"),
                    ("role", "host"),
                    ("state", from_state),
                    ("assumed", "the state of the airfield of origin is the host"),
                ],
            );
        }
        self.put_fields(&[origin, to, base], wishes.stands);
        self.put_fleet(fleet, base);
        self.put_ways(
            &[(origin, to), (origin, base)],
            from_state,
            to_state,
            &start_text,
            &end_text,
        );
        self.put_pieces(items, origin, to);
        self.put_uncertainty(origin);
        self.put(
            "promises",
            "P1",
            &[
                ("text", &format!("all there by {by_text}")),
                ("predicate", "all_by"),
                ("milestone", "home_base"),
                ("set", "ALL"),
                ("deadline_strict", &by_text),
                ("required", "true"),
                ("rank", "1"),
                ("source", option),
            ],
        );
    }

    fn put_fields(&mut self, fields: &[&Row], stands: Option<u32>) {
        let n = stands.unwrap_or(STANDS_ASSUMED).to_string();
        for field in fields {
            let code = cell(field, "code");
            self.put(
                "airfields",
                code,
                &[
                    ("name", cell(field, "name")),
                    ("state", cell(field, "state")),
                    ("lat", cell(field, "lat")),
                    ("lon", cell(field, "lon")),
                    ("elevation_m", cell(field, "elevation_m")),
                    ("runway_m", cell(field, "runway_m")),
                    ("source", cell(field, "source")),
                    (
                        "assumed",
                        &join([
                            cell(field, "assumed"),
                            "always open, no slots, no limit of staging",
                        ]),
                    ),
                ],
            );
            let (stand, handling) = (format!("{code}-STANDS"), format!("{code}-HANDLING"));
            self.put(
                "resources",
                &stand,
                &[
                    ("name", &format!("stands at {code}")),
                    ("kind", "stand"),
                    ("place", code),
                    ("stand_class", "F"),
                    ("assumed", "every stand takes every aircraft"),
                ],
            );
            let said = match stands {
                Some(_) => [
                    ("source", "command line of exeunt new"),
                    ("assumed", "the same number at both ends"),
                ],
                None => [("assumed", "number of stands not given"), ("note", "give --stands")],
            };
            self.put("capacity", &format!("{stand}-1"), &[("resource", &stand), ("amount", &n)]);
            self.put("capacity", &format!("{stand}-1"), &said);
            self.put(
                "resources",
                &handling,
                &[
                    ("name", &format!("handling teams at {code}")),
                    ("kind", "handling"),
                    ("place", code),
                    ("assumed", "teams of one kind load and unload"),
                ],
            );
            self.put(
                "capacity",
                &format!("{handling}-1"),
                &[
                    ("resource", &handling),
                    ("amount", &n),
                    ("assumed", "a handling team for each stand, day and night"),
                ],
            );
        }
    }

    fn put_fleet(&mut self, fleet: &[(u32, Row, String)], base: &Row) {
        let (configurations, zones) = (builtin(CONFIGURATIONS), builtin(ZONES));
        for (n, (count, aircraft, read)) in fleet.iter().enumerate() {
            let id = cell(aircraft, "id");
            self.put_row("aircraft_types", aircraft);
            for configuration in configurations.iter().filter(|row| cell(row, "type") == id) {
                self.put_row("configurations", configuration);
                let of = |row: &&Row| cell(row, "configuration") == cell(configuration, "id");
                for zone in zones.iter().filter(of) {
                    self.put_row("zones", zone);
                }
            }
            self.put(
                "tails",
                &format!("T{}", n + 1),
                &[
                    ("type", id),
                    ("count", &count.to_string()),
                    ("base", cell(base, "code")),
                    ("owner", "OWN"),
                    ("source", "command line of exeunt new"),
                    (
                        "assumed",
                        &format!(
                            "{read}stands at its base from the first day and flies around the clock"
                        ),
                    ),
                ],
            );
        }
    }

    fn put_row(&mut self, table: &str, row: &Row) {
        let id = cell(row, "id").to_owned();
        let cells: Vec<(&str, &str)> =
            row.iter().map(|(column, value)| (column.as_str(), value.as_str())).collect();
        self.put(table, &id, &cells);
    }

    fn put_ways(&mut self, ways: &[(&Row, &Row)], from: &str, to: &str, start: &str, end: &str) {
        let mut legs: Vec<String> = Vec::new();
        for (a, b) in ways {
            let (a_code, b_code) = (cell(a, "code"), cell(b, "code"));
            let id = format!("{a_code}-{b_code}");
            if a_code == b_code || legs.contains(&id) {
                continue;
            }
            let mut states = vec![cell(a, "state"), cell(b, "state")];
            states.dedup();
            self.put("air_legs", &id, &[
                ("from", a_code),
                ("to", b_code),
                ("states", &states.join(";")),
                ("assumed", "great circle and 3 per cent; which other states it crosses is not known here: name them and their clearances"),
            ]);
            legs.push(id);
        }
        let base = cell(ways[1].1, "code");
        let landing = if base == cell(ways[0].1, "code") || cell(ways[1].1, "state") == to {
            cell(ways[0].0, "code").to_owned()
        } else {
            format!("{};{base}", cell(ways[0].0, "code"))
        };
        let mut foreign: Vec<(&str, String)> = Vec::new();
        if from != to {
            foreign.push((from, landing));
        }
        let base_state = cell(ways[1].1, "state");
        if base_state != to && base_state != from {
            foreign.push((base_state, base.to_owned()));
        }
        for (state, fields) in foreign {
            for (kind, covers) in [("overflight", legs.join(";")), ("landing", fields.clone())] {
                self.put(
                    "clearances",
                    &format!("{}-{state}", kind.to_uppercase()),
                    &[
                        ("state", state),
                        ("kind", kind),
                        ("carrier", "OWN"),
                        ("covers", &covers),
                        ("valid_from", start),
                        ("valid_to", end),
                        ("status", "granted"),
                        (
                            "assumed",
                            "granted for the whole time; ask for it, and write down what you get",
                        ),
                    ],
                );
            }
        }
    }

    /// What may turn out otherwise, so that `exeunt simulate` has something to begin with; every row is assumed.
    fn put_uncertainty(&mut self, origin: &Row) {
        let field = cell(origin, "code");
        // what, scope, distribution; chance, median and p90 in per cent and in minutes; range; why
        type Guess<'g> = (&'g str, &'g str, &'g str, [&'g str; 5], [&'g str; 3], &'g str);
        let rows: [Guess<'_>; 4] = [
            (
                "breakdown",
                "ALL",
                "lognormal",
                ["30", "", "", "240", "900"],
                ["chance", "15", "60"],
                "thirty of 1000 take-offs wait for a repair, four hours in half of the cases, fifteen in one of ten",
            ),
            (
                "weather",
                field,
                "lognormal",
                ["100", "", "", "180", "480"],
                ["chance", "30", "250"],
                "the field of origin is closed on one of ten days, three hours in half of the cases; season and climate are not known here",
            ),
            (
                "ground_time",
                "ALL",
                "lognormal",
                ["", "100", "130", "", ""],
                ["p90", "110", "160"],
                "loading and unloading take the planned time in half of the cases, three tenths more in one of ten",
            ),
            (
                "block_time",
                "ALL",
                "lognormal",
                ["", "100", "106", "", ""],
                ["p90", "103", "110"],
                "wind makes flights longer or shorter, by six per cent in one of ten",
            ),
        ];
        for (n, (what, scope, distribution, parameters, range, why)) in rows.into_iter().enumerate()
        {
            let assumed = format!("own estimate: {why}; replace it by your own figures");
            let [chance, median_percent, p90_percent, median_min, p90_min] = parameters;
            let [range_of, low, high] = range;
            self.put(
                "uncertainty",
                &format!("U{}", n + 1),
                &[
                    ("what", what),
                    ("scope", scope),
                    ("distribution", distribution),
                    ("chance_per_mille", chance),
                    ("median_percent", median_percent),
                    ("p90_percent", p90_percent),
                    ("median_min", median_min),
                    ("p90_min", p90_min),
                    ("range_of", range_of),
                    ("low", low),
                    ("high", high),
                    ("assumed", &assumed),
                ],
            );
        }
    }

    fn put_pieces(&mut self, items: &[Item], origin: &Row, to: &Row) {
        let (origin, to) = (cell(origin, "code"), cell(to, "code"));
        self.put("elements", "OWN-1", &[
            ("name", "all of the list"),
            ("party", "OWN"),
            ("origin", origin),
            ("destination", to),
            ("mode", "air"),
            ("embark", origin),
            ("debark", to),
            ("freed_by", "none"),
            ("source", "command line of exeunt new"),
            ("assumed", "ready at the airfield from the first day; may be split over aircraft as it fits"),
        ]);
        let file = self.file.to_owned();
        for (n, item) in items.iter().enumerate() {
            let id = format!("P{:03}", n + 1);
            let mut cells = vec![
                ("element", "OWN-1"),
                ("name", item.name.as_str()),
                ("kind", item.kind.as_str()),
                ("count", item.count.as_str()),
                ("drivers", item.drivers.as_str()),
            ];
            cells.extend(item.sizes.iter().map(|(column, value)| (*column, value.as_str())));
            let source = format!("{file}, line {}", item.line);
            let assumed = item.assumed.join("; ");
            cells.extend([("source", source.as_str()), ("assumed", assumed.as_str())]);
            self.put("pieces", &id, &cells);
        }
    }
}

fn join(texts: [&str; 2]) -> String {
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Returns the nearest known word, if one is near enough to be meant.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let key = plain(word);
    let scored = known.iter().map(|k| (strsim::jaro_winkler(&key, &plain(k)), *k));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.82).then_some(best.1)
}
