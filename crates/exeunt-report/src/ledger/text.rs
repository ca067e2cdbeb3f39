//! What follows from the ledger as text, at most 100 columns, in three languages.

use super::said::{self, Teller};
use super::{
    Claim, Conflict, Deadline, History, InPlan, Limit, Reason, Reckoning, Standing, Tally,
    TallyState,
};
use crate::communique::{date_of, wrap};
use crate::language::{Language, Value, Words};
use exeunt_model::scenario::Milestone;
use exeunt_model::{Scenario, StatementId, Timestamp};

/// Writes a reckoning, ending with a newline; persons are named only with `names`.
pub fn text(scenario: &Scenario, reckoning: &Reckoning, language: Language, names: bool) -> String {
    let words = Words::new(language);
    let teller = Teller { scenario, words: &words, names };
    let mut page = String::new();
    let title = teller.of(&scenario.operation.title);
    wrap(&mut page, "", "", &heading(&teller, &title, reckoning.at));
    wrap(&mut page, "", "", &teller.word("ledger-brackets"));
    if let Some(n) = reckoning.findings.filter(|&n| n > 0) {
        wrap(&mut page, "", "", &teller.say("not-accepted", &[("n", n.into())]));
    }
    let sections: [(&str, Vec<Vec<String>>); 5] = [
        ("ledger-figures", reckoning.tallies.iter().map(|row| tally(&teller, row)).collect()),
        ("ledger-conflicts", conflicts(&teller, &reckoning.conflicts)),
        ("ledger-claims", reckoning.claims.iter().map(|row| claim(&teller, row)).collect()),
        (
            "ledger-deadlines",
            reckoning.deadlines.iter().map(|row| deadline(&teller, row)).collect(),
        ),
        ("ledger-promises", reckoning.promises.iter().map(|row| history(&teller, row)).collect()),
    ];
    for (title, items) in sections {
        page.push('\n');
        wrap(&mut page, "", "", &teller.word(title));
        if items.is_empty() {
            wrap(&mut page, "  ", "  ", &teller.word("ledger-none"));
        }
        for lines in items {
            for (n, line) in lines.iter().enumerate() {
                let (first, next) = if n == 0 { ("- ", "  ") } else { ("    ", "      ") };
                wrap(&mut page, first, next, line);
            }
        }
    }
    page
}

/// The first line: the operation, and as of when.
pub(super) fn heading(teller: &Teller<'_>, title: &str, at: Option<Timestamp>) -> String {
    match at {
        None => teller.say("ledger-heading", &[("title", title.into())]),
        Some(at) => {
            let moment = teller.words.moment_in_full(teller.scenario, at);
            let arguments = [("title", title.into()), ("moment", moment.into())];
            teller.say("ledger-heading-at", &arguments)
        }
    }
}

fn tally(teller: &Teller<'_>, tally: &Tally) -> Vec<String> {
    let arguments = [
        ("day", teller.day(tally.day).into()),
        ("set", teller.set(&tally.set).into()),
        ("counted", teller.counted(tally.counted).into()),
        ("state", teller.word(tally_key(tally.state)).into()),
    ];
    let mut lines = vec![teller.say("figure-head", &arguments)];
    let numbers = |key: &str, numbers: &[(StatementId, i64)]| {
        let said = || teller.say(key, &[("numbers", teller.numbers(numbers).into())]);
        (!numbers.is_empty()).then(said)
    };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(numbers("figure-announced", &tally.announced));
    parts.extend(numbers("figure-under-way", &tally.under_way));
    for part in &tally.done {
        parts.extend(match part.set == tally.set {
            true => numbers("figure-done", &part.rows),
            false => {
                let arguments = [
                    ("set", teller.set(&part.set).into()),
                    ("numbers", teller.numbers(&part.rows).into()),
                ];
                Some(teller.say("figure-done-of", &arguments))
            }
        });
    }
    lines.push(teller.join(&parts));
    lines.extend(left(teller, tally));
    if let Some(row) = tally.record {
        let shown = teller.of(&teller.scenario.record[row].shown);
        lines.push(teller.say("figure-record", &[("shown", shown.into())]));
    }
    if tally.state == TallyState::Differ {
        lines.push(match tally.conflicts.is_empty() {
            true => teller.word("figure-unflagged"),
            false => {
                let ids = teller.words.list(&tally.conflicts);
                teller.say("figure-flagged", &[("conflicts", ids.into())])
            }
        });
    }
    lines
}

