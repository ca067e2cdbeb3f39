//! A stranger's own list becomes a checked plan in the three commands of the README, and `minimal` in two.

use super::*;

/// The list and the commands as the README shows them.
fn readme() -> (String, Vec<Vec<String>>) {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let list = readme.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next());
    let list = list.expect("the README shows a list").to_owned();
    let commands = readme.lines().filter_map(|line| line.strip_prefix("exeunt "));
    let three = commands
        .skip_while(|line| !line.starts_with("new mine --from"))
        .take(3)
        .map(|line| line.split_whitespace().map(str::to_owned).collect());
    (list, three.collect())
}

/// Runs `new mine --from` on a list, with these options besides.
fn new_from(dir: &Path, list: &str, options: &[&str]) -> Output {
    std::fs::write(dir.join("pieces.csv"), list).expect("written");
    exeunt(dir, &[&["new", "mine", "--from", "pieces.csv"], options].concat())
}

#[test]
fn the_three_commands_of_the_readme_work_as_written() {
    let (list, commands) = readme();
    assert_eq!(list.lines().count(), 12, "a header and what moves");
    assert_eq!(commands.len(), 3);
    let left = std::fs::read_to_string(root().join("data/pieces.csv")).expect("there is a list");
    assert_eq!(list, left, "the demo leaves the list that the README shows");
    let dir = place();
    std::fs::write(dir.path().join("pieces.csv"), list).expect("written");
    for command in &commands {
        let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
        if args[0] == "plan" {
            args.extend(["--seconds", "1"]); // the same command, in less time
        }
        let output = exeunt(dir.path(), &args);
        assert_eq!(code(&output), 0, "{args:?}\n{}\n{}", text(&output), error(&output));
    }
    // whatever was filled in says that it is assumed, and nothing is read from a guess
    let types = std::fs::read_to_string(dir.path().join("mine/tails.csv")).expect("written");
    assert!(types.contains("`IL76` is read as Il-76MD"), "{types}");
}

#[test]
fn minimal_is_planned_and_accepted() {
    let dir = place();
    for args in [
        &["new", "mine", "--template", "minimal"][..],
        &["validate", "mine"],
        &["plan", "mine", "-o", "plan.json", "--epochs", "1"],
        &["check", "mine", "plan.json", "--self-test"],
    ] {
        let output = exeunt(dir.path(), args);
        assert_eq!(code(&output), 0, "{args:?}\n{}\n{}", text(&output), error(&output));
    }
}

#[test]
fn what_cannot_be_assumed_is_asked_for_by_name() {
    let dir = place();
    let list = "name,kind,count,length_m,width_m,height_m,mass_kg\n\
                Soldiers,people,,,,,\n\
                Field kitchen,vehicle,1,4.4,2.2,,\n\
                BTR-81,vehicle,2,,,,\n\
                Crate,box,1,1,1,1,20\n\
                Truck,vehicle,1,7.9,2.5,3.1,9800 lb\n\
                Cooks,people,12,,,,90\n\
                Tent,pallet,none,1,1,1,200\n";
    let output =
        new_from(dir.path(), list, &["--origin", "UAAX", "--fleet", "4xIL79", "--by", "soon"]);
    assert_eq!(code(&output), 2);
    let said = error(&output);
    for part in [
        "`Soldiers` does not say how many people",
        "`Field kitchen` has no height_m, mass_kg",
        "write the code `BTR80`",
        "`box` is not a kind of piece",
        "is not a positive number",
        "the airfield `UAAX` is not in the built-in table",
        "did you mean `UAA",
        "the airfield where they go is not given",
        "the aircraft type `IL79` is not in the built-in table",
        "`soon` is not a day",
        "says nothing of people here",
        "`none` is not a whole number",
    ] {
        assert!(said.contains(part), "no `{part}` in:\n{said}");
    }
    assert!(!dir.path().join("mine").exists(), "nothing is written");
}

#[test]
fn a_folder_that_holds_something_is_never_overwritten() {
    let dir = place();
    std::fs::create_dir(dir.path().join("mine")).expect("made");
    std::fs::write(dir.path().join("mine/notes.txt"), "mine").expect("written");
    let output = exeunt(dir.path(), &["new", "mine", "--template", "minimal"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("not an empty folder"), "{}", error(&output));
    assert_eq!(std::fs::read_dir(dir.path().join("mine")).expect("there").count(), 1);
}

#[test]
fn measures_in_other_units_are_converted_by_their_column() {
    let dir = place();
    let list =
        "Item;Qty;kind;length_cm;width_mm;height_m;weight_t\nTruck;2;vehicle;794;2500;3,2;11,9\n";
    let output = new_from(
        dir.path(),
        list,
        &[
            "--origin",
            "ALA",
            "--to",
            "Minsk National",
            "--fleet",
            "1xIl-76MD",
            "--by",
            "2027-01-31",
        ],
    );
    assert_eq!(code(&output), 0, "{}", error(&output));
    let pieces = std::fs::read_to_string(dir.path().join("mine/pieces.csv")).expect("written");
    assert!(pieces.contains("7.940,2.500,3.200,11900"), "{pieces}");
}
