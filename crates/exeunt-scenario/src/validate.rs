//! Rules across rows: what planner and checker may take for granted of a [`Scenario`].
//!
//! A row that has a problem of its own is not looked at again, and where rows of a table were lost
//! or are wrong, nothing is concluded from what seems to be absent.

use crate::calendar::{cut, intersect};
use crate::codes::*;
use crate::context::{Context, MAX_HORIZON};
use crate::order;
use crate::resolve::impossible;
use crate::row::Row;
use crate::suggest::{did_you_mean, in_hours, listed, shown};
use crate::tables::{FORMATS, ORDER, TABLES};
use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::{Id, Interval, Scenario, SiteId, Timestamp, TypeId};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Checks a scenario, and makes `with` lists symmetric and transitive.
pub(crate) fn validate(cx: &Context<'_>, scenario: &mut Scenario) {
    check_operation(cx);
    if scenario.parties.is_empty() || scenario.places.is_empty() || scenario.elements.is_empty() {
        return;
    }
    order::join_steps(&mut scenario.steps);
    let scenario = &*scenario;
    check_elements(cx, scenario);
    check_sites(cx, scenario);
    check_runways(cx, scenario);
    check_steps(cx, scenario);
    check_types(cx, scenario);
    check_tails(cx, scenario);
    check_providers(cx, scenario);
    check_legs(cx, scenario);
    check_areas(cx, scenario);
    check_conditions(cx, scenario);
    check_mandate(cx, scenario);
    check_translations(cx);
    order::check_step_cycles(cx, scenario);
    order::check_precedence(cx, scenario);
    order::check_same_as(cx, scenario);
}

fn check_operation(cx: &Context<'_>) {
    let Some(row) = cx.rows("operation").next() else { return };
    let format = row.text("format");
    if !format.is_empty() && !FORMATS.contains(&format) {
        let versions = listed(FORMATS.iter().copied());
        let message = format!("the format is {}, but this program reads {versions}", shown(format));
        let remedy = format!("write the format {versions}, or use a newer program");
        row.report("format", UNSUPPORTED_VERSION, message, &FORMATS.join(", "), &remedy);
    }
    if let (Some(start), Some(end)) = (row.moment("start"), row.moment("end")) {
        let (from, to) = (shown(row.text("start")), shown(row.text("end")));
        if end <= start {
            let message = format!("the operation ends at {to}, not after its start {from}");
            row.report("end", BAD_HORIZON, message, row.text("start"), "correct start or end");
        } else if end - start > MAX_HORIZON {
            let days = (end - start).0 / 86_400;
            let message = format!(
                "the horizon from {from} to {to} has {days} days, more than the limit of 366"
            );
            row.report("end", BAD_HORIZON, message, "366 days", "end the horizon earlier");
        }
    }
    if let (Some(start), Some(now), Some(end)) =
        (row.moment("start"), row.moment("replan.now"), row.moment("end"))
        && !(start..end).contains(&now)
    {
        outside(row, "replan.now");
    }
    let notices = ["replan.notice_air_h", "replan.notice_road_h", "replan.notice_step_h"];
    if let (Some(column), false) =
        (notices.into_iter().find(|column| row.has(column)), row.has("replan.now"))
    {
        let why = format!("`{column}` is stated, and notice counts from `now` on");
        row.report_blank("replan.now", MISSING_CELL, &why, "state now, or no notice");
    }
    check_objective_order(row);
}

fn check_objective_order(row: Row<'_, '_>) {
    let order = row.items("objective_order");
    let lost: Vec<&str> = ORDER.iter().copied().filter(|level| !order.contains(level)).collect();
    if row.has("objective_order") && row.is_clean() && !lost.is_empty() {
        let names = listed(lost.into_iter());
        let message = format!("`objective_order` leaves out {names}");
        let remedy = format!("name each of {} once", listed(ORDER.iter().copied().take(8)));
        row.report("objective_order", OBJECTIVE_ORDER, message, "", &remedy);
    }
}

