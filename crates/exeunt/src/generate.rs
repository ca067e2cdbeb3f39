//! Invented operations of any size: a force of several nations at sites around several airfields goes home.
//!
//! Sites lie in clusters, each around an airfield of the host; elements differ in strength, vehicles and stores; aircraft
//! of several types belong to several nations; fields have hours, stands, handling and slots of their own. Everything
//! follows from the numbers asked for and a seed, the same on every machine. What is invented says so in its column
//! `assumed`; aircraft and vehicles are those of the built-in tables, with the sources that stand there.

use crate::list::{AIRCRAFT, CONFIGURATIONS, Row, VEHICLES, ZONES, builtin, cell};
use std::collections::BTreeMap;

/// How large an operation is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Vehicles, pallets and containers; people come on top.
    pub pieces: u32,
    /// Aircraft.
    pub tails: u32,
    /// Airfields, those of the host and those at home.
    pub airfields: u32,
    /// Guarded sites.
    pub sites: u32,
    /// Seed.
    pub seed: u64,
    /// Pieces that no aircraft takes, on top.
    pub infeasible: u32,
}

/// A promise to be written into an operation: party, and the day by whose end all of it has left the host.
pub type Promise = (String, String);

/// A spread to be written into an operation: element, and hours between its first and its last arrival.
pub type Spread = (String, i64);

const INVENTED: &str = "invented by exeunt generate";
/// States of the parties: the first leads.
const STATES: [&str; 8] = ["AA", "BB", "CC", "DD", "EE", "FF", "GG", "JJ"];
/// Types of which fleets are made, with how many of a hundred aircraft each is.
const FLEET: [(&str, u32); 4] =
    [("Il-76MD", 45), ("Il-76MD-90A", 20), ("C-17A", 20), ("An-124-100", 15)];
/// What elements have: code of the built-in table and how often.
const MIX: [(&str, u32); 11] = [
    ("BTR80", 12),
    ("BTR82A", 8),
    ("BTRMDM", 5),
    ("TIGR", 12),
    ("K4350", 12),
    ("K4350L", 10),
    ("K5350", 8),
    ("URAL", 8),
    ("UAZ", 12),
    ("P463L", 9),
    ("C20", 4),
];

/// Random numbers of a counter (SplitMix64; Steele, Lea, Flood 2014).
struct Draw(u64);

impl Draw {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    fn range(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.max(low) - low) + 1;
        low + u32::try_from(self.bits() % span).unwrap_or(0)
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.range(0, 99) < percent
    }

    /// A name drawn with its weight.
    fn weighted<'a>(&mut self, from: &[(&'a str, u32)]) -> &'a str {
        let all: u32 = from.iter().map(|(_, weight)| weight).sum();
        let mut at = self.range(0, all.max(1) - 1);
        for &(name, weight) in from {
            if at < weight {
                return name;
            }
            at -= weight;
        }
        from[0].0
    }
}

/// Tables of an operation, by the name of their file.
#[derive(Default)]
struct Tables {
    tables: BTreeMap<&'static str, (Vec<&'static str>, Vec<Vec<String>>)>,
}

impl Tables {
    /// Adds a row; all rows of a table name the same columns.
    fn row(&mut self, table: &'static str, cells: &[(&'static str, &str)]) {
        let (head, rows) = self.tables.entry(table).or_default();
        if head.is_empty() {
            *head = cells.iter().map(|(column, _)| *column).collect();
            if !head.contains(&"assumed") {
                head.push("assumed");
            }
        }
        let mut row = vec![String::new(); head.len()];
        row[head.len() - 1] = INVENTED.to_owned();
        for (column, value) in cells {
            let at = head.iter().position(|name| name == column);
            row[at.expect("rows of a table have the same columns")] = (*value).to_owned();
        }
        rows.push(row);
    }

    fn files(self) -> Vec<(String, Vec<u8>)> {
        let text = |(head, rows): (Vec<&str>, Vec<Vec<String>>)| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            let written = writer
                .write_record(&head)
                .and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
            written.expect("rows have the columns of their head");
            writer.into_inner().expect("a vector takes everything")
        };
        self.tables.into_iter().map(|(name, table)| (format!("{name}.csv"), text(table))).collect()
    }
}

/// A field of the host with the sites around it.
struct Hub {
    code: String,
    lat: f64,
    lon: f64,
}

