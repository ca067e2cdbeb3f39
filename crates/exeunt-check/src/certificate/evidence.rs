//! The sums of a certificate: teams, fields, fleets and covers (model.md sections 13.4 and 13.5).
//!
//! Each function does one kind of evidence again and returns what follows from it, or in a phrase why it does
//! not hold.

use super::calendar::{NEVER, Profile, common, is_never, next_multiple, settled};
use super::cover::{self, Priced, Weighed};
use super::premise::{Premise, Relaxation};
use super::steps::need;
use super::ways::mass_of_one;
use exeunt_model::certificate::{Cover, Field, FieldKind, Fleet, Side, Teams};
use exeunt_model::ids::*;
use exeunt_model::scenario::{AircraftType, Milestone, Mode, ResourceKind};
use exeunt_model::time::{Duration, Interval, Timestamp, to_windows};
use exeunt_model::units::Mass;
use std::collections::{BTreeMap, BTreeSet};

/// Most that one piece may weigh in a cover.
const WEIGHT_MAX: i64 = 1_000_000_000_000;

/// What follows, or why a certificate does not hold.
pub(crate) type Sum<T> = Result<T, String>;

/// A cover whose weights and capacities hold.
pub(crate) struct Covered {
    pub(crate) field: PlaceId,
    pub(crate) side: Side,
    pub(crate) elements: Vec<ElementId>,
    /// Pieces that weigh something and could arrive; one of them must be carried.
    pieces: Vec<PieceId>,
    /// Weight of all that must be carried.
    total: i128,
    /// Per type that can carry, its capacity.
    capacities: BTreeMap<TypeId, i64>,
}

impl Relaxation<'_, '_> {
    /// Returns the ids of elements, each named once.
    pub(crate) fn elements(&self, names: &[String]) -> Sum<Vec<ElementId>> {
        let mut set = BTreeSet::new();
        for name in names {
            let id = self.names.elements.get(name.as_str()).copied();
            let id = id.ok_or_else(|| format!("the scenario has no element `{name}`"))?;
            if !set.insert(id) {
                return Err(format!("it names element `{name}` twice"));
            }
        }
        match set.is_empty() {
            true => Err("it names no element".to_owned()),
            false => Ok(set.into_iter().collect()),
        }
    }

    /// Does the sums of work of a team again and returns its steps.
    pub(crate) fn teams(&self, premise: &Premise, teams: &Teams) -> Sum<Vec<StepId>> {
        let scenario = self.scenario;
        let name = &teams.resource;
        let resource = scenario.resource(name);
        let resource = resource.ok_or_else(|| format!("the scenario has no resource `{name}`"))?;
        if scenario.resources[resource].kind != ResourceKind::Team {
            return Err(format!("resource `{name}` is no team"));
        }
        let earliest = self.steps.earliest(&premise.floors);
        let mut steps = BTreeSet::new();
        let mut work = 0_i128;
        for name in &teams.steps {
            let id = self.names.steps.get(name.as_str()).copied();
            let id = id.ok_or_else(|| format!("the scenario has no step `{name}`"))?;
            let step = &scenario.steps[id];
            if !steps.insert(id) {
                return Err(format!("it names step `{name}` twice"));
            }
            if !premise.required[id.index()] {
                return Err(format!("step `{name}` need not take place"));
            }
            let used = need(step, resource);
            if used <= 0 {
                return Err(format!("step `{name}` does not use team `{}`", teams.resource));
            }
            if earliest[id.index()] < teams.from {
                let t = earliest[id.index()];
                return Err(format!("step `{name}` can start at {t}, before {}", teams.from));
            }
            work = work.saturating_add(i128::from(used) * i128::from(step.duration.0));
        }
        if steps.is_empty() {
            return Err("it names no step".to_owned());
        }
        let ends = self.steps.worked_off(resource, teams.from, work);
        not_after("the last step ends", teams.last_ends, ends)?;
        Ok(steps.into_iter().collect())
    }

    /// Returns the moment before which the last of a set does not reach a milestone, if one of some steps ends
    /// at a moment or later.
    pub(crate) fn path_after_steps(
        &mut self,
        premise: &Premise,
        (set, milestone): (&[ElementId], Milestone),
        steps: &[StepId],
        end: Timestamp,
    ) -> Option<Timestamp> {
        let mut least: Option<Timestamp> = None;
        for &step in steps {
            let floors = self.steps.ending(&premise.floors, step, end);
            let path = self.path(premise, set, milestone, &floors)?;
            least = Some(least.map_or(path, |least| least.min(path)));
        }
        least
    }

