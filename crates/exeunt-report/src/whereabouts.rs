//! Where the pieces of a plan are at a moment, as far as a plan that is kept to says.
//!
//! Counts only: items of one piece are alike, so what left a place and what reached it decide how
//! many are there. One pass over the plan; people count singly, drivers with their vehicle.

use exeunt_model::formula::pass_time;
use exeunt_model::plan::{Column, Line};
use exeunt_model::scenario::Mode;
use exeunt_model::{ElementId, Id, PartyId, PieceId, PlaceId, Plan, Scenario, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// How far a piece has come, least far first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    AtOrigin,
    MarchingOut,
    AtAirfield,
    Loading,
    InFlight,
    Landed,
    MarchingHome,
    Home,
}

/// How many of a piece are where.
#[derive(Debug, Clone, Default)]
struct Standing {
    /// At places, below zero only in plans that break custody.
    at: BTreeMap<PlaceId, i64>,
    /// Between places.
    under_way: BTreeMap<Stage, i64>,
    /// How many have left the host.
    left_host: i64,
}

/// Where a party's pieces are, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// All have reached this, or nothing is further.
    Stage(Stage),
    /// All are at their origins, of which some are guarded sites.
    AtSites,
    /// All of a party that comes in are at their origins, outside the host.
    AtHome,
    /// All of a party that comes in have reached their ends.
    InPlace,
    /// So many per cent are out, of people or of pieces, rounded down.
    Part {
        /// Per cent.
        percent: i64,
        /// Of people; otherwise of pieces.
        people: bool,
        /// Out of the host; otherwise under way.
        leaves_host: bool,
    },
    /// It has no pieces.
    Nowhere,
}

/// Says in a word or two where each party's pieces are at `now`; a party without pieces gets none.
pub(crate) fn words(scenario: &Scenario, plan: &Plan, now: Timestamp) -> BTreeMap<PartyId, String> {
    let parties = of_parties(scenario, plan, now).into_iter();
    parties.map(|(party, whereabouts)| (party, whereabouts.word())).collect()
}

/// Finds where each party's pieces are at `now`.
pub(crate) fn of_parties(
    scenario: &Scenario,
    plan: &Plan,
    now: Timestamp,
) -> BTreeMap<PartyId, Where> {
    let scenario = &*scenario.resolved(&plan.choices);
    let standing = stand(scenario, plan, now);
    let mut tallies: BTreeMap<PartyId, Tally> = BTreeMap::new();
    for (id, piece) in scenario.pieces.iter() {
        let element = &scenario.elements[piece.element];
        let tally = tallies.entry(element.party).or_default();
        let here = &standing[id.index()];
        for (&place, &count) in &here.at {
            tally.add(stage_at(scenario, piece.element, place), count);
        }
        for (&stage, &count) in &here.under_way {
            tally.add(stage, count);
        }
        let at_origin = here.at.get(&element.origin).copied().unwrap_or(0);
        let starts_in_host = scenario.is_in_host(element.origin);
        let out = if starts_in_host { here.left_host } else { piece.count - at_origin };
        tally.out += out;
        tally.people_out += out * piece.people_each();
        tally.people += piece.count * piece.people_each();
        tally.leaves_host |= starts_in_host;
        tally.guards |= scenario.sites.iter().any(|(_, site)| site.place == element.origin);
    }
    tallies.into_iter().map(|(party, tally)| (party, tally.summed_up())).collect()
}

fn stage_at(scenario: &Scenario, element: ElementId, place: PlaceId) -> Stage {
    let element = &scenario.elements[element];
    let (embark, debark) = match element.mode {
        Mode::Air { embark, debark } => (Some(embark), Some(debark)),
        Mode::Road => (None, None),
    };
    if place == element.destination {
        Stage::Home
    } else if place == element.origin {
        Stage::AtOrigin
    } else if Some(place) == debark {
        Stage::Landed
    } else if Some(place) == embark {
        Stage::AtAirfield
    } else {
        Stage::MarchingOut
    }
}

