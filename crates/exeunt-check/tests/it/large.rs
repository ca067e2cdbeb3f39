//! A hundred thousand pieces are checked in seconds: the sweeps go once through sorted events.

use crate::world::{World, at};
use exeunt_model::plan::*;
use exeunt_model::scenario::*;
use exeunt_model::time::{Duration, Interval};
use exeunt_model::{Rule, ids::*};

/// Fills the operation with pieces of one vehicle each: half go by road in columns of ten to FIELD,
/// all fly in sorties of two from there.
fn crowd(world: &mut World, n_pieces: usize) {
    let element = Element {
        name: "E-CROWD".into(),
        freed_by: Vec::new(),
        load_from: None,
        due: None,
        same_aircraft: false,
        spread: None,
        ..world.scenario.elements[ElementId(0)].clone()
    };
    let element = world.scenario.elements.push(element);
    let vehicle = world.scenario.pieces[PieceId(1)].clone();
    let zone = Some("hold".to_owned());
    let name = |i: usize| format!("X{i}");
    for i in 0..n_pieces {
        world.scenario.pieces.push(Piece { name: name(i), element, count: 1, ..vehicle.clone() });
    }
    let load = |i: usize, zone: &Option<String>| Load {
        piece: name(i),
        count: 1,
        zone: zone.clone(),
        x_mm: None,
        y_mm: None,
        turned: None,
    };
    let column = |i: usize, (road, from, to): (&str, &str, &str), t| Column {
        id: format!("{road}-{i}"),
        marches: vec![March {
            road: road.into(),
            from: from.into(),
            to: to.into(),
            departs: t,
            arrives: t + Duration::from_hours(1),
        }],
        load: (i..i + 10).map(|i| ColumnLoad { piece: name(i), count: 1 }).collect(),
    };
    for i in (0..n_pieces).step_by(10) {
        let t = at(14, 0) + Duration(12 * i as i64);
        let out = column(i, ("R-VALLEY", "SITE1", "FIELD"), t);
        let home = column(i, ("R-HOME", "HOMEA", "GARA"), t + Duration::from_hours(20));
        world.plan.columns.extend([out, home]);
    }
    let tail = world.scenario.tails[TailId(1)].clone();
    for i in (0..n_pieces).step_by(2) {
        let t = at(17, 0) + Duration(12 * i as i64);
        let sortie = Sortie {
            id: format!("X{i}"),
            departs: t + Duration::from_hours(2),
            lands: t + Duration::from_hours(7),
            loading: Some(Service { starts: t, ends: t + Duration::from_hours(2) }),
            unloading: Some(Service {
                starts: t + Duration::from_hours(7),
                ends: t + Duration::from_hours(8),
            }),
            load: (i..i + 2).map(|i| load(i, &zone)).collect(),
            ..world.plan.lines[0].sorties[1].clone()
        };
        let name = format!("X-{i}");
        world.scenario.tails.push(Tail { name: name.clone(), ..tail.clone() });
        world.plan.lines.push(Line { tail: name, sorties: vec![sortie] });
    }
    for row in &mut world.scenario.resources.rows {
        row.capacity[0].amount = 1_000_000;
        row.capacity[0].windows = vec![Interval::ALWAYS];
    }
}

#[test]
fn a_hundred_thousand_pieces() {
    let mut world = World::new();
    crowd(&mut world, 100_000);
    let verdict = world.check();
    // 50,000 sorties of a vehicle pair; everybody boards what came by column.
    assert_eq!(verdict.loaded_sorties, 50_002);
    assert_eq!(verdict.unmoved, 4);
    assert_eq!(world.findings(Rule::C01), []);
    // Each tail but the first two is based elsewhere than where its line begins.
    assert_eq!(world.findings(Rule::C10).len(), 50_000);
}
