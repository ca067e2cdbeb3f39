//! `cargo xtask COMMAND`: one variant per tool, each in a module of its own.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{fuzz, history};

/// Tools for the developers of exeunt.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Feeds spoiled input to every reader and says whether one panics
    Fuzz(fuzz::Args),
    /// Makes scenarios/kazakhstan-2022/history.plan.json and says what the checker finds in it
    History(history::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Fuzz(args) => fuzz::run(&args),
        Command::History(args) => history::run(&args),
    }
}
