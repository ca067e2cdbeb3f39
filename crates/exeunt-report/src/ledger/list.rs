//! The rows of the ledger as a list, oldest first, as text and as JSON.

use super::Known;
use super::said::Teller;
use crate::communique::{source_key, wrap};
use crate::language::{Language, Words};
use crate::zoned::Clock;
use exeunt_model::scenario::{Bearing, Statement};
use exeunt_model::{PromiseId, Scenario, StatementId, Timestamp};
use serde_json::{Value, json};

/// Which rows are listed; what is not stated chooses nothing out.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Rows known at the moment.
    pub at: Option<Timestamp>,
    /// Rows of the kind.
    pub kind: Option<String>,
    /// Rows whose office, or body that speaks, holds these words, in small letters or capitals.
    pub office: Option<String>,
    /// Rows that make the promise or bear on it.
    pub promise: Option<PromiseId>,
}

/// Returns the rows that a filter lets through, oldest first.
pub fn select(scenario: &Scenario, filter: &Filter) -> Vec<StatementId> {
    let known = Known { scenario, at: filter.at };
    let is_wanted = |id: StatementId, row: &Statement| {
        let speaks = if row.office.is_empty() { &row.speaker } else { &row.office };
        let speaks = speaks.to_lowercase();
        filter.kind.as_ref().is_none_or(|kind| row.kind == *kind)
            && filter.office.as_ref().is_none_or(|words| speaks.contains(&words.to_lowercase()))
            && filter.promise.is_none_or(|promise| {
                scenario.promises[promise].statement == Some(id)
                    || row.bears_on.iter().any(|(other, _)| *other == promise)
            })
    };
    let rows = known.rows().into_iter().filter(|(id, row)| is_wanted(*id, row));
    rows.map(|(id, _)| id).collect()
}

/// Writes rows as text of at most 100 columns, ending with a newline; persons are named only with `names`.
pub fn list_text(
    scenario: &Scenario,
    rows: &[StatementId],
    at: Option<Timestamp>,
    language: Language,
    names: bool,
) -> String {
    let words = Words::new(language);
    let teller = Teller { scenario, words: &words, names };
    let mut page = String::new();
    let title = teller.of(&scenario.operation.title);
    wrap(&mut page, "", "", &super::text::heading(&teller, &title, at));
    let all = scenario.statements.len();
    let of = [("n", rows.len().into()), ("all", all.into())];
    wrap(&mut page, "", "", &teller.say("ledger-rows", &of));
    for &id in rows {
        page.push('\n');
        wrap(&mut page, "", "    ", &head(&teller, id));
        wrap(&mut page, "    ", "    ", &teller.of(&teller.row(id).text));
        wrap(&mut page, "    ", "    ", &support(&teller, id, at));
    }
    page
}

/// The line of who said it when.
fn head(teller: &Teller<'_>, id: StatementId) -> String {
    let row = teller.row(id);
    let mut parts = vec![teller.say("ledger-said", &[("moment", teller.said(row).into())])];
    if let Some(recorded) = teller.recorded(row) {
        parts.push(teller.say("ledger-recorded", &[("moment", recorded.into())]));
    }
    let status = status_key(&row.status).map(|key| teller.word(key));
    let kind = kind_key(&row.kind).map_or_else(|| row.kind.clone(), |key| teller.word(key));
    parts.push(match status {
        None => kind,
        Some(status) => {
            let arguments = [("kind", kind.into()), ("status", status.into())];
            teller.say("ledger-kind", &arguments)
        }
    });
    let who = teller.who(row);
    parts.extend((!who.is_empty()).then_some(who));
    let is_named = [&row.office, &row.speaker].into_iter().any(|name| *name == row.via);
    if !row.via.is_empty() && !is_named {
        parts.push(teller.say("ledger-via", &[("via", teller.of(&row.via).into())]));
    }
    if !row.origin.is_empty() {
        parts.push(teller.say("ledger-origin", &[("origin", teller.of(&row.origin).into())]));
    }
    let head = teller.join(&parts);
    teller.say("ledger-head", &[("id", row.name.as_str().into()), ("head", head.into())])
}

