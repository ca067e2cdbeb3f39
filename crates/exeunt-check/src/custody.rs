//! Custody and release: C01, C02, C03, C04, C22 (model.md sections 1 and 2).

use crate::facts::{Facts, is_moved};
use crate::journey::{By, Move, Why};
use crate::report::Report;
use crate::resolved;
use crate::sweep;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Milestone, Mode, Piece};
use exeunt_model::time::{Duration, Interval, Timestamp};
use std::collections::BTreeMap;

/// C01: every piece moves exactly once along a chain of custody from its true place, or is listed as
/// unmoved with its reason.
pub(crate) fn check_c01_chain(facts: &Facts, report: &mut Report) {
    for (object, piece, count) in &facts.resolved.empty_rows {
        let message = format!("the load names {count} of piece `{piece}`, less than 1");
        report.broken(Rule::C01, object.clone(), None, message);
    }
    let unmoved = check_unmoved_rows(facts, report);
    report_breaks(facts, report);
    check_where_items_end(facts, &unmoved, report);
}

/// Checks the form of the unmoved rows and returns the count listed per piece.
fn check_unmoved_rows(facts: &Facts, report: &mut Report) -> Vec<i64> {
    let mut listed = vec![0_i64; facts.scenario.pieces.len()];
    for stays in &facts.resolved.unmoved {
        let mut wrong = |message: String| {
            let object = format!("unmoved row of piece `{}`", stays.row.piece);
            report.broken(Rule::C01, object, None, message);
        };
        if stays.row.count < 1 {
            wrong(format!("it counts {}, less than 1", stays.row.count));
        }
        if stays.row.reason.trim().is_empty() {
            wrong("it gives no reason".to_owned());
        }
        match stays.piece {
            None => wrong("the scenario has no such piece".to_owned()),
            Some(piece) => {
                let count = &mut listed[piece.index()];
                *count = count.saturating_add(stays.row.count.max(0));
            }
        }
    }
    listed
}

fn report_breaks(facts: &Facts, report: &mut Report) {
    for broken in &facts.journeys.breaks {
        let by = &facts.journeys.moves[broken.by_move];
        let piece = &facts.scenario.pieces[by.piece];
        let (from, to) = (facts.place(by.from), facts.place(by.to));
        let message = match broken.why {
            Why::TooFew(there) => format!(
                "{} of piece `{}` leave {from} at {}, but only {there} are there by then",
                by.count, piece.name, by.leaves
            ),
            Why::RoadElementFlies => format!(
                "piece `{}` belongs to an element that goes by road and boards an aircraft",
                piece.name
            ),
            Why::BoardsElsewhere(embark) => format!(
                "piece `{}` boards at {from}, its element boards at {}",
                piece.name,
                facts.place(embark)
            ),
            Why::MarchesElsewhere => format!(
                "piece `{}` marches from {from} to {to}; its element flies and marches only to its \
                 airfield of departure and from its airfield of arrival",
                piece.name
            ),
            Why::FliesAgain => {
                format!("piece `{}` boards at {from} after its march home", piece.name)
            }
        };
        report.broken(Rule::C01, facts.carrier(by), Some(by.leaves), message);
    }
}

/// Checks that each piece's items are at the destination, or never left and are listed as unmoved; what a
/// frozen move has left on the way may be listed too.
fn check_where_items_end(facts: &Facts, listed: &[i64], report: &mut Report) {
    let scenario = facts.scenario;
    let mut untouched = vec![0_i64; scenario.pieces.len()];
    for group in &facts.journeys.groups {
        let piece = &scenario.pieces[group.piece];
        let element = &scenario.elements[piece.element];
        if !is_moved(group) || facts.is_stranded(group) {
            untouched[group.piece.index()] += group.count;
            continue;
        }
        let object = format!("piece `{}`", piece.name);
        if group.place != element.destination {
            let message = format!(
                "{} of it are left at {}, not at the destination {}",
                group.count,
                facts.place(group.place),
                facts.place(element.destination)
            );
            report.broken(Rule::C01, object, group.available, message);
        } else if let Mode::Air { debark, .. } = element.mode {
            let last = group.landed.map(|(_, field)| field);
            if last != Some(debark) {
                let message = format!(
                    "{} of it reach the destination without landing at {}",
                    group.count,
                    facts.place(debark)
                );
                report.broken(Rule::C01, object, group.available, message);
            }
        }
    }
    for (id, piece) in scenario.pieces.iter() {
        let (stays, listed) = (untouched[id.index()], listed[id.index()]);
        let element = &scenario.elements[piece.element];
        let is_there_already = element.origin == element.destination && listed <= stays;
        if stays != listed && !is_there_already {
            let message = format!("{stays} of it never move, {listed} are listed as unmoved");
            report.broken(Rule::C01, format!("piece `{}`", piece.name), None, message);
        }
    }
}

