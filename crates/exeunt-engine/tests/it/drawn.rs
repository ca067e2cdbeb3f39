//! Instances made here, for tests and benches.

use exeunt_model::pdptw::{Instance, Stop};

/// Random numbers that stay as they are.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Makes an instance: so many pairs on a square of 100 by 100, windows of 60 to 180, a vehicle carries 20. A pair can be
/// served alone. Travel is the straight line, or rounded up to whole numbers, which keeps the triangle inequality.
pub(crate) fn instance(pairs: usize, seed: u64, whole: bool) -> Instance {
    let mut draw = Draw::new(seed);
    let mut places = vec![(50.0_f64, 50.0_f64)];
    for _ in 0..2 * pairs {
        places.push((draw.below(101) as f64, draw.below(101) as f64));
    }
    let length = |a: (f64, f64), b: (f64, f64)| {
        let d = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
        if whole { d.ceil() } else { d }
    };
    let n = places.len();
    let travel: Vec<f64> =
        places.iter().flat_map(|a| places.iter().map(move |b| length(*a, *b))).collect();
    let at = |a: usize, b: usize| travel[a * n + b];
    let horizon = 1_000.0;
    let depot = Stop { id: 0, demand: 0, opens: 0.0, closes: horizon, service: 0.0, partner: 0 };
    let mut stops = vec![depot];
    for pair in 0..pairs {
        let (p, d) = (2 * pair + 1, 2 * pair + 2);
        let demand = 1 + draw.below(9) as i64;
        let first = at(0, p).ceil();
        let opens = first + draw.below(500) as f64;
        let closes = opens + 60.0 + draw.below(120) as f64;
        let reached = (closes + 10.0 + at(p, d)).ceil();
        let last = (reached + 20.0 + draw.below(120) as f64).min(horizon - at(d, 0).ceil() - 10.0);
        let (p_id, d_id) = (p as u64, d as u64);
        stops.push(Stop { id: p_id, demand, opens, closes, service: 10.0, partner: d });
        stops.push(Stop {
            id: d_id,
            demand: -demand,
            opens: 0.0,
            closes: last,
            service: 10.0,
            partner: p,
        });
    }
    Instance { name: format!("own-{pairs}-{seed}"), capacity: 20, vehicles: None, stops, travel }
}
