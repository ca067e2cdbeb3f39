//! Bounds of small cases that can be reckoned by hand.

use super::*;
use crate::bridge::*;
use exeunt_engine::{Proven, prove};
use exeunt_model::certificate::{Claim, Evidence, FieldKind};
use exeunt_model::scenario::{
    Activity, Capacity, Due, Milestone, Mode, Predicate, Promise, ResourceKind,
};
use exeunt_model::{Duration, ElementId, Interval};

/// Proves what holds when everything moves, and the milestone of everybody; the checker must agree.
#[track_caller]
fn proven(s: &Scenario, milestone: Milestone) -> Proven {
    let everybody: Vec<ElementId> = s.elements.ids().collect();
    let proven = prove(s, 0, &[(everybody, milestone)]);
    assert_eq!(exeunt_check::verify(s, &proven.proof).findings, []);
    proven
}

/// Returns the latest moment proven for a milestone of all elements.
fn not_before(proven: &Proven, milestone: Milestone) -> Option<Timestamp> {
    let moments =
        proven.proof.certificates.iter().filter_map(|certificate| match certificate.claim {
            Claim::Arrival { milestone: of, not_before, .. } if of == milestone => not_before,
            _ => None,
        });
    moments.max()
}

/// Returns the checker's verdict of a plan that moves everything.
#[track_caller]
fn accepted(s: &Scenario, plan: &Plan) -> exeunt_model::finding::Verdict {
    let verdict = exeunt_check::check(s, plan, None);
    assert_eq!((&verdict.findings[..], verdict.unmoved), (&[][..], 0));
    verdict
}

/// Ten aircraft at FIELD, loading 1 h, unloading 3 h, 25 loads: one way 1 + 4 = 5 h, a round 1 + 4 + 3 + 4 = 12 h.
fn three_waves() -> Scenario {
    let mut s = bridge(10, FIELD, Duration::from_hours(1), Duration::from_hours(3));
    add_pallets(&mut s, "E", 25, 8_000, at(0, 0));
    s
}

#[test]
fn ten_aircraft_deliver_25_loads_in_29_hours_and_the_planner_does() {
    // Ten loadings have ended at 1 h, ten more at 13 h, the last five at 25 h: landed at 29 h.
    let s = three_waves();
    let bound = not_before(&proven(&s, Milestone::HomeAirfield), Milestone::HomeAirfield);
    assert_eq!(bound, Some(at(29, 0)));
    let plan = plan(&s, 1);
    assert_eq!(accepted(&s, &plan).closure_home_airfield, bound);
}

#[test]
fn an_aircraft_that_comes_on_day_5_changes_no_bound() {
    // Counted as (29 - 120) / 12 loads it would take seven away, and the bound would be a wave too late: 41 h.
    let mut s = three_waves();
    add_tail(&mut s, FIELD, at(120, 0));
    let bound = not_before(&proven(&s, Milestone::HomeAirfield), Milestone::HomeAirfield);
    assert_eq!(bound, Some(at(29, 0)));
    // There from the start, three more do matter: 13 x 2 = 26 loads by 13 h, landed at 17 h.
    s.tails.rows[10].available.from = at(0, 0);
    add_tail(&mut s, FIELD, at(0, 0));
    add_tail(&mut s, FIELD, at(0, 0));
    let bound = not_before(&proven(&s, Milestone::HomeAirfield), Milestone::HomeAirfield);
    assert_eq!(bound, Some(at(17, 0)));
}

#[test]
fn two_groups_that_fit_one_hold_are_one_sortie_and_not_two() {
    let flown = |length: i64| {
        let mut s = bridge(2, FIELD, Duration::from_hours(1), Duration::from_hours(3));
        add_pallets(&mut s, "E", 1, length, at(0, 0));
        add_pallets(&mut s, "F", 1, length, at(0, 0));
        let proven = proven(&s, Milestone::HomeBase);
        let plan = plan(&s, 1);
        let level = plan.levels.iter().position(|level| level == "z6.sorties").expect("a level");
        (proven.bounds[level], accepted(&s, &plan).loaded_sorties)
    };
    // 0.4 of a hold of 8 m each: 6.4 m. Of 0.6 of a hold each, 9.6 m, one has to stay.
    assert_eq!(flown(3_200), (Some(1), 1));
    assert_eq!(flown(4_800), (Some(2), 2));
}

#[test]
fn services_fill_the_hours_of_two_teams() {
    // 25 services of 2 h are 50 h of one team. From 06:00 to 22:00 two teams have 32 h; the 18 h left are 9 h of both:
    // 15:00 on the second day. No plan cuts a service in two: 16 on the first day, 9 left in five rounds, 16:00.
    let mut s = bridge(25, FIELD, Duration::from_hours(2), Duration::from_hours(1));
    add_pallets(&mut s, "E", 25, 8_000, at(6, 0));
    add_resource(&mut s, ResourceKind::Handling, 2);
    add_hours(&mut s, Activity::Handling, daily(6, 22));
    let proven = proven(&s, Milestone::LeftSite);
    let field =
        proven.proof.certificates.iter().find_map(|certificate| match &certificate.evidence {
            Evidence::Field(field) if field.kind == FieldKind::Handling => Some(field),
            _ => None,
        });
    let field = field.expect("the teams are short");
    assert_eq!((field.from, field.work), (at(6, 0), 50 * 3_600));
    assert_eq!(field.last_ends, at(24 + 15, 0));
    assert_eq!(not_before(&proven, Milestone::LeftSite), Some(at(24 + 15, 0)));
    let plan = plan(&s, 1);
    accepted(&s, &plan);
    let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    let last = sorties.filter_map(|sortie| sortie.loading).map(|service| service.ends).max();
    assert_eq!(last, Some(at(24 + 16, 0)));
}

