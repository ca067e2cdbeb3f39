//! The ruler as text of at most 80 columns. The drawing runs from left to right in every language, as columns of a terminal
//! do; in Arabic it stands in an isolate.

use super::Teller;
use crate::communique::wrap_to;
use crate::language::{Language, Words};
use crate::zoned::Clock;
use exeunt_model::ruler::{Ruler, Said};
use exeunt_model::{Duration, Interval, Scenario, Timestamp};

/// Most columns of a line.
const WIDTH: usize = 80;
/// Most columns of the drawing.
const DRAWN: usize = 76;
/// Most columns of a day.
const DAY_MOST: usize = 6;
/// Most days that are drawn.
const DAYS: usize = 60;

/// Returns the ruler as text, ending with a newline.
pub fn text(scenario: &Scenario, ruler: &Ruler, language: Language) -> String {
    let words = Words::new(language);
    let t = Teller { s: scenario, words: &words };
    let mut page = section(&t, ruler);
    let mut line = |text: &str| {
        page.push('\n');
        wrap_to(&mut page, (WIDTH, "", ""), text);
    };
    let (n, seed) = ruler.replications;
    let (draws, each) = ruler.inputs;
    match ruler.assumed_share {
        None => line(&t.remedy()),
        Some(share) => {
            let made = t.say(
                "ruler-made-of",
                &[("n", n.into()), ("seed", seed.to_string().into()), ("percent", share.into())],
            );
            let inputs = (draws > 0).then(|| {
                t.say("ruler-made-of-inputs", &[("draws", draws.into()), ("each", each.into())])
            });
            line(&t.join([Some(made), inputs]));
        }
    }
    page
}

/// Returns what is asked, in a line.
pub(crate) fn question(t: &Teller<'_>, ruler: &Ruler) -> String {
    t.say("ruler-question", &[("demand", t.demand(ruler).into())])
}

/// Returns the ruler without what it was made of: the question, the drawing and the dates.
fn section(t: &Teller<'_>, ruler: &Ruler) -> String {
    let mut page = opening(t, ruler);
    kept(&mut page, t, ruler);
    wanted(&mut page, t, ruler);
    wrap_to(&mut page, (WIDTH, "", ""), &t.word("ruler-said-title"));
    if ruler.said.is_empty() {
        wrap_to(&mut page, (WIDTH, "  ", "    "), &t.word("ruler-said-none"));
    }
    for said in &ruler.said {
        // who says the same date again has the same probability
        let is_same = |made: &Said| made.promise == said.promise && made.date == said.date;
        let repeats =
            said.is_again && ruler.said.iter().any(|made| !made.is_again && is_same(made));
        if !repeats {
            let ids = [t.ids(said)];
            wrap_to(&mut page, (WIDTH, "  ", "    "), &dated(t, &ids, said));
        }
        wrap_to(&mut page, (WIDTH, "    ", "    "), &t.quoted(said));
    }
    page
}

/// Returns the ruler as the first screen has it: what was said a line each, without the words.
pub(crate) fn brief(scenario: &Scenario, ruler: &Ruler, language: Language) -> String {
    let words = Words::new(language);
    let t = Teller { s: scenario, words: &words };
    let mut page = opening(&t, ruler);
    kept(&mut page, &t, ruler);
    if ruler.kept_with.is_none() {
        wrap_to(&mut page, (WIDTH, "  ", "    "), &t.remedy());
    }
    for group in alike(ruler) {
        let ids = names(&t, &group);
        wrap_to(&mut page, (WIDTH, "  ", "    "), &dated(&t, &ids, group[0]));
    }
    page
}

/// Writes the dates that are kept with each probability, each with both intervals.
fn kept(page: &mut String, t: &Teller<'_>, ruler: &Ruler) {
    for row in ruler.kept_with.iter().flatten() {
        let (at, intervals) = (t.moment_or_never(row.at), t.intervals(row));
        let arguments =
            [("percent", row.percent.into()), ("date", at.into()), ("intervals", intervals.into())];
        wrap_to(page, (WIDTH, "  ", "    "), &t.say("ruler-kept", &arguments));
    }
}

/// Returns what both forms begin with: the question, the drawing, the bound and the plan.
fn opening(t: &Teller<'_>, ruler: &Ruler) -> String {
    let mut page = String::new();
    wrap_to(&mut page, (WIDTH, "", ""), &question(t, ruler));
    if let Some(set) = t.set(ruler) {
        wrap_to(&mut page, (WIDTH, "", ""), &t.say("ruler-of", &[("set", set.into())]));
    }
    draw(&mut page, t, ruler);
    let mut line = |text: &str| wrap_to(&mut page, (WIDTH, "  ", "    "), text);
    if ruler.findings > 0 {
        line(&t.say("ruler-not-accepted", &[("n", ruler.findings.into())]));
    }
    match &ruler.impossible {
        None => line(&t.word("ruler-unbounded")),
        Some(found) => {
            line(&t.impossible(found));
        }
    }
    line(&t.plan(ruler));
    page
}

