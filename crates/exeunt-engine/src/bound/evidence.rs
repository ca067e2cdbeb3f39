//! The relaxation put together: what it says of a set of elements, and the search for the strongest evidence
//! (model.md, section 13.5).
//!
//! Each stage has one form: work that cannot begin before a moment and must be done by somebody; from the moment
//! at which it is done at the earliest, the last piece still has its way to go. The search tries the thresholds that
//! the data offer, a bounded number of them, each with one cover.

use super::cover::{self, Covered, Task};
use super::journey::{Journeys, Times};
use super::steps::{Starts, Steps, gcd, in_whole};
use crate::network::{Carrier, Network};
use crate::timeline::Timeline;
use exeunt_model::certificate::{Evidence, Field, FieldKind, Fleet, Lemma, Side, Stage, Teams};
use exeunt_model::scenario::{AircraftType, Milestone, Mode, Piece, Scenario};
use exeunt_model::{
    Duration, ElementId, Id, PieceId, PlaceId, ResourceId, SiteId, StepId, Timestamp,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most thresholds that are tried of one kind; of more, some evenly spread. Any subset makes valid evidence.
const MOST_THRESHOLDS: usize = 32;
/// Most ways home that are told apart at a field.
const MOST_WAYS: usize = 8;

/// What holds of a set: not before a moment, by a stage, for a reason.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) not_before: Timestamp,
    pub(super) stage: Stage,
    pub(super) evidence: Evidence,
}

impl Found {
    /// Some piece can never arrive.
    pub(super) const NEVER: Self =
        Self { not_before: Timestamp::MAX, stage: Stage::B0, evidence: Evidence::Path };
}

/// The relaxation of a scenario under a premise.
#[derive(Debug)]
pub(super) struct Relaxation<'a> {
    pub(super) s: &'a Scenario,
    steps: Steps<'a>,
    pub(super) journeys: Journeys<'a>,
    pub(super) may_stay: i64,
    /// Earliest starts without and with lemmas.
    plain: Starts,
    starts: Starts,
    pub(super) lemmas: Vec<Lemma>,
    /// By element: its pieces that can arrive.
    pub(super) pieces: Vec<Vec<PieceId>>,
    /// Pieces that can never arrive, singly.
    pub(super) n_never: i64,
    /// By element: whether some piece of it can never arrive.
    pub(super) is_short: Vec<bool>,
    /// By element: the field that it boards at and leaves last, because of what it provides there.
    last_from: Vec<Option<PlaceId>>,
    /// Elements that must move in the plans in question.
    moving: Vec<ElementId>,
}

impl<'a> Relaxation<'a> {
    /// Builds the relaxation; `unmoved` pieces stay behind at most.
    pub(super) fn new(s: &'a Scenario, net: &'a Network<'a>, unmoved: i64) -> Self {
        let steps = Steps::new(s, &net.gates);
        let plain = steps.earliest();
        let mut relaxation = Self {
            s,
            journeys: Journeys::new(s, net),
            may_stay: 0,
            starts: plain.clone(),
            plain,
            steps,
            lemmas: Vec::new(),
            pieces: vec![Vec::new(); s.elements.len()],
            n_never: 0,
            is_short: vec![false; s.elements.len()],
            last_from: last_from(s),
            moving: Vec::new(),
        };
        let ends = relaxation.steps.site_ends(&relaxation.plain);
        let moves = |piece: &Piece| {
            let element = &s.elements[piece.element];
            element.origin != element.destination
        };
        for (id, piece) in s.pieces.iter() {
            if !moves(piece) {
                relaxation.is_short[piece.element.index()] = true;
                continue;
            }
            let leave = relaxation.leave(piece.element, &ends);
            let class = relaxation.journeys.classes_of(&[id])[0].0;
            let times = relaxation.journeys.times(piece.element, class, leave, leave);
            if times.home_base < Timestamp::MAX {
                relaxation.pieces[piece.element.index()].push(id);
            } else {
                relaxation.n_never += piece.count;
                relaxation.is_short[piece.element.index()] = true;
            }
        }
        relaxation.may_stay = (unmoved - relaxation.n_never).max(0);
        let may_stay = relaxation.may_stay;
        relaxation.moving =
            s.elements.ids().filter(|e| relaxation.must_move(*e, may_stay)).collect();
        relaxation
    }

