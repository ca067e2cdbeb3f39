//! Hours, closures, clearances, curfews and conditions: when each activity may start.

use super::journeys::{Journeys, Taken};
use super::sources::{Builder, MarchNode};
use super::{Activity, Anchor, Calendar, Edge, NodeId, Why};
use crate::network::Carrier;
use crate::timeline::{intersect, shift_back, subtract};
use exeunt_model::scenario::{Clearance, ClearanceKind, Gate, Policy, Scenario};
use exeunt_model::time::to_windows;
use exeunt_model::{ClearanceId, ConditionId, Duration, Id, Interval, PartyId, Timestamp};
use std::collections::BTreeMap;

/// Gives every activity the hours that bind it, and lets it wait for its clearances.
pub(super) fn open(b: &mut Builder<'_>, journeys: &Journeys) {
    let mut granted = BTreeMap::new();
    for line in 0..b.lines.len() {
        for sortie in 0..b.lines[line].sorties.len() {
            services(b, line, sortie);
            flight(b, line, sortie, &mut granted);
        }
    }
    for column in 0..b.columns.len() {
        for march in b.columns[column].marches.clone() {
            self::march(b, column, march, &mut granted);
        }
    }
    conditions(b, journeys);
}

/// Returns the starts at which something of a length lies inside one of the windows.
fn fitting(windows: &[Interval], lasts: Duration) -> Vec<Interval> {
    let to = |to: Timestamp| if to >= Timestamp::MAX { to } else { to - lasts + Duration(1) };
    let starts = windows.iter().map(|w| Interval { from: w.from, to: to(w.to) });
    starts.filter(|w| w.from < w.to).collect()
}

fn services(b: &mut Builder<'_>, line: usize, sortie: usize) {
    let tail = b.lines[line].tail;
    let class = b.s.tails[tail].user_class;
    let row = &b.lines[line].sorties[sortie];
    let both = [(row.loading, row.from), (row.unloading, row.to)];
    for (node, field) in both {
        let Some(node) = node else { continue };
        let lasts = b.graph.nodes[node.index()].duration;
        let hours = fitting(b.net.handling_hours(field, class), lasts);
        b.opening(node, Calendar::HandlingHours(field), hours);
        available(b, node, line);
    }
}

/// The aircraft's availability less its maintenance (C17).
fn available(b: &mut Builder<'_>, node: NodeId, line: usize) {
    let tail = b.lines[line].tail;
    let row = &b.s.tails[tail];
    let lasts = b.graph.nodes[node.index()].duration;
    let works = subtract(&[row.available], &row.maintenance);
    if works != [Interval::ALWAYS] {
        b.opening(node, Calendar::Tail(tail), fitting(&works, lasts));
    }
}

fn flight(
    b: &mut Builder<'_>,
    line: usize,
    sortie: usize,
    granted: &mut BTreeMap<ClearanceId, NodeId>,
) {
    let s = b.s;
    let carrier = Carrier::of(&s.tails[b.lines[line].tail]);
    let row = &b.lines[line].sorties[sortie];
    let (node, from, to, leg) = (row.flight, row.from, row.to, row.leg);
    let block = b.graph.nodes[node.index()].duration;
    let hours = b.net.movement_hours(from, carrier.user_class).to_vec();
    b.opening(node, Calendar::TakeOffHours(from), hours);
    let hours = shift_back(b.net.movement_hours(to, carrier.user_class), block);
    b.opening(node, Calendar::LandingHours(to), hours);
    available(b, node, line);
    let own = &s.parties[carrier.owner].state;
    if let Some(leg) = leg {
        let closed = s.air_legs[leg].closed.iter();
        // a closure [c, e) forbids departures from c - block + 1 to e - 1
        let holes: Vec<Interval> =
            closed.map(|c| Interval { from: c.from - block + Duration(1), to: c.to }).collect();
        if !holes.is_empty() {
            b.opening(node, Calendar::ClosedLeg(leg), subtract(&[Interval::ALWAYS], &holes));
        }
        for state in s.air_legs[leg].states.iter().filter(|state| *state != own) {
            let kind = ClearanceKind::Overflight;
            clear(b, (node, carrier.owner, state, kind), granted, |c| c.legs.contains(&leg));
        }
    }
    let state = &s.places[to].state;
    if state != own {
        let kind = ClearanceKind::Landing;
        clear(b, (node, carrier.owner, state, kind), granted, |c| c.fields.contains(&to));
    }
}

