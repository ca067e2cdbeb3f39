//! The main loop: construct in several orders, keep the best plan, go on while there is time.
//!
//! An epoch is one construction per lane; lane and epoch alone choose the order of equally urgent elements,
//! so threads only decide how many lanes run at the same time. The first lane of the first epoch is the
//! plain method.

use crate::construct::{Order, State, construct};
use crate::frozen::Frozen;
use crate::network::Network;
use crate::objective::objective;
use crate::output;
use crate::sequence::Outlook;
use exeunt_model::ElementId;
use exeunt_model::plan::{Epochs, Plan};
use exeunt_model::scenario::{PrecedenceKind, Scenario};
use std::collections::BTreeSet;

/// What to plan, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Seed of the orders tried after the first.
    pub seed: u64,
    /// Most epochs; at least one is run.
    pub epochs: u64,
    /// Constructions per epoch, at least one; part of the result.
    pub lanes: u64,
    /// Lanes that run at the same time; never changes the result.
    pub threads: usize,
    /// What stands in the plan unchanged.
    pub frozen: Option<&'a Plan>,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self { seed: 1, epochs: 1, lanes: 4, threads: 1, frozen: None }
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
    /// Number of the order that found it: epoch x lanes + lane.
    pub best_order: u64,
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
    mut go_on: impl FnMut(u64) -> bool,
    mut report: impl FnMut(&Progress),
) -> Result<Outcome, String> {
    let net = Network::new(s);
    let outlook = Outlook::new(s, &net);
    let frozen = request.frozen.map(|plan| Frozen::resolve(s, plan)).transpose()?;
    let lanes = request.lanes.max(1);
    let mut best: Option<(Vec<i64>, State<'_>, u64)> = None;
    let mut run = 0;
    loop {
        for (order, state) in epoch(s, &net, &outlook, request, lanes, run, frozen.as_ref()) {
            let value = objective(&state).1;
            if best.as_ref().is_none_or(|(found, ..)| value < *found) {
                report(&Progress { epoch: run + 1, objective: value.clone() });
                best = Some((value, state, order));
            }
        }
        run += 1;
        if run >= request.epochs || !go_on(run) {
            break;
        }
    }
    let (_, state, best_order) = best.expect("one epoch at least is run");
    // a search that was ended by its clock had the budget that it used: the plan can be made again by epochs
    let budget = if request.epochs == u64::MAX { run } else { request.epochs.max(1) };
    let plan = output::write(&state, request, Epochs { warmup: 0, budget, run });
    Ok(Outcome { plan, best_order })
}

/// Runs the lanes of one epoch and returns their states in lane order.
fn epoch<'a>(
    s: &'a Scenario,
    net: &'a Network<'a>,
    outlook: &Outlook,
    request: &Request<'_>,
    lanes: u64,
    run: u64,
    frozen: Option<&Frozen>,
) -> Vec<(u64, State<'a>)> {
    let orders: Vec<u64> = (0..lanes).map(|lane| run * lanes + lane).collect();
    let threads = request.threads.clamp(1, orders.len());
    let state =
        |order: u64| (order, construct_in_order(s, net, outlook, request.seed, order, frozen));
    if threads == 1 {
        return orders.into_iter().map(state).collect();
    }
    let mut done: Vec<(u64, State<'a>)> = std::thread::scope(|scope| {
        let work = |first: usize| {
            let mine: Vec<u64> = orders.iter().copied().skip(first).step_by(threads).collect();
            scope.spawn(move || mine.into_iter().map(state).collect::<Vec<_>>())
        };
        let handles: Vec<_> = (0..threads).map(work).collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
            .collect()
    });
    done.sort_by_key(|(order, _)| *order);
    done
}

/// Constructs in one order. A hard row that its last departure could not keep is read strictly and the
/// construction repeated, at most once per row.
pub(crate) fn construct_in_order<'a>(
    s: &'a Scenario,
    net: &'a Network<'a>,
    outlook: &Outlook,
    seed: u64,
    order: u64,
    frozen: Option<&Frozen>,
) -> State<'a> {
    let order = order_of(s.elements.len(), seed, order);
    let mut strict = BTreeSet::new();
    loop {
        let state = construct(s, net, outlook, &order, &strict, frozen);
        let broken = broken_rows(&state);
        if broken.is_subset(&strict) {
            return state;
        }
        strict.extend(broken);
    }
}

/// Returns the hard last-before-last rows that do not hold among what moves.
fn broken_rows(state: &State<'_>) -> BTreeSet<String> {
    let rows = state.s.precedence.rows.iter().filter(|row| {
        let last =
            |set: &[ElementId]| set.iter().filter_map(|e| state.last_at(*e, row.milestone)).max();
        row.hard
            && row.kind == PrecedenceKind::LastBeforeLast
            && matches!((last(&row.first), last(&row.then)), (Some(f), Some(t)) if f > t)
    });
    rows.map(|row| row.name.clone()).collect()
}

/// Returns one of the orders: the first two are plain, with and without regard to which sites wait for others; the
/// rest take values from a counter-based generator keyed by seed, order and element.
fn order_of(n: usize, seed: u64, order: u64) -> Order {
    let number = seed ^ order.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let value = |element: usize| i64::try_from(mix(number, element as u64) >> 40).unwrap_or(0);
    let shuffle = if order < 2 { vec![0; n] } else { (0..n).map(value).collect() };
    Order { shuffle, waiting_sites_last: order.is_multiple_of(2), number }
}

/// Returns the random number of a counter (SplitMix64; Steele, Lea, Flood 2014).
pub(crate) fn mix(key: u64, counter: u64) -> u64 {
    let mut z = key.wrapping_add(counter.wrapping_add(1).wrapping_mul(0xBF58_476D_1CE4_E5B9));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