    /// The same with the lemmas on the steps that must take place.
    pub(super) fn with_lemmas(mut self) -> Self {
        self.find_lemmas();
        self
    }

    fn leave(&self, element: ElementId, site_ends: &[Timestamp]) -> Timestamp {
        let row = &self.s.elements[element];
        let freed = row.freed_by.iter().map(|site| site_ends[site.index()]).max();
        self.s.operation.start.max(row.ready).max(freed.unwrap_or(Timestamp::MIN))
    }

    /// Says whether more pieces of an element can arrive than may stay behind.
    pub(super) fn must_move(&self, element: ElementId, may_stay: i64) -> bool {
        let count = |id: &PieceId| self.s.pieces[*id].count;
        self.pieces[element.index()].iter().map(count).sum::<i64>() > may_stay
    }

    /// Returns the steps that take place if these elements move.
    fn required(&self, elements: &[ElementId]) -> Vec<bool> {
        let sites: BTreeSet<SiteId> =
            elements.iter().flat_map(|e| self.s.elements[*e].freed_by.iter().copied()).collect();
        self.steps.required(&sites.into_iter().collect::<Vec<_>>())
    }

    /// Finds for each step that must take place how late the work before it makes it, those before first.
    fn find_lemmas(&mut self) {
        let required = self.required(&self.moving);
        let mut order: Vec<StepId> =
            self.s.steps.ids().filter(|step| required[step.index()]).collect();
        order.sort_by_key(|step| (self.starts[step.index()], *step));
        for step in order {
            let before = self.steps.before(step);
            let mut best: Option<(Timestamp, Teams)> = None;
            for (teams, done) in self.busy_teams(&before) {
                let latest = |found: &Option<(Timestamp, Teams)>| {
                    found.as_ref().map_or(self.starts[step.index()], |best| best.0)
                };
                let mut least = Timestamp::MAX;
                for &last in &done {
                    let mut starts = self.starts.clone();
                    let duration = self.s.steps[last].duration;
                    self.steps.raise(&mut starts, last, teams.last_ends - duration);
                    least = least.min(starts[step.index()]);
                    if least <= latest(&best) {
                        break;
                    }
                }
                if least > latest(&best) && least < Timestamp::MAX {
                    best = Some((least, teams));
                }
            }
            if let Some((not_before, teams)) = best {
                self.steps.raise(&mut self.starts, step, not_before);
                let step = self.s.steps[step].name.clone();
                self.lemmas.push(Lemma { step, not_before, teams });
            }
        }
    }

    /// Returns for each team and each threshold the work of the steps among these, with the steps.
    fn busy_teams(&self, among: &[bool]) -> Vec<(Teams, Vec<StepId>)> {
        let mut users: BTreeMap<ResourceId, Vec<(Timestamp, StepId, i64)>> = BTreeMap::new();
        for (id, row) in self.s.steps.iter().filter(|(id, _)| among[id.index()]) {
            let mut needs: BTreeMap<ResourceId, i64> = BTreeMap::new();
            for (team, need) in &row.needs {
                *needs.entry(*team).or_default() += need;
            }
            for (team, need) in needs {
                let work = need.saturating_mul(row.duration.0);
                users.entry(team).or_default().push((self.starts[id.index()], id, work));
            }
        }
        let mut found = Vec::new();
        for (team, mut uses) in users {
            uses.sort();
            let froms = uses.iter().map(|u| u.0).filter(|from| *from < Timestamp::MAX);
            for from in spread(froms.collect(), MOST_THRESHOLDS) {
                let late = &uses[uses.partition_point(|u| u.0 < from)..];
                let work = late.iter().map(|u| u.2).fold(0_i64, i64::saturating_add);
                let Some(last_ends) = self.steps.done_by(team, from, work) else { continue };
                // the latest first: they have the shortest way to go and tell soonest that nothing is gained
                let steps: Vec<StepId> = late.iter().rev().map(|u| u.1).collect();
                let names = steps.iter().map(|step| self.s.steps[*step].name.clone()).collect();
                let resource = self.s.resources[team].name.clone();
                found.push((Teams { resource, from, steps: names, last_ends }, steps));
            }
        }
        found
    }

