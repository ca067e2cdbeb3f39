//! Certificates by hand, their sums in comments: the checker accepts what follows and nothing more.

use crate::bridge::*;
use crate::world::{at, both, daily, piece, promise, resource, rows};
use exeunt_check::{ProofVerdict, verify};
use exeunt_model::certificate::*;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::{Length, Scenario, ids::*};

const SECOND: Duration = Duration(1);

/// Asserts that a proof holds and returns what it comes to.
#[track_caller]
fn holds(s: &Scenario, proof: &Proof) -> ProofVerdict {
    let verdict = verify(s, proof);
    assert_eq!(verdict.findings, []);
    verdict
}

/// Asserts that a proof has one finding, with some words in it.
#[track_caller]
fn refused(s: &Scenario, proof: &Proof, words: &str) {
    let findings = verify(s, proof).findings;
    let [finding] = &findings[..] else { panic!("one finding: {findings:?}") };
    assert!(finding.message.contains(words), "{} has not `{words}`", finding.message);
}

/// Returns the bound of a level.
fn bound(verdict: &ProofVerdict, level: &str) -> Option<i64> {
    let position = verdict.levels.iter().position(|name| name == level).expect("a level");
    verdict.bounds[position]
}

/// Returns a proof that 25 vehicles on ten aircraft are not landed before a moment.
fn bridge_proof(last_ends: Timestamp, lands: Timestamp) -> Proof {
    let fleet = Fleet { from: at(0, 0), cover: cover(&["E"], &[("E-V", 1)], 1, 25), last_ends };
    let claim = arrival(&["E"], Milestone::HomeAirfield, lands);
    proof(Stage::B3, claim, Evidence::Fleet(fleet))
}

#[test]
fn ten_aircraft_bring_25_loads_in_29_hours() {
    // Ten loadings have ended at 1 h, ten more at 13 h, five more at 25 h; the last flight lands 4 h later.
    let mut s = bridge(25);
    holds(&s, &bridge_proof(at(25, 0), at(29, 0)));
    refused(&s, &bridge_proof(at(25, 0), at(29, 0) + SECOND), "it claims");
    refused(&s, &bridge_proof(at(25, 0) + SECOND, at(29, 0)), "the last loading ends");
    // An eleventh aircraft that comes on day 5 changes nothing; one that is there loads at 1 h, 13 h and 25 h,
    // and 25 loads still take until 25 h; three more carry 13 x 2 = 26 by 13 h.
    s.tails.push(tail(10, at(120, 0)));
    holds(&s, &bridge_proof(at(25, 0), at(29, 0)));
    s.tails.rows[10].available.from = at(0, 0);
    holds(&s, &bridge_proof(at(25, 0), at(29, 0)));
    s.tails.push(tail(11, at(0, 0)));
    s.tails.push(tail(12, at(0, 0)));
    refused(&s, &bridge_proof(at(25, 0), at(29, 0)), "the last loading ends");
    holds(&s, &bridge_proof(at(13, 0), at(17, 0)));
}

#[test]
fn home_base_is_after_the_unloading_and_counts_in_z4() {
    // Landed at 29 h, unloaded at 32 h; AA weighs 1.
    let s = bridge(25);
    let mut proof = bridge_proof(at(25, 0), at(29, 0));
    proof.certificates[0].claim = arrival(&["E"], Milestone::HomeBase, at(32, 0));
    let verdict = holds(&s, &proof);
    assert_eq!(bound(&verdict, "z4"), Some(32 * 3_600));
    assert_eq!(verdict.closure, Some(at(32, 0)));
    assert_eq!(verdict.parties[0].closure, Some((at(32, 0), Stage::B3)));
    assert_eq!(verdict.parties.len(), 1);
}

