//! Corruptions of custody, release, dates and staging: C01, C02, C03, C04, C22.

use super::edit::{AMOUNTS, on_sortie, sortie, stays};
use super::{Spoiler, Way, way};
use crate::facts::is_moved;
use crate::journey::{By, Move};
use crate::resolved;
use crate::sweep;
use exeunt_model::ids::*;
use exeunt_model::plan::{Choice, Chosen, Service};
use exeunt_model::scenario::{Milestone, Mode};
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn break_c01(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let mut fewer = Vec::new();
    let mut twice = Vec::new();
    for (column, drive) in facts.resolved.columns.iter().enumerate() {
        for row in 0..drive.row.load.len() {
            let piece = &drive.row.load[row].piece;
            fewer.push(way(
                format!("one of piece `{piece}` is left out of {}", drive.object()),
                move |plan| plan.columns[column].load[row].count -= 1,
            ));
        }
        if !drive.load.is_empty() {
            twice.push(way(format!("{} marches twice", drive.object()), move |plan| {
                let mut copy = plan.columns[column].clone();
                copy.id.push_str("-AGAIN");
                plan.columns.push(copy);
            }));
        }
    }
    let mut lost = Vec::new();
    let mut more = Vec::new();
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        let at = s.at[flight];
        for (position, load) in row.row.load.iter().enumerate() {
            if !rides_one_sortie(s, flight, &load.piece) {
                continue;
            }
            lost.push(way(
                format!("one of piece `{}` is missing from {}", load.piece, row.object()),
                on_sortie(at, move |row| row.load[position].count -= 1),
            ));
            more.push(way(
                format!("one more of piece `{}` is in {}", load.piece, row.object()),
                on_sortie(at, move |row| row.load[position].count += 1),
            ));
        }
    }
    let mut listed = Vec::new();
    for group in facts.journeys.groups.iter().filter(|group| is_moved(group)) {
        let piece = facts.scenario.pieces[group.piece].name.clone();
        listed.push(way(format!("moved piece `{piece}` is listed as unmoved"), move |plan| {
            plan.unmoved.push(stays(&piece, 1, "a mistake"));
        }));
    }
    let mut unmoved = Vec::new();
    for (position, row) in facts.plan.unmoved.iter().enumerate() {
        unmoved.push(way(format!("the unmoved row of `{}` is deleted", row.piece), move |plan| {
            plan.unmoved.remove(position);
        }));
        unmoved.push(way(
            format!("the unmoved row of `{}` has no reason", row.piece),
            move |plan| {
                plan.unmoved[position].reason.clear();
            },
        ));
    }
    let form = vec![
        way("an unmoved row names no piece of the scenario".to_owned(), |plan| {
            plan.unmoved.push(stays("NO-SUCH-PIECE", 1, "a mistake"));
        }),
        way("an unmoved row counts 0".to_owned(), |plan| {
            plan.unmoved.push(stays("NO-SUCH-PIECE", 0, "a mistake"));
        }),
    ];
    let mut families = Vec::from(choices(s));
    families.extend([fewer, lost, more, twice, listed, unmoved, form]);
    families
}

/// Spoils what the plan chooses for elements of either mode.
fn choices(s: &Spoiler) -> [Vec<Way>; 4] {
    let facts = s.facts;
    let moves = |element: ElementId| facts.groups(element).any(is_moved);
    let mut families: [Vec<Way>; 4] = Default::default();
    let [removed, flipped, doubled, foreign] = &mut families;
    for (at, choice) in facts.plan.choices.iter().enumerate() {
        let Some(id) = facts.scenario.elements.find(|row| row.name == choice.element) else {
            continue;
        };
        let element = &facts.scenario.elements[id];
        let name = &choice.element;
        if moves(id) {
            removed.push(way(format!("the choice of element `{name}` is removed"), move |plan| {
                plan.choices.remove(at);
            }));
        }
        // a road element that ends at an airfield may look like one on its way to an aircraft
        if moves(id) && facts.scenario.places[element.destination].airfield.is_none() {
            let what = format!("element `{name}` goes otherwise than was chosen");
            flipped.push(way(what, move |plan| {
                plan.choices[at].mode = plan.choices[at].mode.other();
            }));
        }
        doubled.push(way(format!("the mode of element `{name}` is chosen twice"), move |plan| {
            plan.choices.push(plan.choices[at].clone());
        }));
    }
    for mode in [Chosen::Air, Chosen::Road] {
        let mut choose = |element: String, what: String| {
            let choice = Choice { element, mode };
            foreign.push(way(what, move |plan| plan.choices.push(choice.clone())));
        };
        let word = mode.key();
        let what = format!("{word} is chosen for an element that the scenario does not have");
        choose("NO-SUCH-ELEMENT".to_owned(), what);
        let is_chosen = |name: &str| facts.plan.choices.iter().any(|c| c.element == name);
        let fixed = facts.scenario.elements.iter();
        // of those that move the plan chooses for all that it may choose for
        let fixed = fixed.filter(|(id, row)| moves(*id) && !is_chosen(&row.name));
        for (_, row) in fixed {
            let name = row.name.clone();
            let what = format!("{word} is chosen for element `{name}`, whose mode is fixed");
            choose(name, what);
        }
    }
    if facts.plan.choices.is_empty() {
        foreign.clear();
    }
    families
}