    /// Returns the earliest start of a step if one of some others ends at a moment or later.
    pub(crate) fn step_after_steps(
        &self,
        premise: &Premise,
        step: StepId,
        steps: &[StepId],
        end: Timestamp,
    ) -> Timestamp {
        let start = |other: &StepId| {
            let floors = self.steps.ending(&premise.floors, *other, end);
            self.steps.earliest(&floors)[step.index()]
        };
        steps.iter().map(start).min().unwrap_or(NEVER)
    }

    /// Does the sums of an airfield's services again; returns the moment before which the last of the set does
    /// not reach the milestone.
    pub(crate) fn field(
        &mut self,
        premise: &Premise,
        (set, milestone): (&[ElementId], Milestone),
        field: &Field,
    ) -> Sum<Timestamp> {
        let covered = self.cover(premise, &field.cover)?;
        within(self, &covered.elements, set)?;
        let side = covered.side;
        if field.kind == FieldKind::HostCheck && side == Side::Unloading {
            return Err("an unloading needs no host check".to_owned());
        }
        if side == Side::Unloading && milestone != Milestone::HomeBase {
            return Err("an unloading says nothing of a milestone before it".to_owned());
        }
        let facts = self.journeys.ways.facts;
        let mut resources: Vec<ResourceId> = Vec::new();
        for (id, row) in self.scenario.resources.iter() {
            if row.place == Some(covered.field) && field.kind.covers(row.kind) {
                resources.push(id);
            }
        }
        if resources.is_empty() {
            return Err(format!("{} has no limit of that kind", field.cover.field));
        }
        self.starts_after(premise, &covered, field.from)?;

        let price = |aircraft: &AircraftType| {
            let lasts = service_of(aircraft, side);
            let units = match field.kind {
                FieldKind::Handling => aircraft.handling_teams,
                FieldKind::HostCheck | FieldKind::Stand => 1,
            };
            lasts.0.max(0).saturating_mul(units.max(0))
        };
        let work = self.least_cost(&covered, |_, aircraft| price(aircraft));
        if work.is_some_and(|work| i128::from(field.work) > work) {
            let work = work.unwrap_or(0);
            return Err(format!("the work is {} s, the services come to {work} s", field.work));
        }
        let mut open: Vec<Interval> = Vec::new();
        let classes: BTreeSet<_> = facts.scenario.tails.rows.iter().map(|t| t.user_class).collect();
        for class in classes {
            open.extend(self.journeys.ways.handling_hours(covered.field, class));
        }
        let there = Profile::of(self.scenario, &resources);
        let open = to_windows(open);
        let mut ends = there.worked_off(field.from, &open, i128::from(field.work));
        if there.is_level(field.from, ends, &open) {
            let used = covered.capacities.iter().filter(|(_, weight)| **weight > 0);
            let lasts = used.map(|(id, _)| service_of(&self.scenario.types[*id], side));
            ends = next_multiple(field.from, ends, lasts.fold(0, |a, b| common(a, b.0)));
        }
        not_after("the last service ends", field.last_ends, ends)?;
        Ok(self.after_service(premise, &covered, milestone, field.last_ends))
    }

    /// Does the sums of a fleet's cycle again; returns the moment before which the last of the set does not
    /// reach the milestone.
    pub(crate) fn fleet(
        &mut self,
        premise: &Premise,
        (set, milestone): (&[ElementId], Milestone),
        fleet: &Fleet,
    ) -> Sum<Timestamp> {
        let covered = self.cover(premise, &fleet.cover)?;
        within(self, &covered.elements, set)?;
        if covered.side == Side::Unloading {
            return Err("a fleet is counted by what it loads".to_owned());
        }
        self.starts_after(premise, &covered, fleet.from)?;
        let lines = self.lines(&covered, fleet.from);
        not_after("the last loading ends", fleet.last_ends, carried_by(&lines, covered.total))?;
        Ok(self.after_service(premise, &covered, milestone, fleet.last_ends))
    }

