//! Residual capability of a plan: what of the force is in the host at a moment, what it guards, how soon the first
//! of those who left could be back, and until when stopping the lift keeps a set of sites (model.md section 12).
//!
//! Everything is counted from what comes and goes; no item is followed. One pass over the plan, O(rows log rows), then
//! O(events) per moment asked.

use exeunt_model::plan::{Column, Plan, Sortie};
use exeunt_model::residual::{LastStop, Residual, Strength};
use exeunt_model::scenario::{AircraftType, MandateKind, PieceKind, Scenario};
use exeunt_model::{Duration, PartyId, PieceId, PlaceId, RoadId, SiteId, Timestamp, formula};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Returns the residual capability at a moment. Names that the scenario does not have count for nothing.
pub fn at(s: &Scenario, plan: &Plan, t: Timestamp) -> Residual {
    Ledger::read(s, plan).at(t)
}

/// Returns it for every full hour from the operation's start to the first one after the last move of the plan, at
/// most to the end of the horizon.
pub fn hourly(s: &Scenario, plan: &Plan) -> Vec<Residual> {
    let mut ledger = Ledger::read(s, plan);
    let start = s.operation.start;
    let last = ledger.changes.iter().map(|change| change.at).max().unwrap_or(start);
    let last = last.min(s.operation.end).max(start);
    let hours = ((last - start).0 + 3_599) / 3_600;
    ledger.changes.sort_by_key(|change| change.at);
    let mut count = Count::new(s);
    let mut changes = ledger.changes.iter().peekable();
    let hour = |hour| {
        let t = start + Duration::from_hours(hour);
        while let Some(change) = changes.next_if(|change| change.at <= t) {
            count.add(change);
        }
        ledger.residual(&count, t)
    };
    (0..=hours).map(hour).collect()
}

/// Returns for each task of the mandate until when stopping the lift keeps its sites.
pub fn last_stops(s: &Scenario, plan: &Plan) -> Vec<LastStop> {
    let ledger = Ledger::read(s, plan);
    let tasks = s.mandate.iter().filter_map(|(id, row)| match &row.kind {
        MandateKind::Task(sites) => Some((id, sites)),
        MandateKind::Limit | MandateKind::Ceiling { .. } => None,
    });
    tasks.map(|(task, sites)| LastStop { task, losses: ledger.losses(sites) }).collect()
}

/// Returns for sites that somebody names which of them the plan costs, each with the last moment at which a stop keeps it.
pub fn losses(s: &Scenario, plan: &Plan, sites: &[SiteId]) -> Vec<(Timestamp, SiteId)> {
    Ledger::read(s, plan).losses(sites)
}

/// Where a change takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// In the host as a whole.
    Host,
    /// At a site, airfield or other place.
    Place(PlaceId),
}

/// People and vehicles of the force that come (positive) or go.
#[derive(Debug, Clone, Copy)]
struct Change {
    at: Timestamp,
    /// The move that brings or takes them has begun.
    begun: Timestamp,
    place: Where,
    party: PartyId,
    people: i64,
    vehicles: i64,
}

/// What all changes up to a moment add up to.
struct Count {
    strength: Vec<Strength>,
    people_at: BTreeMap<PlaceId, i64>,
}

impl Count {
    fn new(s: &Scenario) -> Self {
        let parties = s.parties.ids().filter(|&party| s.is_of_force(party));
        let none = |party| Strength { party, people: 0, vehicles: 0 };
        Self { strength: parties.map(none).collect(), people_at: BTreeMap::new() }
    }

    fn add(&mut self, change: &Change) {
        match change.place {
            Where::Host => {
                let rows = self.strength.iter_mut().filter(|row| row.party == change.party);
                for row in rows {
                    row.people += change.people;
                    row.vehicles += change.vehicles;
                }
            }
            Where::Place(place) => *self.people_at.entry(place).or_default() += change.people,
        }
    }
}

/// Those who have left the host and what bringing them back takes.
#[derive(Debug, Clone, Copy)]
struct Return {
    /// Out of the host from then on.
    out: Timestamp,
    way: Way,
}

#[derive(Debug, Clone, Copy)]
enum Way {
    /// By air: at the airfield from `landed` on; home by a column from `(departs, clears)`, if any; loading, block
    /// and unloading take `flight`.
    Air { landed: Timestamp, onward: Option<(Timestamp, Timestamp)>, flight: Duration },
    /// By road: on the march until `clears`; the march over the border takes `crossing`.
    Road { clears: Timestamp, crossing: Duration },
}