/// C02: what is picked up is delivered by the same aircraft, and nothing boards or leaves without the
/// service for it.
pub(crate) fn check_c02_on_board(facts: &Facts, report: &mut Report) {
    for flight in &facts.resolved.flights {
        let mut wrong = |at: Timestamp, message: &str| {
            report.broken(Rule::C02, flight.object(), Some(at), message.to_owned());
        };
        match (flight.row.loading, flight.boards.is_empty()) {
            (Some(service), true) => wrong(service.starts, "it is loaded, but nothing boards"),
            (None, false) => wrong(flight.row.departs, "pieces board, but it is not loaded"),
            _ => {}
        }
        match (flight.row.unloading, flight.leaves.is_empty()) {
            (Some(service), true) => wrong(service.starts, "it is unloaded, but nothing leaves"),
            (None, false) => wrong(flight.row.lands, "pieces leave, but it is not unloaded"),
            _ => {}
        }
    }
}

/// C03: nothing is loaded before its release: readiness, handover, march and staging come first.
pub(crate) fn check_c03_release(facts: &Facts, report: &mut Report) {
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        if taken.is_first {
            check_origin_release(facts, by, report);
        }
        let By::Ride { .. } = by.by else { continue };
        if let (Some(clears), Some(field)) =
            (taken.came_by_column, &facts.scenario.places[by.from].airfield)
        {
            let release = clears + field.staging_time;
            if by.leaves < release {
                let message = format!(
                    "{} of piece `{}` are loaded from {}, their staging at {} ends at {release}",
                    taken.count,
                    facts.scenario.pieces[taken.piece].name,
                    by.leaves,
                    facts.place(by.from)
                );
                report.broken(Rule::C03, facts.carrier(by), Some(by.leaves), message);
            }
        }
    }
}

/// Checks that items leave their origin no earlier than readiness and handovers allow.
fn check_origin_release(facts: &Facts, by: &Move, report: &mut Report) {
    let piece = &facts.scenario.pieces[by.piece];
    let element = &facts.scenario.elements[piece.element];
    let mut early = |message: String| {
        report.broken(Rule::C03, facts.carrier(by), Some(by.leaves), message);
    };
    if by.leaves < element.ready {
        early(format!(
            "piece `{}` leaves its origin at {}, element `{}` is ready at {}",
            piece.name, by.leaves, element.name, element.ready
        ));
    }
    for &site in &element.freed_by {
        let name = &facts.scenario.sites[site].name;
        match facts.site_ends[site.index()] {
            Some(end) if by.leaves >= end => {}
            Some(end) => early(format!(
                "piece `{}` leaves its origin at {}, the handover of site `{name}` ends at {end}",
                piece.name, by.leaves
            )),
            None => early(format!(
                "piece `{}` leaves its origin at {}, the handover of site `{name}` never ends",
                piece.name, by.leaves
            )),
        }
    }
}

/// C04: nothing is loaded before the date it may be loaded, and hard arrival dates are kept.
pub(crate) fn check_c04_dates(facts: &Facts, report: &mut Report) {
    for by in &facts.journeys.moves {
        let piece = &facts.scenario.pieces[by.piece];
        let element = &facts.scenario.elements[piece.element];
        let Some(load_from) = element.load_from else { continue };
        let is_bound = match (element.mode, by.by) {
            (Mode::Air { embark, .. }, By::Ride { .. }) => by.from == embark,
            (Mode::Road, By::Column(_)) => by.from == element.origin,
            _ => false,
        };
        if is_bound && by.leaves < load_from {
            let message = format!(
                "piece `{}` is loaded from {}, element `{}` may be loaded from {load_from}",
                piece.name, by.leaves, element.name
            );
            report.broken(Rule::C04, facts.carrier(by), Some(by.leaves), message);
        }
    }
    for element in late_hard_dates(facts) {
        let row = &facts.scenario.elements[element];
        let Some(due) = row.due else { continue };
        let last = last_arrival(facts, element).flatten();
        let message = match last {
            Some(t) => format!("it arrives at {t}, later than its hard date {}", due.at),
            None => format!("part of it never arrives, its hard date is {}", due.at),
        };
        report.broken(Rule::C04, format!("element `{}`", row.name), last, message);
    }
}

