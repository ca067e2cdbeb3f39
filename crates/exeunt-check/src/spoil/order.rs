//! Corruptions of handovers, order, frozen parts and conditions: C07, C08, C09, C23, C24, C27.

use super::edit::{AMOUNTS, Extra, Moment, add_extra, fly_at, on_sortie};
use super::{Spoiler, Way, way};
use crate::facts::is_moved;
use crate::journey::{By, Move};
use crate::resolved;
use crate::sweep::capacity_at;
use exeunt_model::ids::*;
use exeunt_model::plan::{Column, ColumnLoad, Handover, Load, March, Plan, Service};
use exeunt_model::scenario::{
    Condition, Gate, Milestone, Mode, Precedence, PrecedenceKind, ResourceKind,
};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeSet;

/// An edit of a plan.
type Edit = Box<dyn Fn(&mut Plan)>;

/// An edit that sets when items leave their place.
type SetLeaving = Box<dyn Fn(&mut Plan, Timestamp)>;

pub(super) fn break_c07(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 3] = Default::default();
    let [late, missing, early] = &mut families;
    let facts = s.facts;
    let scenario = facts.scenario;
    for (site, row) in scenario.sites.iter() {
        let mut there: i64 = scenario
            .pieces
            .iter()
            .filter(|(_, piece)| scenario.elements[piece.element].origin == row.place)
            .map(|(_, piece)| resolved::people_of(piece, piece.count))
            .sum();
        let needed = row.min_guard.min(there);
        let mut leaving: Vec<(Timestamp, i64, &Move)> = Vec::new();
        for taken in facts.journeys.taken.iter().filter(|taken| taken.is_first) {
            let by = &facts.journeys.moves[taken.by_move];
            if by.from == row.place {
                let people = resolved::people_of(&scenario.pieces[taken.piece], taken.count);
                leaving.push((by.leaves, people, by));
            }
        }
        leaving.sort_by_key(|&(t, people, _)| (t, people));
        let mut falls = None;
        for &(t, people, _) in &leaving {
            there -= people;
            if there < needed && falls.is_none() {
                falls = Some(t);
            }
        }
        let steps: Vec<usize> = (0..facts.resolved.handovers.len())
            .filter(|&held| {
                let step = facts.resolved.handovers[held].step;
                step.is_some_and(|step| scenario.steps[step].site == site)
            })
            .collect();
        let (Some(falls), true) = (falls, row.min_guard > 0) else { continue };
        for &held in &steps {
            let step = &facts.resolved.handovers[held].row.step;
            missing.push(way(format!("step `{step}` is deleted, its guard goes"), move |plan| {
                plan.handovers.remove(held);
            }));
            for (amount, text) in AMOUNTS {
                late.push(way(
                    format!("step `{step}` ends {text} after its guard has gone"),
                    move |plan| plan.handovers[held].ends = falls + Duration(amount),
                ));
            }
        }
        let Some(end) = facts.site_ends[site.index()].filter(|_| !steps.is_empty()) else {
            continue;
        };
        for (amount, text) in AMOUNTS {
            let sets: Vec<SetLeaving> = leaving
                .iter()
                .map(|&(_, _, by)| Box::new(s.set_leaving(by)) as SetLeaving)
                .collect();
            early.push(way(
                format!("all leave `{}` {text} before its handover ends", row.name),
                move |plan| {
                    for set in &sets {
                        set(plan, end - Duration(amount));
                    }
                },
            ));
        }
    }
    families.into()
}

