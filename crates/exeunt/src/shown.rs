//! Problems as people see them: the sentence, the line of the file, what is wrong in it, and the remedy.

use exeunt_model::problem::{Problem, Severity};
use miette::{
    LabeledSpan, MietteDiagnostic, MietteHandlerOpts, NamedSource, Report, Severity as Level,
};

/// Sets how problems are laid out, once for the process.
pub fn set_up() {
    // the first of several calls counts; messages are short, and broken words and hyphens would hide ids
    let _ = miette::set_hook(Box::new(|_| {
        Box::new(MietteHandlerOpts::new().wrap_lines(false).build())
    }));
}

/// Makes what is shown of a problem; `text` is the file it lies in, if that can be read.
pub fn diagnostic(problem: &Problem, text: Option<String>) -> Report {
    let place = &problem.place;
    let mut at = place.file.clone();
    if let Some(sheet) = &place.sheet {
        at = format!("{at} [{sheet}]");
    }
    if let Some(row) = place.row {
        at = format!("{at}:{row}");
    }
    if let Some(column) = &place.column {
        at = format!("{at}, column {column}");
    }
    let level = match problem.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let mut shown = MietteDiagnostic::new(format!("{at}: {}", problem.message))
        .with_code(problem.code.clone())
        .with_severity(level)
        .with_help(problem.remedy.clone());
    let marked = text.and_then(|text| Some((span(problem, &text)?, text)));
    let Some((span, text)) = marked else { return Report::new(shown) };
    let label = place.column.clone().unwrap_or_else(|| "here".to_owned());
    shown = shown.with_label(LabeledSpan::at(span, label));
    Report::new(shown).with_source_code(NamedSource::new(&place.file, text))
}

/// Returns what to mark in the text: the value in its line, or the line.
fn span(problem: &Problem, text: &str) -> Option<std::ops::Range<usize>> {
    let row = usize::try_from(problem.place.row?).ok()?.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let line = text.get(start..)?.lines().next()?;
    let wanted = problem.value.as_deref().filter(|value| !value.is_empty());
    Some(match wanted.and_then(|value| line.find(value).map(|at| (at, value.len()))) {
        Some((at, len)) => start + at..start + at + len,
        None => start..start + line.len(),
    })
}
