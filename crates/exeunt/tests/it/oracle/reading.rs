//! The oracle's own reading of a scenario: docs/model.md once more, for the part that it covers.
//!
//! Times are seconds from the operation's start. What the oracle does not cover is refused with an assertion,
//! so that a generator that grows cannot outgrow it silently.

use super::system::Windows;
use exeunt_model::scenario::*;
use exeunt_model::{ElementId, Id, Interval, PlaceId, SiteId, TailId, Timestamp};
use std::rc::Rc;

/// One vehicle, pallet or container, or one person: what travels by itself.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) piece: usize,
    pub(crate) element: usize,
    pub(crate) party: usize,
    pub(crate) people: i64,
    pub(crate) origin: usize,
    /// Earliest departure from the origin, sites apart.
    pub(crate) ready: i64,
    pub(crate) load_from: i64,
    pub(crate) freed_by: Vec<usize>,
    pub(crate) way: Way,
    length: i64,
    width: i64,
    height: i64,
    /// Mass without and with its people.
    mass: i64,
    mass_aboard: i64,
    is_person: bool,
}

/// How an item travels.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// To `embark` by road if need be, in one sortie to `debark`, home by road if need be.
    Air {
        embark: usize,
        debark: usize,
        before: Option<Drive>,
        after: Option<Drive>,
    },
    Road(Drive),
}

/// A march of one item by itself, the shortest column there is.
#[derive(Debug, Clone)]
pub(crate) struct Drive {
    pub(crate) road: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) march: i64,
    /// Time until the column's only vehicle has cleared.
    pub(crate) pass: i64,
}

/// A sortie that a tail could fly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hop {
    pub(crate) leg: usize,
    pub(crate) block: i64,
    /// Most mass on board; none if only a ferry reaches so far.
    pub(crate) payload: Option<i64>,
}

/// A scenario as the oracle sees it.
pub(crate) struct Reading<'a> {
    pub(crate) s: &'a Scenario,
    pub(crate) items: Vec<Item>,
    /// When the tail may work.
    pub(crate) at_work: Vec<Windows>,
    /// Where loading takes place.
    pub(crate) host_field: usize,
}

fn round_up(value: i64, per: i64) -> i64 {
    (value + per - 1) / per
}

impl<'a> Reading<'a> {
    pub(crate) fn new(s: &'a Scenario) -> Self {
        assert_covered(s);
        let host_field = s
            .places
            .iter()
            .find(|(id, place)| place.airfield.is_some() && s.is_in_host(*id))
            .map(|(id, _)| id.index())
            .expect("one airfield in the host");
        let mut reading = Self { s, items: Vec::new(), at_work: Vec::new(), host_field };
        for (position, piece) in s.pieces.rows.iter().enumerate() {
            for _ in 0..piece.count {
                let item = reading.item(position, piece);
                reading.items.push(item);
            }
        }
        reading.at_work = s.tails.rows.iter().map(|tail| reading.work_of(tail)).collect();
        reading
    }

    /// Seconds from the operation's start.
    pub(crate) fn relative(&self, t: Timestamp) -> i64 {
        t.0 - self.s.operation.start.0
    }

    fn item(&self, position: usize, piece: &Piece) -> Item {
        let s = self.s;
        let element = &s.elements[piece.element];
        let is_person = piece.kind == PieceKind::People;
        let people = if is_person { 1 } else { piece.drivers };
        let mass = if is_person { s.operation.person_mass.0 } else { piece.mass.0 };
        let extra = if is_person { 0 } else { piece.drivers * s.operation.person_mass.0 };
        let (origin, destination) = (element.origin.index(), element.destination.index());
        let way = match element.mode {
            Mode::Air { embark, debark } => {
                assert_eq!(embark.index(), self.host_field, "items board in the host");
                let drive =
                    |from, to| (from != to).then(|| self.drive(from, to).expect("a road is there"));
                Way::Air {
                    embark: embark.index(),
                    debark: debark.index(),
                    before: drive(origin, embark.index()),
                    after: drive(debark.index(), destination),
                }
            }
            Mode::Road => Way::Road(self.drive(origin, destination).expect("a road is there")),
        };
        Item {
            piece: position,
            element: piece.element.index(),
            party: element.party.index(),
            people,
            origin,
            ready: self.relative(element.ready),
            load_from: element.load_from.map_or(0, |t| self.relative(t)),
            freed_by: element.freed_by.iter().map(|site| site.index()).collect(),
            way,
            length: piece.length.0,
            width: piece.width.0,
            height: piece.height.0,
            mass,
            mass_aboard: mass + extra,
            is_person,
        }
    }

    /// March time is distance over rate, rounded up to minutes; one vehicle takes 3,600,000 / (density x rate)
    /// seconds to pass, rounded up, and a minute of allowance.
    fn drive(&self, from: usize, to: usize) -> Option<Drive> {
        let ends = |road: &Road| {
            let (a, b) = (road.from.index(), road.to.index());
            (a, b) == (from, to) || (b, a) == (from, to)
        };
        let road = self.s.roads.rows.iter().position(ends)?;
        let row = &self.s.roads.rows[road];
        let march = round_up(row.distance.0 * 60, row.rate.0) * 60;
        let density = self.s.operation.march_density_per_km;
        let pass = round_up(3_600 * 1_000, density * row.rate.0) + 60;
        Some(Drive { road, from, to, march, pass })
    }

