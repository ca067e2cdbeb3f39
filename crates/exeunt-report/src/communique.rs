//! The communiqué: the public report of a moment, built from ledger, record and plan only.
//!
//! It says what is known at that moment and nothing else: what came before, what happened in the last two days, who
//! judges the situation how, what is planned and promised by when, what the plan at hand comes to, and what is not
//! decided. Each sentence names the rows that it is made of. Offices speak, never persons. The same sentences are
//! written as text or as HTML.

use crate::language::{Language, Value, Words};
use exeunt_model::scenario::{Policy, Predicate, Promise, SourceType, Statement};
use exeunt_model::{Duration, Id, Plan, Scenario, StatementId, Timestamp, Verdict};
use maud::{DOCTYPE, PreEscaped, html};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// How long after a day what the record says of it counts as known; what explains it, twice as long.
pub(crate) const SETTLED: Duration = Duration::from_hours(24);
/// How far back facts and plans are news.
const NEWS: Duration = Duration::from_hours(48);

/// A communiqué in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Communique {
    language: Language,
    /// Title of the operation.
    pub title: String,
    /// The moment, and for whom it is.
    pub heading: String,
    /// What it says, by subject; sections without a sentence are left out.
    pub sections: Vec<Section>,
    /// How it was made.
    pub notes: Vec<String>,
}

/// Sentences on one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The subject.
    pub title: String,
    /// What is said of it.
    pub sentences: Vec<Sentence>,
}

/// A sentence and what supports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// Rows, by table and id, such as `("statements", "40")`.
    pub rows: Vec<(&'static str, String)>,
    /// The rows and what is to be known of them, in words.
    pub support: String,
}

/// Makes the communiqué of a moment.
pub fn communique(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    at: Timestamp,
    language: Language,
) -> Communique {
    let words = Words::new(language);
    // what no search made is the record, which tells of later days; a plan that breaks rules says nothing
    let is_plan = plan.lanes > 0 && verdict.accepted;
    let untranslated = RefCell::default();
    let author = Author { scenario, verdict, is_plan, untranslated, at, words: &words };
    let sections = [
        ("communique-origin", author.origin()),
        ("communique-happened", author.happened()),
        ("communique-judged", author.judged()),
        ("communique-planned", author.planned()),
        ("communique-promised", author.promised()),
        ("communique-plan", author.plan()),
        ("communique-undecided", author.undecided()),
    ];
    let sections = sections.into_iter().filter(|(_, sentences)| !sentences.is_empty());
    let moment = words.moment_in_full(scenario, at);
    Communique {
        language,
        title: author.of(&scenario.operation.title),
        heading: words.say("communique-heading", &[("moment", moment.into())]),
        sections: sections
            .map(|(title, sentences)| Section { title: words.word(title), sentences })
            .collect(),
        notes: author.notes(),
    }
}

/// Writes the sentences of one communiqué.
struct Author<'a> {
    scenario: &'a Scenario,
    verdict: &'a Verdict,
    /// Whether the plan is one and passes the checker, so that its figures may be told.
    is_plan: bool,
    /// Words of the scenario that stand in English for want of a translation.
    untranslated: RefCell<BTreeSet<String>>,
    at: Timestamp,
    words: &'a Words,
}

