//! Plans and verdicts as text for a terminal: at most 100 columns, aligned, no colour.
//!
//! [`first_screen`] is what `exeunt demo` prints, [`plan_summary`] and [`check_summary`] what `plan`
//! and `check` print. They are put together from the same sections, each a function below.

use crate::grid::{LEFT, MARK, RIGHT, Track, has_room, lay_out, lay_out_cut, prose};
use crate::self_test::SelfTestLine;
use crate::whereabouts;
use crate::zoned::{Clock, margin, stretch};
use exeunt_model::finding::{Binding, Code, DayResult, PartyResult, PromiseResult};
use exeunt_model::scenario::{Party, Piece, RecordedDay};
use exeunt_model::{Finding, Interval, PartyId, Plan, Rule, Scenario, Timestamp, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Assumptions named on a screen; all stand in a file.
const ASSUMPTIONS_SHOWN: usize = 4;
/// What binds, named for one day.
const BINDINGS_SHOWN: usize = 3;
/// Findings named for one rule.
const FINDINGS_SHOWN: usize = 10;
/// Unmoved pieces named.
const UNMOVED_SHOWN: usize = 12;

/// Everything the first screen shows.
#[derive(Debug, Clone)]
pub struct FirstScreen<'a> {
    /// First line; [`title`] makes the usual one.
    pub title: String,
    /// Scenario.
    pub scenario: &'a Scenario,
    /// Plan of it.
    pub plan: &'a Plan,
    /// What the checker derived from both.
    pub verdict: &'a Verdict,
    /// What binds; `None` when nobody looked.
    pub bindings: Option<&'a [Binding]>,
    /// The self-test, if it ran.
    pub self_test: Option<&'a SelfTestLine>,
    /// File in which all assumptions are listed.
    pub assumptions_file: Option<String>,
    /// What the reader may do next, a line each.
    pub next: Vec<String>,
}

/// Returns the usual first line: what is shown, the operation's title and its clock.
pub fn title(what: &str, scenario: &Scenario) -> String {
    let operation = &scenario.operation;
    let mut line = format!("{what} · {}", operation.title);
    if let Some(now) = operation.clock {
        line += &format!(" · clock: {}", clock(scenario).long(now));
    }
    line
}

/// Returns the whole first screen, ending with a newline.
pub fn first_screen(screen: &FirstScreen<'_>) -> String {
    let FirstScreen { scenario, plan, verdict, bindings, .. } = *screen;
    let file = screen.assumptions_file.as_deref();
    join([
        Some(format!("{}\n{}", prose(0, &screen.title), counts(scenario, file))),
        Some(nations(scenario, plan, verdict)),
        Some(totals(scenario, verdict)),
        days(scenario, verdict, &scenario.record),
        promises(scenario, verdict),
        bindings.map(|bindings| binds(scenario, verdict, bindings)),
        Some(unmoved(plan)),
        assumptions(scenario, file),
        Some(checked(scenario, verdict, screen.self_test)),
        next(&screen.next),
    ])
}

/// Returns the summary that `plan` prints, ending with a newline.
pub fn plan_summary(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    bindings: Option<&[Binding]>,
) -> String {
    join([
        Some(format!("{}\n{}", prose(0, &title("plan", scenario)), counts(scenario, None))),
        Some(nations(scenario, plan, verdict)),
        Some(totals(scenario, verdict)),
        days(scenario, verdict, &[]),
        promises(scenario, verdict),
        bindings.map(|bindings| binds(scenario, verdict, bindings)),
        Some(unmoved(plan)),
        assumptions(scenario, None),
        Some(checked(scenario, verdict, None)),
        Some(objective(verdict)),
    ])
}

/// Returns the summary that `check` prints, ending with a newline.
pub fn check_summary(
    scenario: &Scenario,
    verdict: &Verdict,
    self_test: Option<&SelfTestLine>,
) -> String {
    join([
        Some(prose(0, &title("check", scenario))),
        Some(checked(scenario, verdict, self_test)),
        promises(scenario, verdict),
        Some(totals(scenario, verdict)),
        Some(objective(verdict)),
    ])
}