#[test]
fn what_one_sortie_may_carry_together_is_one_sortie() {
    let mut s = bridge(1);
    s.pieces.rows[0].length = Length(3_200);
    add_vehicles(&mut s, "F", 1, 3_200);
    let flights = |sorties, capacity| {
        let cover = cover(&["E", "F"], &[("E-V", 3_200), ("F-V", 3_200)], capacity, 6_400);
        // flights of 240 min; 240 x 1000 / 60 = 4000
        let claim = Claim::Flights { sorties, minutes: 240 * sorties, cost: 4_000 * sorties };
        proof(Stage::B2, claim, Evidence::Loads { covers: vec![cover] })
    };
    // Two of 0.4 of a hold go in one: 6.4 m of 8 m.
    let verdict = holds(&s, &flights(1, 6_400));
    assert_eq!((bound(&verdict, "z6.sorties"), bound(&verdict, "z6.tails")), (Some(1), Some(1)));
    assert_eq!((bound(&verdict, "z6.minutes"), bound(&verdict, "z7")), (Some(240), Some(4_000)));
    refused(&s, &flights(2, 6_400), "it claims 2 of sorties");
    // A capacity below that would be no bound.
    refused(&s, &flights(2, 6_399), "carries 6399, not 6400");
    // Each in a cover of its own counts sorties twice.
    let mut twice = flights(2, 6_400);
    let one = |name: &str| {
        let piece = format!("{name}-V");
        cover(&[name], &[(piece.as_str(), 3_200)], 3_200, 3_200)
    };
    twice.certificates[0].evidence = Evidence::Loads { covers: vec![one("E"), one("F")] };
    refused(&s, &twice, "two covers are about FIELD");
}

#[test]
fn services_of_a_field_fill_its_hours() {
    // 25 services of 2 h are 50 h of a stand's time. Two teams from 06:00 to 22:00 are 32 h on the first day;
    // 18 h are left, 9 h of two teams: 15:00 on the second day.
    let mut s = bridge(25);
    s.types.rows[0].onload = Duration::from_hours(2);
    add_handling(&mut s, 2, vec![Interval::ALWAYS]);
    add_hours(&mut s, daily(6, 22));
    let services = |from, work, last_ends, kind| {
        let cover = cover(&["E"], &[("E-V", 1)], 1, 25);
        let field = Field { kind, from, cover, work, last_ends };
        // the last take-off is not before the last loading ends
        let claim = arrival(&["E"], Milestone::LeftSite, last_ends);
        proof(Stage::B4, claim, Evidence::Field(field))
    };
    let (work, ends) = (50 * 3_600, at(24 + 15, 0));
    holds(&s, &services(at(6, 0), work, ends, FieldKind::Handling));
    refused(&s, &services(at(6, 0), work, ends + SECOND, FieldKind::Handling), "service ends");
    refused(&s, &services(at(6, 0) + SECOND, work, ends, FieldKind::Handling), "can be loaded");
    refused(&s, &services(at(6, 0), work + 1, ends, FieldKind::Handling), "the work is");
    refused(&s, &services(at(6, 0), work, ends, FieldKind::HostCheck), "no limit of that kind");
    refused(&s, &services(at(6, 0), work, ends, FieldKind::Stand), "no limit of that kind");
    // The night is closed for stands too: two stands are as short as two teams.
    let stands = vec![rows(2, vec![Interval::ALWAYS], None)];
    let kind = ResourceKind::Stand(StandClass::D);
    s.resources.rows[0] = resource("STANDS", kind, Some(PlaceId(0)), stands);
    holds(&s, &services(at(6, 0), work, ends, FieldKind::Stand));
    // Which type has which work: with two teams each, 100 h of teams.
    s.resources.rows[0] = resource(
        "HANDLING",
        ResourceKind::Handling,
        Some(PlaceId(0)),
        vec![rows(4, daily(6, 22), None)],
    );
    s.types.rows[0].handling_teams = 2;
    holds(&s, &services(at(6, 0), 2 * work, ends, FieldKind::Handling));
}

#[test]
fn unloading_counts_from_the_first_landing() {
    // Three loads, one team at HOME that unloads 3 h each. Loaded at 1 h, landed at 5 h: 5 + 9 = 14 h.
    let mut s = bridge(3);
    let team = vec![rows(1, vec![Interval::ALWAYS], None)];
    s.resources.push(resource("HOME-TEAM", ResourceKind::Handling, Some(PlaceId(1)), team));
    let unloading = |from, milestone| {
        let cover = Cover {
            side: Side::Unloading,
            field: "HOME".into(),
            ..cover(&["E"], &[("E-V", 1)], 1, 3)
        };
        let kind = FieldKind::Handling;
        let field = Field { kind, from, cover, work: 9 * 3_600, last_ends: at(14, 0) };
        proof(Stage::B4, arrival(&["E"], milestone, at(14, 0)), Evidence::Field(field))
    };
    holds(&s, &unloading(at(5, 0), Milestone::HomeBase));
    refused(&s, &unloading(at(5, 0) + SECOND, Milestone::HomeBase), "can be unloaded");
    refused(&s, &unloading(at(5, 0), Milestone::HomeAirfield), "says nothing");
    let mut swapped = unloading(at(5, 0), Milestone::HomeBase);
    let Evidence::Field(field) = &mut swapped.certificates[0].evidence else { unreachable!() };
    field.cover.side = Side::Loading;
    refused(&s, &swapped, "does not board at HOME");
}

