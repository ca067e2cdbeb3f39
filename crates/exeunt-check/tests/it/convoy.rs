//! Drivers' hours and escorts (C20), each just kept and just broken, and every spoiled copy refused.
//!
//! Column CB: 10 vehicles over R-CAMP (120 min), R-PASS (no distance, 10 min at the post) and R-BB (60 min), at 40 km/h and
//! 15 vehicles a km: 10 x 6 s + 60 s = 2 min to pass.

use crate::world::{LOG, ROAD, World, at, resource, rows};
use exeunt_check::self_test;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::{Distance, Rule, ids::*};

const SECOND: Duration = Duration(1);
const CAMP: RoadId = RoadId(2);
const HOMEWARD: RoadId = RoadId(4);

/// Returns a world whose drivers rest for half an hour after two and a half at the wheel.
fn with_hours() -> World {
    let mut world = World::new();
    let hours = DriverHours { most: Duration::from_minutes(150), rest: Duration::from_minutes(30) };
    world.scenario.operation.driver_hours = Some(hours);
    world
}

/// Has CB march on from the border at `t`.
fn on_from_border(world: &mut World, t: Timestamp) {
    let march = &mut world.column("CB").marches[2];
    (march.departs, march.arrives) = (t, t + Duration::from_hours(1));
}

/// Returns a world in which CB needs an escort on R-CAMP, of `amount` that are there.
fn with_escort(amount: i64, back_minutes: i64) -> World {
    let mut world = World::new();
    let row = rows(amount, vec![Interval::ALWAYS], None);
    world.scenario.resources.push(resource("POLICE", ResourceKind::Escort, None, vec![row]));
    need(&mut world, CAMP, 1);
    world.scenario.roads[CAMP].escort_back = Duration::from_minutes(back_minutes);
    world
}

fn escort(world: &mut World) -> &mut Resource {
    world.scenario.resources.rows.last_mut().expect("an escort")
}

/// Has a road need so many of the escort.
fn need(world: &mut World, road: RoadId, amount: i64) {
    let police = world.scenario.resource("POLICE").expect("an escort");
    world.scenario.roads[road].escorts = vec![(police, amount)];
}

/// Adds a column CC like CB that leaves at `t`.
fn second(world: &mut World, t: Timestamp) {
    let mut column = world.column("CB").clone();
    column.id = "CC".into();
    let wait = t - column.marches[0].departs;
    for march in &mut column.marches {
        march.departs = march.departs + wait;
        march.arrives = march.arrives + wait;
    }
    world.plan.columns.push(column);
}

/// Asserts that the rule is kept, or broken.
fn is_kept(mut world: World, keeps: bool, edit: impl Fn(&mut World)) {
    edit(&mut world);
    let found = world.findings(Rule::C20);
    assert_eq!(found.is_empty(), keeps, "{found:?}");
}

#[test]
fn drivers_rest_when_their_hours_are_up() {
    // 2 h on R-CAMP and 1 h on R-BB are more than 2.5 h: CB rests at the border from 10:10 on.
    is_kept(with_hours(), false, |_| {});
    is_kept(with_hours(), true, |world| on_from_border(world, at(10, 40)));
    is_kept(with_hours(), false, |world| on_from_border(world, at(10, 40) - SECOND));
    // a crossing is no rest, however long it takes
    is_kept(with_hours(), false, |world| {
        world.column("CB").marches[1].arrives = at(10, 40);
        on_from_border(world, at(10, 40));
    });
    // nor is a slow march
    is_kept(with_hours(), false, |world| world.column("CB").marches[2].arrives = at(13, 0));
    // who rests before the crossing has rested, for a crossing is not driving either
    let rested = |world: &mut World, t: Timestamp| {
        let march = &mut world.column("CB").marches[1];
        (march.departs, march.arrives) = (t, t + Duration::from_minutes(10));
        on_from_border(world, t + Duration::from_minutes(10));
    };
    is_kept(with_hours(), true, |world| rested(world, at(10, 30)));
    is_kept(with_hours(), false, |world| rested(world, at(10, 30) - SECOND));
    // 3 h are allowed without a rest if 3 h are at the wheel
    let most = |world: &mut World, most| {
        world.scenario.operation.driver_hours.as_mut().expect("hours").most = most;
    };
    is_kept(with_hours(), true, |world| most(world, Duration::from_hours(3)));
    is_kept(with_hours(), false, |world| most(world, Duration::from_hours(3) - SECOND));
}

