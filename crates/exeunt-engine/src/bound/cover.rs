//! Covers: how many sorties of each type carry a set of elements at least (model.md, section 13.4).
//!
//! A cover is a set of weights such that no sortie carries more than its type's capacity. Weights are found by
//! lifting: the longest pieces first, each as heavy as the loads with the pieces before it allow (sequential lifting
//! of cover inequalities, Balas 1975; the weights are dual feasible in the sense of Fekete and Schepers 2001 for
//! these pieces, not in general). Beside them stand the weights by length, by mass and by people; the best by
//! cost is taken. Lengths are counted in units of their common divisor, so a zone's table has a few thousand cells.

use super::journey::{Journeys, lifts, zone_takes};
use super::steps::gcd;
use crate::hold::mass_with_people;
use exeunt_model::certificate::{Cover, Side, TypeCapacity, Weight};
use exeunt_model::scenario::{Configuration, Mode, PieceKind, Zone};
use exeunt_model::{ElementId, Id, Mass, PieceId, PlaceId, TypeId};
use std::collections::BTreeSet;

/// Weight of a full load: it has many divisors, so that halves, thirds, quarters … are whole.
const FULL: i64 = 840;

/// Cells of a table above which weights are not looked at.
const MOST_CELLS: usize = 1 << 20;

/// What is to be covered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) side: Side,
    pub(super) field: PlaceId,
    pub(super) elements: &'a [ElementId],
    /// Pieces of these elements that can arrive.
    pub(super) pieces: &'a [PieceId],
    /// Pieces that may stay behind.
    pub(super) may_stay: i64,
    /// Cost of a sortie by type.
    pub(super) costs: &'a [i64],
}

/// A cover and what it costs at least.
#[derive(Debug, Clone)]
pub(super) struct Covered {
    pub(super) cover: Cover,
    pub(super) cost: i64,
    /// By type, as in the cover.
    pub(super) capacities: Vec<i64>,
}

/// Kinds of pieces with the same measures, to keep tables small.
#[derive(Debug, Clone)]
struct Kind {
    /// A piece of the kind.
    piece: PieceId,
    /// All of them.
    pieces: Vec<PieceId>,
    count: i64,
}

/// Returns the cover of a task that costs most; none if nothing is to be carried or no cover says anything.
pub(super) fn best(journeys: &Journeys<'_>, task: Task<'_>) -> Option<Covered> {
    let kinds = kinds(journeys, task.pieces);
    let types = types(journeys, task);
    let mut best: Option<Covered> = None;
    let mut seen: BTreeSet<Vec<i64>> = BTreeSet::new();
    let mut consider = |weights: Vec<i64>| {
        if weights.iter().all(|w| *w == 0) || !seen.insert(weights.clone()) {
            return;
        }
        if let Some(found) = measured(journeys, task, &kinds, &types, &weights)
            && best.as_ref().is_none_or(|b| found.cost > b.cost)
        {
            best = Some(found);
        }
    };
    for &(aircraft, payload) in &types {
        let row = &journeys.s.types[aircraft];
        for fit in &row.configurations {
            consider(lifted(journeys, &kinds, fit));
        }
        let heaviest = |k: &Kind| mass_with_people(journeys.s, &journeys.s.pieces[k.piece]).0;
        if payload.0 > 0 {
            let share = |k: &Kind| heaviest(k).saturating_mul(FULL) / payload.0;
            consider(kinds.iter().map(share).collect());
        }
        let seats = row.configurations.iter().map(|fit| fit.seats).max().unwrap_or(0);
        if seats > 0 {
            let people = |k: &Kind| journeys.s.pieces[k.piece].people_each().saturating_mul(FULL);
            consider(kinds.iter().map(|k| people(k) / seats).collect());
        }
    }
    best
}

fn kinds(journeys: &Journeys<'_>, pieces: &[PieceId]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for &id in pieces {
        let row = &journeys.s.pieces[id];
        let alike = |k: &&mut Kind| {
            let other = &journeys.s.pieces[k.piece];
            (other.kind, other.length, other.width, other.height, other.mass, other.drivers)
                == (row.kind, row.length, row.width, row.height, row.mass, row.drivers)
        };
        match kinds.iter_mut().find(alike) {
            Some(kind) => {
                kind.count += row.count;
                kind.pieces.push(id);
            }
            None => kinds.push(Kind { piece: id, pieces: vec![id], count: row.count }),
        }
    }
    // the longest first
    kinds.sort_by_key(|k| (std::cmp::Reverse(journeys.s.pieces[k.piece].length), k.piece));
    kinds
}

