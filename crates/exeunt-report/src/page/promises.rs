//! What was promised, read strictly and leniently, against the plan and against the record.

use super::chronology;
use super::edition::Edition;
use crate::ledger;
use exeunt_model::finding::{PromiseResult, Verdict};
use exeunt_model::scenario::Promise;
use maud::{Markup, html};

pub(super) fn render(e: &Edition<'_>) -> Option<Markup> {
    let verdict = e.page.verdict;
    if verdict.promises.is_empty() {
        return None;
    }
    let made = |id: &str| e.s.promises.rows.iter().find(|promise| promise.name == id);
    let beside = e.page.beside.as_ref();
    let label = e.words.word("nav-promises");
    Some(html! {
        h2 { (e.t("nav-promises")) }
        p.note { (e.t("promises-what")) }
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.promises {
                thead { tr {
                    th scope="col" { (e.t("code")) } th scope="col" { (e.t("page-said")) } th scope="col" { (e.t("strict")) }
                    th scope="col" { (e.t("lenient")) } th scope="col" { (e.t("margin")) }
                    @if let Some(beside) = beside { th scope="col" { (e.rich(&e.beside_name(beside))) } }
                    th scope="col" { (e.t("outcome")) } th.num scope="col" { (e.t("wanted")) } th scope="col" { (e.t("treated-as")) }
                } }
                tbody { @for result in &verdict.promises {
                    @let made = made(&result.id);
                    tr {
                        th scope="row" { (e.code(&result.id)) }
                        td.said {
                            @if let Some(made) = made { (e.of(&made.text)) br; small { (who(e, made)) } }
                            @if let Some(evidence) = &result.before_start { br; small { (e.of(evidence)) } }
                        }
                        td { (reading(e, result.strict)) }
                        td { (reading(e, result.lenient)) }
                        td { (result.margin_s.map_or_else(|| html! { "–" }, |margin| e.rich(&e.words.margin(margin)))) }
                        @if let Some(beside) = beside { td { (in_other(e, beside.verdict, result)) } }
                        td { @match made.and_then(|made| made.outcome.as_deref()) { Some(outcome) => (e.of(outcome)), None => "–" }
                            @if let Some(evidence) = made.and_then(|made| made.evidence.as_deref()) { br; small { (e.of(evidence)) } }
                        }
                        td.num { @match made.and_then(|made| made.wanted) { Some(per_mille) => { (per_mille / 10) " %" }, None => "–" } }
                        td { @if result.required { (e.t("required")) } @else { (e.t("announced")) }
                            @if let Some(same) = made.and_then(|made| made.same_as) { br; small { (e.t("same-as")) " " (e.code(&e.s.promises[same].name)) } }
                        }
                    }
                } }
            }
        }
        (over_time(e))
    })
}

/// What became of each promise by the ledger as of the page's moment, and by the plan.
fn over_time(e: &Edition<'_>) -> Markup {
    let forecast = ledger::Forecast { verdict: e.page.verdict, probabilities: &[] };
    let known = ledger::reckon(e.s, Some(e.now), Some(&forecast));
    let label = e.words.word("ledger-promises");
    html! {
        @if !e.s.statements.is_empty() && !known.promises.is_empty() {
            h3 { (e.t("ledger-promises")) }
            p.note { (e.t("promises-over-time-what")) }
            div.scroll tabindex="0" role="region" aria-label=(label) {
                table.promises {
                    thead { tr {
                        th scope="col" { (e.t("code")) } th scope="col" { (e.t("page-said")) }
                        th scope="col" { (e.t("state")) } th scope="col" { (e.t("changes")) }
                    } }
                    tbody { @for history in &known.promises {
                        @let promise = &e.s.promises[history.promise];
                        tr {
                            th scope="row" { (e.code(&promise.name)) }
                            td.said { (e.of(&promise.text)) }
                            td { (e.t(ledger::state_key(history.state))) }
                            td { @for (n, change) in history.changes.iter().enumerate() {
                                @if n > 0 { br; }
                                (e.rich(&ledger::change(e.words, e.s, change)))
                            } }
                        }
                    } }
                }
            }
        }
    }
}

fn who(e: &Edition<'_>, made: &Promise) -> Markup {
    html! {
        @if let Some(statement) = made.statement {
            (chronology::speaker(e, &e.s.statements[statement])) (e.comma())
            (e.t("statement")) " " (chronology::numbered(e, Some(statement)))
        }
    }
}

fn reading(e: &Edition<'_>, kept: Option<bool>) -> Markup {
    match kept {
        Some(true) => html! { span.state.done { "✓ " (e.t("kept")) } },
        Some(false) => html! { span.state.broken { "✗ " (e.t("broken")) } },
        None => html! { "–" },
    }
}

fn in_other(e: &Edition<'_>, other: &Verdict, result: &PromiseResult) -> Markup {
    let found = other.promises.iter().find(|promise| promise.id == result.id);
    html! {
        @if let Some(found) = found {
            (reading(e, found.strict))
            @if let Some(margin) = found.margin_s { br; small { (e.rich(&e.words.margin(margin))) } }
        } @else { "–" }
    }
}

/// Days with loaded departures beside what was reported of them.
pub(super) fn days(e: &Edition<'_>) -> Option<Markup> {
    let verdict = e.page.verdict;
    if verdict.days.is_empty() && e.s.record.is_empty() {
        return None;
    }
    let mut days: Vec<_> = verdict
        .days
        .iter()
        .map(|row| row.day)
        .chain(e.s.record.iter().map(|row| row.day))
        .collect();
    days.sort();
    days.dedup();
    let mut fields: Vec<&str> = Vec::new();
    for row in &verdict.days {
        if !fields.contains(&row.field.as_str()) {
            fields.push(&row.field);
        }
    }
    let title = if e.ways().0 { "loaded-sorties-in" } else { "loaded-sorties-out" };
    let label = e.words.word(title);
    Some(html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table {
                caption { span { (e.t(title)) } }
                thead { tr { th scope="col" { (e.t("airfield")) } @for day in &days { th.num scope="col" { (e.words.day(e.s, day.from)) } } } }
                tbody {
                    @for field in fields { tr {
                        th scope="row" { (e.place_named(field)) }
                        @for day in &days {
                            @let row = verdict.days.iter().find(|row| row.field == field && row.day == *day);
                            td.num { @match row { Some(row) => (e.n(row.loaded_sorties)), None => "–" } }
                        }
                    } }
                    @if !e.s.record.is_empty() { tr.record {
                        th scope="row" { (e.t("reported")) }
                        @for day in &days {
                            @let row = e.s.record.iter().find(|row| row.day == *day);
                            td.num { @match row { Some(row) => (e.code(&row.shown)), None => "–" } }
                        }
                    } }
                }
            }
        }
        @let notes: Vec<_> = e.s.record.iter().filter(|row| row.shown.contains('*') && !row.note.is_empty()).collect();
        @if !notes.is_empty() { ul.notes { @for row in notes { li { "* " (e.words.day(e.s, row.day.from)) ": " (e.of(&row.note)) } } } }
    })
}
