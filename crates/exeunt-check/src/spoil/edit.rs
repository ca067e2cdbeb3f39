//! Small edits of plans that the corruptions are made of.

use super::Spoiler;
use crate::journey::{By, Move};
use exeunt_model::ids::*;
use exeunt_model::plan::{Line, Load, Plan, Service, Sortie, Unmoved};
use exeunt_model::scenario::{Milestone, Mode};
use exeunt_model::time::{Duration, Timestamp};

/// Amounts by which a time is made wrong: a second, a minute, an hour, a day.
pub(super) const AMOUNTS: [(i64, &str); 4] =
    [(1, "1 s"), (60, "1 min"), (3_600, "1 h"), (86_400, "1 day")];

/// Returns the sortie at a position, if the plan still has it.
pub(super) fn sortie(plan: &mut Plan, at: (usize, usize)) -> Option<&mut Sortie> {
    plan.lines.get_mut(at.0)?.sorties.get_mut(at.1)
}

/// Edits the sortie at a position.
pub(super) fn on_sortie(
    at: (usize, usize),
    edit: impl Fn(&mut Sortie) + 'static,
) -> impl Fn(&mut Plan) + 'static {
    move |plan: &mut Plan| {
        if let Some(row) = sortie(plan, at) {
            edit(row);
        }
    }
}

/// Shifts flight and services of a sortie.
pub(super) fn shift(row: &mut Sortie, by: Duration) {
    row.departs = row.departs + by;
    row.lands = row.lands + by;
    for service in [&mut row.loading, &mut row.unloading].into_iter().flatten() {
        service.starts = service.starts + by;
        service.ends = service.ends + by;
    }
}

/// Moves take-off and landing so that the take-off is at `t`.
pub(super) fn fly_at(row: &mut Sortie, t: Timestamp) {
    let flown = row.lands - row.departs;
    row.departs = t;
    row.lands = t + flown;
}

/// Makes an unmoved row.
pub(super) fn stays(piece: &str, count: i64, reason: &str) -> Unmoved {
    Unmoved { piece: piece.to_owned(), count, rule: "C01".to_owned(), reason: reason.to_owned() }
}

/// A sortie put into a plan that has no room for it.
pub(super) struct Extra {
    pub(super) tail: String,
    pub(super) config: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) departs: Timestamp,
    pub(super) lands: Timestamp,
    pub(super) loading: Option<Service>,
    pub(super) load: Vec<Load>,
}

/// Adds a line of `n` such sorties to the plan.
pub(super) fn add_extra(plan: &mut Plan, extra: &Extra, n: usize) {
    let sorties = (0..n)
        .map(|i| Sortie {
            id: format!("EXTRA-{}-{i}", plan.lines.len()),
            from: extra.from.clone(),
            to: extra.to.clone(),
            leg: None,
            config: extra.config.clone(),
            departs: extra.departs,
            lands: extra.lands,
            loading: extra.loading,
            unloading: None,
            crew: None,
            load: extra.load.clone(),
        })
        .collect();
    plan.lines.push(Line { tail: extra.tail.clone(), sorties });
}

/// How to set the moment at which a move's items pass a milestone, without changing anything else that
/// decides about it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// Take-off of the sortie at a position.
    TakeOff((usize, usize)),
    /// Landing of it.
    Landing((usize, usize)),
    /// End of its unloading.
    Unloaded((usize, usize)),
    /// Departure of a column.
    ColumnLeaves(usize),
    /// Arrival of a column's head on a march; the moment is so much later.
    MarchArrives { column: usize, march: usize, pass: Duration },
}

impl Moment {
    /// Sets the moment.
    pub(super) fn set(self, plan: &mut Plan, t: Timestamp) {
        match self {
            Self::TakeOff(at) => {
                if let Some(row) = sortie(plan, at) {
                    row.departs = t;
                }
            }
            Self::Landing(at) => {
                if let Some(row) = sortie(plan, at) {
                    row.lands = t;
                }
            }
            Self::Unloaded(at) => {
                if let Some(row) = sortie(plan, at)
                    && let Some(unloading) = &mut row.unloading
                {
                    unloading.ends = t;
                }
            }
            Self::ColumnLeaves(column) => {
                if let Some(first) = plan.columns[column].marches.first_mut() {
                    first.departs = t;
                }
            }
            Self::MarchArrives { column, march, pass } => {
                plan.columns[column].marches[march].arrives = t - pass;
            }
        }
    }
}

