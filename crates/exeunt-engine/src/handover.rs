//! Handover schedule: serial schedule generation over teams and calendars.
//!
//! Steps are taken one group at a time (a group is a step with those that must start with it), most
//! urgent site first, each at the earliest moment at which its predecessors have ended, its gate is
//! open and its teams are free (Kolisch 1996, serial scheme). O(n^2 + n k) for n steps, k bookings.

use crate::gate;
use crate::timeline::Timeline;
use exeunt_model::scenario::{Condition, Gate, Policy, ResourceKind, Scenario, Step};
use exeunt_model::{Duration, Interval, ResourceId, Rule, SiteId, StepId, Timestamp};
use std::collections::BTreeMap;

/// Start and end of each step, `None` where it cannot take place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HandoverSchedule {
    /// By step.
    pub(crate) times: Vec<Option<(Timestamp, Timestamp)>>,
    /// By site: the end of its handover; `None` if it never ends.
    pub(crate) ends: Vec<Option<Timestamp>>,
    /// By site: why it never ends.
    pub(crate) reasons: Vec<Option<(Rule, String)>>,
    /// By resource: the last moment a step uses it.
    pub(crate) last_use: BTreeMap<ResourceId, Timestamp>,
}

/// Schedules all steps; `urgency` orders the sites (smaller first), `fixed` holds frozen starts.
pub(crate) fn schedule(
    s: &Scenario,
    open: &[Vec<Interval>],
    urgency: &[i64],
    fixed: &BTreeMap<StepId, Timestamp>,
) -> HandoverSchedule {
    let n = s.steps.len();
    let mut teams: BTreeMap<ResourceId, Timeline> = s
        .resources
        .iter()
        .filter(|(_, resource)| resource.kind == ResourceKind::Team)
        .map(|(id, _)| (id, capacity(s, &[id])))
        .collect();
    let mut schedule = HandoverSchedule {
        times: vec![None; n],
        ends: vec![None; s.sites.len()],
        reasons: vec![None; s.sites.len()],
        last_use: BTreeMap::new(),
    };
    for (&step, &start) in fixed {
        place(s, &mut schedule, &mut teams, step, start);
    }
    let groups = groups(s);
    let mut left: Vec<usize> = (0..groups.len())
        .filter(|&g| groups[g].iter().any(|step| schedule.times[step.0 as usize].is_none()))
        .collect();
    loop {
        let ready = left.iter().copied().filter(|&g| {
            groups[g].iter().all(|&step| {
                let preds = &s.steps[step].after;
                preds.iter().all(|(pred, _)| schedule.times[pred.0 as usize].is_some())
            })
        });
        let key = |g: usize| (urgency[s.steps[groups[g][0]].site.0 as usize], groups[g][0]);
        let Some(group) = ready.min_by_key(|&g| key(g)) else { break };
        left.retain(|&g| g != group);
        match earliest_start(s, open, &schedule, &teams, &groups[group]) {
            Ok(start) => {
                for &step in &groups[group] {
                    place(s, &mut schedule, &mut teams, step, start);
                }
            }
            Err((rule, reason)) => {
                for &step in &groups[group] {
                    let site = s.steps[step].site.0 as usize;
                    schedule.reasons[site].get_or_insert_with(|| (rule, reason.clone()));
                }
            }
        }
    }
    close_sites(s, &mut schedule);
    close_gaps(s, open, &mut schedule, &mut teams, &groups, fixed);
    schedule
}

