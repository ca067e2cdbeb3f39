//! What goes in one load and what has to arrive close together (C05).

use super::*;
use crate::bridge::*;
use exeunt_engine::apply;
use exeunt_engine::explain::{Explainer, changes};
use exeunt_model::explanation::{Change, Subject, Why};
use exeunt_model::plan::Sortie;
use exeunt_model::scenario::{Capacity, Piece, PieceKind, Resource, ResourceKind, StandClass};
use exeunt_model::{Duration, ElementId, Interval, Length, Mass, PlaceId};

const HOUR: Duration = Duration::from_hours(1);

/// Returns a bridge with loading of an hour, unloading of one, and one element of pallets of 1 t and 2 m per count.
fn pallets(tails: usize, counts: &[i64]) -> Scenario {
    let mut s = bridge(tails, FIELD, HOUR, HOUR);
    for (n, &count) in counts.iter().enumerate() {
        add_pallets(&mut s, &format!("E{n}"), count, 2_000, at(0, 0));
    }
    for piece in &mut s.pieces.rows {
        piece.mass = Mass(1_000);
    }
    s
}

/// Returns what is aboard of each loaded sortie, in the order of take-offs.
fn loads(plan: &Plan) -> Vec<Vec<(&str, i64)>> {
    let mut sorties: Vec<&Sortie> = plan.lines.iter().flat_map(|line| &line.sorties).collect();
    sorties.retain(|sortie| !sortie.load.is_empty());
    sorties.sort_by_key(|sortie| sortie.departs);
    let rows = sorties.into_iter().map(|sortie| sortie.load.iter());
    rows.map(|load| load.map(|row| (row.piece.as_str(), row.count)).collect()).collect()
}

#[track_caller]
fn assert_accepted(s: &Scenario, plan: &Plan) {
    assert_eq!(exeunt_check::check(s, plan, None).findings, []);
}

#[test]
fn two_elements_that_would_share_an_aircraft_do_not_once_each_goes_in_one_load() {
    // a hold of 8 m takes four pallets of 2 m: four and two, or three and three
    let mut s = pallets(1, &[3, 3]);
    let mixed = plan(&s, 1);
    assert_eq!(loads(&mixed).iter().map(Vec::len).sum::<usize>(), 3, "{:?}", loads(&mixed));
    for element in &mut s.elements.rows {
        element.same_aircraft = true;
    }
    let codes: Vec<Code> =
        exeunt_check::check(&s, &mixed, None).findings.iter().map(|f| f.rule).collect();
    assert!(codes.contains(&Code::Rule(Rule::C05)));
    for epochs in [1, 8] {
        let whole = plan(&s, epochs);
        assert_accepted(&s, &whole);
        assert_eq!(whole.unmoved, []);
        let mut found = loads(&whole);
        found.sort();
        assert_eq!(found, [[("E0-P", 3)], [("E1-P", 3)]]);
    }
}

#[test]
fn what_fits_nowhere_whole_stays_whole_and_the_reason_says_the_limit() {
    let mut s = pallets(2, &[5, 1]);
    s.elements.rows[0].same_aircraft = true;
    let stays = |s: &Scenario| {
        let plan = plan(s, 3);
        assert_accepted(s, &plan);
        assert_eq!(loads(&plan), [[("E1-P", 1)]]);
        let rows = plan.unmoved.iter().filter(|row| row.rule == "C05");
        rows.map(|row| (row.count, row.reason.clone())).collect::<Vec<_>>()
    };
    let reason =
        "all of `E0` goes in one load, which is 10.00 m long; the holds of the fleet take 8.00 m";
    assert_eq!(stays(&s), [(5, reason.to_owned())]);
    let never = exeunt_engine::cannot_move(&s);
    assert_eq!(never, [(ElementId(0), Rule::C05, reason.to_owned())]);
    // 3 x 10 t are more than 25 t
    s.pieces.rows[0].count = 3;
    s.pieces.rows[0].mass = Mass(10_000);
    let reason =
        "all of `E0` goes in one load, which weighs 30000 kg; from there aircraft carry 25000 kg";
    assert_eq!(stays(&s), [(3, reason.to_owned())]);
    // eleven people and ten seats
    s.pieces.rows[0] = Piece {
        kind: PieceKind::People,
        count: 11,
        length: Length::ZERO,
        width: Length::ZERO,
        height: Length::ZERO,
        mass: Mass(145),
        ..s.pieces.rows[0].clone()
    };
    let reason = "all of `E0` goes in one load, and no aircraft has 11 seats (the most are 10)";
    assert_eq!(stays(&s), [(11, reason.to_owned())]);
    // one of it is too wide: the others stay with it
    let mut s = pallets(2, &[2, 1]);
    s.elements.rows[0].same_aircraft = true;
    let wide = Piece {
        name: "WIDE".to_owned(),
        width: Length(4_000),
        count: 1,
        ..s.pieces.rows[0].clone()
    };
    s.pieces.push(wide);
    let reason = "all of `E0` goes in one load or none of it, and `WIDE` cannot go";
    assert_eq!(stays(&s), [(2, reason.to_owned())]);
}

