//! Outcomes of a simulation: what became of a plan in every replication, and what that says of its dates and promises.
//!
//! [`Outcome`] holds counts and moments only, so that parts made on several machines join without a difference;
//! [`Summary`] is what is derived from it. Moments are seconds since 1970; one that never comes is none.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Version of the form of [`Outcome`].
pub const OUTCOME_FORMAT: u32 = 2;

/// Per cent at which quantiles of dates are given.
pub const PERCENTS: [u64; 5] = [5, 50, 80, 90, 95];

/// What became of a plan in replications `first` and those after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Version of the form.
    pub format: u32,
    /// Hash of the scenario.
    pub scenario_hash: String,
    /// Fingerprint of the plan.
    pub plan: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Which part of the whole this is, from 0, and of how many parts.
    pub shard: (u64, u64),
    /// Replications of all parts together.
    pub total: u64,
    /// Number of the first replication in it.
    pub first: u64,
    /// Offset of the operation's zone, seconds east.
    pub zone_offset: i64,
    /// Draws of all parts together over the ranges of the parameters.
    pub input_draws: u64,
    /// Replications of each draw.
    pub input_replications: u64,
    /// Uncertainty rows, and those of them that are assumed.
    pub rows: (u64, u64),
    /// Uncertainty rows with a range.
    pub ranged: u64,
    /// Pieces of the scenario that do not arrive by the plan.
    pub unmoved: u64,
    /// What the checker finds in the plan.
    pub findings: u64,
    /// Last arrival of all, by replication.
    pub closure: Moments,
    /// Last time somebody or something leaves the host.
    pub left_host: Moments,
    /// Last arrival of each party that moves something, in scenario order.
    pub parties: Vec<PartySample>,
    /// Last time all of a set have passed a milestone, in the order asked.
    pub targets: Vec<Moments>,
    /// Promises in scenario order.
    pub promises: Vec<PromiseSample>,
    /// Results of the rows as stated on as many replications as each draw has; none where nothing is drawn.
    pub stated: Option<InputDraw>,
    /// By draw of the parameters.
    pub inputs: Vec<InputDraw>,
    /// How often each activity was on the longest path to the closure, in the order of the plan's graph.
    pub activities: Vec<Critical>,
    /// How often something shared or closed was on it.
    pub causes: Vec<Critical>,
    /// By uncertainty row with a range: closures with its parameter at either end.
    pub swings: Vec<Swing>,
}

/// Moments by replication; none: never.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moments(pub Vec<Option<i64>>);

/// A party's arrivals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartySample {
    /// Party.
    pub id: String,
    /// Its last arrival by replication.
    pub closure: Moments,
}

/// A promise by replication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseSample {
    /// Promise.
    pub id: String,
    /// Wanted probability in per mille.
    pub wanted: Option<i64>,
    /// Whether it is dated before the start; then there is nothing to simulate.
    pub before_start: bool,
    /// Kept in the strict reading.
    pub strict: Kept,
    /// Kept in the lenient reading.
    pub lenient: Kept,
}

/// Whether something was kept, by replication; written as a word of `0` and `1`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept(pub Vec<bool>);

impl Kept {
    /// Returns how often it was kept.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|&kept| u64::from(kept)).sum()
    }
}

impl Serialize for Kept {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word: String = self.0.iter().map(|&kept| if kept { '1' } else { '0' }).collect();
        serializer.serialize_str(&word)
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let bit = |c: char| match c {
            '0' => Ok(false),
            '1' => Ok(true),
            _ => Err(serde::de::Error::custom("not a word of 0 and 1")),
        };
        word.chars().map(bit).collect::<Result<_, _>>().map(Self)
    }
}

/// Results with one draw of the parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputDraw {
    /// How often each promise was kept, strict and lenient.
    pub kept: Vec<(u64, u64)>,
    /// Last arrival of all, sorted; those that never come last.
    pub closure: Moments,
    /// Last time of each target, sorted.
    pub targets: Vec<Moments>,
    /// Quantiles of the last departure out of the host, at [`PERCENTS`].
    pub left_host: Moments,
    /// Quantiles of each party's last arrival, at [`PERCENTS`].
    pub parties: Vec<Moments>,
}

/// How often something was on the longest path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critical {
    /// What.
    pub what: String,
    /// In how many replications.
    pub count: u64,
}

/// Closures with one parameter at either end of its range and the others as stated, on common numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swing {
    /// Uncertainty row.
    pub row: String,
    /// Ends of the range.
    pub range: (i64, i64),
    /// P50 of the closure at the low end, as stated and at the high end.
    pub p50: [Option<i64>; 3],
    /// P90 likewise.
    pub p90: [Option<i64>; 3],
}

