//! The plan with its names resolved to ids, and findings of form for names that mean nothing.
//!
//! What cannot be resolved is left out and the check goes on with the rest. Names that a rule of
//! model.md speaks of (legs, configurations, zones, roads, steps, pieces of `unmoved` rows) stay here
//! as "unknown" and are reported by that rule.

use crate::report::Report;
use crate::travel;
use exeunt_model::geo;
use exeunt_model::ids::*;
use exeunt_model::plan::{self, Column, Handover, March, PLAN_FORMAT, Plan, Sortie, Unmoved};
use exeunt_model::scenario::{Piece, Scenario};
use exeunt_model::time::Timestamp;
use exeunt_model::units::{Distance, Mass};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A name in a plan that may be absent or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named<T> {
    /// Null in the plan.
    Absent,
    /// Known to the scenario.
    Known(T),
    /// Unknown to the scenario.
    Unknown,
}

/// Pieces on board, of a known piece and with a positive count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cargo<'a> {
    pub(crate) row: &'a plan::Load,
    pub(crate) piece: PieceId,
    pub(crate) count: i64,
    /// Position of the zone in the configuration flown.
    pub(crate) zone: Named<usize>,
}

/// A sortie.
pub(crate) struct Flight<'a> {
    pub(crate) row: &'a Sortie,
    pub(crate) tail: TailId,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    pub(crate) leg: Named<LegId>,
    /// Route distance; none when it cannot be known.
    pub(crate) distance: Option<Distance>,
    /// Position of the configuration in the type; none when unknown.
    pub(crate) config: Option<usize>,
    pub(crate) cargo: Vec<Cargo<'a>>,
    /// Pieces that board at `from`, with counts.
    pub(crate) boards: Vec<(PieceId, i64)>,
    /// Pieces that leave at `to`, with counts.
    pub(crate) leaves: Vec<(PieceId, i64)>,
    /// The sortie before in the line, as a position among the flights.
    pub(crate) previous: Option<usize>,
    /// The sortie after in the line.
    pub(crate) next: Option<usize>,
}

impl Flight<'_> {
    /// Returns the sortie as findings name it.
    pub(crate) fn object(&self) -> String {
        format!("sortie `{}`", self.row.id)
    }
    /// Returns whether the sortie carries something.
    pub(crate) fn is_loaded(&self) -> bool {
        !self.row.load.is_empty()
    }
}

/// A line of sorties of one tail.
pub(crate) struct TailLine {
    pub(crate) tail: TailId,
    /// Positions among the flights, in the plan's order.
    pub(crate) flights: Vec<usize>,
}

/// A march of a column.
pub(crate) struct RoadLeg<'a> {
    pub(crate) row: &'a March,
    /// None when the road is unknown.
    pub(crate) road: Option<RoadId>,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
}

/// A column with at least one march.
pub(crate) struct Drive<'a> {
    pub(crate) row: &'a Column,
    pub(crate) marches: Vec<RoadLeg<'a>>,
    /// Pieces with counts, each piece once.
    pub(crate) load: Vec<(PieceId, i64)>,
    /// Vehicles that count for capacity, pass time and border: items, at least 1.
    pub(crate) vehicles: i64,
    pub(crate) from: PlaceId,
    pub(crate) to: PlaceId,
    /// The head leaves `from`.
    pub(crate) departs: Timestamp,
    /// The tail has reached `to`.
    pub(crate) clears: Timestamp,
}

impl Drive<'_> {
    /// Returns the column as findings name it.
    pub(crate) fn object(&self) -> String {
        format!("column `{}`", self.row.id)
    }
}

/// A step in the plan; none when the step is unknown.
pub(crate) struct Held<'a> {
    pub(crate) row: &'a Handover,
    pub(crate) step: Option<StepId>,
}

/// An unmoved row; none when the piece is unknown.
pub(crate) struct Stays<'a> {
    pub(crate) row: &'a Unmoved,
    pub(crate) piece: Option<PieceId>,
}

