//! Causes: the links of every chain add up, each waits for something that is so in the plan, and what one change is
//! said to bring comes true when it is made.

use crate::{generate, plan};
use exeunt_engine::explain::{Explainer, changes, what_if};
use exeunt_engine::{Request, apply, solve};
use exeunt_model::explanation::{Change, Explanation, LinkKind, Replanned, Status, Subject, Why};
use exeunt_model::scenario::Milestone;
use exeunt_model::{Plan, Scenario, Timestamp};
use std::collections::BTreeMap;

const MILESTONES: [Milestone; 4] =
    [Milestone::LeftSite, Milestone::LeftHost, Milestone::HomeAirfield, Milestone::HomeBase];

/// Everything of a plan that can be explained.
fn subjects(s: &Scenario, plan: &Plan) -> Vec<Subject> {
    let mut list = vec![Subject::Closure];
    list.extend(s.parties.ids().map(Subject::Party));
    for element in s.elements.ids() {
        list.extend(MILESTONES.map(|milestone| Subject::Element(element, milestone)));
    }
    list.extend(s.promises.ids().map(Subject::Promise));
    list.extend(s.steps.ids().map(Subject::Step));
    list.extend((0..plan.columns.len()).map(Subject::Column));
    for (line, row) in plan.lines.iter().enumerate() {
        list.extend((0..row.sorties.len()).map(|sortie| Subject::Sortie(line, sortie)));
    }
    list
}

/// Asserts that the links lead without a gap from the start of the chain to the moment, so that they add up.
fn assert_adds_up(explanation: &Explanation, name: &str) {
    let Some(chain) = &explanation.chain else {
        assert_ne!(explanation.status, Status::Reached, "{name}: {explanation:?}");
        return;
    };
    let mut here = chain.from;
    for link in &chain.links {
        assert_eq!(link.from, here, "{name}: a gap before {link:?}");
        let is_back = link.kind == LinkKind::Ahead;
        assert_eq!(link.length().0 < 0, is_back, "{name}: {link:?}");
        assert!(link.count >= 1 && (link.why.is_some() || link.kind == LinkKind::Activity));
        here = link.to;
    }
    assert_eq!(here, chain.at, "{name}");
    let sum: i64 = chain.links.iter().map(|link| link.length().0).sum();
    assert_eq!(sum, (chain.at - chain.from).0, "{name}");
}

#[test]
fn lags_and_durations_add_up_to_every_explained_moment() {
    let mut seconds: BTreeMap<&str, i64> = BTreeMap::new();
    let mut n_chains = 0;
    for seed in 0..200 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let explainer = Explainer::new(&s, &plan).expect("the names are the scenario's");
        let subjects = subjects(&s, &plan);
        for explanation in explainer.explain(&subjects) {
            assert_adds_up(&explanation, &format!("seed {seed} {:?}", explanation.subject));
            for link in explanation.chain.iter().flat_map(|chain| &chain.links) {
                let key = link.why.map_or("itself", Why::key);
                *seconds.entry(key).or_default() += link.length().0.abs();
            }
            n_chains += usize::from(explanation.chain.is_some());
        }
    }
    let all: i64 = seconds.values().sum();
    let held = seconds.get(Why::Held.key()).copied().unwrap_or(0);
    assert!(n_chains > 5_000, "{n_chains} chains");
    assert!(seconds.len() > 30, "{seconds:?}");
    // marches and ferry flights just in time are the plan's own; what is left is forced by something
    assert!(held * 10 < all, "held by the plan: {held} of {all} s");
}

/// Asks what one change would bring to the closure, by changes as the model knows them.
fn asked(s: &Scenario, plan: &Plan, request: &Request<'_>) -> Replanned {
    let explainer = Explainer::new(s, plan).expect("the names are the scenario's");
    let explanation = &explainer.explain(&[Subject::Closure])[0];
    let asked = explanation.chain.as_ref().map(|chain| changes(s, plan, chain)).unwrap_or_default();
    let changed = |change: &Change| changed(s, change);
    what_if(s, plan, &Subject::Closure, asked, request, changed, || true).expect("known names")
}

fn changed(s: &Scenario, change: &Change) -> Option<Scenario> {
    let mut other = s.clone();
    apply(&mut other, change).then_some(other)
}

fn closure(s: &Scenario, plan: &Plan) -> Option<Timestamp> {
    Explainer::new(s, plan).expect("the names are the scenario's").moment(&Subject::Closure)
}

#[test]
fn what_a_change_is_said_to_bring_comes_true() {
    let request = Request { epochs: 2, ..Request::default() };
    let (mut n_claims, mut n_gains) = (0, 0);
    for seed in 0..20 {
        let s = generate::operation(seed);
        let plan = plan(&s, 2);
        for row in asked(&s, &plan, &request).rows {
            // somebody else makes the change and plans
            let other = changed(&s, &row.change).expect("it was made before");
            let again = solve(&other, &request, |_| true, |_| {}).expect("nothing is frozen").plan;
            assert_eq!(closure(&other, &again), row.then, "seed {seed}: {:?}", row.change);
            n_claims += 1;
            if row.gain.0 > 0 {
                n_gains += 1;
                let before = closure(&s, &plan).expect("something arrives");
                let then = row.then.expect("something arrives");
                assert!(before - then >= row.gain, "seed {seed}: {:?}", row.change);
                let verdict = exeunt_check::check(&other, &again, None);
                assert_eq!(verdict.closure, row.then, "seed {seed}: {:?}", row.change);
            }
        }
    }
    assert!(n_claims > 60 && n_gains > 15, "{n_claims} claims, {n_gains} gains");
}

