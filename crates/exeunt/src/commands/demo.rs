//! `exeunt demo`: the operation of January 2022 from its files to a checked plan, with nothing but this program.

use crate::args::{DemoArgs, ProgressKind, Summary};
use crate::commands::{check, new, plan};
use crate::progress::{Clock, Shown};
use crate::{exit, files, print};
use exeunt_engine::Request;
use exeunt_report::text::{FirstScreen, first_screen, title};
use std::path::Path;

/// Epochs of the demo: enough to try other orders, few enough for a minute on a slow machine.
const EPOCHS: u64 = 6;
/// Folder that the demo writes.
const FOLDER: &str = "exeunt-demo";

pub(crate) fn run(args: &DemoArgs) -> u8 {
    demo(args).unwrap_or_else(|code| code)
}

fn demo(args: &DemoArgs) -> Result<u8, u8> {
    let folder = Path::new(FOLDER);
    let mut clock = Clock::start(None);
    let files_in = new::embedded(crate::args::Template::Kazakhstan2022);
    let scenario_dir = folder.join("scenario");
    new::write_embedded(&files_in, &scenario_dir)?;
    let loaded = files::scenario(&scenario_dir, &[], args.show.summary)?;
    let s = &loaded.scenario;
    let request =
        Request { epochs: EPOCHS, threads: plan::threads(args.threads), ..Request::default() };
    let shown = Shown::new(match args.show.summary {
        Summary::Text => ProgressKind::Auto,
        Summary::Json => ProgressKind::None,
    });
    let planned = plan::plan(s, &request, &mut clock, &shown)
        .map_err(|reason| files::refuse_usage(&reason, "report this"))?;
    shown.end();
    let self_test = check::self_test(s, &planned.plan, None);
    files::write_plan(&folder.join("plan.json"), &planned.plan)?;
    let assumptions = exeunt_report::assumptions::html(s);
    files::write(&folder.join("assumptions.html"), &assumptions)?;
    let screen = first_screen(&FirstScreen {
        title: title("exeunt demo", s),
        scenario: s,
        plan: &planned.plan,
        verdict: &planned.verdict,
        bindings: Some(&planned.bindings),
        variants: Vec::new(),
        self_test: Some(&self_test),
        assumptions_file: Some(format!("{FOLDER}/assumptions.html")),
        next: vec![
            format!("exeunt check {FOLDER}/scenario {FOLDER}/plan.json --self-test"),
            "exeunt new mine --from pieces.csv --origin UAAA --to UMMS --fleet 4xIL76 --by 2027-01-31"
                .to_owned(),
        ],
    });
    files::write(&folder.join("summary.txt"), &screen)?;
    match args.show.summary {
        Summary::Text => print(&screen),
        Summary::Json => {
            let value = exeunt_report::json::plan_summary(
                s,
                &planned.plan,
                &planned.verdict,
                planned.plan.epochs.run,
                clock.seconds(),
                request.seed,
                &planned.bindings,
            );
            print(&format!("{value:#}\n"));
        }
    }
    let code = files::verdict_code(&planned.verdict, s);
    Ok(match (self_test.refused == self_test.spoiled, clock.is_stopped()) {
        (false, _) => exit::INTERNAL,
        (true, true) => exit::INTERRUPTED,
        (true, false) => code,
    })
}
