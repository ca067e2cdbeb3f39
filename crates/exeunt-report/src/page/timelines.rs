//! What happens when: by tail, by airfield, by site; the plan and what stands beside it on one axis.

use super::chart::{Axis, Figure, HEAD, PX, fitted};
use super::edition::Edition;
use super::flow::{Flow, Steps};
use super::looks;
use exeunt_model::plan::{Line, Sortie};
use exeunt_model::{Interval, PartyId, PlaceId, Plan, SiteId, Timestamp};
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};

/// Width of a drawing that stands alone, and of one of two.
const ALONE: i64 = 1_080 * PX;
const ONE_OF_TWO: i64 = 620 * PX;
/// Tails that are drawn; those with the most sorties if there are more.
const TAILS_DRAWN: usize = 60;
/// Sorties in a table.
const SORTIES_LISTED: usize = 600;

pub(super) fn render(e: &Edition<'_>) -> Markup {
    let plans = e.plans();
    let two = plans.len() > 1;
    let width = if two { ONE_OF_TWO } else { ALONE };
    html! {
        h2 { (e.t("nav-timelines")) }
        @if let Some(beside) = &e.page.beside {
            @if beside.is_record() { p.note { (e.t("beside-record")) } }
        }
        h3 { (e.t("by-tail")) }
        (key_of_tails(e))
        div.pair.two[two] { @for (n, (flow, plan, name)) in plans.iter().enumerate() { (tails(e, n, flow, plan, name, width)) } }
        @if e.scene.flow.fields().iter().any(|&field| has_stairs(e, field)) {
            h3 { (e.t("by-airfield")) }
            p.note { (e.t("by-airfield-what")) }
            div.pair.two[two] { @for (n, (flow, _, name)) in plans.iter().enumerate() { (fields(e, n, flow, name, width)) } }
        }
        @if !e.s.sites.is_empty() {
            h3 { (e.t("by-site")) }
            p.note { (e.t("by-site-what")) }
            div.pair.two[two] { @for (n, (flow, plan, name)) in plans.iter().enumerate() { (sites(e, n, flow, plan, name, width)) } }
        }
    }
}

fn axis(e: &Edition<'_>, width: i64, names: i64) -> Axis {
    Axis { span: e.scene.span, width, names, mirrored: e.words.language().is_right_to_left() }
}

fn key_of_tails(e: &Edition<'_>) -> Markup {
    html! {
        ul.key {
            @for party in e.moving() { li { (e.swatch(party)) } }
            li { svg.swatch.wide viewBox="0 0 300 160" aria-hidden="true" focusable="false" { rect.ferry x="0" y="60" width="300" height="30" {} } " " (e.t("ferry-sorties")) }
            li { svg.swatch.wide viewBox="0 0 300 160" aria-hidden="true" focusable="false" { rect.service x="0" y="40" width="300" height="80" {} } " " (e.t("loading-unloading")) }
        }
    }
}