/// Returns the bridge whose element is freed by a site: two counts of 8 h by one team that works from 08:00 to
/// 20:00, then the signing of 2 h.
fn handed_over() -> Scenario {
    let mut s = bridge(3);
    let place = PlaceId(2);
    let receiver = "police".to_owned();
    s.sites.rows = vec![Site { name: "SITE".into(), place, min_guard: 0, receiver }];
    s.resources.push(resource("TEAM", ResourceKind::Team, None, vec![rows(1, daily(8, 20), None)]));
    let step = |name: &str, hours, after: &[u32]| Step {
        name: name.into(),
        site: SiteId(0),
        title: name.into(),
        duration: Duration::from_hours(hours),
        after: after.iter().map(|&id| (StepId(id), Duration::ZERO)).collect(),
        with: Vec::new(),
        needs: vec![(ResourceId(0), 1)],
    };
    s.steps.rows = vec![step("COUNT-1", 8, &[]), step("COUNT-2", 8, &[]), step("SIGN", 2, &[0, 1])];
    s.elements.rows[0].freed_by = vec![SiteId(0)];
    s
}

/// Returns the work of both counts: 16 h from 08:00 on are 12 h on the first day and 4 h on the second.
fn counts() -> Teams {
    Teams {
        resource: "TEAM".into(),
        from: at(8, 0),
        steps: vec!["COUNT-1".into(), "COUNT-2".into()],
        last_ends: at(24 + 12, 0),
    }
}

#[test]
fn a_team_sleeps_between_two_counts() {
    // By itself a count ends at 16:00 and SIGN at 18:00: loaded at 19:00, landed at 23:00.
    let s = handed_over();
    let alone = arrival(&["E"], Milestone::HomeAirfield, at(23, 0));
    holds(&s, &proof(Stage::B0, alone, Evidence::Path));
    // Both have been counted at 12:00 on the second day at the earliest. The count that ends then or later starts at
    // 08:00 at the earliest and ends at 16:00; SIGN from 16:00 to 18:00, loaded 19:00, landed 23:00.
    let late = |t| arrival(&["E"], Milestone::HomeAirfield, t);
    let teams = |teams, t| proof(Stage::B1, late(t), Evidence::Teams(teams));
    holds(&s, &teams(counts(), at(24 + 23, 0)));
    refused(&s, &teams(counts(), at(24 + 23, 0) + SECOND), "it claims");
    refused(
        &s,
        &teams(Teams { last_ends: at(36, 0) + SECOND, ..counts() }, at(47, 0)),
        "last step",
    );
    refused(&s, &teams(Teams { from: at(8, 0) + SECOND, ..counts() }, at(47, 0)), "can start at");
    let mut one = counts();
    one.steps.pop();
    refused(&s, &teams(one, at(47, 0)), "the last step ends");
    let mut double = counts();
    double.steps[1] = "COUNT-1".into();
    refused(&s, &teams(double, at(47, 0)), "twice");
    // Nothing that need not move has its steps done.
    let mut free = s.clone();
    free.elements.rows[0].freed_by.clear();
    refused(&free, &teams(counts(), at(47, 0)), "need not take place");
}

#[test]
fn steps_end_at_multiples_of_what_all_times_have_in_common() {
    // Counts of 8 h, each with two teams of three: 32 h from 08:00 on are done at 18:40. Everything about the steps is
    // a multiple of 2 h: 20:00. A signing of 2 h 1 min leaves multiples of a minute.
    let mut s = handed_over();
    s.resources.rows[0].capacity[0].amount = 3;
    for step in &mut s.steps.rows[..2] {
        step.needs[0].1 = 2;
    }
    let teams = |t| {
        let claim = arrival(&["E"], Milestone::HomeAirfield, at(23, 0));
        proof(Stage::B1, claim, Evidence::Teams(Teams { last_ends: t, ..counts() }))
    };
    holds(&s, &teams(at(20, 0)));
    refused(&s, &teams(at(20, 0) + SECOND), "the last step ends");
    s.steps.rows[2].duration = Duration::from_minutes(121);
    refused(&s, &teams(at(20, 0)), "the last step ends");
    holds(&s, &teams(at(18, 40)));
}

