//! Simulation by replay: what becomes of a plan when durations, failures, weather and papers turn out as they may.
//!
//! Assignment and order stay as planned; a replication is one sweep over the plan graph (algorithms, section 7.1). What
//! is drawn, and how, stands in `docs/model.md` section 14. Replication r depends on the seed and r alone, so threads and
//! shards change nothing, and two plans of a scenario meet the same events.

mod compare;
mod dump;
mod merge;
mod program;
mod random;
mod statistics;
mod sweep;
mod table;
mod trace;
mod watch;

pub use compare::compare;
pub use dump::{Dump, DumpNode, DumpRow, DumpSeries};
pub use merge::merge;
pub use statistics::{clopper_pearson, quantile_ranks, reached_by, reached_with, summarize};

use crate::graph::{NodeId, PlanGraph};
use exeunt_model::outcome::{
    Critical, InputDraw, Kept, Moments, OUTCOME_FORMAT, Outcome, PERCENTS, PartySample,
    PromiseSample, Swing,
};
use exeunt_model::scenario::{Milestone, Scenario};
use exeunt_model::uncertainty::Uncertainty;
use exeunt_model::{ElementId, Plan};
use program::{NEVER, Program};
use random::{draw, key, replication};
use sweep::{Batch, LANES, Rows};
use table::Normal;
use trace::{Causes, Course, Trace};
use watch::Watch;

/// What to simulate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Seed of the draws.
    pub seed: u64,
    /// Replications.
    pub replications: u64,
    /// Number of the first one.
    pub first: u64,
    /// Replications that run at the same time; never changes the result.
    pub threads: usize,
    /// Sets whose passing of a milestone is wanted.
    pub targets: Vec<(Vec<ElementId>, Milestone)>,
    /// Draws of the parameters over their ranges.
    pub input_draws: u64,
    /// Replications of each draw.
    pub input_replications: u64,
    /// Part of the whole, from 0, and number of parts.
    pub shard: (u64, u64),
    /// Replications of all parts together.
    pub total: u64,
    /// What the checker finds in the plan, to be said with the outcome.
    pub findings: u64,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            seed: 1,
            replications: 10_000,
            first: 0,
            threads: 1,
            targets: Vec::new(),
            input_draws: 100,
            input_replications: 1_000,
            shard: (0, 1),
            total: 10_000,
            findings: 0,
        }
    }
}

impl Request {
    /// Returns the request for part `shard` (from 0) of `of` parts of so many replications.
    #[must_use]
    pub fn part(self, replications: u64, shard: u64, of: u64) -> Self {
        let (first, end) = part(replications, shard, of);
        Self {
            first,
            replications: end - first,
            shard: (shard, of.max(1)),
            total: replications,
            ..self
        }
    }
}

/// Returns from where to where part `shard` of a list of so many reaches.
fn part(n: u64, shard: u64, of: u64) -> (u64, u64) {
    let at = |shard: u64| {
        let place = u128::from(n) * u128::from(shard) / u128::from(of.max(1));
        u64::try_from(place).expect("no more than there are").min(n)
    };
    (at(shard), at(shard.saturating_add(1)))
}

/// A plan made ready for simulation.
struct Machine<'a> {
    s: &'a Scenario,
    plan: &'a Plan,
    graph: PlanGraph,
    program: Program,
    watch: Watch,
    causes: Causes,
    normal: Normal,
}

impl<'a> Machine<'a> {
    fn new(
        s: &'a Scenario,
        plan: &'a Plan,
        targets: &[(Vec<ElementId>, Milestone)],
    ) -> Result<Self, String> {
        let graph = PlanGraph::new(s, plan)?;
        let program = Program::new(s, plan, &graph)?;
        let watch = Watch::new(s, &graph, targets);
        let causes = Causes::new(s, &graph, &program);
        Ok(Self { s, plan, graph, program, watch, causes, normal: Normal::new() })
    }

    fn rows<'r>(&self, rows: impl Iterator<Item = &'r Uncertainty> + Clone) -> Rows {
        Rows::new(rows, &self.normal)
    }

    /// Returns a moment of the sweep as seconds since 1970.
    fn moment(&self, t: i32) -> Option<i64> {
        (t > i32::MIN && t < NEVER).then(|| self.program.base.0 + i64::from(t))
    }

    fn moments(&self, times: &[i32]) -> Moments {
        Moments(times.iter().map(|&t| self.moment(t)).collect())
    }

    /// Returns a number that follows from all that the plan does, carries and leaves behind.
    fn fingerprint(&self) -> String {
        let Plan { lines, columns, handovers, unmoved, .. } = self.plan;
        let parts = (lines, columns, handovers, unmoved);
        let text = serde_json::to_string(&parts).expect("a plan has only plain keys");
        format!("{:016x}", key(&[&text], 0))
    }
}

