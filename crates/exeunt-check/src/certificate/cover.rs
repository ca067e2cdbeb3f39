//! How much of a set one sortie of each type carries, and what carrying all of it costs at least
//! (model.md section 13.4).
//!
//! Tables are bounded; beyond the bound a fractional sum stands for them, which is larger for a capacity and
//! smaller for a cost, so that what rests on it still holds.

use super::ways::takes;
use exeunt_model::scenario::{AircraftType, Configuration, Piece, Zone};
use exeunt_model::units::{Length, Mass};
use std::collections::BTreeMap;

/// Most entries of a table of lengths, weights or costs.
const TABLE: i128 = 4_000_000;
/// Most steps of filling a table of lengths.
const STEPS: i128 = 40_000_000;

/// A piece with its weight and how many of it could be carried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed<'a> {
    pub(crate) piece: &'a Piece,
    /// With its people.
    pub(crate) mass: Mass,
    pub(crate) weight: i64,
    pub(crate) count: i64,
}

/// Returns the most weight that one sortie of a type carries, given its largest payload: the least of what
/// floor, mass and seats allow.
pub(crate) fn capacity(aircraft: &AircraftType, payload: Mass, pieces: &[Weighed]) -> i128 {
    let lifted: Vec<Weighed> = pieces
        .iter()
        .copied()
        .filter(|one| one.weight > 0 && one.count > 0 && one.mass <= payload)
        .filter(|one| aircraft.configurations.iter().any(|fit| takes(fit, one.piece)))
        .collect();
    let by_floor = aircraft.configurations.iter().map(|fit| by_floor(fit, &lifted)).max();
    let most_seats = aircraft.configurations.iter().map(|fit| fit.seats).max().unwrap_or(0);
    let ways = [
        by_floor,
        per_unit(payload.0, &lifted, |one| one.mass.0),
        per_unit(most_seats, &lifted, |one| one.piece.people_each()),
    ];
    ways.into_iter().flatten().min().unwrap_or(0)
}

/// Returns units x the largest weight per unit, rounded down; none if a piece takes no unit.
fn per_unit(units: i64, lifted: &[Weighed], unit_of: impl Fn(&Weighed) -> i64) -> Option<i128> {
    let mut most = 0;
    for one in lifted {
        let each = i128::from(unit_of(one));
        if each <= 0 {
            return None;
        }
        most = most.max(i128::from(units.max(0)) * i128::from(one.weight) / each);
    }
    Some(most)
}

/// Returns the most weight by the zones and seats of a configuration.
fn by_floor(fit: &Configuration, lifted: &[Weighed]) -> i128 {
    let taken: Vec<Weighed> = lifted.iter().copied().filter(|one| takes(fit, one.piece)).collect();
    let people = taken.iter().filter(|one| one.piece.items_each() == 0);
    let heaviest = people.map(|one| i128::from(one.weight)).max().unwrap_or(0);
    let seated = heaviest * i128::from(fit.seats.max(0));
    let zones = fit.zones.iter().map(|zone| most_on_floor(zone, &taken));
    zones.fold(seated, i128::saturating_add)
}

/// Returns the most weight of items in a row on a zone: a knapsack of lengths (Martello and Toth 1990, 3.1).
fn most_on_floor(zone: &Zone, taken: &[Weighed]) -> i128 {
    let mut flat = 0_i128;
    let mut kinds: BTreeMap<(i64, i64), i128> = BTreeMap::new();
    for one in taken.iter().filter(|one| one.piece.items_each() > 0 && stands(zone, one.piece)) {
        if one.piece.length <= Length::ZERO {
            flat += i128::from(one.weight) * i128::from(one.count);
        } else {
            *kinds.entry((one.piece.length.0, one.weight)).or_default() += i128::from(one.count);
        }
    }
    let unit = kinds.keys().fold(0, |unit, &(length, _)| greatest_common_divisor(unit, length));
    if unit == 0 {
        return flat;
    }
    let room = i128::from(zone.length.0) / i128::from(unit);
    let kinds: Vec<Kind> = kinds
        .into_iter()
        .map(|((length, weight), count)| {
            let length = i128::from(length / unit);
            Kind { length, weight: i128::from(weight), count: count.min(room / length) }
        })
        .collect();
    flat + in_a_row(room, &kinds).unwrap_or_else(|| in_a_row_cut(room, kinds))
}

