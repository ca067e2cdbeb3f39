//! One language of the page: what its sections share.

use super::flow::{Flow, Move, Steps};
use super::places::Views;
use super::{
    Beside, Page, checked, chronology, first, looks, map, promises, prospects, residual, situation,
    timelines,
};
use crate::language::{Phrase, Value, Words, rich};
use exeunt_model::finding::PartyResult;
use exeunt_model::scenario::{Party, Piece};
use exeunt_model::{Interval, PartyId, PlaceId, Scenario, StatementId, Timestamp};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// What is the same in every language.
pub(super) struct Scene<'a> {
    /// Days that the drawings span.
    pub(super) span: Interval,
    /// The plan, read.
    pub(super) flow: Flow<'a>,
    /// The plan beside it, read.
    pub(super) beside: Option<Flow<'a>>,
    /// What the plan moves.
    pub(super) moves: Vec<Move>,
    /// People by place.
    pub(super) people: BTreeMap<PlaceId, Steps>,
    /// The maps.
    pub(super) views: Views,
    /// Rows whose values are assumed: table and row.
    assumed: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(page: &Page<'a>) -> Self {
        let flow = Flow::new(page.scenario, page.plan);
        let beside = page.beside.map(|beside| Flow::new(page.scenario, beside.plan));
        Self {
            span: span(page),
            moves: flow.moves(),
            people: flow.people(),
            views: Views::new(page.scenario, &[&flow]),
            flow,
            beside,
            assumed: page
                .scenario
                .assumptions
                .iter()
                .map(|row| (row.table.as_str(), row.row.as_str()))
                .collect(),
        }
    }
}

/// Returns whole days from the operation's start to the end of what either plan does.
fn span(page: &Page<'_>) -> Interval {
    let s = page.scenario;
    let beside = page.beside.map(|beside| beside.plan);
    let last = [Some(page.plan), beside].into_iter().flatten().flat_map(|plan| {
        let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
        let landed =
            sorties.map(|sortie| sortie.unloading.map_or(sortie.lands, |service| service.ends));
        let marched =
            plan.columns.iter().filter_map(|c| c.marches.last()).map(|march| march.arrives);
        landed.chain(marched).chain(plan.handovers.iter().map(|handover| handover.ends))
    });
    let last = last.max().unwrap_or(s.operation.start).max(page.now());
    let from = s.day_of(s.operation.start).1.from;
    // a plan that goes on for a year is drawn for its first hundred days
    let most = s.day_of(from).1.to.0.saturating_add(99 * 86_400);
    Interval { from, to: Timestamp(s.day_of(last).1.to.0.clamp(from.0 + 86_400, most)) }
}

/// A language of the page.
pub(super) struct Edition<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) words: &'a Words,
    pub(super) s: &'a Scenario,
    pub(super) now: Timestamp,
}

impl<'a> Edition<'a> {
    pub(super) fn new(page: &'a Page<'a>, scene: &'a Scene<'a>, words: &'a Words) -> Self {
        Self { page, scene, words, s: page.scenario, now: page.now() }
    }

    pub(super) fn render(&self) -> Markup {
        let language = self.words.language();
        let sections: [(&str, &str, Option<Markup>); 10] = [
            ("prospects", "prospects", prospects::render(self)),
            ("timelines", "nav-timelines", Some(timelines::render(self))),
            ("map", "nav-map", Some(map::render(self))),
            ("chronology", "nav-chronology", chronology::render(self)),
            ("promises", "nav-promises", promises::render(self)),
            ("situation", "nav-situation", situation::render(self)),
            ("residual", "nav-residual", residual::render(self)),
            ("binds", "nav-binds", checked::binds(self)),
            ("checked", "nav-checked", Some(checked::render(self))),
            ("assumptions", "nav-assumptions", Some(checked::assumptions(self))),
        ];
        html! {
            main.edition lang=(language.code()) dir=(language.dir()) data-days=(self.days_json())
                data-moment=(self.words.say("moment", &[("day", "%d".into()), ("time", "%t".into())]))
            {
                (first::render(self))
                nav aria-label=(self.words.word("contents")) {
                    ul {
                        @for (id, title, section) in &sections {
                            @if section.is_some() {
                                li { a href=(format!("#{}", self.id(id))) { (self.t(title)) } }
                            }
                        }
                    }
                }
                @for (id, _, section) in &sections {
                    @if let Some(section) = section {
                        section id=(self.id(id)) { (section) }
                    }
                }
                footer { p { (self.t("neutral")) } }
            }
        }
    }

    /// Days of the span by name, and the one that begins at its end, for the script.
    fn days_json(&self) -> String {
        let (mut days, mut t) = (Vec::new(), self.scene.span.from);
        while t < self.scene.span.to {
            days.push(self.words.day(self.s, t));
            t = self.s.day_of(t).1.to;
        }
        days.push(self.words.day(self.s, t));
        serde_json::to_string(&days).expect("a list of texts")
    }

