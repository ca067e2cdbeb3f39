//! Every reader of exeunt as a function of bytes, called by `cargo xtask fuzz` and by the targets of `fuzz/` alike.
//!
//! A target answers whether the reader accepted the input, and panics where exeunt would, or where what was accepted
//! does not keep a promise: an accepted scenario reads the same again from either of its two forms, and a plan of the
//! engine passes the checker.
//!
//! Inputs of several files are one text in which `=== NAME` on a line of its own begins a file.

use crate::corpus;
use exeunt_check::routes::check_routes;
use exeunt_engine::search::{self, Pace};
use exeunt_engine::{Request, residual, solve, what_binds};
use exeunt_model::{Code, Plan, Problem, Rule, Scenario};
use exeunt_report::page::{Beside, Page};
use exeunt_report::{Language, communique, ledger};
use exeunt_scenario::{Draft, Loaded, append_row, build, draft_from_files};
use std::cell::Cell;

/// A reader that can be fed.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Name on the command line.
    pub name: &'static str,
    /// The reader; says whether it accepted the input.
    pub run: fn(&[u8]) -> bool,
    /// Valid and half-valid inputs to begin with, the most useful first.
    pub corpus: fn() -> Vec<Vec<u8>>,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "folder", run: folder, corpus: corpus::folders },
    Target { name: "json", run: json, corpus: corpus::json },
    Target { name: "operation", run: operation, corpus: corpus::operations },
    Target { name: "overlay", run: overlay, corpus: corpus::overlays },
    Target { name: "events", run: events, corpus: corpus::events },
    Target { name: "cells", run: cells, corpus: corpus::cells },
    Target { name: "plan", run: plan, corpus: corpus::plans },
    Target { name: "self_test", run: self_test, corpus: corpus::plans },
    Target { name: "documents", run: documents, corpus: corpus::plans },
    Target { name: "outcome", run: outcome, corpus: corpus::outcomes },
    Target { name: "list", run: list, corpus: corpus::lists },
    Target { name: "append", run: append, corpus: corpus::appended },
    Target { name: "options", run: options, corpus: corpus::options },
    Target { name: "benchmark", run: benchmark, corpus: corpus::benchmarks },
];

/// Longest text of which the marked line is rendered; long ones only cost time.
const SHOWN_BYTES_MAX: usize = 64 * 1024;
/// Problems rendered of one input.
const SHOWN_MAX: usize = 8;
/// Rounds of questions about what binds a plan.
const ASKED_MAX: u32 = 8;
/// Most stops of an instance that is searched as well.
const SEARCHED_MAX: usize = 60;
/// Most people and items of a scenario that is planned as well.
const PLANNED_MAX: i64 = 20_000;

/// An instance of a benchmark and, after a line `=== routes`, routes of it; of a small one the search's own routes pass the
/// check, from those given on too.
pub fn benchmark(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(s) = exeunt_scenario::project_of("fuzz", "fuzz.rcp", &text)
        && s.steps.len() <= SEARCHED_MAX
    {
        let mut left = 3;
        exeunt_engine::handovers_alone(&s, 1, |_| {
            left -= 1;
            left > 0
        });
    }
    let (instance, given) = text.split_once("=== routes\n").unwrap_or((&text, ""));
    let Ok(instance) = exeunt_scenario::instance_of("fuzz", "fuzz.txt", instance) else {
        return false;
    };
    let given = exeunt_scenario::routes_of("routes.txt", given, &instance).ok();
    if let Some(given) = &given {
        check_routes(&instance, given);
    }
    if instance.stops.len() <= SEARCHED_MAX {
        let request = search::Request {
            budget: Some(2),
            work: 2_000,
            lanes: 2,
            ..search::Request::default()
        };
        let found = search::routes(&instance, &request, given.as_ref(), |_| Pace::On, |_| {});
        let ours = |fault: &exeunt_check::routes::Fault| {
            use exeunt_check::routes::Broken;
            // who cannot be served even alone is left, and vehicles there may be too few
            let is_left = fault.broken == Broken::Missing && !found.left.is_empty();
            !is_left && fault.broken != Broken::Vehicles
        };
        let faults = check_routes(&instance, &found.routes).faults;
        assert!(!faults.iter().any(ours), "{faults:?}");
    }
    true
}

/// A scenario as the files of a folder.
pub fn folder(bytes: &[u8]) -> bool {
    let files = parts(bytes);
    let loaded = read(draft_from_files(files.iter().copied()), &files);
    loaded.is_some_and(|loaded| {
        reads_the_same_again(&loaded);
        true
    })
}

