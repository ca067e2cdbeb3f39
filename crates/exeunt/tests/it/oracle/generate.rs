//! Tiny operations made from a seed, of exactly the kind that the oracle covers.
//!
//! A host field `H`, home fields `A` and (mostly) `B`, a tail or two, at most four items, at most three
//! steps, everything scarce. Lengths of time are one to five units of ten to thirty minutes.

use exeunt_model::scenario::*;
use exeunt_model::{
    ConditionId, Distance, Duration, ElementId, Interval, Length, Mass, PartyId, PlaceId,
    ResourceId, SiteId, Speed, StepId, Timestamp, TypeId,
};

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        // neighbouring seeds must not be neighbouring stretches of one stream
        let mut mixed = Self(seed ^ 0x0AC1_E5EE);
        Self(mixed.next().wrapping_mul(0xD134_2543_DE82_EF95))
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// A number from `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() >> 1) as i64 % (high - low + 1)
    }
    /// True in `percent` of the cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.range(0, 99) < percent
    }
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.range(0, from.len() as i64 - 1) as usize]
    }
}

/// 13 January 2022, midnight UTC.
const START: i64 = 1_642_032_000;

const LEAD: PartyId = PartyId(0);
const PARTNER: PartyId = PartyId(1);

struct Maker {
    s: Scenario,
    r: Random,
    /// Seconds.
    unit: i64,
    host: PlaceId,
    home: PlaceId,
    partner_home: PlaceId,
}

/// Makes the operation of a seed.
pub(crate) fn operation(seed: u64) -> Scenario {
    let mut r = Random::new(seed);
    let unit = r.pick(&[10, 15, 20, 30]) * 60;
    let mut s = Scenario { hash: format!("oracle-{seed}"), ..Scenario::default() };
    s.operation.name = format!("oracle-{seed}");
    s.operation.start = Timestamp(START);
    s.operation.end = Timestamp(START + 10 * 86_400);
    s.operation.host_states = vec!["HH".to_owned()];
    s.operation.curfews_bind_columns = r.chance(15);
    if r.chance(15) {
        // another order of the levels after the first four
        let n = s.operation.objective_order.len() as i64;
        let (a, b) = (r.range(0, n - 1) as usize, r.range(0, n - 1) as usize);
        s.operation.objective_order.swap(a, b);
    }
    for (name, role, state) in
        [("L", Role::Lead, "LL"), ("P", Role::Partner, "PP"), ("H", Role::Host, "HH")]
    {
        let (name, title, state) = (name.to_owned(), name.to_owned(), state.to_owned());
        s.parties.push(Party { name, title, role, state, weight: r.range(0, 3).max(1) });
    }
    let (host, home) = (PlaceId(0), PlaceId(1));
    let mut m = Maker { s, r, unit, host, home, partner_home: PlaceId(1) };
    m.fields();
    m.aircraft();
    m.ground();
    m.handovers();
    m.elements();
    m.order();
    m.gates();
    m.promises();
    m.s
}

/// A gate; the one place that knows the fields of a condition.
fn condition(name: &str, true_from: Option<Timestamp>, gate: Gate) -> Condition {
    let (name, text) = (name.to_owned(), String::new());
    let (truth, policy) = (Truth::From(true_from), Policy::Hold);
    Condition { name, text, statement: None, truth, policy, gate }
}

/// Returns from when a condition is true; the oracle's conditions are true once and for all, or never.
pub(crate) fn true_from(condition: &Condition) -> Option<Timestamp> {
    match &condition.truth {
        Truth::From(from) => *from,
        Truth::Level { .. } => unreachable!("no operation of the oracle has levels"),
    }
}

/// Shortens the roads between the first site, its garrison outside the host and the last site, so that the way
/// to the airfield may lead out of the host and back.
pub(crate) fn add_way_round(s: &mut Scenario) {
    let garrison = s.place("GR0").expect("the first site has one");
    let last = s.sites.rows.last().expect("a site is there").place;
    for road in s.roads.rows.iter_mut().filter(|road| road.to == garrison) {
        road.distance = Distance::from_km(1);
    }
    s.roads.push(Road {
        name: "ROUND".to_owned(),
        from: garrison,
        to: last,
        distance: Distance::from_km(1),
        rate: Speed::from_kmh(45),
        max_vehicles: None,
        headway: None,
        escorts: Vec::new(),
        escort_back: Duration::ZERO,
        border: None,
    });
}

