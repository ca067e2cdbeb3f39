//! The result of a self-test, filled by whoever ran it.

use exeunt_model::Rule;

/// What came of a self-test: copies of a plan were spoiled on purpose and shown to the checker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelfTestLine {
    /// Rules that the checker enforces.
    pub rules: usize,
    /// Spoiled copies made.
    pub spoiled: usize,
    /// Copies that were refused with the rule they were spoiled against.
    pub refused: usize,
    /// One of them as a sentence, such as "spoiled copy 41: … -> C25, …".
    pub example: Option<String>,
    /// The same by rule, in the order of the rules; may be empty.
    pub by_rule: Vec<SpoiledRule>,
}

/// The part of a self-test that concerns one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpoiledRule {
    /// Rule that the copies were spoiled against.
    pub rule: Rule,
    /// Copies made.
    pub spoiled: usize,
    /// Copies refused with that rule.
    pub refused: usize,
}
