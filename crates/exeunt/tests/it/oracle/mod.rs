//! The oracle: tiny operations solved by enumeration, to judge planner and checker.
//!
//! **What it covers** (docs/model.md, by rule). C01 to C04 without hard dates; C07; C08; C09 with calendars;
//! C10 to C13 with one configuration a type; C14 with one class of stands; C15; C16 (hours of military aircraft,
//! slots, runways, curfews); C17; C20 without headway and size; C23 of every kind, hard and priced, with `stay`;
//! C24's start; C27; z1 to z7 with promises `begun_by` and `all_by`. Left out, and refused by `reading.rs`: C05, C21, C22,
//! C25, frozen parts, closed legs, capacity of fields that varies, promises of days. Clearances (C26) are there and
//! always valid. The enumeration shares the types of `exeunt-model` with planner and checker and no function that
//! computes.
//!
//! **Why it is exact.** Compared are all plans in which nobody who has left the host is brought back into it.
//! 1. *One sortie each.* Loads are embarked at the one host field H, and legs between home fields are longer than the last
//!    point of every payload curve. So a load only flies between H and a home field, and who does not come
//!    back flies once, from H to the field of debarkation; loads of a sortie have it in common.
//! 2. *Ferries.* A base has no hours of movement and no slot, costs no stand while nobody works there, and is H or no
//!    farther from H than any other field. So an aircraft that waits between a home field D and H may as well wait at
//!    its base, and every way from D to H has a way no later, no longer and on no more stands among: at once; by the base; by H and
//!    the base. After the last load: it stays, or flies to H, to its base, or by H to its base. Of a longer way, keep the
//!    first departure and the last landing: the hops between become waiting at the base, and each hop that remains
//!    lies within a hop of the longer way (so that maintenance does not matter). A base at H: at once, for the same reason.
//! 3. *Columns.* Roads have no headway and no limit, so that every item marches by itself: a column of more only
//!    takes longer to pass. What stays behind is chosen by count first (z1 is the first level).
//! 4. *Handovers.* Every set of sites that frees the movers may be handed over; a part of a site's steps frees nobody.
//! 5. *Times.* For fixed lines, fixed orders and a fixed choice of who stays or goes last (C07, C23, C27), what remains are
//!    difference constraints and unary calendars, closed under the componentwise minimum; see `system.rs`. z2, z4, z5
//!    never improve by delay, z1, z6, z7 do not depend on times, and z3 is counted by whom the choice lets be late.
//!
//! `EXEUNT_ORACLE=N` runs N operations instead of 1,000.

mod bounds;
mod generate;
mod layout;
mod metamorphic;
mod planted;
mod reading;
mod search;
mod spoil;
mod system;
mod transform;
mod writing;

use exeunt_engine::Request;
use exeunt_model::{Code, Plan, Rule, Scenario};
use reading::Reading;
use search::{Best, Part, optimum};
use std::collections::BTreeMap;

/// Seeds below 5,000 whose optimum the planner does not reach.
const MISSED: [u64; 37] = [
    79, 134, 746, 758, 892, 1000, 1513, 1638, 1644, 1702, 1915, 2156, 2517, 2524, 2542, 2608, 2612,
    2755, 2756, 2877, 3072, 3092, 3103, 3250, 3325, 3336, 3671, 3685, 4151, 4171, 4216, 4238, 4561,
    4585, 4692, 4745, 4799,
];

/// Seeds whose optimum an earlier planner did not reach, by what it lacked.
const ONCE_MISSED: [(&str, &[u64]); 5] = [
    (
        "somebody arrives later, or leaves earlier, for the sake of order",
        &[108, 130, 183, 244, 516, 571, 651, 722, 1046, 1101, 1198, 1252, 1285, 1295, 1312, 1333],
    ),
    ("others stay behind, or go together", &[342, 741, 1397, 1471]),
    ("a load needs more than marches at once, or a part has to guard", &[316, 327, 404, 494, 510]),
    ("an aircraft does not go home at once", &[418, 488, 723, 917, 1006, 1044, 4996]),
    (
        "an aircraft comes early, between two slots; orders, loads",
        &[454, 662, 876, 1038, 1135, 1269, 1367],
    ),
];

