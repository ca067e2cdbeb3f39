//! `exeunt explain`: why something is not earlier, and what one change would bring.

use crate::args::{ExplainArgs, Summary};
use crate::commands::{plan, report};
use crate::progress::{Clock, Shown};
use crate::{args, exit, files, print};
use exeunt_engine::Request;
use exeunt_engine::explain::{Explainer, changes, either_mode, what_if};
use exeunt_model::explanation::{Change, EitherMode, Explanation, Replanned, Subject};
use exeunt_model::scenario::Milestone;
use exeunt_model::{ElementId, Plan, Scenario};
use exeunt_report::explain::{self, Explained};
use exeunt_scenario::{Cell, Draft, Loaded, cells, did_you_mean, overlay_of};
use std::path::Path;

pub(crate) fn run(args: &ExplainArgs) -> u8 {
    explained(args).unwrap_or_else(|code| code)
}

fn explained(args: &ExplainArgs) -> Result<u8, u8> {
    let summary = args.summary;
    let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
    let plan = files::plan(&args.plan, summary)?;
    let s = &loaded.scenario;
    report::refuse_other_tables(s, &plan, &args.plan, summary)?;
    let subject = subject(s, &plan, args)?;
    let refuse =
        |reason: String| files::refuse_usage(&reason, "give a plan of this scenario", summary);
    let explainer = Explainer::new(s, &plan).map_err(refuse)?;
    let explanation = explainer.explain(std::slice::from_ref(&subject)).remove(0);
    let replanned = match args.no_counterfactuals {
        true => None,
        false => counterfactuals(args, &loaded, &plan, &explanation)?,
    };
    let either = match &subject {
        Subject::Element(id, _) if !args.no_counterfactuals && args.overlay_for.is_none() => {
            by_either_mode(args, s, &plan, *id)?
        }
        _ => None,
    };
    let overlays: Vec<Option<Draft>> = replanned
        .iter()
        .flat_map(|replanned| &replanned.rows)
        .map(|row| overlay_of(&loaded.draft, s, &row.change))
        .collect();
    if let Some(n) = args.overlay_for {
        return write_overlay(args, n, &overlays);
    }
    let how: Vec<Vec<[String; 4]>> =
        overlays.iter().map(|over| over.iter().flat_map(cells).map(as_texts).collect()).collect();
    let commands = replanned.as_ref().map(|replanned| commands(args, replanned));
    let commands = commands.as_ref().map(|(write, plan)| (write.as_str(), plan.as_str()));
    let replanned = replanned.as_ref();
    let explanation = &explanation;
    let (either, how) = (either.as_ref(), how.as_slice());
    let shown =
        Explained { scenario: s, plan: &plan, explanation, either, replanned, how, commands };
    let language = args.lang.into();
    match summary {
        Summary::Json => {
            print(&format!("{:#}\n", explain::value(&shown, &args.why, language)));
        }
        Summary::Text => print(&explain::text(&shown, language)),
    }
    let stopped = replanned.is_some_and(|replanned| !replanned.is_complete);
    Ok(if stopped { exit::INTERRUPTED } else { exit::DONE })
}

fn as_texts(cell: Cell) -> [String; 4] {
    [cell.table.to_owned(), cell.row, cell.column.to_owned(), cell.value]
}

/// Plans again after each change that loosens the chain; none if there is no chain to loosen.
fn counterfactuals(
    args: &ExplainArgs,
    loaded: &Loaded,
    plan: &Plan,
    explanation: &Explanation,
) -> Result<Option<Replanned>, u8> {
    let request = request(args, plan);
    let clock = Clock::start(None);
    let shown = Shown::new(args::ProgressKind::Auto);
    shown.say("planning again with one change at a time");
    let answer = plan_again(loaded, plan, explanation, &request, &clock);
    shown.end();
    answer.map_err(|reason| {
        files::refuse_usage(&reason, "give a plan of this scenario", args.summary)
    })
}

