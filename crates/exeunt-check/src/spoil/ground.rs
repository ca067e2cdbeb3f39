//! Corruptions of airfields and of provided capacity: C14, C15, C16, C25.

use super::edit::{AMOUNTS, Extra, add_extra, fly_at, on_sortie, shift, sortie};
use super::{Spoiler, Way, way};
use crate::facts::Facts;
use crate::flight::type_of;
use crate::ground::{at_least, resources_of, service_uses, stands_of};
use crate::journey::By;
use crate::sweep::capacity_at;
use crate::travel::{is_open, lies_inside};
use exeunt_model::ids::*;
use exeunt_model::plan::{Plan, Service, Sortie};
use exeunt_model::scenario::{Activity, Resource, ResourceKind, StandClass};
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Most moments that are tried at one field.
const MOST_MOMENTS: usize = 12;

/// Returns moments at which something happens at a field, spread.
fn moments(facts: &Facts, field: PlaceId) -> Vec<Timestamp> {
    let mut moments = BTreeSet::new();
    for flight in &facts.resolved.flights {
        if flight.to == field {
            moments.insert(flight.row.lands);
        }
        if flight.from == field {
            moments.insert(flight.row.departs);
        }
    }
    super::spread(moments.into_iter().collect(), MOST_MOMENTS)
}

/// Returns the fields that the plan uses.
fn fields(facts: &Facts) -> BTreeSet<PlaceId> {
    facts.resolved.flights.iter().flat_map(|flight| [flight.from, flight.to]).collect()
}

pub(super) fn break_c14(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let mut extra = Vec::new();
    let mut stretched = Vec::new();
    for field in fields(facts) {
        let stands = stands_of(facts, field);
        if stands.is_empty() {
            continue;
        }
        let tails = facts.scenario.tails.ids().collect();
        for tail in super::spread(tails, 3) {
            let class = facts.scenario.types[facts.scenario.tails[tail].aircraft].stand;
            let resources = at_least(&stands, class);
            for t in moments(facts, field) {
                let (_, full) = capacity_at(facts, &resources, t);
                let n = usize::try_from(full).unwrap_or(0) + 1;
                if let Some(way) = park(s, tail, field, t, n) {
                    extra.push(way);
                }
            }
        }
        stretched.extend(stretch_stays(s, field, &stands));
    }
    vec![stretched, extra]
}

/// Parks an aircraft `n` times at a field at `t`.
fn park(s: &Spoiler, tail: TailId, field: PlaceId, t: Timestamp, n: usize) -> Option<Way> {
    let (name, config) = s.tail(tail)?;
    let other = s.name(s.other_field(field)?);
    let is_base = s.facts.scenario.tails[tail].base == field;
    let here = s.name(field);
    let hour = Duration::from_hours(1);
    let (from, to) = if is_base { (here.clone(), other) } else { (other, here.clone()) };
    let loading = is_base.then_some(Service { starts: t, ends: t + Duration(1) });
    // At another field the stay lasts from the landing to the next take-off an hour later.
    let lands = if is_base { t + hour + hour } else { t };
    let extra =
        Extra { tail: name, config, from, to, departs: t + hour, lands, loading, load: Vec::new() };
    let what = format!("{n} stays more of tail `{}` at {here} at {t}", extra.tail);
    Some(way(what, move |plan| add_extra(plan, &extra, n)))
}

/// Makes all stays at a field, but at the base of the aircraft, contain one moment.
fn stretch_stays(s: &Spoiler, field: PlaceId, stands: &[(StandClass, ResourceId)]) -> Vec<Way> {
    let facts = s.facts;
    let resources: Vec<ResourceId> = stands.iter().map(|&(_, id)| id).collect();
    let lowest = stands.iter().map(|&(class, _)| class).min();
    let mut stays = Vec::new();
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let is_base = facts.scenario.tails[row.tail].base == field;
        let is_counted = Some(type_of(facts, row).stand) >= lowest;
        if row.to == field && !is_base && is_counted {
            stays.push((s.at[flight], row.next.map(|next| s.at[next])));
        }
    }
    let mut ways = Vec::new();
    for t in moments(facts, field) {
        let (_, full) = capacity_at(facts, &resources, t);
        let n = usize::try_from(full).unwrap_or(0) + 1;
        if stays.len() < n {
            continue;
        }
        let stays = stays.clone();
        let what = format!("all aircraft stand at {} at {t}", s.name(field));
        ways.push(way(what, move |plan| {
            for &(arrival, departure) in &stays {
                if let Some(row) = sortie(plan, arrival) {
                    row.lands = row.lands.min(t);
                }
                if let Some(row) = departure.and_then(|at| sortie(plan, at)) {
                    row.departs = row.departs.max(t + Duration(1));
                }
            }
        }));
    }
    ways
}

