//! Ids: positions in the tables of a scenario, one type per table.
//!
//! An id is valid for the scenario that made it and for no other; files carry names instead.

use std::marker::PhantomData;

/// What every id can do: turn into a position and back.
pub trait Id: Copy {
    /// Makes the id of the row at `position`.
    fn from_index(position: usize) -> Self;
    /// Returns the row's position.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($name:ident: $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn from_index(position: usize) -> Self {
                Self(u32::try_from(position).expect("a table has fewer than 2^32 rows"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    PartyId: "A nation or organisation.";
    PlaceId: "A site, airfield, border post, garrison or other place with coordinates.";
    SiteId: "A guarded place that is handed over.";
    StepId: "A step of a handover.";
    ResourceId: "A stand, handling team, host check, team or other capacity.";
    ElementId: "Part of a contingent that moves together.";
    PieceId: "A vehicle, pallet, container or number of people, with a count.";
    TypeId: "An aircraft type.";
    TailId: "One aircraft.";
    LegId: "An air leg, usable both ways.";
    RoadId: "A road leg, usable both ways.";
    ClearanceId: "A clearance of a state.";
    PrecedenceId: "A precedence row.";
    PromiseId: "A promise with its predicate.";
    StatementId: "A row of the ledger.";
    ConditionId: "A decision or judgement that gates something.";
    LevelId: "A level of the situation; the greater, the better.";
    AssessmentId: "A judgement of the situation by somebody.";
    MandateId: "A row of the mandate.";
}

/// Rows that are found by their id.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<I, T> {
    /// The rows in file order.
    pub rows: Vec<T>,
    marker: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { rows: Vec::new(), marker: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// Makes a table of rows.
    pub fn new(rows: Vec<T>) -> Self {
        Self { rows, marker: PhantomData }
    }
    /// Adds a row and returns its id.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::from_index(self.rows.len() - 1)
    }
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Returns whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Goes through ids and rows in file order.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.rows.iter().enumerate().map(|(position, row)| (I::from_index(position), row))
    }
    /// Goes through the ids in file order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::from_index)
    }
    /// Finds the first row that satisfies `test`.
    pub fn find(&self, test: impl Fn(&T) -> bool) -> Option<I> {
        self.rows.iter().position(test).map(I::from_index)
    }
}

impl<I: Id, T> std::ops::Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> std::ops::IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}
