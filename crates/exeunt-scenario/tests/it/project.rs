//! Projects with scarce resources in small, written here.

use exeunt_model::Duration;
use exeunt_scenario::project_of;

/// Three activities that share two units of the first resource; the fourth takes no time and only hands on that the
/// last one comes after the first two.
const TINY: &str = "\
7 2
2 1
0 0 0 3 2 3 4
3 2 0 1 5
2 1 1 1 5
4 1 0 1 7
0 0 0 1 6
1 2 1 1 7
0 0 0 0
";

#[test]
fn a_project_is_a_handover_with_a_step_for_each_activity_that_takes_time() {
    let s = project_of("tiny", "tiny.rcp", TINY).expect("a project");
    let names: Vec<&str> = s.steps.rows.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["A2", "A3", "A4", "A6"]);
    let last = &s.steps.rows[3];
    assert_eq!(last.duration, Duration::from_hours(1));
    let before: Vec<&str> = last.after.iter().map(|(id, _)| s.steps[*id].name.as_str()).collect();
    assert_eq!(before, ["A2", "A3"]);
    let needs: Vec<i64> = last.needs.iter().map(|(_, need)| *need).collect();
    assert_eq!(needs, [2, 1]);
    assert_eq!(s.resources.rows[0].capacity[0].amount, 2);
    assert!(s.operation.end - s.operation.start >= Duration::from_hours(10));
}

#[test]
fn what_is_wrong_with_a_project_is_said_with_its_line() {
    let problems = |text: &str| {
        let found = project_of("tiny", "tiny.rcp", text).expect_err("problems");
        found.into_iter().map(|p| (p.code, p.place.row)).collect::<Vec<_>>()
    };
    let cut = &TINY[..TINY.len() - 8];
    assert_eq!(problems(cut), [("truncated-file".to_owned(), Some(8))]);
    let backwards = TINY.replace("2 1 1 1 5", "2 1 1 1 2");
    assert_eq!(problems(&backwards), [("bad-pair".to_owned(), None)]);
    let greedy = TINY.replace("3 2 0 1 5", "3 3 0 1 5");
    assert_eq!(problems(&greedy), [("out-of-range".to_owned(), None)]);
    let word = TINY.replace("4 1 0 1 7", "x 1 0 1 7");
    assert_eq!(problems(&word)[0], ("not-a-number".to_owned(), Some(6)));
    let more = format!("{TINY}5\n");
    assert_eq!(problems(&more), [("ragged-row".to_owned(), Some(10))]);
}
