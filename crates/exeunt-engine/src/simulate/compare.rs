//! Two plans of a scenario side by side: each replication is the same course of events for both.

use super::clopper_pearson;
use super::statistics::quantile;
use exeunt_model::outcome::{Comparison, Outcome, PromiseComparison};
use std::cmp::Ordering;

/// Compares two outcomes replication by replication.
///
/// # Errors
/// Says if they are not of one scenario, seed and stretch of replications.
pub fn compare(one: &Outcome, other: &Outcome) -> Result<Comparison, String> {
    let key = |o: &Outcome| (o.scenario_hash.clone(), o.seed, o.first, o.closure.0.len());
    if key(one) != key(other) {
        return Err(
            "the outcomes are not of one scenario, seed and number of replications".to_owned()
        );
    }
    let (mut closes, mut later) = ((0, 0, 0), Vec::new());
    for (a, b) in one.closure.0.iter().zip(&other.closure.0) {
        match b.unwrap_or(i64::MAX).cmp(&a.unwrap_or(i64::MAX)) {
            Ordering::Less => closes.0 += 1,
            Ordering::Equal => closes.1 += 1,
            Ordering::Greater => closes.2 += 1,
        }
        if let (Some(a), Some(b)) = (a, b) {
            later.push(Some(b - a));
        }
    }
    later.sort_unstable();
    let at = |percent| quantile(&later, percent);
    let promises = one.promises.iter().zip(&other.promises).map(|(a, b)| {
        let mut kept = (0, 0, 0, 0);
        for pair in a.strict.0.iter().zip(&b.strict.0) {
            match pair {
                (true, true) => kept.0 += 1,
                (true, false) => kept.1 += 1,
                (false, true) => kept.2 += 1,
                (false, false) => kept.3 += 1,
            }
        }
        let differ = kept.1 + kept.2;
        let second_of_one = (differ > 0).then(|| clopper_pearson(kept.2, differ, 0.05));
        PromiseComparison { id: a.id.clone(), kept, second_of_one }
    });
    Ok(Comparison {
        replications: u64::try_from(one.closure.0.len()).unwrap_or(u64::MAX),
        unmoved: (one.unmoved, other.unmoved),
        findings: (one.findings, other.findings),
        closes,
        later_s: at(5).zip(at(50)).zip(at(95)).map(|((a, b), c)| (a, b, c)),
        promises: promises.collect(),
    })
}
