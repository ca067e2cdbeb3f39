//! Spoiled copies of a valid plan, and the checker's test of itself with them.
//!
//! Each enforced rule has *families* of corruptions: one kind of mistake on many objects. A mutator
//! knows exactly when its edit breaks the rule and makes no copy where it would not; what it makes is
//! never filtered by whether the checker catches it, so that a hole shows as a case not caught.

mod air;
mod convoy;
mod edit;
mod ground;
mod moves;
mod order;
mod proof;
mod road;
mod together;

pub use proof::{ProofCase, SpoiledProof, self_test_proof, spoil_proof};

use crate::check;
use crate::facts::Facts;
use crate::report::Report;
use exeunt_model::finding::{Code, Finding};
use exeunt_model::plan::Plan;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::Scenario;

/// Most copies made for one rule.
const MOST_PER_RULE: usize = 8;
/// Count of a load up to which copies are made; a thousand times what a row of pieces may have, so that sums are safe.
const COUNT_MAX: u64 = 1_000_000_000;

/// A copy of a valid plan that breaks one rule on purpose (others may break with it).
#[derive(Debug, Clone, PartialEq)]
pub struct Spoiled {
    /// The rule broken.
    pub rule: Rule,
    /// What was changed, in a phrase.
    pub what: String,
    /// The copy.
    pub plan: Plan,
}

/// What the checker said of a spoiled copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The rule broken on purpose.
    pub rule: Rule,
    /// What was changed, in a phrase.
    pub what: String,
    /// Whether a finding names that rule.
    pub caught: bool,
    /// The first such finding.
    pub finding: Option<Finding>,
    /// What else was found, each code once.
    pub also: Vec<Code>,
}

/// The checker's test of itself with one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfTest {
    /// One case for each spoiled copy, by rule.
    pub cases: Vec<Case>,
}

impl SelfTest {
    /// Returns whether every spoiled copy was refused by the rule it breaks.
    pub fn is_passed(&self) -> bool {
        self.cases.iter().all(|case| case.caught)
    }

    /// Goes through the cases of one rule.
    pub fn of(&self, rule: Rule) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(move |case| case.rule == rule)
    }
}

