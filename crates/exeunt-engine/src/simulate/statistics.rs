//! From an outcome to probabilities and quantiles, each with what the sample and what the inputs leave open.

use exeunt_model::Timestamp;
use exeunt_model::outcome::{
    Critical, End, InputDraw, Moments, Outcome, PERCENTS, PartyQuantiles, PromiseProbability,
    PromiseSample, Quantile, Summary, Swing,
};
use exeunt_model::ruler::Chance;

/// Rows of the lists of what is critical.
const SHOWN: usize = 12;
/// Half of what a 95 % interval leaves out.
const TAIL: f64 = 0.025;

/// Derives what an outcome says.
pub fn summarize(outcome: &Outcome) -> Summary {
    let (rows, assumed) = outcome.rows;
    let is_uncertain = rows > 0;
    let at_percents = |sorted: &Moments| {
        PERCENTS.iter().map(|&percent| quantile(&sorted.0, percent)).collect::<Vec<_>>()
    };
    let dates = |times: &Moments, of: &dyn Fn(&InputDraw) -> Vec<Option<i64>>| {
        is_uncertain.then(|| quantiles_at(&PERCENTS, &times.0, &Drawn::of(outcome, of)))
    };
    let parties = outcome.parties.iter().enumerate().map(|(n, party)| PartyQuantiles {
        id: party.id.clone(),
        closure: dates(&party.closure, &|draw| {
            draw.parties.get(n).map_or_else(Vec::new, |times| times.0.clone())
        }),
    });
    let promises = outcome.promises.iter().enumerate().map(|(n, promise)| {
        let kept = Drawn::of(outcome, |draw| draw.kept.get(n).copied().unwrap_or_default());
        probability(promise, &kept, outcome.input_replications, is_uncertain)
    });
    let mut swings = outcome.swings.clone();
    swings.sort_by_key(|swing| std::cmp::Reverse(width(swing)));
    let remedy = "the scenario has no table `uncertainty`, so there is no probability: add rows with what may turn out \
otherwise (columns id, what, scope, distribution, chance_per_mille, median_percent or median_min, p90_percent or p90_min, \
range_of, low, high, factor, factor_by, weight_percent, source, assumed); `exeunt new DIR --template minimal` writes an example";
    Summary {
        replications: u64::try_from(outcome.closure.0.len()).unwrap_or(u64::MAX),
        seed: outcome.seed,
        unmoved: outcome.unmoved,
        findings: outcome.findings,
        closure: dates(&outcome.closure, &|draw| at_percents(&draw.closure)),
        closure_left_host: dates(&outcome.left_host, &|draw| draw.left_host.0.clone()),
        parties: parties.collect(),
        promises: promises.collect(),
        assumed_share: is_uncertain
            .then(|| i64::try_from(assumed.saturating_mul(100) / rows).unwrap_or(i64::MAX)),
        inputs: (outcome.input_draws, outcome.input_replications),
        activities: if is_uncertain { most(&outcome.activities) } else { Vec::new() },
        causes: if is_uncertain { most(&outcome.causes) } else { Vec::new() },
        swings,
        remedy: (!is_uncertain).then(|| remedy.to_owned()),
    }
}

/// Something of each draw of the parameters, and of the rows as stated on the same replications.
struct Drawn<T> {
    draws: Vec<T>,
    stated: Option<T>,
}

impl<T> Drawn<T> {
    fn of(outcome: &Outcome, part: impl Fn(&InputDraw) -> T) -> Self {
        let draws = outcome.inputs.iter().map(&part).collect();
        Self { draws, stated: outcome.stated.as_ref().map(part) }
    }
}

fn most(list: &[Critical]) -> Vec<Critical> {
    let mut list: Vec<Critical> = list.iter().filter(|row| row.count > 0).cloned().collect();
    list.sort_by_key(|row| std::cmp::Reverse(row.count));
    list.truncate(SHOWN);
    list
}

/// Returns the seconds by which a row's range moves the P90; most of all where it decides whether it ever comes.
fn width(swing: &Swing) -> i64 {
    match (swing.p90[0], swing.p90[2]) {
        (Some(low), Some(high)) => high.saturating_sub(low).saturating_abs(),
        (None, None) => 0,
        _ => i64::MAX,
    }
}