/// Sorties by tail.
fn tails(
    e: &Edition<'_>,
    n: usize,
    flow: &Flow<'_>,
    plan: &Plan,
    name: &str,
    width: i64,
) -> Markup {
    const ROW: i64 = 15 * PX;
    let mut lines: Vec<&Line> = plan.lines.iter().filter(|line| !line.sorties.is_empty()).collect();
    let all = lines.len();
    if all > TAILS_DRAWN {
        lines.sort_by_key(|line| std::cmp::Reverse(line.sorties.len()));
        lines.truncate(TAILS_DRAWN);
    }
    lines.sort_by(|a, b| a.tail.cmp(&b.tail));
    let (names, room) = fitted(e.words, lines.iter().map(|line| line.tail.clone()).collect(), 92);
    let axis = axis(e, width, room);
    let height = HEAD + ROW * i64::try_from(lines.len()).unwrap_or(0) + 4 * PX;
    let mut loaded: BTreeMap<Option<PartyId>, String> = BTreeMap::new();
    let (mut ferry, mut service) = (String::new(), String::new());
    for (row, line) in lines.iter().enumerate() {
        let y = HEAD + ROW * i64::try_from(row).unwrap_or(0);
        for sortie in &line.sorties {
            let during = Interval { from: sortie.departs, to: sortie.lands };
            if sortie.load.is_empty() {
                axis.bar(&mut ferry, during, y + 6 * PX, 3 * PX);
            } else {
                let (party, _) = flow.aboard(sortie);
                axis.bar(loaded.entry(party).or_default(), during, y + 2 * PX, 11 * PX);
            }
            for work in [sortie.loading, sortie.unloading].into_iter().flatten() {
                axis.bar(
                    &mut service,
                    Interval { from: work.starts, to: work.ends },
                    y + 4 * PX,
                    7 * PX,
                );
            }
        }
    }
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        @for (row, name) in names.iter().enumerate() {
            @let y = HEAD + ROW * i64::try_from(row).unwrap_or(0);
            text x=(axis.name_x()) y=(y + 11 * PX) text-anchor="end" { (name) }
        }
        path.service d=(service) {}
        path.ferry d=(ferry) {}
        @for (party, path) in &loaded {
            path class=(party.map_or_else(|| "bar".to_owned(), |party| format!("bar {}", looks::class(party)))) d=(path) {}
        }
        (axis.clock(e.now, height))
    };
    let title = e.words.say("tails-of", &[("plan", name.into())]);
    let counts = [
        ("tails", all.into()),
        ("loaded", count(plan, false).into()),
        ("ferry", count(plan, true).into()),
    ];
    let key = html! { @if all > TAILS_DRAWN { p.note { (e.say("tails-drawn", &[("n", TAILS_DRAWN.into()), ("all", all.into())])) } } };
    Figure {
        id: format!("tails-{n}"),
        label: format!("{title}. {}", e.words.say("tails-label", &counts)),
        title,
        width,
        height,
        drawing,
        key,
        table: sortie_table(e, flow, plan),
    }
    .render(e)
}

fn count(plan: &Plan, ferry: bool) -> usize {
    let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    sorties.filter(|sortie| sortie.load.is_empty() == ferry).count()
}

fn sortie_table(e: &Edition<'_>, flow: &Flow<'_>, plan: &Plan) -> Markup {
    let mut sorties: Vec<(&str, &Sortie)> = plan
        .lines
        .iter()
        .flat_map(|line| line.sorties.iter().map(|sortie| (line.tail.as_str(), sortie)))
        .filter(|(_, sortie)| !sortie.load.is_empty())
        .collect();
    sorties.sort_by_key(|(tail, sortie)| (sortie.departs, *tail));
    let all = sorties.len();
    sorties.truncate(SORTIES_LISTED);
    html! {
        table {
            caption { span { (e.say("sorties-listed", &[("n", sorties.len().into()), ("all", all.into())])) } }
            thead { tr {
                th scope="col" { (e.t("sortie")) } th scope="col" { (e.t("tail")) }
                th scope="col" { (e.t("party")) } th.num scope="col" { (e.t("people")) }
                th scope="col" { (e.t("from")) } th scope="col" { (e.t("to")) }
                th scope="col" { (e.t("loading-starts")) } th scope="col" { (e.t("departs")) } th scope="col" { (e.t("lands")) }
            } }
            tbody {
                @for (tail, sortie) in sorties {
                    @let (party, people) = flow.aboard(sortie);
                    tr {
                        th scope="row" { (e.code(&sortie.id)) }
                        td { (e.code(tail)) }
                        td { @if let Some(party) = party { (e.party(party)) } }
                        td.num { (e.n(people)) }
                        td { (e.code(&sortie.from)) }
                        td { (e.code(&sortie.to)) }
                        td { (moment(e, sortie.loading.map(|service| service.starts))) }
                        td { (moment(e, Some(sortie.departs))) }
                        td { (moment(e, Some(sortie.lands))) }
                    }
                }
            }
        }
    }
}

