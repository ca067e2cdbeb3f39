//! What the checker says of a plan, and what the planner says binds it.

use crate::certificate::Stage;
use crate::rule::Rule;
use crate::time::{Interval, Timestamp};
use serde::{Serialize, Serializer};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A rule is broken.
    Rule(Rule),
    /// The plan states an objective that does not follow from it.
    Objective,
    /// A bound or its certificate does not hold.
    Proof,
    /// The plan names something that the scenario does not have, or has a form this build cannot check.
    Form,
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rule(rule) => rule.fmt(f),
            Self::Objective => f.write_str("objective"),
            Self::Proof => f.write_str("proof"),
            Self::Form => f.write_str("form"),
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A way in which a plan is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Rule or other code.
    pub rule: Code,
    /// Object, such as "sortie `S012`".
    pub object: String,
    /// When, if at a moment.
    pub at: Option<Timestamp>,
    /// One sentence with value and limit, lower case, no final stop.
    pub message: String,
}

/// Everything the checker derives from scenario and plan; no number is taken from the plan's own summary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// No finding.
    pub accepted: bool,
    /// Findings, by rule and time.
    pub findings: Vec<Finding>,
    /// Remarks that do not make the plan wrong.
    pub notes: Vec<String>,
    /// Names of the levels.
    pub levels: Vec<String>,
    /// Values re-derived; z0 counts the broken rules found.
    pub objective: Vec<i64>,
    /// Promises.
    pub promises: Vec<PromiseResult>,
    /// Last arrival at the destinations required.
    pub closure: Option<Timestamp>,
    /// Last time somebody or something left the host.
    pub closure_left_host: Option<Timestamp>,
    /// Last time somebody or something came into the host from outside.
    pub closure_entered_host: Option<Timestamp>,
    /// Last landing at a home airfield.
    pub closure_home_airfield: Option<Timestamp>,
    /// Pieces unmoved, people counted singly.
    pub unmoved: i64,
    /// Sorties with a load.
    pub loaded_sorties: i64,
    /// Sorties without.
    pub ferry_sorties: i64,
    /// Tails that fly.
    pub tails_used: i64,
    /// Per party that moves something, in scenario order.
    pub parties: Vec<PartyResult>,
    /// Per day and field with loaded departures out of the host.
    pub days: Vec<DayResult>,
    /// Per day and field of the host with loaded landings from outside.
    pub days_in: Vec<DayResult>,
    /// When each condition lets through what it gates, in scenario order.
    #[serde(skip)]
    pub conditions: Vec<ConditionResult>,
    /// What is proven beside it; none without certificates.
    pub proven: Option<Proven>,
}

/// What is proven of a plan's values, by certificates that the checker has reckoned again and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Proven {
    /// Per level, a value that no plan is below whose earlier levels are not worse.
    pub bounds: Vec<Option<i64>>,
    /// Per level, the strongest stage that the bound rests on; none where it is 0 anyway.
    pub stages: Vec<Option<Stage>>,
    /// Per level, (value - bound) / value in parts per ten thousand, rounded up; 0 when proven, none without a bound.
    pub gaps: Vec<Option<i64>>,
    /// The first level that is not proven.
    pub gap: Gap,
    /// No plan has its last arrival at the destinations before.
    pub closure: Option<Timestamp>,
    /// (closure - bound) / (closure - start) in parts per ten thousand, rounded up.
    pub closure_gap: Option<i64>,
    /// No plan has its last departure out of the host before.
    pub left_host: Option<Timestamp>,
    /// The same per party of which something is proven, in scenario order.
    pub parties: Vec<PartyBound>,
    /// Promises that no plan keeps, in scenario order.
    pub impossible: Vec<String>,
}

/// The first level of a plan that is not proven.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Gap {
    /// The level; none if all are proven.
    pub level: Option<String>,
    /// Its gap in parts per ten thousand; none without a bound.
    pub per_ten_thousand: Option<i64>,
}

/// What is proven of a party's last arrival and departure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyBound {
    /// Party.
    pub id: String,
    /// Its last arrival at the destinations is not before, and the stage that proves it.
    pub closure: Option<(Timestamp, Stage)>,
    /// Its last departure out of the host is not before, and the stage that proves it.
    pub left_host: Option<(Timestamp, Stage)>,
}

/// When a condition is open by what is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionResult {
    /// Condition.
    pub id: String,
    /// Stretches of time, disjoint and in order; the last one may have no end ([`Timestamp::MAX`]).
    pub open: Vec<Interval>,
}

impl ConditionResult {
    /// Returns whether it is open at a moment.
    pub fn is_open(&self, t: Timestamp) -> bool {
        self.open.iter().any(|stretch| stretch.contains(t))
    }
}

/// A promise against a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseResult {
    /// Promise.
    pub id: String,
    /// In the strict reading; none when it is dated before the start.
    pub strict: Option<bool>,
    /// In the lenient reading.
    pub lenient: Option<bool>,
    /// Seconds between the deciding moment and the strict deadline; negative when late.
    pub margin_s: Option<i64>,
    /// Whether it counts in z2.
    pub required: bool,
    /// For a date before the start: "missed before start" or "kept before start", and the evidence.
    pub before_start: Option<String>,
}

/// A party's movement in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyResult {
    /// Party.
    pub id: String,
    /// People moved, drivers included.
    pub people: i64,
    /// Vehicles, pallets and containers moved.
    pub vehicles: i64,
    /// First departure out of the host.
    pub first_departure: Option<Timestamp>,
    /// Last departure out of the host.
    pub last_departure: Option<Timestamp>,
    /// Last arrival in the host of what starts outside: landing, or crossing of the border.
    pub entered_host: Option<Timestamp>,
    /// Last landing at a home airfield.
    pub home_airfield: Option<Timestamp>,
    /// Last arrival at a destination.
    pub closure: Option<Timestamp>,
    /// Sorties that carry pieces of it.
    pub loaded_sorties: i64,
    /// Columns of it that leave the host.
    pub columns_out: i64,
    /// Types that carry it with their number of loaded sorties out of the host or into it.
    pub types: Vec<(String, i64)>,
}

/// Loaded departures out of the host, or landings in it, of one day and field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayResult {
    /// The day in the operation's zone.
    #[serde(skip)]
    pub day: Interval,
    /// The day as a date.
    pub date: String,
    /// Airfield.
    pub field: String,
    /// Loaded sorties that depart, or land.
    pub loaded_sorties: i64,
    /// Different tails among them.
    pub tails: i64,
    /// Seconds in which handling teams worked that day.
    pub handling_used_s: i64,
    /// Seconds of handling teams there were that day, had every provider stayed; none without a limit.
    pub handling_capacity_s: Option<i64>,
}

/// Something that binds on a day: one unit more of it, planned again, makes the day's last departure earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Binding {
    /// Day in the operation's zone.
    #[serde(skip)]
    pub day: Interval,
    /// The day as a date.
    pub date: String,
    /// What binds, such as "handling teams at UAAA".
    pub what: String,
    /// Kind: `stand`, `handling`, `host_check`, `team`, `tails`, `hours`, `condition`, `clearance`, `border`, `date`.
    pub kind: String,
    /// The unit added, such as "one more team".
    pub unit: String,
    /// The day's last departure out of the host in the plan.
    pub last_departure: Timestamp,
    /// The same with one unit more; none when nobody leaves on that day any more.
    pub with_one_more: Option<Timestamp>,
    /// Closure of the plan.
    pub closure: Option<Timestamp>,
    /// Closure with one unit more.
    pub closure_with_one_more: Option<Timestamp>,
}
