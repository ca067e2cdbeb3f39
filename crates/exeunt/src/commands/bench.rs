//! `exeunt bench`: measures on this machine and prints figures with what is needed to repeat them.

use crate::args::{
    BenchArgs, BenchBacktestArgs, BenchCommand, BenchSimulateArgs, Summary, Template,
};
use crate::commands::{new, pdptw, plan::threads, report};
use crate::progress::Clock;
use crate::{exit, files, print};
use exeunt_engine::backtest;
use exeunt_engine::simulate::{Bench, Request, simulate};
use exeunt_model::{Plan, Scenario};

pub(crate) fn run(args: &BenchArgs) -> u8 {
    let done = match &args.what {
        BenchCommand::Simulate(args) => measured(args),
        BenchCommand::Backtest(args) => looked_back(args),
        BenchCommand::Pdptw(args) => return pdptw::run(args),
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
