//! The first screen: title and clock, who is where, when the last are out and home, promises, what it rests on.

use super::edition::Edition;
use crate::whereabouts::{self, Stage, Where};
use exeunt_model::finding::PartyResult;
use exeunt_model::{PartyId, Timestamp, Verdict};
use maud::{Markup, html};

pub(super) fn render(e: &Edition<'_>) -> Markup {
    let s = e.s;
    let has_host = !s.operation.host_states.is_empty();
    html! {
        div.first {
            h1 { (e.of(&s.operation.title)) }
            p.clock-now { (e.say("page-stands-at", &[("moment", e.words.moment_in_full(s, e.now).into())])) }
            (super::prospects::ruler(e).unwrap_or_default())
            (slider(e))
            (notices(e))
            dl.lasts {
                @let comes_in = e.page.verdict.closure_entered_host.is_some();
                @if comes_in {
                    (last(e, "last-in", |verdict| verdict.closure_entered_host))
                } @else if has_host {
                    (last(e, "last-out", |verdict| verdict.closure_left_host))
                }
                (last(e, "last-landing", |verdict| verdict.closure_home_airfield))
                (last(e, if comes_in { "last-in-place" } else { "last-home" }, |verdict| verdict.closure))
                @if let Some(kept) = kept(e) { div { dt { (e.t("promises-required")) } dd { (kept) } } }
                @if let Some(percent) = assumed_percent(e) {
                    div { dt { (e.t("rows-assumed")) } dd { (percent) " %" } }
                }
            }
            p.rests { (e.say("rests-on", &[
                ("assumed", s.assumptions.len().into()), ("rows", s.n_graded_rows.into()),
            ])) " " a href=(format!("#{}", e.id("assumptions"))) { (e.t("see-assumptions")) } }
            (nations(e, has_host))
            (standing(e, has_host))
        }
    }
}

/// When the last reach something, by the plan and by what stands beside it.
fn last(e: &Edition<'_>, what: &str, of: impl Fn(&Verdict) -> Option<Timestamp>) -> Markup {
    html! {
        div {
            dt { (e.t(what)) }
            dd {
                (e.moment(of(e.page.verdict)))
                @if let Some(beside) = &e.page.beside {
                    small { (e.rich(&e.beside_name(beside))) ": " (e.moment(of(beside.verdict))) }
                }
            }
        }
    }
}

/// The slider, which a script needs: without one the page stands at its moment.
fn slider(e: &Edition<'_>) -> Markup {
    let (id, span) = (e.id("clock"), e.scene.span);
    html! {
        div.slider {
            label for=(id) { (e.t("slider")) }
            input.clock type="range" id=(id) min=(span.from.0) max=(span.to.0) step="1800" value=(e.now.0)
                aria-valuetext=(e.words.moment(e.s, e.now)) aria-describedby=(e.id("clock-what"));
            output.clock-time for=(id) { (e.words.moment(e.s, e.now)) }
            button.clock-back type="button" data-to=(e.now.0) { (e.t("slider-back")) }
            span.hint id=(e.id("clock-what")) { (e.t("slider-what")) }
        }
    }
}

/// What is wrong with the plan, before anything else is read off it.
fn notices(e: &Edition<'_>) -> Markup {
    let (verdict, hash) = (e.page.verdict, &e.s.hash);
    let is_of_other_tables =
        !hash.is_empty() && verdict.notes.iter().any(|note| note.contains(hash));
    html! {
        @if !verdict.accepted {
            p.notice { strong { (e.say("not-accepted", &[("n", verdict.findings.len().into())])) } }
        }
        @if is_of_other_tables {
            p.notice { (e.t("other-tables")) }
        }
        @if verdict.unmoved > 0 {
            p.notice { (e.say("unmoved", &[("n", verdict.unmoved.into())])) }
        }
    }
}

/// How many of the required promises the plan keeps; none where nothing is required.
fn kept(e: &Edition<'_>) -> Option<Markup> {
    let required = || e.page.verdict.promises.iter().filter(|promise| promise.required);
    let kept = required().filter(|promise| promise.strict == Some(true)).count();
    let all = required().count();
    (all > 0).then(|| e.say("kept-of", &[("kept", kept.into()), ("all", all.into())]))
}

/// Returns the share of rows assumed in whole or part, as on the text screen.
fn assumed_percent(e: &Edition<'_>) -> Option<usize> {
    crate::text::assumed_percent(e.s)
}

