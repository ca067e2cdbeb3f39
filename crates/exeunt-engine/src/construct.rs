//! The constructive planner: handovers first, then one departure after another.
//!
//! [`State::finish`] is the whole method: most urgent lot first, march it to the field, fill an aircraft, ask
//! what order and dates allow, take the tail that serves it best, book everything. What finds no place is
//! unmoved with the rule that stood in the way. Nothing booked is ever moved, so the state is feasible at
//! every step. O(departures x (lots + tails x probe)). What has been planned is kept as a list of departures,
//! from which the same state can be made again ([`crate::departure`]).

use crate::airlift::TailState;
use crate::bookings::Bookings;
use crate::departure::{Departure, HeldBack, Scan};
use crate::handover::{self, HandoverSchedule};
use crate::hold::{Waiting, fill};
use crate::improve::{Held, Learnt};
use crate::march::{ColumnDraft, most_vehicles};
use crate::network::{Carrier, Network, Obstacle, RoadPath};
use crate::order::{Hold, Portion};
use crate::stability::Before;
use crate::together::Near;
use exeunt_model::scenario::{Milestone, Mode, PieceKind, Predicate, Scenario};
use exeunt_model::{ElementId, Id, PartyId, PieceId, PlaceId, Rule, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Pieces at their embarkation field.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) ready: Timestamp,
    pub(crate) clears: Timestamp,
    pub(crate) left_site: Option<Timestamp>,
    pub(crate) left_host: Option<Timestamp>,
    /// The column that brought them, by its number.
    pub(crate) column: Option<usize>,
    pub(crate) counts: BTreeMap<PieceId, i64>,
}

/// An element on its way.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) element: ElementId,
    pub(crate) urgency: (i64, i64),
    pub(crate) release: Timestamp,
    pub(crate) at_origin: BTreeMap<PieceId, i64>,
    pub(crate) waiting: Vec<Group>,
    /// Way to the field, or all the way for a road element.
    pub(crate) path: RoadPath,
    pub(crate) done: bool,
}

/// Part of a piece row on one journey, with its milestones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trip {
    pub(crate) element: ElementId,
    pub(crate) piece: PieceId,
    pub(crate) count: i64,
    pub(crate) left_site: Timestamp,
    pub(crate) left_host: Timestamp,
    pub(crate) home_airfield: Timestamp,
    pub(crate) home_base: Timestamp,
    /// The column that brought it to the field, by its number.
    pub(crate) column: Option<usize>,
}

impl Trip {
    pub(crate) const fn at(&self, milestone: Milestone) -> Timestamp {
        match milestone {
            Milestone::LeftSite => self.left_site,
            Milestone::LeftHost => self.left_host,
            Milestone::HomeAirfield => self.home_airfield,
            Milestone::HomeBase => self.home_base,
        }
    }
}

