//! The valid plan with a proof: what the verdict makes of it, and that every spoiled copy is refused.
//!
//! The proof, by hand. E-REAR may stay (4 pieces), so that E-GUARD, E-LOG and E-ROAD must move. COUNT starts at
//! 08:00, SIGN an hour after its end at 11:00, E-GUARD leaves at 13:00, its column of one vehicle clears
//! FIELD at 14:01:06, is staged until 15:01:06, loaded until 17:01:06, lands at 22:01:06, is unloaded at
//! 23:01:06 and clears GARA 30 min and 66 s later, at 23:32:12. E-LOG is loaded from 06:00 to 08:00.

use crate::world::{GUARD, LOG, World, at, both, promise};
use exeunt_check::{self_test_proof, spoil_proof};
use exeunt_model::certificate::*;
use exeunt_model::finding::{Code, Gap, Verdict};
use exeunt_model::scenario::{Milestone, Predicate};
use exeunt_model::time::{Duration, Timestamp};
use std::collections::BTreeSet;

/// Returns the earliest arrival of E-GUARD at GARA.
fn guard_home() -> Timestamp {
    at(23, 32) + Duration(12)
}

fn arrival(set: &[&str], milestone: Milestone, t: Timestamp, promise: Option<&str>) -> Claim {
    Claim::Arrival {
        set: set.iter().map(|&name| name.to_owned()).collect(),
        milestone,
        not_before: Some(t),
        promise: promise.map(str::to_owned),
        whole: false,
    }
}

/// Returns the work of the host's team on COUNT and SIGN: four hours from 08:00 on.
fn both_steps() -> Teams {
    Teams {
        resource: "TEAM-H".into(),
        from: at(8, 0),
        steps: vec!["COUNT".into(), "SIGN".into()],
        last_ends: at(12, 0),
    }
}

/// Returns the people of E-GUARD and E-LOG: 30 less the 4 that may stay; a cabin for passengers has 100 seats.
fn people() -> Cover {
    let weight = |piece: &str| Weight { piece: piece.into(), weight: 1 };
    Cover {
        side: Side::Loading,
        field: "FIELD".into(),
        elements: vec!["E-GUARD".into(), "E-LOG".into()],
        weights: vec![weight("AG-P"), weight("AL-P")],
        capacities: vec![TypeCapacity { aircraft: "IL".into(), capacity: 100 }],
        total: 26,
    }
}

/// Returns the valley with three words that cannot be kept, and a plan with its proof.
pub(crate) fn proven_world() -> World {
    let mut world = World::new();
    let wish = |name: &str, predicate| exeunt_model::scenario::Promise {
        required: false,
        ..promise(name, 1, predicate)
    };
    let by = both(at(20, 0), at(20, 0));
    let milestone = Milestone::HomeBase;
    let dawn = both(at(7, 0), at(7, 0));
    world.scenario.promises.rows.extend([
        wish("GUARD-SOON", Predicate::AllBy { set: vec![GUARD], milestone, by }),
        wish("GUARD-DAWN", Predicate::BegunBy { set: vec![GUARD], by: dawn }),
        wish("LOG-BY-ROAD", Predicate::Mode { set: vec![LOG], road: true }),
    ]);
    let certificate = |stage, claim, evidence| Certificate { stage, claim, evidence };
    let word = |name: &str| Claim::Promise { promise: name.into() };
    let home = |promise| arrival(&["E-GUARD"], Milestone::HomeBase, guard_home(), promise);
    let out = || arrival(&["E-GUARD", "E-LOG"], Milestone::LeftHost, at(8, 0), None);
    // two teams from 06:00 on have done the two hours of one loading at 07:00
    let field = Field {
        kind: FieldKind::Handling,
        from: at(6, 0),
        cover: people(),
        work: 2 * 3_600,
        last_ends: at(7, 0),
    };
    let fleet = Fleet { from: at(6, 0), cover: people(), last_ends: at(8, 0) };
    // the shortest flight with load from FIELD is L2: 150 min; 150 x 1000 / 60 = 2500
    let flights = Claim::Flights { sorties: 1, minutes: 150, cost: 2_500 };
    let first = Teams { steps: vec!["COUNT".into()], last_ends: at(10, 0), ..both_steps() };
    world.plan.proof = Some(Proof {
        unmoved: 4,
        may_stay: 4,
        lemmas: vec![Lemma { step: "SIGN".into(), not_before: at(11, 0), teams: first }],
        certificates: vec![
            certificate(Stage::B0, Claim::Unmoved { at_least: 0 }, Evidence::Path),
            certificate(Stage::B0, home(None), Evidence::Path),
            certificate(Stage::B1, home(None), Evidence::Teams(both_steps())),
            certificate(Stage::B4, out(), Evidence::Field(field)),
            certificate(Stage::B3, out(), Evidence::Fleet(fleet)),
            certificate(Stage::B2, flights, Evidence::Loads { covers: vec![people()] }),
            certificate(Stage::B1, home(Some("GUARD-SOON")), Evidence::Teams(both_steps())),
            certificate(Stage::B0, word("GUARD-DAWN"), Evidence::Start),
            certificate(Stage::B0, word("LOG-BY-ROAD"), Evidence::Mode),
        ],
        solver: None,
    });
    // AA weighs 2 and is not home before 23:32:12 = 84,732 s
    let z4 = 2 * 84_732;
    let bounds = [0, 0, 0, 0, z4, 0, 1, 1, 150, 2_500, 0, 0];
    world.plan.bounds = bounds.into_iter().map(Some).collect();
    world
}

