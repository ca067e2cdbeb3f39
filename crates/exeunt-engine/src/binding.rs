//! What binds: one unit more of a resource or date, planned again, and what it does to each day.
//!
//! A thing binds on a day if one unit more of it makes that day's last departure out of the host earlier
//! (DESIGN, section 4). Planning again may not end worse: the old plan still stands with more of
//! anything, so a worse answer counts as no change. O(candidates x construction).

use crate::construct::State;
use crate::frozen::Frozen;
use crate::network::Network;
use crate::objective::objective;
use crate::solve::{Outcome, Request, construct_in_order};
use exeunt_model::finding::Binding;
use exeunt_model::scenario::{
    Activity, Capacity, Hours, Milestone, ResourceKind, Scenario, UserClass,
};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, Interval, PlaceId, ResourceId, Timestamp};
use std::collections::BTreeMap;

/// A change by one unit.
struct Relaxation {
    what: String,
    kind: &'static str,
    unit: String,
    /// How many units there are, so that scarce things weigh more.
    amount: i64,
    apply: Box<dyn Fn(&mut Scenario)>,
}

/// A day's last departure and the plan's closure.
struct Days {
    last: BTreeMap<Interval, Timestamp>,
    closure: Option<Timestamp>,
    value: Vec<i64>,
}

/// Finds what binds on each day with departures, the largest gain of a day first.
pub fn what_binds(s: &Scenario, request: &Request<'_>, outcome: &Outcome) -> Vec<Binding> {
    let Some(frozen) = request.frozen.map(|plan| Frozen::resolve(s, plan)).transpose().ok() else {
        return Vec::new();
    };
    let net = Network::new(s);
    let plan_again = |s: &Scenario, net: &Network<'_>| {
        days(&construct_in_order(s, net, request.seed, outcome.best_order, frozen.as_ref()))
    };
    let before = plan_again(s, &net);
    let mut bindings: Vec<(i64, Binding)> = Vec::new();
    for relaxation in relaxations(s) {
        let mut more = s.clone();
        (relaxation.apply)(&mut more);
        let after = plan_again(&more, &Network::new(&more));
        if after.value > before.value {
            continue;
        }
        for (&day, &last) in &before.last {
            let then = after.last.get(&day).copied();
            if then.is_none_or(|then| then < last) {
                let sooner = |a: Option<Timestamp>, b: Option<Timestamp>| {
                    a.zip(b).map_or(0, |(a, b)| (a - b).0)
                };
                let gain = sooner(before.closure, after.closure).saturating_mul(relaxation.amount);
                bindings.push((
                    gain,
                    Binding {
                        day,
                        date: date(s, day),
                        what: relaxation.what.clone(),
                        kind: relaxation.kind.to_owned(),
                        unit: relaxation.unit.clone(),
                        last_departure: last,
                        with_one_more: then,
                        closure: before.closure,
                        closure_with_one_more: after.closure,
                    },
                ));
            }
        }
    }
    // on a day: by the gain in closure per cent of more, since one more of two says more than one more of
    // seventy; then by the gain of the day itself
    bindings.sort_by_key(|(gain, b)| {
        let then = b.with_one_more.unwrap_or(b.day.from);
        (b.day, -*gain, then, b.what.clone())
    });
    bindings.into_iter().map(|(_, binding)| binding).collect()
}

fn days(state: &State<'_>) -> Days {
    let mut last: BTreeMap<Interval, Timestamp> = BTreeMap::new();
    for trip in state.trips.iter().filter(|trip| trip.left_host < Timestamp::MAX) {
        let (_, day) = state.s.day_of(trip.left_host);
        let found = last.entry(day).or_insert(trip.left_host);
        *found = trip.left_host.max(*found);
    }
    let closure = state.trips.iter().map(|trip| trip.at(Milestone::HomeBase)).max();
    Days { last, closure, value: objective(state).1 }
}

