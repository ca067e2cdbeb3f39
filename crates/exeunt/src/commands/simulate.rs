//! `exeunt simulate`: replays a plan by the scenario's uncertainty rows; `simulate merge` joins parts.

use crate::args::{MergeArgs, SimulateArgs, SimulateCommand, Summary};
use crate::commands::plan::threads;
use crate::{exit, files, print};
use exeunt_engine::simulate::{Request, compare, merge, simulate, summarize};
use exeunt_model::outcome::Outcome;
use exeunt_report::simulation;
use std::path::Path;

pub(crate) fn run(args: &SimulateArgs) -> u8 {
    let done = match &args.merge {
        Some(SimulateCommand::Merge(args)) => joined(args),
        None => replayed(args),
    };
    done.unwrap_or_else(|code| code)
}

fn replayed(args: &SimulateArgs) -> Result<u8, u8> {
    let summary = args.summary;
    let (Some(path), Some(plan_path)) = (&args.scenario, &args.plan) else {
        return Err(files::refuse_usage("a scenario and a plan are needed", "name both", summary));
    };
    if let Some(output) = &args.output {
        files::try_write(output, summary)?;
    }
    let loaded = files::scenario(path, &args.overlay.overlay, summary)?;
    let s = &loaded.scenario;
    files::refuse_no_draws(s, args.input_draws, summary)?;
    let plan = files::plan(plan_path, summary)?;
    let other = args.against.as_ref().map(|path| files::plan(path, summary)).transpose()?;
    let (shard, of) = args.shard.unwrap_or((0, 1));
    let findings = exeunt_check::check(s, &plan, None).findings.len();
    let request = Request {
        seed: args.seed,
        findings: u64::try_from(findings).unwrap_or(u64::MAX),
        threads: threads(args.threads),
        input_draws: args.input_draws,
        input_replications: args.input_replications,
        ..Request::default()
    };
    let request = request.part(args.replications, shard, of);
    let refuse =
        |reason: String| files::refuse_usage(&reason, "give a plan of this scenario", summary);
    let outcome = simulate(s, &plan, &request).map_err(refuse)?;
    if let Some(output) = &args.output {
        write(output, &outcome, summary)?;
    }
    if args.shard.is_some() {
        match summary {
            Summary::Json => print(&format!("{:#}\n", simulation::part_json(&outcome))),
            Summary::Text => print(&simulation::part_text(&outcome)),
        }
        return Ok(exit::DONE);
    }
    let against = match other {
        None => None,
        Some(other) => {
            let findings = exeunt_check::check(s, &other, None).findings.len();
            let findings = u64::try_from(findings).unwrap_or(u64::MAX);
            let quick = Request { input_draws: 0, findings, ..request };
            let second = simulate(s, &other, &quick).map_err(refuse)?;
            Some(compare(&outcome, &second).map_err(refuse)?)
        }
    };
    let derived = summarize(&outcome);
    let code = code(&derived);
    match summary {
        Summary::Json => {
            let mut value = simulation::json(&derived, outcome.zone_offset);
            value["against"] = against
                .map_or(serde_json::Value::Null, |found| simulation::comparison_json(&found));
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            print(&simulation::text(&derived, outcome.zone_offset));
            if let Some(found) = against {
                print(&format!("\n{}", simulation::comparison_text(&found)));
            }
        }
    }
    Ok(code)
}

/// Returns the exit code: broken if a probability is below the wanted one.
fn code(summary: &exeunt_model::outcome::Summary) -> u8 {
    let below = |row: &exeunt_model::outcome::PromiseProbability| {
        row.probability.zip(row.wanted).is_some_and(|(p, wanted)| p < wanted)
    };
    if summary.promises.iter().any(below) { exit::BROKEN } else { exit::DONE }
}

fn write(path: &Path, outcome: &Outcome, summary: Summary) -> Result<(), u8> {
    let mut text = serde_json::to_string(outcome).expect("an outcome has only plain keys");
    text.push('\n');
    files::write(path, &text, summary)
}

fn joined(args: &MergeArgs) -> Result<u8, u8> {
    let summary = args.summary;
    let mut parts = Vec::new();
    for path in &args.files {
        let refuse = |reason: String| {
            let message = format!("`{}` is no part of a simulation: {reason}", path.display());
            files::refuse_usage(
                &message,
                "give files that `exeunt simulate --shard` wrote",
                summary,
            )
        };
        let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
        parts.push(exeunt::parse_outcome(&bytes).map_err(refuse)?);
    }
    let outcome = merge(parts).map_err(|reason| {
        let message = format!("the files do not join: {reason}");
        files::refuse_usage(&message, "give every part of one simulation once", summary)
    })?;
    if let Some(output) = &args.output {
        write(output, &outcome, summary)?;
    }
    let derived = summarize(&outcome);
    match summary {
        Summary::Json => {
            let mut value = simulation::json(&derived, outcome.zone_offset);
            value["against"] = serde_json::Value::Null;
            print(&format!("{value:#}\n"));
        }
        Summary::Text => print(&simulation::text(&derived, outcome.zone_offset)),
    }
    Ok(code(&derived))
}