/// A scenario as one JSON file.
pub fn json(bytes: &[u8]) -> bool {
    let files = [("scenario.json", bytes)];
    let loaded = read(draft_from_files(files), &files);
    loaded.is_some_and(|loaded| {
        reads_the_same_again(&loaded);
        true
    })
}

/// The file `operation.toml` of the minimal scenario.
pub fn operation(bytes: &[u8]) -> bool {
    let minimal = corpus::files_of("minimal");
    let others = minimal.iter().filter(|(name, _)| *name != "operation.toml").copied();
    let draft = draft_from_files(others.chain([("operation.toml", bytes)]));
    read(draft, &[("operation.toml", bytes)]).is_some_and(|loaded| {
        plans_and_checks(&loaded);
        true
    })
}

/// An overlay of files laid over the minimal scenario; what is accepted is planned and checked.
pub fn overlay(bytes: &[u8]) -> bool {
    let files = parts(bytes);
    let mut draft = draft_from_files(corpus::files_of("minimal"));
    draft.overlay(draft_from_files(files.iter().copied()));
    read(draft, &files).is_some_and(|loaded| {
        reads_the_same_again(&loaded);
        plans_and_checks(&loaded);
        true
    })
}

/// A log of events laid over the minimal scenario; what is accepted is planned and checked.
pub fn events(bytes: &[u8]) -> bool {
    let Ok(events) = exeunt_scenario::read_events("log.jsonl", bytes) else { return false };
    let mut draft = draft_from_files(corpus::files_of("minimal"));
    draft.lay_events("log.jsonl", &events, &|_, t| t);
    read(draft, &[("log.jsonl", bytes)]).is_some_and(|loaded| {
        plans_and_checks(&loaded);
        true
    })
}

/// Single cells, a line each: table, id of the row, column and value with tabs between them.
pub fn cells(bytes: &[u8]) -> bool {
    let mut draft = corpus::base();
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        let mut fields = line.splitn(4, '\t');
        if let (Some(table), Some(id), Some(column), Some(value)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        {
            draft.set_cell(table, id, column, value);
        }
    }
    read(draft, &[]).is_some_and(|loaded| {
        reads_the_same_again(&loaded);
        reckons(&loaded.scenario);
        plans_and_checks(&loaded);
        true
    })
}

/// A plan: read, checked, and taken as what stands when the rest is planned again. Its scenario is the one whose hash it
/// names, the minimal one if none has it.
pub fn plan(bytes: &[u8]) -> bool {
    let plan = match exeunt::parse_plan(bytes, "plan.json") {
        Ok(plan) => plan,
        Err(problem) => {
            show(&[*problem], &[("plan.json", bytes)]);
            return false;
        }
    };
    let (s, made) = corpus::planned_for(&plan.scenario_hash);
    let verdict = exeunt_check::check(s, &plan, None);
    exeunt_report::text::check_summary(s, &verdict, None);
    exeunt_report::json::check_summary(s, &verdict, None);
    exeunt_report::text::plan_summary(s, &plan, &verdict, None);
    // a plan that cannot be replayed is refused in words
    let _ = exeunt_engine::simulate::simulate(s, &plan, &corpus::few_replications());
    exeunt_check::check(s, made, Some(&plan));
    exeunt_check::check(s, &plan, Some(made));
    if let Ok(again) = planned(s, Some(&plan)) {
        let verdict = exeunt_check::check(s, &again, Some(&plan));
        exeunt_report::text::plan_summary(s, &again, &verdict, None);
    }
    verdict.accepted
}

/// A part of a simulation, alone and with itself.
pub fn outcome(bytes: &[u8]) -> bool {
    let Ok(outcome) = exeunt::parse_outcome(bytes) else { return false };
    let summary = exeunt_engine::simulate::summarize(&outcome);
    exeunt_report::simulation::text(&summary, outcome.zone_offset);
    exeunt_report::simulation::json(&summary, outcome.zone_offset);
    let twice = vec![outcome.clone(), outcome.clone()];
    assert!(exeunt_engine::simulate::merge(twice).is_err(), "no part joins itself");
    exeunt_engine::simulate::merge(vec![outcome]).is_ok()
}

/// A plan of which copies are spoiled, as `exeunt check --self-test` does; slow, since each copy is checked.
pub fn self_test(bytes: &[u8]) -> bool {
    let Ok(plan) = exeunt::parse_plan(bytes, "plan.json") else { return false };
    let (s, _) = corpus::planned_for(&plan.scenario_hash);
    let test = exeunt_check::self_test(s, &plan, None);
    !test.cases.is_empty()
}

