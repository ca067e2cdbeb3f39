//! What waits for the handovers: of each element about how long its lift takes, and of which fields' handling how much.
//!
//! The outlook of a schedule is how late the lift would be if each field served what is ready in order of readiness, both
//! when it is loaded and where it is unloaded, as much as handling allows (one-machine heads and tails, Carlier 1982, with a
//! capacity that changes). It decides between sequences of handovers only; what is planned on a schedule is decided where it
//! is planned. O(elements log elements) for a schedule.

use crate::construct::deadline;
use crate::convoy;
use crate::handover::capacity;
use crate::hold::{Left, Waiting, fill_share};
use crate::march::most_vehicles;
use crate::network::{Network, RoadPath, march_time};
use crate::timeline::Timeline;
use exeunt_model::scenario::{AircraftType, Mode, ResourceKind, Scenario, UserClass};
use exeunt_model::{
    Duration, ElementId, Id, Mass, PartyId, PieceId, PlaceId, SiteId, Timestamp, formula,
};

/// What the lift of an element needs.
#[derive(Debug)]
struct Need {
    element: ElementId,
    /// Sites that free it.
    freed_by: Vec<SiteId>,
    /// Earliest departure from its origin.
    ready: Timestamp,
    /// From its origin until it can be loaded.
    lead: Duration,
    /// Earliest loading.
    load_from: Timestamp,
    /// Where it boards; none by road.
    loading: Option<Service>,
    /// From the end of a loading to the landing; by road, the march.
    travel: Duration,
    /// Where it is unloaded; none by road.
    unloading: Option<Service>,
    /// From the end of an unloading to its destination.
    onward: Duration,
    /// Its pieces, singly.
    pieces: i64,
    /// When it has to be at its destination.
    deadline: i64,
    /// After which borders, hours and clearances let it march, or take off, no more.
    latest: Timestamp,
}

/// Services of an element at one end of its flights.
#[derive(Debug, Clone, Copy)]
struct Service {
    /// Capacity that they take; none without a limit.
    line: Option<usize>,
    /// What they take of it, in seconds of one unit.
    work: i64,
    /// Time of one.
    time: Duration,
}

/// What waits for the handovers.
#[derive(Debug)]
pub(crate) struct Outlook {
    needs: Vec<Need>,
    /// Capacity of the fields' handling.
    lines: Vec<Timeline>,
    start: Timestamp,
}

/// How late a schedule makes the lift: what never ends, seconds after deadlines, the last arrival, the sum of arrivals.
pub(crate) type Worth = (usize, i64, Timestamp, i64);

impl Outlook {
    pub(crate) fn new(s: &Scenario, net: &Network<'_>) -> Self {
        let mut lines: Vec<(PlaceId, Timeline)> = Vec::new();
        let mut pieces: Vec<Vec<PieceId>> = vec![Vec::new(); s.elements.len()];
        for (id, piece) in s.pieces.iter() {
            pieces[piece.element.index()].push(id);
        }
        let mut needs = Vec::new();
        for (id, element) in s.elements.iter() {
            let pieces = &pieces[id.index()];
            if !pieces.is_empty()
                && net.obstacle(element).is_none()
                && let Some(need) = need(s, net, id, pieces, &mut lines)
            {
                needs.push(need);
            }
        }
        let lines = lines.into_iter().map(|(_, line)| line).collect();
        Self { needs, lines, start: s.operation.start }
    }

    /// Returns how late handovers that end so make the lift.
    pub(crate) fn value(&self, ends: &[Option<Timestamp>]) -> Worth {
        let mut ready: Vec<(Timestamp, usize)> = Vec::with_capacity(self.needs.len());
        let mut n_never = 0;
        for (at, need) in self.needs.iter().enumerate() {
            match self.ready(need, ends) {
                Some(t) => ready.push((t, at)),
                None => n_never += 1,
            }
        }
        ready.sort_unstable();
        let mut busy = vec![Timestamp::MIN; self.lines.len()];
        let (mut late, mut last, mut sum) = (0_i64, Timestamp::MIN, 0_i64);
        for (t, at) in ready {
            let need = &self.needs[at];
            let Some(home) = self.lift(need, t, &mut busy) else {
                n_never += 1;
                continue;
            };
            late = late.saturating_add((home.0 - need.deadline).max(0));
            last = last.max(home);
            sum = sum.saturating_add((home - self.start).0.saturating_mul(need.pieces));
        }
        (n_never, late, last, sum)
    }

