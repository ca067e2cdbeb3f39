//! `exeunt plan`: plans a scenario, has the plan checked, and says what binds.

use crate::args::{PlanArgs, Summary};
use crate::progress::{Clock, Shown};
use crate::{exit, files, print};
use exeunt_engine::{Outcome, Request, solve, what_binds};
use exeunt_model::finding::Binding;
use exeunt_model::{Plan, Scenario, Verdict};

/// A plan with everything that is said of it.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    pub(crate) verdict: Verdict,
    pub(crate) bindings: Vec<Binding>,
}

pub(crate) fn run(args: &PlanArgs) -> u8 {
    let search = &args.search;
    if !(search.seconds.is_finite() && search.seconds >= 0.0) {
        return files::refuse_usage("--seconds must be 0 or more", "give a number such as 10");
    }
    let mut clock = Clock::start(search.epochs.is_none().then_some(search.seconds));
    let summary = args.show.summary;
    let loaded = match files::scenario(&args.scenario, &args.overlay.overlay, summary) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let frozen = match args.frozen.as_ref().map(|path| files::plan(path, summary)).transpose() {
        Ok(frozen) => frozen,
        Err(code) => return code,
    };
    let request = Request {
        seed: search.seed,
        epochs: search.epochs.unwrap_or(u64::MAX),
        lanes: search.lanes,
        threads: threads(search.threads),
        frozen: frozen.as_ref(),
    };
    let shown = Shown::new(search.progress);
    let planned = match plan(&loaded.scenario, &request, &mut clock, &shown) {
        Ok(planned) => planned,
        Err(reason) => return files::refuse_usage(&reason, "freeze a plan of this scenario"),
    };
    shown.end();
    if let Some(path) = &args.output
        && let Err(code) = files::write_plan(path, &planned.plan)
    {
        return code;
    }
    let s = &loaded.scenario;
    let Planned { plan, verdict, bindings } = &planned;
    match summary {
        Summary::Json => {
            let run = plan.epochs.run;
            let value = exeunt_report::json::plan_summary(
                s,
                plan,
                verdict,
                run,
                clock.seconds(),
                search.seed,
                bindings,
            );
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            print(&exeunt_report::text::plan_summary(s, plan, verdict, Some(bindings)));
            match &args.output {
                Some(path) => print(&format!("\nwritten: {}\n", path.display())),
                None => print("\nnot written: give -o plan.json to keep the plan\n"),
            }
        }
    }
    let code = files::verdict_code(verdict, s);
    if clock.is_stopped() { exit::INTERRUPTED } else { code }
}

/// Plans, checks and explains; the text is the caller's.
pub(crate) fn plan(
    s: &Scenario,
    request: &Request<'_>,
    clock: &mut Clock,
    shown: &Shown,
) -> Result<Planned, String> {
    let started = clock.seconds();
    let outcome: Outcome =
        solve(s, request, |_| clock.go_on(), |progress| shown.improvement(started, progress))?;
    let bindings = what_binds(s, request, &outcome);
    let plan = outcome.plan;
    let verdict = exeunt_check::check(s, &plan, request.frozen);
    Ok(Planned { plan, verdict, bindings })
}

/// Returns the threads asked for, or the machine's cores.
pub(crate) fn threads(asked: Option<u64>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(cores, |n| usize::try_from(n).unwrap_or(1))
}
