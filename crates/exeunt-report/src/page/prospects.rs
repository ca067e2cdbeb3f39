//! How sure it is: the ruler of dates on the first screen, and what the simulation says, as drawings with their tables.

use super::chart::{Axis, Figure, HEAD, PX, fitted};
use super::edition::Edition;
use crate::ruler::{Teller, drawing};
use exeunt_model::outcome::{Critical, End, Quantile, Swing};
use exeunt_model::ruler::{Chance, Prospects, Ruler};
use exeunt_model::scenario::Predicate;
use exeunt_model::uncertainty::Uncertain;
use exeunt_model::{Duration, Interval, Timestamp};
use maud::{Markup, html};
use std::fmt::Write;

const WIDTH: i64 = 1_080 * PX;
/// Hours that a bar of the distribution stands for.
const BAR_HOURS: i64 = 6;
/// Most days that a drawing spans.
const DAYS_MOST: i64 = 30;
/// Most rows of a drawing of inputs.
const SWINGS: usize = 15;

/// The ruler of dates, first of all; nothing where nobody asked.
pub(super) fn ruler(e: &Edition<'_>) -> Option<Markup> {
    let prospects = e.page.prospects?;
    let t = Teller { s: e.s, words: e.words };
    let ruler = &prospects.ruler;
    let title = crate::ruler::question(&t, ruler);
    let label = e.words.say("table-of", &[("title", title.as_str().into())]);
    Some(html! {
        figure.ruler-figure id=(e.id("ruler")) {
            figcaption { (e.rich(&title)) }
            @if ruler.findings > 0 { p.notice { (e.say("ruler-not-accepted", &[("n", ruler.findings.into())])) } }
            @if ruler.missing > 0 { p.notice { (e.say("ruler-plan-never", &[("n", ruler.missing.into())])) } }
            (drawing(&t, prospects))
            p.note { (e.t("ruler-what")) }
            @if ruler.kept_with.is_none() { p.notice { (e.rich(&t.remedy())) } }
            details.table {
                summary { (e.t("as-table")) }
                div.scroll tabindex="0" role="region" aria-label=(label) { (ruler_table(e, &t, ruler)) }
            }
        }
    })
}

fn ruler_table(e: &Edition<'_>, t: &Teller<'_>, ruler: &Ruler) -> Markup {
    let none = || html! { td { "–" } td { "–" } };
    html! {
        table {
            thead { tr {
                th scope="col" { (e.t("ruler-column-what")) } th scope="col" { (e.t("ruler-date")) }
                th.num scope="col" { (e.t("ruler-column-chance")) }
                th scope="col" { (e.t("ruler-column-sampling")) } th scope="col" { (e.t("ruler-column-inputs")) }
            } }
            tbody {
                @if let Some(found) = &ruler.impossible { tr {
                    th scope="row" { (e.t("ruler-row-impossible")) br; small { (e.rich(&t.why(found))) } }
                    td { (e.rich(&t.moment_or_never(found.before))) } td.num { "0" } (none())
                } }
                tr { th scope="row" { (e.t("ruler-row-plan")) } td { (e.moment(ruler.plan)) } td.num { "–" } (none()) }
                @for row in ruler.kept_with.iter().flatten() { (kept(e, t, row)) }
                @for said in &ruler.said { tr {
                    th scope="row" {
                        (e.code(&t.ids(said))) br; small { (e.rich(&t.quoted(said))) }
                    }
                    td { (e.rich(&t.deadline(said.date.strict)))
                        @if said.is_impossible || said.before_start { br; small { (e.rich(&t.verdict(said))) } }
                    }
                    (chance(t, said.chance))
                } }
            }
        }
    }
}

fn kept(e: &Edition<'_>, t: &Teller<'_>, row: &Quantile) -> Markup {
    let range = |(low, high): (End, End)| {
        html! { (e.rich(&t.end(low))) " – " (e.rich(&t.end(high))) }
    };
    html! {
        tr {
            th scope="row" { (e.say("ruler-row-kept", &[("percent", row.percent.into())])) }
            td { (e.rich(&t.moment_or_never(row.at))) }
            td.num { (row.percent) }
            td { (range(row.sampling_interval)) }
            td { @match row.input_interval { Some(interval) => (range(interval)), None => "–" } }
        }
    }
}