#[test]
fn no_gain_is_bought_with_what_the_given_plan_did_better() {
    // the plan at hand was searched longer than those made again: one that is earlier and worse as a whole gains nothing
    let request = Request { lanes: 1, ..Request::default() };
    let mut n_refused = 0;
    for seed in 0..120 {
        let s = generate::operation(seed);
        let given = plan(&s, 6);
        let again = solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen").plan;
        if given.objective >= again.objective {
            continue;
        }
        for row in asked(&s, &given, &request).rows {
            let other = changed(&s, &row.change).expect("it was made before");
            let after = solve(&other, &request, |_| true, |_| {}).expect("nothing is frozen").plan;
            let is_worse = after.objective > given.objective;
            let is_earlier = closure(&other, &after) < closure(&s, &given).min(closure(&s, &again));
            assert!(!is_worse || row.gain.0 == 0, "seed {seed}: {:?}", row.change);
            n_refused += usize::from(is_worse && is_earlier && after.objective <= again.objective);
        }
    }
    assert!(n_refused > 0, "no case in question");
}

#[test]
fn planning_again_without_a_change_is_no_gain() {
    // a plan of one poor epoch: that more search alone does better must not be credited to a change
    for seed in 0..20 {
        let s = generate::operation(seed);
        let poor = solve(&s, &Request { lanes: 1, ..Request::default() }, |_| true, |_| {});
        let poor = poor.expect("nothing is frozen").plan;
        let answer = asked(&s, &poor, &Request { epochs: 3, ..Request::default() });
        let Some(unchanged) = answer.unchanged else { continue };
        for row in answer.rows.iter().filter(|row| row.gain.0 > 0) {
            let then = row.then.expect("a gain is of something that arrives");
            assert!(unchanged - then >= row.gain, "seed {seed}: {:?}", row.change);
        }
        let gains: Vec<_> = answer.rows.iter().map(|row| row.gain).collect();
        assert!(gains.is_sorted_by(|a, b| a >= b), "the largest first: {gains:?}");
    }
}

#[test]
fn what_stays_behind_is_explained_by_its_rule() {
    let mut n_left = 0;
    for seed in 0..200 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let explainer = Explainer::new(&s, &plan).expect("the names are the scenario's");
        let subjects: Vec<Subject> =
            s.elements.ids().map(|id| Subject::Element(id, Milestone::HomeBase)).collect();
        let left: Vec<_> = explainer.explain(&subjects).into_iter().flat_map(|e| e.left).collect();
        assert_eq!(left.len(), plan.unmoved.len(), "seed {seed}");
        for row in left {
            n_left += 1;
            assert!(row.rule.is_some_and(|rule| rule.is_enforced()), "seed {seed}: {row:?}");
        }
    }
    assert!(n_left > 50, "{n_left} rows");
}

#[test]
fn a_promise_has_the_margin_of_the_checker() {
    let mut n_margins = 0;
    for seed in 0..200 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let verdict = exeunt_check::check(&s, &plan, None);
        let explainer = Explainer::new(&s, &plan).expect("the names are the scenario's");
        let subjects: Vec<Subject> = s.promises.ids().map(Subject::Promise).collect();
        for (e, result) in explainer.explain(&subjects).iter().zip(&verdict.promises) {
            if e.status == Status::Reached && result.margin_s.is_some() {
                n_margins += 1;
                assert_eq!(e.margin.map(|m| m.0), result.margin_s, "seed {seed} {}", result.id);
            }
        }
    }
    assert!(n_margins > 40, "{n_margins} margins");
}

/// Changes of everything that there is of a kind; those that a chain asks for are among them.
fn all_changes(s: &Scenario) -> Vec<Change> {
    let mut list: Vec<Change> = s.resources.ids().map(Change::OneMore).collect();
    list.extend(s.resources.ids().map(Change::Shift));
    list.extend(s.tails.ids().map(Change::Tail));
    list.extend(s.conditions.ids().map(Change::Condition));
    list.extend(s.roads.ids().map(Change::Border));
    list
}

#[test]
fn no_change_that_loosens_raises_a_bound() {
    // M22: whatever is loosened, on the chain or not, a bound of the looser operation is no higher
    let mut n_changes = 0;
    for seed in 0..40 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let level = plan.levels.iter().position(|level| level == "z1").expect("a level");
        let unmoved = plan.objective[level];
        let bounds = exeunt_engine::prove(&s, unmoved, &[]).bounds;
        for change in all_changes(&s) {
            let Some(looser) = changed(&s, &change) else { continue };
            n_changes += 1;
            let after = exeunt_engine::prove(&looser, unmoved, &[]).bounds;
            let first = bounds.iter().zip(&after).position(|(before, after)| before != after);
            let Some(at) = first else { continue };
            // later levels rest on the earlier ones, so the first that differs tells
            assert!(after[at] <= bounds[at], "seed {seed} {change:?}: {bounds:?} -> {after:?}");
        }
    }
    assert!(n_changes > 300, "{n_changes} changes");
}
