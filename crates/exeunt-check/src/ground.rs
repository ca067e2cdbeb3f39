//! Airfields: C14, C15, C16 (model.md section 4).

use crate::facts::Facts;
use crate::flight::type_of;
use crate::handover::report_shortage;
use crate::report::Report;
use crate::resolved::Flight;
use crate::sweep;
use crate::travel;
use exeunt_model::ids::*;
use exeunt_model::plan::Service;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Activity, ResourceKind, StandClass, UserClass};
use exeunt_model::time::{Interval, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// An aircraft on a stand.
pub(crate) struct Stay {
    pub(crate) span: Interval,
    pub(crate) class: StandClass,
}

/// Returns the stays that take a stand, by field.
///
/// From landing to the next take-off, after the last sortie for ever; at its base only from the start of
/// loading to take-off and from landing to the end of unloading.
pub(crate) fn stays(facts: &Facts) -> BTreeMap<PlaceId, Vec<Stay>> {
    let mut stays: BTreeMap<PlaceId, Vec<Stay>> = BTreeMap::new();
    for flight in &facts.resolved.flights {
        let base = facts.scenario.tails[flight.tail].base;
        let class = type_of(facts, flight).stand;
        let mut stay = |field, from, to| {
            stays.entry(field).or_default().push(Stay { span: Interval { from, to }, class });
        };
        if let (true, Some(loading)) = (flight.from == base, flight.row.loading) {
            stay(base, loading.starts, flight.row.departs);
        }
        if flight.to == base {
            if let Some(unloading) = flight.row.unloading {
                stay(base, flight.row.lands, unloading.ends);
            }
        } else {
            let next = flight.next.map(|next| facts.resolved.flights[next].row.departs);
            stay(flight.to, flight.row.lands, next.unwrap_or(Timestamp::MAX));
        }
    }
    stays
}

/// C14: aircraft on the ground never outnumber the stands of their size.
pub(crate) fn check_c14_stands(facts: &Facts, report: &mut Report) {
    for (field, stays) in stays(facts) {
        let stands = stands_of(facts, field);
        if stands.is_empty() {
            continue;
        }
        let mut classes: BTreeSet<StandClass> = stands.iter().map(|&(class, _)| class).collect();
        classes.extend(stays.iter().map(|stay| stay.class));
        for class in classes {
            let resources = at_least(&stands, class);
            let uses: Vec<(Interval, i64)> = stays
                .iter()
                .filter(|stay| stay.class >= class)
                .map(|stay| (stay.span, 1))
                .collect();
            for shortage in sweep::shortages(facts, &resources, &uses) {
                let object = format!("airfield `{}`", facts.place(field));
                let what = format!("stands of class {class:?} or larger");
                report_shortage(Rule::C14, object, &shortage, &what, report);
            }
        }
    }
}

/// Returns the stand resources of a field with their classes.
pub(crate) fn stands_of(facts: &Facts, field: PlaceId) -> Vec<(StandClass, ResourceId)> {
    facts
        .scenario
        .resources
        .iter()
        .filter(|(_, resource)| resource.place == Some(field))
        .filter_map(|(id, resource)| match resource.kind {
            ResourceKind::Stand(class) => Some((class, id)),
            _ => None,
        })
        .collect()
}

/// Returns the stands of a class or larger.
pub(crate) fn at_least(stands: &[(StandClass, ResourceId)], class: StandClass) -> Vec<ResourceId> {
    stands.iter().filter(|&&(stand, _)| stand >= class).map(|&(_, id)| id).collect()
}

/// Returns the resources of a kind at a field.
pub(crate) fn resources_of(facts: &Facts, field: PlaceId, kind: ResourceKind) -> Vec<ResourceId> {
    facts
        .scenario
        .resources
        .iter()
        .filter(|(_, resource)| resource.place == Some(field) && resource.kind == kind)
        .map(|(id, _)| id)
        .collect()
}

/// Uses of one resource kind over time.
type Uses = BTreeMap<PlaceId, Vec<(Interval, i64)>>;

/// Returns the uses of handling teams and of host checks by field.
pub(crate) fn service_uses(facts: &Facts) -> (Uses, Uses) {
    let (mut handling, mut checks) = (Uses::new(), Uses::new());
    let span = |service: Service| Interval { from: service.starts, to: service.ends };
    for flight in &facts.resolved.flights {
        let teams = type_of(facts, flight).handling_teams;
        if let Some(loading) = flight.row.loading {
            handling.entry(flight.from).or_default().push((span(loading), teams));
            checks.entry(flight.from).or_default().push((span(loading), 1));
        }
        if let Some(unloading) = flight.row.unloading {
            handling.entry(flight.to).or_default().push((span(unloading), teams));
        }
    }
    (handling, checks)
}

/// C15: loading and unloading stay within handling teams and host checks.
pub(crate) fn check_c15_handling(facts: &Facts, report: &mut Report) {
    let (handling, checks) = service_uses(facts);
    let kinds = [
        (ResourceKind::Handling, "handling teams", handling),
        (ResourceKind::HostCheck, "host checks", checks),
    ];
    for (kind, what, uses) in kinds {
        for (field, uses) in uses {
            let resources = resources_of(facts, field, kind);
            if resources.is_empty() {
                continue;
            }
            for shortage in sweep::shortages(facts, &resources, &uses) {
                let object = format!("airfield `{}`", facts.place(field));
                report_shortage(Rule::C15, object, &shortage, what, report);
            }
        }
    }
}

/// C16: movements and handling keep the hours of their user class, slots their separation, runways
/// their length, and columns the curfews.
pub(crate) fn check_c16_hours(facts: &Facts, report: &mut Report) {
    let mut open = OpenHours::new(facts);
    for flight in &facts.resolved.flights {
        check_movement_hours(facts, flight, &mut open, report);
        check_handling_hours(facts, flight, &mut open, report);
        check_runways(facts, flight, report);
    }
    check_slots(facts, report);
    check_curfews(facts, report);
}

/// Windows per field, class and activity, made once each.
struct OpenHours<'f, 'a> {
    facts: &'f Facts<'a>,
    known: BTreeMap<(PlaceId, UserClass, Activity), Option<Vec<Interval>>>,
}

impl<'f, 'a> OpenHours<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Self {
        Self { facts, known: BTreeMap::new() }
    }
    /// Returns the windows that bind the sortie's tail; none: always open.
    fn of(&mut self, flight: &Flight, field: PlaceId, activity: Activity) -> Option<&[Interval]> {
        let class = self.facts.scenario.tails[flight.tail].user_class;
        let facts = self.facts;
        self.known
            .entry((field, class, activity))
            .or_insert_with(|| facts.windows(field, class, activity))
            .as_deref()
    }
}

