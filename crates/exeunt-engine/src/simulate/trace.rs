//! What was critical: from the last arrival back along what each start waited for, replication by replication.

use super::program::{NEVER, Program, relative};
use super::sweep::{Batch, Moved, Rows};
use super::table::Normal;
use crate::graph::{Activity, Calendar, NodeId, Opening, PlanGraph, Why};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::Scenario;

/// Counts of activities and causes on the longest path.
pub(super) struct Trace {
    /// By node.
    pub(super) nodes: Vec<u64>,
    /// By cause.
    pub(super) causes: Vec<u64>,
    /// The last round in which a cause was counted, so that each counts once in a replication.
    seen: Vec<u64>,
    round: u64,
}

/// Names of causes, and of each arc, opening and series its cause; none for what follows from its kind.
pub(super) struct Causes {
    pub(super) names: Vec<String>,
    of_arc: Vec<Option<usize>>,
    of_opening: Vec<Vec<usize>>,
    of_series: Vec<usize>,
}

/// A batch of replications with what it was made of.
#[derive(Clone, Copy)]
pub(super) struct Course<'a> {
    pub(super) program: &'a Program,
    pub(super) graph: &'a PlanGraph,
    pub(super) causes: &'a Causes,
    pub(super) rows: &'a Rows,
    pub(super) normal: &'a Normal,
    pub(super) batch: &'a Batch,
}

impl Causes {
    pub(super) fn new(s: &Scenario, graph: &PlanGraph, program: &Program) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut number = |name: String| match names.iter().position(|known| *known == name) {
            Some(at) => at,
            None => {
                names.push(name);
                names.len() - 1
            }
        };
        let of_arc =
            graph.arcs.iter().map(|arc| shared_name(s, arc.cause).map(&mut number)).collect();
        let of_opening = graph.nodes.iter().map(|node| {
            let openings = node.openings.iter();
            openings.map(|opening| number(calendar_name(s, opening.cause))).collect()
        });
        let of_opening = of_opening.collect();
        let of_series = program.series.iter().map(|series| number(series.name.clone())).collect();
        Self { names, of_arc, of_opening, of_series }
    }
}

impl Trace {
    pub(super) fn new(graph: &PlanGraph, causes: &Causes) -> Self {
        let n = causes.names.len();
        Self { nodes: vec![0; graph.nodes.len()], causes: vec![0; n], seen: vec![0; n], round: 0 }
    }

    fn count(&mut self, cause: usize) {
        if self.seen[cause] != self.round {
            self.seen[cause] = self.round;
            self.causes[cause] += 1;
        }
    }

    /// Goes back from a moment. Where several arcs bind the first counts; where none does the plan, a decision, hours or a
    /// closure held the start.
    pub(super) fn follow(&mut self, course: Course<'_>, lane: usize, from: u32) {
        self.round += 1;
        let mut at = from as usize / 2;
        loop {
            self.nodes[at] += 1;
            let Some(before) = self.waited_for(course, lane, at) else { return };
            at = before;
        }
    }

    /// Counts what held the start of a node, and returns the node it waited for.
    fn waited_for(&mut self, course: Course<'_>, lane: usize, at: usize) -> Option<usize> {
        let Course { program, graph, causes, rows, normal, batch } = course;
        let node = &program.nodes[at];
        let starts = batch.times[2 * at][lane];
        let (lasts, delay) = batch.drawn((program, rows, normal), node, lane);
        let mut binding: Option<(i32, usize)> = None;
        for arc in node.arcs[0]..node.arcs[2] {
            let (moment, lag) = program.arcs[arc as usize];
            let to_end = if arc < node.arcs[1] { 0 } else { lasts };
            let asks = match batch.times[moment as usize][lane] {
                NEVER.. => NEVER,
                known => known + lag - to_end,
            };
            if asks >= node.not_before && binding.is_none_or(|(most, _)| asks > most) {
                binding = Some((asks, arc as usize));
            }
        }
        let gates = node.gates[0] as usize..node.gates[1] as usize;
        let gate = gates
            .map(|gate| (batch.decided(program.gates[gate], lane), program.opening_of[gate]))
            .max_by_key(|(allows, _)| *allows)
            .filter(|(allows, _)| *allows >= node.not_before);
        let opening_causes = &causes.of_opening[at];
        let allowed = gate.map_or(node.not_before, |(allows, _)| allows);
        let asked = binding.map_or(allowed, |(asks, _)| asks.max(allowed));
        let ready = asked.saturating_add(delay).min(NEVER);
        let is_open_at = |opening: &Opening, t: i32| {
            let base = program.base;
            opening.windows.iter().any(|w| relative(base, w.from) <= t && t < relative(base, w.to))
        };
        let begins_at = |opening: &Opening, t: i32| {
            opening.windows.iter().any(|w| relative(program.base, w.from) == t)
        };
        let openings = graph.nodes[at].openings.iter().zip(opening_causes);
        batch.open(program, node, lane, (ready, lasts), |from, moved| match moved {
            Moved::Closed(series) => self.count(causes.of_series[series as usize]),
            Moved::Hours => {
                for (_, &cause) in openings.clone().filter(|(o, _)| !is_open_at(o, from)) {
                    self.count(cause);
                }
            }
        });
        // hours that begin with the start hold it even where the plan itself waits for them
        for (_, &cause) in openings.filter(|(opening, _)| begins_at(opening, starts)) {
            self.count(cause);
        }
        if let Some((allows, opening)) = gate
            && allows == asked
        {
            self.count(opening_causes[opening]);
            return None;
        }
        let (asks, arc) = binding.filter(|(asks, _)| *asks == asked)?;
        // where hours or a closure moved the start, who came late for what was open before binds it; who came while it was
        // closed, or would have been moved alike in time, does not
        let in_time = || {
            let ready = allowed.saturating_add(delay).min(NEVER);
            batch.open(program, node, lane, (ready, lasts), |_, _| {})
        };
        if asks < NEVER && ready != starts && in_time() >= starts {
            return None;
        }
        if let Some(cause) = causes.of_arc[program.arc_of[arc] as usize] {
            self.count(cause);
        }
        Some(program.arcs[arc].0 as usize / 2)
    }
}

