//! Marches just in time: a column that has brought its pieces to the field long before they are loaded leaves later.
//!
//! A pass over the finished plan. It changes no flight, keeps an hour in hand before loading, and leaves alone what
//! rows or promises about leaving the site speak of.

use crate::bookings::Use;
use crate::construct::State;
use crate::march::{ColumnDraft, after_curfew};
use exeunt_model::scenario::{Milestone, Predicate, Scenario};
use exeunt_model::{Duration, ElementId, Timestamp};
use std::collections::BTreeMap;

/// Time that stays between the end of staging and loading.
const IN_HAND: Duration = Duration::from_hours(1);
/// Marches are moved by multiples of this.
const STEP: i64 = 300;

impl State<'_> {
    /// Moves marches to a field later.
    pub(crate) fn march_later(&mut self) {
        let s = self.s;
        let mut shifts: BTreeMap<usize, Duration> = BTreeMap::new();
        for at in 0..self.columns.len() {
            let Some(number) = self.columns[at].number else { continue };
            let Some(&loading) = self.first_loading.get(&number) else { continue };
            let column = &self.columns[at];
            let field = column.marches.last().and_then(|m| s.places[m.2].airfield.as_ref());
            let staging = field.map_or(Duration::ZERO, |field| field.staging_time);
            let spare = (loading - staging - IN_HAND - column.clears).0;
            let limit = latest_departure(s, column);
            let most = spare.min((limit - column.departs()).0) / STEP;
            let uses = column.uses.clone();
            self.bookings.unbook(&uses);
            // the whole way first, then half of it, until it fits between the others
            let mut steps = most;
            while steps > 0 && !self.fits_later(at, Duration(steps * STEP)) {
                steps /= 2;
            }
            let shift = Duration(steps.max(0) * STEP);
            delay(&mut self.columns[at], shift);
            let uses = self.columns[at].uses.clone();
            self.bookings.book(&uses);
            shifts.insert(number, shift);
        }
        for trip in &mut self.trips {
            if let Some(shift) = trip.column.and_then(|number| shifts.get(&number)) {
                if trip.left_host == trip.left_site {
                    trip.left_host = trip.left_host + *shift;
                }
                trip.left_site = trip.left_site + *shift;
            }
        }
        self.record_again();
    }

    /// Says whether a column may march so much later: roads free, no curfew in the way.
    fn fits_later(&self, at: usize, shift: Duration) -> bool {
        let column = &self.columns[at];
        let free = column.uses.iter().all(|u| {
            let later = Use { from: u.from + shift, to: u.to + shift, ..*u };
            self.bookings.blocked_until(later).is_none()
        });
        free && column.marches.iter().all(|&(_, from, to, departs, arrives)| {
            let departs = departs + shift;
            after_curfew(self.s, from, to, departs, arrives + shift - departs) == departs
        })
    }
}

fn delay(column: &mut ColumnDraft, shift: Duration) {
    for march in &mut column.marches {
        march.3 = march.3 + shift;
        march.4 = march.4 + shift;
    }
    for u in &mut column.uses {
        *u = Use { from: u.from + shift, to: u.to + shift, ..*u };
    }
    column.clears = column.clears + shift;
}

/// Returns the latest departure that what is said of leaving the site allows; the column's own if it may not move.
fn latest_departure(s: &Scenario, column: &ColumnDraft) -> Timestamp {
    let elements: Vec<ElementId> =
        column.load.iter().map(|(piece, _)| s.pieces[*piece].element).collect();
    let of = |set: &[ElementId]| elements.iter().any(|element| set.contains(element));
    let crosses = column.marches.iter().any(|march| s.roads[march.0].border.is_some());
    // who starts outside the host leaves it with the first step: left_host rows would move too
    let starts_outside = elements.iter().any(|e| !s.is_in_host(s.elements[*e].origin));
    let ordered = s.precedence.rows.iter().any(|row| {
        let moved = row.milestone == Milestone::LeftSite
            || (starts_outside && row.milestone == Milestone::LeftHost);
        moved && (of(&row.first) || of(&row.then))
    });
    if column.given.is_some() || crosses || ordered {
        return column.departs();
    }
    let limits = s.promises.rows.iter().filter_map(|promise| match &promise.predicate {
        Predicate::BegunBy { set, by } if of(set) => Some(by.strict),
        Predicate::AllBy { set, milestone: Milestone::LeftSite, by } if of(set) => Some(by.strict),
        Predicate::OnDay { set, milestone: Milestone::LeftSite, day, .. } if of(set) => {
            Some(day.strict.to - Duration(1))
        }
        Predicate::AllBy { set, milestone: Milestone::LeftHost, by }
            if starts_outside && of(set) =>
        {
            Some(by.strict)
        }
        Predicate::OnDay { set, milestone: Milestone::LeftHost, day, .. }
            if starts_outside && of(set) =>
        {
            Some(day.strict.to - Duration(1))
        }
        _ => None,
    });
    // a promise that is late already binds nobody more
    limits.filter(|limit| *limit >= column.departs()).min().unwrap_or(Timestamp::MAX)
}
