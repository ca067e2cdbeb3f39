//! `exeunt plan`: plans a scenario, has the plan checked, and says what binds.

use crate::args::{PlanArgs, Summary};
use crate::progress::{Clock, Shown};
use crate::{exit, files, print};
use exeunt_engine::{Outcome, Request, prove_plan, solve, what_binds};
use exeunt_model::finding::Binding;
use exeunt_model::{Plan, Scenario, Verdict};

/// Seconds that asking what binds may take: after a shorter search, and after one that counted epochs.
const BINDING_SECONDS: (f64, f64) = (5.0, 60.0);

/// Most rows of pieces of an operation whose plans come with bounds.
const PROVEN_MOST: usize = 1_000;

/// A plan with everything that is said of it.
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    pub(crate) verdict: Verdict,
    pub(crate) bindings: Vec<Binding>,
    /// Whether everything was asked that may bind.
    pub(crate) is_complete: bool,
}

pub(crate) fn run(args: &PlanArgs) -> u8 {
    planned(args).unwrap_or_else(|code| code)
}

fn planned(args: &PlanArgs) -> Result<u8, u8> {
    let search = &args.search;
    let summary = args.show.summary;
    files::refuse_endless(search.seconds, summary)?;
    let mut clock = Clock::start(search.epochs.is_none().then_some(search.seconds));
    if let Some(path) = &args.output {
        files::try_write(path, summary)?;
    }
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    files::refuse_hopeless(&loaded, &args.scenario, summary)?;
    let frozen = args.frozen.as_ref().map(|path| files::plan(path, summary)).transpose()?;
    let s = &loaded.scenario;
    let warm = args.warm_start.as_ref().map(|path| warm_start(s, path, frozen.as_ref(), summary));
    let warm = warm.transpose()?;
    let request = Request {
        seed: search.seed,
        epochs: search.epochs.unwrap_or(u64::MAX),
        lanes: search.lanes,
        threads: threads(search.threads),
        frozen: frozen.as_ref(),
        before: None,
        warm_start: warm.as_ref(),
    };
    let shown = Shown::new(search.progress);
    let outcome = search_plan(s, &request, &mut clock, &shown).map_err(|reason| {
        files::refuse_usage(&reason, "freeze a plan of this scenario", summary)
    })?;
    let verdict = exeunt_check::check(s, &outcome.plan, request.frozen);
    if let Some(faults) = files::faults(&verdict).filter(|_| frozen.is_none()) {
        eprint!("{faults}");
        return Err(exit::INTERNAL);
    }
    if let Some(path) = &args.output {
        files::write_plan(path, &outcome.plan, summary)?;
    }
    shown.say("asking what binds");
    let (bindings, is_complete) = ask_what_binds(s, &request, &outcome, &clock);
    shown.end();
    let planned = Planned { plan: outcome.plan, verdict, bindings, is_complete };
    show(args, s, &planned, &clock);
    let code = files::verdict_code(&planned.verdict);
    Ok(if clock.is_stopped() { exit::INTERRUPTED } else { code })
}

/// Reads a plan to start from; one that breaks rules here is refused.
fn warm_start(
    s: &Scenario,
    path: &std::path::Path,
    frozen: Option<&Plan>,
    summary: Summary,
) -> Result<Plan, u8> {
    let mut plan = files::plan(path, summary)?;
    let verdict = exeunt_check::check(s, &plan, frozen);
    if let Some(finding) = verdict.findings.first() {
        let message = format!(
            "`{}` breaks {} rules of this scenario, the first: {} {}: {}",
            path.display(),
            verdict.findings.len(),
            finding.rule,
            finding.object,
            finding.message
        );
        return Err(files::refuse_usage(
            &message,
            "start from a plan that `exeunt check` accepts",
            summary,
        ));
    }
    (plan.levels, plan.objective) = (verdict.levels, verdict.objective);
    plan.scenario_hash.clone_from(&s.hash);
    Ok(plan)
}

fn show(args: &PlanArgs, s: &Scenario, planned: &Planned, clock: &Clock) {
    let Planned { plan, verdict, bindings, is_complete } = planned;
    match args.show.summary {
        Summary::Json => {
            let (run, seconds, seed) = (plan.epochs.run, clock.seconds(), plan.seed);
            let value =
                exeunt_report::json::plan_summary(s, plan, verdict, run, seconds, seed, bindings);
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            // an empty list that nobody finished says nothing
            let told = (*is_complete || !bindings.is_empty()).then_some(bindings.as_slice());
            print(&exeunt_report::text::plan_summary(s, plan, verdict, told));
            if clock.is_stopped() {
                print(&format!(
                    "\ninterrupted after {:.0} s; the best plan so far\n",
                    clock.seconds()
                ));
            }
            if !is_proven(s) {
                print(
                    "\nso large an operation is proven only when asked: exeunt prove SCENARIO PLAN\n",
                );
            }
            if !is_complete {
                print("\nwhat binds was not examined to the end\n");
            }
            match &args.output {
                Some(path) => print(&format!("\nwritten: {}\n", path.display())),
                None => print("\nnot written: give -o plan.json to keep the plan\n"),
            }
        }
    }
}

/// Searches until the clock or the epochs end.
pub(crate) fn search_plan(
    s: &Scenario,
    request: &Request<'_>,
    clock: &mut Clock,
    shown: &Shown,
) -> Result<Outcome, String> {
    let since = clock.since();
    let progress = |progress: &_| shown.improvement(since.seconds(), progress);
    let mut outcome = solve(s, request, |_| clock.go_on(), progress)?;
    // what began before the start is outside of the bounds
    if request.frozen.is_none() && is_proven(s) {
        outcome.plan = prove_plan(s, outcome.plan, &[]);
    }
    Ok(outcome)
}

/// Says whether an operation is small enough for what is proven beside every plan; of larger ones `prove` is asked.
fn is_proven(s: &Scenario) -> bool {
    s.pieces.len() <= PROVEN_MOST
}

/// Asks what binds, for as long as the search may take and at least some seconds; a signal ends it.
pub(crate) fn ask_what_binds(
    s: &Scenario,
    request: &Request<'_>,
    outcome: &Outcome,
    clock: &Clock,
) -> (Vec<Binding>, bool) {
    let since = clock.since();
    let (least, counted) = BINDING_SECONDS;
    let most = clock.budget_seconds().map_or(counted, |seconds| seconds.max(least));
    let begun = since.seconds();
    what_binds(s, request, outcome, || !clock.is_stopped() && since.seconds() - begun < most)
}

/// Returns the threads asked for, or the machine's cores.
pub(crate) fn threads(asked: Option<u64>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(cores, |n| usize::try_from(n).unwrap_or(1))
}