impl Author<'_> {
    /// Statements known at the moment, oldest first; of one moment in file order.
    fn known(&self) -> Vec<(StatementId, &Statement)> {
        let rows = self.scenario.statements.iter().filter(|(_, row)| row.known <= self.at);
        let mut known: Vec<_> = rows.collect();
        known.sort_by(|a, b| (a.1.known, &a.1.date, a.0).cmp(&(b.1.known, &b.1.date, b.0)));
        known
    }

    fn is_known(&self, id: StatementId) -> bool {
        self.scenario.statements[id].known <= self.at
    }

    fn is_news(&self, row: &Statement) -> bool {
        row.known > self.at - NEWS
    }

    /// Requests, decisions, and what happened by nobody's report before the news.
    fn origin(&self) -> Vec<Sentence> {
        let came = |row: &Statement| match row.kind.as_str() {
            "request" | "decision" => true,
            "fact" => row.speaker.is_empty() && !self.is_news(row),
            _ => false,
        };
        self.said(came)
    }

    fn happened(&self) -> Vec<Sentence> {
        let mut sentences = self.said(|row| row.kind == "fact" && self.is_news(row));
        for day in &self.scenario.record {
            if day.day.to + SETTLED <= self.at {
                let text = self.words.say(
                    "told-record",
                    &[
                        ("day", self.words.date(self.scenario, day.day.from).into()),
                        ("shown", self.of(&day.shown).into()),
                    ],
                );
                let row = ("record", day.name.clone());
                let explained = day.day.to + SETTLED + SETTLED <= self.at && !day.note.is_empty();
                let note = explained.then(|| self.of(&day.note));
                sentences.push(self.sentence(text, vec![row], note.into_iter().collect()));
            }
        }
        sentences
    }

    /// What speakers say of the situation, and each office's latest assessment.
    fn judged(&self) -> Vec<Sentence> {
        let mut sentences = self.said(|row| row.kind == "judgement");
        for (id, row) in self.scenario.assessments.iter() {
            let later = self.scenario.assessments.iter().any(|(other, found)| {
                let newer = (found.at, other) > (row.at, id);
                found.office == row.office && found.zone == row.zone && newer && found.at <= self.at
            });
            let unsaid = row.statement.is_some_and(|s| !self.is_known(s));
            if row.at > self.at || later || unsaid {
                continue;
            }
            let level = &self.scenario.levels[row.level].title;
            let zone = match row.zone.as_str() {
                "ALL" => self.words.word("told-zone-all"),
                zone => self.of(zone),
            };
            let text = self.words.say(
                "communique-assessed",
                &[
                    ("office", self.of(&row.office).into()),
                    ("moment", self.words.moment(self.scenario, row.at).into()),
                    ("zone", zone.into()),
                    ("level", self.of(level).into()),
                ],
            );
            let mut rows = vec![("assessments", row.name.clone())];
            rows.extend(row.statement.map(|id| self.statement_row(id)));
            // nobody's words stand behind a judgement without a statement
            let remark = if row.statement.is_some() { "level-read-out" } else { "told-assumed" };
            sentences.push(self.sentence(text, rows, vec![self.words.word(remark)]));
        }
        sentences
    }

    fn planned(&self) -> Vec<Sentence> {
        self.said(|row| row.kind == "plan" && self.is_news(row))
    }

    /// What was promised, each promise that follows from it with its date, and whether the plan at hand keeps it.
    fn promised(&self) -> Vec<Sentence> {
        let mut sentences = self.said(|row| row.kind == "promise");
        for (id, promise) in self.scenario.promises.iter() {
            if promise.statement.is_some_and(|s| !self.is_known(s)) {
                continue;
            }
            let result = &self.verdict.promises[id.index()];
            let kept = match (&result.before_start, result.strict, result.lenient) {
                (Some(_), ..) => "promise-before-start",
                (None, Some(true), _) => "promise-kept",
                (None, _, Some(true)) => "promise-kept-leniently",
                _ => "promise-broken",
            };
            let mut arguments: Vec<(&str, Value<'_>)> = vec![
                ("id", promise.name.as_str().into()),
                ("text", self.of(&promise.text).into()),
                ("date", date_of(self.words, self.scenario, promise).into()),
            ];
            let text = match self.is_plan {
                false => self.words.say("told-promise", &arguments),
                true => {
                    arguments.push(("kept", self.words.word(kept).into()));
                    self.words.say("communique-promise", &arguments)
                }
            };
            let mut rows = vec![("promises", promise.name.clone())];
            rows.extend(promise.statement.map(|id| self.statement_row(id)));
            sentences.push(self.sentence(text, rows, Vec::new()));
        }
        sentences
    }

    /// What the plan at hand comes to: our own figures, said by nobody. What it has behind it is for the record to tell.
    fn plan(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        if !self.is_plan {
            return sentences;
        }
        let moment = |t: Timestamp| self.words.moment(self.scenario, t);
        for party in &self.verdict.parties {
            let Some(row) = self.scenario.party(&party.id) else { continue };
            let over = party.entered_host.or(party.last_departure);
            let (Some(last), Some(home)) = (over, party.closure) else { continue };
            let key = match (last > self.at, party.entered_host) {
                _ if home <= self.at => continue,
                (true, Some(_)) => "told-plan-party-in",
                (true, None) if self.verdict.closure_entered_host.is_some() => {
                    "told-plan-party-out"
                }
                (true, None) => "communique-plan-party",
                (false, Some(_)) => "told-plan-in-place",
                (false, None) => "told-plan-home",
            };
            let mut arguments: Vec<(&str, Value<'_>)> = vec![
                ("party", self.of(&self.scenario.parties[row].title).into()),
                ("home", moment(home).into()),
            ];
            if last > self.at {
                arguments.push(("last", moment(last).into()));
                arguments.push(("n", party.loaded_sorties.into()));
            }
            let text = self.words.say(key, &arguments);
            sentences.push(self.sentence(text, vec![("parties", party.id.clone())], Vec::new()));
        }
        let plan = vec![("plan", self.scenario.operation.name.clone())];
        let verdict = self.verdict;
        let has_host = !self.scenario.operation.host_states.is_empty();
        if let Some(home) = verdict.closure.filter(|&home| home > self.at) {
            let over =
                verdict.closure_entered_host.or(verdict.closure_left_host.filter(|_| has_host));
            let text = match over.filter(|&over| over > self.at) {
                Some(over) if verdict.closure_entered_host.is_some() => self.words.say(
                    "told-plan-closure-in",
                    &[("in", moment(over).into()), ("home", moment(home).into())],
                ),
                Some(over) => self.words.say(
                    "communique-plan-closure",
                    &[("out", moment(over).into()), ("home", moment(home).into())],
                ),
                None => self.words.say("told-plan-closure-end", &[("home", moment(home).into())]),
            };
            sentences.push(self.sentence(text, plan.clone(), Vec::new()));
        }
        if verdict.unmoved > 0 {
            let text = self.words.say("communique-plan-unmoved", &[("n", verdict.unmoved.into())]);
            sentences.push(self.sentence(text, plan, Vec::new()));
        }
        sentences
    }

    /// Conditions that are not true at the moment.
    fn undecided(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for (id, condition) in self.scenario.conditions.iter() {
            let is_open = self.verdict.conditions[id.index()].is_open(self.at);
            // a condition is spoken of from its statement on, one without a statement from the operation's start
            let is_spoken_of = condition
                .statement
                .map_or(self.at >= self.scenario.operation.start, |s| self.is_known(s));
            if is_open || !is_spoken_of {
                continue;
            }
            let policy = match condition.policy {
                Policy::Go => "told-policy-go",
                Policy::Hold => "told-policy-hold",
                Policy::Reverse => "told-policy-reverse",
            };
            let text = self.words.say(
                "communique-condition",
                &[
                    ("text", self.of(&condition.text).into()),
                    ("policy", self.words.word(policy).into()),
                ],
            );
            let mut rows = vec![("conditions", condition.name.clone())];
            rows.extend(condition.statement.map(|id| self.statement_row(id)));
            let remark = self.is_assumed("conditions", &condition.name);
            let remarks = remark.then(|| self.words.word("told-in-part-assumed"));
            sentences.push(self.sentence(text, rows, remarks.into_iter().collect()));
        }
        sentences
    }

    fn is_assumed(&self, table: &str, row: &str) -> bool {
        self.scenario.assumptions.iter().any(|assumed| assumed.table == table && assumed.row == row)
    }

    /// Makes a sentence of every known statement that satisfies `test`.
    fn said(&self, test: impl Fn(&Statement) -> bool) -> Vec<Sentence> {
        let rows = self.known().into_iter().filter(|(_, row)| test(row));
        rows.map(|(id, row)| self.statement(id, row)).collect()
    }

    fn statement(&self, id: StatementId, row: &Statement) -> Sentence {
        let (text, date) = (self.of(&row.text), self.day_said(row));
        let via = (row.via != row.office && !row.via.is_empty()).then(|| self.of(&row.via));
        // an organisation speaks for itself, a person for an office
        let speaker = if row.office.is_empty() { &row.speaker } else { &row.office };
        let mut arguments: Vec<(&str, Value<'_>)> =
            vec![("text", text.into()), ("date", date.into())];
        let key = match (speaker.is_empty(), via) {
            (true, _) => "told-event",
            (false, None) => "told",
            (false, Some(via)) => {
                arguments.push(("via", via.into()));
                "told-via"
            }
        };
        if key != "told-event" {
            arguments.push(("office", self.of(speaker).into()));
        }
        let mut remarks = Vec::new();
        remarks.extend(row.source_type.map(|kind| self.words.word(source_key(kind))));
        let confirming: Vec<&str> = self
            .known()
            .into_iter()
            .filter(|(_, other)| other.confirms.contains(&id))
            .map(|(_, other)| other.name.as_str())
            .collect();
        if !confirming.is_empty() {
            let rows = self.words.list(&confirming);
            remarks.push(self.words.say("told-confirmed-by", &[("rows", rows.into())]));
        }
        // a conflict is one when two of its rows are known
        let known = self.known();
        let differs = |conflict: &&String| {
            known.iter().any(|(other, found)| *other != id && found.conflicts.contains(conflict))
        };
        let conflicts: Vec<&String> = row.conflicts.iter().filter(differs).collect();
        if !conflicts.is_empty() {
            let conflicts = self.words.list(&conflicts);
            remarks.push(self.words.say("reports-differ", &[("conflicts", conflicts.into())]));
        }
        let text = self.words.say(key, &arguments);
        self.sentence(text, vec![self.statement_row(id)], remarks)
    }

    /// Writes the day on which something was said.
    fn day_said(&self, row: &Statement) -> String {
        let noon = format!("{}T12:00:00Z", row.date);
        let noon = Timestamp::parse_rfc3339(&noon).unwrap_or(row.known);
        let offset = Duration(self.scenario.operation.zone_offset);
        self.words.date(self.scenario, noon - offset)
    }

    fn statement_row(&self, id: StatementId) -> (&'static str, String) {
        ("statements", self.scenario.statements[id].name.clone())
    }

    fn sentence(
        &self,
        text: String,
        rows: Vec<(&'static str, String)>,
        remarks: Vec<String>,
    ) -> Sentence {
        let mut support: Vec<String> = rows
            .iter()
            .map(|(table, id)| self.words.say(row_key(table), &[("id", id.as_str().into())]))
            .collect();
        support.extend(remarks);
        Sentence { text, rows, support: support.join(&self.words.word("list-separator")) }
    }

    fn of(&self, english: &str) -> String {
        let phrase = self.words.of(self.scenario, english);
        if phrase.is_foreign() {
            self.untranslated.borrow_mut().insert(english.to_owned());
        }
        phrase.to_string()
    }

    /// What is to be known of the whole; asked last, since it counts the words that have no translation.
    fn notes(&self) -> Vec<String> {
        let (rows, assumed) = (self.scenario.n_graded_rows, self.scenario.assumptions.len());
        let made_of = if self.is_plan { "communique-made-of" } else { "told-made-without-plan" };
        let mut notes = vec![
            self.words.word(made_of),
            self.words
                .say("communique-assumed", &[("assumed", assumed.into()), ("rows", rows.into())]),
        ];
        notes.extend((!self.scenario.statements.is_empty()).then(|| self.words.word("neutrality")));
        let n = self.untranslated.borrow().len();
        if n > 0 {
            notes.push(self.words.say("communique-untranslated", &[("n", n.into())]));
        }
        notes
    }
}

/// Says by when a promise is to be kept: one date, or two where the words leave it open.
pub(crate) fn date_of(words: &Words, scenario: &Scenario, promise: &Promise) -> String {
    let day = |t: Timestamp| words.date(scenario, t);
    // a day as deadline is the moment at which it ends
    let (strict, lenient) = match &promise.predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => {
            (by.strict - Duration(1), by.lenient - Duration(1))
        }
        Predicate::OnDay { day, .. } | Predicate::CountOnDay { day, .. } => {
            (day.strict.from, day.lenient.from)
        }
        Predicate::Mode { .. } => return words.word("promise-no-date"),
    };
    let on = match &promise.predicate {
        Predicate::OnDay { .. } | Predicate::CountOnDay { .. } => "promise-on",
        _ => "promise-by",
    };
    match day(strict) == day(lenient) {
        true => words.say(on, &[("day", day(strict).into())]),
        false => words.say(
            "promise-by-either",
            &[("strict", day(strict).into()), ("lenient", day(lenient).into())],
        ),
    }
}

