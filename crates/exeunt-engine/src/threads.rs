//! The same with each of several things, some at the same time; what comes out does not depend on how many.

/// Does the same with each of several things, some at the same time, and returns what came out in their order.
pub(crate) fn side_by_side<T: Send, U: Send>(
    things: Vec<T>,
    threads: usize,
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let threads = threads.clamp(1, things.len().max(1));
    if threads == 1 {
        return things.into_iter().map(work).collect();
    }
    let mut shares: Vec<Vec<(usize, T)>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, thing) in things.into_iter().enumerate() {
        shares[at % threads].push((at, thing));
    }
    let work = &work;
    let mut done: Vec<(usize, U)> = std::thread::scope(|scope| {
        let start = |share: Vec<(usize, T)>| {
            scope.spawn(move || {
                share.into_iter().map(|(at, thing)| (at, work(thing))).collect::<Vec<_>>()
            })
        };
        let handles: Vec<_> = shares.into_iter().map(start).collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
