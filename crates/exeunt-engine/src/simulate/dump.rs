//! The compiled form of a plan for other simulators: what is replayed, and by which distributions.

use super::program::{NONE, Program};
use super::watch::Watch;
use exeunt_model::uncertainty::{Shape, Uncertainty};
use serde::Serialize;

/// A plan ready to be replayed elsewhere. Times are seconds from the operation's start; a moment is twice its node, one
/// more for the end.
#[derive(Debug, Serialize)]
pub struct Dump {
    /// The operation's start, in seconds since 1970.
    pub start: i64,
    /// Midnight from which days of closures count.
    pub midnight: i32,
    /// Activities in an order in which every one comes after what it waits for.
    pub nodes: Vec<DumpNode>,
    /// What closes by day: of each series, the shared factor of every day, and its row.
    pub series: Vec<DumpSeries>,
    /// Row and shared factor of how late each decision is: one draw for all that waits for it.
    pub decisions: Vec<(u32, Option<u32>)>,
    /// Number of shared factors.
    pub factors: usize,
    /// Uncertainty rows.
    pub rows: Vec<DumpRow>,
    /// Moments of which the last is the closure.
    pub closure: Vec<u32>,
}

/// An activity.
#[derive(Debug, Serialize)]
pub struct DumpNode {
    /// Earliest start.
    pub not_before: i32,
    /// Planned duration.
    pub duration: i32,
    /// Moment and lag before its start.
    pub start_after: Vec<(u32, i32)>,
    /// Moment and lag before its end.
    pub end_after: Vec<(u32, i32)>,
    /// When it may start; empty: always.
    pub windows: Vec<(i32, i32)>,
    /// Row and shared factor of its duration.
    pub factor: Option<(u32, Option<u32>)>,
    /// Rows and shared factors of its delays; the greatest counts.
    pub delays: Vec<(u32, Option<u32>)>,
    /// Series that may be closed, and whether at its end instead of its start.
    pub closed: Vec<(u32, bool)>,
    /// Decisions that it waits for, and the start that each allows if it is not late.
    pub gates: Vec<(u32, i32)>,
}

/// What closes.
#[derive(Debug, Serialize)]
pub struct DumpSeries {
    /// Row.
    pub row: u32,
    /// Shared factor by day.
    pub days: Vec<Option<u32>>,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct DumpRow {
    /// `fixed`, `lognormal` or `exponential`.
    pub shape: &'static str,
    /// Whether its value is a factor of the planned duration; otherwise seconds.
    pub is_factor: bool,
    /// How often.
    pub chance: f64,
    /// Median, as factor or in seconds.
    pub median: f64,
    /// What nine of ten stay within, likewise.
    pub p90: f64,
    /// Weight of the shared draw.
    pub weight: f64,
}

fn some(n: u32) -> Option<u32> {
    (n != NONE).then_some(n)
}

pub(super) fn dump(program: &Program, watch: &Watch, rows: &[Uncertainty]) -> Dump {
    let draw = |n: u32| {
        let draw = program.draws[n as usize];
        (draw.row, some(draw.slot))
    };
    let between = |ends: [u32; 2]| ends[0] as usize..ends[1] as usize;
    let nodes = program.nodes.iter().map(|node| {
        let [first, middle, end] = node.arcs.map(|arc| arc as usize);
        DumpNode {
            not_before: node.not_before,
            duration: node.duration,
            start_after: program.arcs[first..middle].to_vec(),
            end_after: program.arcs[middle..end].to_vec(),
            windows: program.windows[between(node.windows)].to_vec(),
            factor: some(node.factor).map(draw),
            delays: (node.delays[0]..node.delays[1]).map(draw).collect(),
            closed: program.closings[between(node.closed)].to_vec(),
            gates: program.gates[between(node.gates)].to_vec(),
        }
    });
    let series = program.series.iter().map(|series| DumpSeries {
        row: series.days.first().map_or(0, |(draw, _)| draw.row),
        days: series.days.iter().map(|(draw, _)| some(draw.slot)).collect(),
    });
    let rows = rows.iter().map(|row| {
        let is_factor = row.what.is_factor();
        let unit = |n: i64| if is_factor { n as f64 / 100.0 } else { n as f64 * 60.0 };
        DumpRow {
            shape: match row.shape {
                Shape::Fixed => "fixed",
                Shape::Lognormal => "lognormal",
                Shape::Exponential => "exponential",
            },
            is_factor,
            chance: row.chance as f64 / 1_000.0,
            median: unit(row.median),
            p90: unit(row.p90),
            weight: row.factor.as_ref().map_or(0.0, |f| f.weight_percent as f64 / 100.0),
        }
    });
    Dump {
        start: program.base.0,
        midnight: program.midnight,
        nodes: nodes.collect(),
        series: series.collect(),
        decisions: program.decisions.iter().copied().map(draw).collect(),
        factors: program.slots.len(),
        rows: rows.collect(),
        closure: watch.closure.moments().to_vec(),
    }
}
