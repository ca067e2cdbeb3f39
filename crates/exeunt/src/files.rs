//! Reading for the command line: scenarios with their overlays, plans, and how problems are shown.

use crate::args::Summary;
use crate::{exit, print};
use exeunt::shown::diagnostic;
use exeunt_model::problem::{Place, Problem, Severity};
use exeunt_model::{Code, Finding, Plan, Rule, Scenario, Verdict};
use exeunt_scenario::Loaded;
use std::path::{Path, PathBuf};

/// Most bytes of a file of which the line with the problem is shown.
const SHOWN_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Most bytes of a plan that is read.
const PLAN_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Reads a scenario with its overlays, or shows what is wrong and returns the exit code.
pub(crate) fn scenario(path: &Path, overlays: &[PathBuf], summary: Summary) -> Result<Loaded, u8> {
    let mut draft = exeunt_scenario::read_draft(path);
    for overlay in overlays {
        draft.overlay(exeunt_scenario::read_draft(overlay));
    }
    match exeunt_scenario::build(draft) {
        Ok(loaded) => {
            if summary == Summary::Text {
                show(&loaded.warnings, path);
            }
            Ok(loaded)
        }
        Err(problems) => Err(refuse(&problems, path, summary)),
    }
}

/// Refuses a time that is no time.
pub(crate) fn refuse_endless(seconds: f64, summary: Summary) -> Result<(), u8> {
    if seconds.is_finite() && seconds >= 0.0 {
        return Ok(());
    }
    Err(refuse_usage("--seconds must be 0 or more", "give a number such as 10", summary))
}

/// Refuses to plan what no plan can set right: a force above its ceiling at the start. `check` says so of any plan.
pub(crate) fn refuse_hopeless(loaded: &Loaded, path: &Path, summary: Summary) -> Result<(), u8> {
    let hopeless = loaded.warnings.iter().filter(|problem| problem.code == "above-ceiling");
    let as_error = |problem: &Problem| Problem { severity: Severity::Error, ..problem.clone() };
    let problems: Vec<Problem> = hopeless.map(as_error).collect();
    if problems.is_empty() { Ok(()) } else { Err(refuse(&problems, path, summary)) }
}

/// Reads a plan, or shows what is wrong and returns the exit code.
pub(crate) fn plan(path: &Path, summary: Summary) -> Result<Plan, u8> {
    read_plan(path).map_err(|problem| refuse(&[*problem], path, summary))
}

