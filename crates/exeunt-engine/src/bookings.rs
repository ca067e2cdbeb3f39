//! Who uses what on the ground and on the road: all timelines of an operation in one place.

use crate::handover::capacity;
use crate::timeline::Timeline;
use exeunt_model::scenario::{ResourceKind, Scenario, StandClass};
use exeunt_model::{Duration, ElementId, Id, PlaceId, ResourceId, RoadId, Timestamp};

/// A use of a capacity over `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) what: Used,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    /// A stand by an aircraft of this class.
    Stand(PlaceId, StandClass),
    /// The runway around a movement.
    Slot(PlaceId),
    /// Handling teams.
    Handling(PlaceId, i64),
    /// A host check.
    HostCheck(PlaceId),
    /// The head of a road.
    Road(RoadId),
    /// A border post.
    Post(RoadId),
    /// Escorts of a column.
    Escort(ResourceId, i64),
}

/// All timelines; a missing one means no limit.
#[derive(Debug, Clone)]
pub(crate) struct Bookings {
    stands: Vec<Vec<(StandClass, Timeline)>>,
    handling: Vec<Option<Timeline>>,
    host_check: Vec<Option<Timeline>>,
    slots: Vec<Option<Timeline>>,
    /// People and items that a field still has room for.
    pub(crate) staging: Vec<(Option<Timeline>, Option<Timeline>)>,
    roads: Vec<Option<Timeline>>,
    posts: Vec<Option<Timeline>>,
    /// By resource.
    escorts: Vec<Option<Timeline>>,
    /// Last end of a use of an escort, by resource.
    pub(crate) last_escort: Vec<Timestamp>,
    /// Last end of a use of handling or host check, by place.
    pub(crate) last_service: Vec<Timestamp>,
    /// Last departure, by place.
    pub(crate) last_departure: Vec<Timestamp>,
    /// From when nobody departs any more, because the last provider has left, by place.
    pub(crate) closed_from: Vec<Timestamp>,
}

impl Bookings {
    pub(crate) fn new(s: &Scenario) -> Self {
        let at = |place: PlaceId, test: &dyn Fn(ResourceKind) -> bool| -> Vec<ResourceId> {
            let here = s.resources.iter().filter(|(_, r)| r.place == Some(place) && test(r.kind));
            here.map(|(id, _)| id).collect()
        };
        let limited = |place, kind: ResourceKind| {
            let here = at(place, &|k| k == kind);
            (!here.is_empty()).then(|| capacity(s, &here))
        };
        // only classes that some aircraft has can bind: a limit for another class follows from theirs
        let mut classes: Vec<StandClass> = s.types.rows.iter().map(|t| t.stand).collect();
        classes.sort();
        classes.dedup();
        let stands = |place| {
            if at(place, &|k| matches!(k, ResourceKind::Stand(_))).is_empty() {
                return Vec::new();
            }
            let level = |class: StandClass| {
                let here = at(place, &|k| matches!(k, ResourceKind::Stand(c) if c >= class));
                (class, capacity(s, &here))
            };
            classes.iter().map(|&class| level(class)).collect()
        };
        let n = s.places.len();
        Self {
            stands: s.places.ids().map(stands).collect(),
            handling: s.places.ids().map(|p| limited(p, ResourceKind::Handling)).collect(),
            host_check: s.places.ids().map(|p| limited(p, ResourceKind::HostCheck)).collect(),
            slots: s
                .places
                .rows
                .iter()
                .map(|p| p.airfield.as_ref().filter(|a| a.slot > Duration::ZERO))
                .map(|a| a.map(|_| Timeline::constant(1)))
                .collect(),
            staging: s
                .places
                .rows
                .iter()
                .map(|p| match &p.airfield {
                    Some(a) => (
                        a.staging_people.map(Timeline::constant),
                        a.staging_vehicles.map(Timeline::constant),
                    ),
                    None => (None, None),
                })
                .collect(),
            roads: s.roads.rows.iter().map(|r| r.headway.map(|_| Timeline::constant(1))).collect(),
            posts: s
                .roads
                .rows
                .iter()
                .map(|r| r.border.as_ref().map(|_| Timeline::constant(1)))
                .collect(),
            escorts: s
                .resources
                .iter()
                .map(|(id, r)| (r.kind == ResourceKind::Escort).then(|| capacity(s, &[id])))
                .collect(),
            last_escort: vec![Timestamp::MIN; s.resources.len()],
            last_service: vec![Timestamp::MIN; n],
            last_departure: vec![Timestamp::MIN; n],
            closed_from: vec![Timestamp::MAX; n],
        }
    }

    fn each_line(&mut self, what: Used, mut act: impl FnMut(&mut Timeline, i64)) {
        match what {
            Used::Stand(place, class) => {
                for (level, line) in &mut self.stands[place.index()] {
                    if *level <= class {
                        act(line, 1);
                    }
                }
            }
            Used::Slot(p) => one(&mut self.slots[p.index()], |line| act(line, 1)),
            Used::Handling(p, n) => one(&mut self.handling[p.index()], |line| act(line, n)),
            Used::HostCheck(p) => one(&mut self.host_check[p.index()], |line| act(line, 1)),
            Used::Road(r) => one(&mut self.roads[r.index()], |line| act(line, 1)),
            Used::Post(r) => one(&mut self.posts[r.index()], |line| act(line, 1)),
            Used::Escort(r, n) => one(&mut self.escorts[r.index()], |line| act(line, n)),
        }
    }

