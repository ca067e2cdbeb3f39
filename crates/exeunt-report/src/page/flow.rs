//! What moves and what is used over time, read off a plan as it stands: moves on the map, people at places, aircraft
//! on stands, handling teams at work. Shown only; the rules about these things are the checker's.

use exeunt_model::formula::pass_time;
use exeunt_model::plan::{Column, Line, Sortie};
use exeunt_model::scenario::{Mode, Resource, ResourceKind, Role};
use exeunt_model::{
    Duration, ElementId, Id, Interval, PartyId, PieceId, PlaceId, Plan, RoadId, Scenario, TailId,
    Timestamp,
};
use std::collections::{BTreeMap, HashMap};

/// What a move is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Air,
    Road,
}

/// One flight, or one column on one road leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) by: By,
    pub(super) from: PlaceId,
    pub(super) to: PlaceId,
    pub(super) during: Interval,
    /// Party with the most people on board, drivers included; none if it is empty.
    pub(super) party: Option<PartyId>,
    /// People on board.
    pub(super) people: i64,
}

/// A count that changes in steps: from each moment on, the value; before the first it is 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Steps(pub(super) Vec<(Timestamp, i64)>);

impl Steps {
    /// Adds up changes.
    fn of(mut changes: Vec<(Timestamp, i64)>) -> Self {
        changes.sort_unstable();
        let mut steps: Vec<(Timestamp, i64)> = Vec::new();
        let mut level = 0;
        for (t, change) in changes {
            level += change;
            match steps.last_mut() {
                Some(last) if last.0 == t => last.1 = level,
                _ => steps.push((t, level)),
            }
        }
        steps.dedup_by(|later, earlier| later.1 == earlier.1);
        Self(steps)
    }
    /// Returns the value at a moment.
    pub(super) fn at(&self, t: Timestamp) -> i64 {
        let until = self.0.partition_point(|step| step.0 <= t);
        until.checked_sub(1).map_or(0, |last| self.0[last].1)
    }
    /// Returns the largest value within an interval.
    pub(super) fn most(&self, during: Interval) -> i64 {
        let inside = self.0.iter().filter(|step| during.contains(step.0)).map(|step| step.1);
        inside.chain([self.at(during.from)]).max().unwrap_or(0)
    }
    /// Returns the stretches within a span in which the value is more than nothing.
    pub(super) fn stretches(&self, span: Interval) -> Vec<Interval> {
        let mut stretches: Vec<Interval> = Vec::new();
        let ends = self.0.iter().skip(1).map(|step| step.0).chain([span.to]);
        for (&(from, level), to) in self.0.iter().zip(ends) {
            let (from, to) = (from.max(span.from), to.min(span.to));
            match stretches.last_mut() {
                _ if level <= 0 || to <= from => {}
                Some(last) if last.to == from => last.to = to,
                _ => stretches.push(Interval { from, to }),
            }
        }
        stretches
    }
    /// Returns when the value falls to nothing for good, if it was ever more.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        let &(t, level) = self.0.last()?;
        (level <= 0 && self.0.len() > 1).then_some(t)
    }
}