/// Returns a day of the operation's zone as an ISO date.
fn date(s: &Scenario, day: Interval) -> String {
    let local = day.from + Duration(s.operation.zone_offset);
    local.to_rfc3339().chars().take(10).collect()
}

/// Lists what one unit more can be had of.
fn relaxations(s: &Scenario) -> Vec<Relaxation> {
    let mut list = Vec::new();
    for (id, _) in s.resources.iter() {
        list.extend(one_more(s, id));
    }
    one_more_tail(s, &mut list);
    longer_hours(s, &mut list);
    earlier_dates(s, &mut list);
    longer_clearances(s, &mut list);
    list
}

fn one_more(s: &Scenario, id: ResourceId) -> Option<Relaxation> {
    let row = &s.resources[id];
    let place = row.place.map_or("", |place| &s.places[place].name);
    let (what, kind, unit) = match row.kind {
        ResourceKind::Stand(class) => {
            (format!("stands at {place} (class {class:?})"), "stand", "one more stand")
        }
        ResourceKind::Handling => {
            (format!("handling teams at {place}"), "handling", "one more team")
        }
        ResourceKind::HostCheck => (format!("host checks at {place}"), "host_check", "one more"),
        ResourceKind::Team => (format!("{} ({})", row.title, row.name), "team", "one more"),
        ResourceKind::Service => return None,
    };
    let windows: Vec<Interval> = to_windows(
        row.capacity.iter().filter(|c| c.amount > 0).flat_map(|c| c.windows.clone()).collect(),
    );
    let apply = move |s: &mut Scenario| {
        let capacity = Capacity { amount: 1, windows: windows.clone(), provided_by: None };
        s.resources[id].capacity.push(capacity);
    };
    let amount: i64 = row.capacity.iter().map(|c| c.amount.max(0)).sum();
    Some(Relaxation { what, kind, unit: unit.to_owned(), amount, apply: Box::new(apply) })
}

fn one_more_tail(s: &Scenario, list: &mut Vec<Relaxation>) {
    let mut pools: BTreeMap<&str, exeunt_model::TailId> = BTreeMap::new();
    for (id, tail) in s.tails.iter() {
        pools.insert(&tail.pool, id);
    }
    for (pool, last) in pools {
        let tail = &s.tails[last];
        let (name, base) = (&s.types[tail.aircraft].name, &s.places[tail.base].name);
        list.push(Relaxation {
            what: format!("tails {name} of {pool} at {base}"),
            kind: "tails",
            unit: "one more aircraft".to_owned(),
            amount: i64::try_from(s.tails.len()).unwrap_or(i64::MAX),
            apply: Box::new(move |s| {
                let mut more = s.tails[last].clone();
                more.name = format!("{}+1", more.pool);
                more.maintenance.clear();
                s.tails.push(more);
            }),
        });
    }
}

/// Widens windows by an hour at both ends.
fn widen(windows: &mut Vec<Interval>) {
    let hour = Duration::from_hours(1);
    let wide = windows.iter().map(|w| Interval { from: w.from - hour, to: w.to + hour });
    *windows = to_windows(wide.collect());
}

/// Returns the mean opening of a field in whole hours a day, over all its activities; at most 24.
fn hours_a_day(hours: &[Hours], place: PlaceId, class: UserClass) -> i64 {
    let here = hours.iter().filter(|h| h.place == place && h.user_class == class);
    let mean = |h: &Hours| {
        let (first, last) = (h.windows.first()?, h.windows.last()?);
        let open: i64 = h.windows.iter().map(|w| (w.to - w.from).0).sum();
        let span = (last.to - first.from).0.max(1);
        Some((i128::from(open) * 24 / i128::from(span)).try_into().unwrap_or(24))
    };
    here.filter_map(mean).min().unwrap_or(24)
}

