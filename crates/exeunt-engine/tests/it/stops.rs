//! Flights with stops for fuel: loads that no leg takes so far, judged by the checker.

use super::*;
use exeunt_engine::{begun, prove_plan};
use exeunt_model::scenario::*;
use exeunt_model::*;

/// A generated operation in which no aircraft carries anything over a leg at once, and every leg has a field half-way: in the
/// state where the leg begins or, of every other leg, where it ends.
fn far(seed: u64) -> Scenario {
    let mut s = generate::operation(seed);
    let legs: Vec<(LegId, AirLeg)> = s.air_legs.iter().map(|(id, leg)| (id, leg.clone())).collect();
    for (n, (id, leg)) in legs.into_iter().enumerate() {
        let state = s.places[if n % 2 == 0 { leg.from } else { leg.to }].state.clone();
        let airfield = Airfield {
            runway: Distance(3_500),
            slot: Duration::from_minutes(10),
            staging_time: Duration::ZERO,
            staging_people: None,
            staging_vehicles: None,
        };
        let (name, title) = (format!("STOP{n}"), format!("STOP{n}"));
        let place =
            Place { name, title, state, position: None, area: None, airfield: Some(airfield) };
        let stop = s.places.push(place);
        let half = Distance(leg.distance.0 / 2 + 20_000);
        let halves = [(leg.from, stop), (stop, leg.to)].map(|(from, to)| {
            let name = format!("{}-{}", s.places[from].name, s.places[to].name);
            s.air_legs.push(AirLeg { name, from, to, distance: half, ..leg.clone() })
        });
        for clearance in &mut s.clearances.rows {
            if clearance.legs.contains(&id) {
                clearance.legs.extend(halves);
                clearance.fields.push(stop);
            }
        }
        // one stand there, so that those who stop are in each other's way
        s.resources.push(Resource {
            name: format!("ST{n}"),
            title: format!("ST{n}"),
            keep: 0,
            place: Some(stop),
            kind: ResourceKind::Stand(StandClass::F),
            capacity: vec![Capacity {
                amount: 1,
                windows: vec![Interval::ALWAYS],
                provided_by: None,
            }],
        });
    }
    let shortest = s.air_legs.rows.iter().map(|leg| leg.distance).min().unwrap_or(Distance(1));
    let longest = s.air_legs.rows.iter().filter(|leg| leg.name.contains("STOP"));
    let longest = longest.map(|leg| leg.distance).max().unwrap_or(shortest);
    for aircraft in &mut s.types.rows {
        let most = aircraft.payload_range[0].1;
        aircraft.payload_range = vec![(longest, most)];
    }
    s.hash = format!("far {seed}");
    s
}

/// Counts the sorties that carry on what was on board.
fn onward(plan: &Plan) -> usize {
    let lines = plan.lines.iter().flat_map(|line| &line.sorties);
    lines.filter(|sortie| !sortie.load.is_empty() && sortie.loading.is_none()).count()
}

#[test]
fn loads_fly_over_fields_half_way_and_the_checker_accepts_it() {
    let (mut complaints, mut stops) = (Vec::new(), 0);
    for seed in 0..120 {
        let s = far(seed);
        let plan = plan(&s, 2);
        complaints.extend(complaint_about(seed, &s, &plan));
        stops += onward(&plan);
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert!(stops > 120, "{stops} stops with a load in 120 operations");
}

#[test]
fn no_plan_with_stops_beats_its_bounds() {
    for seed in 0..40 {
        let s = far(seed);
        let plan = prove_plan(&s, plan(&s, 2), &[]);
        assert_eq!(complaint_about(seed, &s, &plan), None);
    }
}

#[test]
fn what_has_been_loaded_stands_until_it_is_unloaded() {
    let (mut parted, mut complaints) = (0, Vec::new());
    for seed in 0..100 {
        let s = far(seed);
        let plan = plan(&s, 1);
        let between = plan.lines.iter().flat_map(|line| &line.sorties);
        let Some(on) =
            between.into_iter().find(|sortie| !sortie.load.is_empty() && sortie.loading.is_none())
        else {
            continue;
        };
        // the moment at which it stands at the stop with its load
        let frozen = begun(&plan, on.departs, Notice::default());
        let line = frozen.lines.iter().find(|line| line.sorties.iter().any(|row| row.id == on.id));
        assert!(line.is_some(), "seed {seed}: `{}` flies on", on.id);
        let request = Request { frozen: Some(&frozen), ..Request::default() };
        let again = solve(&s, &request, |_| true, |_| {}).expect("a plan of this operation").plan;
        let findings = exeunt_check::check(&s, &again, Some(&frozen)).findings;
        let other = |row: &&Finding| row.rule != Code::Rule(Rule::C04);
        let findings: Vec<_> = findings.iter().filter(other).collect();
        complaints.extend((!findings.is_empty()).then(|| format!("seed {seed}: {findings:?}")));
        parted += 1;
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert!(parted > 20, "{parted} of 100 plans have a stop");
}

#[test]
fn where_hours_never_let_it_fly_on_at_once_it_waits_at_the_stop() {
    let (mut complaints, mut waits) = (Vec::new(), 0);
    for seed in 0..60 {
        let mut s = far(seed);
        for aircraft in &mut s.types.rows {
            aircraft.enroute = Duration::from_minutes(50);
        }
        // open for three quarters of an hour every five hours: no landing and take-off in one of them
        let open = (0..80).map(|n| {
            let from = s.operation.start + Duration::from_hours(5 * n);
            Interval { from, to: from + Duration::from_minutes(45) }
        });
        let windows: Vec<Interval> = open.collect();
        let stops: Vec<PlaceId> =
            s.places.iter().filter(|row| row.1.name.starts_with("STOP")).map(|row| row.0).collect();
        for place in stops {
            for user_class in [UserClass::Military, UserClass::Civil] {
                let (activity, windows) = (Activity::Movement, windows.clone());
                s.hours.push(Hours { place, user_class, activity, windows });
            }
        }
        let plan = plan(&s, 1);
        complaints.extend(complaint_about(seed, &s, &plan));
        for line in &plan.lines {
            let pairs = line.sorties.windows(2);
            let stood = pairs.filter(|pair| {
                let on = !pair[1].load.is_empty() && pair[1].loading.is_none();
                on && pair[1].departs - pair[0].lands >= Duration::from_hours(4)
            });
            waits += stood.count();
        }
    }
    assert_eq!(complaints, Vec::<String>::new());
    assert!(waits > 50, "{waits} times in 60 operations somebody waits at a stop");
}
