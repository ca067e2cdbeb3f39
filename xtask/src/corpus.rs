//! What the fuzzing begins with: the repository's own scenarios, spoiled ones, overlays, lists, and a plan of the engine.

use crate::targets;
use exeunt_model::{Plan, Scenario};
use exeunt_scenario::{Draft, build, draft_from_files};
use include_dir::{Dir, include_dir};
use std::sync::OnceLock;

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../scenarios");
static OVERLAYS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../crates/exeunt/tests/overlays");
const LIST: &str = include_str!("../../data/pieces.csv");

/// A small scenario in which every table has rows.
const BASE: &str = "broken/_base";
/// Options for [`targets::list`] and [`targets::options`].
const OPTIONS: &str = "UAAA|UMMS|4xIL76|3|2027-01-31|||8\n";

/// Returns the tables of a scenario in `scenarios/`: name and bytes of each.
pub fn files_of(name: &str) -> Vec<(&'static str, &'static [u8])> {
    tables(SCENARIOS.get_dir(name).expect("a folder of scenarios/"))
}

/// Returns the draft of the small scenario in which every table has rows.
pub fn base() -> Draft {
    draft_from_files(files_of(BASE))
}

/// Returns the scenario with that hash and its plan; the minimal scenario if none has it.
pub fn planned_for(hash: &str) -> (&'static Scenario, &'static Plan) {
    let known = planned();
    let (s, plan) = known.iter().find(|(s, _)| s.hash == hash).unwrap_or(&known[0]);
    (s, plan)
}

/// Returns the minimal scenario and the one in which every table has rows, each with its plan.
fn planned() -> &'static [(Scenario, Plan)] {
    static PLANNED: OnceLock<Vec<(Scenario, Plan)>> = OnceLock::new();
    PLANNED.get_or_init(|| {
        let planned = |name: &&str| {
            let loaded = build(draft_from_files(files_of(name))).expect("a valid scenario");
            let plan = targets::planned(&loaded.scenario, None).expect("nothing is frozen");
            (loaded.scenario, plan)
        };
        ["minimal", BASE].iter().map(planned).collect()
    })
}

/// Whole scenarios as files.
pub fn folders() -> Vec<Vec<u8>> {
    let mut found = vec![join(&files_of("minimal")), join(&files_of(BASE))];
    found.extend(broken("csv").map(|dir| {
        let changed = tables(dir);
        let mut files = files_of(BASE);
        files.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
        files.extend(changed);
        join(&files)
    }));
    found.push(join(&files_of("kazakhstan-2022")));
    found
}

/// Whole scenarios as one JSON file.
pub fn json() -> Vec<Vec<u8>> {
    let whole = |name: &str| draft_from_files(files_of(name)).to_json().to_string().into_bytes();
    let mut found = vec![whole("minimal"), whole(BASE)];
    let files = broken("json").flat_map(Dir::files);
    found.extend(
        files
            .filter(|file| file.path().extension().is_some_and(|e| e == "json"))
            .map(|file| file.contents().to_vec()),
    );
    found.push(whole("kazakhstan-2022"));
    found
}

/// Operations.
pub fn operations() -> Vec<Vec<u8>> {
    let of = |dir: &'static Dir<'_>| {
        let file = dir.files().find(|file| file.path().ends_with("operation.toml"));
        file.map(|file| file.contents().to_vec())
    };
    let named = ["minimal", BASE, "kazakhstan-2022"].map(|name| SCENARIOS.get_dir(name));
    named
        .into_iter()
        .flatten()
        .chain(OVERLAYS.dirs())
        .chain(broken("toml"))
        .filter_map(of)
        .collect()
}

/// Overlays that the minimal scenario takes, whole scenarios among them.
pub fn overlays() -> Vec<Vec<u8>> {
    let minimal = files_of("minimal");
    let mut found = vec![join(&minimal)];
    found.extend(minimal.iter().map(|file| join(&[*file])));
    found.extend(OVERLAYS.dirs().map(|dir| join(&tables(dir))));
    found.extend(broken("csv").map(|dir| join(&tables(dir))));
    found
}