pub(crate) fn source_key(kind: SourceType) -> &'static str {
    match kind {
        SourceType::Party => "told-source-party",
        SourceType::StateMedia => "told-source-state-media",
        SourceType::Independent => "told-source-independent",
        SourceType::OwnEstimate => "told-source-own-estimate",
    }
}

fn row_key(table: &str) -> &'static str {
    match table {
        "statements" => "row-statement",
        "assessments" => "row-assessment",
        "promises" => "row-promise",
        "conditions" => "row-condition",
        "record" => "row-record",
        "parties" => "row-party",
        _ => "row-plan",
    }
}

/// Width of the text form in characters.
const WIDTH: usize = 100;

/// Writes a communiqué as text, at most 100 characters wide, ending with a newline.
pub fn text(communique: &Communique) -> String {
    let mut page = format!("{}\n{}\n", communique.title, communique.heading);
    for section in &communique.sections {
        page += &format!("\n{}\n", section.title);
        for sentence in &section.sentences {
            let line = format!("{} [{}]", sentence.text, sentence.support);
            wrap(&mut page, "- ", "  ", &line);
        }
    }
    page.push('\n');
    for note in &communique.notes {
        wrap(&mut page, "", "", note);
    }
    page
}

/// Adds a paragraph, broken between words.
pub(crate) fn wrap(page: &mut String, first: &str, next: &str, text: &str) {
    wrap_to(page, (WIDTH, first, next), text);
}