/// Says what is left of what was announced, and of whom.
fn left(teller: &Teller<'_>, tally: &Tally) -> Option<String> {
    let (least, most) = tally.left?;
    if most < 0 {
        let n = range(teller, most.saturating_neg(), least.saturating_neg());
        return Some(teller.say("figure-more", &[("n", n.into())]));
    }
    if least < 0 {
        let [n, more] = [most, least.saturating_neg()].map(|n| teller.words.count(n));
        return Some(teller.say("figure-either", &[("n", n.into()), ("more", more.into())]));
    }
    let n = range(teller, least, most);
    if tally.left_of.is_empty() || tally.left_of == tally.set {
        return Some(teller.say("figure-left", &[("n", n.into())]));
    }
    let of = teller.set(&tally.left_of);
    let mut text = teller.say("figure-left-of", &[("n", n.into()), ("set", of.into())]);
    if !tally.planned_by.is_empty() {
        let rows = teller.names_of(&tally.planned_by);
        let planned = teller.say("figure-planned-by", &[("rows", rows.into())]);
        text = teller.join(&[text, planned]);
    }
    Some(text)
}

fn range(teller: &Teller<'_>, least: i64, most: i64) -> String {
    let [low, high] = [least, most].map(|n| teller.words.count(n));
    match least == most {
        true => low,
        false => teller.say("ledger-from-to", &[("from", low.into()), ("to", high.into())]),
    }
}

fn tally_key(state: TallyState) -> &'static str {
    match state {
        TallyState::Open => "figure-state-open",
        TallyState::NoReport => "state-no-report",
        TallyState::InPart => "figure-state-in-part",
        TallyState::Agree => "figure-state-agree",
        TallyState::Differ => "figure-state-differ",
        TallyState::Unannounced => "figure-state-unannounced",
    }
}

/// Conflicts of two rows and more, each row with its words; those of one row in one line.
fn conflicts(teller: &Teller<'_>, conflicts: &[Conflict]) -> Vec<Vec<String>> {
    let (several, single): (Vec<_>, Vec<_>) = conflicts.iter().partition(|c| c.rows.len() > 1);
    let mut items: Vec<Vec<String>> = several
        .into_iter()
        .map(|conflict| {
            let head = teller.say("conflict-head", &[("id", conflict.id.as_str().into())]);
            let rows = conflict.rows.iter().map(|&id| conflict_row(teller, id));
            std::iter::once(head).chain(rows).collect()
        })
        .collect();
    if !single.is_empty() {
        let of = |conflict: &&Conflict| {
            let rows = teller.names_of(&conflict.rows);
            teller.say(
                "conflict-single",
                &[("id", conflict.id.as_str().into()), ("row", rows.into())],
            )
        };
        let list = teller.words.list(&single.iter().map(of).collect::<Vec<_>>());
        items.push(vec![teller.say("conflict-singles", &[("list", list.into())])]);
    }
    items
}

fn conflict_row(teller: &Teller<'_>, id: StatementId) -> String {
    let row = teller.row(id);
    let who = teller.who(row);
    let text = teller.of(&row.text);
    let mut arguments: Vec<(&str, Value<'_>)> = vec![
        ("row", row.name.as_str().into()),
        ("date", teller.said(row).into()),
        ("text", text.into()),
    ];
    if who.is_empty() {
        return teller.say("conflict-event", &arguments);
    }
    arguments.push(("who", who.into()));
    teller.say("conflict-row", &arguments)
}

fn claim(teller: &Teller<'_>, claim: &Claim) -> Vec<String> {
    let named = |id: StatementId| {
        let row = teller.row(id);
        // whose claim it is counts here, not who tells of it
        let who = if row.origin.is_empty() { teller.who(row) } else { teller.of(&row.origin) };
        match who.is_empty() {
            true => teller.say("claim-event", &[("row", teller.name(id).into())]),
            false => {
                teller.say("claim-row", &[("row", teller.name(id).into()), ("who", who.into())])
            }
        }
    };
    let n = claim.independent();
    let head = teller.say("claim-head", &[("row", named(claim.row).into()), ("n", n.into())]);
    let mut lines = vec![head];
    for member in &claim.members {
        let row = named(member.row);
        lines.push(match &member.standing {
            Standing::Independent => teller.say("claim-independent", &[("row", row.into())]),
            Standing::SameOrigin { of, origin } => {
                let origin = origin_of(teller, member.row, origin);
                let arguments = [
                    ("row", row.into()),
                    ("of", teller.name(*of).into()),
                    ("origin", origin.into()),
                ];
                teller.say("claim-same-origin", &arguments)
            }
            Standing::SameChannel { of, channels } => {
                let channels: Vec<String> = channels.iter().map(|name| teller.of(name)).collect();
                let arguments = [
                    ("row", row.into()),
                    ("of", teller.name(*of).into()),
                    ("channels", teller.words.list(&channels).into()),
                ];
                teller.say("claim-same-channel", &arguments)
            }
            Standing::Unsourced => teller.say("claim-unsourced", &[("row", row.into())]),
        });
    }
    lines
}

