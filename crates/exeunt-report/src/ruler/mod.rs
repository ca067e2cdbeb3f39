//! The ruler of dates: what may be said of when all of a set have reached a milestone.
//!
//! One ruler, four forms: text of at most 80 columns, JSON, a drawing that stands by itself, and what the page shows. Offices
//! are named, persons never. Nothing is reckoned here: dates, probabilities and bounds come as they are.

mod json;
mod svg;
mod teller;
mod text;

pub use json::value;
pub(crate) use svg::drawing;
pub use svg::svg;
pub(crate) use teller::Teller;
pub use text::text;
pub(crate) use text::{brief, question};
