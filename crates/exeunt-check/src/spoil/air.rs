//! Corruptions of flying and loads: C10, C11, C12, C13, C17, C26.

use super::edit::{AMOUNTS, fly_at, on_sortie, sortie};
use super::{Spoiler, Way, way};
use crate::clearance::{Clearances, Needs, border_states, needs_of};
use crate::flight::{self, mass_on_board, type_of};
use crate::resolved::{self, Flight, Named};
use crate::travel::payload_at;
use exeunt_model::ids::*;
use exeunt_model::plan::{ColumnLoad, Line};
use exeunt_model::scenario::PieceKind;
use exeunt_model::time::{Duration, Timestamp};
use exeunt_model::units::Mass;

pub(super) fn break_c10(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 8] = Default::default();
    let [legs, no_leg, unknown, nowhere, from, early, skipped, split] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        if let Some(other) = wrong_leg(s, row) {
            legs.push(way(
                format!("{object} flies along `{other}`"),
                on_sortie(at, move |row| row.leg = Some(other.clone())),
            ));
        }
        if !flight::is_inside_own_state(facts, row.tail, row.from, row.to) {
            no_leg.push(way(format!("{object} names no leg"), on_sortie(at, |row| row.leg = None)));
        }
        unknown.push(way(
            format!("{object} names a leg that does not exist"),
            on_sortie(at, |row| row.leg = Some("NO-SUCH-LEG".to_owned())),
        ));
        nowhere.push(way(
            format!("{object} lands where it left"),
            on_sortie(at, |row| row.to = row.from.clone()),
        ));
        if let Some(other) = s.other_field(row.from) {
            let other = s.name(other);
            from.push(way(
                format!("{object} leaves from {other}"),
                on_sortie(at, move |row| row.from = other.clone()),
            ));
        }
        if let Some(previous) = row.previous {
            let lands = facts.resolved.flights[previous].row.lands;
            early.push(way(
                format!("{object} departs 1 s before its aircraft lands"),
                on_sortie(at, move |row| fly_at(row, lands - Duration(1))),
            ));
        }
        if row.next.is_some() {
            skipped.push(way(format!("{object} is deleted"), move |plan| {
                plan.lines[at.0].sorties.remove(at.1);
            }));
        }
    }
    let mut exchanged = Vec::new();
    let lines = &facts.resolved.lines;
    for (position, line) in lines.iter().enumerate().filter(|(_, line)| !line.flights.is_empty()) {
        let tail = &facts.scenario.tails[line.tail];
        split.push(way(format!("the line of tail `{}` is cut in two", tail.name), move |plan| {
            let last: Vec<_> = plan.lines[position].sorties.pop().into_iter().collect();
            let tail = plan.lines[position].tail.clone();
            plan.lines.push(Line { tail, sorties: last });
        }));
        let other_base = facts.scenario.tails.iter().find(|(_, other)| other.base != tail.base);
        if let Some((_, other)) = other_base {
            let name = other.name.clone();
            exchanged.push(way(
                format!("tail `{name}` flies the line of tail `{}`", tail.name),
                move |plan| plan.lines[position].tail = name.clone(),
            ));
        }
    }
    let mut families: Vec<Vec<Way>> = families.into();
    families.push(exchanged);
    families
}

/// Returns a leg that does not join the sortie's ends.
fn wrong_leg(s: &Spoiler, flight: &Flight) -> Option<String> {
    let ends = [flight.from, flight.to];
    let mut legs = s.facts.scenario.air_legs.iter();
    let wrong = legs.find(|(_, leg)| ends != [leg.from, leg.to] && ends != [leg.to, leg.from]);
    wrong.map(|(_, leg)| leg.name.clone())
}

