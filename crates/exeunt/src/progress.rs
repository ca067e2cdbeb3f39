//! What is shown while planning, and when planning ends: time, and Ctrl-C.

use crate::args::ProgressKind;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Whether somebody asked to stop; one answer for all clocks of a process.
static STOPPED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// The clock of a run.
pub(crate) struct Clock {
    start: Instant,
    budget: Option<Duration>,
    last_epoch: Instant,
    stopped: Arc<AtomicBool>,
}

impl Clock {
    /// Starts the clock; `seconds` is `None` when epochs are counted.
    pub(crate) fn start(seconds: Option<f64>) -> Self {
        let stopped = Arc::clone(STOPPED.get_or_init(Arc::default));
        let flag = Arc::clone(&stopped);
        // a second handler cannot be set in one process; the first one goes on working, with the same flag
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(i32::from(crate::exit::INTERRUPTED));
            }
        });
        #[expect(clippy::disallowed_methods, reason = "the clock of the rim")]
        let now = Instant::now();
        let budget = seconds.map(|s| Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX));
        Self { start: now, budget, last_epoch: now, stopped }
    }

    /// Says whether another epoch is expected to fit.
    pub(crate) fn go_on(&mut self) -> bool {
        #[expect(clippy::disallowed_methods, reason = "the clock of the rim")]
        let now = Instant::now();
        let epoch = now - self.last_epoch;
        self.last_epoch = now;
        let fits = self.budget.is_none_or(|budget| now - self.start + epoch <= budget);
        fits && !self.is_stopped()
    }

    /// Returns the seconds for the search, if time ends it.
    pub(crate) fn budget_seconds(&self) -> Option<f64> {
        self.budget.map(|budget| budget.as_secs_f64())
    }

    /// Returns a reader of this clock.
    pub(crate) fn since(&self) -> Since {
        Since(self.start)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }
}

/// Reads a clock that somebody else keeps.
#[derive(Clone, Copy)]
pub(crate) struct Since(Instant);

impl Since {
    pub(crate) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Shows improvements.
pub(crate) struct Shown {
    kind: ProgressKind,
    bar: Option<ProgressBar>,
}

impl Shown {
    pub(crate) fn new(kind: ProgressKind) -> Self {
        let bar = (kind == ProgressKind::Auto && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar.set_message("planning");
            bar
        });
        Self { kind, bar }
    }

    pub(crate) fn improvement(&self, seconds: f64, progress: &exeunt_engine::Progress) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("epoch {}: {:?}", progress.epoch, progress.objective));
        }
        if self.kind == ProgressKind::Json {
            let line = serde_json::json!({
                "seconds": (seconds * 1_000.0).round() / 1_000.0,
                "epoch": progress.epoch,
                "objective": progress.objective,
            });
            eprintln!("{line}");
        }
    }

    pub(crate) fn say(&self, what: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what);
        }
    }

    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