/// Items alike on a floor, in units of length.
struct Kind {
    length: i128,
    weight: i128,
    count: i128,
}

/// Returns the most weight in a row; none if the table would be too large.
fn in_a_row(room: i128, kinds: &[Kind]) -> Option<i128> {
    // as many parts of 1, 2, 4, ... as make up each count
    let mut parts: Vec<(usize, i128)> = Vec::new();
    for kind in kinds {
        let (mut left, mut size) = (kind.count, 1);
        while left > 0 {
            let n = size.min(left);
            parts.push((usize::try_from(kind.length * n).ok()?, kind.weight * n));
            left -= n;
            size *= 2;
        }
    }
    let n_parts = i128::try_from(parts.len()).ok()?;
    if room >= TABLE || n_parts.saturating_mul(room) > STEPS {
        return None;
    }
    let mut best = vec![0_i128; usize::try_from(room).ok()? + 1];
    for (length, weight) in parts {
        for used in (length..best.len()).rev() {
            best[used] = best[used].max(best[used - length] + weight);
        }
    }
    best.last().copied()
}

/// Returns the most weight in a row if items could be cut, rounded down.
fn in_a_row_cut(room: i128, mut kinds: Vec<Kind>) -> i128 {
    kinds.sort_by(|a, b| (b.weight * a.length).cmp(&(a.weight * b.length)));
    let (mut left, mut most) = (room, 0);
    for kind in kinds {
        let n = kind.count.min(left / kind.length);
        most += n * kind.weight;
        left -= n * kind.length;
        if n < kind.count {
            return most + kind.weight * left / kind.length;
        }
    }
    most
}

