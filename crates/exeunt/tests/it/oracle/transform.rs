//! Changes of operations whose effect on the optimum is known, and what of a plan is left when names are forgotten.

use exeunt_model::plan::{Plan, Service};
use exeunt_model::scenario::*;
use exeunt_model::time::to_windows;
use exeunt_model::{
    Distance, Duration, ElementId, Id, Interval, LegId, Length, Mass, PartyId, PlaceId, ResourceId,
    SiteId, StepId, Timestamp,
};

/// A plan without names: positions of rows and seconds since the start.
pub(crate) fn shape(s: &Scenario, plan: &Plan) -> Vec<String> {
    let place = |name: &str| s.place(name).expect("a place").index();
    let piece = |name: &str| s.pieces.find(|row| row.name == name).expect("a piece").index();
    let t = |t: Timestamp| (t - s.operation.start).0;
    let service = |service: Option<Service>| service.map(|x| (t(x.starts), t(x.ends)));
    let mut rows = vec![format!("value {:?}", plan.objective)];
    for line in &plan.lines {
        let tail = s.tail(&line.tail).expect("a tail").index();
        for sortie in &line.sorties {
            let ends = (place(&sortie.from), place(&sortie.to), t(sortie.departs), t(sortie.lands));
            let work = (service(sortie.loading), service(sortie.unloading));
            let mut load: Vec<_> = sortie.load.iter().map(|x| (piece(&x.piece), x.count)).collect();
            load.sort_unstable();
            rows.push(format!("tail {tail} {ends:?} {work:?} {load:?}"));
        }
    }
    for column in &plan.columns {
        let march = |m: &exeunt_model::plan::March| {
            (place(&m.from), place(&m.to), t(m.departs), t(m.arrives))
        };
        let marches: Vec<_> = column.marches.iter().map(march).collect();
        let mut load: Vec<_> = column.load.iter().map(|x| (piece(&x.piece), x.count)).collect();
        load.sort_unstable();
        rows.push(format!("column {marches:?} {load:?}"));
    }
    for step in &plan.handovers {
        let at = s.steps.find(|row| row.name == step.step).expect("a step").index();
        rows.push(format!("step {at} {}", t(step.starts)));
    }
    for row in &plan.unmoved {
        rows.push(format!("unmoved {} {} {}", piece(&row.piece), row.count, row.rule));
    }
    rows.sort();
    rows
}

/// Gives every row another name, in the opposite order.
pub(crate) fn renamed(s: &Scenario) -> Scenario {
    let mut s = s.clone();
    macro_rules! rename {
        ($($table:ident),*) => {$(
            for (at, row) in s.$table.rows.iter_mut().enumerate() {
                row.name = format!("{:03}", 999 - at);
            }
        )*};
    }
    rename!(places, sites, steps, resources, elements, pieces, types, tails, air_legs, roads);
    rename!(clearances, precedence, promises, conditions);
    s
}

/// Turns the rows of most tables round.
pub(crate) fn turned(s: &Scenario) -> Scenario {
    let mut s = s.clone();
    let n = u32::try_from(s.elements.len()).expect("few");
    let (n_resources, n_steps) = (s.resources.len(), s.steps.len());
    for set in sets(&mut s) {
        for element in set {
            element.0 = n - 1 - element.0;
        }
    }
    for piece in &mut s.pieces.rows {
        piece.element.0 = n - 1 - piece.element.0;
    }
    let step = |id: StepId| StepId::from_index(n_steps - 1 - id.index());
    for row in &mut s.steps.rows {
        row.after.iter_mut().for_each(|(before, _)| *before = step(*before));
        row.with.iter_mut().for_each(|other| *other = step(*other));
        for (resource, _) in &mut row.needs {
            *resource = ResourceId::from_index(n_resources - 1 - resource.index());
        }
    }
    s.elements.rows.reverse();
    s.pieces.rows.reverse();
    s.tails.rows.reverse();
    s.steps.rows.reverse();
    s.resources.rows.reverse();
    s.roads.rows.reverse();
    s.precedence.rows.reverse();
    s.promises.rows.reverse();
    s.conditions.rows.reverse();
    s.hours.reverse();
    s
}

/// All sets of elements that rows name.
pub(crate) fn sets(s: &mut Scenario) -> Vec<&mut Vec<ElementId>> {
    let mut sets = Vec::new();
    for row in &mut s.precedence.rows {
        sets.push(&mut row.first);
        sets.push(&mut row.then);
    }
    for row in &mut s.conditions.rows {
        if let Gate::Departures(set) = &mut row.gate {
            sets.push(set);
        }
    }
    for row in &mut s.promises.rows {
        if let Predicate::BegunBy { set, .. } | Predicate::AllBy { set, .. } = &mut row.predicate {
            sets.push(set);
        }
    }
    sets
}