impl Return {
    /// Returns the time until they could be back, asked at `t`.
    fn time(&self, t: Timestamp) -> Duration {
        match self.way {
            Way::Air { landed, onward, flight } => match onward.filter(|march| march.0 <= t) {
                Some((departs, clears)) => until(t, clears) + (clears - departs) + flight,
                None => until(t, landed) + flight,
            },
            Way::Road { clears, crossing } => t.min(clears) - self.out + crossing,
        }
    }
}

fn until(t: Timestamp, end: Timestamp) -> Duration {
    (end - t).max(Duration::ZERO)
}

/// Rows by the names that a plan speaks in.
struct Names<'a> {
    pieces: HashMap<&'a str, PieceId>,
    places: HashMap<&'a str, PlaceId>,
    roads: HashMap<&'a str, RoadId>,
}

impl<'a> Names<'a> {
    fn new(s: &'a Scenario) -> Self {
        Self {
            pieces: s.pieces.iter().map(|(id, row)| (row.name.as_str(), id)).collect(),
            places: s.places.iter().map(|(id, row)| (row.name.as_str(), id)).collect(),
            roads: s.roads.iter().map(|(id, row)| (row.name.as_str(), id)).collect(),
        }
    }
    fn piece(&self, name: &str) -> Option<PieceId> {
        self.pieces.get(name).copied()
    }
    fn place(&self, name: &str) -> Option<PlaceId> {
        self.places.get(name).copied()
    }
}

/// What comes and goes in a plan.
struct Ledger<'a> {
    s: &'a Scenario,
    names: Names<'a>,
    changes: Vec<Change>,
    returns: Vec<Return>,
    /// By site: start of its last step and end of its handover, when the plan has all its steps.
    handovers: BTreeMap<SiteId, (Timestamp, Timestamp)>,
}

impl<'a> Ledger<'a> {
    fn read(s: &'a Scenario, plan: &Plan) -> Self {
        let handovers = handovers(s, plan);
        let (changes, returns) = (Vec::new(), Vec::new());
        let mut ledger = Self { s, names: Names::new(s), changes, returns, handovers };
        for (id, piece) in s.pieces.iter() {
            let origin = s.elements[piece.element].origin;
            ledger.note(id, piece.count, Timestamp::MIN, Where::Place(origin), 1);
            if s.is_in_host(origin) {
                ledger.note(id, piece.count, Timestamp::MIN, Where::Host, 1);
            }
        }
        let mut landed: BTreeMap<(PieceId, PlaceId), Vec<Landing>> = BTreeMap::new();
        for line in &plan.lines {
            let Some(tail) = s.tail(&line.tail) else { continue };
            ledger.read_line(&s.types[s.tails[tail].aircraft], &line.sorties, &mut landed);
        }
        let mut columns: Vec<&Column> = plan.columns.iter().collect();
        columns.sort_by_key(|column| column.marches.first().map(|march| march.departs));
        for batches in landed.values_mut() {
            batches.sort_by_key(|batch| batch.at);
        }
        let mut waiting: BTreeMap<(PieceId, PlaceId), VecDeque<Landing>> =
            landed.into_iter().map(|(key, batches)| (key, batches.into())).collect();
        for column in columns {
            ledger.read_column(column, &mut waiting);
        }
        for batch in waiting.into_values().flatten() {
            ledger.returned(&batch, None);
        }
        ledger
    }

    /// Writes down a change, if the piece belongs to the force.
    fn note(&mut self, piece: PieceId, count: i64, at: Timestamp, place: Where, sign: i64) {
        self.note_begun(piece, count, (at, at), place, sign);
    }

    /// The same of a move that began at another moment.
    fn note_begun(
        &mut self,
        piece: PieceId,
        count: i64,
        (begun, at): (Timestamp, Timestamp),
        place: Where,
        sign: i64,
    ) {
        let row = &self.s.pieces[piece];
        let party = self.s.elements[row.element].party;
        if !self.s.is_of_force(party) {
            return;
        }
        let vehicles = if row.kind == PieceKind::Vehicle { count } else { 0 };
        let people = row.people_each().saturating_mul(count).saturating_mul(sign);
        self.changes.push(Change { at, begun, place, party, people, vehicles: vehicles * sign });
    }