/// A plan in ids.
pub(crate) struct Resolved<'a> {
    pub(crate) flights: Vec<Flight<'a>>,
    pub(crate) lines: Vec<TailLine>,
    pub(crate) columns: Vec<Drive<'a>>,
    pub(crate) handovers: Vec<Held<'a>>,
    pub(crate) unmoved: Vec<Stays<'a>>,
    /// Positions of all load rows with a count below 1: object and piece name.
    pub(crate) empty_rows: Vec<(String, String, i64)>,
}

/// Names of a scenario by text; only looked up, never gone through.
struct Names<'a> {
    places: HashMap<&'a str, PlaceId>,
    pieces: HashMap<&'a str, PieceId>,
    tails: HashMap<&'a str, TailId>,
    legs: HashMap<&'a str, LegId>,
    roads: HashMap<&'a str, RoadId>,
    steps: HashMap<&'a str, StepId>,
}

/// Returns the ids of a table by name; of equal names the first counts.
pub(crate) fn by_name<I: Id, T>(
    table: &Table<I, T>,
    name: impl Fn(&T) -> &str,
) -> HashMap<&str, I> {
    let mut map = HashMap::with_capacity(table.len());
    for (id, row) in table.iter() {
        map.entry(name(row)).or_insert(id);
    }
    map
}

/// Resolves the names of a plan; reports the form of what cannot be resolved.
pub(crate) fn resolve<'a>(
    scenario: &'a Scenario,
    plan: &'a Plan,
    report: &mut Report,
) -> Resolved<'a> {
    let names = Names {
        places: by_name(&scenario.places, |row| &row.name),
        pieces: by_name(&scenario.pieces, |row| &row.name),
        tails: by_name(&scenario.tails, |row| &row.name),
        legs: by_name(&scenario.air_legs, |row| &row.name),
        roads: by_name(&scenario.roads, |row| &row.name),
        steps: by_name(&scenario.steps, |row| &row.name),
    };
    let mut resolver = Resolver {
        scenario,
        names,
        report,
        out: Resolved {
            flights: Vec::new(),
            lines: Vec::new(),
            columns: Vec::new(),
            handovers: Vec::new(),
            unmoved: Vec::new(),
            empty_rows: Vec::new(),
        },
    };
    resolver.format(plan);
    resolver.lines(plan);
    resolver.columns(plan);
    for row in &plan.handovers {
        let step = resolver.names.steps.get(row.step.as_str()).copied();
        resolver.out.handovers.push(Held { row, step });
    }
    for row in &plan.unmoved {
        let piece = resolver.names.pieces.get(row.piece.as_str()).copied();
        resolver.out.unmoved.push(Stays { row, piece });
    }
    resolver.out
}

struct Resolver<'a, 'r> {
    scenario: &'a Scenario,
    names: Names<'a>,
    report: &'r mut Report,
    out: Resolved<'a>,
}

