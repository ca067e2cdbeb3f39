//! Timelines: how much of a capacity is free at every moment, and where the next booking fits.
//!
//! A timeline is a step function over all of time. Booking takes from it, calendars and people who
//! leave take from it too. Times are UTC seconds; all stretches are half-open.
//! `earliest` is O(log k + steps looked at), `add` O(k) for k steps.

use exeunt_model::{Duration, Interval, Timestamp};

/// What is free of a capacity over time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timeline {
    /// Start of a step and what is free from then on; sorted, the first starts at `Timestamp::MIN`.
    steps: Vec<(Timestamp, i64)>,
}

impl Timeline {
    /// Returns a timeline with the same amount free at all times.
    pub(crate) fn constant(amount: i64) -> Self {
        Self { steps: vec![(Timestamp::MIN, amount)] }
    }

    /// Adds `amount` (negative: takes it) over `[from, to)`.
    pub(crate) fn add(&mut self, from: Timestamp, to: Timestamp, amount: i64) {
        if from >= to || amount == 0 {
            return;
        }
        let first = self.split(from);
        let last = if to >= Timestamp::MAX { self.steps.len() } else { self.split(to) };
        for step in &mut self.steps[first..last] {
            step.1 = step.1.saturating_add(amount);
        }
    }

    /// Takes `need` over `[from, to)`.
    pub(crate) fn book(&mut self, from: Timestamp, to: Timestamp, need: i64) {
        self.add(from, to, -need);
    }

    /// Raises negative steps to zero: a calendar cannot hold less than nothing.
    pub(crate) fn clamp(&mut self) {
        for step in &mut self.steps {
            step.1 = step.1.max(0);
        }
    }

    /// Adds what another timeline has.
    pub(crate) fn add_line(&mut self, other: &Self) {
        for (at, &(from, amount)) in other.steps.iter().enumerate() {
            let to = other.steps.get(at + 1).map_or(Timestamp::MAX, |next| next.0);
            self.add(from, to, amount);
        }
    }

    /// Keeps only what lies inside the windows.
    pub(crate) fn within(&mut self, windows: &[Interval]) {
        let mut closed = Timestamp::MIN;
        for window in windows.iter().chain([&Interval { from: Timestamp::MAX, to: Timestamp::MAX }])
        {
            if closed < window.from {
                let first = self.split(closed);
                let last = if window.from >= Timestamp::MAX {
                    self.steps.len()
                } else {
                    self.split(window.from)
                };
                for step in &mut self.steps[first..last] {
                    step.1 = 0;
                }
            }
            closed = window.to;
        }
    }

    /// Returns the first moment by which the amounts since `from`, each counted as long as it is there, add up to
    /// `work` (amount x seconds); none, if they never do.
    pub(crate) fn done_by(&self, from: Timestamp, work: i64) -> Option<Timestamp> {
        let mut left = work;
        let mut at = self.step_at(from);
        let mut now = from;
        while left > 0 {
            let (_, amount) = *self.steps.get(at)?;
            let to = self.steps.get(at + 1).map_or(Timestamp::MAX, |next| next.0);
            if amount > 0 {
                let needs = left.checked_add(amount - 1)? / amount;
                if needs <= (to - now).0 {
                    let done = now + Duration(needs);
                    return (done < Timestamp::MAX).then_some(done);
                }
                left -= amount.saturating_mul((to - now).0);
            }
            now = to;
            at += 1;
        }
        Some(now)
    }

    /// Says whether the amount is the same throughout `[from, to)`.
    pub(crate) fn is_level(&self, from: Timestamp, to: Timestamp) -> bool {
        let first = self.step_at(from);
        let inside = self.steps[first..].iter().take_while(|step| step.0 < to);
        inside.into_iter().all(|step| step.1 == self.steps[first].1)
    }

    /// Makes sure that a step starts at `t` and returns its position.
    fn split(&mut self, t: Timestamp) -> usize {
        match self.steps.binary_search_by_key(&t, |step| step.0) {
            Ok(at) => at,
            Err(0) => 0,
            Err(at) => {
                self.steps.insert(at, (t, self.steps[at - 1].1));
                at
            }
        }
    }

    fn step_at(&self, t: Timestamp) -> usize {
        self.steps.partition_point(|step| step.0 <= t).saturating_sub(1)
    }

    /// Returns the end of the last step within `[from, to)` that has less than `need`, if there is one:
    /// a booking that starts there or later no longer meets it.
    pub(crate) fn blocked_until(
        &self,
        from: Timestamp,
        to: Timestamp,
        need: i64,
    ) -> Option<Timestamp> {
        if from >= to {
            return None;
        }
        let mut blocked = None;
        for at in self.step_at(from)..self.steps.len() {
            if self.steps[at].0 >= to {
                break;
            }
            if self.steps[at].1 < need {
                blocked = Some(self.steps.get(at + 1).map_or(Timestamp::MAX, |next| next.0));
            }
        }
        blocked
    }

    /// Returns the earliest start at or after `t` of a stretch of `duration` with `need` free throughout.
    pub(crate) fn earliest(
        &self,
        t: Timestamp,
        duration: Duration,
        need: i64,
    ) -> Option<Timestamp> {
        let mut start = t;
        let mut at = self.step_at(t);
        // what takes no time needs nothing
        while duration > Duration::ZERO
            && at < self.steps.len()
            && self.steps[at].0 < start + duration
        {
            if self.steps[at].1 < need {
                start = self.steps.get(at + 1)?.0;
            }
            at += 1;
        }
        (start < Timestamp::MAX).then_some(start)
    }
}

