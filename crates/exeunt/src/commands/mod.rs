//! The commands, one file each.

pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod pdptw;
pub(crate) mod plan;
pub(crate) mod promise;
pub(crate) mod prove;
pub(crate) mod replan;
pub(crate) mod report;
pub(crate) mod scale;
pub(crate) mod schema;
pub(crate) mod simulate;
pub(crate) mod statements;
pub(crate) mod validate;
