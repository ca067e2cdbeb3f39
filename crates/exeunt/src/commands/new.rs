//! `exeunt new`: writes a template, or a scenario made of a stranger's own list.

use crate::args::{NewArgs, Summary, Template};
use crate::{exit, files, print};
use exeunt::list::{self, Wishes};
use exeunt_scenario::Loaded;
use include_dir::{Dir, include_dir};
use std::path::Path;

static KAZAKHSTAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios/kazakhstan-2022");
static DEPLOYMENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios/deployment");
static MINIMAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios/minimal");

pub(crate) fn run(args: &NewArgs) -> u8 {
    make(args).unwrap_or_else(|code| code)
}

fn make(args: &NewArgs) -> Result<u8, u8> {
    if args.known {
        print(&list::known());
        return Ok(exit::DONE);
    }
    let folder = args.dir.as_deref().expect("clap asks for a folder or --known");
    files::refuse_used_folder(folder)?;
    if let Some(template) = args.template {
        write_embedded(&embedded(template), folder)?;
        print(&format!(
            "written: {0}\nnext: read {0}/README.md, change the tables, then exeunt plan {0} -o plan.json\n",
            folder.display()
        ));
        return Ok(exit::DONE);
    }
    let pieces = args.from.as_deref().expect("clap asks for --from or --template");
    let loaded = from_list(args, pieces)?;
    loaded.draft.write_folder(folder).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", folder.display());
        files::refuse_usage(&message, "name another folder", Summary::Text)
    })?;
    report(&loaded, folder);
    Ok(exit::DONE)
}

/// Makes the scenario of a list, or shows everything that is wrong or missing; nothing is written yet.
fn from_list(args: &NewArgs, pieces: &Path) -> Result<Loaded, u8> {
    let wishes = Wishes {
        origin: args.origin.as_deref(),
        to: args.to.as_deref(),
        fleet: args.fleet.as_deref(),
        stands: args.stands,
        by: args.by.as_deref(),
        start: args.start.as_deref(),
        base: args.base.as_deref(),
    };
    let text =
        list::read(pieces).map_err(|problem| files::refuse(&[*problem], pieces, Summary::Text))?;
    list::scenario(&text, &pieces.display().to_string(), &wishes)
        .and_then(exeunt_scenario::build)
        .map_err(|problems| files::refuse(&problems, pieces, Summary::Text))
}

fn report(loaded: &Loaded, folder: &Path) {
    let dir = folder.display();
    files::show(&loaded.warnings, folder);
    let s = &loaded.scenario;
    let items: i64 = s.pieces.rows.iter().map(|p| p.items_each() * p.count).sum();
    let people: i64 = s.pieces.rows.iter().map(|p| p.people_each() * p.count).sum();
    print(&format!(
        "written: {dir}, {people} people and {items} vehicles, pallets and containers, {} aircraft\n\
         {} of {} rows are assumed; each says so in its column `assumed`. the first to look at:\n",
        s.tails.len(),
        s.assumptions.len(),
        s.n_graded_rows,
    ));
    let weighty = ["clearances", "air_legs", "capacity", "tails", "operation", "pieces"];
    for table in weighty {
        if let Some(row) = s.assumptions.iter().find(|row| row.table == table) {
            let file = if table == "operation" { "operation.toml" } else { table };
            print(&format!("  {file} {}: {}\n", row.row, row.text));
        }
    }
    print(&format!("next: exeunt plan {dir} -o plan.json\n      exeunt check {dir} plan.json\n"));
}

/// Returns the files of a template.
pub(crate) fn embedded(template: Template) -> Vec<(&'static str, &'static [u8])> {
    let dir = match template {
        Template::Minimal => &MINIMAL,
        Template::Kazakhstan2022 => &KAZAKHSTAN,
        Template::Deployment => &DEPLOYMENT,
    };
    dir.files()
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents())))
        .collect()
}

/// Writes files into a folder that is made if it is missing.
pub(crate) fn write_embedded(files_in: &[(&str, &[u8])], dir: &Path) -> Result<(), u8> {
    let unwritable = |error: std::io::Error| {
        let message = format!("`{}` cannot be written: {error}", dir.display());
        files::refuse_usage(&message, "run it in a folder that you may write to", Summary::Text)
    };
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    for (name, bytes) in files_in {
        std::fs::write(dir.join(name), bytes).map_err(unwritable)?;
    }
    Ok(())
}
