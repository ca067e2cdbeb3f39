//! The worked examples of `tests/formula_tests.csv` against `formula`, `geo` and `units`.
//!
//! Every row is computed with the crate's own functions where it has one; what is only a minimum or
//! a comparison is written out in [`compute`]. Every key that a row expects must be computed.

use exeunt_model::formula::{
    density_per_1000_km, extra_time_allowance, flow_interval, missions, pass_time, payload_at,
    people_mass, road_space, throughput,
};
use exeunt_model::geo::geodesic;
use exeunt_model::{Distance, Duration, Interval, Mass, Speed, Timestamp};
use serde_json::{Map, Value, json};

const ROWS: &str = include_str!("../formula_tests.csv");

/// The inputs of a row, read in the unit that their key ends with.
struct Inputs(Map<String, Value>);

impl Inputs {
    fn number(&self, key: &str) -> f64 {
        self.0[key].as_f64().unwrap_or_else(|| panic!("{key} is a number"))
    }
    fn scaled(&self, key: &str, scale: f64) -> i64 {
        (self.number(key) * scale).round() as i64
    }
    fn count(&self, key: &str) -> i64 {
        self.scaled(key, 1.0)
    }
    fn hours(&self, key: &str) -> Duration {
        Duration(self.scaled(key, 3_600.0))
    }
    fn minutes(&self, key: &str) -> Duration {
        Duration(self.scaled(key, 60.0))
    }
    fn tonnes(&self, key: &str) -> Mass {
        Mass(self.scaled(key, 1_000.0))
    }
    fn km(&self, key: &str) -> Distance {
        Distance(self.scaled(key, 1_000.0))
    }
    fn kmh(&self, key: &str) -> Speed {
        Speed(self.scaled(key, 1_000.0))
    }
    fn pair(&self, key: &str) -> (f64, f64) {
        let at = |n: usize| self.0[key][n].as_f64().expect("a number");
        (at(0), at(1))
    }
    fn times(&self, key: &str) -> Interval {
        let at = |n: usize| moment(self.0[key][n].as_str().expect("a time"));
        Interval { from: at(0), to: at(1) }
    }
}

fn hours(length: Duration) -> f64 {
    length.0 as f64 / 3_600.0
}

fn minutes(length: Duration) -> f64 {
    length.0 as f64 / 60.0
}

fn tonnes(mass: Mass) -> f64 {
    mass.0 as f64 / 1_000.0
}

fn km(distance: Distance) -> f64 {
    distance.0 as f64 / 1_000.0
}

/// Returns the distance on a sphere of 6371.0 km, by the angle between two unit vectors.
#[expect(clippy::disallowed_methods, reason = "a planning figure within 1.5 km, decides nothing")]
fn great_circle_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let vector = |(lat, lon): (f64, f64)| {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (a, b) = (vector(from), vector(to));
    let cosine: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
    6_371.0 * cosine.acos()
}

/// Reads `10:00` (of a day that does not matter) or `2022-01-14T07:00`.
fn moment(text: &str) -> Timestamp {
    let text = if text.contains('T') { text.to_owned() } else { format!("2022-01-14T{text}") };
    let seconds = if text.len() == 16 { ":00" } else { "" };
    Timestamp::parse_rfc3339(&format!("{text}{seconds}Z")).expect("a moment")
}