fn chance(t: &Teller<'_>, chance: Option<Chance>) -> Markup {
    let range = |(low, high): (f64, f64)| format!("{}–{}", t.percent(low), t.percent(high));
    html! {
        @if let Some(found) = chance {
            td.num { (t.percent(found.probability)) }
            td { bdi dir="ltr" { (range(found.sampling_interval)) } }
            td { @match found.input_interval { Some(interval) => bdi dir="ltr" { (range(interval)) }, None => "–" } }
        } @else { td.num { "–" } td { "–" } td { "–" } }
    }
}

/// What the simulation says; nothing where nobody asked, and what to fill in where nothing is uncertain.
pub(super) fn render(e: &Edition<'_>) -> Option<Markup> {
    let prospects = e.page.prospects?;
    let t = Teller { s: e.s, words: e.words };
    let ruler = &prospects.ruler;
    let Some(share) = ruler.assumed_share else {
        return Some(html! { h2 { (e.t("prospects")) } p.notice { (e.rich(&t.remedy())) } });
    };
    let (n, seed) = ruler.replications;
    Some(html! {
        h2 { (e.t("prospects")) }
        p.note { (e.say("prospects-what", &[
            ("n", n.into()), ("seed", seed.to_string().into()), ("draws", ruler.inputs.0.into()), ("percent", share.into()),
        ])) }
        (closure(e, prospects))
        (curves(e, &t, prospects))
        (tornado(e, &t, prospects))
        (critical(e, &t, prospects))
    })
}

fn axis(e: &Edition<'_>, span: Interval, names: i64) -> Axis {
    Axis { span, width: WIDTH, names, mirrored: e.words.language().is_right_to_left() }
}

/// Returns whole days around moments.
fn days_around(e: &Edition<'_>, times: &[i64]) -> Interval {
    let first = times.iter().copied().min().unwrap_or(e.s.operation.start.0);
    let last = times.iter().copied().max().unwrap_or(first);
    let from = e.s.day_of(Timestamp(first)).1.from;
    let last = last.clamp(from.0 + 1, from.0.saturating_add(DAYS_MOST * 86_400));
    Interval { from, to: e.s.day_of(Timestamp(last - 1)).1.to }
}

fn share(count: usize, n: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of replications are far below 2^52")]
    let (count, n) = (count as f64, n.max(1) as f64);
    count / n
}

/// When the last arrive: bars of some hours each.
fn closure(e: &Edition<'_>, prospects: &Prospects) -> Markup {
    let t = Teller { s: e.s, words: e.words };
    let times = &prospects.outcome.closure.0;
    let mut known: Vec<i64> = times.iter().copied().flatten().collect();
    known.sort_unstable();
    // the rare late ones would leave no room for the others: the table has them
    let most = known.len() * 99 / 100;
    let span = days_around(e, &known[..most.max(known.len().min(1))]);
    let mut bars = Vec::new();
    let mut from = span.from;
    while from < span.to {
        let to = from + Duration::from_hours(BAR_HOURS);
        let count = known.partition_point(|&t| t < to.0) - known.partition_point(|&t| t < from.0);
        bars.push((Interval { from, to }, count));
        from = to;
    }
    let later = known.len() - known.partition_point(|&t| t < span.to.0);
    let never = times.len() - known.len();
    let highest = bars.iter().map(|bar| bar.1).max().unwrap_or(0).max(1);
    let (_, names) = fitted(e.words, vec![e.words.word("prospects-share")], 112);
    let axis = axis(e, span, names);
    let tall = 150 * PX;
    let (base, height) = (HEAD + tall, HEAD + tall + 8 * PX);
    let mut path = String::new();
    for (during, count) in &bars {
        let up = i64::try_from(count * 1_500 / highest).unwrap_or(0);
        let inset = Duration::from_minutes(20);
        let during = Interval { from: during.from + inset, to: during.to - inset };
        if up > 0 {
            axis.bar(&mut path, during, base - up, up);
        }
    }
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        text.strong x=(axis.name_x()) y=(HEAD + 12 * PX) text-anchor="end" { (e.words.word("prospects-share")) }
        text.small x=(axis.name_x()) y=(HEAD + 28 * PX) text-anchor="end" {
            (e.words.say("of-most", &[("n", t.percent(share(highest, times.len())).into())]))
        }
        path.chance d=(path) {}
        path.base d=(format!("M{} {base}H{}", axis.x(span.from), axis.x(span.to))) {}
    };
    let row = |from: Option<Timestamp>, to: Option<Timestamp>, count: usize| {
        html! { tr { td { (e.moment(from)) } td { (e.moment(to)) } td.num { (t.percent(share(count, times.len()))) } } }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (e.t("prospects-from")) } th scope="col" { (e.t("prospects-to")) }
                th.num scope="col" { (e.t("prospects-share")) }
            } }
            tbody {
                @for (during, count) in bars.iter().filter(|bar| bar.1 > 0) { (row(Some(during.from), Some(during.to), *count)) }
                @if later > 0 { (row(Some(span.to), None, later)) }
                @if never > 0 { tr {
                    td { (e.t("prospects-never")) } td { "–" } td.num { (t.percent(share(never, times.len()))) }
                } }
            }
        }
    };
    figure(e, ["prospects-closure", "prospects-closure-label"], height, [drawing, html! {}, table])
}