pub(super) fn break_c15(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let mut families: [Vec<Way>; 3] = Default::default();
    let [together, extra, alone] = &mut families;
    for field in fields(facts) {
        let services = services_at(s, field);
        let kinds = [
            (ResourceKind::Handling, "handling teams", false),
            (ResourceKind::HostCheck, "host checks", true),
        ];
        for (kind, what, only_loading) in kinds {
            let resources = resources_of(facts, field, kind);
            if resources.is_empty() {
                continue;
            }
            let used: Vec<&ServiceAt> =
                services.iter().filter(|service| service.is_loading || !only_loading).collect();
            let amount = |service: &ServiceAt| if only_loading { 1 } else { service.teams };
            let all: i128 = used.iter().map(|service| i128::from(amount(service))).sum();
            for t in moments(facts, field) {
                let (_, full) = capacity_at(facts, &resources, t);
                if all > full {
                    let ats: Vec<_> = used.iter().map(|u| (u.at, u.is_loading)).collect();
                    together.push(way(
                        format!("all {what} of {} work at {t}", s.name(field)),
                        move |plan| {
                            for &(at, is_loading) in &ats {
                                move_service(plan, at, is_loading, t);
                            }
                        },
                    ));
                }
                extra.extend(serve_more(s, field, t, full, only_loading, what));
            }
            for service in super::spread(used.clone(), MOST_MOMENTS) {
                for t in closings(facts, &resources, service.starts) {
                    let (_, full) = capacity_at(facts, &resources, t);
                    if i128::from(amount(service)) > full {
                        let (at, is_loading) = (service.at, service.is_loading);
                        alone.push(way(
                            format!("{} is served at {t} without {what}", service.object),
                            move |plan| move_service(plan, at, is_loading, t),
                        ));
                    }
                }
            }
        }
    }
    families.into()
}

/// A loading or unloading at a field.
struct ServiceAt {
    at: (usize, usize),
    object: String,
    is_loading: bool,
    starts: Timestamp,
    teams: i64,
}

fn services_at(s: &Spoiler, field: PlaceId) -> Vec<ServiceAt> {
    let mut services = Vec::new();
    for (flight, row) in s.facts.resolved.flights.iter().enumerate() {
        let teams = type_of(s.facts, row).handling_teams;
        let both = [(row.from, row.row.loading, true), (row.to, row.row.unloading, false)];
        for (place, service, is_loading) in both {
            if let Some(service) = service.filter(|_| place == field) {
                services.push(ServiceAt {
                    at: s.at[flight],
                    object: row.object(),
                    is_loading,
                    starts: service.starts,
                    teams,
                });
            }
        }
    }
    services
}

/// Moves a service to start at `t`; it lasts a second at least.
fn move_service(plan: &mut Plan, at: (usize, usize), is_loading: bool, t: Timestamp) {
    let Some(row) = sortie(plan, at) else { return };
    let service = if is_loading { &mut row.loading } else { &mut row.unloading };
    if let Some(service) = service {
        let length = (service.ends - service.starts).max(Duration(1));
        *service = Service { starts: t, ends: t + length };
    }
}

/// Adds loadings at a field at `t` until there are more than its capacity.
fn serve_more(
    s: &Spoiler,
    field: PlaceId,
    t: Timestamp,
    full: i128,
    only_loading: bool,
    what: &str,
) -> Option<Way> {
    let facts = s.facts;
    let (tail, each) = facts.scenario.tails.iter().find_map(|(id, tail)| {
        let each =
            if only_loading { 1 } else { facts.scenario.types[tail.aircraft].handling_teams };
        (each > 0).then_some((id, each))
    })?;
    let n = usize::try_from(full / i128::from(each)).unwrap_or(0) + 1;
    let extra = loading_at(s, tail, field, t, t)?;
    let what = format!("{n} loadings more use {what} of {} at {t}", s.name(field));
    Some(way(what, move |plan| add_extra(plan, &extra, n)))
}

/// Returns a sortie that is loaded for a second at `t` and departs then.
fn loading_at(
    s: &Spoiler,
    tail: TailId,
    field: PlaceId,
    t: Timestamp,
    departs: Timestamp,
) -> Option<Extra> {
    let (name, config) = s.tail(tail)?;
    let to = s.name(s.other_field(field)?);
    Some(Extra {
        tail: name,
        config,
        from: s.name(field),
        to,
        departs,
        lands: departs + Duration::from_hours(1),
        loading: Some(Service { starts: t, ends: t + Duration(1) }),
        load: Vec::new(),
    })
}