/// Returns a quantile of sorted moments: the k-th of n, k = n x percent / 100 rounded up.
pub(super) fn quantile(sorted: &[Option<i64>], percent: u64) -> Option<i64> {
    let n = u128::try_from(sorted.len()).unwrap_or(0);
    let k = (n * u128::from(percent)).div_ceil(100).max(1);
    usize::try_from(k - 1).ok().and_then(|at| sorted.get(at).copied()).flatten()
}

/// Sorts moments; those that never come last.
fn sort(times: &mut [Option<i64>]) {
    times.sort_by_key(|t| t.unwrap_or(i64::MAX));
}

/// Returns the quantiles of a sample. Those of the draws rest on the first replications: they are moved by what all
/// replications say beyond these.
fn quantiles_at(
    percents: &[u64],
    times: &[Option<i64>],
    inputs: &Drawn<Vec<Option<i64>>>,
) -> Vec<Quantile> {
    let mut times = times.to_vec();
    sort(&mut times);
    let end = |t: Option<i64>| End::of(t.map(Timestamp));
    percents
        .iter()
        .enumerate()
        .map(|(n, &percent)| {
            let (low, high) = quantile_ranks(times.len(), percent);
            let rank = |rank: Option<usize>| {
                rank.and_then(|r| times.get(r)).map_or(End::Unbounded, |&t| end(t))
            };
            let at = quantile(&times, percent);
            let of = |drawn: &Vec<Option<i64>>| drawn.get(n).copied().flatten();
            let stated = inputs.stated.as_ref().and_then(of);
            let beyond = at.zip(stated).map_or(0, |(at, stated)| at.saturating_sub(stated));
            let moved = |t: Option<i64>| t.map(|t| t.saturating_add(beyond));
            let mut drawn: Vec<Option<i64>> = inputs.draws.iter().map(of).map(moved).collect();
            sort(&mut drawn);
            let ends = || (end(quantile(&drawn, 5)), end(quantile(&drawn, 95)));
            Quantile {
                percent,
                at: at.map(Timestamp),
                sampling_interval: (rank(low), rank(high)),
                input_interval: (!drawn.is_empty()).then(ends),
            }
        })
        .collect()
}

/// Returns the dates by which a target is reached with so many per cent each; none without uncertainty rows.
pub fn reached_with(outcome: &Outcome, target: usize, percents: &[u64]) -> Option<Vec<Quantile>> {
    let times = outcome.targets.get(target).filter(|_| outcome.rows.0 > 0)?;
    let inputs = Drawn::of(outcome, |draw| {
        let sorted = draw.targets.get(target).map_or(&[][..], |times| &times.0);
        percents.iter().map(|&percent| quantile(sorted, percent)).collect()
    });
    Some(quantiles_at(percents, &times.0, &inputs))
}

/// Returns the probability that a target is reached at a moment or before; none without uncertainty rows.
pub fn reached_by(outcome: &Outcome, target: usize, by: Timestamp) -> Option<Chance> {
    let times = outcome.targets.get(target).filter(|_| outcome.rows.0 > 0)?;
    let within = |times: &Moments| {
        let n = times.0.iter().filter(|t| t.is_some_and(|t| t <= by.0)).count();
        u64::try_from(n).unwrap_or(u64::MAX)
    };
    let n = u64::try_from(times.0.len()).ok().filter(|&n| n > 0)?;
    let count = within(times);
    let inputs = Drawn::of(outcome, |draw| draw.targets.get(target).map_or(0, within));
    Some(Chance {
        probability: share(count, n),
        sampling_interval: clopper_pearson(count, n, 2.0 * TAIL),
        input_interval: input_range(&inputs, outcome.input_replications, share(count, n)),
    })
}

fn share(count: u64, n: u64) -> f64 {
    count as f64 / n.max(1) as f64
}

/// Returns the 5 to 95 % range of shares of `of` over the draws of the parameters, moved by what all replications say
/// beyond those of a draw; none where nothing is drawn.
fn input_range(inputs: &Drawn<u64>, of: u64, all: f64) -> Option<(f64, f64)> {
    let mut counts = inputs.draws.clone();
    counts.sort_unstable();
    let n = counts.len();
    let beyond = inputs.stated.map_or(0.0, |stated| all - share(stated, of));
    let at = |percent: usize| {
        let count = counts[(n * percent).div_ceil(100).max(1) - 1];
        (share(count, of) + beyond).clamp(0.0, 1.0)
    };
    (n > 0).then(|| (at(5), at(95)))
}

