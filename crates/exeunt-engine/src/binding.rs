//! What binds: one unit more of a resource or date, planned again, and what it does to each day.
//!
//! A thing binds on a day if one unit more of it makes that day's last departure out of the host earlier
//! (DESIGN, section 4). Planning again may not end worse: the old plan still stands with more of
//! anything, so a worse answer counts as no change. O(candidates x construction).

use crate::construct::State;
use crate::frozen::Frozen;
use crate::network::Network;
use crate::objective::objective;
use crate::sequence::Outlook;
use crate::solve::{Outcome, Request, construct_in_order};
use exeunt_model::finding::Binding;
use exeunt_model::scenario::{
    Activity, Capacity, Hours, Milestone, ResourceKind, Scenario, Truth, UserClass,
};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, Interval, PlaceId, ResourceId, TailId, Timestamp};
use std::collections::BTreeMap;

/// Most dates that are tried.
const DATES_MAX: usize = 12;

/// A change by one unit.
struct Relaxation {
    what: String,
    kind: &'static str,
    unit: String,
    /// How many units there are, so that scarce things weigh more.
    amount: i64,
    apply: Box<dyn Fn(&mut Scenario) + Send + Sync>,
}

/// What a plan does day by day.
struct Days {
    /// Last time somebody leaves the host, by day.
    last: BTreeMap<Interval, Timestamp>,
    /// Moments with the pieces that leave the host then, sorted.
    out: Vec<(Timestamp, i64)>,
    closure: Option<Timestamp>,
    value: Vec<i64>,
}

impl Days {
    fn of(state: &State<'_>) -> Self {
        let left = state.trips.iter().filter(|trip| trip.left_host < Timestamp::MAX);
        let mut out: Vec<(Timestamp, i64)> =
            left.map(|trip| (trip.left_host, trip.count)).collect();
        out.sort_unstable();
        let mut last = BTreeMap::new();
        for &(t, _) in &out {
            last.insert(state.s.day_of(t).1, t);
        }
        let closure = state.trips.iter().map(|trip| trip.at(Milestone::HomeBase)).max();
        Self { last, out, closure, value: objective(state).1 }
    }

    fn out_before(&self, t: Timestamp) -> i64 {
        self.out.iter().take_while(|(at, _)| *at < t).map(|(_, count)| count).sum()
    }
}

