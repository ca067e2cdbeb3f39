//! The planner: a scenario in, a plan out.
//!
//! Pure functions of their arguments: no file, no clock, no network, no environment. Seed and budget are
//! arguments, and the same ones give the same plan on every machine. This stage plans constructively;
//! [`solve`] repeats the construction with other orders of equally urgent elements and keeps the best plan.
//!
//! The engine never asks the checker and shares no rule with it; both read `docs/model.md`.
#![warn(missing_docs, clippy::float_cmp, clippy::cast_possible_truncation)]

mod airlift;
pub mod backtest;
mod binding;
mod bookings;
mod bound;
mod change;
mod construct;
mod convoy;
mod departure;
pub mod explain;
mod field;
mod frozen;
mod gate;
#[cfg(test)]
#[path = "../tests/it/generate.rs"]
#[expect(clippy::cast_possible_truncation, reason = "small numbers of tests")]
mod generate;
pub mod graph;
mod handover;
mod hold;
mod improve;
mod join;
mod later;
mod march;
mod modes;
mod network;
mod objective;
mod order;
mod outlook;
mod output;
mod random;
mod relax;
mod replan;
pub mod residual;
pub mod search;
mod sequence;
pub mod simulate;
mod solve;
mod sortie;
mod stability;
mod threads;
mod timeline;
mod together;

pub use binding::what_binds;
pub use bound::{Proven, prove, prove_plan};
pub use network::cannot_move;
pub use relax::apply;
pub use replan::{Answer, begun, driven_on, frozen_part, replan};
pub use sequence::handovers_alone;
pub use solve::{Outcome, Progress, Request, solve};
