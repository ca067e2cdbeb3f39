//! A plan's graph with its uncertainty rows bound to it, as flat lists that a sweep reads in order.
//!
//! Times are seconds from the operation's start in 32 bits; [`NEVER`] is later than all others.

use super::random::key;
use super::table::to_i32;
use crate::graph::{Activity, Anchor, Calendar, Edge, PlanGraph, Why};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Scenario, Truth};
use exeunt_model::uncertainty::{FactorKey, Scope, Uncertain, Uncertainty};
use exeunt_model::{
    ClearanceId, ConditionId, Duration, LegId, PartyId, PlaceId, RoadId, TailId, Timestamp,
};
use std::collections::{BTreeMap, HashMap};

/// Never.
pub(super) const NEVER: i32 = 1 << 30;
/// Longest wait or duration.
const LONGEST: i64 = 1 << 28;
/// No such entry.
pub(super) const NONE: u32 = u32::MAX;
/// Days after the plan's last moment for which closures are drawn.
const DAYS_AFTER: i64 = 21;
/// Days before a moment in which a closure that still lasts may have begun; none lasts longer.
pub(super) const DAYS_BACK: usize = 3;
/// The same in seconds.
pub(super) const CLOSED_MOST: i32 = 3 * 86_400;

/// A node as the sweep reads it.
pub(super) struct Compiled {
    pub(super) not_before: i32,
    pub(super) duration: i32,
    /// Arcs to its start, then arcs to its end.
    pub(super) arcs: [u32; 3],
    /// Its windows; the two are equal where it has none.
    pub(super) windows: [u32; 2],
    /// Draw of its duration.
    pub(super) factor: u32,
    /// Draws of its delay, of which the greatest counts; the two are equal where it has none.
    pub(super) delays: [u32; 2],
    /// What may be closed; the two are equal where it has none.
    pub(super) closed: [u32; 2],
    /// Decisions that it waits for; the two are equal where it has none.
    pub(super) gates: [u32; 2],
}

/// A draw for one activity.
#[derive(Clone, Copy)]
pub(super) struct Draw {
    pub(super) row: u32,
    pub(super) key: u64,
    /// Shared factor.
    pub(super) slot: u32,
}

/// What closes an area day by day.
pub(super) struct Series {
    /// What it is called where it holds something up.
    pub(super) name: String,
    /// By day: whether and how long, and when it begins.
    pub(super) days: Vec<(Draw, u64)>,
}

/// The flat form of a graph.
pub(super) struct Program {
    /// The operation's start, from which times count.
    pub(super) base: Timestamp,
    /// Midnight before the base, and the number of days drawn.
    pub(super) midnight: i32,
    pub(super) n_days: usize,
    pub(super) nodes: Vec<Compiled>,
    /// Moment (twice the node, one more for its end) and lag.
    pub(super) arcs: Vec<(u32, i32)>,
    /// Arc of the graph, for each.
    pub(super) arc_of: Vec<u32>,
    pub(super) windows: Vec<(i32, i32)>,
    pub(super) draws: Vec<Draw>,
    pub(super) series: Vec<Series>,
    /// Series that may be closed, and whether at the end of an activity instead of its start.
    pub(super) closings: Vec<(u32, bool)>,
    /// Draws of how late decisions are.
    pub(super) decisions: Vec<u32>,
    /// Decision, and the start that it allows if it is not late.
    pub(super) gates: Vec<(u32, i32)>,
    /// Opening of the node, for each.
    pub(super) opening_of: Vec<usize>,
    /// Keys of the shared factors.
    pub(super) slots: Vec<u64>,
}

/// Returns the position of a moment among all: twice its node, one more for its end.
pub(super) fn slot(anchor: Anchor) -> u32 {
    2 * anchor.node.0 + u32::from(anchor.edge == Edge::End)
}

/// Returns a time as seconds from the base.
pub(super) fn relative(base: Timestamp, t: Timestamp) -> i32 {
    let seconds = (t - base).0.clamp(1 - i64::from(NEVER), i64::from(NEVER) - 1);
    i32::try_from(seconds).expect("it is within 2^30")
}

fn span(duration: Duration) -> i32 {
    i32::try_from(duration.0.clamp(0, LONGEST)).expect("it is within 2^28")
}

/// What a row's scope is asked about.
#[derive(Default, Clone)]
struct Subject {
    place: Option<PlaceId>,
    tail: Option<TailId>,
    party: Option<PartyId>,
    leg: Option<LegId>,
    road: Option<RoadId>,
    clearance: Option<ClearanceId>,
    condition: Option<ConditionId>,
    /// Names that the draw follows, and how often they have occurred.
    names: [String; 2],
    occurrence: u64,
    /// Who makes a new draw of a factor by party.
    owner: String,
    day: i64,
}

