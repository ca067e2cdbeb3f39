//! Time: whole seconds in UTC inside, an operation's zone at the edges.
//!
//! Intervals are half-open: `[from, to)`. Lists of intervals ("windows") are sorted and disjoint and
//! do not touch one another.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// A length of time in whole seconds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Duration(pub i64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Returns the duration of so many minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes * 60)
    }
    /// Returns the duration of so many hours.
    pub const fn from_hours(hours: i64) -> Self {
        Self(hours * 3_600)
    }
    /// Returns the seconds.
    pub const fn to_seconds(self) -> i64 {
        self.0
    }
    /// Returns whole minutes, rounded up.
    pub const fn to_minutes_ceil(self) -> i64 {
        (self.0 + 59) / 60
    }
}

impl std::ops::Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait.0))
    }
}

impl std::ops::Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, wait: Duration) -> Self {
        Self(self.0.saturating_sub(wait.0))
    }
}

impl std::ops::Sub for Timestamp {
    type Output = Duration;
    fn sub(self, other: Self) -> Duration {
        Duration(self.0.saturating_sub(other.0))
    }
}

impl Timestamp {
    /// Earlier than every moment of an operation.
    pub const MIN: Self = Self(i64::MIN / 4);
    /// Later than every moment of an operation ("never").
    pub const MAX: Self = Self(i64::MAX / 4);

    /// Reads an RFC 3339 date-time with an offset, such as `2022-01-13T00:00:00+06:00`.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_second()))
    }

    /// Writes RFC 3339 in UTC, such as `2022-01-12T18:00:00Z`; moments outside the years -9999 to
    /// 9999 come out as seconds.
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_second(self.0).map_or_else(|_| self.0.to_string(), |t| t.to_string())
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse_rfc3339(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` is not a date and time such as 2022-01-13T00:00:00Z"
            ))
        })
    }
}

impl JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// A half-open stretch of time, `from` included and `to` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First moment inside.
    pub from: Timestamp,
    /// First moment after it.
    pub to: Timestamp,
}

impl Interval {
    /// All of time.
    pub const ALWAYS: Self = Self { from: Timestamp::MIN, to: Timestamp::MAX };

    /// Returns whether the moment lies inside (`to` itself does not).
    pub fn contains(self, t: Timestamp) -> bool {
        self.from <= t && t < self.to
    }

    /// Returns whether `[from, to]` lies inside, an end at `self.to` included.
    pub fn covers(self, from: Timestamp, to: Timestamp) -> bool {
        self.from <= from && to <= self.to
    }

    /// Returns whether the two share a moment.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// Merges intervals into sorted, disjoint, non-touching windows; empty ones vanish.
pub fn to_windows(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.retain(|i| i.from < i.to);
    intervals.sort();
    let mut windows: Vec<Interval> = Vec::with_capacity(intervals.len());
    for interval in intervals {
        match windows.last_mut() {
            Some(last) if interval.from <= last.to => last.to = last.to.max(interval.to),
            _ => windows.push(interval),
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_merge_when_they_touch() {
        let t = |from, to| Interval { from: Timestamp(from), to: Timestamp(to) };
        assert_eq!(to_windows(vec![t(5, 9), t(0, 5), t(12, 12), t(20, 30)]), [t(0, 9), t(20, 30)]);
    }

    #[test]
    fn moments_are_written_in_utc() {
        let t = Timestamp::parse_rfc3339("2022-01-13T00:00:00+06:00").expect("valid");
        assert_eq!(t.to_rfc3339(), "2022-01-12T18:00:00Z");
        assert_eq!(Timestamp::parse_rfc3339("2022-01-13"), None);
    }
}