    /// Returns when each element would be at its destination if it were alone; none if it never is.
    pub(crate) fn alone(&self, s: &Scenario, ends: &[Option<Timestamp>]) -> Vec<Option<Timestamp>> {
        let mut home = vec![None; s.elements.len()];
        for need in &self.needs {
            let mut busy = vec![Timestamp::MIN; self.lines.len()];
            let ready = self.ready(need, ends);
            home[need.element.index()] = ready.and_then(|t| self.lift(need, t, &mut busy));
        }
        home
    }

    /// Returns when an element can be loaded, or march all the way, after handovers that end so.
    fn ready(&self, need: &Need, ends: &[Option<Timestamp>]) -> Option<Timestamp> {
        let mut sites = need.freed_by.iter();
        let free = sites.try_fold(self.start, |t, site| Some(t.max(ends[site.index()]?)))?;
        Some((free.max(need.ready) + need.lead).max(need.load_from))
    }

    /// Returns when an element that is ready at `t` is at its destination: loaded and unloaded as fast as its fields
    /// serve it after those before it, each at least as long as one service takes.
    fn lift(&self, need: &Need, t: Timestamp, busy: &mut [Timestamp]) -> Option<Timestamp> {
        let Some(loading) = need.loading else {
            return (t <= need.latest).then_some(t + need.travel);
        };
        let (first, last) = self.serve(loading, t, t, busy)?;
        if last > need.latest {
            return None;
        }
        let Some(unloading) = need.unloading else { return Some(last + need.travel) };
        let lands = first + loading.time + need.travel;
        let (_, unloaded) = self.serve(unloading, lands, last + need.travel, busy)?;
        Some(unloaded + need.onward)
    }

    /// Returns from when to when a field serves what begins to come at `from` and has come at `until`.
    fn serve(
        &self,
        service: Service,
        from: Timestamp,
        until: Timestamp,
        busy: &mut [Timestamp],
    ) -> Option<(Timestamp, Timestamp)> {
        let Some(line) = service.line else { return Some((from, until + service.time)) };
        let starts = from.max(busy[line]);
        let served = self.lines[line].done_by(starts, service.work)?;
        busy[line] = served;
        // what is left of the field's capacity serves others meanwhile
        Some((starts, served.max(starts.max(until) + service.time)))
    }
}

/// Returns what the lift of an element needs, if the commonest aircraft that may carry it do so.
fn need(
    s: &Scenario,
    net: &Network<'_>,
    id: ElementId,
    pieces: &[PieceId],
    lines: &mut Vec<(PlaceId, Timeline)>,
) -> Option<Need> {
    let element = &s.elements[id];
    let items: i64 = pieces.iter().map(|p| s.pieces[*p].items_each() * s.pieces[*p].count).sum();
    let way = |from, to| {
        if from == to {
            return Duration::ZERO;
        }
        let path = net.road_path(element.party, from, to).unwrap_or_default();
        march(s, &path, items)
    };
    let mut need = Need {
        element: id,
        freed_by: element.freed_by.clone(),
        ready: s.operation.start.max(element.ready),
        lead: Duration::ZERO,
        load_from: element.load_from.unwrap_or(Timestamp::MIN),
        loading: None,
        travel: Duration::ZERO,
        unloading: None,
        onward: Duration::ZERO,
        pieces: pieces.iter().map(|piece| s.pieces[*piece].count).sum(),
        deadline: deadline(s, id),
        latest: s.operation.end,
    };
    let Mode::Air { embark, debark } = element.mode else {
        need.travel = way(element.origin, element.destination);
        let path = net.road_path(element.party, element.origin, element.destination);
        need.latest = last_march(s, net, element.party, &path.unwrap_or_default(), items);
        return Some(need);
    };
    let staging = s.places[embark].airfield.as_ref().map_or(Duration::ZERO, |f| f.staging_time);
    if element.origin != embark {
        need.lead = way(element.origin, embark) + staging;
    }
    need.onward = way(debark, element.destination);
    let arcs = net.carriers.iter().flat_map(|c| net.lifts(*c, embark, debark).map(move |a| (c, a)));
    let (carrier, arc) = arcs.max_by_key(|(c, arc)| {
        let tails = s.tails.rows.iter().filter(|t| t.aircraft == c.aircraft);
        (tails.count(), **c, std::cmp::Reverse(arc.block))
    })?;
    let aircraft = &s.types[carrier.aircraft];
    need.travel = arc.block;
    need.latest = arc.windows.last().map_or(Timestamp::MIN, |window| window.to);
    let loads = loads(s, aircraft, arc.payload, pieces);
    let mut service = |field: PlaceId, time: Duration| {
        let line = line(s, net, field, lines);
        Service { line, work: loads * time.0 * aircraft.handling_teams, time }
    };
    need.loading = Some(service(embark, aircraft.onload));
    need.unloading = Some(service(debark, aircraft.offload));
    Some(need)
}