fn join<const N: usize>(sections: [Option<String>; N]) -> String {
    let mut text = sections.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn clock(scenario: &Scenario) -> Clock {
    Clock::new(scenario.operation.zone_offset)
}

/// Writes a number and its noun.
fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Returns the share of rows assumed in whole per cent, rounded to the nearest.
fn assumed_percent(scenario: &Scenario) -> Option<usize> {
    let (rows, assumed) = (scenario.n_graded_rows, scenario.assumptions.len());
    (rows > 0).then(|| ((assumed * 100 + rows / 2) / rows).min(100))
}

fn counts(scenario: &Scenario, file: Option<&str>) -> String {
    let attributed = scenario.statements.iter().filter(|(_, s)| !s.source.is_empty()).count();
    let mut line = String::new();
    if attributed > 0 {
        line += &count(attributed, "attributed statement, ", "attributed statements, ");
    }
    line += &count(scenario.promises.len(), "promise", "promises");
    if let Some(percent) = assumed_percent(scenario) {
        line += &format!(" · {percent} % of rows assumed");
        if let Some(file) = file {
            line += &format!(": {file}");
        }
    }
    prose(0, &line)
}

/// A line per party that has pieces: what moves, how, when it is out and home, where it is now.
fn nations(scenario: &Scenario, plan: &Plan, verdict: &Verdict) -> String {
    let clock = clock(scenario);
    let now = scenario.operation.clock;
    let places = now.map(|now| whereabouts::words(scenario, plan, now)).unwrap_or_default();
    let marks = AssumedNumbers::of(scenario);
    let has_host = !scenario.operation.host_states.is_empty();
    let out = if has_host { "out of host" } else { "last departure" };
    let head = ["", "people", "", "vehicles", "", "how", out, "home base"];
    let mut head: Vec<String> = head.map(str::to_owned).to_vec();
    head.extend(now.map(|_| "now".to_owned()));
    let mut rows = vec![head];
    for (id, party) in scenario.parties.iter().filter(|&(id, _)| has_pieces(scenario, id)) {
        let result = verdict.parties.iter().find(|result| result.id == party.name);
        let mark = |assumed: &BTreeSet<PartyId>| {
            if assumed.contains(&id) { "a".to_owned() } else { String::new() }
        };
        let mut row = vec![
            heading(party),
            result.map_or(0, |r| r.people).to_string(),
            mark(&marks.people),
            result.map_or(0, |r| r.vehicles).to_string(),
            mark(&marks.items),
            how(result),
            clock.moment_or_dash(result.and_then(|r| r.last_departure)),
            clock.moment_or_dash(result.and_then(|r| r.closure)),
        ];
        row.extend(now.map(|_| places.get(&id).cloned().unwrap_or_default()));
        rows.push(row);
    }
    let tracks = [LEFT.after(1), RIGHT, MARK, RIGHT, MARK, LEFT, RIGHT, RIGHT, LEFT];
    let mut text = lay_out(&tracks[..rows[0].len()], &rows);
    if !marks.people.is_empty() || !marks.items.is_empty() {
        text += "\n a: assumed, at least in part";
    }
    text
}

fn has_pieces(scenario: &Scenario, party: PartyId) -> bool {
    scenario.pieces.iter().any(|(_, piece)| scenario.elements[piece.element].party == party)
}

fn heading(party: &Party) -> String {
    if party.title.is_empty() { party.name.clone() } else { party.title.clone() }
}

fn how(result: Option<&PartyResult>) -> String {
    let Some(result) = result else { return "nothing moves".to_owned() };
    let columns = |lead: &str| {
        let columns = usize::try_from(result.columns_out).unwrap_or(0);
        format!("{lead}{}", count(columns, "column", "columns"))
    };
    let types: Vec<String> = result.types.iter().map(|(name, n)| format!("{n} {name}")).collect();
    match (types.is_empty(), result.columns_out > 0) {
        (false, false) => types.join(" + "),
        (false, true) => format!("{} + {}", types.join(" + "), columns("")),
        (true, true) => columns("own vehicles, "),
        // sorties that cross no border of a host, as on the way in
        (true, false) if result.loaded_sorties > 0 => {
            let sorties = usize::try_from(result.loaded_sorties).unwrap_or(0);
            count(sorties, "sortie", "sorties")
        }
        (true, false) => "by road".to_owned(),
    }
}

/// Parties whose numbers rest on an assumed row of `pieces`.
struct AssumedNumbers {
    people: BTreeSet<PartyId>,
    items: BTreeSet<PartyId>,
}

impl AssumedNumbers {
    fn of(scenario: &Scenario) -> Self {
        let rows: BTreeSet<&str> = scenario
            .assumptions
            .iter()
            .filter(|assumption| assumption.table == "pieces")
            .map(|assumption| assumption.row.as_str())
            .collect();
        let with = |counts: fn(&Piece) -> i64| {
            let assumed = |piece: &&Piece| counts(piece) > 0 && rows.contains(piece.name.as_str());
            let pieces = scenario.pieces.rows.iter().filter(assumed);
            pieces.map(|piece| scenario.elements[piece.element].party).collect()
        };
        Self { people: with(Piece::people_each), items: with(Piece::items_each) }
    }
}

fn totals(scenario: &Scenario, verdict: &Verdict) -> String {
    let clock = clock(scenario);
    let has_host = !scenario.operation.host_states.is_empty();
    let lasts = [
        ("last out of the host", verdict.closure_left_host.filter(|_| has_host)),
        ("last landing", verdict.closure_home_airfield),
        ("last at home base", verdict.closure),
    ];
    let lasts: Vec<String> = lasts
        .iter()
        .filter_map(|&(what, t)| Some(format!("{what} {}", clock.moment(t?))))
        .collect();
    let mut lines = vec![prose(1, &lasts.join(" · "))];
    if lasts.is_empty() {
        lines = vec![" nothing moves".to_owned()];
    }
    if verdict.tails_used > 0 {
        lines.push(format!(
            " {} loaded and {} ferry sorties on {} aircraft",
            verdict.loaded_sorties, verdict.ferry_sorties, verdict.tails_used
        ));
    }
    lines.join("\n")
}

/// Loaded sorties by field and day beside the use of handling teams and what was reported.
fn days(scenario: &Scenario, verdict: &Verdict, record: &[RecordedDay]) -> Option<String> {
    let mut shown: BTreeSet<Interval> = verdict.days.iter().map(|result| result.day).collect();
    shown.extend(record.iter().map(|recorded| recorded.day));
    if shown.is_empty() {
        return None;
    }
    let shown: Vec<Interval> = shown.into_iter().collect();
    let mut text = day_blocks(scenario, verdict, record, &shown);
    for recorded in record.iter().filter(|r| r.shown.contains('*') && !r.note.is_empty()) {
        let note = format!("* {}: {}", clock(scenario).day(recorded.day), recorded.note);
        text += &format!("\n{}", prose(1, &note));
    }
    Some(text)
}

/// Cuts the days into blocks, each as many days as fit side by side.
fn day_blocks(
    scenario: &Scenario,
    verdict: &Verdict,
    record: &[RecordedDay],
    days: &[Interval],
) -> String {
    let mut blocks = Vec::new();
    let mut rest = days;
    while !rest.is_empty() {
        let fits = |&n: &usize| {
            let rows = day_rows(scenario, verdict, record, &rest[..n]);
            has_room(&day_tracks(n), &rows)
        };
        let n = (1..=rest.len()).rev().find(fits).unwrap_or(1);
        let (block, later) = rest.split_at(n);
        blocks.push(lay_out(&day_tracks(n), &day_rows(scenario, verdict, record, block)));
        rest = later;
    }
    blocks.join("\n")
}

fn day_tracks(days: usize) -> Vec<Track> {
    let mut tracks = vec![LEFT.after(1)];
    tracks.resize(days + 1, RIGHT);
    tracks
}

fn day_rows(
    scenario: &Scenario,
    verdict: &Verdict,
    record: &[RecordedDay],
    days: &[Interval],
) -> Vec<Vec<String>> {
    let clock = clock(scenario);
    let line = |label: String, cell: &dyn Fn(Interval) -> String| {
        let mut row = vec![label];
        row.extend(days.iter().map(|&day| cell(day)));
        row
    };
    let mut rows = vec![line("loaded sorties out".to_owned(), &|day| clock.day(day))];
    for field in fields(verdict) {
        let on = |day: Interval| verdict.days.iter().find(|r| r.field == field && r.day == day);
        rows.push(line(place_title(scenario, field), &|day| {
            on(day).map_or_else(|| "-".to_owned(), |result| result.loaded_sorties.to_string())
        }));
        if verdict.days.iter().any(|r| r.field == field && handling_percent(r).is_some()) {
            rows.push(line("  capacity by handling".to_owned(), &|day| {
                on(day).and_then(handling_allows).map_or_else(|| "-".to_owned(), |n| n.to_string())
            }));
            rows.push(line("  handling in use".to_owned(), &|day| {
                on(day)
                    .and_then(handling_percent)
                    .map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
            }));
        }
    }
    if !record.is_empty() {
        rows.push(line("reported".to_owned(), &|day| {
            let recorded = record.iter().find(|recorded| recorded.day == day);
            recorded.map_or_else(|| "-".to_owned(), |recorded| recorded.shown.clone())
        }));
    }
    rows
}

/// Fields with loaded departures, in the order in which they come up.
fn fields(verdict: &Verdict) -> Vec<&str> {
    let mut fields: Vec<&str> = Vec::new();
    for result in &verdict.days {
        if !fields.contains(&result.field.as_str()) {
            fields.push(&result.field);
        }
    }
    fields
}

fn place_title(scenario: &Scenario, name: &str) -> String {
    let title = scenario.place(name).map(|id| scenario.places[id].title.as_str());
    match title {
        Some(title) if !title.is_empty() && title != name => format!("{title} ({name})"),
        _ => name.to_owned(),
    }
}

/// Returns the loaded sorties that the day's handling teams could have loaded at the pace of that day's.
fn handling_allows(result: &DayResult) -> Option<i64> {
    let capacity = i128::from(result.handling_capacity_s?);
    let used = i128::from(result.handling_used_s);
    let sorties = i128::from(result.loaded_sorties) * capacity;
    (used > 0).then(|| i64::try_from(sorties / used).unwrap_or(i64::MAX))
}

/// Returns the use of handling teams on a day in per cent, rounded to the nearest; `None` without a limit.
fn handling_percent(result: &DayResult) -> Option<i64> {
    let capacity = result.handling_capacity_s.filter(|&capacity| capacity > 0)?;
    Some((result.handling_used_s * 100 + capacity / 2) / capacity)
}

fn promises(scenario: &Scenario, verdict: &Verdict) -> Option<String> {
    if verdict.promises.is_empty() {
        return None;
    }
    let head = ["", "", "strict", "lenient", "margin", ""];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(verdict.promises.iter().map(|result| promise_row(scenario, result)));
    let table = lay_out(&[LEFT, LEFT, LEFT, LEFT, RIGHT, LEFT], &rows);
    Some(format!("PROMISES{}", table.strip_prefix("        ").unwrap_or(&table)))
}

fn promise_row(scenario: &Scenario, result: &PromiseResult) -> Vec<String> {
    let promise = scenario.promises.rows.iter().find(|promise| promise.name == result.id);
    let text = promise.map_or("", |promise| promise.text.as_str());
    let reading = |kept: Option<bool>| match kept {
        Some(true) => "kept",
        Some(false) => "broken",
        None => "-",
    };
    let text = match &result.before_start {
        Some(evidence) => format!("{text}\n{evidence}"),
        None => text.to_owned(),
    };
    vec![
        result.id.clone(),
        text,
        reading(result.strict).to_owned(),
        reading(result.lenient).to_owned(),
        result.margin_s.map(margin).unwrap_or_default(),
        if result.required { "required" } else { "announced" }.to_owned(),
    ]
}

/// What binds on each day with departures; the largest gains first.
fn binds(scenario: &Scenario, verdict: &Verdict, bindings: &[Binding]) -> String {
    let clock = clock(scenario);
    let mut by_day: BTreeMap<Interval, Vec<&Binding>> = BTreeMap::new();
    for result in &verdict.days {
        by_day.entry(result.day).or_default();
    }
    for binding in bindings {
        by_day.entry(binding.day).or_default().push(binding);
    }
    let mut rows = Vec::new();
    for (day, mut found) in by_day {
        // none at all on that day is the largest gain; file order decides between equals
        found.sort_by_key(|b| b.with_one_more.unwrap_or(Timestamp::MIN));
        let mut texts: Vec<String> =
            found.iter().take(BINDINGS_SHOWN).map(|b| binding_text(clock, b)).collect();
        if found.len() > BINDINGS_SHOWN {
            texts.push(format!("and {} more that give less", found.len() - BINDINGS_SHOWN));
        }
        if texts.is_empty() {
            texts.push("nothing single".to_owned());
        }
        for (n, text) in texts.into_iter().enumerate() {
            let label = if n == 0 { clock.day(day) } else { String::new() };
            rows.push(vec![label, text]);
        }
    }
    if rows.is_empty() {
        return "WHAT BINDS  nothing leaves".to_owned();
    }
    format!(
        "WHAT BINDS  one unit more, planned again, and the day's last departure comes earlier\n{}",
        lay_out(&[RIGHT, LEFT], &rows)
    )
}

fn binding_text(clock: Clock, binding: &Binding) -> String {
    let last = clock.moment(binding.last_departure);
    let mut text = match binding.with_one_more {
        Some(t) => format!(
            "{}: last departure {last}, with {} {}",
            binding.what,
            binding.unit,
            clock.moment(t)
        ),
        None => format!(
            "{}: last departure {last}, with {} nobody leaves that late",
            binding.what, binding.unit
        ),
    };
    if let (Some(closure), Some(sooner)) = (binding.closure, binding.closure_with_one_more)
        && sooner < closure
    {
        text += &format!(", home {} earlier", stretch(closure - sooner));
    }
    text
}

fn unmoved(plan: &Plan) -> String {
    if plan.unmoved.is_empty() {
        return "UNMOVED  nothing".to_owned();
    }
    let mut rows: Vec<Vec<String>> = plan
        .unmoved
        .iter()
        .take(UNMOVED_SHOWN)
        .map(|row| {
            let what = format!("{} × {}", row.count, row.piece);
            vec![what, row.rule.clone(), row.reason.clone()]
        })
        .collect();
    if let Some(more) = plan.unmoved.len().checked_sub(UNMOVED_SHOWN).filter(|&more| more > 0) {
        rows.push(vec![format!("and {more} more"), String::new(), "see the plan".to_owned()]);
    }
    format!("UNMOVED\n{}", lay_out(&[LEFT, LEFT, LEFT], &rows))
}

fn assumptions(scenario: &Scenario, file: Option<&str>) -> Option<String> {
    let percent = assumed_percent(scenario)?;
    let (assumed, rows) = (scenario.assumptions.len(), scenario.n_graded_rows);
    let mut text = format!("ASSUMPTIONS  {assumed} of {rows} rows ({percent} %)");
    if assumed == 0 {
        return Some(text);
    }
    let named: Vec<Vec<String>> = scenario
        .assumptions
        .iter()
        .take(ASSUMPTIONS_SHOWN)
        .map(|row| vec![format!("{} {}", row.table, row.row), row.text.clone()])
        .collect();
    text += &format!("\n{}", lay_out_cut(&[LEFT, LEFT], &named));
    if assumed > ASSUMPTIONS_SHOWN {
        let rest = match file {
            Some(file) => format!("and {} more: {file}", assumed - ASSUMPTIONS_SHOWN),
            None => format!("and {} more", assumed - ASSUMPTIONS_SHOWN),
        };
        text += &format!("\n{}", prose(2, &rest));
    }
    Some(text)
}

fn checked(scenario: &Scenario, verdict: &Verdict, self_test: Option<&SelfTestLine>) -> String {
    let enforced = Rule::ALL.iter().filter(|rule| rule.is_enforced()).count();
    let rules = self_test.map_or(enforced, |test| test.rules);
    let mut line = format!(
        "CHECKED  {}, {}.",
        count(rules, "rule", "rules"),
        count(verdict.findings.len(), "finding", "findings")
    );
    if let Some(test) = self_test {
        let (spoiled, refused) = (test.spoiled, test.refused);
        let copies = count(spoiled, "spoiled copy", "spoiled copies");
        line += &format!(" {copies} of this plan: {refused} refused");
        line += &match spoiled.saturating_sub(refused) {
            0 => ", right rule each.".to_owned(),
            missed => format!(" with the right rule, {missed} NOT."),
        };
    }
    let mut parts = vec![prose(0, &line)];
    parts.extend(self_test.and_then(|t| t.example.as_deref()).map(|example| prose(2, example)));
    parts.extend(verdict.notes.iter().map(|note| prose(2, &format!("note: {note}"))));
    parts.extend(findings(scenario, verdict));
    parts.join("\n")
}

/// Findings by rule, under the rule's sentence.
fn findings(scenario: &Scenario, verdict: &Verdict) -> Vec<String> {
    let clock = clock(scenario);
    let mut by_code: BTreeMap<Code, Vec<&Finding>> = BTreeMap::new();
    for finding in &verdict.findings {
        by_code.entry(finding.rule).or_default().push(finding);
    }
    let mut parts = Vec::new();
    for (code, found) in by_code {
        parts.push(prose(2, &format!("{code}  {}", sentence(code))));
        let mut rows: Vec<Vec<String>> = found
            .iter()
            .take(FINDINGS_SHOWN)
            .map(|finding| {
                let at = finding.at.map(|t| clock.moment(t)).unwrap_or_default();
                vec![finding.object.clone(), at, finding.message.clone()]
            })
            .collect();
        if found.len() > FINDINGS_SHOWN {
            let more = format!("and {} more", found.len() - FINDINGS_SHOWN);
            rows.push(vec![more, String::new(), String::new()]);
        }
        parts.push(lay_out(&[LEFT.after(4), RIGHT, LEFT], &rows));
    }
    parts
}

fn sentence(code: Code) -> &'static str {
    match code {
        Code::Rule(rule) => rule.sentence(),
        Code::Objective => "the objective stated in a plan follows from it",
        Code::Form => "a plan names what its scenario has, in a form that this build can check",
    }
}

fn objective(verdict: &Verdict) -> String {
    let levels = verdict.levels.iter().zip(&verdict.objective);
    let values: Vec<String> = levels.map(|(level, value)| format!("{level} {value}")).collect();
    lay_out(&[LEFT.after(0), LEFT], &[vec!["OBJECTIVE".to_owned(), values.join(" · ")]])
}

fn next(lines: &[String]) -> Option<String> {
    let rows = lines.iter().enumerate().map(|(n, line)| {
        let label = if n == 0 { "next" } else { "" };
        format!("{label:<4}  {line}") // not wrapped: lines hold commands to copy
    });
    (!lines.is_empty()).then(|| rows.collect::<Vec<_>>().join("\n"))
}