impl Maker {
    fn units(&mut self, low: i64, high: i64) -> Duration {
        Duration(self.r.range(low, high) * self.unit)
    }
    fn moment(&mut self, low: i64, high: i64) -> Timestamp {
        Timestamp(START) + self.units(low, high)
    }

    /// Open for some units and closed for some, over and over.
    fn windows(&mut self) -> Vec<Interval> {
        let (open, closed) = (self.r.range(5, 10) * self.unit, self.r.range(2, 8) * self.unit);
        let first = START - self.r.range(0, open + closed);
        let n = 10 * 86_400 / (open + closed) + 2;
        let window = |k: i64| {
            let from = first + k * (open + closed);
            Interval { from: Timestamp(from), to: Timestamp(from + open) }
        };
        (0..n).map(window).collect()
    }

    fn place(&mut self, name: &str, state: &str, airfield: Option<Airfield>) -> PlaceId {
        self.s.places.push(Place {
            name: name.to_owned(),
            title: name.to_owned(),
            state: state.to_owned(),
            position: None,
            area: Some(format!("area-{state}")),
            airfield,
        })
    }

    fn fields(&mut self) {
        let airfield = |staging_time: Duration| {
            Some(Airfield {
                runway: Distance(3_000),
                slot: Duration::ZERO,
                staging_time,
                staging_people: None,
                staging_vehicles: None,
            })
        };
        let staging = self.units(0, 1);
        self.host = self.place("H", "HH", airfield(staging));
        self.home = self.place("A", "LL", airfield(Duration::ZERO));
        self.partner_home = self.home;
        if self.r.chance(65) {
            self.partner_home = self.place("B", "PP", airfield(Duration::ZERO));
        }
    }

    fn is_two_homes(&self) -> bool {
        self.home != self.partner_home
    }

    fn aircraft(&mut self) {
        // the base is nearest to the host, and no load reaches from home to home
        let near = self.r.range(200_000, 900_000);
        let is_uneven = self.r.chance(40);
        let far = if is_uneven { near + self.r.range(0, 400_000) } else { near };
        let mut bases = vec![self.home, self.home, self.host];
        if self.is_two_homes() && !is_uneven {
            bases.push(self.partner_home);
        }
        let reach = far + 50_000;
        self.leg(self.host, self.home, near);
        if self.is_two_homes() {
            self.leg(self.host, self.partner_home, far);
            if self.r.chance(60) {
                let across = reach + self.r.range(1, 300_000);
                self.leg(self.home, self.partner_home, across);
            }
        }
        for n in 0..self.r.range(1, 2) {
            let mut zones = vec![self.zone("floor", 10_000)];
            if self.r.chance(30) {
                zones.push(self.zone("ramp", 4_000));
            }
            let configuration = Configuration {
                name: "cargo".to_owned(),
                seats: self.r.range(2, 8),
                change: Duration::ZERO,
                zones,
            };
            let least = self.r.range(6, 14);
            let payload_range = vec![
                (
                    Distance(self.r.range(100_000, near)),
                    Mass::from_tonnes(least + self.r.range(0, 8)),
                ),
                (Distance(reach), Mass::from_tonnes(least)),
            ];
            let aircraft = AircraftType {
                name: format!("T{n}"),
                stand: StandClass::D,
                min_runway: Distance(2_000),
                block_speed: Speed::from_kmh(self.r.range(300, 800)),
                payload_range,
                ferry_range: Distance::from_km(4_000),
                onload: self.units(1, 5),
                offload: self.units(1, 4),
                enroute: self.units(1, 2),
                handling_teams: if self.r.chance(8) { 2 } else { 1 },
                cost_per_hour: self.r.range(0, 900),
                configurations: vec![configuration],
            };
            self.s.types.push(aircraft);
        }
        let n_tails = if self.r.chance(85) { 2 } else { 1 };
        for n in 0..n_tails {
            let from = if self.r.chance(20) { self.moment(0, 10) } else { Timestamp::MIN };
            let hole = self.moment(0, 15);
            let hole = Interval { from: hole, to: hole + self.units(2, 8) };
            let tail = Tail {
                name: format!("T{n}"),
                pool: format!("T{n}"),
                aircraft: TypeId(self.r.range(0, self.s.types.len() as i64 - 1) as u32),
                owner: LEAD,
                user_class: UserClass::Military,
                base: self.r.pick(&bases),
                available: Interval { from, to: Timestamp::MAX },
                maintenance: if self.r.chance(15) { vec![hole] } else { Vec::new() },
            };
            self.s.tails.push(tail);
        }
        self.clearances();
    }

