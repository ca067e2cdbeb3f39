//! The hold as the search sees it: seats, and per zone the sum of lengths, width, height and mass.
//!
//! This is the first form of C13 (docs/model.md, section 4): no positions on the floor, no balance.

use exeunt_model::scenario::{AircraftType, Configuration, Piece, PieceKind, Scenario};
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

/// Fills an aircraft from what waits, one group after the other: what must go in one load first, all of an element or
/// nothing of it (C05), then the longest items, people on the seats left. Of the
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
    let mut room = Room::new(s, aircraft, config, payload, (most_items, most_people));
    for waiting in groups {
        room.put_group(waiting);
    }
    room.chalk
}

/// Fills what others leave of an aircraft, which stay where they are.
pub(crate) fn fill_beside(
    s: &Scenario,
    aircraft: &AircraftType,
    config: usize,
    payload: Mass,
    aboard: &[(PieceId, i64, Option<usize>)],
    waiting: &Waiting,
) -> Chalk {
    let mut room = Room::new(s, aircraft, config, payload, (i64::MAX, i64::MAX));
    for &(id, count, zone) in aboard {
        if let Some(zone) = zone {
            room.stow(id, count, zone, 1);
        }
        room.mass -= mass_with_people(s, &s.pieces[id]).times(count);
        room.seats -= s.pieces[id].people_each() * count;
    }
    room.chalk = Chalk { config, ..Chalk::default() };
    room.put_group(waiting);
    room.chalk
}

/// Tries after which a load that must go whole is taken not to fit.
const TRIES_MAX: u32 = 2_000;

/// An aircraft with what is aboard and what is left of it.
#[derive(Clone)]
struct Room<'a> {
    s: &'a Scenario,
    fit: &'a Configuration,
    chalk: Chalk,
    mass: Mass,
    seats: i64,
    items: i64,
    zones: Vec<(Length, Mass)>,
    /// Positions of the zones in the order in which they are tried.
    order: Vec<usize>,
}

impl<'a> Room<'a> {
    fn new(
        s: &'a Scenario,
        aircraft: &'a AircraftType,
        config: usize,
        payload: Mass,
        (most_items, most_people): (i64, i64),
    ) -> Self {
        let fit = &aircraft.configurations[config];
        let mut order: Vec<usize> = (0..fit.zones.len()).collect();
        // a zone that carries less is tried first: what fits there leaves the strong floor to others
        order.sort_by_key(|&z| (fit.zones[z].max_mass, fit.zones[z].length));
        Self {
            s,
            fit,
            chalk: Chalk { config, ..Chalk::default() },
            mass: payload,
            seats: fit.seats.min(most_people),
            items: most_items,
            zones: fit.zones.iter().map(|z| (z.length, z.max_mass)).collect(),
            order,
        }
    }

    /// Takes what must go in one load first, all of an element or nothing of it (C05), then as much of the rest as there is
    /// room for.
    fn put_group(&mut self, waiting: &Waiting) {
        let s = self.s;
        let whole =
            |piece: PieceId| Some(s.pieces[piece].element).filter(|e| s.elements[*e].same_aircraft);
        if waiting.iter().all(|row| whole(row.0).is_none()) {
            return self.put(waiting);
        }
        let mut rest = waiting.clone();
        while let Some(element) = rest.iter().find_map(|row| whole(row.0)) {
            let (all, others): (Waiting, Waiting) =
                rest.into_iter().partition(|row| s.pieces[row.0].element == element);
            self.put_whole(&all);
            rest = others;
        }
        self.put(&rest);
    }

    /// Takes as much as there is room for: longest items first, people on the seats left.
    fn put(&mut self, waiting: &[(PieceId, i64)]) {
        let (s, person) = (self.s, self.s.operation.person_mass);
        for (id, count) in longest_first(s, waiting) {
            let piece = &s.pieces[id];
            let each = piece.mass + person.times(piece.drivers);
            let mut left = count;
            for at in 0..self.order.len() {
                let z = self.order[at];
                let room = zone_room(piece, &self.fit.zones[z], self.zones[z])
                    .min(left)
                    .min(self.items)
                    .min(division(self.mass.0, each.0))
                    .min(division(self.seats, piece.drivers));
                if room <= 0 {
                    continue;
                }
                self.stow(id, room, z, 1);
                self.mass -= each.times(room);
                self.seats -= piece.drivers * room;
                self.items -= room;
                left -= room;
                self.chalk.load.push((id, room, Some(z)));
            }
        }
        for &(id, count) in waiting {
            let piece = &s.pieces[id];
            if piece.kind == PieceKind::People {
                let room = count.min(self.seats).min(division(self.mass.0, piece.mass.0));
                if room > 0 {
                    self.seats -= room;
                    self.mass -= piece.mass.times(room);
                    self.chalk.people += room;
                    self.chalk.load.push((id, room, None));
                }
            }
        }
    }