    /// Returns the earliest milestone of the last piece of a set by the journeys alone.
    pub(super) fn path(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        may_stay: i64,
        starts: &Starts,
    ) -> Timestamp {
        let ends = self.steps.site_ends(starts);
        let mut last = Timestamp::MIN;
        for &element in set {
            if !self.must_move(element, may_stay) {
                continue;
            }
            let (leave, depart) = (self.leave(element, &ends), self.departs_after(element, &ends));
            for (class, count) in self.journeys.classes_of(&self.pieces[element.index()]) {
                if count > may_stay {
                    let times = self.journeys.times(element, class, leave, depart);
                    last = last.max(times.at(milestone));
                }
            }
        }
        last
    }

    /// Returns the earliest of a milestone over the pieces of a set: when the first can set out.
    pub(super) fn first(&mut self, set: &[ElementId], milestone: Milestone) -> Timestamp {
        // lemmas rest on what must move, which a promise does not ask
        let ends = self.steps.site_ends(&self.plain);
        let s = self.s;
        let mut first = Timestamp::MAX;
        for (id, piece) in s.pieces.iter().filter(|(_, piece)| set.contains(&piece.element)) {
            let leave = self.leave(piece.element, &ends);
            let class = self.journeys.classes_of(&[id])[0].0;
            let times = self.journeys.times(piece.element, class, leave, leave);
            first = first.min(times.at(milestone));
        }
        first
    }

    /// Returns the strongest evidence for the last piece of a set, and the best of every stage.
    pub(super) fn arrival(&mut self, set: &[ElementId], milestone: Milestone) -> Vec<Found> {
        self.arrival_as_it_stands(set, milestone, self.may_stay)
    }

    /// The same if all of the set moves whatever else does. Lemmas rest on what must move; they are used if that moves
    /// with the set.
    pub(super) fn arrival_of_all(&mut self, set: &[ElementId], milestone: Milestone) -> Vec<Found> {
        let starts = self.starts.clone();
        if !self.lemmas_hold_if_all_move(set) {
            self.starts.clone_from(&self.plain);
        }
        let moving = std::mem::replace(&mut self.moving, set.to_vec());
        let found = self.arrival_as_it_stands(set, milestone, 0);
        (self.starts, self.moving) = (starts, moving);
        found
    }

    /// Says whether every step that a lemma rests on takes place if all of a set moves.
    fn lemmas_hold_if_all_move(&self, set: &[ElementId]) -> bool {
        let required = self.required(set);
        let takes_place = |name: &String| {
            self.s.steps.find(|step| step.name == *name).is_some_and(|id| required[id.index()])
        };
        let mut lemmas = self.lemmas.iter();
        lemmas.all(|lemma| takes_place(&lemma.step) && lemma.teams.steps.iter().all(takes_place))
    }

    fn arrival_as_it_stands(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        may_stay: i64,
    ) -> Vec<Found> {
        let moving: Vec<ElementId> =
            set.iter().copied().filter(|e| self.must_move(*e, may_stay)).collect();
        if moving.is_empty() {
            return Vec::new();
        }
        let plain = self.plain.clone();
        let starts = self.starts.clone();
        let mut found = Vec::new();
        let alone = self.path(&moving, milestone, may_stay, &plain);
        found.push(Found { not_before: alone, stage: Stage::B0, evidence: Evidence::Path });
        let waiting = self.path(&moving, milestone, may_stay, &starts);
        if waiting > alone {
            found.push(Found { not_before: waiting, stage: Stage::B1, evidence: Evidence::Path });
        }
        found.extend(self.by_teams(&moving, milestone, may_stay, waiting));
        found.extend(self.by_field(&moving, milestone, may_stay));
        found.extend(self.by_fleet(&moving, milestone, may_stay));
        found.retain(|f| f.not_before < Timestamp::MAX && f.not_before > Timestamp::MIN);
        // the strongest first; of equal ones the simplest
        found.sort_by_key(|f| (Reverse(f.not_before), f.stage));
        found
    }