impl<'a> Resolver<'a, '_> {
    /// Reports a foreign format and ids that are used twice.
    fn format(&mut self, plan: &'a Plan) {
        if plan.format != PLAN_FORMAT {
            self.report.form(
                "plan".to_owned(),
                format!("the format is {}, this build checks {PLAN_FORMAT}", plan.format),
            );
        }
        let mut seen = HashSet::new();
        for sortie in plan.lines.iter().flat_map(|line| &line.sorties) {
            if !seen.insert(sortie.id.as_str()) {
                let message = "the id is used by two sorties".to_owned();
                self.report.form(format!("sortie `{}`", sortie.id), message);
            }
        }
        seen.clear();
        for column in &plan.columns {
            if !seen.insert(column.id.as_str()) {
                let message = "the id is used by two columns".to_owned();
                self.report.form(format!("column `{}`", column.id), message);
            }
        }
    }

    fn lines(&mut self, plan: &'a Plan) {
        for line in &plan.lines {
            let Some(&tail) = self.names.tails.get(line.tail.as_str()) else {
                let object = format!("line of tail `{}`", line.tail);
                self.report.form(object, "the scenario has no such tail".to_owned());
                continue;
            };
            let mut flights = Vec::with_capacity(line.sorties.len());
            for row in &line.sorties {
                if let Some(flight) = self.flight(tail, row) {
                    flights.push(self.out.flights.len());
                    self.out.flights.push(flight);
                }
            }
            join_line(&mut self.out.flights, &flights);
            self.out.lines.push(TailLine { tail, flights });
        }
    }

    fn flight(&mut self, tail: TailId, row: &'a Sortie) -> Option<Flight<'a>> {
        let object = format!("sortie `{}`", row.id);
        if row.crew.is_some() {
            self.report.form(object.clone(), "crews are not supported yet".to_owned());
        }
        let from = self.place(&object, &row.from);
        let to = self.place(&object, &row.to);
        let aircraft = &self.scenario.types[self.scenario.tails[tail].aircraft];
        let config = aircraft.configurations.iter().position(|c| c.name == row.config);
        let mut cargo = Vec::with_capacity(row.load.len());
        for load in &row.load {
            if load.x_mm.is_some() || load.y_mm.is_some() || load.turned.is_some() {
                let message = format!("positions are not supported yet (piece `{}`)", load.piece);
                self.report.form(object.clone(), message);
            }
            if load.count < 1 {
                self.out.empty_rows.push((object.clone(), load.piece.clone(), load.count));
                continue;
            }
            let Some(piece) = self.piece(&object, &load.piece) else { continue };
            let zone = match &load.zone {
                None => Named::Absent,
                Some(name) => config
                    .and_then(|c| {
                        aircraft.configurations[c].zones.iter().position(|zone| &zone.name == name)
                    })
                    .map_or(Named::Unknown, Named::Known),
            };
            cargo.push(Cargo { row: load, piece, count: load.count, zone });
        }
        let leg = match &row.leg {
            None => Named::Absent,
            Some(name) => {
                self.names.legs.get(name.as_str()).map_or(Named::Unknown, |&leg| Named::Known(leg))
            }
        };
        let (from, to) = (from?, to?);
        Some(Flight {
            row,
            tail,
            from,
            to,
            leg,
            distance: route_distance(self.scenario, leg, from, to),
            config,
            cargo,
            boards: Vec::new(),
            leaves: Vec::new(),
            previous: None,
            next: None,
        })
    }

    fn columns(&mut self, plan: &'a Plan) {
        for row in &plan.columns {
            let object = format!("column `{}`", row.id);
            let mut load = BTreeMap::new();
            for part in &row.load {
                if part.count < 1 {
                    self.out.empty_rows.push((object.clone(), part.piece.clone(), part.count));
                } else if let Some(piece) = self.piece(&object, &part.piece) {
                    let count: &mut i64 = load.entry(piece).or_default();
                    *count = count.saturating_add(part.count);
                }
            }
            let mut marches = Vec::with_capacity(row.marches.len());
            for march in &row.marches {
                let from = self.place(&object, &march.from);
                let to = self.place(&object, &march.to);
                let road = self.names.roads.get(march.road.as_str()).copied();
                if let (Some(from), Some(to)) = (from, to) {
                    marches.push(RoadLeg { row: march, road, from, to });
                }
            }
            if marches.is_empty() {
                self.report.form(object, "the column has no march that can be checked".to_owned());
                continue;
            }
            if marches.len() == row.marches.len() {
                let load = load.into_iter().collect();
                self.out.columns.push(self.drive(row, marches, load));
            }
        }
    }

    fn drive(
        &self,
        row: &'a Column,
        marches: Vec<RoadLeg<'a>>,
        load: Vec<(PieceId, i64)>,
    ) -> Drive<'a> {
        let items = load.iter().fold(0_i64, |sum, &(piece, count)| {
            sum.saturating_add(self.scenario.pieces[piece].items_each().saturating_mul(count))
        });
        let vehicles = items.max(1);
        let first = &marches[0];
        let last = &marches[marches.len() - 1];
        let pass = last.road.map_or(exeunt_model::Duration::ZERO, |road| {
            let density = self.scenario.operation.march_density_per_km;
            travel::pass_time(vehicles, density, self.scenario.roads[road].rate)
        });
        Drive {
            row,
            load,
            vehicles,
            from: first.from,
            to: last.to,
            departs: first.row.departs,
            clears: last.row.arrives + pass,
            marches,
        }
    }

    fn place(&mut self, object: &str, name: &str) -> Option<PlaceId> {
        let place = self.names.places.get(name).copied();
        if place.is_none() {
            self.report.form(object.to_owned(), format!("the scenario has no place `{name}`"));
        }
        place
    }

    fn piece(&mut self, object: &str, name: &str) -> Option<PieceId> {
        let piece = self.names.pieces.get(name).copied();
        if piece.is_none() {
            self.report.form(object.to_owned(), format!("the scenario has no piece `{name}`"));
        }
        piece
    }
}

