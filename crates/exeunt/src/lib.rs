//! What the program reads beside scenarios: lists of pieces, plans, epochs. Bytes and text in, values or problems out.
//!
//! Problems become what is shown of them (`shown.rs`). The program is `main.rs`; these parts form a library so that
//! `xtask` and `fuzz/` can feed them.
#![warn(missing_docs)]

pub mod generate;
pub mod list;
pub mod shown;

use exeunt_model::Plan;
use exeunt_model::outcome::{OUTCOME_FORMAT, Outcome};
use exeunt_model::problem::{Place, Problem, Severity};

/// Reads a plan; `file` is what problems call it.
///
/// # Errors
///
/// Says what is not as the form of a plan has it, and in which line.
pub fn parse_plan(bytes: &[u8], file: &str) -> Result<Plan, Box<Problem>> {
    serde_json::from_slice(bytes).map_err(|error| {
        let row = u64::try_from(error.line()).ok();
        let message = format!("the plan is not in the form of `exeunt schema plan`: {error}");
        let remedy = "plan again, or mend the file at that place";
        Box::new(plan_problem("bad-plan", file, row, message, remedy))
    })
}

/// Makes the problem of a plan that cannot be read.
pub fn plan_problem(
    code: &str,
    file: &str,
    row: Option<u64>,
    message: String,
    remedy: &str,
) -> Problem {
    Problem {
        severity: Severity::Error,
        code: code.to_owned(),
        object: "plan".to_owned(),
        place: Place { file: file.to_owned(), row, ..Place::default() },
        message,
        value: None,
        limit: None,
        remedy: remedy.to_owned(),
    }
}

/// Reads how many epochs are run: `8`, or `0/8/8` as a plan records them.
///
/// # Errors
///
/// Says how epochs are written.
pub fn parse_epochs(text: &str) -> Result<u64, String> {
    let run = text.rsplit('/').next().unwrap_or(text);
    let parts = text.split('/').count();
    match run.parse::<u64>() {
        Ok(n) if n > 0 && (parts == 1 || parts == 3) => Ok(n),
        _ => Err("give a positive number such as 8, or three such as 0/8/8".to_owned()),
    }
}

/// Reads a part of a simulation.
///
/// # Errors
///
/// Says what is not as the form of an outcome has it, and in which line.
pub fn parse_outcome(bytes: &[u8]) -> Result<Outcome, String> {
    serde_json::from_slice(bytes).map_err(|error| {
        let value: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
        let format = value.and_then(|value| value["format"].as_u64());
        match format.filter(|&format| format != u64::from(OUTCOME_FORMAT)) {
            Some(format) => format!("it has format {format}, this build reads {OUTCOME_FORMAT}"),
            None => error.to_string(),
        }
    })
}

/// Reads which part of how many, from 0: `2/4`.
///
/// # Errors
///
/// Says how parts are written.
pub fn parse_shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text
        .split_once('/')
        .and_then(|(shard, of)| Some((shard.parse::<u64>().ok()?, of.parse::<u64>().ok()?)));
    parts
        .filter(|(shard, of)| shard < of && *of <= 100_000)
        .ok_or_else(|| "give part and number of parts, from 0, such as 0/4 or 3/4".to_owned())
}
