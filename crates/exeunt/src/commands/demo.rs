//! `exeunt demo`: the operation of January 2022 from its files to a checked plan, with nothing but this program.

use crate::args::{DemoArgs, ProgressKind, Summary, Template};
use crate::commands::{check, explain, new, plan, report};
use crate::progress::{Clock, Shown};
use crate::prospects::{Question, prospects, proven};
use crate::{exit, files, print};
use exeunt_engine::{Request, simulate};
use exeunt_model::scenario::Operation;
use exeunt_model::{Scenario, Timestamp, Verdict};
use exeunt_report::page::{Beside, Page};
use exeunt_report::text::{FirstScreen, first_screen, title};
use std::path::Path;

/// Epochs of the demo: enough to try other orders, few enough for a minute on a slow machine.
const EPOCHS: u64 = 24;
/// Folder that the demo writes.
const FOLDER: &str = "exeunt-demo";
/// The list that the README shows, for whoever has none at hand.
const PIECES: &str = include_str!("../../../../data/pieces.csv");

pub(crate) fn run(args: &DemoArgs) -> u8 {
    demo(args).unwrap_or_else(|code| code)
}

fn demo(args: &DemoArgs) -> Result<u8, u8> {
    let summary = args.show.summary;
    let folder = Path::new(FOLDER);
    let mut clock = Clock::start(None);
    let files_in = new::embedded(Template::Kazakhstan2022);
    let scenario_dir = folder.join("scenario");
    keep_changes(&files_in, &scenario_dir, summary)?;
    new::write_embedded(&files_in, &scenario_dir)?;
    let loaded = files::scenario(&scenario_dir, &[], summary)?;
    let s = &loaded.scenario;
    let request =
        Request { epochs: EPOCHS, threads: plan::threads(args.threads), ..Request::default() };
    let shown = Shown::new(match summary {
        Summary::Text => ProgressKind::Auto,
        Summary::Json => ProgressKind::None,
    });
    let search = |s: &Scenario, clock: &mut Clock| {
        plan::search_plan(s, &request, clock, &shown)
            .map_err(|reason| files::refuse_usage(&reason, "report this", summary))
    };
    let outcome = search(s, &mut clock)?;
    shown.say("asking what binds");
    let (bindings, _) = plan::ask_what_binds(s, &request, &outcome, &clock);
    let mut variants = Vec::new();
    for (label, switch) in SWITCHES {
        let mut other = s.clone();
        switch(&mut other.operation);
        let found = search(&other, &mut clock)?;
        let line = if_line(&other, &exeunt_check::check(&other, &found.plan, None));
        variants.push(((*label).to_owned(), line));
    }
    shown.say("proving and simulating");
    let question = Question::of_all(s);
    let plan = proven(s, outcome.plan, &question);
    let verdict = exeunt_check::check(s, &plan, None);
    if let Some(faults) = files::faults(&verdict) {
        eprint!("{faults}");
        return Err(exit::INTERNAL);
    }
    let drawn = simulate::Request { threads: request.threads, ..simulate::Request::default() };
    let prospects = prospects(s, &plan, &verdict, &question, drawn)
        .map_err(|reason| files::refuse_usage(&reason, "report this", summary))?;
    shown.say("asking what would make it earlier");
    let why = explain::why_not_earlier(&loaded, &plan, request.threads, &clock)
        .map_err(|reason| files::refuse_usage(&reason, "report this", summary))?;
    shown.end();
    let self_test = check::self_test(s, &plan, None);
    files::write_plan(&folder.join("plan.json"), &plan, summary)?;
    let assumptions = exeunt_report::assumptions::html(s);
    files::write(&folder.join("assumptions.html"), &assumptions, summary)?;
    files::write(&folder.join("pieces.csv"), PIECES, summary)?;
    let residual = s.operation.clock.map(|now| exeunt_engine::residual::at(s, &plan, now));
    let last_stops = exeunt_engine::residual::last_stops(s, &plan);
    let history = report::history(&files_in);
    let recorded = history.as_ref().map(|plan| exeunt_check::check(s, plan, None));
    let page = exeunt_report::page::html(&Page {
        scenario: s,
        plan: &plan,
        verdict: &verdict,
        at: None,
        language: exeunt_report::Language::En,
        beside: history
            .as_ref()
            .zip(recorded.as_ref())
            .map(|(plan, verdict)| Beside { plan, verdict }),
        residual: &report::residuals(s, &plan, None),
        last_stops: &last_stops,
        prospects: Some(&prospects),
        bindings: Some(&bindings),
        self_test: Some(&self_test),
    });
    files::write(&folder.join("report.html"), &page, summary)?;
    let screen = first_screen(&FirstScreen {
        title: title("exeunt demo", s),
        scenario: s,
        plan: &plan,
        verdict: &verdict,
        bindings: Some(&bindings),
        why_not_earlier: why,
        ruler: Some(&prospects.ruler),
        recorded: recorded.as_ref(),
        residual: residual.as_ref(),
        last_stops: &last_stops,
        self_test: Some(&self_test),
        assumptions_file: Some(format!("{FOLDER}/assumptions.html")),
        variants,
        next: vec![
            format!("open {FOLDER}/report.html        English, Русский, العربية"),
            format!("exeunt check {FOLDER}/scenario {FOLDER}/plan.json --self-test"),
            format!("exeunt new mine --from {FOLDER}/pieces.csv --origin UAAA --to UMMS \\"),
            "  --fleet 4xIL76 --stands 3 --by 2027-01-31".to_owned(),
        ],
    });
    files::write(&folder.join("summary.txt"), &screen, summary)?;
    match summary {
        Summary::Text => print(&screen),
        Summary::Json => {
            let (run, seconds, seed) = (plan.epochs.run, clock.seconds(), plan.seed);
            let value = exeunt_report::json::plan_summary(
                s, &plan, &verdict, run, seconds, seed, &bindings,
            );
            print(&format!("{value:#}\n"));
        }
    }
    let code = files::verdict_code(&verdict);
    Ok(match (self_test.refused == self_test.spoiled, clock.is_stopped()) {
        (false, _) => exit::INTERNAL,
        (true, true) => exit::INTERRUPTED,
        (true, false) => code,
    })
}

