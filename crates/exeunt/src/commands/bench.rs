//! `exeunt bench`: measures on this machine and prints figures with what is needed to repeat them.

use crate::args::{
    BenchArgs, BenchBacktestArgs, BenchCommand, BenchProjectsArgs, BenchSimulateArgs, Summary,
    Template,
};
use crate::commands::{new, pdptw, plan::threads, replan, report, scale};
use crate::progress::Clock;
use crate::{exit, files, print};
use exeunt_engine::backtest;
use exeunt_engine::simulate::{Bench, Request, simulate};
use exeunt_model::{Plan, Scenario, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) fn run(args: &BenchArgs) -> u8 {
    let done = match &args.what {
        BenchCommand::Simulate(args) => measured(args),
        BenchCommand::Backtest(args) => looked_back(args),
        BenchCommand::Pdptw(args) => return pdptw::run(args),
        BenchCommand::Projects(args) => projects(args),
        BenchCommand::Replan(args) => replan::measure(args),
        BenchCommand::Scale(args) => return scale::run(args),
    };
    done.unwrap_or_else(|code| code)
}

fn looked_back(args: &BenchBacktestArgs) -> Result<u8, u8> {
    let summary = args.summary;
    let s = files::scenario(&args.scenario, &args.overlay.overlay, summary)?.scenario;
    let default = args.scenario.join("history.plan.json");
    let path = args.plan.as_deref().or_else(|| default.is_file().then_some(default.as_path()));
    let record = path.map(|path| {
        let plan = files::plan(path, summary)?;
        report::refuse_other_tables(&s, &plan, path, summary)?;
        Ok::<_, u8>(plan)
    });
    let record = record.transpose()?;
    files::refuse_no_draws(&s, args.input_draws, summary)?;
    let request = backtest::Request {
        seed: args.seed,
        epochs: args.epochs,
        replications: args.replications,
        input_draws: args.input_draws,
        input_replications: args.input_replications,
        threads: threads(args.threads),
    };
    let found = backtest::backtest(&s, record.as_ref(), &request).map_err(|reason| {
        files::refuse_usage(&reason, "give the record of this scenario", summary)
    })?;
    let offset = s.operation.zone_offset;
    match summary {
        Summary::Json => print(&format!("{:#}\n", exeunt_report::backtest::json(&found, offset))),
        Summary::Text => print(&exeunt_report::backtest::text(&found, offset)),
    }
    Ok(exit::DONE)
}

fn measured(args: &BenchSimulateArgs) -> Result<u8, u8> {
    let summary = Summary::Text;
    let s = match &args.scenario {
        Some(path) => files::scenario(path, &args.overlay.overlay, summary)?.scenario,
        None => {
            let mut tables = new::embedded(Template::Kazakhstan2022);
            tables.retain(|(name, _)| name.ends_with(".csv") || name.ends_with(".toml"));
            let draft = exeunt_scenario::draft_from_files(tables);
            let built = exeunt_scenario::build(draft);
            built.map_err(|problems| files::refuse(&problems, "demo".as_ref(), summary))?.scenario
        }
    };
    let plan = match &args.plan {
        Some(path) => files::plan(path, summary)?,
        None => first_plan(&s)?,
    };
    let refuse =
        |reason: String| files::refuse_usage(&reason, "give a plan of this scenario", summary);
    let s = s.resolved(&plan.choices);
    let bench = Bench::new(&s, &plan).map_err(refuse)?;
    let size = bench.size();
    if let Some(path) = &args.dump {
        let text = serde_json::to_string(&bench.dump()).expect("a dump has only plain keys");
        files::write(path, &text, summary)?;
    }
    bench.run(args.seed, 256); // into the caches
    let clock = Clock::start(None);
    let sum = bench.run(args.seed, args.replications);
    let seconds = clock.seconds();
    let whole = Clock::start(None);
    let request = Request { seed: args.seed, threads: threads(None), ..Request::default() };
    let outcome = simulate(&s, &plan, &request.part(args.replications, 0, 1)).map_err(refuse)?;
    let all = whole.seconds();
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let rate = |each: usize| each as f64 * args.replications as f64 / seconds / 1e6;
    print(&format!(
        "replay of {} on one core: {} activities, {} arcs, {} orders not kept, {} uncertainty rows\n\
         {:.1} M node events/s, {:.1} M arcs/s, {:.0} replications/s ({} replications in {seconds:.2} s, check sum {sum})\n\
         with all that `exeunt simulate` says ({} threads, {} x {} input draws, {} swings): {all:.2} s\n\
         seed {}, machine: {}, commit {}\n",
        s.operation.name,
        size.nodes,
        size.arcs,
        size.dropped,
        s.uncertainty.len(),
        rate(size.nodes),
        rate(size.arcs),
        rate(1) * 1e6,
        args.replications,
        threads(None),
        outcome.input_draws,
        outcome.input_replications,
        outcome.swings.len(),
        args.seed,
        machine(),
        commit(),
    ));
    Ok(exit::DONE)
}

