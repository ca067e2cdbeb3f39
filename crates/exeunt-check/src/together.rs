//! What travels and arrives together: C05 (model.md section 2).

use crate::facts::{Facts, is_moved};
use crate::journey::{By, Move};
use crate::report::Report;
use exeunt_model::ids::*;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Element, Milestone, Mode};
use exeunt_model::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// C05: who must go in one load does, whole or not at all, and what has to arrive close together does.
pub(crate) fn check_c05_together(facts: &Facts, report: &mut Report) {
    let given = given(facts);
    // what of an element each carrier takes, with one of its moves
    let mut carried: BTreeMap<(ElementId, By), (usize, i64)> = BTreeMap::new();
    for taken in &facts.journeys.taken {
        let (id, by) = (facts.element_of(taken.piece), &facts.journeys.moves[taken.by_move]);
        if takes_all(&facts.scenario.elements[id], by) {
            let part = carried.entry((id, by.by)).or_insert((taken.by_move, 0));
            part.1 = part.1.saturating_add(taken.count);
        }
    }
    for (id, element) in facts.scenario.elements.iter() {
        let (moved, all) = (n_moved(facts, id), n_pieces(facts, id));
        // what a frozen move has taken without the rest cannot be mended: the rest may stay
        if element.same_aircraft && moved > 0 && moved < all && !given.contains(&id) {
            let message = format!("{moved} of its {all} pieces move; all of it goes, or none");
            report.broken(Rule::C05, format!("element `{}`", element.name), None, message);
        }
    }
    for ((id, _), (by, count)) in carried {
        let (by, moved) = (&facts.journeys.moves[by], n_moved(facts, id));
        if count < moved {
            let name = &facts.scenario.elements[id].name;
            let message =
                format!("it carries {count} of {moved} pieces of `{name}`; all go in one load");
            report.broken(Rule::C05, facts.carrier(by), Some(by.leaves), message);
        }
    }
    for (id, element) in facts.scenario.elements.iter() {
        let (Some(spread), Some((first, last))) = (element.spread, arrivals(facts, id)) else {
            continue;
        };
        if last - first > spread {
            let apart = (last - first).0;
            let message = format!(
                "it arrives from {first} to {last}, in {apart} s; its spread is {} s",
                spread.0
            );
            report.broken(Rule::C05, format!("element `{}`", element.name), Some(last), message);
        }
    }
}

/// Returns whether a move has to have all of its element aboard: a flight, or the column of who goes by road.
pub(crate) fn takes_all(element: &Element, by: &Move) -> bool {
    element.same_aircraft
        && match by.by {
            By::Ride { .. } => true,
            By::Column(_) => element.mode == Mode::Road,
        }
}

/// Returns the elements of which a frozen move carries something.
pub(crate) fn given(facts: &Facts) -> BTreeSet<ElementId> {
    let taken = facts.journeys.taken.iter().filter(|_| facts.frozen.is_some());
    let given = taken.filter(|taken| facts.is_frozen(facts.journeys.moves[taken.by_move].by));
    given.map(|taken| facts.element_of(taken.piece)).collect()
}

/// Returns the pieces of an element, singly.
pub(crate) fn n_pieces(facts: &Facts, element: ElementId) -> i64 {
    facts.groups(element).map(|group| group.count).fold(0, i64::saturating_add)
}

/// Returns the pieces of an element that move, singly.
pub(crate) fn n_moved(facts: &Facts, element: ElementId) -> i64 {
    let moved = facts.groups(element).filter(|group| is_moved(group));
    moved.map(|group| group.count).fold(0, i64::saturating_add)
}

/// Returns the first and the last arrival of an element's moved items.
fn arrivals(facts: &Facts, element: ElementId) -> Option<(Timestamp, Timestamp)> {
    let moved = || facts.groups(element).filter(|group| is_moved(group));
    let times = || moved().filter_map(|group| facts.milestone(group, Milestone::HomeBase));
    times().min().zip(times().max())
}
