//! What was said, decided, judged and reported: what is known at the page's moment apart from what is known later.

use super::edition::Edition;
use super::situation;
use exeunt_model::scenario::{Assessment, SourceType, Statement};
use exeunt_model::{Duration, Id, StatementId, Timestamp};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// What the chronology tells of.
enum Entry<'a> {
    Statement(StatementId, &'a Statement),
    Assessment(&'a Assessment),
}

impl Entry<'_> {
    fn known(&self) -> Timestamp {
        match self {
            Self::Statement(_, row) => row.known,
            Self::Assessment(row) => row.at,
        }
    }
    /// Returns the noon of its day in the operation's zone.
    fn day(&self, e: &Edition<'_>) -> Timestamp {
        let offset = Duration(e.s.operation.zone_offset);
        let of =
            |t: Timestamp| Timestamp((t + offset).0.div_euclid(86_400) * 86_400 + 43_200) - offset;
        match self {
            Self::Statement(_, row) => noon(e, &row.date).unwrap_or_else(|| of(row.known)),
            Self::Assessment(row) => of(row.at),
        }
    }
}

pub(super) fn render(e: &Edition<'_>) -> Option<Markup> {
    if e.s.statements.is_empty() {
        return None;
    }
    let said = e.s.statements.iter().map(|(id, row)| Entry::Statement(id, row));
    let judged = e.s.assessments.rows.iter().map(Entry::Assessment);
    let mut rows: Vec<Entry<'_>> = said.chain(judged).collect();
    // by day, and within it by what is known first; the rest in file order, judgements last
    rows.sort_by_key(|row| (row.day(e), row.known()));
    let (known, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.known() <= e.now);
    let mut confirmed: BTreeMap<StatementId, Vec<&str>> = BTreeMap::new();
    for (_, row) in e.s.statements.iter() {
        for &other in &row.confirms {
            confirmed.entry(other).or_default().push(&row.name);
        }
    }
    let moment = || e.moment_text(e.now);
    Some(html! {
        h2 { (e.t("nav-chronology")) }
        p.note { (e.t("chronology-what")) }
        h3 { (e.say("known-at", &[("moment", moment()), ("n", known.len().into())])) }
        (table(e, &known, &confirmed, "known"))
        details.later {
            summary { (e.say("known-later", &[("moment", moment()), ("n", later.len().into())])) }
            (table(e, &later, &confirmed, "later"))
        }
        @if !conflicts(e).is_empty() {
            p { (e.t("conflicts-of-record")) " "
                @for (n, (conflict, rows)) in conflicts(e).iter().enumerate() {
                    @if n > 0 { (e.semicolon()) }
                    (e.code(conflict)) ": " (e.codes(rows))
                }
            }
        }
    })
}

fn conflicts<'a>(e: &Edition<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut conflicts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &e.s.statements.rows {
        for conflict in &row.conflicts {
            conflicts.entry(conflict).or_default().push(&row.name);
        }
    }
    conflicts
}

fn table(
    e: &Edition<'_>,
    rows: &[Entry<'_>],
    confirmed: &BTreeMap<StatementId, Vec<&str>>,
    which: &str,
) -> Markup {
    let label = match which {
        "known" => e.words.word("statements-known"),
        _ => e.words.word("statements-later"),
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.statements {
                thead { tr {
                    th scope="col" { (e.t("number")) } th scope="col" { (e.t("date")) } th scope="col" { (e.t("who")) }
                    th scope="col" { (e.t("kind")) } th scope="col" { (e.t("page-said")) } th scope="col" { (e.t("source")) }
                    th scope="col" { (e.t("page-confirmed-by")) }
                } }
                tbody { @for entry in rows { @match entry { Entry::Assessment(row) => tr {
                    th scope="row" { (e.code(&row.name)) }
                    td { time datetime=(row.at.to_rfc3339()) { (e.moment(Some(row.at))) } }
                    td { (e.of(&row.office)) }
                    td { (e.t("kind-assessment")) }
                    td.said { (situation::zone_name(e, &row.zone)) ": " (situation::level(e, row.level))
                        @if row.statement.is_some() { br; small { (e.t("statement")) " " (numbered(e, row.statement)) } }
                    }
                    td { (e.assumed("assessments", &row.name, row.statement)) }
                    td { "–" }
                }, Entry::Statement(id, row) => tr {
                    th scope="row" { (e.code(&row.name)) }
                    td { (date(e, row)) }
                    td { (speaker(e, row)) @if !row.via.is_empty() { br; small { (e.t("via")) " " (e.of(&row.via)) } } }
                    td { (kind(e, &row.kind)) @if !row.status.is_empty() { br; small { (status(e, &row.status)) } } }
                    td.said { (e.of(&row.text))
                        @if !row.conflicts.is_empty() { br; small.conflict { "≠ " (e.t("conflict")) " " (e.codes(&row.conflicts)) } }
                        @if !row.assumed.is_empty() { br; small { (e.t("assumed")) ": " (e.of(&row.assumed)) } }
                    }
                    td { (source(e, row)) }
                    td { @match confirmed.get(id) { Some(rows) => (e.codes(rows)), None => "–" } }
                } } } }
            }
        }
    }
}