fn deadlines(s: &mut Scenario) -> impl Iterator<Item = &mut Readings<Timestamp>> {
    s.promises.rows.iter_mut().filter_map(|row| match &mut row.predicate {
        Predicate::BegunBy { by, .. } | Predicate::AllBy { by, .. } => Some(by),
        _ => None,
    })
}

fn all_windows(s: &mut Scenario) -> Vec<&mut Interval> {
    let hours = s.hours.iter_mut().flat_map(|row| &mut row.windows);
    let curfews = s.curfews.iter_mut().flat_map(|row| &mut row.windows);
    let capacity = s.resources.rows.iter_mut().flat_map(|row| &mut row.capacity);
    let capacity = capacity.flat_map(|row| &mut row.windows);
    let tails = s.tails.rows.iter_mut();
    let tails = tails.flat_map(|row| row.maintenance.iter_mut().chain([&mut row.available]));
    hours.chain(curfews).chain(capacity).chain(tails).collect()
}

/// Has everything happen so much later.
pub(crate) fn shifted(s: &Scenario, by: Duration) -> Scenario {
    let mut s = s.clone();
    let shift = |t: &mut Timestamp| {
        if Timestamp::MIN < *t && *t < Timestamp::MAX {
            *t = *t + by;
        }
    };
    shift(&mut s.operation.start);
    shift(&mut s.operation.end);
    for window in all_windows(&mut s) {
        shift(&mut window.from);
        shift(&mut window.to);
    }
    for element in &mut s.elements.rows {
        shift(&mut element.ready);
        element.load_from.iter_mut().for_each(shift);
        element.due.iter_mut().for_each(|due| shift(&mut due.at));
    }
    for row in &mut s.conditions.rows {
        if let Truth::From(Some(from)) = &mut row.truth {
            shift(from);
        }
    }
    for by in deadlines(&mut s) {
        shift(&mut by.strict);
        shift(&mut by.lenient);
    }
    s
}

/// Multiplies masses and lengths and all their limits.
pub(crate) fn scaled(s: &Scenario, by: i64) -> Scenario {
    let mut s = s.clone();
    let mass = |mass: &mut Mass| mass.0 *= by;
    let length = |length: &mut Length| length.0 *= by;
    mass(&mut s.operation.person_mass);
    for piece in &mut s.pieces.rows {
        mass(&mut piece.mass);
        [&mut piece.length, &mut piece.width, &mut piece.height].into_iter().for_each(length);
    }
    for aircraft in &mut s.types.rows {
        aircraft.payload_range.iter_mut().for_each(|point| mass(&mut point.1));
        for zone in aircraft.configurations.iter_mut().flat_map(|c| &mut c.zones) {
            mass(&mut zone.max_mass);
            [&mut zone.length, &mut zone.width, &mut zone.height].into_iter().for_each(length);
        }
    }
    s
}

/// Each way to have one unit more of something: a stand, a team, a host check, an aircraft, an hour.
pub(crate) fn with_one_more(s: &Scenario) -> Vec<(String, Scenario)> {
    let mut all = Vec::new();
    for at in s.resources.ids() {
        let mut more = s.clone();
        more.resources[at].capacity[0].amount += 1;
        all.push((format!("one more of {}", s.resources[at].name), more));
    }
    let mut more = s.clone();
    let tail = Tail { name: "MORE".to_owned(), ..s.tails.rows[0].clone() };
    more.tails.push(tail);
    all.push(("one more aircraft".to_owned(), more));
    for at in 0..s.hours.len() {
        let mut more = s.clone();
        let windows = &mut more.hours[at].windows;
        windows.iter_mut().for_each(|window| window.to = window.to + Duration::from_hours(1));
        *windows = to_windows(std::mem::take(windows));
        all.push((format!("an hour more, row {at}"), more));
    }
    all
}

/// Each way to have more time: later dates, earlier readiness, decisions and aircraft.
pub(crate) fn with_more_time(s: &Scenario) -> Vec<(String, Scenario)> {
    let hour = Duration::from_hours(1);
    let earlier = |t: &mut Timestamp| *t = s.operation.start.max(*t - hour);
    let mut all = Vec::new();
    for at in s.elements.ids() {
        let mut more = s.clone();
        let element = &mut more.elements[at];
        earlier(&mut element.ready);
        element.load_from.iter_mut().for_each(earlier);
        element.due.iter_mut().for_each(|due| due.at = due.at + hour);
        all.push((format!("dates of {}", s.elements[at].name), more));
    }
    let mut more = s.clone();
    for by in deadlines(&mut more) {
        by.strict = by.strict + hour;
        by.lenient = by.lenient + hour;
    }
    all.push(("promised later".to_owned(), more));
    let mut more = s.clone();
    for row in &mut more.conditions.rows {
        if let Truth::From(Some(from)) = &mut row.truth {
            earlier(from);
        }
    }
    all.push(("decided earlier".to_owned(), more));
    let mut more = s.clone();
    more.tails.rows.iter_mut().for_each(|tail| tail.available = Interval::ALWAYS);
    all.push(("aircraft at once".to_owned(), more));
    all
}

