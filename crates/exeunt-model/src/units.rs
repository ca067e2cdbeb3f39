//! Quantities as integers in their base unit: kg, mm, m, km/h.
//!
//! Integers keep feasibility decisions equal on every machine. Constructors and accessors name the
//! unit; a value and its unit never travel apart.

use crate::time::Duration;
use serde::{Deserialize, Serialize};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            #[doc = concat!("Zero ", $unit, ".")]
            pub const ZERO: Self = Self(0);

            /// Multiplies by a count, saturating at the ends of the range.
            #[must_use]
            pub const fn times(self, count: i64) -> Self {
                Self(self.0.saturating_mul(count))
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl std::ops::SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold(Self::ZERO, |total, x| total + x)
            }
        }
    };
}

quantity!(
    /// A mass in whole kilograms.
    Mass, "kg"
);
quantity!(
    /// A length of a piece or a hold in whole millimetres.
    Length, "mm"
);
quantity!(
    /// A distance on the ground or in the air in whole metres.
    Distance, "m"
);
quantity!(
    /// A speed in metres per hour (720 km/h is 720,000).
    Speed, "m/h"
);

impl Mass {
    /// Returns the mass of so many tonnes.
    pub const fn from_tonnes(tonnes: i64) -> Self {
        Self(tonnes * 1_000)
    }
    /// Returns the mass of so many kilograms.
    pub const fn from_kg(kg: i64) -> Self {
        Self(kg)
    }
    /// Returns the kilograms.
    pub const fn to_kg(self) -> i64 {
        self.0
    }
}

impl Length {
    /// Returns the length of so many millimetres.
    pub const fn from_mm(mm: i64) -> Self {
        Self(mm)
    }
    /// Returns the millimetres.
    pub const fn to_mm(self) -> i64 {
        self.0
    }
}

impl Distance {
    /// Returns the distance of so many kilometres.
    pub const fn from_km(km: i64) -> Self {
        Self(km * 1_000)
    }
    /// Returns the metres.
    pub const fn to_m(self) -> i64 {
        self.0
    }
    /// Returns whole kilometres, rounded to the nearest.
    pub const fn to_km(self) -> i64 {
        (self.0 + 500) / 1_000
    }
}

impl Speed {
    /// Returns the speed of so many kilometres an hour.
    pub const fn from_kmh(kmh: i64) -> Self {
        Self(kmh * 1_000)
    }

    /// Returns the time that `distance` takes at this speed, rounded **up** to whole minutes (the
    /// resolution of timetables; rounding up is safe). `None` when the speed is not positive.
    ///
    /// ```
    /// use exeunt_model::{Distance, Duration, Speed};
    /// let rate = Speed::from_kmh(40);
    /// assert_eq!(rate.time_for(Distance::from_km(240)), Some(Duration::from_hours(6)));
    /// ```
    pub fn time_for(self, distance: Distance) -> Option<Duration> {
        if self.0 <= 0 || distance.0 < 0 {
            return None;
        }
        let minutes = (i128::from(distance.0) * 60 + i128::from(self.0) - 1) / i128::from(self.0);
        i64::try_from(minutes).ok().and_then(|m| m.checked_mul(60)).map(Duration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_up_to_the_minute() {
        // 3,080 km at 720 km/h = 4.2778 h = 256.67 min
        assert_eq!(
            Speed::from_kmh(720).time_for(Distance::from_km(3_080)),
            Some(Duration::from_minutes(257))
        );
        assert_eq!(Speed(0).time_for(Distance::from_km(1)), None);
    }
}