    fn zone(&mut self, name: &str, length: i64) -> Zone {
        Zone {
            name: name.to_owned(),
            length: Length(length),
            width: Length(3_400),
            height: Length(3_200),
            max_mass: Mass(self.r.range(8, 30) * 1_000),
        }
    }

    fn leg(&mut self, from: PlaceId, to: PlaceId, metres: i64) {
        let mut states = vec![self.s.places[from].state.clone(), self.s.places[to].state.clone()];
        states.dedup();
        self.s.air_legs.push(AirLeg {
            name: format!("W{}", self.s.air_legs.len()),
            from,
            to,
            distance: Distance(metres),
            states,
            types: Vec::new(),
            closed: Vec::new(),
        });
    }

    /// All that could be asked for: clearances are not what the oracle tests.
    fn clearances(&mut self) {
        for state in ["HH", "PP"] {
            for kind in [ClearanceKind::Overflight, ClearanceKind::Landing] {
                self.s.clearances.push(Clearance {
                    name: format!("CL-{state}-{kind:?}"),
                    state: state.to_owned(),
                    kind,
                    carrier: LEAD,
                    legs: self.s.air_legs.ids().collect(),
                    fields: vec![self.host, self.home, self.partner_home],
                    roads: Vec::new(),
                    asked: None,
                    lead: Duration::ZERO,
                    valid: Some(Interval::ALWAYS),
                    granted: true,
                });
            }
        }
    }

    fn resource(
        &mut self,
        name: &str,
        kind: ResourceKind,
        place: Option<PlaceId>,
        amount: i64,
        windows: Vec<Interval>,
    ) -> ResourceId {
        self.s.resources.push(Resource {
            name: name.to_owned(),
            title: String::new(),
            kind,
            place,
            keep: 0,
            capacity: vec![Capacity { amount, windows, provided_by: None }],
        })
    }

    fn ground(&mut self) {
        let mut fields = vec![self.host, self.home];
        if self.is_two_homes() {
            fields.push(self.partner_home);
        }
        for field in fields {
            let name = self.s.places[field].name.clone();
            let is_base = self.s.tails.rows.iter().any(|tail| tail.base == field);
            let stand = ResourceKind::Stand(StandClass::D);
            let kinds = [("STAND", stand, 90, 75), ("HANDLING", ResourceKind::Handling, 95, 85)];
            for (what, kind, present, single) in kinds {
                if self.r.chance(present) {
                    let amount = if self.r.chance(single) { 1 } else { 2 };
                    // two teams at once need two
                    let is_handling = kind == ResourceKind::Handling;
                    let most =
                        self.s.types.rows.iter().map(|t| t.handling_teams).max().unwrap_or(1);
                    let amount =
                        if is_handling && self.r.chance(90) { amount.max(most) } else { amount };
                    let name = format!("{name}-{what}");
                    self.resource(&name, kind, Some(field), amount, vec![Interval::ALWAYS]);
                }
            }
            if field == self.host && self.r.chance(20) {
                let windows = vec![Interval::ALWAYS];
                self.resource("H-CHECK", ResourceKind::HostCheck, Some(field), 1, windows);
            }
            for (activity, percent) in [(Activity::Movement, 25), (Activity::Handling, 15)] {
                if self.r.chance(percent) && (activity == Activity::Handling || !is_base) {
                    let windows = self.windows();
                    let user_class = UserClass::Military;
                    self.s.hours.push(Hours { place: field, user_class, activity, windows });
                }
            }
            if !is_base && self.r.chance(45) {
                let slot = Duration::from_minutes(self.r.pick(&[5, 15, 30]));
                self.s.places[field].airfield.as_mut().expect("an airfield").slot = slot;
            }
        }
    }