/// Returns the types that carry something from or to the field, each with its largest payload there.
fn types(journeys: &Journeys<'_>, task: Task<'_>) -> Vec<(TypeId, Mass)> {
    let mut found: Vec<(TypeId, Mass)> = Vec::new();
    for &carrier in &journeys.carriers {
        for place in journeys.grounds.keys().copied() {
            let (from, to) = match task.side {
                Side::Loading => (task.field, place),
                Side::Unloading => (place, task.field),
            };
            let arcs = journeys.net.arcs(carrier, from, to).iter().filter(|arc| arc.carries);
            if let Some(payload) = arcs.map(|arc| arc.payload).max() {
                match found.iter_mut().find(|(aircraft, _)| *aircraft == carrier.aircraft) {
                    Some((_, most)) => *most = payload.max(*most),
                    None => found.push((carrier.aircraft, payload)),
                }
            }
        }
    }
    found.sort();
    found
}

/// Measures weights: the capacity of each type, the total, the least cost.
fn measured(
    journeys: &Journeys<'_>,
    task: Task<'_>,
    kinds: &[Kind],
    types: &[(TypeId, Mass)],
    weights: &[i64],
) -> Option<Covered> {
    let mut capacities = Vec::with_capacity(types.len());
    for &(aircraft, payload) in types {
        capacities.push(capacity(journeys, aircraft, payload, kinds, weights));
    }
    let mut singles: Vec<(i64, i64)> =
        kinds.iter().zip(weights).map(|(kind, w)| (*w, kind.count)).collect();
    let mut total: i64 = singles.iter().map(|(w, n)| w.saturating_mul(*n)).sum();
    singles.sort_by_key(|single| std::cmp::Reverse(*single));
    let mut stay = task.may_stay;
    for (weight, count) in singles {
        let left = count.min(stay);
        total -= weight.saturating_mul(left);
        stay -= left;
    }
    if total <= 0 {
        return None;
    }
    let costs: Vec<i64> = types.iter().map(|(aircraft, _)| task.costs[aircraft.index()]).collect();
    let cost = least_cost(total, &capacities, &costs)?;
    let name = |id: PieceId| journeys.s.pieces[id].name.clone();
    let mut named: Vec<Weight> = kinds
        .iter()
        .zip(weights)
        .filter(|(_, w)| **w > 0)
        .flat_map(|(kind, w)| kind.pieces.iter().map(move |id| (*id, *w)))
        .map(|(id, weight)| Weight { piece: name(id), weight })
        .collect();
    named.sort_by(|a, b| a.piece.cmp(&b.piece));
    let of_type = types.iter().zip(&capacities).map(|((aircraft, _), capacity)| TypeCapacity {
        aircraft: journeys.s.types[*aircraft].name.clone(),
        capacity: *capacity,
    });
    let cover = Cover {
        side: task.side,
        field: journeys.s.places[task.field].name.clone(),
        elements: task.elements.iter().map(|e| journeys.s.elements[*e].name.clone()).collect(),
        weights: named,
        capacities: of_type.collect(),
        total,
    };
    let mut by_type = vec![0; journeys.s.types.len()];
    for ((aircraft, _), capacity) in types.iter().zip(&capacities) {
        by_type[aircraft.index()] = *capacity;
    }
    Some(Covered { cover, cost, capacities: by_type })
}