/// A party's pieces by stage.
#[derive(Debug, Default)]
struct Tally {
    stages: BTreeMap<Stage, i64>,
    total: i64,
    out: i64,
    people: i64,
    people_out: i64,
    leaves_host: bool,
    guards: bool,
}

impl Tally {
    fn add(&mut self, stage: Stage, count: i64) {
        if count > 0 {
            *self.stages.entry(stage).or_default() += count;
            self.total += count;
        }
    }

    fn summed_up(&self) -> Where {
        let stages = || self.stages.keys().copied();
        let uniform = stages().count() == 1;
        let stage = if uniform || self.out >= self.total {
            stages().next() // everything is at least here
        } else if self.out <= 0 {
            stages().next_back() // nothing is further than this
        } else {
            let (out, total) = match self.people {
                0 => (self.out, self.total),
                people => (self.people_out, people),
            };
            // rounded down, but never to nothing when somebody has left
            let percent = (out * 100 / total).max(i64::from(out > 0));
            return Where::Part {
                percent,
                people: self.people != 0,
                leaves_host: self.leaves_host,
            };
        };
        match stage {
            Some(Stage::AtOrigin) if self.guards => Where::AtSites,
            Some(Stage::AtOrigin) if !self.leaves_host => Where::AtHome,
            Some(Stage::Home) if !self.leaves_host => Where::InPlace,
            Some(stage) => Where::Stage(stage),
            None => Where::Nowhere,
        }
    }
}

impl Where {
    fn word(self) -> String {
        match self {
            Self::AtSites => "at sites",
            Self::AtHome => "at home",
            Self::InPlace => "in place",
            Self::Stage(Stage::AtOrigin) => "in place",
            Self::Stage(Stage::MarchingOut | Stage::MarchingHome) => "marching",
            Self::Stage(Stage::AtAirfield) => "at the airfield",
            Self::Stage(Stage::Loading) => "loading",
            Self::Stage(Stage::InFlight) => "in flight",
            Self::Stage(Stage::Landed) => "landed",
            Self::Stage(Stage::Home) => "home",
            Self::Nowhere => "-",
            Self::Part { percent, people, leaves_host } => {
                let whom = if people { "people" } else { "pieces" };
                let out = if leaves_host { "out" } else { "under way" };
                return format!("{percent} % of {whom} {out}");
            }
        }
        .to_owned()
    }
}

/// Names of a scenario by id, for a plan that speaks in names.
struct Names<'a> {
    scenario: &'a Scenario,
    pieces: HashMap<&'a str, PieceId>,
    places: HashMap<&'a str, PlaceId>,
    roads: HashMap<&'a str, exeunt_model::RoadId>,
}

impl Names<'_> {
    fn piece(&self, name: &str) -> Option<PieceId> {
        self.pieces.get(name).copied()
    }
    /// Returns the piece of a load with its count; a plan that says more than there are, or fewer than none, is taken
    /// at all or none.
    fn load(&self, name: &str, count: i64) -> Option<(PieceId, i64)> {
        let piece = self.piece(name)?;
        Some((piece, count.clamp(0, self.scenario.pieces[piece].count.max(0))))
    }
    fn place(&self, name: &str) -> Option<PlaceId> {
        self.places.get(name).copied()
    }
}

fn stand(scenario: &Scenario, plan: &Plan, now: Timestamp) -> Vec<Standing> {
    let names = Names {
        scenario,
        pieces: scenario.pieces.iter().map(|(id, piece)| (piece.name.as_str(), id)).collect(),
        places: scenario.places.iter().map(|(id, place)| (place.name.as_str(), id)).collect(),
        roads: scenario.roads.iter().map(|(id, road)| (road.name.as_str(), id)).collect(),
    };
    let mut standing = vec![Standing::default(); scenario.pieces.len()];
    for (id, piece) in scenario.pieces.iter() {
        let origin = scenario.elements[piece.element].origin;
        standing[id.index()].at.insert(origin, piece.count);
    }
    for column in &plan.columns {
        march(scenario, &names, column, now, &mut standing);
    }
    for line in &plan.lines {
        fly(scenario, &names, line, now, &mut standing);
    }
    standing
}