/// Returns the search by which plans are made again.
fn request(args: &ExplainArgs, plan: &Plan) -> Request<'static> {
    Request {
        seed: args.seed.unwrap_or(plan.seed),
        epochs: args.epochs,
        lanes: plan.lanes.max(1),
        threads: plan::threads(args.threads),
        frozen: None,
        before: None,
        warm_start: None,
    }
}

/// Plans again by either mode, if the plan chose one for the element.
fn by_either_mode(
    args: &ExplainArgs,
    s: &Scenario,
    plan: &Plan,
    element: ElementId,
) -> Result<Option<EitherMode>, u8> {
    let clock = Clock::start(None);
    let shown = Shown::new(args::ProgressKind::Auto);
    shown.say("planning again by air and by road");
    let answer = either_mode(s, plan, element, &request(args, plan), || !clock.is_stopped());
    shown.end();
    answer.map_err(|reason| {
        files::refuse_usage(&reason, "give a plan of this scenario", args.summary)
    })
}

fn plan_again(
    loaded: &Loaded,
    plan: &Plan,
    explanation: &Explanation,
    request: &Request<'_>,
    clock: &Clock,
) -> Result<Option<Replanned>, String> {
    let s = &loaded.scenario;
    let Some(chain) = &explanation.chain else { return Ok(None) };
    let asked = changes(s, plan, chain);
    let changed = |change: &Change| changed(loaded, change);
    let go_on = || !clock.is_stopped();
    what_if(s, plan, &explanation.subject, asked, request, changed, go_on).map(Some)
}

/// Says in a line what the closure waits for and which one change gains most; none if nothing arrives.
pub(crate) fn why_not_earlier(
    loaded: &Loaded,
    plan: &Plan,
    threads: usize,
    clock: &Clock,
) -> Result<Option<String>, String> {
    let s = &loaded.scenario;
    let explanation = Explainer::new(s, plan)?.explain(&[Subject::Closure]).remove(0);
    let (seed, lanes) = (plan.seed, plan.lanes.max(1));
    let request = Request {
        seed,
        epochs: ExplainArgs::EPOCHS,
        lanes,
        threads,
        frozen: None,
        before: None,
        warm_start: None,
    };
    let replanned = plan_again(loaded, plan, &explanation, &request, clock)?;
    let (explanation, replanned) = (&explanation, replanned.as_ref());
    let (either, how, commands) = (None, &[][..], None);
    let shown = Explained { scenario: s, plan, explanation, either, replanned, how, commands };
    Ok(explain::first_line(&shown, exeunt_report::Language::En))
}

/// Makes the scenario of a change from the very rows that its overlay has; none if no rows say it.
fn changed(loaded: &Loaded, change: &Change) -> Option<Scenario> {
    let mut draft = loaded.draft.clone();
    draft.overlay(overlay_of(&loaded.draft, &loaded.scenario, change)?);
    exeunt_scenario::build(draft).ok().map(|loaded| loaded.scenario)
}

/// Writes the overlay of a change.
fn write_overlay(args: &ExplainArgs, n: usize, overlays: &[Option<Draft>]) -> Result<u8, u8> {
    let found = n.checked_sub(1).and_then(|at| overlays.get(at));
    let Some(Some(over)) = found else {
        let message = format!("there is no change {n}; {} were tried", overlays.len());
        let remedy = "give a number that `exeunt explain` prints";
        return Err(files::refuse_usage(&message, remedy, args.summary));
    };
    let folder = args.output.as_deref().unwrap_or(Path::new("overlay"));
    over.write_folder(folder).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", folder.display());
        files::refuse_usage(&message, "choose another -o", args.summary)
    })?;
    print(&format!("written: {}\n", folder.display()));
    Ok(exit::DONE)
}