impl Timeline {
    /// Returns the latest start from `earliest` to `t` of a stretch of `duration` with `need` free throughout.
    pub(crate) fn latest(
        &self,
        earliest: Timestamp,
        t: Timestamp,
        duration: Duration,
        need: i64,
    ) -> Option<Timestamp> {
        let mut start = t;
        while start >= earliest {
            let inside = self.step_at(start)..self.steps.len();
            let blocking = inside
                .take_while(|&at| self.steps[at].0 < start + duration)
                .find(|&at| self.steps[at].1 < need);
            match blocking {
                None => return Some(start),
                Some(at) => start = self.steps[at].0 - duration,
            }
        }
        None
    }
}

/// Returns the parts that lie in both lists of windows.
pub(crate) fn intersect(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while i < a.len() && j < b.len() {
        let (from, to) = (a[i].from.max(b[j].from), a[i].to.min(b[j].to));
        if from < to {
            both.push(Interval { from, to });
        }
        if a[i].to < b[j].to { i += 1 } else { j += 1 }
    }
    both
}

/// Returns what of `windows` lies outside the holes.
pub(crate) fn subtract(windows: &[Interval], holes: &[Interval]) -> Vec<Interval> {
    let mut rest = windows.to_vec();
    for hole in holes {
        rest = rest
            .iter()
            .flat_map(|w| {
                [
                    Interval { from: w.from, to: w.to.min(hole.from) },
                    Interval { from: w.from.max(hole.to), to: w.to },
                ]
            })
            .filter(|w| w.from < w.to)
            .collect();
    }
    rest
}

/// Returns windows moved earlier by `wait`.
pub(crate) fn shift_back(windows: &[Interval], wait: Duration) -> Vec<Interval> {
    let back = |t: Timestamp| {
        if t <= Timestamp::MIN || t >= Timestamp::MAX { t } else { t - wait }
    };
    windows.iter().map(|w| Interval { from: back(w.from), to: back(w.to) }).collect()
}

/// Returns the first moment at or after `t` inside a window.
pub(crate) fn first_in(windows: &[Interval], t: Timestamp) -> Option<Timestamp> {
    let at = windows.partition_point(|w| w.to <= t);
    windows.get(at).map(|w| w.from.max(t))
}

/// Returns the last moment at or before `t` inside a window.
pub(crate) fn last_in(windows: &[Interval], t: Timestamp) -> Option<Timestamp> {
    let at = windows.partition_point(|w| w.from <= t);
    at.checked_sub(1).map(|i| t.min(windows[i].to - Duration(1)))
}

/// Returns the first start at or after `t` of a stretch of `duration` that lies inside one window.
pub(crate) fn first_fit(
    windows: &[Interval],
    t: Timestamp,
    duration: Duration,
) -> Option<Timestamp> {
    windows.iter().find_map(|w| {
        let start = w.from.max(t);
        (start + duration <= w.to).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(s: i64) -> Timestamp {
        Timestamp(s)
    }

    #[test]
    fn bookings_wait_for_room() {
        let mut line = Timeline::constant(2);
        line.book(t(10), t(20), 1);
        line.book(t(15), t(30), 1);
        // both units are taken from 15 to 20
        assert_eq!(line.earliest(t(0), Duration(15), 1), Some(t(0)));
        assert_eq!(line.earliest(t(0), Duration(16), 1), Some(t(20)));
        assert_eq!(line.earliest(t(12), Duration(4), 2), Some(t(30)));
        assert_eq!(line.blocked_until(t(12), t(16), 1), Some(t(20)));
        assert_eq!(line.blocked_until(t(20), t(99), 1), None);
        assert_eq!(line.earliest(t(0), Duration(1), 3), None);
        assert_eq!(line.earliest(t(12), Duration(0), 3), Some(t(12)));
        assert_eq!(line.latest(t(0), t(18), Duration(5), 1), Some(t(10)));
        assert_eq!(line.latest(t(11), t(18), Duration(5), 1), None);
    }

    #[test]
    fn work_is_done_when_the_amounts_add_up() {
        let mut line = Timeline::constant(2);
        line.book(t(10), t(20), 1);
        line.within(&[Interval { from: t(5), to: t(15) }, Interval { from: t(40), to: t(50) }]);
        // 2 x 5 from 5 to 10, 1 x 5 to 15, nothing to 40, 2 x 10 to 50
        assert_eq!(line.done_by(t(0), 0), Some(t(0)));
        assert_eq!(line.done_by(t(0), 9), Some(t(10)));
        assert_eq!(line.done_by(t(0), 15), Some(t(15)));
        assert_eq!(line.done_by(t(0), 16), Some(t(41)));
        assert_eq!(line.done_by(t(12), 23), Some(t(50)));
        assert_eq!(line.done_by(t(12), 24), None);
    }

    #[test]
    fn windows_meet_and_leave_holes() {
        let w = |from, to| Interval { from: t(from), to: t(to) };
        assert_eq!(intersect(&[w(0, 10), w(20, 30)], &[w(5, 25)]), [w(5, 10), w(20, 25)]);
        assert_eq!(subtract(&[w(0, 10)], &[w(3, 4), w(9, 12)]), [w(0, 3), w(4, 9)]);
        assert_eq!(first_in(&[w(0, 10), w(20, 30)], t(10)), Some(t(20)));
        assert_eq!(last_in(&[w(0, 10), w(20, 30)], t(15)), Some(t(9)));
        assert_eq!(first_fit(&[w(0, 10), w(20, 30)], t(5), Duration(6)), Some(t(20)));
    }
}
