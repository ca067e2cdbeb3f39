//! Metamorphic properties of planning, on tiny operations whose optimum is known (algorithms 10.2).
//!
//! What the design compares at proven optima is compared at the oracle's; the planner must never be better and reaches nearly
//! all. What it compares from a plan carried over is planned with a warm start. M9, M11 and M12 are about tours alone, M14 to
//! M16, M20 and M22 about bounds, simulation, floors and explanations; M17 stands beside frozen parts.

use super::transform::*;
use super::*;
use exeunt_model::Duration;
use exeunt_model::finding::Verdict;
use exeunt_model::scenario::{Activity, Gate, Mode};

/// The optimum of an operation, its value and the plan.
fn best(s: &Scenario) -> (Vec<i64>, Plan) {
    let r = Reading::new(s);
    let best = optimum(&r, None);
    let plan = writing::write(&r, &best, &best.times);
    (best.value, plan)
}

fn n_items(s: &Scenario) -> i64 {
    s.pieces.rows.iter().map(|piece| piece.count).sum()
}

/// Plans each changed operation and compares with what its optimum must be: never better, equal in 95 of 100, accepted.
/// At least `least` operations must have been compared.
fn assert_reached(least: usize, cases: impl Iterator<Item = (u64, Scenario, Vec<i64>)>) {
    let (mut n, mut missed) = (0, Vec::new());
    for (seed, s, value) in cases {
        n += 1;
        let plan = engine(&s);
        assert_eq!(findings(&s, &plan), Vec::<String>::new(), "seed {seed}");
        assert!(
            plan.objective >= value,
            "seed {seed}: {:?} is better than {value:?}",
            plan.objective
        );
        if plan.objective != value {
            missed.push(seed);
        }
    }
    assert!(n >= least, "{n} operations");
    assert!(missed.len() * 20 <= n, "{n} operations, missed {missed:?}");
}

/// The plan as it stands in a changed operation, with its value there; none if it does not keep the rules there.
fn carried_over(s: &Scenario, plan: &Plan) -> Option<Plan> {
    let Verdict { findings, objective, .. } = exeunt_check::check(s, plan, None);
    let keeps = findings.iter().all(|finding| finding.rule == Code::Objective);
    keeps.then(|| Plan { objective, scenario_hash: s.hash.clone(), ..plan.clone() })
}

/// Plans again from a plan carried over, and returns what is wrong with what comes out.
fn worse(s: &Scenario, plan: &Plan) -> Option<String> {
    let request = Request { epochs: 2, lanes: 2, warm_start: Some(plan), ..Request::default() };
    let again =
        exeunt_engine::solve(s, &request, |_| true, |_| {}).expect("nothing is frozen").plan;
    let found = findings(s, &again);
    let worse = again.objective > plan.objective;
    let text = || format!("{:?} from {:?}; {}", again.objective, plan.objective, found.join("; "));
    (worse || !found.is_empty()).then(text)
}

/// M1: names decide nothing. The design asks for it of names in the same order; it holds of any names.
#[test]
fn m1_other_names_give_the_same_plan() {
    for seed in 0..40 {
        let s = generate::operation(seed);
        let other = renamed(&s);
        assert_eq!(shape(&s, &engine(&s)), shape(&other, &engine(&other)), "seed {seed}");
    }
}

/// M1: the order of rows decides between what is alike, so plans may differ, and optima do not.
#[test]
fn m1_rows_in_another_order_have_the_same_optimum() {
    let cases = (100..150).map(|seed| {
        let s = generate::operation(seed);
        let other = turned(&s);
        let (value, _) = best(&s);
        assert_eq!(best(&other).0, value, "seed {seed}");
        (seed, other, value)
    });
    assert_reached(50, cases);
}

/// M2: rows have moments and not hours of the day, so any shift leaves the plan as it is.
#[test]
fn m2_a_week_later_the_plan_is_the_same() {
    for seed in 160..190 {
        let s = generate::operation(seed);
        for by in [Duration::from_hours(7 * 24), Duration(1)] {
            let later = shifted(&s, by);
            assert_eq!(shape(&s, &engine(&s)), shape(&later, &engine(&later)), "seed {seed}");
        }
    }
}

/// M3: masses and lengths have no scale of their own.
#[test]
fn m3_masses_and_lengths_times_seven_give_the_same_plan() {
    for seed in 220..260 {
        let s = generate::operation(seed);
        let larger = scaled(&s, 7);
        assert_eq!(shape(&s, &engine(&s)), shape(&larger, &engine(&larger)), "seed {seed}");
    }
}

