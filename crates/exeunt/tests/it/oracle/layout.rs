//! One way to fly: which tail carries what in which order, by which ferries. Makes the constraints that
//! hold whatever the orders on the resources are.

use super::reading::{Hop, Item, Reading, Way, names_site};
use super::search::Part;
use super::system::{EPOCH, Moment, System, at};
use exeunt_model::Id;
use exeunt_model::scenario::{Activity, Gate, Milestone};

/// A sortie with its variables.
#[derive(Debug, Clone)]
pub(crate) struct Leg {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) hop: Hop,
    /// Items on board; empty for a ferry.
    pub(crate) load: Vec<usize>,
    pub(crate) departs: usize,
    pub(crate) loading: Option<(usize, usize)>,
    pub(crate) unloading: Option<(usize, usize)>,
}

impl Leg {
    pub(crate) fn lands(&self) -> Moment {
        at(self.departs).after(self.hop.block)
    }
}

/// The moments of a moved item, and its marches as pairs of departure and arrival.
#[derive(Debug, Clone)]
pub(crate) struct Journey {
    pub(crate) left_site: Moment,
    pub(crate) left_host: Moment,
    home_airfield: Moment,
    pub(crate) home_base: Moment,
    pub(crate) before: Option<(usize, usize)>,
    pub(crate) after: Option<(usize, usize)>,
}

impl Journey {
    pub(crate) fn passes(&self, milestone: Milestone) -> Moment {
        match milestone {
            Milestone::LeftSite => self.left_site,
            Milestone::LeftHost => self.left_host,
            Milestone::HomeAirfield => self.home_airfield,
            Milestone::HomeBase => self.home_base,
        }
    }
}

/// Time on a stand; without an end: for ever.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    pub(crate) tail: usize,
    pub(crate) field: usize,
    pub(crate) from: Moment,
    pub(crate) to: Option<Moment>,
}

/// A loading or unloading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    pub(crate) tail: usize,
    pub(crate) field: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) is_loading: bool,
}

/// A take-off or landing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Movement {
    pub(crate) tail: usize,
    pub(crate) field: usize,
    pub(crate) at: Moment,
}

/// Which items move and which sites are handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) moves: Vec<bool>,
    pub(crate) is_handed: Vec<bool>,
}

/// A way to fly with its constraints.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) scope: Scope,
    pub(crate) system: System,
    pub(crate) lines: Vec<Vec<Leg>>,
    pub(crate) journeys: Vec<Option<Journey>>,
    pub(crate) steps: Vec<Option<usize>>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) works: Vec<Work>,
    pub(crate) movements: Vec<Movement>,
}

impl Layout {
    /// Lays out the lines given as `(destination, load)` per tail; none if a flight cannot be flown.
    pub(crate) fn new(
        r: &Reading<'_>,
        without: Option<Part>,
        scope: &Scope,
        lines: &[Vec<(usize, Vec<usize>)>],
    ) -> Option<Self> {
        let mut layout = Self {
            scope: scope.clone(),
            system: System::new(),
            lines: Vec::new(),
            journeys: vec![None; r.items.len()],
            steps: vec![None; r.s.steps.len()],
            stays: Vec::new(),
            works: Vec::new(),
            movements: Vec::new(),
        };
        layout.handovers(r, without)?;
        for (tail, line) in lines.iter().enumerate() {
            let line = layout.line(r, without, tail, line)?;
            layout.lines.push(line);
        }
        for (item, row) in r.items.iter().enumerate().filter(|(item, _)| scope.moves[*item]) {
            if let Way::Road(drive) = &row.way {
                let (departs, arrives) = layout.drive(r, without, drive);
                layout.release(r, row, at(departs));
                layout.system.not_before(at(departs), row.load_from);
                let home = at(arrives).after(drive.pass);
                layout.journeys[item] = Some(Journey {
                    left_site: at(departs),
                    left_host: at(arrives),
                    home_airfield: home,
                    home_base: home,
                    before: Some((departs, arrives)),
                    after: None,
                });
            }
        }
        layout.gates(r, without)?;
        Some(layout)
    }