/// A moment without its machine-readable form, of which the long tables would have thousands.
fn moment(e: &Edition<'_>, t: Option<Timestamp>) -> String {
    t.map_or_else(|| "–".to_owned(), |t| e.words.moment(e.s, t))
}

/// What one field has in use over time, and how much there is.
struct Stairs {
    used: Steps,
    capacity: Option<Steps>,
    name: &'static str,
}

fn stairs(e: &Edition<'_>, flow: &Flow<'_>, field: PlaceId) -> Vec<Stairs> {
    let span = e.scene.span;
    let both = [
        Stairs {
            used: flow.on_stands(field),
            capacity: flow.capacity(field, true, span),
            name: "stands",
        },
        Stairs {
            used: flow.handling(field),
            capacity: flow.capacity(field, false, span),
            name: "handling",
        },
    ];
    both.into_iter().filter(|row| row.capacity.is_some() || !row.used.0.is_empty()).collect()
}

fn has_stairs(e: &Edition<'_>, field: PlaceId) -> bool {
    !stairs(e, &e.scene.flow, field).is_empty()
}

/// Returns the height of a row's scale, the same in both drawings.
fn most(e: &Edition<'_>, field: PlaceId, row: &Stairs) -> i64 {
    let of = |row: &Stairs| {
        let capacity = row.capacity.as_ref().map_or(0, |steps| steps.most(e.scene.span));
        capacity.max(row.used.most(e.scene.span))
    };
    let flows = [Some(&e.scene.flow), e.scene.beside.as_ref()].into_iter().flatten();
    let same = flows.flat_map(|flow| stairs(e, flow, field)).filter(|other| other.name == row.name);
    same.map(|other| of(&other)).max().unwrap_or(0).max(1)
}

/// Fields of either plan, so that both drawings have the same rows.
fn all_fields(e: &Edition<'_>) -> Vec<PlaceId> {
    let mut fields = e.scene.flow.fields();
    let more = e.scene.beside.as_ref().map(Flow::fields).unwrap_or_default();
    for field in more {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

/// Stands and handling teams in use by airfield.
fn fields(e: &Edition<'_>, n: usize, flow: &Flow<'_>, name: &str, width: i64) -> Markup {
    const ROW: i64 = 44 * PX;
    const TALL: i64 = 34 * PX;
    let span = e.scene.span;
    let rows: Vec<(PlaceId, Stairs)> = all_fields(e)
        .into_iter()
        .flat_map(|field| stairs(e, flow, field).into_iter().map(move |row| (field, row)))
        .collect();
    let scales: Vec<i64> = rows.iter().map(|(field, row)| most(e, *field, row)).collect();
    let label = |(row, &most): (&(PlaceId, Stairs), &i64)| {
        let name = e.words.word(row.1.name);
        match row.1.capacity {
            Some(_) => name + e.comma() + &e.words.say("of-most", &[("n", e.n(most).into())]),
            None => name,
        }
    };
    let places = rows.iter().map(|(field, _)| e.short_place(*field));
    let (names, room) =
        fitted(e.words, places.chain(rows.iter().zip(&scales).map(label)).collect(), 168);
    let (places, labels) = names.split_at(rows.len());
    let axis = axis(e, width, room);
    let height = HEAD + ROW * i64::try_from(rows.len()).unwrap_or(0) + 4 * PX;
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        @for (k, (field, row)) in rows.iter().enumerate() {
            @let base = HEAD + ROW * i64::try_from(k + 1).unwrap_or(0) - 4 * PX;
            @let most = scales[k];
            @let scale = TALL / most;
            path.(row.name) d=(axis.area(&row.used.0, base, scale)) {}
            @if let Some(capacity) = &row.capacity {
                path.limit d=(axis.line(&capacity.0, base, scale)) {}
            }
            path.base d=(format!("M{} {base}H{}", axis.x(span.from), axis.x(span.to))) {}
            @if row.name == "stands" || !rows[..k].iter().any(|(other, _)| other == field) {
                text.strong x=(axis.name_x()) y=(base - 20 * PX) text-anchor="end" {
                    (places[k])
                }
            }
            text.small x=(axis.name_x()) y=(base - 6 * PX) text-anchor="end" { (labels[k]) }
        }
        (axis.clock(e.now, height))
    };
    let title = e.words.say("fields-of", &[("plan", name.into())]);
    let table = html! {
        table {
            caption { span { (e.t("fields-caption")) } }
            thead { tr {
                th scope="col" { (e.t("airfield")) } th scope="col" { (e.t("what")) }
                @for &day in &axis.days(e.s) { th.num scope="col" { (e.words.day(e.s, day)) } }
            } }
            tbody { @for (field, row) in &rows { tr {
                th scope="row" { (e.place(*field)) }
                td { (e.t(row.name)) }
                @for &day in &axis.days(e.s) {
                    @let during = e.s.day_of(day).1;
                    td.num { (e.n(row.used.most(during))) @if let Some(capacity) = &row.capacity { "\u{a0}/\u{a0}" (e.n(capacity.most(during))) } }
                }
            } } }
        }
    };
    let key = html! {
        ul.key {
            li { svg.swatch viewBox="0 0 160 160" aria-hidden="true" focusable="false" { rect.stands width="160" height="160" {} } " " (e.t("stands")) }
            li { svg.swatch viewBox="0 0 160 160" aria-hidden="true" focusable="false" { rect.handling width="160" height="160" {} } " " (e.t("handling")) }
            li { svg.swatch.wide viewBox="0 0 300 160" aria-hidden="true" focusable="false" { path.limit d="M0 80H300" {} } " " (e.t("capacity")) }
        }
    };
    Figure {
        id: format!("fields-{n}"),
        label: title.clone(),
        title,
        width,
        height,
        drawing,
        key,
        table,
    }
    .render(e)
}

/// Returns the first characters of a name.
pub(super) fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    kept.trim_end().to_owned() + "…"
}

