//! What one change would bring: for each thing that a chain waits for one unit more of it, planned again.
//!
//! Searches are those of `exeunt plan` with the same seed, epochs and orders per epoch, so whoever makes the change
//! gets the moment that is claimed. A gain is what is earlier than both the given plan and a plan made again without a
//! change, so that search alone never counts as one; a plan that is worse as a whole counts as no gain, since the old
//! one still stands with more of anything. O(changes x search).

use super::Explainer;
use crate::relax;
use crate::solve::{Request, solve};
use exeunt_model::explanation::{Chain, Change, Counterfactual, Deed, Replanned, Subject, Why};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, ResourceKind, Scenario, UserClass};
use exeunt_model::{Duration, PlaceId, ResourceId, TailId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the changes that loosen what a chain waits for, each with the longest link that asks for it.
pub fn changes(s: &Scenario, plan: &Plan, chain: &Chain) -> Vec<(Change, usize)> {
    let mut asked: BTreeMap<Change, usize> = BTreeMap::new();
    for (position, link) in chain.links.iter().enumerate() {
        let mut wanted: BTreeSet<Change> = BTreeSet::new();
        for &why in link.why.iter().chain(&link.others) {
            loosen(s, plan, why, link.deed, &mut wanted);
        }
        // an aircraft that flies on the chain is one that another could relieve
        if let Some(Deed::Loading(line, _) | Deed::Flight(line, _)) = link.deed {
            wanted.extend(tail_of(s, plan, line).map(Change::Tail));
        }
        for change in wanted.into_iter().map(|change| of_fleet(s, change)) {
            let known = asked.entry(change).or_insert(position);
            if chain.links[*known].length() < link.length() {
                *known = position;
            }
        }
    }
    let can_be_made = |change: &Change| relax::apply(&mut s.clone(), change);
    asked.into_iter().filter(|(change, _)| can_be_made(change)).collect()
}

/// Aircraft of a type, base and owner are one fleet, which is asked once, by the one that is available first.
fn of_fleet(s: &Scenario, change: Change) -> Change {
    let Change::Tail(tail) = change else { return change };
    let key = |id: TailId| (s.tails[id].aircraft, s.tails[id].base, s.tails[id].owner);
    let fleet = s.tails.ids().filter(|id| key(*id) == key(tail));
    fleet.min_by_key(|id| s.tails[*id].available.from).map_or(change, Change::Tail)
}

/// Adds the changes that loosen one cause.
fn loosen(s: &Scenario, plan: &Plan, why: Why, deed: Option<Deed>, wanted: &mut BTreeSet<Change>) {
    let of_kind = |place: PlaceId, kinds: &dyn Fn(ResourceKind) -> bool| -> Vec<ResourceId> {
        let rows =
            s.resources.iter().filter(|(_, row)| row.place == Some(place) && kinds(row.kind));
        rows.map(|(id, _)| id).collect()
    };
    let line = match deed {
        Some(
            Deed::Loading(line, _)
            | Deed::Flight(line, _)
            | Deed::Unloading(line, _)
            | Deed::TurnRound(line, _),
        ) => Some(line),
        _ => None,
    };
    let class = line.and_then(|line| tail_of(s, plan, line)).map(|tail| s.tails[tail].user_class);
    let hours = |place: PlaceId| {
        let mine = class.map(|class| Change::Hours(place, class));
        let civil = s.operation.civil_hours_bind_military.then_some(UserClass::Civil);
        mine.into_iter().chain(civil.map(|class| Change::Hours(place, class)))
    };
    match why {
        Why::StandHours(place) => {
            let is_stand = |kind| matches!(kind, ResourceKind::Stand(_));
            wanted.extend(of_kind(place, &is_stand).into_iter().map(Change::OneMore));
        }
        Why::Stand(place, least) => {
            let fits = |kind| matches!(kind, ResourceKind::Stand(class) if class >= least);
            wanted.extend(of_kind(place, &fits).into_iter().map(Change::OneMore));
        }
        Why::Handling(place) => {
            let rows = of_kind(place, &|kind| kind == ResourceKind::Handling);
            wanted.extend(rows.into_iter().map(Change::OneMore));
        }
        Why::HostCheck(place) => {
            let rows = of_kind(place, &|kind| kind == ResourceKind::HostCheck);
            wanted.extend(rows.into_iter().map(Change::OneMore));
        }
        Why::FieldCapacity(place) => {
            let is_service =
                |kind| matches!(kind, ResourceKind::Handling | ResourceKind::HostCheck);
            wanted.extend(of_kind(place, &is_service).into_iter().map(Change::Shift));
        }
        Why::Team(resource) | Why::Escort(resource) => {
            wanted.extend([Change::OneMore(resource), Change::Shift(resource)]);
        }
        Why::Shift(resource) | Why::EscortHours(resource) => {
            wanted.extend([Change::Shift(resource), Change::OneMore(resource)]);
        }
        Why::StepAfterStep | Why::JointStart => {
            // steps of one order wait for the teams that make them
            if let Some(Deed::Step(step)) = deed {
                wanted.extend(s.steps[step].needs.iter().map(|(team, _)| Change::OneMore(*team)));
            }
        }
        Why::Provider(element) | Why::Keeper(element) => {
            let gives = |row: &exeunt_model::scenario::Resource| {
                row.capacity.iter().any(|part| part.provided_by == Some(element))
            };
            for (id, row) in s.resources.iter().filter(|(_, row)| gives(row)) {
                wanted.insert(Change::OneMore(id));
                wanted.extend((row.keep > 0).then_some(Change::NothingKept(id)));
            }
        }
        Why::Precedence(row) => {
            wanted.insert(Change::Priced(row));
        }
        Why::Stay(row) => {
            wanted.insert(Change::NobodyStays(row));
        }
        Why::StagingRoom(place) => {
            wanted.insert(Change::StagingRoom(place));
        }
        Why::Staging(place) => {
            wanted.insert(Change::StagingTime(place));
        }
        Why::TakeOffHours(place) | Why::LandingHours(place) | Why::HandlingHours(place) => {
            wanted.extend(hours(place));
        }
        Why::BorderHours(road) => {
            wanted.insert(Change::Border(road));
        }
        Why::BorderPost(road) | Why::Headway(road) => {
            wanted.extend([Change::Border(road), Change::ColumnSize(road)]);
        }
        Why::Condition(condition) => {
            wanted.insert(Change::Condition(condition));
        }
        Why::Clearance(clearance) => {
            wanted.insert(Change::Clearances(s.clearances[clearance].state.clone()));
        }
        Why::Ready(element) => {
            wanted.insert(Change::Date(s.elements[element].ready));
        }
        Why::Spread(element) => {
            wanted.insert(Change::Spread(element));
        }
        Why::LoadFrom(element) => {
            wanted.extend(s.elements[element].load_from.map(Change::Date));
        }
        Why::Tail(tail) => {
            wanted.insert(Change::Tail(tail));
        }
        Why::LoadingAfterLanding
        | Why::LoadingAfterUnloading
        | Why::FlightAfterUnloading
        | Why::TurnRound => {
            wanted.extend(line.and_then(|line| tail_of(s, plan, line)).map(Change::Tail));
        }
        _ => {}
    }
}

fn tail_of(s: &Scenario, plan: &Plan, line: usize) -> Option<TailId> {
    plan.lines.get(line).and_then(|line| s.tail(&line.tail))
}

/// Returns what is measured of a plan made again: sorties and columns are others there, so it is the last arrival of
/// the elements on board.
fn measured(s: &Scenario, plan: &Plan, subject: &Subject) -> Vec<Subject> {
    let element = |piece: &str| {
        let id = s.pieces.find(|row| row.name == piece)?;
        Some(s.pieces[id].element)
    };
    let names: Vec<&str> = match subject {
        Subject::Sortie(line, sortie) => {
            plan.lines[*line].sorties[*sortie].load.iter().map(|load| load.piece.as_str()).collect()
        }
        Subject::Column(column) => {
            plan.columns[*column].load.iter().map(|load| load.piece.as_str()).collect()
        }
        other => return vec![other.clone()],
    };
    let elements: BTreeSet<_> = names.into_iter().filter_map(element).collect();
    elements.into_iter().map(|id| Subject::Element(id, Milestone::HomeBase)).collect()
}

/// Plans again after each change. `changed` makes the scenario of a change, or none if it cannot be made; `go_on` is
/// asked before each search and ends the questions with `false`.
///
/// # Errors
/// Says what the plan names and the scenario does not have.
pub fn what_if(
    s: &Scenario,
    plan: &Plan,
    subject: &Subject,
    asked: Vec<(Change, usize)>,
    request: &Request<'_>,
    changed: impl Fn(&Change) -> Option<Scenario>,
    mut go_on: impl FnMut() -> bool,
) -> Result<Replanned, String> {
    let measured = measured(s, plan, subject);
    let moment = |s: &Scenario, plan: &Plan| -> Result<Option<Timestamp>, String> {
        let explainer = Explainer::new(s, plan)?;
        Ok(measured.iter().filter_map(|subject| explainer.moment(subject)).max())
    };
    let search = |s: &Scenario| solve(s, request, |_| true, |_| {});
    let before = moment(s, plan)?;
    let unchanged = search(s)?.plan;
    let again = moment(s, &unchanged)?;
    // both stand, so a gain is what is earlier than both
    let best = before.into_iter().chain(again).min();
    let is_given_better =
        |after: &Plan| plan.levels == after.levels && after.objective > plan.objective;
    let mut rows = Vec::new();
    let mut is_complete = true;
    for (change, link) in asked {
        if !go_on() {
            is_complete = false;
            break;
        }
        let Some(other) = changed(&change) else { continue };
        let after = search(&other)?.plan;
        let then = moment(&other, &after)?;
        let is_worse = after.objective > unchanged.objective || is_given_better(&after);
        let gain = best.zip(then).map_or(Duration::ZERO, |(best, then)| best - then);
        let gain = if is_worse { Duration::ZERO } else { gain.max(Duration::ZERO) };
        rows.push(Counterfactual { change, link, then, gain });
    }
    rows.sort_by(|a, b| (b.gain, &a.change).cmp(&(a.gain, &b.change)));
    let (seed, epochs, lanes) = (request.seed, request.epochs, request.lanes.max(1));
    Ok(Replanned { seed, epochs, lanes, unchanged: again, rows, is_complete })
}