fn origin_of(teller: &Teller<'_>, row: StatementId, origin: &str) -> String {
    let row = teller.row(row);
    match row.origin.is_empty() {
        true if !row.office.is_empty() => teller.of(&row.office),
        _ => teller.of(origin),
    }
}

fn deadline(teller: &Teller<'_>, deadline: &Deadline) -> Vec<String> {
    let demand = teller.word(match deadline.milestone {
        None => "demand-begun",
        Some(Milestone::LeftSite) => "demand-left-site",
        Some(Milestone::LeftHost) => "demand-left-host",
        Some(Milestone::HomeAirfield) => "demand-home-airfield",
        Some(Milestone::HomeBase) => "demand-home-base",
    });
    let set = teller.set(&deadline.set);
    let mut lines =
        vec![teller.say("deadline-head", &[("demand", demand.into()), ("set", set.into())])];
    let why = teller.word(match deadline.reason {
        Reason::Stricter => "deadline-stricter",
        Reason::StricterLeniently => "deadline-stricter-leniently",
        Reason::SaidFirst => "deadline-said-first",
    });
    for (n, limit) in deadline.limits.iter().enumerate() {
        let what = limit_words(teller, limit);
        lines.push(match (n, limit.later.0) {
            (0, _) => {
                let arguments = [("limit", what.into()), ("why", why.clone().into())];
                teller.say("deadline-governs", &arguments)
            }
            (_, 0) => teller.say("deadline-same", &[("limit", what.into())]),
            (_, _) => {
                let length = teller.words.stretch(limit.later);
                let arguments = [("limit", what.into()), ("length", length.into())];
                teller.say("deadline-later", &arguments)
            }
        });
    }
    lines
}

/// Says a promise, its date and its row.
fn limit_words(teller: &Teller<'_>, limit: &Limit) -> String {
    let promise = &teller.scenario.promises[limit.promise];
    let arguments: Vec<(&str, Value<'_>)> = vec![
        ("id", promise.name.as_str().into()),
        ("text", teller.of(&promise.text).into()),
        ("date", date_of(teller.words, teller.scenario, promise).into()),
    ];
    let said = teller.say("told-promise", &arguments);
    match promise.statement {
        None => said,
        Some(row) => {
            let row = teller.name(row);
            teller.say("deadline-limit", &[("promise", said.into()), ("row", row.into())])
        }
    }
}

fn history(teller: &Teller<'_>, history: &History) -> Vec<String> {
    let promise = &teller.scenario.promises[history.promise];
    let date = date_of(teller.words, teller.scenario, promise);
    let said = teller.say(
        "told-promise",
        &[
            ("id", promise.name.as_str().into()),
            ("text", teller.of(&promise.text).into()),
            ("date", date.into()),
        ],
    );
    let required = teller.word(if promise.required { "required" } else { "announced" });
    let state = teller.word(said::state_key(history.state));
    let arguments =
        [("promise", said.into()), ("required", required.into()), ("state", state.into())];
    let mut lines = vec![teller.say("history-head", &arguments)];
    let changes: Vec<String> = history
        .changes
        .iter()
        .map(|change| said::change(teller.words, teller.scenario, change))
        .collect();
    lines.push(teller.join(&changes));
    lines.extend(history.plan.as_ref().map(|plan| in_plan(teller, plan, promise.wanted)));
    lines
}

fn in_plan(teller: &Teller<'_>, plan: &InPlan, wanted: Option<i64>) -> String {
    let reading = |kept: Option<bool>| match kept {
        Some(true) => teller.word("kept"),
        Some(false) => teller.word("broken"),
        None => teller.word("promise-before-start"),
    };
    let mut parts = vec![match (plan.strict, plan.lenient) {
        (None, None) => teller.say("history-plan", &[("reading", reading(None).into())]),
        (strict, lenient) => teller.say(
            "history-plan-readings",
            &[("strict", reading(strict).into()), ("lenient", reading(lenient).into())],
        ),
    }];
    parts.extend(plan.margin_s.map(|margin| teller.words.margin(margin)));
    if let Some(probability) = plan.probability {
        let percent = per_cent(probability);
        parts.push(match wanted {
            None => teller.say("history-probability", &[("percent", percent.into())]),
            Some(wanted) => {
                let arguments = [("percent", percent.into()), ("wanted", per_cent(wanted).into())];
                teller.say("history-probability-wanted", &arguments)
            }
        });
    }
    teller.join(&parts)
}

/// Writes per mille as per cent, with a tenth where there is one.
fn per_cent(per_mille: i64) -> String {
    match per_mille % 10 {
        0 => (per_mille / 10).to_string(),
        tenth => format!("{}.{}", per_mille / 10, tenth.abs()),
    }
}