/// Lets a flight or march wait for a clearance: for its coming into force, and inside its validity.
fn clear(
    b: &mut Builder<'_>,
    (node, carrier, state, kind): (NodeId, PartyId, &str, ClearanceKind),
    granted: &mut BTreeMap<ClearanceId, NodeId>,
    covers: impl Fn(&Clearance) -> bool,
) {
    let s = b.s;
    let (starts, lasts) = {
        let node = &b.graph.nodes[node.index()];
        (node.starts, node.duration)
    };
    let serves = |c: &Clearance| {
        c.granted && c.kind == kind && c.carrier == carrier && c.state == state && covers(c)
    };
    let rows: Vec<(ClearanceId, Interval)> = s
        .clearances
        .iter()
        .filter(|(_, c)| serves(c))
        .filter_map(|(id, c)| Some((id, in_force(c, lasts)?)))
        .collect();
    let Some(&(used, _)) = rows.iter().find(|(_, window)| window.contains(starts)) else { return };
    let windows = to_windows(rows.iter().map(|(_, window)| *window).collect());
    b.opening(node, Calendar::Clearances(used), windows);
    let row = &s.clearances[used];
    let valid = row.valid.map_or(Timestamp::MIN, |valid| valid.from);
    let asked = row.asked.map_or(Timestamp::MIN, |asked| asked + row.lead);
    let from = valid.max(asked).max(s.operation.start);
    let known = granted.get(&used).copied();
    let clearance = known
        .unwrap_or_else(|| b.node(Activity::Clearance { clearance: used }, from, Duration::ZERO));
    granted.insert(used, clearance);
    let (from, to) = (Anchor::end(clearance), Anchor::start(node));
    b.arc(from, to, Duration::ZERO, Why::Clearance(used));
}

/// Returns the starts that a clearance allows.
fn in_force(c: &Clearance, lasts: Duration) -> Option<Interval> {
    let valid = c.valid?;
    let asked = c.asked.map_or(Timestamp::MIN, |asked| asked + c.lead);
    let to = if valid.to >= Timestamp::MAX { valid.to } else { valid.to - lasts + Duration(1) };
    Some(Interval { from: valid.from.max(asked), to }).filter(|window| window.from < window.to)
}

fn march(
    b: &mut Builder<'_>,
    column: usize,
    march: MarchNode,
    granted: &mut BTreeMap<ClearanceId, NodeId>,
) {
    let s = b.s;
    let lasts = b.graph.nodes[march.node.index()].duration;
    let road = &s.roads[march.road];
    if s.operation.curfews_bind_columns {
        let holes = curfew_holes(s, march, lasts);
        if !holes.is_empty() {
            let cause = Calendar::Curfew(march.road);
            b.opening(march.node, cause, subtract(&[Interval::ALWAYS], &holes));
        }
    }
    let Some(border) = &road.border else { return };
    b.opening(march.node, Calendar::Border(march.road), fitting(&border.windows, lasts));
    let load = b.columns[column].load.iter();
    let mut parties: Vec<PartyId> =
        load.map(|(piece, _)| s.elements[s.pieces[*piece].element].party).collect();
    parties.sort_unstable();
    parties.dedup();
    for party in parties {
        for end in [road.from, road.to] {
            let asked = (march.node, party, s.places[end].state.as_str(), ClearanceKind::Border);
            clear(b, asked, granted, |c| c.roads.contains(&march.road));
        }
    }
}

