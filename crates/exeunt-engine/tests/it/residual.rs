//! Residual capability: what the engine counts is what the checker finds by following every item.

use crate::{generate, plan};
use exeunt_engine::residual;
use exeunt_model::{Duration, Timestamp};

#[test]
fn residual_capability_equals_a_recount_at_random_times() {
    let (mut n_back, mut n_guarded, mut n_empty) = (0, 0, 0);
    for seed in 0..50 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let mut r = generate::Random::new(seed + 7_000);
        for _ in 0..100 {
            let t = Timestamp(r.range(-3_600, 200 * 3_600));
            let counted = residual::at(&s, &plan, t);
            assert_eq!(counted, exeunt_check::recount::at(&s, &plan, t), "seed {seed} at {t}");
            n_back += usize::from(counted.first_back.is_some());
            n_guarded += counted.guarded.len();
            n_empty += usize::from(counted.people() == 0);
        }
    }
    // hollow if nobody ever left, nothing was guarded, or everybody stayed
    assert!(n_back > 500, "somebody could be back in {n_back} of 5000");
    assert!(n_guarded > 500, "{n_guarded} guarded sites");
    assert!(n_empty > 100, "the host is empty in {n_empty} of 5000");
}

#[test]
fn the_last_stop_is_the_one_found_by_trying() {
    let mut n_stops = 0;
    for seed in 0..50 {
        let s = generate::operation(seed);
        let plan = plan(&s, 1);
        let stops = residual::last_stops(&s, &plan);
        assert_eq!(stops, exeunt_check::recount::last_stops(&s, &plan), "seed {seed}");
        n_stops += stops.iter().map(|stop| stop.losses.len()).sum::<usize>();
    }
    assert!(n_stops > 30, "{n_stops} stops cost something");
}

#[test]
fn every_hour_is_the_answer_at_that_hour() {
    let s = generate::operation(3);
    let plan = plan(&s, 1);
    let hours = residual::hourly(&s, &plan);
    assert_eq!(hours[0].at, s.operation.start);
    for (earlier, later) in hours.iter().zip(&hours[1..]) {
        assert_eq!(later.at - earlier.at, Duration::from_hours(1));
        assert_eq!(*later, residual::at(&s, &plan, later.at));
    }
}