#[test]
fn one_load_is_found_where_longest_first_finds_none() {
    // 3 + 2 + 2 + 2 m on floors of 4 and 5 m: longest first leaves a piece over
    let mut s = pallets(1, &[3]);
    s.elements.rows[0].same_aircraft = true;
    let long = Piece {
        name: "LONG".to_owned(),
        length: Length(3_000),
        count: 1,
        ..s.pieces.rows[0].clone()
    };
    s.pieces.push(long);
    let zones = &mut s.types.rows[0].configurations[0].zones;
    zones.push(zones[0].clone());
    (zones[0].length, zones[0].max_mass) = (Length(4_000), Mass(20_000));
    (zones[1].name, zones[1].length) = ("ramp".to_owned(), Length(5_000));
    let plan = plan(&s, 1);
    assert_accepted(&s, &plan);
    assert_eq!(plan.unmoved, []);
}

#[test]
fn the_first_sortie_waits_for_the_last_of_its_spread() {
    // the second aircraft is there from hour 20: it has unloaded at hour 26, the first one alone at hour 6
    let mut s = pallets(1, &[8]);
    add_tail(&mut s, FIELD, at(20, 0));
    s.tails.rows[0].maintenance.push(Interval { from: at(7, 0), to: at(17, 0) });
    let arrivals = |s: &Scenario, epochs: u64| {
        let plan = plan(s, epochs);
        assert_accepted(s, &plan);
        let sorties = plan.lines.iter().flat_map(|line| &line.sorties);
        let mut ends: Vec<_> =
            sorties.filter_map(|sortie| sortie.unloading).map(|service| service.ends).collect();
        ends.sort();
        (ends, plan.unmoved.len())
    };
    assert_eq!(arrivals(&s, 1), (vec![at(6, 0), at(26, 0)], 0));
    s.elements.rows[0].spread = Some(HOUR + HOUR);
    assert_eq!(arrivals(&s, 1), (vec![at(24, 0), at(26, 0)], 0));
    let (ends, unmoved) = arrivals(&s, 8);
    assert!(unmoved == 0 && ends[1] == at(26, 0) && ends[1] - ends[0] <= HOUR + HOUR);
    // it waits where it stands, not on the one stand on which it is to be unloaded
    s.resources.push(Resource {
        name: "HOME-STANDS".to_owned(),
        title: String::new(),
        kind: ResourceKind::Stand(StandClass::D),
        place: Some(PlaceId(1)),
        keep: 0,
        capacity: vec![Capacity { amount: 1, windows: vec![Interval::ALWAYS], provided_by: None }],
    });
    let (ends, unmoved) = arrivals(&s, 1);
    assert_eq!((ends, unmoved), (vec![at(24, 0), at(26, 0)], 0));
    // and it is told what it waits for
    let plan = plan(&s, 1);
    let loaded =
        |line: &exeunt_model::plan::Line| line.sorties.iter().position(|x| !x.load.is_empty());
    let line = plan.lines.iter().position(|line| line.tail == "T00").expect("it flies");
    let sortie = loaded(&plan.lines[line]).expect("it carries");
    let explainer = Explainer::new(&s, &plan).expect("known names");
    let explained = explainer.explain(&[Subject::Sortie(line, sortie)]);
    let chain = explained[0].chain.as_ref().expect("a moment");
    let spread = ElementId(0);
    assert!(chain.links.iter().any(|link| link.why == Some(Why::Spread(spread))), "{chain:?}");
    let asked: Vec<Change> =
        changes(&s, &plan, chain).into_iter().map(|(change, _)| change).collect();
    assert!(asked.contains(&Change::Spread(spread)), "{asked:?}");
    assert!(apply(&mut s, &Change::Spread(spread)));
    assert_eq!(s.elements.rows[0].spread, Some(HOUR + HOUR + HOUR));
}

