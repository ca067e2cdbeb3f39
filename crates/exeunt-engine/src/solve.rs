//! The main loop: construct in several orders, improve what came out in lanes, keep the best, go on while there is time.
//!
//! Where elements may go by air or by road, the first epochs choose ([`crate::modes`]), most often one; what follows keeps
//! what they chose. In the last of these epochs each lane constructs once, in an order of its own; the first lane is the plain method. Then each
//! lane changes its draft for so many tries per epoch ([`crate::improve`]). Lanes meet at the end of each epoch, in
//! their order, so threads only decide how many walk at the same time.

use crate::construct::State;
use crate::frozen::Frozen;
use crate::improve::{Draft, LARGE, Lane, Setting, Valued};
use crate::modes::Modes;
use crate::network::Network;
use crate::output;
use crate::replan::{held_draft, retailed};
use crate::stability::Before;
use crate::threads::side_by_side;
use exeunt_model::plan::{Epochs, Plan};
use exeunt_model::scenario::Scenario;
use std::sync::Arc;

/// Work of a lane in an epoch, in departures planned; each costs some ten microseconds.
const WORK: usize = 2_000;
/// Most epochs in which modes are chosen before departures are searched.
const CHOOSING: u64 = 20;
/// Epochs after which the worst lane starts from the best.
const RESTART: u64 = 20;

/// What to plan, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Most epochs; at least one is run.
    pub epochs: u64,
    /// Walks side by side, at least one; part of the result.
    pub lanes: u64,
    /// Lanes that run at the same time; never changes the result.
    pub threads: usize,
    /// What stands in the plan unchanged.
    pub frozen: Option<&'a Plan>,
    /// The plan that people have in hand: changes against it are level z9.
    pub before: Option<&'a Plan>,
    /// A plan to start from. Its objective is believed, so whoever gives it has had it checked; nothing worse is returned.
    pub warm_start: Option<&'a Plan>,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 1,
            lanes: 4,
            threads: 1,
            frozen: None,
            before: None,
            warm_start: None,
        }
    }
}

/// An improvement, as reported while planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Epochs run, this one included.
    pub epoch: u64,
    /// Value of the best plan.
    pub objective: Vec<i64>,
}

/// The best plan found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The plan.
    pub plan: Plan,
    /// What it is made of.
    pub(crate) draft: Draft,
}

/// Plans a scenario. `go_on` is asked before each epoch but the first, with the epochs run, and ends the
/// search with `false`; `report` hears of each improvement. The same request and the same answers of `go_on`
/// give the same plan.
///
/// # Errors
/// Says what a frozen plan names and the scenario does not have.
pub fn solve(
    s: &Scenario,
    request: &Request<'_>,
    go_on: impl FnMut(u64) -> bool,
    report: impl FnMut(&Progress),
) -> Result<Outcome, String> {
    solve_from(s, request, false, go_on, report)
}

