//! The ruler as a drawing: one SVG that needs nothing beside it, mirrored in Arabic, for light and dark screens.
//!
//! Across, everything lies at per cent of the width and nothing is scaled, so letters keep their size on a telephone and on
//! a wide screen; down, at pixels. The curve alone is stretched.

use super::Teller;
use super::text::{alike, drawn, names};
use crate::communique::wrap_to;
use crate::language::{Language, Words};
use exeunt_model::outcome::Moments;
use exeunt_model::ruler::{Prospects, Ruler};
use exeunt_model::{Interval, Scenario, Timestamp};
use maud::{Markup, PreEscaped, html};
use std::fmt::Write;

const STYLE: &str = include_str!("../../assets/ruler.css");
/// Height of the field in which the curve rises from 0 to 100 %.
const FIELD: i64 = 170;
/// Height of the line of days above the field.
const DAYS: i64 = 24;
/// Height of a line of words.
const LINE: i64 = 18;
/// Characters of a heading that fit on a telephone.
const HEADING: usize = 38;
/// Places at which the curve is drawn.
const STEPS: i64 = 240;
/// Room at either end, in ten-thousandths of the width.
const MARGIN: i64 = 200;

/// Returns the ruler as an SVG file.
pub fn svg(scenario: &Scenario, prospects: &Prospects, language: Language) -> String {
    let words = Words::new(language);
    let t = Teller { s: scenario, words: &words };
    let markup = render(&t, prospects, true);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", markup.into_string())
}

/// Returns the drawing for a page that has the style already.
pub(crate) fn drawing(t: &Teller<'_>, prospects: &Prospects) -> Markup {
    render(t, prospects, false)
}

/// Says everything that the drawing shows.
fn label(t: &Teller<'_>, ruler: &Ruler) -> String {
    let mut said: Vec<String> = ruler.impossible.iter().map(|found| t.impossible(found)).collect();
    said.push(t.plan(ruler));
    for row in ruler.kept_with.iter().flatten() {
        let arguments = [
            ("percent", row.percent.into()),
            ("date", t.moment_or_never(row.at).into()),
            ("intervals", t.intervals(row).into()),
        ];
        said.push(t.say("ruler-kept", &arguments));
    }
    for row in &ruler.said {
        let arguments = [
            ("ids", t.ids(row).into()),
            ("date", t.deadline(row.date.strict).into()),
            ("chance", t.verdict(row).into()),
        ];
        said.push(t.say("ruler-said", &arguments));
    }
    said.join(". ")
}

/// Where moments lie across, in ten-thousandths of the width from the left.
#[derive(Clone, Copy)]
struct Across {
    span: Interval,
    mirrored: bool,
}

impl Across {
    /// Returns how far along the days a moment lies, in ten-thousandths.
    fn along(self, t: Timestamp) -> i64 {
        let t = t.clamp(self.span.from, self.span.to);
        let whole = i128::from((self.span.to - self.span.from).0.max(1));
        let part = i128::from((t - self.span.from).0) * i128::from(10_000 - 2 * MARGIN) / whole;
        i64::try_from(part).unwrap_or(0) + MARGIN
    }
    fn place(self, along: i64) -> i64 {
        if self.mirrored { 10_000 - along } else { along }
    }
    fn x(self, t: Timestamp) -> String {
        percent(self.place(self.along(t)))
    }
    /// Returns the left end and the width of a stretch.
    fn stretch(self, from: Timestamp, to: Timestamp) -> (String, String) {
        let (a, b) = (self.place(self.along(from)), self.place(self.along(to)));
        (percent(a.min(b)), percent((a - b).abs()))
    }
    /// Moves by pixels along the days.
    fn by(self, pixels: i64) -> i64 {
        if self.mirrored { -pixels } else { pixels }
    }
}

fn percent(of_ten_thousand: i64) -> String {
    format!("{}.{:02}%", of_ten_thousand / 100, of_ten_thousand % 100)
}

/// Words below the field, hanging from a moment.
struct Pin {
    at: Timestamp,
    class: &'static str,
    lines: Vec<String>,
}