struct Maker {
    size: Size,
    draw: Draw,
    tables: Tables,
    n_parties: usize,
    hubs: Vec<Hub>,
    /// Fields at home with the position of their party.
    homes: Vec<(String, usize)>,
    /// The built-in vehicles.
    vehicles: Vec<Row>,
    days: u32,
    spreads: BTreeMap<String, i64>,
}

/// Makes the tables of an operation, each with the name of its file.
pub fn tables(size: Size, promises: &[Promise], spreads: &[Spread]) -> Vec<(String, Vec<u8>)> {
    let n_hubs = (size.airfields / 3).max(1);
    let n_homes = (size.airfields - n_hubs.min(size.airfields)).max(1);
    let n_parties = usize::try_from(n_homes).unwrap_or(1).min(STATES.len());
    // a load has some seven pieces, a cycle takes most of a day
    let days = 25 + size.pieces.saturating_mul(2) / 7 / size.tails.max(1) + 2 * size.sites / n_hubs;
    let mut maker = Maker {
        size,
        draw: Draw(size.seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x5DEE_CE66),
        tables: Tables::default(),
        n_parties,
        hubs: Vec::new(),
        homes: Vec::new(),
        vehicles: builtin(VEHICLES),
        days,
        spreads: spreads.iter().cloned().collect(),
    };
    maker.parties();
    maker.fields(n_hubs, n_homes);
    maker.fleet();
    maker.ways();
    maker.sites_and_elements();
    maker.order(promises);
    let mut files = maker.tables.files();
    files.push(("operation.toml".to_owned(), operation(&size, days).into_bytes()));
    files
}

/// Returns a day of the operation, counted from its first.
pub fn day(n: u32) -> String {
    let first = jiff::civil::date(2027, 3, 1);
    let day = first.checked_add(jiff::Span::new().days(i64::from(n)));
    day.map_or_else(|_| first.to_string(), |day| day.to_string())
}

fn operation(size: &Size, days: u32) -> String {
    format!(
        "format = 1\nid = \"generated-{}-{}\"\ntitle = \"A force of {} vehicles, pallets and containers goes home\"\n\
         start = \"{}T00:00:00Z\"\nend = \"{}T00:00:00Z\"\nzone = \"+00:00\"\nassumed = \"{INVENTED}\"\n",
        size.pieces,
        size.seed,
        size.pieces,
        day(0),
        day(days),
    )
}

fn number(value: f64) -> String {
    format!("{value:.4}")
}

impl Maker {
    fn parties(&mut self) {
        for (at, state) in STATES[..self.n_parties].iter().enumerate() {
            let role = if at == 0 { "lead" } else { "partner" };
            let name = format!("Contingent {state}");
            self.tables.row(
                "parties",
                &[("id", state), ("name", &name), ("role", role), ("state", state)],
            );
        }
        let host = [("id", "HH"), ("name", "Host"), ("role", "host"), ("state", "HH")];
        self.tables.row("parties", &host);
    }

    /// Fields of the host lie apart from one another, those at home around the host.
    fn fields(&mut self, n_hubs: u32, n_homes: u32) {
        let side = f64::from(n_hubs).sqrt().ceil().max(1.0);
        for n in 0..n_hubs {
            let (row, column) = ((f64::from(n) / side).floor(), f64::from(n) % side);
            let jitter = f64::from(self.draw.range(0, 100)) / 100.0;
            let (lat, lon) = (42.0 + 2.5 * row + jitter, 60.0 + 3.5 * column + jitter);
            let code = format!("H{:02}", n + 1);
            let slot = ["0", "5", "10"][self.draw.range(0, 2) as usize];
            let room = self.draw.range(4, 10) * 100;
            self.field(&code, "HH", (lat, lon), slot, "1", &room.to_string());
            self.hubs.push(Hub { code: code.clone(), lat, lon });
            let busy = (self.size.tails / n_hubs).clamp(2, 16);
            self.capacity(&format!("{code}-STANDS"), "stand", &code, "F", busy.div_ceil(2) + 1);
            self.capacity(
                &format!("{code}-HANDLING"),
                "handling",
                &code,
                "",
                busy.div_ceil(4).max(2),
            );
            if self.draw.chance(40) {
                let id = format!("{code}-NIGHT");
                self.tables.row(
                    "hours",
                    &[
                        ("id", &id),
                        ("field", &code),
                        ("user_class", "military"),
                        ("activity", "movement"),
                        ("state", "open"),
                        ("open_from", "05:00"),
                        ("open_to", "23:00"),
                    ],
                );
            }
        }
        for n in 0..n_homes {
            let party = usize::try_from(n).unwrap_or(0) % self.n_parties;
            let turn = std::f64::consts::TAU * f64::from(n) / f64::from(n_homes);
            let (far_lat, far_lon) = (
                f64::from(self.draw.range(8, 14)) * libm::sin(turn),
                f64::from(self.draw.range(16, 32)) * libm::cos(turn),
            );
            let code = format!("{}{:02}", STATES[party], n + 1);
            let (lat, lon) = (45.0 + far_lat, 66.0 + far_lon);
            self.field(&code, STATES[party], (lat, lon), "0", "0", "");
            let stands = (self.size.tails / n_homes).clamp(3, 20) + 2;
            self.capacity(&format!("{code}-STANDS"), "stand", &code, "F", stands);
            self.capacity(
                &format!("{code}-HANDLING"),
                "handling",
                &code,
                "",
                stands.div_ceil(3).max(2),
            );
            self.homes.push((code, party));
        }
    }

