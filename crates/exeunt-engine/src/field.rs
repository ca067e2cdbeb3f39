//! From the site to the field: marches, guards that must stay, staging areas, and what marches together.

use crate::airlift::NotBefore;
use crate::construct::{Group, State, take, take_vehicles};
use crate::handover;
use crate::hold::{Left, Waiting, fill, fill_share};
use crate::march::{ColumnDraft, MarchTask, drive, lacks_escort, most_vehicles};
use crate::network::{Arc, Carrier};
use crate::order::{Hold, Leaving};
use exeunt_model::scenario::{Milestone, Mode, Predicate, Scenario};
use exeunt_model::{Duration, ElementId, Id, PieceId, PlaceId, Rule, Timestamp, formula};
use std::collections::BTreeMap;

impl State<'_> {
    /// Books the march of pieces from the origin and takes them from there.
    pub(crate) fn march(
        &mut self,
        lot: usize,
        counts: &BTreeMap<PieceId, i64>,
        not_before: Timestamp,
        left_host: Timestamp,
        clear: Timestamp,
    ) -> Result<ColumnDraft, Hold> {
        let element = &self.s.elements[self.lots[lot].element];
        let portion = self.portion(counts);
        let guard = self.guard_hold(lot, portion.people)?;
        let from = self.lots[lot].release.max(not_before).max(guard);
        let from =
            self.lots[lot].path.first().map_or(from, |leg| self.told(leg.1, counts, &[], from));
        let items = self.items(counts);
        // who provides escorts is none of them on its own march
        let before = self.leave(self.lots[lot].element, from);
        let path = &self.lots[lot].path;
        let party = element.party;
        let slowly = self.leaves_early(self.lots[lot].element);
        let task = MarchTask { path, party, vehicles: items, from, left_host, clear, slowly };
        let drafted = drive(self.s, self.net, &self.bookings, task);
        let lacking = match &drafted {
            None => lacks_escort(self.s, self.net, &self.bookings, task),
            Some(_) => None,
        };
        self.set_left(self.lots[lot].element, before);
        let path = &self.lots[lot].path;
        let mut column = drafted.ok_or_else(|| {
            if let Some(escort) = lacking {
                let escort = &self.s.resources[escort].name;
                let reason =
                    format!("no escort `{escort}` is free for the march of `{}`", element.name);
                return Hold::Never(Rule::C20, reason);
            }
            let rule = if path.iter().any(|(road, ..)| self.s.roads[*road].border.is_some()) {
                Rule::C21
            } else {
                Rule::C20
            };
            let reason = format!("the march of `{}` does not end in time", element.name);
            Hold::Never(rule, reason)
        })?;
        column.load = counts.iter().map(|(&piece, &count)| (piece, count)).collect();
        self.bookings.book(&column.uses);
        take(&mut self.lots[lot].at_origin, counts);
        Ok(column)
    }

    /// Returns when a column departs at the earliest: as the plan before has one with this load from there, if it is held.
    /// `more` are columns that are not yet among those planned.
    pub(crate) fn told(
        &self,
        place: PlaceId,
        counts: &BTreeMap<PieceId, i64>,
        more: &[ColumnDraft],
        from: Timestamp,
    ) -> Timestamp {
        let Some(held) = &self.held else { return from };
        let load: Vec<(PieceId, i64)> = counts.iter().map(|(&piece, &n)| (piece, n)).collect();
        let alike = |column: &&ColumnDraft| {
            column.given.is_none() && column.marches[0].1 == place && column.load == load
        };
        let n = self.columns.iter().chain(more).filter(alike).count();
        let before = held.columns.get(&(place, load)).and_then(|departures| departures.get(n));
        before.map_or(from, |departs| from.max(*departs))
    }

    /// Has an element leave its origin: escorts that it provides end then. Returns when they ended before.
    pub(crate) fn leave(&mut self, element: ElementId, t: Timestamp) -> Timestamp {
        let before = self.left[element.index()];
        self.set_left(element, before.min(t));
        before
    }

    /// Sets when escorts that an element provides end.
    pub(crate) fn set_left(&mut self, element: ElementId, t: Timestamp) {
        let before = std::mem::replace(&mut self.left[element.index()], t);
        if t < before {
            self.bookings.shift_escorts(self.s, element, (t, before), -1);
        } else if before < t {
            self.bookings.shift_escorts(self.s, element, (before, t), 1);
        }
    }

    /// Says whether anybody asks for an element to leave its site early.
    fn leaves_early(&self, element: ElementId) -> bool {
        let first = self
            .s
            .precedence
            .rows
            .iter()
            .any(|row| row.milestone == Milestone::LeftSite && row.first.contains(&element));
        first
            || self.s.promises.rows.iter().any(|promise| {
                matches!(&promise.predicate, Predicate::BegunBy { set, .. } if set.contains(&element))
            })
    }

    /// Returns from when on people may leave a guarded site before its handover frees them (C07).
    pub(crate) fn guard_hold(&self, lot: usize, people: i64) -> Result<Timestamp, Hold> {
        if people == 0 {
            return Ok(Timestamp::MIN);
        }
        let element = &self.s.elements[self.lots[lot].element];
        let Some(site) = self.s.sites.find(|site| site.place == element.origin) else {
            return Ok(Timestamp::MIN);
        };
        if element.freed_by.contains(&site) || self.s.sites[site].min_guard == 0 {
            return Ok(Timestamp::MIN);
        }
        if !self.s.steps.rows.iter().any(|step| step.site == site) {
            return Ok(Timestamp::MIN);
        }
        let here = |e: &&exeunt_model::scenario::Element| e.origin == element.origin;
        let (mut present, mut early) = (0, people);
        for (id, other) in self.s.elements.iter().filter(|(_, e)| here(e)) {
            present += self.strength[id.index()];
            if !other.freed_by.contains(&site) {
                let lot = &self.lots[id.index()];
                let at_origin: i64 =
                    lot.at_origin.iter().map(|(p, n)| self.s.pieces[*p].people_each() * n).sum();
                early += self.strength[id.index()] - at_origin - self.stuck(id);
            }
        }
        if present - early >= self.s.sites[site].min_guard.min(present) {
            return Ok(Timestamp::MIN);
        }
        handover::end_of(self.s, &self.handovers, site)
            .map_err(|(_, reason)| Hold::Never(Rule::C07, reason))
    }

    /// Returns the people of an element that are unmoved.
    pub(crate) fn stuck(&self, element: ElementId) -> i64 {
        self.unmoved
            .iter()
            .filter(|(piece, ..)| self.s.pieces[*piece].element == element)
            .map(|(piece, count, _)| self.s.pieces[*piece].people_each() * count)
            .sum()
    }

    /// Marches the next batch of a lot to its field if nothing of it waits there, and what of `load` is neither there nor in
    /// the batch. `company` is everything that is to leave with it, when several lots share an aircraft; only what is in
    /// `load` marches then, if that is given.
    pub(crate) fn bring_to_field(
        &mut self,
        lot: usize,
        arcs: &[(Carrier, &Arc)],
        company: &Leaving,
        load: Option<&[(PieceId, i64)]>,
    ) -> Result<(), Hold> {
        let whole = self.goes_whole(lot);
        if self.lots[lot].at_origin.is_empty() {
            return Ok(());
        }
        let Mode::Air { embark, .. } = self.s.elements[self.lots[lot].element].mode else {
            return Ok(());
        };
        if whole {
            return self.bring_whole(lot, embark, company);
        }
        let missing = load.map_or_else(BTreeMap::new, |load| self.missing(lot, load));
        if !self.lots[lot].waiting.is_empty() {
            if !missing.is_empty() && self.has_room(lot, embark, &missing) {
                // if it may not come, what waits goes without it
                let _ = self.bring(lot, missing, embark, None, company);
            }
            return Ok(());
        }
        let batch = self.batch(lot, embark, arcs, i64::MAX);
        if batch.is_empty() {
            let name = &self.s.places[embark].name;
            let reason = format!("the staging area of `{name}` has no room for it");
            return Err(Hold::Never(Rule::C22, reason));
        }
        let counts = match load {
            Some(_) if company.len() > 1 => missing,
            _ => {
                let mut all = batch.clone();
                for (piece, count) in missing {
                    let row = all.entry(piece).or_default();
                    *row = count.max(*row);
                }
                if self.has_room(lot, embark, &all) { all } else { batch }
            }
        };
        if counts.is_empty() {
            return Ok(());
        }
        self.bring(lot, counts, embark, Some(arcs), company)
    }

    /// Returns what of a load has not left the origin of a lot and does not wait at its field.
    fn missing(&self, lot: usize, load: &[(PieceId, i64)]) -> BTreeMap<PieceId, i64> {
        let lot = &self.lots[lot];
        let mut missing = BTreeMap::new();
        for (piece, count) in load {
            let Some(left) = lot.at_origin.get(piece) else { continue };
            let here: i64 = lot.waiting.iter().filter_map(|group| group.counts.get(piece)).sum();
            let count = (count - here).min(*left);
            if count > 0 {
                missing.insert(*piece, count);
            }
        }
        missing
    }

    /// Says whether a column and the staging area take so much at once.
    fn has_room(&self, lot: usize, embark: PlaceId, counts: &BTreeMap<PieceId, i64>) -> bool {
        let (items, people) = (self.items(counts), self.portion(counts).people);
        let field = self.s.places[embark].airfield.as_ref();
        items <= most_vehicles(self.s, &self.lots[lot].path)
            && field.and_then(|f| f.staging_vehicles).is_none_or(|most| items <= most)
            && field.and_then(|f| f.staging_people).is_none_or(|most| people <= most)
    }

    /// Marches pieces to their field, fewer of them if not all may leave and arcs say what fewer would be.
    fn bring(
        &mut self,
        lot: usize,
        mut counts: BTreeMap<PieceId, i64>,
        embark: PlaceId,
        arcs: Option<&[(Carrier, &Arc)]>,
        company: &Leaving,
    ) -> Result<(), Hold> {
        let element = self.lots[lot].element;
        let alone = BTreeMap::from([(element, self.portion(&counts))]);
        let mut allowed = self.not_before(if company.len() > 1 { company } else { &alone });
        if let (Err(_), Some(arcs), true) = (&allowed, arcs, company.len() < 2) {
            let fewer = self.batch(lot, embark, arcs, self.headroom(element).max(0));
            let alone = BTreeMap::from([(element, self.portion(&fewer))]);
            if let (false, Ok(bounds)) = (fewer.is_empty(), self.not_before(&alone)) {
                (counts, allowed) = (fewer, Ok(bounds));
            }
        }
        let bounds = allowed?;
        let field = self.s.places[embark].airfield.as_ref();
        let staging = field.map_or(Duration::ZERO, |field| field.staging_time);
        if !self.singly[lot] {
            return self.approach(lot, &counts, embark, staging, &bounds);
        }
        let mut first = true;
        while !counts.is_empty() {
            let part = self.next_part(lot, &counts);
            match self.approach(lot, &part, embark, staging, &bounds) {
                Err(hold) if first => return Err(hold),
                Err(_) => break,
                Ok(()) => first = false,
            }
            take(&mut counts, &part);
        }
        Ok(())
    }

    /// Marches all that is left of a lot to its field, in as many columns as the road asks for.
    fn bring_whole(&mut self, lot: usize, embark: PlaceId, company: &Leaving) -> Result<(), Hold> {
        let element = self.lots[lot].element;
        let alone = BTreeMap::from([(element, self.rest(element))]);
        let bounds = self.not_before(if company.len() > 1 { company } else { &alone })?;
        let field = self.s.places[embark].airfield.as_ref();
        let staging = field.map_or(Duration::ZERO, |field| field.staging_time);
        let road = most_vehicles(self.s, &self.lots[lot].path);
        let most = if self.singly[lot] { 1 } else { road };
        while !self.lots[lot].at_origin.is_empty() {
            let part = take_vehicles(self.s, &self.lots[lot].at_origin, most);
            self.approach(lot, &part, embark, staging, &bounds)?;
        }
        Ok(())
    }

    /// Returns what marches next by itself: a vehicle, with the people if it is the first; if not all may leave a guarded
    /// site, whoever leaves most behind.
    fn next_part(&self, lot: usize, counts: &BTreeMap<PieceId, i64>) -> BTreeMap<PieceId, i64> {
        let is_guard = self.guard_hold(lot, self.portion(counts).people) != Ok(Timestamp::MIN);
        let least = counts.keys().min_by_key(|piece| self.s.pieces[**piece].people_each());
        match least {
            Some(piece) if is_guard => BTreeMap::from([(*piece, 1)]),
            _ => take_vehicles(self.s, counts, 1),
        }
    }

    /// Marches pieces to their field in one column.
    fn approach(
        &mut self,
        lot: usize,
        counts: &BTreeMap<PieceId, i64>,
        embark: PlaceId,
        staging: Duration,
        bounds: &NotBefore,
    ) -> Result<(), Hold> {
        let portion = self.portion(counts);
        let items = self.items(counts);
        let mut from = bounds.march;
        let mut column = loop {
            let column = self.march(lot, counts, from, bounds.depart, Timestamp::MIN)?;
            match self.staging_room(embark, portion.people, items, column.clears) {
                Some(t) if t <= column.clears => break column,
                found => {
                    // too early for the staging area: take the march back and start later
                    self.take_back(lot, counts, &column);
                    let Some(t) = found else {
                        let name = &self.s.places[embark].name;
                        let reason = format!("the staging area of `{name}` never has room for it");
                        return Err(Hold::Wait(Rule::C22, reason));
                    };
                    from = column.departs() + (t - column.clears);
                }
            }
        };
        self.leave(self.lots[lot].element, column.departs());
        for (&piece, &count) in counts {
            self.book_staging(embark, piece, count, column.clears, Timestamp::MAX);
        }
        let number = self.n_columns;
        self.n_columns += 1;
        column.number = Some(number);
        self.lots[lot].waiting.push(Group {
            ready: column.clears + staging,
            clears: column.clears,
            left_site: Some(column.departs()),
            left_host: column.left_host,
            column: Some(number),
            counts: counts.clone(),
        });
        self.columns.push(column);
        Ok(())
    }

    /// Books room in a staging area.
    pub(crate) fn book_staging(
        &mut self,
        field: PlaceId,
        piece: PieceId,
        count: i64,
        from: Timestamp,
        to: Timestamp,
    ) {
        let row = &self.s.pieces[piece];
        let (people, items) = &mut self.bookings.staging[field.index()];
        for (line, each) in [(people, row.people_each()), (items, row.items_each())] {
            if let Some(line) = line {
                line.book(from, to, each * count);
            }
        }
    }

    /// Returns from when on a field has room for so many for good.
    pub(crate) fn staging_room(
        &self,
        field: PlaceId,
        people: i64,
        items: i64,
        t: Timestamp,
    ) -> Option<Timestamp> {
        let (people_line, items_line) = &self.bookings.staging[field.index()];
        let mut from = t;
        for (line, amount) in [(people_line, people), (items_line, items)] {
            if let Some(line) = line
                && let Some(until) = line.blocked_until(from, Timestamp::MAX, amount)
            {
                from = until;
            }
        }
        (from < Timestamp::MAX).then_some(from)
    }

    /// Chooses what marches next: whole aircraft loads, as many as the road and a quarter of the staging area take.
    pub(crate) fn batch(
        &self,
        lot: usize,
        embark: PlaceId,
        arcs: &[(Carrier, &Arc)],
        headroom: i64,
    ) -> BTreeMap<PieceId, i64> {
        let (mut left, mut batch) = (self.lots[lot].at_origin.clone(), BTreeMap::new());
        let Some((carrier, arc)) = arcs
            .iter()
            .max_by_key(|(c, _)| self.tails.iter().filter(|tail| tail.carrier == *c).count())
        else {
            return batch;
        };
        let field = self.s.places[embark].airfield.as_ref();
        let all_people = field.and_then(|f| f.staging_people).unwrap_or(i64::MAX).min(headroom);
        let all_items = field.and_then(|f| f.staging_vehicles).unwrap_or(i64::MAX);
        let road = most_vehicles(self.s, &self.lots[lot].path);
        let part = |all: i64| if all == i64::MAX { all } else { all / 4 };
        let (most_items, most_people) = (road.min(part(all_items)), part(all_people));
        let (mut items, mut people) = (0, 0);
        while !left.is_empty() {
            let waiting: Waiting = left.iter().map(|(&piece, &count)| (piece, count)).collect();
            let (floor, seats) = (road.min(all_items), all_people);
            let aircraft = &self.s.types[carrier.aircraft];
            let mut rest = Left::default();
            for (&piece, &count) in &left {
                rest.add(&self.s.pieces[piece], count);
            }
            let most = (floor, seats);
            let chalk = fill_share(self.s, aircraft, arc.payload, &[waiting], rest, most);
            let first = batch.is_empty();
            if chalk.is_empty()
                || (!first
                    && (items + chalk.items > most_items || people + chalk.people > most_people))
            {
                break;
            }
            items += chalk.items;
            people += chalk.people;
            for (piece, count) in chalk.counts() {
                *batch.entry(piece).or_default() += count;
                take(&mut left, &BTreeMap::from([(piece, count)]));
            }
        }
        if batch.is_empty() {
            batch = self.batch_alone(lot, arcs, road.min(all_items), all_people);
        }
        batch
    }

    /// Takes one load of any carrier, for pieces that the usual one does not take.
    pub(crate) fn batch_alone(
        &self,
        lot: usize,
        arcs: &[(Carrier, &Arc)],
        items: i64,
        people: i64,
    ) -> BTreeMap<PieceId, i64> {
        let waiting: Waiting =
            self.lots[lot].at_origin.iter().map(|(&piece, &count)| (piece, count)).collect();
        arcs.iter()
            .map(|(carrier, arc)| {
                let aircraft = &self.s.types[carrier.aircraft];
                fill(self.s, aircraft, arc.payload, std::slice::from_ref(&waiting), items, people)
            })
            .find(|chalk| !chalk.is_empty())
            .map_or_else(BTreeMap::new, |chalk| chalk.counts().into_iter().collect())
    }

    /// Takes back the columns of pieces that marched to a field and found no aircraft.
    pub(crate) fn drop_marched(&mut self, element: ElementId) {
        let s = self.s;
        let Mode::Air { embark, debark } = s.elements[element].mode else { return };
        let mut flown: BTreeMap<PieceId, i64> = BTreeMap::new();
        for trip in self.trips.iter().filter(|trip| trip.element == element) {
            *flown.entry(trip.piece).or_default() += trip.count;
        }
        let approaches = |column: &ColumnDraft| {
            let mine = column.load.iter().any(|(piece, _)| s.pieces[*piece].element == element);
            let ends = column.marches.last().map(|march| march.2);
            mine && ends == Some(embark) && column.marches[0].1 != debark
        };
        let frozen =
            self.columns.iter().filter(|column| column.given.is_some() && approaches(column));
        for (piece, count) in frozen.flat_map(|column| &column.load) {
            let stay = flown.entry(*piece).or_default();
            *stay = (*stay - count).max(0);
        }
        for column in self.columns.iter_mut().filter(|column| column.given.is_none()) {
            if !approaches(column) {
                continue;
            }
            for (piece, count) in &mut column.load {
                let stay = flown.entry(*piece).or_default();
                let kept = (*count).min(*stay);
                *stay -= kept;
                *count = kept;
            }
            column.load.retain(|(_, count)| *count > 0);
            keep_clearing_time(s, column);
        }
        let bookings = &mut self.bookings;
        self.columns.retain(|column| {
            if column.load.is_empty() {
                bookings.unbook(&column.uses);
            }
            !column.load.is_empty()
        });
    }
}

/// A column that has become shorter passes sooner; its head marches so much slower that its tail arrives when
/// it was booked to.
fn keep_clearing_time(s: &Scenario, column: &mut ColumnDraft) {
    let items: i64 = column.load.iter().map(|(p, n)| s.pieces[*p].items_each() * n).sum();
    let Some(last) = column.marches.last_mut() else { return };
    let road = &s.roads[last.0];
    let density = s.operation.march_density_per_km;
    let pass = formula::pass_time(items.max(1), density, road.rate, Duration::ZERO);
    if let (Some(pass), None) = (pass, &road.border) {
        last.4 = column.clears - pass;
    }
}