fn check_elements(cx: &Context<'_>, scenario: &Scenario) {
    let mut with_pieces = vec![false; scenario.elements.len()];
    for piece in &scenario.pieces.rows {
        with_pieces[piece.element.index()] = true;
    }
    let pieces_known = cx.is_whole("pieces");
    let with_steps = sites_with_steps(scenario);
    for (row, element) in cx.rows("elements").zip(&scenario.elements.rows) {
        check_element_dates(row, element);
        if !row.is_clean() {
            continue;
        }
        if element.origin == element.destination {
            same_place(row, "destination", "origin");
        }
        if let Mode::Air { embark, debark } = element.mode
            && embark == debark
        {
            same_place(row, "debark", "embark");
        }
        check_freed_by(cx, scenario, &with_steps, row, element);
        if pieces_known && !with_pieces[row.index()] {
            let message = format!("{} has no pieces, so nothing of it moves", row.object());
            row.warn("id", ELEMENT_WITHOUT_PIECES, message, "add pieces or remove the element");
        }
    }
}

fn same_place(row: Row<'_, '_>, to: &str, from: &str) {
    let message =
        format!("`{to}` of {} is {}, as is its `{from}`", row.object(), shown(row.text(to)));
    row.report(to, SAME_PLACE, message, "", "name two places");
}

fn check_element_dates(row: Row<'_, '_>, element: &Element) {
    let Some(horizon) = row.cx.horizon else { return };
    let after_end = |column| row.moment(column).is_some_and(|t| t > horizon.to);
    for column in ["ready", "load_from", "due"] {
        if after_end(column) {
            outside(row, column);
        }
    }
    if element.due.is_some_and(|due| due.at < horizon.from) {
        outside(row, "due");
    }
}

/// Reports a date that no plan can honour.
fn outside(row: Row<'_, '_>, column: &str) {
    let Some(operation) = row.cx.rows("operation").next() else { return };
    let limit = format!("{} to {}", operation.text("start"), operation.text("end"));
    let message = format!(
        "`{column}` of {} is {}, outside the horizon from {limit}",
        row.object(),
        shown(row.text(column)),
    );
    row.report(column, OUTSIDE_HORIZON, message, &limit, "correct the date or the horizon");
}

fn sites_with_steps(scenario: &Scenario) -> BTreeSet<SiteId> {
    scenario.steps.rows.iter().map(|step| step.site).collect()
}

fn check_freed_by(
    cx: &Context<'_>,
    scenario: &Scenario,
    with_steps: &BTreeSet<SiteId>,
    row: Row<'_, '_>,
    element: &Element,
) {
    let lost = element.freed_by.iter().find(|site| !with_steps.contains(site));
    if let Some(&site) = lost
        && cx.is_whole("handover_steps")
    {
        let site = shown(&scenario.sites[site].name);
        let message = format!("{} is freed by the site {site}, which has no steps", row.object());
        row.report("freed_by", NO_STEPS, message, "", "add steps to the site, or write `none`");
    }
}

fn check_sites(cx: &Context<'_>, scenario: &Scenario) {
    let with_steps = sites_with_steps(scenario);
    for (row, (id, site)) in cx.rows("sites").zip(scenario.sites.iter()) {
        // who comes to guard a site is not there at the start, and need not hand it over
        let guarded = scenario.elements.rows.iter().any(|element| element.origin == site.place);
        let free = !guarded || with_steps.contains(&id);
        if site.min_guard > 0 && !free && cx.is_whole("handover_steps") {
            let message = format!(
                "{} keeps a guard of {} until its handover ends, but has no steps",
                row.object(),
                site.min_guard
            );
            row.report("min_guard", NO_STEPS, message, "", "add steps, or a guard of 0");
        }
    }
}