    /// Makes an id of this edition.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.words.language().code())
    }
    /// Says a message without arguments.
    pub(super) fn t(&self, key: &str) -> Markup {
        rich(&self.words.word(key))
    }
    /// Says a message.
    pub(super) fn say(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> Markup {
        rich(&self.words.say(key, arguments))
    }
    /// Shows a text that was said.
    pub(super) fn rich(&self, text: &str) -> Markup {
        rich(text)
    }
    /// Shows a code that is the same in every language.
    pub(super) fn code(&self, code: &str) -> Markup {
        html! { bdi dir="ltr" { (code) } }
    }
    /// Shows several codes.
    pub(super) fn codes<T: AsRef<str>>(&self, codes: &[T]) -> Markup {
        html! {
            @for (n, code) in codes.iter().enumerate() {
                @if n > 0 { (self.comma()) }
                (self.code(code.as_ref()))
            }
        }
    }
    /// A comma and a space.
    pub(super) fn comma(&self) -> &'static str {
        if self.words.language().is_right_to_left() { "، " } else { ", " }
    }
    /// A semicolon and a space.
    pub(super) fn semicolon(&self) -> &'static str {
        if self.words.language().is_right_to_left() { "؛ " } else { "; " }
    }
    /// Looks up a text of the scenario.
    pub(super) fn of(&self, english: &str) -> Phrase {
        self.words.of(self.s, english)
    }
    /// Shows a moment, or a dash for "never".
    pub(super) fn moment(&self, t: Option<Timestamp>) -> Markup {
        html! {
            @match t {
                Some(t) => time datetime=(self.rfc3339(t)) { (self.words.moment(self.s, t)) },
                None => "–",
            }
        }
    }
    fn rfc3339(&self, t: Timestamp) -> String {
        let clock = crate::zoned::Clock::new(self.s.operation.zone_offset);
        clock.rfc3339(t).unwrap_or_default()
    }
    /// Writes a number.
    pub(super) fn n(&self, n: i64) -> String {
        self.words.count(n)
    }
    /// Says of a row that is assumed that it is; in part if it rests on a statement.
    pub(super) fn assumed(&self, table: &str, row: &str, said: Option<StatementId>) -> Markup {
        html! { @if self.scene.assumed.contains(&(table, row)) {
            " " small.assumed { "(" @match said { Some(_) => (self.t("assumed-in-part")), None => (self.t("assumed")) } ")" }
        } }
    }
    /// Returns whether somebody comes into the host, and whether somebody leaves.
    pub(super) fn ways(&self) -> (bool, bool) {
        let parties = &self.page.verdict.parties;
        let comes_in = |result: &PartyResult| result.entered_host.is_some();
        (parties.iter().any(comes_in), parties.iter().any(|result| !comes_in(result)))
    }
    /// Returns a party's name.
    pub(super) fn party(&self, id: PartyId) -> Phrase {
        let Party { name, title, .. } = &self.s.parties[id];
        self.of(if title.is_empty() { name } else { title })
    }
    /// Shows a party with its look: a swatch of its colour and pattern, and its name.
    pub(super) fn swatch(&self, id: PartyId) -> Markup {
        html! {
            svg.swatch viewBox="0 0 160 160" aria-hidden="true" focusable="false" {
                rect class=(looks::class(id)) width="160" height="160" {}
            }
            " " (self.party(id))
        }
    }
    /// Returns a place's name, or its id.
    pub(super) fn place(&self, id: PlaceId) -> Phrase {
        let place = &self.s.places[id];
        self.of(if place.title.is_empty() { &place.name } else { &place.title })
    }
    /// Returns a place's name up to its first comma or bracket.
    pub(super) fn short_place(&self, id: PlaceId) -> String {
        let name = self.place(id).text;
        let short = name.split([',', '،', '(']).next().unwrap_or(&name).trim();
        short.to_owned()
    }
    /// Returns a place's name by its id, or the id.
    pub(super) fn place_named(&self, name: &str) -> Phrase {
        self.s.place(name).map_or_else(|| self.of(name), |id| self.place(id))
    }
    /// Returns parties that have pieces, in file order.
    pub(super) fn moving(&self) -> Vec<PartyId> {
        let of = |piece: &Piece| self.s.elements[piece.element].party;
        // in the order of their ids, which is that of the file
        let parties: BTreeSet<PartyId> = self.s.pieces.rows.iter().map(of).collect();
        parties.into_iter().collect()
    }
    /// Returns the plan and, where there is one, that beside it, each with its heading.
    pub(super) fn plans(&self) -> Vec<(&'a Flow<'a>, &'a exeunt_model::Plan, String)> {
        let mut plans = vec![(&self.scene.flow, self.page.plan, self.words.word("plan"))];
        if let (Some(beside), Some(flow)) = (&self.page.beside, &self.scene.beside) {
            plans.push((flow, beside.plan, self.beside_name(beside)));
        }
        plans
    }
    pub(super) fn beside_name(&self, beside: &Beside<'_>) -> String {
        match beside.is_record() {
            true => self.words.word("record-hours-assumed"),
            false => self.words.word("second-plan"),
        }
    }
    /// Returns the page's moment in full, isolated.
    pub(super) fn moment_text(&self, t: Timestamp) -> Value<'static> {
        self.words.moment(self.s, t).into()
    }
}
