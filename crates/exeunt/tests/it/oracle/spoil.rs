//! Spoils the oracle's own plans: what is broken by necessity the checker must refuse, and whatever it
//! accepts must not be better than the optimum.

use super::generate::Random;
use super::reading::Reading;
use super::search::Best;
use super::writing::write;
use exeunt_model::plan::Plan;

/// A spoiled plan.
pub(crate) struct Spoiled {
    pub(crate) what: &'static str,
    pub(crate) plan: Plan,
    /// Whether no reading of the rules allows it.
    pub(crate) is_wrong: bool,
}

/// Returns spoiled copies of the best plan. Also asserts that its times are a least fix point: no
/// variable can be a second earlier by itself.
pub(crate) fn spoil(r: &Reading<'_>, best: &Best, random: &mut Random) -> Vec<Spoiled> {
    let mut all = Vec::new();
    for variable in 1..best.times.len() {
        let mut times = best.times.clone();
        times[variable] -= 1;
        let (is_any, is_rule) = best.layout.system.broken(&times);
        let is_before_start = times[variable] < 0;
        assert!(is_any || is_before_start, "variable {variable} is later than it must be");
        let is_wrong = is_rule || is_before_start;
        all.push(Spoiled { what: "a second earlier", plan: write(r, best, &times), is_wrong });
    }
    let plan = write(r, best, &best.times);
    all.extend(swapped_loads(&plan));
    all.extend(swapped_steps(r, best, &plan));
    all.extend(without_a_sortie(&plan));
    if !plan.unmoved.is_empty() {
        let mut copy = plan.clone();
        copy.unmoved.pop();
        all.push(Spoiled { what: "an unmoved row less", plan: copy, is_wrong: true });
    }
    if let Some(position) = (0..plan.objective.len()).find(|p| plan.objective[*p] > 0) {
        let mut copy = plan.clone();
        copy.objective[position] -= 1;
        all.push(Spoiled { what: "a better objective claimed", plan: copy, is_wrong: true });
    }
    all.extend(earlier_sortie(&plan, random));
    all
}

/// Two loads of a tail change places: wrong when they go to different fields.
fn swapped_loads(plan: &Plan) -> Option<Spoiled> {
    let position = plan.lines.iter().position(|line| {
        line.sorties.iter().filter(|sortie| !sortie.load.is_empty()).count() > 1
    })?;
    let mut copy = plan.clone();
    let mut loaded =
        copy.lines[position].sorties.iter_mut().filter(|sortie| !sortie.load.is_empty());
    let (one, other) = (loaded.next()?, loaded.next()?);
    std::mem::swap(&mut one.load, &mut other.load);
    let is_wrong = one.to != other.to;
    Some(Spoiled { what: "two loads swapped", plan: copy, is_wrong })
}

/// Two steps change places: wrong when one waits for the other.
fn swapped_steps(r: &Reading<'_>, best: &Best, plan: &Plan) -> Option<Spoiled> {
    let held: Vec<usize> =
        (0..r.s.steps.len()).filter(|step| best.layout.steps[*step].is_some()).collect();
    let differs = |a: usize, b: usize| {
        best.layout.steps[a].map(|v| best.times[v]) != best.layout.steps[b].map(|v| best.times[v])
    };
    let pairs = || held.iter().flat_map(|&a| held.iter().map(move |&b| (a, b)));
    let (a, b) = pairs().find(|&(a, b)| a < b && differs(a, b))?;
    let mut times = best.times.clone();
    times.swap(best.layout.steps[a]?, best.layout.steps[b]?);
    let waits = |later: usize, earlier: usize| {
        let after = &r.s.steps.rows[later].after;
        after.iter().any(|(step, _)| step.0 as usize == earlier)
    };
    let is_wrong = waits(a, b) || waits(b, a);
    let mut copy = write(r, best, &times);
    copy.objective.clone_from(&plan.objective);
    Some(Spoiled { what: "two steps swapped", plan: copy, is_wrong })
}

/// A sortie is missing: the line breaks, or what it carried is nowhere; the last ferry only by its stand.
fn without_a_sortie(plan: &Plan) -> Vec<Spoiled> {
    let mut all = Vec::new();
    for (line, row) in plan.lines.iter().enumerate() {
        for (position, sortie) in row.sorties.iter().enumerate() {
            let mut copy = plan.clone();
            copy.lines[line].sorties.remove(position);
            copy.lines.retain(|line| !line.sorties.is_empty());
            let is_last = position + 1 == row.sorties.len();
            let is_wrong = !is_last || !sortie.load.is_empty();
            all.push(Spoiled { what: "a sortie less", plan: copy, is_wrong });
        }
    }
    all
}

/// A whole sortie is a minute earlier, services and all.
fn earlier_sortie(plan: &Plan, random: &mut Random) -> Option<Spoiled> {
    let n = plan.lines.iter().map(|line| line.sorties.len()).sum::<usize>();
    if n == 0 {
        return None;
    }
    let chosen = random.range(0, i64::try_from(n).ok()? - 1);
    let mut copy = plan.clone();
    let mut sorties = copy.lines.iter_mut().flat_map(|line| line.sorties.iter_mut());
    let sortie = sorties.nth(usize::try_from(chosen).ok()?)?;
    sortie.departs.0 -= 60;
    sortie.lands.0 -= 60;
    for service in [&mut sortie.loading, &mut sortie.unloading].into_iter().flatten() {
        service.starts.0 -= 60;
        service.ends.0 -= 60;
    }
    Some(Spoiled { what: "a sortie a minute earlier", plan: copy, is_wrong: false })
}