pub(super) fn break_c11(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 8] = Default::default();
    let [block, block_unit, loading, loading_unit, unloading, stop, hurried, busy] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        let aircraft = type_of(facts, row);
        for (amount, text) in [(-60, "1 min shorter"), (60, "1 min longer"), (-1, "1 s shorter")] {
            block.push(way(
                format!("{object} flies {text} than its block time"),
                on_sortie(at, move |row| row.lands = row.lands + Duration(amount)),
            ));
        }
        let flown = row.row.lands - row.row.departs;
        if flown.0 > 60 {
            block_unit.push(way(
                format!("{object} flies minutes for hours"),
                on_sortie(at, move |row| row.lands = row.departs + Duration(flown.0 / 60)),
            ));
        }
        if row.row.loading.is_some() && aircraft.onload.0 > 0 {
            // A change of configuration only makes the time needed longer.
            let onload = aircraft.onload;
            loading.push(way(
                format!("the loading of {object} is 1 s too short"),
                on_sortie(at, move |row| {
                    if let Some(loading) = &mut row.loading {
                        loading.ends = loading.starts + (onload - Duration(1));
                    }
                }),
            ));
            loading_unit.push(way(
                format!("the loading of {object} takes minutes for hours"),
                on_sortie(at, move |row| {
                    if let Some(loading) = &mut row.loading {
                        loading.ends = loading.starts + Duration(onload.0 / 60);
                    }
                }),
            ));
        }
        if row.row.loading.is_some() {
            hurried.push(way(
                format!("{object} departs 1 s before its loading ends"),
                on_sortie(at, |row| {
                    if let Some(loading) = row.loading {
                        fly_at(row, loading.ends - Duration(1));
                    }
                }),
            ));
        }
        if row.row.unloading.is_some() && aircraft.offload.0 > 0 {
            let offload = aircraft.offload;
            unloading.push(way(
                format!("the unloading of {object} is 1 s too short"),
                on_sortie(at, move |row| {
                    if let Some(unloading) = &mut row.unloading {
                        unloading.ends = unloading.starts + (offload - Duration(1));
                    }
                }),
            ));
            unloading.push(way(
                format!("the unloading of {object} starts 1 s before it lands"),
                on_sortie(at, |row| {
                    if let Some(unloading) = &mut row.unloading {
                        unloading.starts = row.lands - Duration(1);
                    }
                }),
            ));
        }
        let Some(previous) = row.previous.map(|p| &facts.resolved.flights[p]) else { continue };
        let lands = previous.row.lands;
        if previous.row.unloading.is_none() && row.row.loading.is_none() && aircraft.enroute.0 > 0 {
            let enroute = aircraft.enroute;
            stop.push(way(
                format!("{object} leaves its stop 1 s too early"),
                on_sortie(at, move |row| fly_at(row, lands + (enroute - Duration(1)))),
            ));
        }
        if row.row.loading.is_some() {
            let free = previous.row.unloading.map_or(lands, |unloading| unloading.ends);
            busy.push(way(
                format!("{object} is loaded 1 s before its aircraft is free"),
                on_sortie(at, move |row| {
                    if let Some(loading) = &mut row.loading {
                        loading.starts = free - Duration(1);
                    }
                }),
            ));
        }
    }
    families.into()
}

pub(super) fn break_c12(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [overloaded, moved, unit, longer] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let Some(distance) = row.distance.filter(|_| row.is_loaded()) else { continue };
        let payload = payload_at(&type_of(facts, row).payload_range, distance);
        let mass = mass_on_board(facts, row);
        let at = s.at[flight];
        let object = row.object();
        for (position, part) in row.cargo.iter().enumerate() {
            let piece = &facts.scenario.pieces[part.piece];
            let each = resolved::mass_of(facts.scenario, piece, 1);
            if each.0 <= 0 {
                continue;
            }
            // The least number more that no longer fits.
            let more = ((payload - mass).0 / each.0).saturating_add(1);
            overloaded.push(way(
                format!("{object} takes {more} more of piece `{}`", piece.name),
                on_sortie(at, move |row| {
                    let count = &mut row.load[position].count;
                    *count = count.saturating_add(more);
                }),
            ));
            let count = part.count.saturating_mul(1_000);
            let added = each.times(count.saturating_sub(part.count));
            if mass + added > payload {
                unit.push(way(
                    format!("{object} takes a thousand times piece `{}`", piece.name),
                    on_sortie(at, move |row| row.load[position].count = count),
                ));
            }
        }
        if let Some(way) = overload_from_others(s, flight, payload - mass) {
            moved.push(way);
        }
        for (_, leg) in facts.scenario.air_legs.iter() {
            if payload_at(&type_of(facts, row).payload_range, leg.distance) < mass {
                let name = leg.name.clone();
                longer.push(way(
                    format!("{object} flies the longer leg `{name}`"),
                    on_sortie(at, move |row| row.leg = Some(name.clone())),
                ));
            }
        }
    }
    families.into()
}

/// Moves whole load rows of other sorties to one until it is overloaded.
fn overload_from_others(s: &Spoiler, flight: usize, mut room: Mass) -> Option<Way> {
    let facts = s.facts;
    let mut from = Vec::new();
    for (other, row) in facts.resolved.flights.iter().enumerate() {
        if other == flight || row.cargo.is_empty() {
            continue;
        }
        room -= mass_on_board(facts, row);
        from.push(s.at[other]);
        if room < Mass::ZERO {
            break;
        }
    }
    let at = s.at[flight];
    let object = facts.resolved.flights[flight].object();
    let what = format!("the loads of {} other sorties are put into {object}", from.len());
    (room < Mass::ZERO).then(|| {
        way(what, move |plan| {
            let mut load = Vec::new();
            for &other in &from {
                if let Some(row) = sortie(plan, other) {
                    load.append(&mut row.load);
                }
            }
            if let Some(row) = sortie(plan, at) {
                row.load.append(&mut load);
            }
        })
    })
}