#[test]
fn services_end_after_whole_rounds_while_the_field_has_the_same() {
    // 25 services of 2 h by two teams are 25 h of both, and 13 rounds: 26 h. If a third team comes for an hour before the
    // end, rounds need not begin together.
    let mut s = bridge(25);
    s.types.rows[0].onload = Duration::from_hours(2);
    add_handling(&mut s, 2, vec![Interval::ALWAYS]);
    let services = |t| {
        let cover = cover(&["E"], &[("E-V", 1)], 1, 25);
        let kind = FieldKind::Handling;
        let field = Field { kind, from: at(0, 0), cover, work: 50 * 3_600, last_ends: t };
        proof(Stage::B4, arrival(&["E"], Milestone::LeftSite, t), Evidence::Field(field))
    };
    holds(&s, &services(at(26, 0)));
    refused(&s, &services(at(26, 0) + SECOND), "the last service ends");
    let hour = Interval { from: at(7, 0), to: at(8, 0) };
    s.resources.rows[0].capacity.push(rows(1, vec![hour], None));
    refused(&s, &services(at(26, 0)), "the last service ends");
    holds(&s, &services(at(24, 30)));
}

#[test]
fn who_keeps_a_field_supplied_leaves_it_last() {
    // G provides one of two teams. E can depart at 11:00, so G, who must stay until then, lands at 15:00 at the earliest;
    // free to go it lands at 5:00.
    let mut s = bridge(1);
    s.elements.rows[0].ready = at(10, 0);
    let team = add_vehicles(&mut s, "G", 1, 5_000);
    add_handling(&mut s, 1, vec![Interval::ALWAYS]);
    let given = rows(1, vec![Interval::ALWAYS], Some(team.0));
    s.resources.rows[0].capacity.push(given.clone());
    let lands = |t| proof(Stage::B0, arrival(&["G"], Milestone::HomeAirfield, t), Evidence::Path);
    let staying = |s: &Scenario| {
        holds(s, &lands(at(15, 0)));
        refused(s, &lands(at(15, 0) + SECOND), "it claims");
    };
    let free = |s: &Scenario| {
        holds(s, &lands(at(5, 0)));
        refused(s, &lands(at(5, 0) + SECOND), "it claims");
    };
    free(&s);
    s.resources.rows[0].keep = 1;
    staying(&s);
    // the field keeps no more than is provided
    s.resources.rows[0].keep = 9;
    staying(&s);
    // E may stay: nobody need depart before G; nor where G alone is promised
    s.resources.rows[0].keep = 1;
    let mut alone = lands(at(15, 0));
    let Claim::Arrival { whole, .. } = &mut alone.certificates[0].claim else { unreachable!() };
    *whole = true;
    refused(&s, &alone, "it claims");
    let Claim::Arrival { set, .. } = &mut alone.certificates[0].claim else { unreachable!() };
    set.push("E".into());
    holds(&s, &alone);
    let Claim::Arrival { promise, .. } = &mut alone.certificates[0].claim else { unreachable!() };
    *promise = Some("WORD".into());
    refused(&s, &alone, "what moves for a promise");
    let may = Proof { unmoved: 1, may_stay: 1, ..lands(at(15, 0)) };
    refused(&s, &may, "need move");
    // another who provides one suffices
    let other = add_vehicles(&mut s, "H", 1, 5_000);
    s.resources.rows[0].keep = 1;
    s.resources.rows[0].capacity.push(Capacity { provided_by: Some(other), ..given });
    free(&s);
    s.resources.rows[0].keep = 2;
    staying(&s);
}

/// Returns the lemma that SIGN does not start before 16:00 on the second day.
fn sign_lemma() -> Lemma {
    Lemma { step: "SIGN".into(), not_before: at(24 + 16, 0), teams: counts() }
}

#[test]
fn a_lemma_raises_a_step_for_what_comes_after() {
    let s = handed_over();
    let claim = arrival(&["E"], Milestone::HomeAirfield, at(47, 0));
    let mut path = proof(Stage::B1, claim, Evidence::Path);
    refused(&s, &path, "it claims");
    path.lemmas = vec![sign_lemma()];
    let verdict = holds(&s, &path);
    assert_eq!(verdict.stages, vec![None; 12], "the landing counts in no level");
    // A path with lemmas is of stage B1.
    path.certificates[0].stage = Stage::B0;
    refused(&s, &path, "it claims");
    path.certificates[0].stage = Stage::B3;
    refused(&s, &path, "a path is of stage");
    path.certificates[0].stage = Stage::B1;
    path.lemmas[0].not_before = at(40, 0) + SECOND;
    let findings = verify(&s, &path).findings;
    assert_eq!(findings.len(), 2, "the lemma, and the path that rests on it: {findings:?}");
    assert_eq!(findings[0].object, "lemma 1 of step `SIGN`");
}