/// Finds what binds on each day with departures, what tells most first, and says whether every candidate was asked.
/// `go_on` is asked before each round of candidates; with `false` the rest is left out.
pub fn what_binds(
    s: &Scenario,
    request: &Request<'_>,
    outcome: &Outcome,
    go_on: impl Fn() -> bool,
) -> (Vec<Binding>, bool) {
    let Some(frozen) = request.frozen.map(|plan| Frozen::resolve(s, plan)).transpose().ok() else {
        return (Vec::new(), false);
    };
    let frozen = frozen.as_ref();
    let plan_again = |s: &Scenario| {
        let net = Network::new(s);
        let outlook = Outlook::new(s, &net);
        let state = construct_in_order(s, &net, &outlook, request.seed, outcome.best_order, frozen);
        Days::of(&state)
    };
    let before = plan_again(s);
    let list = relaxations(s);
    let mut found: Vec<(i64, Binding)> = Vec::new();
    let mut is_complete = true;
    for round in list.chunks(request.threads.max(1)) {
        if !go_on() {
            is_complete = false;
            break;
        }
        let ask = |relaxation: &Relaxation| {
            let mut more = s.clone();
            (relaxation.apply)(&mut more);
            plan_again(&more)
        };
        let answers: Vec<Days> = std::thread::scope(|scope| {
            let asked: Vec<_> = round.iter().map(|r| scope.spawn(move || ask(r))).collect();
            asked
                .into_iter()
                .map(|handle| handle.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
                .collect()
        });
        for (relaxation, after) in round.iter().zip(&answers) {
            compare(s, relaxation, &before, after, &mut found);
        }
    }
    // on a day: by the gain in closure per cent of more, since one more of two says more than one more of
    // seventy; then by the gain of the day itself
    found.sort_by_key(|(gain, b)| {
        let then = b.with_one_more.unwrap_or(b.day.from);
        (b.day, -*gain, then, b.what.clone())
    });
    (found.into_iter().map(|(_, binding)| binding).collect(), is_complete)
}

/// Adds the days on which a relaxation binds: nobody is out later, and the day's last departure comes earlier.
fn compare(
    s: &Scenario,
    relaxation: &Relaxation,
    before: &Days,
    after: &Days,
    found: &mut Vec<(i64, Binding)>,
) {
    if after.value > before.value {
        return;
    }
    let sooner = before.closure.zip(after.closure).map_or(0, |(a, b)| (a - b).0);
    let gain = sooner.saturating_mul(relaxation.amount);
    for (&day, &last) in &before.last {
        let then = after.last.get(&day).copied();
        let earlier = then.is_none_or(|then| then < last);
        if earlier && after.out_before(day.to) >= before.out_before(day.to) {
            let binding = Binding {
                day,
                date: date(s, day),
                what: relaxation.what.clone(),
                kind: relaxation.kind.to_owned(),
                unit: relaxation.unit.clone(),
                last_departure: last,
                with_one_more: then,
                closure: before.closure,
                closure_with_one_more: after.closure,
            };
            found.push((gain, binding));
        }
    }
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
    more_room(s, &mut list);
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
    // aircraft of a type at a base are one fleet, however their rows are cut
    let mut fleets: BTreeMap<_, Vec<TailId>> = BTreeMap::new();
    for (id, tail) in s.tails.iter() {
        fleets.entry((tail.aircraft, tail.base, tail.owner)).or_default().push(id);
    }
    for ((aircraft, base, _), tails) in fleets {
        let first = tails.iter().copied().min_by_key(|id| s.tails[*id].available.from);
        let Some(first) = first else { continue };
        list.push(Relaxation {
            what: format!("tails {} at {}", s.types[aircraft].name, s.places[base].name),
            kind: "tails",
            unit: "one more aircraft".to_owned(),
            // aircraft stand in for one another, so the whole fleet counts
            amount: i64::try_from(s.tails.len()).unwrap_or(i64::MAX),
            apply: Box::new(move |s| {
                let mut more = s.tails[first].clone();
                more.name = format!("{}+1", more.name);
                more.maintenance.clear();
                s.tails.push(more);
            }),
        });
    }
}

/// Room at fields and on roads: staging areas, the size of columns.
fn more_room(s: &Scenario, list: &mut Vec<Relaxation>) {
    for (id, place) in s.places.iter() {
        let Some(field) = &place.airfield else { continue };
        if field.staging_people.is_some() || field.staging_vehicles.is_some() {
            list.push(Relaxation {
                what: format!("staging area of {}", place.name),
                kind: "staging",
                unit: "room for ten more people and one more vehicle".to_owned(),
                amount: field.staging_vehicles.or(field.staging_people).unwrap_or(1),
                apply: Box::new(move |s| {
                    if let Some(field) = &mut s.places[id].airfield {
                        field.staging_people = field.staging_people.map(|people| people + 10);
                        field.staging_vehicles = field.staging_vehicles.map(|items| items + 1);
                    }
                }),
            });
        }
    }
    for (id, road) in s.roads.iter() {
        if let Some(most) = road.max_vehicles {
            list.push(Relaxation {
                what: format!("column size on {}", road.name),
                kind: "road",
                unit: "one more vehicle".to_owned(),
                amount: most,
                apply: Box::new(move |s| s.roads[id].max_vehicles = Some(most + 1)),
            });
        }
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
    here.map(|h| hours_open(&h.windows)).min().unwrap_or(24)
}

/// Returns the mean opening of windows in whole hours a day.
fn hours_open(windows: &[Interval]) -> i64 {
    let (Some(first), Some(last)) = (windows.first(), windows.last()) else { return 0 };
    let open: i128 = windows.iter().map(|w| i128::from((w.to - w.from).0)).sum();
    let span = i128::from((last.to - first.from).0.max(1));
    i64::try_from(open * 24 / span).unwrap_or(24)
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
            amount: hours_open(&border.windows) / 2,
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
        if condition.truth == Truth::From(None) {
            continue;
        }
        list.push(Relaxation {
            what: format!("condition {}", condition.name),
            kind: "condition",
            unit: "true an hour earlier".to_owned(),
            amount: 1,
            apply: Box::new(move |s| match s.conditions[id].truth.clone() {
                Truth::From(from) => s.conditions[id].truth = Truth::From(from.map(|t| t - hour)),
                Truth::Level { zone, level, .. } => {
                    let rows = s.assessments.rows.iter_mut();
                    for row in rows.filter(|row| row.zone == zone && row.level >= level) {
                        row.at = row.at - hour;
                    }
                }
            }),
        });
    }
    let mut dates: BTreeMap<Timestamp, Vec<&str>> = BTreeMap::new();
    for element in &s.elements.rows {
        let ready = (element.ready > s.operation.start).then_some(element.ready);
        for date in [element.load_from, ready].into_iter().flatten() {
            let names = dates.entry(date).or_default();
            if !names.contains(&element.name.as_str()) {
                names.push(&element.name);
            }
        }
    }
    let mut dates: Vec<(Timestamp, Vec<&str>)> = dates.into_iter().collect();
    // the dates of most elements; beyond these few each is somebody's own
    dates.sort_by_key(|(date, names)| (std::cmp::Reverse(names.len()), *date));
    for (date, names) in dates.into_iter().take(DATES_MAX) {
        let more = names.len().saturating_sub(2);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        list.push(Relaxation {
            what: format!("date {date} of {}{rest}", names[..names.len().min(2)].join(", ")),
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
