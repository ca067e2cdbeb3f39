//! Capacity that comes at an hour: stands that civil traffic leaves, teams and checks that begin their day. It shapes
//! the plan and is no part of the plan graph, where a booking is tied to no hours of its own.

use crate::graph::Activity;
use exeunt_model::explanation::Why;
use exeunt_model::plan::{Plan, Service, Sortie};
use exeunt_model::scenario::{Capacity, ResourceKind, Scenario, StandClass};
use exeunt_model::{ElementId, PlaceId, TailId, Timestamp, TypeId};
use std::collections::{BTreeMap, BTreeSet};

/// A use of something at an airfield.
struct Use {
    aircraft: TypeId,
    from: Timestamp,
    to: Timestamp,
}

impl Use {
    fn is_at(&self, t: Timestamp) -> bool {
        self.from <= t && t < self.to
    }
}

/// What is used of each airfield when, and what there is.
pub(super) struct Capacities<'a> {
    s: &'a Scenario,
    plan: &'a Plan,
    stays: BTreeMap<PlaceId, Vec<Use>>,
    services: BTreeMap<PlaceId, Vec<Use>>,
    loadings: BTreeMap<PlaceId, Vec<Use>>,
    /// When elements of the force that provide something begin to board where they do.
    boards: BTreeMap<ElementId, Timestamp>,
}

impl<'a> Capacities<'a> {
    /// Reads who uses what from when to when. An aircraft at its base takes no stand outside services.
    pub(super) fn read(s: &'a Scenario, plan: &'a Plan) -> Self {
        let (stays, services, loadings) = <(BTreeMap<_, Vec<_>>, _, _)>::default();
        let mut all = Self { s, plan, stays, services, loadings, boards: BTreeMap::new() };
        let pieces = s.pieces.rows.iter().map(|piece| (piece.name.as_str(), piece.element));
        let pieces: BTreeMap<&str, ElementId> = pieces.collect();
        for line in &plan.lines {
            let Some(tail) = s.tail(&line.tail) else { continue };
            let (base, aircraft) = (Some(s.tails[tail].base), s.tails[tail].aircraft);
            let a_use = |from, to| Use { aircraft, from, to };
            for (at, sortie) in line.sorties.iter().enumerate() {
                let (from, to) = (s.place(&sortie.from), s.place(&sortie.to));
                let a_service = |service: Service| a_use(service.starts, service.ends);
                if let (Some(field), Some(loading)) = (from, sortie.loading) {
                    all.note_boarding(&pieces, sortie, loading.starts);
                    all.services.entry(field).or_default().push(a_service(loading));
                    all.loadings.entry(field).or_default().push(a_service(loading));
                    if from == base {
                        let stay = a_use(loading.starts, sortie.departs);
                        all.stays.entry(field).or_default().push(stay);
                    }
                }
                let Some(field) = to else { continue };
                if let Some(unloading) = sortie.unloading {
                    all.services.entry(field).or_default().push(a_service(unloading));
                }
                let next = line.sorties.get(at + 1).map_or(Timestamp::MAX, |next| next.departs);
                let leaves = match (to == base, sortie.unloading) {
                    (false, _) => next,
                    (true, Some(unloading)) => unloading.ends,
                    (true, None) => continue,
                };
                all.stays.entry(field).or_default().push(a_use(sortie.lands, leaves));
            }
        }
        all
    }

    /// Notes when the elements of a load begin to board.
    fn note_boarding(&mut self, pieces: &BTreeMap<&str, ElementId>, sortie: &Sortie, t: Timestamp) {
        for element in sortie.load.iter().filter_map(|part| pieces.get(part.piece.as_str())) {
            let first = self.boards.entry(*element).or_insert(t);
            *first = t.min(*first);
        }
    }

