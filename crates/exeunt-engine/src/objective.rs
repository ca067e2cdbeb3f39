//! The value of a state, level by level, and its promises, in the planner's own reading (docs/model.md, section 8).

use crate::construct::State;
use exeunt_model::scenario::{LEVELS, Milestone, Mode, PrecedenceKind, Predicate, Scenario};
use exeunt_model::{ElementId, Id, Timestamp};
use std::collections::BTreeSet;

/// Returns names and values of the levels in the scenario's order.
pub(crate) fn objective(state: &State<'_>) -> (Vec<String>, Vec<i64>) {
    let s = state.s;
    let flights =
        || state.tails.iter().flat_map(|tail| tail.flights.iter().map(move |f| (tail, f)));
    let minutes = |f: &crate::airlift::Flight| (f.lands - f.departs).0 / 60;
    let value = |level: &str| -> i64 {
        match level {
            // a frozen part may break a row whatever is planned
            "z0" => i64::from(!state.is_frozen_in_part && !state.keeps_order()),
            "z1" => state.unmoved.iter().map(|(_, count, _)| count).sum(),
            "z2" => broken_promises(state) + broken_dates(state),
            "z3" => inversions(state),
            "z4" => closures(state),
            "z5" => lateness(state),
            "z6.tails" => {
                let used = state.tails.iter().filter(|tail| !tail.flights.is_empty());
                i64::try_from(used.count()).unwrap_or(i64::MAX)
            }
            "z6.sorties" => i64::try_from(flights().count()).unwrap_or(i64::MAX),
            "z6.minutes" => flights().map(|(_, f)| minutes(f)).sum(),
            "z7" => flights()
                .map(|(tail, f)| minutes(f) * s.types[tail.carrier.aircraft].cost_per_hour / 60)
                .sum(),
            "z9" => state.before.as_ref().map_or(0, |before| before.changes(state)),
            _ => 0,
        }
    };
    let order = LEVELS[..4].iter().map(|&l| l.to_owned());
    let levels: Vec<String> = order.chain(s.operation.objective_order.iter().cloned()).collect();
    let values = levels.iter().map(|level| value(level)).collect();
    (levels, values)
}

pub(crate) const fn weight(rank: u8) -> i64 {
    match rank {
        1 => 1_000_000,
        2 => 1_000,
        _ => 1,
    }
}

fn closures(state: &State<'_>) -> i64 {
    let s = state.s;
    let mut last = vec![None; s.parties.len()];
    for trip in &state.trips {
        let party = s.elements[trip.element].party.index();
        last[party] = last[party].max(Some(trip.home_base));
    }
    let of = |(party, at): (usize, &Option<Timestamp>)| {
        at.map_or(0, |at| s.parties.rows[party].weight * (at - s.operation.start).0)
    };
    last.iter().enumerate().map(of).sum()
}

fn lateness(state: &State<'_>) -> i64 {
    let soft = state.s.elements.iter().filter_map(|(id, e)| {
        let due = e.due.filter(|due| !due.hard)?;
        let last = state.last_at(id, Milestone::HomeBase)?;
        Some((last - due.at).0.max(0))
    });
    soft.sum()
}

fn broken_dates(state: &State<'_>) -> i64 {
    let broken = state.s.elements.iter().filter_map(|(id, e)| {
        let due = e.due.filter(|due| due.hard)?;
        let last = state.last_at(id, Milestone::HomeBase)?;
        (last > due.at).then(|| weight(due.rank))
    });
    broken.sum()
}