    fn field(
        &mut self,
        code: &str,
        state: &str,
        (lat, lon): (f64, f64),
        slot: &str,
        staging: &str,
        room: &str,
    ) {
        let name = format!("Airfield {code}");
        self.tables.row(
            "airfields",
            &[
                ("id", code),
                ("name", &name),
                ("state", state),
                ("lat", &number(lat)),
                ("lon", &number(lon)),
                ("runway_m", "3200"),
                ("slot_min", slot),
                ("staging_h", staging),
                ("staging_people", room),
                ("staging_vehicles", room),
            ],
        );
    }

    fn capacity(&mut self, id: &str, kind: &str, place: &str, class: &str, amount: u32) {
        self.tables.row(
            "resources",
            &[("id", id), ("name", id), ("kind", kind), ("place", place), ("stand_class", class)],
        );
        let row = format!("{id}-1");
        self.tables.row(
            "capacity",
            &[
                ("id", &row),
                ("resource", id),
                ("amount", &amount.to_string()),
                ("daily_from", ""),
                ("daily_to", ""),
            ],
        );
    }

    /// Aircraft in pools, each at a field of its owner.
    fn fleet(&mut self) {
        let types = builtin(AIRCRAFT);
        let mut pools: BTreeMap<(usize, &str), u32> = BTreeMap::new();
        for n in 0..self.size.tails {
            // one of each type at least, where there are so many
            let name = match FLEET.get(n as usize) {
                Some((name, _)) => name,
                None => self.draw.weighted(&FLEET),
            };
            let home =
                self.draw.range(0, u32::try_from(self.homes.len()).unwrap_or(1) - 1) as usize;
            *pools.entry((home, name)).or_default() += 1;
        }
        let mut used: Vec<&str> = pools.keys().map(|(_, name)| *name).collect();
        used.sort_unstable();
        used.dedup();
        for name in &used {
            let row = types.iter().find(|row| cell(row, "id") == *name).expect("a built-in type");
            self.copy(
                "aircraft_types",
                row,
                &[
                    "id",
                    "stand_class",
                    "min_runway_m",
                    "block_kmh",
                    "payload_points",
                    "ferry_range_km",
                    "onload_h",
                    "offload_h",
                    "enroute_h",
                    "handling_teams",
                    "cost_per_flight_hour",
                ],
            );
        }
        let (configurations, zones) = (builtin(CONFIGURATIONS), builtin(ZONES));
        let fits = |row: &&Row| used.contains(&cell(row, "type"));
        for row in configurations.iter().filter(fits) {
            self.copy("configurations", row, &["id", "type", "name", "seats", "change_h"]);
            for zone in zones.iter().filter(|z| cell(z, "configuration") == cell(row, "id")) {
                self.copy(
                    "zones",
                    zone,
                    &[
                        "id",
                        "configuration",
                        "name",
                        "length_m",
                        "width_m",
                        "height_m",
                        "max_mass_kg",
                    ],
                );
            }
        }
        for ((home, name), count) in pools {
            let (base, party) = self.homes[home].clone();
            let from = day(self.draw.range(0, 2));
            let id = format!("{base}-{}", name.replace(' ', "-"));
            self.tables.row(
                "tails",
                &[
                    ("id", &id),
                    ("type", name),
                    ("count", &count.to_string()),
                    ("base", &base),
                    ("owner", STATES[party]),
                    ("available_from", &from),
                ],
            );
            if self.draw.chance(30) {
                let starts = self.draw.range(4, 12);
                let only = if count > 1 { format!("{id}-01") } else { id.clone() };
                self.tables.row(
                    "maintenance",
                    &[
                        ("id", &format!("M-{id}")),
                        ("tail", &only),
                        ("from", &day(starts)),
                        ("to", &day(starts + 1)),
                    ],
                );
            }
        }
    }

