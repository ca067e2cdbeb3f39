//! Air legs, roads with their posts, and clearances.

use super::superfluous;
use super::windows::{daily, stretch};
use crate::calendar::subtract;
use crate::cell;
use crate::codes::{CLEARANCE_WITHOUT_DATES, DUPLICATE_BORDER, MISSING_POSITION};
use crate::context::Context;
use crate::row::Row;
use crate::suggest::shown;
use exeunt_model::scenario::{AirLeg, Border, Clearance, ClearanceKind, Place, Road};
use exeunt_model::{Distance, Duration, Interval, PlaceId, ResourceId, RoadId, Speed, Table};
use std::collections::BTreeMap;

/// Great circle to route, where no route is stated, in per cent (docs/files.md).
const ROUTE_PERCENT: i64 = 103;

pub(super) fn air_leg(row: Row<'_, '_>, places: &Table<PlaceId, Place>) -> AirLeg {
    let ends: [Option<PlaceId>; 2] = ["from", "to"].map(|column| row.opt_ref(column));
    let distance = match (row.number("route_km"), ends) {
        (Some(metres), _) => Distance(metres),
        (None, [Some(from), Some(to)]) if !row.has("route_km") => {
            great_circle(row, places, from, to)
        }
        (None, _) => Distance(1),
    };
    AirLeg {
        name: row.string("id"),
        from: row.required_ref("from"),
        to: row.required_ref("to"),
        distance,
        states: row.strings("states"),
        types: row.refs("types"),
        closed: closed(row),
    }
}

/// Reads the stretch in which a leg or post is closed, if the row states one.
fn closed(row: Row<'_, '_>) -> Vec<Interval> {
    match row.has("closed_from") || row.has("closed_to") {
        true => vec![stretch(row, "closed_from", "closed_to")],
        false => Vec::new(),
    }
}

fn great_circle(
    row: Row<'_, '_>,
    places: &Table<PlaceId, Place>,
    from: PlaceId,
    to: PlaceId,
) -> Distance {
    let lost = [from, to].into_iter().find(|&end| places[end].position.is_none());
    if let Some(end) = lost.filter(|&end| row.cx.place_row(end).is_clean()) {
        let message = format!(
            "`route_km` of {} is blank, and {} has no coordinates to compute it from",
            row.object(),
            shown(&places[end].name)
        );
        let remedy = "state route_km, or lat and lon of both airfields";
        row.report("route_km", MISSING_POSITION, message, "", remedy);
    }
    match (places[from].position, places[to].position) {
        (Some(from), Some(to)) => {
            let direct = exeunt_model::geo::geodesic(from, to);
            Distance(direct.0 * ROUTE_PERCENT / 100)
        }
        _ => Distance(1),
    }
}

pub(super) fn roads(cx: &Context<'_>) -> Table<RoadId, Road> {
    let mut roads: Table<RoadId, Road> = Table::new(cx.rows("roads").map(road).collect());
    for row in cx.rows("borders") {
        let within = stretch(row, "valid_from", "valid_to");
        let border = Border {
            name: row.string("id"),
            vehicles_per_hour: row.number_or("vehicles_per_hour", 1),
            windows: subtract(&daily(row, "open_from", "open_to", within), &closed(row)),
        };
        let Some(id) = row.opt_ref::<RoadId>("road") else { continue };
        if let Some(first) = &roads[id].border {
            let message = format!(
                "{} stands on the road {}, which has the post {} already",
                row.object(),
                shown(row.text("road")),
                shown(&first.name)
            );
            row.report("road", DUPLICATE_BORDER, message, "", "split the road or keep one post");
        } else {
            roads[id].border = Some(border);
        }
    }
    roads
}

fn road(row: Row<'_, '_>) -> Road {
    let mut escorts: BTreeMap<ResourceId, i64> = BTreeMap::new();
    for item in row.items("escorts") {
        let Ok((id, amount)) = cell::need(item) else { continue };
        if let Some(id) = row.resolve::<ResourceId>("escorts", id) {
            *escorts.entry(id).or_default() += amount;
        }
    }
    if row.has("escort_back_min") && !row.has("escorts") {
        superfluous(row, "escort_back_min", "columns need no escort on it");
    }
    Road {
        name: row.string("id"),
        from: row.required_ref("from"),
        to: row.required_ref("to"),
        distance: Distance(row.number_or("km", 1)),
        rate: Speed(row.number_or("rate_kmh", 1_000)),
        max_vehicles: row.number("max_vehicles"),
        headway: row.number("headway_min").map(Duration),
        escorts: escorts.into_iter().collect(),
        escort_back: row.duration("escort_back_min"),
        border: None,
    }
}

pub(super) fn clearance(row: Row<'_, '_>) -> Clearance {
    let granted = row.text("status") == "granted";
    let valid = stretch(row, "valid_from", "valid_to");
    for column in ["valid_from", "valid_to"].into_iter().filter(|column| !row.has(column)) {
        if granted {
            let message = format!("{} is granted, but `{column}` is blank", row.object());
            let remedy = "state from when to when it is valid";
            row.report(column, CLEARANCE_WITHOUT_DATES, message, "", remedy);
        }
    }
    let kind = match row.text("kind") {
        "landing" => ClearanceKind::Landing,
        "border" => ClearanceKind::Border,
        _ => ClearanceKind::Overflight,
    };
    let mut clearance = Clearance {
        name: row.string("id"),
        state: row.string("state"),
        kind,
        carrier: row.required_ref("carrier"),
        legs: Vec::new(),
        fields: Vec::new(),
        roads: Vec::new(),
        asked: row.moment("asked_at"),
        lead: row.duration("lead_time_h"),
        valid: granted.then_some(valid),
        granted,
    };
    match kind {
        ClearanceKind::Overflight => clearance.legs = row.refs("covers"),
        ClearanceKind::Landing => clearance.fields = row.refs("covers"),
        ClearanceKind::Border => clearance.roads = row.refs("covers"),
    }
    clearance
}
