//! Stands that others leave at an hour: civil traffic takes a stand by day, which shapes the plan and is no part of the
//! plan graph.

use crate::graph::Activity;
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{ResourceKind, Scenario, StandClass};
use exeunt_model::{PlaceId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A stay of an aircraft on a stand.
struct Stay {
    class: StandClass,
    from: Timestamp,
    to: Timestamp,
}

/// Stays and stands by airfield.
pub(super) struct Stands<'a> {
    s: &'a Scenario,
    plan: &'a Plan,
    stays: BTreeMap<PlaceId, Vec<Stay>>,
}

impl<'a> Stands<'a> {
    /// Reads who stands where from when to when. An aircraft at its base takes no stand outside services.
    pub(super) fn read(s: &'a Scenario, plan: &'a Plan) -> Self {
        let mut stays: BTreeMap<PlaceId, Vec<Stay>> = BTreeMap::new();
        for line in &plan.lines {
            let Some(tail) = s.tail(&line.tail) else { continue };
            let class = s.types[s.tails[tail].aircraft].stand;
            let mut add = |field: Option<PlaceId>, from, to| {
                stays.entry(field?).or_default().push(Stay { class, from, to });
                Some(())
            };
            for (at, sortie) in line.sorties.iter().enumerate() {
                let (from, to) = (s.place(&sortie.from), s.place(&sortie.to));
                let base = Some(s.tails[tail].base);
                if let Some(loading) = sortie.loading.filter(|_| from == base) {
                    add(from, loading.starts, sortie.departs);
                }
                let leaves = line.sorties.get(at + 1).map_or(Timestamp::MAX, |next| next.departs);
                match (to == base, sortie.unloading) {
                    (false, _) => add(to, sortie.lands, leaves),
                    (true, Some(unloading)) => add(to, sortie.lands, unloading.ends),
                    (true, None) => None,
                };
            }
        }
        Self { s, plan, stays }
    }

    /// Returns the airfield where a stand comes free at the moment at which an activity takes one, if just before
    /// there was none for want of stands and not only of others' leaving.
    pub(super) fn come_free(&self, activity: Activity) -> Option<PlaceId> {
        let (line, at, t) = match activity {
            Activity::Flight { line, sortie } => {
                let row = &self.plan.lines[line].sorties[sortie];
                (line, &row.to, row.lands)
            }
            Activity::Loading { line, sortie } => {
                let row = &self.plan.lines[line].sorties[sortie];
                (line, &row.from, row.loading?.starts)
            }
            _ => return None,
        };
        let (field, tail) = (self.s.place(at)?, self.s.tail(&self.plan.lines[line].tail)?);
        if matches!(activity, Activity::Loading { .. }) && field != self.s.tails[tail].base {
            return None;
        }
        let own = self.s.types[self.s.tails[tail].aircraft].stand;
        let before = Timestamp(t.0 - 1);
        let stays = self.stays.get(&field).map_or(&[][..], Vec::as_slice);
        let classes: BTreeSet<StandClass> = stays
            .iter()
            .map(|stay| stay.class)
            .chain([own])
            .filter(|class| *class <= own)
            .collect();
        let is_freed = classes.into_iter().any(|class| {
            let used = stays
                .iter()
                .filter(|stay| stay.class >= class && stay.from <= before && before < stay.to);
            let used = i64::try_from(used.count()).unwrap_or(i64::MAX);
            let (was, is) = (self.stands(field, class, before), self.stands(field, class, t));
            used >= was && was < is
        });
        is_freed.then_some(field)
    }

    /// Returns the stands of at least a class at a moment.
    fn stands(&self, field: PlaceId, least: StandClass, t: Timestamp) -> i64 {
        let fits = |kind| matches!(kind, ResourceKind::Stand(class) if class >= least);
        let rows = self.s.resources.rows.iter();
        let here = rows.filter(|row| row.place == Some(field) && fits(row.kind));
        let amounts = here.map(|row| {
            let now = row.capacity.iter().filter(|part| part.windows.iter().any(|w| w.contains(t)));
            now.fold(0_i64, |sum, part| sum.saturating_add(part.amount)).max(0)
        });
        amounts.fold(0, i64::saturating_add)
    }
}
