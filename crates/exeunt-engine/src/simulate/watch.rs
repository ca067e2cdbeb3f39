//! What is looked at in every replication: last arrivals, sets at milestones, promises.

use super::program::{NEVER, relative, slot};
use super::sweep::{LANES, Lanes};
use crate::graph::{Anchor, Items, PlanGraph};
use exeunt_model::scenario::{Milestone, Mode, Predicate, Scenario};
use exeunt_model::{ElementId, Interval, Timestamp};
use std::collections::BTreeSet;

/// Moments of a set of items.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// Positions of the moments, each once.
    moments: Vec<u32>,
    /// Part of the set never gets there.
    is_never: bool,
}

/// Everything that is looked at.
pub(super) struct Watch {
    pub(super) closure: Set,
    pub(super) left_host: Set,
    pub(super) parties: Vec<(String, Set)>,
    pub(super) targets: Vec<Set>,
    pub(super) promises: Vec<Test>,
}

/// A promise as a test of times.
pub(super) enum Test {
    /// The same in every replication.
    Always(bool),
    /// The first of the set by strict and lenient deadline.
    FirstBy(Set, [i32; 2]),
    /// All of the set by strict and lenient deadline.
    AllBy(Set, [i32; 2]),
    /// All of the set on a day, within so many sorties and tails.
    OnDay {
        set: Set,
        days: [(i32, i32); 2],
        /// Take-offs that carry the set, with the aircraft, in its order.
        flights: Vec<(u32, u32)>,
        max_sorties: i64,
        max_tails: i64,
    },
    /// So many take-offs on a day.
    CountOnDay { flights: Vec<u32>, days: [(i32, i32); 2], at_least: i64 },
}

fn moment(items: &Items, milestone: Milestone) -> Option<Anchor> {
    match milestone {
        Milestone::LeftSite => items.left_site,
        Milestone::LeftHost => items.left_host,
        Milestone::HomeAirfield => items.home_airfield,
        Milestone::HomeBase => items.home_base,
    }
}

fn set_of(moments: impl Iterator<Item = Option<Anchor>>) -> Set {
    let mut set = Set::default();
    let mut n = 0;
    let mut known = BTreeSet::new();
    for anchor in moments {
        n += 1;
        match anchor {
            Some(anchor) => drop(known.insert(slot(anchor))),
            None => set.is_never = true,
        }
    }
    set.is_never |= n == 0;
    set.moments = known.into_iter().collect();
    set
}

impl Set {
    /// Returns the positions of its moments.
    pub(super) fn moments(&self) -> &[u32] {
        &self.moments
    }

    /// Returns when the last of the set is there.
    pub(super) fn last(&self, times: &[Lanes]) -> Lanes {
        let mut last = [if self.is_never { NEVER } else { i32::MIN }; LANES];
        for &moment in &self.moments {
            let at = &times[moment as usize];
            for lane in 0..LANES {
                last[lane] = last[lane].max(at[lane]);
            }
        }
        last
    }

    fn first(&self, times: &[Lanes]) -> Lanes {
        let mut first = [NEVER; LANES];
        for &moment in &self.moments {
            let at = &times[moment as usize];
            for lane in 0..LANES {
                first[lane] = first[lane].min(at[lane]);
            }
        }
        first
    }

    /// Returns the moment that comes last in a replication.
    pub(super) fn last_moment(&self, times: &[Lanes], lane: usize) -> Option<u32> {
        self.moments.iter().copied().max_by_key(|&moment| times[moment as usize][lane])
    }
}

impl Watch {
    pub(super) fn new(
        s: &Scenario,
        graph: &PlanGraph,
        targets: &[(Vec<ElementId>, Milestone)],
    ) -> Self {
        let element = |items: &Items| s.pieces[items.piece].element;
        let moved = || graph.items.iter().filter(|items| items.left_site.is_some());
        let last = |milestone| {
            set_of(moved().map(move |items| moment(items, milestone)).filter(Option::is_some))
        };
        let parties = s.parties.iter().filter_map(|(id, party)| {
            let mine = || moved().filter(|items| s.elements[element(items)].party == id);
            mine().next()?;
            let home = mine().map(|items| items.home_base).filter(Option::is_some);
            Some((party.name.clone(), set_of(home)))
        });
        let in_set = |set: &[ElementId], milestone| {
            let mine = graph.items.iter().filter(|items| set.contains(&element(items)));
            set_of(mine.map(move |items| moment(items, milestone)))
        };
        let test = |predicate: &Predicate| test(s, graph, predicate, &in_set);
        Self {
            closure: last(Milestone::HomeBase),
            left_host: last(Milestone::LeftHost),
            parties: parties.collect(),
            targets: targets.iter().map(|(set, milestone)| in_set(set, *milestone)).collect(),
            promises: s.promises.rows.iter().map(|row| test(&row.predicate)).collect(),
        }
    }
}

