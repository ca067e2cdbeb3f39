//! Inverse distribution functions as tables, made once per row with `libm`, read with integers only.
//!
//! A draw is 31 even bits; where a shared factor takes part it is a standard normal number in steps of 1/4096. Between
//! the points of a table values are linear. Beyond one in 65,536 a distribution is cut off.

use exeunt_model::uncertainty::{Shape, Uncertainty};

/// Cells of a table.
const N: usize = 1_024;
/// A factor of one.
pub(super) const ONE: i32 = 1 << 16;
/// Steps of a standard normal number.
const NORMAL: f64 = 4_096.0;
/// Largest standard normal number that counts: one in 65,536 is beyond 4.17.
const FARTHEST: f64 = 4.2;
pub(super) const FARTHEST_STEPS: i32 = 17_203;
/// Largest factor (32 times the plan) and delay (just under ten years), so that sums stay in 32 bits.
const MOST_FACTOR: f64 = 2_097_152.0;
const MOST_SECONDS: f64 = 268_435_456.0;
/// Of the standard normal distribution, what nine of ten stay within.
const Z90: f64 = 1.281_551_565_544_600_4;

/// The last part of a table, one in so many, has a table of its own: quantiles rise steeply there, and a straight line
/// from one in 1,024 to one in 65,536 makes rare repairs far too long.
const TAIL: usize = 64;
/// Where it begins, in 1/65,536 of a cell.
const TAIL_PLACE: u64 = ((N - N / TAIL) as u64) << 16;

/// Values at even steps of a probability, and at finer ones in the last part.
#[derive(Clone)]
struct Curve {
    body: [i32; N + 1],
    tail: [i32; N + 1],
}

/// Returns the places of a curve's points, from 0 to 1: those of the body, then those of the tail.
fn points() -> impl Iterator<Item = f64> {
    let (n, tail) = (N as f64, TAIL as f64);
    let body = (0..=N).map(move |position| position as f64 / n);
    body.chain((0..=N).map(move |position| 1.0 - 1.0 / tail + position as f64 / (n * tail)))
}

impl Curve {
    /// Makes a curve of its values at [`points`].
    fn new(mut values: impl Iterator<Item = i32>) -> Self {
        let mut next = || values.next().expect("a value for every point");
        let body = std::array::from_fn(|_| next());
        Self { body, tail: std::array::from_fn(|_| next()) }
    }

    /// Returns the value at a place in 1/65,536 of a cell.
    fn at(&self, place: u64) -> i32 {
        match place.checked_sub(TAIL_PLACE) {
            Some(beyond) => between(&self.tail, beyond * TAIL as u64),
            None => between(&self.body, place),
        }
    }
}

/// Standard normal numbers by probability.
pub(super) struct Normal {
    /// At [`points`], the ends cut off.
    at: Vec<f64>,
    /// In steps of 1/4096.
    steps: Curve,
}

/// Returns the standard normal distribution function.
fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

impl Normal {
    /// Finds them by halving, 50 times each.
    pub(super) fn new() -> Self {
        let within = |p: f64| p.clamp(1.0 / 65_536.0, 1.0 - 1.0 / 65_536.0);
        let at: Vec<f64> = points().map(|p| normal_at(within(p))).collect();
        let steps = Curve::new(at.iter().map(|z| to_i32(z * NORMAL)));
        Self { at, steps }
    }

    /// Returns the number at a draw, in steps of 1/4096; the lower half mirrors the upper.
    pub(super) fn of(&self, draw: i32) -> i32 {
        let upper = draw.max(i32::MAX - draw);
        let z = self.steps.at(u64::from(upper.unsigned_abs()) >> 5);
        if upper == draw { z } else { -z }
    }

    /// Returns the number at a probability.
    #[expect(clippy::cast_possible_truncation, reason = "the place lies between 0 and N")]
    fn at(&self, p: f64) -> f64 {
        let (n, begins) = (N as f64, 1.0 - 1.0 / TAIL as f64);
        let p = p.clamp(0.0, 1.0);
        let (first, place) =
            if p < begins { (0, p * n) } else { (N + 1, (p - begins) * n * TAIL as f64) };
        let cell = (place as usize).min(N - 1);
        let (here, next) = (self.at[first + cell], self.at[first + cell + 1]);
        here + (next - here) * (place - cell as f64)
    }
}

