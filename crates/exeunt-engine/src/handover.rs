//! Handover schedule: serial schedule generation over teams and calendars.
//!
//! Steps are taken one group at a time (a group is a step with those that must start with it), most
//! urgent site first, each at the earliest moment at which its predecessors have ended, its gate is
//! open and its teams are free (Kolisch 1996, serial scheme). O(n^2 + n k) for n steps, k bookings.

use crate::gate;
use crate::timeline::Timeline;
use exeunt_model::scenario::{Condition, Gate, Policy, ResourceKind, Scenario, Step};
use exeunt_model::{Duration, Interval, ResourceId, Rule, SiteId, StepId, Timestamp};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Start and end of each step, `None` where it cannot take place.
#[derive(Debug, Clone, PartialEq, Default)]
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

/// What schedules the steps of a scenario: groups that start together, teams, gates and what is fixed.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    s: &'a Scenario,
    open: &'a [Vec<Interval>],
    fixed: BTreeMap<StepId, Timestamp>,
    teams: BTreeMap<ResourceId, Timeline>,
    pub(crate) groups: Vec<Vec<StepId>>,
    asks: Vec<Ask<'a>>,
    /// By group: those that wait for it, and for how many it waits, with repetition.
    followers: Vec<Vec<usize>>,
    n_before: Vec<usize>,
    /// By step: those that wait for its end, each with how long after it.
    next: Vec<Vec<(StepId, Duration)>>,
}

/// What a group asks for when it starts.
#[derive(Debug)]
struct Ask<'a> {
    /// Steps that must have ended, each with the wait after it.
    after: Vec<(StepId, Duration)>,
    /// Conditions that gate it, each with its windows and how long they must last.
    gates: Vec<(usize, &'a [Interval], Duration)>,
    /// Of each team, for how long how much.
    uses: Vec<(ResourceId, Vec<(Duration, i64)>)>,
    longest: Duration,
}

/// Why a group never starts.
#[derive(Debug, Clone, Copy)]
enum Never {
    Gate(usize),
    Team(ResourceId),
    Horizon,
}

impl<'a> Desk<'a> {
    /// `fixed` holds frozen starts.
    pub(crate) fn new(
        s: &'a Scenario,
        open: &'a [Vec<Interval>],
        fixed: BTreeMap<StepId, Timestamp>,
    ) -> Self {
        let teams = s.resources.iter().filter(|(_, row)| row.kind == ResourceKind::Team);
        let teams = teams.map(|(id, _)| (id, capacity(s, &[id]))).collect();
        let groups = groups(s);
        let asks = groups.iter().map(|group| ask(s, open, group)).collect();
        let mut of_step = vec![0; s.steps.len()];
        for (at, group) in groups.iter().enumerate() {
            for step in group {
                of_step[step.0 as usize] = at;
            }
        }
        let mut followers = vec![Vec::new(); groups.len()];
        let mut n_before = vec![0; groups.len()];
        for (id, step) in s.steps.iter() {
            for (before, _) in &step.after {
                followers[of_step[before.0 as usize]].push(of_step[id.0 as usize]);
                n_before[of_step[id.0 as usize]] += 1;
            }
        }
        let mut next = vec![Vec::new(); s.steps.len()];
        for (id, step) in s.steps.iter() {
            for &(before, lag) in &step.after {
                next[before.0 as usize].push((id, lag));
            }
        }
        Self { s, open, fixed, teams, groups, asks, followers, n_before, next }
    }

    /// Returns the earliest start of a group whose predecessors have ended.
    fn earliest(
        &self,
        group: usize,
        schedule: &HandoverSchedule,
        teams: &BTreeMap<ResourceId, Timeline>,
        not_before: Timestamp,
    ) -> Result<Timestamp, Never> {
        let Ask { after, gates, uses, longest } = &self.asks[group];
        let ends = after
            .iter()
            .filter_map(|(pred, lag)| schedule.times[pred.0 as usize].map(|(_, end)| end + *lag));
        let mut start = ends.fold(not_before, Timestamp::max);
        loop {
            let mut fitted = start;
            for (condition, windows, lasting) in gates {
                fitted =
                    gate::next_open(windows, fitted, *lasting).ok_or(Never::Gate(*condition))?;
            }
            for (team, needs) in uses {
                let line = teams.get(team).ok_or(Never::Team(*team))?;
                for &(duration, need) in needs {
                    fitted = line.earliest(fitted, duration, need).ok_or(Never::Team(*team))?;
                }
            }
            if fitted == start {
                let ends = start + *longest <= self.s.operation.end;
                return if ends { Ok(start) } else { Err(Never::Horizon) };
            }
            start = fitted;
        }
    }

