//! Days in one language, in the zone of an operation.

use crate::zoned::Clock;
use exeunt_model::Timestamp;
use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, YMD, YMDE};
use icu_datetime::input::Date;
use icu_locale_core::Locale;

/// Writes days.
pub(super) struct Dates {
    short: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    full: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
}

impl Dates {
    pub(super) fn new(locale: &Locale) -> Self {
        let why = "days of the three languages are in the program";
        Self {
            short: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::medium()).expect(why),
            long: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).expect(why),
            full: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMDE::long()).expect(why),
        }
    }

    /// Writes `14 Jan`.
    pub(super) fn short(&self, t: Timestamp, offset: i64) -> String {
        day(t, offset).map_or_else(never, |day| self.short.format(&day).to_string())
    }
    /// Writes `14 January 2022`.
    pub(super) fn long(&self, t: Timestamp, offset: i64) -> String {
        day(t, offset).map_or_else(never, |day| self.long.format(&day).to_string())
    }
    /// Writes `Friday 14 January 2022`.
    pub(super) fn full(&self, t: Timestamp, offset: i64) -> String {
        day(t, offset).map_or_else(never, |day| self.full.format(&day).to_string())
    }
}

/// What stands for a moment that no calendar reaches.
fn never() -> String {
    "–".to_owned()
}

fn day(t: Timestamp, offset: i64) -> Option<Date<Gregorian>> {
    let day = Clock::new(offset).date(t)?;
    let (year, month, day) = (day.year(), day.month().unsigned_abs(), day.day().unsigned_abs());
    Date::try_new_gregorian(i32::from(year), month, day).ok()
}
