//! Difference constraints with calendars, and their least solution.
//!
//! Moments are variables; variable 0 is the epoch and stays 0, so that a constant bound is an edge from
//! it. Edges say `t[to] >= t[from] + wait`; a calendar asks a span to lie inside one of its windows. All of
//! these sets are closed under the componentwise minimum, so the fix point from below is the one least
//! solution, and it is best for every objective that no delay improves.

use std::rc::Rc;

/// Windows as pairs of seconds, sorted and disjoint.
pub(crate) type Windows = Rc<Vec<(i64, i64)>>;

/// Later than every moment of a sensible schedule: a fix point that climbs so far does not exist.
pub(crate) const LIMIT: i64 = 9 * 86_400;

/// The variable that is always 0.
pub(crate) const EPOCH: usize = 0;

/// A moment: a variable plus a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) variable: usize,
    pub(crate) plus: i64,
}

/// `t[to] >= t[from] + wait`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) wait: i64,
    /// Whether a plan that breaks it by one second always breaks a rule; an order that was merely chosen
    /// among several may have another way out.
    pub(crate) is_rule: bool,
}

/// The span from `start` to `end`, or `length` after the start, lies inside one window.
#[derive(Debug, Clone)]
struct Calendar {
    start: Moment,
    end: Option<usize>,
    length: i64,
    windows: Windows,
}

impl Calendar {
    /// Returns the least start and end that satisfy it, no earlier than now; none if there is no window left.
    fn least(&self, times: &[i64]) -> Option<(i64, i64)> {
        let start = times[self.start.variable] + self.start.plus;
        let end = self.end.map_or(start, |variable| times[variable]);
        self.windows.iter().find_map(|&(opens, closes)| {
            let from = start.max(opens);
            let to = end.max(from + self.length);
            (to <= closes).then_some((from, to))
        })
    }
}

/// The constraints of one choice of orders.
#[derive(Debug, Clone, Default)]
pub(crate) struct System {
    n_variables: usize,
    pub(crate) edges: Vec<Edge>,
    calendars: Vec<Calendar>,
}

impl System {
    pub(crate) fn new() -> Self {
        Self { n_variables: 1, ..Self::default() }
    }
    pub(crate) fn variable(&mut self) -> usize {
        self.n_variables += 1;
        self.n_variables - 1
    }
    /// Demands `later >= earlier + wait`.
    pub(crate) fn edge(&mut self, earlier: Moment, later: Moment, wait: i64, is_rule: bool) {
        let wait = wait + earlier.plus - later.plus;
        self.edges.push(Edge { from: earlier.variable, to: later.variable, wait, is_rule });
    }
    /// Demands `later >= t` by a rule.
    pub(crate) fn not_before(&mut self, later: Moment, t: i64) {
        self.edge(at(EPOCH), later, t, true);
    }
    /// Demands that `[start, start + length]` lies inside a window.
    pub(crate) fn span(&mut self, start: Moment, length: i64, windows: &Windows) {
        self.calendars.push(Calendar { start, end: None, length, windows: Rc::clone(windows) });
    }
    /// Demands that `[start, end]` lies inside a window and lasts at least `length`.
    pub(crate) fn stretch(&mut self, start: usize, end: usize, length: i64, windows: &Windows) {
        let windows = Rc::clone(windows);
        self.calendars.push(Calendar { start: at(start), end: Some(end), length, windows });
    }
    /// Returns where everything starts before any constraint is heeded.
    pub(crate) fn bottom(&self) -> Vec<i64> {
        vec![0; self.n_variables]
    }

    /// Raises `times` to the least solution above them; false if there is none.
    pub(crate) fn raise(&self, times: &mut [i64]) -> bool {
        // without a new window, one round for each variable is enough unless a cycle climbs for ever
        let mut rounds_left = self.n_variables + 1;
        loop {
            let mut is_stable = true;
            if rounds_left == 0 {
                return false;
            }
            rounds_left -= 1;
            for edge in &self.edges {
                let least = times[edge.from] + edge.wait;
                if times[edge.to] < least {
                    if least > LIMIT || edge.to == EPOCH {
                        return false;
                    }
                    times[edge.to] = least;
                    is_stable = false;
                }
            }
            for calendar in &self.calendars {
                let Some((from, to)) = calendar.least(times) else { return false };
                let start = &mut times[calendar.start.variable];
                if *start < from - calendar.start.plus {
                    *start = from - calendar.start.plus;
                    is_stable = false;
                    rounds_left = self.n_variables + 1;
                }
                if let Some(end) = calendar.end
                    && times[end] < to
                {
                    times[end] = to;
                    is_stable = false;
                    rounds_left = self.n_variables + 1;
                }
            }
            if is_stable {
                return true;
            }
        }
    }

    /// Says whether the times break any constraint, and whether they break one that is a rule.
    pub(crate) fn broken(&self, times: &[i64]) -> (bool, bool) {
        let late = |edge: &&Edge| times[edge.to] < times[edge.from] + edge.wait;
        let mut any = self.edges.iter().any(|edge| late(&edge));
        let mut rule = self.edges.iter().any(|edge| edge.is_rule && late(&edge));
        for calendar in &self.calendars {
            let start = times[calendar.start.variable] + calendar.start.plus;
            let end = calendar.end.map_or(start + calendar.length, |variable| times[variable]);
            if calendar.least(times) != Some((start, end)) {
                (any, rule) = (true, true);
            }
        }
        (any, rule)
    }
}

/// The moment of a variable.
pub(crate) fn at(variable: usize) -> Moment {
    Moment { variable, plus: 0 }
}

impl Moment {
    /// The moment so many seconds later.
    pub(crate) fn after(self, seconds: i64) -> Self {
        Self { plus: self.plus + seconds, ..self }
    }
    /// Its value.
    pub(crate) fn of(self, times: &[i64]) -> i64 {
        times[self.variable] + self.plus
    }
}

#[test]
fn the_fix_point_waits_for_the_next_window() {
    // a service of 30 that is free at 80 does not fit into [0, 100] and starts at 200; what follows it by 5
    // is at 235
    let mut system = System::new();
    let (starts, ends, next) = (system.variable(), system.variable(), system.variable());
    system.not_before(at(starts), 80);
    system.edge(at(starts), at(ends), 30, true);
    system.edge(at(ends), at(next), 5, true);
    system.stretch(starts, ends, 30, &Rc::new(vec![(0, 100), (200, 300)]));
    let mut times = system.bottom();
    assert!(system.raise(&mut times));
    assert_eq!(times, [0, 200, 230, 235]);
    // and no order of two that each wait for the other exists
    system.edge(at(next), at(starts), 0, true);
    assert!(!system.raise(&mut system.bottom()));
}
