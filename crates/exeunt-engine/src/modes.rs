//! By what elements go that may go by air or by road.
//!
//! An *assignment* says for each of them by what it goes. The first one has each go by what would bring it home first if
//! it were alone. Then groups of elements change over: all of a party, all of a party at one origin, each by itself; a
//! change is kept if a plan by the plain method is better level by level, and the search ends when none is. Looks are
//! counted by the departures that they plan, and asked side by side in the order in which one alone would ask them, so
//! the number of threads changes nothing. The plain method errs, so the best few assignments that it saw play off: the
//! departures of each are searched for an epoch of one lane. What is chosen stays from then on.

use crate::frozen::Frozen;
use crate::improve::{Draft, Lane, Setting, Valued};
use crate::network::Network;
use crate::outlook::Outlook;
use crate::solve::Request;
use crate::stability::Before;
use crate::threads::side_by_side;
use exeunt_model::plan::{Choice, Chosen, Plan};
use exeunt_model::scenario::{Element, Mode, Scenario};
use exeunt_model::{ElementId, Id, PieceId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// By element: what it goes by; none where the scenario says it.
type Assignment = Vec<Option<Chosen>>;

/// Assignments that play off.
const FEW: usize = 4;

/// Levels, then what decides between plans of the same levels; smaller is better.
type Worth = (Vec<i64>, i64);

/// Elements that change over together, and to what.
type Flip = (Vec<ElementId>, Chosen);

/// The search over assignments.
pub(crate) struct Modes<'a> {
    s: &'a Scenario,
    net: &'a Network<'a>,
    frozen: Option<&'a Frozen>,
    /// The plan that changes are counted against.
    before: Option<&'a Arc<Before>>,
    /// The order of the handovers in every look.
    steps: Vec<usize>,
    now: Assignment,
    worth: Worth,
    flips: Vec<Flip>,
    /// The flip that is tried next.
    next: usize,
    /// Flips tried since one was better.
    barren: usize,
    /// The best assignments that were looked at, the best first.
    seen: Vec<(Worth, Assignment)>,
}

impl<'a> Modes<'a> {
    /// Begins with the choices of a plan to start from, or with the way that is shorter for each element alone. What has
    /// begun to move in a frozen part goes on as it does there; if `held`, so does what the plan before has chosen.
    pub(crate) fn new(
        s: &'a Scenario,
        net: &'a Network<'a>,
        request: &Request<'_>,
        held: bool,
        (frozen, before): (Option<&'a Frozen>, Option<&'a Arc<Before>>),
    ) -> Self {
        let (now, steps, worth) = (vec![None; s.elements.len()], Vec::new(), Worth::default());
        let (flips, seen) = (Vec::new(), Vec::new());
        let (next, barren) = (0, 0);
        let mut modes =
            Self { s, net, frozen, before, steps, now, worth, flips, next, barren, seen };
        let either: Vec<ElementId> =
            s.elements.iter().filter(|(_, row)| row.either).map(|(id, _)| id).collect();
        if either.is_empty() {
            return modes;
        }
        modes.first(&either, request.seed);
        let given = |plan: &Plan, id: ElementId| {
            let name = &s.elements[id].name;
            plan.choices.iter().find(|choice| choice.element == *name).map(|choice| choice.mode)
        };
        let mut open = Vec::new();
        for id in either {
            let kept = request.frozen.and_then(|plan| {
                let seen = begun(s, plan, id)?;
                Some(given(plan, id).unwrap_or(seen))
            });
            let told = request.before.filter(|_| held).and_then(|plan| given(plan, id));
            let only = kept.or(told).or_else(|| modes.only_way(id));
            if only.is_none() {
                open.push(id);
            }
            let warm = request.warm_start.or(request.before).and_then(|plan| given(plan, id));
            modes.now[id.index()] = only.or(warm).or(modes.now[id.index()]);
        }
        modes.flips = self::flips(s, &open);
        modes.worth = modes.look(&modes.now).0;
        modes.seen.push((modes.worth.clone(), modes.now.clone()));
        if let Some(plan) = request.warm_start
            && plan.objective.len() == modes.worth.0.len()
            && plan.objective < modes.worth.0
        {
            // what is given up for another assignment must be worse
            modes.worth = (plan.objective.clone(), i64::MIN);
        }
        modes
    }