/// Returns whether a piece is neither on board before nor after this sortie.
fn rides_one_sortie(s: &Spoiler, flight: usize, piece: &str) -> bool {
    let flights = &s.facts.resolved.flights;
    let carries = |other: usize| flights[other].row.load.iter().any(|load| load.piece == piece);
    let row = &flights[flight];
    !row.previous.is_some_and(carries) && !row.next.is_some_and(carries)
}

pub(super) fn break_c02(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 5] = Default::default();
    let [unloaded, kept, idle_loading, idle_unloading, carried_on] = &mut families;
    let flights = &s.facts.resolved.flights;
    for (flight, row) in flights.iter().enumerate() {
        let at = s.at[flight];
        let object = row.object();
        if row.row.loading.is_some() && !row.boards.is_empty() {
            unloaded.push(way(
                format!("the loading of {object} is deleted"),
                on_sortie(at, |row| row.loading = None),
            ));
        }
        if row.row.unloading.is_some() && !row.leaves.is_empty() {
            kept.push(way(
                format!("the unloading of {object} is deleted"),
                on_sortie(at, |row| row.unloading = None),
            ));
        }
        if row.boards.is_empty() {
            idle_loading.push(way(
                format!("{object} is loaded with nothing"),
                on_sortie(at, |row| {
                    let from = row.departs - Duration::from_hours(2);
                    row.loading = Some(Service { starts: from, ends: row.departs });
                }),
            ));
        }
        if row.leaves.is_empty() {
            idle_unloading.push(way(
                format!("{object} is unloaded of nothing"),
                on_sortie(at, |row| {
                    let to = row.lands + Duration::from_hours(2);
                    row.unloading = Some(Service { starts: row.lands, ends: to });
                }),
            ));
        }
        let next = row.next.filter(|&next| !flights[next].is_loaded());
        if let (Some(next), true) = (next, row.is_loaded()) {
            let next = s.at[next];
            carried_on.push(way(format!("the load of {object} flies on"), move |plan| {
                let load = sortie(plan, at).map(|row| row.load.clone());
                if let (Some(load), Some(row)) = (load, sortie(plan, next)) {
                    row.load = load;
                }
            }));
        }
    }
    families.into()
}

pub(super) fn break_c03(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [too_soon, unstaged, late_step, no_step] = &mut families;
    let facts = s.facts;
    let mut leaves_site: BTreeMap<SiteId, &Move> = BTreeMap::new();
    for taken in facts.journeys.taken.iter().filter(|taken| taken.is_first) {
        let by = &facts.journeys.moves[taken.by_move];
        let element = &facts.scenario.elements[facts.element_of(taken.piece)];
        let mut release = element.ready;
        for &site in &element.freed_by {
            release = release.max(facts.site_ends[site.index()].unwrap_or(Timestamp::MAX));
        }
        let offset = facts.scenario.operation.zone_offset.abs().max(2);
        for (amount, text) in [(1, "1 s"), (3_600, "1 h"), (offset, "the zone's offset")] {
            let set = s.set_leaving(by);
            too_soon.push(way(
                format!("{} leaves {text} before its release", facts.carrier(by)),
                move |plan| set(plan, release - Duration(amount)),
            ));
        }
        for &site in &element.freed_by {
            leaves_site.entry(site).or_insert(by);
        }
    }
    for (position, held) in facts.resolved.handovers.iter().enumerate() {
        let Some(site) = held.step.map(|step| facts.scenario.steps[step].site) else { continue };
        let Some(by) = leaves_site.get(&site) else { continue };
        let (leaves, step) = (by.leaves, held.row.step.clone());
        late_step.push(way(
            format!("step `{step}` ends after {} has left", facts.carrier(by)),
            move |plan| plan.handovers[position].ends = leaves + Duration(1),
        ));
        no_step.push(way(format!("step `{step}` is deleted"), move |plan| {
            plan.handovers.remove(position);
        }));
    }
    // Pieces that come to their field by one column: whoever boards came with it.
    let mut n_columns: BTreeMap<(PieceId, PlaceId), usize> = BTreeMap::new();
    for by in &facts.journeys.moves {
        if let By::Column(_) = by.by {
            *n_columns.entry((by.piece, by.to)).or_default() += 1;
        }
    }
    let mut seen = BTreeSet::new();
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        let (By::Ride { boards, .. }, Some(clears)) = (by.by, taken.came_by_column) else {
            continue;
        };
        let Some(field) = &facts.scenario.places[by.from].airfield else { continue };
        if n_columns.get(&(taken.piece, by.from)) != Some(&1) {
            continue;
        }
        if seen.insert(boards) {
            let at = s.at[boards];
            let amounts = [
                (field.staging_time - Duration(1), "1 s too early"),
                (Duration::ZERO, "as soon as they arrive"),
                (Duration(field.staging_time.0 / 60), "with minutes for hours of staging"),
            ];
            for (staged, text) in amounts {
                if staged < field.staging_time {
                    unstaged.push(way(
                        format!("the pieces of {} are loaded {text}", facts.carrier(by)),
                        on_sortie(at, move |row| {
                            if let Some(loading) = &mut row.loading {
                                loading.starts = clears + staged;
                            }
                        }),
                    ));
                }
            }
        }
    }
    families.into()
}