    fn windows(&self, intervals: &[Interval]) -> Vec<(i64, i64)> {
        intervals.iter().map(|i| (self.relative(i.from), self.relative(i.to))).collect()
    }

    /// Available and not in maintenance.
    fn work_of(&self, tail: &Tail) -> Windows {
        let mut windows =
            vec![(self.relative(tail.available.from), self.relative(tail.available.to))];
        for hole in self.windows(&tail.maintenance) {
            windows = windows
                .into_iter()
                .flat_map(|(from, to)| [(from, to.min(hole.0)), (from.max(hole.1), to)])
                .filter(|(from, to)| from < to)
                .collect();
        }
        Rc::new(windows)
    }

    /// Hours of a field for an activity; none: always open.
    pub(crate) fn hours(&self, field: usize, activity: Activity) -> Option<Windows> {
        let row = self
            .s
            .hours
            .iter()
            .find(|row| row.place.index() == field && row.activity == activity)?;
        Some(Rc::new(self.windows(&row.windows)))
    }

    /// When no curfew of the areas of the two ends forbids a march; none: always.
    pub(crate) fn free_of_curfew(&self, drive: &Drive) -> Option<Windows> {
        if !self.s.operation.curfews_bind_columns {
            return None;
        }
        let area = |place: usize| self.s.places.rows[place].area.clone();
        let areas = [area(drive.from), area(drive.to)];
        let curfew = self.s.curfews.iter().find(|row| areas.contains(&Some(row.area.clone())))?;
        let closed = self.windows(&curfew.windows);
        let mut open = Vec::new();
        let mut from = i64::MIN / 8;
        for (starts, ends) in closed {
            open.push((from, starts));
            from = ends;
        }
        open.push((from, i64::MAX / 8));
        Some(Rc::new(open))
    }

    /// Returns the flight of a tail between two fields, if it can be flown at all.
    pub(crate) fn hop(&self, tail: usize, from: usize, to: usize) -> Option<Hop> {
        let aircraft = self.aircraft(tail);
        let joins = |row: &AirLeg| {
            let (a, b) = (row.from.index(), row.to.index());
            (a, b) == (from, to) || (b, a) == (from, to)
        };
        let leg = self.s.air_legs.rows.iter().position(joins)?;
        let distance = self.s.air_legs.rows[leg].distance.0;
        let runway = |place: usize| {
            let field = self.s.places.rows[place].airfield.as_ref();
            field.is_some_and(|field| field.runway.0 >= aircraft.min_runway.0)
        };
        let is_reached = distance <= aircraft.ferry_range.0 && runway(from) && runway(to);
        let block = round_up(distance * 60, aircraft.block_speed.0) * 60;
        is_reached.then(|| Hop { leg, block, payload: payload(aircraft, distance) })
    }

    pub(crate) fn aircraft(&self, tail: usize) -> &'a AircraftType {
        &self.s.types[self.s.tails.rows[tail].aircraft]
    }

    /// Returns the debarkation field that a set of items has in common.
    pub(crate) fn common_debark(&self, load: &[usize]) -> Option<usize> {
        let debark = |item: &usize| match self.items[*item].way {
            Way::Air { debark, .. } => Some(debark),
            Way::Road(_) => None,
        };
        let first = debark(load.first()?)?;
        load.iter().all(|item| debark(item) == Some(first)).then_some(first)
    }

    /// Returns the zones in which the items of a load can stand, none for people; `None` if it does not fit.
    pub(crate) fn stow(&self, tail: usize, load: &[usize]) -> Option<Vec<Option<usize>>> {
        let payload = self.hop(tail, self.host_field, self.common_debark(load)?)?.payload?;
        let fit = &self.aircraft(tail).configurations[0];
        let items = || load.iter().map(|&item| &self.items[item]);
        if items().map(|item| item.mass_aboard).sum::<i64>() > payload
            || items().map(|item| item.people).sum::<i64>() > fit.seats
        {
            return None;
        }
        // every way to give the items zones, read as digits of a number
        let n_zones = fit.zones.len();
        let n_ways = n_zones.pow(u32::try_from(load.len()).expect("few items"));
        (0..n_ways.max(1)).find_map(|way| {
            let mut digits = way;
            let mut used = vec![(0, 0); n_zones];
            let mut zones = Vec::new();
            for item in items() {
                if item.is_person {
                    zones.push(None);
                    continue;
                }
                let zone = fit.zones.get(digits % n_zones.max(1))?;
                if item.width > zone.width.0 || item.height > zone.height.0 {
                    return None;
                }
                let (length, mass) = &mut used[digits % n_zones];
                *length += item.length;
                *mass += item.mass;
                zones.push(Some(digits % n_zones));
                digits /= n_zones;
            }
            let fits = |(zone, &(length, mass)): (&Zone, &(i64, i64))| {
                length <= zone.length.0 && mass <= zone.max_mass.0
            };
            fit.zones.iter().zip(&used).all(fits).then_some(zones)
        })
    }

    /// Total of a kind of resource at a field; none: no limit.
    pub(crate) fn capacity(
        &self,
        field: usize,
        is_kind: impl Fn(ResourceKind) -> bool,
    ) -> Option<i64> {
        let rows = self.s.resources.rows.iter().filter(|row| {
            row.place.is_some_and(|place| place.index() == field) && is_kind(row.kind)
        });
        rows.map(|row| row.capacity[0].amount)
            .fold(None, |sum, amount| Some(sum.unwrap_or(0) + amount))
    }
}

