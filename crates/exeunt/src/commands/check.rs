//! `exeunt check`: derives everything again from the scenario, and on request spoils the plan to test the checker.

use crate::args::{CheckArgs, Summary};
use crate::{exit, files, print};
use exeunt_model::{Plan, Rule, Scenario};
use exeunt_report::{SelfTestLine, SpoiledRule};

pub(crate) fn run(args: &CheckArgs) -> u8 {
    let summary = args.show.summary;
    let read = || {
        let loaded = files::scenario(&args.scenario, &args.overlay.overlay, summary)?;
        let plan = files::plan(&args.plan, summary)?;
        let frozen = args.frozen.as_ref().map(|path| files::plan(path, summary)).transpose()?;
        let before = args.before.as_ref().map(|path| files::plan(path, summary)).transpose()?;
        Ok((loaded, plan, frozen, before))
    };
    let (loaded, plan, frozen, before) = match read() {
        Ok(read) => read,
        Err(code) => return code,
    };
    let s = &loaded.scenario;
    let verdict = exeunt_check::check_against(s, &plan, frozen.as_ref(), before.as_ref());
    let self_test = args.self_test.then(|| self_test(s, &plan, frozen.as_ref()));
    match summary {
        Summary::Json => {
            let value = exeunt_report::json::check_summary(s, &verdict, self_test.as_ref());
            print(&format!("{value:#}\n"));
        }
        Summary::Text => {
            print(&exeunt_report::text::check_summary(s, &verdict, self_test.as_ref()));
        }
    }
    let passed = self_test.is_none_or(|line| line.refused == line.spoiled);
    let promised = verdict.promises.iter().all(|p| !p.required || p.strict != Some(false));
    match (passed, verdict.accepted && promised) {
        (false, _) => exit::INTERNAL,
        (true, true) => exit::DONE,
        (true, false) => exit::BROKEN,
    }
}

/// Spoils copies of a plan and counts those that the right rule refused.
pub(crate) fn self_test(s: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> SelfTestLine {
    let cases = exeunt_check::self_test(s, plan, frozen).cases;
    let of = |rule: Rule| {
        let mine = || cases.iter().filter(move |case| case.rule == rule);
        let refused = mine().filter(|case| case.caught).count();
        SpoiledRule { rule, spoiled: mine().count(), refused }
    };
    let by_rule: Vec<SpoiledRule> =
        Rule::ALL.iter().map(|&rule| of(rule)).filter(|row| row.spoiled > 0).collect();
    let missed = cases.iter().position(|case| !case.caught);
    let telling = cases.iter().position(|case| case.caught && case.rule == Rule::C25);
    let example = missed.or(telling).or((!cases.is_empty()).then_some(0)).map(|n| {
        let case = &cases[n];
        let answer = match &case.finding {
            Some(finding) => format!("{}, {}: {}", finding.rule, finding.object, finding.message),
            None => format!("not refused by {}", case.rule),
        };
        format!("spoiled copy {}: {} -> {answer}", n + 1, case.what)
    });
    // certificates are spoiled too; beside a frozen part nothing is proven that could be
    let proofs = match frozen {
        None => exeunt_check::self_test_proof(s, plan),
        Some(_) => Vec::new(),
    };
    let missed = proofs.iter().find(|case| !case.caught);
    let missed =
        missed.map(|case| format!("spoiled proof: {}, {} -> not refused", case.what, case.kind));
    let refused = cases.iter().filter(|case| case.caught).count();
    SelfTestLine {
        rules: Rule::ALL.iter().filter(|rule| rule.is_enforced()).count(),
        spoiled: cases.len() + proofs.len(),
        refused: refused + proofs.iter().filter(|case| case.caught).count(),
        example: missed.or(example),
        by_rule,
    }
}
