//! `cargo xtask history`: what flew and drove from 13 to 19 January 2022, as a plan.
//!
//! The rows of `history.csv` say day, nation, type, fields and number of the loaded sorties, and hours that are assumed.
//! Everything else that a plan needs is made here by fixed rules: who boards which sortie, handovers, marches, loading
//! and unloading, tails and their ferry flights. The same scenario and rows give the same plan; nothing is searched
//! at random and no floating-point number decides. The figures printed at the end are those of the checker.
#![expect(clippy::print_stdout, reason = "a tool that prints what it made")]

mod ground;
mod handovers;
mod loads;
mod marches;
mod rows;
mod tails;

use exeunt_model::finding::Verdict;
use exeunt_model::ids::*;
use exeunt_model::plan::{Epochs, Line, PLAN_FORMAT, Plan, Sortie};
use exeunt_model::scenario::Scenario;
use exeunt_model::time::Timestamp;
use exeunt_scenario::{Draft, Loaded};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the plan stands, beside the tables of its scenario.
pub const PLAN: &str = "scenarios/kazakhstan-2022/history.plan.json";
/// The scenario it is made for.
pub const SCENARIO: &str = "scenarios/kazakhstan-2022";
/// What the record asks of fields beyond what the scenario assumes.
pub const OVERLAY: &str = "scenarios/kazakhstan-2022-history-capacity";
/// The switch that lets civil hours bind.
const CIVIL_HOURS: &str = "crates/exeunt/tests/overlays/civil-hours-bind";

/// What is written.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Args {
    /// Compare with the file in the repository and write nothing
    #[arg(long)]
    pub check: bool,
}

/// A loaded sortie on its way to becoming part of a tail's line.
#[derive(Debug, Clone)]
pub(crate) struct Mission {
    /// Id, such as `H10-07`: row and number.
    pub(crate) id: String,
    /// Type that flies it.
    pub(crate) aircraft: TypeId,
    /// Where it loads.
    pub(crate) from: PlaceId,
    /// Where it unloads.
    pub(crate) to: PlaceId,
    /// Take-off.
    pub(crate) departs: Timestamp,
    /// What is on board.
    pub(crate) hold: loads::Hold,
    /// Earliest and chosen start of loading.
    pub(crate) loading: (Timestamp, Timestamp),
}

