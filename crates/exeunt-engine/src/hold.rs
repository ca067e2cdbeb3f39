//! The hold as the search sees it: seats, and per zone the sum of lengths, width, height and mass.
//!
//! This is the first form of C13 (docs/model.md, section 4): no positions on the floor, no balance.

use exeunt_model::scenario::{AircraftType, Piece, PieceKind, Scenario};
use exeunt_model::{Length, Mass, PieceId};

/// Pieces that wait for an aircraft: a piece row and how many of it.
pub(crate) type Waiting = Vec<(PieceId, i64)>;

/// The load of one aircraft.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Chalk {
    /// Position of the configuration in the type.
    pub(crate) config: usize,
    /// Pieces with their zone (position in the configuration), people without.
    pub(crate) load: Vec<(PieceId, i64, Option<usize>)>,
    /// People, drivers included.
    pub(crate) people: i64,
    /// Vehicles, pallets and containers.
    pub(crate) items: i64,
    /// Floor used.
    pub(crate) floor: Length,
}

impl Chalk {
    pub(crate) fn is_empty(&self) -> bool {
        self.load.is_empty()
    }

    /// Returns the number aboard of each piece, zones joined, in the order of pieces.
    pub(crate) fn counts(&self) -> Vec<(PieceId, i64)> {
        let mut counts: Vec<(PieceId, i64)> = Vec::new();
        for &(piece, count, _) in &self.load {
            match counts.iter_mut().find(|c| c.0 == piece) {
                Some(found) => found.1 += count,
                None => counts.push((piece, count)),
            }
        }
        counts.sort();
        counts
    }
}

/// Fills an aircraft from what waits, one group after the other: longest items first, people on the
/// seats left. Of the
/// configurations the one that takes most floor wins, then most people, then the first.
/// O(configurations x (waiting rows log + items x zones)).
pub(crate) fn fill(
    s: &Scenario,
    aircraft: &AircraftType,
    payload: Mass,
    groups: &[Waiting],
    most_items: i64,
    most_people: i64,
) -> Chalk {
    let mut best = Chalk::default();
    for config in 0..aircraft.configurations.len() {
        let chalk = fill_config(s, aircraft, config, payload, groups, most_items, most_people);
        if (chalk.floor, chalk.people) > (best.floor, best.people) {
            best = chalk;
        }
    }
    best
}

/// Fills an aircraft as [`fill`] does, but leaves people for the loads to come: of those who are left it takes the
/// share that its floor has of all the floor that is left, so that people travel with their vehicles.
pub(crate) fn fill_share(
    s: &Scenario,
    aircraft: &AircraftType,
    payload: Mass,
    groups: &[Waiting],
    left: Left,
    (most_items, most_people): (i64, i64),
) -> Chalk {
    let full = fill(s, aircraft, payload, groups, most_items, most_people);
    if full.floor >= left.floor || full.floor <= Length::ZERO {
        return full;
    }
    let drivers: i64 = full
        .load
        .iter()
        .filter(|(piece, ..)| s.pieces[*piece].kind != PieceKind::People)
        .map(|(piece, count, _)| s.pieces[*piece].drivers * count)
        .sum();
    let walkers = i128::from(left.walkers) * i128::from(full.floor.0);
    let share = (walkers + i128::from(left.floor.0) - 1) / i128::from(left.floor.0);
    let share = i64::try_from(share).unwrap_or(i64::MAX).saturating_add(drivers);
    fill(s, aircraft, payload, groups, most_items, share.min(most_people))
}

/// What is left of a lot: floor that its items need, and people who are no drivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Left {
    pub(crate) floor: Length,
    pub(crate) walkers: i64,
}

impl Left {
    /// Adds pieces.
    pub(crate) fn add(&mut self, piece: &Piece, count: i64) {
        match piece.kind {
            PieceKind::People => self.walkers += count,
            _ => self.floor += piece.length.times(count),
        }
    }
}

pub(crate) fn fill_config(
    s: &Scenario,
    aircraft: &AircraftType,
    config: usize,
    payload: Mass,
    groups: &[Waiting],
    most_items: i64,
    most_people: i64,
) -> Chalk {
    let fit = &aircraft.configurations[config];
    let mut chalk = Chalk { config, ..Chalk::default() };
    let mut mass_left = payload;
    let mut seats_left = fit.seats.min(most_people);
    let mut items_left = most_items;
    let mut zones: Vec<(Length, Mass)> = fit.zones.iter().map(|z| (z.length, z.max_mass)).collect();
    // a zone that carries less is tried first: what fits there leaves the strong floor to others
    let mut order: Vec<usize> = (0..zones.len()).collect();
    order.sort_by_key(|&z| (fit.zones[z].max_mass, fit.zones[z].length));
    for waiting in groups {
        let mut items: Waiting = waiting
            .iter()
            .copied()
            .filter(|(p, _)| s.pieces[*p].kind != PieceKind::People)
            .collect();
        items.sort_by_key(|&(p, _)| (-s.pieces[p].length.0, -s.pieces[p].mass.0, p));
        for (id, count) in items {
            let piece = &s.pieces[id];
            let each = piece.mass + s.operation.person_mass.times(piece.drivers);
            let mut left = count;
            for &z in &order {
                let room = zone_room(piece, &fit.zones[z], zones[z])
                    .min(left)
                    .min(items_left)
                    .min(division(mass_left.0, each.0))
                    .min(division(seats_left, piece.drivers));
                if room <= 0 {
                    continue;
                }
                zones[z].0 -= piece.length.times(room);
                zones[z].1 -= piece.mass.times(room);
                mass_left -= each.times(room);
                seats_left -= piece.drivers * room;
                items_left -= room;
                left -= room;
                chalk.load.push((id, room, Some(z)));
                chalk.items += room;
                chalk.people += piece.drivers * room;
                chalk.floor += piece.length.times(room);
            }
        }
        for &(id, count) in waiting {
            let piece = &s.pieces[id];
            if piece.kind == PieceKind::People {
                let room = count.min(seats_left).min(division(mass_left.0, piece.mass.0));
                if room > 0 {
                    seats_left -= room;
                    mass_left -= piece.mass.times(room);
                    chalk.people += room;
                    chalk.load.push((id, room, None));
                }
            }
        }
    }
    chalk
}

/// Returns how many of a piece a zone still takes.
fn zone_room(
    piece: &Piece,
    zone: &exeunt_model::scenario::Zone,
    (length, mass): (Length, Mass),
) -> i64 {
    if piece.width > zone.width || piece.height > zone.height {
        return 0;
    }
    division(length.0, piece.length.0).min(division(mass.0, piece.mass.0))
}

/// Returns how often `part` goes into `whole`; any number of times if it is nothing.
fn division(whole: i64, part: i64) -> i64 {
    match part {
        1.. => (whole / part).max(0),
        _ => i64::MAX,
    }
}