    fn by_teams(
        &mut self,
        set: &[ElementId],
        milestone: Milestone,
        may_stay: i64,
        known: Timestamp,
    ) -> Option<Found> {
        let required = self.required(set);
        let mut best: Option<Found> = None;
        for (teams, steps) in self.busy_teams(&required) {
            let strongest = best.as_ref().map_or(known, |found| found.not_before);
            let mut least = Timestamp::MAX;
            for &last in &steps {
                let mut starts = self.starts.clone();
                let duration = self.s.steps[last].duration;
                self.steps.raise(&mut starts, last, teams.last_ends - duration);
                least = least.min(self.path(set, milestone, may_stay, &starts));
                if least <= strongest {
                    break;
                }
            }
            if least < Timestamp::MAX && least > strongest {
                let evidence = Evidence::Teams(teams);
                best = Some(Found { not_before: least, stage: Stage::B1, evidence });
            }
        }
        best
    }

    /// Returns the earliest times of an element: the least over its pieces.
    fn earliest(&mut self, element: ElementId, ends: &[Timestamp]) -> Times {
        let depart = self.departs_after(element, ends);
        self.earliest_from(element, ends, depart)
    }

    fn earliest_from(
        &mut self,
        element: ElementId,
        ends: &[Timestamp],
        depart: Timestamp,
    ) -> Times {
        let leave = self.leave(element, ends);
        let mut least = Times::NEVER;
        for (class, _) in self.journeys.classes_of(&self.pieces[element.index()]) {
            let times = self.journeys.times(element, class, leave, depart);
            least.loading = least.loading.min(times.loading);
            least.join(&times);
        }
        least
    }

    /// Returns a moment before which an element does not depart because others must have left before (C25 `keep`).
    fn departs_after(&mut self, element: ElementId, ends: &[Timestamp]) -> Timestamp {
        let Some(field) = self.last_from[element.index()] else { return Timestamp::MIN };
        let mut last = Timestamp::MIN;
        for other in self.moving.clone() {
            let boards = cover::field_of(&self.journeys, other, Side::Loading) == Some(field);
            if other != element && boards && !self.pieces[other.index()].is_empty() {
                last = last.max(self.earliest_from(other, ends, Timestamp::MIN).departs);
            }
        }
        last
    }

    /// Returns the least of a milestone over the pieces of an element whose service ends at `end`.
    fn after(
        &mut self,
        element: ElementId,
        side: Side,
        end: Timestamp,
        milestone: Milestone,
    ) -> Timestamp {
        match side {
            Side::Unloading => self.journeys.after_unloading(element, end),
            Side::Loading => {
                let classes = self.journeys.classes_of(&self.pieces[element.index()]);
                let times = classes
                    .iter()
                    .map(|(class, _)| self.journeys.after_loading(element, *class, end));
                times.map(|t| t.at(milestone)).min().unwrap_or(Timestamp::MAX)
            }
        }
    }

    fn by_field(&mut self, set: &[ElementId], milestone: Milestone, may_stay: i64) -> Vec<Found> {
        let mut found = Vec::new();
        for side in [Side::Loading, Side::Unloading] {
            if side == Side::Unloading && milestone != Milestone::HomeBase {
                continue;
            }
            for (field, elements) in self.by_place(set, side) {
                for kind in [FieldKind::Handling, FieldKind::HostCheck, FieldKind::Stand] {
                    if side == Side::Unloading && kind == FieldKind::HostCheck {
                        continue;
                    }
                    let task = FieldTask { side, field, kind, milestone, may_stay };
                    found.extend(self.field_work(task, &elements));
                }
            }
        }
        found
    }

    /// Returns the elements of a set by the field at which they board or are unloaded.
    pub(super) fn by_place(
        &self,
        set: &[ElementId],
        side: Side,
    ) -> BTreeMap<PlaceId, Vec<ElementId>> {
        let mut places: BTreeMap<PlaceId, Vec<ElementId>> = BTreeMap::new();
        for &element in set {
            if let Some(field) = cover::field_of(&self.journeys, element, side) {
                places.entry(field).or_default().push(element);
            }
        }
        places
    }

