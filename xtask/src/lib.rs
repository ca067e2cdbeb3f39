//! Tools for the developers of exeunt, called as `cargo xtask COMMAND`; the product never depends on this crate.
#![warn(missing_docs)]

pub mod fuzz;
