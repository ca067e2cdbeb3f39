//! Joins the parts of a simulation made apart: bit for bit what one run gives.

use exeunt_model::outcome::{Kept, Moments, OUTCOME_FORMAT, Outcome};

/// Joins all parts of one simulation, in any order.
///
/// # Errors
/// Says what does not fit: another scenario, plan, seed or request, a part that is missing or there twice.
pub fn merge(parts: Vec<Outcome>) -> Result<Outcome, String> {
    let mut parts = parts;
    parts.sort_by_key(|part| part.shard);
    let mut rest = parts.into_iter();
    let mut all = rest.next().ok_or("there is nothing to merge")?;
    if all.format != OUTCOME_FORMAT {
        return Err(format!("a file has format {}, this build reads {OUTCOME_FORMAT}", all.format));
    }
    let of = all.shard.1;
    let mut next = 0;
    check_place(&all, next, of)?;
    for part in rest {
        next += 1;
        check_alike(&all, &part)?;
        check_place(&part, next, of)?;
        if part.first != all.first.saturating_add(length(&all)) {
            return Err(format!("replications {} and {} do not join", length(&all), part.first));
        }
        append(&mut all, part);
    }
    if next + 1 != of {
        return Err(format!("part {} of {of} is missing", next + 1));
    }
    if all.first != 0 || length(&all) != all.total {
        let (n, total) = (length(&all), all.total);
        return Err(format!("the parts hold {n} replications of {total}"));
    }
    all.shard = (0, 1);
    Ok(all)
}

fn length(outcome: &Outcome) -> u64 {
    u64::try_from(outcome.closure.0.len()).unwrap_or(u64::MAX)
}

fn check_place(part: &Outcome, expected: u64, of: u64) -> Result<(), String> {
    let (shard, parts) = part.shard;
    match shard {
        _ if parts != of => Err(format!("one file is a part of {parts}, another of {of}")),
        shard if shard < expected => Err(format!("part {shard} of {of} is given twice")),
        shard if shard > expected => Err(format!("part {expected} of {of} is missing")),
        _ => Ok(()),
    }
}

fn check_alike(one: &Outcome, other: &Outcome) -> Result<(), String> {
    let names = |outcome: &Outcome| {
        let promises = outcome.promises.iter().map(|promise| promise.id.clone());
        promises.chain(outcome.parties.iter().map(|party| party.id.clone())).collect::<Vec<_>>()
    };
    let sizes = |o: &Outcome| (o.targets.len(), o.activities.len(), o.causes.len());
    let fields = [
        ("format", one.format == other.format),
        ("scenario", one.scenario_hash == other.scenario_hash),
        ("plan", one.plan == other.plan),
        ("seed", one.seed == other.seed),
        ("number of replications", one.total == other.total),
        ("draws of the inputs", one.input_draws == other.input_draws),
        ("replications of a draw", one.input_replications == other.input_replications),
        ("uncertainty rows", one.rows == other.rows),
        ("promises and parties", names(one) == names(other)),
        ("sets asked for", sizes(one) == sizes(other)),
    ];
    match fields.into_iter().find(|(_, same)| !same) {
        Some((what, _)) => Err(format!("the files are of different {what}")),
        None => Ok(()),
    }
}

fn append(all: &mut Outcome, part: Outcome) {
    let join = |all: &mut Moments, part: Moments| all.0.extend(part.0);
    let keep = |all: &mut Kept, part: Kept| all.0.extend(part.0);
    join(&mut all.closure, part.closure);
    join(&mut all.left_host, part.left_host);
    for (all, part) in all.parties.iter_mut().zip(part.parties) {
        join(&mut all.closure, part.closure);
    }
    for (all, part) in all.targets.iter_mut().zip(part.targets) {
        join(all, part);
    }
    for (all, part) in all.promises.iter_mut().zip(part.promises) {
        keep(&mut all.strict, part.strict);
        keep(&mut all.lenient, part.lenient);
    }
    all.inputs.extend(part.inputs);
    all.swings.extend(part.swings);
    let counts = all.activities.iter_mut().zip(part.activities);
    for (all, part) in counts.chain(all.causes.iter_mut().zip(part.causes)) {
        all.count = all.count.saturating_add(part.count);
    }
}