/// Spoils the plan in many ways and reports which copies the checker refused, and by which rule.
pub fn self_test(scenario: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> SelfTest {
    let mut cases = Vec::new();
    spoil_each(scenario, plan, frozen, |spoiled| {
        cases.push(judge(scenario, frozen, spoiled));
    });
    SelfTest { cases }
}

/// Checks one copy.
fn judge(scenario: &Scenario, frozen: Option<&Plan>, spoiled: Spoiled) -> Case {
    let verdict = check(scenario, &spoiled.plan, frozen);
    let wanted = Code::Rule(spoiled.rule);
    let mut also: Vec<Code> =
        verdict.findings.iter().map(|f| f.rule).filter(|&code| code != wanted).collect();
    also.sort();
    also.dedup();
    let finding = verdict.findings.into_iter().find(|finding| finding.rule == wanted);
    Case { rule: spoiled.rule, what: spoiled.what, caught: finding.is_some(), finding, also }
}

/// Makes copies of a valid plan that each break one enforced rule, by rule; deterministic.
///
/// A rule for which scenario and plan give no chance (no border crossed, no provider) has none. A plan
/// that names things the scenario does not have, or counts beyond a thousand million, gives none at all.
pub fn spoil(scenario: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> Vec<Spoiled> {
    let mut out = Vec::new();
    spoil_each(scenario, plan, frozen, |spoiled| out.push(spoiled));
    out
}

/// Makes the copies one after the other, so that of a large plan only one is in memory.
fn spoil_each(
    scenario: &Scenario,
    plan: &Plan,
    frozen: Option<&Plan>,
    mut take: impl FnMut(Spoiled),
) {
    let resolved = scenario.resolved(&plan.choices);
    let facts = Facts::derive(&resolved, plan, frozen, None, &mut Report::default());
    let Some(s) = Spoiler::new(&facts) else { return };
    // the bounds are spoiled by themselves, and need not be reckoned for every copy
    let plan = Plan { proof: None, bounds: Vec::new(), ..plan.clone() };
    for &rule in Rule::ALL {
        for way in groups(&s, rule).into_iter().flat_map(choose) {
            let mut copy = plan.clone();
            (way.edit)(&mut copy);
            take(Spoiled { rule, what: way.what, plan: copy });
        }
    }
}

/// Returns the families of corruptions for a rule, by what of it they break.
fn groups(s: &Spoiler, rule: Rule) -> Vec<Vec<Vec<Way>>> {
    match rule {
        Rule::C20 => vec![
            families(s, rule),
            convoy::break_rests(s),
            convoy::break_halts(s),
            convoy::break_escorts(s),
        ],
        _ => vec![families(s, rule)],
    }
}

/// Returns the families of corruptions for a rule.
fn families(s: &Spoiler, rule: Rule) -> Vec<Vec<Way>> {
    match rule {
        Rule::C01 => moves::break_c01(s),
        Rule::C02 => moves::break_c02(s),
        Rule::C03 => moves::break_c03(s),
        Rule::C04 => moves::break_c04(s),
        Rule::C05 => together::break_c05(s),
        Rule::C07 => order::break_c07(s),
        Rule::C08 => order::break_c08(s),
        Rule::C09 => order::break_c09(s),
        Rule::C10 => air::break_c10(s),
        Rule::C11 => air::break_c11(s),
        Rule::C12 => air::break_c12(s),
        Rule::C13 => air::break_c13(s),
        Rule::C14 => ground::break_c14(s),
        Rule::C15 => ground::break_c15(s),
        Rule::C16 => ground::break_c16(s),
        Rule::C17 => air::break_c17(s),
        Rule::C20 => road::break_c20(s),
        Rule::C21 => road::break_c21(s),
        Rule::C22 => moves::break_c22(s),
        Rule::C23 => order::break_c23(s),
        Rule::C24 => order::break_c24(s),
        Rule::C25 => ground::break_c25(s),
        Rule::C26 => air::break_c26(s),
        Rule::C27 => order::break_c27(s),
        Rule::C06 | Rule::C18 | Rule::C19 => Vec::new(),
    }
}

/// Takes from the families in turn, from each spread over its objects and beginning with another one,
/// no phrase twice.
fn choose(families: Vec<Vec<Way>>) -> Vec<Way> {
    let mut queues: Vec<_> = Vec::with_capacity(families.len());
    for (position, family) in families.into_iter().enumerate() {
        let mut family = spread(family, MOST_PER_RULE);
        if !family.is_empty() {
            let first = position % family.len();
            family.rotate_left(first);
        }
        queues.push(family.into_iter());
    }
    let mut chosen: Vec<Way> = Vec::new();
    let mut is_dry = false;
    while !is_dry && chosen.len() < MOST_PER_RULE {
        is_dry = true;
        for queue in &mut queues {
            let Some(way) = queue.next() else { continue };
            is_dry = false;
            let is_new = chosen.iter().all(|other| other.what != way.what);
            if is_new && chosen.len() < MOST_PER_RULE {
                chosen.push(way);
            }
        }
    }
    chosen
}

/// Keeps at most `most`, evenly spread.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let n = all.len();
    if n <= most {
        return all;
    }
    let mut kept = Vec::with_capacity(most);
    let mut next = 0;
    for (position, one) in all.into_iter().enumerate() {
        if position == next * n / most {
            kept.push(one);
            next += 1;
        }
    }
    kept
}

/// One corruption: what it does, and the edit.
struct Way {
    what: String,
    edit: Box<dyn Fn(&mut Plan)>,
}

/// Makes a corruption.
fn way(what: String, edit: impl Fn(&mut Plan) + 'static) -> Way {
    Way { what, edit: Box::new(edit) }
}

/// The valid plan with the positions of its rows.
struct Spoiler<'f, 'a> {
    facts: &'f Facts<'a>,
    /// Per flight, the positions of line and sortie in the plan.
    at: Vec<(usize, usize)>,
}

impl<'f, 'a> Spoiler<'f, 'a> {
    /// Returns none if something of the plan could not be resolved or counts absurdly.
    fn new(facts: &'f Facts<'a>) -> Option<Self> {
        let mut at = Vec::new();
        for (line, row) in facts.plan.lines.iter().enumerate() {
            at.extend((0..row.sorties.len()).map(|sortie| (line, sortie)));
        }
        let is_whole = at.len() == facts.resolved.flights.len()
            && facts.plan.columns.len() == facts.resolved.columns.len();
        let flown = facts.plan.lines.iter().flat_map(|line| &line.sorties);
        let flown = flown.flat_map(|sortie| &sortie.load).map(|load| load.count);
        let driven = facts.plan.columns.iter().flat_map(|column| &column.load);
        let mut counts = flown.chain(driven.map(|load| load.count));
        let is_sane = counts.all(|count| count.unsigned_abs() <= COUNT_MAX);
        (is_whole && is_sane).then_some(Self { facts, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_keeps_the_first_and_goes_over_all() {
        assert_eq!(spread((0..20).collect(), 5), [0, 4, 8, 12, 16]);
        assert_eq!(spread(vec![1, 2], 5), [1, 2]);
    }
}