/// Logs of events over names of the minimal scenario.
pub fn events() -> Vec<Vec<u8>> {
    let draft = draft_from_files(files_of("minimal"));
    let s = build(draft).expect("a scenario of the repository").scenario;
    let (tail, piece, step) =
        (&s.tails.rows[0].name, &s.pieces.rows[0].name, &s.steps.rows[0].name);
    let field = s.places.rows.iter().find(|place| place.airfield.is_some()).map(|row| &row.name);
    let (resource, site) = (&s.resources.rows[0].name, &s.sites.rows[0].name);
    let at = s.operation.start;
    let until = at + exeunt_model::Duration::from_hours(5);
    let bodies = [
        ("tail_unserviceable", format!(r#"{{"tail":"{tail}","until":"{until}"}}"#)),
        ("tail_swapped", format!(r#"{{"tail":"{tail}","by":"{tail}"}}"#)),
        ("counted", format!(r#"{{"piece":"{piece}","count":3}}"#)),
        ("step_takes", format!(r#"{{"step":"{step}","hours":2.5}}"#)),
        ("receiver_late", format!(r#"{{"sites":["{site}"],"until":"{until}"}}"#)),
        ("capacity_lost", format!(r#"{{"resource":"{resource}","amount":1,"until":"{until}"}}"#)),
        (
            "airfield_closed",
            format!(r#"{{"airfield":"{}","until":"{until}"}}"#, field.map_or("", String::as_str)),
        ),
        ("rows", format!(r#"{{"pieces":[{{"id":"{piece}","count":"2"}}]}}"#)),
    ];
    let line = |(kind, body): &(&str, String)| {
        format!(r#"{{"at":"{at}","kind":"{kind}","body":{body},"source":"x"}}"#) + "\n"
    };
    let mut found = vec![bodies.iter().map(line).collect::<String>().into_bytes()];
    found.extend(bodies.iter().map(|row| line(row).into_bytes()));
    found
}

/// Each cell of the small scenario, many in one input first.
pub fn cells() -> Vec<Vec<u8>> {
    let draft = base();
    let json = draft.to_json();
    let mut lines: Vec<String> = Vec::new();
    for (table, rows) in json.as_object().into_iter().flatten() {
        let rows = rows.as_array().cloned().unwrap_or_else(|| vec![rows.clone()]);
        for row in &rows {
            let id = row["id"].as_str().unwrap_or_default();
            lines.extend(row.as_object().into_iter().flatten().filter_map(|(column, value)| {
                Some(format!("{table}\t{id}\t{column}\t{}\n", value.as_str()?))
            }));
        }
    }
    let mut found: Vec<Vec<u8>> = lines.chunks(40).map(|some| some.concat().into_bytes()).collect();
    found.extend(lines.into_iter().map(String::into_bytes));
    found
}

/// Plans, indented and not, and one without moves.
pub fn plans() -> Vec<Vec<u8>> {
    let empty = Plan { format: 1, ..Plan::default() };
    let text = |plan: &Plan| serde_json::to_vec(plan).expect("a plan has only plain keys");
    let pretty = serde_json::to_vec_pretty(&planned()[0].1).expect("a plan has only plain keys");
    let mut found: Vec<Vec<u8>> = planned().iter().map(|(_, plan)| text(plan)).collect();
    found.extend([pretty, text(&empty)]);
    found
}

/// Returns what a short simulation asks for.
pub fn few_replications() -> exeunt_engine::simulate::Request {
    let small = exeunt_engine::simulate::Request::default();
    let small = exeunt_engine::simulate::Request { input_draws: 2, input_replications: 4, ..small };
    small.part(20, 0, 1)
}

/// Outcomes of short simulations, whole and in parts.
pub fn outcomes() -> Vec<Vec<u8>> {
    let of = |shard: u64, parts: u64| {
        planned().iter().filter_map(move |(s, plan)| {
            let request = few_replications().part(20, shard, parts);
            let outcome = exeunt_engine::simulate::simulate(s, plan, &request).ok()?;
            serde_json::to_vec(&outcome).ok()
        })
    };
    of(0, 1).chain(of(1, 3)).collect()
}

/// Small instances of benchmarks in both forms, with routes.
pub fn benchmarks() -> Vec<Vec<u8>> {
    let li_lim = "3 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 6 0 90 1 0 2\n2 3 0 -6 5 95 1 1 0\n\
                  3 0 5 4 0 90 2 0 4\n4 5 5 -4 0 95 2 3 0\n=== routes\n1 2\nRoute 2 : 3 4\n";
    let sartori = "NAME: tiny-n3\nSIZE: 3\nROUTE-TIME: 60\nCAPACITY: 5\nNODES\n0 0.0 0.0 0 0 240 0 0 0\n\
                   1 0.1 0.0 5 10 40 3 0 2\n2 0.2 0.1 -5 10 50 3 1 0\nEDGES\n0 7 9\n8 0 4\n6 5 0\nEOF\n\
                   === routes\n1 2\n";
    [li_lim, sartori].map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Lists with their options.
pub fn lists() -> Vec<Vec<u8>> {
    let semicolons = LIST.replace(',', ";").replace('.', ",");
    let units = "UAAA|UMMS|2xC-17A,1xAn-124|2|2027-01-31|2027-01-02|UMMS|\n\
                 item;type;qty;length_cm;width_mm;height_m;weight_t;crew\n\
                 \"Truck, big\";truck;2;790;2500;3,10;9,8;2\n\
                 pax;pax;12;;;;;\n";
    [LIST, &semicolons]
        .map(|list| format!("{OPTIONS}{list}"))
        .into_iter()
        .chain([units.to_owned()])
        .map(String::into_bytes)
        .collect()
}

/// Rows to be added to ledgers.
pub fn appended() -> Vec<Vec<u8>> {
    let ledgers = ["broken/_base", "deployment"].map(|name| {
        let (_, bytes) = *files_of(name).iter().find(|(file, _)| *file == "statements.csv")?;
        Some([b"it is \"done\", all|an agency|ru\n", bytes].concat())
    });
    let short = b"x||\r\nid,text\r\nS1,\"two\r\nlines\"\r\n\r\n".to_vec();
    ledgers.into_iter().flatten().chain([short]).collect()
}

/// Options.
pub fn options() -> Vec<Vec<u8>> {
    let more = "Almaty|Minsk|2xC-17A,1 x An-124|1|2027-01-31|2027-01-02|UMMS|0/8/8";
    [OPTIONS, more].map(|text| text.trim().as_bytes().to_vec()).to_vec()
}

fn tables(dir: &'static Dir<'_>) -> Vec<(&'static str, &'static [u8])> {
    let files =
        dir.files().filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents())));
    let mut files: Vec<_> =
        files.filter(|(name, _)| name.ends_with(".csv") || name.ends_with(".toml")).collect();
    files.sort_unstable();
    files
}

/// Returns the folders of spoiled input with a file of that kind.
fn broken(extension: &'static str) -> impl Iterator<Item = &'static Dir<'static>> {
    let broken = SCENARIOS.get_dir("broken").expect("scenarios/broken is there");
    let mut dirs: Vec<_> = broken.dirs().collect();
    dirs.sort_by_key(|dir| dir.path());
    let is_one = move |dir: &&Dir<'_>| {
        dir.files().any(|file| file.path().extension().is_some_and(|e| e == extension))
    };
    dirs.into_iter().filter(is_one)
}

fn join(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = Vec::new();
    for (name, bytes) in files {
        text.extend_from_slice(format!("=== {name}\n").as_bytes());
        text.extend_from_slice(bytes);
        if !bytes.ends_with(b"\n") {
            text.push(b'\n');
        }
    }
    text
}
