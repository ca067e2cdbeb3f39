//! Tells the program the commit it is built from, where Git knows it (`EXEUNT_COMMIT` in the environment goes before), and a
//! digest of the engine's sources, so that a result says what made it.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    tell_engine();
    println!("cargo::rerun-if-env-changed=EXEUNT_COMMIT");
    if std::env::var_os("EXEUNT_COMMIT").is_some() {
        return;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
    if let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) {
        println!("cargo::rustc-env=EXEUNT_COMMIT={commit}");
    }
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Tells the digest (FNV-1a, 64 bits) of the search's sources and of which solver it has, file by file in order of their paths.
fn tell_engine() {
    let root = Path::new("../exeunt-engine/src/search");
    println!("cargo::rerun-if-changed={}", root.display());
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    // its random numbers and the pace that it is driven at
    for file in ["../exeunt-engine/src/random.rs", "src/commands/pdptw.rs"] {
        println!("cargo::rerun-if-changed={file}");
        files.push(file.into());
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    if std::env::var_os("CARGO_FEATURE_HIGHS").is_some() {
        hash ^= 1;
    }
    for file in files {
        let text = std::fs::read(&file).unwrap_or_default();
        for byte in file.to_string_lossy().bytes().chain(text) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=EXEUNT_ENGINE={hash:016x}");
}