impl Program {
    /// Binds the rows. Fails if the plan reaches farther than 32 bits of seconds.
    pub(super) fn new(s: &Scenario, plan: &Plan, graph: &PlanGraph) -> Result<Self, String> {
        let base = s.operation.start;
        let last = graph.nodes.iter().map(|node| node.ends()).max().unwrap_or(base);
        let first = graph.nodes.iter().map(|node| node.starts).min().unwrap_or(base);
        if (last - base).0 > i64::from(NEVER) / 4 || (base - first).0 > i64::from(NEVER) / 4 {
            return Err("the plan reaches more than eight years from its start".to_owned());
        }
        let midnight = relative(base, s.day_of(base).1.from);
        let n_days = (last - base).0 / 86_400 + 1 + DAYS_AFTER;
        let mut binder = Binder {
            s,
            program: Self {
                base,
                midnight,
                n_days: usize::try_from(n_days).unwrap_or(1),
                nodes: Vec::with_capacity(graph.nodes.len()),
                arcs: Vec::with_capacity(graph.arcs.len()),
                arc_of: Vec::with_capacity(graph.arcs.len()),
                windows: Vec::new(),
                draws: Vec::new(),
                series: Vec::new(),
                closings: Vec::new(),
                decisions: Vec::new(),
                gates: Vec::new(),
                opening_of: Vec::new(),
                slots: Vec::new(),
            },
            slot_of: HashMap::new(),
            series_of: HashMap::new(),
            decision_of: HashMap::new(),
        };
        let subjects = Subjects::read(s, plan, graph);
        for position in 0..graph.nodes.len() {
            binder.compile(graph, position, &subjects);
        }
        Ok(binder.program)
    }
}

struct Binder<'a> {
    s: &'a Scenario,
    program: Program,
    slot_of: HashMap<u64, u32>,
    series_of: HashMap<(usize, String), u32>,
    decision_of: HashMap<ConditionId, u32>,
}