fn inversions(state: &State<'_>) -> i64 {
    let mut count = 0;
    for row in state.s.precedence.rows.iter().filter(|row| !row.hard) {
        let m = row.milestone;
        let then_last = row.then.iter().filter_map(|e| state.last_at(*e, m)).max();
        let then_first = row.then.iter().filter_map(|e| state.first_at(*e, m)).min();
        let (Some(then_last), Some(then_first)) = (then_last, then_first) else { continue };
        let late = |limit: Timestamp| {
            let late =
                row.first.iter().filter(|e| state.last_at(**e, m).is_some_and(|t| t > limit));
            i64::try_from(late.count()).unwrap_or(i64::MAX)
        };
        count += match row.kind {
            PrecedenceKind::LastBeforeLast => late(then_last),
            PrecedenceKind::AllBeforeFirst => late(then_first),
            PrecedenceKind::FirstBeforeFirst => {
                let first = row.first.iter().filter_map(|e| state.first_at(*e, m)).min();
                i64::from(first.is_some_and(|first| first > then_first))
            }
        };
    }
    count
}

/// Returns which promise stands for those that say the same as this one.
pub(crate) fn said_first(s: &Scenario, mut at: usize) -> usize {
    for _ in 0..s.promises.len() {
        match s.promises.rows[at].same_as {
            Some(next) => at = next.index(),
            None => break,
        }
    }
    at
}

fn broken_promises(state: &State<'_>) -> i64 {
    let s = state.s;
    let mut worst = vec![0_i64; s.promises.len()];
    for (id, promise) in s.promises.iter().filter(|(_, p)| p.required && !p.before_start) {
        if !is_kept(state, &promise.predicate) {
            let at = said_first(s, id.index());
            worst[at] = worst[at].max(weight(promise.rank));
        }
    }
    worst.iter().sum()
}

/// Says whether a predicate is true in the strict reading.
fn is_kept(state: &State<'_>, predicate: &Predicate) -> bool {
    let s = state.s;
    let whole = |set: &[ElementId]| {
        let stuck = state.unmoved.iter().any(|(p, ..)| set.contains(&s.pieces[*p].element));
        !stuck && set.iter().any(|e| state.last_at(*e, Milestone::LeftSite).is_some())
    };
    match predicate {
        Predicate::BegunBy { set, by } => set
            .iter()
            .filter_map(|e| state.first_at(*e, Milestone::LeftSite))
            .min()
            .is_some_and(|first| first <= by.strict),
        Predicate::AllBy { set, milestone, by } => {
            whole(set)
                && set.iter().filter_map(|e| state.last_at(*e, *milestone)).all(|t| t <= by.strict)
        }
        Predicate::OnDay { set, milestone, day, max_sorties, max_tails } => {
            let inside = set.iter().all(|e| {
                let first = state.first_at(*e, *milestone);
                let last = state.last_at(*e, *milestone);
                [first, last].into_iter().flatten().all(|t| day.strict.contains(t))
            });
            let mut sorties = 0;
            let mut tails = BTreeSet::new();
            for (n, tail) in state.tails.iter().enumerate() {
                for flight in tail.flights.iter().filter(|f| day.strict.contains(f.departs)) {
                    if flight.load.iter().any(|(p, ..)| set.contains(&s.pieces[*p].element)) {
                        sorties += 1;
                        tails.insert(n);
                    }
                }
            }
            let n_tails = i64::try_from(tails.len()).unwrap_or(i64::MAX);
            whole(set)
                && inside
                && max_sorties.is_none_or(|most| sorties <= most)
                && max_tails.is_none_or(|most| n_tails <= most)
        }
        Predicate::CountOnDay { field, day, at_least } => {
            let flights = state.tails.iter().flat_map(|tail| &tail.flights);
            let loaded = flights.filter(|f| {
                f.from == *field && !f.load.is_empty() && day.strict.contains(f.departs)
            });
            i64::try_from(loaded.count()).unwrap_or(i64::MAX) >= *at_least
        }
        Predicate::Mode { set, road } => whole(set) && !travels_otherwise(s, set, *road),
    }
}

/// Says whether a piece of the set travels by another mode; an element without pieces travels by none.
pub(crate) fn travels_otherwise(s: &Scenario, set: &[ElementId], road: bool) -> bool {
    let otherwise = |element: ElementId| {
        let row = &s.elements[element];
        !row.either && (row.mode == Mode::Road) != road
    };
    let mut pieces = s.pieces.rows.iter();
    pieces.any(|piece| set.contains(&piece.element) && otherwise(piece.element))
}