#[test]
fn a_long_road_has_its_own_halts() {
    // R-CAMP takes 2 h: with 1 h at the wheel there is a halt of 30 min, with 59 min 59 s two.
    let hours = |world: &mut World, most, camp: i64| {
        world.scenario.operation.driver_hours.as_mut().expect("hours").most = most;
        world.column("CB").marches[0].departs = at(10, 0) - Duration(camp);
        // R-VALLEY is no longer than that, and R-BB takes its hour after a rest
        world.scenario.roads[RoadId(0)].distance = Distance::from_km(39);
        on_from_border(world, at(11, 0));
    };
    let hour = Duration::from_hours(1);
    is_kept(with_hours(), true, |world| hours(world, hour, 9_000));
    is_kept(with_hours(), false, |world| hours(world, hour, 8_999));
    is_kept(with_hours(), false, |world| hours(world, hour - SECOND, 10_799));
    // with 59 min 59 s R-BB, too, has a halt
    is_kept(with_hours(), true, |world| {
        hours(world, hour - SECOND, 10_800);
        world.column("CB").marches[2].arrives = at(12, 30);
    });
    is_kept(with_hours(), false, |world| {
        hours(world, hour - SECOND, 10_800);
        world.column("CB").marches[2].arrives = at(12, 30) - SECOND;
    });
    // after 110 min on R-CAMP and one halt at 60, 50 min have been driven: 10 km more at the border take 15 min
    let after = |world: &mut World, gap| {
        hours(world, hour, 9_000 - 600);
        world.scenario.roads[CAMP].distance = Distance(73_333);
        world.scenario.roads[HOMEWARD].distance = Distance::from_km(10);
        on_from_border(world, at(10, 10) + gap);
    };
    is_kept(with_hours(), true, |world| after(world, Duration::from_minutes(30)));
    is_kept(with_hours(), false, |world| after(world, Duration::from_minutes(30) - SECOND));
    is_kept(with_hours(), true, |world| {
        after(world, Duration::ZERO);
        world.scenario.roads[HOMEWARD].distance = Distance(6_666);
    });
}

#[test]
fn who_goes_on_in_another_column_is_as_tired() {
    let relieved = |world: &mut World, t| {
        let mut onward = world.column("CB").clone();
        onward.id = "CB-ON".into();
        onward.marches.drain(..2);
        world.column("CB").marches.truncate(2);
        onward.marches[0].departs = t;
        onward.marches[0].arrives = t + Duration::from_hours(1);
        world.plan.columns.push(onward);
    };
    is_kept(with_hours(), true, |world| relieved(world, at(10, 40)));
    is_kept(with_hours(), false, |world| relieved(world, at(10, 40) - SECOND));
}

#[test]
fn every_lack_of_rest_is_refused() {
    let mut world = with_hours();
    on_from_border(&mut world, at(10, 40));
    assert!(world.findings(Rule::C20).is_empty());
    let test = self_test(&world.scenario, &world.plan, None);
    let rests: Vec<&str> = test
        .of(Rule::C20)
        .filter(|c| c.what.contains("rests") || c.what.contains("goes on"))
        .map(|c| c.what.as_str())
        .collect();
    assert_eq!(rests.len(), 5, "{rests:?}");
    assert!(test.of(Rule::C20).all(|case| case.caught), "{:?}", test.cases);
    // and on a long road
    let hours = DriverHours { most: Duration::from_minutes(50), rest: Duration::from_minutes(30) };
    world.scenario.operation.driver_hours = Some(hours);
    world.column("CB").marches[0].departs = at(7, 0);
    world.column("CB").marches[2].arrives = at(12, 10);
    for column in ["C1", "C2"] {
        let march = &mut world.column(column).marches[0];
        march.arrives = march.arrives + Duration::from_minutes(30);
    }
    assert!(world.findings(Rule::C20).is_empty(), "{:?}", world.findings(Rule::C20));
    let test = self_test(&world.scenario, &world.plan, None);
    let halts = test.of(Rule::C20).filter(|case| case.what.contains(" halts "));
    assert!(halts.count() >= 5);
    assert!(test.of(Rule::C20).all(|case| case.caught), "{:?}", test.cases);
}