/// Returns ends of the capacity windows of resources at or after `t`, the nearest first.
fn closings(facts: &Facts, resources: &[ResourceId], t: Timestamp) -> Vec<Timestamp> {
    let mut ends: Vec<Timestamp> = resources
        .iter()
        .flat_map(|&id| &facts.scenario.resources[id].capacity)
        .flat_map(|row| &row.windows)
        .map(|window| window.to)
        .filter(|&end| end >= t && end < Timestamp::MAX)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends.truncate(3);
    ends
}

pub(super) fn break_c16(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 6] = Default::default();
    let [movements, services, local, slots, runways, curfews] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        let class = facts.scenario.tails[row.tail].user_class;
        let ends =
            [(row.from, row.row.departs, true, "departs"), (row.to, row.row.lands, false, "lands")];
        for (field, t, is_departure, what) in ends {
            let Some(windows) = facts.windows(field, class, Activity::Movement) else { continue };
            let Some(window) = window_of(&windows, t) else { continue };
            for (wait, text) in edges(window, t) {
                movements.push(way(
                    format!("{object} {what} {text} {}", s.name(field)),
                    on_sortie(at, move |row| {
                        let t = if is_departure { row.departs } else { row.lands };
                        let flown = row.lands - row.departs;
                        let t = t + wait;
                        row.departs = if is_departure { t } else { t - flown };
                        row.lands = row.departs + flown;
                    }),
                ));
            }
            let offset = Duration(facts.scenario.operation.zone_offset);
            if !is_open(&windows, t + offset) {
                local.push(way(
                    format!("local time of {object} is written as UTC: it {what} when closed"),
                    on_sortie(at, move |row| shift(row, offset)),
                ));
            }
        }
        let both = [
            (row.from, row.row.loading, true, "loading"),
            (row.to, row.row.unloading, false, "unloading"),
        ];
        for (field, service, is_loading, what) in both {
            let Some(Service { starts, ends }) = service else { continue };
            let Some(windows) = facts.windows(field, class, Activity::Handling) else { continue };
            let Some(window) = window_of(&windows, starts) else { continue };
            let length = ends - starts;
            let starts = [
                (window.to + Duration(1) - length, "ends 1 s after closing"),
                (window.from - Duration(1), "starts 1 s before opening"),
            ];
            for (t, text) in starts {
                if length.0 > 0 && !lies_inside(&windows, t, t + length) {
                    services.push(way(
                        format!("the {what} of {object} {text} of {}", s.name(field)),
                        move |plan| move_service(plan, at, is_loading, t),
                    ));
                }
            }
        }
        for (id, place) in facts.scenario.places.iter() {
            let is_short = place
                .airfield
                .as_ref()
                .is_some_and(|field| field.runway < type_of(facts, row).min_runway);
            if is_short && id != row.from {
                let name = place.name.clone();
                runways.push(way(
                    format!("{object} lands on the short runway of {name}"),
                    on_sortie(at, move |row| row.to = name.clone()),
                ));
            }
        }
    }
    slots.extend(crowd_slots(s));
    curfews.extend(march_in_curfews(s));
    families.into()
}

fn window_of(windows: &[Interval], t: Timestamp) -> Option<Interval> {
    windows.iter().copied().find(|window| window.contains(t))
}

/// Returns the waits that put a moment of a window just outside it. Windows do not touch, so the
/// moments next to its ends are closed.
fn edges(window: Interval, t: Timestamp) -> Vec<(Duration, &'static str)> {
    let mut edges = Vec::new();
    if window.to < Timestamp::MAX {
        edges.push((window.to - t, "at the closing of"));
    }
    if window.from > Timestamp::MIN {
        edges.push((window.from - t - Duration(1), "1 s before the opening of"));
    }
    edges
}

fn crowd_slots(s: &Spoiler) -> Vec<Way> {
    let facts = s.facts;
    let mut movements: BTreeMap<PlaceId, Vec<(Timestamp, usize, bool)>> = BTreeMap::new();
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        movements.entry(row.from).or_default().push((row.row.departs, flight, true));
        movements.entry(row.to).or_default().push((row.row.lands, flight, false));
    }
    let mut ways = Vec::new();
    for (place, mut movements) in movements {
        let slot =
            facts.scenario.places[place].airfield.as_ref().map_or(Duration::ZERO, |f| f.slot);
        if slot.0 <= 0 {
            continue;
        }
        movements.sort_unstable();
        for pair in movements.windows(2) {
            let [(before, _, _), (_, second, is_departure)] = [pair[0], pair[1]];
            let object = facts.resolved.flights[second].object();
            let times = [
                (Duration(slot.0 - 1), "1 s short of a slot after"),
                (Duration::ZERO, "at the moment of"),
            ];
            for (after, text) in times {
                let t = before + after;
                ways.push(way(
                    format!("{object} moves at {} {text} another", s.name(place)),
                    on_sortie(s.at[second], move |row: &mut Sortie| {
                        let flown = row.lands - row.departs;
                        fly_at(row, if is_departure { t } else { t - flown });
                    }),
                ));
            }
        }
    }
    ways
}

