//! Each rule just kept and just broken: one second, kilogram, millimetre, person or vehicle decides.
//!
//! Only the rule in question is looked at; an edit may well break others (a later landing changes the
//! block time).

use crate::world::{GUARD, LOG, World, at, both, column, daily, load, promise};
use exeunt_check::check;
use exeunt_model::finding::Code;
use exeunt_model::plan::{Plan, Service, Sortie, Unmoved};
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval, Timestamp};
use exeunt_model::{Distance, Length, Mass, Rule, ids::*};

/// Asserts that the plan keeps the rule after one edit and breaks it after the other.
fn decides(rule: Rule, keeps: impl Fn(&mut World), breaks: impl Fn(&mut World)) {
    let mut world = World::new();
    keeps(&mut world);
    assert_eq!(world.findings(rule), [], "{rule} at the limit");
    let mut world = World::new();
    breaks(&mut world);
    assert!(world.breaks(rule), "{rule} beyond the limit");
}

/// Asserts that one value keeps the rule and the other breaks it.
fn limit<T: Copy>(rule: Rule, keeps: T, breaks: T, edit: impl Fn(&mut World, T)) {
    decides(rule, |world| edit(world, keeps), |world| edit(world, breaks));
}

const SECOND: Duration = Duration(1);

/// Lists so many of a piece as unmoved.
fn unmoved(piece: &str, count: i64) -> Unmoved {
    let (rule, reason) = ("C05".to_owned(), "all of it goes in one load".to_owned());
    Unmoved { piece: piece.to_owned(), count, rule, reason }
}

/// Starts the loading of a sortie at `t`.
fn load_from(world: &mut World, sortie: &str, t: Timestamp) {
    let loading = world.sortie(sortie).loading.as_mut().expect("a loading");
    loading.starts = t;
}

/// Moves take-off and landing so that the take-off is at `t`.
fn fly_at(world: &mut World, sortie: &str, t: Timestamp) {
    let row = world.sortie(sortie);
    row.lands = t + (row.lands - row.departs);
    row.departs = t;
}

/// Moves a column's first march to leave at `t`.
fn march_at(world: &mut World, column: &str, t: Timestamp) {
    let march = &mut world.column(column).marches[0];
    march.arrives = t + (march.arrives - march.departs);
    march.departs = t;
}

/// Moves the border crossing of CB.
fn cross(world: &mut World, departs: Timestamp, arrives: Timestamp) {
    let march = &mut world.column("CB").marches[1];
    (march.departs, march.arrives) = (departs, arrives);
}

/// Moves a step to start at `t`.
fn hold(world: &mut World, step: &str, t: Timestamp) {
    let row = world.step(step);
    row.ends = t + (row.ends - row.starts);
    row.starts = t;
}

#[test]
fn c01_counts_and_chains() {
    limit(Rule::C01, 12, 13, |world, people| world.sortie("S1").load[0].count = people);
    limit(Rule::C01, 3, 4, |world, people| world.plan.unmoved[0].count = people);
    limit(Rule::C01, 1, 0, |world, boxes| world.plan.unmoved[1].count = boxes);
    // C2 carries people only and counts as one vehicle: 3600 / (15 x 40) = 6 s, and 60 s. It arrives at
    // 18:10 and clears at 18:11:06; its people are there from then on.
    let clears = at(18, 10) + Duration(66);
    limit(Rule::C01, clears, clears - SECOND, |world, t| load_from(world, "S2", t));
}

#[test]
fn c01_the_way_of_an_element() {
    // A road element flies.
    let mut world = World::new();
    world.scenario.elements[GUARD].mode = Mode::Road;
    assert!(world.breaks(Rule::C01));
    // An air element boards elsewhere than at `embark`, and leaves elsewhere than at `debark`.
    for wrong in [true, false] {
        let mut world = World::new();
        let (home, field) = (world.scenario.place("HOMEA"), world.scenario.place("FIELD"));
        let (home, field) = (home.expect("a place"), field.expect("a place"));
        world.scenario.elements[LOG].mode = match wrong {
            true => Mode::Air { embark: home, debark: home },
            false => Mode::Air { embark: field, debark: field },
        };
        assert!(world.breaks(Rule::C01));
    }
    // Left at the airfield: one column home carries one less.
    let mut world = World::new();
    world.column("C3").load[0].count = 11;
    assert!(world.breaks(Rule::C01));
}

#[test]
fn c02_services_go_with_what_boards_and_leaves() {
    decides(Rule::C02, |_| {}, |world| world.sortie("S1").loading = None);
    decides(Rule::C02, |_| {}, |world| world.sortie("S1").unloading = None);
    decides(Rule::C02, |_| {}, |world| world.load("F1", at(5, 0), at(7, 0)));
    // The load of S1 stays on board for one more sortie: nothing leaves at HOMEA then.
    let mut world = World::new();
    let mut on = world.sortie("S1").clone();
    (on.id, on.from, on.to) = ("S1B".into(), "HOMEA".into(), "HOMEA2".into());
    on.loading = None;
    let unloading = world.sortie("S1").unloading.take();
    on.unloading = unloading;
    world.plan.lines[0].sorties.push(on);
    assert!(!world.breaks(Rule::C02));
    world.sortie("S1").unloading = unloading;
    assert!(world.breaks(Rule::C02));
}

#[test]
fn c03_readiness_handover_and_staging() {
    // The handover ends at 13:00, E-ROAD is ready at 08:00.
    limit(Rule::C03, at(13, 0), at(13, 0) - SECOND, |world, t| march_at(world, "C1", t));
    limit(Rule::C03, at(8, 0), at(8, 0) - SECOND, |world, t| march_at(world, "CB", t));
    // C2 clears at 18:11:06, staging lasts an hour.
    let staged = at(19, 10) + Duration(66);
    limit(Rule::C03, staged, staged - SECOND, |world, t| load_from(world, "S2", t));
    // Who boards before its column clears breaks the chain (C01), and C03 is judged all the same.
    limit(Rule::C03, staged, at(18, 0), |world, t| load_from(world, "S2", t));
    // A site whose steps are not all in the plan has no end.
    decides(Rule::C03, |_| {}, |world| world.plan.handovers.truncate(2));
}

#[test]
fn c04_dates() {
    limit(Rule::C04, at(16, 0), at(16, 0) + SECOND, |world, t| {
        world.scenario.elements[GUARD].load_from = Some(t);
    });
    limit(Rule::C04, at(8, 0), at(8, 0) + SECOND, |world, t| {
        world.scenario.elements[ElementId(3)].load_from = Some(t);
    });
    // C4 clears GARA at 28:31:06.
    let home = at(28, 31) + Duration(6);
    limit(Rule::C04, home, home - SECOND, |world, t| {
        world.scenario.elements[GUARD].due = Some(Due { at: t, hard: true, rank: 2 });
    });
    // A broken hard date of rank 2 adds 1000 to z2.
    let mut world = World::new();
    world.scenario.elements[GUARD].due = Some(Due { at: at(28, 0), hard: true, rank: 2 });
    assert_eq!(world.check().objective[2], 1_000 + 1_000);
}