impl Binder<'_> {
    fn compile(&mut self, graph: &PlanGraph, position: usize, subjects: &Subjects) {
        let node = &graph.nodes[position];
        let base = self.program.base;
        let first = len(&self.program.arcs);
        let arcs = graph.first_arc[position]..graph.first_arc[position + 1];
        // arcs to the start stand before arcs to the end
        let to_end = arcs.clone().find(|&arc| graph.arcs[arc].to.edge == Edge::End);
        let n_start = to_end.unwrap_or(arcs.end) - arcs.start;
        for arc in arcs {
            let row = &graph.arcs[arc];
            self.program.arcs.push((slot(row.from), span(row.lag)));
            self.program.arc_of.push(u32::try_from(arc).expect("fewer than 2^32 arcs"));
        }
        let middle = first + u32::try_from(n_start).expect("fewer than 2^32 arcs");
        // what had begun before the start is known as it was
        let is_past = node.starts < base;
        let from = len(&self.program.windows);
        for window in node.windows.iter().flatten().filter(|_| !is_past) {
            let to = if window.to >= Timestamp::MAX { NEVER } else { relative(base, window.to) };
            self.program.windows.push((relative(base, window.from), to));
        }
        let (first_draw, first_closing) = (len(&self.program.draws), len(&self.program.closings));
        if !is_past {
            self.hold_back(graph, position, subjects);
        }
        let delays = [first_draw, len(&self.program.draws)];
        let closed = [first_closing, len(&self.program.closings)];
        let factor = match is_past {
            true => NONE,
            false => self.factor(node.activity, &subjects.of[position][0]),
        };
        let first_gate = len(&self.program.gates);
        for (at, opening) in node.openings.iter().enumerate().filter(|_| !is_past) {
            let Calendar::Condition(condition) = opening.cause else { continue };
            if let Some(window) = opening.windows.first() {
                let decision = self.decision(condition);
                if decision != NONE {
                    self.program.gates.push((decision, relative(base, window.from)));
                    self.program.opening_of.push(at);
                }
            }
        }
        let compiled = Compiled {
            not_before: relative(base, node.starts),
            duration: span(node.duration),
            arcs: [first, middle, len(&self.program.arcs)],
            windows: [from, len(&self.program.windows)],
            factor,
            delays,
            closed,
            gates: [first_gate, len(&self.program.gates)],
        };
        self.program.nodes.push(compiled);
    }

    /// Returns the draw of an activity's duration.
    fn factor(&mut self, activity: Activity, here: &Subject) -> u32 {
        use Uncertain as U;
        let what = match activity {
            Activity::Step { .. } => U::StepDuration,
            Activity::March { .. } => U::MarchTime,
            Activity::Loading { .. } | Activity::Unloading { .. } | Activity::TurnRound { .. } => {
                U::GroundTime
            }
            Activity::Flight { .. } => U::BlockTime,
            Activity::Clearance { .. }
            | Activity::JointStart { .. }
            | Activity::Pass { .. }
            | Activity::AllPassed { .. } => return NONE,
        };
        self.draw(what, here)
    }

    /// Draws what delays an activity, and lists what may be closed. Steps that start together are delayed together, by
    /// what any of them waits for.
    fn hold_back(&mut self, graph: &PlanGraph, position: usize, subjects: &Subjects) {
        use Uncertain as U;
        let [here, there] = &subjects.of[position];
        match graph.nodes[position].activity {
            Activity::Clearance { clearance } => {
                let row = &self.s.clearances[clearance];
                let asked = row.asked.map_or(Timestamp::MIN, |asked| asked + row.lead);
                let in_force = row.valid.map_or(asked, |valid| valid.from.max(asked));
                if in_force >= self.program.base {
                    self.draw(U::ClearanceLate, here);
                }
            }
            Activity::JointStart { .. } => {
                for &member in subjects.joined.get(&position).into_iter().flatten() {
                    if let Activity::Step { step, .. } = graph.nodes[member].activity {
                        self.wait_for_receiver(step, &subjects.of[member][0]);
                    }
                }
            }
            Activity::Step { step, .. } if !subjects.is_joined(position) => {
                self.wait_for_receiver(step, here);
            }
            Activity::Flight { .. } => {
                self.draw(U::Breakdown, here);
                self.closing(U::Weather, here, false);
                self.closing(U::Weather, there, true);
            }
            _ => {}
        }
    }

    /// The receiving side is late to the first steps of a handover, and the situation suspends all of them.
    fn wait_for_receiver(&mut self, step: exeunt_model::StepId, at: &Subject) {
        if self.s.steps[step].after.is_empty() {
            self.draw(Uncertain::ReceiverLate, at);
        }
        self.closing(Uncertain::Situation, at, false);
    }

    /// Lists what may close the area of a subject.
    fn closing(&mut self, what: Uncertain, at: &Subject, at_end: bool) {
        let series = self.closure(what, at);
        if series != NONE {
            self.program.closings.push((series, at_end));
        }
    }

    /// Returns the draw of how late a condition comes true: one that lies ahead and of which no statement is recorded.
    fn decision(&mut self, condition: ConditionId) -> u32 {
        if let Some(&known) = self.decision_of.get(&condition) {
            return known;
        }
        let row = &self.s.conditions[condition];
        let decision = match row.truth {
            Truth::From(Some(t)) if row.statement.is_none() && t >= self.program.base => {
                let subject = Subject {
                    condition: Some(condition),
                    names: [row.name.clone(), String::new()],
                    day: self.s.day_of(t).0,
                    ..Subject::default()
                };
                self.draw(Uncertain::DecisionLate, &subject)
            }
            _ => NONE,
        };
        let number = match decision {
            NONE => NONE,
            draw => {
                self.program.decisions.push(draw);
                len(&self.program.decisions) - 1
            }
        };
        self.decision_of.insert(condition, number);
        number
    }

    /// Returns the row of a kind that counts for a subject: the narrowest, of equal ones the last.
    fn row(&self, what: Uncertain, at: &Subject) -> Option<usize> {
        let rows = self.s.uncertainty.iter().enumerate();
        let applies = rows.filter(|(_, row)| row.what == what && is_in(self.s, &row.scope, at));
        applies.max_by_key(|(n, row)| (row.scope.narrowness(), *n)).map(|(n, _)| n)
    }

    fn draw(&mut self, what: Uncertain, at: &Subject) -> u32 {
        let Some(row) = self.row(what, at) else { return NONE };
        let [one, other] = &at.names;
        let own = key(&[what.word(), one, other], at.occurrence);
        let slot = self.shared(row, at, at.day);
        self.program.draws.push(Draw { row: id(row), key: own, slot });
        len(&self.program.draws) - 1
    }

    /// Returns the draw of a row's shared factor.
    fn shared(&mut self, row: usize, at: &Subject, day: i64) -> u32 {
        let Some(factor) = &self.s.uncertainty[row].factor else { return NONE };
        let place = at.place.map(|place| &self.s.places[place]);
        let name = place.map_or("", |place| &place.name);
        let area = place.and_then(|place| place.area.as_deref()).unwrap_or(name);
        let day = u64::from_ne_bytes(day.to_ne_bytes());
        let number = match factor.by {
            FactorKey::Operation => key(&["factor", &factor.name], 0),
            FactorKey::Day => key(&["factor", &factor.name], day),
            FactorKey::AreaDay => key(&["factor", &factor.name, area], day),
            FactorKey::PlaceDay => key(&["factor", &factor.name, name], day),
            FactorKey::Party => key(&["factor", &factor.name, &at.owner], 0),
        };
        let slots = &mut self.program.slots;
        *self.slot_of.entry(number).or_insert_with(|| {
            slots.push(number);
            len(slots) - 1
        })
    }

    /// Returns what may close the area of a subject: one draw for each day, the same for all of the area.
    fn closure(&mut self, what: Uncertain, at: &Subject) -> u32 {
        let (Some(row), Some(place)) = (self.row(what, at), at.place) else { return NONE };
        let place = &self.s.places[place];
        let area = place.area.clone().unwrap_or_else(|| place.name.clone());
        if let Some(&known) = self.series_of.get(&(row, area.clone())) {
            return known;
        }
        let (first_day, _) = self.s.day_of(self.program.base);
        let mut days = Vec::with_capacity(self.program.n_days);
        for day in (first_day..).take(self.program.n_days) {
            let number = u64::from_ne_bytes(day.to_ne_bytes());
            let own = key(&[what.word(), &area], number);
            let begins = key(&[what.word(), &area, "begins"], number);
            let slot = self.shared(row, at, day);
            days.push((Draw { row: id(row), key: own, slot }, begins));
        }
        let name = match what {
            Uncertain::Weather => format!("weather at {area}"),
            _ => format!("{} at {area}", what.word()),
        };
        self.program.series.push(Series { name, days });
        let number = len(&self.program.series) - 1;
        self.series_of.insert((row, area), number);
        number
    }
}