    /// Says why a group never starts.
    fn reason(&self, group: usize, never: Never) -> (Rule, String) {
        let s = self.s;
        let of_team =
            |id: &&StepId, team: ResourceId| s.steps[**id].needs.iter().any(|n| n.0 == team);
        match never {
            Never::Gate(at) => {
                let name = &s.conditions.rows[at].name;
                (Rule::C27, format!("condition `{name}` is not true (again)"))
            }
            Never::Team(team) => {
                let step = self.groups[group].iter().find(|id| of_team(id, team));
                let name = step.map_or("", |id| s.steps[*id].name.as_str());
                let resource = &s.resources[team].name;
                (Rule::C09, format!("step `{name}` never finds enough of `{resource}`"))
            }
            Never::Horizon => {
                let name = &s.steps[self.groups[group][0]].name;
                (Rule::C09, format!("step `{name}` does not end within the horizon"))
            }
        }
    }

    /// Schedules all steps; `rank` orders the groups, the smaller first. Some steps may then be moved later
    /// ([`Desk::close_gaps`]).
    pub(crate) fn schedule(&self, rank: &[i64]) -> HandoverSchedule {
        self.schedule_held(rank, &[])
    }

    /// Schedules all steps, of each group none before a moment; groups beyond the end of `held` may start at any time.
    pub(crate) fn schedule_held(&self, rank: &[i64], held: &[Timestamp]) -> HandoverSchedule {
        let s = self.s;
        let earliest = s.operation.hands_over_from();
        let mut teams = self.teams.clone();
        let mut schedule = HandoverSchedule {
            times: vec![None; s.steps.len()],
            ends: vec![None; s.sites.len()],
            reasons: vec![None; s.sites.len()],
            last_use: BTreeMap::new(),
        };
        for (&step, &start) in &self.fixed {
            place(s, &mut schedule, &mut teams, step, start);
        }
        let groups = &self.groups;
        let is_fixed = |g: usize| groups[g].iter().all(|step| self.fixed.contains_key(step));
        let mut waits = self.n_before.clone();
        let mut ready = BinaryHeap::new();
        let mut done: Vec<usize> = (0..groups.len()).filter(|&g| is_fixed(g)).collect();
        for group in (0..groups.len()).filter(|&g| waits[g] == 0 && !is_fixed(g)) {
            ready.push(Reverse((rank[group], group)));
        }
        loop {
            for group in done.drain(..) {
                for &next in &self.followers[group] {
                    waits[next] -= 1;
                    if waits[next] == 0 && !is_fixed(next) {
                        ready.push(Reverse((rank[next], next)));
                    }
                }
            }
            let Some(Reverse((_, group))) = ready.pop() else { break };
            let not_before = held.get(group).map_or(earliest, |held| earliest.max(*held));
            match self.earliest(group, &schedule, &teams, not_before) {
                Ok(start) => {
                    for &step in &groups[group] {
                        place(s, &mut schedule, &mut teams, step, start);
                    }
                    done.push(group);
                }
                Err(never) => {
                    for &step in &groups[group] {
                        let site = s.steps[step].site.0 as usize;
                        schedule.reasons[site].get_or_insert_with(|| self.reason(group, never));
                    }
                }
            }
        }
        close_sites(s, &mut schedule);
        schedule
    }

