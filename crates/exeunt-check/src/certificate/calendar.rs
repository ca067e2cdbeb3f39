//! When something can start: windows, capacities over time, and the moment at which work is done
//! (model.md section 13.1).
//!
//! All integers are exact or saturate; a moment at or beyond [`Timestamp::MAX`] is never.

use crate::travel::intersection;
use exeunt_model::ids::ResourceId;
use exeunt_model::scenario::Scenario;
use exeunt_model::time::{Duration, Interval, Timestamp, to_windows};

/// Later than every moment of an operation.
pub(crate) const NEVER: Timestamp = Timestamp(i64::MAX);

const SECOND: Duration = Duration(1);

/// Returns the moment, with all that lie beyond time as one.
pub(crate) fn settled(t: Timestamp) -> Timestamp {
    if is_never(t) { NEVER } else { t }
}

/// Returns whether the moment is never.
pub(crate) fn is_never(t: Timestamp) -> bool {
    t >= Timestamp::MAX
}

/// Returns all of time.
pub(crate) fn always() -> Vec<Interval> {
    vec![Interval::ALWAYS]
}

/// Returns the first moment at or after `t` in one of the windows, which are sorted; never if none is left.
pub(crate) fn first_in(windows: &[Interval], t: Timestamp) -> Timestamp {
    let ended = windows.partition_point(|window| window.to <= t);
    windows.get(ended).map_or(NEVER, |window| settled(window.from.max(t)))
}

/// Returns the starts from which `lasts` fits into one of the windows, their ends included.
pub(crate) fn starts_within(windows: &[Interval], lasts: Duration) -> Vec<Interval> {
    let start = |window: &Interval| Interval { from: window.from, to: window.to - lasts + SECOND };
    to_windows(windows.iter().map(start).collect())
}

/// Returns the starts from which `lasts` overlaps none of the stretches.
pub(crate) fn starts_outside(stretches: &[Interval], lasts: Duration) -> Vec<Interval> {
    let hits =
        |stretch: &Interval| Interval { from: stretch.from - lasts + SECOND, to: stretch.to };
    let mut free = Vec::new();
    let mut from = Timestamp::MIN;
    for hit in to_windows(stretches.iter().map(hits).collect()) {
        free.push(Interval { from, to: hit.from });
        from = from.max(hit.to);
    }
    free.push(Interval { from, to: Timestamp::MAX });
    to_windows(free)
}

/// A capacity over time as if every provider stayed: stretches in order of time, none elsewhere.
pub(crate) struct Profile {
    stretches: Vec<(Interval, i128)>,
}

impl Profile {
    /// Returns the capacity of some resources together, each never below 0.
    ///
    /// What a provider takes away (a negative row of its own) is left out, for it would come back with the
    /// provider's departure.
    pub(crate) fn of(scenario: &Scenario, resources: &[ResourceId]) -> Self {
        let mut events: Vec<(Timestamp, usize, i64)> = Vec::new();
        for (position, &resource) in resources.iter().enumerate() {
            for row in &scenario.resources[resource].capacity {
                if row.amount < 0 && row.provided_by.is_some() {
                    continue;
                }
                for window in row.windows.iter().filter(|window| window.from < window.to) {
                    events.push((window.from, position, row.amount));
                    events.push((window.to, position, row.amount.saturating_neg()));
                }
            }
        }
        events.sort_unstable();
        let mut rows = vec![0_i128; resources.len()];
        let mut stretches = Vec::new();
        for (position, &(from, resource, amount)) in events.iter().enumerate() {
            rows[resource] += i128::from(amount);
            let Some(&(to, ..)) = events.get(position + 1).filter(|next| next.0 > from) else {
                continue;
            };
            let total: i128 = rows.iter().map(|&amount| amount.max(0)).sum();
            if total > 0 {
                stretches.push((Interval { from, to }, total));
            }
        }
        Self { stretches }
    }

    /// Returns the starts from which there is enough throughout.
    pub(crate) fn starts(&self, need: i64, lasts: Duration) -> Vec<Interval> {
        if need <= 0 || lasts <= Duration::ZERO {
            return always();
        }
        let enough = self.stretches.iter().filter(|(_, there)| *there >= i128::from(need));
        starts_within(&to_windows(enough.map(|&(window, _)| window).collect()), lasts)
    }

