//! What is shared: each unit of a capacity is handed from booking to booking in the order of planned starts, and who
//! provides capacity leaves after its last use.

use super::calendars::{amounts, fit_hours};
use super::journeys::Journeys;
use super::sources::Builder;
use super::{Anchor, Calendar, Edge, NodeId, Why};
use crate::convoy;
use crate::timeline::shift_back;
use exeunt_model::scenario::{Capacity, ResourceKind, StandClass};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, ElementId, Id, Interval, PlaceId, ResourceId, RoadId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Joins what shares a capacity.
pub(super) fn hand_on(b: &mut Builder<'_>, journeys: &Journeys) {
    let leaving = Leaving::of(b, journeys);
    teams(b, &leaving);
    services(b, &leaving);
    stands(b, &leaving);
    roads(b);
    escorts(b, &leaving);
    slots(b);
    staging(b, journeys);
    keepers(b, &leaving);
}

/// When elements first leave a place (C25).
struct Leaving {
    first: BTreeMap<(ElementId, PlaceId), Anchor>,
}

impl Leaving {
    fn of(b: &Builder<'_>, journeys: &Journeys) -> Self {
        let mut last: BTreeMap<PlaceId, Timestamp> = BTreeMap::new();
        for sortie in b.lines.iter().flat_map(|line| &line.sorties) {
            let departs = b.planned(Anchor::start(sortie.flight));
            let t = last.entry(sortie.from).or_insert(departs);
            *t = departs.max(*t);
        }
        let mut first: BTreeMap<(ElementId, PlaceId), Anchor> = BTreeMap::new();
        for taken in &journeys.taken {
            let departs = b.planned(taken.departs);
            let is_last = taken.flies && last.get(&taken.from) == Some(&departs);
            let leaves = if is_last { taken.departs } else { taken.leaves };
            let key = (b.s.pieces[taken.piece].element, taken.from);
            let known = first.entry(key).or_insert(leaves);
            if (b.planned(leaves), leaves) < (b.planned(*known), *known) {
                *known = leaves;
            }
        }
        Self { first }
    }

    /// Returns when a provider's part of a resource ends: it leaves the resource's place, or else its origin.
    fn provider(
        &self,
        b: &Builder<'_>,
        element: ElementId,
        place: Option<PlaceId>,
    ) -> Option<Anchor> {
        let origin = b.s.elements[element].origin;
        let there = self.first.get(&(element, place.unwrap_or(origin)));
        there.or_else(|| self.first.get(&(element, origin))).copied()
    }
}

/// Units of a capacity that are alike.
#[derive(Clone)]
struct Units {
    count: i64,
    /// When they are there.
    windows: Vec<Interval>,
    /// Who provides them, and when that element leaves.
    provider: Option<(ElementId, Option<Anchor>)>,
    /// Free from then on.
    free_at: Timestamp,
    /// By what, how long after it.
    freed_by: Option<(Anchor, Duration)>,
}

/// A use of a capacity.
struct Booking {
    need: i64,
    from: Anchor,
    /// None: never given back.
    to: Option<Anchor>,
    /// How long after that.
    back: Duration,
}

/// Returns the units of resources that are added together. Of the host's rows, which may take from one another, the
/// n-th unit is there while their sum is at least n.
fn units(b: &Builder<'_>, leaving: &Leaving, resources: &[ResourceId]) -> Vec<Units> {
    let mut all = Vec::new();
    for &resource in resources {
        let row = &b.s.resources[resource];
        for part in &row.capacity {
            let Some(element) = part.provided_by else { continue };
            let provider = Some((element, leaving.provider(b, element, row.place)));
            let (count, windows) = (part.amount.max(0), part.windows.clone());
            let (free_at, freed_by) = (Timestamp::MIN, None);
            all.push(Units { count, windows, provider, free_at, freed_by });
        }
    }
    let steps = levels(b, resources, |part| part.provided_by.is_none());
    let heights: BTreeSet<i64> = steps.iter().map(|step| step.1).filter(|n| *n > 0).collect();
    let mut below = 0;
    for height in heights {
        let windows = reaching(&steps, height);
        let (free_at, freed_by) = (Timestamp::MIN, None);
        all.push(Units { count: height - below, windows, provider: None, free_at, freed_by });
        below = height;
    }
    all
}

