//! What all rules look at: scenario, resolved plan, journeys, ends of handovers, hours, milestones.

use crate::journey::{self, By, Group, Journeys, Move};
use crate::report::Report;
use crate::resolved::{self, Resolved};
use crate::travel;
use exeunt_model::ids::*;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Activity, Milestone, Mode, Scenario, UserClass};
use exeunt_model::time::{Interval, Timestamp, to_windows};
use std::collections::BTreeMap;

/// Everything derived once from scenario and plan.
pub(crate) struct Facts<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) plan: &'a Plan,
    pub(crate) frozen: Option<&'a Plan>,
    /// The plan that changes are counted against.
    pub(crate) before: Option<&'a Plan>,
    pub(crate) resolved: Resolved<'a>,
    pub(crate) journeys: Journeys,
    /// Per element, the positions of its groups.
    groups_of: Vec<Vec<usize>>,
    /// Per step, the first row of the plan that holds it.
    pub(crate) row_of_step: Vec<Option<usize>>,
    /// Per site, when its handover has ended; none when steps are missing from the plan.
    pub(crate) site_ends: Vec<Option<Timestamp>>,
    /// Hours by field, class and activity.
    hours: BTreeMap<(PlaceId, UserClass, Activity), Vec<Interval>>,
    /// Per field, the last departure of any tail.
    pub(crate) last_departure: BTreeMap<PlaceId, Timestamp>,
    /// When an element first leaves a place for good (C25), by element and place.
    leaving: BTreeMap<(ElementId, PlaceId), Timestamp>,
}

impl<'a> Facts<'a> {
    /// Resolves the plan and follows its items.
    pub(crate) fn derive(
        scenario: &'a Scenario,
        plan: &'a Plan,
        frozen: Option<&'a Plan>,
        before: Option<&'a Plan>,
        report: &mut Report,
    ) -> Self {
        let resolved = resolved::resolve(scenario, plan, report);
        let journeys = journey::follow(scenario, &resolved);
        let mut groups_of = vec![Vec::new(); scenario.elements.len()];
        for (position, group) in journeys.groups.iter().enumerate() {
            groups_of[scenario.pieces[group.piece].element.index()].push(position);
        }
        let mut row_of_step = vec![None; scenario.steps.len()];
        for (position, held) in resolved.handovers.iter().enumerate() {
            if let Some(step) = held.step {
                let row = &mut row_of_step[step.index()];
                *row = row.or(Some(position));
            }
        }
        let site_ends = site_ends(scenario, &resolved, &row_of_step);
        let last_departure = last_departures(&resolved);
        let leaving = leaving_times(scenario, &resolved, &journeys, &last_departure);
        Self {
            scenario,
            plan,
            frozen,
            before,
            resolved,
            journeys,
            groups_of,
            row_of_step,
            site_ends,
            hours: hours(scenario),
            last_departure,
            leaving,
        }
    }

    /// Goes through the groups of an element, unmoved ones included.
    pub(crate) fn groups(&self, element: ElementId) -> impl Iterator<Item = &Group> {
        self.groups_of[element.index()].iter().map(|&position| &self.journeys.groups[position])
    }

    /// Goes through the groups of several elements.
    pub(crate) fn groups_in<'s>(&'s self, set: &'s [ElementId]) -> impl Iterator<Item = &'s Group> {
        set.iter().flat_map(|&element| self.groups(element))
    }

    /// Returns when the group reaches the milestone; none: never (section 6).
    pub(crate) fn milestone(&self, group: &Group, milestone: Milestone) -> Option<Timestamp> {
        let element = &self.scenario.elements[self.scenario.pieces[group.piece].element];
        let home_base =
            group.available.filter(|_| is_moved(group) && group.place == element.destination);
        match milestone {
            Milestone::LeftSite => group.left_site,
            Milestone::LeftHost => group.left_host,
            Milestone::HomeBase => home_base,
            Milestone::HomeAirfield => match element.mode {
                Mode::Road => home_base,
                Mode::Air { debark, .. } => {
                    group.landed.filter(|&(_, field)| field == debark).map(|(t, _)| t)
                }
            },
        }
    }

    /// Returns the people of a group.
    pub(crate) fn people(&self, group: &Group) -> i64 {
        resolved::people_of(&self.scenario.pieces[group.piece], group.count)
    }

    /// Returns the vehicles, pallets and containers of a group.
    pub(crate) fn items(&self, group: &Group) -> i64 {
        resolved::items_of(&self.scenario.pieces[group.piece], group.count)
    }

    /// Returns the element of a piece.
    pub(crate) fn element_of(&self, piece: PieceId) -> ElementId {
        self.scenario.pieces[piece].element
    }

    /// Returns the party of a piece.
    pub(crate) fn party_of(&self, piece: PieceId) -> PartyId {
        self.scenario.elements[self.element_of(piece)].party
    }

    /// Returns a move's column or sortie as findings name it.
    pub(crate) fn carrier(&self, by: &Move) -> String {
        match by.by {
            By::Column(column) => self.resolved.columns[column].object(),
            By::Ride { boards, .. } => self.resolved.flights[boards].object(),
        }
    }

