//! `exeunt report`: documents about a plan.

use crate::args::{DocumentLanguage, Format, Kind, ReportArgs, Summary};
use crate::commands::{check, plan};
use crate::progress::{Clock, Shown};
use crate::prospects::{Question, prospects, proven};
use crate::{args, exit, files, print};
use exeunt_engine::{Request, residual, simulate};
use exeunt_model::finding::Binding;
use exeunt_model::{Duration, Plan, Residual, Scenario, SiteId, Timestamp};
use exeunt_report::communique;
use exeunt_report::page::{Beside, Page};
use exeunt_report::situation::{self, Named, Situation};
use std::collections::BTreeSet;
use std::path::Path;

/// How far outside the operation a document may stand.
const WEEK: Duration = Duration::from_hours(7 * 24);

pub(crate) fn run(args: &ReportArgs) -> u8 {
    report(args).unwrap_or_else(|code| code)
}

fn report(args: &ReportArgs) -> Result<u8, u8> {
    const SUMMARY: Summary = Summary::Text;
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, SUMMARY)?;
    let plan = files::plan(&args.plan, SUMMARY)?;
    let s = &loaded.scenario;
    refuse_idle(args)?;
    let at = args.at.as_deref().map(|text| moment(s, text)).transpose()?;
    refuse_other_tables(s, &plan, &args.plan, SUMMARY)?;
    if let Some(path) = &args.output {
        files::try_write(path, SUMMARY)?;
    }
    let text = match args.kind {
        Kind::Situation => {
            let at = at.or(s.operation.clock).unwrap_or(s.operation.start);
            let verdict = exeunt_check::check(s, &plan, None);
            let named = sites(s, &args.keep)?;
            let losses = residual::losses(s, &plan, &named);
            let situation = Situation {
                scenario: s,
                verdict: &verdict,
                residual: &residual::at(s, &plan, at),
                last_stops: &residual::last_stops(s, &plan),
                named: (!named.is_empty()).then_some(Named { sites: &named, losses: &losses }),
            };
            match args.format {
                Some(Format::Json) => format!("{:#}\n", situation::value(&situation)),
                _ => situation::text(&situation),
            }
        }
        Kind::Communique => {
            let at = at.or(s.operation.clock).unwrap_or(s.operation.start);
            let verdict = exeunt_check::check(s, &plan, None);
            let communique = communique::communique(s, &plan, &verdict, at, args.lang.into());
            match args.format {
                Some(Format::Html) => communique::html(&communique),
                _ => communique::text(&communique),
            }
        }
        Kind::Assumptions => exeunt_report::assumptions::html(s),
        Kind::Page => {
            let beside = args.beside.as_ref().map(|path| {
                let beside = files::plan(path, SUMMARY)?;
                refuse_other_tables(s, &beside, path, SUMMARY)?;
                Ok::<Plan, u8>(beside)
            });
            let beside = beside.transpose()?;
            let verdict = exeunt_check::check(s, &plan, None);
            let beside_verdict = beside.as_ref().map(|plan| exeunt_check::check(s, plan, None));
            let bindings = args.binds.then(|| binds(s, &plan)).transpose()?;
            let self_test = args.self_test.then(|| check::self_test(s, &plan, None));
            let question = Question::of_all(s);
            let drawn =
                simulate::Request { threads: plan::threads(None), ..simulate::Request::default() };
            let with_proof = proven(s, plan.clone(), &question);
            let proven_verdict = exeunt_check::check(s, &with_proof, None);
            let prospects = prospects(s, &with_proof, &proven_verdict, &question, drawn);
            if let Err(reason) = &prospects {
                eprintln!("warning: the plan cannot be replayed, its dates are left out: {reason}");
            }
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
                prospects: prospects.as_ref().ok(),
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

/// Refuses options that mean nothing to a kind of document.
fn refuse_idle(args: &ReportArgs) -> Result<(), u8> {
    let (page, list) = (args.kind == Kind::Page, args.kind == Kind::Assumptions);
    let situation = args.kind == Kind::Situation;
    let idle = [
        ("--binds", args.binds && !page),
        ("--self-test", args.self_test && !page),
        ("--beside", args.beside.is_some() && !page),
        ("--at", args.at.is_some() && list),
        ("--lang", args.lang != DocumentLanguage::En && (list || situation)),
        ("--keep", !args.keep.is_empty() && !situation),
        ("--format text", args.format == Some(Format::Text) && (page || list)),
        ("--format html", args.format == Some(Format::Html) && situation),
        ("--format json", args.format == Some(Format::Json) && !situation),
    ];
    match idle.iter().find(|option| option.1) {
        None => Ok(()),
        Some((option, _)) => {
            let message = format!("`{option}` means nothing to this kind of document");
            Err(files::refuse_usage(&message, &format!("leave {option} out"), Summary::Text))
        }
    }
}

/// Finds sites by their ids.
fn sites(s: &Scenario, names: &[String]) -> Result<Vec<SiteId>, u8> {
    let find = |name: &String| {
        s.sites.find(|site| site.name == *name).ok_or_else(|| {
            let message = format!("`{name}` is not a site of the scenario");
            files::refuse_usage(&message, "name ids of the table `sites`", Summary::Text)
        })
    };
    names.iter().map(find).collect()
}

/// Refuses a plan that names hardly anything of the scenario: it was made for another one.
pub(crate) fn refuse_other_tables(
    s: &Scenario,
    plan: &Plan,
    path: &Path,
    summary: Summary,
) -> Result<(), u8> {
    if plan.scenario_hash == s.hash || plan.scenario_hash.is_empty() {
        return Ok(());
    }
    let loads = plan.lines.iter().flat_map(|line| &line.sorties).flat_map(|sortie| &sortie.load);
    let names: BTreeSet<&str> = loads
        .map(|load| load.piece.as_str())
        .chain(plan.columns.iter().flat_map(|c| &c.load).map(|load| load.piece.as_str()))
        .collect();
    let known: BTreeSet<&str> = s.pieces.rows.iter().map(|piece| piece.name.as_str()).collect();
    let lines = plan.lines.iter().flat_map(|line| &line.sorties);
    let places = lines.filter(|sortie| s.place(&sortie.from).is_some()).count();
    if names.is_subset(&known) && (places > 0 || plan.lines.is_empty()) {
        return Ok(());
    }
    let message = format!("`{}` is a plan of another scenario", path.display());
    let remedy = "give a plan of this scenario, or the overlays that it was made with";
    Err(files::refuse_usage(&message, remedy, summary))
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

/// Reads a moment near the operation.
fn moment(s: &Scenario, text: &str) -> Result<Timestamp, u8> {
    let at = any_moment(s, text, Summary::Text)?;
    let (from, to) = (s.operation.start - WEEK, s.operation.end + WEEK);
    if at < from || at > to {
        let moment = |t| exeunt_report::text::moment(s, t);
        let (start, end) = (moment(s.operation.start), moment(s.operation.end));
        let message = format!(
            "`{text}` is more than a week outside the operation, which is from {start} to {end}"
        );
        return Err(files::refuse_usage(&message, MOMENT_REMEDY, Summary::Text));
    }
    Ok(at)
}

const MOMENT_REMEDY: &str =
    "write --at 2022-01-14T16:00, or with an offset 2022-01-14T16:00:00+06:00";

/// Reads a moment: RFC 3339, or a date and time in the operation's zone.
pub(crate) fn any_moment(s: &Scenario, text: &str, summary: Summary) -> Result<Timestamp, u8> {
    let in_zone = || {
        let written: jiff::civil::DateTime = text.parse().ok()?;
        let as_utc = jiff::tz::Offset::UTC.to_timestamp(written).ok()?;
        Some(Timestamp(as_utc.as_second() - s.operation.zone_offset))
    };
    Timestamp::parse_rfc3339(text).or_else(in_zone).ok_or_else(|| {
        let message = format!("`{text}` is not a date and time");
        files::refuse_usage(&message, MOMENT_REMEDY, summary)
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
        before: None,
        warm_start: None,
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