fn crosses_out(scenario: &Scenario, from: Option<PlaceId>, to: Option<PlaceId>) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return false };
    scenario.is_in_host(from) && !scenario.is_in_host(to)
}

fn march(
    scenario: &Scenario,
    names: &Names<'_>,
    column: &Column,
    now: Timestamp,
    all: &mut [Standing],
) {
    let (Some(first), Some(last)) = (column.marches.first(), column.marches.last()) else { return };
    if now < first.departs {
        return;
    }
    let load = || column.load.iter().filter_map(|l| names.load(&l.piece, l.count));
    let items: i64 = load().map(|(id, n)| n * scenario.pieces[id].items_each()).sum();
    let tail = names.roads.get(last.road.as_str()).and_then(|&road| {
        let density = scenario.operation.march_density_per_km;
        let rate = scenario.roads[road].rate;
        pass_time(items.max(1), density, rate, exeunt_model::Duration::ZERO)
    });
    let clears = last.arrives + tail.unwrap_or_default();
    let crossing = column.marches.iter().find(|m| {
        crosses_out(scenario, names.place(&m.from), names.place(&m.to)) && m.arrives <= now
    });
    for (id, count) in load() {
        let standing = &mut all[id.index()];
        if let Some(from) = names.place(&first.from) {
            *standing.at.entry(from).or_default() -= count;
        }
        let Some(to) = names.place(&last.to) else { continue };
        if clears <= now {
            *standing.at.entry(to).or_default() += count;
        } else {
            let homeward = to == scenario.elements[scenario.pieces[id].element].destination;
            let stage = if homeward { Stage::MarchingHome } else { Stage::MarchingOut };
            *standing.under_way.entry(stage).or_default() += count;
        }
        if crossing.is_some() {
            standing.left_host += count;
        }
    }
}

fn fly(scenario: &Scenario, names: &Names<'_>, line: &Line, now: Timestamp, all: &mut [Standing]) {
    let on_board = |k: usize| {
        let mut counts: BTreeMap<PieceId, i64> = BTreeMap::new();
        for load in line.sorties.get(k).map_or(&[][..], |sortie| &sortie.load) {
            if let Some((id, count)) = names.load(&load.piece, load.count) {
                *counts.entry(id).or_default() += count;
            }
        }
        counts
    };
    let mut before = BTreeMap::new();
    let mut here = on_board(0);
    for (k, sortie) in line.sorties.iter().enumerate() {
        let after = on_board(k + 1);
        let (from, to) = (names.place(&sortie.from), names.place(&sortie.to));
        let boarding_starts = sortie.loading.map_or(sortie.departs, |service| service.starts);
        let unloaded = sortie.unloading.map_or(sortie.lands, |service| service.ends);
        for (&id, &count) in &here {
            let standing = &mut all[id.index()];
            let boarded = (count - before.get(&id).copied().unwrap_or(0)).max(0);
            let leaving = (count - after.get(&id).copied().unwrap_or(0)).max(0);
            if let Some(from) = from.filter(|_| boarding_starts <= now) {
                *standing.at.entry(from).or_default() -= boarded;
            }
            if boarding_starts <= now && now < sortie.departs {
                *standing.under_way.entry(Stage::Loading).or_default() += boarded;
            }
            if sortie.departs <= now && crosses_out(scenario, from, to) {
                standing.left_host += count;
            }
            if sortie.departs <= now && now < sortie.lands {
                *standing.under_way.entry(Stage::InFlight).or_default() += count;
            }
            if now < sortie.lands {
                continue;
            }
            if now < unloaded {
                *standing.under_way.entry(Stage::Landed).or_default() += leaving;
            } else if let Some(to) = to {
                *standing.at.entry(to).or_default() += leaving;
            }
            if line.sorties.get(k + 1).is_some_and(|next| now < next.departs) {
                // those who stay on board through the stop
                *standing.under_way.entry(Stage::InFlight).or_default() += count - leaving;
            }
        }
        before = here;
        here = after;
    }
}