    fn handovers(&mut self) {
        let n_sites = self.r.range(1, 2);
        for n in 0..n_sites {
            let name = format!("SITE{n}");
            let place = self.place(&name, "HH", None);
            let min_guard = self.r.pick(&[0, 0, 1, 2, 3]);
            self.s.sites.push(Site { name, place, min_guard, receiver: String::new() });
            self.road(place, self.host);
        }
        let windows = if self.r.chance(30) { self.windows() } else { vec![Interval::ALWAYS] };
        let amount = self.r.range(1, 2);
        let team = self.resource("TEAM", ResourceKind::Team, None, amount, windows);
        let mut last: Option<StepId> = None;
        for n in 0..self.r.range(0, 3) {
            let mut after = Vec::new();
            if let Some(last) = last.filter(|_| self.r.chance(45)) {
                let lag = self.units(0, 1);
                after.push((last, lag));
            }
            let step = Step {
                name: format!("STEP{n}"),
                site: SiteId(self.r.range(0, n_sites - 1) as u32),
                title: String::new(),
                duration: self.units(1, 5),
                with: Vec::new(),
                needs: if self.r.chance(90) {
                    vec![(team, self.r.range(1, amount))]
                } else {
                    Vec::new()
                },
                after,
            };
            let joint = last.filter(|_| step.after.is_empty() && self.r.chance(15));
            let step = match joint {
                // two at once that need the only team can never start
                Some(_) if self.r.chance(90) => Step { needs: Vec::new(), ..step },
                _ => step,
            };
            let id = self.s.steps.push(step);
            if let Some(joint) = joint {
                self.s.steps[id].with.push(joint);
                self.s.steps[joint].with.push(id);
            }
            last = Some(id);
        }
    }

    fn road(&mut self, from: PlaceId, to: PlaceId) {
        self.s.roads.push(Road {
            name: format!("R{}", self.s.roads.len()),
            from,
            to,
            distance: Distance(self.r.range(1_000, 60_000)),
            rate: Speed::from_kmh(self.r.range(20, 45)),
            max_vehicles: None,
            headway: None,
            escorts: Vec::new(),
            escort_back: Duration::ZERO,
            border: None,
        });
    }

    fn elements(&mut self) {
        let lead_garrison = self.place("GL", "LL", None);
        let partner_garrison = self.place("GP", "PP", None);
        self.road(self.home, lead_garrison);
        self.road(self.partner_home, partner_garrison);
        // a garrison of its own for each site, so that no road leads out of the host and back
        let mut sites: Vec<(SiteId, PlaceId, PlaceId)> = Vec::new();
        for site in self.s.sites.ids() {
            let place = self.s.sites[site].place;
            let far_garrison = self.place(&format!("GR{}", site.0), "PP", None);
            self.road(place, far_garrison);
            sites.push((site, place, far_garrison));
        }
        let mut left = self.r.range(1, 4).max(self.r.range(1, 4));
        while left > 0 {
            let party = self.r.pick(&[LEAD, PARTNER]);
            let (home, garrison) = match party {
                LEAD => (self.home, lead_garrison),
                _ => (self.partner_home, partner_garrison),
            };
            let (site, place, far_garrison) = self.r.pick(&sites);
            let by_road = self.r.chance(10);
            let is_at_field = !by_road && self.r.chance(45);
            let by_air = Mode::Air { embark: self.host, debark: home };
            let frees = if is_at_field { 25 } else { 65 };
            // a site without steps frees at once; the reader refuses such rows, the model has them
            let has_steps = self.s.steps.rows.iter().any(|step| step.site == site);
            let due =
                self.r.chance(20).then(|| Due { at: self.moment(5, 40), hard: false, rank: 1 });
            let element = Element {
                name: format!("E{}", self.s.elements.len()),
                title: String::new(),
                party,
                origin: if is_at_field { self.host } else { place },
                destination: match by_road {
                    true => far_garrison,
                    false if self.r.chance(30) => garrison,
                    false => home,
                },
                mode: if by_road { Mode::Road } else { by_air },
                either: false,
                freed_by: if self.r.chance(frees) && (has_steps || self.r.chance(5)) {
                    vec![site]
                } else {
                    Vec::new()
                },
                ready: if self.r.chance(30) { self.moment(0, 8) } else { Timestamp(START) },
                load_from: if self.r.chance(15) { Some(self.moment(0, 15)) } else { None },
                due,
                same_aircraft: false,
                spread: None,
            };
            let element = self.s.elements.push(element);
            for _ in 0..if left > 1 && self.r.chance(20) { 2 } else { 1 } {
                if left > 0 {
                    left -= self.piece(element, left);
                }
            }
        }
    }

