//! Elements that may go by air or by road: what is chosen is the better, every plan with choices is accepted, its bounds
//! hold, and all that reads a plan reads it.

use crate::generate::{Random, operation};
use crate::*;
use exeunt_engine::explain::{Explainer, either_mode};
use exeunt_engine::simulate::{Request as Replays, simulate};
use exeunt_engine::{prove_plan, residual};
use exeunt_model::explanation::Subject;
use exeunt_model::finding::Finding;
use exeunt_model::plan::{Choice, Chosen};
use exeunt_model::scenario::{Element, Milestone, Mode, Road};
use exeunt_model::{Distance, Duration, ElementId, Id, PartyId, PlaceId, Speed};

fn road(s: &mut Scenario, from: PlaceId, to: PlaceId, km: i64) {
    let name = format!("X{}", s.roads.len());
    let (distance, rate) = (Distance::from_km(km), Speed::from_kmh(40));
    let (max_vehicles, headway, border) = (None, None, None);
    let (escorts, escort_back) = (Vec::new(), Duration::ZERO);
    s.roads.push(Road {
        name,
        from,
        to,
        distance,
        rate,
        max_vehicles,
        headway,
        border,
        escorts,
        escort_back,
    });
}

/// Has each element that goes by air and provides nothing go by either mode, over a road of `km`.
fn either_by(seed: u64, mut km: impl FnMut(&Element) -> i64) -> Scenario {
    let mut s = operation(seed);
    let capacity = s.resources.rows.iter().flat_map(|resource| &resource.capacity);
    let provides: Vec<ElementId> = capacity.filter_map(|row| row.provided_by).collect();
    for id in s.elements.ids().collect::<Vec<_>>() {
        let element = s.elements[id].clone();
        if element.mode != Mode::Road && !provides.contains(&id) {
            s.elements[id].either = true;
            road(&mut s, element.origin, element.destination, km(&element));
        }
    }
    s
}

/// The same over roads of any length.
fn either(seed: u64) -> Scenario {
    let mut random = Random::new(seed + 40_000);
    either_by(seed, |_| random.range(20, 1_500))
}

fn n_either(s: &Scenario) -> usize {
    s.elements.rows.iter().filter(|element| element.either).count()
}

fn findings(s: &Scenario, plan: &Plan, frozen: Option<&Plan>) -> Vec<String> {
    let findings = exeunt_check::check(s, plan, frozen).findings;
    let wrong = findings.into_iter().filter(|finding| finding.rule != Code::Rule(Rule::C04));
    wrong.map(|f| format!("{} {}: {}", f.rule, f.object, f.message)).collect()
}

#[test]
fn plans_with_choices_are_accepted_and_their_bounds_hold() {
    let (mut by_air, mut by_road, mut n_bounds) = (0, 0, 0);
    for seed in 0..120 {
        let s = either(seed);
        let plan = prove_plan(&s, plan(&s, 2), &[]);
        assert_eq!(findings(&s, &plan, None), [] as [String; 0], "seed {seed}");
        assert_eq!(plan.choices.len(), n_either(&s), "seed {seed}");
        by_air += plan.choices.iter().filter(|choice| choice.mode == Chosen::Air).count();
        by_road += plan.choices.iter().filter(|choice| choice.mode == Chosen::Road).count();
        n_bounds += plan.bounds.iter().flatten().filter(|bound| **bound > 0).count();
    }
    // hollow if nothing was to be chosen, or nothing was proven
    assert!(by_air > 30 && by_road > 30, "{by_air} by air, {by_road} by road");
    assert!(n_bounds > 60, "{n_bounds} bounds above nothing");
}

#[test]
fn bounds_are_below_what_any_choice_reaches() {
    for seed in 0..60 {
        let s = either(seed);
        for mode in [Chosen::Air, Chosen::Road] {
            let rows = s.elements.rows.iter().filter(|element| element.either);
            let choice = |row: &Element| Choice { element: row.name.clone(), mode };
            let choices: Vec<Choice> = rows.map(choice).collect();
            let fixed = s.resolved(&choices);
            let whole = Plan { choices, ..plan(&fixed, 1) };
            let proven = prove_plan(&s, whole, &[]);
            assert_eq!(findings(&s, &proven, None), [] as [String; 0], "seed {seed} {mode:?}");
        }
    }
}