fn compute(id: &str, inputs: &Inputs) -> Value {
    match id {
        "T01" => {
            json!({ "missions": missions(inputs.tonnes("requirement_t"), inputs.tonnes("payload_t")) })
        }
        "T11" => {
            let percent = inputs.scaled("queuing_efficiency", 100.0);
            let sorties =
                |mog| throughput(mog, inputs.hours("hours"), inputs.hours("ground_h"), percent);
            // ten thousand fields side by side show the decimals of one
            let mog = inputs.count("mog");
            let exact = sorties(mog * 10_000).expect("ground time") as f64 / 10_000.0;
            json!({ "sorties": sorties(mog), "sorties_exact": exact, "t": exact * inputs.number("payload_t") })
        }
        "T12" => {
            let parts = ["parking", "loaders_mog", "fuel_mog"].map(|key| inputs.count(key));
            json!({ "mog": parts.into_iter().min() })
        }
        "T13" => {
            let percent = inputs.scaled("queuing_efficiency", 100.0);
            let interval = flow_interval(inputs.count("mog"), inputs.hours("ground_h"), percent);
            let interval = interval.expect("stands");
            json!({ "h": hours(interval), "min": minutes(interval) })
        }
        "T17" => {
            let points: Vec<_> = inputs.0["points"]
                .as_array()
                .expect("points")
                .iter()
                .map(|point| {
                    let at = |n: usize| point[n].as_i64().expect("a whole number");
                    (Distance::from_km(at(0)), Mass::from_tonnes(at(1)))
                })
                .collect();
            json!({ "payload_t": tonnes(payload_at(&points, inputs.km("range_km"))) })
        }
        "T18" => {
            let empty = inputs.tonnes("oew_t");
            let (fuel, reserve) = (inputs.tonnes("fuel_trip_t"), inputs.tonnes("fuel_reserve_t"));
            let limits = [
                inputs.tonnes("structural_payload_t"),
                inputs.tonnes("mzfw_t") - empty,
                inputs.tonnes("mtow_t") - empty - fuel - reserve,
                inputs.tonnes("mlw_t") - empty - reserve,
            ];
            json!({ "acl_t": limits.into_iter().min().map(tonnes) })
        }
        "T19" => {
            let (from, to) = (inputs.pair("from"), inputs.pair("to"));
            let sphere = great_circle_km(from, to);
            // the row is of a sphere; WGS 84 is flattened by 1/298, so the two differ by less than 0.6 %
            let ellipsoid = km(geodesic(from, to));
            assert!((ellipsoid - sphere).abs() < 0.006 * sphere, "{ellipsoid} and {sphere} km");
            json!({ "km": sphere })
        }
        "T20" | "T26" => {
            let time = inputs.kmh("rate_kmh").time_for(inputs.km("km"));
            json!({ "h": time.map(hours) })
        }
        "T21" | "T22" => {
            let vehicles = inputs.count("vehicles");
            let (density, rate) = (inputs.count("density_per_km"), inputs.kmh("rate_kmh"));
            let total = pass_time(vehicles, density, rate, inputs.minutes("gaps_min"));
            let (total, extra) =
                (minutes(total.expect("a rate")), minutes(extra_time_allowance(vehicles)));
            json!({ "pass_min": total - extra, "extal_min": extra, "total_min": total })
        }
        "T23" => {
            let (vehicles, density) = (inputs.count("vehicles"), inputs.count("density_per_km"));
            let space =
                road_space(vehicles, density, inputs.minutes("gaps_min"), inputs.kmh("rate_kmh"));
            json!({ "km": space.map(km) })
        }
        "T24" => json!({ "extal_min": minutes(extra_time_allowance(inputs.count("vehicles"))) }),
        "T25" => {
            let vehicles = inputs.count("vehicles");
            let (density, rate) = (inputs.count("density_per_km"), inputs.kmh("rate_kmh"));
            let space = road_space(vehicles, density, Duration::ZERO, rate).map(km);
            // the manual's figure has no extra time allowance
            let total = pass_time(vehicles, density, rate, Duration::ZERO).expect("a rate");
            json!({ "km": space, "pass_h": hours(total) - hours(extra_time_allowance(vehicles)) })
        }
        "T27" => {
            let metres = |key| Distance(inputs.count(key));
            let density = density_per_1000_km(metres("gap_m"), metres("vehicle_m"));
            json!({ "per_km": density.map(|per_1000_km| per_1000_km as f64 / 1_000.0) })
        }
        "T28" => {
            let start = moment(inputs.0["sp"].as_str().expect("a moment"));
            let march = inputs.kmh("rate_kmh").time_for(inputs.km("km")).expect("a rate");
            let arrive = start + march + inputs.minutes("halts_min");
            let clear = arrive + inputs.minutes("pass_total_min");
            json!({ "arrive": arrive.0, "clear": clear.0 })
        }
        "T29" => {
            let (a, b) = (inputs.times("a"), inputs.times("b"));
            let earliest = a.to + inputs.minutes("headway_min");
            let held = Interval { to: earliest, ..a };
            json!({ "conflict": held.overlaps(b), "earliest_b": earliest.0 })
        }
        "T38" => {
            let mass = |key| Mass(inputs.count(key));
            json!({ "kg": people_mass(inputs.count("pax"), mass("body_kg"), mass("bag_kg")).0 })
        }
        "T39" => {
            let fits = |key| inputs.count("people") <= inputs.count(key);
            json!({ "single": fits("single_deck"), "two_deck": fits("two_deck") })
        }
        _ => panic!("row {id} has no computation here"),
    }
}

/// Says what differs between a value expected and one found; times are expected as text.
fn difference(expected: &Value, found: &Value, tolerance: f64) -> Option<String> {
    let same = match expected {
        Value::String(text) => found.as_i64() == Some(moment(text).0),
        Value::Number(number) => {
            let (wanted, got) = (number.as_f64()?, found.as_f64().unwrap_or(f64::NAN));
            (wanted - got).abs() <= tolerance
        }
        other => other == found,
    };
    (!same).then(|| format!("expected {expected} within {tolerance}, found {found}"))
}

#[test]
fn worked_examples() {
    let mut n_rows = 0;
    let mut failures = Vec::new();
    for row in csv::Reader::from_reader(ROWS.as_bytes()).deserialize() {
        let row: std::collections::BTreeMap<String, String> = row.expect("a row of the table");
        let id = row["id"].as_str();
        let object = |key: &str| -> Map<String, Value> {
            serde_json::from_str(&row[key]).unwrap_or_else(|e| panic!("{id} {key}: {e}"))
        };
        let found = compute(id, &Inputs(object("inputs_json")));
        let tolerance: f64 = row["abs_tolerance"].parse().expect("a number");
        assert!(!row["source"].is_empty(), "{id} names its source");
        for (key, expected) in object("expected_json") {
            let wrong = difference(&expected, &found[&key], tolerance);
            failures.extend(wrong.map(|wrong| format!("{id} {} {key}: {wrong}", row["name"])));
        }
        n_rows += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(n_rows, 19);
}

#[test]
fn geodesics_are_those_of_karney() {
    // New York (40.6 N, 73.8 W) to London (51.6 N, 0.5 W): 5,551,759.400 m, the example in the manual
    // of GeodSolve, GeographicLib
    assert_eq!(geodesic((40.6, -73.8), (51.6, -0.5)), Distance(5_551_759));
    assert_eq!(geodesic((43.36, 77.04), (43.36, 77.04)), Distance::ZERO);
}

#[test]
fn an_absurd_column_passes_for_ever_and_not_by_an_overflow() {
    // found by fuzzing: the count of a plan's column is whatever the file says
    let most = extra_time_allowance(i64::MAX);
    assert!(most > extra_time_allowance(1_000_000) && most.0 > 0);
}