    fn field_work(&mut self, task: FieldTask, elements: &[ElementId]) -> Option<Found> {
        let FieldTask { side, field, kind, milestone, may_stay } = task;
        let line = self.field_line(field, kind)?;
        let ends = self.steps.site_ends(&self.starts);
        let mut rows: Vec<(Timestamp, Timestamp, ElementId)> = Vec::new();
        let late = self.some_time();
        for &element in elements {
            let times = self.earliest(element, &ends);
            let from = if side == Side::Loading { times.loading } else { times.home_airfield };
            if from < Timestamp::MAX {
                rows.push((from, self.after(element, side, late, milestone), element));
            }
        }
        let costs: Vec<i64> = self.s.types.rows.iter().map(|t| field_cost(t, side, kind)).collect();
        let froms = spread(rows.iter().map(|row| row.0).collect(), MOST_THRESHOLDS);
        let ways = spread(rows.iter().map(|row| row.1).collect(), MOST_WAYS);
        let mut best: Option<Found> = None;
        let mut seen = BTreeSet::new();
        for &threshold in &froms {
            for &way in &ways {
                let far = rows.iter().filter(|row| row.0 >= threshold && row.1 >= way);
                let Some(from) = far.clone().map(|row| row.0).min() else { continue };
                let chosen: Vec<ElementId> = far.map(|row| row.2).collect();
                if !seen.insert(chosen.clone()) {
                    continue;
                }
                let pieces = self.pieces_of(&chosen);
                let task = Task {
                    side,
                    field,
                    elements: &chosen,
                    pieces: &pieces,
                    may_stay,
                    costs: &costs,
                };
                let Some(Covered { cover, cost, capacities }) = cover::best(&self.journeys, task)
                else {
                    continue;
                };
                let Some(done) = line.done_by(from, cost) else { continue };
                // where the field always has the same, services may be thought one behind the other
                let unit = self.service_unit(&capacities, side);
                let is_level = line.is_level(from, done);
                let last_ends = if is_level { in_whole(from, done, unit) } else { done };
                let after = chosen.iter().map(|e| self.after(*e, side, last_ends, milestone)).min();
                let not_before = after.unwrap_or(Timestamp::MAX);
                if best.as_ref().is_none_or(|b| b.not_before < not_before) {
                    let evidence =
                        Evidence::Field(Field { kind, from, cover, work: cost, last_ends });
                    best = Some(Found { not_before, stage: Stage::B4, evidence });
                }
            }
        }
        best
    }

    /// Returns the greatest common divisor of the services of the types that carry something of a cover.
    fn service_unit(&self, capacities: &[i64], side: Side) -> Duration {
        let used = self.s.types.rows.iter().zip(capacities).filter(|(_, capacity)| **capacity > 0);
        Duration(used.map(|(aircraft, _)| service_time(aircraft, side).0).fold(0, gcd))
    }

    fn pieces_of(&self, elements: &[ElementId]) -> Vec<PieceId> {
        elements.iter().flat_map(|e| self.pieces[e.index()].iter().copied()).collect()
    }

    /// Returns what a field has of a kind over time, while handling is open for anybody.
    fn field_line(&self, field: PlaceId, kind: FieldKind) -> Option<Timeline> {
        let ground = self.journeys.grounds.get(&field)?;
        let line = match kind {
            FieldKind::Handling => &ground.handling,
            FieldKind::HostCheck => &ground.checks,
            FieldKind::Stand => &ground.stands,
        };
        let mut line = line.clone()?;
        let hours = self.journeys.carriers.iter().map(|carrier| carrier.user_class);
        let open = hours.flat_map(|class| self.journeys.net.handling_hours(field, class)).copied();
        line.within(&exeunt_model::time::to_windows(open.collect()));
        Some(line)
    }

    fn by_fleet(&mut self, set: &[ElementId], milestone: Milestone, may_stay: i64) -> Vec<Found> {
        let places = self.by_place(set, Side::Loading);
        let mut found = Vec::new();
        for (field, elements) in places {
            found.extend(self.fleet_work(field, &elements, milestone, may_stay));
        }
        found
    }