/// Returns how much rows of resources add up to from moment to moment.
fn levels(
    b: &Builder<'_>,
    resources: &[ResourceId],
    is_meant: impl Fn(&Capacity) -> bool,
) -> Vec<(Timestamp, i64)> {
    let mut changes: BTreeMap<Timestamp, i64> = BTreeMap::from([(Timestamp::MIN, 0)]);
    let parts = resources.iter().flat_map(|&resource| &b.s.resources[resource].capacity);
    for part in parts.filter(|part| is_meant(part)) {
        for window in &part.windows {
            for (t, sign) in [(window.from, 1), (window.to, -1)] {
                let change = changes.entry(t).or_default();
                *change = change.saturating_add(part.amount.saturating_mul(sign));
            }
        }
    }
    let mut sum = 0_i64;
    let level = |(t, change)| {
        sum = sum.saturating_add(change);
        (t, sum.max(0))
    };
    changes.into_iter().map(level).collect()
}

/// Returns while when there is at least so much.
fn reaching(levels: &[(Timestamp, i64)], need: i64) -> Vec<Interval> {
    let ends = levels.iter().skip(1).map(|level| level.0).chain([Timestamp::MAX]);
    let open = levels.iter().zip(ends).filter(|(level, _)| level.1 >= need);
    to_windows(open.map(|(&(from, _), to)| Interval { from, to }).collect())
}

impl Units {
    /// Returns until when they are there without a break, if from `from` to `to` they are.
    fn lasts(&self, b: &Builder<'_>, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        let window = self.windows.iter().find(|w| w.from <= from && (to <= w.to))?;
        let leaves = self.provider.and_then(|(_, leaves)| leaves).map(|leaves| b.planned(leaves));
        let until = leaves.unwrap_or(Timestamp::MAX).min(window.to);
        (to <= until).then_some(until)
    }
}

/// Gives bookings the hours in which there is as much as they need, whoever else is there: a service fits them with its
/// planned length, a landing lies in them. Nobody is tied to one unit: one that is there on a single day would never
/// come again for who is late.
fn staffed(b: &mut Builder<'_>, resources: &[ResourceId], bookings: &[Booking]) {
    let Some(&first) = resources.first() else { return };
    let levels = levels(b, resources, |_| true);
    for booking in bookings {
        let open = reaching(&levels, booking.need);
        let node = booking.from.node;
        let duration = b.graph.nodes[node.index()].duration;
        let is_service = booking.to == Some(Anchor::end(node));
        let starts = match booking.from.edge {
            Edge::Start if is_service => fit_hours(&[&open], duration),
            Edge::Start => open,
            Edge::End => shift_back(&open, duration),
        };
        b.opening(node, Calendar::Shift(first), starts);
    }
}

/// Hands units from booking to booking: first come, first served. Of the units that are free a booking takes those that
/// are there throughout, of these those that end first, of these those that have been free longest.
fn share(
    b: &mut Builder<'_>,
    mut units: Vec<Units>,
    mut bookings: Vec<Booking>,
    cause: Why,
    hours: Option<Calendar>,
) {
    let span = |b: &Builder<'_>, booking: &Booking| {
        let to = booking.to.map_or(Timestamp::MAX, |to| b.planned(to) + booking.back);
        (b.planned(booking.from), to)
    };
    bookings.sort_by_key(|booking| (span(b, booking), booking.from));
    for booking in bookings {
        let (from, to) = span(b, &booking);
        let free = (0..units.len()).filter(|&at| units[at].count > 0 && units[at].free_at <= from);
        let mut order: Vec<_> = free
            .map(|at| {
                let until = units[at].lasts(b, from, to).map_or((1, Timestamp::MAX), |t| (0, t));
                (until, units[at].free_at, at)
            })
            .collect();
        order.sort_unstable();
        let mut missing = booking.need;
        let mut used: Vec<usize> = Vec::new();
        for (_, _, at) in order {
            if missing <= 0 {
                break;
            }
            let part = units[at].count.min(missing);
            missing -= part;
            if part < units[at].count {
                let rest = Units { count: units[at].count - part, ..units[at].clone() };
                units.push(rest);
                units[at].count = part;
            }
            used.push(at);
        }
        let mut before: Vec<(Anchor, Duration)> =
            used.iter().filter_map(|&at| units[at].freed_by).collect();
        before.sort_unstable();
        before.dedup();
        for (freed, back) in before {
            b.arc(freed, booking.from, back, cause);
        }
        if let Some(calendar) = hours {
            let windows: Vec<&[Interval]> =
                used.iter().map(|&at| units[at].windows.as_slice()).collect();
            let node = booking.from.node;
            let starts = fit_hours(&windows, b.graph.nodes[node.index()].duration);
            b.opening(node, calendar, starts);
        }
        for &at in &used {
            if let (Some((element, Some(leaves))), Some(to)) = (units[at].provider, booking.to) {
                b.arc(to, leaves, booking.back, Why::Provider(element));
            }
            units[at].free_at = to;
            units[at].freed_by = booking.to.map(|to| (to, booking.back));
        }
        if booking.to.is_none() {
            used.sort_unstable();
            used.iter().rev().for_each(|&at| drop(units.remove(at)));
        }
    }
}