fn n_operations() -> u64 {
    let stated = std::env::var("EXEUNT_ORACLE").ok();
    stated.map_or(1_000, |n| n.parse().expect("EXEUNT_ORACLE is a number"))
}

fn engine(s: &Scenario) -> Plan {
    engine_after(s, 6)
}

fn engine_after(s: &Scenario, epochs: u64) -> Plan {
    let request = Request { epochs, ..Request::default() };
    exeunt_engine::solve(s, &request, |_| true, |_| {}).expect("nothing is frozen").plan
}

/// Findings as lines, none if the checker accepts the plan.
fn findings(s: &Scenario, plan: &Plan) -> Vec<String> {
    let verdict = exeunt_check::check(s, plan, None);
    let line =
        |f: &exeunt_model::finding::Finding| format!("{} {}: {}", f.rule, f.object, f.message);
    verdict.findings.iter().map(line).collect()
}

/// Whether more of a piece flies than there is of it: the oracle compares no such plans.
fn brings_back(s: &Scenario, plan: &Plan) -> bool {
    let loads = || plan.lines.iter().flat_map(|line| &line.sorties).flat_map(|sortie| &sortie.load);
    let flown = |piece: &str| -> i64 {
        loads().filter(|load| load.piece == piece).map(|load| load.count).sum()
    };
    s.pieces.rows.iter().any(|piece| flown(&piece.name) > piece.count)
}

fn per_cent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// What the comparison with the planner found.
#[derive(Default)]
struct Tally {
    n: usize,
    moves_all: usize,
    planner_leaves_some: usize,
    same_first_levels: usize,
    same_z4: usize,
    same_vector: usize,
    reasons: BTreeMap<String, usize>,
    left_by_seed: Vec<u64>,
    missed: Vec<u64>,
    gaps: Vec<f64>,
    worst: (f64, u64),
    complaints: Vec<String>,
}

impl Tally {
    fn compare(&mut self, seed: u64, s: &Scenario, r: &Reading<'_>, best: &Best) {
        self.n += 1;
        let plan = writing::write(r, best, &best.times);
        let verdict = exeunt_check::check(s, &plan, None);
        if !verdict.accepted || verdict.objective != best.value {
            let found = findings(s, &plan).join("; ");
            let complaint = format!("seed {seed}: the oracle's plan {:?}: {found}", best.value);
            self.complaints.push(complaint);
        }
        let planned = engine(s);
        let found = findings(s, &planned);
        if !found.is_empty() {
            self.complaints.push(format!("seed {seed}: the planner's plan: {}", found.join("; ")));
        }
        if brings_back(s, &planned) {
            self.complaints.push(format!("seed {seed}: the planner flies a piece twice"));
        }
        if planned.objective < best.value {
            let both = format!("{:?} is better than {:?}", planned.objective, best.value);
            self.complaints.push(format!("seed {seed}: the planner's {both}"));
        }
        if best.value[1] == 0 {
            self.moves_all += 1;
            if planned.objective[1] > 0 {
                self.planner_leaves_some += 1;
                *self.reasons.entry(planned.unmoved[0].rule.clone()).or_default() += 1;
                self.left_by_seed.push(seed);
            }
        }
        self.same_vector += usize::from(planned.objective == best.value);
        if planned.objective != best.value {
            self.missed.push(seed);
        }
        if planned.objective[..4] == best.value[..4] {
            self.same_first_levels += 1;
            let z4 = plan.levels.iter().position(|level| level == "z4").expect("a level");
            let (found, least) = (planned.objective[z4], best.value[z4]);
            self.same_z4 += usize::from(found <= least);
            let gap = 100.0 * (found - least) as f64 / least.max(1) as f64;
            if gap > self.worst.0 {
                self.worst = (gap, seed);
            }
            self.gaps.push(gap);
        }
    }