#[test]
fn lemmas_build_on_those_before_them_only() {
    // A second lemma takes SIGN's work after the first: from 16:00 on 2 h, and SEAL after it at 18:00.
    let mut s = handed_over();
    let seal = Step {
        name: "SEAL".into(),
        after: vec![(StepId(2), Duration::ZERO)],
        ..s.steps.rows[2].clone()
    };
    s.steps.push(seal);
    let second = Lemma {
        step: "SEAL".into(),
        not_before: at(24 + 18, 0),
        teams: Teams {
            from: at(40, 0),
            steps: vec!["SIGN".into()],
            last_ends: at(42, 0),
            ..counts()
        },
    };
    let mut proof = Proof { lemmas: vec![sign_lemma(), second], ..Proof::default() };
    holds(&s, &proof);
    proof.lemmas.swap(0, 1);
    refused(&s, &proof, "step `SIGN` can start at");
}

#[test]
fn who_may_stay_is_left_out_of_the_sums() {
    // Of 25 vehicles 5 may stay: 20 loads have been taken up at 13 h.
    let s = bridge(25);
    let with = |unmoved, may_stay, total, t| {
        let fleet =
            Fleet { from: at(0, 0), cover: cover(&["E"], &[("E-V", 1)], 1, total), last_ends: t };
        let claim = arrival(&["E"], Milestone::LeftSite, t);
        Proof { unmoved, may_stay, ..proof(Stage::B3, claim, Evidence::Fleet(fleet)) }
    };
    holds(&s, &with(5, 5, 20, at(13, 0)));
    refused(&s, &with(5, 5, 21, at(13, 0)), "come to 20");
    refused(&s, &with(5, 5, 20, at(25, 0)), "the last loading ends");
    refused(&s, &with(5, 4, 20, at(13, 0)), "5 of the pieces that could arrive may stay, not 4");
    // Who need not move at all proves nothing.
    refused(&s, &with(25, 25, 1, at(1, 0)), "need not move");
    let path = proof(Stage::B0, arrival(&["E"], Milestone::HomeBase, at(1, 0)), Evidence::Path);
    refused(&s, &Proof { unmoved: 25, may_stay: 25, ..path.clone() }, "need move");
    holds(&s, &Proof { unmoved: 24, may_stay: 24, ..path });
}

#[test]
fn the_heaviest_may_be_those_who_stay() {
    // Weights 3 and 1: of two heavy and two light ones, with one that may stay, 3 + 1 + 1 remain.
    let mut s = bridge(2);
    add_vehicles(&mut s, "F", 2, 5_000);
    let with = |total| {
        let cover = cover(&["E", "F"], &[("E-V", 3), ("F-V", 1)], 3, total);
        let claim = Claim::Flights { sorties: 2, minutes: 0, cost: 0 };
        let evidence = Evidence::Loads { covers: vec![cover] };
        Proof { unmoved: 1, may_stay: 1, ..proof(Stage::B2, claim, evidence) }
    };
    holds(&s, &with(5));
    refused(&s, &with(6), "come to 5");
}

#[test]
fn what_never_arrives_is_unmoved_in_every_plan() {
    // A crane of 9 m fits no hold of 8 m.
    let mut s = bridge(3);
    let crane = piece("CRANE", 0, PieceKind::Vehicle, 2);
    s.pieces.push(Piece { length: Length(9_000), ..crane });
    let claims = |at_least, unmoved, may_stay| {
        let claim = Claim::Unmoved { at_least };
        Proof { unmoved, may_stay, ..proof(Stage::B0, claim, Evidence::Path) }
    };
    let verdict = holds(&s, &claims(2, 2, 0));
    assert_eq!(bound(&verdict, "z1"), Some(2));
    refused(&s, &claims(3, 2, 0), "2 pieces can never arrive, not 3");
    refused(&s, &claims(2, 1, 0), "2 must stay");
    refused(&s, &claims(2, 3, 0), "1 of the pieces that could arrive may stay, not 0");
    // It is no load either: 3 vehicles are all there is to carry.
    let cover = |total| cover(&["E"], &[("E-V", 1), ("CRANE", 1)], 1, total);
    let loads = |total| {
        let claim = Claim::Flights { sorties: total, minutes: 0, cost: 0 };
        let evidence = Evidence::Loads { covers: vec![cover(total)] };
        Proof { unmoved: 2, ..proof(Stage::B2, claim, evidence) }
    };
    holds(&s, &loads(3));
    refused(&s, &loads(4), "come to 3");
}