#[test]
fn c05_one_load_or_none() {
    // E-LOG is in S2 alone. One of it stays, one of it boards another aircraft, a box of it stays.
    let stays = |world: &mut World, people: i64| {
        world.sortie("S2").load[1].count -= people;
        world.plan.unmoved.push(unmoved("AL-P", people));
    };
    decides(Rule::C05, |_| {}, |world| stays(world, 1));
    decides(
        Rule::C05,
        |_| {},
        |world| {
            world.sortie("S2").load[1].count -= 1;
            world.sortie("S1").load.push(load("AL-P", 1, None));
        },
    );
    // Without the rule both may be, and nothing of it may stay.
    let mut world = World::new();
    world.scenario.elements[LOG].same_aircraft = false;
    stays(&mut world, 1);
    assert!(!world.breaks(Rule::C05));
    let mut world = World::new();
    world.sortie("S2").load.truncate(1);
    world.plan.unmoved.extend([unmoved("AL-P", 10), unmoved("AL-V", 1)]);
    assert!(!world.breaks(Rule::C05));
    // Columns from the site and home may be several, flights may not: E-GUARD goes by S1 and S2.
    let mut world = World::new();
    world.scenario.elements[GUARD].same_aircraft = true;
    let found: Vec<String> = world.findings(Rule::C05).into_iter().map(|f| f.object).collect();
    assert_eq!(found, ["sortie `S1`", "sortie `S2`"]);
    // E-ROAD goes in one column.
    decides(
        Rule::C05,
        |_| {},
        |world| {
            let mut other = world.column("CB").clone();
            other.id = "CB2".into();
            other.load[0].count = 3;
            other.load.truncate(1);
            world.column("CB").load[0].count = 7;
            world.plan.columns.push(other);
        },
    );
}

#[test]
fn c05_what_a_frozen_move_took_alone() {
    // A frozen sortie has taken one of E-LOG: the rest may stay, and may not follow in another aircraft.
    let mut world = World::new();
    world.sortie("S2").load[1].count = 1;
    world.sortie("S2").load.truncate(2);
    world.plan.unmoved.extend([unmoved("AL-P", 9), unmoved("AL-V", 1)]);
    let frozen = Plan { lines: world.plan.lines[1..].to_vec(), ..Plan::default() };
    let c05 = |world: &World, frozen: Option<&Plan>| {
        let found = check(&world.scenario, &world.plan, frozen).findings;
        found.iter().filter(|finding| finding.rule == Code::Rule(Rule::C05)).count()
    };
    assert_eq!(c05(&world, Some(&frozen)), 0);
    assert_eq!(c05(&world, None), 1);
    world.sortie("S1").load.push(load("AL-P", 9, None));
    assert_eq!(c05(&world, Some(&frozen)), 2);
}

#[test]
fn c05_spread_of_arrivals() {
    // E-GUARD clears GARA with C3 at 25:00 + 12 s + 60 s and with C4 at 28:31:06.
    let apart = Duration::from_minutes(3 * 60 + 29) + Duration(54);
    limit(Rule::C05, apart, apart - SECOND, |world, spread| {
        world.scenario.elements[GUARD].spread = Some(spread);
    });
    // What stays arrives nowhere: without C4's eight only one arrival is left.
    let mut world = World::new();
    world.scenario.elements[GUARD].spread = Some(Duration::ZERO);
    world.sortie("S2").load.remove(0);
    world.plan.columns.retain(|column| column.id != "C2" && column.id != "C4");
    world.plan.unmoved.push(unmoved("AG-P", 8));
    assert!(!world.breaks(Rule::C05));
}

#[test]
fn c07_guard() {
    // The guard may go at the second at which the handover ends.
    limit(Rule::C07, at(13, 0), at(13, 0) + SECOND, |world, t| world.step("SIGN").ends = t);
    // 22 people at the site (2 drivers); C1 takes 14 before the end, 8 stay.
    limit(Rule::C07, 8, 9, |world, guard| {
        march_at(world, "C1", at(12, 0));
        world.scenario.sites[SiteId(0)].min_guard = guard;
    });
}

#[test]
fn c08_steps() {
    limit(Rule::C08, at(13, 0), at(13, 0) + SECOND, |world, t| world.step("SIGN").ends = t);
    limit(Rule::C08, at(10, 0), at(10, 0) - SECOND, |world, t| world.step("COUNT").ends = t);
    // SIGN may start an hour after COUNT has ended at 10:00; SHOW starts with it.
    limit(Rule::C08, at(11, 0), at(11, 0) - SECOND, |world, t| {
        hold(world, "SIGN", t);
        hold(world, "SHOW", t);
    });
    decides(Rule::C08, |_| {}, |world| hold(world, "SHOW", at(11, 0) + SECOND));
    decides(Rule::C08, |_| {}, |world| world.plan.handovers.push(world.plan.handovers[0].clone()));
    // Steps that nothing needs may be missing, from the end on.
    let mut world = World::new();
    world.scenario.elements[GUARD].freed_by.clear();
    world.plan.handovers.truncate(1);
    assert!(!world.breaks(Rule::C08));
    world.plan.handovers.remove(0);
    assert!(!world.breaks(Rule::C08));
}

#[test]
fn c09_teams() {
    // COUNT lasts until 10:00; SIGN may have the team from that second on.
    limit(Rule::C09, at(10, 0), at(10, 0) - SECOND, |world, t| hold(world, "SIGN", t));
    // The shift ends at 20:00, SIGN lasts two hours.
    limit(Rule::C09, at(18, 0), at(18, 0) + SECOND, |world, t| hold(world, "SIGN", t));
    // Civil use takes a team away, never more than there are.
    limit(Rule::C09, 0, -1, |world, amount| {
        let row = Capacity { amount, windows: daily(9, 10), provided_by: None };
        world.resource("TEAM-H").capacity.push(row);
    });
}

#[test]
fn c10_where_from_and_when() {
    // F1 lands at FIELD at 12:00.
    limit(Rule::C10, at(12, 0), at(12, 0) - SECOND, |world, t| fly_at(world, "S1", t));
    decides(Rule::C10, |_| {}, |world| world.sortie("F1").from = "HOMEA2".into());
    decides(Rule::C10, |_| {}, |world| world.plan.lines[1].tail = "T-1".into());
    decides(Rule::C10, |_| {}, |world| world.sortie("S1").leg = Some("L2".into()));
    // Either way of the leg; null only inside the owner's own state.
    decides(Rule::C10, |_| {}, |world| world.sortie("F3").leg = None);
    decides(Rule::C10, |_| {}, |world| world.scenario.places[PlaceId(4)].state = "BB".into());
}

#[test]
fn c10_range_and_closures() {
    // F1 is empty and flies 3,000 km.
    let far = Distance::from_km(3_000);
    limit(Rule::C10, far, Distance(far.0 - 1), |world, range| {
        world.scenario.types[TypeId(0)].ferry_range = range;
    });
    // S1 is loaded: the last point of the payload curve counts.
    limit(Rule::C10, far, Distance(far.0 - 1), |world, range| {
        world.scenario.types[TypeId(0)].payload_range[1].0 = range;
    });
    // S1 flies from 18:00 to 23:00.
    let close = |world: &mut World, (from, to)| {
        world.scenario.air_legs[LegId(0)].closed = vec![Interval { from, to }];
    };
    limit(Rule::C10, (at(16, 0), at(18, 0)), (at(16, 0), at(18, 0) + SECOND), close);
    let never_lands = |world: &mut World, t| {
        world.plan.lines.truncate(1);
        close(world, (t, at(40, 0)));
    };
    limit(Rule::C10, at(23, 0), at(23, 0) - SECOND, never_lands);
}

