//! Plans and verdicts as text for a terminal: at most 100 columns, aligned, no colour.
//!
//! [`first_screen`] is what `exeunt demo` prints, [`plan_summary`] and [`check_summary`] what `plan`
//! and `check` print. They are put together from the same sections: each a function below, the three
//! large tables each a file beside this one.

mod binds;
mod days;
mod nations;
mod proof;
mod waits;

use crate::grid::{LEFT, RIGHT, WIDTH, lay_out, lay_out_cut, prose};
use crate::language::Language;
use crate::ruler::brief;
use crate::self_test::SelfTestLine;
use crate::zoned::{Clock, margin, stretch, written_date};
use binds::binds;
use days::days;
use exeunt_model::finding::{Binding, Code, PromiseResult};
use exeunt_model::plan::{Sortie, Unmoved};
use exeunt_model::residual::{LastStop, Residual};
use exeunt_model::ruler::Ruler;
use exeunt_model::scenario::{MandateKind, PieceKind, Promise, RecordedDay, Statement, UserClass};
use exeunt_model::{Finding, Plan, Rule, Scenario, Timestamp, Verdict};
use nations::{is_inbound, nations};
pub use proof::{Tested, proof_summary};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use waits::waits;

/// Assumptions named on a screen; all stand in a file.
const ASSUMPTIONS_SHOWN: usize = 4;
/// Findings named for one rule.
const FINDINGS_SHOWN: usize = 10;
/// Columns of what the record says of a promise.
const OUTCOME_WIDTH: usize = 11;
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
    /// The ruler of dates; `None` when nobody asked.
    pub ruler: Option<&'a Ruler>,
    /// What the checker derived of the record told as a plan, if there is one.
    pub recorded: Option<&'a Verdict>,
    /// What binds; `None` when nobody looked.
    pub bindings: Option<&'a [Binding]>,
    /// What the closure waits for and which change gains most, in a line; `None` when nobody asked.
    pub why_not_earlier: Option<String>,
    /// What comes of the same operation under another rule: what is changed, such as "civil hours
    /// bind military flights" (it is printed after "if"), and what then follows, in a line.
    pub variants: Vec<(String, String)>,
    /// What the force can still do at the operation's clock; `None` when nobody asked.
    pub residual: Option<&'a Residual>,
    /// Until when stopping the lift keeps the sites of the mandate's tasks.
    pub last_stops: &'a [LastStop],
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
        let written = clock(scenario).long(now);
        let whole = format!("{line} · clock: {written}");
        // without the day of the week it may keep to one line
        let is_long = whole.chars().count() > usize::from(WIDTH);
        let short = written.split_once(' ').map_or(written.as_str(), |(_, rest)| rest);
        line = if is_long { whole.replace(&written, short) } else { whole };
    }
    line
}

/// Returns a moment in the short form of the screen, in the operation's zone.
pub fn moment(scenario: &Scenario, t: Timestamp) -> String {
    clock(scenario).moment(t)
}

