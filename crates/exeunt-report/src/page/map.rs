//! The schematic map: places, routes flown and driven, what is under way at the page's moment, people by place.

use super::Page;
use super::chart::{Figure, PX};
use super::edition::{Edition, Scene};
use super::flow::{By, Move};
use super::looks;
use super::places::{Kind, LINE, Mark, View, spots};
use exeunt_model::{Id, PlaceId, Timestamp};
use maud::{Markup, html};
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Moves that the script is given; a page with more says so.
const MOVES_MOST: usize = 5_000;

pub(super) fn render(e: &Edition<'_>) -> Markup {
    let views = &e.scene.views;
    html! {
        h2 { (e.t("nav-map")) }
        p.note { (e.t("map-what")) }
        @if e.scene.moves.len() > MOVES_MOST { p.note { (e.t("map-too-many")) } }
        (key(e))
        div.maps {
            (view(e, &views.overview, "overview", &e.words.word("map-overview"), &[]))
            @if let Some(theatre) = &views.theatre {
                (view(e, theatre, "theatre", &e.words.word("map-theatre"), &views.unplaced))
            }
        }
        @if views.theatre.is_none() && !views.unplaced.is_empty() {
            p.note { (e.t("map-unplaced")) " " @for (n, &place) in views.unplaced.iter().enumerate() { @if n > 0 { (e.semicolon()) } (e.place(place)) } }
        }
    }
}

fn key(e: &Edition<'_>) -> Markup {
    let kinds = [
        (Kind::Airfield, "map-airfield"),
        (Kind::Site, "map-site"),
        (Kind::Border, "map-border"),
        (Kind::Base, "map-base"),
    ];
    html! {
        ul.key {
            @for (kind, name) in kinds {
                li { svg.swatch viewBox="-80 -80 160 160" aria-hidden="true" focusable="false" { path.mark d=(outline(kind, 0, 0)) {} } " " (e.t(name)) }
            }
            li { svg.swatch viewBox="-80 -80 160 160" aria-hidden="true" focusable="false" { path.ferry-mark d="M70 0L-50 -50V50z" {} } " " (e.t("map-ferry")) }
            @for party in e.moving() {
                li { svg.swatch viewBox="-80 -80 160 160" aria-hidden="true" focusable="false" { path class=(looks::class(party)) d="M70 0L-50 -50V50z" {} } " " (e.party(party)) }
            }
            li { svg.swatch viewBox="-80 -80 160 160" aria-hidden="true" focusable="false" { path.column d="M-40 -40h80v80h-80z" {} } " " (e.t("map-column")) }
        }
    }
}

/// Returns the anchor that holds a text by its left (`start`) or right end: its start is where its reading starts.
fn anchor(e: &Edition<'_>, side: &'static str) -> &'static str {
    match (side, e.words.language().is_right_to_left()) {
        ("start", true) => "end",
        ("end", true) => "start",
        (side, _) => side,
    }
}

fn outline(kind: Kind, x: i64, y: i64) -> String {
    match kind {
        Kind::Airfield => format!(
            "M{} {y}a50 50 0 1 1 100 0a50 50 0 1 1 -100 0M{} {y}h60M{x} {}v60",
            x - 50,
            x - 30,
            y - 30
        ),
        Kind::Site => format!("M{} {}h70v70h-70z", x - 35, y - 35),
        Kind::Border => format!("M{x} {}l50 50l-50 50l-50 -50z", y - 50),
        Kind::Base => format!("M{x} {}l45 75h-90z", y - 45),
    }
}

