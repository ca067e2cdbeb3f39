//! The command line as a user types it: what the first issue promises, each as one test.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod browser;
mod communique;
mod demo;
mod either;
mod explain;
mod generate;
mod graph;
mod history;
mod input;
mod oracle;
mod own_list;
mod promise;
mod prove;
mod replan;
mod report;
mod simulate;
mod situation;
mod spoiled;
mod statements;
mod variants;

/// Runs exeunt in a folder.
fn exeunt(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exeunt"))
        .args(args)
        .current_dir(dir)
        .output()
        .expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs exeunt and reads the one JSON object it prints.
fn json(dir: &Path, args: &[&str]) -> (i32, Value) {
    let output = exeunt(dir, args);
    let value = serde_json::from_slice(&output.stdout);
    let value =
        value.unwrap_or_else(|e| panic!("{args:?}: {e}\n{}\n{}", text(&output), error(&output)));
    (code(&output), value)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn scenario(name: &str) -> String {
    root().join("scenarios").join(name).display().to_string()
}

fn overlay(name: &str) -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join("tests/overlays").join(name).display().to_string()
}

fn place() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Seconds since 1970 of a time in a summary.
fn seconds(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is a time"));
    exeunt_model::Timestamp::parse_rfc3339(text).unwrap_or_else(|| panic!("{text} is a time")).0
}

fn at(text: &str) -> i64 {
    exeunt_model::Timestamp::parse_rfc3339(text).expect("a time").0
}