    /// Takes all of it or nothing (C05).
    fn put_whole(&mut self, all: &[(PieceId, i64)]) {
        let aboard = |room: &Self| room.chalk.load.iter().map(|(_, count, _)| count).sum::<i64>();
        let wanted = aboard(self) + all.iter().map(|(_, count)| count).sum::<i64>();
        let mut tried = self.clone();
        tried.put(all);
        if aboard(&tried) == wanted {
            *self = tried;
            return;
        }
        // longest first has failed: items may stand otherwise
        let items = longest_first(self.s, all);
        let mut tried = self.clone();
        let mut tries = TRIES_MAX;
        let first = items.first().map_or(0, |row| row.1);
        if tried.takes(all) && tried.place(&items, first, 0, &mut tries) {
            let (s, person) = (self.s, self.s.operation.person_mass);
            for &(id, count) in all {
                let piece = &s.pieces[id];
                tried.mass -= (piece.mass + person.times(piece.drivers)).times(count);
                tried.seats -= piece.people_each() * count;
                tried.items -= piece.items_each() * count;
                if piece.kind == PieceKind::People {
                    tried.chalk.people += count;
                    tried.chalk.load.push((id, count, None));
                }
            }
            *self = tried;
        }
    }

    /// Says whether mass, seats and number of items leave room for all of it.
    fn takes(&self, all: &[(PieceId, i64)]) -> bool {
        let person = self.s.operation.person_mass;
        let (mut mass, mut people, mut items) = (Mass::ZERO, 0, 0);
        for &(id, count) in all {
            let piece = &self.s.pieces[id];
            mass += (piece.mass + person.times(piece.drivers)).times(count);
            people += piece.people_each() * count;
            items += piece.items_each() * count;
        }
        mass <= self.mass && people <= self.seats && items <= self.items
    }

    /// Finds floor for `left` of the first row in the zones from one on, and for all rows after it.
    fn place(&mut self, rows: &[(PieceId, i64)], left: i64, zone: usize, tries: &mut u32) -> bool {
        if left == 0 {
            return match rows.get(1) {
                None => true,
                Some(next) => self.place(&rows[1..], next.1, 0, tries),
            };
        }
        let Some(&z) = self.order.get(zone) else { return false };
        let (id, s) = (rows[0].0, self.s);
        let most = zone_room(&s.pieces[id], &self.fit.zones[z], self.zones[z]).min(left);
        for count in (0..=most).rev() {
            let Some(fewer) = tries.checked_sub(1) else { return false };
            *tries = fewer;
            self.stow(id, count, z, 1);
            let before = self.chalk.load.len();
            if count > 0 {
                self.chalk.load.push((id, count, Some(z)));
            }
            if self.place(rows, left - count, zone + 1, tries) {
                return true;
            }
            self.chalk.load.truncate(before);
            self.stow(id, count, z, -1);
        }
        false
    }

    /// Puts items on the floor of a zone, or takes them off again.
    fn stow(&mut self, id: PieceId, count: i64, zone: usize, sign: i64) {
        let (piece, count) = (&self.s.pieces[id], count * sign);
        self.zones[zone].0 -= piece.length.times(count);
        self.zones[zone].1 -= piece.mass.times(count);
        self.chalk.items += count;
        self.chalk.people += piece.drivers * count;
        self.chalk.floor += piece.length.times(count);
    }
}

/// Returns the vehicles, pallets and containers among pieces, the longest first.
fn longest_first(s: &Scenario, waiting: &[(PieceId, i64)]) -> Waiting {
    let mut items: Waiting =
        waiting.iter().copied().filter(|(p, _)| s.pieces[*p].kind != PieceKind::People).collect();
    items.sort_by_key(|&(p, _)| (-s.pieces[p].length.0, -s.pieces[p].mass.0, p));
    items
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

/// Returns the mass of one of a piece with its people.
pub(crate) fn mass_with_people(s: &Scenario, piece: &Piece) -> Mass {
    match piece.kind {
        PieceKind::People => piece.mass,
        _ => Mass(
            piece.mass.0.saturating_add(piece.drivers.saturating_mul(s.operation.person_mass.0)),
        ),
    }
}
