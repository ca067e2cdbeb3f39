//! Earliest steps of the handovers as if each had the teams for itself (model.md, section 13.2).
//!
//! The least fixed point of precedence, joint starts, gates and team calendars; raising one step passes on to
//! those after it only. A moment of `Timestamp::MAX` means never.

use crate::gate;
use crate::timeline::Timeline;
use exeunt_model::scenario::{Capacity, Gate, Policy, ResourceKind, Scenario};
use exeunt_model::{Duration, Id, Interval, ResourceId, SiteId, StepId, Timestamp};
use std::collections::BTreeMap;

/// Earliest start of each step.
pub(super) type Starts = Vec<Timestamp>;

/// What the relaxation knows of the steps.
#[derive(Debug)]
pub(super) struct Steps<'a> {
    s: &'a Scenario,
    open: &'a [Vec<Interval>],
    /// By team: its capacity as if every provider stayed.
    pub(super) teams: BTreeMap<ResourceId, Timeline>,
    /// By step: those after it, each with its least wait.
    followers: Vec<Vec<(StepId, Duration)>>,
    /// By step: those that start with it.
    partners: Vec<Vec<StepId>>,
    /// By step: the conditions that gate it.
    gates: Vec<Vec<usize>>,
    /// Steps may be thought to start at multiples of this after the operation's start.
    grid: Duration,
}

impl<'a> Steps<'a> {
    pub(super) fn new(s: &'a Scenario, open: &'a [Vec<Interval>]) -> Self {
        let teams = s.resources.iter().filter(|(_, row)| row.kind == ResourceKind::Team);
        let mut steps = Self {
            s,
            open,
            teams: teams.map(|(id, _)| (id, capacity(s, &[id]))).collect(),
            followers: vec![Vec::new(); s.steps.len()],
            partners: vec![Vec::new(); s.steps.len()],
            gates: vec![Vec::new(); s.steps.len()],
            grid: grid(s, open),
        };
        for (id, row) in s.steps.iter() {
            for &(before, lag) in &row.after {
                steps.followers[before.index()].push((id, lag));
            }
            for &other in &row.with {
                steps.partners[id.index()].push(other);
                steps.partners[other.index()].push(id);
            }
            let gate = |condition: &&exeunt_model::scenario::Condition| matches!(&condition.gate, Gate::Handovers(sites) if sites.contains(&row.site));
            let conditions = s.conditions.rows.iter().enumerate();
            steps.gates[id.index()] =
                conditions.filter(|(_, condition)| gate(condition)).map(|(at, _)| at).collect();
        }
        steps
    }

    /// Returns the earliest start of every step.
    pub(super) fn earliest(&self) -> Starts {
        let mut starts = vec![self.s.operation.start; self.s.steps.len()];
        self.settle(&mut starts, self.s.steps.ids().collect());
        starts
    }

    /// Has a step start at `t` or later and passes it on.
    pub(super) fn raise(&self, starts: &mut Starts, step: StepId, t: Timestamp) {
        if starts[step.index()] < t {
            starts[step.index()] = t;
            self.settle(starts, vec![step]);
        }
    }

    /// Moves steps up until nothing moves any more. Each pass of a step moves it into a later window or ends, so
    /// it ends.
    fn settle(&self, starts: &mut Starts, mut work: Vec<StepId>) {
        while let Some(step) = work.pop() {
            let at = step.index();
            let row = &self.s.steps[step];
            let mut start = starts[at];
            for &(before, lag) in &row.after {
                start = start.max(self.end(starts, before) + lag);
            }
            for &other in &self.partners[at] {
                start = start.max(starts[other.index()]);
            }
            start = self.fit(step, start);
            let moved = start > starts[at];
            starts[at] = start;
            let follows = |(next, lag): &&(StepId, Duration)| {
                starts[next.index()] < (self.end(starts, step) + *lag).min(Timestamp::MAX)
            };
            work.extend(self.followers[at].iter().filter(follows).map(|(next, _)| *next));
            let together = self.partners[at].iter().filter(|other| starts[other.index()] < start);
            work.extend(together.copied());
            if moved {
                work.push(step);
            }
        }
    }

    /// Returns the first moment at or after `t` at which the gates and the team calendars let the step start.
    fn fit(&self, step: StepId, t: Timestamp) -> Timestamp {
        let row = &self.s.steps[step];
        let mut start = t;
        loop {
            let mut fitted = Some(start);
            for &at in &self.gates[step.index()] {
                let lasting = match self.s.conditions.rows[at].policy {
                    Policy::Reverse => row.duration,
                    Policy::Go | Policy::Hold => Duration(1),
                };
                fitted = fitted.and_then(|t| gate::next_open(&self.open[at], t, lasting));
            }
            for (team, need) in &row.needs {
                let line = self.teams.get(team);
                fitted = fitted.and_then(|t| line?.earliest(t, row.duration, *need));
            }
            match fitted {
                None => return Timestamp::MAX,
                Some(t) if t >= Timestamp::MAX => return Timestamp::MAX,
                Some(t) if t == start => return start,
                Some(t) => start = t,
            }
        }
    }

