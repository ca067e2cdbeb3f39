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

/// The last moment at which stopping the lift still keeps the sites of a task: nothing starts from then on, what is
/// under way ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastStop {
    /// The task of the mandate.
    pub task: MandateId,
    /// The moment, and the site that the next departure or step costs; none if the plan costs none of them.
    pub stop: Option<(Timestamp, SiteId)>,
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
