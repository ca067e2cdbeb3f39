//! How the situation is judged, by whom and where; what waits on it, and what would become of it if it fell now.

use super::chronology;
use super::edition::Edition;
use crate::gating::Gates;
use exeunt_model::finding::ConditionResult;
use exeunt_model::scenario::{Assessment, Condition, Gate, MandateKind, Policy, Truth};
use exeunt_model::{ElementId, Timestamp};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn render(e: &Edition<'_>) -> Option<Markup> {
    let s = e.s;
    if s.levels.is_empty()
        && s.assessments.is_empty()
        && s.conditions.is_empty()
        && s.mandate.is_empty()
    {
        return None;
    }
    Some(html! {
        h2 { (e.t("nav-situation")) }
        @if !s.levels.is_empty() {
            h3 { (e.t("levels")) }
            (scale(e))
        }
        @if !s.assessments.is_empty() { (assessments(e)) }
        @if !s.conditions.is_empty() { (conditions(e)) }
        (branch(e))
        @if !s.mandate.is_empty() { (mandate(e)) }
    })
}

/// Judgements that stand at the page's moment: the latest of each office for each zone.
fn standing<'a>(e: &Edition<'a>) -> BTreeMap<(&'a str, &'a str), &'a Assessment> {
    let mut standing: BTreeMap<(&str, &str), &Assessment> = BTreeMap::new();
    for row in e.s.assessments.rows.iter().filter(|row| row.at <= e.now) {
        let latest = standing.entry((&row.zone, &row.office)).or_insert(row);
        // of judgements at one moment the later row stands
        if latest.at <= row.at {
            *latest = row;
        }
    }
    standing
}

/// The levels from the worst to the best, with who judges what there.
fn scale(e: &Edition<'_>) -> Markup {
    let standing = standing(e);
    html! {
        ol.levels {
            @for (id, level) in e.s.levels.iter() {
                @let here: Vec<_> = standing.iter().filter(|(_, row)| row.level == id).collect();
                li.judged[!here.is_empty()] {
                    span.level { (e.of(if level.title.is_empty() { &level.name } else { &level.title })) }
                    @if !here.is_empty() { ul { @for ((zone, office), row) in here {
                        li { (e.of(office)) ": " (zone_name(e, zone)) (e.comma()) (e.moment(Some(row.at))) (e.assumed("assessments", &row.name, row.statement)) }
                    } } }
                }
            }
        }
    }
}

pub(super) fn zone_name(e: &Edition<'_>, zone: &str) -> Markup {
    match zone {
        "ALL" => e.t("page-zone-all"),
        zone => html! { (e.of(zone)) },
    }
}

/// Zones by offices: judgements that differ stand side by side.
fn assessments(e: &Edition<'_>) -> Markup {
    let rows = &e.s.assessments.rows;
    let zones: BTreeSet<&str> = rows.iter().map(|row| row.zone.as_str()).collect();
    let mut offices: Vec<&str> = Vec::new();
    for row in rows {
        if !offices.contains(&row.office.as_str()) {
            offices.push(&row.office);
        }
    }
    let label = e.words.word("assessments");
    let standing = standing(e);
    html! {
        h3 { (e.t("assessments")) }
        p.note { (e.t("assessments-what")) }
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.assessments {
                thead { tr { th scope="col" { (e.t("who")) }
                    @for zone in &zones { th scope="col" { (zone_name(e, zone)) } } } }
                tbody {
                    @for office in &offices { tr {
                        th scope="row" { (e.of(office)) }
                        @for zone in &zones { td { (cell(e, office, zone)) } }
                    } }
                    tr.sum { th scope="row" { (e.t("agreement")) }
                        @for zone in &zones {
                            @let levels: BTreeSet<_> = standing.iter().filter(|((z, _), _)| z == zone).map(|(_, row)| row.level).collect();
                            td { @match levels.len() { 0 => (e.t("not-judged")), 1 => (e.t("agree")), _ => { "≠ " (e.t("differ")) } } }
                        }
                    }
                }
            }
        }
    }
}

fn cell(e: &Edition<'_>, office: &str, zone: &str) -> Markup {
    let mut rows: Vec<&Assessment> =
        e.s.assessments
            .rows
            .iter()
            .filter(|row| row.office == office && row.zone == zone)
            .collect();
    rows.sort_by_key(|row| row.at);
    html! {
        @if rows.is_empty() { "–" } @else {
            ul.plain { @for row in rows {
                @let is_later = row.at > e.now;
                li.later[is_later] {
                    (level(e, row.level)) (e.comma()) (e.moment(Some(row.at))) (e.assumed("assessments", &row.name, row.statement))
                    @if row.statement.is_some() { " (" (e.t("statement")) " " (chronology::numbered(e, row.statement)) ")" }
                    @if is_later { " – " (e.t("later")) }
                }
            } }
        }
    }
}