/// Returns the departures that a curfew at either end forbids.
fn curfew_holes(s: &Scenario, march: MarchNode, lasts: Duration) -> Vec<Interval> {
    let areas = [&s.places[march.from].area, &s.places[march.to].area];
    let binds = |area: &String| areas.iter().any(|here| here.as_ref() == Some(area));
    let windows = s.curfews.iter().filter(|row| binds(&row.area)).flat_map(|row| &row.windows);
    windows.map(|w| Interval { from: w.from - lasts + Duration(1), to: w.to }).collect()
}

fn conditions(b: &mut Builder<'_>, journeys: &Journeys) {
    let s = b.s;
    for (id, condition) in s.conditions.iter() {
        let open = b.net.gates[id.index()].clone();
        match &condition.gate {
            Gate::Handovers(sites) => {
                for (step, row) in s.steps.iter().filter(|(_, row)| sites.contains(&row.site)) {
                    let Some(node) = b.steps[step.index()] else { continue };
                    let starts = match condition.policy {
                        Policy::Reverse => fitting(&open, row.duration),
                        Policy::Go | Policy::Hold => open.clone(),
                    };
                    b.opening(node, Calendar::Condition(id), starts);
                }
            }
            Gate::Departures(set) => {
                let gated = |piece| set.contains(&s.pieces[piece].element);
                for items in journeys.items.iter().filter(|items| gated(items.piece)) {
                    let Some(out) = items.left_host else { continue };
                    gate(b, id, out, &open);
                    if let (Policy::Reverse, Some(left)) = (condition.policy, items.left_site) {
                        let span = b.planned(out) - b.planned(left);
                        gate(b, id, left, &fitting(&open, span));
                    }
                }
            }
            Gate::Strength { party, people } => {
                strength(b, journeys, id, (*party, *people), &open);
            }
        }
    }
}

/// Keeps a moment inside windows.
fn gate(b: &mut Builder<'_>, condition: ConditionId, moment: Anchor, open: &[Interval]) {
    let lasts = match moment.edge {
        Edge::Start => Duration::ZERO,
        Edge::End => b.graph.nodes[moment.node.index()].duration,
    };
    b.opening(moment.node, Calendar::Condition(condition), shift_back(open, lasts));
}

/// Those whose leaving takes a party below its strength wait for the condition.
fn strength(
    b: &mut Builder<'_>,
    journeys: &Journeys,
    condition: ConditionId,
    (party, people): (PartyId, i64),
    open: &[Interval],
) {
    let s = b.s;
    let mut there = 0_i64;
    let mut leaving: BTreeMap<(Timestamp, Anchor), i64> = BTreeMap::new();
    for items in &journeys.items {
        let piece = &s.pieces[items.piece];
        if s.elements[piece.element].party != party {
            continue;
        }
        let n = piece.people_each().saturating_mul(items.count);
        there = there.saturating_add(n);
        if let Some(out) = items.left_host {
            let leave = leaving.entry((b.planned(out), out)).or_default();
            *leave = leave.saturating_add(n);
        }
    }
    let needed = people.min(there);
    for ((_, out), n) in leaving {
        there = there.saturating_sub(n);
        if there < needed {
            gate(b, condition, out, open);
        }
    }
}

/// Returns the starts at which a booking of a unit with hours fits them.
pub(super) fn fit_hours(units: &[&[Interval]], lasts: Duration) -> Vec<Interval> {
    let all = vec![Interval::ALWAYS];
    let open = units.iter().fold(all, |open, windows| intersect(&open, windows));
    fitting(&open, lasts)
}

/// Returns the items of a piece that a move takes: people, or what needs room.
pub(super) fn amounts(s: &Scenario, taken: &Taken) -> (i64, i64) {
    let piece = &s.pieces[taken.piece];
    let n = |each: i64| each.saturating_mul(taken.count);
    (n(piece.people_each()), n(piece.items_each()))
}