pub(super) fn break_c04(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let mut early = Vec::new();
    for by in &facts.journeys.moves {
        let element = &facts.scenario.elements[facts.element_of(by.piece)];
        let Some(load_from) = element.load_from else { continue };
        let is_bound = match (element.mode, by.by) {
            (Mode::Air { embark, .. }, By::Ride { .. }) => by.from == embark,
            (Mode::Road, By::Column(_)) => by.from == element.origin,
            _ => false,
        };
        if is_bound {
            for (amount, text) in AMOUNTS {
                let set = s.set_leaving(by);
                early.push(way(
                    format!(
                        "{} takes element `{}` {text} too early",
                        facts.carrier(by),
                        element.name
                    ),
                    move |plan| set(plan, load_from - Duration(amount)),
                ));
            }
        }
    }
    let mut late = Vec::new();
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        let element = &facts.scenario.elements[facts.element_of(taken.piece)];
        let Some(due) = element.due.filter(|due| due.hard) else { continue };
        let Some(moment) = s.moment(by, taken.is_first, Milestone::HomeBase) else { continue };
        for (amount, text) in AMOUNTS {
            late.push(way(
                format!(
                    "{} arrives {text} after the hard date of `{}`",
                    facts.carrier(by),
                    element.name
                ),
                move |plan| moment.set(plan, due.at + Duration(amount)),
            ));
        }
    }
    vec![early, late]
}

pub(super) fn break_c22(s: &Spoiler) -> Vec<Vec<Way>> {
    let facts = s.facts;
    let mut waiting: BTreeMap<PlaceId, Vec<Waiting>> = BTreeMap::new();
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        let (By::Ride { boards, .. }, Some(clears)) = (by.by, taken.came_by_column) else {
            continue;
        };
        if let Mode::Air { embark, .. } =
            facts.scenario.elements[facts.element_of(taken.piece)].mode
            && embark == by.from
        {
            let piece = &facts.scenario.pieces[taken.piece];
            waiting.entry(by.from).or_default().push(Waiting {
                flight: boards,
                clears,
                departs: by.departs,
                people: resolved::people_of(piece, taken.count),
                items: resolved::items_of(piece, taken.count),
            });
        }
    }
    let (mut one, mut all) = (Vec::new(), Vec::new());
    for (place, waiting) in waiting {
        let Some(field) = &facts.scenario.places[place].airfield else { continue };
        let last_clear = waiting.iter().map(|w| w.clears).max().unwrap_or_default();
        let flights: BTreeSet<usize> = waiting.iter().map(|w| w.flight).collect();
        let exceeds = |held: &dyn Fn(usize) -> bool, until: Timestamp| {
            let span = |w: &Waiting| {
                let to = if held(w.flight) { w.departs.max(until) } else { w.departs };
                Interval { from: w.clears, to }
            };
            let people: Vec<_> = waiting.iter().map(|w| (span(w), w.people)).collect();
            let items: Vec<_> = waiting.iter().map(|w| (span(w), w.items)).collect();
            field.staging_people.is_some_and(|most| !sweep::above(&people, most).is_empty())
                || field.staging_vehicles.is_some_and(|most| !sweep::above(&items, most).is_empty())
        };
        for (amount, text) in AMOUNTS {
            let until = last_clear + Duration(amount);
            if exceeds(&|_| true, until) {
                let at: Vec<_> = flights.iter().map(|&flight| s.at[flight]).collect();
                all.push(way(
                    format!("nobody leaves {} until {text} after the last column", s.name(place)),
                    move |plan| {
                        for &at in &at {
                            if let Some(row) = sortie(plan, at) {
                                row.departs = row.departs.max(until);
                            }
                        }
                    },
                ));
            }
            for &flight in flights.iter().take(40) {
                if exceeds(&|other| other == flight, until) {
                    let object = facts.resolved.flights[flight].object();
                    one.push(way(
                        format!("{object} waits until {text} after the last column"),
                        on_sortie(s.at[flight], move |row| row.departs = row.departs.max(until)),
                    ));
                }
            }
        }
    }
    vec![one, all]
}

/// Items that wait at a field for their sortie.
struct Waiting {
    flight: usize,
    clears: Timestamp,
    departs: Timestamp,
    people: i64,
    items: i64,
}