fn of_kind(
    b: &Builder<'_>,
    is_meant: impl Fn(ResourceKind) -> bool,
) -> BTreeMap<Option<PlaceId>, Vec<ResourceId>> {
    let mut by_place: BTreeMap<Option<PlaceId>, Vec<ResourceId>> = BTreeMap::new();
    for (id, row) in b.s.resources.iter().filter(|(_, row)| is_meant(row.kind)) {
        by_place.entry(row.place).or_default().push(id);
    }
    by_place
}

fn teams(b: &mut Builder<'_>, leaving: &Leaving) {
    let s = b.s;
    for (id, _) in s.resources.iter().filter(|(_, row)| row.kind == ResourceKind::Team) {
        let mut bookings = Vec::new();
        for (step, row) in s.steps.iter() {
            let needs = row.needs.iter().filter(|(resource, _)| *resource == id);
            let need = needs.fold(0_i64, |sum, (_, n)| sum.saturating_add(*n));
            if let Some(node) = b.steps[step.index()].filter(|_| need > 0) {
                let (from, to) = (Anchor::start(node), Some(Anchor::end(node)));
                bookings.push(Booking { need, from, to, back: Duration::ZERO });
            }
        }
        let units = units(b, leaving, &[id]);
        share(b, units, bookings, Why::Team(id), Some(Calendar::Shift(id)));
    }
}

fn services(b: &mut Builder<'_>, leaving: &Leaving) {
    for (place, resources) in of_kind(b, |kind| kind == ResourceKind::Handling) {
        let Some(field) = place else { continue };
        let mut bookings = Vec::new();
        for line in &b.lines {
            let need = b.s.types[b.s.tails[line.tail].aircraft].handling_teams;
            for sortie in &line.sorties {
                let both = [(sortie.loading, sortie.from), (sortie.unloading, sortie.to)];
                for (node, at) in both {
                    if let Some(node) = node.filter(|_| at == field && need > 0) {
                        let (from, to) = (Anchor::start(node), Some(Anchor::end(node)));
                        bookings.push(Booking { need, from, to, back: Duration::ZERO });
                    }
                }
            }
        }
        staffed(b, &resources, &bookings);
        let units = units(b, leaving, &resources);
        share(b, units, bookings, Why::Handling(field), None);
    }
    for (place, resources) in of_kind(b, |kind| kind == ResourceKind::HostCheck) {
        let Some(field) = place else { continue };
        let sorties = b.lines.iter().flat_map(|line| &line.sorties);
        let loading = sorties.filter(|sortie| sortie.from == field).filter_map(|x| x.loading);
        let bookings = loading.map(|node| {
            let (from, to) = (Anchor::start(node), Some(Anchor::end(node)));
            Booking { need: 1, from, to, back: Duration::ZERO }
        });
        let bookings: Vec<Booking> = bookings.collect();
        staffed(b, &resources, &bookings);
        let units = units(b, leaving, &resources);
        share(b, units, bookings, Why::HostCheck(field), None);
    }
}

/// A stay on the ground: class of the aircraft, from, to.
type Stay = (StandClass, Anchor, Option<Anchor>);

