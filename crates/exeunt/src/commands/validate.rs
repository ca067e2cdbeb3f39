//! `exeunt validate`: reads a scenario and lists everything that is wrong with it.

use crate::args::{Summary, ValidateArgs};
use crate::{exit, files, print};
use exeunt_model::Rule;
use exeunt_model::problem::{Place, Problem, Severity};

pub(crate) fn run(args: &ValidateArgs) -> u8 {
    let summary = args.show.summary;
    let loaded = match files::scenario(&args.scenario, &args.overlay.overlay, summary) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let s = &loaded.scenario;
    let mut warnings = loaded.warnings;
    let stuck: Vec<Problem> = exeunt_engine::cannot_move(s)
        .into_iter()
        .map(|(element, rule, reason)| cannot_move(&s.elements[element].name, rule, &reason))
        .collect();
    if summary == Summary::Text {
        files::show(&stuck, &args.scenario);
    }
    warnings.extend(stuck);
    match summary {
        Summary::Json => print(&format!("{:#}\n", exeunt_report::problems::json(&warnings))),
        Summary::Text => print(&format!(
            "{} is valid: {} rows, {} of them assumed in whole or part; {} elements, {} people, {} vehicles, \
             pallets and containers, {} aircraft, {} promises, {} statements\n",
            args.scenario.display(),
            s.n_graded_rows,
            s.assumptions.len(),
            s.elements.len(),
            s.pieces.rows.iter().map(|p| p.people_each() * p.count).sum::<i64>(),
            s.pieces.rows.iter().map(|p| p.items_each() * p.count).sum::<i64>(),
            s.tails.len(),
            s.promises.len(),
            s.statements.len(),
        )),
    }
    exit::DONE
}

/// Warns of an element that no timing can move.
fn cannot_move(element: &str, rule: Rule, reason: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: rule.id().to_owned(),
        object: format!("element `{element}`"),
        place: Place { file: "elements.csv".to_owned(), ..Place::default() },
        message: format!("element `{element}` can never move: {reason}"),
        value: None,
        limit: None,
        remedy: "add what is missing, or expect it to stay".to_owned(),
    }
}