pub(super) fn break_c08(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 6] = Default::default();
    let [length, order, apart, missing, twice, unknown] = &mut families;
    let facts = s.facts;
    for (position, held) in facts.resolved.handovers.iter().enumerate() {
        let Some(step) = held.step.map(|step| &facts.scenario.steps[step]) else { continue };
        let name = &step.name;
        let lasts = step.duration;
        let lengths = [
            (lasts + Duration(1), "1 s longer"),
            (Duration(lasts.0 - 1), "1 s shorter"),
            (Duration(lasts.0 / 60), "minutes for hours"),
        ];
        for (wrong, text) in lengths {
            length.push(way(format!("step `{name}` lasts {text}"), move |plan| {
                let row = &mut plan.handovers[position];
                row.ends = row.starts + wrong;
            }));
        }
        for &(before, lag) in &step.after {
            let Some(row) = facts.row_of_step[before.index()] else { continue };
            let t = facts.resolved.handovers[row].row.ends + lag - Duration(1);
            order.push(way(format!("step `{name}` starts 1 s too early"), move |plan| {
                plan.handovers[position].starts = t;
                plan.handovers[position].ends = t + lasts;
            }));
            let before = facts.scenario.steps[before].name.clone();
            missing.push(way(format!("step `{before}` before `{name}` is deleted"), move |plan| {
                plan.handovers.retain(|row| row.step != before);
            }));
        }
        if !step.with.is_empty() {
            apart.push(way(
                format!("step `{name}` starts 1 s after its joint step"),
                move |plan| {
                    let row = &mut plan.handovers[position];
                    row.starts = row.starts + Duration(1);
                    row.ends = row.starts + lasts;
                },
            ));
        }
        twice.push(way(format!("step `{name}` stands twice"), move |plan| {
            let copy = plan.handovers[position].clone();
            plan.handovers.push(copy);
        }));
        unknown.push(way(format!("step `{name}` has an unknown name"), move |plan| {
            plan.handovers[position].step.push_str("-UNKNOWN");
        }));
    }
    families.into()
}

pub(super) fn break_c09(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 3] = Default::default();
    let [pairs, alone, together] = &mut families;
    let facts = s.facts;
    for (team, resource) in facts.scenario.resources.iter() {
        if resource.kind != ResourceKind::Team {
            continue;
        }
        let need_of = |step: StepId| -> i128 {
            let needs = facts.scenario.steps[step].needs.iter();
            needs.filter(|(id, _)| *id == team).map(|&(_, amount)| i128::from(amount)).sum()
        };
        let held: Vec<(usize, i128, Timestamp)> = facts
            .resolved
            .handovers
            .iter()
            .enumerate()
            .filter_map(|(position, row)| {
                let need = need_of(row.step?);
                (need > 0).then_some((position, need, row.row.starts))
            })
            .collect();
        let edges = resource.capacity.iter().flat_map(|row| &row.windows);
        let closings: BTreeSet<Timestamp> =
            edges.map(|window| window.to).filter(|&t| t < Timestamp::MAX).collect();
        let closings = super::spread(closings.into_iter().collect(), 8);
        for &(one, need, starts) in super::spread(held.iter().collect(), 12) {
            for &t in &closings {
                if need > capacity_at(facts, &[team], t).1 {
                    let what = format!("{} works at {t} without `{}`", step(s, one), resource.name);
                    alone.push(way(what, move |plan| start_step(plan, one, t)));
                }
            }
            let full = capacity_at(facts, &[team], starts).1;
            for &(other, more, _) in held.iter().filter(|&&(other, ..)| other != one).take(12) {
                if need + more > full {
                    let what = format!(
                        "{} and {} share `{}`",
                        step(s, one),
                        step(s, other),
                        resource.name
                    );
                    pairs.push(way(what, move |plan| start_step(plan, other, starts)));
                }
            }
            let all: i128 = held.iter().map(|&(_, need, _)| need).sum();
            if all > full {
                let positions: Vec<usize> = held.iter().map(|&(position, ..)| position).collect();
                let what = format!("all steps use `{}` at {starts}", resource.name);
                together.push(way(what, move |plan| {
                    for &position in &positions {
                        start_step(plan, position, starts);
                    }
                }));
            }
        }
    }
    families.into()
}

fn step(s: &Spoiler, held: usize) -> String {
    format!("step `{}`", s.facts.resolved.handovers[held].row.step)
}

/// Moves a step to start at `t`.
fn start_step(plan: &mut Plan, position: usize, t: Timestamp) {
    let row = &mut plan.handovers[position];
    let lasts = row.ends - row.starts;
    *row = Handover { step: row.step.clone(), starts: t, ends: t + lasts };
}

/// A move of a set that decides about a milestone, and on which nothing of the other set travels.
struct Passing {
    moment: Moment,
    carrier: String,
    people: i64,
    /// For a march to the field: the latest departure that still fits what follows.
    latest: Option<Timestamp>,
}