fn longer_hours(s: &Scenario, list: &mut Vec<Relaxation>) {
    let binding = |class: UserClass| {
        s.tails.rows.iter().any(|tail| tail.user_class == class)
            || (class == UserClass::Civil && s.operation.civil_hours_bind_military)
    };
    let mut fields: BTreeMap<(PlaceId, UserClass), Vec<Activity>> = BTreeMap::new();
    for hours in s.hours.iter().filter(|hours| binding(hours.user_class)) {
        fields.entry((hours.place, hours.user_class)).or_default().push(hours.activity);
    }
    for ((place, class), _) in fields {
        let name = &s.places[place].name;
        list.push(Relaxation {
            what: format!("{} hours of {name}", format!("{class:?}").to_lowercase()),
            kind: "hours",
            unit: "an hour more at both ends".to_owned(),
            amount: hours_a_day(&s.hours, place, class) / 2,
            apply: Box::new(move |s| {
                let here = |h: &&mut Hours| h.place == place && h.user_class == class;
                for hours in s.hours.iter_mut().filter(here) {
                    widen(&mut hours.windows);
                }
            }),
        });
    }
    for (road, row) in s.roads.iter() {
        let Some(border) = &row.border else { continue };
        list.push(Relaxation {
            what: format!("hours of border post {}", border.name),
            kind: "border",
            unit: "an hour more at both ends".to_owned(),
            amount: 6,
            apply: Box::new(move |s| {
                if let Some(border) = &mut s.roads[road].border {
                    widen(&mut border.windows);
                }
            }),
        });
    }
}

fn earlier_dates(s: &Scenario, list: &mut Vec<Relaxation>) {
    let hour = Duration::from_hours(1);
    for (id, condition) in s.conditions.iter() {
        if condition.true_from.is_some() {
            list.push(Relaxation {
                what: format!("condition {}", condition.name),
                kind: "condition",
                unit: "true an hour earlier".to_owned(),
                amount: 1,
                apply: Box::new(move |s| {
                    let from = &mut s.conditions[id].true_from;
                    *from = from.map(|t| t - hour);
                }),
            });
        }
    }
    let mut dates: BTreeMap<Timestamp, usize> = BTreeMap::new();
    for element in &s.elements.rows {
        let ready = (element.ready > s.operation.start).then_some(element.ready);
        for date in [element.load_from, ready].into_iter().flatten() {
            *dates.entry(date).or_default() += 1;
        }
    }
    for (date, n) in dates {
        let local = (date + Duration(s.operation.zone_offset)).to_rfc3339().replace('Z', "");
        list.push(Relaxation {
            what: format!("date {} of {n} elements", local.replace('T', " ")),
            kind: "date",
            unit: "an hour earlier".to_owned(),
            amount: 1,
            apply: Box::new(move |s| {
                for element in &mut s.elements.rows {
                    if element.load_from == Some(date) {
                        element.load_from = Some(date - hour);
                    }
                    if element.ready == date {
                        element.ready = date - hour;
                    }
                }
            }),
        });
    }
}

fn longer_clearances(s: &Scenario, list: &mut Vec<Relaxation>) {
    let hour = Duration::from_hours(1);
    for state in
        s.clearances.rows.iter().map(|c| &c.state).collect::<std::collections::BTreeSet<_>>()
    {
        let state = state.clone();
        list.push(Relaxation {
            what: format!("clearances of {state}"),
            kind: "clearance",
            unit: "valid an hour longer at both ends".to_owned(),
            amount: 1,
            apply: Box::new(move |s| {
                let of = |c: &&mut exeunt_model::scenario::Clearance| c.state == state && c.granted;
                for clearance in s.clearances.rows.iter_mut().filter(of) {
                    clearance.asked = clearance.asked.map(|asked| asked - hour);
                    if let Some(valid) = &mut clearance.valid {
                        valid.from = valid.from - hour;
                        valid.to = valid.to + hour;
                    }
                }
            }),
        });
    }
}
