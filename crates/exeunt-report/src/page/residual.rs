//! What the force can still do, hour by hour: people and vehicles in the host, sites guarded, how soon somebody is back.

use super::chart::{Axis, Figure, HEAD, PX, fitted};
use super::edition::Edition;
use super::looks;
use exeunt_model::scenario::MandateKind;
use exeunt_model::{PartyId, Residual, Timestamp};
use maud::{Markup, html};

const WIDTH: i64 = 1_080 * PX;

/// Returns the last value at or before the page's moment; the first one before all.
pub(super) fn now<'e>(e: &Edition<'e>) -> Option<&'e Residual> {
    let rows = e.page.residual;
    rows.iter().rev().find(|row| row.at <= e.now).or(rows.first())
}

pub(super) fn render(e: &Edition<'_>) -> Option<Markup> {
    let rows: Vec<&Residual> =
        e.page.residual.iter().filter(|row| e.scene.span.contains(row.at)).collect();
    let now = now(e)?;
    Some(html! {
        h2 { (e.t("nav-residual")) }
        p.note { (e.t("residual-what")) }
        ul.facts {
            li { (e.say("people-in-host", &[("n", now.people().into())])) }
            li { (e.say("vehicles-in-host", &[("n", now.vehicles().into())])) }
            @if !e.s.sites.is_empty() {
                li { (e.say("sites-guarded", &[("n", now.guarded.len().into()), ("all", e.s.sites.len().into())])) }
            }
            li { @match now.first_back {
                Some(wait) => (e.say("first-back-in", &[("length", e.words.stretch(wait).into())])),
                None => (e.t("nobody-has-left")),
            } }
        }
        @if !rows.is_empty() { (chart(e, &rows)) }
        (last_stops(e))
    })
}

fn parties(rows: &[&Residual]) -> Vec<PartyId> {
    rows.first().map(|row| row.strength.iter().map(|s| s.party).collect()).unwrap_or_default()
}

fn of(row: &Residual, party: PartyId, people: bool) -> i64 {
    let found = row.strength.iter().find(|strength| strength.party == party);
    found.map_or(0, |strength| if people { strength.people } else { strength.vehicles })
}

/// A part of the drawing: its message, top and bottom, the most it shows, and paths, each with its class.
struct Part {
    name: &'static str,
    top: i64,
    base: i64,
    most: i64,
    paths: Vec<(String, String)>,
}

type Value<'v> = &'v dyn Fn(&Residual) -> Option<i64>;

/// Bands of people and of vehicles by nation, then sites guarded and the hours until somebody is back.
fn chart(e: &Edition<'_>, rows: &[&Residual]) -> Markup {
    let rows_named = ["people", "vehicles", "sites-guarded-short", "hours-back"];
    let (_, names) =
        fitted(e.words, rows_named.iter().map(|name| e.words.word(name)).collect(), 172);
    let axis = Axis {
        span: e.scene.span,
        width: WIDTH,
        names,
        mirrored: e.words.language().is_right_to_left(),
    };
    let parties = parties(rows);
    let bands = [("people", 180 * PX, true), ("vehicles", 90 * PX, false)];
    let mut y = HEAD;
    let mut parts: Vec<Part> = Vec::new();
    for (name, tall, people) in bands {
        let total =
            |row: &&Residual| parties.iter().map(|&party| of(row, party, people)).sum::<i64>();
        let most = rows.iter().map(total).max().unwrap_or(0).max(1);
        let base = y + tall;
        let mut paths = Vec::new();
        for (k, &party) in parties.iter().enumerate() {
            let below =
                |row: &Residual| parties[..k].iter().map(|&p| of(row, p, people)).sum::<i64>();
            let level = |n: i64| base - n * tall / most;
            paths.push((
                format!("band {}", looks::class(party)),
                band(&axis, rows, &|row| level(below(row)), &|row| {
                    level(below(row) + of(row, party, people))
                }),
            ));
        }
        parts.push(Part { name, top: y, base, most, paths });
        y = base + 22 * PX;
    }
    let hours = |row: &Residual| row.first_back.map(|wait| (wait.0 + 3_599) / 3_600);
    let guarded = |row: &Residual| i64::try_from(row.guarded.len()).ok();
    let values: [(&'static str, Value<'_>); 2] =
        [("sites-guarded-short", &guarded), ("hours-back", &hours)];
    for (name, value) in values {
        let tall = 50 * PX;
        let most = rows.iter().filter_map(|row| value(row)).max().unwrap_or(0).max(1);
        let base = y + tall;
        let steps: Vec<(Timestamp, i64)> =
            rows.iter().filter_map(|row| Some((row.at, value(row)?))).collect();
        let mut path = String::new();
        if let Some(&(first, level)) = steps.first() {
            path = format!("M{} {}", axis.x(first), base - level * tall / most);
            for &(t, level) in &steps[1..] {
                path += &format!("H{}V{}", axis.x(t), base - level * tall / most);
            }
        }
        parts.push(Part { name, top: y, base, most, paths: vec![("line".to_owned(), path)] });
        y = base + 22 * PX;
    }
    let height = y - 10 * PX;
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        @for Part { name, top, base, most, paths } in &parts {
            text.strong x=(axis.name_x()) y=(top + 12 * PX) text-anchor="end" { (e.words.word(name)) }
            text.small x=(axis.name_x()) y=(top + 28 * PX) text-anchor="end" { (e.words.say("of-most", &[("n", e.n(*most).into())])) }
            @for (class, path) in paths { path class=(class) d=(path) {} }
            path.base d=(format!("M{} {base}H{}", axis.x(axis.span.from), axis.x(axis.span.to))) {}
        }
        (axis.clock(e.now, height))
    };
    let title = e.words.word("residual-chart");
    let key = html! { ul.key { @for &party in &parties { li { (e.swatch(party)) } } } };
    let table = html! {
        table {
            caption { span { (e.t("residual-caption")) } }
            thead { tr {
                th scope="col" { (e.t("moment-head")) }
                @for &party in &parties { th.num scope="col" { (e.party(party)) (e.comma()) (e.t("people")) } }
                @for &party in &parties { th.num scope="col" { (e.party(party)) (e.comma()) (e.t("vehicles")) } }
                th.num scope="col" { (e.t("sites-guarded-short")) } th scope="col" { (e.t("first-back")) }
            } }
            tbody { @for row in rows.iter().filter(|row| is_listed(e, row)) { tr {
                th scope="row" { (e.words.moment(e.s, row.at)) }
                @for &party in &parties { td.num { (e.n(of(row, party, true))) } }
                @for &party in &parties { td.num { (e.n(of(row, party, false))) } }
                td.num { (row.guarded.len()) }
                td { @match row.first_back { Some(wait) => (e.rich(&e.words.stretch(wait))), None => "–" } }
            } } }
        }
    };
    Figure {
        id: "residual-chart".to_owned(),
        label: title.clone(),
        title,
        width: WIDTH,
        height,
        drawing,
        key,
        table,
    }
    .render(e)
}