/// Everything decided so far.
#[derive(Debug, Clone)]
pub(crate) struct State<'a> {
    pub(crate) s: &'a Scenario,
    pub(crate) net: &'a Network<'a>,
    pub(crate) handovers: HandoverSchedule,
    pub(crate) bookings: Bookings,
    pub(crate) tails: Vec<TailState>,
    pub(crate) lots: Vec<Lot>,
    pub(crate) columns: Vec<ColumnDraft>,
    pub(crate) trips: Vec<Trip>,
    pub(crate) unmoved: Vec<(PieceId, i64, Obstacle)>,
    /// By element: people at the start, drivers included.
    pub(crate) strength: Vec<i64>,
    /// By element: what is planned to leave.
    pub(crate) passed: Vec<Portion>,
    /// By element and milestone: first and last moment.
    spans: Vec<[Option<(Timestamp, Timestamp)>; 4]>,
    /// Rows read strictly: nobody of `then` before the last of `first`.
    pub(crate) strict_rows: BTreeSet<String>,
    /// Whether priced rows may be broken now, since nothing else is left.
    pub(crate) relaxed: bool,
    /// Lots of which a part was left behind so that the rest can leave last.
    pub(crate) shed: BTreeSet<usize>,
    /// Columns to a field numbered so far.
    pub(crate) n_columns: usize,
    /// By number of a column to a field: when the first of what it brought is loaded.
    pub(crate) first_loading: BTreeMap<usize, Timestamp>,
    /// By element: when the first of it leaves its origin, and escorts that it provides end; if planned.
    pub(crate) left: Vec<Timestamp>,
    /// Whether some of it was given and cannot be changed.
    pub(crate) is_frozen_in_part: bool,
    /// By element: whether each of its vehicles marches by itself.
    pub(crate) singly: Vec<bool>,
    /// Elements that stay behind before others when everybody left waits for another.
    pub(crate) yielding: BTreeSet<usize>,
    /// Whether precedence is left to the order of the list, to be looked at in the end.
    pub(crate) on_trust: bool,
    /// What can never go in one load though it must, by its lot.
    pub(crate) parted: Vec<(usize, Obstacle)>,
    /// How what was too far apart arrives within its spread.
    pub(crate) near: BTreeMap<ElementId, Near>,
    /// On trust: what another planning of the same list has shown of those who go first.
    pub(crate) learnt: Learnt,
    /// What has been planned, one after the other.
    pub(crate) list: Vec<Departure>,
    /// Moments before which nothing begins that keeps to a plan before.
    pub(crate) held: Option<Arc<Held>>,
    /// Whether marches to a field have been moved later.
    pub(crate) marches_late: bool,
    /// The plan that changes are counted against.
    pub(crate) before: Option<Arc<Before>>,
}

impl<'a> State<'a> {
    /// Nothing planned and no handover known: what [`State::begin`] begins with.
    pub(crate) fn blank(s: &'a Scenario, net: &'a Network<'a>) -> Self {
        let n = s.elements.len();
        let mut state = Self {
            s,
            net,
            handovers: HandoverSchedule::default(),
            bookings: Bookings::new(s),
            tails: s
                .tails
                .iter()
                .map(|(tail, row)| TailState {
                    tail,
                    carrier: Carrier::of(row),
                    flights: Vec::new(),
                    n_homing: 0,
                    end_uses: Vec::new(),
                })
                .collect(),
            lots: Vec::with_capacity(n),
            columns: Vec::new(),
            trips: Vec::new(),
            unmoved: Vec::new(),
            strength: vec![0; n],
            passed: vec![Portion::default(); n],
            spans: vec![[None; 4]; n],
            strict_rows: BTreeSet::new(),
            relaxed: false,
            shed: BTreeSet::new(),
            n_columns: 0,
            first_loading: BTreeMap::new(),
            left: vec![Timestamp::MAX; n],
            is_frozen_in_part: false,
            singly: vec![false; n],
            yielding: BTreeSet::new(),
            on_trust: false,
            parted: Vec::new(),
            near: BTreeMap::new(),
            learnt: Learnt::new(),
            list: Vec::new(),
            held: None,
            marches_late: false,
            before: None,
        };
        let mut pieces: Vec<Vec<PieceId>> = vec![Vec::new(); n];
        for (id, piece) in s.pieces.iter() {
            pieces[piece.element.index()].push(id);
            state.strength[piece.element.index()] += piece.people_each() * piece.count;
        }
        for element in s.elements.ids() {
            let lot = state.open_lot(element, &pieces[element.index()]);
            let parted = state.never_whole(&lot);
            state.parted.extend(parted.map(|why| (element.index(), why)));
            state.lots.push(lot);
        }
        state
    }

