//! Changes by one unit: the one list from which both what binds and explanations take what they try.

use exeunt_model::explanation::Change;
use exeunt_model::scenario::{Activity, Capacity, Hours, ResourceKind, Scenario, Truth, UserClass};
use exeunt_model::time::to_windows;
use exeunt_model::{Duration, Interval, PlaceId, ResourceId, TailId, Timestamp};
use std::collections::BTreeMap;

/// A change by one unit.
pub(crate) struct Relaxation {
    pub(crate) change: Change,
    pub(crate) what: String,
    pub(crate) kind: &'static str,
    pub(crate) unit: String,
    /// How many units there are, so that scarce things weigh more.
    pub(crate) amount: i64,
    pub(crate) apply: Box<dyn Fn(&mut Scenario) + Send + Sync>,
}

/// Applies a change to a scenario; `false` if there is nothing of the kind to change.
///
/// This is the change as the model knows it. As rows of files it is written by `exeunt_scenario::overlay_of`.
pub fn apply(s: &mut Scenario, change: &Change) -> bool {
    let hour = Duration::from_hours(1);
    match *change {
        Change::StagingTime(place) => {
            let Some(field) = s.places[place].airfield.as_mut() else { return false };
            let is_shorter = field.staging_time >= hour;
            if is_shorter {
                field.staging_time = field.staging_time - hour;
            }
            is_shorter
        }
        Change::Shift(resource) => {
            let rows = s.resources[resource].capacity.iter_mut().filter(|row| row.amount > 0);
            rows.for_each(|row| widen(&mut row.windows));
            true
        }
        Change::Priced(row) => std::mem::replace(&mut s.precedence[row].hard, false),
        Change::NobodyStays(row) => std::mem::take(&mut s.precedence[row].stay) > 0,
        Change::NothingKept(resource) => std::mem::take(&mut s.resources[resource].keep) > 0,
        Change::Spread(element) => {
            let spread = &mut s.elements[element].spread;
            *spread = spread.map(|spread| spread + hour);
            spread.is_some()
        }
        _ => {
            let list = units_more(s, usize::MAX);
            let found = list.into_iter().find(|relaxation| relaxation.change == *change);
            found.is_some_and(|relaxation| {
                (relaxation.apply)(s);
                true
            })
        }
    }
}

/// Lists what one unit more can be had of; of dates those of most elements.
pub(crate) fn units_more(s: &Scenario, dates_max: usize) -> Vec<Relaxation> {
    let mut list = Vec::new();
    for (id, _) in s.resources.iter() {
        list.extend(one_more(s, id));
    }
    one_more_tail(s, &mut list);
    more_room(s, &mut list);
    longer_hours(s, &mut list);
    earlier_conditions(s, &mut list);
    earlier_dates(s, dates_max, &mut list);
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
        ResourceKind::Escort => (format!("{} ({})", row.title, row.name), "escort", "one more"),
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
    let change = Change::OneMore(id);
    Some(Relaxation { change, what, kind, unit: unit.to_owned(), amount, apply: Box::new(apply) })
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
            change: Change::Tail(first),
            what: format!("tails {} at {}", s.types[aircraft].name, s.places[base].name),
            kind: "tails",
            unit: "one more aircraft".to_owned(),
            // aircraft stand in for one another, so the whole fleet counts
            amount: i64::try_from(s.tails.len()).unwrap_or(i64::MAX),
            apply: Box::new(move |s| {
                let mut more = s.tails[first].clone();
                more.name = format!("{}-more", more.name);
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
                change: Change::StagingRoom(id),
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
                change: Change::ColumnSize(id),
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
            change: Change::Hours(place, class),
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
            change: Change::Border(road),
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

fn earlier_conditions(s: &Scenario, list: &mut Vec<Relaxation>) {
    let hour = Duration::from_hours(1);
    for (id, condition) in s.conditions.iter() {
        if condition.truth == Truth::From(None) {
            continue;
        }
        list.push(Relaxation {
            change: Change::Condition(id),
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
}

fn earlier_dates(s: &Scenario, dates_max: usize, list: &mut Vec<Relaxation>) {
    let hour = Duration::from_hours(1);
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
    for (date, names) in dates.into_iter().take(dates_max) {
        let more = names.len().saturating_sub(2);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        list.push(Relaxation {
            change: Change::Date(date),
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
            change: Change::Clearances(state.clone()),
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
