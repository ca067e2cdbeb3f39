//! The words of exeunt: quantities, time, ids, scenario, plan, rules, findings, problems.
//!
//! This crate defines and never decides. It reads no file, clock or network, starts no thread and
//! holds no rule of its own: the rule list in [`rule`] is data. Every quantity is an integer in its
//! base unit (kg, mm, m, s, UTC seconds); rounding happens once, in the constructor or method that
//! says so, in the safe direction.
#![warn(missing_docs, clippy::float_cmp, clippy::cast_possible_truncation)]

pub mod backtest;
pub mod certificate;
pub mod difference;
pub mod event;
pub mod explanation;
pub mod finding;
pub mod formula;
pub mod geo;
pub mod ids;
pub mod outcome;
pub mod pdptw;
pub mod plan;
pub mod problem;
pub mod residual;
pub mod rule;
pub mod ruler;
pub mod scenario;
pub mod time;
pub mod uncertainty;
pub mod units;

pub use difference::Difference;
pub use event::Event;
pub use finding::{Code, Finding, Verdict};
pub use ids::*;
pub use plan::Plan;
pub use problem::Problem;
pub use residual::Residual;
pub use rule::Rule;
pub use scenario::Scenario;
pub use time::{Duration, Interval, Timestamp};
pub use units::{Distance, Length, Mass, Speed};