/// A person speaks in an office and is shown by it; a body speaks for itself.
pub(super) fn speaker(e: &Edition<'_>, row: &Statement) -> Markup {
    match (row.office.as_str(), row.speaker.as_str()) {
        ("", "") => html! { "–" },
        ("", body) => html! { (e.of(body)) },
        (office, _) => html! { (e.of(office)) },
    }
}

/// Returns the noon of a day as written, in the operation's zone.
fn noon(e: &Edition<'_>, date: &str) -> Option<Timestamp> {
    let day = crate::zoned::written_date(date)?;
    let noon = jiff::tz::Offset::UTC.to_timestamp(day.at(12, 0, 0, 0)).ok()?;
    Some(Timestamp(noon.as_second() - e.s.operation.zone_offset))
}

fn date(e: &Edition<'_>, row: &Statement) -> Markup {
    let noon = noon(e, &row.date);
    html! {
        @match noon {
            Some(noon) => time datetime=(row.date) { (e.words.day(e.s, noon)) },
            None => (e.code(&row.date)),
        }
        @if let Some(time) = &row.time { " " (e.code(time)) }
    }
}

fn kind(e: &Edition<'_>, kind: &str) -> Markup {
    match kind {
        "fact" => e.t("kind-fact"),
        "plan" => e.t("kind-plan"),
        "promise" => e.t("kind-promise"),
        "judgement" => e.t("kind-judgement"),
        "decision" => e.t("kind-decision"),
        "request" => e.t("kind-request"),
        other => html! { (e.of(other)) },
    }
}

fn status(e: &Edition<'_>, status: &str) -> Markup {
    match status {
        "planned" => e.t("status-planned"),
        "begun" => e.t("status-begun"),
        "under way" => e.t("status-under-way"),
        "done" => e.t("status-done"),
        "open" => e.t("status-open"),
        other => html! { (e.of(other)) },
    }
}

fn source(e: &Edition<'_>, row: &Statement) -> Markup {
    html! {
        bdi lang="en" dir="ltr" { (row.source) }
        @if let Some(kind) = row.source_type {
            br;
            small { @match kind {
                SourceType::Party => (e.t("page-source-party")),
                SourceType::StateMedia => (e.t("page-source-state-media")),
                SourceType::Independent => (e.t("page-source-independent")),
                SourceType::OwnEstimate => (e.t("page-source-own-estimate")),
            } }
        }
    }
}

/// Returns the number of sources by kind, for the note on who tells the story.
pub(super) fn by_source_type(e: &Edition<'_>) -> Vec<(SourceType, usize)> {
    let kinds: BTreeSet<SourceType> =
        e.s.statements.rows.iter().filter_map(|row| row.source_type).collect();
    let count =
        |kind| e.s.statements.rows.iter().filter(|row| row.source_type == Some(kind)).count();
    kinds.into_iter().map(|kind| (kind, count(kind))).collect()
}

/// Returns a statement by its id, as a link would name it.
pub(super) fn numbered(e: &Edition<'_>, id: Option<StatementId>) -> Markup {
    match id.filter(|id| id.index() < e.s.statements.len()) {
        Some(id) => e.code(&e.s.statements[id].name),
        None => html! { "–" },
    }
}