pub(super) fn break_c13(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 7] = Default::default();
    let [unfitted, no_zone, no_such_zone, small, long, seats, standing] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        unfitted.push(way(
            format!("{object} flies a configuration that does not exist"),
            on_sortie(at, |row| row.config = "NO-SUCH-FIT".to_owned()),
        ));
        let Some(fit) = flight::configuration(facts, row) else { continue };
        let people = row.cargo.iter().fold(0_i64, |sum, part| {
            sum + resolved::people_of(&facts.scenario.pieces[part.piece], part.count)
        });
        for (position, part) in row.cargo.iter().enumerate() {
            let piece = &facts.scenario.pieces[part.piece];
            if piece.people_each() > 0 {
                let more = (fit.seats - people) / piece.people_each() + 1;
                seats.push(way(
                    format!("{more} more of piece `{}` have no seats in {object}", piece.name),
                    on_sortie(at, move |row| row.load[position].count += more),
                ));
            }
            if piece.kind == PieceKind::People {
                standing.push(way(
                    format!("people piece `{}` stands on the floor of {object}", piece.name),
                    on_sortie(at, move |row| row.load[position].zone = Some("floor".to_owned())),
                ));
                continue;
            }
            no_zone.push(way(
                format!("piece `{}` has no zone in {object}", piece.name),
                on_sortie(at, move |row| row.load[position].zone = None),
            ));
            no_such_zone.push(way(
                format!("piece `{}` stands in no zone of {object}", piece.name),
                on_sortie(at, move |row| {
                    row.load[position].zone = Some("NO-SUCH-ZONE".to_owned());
                }),
            ));
            for zone in &fit.zones {
                let is_small = piece.width > zone.width
                    || piece.height > zone.height
                    || piece.length.times(part.count) > zone.length
                    || piece.mass.times(part.count) > zone.max_mass;
                if is_small {
                    let name = zone.name.clone();
                    small.push(way(
                        format!("piece `{}` stands in small zone `{name}` of {object}", piece.name),
                        on_sortie(at, move |row| row.load[position].zone = Some(name.clone())),
                    ));
                }
            }
            if let (Named::Known(zone), true) = (part.zone, piece.length.0 > 0) {
                let more = fit.zones[zone].length.0 / piece.length.0 + 1;
                long.push(way(
                    format!("{more} more of piece `{}` stand in a row in {object}", piece.name),
                    on_sortie(at, move |row| row.load[position].count += more),
                ));
            }
        }
    }
    families.into()
}

pub(super) fn break_c17(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [too_early, too_late, serviced, maintained] = &mut families;
    let facts = s.facts;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        let tail = &facts.scenario.tails[row.tail];
        let available = tail.available;
        for (amount, text) in AMOUNTS {
            if available.from > Timestamp::MIN {
                too_early.push(way(
                    format!("{object} departs {text} before its tail is available"),
                    on_sortie(at, move |row| fly_at(row, available.from - Duration(amount))),
                ));
            }
            if available.to < Timestamp::MAX {
                too_late.push(way(
                    format!("{object} lands {text} after its tail is available"),
                    on_sortie(at, move |row| {
                        let late = available.to + Duration(amount);
                        let wait = late - row.lands;
                        row.departs = row.departs + wait;
                        row.lands = late;
                    }),
                ));
            }
        }
        if row.row.loading.is_some() && available.from > Timestamp::MIN {
            serviced.push(way(
                format!("the loading of {object} starts before its tail is available"),
                on_sortie(at, move |row| {
                    if let Some(loading) = &mut row.loading {
                        loading.starts = available.from - Duration(1);
                    }
                }),
            ));
        }
        if row.row.unloading.is_some() && available.to < Timestamp::MAX {
            serviced.push(way(
                format!("the unloading of {object} ends after its tail is available"),
                on_sortie(at, move |row| {
                    if let Some(unloading) = &mut row.unloading {
                        unloading.ends = available.to + Duration(1);
                    }
                }),
            ));
        }
        let flown = row.row.lands - row.row.departs;
        for &event in tail.maintenance.iter().filter(|event| event.from < event.to) {
            if flown.0 < 1 {
                continue;
            }
            let moments = [
                (event.from, "flies into maintenance"),
                (event.to - Duration(1), "departs 1 s before maintenance ends"),
                (event.from - (flown - Duration(1)), "lands 1 s after maintenance starts"),
            ];
            for (t, text) in moments {
                maintained.push(way(
                    format!("{object} {text}"),
                    on_sortie(at, move |row| fly_at(row, t)),
                ));
            }
        }
    }
    families.into()
}