/// Writes the plan and prints its figures.
pub fn run(args: &Args) -> ExitCode {
    match made(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            println!("{PLAN} is not what the tool makes: run `cargo xtask history`");
            ExitCode::FAILURE
        }
        Err(reason) => {
            println!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn made(args: &Args) -> Result<bool, String> {
    let loaded = scenario(&[])?;
    let text = text(&loaded.scenario)?;
    let path = root().join(PLAN);
    if args.check {
        return Ok(std::fs::read_to_string(&path).is_ok_and(|there| there == text));
    }
    std::fs::write(&path, &text).map_err(|e| format!("{PLAN}: {e}"))?;
    let plan: Plan = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    for (title, overlays) in [
        ("as the scenario assumes", &[][..]),
        ("with the capacity that the record asks for", &[OVERLAY]),
        ("with that capacity, civil hours bind", &[OVERLAY, CIVIL_HOURS]),
    ] {
        let s = scenario(overlays)?.scenario;
        show(title, &s, &exeunt_check::check(&s, &plan, None));
    }
    println!("written: {PLAN}");
    Ok(true)
}

/// Returns the folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the scenario with tables laid over it.
///
/// # Errors
///
/// Says the first thing that is wrong with it.
pub fn scenario(overlays: &[&str]) -> Result<Loaded, String> {
    let mut draft: Draft = exeunt_scenario::read_draft(&root().join(SCENARIO));
    for overlay in overlays {
        draft.overlay(exeunt_scenario::read_draft(&root().join(overlay)));
    }
    exeunt_scenario::build(draft)
        .map_err(|problems| problems.first().map_or_else(String::new, |p| p.message.clone()))
}

/// Returns the plan as the text of its file.
///
/// # Errors
///
/// Says which row of the history the scenario leaves no room for.
pub fn text(s: &Scenario) -> Result<String, String> {
    let mut text = serde_json::to_string_pretty(&plan(s)?).map_err(|e| e.to_string())?;
    text.push('\n');
    Ok(text)
}

/// Returns the history as a plan.
///
/// # Errors
///
/// Says which row of the history the scenario leaves no room for.
pub fn plan(s: &Scenario) -> Result<Plan, String> {
    let rows = rows::read(s)?;
    let handovers = handovers::earliest(s);
    let freed = handovers::releases(s, &handovers);
    let mut missions = missions(s, &rows)?;
    let groups = marches::groups(s, &missions, &freed)?;
    for (number, mission) in missions.iter_mut().enumerate() {
        mission.loading.0 = marches::earliest_loading(s, number, mission, &groups, &freed);
    }
    ground::choose_loading(s, &mut missions)?;
    let unloading = ground::unloading(s, &missions);
    let mut columns = marches::to_fields(s, &missions, &groups)?;
    columns.extend(marches::on_own_wheels(s, &rows, &freed)?);
    columns.extend(marches::home(s, &rows, &missions, &unloading)?);
    let mut lines = tails::assign(s, &missions, &unloading)?;
    number_ferries(&mut lines);
    let mut plan = Plan {
        format: PLAN_FORMAT,
        scenario_hash: s.hash.clone(),
        epochs: Epochs::default(),
        lines,
        columns,
        handovers,
        ..Plan::default()
    };
    let verdict = exeunt_check::check(s, &plan, None);
    plan.levels = verdict.levels;
    plan.objective = verdict.objective;
    if let Some(broken) = plan.objective.first_mut() {
        *broken = 0; // a plan states none; the checker counts
    }
    plan.bounds = vec![None; plan.levels.len()];
    Ok(plan)
}

/// Makes the loaded sorties of the rows, each with its take-off and its load.
fn missions(s: &Scenario, rows: &[rows::Row]) -> Result<Vec<Mission>, String> {
    let mut taken: BTreeMap<PlaceId, Vec<Timestamp>> = BTreeMap::new();
    let mut missions = Vec::new();
    for (row, pieces) in rows.iter().zip(loads::share(s, rows)?) {
        let Some(aircraft) = row.aircraft else { continue };
        let n = row.departures.len();
        let holds = loads::pack(s, row, aircraft, &pieces)?;
        for (number, (hold, &wanted)) in holds.into_iter().zip(&row.departures).enumerate() {
            let departs = ground::free_slot(s, row.from, wanted, &mut taken);
            let width = n.to_string().len().max(2);
            missions.push(Mission {
                id: format!("{}-{:0width$}", row.id, number + 1),
                aircraft,
                from: row.from,
                to: row.to,
                departs,
                hold,
                loading: (departs, departs),
            });
        }
    }
    Ok(missions)
}

/// Numbers the ferry flights in the order of time, as the planner does.
fn number_ferries(lines: &mut [Line]) {
    let mut ferries: Vec<&mut Sortie> =
        lines.iter_mut().flat_map(|line| &mut line.sorties).filter(|s| s.load.is_empty()).collect();
    ferries.sort_by(|a, b| (a.departs, &a.id).cmp(&(b.departs, &b.id)));
    for (number, ferry) in ferries.into_iter().enumerate() {
        ferry.id = format!("S{:03}", number + 1);
    }
}

/// Prints what the checker says.
fn show(title: &str, s: &Scenario, verdict: &Verdict) {
    println!("{title}: {} findings", verdict.findings.len());
    let local = |t: Timestamp| {
        let shifted = Timestamp(t.0 + s.operation.zone_offset).to_rfc3339();
        shifted.get(8..16).map_or(String::new(), |text| text.replace('T', ". "))
    };
    for finding in &verdict.findings {
        let at = finding.at.map_or(String::new(), local);
        println!("  {at} {} {}: {}", finding.rule, finding.object, finding.message);
    }
    for day in &verdict.days {
        println!("  {} {} {}", day.date, day.field, day.loaded_sorties);
    }
    let required = verdict.promises.iter().filter(|p| p.required);
    let kept = required.clone().filter(|p| p.strict == Some(true)).count();
    println!("  required promises kept: {kept} of {}", required.count());
    let closures = [verdict.closure_left_host, verdict.closure_home_airfield, verdict.closure];
    let closures: Vec<String> = closures.into_iter().flatten().map(local).collect();
    println!("  out of the host, landed, home: {}", closures.join(", "));
    println!(
        "  {} loaded, {} ferry sorties on {} tails; {} unmoved",
        verdict.loaded_sorties, verdict.ferry_sorties, verdict.tails_used, verdict.unmoved
    );
}