fn test(
    s: &Scenario,
    graph: &PlanGraph,
    predicate: &Predicate,
    in_set: &impl Fn(&[ElementId], Milestone) -> Set,
) -> Test {
    let base = s.operation.start;
    let at = |t: Timestamp| relative(base, t);
    let day = |day: Interval| (at(day.from), at(day.to));
    match predicate {
        Predicate::BegunBy { set, by } => {
            Test::FirstBy(in_set(set, Milestone::LeftSite), [at(by.strict), at(by.lenient)])
        }
        Predicate::AllBy { set, milestone, by } => {
            Test::AllBy(in_set(set, *milestone), [at(by.strict), at(by.lenient)])
        }
        Predicate::OnDay { set, milestone, day: days, max_sorties, max_tails } => {
            let carries = |elements: &[ElementId]| elements.iter().any(|e| set.contains(e));
            let mine = graph.flights.iter().filter(|flown| carries(&flown.elements));
            let mut flights: Vec<(u32, u32)> =
                mine.map(|flown| (slot(Anchor::start(flown.node)), flown.tail.0)).collect();
            flights.sort_by_key(|flight| flight.1);
            Test::OnDay {
                set: in_set(set, *milestone),
                days: [day(days.strict), day(days.lenient)],
                flights,
                max_sorties: max_sorties.unwrap_or(i64::MAX),
                max_tails: max_tails.unwrap_or(i64::MAX),
            }
        }
        Predicate::CountOnDay { field, day: days, at_least } => {
            let loaded = graph
                .flights
                .iter()
                .filter(|flown| flown.from == *field && !flown.elements.is_empty());
            Test::CountOnDay {
                flights: loaded.map(|flown| slot(Anchor::start(flown.node))).collect(),
                days: [day(days.strict), day(days.lenient)],
                at_least: *at_least,
            }
        }
        Predicate::Mode { set, road } => {
            let mine =
                || graph.items.iter().filter(|items| set.contains(&s.pieces[items.piece].element));
            let goes = |items: &Items| {
                let element = &s.elements[s.pieces[items.piece].element];
                let is_air = matches!(element.mode, Mode::Air { .. });
                let by_mode = if *road { !items.has_flown } else { items.has_flown && is_air };
                items.left_site.is_some() && by_mode
            };
            Test::Always(mine().next().is_some() && mine().all(goes))
        }
    }
}

impl Test {
    /// Says of every lane whether the promise is kept, strict and lenient.
    pub(super) fn kept(&self, times: &[Lanes]) -> [[bool; LANES]; 2] {
        match self {
            Self::Always(kept) => [[*kept; LANES]; 2],
            Self::FirstBy(set, by) => {
                let first = set.first(times);
                by.map(|by| first.map(|t| t <= by && t < NEVER))
            }
            Self::AllBy(set, by) => {
                let last = set.last(times);
                by.map(|by| last.map(|t| t <= by && t < NEVER))
            }
            Self::OnDay { set, days, flights, max_sorties, max_tails } => {
                let (first, last) = (set.first(times), set.last(times));
                days.map(|(from, to)| {
                    std::array::from_fn(|lane| {
                        let inside = from <= first[lane] && last[lane] < to && last[lane] < NEVER;
                        let most = (*max_sorties, *max_tails);
                        inside && within(times, flights, lane, (from, to), most)
                    })
                })
            }
            Self::CountOnDay { flights, days, at_least } => days.map(|(from, to)| {
                std::array::from_fn(|lane| {
                    let inside = |at: &&u32| (from..to).contains(&times[**at as usize][lane]);
                    let n = flights.iter().filter(inside).count();
                    i64::try_from(n).unwrap_or(i64::MAX) >= *at_least
                })
            }),
        }
    }
}

/// Says whether the take-offs of a day and their aircraft are no more than allowed.
fn within(
    times: &[Lanes],
    flights: &[(u32, u32)],
    lane: usize,
    (from, to): (i32, i32),
    (max_sorties, max_tails): (i64, i64),
) -> bool {
    let (mut sorties, mut tails, mut last) = (0_i64, 0_i64, None);
    for &(at, tail) in flights {
        if (from..to).contains(&times[at as usize][lane]) {
            sorties += 1;
            tails += i64::from(last != Some(tail));
            last = Some(tail);
        }
    }
    sorties <= max_sorties && tails <= max_tails
}