fn check_movement_hours(facts: &Facts, flight: &Flight, open: &mut OpenHours, report: &mut Report) {
    let row = flight.row;
    let movements = [("take-off", flight.from, row.departs), ("landing", flight.to, row.lands)];
    for (what, field, t) in movements {
        let Some(windows) = open.of(flight, field, Activity::Movement) else { continue };
        if !travel::is_open(windows, t) {
            let name = facts.place(field);
            let message = format!("{what} at {t}, outside the movement hours of {name}");
            report.broken(Rule::C16, flight.object(), Some(t), message);
        }
    }
}

fn check_handling_hours(facts: &Facts, flight: &Flight, open: &mut OpenHours, report: &mut Report) {
    let services = [
        ("loading", flight.from, flight.row.loading),
        ("unloading", flight.to, flight.row.unloading),
    ];
    for (what, field, service) in services {
        let Some(Service { starts, ends }) = service else { continue };
        let Some(windows) = open.of(flight, field, Activity::Handling) else { continue };
        if !travel::lies_inside(windows, starts, ends) {
            let name = facts.place(field);
            let message = format!(
                "{what} from {starts} to {ends} does not lie inside the handling hours of {name}"
            );
            report.broken(Rule::C16, flight.object(), Some(starts), message);
        }
    }
}

fn check_runways(facts: &Facts, flight: &Flight, report: &mut Report) {
    let aircraft = type_of(facts, flight);
    for place in [flight.from, flight.to] {
        let Some(field) = &facts.scenario.places[place].airfield else { continue };
        if field.runway < aircraft.min_runway {
            let message = format!(
                "the runway of {} is {} m long, type `{}` needs {} m",
                facts.place(place),
                field.runway.0,
                aircraft.name,
                aircraft.min_runway.0
            );
            report.broken(Rule::C16, flight.object(), Some(flight.row.departs), message);
        }
    }
}

/// Checks that two movements at a field lie at least its slot apart.
fn check_slots(facts: &Facts, report: &mut Report) {
    let mut movements: BTreeMap<PlaceId, Vec<(Timestamp, usize)>> = BTreeMap::new();
    for (position, flight) in facts.resolved.flights.iter().enumerate() {
        movements.entry(flight.from).or_default().push((flight.row.departs, position));
        movements.entry(flight.to).or_default().push((flight.row.lands, position));
    }
    for (place, mut movements) in movements {
        let Some(field) = &facts.scenario.places[place].airfield else { continue };
        movements.sort_unstable();
        for pair in movements.windows(2) {
            let [(before, first), (after, second)] = [pair[0], pair[1]];
            if after - before < field.slot {
                let message = format!(
                    "it moves at {} {} s after {}, slots there are {} s apart",
                    facts.place(place),
                    (after - before).0,
                    facts.resolved.flights[first].object(),
                    field.slot.0
                );
                let object = facts.resolved.flights[second].object();
                report.broken(Rule::C16, object, Some(after), message);
            }
        }
    }
}

/// Checks that no march overlaps a curfew of the area of one of its ends, if curfews bind columns.
fn check_curfews(facts: &Facts, report: &mut Report) {
    if !facts.scenario.operation.curfews_bind_columns {
        return;
    }
    for column in &facts.resolved.columns {
        for march in &column.marches {
            for curfew in &facts.scenario.curfews {
                let is_area = [march.from, march.to]
                    .into_iter()
                    .any(|place| facts.scenario.places[place].area.as_ref() == Some(&curfew.area));
                let (departs, arrives) = (march.row.departs, march.row.arrives);
                if is_area && travel::overlaps_any(&curfew.windows, departs, arrives) {
                    let message = format!(
                        "it marches from {departs} to {arrives}, during curfew `{}` of {}",
                        curfew.name, curfew.area
                    );
                    report.broken(Rule::C16, column.object(), Some(departs), message);
                }
            }
        }
    }
}