/// Results of successive replications.
struct Sample {
    closure: Vec<i32>,
    left_host: Vec<i32>,
    parties: Vec<Vec<i32>>,
    targets: Vec<Vec<i32>>,
    promises: Vec<[Vec<bool>; 2]>,
    nodes: Vec<u64>,
    causes: Vec<u64>,
}

/// Replays a plan.
///
/// # Errors
/// Says what the plan names and the scenario does not have, or that it reaches too far for 32 bits of seconds.
pub fn simulate(s: &Scenario, plan: &Plan, request: &Request) -> Result<Outcome, String> {
    let s = &*s.resolved(&plan.choices);
    let machine = Machine::new(s, plan, &request.targets)?;
    let rows = machine.rows(s.uncertainty.iter());
    let sample = run(&machine, &rows, request);
    let kept = |list: &[bool]| Kept(list.to_vec());
    let parties =
        machine.watch.parties.iter().zip(&sample.parties).map(|((id, _), times)| PartySample {
            id: id.clone(),
            closure: machine.moments(times),
        });
    let promises =
        s.promises.rows.iter().zip(&sample.promises).map(|(promise, [strict, lenient])| {
            let before_start = promise.before_start;
            let (strict, lenient) = match before_start {
                true => (Kept::default(), Kept::default()),
                false => (kept(strict), kept(lenient)),
            };
            PromiseSample {
                id: promise.name.clone(),
                wanted: promise.wanted,
                before_start,
                strict,
                lenient,
            }
        });
    let assumed = s.uncertainty.iter().filter(|row| row.assumed).count();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let names = (0..machine.graph.nodes.len()).map(|position| {
        let id = NodeId(u32::try_from(position).expect("fewer than 2^32 activities"));
        trace::activity_name(s, plan, &machine.graph, id)
    });
    let critical = |what: String, &count: &u64| Critical { what, count };
    let ranged = s.uncertainty.iter().filter(|row| row.range.is_some()).count();
    let is_drawn = ranged > 0;
    let stated = is_drawn.then(|| input_draw(&machine, request, &s.uncertainty));
    let stays = machine.graph.items.iter().filter(|items| items.home_base.is_none());
    let unmoved = stays.map(|items| u64::try_from(items.count).unwrap_or(0)).sum();
    Ok(Outcome {
        format: OUTCOME_FORMAT,
        scenario_hash: s.hash.clone(),
        plan: machine.fingerprint(),
        seed: request.seed,
        shard: request.shard,
        total: request.total,
        first: request.first,
        zone_offset: s.operation.zone_offset,
        input_draws: if is_drawn { request.input_draws } else { 0 },
        input_replications: request.input_replications,
        rows: (count(s.uncertainty.len()), count(assumed)),
        ranged: count(ranged),
        unmoved,
        findings: request.findings,
        closure: machine.moments(&sample.closure),
        left_host: machine.moments(&sample.left_host),
        parties: parties.collect(),
        targets: sample.targets.iter().map(|times| machine.moments(times)).collect(),
        promises: promises.collect(),
        inputs: if is_drawn { inputs(&machine, request) } else { Vec::new() },
        activities: names.zip(&sample.nodes).map(|(what, n)| critical(what, n)).collect(),
        causes: machine
            .causes
            .names
            .iter()
            .cloned()
            .zip(&sample.causes)
            .map(|(w, n)| critical(w, n))
            .collect(),
        swings: stated.as_ref().map_or_else(Vec::new, |draw| swings(&machine, request, draw)),
        stated,
    })
}

/// Runs the replications of a request, each thread a stretch of them.
fn run(machine: &Machine<'_>, rows: &Rows, request: &Request) -> Sample {
    let threads = u64::try_from(request.threads.max(1)).unwrap_or(1);
    let stretches: Vec<(u64, u64)> =
        (0..threads).map(|thread| part(request.replications, thread, threads)).collect();
    let work = |&(from, to): &(u64, u64)| {
        stretch(machine, rows, request.seed, request.first + from, to - from, true)
    };
    let samples: Vec<Sample> = std::thread::scope(|scope| {
        let handles: Vec<_> =
            stretches.iter().map(|stretch| scope.spawn(|| work(stretch))).collect();
        let join = |handle: std::thread::ScopedJoinHandle<'_, Sample>| {
            handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        handles.into_iter().map(join).collect()
    });
    let mut samples = samples.into_iter();
    let mut all = samples.next().expect("there is at least one thread");
    for sample in samples {
        all.add(sample);
    }
    all
}