/// Payload over a distance: constant before the first point, linear between points and rounded down to
/// kilograms, none beyond the last.
fn payload(aircraft: &AircraftType, distance: i64) -> Option<i64> {
    let points = &aircraft.payload_range;
    if distance <= points[0].0.0 {
        return Some(points[0].1.0);
    }
    points.windows(2).find(|pair| distance <= pair[1].0.0).map(|pair| {
        let ((near, most), (far, least)) = (pair[0], pair[1]);
        let fall = (most.0 - least.0) * (distance - near.0);
        most.0 - round_up(fall, far.0 - near.0)
    })
}

/// Asserts that the scenario has nothing that the oracle leaves out.
fn assert_covered(s: &Scenario) {
    let always = |windows: &[Interval]| windows == [Interval::ALWAYS];
    for row in &s.resources.rows {
        let is_team = row.kind == ResourceKind::Team;
        assert!(row.keep == 0 && row.kind != ResourceKind::Service, "nothing is kept");
        assert!(row.capacity.len() == 1 && row.capacity[0].provided_by.is_none(), "one row each");
        assert!(is_team || always(&row.capacity[0].windows), "capacity of fields is constant");
        assert!(!matches!(row.kind, ResourceKind::Stand(class) if class != StandClass::D));
    }
    for aircraft in &s.types.rows {
        assert!(aircraft.stand == StandClass::D && aircraft.configurations.len() == 1);
    }
    for road in &s.roads.rows {
        assert!(road.headway.is_none() && road.border.is_none() && road.max_vehicles != Some(0));
    }
    for leg in &s.air_legs.rows {
        assert!(leg.closed.is_empty() && leg.types.is_empty(), "legs are open to all");
    }
    for place in &s.places.rows {
        let field = place.airfield.as_ref();
        let limits = |field: &Airfield| field.staging_people.or(field.staging_vehicles);
        assert!(field.and_then(limits).is_none() && place.position.is_none());
    }
    for element in &s.elements.rows {
        assert!(element.due.is_none_or(|due| !due.hard), "hard dates are left out");
        assert!(!element.same_aircraft && element.spread.is_none(), "C05 is left out");
    }
    for promise in &s.promises.rows {
        assert!(!promise.before_start && promise.same_as.is_none());
        assert!(matches!(promise.predicate, Predicate::BegunBy { .. } | Predicate::AllBy { .. }));
    }
    assert!(s.tails.rows.iter().all(|tail| tail.user_class == UserClass::Military));
    assert!(s.hours.iter().all(|row| row.user_class == UserClass::Military));
    assert!(s.curfews.len() < 2);
    for tail in s.tails.ids() {
        assert_ferries_covered(s, tail);
    }
}

/// Asserts what the argument on ferry flights in the module's header needs: a base without hours and slot,
/// no farther from the host's field than any other, and loaded legs that all touch the host.
fn assert_ferries_covered(s: &Scenario, tail: TailId) {
    let base = s.tails[tail].base;
    let field = s.places[base].airfield.as_ref().expect("a base is an airfield");
    assert!(field.slot.0 == 0, "no slots at a base");
    let has_hours =
        s.hours.iter().any(|row| row.place == base && row.activity == Activity::Movement);
    assert!(!has_hours, "no hours of movement at a base");
    let in_host = |place: PlaceId| s.is_in_host(place);
    let legs = || s.air_legs.rows.iter();
    let farthest = legs().filter(|leg| in_host(leg.from)).map(|leg| leg.distance.0).max();
    let nearest = legs().filter(|leg| in_host(leg.from)).map(|leg| leg.distance.0).min();
    let own = legs().find(|leg| in_host(leg.from) && leg.to == base).map(|leg| leg.distance.0);
    assert!(in_host(base) || own == nearest, "the base is nearest to the host");
    let aircraft = &s.types[s.tails[tail].aircraft];
    let reach = aircraft.payload_range.last().map(|point| point.0.0);
    for leg in legs().filter(|leg| !in_host(leg.from)) {
        assert!(Some(leg.distance.0) > reach && Some(leg.distance.0) >= farthest);
    }
}

/// Positions in place of ids.
pub(crate) fn positions(set: &[ElementId]) -> Vec<usize> {
    set.iter().map(|element| element.index()).collect()
}

/// Whether a site is among those of a list of ids.
pub(crate) fn names_site(sites: &[SiteId], site: usize) -> bool {
    sites.iter().any(|id| id.index() == site)
}
