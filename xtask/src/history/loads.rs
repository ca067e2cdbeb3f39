//! Who boards which sortie: not reported, so chosen. Each row's pieces are packed in the order in which the row names them,
//! longest first, and spread over all its sorties.

use super::rows::{Carried, Row};
use super::tails;
use exeunt_model::ids::*;
use exeunt_model::plan::Load;
use exeunt_model::scenario::{AircraftType, Configuration, PieceKind, Scenario};
use exeunt_model::units::{Distance, Length, Mass};
use std::collections::BTreeMap;

/// What one aircraft carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    /// Position of the cabin fit among those of the type.
    pub(crate) configuration: usize,
    /// Items with the zone in which they stand, one by one.
    pub(crate) items: Vec<(PieceId, usize)>,
    /// People with their number.
    pub(crate) people: Vec<(PieceId, i64)>,
}

impl Hold {
    /// Returns the elements on board.
    pub(crate) fn elements(&self, s: &Scenario) -> Vec<ElementId> {
        let items = self.items.iter().map(|&(piece, _)| piece);
        let mut elements: Vec<ElementId> = items
            .chain(self.people.iter().map(|&(piece, _)| piece))
            .map(|piece| s.pieces[piece].element)
            .collect();
        elements.sort_unstable();
        elements.dedup();
        elements
    }

    /// Returns pieces with their number.
    pub(crate) fn pieces(&self) -> BTreeMap<PieceId, i64> {
        let mut pieces: BTreeMap<PieceId, i64> = BTreeMap::new();
        for &(piece, _) in &self.items {
            *pieces.entry(piece).or_default() += 1;
        }
        for &(piece, count) in &self.people {
            *pieces.entry(piece).or_default() += count;
        }
        pieces
    }

    /// Returns the load as a plan lists it.
    pub(crate) fn load(&self, s: &Scenario, aircraft: TypeId) -> Vec<Load> {
        let configuration = &s.types[aircraft].configurations[self.configuration];
        let mut counts: BTreeMap<(PieceId, usize), i64> = BTreeMap::new();
        for &item in &self.items {
            *counts.entry(item).or_default() += 1;
        }
        let row = |piece: PieceId, count: i64, zone: Option<String>| Load {
            piece: s.pieces[piece].name.clone(),
            count,
            zone,
            x_mm: None,
            y_mm: None,
            turned: None,
        };
        let items = counts.into_iter().map(|((piece, zone), count)| {
            row(piece, count, Some(configuration.zones[zone].name.clone()))
        });
        let people = self.people.iter().map(|&(piece, count)| row(piece, count, None));
        items.chain(people).collect()
    }

    fn seats_used(&self, s: &Scenario) -> i64 {
        self.pieces().iter().map(|(&piece, count)| s.pieces[piece].people_each() * count).sum()
    }

    fn mass(&self, s: &Scenario) -> Mass {
        let mass = |(piece, count): (PieceId, i64)| {
            let piece = &s.pieces[piece];
            (piece.mass + s.operation.person_mass.times(piece.drivers)).times(count)
        };
        self.pieces().into_iter().map(mass).sum()
    }
}

/// Returns what each row carries, piece by piece: numbers that are named first, then what is left of the elements.
pub(crate) fn share(s: &Scenario, rows: &[Row]) -> Result<Vec<Vec<(PieceId, i64)>>, String> {
    let mut left: BTreeMap<PieceId, i64> = s.pieces.iter().map(|(id, p)| (id, p.count)).collect();
    let named = rows.iter().flat_map(|row| &row.carries);
    for carried in named {
        if let Carried::Some(piece, count) = carried {
            *left.entry(*piece).or_default() -= count;
        }
    }
    let mut shares = Vec::new();
    for row in rows {
        let mut share = Vec::new();
        for carried in &row.carries {
            match *carried {
                Carried::Some(piece, count) => share.push((piece, count)),
                Carried::Rest(element) => {
                    for (id, _) in s.pieces.iter().filter(|(_, p)| p.element == element) {
                        share.push((id, left.insert(id, 0).unwrap_or(0)));
                    }
                }
            }
        }
        share.retain(|&(_, count)| count != 0);
        shares.push(share);
    }
    match left.iter().find(|&(_, &count)| count != 0) {
        Some((&piece, count)) => {
            Err(format!("history.csv: {count} of `{}` left over", s.pieces[piece].name))
        }
        None => Ok(shares),
    }
}