/// Returns the bridge of 25 with a promise.
fn promised(predicate: Predicate) -> Scenario {
    let mut s = bridge(25);
    s.promises.rows = vec![promise("WORD", 2, predicate)];
    s
}

#[test]
fn a_promise_to_arrive_is_refuted_by_a_later_arrival() {
    let set = || vec![ElementId(0)];
    let all_by = |by| Predicate::AllBy {
        set: set(),
        milestone: Milestone::HomeAirfield,
        by: both(by, by + Duration::from_hours(9)),
    };
    let refutes = |milestone| {
        let mut proof = bridge_proof(at(25, 0), at(29, 0));
        proof.certificates[0].claim = Claim::Arrival {
            set: vec!["E".into()],
            milestone,
            not_before: Some(at(29, 0)),
            promise: Some("WORD".into()),
            whole: false,
        };
        proof
    };
    let airfield = refutes(Milestone::HomeAirfield);
    // Landed at 29 h: by 28:59:59 cannot be kept, by 29 h may be. Rank 2 is 1000^(3 - 2).
    let verdict = holds(&promised(all_by(at(29, 0) - SECOND)), &airfield);
    assert_eq!(
        (bound(&verdict, "z2"), &verdict.impossible[..]),
        (Some(1_000), &["WORD".to_owned()][..])
    );
    assert_eq!(bound(&verdict, "z4"), Some(0));
    refused(&promised(all_by(at(29, 0))), &airfield, "in time for promise");
    refused(&promised(all_by(at(28, 0))), &refutes(Milestone::HomeBase), "another milestone");
    // What may stay makes no difference: who stays breaks the word.
    let staying = Proof { unmoved: 20, may_stay: 20, ..airfield.clone() };
    holds(&promised(all_by(at(28, 0))), &staying);
    // A word about nobody of the set, and one that is not required.
    let mut other = promised(all_by(at(28, 0)));
    let foreign = add_vehicles(&mut other, "F", 1, 5_000);
    let Predicate::AllBy { set, .. } = &mut other.promises.rows[0].predicate else {
        unreachable!()
    };
    *set = vec![foreign];
    refused(&other, &airfield, "about fewer elements");
    let mut wish = promised(all_by(at(28, 0)));
    wish.promises.rows[0].required = false;
    assert_eq!(bound(&holds(&wish, &airfield), "z2"), Some(0));
    // A day that ends at 29:00 is missed, one that ends a second later may be kept.
    let day = |to| {
        let day = Interval { from: at(0, 0), to };
        let (milestone, max_sorties, max_tails) = (Milestone::HomeAirfield, None, None);
        Predicate::OnDay {
            set: vec![ElementId(0)],
            milestone,
            day: both(day, day),
            max_sorties,
            max_tails,
        }
    };
    holds(&promised(day(at(29, 0))), &airfield);
    refused(&promised(day(at(29, 0) + SECOND)), &airfield, "in time");
}

#[test]
fn of_promises_that_say_the_same_the_best_rank_counts() {
    let by = Predicate::AllBy {
        set: vec![ElementId(0)],
        milestone: Milestone::HomeAirfield,
        by: both(at(28, 0), at(28, 0)),
    };
    let mut s = promised(by.clone());
    s.promises.push(Promise { same_as: Some(PromiseId(0)), ..promise("AGAIN", 1, by) });
    let mut proof = bridge_proof(at(25, 0), at(29, 0));
    let claim = |word: &str| Claim::Arrival {
        set: vec!["E".into()],
        milestone: Milestone::HomeAirfield,
        not_before: Some(at(29, 0)),
        promise: Some(word.into()),
        whole: false,
    };
    proof.certificates[0].claim = claim("WORD");
    proof.certificates.push(Certificate { claim: claim("AGAIN"), ..proof.certificates[0].clone() });
    // one of the two counts, with rank 1
    assert_eq!(bound(&holds(&s, &proof), "z2"), Some(1_000_000));
}

