//! Moments and stretches of time as people read them.
//!
//! The zone of an operation is its offset at the start (`Operation::zone_offset`), as everywhere
//! where days are counted.

use exeunt_model::{Duration, Interval, Timestamp};
use jiff::civil::Date;
use jiff::tz::Offset;

/// Writes moments in one zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    offset: Offset,
}

impl Clock {
    /// Makes the clock of a zone so many seconds east of UTC; an offset of more than a day counts as none.
    pub(crate) fn new(offset_seconds: i64) -> Self {
        let seconds = i32::try_from(offset_seconds).unwrap_or(0);
        Self { offset: Offset::from_seconds(seconds).unwrap_or(Offset::UTC) }
    }

    /// Writes `14 Jan 11:20`.
    pub(crate) fn moment(self, t: Timestamp) -> String {
        self.format("%-d %b %H:%M", t)
    }

    /// Writes `14 Jan 11:20`, or a dash for "never".
    pub(crate) fn moment_or_dash(self, t: Option<Timestamp>) -> String {
        t.map_or_else(|| "-".to_owned(), |t| self.moment(t))
    }

    /// Writes the day on which the interval begins as `14 Jan`.
    pub(crate) fn day(self, day: Interval) -> String {
        self.format("%-d %b", day.from)
    }

    /// Writes the moments in a message, which it states as `2022-01-14T05:20:00Z`, as `14 Jan 11:20`.
    ///
    /// Seconds are kept where there are any: a message may speak of one second too many.
    pub(crate) fn retell(self, message: &str) -> String {
        let mut told = String::with_capacity(message.len());
        let mut rest = message;
        while let Some(c) = rest.chars().next() {
            let written = rest.get(..UTC_FORM.len()).filter(|text| is_utc(text));
            let length = match written.and_then(Timestamp::parse_rfc3339) {
                Some(t) if t.0.rem_euclid(60) == 0 => {
                    told += &self.moment(t);
                    UTC_FORM.len()
                }
                Some(t) => {
                    told += &self.format("%-d %b %H:%M:%S", t);
                    UTC_FORM.len()
                }
                None => {
                    told.push(c);
                    c.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        told
    }

    /// Returns the day of a moment; `None` outside the years that can be written.
    pub(crate) fn date(self, t: Timestamp) -> Option<Date> {
        let moment = jiff::Timestamp::from_second(t.0).ok()?;
        Some(self.offset.to_datetime(moment).date())
    }

    /// Returns the year of a moment.
    pub(crate) fn year(self, t: Timestamp) -> Option<i16> {
        self.date(t).map(Date::year)
    }

    /// Writes `Fri 14 Jan 2022, 16:00 (+06)`.
    pub(crate) fn long(self, t: Timestamp) -> String {
        format!("{} ({})", self.format("%a %-d %b %Y, %H:%M", t), self.zone())
    }

    /// Writes the day of a moment as `14 Jan 2022`.
    pub(crate) fn date_in_full(self, t: Timestamp) -> String {
        self.format("%-d %b %Y", t)
    }

    /// Writes the zone as `+06:00`.
    pub(crate) fn offset(self) -> String {
        let zone = self.zone();
        if zone.contains(':') { zone } else { zone + ":00" }
    }

    /// Writes `16:00`.
    pub(crate) fn time(self, t: Timestamp) -> String {
        self.format("%H:%M", t)
    }

    /// Writes the zone as `+06` or `+05:30`.
    pub(crate) fn zone(self) -> String {
        let seconds = self.offset.seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.abs() / 60;
        match minutes % 60 {
            0 => format!("{sign}{:02}", minutes / 60),
            rest => format!("{sign}{:02}:{rest:02}", minutes / 60),
        }
    }

    /// Writes RFC 3339 with the zone's offset; `None` outside the years that it can write.
    pub(crate) fn rfc3339(self, t: Timestamp) -> Option<String> {
        let moment = jiff::Timestamp::from_second(t.0).ok()?;
        Some(moment.display_with_offset(self.offset).to_string())
    }

    fn format(self, pattern: &str, t: Timestamp) -> String {
        jiff::Timestamp::from_second(t.0).map_or_else(
            |_| "never".to_owned(),
            |moment| self.offset.to_datetime(moment).strftime(pattern).to_string(),
        )
    }
}

/// Form of a moment in messages; 0 stands for any digit.
const UTC_FORM: &str = "0000-00-00T00:00:00Z";

fn is_utc(text: &str) -> bool {
    text.bytes().zip(UTC_FORM.bytes()).all(|(is, form)| match form {
        b'0' => is.is_ascii_digit(),
        _ => is == form,
    })
}

/// Reads a day written as `2022-01-14`; `None` for anything else.
pub(crate) fn written_date(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Writes a length of time in its two largest units: `2 d 4 h`, `5 h 20 min`, `35 min`, `20 s`.
///
/// What is smaller is left out, so that nothing looks earlier or later than it is by more than the
/// smaller unit shown.
pub(crate) fn stretch(length: Duration) -> String {
    let seconds = length.0.unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let pair = |large: u64, large_unit: &str, small: u64, small_unit: &str| match small {
        0 => format!("{large} {large_unit}"),
        _ => format!("{large} {large_unit} {small} {small_unit}"),
    };
    if days > 0 {
        pair(days, "d", hours, "h")
    } else if hours > 0 {
        pair(hours, "h", minutes, "min")
    } else if minutes > 0 {
        format!("{minutes} min")
    } else {
        format!("{seconds} s")
    }
}

/// Writes a margin: `2 d 4 h early`, `35 min late`, `on time`.
pub(crate) fn margin(seconds: i64) -> String {
    match seconds {
        0 => "on time".to_owned(),
        1.. => format!("{} early", stretch(Duration(seconds))),
        _ => format!("{} late", stretch(Duration(seconds))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a valid moment")
    }

    #[test]
    fn moments_stand_in_the_zone_of_the_operation() {
        let almaty = Clock::new(6 * 3_600);
        // 05:20 UTC is 11:20 six hours east
        let moment = t("2022-01-14T05:20:00Z");
        assert_eq!(almaty.moment(moment), "14 Jan 11:20");
        assert_eq!(almaty.long(moment), "Fri 14 Jan 2022, 11:20 (+06)");
        assert_eq!(almaty.rfc3339(moment).as_deref(), Some("2022-01-14T11:20:00+06:00"));
        assert_eq!(almaty.date_in_full(t("2022-01-13T18:00:00Z")), "14 Jan 2022");
        assert_eq!(Clock::new(-12_600).zone(), "-03:30");
        assert_eq!([almaty.offset(), Clock::new(-12_600).offset()], ["+06:00", "-03:30"]);
        assert_eq!(almaty.moment(Timestamp::MAX), "never");
        assert_eq!(almaty.rfc3339(Timestamp::MAX), None);
    }

    #[test]
    fn moments_in_messages_are_retold() {
        let almaty = Clock::new(6 * 3_600);
        let tell = |message| almaty.retell(message);
        // 18:30 UTC on the 13th is half past midnight on the 14th
        assert_eq!(
            tell("«ж» at 2022-01-13T18:30:00Z, not later"),
            "«ж» at 14 Jan 00:30, not later"
        );
        assert_eq!(tell("2022-01-17T08:45:31Z"), "17 Jan 14:45:31");
        assert_eq!(
            tell("2022-01-17T08:45:00Z2022-01-17T08:45:00Z"),
            "17 Jan 14:4517 Jan 14:45",
            "one after the other"
        );
        for kept in
            ["2022-01-17T08:45:31", "2022-13-17T08:45:31Z", "on 2022-01-17", "2022-01-1ж", ""]
        {
            assert_eq!(tell(kept), kept);
        }
    }

    #[test]
    fn margins_keep_two_units() {
        // 2 d 4 h 10 min = 187,800 s
        assert_eq!(margin(187_800), "2 d 4 h early");
        assert_eq!(margin(-2_100), "35 min late");
        assert_eq!(margin(19_200), "5 h 20 min early");
        assert_eq!(margin(-20), "20 s late");
        assert_eq!(margin(0), "on time");
        assert_eq!(margin(86_400), "1 d early");
    }
}
