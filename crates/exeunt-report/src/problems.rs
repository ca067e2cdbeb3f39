//! Problems of the input for people and for programs.

use crate::grid::{LEFT, lay_out, prose};
use exeunt_model::Problem;
use exeunt_model::problem::{Place, Severity};
use serde_json::{Value, json};

/// Returns all problems, errors first, each with its place and remedy, and a line that counts them;
/// empty when there are none.
pub fn text(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let (errors, warnings): (Vec<_>, Vec<_>) =
        problems.iter().partition(|problem| problem.severity == Severity::Error);
    let mut parts: Vec<String> = errors.iter().chain(&warnings).map(|p| block(p)).collect();
    parts.push(tally(errors.len(), warnings.len()));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// Returns `{errors, warnings, problems: [...]}` with every field of each problem.
pub fn json(problems: &[Problem]) -> Value {
    let n_errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    json!({
        "errors": n_errors,
        "warnings": problems.len() - n_errors,
        "problems": problems,
    })
}

fn block(problem: &Problem) -> String {
    let word = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    // most sentences name their object already
    let is_named = problem.object.is_empty() || problem.message.contains(&problem.object);
    let about = if is_named { String::new() } else { format!("{}: ", problem.object) };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |label: &str, text: Option<String>| {
        rows.extend(text.map(|text| vec![label.to_owned(), text]));
    };
    row("at", Some(place(&problem.place)).filter(|place| !place.is_empty()));
    row("value", problem.value.clone());
    row("limit", problem.limit.clone());
    row("remedy", Some(problem.remedy.clone()).filter(|remedy| !remedy.is_empty()));
    let head = prose(0, &format!("{word} {}: {about}{}", problem.code, problem.message));
    if rows.is_empty() { head } else { format!("{head}\n{}", lay_out(&[LEFT, LEFT], &rows)) }
}

fn place(place: &Place) -> String {
    let sheet = place.sheet.as_ref().map(|sheet| format!("sheet {sheet}"));
    let row = place.row.map(|row| format!("row {row}"));
    let column = place.column.as_ref().map(|column| format!("column {column}"));
    let file = Some(place.file.clone()).filter(|file| !file.is_empty());
    [file, sheet, row, column].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn tally(errors: usize, warnings: usize) -> String {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
}