/// Links the sorties of a line and finds what boards and leaves between them (C02).
fn join_line(flights: &mut [Flight], line: &[usize]) {
    let mut before: BTreeMap<PieceId, i64> = BTreeMap::new();
    for (position, &this) in line.iter().enumerate() {
        let on_board = counts(&flights[this].cargo);
        let (boards, leaves) = difference(&before, &on_board);
        flights[this].boards = boards;
        if let Some(previous) = position.checked_sub(1).map(|p| line[p]) {
            flights[previous].leaves = leaves;
            flights[previous].next = Some(this);
            flights[this].previous = Some(previous);
        }
        before = on_board;
    }
    if let Some(&last) = line.last() {
        flights[last].leaves = before.into_iter().collect();
    }
}

fn counts(cargo: &[Cargo]) -> BTreeMap<PieceId, i64> {
    let mut counts = BTreeMap::new();
    for part in cargo {
        let count: &mut i64 = counts.entry(part.piece).or_default();
        *count = count.saturating_add(part.count);
    }
    counts
}

/// Pieces with counts.
type Counts = Vec<(PieceId, i64)>;

/// Returns what is in `after` and not in `before`, and the reverse.
fn difference(before: &BTreeMap<PieceId, i64>, after: &BTreeMap<PieceId, i64>) -> (Counts, Counts) {
    let more = |a: &BTreeMap<PieceId, i64>, b: &BTreeMap<PieceId, i64>| {
        a.iter()
            .map(|(&piece, &count)| (piece, count - b.get(&piece).copied().unwrap_or(0)))
            .filter(|&(_, count)| count > 0)
            .collect()
    };
    (more(after, before), more(before, after))
}

/// Returns the route distance: the leg's, or inside a state the great circle with the policy's addition.
fn route_distance(
    scenario: &Scenario,
    leg: Named<LegId>,
    from: PlaceId,
    to: PlaceId,
) -> Option<Distance> {
    match leg {
        Named::Known(leg) => Some(scenario.air_legs[leg].distance),
        Named::Unknown => None,
        Named::Absent => {
            let start = scenario.places[from].position?;
            let end = scenario.places[to].position?;
            let circle = geo::geodesic(start, end);
            Some(travel::per_cent(circle, scenario.operation.own_state_route_percent))
        }
    }
}

/// Returns the people in so many of a piece.
pub(crate) fn people_of(piece: &Piece, count: i64) -> i64 {
    piece.people_each().saturating_mul(count)
}

/// Returns the vehicles, pallets and containers in so many of a piece.
pub(crate) fn items_of(piece: &Piece, count: i64) -> i64 {
    piece.items_each().saturating_mul(count)
}

/// Returns the mass of so many of a piece with their drivers.
pub(crate) fn mass_of(scenario: &Scenario, piece: &Piece, count: i64) -> Mass {
    let drivers = match piece.items_each() {
        0 => Mass::ZERO,
        _ => scenario.operation.person_mass.times(piece.drivers),
    };
    (piece.mass + drivers).times(count)
}