    fn copy(&mut self, table: &'static str, row: &Row, columns: &[&'static str]) {
        // what is copied keeps its source
        let cells: Vec<(&'static str, &str)> = columns
            .iter()
            .chain(&["source", "assumed"])
            .map(|column| (*column, cell(row, column)))
            .collect();
        self.tables.row(table, &cells);
    }

    /// Air legs from every field of the host to every field at home and among those, with what they need.
    fn ways(&mut self) {
        let fields: Vec<(String, &str)> = self
            .hubs
            .iter()
            .map(|hub| (hub.code.clone(), "HH"))
            .chain(self.homes.iter().map(|(code, party)| (code.clone(), STATES[*party])))
            .collect();
        let (n_hubs, mut legs) = (self.hubs.len(), Vec::new());
        for (a, (from, here)) in fields.iter().enumerate() {
            // aircraft of others fly home from where they unloaded, or by a field of the host
            for (b, (to, there)) in fields.iter().enumerate().skip(a + 1) {
                if (a < n_hubs && b < n_hubs) || (a >= n_hubs && here == there) {
                    continue;
                }
                if a >= n_hubs && (b - a) % 7 > 2 {
                    continue;
                }
                let id = format!("{from}-{to}");
                let states =
                    if here == there { (*here).to_owned() } else { format!("{here};{there}") };
                self.tables.row(
                    "air_legs",
                    &[("id", &id), ("from", from), ("to", to), ("states", &states)],
                );
                legs.push((id, *here, *there));
            }
        }
        let all: Vec<&str> = STATES[..self.n_parties].to_vec();
        let (from, to) = (day(0), day(self.days + 1));
        let states: Vec<&str> = std::iter::once("HH").chain(all.iter().copied()).collect();
        for state in states {
            let over: Vec<&str> = legs
                .iter()
                .filter(|(_, a, b)| *a == state || *b == state)
                .map(|(id, ..)| id.as_str())
                .collect();
            let here: Vec<&str> =
                fields.iter().filter(|(_, s)| *s == state).map(|(code, _)| code.as_str()).collect();
            for carrier in all.iter().filter(|carrier| **carrier != state) {
                for (kind, covers) in [("overflight", over.join(";")), ("landing", here.join(";"))]
                {
                    if covers.is_empty() {
                        continue;
                    }
                    let id = format!("{state}-{carrier}-{kind}");
                    self.tables.row(
                        "clearances",
                        &[
                            ("id", &id),
                            ("state", state),
                            ("kind", kind),
                            ("carrier", carrier),
                            ("covers", &covers),
                            ("valid_from", &from),
                            ("valid_to", &to),
                            ("status", "granted"),
                        ],
                    );
                }
            }
        }
    }

    /// Sites in clusters, each with its handover and its garrison; stores at the fields.
    fn sites_and_elements(&mut self) {
        let n_hubs = self.hubs.len();
        let n_sites = self.size.sites.max(1) as usize;
        let n_stores = n_hubs;
        // how many pieces each element has: some have several times as many as others
        let weights: Vec<u32> = (0..n_sites + n_stores).map(|_| self.draw.range(2, 9)).collect();
        let all: u64 = weights.iter().map(|w| u64::from(*w)).sum();
        let mut given = 0_u32;
        let share = |at: usize, given: u32, size: &Size| -> u32 {
            if at + 1 == n_sites + n_stores {
                return size.pieces - given;
            }
            let part = u64::from(size.pieces) * u64::from(weights[at]) / all;
            u32::try_from(part).unwrap_or(0)
        };
        for hub in 0..n_hubs {
            let team = format!("{}-HOST", self.hubs[hub].code);
            self.tables.row(
                "resources",
                &[
                    ("id", &team),
                    ("name", &team),
                    ("kind", "team"),
                    ("place", ""),
                    ("stand_class", ""),
                ],
            );
            let hours = if self.draw.chance(50) { ("08:00", "18:00") } else { ("", "") };
            let id = format!("{team}-1");
            let amount = (n_sites / n_hubs / 6).max(1) + 1;
            self.tables.row(
                "capacity",
                &[
                    ("id", &id),
                    ("resource", &team),
                    ("amount", &amount.to_string()),
                    ("daily_from", hours.0),
                    ("daily_to", hours.1),
                ],
            );
        }
        let mut before: Vec<Option<String>> = vec![None; n_hubs];
        for at in 0..n_sites {
            let hub = at % n_hubs;
            let site = format!("S{:03}", at + 1);
            let party = self.draw.range(0, u32::try_from(self.n_parties).unwrap_or(1) - 1) as usize;
            let km = self.draw.range(20, 220);
            let turn = std::f64::consts::TAU * f64::from(self.draw.range(0, 359)) / 360.0;
            let degrees = f64::from(km) / 130.0;
            let (lat, lon) = (
                self.hubs[hub].lat + degrees * libm::sin(turn),
                self.hubs[hub].lon + degrees * libm::cos(turn),
            );
            let people = self.draw.range(20, 120);
            let guard = people / 3;
            let (name, receiver) = (format!("Site {}", at + 1), "host authorities");
            self.tables.row(
                "sites",
                &[
                    ("id", &site),
                    ("name", &name),
                    ("state", "HH"),
                    ("lat", &number(lat)),
                    ("lon", &number(lon)),
                    ("min_guard", &guard.to_string()),
                    ("receiver", receiver),
                ],
            );
            let code = self.hubs[hub].code.clone();
            self.tables.row(
                "roads",
                &[
                    ("id", &format!("R-{site}")),
                    ("from", &site),
                    ("to", &code),
                    ("km", &km.to_string()),
                    ("rate_kmh", ["30", "35", "40"][self.draw.range(0, 2) as usize]),
                    ("max_vehicles", "60"),
                    ("headway_min", "10"),
                ],
            );
            self.steps(&site, &code, &mut before[hub]);
            let n_pieces = share(at, given, &self.size);
            given += n_pieces;
            let id = format!("E-{site}");
            let home = self.home_of(party);
            self.element(&id, party, &site, &code, &home, "", "");
            self.pieces(&id, people, n_pieces);
            if at % 3 == 0 {
                // whoever signs for the site goes home together
                let (id, people) = (format!("SIGN-{site}"), (6 + at % 7).to_string());
                self.element(&id, party, &site, &code, &home, "", "same_aircraft");
                let measures = ("", "", "", "", "");
                let what = ("people", "people", people.as_str());
                self.piece(&format!("{id}-P"), &id, what, measures, INVENTED);
            }
        }
        for hub in 0..n_hubs {
            let at = n_sites + hub;
            let n_pieces = share(at, given, &self.size);
            given += n_pieces;
            let code = self.hubs[hub].code.clone();
            let id = format!("STORES-{code}");
            let home = self.home_of(0);
            let from = day(self.draw.range(0, 4));
            self.element(&id, 0, &code, &code, &home, &from, "");
            let people = self.draw.range(10, 60);
            self.pieces(&id, people, n_pieces);
        }
        if self.size.infeasible > 0 {
            let (code, home) = (self.hubs[0].code.clone(), self.home_of(0));
            self.element("OVERSIZE", 0, &code, &code, &home, "", "");
            let count = self.size.infeasible.to_string();
            self.piece(
                "OVERSIZE-1",
                "OVERSIZE",
                ("mast", "container", &count),
                ("30.00", "7.50", "6.00", "90000", "0"),
                INVENTED,
            );
        }
    }

    fn home_of(&mut self, party: usize) -> String {
        let own: Vec<&String> =
            self.homes.iter().filter(|(_, p)| *p == party).map(|(code, _)| code).collect();
        let at = self.draw.range(0, u32::try_from(own.len()).unwrap_or(1) - 1) as usize;
        own[at].clone()
    }

    /// Three steps one after the other; one site in four waits for the site before it around the same field.
    fn steps(&mut self, site: &str, hub: &str, before: &mut Option<String>) {
        let team = format!("{hub}-HOST:1");
        let waits =
            if self.draw.chance(25) { before.clone().unwrap_or_default() } else { String::new() };
        let names = ["inventory", "joint guard", "signing"];
        let hours = [self.draw.range(2, 6), self.draw.range(4, 16), 1];
        for (n, name) in names.iter().enumerate() {
            let id = format!("{site}-{}", n + 1);
            let after = if n == 0 { waits.clone() } else { format!("{site}-{n}") };
            let needs = if n == 1 { "" } else { team.as_str() };
            self.tables.row(
                "handover_steps",
                &[
                    ("id", &id),
                    ("site", site),
                    ("name", name),
                    ("duration_h", &hours[n].to_string()),
                    ("after", &after),
                    ("needs", needs),
                ],
            );
        }
        *before = Some(format!("{site}-3"));
    }

    #[expect(clippy::too_many_arguments, reason = "the cells of a row")]
    fn element(
        &mut self,
        id: &str,
        party: usize,
        origin: &str,
        hub: &str,
        home: &str,
        from: &str,
        integrity: &str,
    ) {
        let spread = self.spreads.get(id).map_or_else(String::new, i64::to_string);
        self.tables.row(
            "elements",
            &[
                ("id", id),
                ("name", id),
                ("party", STATES[party]),
                ("origin", origin),
                ("destination", home),
                ("mode", "air"),
                ("embark", hub),
                ("debark", home),
                ("load_from", from),
                ("integrity", integrity),
                ("spread_h", &spread),
            ],
        );
    }

    /// People, and vehicles and stores of several kinds.
    fn pieces(&mut self, element: &str, people: u32, n: u32) {
        let count = people.to_string();
        self.piece(
            &format!("{element}-P"),
            element,
            ("people", "people", &count),
            ("", "", "", "", ""),
            INVENTED,
        );
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for _ in 0..n {
            *counts.entry(self.draw.weighted(&MIX)).or_default() += 1;
        }
        for (code, count) in counts {
            let row = self.vehicles.iter().find(|row| cell(row, "code") == code);
            let row = row.expect("a built-in vehicle").clone();
            let assumed = format!("{INVENTED}; measures: {}", cell(&row, "assumed"));
            let measures = (
                cell(&row, "length_m"),
                cell(&row, "width_m"),
                cell(&row, "height_m"),
                cell(&row, "mass_kg"),
                cell(&row, "drivers"),
            );
            let id = format!("{element}-{code}");
            let count = count.to_string();
            let what = (cell(&row, "name"), cell(&row, "kind"), count.as_str());
            self.piece(&id, element, what, measures, &assumed);
        }
    }

    fn piece(
        &mut self,
        id: &str,
        element: &str,
        (name, kind, count): (&str, &str, &str),
        (length, width, height, mass, drivers): (&str, &str, &str, &str, &str),
        assumed: &str,
    ) {
        self.tables.row(
            "pieces",
            &[
                ("id", id),
                ("element", element),
                ("name", name),
                ("kind", kind),
                ("count", count),
                ("length_m", length),
                ("width_m", width),
                ("height_m", height),
                ("mass_kg", mass),
                ("drivers", drivers),
                ("assumed", assumed),
            ],
        );
    }

    /// Partners are out before the last of the lead; what has been promised.
    fn order(&mut self, promises: &[Promise]) {
        if self.n_parties > 1 {
            let partners = STATES[1..self.n_parties].join(";");
            self.tables.row(
                "precedence",
                &[
                    ("id", "LEAD-LAST"),
                    ("first", &partners),
                    ("then", STATES[0]),
                    ("kind", "last_before_last"),
                    ("measured_at", "left_host"),
                    ("hard", "true"),
                ],
            );
        }
        for (party, by) in promises {
            let text = format!("{party} is out of the host by {by}");
            self.tables.row(
                "promises",
                &[
                    ("id", &format!("P-{party}")),
                    ("text", &text),
                    ("predicate", "all_by"),
                    ("milestone", "left_host"),
                    ("set", party),
                    ("deadline_strict", by),
                    ("required", "true"),
                    ("rank", "2"),
                ],
            );
        }
    }
}