/// What the outcome says, with two intervals beside every figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Replications.
    pub replications: u64,
    /// Seed.
    pub seed: u64,
    /// Pieces that do not arrive by the plan; the dates are of the others.
    pub unmoved: u64,
    /// What the checker finds in the plan.
    pub findings: u64,
    /// Quantiles of the last arrival of all; none where there are no uncertainty rows.
    pub closure: Option<Vec<Quantile>>,
    /// Quantiles of the last departure out of the host.
    pub closure_left_host: Option<Vec<Quantile>>,
    /// Quantiles of each party's last arrival.
    pub parties: Vec<PartyQuantiles>,
    /// Promises.
    pub promises: Vec<PromiseProbability>,
    /// Uncertainty rows that are assumed, per cent; none without rows.
    pub assumed_share: Option<i64>,
    /// Draws of the parameters and replications of each.
    pub inputs: (u64, u64),
    /// Activities most often on the longest path to the closure.
    pub activities: Vec<Critical>,
    /// What is shared or closed and most often on it.
    pub causes: Vec<Critical>,
    /// Swings, largest first.
    pub swings: Vec<Swing>,
    /// What to fill in, where there are no rows.
    pub remedy: Option<String>,
}

/// A quantile of a date. It is the k-th of n moments in order, k = n x percent / 100 rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quantile {
    /// Per cent.
    pub percent: u64,
    /// The moment; none: never.
    pub at: Option<Timestamp>,
    /// Between what the quantile of all replications there might be lies, with 95 % confidence.
    pub sampling_interval: (End, End),
    /// 5 to 95 % of its values over the draws of the parameters, moved by what all replications say beyond those of a
    /// draw; none where nothing is drawn.
    pub input_interval: Option<(End, End)>,
}

/// End of an interval of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum End {
    /// A moment.
    At(Timestamp),
    /// It never comes.
    Never,
    /// So few replications do not bound it.
    Unbounded,
}

impl End {
    /// Returns the end at a moment that comes or does not.
    pub fn of(t: Option<Timestamp>) -> Self {
        t.map_or(Self::Never, Self::At)
    }
    /// Returns the moment, if there is one.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(t) => Some(t),
            Self::Never | Self::Unbounded => None,
        }
    }
    /// Returns whether the replications bound it.
    pub fn is_bounded(self) -> bool {
        self != Self::Unbounded
    }
}

/// A party's quantiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyQuantiles {
    /// Party.
    pub id: String,
    /// Quantiles of its last arrival.
    pub closure: Option<Vec<Quantile>>,
}

/// A promise's probability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromiseProbability {
    /// Promise.
    pub id: String,
    /// Probability in the strict reading; none before the start or without uncertainty rows.
    pub probability: Option<f64>,
    /// 95 % interval for it, exact binomial (Clopper and Pearson 1934).
    pub sampling_interval: Option<(f64, f64)>,
    /// 5 to 95 % of its values over the draws of the parameters, moved as those of a [`Quantile`]; none where nothing is
    /// drawn.
    pub input_interval: Option<(f64, f64)>,
    /// The same of the lenient reading.
    pub lenient: Option<f64>,
    /// Interval of the lenient reading.
    pub lenient_sampling_interval: Option<(f64, f64)>,
    /// Interval of the lenient reading over the inputs.
    pub lenient_input_interval: Option<(f64, f64)>,
    /// Wanted probability.
    pub wanted: Option<f64>,
}

/// Two plans of one scenario on common numbers, replication by replication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Replications.
    pub replications: u64,
    /// Pieces that do not arrive by the first and by the second plan.
    pub unmoved: (u64, u64),
    /// What the checker finds in the first and in the second plan.
    pub findings: (u64, u64),
    /// In how many the second plan closes earlier, at the same moment, later.
    pub closes: (u64, u64, u64),
    /// Seconds by which the second plan closes later, 5th, 50th and 95th of 100, over replications in which both close.
    pub later_s: Option<(i64, i64, i64)>,
    /// By promise, strict: kept by both, by the first alone, by the second alone, by neither.
    pub promises: Vec<PromiseComparison>,
}

/// A promise under two plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PromiseComparison {
    /// Promise.
    pub id: String,
    /// Replications in which it is kept by both, by the first plan alone, by the second alone, by neither.
    pub kept: (u64, u64, u64, u64),
    /// 95 % interval for the share that the second has among replications in which just one keeps it (exact sign test).
    pub second_of_one: Option<(f64, f64)>,
}