fn proof_findings(verdict: &Verdict) -> Vec<&str> {
    let of_proof = verdict.findings.iter().filter(|finding| finding.rule == Code::Proof);
    of_proof.map(|finding| finding.message.as_str()).collect()
}

#[test]
fn the_verdict_says_what_is_proven() {
    let world = proven_world();
    let verdict = world.check();
    assert_eq!(verdict.findings, []);
    let proven = verdict.proven.expect("a proof");
    assert_eq!(proven.bounds, world.plan.bounds);
    assert_eq!(proven.stages[4], Some(Stage::B0));
    assert_eq!(proven.stages[7], Some(Stage::B2));
    // z0: 0 of 0; z1: 4 of 4 could have moved
    assert_eq!(proven.gaps[..2], [Some(0), Some(10_000)]);
    assert_eq!(proven.gap, Gap { level: Some("z1".into()), per_ten_thousand: Some(10_000) });
    // z4 is 2 x 102,666 + 40,320 = 245,652; (245,652 - 169,464) / 245,652 = 0.310146, rounded up
    assert_eq!(proven.gaps[4], Some(3_102));
    // home at 28:31:06 = 102,666 s, not before 84,732 s: 17,934 / 102,666 = 0.174683
    assert_eq!((proven.closure, proven.closure_gap), (Some(guard_home()), Some(1_747)));
    assert_eq!(proven.left_host, Some(at(8, 0)));
    assert_eq!(proven.parties.len(), 1);
    assert_eq!(proven.parties[0].left_host, Some((at(8, 0), Stage::B3)));
    assert_eq!(proven.impossible, ["GUARD-SOON", "GUARD-DAWN", "LOG-BY-ROAD"]);
}

#[test]
fn without_a_proof_nothing_is_proven_and_nothing_may_be_stated() {
    let mut world = proven_world();
    world.plan.proof = None;
    let verdict = world.check();
    assert_eq!(verdict.proven, None);
    assert_eq!(proof_findings(&verdict).len(), 12);
    world.plan.bounds.clear();
    assert_eq!(world.check().findings, []);
}

#[test]
fn a_bound_is_stated_no_higher_than_it_is_proven() {
    let mut world = proven_world();
    world.plan.bounds[4] = Some(2 * 84_732 + 1);
    assert_eq!(
        proof_findings(&world.check()),
        ["the plan states the bound 169465, its certificates prove 169464"]
    );
    world.plan.bounds[4] = Some(1);
    assert_eq!(world.check().findings, []);
    world.plan.bounds.pop();
    assert_eq!(proof_findings(&world.check()), ["the plan states 11 bounds for 12 levels"]);
}

#[test]
fn a_proof_is_about_as_many_unmoved_as_the_plan_has() {
    let mut world = proven_world();
    let proof = world.plan.proof.as_mut().expect("a proof");
    (proof.unmoved, proof.may_stay) = (3, 3);
    let verdict = world.check();
    let says_so = |message: &&str| message.contains("at most 3 behind, this one leaves 4");
    assert!(proof_findings(&verdict).iter().any(says_so));
    let proven = verdict.proven.expect("a proof");
    assert_eq!((proven.bounds[1], proven.bounds[4], proven.closure), (Some(0), None, None));
}

#[test]
fn beside_a_frozen_part_nothing_is_proven() {
    let world = proven_world();
    let frozen = exeunt_model::Plan {
        columns: world.plan.columns[4..].to_vec(),
        ..exeunt_model::Plan::default()
    };
    let verdict = exeunt_check::check(&world.scenario, &world.plan, Some(&frozen));
    assert_eq!((verdict.findings, verdict.proven), (vec![], None));
    assert_eq!(verdict.notes.len(), 1);
}

#[test]
fn every_spoiled_proof_is_refused() {
    let world = proven_world();
    let cases = self_test_proof(&world.scenario, &world.plan);
    for case in &cases {
        assert!(case.caught, "not refused: {}, {}", case.kind, case.what);
    }
    let kinds: BTreeSet<&str> = cases.iter().map(|case| case.kind).collect();
    assert!(kinds.len() >= 40, "{} kinds: {kinds:?}", kinds.len());
}

#[test]
fn spoiled_proofs_are_the_same_every_time_and_differ_from_the_plan() {
    let world = proven_world();
    let once = spoil_proof(&world.scenario, &world.plan);
    assert_eq!(once, spoil_proof(&world.scenario, &world.plan));
    for spoiled in &once {
        assert_ne!(spoiled.plan, world.plan, "{}: {}", spoiled.kind, spoiled.what);
    }
    let world = World::new();
    assert_eq!(spoil_proof(&world.scenario, &world.plan), []);
}