/// Returns the last arrival of an element's moved items: none when nothing moves, `Some(None)` when
/// something moves and never arrives.
pub(crate) fn last_arrival(facts: &Facts, element: ElementId) -> Option<Option<Timestamp>> {
    let mut last = None;
    for group in facts.groups(element).filter(|group| is_moved(group)) {
        match facts.milestone(group, Milestone::HomeBase) {
            None => return Some(None),
            Some(t) => last = last.max(Some(t)),
        }
    }
    last.map(Some)
}

/// Returns the elements whose hard date is broken.
pub(crate) fn late_hard_dates(facts: &Facts) -> Vec<ElementId> {
    let mut late = Vec::new();
    for (id, element) in facts.scenario.elements.iter() {
        let Some(due) = element.due.filter(|due| due.hard) else { continue };
        let is_late = match last_arrival(facts, id) {
            None => false,
            Some(None) => true,
            Some(Some(last)) => last > due.at,
        };
        if is_late {
            late.push(id);
        }
    }
    late
}

/// Returns the seconds by which soft dates are missed, summed over the elements (z5).
pub(crate) fn soft_lateness(facts: &Facts) -> i64 {
    let mut seconds = 0_i64;
    for (id, element) in facts.scenario.elements.iter() {
        let Some(due) = element.due.filter(|due| !due.hard) else { continue };
        if let Some(Some(last)) = last_arrival(facts, id) {
            seconds = seconds.saturating_add((last - due.at).max(Duration::ZERO).0);
        }
    }
    seconds
}

/// People or items in so many of a piece.
type AmountOf = fn(&Piece, i64) -> i64;

/// C22: what waits at an airfield fits its staging area.
///
/// Waiting are an air element's items at `embark` from the moment their column clears until the
/// take-off of the sortie they board.
pub(crate) fn check_c22_staging(facts: &Facts, report: &mut Report) {
    let mut waiting: BTreeMap<PlaceId, Vec<(Interval, PieceId, i64)>> = BTreeMap::new();
    let embark_of = |piece| match facts.scenario.elements[facts.element_of(piece)].mode {
        Mode::Air { embark, .. } => Some(embark),
        Mode::Road => None,
    };
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        if let Some(from) = taken.came_by_column
            && embark_of(taken.piece) == Some(taken.was_at)
        {
            // In a broken chain a move takes what is not there; that waits on.
            let to = if by.from == taken.was_at { by.departs } else { Timestamp(i64::MAX) };
            let span = Interval { from, to };
            waiting.entry(taken.was_at).or_default().push((span, taken.piece, taken.count));
        }
    }
    for group in &facts.journeys.groups {
        if let (true, Some(from)) = (group.came_by_column, group.available)
            && embark_of(group.piece) == Some(group.place)
            && group.landed.is_none()
        {
            let span = Interval { from, to: Timestamp(i64::MAX) };
            waiting.entry(group.place).or_default().push((span, group.piece, group.count));
        }
    }
    for (place, waiting) in waiting {
        let Some(field) = &facts.scenario.places[place].airfield else { continue };
        let limits: [(Option<i64>, &str, AmountOf); 2] = [
            (field.staging_people, "people", resolved::people_of),
            (field.staging_vehicles, "vehicles, pallets and containers", resolved::items_of),
        ];
        for (limit, what, amount_of) in limits {
            let Some(limit) = limit else { continue };
            let uses: Vec<(Interval, i64)> = waiting
                .iter()
                .map(|&(span, piece, count)| {
                    (span, amount_of(&facts.scenario.pieces[piece], count))
                })
                .collect();
            for (at, used) in sweep::above(&uses, limit) {
                let object = format!("airfield `{}`", facts.place(place));
                let message = format!("{used} {what} wait, the staging area takes {limit}");
                report.broken(Rule::C22, object, Some(at), message);
            }
        }
    }
}