fn render(t: &Teller<'_>, prospects: &Prospects, alone: bool) -> Markup {
    let ruler = &prospects.ruler;
    let language = t.words.language();
    let across = Across { span: drawn(t.s, ruler), mirrored: language.is_right_to_left() };
    let title = t.say("ruler-svg-title", &[("demand", t.demand(ruler).into())]);
    let heading = if alone { heading(t, ruler, &title) } else { Vec::new() };
    let top = DAYS + 22 * i64::try_from(heading.len()).unwrap_or(0) + if alone { 10 } else { 0 };
    let pins = pins(t, ruler);
    let mut y = top + FIELD + 26;
    let mut hung = Vec::new();
    for pin in &pins {
        hung.push((pin, y));
        y += LINE * i64::try_from(pin.lines.len()).unwrap_or(1) + 8;
    }
    let (described, hatch) =
        (format!("{}-ruler-said", language.code()), format!("{}-ruler-no", language.code()));
    let width = "100%";
    html! {
        svg.ruler xmlns=[alone.then_some("http://www.w3.org/2000/svg")] role="img" aria-label=(plain(&title))
            aria-describedby=(described) lang=(language.code()) direction=(language.dir()) width=(width) height=(y)
        {
            @if alone { title { (plain(&title)) } style { (PreEscaped(STYLE)) } rect.back width=(width) height=(y) {} }
            desc id=(described) { (plain(&label(t, ruler))) }
            defs {
                pattern id=(hatch) width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    path.hatch d="M0 0V8" {}
                }
            }
            @for (n, line) in (1_i64..).zip(&heading) {
                text.head x=(percent(across.place(MARGIN))) y=(22 * n) text-anchor="start" { (line) }
            }
            (days(t, across, top))
            @if let Some(found) = &ruler.impossible {
                @let end = found.before.unwrap_or(across.span.to);
                @let (x, wide) = across.stretch(across.span.from, end);
                rect.no x=(x) y=(top) width=(wide) height=(FIELD) {}
                rect x=(x) y=(top) width=(wide) height=(FIELD) fill=(format!("url(#{hatch})")) {}
                line.no-end x1=(across.x(end)) x2=(across.x(end)) y1=(top) y2=(top + FIELD) {}
            }
            @if ruler.kept_with.is_some() { (levels(across, top)) (curve(prospects, across, top)) }
            line.r-base x1=(percent(MARGIN)) x2=(percent(10_000 - MARGIN)) y1=(top + FIELD) y2=(top + FIELD) {}
            @for (pin, y) in &hung {
                line.(if pin.class == "r-plan" { "plan-pin" } else { "pin" }) x1=(across.x(pin.at)) x2=(across.x(pin.at))
                    y1=(top + FIELD) y2=(y - 4) {}
            }
            @if let Some(plan) = ruler.plan {
                line.plan-line x1=(across.x(plan)) x2=(across.x(plan)) y1=(top) y2=(top + FIELD) {}
            }
            @for row in ruler.kept_with.iter().flatten() {
                @if let Some(at) = row.at.filter(|at| *at <= across.span.to) {
                    @let y = height(row.percent * 10) + top;
                    circle.dot cx=(across.x(at)) cy=(y) r="4" {}
                    text.halo x=(across.x(at)) dx=(across.by(-9)) y=(y - 3) text-anchor="end" { (row.percent) "\u{a0}%" }
                }
            }
            @for (pin, y) in &hung { (words_of(across, pin, *y)) }
        }
    }
}

/// Takes the isolates off: what is read aloud needs none.
fn plain(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "")
}

fn heading(t: &Teller<'_>, ruler: &Ruler, title: &str) -> Vec<String> {
    let mut lines = String::new();
    wrap_to(&mut lines, (HEADING, "", ""), title);
    if let Some(set) = t.set(ruler) {
        wrap_to(&mut lines, (HEADING, "", ""), &t.say("ruler-of", &[("set", set.into())]));
    }
    lines.lines().map(str::to_owned).collect()
}

/// Returns how far down per mille lie in the field.
fn height(per_mille: u64) -> i64 {
    FIELD - i64::try_from(per_mille).unwrap_or(0) * FIELD / 1_000
}

/// Lines at the starts of the days, and their names; on a narrow screen every second or third is named.
fn days(t: &Teller<'_>, across: Across, top: i64) -> Markup {
    let (mut day, mut days) = (t.s.day_of(across.span.from).1, Vec::new());
    while day.from < across.span.to && days.len() < 100 {
        days.push(day.from);
        day = t.s.day_of(day.to).1;
    }
    let wide = days.len().div_ceil(14).max(1);
    let narrow = days.len().div_ceil(5).max(wide).next_multiple_of(wide);
    html! {
        @for &day in days.iter().chain([&across.span.to]) {
            line.r-grid x1=(across.x(day)) x2=(across.x(day)) y1=(top - 6) y2=(top + FIELD) {}
        }
        @for (n, &day) in days.iter().enumerate().step_by(wide) {
            text.soft.narrow-off[!n.is_multiple_of(narrow)] x=(across.x(day)) dx=(across.by(2)) y=(top - 9) text-anchor="start" {
                (t.words.day(t.s, day))
            }
        }
    }
}

fn levels(across: Across, top: i64) -> Markup {
    html! {
        @for level in [500, 900] {
            @let y = top + height(level);
            line.level x1=(percent(MARGIN)) x2=(percent(10_000 - MARGIN)) y1=(y) y2=(y) {}
            text.soft.halo x=(percent(across.place(MARGIN))) dx=(across.by(4)) y=(y - 4) text-anchor="start" { (level / 10) "\u{a0}%" }
        }
    }
}