fn march_in_curfews(s: &Spoiler) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    if !facts.scenario.operation.curfews_bind_columns {
        return ways;
    }
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        for (position, march) in drive.marches.iter().enumerate() {
            let lasts = march.row.arrives - march.row.departs;
            for curfew in &facts.scenario.curfews {
                let is_area = [march.from, march.to]
                    .into_iter()
                    .any(|place| facts.scenario.places[place].area.as_ref() == Some(&curfew.area));
                for &window in curfew.windows.iter().filter(|_| is_area && lasts.0 > 0).take(3) {
                    let departs = window.to - Duration(1);
                    ways.push(way(
                        format!("{} marches before curfew ends at {}", drive.object(), window.to),
                        move |plan| {
                            let row = &mut plan.columns[column].marches[position];
                            row.departs = departs;
                            row.arrives = departs + lasts;
                        },
                    ));
                }
            }
        }
    }
    ways
}

pub(super) fn break_c25(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [left_behind, boards_early, service, steps] = &mut families;
    let facts = s.facts;
    for (id, resource) in facts.scenario.resources.iter() {
        let providers: Vec<(ElementId, i64)> = resource
            .capacity
            .iter()
            .filter_map(|row| row.provided_by.map(|element| (element, row.amount)))
            .collect();
        if providers.is_empty() {
            continue;
        }
        if let Some(field) = resource.place {
            left_behind.extend(depart_after_keepers(s, id, field, &providers));
            boards_early.extend(board_early(s, id, field, &providers));
            service.extend(serve_after_providers(s, id, field));
        } else {
            steps.extend(step_after_providers(s, id));
        }
    }
    families.into()
}

/// What all providers provide, and how much of it must stay until the last departure.
fn there_and_needed(row: &Resource, providers: &[(ElementId, i64)]) -> (i64, i64) {
    let all = providers.iter().map(|&(_, amount)| amount).sum();
    (all, row.keep.min(all))
}

/// Lets an aircraft depart after those who keep the field open have gone.
fn depart_after_keepers(
    s: &Spoiler,
    resource: ResourceId,
    field: PlaceId,
    providers: &[(ElementId, i64)],
) -> Vec<Way> {
    let facts = s.facts;
    let row = &facts.scenario.resources[resource];
    let (all, needed) = there_and_needed(row, providers);
    let mut left = all;
    let mut last = facts.last_departure.get(&field).copied();
    for &(element, amount) in providers {
        if let Some(t) = facts.provider_leaves(element, Some(field)) {
            left -= amount;
            last = last.max(Some(t));
        }
    }
    let mut ways = Vec::new();
    let (Some(last), true) = (last, row.keep > 0 && left < needed) else { return ways };
    let Some(tail) = facts.scenario.tails.ids().next() else { return ways };
    for (amount, text) in AMOUNTS {
        let departs = last + Duration(amount);
        if let Some(mut extra) = loading_at(s, tail, field, departs, departs) {
            extra.loading = None;
            ways.push(way(
                format!("an aircraft leaves {} {text} after `{}`", s.name(field), row.name),
                move |plan| add_extra(plan, &extra, 1),
            ));
        }
    }
    ways
}

