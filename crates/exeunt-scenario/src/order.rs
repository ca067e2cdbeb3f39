//! Orders that must not run in a circle: steps, hard precedence, promises that say the same.

use crate::codes::{PRECEDENCE_CYCLE, PRECEDENCE_OVERLAP, SAME_AS_CYCLE, STEP_CYCLE};
use crate::context::Context;
use crate::suggest::{listed, shown};
use exeunt_model::scenario::{Milestone, Precedence, PrecedenceKind, Step};
use exeunt_model::{ElementId, Id, Scenario, StepId, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Makes `with` lists symmetric and transitive, each sorted and without the step itself.
pub(crate) fn join_steps(steps: &mut Table<StepId, Step>) {
    let groups = step_groups(steps);
    let mut members: BTreeMap<usize, Vec<StepId>> = BTreeMap::new();
    for (step, &group) in groups.iter().enumerate() {
        members.entry(group).or_default().push(StepId::from_index(step));
    }
    for (step, group) in groups.iter().enumerate() {
        let own = StepId::from_index(step);
        let together = members.get(group).into_iter().flatten().copied();
        steps[own].with = together.filter(|&other| other != own).collect();
    }
}

/// Returns for each step the first step of those that start with it.
fn step_groups(steps: &Table<StepId, Step>) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..steps.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (id, step) in steps.iter() {
        for other in &step.with {
            let (a, b) = (root(&mut parent, id.index()), root(&mut parent, other.index()));
            parent[a.max(b)] = a.min(b);
        }
    }
    (0..steps.len()).map(|step| root(&mut parent, step)).collect()
}

/// Finds circles: at least one in every part of the graph that has one. `before[n]` lists the nodes
/// that come before n, each with a label; a circle is the list of its labels.
fn circles(before: &[Vec<(usize, usize)>]) -> Vec<Vec<usize>> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); before.len()];
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    for (node, firsts) in before.iter().enumerate() {
        for &(first, _) in firsts {
            after[first].push(node);
        }
    }
    let mut free: Vec<usize> = (0..before.len()).filter(|&node| waits[node] == 0).collect();
    while let Some(node) = free.pop() {
        for &next in &after[node] {
            waits[next] -= 1;
            if waits[next] == 0 {
                free.push(next);
            }
        }
    }
    // every node that still waits has one before it that does
    let mut seen = vec![false; before.len()];
    let mut found = Vec::new();
    for start in (0..before.len()).filter(|&node| waits[node] > 0) {
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut node = start;
        while !seen[node] {
            seen[node] = true;
            let Some(&(first, label)) = before[node].iter().find(|&&(n, _)| waits[n] > 0) else {
                break;
            };
            path.push((node, label));
            node = first;
        }
        if let Some(from) = path.iter().position(|&(n, _)| n == node) {
            found.push(path[from..].iter().rev().map(|&(_, label)| label).collect());
        }
    }
    found
}

/// Steps must not wait for one another in a circle; steps that start together count as one.
pub(crate) fn check_step_cycles(cx: &Context<'_>, scenario: &Scenario) {
    let steps = &scenario.steps;
    let groups = step_groups(steps);
    let mut before = vec![Vec::new(); steps.len()];
    for (id, step) in steps.iter() {
        for &(first, _) in &step.after {
            before[groups[id.index()]].push((groups[first.index()], id.index()));
        }
    }
    for circle in circles(&before) {
        let names = listed(circle.iter().map(|&step| steps.rows[step].name.as_str()));
        let message = match circle.len() {
            1 => {
                format!("handover step {names} waits for itself or for a step that starts with it")
            }
            _ => format!("handover steps {names} wait for one another in a circle"),
        };
        let at = circle.iter().copied().min().unwrap_or_default();
        let row = cx.row("handover_steps", at);
        row.report("after", STEP_CYCLE, message, "", "remove one of the waits");
    }
}

/// Promises must not be the same as one another in a circle.
pub(crate) fn check_same_as(cx: &Context<'_>, scenario: &Scenario) {
    let before: Vec<Vec<(usize, usize)>> = scenario
        .promises
        .iter()
        .map(|(id, promise)| promise.same_as.iter().map(|o| (o.index(), id.index())).collect())
        .collect();
    for circle in circles(&before) {
        let names = listed(circle.iter().map(|&at| scenario.promises.rows[at].name.as_str()));
        let message = match circle.len() {
            1 => format!("promise {names} is the same as itself"),
            _ => format!("promises {names} are the same as one another in a circle"),
        };
        let at = circle.iter().copied().min().unwrap_or_default();
        let row = cx.row("promises", at);
        row.report("same_as", SAME_AS_CYCLE, message, "", "leave `same_as` of one of them blank");
    }
}