/// Promises that one target decides, with their dates.
struct Row<'a> {
    names: Vec<&'a str>,
    times: Vec<i64>,
    n: usize,
    dates: Vec<Timestamp>,
}

/// The probability of each promise if its date were another: promises of one set and milestone have one line.
fn curves(e: &Edition<'_>, t: &Teller<'_>, prospects: &Prospects) -> Markup {
    let mut rows: Vec<(usize, Row<'_>)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for (promise, target) in e.s.promises.rows.iter().zip(&prospects.targets) {
        let date = match &promise.predicate {
            Predicate::AllBy { by, .. } => Some(by.strict),
            Predicate::OnDay { day, .. } => Some(day.strict.to),
            _ => None,
        };
        let found = target.zip(date).filter(|_| !promise.before_start);
        let found = found.and_then(|(n, date)| Some((n, date, prospects.outcome.targets.get(n)?)));
        let Some((target, date, sample)) = found else {
            others.push(&promise.name);
            continue;
        };
        let place = rows.iter().position(|(of, _)| *of == target).unwrap_or_else(|| {
            let mut times: Vec<i64> = sample.0.iter().copied().flatten().collect();
            times.sort_unstable();
            let row = Row { names: Vec::new(), times, n: sample.0.len(), dates: Vec::new() };
            rows.push((target, row));
            rows.len() - 1
        });
        rows[place].1.names.push(&promise.name);
        if !rows[place].1.dates.contains(&date) {
            rows[place].1.dates.push(date);
        }
    }
    let rows: Vec<Row<'_>> = rows.into_iter().map(|(_, row)| row).collect();
    let dates = rows.iter().flat_map(|row| &row.dates).map(|date| date.0);
    let ends = rows.iter().filter_map(|row| row.times.get(row.times.len() * 95 / 100).copied());
    let starts = rows.iter().filter_map(|row| row.times.first().copied());
    let span = days_around(e, &dates.chain(ends).chain(starts).collect::<Vec<_>>());
    let (names, room) =
        fitted(e.words, rows.iter().map(|row| row.names.join(e.comma())).collect(), 132);
    let axis = axis(e, span, room);
    let tall = 64 * PX;
    let mut y = HEAD;
    let mut drawn = Vec::new();
    let by = |row: &Row<'_>, at: Timestamp| {
        share(row.times.partition_point(|&time| time <= at.0), row.n)
    };
    for (row, name) in rows.iter().zip(&names) {
        let base = y + tall;
        #[expect(clippy::cast_possible_truncation, reason = "at most the height of a row")]
        let level = |at: Timestamp| base - (by(row, at) * 640.0) as i64;
        let mut path = format!("M{} {base}", axis.x(span.from));
        for step in 0..=240 {
            let at = Timestamp(span.from.0 + (span.to - span.from).0 / 240 * step);
            let _ = write!(path, "L{} {}", axis.x(at), level(at));
        }
        let _ = write!(path, "V{base}z");
        let marks: Vec<(i64, i64)> =
            row.dates.iter().map(|&date| (axis.x(date), level(date))).collect();
        drawn.push((name, y, base, path, marks));
        y = base + 20 * PX;
    }
    let height = y;
    let drawing = html! {
        (axis.grid(e.s, e.words, height - 12 * PX))
        @for (name, top, base, path, marks) in &drawn {
            text.strong x=(axis.name_x()) y=(top + 40 * PX) text-anchor="end" { (name) }
            path.chance-area d=(path) {}
            path.base d=(format!("M{} {base}H{}", axis.x(span.from), axis.x(span.to))) {}
            @for (x, y) in marks { circle.mark cx=(x) cy=(y) r=(4 * PX) {} }
        }
    };
    let days: Vec<Timestamp> = axis.days(e.s).iter().map(|&day| e.s.day_of(day).1.to).collect();
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (e.t("ruler-date")) }
                @for day in &days { th.num scope="col" { (e.rich(&t.day_of_deadline(*day))) } }
            } }
            tbody { @for row in &rows { tr {
                th scope="row" { (e.codes(&row.names)) }
                @for day in &days { td.num { (t.percent(by(row, *day))) } }
            } } }
        }
    };
    let key = html! {
        p.note { (e.t("prospects-curves-what"))
            @if !others.is_empty() {
                " " (e.say("prospects-no-curve", &[("promises", ltr(e, &others).into())]))
            }
        }
    };
    figure(e, ["prospects-curves", "prospects-curves-label"], height, [drawing, key, table])
}