/// Schedules the handovers of each project of a folder alone.
fn projects(args: &BenchProjectsArgs) -> Result<u8, u8> {
    let summary = Summary::Text;
    files::refuse_endless(args.seconds, summary)?;
    let optima = args.optimum.as_ref().map(|path| optima(path)).transpose()?.unwrap_or_default();
    let mut paths: Vec<_> = std::fs::read_dir(&args.dir)
        .map_err(|error| {
            let message = format!("`{}` cannot be read: {error}", args.dir.display());
            files::refuse_usage(&message, "name a folder of projects", summary)
        })?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rcp"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        let message = format!("`{}` holds no project (*.rcp)", args.dir.display());
        return Err(files::refuse_usage(&message, "name a folder of projects", summary));
    }
    let (mut n_known, mut n_reached, mut above, mut tries_all, mut slowest) = (0, 0, 0.0, 0, 0.0);
    for path in &paths {
        let s = exeunt_scenario::read_project(path)
            .map_err(|problems| files::refuse(&problems, path, summary))?;
        let clock = Clock::start(None);
        let known = optima.get(&s.operation.name).copied();
        let mut tries = 0_u64;
        let hours = |end: Timestamp| (end - s.operation.start).0 / 3_600;
        let times = exeunt_engine::handovers_alone(&s, args.seed, |last| {
            tries += 1;
            let is_best = known.is_some() && last.map(hours) == known;
            !is_best && clock.seconds() < args.seconds
        });
        let seconds = clock.seconds();
        tries_all += tries;
        let Some(last) = times.iter().map(|step| step.map(|(_, end)| end)).max().flatten() else {
            continue;
        };
        let span = hours(last);
        if let Some(known) = known {
            n_known += 1;
            if span <= known {
                n_reached += 1;
                slowest = f64::max(slowest, seconds);
            } else {
                #[expect(clippy::cast_precision_loss, reason = "a share shown with three digits")]
                let gap = 100.0 * (span - known) as f64 / known as f64;
                above += gap;
                print(&format!("{}: {span}, optimum {known}\n", s.operation.name));
            }
        } else {
            print(&format!("{}: {span}\n", s.operation.name));
        }
    }
    print(&format!(
        "{} projects, optimum known of {n_known}, reached of {n_reached} ({:.1} %), mean {:.3} % above, the last reached after {slowest:.2} s\n\
         {tries_all} sequences tried; seed {}, {} s each, machine: {}, commit {}\n",
        paths.len(),
        100.0 * f64::from(n_reached) / f64::from(n_known.max(1)),
        above / f64::from(n_known.max(1)),
        args.seed,
        args.seconds,
        machine(),
        commit(),
    ));
    Ok(exit::DONE)
}

/// Reads a table with the columns instance and optimum.
fn optima(path: &Path) -> Result<BTreeMap<String, i64>, u8> {
    let refused = |reason: &str| {
        let message = format!("`{}` cannot be read: {reason}", path.display());
        files::refuse_usage(&message, "give a table with instance and optimum", Summary::Text)
    };
    let mut reader = csv::Reader::from_path(path).map_err(|error| refused(&error.to_string()))?;
    let rows: Result<Vec<(String, i64)>, csv::Error> = reader.deserialize().collect();
    Ok(rows.map_err(|error| refused(&error.to_string()))?.into_iter().collect())
}

fn first_plan(s: &Scenario) -> Result<Plan, u8> {
    let request = exeunt_engine::Request { threads: threads(None), ..Default::default() };
    let solved = exeunt_engine::solve(s, &request, |_| true, |_| {});
    solved
        .map(|found| found.plan)
        .map_err(|reason| files::refuse_usage(&reason, "give a plan", Summary::Text))
}

/// Returns cores and model of the processor, where the system tells.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = info.lines().find(|line| line.starts_with("model name"));
    let model =
        line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, name)| name.trim());
    format!("{cores} cores, {model}")
}

/// Returns the commit this was built from, where the build was told.
pub(crate) fn commit() -> &'static str {
    option_env!("EXEUNT_COMMIT").unwrap_or("not known")
}