/// Rounds to the nearest whole number in range.
#[expect(clippy::cast_possible_truncation, reason = "it is brought into range first")]
pub(super) fn to_i32(x: f64) -> i32 {
    libm::rint(x.clamp(-2_147_483_647.0, 2_147_483_647.0)) as i32
}

/// Reads a table at a place in 1/65,536 of a cell.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the result lies between two values of the table"
)]
fn between(values: &[i32; N + 1], place: u64) -> i32 {
    let cell = ((place >> 16) as usize).min(N - 1);
    let (here, next) = (i64::from(values[cell]), i64::from(values[cell + 1]));
    let part = (place & 0xffff) as i64;
    (here + (((next - here) * part) >> 16)) as i32
}

/// The values of a row by draw.
#[derive(Clone)]
pub(super) struct Table {
    /// Draws below it are as planned.
    threshold: i32,
    /// Of a draw above it: cells in 1/65,536, times 2^32.
    scale: u64,
    /// Value below the threshold.
    none: i32,
    values: Curve,
}

impl Table {
    /// Makes the table of a row: factors in 1/65,536, delays in seconds. With a shared factor it is read at a standard
    /// normal number, otherwise at 31 bits.
    pub(super) fn new(row: &Uncertainty, normal: &Normal) -> Self {
        let chance = (row.chance.clamp(0, 1_000) as f64) / 1_000.0;
        let shared = row.factor.is_some();
        let none = if row.what.is_factor() { ONE } else { 0 };
        let (threshold, end) = match shared {
            false => (to_i32((1.0 - chance) * 2_147_483_647.0), 2_147_483_647),
            true if chance >= 1.0 => (-FARTHEST_STEPS, FARTHEST_STEPS),
            true => (to_i32(normal_at(1.0 - chance) * NORMAL), FARTHEST_STEPS),
        };
        let span = (i64::from(end) - i64::from(threshold)).max(1).unsigned_abs();
        let scale = ((N as u64) << 48) / span;
        let (from, to) = (f64::from(threshold) / NORMAL, f64::from(end) / NORMAL);
        let values = points().zip(&normal.at).map(|(part, &z)| match shared {
            false => value_at(row, part, z),
            true => {
                let z = from + (to - from) * part;
                let p = (phi(z) - (1.0 - chance)) / chance;
                // with the whole of a normal number the table needs no way back from a probability
                value_at(row, p, if chance >= 1.0 { z } else { normal.at(p) })
            }
        });
        let values = Curve::new(values);
        Self { threshold, scale, none, values }
    }

    /// Returns the value at a draw. Above the threshold, distance times scale stays below 2^58.
    pub(super) fn of(&self, draw: i32) -> i32 {
        if draw < self.threshold {
            return self.none;
        }
        let above = u64::from((draw.wrapping_sub(self.threshold)) as u32);
        self.values.at(above.wrapping_mul(self.scale) >> 32)
    }
}