    fn handovers(&mut self, r: &Reading<'_>, without: Option<Part>) -> Option<()> {
        for (position, step) in r.s.steps.rows.iter().enumerate() {
            let site = step.site.index();
            if !self.scope.is_handed[site] {
                continue;
            }
            let starts = self.system.variable();
            self.steps[position] = Some(starts);
            if without != Some(Part::Teams) {
                for &(team, need) in &step.needs {
                    let capacity = &r.s.resources[team].capacity[0];
                    if need > capacity.amount {
                        return None;
                    }
                    let windows = capacity.windows.iter();
                    let windows = windows.map(|i| (r.relative(i.from), r.relative(i.to)));
                    let windows = std::rc::Rc::new(windows.collect());
                    self.system.span(at(starts), step.duration.0, &windows);
                }
            }
            for gate in r.s.conditions.rows.iter().filter(|_| without != Some(Part::Conditions)) {
                if matches!(&gate.gate, Gate::Handovers(sites) if names_site(sites, site)) {
                    self.system
                        .not_before(at(starts), r.relative(super::generate::true_from(gate)?));
                }
            }
        }
        for (position, step) in r.s.steps.rows.iter().enumerate() {
            let Some(starts) = self.steps[position] else { continue };
            for &(before, lag) in &step.after {
                let earlier = self.steps[before.index()]?;
                let wait = r.s.steps[before].duration.0 + lag.0;
                self.system.edge(at(earlier), at(starts), wait, true);
            }
            for joint in &step.with {
                self.system.edge(at(self.steps[joint.index()]?), at(starts), 0, true);
            }
        }
        Some(())
    }

    /// Ends of a site's steps.
    pub(crate) fn step_ends(&self, r: &Reading<'_>, site: usize) -> Vec<Moment> {
        let steps = r.s.steps.rows.iter().zip(&self.steps);
        let steps = steps.filter(|(step, _)| step.site.index() == site);
        steps.filter_map(|(step, starts)| Some(at((*starts)?).after(step.duration.0))).collect()
    }

    /// Readiness, and the ends of the handovers that free an item, before it leaves its origin.
    fn release(&mut self, r: &Reading<'_>, item: &Item, leaves: Moment) {
        self.system.not_before(leaves, item.ready);
        for &site in &item.freed_by {
            for end in self.step_ends(r, site) {
                self.system.edge(end, leaves, 0, true);
            }
        }
    }

    fn drive(
        &mut self,
        r: &Reading<'_>,
        without: Option<Part>,
        drive: &super::reading::Drive,
    ) -> (usize, usize) {
        let (departs, arrives) = (self.system.variable(), self.system.variable());
        self.system.edge(at(departs), at(arrives), drive.march, true);
        if let Some(windows) = r.free_of_curfew(drive).filter(|_| without != Some(Part::Hours)) {
            self.system.stretch(departs, arrives, drive.march, &windows);
        }
        (departs, arrives)
    }

    fn line(
        &mut self,
        r: &Reading<'_>,
        without: Option<Part>,
        tail: usize,
        line: &[(usize, Vec<usize>)],
    ) -> Option<Vec<Leg>> {
        let base = r.s.tails.rows[tail].base.index();
        let aircraft = r.aircraft(tail);
        let mut legs: Vec<Leg> = Vec::new();
        for (to, load) in line {
            let from = legs.last().map_or(base, |leg| leg.to);
            let hop = r.hop(tail, from, *to)?;
            let departs = self.system.variable();
            let lands = at(departs).after(hop.block);
            let is_loaded = !load.is_empty();
            let mut service = |length: i64, field: usize, is_loading: bool| {
                let (from, to) = (self.system.variable(), self.system.variable());
                self.system.edge(at(from), at(to), length, true);
                if let Some(hours) =
                    r.hours(field, Activity::Handling).filter(|_| without != Some(Part::Hours))
                {
                    self.system.stretch(from, to, length, &hours);
                }
                if without != Some(Part::Work) {
                    self.system.stretch(from, to, length, &r.at_work[tail]);
                }
                self.works.push(Work { tail, field, from, to, is_loading });
                (from, to)
            };
            let loading = is_loaded.then(|| service(aircraft.onload.0, from, true));
            let unloading = is_loaded.then(|| service(aircraft.offload.0, *to, false));
            let s = &mut self.system;
            if let Some((_, ends)) = loading {
                s.edge(at(ends), at(departs), 0, true);
            }
            if let Some((starts, _)) = unloading {
                s.edge(lands, at(starts), 0, true);
            }
            if let Some(before) = legs.last() {
                let free = before.unloading.map_or(before.lands(), |(_, ends)| at(ends));
                let stop = if loading.is_some() || before.unloading.is_some() {
                    0
                } else {
                    aircraft.enroute.0
                };
                s.edge(free, loading.map_or(at(departs), |(starts, _)| at(starts)), stop, true);
            }
            if without != Some(Part::Work) {
                s.span(at(departs), hop.block, &r.at_work[tail]);
            }
            for (field, moment) in [(from, at(departs)), (*to, lands)] {
                let hours = r.hours(field, Activity::Movement);
                if let Some(hours) = hours.filter(|_| without != Some(Part::Hours)) {
                    // a moment in a half-open window is a second inside it
                    s.span(moment, 1, &hours);
                }
                let slot = slot(r, field);
                let mine = |m: &&Movement| m.tail == tail && m.field == field;
                if slot > 0 && without != Some(Part::Slots) {
                    for earlier in self.movements.iter().filter(mine) {
                        s.edge(earlier.at, moment, slot, true);
                    }
                }
                self.movements.push(Movement { tail, field, at: moment });
            }
            legs.push(Leg { from, to: *to, hop, load: load.clone(), departs, loading, unloading });
            for &item in load {
                self.ride(r, without, item, legs.last().expect("just pushed"));
            }
        }
        self.park(tail, base, &legs);
        Some(legs)
    }