    fn fleet_work(
        &mut self,
        field: PlaceId,
        elements: &[ElementId],
        milestone: Milestone,
        may_stay: i64,
    ) -> Option<Found> {
        let ends = self.steps.site_ends(&self.starts);
        let mut rows: Vec<(Timestamp, ElementId)> = Vec::new();
        for &element in elements {
            let from = self.earliest(element, &ends).loading;
            if from < Timestamp::MAX {
                rows.push((from, element));
            }
        }
        let cycles = self.cycles(field);
        let costs = vec![1; self.s.types.len()];
        let mut best: Option<Found> = None;
        for from in spread(rows.iter().map(|row| row.0).collect(), MOST_THRESHOLDS) {
            let chosen: Vec<ElementId> =
                rows.iter().filter(|row| row.0 >= from).map(|row| row.1).collect();
            let pieces = self.pieces_of(&chosen);
            let side = Side::Loading;
            let task =
                Task { side, field, elements: &chosen, pieces: &pieces, may_stay, costs: &costs };
            let Some(covered) = cover::best(&self.journeys, task) else { continue };
            let Some(last_ends) = self.fleet_done(field, from, &covered, &cycles) else { continue };
            let after = chosen.iter().map(|e| self.after(*e, side, last_ends, milestone)).min();
            let not_before = after.unwrap_or(Timestamp::MAX);
            if best.as_ref().is_none_or(|b| b.not_before < not_before) {
                let evidence = Evidence::Fleet(Fleet { from, cover: covered.cover, last_ends });
                best = Some(Found { not_before, stage: Stage::B3, evidence });
            }
        }
        best
    }

    /// Returns by carrier the least time between the ends of two loadings of one tail at a field; none if it cannot
    /// come back.
    fn cycles(&self, field: PlaceId) -> BTreeMap<Carrier, Option<Duration>> {
        let net = self.journeys.net;
        let cycle = |carrier: Carrier| {
            let aircraft = &self.s.types[carrier.aircraft];
            let back = block_times(net, carrier, field);
            let out = net.exits(carrier, field).iter().filter_map(|&to| {
                let arcs = net.arcs(carrier, field, to).iter().filter(|arc| arc.carries);
                Some(arcs.map(|arc| arc.block).min()? + *back.get(&to)?)
            });
            Some(out.min()? + aircraft.onload + aircraft.offload)
        };
        self.journeys.carriers.iter().map(|&carrier| (carrier, cycle(carrier))).collect()
    }