/// Plans a scenario as [`solve`] does; if `held`, all lanes begin with the plan before, nothing of it earlier than there.
pub(crate) fn solve_from(
    s: &Scenario,
    request: &Request<'_>,
    held: bool,
    mut go_on: impl FnMut(u64) -> bool,
    mut report: impl FnMut(&Progress),
) -> Result<Outcome, String> {
    let net = Network::new(s);
    let frozen = request.frozen.map(|plan| Frozen::resolve(s, plan)).transpose()?;
    let before = request.before.map(|plan| Arc::new(Before::new(s, plan)));
    let n_lanes = request.lanes.max(1);
    let mut modes = Modes::new(s, &net, request, held, (frozen.as_ref(), before.as_ref()));
    let mut run = 1;
    let work = WORK.saturating_mul(usize::try_from(n_lanes).unwrap_or(usize::MAX));
    while modes.search(work, request.threads) && run < request.epochs.min(CHOOSING) && go_on(run) {
        run += 1;
    }
    let mut played = None;
    if modes.has_rivals() && !held && run < request.epochs && go_on(run) {
        run += 1;
        played = modes.play_off(request, tries);
    }
    let choices = modes.choices();
    let resolved = s.resolved(&choices);
    let setting = Setting::new(&resolved, &net, frozen, before);
    let given = request.warm_start.or(request.before);
    let kept = request.before.filter(|_| held).map(|plan| {
        let draft = held_draft(&setting, plan, request.frozen);
        match request.epochs {
            0 | 1 => setting.made(&draft),
            _ => retailed(&setting, &draft),
        }
    });
    let begin = |number: u64| {
        let (draft, state) = match (&kept, &played, given) {
            (Some(kept), ..) => kept.clone(),
            (None, Some(draft), _) if number == n_lanes - 1 => setting.made(draft),
            // half of the lanes go on from the plan that is given
            (None, _, Some(plan)) if number.is_multiple_of(2) => {
                setting.made(&setting.draft_of_plan(plan, request.frozen))
            }
            _ => setting.construct(request.seed, number),
        };
        Lane::new(number, Valued::of(state, draft))
    };
    let mut lanes: Vec<Lane<'_>> = Vec::new();
    let mut best = None;
    let numbers: Vec<u64> = (0..n_lanes).collect();
    // the first by itself, so that there is a plan as soon as can be
    let (first, others) = numbers.split_at(1);
    let mut is_large = false;
    for some in std::iter::once(first).chain(others.chunks(request.threads.max(1))) {
        match &best {
            // planning so much in other orders takes as long as hundreds of changes
            Some(found) if is_large && kept.is_none() && given.is_none() => {
                lanes.extend(some.iter().map(|&number| Lane::new(number, Valued::clone(found))));
            }
            _ => lanes.extend(side_by_side(some.to_vec(), request.threads, begin)),
        }
        best = Some(best_of(&lanes, best, run, &mut report));
        is_large = lanes[0].best.draft.list.len() > LARGE;
    }
    let mut found = best.expect("there is a lane at least");
    while run < request.epochs && go_on(run) {
        lanes = side_by_side(lanes, request.threads, |mut lane| {
            lane.walk(&setting, request.seed, run, tries(&lane));
            lane
        });
        run += 1;
        found = best_of(&lanes, Some(found), run, &mut report);
        if run.is_multiple_of(RESTART)
            && let Some(worst) = lanes.iter_mut().rev().max_by_key(|lane| lane.best.value.clone())
        {
            worst.restart(&found);
        }
    }
    if !held && !is_large {
        // the last word of the search, so that what binds is not told by what this alone would have brought
        let (draft, state) = setting.made(&found.draft.untied());
        let free = Valued::of(state, draft);
        if free.value < found.value {
            report(&Progress { epoch: run, objective: free.value.clone() });
            found = free;
        }
    }
    let mut state = State::clone(&found.state);
    state.march_later();
    // a search that was ended by its clock had the budget that it used: the plan can be made again by epochs
    let budget = if request.epochs == u64::MAX { run } else { request.epochs.max(1) };
    let epochs = Epochs { warmup: 0, budget, run };
    let mut plan = Plan { choices, ..output::write(&state, request, epochs) };
    if let Some(given) = request.warm_start
        && given.levels == plan.levels
        && given.objective < plan.objective
    {
        // planned again in its own order it came out worse, and nothing better was found
        let (seed, lanes) = (request.seed, request.lanes);
        plan = Plan { seed, lanes, epochs, ..given.clone() };
        plan.bounds = vec![None; plan.levels.len()];
        plan.proof = None;
    }
    Ok(Outcome { plan, draft: found.draft })
}

/// Returns the best of the lanes and of what was the best, and reports it if it is new.
fn best_of<'a>(
    lanes: &[Lane<'a>],
    before: Option<Valued<'a>>,
    epoch: u64,
    report: &mut impl FnMut(&Progress),
) -> Valued<'a> {
    let first = lanes.iter().map(|lane| &lane.best).min_by(|a, b| a.value.cmp(&b.value));
    let first = first.expect("there is a lane at least");
    match before {
        Some(before) if before.value <= first.value => before,
        _ => {
            report(&Progress { epoch, objective: first.value.clone() });
            first.clone()
        }
    }
}

/// Returns how many changes a lane tries in an epoch.
fn tries(lane: &Lane<'_>) -> u64 {
    u64::try_from(WORK / (10 + lane.best.draft.list.len())).unwrap_or(1).max(1)
}