    /// Returns the most that each tail can load at the cover's field, from a moment on.
    fn lines(&self, covered: &Covered, from: Timestamp) -> Vec<LoadingLine> {
        let ways = &self.journeys.ways;
        let field = covered.field;
        let cycles: Vec<Option<Cycle>> = (0..ways.carriers.len())
            .map(|carrier| {
                let mine = ways.carriers[carrier].arcs.iter();
                let out = mine.filter(|arc| arc.from == field && arc.payload.is_some());
                let back = out.map(|arc| {
                    ways.least_block(carrier, arc.to, field).map(|back| arc.block + back)
                });
                // none: no arc that carries loads; `Some(None)`: no way back
                back.reduce(|a, b| match (a, b) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    _ => a.or(b),
                })
            })
            .collect();
        let line = |tail: &super::ways::TailWays| {
            let aircraft = ways.type_of(tail.carrier);
            let weight = covered.capacities.get(&ways.carriers[tail.carrier].aircraft)?;
            let flight = cycles[tail.carrier]?;
            let first = settled(from.max(tail.at[field.index()]) + aircraft.onload);
            let ground = aircraft.onload.max(Duration::ZERO) + aircraft.offload.max(Duration::ZERO);
            let cycle = flight.map(|flight| flight + ground);
            (!is_never(first)).then(|| LoadingLine { first, cycle, weight: i128::from(*weight) })
        };
        ways.tails.iter().filter_map(line).collect()
    }

    /// Returns the least number, minutes and cost of the sorties that some covers need.
    pub(crate) fn loads(&mut self, premise: &Premise, covers: &[Cover]) -> Sum<[i128; 3]> {
        let mut fields = BTreeSet::new();
        let mut elements = BTreeSet::new();
        let mut sums = [0_i128; 3];
        for row in covers {
            let covered = self.cover(premise, row)?;
            if covered.side == Side::Unloading {
                return Err("sorties are counted by what they load".to_owned());
            }
            if !fields.insert(covered.field) {
                return Err(format!("two covers are about {}", row.field));
            }
            if let Some(&twice) = covered.elements.iter().find(|&&id| !elements.insert(id)) {
                let name = &self.scenario.elements[twice].name;
                return Err(format!("two covers count element `{name}`"));
            }
            let minutes = self.least_minutes(covered.field);
            let minutes_of = |id: TypeId| minutes.get(&id).copied().unwrap_or(0);
            let cost_of = |id: TypeId, aircraft: &AircraftType| {
                let cost = i128::from(minutes_of(id)) * i128::from(aircraft.cost_per_hour.max(0));
                i64::try_from(cost / 60).unwrap_or(i64::MAX)
            };
            let least = [
                self.least_cost(&covered, |_, _| 1),
                self.least_cost(&covered, |id, _| minutes_of(id)),
                self.least_cost(&covered, cost_of),
            ];
            for (sum, least) in sums.iter_mut().zip(least) {
                let least = least.ok_or_else(|| format!("nothing carries from {}", row.field))?;
                *sum = sum.saturating_add(least);
            }
        }
        Ok(sums)
    }

    /// Returns per type the least block time of its arcs that carry loads from a field, in minutes.
    fn least_minutes(&self, field: PlaceId) -> BTreeMap<TypeId, i64> {
        let mut least: BTreeMap<TypeId, i64> = BTreeMap::new();
        for carrier in &self.journeys.ways.carriers {
            for arc in carrier.arcs.iter().filter(|a| a.from == field && a.payload.is_some()) {
                let minutes = least.entry(carrier.aircraft).or_insert(i64::MAX);
                *minutes = (arc.block.0 / 60).min(*minutes);
            }
        }
        least
    }

    fn least_cost(
        &self,
        covered: &Covered,
        cost: impl Fn(TypeId, &AircraftType) -> i64,
    ) -> Option<i128> {
        let priced = covered.capacities.iter().map(|(&id, &weight)| Priced {
            weight: i128::from(weight),
            cost: cost(id, &self.scenario.types[id]),
        });
        cover::least_cost(covered.total, &priced.collect::<Vec<_>>())
    }

    /// Checks a cover: names, weights, capacities and total.
    pub(crate) fn cover(&self, premise: &Premise, row: &Cover) -> Sum<Covered> {
        let scenario = self.scenario;
        let field = scenario.place(&row.field);
        let field = field.ok_or_else(|| format!("the scenario has no place `{}`", row.field))?;
        let elements = self.elements(&row.elements)?;
        for &id in &elements {
            let element = &scenario.elements[id];
            let end = match (element.mode, row.side) {
                // it may go by road
                _ if element.either => None,
                (Mode::Air { embark, .. }, Side::Loading) => Some(embark),
                (Mode::Air { debark, .. }, Side::Unloading) => Some(debark),
                (Mode::Road, _) => None,
            };
            if end != Some(field) {
                let what = match row.side {
                    Side::Loading => "board",
                    Side::Unloading => "leave the aircraft",
                };
                let name = &element.name;
                return Err(format!("element `{name}` does not {what} at {}", row.field));
            }
            if !premise.moves[id.index()] {
                return Err(format!("element `{}` need not move", element.name));
            }
        }
        let weighed = self.weighed(row, &elements)?;
        let total = must_be_carried(weighed.iter().map(|(_, one)| *one), premise.may_stay);
        if i128::from(row.total) > total {
            let claimed = row.total;
            return Err(format!(
                "the total is {claimed}, the pieces that must move come to {total}"
            ));
        }
        if row.total < 1 {
            return Err("nothing must be carried".to_owned());
        }
        let pieces: Vec<Weighed> = weighed.iter().map(|(_, one)| *one).collect();
        let capacities = self.capacities(row, field, &pieces)?;
        let has_weight = |one: &Weighed| one.weight > 0 && one.count > 0;
        Ok(Covered {
            field,
            side: row.side,
            elements,
            pieces: weighed.iter().filter(|(_, one)| has_weight(one)).map(|(id, _)| *id).collect(),
            total: i128::from(row.total),
            capacities,
        })
    }

    /// Returns the pieces that a cover weighs.
    fn weighed(&self, row: &Cover, elements: &[ElementId]) -> Sum<Vec<(PieceId, Weighed<'_>)>> {
        let scenario = self.scenario;
        let mut weighed: BTreeMap<PieceId, Weighed> = BTreeMap::new();
        for entry in &row.weights {
            let name = &entry.piece;
            let id = self.names.pieces.get(name.as_str()).copied();
            let id = id.ok_or_else(|| format!("the scenario has no piece `{name}`"))?;
            let piece = &scenario.pieces[id];
            if !elements.contains(&piece.element) {
                return Err(format!("piece `{name}` belongs to no element of the cover"));
            }
            if !(0..=WEIGHT_MAX).contains(&entry.weight) {
                let weight = entry.weight;
                return Err(format!("piece `{name}` weighs {weight}, outside 0 to {WEIGHT_MAX}"));
            }
            let mass = mass_of_one(scenario, piece);
            let count = self.can_arrive[id.index()];
            let one = Weighed { piece, mass, weight: entry.weight, count };
            if weighed.insert(id, one).is_some() {
                return Err(format!("it weighs piece `{name}` twice"));
            }
        }
        Ok(weighed.into_iter().collect())
    }

    /// Returns the stated capacities of the types that carry loads from or to the field, each of which must be
    /// enough.
    fn capacities(
        &self,
        row: &Cover,
        field: PlaceId,
        pieces: &[Weighed],
    ) -> Sum<BTreeMap<TypeId, i64>> {
        let scenario = self.scenario;
        let mut stated: BTreeMap<TypeId, i64> = BTreeMap::new();
        for entry in &row.capacities {
            let name = &entry.aircraft;
            let id = scenario.types.find(|aircraft| aircraft.name == *name);
            let id = id.ok_or_else(|| format!("the scenario has no aircraft type `{name}`"))?;
            if stated.insert(id, entry.capacity).is_some() {
                return Err(format!("it states a capacity of type `{name}` twice"));
            }
        }
        let mut payloads: BTreeMap<TypeId, Mass> = BTreeMap::new();
        for carrier in &self.journeys.ways.carriers {
            for arc in &carrier.arcs {
                let end = match row.side {
                    Side::Loading => arc.from,
                    Side::Unloading => arc.to,
                };
                if let Some(payload) = arc.payload.filter(|_| end == field) {
                    let most = payloads.entry(carrier.aircraft).or_insert(payload);
                    *most = payload.max(*most);
                }
            }
        }
        let mut capacities = BTreeMap::new();
        for (id, payload) in payloads {
            let aircraft = &scenario.types[id];
            let claimed = stated.get(&id).copied().unwrap_or(0);
            let found = cover::capacity(aircraft, payload, pieces);
            if i128::from(claimed) < found {
                let name = &aircraft.name;
                return Err(format!("a sortie of type `{name}` carries {claimed}, not {found}"));
            }
            capacities.insert(id, claimed.max(0));
        }
        Ok(capacities)
    }

    /// Checks that no service of the weighed pieces can start before a moment.
    fn starts_after(&mut self, premise: &Premise, covered: &Covered, from: Timestamp) -> Sum<()> {
        let ends = self.site_ends(&premise.floors);
        let mut known = BTreeMap::new();
        for &piece in &covered.pieces {
            let element = self.scenario.pieces[piece].element;
            let given = self.given_once(&mut known, premise, element, &ends);
            let journey = self.journeys.of(piece, given);
            let (what, t) = match covered.side {
                Side::Loading => ("loaded", journey.loading),
                Side::Unloading => ("unloaded", journey.at(Milestone::HomeAirfield)),
            };
            if t < from {
                let name = &self.scenario.pieces[piece].name;
                return Err(format!("piece `{name}` can be {what} from {t} on, before {from}"));
            }
        }
        Ok(())
    }

    /// Returns the earliest milestone of a weighed piece whose service ends at a moment or later.
    fn after_service(
        &mut self,
        premise: &Premise,
        covered: &Covered,
        milestone: Milestone,
        last_ends: Timestamp,
    ) -> Timestamp {
        let ends = self.site_ends(&premise.floors);
        let mut least = NEVER;
        let mut known = BTreeMap::new();
        for &piece in &covered.pieces {
            let element = self.scenario.pieces[piece].element;
            let mut given = self.given_once(&mut known, premise, element, &ends);
            match covered.side {
                Side::Loading => given.loaded = last_ends,
                Side::Unloading => given.unloaded = last_ends,
            }
            least = least.min(self.journeys.of(piece, given).at(milestone));
        }
        least
    }
}