#[test]
fn a_promise_to_begin_is_refuted_by_the_first_departure() {
    // The first take-off is at 1 h: by 00:59:59 nobody can have left.
    let begun = |by| promised(Predicate::BegunBy { set: vec![ElementId(0)], by: both(by, by) });
    let claim = || Claim::Promise { promise: "WORD".into() };
    let start = proof(Stage::B0, claim(), Evidence::Start);
    holds(&begun(at(1, 0) - SECOND), &start);
    refused(&begun(at(1, 0)), &start, "can have left at");
    refused(&begun(at(0, 30)), &proof(Stage::B4, claim(), Evidence::Start), "a path is of stage");
    refused(&begun(at(0, 30)), &proof(Stage::B0, claim(), Evidence::Mode), "not of the kind");
    let fleet = bridge_proof(at(25, 0), at(29, 0)).certificates[0].evidence.clone();
    refused(&begun(at(0, 30)), &proof(Stage::B3, claim(), fleet), "not of the kind");
}

#[test]
fn a_promise_of_the_mode_is_refuted_by_who_travels_otherwise() {
    let by = |road| promised(Predicate::Mode { set: vec![ElementId(0)], road });
    let mode = proof(Stage::B0, Claim::Promise { promise: "WORD".into() }, Evidence::Mode);
    holds(&by(true), &mode);
    refused(&by(false), &mode, "travels as it says");
    let mut early = by(true);
    early.promises.rows[0].before_start = true;
    refused(&early, &mode, "before the start");
    let unknown = Claim::Promise { promise: "NOTHING".into() };
    refused(&by(true), &proof(Stage::B0, unknown, Evidence::Mode), "no promise `NOTHING`");
}

#[test]
fn a_promise_of_what_never_arrives_is_never_kept() {
    let mut s = promised(Predicate::AllBy {
        set: vec![ElementId(0)],
        milestone: Milestone::HomeBase,
        by: both(at(200, 0), at(200, 0)),
    });
    let crane = piece("CRANE", 0, PieceKind::Vehicle, 1);
    s.pieces.push(Piece { length: Length(9_000), ..crane });
    let never = |promise| Claim::Arrival {
        set: vec!["E".into()],
        milestone: Milestone::HomeBase,
        not_before: None,
        promise,
        whole: false,
    };
    let with = |claim| Proof { unmoved: 1, ..proof(Stage::B0, claim, Evidence::Path) };
    holds(&s, &with(never(Some("WORD".into()))));
    // In the plans that leave it behind the others arrive.
    refused(&s, &with(never(None)), "it claims never");
}

#[test]
fn a_lemma_that_needs_others_to_move_says_nothing_of_a_promise() {
    // SITE frees E; the second count is of another site, which frees F. A word about E alone may be kept with
    // F left behind, so that its site is not counted.
    let mut s = handed_over();
    let receiver = "police".to_owned();
    s.sites.push(Site { name: "SITE-2".into(), place: PlaceId(2), min_guard: 0, receiver });
    s.steps.rows[1].site = SiteId(1);
    s.steps.rows[2].after.truncate(1);
    let other = add_vehicles(&mut s, "F", 1, 5_000);
    s.elements[other].freed_by = vec![SiteId(1)];
    let lemma = Lemma {
        step: "SIGN".into(),
        not_before: at(18, 0),
        teams: Teams {
            steps: vec!["COUNT-1".into(), "SIGN".into(), "COUNT-2".into()],
            last_ends: at(24 + 14, 0),
            ..counts()
        },
    };
    // 18 h from 08:00 on: 12 and 6. A lemma must hold whichever ends last; COUNT-2 does not hold SIGN up.
    let proof = Proof { lemmas: vec![lemma], ..Proof::default() };
    refused(&s, &proof, "it claims");
    // All three together, E and F as one set: the last of them lands at 23:00 on the second day if SIGN ends it;
    // if a count does, it ends at 16:00, F is loaded at 17:00 and lands at 21:00.
    let teams = Teams {
        steps: vec!["COUNT-1".into(), "SIGN".into(), "COUNT-2".into()],
        last_ends: at(24 + 14, 0),
        ..counts()
    };
    let claim = |set: &[&str]| {
        arrival(set, Milestone::HomeAirfield, at(24 + 16, 0) + Duration::from_hours(5))
    };
    let with =
        |set: &[&str]| super::bridge::proof(Stage::B1, claim(set), Evidence::Teams(teams.clone()));
    // SIGN ends at 14:00 or later: it starts at 12:00, lands at 14 + 5 = 19:00
    refused(&s, &with(&["E", "F"]), "it claims");
    let mut earlier = with(&["E", "F"]);
    earlier.certificates[0].claim =
        arrival(&["E", "F"], Milestone::HomeAirfield, at(24 + 14 + 5, 0));
    holds(&s, &earlier);
    // The same for a word about E: the count for F need not take place.
    s.promises.rows = vec![promise(
        "WORD",
        1,
        Predicate::AllBy {
            set: vec![ElementId(0)],
            milestone: Milestone::HomeAirfield,
            by: both(at(24, 0), at(24, 0)),
        },
    )];
    earlier.certificates[0].claim = Claim::Arrival {
        set: vec!["E".into()],
        milestone: Milestone::HomeAirfield,
        not_before: Some(at(43, 0)),
        promise: Some("WORD".into()),
        whole: false,
    };
    refused(&s, &earlier, "step `COUNT-2` need not take place");
}

