//! How much a plan changes what people have been told by a plan before (z9; docs/model.md, section 8).

use crate::construct::State;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Piece, Predicate, Promise, Scenario};
use exeunt_model::{Duration, ElementId, Id, PieceId, PlaceId, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// What a move that is gone costs, or one that is new.
const GONE: i64 = 10;
/// What another tail costs.
const TAIL: i64 = 5;
/// What another day costs on which somebody moves of whom a promise was made in public.
const PUBLIC_DAY: i64 = 5;
/// What another beginning costs.
const BEGINNING: i64 = 1;
/// Beginnings that differ by no more are the same.
const TOLERANCE: Duration = Duration::from_minutes(15);

/// What is known of moves with the same load from the same place: who carries them, and when they begin.
type Moves = Vec<(usize, Timestamp)>;
/// Place and load of a move; columns stand beside sorties.
type Key = (bool, PlaceId, Vec<(PieceId, i64)>);

/// The moves of the plan that changes are counted against.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Before {
    moves: BTreeMap<Key, Moves>,
    /// By step.
    steps: Vec<Option<Timestamp>>,
    /// By piece: whether a promise was made of it in public.
    public: Vec<bool>,
}

impl Before {
    /// Reads a plan; what the scenario does not have is left out.
    pub(crate) fn new(s: &Scenario, plan: &Plan) -> Self {
        let mut moves: BTreeMap<Key, Moves> = BTreeMap::new();
        let pieces: HashMap<&str, PieceId> =
            s.pieces.iter().map(|(id, row)| (row.name.as_str(), id)).collect();
        let loaded = |load: &mut dyn Iterator<Item = (&str, i64)>| {
            let mut counts: BTreeMap<PieceId, i64> = BTreeMap::new();
            for (name, count) in load {
                if let Some(piece) = pieces.get(name) {
                    *counts.entry(*piece).or_default() += count;
                }
            }
            counts
        };
        for line in &plan.lines {
            let Some(tail) = s.tail(&line.tail) else { continue };
            let mut aboard = BTreeMap::new();
            for sortie in &line.sorties {
                let mut rows = sortie.load.iter().map(|row| (row.piece.as_str(), row.count));
                let now = loaded(&mut rows);
                let boards = boarding(&aboard, &now);
                aboard = now;
                let (Some(place), Some(service)) = (s.place(&sortie.from), sortie.loading) else {
                    continue;
                };
                if !boards.is_empty() {
                    let of = moves.entry((false, place, boards)).or_default();
                    of.push((tail.index(), service.starts));
                }
            }
        }
        for column in &plan.columns {
            let mut rows = column.load.iter().map(|row| (row.piece.as_str(), row.count));
            let load: Vec<(PieceId, i64)> = loaded(&mut rows).into_iter().collect();
            let Some(first) = column.marches.first() else { continue };
            if let (Some(place), false) = (s.place(&first.from), load.is_empty()) {
                moves.entry((true, place, load)).or_default().push((0, first.departs));
            }
        }
        for of in moves.values_mut() {
            of.sort_unstable_by_key(|&(tail, begins)| (begins, tail));
        }
        let starts: HashMap<&str, Timestamp> =
            plan.handovers.iter().map(|row| (row.step.as_str(), row.starts)).collect();
        let steps = s.steps.rows.iter().map(|step| starts.get(step.name.as_str()).copied());
        let told = |promise: &&Promise| promise.statement.is_some();
        let public = |piece: &Piece| {
            let mut promises = s.promises.rows.iter().filter(told);
            promises.any(|promise| set_of(&promise.predicate).contains(&piece.element))
        };
        let public = s.pieces.rows.iter().map(public).collect();
        Self { moves, steps: steps.collect(), public }
    }

