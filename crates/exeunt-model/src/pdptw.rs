//! Pickup-and-delivery problems with time windows: one depot, alike vehicles, pairs of stops.
//!
//! The published form in which search engines are compared (Li and Lim 2001; Sartori and Buriol 2020): as few vehicles as
//! possible, then as little travel. Times and distances are one and the same number per pair of stops, in double precision.

/// A problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Name, as its file has it.
    pub name: String,
    /// Most that a vehicle carries, in the unit of the demands.
    pub capacity: i64,
    /// Vehicles there are; none without a limit.
    pub vehicles: Option<usize>,
    /// All stops; the first is the depot, where every route begins and ends.
    pub stops: Vec<Stop>,
    /// Travel from each stop to each, row by row: time and cost in one.
    pub travel: Vec<f64>,
}

/// A place to be visited once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// Number in the file and in route files.
    pub id: u64,
    /// What is taken up (positive) or put down (negative); 0 at the depot.
    pub demand: i64,
    /// Service begins at this time or later; a vehicle may wait.
    pub opens: f64,
    /// Service begins at this time or earlier; a vehicle is back at the depot by its closing.
    pub closes: f64,
    /// Length of the service.
    pub service: f64,
    /// Position of the other stop of the pair; 0 at the depot.
    pub partner: usize,
}

impl Instance {
    /// Returns the travel from one stop to another, by position.
    pub fn travel(&self, from: usize, to: usize) -> f64 {
        self.travel[from * self.stops.len() + to]
    }

    /// Returns the number of pairs.
    pub fn pairs(&self) -> usize {
        self.stops.len() / 2
    }

    /// Returns the travel of a route over these stops, from the depot and back to it.
    pub fn length(&self, route: &[usize]) -> f64 {
        let mut length = 0.0;
        let mut here = 0;
        for &stop in route.iter().chain([&0]) {
            length += self.travel(here, stop);
            here = stop;
        }
        length
    }
}

/// A solution: the stops of each vehicle in order, by position, without the depot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routes(pub Vec<Vec<usize>>);

impl Routes {
    /// Returns the number of vehicles and the travel of all.
    pub fn value(&self, instance: &Instance) -> (usize, f64) {
        (self.0.len(), self.0.iter().map(|route| instance.length(route)).sum())
    }
}