fn passings(s: &Spoiler, row: &Precedence, set: &[ElementId], other: &[ElementId]) -> Vec<Passing> {
    let facts = s.facts;
    let mut passings = Vec::new();
    for taken in &facts.journeys.taken {
        if !set.contains(&facts.element_of(taken.piece)) {
            continue;
        }
        let by = &facts.journeys.moves[taken.by_move];
        let Some(moment) = s.moment(by, taken.is_first, row.milestone) else { continue };
        // a march to the field that no longer fits what follows breaks the chain of custody, and then says
        // nothing of the order
        let element = &facts.scenario.elements[facts.element_of(taken.piece)];
        let is_approach = matches!((element.mode, by.by), (Mode::Air { .. }, By::Column(_)));
        let onward = facts.journeys.moves.iter();
        let next = onward.filter(|next| next.piece == by.piece && next.from == by.to);
        let latest = match is_approach && taken.is_first {
            true => next.map(|next| by.departs + (next.leaves - by.available)).min(),
            false => None,
        };
        let is_shared =
            s.pieces_aboard(by).iter().any(|&piece| other.contains(&facts.element_of(piece)));
        if !is_shared {
            let people = resolved::people_of(&facts.scenario.pieces[taken.piece], taken.count);
            passings.push(Passing { moment, carrier: facts.carrier(by), people, latest });
        }
    }
    passings
}

pub(super) fn break_c23(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [late, early, all_early, left_alone] = &mut families;
    let facts = s.facts;
    for (_, row) in facts.scenario.precedence.iter() {
        let (Some((first, last)), Some((then_first, then_last))) =
            (span(s, row, &row.first), span(s, row, &row.then))
        else {
            continue;
        };
        let firsts = passings(s, row, &row.first, &row.then);
        let thens = passings(s, row, &row.then, &row.first);
        let none_marches_to_a_field = thens.iter().all(|then| then.latest.is_none());
        let name = &row.name;
        if row.hard {
            let limit = match row.kind {
                PrecedenceKind::LastBeforeLast => Some(then_last),
                PrecedenceKind::AllBeforeFirst => Some(then_first),
                PrecedenceKind::FirstBeforeFirst => None,
            };
            for Passing { moment, carrier, latest, .. } in &firsts {
                for (amount, text) in AMOUNTS {
                    let (moment, Some(limit)) = (*moment, limit) else { continue };
                    if latest.is_some_and(|latest| limit + Duration(amount) > latest) {
                        continue;
                    }
                    late.push(way(format!("{carrier} passes {text} too late for `{name}`"), {
                        move |plan| moment.set(plan, limit + Duration(amount))
                    }));
                }
            }
            let limit = match row.kind {
                PrecedenceKind::LastBeforeLast => None,
                PrecedenceKind::AllBeforeFirst => Some(last),
                PrecedenceKind::FirstBeforeFirst => Some(first),
            };
            for Passing { moment, carrier, .. } in &thens {
                for (amount, text) in AMOUNTS {
                    let (moment, Some(limit)) = (*moment, limit) else { continue };
                    early.push(way(format!("{carrier} passes {text} too early for `{name}`"), {
                        move |plan| moment.set(plan, limit - Duration(amount))
                    }));
                }
            }
            // All that follow pass before the last that goes first, if nothing travels together.
            let n_thens = facts
                .journeys
                .taken
                .iter()
                .filter(|taken| row.then.contains(&facts.element_of(taken.piece)))
                .filter(|taken| {
                    let by = &facts.journeys.moves[taken.by_move];
                    s.moment(by, taken.is_first, row.milestone).is_some()
                })
                .count();
            if none_marches_to_a_field
                && n_thens == thens.len()
                && row.kind == PrecedenceKind::LastBeforeLast
            {
                for (amount, text) in AMOUNTS {
                    let moments: Vec<Moment> = thens.iter().map(|then| then.moment).collect();
                    all_early.push(way(
                        format!("all that follow pass {text} too early for `{name}`"),
                        {
                            move |plan| {
                                for moment in &moments {
                                    moment.set(plan, last - Duration(amount));
                                }
                            }
                        },
                    ));
                }
            }
        }
        let there: i64 = facts.groups_in(&row.then).map(|group| facts.people(group)).sum();
        let going: i64 = thens.iter().map(|then| then.people).sum();
        if none_marches_to_a_field && row.stay > 0 && there - going < row.stay.min(there) {
            for (amount, text) in AMOUNTS {
                let moments: Vec<Moment> = thens.iter().map(|then| then.moment).collect();
                left_alone.push(way(
                    format!("those who stay for `{name}` pass {text} too early"),
                    {
                        move |plan| {
                            for moment in &moments {
                                moment.set(plan, last - Duration(amount));
                            }
                        }
                    },
                ));
            }
        }
    }
    families.into()
}