/// Returns the normal number at a probability, by halving.
fn normal_at(p: f64) -> f64 {
    let (mut low, mut high) = (-FARTHEST, FARTHEST);
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if phi(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Returns a row's value at a probability, or at a normal number of that probability.
fn value_at(row: &Uncertainty, p: f64, z: f64) -> i32 {
    let (median, p90) = (row.median.max(1) as f64, row.p90.max(1) as f64);
    let value = match row.shape {
        Shape::Fixed => median,
        // ln X is normal, its deviation such that nine of ten lie below the p90
        Shape::Lognormal => median * libm::exp(libm::log(p90 / median) / Z90 * z),
        // the median of an exponential distribution is ln 2 of its mean
        Shape::Exponential => {
            let left = (1.0 - p).max(1.0 / 65_536.0);
            -median * libm::log(left) / std::f64::consts::LN_2
        }
    };
    if row.what.is_factor() {
        to_i32((value / 100.0 * f64::from(ONE)).min(MOST_FACTOR))
    } else {
        to_i32((value * 60.0).min(MOST_SECONDS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exeunt_model::uncertainty::{Factor, FactorKey, Scope, Uncertain};

    fn row(what: Uncertain, shape: Shape, chance: i64, median: i64, p90: i64) -> Uncertainty {
        let (name, scope) = ("U".to_owned(), Scope::All);
        let (range, factor, assumed) = (None, None, false);
        Uncertainty { name, what, scope, shape, chance, median, p90, range, factor, assumed }
    }

    fn quantile(table: &Table, p: f64) -> i32 {
        table.of(to_i32(p * 2_147_483_647.0))
    }

    #[test]
    fn medians_and_nine_of_ten_are_where_the_row_says() {
        let normal = Normal::new();
        let step =
            Table::new(&row(Uncertain::StepDuration, Shape::Lognormal, 1_000, 100, 150), &normal);
        assert!((quantile(&step, 0.5) - ONE).abs() <= 20, "{}", quantile(&step, 0.5));
        assert!((quantile(&step, 0.9) - ONE * 3 / 2).abs() <= 100);
        // three of ten times a delay of at least half an hour in half of these: the median of all is none, what
        // 85 of 100 stay within is 30 minutes
        let late =
            Table::new(&row(Uncertain::ReceiverLate, Shape::Exponential, 300, 30, 30), &normal);
        assert_eq!(quantile(&late, 0.69), 0);
        assert!((quantile(&late, 0.85) - 1_800).abs() < 10, "{}", quantile(&late, 0.85));
        let fixed =
            Table::new(&row(Uncertain::Breakdown, Shape::Fixed, 100, 1_440, 1_440), &normal);
        assert_eq!((quantile(&fixed, 0.899), quantile(&fixed, 0.901)), (0, 86_400));
    }

    #[test]
    fn rare_repairs_are_as_long_as_the_distribution_says() {
        // median 4 h, p90 15 h: deviation ln(3.75) / 1.28155 = 1.03138; quantiles 240 min x exp(1.03138 z) with
        // z = 2.57583, 3.09023, 3.29053, 3.71902 at 0.995, 0.999, 0.9995, 0.9999
        let normal = Normal::new();
        let alone = row(Uncertain::Breakdown, Shape::Lognormal, 1_000, 240, 900);
        let factor = Factor { name: "F".to_owned(), by: FactorKey::Day, weight_percent: 60 };
        let shared = Table::new(&Uncertainty { factor: Some(factor), ..alone.clone() }, &normal);
        let alone = Table::new(&alone, &normal);
        let expected =
            [(0.995, 2.575_83), (0.999, 3.090_23), (0.999_5, 3.290_53), (0.999_9, 3.719_02)];
        for (p, z) in expected {
            let seconds = 14_400.0 * libm::exp(1.031_38 * z);
            let draw = to_i32(p * 2_147_483_647.0);
            let found = [alone.of(draw), shared.of(to_i32(z * NORMAL)), shared.of(normal.of(draw))];
            for found in found.map(f64::from) {
                assert!((found / seconds - 1.0).abs() < 0.01, "{p}: {found} for {seconds}");
            }
            assert!((f64::from(normal.of(i32::MAX - draw)) / NORMAL + z).abs() < 0.01, "{p} below");
        }
    }

    #[test]
    fn a_shared_row_has_the_same_distribution() {
        let normal = Normal::new();
        let alone = row(Uncertain::ReceiverLate, Shape::Lognormal, 250, 60, 180);
        let factor = Factor { name: "F".to_owned(), by: FactorKey::Day, weight_percent: 60 };
        let shared = Uncertainty { factor: Some(factor), ..alone.clone() };
        let (alone, shared) = (Table::new(&alone, &normal), Table::new(&shared, &normal));
        for percent in [10, 74, 76, 80, 90, 95, 99] {
            let p = f64::from(percent) / 100.0;
            let (a, b) = (quantile(&alone, p), shared.of(to_i32(normal_at(p) * NORMAL)));
            assert!((a - b).abs() <= 30 + a / 50, "{percent} %: {a} and {b}");
        }
    }

    #[test]
    fn without_spread_nothing_changes() {
        let normal = Normal::new();
        let table =
            Table::new(&row(Uncertain::BlockTime, Shape::Lognormal, 1_000, 100, 100), &normal);
        assert!((0..1_000).all(|n| table.of(n * 2_147_483) == ONE));
    }
}