/// Makes a figure; its title and what it shows are messages, and the first of them is its name on the page.
fn figure(
    e: &Edition<'_>,
    [id, label]: [&str; 2],
    height: i64,
    [drawing, key, table]: [Markup; 3],
) -> Markup {
    Figure {
        id: id.to_owned(),
        title: e.words.word(id),
        label: e.words.word(label),
        width: WIDTH,
        height,
        drawing,
        key,
        table,
    }
    .render(e)
}

/// Lists codes, each running from left to right.
fn ltr(e: &Edition<'_>, codes: &[&str]) -> String {
    let is_rtl = e.words.language().is_right_to_left();
    let isolated = |code: &&str| format!("\u{2066}{code}\u{2069}");
    let codes: Vec<String> = match is_rtl {
        true => codes.iter().map(isolated).collect(),
        false => codes.iter().map(|code| (*code).to_owned()).collect(),
    };
    codes.join(e.comma())
}

/// Names an uncertainty row with its kind.
fn input(e: &Edition<'_>, id: &str) -> String {
    let found = e.s.uncertainty.iter().find(|row| row.name == id);
    found.map_or_else(|| id.to_owned(), |row| format!("{id} · {}", e.words.word(kind(row.what))))
}

fn kind(what: Uncertain) -> &'static str {
    match what {
        Uncertain::StepDuration => "uncertain-step-duration",
        Uncertain::ReceiverLate => "uncertain-receiver-late",
        Uncertain::Breakdown => "uncertain-breakdown",
        Uncertain::Weather => "uncertain-weather",
        Uncertain::GroundTime => "uncertain-ground-time",
        Uncertain::BlockTime => "uncertain-block-time",
        Uncertain::MarchTime => "uncertain-march-time",
        Uncertain::ClearanceLate => "uncertain-clearance-late",
        Uncertain::Situation => "uncertain-situation",
        Uncertain::DecisionLate => "uncertain-decision-late",
    }
}