/// A plan that `exeunt report` shows, beside itself: page, communiqué, and what the force can still do, counted twice.
pub fn documents(bytes: &[u8]) -> bool {
    let Ok(plan) = exeunt::parse_plan(bytes, "plan.json") else { return false };
    let (s, _) = corpus::planned_for(&plan.scenario_hash);
    let verdict = exeunt_check::check(s, &plan, None);
    let at = s.operation.start;
    let (hours, stops) = (residual::hourly(s, &plan), residual::last_stops(s, &plan));
    let recounted = exeunt_check::recount::at(s, &plan, at);
    // a plan that breaks custody is counted one way by sums and another way by items
    assert!(!verdict.accepted || recounted == residual::at(s, &plan, at), "counted twice alike");
    let page = exeunt_report::page::html(&Page {
        scenario: s,
        plan: &plan,
        verdict: &verdict,
        at: None,
        language: Language::Ar,
        beside: Some(Beside { plan: &plan, verdict: &verdict }),
        residual: &hours,
        last_stops: &stops,
        prospects: None,
        bindings: None,
        self_test: None,
    });
    let communique = communique::communique(s, &plan, &verdict, at, Language::Ru);
    page.len() + communique::text(&communique).len() + communique::html(&communique).len() > 0
        && verdict.accepted
}

/// A list of `exeunt new --from`: options in the first line as for [`options`], the list below.
pub fn list(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let (options, list) = bytes.split_at(end);
    let text = match exeunt::list::decode(list.to_vec(), "pieces.csv") {
        Ok(text) => text,
        Err(problem) => {
            show(&[*problem], &[("pieces.csv", list)]);
            return false;
        }
    };
    from_list(&String::from_utf8_lossy(options), &text)
}

/// A row added to a ledger as `exeunt statements add` does: its text, relay and language with `|` between them in the
/// first line, the table below. Rows that were there stay as they are, and one is added.
pub fn append(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let (options, table) = bytes.split_at(end);
    let options = String::from_utf8_lossy(options).replace('\0', "");
    let fields: Vec<&str> = options.split('|').collect();
    let field = |at: usize| fields.get(at).copied().unwrap_or_default();
    let cells = [("text", field(0)), ("via", field(1)), ("language", field(2).trim())];
    let file = "statements.csv";
    let appended = match append_row("statements", file, table, &cells) {
        Ok(appended) => appended,
        Err(problems) => {
            show(&problems, &[(file, table)]);
            return false;
        }
    };
    let before = draft_from_files([(file, table)]);
    if !before.problems().is_empty() {
        return false;
    }
    let after = draft_from_files([(file, &appended.bytes)]);
    assert!(after.problems().is_empty(), "a good table stays one");
    let rows =
        |draft: &Draft| draft.to_json()["statements"].as_array().cloned().unwrap_or_default();
    let (before, after) = (rows(&before), rows(&after));
    assert_eq!(before.len() + 1, after.len(), "one row is added");
    assert_eq!(before, after[..before.len()], "the others stay as they are");
    assert_eq!(after[before.len()]["id"], appended.id.as_str());
    true
}

/// Options of the command line with parsers of their own: origin, destination, aircraft, stands, deadline, start,
/// base and epochs with `|` between them; a blank one is not given.
pub fn options(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let epochs =
        text.split('|').nth(7).is_some_and(|text| exeunt::parse_epochs(text.trim()).is_ok());
    from_list(&text, "name,kind,count\nSoldiers,people,140\n") && epochs
}

fn from_list(options: &str, text: &str) -> bool {
    let fields: Vec<Option<&str>> = options
        .split('|')
        .map(str::trim)
        .map(|field| (!field.is_empty()).then_some(field))
        .collect();
    let field = |at: usize| fields.get(at).copied().flatten();
    let wishes = exeunt::list::Wishes {
        origin: field(0),
        to: field(1),
        fleet: field(2),
        // as clap reads it
        stands: field(3).and_then(|text| text.parse().ok()).filter(|n| (1..=1_000).contains(n)),
        by: field(4),
        start: field(5),
        base: field(6),
    };
    let files = [("pieces.csv", text.as_bytes())];
    match exeunt::list::scenario(text, "pieces.csv", &wishes) {
        Ok(draft) => read(draft, &files).is_some(),
        Err(problems) => {
            show(&problems, &files);
            false
        }
    }
}

/// Plans with one construction.
pub fn planned(s: &Scenario, frozen: Option<&Plan>) -> Result<Plan, String> {
    let request = Request { lanes: 1, frozen, ..Request::default() };
    solve(s, &request, |_| false, |_| ()).map(|outcome| outcome.plan)
}