    /// Returns the same with its handovers.
    pub(crate) fn begin(
        &self,
        handovers: &HandoverSchedule,
        urgency: &[(i64, i64)],
        strict_rows: &BTreeSet<String>,
        near: &BTreeMap<ElementId, Near>,
    ) -> Self {
        let mut state = self.clone();
        state.handovers = handovers.clone();
        state.strict_rows.clone_from(strict_rows);
        state.near.clone_from(near);
        for (lot, urgency) in urgency.iter().enumerate() {
            state.lots[lot].urgency = *urgency;
            state.free_lot(lot);
        }
        state
    }

    /// Has a lot be ready when the handovers that free it end; if one never does, it is unmoved.
    fn free_lot(&mut self, at: usize) {
        let element = &self.s.elements[self.lots[at].element];
        let mut release = self.s.operation.start.max(element.ready);
        let mut obstacle = None;
        for &site in &element.freed_by {
            match handover::end_of(self.s, &self.handovers, site) {
                Ok(end) => release = release.max(end),
                Err((rule, reason)) => obstacle = obstacle.or(Some(Obstacle { rule, reason })),
            }
        }
        let lot = &mut self.lots[at];
        lot.release = release;
        if let Some(why) = obstacle {
            for (piece, count) in std::mem::take(&mut lot.at_origin) {
                self.unmoved.push((piece, count, why.clone()));
            }
        }
        if let (Mode::Air { embark, .. }, false) = (element.mode, lot.at_origin.is_empty())
            && embark == element.origin
        {
            lot.waiting.push(Group {
                ready: release,
                clears: Timestamp::MIN,
                left_site: None,
                left_host: None,
                column: None,
                counts: std::mem::take(&mut lot.at_origin),
            });
        }
        lot.done = lot.at_origin.is_empty() && lot.waiting.is_empty();
    }

    /// Plans everything that is left, after the departures of `held` that wait for others.
    pub(crate) fn finish(&mut self, mut held: Vec<HeldBack>) {
        loop {
            if self.release(&mut held, Scan::Quick) {
                continue;
            }
            let mut waits: Option<(usize, Rule, String)> = None;
            let mut moved = false;
            for lot in self.lots_by_urgency() {
                match self.try_lot(lot) {
                    Ok(()) => moved = true,
                    Err(Hold::Wait(rule, reason)) => {
                        let yields = |lot: usize| self.yielding.contains(&lot);
                        if waits.as_ref().is_none_or(|first| yields(lot) && !yields(first.0)) {
                            waits = Some((lot, rule, reason));
                        }
                    }
                    Err(Hold::Never(rule, reason)) => {
                        // who handles a field alone can only leave with one last load
                        if rule != Rule::C15
                            || !self.handles_its_field(lot)
                            || !self.shed(lot, &reason)
                        {
                            self.give_up(lot, Obstacle { rule, reason });
                        }
                        moved = true;
                    }
                }
                if moved {
                    break;
                }
            }
            if moved || self.try_together() || self.release(&mut held, Scan::Thorough) {
                continue;
            }
            match waits {
                None => return,
                Some(_) if !self.relaxed => self.relaxed = true,
                Some((lot, Rule::C25, reason)) if self.shed(lot, &reason) => {}
                Some((lot, rule, reason)) => self.give_up(lot, Obstacle { rule, reason }),
            }
        }
    }

    /// Makes the lot of an element; what can never move is unmoved at once.
    fn open_lot(&mut self, id: ElementId, pieces: &[PieceId]) -> Lot {
        let element = &self.s.elements[id];
        let mut lot = Lot {
            element: id,
            urgency: (0, 0),
            release: self.s.operation.start,
            at_origin: pieces.iter().map(|&p| (p, self.s.pieces[p].count)).collect(),
            waiting: Vec::new(),
            path: RoadPath::new(),
            done: false,
        };
        let target = match element.mode {
            Mode::Air { embark, .. } => embark,
            Mode::Road => element.destination,
        };
        lot.path = self.net.road_path(element.party, element.origin, target).unwrap_or_default();
        let mut obstacle = self.net.obstacle(element);
        if element.mode == Mode::Road && element.origin == element.destination {
            let reason = "its destination is where it is".to_owned();
            obstacle = obstacle.or(Some(Obstacle { rule: Rule::C01, reason }));
        }
        for &piece in pieces {
            let why = obstacle.clone().or_else(|| self.never_loads(id, piece));
            if let Some(why) = why {
                lot.at_origin.remove(&piece);
                self.unmoved.push((piece, self.s.pieces[piece].count, why));
            }
        }
        lot
    }

