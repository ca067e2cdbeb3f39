//! Hard precedence is refused when no order of passages can hold it, and only then.

use crate::{base_draft, rendered};
use exeunt_scenario::build;

/// Reads the small scenario with these hard rows: first, then, kind, milestone.
fn codes(rows: &[(&str, &str, &str, &str)]) -> Vec<String> {
    let mut draft = base_draft();
    for (n, (first, then, kind, milestone)) in rows.iter().enumerate() {
        // the first two replace the rows of the small scenario
        let id = format!("PR{}", n + 1);
        let cells = [("first", first), ("then", then), ("kind", kind), ("measured_at", milestone)];
        for (column, value) in cells {
            assert!(draft.set_cell("precedence", &id, column, value));
        }
        assert!(draft.set_cell("precedence", &id, "hard", "true"));
        assert!(draft.set_cell("precedence", &id, "source", "a list"));
    }
    match build(draft) {
        Ok(loaded) => {
            assert!(loaded.warnings.is_empty(), "{}", rendered(&loaded.warnings));
            Vec::new()
        }
        Err(problems) => problems.into_iter().map(|problem| problem.code).collect(),
    }
}

const LAST: &str = "last_before_last";
const FIRST: &str = "first_before_first";
const ALL: &str = "all_before_first";
const OUT: &str = "left_host";

#[test]
fn rows_that_some_order_satisfies_are_accepted() {
    // B1, A1, A2: the last of (A2, B1) is A2, after A1; B1 is before A1
    assert!(codes(&[("A1", "A2;B1", LAST, OUT), ("B1", "A1", LAST, OUT)]).is_empty());
    // A1, B1, A2: A1 is the first of (A1, A2), B1 passes before the last of (A1, A2)
    assert!(codes(&[("A1;A2", "B1", FIRST, OUT), ("B1", "A1;A2", LAST, OUT)]).is_empty());
    // each at its own milestone
    assert!(codes(&[("A1", "B1", LAST, OUT), ("B1", "A1", LAST, "home_base")]).is_empty());
    assert!(codes(&[("A1", "A2", ALL, OUT), ("A2", "B1", ALL, OUT)]).is_empty());
}

#[test]
fn rows_that_contradict_one_another_are_refused() {
    let refused = ["precedence-cycle"];
    assert_eq!(codes(&[("A1", "B1", LAST, OUT), ("B1", "A1", LAST, OUT)]), refused);
    assert_eq!(codes(&[("A1", "B1", FIRST, OUT), ("B1", "A1", ALL, OUT)]), refused);
    // all of A1, A2 before B1, and B1 before the last of A1, A2
    assert_eq!(codes(&[("A1;A2", "B1", ALL, OUT), ("B1", "A1;A2", LAST, OUT)]), refused);
    let circle = [("A1", "A2", LAST, OUT), ("A2", "B1", LAST, OUT), ("B1", "A1", ALL, OUT)];
    assert_eq!(codes(&circle), refused);
}