/// Packs a row's pieces into as many aircraft as the row has sorties, each with something on board.
pub(crate) fn pack(
    s: &Scenario,
    row: &Row,
    aircraft: TypeId,
    pieces: &[(PieceId, i64)],
) -> Result<Vec<Hold>, String> {
    let n = row.departures.len();
    let is_people = |piece: PieceId| s.pieces[piece].kind == PieceKind::People;
    let (people, items): (Vec<_>, Vec<_>) =
        pieces.iter().partition(|&&(piece, _)| is_people(piece));
    let distance = tails::hop(s, aircraft, row.from, row.to)
        .ok_or_else(|| format!("history.csv, {}: no leg that may be flown", row.id))?
        .distance;
    let kind = &s.types[aircraft];
    let total: i64 = people.iter().map(|&(_, count)| count).sum();
    let seats = |fit: &Configuration| fit.seats.saturating_mul(i64::try_from(n).unwrap_or(1));
    // the first fit, unless nothing but people travels and they need more seats
    let configuration = match items.is_empty() {
        false => Some(0),
        true => kind.configurations.iter().position(|fit| seats(fit) >= total),
    };
    let configuration =
        configuration.ok_or_else(|| format!("history.csv, {}: too many people", row.id))?;
    let room =
        Room { s, fit: &kind.configurations[configuration], payload: payload(kind, distance) };
    let empty = || Hold { configuration, items: Vec::new(), people: Vec::new() };
    let mut holds = room.pack_items(&items, empty);
    if holds.len() > n {
        return Err(format!("history.csv, {}: {} loads for {n} sorties", row.id, holds.len()));
    }
    while holds.len() < n {
        let fullest =
            (0..holds.len()).max_by_key(|&k| (holds[k].items.len(), std::cmp::Reverse(k)));
        let at = fullest.filter(|&k| holds[k].items.len() > 1).unwrap_or(holds.len());
        let mut half = empty();
        if let Some(hold) = holds.get_mut(at) {
            half.items = hold.items.split_off(hold.items.len().div_ceil(2));
        }
        holds.insert((at + 1).min(holds.len()), half);
    }
    room.seat_people(&mut holds, &people)
        .map_err(|left| format!("history.csv, {}: no seats for {left} people", row.id))?;
    match holds.iter().all(|hold| !hold.pieces().is_empty()) {
        true => Ok(holds),
        false => Err(format!("history.csv, {}: a sortie without a load", row.id)),
    }
}

/// The hold that a row's aircraft have.
struct Room<'a> {
    s: &'a Scenario,
    fit: &'a Configuration,
    payload: Mass,
}