/// Returns the first and the last moment at which moved items of a set pass; none if nothing moves or
/// something never passes.
fn span(s: &Spoiler, row: &Precedence, set: &[ElementId]) -> Option<(Timestamp, Timestamp)> {
    let mut span: Option<(Timestamp, Timestamp)> = None;
    for group in s.facts.groups_in(set).filter(|group| is_moved(group)) {
        let t = s.facts.milestone(group, row.milestone)?;
        span = Some(span.map_or((t, t), |(first, last)| (first.min(t), last.max(t))));
    }
    span
}

pub(super) fn break_c24(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 7] = Default::default();
    let [sorties, loadings, columns, steps, changed, gone, moved] = &mut families;
    let facts = s.facts;
    let operation = &facts.scenario.operation;
    for (flight, row) in facts.resolved.flights.iter().enumerate() {
        for (amount, text) in AMOUNTS {
            let earliest = operation.flies_from();
            let (at, t, object) = (s.at[flight], earliest - Duration(amount), row.object());
            sorties.push(way(
                format!("{object} departs {text} before it may"),
                on_sortie(at, move |row| fly_at(row, t)),
            ));
            if row.row.loading.is_some() {
                loadings.push(way(
                    format!("{object} is loaded {text} before it may be"),
                    on_sortie(at, move |row| {
                        if let Some(loading) = &mut row.loading {
                            loading.starts = t;
                        }
                    }),
                ));
            }
        }
    }
    for (column, row) in facts.resolved.columns.iter().enumerate() {
        for (amount, text) in AMOUNTS {
            let t = operation.marches_from() - Duration(amount);
            columns.push(way(
                format!("{} leaves {text} before it may", row.object()),
                move |plan| {
                    plan.columns[column].marches[0].departs = t;
                },
            ));
        }
    }
    for held in 0..facts.resolved.handovers.len() {
        for (amount, text) in AMOUNTS {
            let t = operation.hands_over_from() - Duration(amount);
            let what = format!("{} starts {text} before it may", step(s, held));
            steps.push(way(what, move |plan| start_step(plan, held, t)));
        }
    }
    let Some(frozen) = facts.frozen else { return families.into() };
    for line in &frozen.lines {
        for row in &line.sorties {
            let (id, tail) = (row.id.clone(), line.tail.clone());
            changed.push(way(format!("frozen sortie `{id}` lands a minute later"), move |plan| {
                for row in plan.lines.iter_mut().flat_map(|line| &mut line.sorties) {
                    if row.id == id {
                        row.lands = row.lands + Duration(60);
                    }
                }
            }));
            let id = row.id.clone();
            gone.push(way(format!("frozen sortie `{id}` is deleted"), move |plan| {
                for line in &mut plan.lines {
                    line.sorties.retain(|row| row.id != id);
                }
            }));
            let id = row.id.clone();
            moved.push(way(format!("the line of frozen sortie `{id}` gets another tail"), {
                move |plan| {
                    for line in plan.lines.iter_mut().filter(|line| line.tail == tail) {
                        line.tail.push_str("-OTHER");
                    }
                }
            }));
        }
    }
    for row in &frozen.columns {
        let id = row.id.clone();
        gone.push(way(format!("frozen column `{id}` is deleted"), move |plan| {
            plan.columns.retain(|row| row.id != id);
        }));
        let id = row.id.clone();
        changed.push(way(format!("frozen column `{id}` carries nothing"), move |plan| {
            for row in plan.columns.iter_mut().filter(|row| row.id == id) {
                row.load.push(ColumnLoad { piece: "NO-SUCH-PIECE".to_owned(), count: 1 });
            }
        }));
    }
    for row in &frozen.handovers {
        let step = row.step.clone();
        changed.push(way(format!("frozen step `{step}` starts a minute later"), move |plan| {
            for row in plan.handovers.iter_mut().filter(|row| row.step == step) {
                row.starts = row.starts + Duration(60);
            }
        }));
        let step = row.step.clone();
        gone.push(way(format!("frozen step `{step}` is deleted"), move |plan| {
            plan.handovers.retain(|row| row.step != step);
        }));
    }
    families.into()
}

