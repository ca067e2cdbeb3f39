//! What the force can still do at a moment: who is in the host, what is guarded, how soon somebody could be back.
//!
//! The types only. The engine derives them from a plan by counting what comes and goes, the checker by following
//! every item; `docs/model.md` section 12 says what each figure means.

use crate::ids::{MandateId, PartyId, SiteId};
use crate::time::{Duration, Timestamp};

/// Residual capability at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residual {
    /// The moment.
    pub at: Timestamp,
    /// Parties of the force, in file order.
    pub strength: Vec<Strength>,
    /// Sites that the force guards, in file order.
    pub guarded: Vec<SiteId>,
    /// Time until the first of those who have left could be back in the host; none if nobody has left.
    pub first_back: Option<Duration>,
}

/// What of a party is in the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// The party.
    pub party: PartyId,
    /// People.
    pub people: i64,
    /// Vehicles.
    pub vehicles: i64,
}

/// Until when stopping the lift keeps the sites of a task: nothing starts from the stop on, what is under way ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastStop {
    /// The task of the mandate.
    pub task: MandateId,
    /// Its sites that the plan costs, each with the last moment at which a stop still keeps it: in the order of time,
    /// of one moment in file order.
    pub losses: Vec<(Timestamp, SiteId)>,
}

impl LastStop {
    /// Returns the last moment at which a stop keeps every site, and the site that is lost after it; none if the plan
    /// costs none.
    pub fn stop(&self) -> Option<(Timestamp, SiteId)> {
        self.losses.first().copied()
    }
    /// Returns how many of the sites a stop at `t` no longer keeps.
    pub fn n_lost(&self, t: Timestamp) -> usize {
        self.losses.iter().filter(|loss| loss.0 < t).count()
    }
    /// Returns until when a stop keeps what a stop at `t` keeps, and the next site to be lost.
    pub fn next(&self, t: Timestamp) -> Option<(Timestamp, SiteId)> {
        self.losses.iter().find(|loss| loss.0 >= t).copied()
    }
}

impl Residual {
    /// Returns the people of the force in the host.
    pub fn people(&self) -> i64 {
        self.strength.iter().map(|row| row.people).sum()
    }
    /// Returns the vehicles of the force in the host.
    pub fn vehicles(&self) -> i64 {
        self.strength.iter().map(|row| row.vehicles).sum()
    }
}