fn id(row: usize) -> u32 {
    u32::try_from(row).expect("a table has fewer than 2^32 rows")
}

fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).expect("fewer than 2^32 entries")
}

fn is_in(s: &Scenario, scope: &Scope, at: &Subject) -> bool {
    let place = at.place.map(|place| &s.places[place]);
    let tail = at.tail.map(|tail| &s.tails[tail]);
    match scope {
        Scope::All => true,
        Scope::Area(area) => place.is_some_and(|place| place.area.as_ref() == Some(area)),
        Scope::State(state) => {
            at.clearance.is_some_and(|clearance| s.clearances[clearance].state == *state)
        }
        Scope::Party(party) => at.party == Some(*party),
        Scope::Type(aircraft) => tail.is_some_and(|tail| tail.aircraft == *aircraft),
        Scope::Pool(pool) => tail.is_some_and(|tail| tail.pool == *pool || tail.name == *pool),
        Scope::Place(place) => at.place == Some(*place),
        Scope::Leg(leg) => at.leg == Some(*leg),
        Scope::Road(road) => at.road == Some(*road),
        Scope::Clearance(clearance) => at.clearance == Some(*clearance),
        Scope::Condition(condition) => at.condition == Some(*condition),
    }
}

/// By node, what rows are asked about; of a flight, take-off and landing.
struct Subjects {
    of: Vec<[Subject; 2]>,
    /// By joint start, the steps that wait for it.
    joined: HashMap<usize, Vec<usize>>,
}

impl Subjects {
    fn is_joined(&self, position: usize) -> bool {
        self.joined.values().any(|members| members.contains(&position))
    }

