//! Corruptions of what travels and arrives together: C05.

use super::edit::{AMOUNTS, Extra, add_extra, sortie};
use super::{Spoiler, Way, way};
use crate::journey::{By, Move, Taken};
use crate::together::{given, n_pieces, takes_all};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::Milestone;
use exeunt_model::time::Duration;
use std::collections::BTreeSet;

pub(super) fn break_c05(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 3] = Default::default();
    let [behind, apart, all_but_one] = &mut families;
    let facts = s.facts;
    let given = given(facts);
    let mut seen = BTreeSet::new();
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        let id = facts.element_of(taken.piece);
        let is_new =
            takes_all(&facts.scenario.elements[id], by) && seen.insert((taken.piece, by.by));
        if !is_new || given.contains(&id) || n_pieces(facts, id) < 2 {
            continue;
        }
        let piece = facts.scenario.pieces[taken.piece].name.clone();
        let carrier = facts.carrier(by);
        let take = s.take_out(by, &piece, 1);
        behind.push(way(format!("one of piece `{piece}` stays when {carrier} leaves"), take));
        let there = facts.scenario.pieces[taken.piece].count;
        if there > 1 && there < n_pieces(facts, id) {
            let take = s.take_out(by, &piece, there);
            all_but_one.push(way(format!("piece `{piece}` stays when {carrier} leaves"), take));
        }
        let (take, again) = (s.take_out(by, &piece, 1), s.carry_apart(by, taken));
        apart.push(way(format!("one of piece `{piece}` goes beside {carrier}"), move |plan| {
            take(plan);
            again(plan);
        }));
    }
    let mut families = Vec::from(families);
    families.extend(break_spread(s));
    families
}

/// Has one part of an element arrive too late after, or too early before, the others.
fn break_spread(s: &Spoiler) -> [Vec<Way>; 2] {
    let [mut late, mut early] = [Vec::new(), Vec::new()];
    let facts = s.facts;
    let arrives =
        |by: &Move| by.to == facts.scenario.elements[facts.element_of(by.piece)].destination;
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        let id = facts.element_of(taken.piece);
        let element = &facts.scenario.elements[id];
        let (Some(spread), true) = (element.spread, arrives(by)) else { continue };
        let Some(moment) = s.moment(by, taken.is_first, Milestone::HomeBase) else { continue };
        let others = || {
            let moves =
                facts.journeys.taken.iter().map(|other| &facts.journeys.moves[other.by_move]);
            let mine = moves.filter(|other| facts.element_of(other.piece) == id && arrives(other));
            mine.filter(|other| other.by != by.by).map(|other| other.available)
        };
        let (Some(first), Some(last)) = (others().min(), others().max()) else { continue };
        let (carrier, name) = (facts.carrier(by), &element.name);
        for (amount, text) in AMOUNTS {
            let beyond = spread + Duration(amount);
            let what =
                format!("{carrier} arrives {text} beyond the spread after others of `{name}`");
            late.push(way(what, move |plan| moment.set(plan, first + beyond)));
            let what =
                format!("{carrier} arrives {text} beyond the spread before others of `{name}`");
            early.push(way(what, move |plan| moment.set(plan, last - beyond)));
        }
    }
    [late, early]
}

impl Spoiler<'_, '_> {
    /// Returns an edit that takes so many of a piece out of what a move's carrier takes along.
    fn take_out(&self, by: &Move, piece: &str, count: i64) -> impl Fn(&mut Plan) + 'static {
        let (by, piece) = (by.by, piece.to_owned());
        let at: Vec<(usize, usize)> = match by {
            By::Column(_) => Vec::new(),
            By::Ride { boards, leaves } => {
                (boards..=leaves).map(|flight| self.at[flight]).collect()
            }
        };
        move |plan: &mut Plan| {
            if let By::Column(column) = by {
                let load = &mut plan.columns[column].load;
                load.iter_mut().filter(|row| row.piece == piece).for_each(|row| row.count -= count);
                load.retain(|row| row.count > 0);
            }
            for &at in &at {
                let Some(row) = sortie(plan, at) else { continue };
                let mut left = count;
                for part in row.load.iter_mut().filter(|part| part.piece == piece) {
                    let taken = part.count.min(left);
                    part.count -= taken;
                    left -= taken;
                }
                row.load.retain(|part| part.count > 0);
            }
        }
    }

    /// Returns an edit that has one more carrier take one of what a move takes along, at the same time.
    fn carry_apart(&self, by: &Move, taken: &Taken) -> impl Fn(&mut Plan) + 'static {
        let facts = self.facts;
        let piece = facts.scenario.pieces[taken.piece].name.clone();
        let extra = match by.by {
            By::Column(_) => None,
            By::Ride { boards, .. } => {
                let flight = &facts.resolved.flights[boards];
                let load =
                    flight.row.load.iter().filter(|part| part.piece == piece).take(1).cloned();
                facts.scenario.tails.ids().next().and_then(|tail| self.tail(tail)).map(|tail| {
                    Extra {
                        tail: tail.0,
                        config: tail.1,
                        from: self.name(by.from),
                        to: self.name(by.to),
                        departs: by.departs,
                        lands: by.lands.unwrap_or(by.available),
                        loading: flight.row.loading,
                        load: load
                            .map(|part| exeunt_model::plan::Load { count: 1, ..part })
                            .collect(),
                    }
                })
            }
        };
        let by = by.by;
        move |plan: &mut Plan| {
            if let By::Column(column) = by {
                let mut copy = plan.columns[column].clone();
                copy.id.push_str("-BESIDE");
                copy.load = vec![exeunt_model::plan::ColumnLoad { piece: piece.clone(), count: 1 }];
                plan.columns.push(copy);
            }
            if let Some(extra) = &extra {
                add_extra(plan, extra, 1);
            }
        }
    }
}