/// An element's airfields must be long enough for some aircraft of the scenario.
fn check_runways(cx: &Context<'_>, scenario: &Scenario) {
    let types: BTreeSet<TypeId> = scenario.tails.rows.iter().map(|tail| tail.aircraft).collect();
    let types = types.into_iter().filter_map(|id| scenario.types.rows.get(id.index()));
    let Some(modest) = types.min_by_key(|aircraft| aircraft.min_runway) else { return };
    if !cx.is_whole("tails") || !cx.is_whole("aircraft_types") {
        return;
    }
    for (row, element) in cx.rows("elements").zip(&scenario.elements.rows) {
        let Mode::Air { embark, debark } = element.mode else { continue };
        for (column, place) in [("embark", embark), ("debark", debark)] {
            let field = &scenario.places[place];
            let Some(airfield) = field.airfield.as_ref().filter(|_| row.is_clean()) else {
                continue;
            };
            if airfield.runway < modest.min_runway && cx.place_row(place).is_clean() {
                let message = format!(
                    "`{column}` of {} is {}, whose runway of {} m is too short for every aircraft: {} \
                     needs the least, {} m",
                    row.object(),
                    shown(&field.name),
                    airfield.runway.to_m(),
                    shown(&modest.name),
                    modest.min_runway.to_m()
                );
                let limit = format!("{} m", modest.min_runway.to_m());
                let remedy = "use another airfield, or add an aircraft that may land there";
                row.report(column, RUNWAY_TOO_SHORT, message, &limit, remedy);
            }
        }
    }
}

/// Steps need teams, enough of them, and for long enough.
fn check_steps(cx: &Context<'_>, scenario: &Scenario) {
    let Some(horizon) = cx.horizon else { return };
    let capacity_known = cx.is_whole("capacity") && cx.is_whole("resources");
    let mut known: BTreeMap<(usize, i64), Vec<Interval>> = BTreeMap::new();
    for (row, step) in cx.rows("handover_steps").zip(&scenario.steps.rows) {
        let mut fits = vec![horizon];
        for &(id, amount) in &step.needs {
            let resource = &scenario.resources[id];
            if resource.kind != ResourceKind::Team {
                let message = format!(
                    "{} needs {}, which is not a team",
                    row.object(),
                    shown(&resource.name)
                );
                row.report("needs", WRONG_KIND_OF_ID, message, "", "name a resource of kind team");
                continue;
            }
            let windows = known
                .entry((id.index(), amount))
                .or_insert_with(|| enough(resource, amount, horizon));
            if windows.is_empty() && capacity_known {
                above_capacity(row, resource, amount, horizon);
            }
            fits = intersect(&fits, windows);
        }
        let longest = fits.iter().map(|window| window.to - window.from).max().unwrap_or_default();
        if row.is_clean() && capacity_known && longest < step.duration {
            let message = format!(
                "{} takes {}, but its teams are there for {} at a time at most",
                row.object(),
                in_hours(step.duration.0),
                in_hours(longest.0)
            );
            let remedy = "shorten or split it, or add capacity";
            row.report("duration_h", STEP_NEVER_FITS, message, &in_hours(longest.0), remedy);
        }
    }
}

fn above_capacity(row: Row<'_, '_>, resource: &Resource, amount: i64, horizon: Interval) {
    let most = levels(resource, horizon).into_iter().map(|(_, level)| level).max().unwrap_or(0);
    let message = format!(
        "{} needs {amount} of {}, of which there are {} at most",
        row.object(),
        shown(&resource.name),
        most.max(0)
    );
    let remedy = "lower the need, or add rows to the table `capacity`";
    row.report("needs", NEEDS_ABOVE_CAPACITY, message, &most.max(0).to_string(), remedy);
}

/// Returns when a resource has an amount, all its providers present.
fn enough(resource: &Resource, amount: i64, horizon: Interval) -> Vec<Interval> {
    let levels = levels(resource, horizon).into_iter();
    to_windows(levels.filter(|&(_, level)| level >= amount).map(|(window, _)| window).collect())
}