    fn text(&self) -> String {
        let mean = self.gaps.iter().sum::<f64>() / self.gaps.len().max(1) as f64;
        let within = |most: f64| self.gaps.iter().filter(|gap| **gap <= most).count();
        format!(
            "{} operations; {} can be moved whole, the planner leaves something of {} of these ({:.1} %; \
             by its first reason {:?}; seeds {:?})\n\
             planner against optimum: whole vector equal {} ({:.1} %), z1 to z3 equal {} ({:.1} %), \
             of these z4 equal {} ({:.1} %), \
             within 1 % {:.1} %, within 5 % {:.1} %, mean gap in z4 {mean:.2} %, worst {:.1} % (seed {})\n\
             missed: {:?}",
            self.n,
            self.moves_all,
            self.planner_leaves_some,
            per_cent(self.planner_leaves_some, self.moves_all),
            self.reasons,
            self.left_by_seed.iter().take(12).collect::<Vec<_>>(),
            self.same_vector,
            per_cent(self.same_vector, self.n),
            self.same_first_levels,
            per_cent(self.same_first_levels, self.n),
            self.same_z4,
            per_cent(self.same_z4, self.same_first_levels),
            per_cent(within(1.0), self.gaps.len()),
            per_cent(within(5.0), self.gaps.len()),
            self.worst.0,
            self.worst.1,
            self.missed,
        )
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are what the test is for; shown with --nocapture"
)]
fn the_planner_is_never_better_than_the_optimum_and_the_checker_accepts_both() {
    let mut tally = Tally::default();
    for seed in 0..n_operations() {
        let s = generate::operation(seed);
        let r = Reading::new(&s);
        let best = optimum(&r, None);
        tally.compare(seed, &s, &r, &best);
    }
    println!("{}", tally.text());
    let first: Vec<&str> = tally.complaints.iter().take(12).map(String::as_str).collect();
    assert!(first.is_empty(), "{} complaints:\n{}", tally.complaints.len(), first.join("\n"));
    assert!(tally.planner_leaves_some * 200 <= tally.moves_all, "{}", tally.text());
    assert!(tally.same_vector * 100 >= tally.n * 99, "{}", tally.text());
    let news = |seed: &&u64| **seed < 5_000 && !MISSED.contains(*seed);
    let news: Vec<&u64> = tally.missed.iter().filter(news).collect();
    assert!(news.is_empty(), "seeds {news:?} were planned to their optimum before");
}