type Switch = fn(&mut Operation);

/// Switches of the scenario whose other position is shown too.
const SWITCHES: &[(&str, Switch)] = &[
    ("civil hours bind military flights", |operation| operation.civil_hours_bind_military = true),
    ("curfews bind columns", |operation| operation.curfews_bind_columns = true),
];

/// Says what a variant comes to.
fn if_line(s: &Scenario, verdict: &Verdict) -> String {
    let at = |t: Option<Timestamp>| {
        t.map_or_else(|| "never".to_owned(), |t| exeunt_report::text::moment(s, t))
    };
    let required = verdict.promises.iter().filter(|p| p.required);
    let broken = required.filter(|p| p.strict == Some(false)).count();
    let promises = match broken {
        0 => "required promises kept".to_owned(),
        1 => "1 required promise broken".to_owned(),
        n => format!("{n} required promises broken"),
    };
    let (out, home) = (at(verdict.closure_left_host), at(verdict.closure));
    let unmoved = verdict.unmoved;
    format!("last out of the host {out}, home {home}, {unmoved} unmoved, {promises}")
}

/// Sets a scenario folder that somebody has changed since the last demo aside, so that nothing of it is lost.
fn keep_changes(files_in: &[(&str, &[u8])], dir: &Path, summary: Summary) -> Result<(), u8> {
    let same = |(name, bytes): &(&str, &[u8])| match std::fs::read(dir.join(name)) {
        Ok(found) => found == *bytes,
        Err(_) => true,
    };
    if files_in.iter().all(same) {
        return Ok(());
    }
    let free = (1..1_000).map(|n| dir.with_file_name(format!("scenario-changed-{n}")));
    let aside = free.into_iter().find(|path| !path.exists());
    let moved = aside.as_ref().map(|path| std::fs::rename(dir, path));
    match (aside, moved) {
        (Some(path), Some(Ok(()))) => {
            eprintln!("{} had been changed; it is now {}", dir.display(), path.display());
            Ok(())
        }
        _ => {
            let message = format!("`{}` has been changed and cannot be set aside", dir.display());
            Err(files::refuse_usage(&message, "run the demo in another folder", summary))
        }
    }
}