pub(super) fn break_c26(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 6] = Default::default();
    let [late, early, strangers, legs, crossings, guests] = &mut families;
    let facts = s.facts;
    let clearances = Clearances::of(facts);
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        let owner = facts.scenario.tails[row.tail].owner;
        for (state, needs) in needs_of(facts, row) {
            let (from, to) = validity(&clearances, state, owner, needs);
            for (amount, text) in AMOUNTS {
                if let Some(to) = to {
                    late.push(way(
                        format!("{object} lands {text} after its clearance of {state} ends"),
                        on_sortie(at, move |row| {
                            let flown = row.lands - row.departs;
                            row.lands = to + Duration(amount);
                            row.departs = row.lands - flown;
                        }),
                    ));
                }
                if let Some(from) = from {
                    early.push(way(
                        format!("{object} departs {text} before its clearance of {state} starts"),
                        on_sortie(at, move |row| fly_at(row, from - Duration(amount))),
                    ));
                }
            }
        }
        let line = at.0;
        for (other, tail) in facts.scenario.tails.iter() {
            if tail.owner != owner && is_uncleared(s, row, other, row.leg, &clearances) {
                let name = tail.name.clone();
                strangers.push(way(
                    format!("{object} is flown by tail `{name}` of another carrier"),
                    move |plan| plan.lines[line].tail = name.clone(),
                ));
                break;
            }
        }
        for (other, leg) in facts.scenario.air_legs.iter() {
            if is_uncleared(s, row, row.tail, Named::Known(other), &clearances) {
                let name = leg.name.clone();
                legs.push(way(
                    format!("{object} flies along the uncleared leg `{name}`"),
                    on_sortie(at, move |row| row.leg = Some(name.clone())),
                ));
            }
        }
    }
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        for (position, march) in drive.marches.iter().enumerate() {
            let states = border_states(facts, march);
            let (Some(road), false) = (march.road, states.is_empty()) else { continue };
            for &(piece, _) in &drive.load {
                for &state in &states {
                    let party = facts.party_of(piece);
                    let (from, to) = validity(&clearances, state, party, Needs::Road(road));
                    for (amount, text) in AMOUNTS {
                        if let Some(to) = to {
                            crossings.push(way(
                                format!(
                                    "{} crosses {text} after {state} allows it",
                                    drive.object()
                                ),
                                move |plan| {
                                    let row = &mut plan.columns[column].marches[position];
                                    row.arrives = to + Duration(amount);
                                },
                            ));
                        }
                        if let Some(from) = from {
                            crossings.push(way(
                                format!(
                                    "{} crosses {text} before {state} allows it",
                                    drive.object()
                                ),
                                move |plan| {
                                    let row = &mut plan.columns[column].marches[position];
                                    row.departs = from - Duration(amount);
                                },
                            ));
                        }
                    }
                }
            }
            for (id, piece) in facts.scenario.pieces.iter() {
                let party = facts.party_of(id);
                let is_cleared = states.iter().all(|state| {
                    clearances.covering(state, party, Needs::Road(road)).next().is_some()
                });
                if !is_cleared {
                    let name = piece.name.clone();
                    guests.push(way(
                        format!("{} takes piece `{name}` over the border", drive.object()),
                        move |plan| {
                            let load = ColumnLoad { piece: name.clone(), count: 1 };
                            plan.columns[column].load.push(load);
                        },
                    ));
                    break;
                }
            }
        }
    }
    families.into()
}

/// Returns the earliest start and the latest end of the clearances that cover what needs one, where
/// they are bounded.
fn validity(
    clearances: &Clearances,
    state: &str,
    carrier: PartyId,
    needs: Needs,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let valid: Vec<_> =
        clearances.covering(state, carrier, needs).filter_map(|row| row.valid).collect();
    let from = valid.iter().map(|valid| valid.from).min().filter(|&t| t > Timestamp::MIN);
    let to = valid.iter().map(|valid| valid.to).max().filter(|&t| t < Timestamp::MAX);
    (from, to)
}

/// Returns whether no clearance at all covers some state of the sortie, flown by a tail along a leg.
fn is_uncleared(
    s: &Spoiler,
    flight: &Flight,
    tail: TailId,
    leg: Named<LegId>,
    clearances: &Clearances,
) -> bool {
    let owner = s.facts.scenario.tails[tail].owner;
    let other = Flight {
        row: flight.row,
        tail,
        from: flight.from,
        to: flight.to,
        leg,
        distance: None,
        config: flight.config,
        cargo: Vec::new(),
        boards: Vec::new(),
        leaves: Vec::new(),
        previous: None,
        next: None,
    };
    needs_of(s.facts, &other)
        .into_iter()
        .any(|(state, needs)| clearances.covering(state, owner, needs).next().is_none())
}