#[test]
fn corruptions_of_choices_are_refused() {
    let mut n_choices = 0;
    for seed in 0..40 {
        let s = either(seed);
        let plan = plan(&s, 1);
        let test = exeunt_check::self_test(&s, &plan, None);
        for case in &test.cases {
            assert!(case.caught, "seed {seed}: {} not caught: {}", case.rule, case.what);
        }
        let of_choices = |what: &str| what.contains("chose") || what.contains("choice");
        n_choices += test.of(Rule::C01).filter(|case| of_choices(&case.what)).count();
    }
    assert!(n_choices > 40, "{n_choices} corruptions of choices");
}

#[test]
fn a_short_road_is_taken_and_a_long_one_is_not() {
    // planted: the partner is an hour from home by road; the leading nation a fortnight, or an hour as well
    let (mut n, mut n_far, mut n_both, mut n_flying) = (0, 0, 0, 0);
    for seed in 0..90 {
        for far in [14_000, 40] {
            let km = |element: &Element| if element.party == PartyId(0) { far } else { 40 };
            let mut s = either_by(seed, km);
            (s.precedence, s.promises) = Default::default();
            let found = plan(&s, 3);
            // where the air can be used at all
            if plan(&s.resolved(&[]), 1).objective[1] > 0 {
                continue;
            }
            let mut modes = [Vec::new(), Vec::new()];
            for choice in &found.choices {
                let id = s.elements.find(|row| row.name == choice.element).expect("an element");
                modes[s.elements[id].party.index()].push(choice.mode);
            }
            let by_air = |mode: &Chosen| *mode == Chosen::Air;
            let [lead, partner] = &modes;
            assert!(far <= 40 || lead.iter().all(by_air), "seed {seed}: {lead:?}");
            // who does not arrive last may fly for nothing but a few sorties more, which few epochs leave to chance
            let flies = partner.iter().any(by_air) || (far <= 40 && lead.iter().any(by_air));
            n += 1;
            n_flying += usize::from(flies);
            n_far += usize::from(far > 40 && !lead.is_empty());
            n_both += usize::from(far > 40 && !lead.is_empty() && !partner.is_empty());
        }
    }
    assert!(n_far > 10 && n_both > 5, "{n_far} far, {n_both} with both");
    assert!(n_flying * 50 <= n, "in {n_flying} of {n} somebody flies who has an hour to drive");
}

#[test]
fn the_choice_is_the_best_of_all_choices_tried_one_by_one() {
    let (mut n, mut best, mut off) = (0, 0, Vec::new());
    for seed in 0..50 {
        let s = either(seed);
        let open: Vec<ElementId> =
            s.elements.iter().filter(|(_, row)| row.either).map(|(id, _)| id).collect();
        if !(1..=3).contains(&open.len()) {
            continue;
        }
        n += 1;
        let found = plan(&s, 5);
        let all = (0..1_u32 << open.len()).map(|bits| {
            let mode = |at: usize| if bits >> at & 1 == 0 { Chosen::Air } else { Chosen::Road };
            let choice = |(at, id): (usize, &ElementId)| Choice {
                element: s.elements[*id].name.clone(),
                mode: mode(at),
            };
            let choices: Vec<Choice> = open.iter().enumerate().map(choice).collect();
            plan(&s.resolved(&choices), 5).objective
        });
        let least = all.min().expect("one at least");
        // up to z4: after it come tails and costs, which few epochs leave to chance
        match found.objective[..5] <= least[..5] {
            true => best += 1,
            false => off.push((seed, found.objective, least)),
        }
    }
    assert!(n > 20, "{n} operations with one to three to choose for");
    assert!(best * 100 >= n * 90, "{best} of {n} are best: {off:?}");
}

#[test]
fn choices_are_the_same_on_any_number_of_threads() {
    for seed in 0..12 {
        let s = either(seed);
        let on = |threads: usize| {
            let request = Request { epochs: 4, threads, ..Request::default() };
            solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen").plan
        };
        let one = on(1);
        assert_eq!(one, on(2), "seed {seed}");
        assert_eq!(one, on(8), "seed {seed}");
        let request = Request { epochs: u64::MAX, ..Request::default() };
        let stopped = solve(&s, &request, |run| run < 4, |_| {}).expect("nothing is frozen").plan;
        assert_eq!(one, stopped, "seed {seed}: ended by its clock");
    }
}