    /// Adds a piece and returns how many items it counts.
    fn piece(&mut self, element: ElementId, most: i64) -> i64 {
        let count = if self.r.chance(20) { most.min(2) } else { 1 };
        let kind = self.r.pick(&[
            PieceKind::Vehicle,
            PieceKind::Vehicle,
            PieceKind::Pallet,
            PieceKind::People,
        ]);
        let is_people = kind == PieceKind::People;
        let height = if self.r.chance(4) { 3_600 } else { 2_500 };
        let size = |value: i64| if is_people { Length::ZERO } else { Length(value) };
        let mass =
            if is_people { self.s.operation.person_mass } else { Mass(self.r.range(1, 8) * 1_000) };
        let piece = Piece {
            name: format!("P{}", self.s.pieces.len()),
            title: String::new(),
            element,
            kind,
            count,
            length: size(self.r.range(3, 10) * 1_000),
            width: size(2_600),
            height: size(height),
            mass,
            drivers: if is_people { 0 } else { self.r.range(0, 3) },
        };
        self.s.pieces.push(piece);
        count
    }

    fn order(&mut self) {
        let all: Vec<ElementId> = self.s.elements.ids().collect();
        for (n, percent) in [75, 25].into_iter().enumerate() {
            if !self.r.chance(percent) {
                continue;
            }
            let (mut first, mut then) = (Vec::new(), Vec::new());
            for &element in &all {
                match self.r.range(0, 4) {
                    0 | 1 => first.push(element),
                    2 | 3 => then.push(element),
                    _ => {}
                }
            }
            if first.is_empty() || then.is_empty() {
                continue;
            }
            let kind = self.r.pick(&[
                PrecedenceKind::LastBeforeLast,
                PrecedenceKind::LastBeforeLast,
                PrecedenceKind::AllBeforeFirst,
                PrecedenceKind::FirstBeforeFirst,
            ]);
            let milestone = self.r.pick(&[
                Milestone::LeftHost,
                Milestone::LeftHost,
                Milestone::LeftSite,
                Milestone::HomeAirfield,
                Milestone::HomeBase,
            ]);
            let hard = self.r.chance(70);
            let stay = self.r.pick(&[0, 0, 0, 1, 3]);
            self.s.precedence.push(Precedence {
                name: format!("PR{n}"),
                first,
                then,
                kind,
                milestone,
                hard,
                stay,
            });
        }
    }

    fn gates(&mut self) {
        let some = |m: &mut Self| -> Vec<ElementId> {
            let all: Vec<ElementId> = m.s.elements.ids().collect();
            all.into_iter().filter(|_| m.r.chance(60)).collect()
        };
        if self.r.chance(25) {
            let from = if self.r.chance(92) { Some(self.moment(0, 25)) } else { None };
            let set = some(self);
            self.gate("K1", from, Gate::Departures(set));
        }
        if self.r.chance(15) {
            let from = if self.r.chance(92) { Some(self.moment(0, 15)) } else { None };
            let sites = vec![SiteId(0)];
            self.gate("K2", from, Gate::Handovers(sites));
        }
        if self.r.chance(15) {
            let from = if self.r.chance(92) { Some(self.moment(5, 35)) } else { None };
            let (party, people) = (self.r.pick(&[LEAD, PARTNER]), self.r.range(1, 4));
            self.gate("K3", from, Gate::Strength { party, people });
        }
    }

    fn gate(&mut self, name: &str, from: Option<Timestamp>, gate: Gate) -> ConditionId {
        self.s.conditions.push(condition(name, from, gate))
    }

    fn promises(&mut self) {
        let all: Vec<ElementId> = self.s.elements.ids().collect();
        for n in 0..2 {
            if !self.r.chance(20) {
                continue;
            }
            let by = self.moment(5, 45);
            let by = Readings { strict: by, lenient: by + Duration(7_200) };
            let milestone =
                self.r.pick(&[Milestone::LeftHost, Milestone::HomeAirfield, Milestone::HomeBase]);
            let set = vec![self.r.pick(&all)];
            let predicate = if self.r.chance(30) {
                Predicate::BegunBy { set: all.clone(), by }
            } else {
                Predicate::AllBy { set, milestone, by }
            };
            self.s.promises.push(Promise {
                name: format!("Q{n}"),
                statement: None,
                text: String::new(),
                predicate,
                required: self.r.chance(85),
                wanted: None,
                rank: self.r.range(1, 3) as u8,
                same_as: None,
                outcome: None,
                evidence: None,
                before_start: false,
            });
        }
    }
}