/// A row per party: what moves, how, when it is out and home, where it is now.
fn nations(e: &Edition<'_>, has_host: bool) -> Markup {
    let places = whereabouts::of_parties(e.s, e.page.plan, e.now);
    let beside = e.page.beside.as_ref();
    let places_beside = beside.map(|plan| whereabouts::of_parties(e.s, plan.plan, e.now));
    let (ways_in, ways_out) = e.ways();
    let title = if ways_in { "who-moves" } else { "who-is-where" };
    let over = match (has_host, ways_in, ways_out) {
        (false, ..) => "last-departure",
        (true, false, _) => "out-of-host",
        (true, true, false) => "into-host",
        (true, true, true) => "into-or-out-of-host",
    };
    let result =
        |party: PartyId| e.page.verdict.parties.iter().find(|r| r.id == e.s.parties[party].name);
    let label = e.words.word(title);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table.nations {
                caption { span { (e.t(title)) } }
                thead { tr {
                    th scope="col" { (e.t("party")) }
                    th.num scope="col" { (e.t("people")) }
                    th.num scope="col" { (e.t("items")) }
                    th scope="col" { (e.t("how")) }
                    th scope="col" { (e.t(over)) }
                    th scope="col" { @if ways_in { (e.t("at-its-end")) } @else { (e.t("home-base")) } }
                    th scope="col" { (e.say("at-moment", &[("moment", e.moment_text(e.now))])) }
                    @if let Some(beside) = beside { th scope="col" { (e.rich(&e.beside_name(beside))) } }
                } }
                tbody {
                    @for party in e.moving() {
                        tr {
                            th scope="row" { (e.swatch(party)) }
                            @if let Some(result) = result(party) {
                                td.num { (e.n(result.people)) }
                                td.num { (e.n(result.vehicles)) }
                                td { (how(e, result)) }
                                td { (e.moment(result.entered_host.or(result.last_departure))) }
                                td { (e.moment(result.closure)) }
                            } @else {
                                td.num { "–" } td.num { "–" } td { (e.t("nothing-moves")) } td { "–" } td { "–" }
                            }
                            td.where { (places.get(&party).map_or_else(|| html! { "–" }, |&place| whereabouts(e, place))) }
                            @if let Some(places) = &places_beside {
                                td.where { (places.get(&party).map_or_else(|| html! { "–" }, |&place| whereabouts(e, place))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn how(e: &Edition<'_>, result: &PartyResult) -> Markup {
    let columns = e.say("columns", &[("n", result.columns_out.into())]);
    let loads: i64 = result.types.iter().map(|(_, n)| n).sum();
    html! {
        @if !result.types.is_empty() {
            (e.say("loads", &[("n", loads.into())])) ": "
            @for (n, (kind, count)) in result.types.iter().enumerate() {
                @if n > 0 { (e.comma()) }
                (e.n(*count)) "\u{a0}" (aircraft_type(e, kind))
            }
            @if result.columns_out > 0 { (e.semicolon()) (columns) }
        } @else if result.columns_out > 0 {
            (e.t("own-vehicles")) ": " (columns)
        } @else if result.loaded_sorties > 0 {
            (e.say("loads", &[("n", result.loaded_sorties.into())]))
        } @else {
            (e.t("by-road"))
        }
    }
}

/// An aircraft type by its name in the language, or by the code that it is everywhere.
fn aircraft_type(e: &Edition<'_>, kind: &str) -> Markup {
    let name = e.of(kind);
    if name.is_foreign() || name.text == kind {
        e.code(kind)
    } else {
        html! { (name) }
    }
}

fn whereabouts(e: &Edition<'_>, place: Where) -> Markup {
    match place {
        Where::AtSites => e.t("where-at-sites"),
        Where::AtHome => e.t("where-home"),
        Where::Stage(Stage::AtOrigin) | Where::InPlace => e.t("where-in-place"),
        Where::Stage(Stage::MarchingOut | Stage::MarchingHome) => e.t("where-marching"),
        Where::Stage(Stage::AtAirfield) => e.t("where-at-airfield"),
        Where::Stage(Stage::Loading) => e.t("where-loading"),
        Where::Stage(Stage::InFlight) => e.t("where-in-flight"),
        Where::Stage(Stage::Landed) => e.t("where-landed"),
        Where::Stage(Stage::Home) => e.t("where-home"),
        Where::Nowhere => html! { "–" },
        Where::Part { percent, people: true, leaves_host: true } => {
            e.say("where-people-out", &[("percent", percent.into())])
        }
        Where::Part { percent, people: true, leaves_host: false } => {
            e.say("where-people-under-way", &[("percent", percent.into())])
        }
        Where::Part { percent, people: false, leaves_host: true } => {
            e.say("where-pieces-out", &[("percent", percent.into())])
        }
        Where::Part { percent, people: false, leaves_host: false } => {
            e.say("where-pieces-under-way", &[("percent", percent.into())])
        }
    }
}

/// How the whole stands now, and what flies in all.
fn standing(e: &Edition<'_>, has_host: bool) -> Markup {
    let now = super::residual::now(e);
    let flying = e.page.plan.lines.iter().flat_map(|line| &line.sorties).filter(|sortie| {
        !sortie.load.is_empty() && sortie.departs <= e.now && e.now < sortie.lands
    });
    let verdict = e.page.verdict;
    html! {
        ul.facts {
            @if let Some(now) = now {
                @if has_host { li { (e.say("people-in-host", &[("n", now.people().into())])) } }
                @if !e.s.sites.is_empty() {
                    li { (e.say("sites-guarded", &[
                        ("n", now.guarded.len().into()), ("all", e.s.sites.len().into()),
                    ])) }
                }
            }
            li { (e.say("aircraft-loaded", &[("n", flying.count().into())])) }
            @if verdict.tails_used > 0 {
                li { (e.say("sorties-in-all", &[
                    ("loaded", verdict.loaded_sorties.into()), ("ferry", verdict.ferry_sorties.into()),
                    ("tails", verdict.tails_used.into()),
                ])) }
            }
            @if let Some(last) = last_recorded(e).filter(|_| verdict.closure_entered_host.is_none()) {
                li { (e.say("on-record-until", &[("day", e.words.day(e.s, last).into())]))
                    " " (e.t("beside-record")) }
            }
        }
    }
}

/// Returns the last day on which something is on record as having left.
fn last_recorded(e: &Edition<'_>) -> Option<Timestamp> {
    let something = e.s.record.iter().filter(|row| crate::text::is_something(&row.shown));
    something.map(|row| row.day.from).max()
}