/// Returns the weight that one sortie of a type carries at most, by floor, mass and seats.
fn capacity(
    journeys: &Journeys<'_>,
    aircraft: TypeId,
    payload: Mass,
    kinds: &[Kind],
    weights: &[i64],
) -> i64 {
    let s = journeys.s;
    let row = &s.types[aircraft];
    let weighty: Vec<(&Kind, i64)> = kinds
        .iter()
        .zip(weights)
        .map(|(kind, w)| (kind, *w))
        .filter(|(kind, w)| *w > 0 && lifts(row, &s.pieces[kind.piece]))
        .collect();
    if weighty.is_empty() {
        return 0;
    }
    let floors = row.configurations.iter().map(|fit| floor(journeys, fit, &weighty));
    let floor = floors.max().unwrap_or(0);
    let per_mass = weighty.iter().map(|(kind, w)| {
        let mass = mass_with_people(s, &s.pieces[kind.piece]).0;
        if mass <= 0 { i64::MAX } else { times_over(payload.0, *w, mass) }
    });
    let seats = row.configurations.iter().map(|fit| fit.seats).max().unwrap_or(0);
    let per_seat = weighty.iter().map(|(kind, w)| {
        let people = s.pieces[kind.piece].people_each();
        if people <= 0 { i64::MAX } else { times_over(seats, *w, people) }
    });
    let most = |values: &mut dyn Iterator<Item = i64>| values.max().unwrap_or(i64::MAX);
    floor.min(most(&mut per_mass.into_iter())).min(most(&mut per_seat.into_iter()))
}

/// Returns `a * b / c` rounded down.
fn times_over(a: i64, b: i64, c: i64) -> i64 {
    i64::try_from(i128::from(a) * i128::from(b) / i128::from(c)).unwrap_or(i64::MAX)
}

/// Returns the most weight on the floor and the seats of a configuration.
fn floor(journeys: &Journeys<'_>, fit: &Configuration, weighty: &[(&Kind, i64)]) -> i64 {
    let s = journeys.s;
    let zones = fit.zones.iter().map(|zone| {
        let items: Vec<(i64, i64, i64)> = weighty
            .iter()
            .filter(|(kind, _)| {
                let piece = &s.pieces[kind.piece];
                piece.kind != PieceKind::People && zone_takes(zone, piece)
            })
            .map(|(kind, w)| (s.pieces[kind.piece].length.0, *w, kind.count))
            .collect();
        most_on(zone, &items)
    });
    let people = weighty.iter().filter(|(k, _)| s.pieces[k.piece].kind == PieceKind::People);
    let person = people.map(|(_, w)| *w).max().unwrap_or(0);
    zones.fold(0_i64, i64::saturating_add).saturating_add(person.saturating_mul(fit.seats))
}

/// Returns the most weight of items (length, weight, count) that lie one behind the other in a zone. Items without
/// length are all there.
fn most_on(zone: &Zone, items: &[(i64, i64, i64)]) -> i64 {
    let mut free = 0_i64;
    let mut table = Table::new(zone.length.0, items.iter().map(|item| item.0));
    for &(length, weight, count) in items {
        if length <= 0 {
            free = free.saturating_add(weight.saturating_mul(count));
        } else {
            table.add(length, weight, count);
        }
    }
    free.saturating_add(table.best(zone.length.0))
}

/// Most weight by length used: a bounded knapsack. Where it would be too large, the weight per length instead,
/// which is never less.
#[derive(Debug)]
struct Table {
    unit: i64,
    cells: Option<Vec<i64>>,
    /// Largest weight per length, as a fraction.
    densest: (i64, i64),
}

impl Table {
    fn new(length: i64, lengths: impl Iterator<Item = i64>) -> Self {
        let unit = lengths.filter(|l| *l > 0).fold(0, gcd).max(1);
        let n = usize::try_from(length / unit).unwrap_or(usize::MAX).saturating_add(1);
        let cells = (n <= MOST_CELLS).then(|| vec![0; n]);
        Self { unit, cells, densest: (0, 1) }
    }

    fn add(&mut self, length: i64, weight: i64, count: i64) {
        if i128::from(weight) * i128::from(self.densest.1)
            > i128::from(self.densest.0) * i128::from(length)
        {
            self.densest = (weight, length);
        }
        let Some(cells) = &mut self.cells else { return };
        let Ok(step) = usize::try_from(length / self.unit) else { return };
        let fitting = i64::try_from((cells.len() - 1) / step.max(1)).unwrap_or(0);
        for _ in 0..count.min(fitting) {
            for at in (step..cells.len()).rev() {
                cells[at] = cells[at].max(cells[at - step] + weight);
            }
        }
    }