/// Returns whether the table has the row: every sixth hour, and the page's moment.
fn is_listed(e: &Edition<'_>, row: &Residual) -> bool {
    (row.at - e.scene.span.from).0 % 21_600 == 0 || row.at == e.now
}

/// The band between two heights over time, in steps.
fn band(
    axis: &Axis,
    rows: &[&Residual],
    low: &dyn Fn(&Residual) -> i64,
    high: &dyn Fn(&Residual) -> i64,
) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let mut path = format!("M{} {}", axis.x(first.at), high(first));
    let mut last = high(first);
    for row in &rows[1..] {
        if high(row) != last {
            last = high(row);
            path += &format!("H{}V{last}", axis.x(row.at));
        }
    }
    path += &format!("H{}", axis.x(axis.span.to));
    let mut at = low(rows[rows.len() - 1]);
    path += &format!("V{at}");
    for pair in rows.windows(2).rev() {
        let before = low(pair[0]);
        if before != at {
            at = before;
            path += &format!("H{}V{at}", axis.x(pair[1].at));
        }
    }
    path + &format!("H{}z", axis.x(first.at))
}

fn last_stops(e: &Edition<'_>) -> Markup {
    let label = e.words.word("last-stops");
    html! {
        @if !e.page.last_stops.is_empty() {
            h3 { (e.t("last-stops")) }
            p.note { (e.t("last-stops-what")) }
            div.scroll tabindex="0" role="region" aria-label=(label) {
                table {
                    thead { tr {
                        th scope="col" { (e.t("task")) } th.num scope="col" { (e.t("stop-lost")) }
                        th scope="col" { (e.t("last-stop")) } th scope="col" { (e.t("then-lost")) }
                    } }
                    tbody { @for row in e.page.last_stops { tr {
                        @let task = &e.s.mandate[row.task];
                        th scope="row" { (e.code(&task.name)) " " (e.of(&task.text)) }
                        @let all = match &task.kind { MandateKind::Task(sites) => sites.len(), _ => 0 };
                        td.num { (e.say("stop-lost-of", &[("n", row.n_lost(e.now).into()), ("all", all.into())])) }
                        @match row.next(e.now) {
                            Some((t, site)) => { td { (e.moment(Some(t))) } td { (e.code(&e.s.sites[site].name)) " " (e.place(e.s.sites[site].place)) } },
                            None if row.losses.is_empty() => { td { (e.t("costs-none")) } td { "–" } },
                            None => { td { "–" } td { (e.t("no-other-site")) } },
                        }
                    } } }
                }
            }
        }
    }
}