/// Returns the whole first screen, ending with a newline.
pub fn first_screen(screen: &FirstScreen<'_>) -> String {
    let FirstScreen { scenario, plan, verdict, bindings, .. } = *screen;
    let file = screen.assumptions_file.as_deref();
    // a clock in the title says the year and the zone already
    let has_clock = scenario.operation.clock.is_some();
    let span = (!has_clock).then(|| span(scenario));
    join([
        Some(opening(&screen.title, span, scenario, verdict) + "\n" + &counts(scenario, file)),
        screen.ruler.map(|ruler| brief(scenario, ruler, Language::En).trim_end().to_owned()),
        Some(nations(scenario, plan, verdict)),
        Some(totals(scenario, verdict, &scenario.record) + &recorded(screen)),
        days(scenario, verdict, &scenario.record),
        promises(scenario, verdict),
        situation(screen),
        bindings.map(|bindings| binds(scenario, plan, verdict, bindings)),
        why_not_earlier(screen),
        variants(&screen.variants),
        Some(unmoved(scenario, plan)),
        assumptions(scenario, file),
        not_applied(scenario),
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
    let opening = opening(&title("plan", scenario), Some(span(scenario)), scenario, verdict);
    join([
        Some(opening + "\n" + &counts(scenario, None)),
        Some(nations(scenario, plan, verdict)),
        Some(totals(scenario, verdict, &[])),
        days(scenario, verdict, &[]),
        promises(scenario, verdict),
        bindings.map(|bindings| binds(scenario, plan, verdict, bindings)),
        waits(scenario, plan, verdict),
        Some(unmoved(scenario, plan)),
        assumptions(scenario, None),
        not_applied(scenario),
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
        Some(opening(&title("check", scenario), Some(span(scenario)), scenario, verdict)),
        Some(checked(scenario, verdict, self_test)),
        promises(scenario, verdict),
        unmoved_count(verdict),
        Some(totals(scenario, verdict, &[])),
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
fn count<N: Copy + PartialEq + From<u8> + Display>(n: N, one: &str, many: &str) -> String {
    format!("{n} {}", if n == N::from(1) { one } else { many })
}

/// Writes the first lines: the title, the span of time and, of a plan for other tables, that it is one.
fn opening(title: &str, span: Option<String>, scenario: &Scenario, verdict: &Verdict) -> String {
    let mut lines = vec![prose(0, title)];
    lines.extend(span);
    if verdict.notes.iter().any(|note| is_of_other_tables(scenario, note)) {
        lines.push("this plan was made for other tables than these".to_owned());
    }
    lines.join("\n")
}

/// Writes from when to when the operation goes, with the year, and the zone of all times.
fn span(scenario: &Scenario) -> String {
    let (clock, operation) = (clock(scenario), &scenario.operation);
    let (from, to) = (clock.date_in_full(operation.start), clock.date_in_full(operation.end));
    format!("{from} to {to}, times in {}", clock.offset())
}

/// Returns whether the checker's note says that the plan was made for another version of the tables:
/// only such a note names the hash of the scenario.
fn is_of_other_tables(scenario: &Scenario, note: &str) -> bool {
    !scenario.hash.is_empty() && note.contains(&scenario.hash)
}

/// Returns the share of rows assumed in whole or part as whole per cent, rounded to the nearest.
pub(crate) fn assumed_percent(scenario: &Scenario) -> Option<usize> {
    let (rows, assumed) = (scenario.n_graded_rows, scenario.assumptions.len());
    (rows > 0).then(|| ((assumed * 100 + rows / 2) / rows).min(100))
}

/// Says how many statements somebody made, how many events nobody is named for, how many promises.
fn counts(scenario: &Scenario, file: Option<&str>) -> String {
    let is_attributed = |s: &Statement| !s.speaker.is_empty() || !s.office.is_empty();
    let attributed = scenario.statements.iter().filter(|(_, s)| is_attributed(s)).count();
    let events = scenario.statements.len() - attributed;
    let mut ledger = Vec::new();
    if attributed > 0 {
        ledger.push(count(attributed, "attributed statement", "attributed statements"));
    }
    if events > 0 {
        ledger.push(count(events, "event", "events"));
    }
    let promises = count(scenario.promises.len(), "promise", "promises");
    let mut text = match ledger.is_empty() {
        true => prose(0, &promises),
        false => prose(0, &format!("{}, {promises}", ledger.join(" and "))),
    };
    if let Some(percent) = assumed_percent(scenario) {
        let file = file.map(|file| format!(": {file}")).unwrap_or_default();
        let line = format!("{percent} % of rows assumed in whole or part{file}");
        text += &format!("\n{}", prose(0, &line));
    }
    text
}

/// When the last are out, landed and home; beside it what is on record, where a record is given.
fn totals(scenario: &Scenario, verdict: &Verdict, record: &[RecordedDay]) -> String {
    let clock = clock(scenario);
    let has_host = !scenario.operation.host_states.is_empty();
    // who comes in has left the host with its first step, which is no news
    let out =
        verdict.parties.iter().filter(|r| !is_inbound(r)).filter_map(|r| r.last_departure).max();
    let lasts = [
        ("last out of the host", out.filter(|_| has_host)),
        ("last into the host", verdict.closure_entered_host),
        ("last landing", verdict.closure_home_airfield),
        (
            if verdict.closure_entered_host.is_some() {
                "last in place"
            } else {
                "last at home base"
            },
            verdict.closure,
        ),
    ];
    let mut lasts: Vec<String> = lasts
        .iter()
        .filter_map(|&(what, t)| Some(format!("{what} {}", clock.moment(t?))))
        .collect();
    let mut lines = Vec::new();
    if lasts.is_empty() {
        lines.push(" nothing moves".to_owned());
    }
    if has_host
        && verdict.closure_entered_host.is_none()
        && verdict.closure_left_host.is_some()
        && let Some(last) = record.iter().filter(|r| is_something(&r.shown)).max_by_key(|r| r.day)
    {
        // an earlier end than on record says nothing without what it rests on
        let mut beside = vec![lasts.remove(0), format!("on record: {}", clock.day(last.day))];
        let assumed = scenario.assumptions.len();
        if assumed > 0 {
            let rows = count(assumed, "assumed row", "assumed rows");
            beside.push(format!("the plan hangs on {rows}"));
        }
        lines.push(prose(1, &beside.join(" · ")));
    }
    if !lasts.is_empty() {
        lines.push(prose(1, &lasts.join(" · ")));
    }
    if verdict.tails_used > 0 {
        let loaded = count(verdict.loaded_sorties, "loaded sortie", "loaded sorties");
        let ferry = count(verdict.ferry_sorties, "ferry sortie", "ferry sorties");
        lines.push(format!(" {loaded} and {ferry} on {} aircraft", verdict.tails_used));
    }
    lines.join("\n")
}

/// What the record, told as a plan, comes to; its hours are assumed.
fn recorded(screen: &FirstScreen<'_>) -> String {
    let Some(verdict) = screen.recorded else { return String::new() };
    let clock = clock(screen.scenario);
    let lasts = [
        ("last out of the host", verdict.closure_left_host),
        ("last at home base", verdict.closure),
    ];
    let lasts = lasts.iter().filter_map(|&(what, t)| Some(format!("{what} {}", clock.moment(t?))));
    let loaded = count(verdict.loaded_sorties, "loaded sortie", "loaded sorties");
    let told: Vec<String> = lasts.chain([loaded]).collect();
    format!("\n{}", prose(1, &format!("the record as a plan, hours assumed: {}", told.join(" · "))))
}

/// Returns whether what is shown of a recorded day says that something left.
pub(crate) fn is_something(shown: &str) -> bool {
    !matches!(shown.trim(), "" | "-" | "0")
}

fn promises(scenario: &Scenario, verdict: &Verdict) -> Option<String> {
    if verdict.promises.is_empty() {
        return None;
    }
    let made = |id: &str| scenario.promises.rows.iter().find(|promise| promise.name == id);
    let has_outcome = |r: &PromiseResult| made(&r.id).is_some_and(|p| p.outcome.is_some());
    let record = verdict.promises.iter().any(has_outcome);
    let mut head = ["", "", "strict", "lenient", "margin"].map(str::to_owned).to_vec();
    head.extend(record.then(|| match clock(scenario).year(scenario.operation.start) {
        Some(year) => format!("in {year}"),
        None => "on record".to_owned(),
    }));
    head.push("treated as".to_owned());
    let mut rows = vec![head];
    rows.extend(verdict.promises.iter().map(|r| promise_row(made(&r.id), r, record)));
    let mut tracks = vec![LEFT, LEFT, LEFT, LEFT, RIGHT, LEFT];
    tracks.extend(record.then_some(LEFT));
    let table = lay_out(&tracks, &rows);
    Some(format!("PROMISES{}", table.strip_prefix("        ").unwrap_or(&table)))
}

fn promise_row(made: Option<&Promise>, result: &PromiseResult, record: bool) -> Vec<String> {
    let text = made.map_or("", |promise| promise.text.as_str());
    let reading = |kept: Option<bool>| match kept {
        Some(true) => "kept",
        Some(false) => "broken",
        None => "-",
    };
    let text = match &result.before_start {
        Some(evidence) => format!("{text}\n{evidence}"),
        None => text.to_owned(),
    };
    let mut row = vec![
        result.id.clone(),
        text,
        reading(result.strict).to_owned(),
        reading(result.lenient).to_owned(),
        result.margin_s.map(margin).unwrap_or_default(),
    ];
    let outcome = made.and_then(|promise| promise.outcome.as_deref());
    row.extend(record.then(|| fold(outcome.unwrap_or("-"), OUTCOME_WIDTH)));
    row.push(if result.required { "required" } else { "announced" }.to_owned());
    row
}

/// Breaks text into lines of at most so many characters, or one word where that is longer.
fn fold(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// Where things stand at the operation's clock: what was said of it last, and what the plan says.
fn situation(screen: &FirstScreen<'_>) -> Option<String> {
    let scenario = screen.scenario;
    let now = scenario.operation.clock?;
    let mut lines: Vec<String> = judgement(scenario, now).into_iter().collect();
    let in_the_air =
        |sortie: &&Sortie| !sortie.load.is_empty() && sortie.departs <= now && now < sortie.lands;
    let flying = screen.plan.lines.iter().flat_map(|line| &line.sorties).filter(in_the_air).count();
    let mut figures = vec![format!("{flying} aircraft in the air with a load")];
    if let Some(residual) = screen.residual {
        if !scenario.operation.host_states.is_empty() {
            let people = count(residual.people(), "person", "people");
            figures.insert(0, format!("{people} of the force still in the host"));
        }
        if !scenario.sites.is_empty() {
            let sites = count(scenario.sites.len(), "site", "sites");
            figures.insert(1, format!("{} of {sites} still guarded", residual.guarded.len()));
        }
        figures.extend(
            residual.first_back.map(|back| format!("first unit back in {}", stretch(back))),
        );
    }
    lines.push(format!("by the plan: {}", figures.join(", ")));
    for stop in screen.last_stops {
        let task = &scenario.mandate[stop.task];
        let MandateKind::Task(sites) = &task.kind else { continue };
        let (lost, all) = (stop.n_lost(now), sites.len());
        let keeps = match lost {
            0 => format!("stopping the lift keeps its {}", count(all, "site", "sites")),
            lost => {
                format!("{lost} of its {} cannot be kept any more", count(all, "site", "sites"))
            }
        };
        let until = stop.next(now).map(|(t, site)| {
            let place = &scenario.places[scenario.sites[site].place];
            let (site, t) =
                (format!("{} ({})", place.name, place.title), clock(scenario).moment(t));
            let others = if lost > 0 { ", a stop keeps the others" } else { "" };
            format!("{others} until {t}, then {site} is lost")
        });
        let until = until.unwrap_or_else(|| ", the plan costs no other".to_owned());
        lines.push(format!("{} ({}): {keeps}{until}", task.name, task.text));
    }
    Some(lay_out(&[LEFT.after(0), LEFT], &[vec!["SITUATION".to_owned(), lines.join("\n")]]))
}

/// The latest judgement of the ledger that is known at `now`; the office is named, not the person.
fn judgement(scenario: &Scenario, now: Timestamp) -> Option<String> {
    let judgements = scenario.statements.rows.iter().filter(|row| row.kind == "judgement");
    // among several known at one moment the last in the file counts
    let row = judgements.filter(|row| row.known <= now).max_by_key(|row| row.known)?;
    let day = written_date(&row.date)?.strftime("%-d %b");
    // the ledger holds what was said in other words, so it does not stand in quotation marks
    Some(match row.office.as_str() {
        "" => format!("judged on {day}: {}", row.text),
        office => format!("{office}, {day}: {}", row.text),
    })
}

/// What the closure waits for.
fn why_not_earlier(screen: &FirstScreen<'_>) -> Option<String> {
    let line = screen.why_not_earlier.as_ref()?;
    let row = vec!["WHY NOT EARLIER".to_owned(), line.clone()];
    Some(lay_out(&[LEFT.after(0), LEFT], &[row]))
}

/// What comes of the operation under other rules, one below the other.
fn variants(variants: &[(String, String)]) -> Option<String> {
    let rows: Vec<Vec<String>> = variants
        .iter()
        .enumerate()
        .map(|(n, (label, line))| {
            let head = if n == 0 { "IF" } else { "if" };
            vec![head.to_owned(), format!("{label}: {line}")]
        })
        .collect();
    (!rows.is_empty()).then(|| lay_out(&[LEFT.after(0), LEFT], &rows))
}

fn unmoved(scenario: &Scenario, plan: &Plan) -> String {
    let clock = clock(scenario);
    if plan.unmoved.is_empty() {
        return "UNMOVED  nothing".to_owned();
    }
    let mut rows: Vec<Vec<String>> = plan
        .unmoved
        .iter()
        .take(UNMOVED_SHOWN)
        .map(|row| vec![unmoved_pieces(scenario, row), row.rule.clone(), clock.retell(&row.reason)])
        .collect();
    if let Some(more) = plan.unmoved.len().checked_sub(UNMOVED_SHOWN).filter(|&more| more > 0) {
        rows.push(vec![format!("and {more} more"), String::new(), "see the plan".to_owned()]);
    }
    format!("UNMOVED\n{}", lay_out(&[LEFT, LEFT, LEFT], &rows))
}

/// Writes a row's pieces and the drivers who stay with them: `7 × P002 Truck (and 7 drivers)`.
fn unmoved_pieces(scenario: &Scenario, row: &Unmoved) -> String {
    let mut what = format!("{} × {}", row.count, row.piece);
    let Some(piece) = scenario.pieces.find(|piece| piece.name == row.piece) else { return what };
    let piece = &scenario.pieces[piece];
    if !piece.title.is_empty() && piece.title != piece.name {
        what += &format!(" {}", piece.title);
    }
    let drivers = match piece.kind {
        PieceKind::People => 0,
        _ => row.count.saturating_mul(piece.drivers),
    };
    if drivers > 0 {
        what += &format!(" (and {})", count(drivers, "driver", "drivers"));
    }
    what
}

/// Counts what does not move, where the plan that lists it is not at hand.
fn unmoved_count(verdict: &Verdict) -> Option<String> {
    if verdict.unmoved <= 0 {
        return None;
    }
    let what = count(verdict.unmoved, "piece or person", "pieces and people");
    // a list that says otherwise breaks the rule of custody
    let is_listed = verdict.findings.iter().all(|finding| finding.rule != Code::Rule(Rule::C01));
    let them = if verdict.unmoved == 1 { "it" } else { "them" };
    let listed = if is_listed { format!(", as the plan lists {them}") } else { String::new() };
    Some(format!("UNMOVED  {what}{listed}"))
}

/// Names the rows that a policy switched off leaves without effect.
fn not_applied(scenario: &Scenario) -> Option<String> {
    let operation = &scenario.operation;
    let mut lines = Vec::new();
    if !operation.curfews_bind_columns && !scenario.curfews.is_empty() {
        let curfews = count(scenario.curfews.len(), "curfew", "curfews");
        lines.push(format!("{curfews} (curfews_bind_columns is false)"));
    }
    let is_civil = |class| class == UserClass::Civil;
    let civil_hours = scenario.hours.iter().filter(|hours| is_civil(hours.user_class));
    let fields: BTreeSet<_> = civil_hours.map(|hours| hours.place).collect();
    // civil aircraft keep civil hours whatever the switch says
    let has_effect = operation.civil_hours_bind_military
        || scenario.tails.rows.iter().any(|tail| is_civil(tail.user_class));
    if !has_effect && !fields.is_empty() {
        let fields = count(fields.len(), "field", "fields");
        lines.push(format!("civil hours at {fields} (civil_hours_bind_military is false)"));
    }
    let row = || vec!["NOT APPLIED".to_owned(), lines.join("\n")];
    (!lines.is_empty()).then(|| lay_out(&[LEFT.after(0), LEFT], &[row()]))
}

fn assumptions(scenario: &Scenario, file: Option<&str>) -> Option<String> {
    let percent = assumed_percent(scenario)?;
    let (assumed, rows) = (scenario.assumptions.len(), scenario.n_graded_rows);
    let of = count(rows, "row", "rows");
    let mut text = format!("ASSUMPTIONS  {assumed} of {of} ({percent} %), in whole or part");
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
    let clock = clock(scenario);
    let findings_made = count(verdict.findings.len(), "finding", "findings");
    let mut parts = vec![prose(0, &format!("CHECKED  {}, {findings_made}", rules(self_test)))];
    if let Some(test) = self_test {
        let (spoiled, refused) = (test.spoiled, test.refused);
        let copies = count(spoiled, "spoiled copy", "spoiled copies");
        let end = match spoiled.saturating_sub(refused) {
            0 => ", right rule each".to_owned(),
            missed => format!(" with the right rule, {missed} NOT"),
        };
        parts.push(prose(2, &format!("{copies} of this plan: {refused} refused{end}")));
    }
    let example = self_test.and_then(|test| test.example.as_deref());
    parts.extend(example.map(|example| prose(2, &clock.retell(example))));
    let notes = verdict.notes.iter().filter(|note| !is_of_other_tables(scenario, note));
    parts.extend(notes.map(|note| prose(2, &format!("note: {}", clock.retell(note)))));
    parts.extend(findings(scenario, verdict));
    parts.join("\n")
}

/// Says how many rules are enforced and which are not yet.
fn rules(self_test: Option<&SelfTestLine>) -> String {
    let later: Vec<&str> =
        Rule::ALL.iter().filter(|rule| !rule.is_enforced()).map(|rule| rule.id()).collect();
    let all = Rule::ALL.len();
    let enforced = self_test.map_or(all - later.len(), |test| test.rules);
    match later.is_empty() {
        true => count(enforced, "rule", "rules"),
        false => format!("{enforced} of {all} rules (not yet {})", later.join(", ")),
    }
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
                vec![clock.retell(&finding.object), at, clock.retell(&finding.message)]
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
        Code::Proof => "every bound beside a plan has a certificate that holds",
        Code::Form => "a plan names what its scenario has, in a form that this build can check",
    }
}

/// The levels of the objective in words, most important first; a line is broken between levels only.
fn objective(verdict: &Verdict) -> String {
    const LABEL: &str = "OBJECTIVE";
    let room = usize::from(WIDTH) - LABEL.len() - 2; // two spaces between
    let levels = verdict.levels.iter().zip(&verdict.objective);
    let mut lines: Vec<String> = Vec::new();
    for level in levels.map(|(level, &value)| level_in_words(level, value)) {
        match lines.last_mut() {
            // three columns for the dot before the level and two for one that ends the line
            Some(line) if line.chars().count() + level.len() + 5 <= room => {
                line.push_str(" · ");
                line.push_str(&level);
            }
            Some(line) => {
                line.push_str(" ·");
                lines.push(level);
            }
            None => lines.push(level),
        }
    }
    lay_out(&[LEFT.after(0), LEFT], &[vec![LABEL.to_owned(), lines.join("\n")]])
}

fn level_in_words(level: &str, value: i64) -> String {
    match level {
        "z0" => format!("z0 broken rules {value}"),
        "z1" => format!("z1 unmoved {value}"),
        // a word of rank 1 counts a million, so the number is none of promises
        "z2" if value > 0 => format!("z2 broken promises {value} (weighed by rank)"),
        "z2" => format!("z2 broken promises {value}"),
        "z3" => format!("z3 inversions {value}"),
        "z4" => format!("z4 closure {value} s"),
        "z5" => format!("z5 lateness {value} s"),
        "z6.tails" => format!("tails {value}"),
        "z6.sorties" => format!("sorties {value}"),
        "z6.minutes" => format!("minutes {value}"),
        "z7" => format!("z7 cost {value}"),
        "z8" => format!("z8 slack {value}"),
        "z9" => format!("z9 change {value}"),
        _ => format!("{level} {value}"),
    }
}

fn next(lines: &[String]) -> Option<String> {
    let rows = lines.iter().enumerate().map(|(n, line)| {
        let label = if n == 0 { "next" } else { "" };
        format!("{label:<4}  {line}") // not wrapped: lines hold commands to copy
    });
    (!lines.is_empty()).then(|| rows.collect::<Vec<_>>().join("\n"))
}