/// Draws how likely it is that the set is there by each moment, and the range of that over the inputs.
fn curve(prospects: &Prospects, across: Across, top: i64) -> Markup {
    let outcome = &prospects.outcome;
    let Some(times) = outcome.targets.first() else { return html! {} };
    let sorted = |times: &Moments| {
        let mut known: Vec<i64> = times.0.iter().copied().flatten().collect();
        known.sort_unstable();
        (known, times.0.len().max(1))
    };
    let share = |(known, n): &(Vec<i64>, usize), t: i64| {
        let within = known.partition_point(|&at| at <= t);
        i64::try_from(within * 1_000 / n).unwrap_or(0)
    };
    let all = sorted(times);
    let draws: Vec<(Vec<i64>, usize)> =
        outcome.inputs.iter().filter_map(|draw| draw.targets.first()).map(sorted).collect();
    let whole = (across.span.to - across.span.from).0;
    let (mut line, mut low, mut high) = (String::new(), Vec::new(), Vec::new());
    for step in 0..=STEPS {
        let t = across.span.from.0 + whole / STEPS * step;
        let x = across.place(10_000 * step / STEPS) / 10;
        let up = |per_mille: i64| 1_000 - per_mille;
        let _ = write!(line, "{}{x} {}", if step == 0 { 'M' } else { 'L' }, up(share(&all, t)));
        let mut shares: Vec<i64> = draws.iter().map(|draw| share(draw, t)).collect();
        shares.sort_unstable();
        let n = shares.len();
        if n > 0 {
            let at = |percent: usize| shares[(n * percent).div_ceil(100).max(1) - 1];
            low.push((x, up(at(5))));
            high.push((x, up(at(95))));
        }
    }
    let mut band = String::new();
    for (n, (x, y)) in low.iter().chain(high.iter().rev()).enumerate() {
        let _ = write!(band, "{}{x} {y}", if n == 0 { 'M' } else { 'L' });
    }
    html! {
        svg x=(percent(MARGIN)) y=(top) width=(percent(10_000 - 2 * MARGIN)) height=(FIELD) viewBox="0 0 1000 1000"
            preserveAspectRatio="none"
        {
            @if !band.is_empty() { path.r-band d=(band + "z") {} }
            path.curve d=(line) {}
        }
    }
}

/// Returns what hangs from the field: the bound, the plan, and what was said, dates of one kind together.
fn pins(t: &Teller<'_>, ruler: &Ruler) -> Vec<Pin> {
    let mut pins = Vec::new();
    if let Some(before) = ruler.impossible.as_ref().and_then(|found| found.before) {
        let lines = vec![t.word("ruler-svg-impossible"), format!("< {}", t.moment(before))];
        let lines = if t.words.language().is_right_to_left() {
            vec![t.say("ruler-row-impossible", &[]), t.moment(before)]
        } else {
            lines
        };
        pins.push(Pin { at: before, class: "r-bad", lines });
    }
    if let Some(plan) = ruler.plan {
        let gap = ruler.gap.map(|gap| {
            let said = t.say("ruler-svg-gap", &[("percent", t.gap(gap).into())]);
            format!(" · {said}")
        });
        let when = format!("{}{}", t.moment(plan), gap.unwrap_or_default());
        pins.push(Pin { at: plan, class: "r-plan", lines: vec![t.word("ruler-svg-plan"), when] });
    }
    for group in alike(ruler).into_iter().filter(|group| !group[0].before_start) {
        let first = group[0];
        let distinct = |texts: Vec<String>| {
            let mut kept: Vec<String> = Vec::new();
            for text in texts {
                if !text.is_empty() && !kept.contains(&text) {
                    kept.push(text);
                }
            }
            kept
        };
        let offices = distinct(group.iter().map(|said| t.office(said)).collect());
        let day = t.day_of_deadline(first.date.strict);
        let chance = match first.chance {
            _ if first.is_impossible => t.word("ruler-impossible"),
            Some(chance) => format!("{}\u{a0}%", t.percent(chance.probability)),
            None => t.word("ruler-no-chance"),
        };
        // each part is a text by itself: a code before a day would pull its number along in Arabic
        let parts = [names(t, &group).join(t.comma()), day, chance];
        let parts = match t.words.language().is_right_to_left() {
            true => parts.map(|part| format!("\u{2068}{part}\u{2069}")),
            false => parts,
        };
        let head = parts.join(" · ");
        let class = if first.is_impossible { "r-bad" } else { "" };
        let open = first.chance.filter(|_| !first.is_impossible).map(|chance| t.left_open(chance));
        let lines = [head].into_iter().chain(open).chain(offices.into_iter().take(2)).collect();
        pins.push(Pin { at: first.date.strict, class, lines });
    }
    pins
}

fn words_of(across: Across, pin: &Pin, y: i64) -> Markup {
    // what lies in the second half of the days reads towards their start
    let ahead = across.along(pin.at) < 5_000;
    let (dx, anchor) = if ahead { (8, "start") } else { (-8, "end") };
    html! {
        @let x = across.x(pin.at);
        circle.pin-head.(pin.class) cx=(x) cy=(y) r="4" {}
        @for (n, line) in (0_i64..).zip(&pin.lines) {
            text.halo.(pin.class).name[n == 0].soft[n > 0] x=(x) dx=(across.by(dx)) y=(y + 4 + n * LINE) text-anchor=(anchor) {
                (line)
            }
        }
    }
}