    /// Has each go by what would bring it home first if it were alone after the handovers of the plain method.
    fn first(&mut self, either: &[ElementId], seed: u64) {
        let all = |mode: Chosen| {
            let mut all = vec![None; self.s.elements.len()];
            either.iter().for_each(|id| all[id.index()] = Some(mode));
            all
        };
        let (air, road) = (all(Chosen::Air), all(Chosen::Road));
        let resolved = self.s.resolved(&choices(self.s, &air));
        let setting = Setting::new(&resolved, self.net, self.frozen.cloned(), self.before.cloned());
        let (draft, state) = setting.construct(seed, 0);
        let ends = &state.handovers.ends;
        let by_air = setting.outlook.alone(self.s, ends);
        let resolved = self.s.resolved(&choices(self.s, &road));
        let by_road = Outlook::new(&resolved, self.net).alone(self.s, ends);
        for id in either.iter().map(|id| id.index()) {
            let is_road = match (by_air[id], by_road[id]) {
                (Some(air), Some(road)) => road < air,
                (air, road) => air.is_none() && road.is_some(),
            };
            self.now[id] = if is_road { road[id] } else { air[id] };
        }
        self.steps = draft.steps;
    }

    /// Returns the mode of an element that has no other way, if it has one.
    fn only_way(&self, id: ElementId) -> Option<Chosen> {
        let row = &self.s.elements[id];
        let by = |mode: Mode| {
            self.net.obstacle(&Element { mode, either: false, ..row.clone() }).is_none()
        };
        match (by(row.mode), by(Mode::Road)) {
            (true, false) => Some(Chosen::Air),
            (false, true) => Some(Chosen::Road),
            _ => None,
        }
    }

    /// Tries flips for an epoch, which plan about so many departures; says whether some are left to try.
    pub(crate) fn search(&mut self, work: usize, threads: usize) -> bool {
        let n = self.flips.len();
        let mut done = 0;
        while self.barren < n && done < work {
            let ahead = (0..n - self.barren).map(|far| (self.next + far) % n);
            let ahead = ahead.filter(|&at| self.changes(at)).take(threads.max(1));
            let some: Vec<Assignment> = ahead.map(|at| self.flipped(at)).collect();
            if some.is_empty() {
                self.barren = n;
                break;
            }
            let looks = side_by_side(some, threads, |modes| (self.look(&modes), modes));
            for ((worth, cost), modes) in looks {
                while !self.changes(self.next) {
                    self.pass();
                }
                self.pass();
                done += cost;
                self.seen.push((worth.clone(), modes.clone()));
                self.seen.sort();
                self.seen.dedup();
                self.seen.truncate(FEW);
                if worth < self.worth {
                    (self.worth, self.now) = (worth, modes);
                    self.barren = 0;
                    break;
                }
                if done >= work {
                    break;
                }
            }
        }
        self.barren < n
    }

    /// Says whether several assignments may play off.
    pub(crate) fn has_rivals(&self) -> bool {
        self.seen.len() > 1
    }