/// The handover of a site in a plan.
struct Handed {
    site: SiteId,
    place: PlaceId,
    /// Its steps in order of time.
    steps: Vec<Interval>,
    /// Start of the first.
    begins: Option<Timestamp>,
    /// End of the last; none if the plan leaves out a step.
    ends: Option<Timestamp>,
}

impl Handed {
    /// Returns the handover of every site.
    fn all(e: &Edition<'_>, plan: &Plan) -> Vec<Self> {
        let site_of: HashMap<&str, SiteId> =
            e.s.steps.rows.iter().map(|step| (step.name.as_str(), step.site)).collect();
        let mut planned: BTreeMap<SiteId, Vec<Interval>> = BTreeMap::new();
        for handover in &plan.handovers {
            if let Some(&site) = site_of.get(handover.step.as_str()) {
                let during = Interval { from: handover.starts, to: handover.ends };
                planned.entry(site).or_default().push(during);
            }
        }
        let mut wanted: BTreeMap<SiteId, usize> = BTreeMap::new();
        for step in &e.s.steps.rows {
            *wanted.entry(step.site).or_default() += 1;
        }
        let of = |site: SiteId| {
            let mut steps = planned.remove(&site).unwrap_or_default();
            steps.sort();
            let is_whole = steps.len() == wanted.get(&site).copied().unwrap_or(0);
            Self {
                site,
                place: e.s.sites[site].place,
                begins: steps.first().map(|step| step.from),
                ends: steps.iter().map(|step| step.to).max().filter(|_| is_whole),
                steps,
            }
        };
        e.s.sites.ids().map(of).collect()
    }
}