pub(super) fn level(e: &Edition<'_>, id: exeunt_model::LevelId) -> Markup {
    let level = &e.s.levels[id];
    html! { (e.of(if level.title.is_empty() { &level.name } else { &level.title })) }
}

fn result<'e>(e: &Edition<'e>, condition: &Condition) -> Option<&'e ConditionResult> {
    e.page.verdict.conditions.iter().find(|result| result.id == condition.name)
}

/// Returns whether a condition lets through at the page's moment; none where the verdict does not say.
fn is_open(e: &Edition<'_>, condition: &Condition) -> Option<bool> {
    result(e, condition).map(|result| result.is_open(e.now))
}

/// Returns whether a condition has been open at or before the page's moment.
fn has_been_open(e: &Edition<'_>, condition: &Condition) -> bool {
    result(e, condition).is_some_and(|result| result.open.iter().any(|open| open.from <= e.now))
}

fn conditions(e: &Edition<'_>) -> Markup {
    let label = e.words.word("conditions");
    html! {
        h3 { (e.t("conditions")) }
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.conditions {
                thead { tr {
                    th scope="col" { (e.t("code")) } th scope="col" { (e.t("condition")) } th scope="col" { (e.t("true-when")) }
                    th scope="col" { (e.t("policy")) } th scope="col" { (e.t("gates")) }
                    th scope="col" { (e.say("at-moment", &[("moment", e.moment_text(e.now))])) } th.num scope="col" { (e.t("gated-later")) }
                } }
                tbody { @for (_, condition) in e.s.conditions.iter() {
                    @let (waiting, _) = gated(e, condition);
                    tr {
                        th scope="row" { (e.code(&condition.name)) }
                        td.said { (e.of(&condition.text)) (e.assumed("conditions", &condition.name, condition.statement)) @if condition.statement.is_some() { br; small { (e.t("statement")) " " (chronology::numbered(e, condition.statement)) } } }
                        td { (truth(e, &condition.truth)) (stretches(e, condition)) }
                        td { (policy(e, condition.policy)) }
                        td { (gate(e, &condition.gate)) }
                        td { @match is_open(e, condition) {
                            Some(true) => span.state.done { "✓ " (e.t("open")) },
                            Some(false) => span.state.broken { "✗ " (e.t("closed")) },
                            None => "–",
                        } }
                        td.num { (e.n(i64::try_from(waiting.len()).unwrap_or(0))) }
                    }
                } }
            }
        }
    }
}

fn truth(e: &Edition<'_>, truth: &Truth) -> Markup {
    match truth {
        Truth::From(None) => e.t("not-yet"),
        Truth::From(Some(from)) => html! { (e.t("since")) " " (e.moment(Some(*from))) },
        Truth::Level { zone, level: least, offices } => html! {
            (e.t("while-level")) " " (level(e, *least)) (e.semicolon()) (zone_name(e, zone))
            @if !offices.is_empty() { (e.semicolon()) @for (n, office) in offices.iter().enumerate() { @if n > 0 { (e.comma()) } (e.of(office)) } }
        },
    }
}

/// The stretches in which a condition on the situation is open by what is on record, later rows included.
fn stretches(e: &Edition<'_>, condition: &Condition) -> Markup {
    let result = result(e, condition);
    let level = matches!(condition.truth, Truth::Level { .. });
    let open = result.filter(|_| level).map(|result| result.open.as_slice()).unwrap_or_default();
    let moment = |t| e.moment_text(t);
    html! {
        @for stretch in open {
            br; small { @match stretch.to {
                Timestamp::MAX => (e.say("open-from", &[("from", moment(stretch.from))])),
                to => (e.say("open-from-to", &[("from", moment(stretch.from)), ("to", moment(to))])),
            } }
        }
    }
}

fn policy(e: &Edition<'_>, policy: Policy) -> Markup {
    match policy {
        Policy::Go => e.t("page-policy-go"),
        Policy::Hold => e.t("page-policy-hold"),
        Policy::Reverse => e.t("page-policy-reverse"),
    }
}

fn gate(e: &Edition<'_>, gate: &Gate) -> Markup {
    match gate {
        Gate::Departures(set) => match parties(e, set) {
            None => e.say("gates-departures", &[("n", set.len().into())]),
            Some(parties) => {
                html! { (e.t("gates-departures-of")) " " @for (n, party) in parties.iter().enumerate() { @if n > 0 { (e.comma()) } (e.party(*party)) } }
            }
        },
        Gate::Handovers(sites) => e.say("gates-handovers", &[("n", sites.len().into())]),
        Gate::Strength { party, people } => html! {
            (e.say("gates-strength", &[("people", (*people).into())])) ": " (e.party(*party))
        },
    }
}

