//! Bounds: the checker agrees with every certificate, and no plan beats a bound.

use super::*;
use exeunt_engine::{Request, prove_plan, solve};

/// Plans generated operations and returns each with its proven plan.
fn each_proven(n: u64, mut then: impl FnMut(u64, &Scenario, &Plan)) {
    for seed in 0..n {
        let s = generate::operation(seed);
        let outcome = solve(&s, &Request::default(), |_| true, |_| {}).expect("no frozen plan");
        then(seed, &s, &prove_plan(&s, outcome.plan, &[]));
    }
}

#[test]
fn the_checker_finds_every_certificate_of_generated_operations_right() {
    let mut wrong = Vec::new();
    each_proven(300, |seed, s, plan| {
        let proof = plan.proof.as_ref().expect("it was proven");
        let verdict = exeunt_check::verify(s, proof);
        let said = verdict.findings.iter().map(|f| format!("{seed}: {}: {}", f.object, f.message));
        wrong.extend(said);
        for (at, level) in plan.levels.iter().enumerate() {
            let (value, bound) = (plan.objective[at], plan.bounds[at]);
            if bound.is_some_and(|b| b > value) || bound != verdict.bounds[at] {
                wrong.push(format!("{seed}: {level} {value} {bound:?} {:?}", verdict.bounds[at]));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
