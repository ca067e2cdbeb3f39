//! The enumeration: who moves, in which loads, on which tail, in which order, by which ferries, and every
//! order on every shared resource, with the times of `system.rs` for each.
//!
//! Orders on resources are branched on where the least schedule overloads one: in every schedule
//! that does not, one of any overloading set ends before another begins. A branch ends when the value
//! of its least times, which no further order can improve, is no better than the best plan known.

use super::layout::{Layout, Scope, slot};
use super::reading::{Reading, Way, positions};
use super::system::{EPOCH, Moment, at};
use exeunt_model::Id;
use exeunt_model::scenario::{Gate, LEVELS, Precedence, PrecedenceKind, Predicate, ResourceKind};

/// A part of the model that the enumeration can be told to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Stands,
    Handling,
    Hours,
    Slots,
    Work,
    Teams,
    Order,
    Guard,
    Conditions,
}

impl Part {
    pub(crate) const ALL: [Self; 9] = [
        Self::Stands,
        Self::Handling,
        Self::Hours,
        Self::Slots,
        Self::Work,
        Self::Teams,
        Self::Order,
        Self::Guard,
        Self::Conditions,
    ];
}

/// The best plan of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    pub(crate) value: Vec<i64>,
    pub(crate) times: Vec<i64>,
    pub(crate) layout: Layout,
}

/// A way to keep a rule that can be kept in several: each `(earlier, later)` in order. `late` adds to z3.
struct Alternative {
    order: Vec<(Moment, Moment)>,
    late: i64,
}

/// The loads of each tail in order.
type Loads = Vec<Vec<Vec<usize>>>;

/// Sorties of each tail as destination and load.
type Lines = Vec<Vec<(usize, Vec<usize>)>>;

struct Search<'a> {
    r: &'a Reading<'a>,
    without: Option<Part>,
    best: Option<Best>,
}

/// Returns the best plan with as little unmoved as can be.
pub(crate) fn optimum(r: &Reading<'_>, without: Option<Part>) -> Best {
    let n = r.items.len();
    for n_unmoved in 0..=n {
        let mut search = Search { r, without, best: None };
        for mask in 0..1_u32 << n {
            let moves: Vec<bool> = (0..n).map(|item| mask >> item & 1 == 1).collect();
            // items of a piece are alike: the first ones move
            let is_plain = (1..n).all(|item| {
                r.items[item].piece != r.items[item - 1].piece || moves[item - 1] >= moves[item]
            });
            if is_plain && moves.iter().filter(|moves| !**moves).count() == n_unmoved {
                search.movers(&moves);
            }
        }
        if let Some(best) = search.best {
            return best;
        }
    }
    unreachable!("a plan that moves nothing keeps every rule")
}