    /// Returns what is free of an escort.
    pub(crate) fn escort(&self, resource: ResourceId) -> Option<&Timeline> {
        self.escorts[resource.index()].as_ref()
    }

    /// Books uses.
    pub(crate) fn book(&mut self, uses: &[Use]) {
        for u in uses {
            self.each_line(u.what, |line, n| line.book(u.from, u.to, n));
            if let Used::Handling(p, _) | Used::HostCheck(p) = u.what {
                let last = &mut self.last_service[p.index()];
                *last = u.to.max(*last);
            }
            if let Used::Escort(r, _) = u.what {
                let last = &mut self.last_escort[r.index()];
                *last = u.to.max(*last);
            }
        }
    }

    /// Takes uses back.
    pub(crate) fn unbook(&mut self, uses: &[Use]) {
        for u in uses {
            self.each_line(u.what, |line, n| line.book(u.from, u.to, -n));
        }
    }

    /// Returns from when on a use over `[from, to)` no longer meets a full stretch, if it does.
    pub(crate) fn blocked_until(&self, u: Use) -> Option<Timestamp> {
        let blocked = |line: &Option<Timeline>, need| {
            line.as_ref().and_then(|line| line.blocked_until(u.from, u.to, need))
        };
        match u.what {
            Used::Stand(place, class) => self.stands[place.index()]
                .iter()
                .filter(|(level, _)| *level <= class)
                .filter_map(|(_, line)| line.blocked_until(u.from, u.to, 1))
                .max(),
            Used::Slot(p) => blocked(&self.slots[p.index()], 1),
            Used::Handling(p, n) => blocked(&self.handling[p.index()], n),
            Used::HostCheck(p) => blocked(&self.host_check[p.index()], 1),
            Used::Road(r) => blocked(&self.roads[r.index()], 1),
            Used::Post(r) => blocked(&self.posts[r.index()], 1),
            Used::Escort(r, n) => blocked(&self.escorts[r.index()], n),
        }
    }

    /// Returns the first moment from `from` on at which a field has so many teams free for so long and, for loading, a host
    /// check; none, if it never has.
    pub(crate) fn first_handling(
        &self,
        field: PlaceId,
        from: Timestamp,
        duration: Duration,
        n_teams: i64,
        loading: bool,
    ) -> Option<Timestamp> {
        let teams = self.handling[field.index()].as_ref();
        let check = self.host_check[field.index()].as_ref().filter(|_| loading);
        let mut start = from;
        loop {
            let with_teams = match teams {
                Some(line) => line.earliest(start, duration, n_teams)?,
                None => start,
            };
            let Some(check) = check else { return Some(with_teams) };
            start = check.earliest(with_teams, duration, 1)?;
            if start == with_teams {
                return Some(start);
            }
        }
    }

    /// Takes (`sign` -1) or gives back (1) the capacity that an element provides at airfields from `from` on.
    pub(crate) fn shift_provided(
        &mut self,
        s: &Scenario,
        element: ElementId,
        from: Timestamp,
        sign: i64,
    ) {
        for resource in &s.resources.rows {
            let Some(place) = resource.place else { continue };
            for row in resource.capacity.iter().filter(|row| row.provided_by == Some(element)) {
                for window in &row.windows {
                    let (from, to) = (window.from.max(from), window.to);
                    let amount = sign * row.amount;
                    match resource.kind {
                        ResourceKind::Handling => {
                            one(&mut self.handling[place.index()], |l| l.add(from, to, amount));
                        }
                        ResourceKind::HostCheck => {
                            one(&mut self.host_check[place.index()], |l| l.add(from, to, amount));
                        }
                        ResourceKind::Stand(class) => {
                            for (level, line) in &mut self.stands[place.index()] {
                                if *level <= class {
                                    line.add(from, to, amount);
                                }
                            }
                        }
                        ResourceKind::Team | ResourceKind::Service | ResourceKind::Escort => {}
                    }
                }
            }
        }
    }

    /// Takes (`sign` -1) or gives back (1) the escorts that an element provides over `[from, to)`.
    pub(crate) fn shift_escorts(
        &mut self,
        s: &Scenario,
        element: ElementId,
        (from, to): (Timestamp, Timestamp),
        sign: i64,
    ) {
        for (id, resource) in s.resources.iter() {
            let Some(line) = &mut self.escorts[id.index()] else { continue };
            for row in resource.capacity.iter().filter(|row| row.provided_by == Some(element)) {
                for window in &row.windows {
                    line.add(window.from.max(from), window.to.min(to), sign * row.amount);
                }
            }
        }
    }
}

fn one(line: &mut Option<Timeline>, act: impl FnOnce(&mut Timeline)) {
    if let Some(line) = line {
        act(line);
    }
}