    /// Returns the moment by which teams can have done so much work from `from` on, on the grid.
    pub(super) fn done_by(
        &self,
        team: ResourceId,
        from: Timestamp,
        work: i64,
    ) -> Option<Timestamp> {
        let done = self.teams.get(&team)?.done_by(from, work)?;
        Some(in_whole(self.s.operation.start, done, self.grid))
    }

    /// Returns the earliest end of a step.
    pub(super) fn end(&self, starts: &Starts, step: StepId) -> Timestamp {
        later(starts[step.index()], self.s.steps[step].duration)
    }

    /// Returns the earliest end of the handover of each site.
    pub(super) fn site_ends(&self, starts: &Starts) -> Vec<Timestamp> {
        let mut ends = vec![self.s.operation.start; self.s.sites.len()];
        for (id, row) in self.s.steps.iter() {
            let end = &mut ends[row.site.index()];
            *end = (*end).max(self.end(starts, id));
        }
        ends
    }

    /// Returns which steps take place in every plan in which the handovers of these sites end.
    pub(super) fn required(&self, sites: &[SiteId]) -> Vec<bool> {
        let mut needed = vec![false; self.s.steps.len()];
        let of_sites = self.s.steps.iter().filter(|(_, row)| sites.contains(&row.site));
        let mut work: Vec<StepId> = of_sites.map(|(id, _)| id).collect();
        while let Some(step) = work.pop() {
            if !std::mem::replace(&mut needed[step.index()], true) {
                work.extend(self.s.steps[step].after.iter().map(|(before, _)| *before));
                work.extend(&self.partners[step.index()]);
            }
        }
        needed
    }

    /// Returns the steps that must have ended before a step starts.
    pub(super) fn before(&self, step: StepId) -> Vec<bool> {
        let mut found = vec![false; self.s.steps.len()];
        let mut reached = vec![false; self.s.steps.len()];
        let mut work = vec![step];
        while let Some(step) = work.pop() {
            if std::mem::replace(&mut reached[step.index()], true) {
                continue;
            }
            work.extend(&self.partners[step.index()]);
            for &(before, _) in &self.s.steps[step].after {
                found[before.index()] = true;
                work.push(before);
            }
        }
        found
    }
}

/// Returns the greatest common divisor of all durations and lags of steps, and of the moments at which a team's capacity
/// or a gate changes, counted from the operation's start. A plan's steps, each moved down to a multiple of it, still
/// keep all that the relaxation asks of them.
fn grid(s: &Scenario, open: &[Vec<Interval>]) -> Duration {
    let start = s.operation.start;
    let steps = s.steps.rows.iter().flat_map(|step| {
        std::iter::once(step.duration.0).chain(step.after.iter().map(|(_, lag)| lag.0))
    });
    let teams = s.resources.rows.iter().filter(|row| row.kind == ResourceKind::Team);
    let rows = teams.flat_map(|row| &row.capacity).filter(|row| counts(row));
    let gating = s.conditions.rows.iter().zip(open);
    let gates = gating.filter(|(row, _)| matches!(row.gate, Gate::Handovers(_)));
    let windows = rows.flat_map(|row| &row.windows).chain(gates.flat_map(|(_, open)| open));
    let edges = windows.flat_map(|window| [window.from, window.to]);
    let changes = edges.filter(|t| *t > start && *t < Timestamp::MAX).map(|t| (t - start).0);
    Duration(steps.chain(changes).fold(0, gcd))
}

/// Says whether a row of capacity counts as if every provider stayed.
fn counts(row: &Capacity) -> bool {
    row.provided_by.is_none() || row.amount > 0
}

/// Returns the first moment at or after `t` that is a whole number of units after `from`.
pub(super) fn in_whole(from: Timestamp, t: Timestamp, unit: Duration) -> Timestamp {
    if unit.0 <= 1 || t <= from {
        return t;
    }
    later(t, Duration((unit.0 - (t - from).0 % unit.0) % unit.0))
}

/// Returns the greatest common divisor of two numbers that are not negative.
pub(super) const fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Returns a moment later by a wait; never stays never.
pub(super) fn later(t: Timestamp, wait: Duration) -> Timestamp {
    (t + wait).min(Timestamp::MAX)
}

/// Returns what resources have together, each at least nothing, as if every provider stayed that gives something.
pub(super) fn capacity(s: &Scenario, resources: &[ResourceId]) -> Timeline {
    let mut total = Timeline::constant(0);
    for &id in resources {
        let mut line = Timeline::constant(0);
        for row in s.resources[id].capacity.iter() {
            if counts(row) {
                for window in &row.windows {
                    line.add(window.from, window.to, row.amount);
                }
            }
        }
        line.clamp();
        total.add_line(&line);
    }
    total
}