fn stands(zone: &Zone, piece: &Piece) -> bool {
    piece.length <= zone.length
        && piece.width <= zone.width
        && piece.height <= zone.height
        && piece.mass <= zone.max_mass
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A type for the least cost: the weight that one sortie carries, and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Priced {
    pub(crate) weight: i128,
    pub(crate) cost: i64,
}

/// Returns the least cost of whole sorties that carry `total` together; none if nothing carries anything.
pub(crate) fn least_cost(total: i128, types: &[Priced]) -> Option<i128> {
    if total <= 0 {
        return Some(0);
    }
    let types: Vec<Priced> = types.iter().copied().filter(|one| one.weight > 0).collect();
    if types.iter().any(|one| one.cost <= 0) {
        return Some(0);
    }
    let useful: Vec<Priced> = types
        .iter()
        .enumerate()
        .filter(|&(position, one)| {
            !types.iter().enumerate().any(|(other, better)| {
                let is_as_good = better.weight >= one.weight && better.cost <= one.cost;
                is_as_good && (better != one || other < position)
            })
        })
        .map(|(_, &one)| one)
        .collect();
    let with_one = |one: &Priced| round_up(total, one.weight).saturating_mul(i128::from(one.cost));
    let most = useful.iter().map(with_one).min()?;
    if useful.len() == 1 {
        return Some(most);
    }
    let weights = useful.iter().map(|one| i64::try_from(one.weight).unwrap_or(1));
    let weight_unit = i128::from(weights.fold(0, greatest_common_divisor).max(1));
    let cost_unit = useful.iter().map(|one| one.cost).fold(0, greatest_common_divisor);
    let cost_unit = i128::from(cost_unit);
    if round_up(total, weight_unit) < TABLE {
        return Some(by_weight(round_up(total, weight_unit), weight_unit, &useful));
    }
    if most / cost_unit < TABLE {
        return Some(cost_unit * by_cost(total, most / cost_unit, cost_unit, &useful));
    }
    let cut = |one: &Priced| round_up(total.saturating_mul(i128::from(one.cost)), one.weight);
    useful.iter().map(cut).min()
}

fn round_up(a: i128, b: i128) -> i128 {
    a / b + i128::from(a % b != 0)
}

/// Returns the least cost with a table over the weight still to carry, in units.
fn by_weight(total: i128, unit: i128, types: &[Priced]) -> i128 {
    let n = usize::try_from(total).unwrap_or(0);
    let mut least = vec![0_i128; n + 1];
    for left in 1..=n {
        let after = |one: &Priced| {
            let carried = usize::try_from(one.weight / unit).unwrap_or(usize::MAX);
            least[left.saturating_sub(carried)] + i128::from(one.cost)
        };
        let best = types.iter().map(after).min().unwrap_or(0);
        least[left] = best;
    }
    least[n]
}

/// Returns the least number of cost units for which the total can be carried; `most` units suffice.
fn by_cost(total: i128, most: i128, unit: i128, types: &[Priced]) -> i128 {
    let n = usize::try_from(most).unwrap_or(0);
    let mut carried = vec![0_i128; n + 1];
    for spent in 1..=n {
        for one in types {
            let cost = usize::try_from(i128::from(one.cost) / unit).unwrap_or(usize::MAX);
            if let Some(before) = spent.checked_sub(cost) {
                let with = carried[before].saturating_add(one.weight);
                carried[spent] = carried[spent].max(with);
            }
        }
        carried[spent] = carried[spent].max(carried[spent - 1]);
        if carried[spent] >= total {
            return i128::try_from(spent).unwrap_or(most);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_cost_is_that_of_whole_sorties() {
        let types = [Priced { weight: 10, cost: 7 }, Priced { weight: 4, cost: 3 }];
        // 10 + 4 for 10; three of 4 would cost 9, two of 10 cost 14
        assert_eq!(least_cost(13, &types), Some(10));
        assert_eq!(least_cost(12, &types), Some(9));
        assert_eq!(least_cost(0, &types), Some(0));
        assert_eq!(least_cost(1, &[]), None);
        assert_eq!(least_cost(1, &[Priced { weight: 0, cost: 1 }]), None);
        // by cost and by weight the same
        for total in 1..60 {
            let by_weight = by_weight(total, 1, &types);
            assert_eq!(by_cost(total, 7 * total, 1, &types), by_weight, "{total}");
        }
        // too large for the table of weights: 10^12 of 10^6 + 1 and 10^6, both at cost 2 and 3
        let far = [Priced { weight: 1_000_001, cost: 3 }, Priced { weight: 700_000, cost: 2 }];
        // per weight the second is cheaper: 2 / 700,000 < 3 / 1,000,001
        assert_eq!(least_cost(700_000 * 1_000_000, &far), Some(2_000_000));
        assert_eq!(greatest_common_divisor(0, 12), 12);
    }

    #[test]
    fn cut_items_are_never_less_than_whole_ones() {
        let kind = |length, weight, count| Kind { length, weight, count };
        let kinds = || vec![kind(5, 10, 1), kind(6, 18, 1)];
        // 6 of 10 are whole, 4/5 of 10 are 8; whole ones do not fit beside each other
        assert_eq!(in_a_row_cut(10, kinds()), 18 + 8);
        assert_eq!(in_a_row(10, &kinds()), Some(18));
        // 3 of length 3 in 10, and a remainder of 1 of the other: 3 x 4 + 5 x 1 / 5
        assert_eq!(in_a_row_cut(10, vec![kind(3, 4, 3), kind(5, 5, 9)]), 13);
        assert_eq!(in_a_row(10, &[kind(3, 4, 3), kind(5, 5, 9)]), Some(12));
        assert_eq!(in_a_row(TABLE, &kinds()), None);
    }
}