/// A plan with its names looked up once.
pub(super) struct Flow<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    pieces: HashMap<&'a str, PieceId>,
    places: HashMap<&'a str, PlaceId>,
    tails: HashMap<&'a str, TailId>,
    roads: HashMap<&'a str, RoadId>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(scenario: &'a Scenario, plan: &'a Plan) -> Self {
        let pieces = scenario.pieces.iter().map(|(id, piece)| (piece.name.as_str(), id)).collect();
        let places = scenario.places.iter().map(|(id, place)| (place.name.as_str(), id)).collect();
        let tails = scenario.tails.iter().map(|(id, tail)| (tail.name.as_str(), id)).collect();
        let roads = scenario.roads.iter().map(|(id, road)| (road.name.as_str(), id)).collect();
        Self { scenario, plan, pieces, places, tails, roads }
    }

    pub(super) fn place(&self, name: &str) -> Option<PlaceId> {
        self.places.get(name).copied()
    }

    /// Returns the party of most people in a load, and the people of the force in it.
    pub(super) fn who<'l>(
        &self,
        load: impl Iterator<Item = (&'l str, i64)>,
    ) -> (Option<PartyId>, i64) {
        let mut parties: BTreeMap<PartyId, (i64, i64)> = BTreeMap::new();
        for (piece, count) in load {
            let Some(&id) = self.pieces.get(piece) else { continue };
            let piece = &self.scenario.pieces[id];
            let tally = parties.entry(self.scenario.elements[piece.element].party).or_default();
            tally.0 += count * piece.people_each();
            tally.1 += count;
        }
        let people = parties.values().map(|tally| tally.0).sum();
        (parties.into_iter().max_by_key(|&(_, tally)| tally).map(|(party, _)| party), people)
    }

    pub(super) fn aboard(&self, sortie: &Sortie) -> (Option<PartyId>, i64) {
        self.who(sortie.load.iter().map(|load| (load.piece.as_str(), load.count)))
    }

    pub(super) fn marching(&self, column: &Column) -> (Option<PartyId>, i64) {
        self.who(column.load.iter().map(|load| (load.piece.as_str(), load.count)))
    }

    /// Returns every flight and every column's every leg, in order of departure.
    pub(super) fn moves(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        for sortie in self.plan.lines.iter().flat_map(|line| &line.sorties) {
            let (Some(from), Some(to)) = (self.place(&sortie.from), self.place(&sortie.to)) else {
                continue;
            };
            let (party, people) = self.aboard(sortie);
            let during = Interval { from: sortie.departs, to: sortie.lands };
            moves.push(Move { by: By::Air, from, to, during, party, people });
        }
        for column in &self.plan.columns {
            let (party, people) = self.marching(column);
            for march in &column.marches {
                let (Some(from), Some(to)) = (self.place(&march.from), self.place(&march.to))
                else {
                    continue;
                };
                let during = Interval { from: march.departs, to: march.arrives };
                moves.push(Move { by: By::Road, from, to, during, party, people });
            }
        }
        moves.sort_by_key(|m| (m.during.from, m.during.to, m.from, m.to));
        moves
    }

    /// Returns the people of the force at each place over time; a place that nobody is ever at is not in it.
    pub(super) fn people(&self) -> BTreeMap<PlaceId, Steps> {
        let mut changes: BTreeMap<PlaceId, Vec<(Timestamp, i64)>> = BTreeMap::new();
        let mut change = |place: PlaceId, t, n: i64| {
            if n != 0 {
                changes.entry(place).or_default().push((t, n));
            }
        };
        let is_of_force = |piece: PieceId| {
            let party = self.scenario.elements[self.scenario.pieces[piece].element].party;
            self.scenario.parties[party].role != Role::Host
        };
        let people = |piece: &str, count: i64| {
            let id = self.pieces.get(piece).copied().filter(|&id| is_of_force(id));
            id.map_or(0, |id| count * self.scenario.pieces[id].people_each())
        };
        for (id, piece) in self.scenario.pieces.iter().filter(|&(id, _)| is_of_force(id)) {
            let _ = id;
            let origin = self.scenario.elements[piece.element].origin;
            change(origin, Timestamp::MIN, piece.count * piece.people_each());
        }
        for column in &self.plan.columns {
            let (Some(first), Some(last)) = (column.marches.first(), column.marches.last()) else {
                continue;
            };
            let n: i64 = column.load.iter().map(|load| people(&load.piece, load.count)).sum();
            if let Some(from) = self.place(&first.from) {
                change(from, first.departs, -n);
            }
            if let Some(to) = self.place(&last.to) {
                change(to, self.clears(column).unwrap_or(last.arrives), n);
            }
        }
        for line in &self.plan.lines {
            let aboard: Vec<BTreeMap<&str, i64>> = line.sorties.iter().map(counts).collect();
            let nothing = BTreeMap::new();
            for (k, sortie) in line.sorties.iter().enumerate() {
                let before = if k == 0 { &nothing } else { &aboard[k - 1] };
                let after = aboard.get(k + 1).unwrap_or(&nothing);
                let beyond = |other: &BTreeMap<&str, i64>| -> i64 {
                    let more = |(piece, n): (&&str, &i64)| {
                        people(piece, (n - other.get(piece).copied().unwrap_or(0)).max(0))
                    };
                    aboard[k].iter().map(more).sum()
                };
                if let Some(from) = self.place(&sortie.from) {
                    change(
                        from,
                        sortie.loading.map_or(sortie.departs, |s| s.starts),
                        -beyond(before),
                    );
                }
                if let Some(to) = self.place(&sortie.to) {
                    change(to, sortie.unloading.map_or(sortie.lands, |s| s.ends), beyond(after));
                }
            }
        }
        changes.into_iter().map(|(place, changes)| (place, Steps::of(changes))).collect()
    }

    /// Returns when the tail of a column has cleared its last leg.
    fn clears(&self, column: &Column) -> Option<Timestamp> {
        let last = column.marches.last()?;
        let road = *self.roads.get(last.road.as_str())?;
        let items = column.load.iter().filter_map(|load| {
            Some(
                load.count
                    * self.scenario.pieces[*self.pieces.get(load.piece.as_str())?].items_each(),
            )
        });
        let (items, density) =
            (items.sum::<i64>().max(1), self.scenario.operation.march_density_per_km);
        let pass = pass_time(items, density, self.scenario.roads[road].rate, Duration::ZERO)?;
        Some(last.arrives + pass)
    }

    /// Returns aircraft on the stands of a field over time: at its base one takes a stand only while it is worked on.
    pub(super) fn on_stands(&self, field: PlaceId) -> Steps {
        let name = &self.scenario.places[field].name;
        let mut changes = Vec::new();
        for line in &self.plan.lines {
            let base =
                self.tails.get(line.tail.as_str()).map(|&tail| self.scenario.tails[tail].base);
            self.stays(line, name, base == Some(field), &mut changes);
        }
        Steps::of(changes)
    }

    fn stays(&self, line: &Line, field: &str, is_base: bool, changes: &mut Vec<(Timestamp, i64)>) {
        let mut stay = |from: Timestamp, to: Timestamp| {
            if from < to {
                changes.extend([(from, 1), (to, -1)]);
            }
        };
        for (k, sortie) in line.sorties.iter().enumerate() {
            if is_base {
                if let Some(loading) = sortie.loading.filter(|_| sortie.from == field) {
                    stay(loading.starts, sortie.departs);
                }
                if let Some(unloading) = sortie.unloading.filter(|_| sortie.to == field) {
                    stay(sortie.lands, unloading.ends);
                }
            } else if sortie.to == field {
                let next = line.sorties.get(k + 1);
                stay(sortie.lands, next.map_or(self.scenario.operation.end, |next| next.departs));
            }
        }
    }

    /// Returns handling teams at work at a field over time.
    pub(super) fn handling(&self, field: PlaceId) -> Steps {
        let name = &self.scenario.places[field].name;
        let mut changes = Vec::new();
        for line in &self.plan.lines {
            let kind =
                self.tails.get(line.tail.as_str()).map(|&tail| self.scenario.tails[tail].aircraft);
            let teams = kind.map_or(1, |kind| self.scenario.types[kind].handling_teams);
            for sortie in &line.sorties {
                let loading = sortie.loading.filter(|_| sortie.from == *name);
                let unloading = sortie.unloading.filter(|_| sortie.to == *name);
                for service in [loading, unloading].into_iter().flatten() {
                    changes.extend([(service.starts, teams), (service.ends, -teams)]);
                }
            }
        }
        Steps::of(changes)
    }

    /// Returns the capacity of a field's stands or handling teams over time; none where no row states one.
    pub(super) fn capacity(&self, field: PlaceId, is_stand: bool, span: Interval) -> Option<Steps> {
        let is_meant = |resource: &&Resource| {
            resource.place == Some(field)
                && match resource.kind {
                    ResourceKind::Stand(_) => is_stand,
                    ResourceKind::Handling => !is_stand,
                    _ => false,
                }
        };
        let mut changes = Vec::new();
        let mut is_stated = false;
        for resource in self.scenario.resources.rows.iter().filter(is_meant) {
            is_stated = true;
            for row in &resource.capacity {
                let leaves = row.provided_by.and_then(|element| self.embarks(element, field));
                for window in &row.windows {
                    let (from, to) = (window.from.max(span.from), window.to.min(span.to));
                    let to = leaves.map_or(to, |leaves| to.min(leaves));
                    if from < to {
                        changes.extend([(from, row.amount), (to, -row.amount)]);
                    }
                }
            }
        }
        is_stated.then(|| {
            let mut steps = Steps::of(changes);
            steps.0.iter_mut().for_each(|step| step.1 = step.1.max(0));
            steps
        })
    }

    /// Returns when an element stops providing what it provides at a field (C25).
    fn embarks(&self, element: ElementId, field: PlaceId) -> Option<Timestamp> {
        let name = &self.scenario.places[field].name;
        let is_of = |piece: &str| {
            let piece = self.pieces.get(piece);
            piece.is_some_and(|&piece| self.scenario.pieces[piece].element == element)
        };
        let sorties =
            || self.plan.lines.iter().flat_map(|line| &line.sorties).filter(|s| s.from == *name);
        if let Mode::Air { embark, .. } = self.scenario.elements[element].mode
            && embark == field
        {
            let last = sorties().map(|sortie| sortie.departs).max();
            let own = sorties().filter(|s| s.load.iter().any(|load| is_of(&load.piece)));
            let ends = own.map(|s| match (Some(s.departs) == last, s.loading) {
                (false, Some(loading)) => loading.starts,
                _ => s.departs,
            });
            return ends.min();
        }
        let columns =
            self.plan.columns.iter().filter(|c| c.load.iter().any(|load| is_of(&load.piece)));
        let starts = columns.filter_map(|c| c.marches.first()).filter(|march| march.from == *name);
        starts.map(|march| march.departs).min()
    }

    /// Returns the airfields that the plan loads, unloads or parks at: those of the host first, then by their first use.
    pub(super) fn fields(&self) -> Vec<PlaceId> {
        let sorties = self.plan.lines.iter().flat_map(|line| &line.sorties);
        let mut first: BTreeMap<PlaceId, Timestamp> = BTreeMap::new();
        for sortie in sorties.filter(|sortie| !sortie.load.is_empty()) {
            for (name, t) in [(&sortie.from, sortie.departs), (&sortie.to, sortie.lands)] {
                if let Some(place) = self.place(name) {
                    let seen = first.entry(place).or_insert(t);
                    *seen = t.min(*seen);
                }
            }
        }
        let mut fields: Vec<PlaceId> = first.keys().copied().collect();
        fields
            .sort_by_key(|place| (!self.scenario.is_in_host(*place), first[place], place.index()));
        fields
    }
}

fn counts(sortie: &Sortie) -> BTreeMap<&str, i64> {
    let mut counts = BTreeMap::new();
    for load in &sortie.load {
        *counts.entry(load.piece.as_str()).or_default() += load.count;
    }
    counts
}