    /// Searches the departures of the best assignments, each as a lane does in an epoch with so many tries as `tries` says,
    /// and goes on with the one that comes out best; returns its draft, if there was something to choose.
    pub(crate) fn play_off(
        &mut self,
        request: &Request<'_>,
        tries: impl Fn(&Lane<'_>) -> u64 + Sync,
    ) -> Option<Draft> {
        let play = |(_, modes): (Worth, Assignment)| {
            let resolved = self.s.resolved(&choices(self.s, &modes));
            let setting =
                Setting::new(&resolved, self.net, self.frozen.cloned(), self.before.cloned());
            let (draft, state) = setting.construct(request.seed, 0);
            let mut lane = Lane::new(0, Valued::of(state, draft));
            let n = tries(&lane);
            lane.walk(&setting, request.seed, 0, n);
            (lane.best.value, lane.best.guide, modes, lane.best.draft)
        };
        let played = side_by_side(self.seen.clone(), request.threads, play);
        let first = played.into_iter().min_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let (value, guide, modes, draft) = first?;
        if (&value, guide) >= (&self.worth.0, self.worth.1) && modes != self.now {
            return None;
        }
        self.now = modes;
        Some(draft)
    }

    fn pass(&mut self) {
        self.next = (self.next + 1) % self.flips.len();
        self.barren += 1;
    }

    fn changes(&self, at: usize) -> bool {
        let (elements, mode) = &self.flips[at];
        elements.iter().any(|id| self.now[id.index()] != Some(*mode))
    }

    fn flipped(&self, at: usize) -> Assignment {
        let (elements, mode) = &self.flips[at];
        let mut flipped = self.now.clone();
        elements.iter().for_each(|id| flipped[id.index()] = Some(*mode));
        flipped
    }

    /// Plans an assignment by the plain method and returns its worth, and how many departures that took.
    fn look(&self, modes: &[Option<Chosen>]) -> (Worth, usize) {
        let resolved = self.s.resolved(&choices(self.s, modes));
        let setting = Setting::new(&resolved, self.net, self.frozen.cloned(), self.before.cloned());
        let draft = Draft { steps: self.steps.clone(), ..Draft::default() };
        let state = setting.make(&draft);
        let cost = 10 + state.list.len();
        let found = Valued::of(state, draft);
        ((found.value, found.guide), cost)
    }

    /// Returns what was chosen, for a plan.
    pub(crate) fn choices(&self) -> Vec<Choice> {
        choices(self.s, &self.now)
    }
}

/// Returns an assignment as a plan has it.
fn choices(s: &Scenario, modes: &[Option<Chosen>]) -> Vec<Choice> {
    let rows = s.elements.rows.iter().zip(modes);
    let choice = |(row, mode): (&Element, &Option<Chosen>)| {
        Some(Choice { element: row.name.clone(), mode: (*mode)? })
    };
    rows.filter_map(choice).collect()
}

/// Returns the flips of some elements, those of larger groups first; no group twice.
fn flips(s: &Scenario, open: &[ElementId]) -> Vec<Flip> {
    let mut parties: BTreeMap<_, Vec<ElementId>> = BTreeMap::new();
    let mut origins: BTreeMap<_, Vec<ElementId>> = BTreeMap::new();
    for &id in open {
        let row = &s.elements[id];
        parties.entry(row.party).or_default().push(id);
        origins.entry((row.party, row.origin)).or_default().push(id);
    }
    let groups = parties.into_values().chain(origins.into_values());
    let groups = groups.chain(open.iter().map(|id| vec![*id]));
    let mut known = BTreeSet::new();
    let groups = groups.filter(|group| known.insert(group.clone()));
    groups.flat_map(|group| [Chosen::Road, Chosen::Air].map(|mode| (group.clone(), mode))).collect()
}

/// Returns by what an element has begun to move in a plan, if it has: by road if no piece of it has flown or marched to
/// where it boards.
fn begun(s: &Scenario, plan: &Plan, id: ElementId) -> Option<Chosen> {
    let Mode::Air { embark, .. } = s.elements[id].mode else { return None };
    let of_it = |name: &str| {
        let piece: Option<PieceId> = s.pieces.find(|piece| piece.name == name);
        piece.is_some_and(|piece| s.pieces[piece].element == id)
    };
    let mut sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    if sorties.any(|sortie| sortie.load.iter().any(|load| of_it(&load.piece))) {
        return Some(Chosen::Air);
    }
    let mut columns = plan.columns.iter();
    let column = columns.find(|column| column.load.iter().any(|load| of_it(&load.piece)))?;
    let ends_at = column.marches.last().and_then(|march| s.place(&march.to));
    Some(if ends_at == Some(embark) { Chosen::Air } else { Chosen::Road })
}