    /// Returns whether items are short of their destination where a frozen move has brought them: the plan
    /// may list them as unmoved.
    pub(crate) fn is_stranded(&self, group: &Group) -> bool {
        let element = &self.scenario.elements[self.element_of(group.piece)];
        group.place != element.destination && group.came_by.is_some_and(|by| self.is_frozen(by))
    }

    /// Returns whether a column, or the sortie that ends a ride, is part of what is frozen.
    pub(crate) fn is_frozen(&self, by: By) -> bool {
        let Some(frozen) = self.frozen else { return false };
        match by {
            By::Column(column) => frozen.columns.contains(self.resolved.columns[column].row),
            By::Ride { leaves, .. } => {
                let row = self.resolved.flights[leaves].row;
                frozen.lines.iter().any(|line| line.sorties.contains(row))
            }
        }
    }

    /// Returns a place's name.
    pub(crate) fn place(&self, place: PlaceId) -> &'a str {
        &self.scenario.places[place].name
    }

    /// Returns whether the operation has a host.
    pub(crate) fn has_host(&self) -> bool {
        !self.scenario.operation.host_states.is_empty()
    }

    /// Returns the windows that bind an aircraft of the class; none: always open (C16).
    pub(crate) fn windows(
        &self,
        field: PlaceId,
        class: UserClass,
        activity: Activity,
    ) -> Option<Vec<Interval>> {
        let own = self.hours.get(&(field, class, activity));
        let binds =
            class == UserClass::Military && self.scenario.operation.civil_hours_bind_military;
        let civil = if binds { self.hours.get(&(field, UserClass::Civil, activity)) } else { None };
        match (own, civil) {
            (None, None) => None,
            (Some(own), None) => Some(own.clone()),
            (None, Some(civil)) => Some(civil.clone()),
            (Some(own), Some(civil)) => Some(travel::intersection(own, civil)),
        }
    }

    /// Returns when a provider's part of a resource ends (`emb_g` of C25); none: never.
    ///
    /// The element leaves the resource's place (for a team its own origin); an element that never is
    /// at the resource's place stops when it leaves its origin.
    pub(crate) fn provider_leaves(
        &self,
        element: ElementId,
        place: Option<PlaceId>,
    ) -> Option<Timestamp> {
        let row = &self.scenario.elements[element];
        let there = self.leaving.get(&(element, place.unwrap_or(row.origin)));
        // what a frozen move has left at the field where it boards is there and stays
        let boards = matches!(row.mode, Mode::Air { embark, .. } if Some(embark) == place);
        let from_origin = || self.leaving.get(&(element, row.origin)).filter(|_| !boards);
        there.or_else(from_origin).copied()
    }
}

/// Returns whether the items have left their origin.
pub(crate) fn is_moved(group: &Group) -> bool {
    group.left_site.is_some()
}

fn site_ends(
    scenario: &Scenario,
    resolved: &Resolved,
    row_of_step: &[Option<usize>],
) -> Vec<Option<Timestamp>> {
    let mut ends = vec![Some(Timestamp(i64::MIN)); scenario.sites.len()];
    for (step, row) in scenario.steps.iter() {
        let end = row_of_step[step.index()].map(|held| resolved.handovers[held].row.ends);
        let site = &mut ends[row.site.index()];
        *site = match (*site, end) {
            (Some(latest), Some(end)) => Some(latest.max(end)),
            _ => None,
        };
    }
    ends
}

fn hours(scenario: &Scenario) -> BTreeMap<(PlaceId, UserClass, Activity), Vec<Interval>> {
    let mut hours: BTreeMap<_, Vec<Interval>> = BTreeMap::new();
    for row in &scenario.hours {
        hours
            .entry((row.place, row.user_class, row.activity))
            .or_default()
            .extend(row.windows.iter().copied());
    }
    for windows in hours.values_mut() {
        *windows = to_windows(std::mem::take(windows));
    }
    hours
}

fn last_departures(resolved: &Resolved) -> BTreeMap<PlaceId, Timestamp> {
    let mut last = BTreeMap::new();
    for flight in &resolved.flights {
        let t = last.entry(flight.from).or_insert(flight.row.departs);
        *t = flight.row.departs.max(*t);
    }
    last
}

/// Returns per element and place when its items first leave there (C25): start of the loading, but the
/// take-off if that is the field's last departure; start of the column.
fn leaving_times(
    scenario: &Scenario,
    resolved: &Resolved,
    journeys: &Journeys,
    last_departure: &BTreeMap<PlaceId, Timestamp>,
) -> BTreeMap<(ElementId, PlaceId), Timestamp> {
    let mut leaving = BTreeMap::new();
    for taken in &journeys.taken {
        let by = &journeys.moves[taken.by_move];
        let leaves = match by.by {
            By::Column(_) => by.departs,
            By::Ride { boards, .. } => {
                let departs = resolved.flights[boards].row.departs;
                let is_last = last_departure.get(&by.from) == Some(&departs);
                if is_last { departs } else { by.leaves }
            }
        };
        let key = (scenario.pieces[taken.piece].element, by.from);
        let t = leaving.entry(key).or_insert(leaves);
        *t = leaves.min(*t);
    }
    leaving
}
