//! Tools for the developers of exeunt, called as `cargo xtask COMMAND`; the product never depends on this crate.
#![warn(missing_docs)]

pub mod corpus;
pub mod fuzz;
pub mod history;
pub mod mutate;
pub mod targets;