impl Room<'_> {
    /// Packs the items in order of their elements, longest first, each where fewest stand already: beside its own
    /// element or in the last aircraft, otherwise in a new one.
    fn pack_items(&self, pieces: &[(PieceId, i64)], empty: impl Fn() -> Hold) -> Vec<Hold> {
        let mut pieces = pieces.to_vec();
        let mut elements: Vec<ElementId> = Vec::new();
        for &(piece, _) in &pieces {
            if !elements.contains(&self.s.pieces[piece].element) {
                elements.push(self.s.pieces[piece].element);
            }
        }
        let rank =
            |piece: PieceId| elements.iter().position(|&e| e == self.s.pieces[piece].element);
        pieces.sort_by_key(|&(piece, _)| {
            (rank(piece), std::cmp::Reverse(self.s.pieces[piece].length), piece)
        });
        let mut holds: Vec<Hold> = Vec::new();
        for (piece, count) in pieces {
            for _ in 0..count {
                let last = holds.len().saturating_sub(1);
                let element = self.s.pieces[piece].element;
                let found = (0..holds.len())
                    .filter(|&k| k == last || holds[k].elements(self.s).contains(&element))
                    .filter_map(|k| {
                        Some((holds[k].items.len(), k, self.zone_for(&holds[k], piece)?))
                    })
                    .min();
                match found {
                    Some((_, k, zone)) => holds[k].items.push((piece, zone)),
                    None => {
                        let mut hold = empty();
                        // an item that fits no empty hold stands in zone 0 and is the checker's to refuse
                        hold.items.push((piece, self.zone_for(&hold, piece).unwrap_or(0)));
                        holds.push(hold);
                    }
                }
            }
        }
        holds
    }

    /// Returns the shortest zone in which there is room for one more.
    fn zone_for(&self, hold: &Hold, piece: PieceId) -> Option<usize> {
        let item = &self.s.pieces[piece];
        let mut with = hold.clone();
        with.items.push((piece, 0));
        if with.mass(self.s) > self.payload || with.seats_used(self.s) > self.fit.seats {
            return None;
        }
        let fits = |zone: usize| {
            let there = &self.fit.zones[zone];
            let in_zone = || hold.items.iter().filter(|&&(_, z)| z == zone).map(|&(p, _)| p);
            let length: Length = in_zone().map(|p| self.s.pieces[p].length).sum();
            let mass: Mass = in_zone().map(|p| self.s.pieces[p].mass).sum();
            length + item.length <= there.length
                && item.width <= there.width
                && item.height <= there.height
                && mass + item.mass <= there.max_mass
        };
        (0..self.fit.zones.len())
            .filter(|&zone| fits(zone))
            .min_by_key(|&z| self.fit.zones[z].length)
    }

    /// Shares people out evenly over the aircraft that carry items of their element, then over all.
    fn seat_people(&self, holds: &mut [Hold], people: &[(PieceId, i64)]) -> Result<(), i64> {
        for &(piece, count) in people {
            let element = self.s.pieces[piece].element;
            let with: Vec<usize> = (0..holds.len())
                .filter(|&k| {
                    holds[k].items.iter().any(|&(p, _)| self.s.pieces[p].element == element)
                })
                .collect();
            let mut left = count;
            for among in [with, (0..holds.len()).collect()] {
                for (position, &k) in among.iter().enumerate() {
                    let behind = i64::try_from(among.len() - position).unwrap_or(1);
                    let share = (left + behind - 1) / behind;
                    let seats = self.fit.seats - holds[k].seats_used(self.s);
                    let mass = self.payload - holds[k].mass(self.s);
                    let lifts = mass.0 / self.s.operation.person_mass.0.max(1);
                    let aboard = share.min(seats).min(lifts).max(0);
                    if aboard > 0 {
                        match holds[k].people.iter_mut().find(|(p, _)| *p == piece) {
                            Some((_, there)) => *there += aboard,
                            None => holds[k].people.push((piece, aboard)),
                        }
                        left -= aboard;
                    }
                }
            }
            if left > 0 {
                return Err(left);
            }
        }
        Ok(())
    }
}

/// Returns the payload of a type over a distance: linear between the points, rounded down (model.md, C12).
fn payload(kind: &AircraftType, distance: Distance) -> Mass {
    let points = &kind.payload_range;
    let first = points.first().map_or(Mass::ZERO, |&(_, mass)| mass);
    let Some(next) = points.iter().position(|&(reach, _)| distance <= reach) else {
        return Mass::ZERO;
    };
    let Some(&(near, most)) = next.checked_sub(1).and_then(|before| points.get(before)) else {
        return first;
    };
    let (far, least) = points[next];
    let lost = (most.0 - least.0) * (distance.0 - near.0);
    let span = (far.0 - near.0).max(1);
    Mass(most.0 - (lost + span - 1) / span)
}