#[test]
fn c11_block_times_are_exact() {
    // 3,000 km at 600 km/h: 18:00 to 23:00.
    limit(Rule::C11, at(23, 0), at(23, 0) - SECOND, |world, t| world.sortie("S1").lands = t);
    decides(Rule::C11, |_| {}, |world| world.sortie("F2").lands = at(6, 0));
    // One metre more takes a minute more.
    limit(Rule::C11, 3_000_000, 3_000_001, |world, metres| {
        world.scenario.air_legs[LegId(0)].distance = Distance(metres);
    });
}

#[test]
fn c11_ground_times() {
    limit(Rule::C11, at(16, 0), at(16, 0) + SECOND, |world, t| load_from(world, "S1", t));
    limit(Rule::C11, at(12, 0), at(12, 0) - SECOND, |world, t| load_from(world, "S1", t));
    limit(Rule::C11, at(24, 0), at(24, 0) - SECOND, |world, t| {
        world.sortie("S1").unloading = Some(Service { starts: at(23, 0), ends: t });
    });
    limit(Rule::C11, at(23, 0), at(23, 0) - SECOND, |world, t| {
        world.sortie("S1").unloading = Some(Service { starts: t, ends: at(24, 0) });
    });
    // S1 departs when its loading ends at 18:00.
    limit(Rule::C11, at(18, 0), at(18, 0) - SECOND, |world, t| fly_at(world, "S1", t));
    // F2 lands, the stop lasts an hour, F3 departs.
    let stop = at(7, 0) + crate::world::home_block();
    limit(Rule::C11, stop, stop - SECOND, |world, t| fly_at(world, "F3", t));
}

#[test]
fn c11_changes_of_configuration() {
    // Seats instead of a hold take an hour more: 15:00 to 18:00.
    limit(Rule::C11, at(15, 0), at(15, 0) + SECOND, |world, t| {
        world.sortie("S1").config = "pax".into();
        load_from(world, "S1", t);
    });
    // An empty sortie keeps the configuration.
    decides(Rule::C11, |_| {}, |world| world.sortie("F1").config = "pax".into());
}

#[test]
fn c12_payload() {
    // S1: 12 x 145 + 2 x (10,000 + 145) = 22,030 kg. Half way between 24,060 and 20,000 are 22,030 kg,
    // between 24,058 and 20,000 22,029 kg.
    limit(Rule::C12, 24_060, 24_058, |world, kg| {
        world.plan.lines.truncate(1);
        world.scenario.types[TypeId(0)].payload_range[0].1 = Mass(kg);
    });
}

#[test]
fn c13_hold() {
    // S2 has 8 + 10 people and a driver.
    limit(Rule::C13, 19, 18, |world, seats| hold_of(world).seats = seats);
    // S1: two vehicles of 5,000 x 2,500 x 2,500 mm and 10,000 kg; their drivers sit.
    limit(Rule::C13, 10_000, 9_999, |world, mm| hold_of(world).zones[0].length = Length(mm));
    limit(Rule::C13, 2_500, 2_499, |world, mm| hold_of(world).zones[0].width = Length(mm));
    limit(Rule::C13, 2_500, 2_499, |world, mm| hold_of(world).zones[0].height = Length(mm));
    limit(Rule::C13, 20_000, 19_999, |world, kg| hold_of(world).zones[0].max_mass = Mass(kg));
    decides(Rule::C13, |_| {}, |world| world.sortie("S1").load[1].zone = None);
    decides(Rule::C13, |_| {}, |world| world.sortie("S1").load[0].zone = Some("hold".into()));
    decides(Rule::C13, |_| {}, |world| world.sortie("F1").config = "none".into());
}

fn hold_of(world: &mut World) -> &mut Configuration {
    &mut world.scenario.types[TypeId(0)].configurations[0]
}

#[test]
fn c14_stands() {
    let stands = |world: &mut World, amount| {
        world.resource("FIELD-STANDS").capacity[0].amount = amount;
    };
    // T-1 and T-2 stand at FIELD from 13:30 to 18:00.
    limit(Rule::C14, 2, 1, stands);
    // One stand is enough if T-2 lands at the second at which T-1 departs.
    limit(Rule::C14, at(18, 0), at(18, 0) - SECOND, |world, t| {
        stands(world, 1);
        world.sortie("F3").lands = t;
    });
    // A larger stand takes them, a smaller does not.
    limit(Rule::C14, StandClass::E, StandClass::C, |world, class| {
        world.resource("FIELD-STANDS").kind = ResourceKind::Stand(class);
    });
    // After its last sortie an aircraft stands for ever: T-1 stays at FIELD.
    decides(
        Rule::C14,
        |world| stands(world, 2),
        |world| {
            stands(world, 1);
            world.plan.lines[0].sorties.truncate(1);
            (world.sortie("F3").lands, world.sortie("S2").departs) = (at(60, 0), at(61, 0));
        },
    );
}

#[test]
fn c14_own_apron() {
    // T-1 is based at FIELD: it takes the stand from 16:00 to 18:00 only, T-2 comes at 18:00 or stands
    // until 16:00.
    let based_here = |world: &mut World| {
        world.scenario.tails[TailId(0)].base = world.scenario.place("FIELD").expect("a place");
        world.plan.lines[0].sorties.remove(0);
        world.resource("FIELD-STANDS").capacity[0].amount = 1;
    };
    limit(Rule::C14, at(16, 0), at(16, 0) + SECOND, |world, t| {
        based_here(world);
        world.sortie("S2").departs = t;
    });
    limit(Rule::C14, at(18, 0), at(18, 0) - SECOND, |world, t| {
        based_here(world);
        world.sortie("F3").lands = t;
    });
}

#[test]
fn c15_handling_and_checks() {
    // S1 is loaded until 18:00, there is one host check.
    limit(Rule::C15, at(18, 0), at(18, 0) - SECOND, |world, t| load_from(world, "S2", t));
    // A host team and a provided team.
    limit(Rule::C15, 2, 3, |world, teams| {
        world.scenario.types[TypeId(0)].handling_teams = teams;
    });
    // Two resources of one kind are added, a negative one is nothing and takes nothing from others.
    limit(Rule::C15, -1, 0, |world, amount| {
        let mut more = world.resource("FIELD-CHECK").clone();
        more.name = "MORE-CHECKS".into();
        more.capacity[0].amount = amount;
        world.scenario.resources.push(more);
        if amount == 0 {
            load_from(world, "S2", at(17, 0));
        }
    });
}

#[test]
fn c16_hours() {
    // Movements until 23:00, that second excluded; handling ends by 22:00.
    limit(Rule::C16, at(23, 0) - SECOND, at(23, 0), |world, t| fly_at(world, "S2", t));
    limit(Rule::C16, at(6, 0), at(6, 0) - SECOND, |world, t| world.sortie("F1").lands = t);
    limit(Rule::C16, at(20, 0), at(20, 0) + SECOND, |world, t| {
        world.load("S2", t, t + Duration::from_hours(2));
    });
    // The two loadings lie in the windows of one day, not in two days.
    decides(Rule::C16, |_| {}, |world| world.load("S1", at(16, 0), at(32, 0)));
}