pub(super) fn break_c27(s: &Spoiler) -> Vec<Vec<Way>> {
    let mut families: [Vec<Way>; 4] = Default::default();
    let [departures, sent, handovers, strength] = &mut families;
    let facts = s.facts;
    for (_, condition) in facts.scenario.conditions.iter() {
        for opening in openings(s, condition) {
            match &condition.gate {
                Gate::Departures(set) => {
                    departures.extend(leave_before(s, set, opening, &condition.name));
                    // Before a condition that is true some day: an hour before that day.
                    let hour = Duration::from_hours(1);
                    let t = opening.at.map_or(facts.scenario.operation.start, |t| t - hour);
                    sent.extend(send_unmoved(s, set, t, &condition.name));
                }
                Gate::Handovers(sites) => {
                    handovers.extend(start_before(s, sites, opening, &condition.name));
                }
                Gate::Strength { party, people } => {
                    strength.extend(weaken(s, *party, *people, opening, &condition.name));
                }
            }
        }
    }
    families.into()
}

/// A moment at which a condition becomes true, none if it never does, and how long it has been untrue before.
#[derive(Clone, Copy)]
struct Opening {
    at: Option<Timestamp>,
    untrue: Duration,
}

impl Opening {
    /// Returns the amounts that lead from the moment into the time before it.
    fn amounts(self) -> impl Iterator<Item = (i64, &'static str)> {
        AMOUNTS.into_iter().filter(move |amount| amount.0 <= self.untrue.0)
    }
}

fn openings(s: &Spoiler, condition: &Condition) -> Vec<Opening> {
    let opened = crate::condition::opened(s.facts.scenario, condition);
    let mut closed_since = Timestamp::MIN;
    let mut openings = Vec::new();
    for window in &opened {
        openings.push(Opening { at: Some(window.from), untrue: window.from - closed_since });
        closed_since = window.to;
    }
    if openings.is_empty() {
        openings.push(Opening { at: None, untrue: Duration(i64::MAX / 4) });
    }
    openings
}

/// Lets items leave the host before a condition is true.
fn leave_before(s: &Spoiler, set: &[ElementId], opening: Opening, condition: &str) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    let Some(true_from) = opening.at else { return ways };
    for taken in &facts.journeys.taken {
        if !set.contains(&facts.element_of(taken.piece)) {
            continue;
        }
        let by = &facts.journeys.moves[taken.by_move];
        let Some(moment) = s.moment(by, taken.is_first, Milestone::LeftHost) else { continue };
        for (amount, text) in opening.amounts() {
            ways.push(way(
                format!("{} leaves the host {text} before `{condition}`", facts.carrier(by)),
                move |plan| moment.set(plan, true_from - Duration(amount)),
            ));
        }
    }
    ways
}

/// Sends out what stays in the plan.
fn send_unmoved(s: &Spoiler, set: &[ElementId], t: Timestamp, condition: &str) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    for group in facts.groups_in(set).filter(|group| !is_moved(group)) {
        for (amount, text) in AMOUNTS {
            if let Some(edit) = send_out(s, group.piece, group.count, t - Duration(amount)) {
                let piece = &facts.scenario.pieces[group.piece].name;
                let what = format!("piece `{piece}` leaves {text} before `{condition}`");
                ways.push(Way { what, edit });
            }
        }
    }
    ways
}

/// Makes columns and sorties that take an unmoved piece out of the host at `t`; none if it never is in
/// the host or ends there.
fn send_out(s: &Spoiler, piece: PieceId, count: i64, t: Timestamp) -> Option<Edit> {
    let facts = s.facts;
    let scenario = facts.scenario;
    let element = &scenario.elements[facts.element_of(piece)];
    let name = scenario.pieces[piece].name.clone();
    let (origin, destination) = (s.name(element.origin), s.name(element.destination));
    let day = Duration::from_hours(24);
    let goes_out = |from, to| scenario.is_in_host(from) && !scenario.is_in_host(to);
    match element.mode {
        Mode::Road if goes_out(element.origin, element.destination) => {
            let load = ColumnLoad { piece: name, count };
            Some(Box::new(move |plan: &mut Plan| {
                plan.columns.push(made_up_column(&origin, &destination, t - day, t, load.clone()));
            }))
        }
        Mode::Road => None,
        Mode::Air { embark, debark } if goes_out(embark, debark) => {
            let (tail, config) = s.tail(scenario.tails.ids().next()?)?;
            let load = Load {
                piece: name.clone(),
                count,
                zone: None,
                x_mm: None,
                y_mm: None,
                turned: None,
            };
            let extra = Extra {
                tail,
                config,
                from: s.name(embark),
                to: s.name(debark),
                departs: t,
                lands: t + Duration::from_hours(1),
                loading: Some(Service { starts: t - Duration(1), ends: t }),
                load: vec![load],
            };
            let march = (element.origin != embark).then(|| {
                let load = ColumnLoad { piece: name, count };
                made_up_column(&origin, &extra.from, t - day - day, t - day, load)
            });
            Some(Box::new(move |plan: &mut Plan| {
                plan.columns.extend(march.clone());
                add_extra(plan, &extra, 1);
            }))
        }
        Mode::Air { .. } => None,
    }
}