impl Sample {
    fn add(&mut self, other: Self) {
        self.closure.extend(other.closure);
        self.left_host.extend(other.left_host);
        for (mine, others) in self.parties.iter_mut().zip(other.parties) {
            mine.extend(others);
        }
        for (mine, others) in self.targets.iter_mut().zip(other.targets) {
            mine.extend(others);
        }
        for (mine, others) in self.promises.iter_mut().zip(other.promises) {
            for (mine, others) in mine.iter_mut().zip(others) {
                mine.extend(others);
            }
        }
        let counts = self.nodes.iter_mut().zip(other.nodes);
        counts.chain(self.causes.iter_mut().zip(other.causes)).for_each(|(mine, n)| *mine += n);
    }
}

/// Runs successive replications.
fn stretch(
    machine: &Machine<'_>,
    rows: &Rows,
    seed: u64,
    first: u64,
    replications: u64,
    traced: bool,
) -> Sample {
    let Machine { program, watch, graph, causes, normal, .. } = machine;
    let mut batch = Batch::new(program);
    let mut trace = Trace::new(graph, causes);
    let mut sample = Sample {
        closure: Vec::new(),
        left_host: Vec::new(),
        parties: vec![Vec::new(); watch.parties.len()],
        targets: vec![Vec::new(); watch.targets.len()],
        promises: vec![[Vec::new(), Vec::new()]; watch.promises.len()],
        nodes: Vec::new(),
        causes: Vec::new(),
    };
    let mut done = 0;
    while done < replications {
        batch.run(program, rows, normal, seed, first + done);
        let n = usize::try_from(replications - done).map_or(LANES, |left| left.min(LANES));
        let times = &batch.times;
        sample.closure.extend_from_slice(&watch.closure.last(times)[..n]);
        sample.left_host.extend_from_slice(&watch.left_host.last(times)[..n]);
        for (list, (_, set)) in sample.parties.iter_mut().zip(&watch.parties) {
            list.extend_from_slice(&set.last(times)[..n]);
        }
        for (list, set) in sample.targets.iter_mut().zip(&watch.targets) {
            list.extend_from_slice(&set.last(times)[..n]);
        }
        for (lists, test) in sample.promises.iter_mut().zip(&watch.promises) {
            for (list, kept) in lists.iter_mut().zip(test.kept(times)) {
                list.extend_from_slice(&kept[..n]);
            }
        }
        for lane in 0..if traced { n } else { 0 } {
            if let Some(last) = watch.closure.last_moment(times, lane) {
                let batch = &batch;
                let course = Course { program, graph, causes, rows, normal, batch };
                trace.follow(course, lane, last);
            }
        }
        done += n as u64;
    }
    sample.nodes = trace.nodes;
    sample.causes = trace.causes;
    sample
}

/// Does pieces of work on several threads; the results stand in the order of the work.
fn in_parallel<T: Send>(
    range: (u64, u64),
    threads: usize,
    work: impl Fn(u64) -> T + Sync,
) -> Vec<T> {
    let threads = u64::try_from(threads.max(1)).unwrap_or(1);
    let work = &work;
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
                let (from, to) = part(range.1.saturating_sub(range.0), thread, threads);
                let stretch = range.0 + from..range.0 + to;
                scope.spawn(move || stretch.map(work).collect::<Vec<T>>())
            })
            .collect();
        let join = |handle: std::thread::ScopedJoinHandle<'_, Vec<T>>| {
            handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        handles.into_iter().flat_map(join).collect()
    })
}

/// Draws the parameters over their ranges, evenly, and runs the first replications with each draw.
fn inputs(machine: &Machine<'_>, request: &Request) -> Vec<InputDraw> {
    let range = part(request.input_draws, request.shard.0, request.shard.1);
    in_parallel(range, request.threads, |number| {
        let drawn: Vec<Uncertainty> = machine
            .s
            .uncertainty
            .iter()
            .map(|row| {
                let Some(range) = row.range else { return row.clone() };
                let bits = draw(replication(request.seed, number), key(&["input", &row.name], 0));
                let wide = i128::from(range.high - range.low + 1);
                let above = i64::try_from((i128::from(bits) * wide) >> 31).unwrap_or(0);
                row.with(range.low + above)
            })
            .collect();
        input_draw(machine, request, &drawn)
    })
}