    /// Returns the open lots, most urgent first; what already waits at a field before what does not.
    fn lots_by_urgency(&self) -> Vec<usize> {
        let mut lots: Vec<usize> = (0..self.lots.len()).filter(|&l| !self.lots[l].done).collect();
        lots.sort_by_key(|&l| {
            let lot = &self.lots[l];
            let ready = lot.waiting.first().map_or(lot.release, |group| group.ready);
            let from = self.s.elements[lot.element].load_from.unwrap_or(Timestamp::MIN);
            (lot.urgency.0, lot.waiting.is_empty(), ready.max(from), lot.urgency.1, l)
        });
        lots
    }

    /// Returns the pieces of an element, singly, that are not planned yet.
    pub(crate) fn remaining(&self, element: ElementId) -> i64 {
        self.rest(element).pieces
    }

    /// Returns what of an element is not planned yet.
    pub(crate) fn rest(&self, element: ElementId) -> Portion {
        let lot = &self.lots[element.index()];
        let waiting = lot.waiting.iter().flat_map(|group| &group.counts);
        let mut rest = Portion::default();
        for (&piece, &count) in lot.at_origin.iter().chain(waiting) {
            rest.pieces += count;
            rest.people += self.s.pieces[piece].people_each() * count;
        }
        rest
    }

    pub(crate) fn last_at(&self, element: ElementId, milestone: Milestone) -> Option<Timestamp> {
        self.spans[element.index()][milestone as usize].map(|span| span.1)
    }

    pub(crate) fn first_at(&self, element: ElementId, milestone: Milestone) -> Option<Timestamp> {
        self.spans[element.index()][milestone as usize].map(|span| span.0)
    }

    pub(crate) fn give_up(&mut self, lot: usize, why: Obstacle) {
        let element = self.lots[lot].element;
        let mut left = std::mem::take(&mut self.lots[lot].at_origin);
        for group in std::mem::take(&mut self.lots[lot].waiting) {
            for (piece, count) in group.counts {
                if let (Mode::Air { embark, .. }, true) =
                    (self.s.elements[element].mode, group.clears > Timestamp::MIN)
                {
                    self.book_staging(embark, piece, -count, group.clears, Timestamp::MAX);
                }
                *left.entry(piece).or_default() += count;
            }
        }
        self.lots[lot].done = true;
        self.drop_marched(element);
        for (piece, count) in left {
            self.unmoved.push((piece, count, why.clone()));
        }
    }

    fn handles_its_field(&self, lot: usize) -> bool {
        let element = self.lots[lot].element;
        match self.s.elements[element].mode {
            Mode::Air { embark, .. } => self.provides_at(element, embark),
            Mode::Road => false,
        }
    }