/// Moves steps later, up to what follows them, so that no site waits between its steps; no handover ends later
/// for it. Steps that start together stay as they are. (Right justification as in forward-backward
/// improvement, Tormos and Lova 2001, kept within the ends found.)
fn close_gaps(
    s: &Scenario,
    open: &[Vec<Interval>],
    schedule: &mut HandoverSchedule,
    teams: &mut BTreeMap<ResourceId, Timeline>,
    groups: &[Vec<StepId>],
    fixed: &BTreeMap<StepId, Timestamp>,
) {
    let mut singles: Vec<(Timestamp, StepId)> = groups
        .iter()
        .filter(|group| group.len() == 1 && !fixed.contains_key(&group[0]))
        .filter_map(|group| Some((schedule.times[group[0].0 as usize]?.1, group[0])))
        .collect();
    singles.sort();
    for (end, id) in singles.into_iter().rev() {
        let step = &s.steps[id];
        let start = end - step.duration;
        let Some(mut bound) = schedule.ends[step.site.0 as usize] else { continue };
        for (next, row) in s.steps.iter() {
            for &(_, lag) in row.after.iter().filter(|(pred, _)| *pred == id) {
                if let Some((starts, _)) = schedule.times[next.0 as usize] {
                    bound = bound.min(starts - lag);
                }
            }
        }
        use_teams(teams, step, start, -1);
        let mut later = bound - step.duration;
        loop {
            let fits = |t: Timestamp| {
                step.needs.iter().try_fold(t, |t, &(team, need)| {
                    teams.get(&team)?.latest(start, t, step.duration, need)
                })
            };
            match fits(later) {
                Some(t) if t == later => break,
                Some(t) => later = t,
                None => {
                    later = start;
                    break;
                }
            }
        }
        let later = if is_let(s, open, step, later) { later.max(start) } else { start };
        use_teams(teams, step, later, 1);
        schedule.times[id.0 as usize] = Some((later, later + step.duration));
    }
    for (id, step) in s.steps.iter() {
        let Some((_, end)) = schedule.times[id.0 as usize] else { continue };
        for &(team, _) in &step.needs {
            let last = schedule.last_use.entry(team).or_insert(end);
            *last = end.max(*last);
        }
    }
}

/// Books (`sign` 1) or frees (-1) the teams of a step.
fn use_teams(teams: &mut BTreeMap<ResourceId, Timeline>, step: &Step, start: Timestamp, sign: i64) {
    for &(team, need) in &step.needs {
        if let Some(line) = teams.get_mut(&team) {
            line.book(start, start + step.duration, sign * need);
        }
    }
}

/// Returns the capacity of resources taken together, as if every provider stayed.
pub(crate) fn capacity(s: &Scenario, resources: &[ResourceId]) -> Timeline {
    let mut total = Timeline::constant(0);
    for &id in resources {
        for row in &s.resources[id].capacity {
            for window in &row.windows {
                total.add(window.from, window.to, row.amount);
            }
        }
    }
    total.clamp();
    total
}