/// Of every class, aircraft of that class or larger share the stands of that class or larger (C14): no numbering of
/// stands, as in the rule. A class whose users are those of a larger one adds nothing.
fn stands(b: &mut Builder<'_>, leaving: &Leaving) {
    let class_of = |kind: ResourceKind| match kind {
        ResourceKind::Stand(class) => Some(class),
        _ => None,
    };
    let by_place = of_kind(b, |kind| class_of(kind).is_some());
    let mut stays = stays(b);
    for (place, resources) in by_place {
        let Some(field) = place else { continue };
        let stays: Vec<Stay> = stays.remove(&field).unwrap_or_default();
        let kinds = resources.iter().filter_map(|id| class_of(b.s.resources[*id].kind));
        let classes: BTreeSet<StandClass> = kinds.chain(stays.iter().map(|stay| stay.0)).collect();
        let mut n_larger = 0;
        for class in classes.into_iter().rev() {
            let users = || stays.iter().filter(|stay| stay.0 >= class);
            if users().count() == n_larger {
                continue;
            }
            n_larger = users().count();
            let booking =
                |&(_, from, to): &Stay| Booking { need: 1, from, to, back: Duration::ZERO };
            let bookings: Vec<Booking> = users().map(booking).collect();
            let takes = |id: &&ResourceId| {
                class_of(b.s.resources[**id].kind).is_some_and(|kind| kind >= class)
            };
            let fitting: Vec<ResourceId> = resources.iter().filter(takes).copied().collect();
            staffed(b, &fitting, &bookings);
            let units = units(b, leaving, &fitting);
            share(b, units, bookings, Why::Stand(field, class), None);
        }
    }
}

/// Returns who is on the ground where, from when to when. An aircraft at its base takes no stand outside services.
fn stays(b: &Builder<'_>) -> BTreeMap<PlaceId, Vec<Stay>> {
    let mut stays: BTreeMap<PlaceId, Vec<Stay>> = BTreeMap::new();
    for line in &b.lines {
        let tail = &b.s.tails[line.tail];
        let class = b.s.types[tail.aircraft].stand;
        let mut add = |field, from, to| stays.entry(field).or_default().push((class, from, to));
        for (at, sortie) in line.sorties.iter().enumerate() {
            if let Some(loading) = sortie.loading.filter(|_| sortie.from == tail.base) {
                add(sortie.from, Anchor::start(loading), Some(Anchor::start(sortie.flight)));
            }
            let lands = Anchor::end(sortie.flight);
            if sortie.to != tail.base {
                let next = line.sorties.get(at + 1).map(|next| Anchor::start(next.flight));
                add(sortie.to, lands, next);
            } else if let Some(unloading) = sortie.unloading {
                add(sortie.to, lands, Some(Anchor::end(unloading)));
            }
        }
    }
    stays
}

/// Headway on roads, and one column at a time in a border post.
fn roads(b: &mut Builder<'_>) {
    let mut on_road: BTreeMap<RoadId, Vec<(Timestamp, NodeId, i64)>> = BTreeMap::new();
    for column in &b.columns {
        for march in &column.marches {
            let departs = b.planned(Anchor::start(march.node));
            on_road.entry(march.road).or_default().push((departs, march.node, column.vehicles));
        }
    }
    for (road, mut marches) in on_road {
        marches.sort_unstable();
        for pair in marches.windows(2) {
            let ((_, before, vehicles), (_, after, _)) = (pair[0], pair[1]);
            let (row, to) = (&b.s.roads[road], Anchor::start(after));
            let has_post = row.border.is_some();
            if let Some(headway) = row.headway {
                let lag = b.pass_time(vehicles, road) + headway;
                b.arc(Anchor::start(before), to, lag, Why::Headway(road));
            }
            if has_post {
                b.arc(Anchor::end(before), to, Duration::ZERO, Why::BorderPost(road));
            }
        }
    }
}

/// Escorts go from column to column, each use from a departure until the tail has cleared and they are back.
fn escorts(b: &mut Builder<'_>, leaving: &Leaving) {
    let s = b.s;
    for (id, _) in s.resources.iter().filter(|(_, row)| row.kind == ResourceKind::Escort) {
        let mut bookings = Vec::new();
        for column in &b.columns {
            let way = column.marches.iter().map(|march| &s.roads[march.road]);
            for (first, last, need) in convoy::runs(way, id) {
                let from = Anchor::start(column.marches[first].node);
                let (march, road) = (column.marches[last].node, column.marches[last].road);
                let back = b.pass_time(column.vehicles, road) + s.roads[road].escort_back;
                bookings.push(Booking { need, from, to: Some(Anchor::end(march)), back });
            }
        }
        let levels = levels(b, &[id], |_| true);
        for booking in &bookings {
            let Some(to) = booking.to else { continue };
            let lasts = b.planned(to) + booking.back - b.planned(booking.from);
            let starts = fit_hours(&[&reaching(&levels, booking.need)], lasts);
            b.opening(booking.from.node, Calendar::EscortHours(id), starts);
        }
        let units = units(b, leaving, &[id]);
        share(b, units, bookings, Why::Escort(id), None);
    }
}