    /// Returns the first moment up to which the capacity from `from` on, counted inside `open`, adds up to the
    /// work in unit-seconds.
    pub(crate) fn worked_off(&self, from: Timestamp, open: &[Interval], work: i128) -> Timestamp {
        let mut left = work;
        if left <= 0 {
            return from;
        }
        let after = [Interval { from, to: Timestamp::MAX }];
        for &(stretch, there) in &self.stretches {
            for window in intersection(&intersection(&[stretch], &after), open) {
                let done = there.saturating_mul(i128::from((window.to - window.from).0));
                if done < left {
                    left -= done;
                    continue;
                }
                let seconds = (left + there - 1) / there;
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                return settled(window.from + Duration(seconds));
            }
        }
        NEVER
    }
}

impl Profile {
    /// Returns whether the capacity, counted inside `open`, is the same at every moment of `[from, to)`.
    pub(crate) fn is_level(&self, from: Timestamp, to: Timestamp, open: &[Interval]) -> bool {
        let span = [Interval { from, to }];
        let (mut reached, mut amount) = (from, None);
        for &(stretch, there) in &self.stretches {
            for window in intersection(&intersection(&[stretch], &span), open) {
                if window.from > reached || amount.is_some_and(|amount| amount != there) {
                    return false;
                }
                (reached, amount) = (window.to, Some(there));
            }
        }
        reached >= to
    }
}

/// Returns the greatest common divisor of two numbers of which none is negative.
pub(crate) fn common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// Returns the first moment not before `t` that is a whole number of units after `from`.
pub(crate) fn next_multiple(from: Timestamp, t: Timestamp, unit: i64) -> Timestamp {
    if unit <= 1 || is_never(t) || t <= from {
        return t;
    }
    let units = ((t - from).0 + (unit - 1)) / unit;
    settled(from + Duration(units.saturating_mul(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: i64, to: i64) -> Interval {
        Interval { from: Timestamp(from), to: Timestamp(to) }
    }

    #[test]
    fn starts_keep_inside_windows_and_outside_stretches() {
        // 5 s fit into [10, 20) from 10 to 15
        assert_eq!(starts_within(&[window(10, 20), window(30, 34)], Duration(5)), [window(10, 16)]);
        // 5 s end at 10 at the latest, or start at 20
        let free = starts_outside(&[window(10, 20)], Duration(5));
        let before = Interval { from: Timestamp::MIN, to: Timestamp(6) };
        assert_eq!(free, [before, Interval { from: Timestamp(20), to: Timestamp::MAX }]);
        assert_eq!(first_in(&free, Timestamp(6)), Timestamp(20));
        assert_eq!(first_in(&[window(10, 20)], Timestamp(20)), NEVER);
    }

    #[test]
    fn work_is_done_when_the_capacity_adds_up() {
        let profile = Profile { stretches: vec![(window(0, 10), 2), (window(20, 30), 3)] };
        // 2 x 10 and 3 x 4 are 32
        assert_eq!(profile.worked_off(Timestamp(0), &always(), 31), Timestamp(24));
        assert_eq!(profile.worked_off(Timestamp(0), &always(), 20), Timestamp(10));
        assert_eq!(profile.worked_off(Timestamp(5), &[window(22, 29)], 21), Timestamp(29));
        assert_eq!(profile.worked_off(Timestamp(5), &[window(22, 29)], 22), NEVER);
        assert_eq!(profile.starts(3, Duration(10)), [window(20, 21)]);
        assert_eq!(profile.starts(0, Duration(10)), always());
        assert!(profile.is_level(Timestamp(2), Timestamp(10), &always()));
        assert!(!profile.is_level(Timestamp(2), Timestamp(11), &always()));
        assert!(!profile.is_level(Timestamp(2), Timestamp(8), &[window(0, 4), window(5, 9)]));
        assert!(profile.is_level(Timestamp(2), Timestamp(8), &[window(0, 4), window(4, 9)]));
    }

    #[test]
    fn moments_are_moved_up_to_whole_units() {
        assert_eq!(next_multiple(Timestamp(100), Timestamp(131), common(12, 30)), Timestamp(136));
        assert_eq!(next_multiple(Timestamp(100), Timestamp(136), 6), Timestamp(136));
        assert_eq!(next_multiple(Timestamp(100), Timestamp(131), common(0, 0)), Timestamp(131));
        assert_eq!(next_multiple(Timestamp(100), NEVER, 6), NEVER);
    }
}
