//! `exeunt report`: documents about a plan.

use crate::args::{Format, Kind, ReportArgs, Summary};
use crate::commands::{check, plan};
use crate::progress::{Clock, Shown};
use crate::{args, exit, files, print};
use exeunt_engine::{Request, residual};
use exeunt_model::finding::Binding;
use exeunt_model::{Plan, Residual, Scenario, Timestamp};
use exeunt_report::communique;
use exeunt_report::page::{Beside, Page};
use std::path::Path;

pub(crate) fn run(args: &ReportArgs) -> u8 {
    report(args).unwrap_or_else(|code| code)
}

fn report(args: &ReportArgs) -> Result<u8, u8> {
    const SUMMARY: Summary = Summary::Text;
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, SUMMARY)?;
    let plan = files::plan(&args.plan, SUMMARY)?;
    let s = &loaded.scenario;
    let at = args.at.as_deref().map(|text| moment(s, text)).transpose()?;
    if let Some(path) = &args.output {
        files::try_write(path, SUMMARY)?;
    }
    let is_text = matches!(args.format, Some(Format::Text));
    if is_text && args.kind != Kind::Communique {
        let remedy = "leave --format out";
        return Err(files::refuse_usage("only a communiqué has a text form", remedy, SUMMARY));
    }
    let text = match args.kind {
        Kind::Communique => {
            let at = at.or(s.operation.clock).unwrap_or(s.operation.start);
            let verdict = exeunt_check::check(s, &plan, None);
            let communique = communique::communique(s, &verdict, at, args.lang.into());
            match args.format {
                Some(Format::Html) => communique::html(&communique),
                Some(Format::Text) | None => communique::text(&communique),
            }
        }
        Kind::Assumptions => exeunt_report::assumptions::html(s),
        Kind::Page => {
            let beside = args.beside.as_ref().map(|path| files::plan(path, SUMMARY)).transpose()?;
            let verdict = exeunt_check::check(s, &plan, None);
            let beside_verdict = beside.as_ref().map(|plan| exeunt_check::check(s, plan, None));
            let bindings = args.binds.then(|| binds(s, &plan)).transpose()?;
            let self_test = args.self_test.then(|| check::self_test(s, &plan, None));
            exeunt_report::page::html(&Page {
                scenario: s,
                plan: &plan,
                verdict: &verdict,
                at,
                language: args.lang.into(),
                beside: beside
                    .as_ref()
                    .zip(beside_verdict.as_ref())
                    .map(|(plan, verdict)| Beside { plan, verdict }),
                residual: &residuals(s, &plan, at),
                last_stops: &residual::last_stops(s, &plan),
                bindings: bindings.as_deref(),
                self_test: self_test.as_ref(),
            })
        }
    };
    match &args.output {
        Some(path) => files::write(path, &text, SUMMARY)?,
        None => print(&text),
    }
    Ok(exit::DONE)
}

/// Returns the residual capability of every hour and of the moment at which a page stands.
pub(crate) fn residuals(s: &Scenario, plan: &Plan, at: Option<Timestamp>) -> Vec<Residual> {
    let mut rows = residual::hourly(s, plan);
    if let Some(now) = at.or(s.operation.clock)
        && let Err(place) = rows.binary_search_by_key(&now, |row| row.at)
    {
        rows.insert(place, residual::at(s, plan, now));
    }
    rows
}

/// Reads a moment: RFC 3339, or a date and time in the operation's zone.
fn moment(s: &Scenario, text: &str) -> Result<Timestamp, u8> {
    let in_zone = || {
        let written: jiff::civil::DateTime = text.parse().ok()?;
        let as_utc = jiff::tz::Offset::UTC.to_timestamp(written).ok()?;
        Some(Timestamp(as_utc.as_second() - s.operation.zone_offset))
    };
    Timestamp::parse_rfc3339(text).or_else(in_zone).ok_or_else(|| {
        let message = format!("`{text}` is not a date and time");
        let remedy = "write --at 2022-01-14T16:00, or with an offset 2022-01-14T16:00:00+06:00";
        files::refuse_usage(&message, remedy, Summary::Text)
    })
}

/// Plans again as the plan says that it was made, and asks what binds.
fn binds(s: &Scenario, plan: &Plan) -> Result<Vec<Binding>, u8> {
    let request = Request {
        seed: plan.seed,
        epochs: plan.epochs.run.max(1),
        lanes: plan.lanes.max(1),
        threads: plan::threads(None),
        frozen: None,
    };
    let mut clock = Clock::start(None);
    let shown = Shown::new(args::ProgressKind::None);
    let refuse = |reason: &str| {
        files::refuse_usage(reason, "leave --binds out, or plan again", Summary::Text)
    };
    let outcome =
        plan::search_plan(s, &request, &mut clock, &shown).map_err(|reason| refuse(&reason))?;
    if outcome.plan != *plan {
        return Err(refuse(
            "what binds is known of plans that `exeunt plan` makes of this scenario",
        ));
    }
    Ok(plan::ask_what_binds(s, &request, &outcome, &clock).0)
}

/// The record of an operation as a plan, if the program brings one.
pub(crate) fn history(files_in: &[(&str, &[u8])]) -> Option<Plan> {
    let (_, bytes) =
        files_in.iter().find(|(name, _)| Path::new(name) == Path::new("history.plan.json"))?;
    serde_json::from_slice(bytes).ok()
}
