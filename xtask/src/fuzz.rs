//! `cargo xtask fuzz`: seeded, spoiled input for every reader, on the stable toolchain.
//!
//! Input number N of a target and a seed is always the same, whatever ran before. What makes a reader panic is written
//! to `fuzz-failures/TARGET-SEED-N`, from where `--target TARGET --input FILE` runs it again. `TARGET-SEED-running`
//! names the input at work, for the case that it ends the whole process (a full stack or memory): `--first N --runs 1`.
#![expect(clippy::print_stdout, reason = "a tool that prints what it found")]

use crate::mutate;
use crate::targets::{TARGETS, Target};
use std::cell::{Cell, RefCell};
use std::io::{Seek as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Where failing inputs are written.
const FAILURES: &str = "fuzz-failures";
/// An input that takes longer is written down as slow.
const SLOW: Duration = Duration::from_secs(2);
/// Failing inputs of a target after which its next one is begun.
const FAILURES_MAX: u64 = 10;

/// What is run, and for how long.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Seconds for each target
    #[arg(long, default_value_t = 10, conflicts_with_all = ["runs", "input"])]
    pub seconds: u64,
    /// Inputs for each target instead of seconds; the same seed and runs give the same inputs
    #[arg(long, conflicts_with = "input")]
    pub runs: Option<u64>,
    /// Seed of the inputs
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Number of the first input
    #[arg(long, default_value_t = 0)]
    pub first: u64,
    /// This target only
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(TARGETS.iter().map(|t| t.name)))]
    pub target: Option<String>,
    /// Run this file through the target, and end
    #[arg(long, requires = "target")]
    pub input: Option<PathBuf>,
    /// Write what the inputs are made of to this folder, a folder per target, and end
    #[arg(long, value_name = "DIR", conflicts_with = "input")]
    pub write_corpus: Option<PathBuf>,
}

/// What a target did with its inputs.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Inputs run.
    pub runs: u64,
    /// Inputs that the reader accepted.
    pub accepted: u64,
    /// Inputs that took long, by number with their time.
    pub slow: Vec<(u64, Duration)>,
    /// Inputs that ended in a panic, by number with what it said.
    pub panics: Vec<(u64, String)>,
}

/// Runs the targets; fails if one panics.
pub fn run(args: &Args) -> ExitCode {
    match try_run(args) {
        Ok(n_panics) => ExitCode::from(u8::from(n_panics > 0)),
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}

fn try_run(args: &Args) -> std::io::Result<usize> {
    let chosen = |target: &&Target| args.target.as_deref().is_none_or(|name| name == target.name);
    if let Some(path) = &args.input {
        let bytes = std::fs::read(path)?;
        let target = TARGETS.iter().find(chosen).expect("clap asks for one of the targets");
        return Ok(run_file(target, &bytes));
    }
    if let Some(folder) = &args.write_corpus {
        for target in TARGETS.iter().filter(chosen) {
            write_corpus(target, &folder.join(target.name))?;
        }
        return Ok(0);
    }
    let folder = Path::new(FAILURES);
    std::fs::create_dir_all(folder)?;
    let mut n_panics = 0;
    for target in TARGETS.iter().filter(chosen) {
        let running = folder.join(format!("{}-{}-running", target.name, args.seed));
        let mut log = std::fs::File::create(&running)?;
        #[expect(clippy::disallowed_methods, reason = "says how fast the targets run")]
        let begun = Instant::now();
        let until = Duration::from_secs(args.seconds);
        let tally = fuzz(target, args.seed, args.first, |n| {
            // whether this can be written decides nothing
            let _ = log.rewind().and_then(|()| writeln!(log, "{n:>20}"));
            match args.runs {
                Some(runs) => n - args.first < runs,
                None => begun.elapsed() < until,
            }
        });
        print_tally(target, &tally, begun.elapsed());
        let corpus = (target.corpus)();
        let numbers = tally.panics.iter().map(|(n, what)| (*n, what.clone()));
        let slow =
            tally.slow.iter().map(|(n, time)| (*n, format!("took {:.1} s", time.as_secs_f64())));
        for (n, what) in numbers.chain(slow) {
            let path = folder.join(format!("{}-{}-{n}", target.name, args.seed));
            std::fs::write(&path, mutate::input(&corpus, target.name, args.seed, n))?;
            println!("  {}: {what}", path.display());
        }
        n_panics += tally.panics.len();
        std::fs::remove_file(running)?;
    }
    Ok(n_panics)
}

fn write_corpus(target: &Target, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (n, bytes) in (target.corpus)().iter().enumerate() {
        std::fs::write(folder.join(format!("own-{n:04}")), bytes)?;
    }
    Ok(())
}

fn run_file(target: &Target, bytes: &[u8]) -> usize {
    match quietly(|| (target.run)(bytes)) {
        Ok(accepted) => {
            println!("{}: {}", target.name, if accepted { "accepted" } else { "refused" });
            0
        }
        Err(what) => {
            println!("{}: panic: {what}", target.name);
            1
        }
    }
}

fn print_tally(target: &Target, tally: &Tally, time: Duration) {
    #[expect(clippy::cast_precision_loss, reason = "for people to read")]
    let (runs, accepted) = (tally.runs as f64, tally.accepted as f64);
    println!(
        "{:<10} {:>9} runs {:>8.0} per second {:>5.1} % accepted {:>3} slow {:>3} panics",
        target.name,
        tally.runs,
        runs / time.as_secs_f64().max(0.001),
        100.0 * accepted / runs.max(1.0),
        tally.slow.len(),
        tally.panics.len(),
    );
}

/// Feeds a target, from input number `first` for as long as `go_on` says so.
pub fn fuzz(target: &Target, seed: u64, first: u64, mut go_on: impl FnMut(u64) -> bool) -> Tally {
    let corpus = (target.corpus)();
    let mut tally = Tally::default();
    let mut n = first;
    while go_on(n) && u64::try_from(tally.panics.len()).unwrap_or(0) < FAILURES_MAX {
        let bytes = mutate::input(&corpus, target.name, seed, n);
        #[expect(clippy::disallowed_methods, reason = "notices slow inputs; decides nothing else")]
        let begun = Instant::now();
        match quietly(|| (target.run)(&bytes)) {
            Ok(accepted) => tally.accepted += u64::from(accepted),
            Err(what) => tally.panics.push((n, what)),
        }
        let time = begun.elapsed();
        if time > SLOW {
            tally.slow.push((n, time));
        }
        tally.runs += 1;
        n += 1;
    }
    tally
}

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Calls a function and returns what it panicked with, place included, instead of printing it.
fn quietly<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if IS_QUIET.get() {
                PANIC.set(Some(info.to_string().replace('\n', " ")));
            } else {
                before(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_QUIET.set(false);
    result.map_err(|_| PANIC.take().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_found_and_named() {
        let target = Target {
            name: "planted",
            run: |bytes| {
                assert!(!bytes.contains(&b'9'), "a nine");
                true
            },
            corpus: || vec![b"12345678".to_vec()],
        };
        let tally = fuzz(&target, 1, 0, |n| n < 2_000);
        let (n, what) = tally.panics.first().expect("2,000 changes write a nine");
        assert!(what.contains("a nine"), "{what}");
        let again = fuzz(&target, 1, *n, |now| now == *n);
        assert_eq!(again.panics.len(), 1, "the number alone gives the input again");
    }
}