    fn read_line(
        &mut self,
        aircraft: &AircraftType,
        sorties: &[Sortie],
        landed: &mut BTreeMap<(PieceId, PlaceId), Vec<Landing>>,
    ) {
        let s = self.s;
        // of what is on board: when it began to board, and the sortie that took it out of the host
        let mut boarded: BTreeMap<PieceId, Timestamp> = BTreeMap::new();
        let mut taken_out: BTreeMap<PieceId, (Timestamp, Duration)> = BTreeMap::new();
        let mut before: BTreeMap<PieceId, i64> = BTreeMap::new();
        let mut here = sorties.first().map(|sortie| self.carried(sortie)).unwrap_or_default();
        for (n, sortie) in sorties.iter().enumerate() {
            let after = sorties.get(n + 1).map(|next| self.carried(next)).unwrap_or_default();
            let ends = (self.names.place(&sortie.from), self.names.place(&sortie.to));
            for (&piece, &count) in &here {
                let (Some(from), Some(to)) = ends else { continue };
                let boards = count - before.get(&piece).map_or(0, |n| count.min(*n));
                let leaves = count - after.get(&piece).map_or(0, |n| count.min(*n));
                let starts = sortie.loading.map_or(sortie.departs, |loading| loading.starts);
                let unloaded = sortie.unloading.map_or(sortie.lands, |unloading| unloading.ends);
                if boards == count {
                    boarded.insert(piece, starts);
                    taken_out.remove(&piece);
                }
                let begun = boarded.get(&piece).copied().unwrap_or(starts);
                self.note(piece, boards, starts, Where::Place(from), -1);
                self.note_begun(piece, leaves, (begun, unloaded), Where::Place(to), 1);
                match (s.is_in_host(from), s.is_in_host(to)) {
                    (true, false) => {
                        self.note(piece, count, sortie.departs, Where::Host, -1);
                        let block = sortie.lands - sortie.departs;
                        let flight = aircraft.onload + block + aircraft.offload;
                        taken_out.insert(piece, (sortie.departs, flight));
                    }
                    (false, true) => {
                        self.note(piece, count, sortie.lands, Where::Host, 1);
                        taken_out.remove(&piece);
                    }
                    _ => {}
                }
                if let Some(&(out, flight)) = taken_out.get(&piece).filter(|_| leaves > 0) {
                    let batch = Landing { piece, at: unloaded, out, count: leaves, flight };
                    landed.entry((piece, to)).or_default().push(batch);
                }
            }
            before = std::mem::replace(&mut here, after);
        }
    }

    fn read_column(
        &mut self,
        column: &Column,
        waiting: &mut BTreeMap<(PieceId, PlaceId), VecDeque<Landing>>,
    ) {
        let s = self.s;
        let (Some(first), Some(last)) = (column.marches.first(), column.marches.last()) else {
            return;
        };
        let (Some(from), Some(to)) = (self.names.place(&first.from), self.names.place(&last.to))
        else {
            return;
        };
        let clears = self.clears(column);
        for load in &column.load {
            let Some(piece) = self.names.piece(&load.piece) else { continue };
            let count = self.known(piece, load.count);
            self.note(piece, count, first.departs, Where::Place(from), -1);
            self.note_begun(piece, count, (first.departs, clears), Where::Place(to), 1);
            for march in &column.marches {
                let (Some(a), Some(b)) =
                    (self.names.place(&march.from), self.names.place(&march.to))
                else {
                    continue;
                };
                match (s.is_in_host(a), s.is_in_host(b)) {
                    (true, false) => {
                        self.note(piece, count, march.arrives, Where::Host, -1);
                        let crossing = march.arrives - march.departs;
                        let way = Way::Road { clears, crossing };
                        if self.may_return(piece) {
                            self.returns.push(Return { out: march.arrives, way });
                        }
                    }
                    (false, true) => self.note(piece, count, march.arrives, Where::Host, 1),
                    _ => {}
                }
            }
            // who landed first marches home first
            let mut left = count;
            let batches = waiting.entry((piece, from)).or_default();
            while let Some(batch) = batches.front_mut().filter(|_| left > 0) {
                let part = batch.count.min(left);
                let marched = Landing { count: part, ..*batch };
                batch.count -= part;
                left -= part;
                if batch.count == 0 {
                    batches.pop_front();
                }
                self.returned(&marched, Some((first.departs, clears)));
            }
        }
    }

    fn returned(&mut self, batch: &Landing, onward: Option<(Timestamp, Timestamp)>) {
        if self.may_return(batch.piece) {
            let way = Way::Air { landed: batch.at, onward, flight: batch.flight };
            self.returns.push(Return { out: batch.out, way });
        }
    }

    /// Says whether a piece belongs to those of the force who started in the host.
    fn may_return(&self, piece: PieceId) -> bool {
        let element = &self.s.elements[self.s.pieces[piece].element];
        self.s.is_of_force(element.party) && self.s.is_in_host(element.origin)
    }

    /// Returns a count as far as there are so many: a plan that says more, or fewer than none, is taken at all or none.
    fn known(&self, piece: PieceId, count: i64) -> i64 {
        count.clamp(0, self.s.pieces[piece].count.max(0))
    }

