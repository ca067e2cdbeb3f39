//! Order: what precedence, conditions, dates, guards and provided capacity ask of the next departure.
//!
//! A chalk is asked about before it is planned. The answers are conservative counts, independent of the
//! order in which departures were planned: the first `total - stay` people of a party go freely, all
//! others not before the last of those they wait for.

use crate::airlift::NotBefore;
use crate::construct::State;
use crate::gate;
use crate::improve::Learnt;
use crate::network::RoadPath;
use exeunt_model::scenario::{
    Condition, Gate, MandateKind, Milestone, Mode, Policy, Precedence, PrecedenceKind, Predicate,
    Resource, ResourceKind,
};
use exeunt_model::{ElementId, Id, Interval, PlaceId, ResourceId, Rule, Timestamp};
use std::collections::BTreeMap;

/// What leaves together: people, and pieces singly, per element.
pub(crate) type Leaving = BTreeMap<ElementId, Portion>;

/// Part of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Portion {
    pub(crate) people: i64,
    pub(crate) pieces: i64,
}

/// Why a chalk may not go (yet).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Somebody else has to be planned first; the rule says why.
    Wait(Rule, String),
    /// It never may.
    Never(Rule, String),
}

impl State<'_> {
    /// Returns the earliest moments for a set that leaves together, or what holds it.
    pub(crate) fn not_before(&self, leaving: &Leaving) -> Result<NotBefore, Hold> {
        let mut bounds = NotBefore::start(self.s.operation.start);
        bounds.load = self.s.operation.flies_from();
        self.hold_for_dates(leaving, &mut bounds);
        self.hold_for_spread(leaving, &mut bounds);
        self.hold_for_conditions(leaving, &mut bounds)?;
        self.hold_for_ceilings(leaving, &mut bounds)?;
        for at in 0..self.s.precedence.rows.len() {
            self.hold_for_precedence(at, leaving, &mut bounds)?;
        }
        self.hold_for_provided(leaving, &mut bounds)?;
        Ok(bounds)
    }

    /// Says which hard row a departure would break because those that must follow have left already, as only
    /// a frozen part can bring about. The moment is the set's at the row's milestone.
    pub(crate) fn comes_too_late(
        &self,
        leaving: &Leaving,
        at: impl Fn(Milestone) -> Timestamp,
    ) -> Option<String> {
        if !self.is_frozen_in_part {
            return None;
        }
        let rows = self.s.precedence.rows.iter().filter(|row| row.hard);
        let broken = rows.filter(|row| leaving.keys().any(|e| row.first.contains(e))).find(|row| {
            let then = row.then.iter().filter_map(|e| self.first_at(*e, row.milestone)).min();
            let before = row.first.iter().filter_map(|e| self.first_at(*e, row.milestone)).min();
            let late = then.is_some_and(|then| at(row.milestone) > then);
            match row.kind {
                PrecedenceKind::AllBeforeFirst => late,
                PrecedenceKind::FirstBeforeFirst => late && before.is_none(),
                PrecedenceKind::LastBeforeLast => {
                    let last =
                        row.then.iter().filter_map(|e| self.last_at(*e, row.milestone)).max();
                    let follow = row.then.iter().any(|e| self.remaining(*e) > 0);
                    !follow && last.is_some_and(|last| at(row.milestone) > last)
                }
            }
        });
        broken.map(|row| {
            format!("precedence row `{}`: those that follow have left already", row.name)
        })
    }

    fn hold_for_dates(&self, leaving: &Leaving, bounds: &mut NotBefore) {
        for &element in leaving.keys() {
            if let Some(from) = self.s.elements[element].load_from {
                bounds.load = bounds.load.max(from);
                if self.s.elements[element].mode == Mode::Road {
                    bounds.march = bounds.march.max(from);
                }
            }
        }
        // a required day is a window: leaving before it breaks the promise as leaving after it does
        for promise in self.s.promises.rows.iter().filter(|p| p.required && !p.before_start) {
            if let Predicate::OnDay { set, milestone, day, .. } = &promise.predicate
                && leaving.keys().any(|element| set.contains(element))
            {
                self.raise(bounds, leaving, set, *milestone, day.strict.from);
            }
        }
    }

    fn hold_for_conditions(&self, leaving: &Leaving, bounds: &mut NotBefore) -> Result<(), Hold> {
        for (condition, windows) in self.s.conditions.rows.iter().zip(&self.net.gates) {
            let gated = match &condition.gate {
                Gate::Departures(set) => leaving.keys().any(|element| set.contains(element)),
                Gate::Strength { party, people } => {
                    let of = |element: &ElementId| self.s.elements[*element].party == *party;
                    let total: i64 = self.elements_of(of).map(|e| self.strength[e.index()]).sum();
                    let at = Milestone::LeftHost;
                    let gone: i64 = self.elements_of(of).map(|e| self.gone(e, at)).sum();
                    let going = |(e, p): (&ElementId, &Portion)| self.going(*e, p.people, at);
                    let now: i64 = leaving.iter().filter(|(e, _)| of(e)).map(going).sum();
                    now > 0 && total - gone - now < (*people).min(total)
                }
                Gate::Handovers(_) => false,
            };
            if gated {
                self.hold_for_gate(condition, windows, leaving, bounds)?;
            }
        }
        Ok(())
    }

    /// Says whether an element passes a milestone with its first step: a site is left with the march, long before the flight
    /// that counts as having passed, and so is the host by those who start outside it.
    fn passes_at_once(&self, element: ElementId, milestone: Milestone) -> bool {
        match milestone {
            Milestone::LeftSite => true,
            Milestone::LeftHost => !self.s.is_in_host(self.s.elements[element].origin),
            Milestone::HomeAirfield | Milestone::HomeBase => false,
        }
    }

    /// Returns the people of an element who have passed a milestone or are planned to.
    fn gone(&self, element: ElementId, milestone: Milestone) -> i64 {
        match self.passes_at_once(element, milestone) {
            true => self.strength[element.index()] - self.at_site(element) - self.stuck(element),
            false => self.passed[element.index()].people,
        }
    }

    /// Returns how many of so many people who leave pass a milestone and have not before.
    fn going(&self, element: ElementId, people: i64, milestone: Milestone) -> i64 {
        match self.passes_at_once(element, milestone) {
            true => people.min(self.at_site(element)),
            false => people,
        }
    }

    /// A gate that stays open is an earliest moment. One that closes again is a window for those who leave the host by
    /// their one flight or column; all others wait until it is open for good: who crosses the border more than once or
    /// starts outside, who must not be caught on the way, and a strength, since those who leave it freely may do so at
    /// any time.
    fn hold_for_gate(
        &self,
        condition: &Condition,
        windows: &[Interval],
        leaving: &Leaving,
        bounds: &mut NotBefore,
    ) -> Result<(), Hold> {
        let reverse = condition.policy == Policy::Reverse;
        let simple = || leaving.keys().all(|&element| self.leaves_at_once(element));
        let closes_again = windows.len() > 1 || gate::open_for_good(windows).is_none();
        let is_strength = matches!(condition.gate, Gate::Strength { .. });
        if closes_again && !windows.is_empty() && !reverse && !is_strength && simple() {
            let open = match bounds.open.take() {
                None => windows.to_vec(),
                Some(open) => gate::shared(&open, windows),
            };
            if open.is_empty() {
                let reason =
                    format!("condition `{}` is never true when others are", condition.name);
                return Err(Hold::Never(Rule::C27, reason));
            }
            bounds.open = Some(open);
            return Ok(());
        }
        let Some(from) = gate::open_for_good(windows) else {
            let reason = format!("condition `{}` is not true for good", condition.name);
            return Err(Hold::Never(Rule::C27, reason));
        };
        self.raise(bounds, leaving, &[], Milestone::LeftHost, from);
        if reverse {
            bounds.march = bounds.march.max(from);
        }
        Ok(())
    }

    /// Says whether an element starts in the host and leaves it once: by its flight, or by its road.
    fn leaves_at_once(&self, element: ElementId) -> bool {
        let row = &self.s.elements[element];
        let inside = |place| self.s.is_in_host(place);
        let way = &self.lots[element.index()].path;
        match row.mode {
            Mode::Road => {
                inside(row.origin)
                    && way.iter().filter(|leg| inside(leg.1) != inside(leg.2)).count() <= 1
            }
            Mode::Air { embark, debark } => {
                let stays = way.iter().all(|leg| inside(leg.1) && inside(leg.2));
                let onward =
                    self.net.road_path(row.party, debark, row.destination).unwrap_or_default();
                let away = onward.iter().all(|leg| !inside(leg.1) && !inside(leg.2));
                inside(row.origin) && inside(embark) && stays && !inside(debark) && away
            }
        }
    }

    /// What enters the host must leave room below every ceiling of the mandate: all who are there at the start and
    /// all planned to come count, if only to pass through, and whoever leaves does not make room.
    fn hold_for_ceilings(&self, leaving: &Leaving, bounds: &mut NotBefore) -> Result<(), Hold> {
        let enters = |e: &ElementId| {
            let element = &self.s.elements[*e];
            let touches = |place| self.s.is_in_host(place);
            let path = &self.lots[e.index()].path;
            let by_air = match element.mode {
                Mode::Air { embark, debark } => touches(embark) || touches(debark),
                Mode::Road => false,
            };
            let comes =
                by_air || touches(element.destination) || path.iter().any(|leg| touches(leg.2));
            self.s.is_of_force(element.party) && !touches(element.origin) && comes
        };
        let now: i64 = leaving.iter().filter(|(e, _)| enters(e)).map(|(_, p)| p.people).sum();
        if now == 0 {
            return Ok(());
        }
        let there: i64 = self
            .s
            .elements
            .iter()
            .filter(|(_, row)| self.s.is_of_force(row.party) && self.s.is_in_host(row.origin))
            .map(|(e, _)| self.strength[e.index()])
            .sum();
        let come: i64 =
            self.elements_of(|e| enters(e)).map(|e| self.passed[e.index()].people).sum();
        for row in &self.s.mandate.rows {
            let MandateKind::Ceiling { people, valid } = row.kind else { continue };
            if there + come + now <= people {
                continue;
            }
            if valid.to >= self.s.operation.end {
                let reason = format!("mandate row `{}` allows {people} people", row.name);
                return Err(Hold::Never(Rule::C27, reason));
            }
            bounds.land = bounds.land.max(valid.to);
            // who comes by road, if only to the field, enters on the march
            let by_road = |e: &ElementId| match self.s.elements[*e].mode {
                Mode::Air { embark, .. } => self.s.is_in_host(embark),
                Mode::Road => true,
            };
            if leaving.keys().any(by_road) {
                bounds.march = bounds.march.max(valid.to);
            }
        }
        Ok(())
    }

    /// Returns how many people of an element's party may still leave before what holds the others is settled: the
    /// strength that conditions and precedence rows keep, less those planned to leave.
    pub(crate) fn headroom(&self, element: ElementId) -> i64 {
        let people = |set: &[ElementId], at: Milestone| -> (i64, i64) {
            let total = set.iter().map(|e| self.strength[e.index()]).sum();
            let gone = set.iter().map(|e| self.gone(*e, at)).sum();
            (total, gone)
        };
        let party = self.s.elements[element].party;
        let mates: Vec<ElementId> =
            self.elements_of(|e| self.s.elements[*e].party == party).collect();
        let strengths =
            self.s.conditions.rows.iter().filter_map(|condition| match condition.gate {
                Gate::Strength { party: kept, people: least } if kept == party => {
                    let (total, gone) = people(&mates, Milestone::LeftHost);
                    Some(total - gone - least.min(total))
                }
                _ => None,
            });
        let stays = self.s.precedence.rows.iter().filter(|row| row.then.contains(&element));
        let stays = stays.filter(|row| row.stay > 0).map(|row| {
            let (total, gone) = people(&row.then, row.milestone);
            total - gone - row.stay.min(total)
        });
        strengths.chain(stays).min().unwrap_or(i64::MAX)
    }

    fn elements_of(&self, of: impl Fn(&ElementId) -> bool) -> impl Iterator<Item = ElementId> {
        self.s.elements.ids().filter(of)
    }

    fn hold_for_precedence(
        &self,
        at: usize,
        leaving: &Leaving,
        bounds: &mut NotBefore,
    ) -> Result<(), Hold> {
        let row = &self.s.precedence.rows[at];
        let sum = |set: &[ElementId], part: &dyn Fn(ElementId) -> i64| -> i64 {
            set.iter().map(|&element| part(element)).sum()
        };
        let now = |element: ElementId| leaving.get(&element).copied().unwrap_or_default();
        let leaving_then = sum(&row.then, &|e| now(e).pieces);
        if leaving_then == 0 {
            return Ok(());
        }
        // whoever of `first` leaves in the same aircraft passes at the same moment
        let starts_inside = |e: &ElementId| self.s.is_in_host(self.s.elements[*e].origin);
        let together = match row.milestone {
            Milestone::HomeAirfield => true,
            // who starts outside the host has left it with the first step, which each takes alone
            Milestone::LeftHost => leaving.keys().all(starts_inside),
            Milestone::LeftSite | Milestone::HomeBase => false,
        };
        let still_first =
            sum(&row.first, &|e| self.remaining(e) - if together { now(e).pieces } else { 0 });
        let first_last = row.first.iter().filter_map(|e| self.last_at(*e, row.milestone)).max();
        let total = sum(&row.then, &|e| self.strength[e.index()]);
        let gone = sum(&row.then, &|e| self.gone(e, row.milestone));
        let going = sum(&row.then, &|e| self.going(e, now(e).people, row.milestone));
        let dips = total - gone - going < row.stay.min(total);
        let stays = row.stay > 0 && dips;
        let remaining_then = sum(&row.then, &|e| self.remaining(e));
        let strict = self.strict_rows.contains(&row.name);
        let waits_for_all = match row.kind {
            PrecedenceKind::LastBeforeLast => strict || remaining_then == leaving_then,
            PrecedenceKind::AllBeforeFirst => true,
            PrecedenceKind::FirstBeforeFirst => false,
        };
        let ordered = row.hard || !self.relaxed;
        if stays || (waits_for_all && ordered) {
            if still_first > 0 && !self.on_trust {
                let reason = format!("precedence row `{}` waits for others", row.name);
                return Err(Hold::Wait(Rule::C23, reason));
            }
            if let Some(last) = self.trusted(at, still_first).map(|span| span.1) {
                self.raise(bounds, leaving, &row.then, row.milestone, last);
            }
            if let Some(last) = first_last {
                self.raise(bounds, leaving, &row.then, row.milestone, last);
            }
        }
        if row.kind == PrecedenceKind::FirstBeforeFirst && ordered && still_first > 0 {
            let planned = row.first.iter().filter_map(|e| self.first_at(*e, row.milestone));
            let hoped = self.trusted(at, still_first).map(|span| span.0);
            match planned.chain(hoped).min() {
                Some(first) => self.raise(bounds, leaving, &row.then, row.milestone, first),
                None if self.on_trust => {}
                None => {
                    let reason = format!("precedence row `{}` waits for others", row.name);
                    return Err(Hold::Wait(Rule::C23, reason));
                }
            }
        } else if row.kind == PrecedenceKind::FirstBeforeFirst
            && ordered
            && let Some(first) =
                row.first.iter().filter_map(|e| self.first_at(*e, row.milestone)).min()
        {
            self.raise(bounds, leaving, &row.then, row.milestone, first);
        }
        Ok(())
    }

    /// Returns the people of an element who have not left its origin and may still leave it.
    fn at_site(&self, element: ElementId) -> i64 {
        let lot = &self.lots[element.index()];
        let here = lot.waiting.iter().filter(|group| group.left_site.is_none());
        let counts = here.flat_map(|group| &group.counts).chain(&lot.at_origin);
        counts.map(|(piece, count)| self.s.pieces[*piece].people_each() * count).sum()
    }

    /// Returns what is hoped of those of a row that are to go first and are not planned yet: the first and the last moment
    /// at which they passed in another planning, or may leave their sites. Of other milestones nothing is known then;
    /// planned on trust, the order is looked at when everything is planned.
    fn trusted(&self, at: usize, still_first: i64) -> Option<(Timestamp, Timestamp)> {
        let row = &self.s.precedence.rows[at];
        if !self.on_trust || still_first == 0 {
            return None;
        }
        if let Some(span) = self.learnt.get(&at) {
            return Some(*span);
        }
        if row.milestone != Milestone::LeftSite {
            return None;
        }
        let open = row.first.iter().filter(|e| self.remaining(**e) > 0);
        let releases = open.map(|e| self.lots[e.index()].release);
        releases.fold(None, |span: Option<(Timestamp, Timestamp)>, t| {
            Some(span.map_or((t, t), |(first, last)| (first.min(t), last.max(t))))
        })
    }

    /// Who provides capacity stays until nobody needs it any more (C25).
    fn hold_for_provided(&self, leaving: &Leaving, bounds: &mut NotBefore) -> Result<(), Hold> {
        for (id, resource) in self.s.resources.iter() {
            let gives = |e: ElementId| resource.capacity.iter().any(|c| c.provided_by == Some(e));
            if !leaving.keys().any(|&element| gives(element)) {
                continue;
            }
            match resource.place {
                Some(place) if resource.kind != ResourceKind::Team => {
                    let wait = |e: ElementId| {
                        !leaving.contains_key(&e)
                            && !self.provides_at(e, place)
                            && self.uses_field(e, place)
                            && self.remaining(e) > 0
                    };
                    if let Some(other) = self.s.elements.ids().find(|&e| wait(e)) {
                        let reason = format!(
                            "`{}` is needed until `{}` has left `{}`",
                            resource.name, self.s.elements[other].name, self.s.places[place].name
                        );
                        return Err(Hold::Wait(Rule::C25, reason));
                    }
                    if !self.is_last_of(place, leaving) && !self.keeps_enough(resource, leaving) {
                        let reason = format!(
                            "`{}` must keep {} at `{}` until its last departure",
                            resource.name, resource.keep, self.s.places[place].name
                        );
                        return Err(Hold::Wait(Rule::C25, reason));
                    }
                    let last = self.bookings.last_departure[place.index()];
                    if last > Timestamp::MIN {
                        bounds.depart = bounds.depart.max(last + exeunt_model::Duration(60));
                    }
                    // on the last departure of all it works until take-off, beside others' last services
                    if !self.is_last_of(place, leaving) {
                        let service = self.bookings.last_service[place.index()];
                        bounds.load = bounds.load.max(service);
                    }
                    bounds.march = bounds.march.max(self.march_hold(leaving, place, last));
                }
                _ => {
                    let awaited = |e: ElementId| {
                        !leaving.contains_key(&e)
                            && !gives(e)
                            && self.remaining(e) > 0
                            && self.is_escorted(e, id)
                    };
                    let escorted = self.s.elements.ids().find(|&e| awaited(e));
                    if let Some(other) = escorted.filter(|_| !self.relaxed) {
                        let reason = format!(
                            "`{}` is needed until `{}` has marched",
                            resource.name, self.s.elements[other].name
                        );
                        return Err(Hold::Wait(Rule::C25, reason));
                    }
                    let team = self.handovers.last_use.get(&id).copied();
                    // who has left already gives no escorts any more
                    let until = leaving.keys().filter(|e| gives(**e)).map(|e| self.left[e.index()]);
                    let escort = until.max().map(|t| t.min(self.bookings.last_escort[id.index()]));
                    let last = team.max(escort).unwrap_or(Timestamp::MIN);
                    bounds.load = bounds.load.max(last);
                    bounds.march = bounds.march.max(last);
                }
            }
        }
        Ok(())
    }

    /// Says whether an element marches a road on which it needs an escort.
    fn is_escorted(&self, element: ElementId, escort: ResourceId) -> bool {
        let needs = |way: &RoadPath| {
            let roads = way.iter().flat_map(|leg| &self.s.roads[leg.0].escorts);
            roads.into_iter().any(|need| need.0 == escort)
        };
        let row = &self.s.elements[element];
        needs(&self.lots[element.index()].path)
            || matches!(row.mode, Mode::Air { debark, .. } if self
                .net
                .road_path(row.party, debark, row.destination)
                .is_some_and(|way| needs(&way)))
    }

    /// A provider that embarks elsewhere ends its service with its march.
    fn march_hold(&self, leaving: &Leaving, place: PlaceId, last: Timestamp) -> Timestamp {
        let elsewhere = leaving.keys().any(|&e| match self.s.elements[e].mode {
            Mode::Air { embark, .. } => embark != place,
            Mode::Road => true,
        });
        if elsewhere { last.max(self.bookings.last_service[place.index()]) } else { Timestamp::MIN }
    }

    /// Says whether nothing else will leave the field by air after this set.
    pub(crate) fn is_last_of(&self, place: PlaceId, leaving: &Leaving) -> bool {
        self.s.elements.iter().all(|(e, row)| {
            let here = matches!(row.mode, Mode::Air { embark, .. } if embark == place);
            !here || self.remaining(e) == leaving.get(&e).map_or(0, |portion| portion.pieces)
        })
    }

    /// Says whether a field keeps its minimum when a set has left and others have not.
    fn keeps_enough(&self, resource: &Resource, leaving: &Leaving) -> bool {
        let provided = |stays: &dyn Fn(ElementId) -> bool| -> i64 {
            let rows = resource.capacity.iter();
            rows.filter(|c| c.provided_by.is_some_and(stays)).map(|c| c.amount).sum()
        };
        let kept = provided(&|e| !leaving.contains_key(&e) && self.passed[e.index()].pieces == 0);
        kept >= resource.keep.min(provided(&|_| true))
    }

    pub(crate) fn provides_at(&self, element: ElementId, place: PlaceId) -> bool {
        self.s.resources.rows.iter().any(|r| {
            r.place == Some(place) && r.capacity.iter().any(|c| c.provided_by == Some(element))
        })
    }

    pub(crate) fn uses_field(&self, element: ElementId, place: PlaceId) -> bool {
        match self.s.elements[element].mode {
            Mode::Air { embark, debark } => embark == place || debark == place,
            Mode::Road => false,
        }
    }

    /// Raises the bounds that guarantee a milestone of some not before `t`. Who starts outside the host has left it
    /// with the first step.
    fn raise(
        &self,
        bounds: &mut NotBefore,
        leaving: &Leaving,
        whom: &[ElementId],
        milestone: Milestone,
        t: Timestamp,
    ) {
        let outside = |e: &ElementId| !self.s.is_in_host(self.s.elements[*e].origin);
        match milestone {
            Milestone::HomeAirfield => bounds.land = bounds.land.max(t),
            Milestone::HomeBase => {
                for element in whom.iter().filter(|element| leaving.contains_key(element)) {
                    let bound = bounds.arrive.entry(*element).or_insert(t);
                    *bound = t.max(*bound);
                }
            }
            Milestone::LeftHost if !leaving.keys().any(outside) => {
                bounds.depart = bounds.depart.max(t);
            }
            Milestone::LeftSite | Milestone::LeftHost => {
                bounds.march = bounds.march.max(t);
                bounds.depart = bounds.depart.max(t);
            }
        }
    }
}