    fn read(s: &Scenario, plan: &Plan, graph: &PlanGraph) -> Self {
        let places: HashMap<&str, PlaceId> =
            s.places.iter().map(|(id, row)| (row.name.as_str(), id)).collect();
        let place = |name: &str| places.get(name).copied();
        let tails: Vec<Option<TailId>> = plan.lines.iter().map(|line| s.tail(&line.tail)).collect();
        let columns = columns(s, plan);
        let of = graph.nodes.iter().map(|node| {
            let (day, _) = s.day_of(node.starts);
            let blank = Subject { day, ..Subject::default() };
            let aircraft = |line: usize, sortie: usize, at: &str| Subject {
                place: place(at),
                tail: tails[line],
                party: tails[line].map(|tail| s.tails[tail].owner),
                owner: tails[line]
                    .map_or_else(String::new, |tail| s.parties[s.tails[tail].owner].name.clone()),
                names: [plan.lines[line].tail.clone(), kind(node.activity).to_owned()],
                occurrence: number(sortie),
                ..blank.clone()
            };
            match node.activity {
                Activity::Clearance { clearance } => {
                    let row = &s.clearances[clearance];
                    let here = Subject {
                        party: Some(row.carrier),
                        clearance: Some(clearance),
                        owner: s.parties[row.carrier].name.clone(),
                        names: [row.name.clone(), String::new()],
                        ..blank
                    };
                    [here.clone(), here]
                }
                Activity::JointStart { step } | Activity::Step { step, .. } => {
                    let row = &s.steps[step];
                    let site = &s.sites[row.site];
                    let here = Subject {
                        place: Some(site.place),
                        owner: site.receiver.clone(),
                        names: [row.name.clone(), String::new()],
                        ..blank
                    };
                    [here.clone(), here]
                }
                Activity::March { column, march } => {
                    let row = &plan.columns[column].marches[march];
                    let known = &columns[column];
                    let here = Subject {
                        place: place(&row.from),
                        party: known.party,
                        owner: known.party.map_or_else(String::new, |p| s.parties[p].name.clone()),
                        road: s.roads.find(|road| road.name == row.road),
                        names: [known.element.clone(), row.road.clone()],
                        occurrence: known.occurrence,
                        ..blank
                    };
                    [here.clone(), here]
                }
                Activity::Flight { line, sortie } => {
                    let row = &plan.lines[line].sorties[sortie];
                    let leg = row.leg.as_ref().and_then(|leg| s.air_legs.find(|x| x.name == *leg));
                    let here = Subject { leg, ..aircraft(line, sortie, &row.from) };
                    let there = Subject { place: place(&row.to), ..here.clone() };
                    [here, there]
                }
                Activity::Loading { line, sortie } => {
                    let here = aircraft(line, sortie, &plan.lines[line].sorties[sortie].from);
                    [here.clone(), here]
                }
                Activity::Unloading { line, sortie } | Activity::TurnRound { line, sortie } => {
                    let here = aircraft(line, sortie, &plan.lines[line].sorties[sortie].to);
                    [here.clone(), here]
                }
                Activity::Pass { .. } | Activity::AllPassed { .. } => [blank.clone(), blank],
            }
        });
        let mut joined: HashMap<usize, Vec<usize>> = HashMap::new();
        for arc in graph.arcs.iter().filter(|arc| arc.cause == Why::JointStart) {
            joined.entry(arc.from.node.index()).or_default().push(arc.to.node.index());
        }
        Self { of: of.collect(), joined }
    }
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

const fn kind(activity: Activity) -> &'static str {
    match activity {
        Activity::Loading { .. } => "loading",
        Activity::Unloading { .. } => "unloading",
        Activity::TurnRound { .. } => "stop",
        _ => "flight",
    }
}

/// What names a column: the element of its first piece, and how many columns of it marched before.
struct ColumnName {
    party: Option<PartyId>,
    element: String,
    occurrence: u64,
}

fn columns(s: &Scenario, plan: &Plan) -> Vec<ColumnName> {
    let pieces: HashMap<&str, _> =
        s.pieces.iter().map(|(_, row)| (row.name.as_str(), row.element)).collect();
    let mut order: Vec<usize> = (0..plan.columns.len()).collect();
    order.sort_by_key(|&column| (plan.columns[column].marches.first().map(|m| m.departs), column));
    let mut seen: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut names: Vec<Option<ColumnName>> = plan.columns.iter().map(|_| None).collect();
    for column in order {
        let row = &plan.columns[column];
        let element = row.load.first().and_then(|load| pieces.get(load.piece.as_str())).copied();
        let name = element.map_or_else(String::new, |element| s.elements[element].name.clone());
        let from = row.marches.first().map_or_else(String::new, |march| march.from.clone());
        let count = seen.entry((name.clone(), from)).or_default();
        let party = element.map(|element| s.elements[element].party);
        names[column] = Some(ColumnName { party, element: name, occurrence: *count });
        *count += 1;
    }
    names.into_iter().map(|name| name.expect("each column was named")).collect()
}

/// Returns a row's weights of shared and own draw, in 1/4096.
pub(super) fn weights(row: &Uncertainty) -> (i32, i32) {
    let Some(factor) = &row.factor else { return (0, 4_096) };
    let shared = factor.weight_percent.clamp(0, 100) as f64 / 100.0;
    let own = (1.0 - shared * shared).max(0.0).sqrt();
    (to_i32(shared * 4_096.0), to_i32(own * 4_096.0))
}