/// Adds an element of two pieces that no aircraft takes.
pub(crate) fn with_what_never_fits(s: &Scenario) -> Option<Scenario> {
    let like = s.elements.rows.iter().find(|row| row.mode != Mode::Road)?.clone();
    let mut more = s.clone();
    let name = "NEVER".to_owned();
    let element = Element { name: name.clone(), freed_by: Vec::new(), due: None, ..like };
    let element = more.elements.push(element);
    more.pieces.push(Piece {
        name,
        title: String::new(),
        element,
        kind: PieceKind::Container,
        count: 2,
        length: Length(30_000),
        width: Length(2_600),
        height: Length(2_500),
        mass: Mass(4_000),
        drivers: 0,
    });
    Some(more)
}

/// Has each item of a row of pieces stand in a row of its own; none if all do.
pub(crate) fn split_pieces(s: &Scenario) -> Option<Scenario> {
    let mut split = s.clone();
    split.pieces.rows.clear();
    for piece in &s.pieces.rows {
        for n in 0..piece.count {
            let name = format!("{}-{n}", piece.name);
            split.pieces.push(Piece { name, count: 1, ..piece.clone() });
        }
    }
    (split.pieces.len() > s.pieces.len()).then_some(split)
}

/// Has the last row of pieces of an element be an element of its own; none if no element has two, or dates and priced
/// order count elements.
pub(crate) fn split_element(s: &Scenario) -> Option<Scenario> {
    let twin =
        |at: usize| s.pieces.rows[..at].iter().any(|p| p.element == s.pieces.rows[at].element);
    let at = (0..s.pieces.len()).rev().find(|at| twin(*at))?;
    let of = s.pieces.rows[at].element;
    let counts = s.precedence.rows.iter().any(|row| !row.hard) || s.elements[of].due.is_some();
    if counts {
        return None;
    }
    let mut split = s.clone();
    let name = "PART".to_owned();
    let part = split.elements.push(Element { name, ..s.elements[of].clone() });
    split.pieces.rows[at].element = part;
    for set in sets(&mut split).into_iter().filter(|set| set.contains(&of)) {
        set.push(part);
    }
    Some(split)
}