    /// Returns the least moment by which the fleet can have loaded a cover's total.
    fn fleet_done(
        &self,
        field: PlaceId,
        from: Timestamp,
        covered: &Covered,
        cycles: &BTreeMap<Carrier, Option<Duration>>,
    ) -> Option<Timestamp> {
        let mut tails: Vec<(Timestamp, Option<Duration>, i64)> = Vec::new();
        for (id, tail) in self.s.tails.iter() {
            let there = self.journeys.tail_at(id, field);
            let capacity = covered.capacities[tail.aircraft.index()];
            if there < Timestamp::MAX && capacity > 0 {
                let first = from.max(there) + self.s.types[tail.aircraft].onload;
                tails.push((first, cycles[&Carrier::of(tail)], capacity));
            }
        }
        let carried = |t: Timestamp| -> i64 {
            let loads = |(first, cycle, capacity): &(Timestamp, Option<Duration>, i64)| {
                let n = match cycle {
                    _ if t < *first => 0,
                    None => 1,
                    Some(cycle) => 1 + (t - *first).0 / cycle.0.max(1),
                };
                n.saturating_mul(*capacity)
            };
            tails.iter().map(loads).fold(0, i64::saturating_add)
        };
        let (mut low, mut high) = (from.0, from.0 + (1 << 31));
        if carried(Timestamp(high)) < covered.cover.total {
            return None;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if carried(Timestamp(middle)) >= covered.cover.total {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(Timestamp(low))
    }

    /// Returns a moment well inside the horizon, to compare how long ways take.
    fn some_time(&self) -> Timestamp {
        let operation = &self.s.operation;
        operation.start + Duration((operation.end - operation.start).0 / 2)
    }

    /// Returns covers of all elements that must move by air, by the field where they board, for a cost by type.
    pub(super) fn covers(&self, cost: &dyn Fn(PlaceId) -> Vec<i64>) -> Vec<Covered> {
        let places = self.by_place(&self.moving, Side::Loading);
        let one = |(field, elements): (&PlaceId, &Vec<ElementId>)| {
            let pieces = self.pieces_of(elements);
            let may_stay = self.may_stay;
            let (side, field) = (Side::Loading, *field);
            let costs = &cost(field)[..];
            cover::best(
                &self.journeys,
                Task { side, field, elements, pieces: &pieces, may_stay, costs },
            )
        };
        places.iter().filter_map(one).collect()
    }

    /// Returns the tails' least block time in minutes of an arc that carries from a field, by type.
    pub(super) fn least_minutes(&self, field: PlaceId) -> Vec<i64> {
        let mut least = vec![i64::MAX; self.s.types.len()];
        for &carrier in &self.journeys.carriers {
            for &to in self.journeys.net.exits(carrier, field) {
                for arc in self.journeys.net.arcs(carrier, field, to) {
                    if arc.carries {
                        let minutes = &mut least[carrier.aircraft.index()];
                        *minutes = (*minutes).min(arc.block.0 / 60);
                    }
                }
            }
        }
        least.into_iter().map(|m| if m == i64::MAX { 0 } else { m }).collect()
    }
}

/// Returns different values in order, of more than `most` some evenly spread, the first and the last among them.
fn spread(values: BTreeSet<Timestamp>, most: usize) -> Vec<Timestamp> {
    let values: Vec<Timestamp> = values.into_iter().collect();
    if values.len() <= most {
        return values;
    }
    (0..most).map(|n| values[n * (values.len() - 1) / (most - 1)]).collect()
}

/// What is asked of a field.
#[derive(Debug, Clone, Copy)]
struct FieldTask {
    side: Side,
    field: PlaceId,
    kind: FieldKind,
    milestone: Milestone,
    may_stay: i64,
}

/// Returns what one service of a type takes of a field, in seconds of one unit.
fn field_cost(aircraft: &AircraftType, side: Side, kind: FieldKind) -> i64 {
    let time = service_time(aircraft, side);
    let units = if kind == FieldKind::Handling { aircraft.handling_teams } else { 1 };
    time.0.saturating_mul(units)
}

const fn service_time(aircraft: &AircraftType, side: Side) -> Duration {
    match side {
        Side::Loading => aircraft.onload,
        Side::Unloading => aircraft.offload,
    }
}

/// Returns by element the field that it boards at and leaves with the last departure of all: without what it provides
/// there less would be left than the field must keep (C25).
fn last_from(s: &Scenario) -> Vec<Option<PlaceId>> {
    let mut last_from = vec![None; s.elements.len()];
    for resource in s.resources.rows.iter().filter(|resource| resource.keep > 0) {
        let mut gives: BTreeMap<ElementId, i64> = BTreeMap::new();
        for row in &resource.capacity {
            if let Some(element) = row.provided_by {
                let amount = gives.entry(element).or_default();
                *amount = amount.saturating_add(row.amount);
            }
        }
        let least = resource.keep.min(gives.values().copied().fold(0, i64::saturating_add));
        for &element in gives.keys() {
            let others = gives.iter().filter(|(other, _)| **other != element);
            let left = others.map(|(_, amount)| (*amount).max(0)).fold(0, i64::saturating_add);
            if let Mode::Air { embark, .. } = s.elements[element].mode
                && !s.elements[element].either
                && resource.place == Some(embark)
                && left < least
            {
                last_from[element.index()] = Some(embark);
            }
        }
    }
    last_from
}

/// Returns the least flying time of a carrier from every field to one.
fn block_times(net: &Network<'_>, carrier: Carrier, to: PlaceId) -> BTreeMap<PlaceId, Duration> {
    // legs are flown both ways in the same time, so the way back is looked for from the end
    let mut best = BTreeMap::from([(to, Duration::ZERO)]);
    let mut queue = std::collections::BinaryHeap::from([Reverse((Duration::ZERO, to))]);
    while let Some(Reverse((here_in, here))) = queue.pop() {
        if best.get(&here).is_some_and(|found| *found < here_in) {
            continue;
        }
        for &next in net.exits(carrier, here) {
            for arc in net.arcs(carrier, here, next) {
                let reached = here_in + arc.block;
                if best.get(&next).is_none_or(|found| reached < *found) {
                    best.insert(next, reached);
                    queue.push(Reverse((reached, next)));
                }
            }
        }
    }
    best
}