    /// Returns what a state changes, once its marches are as late as they go. O(n log n) in its moves.
    pub(crate) fn changes(&self, state: &State<'_>) -> i64 {
        if !state.marches_late {
            let mut late = state.clone();
            late.march_later();
            return self.changes(&late);
        }
        let s = state.s;
        let mut after: BTreeMap<Key, Moves> = BTreeMap::new();
        for tail in &state.tails {
            let mut aboard = BTreeMap::new();
            for flight in &tail.flights {
                let mut now: BTreeMap<PieceId, i64> = BTreeMap::new();
                for &(piece, count, _) in &flight.load {
                    *now.entry(piece).or_default() += count;
                }
                let boards = boarding(&aboard, &now);
                aboard = now;
                let Some((starts, _)) = flight.loading.filter(|_| !boards.is_empty()) else {
                    continue;
                };
                let of = after.entry((false, flight.from, boards)).or_default();
                of.push((tail.tail.index(), starts));
            }
        }
        for column in &state.columns {
            let mut load: BTreeMap<PieceId, i64> = BTreeMap::new();
            for &(piece, count) in &column.load {
                *load.entry(piece).or_default() += count;
            }
            let key = (true, column.marches[0].1, load.into_iter().collect());
            after.entry(key).or_default().push((0, column.departs()));
        }
        let mut sum = 0;
        for (key, of) in &mut after {
            of.sort_unstable_by_key(|&(tail, begins)| (begins, tail));
            let is_public = key.2.iter().any(|(piece, _)| self.public[piece.index()]);
            let before = self.moves.get(key).map_or(&[][..], Vec::as_slice);
            sum += paired(s, before, of, is_public);
        }
        let gone = self.moves.iter().filter(|(key, _)| !after.contains_key(*key));
        sum += gone
            .map(|(_, of)| GONE * i64::try_from(of.len()).unwrap_or(i64::MAX / GONE))
            .sum::<i64>();
        for (before, now) in self.steps.iter().zip(&state.handovers.times) {
            sum += match (before, now.map(|times| times.0)) {
                (None, None) => 0,
                (Some(before), Some(now)) => moved(s, *before, now, false),
                _ => GONE,
            };
        }
        sum
    }
}

/// Returns the elements that a promise speaks of.
fn set_of(predicate: &Predicate) -> &[ElementId] {
    match predicate {
        Predicate::BegunBy { set, .. }
        | Predicate::AllBy { set, .. }
        | Predicate::OnDay { set, .. }
        | Predicate::Mode { set, .. } => set,
        Predicate::CountOnDay { .. } => &[],
    }
}

/// Returns what of `now` was not aboard before.
fn boarding(aboard: &BTreeMap<PieceId, i64>, now: &BTreeMap<PieceId, i64>) -> Vec<(PieceId, i64)> {
    let more = |(piece, count): (&PieceId, &i64)| {
        let more = count - aboard.get(piece).copied().unwrap_or(0);
        (more > 0).then_some((*piece, more))
    };
    now.iter().filter_map(more).collect()
}

/// Returns what a move that begins at another time changes.
fn moved(s: &Scenario, before: Timestamp, after: Timestamp, is_public: bool) -> i64 {
    let far = (after - before).0.abs() > TOLERANCE.0;
    let other_day = is_public && s.day_of(before).0 != s.day_of(after).0;
    i64::from(far) * BEGINNING + i64::from(other_day) * PUBLIC_DAY
}

/// Pairs moves of the same load, both in the order of time: those of one tail with one another first, then the rest.
fn paired(
    s: &Scenario,
    before: &[(usize, Timestamp)],
    after: &[(usize, Timestamp)],
    is_public: bool,
) -> i64 {
    let mut sum = 0;
    let mut left: Moves = after.to_vec();
    let mut lost: Moves = Vec::new();
    for &(tail, begins) in before {
        match left.iter().position(|now| now.0 == tail) {
            Some(at) => sum += moved(s, begins, left.remove(at).1, is_public),
            None => lost.push((tail, begins)),
        }
    }
    let pairs = lost.len().min(left.len());
    for (gone, new) in lost.iter().zip(&left) {
        sum += TAIL + moved(s, gone.1, new.1, is_public);
    }
    let single = lost.len() + left.len() - 2 * pairs;
    sum + GONE * i64::try_from(single).unwrap_or(i64::MAX / GONE)
}
