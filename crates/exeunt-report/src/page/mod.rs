//! The page of a plan: one HTML file that holds its three languages, its drawings and its tables, and asks for nothing outside.
//!
//! Each language is an *edition*: the same sections with the same figures, of which one is shown. Switching works
//! without a script; the time slider is the only thing that needs one. Every drawing stands in a figure with
//! the table of what it draws. A figure that the checker has derived is shown as it stands in the verdict.

mod chart;
mod checked;
mod chronology;
mod edition;
mod first;
mod flow;
mod looks;
mod map;
mod places;
mod promises;
mod prospects;
mod residual;
mod situation;
mod timelines;

use crate::language::{Language, Words};
use crate::self_test::SelfTestLine;
use edition::Edition;
use exeunt_model::finding::Binding;
use exeunt_model::residual::{LastStop, Residual};
use exeunt_model::ruler::Prospects;
use exeunt_model::{Plan, Scenario, Timestamp, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::HashMap;

const STYLE: &str = include_str!("../../assets/page.css");
const RULER_STYLE: &str = include_str!("../../assets/ruler.css");
const SCRIPT: &str = include_str!("../../assets/page.js");

/// Everything that the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Scenario.
    pub scenario: &'a Scenario,
    /// Plan of it.
    pub plan: &'a Plan,
    /// What the checker derived from both.
    pub verdict: &'a Verdict,
    /// Moment at which the page stands; none: the operation's clock or, without one, its start.
    pub at: Option<Timestamp>,
    /// Language that is shown first.
    pub language: Language,
    /// A second plan to stand beside the first.
    pub beside: Option<Beside<'a>>,
    /// Residual capability, hour by hour; empty: the section is left out.
    pub residual: &'a [Residual],
    /// Last moments at which stopping keeps what a task asks for.
    pub last_stops: &'a [LastStop],
    /// The ruler of dates with the simulation that it comes from; none when nobody asked.
    pub prospects: Option<&'a Prospects>,
    /// What binds; none when nobody asked.
    pub bindings: Option<&'a [Binding]>,
    /// The self-test, if it ran.
    pub self_test: Option<&'a SelfTestLine>,
}

impl Page<'_> {
    /// Returns the moment at which the page stands.
    fn now(&self) -> Timestamp {
        self.at.or(self.scenario.operation.clock).unwrap_or(self.scenario.operation.start)
    }
}

/// A plan beside the one that the page is about.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The plan. One that no search made (`lanes` 0) is taken for the record, its hours assumed.
    pub plan: &'a Plan,
    /// What the checker derived from it.
    pub verdict: &'a Verdict,
}

impl Beside<'_> {
    /// Returns whether the plan is what is on record, written down by hand.
    pub(crate) fn is_record(&self) -> bool {
        self.plan.lanes == 0
    }
}

/// Returns the page as one HTML file.
pub fn html(page: &Page<'_>) -> String {
    let plan = within_counts(page.scenario, page.plan);
    let second = page.beside.map(|beside| within_counts(page.scenario, beside.plan));
    let beside = page.beside.zip(second.as_ref());
    let beside = beside.map(|(beside, plan)| Beside { plan, ..beside });
    written(&Page { plan: &plan, beside, ..*page })
}

/// Returns a plan that never says more of a piece than there are, or fewer than none: absurd counts are shown like all
/// or none, as everywhere.
fn within_counts(scenario: &Scenario, plan: &Plan) -> Plan {
    let pieces = scenario.pieces.rows.iter();
    let most: HashMap<&str, i64> = pieces.map(|piece| (piece.name.as_str(), piece.count)).collect();
    let tame = |piece: &str, count: &mut i64| {
        *count = (*count).clamp(0, most.get(piece).map_or(0, |&most| most.max(0)));
    };
    let mut plan = plan.clone();
    for load in plan.lines.iter_mut().flat_map(|l| &mut l.sorties).flat_map(|s| &mut s.load) {
        tame(&load.piece, &mut load.count);
    }
    for load in plan.columns.iter_mut().flat_map(|column| &mut column.load) {
        tame(&load.piece, &mut load.count);
    }
    plan
}

fn written(page: &Page<'_>) -> String {
    let words = Language::ALL.map(Words::new);
    let shown = Words::new(page.language);
    let scene = edition::Scene::new(page);
    let markup = html! {
        (DOCTYPE)
        html lang=(page.language.code()) dir=(page.language.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shown.of(page.scenario, &page.scenario.operation.title).text) }
                style { (PreEscaped(STYLE)) (PreEscaped(RULER_STYLE)) (PreEscaped(looks::style(page.scenario))) }
            }
            body {
                (switch(page.language))
                (looks::patterns(page.scenario))
                @for words in &words {
                    (Edition::new(page, &scene, words).render())
                }
                script type="application/json" id="moves" { (PreEscaped(map::moves_json(page, &scene))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string()
}

/// The choice of a language, each in its own.
fn switch(chosen: Language) -> Markup {
    html! {
        header.switch {
            fieldset {
                legend lang="en" { "Language" }
                @for language in Language::ALL {
                    @let id = format!("language-{}", language.code());
                    span {
                        input type="radio" name="language" id=(id) value=(language.code()) checked[language == chosen];
                        label for=(id) lang=(language.code()) dir=(language.dir()) { (language.own_name()) }
                    }
                }
            }
        }
    }
}