fn probability(
    promise: &PromiseSample,
    kept: &Drawn<(u64, u64)>,
    of: u64,
    is_uncertain: bool,
) -> PromiseProbability {
    let n = u64::try_from(promise.strict.0.len()).unwrap_or(0);
    let known = is_uncertain && !promise.before_start && n > 0;
    let (strict, lenient) = (promise.strict.count(), promise.lenient.count());
    let range = |part: fn(&(u64, u64)) -> u64, count: u64| {
        let draws = kept.draws.iter().map(part).collect();
        let drawn = Drawn { draws, stated: kept.stated.as_ref().map(part) };
        input_range(&drawn, of, share(count, n)).filter(|_| known)
    };
    PromiseProbability {
        id: promise.id.clone(),
        probability: known.then(|| share(strict, n)),
        sampling_interval: known.then(|| clopper_pearson(strict, n, 2.0 * TAIL)),
        input_interval: range(|count| count.0, strict),
        lenient: known.then(|| share(lenient, n)),
        lenient_sampling_interval: known.then(|| clopper_pearson(lenient, n, 2.0 * TAIL)),
        lenient_input_interval: range(|count| count.1, lenient),
        wanted: promise.wanted.map(|wanted| wanted as f64 / 1_000.0),
    }
}

/// Returns the exact interval for a probability after `k` of `n` (Clopper and Pearson 1934), which leaves out at most
/// `alpha`, half on either side.
pub fn clopper_pearson(k: u64, n: u64, alpha: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (a, b) = (k as f64, (n - k.min(n)) as f64);
    let low = if k == 0 { 0.0 } else { beta_quantile(alpha / 2.0, a, b + 1.0) };
    let high = if k >= n { 1.0 } else { beta_quantile(1.0 - alpha / 2.0, a + 1.0, b) };
    (low, high)
}

/// Returns the positions (from 0) of the moments between which a quantile lies with at least 95 % confidence, by order
/// statistics (David and Nagaraja 2003, section 7.1); none where the sample is too small to say.
pub fn quantile_ranks(n: usize, percent: u64) -> (Option<usize>, Option<usize>) {
    let p = percent as f64 / 100.0;
    // the greatest r with P(X < r) = P(X <= r - 1) at most 2.5 % is the lower rank, the least with P(X < r) at least
    // 97.5 % the upper, X binomial
    let (mut low, mut high) = (0, n + 1);
    while low + 1 < high {
        let middle = usize::midpoint(low, high);
        if below(middle, n, p) <= TAIL { low = middle } else { high = middle }
    }
    let (mut under, mut over) = (0, n + 1);
    while under + 1 < over {
        let middle = usize::midpoint(under, over);
        if below(middle, n, p) < 1.0 - TAIL { under = middle } else { over = middle }
    }
    (low.checked_sub(1), (over <= n).then(|| over - 1))
}

/// Returns the probability that fewer than `r` of `n` succeed.
fn below(r: usize, n: usize, p: f64) -> f64 {
    match r {
        0 => 0.0,
        r if r > n => 1.0,
        r => incomplete_beta(1.0 - p, (n - r + 1) as f64, r as f64),
    }
}

fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if incomplete_beta(middle, a, b) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Returns the regularized incomplete beta function, by its continued fraction (Lentz's method; NIST Digital Library of
/// Mathematical Functions 8.17.22).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    const TINY: f64 = 1e-300;
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let (mut c, mut d, mut value) = (1.0, 1.0 - (a + b) * x / (a + 1.0), 1.0);
    d = 1.0 / if d.abs() < TINY { TINY } else { d };
    value *= d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 + term * d;
            d = 1.0 / if d.abs() < TINY { TINY } else { d };
            c = 1.0 + term / c;
            c = if c.abs() < TINY { TINY } else { c };
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-14 {
            break;
        }
    }
    libm::exp(front) * value / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_intervals() {
        // none of ten: the upper end is 1 - 0.025^(1/10) = 0.30850; nine of ten: 0.55498 and 0.99747 (beta quantiles)
        let (low, high) = clopper_pearson(0, 10, 0.05);
        assert!(low.abs() < 1e-12 && (high - 0.308_497).abs() < 1e-5, "{high}");
        let (low, high) = clopper_pearson(9, 10, 0.05);
        assert!((low - 0.554_984).abs() < 1e-5 && (high - 0.997_471).abs() < 1e-5, "{low} {high}");
        let (low, high) = clopper_pearson(8_100, 10_000, 0.05);
        assert!((low - 0.802_18).abs() < 1e-4 && (high - 0.817_65).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn ranks_around_the_median() {
        // of ten, the 2nd and the 9th: P(X < 2) = 11/1024 is at most 2.5 %, P(X < 3) = 56/1024 is not (from 0: 1 and 8)
        assert_eq!(quantile_ranks(10, 50), (Some(1), Some(8)));
        // P(X <= 7) = 0.0115, P(X <= 8) = 0.0861: the 8th, and no upper end
        assert_eq!(quantile_ranks(10, 95), (Some(7), None));
    }

    #[test]
    fn a_target_is_reached_by_a_date_or_with_a_share() {
        let at = |list: &[i64]| Moments(list.iter().copied().map(Some).collect());
        let draw = |list: &[i64]| InputDraw {
            kept: vec![],
            closure: Moments::default(),
            targets: vec![at(list)],
            left_host: Moments::default(),
            parties: vec![],
        };
        let mut outcome = Outcome {
            format: 2,
            scenario_hash: String::new(),
            plan: String::new(),
            seed: 1,
            shard: (0, 1),
            total: 4,
            first: 0,
            zone_offset: 0,
            input_draws: 2,
            input_replications: 2,
            rows: (1, 0),
            ranged: 1,
            unmoved: 0,
            findings: 0,
            closure: Moments::default(),
            left_host: Moments::default(),
            parties: vec![],
            targets: vec![at(&[40, 10, 30, 20])],
            promises: vec![],
            stated: None,
            inputs: vec![draw(&[10, 20]), draw(&[20, 90])],
            activities: vec![],
            causes: vec![],
            swings: vec![],
        };
        // three of four by 30; of the draws both of the first and one of two of the second
        let chance = reached_by(&outcome, 0, Timestamp(30)).expect("there are rows");
        assert!((chance.probability - 0.75).abs() < 1e-12);
        assert_eq!(chance.input_interval, Some((0.5, 1.0)));
        let reached = reached_with(&outcome, 0, &[50, 90]).expect("there are rows");
        // the 2nd and the 4th of four; of the draws the 1st and 2nd of two
        assert_eq!(
            reached.iter().map(|q| q.at).collect::<Vec<_>>(),
            [20, 40].map(|t| Some(Timestamp(t)))
        );
        let at = |t| End::At(Timestamp(t));
        assert_eq!(reached[1].input_interval, Some((at(20), at(90))));
        // the first two as stated are there by 30 in both, all four in three: the draws have a quarter less; and all are
        // later than the first two, the median by 10, nine of ten by 20
        outcome.stated = Some(draw(&[10, 20]));
        let chance = reached_by(&outcome, 0, Timestamp(30)).expect("there are rows");
        assert_eq!(chance.input_interval, Some((0.25, 0.75)));
        let reached = reached_with(&outcome, 0, &[50, 90]).expect("there are rows");
        assert_eq!(reached[0].input_interval, Some((at(20), at(30))));
        assert_eq!(reached[1].input_interval, Some((at(40), at(110))));
        // what the first never reach moves nothing
        outcome.stated = Some(draw(&[10]));
        outcome.stated.as_mut().expect("set").targets[0].0.push(None);
        let reached = reached_with(&outcome, 0, &[90]).expect("there are rows");
        assert_eq!(reached[0].input_interval, Some((at(20), at(90))));
        // four do not bound what nine of ten stay within, and never is something else
        assert_eq!(reached[0].sampling_interval.1, End::Unbounded);
        outcome.targets[0] = Moments(vec![None; 200]);
        let reached = reached_with(&outcome, 0, &[90]).expect("there are rows");
        assert_eq!(reached[0].sampling_interval, (End::Never, End::Never));
        outcome.rows = (0, 0);
        assert_eq!(reached_by(&outcome, 0, Timestamp(30)), None);
        assert_eq!(reached_with(&outcome, 0, &[50]), None);
    }

    #[test]
    fn a_quantile_is_one_of_the_moments() {
        let sorted: Vec<Option<i64>> = (1..=9).map(Some).chain([None]).collect();
        assert_eq!(
            [5, 50, 90, 95].map(|p| quantile(&sorted, p)),
            [Some(1), Some(5), Some(9), None]
        );
    }
}