fn read_plan(path: &Path) -> Result<Plan, Box<Problem>> {
    let problem = |code: &str, message: String| {
        let remedy = "give the file that `exeunt plan` wrote";
        Box::new(exeunt::plan_problem(code, &path.display().to_string(), None, message, remedy))
    };
    let unreadable =
        |error: std::io::Error| problem("unreadable", format!("the plan cannot be read: {error}"));
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > PLAN_BYTES_MAX {
        let message = format!("the plan has {size} bytes, more than the {PLAN_BYTES_MAX} allowed");
        return Err(problem("file-too-large", message));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    exeunt::parse_plan(&bytes, &path.display().to_string())
}

/// Shows problems and returns the exit code for bad input.
pub(crate) fn refuse(problems: &[Problem], root: &Path, summary: Summary) -> u8 {
    match summary {
        Summary::Json => {
            print(&format!("{:#}\n", exeunt_report::problems::json(problems)));
        }
        Summary::Text => {
            show(problems, root);
            let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
            eprintln!("{errors} {}", if errors == 1 { "problem" } else { "problems" });
        }
    }
    exit::BAD_INPUT
}

/// Refuses to leave out the interval of the inputs where rows have ranges.
pub(crate) fn refuse_no_draws(s: &Scenario, draws: u64, summary: Summary) -> Result<(), u8> {
    let ranged = s.uncertainty.iter().filter(|row| row.range.is_some()).count();
    if draws > 0 || ranged == 0 {
        return Ok(());
    }
    let message = format!(
        "`--input-draws 0` leaves out the interval of the inputs, but {ranged} rows of `uncertainty` have a range"
    );
    Err(refuse_usage(&message, "ask for at least 1 draw, better 100", summary))
}

/// Shows one problem of the command line itself.
pub(crate) fn refuse_usage(message: &str, remedy: &str, summary: Summary) -> u8 {
    match summary {
        Summary::Text => eprintln!("error: {message}\n  help: {remedy}"),
        Summary::Json => {
            let problem = Problem {
                severity: Severity::Error,
                code: "usage".to_owned(),
                object: "command line".to_owned(),
                place: Place::default(),
                message: message.to_owned(),
                value: None,
                limit: None,
                remedy: remedy.to_owned(),
            };
            print(&format!("{:#}\n", exeunt_report::problems::json(&[problem])));
        }
    }
    exit::BAD_INPUT
}

/// Shows problems on standard error, each at its line of the file.
pub(crate) fn show(problems: &[Problem], root: &Path) {
    for problem in problems {
        eprintln!("{:?}", diagnostic(problem, source(problem, root)));
    }
}

/// Returns the text that a problem lies in.
fn source(problem: &Problem, root: &Path) -> Option<String> {
    let file = &problem.place.file;
    problem.place.row?;
    let tried = [root.join(file), PathBuf::from(file), root.to_owned()];
    let path = tried.into_iter().find(|path| path.is_file())?;
    if std::fs::metadata(&path).ok()?.len() > SHOWN_BYTES_MAX {
        return None;
    }
    std::fs::read_to_string(path).ok()
}

/// Writes a plan in its canonical form.
pub(crate) fn write_plan(path: &Path, plan: &Plan, summary: Summary) -> Result<(), u8> {
    let mut text = serde_json::to_string_pretty(plan).expect("a plan has only plain keys");
    text.push('\n');
    write(path, &text, summary)
}

/// Writes a file, or says why not and returns the exit code.
pub(crate) fn write(path: &Path, text: &str, summary: Summary) -> Result<(), u8> {
    std::fs::write(path, text).map_err(|error| unwritable(path, &error, summary))
}

/// Refuses a folder that has something in it.
pub(crate) fn refuse_used_folder(folder: &Path) -> Result<(), u8> {
    let is_used = || std::fs::read_dir(folder).map_or(true, |mut rows| rows.next().is_some());
    if !folder.exists() || !is_used() {
        return Ok(());
    }
    let message = format!("`{}` exists and is not an empty folder", folder.display());
    Err(refuse_usage(&message, "name a new folder; nothing is overwritten", Summary::Text))
}

/// Says before a long search whether its result can be written; leaves what is there as it is.
pub(crate) fn try_write(path: &Path, summary: Summary) -> Result<(), u8> {
    let existed = path.exists();
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(path);
    opened.map_err(|error| unwritable(path, &error, summary))?;
    if !existed {
        let _ = std::fs::remove_file(path);
    }
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error, summary: Summary) -> u8 {
    let message = format!("`{}` cannot be written: {error}", path.display());
    refuse_usage(&message, "choose another -o", summary)
}

/// Says whether a finding is of a hard date that is not kept: the one thing that a written plan may break.
fn is_broken_date(finding: &Finding) -> bool {
    finding.rule == Code::Rule(Rule::C04) && finding.object.starts_with("element ")
}

/// Returns what is wrong with a plan of ours, other than a hard date that cannot be kept; nothing should be.
pub(crate) fn faults(verdict: &Verdict) -> Option<String> {
    let faults = verdict.findings.iter().filter(|finding| !is_broken_date(finding));
    let lines: Vec<String> =
        faults.map(|f| format!("  {} {}: {}\n", f.rule, f.object, f.message)).collect();
    (!lines.is_empty()).then(|| {
        format!(
            "internal error: the plan does not pass its own check and is not written\n{}\
             this is a fault of exeunt, please report it with the scenario\n",
            lines.concat()
        )
    })
}

/// Returns the exit code of a plan with its verdict.
pub(crate) fn verdict_code(verdict: &Verdict) -> u8 {
    let broken_date = verdict.findings.iter().any(is_broken_date);
    let broken =
        !verdict.accepted || verdict.promises.iter().any(|p| p.required && p.strict == Some(false));
    match (verdict.unmoved > 0 || broken_date, broken) {
        (true, _) => exit::UNMOVED,
        (false, true) => exit::BROKEN,
        (false, false) => exit::DONE,
    }
}
