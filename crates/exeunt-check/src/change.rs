//! Level z9: how much a plan changes what a plan before has told people (model.md section 8).

use crate::facts::Facts;
use exeunt_model::difference::{Difference, MoveKind, Told};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::Predicate;
use exeunt_model::time::{Duration, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const ALONE: i64 = 10;
const OTHER_TAIL: i64 = 5;
const OTHER_PUBLIC_DAY: i64 = 5;
const OTHER_BEGINNING: i64 = 1;
const SAME_BEGINNING: Duration = Duration::from_minutes(15);

/// What is moved from where, by names.
type What<'a> = (MoveKind, &'a str, BTreeMap<&'a str, i64>);

/// A move that is looked at: when it begins, the position of its tail in the scenario, its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Move<'a> {
    begins: Timestamp,
    tail: usize,
    id: &'a str,
}

/// Counts the changes of the plan against the one before.
pub(crate) fn changes(facts: &Facts, before: &Plan) -> i64 {
    let weights = differences(facts, before).into_iter().map(|row| row.weight);
    weights.fold(0, i64::saturating_add)
}

/// Lists the changes of the plan against the one before, in the order of time.
pub(crate) fn differences(facts: &Facts, before: &Plan) -> Vec<Difference> {
    let public = public_pieces(facts);
    let (mut old, mut new) = (moves(facts, before), moves(facts, facts.plan));
    let all: BTreeSet<What> = old.keys().chain(new.keys()).cloned().collect();
    let mut list = Vec::new();
    for what in all {
        let mut old = old.remove(&what).unwrap_or_default();
        let mut new = new.remove(&what).unwrap_or_default();
        old.sort_unstable();
        new.sort_unstable();
        let is_public = what.2.keys().any(|piece| public.contains(piece));
        let mut add = |before: Option<Move>, after: Option<Move>| {
            let weight = match (before, after) {
                (Some(a), Some(b)) => {
                    let tail = if a.tail == b.tail { 0 } else { OTHER_TAIL };
                    tail + differ(facts, a.begins, b.begins, is_public)
                }
                _ => ALONE,
            };
            let told = |row: Move| Told {
                id: row.id.to_owned(),
                tail: (what.0 == MoveKind::Sortie)
                    .then(|| facts.scenario.tails.rows[row.tail].name.clone()),
                begins: row.begins,
            };
            if weight > 0 {
                list.push(Difference {
                    kind: what.0,
                    at: what.1.to_owned(),
                    load: what.2.iter().map(|(&piece, &count)| (piece.to_owned(), count)).collect(),
                    before: before.map(told),
                    after: after.map(told),
                    weight,
                });
            }
        };
        old.retain(|&row| {
            let Some(same) = new.iter().position(|other| other.tail == row.tail) else {
                return true;
            };
            add(Some(row), Some(new.remove(same)));
            false
        });
        for at in 0..old.len().max(new.len()) {
            add(old.get(at).copied(), new.get(at).copied());
        }
    }
    let begins =
        |row: &Difference| row.before.as_ref().or(row.after.as_ref()).map(|told| told.begins);
    list.sort_by(|a, b| (begins(a), a.kind, &a.at).cmp(&(begins(b), b.kind, &b.at)));
    list
}

fn differ(facts: &Facts, a: Timestamp, b: Timestamp, is_public: bool) -> i64 {
    let day = |t| facts.scenario.day_of(t).0;
    let apart = if a < b { b - a } else { a - b };
    let later = if apart > SAME_BEGINNING { OTHER_BEGINNING } else { 0 };
    later + if is_public && day(a) != day(b) { OTHER_PUBLIC_DAY } else { 0 }
}

/// Returns the moves of a plan, as far as the scenario knows their names.
fn moves<'a>(facts: &Facts, plan: &'a Plan) -> BTreeMap<What<'a>, Vec<Move<'a>>> {
    let scenario = facts.scenario;
    let tails: HashMap<&str, usize> =
        scenario.tails.rows.iter().enumerate().map(|(at, row)| (row.name.as_str(), at)).collect();
    let pieces: HashSet<&str> = scenario.pieces.rows.iter().map(|row| row.name.as_str()).collect();
    let sum = |rows: &mut dyn Iterator<Item = (&'a str, i64)>| {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for (piece, count) in rows.filter(|(piece, _)| pieces.contains(piece)) {
            let of = counts.entry(piece).or_default();
            *of = of.saturating_add(count);
        }
        counts
    };
    let mut moves: BTreeMap<What, Vec<Move>> = BTreeMap::new();
    let mut add = |kind, place: &'a str, load: BTreeMap<&'a str, i64>, row: Move<'a>| {
        if scenario.place(place).is_some() && !load.is_empty() {
            moves.entry((kind, place, load)).or_default().push(row);
        }
    };
    for line in &plan.lines {
        let Some(&tail) = tails.get(line.tail.as_str()) else { continue };
        let mut earlier = BTreeMap::new();
        for sortie in &line.sorties {
            let aboard = sum(&mut sortie.load.iter().map(|row| (row.piece.as_str(), row.count)));
            let mut boards = aboard.clone();
            for (piece, count) in &mut boards {
                *count = count.saturating_sub(earlier.get(piece).copied().unwrap_or(0));
            }
            boards.retain(|_, count| *count > 0);
            earlier = aboard;
            if let Some(loading) = sortie.loading {
                let row = Move { begins: loading.starts, tail, id: &sortie.id };
                add(MoveKind::Sortie, &sortie.from, boards, row);
            }
        }
    }
    for column in &plan.columns {
        let load = sum(&mut column.load.iter().map(|row| (row.piece.as_str(), row.count)));
        let Some(first) = column.marches.first() else { continue };
        let row = Move { begins: first.departs, tail: 0, id: &column.id };
        add(MoveKind::Column, &first.from, load, row);
    }
    let steps: HashSet<&str> = scenario.steps.rows.iter().map(|row| row.name.as_str()).collect();
    for held in plan.handovers.iter().filter(|row| steps.contains(row.step.as_str())) {
        let row = Move { begins: held.starts, tail: 0, id: &held.step };
        moves.entry((MoveKind::Step, held.step.as_str(), BTreeMap::new())).or_default().push(row);
    }
    moves
}

/// Returns the pieces of elements of which somebody has made a promise in public.
fn public_pieces<'a>(facts: &Facts<'a>) -> BTreeSet<&'a str> {
    let scenario = facts.scenario;
    let mut elements = BTreeSet::new();
    for promise in scenario.promises.rows.iter().filter(|row| row.statement.is_some()) {
        match &promise.predicate {
            Predicate::BegunBy { set, .. }
            | Predicate::AllBy { set, .. }
            | Predicate::OnDay { set, .. }
            | Predicate::Mode { set, .. } => elements.extend(set.iter().copied()),
            Predicate::CountOnDay { .. } => {}
        }
    }
    let rows = scenario.pieces.rows.iter().filter(|row| elements.contains(&row.element));
    rows.map(|row| row.name.as_str()).collect()
}
