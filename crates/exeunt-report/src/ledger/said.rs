//! What rows and results are called in a language.

use super::{Change, Evidence, PromiseState};
use crate::language::{Value, Words};
use exeunt_model::scenario::{Counted, Statement};
use exeunt_model::{Duration, ElementId, Interval, Scenario, StatementId, Timestamp};
use std::collections::BTreeSet;

/// Says things of the ledger in one language.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) words: &'a Words,
    /// Whether persons are named; else offices only.
    pub(super) names: bool,
}

impl<'a> Teller<'a> {
    pub(super) fn say(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.words.say(key, arguments)
    }
    pub(super) fn word(&self, key: &str) -> String {
        self.words.word(key)
    }
    pub(super) fn of(&self, english: &str) -> String {
        self.words.of(self.scenario, english).to_string()
    }
    pub(super) fn row(&self, id: StatementId) -> &'a Statement {
        &self.scenario.statements[id]
    }
    pub(super) fn name(&self, id: StatementId) -> String {
        self.row(id).name.clone()
    }
    pub(super) fn names_of(&self, rows: &[StatementId]) -> String {
        let names: Vec<String> = rows.iter().map(|&id| self.name(id)).collect();
        self.words.list(&names)
    }

    /// Says who speaks: the office, or a body that has none; a person only where names are asked for. Blank: an event.
    pub(super) fn who(&self, row: &Statement) -> String {
        match (row.office.is_empty(), row.speaker.is_empty()) {
            (true, true) => String::new(),
            (true, false) => self.of(&row.speaker),
            (false, false) if self.names => {
                let (name, office) = (self.of(&row.speaker), self.of(&row.office));
                self.say("ledger-named", &[("name", name.into()), ("office", office.into())])
            }
            (false, _) => self.of(&row.office),
        }
    }

    /// Says when a row was said: its hour in the operation's zone, or its day.
    pub(super) fn said(&self, row: &Statement) -> String {
        if row.time.is_some() {
            return self.words.moment(self.scenario, row.known);
        }
        self.written_day(&row.date).unwrap_or_else(|| self.by(row.known))
    }

    /// Says when a row was recorded, a day as it is written.
    pub(super) fn recorded(&self, row: &Statement) -> Option<String> {
        let by = row.recorded_by?;
        Some(
            self.written_day(&row.recorded).unwrap_or_else(|| self.words.moment(self.scenario, by)),
        )
    }

    /// Says a day that is written as `2022-01-14`; none for anything else.
    fn written_day(&self, day: &str) -> Option<String> {
        let noon = Timestamp::parse_rfc3339(&format!("{day}T12:00:00Z"))?;
        let offset = Duration(self.scenario.operation.zone_offset);
        Some(self.words.day(self.scenario, noon - offset))
    }

    /// Says a moment as the end of a day where it is one.
    pub(super) fn by(&self, t: Timestamp) -> String {
        match self.scenario.day_of(t).1.from == t {
            true => self.words.day(self.scenario, t - Duration(1)),
            false => self.words.moment(self.scenario, t),
        }
    }

    /// Says a day, or a stretch of days.
    pub(super) fn day(&self, day: Interval) -> String {
        let (first, last) = (day.from, day.to - Duration(1));
        let [first, last] = [first, last].map(|t| self.words.day(self.scenario, t));
        match first == last {
            true => first,
            false => self.say("ledger-days", &[("from", first.into()), ("to", last.into())]),
        }
    }

    /// Names a set: everybody, parties that are wholly in it, and elements.
    pub(super) fn set(&self, set: &[ElementId]) -> String {
        let s = self.scenario;
        let set: BTreeSet<ElementId> = set.iter().copied().collect();
        if set.len() == s.elements.len() {
            return self.word("ledger-all");
        }
        let mut names = Vec::new();
        let mut named: BTreeSet<ElementId> = BTreeSet::new();
        for (party, row) in s.parties.iter() {
            let of_party = s.elements.iter().filter(|(_, element)| element.party == party);
            let own: BTreeSet<ElementId> = of_party.map(|(id, _)| id).collect();
            if !own.is_empty() && own.is_subset(&set) {
                names.push(self.of(if row.title.is_empty() { &row.name } else { &row.title }));
                named.extend(own);
            }
        }
        for element in set.difference(&named) {
            let row = &s.elements[*element];
            names.push(self.of(if row.title.is_empty() { &row.name } else { &row.title }));
        }
        self.words.list(&names)
    }

    pub(super) fn counted(&self, counted: Counted) -> String {
        self.word(match counted {
            Counted::Sorties => "counted-sorties",
            Counted::People => "counted-people",
            Counted::Vehicles => "counted-vehicles",
            Counted::Sites => "counted-sites",
        })
    }

    /// Writes numbers with their rows: `18 [42]`.
    pub(super) fn numbers(&self, numbers: &[(StatementId, i64)]) -> String {
        let of = |&(row, n): &(StatementId, i64)| {
            let n = self.words.count(n);
            self.say("ledger-number", &[("n", n.into()), ("row", self.name(row).into())])
        };
        self.words.list(&numbers.iter().map(of).collect::<Vec<_>>())
    }

    pub(super) fn join(&self, parts: &[String]) -> String {
        parts.join(&self.word("list-separator"))
    }
}

/// Says in which office a row was said, or which body said it; never who. Blank: an event.
pub(crate) fn office(words: &Words, scenario: &Scenario, row: &Statement) -> String {
    Teller { scenario, words, names: false }.who(row)
}

/// Says on which day, or at which hour, a row was said.
pub(crate) fn day_said(words: &Words, scenario: &Scenario, row: &Statement) -> String {
    Teller { scenario, words, names: false }.said(row)
}

/// Names a set: everybody, parties that are wholly in it, and elements.
pub(crate) fn set(words: &Words, scenario: &Scenario, set: &[ElementId]) -> String {
    Teller { scenario, words, names: false }.set(set)
}

/// Says a change of how a promise stands, with its row.
pub(crate) fn change(words: &Words, scenario: &Scenario, change: &Change) -> String {
    let state = words.word(state_key(change.to));
    let teller = Teller { scenario, words, names: false };
    let moment = |t: Timestamp| teller.by(t);
    match (change.evidence, change.at) {
        (Evidence::Row(row), at) => {
            let at = at.unwrap_or(teller.row(row).known);
            let arguments = [
                ("state", state.into()),
                ("moment", moment(at).into()),
                ("row", teller.name(row).into()),
            ];
            words.say("change-row", &arguments)
        }
        (Evidence::Outcome, _) => words.say("change-outcome", &[("state", state.into())]),
        (Evidence::Plan, _) => words.say("change-plan", &[("state", state.into())]),
        (Evidence::Nothing, Some(at)) => {
            words.say("change-no-report", &[("moment", moment(at).into())])
        }
        (Evidence::Nothing, None) => words.say("change-no-row", &[("state", state.into())]),
    }
}

pub(crate) fn state_key(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Made => "state-made",
        PromiseState::Repeated => "state-repeated",
        PromiseState::AtRisk => "state-at-risk",
        PromiseState::Kept => "state-kept",
        PromiseState::Broken => "state-broken",
        PromiseState::Disputed => "state-disputed",
        PromiseState::NoReport => "state-no-report",
    }
}