/// The line of numbers, dates, sources, and how the row stands to others.
fn support(teller: &Teller<'_>, id: StatementId, at: Option<Timestamp>) -> String {
    let row = teller.row(id);
    let known = Known { scenario: teller.scenario, at };
    let mut parts = Vec::new();
    let mut quantity = Vec::new();
    if !row.quantity.is_empty() {
        let unit = if row.unit.is_empty() { String::new() } else { teller.of(&row.unit) };
        let arguments = [("n", row.quantity.as_str().into()), ("unit", unit.into())];
        quantity.push(teller.say("ledger-quantity", &arguments).trim().to_owned());
    }
    if !row.set.is_empty() {
        quantity.push(teller.say("ledger-of", &[("set", teller.set(&row.set).into())]));
    }
    if let Some(day) = row.day {
        quantity.push(teller.say("ledger-for", &[("day", teller.day(day).into())]));
    }
    parts.extend((!quantity.is_empty()).then(|| quantity.join(" ")));
    if !row.deadline.is_empty() {
        let dates: Vec<&str> = row.deadline.split("..").collect();
        let deadline = match dates[..] {
            [from, to] => teller.say("ledger-days", &[("from", from.into()), ("to", to.into())]),
            _ => row.deadline.clone(),
        };
        parts.push(teller.say("ledger-deadline", &[("date", deadline.into())]));
    }
    let bearing = |(promise, how): &(PromiseId, Bearing)| {
        let promise = &teller.scenario.promises[*promise].name;
        let how = teller.word(bearing_key(*how));
        teller.say("ledger-bears", &[("id", promise.as_str().into()), ("state", how.into())])
    };
    parts.extend(row.bears_on.iter().map(bearing));
    if !row.language.is_empty() {
        let code = row.language.as_str();
        parts.push(teller.say("ledger-language", &[("code", code.into())]));
    }
    parts.extend(row.source_type.map(|kind| teller.word(source_key(kind))));
    if !row.source.is_empty() {
        parts.push(teller.of(&row.source));
    }
    if !row.assumed.is_empty() {
        parts.push(teller.say("ledger-assumed", &[("text", teller.of(&row.assumed).into())]));
    }
    if !row.confirms.is_empty() {
        let rows = teller.names_of(&row.confirms);
        parts.push(teller.say("ledger-confirms", &[("rows", rows.into())]));
    }
    let confirming = confirming(&known, id);
    if !confirming.is_empty() {
        let rows = teller.names_of(&confirming);
        parts.push(teller.say("told-confirmed-by", &[("rows", rows.into())]));
    }
    if !row.conflicts.is_empty() {
        let conflicts = teller.words.list(&row.conflicts);
        parts.push(teller.say("reports-differ", &[("conflicts", conflicts.into())]));
    }
    teller.join(&parts)
}

fn confirming(known: &Known<'_>, id: StatementId) -> Vec<StatementId> {
    let rows = known.rows().into_iter().filter(|(_, row)| row.confirms.contains(&id));
    rows.map(|(id, _)| id).collect()
}

fn kind_key(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "fact" => "kind-fact",
        "plan" => "kind-plan",
        "promise" => "kind-promise",
        "judgement" => "kind-judgement",
        "decision" => "kind-decision",
        "request" => "kind-request",
        _ => return None,
    })
}

fn status_key(status: &str) -> Option<&'static str> {
    Some(match status {
        "planned" => "status-planned",
        "begun" => "status-begun",
        "under way" => "status-under-way",
        "done" => "status-done",
        "open" => "status-open",
        _ => return None,
    })
}

fn bearing_key(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::Repeated => "state-repeated",
        Bearing::AtRisk => "state-at-risk",
        Bearing::Kept => "state-kept",
        Bearing::Broken => "state-broken",
    }
}

/// Returns rows as one JSON object; texts in the language asked for, where there is a translation.
pub fn list_value(
    scenario: &Scenario,
    rows: &[StatementId],
    at: Option<Timestamp>,
    language: Language,
    names: bool,
) -> Value {
    let words = Words::new(language);
    let clock = Clock::new(scenario.operation.zone_offset);
    let known = Known { scenario, at };
    let name = |id: &StatementId| scenario.statements[*id].name.as_str();
    let text = |english: &str| match english {
        "" => Value::Null,
        english => Value::from(words.of(scenario, english).text),
    };
    let value = |&id: &StatementId| {
        let row = &scenario.statements[id];
        let stated = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
        let who = if row.office.is_empty() { &row.speaker } else { &row.office };
        let bearing = |(promise, how): &(PromiseId, Bearing)| json!({ "promise": scenario.promises[*promise].name, "how": how });
        json!({
            "id": row.name,
            "date": row.date,
            "time": row.time,
            "known": clock.rfc3339(row.known),
            "recorded": stated(&row.recorded),
            "language": stated(&row.language),
            "kind": row.kind,
            "status": stated(&row.status),
            "office": text(who),
            "speaker": if names { stated(&row.speaker) } else { Value::Null },
            "via": text(&row.via),
            "origin": text(&row.origin),
            "text": text(&row.text),
            "text_language": words.of(scenario, &row.text).language.code(),
            "quantity": stated(&row.quantity),
            "unit": text(&row.unit),
            "counts": row.counts.map(|(counted, _)| counted),
            "set": row.set.iter().map(|&id| scenario.elements[id].name.as_str()).collect::<Vec<_>>(),
            "day": row.day.map(|day| super::json::day(clock, day)),
            "deadline": stated(&row.deadline),
            "source": stated(&row.source),
            "source_type": row.source_type,
            "assumed": text(&row.assumed),
            "confirms": row.confirms.iter().map(name).collect::<Vec<_>>(),
            "confirmed_by": confirming(&known, id).iter().map(name).collect::<Vec<_>>(),
            "conflicts": row.conflicts,
            "bears_on": row.bears_on.iter().map(bearing).collect::<Vec<_>>(),
        })
    };
    json!({
        "at": at.and_then(|at| clock.rfc3339(at)),
        "n_rows": scenario.statements.len(),
        "statements": rows.iter().map(value).collect::<Vec<_>>(),
    })
}
