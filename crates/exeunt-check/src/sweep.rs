//! Uses against capacities over time, by going once through sorted events (model.md sections 0 and 7).
//!
//! Half-open intervals: at one moment ends count before starts.

use crate::facts::Facts;
use crate::travel::{intersection, is_open};
use exeunt_model::ids::ResourceId;
use exeunt_model::time::{Interval, Timestamp};

/// Returns each moment at which the sum of the uses rises above the limit, with that sum.
///
/// A stretch above the limit is returned once, at its start.
pub(crate) fn above(uses: &[(Interval, i64)], limit: i64) -> Vec<(Timestamp, i128)> {
    let mut events = Vec::with_capacity(2 * uses.len());
    for &(span, amount) in uses {
        if span.from < span.to {
            events.push((span.from, i128::from(amount)));
            events.push((span.to, -i128::from(amount)));
        }
    }
    events.sort_unstable();
    let mut found = Vec::new();
    let mut used = 0;
    let mut was_above = false;
    for (position, &(t, change)) in events.iter().enumerate() {
        used += change;
        let is_last_of_moment = events.get(position + 1).is_none_or(|next| next.0 > t);
        if is_last_of_moment {
            let is_above = used > i128::from(limit);
            if is_above && !was_above {
                found.push((t, used));
            }
            was_above = is_above;
        }
    }
    found
}

/// A stretch of time in which uses exceed a capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shortage {
    /// Start of the stretch.
    pub(crate) at: Timestamp,
    /// Used then.
    pub(crate) used: i128,
    /// Capacity then.
    pub(crate) there: i128,
    /// Capacity then, had every provider stayed.
    pub(crate) with_providers: i128,
}

impl Shortage {
    /// Returns whether the shortage is the fault of a provider's departure (C25).
    pub(crate) fn is_for_want_of_provider(&self) -> bool {
        self.used <= self.with_providers
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// The uses change by so much.
    Use(i128),
    /// The rows of a resource that count change by so much.
    Row { resource: usize, amount: i64 },
    /// The same, had every provider stayed.
    FullRow { resource: usize, amount: i64 },
}

/// Returns the stretches in which `uses` exceed the resources taken together.
///
/// A resource's capacity is the sum of its rows whose windows contain the moment and whose provider is
/// still there, never below 0.
pub(crate) fn shortages(
    facts: &Facts,
    resources: &[ResourceId],
    uses: &[(Interval, i64)],
) -> Vec<Shortage> {
    let mut events = capacity_events(facts, resources);
    for &(span, amount) in uses {
        if span.from < span.to {
            events.push((span.from, Change::Use(i128::from(amount))));
            events.push((span.to, Change::Use(-i128::from(amount))));
        }
    }
    events.sort_unstable();
    let mut there = Together::new(resources.len());
    let mut full = Together::new(resources.len());
    let mut used = 0;
    let mut found: Vec<Shortage> = Vec::new();
    let mut current: Option<bool> = None;
    for (position, &(t, change)) in events.iter().enumerate() {
        match change {
            Change::Use(amount) => used += amount,
            Change::Row { resource, amount } => there.change(resource, amount),
            Change::FullRow { resource, amount } => full.change(resource, amount),
        }
        if events.get(position + 1).is_some_and(|next| next.0 == t) {
            continue;
        }
        let shortage = Shortage { at: t, used, there: there.total, with_providers: full.total };
        let now = (used > there.total).then(|| shortage.is_for_want_of_provider());
        if now.is_some() && now != current {
            found.push(shortage);
        }
        current = now;
    }
    found
}

/// Capacities of several resources taken together.
struct Together {
    /// Sum of the rows of each; may be negative.
    rows: Vec<i128>,
    /// Sum of what is not below 0.
    total: i128,
}

impl Together {
    fn new(n: usize) -> Self {
        Self { rows: vec![0; n], total: 0 }
    }
    fn change(&mut self, resource: usize, amount: i64) {
        let rows = &mut self.rows[resource];
        self.total -= (*rows).max(0);
        *rows += i128::from(amount);
        self.total += (*rows).max(0);
    }
}

fn capacity_events(facts: &Facts, resources: &[ResourceId]) -> Vec<(Timestamp, Change)> {
    let mut events = Vec::new();
    for (position, &resource) in resources.iter().enumerate() {
        let row = &facts.scenario.resources[resource];
        for part in &row.capacity {
            let leaves =
                part.provided_by.and_then(|element| facts.provider_leaves(element, row.place));
            for &window in &part.windows {
                push_row(&mut events, window, |amount| Change::FullRow {
                    resource: position,
                    amount: part.amount.saturating_mul(amount),
                });
                let to = leaves.map_or(window.to, |t| window.to.min(t));
                push_row(&mut events, Interval { from: window.from, to }, |amount| Change::Row {
                    resource: position,
                    amount: part.amount.saturating_mul(amount),
                });
            }
        }
    }
    events
}

/// Adds the start and the end of a window; `change` makes a change of +1 or -1 times the amount.
fn push_row(
    events: &mut Vec<(Timestamp, Change)>,
    window: Interval,
    change: impl Fn(i64) -> Change,
) {
    if window.from < window.to {
        events.push((window.from, change(1)));
        events.push((window.to, change(-1)));
    }
}

/// Returns the capacity of the resources together at one moment, and what it would be had every
/// provider stayed.
pub(crate) fn capacity_at(facts: &Facts, resources: &[ResourceId], t: Timestamp) -> (i128, i128) {
    let (mut there, mut full) = (0, 0);
    for &resource in resources {
        let row = &facts.scenario.resources[resource];
        let (mut rows, mut full_rows) = (0_i128, 0_i128);
        for part in &row.capacity {
            if !is_open(&part.windows, t) {
                continue;
            }
            full_rows += i128::from(part.amount);
            let leaves =
                part.provided_by.and_then(|element| facts.provider_leaves(element, row.place));
            if leaves.is_none_or(|leaves| t < leaves) {
                rows += i128::from(part.amount);
            }
        }
        there += rows.max(0);
        full += full_rows.max(0);
    }
    (there, full)
}

/// Returns the integral of the capacity over `[within.from, within.to)` in unit-seconds, as if every
/// provider stayed, counted only inside `open`.
pub(crate) fn full_integral(
    facts: &Facts,
    resources: &[ResourceId],
    open: &[Interval],
    within: Interval,
) -> i64 {
    let mut total = 0_i128;
    for &resource in resources {
        let mut events: Vec<(Timestamp, i64)> = Vec::new();
        for part in &facts.scenario.resources[resource].capacity {
            let windows = intersection(&part.windows, &[within]);
            for window in intersection(&windows, open) {
                events.push((window.from, part.amount));
                events.push((window.to, part.amount.saturating_neg()));
            }
        }
        events.sort_unstable();
        let mut amount = 0_i128;
        for (position, &(t, change)) in events.iter().enumerate() {
            amount += i128::from(change);
            if let Some(&(next, _)) = events.get(position + 1) {
                total += amount.max(0) * i128::from((next - t).0);
            }
        }
    }
    i64::try_from(total).unwrap_or(i64::MAX)
}