/// One input at either end of its range: bars about the arrival as stated.
fn tornado(e: &Edition<'_>, t: &Teller<'_>, prospects: &Prospects) -> Markup {
    let swings: Vec<&Swing> = prospects.summary.swings.iter().take(SWINGS).collect();
    let known: Vec<i64> = swings.iter().flat_map(|swing| swing.p90).flatten().collect();
    let span = days_around(e, &known);
    let (names, room) =
        fitted(e.words, swings.iter().map(|swing| input(e, &swing.row)).collect(), 132);
    let axis = axis(e, span, room);
    let tall = 16 * PX;
    let height = HEAD + (tall + 8 * PX) * i64::try_from(swings.len()).unwrap_or(0) + 4 * PX;
    let at = |t: Option<i64>| t.map_or(span.to, Timestamp);
    let bars = swings.iter().zip(0_i64..).map(|(swing, n)| {
        let y = HEAD + n * (tall + 8 * PX) + 2 * PX;
        let [low, stated, high] = swing.p90.map(at);
        let bar = |from: Timestamp, to: Timestamp| {
            let mut path = String::new();
            axis.bar(&mut path, Interval { from: from.min(to), to: from.max(to) }, y, tall);
            path
        };
        let line = format!("M{} {}V{}", axis.x(stated), y - 2 * PX, y + tall + 2 * PX);
        (y, bar(low, stated), bar(stated, high), line)
    });
    let bars: Vec<_> = bars.collect();
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        @for ((y, low, high, line), name) in bars.iter().zip(&names) {
            text.small x=(axis.name_x()) y=(y + 13 * PX) text-anchor="end" { (name) }
            path.low d=(low) {}
            path.high d=(high) {}
            path.line d=(line) {}
        }
    };
    let key = html! {
        p.note { (e.say("prospects-tornado-what", &[("n", prospects.summary.inputs.1.into())])) }
        @if swings.is_empty() { p.note { (e.t("prospects-none")) } }
        ul.key {
            li { svg.swatch viewBox="0 0 10 10" aria-hidden="true" { rect.low width="10" height="10" {} } " " (e.t("prospects-low")) }
            li { svg.swatch viewBox="0 0 10 10" aria-hidden="true" { rect.high width="10" height="10" {} } " " (e.t("prospects-high")) }
        }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (e.t("prospects-row")) } th scope="col" { (e.t("prospects-range")) }
                th scope="col" { (e.t("prospects-low")) } th scope="col" { (e.t("prospects-stated")) }
                th scope="col" { (e.t("prospects-high")) }
            } }
            tbody { @for swing in &swings { tr {
                th scope="row" { (input(e, &swing.row)) }
                td { (e.code(&format!("{}–{}", swing.range.0, swing.range.1))) }
                @for time in swing.p90 { td { (e.rich(&t.moment_or_never(time.map(Timestamp)))) } }
            } } }
        }
    };
    figure(e, ["prospects-tornado", "prospects-tornado-label"], height, [drawing, key, table])
}

/// What is most often on the longest path.
fn critical(e: &Edition<'_>, t: &Teller<'_>, prospects: &Prospects) -> Markup {
    let summary = &prospects.summary;
    let n = usize::try_from(summary.replications).unwrap_or(usize::MAX);
    let of = |row: &Critical| share(usize::try_from(row.count).unwrap_or(0), n);
    let lists =
        [("prospects-activities", &summary.activities), ("prospects-causes", &summary.causes)];
    let names = lists.iter().flat_map(|(_, list)| list.iter()).map(|row| row.what.clone());
    let (names, room) = fitted(e.words, names.collect(), 172);
    let axis = axis(e, Interval { from: Timestamp(0), to: Timestamp(1_080) }, room);
    let tall = 16 * PX;
    let mut y = 4 * PX;
    let mut bars = Vec::new();
    let mut names = names.into_iter();
    for (title, list) in lists {
        bars.push((y, e.words.word(title), None));
        y += 24 * PX;
        for (row, name) in list.iter().zip(names.by_ref()) {
            #[expect(clippy::cast_possible_truncation, reason = "a share of a thousand")]
            let end = Timestamp((of(row) * 1_000.0) as i64);
            let mut path = String::new();
            axis.bar(&mut path, Interval { from: Timestamp(0), to: end }, y, tall);
            bars.push((y, name, Some((path, axis.x(Timestamp(end.0 + 5)), t.percent(of(row))))));
            y += tall + 6 * PX;
        }
        y += 8 * PX;
    }
    let drawing = html! {
        @for (y, name, share) in &bars {
            @if let Some((path, end, percent)) = share {
                text.small lang="en" x=(axis.name_x()) y=(y + 13 * PX) text-anchor="end" { (name) }
                path.chance d=(path) {}
                text.small x=(end) y=(y + 13 * PX) text-anchor="start" { (percent) "\u{a0}%" }
            } @else {
                text.strong x=(axis.name_x()) y=(y + 14 * PX) text-anchor="end" { (name) }
            }
        }
    };
    let table = html! {
        table {
            thead { tr { th scope="col" { (e.t("ruler-column-what")) } th.num scope="col" { (e.t("prospects-share")) } } }
            tbody { @for (_, list) in lists { @for row in list {
                tr { th scope="row" { (e.of(&row.what)) } td.num { (t.percent(of(row))) } }
            } } }
        }
    };
    let is_empty = lists.iter().all(|(_, list)| list.is_empty());
    let key = html! {
        p.note { (e.t("prospects-critical-what")) }
        @if is_empty { p.note { (e.t("prospects-none")) } }
    };
    figure(e, ["prospects-critical", "prospects-critical-label"], y, [drawing, key, table])
}