#[test]
fn services_end_in_whole_rounds() {
    // The same 50 h without a night are 25 h of both teams, but 13 rounds of 2 h: 26 h, and the planner needs no more.
    let mut s = bridge(25, FIELD, Duration::from_hours(2), Duration::from_hours(1));
    add_pallets(&mut s, "E", 25, 8_000, at(0, 0));
    add_resource(&mut s, ResourceKind::Handling, 2);
    let bound = not_before(&proven(&s, Milestone::LeftSite), Milestone::LeftSite);
    assert_eq!(bound, Some(at(26, 0)));
    let plan = plan(&s, 1);
    accepted(&s, &plan);
    let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
    let loaded = sorties.filter(|sortie| !sortie.load.is_empty());
    assert_eq!(loaded.map(|sortie| sortie.departs).max(), bound);
}

#[test]
fn services_that_take_no_time_wait_for_no_team() {
    // Teams come at 08:00; what takes no time needs none, and lands 4 h after the start. Engine and checker agree.
    let mut s = bridge(1, FIELD, Duration::ZERO, Duration::ZERO);
    add_pallets(&mut s, "E", 1, 8_000, at(0, 0));
    add_resource(&mut s, ResourceKind::Handling, 1);
    s.resources.rows[0].capacity[0].windows = daily(8, 20);
    let bound = not_before(&proven(&s, Milestone::HomeAirfield), Milestone::HomeAirfield);
    assert_eq!(bound, Some(at(4, 0)));
    accepted(&s, &plan(&s, 1));
}

#[test]
fn who_must_leave_last_waits_for_the_others() {
    // G is the loading team and there from the start; E can be loaded from 10:00 on and departs at 11:00. G departs with
    // it or later, lands at 15:00 and is unloaded at 18:00. If the field need not keep the team, nothing is proven of G but
    // its own 8 h; nor if somebody else keeps enough; nor if E may stay, as it may where G alone is promised.
    let with = |keep, others: i64| {
        let mut s = bridge(2, FIELD, Duration::from_hours(1), Duration::from_hours(3));
        add_pallets(&mut s, "E", 1, 4_000, at(10, 0));
        add_pallets(&mut s, "G", 1, 4_000, at(0, 0));
        add_pallets(&mut s, "H", 1, 4_000, at(0, 0));
        add_resource(&mut s, ResourceKind::Handling, 1);
        let resource = &mut s.resources.rows[0];
        resource.keep = keep;
        for (element, amount) in [(ElementId(1), 1), (ElementId(2), others)] {
            let (windows, provided_by) = (vec![Interval::ALWAYS], Some(element));
            resource.capacity.push(Capacity { amount, windows, provided_by });
        }
        s.elements.rows[1].due = Some(Due { at: at(0, 0), hard: false, rank: 1 });
        let sets = [vec![ElementId(1)], vec![ElementId(0), ElementId(1)]];
        let asked = sets.map(|set| (set, Milestone::HomeBase));
        let proven = prove(&s, 0, &asked);
        assert_eq!(exeunt_check::verify(&s, &proven.proof).findings, []);
        let plan = plan(&s, 1);
        accepted(&s, &plan);
        let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
        let of_g = sorties.filter(|sortie| sortie.load.iter().any(|part| part.piece == "G-P"));
        let home = of_g.filter_map(|sortie| sortie.unloading).map(|service| service.ends).max();
        let claimed = |names: &[&str], is_whole: bool| {
            proven.proof.certificates.iter().find_map(|certificate| match &certificate.claim {
                Claim::Arrival { set, not_before, whole, promise: None, .. }
                    if set == names && *whole == is_whole =>
                {
                    *not_before
                }
                _ => None,
            })
        };
        let bound = claimed(&["G"], false);
        assert!(bound <= home, "{bound:?} {home:?}");
        assert_eq!(claimed(&["G"], true), Some(at(8, 0)));
        assert_eq!(claimed(&["E", "G"], true), Some(at(18, 0)));
        bound
    };
    assert_eq!(with(1, 0), Some(at(18, 0)));
    assert_eq!(with(0, 0), Some(at(8, 0)));
    assert_eq!(with(1, 1), Some(at(8, 0)));
    assert_eq!(with(2, 1), Some(at(18, 0)));
}

#[test]
fn an_element_without_pieces_breaks_no_promise_of_how_it_travels() {
    // E flies; F is said to drive and has nothing to move (seed 13 of the generated operations, without E0). That both
    // fly can be kept, that E drives cannot: a promise of rank 2 counts 1,000.
    let with = |set: Vec<ElementId>, road: bool| {
        let mut s = three_waves();
        add_pallets(&mut s, "F", 1, 8_000, at(0, 0));
        s.pieces.rows.pop();
        s.elements.rows[1].mode = Mode::Road;
        s.promises.push(Promise {
            name: "P".to_owned(),
            statement: None,
            text: String::new(),
            predicate: Predicate::Mode { set, road },
            required: true,
            wanted: None,
            rank: 2,
            same_as: None,
            outcome: None,
            evidence: None,
            before_start: false,
        });
        let proven = proven(&s, Milestone::HomeBase);
        let plan = plan(&s, 1);
        (proven.bounds[2], accepted(&s, &plan).objective[2])
    };
    let (e, f) = (ElementId(0), ElementId(1));
    assert_eq!(with(vec![e, f], false), (Some(0), 0));
    assert_eq!(with(vec![e], true), (Some(1_000), 1_000));
}
