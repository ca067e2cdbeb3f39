//! Zones, local dates and daily hours, turned into UTC windows.
//!
//! The rule of the zone at the date in question counts (jiff, with the database in the program, so
//! that the answer is the same on every machine).

use exeunt_model::{Duration, Interval, Timestamp, time::to_windows};
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;
/// Most days that daily hours are expanded for: the longest horizon of 366 days with a margin of 30 at either end, and a
/// few for hours that cross midnight and for zones.
const MAX_DAYS: usize = 430;

/// A zone with its rules.
#[derive(Debug, Clone)]
pub(crate) struct Zone(TimeZone);

/// A date, perhaps with a time, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// A day.
    Day(Date),
    /// A day and seconds after its beginning, in the zone of the reader.
    Local(Date, i64),
    /// A moment with its own offset.
    Moment(Timestamp),
}

impl Zone {
    /// UTC.
    pub(crate) fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Reads an offset such as `+06:00`, `Z`, or an IANA name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "Z" | "UTC" => Some(Self::utc()),
            _ if text.starts_with(['+', '-']) => {
                let seconds = i32::try_from(parse_offset(text)?).ok()?;
                Offset::from_seconds(seconds).ok().map(|offset| Self(TimeZone::fixed(offset)))
            }
            _ => TimeZone::get(text).ok().filter(|zone| !zone.is_unknown()).map(Self),
        }
    }

    /// Returns the offset from UTC at a moment, seconds east.
    pub(crate) fn offset(&self, t: Timestamp) -> i64 {
        jiff::Timestamp::from_second(t.0).map_or(0, |t| i64::from(self.0.to_offset(t).seconds()))
    }

    /// Returns the moment so many seconds of the clock after the beginning of a day (86,400: its end).
    pub(crate) fn at(&self, day: Date, seconds: i64) -> Timestamp {
        if seconds >= DAY {
            return self.at(day.tomorrow().unwrap_or(day), 0);
        }
        let part = |n: i64| i8::try_from(n).unwrap_or(0);
        let time = Time::new(part(seconds / 3_600), part(seconds / 60 % 60), part(seconds % 60), 0)
            .unwrap_or(Time::midnight());
        self.0
            .to_timestamp(day.to_datetime(time))
            .map_or(Timestamp::MAX, |t| Timestamp(t.as_second()))
    }

    /// Returns the local day of a moment.
    pub(crate) fn day_of(&self, t: Timestamp) -> Date {
        let moment = jiff::Timestamp::from_second(t.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.0.to_datetime(moment).date()
    }

    /// Returns a day as an interval.
    pub(crate) fn day(&self, day: Date) -> Interval {
        Interval { from: self.at(day, 0), to: self.at(day, DAY) }
    }

    /// Returns the moment of something written; a day is its beginning.
    pub(crate) fn moment(&self, when: When) -> Timestamp {
        match when {
            When::Day(day) => self.at(day, 0),
            When::Local(day, seconds) => self.at(day, seconds),
            When::Moment(t) => t,
        }
    }

    /// Returns the windows of daily hours on the days that touch `span`, cut to `within`.
    ///
    /// An end at or before the beginning lies on the next day.
    pub(crate) fn daily(
        &self,
        (from, to): (i64, i64),
        span: Interval,
        within: Interval,
    ) -> Vec<Interval> {
        let first = span.from.max(within.from) - Duration(DAY);
        let last = span.to.min(within.to);
        if first > last {
            return Vec::new();
        }
        let mut windows = Vec::new();
        let mut day = self.day_of(first);
        for _ in 0..MAX_DAYS {
            let begins = self.at(day, from);
            if begins > last {
                break;
            }
            let ends = match (to > from, day.tomorrow()) {
                (true, _) => self.at(day, to),
                (false, Ok(next)) => self.at(next, to),
                (false, Err(_)) => break,
            };
            windows.push(cut(Interval { from: begins, to: ends }, within));
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        to_windows(windows)
    }
}

/// Returns what two intervals share; empty ones have `to <= from`.
pub(crate) fn cut(a: Interval, b: Interval) -> Interval {
    Interval { from: a.from.max(b.from), to: a.to.min(b.to) }
}

/// Returns what lists of windows share.
pub(crate) fn intersect(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let (mut i, mut j) = (0, 0);
    let mut shared = Vec::new();
    while let (Some(&x), Some(&y)) = (a.get(i), b.get(j)) {
        shared.push(cut(x, y));
        if x.to <= y.to { i += 1 } else { j += 1 }
    }
    to_windows(shared)
}

/// Returns the windows `open` without the windows `closed`.
pub(crate) fn subtract(open: &[Interval], closed: &[Interval]) -> Vec<Interval> {
    let mut gaps = Vec::new();
    let mut from = Interval::ALWAYS.from;
    for stretch in closed {
        gaps.push(Interval { from, to: stretch.from });
        from = stretch.to;
    }
    gaps.push(Interval { from, to: Interval::ALWAYS.to });
    intersect(open, &to_windows(gaps))
}

/// Reads `+06:00` as seconds.
fn parse_offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let seconds = parse_clock(rest)?;
    (seconds <= 15 * 3_600).then_some(sign * seconds)
}