    /// Returns the pieces of a load with their counts, each once.
    fn carried(&self, sortie: &Sortie) -> BTreeMap<PieceId, i64> {
        let mut counts = BTreeMap::new();
        for load in &sortie.load {
            if let Some(piece) = self.names.piece(&load.piece) {
                *counts.entry(piece).or_default() += self.known(piece, load.count);
            }
        }
        counts
    }

    /// Returns when the tail of a column has cleared its last road.
    fn clears(&self, column: &Column) -> Timestamp {
        let Some(last) = column.marches.last() else { return Timestamp::MIN };
        let items = column.load.iter().filter_map(|load| {
            let piece = self.names.piece(&load.piece)?;
            Some(self.s.pieces[piece].items_each() * self.known(piece, load.count))
        });
        let vehicles = items.sum::<i64>().max(1);
        let density = self.s.operation.march_density_per_km;
        let pass = self.names.roads.get(last.road.as_str()).and_then(|&road| {
            formula::pass_time(vehicles, density, self.s.roads[road].rate, Duration::ZERO)
        });
        last.arrives + pass.unwrap_or(Duration::ZERO)
    }

    fn at(&self, t: Timestamp) -> Residual {
        let mut count = Count::new(self.s);
        self.changes.iter().filter(|change| change.at <= t).for_each(|change| count.add(change));
        self.residual(&count, t)
    }

    fn residual(&self, count: &Count, t: Timestamp) -> Residual {
        let guarded = self.s.sites.iter().filter(|(id, site)| {
            let there = count.people_at.get(&site.place).copied().unwrap_or(0);
            there >= site.min_guard.max(1) && self.handovers.get(id).is_none_or(|(_, end)| t < *end)
        });
        let back = self.returns.iter().filter(|row| row.out <= t).map(|row| row.time(t));
        Residual {
            at: t,
            guarded: guarded.map(|(id, _)| id).collect(),
            first_back: back.min(),
            strength: count.strength.clone(),
        }
    }

    fn losses(&self, sites: &[SiteId]) -> Vec<(Timestamp, SiteId)> {
        let mut acts: HashMap<PlaceId, Vec<(Timestamp, i64)>> = HashMap::new();
        for change in &self.changes {
            if let Where::Place(place) = change.place {
                acts.entry(place).or_default().push((change.begun, change.people));
            }
        }
        let acts_at = |place| acts.get(&place).cloned().unwrap_or_default();
        let cost = |site| self.cost(site, acts_at(self.s.sites[site].place));
        let costs = sites.iter().filter_map(|&site| Some((cost(site)?, site)));
        let mut losses: Vec<_> = costs.collect();
        losses.sort_unstable();
        losses
    }

    /// Returns the start of the first act that costs a site its guard: the last step of its handover, or the
    /// departure that leaves too few. What has begun is counted as done: a stop lets it end. `acts` are the starts of
    /// all moves to and from its place, each with the people it brings.
    fn cost(&self, site: SiteId, mut acts: Vec<(Timestamp, i64)>) -> Option<Timestamp> {
        let row = &self.s.sites[site];
        let handed_over = self.handovers.get(&site).map(|(last_start, _)| *last_start);
        // an act without people, so that its moment is asked about too
        acts.extend(handed_over.map(|last_start| (last_start, 0)));
        acts.sort_unstable();
        let (mut there, mut was_kept) = (0, false);
        for group in acts.chunk_by(|a, b| a.0 == b.0) {
            there += group.iter().map(|act| act.1).sum::<i64>();
            let begun = group[0].0;
            let is_kept =
                there >= row.min_guard.max(1) && handed_over.is_none_or(|last| begun < last);
            if was_kept && !is_kept {
                return Some(begun);
            }
            was_kept |= is_kept;
        }
        None
    }
}

/// Items of a piece that landed outside the host.
#[derive(Debug, Clone, Copy)]
struct Landing {
    piece: PieceId,
    /// Unloaded.
    at: Timestamp,
    /// Left the host.
    out: Timestamp,
    count: i64,
    /// Loading, block and unloading of the flight back.
    flight: Duration,
}

/// Returns last start and end of the handovers of which the plan has every step.
fn handovers(s: &Scenario, plan: &Plan) -> BTreeMap<SiteId, (Timestamp, Timestamp)> {
    let mut found = BTreeMap::new();
    for site in s.sites.ids() {
        let steps = s.steps.rows.iter().filter(|step| step.site == site);
        let held: Option<Vec<_>> =
            steps.map(|step| plan.handovers.iter().find(|held| held.step == step.name)).collect();
        let times = held.unwrap_or_default().into_iter().map(|held| (held.starts, held.ends));
        let both = times.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)));
        if let Some(both) = both {
            found.insert(site, both);
        }
    }
    found
}
