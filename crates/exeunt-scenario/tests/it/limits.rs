//! Sizes beyond what can be read are refused at once, and floods of problems are cut.

use crate::{base_draft, base_files, rendered};
use exeunt_scenario::{build, draft_from_files, read};
use std::io::Write as _;

#[test]
fn a_file_of_100_mb_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in base_files() {
        std::fs::write(folder.path().join(name), bytes).expect("writable");
    }
    let garbage: Vec<u8> =
        (0..1_u32 << 20).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    for name in ["pieces.csv", "garbage.json"] {
        let mut file = std::fs::File::create(folder.path().join(name)).expect("writable");
        for _ in 0..100 {
            file.write_all(&garbage).expect("writable");
        }
    }
    let problems = read(folder.path()).expect_err("too large");
    assert_eq!(problems.len(), 1, "{}", rendered(&problems));
    assert_eq!(problems[0].code, "file-too-large");
    assert!(
        problems[0].message.contains("104,857,600 bytes, more than the limit of 67,108,864 bytes")
    );
    let problems = read(folder.path().join("garbage.json")).expect_err("too large");
    assert_eq!(problems[0].code, "file-too-large");
    let problems =
        build(draft_from_files([("small.json", vec![b' '; 65 << 20])])).expect_err("too large");
    assert_eq!(problems[0].code, "file-too-large");
}

#[test]
fn a_path_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let problems = read(folder.path().join("nothing")).expect_err("nothing there");
    assert_eq!(problems.len(), 1, "{}", rendered(&problems));
    assert_eq!(problems[0].code, "cannot-read");
    std::fs::write(folder.path().join("plan.txt"), "x").expect("writable");
    let problems = read(folder.path().join("plan.txt")).expect_err("not a scenario");
    assert_eq!(problems[0].code, "cannot-read");
    let problems = read(folder.path()).expect_err("an empty folder");
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["missing-table"; 4], "{}", rendered(&problems));
    std::fs::create_dir(folder.path().join("pieces.csv")).expect("writable");
    let problems = read(folder.path()).expect_err("a folder in place of a table");
    assert!(problems.iter().any(|problem| problem.code == "cannot-read"));
}

#[test]
fn a_flood_of_problems_is_cut() {
    let mut files = base_files();
    let pieces = files.iter_mut().find(|(name, _)| name == "pieces.csv").expect("there");
    for n in 0..5_000 {
        pieces.1.extend_from_slice(format!("X{n},A1,Box,pallet,-1,1,1,1,1,,,x,\n").as_bytes());
    }
    let problems = build(draft_from_files(files)).expect_err("negative counts");
    assert_eq!(problems.len(), 501);
    assert_eq!(problems[0].code, "more-problems");
    assert_eq!(problems[0].message, "not shown: 4,500 problems more");
}

#[test]
fn too_many_rows_are_refused() {
    let mut text = String::with_capacity(20 << 20);
    text.push_str("id,date,shown,source\n");
    for n in 0..2_000_100 {
        text.push_str(&n.to_string());
        text.push('\n');
    }
    // rows of one cell are ragged and not kept
    let problems = build(draft_from_files([("record.csv", text.as_str())])).expect_err("ragged");
    assert!(problems.iter().any(|problem| problem.code == "more-problems"));
    let text = text.replace("id,date,shown,source", "id");
    let problems = build(draft_from_files([("record.csv", text)])).expect_err("too many");
    assert!(problems.iter().any(|problem| problem.code == "too-many-rows"), "{}", problems.len());
}

#[test]
fn too_many_aircraft_are_refused() {
    let mut draft = base_draft();
    for n in 0..11 {
        let id = format!("P{n}");
        let cells = [
            ("type", "LIGHT"),
            ("count", "10000"),
            ("base", "FLD-A"),
            ("owner", "LEAD"),
            ("source", "x"),
        ];
        for (column, value) in cells {
            assert!(draft.set_cell("tails", &id, column, value));
        }
    }
    let problems = build(draft).expect_err("110,000 aircraft");
    assert_eq!(problems[0].code, "too-many-tails", "{}", rendered(&problems));
}

#[test]
fn depth_is_no_danger() {
    let deep = "[".repeat(200_000);
    for (name, text) in [
        ("deep.json", deep.clone()),
        ("deep.json", format!("{{\"pieces\":{deep}")),
        ("deep.json", format!("{{\"x\":{deep}")),
        ("operation.toml", format!("x = {deep}")),
        ("operation.toml", format!("{}x = 1", "a.".repeat(100_000))),
        ("operation.toml", format!("[{}x]", "a.".repeat(100_000))),
    ] {
        assert!(build(draft_from_files([(name, text)])).is_err());
    }
}

#[test]
fn long_chains_and_wide_sets_are_no_danger() {
    let mut steps = "id,site,name,duration_h,after,source\n".to_owned();
    let mut elements = "id,name,party,origin,destination,mode,source\n".to_owned();
    let mut precedence = "id,first,then,kind,measured_at,hard,source\n".to_owned();
    for n in 0..20_000 {
        let next = (n + 1) % 20_000;
        steps.push_str(&format!("T{n},S2,x,1,T{next},x\n"));
        elements.push_str(&format!("N{n},x,NEAR,S2,BASE-B,road,x\n"));
        precedence.push_str(&format!("R{n},N{n},N{next},last_before_last,left_host,true,x\n"));
    }
    let mut draft = base_draft();
    draft.overlay(draft_from_files([
        ("handover_steps.csv", steps),
        ("elements.csv", elements),
        ("precedence.csv", precedence),
    ]));
    let problems = build(draft).expect_err("circles");
    let has = |code: &str| problems.iter().any(|problem| problem.code == code);
    assert!(has("step-cycle"));
    assert!(has("precedence-cycle"));
}