/// Returns how much of a resource there is, stretch by stretch of the horizon.
fn levels(resource: &Resource, horizon: Interval) -> Vec<(Interval, i64)> {
    let mut changes: BTreeMap<Timestamp, i64> = BTreeMap::new();
    changes.insert(horizon.from, 0);
    for part in &resource.capacity {
        for window in part.windows.iter().map(|&window| cut(window, horizon)) {
            if window.from < window.to {
                *changes.entry(window.from).or_default() += part.amount;
                *changes.entry(window.to).or_default() -= part.amount;
            }
        }
    }
    let mut level = 0;
    let mut stretches = Vec::new();
    let mut moments = changes.iter().peekable();
    while let Some((&from, change)) = moments.next() {
        level += change;
        let to = moments.peek().map_or(horizon.to, |&(&to, _)| to);
        stretches.push((Interval { from, to }, level));
    }
    stretches
}

fn check_types(cx: &Context<'_>, scenario: &Scenario) {
    let cabins_known = cx.is_whole("configurations") && cx.is_whole("zones");
    for (row, aircraft) in cx.rows("aircraft_types").zip(&scenario.types.rows) {
        let points = &aircraft.payload_range;
        let falls = |pair: &[(exeunt_model::Distance, exeunt_model::Mass)]| {
            pair[0].0 < pair[1].0 && pair[0].1 >= pair[1].1
        };
        if !points.windows(2).all(falls) {
            let message = format!(
                "`payload_points` of {} is {}, where distances do not rise or masses do not fall",
                row.object(),
                shown(row.text("payload_points"))
            );
            let remedy = "sort the points by distance, and correct the masses";
            row.report("payload_points", PAYLOAD_POINTS, message, "", remedy);
        } else if !points.is_empty() && points.iter().all(|&(_, mass)| mass.0 == 0) {
            let message = format!("{} has a payload of 0 kg at every distance", row.object());
            row.report(
                "payload_points",
                LIFTS_NOTHING,
                message,
                "more than 0 kg",
                "state a payload",
            );
        }
        check_ferry_range(row, aircraft);
        let empty = |cabin: &Configuration| cabin.seats == 0 && cabin.zones.is_empty();
        if cabins_known && aircraft.configurations.is_empty() {
            let message = format!("{} has no configuration", row.object());
            let remedy = "add a row to the table `configurations`";
            row.report("id", NO_CONFIGURATION, message, "", remedy);
        } else if cabins_known && aircraft.configurations.iter().all(empty) {
            let message =
                format!("{} has neither seats nor a zone in any configuration", row.object());
            row.report(
                "id",
                LIFTS_NOTHING,
                message,
                "",
                "state seats, or add rows to the table `zones`",
            );
        }
    }
}

fn check_ferry_range(row: Row<'_, '_>, aircraft: &AircraftType) {
    let Some(&(last, _)) = aircraft.payload_range.last() else { return };
    if row.has("ferry_range_km") && row.is_clean() && aircraft.ferry_range < last {
        let message = format!(
            "`ferry_range_km` of {} is {}, less than the {} km of its last payload point",
            row.object(),
            shown(row.text("ferry_range_km")),
            last.to_km()
        );
        let limit = format!("{} km", last.to_km());
        row.report("ferry_range_km", FERRY_RANGE, message, &limit, "correct one of them");
    }
}

fn check_tails(cx: &Context<'_>, scenario: &Scenario) {
    let start = scenario.operation.start;
    for row in cx.rows("tails") {
        let from = row.moment("available_from").unwrap_or(start);
        if row.moment("available_to").is_some_and(|to| to <= from) {
            match row.has("available_from") {
                true => impossible(row, "available_to", "available_from"),
                false => {
                    let message = format!(
                        "`available_to` of {} is {}, not after the start of the operation",
                        row.object(),
                        shown(row.text("available_to"))
                    );
                    let remedy = "correct it, or remove the row";
                    row.report("available_to", IMPOSSIBLE_WINDOW, message, "", remedy);
                }
            }
        }
    }
}