#[test]
fn c16_civil_hours() {
    let civil = |world: &mut World, t: Timestamp| {
        world.scenario.hours.push(Hours {
            place: world.scenario.place("FIELD").expect("a place"),
            user_class: UserClass::Civil,
            activity: Activity::Movement,
            windows: vec![Interval { from: at(12, 0), to: t }],
        });
    };
    // They bind military aircraft only where the policy says so: S2 departs at 21:30.
    let binds = |world: &mut World, t| {
        civil(world, t);
        world.scenario.operation.civil_hours_bind_military = true;
    };
    limit(Rule::C16, at(21, 30) + SECOND, at(21, 30), binds);
    decides(Rule::C16, |world| civil(world, at(13, 0)), |world| binds(world, at(13, 0)));
}

#[test]
fn c16_slots_runways_and_curfews() {
    // F1 lands at 12:00, slots are five minutes apart.
    let next = at(12, 5);
    limit(Rule::C16, next, next - SECOND, |world, t| world.sortie("F3").lands = t);
    limit(Rule::C16, 2_000, 1_999, |world, m| world.field("HOMEA2").runway = Distance(m));
    // Nobody is on the road of the valley from 23:00 to 05:00; C1 marches an hour.
    limit(Rule::C16, at(22, 0), at(22, 0) + SECOND, |world, t| march_at(world, "C1", t));
    limit(Rule::C16, at(5, 0), at(5, 0) - SECOND, |world, t| march_at(world, "C1", t));
    decides(
        Rule::C16,
        |world| {
            world.scenario.operation.curfews_bind_columns = false;
            march_at(world, "C1", at(23, 0));
        },
        |world| march_at(world, "C1", at(23, 0)),
    );
}

#[test]
fn c17_availability() {
    // T-1 works from 07:00 (F1 departs) to 24:00 (S1 is unloaded).
    let available = |world: &mut World, (from, to)| {
        world.scenario.tails[TailId(0)].available = Interval { from, to };
    };
    let day = (at(7, 0), at(24, 0));
    limit(Rule::C17, day, (day.0 + SECOND, day.1), available);
    limit(Rule::C17, day, (day.0, day.1 - SECOND), available);
    // Parked from 12:00 to 16:00 it may be maintained.
    let maintained = |world: &mut World, (from, to)| {
        world.scenario.tails[TailId(0)].maintenance = vec![Interval { from, to }];
    };
    let parked = (at(12, 0), at(16, 0));
    limit(Rule::C17, parked, (parked.0 - SECOND, parked.1), maintained);
    limit(Rule::C17, parked, (parked.0, parked.1 + SECOND), maintained);
}

#[test]
fn c20_marches() {
    // 40 km at 40 km/h: 13:00 to 14:00.
    limit(Rule::C20, at(14, 0), at(14, 0) - SECOND, |world, t| {
        world.column("C1").marches[0].arrives = t;
    });
    // One metre more takes a minute more.
    limit(Rule::C20, 40_000, 40_001, |world, m| {
        world.scenario.roads[RoadId(0)].distance = Distance(m);
    });
    limit(Rule::C20, 10, 9, |world, most| {
        world.scenario.roads[RoadId(2)].max_vehicles = Some(most);
    });
    // CB reaches the post at 10:00.
    limit(Rule::C20, at(10, 0), at(10, 0) - SECOND, |world, t| {
        world.column("CB").marches[1].departs = t;
    });
    decides(Rule::C20, |_| {}, |world| world.column("CB").marches[1].from = "CAMP".into());
    decides(Rule::C20, |_| {}, |world| world.column("C3").marches[0].road = "R-CAMP".into());
}

#[test]
fn c20_headway() {
    // C1 has 2 vehicles: 2 x 6 s + 60 s = 72 s, and 10 min headway.
    let next = at(13, 10) + Duration(72);
    limit(Rule::C20, next, next - SECOND, |world, t| march_at(world, "C2", t));
    // 210 vehicles pass in 210 x 6 s + 9 min = 30 min, so the road is taken from 10:00 to 10:30; after
    // a headway of 10 min the next may enter at 10:40.
    let long = |world: &mut World, t| {
        let road = &mut world.scenario.roads[RoadId(2)];
        (road.max_vehicles, road.headway) = (None, Some(Duration::from_minutes(10)));
        world.column("CB").load[0].count = 210;
        march_at(world, "CB", at(10, 0));
        let mut second = world.column("CB").clone();
        second.id = "CC".into();
        world.plan.columns.push(second);
        march_at(world, "CC", t);
        // only the road from the camp matters here
        for column in ["CB", "CC"] {
            world.column(column).marches.truncate(1);
        }
    };
    limit(Rule::C20, at(10, 40), at(10, 40) - SECOND, long);
}

#[test]
fn c21_borders() {
    // 10 vehicles at 60 an hour take 10 min, at 59 an hour 10.2 and so 11 min.
    limit(Rule::C21, at(10, 10), at(10, 10) - SECOND, |world, t| cross(world, at(10, 0), t));
    let rate = |world: &mut World, rate| {
        let border = world.scenario.roads[RoadId(3)].border.as_mut();
        border.expect("a border").vehicles_per_hour = rate;
    };
    limit(Rule::C21, 60, 59, rate);
    // 2 km at 40 km/h are 3 min on top of the 10 at the post.
    limit(Rule::C20, at(10, 13), at(10, 13) - SECOND, |world, t| {
        world.scenario.roads[RoadId(3)].distance = Distance::from_km(2);
        cross(world, at(10, 0), t);
        let onward = &mut world.column("CB").marches[2];
        (onward.departs, onward.arrives) = (at(10, 13), at(11, 13));
    });
    // Open from 10:00 to 18:00.
    limit(Rule::C21, at(18, 0), at(18, 0) + SECOND, |world, t| cross(world, at(17, 0), t));
    limit(Rule::C21, at(10, 0), at(10, 0) - SECOND, |world, t| cross(world, t, at(11, 0)));
    // One column at a time: CB is in the post until 10:10.
    limit(Rule::C21, at(10, 10), at(10, 10) - SECOND, |world, t| {
        let mut second = world.column("CB").clone();
        second.id = "CC".into();
        second.marches[1].departs = t;
        second.marches[1].arrives = at(11, 0);
        world.plan.columns.push(second);
    });
}

#[test]
fn c22_staging() {
    // C1 brings 12 people, 2 drivers and 2 vehicles.
    limit(Rule::C22, 14, 13, |world, people| world.field("FIELD").staging_people = Some(people));
    limit(Rule::C22, 2, 1, |world, items| world.field("FIELD").staging_vehicles = Some(items));
    // They may wait until C2 clears with 8 people at 18:11:06: 14 + 8 are more than 15.
    let clears = at(18, 10) + Duration(66);
    limit(Rule::C22, clears, clears + SECOND, |world, t| world.sortie("S1").departs = t);
    // What never boards waits for ever: C2's people, and S1's from 14:01:12 to 18:00.
    let mut world = World::new();
    world.sortie("S2").load.remove(0);
    assert!(!world.breaks(Rule::C22));
    march_at(&mut world, "C2", at(16, 50));
    // arrives at 17:50, clears at 17:51:06
    assert!(world.breaks(Rule::C22));
}