/// Take-offs and landings of a field keep its slot.
fn slots(b: &mut Builder<'_>) {
    let mut movements: BTreeMap<PlaceId, Vec<(Timestamp, Edge, NodeId)>> = BTreeMap::new();
    for sortie in b.lines.iter().flat_map(|line| &line.sorties) {
        let ends =
            [(sortie.from, Anchor::start(sortie.flight)), (sortie.to, Anchor::end(sortie.flight))];
        for (field, moment) in ends {
            let movement = (b.planned(moment), moment.edge, moment.node);
            movements.entry(field).or_default().push(movement);
        }
    }
    for (field, mut list) in movements {
        let slot = b.s.places[field].airfield.as_ref().map_or(Duration::ZERO, |row| row.slot);
        if slot <= Duration::ZERO {
            continue;
        }
        list.sort_unstable();
        for pair in list.windows(2) {
            let [from, to] = [pair[0], pair[1]].map(|(_, edge, node)| Anchor { node, edge });
            b.arc(from, to, slot, Why::RunwaySlot(field));
        }
    }
}

/// People and items wait in a staging area from the arrival of their column to their take-off (C22).
fn staging(b: &mut Builder<'_>, journeys: &Journeys) {
    let mut people: BTreeMap<PlaceId, Vec<Booking>> = BTreeMap::new();
    let mut items: BTreeMap<PlaceId, Vec<Booking>> = BTreeMap::new();
    for taken in journeys.taken.iter().filter(|taken| taken.flies) {
        let Some(from) = taken.came_by_column else { continue };
        let (n_people, n_items) = amounts(b.s, taken);
        for (list, need) in [(&mut people, n_people), (&mut items, n_items)] {
            let to = Some(taken.departs);
            if need > 0 {
                list.entry(taken.from).or_default().push(Booking {
                    need,
                    from,
                    to,
                    back: Duration::ZERO,
                });
            }
        }
    }
    for (lists, is_people) in [(people, true), (items, false)] {
        for (field, bookings) in lists {
            let row = b.s.places[field].airfield.as_ref();
            let room = row.and_then(|row| match is_people {
                true => row.staging_people,
                false => row.staging_vehicles,
            });
            let Some(count) = room else { continue };
            let windows = vec![Interval::ALWAYS];
            let (free_at, freed_by) = (Timestamp::MIN, None);
            let units = vec![Units { count, windows, provider: None, free_at, freed_by }];
            share(b, units, bookings, Why::StagingRoom(field), None);
        }
    }
}

/// Who keeps a field open leaves it after the field's other departures (C25).
fn keepers(b: &mut Builder<'_>, leaving: &Leaving) {
    let s = b.s;
    for (_, row) in s.resources.iter().filter(|(_, row)| row.keep > 0) {
        let Some(field) = row.place else { continue };
        let given = row.capacity.iter().filter_map(|part| Some((part.provided_by?, part.amount)));
        let mut given: Vec<(Timestamp, ElementId, Option<Anchor>, i64)> = given
            .map(|(element, amount)| {
                let leaves = leaving.provider(b, element, Some(field));
                let t = leaves.map_or(Timestamp::MAX, |leaves| b.planned(leaves));
                (t, element, leaves, amount)
            })
            .collect();
        given.sort_unstable();
        let mut there = given.iter().fold(0_i64, |sum, part| sum.saturating_add(part.3));
        let needed = row.keep.min(there);
        let departures: Vec<NodeId> = b
            .lines
            .iter()
            .flat_map(|line| &line.sorties)
            .filter(|sortie| sortie.from == field)
            .map(|sortie| sortie.flight)
            .collect();
        for (_, element, leaves, amount) in given {
            there = there.saturating_sub(amount);
            let Some(leaves) = leaves.filter(|_| there < needed) else { continue };
            for &flight in &departures {
                b.arc(Anchor::start(flight), leaves, Duration::ZERO, Why::Keeper(element));
            }
        }
    }
}