    /// An item's journey by the sortie that carries it.
    fn ride(&mut self, r: &Reading<'_>, without: Option<Part>, item: usize, leg: &Leg) {
        let row = &r.items[item];
        let Way::Air { embark, before, after, .. } = &row.way else { return };
        let (loaded, _) = leg.loading.expect("it is loaded");
        let (_, unloaded) = leg.unloading.expect("it is unloaded");
        let before = before.as_ref().map(|drive| {
            let (departs, arrives) = self.drive(r, without, drive);
            self.release(r, row, at(departs));
            let field = r.s.places.rows[*embark].airfield.as_ref().expect("an airfield");
            let wait = drive.pass + field.staging_time.0;
            self.system.edge(at(arrives), at(loaded), wait, true);
            (departs, arrives)
        });
        if before.is_none() {
            self.release(r, row, at(loaded));
        }
        self.system.not_before(at(loaded), row.load_from);
        let mut home_base = at(unloaded);
        let after = after.as_ref().map(|drive| {
            let (departs, arrives) = self.drive(r, without, drive);
            self.system.edge(at(unloaded), at(departs), 0, true);
            home_base = at(arrives).after(drive.pass);
            (departs, arrives)
        });
        self.journeys[item] = Some(Journey {
            left_site: at(before.map_or(leg.departs, |(departs, _)| departs)),
            left_host: at(leg.departs),
            home_airfield: leg.lands(),
            home_base,
            before,
            after,
        });
    }

    /// Stays on stands; at its base an aircraft takes one only while it is worked on.
    fn park(&mut self, tail: usize, base: usize, legs: &[Leg]) {
        for (position, leg) in legs.iter().enumerate() {
            let mut stay = |field, from, to| self.stays.push(Stay { tail, field, from, to });
            if let (Some((starts, _)), true) = (leg.loading, leg.from == base) {
                stay(base, at(starts), Some(at(leg.departs)));
            }
            match (leg.to == base, leg.unloading) {
                (true, Some((_, ends))) => stay(base, leg.lands(), Some(at(ends))),
                (true, None) => {}
                (false, _) => {
                    let next = legs.get(position + 1).map(|next| at(next.departs));
                    stay(leg.to, leg.lands(), next);
                }
            }
        }
    }

    /// What a decision gates leaves the host no earlier.
    fn gates(&mut self, r: &Reading<'_>, without: Option<Part>) -> Option<()> {
        for row in r.s.conditions.rows.iter().filter(|_| without != Some(Part::Conditions)) {
            let Gate::Departures(set) = &row.gate else { continue };
            for (item, journey) in r.items.iter().zip(&self.journeys) {
                let is_gated = set.iter().any(|element| element.index() == item.element);
                if let (Some(journey), true) = (journey, is_gated) {
                    let from = r.relative(super::generate::true_from(row)?);
                    self.system.edge(at(EPOCH), journey.left_host, from, true);
                }
            }
        }
        Some(())
    }
}

/// Least time between two movements at a field.
pub(crate) fn slot(r: &Reading<'_>, field: usize) -> i64 {
    r.s.places.rows[field].airfield.as_ref().map_or(0, |field| field.slot.0)
}