/// Breaks text into lines of at most so many characters, with an indent of the first and of the others.
pub(crate) fn wrap_to(page: &mut String, (width, first, next): (usize, &str, &str), text: &str) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            page.push_str(line.trim_end());
            page.push('\n');
            line = next.to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    page.push_str(line.trim_end());
    page.push('\n');
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.05rem/1.6 system-ui,'Noto Sans','Noto Naskh Arabic','Segoe UI',sans-serif;max-width:44rem;\
margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}\
h1{font-size:1.5rem;line-height:1.25;margin-block:0 .25rem}\
h2{font-size:1.1rem;margin-block:1.75rem .5rem;border-block-end:1px solid #b8c0c9;padding-block-end:.2rem}\
ul{padding-inline-start:1.1rem;margin:0}li{margin-block:.55rem}\
.support{color:#515b66;font-size:.85rem}footer{margin-block-start:2rem;color:#515b66;font-size:.9rem}\
@media(prefers-color-scheme:dark){body{color:#e6e9ed;background:#15181c}\
h2{border-color:#444c56}.support,footer{color:#a8b1bb}}\
@media print{body{margin:0;max-width:none;font-size:10.5pt}li{break-inside:avoid}}";

/// Writes a communiqué as one HTML file that needs nothing beside it.
pub fn html(communique: &Communique) -> String {
    let (language, dir) = (communique.language.code(), communique.language.dir());
    html! {
        (DOCTYPE)
        html lang=(language) dir=(dir) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (communique.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        h1 { (communique.title) }
                        p { (communique.heading) }
                    }
                    @for section in &communique.sections {
                        section {
                            h2 { (section.title) }
                            ul {
                                @for sentence in &section.sentences {
                                    li {
                                        (sentence.text) " "
                                        span class="support" { "[" (sentence.support) "]" }
                                    }
                                }
                            }
                        }
                    }
                    footer { @for note in &communique.notes { p { (note) } } }
                }
            }
        }
    }
    .into_string()
        + "\n"
}