#[test]
fn names_must_exist_and_stand_once() {
    let s = bridge(25);
    let spoil = |edit: fn(&mut Fleet)| {
        let mut proof = bridge_proof(at(25, 0), at(29, 0));
        let Evidence::Fleet(fleet) = &mut proof.certificates[0].evidence else { unreachable!() };
        edit(fleet);
        proof
    };
    refused(&s, &spoil(|fleet| fleet.cover.field = "NOWHERE".into()), "no place");
    refused(&s, &spoil(|fleet| fleet.cover.field = "HOME".into()), "does not board at HOME");
    refused(&s, &spoil(|fleet| fleet.cover.elements.push("X".into())), "no element `X`");
    refused(&s, &spoil(|fleet| fleet.cover.elements.push("E".into())), "element `E` twice");
    refused(&s, &spoil(|fleet| fleet.cover.elements.clear()), "no element");
    refused(&s, &spoil(|fleet| fleet.cover.weights[0].piece = "X".into()), "no piece `X`");
    refused(&s, &spoil(|fleet| fleet.cover.weights[0].weight = -1), "outside 0 to");
    refused(&s, &spoil(|fleet| fleet.cover.weights[0].weight = i64::MAX), "outside 0 to");
    refused(&s, &spoil(|fleet| fleet.cover.weights.push(fleet.cover.weights[0].clone())), "twice");
    refused(&s, &spoil(|fleet| fleet.cover.weights[0].weight = 2), "carries 1, not 2");
    refused(&s, &spoil(|fleet| fleet.cover.weights.clear()), "come to 0");
    refused(&s, &spoil(|fleet| fleet.cover.capacities[0].capacity = 0), "carries 0, not 1");
    refused(&s, &spoil(|fleet| fleet.cover.capacities.clear()), "carries 0, not 1");
    refused(
        &s,
        &spoil(|fleet| fleet.cover.capacities[0].aircraft = "X".into()),
        "no aircraft type",
    );
    refused(&s, &spoil(|fleet| fleet.cover.total = 26), "come to 25");
    refused(&s, &spoil(|fleet| fleet.cover.total = 0), "nothing must be carried");
}

#[test]
fn the_weight_that_a_sortie_carries_is_the_least_of_floor_mass_and_seats() {
    let loads = |s: &Scenario, weight: i64, count: i64, capacity| {
        let cover = cover(&["E"], &[("E-V", weight)], capacity, weight * count);
        let claim = Claim::Flights { sorties: 1, minutes: 0, cost: 0 };
        let evidence = Evidence::Loads { covers: vec![cover] };
        verify(s, &proof(Stage::B2, claim, evidence)).findings.is_empty()
    };
    // floor: 8 m take two of 4 m; mass: 25 t / 10.145 t = 2.46 weights; seats: 10 drivers
    let mut s = bridge(6);
    s.pieces.rows[0].length = Length(4_000);
    assert!(loads(&s, 1, 6, 2) && !loads(&s, 1, 6, 1));
    // of 2 m floor takes 4 and mass 25,000 x 100 / 10,145 = 246.4 of a weight of 100 each
    s.pieces.rows[0].length = Length(2_000);
    assert!(loads(&s, 100, 6, 246) && !loads(&s, 100, 6, 245));
    // nine seats and four people in each: 9 x 100 / 4 = 225
    s.pieces.rows[0].drivers = 4;
    s.types.rows[0].configurations[0].seats = 9;
    assert!(loads(&s, 100, 6, 225) && !loads(&s, 100, 6, 224));
}