/// Returns the number of a field's handling among the lines, where it is limited.
fn line(
    s: &Scenario,
    net: &Network<'_>,
    field: PlaceId,
    lines: &mut Vec<(PlaceId, Timeline)>,
) -> Option<usize> {
    if let Some(known) = lines.iter().position(|(place, _)| *place == field) {
        return Some(known);
    }
    let here = s
        .resources
        .iter()
        .filter(|(_, r)| r.place == Some(field) && r.kind == ResourceKind::Handling);
    let here: Vec<_> = here.map(|(id, _)| id).collect();
    if here.is_empty() {
        return None;
    }
    let mut line = capacity(s, &here);
    line.within(net.handling_hours(field, UserClass::Military));
    lines.push((field, line));
    Some(lines.len() - 1)
}

/// Returns in how many loads an aircraft type carries pieces.
fn loads(s: &Scenario, aircraft: &AircraftType, payload: Mass, pieces: &[PieceId]) -> i64 {
    let mut left: Waiting = pieces.iter().map(|p| (*p, s.pieces[*p].count)).collect();
    let mut n = 0;
    while !left.is_empty() {
        let mut rest = Left::default();
        for &(piece, count) in &left {
            rest.add(&s.pieces[piece], count);
        }
        let all = (i64::MAX, i64::MAX);
        let chalk = fill_share(s, aircraft, payload, std::slice::from_ref(&left), rest, all);
        if chalk.is_empty() {
            break;
        }
        // the same load as often as there are pieces for it
        let counts = chalk.counts();
        let there = |piece: PieceId| left.iter().find(|row| row.0 == piece).map_or(0, |row| row.1);
        let times = counts.iter().map(|(p, c)| there(*p) / c).min().unwrap_or(1).max(1);
        for row in &mut left {
            let taken = counts.iter().find(|(p, _)| *p == row.0).map_or(0, |(_, c)| *c);
            row.1 -= taken * times;
        }
        left.retain(|row| row.1 > 0);
        n += times;
    }
    n.max(1)
}

/// Returns the last moment at which a march may begin, each leg at the rate of its road, so that its borders are open
/// and cleared.
fn last_march(
    s: &Scenario,
    net: &Network<'_>,
    party: PartyId,
    path: &RoadPath,
    items: i64,
) -> Timestamp {
    let each = items.min(most_vehicles(s, path)).max(1);
    let mut latest = s.operation.end;
    let mut on_the_way = Duration::ZERO;
    for (road, ..) in path {
        let time = march_time(s, &s.roads[*road], each).unwrap_or(Duration::ZERO);
        let windows = net.border_windows(*road, party, time);
        let last = windows.last().map_or(Timestamp::MIN, |window| window.to);
        if last < Timestamp::MAX {
            latest = latest.min(last - Duration(1) - on_the_way);
        }
        on_the_way = on_the_way + time;
    }
    latest
}

/// Returns how long a march takes, in as many columns as the roads ask for, one after the other.
fn march(s: &Scenario, path: &RoadPath, items: i64) -> Duration {
    let each = items.min(most_vehicles(s, path)).max(1);
    let density = s.operation.march_density_per_km;
    let legs = path.iter().map(|(road, ..)| {
        let road = &s.roads[*road];
        march_time(s, road, each).unwrap_or(Duration::ZERO)
    });
    let rests = convoy::rests(s, path.iter().map(|leg| leg.0));
    let head = legs.fold(rests, |sum, leg| sum + leg);
    let pass = path.last().and_then(|(road, ..)| {
        formula::pass_time(each, density, s.roads[*road].rate, Duration::ZERO)
    });
    head + pass.unwrap_or(Duration::ZERO)
}