#[test]
fn c23_order() {
    let only = |world: &mut World, row: usize| {
        let row = world.scenario.precedence.rows[row].clone();
        world.scenario.precedence.rows = vec![row];
    };
    // The last of AA leaves at 21:30 with S2, the first at 18:00 with S1.
    let last = |world: &mut World, t| {
        only(world, 0);
        world.scenario.precedence.rows[0].stay = 0;
        cross(world, at(10, 0), t);
    };
    limit(Rule::C23, at(21, 30), at(21, 30) + SECOND, last);
    let all = |world: &mut World, t| {
        only(world, 1);
        cross(world, at(10, 0), t);
    };
    limit(Rule::C23, at(18, 0), at(18, 0) + SECOND, all);
    // LOG first: both leave with S2 at 21:30, GUARD also with S1.
    let first = |world: &mut World, t| {
        only(world, 2);
        let row = &mut world.scenario.precedence.rows[0];
        (row.first, row.then) = (vec![LOG], vec![GUARD]);
        world.sortie("S1").departs = t;
    };
    limit(Rule::C23, at(21, 30), at(21, 30) - SECOND, first);
}

#[test]
fn c23_those_who_stay() {
    // AA has 20 + 2 + 10 + 1 + 3 = 36 people; S1 takes 14 before CB has left at 10:10.
    let early = |world: &mut World, (stay, t)| {
        world.scenario.precedence.rows.truncate(1);
        world.scenario.precedence.rows[0].stay = stay;
        world.sortie("S1").departs = t;
    };
    let before = at(10, 10) - SECOND;
    limit(Rule::C23, (22, before), (23, before), early);
    limit(Rule::C23, (23, at(10, 10)), (23, before), early);
    // Also in a priced row.
    let priced = |world: &mut World, stay| {
        early(world, (stay, before));
        world.scenario.precedence.rows[0].hard = false;
    };
    limit(Rule::C23, 22, 23, priced);
}

#[test]
fn z3_counts_the_elements_too_late() {
    let z3 = |kind, first: Vec<ElementId>, then: Vec<ElementId>| {
        let mut world = World::new();
        let row = &mut world.scenario.precedence.rows[3];
        (row.kind, row.first, row.then, row.milestone) = (kind, first, then, Milestone::LeftHost);
        world.check().objective[3]
    };
    let road = ElementId(3);
    // GUARD leaves at 18:00 and 21:30, LOG at 21:30, ROAD at 10:10.
    assert_eq!(z3(PrecedenceKind::LastBeforeLast, vec![GUARD, LOG], vec![road]), 2);
    assert_eq!(z3(PrecedenceKind::LastBeforeLast, vec![GUARD], vec![LOG]), 0);
    assert_eq!(z3(PrecedenceKind::AllBeforeFirst, vec![LOG, road], vec![GUARD]), 1);
    assert_eq!(z3(PrecedenceKind::FirstBeforeFirst, vec![GUARD, LOG], vec![road]), 1);
    assert_eq!(z3(PrecedenceKind::FirstBeforeFirst, vec![road, LOG], vec![GUARD]), 0);
    // Nothing of E-REAR moves: it holds nobody back.
    assert_eq!(z3(PrecedenceKind::AllBeforeFirst, vec![ElementId(2)], vec![road]), 0);
}

#[test]
fn c24_start() {
    // The first thing is F2 at 06:00.
    limit(Rule::C24, at(6, 0), at(6, 0) + SECOND, |world, t| world.scenario.operation.start = t);
    // What is frozen may have started before.
    let mut world = World::new();
    world.scenario.operation.start = at(6, 30);
    let mut frozen = world.plan.clone();
    for line in &mut frozen.lines {
        line.sorties.truncate(1);
    }
    let verdict = check(&world.scenario, &world.plan, Some(&frozen));
    assert!(verdict.findings.iter().all(|f| f.rule != Code::Rule(Rule::C24)));
}

#[test]
fn c25_provided_capacity() {
    // E-GUARD leaves its site, and with it TEAM-G, at 13:00. SHOW lasts an hour.
    limit(Rule::C25, at(12, 0), at(12, 0) + SECOND, |world, t| hold(world, "SHOW", t));
    let mut world = World::new();
    hold(&mut world, "SHOW", at(12, 0) + SECOND);
    assert!(!world.breaks(Rule::C09));
    // LOG boards the last sortie at 21:30 and keeps the field open until then; if S1 leaves a second
    // later, LOG is gone from the start of its loading on.
    limit(Rule::C25, at(21, 30), at(21, 30) + SECOND, |world, t| world.sortie("S1").departs = t);
    // Two provide and one, E-GUARD, has left its site before: the other is enough for a minimum of 1.
    limit(Rule::C25, 1, 2, |world, keep| {
        let guard = world.resource("FIELD-GUARD");
        guard.keep = keep;
        let mut more = guard.capacity[0].clone();
        more.provided_by = Some(GUARD);
        guard.capacity.push(more);
    });
    // LOG's handling team alone: S2 is loaded until 21:00, then S1 until LOG leaves at 21:30.
    let after = |world: &mut World, t| {
        world.resource("FIELD-HANDLING").capacity[0].amount = 0;
        world.load("S2", at(19, 30), at(21, 0));
        world.load("S1", at(21, 0), t);
    };
    limit(Rule::C25, at(21, 30), at(21, 30) + SECOND, after);
    let mut world = World::new();
    after(&mut world, at(21, 30) + SECOND);
    assert!(!world.breaks(Rule::C15));
    // Without LOG at all the shortage is nobody's departure.
    world.resource("FIELD-HANDLING").capacity[1].provided_by = None;
    world.resource("FIELD-HANDLING").capacity[1].amount = 0;
    assert!(world.breaks(Rule::C15));
}

#[test]
fn c26_overflight_and_landing() {
    let valid = |world: &mut World, (row, from, to): (u32, Timestamp, Timestamp)| {
        world.scenario.clearances[ClearanceId(row)].valid = Some(Interval { from, to });
    };
    // AA's sorties over HH and CC fly between 07:00 (F1) and 26:30 (S2).
    for row in [0, 1] {
        let (from, to) = (at(7, 0), at(26, 30));
        limit(Rule::C26, (row, from, to), (row, from + SECOND, to), valid);
        limit(Rule::C26, (row, from, to), (row, from, to - SECOND), valid);
    }
    // F3 is the last to land at FIELD, at 13:30.
    limit(Rule::C26, (2, at(7, 0), at(13, 30)), (2, at(7, 0), at(13, 30) - SECOND), valid);
    // Asked 24 hours before F1.
    limit(Rule::C26, at(-17, 0), at(-17, 0) + SECOND, |world, t| {
        world.scenario.clearances[ClearanceId(1)].asked = Some(t);
    });
    decides(Rule::C26, |_| {}, |world| world.scenario.clearances[ClearanceId(1)].granted = false);
    decides(
        Rule::C26,
        |_| {},
        |world| {
            world.scenario.clearances[ClearanceId(1)].carrier = PartyId(1);
        },
    );
}

#[test]
fn c26_borders() {
    // CB crosses from 10:00 to 10:10; both states must allow it.
    for row in [3, 4] {
        let valid = |world: &mut World, (from, to)| {
            world.scenario.clearances[ClearanceId(row)].valid = Some(Interval { from, to });
        };
        let crossing = (at(10, 0), at(10, 10));
        limit(Rule::C26, crossing, (crossing.0 + SECOND, crossing.1), valid);
        limit(Rule::C26, crossing, (crossing.0, crossing.1 - SECOND), valid);
    }
}

