//! The report page of the demo as a browser shows it. The checks are in `tests/browser/look.mjs`; its README says which.

use super::*;

/// What `look.mjs --ready` ends with when Node.js, Chromium or a package is missing.
const NOT_READY: i32 = 3;

#[test]
fn the_report_page_passes_in_a_browser() {
    if let Err(missing) = ready() {
        let required = std::env::var("EXEUNT_REQUIRE").unwrap_or_default();
        assert!(!required.split(',').any(|word| word == "browser"), "browser: {missing}");
        eprintln!("skipped, the report page was not opened in a browser: {missing}");
        return;
    }
    let dir = place();
    let demo = exeunt(dir.path(), &["demo"]);
    assert_eq!(code(&demo), 0, "{}", error(&demo));
    let report = dir.path().join("exeunt-demo/report.html");
    assert!(report.is_file(), "the demo leaves {}", report.display());
    // target/tmp is the only folder below target that a test is told of
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target");
    let out = target.join("look");
    let looked = look(&[report.as_path(), out.as_path(), Path::new("--shots")]);
    let looked = looked.expect("node ran before");
    let lines = text(&looked);
    assert_eq!(code(&looked), 0, "{lines}\n{}\nsee {}", error(&looked), out.display());
    assert!(lines.contains("ok   ar-375-dark: axe"), "every view was looked at: {lines}");
}

/// Runs `look.mjs`.
fn look(args: &[&Path]) -> std::io::Result<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/look.mjs");
    Command::new("node").arg(script).args(args).output()
}

/// Says what has to be installed before a page can be looked at.
fn ready() -> Result<(), String> {
    match look(&[Path::new("--ready")]) {
        Err(_) => Err("missing: Node.js 20 or newer (no program \"node\" can be run)".to_owned()),
        Ok(output) if output.status.code() == Some(NOT_READY) => Err(text(&output)),
        Ok(output) => {
            assert_eq!(code(&output), 0, "{}", error(&output));
            Ok(())
        }
    }
}
