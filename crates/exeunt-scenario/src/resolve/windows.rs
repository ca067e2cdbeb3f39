//! Stretches of time and daily local hours as UTC windows; opening hours and curfews.

use super::aircraft::user_class;
use crate::calendar::subtract;
use crate::codes::{HALF_WINDOW, IMPOSSIBLE_WINDOW};
use crate::context::Context;
use crate::row::Row;
use crate::suggest::shown;
use exeunt_model::scenario::{Activity, Curfew, Hours, UserClass};
use exeunt_model::time::to_windows;
use exeunt_model::{Interval, PlaceId, Timestamp};
use std::collections::BTreeMap;

/// Joins the rows of each field, class and activity: open ones less closed ones. Where only closed
/// rows stand, the field is open at all other times, as it is without rows.
pub(super) fn hours(cx: &Context<'_>) -> Vec<Hours> {
    #[derive(Default)]
    struct Joined {
        has_open: bool,
        open: Vec<Interval>,
        closed: Vec<Interval>,
    }
    let mut order = Vec::new();
    let mut joined: BTreeMap<(PlaceId, UserClass, Activity), Joined> = BTreeMap::new();
    for row in cx.rows("hours") {
        let within = stretch(row, "valid_from", "valid_to");
        let windows = daily(row, "open_from", "open_to", within);
        let activity = match row.text("activity") {
            "handling" => Activity::Handling,
            _ => Activity::Movement,
        };
        let key = (row.required_ref("field"), user_class(row.text("user_class")), activity);
        let entry = joined.entry(key).or_insert_with(|| {
            order.push(key);
            Joined::default()
        });
        match row.text("state") {
            "closed" => entry.closed.extend(windows),
            _ => {
                entry.has_open = true;
                entry.open.extend(windows);
            }
        }
    }
    let windows = |rows: Joined| {
        let open = if rows.has_open { to_windows(rows.open) } else { vec![Interval::ALWAYS] };
        subtract(&open, &to_windows(rows.closed))
    };
    let hours = |key: (PlaceId, UserClass, Activity)| {
        let (place, user_class, activity) = key;
        let windows = joined.remove(&key).map(windows).unwrap_or_default();
        Hours { place, user_class, activity, windows }
    };
    order.into_iter().map(hours).collect()
}

pub(super) fn curfew(row: Row<'_, '_>) -> Curfew {
    let within = stretch(row, "valid_from", "valid_to");
    let windows = match (row.clock("begins"), row.clock("ends")) {
        (Some(begins), Some(ends)) if begins == ends => {
            impossible(row, "ends", "begins");
            Vec::new()
        }
        (Some(begins), Some(ends)) => row.cx.zone.daily((begins, ends), row.cx.span(), within),
        _ => Vec::new(),
    };
    Curfew { name: row.string("id"), area: row.string("area"), windows }
}

/// Reads a stretch of time whose blank ends are open.
pub(super) fn stretch(row: Row<'_, '_>, from: &str, to: &str) -> Interval {
    let stretch = Interval {
        from: row.moment(from).unwrap_or(Timestamp::MIN),
        to: row.moment(to).unwrap_or(Timestamp::MAX),
    };
    if stretch.to <= stretch.from {
        impossible(row, to, from);
    }
    stretch
}

/// Reports a stretch that ends before or when it begins.
pub(crate) fn impossible(row: Row<'_, '_>, to: &str, from: &str) {
    let message = format!(
        "`{to}` of {} is {}, not after `{from}` {}",
        row.object(),
        shown(row.text(to)),
        shown(row.text(from))
    );
    let limit = format!("after {}", row.text(from));
    row.report(to, IMPOSSIBLE_WINDOW, message, &limit, "exchange or correct the two ends");
}

/// Reads daily hours within a stretch; without hours the whole stretch counts.
pub(super) fn daily(row: Row<'_, '_>, from: &str, to: &str, within: Interval) -> Vec<Interval> {
    match (row.has(from), row.has(to)) {
        (false, false) => return to_windows(vec![within]),
        (true, true) => {}
        (has_from, _) => {
            let (stated, blank) = if has_from { (from, to) } else { (to, from) };
            let message = format!("{} has `{stated}` but no `{blank}`", row.object());
            row.report(blank, HALF_WINDOW, message, "", "state both or neither");
            return Vec::new();
        }
    }
    match (row.clock(from), row.clock(to)) {
        (Some(begins), Some(ends)) if begins < ends => {
            row.cx.zone.daily((begins, ends), row.cx.span(), within)
        }
        (Some(_), Some(_)) => {
            impossible(row, to, from);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
