//! The hot functions of the search on instances made here: `cargo bench -p exeunt-engine`.

#[path = "../tests/it/drawn.rs"]
mod drawn;

use divan::Bencher;
use divan::counter::ItemsCount;
use exeunt_engine::search::{Hot, hot};

const PAIRS: [usize; 3] = [50, 250, 500];
/// Work before anything is measured, in stops looked at.
const BEFORE: u64 = 3_000_000;

#[expect(clippy::print_stdout, reason = "a bench says what it measured")]
fn main() {
    for pairs in PAIRS {
        let (asked, known) = on(pairs, |mut hot| hot.walk(BEFORE));
        let percent = 100.0 * known as f64 / asked.max(1) as f64;
        println!("{pairs} pairs: best places known {percent:.1} % of {asked}");
    }
    divan::main();
}

fn on<T>(pairs: usize, then: impl FnOnce(Hot<'_>) -> T) -> T {
    hot(&drawn::instance(pairs, 1, false), BEFORE, then)
}

/// The best place of a request in all tours but its own.
#[divan::bench(args = PAIRS)]
fn scan(bencher: Bencher<'_, '_>, pairs: usize) {
    on(pairs, |mut hot| bencher.bench_local(|| hot.scan()));
}

/// A request taken out, put in, and all taken back.
#[divan::bench(args = PAIRS)]
fn commit(bencher: Bencher<'_, '_>, pairs: usize) {
    on(pairs, |mut hot| bencher.bench_local(|| hot.commit()));
}

/// The walk as a whole, with the cache, for 100,000 stops looked at.
#[divan::bench(args = PAIRS)]
fn walk(bencher: Bencher<'_, '_>, pairs: usize) {
    on(pairs, |mut hot| {
        bencher.counter(ItemsCount::new(100_000_usize)).bench_local(|| hot.walk(100_000));
    });
}
