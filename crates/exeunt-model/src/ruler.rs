//! The ruler of dates: what may be said of when all of a set have reached a milestone, from dates that no plan reaches to
//! dates that nearly every course of events keeps.
//!
//! Nothing is reckoned here; engine, checker and simulator each give their part, and `exeunt` joins them.

use crate::certificate::{Evidence, Stage};
use crate::ids::{ElementId, PromiseId, StatementId};
use crate::outcome::{Outcome, Quantile, Summary};
use crate::scenario::{Milestone, Readings};
use crate::time::Timestamp;

/// Per cent that the ruler gives dates for.
pub const KEPT_WITH: [u64; 4] = [50, 80, 90, 95];

/// What may be said of a set and a milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruler {
    /// The set as it was asked for: `ALL`, or names of parties, elements and sites.
    pub asked: Vec<String>,
    /// Its elements, in order.
    pub set: Vec<ElementId>,
    /// The milestone.
    pub milestone: Milestone,
    /// Before when no plan can; none where nothing is proven.
    pub impossible: Option<Impossible>,
    /// When the plan has the last of the set there, nothing going wrong; none: part of the set never arrives.
    pub plan: Option<Timestamp>,
    /// Items of the set that the plan never has there, people counted singly.
    pub missing: i64,
    /// (plan - bound) / (plan - start) in parts per ten thousand, rounded up; none without a bound or a date.
    pub gap: Option<i64>,
    /// What the checker finds wrong with the plan.
    pub findings: usize,
    /// Dates by which the set is there with [`KEPT_WITH`] per cent; none where nothing is uncertain.
    pub kept_with: Option<Vec<Quantile>>,
    /// Dates that were already said, earliest first.
    pub said: Vec<Said>,
    /// A date for a wanted probability; none: none was asked for, or there are no probabilities.
    pub wanted: Option<Wanted>,
    /// The probability asked for, per cent.
    pub asked_percent: Option<u64>,
    /// Uncertainty rows that are assumed, per cent; none without rows.
    pub assumed_share: Option<i64>,
    /// Replications, and the seed of their draws.
    pub replications: (u64, u64),
    /// Draws of the parameters and replications of each.
    pub inputs: (u64, u64),
}

/// Before a moment no plan has the last of the set there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// The moment; none: no plan ever has all of it there.
    pub before: Option<Timestamp>,
    /// Stage of the certificate, which the checker has reckoned again.
    pub stage: Stage,
    /// What it rests on.
    pub evidence: Evidence,
}

/// A probability with what the sample and what the inputs leave open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Share of the replications.
    pub probability: f64,
    /// 95 % interval for it, exact binomial.
    pub sampling_interval: (f64, f64),
    /// 5 to 95 % of its values over the draws of the parameters; none where nothing is drawn.
    pub input_interval: Option<(f64, f64)>,
}

/// A date that somebody has said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The promise that says it, or that the row bears on.
    pub promise: PromiseId,
    /// Row of the ledger; none: the table of promises alone.
    pub statement: Option<StatementId>,
    /// Whether the row bears on the promise without making it.
    pub is_again: bool,
    /// The deadline: the moment by which it must be so. A day ends where the next begins.
    pub date: Readings<Timestamp>,
    /// How the set that it is about lies to the one asked for.
    pub about: About,
    /// Probability that what was said is kept, strict reading; none before the start and without uncertainty rows.
    pub chance: Option<Chance>,
    /// The same of the lenient reading, where it is another.
    pub lenient: Option<Chance>,
    /// Whether no plan keeps it: it is proven impossible, or its date lies before the bound of the set asked for.
    pub is_impossible: bool,
    /// Whether its date lies before the operation's start; then only the record speaks of it.
    pub before_start: bool,
}

/// How one set lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// It is the same.
    Same,
    /// It holds the other and more.
    Larger,
    /// It is part of the other.
    Smaller,
}

impl About {
    /// Returns how `set` lies to `other`, both in order; none where neither holds the other.
    pub fn of(set: &[ElementId], other: &[ElementId]) -> Option<Self> {
        let holds = |a: &[ElementId], b: &[ElementId]| b.iter().all(|element| a.contains(element));
        match (holds(set, other), holds(other, set)) {
            (true, true) => Some(Self::Same),
            (true, false) => Some(Self::Larger),
            (false, true) => Some(Self::Smaller),
            (false, false) => None,
        }
    }
    /// Returns its word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Larger => "larger",
            Self::Smaller => "smaller",
        }
    }
}

/// A date that is kept with the probability wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The moment by which the set is there with that probability; none inside it: not within the horizon.
    pub quantile: Quantile,
    /// Whether the moment lies within the operation.
    pub is_within: bool,
    /// What people say for it, earliest first; the last is the end of a day. Empty where it is not within the horizon.
    pub readings: Vec<Reading>,
}

/// A date as people say it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// By which part of the day.
    pub by: PartOfDay,
    /// The day, by a moment in it.
    pub day: Timestamp,
    /// The deadline that this is.
    pub date: Timestamp,
    /// With what probability it is kept.
    pub chance: Chance,
}

/// Until when in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// By noon.
    Noon,
    /// By the evening: 20:00.
    Evening,
    /// By the end of the day: midnight.
    End,
}

impl PartOfDay {
    /// All of them with the hour at which each ends.
    pub const ALL: [(Self, i64); 3] = [(Self::Noon, 12), (Self::Evening, 20), (Self::End, 24)];

    /// Returns its word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Noon => "noon",
            Self::Evening => "evening",
            Self::End => "end_of_day",
        }
    }
}

/// A ruler with the simulation that it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospects {
    /// The ruler.
    pub ruler: Ruler,
    /// The replications.
    pub outcome: Outcome,
    /// What they say.
    pub summary: Summary,
    /// By promise, in scenario order: which target of the outcome is its set at its milestone; none where no date decides.
    pub targets: Vec<Option<usize>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_the_same_larger_smaller_or_neither() {
        let ids = |list: &[u32]| list.iter().map(|&n| ElementId(n)).collect::<Vec<_>>();
        let about = |a: &[u32], b: &[u32]| About::of(&ids(a), &ids(b));
        assert_eq!(about(&[1, 2], &[2, 1]), Some(About::Same));
        assert_eq!(about(&[1, 2, 3], &[2]), Some(About::Larger));
        assert_eq!(about(&[2], &[1, 2]), Some(About::Smaller));
        assert_eq!(about(&[1, 2], &[2, 3]), None);
    }
}
