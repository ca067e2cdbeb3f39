//! Conditions and mandate: C27 (model.md sections 3, 7 and 11).

use crate::facts::Facts;
use crate::report::Report;
use crate::resolved;
use exeunt_model::ids::*;
use exeunt_model::plan::Handover;
use exeunt_model::rule::Rule;
use exeunt_model::scenario::{Condition, Gate, MandateKind, Policy, Scenario, Truth};
use exeunt_model::time::{Interval, Timestamp};
use std::collections::BTreeMap;

/// C27: what a decision, the situation or the mandate gates waits until it is true.
pub(crate) fn check_c27_conditions(facts: &Facts, report: &mut Report) {
    for (_, condition) in facts.scenario.conditions.iter() {
        let gated = Gated { condition, opened: opened(facts.scenario, condition) };
        match &condition.gate {
            Gate::Departures(set) => check_departures(facts, &gated, set, report),
            Gate::Handovers(sites) => check_handovers(facts, &gated, sites, report),
            Gate::Strength { party, people } => {
                check_strength(facts, &gated, *party, *people, report);
            }
        }
    }
    check_ceilings(facts, report);
}

/// A condition and when it lets through what it gates.
struct Gated<'a> {
    condition: &'a Condition,
    /// Disjoint, in order of time.
    opened: Vec<Interval>,
}

impl Gated<'_> {
    fn is_open(&self, t: Timestamp) -> bool {
        self.opened.iter().any(|window| window.contains(t))
    }

    /// Says whether it is open from `a` to `b` without a break; with `Hold` and `Go` only `at` matters.
    fn lets(&self, at: Timestamp, a: Timestamp, b: Timestamp) -> bool {
        match self.condition.policy {
            Policy::Reverse => {
                self.opened.iter().any(|w| w.from <= a && b <= w.to && w.contains(a))
            }
            Policy::Go | Policy::Hold => self.is_open(at),
        }
    }

    /// Says when the condition is true.
    fn when(&self) -> String {
        let name = &self.condition.name;
        let stretches: Vec<String> = self
            .opened
            .iter()
            .map(|window| match window.to {
                Timestamp::MAX => format!("from {} on", window.from),
                to => format!("from {} to {to}", window.from),
            })
            .collect();
        match stretches.is_empty() {
            true => format!("condition `{name}` is not true"),
            false => format!("condition `{name}` is true {}", stretches.join(" and ")),
        }
    }
}

/// Returns when a condition is open: while it is true, and with the policy `go` ever after it was first true.
pub(crate) fn opened(scenario: &Scenario, condition: &Condition) -> Vec<Interval> {
    let mut opened = match &condition.truth {
        Truth::From(from) => {
            from.map(|from| Interval { from, to: Timestamp::MAX }).into_iter().collect()
        }
        Truth::Level { zone, level, offices } => judged(scenario, zone, *level, offices),
    };
    if condition.policy == Policy::Go {
        opened.truncate(1);
        opened.iter_mut().for_each(|window| window.to = Timestamp::MAX);
    }
    opened
}

/// Returns while when every standing judgement of a zone is at a level or a better one, and there is one.
fn judged(scenario: &Scenario, zone: &str, level: LevelId, offices: &[String]) -> Vec<Interval> {
    let counts = |office: &String| offices.is_empty() || offices.contains(office);
    let mut rows: Vec<(Timestamp, &str, LevelId)> = scenario
        .assessments
        .rows
        .iter()
        .filter(|row| (row.zone == zone || row.zone == "ALL") && counts(&row.office))
        .map(|row| (row.at, row.office.as_str(), row.level))
        .collect();
    rows.sort_by_key(|row| row.0);
    let mut standing: BTreeMap<&str, LevelId> = BTreeMap::new();
    let mut windows: Vec<Interval> = Vec::new();
    for (position, &(at, office, judgement)) in rows.iter().enumerate() {
        standing.insert(office, judgement);
        let until = rows.get(position + 1).map_or(Timestamp::MAX, |next| next.0);
        if until == at || !standing.values().all(|&stands| stands >= level) {
            continue;
        }
        match windows.last_mut().filter(|last| last.to == at) {
            Some(last) => last.to = until,
            None => windows.push(Interval { from: at, to: until }),
        }
    }
    windows
}

/// One finding per element: the first of its items that leaves the host too early.
fn check_departures(facts: &Facts, gated: &Gated, set: &[ElementId], report: &mut Report) {
    for &element in set {
        let leaving = facts.groups(element).filter_map(|group| {
            let t = group.left_host?;
            let since = group.left_site.unwrap_or(t).min(t);
            (!gated.lets(t, since, t)).then_some((t, since))
        });
        if let Some((t, since)) = leaving.min() {
            let object = format!("element `{}`", facts.scenario.elements[element].name);
            let way = match gated.condition.policy {
                Policy::Reverse if since < t => format!(" and its site at {since}"),
                _ => String::new(),
            };
            let message = format!("it leaves the host at {t}{way}, {}", gated.when());
            report.broken(Rule::C27, object, Some(t), message);
        }
    }
}

