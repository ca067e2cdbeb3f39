//! The sweep: earliest times of all activities in sixteen replications side by side.
//!
//! One pass over the nodes in order. The start is the latest of the planned start and what the arcs ask for, then the
//! delay is added, then hours and closures move it on; the end is the start plus the duration drawn. No allocation.

use super::program::{CLOSED_MOST, Compiled, DAYS_BACK, Draw, NEVER, NONE, Program, weights};
use super::random::{draw, replication};
use super::table::{FARTHEST_STEPS, Normal, Table};
use exeunt_model::uncertainty::Uncertainty;

/// Replications side by side.
pub(super) const LANES: usize = 16;
/// Moments of the lanes.
pub(super) type Lanes = [i32; LANES];

/// Most times that hours and closures move a start in turn before it counts as never.
const MOVES_MAX: usize = 64;

/// The rows as tables.
pub(super) struct Rows {
    tables: Vec<Table>,
    weights: Vec<(i32, i32)>,
}

impl Rows {
    /// Makes the tables of rows.
    pub(super) fn new<'r>(
        rows: impl Iterator<Item = &'r Uncertainty> + Clone,
        normal: &Normal,
    ) -> Self {
        let tables = rows.clone().map(|row| Table::new(row, normal)).collect();
        Self { tables, weights: rows.map(weights).collect() }
    }
}

/// What moves a start on.
#[derive(Clone, Copy)]
pub(super) enum Moved {
    /// Hours.
    Hours,
    /// A closure of a series.
    Closed(u32),
}

/// Returns a duration times a factor.
fn longer(duration: i32, factor: i32) -> i32 {
    let long = (i64::from(duration) * i64::from(factor)) >> 16;
    i32::try_from(long.min(i64::from(NEVER / 4))).expect("within 2^28")
}

/// Reads a row at a shared and an own standard normal number.
fn together(table: &Table, (of_shared, of_own): (i32, i32), shared: i32, own: i32) -> i32 {
    let z = (shared * of_shared + own * of_own) >> 12;
    table.of(z.clamp(-FARTHEST_STEPS, FARTHEST_STEPS))
}

/// Room for one batch of replications.
pub(super) struct Batch {
    /// Start and end of every node.
    pub(super) times: Vec<Lanes>,
    /// Numbers of the replications.
    replications: [u64; LANES],
    /// Standard normal numbers of the shared factors.
    shared: Vec<Lanes>,
    /// By series and day: begin and end of the closure.
    closures: Vec<(Lanes, Lanes)>,
    /// How late each decision is.
    decided: Vec<Lanes>,
}

impl Batch {
    /// Makes room.
    pub(super) fn new(program: &Program) -> Self {
        let none = ([NEVER; LANES], [i32::MIN; LANES]);
        Self {
            times: vec![[0; LANES]; 2 * program.nodes.len()],
            replications: [0; LANES],
            shared: vec![[0; LANES]; program.slots.len()],
            closures: vec![none; program.series.len() * program.n_days],
            decided: vec![[0; LANES]; program.decisions.len()],
        }
    }

    /// Runs sixteen replications from a number on.
    pub(super) fn run(
        &mut self,
        program: &Program,
        rows: &Rows,
        normal: &Normal,
        seed: u64,
        first: u64,
    ) {
        for (lane, number) in self.replications.iter_mut().zip(first..) {
            *lane = replication(seed, number);
        }
        for (shared, &key) in self.shared.iter_mut().zip(&program.slots) {
            for (z, &number) in shared.iter_mut().zip(&self.replications) {
                *z = normal.of(draw(number, key));
            }
        }
        self.draw_closures(program, rows, normal);
        for (number, &draw) in program.decisions.iter().enumerate() {
            self.decided[number] = self.sample(rows, normal, program.draws[draw as usize]);
        }
        for position in 0..program.nodes.len() {
            self.step(program, rows, normal, position);
        }
    }

    /// Draws a row for something in every lane.
    fn sample(&self, rows: &Rows, normal: &Normal, of: Draw) -> Lanes {
        let table = &rows.tables[of.row as usize];
        if of.slot == NONE {
            return self.replications.map(|number| table.of(draw(number, of.key)));
        }
        let weights = rows.weights[of.row as usize];
        let shared = &self.shared[of.slot as usize];
        std::array::from_fn(|lane| {
            let own = normal.of(draw(self.replications[lane], of.key));
            together(table, weights, shared[lane], own)
        })
    }

    /// Draws a row for something in one lane.
    fn sample_in(&self, rows: &Rows, normal: &Normal, of: Draw, lane: usize) -> i32 {
        let (table, bits) = (&rows.tables[of.row as usize], draw(self.replications[lane], of.key));
        match of.slot {
            NONE => table.of(bits),
            slot => {
                let weights = rows.weights[of.row as usize];
                together(table, weights, self.shared[slot as usize][lane], normal.of(bits))
            }
        }
    }

    fn draw_closures(&mut self, program: &Program, rows: &Rows, normal: &Normal) {
        let mut next = 0;
        for series in &program.series {
            let mut midnight = program.midnight;
            for &(of, begins) in &series.days {
                let lasts = self.sample(rows, normal, of);
                let (from, to) = &mut self.closures[next];
                *to = [i32::MIN; LANES];
                if lasts.iter().any(|&lasts| lasts > 0) {
                    for lane in (0..LANES).filter(|&lane| lasts[lane] > 0) {
                        let part = i64::from(draw(self.replications[lane], begins));
                        let second = i32::try_from((part * 86_400) >> 31).expect("within a day");
                        from[lane] = midnight + second;
                        to[lane] = from[lane] + lasts[lane].min(CLOSED_MOST);
                    }
                }
                next += 1;
                midnight += 86_400;
            }
        }
    }