/// Both sides of a row are disjoint, and hard rows of a milestone can hold together.
pub(crate) fn check_precedence(cx: &Context<'_>, scenario: &Scenario) {
    let mut hard: BTreeMap<Milestone, Vec<usize>> = BTreeMap::new();
    for (row, (id, precedence)) in cx.rows("precedence").zip(scenario.precedence.iter()) {
        let first: BTreeSet<ElementId> = precedence.first.iter().copied().collect();
        let both = precedence.then.iter().find(|element| first.contains(element));
        if let Some(&element) = both {
            let name = shown(&scenario.elements[element].name);
            let message =
                format!("element {name} stands in `first` and in `then` of {}", row.object());
            row.report("then", PRECEDENCE_OVERLAP, message, "", "take it out of one side");
        }
        if precedence.hard && row.is_clean() {
            hard.entry(precedence.milestone).or_default().push(id.index());
        }
    }
    for rows in hard.values() {
        let mut stuck = contradiction(scenario, rows, Side::Last);
        if stuck.is_empty() {
            stuck = contradiction(scenario, rows, Side::First);
        }
        let Some(&at) = stuck.first() else { continue };
        let names = listed(stuck.iter().map(|&row| scenario.precedence.rows[row].name.as_str()));
        let message = format!("hard precedence rows {names} contradict one another");
        let remedy = "remove one of them, or make it priced";
        cx.row("precedence", at).report("first", PRECEDENCE_CYCLE, message, "", remedy);
    }
}

/// Which passages an order is built from: the last ones backwards, or the first ones forwards.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Last,
    First,
}

/// A row during the search: those `held` may be placed once those `freeing` are (all, or one).
struct Hold<'a> {
    row: usize,
    held: &'a [ElementId],
    left: usize,
}

/// Returns the rows that no order of passages can satisfy together.
///
/// Elements are placed from the last to pass backwards (for rows on the last of `first`), or from
/// the first forwards (for rows on the first). Whoever is held by no open row can be placed at once
/// without harm to any other row, so what is stuck in the end is a contradiction, and only that.
fn contradiction(scenario: &Scenario, rows: &[usize], side: Side) -> Vec<usize> {
    let mut holds: Vec<Hold<'_>> = Vec::new();
    let mut frees: BTreeMap<ElementId, Vec<usize>> = BTreeMap::new();
    let mut held_by: BTreeMap<ElementId, usize> = BTreeMap::new();
    for &row in rows {
        let Precedence { first, then, kind, .. } = &scenario.precedence.rows[row];
        let (held, freeing) = match side {
            Side::Last => (first, then),
            Side::First => (then, first),
        };
        let left = match (side, kind) {
            (_, PrecedenceKind::AllBeforeFirst) => freeing.len(),
            (Side::Last, PrecedenceKind::LastBeforeLast)
            | (Side::First, PrecedenceKind::FirstBeforeFirst) => 1,
            _ => continue,
        };
        for &element in freeing {
            frees.entry(element).or_default().push(holds.len());
            held_by.entry(element).or_default();
        }
        for &element in held {
            *held_by.entry(element).or_default() += 1;
        }
        holds.push(Hold { row, held, left });
    }
    let mut free: Vec<ElementId> =
        held_by.iter().filter(|&(_, &n)| n == 0).map(|(&element, _)| element).collect();
    while let Some(element) = free.pop() {
        for &at in frees.get(&element).into_iter().flatten() {
            let hold = &mut holds[at];
            if hold.left == 0 {
                continue;
            }
            hold.left -= 1;
            if hold.left > 0 {
                continue;
            }
            for other in hold.held {
                let n = held_by.entry(*other).or_insert(1);
                *n = n.saturating_sub(1);
                if *n == 0 {
                    free.push(*other);
                }
            }
        }
    }
    holds.into_iter().filter(|hold| hold.left > 0).map(|hold| hold.row).collect()
}