/// Reads `HH:MM` as seconds; `24:00` is the end of the day.
pub(crate) fn parse_clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let seconds = hours * 3_600 + minutes * 60;
    (minutes < 60 && seconds <= DAY).then_some(seconds)
}

/// Reads `YYYY-MM-DD` of the years 1900 to 2200.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let year = two_digits(year.get(..2)?)? * 100 + two_digits(year.get(2..)?)?;
    if !(1_900..=2_200).contains(&year) {
        return None;
    }
    let part = |text| two_digits(text).and_then(|n| i8::try_from(n).ok());
    Date::new(i16::try_from(year).ok()?, part(month)?, part(day)?).ok()
}

/// Reads a day, or a day and time with or without offset, to the second.
pub(crate) fn parse_when(text: &str) -> Option<When> {
    let Some(position) = text.find(['T', 't', ' ']) else {
        return parse_day(text).map(When::Day);
    };
    let day = parse_day(text.get(..position)?)?;
    let rest = text.get(position + 1..)?;
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, offset) = (rest.get(..end)?, rest.get(end..)?);
    let (clock, second) = match clock.len() {
        8 => (clock.get(..5)?, two_digits(clock.get(5..)?.strip_prefix(':')?)?),
        _ => (clock, 0),
    };
    let seconds = parse_clock(clock)? + second;
    if second > 59 || seconds >= DAY {
        return None;
    }
    let offset = match offset {
        "" => return Some(When::Local(day, seconds)),
        "Z" | "z" => 0,
        _ => parse_offset(offset)?,
    };
    Some(When::Moment(Zone::utc().at(day, seconds) - Duration(offset)))
}

fn two_digits(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("valid")
    }

    #[test]
    fn moments_are_read_in_their_zone() {
        let almaty = Zone::parse("Asia/Almaty").expect("known");
        let local = parse_when("2022-01-13T15:00").expect("valid");
        // Almaty kept +06 in January 2022 and keeps +05 since March 2024
        assert_eq!(almaty.moment(local), t("2022-01-13T09:00:00Z"));
        let later = parse_when("2025-01-13 15:00:01").expect("valid");
        assert_eq!(almaty.moment(later), t("2025-01-13T10:00:01Z"));
        assert_eq!(
            parse_when("2022-01-13T15:00+06:00").map(|w| almaty.moment(w)),
            Some(t("2022-01-13T09:00:00Z"))
        );
        for wrong in [
            "2022-02-30",
            "2022-1-1",
            "13.01.2022",
            "2022-01-13T24:00",
            "2022-01-13T15",
            "2022-01-13T15:00:00.5Z",
            "0001-01-01",
            "",
            "T",
            "2022-01-13T",
            "2022-01-13Té",
        ] {
            assert_eq!(parse_when(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn daily_hours_become_windows_and_nights_cross_midnight() {
        let zone = Zone::parse("+06:00").expect("valid");
        let span =
            Interval { from: t("2022-01-13T00:00:00+06:00"), to: t("2022-01-15T00:00:00+06:00") };
        let nights = zone.daily((23 * 3_600, 7 * 3_600), span, span);
        let expected = [
            ("2022-01-13T00:00:00+06:00", "2022-01-13T07:00:00+06:00"),
            ("2022-01-13T23:00:00+06:00", "2022-01-14T07:00:00+06:00"),
            ("2022-01-14T23:00:00+06:00", "2022-01-15T00:00:00+06:00"),
        ];
        assert_eq!(nights, expected.map(|(from, to)| Interval { from: t(from), to: t(to) }));
        assert_eq!(zone.daily((0, DAY), span, span), [span]);
    }

    #[test]
    fn closed_stretches_are_taken_out() {
        let i = |from, to| Interval { from: Timestamp(from), to: Timestamp(to) };
        assert_eq!(subtract(&[i(0, 10)], &[i(2, 3), i(9, 20)]), [i(0, 2), i(3, 9)]);
        assert_eq!(subtract(&[i(0, 10)], &[]), [i(0, 10)]);
    }

    #[test]
    fn zones_are_offsets_or_names() {
        assert!(Zone::parse("+06:00").is_some());
        assert!(Zone::parse("Europe/Moscow").is_some());
        for wrong in ["", "+6", "+99:00", "Asia/Almty", "+0é:00", "-"] {
            assert!(Zone::parse(wrong).is_none(), "{wrong}");
        }
    }
}
