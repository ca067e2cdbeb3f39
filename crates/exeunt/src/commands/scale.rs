//! `exeunt bench scale`: the planner on invented operations of growing size.

use crate::args::{BenchScaleArgs, Summary};
use crate::commands::bench::{commit, machine};
use crate::commands::generate::{generated, size};
use crate::commands::plan::threads;
use crate::progress::Clock;
use crate::{exit, files, print};
use exeunt_engine::{Request, solve};
use exeunt_model::{Plan, Timestamp};

pub(crate) fn run(args: &BenchScaleArgs) -> u8 {
    measured(args).unwrap_or_else(|code| code)
}

fn measured(args: &BenchScaleArgs) -> Result<u8, u8> {
    for seconds in &args.at {
        files::refuse_endless(*seconds, Summary::Text)?;
    }
    let most = args.at.iter().copied().fold(0.0, f64::max);
    for &pieces in &args.pieces {
        let size = size(&args.size, pieces);
        let made = generated(size)?;
        let s = &made.loaded.scenario;
        let hours = |t: Option<Timestamp>| {
            #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
            t.map_or(f64::NAN, |t| (t - s.operation.start).0 as f64 / 3_600.0)
        };
        let whole = hours(made.verdict.closure);
        print(&format!(
            "{pieces} pieces, {} tails, {} fields, {} sites, seed {}: witness closes after {whole:.1} h, sum of closures {:.1} h, {} loaded sorties\n",
            s.tails.len(),
            size.airfields,
            size.sites,
            size.seed,
            closures(&made.witness),
            made.verdict.loaded_sorties,
        ));
        let mut clock = Clock::start(Some(most));
        let since = clock.since();
        let request = Request {
            seed: 1,
            epochs: u64::MAX,
            lanes: args.walks.lanes,
            threads: threads(args.walks.threads),
            frozen: None,
            before: None,
            warm_start: None,
        };
        let mut heard: Vec<(f64, Vec<i64>)> = Vec::new();
        let found = solve(
            s,
            &request,
            |_| clock.go_on(),
            |progress| {
                heard.push((since.seconds(), progress.objective.clone()));
            },
        );
        let outcome = found.map_err(|reason| {
            eprintln!("internal error: {reason}");
            exit::INTERNAL
        })?;
        let verdict = exeunt_check::check(s, &outcome.plan, None);
        let first = heard.first().map_or(f64::NAN, |(seconds, _)| *seconds);
        print(&format!("  first plan after {first:.2} s\n"));
        let z4 = position(&outcome.plan);
        for &at in &args.at {
            if let Some((_, value)) = heard.iter().rev().find(|(seconds, _)| *seconds <= at) {
                print(&format!(
                    "  at {at:>5} s: unmoved {}, sum of closures {:.1} h\n",
                    value[1],
                    value[z4] as f64 / 3_600.0
                ));
            }
        }
        print(&format!(
            "  closure after {:.1} h, {} unmoved, {} loaded sorties, {} epochs, checker: {}, peak memory {} MB\n",
            hours(verdict.closure),
            verdict.unmoved,
            verdict.loaded_sorties,
            outcome.plan.epochs.run,
            if verdict.accepted { "accepted" } else { "REFUSED" },
            peak_megabytes(),
        ));
    }
    print(&format!(
        "{} lanes, {} threads, machine: {}, commit {}\n",
        args.walks.lanes,
        threads(args.walks.threads),
        machine(),
        commit(),
    ));
    Ok(exit::DONE)
}

/// Returns the place of the sum of closures among the levels of a plan.
fn position(plan: &Plan) -> usize {
    plan.levels.iter().position(|level| level == "z4").unwrap_or(0)
}

/// Returns the sum of closures of a plan in hours.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn closures(plan: &Plan) -> f64 {
    plan.objective[position(plan)] as f64 / 3_600.0
}

/// Returns the most memory that the process has had, where the system tells; 0 elsewhere.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_024
}