    /// Leaves behind what of a provider goes into no single aircraft, so that the rest can leave last; once per lot,
    /// and only before anything of it has marched.
    fn shed(&mut self, lot: usize, reason: &str) -> bool {
        let element = self.lots[lot].element;
        let Mode::Air { embark, debark } = self.s.elements[element].mode else { return false };
        let marched = self.lots[lot].waiting.iter().any(|group| group.column.is_some());
        if marched || self.goes_whole(lot) || !self.shed.insert(lot) {
            return false;
        }
        let here = self.lots[lot].waiting.iter().flat_map(|group| &group.counts);
        let mut left: BTreeMap<PieceId, i64> = BTreeMap::new();
        for (&piece, &count) in here.chain(&self.lots[lot].at_origin) {
            *left.entry(piece).or_default() += count;
        }
        let waiting: Vec<Waiting> = vec![left.iter().map(|(&p, &n)| (p, n)).collect()];
        let chalks = self.arcs(embark, debark).into_iter().map(|(carrier, arc)| {
            let aircraft = &self.s.types[carrier.aircraft];
            fill(self.s, aircraft, arc.payload, &waiting, i64::MAX, i64::MAX)
        });
        let Some(chalk) = chalks.max_by_key(|chalk| (chalk.floor, chalk.people)) else {
            return false;
        };
        take(&mut left, &chalk.counts().into_iter().collect());
        for (&piece, &count) in &left {
            let why = Obstacle { rule: Rule::C25, reason: reason.to_owned() };
            self.unmoved.push((piece, count, why));
        }
        let lot = &mut self.lots[lot];
        let mut rest = left.clone();
        let groups = lot.waiting.iter_mut().map(|group| &mut group.counts);
        for counts in groups.chain([&mut lot.at_origin]) {
            let there = |(piece, count): (&PieceId, &i64)| {
                let here = counts.get(piece).copied().unwrap_or(0).min(*count);
                (here > 0).then_some((*piece, here))
            };
            let part: BTreeMap<PieceId, i64> = rest.iter().filter_map(there).collect();
            take(counts, &part);
            take(&mut rest, &part);
        }
        !chalk.is_empty() && !left.is_empty()
    }

    pub(crate) fn try_lot(&mut self, lot: usize) -> Result<(), Hold> {
        match self.s.elements[self.lots[lot].element].mode {
            Mode::Road => self.try_road(lot),
            Mode::Air { embark, debark } => self.try_air(&[lot], embark, debark),
        }
    }

    /// When every lot waits for another, those of one way may leave in one aircraft.
    fn try_together(&mut self) -> bool {
        let mut flows: BTreeMap<(PartyId, PlaceId, PlaceId), Vec<usize>> = BTreeMap::new();
        for (l, lot) in self.lots.iter().enumerate().filter(|(_, lot)| !lot.done) {
            let element = &self.s.elements[lot.element];
            if let Mode::Air { embark, debark } = element.mode {
                flows.entry((element.party, embark, debark)).or_default().push(l);
            }
        }
        let many = flows.into_iter().filter(|(_, lots)| lots.len() > 1);
        for ((_, embark, debark), lots) in many {
            if self.try_air(&lots, embark, debark).is_ok() {
                return true;
            }
        }
        false
    }

    /// Sends all of a road element, in as many columns as the roads ask for.
    fn try_road(&mut self, lot: usize) -> Result<(), Hold> {
        let element = self.lots[lot].element;
        let whole = self.portion(&self.lots[lot].at_origin.clone());
        let bounds = self.not_before(&BTreeMap::from([(element, whole)]))?;
        let most = match self.singly[lot] {
            _ if self.goes_whole(lot) => i64::MAX,
            true => 1,
            false => most_vehicles(self.s, &self.lots[lot].path),
        };
        while !self.lots[lot].at_origin.is_empty() {
            let counts = take_vehicles(self.s, &self.lots[lot].at_origin, most);
            let mut out = bounds.depart;
            let column = loop {
                let column = self.march(
                    lot,
                    &counts,
                    bounds.march,
                    out,
                    bounds.land.max(bounds.arrival(element)),
                )?;
                let Some(left) = column.left_host else { break column };
                let next = bounds.next_exit(left);
                if next == Some(left) {
                    break column;
                }
                // it would leave the host while a gate is closed: take the march back and start later
                self.take_back(lot, &counts, &column);
                let Some(next) = next else {
                    let reason = "what gates its departure is not true again".to_owned();
                    return Err(Hold::Never(Rule::C27, reason));
                };
                out = next;
            };
            if let Some(reason) = self.marches_too_far(lot, column.clears) {
                self.take_back(lot, &counts, &column);
                return Err(Hold::Never(Rule::C05, reason));
            }
            self.leave(element, column.departs());
            self.record_road(element, &counts, &column);
            self.columns.push(column);
        }
        self.lots[lot].done = true;
        self.list.push(Departure::Road(lot));
        Ok(())
    }

