//! Distances on the ellipsoid, rounded to whole metres here and nowhere else.

use crate::units::Distance;
use geographiclib_rs::{Geodesic, InverseGeodesic};

/// Returns the geodesic distance on WGS 84 (Karney 2013) between two points in degrees, rounded to
/// the nearest metre. Coordinates are (latitude, longitude).
pub fn geodesic(from: (f64, f64), to: (f64, f64)) -> Distance {
    let metres: f64 = Geodesic::wgs84().inverse(from.0, from.1, to.0, to.1);
    #[expect(clippy::cast_possible_truncation, reason = "at most 20,004 km, far below 2^53")]
    Distance(metres.round() as i64)
}