/// Lets a provider board before another departure, where it boards the field's last sortie.
fn board_early(
    s: &Spoiler,
    resource: ResourceId,
    field: PlaceId,
    providers: &[(ElementId, i64)],
) -> Vec<Way> {
    let facts = s.facts;
    let row = &facts.scenario.resources[resource];
    let (all, needed) = there_and_needed(row, providers);
    let mut ways = Vec::new();
    let departures = |except: usize| {
        let flights = facts.resolved.flights.iter().enumerate();
        flights
            .filter(move |(flight, row)| *flight != except && row.from == field)
            .map(|(_, row)| row.row.departs)
            .max()
    };
    for &(element, amount) in providers {
        if row.keep <= 0 || all - amount >= needed {
            continue;
        }
        for taken in &facts.journeys.taken {
            let by = &facts.journeys.moves[taken.by_move];
            let By::Ride { boards, .. } = by.by else { continue };
            // Only items that are there from the start can board at any moment.
            let is_there = by.from == field && taken.is_first;
            if !is_there || facts.element_of(taken.piece) != element {
                continue;
            }
            let Some(other) = departures(boards) else { continue };
            for (amount, text) in AMOUNTS {
                let t = other - Duration(amount);
                let at = s.at[boards];
                ways.push(way(
                    format!(
                        "{} takes `{}` {text} before the last departure of {}",
                        facts.carrier(by),
                        row.name,
                        s.name(field)
                    ),
                    on_sortie(at, move |row| {
                        fly_at(row, t);
                        if let Some(loading) = &mut row.loading {
                            loading.starts = t - Duration(1);
                        }
                    }),
                ));
            }
        }
    }
    ways
}

/// Returns moments from which a provider is gone.
fn after_leaving(facts: &Facts, resource: ResourceId) -> Vec<Timestamp> {
    let row = &facts.scenario.resources[resource];
    let mut moments = BTreeSet::new();
    for part in &row.capacity {
        let Some(element) = part.provided_by else { continue };
        let Some(t) = facts.provider_leaves(element, row.place) else { continue };
        moments.extend([t, t + Duration(1), t + Duration(60), t + Duration(3_600)]);
        let later = part.windows.iter().map(|window| window.from).filter(|&from| from > t);
        moments.extend(later.take(4));
    }
    moments.into_iter().collect()
}

/// Serves aircraft after the providers of handling or checks have gone, no more than all could serve.
fn serve_after_providers(s: &Spoiler, resource: ResourceId, field: PlaceId) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    let row = &facts.scenario.resources[resource];
    let (handling, checks) = service_uses(facts);
    let (uses, only_loading) = match row.kind {
        ResourceKind::Handling => (handling, false),
        ResourceKind::HostCheck => (checks, true),
        _ => return ways,
    };
    let resources = resources_of(facts, field, row.kind);
    let uses = uses.get(&field).cloned().unwrap_or_default();
    // A departure that is not the field's last leaves the providers' times as they are.
    let Some(&last) = facts.last_departure.get(&field) else { return ways };
    for (tail, tail_row) in facts.scenario.tails.iter() {
        let each =
            if only_loading { 1 } else { facts.scenario.types[tail_row.aircraft].handling_teams };
        if each <= 0 {
            continue;
        }
        for t in after_leaving(facts, resource) {
            let (there, full) = capacity_at(facts, &resources, t);
            let used: i128 = uses
                .iter()
                .filter(|(span, _)| span.contains(t))
                .map(|&(_, amount)| i128::from(amount))
                .sum();
            let n = ((there - used) / i128::from(each) + 1).max(1);
            let all = used + n * i128::from(each);
            let Some(extra) = loading_at(s, tail, field, t, last - Duration(1)) else { continue };
            if all > there && all <= full {
                let n = usize::try_from(n).unwrap_or(1);
                ways.push(way(
                    format!("{n} loadings more at {t}, after those of `{}` have left", row.name),
                    move |plan| add_extra(plan, &extra, n),
                ));
            }
        }
        if !ways.is_empty() {
            break;
        }
    }
    ways
}

/// Holds handover steps after the providers of their team have gone.
fn step_after_providers(s: &Spoiler, resource: ResourceId) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    let need_of = |step: StepId| -> i64 {
        let needs = facts.scenario.steps[step].needs.iter();
        needs.filter(|&&(id, _)| id == resource).map(|&(_, amount)| amount).sum()
    };
    for (position, held) in facts.resolved.handovers.iter().enumerate() {
        let Some(step) = held.step.filter(|&step| need_of(step) > 0) else { continue };
        for t in after_leaving(facts, resource) {
            let (there, full) = capacity_at(facts, &[resource], t);
            let others: i128 = facts
                .resolved
                .handovers
                .iter()
                .enumerate()
                .filter(|(other, row)| {
                    *other != position && row.row.starts <= t && t < row.row.ends
                })
                .filter_map(|(_, row)| row.step)
                .map(|step| i128::from(need_of(step)))
                .sum();
            let all = others + i128::from(need_of(step));
            if all > there && all <= full {
                let length = held.row.ends - held.row.starts;
                ways.push(way(
                    format!("step `{}` starts at {t}, after its team has left", held.row.step),
                    move |plan| {
                        plan.handovers[position].starts = t;
                        plan.handovers[position].ends = t + length;
                    },
                ));
            }
        }
    }
    ways
}
