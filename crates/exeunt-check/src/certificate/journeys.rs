//! Earliest journeys of single items, as if nobody else were there (model.md section 13.3).

use super::calendar::{NEVER, first_in, is_never, settled};
use super::ways::{Serves, Ways, lifts, mass_of_one, spread};
use exeunt_model::ids::*;
use exeunt_model::scenario::{Element, Milestone, Mode, Piece};
use exeunt_model::time::Timestamp;
use std::collections::BTreeMap;

/// Most journeys that are kept; beyond them all are forgotten and found again.
const KEPT: usize = 100_000;

/// The earliest moments of one item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Journey {
    left_site: Timestamp,
    left_host: Timestamp,
    home_airfield: Timestamp,
    home_base: Timestamp,
    /// Departure from `embark`; of a road element when it leaves.
    pub(crate) departs: Timestamp,
    /// Start of the loading at `embark`; of a road element when it leaves.
    pub(crate) loading: Timestamp,
}

impl Journey {
    pub(crate) fn at(&self, milestone: Milestone) -> Timestamp {
        match milestone {
            Milestone::LeftSite => self.left_site,
            Milestone::LeftHost => self.left_host,
            Milestone::HomeAirfield => self.home_airfield,
            Milestone::HomeBase => self.home_base,
        }
    }

    /// Returns the earlier of both, moment by moment: nothing is said of which of them is made, but that one that never
    /// arrives is not.
    fn or_earlier(self, other: Self) -> Self {
        if is_never(other.home_base) {
            return self;
        }
        if is_never(self.home_base) {
            return other;
        }
        Self {
            left_site: self.left_site.min(other.left_site),
            left_host: self.left_host.min(other.left_host),
            home_airfield: self.home_airfield.min(other.home_airfield),
            home_base: self.home_base.min(other.home_base),
            departs: self.departs.min(other.departs),
            loading: self.loading.min(other.loading),
        }
    }
}

/// What is known of a journey beside the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    /// The element leaves at this moment or later.
    pub(crate) leave: Timestamp,
    /// It departs from `embark` at this moment or later.
    pub(crate) departs: Timestamp,
    /// The loading at `embark` ends at this moment or later.
    pub(crate) loaded: Timestamp,
    /// The unloading at `debark` ends at this moment or later.
    pub(crate) unloaded: Timestamp,
}

impl Given {
    pub(crate) const fn leaving(leave: Timestamp) -> Self {
        let any = Timestamp::MIN;
        Self { leave, departs: any, loaded: any, unloaded: any }
    }
}

/// Journeys, each found once.
pub(crate) struct Journeys<'f, 'a> {
    pub(crate) ways: Ways<'f, 'a>,
    known: BTreeMap<(PieceId, Given), Journey>,
}

impl<'f, 'a> Journeys<'f, 'a> {
    pub(crate) fn new(ways: Ways<'f, 'a>) -> Self {
        Self { ways, known: BTreeMap::new() }
    }

    /// Returns the earliest journey of one of a piece.
    pub(crate) fn of(&mut self, piece: PieceId, given: Given) -> Journey {
        if let Some(&journey) = self.known.get(&(piece, given)) {
            return journey;
        }
        let scenario = self.ways.facts.scenario;
        let row = &scenario.pieces[piece];
        let element = &scenario.elements[row.element];
        let mut journey = match element.mode {
            Mode::Road => self.by_road(element, given),
            Mode::Air { embark, debark } => self.by_air(element, row, (embark, debark), given),
        };
        if element.either {
            journey = journey.or_earlier(self.by_road(element, given));
        }
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert((piece, given), journey);
        journey
    }

    fn by_road(&mut self, element: &Element, given: Given) -> Journey {
        let scenario = self.ways.facts.scenario;
        let leave = settled(given.leave.max(element.load_from.unwrap_or(Timestamp::MIN)));
        let arrivals = self.ways.march(element.party, element.origin, leave);
        let home = self.ways.clears(element.party, element.origin, element.destination, leave);
        let counts_from_site = !self.ways.facts.has_host() || !scenario.is_in_host(element.origin);
        let out = scenario.places.ids().filter(|&place| !scenario.is_in_host(place));
        let left_host = match counts_from_site {
            true => leave,
            false => out.map(|place| arrivals[place.index()]).min().unwrap_or(NEVER),
        };
        Journey {
            left_site: leave,
            left_host,
            home_airfield: home,
            home_base: home,
            departs: leave,
            loading: leave,
        }
    }