/// Builds a scenario and shows what is wrong as the program does.
fn read(draft: Draft, files: &[(&str, &[u8])]) -> Option<Loaded> {
    match build(draft) {
        Ok(loaded) => {
            show(&loaded.warnings, files);
            Some(loaded)
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "what is refused says why");
            show(&problems, files);
            None
        }
    }
}

/// Renders problems in every form.
fn show(problems: &[Problem], files: &[(&str, &[u8])]) {
    exeunt::shown::set_up();
    exeunt_report::problems::text(problems);
    exeunt_report::problems::json(problems);
    for problem in problems.iter().take(SHOWN_MAX) {
        let file = files.iter().find(|(name, _)| *name == problem.place.file);
        let text = file
            .filter(|(_, bytes)| bytes.len() <= SHOWN_BYTES_MAX)
            .and_then(|(_, bytes)| String::from_utf8(bytes.to_vec()).ok());
        let _ = format!("{:?}", exeunt::shown::diagnostic(problem, text));
    }
}

/// Sets the rows of the ledger side by side in every form.
fn reckons(s: &Scenario) {
    let reckoning = ledger::reckon(s, None, None);
    ledger::value(s, &reckoning);
    let rows = ledger::select(s, &ledger::Filter::default());
    for language in Language::ALL {
        ledger::text(s, &reckoning, language, false);
        ledger::list_text(s, &rows, None, language, true);
    }
}

/// Asserts that an accepted scenario reads the same from both of its forms.
fn reads_the_same_again(loaded: &Loaded) {
    let hash = &loaded.scenario.hash;
    assert_eq!(*hash, loaded.draft.hash(), "a scenario has the hash of its draft");
    let json = loaded.draft.to_json().to_string();
    let again = draft_from_files([("scenario.json", json)]);
    assert_eq!(*hash, again.hash(), "the JSON form has the same content");
    let again = draft_from_files(loaded.draft.to_files());
    assert_eq!(*hash, again.hash(), "the folder has the same content");
}

/// Plans a scenario as the program would, asks what binds, and asserts that the plan breaks nothing but a hard date that
/// cannot be kept.
fn plans_and_checks(loaded: &Loaded) {
    let s = &loaded.scenario;
    if loaded.warnings.iter().any(|problem| problem.code == "above-ceiling") {
        return;
    }
    let size: i64 = s
        .pieces
        .rows
        .iter()
        .map(|p| (p.items_each() + p.people_each()).saturating_mul(p.count))
        .sum();
    if size > PLANNED_MAX {
        return;
    }
    let request = Request { lanes: 1, ..Request::default() };
    let outcome = solve(s, &request, |_| false, |_| ()).expect("nothing is frozen");
    let asked = Cell::new(0);
    let (bindings, _) =
        what_binds(s, &request, &outcome, || asked.replace(asked.get() + 1) < ASKED_MAX);
    let plan = &outcome.plan;
    let verdict = exeunt_check::check(s, plan, None);
    exeunt_report::text::plan_summary(s, plan, &verdict, Some(&bindings));
    let is_late = |object: &str| object.starts_with("element ");
    let fault =
        verdict.findings.iter().find(|f| !(f.rule == Code::Rule(Rule::C04) && is_late(&f.object)));
    if let Some(fault) = fault {
        panic!("the engine's plan breaks {}: {}: {}", fault.rule, fault.object, fault.message);
    }
}

/// Splits one text into files.
fn parts(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    let mut begun: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"=== ") {
            files.extend(begun.map(|(name, from)| (name, &bytes[from..at])));
            let name = std::str::from_utf8(name).unwrap_or("not text").trim();
            begun = Some((name, at + line.len()));
        }
        at += line.len();
    }
    files.extend(begun.map(|(name, from)| (name, &bytes[from..])));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_accepts_the_first_input_of_its_corpus() {
        for target in TARGETS {
            let first = (target.corpus)().swap_remove(0);
            assert!((target.run)(&first), "{}", target.name);
        }
    }

    /// 200 inputs of each target, of which some are accepted and some refused: neither reader nor generator is idle.
    #[test]
    fn no_reader_panics() {
        for target in TARGETS {
            let tally = crate::fuzz::fuzz(target, 1, 0, |n| n < 200);
            assert!(tally.panics.is_empty(), "{}: {:?}", target.name, tally.panics);
            assert!(0 < tally.accepted && tally.accepted < 200, "{}: {tally:?}", target.name);
        }
    }

    #[test]
    fn files_are_told_apart() {
        let files = parts(b"lost\n=== a.csv\n1\n2\n=== b.csv\n=== c.csv\n3");
        assert_eq!(files, [("a.csv", &b"1\n2\n"[..]), ("b.csv", b""), ("c.csv", b"3")]);
    }
}