/// Joins steps that must start together.
fn groups(s: &Scenario) -> Vec<Vec<StepId>> {
    let mut root: Vec<usize> = (0..s.steps.len()).collect();
    fn find(root: &mut [usize], at: usize) -> usize {
        let mut top = at;
        while root[top] != top {
            top = root[top];
        }
        root[at] = top;
        top
    }
    for (id, step) in s.steps.iter() {
        for other in &step.with {
            let (a, b) = (find(&mut root, id.0 as usize), find(&mut root, other.0 as usize));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<StepId>> = BTreeMap::new();
    for id in s.steps.ids() {
        groups.entry(find(&mut root, id.0 as usize)).or_default().push(id);
    }
    groups.into_values().collect()
}

/// Returns the earliest common start of a group, or the rule that forbids any.
fn earliest_start(
    s: &Scenario,
    open: &[Vec<Interval>],
    schedule: &HandoverSchedule,
    teams: &BTreeMap<ResourceId, Timeline>,
    group: &[StepId],
) -> Result<Timestamp, (Rule, String)> {
    let mut start = s.operation.start;
    let mut gates: Vec<(&Condition, &Vec<Interval>, Duration)> = Vec::new();
    for &id in group {
        let step = &s.steps[id];
        for &(pred, lag) in &step.after {
            let (_, end) = schedule.times[pred.0 as usize].expect("groups wait for predecessors");
            start = start.max(end + lag);
        }
        for (condition, windows) in s.conditions.rows.iter().zip(open) {
            if matches!(&condition.gate, Gate::Handovers(sites) if sites.contains(&step.site)) {
                gates.push((condition, windows, step.duration));
            }
        }
    }
    // several steps of a group may use one team: their needs add up while they overlap
    loop {
        let mut fitted = start;
        for (condition, windows, duration) in &gates {
            let lasting = gate_lasts(condition, *duration);
            let Some(open) = gate::next_open(windows, fitted, lasting) else {
                let reason = format!("condition `{}` is not true (again)", condition.name);
                return Err((Rule::C27, reason));
            };
            fitted = open;
        }
        for &id in group {
            let step = &s.steps[id];
            for &(team, _) in &step.needs {
                let next = earliest_together(s, teams, group, team, fitted);
                let Some(next) = next else {
                    let reason = format!(
                        "step `{}` never finds enough of `{}`",
                        step.name, s.resources[team].name
                    );
                    return Err((Rule::C09, reason));
                };
                fitted = next;
            }
        }
        if fitted == start {
            break;
        }
        start = fitted;
    }
    let longest = group.iter().map(|&id| s.steps[id].duration).max().unwrap_or(Duration::ZERO);
    if start + longest > s.operation.end {
        let name = &s.steps[group[0]].name;
        return Err((Rule::C09, format!("step `{name}` does not end within the horizon")));
    }
    Ok(start)
}

/// Returns how long a gate must stay open for a step.
fn gate_lasts(condition: &Condition, duration: Duration) -> Duration {
    match condition.policy {
        Policy::Reverse => duration,
        Policy::Go | Policy::Hold => Duration(1),
    }
}

/// Says whether every condition that gates a step lets it start then.
fn is_let(s: &Scenario, open: &[Vec<Interval>], step: &Step, start: Timestamp) -> bool {
    s.conditions.rows.iter().zip(open).all(|(condition, windows)| {
        let gates = matches!(&condition.gate, Gate::Handovers(sites) if sites.contains(&step.site));
        let lasting = gate_lasts(condition, step.duration);
        !gates || gate::next_open(windows, start, lasting) == Some(start)
    })
}

/// Returns the first start at or after `t` at which one team suffices for all steps of the group.
fn earliest_together(
    s: &Scenario,
    teams: &BTreeMap<ResourceId, Timeline>,
    group: &[StepId],
    team: ResourceId,
    t: Timestamp,
) -> Option<Timestamp> {
    let line = teams.get(&team)?;
    let uses: Vec<(Duration, i64)> = group
        .iter()
        .filter_map(|&id| {
            let step = &s.steps[id];
            let need: i64 = step.needs.iter().filter(|need| need.0 == team).map(|n| n.1).sum();
            (need > 0).then_some((step.duration, need))
        })
        .collect();
    let mut start = t;
    'again: loop {
        for &(duration, _) in &uses {
            // while this step lasts, those at least as long are there too
            let need = uses.iter().filter(|u| u.0 >= duration).map(|u| u.1).sum();
            let next = line.earliest(start, duration, need)?;
            if next > start {
                start = next;
                continue 'again;
            }
        }
        return Some(start);
    }
}

fn place(
    s: &Scenario,
    schedule: &mut HandoverSchedule,
    teams: &mut BTreeMap<ResourceId, Timeline>,
    step: StepId,
    start: Timestamp,
) {
    let row = &s.steps[step];
    let end = start + row.duration;
    schedule.times[step.0 as usize] = Some((start, end));
    use_teams(teams, row, start, 1);
    for &(team, _) in &row.needs {
        let last = schedule.last_use.entry(team).or_insert(end);
        *last = end.max(*last);
    }
}

fn close_sites(s: &Scenario, schedule: &mut HandoverSchedule) {
    for site in s.sites.ids() {
        let steps: Vec<StepId> =
            s.steps.iter().filter(|(_, step)| step.site == site).map(|(id, _)| id).collect();
        let ends: Option<Vec<Timestamp>> =
            steps.iter().map(|id| schedule.times[id.0 as usize].map(|times| times.1)).collect();
        let at = site.0 as usize;
        schedule.ends[at] = ends.and_then(|ends| ends.into_iter().max());
        if schedule.ends[at].is_none() && !steps.is_empty() && schedule.reasons[at].is_none() {
            let name = &s.sites[site].name;
            let reason =
                format!("a step that the handover of `{name}` waits for never takes place");
            schedule.reasons[at] = Some((Rule::C08, reason));
        }
    }
}

/// Returns the end of the handover of a site for those that it frees, or why there is none. A site without steps
/// frees at once.
pub(crate) fn end_of(
    s: &Scenario,
    schedule: &HandoverSchedule,
    site: SiteId,
) -> Result<Timestamp, (Rule, String)> {
    if !s.steps.rows.iter().any(|step| step.site == site) {
        return Ok(s.operation.start);
    }
    let at = site.0 as usize;
    schedule.ends[at].ok_or_else(|| {
        schedule.reasons[at].clone().unwrap_or_else(|| {
            (Rule::C03, format!("site `{}` has no handover that could free it", s.sites[site].name))
        })
    })
}