/// Returns how long a field serves an aircraft.
fn service_of(aircraft: &AircraftType, side: Side) -> Duration {
    match side {
        Side::Loading => aircraft.onload,
        Side::Unloading => aircraft.offload,
    }
}

/// Least time from one loading to the next over the air; none without a way back.
type Cycle = Option<Duration>;

/// The loadings of a tail: end of the first, time to the next, weight of each.
struct LoadingLine {
    first: Timestamp,
    cycle: Option<Duration>,
    weight: i128,
}

impl LoadingLine {
    /// Returns the most weight loaded by a moment.
    fn by(&self, t: Timestamp) -> i128 {
        if t < self.first {
            return 0;
        }
        let n = match self.cycle {
            None => 1,
            Some(cycle) if cycle <= Duration::ZERO => return i128::MAX * self.weight.signum(),
            Some(cycle) => 1 + i128::from((t - self.first).0 / cycle.0),
        };
        n.saturating_mul(self.weight)
    }
}

/// Returns the first moment by which the lines have loaded the total.
fn carried_by(lines: &[LoadingLine], total: i128) -> Timestamp {
    let loaded = |t: i64| {
        lines.iter().fold(0, |sum: i128, line| sum.saturating_add(line.by(Timestamp(t)))) >= total
    };
    let (mut low, mut high) = (Timestamp::MIN.0, Timestamp::MAX.0);
    if !loaded(high) {
        return NEVER;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if loaded(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Timestamp(low)
}

/// Returns the weight of the pieces that could arrive, less the heaviest that may stay.
fn must_be_carried<'w>(pieces: impl Iterator<Item = Weighed<'w>>, may_stay: i64) -> i128 {
    let mut pieces: Vec<Weighed> = pieces.collect();
    pieces.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let mut left = may_stay.max(0);
    let mut total = 0_i128;
    for one in pieces {
        let stays = one.count.min(left);
        left -= stays;
        let moves = i128::from(one.count - stays);
        total = total.saturating_add(moves * i128::from(one.weight));
    }
    total
}

fn within(relaxation: &Relaxation, elements: &[ElementId], set: &[ElementId]) -> Sum<()> {
    match elements.iter().find(|id| !set.contains(id)) {
        Some(&foreign) => {
            let name = &relaxation.scenario.elements[foreign].name;
            Err(format!("element `{name}` of its evidence is not in the set"))
        }
        None => Ok(()),
    }
}

/// Checks that a stated moment is not later than the one found.
fn not_after(what: &str, stated: Timestamp, found: Timestamp) -> Sum<()> {
    match stated <= found {
        true => Ok(()),
        false => Err(format!("{what} at {stated}, the sums come to {}", when(found))),
    }
}

/// Says a moment or never.
pub(crate) fn when(t: Timestamp) -> String {
    if is_never(t) { "never".to_owned() } else { t.to_string() }
}