/// Returns the command that writes the overlay of a change, and the one that plans with it.
fn commands(args: &ExplainArgs, replanned: &Replanned) -> (String, String) {
    let (scenario, file) = (args.scenario.display(), args.plan.display());
    let laid: String =
        args.overlay.overlay.iter().map(|dir| format!(" --overlay {}", dir.display())).collect();
    let Replanned { seed, epochs, lanes, .. } = replanned;
    let why = if args.why.contains(' ') { format!("'{}'", args.why) } else { args.why.clone() };
    let milestone = args.milestone.map_or_else(String::new, |milestone| {
        let word = serde_json::to_value(Milestone::from(milestone)).unwrap_or_default();
        format!(" --milestone {}", word.as_str().unwrap_or_default().replace('_', "-"))
    });
    let write = format!(
        "exeunt explain {scenario} {file} --why {why}{milestone}{laid} --epochs {epochs} \
         --seed {seed} --overlay-for N -o DIR"
    );
    let plan = format!(
        "exeunt plan {scenario}{laid} --overlay DIR --epochs {epochs} --seed {seed} --lanes {lanes}"
    );
    (write, plan)
}

/// Finds what is meant by a name: `closure`, or the id of a promise, element, party, step, sortie or column. Where one
/// id means several things, `party:RU` says which.
fn subject(s: &Scenario, plan: &Plan, args: &ExplainArgs) -> Result<Subject, u8> {
    let (kind, name) = match args.why.split_once(':') {
        Some((kind, name)) if KINDS.contains(&kind) => (Some(kind), name),
        _ => (None, args.why.as_str()),
    };
    let milestone = args.milestone.map_or(Milestone::HomeBase, Milestone::from);
    let found: Vec<(&str, Subject)> = all(s, plan, milestone)
        .into_iter()
        .filter(|(of, id, _)| kind.is_none_or(|kind| kind == *of) && *id == name)
        .map(|(of, _, subject)| (of, subject))
        .collect();
    match found.as_slice() {
        [(of, subject)] => {
            if args.milestone.is_some() && *of != "element" {
                let message = format!("`--milestone` means nothing to a {of}");
                let remedy = "leave it out, or explain an element";
                return Err(files::refuse_usage(&message, remedy, args.summary));
            }
            Ok(subject.clone())
        }
        [] => {
            let names = all(s, plan, milestone);
            let names = names.iter().map(|(_, id, _)| *id).chain(["closure"]);
            let otherwise = "name `closure`, or the id of a promise, element, party, step, sortie \
                             or column";
            let remedy = did_you_mean(name, names, otherwise);
            let message = format!("neither scenario nor plan has `{name}`");
            Err(files::refuse_usage(&message, &remedy, args.summary))
        }
        several => {
            let ways: Vec<String> = several.iter().map(|(of, _)| format!("{of}:{name}")).collect();
            let message = format!("`{name}` means several things");
            let remedy = format!("write {}", ways.join(" or "));
            Err(files::refuse_usage(&message, &remedy, args.summary))
        }
    }
}

const KINDS: [&str; 6] = ["promise", "element", "party", "step", "sortie", "column"];

/// Lists everything that can be explained, by kind and id.
fn all<'a>(
    s: &'a Scenario,
    plan: &'a Plan,
    milestone: Milestone,
) -> Vec<(&'static str, &'a str, Subject)> {
    let mut list = vec![("closure", "closure", Subject::Closure)];
    let promises = s.promises.iter();
    list.extend(promises.map(|(id, row)| ("promise", row.name.as_str(), Subject::Promise(id))));
    let elements = s.elements.iter();
    list.extend(
        elements.map(|(id, row)| ("element", row.name.as_str(), Subject::Element(id, milestone))),
    );
    list.extend(s.parties.iter().map(|(id, row)| ("party", row.name.as_str(), Subject::Party(id))));
    list.extend(s.steps.iter().map(|(id, row)| ("step", row.name.as_str(), Subject::Step(id))));
    for (line, row) in plan.lines.iter().enumerate() {
        for (sortie, row) in row.sorties.iter().enumerate() {
            list.push(("sortie", row.id.as_str(), Subject::Sortie(line, sortie)));
        }
    }
    for (column, row) in plan.columns.iter().enumerate() {
        list.push(("column", row.id.as_str(), Subject::Column(column)));
    }
    list
}