fn check_handovers(facts: &Facts, gated: &Gated, sites: &[SiteId], report: &mut Report) {
    // what had begun before anybody knew is not undone by what is known now
    let has_begun = |row: &Handover| {
        let is_frozen = facts.frozen.is_some_and(|frozen| frozen.handovers.contains(row));
        is_frozen && facts.scenario.operation.now.is_some_and(|now| row.starts < now)
    };
    for held in facts.resolved.handovers.iter().filter(|held| !has_begun(held.row)) {
        let Some(step) = held.step else { continue };
        let (starts, ends) = (held.row.starts, held.row.ends);
        if sites.contains(&facts.scenario.steps[step].site) && !gated.lets(starts, starts, ends) {
            let object = format!("handover step `{}`", held.row.step);
            let until = match gated.condition.policy {
                Policy::Reverse => format!(" and ends at {ends}"),
                Policy::Go | Policy::Hold => String::new(),
            };
            let message = format!("it starts at {starts}{until}, {}", gated.when());
            report.broken(Rule::C27, object, Some(starts), message);
        }
    }
}

/// A strength may not be undercut by leaving while the condition is untrue; with `Reverse` it may not be
/// undercut then at all.
fn check_strength(facts: &Facts, gated: &Gated, party: PartyId, people: i64, report: &mut Report) {
    let mut there = 0_i64;
    let mut leaving: Vec<(Timestamp, i64)> = Vec::new();
    for (element, row) in facts.scenario.elements.iter() {
        if row.party != party {
            continue;
        }
        for group in facts.groups(element) {
            there = there.saturating_add(facts.people(group));
            if let Some(t) = group.left_host {
                leaving.push((t, facts.people(group)));
            }
        }
    }
    let needed = people.min(there);
    leaving.sort_unstable();
    for (t, people) in leaving {
        there -= people;
        if there < needed && !gated.lets(t, t, Timestamp::MAX) {
            let object = format!("party `{}`", facts.scenario.parties[party].name);
            let message = format!(
                "{there} of its people are in the host from {t} on, {needed} must stay; {}",
                gated.when()
            );
            report.broken(Rule::C27, object, Some(t), message);
            return;
        }
    }
}

/// The people of the force in the host never outnumber a ceiling of the mandate: one finding per row.
fn check_ceilings(facts: &Facts, report: &mut Report) {
    for (_, row) in facts.scenario.mandate.iter() {
        let MandateKind::Ceiling { people, valid } = row.kind else { continue };
        let from = valid.from.max(facts.scenario.operation.start);
        let mut changes = comings_and_goings(facts);
        // those there when the row begins to count stand at that moment, and nothing counts after its end
        changes.iter_mut().for_each(|change| change.0 = change.0.max(from));
        changes.retain(|change| change.0 < valid.to);
        changes.sort_unstable();
        let mut there = 0_i64;
        let mut position = 0;
        while let Some(&(t, _)) = changes.get(position) {
            while let Some(&(_, change)) = changes.get(position).filter(|change| change.0 == t) {
                there = there.saturating_add(change);
                position += 1;
            }
            if there > people {
                let message = format!(
                    "{there} people of the force are in the host, mandate row `{}` allows {people}",
                    row.name
                );
                let object = format!("mandate row `{}`", row.name);
                let at = (t > Timestamp::MIN).then_some(t);
                report.broken(
                    Rule::C27,
                    object,
                    at.or(Some(facts.scenario.operation.start)),
                    message,
                );
                break;
            }
        }
    }
}

/// Returns when how many people of the force are in the host from the start, come into it, or leave it (negative).
fn comings_and_goings(facts: &Facts) -> Vec<(Timestamp, i64)> {
    let scenario = facts.scenario;
    let people = |piece: PieceId, count| resolved::people_of(&scenario.pieces[piece], count);
    let of_force = |piece: PieceId| scenario.is_of_force(facts.party_of(piece));
    let mut changes = Vec::new();
    for (id, piece) in scenario.pieces.iter().filter(|(id, _)| of_force(*id)) {
        if scenario.is_in_host(scenario.elements[piece.element].origin) {
            changes.push((Timestamp::MIN, people(id, piece.count)));
        }
    }
    for by in facts.journeys.moves.iter().filter(|by| of_force(by.piece)) {
        changes.extend(by.enters_host.map(|t| (t, people(by.piece, by.count))));
        changes.extend(by.leaves_host.map(|t| (t, -people(by.piece, by.count))));
    }
    changes
}