fn made_up_column(
    from: &str,
    to: &str,
    departs: Timestamp,
    arrives: Timestamp,
    load: ColumnLoad,
) -> Column {
    Column {
        id: format!("EXTRA-{}", load.piece),
        marches: vec![March {
            road: "NO-SUCH-ROAD".to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            departs,
            arrives,
        }],
        load: vec![load],
    }
}

/// Starts steps of gated sites before the condition is true.
fn start_before(s: &Spoiler, sites: &[SiteId], opening: Opening, condition: &str) -> Vec<Way> {
    let facts = s.facts;
    let mut ways = Vec::new();
    for (id, row) in facts.scenario.steps.iter().filter(|(_, row)| sites.contains(&row.site)) {
        let held = facts.row_of_step[id.index()];
        for (amount, text) in opening.amounts() {
            let name = row.name.clone();
            let what = format!("step `{name}` starts {text} before `{condition}`");
            match (held, opening.at) {
                (Some(held), Some(true_from)) => {
                    let t = true_from - Duration(amount);
                    ways.push(way(what, move |plan| start_step(plan, held, t)));
                }
                (None, _) => {
                    let (end, lasts) = (facts.scenario.operation.end, row.duration);
                    let t = opening.at.unwrap_or(end) - Duration(amount);
                    ways.push(way(what, move |plan| {
                        let row = Handover { step: name.clone(), starts: t, ends: t + lasts };
                        plan.handovers.push(row);
                    }));
                }
                (Some(_), None) => {}
            }
        }
    }
    ways
}

/// Lets a party become too weak before the condition is true.
fn weaken(s: &Spoiler, party: PartyId, people: i64, opening: Opening, condition: &str) -> Vec<Way> {
    let facts = s.facts;
    let scenario = facts.scenario;
    let mut ways = Vec::new();
    let groups = || {
        facts
            .journeys
            .groups
            .iter()
            .filter(|group| facts.party_of(group.piece) == party && group.count > 0)
    };
    let there: i64 = groups().map(|group| facts.people(group)).sum();
    let needed = people.min(there);
    // Those who leave the host go before the condition is true, or those who stay go at all.
    let mut moments = Vec::new();
    let mut going = 0;
    for taken in &facts.journeys.taken {
        let by = &facts.journeys.moves[taken.by_move];
        if facts.party_of(taken.piece) != party {
            continue;
        }
        if let Some(moment) = s.moment(by, taken.is_first, Milestone::LeftHost) {
            moments.push(moment);
            going += resolved::people_of(&scenario.pieces[taken.piece], taken.count);
        }
    }
    let stays: Vec<(PieceId, i64, i64)> = groups()
        .filter(|group| !is_moved(group) && facts.people(group) > 0)
        .map(|group| (group.piece, group.count, facts.people(group)))
        .collect();
    for (amount, text) in opening.amounts() {
        let moments = moments.clone();
        match opening.at {
            Some(true_from) if there - going < needed => {
                let what = format!("all leave the host {text} before `{condition}`");
                ways.push(way(what, move |plan| {
                    for moment in &moments {
                        moment.set(plan, true_from - Duration(amount));
                    }
                }));
            }
            Some(_) => {}
            None => {
                let t = scenario.operation.end - Duration(amount);
                let mut left = there - going;
                let mut edits: Vec<Edit> = Vec::new();
                for &(piece, count, people) in &stays {
                    if let Some(edit) = send_out(s, piece, count, t) {
                        edits.push(edit);
                        left -= people;
                    }
                }
                if left < needed {
                    let what = format!(
                        "those who must stay for `{condition}` leave {text} before the end"
                    );
                    ways.push(way(what, move |plan| {
                        for edit in &edits {
                            edit(plan);
                        }
                    }));
                }
            }
        }
    }
    ways
}
