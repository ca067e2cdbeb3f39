//! What binds, what the checker found, and what everything rests on.

use super::chronology;
use super::edition::Edition;
use super::promises;
use exeunt_model::finding::{Binding, Code, Finding};
use exeunt_model::scenario::{Assumption, SourceType};
use exeunt_model::{Interval, Rule};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Findings named for one rule.
const FINDINGS_SHOWN: usize = 20;

/// What binds by day: one unit more, planned again.
pub(super) fn binds(e: &Edition<'_>) -> Option<Markup> {
    let bindings = e.page.bindings?;
    let mut by_day: BTreeMap<Interval, Vec<&Binding>> = BTreeMap::new();
    for binding in bindings {
        by_day.entry(binding.day).or_default().push(binding);
    }
    let label = e.words.word("nav-binds");
    Some(html! {
        h2 { (e.t("nav-binds")) }
        p.note { (e.t("binds-what")) }
        @if by_day.is_empty() { p { (e.t("nothing-single")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(label) {
                table {
                    thead { tr {
                        th scope="col" { (e.t("date")) } th scope="col" { (e.t("what")) } th scope="col" { (e.t("one-more")) }
                        th scope="col" { (e.t("days-last")) } th scope="col" { (e.t("with-one-more")) }
                    } }
                    tbody { @for (day, found) in by_day { @for binding in found { tr {
                        td { (e.words.day(e.s, day.from)) }
                        th scope="row" { (kind(e, &binding.kind)) ": " (english(&retold(e, &binding.what))) }
                        td { (english(&binding.unit)) }
                        td { (e.moment(Some(binding.last_departure))) }
                        td { @match binding.with_one_more { Some(t) => (e.moment(Some(t))), None => (e.t("nobody-that-late")) } }
                    } } } }
                }
            }
        }
    })
}

fn kind(e: &Edition<'_>, kind: &str) -> Markup {
    match kind {
        "stand" => e.t("bind-stand"),
        "handling" => e.t("bind-handling"),
        "host_check" => e.t("bind-host-check"),
        "team" => e.t("bind-team"),
        "escort" => e.t("bind-escort"),
        "tails" => e.t("bind-tails"),
        "hours" => e.t("bind-hours"),
        "condition" => e.t("bind-condition"),
        "clearance" => e.t("bind-clearance"),
        "border" => e.t("bind-border"),
        "date" => e.t("bind-date"),
        _ => e.t("bind-other"),
    }
}

/// A sentence that exists in English only.
fn english(text: &str) -> Markup {
    html! { bdi lang="en" dir="ltr" { (text) } }
}

fn retold(e: &Edition<'_>, message: &str) -> String {
    crate::zoned::Clock::new(e.s.operation.zone_offset).retell(message)
}

/// Rules, findings, the self-test, the objective and the days.
pub(super) fn render(e: &Edition<'_>) -> Markup {
    let verdict = e.page.verdict;
    let enforced = Rule::ALL.iter().filter(|rule| rule.is_enforced()).count();
    let mut by_code: BTreeMap<Code, Vec<&Finding>> = BTreeMap::new();
    for finding in &verdict.findings {
        by_code.entry(finding.rule).or_default().push(finding);
    }
    html! {
        h2 { (e.t("nav-checked")) }
        p { @if verdict.accepted { span.state.done { "✓ " (e.t("accepted")) } } @else { span.state.broken { "✗ " (e.t("refused")) } }
            " " (e.say("rules-and-findings", &[("rules", enforced.into()), ("all", Rule::ALL.len().into()), ("findings", verdict.findings.len().into())])) }
        p.note { (e.t("checker-what")) }
        @if let Some(test) = e.page.self_test {
            p { (e.say("self-test", &[("spoiled", test.spoiled.into()), ("refused", test.refused.into())])) }
            @if let Some(example) = &test.example { p.note { (english(&retold(e, example))) } }
        }
        @for (code, found) in &by_code {
            h3 { (e.code(&code.to_string())) " " @if let Code::Rule(rule) = code { (english(rule.sentence())) } }
            ul { @for finding in found.iter().take(FINDINGS_SHOWN) {
                li { (english(&finding.object)) @if let Some(at) = finding.at { (e.comma()) (e.moment(Some(at))) } ": " (english(&retold(e, &finding.message))) }
            }
            @if found.len() > FINDINGS_SHOWN { li { (e.say("and-more", &[("n", (found.len() - FINDINGS_SHOWN).into())])) } } }
        }
        @if let Some(beside) = &e.page.beside {
            p { (e.rich(&e.beside_name(beside))) ": " (e.say("findings", &[("n", beside.verdict.findings.len().into())]))
                @if beside.is_record() && !beside.verdict.findings.is_empty() { " " (e.t("record-findings-what")) } }
        }
        @if !e.page.plan.unmoved.is_empty() {
            h3 { (e.t("unmoved-head")) }
            ul { @for row in e.page.plan.unmoved.iter().take(FINDINGS_SHOWN) {
                li { (e.n(row.count)) " × " (e.code(&row.piece)) (e.comma()) (e.code(&row.rule)) ": " (english(&retold(e, &row.reason))) }
            } }
        }
        @if let Some(days) = promises::days(e) { (days) }
        (objective(e))
    }
}

fn objective(e: &Edition<'_>) -> Markup {
    let verdict = e.page.verdict;
    let label = e.words.word("objective");
    html! {
        details.objective {
            summary { (e.t("objective")) }
            p.note { (e.t("objective-what")) }
            div.scroll tabindex="0" role="region" aria-label=(label) {
                table {
                    thead { tr { th scope="col" { (e.t("level")) } th scope="col" { (e.t("what")) } th.num scope="col" { (e.t("value")) } } }
                    tbody { @for (level, &value) in verdict.levels.iter().zip(&verdict.objective) { tr {
                        th scope="row" { (e.code(level)) }
                        td { (level_name(e, level)) }
                        td.num { (e.n(value)) }
                    } } }
                }
            }
        }
    }
}

fn level_name(e: &Edition<'_>, level: &str) -> Markup {
    match level {
        "z0" => e.t("z0"),
        "z1" => e.t("z1"),
        "z2" => e.t("z2"),
        "z3" => e.t("z3"),
        "z4" => e.t("z4"),
        "z5" => e.t("z5"),
        "z6.tails" => e.t("z6-tails"),
        "z6.sorties" => e.t("z6-sorties"),
        "z6.minutes" => e.t("z6-minutes"),
        "z7" => e.t("z7"),
        "z8" => e.t("z8"),
        "z9" => e.t("z9"),
        other => e.code(other),
    }
}

/// What is assumed, table by table, and who tells the story.
pub(super) fn assumptions(e: &Edition<'_>) -> Markup {
    let rows = &e.s.assumptions;
    let mut tables: Vec<(&str, Vec<&Assumption>)> = Vec::new();
    for row in rows {
        match tables.iter_mut().find(|(table, _)| *table == row.table) {
            Some((_, rows)) => rows.push(row),
            None => tables.push((&row.table, vec![row])),
        }
    }
    let label = e.words.word("nav-assumptions");
    let kinds = chronology::by_source_type(e);
    html! {
        h2 { (e.t("nav-assumptions")) }
        p { (e.say("rests-on", &[("assumed", rows.len().into()), ("rows", e.s.n_graded_rows.into())])) }
        p { (e.t("assumptions-neutral")) }
        @if !kinds.is_empty() {
            ul.facts { @for (kind, n) in kinds { li { @match kind {
                SourceType::Party => (e.say("from-party", &[("n", n.into())])),
                SourceType::StateMedia => (e.say("from-state-media", &[("n", n.into())])),
                SourceType::Independent => (e.say("from-independent", &[("n", n.into())])),
                SourceType::OwnEstimate => (e.say("from-own-estimate", &[("n", n.into())])),
            } } } }
        }
        @for (table, rows) in tables {
            details.assumed {
                summary { (e.code(table)) " (" (e.n(i64::try_from(rows.len()).unwrap_or(0))) ")" }
                div.scroll tabindex="0" role="region" aria-label=(format!("{label}: {table}")) {
                    table {
                        thead { tr { th scope="col" { (e.t("row")) } th scope="col" { (e.t("assumed-what")) } } }
                        tbody { @for row in rows { tr { th scope="row" { (e.code(&row.row)) } td { (e.of(&row.text)) } } } }
                    }
                }
            }
        }
    }
}