impl Search<'_> {
    fn movers(&mut self, moves: &[bool]) {
        let n_sites = self.r.s.sites.len();
        for mask in 0..1_u32 << n_sites {
            let is_handed: Vec<bool> = (0..n_sites).map(|site| mask >> site & 1 == 1).collect();
            let scope = Scope { moves: moves.to_vec(), is_handed };
            let frees = |site: &usize| scope.is_handed[*site];
            let items = self.r.items.iter().zip(moves).filter(|(_, moves)| **moves);
            if items.into_iter().all(|(item, _)| item.freed_by.iter().all(frees)) {
                self.scope(&scope);
            }
        }
    }

    fn scope(&mut self, scope: &Scope) {
        let flies =
            |item: &usize| scope.moves[*item] && matches!(self.r.items[*item].way, Way::Air { .. });
        let flying: Vec<usize> = (0..self.r.items.len()).filter(flies).collect();
        let mut all = Vec::new();
        let n_tails = self.r.s.tails.len();
        self.share(&flying, &mut vec![Vec::new(); n_tails], 0, &mut all);
        // the most promising first, by their least times without any choice of order
        let mut bounded: Vec<(Vec<i64>, Loads)> = Vec::new();
        for loads in all {
            let plain = Ferries::new(self.r, &loads).plain();
            if let Some(layout) = plain.and_then(|lines| self.layout(scope, &lines)) {
                let mut times = layout.system.bottom();
                if layout.system.raise(&mut times) {
                    bounded.push((self.value(&layout, &times, 0), loads));
                }
            }
        }
        bounded.sort();
        for (bound, loads) in bounded {
            if self.is_hopeless(&bound) {
                break;
            }
            for lines in Ferries::new(self.r, &loads).all() {
                self.lines(scope, &lines);
            }
        }
    }

    /// Every way to share items over the tails from `tail` on in ordered loads.
    fn share(&self, left: &[usize], loads: &mut Loads, tail: usize, all: &mut Vec<Loads>) {
        if tail == loads.len() {
            if left.is_empty() && self.is_plain(loads) {
                all.push(loads.clone());
            }
            return;
        }
        self.share(left, loads, tail + 1, all);
        for mask in 1..1_u32 << left.len() {
            let chosen = |position: usize| mask >> position & 1 == 1;
            let pick = |wanted: bool| -> Vec<usize> {
                let items = left.iter().enumerate();
                items.filter(|(p, _)| chosen(*p) == wanted).map(|(_, item)| *item).collect()
            };
            let (load, rest) = (pick(true), pick(false));
            if self.r.stow(tail, &load).is_some() {
                loads[tail].push(load);
                self.share(&rest, loads, tail, all);
                loads[tail].pop();
            }
        }
    }

    /// Items of a piece are alike: they fly in their order, and after them those that do not.
    fn is_plain(&self, loads: &Loads) -> bool {
        let mut place = vec![(usize::MAX, 0); self.r.items.len()];
        for (tail, line) in loads.iter().enumerate() {
            for (position, load) in line.iter().enumerate() {
                for &item in load {
                    place[item] = (tail, position);
                }
            }
        }
        let items = &self.r.items;
        (1..items.len()).all(|item| {
            items[item].piece != items[item - 1].piece || place[item - 1] <= place[item]
        })
    }

    fn layout(&self, scope: &Scope, lines: &Lines) -> Option<Layout> {
        Layout::new(self.r, self.without, scope, lines)
    }

    fn is_hopeless(&self, bound: &[i64]) -> bool {
        self.best.as_ref().is_some_and(|best| *best.value <= *bound)
    }

    fn lines(&mut self, scope: &Scope, lines: &Lines) {
        let Some(mut layout) = self.layout(scope, lines) else { return };
        let mut times = layout.system.bottom();
        if !layout.system.raise(&mut times) || self.is_hopeless(&self.value(&layout, &times, 0)) {
            return;
        }
        let Some(choices) = self.choices(&layout) else { return };
        self.choose(&mut layout, &choices, &times, 0);
    }

    /// Takes each alternative of the first choice and goes on with the others.
    fn choose(
        &mut self,
        layout: &mut Layout,
        choices: &[(bool, Vec<Alternative>)],
        times: &[i64],
        late: i64,
    ) {
        let Some(((is_rule, alternatives), rest)) = choices.split_first() else {
            self.resolve(layout, times, late);
            return;
        };
        for alternative in alternatives {
            let late = late + alternative.late;
            let order = alternative.order.iter().copied();
            self.with(layout, order, *is_rule, times, late, |search, layout, times| {
                search.choose(layout, rest, times, late);
            });
        }
    }

    /// Adds an order, and goes on if there is a schedule that may still be the best.
    fn with(
        &mut self,
        layout: &mut Layout,
        order: impl Iterator<Item = (Moment, Moment)>,
        is_rule: bool,
        times: &[i64],
        late: i64,
        go_on: impl FnOnce(&mut Self, &mut Layout, &[i64]),
    ) {
        let n_before = layout.system.edges.len();
        for (earlier, later) in order {
            layout.system.edge(earlier, later, 0, is_rule);
        }
        let mut raised = times.to_vec();
        if layout.system.raise(&mut raised) && !self.is_hopeless(&self.value(layout, &raised, late))
        {
            go_on(self, layout, &raised);
        }
        layout.system.edges.truncate(n_before);
    }

    /// Orders what overloads a resource, or keeps the plan when nothing does.
    fn resolve(&mut self, layout: &mut Layout, times: &[i64], late: i64) {
        let Some((is_rule, orders)) = self.overload(layout, times) else {
            let value = self.value(layout, times, late);
            self.best = Some(Best { value, times: times.to_vec(), layout: layout.clone() });
            return;
        };
        for order in orders {
            self.with(
                layout,
                [order].into_iter(),
                is_rule,
                times,
                late,
                |search, layout, times| {
                    search.resolve(layout, times, late);
                },
            );
        }
    }

    /// Finds an overload, and the orders of which every schedule without it keeps one. They are a rule
    /// when the pair alone overloads.
    fn overload(&self, layout: &Layout, times: &[i64]) -> Option<(bool, Vec<(Moment, Moment)>)> {
        let r = self.r;
        let overlap = |a: (Moment, Option<Moment>), b: (Moment, Option<Moment>)| {
            let end = |to: Option<Moment>| to.map_or(i64::MAX, |to| to.of(times));
            a.0.of(times) < end(b.1) && b.0.of(times) < end(a.1)
        };
        let orders = |a: (Moment, Option<Moment>), b: (Moment, Option<Moment>)| {
            let one = a.1.map(|end| (end, b.0));
            one.into_iter().chain(b.1.map(|end| (end, a.0))).collect::<Vec<_>>()
        };
        if self.without != Some(Part::Stands) {
            for (position, a) in layout.stays.iter().enumerate() {
                for b in &layout.stays[..position] {
                    let (one, other) = ((a.from, a.to), (b.from, b.to));
                    if a.field == b.field && a.tail != b.tail && overlap(one, other) {
                        let stands = r.capacity(a.field, |k| matches!(k, ResourceKind::Stand(_)));
                        if stands.is_some_and(|stands| stands < 2) {
                            return Some((true, orders(one, other)));
                        }
                    }
                }
            }
        }
        if self.without != Some(Part::Handling) {
            for (position, a) in layout.works.iter().enumerate() {
                let alone = r.aircraft(a.tail).handling_teams;
                let teams = r.capacity(a.field, |kind| kind == ResourceKind::Handling);
                if teams.is_some_and(|teams| alone > teams) {
                    return Some((true, Vec::new()));
                }
                for b in &layout.works[..position] {
                    let one = (at(a.from), Some(at(a.to)));
                    let other = (at(b.from), Some(at(b.to)));
                    if a.field != b.field || a.tail == b.tail || !overlap(one, other) {
                        continue;
                    }
                    let needed = alone + r.aircraft(b.tail).handling_teams;
                    let checks = r.capacity(a.field, |kind| kind == ResourceKind::HostCheck);
                    let is_checked = a.is_loading && b.is_loading;
                    if teams.is_some_and(|teams| needed > teams)
                        || is_checked && checks.is_some_and(|checks| checks < 2)
                    {
                        return Some((true, orders(one, other)));
                    }
                }
            }
        }
        if self.without != Some(Part::Slots) {
            for (position, a) in layout.movements.iter().enumerate() {
                for b in &layout.movements[..position] {
                    let slot = slot(r, a.field);
                    let apart = (a.at.of(times) - b.at.of(times)).abs();
                    if a.field == b.field && a.tail != b.tail && apart < slot {
                        let orders = vec![(a.at.after(slot), b.at), (b.at.after(slot), a.at)];
                        return Some((true, orders));
                    }
                }
            }
        }
        if self.without == Some(Part::Teams) {
            return None;
        }
        self.overloaded_team(layout, times)
    }

    fn overloaded_team(
        &self,
        layout: &Layout,
        times: &[i64],
    ) -> Option<(bool, Vec<(Moment, Moment)>)> {
        let steps = &self.r.s.steps.rows;
        for (team, resource) in self.r.s.resources.iter() {
            let capacity = resource.capacity[0].amount;
            let span = |step: usize| {
                let starts = at(layout.steps[step]?);
                let need = steps[step].needs.iter().find(|need| need.0 == team)?.1;
                Some((starts, starts.after(steps[step].duration.0), need))
            };
            let uses: Vec<(Moment, Moment, i64)> = (0..steps.len()).filter_map(span).collect();
            for &(starts, ..) in &uses {
                let t = starts.of(times);
                let is_under_way =
                    |u: &&(Moment, Moment, i64)| u.0.of(times) <= t && t < u.1.of(times);
                let together: Vec<_> = uses.iter().filter(is_under_way).collect();
                if together.iter().map(|u| u.2).sum::<i64>() <= capacity {
                    continue;
                }
                let mut orders = Vec::new();
                for (i, a) in together.iter().enumerate() {
                    for (j, b) in together.iter().enumerate() {
                        if i != j {
                            orders.push((a.1, b.0));
                        }
                    }
                }
                return Some((together.len() == 2, orders));
            }
        }
        None
    }

    /// Rules that can be kept in several ways, and whether there is only one way; none if there is no way.
    fn choices(&self, layout: &Layout) -> Option<Vec<(bool, Vec<Alternative>)>> {
        let mut choices = Vec::new();
        if self.without != Some(Part::Guard) {
            for (site, row) in self.r.s.sites.rows.iter().enumerate() {
                let has_steps = self.r.s.steps.rows.iter().any(|step| step.site.index() == site);
                if row.min_guard > 0 && has_steps {
                    let until =
                        layout.scope.is_handed[site].then(|| layout.step_ends(self.r, site));
                    let set = self.items(|item| self.r.items[item].origin == row.place.index());
                    let passes = |item: usize| layout.journeys[item].as_ref().map(|j| j.left_site);
                    choices.push(self.staying(&set, row.min_guard, until, passes)?);
                }
            }
        }
        if self.without != Some(Part::Conditions) {
            for row in &self.r.s.conditions.rows {
                if let Gate::Strength { party, people } = row.gate {
                    let until = super::generate::true_from(row)
                        .map(|t| vec![at(EPOCH).after(self.r.relative(t))]);
                    let set = self.items(|item| self.r.items[item].party == party.index());
                    let passes = |item: usize| layout.journeys[item].as_ref().map(|j| j.left_host);
                    choices.push(self.staying(&set, people, until, passes)?);
                }
            }
        }
        if self.without != Some(Part::Order) {
            for row in &self.r.s.precedence.rows {
                self.order(layout, row, &mut choices)?;
            }
        }
        Some(choices)
    }

    fn items(&self, is_chosen: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.r.items.len()).filter(|item| is_chosen(*item)).collect()
    }

    /// Enough people of a set pass no earlier than all of `until` (none: never, so that only the unmoved
    /// count): each smallest group of movers that makes up the number with those unmoved.
    fn staying(
        &self,
        set: &[usize],
        wanted: i64,
        until: Option<Vec<Moment>>,
        passes: impl Fn(usize) -> Option<Moment>,
    ) -> Option<(bool, Vec<Alternative>)> {
        let people = |item: &usize| self.r.items[*item].people;
        let movers: Vec<usize> =
            set.iter().copied().filter(|item| passes(*item).is_some()).collect();
        let total: i64 = set.iter().map(people).sum();
        let missing = wanted.min(total) - (total - movers.iter().map(people).sum::<i64>());
        let people_in = |mask: u32| -> i64 {
            let inside = movers.iter().enumerate().filter(|(p, _)| mask >> p & 1 == 1);
            inside.map(|(_, item)| people(item)).sum()
        };
        let is_smallest = |mask: &u32| {
            let least = |p: usize| *mask >> p & 1 == 0 || people_in(*mask & !(1 << p)) < missing;
            people_in(*mask) >= missing && (0..movers.len()).all(least)
        };
        let mut alternatives = Vec::new();
        for mask in (0..1_u32 << movers.len()).filter(is_smallest) {
            let stay = movers.iter().enumerate().filter(|(p, _)| mask >> p & 1 == 1);
            let stay: Vec<Moment> = stay.filter_map(|(_, item)| passes(*item)).collect();
            if stay.is_empty() {
                alternatives.push(Alternative { order: Vec::new(), late: 0 });
            } else if let Some(until) = &until {
                let pairs = |later: &Moment| until.iter().map(|t| (*t, *later)).collect::<Vec<_>>();
                let order = stay.iter().flat_map(pairs).collect();
                alternatives.push(Alternative { order, late: 0 });
            }
        }
        (!alternatives.is_empty()).then_some((alternatives.len() == 1, alternatives))
    }

    /// A row of C23: which element of the later party goes last, and in priced rows who may be late.
    fn order(
        &self,
        layout: &Layout,
        row: &Precedence,
        choices: &mut Vec<(bool, Vec<Alternative>)>,
    ) -> Option<()> {
        let of = |elements: &[usize]| -> Vec<usize> {
            self.items(|item| elements.contains(&self.r.items[item].element))
        };
        let passes = |item: usize| layout.journeys[item].as_ref().map(|j| j.passes(row.milestone));
        let moved =
            |items: &[usize]| items.iter().filter_map(|item| passes(*item)).collect::<Vec<_>>();
        let (first, then) = (positions(&row.first), of(&positions(&row.then)));
        let (firsts, thens) = (moved(&of(&first)), moved(&then));
        if firsts.is_empty() {
            return Some(());
        }
        if row.stay > 0 {
            choices.push(self.staying(&then, row.stay, Some(firsts.clone()), passes)?);
        }
        if thens.is_empty() {
            return Some(());
        }
        let mut alternatives = Vec::new();
        let before = |earlier: &[Moment], later: &[Moment]| -> Vec<(Moment, Moment)> {
            earlier.iter().flat_map(|a| later.iter().map(|b| (*a, *b))).collect()
        };
        if row.kind == PrecedenceKind::FirstBeforeFirst {
            for one in &firsts {
                alternatives.push(Alternative { order: before(&[*one], &thens), late: 0 });
            }
            if !row.hard {
                alternatives.push(Alternative { order: Vec::new(), late: 1 });
            }
        } else {
            let elements: Vec<Vec<Moment>> = first.iter().map(|e| moved(&of(&[*e]))).collect();
            let elements: Vec<_> = elements.into_iter().filter(|e| !e.is_empty()).collect();
            let all = (1_u32 << elements.len()) - 1;
            for mask in (0..=all).rev().filter(|mask| !row.hard || *mask == all) {
                let kept = elements.iter().enumerate().filter(|(p, _)| mask >> p & 1 == 1);
                let kept: Vec<Moment> = kept.flat_map(|(_, moments)| moments.clone()).collect();
                let late = i64::from(all.count_ones() - mask.count_ones());
                if row.kind == PrecedenceKind::AllBeforeFirst || kept.is_empty() {
                    alternatives.push(Alternative { order: before(&kept, &thens), late });
                } else {
                    for last in &thens {
                        alternatives.push(Alternative { order: before(&kept, &[*last]), late });
                    }
                }
            }
        }
        choices.push((row.hard && alternatives.len() == 1, alternatives));
        Some(())
    }

    /// The objective in the scenario's order. Times not yet raised to a schedule give a bound.
    fn value(&self, layout: &Layout, times: &[i64], late: i64) -> Vec<i64> {
        let order = self.r.s.operation.objective_order.iter().map(String::as_str);
        let legs = || {
            layout.lines.iter().enumerate().flat_map(|(t, line)| line.iter().map(move |l| (t, l)))
        };
        let count = |n: usize| i64::try_from(n).expect("small");
        let level = |name: &str| match name {
            "z1" => count(layout.scope.moves.iter().filter(|moves| !**moves).count()),
            "z2" => self.broken_promises(layout, times),
            "z3" => late,
            "z4" => self.closures(layout, times),
            "z5" => self.lateness(layout, times),
            "z6.tails" => count(layout.lines.iter().filter(|line| !line.is_empty()).count()),
            "z6.sorties" => count(legs().count()),
            "z6.minutes" => legs().map(|(_, leg)| leg.hop.block / 60).sum(),
            "z7" => legs()
                .map(|(tail, leg)| leg.hop.block / 60 * self.r.aircraft(tail).cost_per_hour / 60)
                .sum(),
            _ => 0,
        };
        LEVELS[..4].iter().copied().chain(order).map(level).collect()
    }

    /// Last arrival of the moved items that are chosen.
    fn last_home(
        &self,
        layout: &Layout,
        times: &[i64],
        is_chosen: impl Fn(usize) -> bool,
    ) -> Option<i64> {
        let items = layout.journeys.iter().enumerate().filter(|(item, _)| is_chosen(*item));
        items.filter_map(|(_, journey)| Some(journey.as_ref()?.home_base.of(times))).max()
    }

    fn closures(&self, layout: &Layout, times: &[i64]) -> i64 {
        let closure = |(party, row): (usize, &exeunt_model::scenario::Party)| {
            let last = self.last_home(layout, times, |item| self.r.items[item].party == party);
            last.map_or(0, |last| row.weight * last)
        };
        self.r.s.parties.rows.iter().enumerate().map(closure).sum()
    }

    fn lateness(&self, layout: &Layout, times: &[i64]) -> i64 {
        let late = |(element, row): (usize, &exeunt_model::scenario::Element)| {
            let due = self.r.relative(row.due?.at);
            let last =
                self.last_home(layout, times, |item| self.r.items[item].element == element)?;
            Some((last - due).max(0))
        };
        self.r.s.elements.rows.iter().enumerate().filter_map(late).sum()
    }

    fn broken_promises(&self, layout: &Layout, times: &[i64]) -> i64 {
        let mut sum = 0;
        for promise in self.r.s.promises.rows.iter().filter(|promise| promise.required) {
            let items = |set: &[exeunt_model::ElementId]| {
                let set = positions(set);
                self.items(|item| set.contains(&self.r.items[item].element))
            };
            let journeys = |set| items(set).into_iter().map(|item| layout.journeys[item].as_ref());
            let is_kept = match &promise.predicate {
                Predicate::BegunBy { set, by } => journeys(set)
                    .flatten()
                    .any(|journey| journey.left_site.of(times) <= self.r.relative(by.strict)),
                Predicate::AllBy { set, milestone, by } => journeys(set).all(|journey| {
                    let t = journey.map(|journey| journey.passes(*milestone).of(times));
                    t.is_some_and(|t| t <= self.r.relative(by.strict))
                }),
                _ => unreachable!("the reading refuses other promises"),
            };
            if !is_kept {
                sum += 1_000_i64.pow(3 - u32::from(promise.rank));
            }
        }
        sum
    }
}

