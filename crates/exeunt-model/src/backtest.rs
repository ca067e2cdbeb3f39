//! Back-tests: promises of a past operation, each evaluated at the moment it was made with what was known by then.

use crate::time::Timestamp;

/// A back-test of a scenario's promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Scenario.
    pub scenario: String,
    /// Seed of planning and simulation.
    pub seed: u64,
    /// Epochs of each search.
    pub epochs: u64,
    /// Replications of each simulation.
    pub replications: u64,
    /// Draws of the parameters and replications of each.
    pub inputs: (u64, u64),
    /// Whether there is a record of what flew and drove; without one nothing is known to have begun.
    pub has_record: bool,
    /// What was known, by statement that makes promises, in the order of time.
    pub as_of: Vec<AsOf>,
    /// Promises in the same order.
    pub promises: Vec<Evaluated>,
    /// Promises without a statement of the ledger: nothing says when they were made.
    pub undated: Vec<String>,
    /// Uncertainty rows, and those of them that are assumed.
    pub rows: (usize, usize),
}

/// What an evaluation rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// Row of the ledger.
    pub statement: String,
    /// The moment from which is planned and simulated.
    pub moment: Timestamp,
    /// Whether the ledger states its hour; otherwise the beginning of its day counts.
    pub has_hour: bool,
    /// Sorties, columns and steps of the record that had begun by then.
    pub begun: (usize, usize, usize),
    /// Statements known by then.
    pub statements: usize,
    /// Conditions that were not true by what was known.
    pub awaited: Vec<String>,
    /// When the plan expects them.
    pub expected: Timestamp,
    /// Elements, tails, clearances and capacities that the scenario has ready later than that; taken as ready then.
    pub readied: usize,
    /// Pieces that the plan leaves behind.
    pub unmoved: i64,
}

/// A promise evaluated at the moment it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// Promise.
    pub id: String,
    /// The words, short.
    pub text: String,
    /// Position among [`Backtest::as_of`].
    pub as_of: usize,
    /// Whether the plan made at that moment keeps it in the strict reading.
    pub is_planned: bool,
    /// Probability in the strict reading; none without uncertainty rows.
    pub probability: Option<f64>,
    /// 95 % interval for it, exact binomial.
    pub sampling_interval: Option<(f64, f64)>,
    /// 5 to 95 % of its values over the draws of the parameters; none where nothing is drawn.
    pub input_interval: Option<(f64, f64)>,
    /// What the record says of it, in its words; blank: nothing.
    pub outcome: String,
    /// Whether it was kept, where the record says so.
    pub truth: Option<bool>,
    /// Promise that says the same.
    pub same_as: Option<String>,
}

impl Evaluated {
    /// Returns the Brier score (Brier 1950): the square of probability less truth.
    pub fn brier(&self) -> Option<f64> {
        let truth = if self.truth? { 1.0 } else { 0.0 };
        self.probability.map(|p| (p - truth) * (p - truth))
    }
}

impl Backtest {
    /// Returns the mean Brier score over promises with a truth, and how many these are.
    #[expect(clippy::cast_precision_loss, reason = "a scenario has few promises")]
    pub fn mean_brier(&self) -> Option<(f64, usize)> {
        let scores: Vec<f64> = self.promises.iter().filter_map(Evaluated::brier).collect();
        let n = scores.len();
        (n > 0).then(|| (scores.iter().sum::<f64>() / n as f64, n))
    }
}
