//! What a back-test says, for people and for programs.

use crate::grid::{LEFT, RIGHT, lay_out, prose};
use crate::simulation::{grouped, list, percent, range};
use crate::zoned::Clock;
use exeunt_model::backtest::{AsOf, Backtest, Evaluated};
use serde_json::{Value, json};

/// What is said where nobody gave a record.
const NO_RECORD: &str = "no record given";

/// Returns what `bench backtest --summary json` prints. Keys are only ever added.
pub fn json(test: &Backtest, zone_offset: i64) -> Value {
    let clock = Clock::new(zone_offset);
    let mean = test.mean_brier();
    json!({
        "scenario": test.scenario,
        "seed": test.seed,
        "epochs": test.epochs,
        "replications": test.replications,
        "input_draws": test.inputs.0,
        "input_replications": test.inputs.1,
        "uncertainty_rows": test.rows.0,
        "uncertainty_rows_assumed": test.rows.1,
        "has_record": test.has_record,
        "record": if test.has_record { "given" } else { NO_RECORD },
        "as_of": list(&test.as_of, &|row: &AsOf| json!({
            "statement": row.statement,
            "moment": clock.rfc3339(row.moment),
            "has_hour": row.has_hour,
            "sorties_begun": test.has_record.then_some(row.begun.0),
            "columns_begun": test.has_record.then_some(row.begun.1),
            "steps_begun": test.has_record.then_some(row.begun.2),
            "statements_known": row.statements,
            "conditions_awaited": row.awaited,
            "expected": clock.rfc3339(row.expected),
            "rows_readied": row.readied,
            "unmoved": row.unmoved,
        })),
        "promises": list(&test.promises, &|row: &Evaluated| json!({
            "id": row.id,
            "text": row.text,
            "statement": test.as_of[row.as_of].statement,
            "made": clock.rfc3339(test.as_of[row.as_of].moment),
            "is_planned": row.is_planned,
            "probability": row.probability,
            "sampling_interval": row.sampling_interval,
            "input_interval": row.input_interval,
            "outcome": row.outcome,
            "truth": row.truth,
            "brier": row.brier(),
            "same_as": row.same_as,
        })),
        "undated": test.undated,
        "mean_brier": mean.map(|mean| mean.0),
        "promises_with_a_truth": mean.map_or(0, |mean| mean.1),
        "remark": remark(test),
    })
}

/// Returns what `bench backtest` prints for people.
pub fn text(test: &Backtest, zone_offset: i64) -> String {
    let clock = Clock::new(zone_offset);
    let (draws, each) = test.inputs;
    let head = format!(
        "back-test of {}: each promise at the moment it was made; {} replications, inputs {draws} x {}, seed {}, epochs {}; {} of {} uncertainty rows are assumed",
        test.scenario,
        grouped(test.replications),
        grouped(each),
        test.seed,
        test.epochs,
        test.rows.1,
        test.rows.0,
    );
    let mut parts = vec![prose(0, &head), known(clock, test), promises(clock, test)];
    if !test.undated.is_empty() {
        let names = test.undated.join(", ");
        parts.push(prose(0, &format!("not evaluated, no statement says when made: {names}")));
    }
    parts.push(prose(0, &remark(test)));
    parts.join("\n\n") + "\n"
}

/// What each evaluation rests on, with what it assumes.
fn known(clock: Clock, test: &Backtest) -> String {
    let head = [
        "AS OF",
        "statement",
        "begun by the record",
        "known",
        "awaited",
        "expected",
        "taken as ready",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in &test.as_of {
        let (sorties, columns, steps) = row.begun;
        let begun = match row.begun {
            _ if !test.has_record => NO_RECORD.to_owned(),
            (0, 0, 0) => "nothing".to_owned(),
            _ => format!("{sorties} sorties, {columns} columns, {steps} steps"),
        };
        let dash = || "-".to_owned();
        let is_awaited = !row.awaited.is_empty();
        rows.push(vec![
            clock.moment(row.moment) + if row.has_hour { "" } else { "*" },
            row.statement.clone(),
            begun,
            format!("{} statements", row.statements),
            if is_awaited { row.awaited.join(", ") } else { dash() },
            if is_awaited { clock.moment(row.expected) } else { dash() },
            if row.readied > 0 { format!("{} rows", row.readied) } else { dash() },
        ]);
    }
    let mut text = lay_out(&[LEFT.after(0), RIGHT, LEFT, RIGHT, LEFT, LEFT, RIGHT], &rows);
    let notes = [
        "* hour not stated: the beginning of the day, so that nothing of that day is used",
        "awaited: conditions not true by what was known. The back-test assumes that whoever promised expected them on the day \
         of which the promise speaks, or on the day on which the movement was said to begin; how much later they come is drawn \
         by the rows decision_late",
        "taken as ready: rows with dates chosen after the decision: the back-test takes what they hold as ready when it is \
         expected, and clearances as without an end",
    ];
    let left: Vec<String> = test
        .as_of
        .iter()
        .filter(|row| row.unmoved > 0)
        .map(|row| format!("{} after statement {}", row.unmoved, row.statement))
        .collect();
    if !left.is_empty() {
        text += "\n";
        text += &prose(
            0,
            &format!(
                "warning: pieces that the plan leaves behind ({}): what had begun by the record may not fit the scenario's capacity; lay the record's over it",
                left.join(", ")
            ),
        );
    }
    for note in notes {
        text += "\n";
        text += &prose(0, note);
    }
    text
}

fn promises(clock: Clock, test: &Backtest) -> String {
    let head =
        ["PROMISES", "made", "planned", "strict %", "sampling", "inputs", "truth", "Brier", ""];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let dash = || "-".to_owned();
    for row in &test.promises {
        let outcome = if row.outcome.is_empty() { "not known" } else { &row.outcome };
        let same = row.same_as.as_ref();
        rows.push(vec![
            row.id.clone(),
            clock.moment(test.as_of[row.as_of].moment),
            if row.is_planned { "kept" } else { "not kept" }.to_owned(),
            row.probability.map_or_else(dash, percent),
            row.sampling_interval.map_or_else(dash, range),
            row.input_interval.map_or_else(dash, range),
            outcome.to_owned(),
            row.brier().map_or_else(dash, |score| format!("{score:.3}")),
            same.map_or_else(String::new, |other| format!("says the same as {other}")),
        ]);
    }
    lay_out(&[LEFT.after(0), LEFT, LEFT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT, LEFT], &rows)
}

/// Says how little so few cases prove.
fn remark(test: &Backtest) -> String {
    let Some((mean, n)) = test.mean_brier() else {
        return "no promise has both a probability and a recorded outcome: there is no Brier score"
            .to_owned();
    };
    let with_truth = || test.promises.iter().filter(|row| row.truth.is_some());
    let repeated = with_truth().filter(|row| row.same_as.is_some()).count();
    let broken = with_truth().filter(|row| row.truth == Some(false)).count();
    format!(
        "mean Brier score {mean:.3} over {n} promises of which the record says whether they were kept (0 is best; always saying \
         50 % gives 0.250). So few cases prove nothing: {repeated} of them repeat another, they hang on the same events, {} \
         broken, and the scenario was written by people who knew how it ended",
        match broken {
            0 => "none is recorded as".to_owned(),
            1 => "one is recorded as".to_owned(),
            n => format!("{n} are recorded as"),
        }
    )
}