#[test]
fn an_escort_is_away_until_it_is_back() {
    // CB leaves at 08:00, arrives at 10:00, clears at 10:02, and the escort is back at 12:02.
    is_kept(with_escort(1, 120), true, |world| second(world, at(12, 2)));
    is_kept(with_escort(1, 120), false, |world| second(world, at(12, 2) - SECOND));
    is_kept(with_escort(2, 120), true, |world| second(world, at(8, 0)));
    is_kept(with_escort(0, 120), false, |_| {});
    // as long as the march takes
    is_kept(with_escort(1, 0), true, |world| second(world, at(10, 2)));
    is_kept(with_escort(1, 0), false, |world| second(world, at(10, 2) - SECOND));
    // without escorts of its own a road asks for none
    is_kept(with_escort(0, 0), true, |world| world.scenario.roads[CAMP].escorts.clear());
}

#[test]
fn an_escort_has_its_hours() {
    let until = |world: &mut World, t| {
        escort(world).capacity[0].windows = vec![Interval { from: at(8, 0), to: t }];
    };
    is_kept(with_escort(1, 60), true, |world| until(world, at(11, 2)));
    is_kept(with_escort(1, 60), false, |world| until(world, at(11, 2) - SECOND));
    let from = |world: &mut World, t| {
        escort(world).capacity[0].windows = vec![Interval { from: t, to: at(20, 0) }];
    };
    is_kept(with_escort(1, 60), true, |world| from(world, at(8, 0)));
    is_kept(with_escort(1, 60), false, |world| from(world, at(8, 0) + SECOND));
}

#[test]
fn an_escort_goes_along_on_the_next_road() {
    // One escort for R-CAMP and R-PASS: it goes along at 10:00 and is back an hour after 10:12.
    let both = |amount| {
        let mut world = with_escort(amount, 60);
        need(&mut world, RoadId(3), 1);
        world.scenario.roads[RoadId(3)].escort_back = Duration::from_hours(1);
        world
    };
    is_kept(both(1), true, |world| second(world, at(11, 12)));
    is_kept(both(1), false, |world| second(world, at(11, 12) - SECOND));
    // Two on R-CAMP, one on R-PASS: the other is back an hour after 10:02.
    let part = |amount, t: Timestamp| {
        let mut world = both(amount);
        need(&mut world, CAMP, 2);
        second(&mut world, t);
        world
    };
    is_kept(part(3, at(11, 2)), true, |_| {});
    is_kept(part(3, at(11, 2) - SECOND), false, |_| {});
    is_kept(part(2, at(11, 12)), true, |_| {});
    is_kept(part(2, at(11, 12) - SECOND), false, |_| {});
    // It waits with the column where that waits: CB goes on from the border an hour later.
    is_kept(both(1), false, |world| {
        world.column("CB").marches[1].departs = at(11, 0);
        world.column("CB").marches[1].arrives = at(11, 10);
        second(world, at(12, 11));
    });
    // Where a road lies between, there are two uses: R-CAMP and R-BB from 10:10 on, one of them until 11:02.
    is_kept(with_escort(1, 60), false, |world| need(world, HOMEWARD, 1));
    is_kept(with_escort(2, 60), true, |world| need(world, HOMEWARD, 1));
}

#[test]
fn a_provided_escort_ends_with_its_provider() {
    // E-LOG boards at 24:00 or later; E-ROAD leaves with CB itself and cannot escort it.
    let by = |element: ElementId| {
        let mut world = with_escort(1, 60);
        escort(&mut world).capacity[0].provided_by = Some(element);
        world
    };
    assert!(by(LOG).findings(Rule::C25).is_empty());
    assert!(by(LOG).findings(Rule::C20).is_empty());
    assert!(by(ROAD).breaks(Rule::C25));
    assert!(by(ROAD).findings(Rule::C20).is_empty());
}

#[test]
fn every_march_without_an_escort_is_refused() {
    let mut world = with_escort(1, 60);
    escort(&mut world).capacity[0].windows = vec![Interval { from: at(7, 0), to: at(40, 0) }];
    second(&mut world, at(14, 0));
    // ten more that march with CC
    world
        .scenario
        .pieces
        .rows
        .iter_mut()
        .filter(|row| row.name.starts_with("BR-"))
        .for_each(|row| row.count *= 2);
    assert!(world.findings(Rule::C20).is_empty(), "{:?}", world.findings(Rule::C20));
    let test = self_test(&world.scenario, &world.plan, None);
    let whats: Vec<&str> = test
        .of(Rule::C20)
        .filter(|c| c.what.contains("`POLICE`"))
        .map(|c| c.what.as_str())
        .collect();
    assert!(whats.len() >= 6, "{whats:?}");
    assert!(test.of(Rule::C20).all(|case| case.caught), "{:?}", test.cases);
}