/// Refuses provided capacity that the planner does not follow yet: at a field, only elements that board there provide
/// it, and nobody provides stands.
fn check_providers(cx: &Context<'_>, scenario: &Scenario) {
    if !cx.is_whole("elements") || !cx.is_whole("resources") {
        return;
    }
    for row in cx.rows("capacity").filter(|row| row.is_clean() && row.has("provided_by")) {
        let resource = scenario.resource(row.text("resource"));
        let element = scenario.elements.find(|e| e.name == row.text("provided_by"));
        let (Some(resource), Some(element)) = (resource, element) else { continue };
        let resource = &scenario.resources[resource];
        let Some(field) = resource.place.filter(|_| resource.kind != ResourceKind::Team) else {
            continue;
        };
        let element = &scenario.elements[element];
        let boards_there = matches!(element.mode, Mode::Air { embark, .. } if embark == field);
        if matches!(resource.kind, ResourceKind::Stand(_)) {
            let message = format!(
                "not supported yet: stands are provided by no element, as {} says",
                row.object()
            );
            row.report("provided_by", NOT_SUPPORTED_YET, message, "", "leave the cell blank");
        } else if !boards_there {
            let message = format!(
                "not supported yet: element {} provides {} at {} and does not board there",
                shown(row.text("provided_by")),
                shown(row.text("resource")),
                shown(&scenario.places[field].name),
            );
            let remedy = "name an element whose `embark` it is, or leave the cell blank";
            row.report("provided_by", NOT_SUPPORTED_YET, message, "", remedy);
        } else if element.either {
            let message = format!(
                "not supported yet: element {} provides {} at {} and may go by road",
                shown(row.text("provided_by")),
                shown(row.text("resource")),
                shown(&scenario.places[field].name),
            );
            let remedy = "have the element go by air, or leave the cell blank";
            row.report("provided_by", NOT_SUPPORTED_YET, message, "", remedy);
        }
    }
}

fn check_legs(cx: &Context<'_>, scenario: &Scenario) {
    for (row, leg) in cx.rows("air_legs").zip(&scenario.air_legs.rows) {
        if !row.is_clean() {
            continue;
        }
        if leg.from == leg.to {
            same_place(row, "to", "from");
            continue;
        }
        for end in [leg.from, leg.to].into_iter().filter(|&end| cx.place_row(end).is_clean()) {
            let place = &scenario.places[end];
            if !leg.states.contains(&place.state) {
                let message = format!(
                    "`states` of {} is {}, without {}, in which its end {} lies",
                    row.object(),
                    shown(row.text("states")),
                    shown(&place.state),
                    shown(&place.name)
                );
                row.report("states", LEG_STATES, message, "", "add the states of both ends");
            }
        }
    }
    for (row, road) in cx.rows("roads").zip(&scenario.roads.rows) {
        if road.from == road.to && row.is_clean() {
            same_place(row, "to", "from");
        }
        for &(id, _) in &road.escorts {
            let resource = &scenario.resources[id];
            if resource.kind != ResourceKind::Escort && row.is_clean() {
                let message =
                    format!("{} needs {}, which is no escort", row.object(), shown(&resource.name));
                let remedy = "name a resource of kind escort";
                row.report("escorts", WRONG_KIND_OF_ID, message, "", remedy);
            }
        }
    }
}

/// A curfew must be that of an area that some place names, and a judgement and a condition on it too.
fn check_areas(cx: &Context<'_>, scenario: &Scenario) {
    let areas: BTreeSet<&str> =
        scenario.places.rows.iter().filter_map(|place| place.area.as_deref()).collect();
    if !["places", "airfields", "sites"].iter().all(|table| cx.is_whole(table)) {
        return;
    }
    for (table, column) in [("curfews", "area"), ("assessments", "zone"), ("conditions", "zone")] {
        for row in cx.rows(table).filter(|row| row.has(column)) {
            let area = row.text(column);
            let is_all = area == "ALL" && column == "zone";
            if !is_all && !areas.contains(area) {
                let message = format!(
                    "`{column}` of {} is {}, but no place lies in it",
                    row.object(),
                    shown(area)
                );
                let otherwise = "name the area of a place, airfield or site";
                let remedy = did_you_mean(area, areas.iter().copied(), otherwise);
                row.report(column, UNKNOWN_ID, message, "", &remedy);
            }
        }
    }
}