impl Spoiler<'_, '_> {
    /// Returns the moment at which items leave their place with a move.
    pub(super) fn set_leaving(&self, by: &Move) -> impl Fn(&mut Plan, Timestamp) + 'static {
        let by = by.by;
        let at = match by {
            By::Column(_) => (0, 0),
            By::Ride { boards, .. } => self.at[boards],
        };
        move |plan: &mut Plan, t: Timestamp| match by {
            By::Column(column) => Moment::ColumnLeaves(column).set(plan, t),
            By::Ride { .. } => {
                if let Some(row) = sortie(plan, at)
                    && let Some(loading) = &mut row.loading
                {
                    loading.starts = t;
                }
            }
        }
    }

    /// Returns how a move decides about the milestone of the items it takes; none if it does not.
    pub(super) fn moment(&self, by: &Move, is_first: bool, milestone: Milestone) -> Option<Moment> {
        let scenario = self.facts.scenario;
        let element = &scenario.elements[self.facts.element_of(by.piece)];
        let is_home = by.to == element.destination;
        match milestone {
            Milestone::LeftSite => is_first.then(|| self.leaving(by)),
            Milestone::LeftHost if !scenario.is_in_host(element.origin) => {
                is_first.then(|| self.leaving(by))
            }
            Milestone::LeftHost => self.out_of_host(by),
            Milestone::HomeBase => is_home.then(|| self.arriving(by))?,
            Milestone::HomeAirfield => match (element.mode, by.by) {
                (Mode::Road, _) => is_home.then(|| self.arriving(by))?,
                (Mode::Air { debark, .. }, By::Ride { leaves, .. }) => {
                    (by.to == debark).then(|| Moment::Landing(self.at[leaves]))
                }
                (Mode::Air { .. }, By::Column(_)) => None,
            },
        }
    }

    fn leaving(&self, by: &Move) -> Moment {
        match by.by {
            By::Column(column) => Moment::ColumnLeaves(column),
            By::Ride { boards, .. } => Moment::TakeOff(self.at[boards]),
        }
    }

    fn out_of_host(&self, by: &Move) -> Option<Moment> {
        let scenario = self.facts.scenario;
        match by.by {
            By::Ride { .. } => by.leaves_host_by.map(|flight| Moment::TakeOff(self.at[flight])),
            By::Column(column) => {
                let marches = &self.facts.resolved.columns[column].marches;
                let march = marches.iter().rposition(|march| {
                    scenario.is_in_host(march.from) && !scenario.is_in_host(march.to)
                })?;
                Some(Moment::MarchArrives { column, march, pass: Duration::ZERO })
            }
        }
    }

    fn arriving(&self, by: &Move) -> Option<Moment> {
        match by.by {
            By::Ride { leaves, .. } => {
                let unloading = self.facts.resolved.flights[leaves].row.unloading;
                unloading.map(|_| Moment::Unloaded(self.at[leaves]))
            }
            By::Column(column) => {
                let drive = &self.facts.resolved.columns[column];
                let march = drive.marches.len() - 1;
                let pass = drive.clears - drive.marches[march].row.arrives;
                Some(Moment::MarchArrives { column, march, pass })
            }
        }
    }

    /// Returns the pieces that share a move's carrier, with the move's own.
    pub(super) fn pieces_aboard(&self, by: &Move) -> Vec<PieceId> {
        match by.by {
            By::Column(column) => {
                self.facts.resolved.columns[column].load.iter().map(|&(piece, _)| piece).collect()
            }
            By::Ride { boards, leaves } => {
                let mut pieces = Vec::new();
                for flight in boards..=leaves {
                    let cargo = &self.facts.resolved.flights[flight].cargo;
                    pieces.extend(cargo.iter().map(|part| part.piece));
                }
                pieces
            }
        }
    }

    /// Returns a name and the first configuration of a tail.
    pub(super) fn tail(&self, tail: TailId) -> Option<(String, String)> {
        let scenario = self.facts.scenario;
        let row = &scenario.tails[tail];
        let config = scenario.types[row.aircraft].configurations.first()?;
        Some((row.name.clone(), config.name.clone()))
    }

    /// Returns an airfield other than `field`.
    pub(super) fn other_field(&self, field: PlaceId) -> Option<PlaceId> {
        let places = self.facts.scenario.places.iter();
        let mut others = places.filter(|(id, row)| row.airfield.is_some() && *id != field);
        others.next().map(|(id, _)| id)
    }

    /// Returns a place's name as plans write it.
    pub(super) fn name(&self, place: PlaceId) -> String {
        self.facts.place(place).to_owned()
    }
}