#[test]
fn what_cannot_arrive_within_the_spread_stays_and_says_so() {
    // one aircraft brings four pallets every 10 hours: of twelve the first four arrive within five hours
    let mut s = pallets(1, &[12]);
    s.elements.rows[0].spread = Some(HOUR + HOUR);
    for epochs in [1, 4] {
        let plan = plan(&s, epochs);
        assert_accepted(&s, &plan);
        assert_eq!(loads(&plan), [[("E0-P", 4)]]);
        let [row] = &plan.unmoved[..] else { panic!("{:?}", plan.unmoved) };
        assert_eq!((row.count, row.rule.as_str()), (8, "C05"));
        assert!(
            row.reason.ends_with("min after the first of `E0`, whose spread is 120 min"),
            "{}",
            row.reason
        );
    }
}

#[test]
fn every_plan_of_generated_operations_keeps_together_what_must_be() {
    let complaints: Vec<String> = (0..400)
        .filter_map(|seed| complaint_of(seed, &generate::together(seed), 1 + seed % 2))
        .collect();
    assert!(
        complaints.is_empty(),
        "{} of 400 plans were rejected:\n{}",
        complaints.len(),
        complaints.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_rule_decides_in_generated_operations_and_most_of_them_still_move() {
    // planned without the rule many plans break it; with it hardly more stays than has to
    let (mut broken, mut stays, mut all) = (0, 0, 0);
    for seed in 0..200 {
        let s = generate::together(seed);
        let mut free = s.clone();
        for element in &mut free.elements.rows {
            (element.same_aircraft, element.spread) = (false, None);
        }
        let found = exeunt_check::check(&s, &plan(&free, 1), None).findings;
        broken += usize::from(found.iter().any(|finding| finding.rule == Code::Rule(Rule::C05)));
        let kept = plan(&s, 1);
        stays += usize::from(kept.unmoved.iter().any(|row| row.rule == "C05"));
        all += usize::from(kept.unmoved.is_empty());
    }
    assert!(broken > 60, "{broken} of 200 plans made without the rule break it");
    assert!(stays > 20, "{stays} of 200 leave something for it");
    assert!(all > 20, "{all} of 200 leave nothing");
}

#[test]
fn a_search_keeps_together_what_must_be_and_gets_no_worse() {
    for seed in 0..30 {
        let s = generate::together(seed);
        let searched = plan(&s, 8);
        assert_eq!(complaint_about(seed, &s, &searched), None);
        assert!(searched.objective <= plan(&s, 1).objective, "seed {seed}");
    }
}

#[test]
fn a_frozen_part_that_splits_what_goes_in_one_load_leaves_the_rest() {
    let mut s = pallets(1, &[4]);
    let whole = plan(&s, 1);
    let mut frozen = whole.clone();
    frozen.unmoved.clear();
    frozen.lines[0].sorties.truncate(1);
    frozen.lines[0].sorties[0].load[0].count = 3;
    s.elements.rows[0].same_aircraft = true;
    let request = Request { frozen: Some(&frozen), ..Request::default() };
    let again = solve(&s, &request, |_| true, |_| {}).expect("the names are its own").plan;
    assert_eq!(exeunt_check::check(&s, &again, Some(&frozen)).findings, []);
    assert_eq!((again.unmoved[0].count, again.unmoved[0].rule.as_str()), (1, "C05"));
}

#[test]
fn a_frozen_part_is_planned_around_together() {
    let mut complaints = Vec::new();
    for seed in 0..200 {
        let s = generate::together(seed);
        let whole = plan(&s, 1);
        let moment = generate::at(36 + i64::try_from(seed % 30).expect("small"));
        let frozen = begun_before(&whole, moment);
        let request = Request { frozen: Some(&frozen), seed: 2, ..Request::default() };
        let again = solve(&s, &request, |_| true, |_| {}).expect("the names are its own").plan;
        let findings = exeunt_check::check(&s, &again, Some(&frozen)).findings;
        if findings.iter().any(|f| f.rule != Code::Rule(Rule::C04)) {
            complaints.push(format!("seed {seed}: {findings:?}"));
        }
    }
    assert!(complaints.len() <= 3, "{} of 200:\n{}", complaints.len(), complaints.join("\n"));
}