/// The operation twice, in two theatres that share nothing but the types of aircraft.
pub(crate) fn doubled(s: &Scenario) -> Scenario {
    let twin = |name: &String| format!("{name}'");
    let party = |id: PartyId| PartyId::from_index(id.index() + s.parties.len());
    let place = |id: PlaceId| PlaceId::from_index(id.index() + s.places.len());
    let site = |id: &SiteId| SiteId::from_index(id.index() + s.sites.len());
    let step = |id: StepId| StepId::from_index(id.index() + s.steps.len());
    let resource = |id: ResourceId| ResourceId::from_index(id.index() + s.resources.len());
    let element = |id: &ElementId| ElementId::from_index(id.index() + s.elements.len());
    let elements = |set: &[ElementId]| set.iter().map(element).collect::<Vec<_>>();
    let mut d = s.clone();
    d.operation.host_states.extend(s.operation.host_states.iter().map(twin));
    for row in &s.parties.rows {
        d.parties.push(Party { name: twin(&row.name), state: twin(&row.state), ..row.clone() });
    }
    for row in &s.places.rows {
        let area = row.area.as_ref().map(twin);
        d.places.push(Place {
            name: twin(&row.name),
            state: twin(&row.state),
            area,
            ..row.clone()
        });
    }
    for row in &s.sites.rows {
        d.sites.push(Site { name: twin(&row.name), place: place(row.place), ..row.clone() });
    }
    for row in &s.resources.rows {
        let place = row.place.map(place);
        d.resources.push(Resource { name: twin(&row.name), place, ..row.clone() });
    }
    for row in &s.steps.rows {
        d.steps.push(Step {
            name: twin(&row.name),
            site: site(&row.site),
            after: row.after.iter().map(|(before, lag)| (step(*before), *lag)).collect(),
            with: row.with.iter().map(|other| step(*other)).collect(),
            needs: row.needs.iter().map(|(team, n)| (resource(*team), *n)).collect(),
            ..row.clone()
        });
    }
    for row in &s.tails.rows {
        let (owner, base) = (party(row.owner), place(row.base));
        d.tails.push(Tail { name: twin(&row.name), owner, base, ..row.clone() });
    }
    for row in &s.air_legs.rows {
        let states = row.states.iter().map(twin).collect();
        let (from, to) = (place(row.from), place(row.to));
        d.air_legs.push(AirLeg { name: twin(&row.name), from, to, states, ..row.clone() });
    }
    for row in &s.roads.rows {
        let (from, to) = (place(row.from), place(row.to));
        d.roads.push(Road { name: twin(&row.name), from, to, ..row.clone() });
    }
    for row in &s.elements.rows {
        let mode = match row.mode {
            Mode::Air { embark, debark } => {
                Mode::Air { embark: place(embark), debark: place(debark) }
            }
            Mode::Road => Mode::Road,
        };
        d.elements.push(Element {
            name: twin(&row.name),
            party: party(row.party),
            origin: place(row.origin),
            destination: place(row.destination),
            mode,
            freed_by: row.freed_by.iter().map(site).collect(),
            ..row.clone()
        });
    }
    for row in &s.pieces.rows {
        let element = element(&row.element);
        d.pieces.push(Piece { name: twin(&row.name), element, ..row.clone() });
    }
    for row in &s.clearances.rows {
        d.clearances.push(Clearance {
            name: twin(&row.name),
            state: twin(&row.state),
            carrier: party(row.carrier),
            legs: row
                .legs
                .iter()
                .map(|l| LegId::from_index(l.index() + s.air_legs.len()))
                .collect(),
            fields: row.fields.iter().map(|field| place(*field)).collect(),
            ..row.clone()
        });
    }
    d.hours.extend(s.hours.iter().map(|row| Hours { place: place(row.place), ..row.clone() }));
    for row in &s.curfews {
        d.curfews.push(Curfew { name: twin(&row.name), area: twin(&row.area), ..row.clone() });
    }
    for row in &s.precedence.rows {
        let (first, then) = (elements(&row.first), elements(&row.then));
        d.precedence.push(Precedence { name: twin(&row.name), first, then, ..row.clone() });
    }
    for row in &s.conditions.rows {
        let gate = match &row.gate {
            Gate::Departures(set) => Gate::Departures(elements(set)),
            Gate::Handovers(sites) => Gate::Handovers(sites.iter().map(site).collect()),
            Gate::Strength { party: of, people } => {
                Gate::Strength { party: party(*of), people: *people }
            }
        };
        d.conditions.push(Condition { name: twin(&row.name), gate, ..row.clone() });
    }
    for row in &s.promises.rows {
        let mut row = row.clone();
        row.name = twin(&row.name);
        if let Predicate::BegunBy { set, .. } | Predicate::AllBy { set, .. } = &mut row.predicate {
            *set = elements(set);
        }
        d.promises.push(row);
    }
    d
}

/// The two home fields as one with the capacity of both; none unless they are alike: equally far, without hours and slots.
pub(crate) fn one_home(s: &Scenario) -> Option<Scenario> {
    let (a, b) = (s.place("A")?, s.place("B")?);
    let host = s.place("H")?;
    let far = |field: PlaceId| -> Option<Distance> {
        let leg = s.air_legs.rows.iter().find(|leg| leg.from == host && leg.to == field)?;
        Some(leg.distance)
    };
    let slot = |field: PlaceId| s.places[field].airfield.as_ref().map(|f| f.slot);
    let has_hours = s.hours.iter().any(|row| row.place == a || row.place == b);
    let no_slots = slot(a) == Some(Duration::ZERO) && slot(b) == Some(Duration::ZERO);
    if far(a) != far(b) || has_hours || !no_slots || s.operation.curfews_bind_columns {
        return None;
    }
    let mut one = s.clone();
    let joined = |place: &mut PlaceId| {
        if *place == b {
            *place = a;
        }
    };
    for element in &mut one.elements.rows {
        joined(&mut element.destination);
        if let Mode::Air { debark, .. } = &mut element.mode {
            joined(debark);
        }
    }
    one.tails.rows.iter_mut().for_each(|tail| joined(&mut tail.base));
    for road in &mut one.roads.rows {
        joined(&mut road.from);
        joined(&mut road.to);
    }
    // what one of the two has without limit both have so
    let limited = |kind: ResourceKind, field: PlaceId| {
        s.resources.rows.iter().any(|row| row.kind == kind && row.place == Some(field))
    };
    for row in &mut one.resources.rows {
        row.place.iter_mut().for_each(joined);
    }
    let both = |kind: ResourceKind| limited(kind, a) && limited(kind, b);
    one.resources
        .rows
        .iter_mut()
        .filter(|row| row.place == Some(a) && !both(row.kind))
        .for_each(|row| row.capacity[0].amount = 9);
    Some(one)
}