/// Returns the parties all of whose elements a set holds, if it holds nothing else.
fn parties(e: &Edition<'_>, set: &[ElementId]) -> Option<Vec<exeunt_model::PartyId>> {
    let set: BTreeSet<ElementId> = set.iter().copied().collect();
    let parties: BTreeSet<_> = set.iter().map(|&element| e.s.elements[element].party).collect();
    let whole = e.s.elements.iter().filter(|(_, element)| parties.contains(&element.party)).count();
    (whole == set.len()).then(|| parties.into_iter().collect())
}

/// What of the plan a condition gates after the page's moment: what has yet to start, and what is under way.
fn gated<'a>(e: &Edition<'a>, condition: &Condition) -> (Vec<&'a str>, Vec<&'a str>) {
    let moves = Gates::new(e.s, e.page.plan).gated(condition);
    let waiting = moves.iter().filter(|m| m.starts > e.now).map(|m| m.id).collect();
    let under_way =
        moves.iter().filter(|m| m.starts <= e.now && e.now < m.ends).map(|m| m.id).collect();
    (waiting, under_way)
}

/// What becomes of the plan if the level falls at the page's moment.
fn branch(e: &Edition<'_>) -> Markup {
    let on_level: Vec<&Condition> =
        e.s.conditions.rows.iter().filter(|c| matches!(c.truth, Truth::Level { .. })).collect();
    html! {
        @if !on_level.is_empty() {
            h3 { (e.say("if-level-falls", &[("moment", e.moment_text(e.now))])) }
            @for condition in on_level {
                @let (waiting, under_way) = gated(e, condition);
                div.branch {
                    p { (e.code(&condition.name)) " – " (e.of(&condition.text)) (e.assumed("conditions", &condition.name, condition.statement)) " – " (policy(e, condition.policy)) }
                    ul {
                        @match condition.policy {
                            Policy::Go if has_been_open(e, condition) => li { (e.say("branch-go", &[("n", waiting.len().into())])) },
                            _ => {
                                li { (e.say("branch-wait", &[("n", waiting.len().into())])) (listed(e, &waiting)) }
                                @if condition.policy == Policy::Reverse {
                                    li { (e.say("branch-undone", &[("n", under_way.len().into())])) (listed(e, &under_way)) }
                                } @else if !under_way.is_empty() {
                                    li { (e.say("branch-ends", &[("n", under_way.len().into())])) (listed(e, &under_way)) }
                                }
                            },
                        }
                    }
                }
            }
        }
    }
}

fn listed(e: &Edition<'_>, codes: &[&str]) -> Markup {
    const SHOWN: usize = 40;
    html! {
        @if !codes.is_empty() {
            details { summary { (e.t("list")) }
                p.codes { (e.codes(&codes[..codes.len().min(SHOWN)]))
                    @if codes.len() > SHOWN { " " (e.say("and-more", &[("n", (codes.len() - SHOWN).into())])) }
                }
            }
        }
    }
}

fn mandate(e: &Edition<'_>) -> Markup {
    let people = super::residual::now(e).map(exeunt_model::Residual::people);
    let label = e.words.word("mandate");
    html! {
        h3 { (e.t("mandate")) }
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.mandate {
                thead { tr { th scope="col" { (e.t("code")) } th scope="col" { (e.t("kind")) } th scope="col" { (e.t("page-said")) } th scope="col" { (e.t("sites-or-limit")) } th scope="col" { (e.t("statement-head")) } } }
                tbody { @for (_, row) in e.s.mandate.iter() { tr {
                    th scope="row" { (e.code(&row.name)) }
                    @match &row.kind {
                        MandateKind::Task(sites) => { td { (e.t("task")) } td.said { (e.of(&row.text)) }
                            td.sites { @if sites.len() > 1 && sites.len() == e.s.sites.len() { (e.say("all-sites", &[("n", sites.len().into())])) } @else { @for (n, &site) in sites.iter().enumerate() { @if n > 0 { (e.comma()) } (e.code(&e.s.sites[site].name)) } @if sites.is_empty() { "–" } } } },
                        MandateKind::Limit => { td { (e.t("limit")) } td.said { (e.of(&row.text)) } td { "–" } },
                        MandateKind::Ceiling { people: most, valid } => { td { (e.t("ceiling")) } td.said { (e.of(&row.text)) }
                            td { (e.say("at-most-people", &[("n", (*most).into())]))
                                @if valid.to < Timestamp::MAX { br; small { (e.t("until")) " " (e.moment(Some(valid.to))) } }
                                @if let Some(people) = people.filter(|_| valid.contains(e.now)) {
                                    br; small { (e.say("people-in-host", &[("n", people.into())])) " " (within(e, people <= *most)) }
                                }
                            } },
                    }
                    td { (chronology::numbered(e, row.statement)) }
                } } }
            }
        }
    }
}

/// Says whether a ceiling holds.
fn within(e: &Edition<'_>, holds: bool) -> Markup {
    match holds {
        true => html! { span.state.done { "✓ " (e.t("ceiling-kept")) } },
        false => html! { span.state.broken { "✗ " (e.t("ceiling-broken")) } },
    }
}