fn view(e: &Edition<'_>, view: &View, id: &str, title: &str, unplaced: &[PlaceId]) -> Markup {
    let is_theatre = id == "theatre";
    let people = |places: &[PlaceId]| -> i64 {
        places
            .iter()
            .filter_map(|place| e.scene.people.get(place))
            .map(|steps| steps.at(e.now))
            .sum()
    };
    // the names of the sites stand below; their codes are short
    let names: Vec<Vec<(String, Vec<PlaceId>)>> =
        view.marks.iter().map(|mark| names(e, mark, is_theatre)).collect();
    let size = |lines: &Vec<(String, Vec<PlaceId>)>| {
        let longest = lines.iter().map(|line| line.0.chars().count()).max().unwrap_or(0);
        ((whole(longest) + 6) * 66, whole(lines.len()))
    };
    let sizes: Vec<(i64, i64)> = names.iter().map(size).collect();
    let spots = spots(view, &sizes);
    let mut lines = Vec::new();
    for (spot, name) in spots.iter().zip(&names) {
        lines.extend(
            name.iter().enumerate().map(|(k, line)| (spot, spot.y + whole(k) * LINE, line)),
        );
    }
    let drawing = html! {
        rect.sea width=(view.width) height=(view.height) {}
        path.route d=(routes(e.scene, view, By::Air)) {}
        path.route.road d=(routes(e.scene, view, By::Road)) {}
        @for (k, mark) in view.marks.iter().enumerate() {
            circle.people cx=(mark.x) cy=(mark.y) r=(radius(people(&mark.places))) data-mark=(k) {}
            path.mark d=(outline(mark.kind, mark.x, mark.y)) {}
        }
        g.moving data-view=(id) {
            @for (path, class) in under_way(e.scene, view, e.now) { path class=(class) d=(path) {} }
        }
        @for (k, (spot, y, (name, places))) in lines.iter().enumerate() {
            text x=(spot.x) y=(y) text-anchor=(anchor(e, spot.anchor)) {
                (name) " " tspan.count data-mark=(view.marks.len() + k) { (count(e, people(places))) }
            }
        }
        @if view.scale.0 > 0 {
            g.scale {
                path d=(format!("M{} {}v60h{}v-60", 12 * PX, view.height - 22 * PX, view.scale.0)) {}
                text x=(12 * PX + view.scale.0 + 6 * PX) y=(view.height - 14 * PX) text-anchor=(anchor(e, "start")) { (e.words.say("km", &[("n", view.scale.1.into())])) }
            }
        }
    };
    let flying = moving(e.scene, view, e.now);
    let label = e.words.say(
        "map-label",
        &[
            ("title", title.into()),
            ("moment", e.moment_text(e.now)),
            ("aircraft", flying.iter().filter(|m| m.by == By::Air).count().into()),
            ("columns", flying.iter().filter(|m| m.by == By::Road).count().into()),
        ],
    );
    let listed: Vec<PlaceId> = match is_theatre {
        true => view.points.keys().copied().chain(unplaced.iter().copied()).collect(),
        false => view.points.keys().copied().filter(|place| is_own(e, *place)).collect(),
    };
    let table = html! {
        table {
            caption { span { (e.t("map-caption")) } }
            thead { tr {
                th scope="col" { (e.t("code")) } th scope="col" { (e.t("place")) }
                th.num scope="col" { (e.t("people-start")) } th.num scope="col" { (e.t("people-now")) } th.num scope="col" { (e.t("people-end")) }
            } }
            tbody { @for place in listed {
                @let steps = e.scene.people.get(&place);
                @let at = |t: Timestamp| steps.map_or(0, |steps| steps.at(t));
                tr {
                    th scope="row" { (e.code(&e.s.places[place].name)) }
                    td { (e.place(place)) @if unplaced.contains(&place) { " (" (e.t("map-no-position")) ")" } }
                    td.num { (e.n(at(e.scene.span.from))) }
                    td.num data-place=(place.index()) { (e.n(at(e.now))) }
                    td.num { (e.n(at(e.scene.span.to))) }
                }
            } }
        }
    };
    let coded: Vec<PlaceId> = match is_theatre {
        true => sites_of(e, view, unplaced),
        false => Vec::new(),
    };
    let key = html! { @if !coded.is_empty() {
        ul.key.sites { @for place in coded { li { b { (e.code(&e.s.places[place].name)) } " " (e.place(place)) } } }
    } @if !unplaced.is_empty() {
        p.note { (e.t("map-unplaced")) " "
            @for (n, &place) in unplaced.iter().enumerate() {
                @if n > 0 { (e.comma()) }
                (e.code(&e.s.places[place].name)) " " b data-place=(place.index()) { (e.n(people(&[place]))) }
            }
        }
    } };
    Figure {
        id: format!("map-{id}"),
        title: title.to_owned(),
        label,
        width: view.width,
        height: view.height,
        drawing,
        key,
        table,
    }
    .render(e)
}

/// Returns whether a place of the overview is not one of the theatre's, whose map lists it.
fn is_own(e: &Edition<'_>, place: PlaceId) -> bool {
    let theatre = e.scene.views.theatre.as_ref();
    let unplaced = e.scene.views.unplaced.contains(&place) && theatre.is_some();
    !unplaced && theatre.is_none_or(|view| !view.points.contains_key(&place))
}

/// Returns the sites that a map calls by their codes, and those that it cannot draw.
fn sites_of(e: &Edition<'_>, view: &View, unplaced: &[PlaceId]) -> Vec<PlaceId> {
    let named = view.marks.iter().filter(|mark| mark.kind == Kind::Site);
    let shown: BTreeSet<PlaceId> =
        named.flat_map(|mark| &mark.places).chain(unplaced).copied().collect();
    let sites = e.s.sites.rows.iter().map(|site| site.place);
    sites.filter(|place| shown.contains(place)).collect()
}

