//! The command line of exeunt: parse, call, print, exit code. One file per command.
//!
//! This is the only crate that looks at the clock and prints. Exit codes are those of DESIGN section 6: 0 done,
//! 1 a rule or required promise is broken, 2 bad input, 3 something is unmoved or a hard date broken,
//! 4 interrupted, 70 internal error; if several apply the first of 70, 2, 4, 3, 1.

mod args;
mod commands;
mod files;
mod progress;
mod prospects;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// Exit codes.
pub(crate) mod exit {
    pub(crate) const DONE: u8 = 0;
    pub(crate) const BROKEN: u8 = 1;
    pub(crate) const BAD_INPUT: u8 = 2;
    pub(crate) const UNMOVED: u8 = 3;
    pub(crate) const INTERRUPTED: u8 = 4;
    pub(crate) const INTERNAL: u8 = 70;
}

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|info| {
        eprintln!("internal error: {info}");
        eprintln!("this is a fault of exeunt, please report it with the input that led here");
    }));
    exeunt::shown::set_up();
    let cli = Cli::parse();
    let code = std::panic::catch_unwind(|| match cli.command {
        Command::Demo(args) => commands::demo::run(&args),
        Command::New(args) => commands::new::run(&args),
        Command::Validate(args) => commands::validate::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Prove(args) => commands::prove::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Statements(args) => commands::statements::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Promise(args) => commands::promise::run(&args),
        Command::Replan(args) => commands::replan::run(&args),
        Command::Simulate(args) => commands::simulate::run(&args),
        Command::Generate(args) => commands::generate::run(&args),
        Command::Bench(args) => commands::bench::run(&args),
    });
    ExitCode::from(code.unwrap_or(exit::INTERNAL))
}

/// Prints to standard output; a closed pipe ends quietly, as with other tools.
pub(crate) fn print(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(i32::from(exit::DONE));
    }
}