    /// Takes a march back: its bookings end and its items are at the origin.
    pub(crate) fn take_back(
        &mut self,
        lot: usize,
        counts: &BTreeMap<PieceId, i64>,
        column: &ColumnDraft,
    ) {
        self.bookings.unbook(&column.uses);
        for (&piece, &count) in counts {
            *self.lots[lot].at_origin.entry(piece).or_default() += count;
        }
    }

    pub(crate) fn portion(&self, counts: &BTreeMap<PieceId, i64>) -> Portion {
        let people = counts.iter().map(|(p, n)| self.s.pieces[*p].people_each() * n).sum();
        Portion { people, pieces: counts.values().sum() }
    }

    pub(crate) fn items(&self, counts: &BTreeMap<PieceId, i64>) -> i64 {
        counts.iter().map(|(p, n)| self.s.pieces[*p].items_each() * n).sum()
    }

    pub(crate) fn record_road(
        &mut self,
        element: ElementId,
        counts: &BTreeMap<PieceId, i64>,
        column: &ColumnDraft,
    ) {
        // who starts in the host and ends there never leaves it
        let stays = self.s.is_in_host(self.s.elements[element].origin);
        let never = if stays { Timestamp::MAX } else { column.departs() };
        for (&piece, &count) in counts {
            self.record(Trip {
                element,
                piece,
                count,
                left_site: column.departs(),
                left_host: column.left_host.unwrap_or(never),
                home_airfield: column.clears,
                home_base: column.clears,
                column: None,
            });
        }
    }

    /// Counts everything recorded once more, after trips have changed.
    pub(crate) fn record_again(&mut self) {
        self.spans.fill([None; 4]);
        self.passed.fill(Portion::default());
        for trip in std::mem::take(&mut self.trips) {
            self.record(trip);
        }
    }

    pub(crate) fn record(&mut self, trip: Trip) {
        let at = trip.element.index();
        let row = &self.s.pieces[trip.piece];
        self.passed[at].people += row.people_each() * trip.count;
        self.passed[at].pieces += trip.count;
        for milestone in
            [Milestone::LeftSite, Milestone::LeftHost, Milestone::HomeAirfield, Milestone::HomeBase]
        {
            let t = trip.at(milestone);
            let span = &mut self.spans[at][milestone as usize];
            *span = Some(span.map_or((t, t), |(first, last)| (first.min(t), last.max(t))));
        }
        self.trips.push(trip);
    }
}

/// Returns the arrivals of a piece: moments with counts, earliest last.
pub(crate) fn arrivals(
    piece: PieceId,
    count: i64,
    unloaded: Timestamp,
    onward: &[ColumnDraft],
) -> Vec<(Timestamp, i64, Option<Timestamp>)> {
    let mut arrivals: Vec<(Timestamp, i64, Option<Timestamp>)> = onward
        .iter()
        .flat_map(|column| column.load.iter().map(move |load| (column, *load)))
        .filter(|(_, load)| load.0 == piece)
        .map(|(column, load)| (column.clears, load.1, column.left_host))
        .collect();
    if arrivals.is_empty() {
        arrivals.push((unloaded, count, None));
    }
    arrivals.sort_by_key(|a| std::cmp::Reverse(a.0));
    arrivals
}

