//! Whatever a plan says, the checker answers.

use crate::spoiled_proof::proven_world;
use crate::world::World;
use exeunt_check::{check, self_test, spoil_proof};
use exeunt_model::plan::Plan;
use exeunt_model::time::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

/// Returns the paths of all leaves of a JSON value.
fn leaves(value: &Value, path: &mut Vec<String>, found: &mut Vec<String>) {
    match value {
        Value::Array(rows) => {
            for (position, row) in rows.iter().enumerate() {
                path.push(position.to_string());
                leaves(row, path, found);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                path.push(name.clone());
                leaves(field, path, found);
                path.pop();
            }
        }
        _ => found.push(format!("/{}", path.join("/"))),
    }
}

/// Returns something to write instead of a value of the same kind.
fn instead(value: &Value, choice: u8, other: &Value) -> Value {
    match value {
        Value::Number(_) => match choice % 6 {
            0 => i64::MAX.into(),
            1 => i64::MIN.into(),
            2 => 0.into(),
            3 => (-1).into(),
            4 => (i64::MAX / 2).into(),
            _ => other.clone(),
        },
        Value::String(text) if Timestamp::parse_rfc3339(text).is_some() => match choice % 4 {
            0 => "9999-12-30T00:00:00Z".into(),
            1 => "-009999-01-02T00:00:00Z".into(),
            2 => "2022-01-13T12:00:00Z".into(),
            _ => other.clone(),
        },
        Value::String(_) => match choice % 3 {
            0 => "".into(),
            1 => "FIELD".into(),
            _ => other.clone(),
        },
        _ => match choice % 3 {
            0 => Value::Null,
            1 => "hold".into(),
            _ => other.clone(),
        },
    }
}

/// Returns times that no calendar holds.
fn extreme(choice: u8) -> Timestamp {
    Timestamp([i64::MIN, i64::MAX, 0, i64::MIN / 4, i64::MAX / 4][usize::from(choice) % 5])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn changed_json_never_panics(
        changes in proptest::collection::vec((any::<u16>(), any::<u16>(), any::<u8>()), 1..12),
    ) {
        let world = World::new();
        let mut json = serde_json::to_value(&world.plan).expect("a plan is JSON");
        let mut paths = Vec::new();
        leaves(&json, &mut Vec::new(), &mut paths);
        for (place, other, choice) in changes {
            let other = json.pointer(&paths[usize::from(other) % paths.len()]).cloned();
            let other = other.unwrap_or(Value::Null);
            if let Some(value) = json.pointer_mut(&paths[usize::from(place) % paths.len()]) {
                *value = instead(value, choice, &other);
            }
        }
        // What no longer reads as a plan cannot reach the checker.
        if let Ok(plan) = serde_json::from_value::<Plan>(json) {
            let _ = check(&world.scenario, &plan, Some(&world.plan));
            let _ = check(&world.scenario, &world.plan, Some(&plan));
        }
    }

    #[test]
    fn changed_proofs_never_panic(
        changes in proptest::collection::vec((any::<u16>(), any::<u16>(), any::<u8>()), 1..8),
    ) {
        let world = proven_world();
        let mut json = serde_json::to_value(&world.plan.proof).expect("a proof is JSON");
        let mut paths = Vec::new();
        leaves(&json, &mut Vec::new(), &mut paths);
        for (place, other, choice) in changes {
            let other = json.pointer(&paths[usize::from(other) % paths.len()]).cloned();
            let other = other.unwrap_or(Value::Null);
            if let Some(value) = json.pointer_mut(&paths[usize::from(place) % paths.len()]) {
                *value = instead(value, choice, &other);
            }
        }
        if let Ok(proof) = serde_json::from_value(json) {
            let plan = Plan { proof, ..world.plan.clone() };
            let _ = check(&world.scenario, &plan, None);
            let _ = spoil_proof(&world.scenario, &plan);
        }
    }

    #[test]
    fn extreme_times_and_counts_never_panic(
        changes in proptest::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 1..8),
    ) {
        let mut world = World::new();
        for (what, which, choice) in changes {
            let (t, n) = (extreme(choice), extreme(choice).0);
            let ids = ["F1", "S1", "F2", "F3", "S2"];
            let id = ids[usize::from(which) % 5];
            let column = ["C1", "C2", "C3", "C4", "CB"][usize::from(which) % 5];
            match what % 9 {
                0 => world.sortie(id).departs = t,
                1 => world.sortie(id).lands = t,
                2 => {
                    for service in world.sortie(id).loading.iter_mut() {
                        service.starts = t;
                    }
                }
                3 => {
                    for service in world.sortie(id).unloading.iter_mut() {
                        service.ends = t;
                    }
                }
                4 => {
                    for row in &mut world.sortie(id).load {
                        row.count = n;
                    }
                }
                5 => world.column(column).marches[0].departs = t,
                6 => {
                    for march in &mut world.column(column).marches {
                        march.arrives = t;
                    }
                }
                7 => world.column(column).load[0].count = n,
                _ => world.plan.handovers[usize::from(which) % 3].ends = t,
            }
        }
        let _ = world.check();
    }
}

#[test]
fn the_self_test_makes_no_copies_of_absurd_counts() {
    assert!(!self_test(&World::new().scenario, &World::new().plan, None).cases.is_empty());
    for count in [i64::MIN, -1_000_000_001, 1_000_000_001, i64::MAX] {
        let mut world = World::new();
        world.sortie("S1").load[0].count = count;
        assert!(self_test(&world.scenario, &world.plan, None).cases.is_empty());
        let mut world = World::new();
        world.column("C1").load[0].count = count;
        assert!(self_test(&world.scenario, &world.plan, None).cases.is_empty());
    }
    for count in [-1_000_000_000, 0, 1_000_000_000] {
        let mut world = World::new();
        world.sortie("S1").load[0].count = count;
        world.column("C1").load[0].count = count;
        assert!(!self_test(&world.scenario, &world.plan, None).cases.is_empty());
    }
}

#[test]
fn an_empty_scenario_and_an_empty_plan_are_answered() {
    let scenario = exeunt_model::Scenario::default();
    let world = World::new();
    assert!(!check(&scenario, &Plan::default(), None).accepted);
    assert!(!check(&scenario, &world.plan, None).accepted);
    assert!(!check(&world.scenario, &Plan::default(), None).accepted);
    assert_eq!(self_test(&scenario, &world.plan, None).cases.len(), 0);
}