/// Runs the first replications with other rows.
fn input_draw(machine: &Machine<'_>, request: &Request, rows: &[Uncertainty]) -> InputDraw {
    let rows = machine.rows(rows.iter());
    let sample = stretch(machine, &rows, request.seed, 0, request.input_replications, false);
    let count = |list: &[bool]| list.iter().map(|&kept| u64::from(kept)).sum();
    let quantiles = |times| at_percents(&sorted(machine, times));
    InputDraw {
        kept: sample.promises.iter().map(|[a, b]| (count(a), count(b))).collect(),
        closure: sorted(machine, sample.closure),
        left_host: quantiles(sample.left_host),
        parties: sample.parties.into_iter().map(quantiles).collect(),
        targets: sample.targets.into_iter().map(|times| sorted(machine, times)).collect(),
    }
}

fn sorted(machine: &Machine<'_>, mut times: Vec<i32>) -> Moments {
    times.sort_unstable();
    machine.moments(&times)
}

fn at_percents(sorted: &Moments) -> Moments {
    Moments(PERCENTS.iter().map(|&percent| statistics::quantile(&sorted.0, percent)).collect())
}

/// Runs with one parameter at a time at either end of its range.
fn swings(machine: &Machine<'_>, request: &Request, stated: &InputDraw) -> Vec<Swing> {
    let all = &machine.s.uncertainty;
    let ranged: Vec<usize> = (0..all.len()).filter(|&row| all[row].range.is_some()).collect();
    let n = u64::try_from(ranged.len()).unwrap_or(0);
    let range = part(n, request.shard.0, request.shard.1);
    let both = |sorted: &Moments| [50, 90].map(|percent| statistics::quantile(&sorted.0, percent));
    let quantiles = |rows: &[Uncertainty]| {
        let tables = machine.rows(rows.iter());
        let (seed, n) = (request.seed, request.input_replications);
        both(&sorted(machine, stretch(machine, &tables, seed, 0, n, false).closure))
    };
    let stated = both(&stated.closure);
    in_parallel(range, request.threads, |number| {
        let row = ranged[usize::try_from(number).expect("a position in the list")];
        let range = all[row].range.expect("only such rows are listed");
        let [low, high] = [range.low, range.high].map(|value| {
            let mut rows = all.clone();
            rows[row] = all[row].with(value);
            quantiles(&rows)
        });
        Swing {
            row: all[row].name.clone(),
            range: (range.low, range.high),
            p50: [low[0], stated[0], high[0]],
            p90: [low[1], stated[1], high[1]],
        }
    })
}

/// What a sweep costs: for `exeunt bench simulate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Activities of the plan.
    pub nodes: usize,
    /// Arcs between them.
    pub arcs: usize,
    /// Orders that a replay does not keep.
    pub dropped: usize,
}

/// A plan made ready for replications without anything kept, to be timed.
pub struct Bench<'a> {
    machine: Machine<'a>,
    rows: Rows,
}

impl<'a> Bench<'a> {
    /// Makes a plan ready; the scenario is as its choices have it.
    ///
    /// # Errors
    /// As [`simulate`].
    pub fn new(s: &'a Scenario, plan: &'a Plan) -> Result<Self, String> {
        let machine = Machine::new(s, plan, &[])?;
        let rows = machine.rows(s.uncertainty.iter());
        Ok(Self { machine, rows })
    }
    /// Returns the size of the graph.
    pub fn size(&self) -> Size {
        Size {
            nodes: self.machine.graph.nodes.len(),
            arcs: self.machine.graph.arcs.len(),
            dropped: self.machine.graph.dropped.len(),
        }
    }
    /// Returns the plan and its distributions for other simulators.
    pub fn dump(&self) -> Dump {
        let Machine { s, program, watch, .. } = &self.machine;
        dump::dump(program, watch, &s.uncertainty)
    }
    /// Runs replications on one thread and returns the sum of the closures, so that nothing is left out.
    pub fn run(&self, seed: u64, replications: u64) -> i64 {
        let Machine { program, watch, normal, .. } = &self.machine;
        let mut batch = Batch::new(program);
        let mut sum = 0_i64;
        let mut done = 0;
        while done < replications {
            batch.run(program, &self.rows, normal, seed, done);
            sum += watch.closure.last(&batch.times).iter().map(|&t| i64::from(t)).sum::<i64>();
            done += LANES as u64;
        }
        sum
    }
}