#[test]
fn c27_conditions() {
    let true_from = |world: &mut World, (row, t): (u32, Option<Timestamp>)| {
        world.scenario.conditions[ConditionId(row)].truth = Truth::From(t);
    };
    // CB leaves the host at 10:10, the handover starts at 08:00.
    let (out, start) = (at(10, 10), at(8, 0));
    limit(Rule::C27, (0, Some(out)), (0, Some(out + SECOND)), true_from);
    limit(Rule::C27, (1, Some(start)), (1, Some(start + SECOND)), true_from);
    limit(Rule::C27, (0, Some(out)), (0, None), true_from);
    // AA keeps the 3 people of E-REAR for ever; 22 until S2 leaves at 21:30.
    let strength = |world: &mut World, (people, t)| {
        let row = &mut world.scenario.conditions[ConditionId(3)];
        row.truth = Truth::From(t);
        row.gate = Gate::Strength { party: PartyId(0), people };
    };
    limit(Rule::C27, (3, None), (4, None), strength);
    limit(Rule::C27, (22, Some(at(21, 30))), (23, Some(at(21, 30))), strength);
    limit(Rule::C27, (22, Some(at(21, 30))), (22, Some(at(21, 30) + SECOND)), strength);
}

/// Levels BAD and GOOD, and judgements of ALL by office, level and moment.
fn judged(world: &mut World, judgements: &[(&str, u32, Timestamp)]) {
    let level = |name: &str| Level { name: name.into(), title: name.into() };
    world.scenario.levels = Table::new(vec![level("BAD"), level("GOOD")]);
    let row = |&(office, level, at): &(&str, u32, Timestamp)| Assessment {
        name: format!("{office}-{at}"),
        zone: "ALL".into(),
        level: LevelId(level),
        at,
        office: office.into(),
        statement: None,
    };
    world.scenario.assessments = Table::new(judgements.iter().map(row).collect());
}

/// Makes a condition hang on the level GOOD, judged by anybody.
fn needs_good(world: &mut World, condition: u32, policy: Policy) {
    let row = &mut world.scenario.conditions[ConditionId(condition)];
    row.policy = policy;
    let (zone, offices) = ("ALL".into(), Vec::new());
    row.truth = Truth::Level { zone, level: LevelId(1), offices };
}

const BAD: u32 = 0;
const GOOD: u32 = 1;

#[test]
fn c27_steps_start_while_the_situation_is_judged_so() {
    // The steps of SITE1 start and end between these; a judgement of 07:00 opens the gate.
    let world = World::new();
    let starts = world.plan.handovers.iter().map(|held| held.starts).max().expect("steps");
    let ends = world.plan.handovers.iter().map(|held| held.ends).max().expect("steps");
    let lowered = |policy| {
        move |world: &mut World, t| {
            judged(world, &[("CHAIR", GOOD, at(7, 0)), ("CHAIR", BAD, t)]);
            needs_good(world, 1, policy);
        }
    };
    // hold: the last step starts at the last moment; what is under way ends
    limit(Rule::C27, starts + SECOND, starts, lowered(Policy::Hold));
    // reverse: it has ended when the level falls
    limit(Rule::C27, ends, ends - SECOND, lowered(Policy::Reverse));
    // go: it has been true once
    limit(Rule::C27, at(7, 0) + SECOND, at(7, 0), lowered(Policy::Go));
    // one who judges is enough, two must agree, and who never judged does not count
    let two = |world: &mut World, level| {
        judged(world, &[("CHAIR", GOOD, at(7, 0)), ("CHIEF", level, at(7, 30))]);
        needs_good(world, 1, Policy::Hold);
    };
    limit(Rule::C27, GOOD, BAD, two);
    decides(
        Rule::C27,
        |world| {
            two(world, BAD);
            let row = &mut world.scenario.conditions[ConditionId(1)];
            let (zone, offices) = ("ALL".into(), vec!["CHAIR".into()]);
            row.truth = Truth::Level { zone, level: LevelId(1), offices };
        },
        |world| two(world, BAD),
    );
    // nobody has judged
    decides(
        Rule::C27,
        |world| {
            judged(world, &[("CHAIR", GOOD, at(0, 0))]);
            needs_good(world, 1, Policy::Hold);
        },
        |world| {
            judged(world, &[]);
            needs_good(world, 1, Policy::Hold);
        },
    );
}

#[test]
fn c27_departures_and_strength_while_the_situation_is_judged_so() {
    // CB leaves CAMP at 09:00 or so and the host at 10:10.
    let world = World::new();
    let column = world.plan.columns.iter().find(|column| column.id == "CB").expect("a column");
    let left_site = column.marches[0].departs;
    let out = at(10, 10);
    let raised = |policy| {
        move |world: &mut World, t| {
            judged(world, &[("CHAIR", BAD, at(0, 0)), ("CHAIR", GOOD, t)]);
            needs_good(world, 0, policy);
        }
    };
    limit(Rule::C27, out, out + SECOND, raised(Policy::Hold));
    limit(Rule::C27, left_site, left_site + SECOND, raised(Policy::Reverse));
    // 22 people of AA until S2 leaves at 21:30: hold asks at that moment, reverse ever after
    let strength = |world: &mut World, policy| {
        judged(world, &[("CHAIR", GOOD, at(21, 0)), ("CHAIR", BAD, at(22, 0))]);
        needs_good(world, 3, policy);
        let gate = Gate::Strength { party: PartyId(0), people: 22 };
        world.scenario.conditions[ConditionId(3)].gate = gate;
    };
    limit(Rule::C27, Policy::Hold, Policy::Reverse, strength);
    limit(Rule::C27, Policy::Go, Policy::Reverse, strength);
}

#[test]
fn c27_ceilings() {
    let ceiling = |world: &mut World, (people, from, to)| {
        let kind = MandateKind::Ceiling { people, valid: Interval { from, to } };
        let (name, text) = ("MOST".to_owned(), String::new());
        world.scenario.mandate = Table::new(vec![Mandate { name, text, statement: None, kind }]);
    };
    // 22 and 11 people of AA with their drivers, 3 who stay, 15 of BB
    let all: i64 =
        World::new().scenario.pieces.rows.iter().map(|p| p.people_each() * p.count).sum();
    let (start, end) = (at(0, 0), at(72, 0));
    limit(Rule::C27, (all, start, end), (all - 1, start, end), ceiling);
    // CB, 15 people, is out at 10:10; before that moment one fewer is too few
    let after = |t| (all - 15, t, end);
    limit(Rule::C27, after(at(10, 10)), after(at(10, 10) - SECOND), ceiling);
    // a row that counts no longer, and one that does not count yet, say nothing
    limit(Rule::C27, (0, at(-24, 0), at(-23, 0)), (0, at(60, 0), at(61, 0)), ceiling);
}

/// Evaluates one promise: strict reading.
fn holds(predicate: Predicate) -> bool {
    let mut world = World::new();
    world.scenario.promises.rows = vec![promise("P", 1, predicate)];
    world.check().promises[0].strict == Some(true)
}