#[test]
fn what_was_missed_once_is_planned_to_its_optimum() {
    let mut missed = Vec::new();
    for (lacked, seeds) in ONCE_MISSED {
        for &seed in seeds {
            let s = generate::operation(seed);
            if engine(&s).objective != optimum(&Reading::new(&s), None).value {
                missed.push((seed, lacked));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn what_is_missed_is_known() {
    let mut reached = Vec::new();
    for seed in MISSED {
        let s = generate::operation(seed);
        let (found, least) = (engine(&s).objective, optimum(&Reading::new(&s), None).value);
        assert!(found >= least, "seed {seed}");
        if found == least {
            reached.push(seed);
        }
    }
    assert!(
        reached.is_empty(),
        "strike {reached:?} from the list and name them among those once missed"
    );
}

/// The rule that a plan breaks when a part of the model is left out.
fn rule_of(part: Part) -> Rule {
    match part {
        Part::Stands => Rule::C14,
        Part::Handling => Rule::C15,
        Part::Hours | Part::Slots => Rule::C16,
        Part::Work => Rule::C17,
        Part::Teams => Rule::C09,
        Part::Order => Rule::C23,
        Part::Guard => Rule::C07,
        Part::Conditions => Rule::C27,
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the shares say how tight the operations are; shown with --nocapture"
)]
fn an_optimum_that_ignores_a_part_of_the_model_is_refused_by_its_rule() {
    // a plan better than the optimum cannot exist, so an oracle that forgets a rule and thereby gains must
    // break exactly that rule
    let n = n_operations() / 4;
    let mut binds: BTreeMap<Part, usize> = BTreeMap::new();
    let mut complaints = Vec::new();
    for seed in 0..n {
        let s = generate::operation(seed);
        let r = Reading::new(&s);
        let best = optimum(&r, None);
        for part in Part::ALL {
            let relaxed = optimum(&r, Some(part));
            if relaxed.value > best.value {
                complaints.push(format!("seed {seed}: without {part:?} the optimum is worse"));
            }
            if relaxed.value >= best.value {
                continue;
            }
            *binds.entry(part).or_default() += 1;
            let plan = writing::write(&r, &relaxed, &relaxed.times);
            let verdict = exeunt_check::check(&s, &plan, None);
            let rules: Vec<Code> = verdict.findings.iter().map(|finding| finding.rule).collect();
            // a priced row is not broken but counted: then the claim is what is wrong
            let is_claim = |code: &Code| part == Part::Order && *code == Code::Objective;
            let is_of_part = |code: &Code| *code == Code::Rule(rule_of(part)) || is_claim(code);
            let is_only = rules.iter().all(is_of_part);
            if rules.is_empty() || !is_only {
                complaints
                    .push(format!("seed {seed}: without {part:?} the findings are {rules:?}"));
            }
        }
    }
    let whole = usize::try_from(n).expect("small");
    let shares: Vec<String> = Part::ALL
        .iter()
        .map(|part| {
            let n = binds.get(part).copied().unwrap_or(0);
            format!("{part:?} {n} ({:.0} %)", per_cent(n, whole))
        })
        .collect();
    println!("binding in {n} operations: {}", shares.join(", "));
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
    for part in Part::ALL {
        let n = binds.get(&part).copied().unwrap_or(0);
        assert!(n > 0, "{part:?} never binds");
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the shares are what the test is for; shown with --nocapture"
)]
fn spoiled_optima_are_refused_where_they_must_be_and_never_accepted_as_better() {
    let n = n_operations() / 4;
    // per way of spoiling: copies, refused, wrong by necessity
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut complaints = Vec::new();
    for seed in 0..n {
        let s = generate::operation(seed);
        let r = Reading::new(&s);
        let best = optimum(&r, None);
        for spoiled in spoil::spoil(&r, &best, &mut generate::Random::new(seed)) {
            let verdict = exeunt_check::check(&s, &spoiled.plan, None);
            let is_claim = spoiled.plan.objective != best.value;
            let is_broken = verdict.findings.iter().any(|f| f.rule != Code::Objective);
            let is_refused = is_broken || is_claim && !verdict.accepted;
            let counts = tally.entry(spoiled.what).or_default();
            counts[0] += 1;
            counts[1] += usize::from(is_refused);
            counts[2] += usize::from(spoiled.is_wrong);
            if spoiled.is_wrong && !is_refused {
                complaints.push(format!("seed {seed}: {} is accepted", spoiled.what));
            }
            if !is_refused && verdict.objective < best.value {
                let value = &verdict.objective;
                let better = format!("{value:?} is better than {:?}", best.value);
                complaints.push(format!("seed {seed}: {}: {better}", spoiled.what));
            }
        }
    }
    for (what, [copies, refused, wrong]) in &tally {
        println!("{what}: {copies} copies, {wrong} wrong by necessity, {refused} refused");
    }
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
    let sum = |column: usize| tally.values().map(|counts| counts[column]).sum::<usize>();
    assert!(sum(2) * 10 > sum(0) * 7, "{} of {} are wrong by necessity", sum(2), sum(0));
}

#[test]
fn a_way_round_by_road_out_of_the_host_counts_its_last_exit() {
    // a short road from the garrison of one site to another site: columns may leave the host and come back on
    // their way to the airfield; the oracle leaves such ways out, planner and checker must agree on them
    let mut complaints = Vec::new();
    for seed in 0..n_operations() {
        let mut s = generate::operation(seed);
        generate::add_way_round(&mut s);
        // rules have to agree, whether the plan is the best or not
        let found = findings(&s, &engine_after(&s, 2));
        if !found.is_empty() {
            complaints.push(format!("seed {seed}: {}", found.join("; ")));
        }
    }
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}