    /// Returns what comes at the very moment at which an activity begins to use it, if just before there was too little
    /// for it.
    pub(super) fn comes(&self, activity: Activity) -> Option<Why> {
        let (Activity::Loading { line, sortie }
        | Activity::Flight { line, sortie }
        | Activity::Unloading { line, sortie }) = activity
        else {
            return None;
        };
        let lines = &self.plan.lines;
        let (row, tail) = (&lines[line].sorties[sortie], self.s.tail(&lines[line].tail)?);
        let at = if matches!(activity, Activity::Loading { .. }) { &row.from } else { &row.to };
        let field = self.s.place(at)?;
        match activity {
            Activity::Flight { .. } => self.stand_comes(field, tail, row.lands),
            Activity::Loading { .. } => {
                let starts = row.loading?.starts;
                let at_base = field == self.s.tails[tail].base;
                let stand = at_base.then(|| self.stand_comes(field, tail, starts)).flatten();
                stand.or_else(|| self.service_comes(field, tail, starts, true))
            }
            _ => self.service_comes(field, tail, row.unloading?.starts, false),
        }
    }

    fn stand_comes(&self, field: PlaceId, tail: TailId, t: Timestamp) -> Option<Why> {
        let class = |id: TypeId| self.s.types[id].stand;
        let own = class(self.s.tails[tail].aircraft);
        let before = Timestamp(t.0.saturating_sub(1));
        let stays = self.stays.get(&field).map_or(&[][..], Vec::as_slice);
        let classes: BTreeSet<StandClass> =
            stays.iter().map(|stay| class(stay.aircraft)).chain([own]).collect();
        let comes = classes.into_iter().filter(|least| *least <= own).any(|least| {
            let fits = |kind| matches!(kind, ResourceKind::Stand(class) if class >= least);
            let users = stays.iter().filter(|stay| class(stay.aircraft) >= least);
            let used = whole(users.filter(|stay| stay.is_at(before)).count());
            self.rises(field, fits, t, used.saturating_add(1))
        });
        comes.then_some(Why::StandHours(field))
    }

    fn service_comes(
        &self,
        field: PlaceId,
        tail: TailId,
        t: Timestamp,
        loads: bool,
    ) -> Option<Why> {
        let before = Timestamp(t.0.saturating_sub(1));
        let teams = |id: TypeId| self.s.types[id].handling_teams;
        let used = self.services.get(&field).into_iter().flatten();
        let used = used.filter(|service| service.is_at(before)).map(|x| teams(x.aircraft));
        let need = teams(self.s.tails[tail].aircraft);
        let need = used.fold(need, i64::saturating_add);
        let checked = self.loadings.get(&field).into_iter().flatten();
        let checked = whole(checked.filter(|loading| loading.is_at(before)).count());
        let is_handling = |kind| kind == ResourceKind::Handling;
        let is_check = |kind| kind == ResourceKind::HostCheck;
        let comes = self.rises(field, is_handling, t, need)
            || (loads && self.rises(field, is_check, t, checked.saturating_add(1)));
        comes.then_some(Why::FieldCapacity(field))
    }

    /// Says whether there is more of a kind at a moment than just before, and before was less than needed.
    fn rises(
        &self,
        field: PlaceId,
        is_meant: impl Fn(ResourceKind) -> bool,
        t: Timestamp,
        need: i64,
    ) -> bool {
        let rows = self.s.resources.rows.iter();
        let here: Vec<_> =
            rows.filter(|row| row.place == Some(field) && is_meant(row.kind)).collect();
        let amount = |t: Timestamp| {
            let amounts = here.iter().map(|row| {
                let parts = row.capacity.iter();
                // what somebody provides goes with them
                let is_there = |part: &&Capacity| {
                    let leaves = part.provided_by.and_then(|element| self.boards.get(&element));
                    leaves.is_none_or(|leaves| t < *leaves)
                };
                let now = parts.filter(is_there);
                let now = now.filter(|part| part.windows.iter().any(|w| w.contains(t)));
                now.fold(0_i64, |sum, part| sum.saturating_add(part.amount)).max(0)
            });
            amounts.fold(0, i64::saturating_add)
        };
        let was = amount(Timestamp(t.0.saturating_sub(1)));
        was < need && was < amount(t)
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