#[test]
fn promises_at_their_limits() {
    let day = |from, to| both(Interval { from, to }, Interval { from, to });
    let all_by =
        |milestone, t| Predicate::AllBy { set: vec![GUARD, LOG], milestone, by: both(t, t) };
    // The last column leaves SITE1 at 17:10; the last sortie at 21:30 and lands at 26:30.
    for (milestone, t) in [
        (Milestone::LeftSite, at(21, 30)),
        (Milestone::LeftHost, at(21, 30)),
        (Milestone::HomeAirfield, at(26, 30)),
        (Milestone::HomeBase, at(28, 31) + Duration(6)),
    ] {
        assert!(holds(all_by(milestone, t)), "{milestone:?}");
        assert!(!holds(all_by(milestone, t - SECOND)), "{milestone:?}");
    }
    let begun = |t| Predicate::BegunBy { set: vec![GUARD], by: both(t, t) };
    assert!(holds(begun(at(13, 0))));
    assert!(!holds(begun(at(13, 0) - SECOND)));
    let on_day = |day, sorties, tails| Predicate::OnDay {
        set: vec![GUARD],
        milestone: Milestone::LeftHost,
        day,
        max_sorties: sorties,
        max_tails: tails,
    };
    // GUARD leaves at 18:00 and 21:30, with two tails.
    assert!(holds(on_day(day(at(18, 0), at(21, 30) + SECOND), Some(2), Some(2))));
    assert!(!holds(on_day(day(at(18, 0), at(21, 30)), None, None)));
    assert!(!holds(on_day(day(at(18, 0) + SECOND, at(24, 0)), None, None)));
    assert!(!holds(on_day(day(at(0, 0), at(24, 0)), Some(1), None)));
    assert!(!holds(on_day(day(at(0, 0), at(24, 0)), None, Some(1))));
    let field = World::new().scenario.place("FIELD").expect("a place");
    let count = |at_least| Predicate::CountOnDay {
        field,
        day: day(at(18, 0), at(21, 30) + SECOND),
        at_least,
    };
    assert!(holds(count(2)));
    assert!(!holds(count(3)));
}

#[test]
fn promises_on_modes_and_on_what_stays() {
    let mode = |set, road| Predicate::Mode { set, road };
    assert!(holds(mode(vec![GUARD, LOG], false)));
    assert!(!holds(mode(vec![GUARD, LOG], true)));
    assert!(!holds(mode(vec![ElementId(3)], false)));
    assert!(!holds(mode(Vec::new(), true)));
    // E-REAR does not move: everything but the first departure of a set that holds others is false.
    let rear = vec![ElementId(2)];
    let by = both(at(72, 0), at(72, 0));
    assert!(!holds(mode(rear.clone(), false)));
    assert!(!holds(Predicate::AllBy { set: rear.clone(), milestone: Milestone::LeftSite, by }));
    assert!(!holds(Predicate::BegunBy { set: rear, by }));
    assert!(holds(Predicate::BegunBy { set: vec![ElementId(2), GUARD], by }));
}

#[test]
fn promises_that_say_the_same_count_once_with_the_best_rank() {
    // HOME (rank 2) and HOME-AGAIN (rank 3) are broken; each names the other here.
    let mut world = World::new();
    world.scenario.promises.rows[2].same_as = Some(PromiseId(3));
    assert_eq!(world.check().objective[2], 1_000);
    world.scenario.promises.rows[2].required = false;
    assert_eq!(world.check().objective[2], 1);
    // Apart they count twice.
    let mut world = World::new();
    world.scenario.promises.rows[3].same_as = None;
    assert_eq!(world.check().objective[2], 1_000 + 1);
}

#[test]
fn levels_follow_the_scenarios_order() {
    let mut world = World::new();
    world.scenario.operation.objective_order = vec!["z7".into(), "z4".into(), "z5".into()];
    let verdict = world.check();
    let levels: Vec<&str> = verdict.levels.iter().map(String::as_str).collect();
    assert_eq!(levels[..7], ["z0", "z1", "z2", "z3", "z7", "z4", "z5"]);
    assert_eq!(levels[7..], ["z6.tails", "z6.sorties", "z6.minutes", "z8", "z9"]);
    assert_eq!(verdict.objective[5], 2 * 102_666 + 40_320);
}

#[test]
fn c01_marches_of_air_elements() {
    // Out only from the origin to `embark`, home only from `debark` to the destination.
    for (column, from, to) in [
        ("C1", "SITE1", "HOMEA"),
        ("C1", "SITE1", "CAMP"),
        ("C1", "CAMP", "FIELD"),
        ("C3", "HOMEA", "CAMP"),
        ("C3", "HOMEA", "FIELD"),
    ] {
        let mut world = World::new();
        let march = &mut world.column(column).marches[0];
        (march.from, march.to) = (from.into(), to.into());
        assert!(world.breaks(Rule::C01), "{column} from {from} to {to}");
    }
    // From the airfield on to the next one by road, and back: the chain still ends where it must.
    let mut world = World::new();
    let mut there = world.column("C1").clone();
    (there.id, there.marches[0].from, there.marches[0].to) =
        ("C1B".into(), "FIELD".into(), "CAMP".into());
    let mut back = there.clone();
    (back.id, back.marches[0].from, back.marches[0].to) =
        ("C1C".into(), "CAMP".into(), "FIELD".into());
    world.plan.columns.extend([there, back]);
    march_at(&mut world, "C1B", at(14, 2));
    march_at(&mut world, "C1C", at(15, 5));
    load_from(&mut world, "S1", at(17, 0));
    let findings = world.findings(Rule::C01);
    assert!(findings.iter().all(|finding| finding.message.contains("marches from")));
    // 12 people and two vehicles in each of two wrong columns: four findings.
    assert_eq!(findings.len(), 4);
    // Who is at `embark` from the start does not march round to it, or it would have left its site before it
    // flies (section 1: none if they are the same place).
    let mut world = World::new();
    let round = [
        ("R-VALLEY", "FIELD", "SITE1", at(7, 0), 60),
        ("R-VALLEY", "SITE1", "FIELD", at(9, 0), 60),
    ];
    world.plan.columns.push(column("C0", &round, &[("AL-P", 10)]));
    let findings = world.findings(Rule::C01);
    let [finding] = &findings[..] else { panic!("one finding: {findings:?}") };
    assert!(finding.message.contains("marches from FIELD to FIELD"), "{}", finding.message);
}

#[test]
fn c02_who_boards_first_leaves_first() {
    // T-2 flies on from HOMEA to HOMEA2 with 8 of the 18 people of one piece: those who boarded at
    // FIELD first. Everything is one piece here, so only the counts of the rides decide.
    let mut world = World::new();
    let mut on = world.sortie("S2").clone();
    (on.id, on.from, on.to, on.leg) = ("S3".into(), "HOMEA".into(), "HOMEA2".into(), None);
    (on.loading, on.departs, on.lands) =
        (None, at(27, 30), at(27, 30) + crate::world::home_block());
    on.unloading = Some(Service { starts: on.lands, ends: on.lands + Duration::from_hours(1) });
    // 3 of 8 people of E-GUARD stay on board; 5 leave at HOMEA and march home with C4.
    on.load.truncate(1);
    on.load[0].count = 3;
    world.plan.lines[1].sorties.push(on);
    world.column("C4").load[0].count = 5;
    let findings = world.findings(Rule::C01);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].message.starts_with("3 of it are left at HOMEA2"));
    assert!(!world.breaks(Rule::C02));
}

