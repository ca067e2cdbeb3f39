//! The checker on a small hand-written operation: it accepts the valid plan, refuses what is one unit
//! beyond a limit, refuses every spoiled copy, and never panics.

mod accept;
mod bounds;
mod bridge;
mod choice;
mod convoy;
mod large;
mod limits;
mod never_panics;
mod routes;
mod spoiled;
mod spoiled_proof;
mod world;