/// M4 and M5: with a stand, a team, an aircraft, an hour or time more, the plan carried over is not worse, and planning on from it
/// ends no worse. There are no crews yet. What is more of something is not worse at the optimum either.
#[test]
fn m4_m5_with_more_of_anything_no_plan_is_worse() {
    let (mut n, mut complaints) = (0, Vec::new());
    for seed in 280..300 {
        let s = generate::operation(seed);
        let plan = engine(&s);
        let least = best(&s).0;
        for (what, more) in with_one_more(&s).into_iter().chain(with_more_time(&s)) {
            n += 1;
            let carried = carried_over(&more, &plan).expect("it breaks nothing");
            let not_worse = carried.objective <= plan.objective;
            assert!(not_worse, "seed {seed}, {what}: {:?}", carried.objective);
            complaints
                .extend(worse(&more, &carried).map(|text| format!("seed {seed}, {what}: {text}")));
            // another aircraft makes the enumeration long
            if !what.contains("aircraft") && n % 3 == 0 {
                assert!(best(&more).0 <= least, "seed {seed}, {what}");
            }
        }
    }
    assert!(n > 150, "{n} changes");
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

/// M6: two theatres that share nothing have twice the value; all levels add up, and the last arrival stays.
#[test]
fn m6_two_theatres_have_twice_the_value() {
    let cases = (0..220).filter_map(|seed| {
        let s = generate::operation(seed);
        if n_items(&s) > 2 {
            return None;
        }
        let (value, plan) = best(&s);
        let two = doubled(&s);
        let twice: Vec<i64> = value.iter().map(|level| 2 * level).collect();
        // the optimum beside itself
        let both = beside_itself(&plan, &twice);
        let (one, verdict) =
            (exeunt_check::check(&s, &plan, None), exeunt_check::check(&two, &both, None));
        assert_eq!(findings(&two, &both), Vec::<String>::new(), "seed {seed}");
        assert_eq!(verdict.closure, one.closure, "seed {seed}");
        Some((seed, two, twice))
    });
    assert_reached(40, cases);
}

/// A plan with the same once more in the twin theatre.
fn beside_itself(plan: &Plan, value: &[i64]) -> Plan {
    let twin = |name: &mut String| name.push('\'');
    let mut other = plan.clone();
    for line in &mut other.lines {
        twin(&mut line.tail);
        for sortie in &mut line.sorties {
            twin(&mut sortie.id);
            twin(&mut sortie.from);
            twin(&mut sortie.to);
            sortie.leg.iter_mut().for_each(twin);
            sortie.load.iter_mut().for_each(|load| twin(&mut load.piece));
        }
    }
    for column in &mut other.columns {
        twin(&mut column.id);
        for march in &mut column.marches {
            twin(&mut march.road);
            twin(&mut march.from);
            twin(&mut march.to);
        }
        column.load.iter_mut().for_each(|load| twin(&mut load.piece));
    }
    other.handovers.iter_mut().for_each(|step| twin(&mut step.step));
    other.unmoved.iter_mut().for_each(|row| twin(&mut row.piece));
    let mut both = Plan { objective: value.to_vec(), ..plan.clone() };
    both.lines.extend(other.lines);
    both.columns.extend(other.columns);
    both.handovers.extend(other.handovers);
    both.unmoved.extend(other.unmoved);
    both
}

/// M7: without an element that guards nothing and is nobody's strength, the rest of the plan still stands. Carried over is what
/// remains of it; where an aircraft would now stop too shortly on its way it is no plan and is left out.
#[test]
fn m7_without_somebody_whom_nobody_needs_the_rest_is_not_worse() {
    let (mut n, mut complaints) = (0, Vec::new());
    for seed in 310..400 {
        let s = generate::operation(seed);
        let needed = |element: exeunt_model::ElementId| {
            let row = &s.elements[element];
            let guards =
                s.sites.rows.iter().any(|site| site.min_guard > 0 && site.place == row.origin);
            let stays = s.precedence.rows.iter().any(|p| p.stay > 0 && p.then.contains(&element));
            let counts = s
                .conditions
                .rows
                .iter()
                .any(|c| matches!(c.gate, Gate::Strength { party, .. } if party == row.party));
            // of a promise that somebody has begun it may be the one who keeps it
            guards || stays || counts || !s.promises.rows.is_empty()
        };
        let plan = engine(&s);
        for element in s.elements.ids().filter(|element| !needed(*element)) {
            let mut fewer = s.clone();
            fewer.pieces.rows.retain(|piece| piece.element != element);
            let Some(rest) = carried_over(&fewer, &without(&s, &plan, element)) else { continue };
            n += 1;
            assert!(rest.objective <= plan.objective, "seed {seed}");
            complaints.extend(worse(&fewer, &rest).map(|text| format!("seed {seed}: {text}")));
        }
    }
    assert!(n > 30, "{n} elements");
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

/// A plan without an element: its loads leave the sorties, its columns do not march.
fn without(s: &Scenario, plan: &Plan, element: exeunt_model::ElementId) -> Plan {
    let is_of =
        |name: &String| s.pieces.rows.iter().any(|p| p.name == *name && p.element == element);
    let mut rest = plan.clone();
    for sortie in rest.lines.iter_mut().flat_map(|line| &mut line.sorties) {
        let was_loaded = !sortie.load.is_empty();
        sortie.load.retain(|load| !is_of(&load.piece));
        if was_loaded && sortie.load.is_empty() {
            (sortie.loading, sortie.unloading) = (None, None);
        }
    }
    for column in &mut rest.columns {
        column.load.retain(|load| !is_of(&load.piece));
    }
    rest.columns.retain(|column| !column.load.is_empty());
    rest.unmoved.retain(|row| !is_of(&row.piece));
    rest
}

/// M7: what nobody can carry is unmoved, piece for piece, and changes nothing else.
#[test]
fn m7_what_never_fits_is_unmoved_and_nothing_else_changes() {
    let cases = (400..600).filter_map(|seed| {
        let s = generate::operation(seed);
        if n_items(&s) > 2 {
            return None;
        }
        let more = with_what_never_fits(&s)?;
        let mut value = best(&s).0;
        value[1] += 2;
        assert_eq!(best(&more).0, value, "seed {seed}");
        Some((seed, more, value))
    });
    assert_reached(30, cases);
}

/// M8: rows of pieces and elements are divisible. Of elements it holds where nothing counts them singly: priced order and soft
/// dates do.
#[test]
fn m8_in_parts_or_in_one_the_value_is_the_same() {
    let cases = (0..400).filter_map(|seed| {
        let s = generate::operation(seed);
        let split = match seed % 2 {
            0 => split_pieces(&s),
            _ => split_element(&s),
        }?;
        let (value, _) = best(&s);
        assert_eq!(best(&split).0, value, "seed {seed}");
        Some((seed, split, value))
    });
    assert_reached(40, cases);
}

/// M10: a service at a field that lasts so much longer makes the last arrival later by at most that for each service there,
/// where no calendar stands in the way. Compared are operations of one party, whose closure is what is made least.
#[test]
fn m10_longer_services_delay_the_last_by_at_most_their_number() {
    let (mut n, mut grew) = (0, 0);
    for seed in 0..700 {
        let s = generate::operation(seed);
        let parties: std::collections::BTreeSet<_> =
            s.pieces.rows.iter().map(|piece| s.elements[piece.element].party).collect();
        let team_hours = s.resources.rows.iter().any(|row| row.capacity[0].windows.len() > 1);
        let calendars = !s.hours.is_empty()
            || team_hours
            || s.operation.curfews_bind_columns
            || s.tails.rows.iter().any(|tail| !tail.maintenance.is_empty());
        let plain = s.promises.is_empty() && s.precedence.rows.iter().all(|row| row.hard);
        let first = s.operation.objective_order[0] == "z4";
        if parties.len() > 1 || calendars || !plain || !first {
            continue;
        }
        let (value, plan) = best(&s);
        let weight = s.parties[*parties.iter().next().expect("one")].weight;
        let by = Duration::from_minutes(7);
        let mut longer = s.clone();
        longer.types.rows.iter_mut().for_each(|aircraft| aircraft.onload = aircraft.onload + by);
        let (later, _) = best(&longer);
        assert_eq!(later[..4], value[..4], "seed {seed}");
        let visits =
            plan.lines.iter().flat_map(|line| &line.sorties).filter(|s| s.loading.is_some());
        let most = i64::try_from(visits.count()).expect("few") * by.0;
        let growth = (later[4] - value[4]) / weight;
        assert!((0..=most).contains(&growth), "seed {seed}: {growth} of {most}");
        n += 1;
        grew += usize::from(growth > 0);
    }
    assert!(n >= 30, "{n} operations");
    assert!(grew * 2 > n, "{grew} of {n} grew");
}

/// M10: where the field works without a gap, by exactly that for each.
#[test]
fn m10_a_field_that_never_rests_passes_every_delay_on() {
    // three vehicles, each a load, at the field of three aircraft with one team
    let s = planted::one_team_for_three();
    let by = Duration::from_minutes(7);
    let mut longer = s.clone();
    longer.types.rows.iter_mut().for_each(|aircraft| aircraft.onload = aircraft.onload + by);
    let (value, later) = (best(&s).0, best(&longer).0);
    assert_eq!(later[4] - value[4], 3 * by.0);
    assert_eq!((engine(&s).objective, engine(&longer).objective), (value, later));
}

/// M13: a plan that the checker accepts has no service that it could do without.
#[test]
fn m13_without_any_one_service_a_plan_is_refused() {
    let mut n = 0;
    for seed in 0..80 {
        let s = generate::operation(seed);
        let plan = engine(&s);
        assert_eq!(findings(&s, &plan), Vec::<String>::new(), "seed {seed}");
        for line in 0..plan.lines.len() {
            for at in 0..plan.lines[line].sorties.len() {
                for is_loading in [true, false] {
                    let mut spoiled = plan.clone();
                    let sortie = &mut spoiled.lines[line].sorties[at];
                    let service =
                        if is_loading { &mut sortie.loading } else { &mut sortie.unloading };
                    if service.take().is_some() {
                        n += 1;
                        let refused = !findings(&s, &spoiled).is_empty();
                        assert!(refused, "seed {seed}: {line}/{at}, loading {is_loading}");
                    }
                }
            }
        }
    }
    assert!(n > 200, "{n} services");
}

/// M18: the seed changes plans of a large operation and none of its first levels; threads change nothing.
#[test]
fn m18_seeds_give_other_plans_and_threads_the_same() {
    let loaded = exeunt_scenario::read(crate::scenario("kazakhstan-2022")).expect("it is valid");
    let s = loaded.scenario;
    let plan = |seed, epochs, threads| {
        let request = Request { seed, epochs, lanes: 2, threads, ..Request::default() };
        exeunt_engine::solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen").plan
    };
    let mut values = std::collections::BTreeSet::new();
    for seed in 1..=20 {
        let plan = plan(seed, 2, 2);
        assert_eq!(plan.objective[..4], [0; 4], "seed {seed}");
        values.insert(plan.objective);
    }
    assert!(values.len() > 1, "twenty seeds, one value");
    let bytes = |threads| serde_json::to_string(&plan(3, 3, threads)).expect("plain keys");
    let one = bytes(1);
    assert!(one == bytes(2) && one == bytes(8));
}

/// M19: from a plan nothing worse comes; from the optimum, the optimum.
#[test]
fn m19_from_the_optimum_comes_the_optimum() {
    for seed in 0..60 {
        let s = generate::operation(seed);
        let (value, plan) = best(&s);
        let request = Request { epochs: 2, warm_start: Some(&plan), ..Request::default() };
        let again =
            exeunt_engine::solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen");
        assert_eq!(again.plan.objective, value, "seed {seed}");
        assert_eq!(findings(&s, &again.plan), Vec::<String>::new(), "seed {seed}");
    }
}

/// M21: one home field with the capacity of two is not worse than the two. The design has both values equal, where every task
/// may use either field; here the scenario says for each element where it lands, and an aircraft's base costs it no stand,
/// so that the one field may be better. What is proven of it holds.
#[test]
fn m21_one_field_is_not_worse_than_two_beside_each_other() {
    let (mut equal, mut n) = (0, 0);
    let cases: Vec<(u64, Scenario, Vec<i64>)> = (0..600)
        .filter_map(|seed| {
            let s = generate::operation(seed);
            let lands = |e: &exeunt_model::scenario::Element| match e.mode {
                Mode::Air { debark, .. } => Some(debark),
                Mode::Road => None,
            };
            let fields: std::collections::BTreeSet<_> =
                s.elements.rows.iter().filter_map(lands).collect();
            let slots = s.hours.iter().any(|row| row.activity == Activity::Movement);
            if fields.len() < 2 || slots || n >= 40 {
                return None;
            }
            let one = one_home(&s)?;
            n += 1;
            let (two, joined) = (best(&s).0, best(&one).0);
            assert!(joined <= two, "seed {seed}: {joined:?} and {two:?}");
            equal += usize::from(joined == two);
            let proven = exeunt_engine::prove(&one, joined[1], &[]).bounds;
            let holds =
                proven.iter().zip(&joined).all(|(bound, is)| bound.is_none_or(|b| b <= *is));
            assert!(holds, "seed {seed}: {proven:?} and {joined:?}");
            Some((seed, one, joined))
        })
        .collect();
    assert!(equal * 4 > n, "{equal} of {n} are equal");
    assert_reached(20, cases.into_iter());
}