/// Names a mark, a line for each kind of place at it, by the first place of the kind; sites of the theatre by their codes.
fn names(e: &Edition<'_>, mark: &Mark, is_theatre: bool) -> Vec<(String, Vec<PlaceId>)> {
    let name = |places: &[PlaceId]| -> String {
        if is_theatre && mark.kind == Kind::Site {
            let code = |&place: &PlaceId| e.s.places[place].name.as_str();
            return places.iter().map(code).collect::<Vec<_>>().join(", ");
        }
        let first = places.first().map(|&place| e.short_place(place)).unwrap_or_default();
        let first = super::timelines::cut(&first, 24);
        if mark.has_sites {
            return e.words.say("map-and-sites", &[("place", first.into())]);
        }
        first
    };
    let lines = mark.lines(e.s, is_theatre).into_iter();
    lines.map(|places| (name(&places), places)).collect()
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(e: &Edition<'_>, people: i64) -> String {
    if people > 0 { e.n(people) } else { String::new() }
}

/// Returns the radius of the disc for so many people: the area grows with them.
fn radius(people: i64) -> i64 {
    i64::try_from(u64::try_from(people.max(0)).unwrap_or(0).saturating_mul(100).isqrt())
        .unwrap_or(0)
}

fn routes(scene: &Scene<'_>, view: &View, by: By) -> String {
    let pairs: BTreeSet<(PlaceId, PlaceId)> = scene
        .moves
        .iter()
        .filter(|m| m.by == by && m.party.is_some())
        .map(|m| (m.from.min(m.to), m.from.max(m.to)))
        .collect();
    let mut path = String::new();
    for (from, to) in pairs {
        if let (Some(&(a, b)), Some(&(c, d))) = (view.points.get(&from), view.points.get(&to))
            && (a, b) != (c, d)
        {
            let _ = write!(path, "M{a} {b}L{c} {d}");
        }
    }
    path
}

fn moving(scene: &Scene<'_>, view: &View, now: Timestamp) -> Vec<Move> {
    let point = |place| view.points.get(&place);
    let is_shown = |m: &&Move| {
        m.during.contains(now)
            && point(m.from).is_some()
            && point(m.to).is_some()
            && point(m.from) != point(m.to)
    };
    scene.moves.iter().filter(is_shown).copied().collect()
}

/// Returns the marks of what is under way, with their classes; the script draws the same for other moments.
fn under_way(scene: &Scene<'_>, view: &View, now: Timestamp) -> Vec<(String, String)> {
    moving(scene, view, now)
        .into_iter()
        .map(|m| {
            let ((a, b), (c, d)) = (view.points[&m.from], view.points[&m.to]);
            let (done, whole) = ((now - m.during.from).0, (m.during.to - m.during.from).0.max(1));
            let (x, y) = (a + (c - a) * done / whole, b + (d - b) * done / whole);
            let class = m.party.map_or_else(|| "ferry-mark".to_owned(), looks::class);
            match m.by {
                By::Road => (format!("M{} {}h80v80h-80z", x - 40, y - 40), class),
                By::Air => (arrow(x, y, c - a, d - b), class),
            }
        })
        .collect()
}

/// An arrowhead at a point that looks along a direction.
fn arrow(x: i64, y: i64, dx: i64, dy: i64) -> String {
    let length = u64::try_from(dx * dx + dy * dy).unwrap_or(1).isqrt().max(1);
    let length = i64::try_from(length).unwrap_or(1);
    let along = |ahead: i64, aside: i64| {
        (x + (ahead * dx - aside * dy) / length, y + (ahead * dy + aside * dx) / length)
    };
    let (tip, left, right) = (along(75, 0), along(-50, -50), along(-50, 50));
    format!("M{} {}L{} {}L{} {}z", tip.0, tip.1, left.0, left.1, right.0, right.1)
}

/// Returns what the script needs to draw another moment; times in minutes since the span's start.
pub(super) fn moves_json(page: &Page<'_>, scene: &Scene<'_>) -> String {
    let minutes = |t: Timestamp| (t.max(scene.span.from) - scene.span.from).0 / 60;
    let views =
        [("overview", Some(&scene.views.overview)), ("theatre", scene.views.theatre.as_ref())];
    let views: serde_json::Map<String, serde_json::Value> = views
        .into_iter()
        .filter_map(|(name, view)| {
            let view = view?;
            let points: serde_json::Map<_, _> = view
                .points
                .iter()
                .map(|(place, &(x, y))| (place.index().to_string(), json!([x, y])))
                .collect();
            // the marks, then the lines of their names
            let lines =
                view.marks.iter().flat_map(|mark| mark.lines(page.scenario, name == "theatre"));
            let marks: Vec<Vec<usize>> = view
                .marks
                .iter()
                .map(|mark| mark.places.clone())
                .chain(lines)
                .map(|places| places.iter().map(|place| place.index()).collect())
                .collect();
            Some((name.to_owned(), json!({ "points": points, "marks": marks })))
        })
        .collect();
    let moves: Vec<_> = scene
        .moves
        .iter()
        .take(MOVES_MOST)
        .map(|m| {
            let class = m.party.map_or_else(|| "ferry-mark".to_owned(), looks::class);
            let by = i32::from(m.by == By::Road);
            json!([
                by,
                m.from.index(),
                m.to.index(),
                minutes(m.during.from),
                minutes(m.during.to),
                class
            ])
        })
        .collect();
    let people: serde_json::Map<_, _> = scene
        .people
        .iter()
        .map(|(place, steps)| {
            let steps: Vec<_> = steps.0.iter().map(|&(t, n)| json!([minutes(t), n])).collect();
            (place.index().to_string(), json!(steps))
        })
        .collect();
    let data = json!({
        "start": scene.span.from.0,
        "offset": page.scenario.operation.zone_offset,
        "views": views,
        "moves": moves,
        "people": people,
    });
    // no text of a scenario is in it, and `<` could come from nowhere else
    data.to_string().replace('<', "\\u003c")
}
