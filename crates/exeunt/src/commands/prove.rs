//! `exeunt prove`: what no plan can beat, beside what a plan reaches.

use crate::args::{MilestoneArg, ProveArgs, Summary};
use crate::commands::{plan, report};
use crate::progress::{Clock, Shown};
use crate::{exit, files, print};
use exeunt_engine::{Request, prove_plan};
use exeunt_model::certificate::Claim;
use exeunt_model::scenario::Milestone;
use exeunt_model::{ElementId, Plan, Scenario, Timestamp};
use exeunt_report::text::Tested;

pub(crate) fn run(args: &ProveArgs) -> u8 {
    proved(args).unwrap_or_else(|code| code)
}

fn proved(args: &ProveArgs) -> Result<u8, u8> {
    let summary = args.show.summary;
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    let s = &loaded.scenario;
    let by = args.by.as_deref().map(|text| report::any_moment(s, text, summary)).transpose()?;
    if let Some(path) = &args.output {
        files::try_write(path, summary)?;
    }
    let given = match &args.plan {
        Some(path) => files::plan(path, summary)?,
        None => planned(args, s)?,
    };
    let asked = asked(s, args.milestone.into());
    let plan = prove_plan(s, given, std::slice::from_ref(&asked));
    if plan.proof.is_none() {
        let message = "some of the plan begins before the operation's start";
        let remedy = "give a plan without a frozen part; beside one nothing is proven";
        return Err(files::refuse_usage(message, remedy, summary));
    }
    let verdict = exeunt_check::check(s, &plan, None);
    if let Some(faults) = files::faults(&verdict) {
        eprint!("{faults}");
        // a plan that breaks rules is the user's, a certificate that does not hold is ours
        let is_ours = verdict.findings.iter().any(|f| f.rule == exeunt_model::Code::Proof);
        return Err(if is_ours { exit::INTERNAL } else { exit::BROKEN });
    }
    if let Some(path) = &args.output {
        files::write_plan(path, &plan, summary)?;
    }
    let what = words(args.milestone);
    let tested = by.map(|by| Tested { what, by, not_before: not_before(s, &plan, &asked) });
    match summary {
        Summary::Json => {
            let value = exeunt_report::json::proof_summary(s, &plan, &verdict, tested);
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            print(&exeunt_report::text::proof_summary(s, &plan, &verdict, tested));
        }
    }
    Ok(files::verdict_code(&verdict))
}

fn planned(args: &ProveArgs, s: &Scenario) -> Result<Plan, u8> {
    let (search, summary) = (&args.search, args.show.summary);
    files::refuse_endless(search.seconds, summary)?;
    let mut clock = Clock::start(search.epochs.is_none().then_some(search.seconds));
    let request = Request {
        seed: search.seed,
        epochs: search.epochs.unwrap_or(u64::MAX),
        lanes: search.lanes,
        threads: plan::threads(search.threads),
        frozen: None,
        before: None,
        warm_start: None,
    };
    let shown = Shown::new(search.progress);
    let outcome = plan::search_plan(s, &request, &mut clock, &shown);
    shown.end();
    outcome
        .map(|found| found.plan)
        .map_err(|reason| files::refuse_usage(&reason, "report this", summary))
}

/// Everybody, with the milestone asked for.
fn asked(s: &Scenario, milestone: Milestone) -> (Vec<ElementId>, Milestone) {
    (s.elements.ids().collect(), milestone)
}

/// Returns what is certified of all of a set and a milestone.
fn not_before(
    s: &Scenario,
    plan: &Plan,
    (set, asked): &(Vec<ElementId>, Milestone),
) -> Option<Timestamp> {
    let names: Vec<&str> = set.iter().map(|id| s.elements[*id].name.as_str()).collect();
    let mut certificates = plan.proof.iter().flat_map(|proof| &proof.certificates);
    certificates.find_map(|certificate| match &certificate.claim {
        Claim::Arrival { set, milestone, not_before, whole: true, .. } if milestone == asked => {
            set.iter().eq(&names).then_some(not_before.unwrap_or(Timestamp::MAX))
        }
        _ => None,
    })
}

const fn words(milestone: MilestoneArg) -> &'static str {
    match milestone {
        MilestoneArg::LeftSite => "all off their sites",
        MilestoneArg::LeftHost => "all out of the host",
        MilestoneArg::HomeAirfield => "all landed at home",
        MilestoneArg::HomeBase => "all at their destinations",
    }
}