#[test]
fn c02_boarding_on_the_way() {
    // T-1 takes 4 people more at HOMEA on a round trip; both groups leave together at HOMEA2.
    let mut world = World::new();
    let mut out = world.sortie("S1").clone();
    (out.id, out.from, out.to, out.leg) = ("S1B".into(), "HOMEA".into(), "HOMEA2".into(), None);
    out.loading = Some(Service { starts: at(24, 0), ends: at(26, 0) });
    (out.departs, out.lands) = (at(26, 0), at(26, 0) + crate::world::home_block());
    out.unloading = Some(Service { starts: out.lands, ends: out.lands + Duration::from_hours(1) });
    // all of S1 stay on board
    out.load[0].count = 16;
    world.sortie("S1").unloading = None;
    world.plan.lines[0].sorties.push(out);
    let findings = world.findings(Rule::C01);
    // 4 people board at HOMEA where nobody of the piece is.
    assert!(findings.iter().any(|f| f.message.starts_with("4 of piece `AG-P` leave HOMEA at")));
    assert!(!world.breaks(Rule::C02));
}

#[test]
fn c11_an_empty_aircraft_waits_for_its_unloading() {
    // S1 is unloaded at HOMEA until 24:00, then T-1 flies on empty.
    let mut world = World::new();
    let mut on = world.sortie("F1").clone();
    on.id = "F4".into();
    world.plan.lines[0].sorties.push(on);
    fly_at(&mut world, "F4", at(24, 0));
    assert_eq!(world.findings(Rule::C11), []);
    fly_at(&mut world, "F4", at(24, 0) - SECOND);
    assert!(world.breaks(Rule::C11));
}

#[test]
fn days_count_loaded_sorties_out_of_the_host() {
    // A ferry out of the host does not count, nor does a loaded sortie from another host's field.
    let mut world = World::new();
    world.sortie("S1").load.clear();
    let verdict = world.check();
    assert_eq!(verdict.days.iter().map(|day| day.loaded_sorties).collect::<Vec<_>>(), [1]);
    let mut world = World::new();
    world.scenario.operation.host_states = vec!["HH".into(), "AA".into()];
    assert_eq!(world.check().days, []);
    // Without a host every loaded sortie counts; midnight of the zone parts the days.
    let mut world = World::new();
    world.scenario.operation.host_states.clear();
    world.sortie("S2").departs = at(24, 0);
    let days: Vec<String> = world.check().days.into_iter().map(|day| day.date).collect();
    assert_eq!(days, ["2022-01-13", "2022-01-14"]);
    world.sortie("S2").departs = at(24, 0) - SECOND;
    assert_eq!(world.check().days.len(), 1);
}

#[test]
fn c01_what_a_frozen_column_left_on_the_way_may_be_listed() {
    // C2 is frozen and has brought 8 people to FIELD; no sortie takes them any more.
    let mut world = World::new();
    world.sortie("S2").load.remove(0);
    world.plan.columns.retain(|column| column.id != "C4");
    let column = world.column("C2").clone();
    let frozen = Plan { columns: vec![column], ..Default::default() };
    let is_broken = |world: &World, frozen: Option<&Plan>| {
        let verdict = check(&world.scenario, &world.plan, frozen);
        let wanted = Code::Rule(Rule::C01);
        (verdict.findings.iter().any(|finding| finding.rule == wanted), verdict.unmoved)
    };
    assert_eq!(is_broken(&world, Some(&frozen)), (true, 4 + 8));
    let mut row = world.plan.unmoved[0].clone();
    (row.piece, row.count) = ("AG-P".into(), 8);
    world.plan.unmoved.push(row);
    assert_eq!(is_broken(&world, Some(&frozen)), (false, 4 + 8));
    // Without the frozen part nothing may be left between origin and destination.
    assert_eq!(is_broken(&world, None), (true, 4));
}

#[test]
fn c24_notice() {
    // The first sortie is F2 at 06:00.
    let from = |world: &mut World, notice: Duration| {
        world.scenario.operation.now = Some(at(5, 0));
        world.scenario.operation.notice.air = notice;
    };
    let hour = Duration::from_hours(1);
    limit(Rule::C24, hour, hour + Duration(1), from);
    let first = |world: &World| world.plan.columns.iter().map(|c| c.marches[0].departs).min();
    let world = World::new();
    let departs = first(&world).expect("a column");
    limit(Rule::C24, departs, departs + SECOND, |world, t| {
        world.scenario.operation.now = Some(at(5, 0));
        world.scenario.operation.notice.road = t - at(5, 0);
    });
    let starts = world.plan.handovers.iter().map(|row| row.starts).min().expect("a step");
    limit(Rule::C24, starts, starts + SECOND, |world, t| {
        world.scenario.operation.now = Some(at(5, 0));
        world.scenario.operation.notice.step = t - at(5, 0);
    });
}

#[test]
fn z9_counts_changes() {
    let z9 = |change: &dyn Fn(&mut Plan)| {
        let world = World::new();
        let mut before = world.plan.clone();
        change(&mut before);
        let verdict =
            exeunt_check::check_against(&world.scenario, &world.plan, None, Some(&before));
        let list = exeunt_check::differences(&world.scenario, &world.plan, &before);
        let at = verdict.levels.iter().position(|level| level == "z9").expect("a level");
        assert_eq!(list.iter().map(|row| row.weight).sum::<i64>(), verdict.objective[at]);
        verdict.objective[at]
    };
    let quarter = Duration::from_minutes(15);
    let loaded = |plan: &mut Plan, change: &dyn Fn(&mut Sortie)| {
        let mut sorties = plan.lines.iter_mut().flat_map(|line| &mut line.sorties);
        change(sorties.find(|sortie| sortie.id == "S1").expect("a sortie"));
    };
    let later = |wait: Duration| {
        move |sortie: &mut Sortie| {
            let loading = sortie.loading.as_mut().expect("it loads");
            loading.starts = loading.starts + wait;
        }
    };
    assert_eq!(z9(&|_| {}), 0);
    assert_eq!(z9(&|plan| loaded(plan, &later(quarter))), 0);
    assert_eq!(z9(&|plan| loaded(plan, &later(quarter + Duration(1)))), 1);
    // another load: one is gone and one is new
    assert_eq!(z9(&|plan| loaded(plan, &|sortie| sortie.load[0].count += 1)), 20);
    // a column and a step
    let column = |plan: &mut Plan, wait: Duration| {
        let march = &mut plan.columns[0].marches[0];
        march.departs = march.departs + wait;
    };
    assert_eq!(z9(&|plan| column(plan, quarter)), 0);
    assert_eq!(z9(&|plan| column(plan, quarter + Duration(1))), 1);
    let step = |plan: &mut Plan, wait: Duration| {
        plan.handovers[0].starts = plan.handovers[0].starts - wait;
    };
    assert_eq!(z9(&|plan| step(plan, quarter)), 0);
    assert_eq!(z9(&|plan| step(plan, quarter + Duration(1))), 1);
    assert_eq!(z9(&|plan| drop(plan.handovers.pop())), 10);
    assert_eq!(z9(&|plan| plan.columns.clear()), 10 * World::new().plan.columns.len() as i64);
}