    fn best(&self, length: i64) -> i64 {
        match &self.cells {
            Some(cells) => usize::try_from(length / self.unit).ok().map_or(0, |at| cells[at]),
            None => times_over(length, self.densest.0, self.densest.1),
        }
    }
}

/// Returns weights lifted one kind after the other on the longest zone of a configuration. Pieces that do not fit
/// there weigh nothing.
fn lifted(journeys: &Journeys<'_>, kinds: &[Kind], fit: &Configuration) -> Vec<i64> {
    let mut weights = vec![0; kinds.len()];
    let Some(zone) = fit.zones.iter().max_by_key(|zone| zone.length) else { return weights };
    let pieces = kinds.iter().map(|kind| &journeys.s.pieces[kind.piece]);
    let lengths: Vec<Option<i64>> = pieces
        .map(|piece| {
            let fits = piece.kind != PieceKind::People && zone_takes(zone, piece);
            (fits && piece.length.0 > 0).then_some(piece.length.0)
        })
        .collect();
    let mut table = Table::new(zone.length.0, lengths.iter().flatten().copied());
    if table.cells.is_none() {
        return weights;
    }
    for (at, length) in lengths.iter().enumerate() {
        let Some(length) = *length else { continue };
        let most = (zone.length.0 / length).min(kinds[at].count);
        let room = |n: i64| (FULL - table.best(zone.length.0 - n * length)) / n;
        weights[at] = (1..=most).map(room).min().unwrap_or(0).max(0);
        table.add(length, weights[at], kinds[at].count);
    }
    weights
}

/// Returns the least cost of whole sorties whose capacities add up to a total; none if they never do. By a table
/// over the total, or by the best ratio where that would be too large.
fn least_cost(total: i64, capacities: &[i64], costs: &[i64]) -> Option<i64> {
    let unit = capacities.iter().copied().fold(0, gcd);
    if unit <= 0 {
        return None;
    }
    let need = usize::try_from((total + unit - 1) / unit).ok()?;
    let options: Vec<(usize, i64)> = capacities
        .iter()
        .zip(costs)
        .filter(|(capacity, _)| **capacity > 0)
        .filter_map(|(capacity, cost)| Some((usize::try_from(capacity / unit).ok()?, *cost)))
        .collect();
    if need > MOST_CELLS {
        let ratio = |(capacity, cost): &(usize, i64)| {
            let (need, capacity) = (need as i128, *capacity as i128);
            i64::try_from((need * i128::from(*cost) + capacity - 1) / capacity).unwrap_or(i64::MAX)
        };
        return options.iter().map(ratio).min();
    }
    let mut least = vec![0_i64; need + 1];
    for at in 1..=need {
        let by = |(capacity, cost): &(usize, i64)| least[at.saturating_sub(*capacity)] + cost;
        least[at] = options.iter().map(by).min()?;
    }
    Some(least[need])
}

/// Returns the field at which an element boards or is unloaded; none of one that may go by road.
pub(super) fn field_of(journeys: &Journeys<'_>, element: ElementId, side: Side) -> Option<PlaceId> {
    let row = &journeys.s.elements[element];
    match row.mode {
        _ if row.either => None,
        Mode::Air { embark, debark } => Some(match side {
            Side::Loading => embark,
            Side::Unloading => debark,
        }),
        Mode::Road => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sorties_cost_at_least() {
        // 25 half loads: 13 sorties; with a type that carries three times as much at twice the cost: 4 of it (24 halves, cost 8) and 1
        assert_eq!(least_cost(25 * 420, &[840], &[1]), Some(13));
        assert_eq!(least_cost(25 * 420, &[840, 2_520], &[1, 2]), Some(9));
        assert_eq!(least_cost(1, &[0], &[1]), None);
    }

    #[test]
    fn lengths_fill_a_zone() {
        // 20 m take two of 7.65 m and none of 5.7 m beside them, or one and two of 5.7 m
        let mut table = Table::new(20_000, [7_650, 5_700].into_iter());
        table.add(7_650, 420, 9);
        assert_eq!(table.best(20_000), 840);
        table.add(5_700, 210, 9);
        assert_eq!(table.best(20_000), 840);
        assert_eq!(table.best(12_000), 420);
    }
}