    fn by_air(
        &mut self,
        element: &Element,
        piece: &Piece,
        (embark, debark): (PlaceId, PlaceId),
        given: Given,
    ) -> Journey {
        let scenario = self.ways.facts.scenario;
        let leave = settled(given.leave);
        let mut ready = leave;
        if element.origin != embark {
            let field = scenario.places[embark].airfield.as_ref();
            let staging = field.map(|field| field.staging_time).unwrap_or_default();
            ready = self.ways.clears(element.party, element.origin, embark, leave) + staging;
        }
        ready = settled(ready.max(element.load_from.unwrap_or(Timestamp::MIN)));

        let out = self.fly(piece, (embark, debark), ready, given.loaded.max(given.departs));
        let unloaded = self.unload(piece, debark, out.lands);
        let unloaded = settled(unloaded.max(given.unloaded));
        let home_base = self.ways.clears(element.party, debark, element.destination, unloaded);

        let left_site = if element.origin == embark { out.departs } else { leave };
        let is_flown_out = scenario.is_in_host(embark) && !scenario.is_in_host(debark);
        let left_host = if !self.ways.facts.has_host() || !scenario.is_in_host(element.origin) {
            left_site
        } else if is_flown_out {
            out.departs
        } else {
            leave
        };
        Journey {
            left_site,
            left_host,
            home_airfield: out.lands,
            home_base,
            departs: out.departs,
            loading: out.loads,
        }
    }

    /// Returns the earliest loading, departure from `embark` and landing at `debark`.
    fn fly(
        &mut self,
        piece: &Piece,
        (embark, debark): (PlaceId, PlaceId),
        ready: Timestamp,
        ready_to_fly: Timestamp,
    ) -> Out {
        let scenario = self.ways.facts.scenario;
        let mass = mass_of_one(scenario, piece);
        let lifting: Vec<usize> = (0..self.ways.carriers.len())
            .filter(|&carrier| lifts(self.ways.type_of(carrier), piece))
            .collect();
        let mut out = Out { loads: NEVER, departs: NEVER, lands: NEVER };
        let mut labels = vec![NEVER; scenario.places.len()];
        for &carrier in &lifting {
            let from = ready.max(self.ways.first_tail(carrier, embark));
            let starts = self.ways.service_starts(carrier, embark, Serves::Loading);
            let loads = first_in(&starts, settled(from));
            let ends = settled((loads + self.ways.type_of(carrier).onload).max(ready_to_fly));
            let arcs = &self.ways.carriers[carrier].arcs;
            for arc in arcs.iter().filter(|arc| arc.from == embark && arc.payload >= Some(mass)) {
                let departs = first_in(&arc.windows, ends);
                if !is_never(departs) && !is_never(loads) {
                    out.loads = out.loads.min(loads);
                    out.departs = out.departs.min(departs);
                    let label = &mut labels[arc.to.index()];
                    *label = settled(departs + arc.block).min(*label);
                }
            }
        }
        let carriers = &self.ways.carriers;
        spread(&mut labels, |place, t, reach| {
            let arcs = lifting.iter().flat_map(|&carrier| &carriers[carrier].arcs);
            for arc in arcs.filter(|arc| arc.from == place && arc.payload >= Some(mass)) {
                reach(arc.to, first_in(&arc.windows, t) + arc.block);
            }
        });
        out.lands = labels[debark.index()];
        out
    }

    /// Returns when an item that has landed is unloaded at the earliest.
    fn unload(&mut self, piece: &Piece, debark: PlaceId, lands: Timestamp) -> Timestamp {
        let mut least = NEVER;
        for carrier in 0..self.ways.carriers.len() {
            let aircraft = self.ways.type_of(carrier);
            if lifts(aircraft, piece) {
                let starts = self.ways.service_starts(carrier, debark, Serves::Unloading);
                least = least.min(settled(first_in(&starts, lands) + aircraft.offload));
            }
        }
        least
    }
}

/// The flight of one item.
struct Out {
    loads: Timestamp,
    departs: Timestamp,
    lands: Timestamp,
}
