//! Why something is not earlier: the chain of activities and waits from a moment of the plan back to its source, and
//! what one change of the scenario would bring, planned again.
//!
//! Reads the plan graph and decides nothing. The lengths of a chain's links add up to the explained moment less the
//! start of the chain, in seconds (algorithms, 9.1 and M22); a length that nothing in the graph or among the dates of
//! the scenario forces is *held by the plan* and said to be so.

mod capacity;
mod chain;
mod dates;
mod either;
mod what_if;
mod words;

pub use either::either_mode;
pub use what_if::{changes, what_if};

use crate::graph::{Anchor, Flown, Items, PlanGraph};
use chain::Chains;
use dates::Dates;
use exeunt_model::explanation::{Count, Explanation, Left, Status, Subject};
use exeunt_model::plan::Plan;
use exeunt_model::scenario::{Milestone, Predicate, Promise, Scenario};
use exeunt_model::{ElementId, PieceId, Rule, Timestamp};
use std::borrow::Cow;

/// Explains moments of one plan.
pub struct Explainer<'a> {
    s: Cow<'a, Scenario>,
    plan: &'a Plan,
    graph: PlanGraph,
    dates: Dates,
}

/// The moment of a subject, with what can be said of it besides its chain.
struct Moment {
    status: Status,
    /// Moments that decide alike.
    anchors: Vec<(Anchor, Option<(ElementId, Milestone)>)>,
    promised: Option<Timestamp>,
    count: Option<Count>,
    left: Vec<Left>,
}

impl Moment {
    fn without(status: Status) -> Self {
        Self { status, anchors: Vec::new(), promised: None, count: None, left: Vec::new() }
    }
}

impl<'a> Explainer<'a> {
    /// Reads a plan.
    ///
    /// # Errors
    /// Says what the plan names and the scenario does not have.
    pub fn new(s: &'a Scenario, plan: &'a Plan) -> Result<Self, String> {
        let s = s.resolved(&plan.choices);
        let graph = PlanGraph::new(&s, plan)?;
        let dates = Dates::read(&s, plan, &graph);
        Ok(Self { s, plan, graph, dates })
    }

    /// Explains several subjects.
    pub fn explain(&self, subjects: &[Subject]) -> Vec<Explanation> {
        let chains = Chains::of(&self.s, self.plan, &self.graph, &self.dates);
        subjects.iter().map(|subject| self.explained(&chains, subject)).collect()
    }

    /// Returns the moment of a subject without its chain.
    pub fn moment(&self, subject: &Subject) -> Option<Timestamp> {
        let moment = self.find(subject);
        moment.anchors.first().map(|(anchor, _)| self.graph.planned(*anchor))
    }

    fn explained(&self, chains: &Chains<'_>, subject: &Subject) -> Explanation {
        let moment = self.find(subject);
        // of moments that decide alike the one whose chain is held least by the plan
        let decides =
            moment.anchors.iter().min_by_key(|(anchor, _)| (chains.cost(*anchor), *anchor));
        let chain = decides.map(|(anchor, _)| chains.to(*anchor));
        let margin = moment.promised.zip(chain.as_ref()).map(|(by, chain)| by - chain.at);
        Explanation {
            subject: subject.clone(),
            status: moment.status,
            decided_by: decides.and_then(|(_, decided_by)| *decided_by),
            chain,
            margin,
            count: moment.count,
            left: moment.left,
        }
    }

    fn find(&self, subject: &Subject) -> Moment {
        let all: Vec<ElementId> = self.s.elements.ids().collect();
        match subject {
            Subject::Closure => self.last(&all, Milestone::HomeBase),
            Subject::Party(party) => {
                let mine = all.into_iter().filter(|e| self.s.elements[*e].party == *party);
                self.last(&mine.collect::<Vec<_>>(), Milestone::HomeBase)
            }
            Subject::Element(element, milestone) => self.last(&[*element], *milestone),
            Subject::Promise(promise) => self.promise(&self.s.promises[*promise]),
            Subject::Step(step) => {
                let deed = exeunt_model::explanation::Deed::Step(*step);
                self.of_activity(deed, Anchor::end)
            }
            Subject::Sortie(line, sortie) => {
                let deed = exeunt_model::explanation::Deed::Flight(*line, *sortie);
                self.of_activity(deed, Anchor::start)
            }
            Subject::Column(column) => {
                let deed = exeunt_model::explanation::Deed::Pass(*column);
                self.of_activity(deed, Anchor::end)
            }
        }
    }

    /// Returns a moment of an activity.
    fn of_activity(
        &self,
        deed: exeunt_model::explanation::Deed,
        anchor: fn(crate::graph::NodeId) -> Anchor,
    ) -> Moment {
        let mut nodes = (0_u32..).zip(&self.graph.nodes);
        let found = nodes.find(|(_, node)| words::deed_of(node.activity) == deed);
        match found {
            None => Moment::without(Status::Nothing),
            Some((id, _)) => {
                let anchors = vec![(anchor(crate::graph::NodeId(id)), None)];
                Moment { anchors, ..Moment::without(Status::Reached) }
            }
        }
    }

