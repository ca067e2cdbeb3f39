//! Joins the parts of a simulation made apart: bit for bit what one run gives.

use super::part;
use exeunt_model::outcome::{InputDraw, Kept, Moments, OUTCOME_FORMAT, Outcome, PERCENTS};

/// Seconds from 1970 to the end of the year 9999.
const FARTHEST: u64 = 253_402_300_799;

/// Joins all parts of one simulation, in any order.
///
/// # Errors
/// Says what does not fit: another scenario, plan, seed or request, a part that is missing or there twice, or one in
/// which something is missing.
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
    check_whole(&all)?;
    for part in rest {
        next += 1;
        check_alike(&all, &part)?;
        check_place(&part, next, of)?;
        check_whole(&part)?;
        append(&mut all, part);
    }
    if next + 1 != of {
        return Err(format!("part {} of {of} is missing", next + 1));
    }
    all.shard = (0, 1);
    Ok(all)
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
    let promises = |o: &Outcome| {
        let rows = o.promises.iter();
        rows.map(|row| (row.id.clone(), row.wanted, row.before_start)).collect::<Vec<_>>()
    };
    let parties = |o: &Outcome| o.parties.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let critical = |o: &Outcome| {
        let rows = o.activities.iter().chain(&o.causes);
        rows.map(|row| row.what.clone()).collect::<Vec<_>>()
    };
    let sizes = |o: &Outcome| (o.targets.len(), o.activities.len(), o.causes.len());
    let fields = [
        ("format", one.format == other.format),
        ("scenario", one.scenario_hash == other.scenario_hash),
        ("plan", one.plan == other.plan),
        ("seed", one.seed == other.seed),
        ("zone", one.zone_offset == other.zone_offset),
        ("number of replications", one.total == other.total),
        ("draws of the inputs", one.input_draws == other.input_draws),
        ("replications of a draw", one.input_replications == other.input_replications),
        ("uncertainty rows", (one.rows, one.ranged) == (other.rows, other.ranged)),
        ("pieces that do not arrive", one.unmoved == other.unmoved),
        ("findings of the checker", one.findings == other.findings),
        ("promises", promises(one) == promises(other)),
        ("parties", parties(one) == parties(other)),
        ("sets asked for", sizes(one) == sizes(other)),
        ("activities and causes", critical(one) == critical(other)),
        ("results of the rows as stated", one.stated == other.stated),
    ];
    match fields.into_iter().find(|(_, same)| !same) {
        Some((what, _)) => Err(format!("the files are of different {what}")),
        None => Ok(()),
    }
}

/// Checks that a part holds everything that it says it holds.
fn check_whole(outcome: &Outcome) -> Result<(), String> {
    let (shard, of) = outcome.shard;
    let refuse = |what: &str, found: u64, expected: u64| {
        Err(format!("part {shard} of {of} is damaged: {what} has {found} entries, not {expected}"))
    };
    let has = |what: &str, found: usize, expected: u64| {
        let found = u64::try_from(found).unwrap_or(u64::MAX);
        if found == expected { Ok(()) } else { refuse(what, found, expected) }
    };
    let at_most = |what: String, found: u64, most: u64| match found <= most {
        true => Ok(()),
        false => Err(format!("part {shard} of {of} is damaged: {what} is {found} of {most}")),
    };
    let (from, to) = part(outcome.total, shard, of);
    let n = to - from;
    let first = outcome.first;
    if first != from {
        return Err(format!("part {shard} of {of} begins with replication {first}, not {from}"));
    }
    if outcome.zone_offset.unsigned_abs() > 86_400 {
        return Err(format!("part {shard} of {of} is damaged: its zone is more than a day away"));
    }
    has("`closure`", outcome.closure.0.len(), n)?;
    has("`left_host`", outcome.left_host.0.len(), n)?;
    for party in &outcome.parties {
        has(&format!("`closure` of party {}", party.id), party.closure.0.len(), n)?;
    }
    for target in &outcome.targets {
        has("`targets`", target.0.len(), n)?;
    }
    for promise in &outcome.promises {
        let n = if promise.before_start { 0 } else { n };
        has(&format!("`strict` of promise {}", promise.id), promise.strict.0.len(), n)?;
        has(&format!("`lenient` of promise {}", promise.id), promise.lenient.0.len(), n)?;
        if promise.wanted.is_some_and(|wanted| !(0..=1_000).contains(&wanted)) {
            let id = &promise.id;
            return Err(format!(
                "part {shard} of {of} is damaged: `wanted` of promise {id} is no chance"
            ));
        }
    }
    for row in outcome.activities.iter().chain(&outcome.causes) {
        at_most(format!("the count of {}", row.what), row.count, n)?;
    }
    at_most("the number of assumed rows".to_owned(), outcome.rows.1, outcome.rows.0)?;
    at_most("the number of rows with a range".to_owned(), outcome.ranged, outcome.rows.0)?;
    let share = |all: u64| {
        let (from, to) = part(all, shard, of);
        to - from
    };
    let is_drawn = outcome.ranged > 0;
    has("`inputs`", outcome.inputs.len(), share(outcome.input_draws))?;
    has("`stated`", outcome.stated.iter().len(), u64::from(is_drawn))?;
    has("`swings`", outcome.swings.len(), share(outcome.ranged))?;
    let percents = u64::try_from(PERCENTS.len()).unwrap_or(0);
    let each = outcome.input_replications;
    let draw = |draw: &InputDraw| {
        has("`kept` of a draw", draw.kept.len(), count(&outcome.promises))?;
        for &(strict, lenient) in &draw.kept {
            at_most("`kept` of a draw".to_owned(), strict.max(lenient), each)?;
        }
        has("`closure` of a draw", draw.closure.0.len(), each)?;
        has("`left_host` of a draw", draw.left_host.0.len(), percents)?;
        has("`parties` of a draw", draw.parties.len(), count(&outcome.parties))?;
        has("`targets` of a draw", draw.targets.len(), count(&outcome.targets))?;
        for times in &draw.parties {
            has("`parties` of a draw", times.0.len(), percents)?;
        }
        for times in &draw.targets {
            has("`targets` of a draw", times.0.len(), each)?;
        }
        Ok::<(), String>(())
    };
    outcome.inputs.iter().chain(&outcome.stated).try_for_each(draw)?;
    match moments(outcome).all(|t| t.unsigned_abs() <= FARTHEST) {
        true => Ok(()),
        false => Err(format!("part {shard} of {of} is damaged: a moment lies beyond all years")),
    }
}

/// Lists every moment that a part holds.
fn moments(outcome: &Outcome) -> impl Iterator<Item = i64> {
    let of_draw = |draw: &'_ InputDraw| {
        let lists = [&draw.closure, &draw.left_host].into_iter().chain(&draw.targets);
        lists.chain(&draw.parties).flat_map(|times| &times.0).copied().collect::<Vec<_>>()
    };
    let lists = [&outcome.closure, &outcome.left_host].into_iter().chain(&outcome.targets);
    let lists = lists.chain(outcome.parties.iter().map(|party| &party.closure));
    let swings = outcome.swings.iter().flat_map(|swing| swing.p50.into_iter().chain(swing.p90));
    let draws = outcome.inputs.iter().chain(&outcome.stated).flat_map(of_draw);
    lists.flat_map(|times| times.0.iter().copied()).chain(swings).chain(draws).flatten()
}

fn count<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
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