/// Ways to ferry: per tail and gap (before the first load, between two, after the last) a list of ways, the
/// plainest first, each a list of fields to land at.
struct Ferries<'f> {
    loads: &'f Loads,
    homes: Vec<Vec<usize>>,
    per_tail: Vec<Vec<Vec<Vec<usize>>>>,
}

impl<'f> Ferries<'f> {
    /// The ways of `mod.rs`, point 2.
    fn new(r: &Reading<'_>, loads: &'f Loads) -> Self {
        let host = r.host_field;
        let mut homes = Vec::new();
        let mut per_tail = Vec::new();
        for (tail, loads) in loads.iter().enumerate() {
            let base = r.s.tails.rows[tail].base.index();
            let home = |load: &Vec<usize>| r.common_debark(load).expect("it is stowed");
            let line: Vec<usize> = loads.iter().map(home).collect();
            let mut gaps = Vec::new();
            if !loads.is_empty() {
                gaps.push(vec![if base == host { Vec::new() } else { vec![host] }]);
            }
            for (position, &home) in line.iter().enumerate() {
                let is_last = position + 1 == line.len();
                let mut ways = vec![if is_last { Vec::new() } else { vec![host] }];
                match (base == host, is_last) {
                    _ if home == base => {}
                    (true, true) => ways.push(vec![host]),
                    (true, false) => {}
                    (false, true) => ways.extend([vec![host], vec![base], vec![host, base]]),
                    (false, false) => ways.extend([vec![base, host], vec![host, base, host]]),
                }
                gaps.push(ways);
            }
            homes.push(line);
            per_tail.push(gaps);
        }
        Self { loads, homes, per_tail }
    }

    /// The lines with the plainest ferries, a bound for all others.
    fn plain(&self) -> Option<Lines> {
        self.all().next()
    }

    /// All combinations, the plainest first.
    fn all(&self) -> impl Iterator<Item = Lines> + '_ {
        let sizes: Vec<usize> = self.per_tail.iter().flatten().map(Vec::len).collect();
        let n: usize = sizes.iter().product();
        (0..n).map(move |mut number| {
            let mut lines = Vec::new();
            for (tail, gaps) in self.per_tail.iter().enumerate() {
                let mut line = Vec::new();
                for (gap, ways) in gaps.iter().enumerate() {
                    if gap > 0 {
                        line.push((self.homes[tail][gap - 1], self.loads[tail][gap - 1].clone()));
                    }
                    let way = &ways[number % ways.len()];
                    number /= ways.len();
                    line.extend(way.iter().map(|&field| (field, Vec::new())));
                }
                lines.push(line);
            }
            lines
        })
    }
}