/// Handovers by site: the steps, the guard, the end.
fn sites(
    e: &Edition<'_>,
    n: usize,
    flow: &Flow<'_>,
    plan: &Plan,
    name: &str,
    width: i64,
) -> Markup {
    const ROW: i64 = 22 * PX;
    let people = flow.people();
    let rows = Handed::all(e, plan);
    let name_of =
        |row: &Handed| format!("{} {}", e.s.sites[row.site].name, e.short_place(row.place));
    let (names, room) = fitted(e.words, rows.iter().map(name_of).collect(), 200);
    let axis = axis(e, width, room);
    let height = HEAD + ROW * i64::try_from(rows.len()).unwrap_or(0) + 4 * PX;
    let until = |place: PlaceId| people.get(&place).and_then(Steps::ends);
    let (mut guard, mut over) = (String::new(), String::new());
    let mut work = [String::new(), String::new()];
    for (row, Handed { place, steps, ends, .. }) in rows.iter().enumerate() {
        let y = HEAD + ROW * i64::try_from(row).unwrap_or(0);
        for stretch in
            people.get(place).map(|steps| steps.stretches(e.scene.span)).unwrap_or_default()
        {
            axis.bar(&mut guard, stretch, y + 16 * PX, 3 * PX);
        }
        for (k, during) in steps.iter().enumerate() {
            axis.bar(&mut work[k % 2], *during, y + 3 * PX, 11 * PX);
        }
        if let Some(ends) = ends {
            let x = axis.x(*ends);
            over += &format!(
                "M{} {}l30 40l60 -80",
                x + if axis.mirrored { -110 } else { 30 },
                y + 9 * PX
            );
        }
    }
    let drawing = html! {
        (axis.grid(e.s, e.words, height))
        @for (row, name) in names.iter().enumerate() {
            @let y = HEAD + ROW * i64::try_from(row).unwrap_or(0);
            text x=(axis.name_x()) y=(y + 13 * PX) text-anchor="end" { (name) }
        }
        path.guard d=(guard) {}
        path.step d=(work[0]) {}
        path.step.odd d=(work[1]) {}
        path.over d=(over) {}
        (axis.clock(e.now, height))
    };
    let title = e.words.say("sites-of", &[("plan", name.into())]);
    let key = html! {
        ul.key {
            li { svg.swatch.wide viewBox="0 0 300 160" aria-hidden="true" focusable="false" { rect.step y="30" width="150" height="100" {} rect.step.odd x="150" y="30" width="150" height="100" {} } " " (e.t("handover-steps")) }
            li { svg.swatch.wide viewBox="0 0 300 160" aria-hidden="true" focusable="false" { rect.guard y="60" width="300" height="40" {} } " " (e.t("guard-present")) }
            li { svg.swatch viewBox="0 0 160 160" aria-hidden="true" focusable="false" { path.over d="M30 80l30 40l60 -80" {} } " " (e.t("handed-over")) }
        }
    };
    let table = html! {
        table {
            caption { span { (e.t("sites-caption")) } }
            thead { tr {
                th scope="col" { (e.t("site")) } th scope="col" { (e.t("receiver")) }
                th.num scope="col" { (e.t("min-guard")) } th scope="col" { (e.t("handover-begins")) }
                th scope="col" { (e.t("handover-ends")) } th scope="col" { (e.t("guard-leaves")) }
                th scope="col" { (e.say("at-moment", &[("moment", e.moment_text(e.now))])) }
            } }
            tbody { @for Handed { site, place, begins, ends, .. } in &rows {
                @let site = &e.s.sites[*site];
                tr {
                    th scope="row" { (e.code(&site.name)) " " (e.place(*place)) }
                    td { (e.of(&site.receiver)) }
                    td.num { (e.n(site.min_guard)) }
                    td { (moment(e, *begins)) } td { (moment(e, *ends)) } td { (moment(e, until(*place))) }
                    td { (state(e, *begins, *ends)) }
                }
            } }
        }
    };
    Figure {
        id: format!("sites-{n}"),
        label: title.clone(),
        title,
        width,
        height,
        drawing,
        key,
        table,
    }
    .render(e)
}

fn state(e: &Edition<'_>, begins: Option<Timestamp>, ends: Option<Timestamp>) -> Markup {
    match (begins, ends) {
        (_, Some(ends)) if ends <= e.now => html! { span.state.done { "✓ " (e.t("state-over")) } },
        (Some(begins), _) if begins <= e.now => {
            html! { span.state.now { "◐ " (e.t("state-under-way")) } }
        }
        _ => html! { span.state { "○ " (e.t("state-guarded")) } },
    }
}
