//! What people and programs are shown: plans, verdicts, problems and assumptions as text or JSON.
//!
//! Every function here is pure: values of the model in, a `String` or a JSON value out. Nothing is
//! printed, read or decided, and no figure is computed that the checker has already derived; what a
//! [`Verdict`](exeunt_model::Verdict) says is shown as it says it. [`ledger`] sets the rows of the ledger side by side. Times stand in the operation's
//! zone, as offset at its start.
#![warn(missing_docs)]

pub mod assumptions;
pub mod backtest;
pub mod communique;
pub mod explain;
mod gating;
mod grid;
pub mod json;
pub mod language;
pub mod ledger;
pub mod page;
pub mod problems;
pub mod replan;
pub mod ruler;
mod self_test;
pub mod simulation;
pub mod situation;
pub mod text;
mod whereabouts;
mod zoned;

pub use language::{Language, Words};
pub use self_test::{SelfTestLine, SpoiledRule};
pub use text::FirstScreen;