/// A condition on a level needs somebody who judges that area, if it is to become true.
fn check_conditions(cx: &Context<'_>, scenario: &Scenario) {
    let with_steps = sites_with_steps(scenario);
    for (row, condition) in cx.rows("conditions").zip(&scenario.conditions.rows) {
        match &condition.truth {
            Truth::From(from) => {
                if let (Some(horizon), Some(t)) = (cx.horizon, *from)
                    && t > horizon.to
                {
                    outside(row, "true_from");
                }
            }
            Truth::Level { zone, offices, .. } if row.is_clean() && cx.is_whole("assessments") => {
                let judges = |office: &String| {
                    let rows = scenario.assessments.rows.iter();
                    rows.filter(|a| a.zone == *zone || a.zone == "ALL").any(|a| a.office == *office)
                };
                for office in offices.iter().filter(|office| !judges(office)) {
                    let message = format!(
                        "{} waits for the judgement of {}, who has none of {}",
                        row.object(),
                        shown(office),
                        shown(zone)
                    );
                    let named = scenario.assessments.rows.iter().map(|a| a.office.as_str());
                    let remedy =
                        did_you_mean(office, named, "write the office as in `assessments`");
                    row.report("offices", UNKNOWN_ID, message, "", &remedy);
                }
            }
            Truth::Level { .. } => {}
        }
        let Gate::Handovers(sites) = &condition.gate else { continue };
        let lost = sites.iter().find(|site| !with_steps.contains(site));
        if let Some(&site) = lost
            && row.is_clean()
            && cx.is_whole("handover_steps")
        {
            let site = shown(&scenario.sites[site].name);
            let message = format!("{} gates the site {site}, which has no steps", row.object());
            row.report("gates", NO_STEPS, message, "", "add steps, or take the site out");
        }
    }
}

/// A force above its ceiling at the start is somebody's mistake, which the checker will call C27.
fn check_mandate(cx: &Context<'_>, scenario: &Scenario) {
    let start = scenario.operation.start;
    let there: i64 = scenario.pieces.rows.iter().fold(0, |sum: i64, piece| {
        let element = &scenario.elements[piece.element];
        let counts = scenario.is_of_force(element.party) && scenario.is_in_host(element.origin);
        sum.saturating_add(if counts { piece.people_each().saturating_mul(piece.count) } else { 0 })
    });
    let whole = ["parties", "elements", "pieces", "places", "airfields", "sites"];
    if !whole.iter().all(|table| cx.is_whole(table)) {
        return;
    }
    let rows = cx.rows("mandate").zip(&scenario.mandate.rows);
    for (row, mandate) in rows.filter(|(row, _)| row.is_clean()) {
        if let MandateKind::Ceiling { people, valid } = mandate.kind
            && valid.contains(start)
            && there > people
        {
            let message = format!(
                "{there} people are in the host at the start, {} allows {people}",
                row.object()
            );
            row.warn("people", ABOVE_CEILING, message, "correct the ceiling or the strength");
        }
    }
}

/// Words in another language that stand in no table help nobody; they are most likely written in another way there.
fn check_translations(cx: &Context<'_>) {
    let whole = || TABLES.iter().filter(|spec| spec.is_graded()).all(|spec| cx.is_whole(spec.name));
    if cx.n_rows("translations") == 0 || !whole() {
        return;
    }
    let mut words: HashSet<&str> = HashSet::new();
    for (spec, table) in TABLES.iter().zip(&cx.draft.tables) {
        if spec.is_graded() {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                words.insert(cell);
                words.extend(cell.split(';').map(str::trim));
            }
        }
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for row in cx.rows("translations").filter(|row| row.has("en")) {
        let en = row.text("en");
        let near = || did_you_mean(en, words.iter().copied(), "write it as in the other tables");
        if !words.contains(en) {
            let message =
                format!("{} is of {}, which stands in no other table", row.object(), shown(en));
            row.warn("en", IDLE_TRANSLATION, message, &near());
        } else if !seen.insert(en) {
            let message = format!("{} translates {} once more", row.object(), shown(en));
            row.warn("en", IDLE_TRANSLATION, message, "keep one of them; the last one counts");
        }
    }
}