/// Takes items up to a number of vehicles; people go with the first column.
pub(crate) fn take_vehicles(
    s: &Scenario,
    counts: &BTreeMap<PieceId, i64>,
    most: i64,
) -> BTreeMap<PieceId, i64> {
    let mut room = most.max(1);
    let mut taken = BTreeMap::new();
    for (&piece, &count) in counts {
        let part = if s.pieces[piece].kind == PieceKind::People { count } else { count.min(room) };
        if part > 0 {
            room -= s.pieces[piece].items_each() * part;
            taken.insert(piece, part);
        }
    }
    taken
}

/// Takes counts away and forgets what is used up.
pub(crate) fn take(from: &mut BTreeMap<PieceId, i64>, counts: &BTreeMap<PieceId, i64>) {
    for (piece, count) in counts {
        if let Some(left) = from.get_mut(piece) {
            *left -= count;
        }
    }
    from.retain(|_, left| *left > 0);
}

/// Returns the earliest strict deadline that a required promise or a hard date sets for an element.
pub(crate) fn deadline(s: &Scenario, element: ElementId) -> i64 {
    let promised =
        s.promises.rows.iter().filter(|p| p.required && !p.before_start).filter_map(|p| {
            match &p.predicate {
                Predicate::AllBy { set, by, .. } if set.contains(&element) => Some(by.strict.0),
                Predicate::OnDay { set, day, .. } if set.contains(&element) => {
                    Some(day.strict.to.0)
                }
                _ => None,
            }
        });
    let due = s.elements[element].due.filter(|due| due.hard).map(|due| due.at.0);
    promised.chain(due).min().unwrap_or(i64::MAX)
}

/// Returns the urgency of each element: its deadline, then a value that puts equally urgent ones in order.
pub(crate) fn urgency(s: &Scenario, shuffle: &[i64]) -> Vec<(i64, i64)> {
    s.elements.ids().map(|e| (deadline(s, e), shuffle[e.index()])).collect()
}

/// Returns the urgency of each site: that of the most urgent element that it frees; then, if asked, what others
/// wait for before what waits for others; then the larger lift first.
pub(crate) fn site_urgency(
    s: &Scenario,
    urgency: &[(i64, i64)],
    waiting_sites_last: bool,
) -> Vec<i64> {
    let waits = sites_waited_for(s);
    let mut sites: Vec<(i64, usize, i64, i64, usize)> = s
        .sites
        .ids()
        .map(|site| {
            let freed = s.elements.iter().filter(|(_, e)| e.freed_by.contains(&site));
            let mut key = (i64::MAX, 0, 0);
            for (id, _) in freed {
                key.0 = key.0.min(urgency[id.index()].0);
                key.1 = key.1.min(urgency[id.index()].1);
                let items = s.pieces.rows.iter().filter(|piece| piece.element == id);
                key.2 -= items.map(|piece| piece.length.0 * piece.count).sum::<i64>();
            }
            let waits = if waiting_sites_last { waits[site.index()].len() } else { 0 };
            (key.0, waits, key.1, key.2, site.index())
        })
        .collect();
    sites.sort_unstable();
    let mut rank = vec![0; sites.len()];
    for (place, (.., site)) in sites.iter().enumerate() {
        rank[*site] = i64::try_from(place).unwrap_or(i64::MAX);
    }
    rank
}

/// Returns for each site the other sites that some step of it waits for, directly or not.
fn sites_waited_for(s: &Scenario) -> Vec<BTreeSet<usize>> {
    let mut waits: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); s.sites.len()];
    loop {
        let mut grown = false;
        for step in &s.steps.rows {
            let site = step.site.index();
            for (pred, _) in &step.after {
                let other = s.steps[*pred].site.index();
                if other != site {
                    let reached: Vec<usize> = waits[other]
                        .iter()
                        .copied()
                        .chain([other])
                        .filter(|&w| w != site)
                        .collect();
                    let before = waits[site].len();
                    waits[site].extend(reached);
                    grown |= waits[site].len() > before;
                }
            }
        }
        if !grown {
            return waits;
        }
    }
}