    /// Moves steps later, up to what follows them, so that no site waits between its steps; no handover ends later
    /// for it.
    pub(crate) fn close_gaps(&self, mut schedule: HandoverSchedule) -> HandoverSchedule {
        let mut teams = self.teams.clone();
        for (id, step) in self.s.steps.iter() {
            if let Some((start, _)) = schedule.times[id.0 as usize] {
                use_teams(&mut teams, step, start, 1);
            }
        }
        self.move_later(&mut schedule, &mut teams, None);
        for (id, step) in self.s.steps.iter() {
            let Some((_, end)) = schedule.times[id.0 as usize] else { continue };
            for &(team, _) in &step.needs {
                let last = schedule.last_use.entry(team).or_insert(end);
                *last = end.max(*last);
            }
        }
        schedule
    }

    /// Returns the groups in the order in which they start if everything is moved as late as it goes without making the
    /// last handover later (the backward half of forward-backward improvement).
    pub(crate) fn drawn_together(&self, schedule: &HandoverSchedule) -> Vec<usize> {
        let mut late = schedule.clone();
        let mut teams = self.teams.clone();
        for (id, step) in self.s.steps.iter() {
            if let Some((start, _)) = late.times[id.0 as usize] {
                use_teams(&mut teams, step, start, 1);
            }
        }
        let end = late.times.iter().flatten().map(|times| times.1).max();
        self.move_later(&mut late, &mut teams, end);
        let start = |g: usize| late.times[self.groups[g][0].0 as usize].map(|times| times.0);
        let mut list: Vec<usize> = (0..self.groups.len()).collect();
        list.sort_by_key(|&g| (start(g).unwrap_or(Timestamp::MAX), g));
        list
    }

    /// Moves steps later, up to what follows them and to `end`, or to the end of their site's handover. Steps that start
    /// together stay as they are. (Right justification, Tormos and Lova 2001.)
    fn move_later(
        &self,
        schedule: &mut HandoverSchedule,
        teams: &mut BTreeMap<ResourceId, Timeline>,
        end: Option<Timestamp>,
    ) {
        let s = self.s;
        let mut singles: Vec<(Timestamp, usize)> = (0..self.groups.len())
            .filter(|&g| self.groups[g].len() == 1 && !self.fixed.contains_key(&self.groups[g][0]))
            .filter_map(|g| Some((schedule.times[self.groups[g][0].0 as usize]?.1, g)))
            .collect();
        singles.sort_unstable();
        for (ends, group) in singles.into_iter().rev() {
            let id = self.groups[group][0];
            let step = &s.steps[id];
            let start = ends - step.duration;
            let Some(mut bound) = end.or(schedule.ends[step.site.0 as usize]) else { continue };
            for &(next, lag) in &self.next[id.0 as usize] {
                if let Some((starts, _)) = schedule.times[next.0 as usize] {
                    bound = bound.min(starts - lag);
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
            let later = if is_let(s, self.open, step, later) { later.max(start) } else { start };
            use_teams(teams, step, later, 1);
            schedule.times[id.0 as usize] = Some((later, later + step.duration));
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

/// Returns what a group asks for. Several of its steps may use one team: while a step lasts, those at least as long
/// are there too.
fn ask<'a>(s: &Scenario, open: &'a [Vec<Interval>], group: &[StepId]) -> Ask<'a> {
    let mut asks =
        Ask { after: Vec::new(), gates: Vec::new(), uses: Vec::new(), longest: Duration::ZERO };
    let mut needs: BTreeMap<ResourceId, Vec<(Duration, i64)>> = BTreeMap::new();
    for &id in group {
        let step = &s.steps[id];
        asks.after.extend(&step.after);
        asks.longest = asks.longest.max(step.duration);
        for (at, (condition, windows)) in s.conditions.rows.iter().zip(open).enumerate() {
            if matches!(&condition.gate, Gate::Handovers(sites) if sites.contains(&step.site)) {
                asks.gates.push((at, windows, gate_lasts(condition, step.duration)));
            }
        }
        for &(team, need) in &step.needs {
            needs.entry(team).or_default().push((step.duration, need));
        }
    }
    for (team, uses) in needs {
        let together = |duration: Duration| {
            (duration, uses.iter().filter(|u| u.0 >= duration).map(|u| u.1).sum())
        };
        let mut lasting: Vec<(Duration, i64)> = uses.iter().map(|u| together(u.0)).collect();
        lasting.sort();
        lasting.dedup();
        asks.uses.push((team, lasting));
    }
    asks
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
