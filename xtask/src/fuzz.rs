//! `cargo xtask fuzz`: seeded, spoiled input for every reader, on the stable toolchain.

use std::process::ExitCode;

/// What is run, and for how long.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Seconds for each target
    #[arg(long, default_value_t = 10, conflicts_with = "runs")]
    pub seconds: u64,
    /// Inputs for each target instead of seconds; the same seed and runs give the same inputs
    #[arg(long)]
    pub runs: Option<u64>,
    /// Seed of the inputs
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Runs the targets; no target exists yet.
pub fn run(_: &Args) -> ExitCode {
    ExitCode::SUCCESS
}