    fn items_of(&self, set: &[ElementId]) -> impl Iterator<Item = (ElementId, &Items)> {
        let items = self.graph.items.iter().filter(|items| items.count > 0);
        let owned = items.map(|items| (self.s.pieces[items.piece].element, items));
        owned.filter(move |(element, _)| set.contains(element))
    }

    /// Returns the last moment at which what moves of a set passes a milestone, and what of it stays behind.
    fn last(&self, set: &[ElementId], milestone: Milestone) -> Moment {
        self.extreme(set, milestone, true)
    }

    fn extreme(&self, set: &[ElementId], at: Milestone, is_last: bool) -> Moment {
        let moments: Vec<(Timestamp, Anchor, ElementId)> = self
            .items_of(set)
            .filter_map(|(element, items)| Some((milestone(items, at)?, element)))
            .map(|(anchor, element)| (self.graph.planned(anchor), anchor, element))
            .collect();
        let times = moments.iter().map(|moment| moment.0);
        let decides = if is_last { times.max() } else { times.min() };
        let mut anchors: Vec<_> = moments
            .into_iter()
            .filter(|(t, ..)| Some(*t) == decides)
            .map(|(_, anchor, element)| (anchor, Some((element, at))))
            .collect();
        anchors.sort_unstable_by_key(|(anchor, decided_by)| (*anchor, *decided_by));
        anchors.dedup_by_key(|(anchor, _)| *anchor);
        let left = self.left(set);
        let status = match (anchors.is_empty(), left.is_empty()) {
            (_, false) => Status::Unmoved,
            (true, true) => Status::Nothing,
            (false, true) => Status::Reached,
        };
        Moment { anchors, left, ..Moment::without(status) }
    }

    /// Returns what of a set the plan leaves behind.
    fn left(&self, set: &[ElementId]) -> Vec<Left> {
        let find = |name: &str| self.s.pieces.find(|piece| piece.name == name);
        let rows = self.plan.unmoved.iter().filter_map(|row| Some((find(&row.piece)?, row)));
        let of_set = |piece: PieceId| set.contains(&self.s.pieces[piece].element);
        let left = rows.filter(|(piece, _)| of_set(*piece)).map(|(piece, row)| Left {
            piece,
            count: row.count,
            rule: Rule::ALL.iter().copied().find(|rule| rule.id() == row.rule),
            reason: row.reason.clone(),
        });
        left.collect()
    }

    fn promise(&self, promise: &Promise) -> Moment {
        if promise.before_start {
            return Moment::without(Status::BeforeStart);
        }
        match &promise.predicate {
            Predicate::BegunBy { set, by } => {
                let first = self.extreme(set, Milestone::LeftSite, false);
                // one departure suffices
                let status = if first.anchors.is_empty() { first.status } else { Status::Reached };
                Moment { promised: Some(by.strict), status, ..first }
            }
            Predicate::AllBy { set, milestone, by } => {
                Moment { promised: Some(by.strict), ..self.last(set, *milestone) }
            }
            Predicate::OnDay { set, milestone, day, max_sorties, .. } => {
                let last = self.last(set, *milestone);
                let count = max_sorties.map(|wanted| {
                    let carries = |flown: &&Flown| {
                        let departs = self.graph.planned(Anchor::start(flown.node));
                        day.strict.contains(departs)
                            && flown.elements.iter().any(|element| set.contains(element))
                    };
                    let found = self.graph.flights.iter().filter(carries).count();
                    Count { found: whole(found), wanted, at_least: false }
                });
                let end = day.strict.to - exeunt_model::Duration(1);
                Moment { promised: Some(end), count, ..last }
            }
            Predicate::CountOnDay { field, day, at_least } => {
                let departs = |flown: &Flown| self.graph.planned(Anchor::start(flown.node));
                let counts = |flown: &&Flown| {
                    flown.from == *field
                        && !flown.elements.is_empty()
                        && day.strict.contains(departs(flown))
                };
                let mut flights: Vec<&Flown> = self.graph.flights.iter().filter(counts).collect();
                flights.sort_by_key(|flown| (departs(flown), flown.node));
                let found = whole(flights.len());
                // the departure that fulfils it; without one the last of those there are
                let wanted = usize::try_from(*at_least).unwrap_or(usize::MAX).max(1);
                let decides = flights.get(wanted.min(flights.len()).saturating_sub(1));
                let anchors = decides.map(|flown| (Anchor::start(flown.node), None));
                let status = if anchors.is_some() { Status::Reached } else { Status::Nothing };
                let count = Some(Count { found, wanted: *at_least, at_least: true });
                Moment { anchors: anchors.into_iter().collect(), count, ..Moment::without(status) }
            }
            Predicate::Mode { set, .. } => {
                let left = self.left(set);
                Moment { left, ..Moment::without(Status::NotOfTime) }
            }
        }
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Returns when items pass a milestone.
fn milestone(items: &Items, milestone: Milestone) -> Option<Anchor> {
    match milestone {
        Milestone::LeftSite => items.left_site,
        Milestone::LeftHost => items.left_host,
        Milestone::HomeAirfield => items.home_airfield,
        Milestone::HomeBase => items.home_base,
    }
}