impl State<'_> {
    /// Says whether every hard row holds among what moves, and in every row as many stay as it asks for.
    pub(crate) fn keeps_order(&self) -> bool {
        self.s.precedence.rows.iter().all(|row| match self.passage(row) {
            None => true,
            Some((begun, until)) => {
                (!row.hard || self.follows(row, begun, until)) && self.stay_until(row, until)
            }
        })
    }

    /// Learns when those who go first pass in rows that do not hold, priced ones too; later moments replace earlier ones.
    /// Says whether something is new.
    pub(crate) fn learn(&self, learnt: &mut Learnt) -> bool {
        let mut is_news = false;
        for (at, row) in self.s.precedence.rows.iter().enumerate() {
            let Some((begun, until)) = self.passage(row) else { continue };
            if self.follows(row, begun, until) && self.stay_until(row, until) {
                continue;
            }
            let known = learnt.entry(at).or_insert((Timestamp::MIN, Timestamp::MIN));
            let before = *known;
            *known = (begun.max(before.0), until.max(before.1));
            is_news |= *known != before;
        }
        is_news
    }

    /// Returns the first and the last moment at which those who go first in a row pass.
    fn passage(&self, row: &Precedence) -> Option<(Timestamp, Timestamp)> {
        let begun = row.first.iter().filter_map(|e| self.first_at(*e, row.milestone)).min()?;
        let until = row.first.iter().filter_map(|e| self.last_at(*e, row.milestone)).max()?;
        Some((begun, until))
    }

    /// Says whether those of the later party follow as a row asks.
    fn follows(&self, row: &Precedence, begun: Timestamp, until: Timestamp) -> bool {
        let last = || row.then.iter().filter_map(|e| self.last_at(*e, row.milestone)).max();
        let first = || row.then.iter().filter_map(|e| self.first_at(*e, row.milestone)).min();
        match row.kind {
            PrecedenceKind::LastBeforeLast => last().is_none_or(|t| until <= t),
            PrecedenceKind::AllBeforeFirst => first().is_none_or(|t| until <= t),
            PrecedenceKind::FirstBeforeFirst => first().is_none_or(|t| begun <= t),
        }
    }

    /// Says whether enough of the later party stay until a moment.
    fn stay_until(&self, row: &Precedence, until: Timestamp) -> bool {
        if row.stay == 0 {
            return true;
        }
        let total: i64 = row.then.iter().map(|e| self.strength[e.index()]).sum();
        let gone = self.trips.iter().filter(|trip| row.then.contains(&trip.element));
        let gone = gone.filter(|trip| trip.at(row.milestone) < until);
        let people: i64 =
            gone.map(|trip| self.s.pieces[trip.piece].people_each() * trip.count).sum();
        total - people >= row.stay.min(total)
    }
}