/// Says a date with what it is worth.
fn dated(t: &Teller<'_>, ids: &[String], said: &Said) -> String {
    let arguments = [
        ("ids", ids.join(t.comma()).into()),
        ("date", t.deadline(said.date.strict).into()),
        ("chance", t.verdict(said).into()),
    ];
    t.say("ruler-said", &arguments)
}

/// Returns what was said, dates of one kind with one probability together.
pub(super) fn alike(ruler: &Ruler) -> Vec<Vec<&Said>> {
    let kind = |said: &Said| (said.date, said.about, said.chance, said.is_impossible);
    let mut groups: Vec<Vec<&Said>> = Vec::new();
    for said in &ruler.said {
        // what the record says is said of each by itself
        let fits = |group: &&mut Vec<&Said>| {
            !said.before_start && !group[0].before_start && kind(group[0]) == kind(said)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(said),
            None => groups.push(vec![said]),
        }
    }
    groups
}

/// Names the promises of a group, each once.
pub(super) fn names(t: &Teller<'_>, group: &[&Said]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for said in group {
        let name = &t.s.promises[said.promise].name;
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn wanted(page: &mut String, t: &Teller<'_>, ruler: &Ruler) {
    let Some((wanted, percent)) = ruler.wanted.as_ref().zip(ruler.asked_percent) else { return };
    let title = t.say("ruler-wanted-title", &[("percent", percent.into())]);
    wrap_to(page, (WIDTH, "", ""), &title);
    let mut line = |text: &str| wrap_to(page, (WIDTH, "  ", "    "), text);
    if !wanted.is_within {
        let end = t.deadline(t.s.operation.end);
        let arguments = [("end", end.into()), ("percent", percent.into())];
        line(&t.say("ruler-wanted-none", &arguments));
    }
    if let Some(at) = wanted.quantile.at {
        let (date, intervals) = (t.moment(at), t.intervals(&wanted.quantile));
        let arguments = [("date", date.into()), ("intervals", intervals.into())];
        line(&t.say("ruler-wanted-moment", &arguments));
    }
    // the end of a day is what is proposed; what is earlier in the day stands after it
    for (n, reading) in wanted.readings.iter().rev().enumerate() {
        let key = if n == 0 { "ruler-say" } else { "ruler-say-or" };
        let arguments =
            [("words", t.reading(reading).into()), ("chance", t.chance(reading.chance).into())];
        line(&t.say(key, &arguments));
    }
}

/// The days that are drawn, each with its columns.
struct Scale {
    span: Interval,
    days: Vec<Timestamp>,
    per_day: usize,
}

impl Scale {
    fn new(s: &Scenario, ruler: &Ruler) -> Self {
        let span = drawn(s, ruler);
        let (mut day, mut days) = (s.day_of(span.from).1, Vec::new());
        while day.from < span.to && days.len() < DAYS {
            days.push(day.from);
            day = s.day_of(day.to).1;
        }
        let per_day = (DRAWN / days.len().max(1)).clamp(1, DAY_MOST);
        Self { span, days, per_day }
    }
    fn columns(&self) -> usize {
        self.days.len() * self.per_day
    }
    /// Returns the stretch of time of a column.
    fn column(&self, n: usize) -> Interval {
        let at = |n: usize| {
            let n = i64::try_from(n).unwrap_or(0);
            let per_day = i64::try_from(self.per_day).unwrap_or(1);
            Timestamp(self.span.from.0 + n * 86_400 / per_day)
        };
        Interval { from: at(n), to: at(n + 1) }
    }
    /// Returns the column in which a moment lies; a deadline lies in the column that it ends.
    fn of(&self, t: Timestamp) -> Option<usize> {
        (0..self.columns()).find(|&n| {
            let column = self.column(n);
            column.from < t && t <= column.to
        })
    }
}

/// Returns the whole days from the operation's start to the last of the dates on a ruler.
pub(super) fn drawn(s: &Scenario, ruler: &Ruler) -> Interval {
    let start = s.operation.start;
    let from = s.day_of(start).1.from;
    let most = from.0.saturating_add(i64::try_from(DAYS).unwrap_or(60) * 86_400);
    let kept = ruler.kept_with.iter().flatten().filter_map(|row| row.at);
    let said = ruler.said.iter().filter(|said| !said.before_start).map(|said| said.date.strict);
    let bound = ruler.impossible.iter().filter_map(|found| found.before);
    let last = kept.chain(said).chain(bound).chain(ruler.plan).max().unwrap_or(s.operation.end);
    let last = Timestamp(last.0.clamp(start.0 + 1, most));
    Interval { from, to: s.day_of(last - Duration(1)).1.to }
}

/// Draws the days, what is impossible, the plan, how likely the dates after it are, and what was said.
fn draw(page: &mut String, t: &Teller<'_>, ruler: &Ruler) {
    let scale = Scale::new(t.s, ruler);
    let clock = Clock::new(t.s.operation.zone_offset);
    let last = scale.span.to - Duration(1);
    let zone = format!("\u{2066}{}\u{2069}", clock.zone());
    let zone = if t.words.language().is_right_to_left() { zone } else { clock.zone() };
    let days = t.say(
        "ruler-days",
        &[
            ("from", t.words.date(t.s, scale.span.from).into()),
            ("to", t.words.date(t.s, last).into()),
            ("zone", zone.into()),
        ],
    );
    wrap_to(page, (WIDTH, "  ", "  "), &days);
    let mut head = vec![' '; scale.columns() + 2];
    let mut free = 0;
    for (n, &day) in scale.days.iter().enumerate() {
        let number = clock.date(day).map_or_else(String::new, |date| date.day().to_string());
        let at = n * scale.per_day;
        if at >= free {
            number.chars().enumerate().for_each(|(k, c)| head[at + k] = c);
            free = at + number.len() + 1;
        }
    }
    let bar: Vec<char> = (0..scale.columns())
        .map(|n| {
            mark(ruler, scale.column(n), scale.of(ruler.plan.unwrap_or(Timestamp::MAX)) == Some(n))
        })
        .collect();
    let is_rtl = t.words.language().is_right_to_left();
    let mut put = |line: &[char]| {
        let line: String = line.iter().collect();
        let line = line.trim_end();
        match (line.is_empty(), is_rtl) {
            (true, _) => {}
            (false, false) => *page += &format!("  {line}\n"),
            (false, true) => *page += &format!("\u{2066}  {line}\u{2069}\n"),
        }
    };
    put(&head);
    put(&bar);
    let pins = pins(&scale, t.s, ruler);
    put(&pins[0]);
    put(&pins[1]);
    let key = key(t, ruler, &bar, !pins[0].iter().all(|&c| c == ' '));
    wrap_to(page, (WIDTH, "  ", "  "), &key);
}

/// Returns what stands in a column: the first that applies to its end.
fn mark(ruler: &Ruler, column: Interval, is_plan: bool) -> char {
    let kept = |percent: u64| {
        let rows = ruler.kept_with.as_deref()?;
        Some(rows.iter().find(|row| row.percent == percent).and_then(|row| row.at))
    };
    let is_before = |t: Option<Timestamp>| t.is_none_or(|t| column.to < t);
    match (&ruler.impossible, ruler.plan) {
        _ if is_plan => '|',
        (Some(found), _) if is_before(found.before) => 'x',
        (_, None) => ' ',
        (_, Some(plan)) if column.to < plan => '-',
        _ => match (kept(50), kept(90)) {
            (Some(low), Some(_)) if is_before(low) => '.',
            (Some(_), Some(high)) if is_before(high) => ':',
            (Some(_), Some(_)) => '#',
            _ => '.',
        },
    }
}

/// Says what the marks that are drawn mean.
fn key(t: &Teller<'_>, ruler: &Ruler, bar: &[char], has_pins: bool) -> String {
    let low = if ruler.kept_with.is_some() { "ruler-key-low" } else { "ruler-key-after" };
    let marks = [
        ('x', "ruler-key-impossible"),
        ('-', "ruler-key-later"),
        ('|', "ruler-key-plan"),
        ('.', low),
        (':', "ruler-key-middle"),
        ('#', "ruler-key-high"),
        ('^', "ruler-key-said"),
    ];
    let is_drawn = |mark: char| bar.contains(&mark) || mark == '^' && has_pins;
    // what belongs together is not broken over lines
    let part =
        |(mark, key): &(char, &str)| format!("{mark} {}", t.word(key)).replace(' ', "\u{a0}");
    let parts: Vec<String> = marks.iter().filter(|(mark, _)| is_drawn(*mark)).map(part).collect();
    parts.join(&t.word("list-separator"))
}

/// Joins names as far as a line has room for them.
fn short(mut names: Vec<&str>) -> String {
    let all = names.join(" ");
    if all.chars().count() <= DRAWN {
        return all;
    }
    while !names.is_empty() && names.join(" ").chars().count() + 2 > DRAWN {
        names.pop();
    }
    names.push("…");
    names.join(" ")
}

/// Returns a line of pins and one of the promises that they stand for, as far as these have room.
fn pins(scale: &Scale, s: &Scenario, ruler: &Ruler) -> [Vec<char>; 2] {
    let mut lines = [vec![' '; scale.columns()], vec![' '; DRAWN + 1]];
    let mut columns: Vec<(usize, Vec<&str>)> = Vec::new();
    for said in ruler.said.iter().filter(|said| !said.before_start) {
        let Some(column) = scale.of(said.date.strict) else { continue };
        let name = s.promises[said.promise].name.as_str();
        match columns.last_mut().filter(|(of, _)| *of == column) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => columns.push((column, vec![name])),
        }
    }
    let mut free = 0;
    for (column, names) in columns {
        lines[0][column] = '^';
        let label: Vec<char> = short(names).chars().collect();
        // a label begins below its pin, or ends there where there is no room behind it
        let at = column.min((DRAWN + 1).saturating_sub(label.len()));
        if at >= free {
            free = at + label.len() + 1;
            label.into_iter().enumerate().for_each(|(k, c)| lines[1][at + k] = c);
        }
    }
    lines
}