    fn step(&mut self, program: &Program, rows: &Rows, normal: &Normal, position: usize) {
        let node = &program.nodes[position];
        let mut lasts = [node.duration; LANES];
        if node.factor != NONE {
            let factor = self.sample(rows, normal, program.draws[node.factor as usize]);
            for (lasts, factor) in lasts.iter_mut().zip(factor) {
                *lasts = longer(*lasts, factor);
            }
        }
        let mut delay = [0; LANES];
        for &draw in &program.draws[node.delays[0] as usize..node.delays[1] as usize] {
            let late = self.sample(rows, normal, draw);
            for lane in 0..LANES {
                delay[lane] = delay[lane].max(late[lane]);
            }
        }
        let [to_start, to_end, end] = node.arcs.map(|arc| arc as usize);
        let before = &self.times[..2 * position];
        let mut starts = [node.not_before; LANES];
        for &(moment, lag) in &program.arcs[to_start..to_end] {
            let from = &before[moment as usize];
            for lane in 0..LANES {
                starts[lane] = starts[lane].max(from[lane] + lag);
            }
        }
        for &(moment, lag) in &program.arcs[to_end..end] {
            let from = &before[moment as usize];
            for lane in 0..LANES {
                // what never comes is never reached, however long the flight to it
                let never =
                    if from[lane] >= NEVER { NEVER } else { from[lane] + lag - lasts[lane] };
                starts[lane] = starts[lane].max(never);
            }
        }
        for &(decision, from) in &program.gates[node.gates[0] as usize..node.gates[1] as usize] {
            let late = &self.decided[decision as usize];
            for lane in 0..LANES {
                starts[lane] = starts[lane].max(from + late[lane]);
            }
        }
        for lane in 0..LANES {
            starts[lane] = (starts[lane] + delay[lane]).min(NEVER);
        }
        if node.windows[0] < node.windows[1] || node.closed[0] < node.closed[1] {
            for lane in 0..LANES {
                starts[lane] =
                    self.open(program, node, lane, (starts[lane], lasts[lane]), |_, _| {});
            }
        }
        self.times[2 * position] = starts;
        let ends = &mut self.times[2 * position + 1];
        for lane in 0..LANES {
            ends[lane] = (starts[lane] + lasts[lane]).min(NEVER);
        }
    }

    /// Moves a start on to where hours and closures allow it; tells each moment from which something moved it, and what.
    pub(super) fn open(
        &self,
        program: &Program,
        node: &Compiled,
        lane: usize,
        (from, lasts): (i32, i32),
        mut moved: impl FnMut(i32, Moved),
    ) -> i32 {
        let windows = &program.windows[node.windows[0] as usize..node.windows[1] as usize];
        let closings = &program.closings[node.closed[0] as usize..node.closed[1] as usize];
        let mut starts = from;
        for _ in 0..MOVES_MAX {
            if starts >= NEVER {
                return NEVER;
            }
            if !windows.is_empty() {
                let at = windows.partition_point(|window| window.1 <= starts);
                let begins = windows.get(at).map_or(NEVER, |window| window.0);
                if begins > starts {
                    moved(starts, Moved::Hours);
                    starts = begins;
                }
                if starts >= NEVER {
                    return NEVER;
                }
            }
            let mut until = starts;
            for &(series, at_end) in closings {
                let after = if at_end { lasts } else { 0 };
                let open = self.closed(program, series, lane, starts + after).saturating_sub(after);
                if open > starts {
                    moved(starts, Moved::Closed(series));
                }
                until = until.max(open);
            }
            if until == starts {
                return starts;
            }
            starts = until;
        }
        NEVER
    }

    /// Returns in one lane how long a node lasts and by how much it is delayed.
    pub(super) fn drawn(
        &self,
        (program, rows, normal): (&Program, &Rows, &Normal),
        node: &Compiled,
        lane: usize,
    ) -> (i32, i32) {
        let lasts = match node.factor {
            NONE => node.duration,
            factor => {
                let factor = self.sample_in(rows, normal, program.draws[factor as usize], lane);
                longer(node.duration, factor)
            }
        };
        let draws = &program.draws[node.delays[0] as usize..node.delays[1] as usize];
        let delays = draws.iter().map(|&draw| self.sample_in(rows, normal, draw, lane));
        (lasts, delays.fold(0, i32::max))
    }

    /// Returns the start that a gate allows in one lane.
    pub(super) fn decided(&self, (decision, from): (u32, i32), lane: usize) -> i32 {
        from + self.decided[decision as usize][lane]
    }

    /// Returns until when something is closed at a moment; the smallest number if it is open.
    fn closed(&self, program: &Program, series: u32, lane: usize, t: i32) -> i32 {
        if t >= NEVER {
            return i32::MIN;
        }
        let day = usize::try_from((t - program.midnight).div_euclid(86_400)).unwrap_or(0);
        let last = (day + 1).min(program.n_days);
        let first = day.saturating_sub(DAYS_BACK).min(last);
        let days = series as usize * program.n_days;
        let closures = &self.closures[days + first..days + last];
        let mut until = i32::MIN;
        for (from, to) in closures {
            if from[lane] <= t && t < to[lane] {
                until = until.max(to[lane]);
            }
        }
        until
    }
}