/// Names an activity.
pub(super) fn activity_name(s: &Scenario, plan: &Plan, graph: &PlanGraph, node: NodeId) -> String {
    let sortie = |line: usize, sortie: usize| &plan.lines[line].sorties[sortie];
    match graph.nodes[node.index()].activity {
        Activity::Clearance { clearance } => {
            format!("clearance {}", s.clearances[clearance].name)
        }
        Activity::JointStart { step } => format!("joint start of step {}", s.steps[step].name),
        Activity::Step { step, .. } => {
            format!("step {} of site {}", s.steps[step].name, s.sites[s.steps[step].site].name)
        }
        Activity::March { column, march } => {
            let row = &plan.columns[column].marches[march];
            format!("march of column {} from {} to {}", plan.columns[column].id, row.from, row.to)
        }
        Activity::Pass { column } => format!("passing of column {}", plan.columns[column].id),
        Activity::Loading { line, sortie: n } => {
            let row = sortie(line, n);
            format!("loading of sortie {} at {}", row.id, row.from)
        }
        Activity::Flight { line, sortie: n } => {
            let row = sortie(line, n);
            format!("sortie {} from {} to {}", row.id, row.from, row.to)
        }
        Activity::Unloading { line, sortie: n } => {
            let row = sortie(line, n);
            format!("unloading of sortie {} at {}", row.id, row.to)
        }
        Activity::TurnRound { line, sortie: n } => {
            let row = sortie(line, n);
            format!("stop of {} at {} after sortie {}", plan.lines[line].tail, row.to, row.id)
        }
        Activity::AllPassed { row } => format!("precedence row {}", s.precedence[row].name),
    }
}

fn shared_name(s: &Scenario, cause: Why) -> Option<String> {
    let place = |place| &s.places[place].name;
    Some(match cause {
        Why::HandedOver(site) => format!("handover of site {}", s.sites[site].name),
        Why::Stand(field, _) => format!("stands at {}", place(field)),
        Why::Handling(field) => format!("handling teams at {}", place(field)),
        Why::HostCheck(field) => format!("host checks at {}", place(field)),
        Why::Team(resource) => format!("team {}", s.resources[resource].name),
        Why::BorderPost(road) => format!("border post on road {}", s.roads[road].name),
        Why::Halt => "rest of the drivers".to_owned(),
        Why::Escort(escort) => format!("escort {}", s.resources[escort].name),
        Why::EscortHours(escort) => format!("hours of escort {}", s.resources[escort].name),
        Why::Headway(road) => format!("headway on road {}", s.roads[road].name),
        Why::RunwaySlot(field) => format!("runway slots at {}", place(field)),
        Why::StagingRoom(field) => format!("staging room at {}", place(field)),
        Why::Precedence(row) | Why::Stay(row) => {
            format!("precedence row {}", s.precedence[row].name)
        }
        Why::Provider(element) => {
            format!("capacity provided by {} until it embarks", s.elements[element].name)
        }
        Why::Keeper(element) => {
            format!("the field that {} keeps open", s.elements[element].name)
        }
        Why::Clearance(clearance) => format!("clearance {}", s.clearances[clearance].name),
        Why::TurnRound
        | Why::LoadingAfterLanding
        | Why::LoadingAfterUnloading
        | Why::FlightAfterUnloading => "the same aircraft's work before".to_owned(),
        _ => return None,
    })
}

fn calendar_name(s: &Scenario, cause: Calendar) -> String {
    let place = |place| &s.places[place].name;
    match cause {
        Calendar::TakeOffHours(field) | Calendar::LandingHours(field) => {
            format!("movement hours of {}", place(field))
        }
        Calendar::HandlingHours(field) => format!("handling hours of {}", place(field)),
        Calendar::ClosedLeg(leg) => format!("closures of air leg {}", s.air_legs[leg].name),
        Calendar::Clearances(clearance) => {
            format!("validity of clearance {}", s.clearances[clearance].name)
        }
        Calendar::Border(road) => {
            format!("hours of the border post on road {}", s.roads[road].name)
        }
        Calendar::Curfew(road) => format!("curfew on road {}", s.roads[road].name),
        Calendar::Tail(tail) => format!("availability of aircraft {}", s.tails[tail].name),
        Calendar::EscortHours(resource) => {
            format!("hours of escort {}", s.resources[resource].name)
        }
        Calendar::Shift(resource) => format!("shift of {}", s.resources[resource].name),
        Calendar::Condition(condition) => format!("condition {}", s.conditions[condition].name),
    }
}
