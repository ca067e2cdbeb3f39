//! Properties of the planner over generated operations, judged by the checker.

mod generate;

use exeunt_engine::{Request, solve, what_binds};
use exeunt_model::{Code, Plan, Rule, Scenario};

fn plan(s: &Scenario, epochs: u64) -> Plan {
    let request = Request { epochs, ..Request::default() };
    solve(s, &request, |_| true, |_| {}).expect("nothing is frozen").plan
}

/// Says what is wrong with the engine's plan of a seed, if anything.
fn complaint(seed: u64) -> Option<String> {
    let s = generate::operation(seed);
    let plan = plan(&s, 2);
    let verdict = exeunt_check::check(&s, &plan, None);
    // a hard date that cannot be kept is broken in the open (C04), never by leaving somebody behind
    let findings: Vec<String> = verdict
        .findings
        .iter()
        .filter(|finding| finding.rule != Code::Rule(Rule::C04))
        .map(|finding| format!("  {} {}: {}", finding.rule, finding.object, finding.message))
        .collect();
    if !findings.is_empty() {
        return Some(format!("seed {seed}:\n{}", findings.join("\n")));
    }
    let silent = plan.unmoved.iter().any(|row| row.reason.is_empty() || row.count < 1);
    silent.then(|| format!("seed {seed}: something is unmoved without a reason"))
}

#[test]
fn every_plan_of_generated_operations_is_accepted() {
    let complaints: Vec<String> = (0..700).filter_map(complaint).collect();
    assert!(
        complaints.is_empty(),
        "{} of 700 plans were rejected:\n{}",
        complaints.len(),
        complaints.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn generated_operations_move_something_and_leave_something() {
    // the property above would be hollow if nothing moved, or if nothing ever failed
    let plans: Vec<Plan> = (0..200).map(|seed| plan(&generate::operation(seed), 1)).collect();
    let whole = plans.iter().filter(|plan| plan.unmoved.is_empty()).count();
    let flying = plans.iter().filter(|plan| plan.lines.len() > 1).count();
    assert!(whole > 60, "{whole} of 200 plans move everything");
    assert!(whole < 195, "{whole} of 200 plans move everything");
    assert!(flying > 80, "{flying} of 200 plans use more than one aircraft");
}

#[test]
fn the_same_request_gives_the_same_plan() {
    for seed in 0..20 {
        let s = generate::operation(seed);
        assert_eq!(plan(&s, 3), plan(&s, 3), "seed {seed}");
    }
}

#[test]
fn more_epochs_never_end_worse() {
    for seed in 0..60 {
        let s = generate::operation(seed);
        assert!(plan(&s, 6).objective <= plan(&s, 1).objective, "seed {seed}");
    }
}

#[test]
fn what_binds_makes_the_day_end_earlier() {
    let mut found = 0;
    for seed in 0..40 {
        let s = generate::operation(seed);
        let request = Request::default();
        let outcome = solve(&s, &request, |_| true, |_| {}).expect("nothing is frozen");
        for binding in what_binds(&s, &request, &outcome) {
            found += 1;
            assert!(binding.day.contains(binding.last_departure), "seed {seed}");
            let earlier = binding.with_one_more.is_none_or(|t| t < binding.last_departure);
            assert!(earlier, "seed {seed}: {}", binding.what);
        }
    }
    assert!(found > 20, "{found} bindings in 40 operations");
}

#[test]
fn debug_seed() {
    let Ok(seed) = std::env::var("SEED") else { return };
    let seed = seed.parse().expect("a number");
    let s = generate::operation(seed);
    let p = plan(&s, 2);
    for line in &p.lines {
        let base = &s.places[s.tails[s.tail(&line.tail).unwrap()].base].name;
        println!("{} base {base}", line.tail);
        for x in &line.sorties {
            println!(
                "  {} {}->{} {} {} load {:?} unload {:?} {}",
                x.id,
                x.from,
                x.to,
                x.departs,
                x.lands,
                x.loading.map(|l| l.starts.to_string()),
                x.unloading.map(|l| l.ends.to_string()),
                x.load.len()
            );
        }
    }
    for c in &p.columns {
        println!(
            "{} {:?} {:?}",
            c.id,
            c.marches
                .iter()
                .map(|m| format!("{}->{} {} {}", m.from, m.to, m.departs, m.arrives))
                .collect::<Vec<_>>(),
            c.load.iter().map(|l| format!("{}x{}", l.piece, l.count)).collect::<Vec<_>>()
        );
    }
    for r in &s.resources.rows {
        println!(
            "{} {:?} {:?}",
            r.name,
            r.kind,
            r.capacity
                .iter()
                .map(|c| (c.amount, c.windows.len(), c.provided_by))
                .collect::<Vec<_>>()
        );
    }
    for e in &s.elements.rows {
        println!(
            "{} {:?} party {:?} ready {} freed {:?} load_from {:?}",
            e.name, e.mode, e.party, e.ready, e.freed_by, e.load_from
        );
    }
    for p in &s.precedence.rows {
        println!("{p:?}");
    }
    for p in &p.unmoved {
        println!("{p:?}");
    }
    for p in &s.promises.rows {
        println!(
            "{} {:?} req {} rank {} same {:?}",
            p.name, p.predicate, p.required, p.rank, p.same_as
        );
    }
    println!("{:?} {:?}", p.objective, exeunt_check::check(&s, &p, None).promises);
    println!("{}", complaint(seed).unwrap_or_default());
}