#[test]
fn a_plan_to_start_from_brings_its_choices_and_nothing_ends_worse() {
    for seed in 0..25 {
        let s = either(seed);
        let first = plan(&s, 4);
        let request = Request { warm_start: Some(&first), seed: 9, ..Request::default() };
        let again = solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen").plan;
        assert!(again.objective <= first.objective, "seed {seed}");
        assert_eq!(findings(&s, &again, None), [] as [String; 0], "seed {seed}");
    }
}

#[test]
fn what_has_begun_goes_on_by_its_mode() {
    let mut complaints = Vec::new();
    for seed in 0..60 {
        let s = either(seed);
        let whole = plan(&s, 1);
        let frozen =
            begun_before(&whole, generate::at(20 + i64::try_from(seed % 30).expect("small")));
        // what was on the way has no choice in a part that somebody wrote down by hand
        let bare = Plan { choices: Vec::new(), ..frozen.clone() };
        for frozen in [&frozen, &bare] {
            let request = Request { frozen: Some(frozen), seed: 2, ..Request::default() };
            let again = solve(&s, &request, |_| true, |_| {}).expect("the names are its own").plan;
            let verdict = exeunt_check::check(&s, &again, Some(frozen));
            let begun =
                |f: &Finding| f.rule == Code::Rule(Rule::C24) || f.object.contains("choice");
            assert!(!verdict.findings.iter().any(begun), "seed {seed}: {:?}", verdict.findings);
            let wrong = findings(&s, &again, Some(frozen));
            if !wrong.is_empty() {
                complaints.push(format!("seed {seed}: {wrong:?}"));
            }
        }
    }
    assert!(complaints.len() <= 6, "{} of 120:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn all_that_reads_a_plan_reads_its_choices() {
    let (mut n_explained, mut n_bindings) = (0, 0);
    for seed in 0..40 {
        let s = either(seed);
        let request = Request::default();
        let outcome = solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen");
        let plan = &outcome.plan;
        let fixed = s.resolved(&plan.choices);
        let bare = Plan { choices: Vec::new(), ..plan.clone() };
        // the same as of the operation in which the choices are rows
        let replays = Replays { seed, ..Replays::default() }.part(64, 0, 1);
        let replayed = simulate(&s, plan, &replays).expect("its own names");
        let with_rows = simulate(&fixed, &bare, &replays).expect("its own names");
        assert_eq!(replayed.closure, with_rows.closure, "seed {seed}");
        assert_eq!(replayed.promises, with_rows.promises, "seed {seed}");
        for hours in [20, 40, 80] {
            let t = generate::at(hours);
            let counted = residual::at(&s, plan, t);
            assert_eq!(counted, exeunt_check::recount::at(&s, plan, t), "seed {seed} at {t}");
        }
        let milestones = [Milestone::LeftHost, Milestone::HomeAirfield, Milestone::HomeBase];
        let subjects: Vec<Subject> = s
            .elements
            .ids()
            .flat_map(|id| milestones.map(|at| Subject::Element(id, at)))
            .chain([Subject::Closure])
            .collect();
        let told = Explainer::new(&s, plan).expect("its own names").explain(&subjects);
        let with_rows = Explainer::new(&fixed, &bare).expect("its own names").explain(&subjects);
        assert_eq!(told, with_rows, "seed {seed}");
        let (bindings, _) = what_binds(&s, &request, &outcome, || true);
        n_bindings += bindings.len();
        let chosen = s.elements.iter().find(|(_, row)| row.either);
        if let Some((id, _)) = chosen.filter(|_| seed < 15) {
            let why = either_mode(&s, plan, id, &request, || true).expect("its own names");
            let why = why.expect("the plan chose");
            assert_eq!(why.mode, plan.choices[0].mode, "seed {seed}");
            assert_eq!(why.plan.objective, plan.objective, "seed {seed}");
            n_explained += 1;
        }
    }
    assert!(n_explained > 5 && n_bindings > 20, "{n_explained} explained, {n_bindings} bind");
}
