//! `exeunt statements`: the ledger as a list, a row more, or its rows set side by side.

use crate::args::{
    AddStatementArgs, CheckStatementsArgs, LedgerArgs, ListStatementsArgs, StatementKind,
    StatementsArgs, StatementsCommand, Summary,
};
use crate::commands::report::{any_moment, refuse_other_tables};
use crate::{exit, files, print};
use exeunt_model::{PromiseId, Scenario, Timestamp};
use exeunt_report::ledger::{self, Filter, Forecast};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The file that rows are added to.
const FILE: &str = "statements.csv";
/// What it is written to before it replaces the file; while it is there nobody else adds a row.
const UNFINISHED: &str = ".statements.csv.unfinished";

pub(crate) fn run(args: &StatementsArgs) -> u8 {
    let done = match &args.command {
        StatementsCommand::List(args) => list(args),
        StatementsCommand::Add(args) => add(args),
        StatementsCommand::Check(args) => check(args),
    };
    done.unwrap_or_else(|code| code)
}

fn read_at(s: &Scenario, args: &LedgerArgs) -> Result<Option<Timestamp>, u8> {
    args.at.as_deref().map(|text| any_moment(s, text, args.summary)).transpose()
}

fn list(args: &ListStatementsArgs) -> Result<u8, u8> {
    let show = &args.ledger;
    let loaded = files::scenario(&args.scenario, &show.overlay.overlay, show.summary)?;
    let s = &loaded.scenario;
    let promise = |id: &String| -> Result<PromiseId, u8> {
        s.promises.find(|promise| promise.name == *id).ok_or_else(|| {
            let message = format!("`{id}` is not a promise of the scenario");
            files::refuse_usage(&message, "name an id of the table `promises`", show.summary)
        })
    };
    let filter = Filter {
        at: read_at(s, show)?,
        kind: args.kind.map(|kind| kind_word(kind).to_owned()),
        office: args.office.clone(),
        promise: args.promise.as_ref().map(promise).transpose()?,
    };
    let rows = ledger::select(s, &filter);
    let language = show.lang.into();
    print(&match show.summary {
        Summary::Text => ledger::list_text(s, &rows, filter.at, language, show.names),
        Summary::Json => {
            format!("{:#}\n", ledger::list_value(s, &rows, filter.at, language, show.names))
        }
    });
    Ok(exit::DONE)
}

fn kind_word(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Fact => "fact",
        StatementKind::Plan => "plan",
        StatementKind::Promise => "promise",
        StatementKind::Judgement => "judgement",
        StatementKind::Decision => "decision",
        StatementKind::Request => "request",
    }
}

fn check(args: &CheckStatementsArgs) -> Result<u8, u8> {
    let show = &args.ledger;
    let loaded = files::scenario(&args.scenario, &show.overlay.overlay, show.summary)?;
    let s = &loaded.scenario;
    let at = read_at(s, show)?;
    let verdict = args.plan.as_ref().map(|path| {
        let plan = files::plan(path, show.summary)?;
        refuse_other_tables(s, &plan, path, show.summary)?;
        Ok::<_, u8>(exeunt_check::check(s, &plan, None))
    });
    let verdict = verdict.transpose()?;
    // probabilities are those of a simulation of the plan; nothing here computes one
    let forecast = verdict.as_ref().map(|verdict| Forecast { verdict, probabilities: &[] });
    let reckoning = ledger::reckon(s, at, forecast.as_ref());
    print(&match show.summary {
        Summary::Text => ledger::text(s, &reckoning, show.lang.into(), show.names),
        Summary::Json => format!("{:#}\n", ledger::value(s, &reckoning)),
    });
    Ok(if reckoning.is_broken(s) { exit::BROKEN } else { exit::DONE })
}

fn add(args: &AddStatementArgs) -> Result<u8, u8> {
    let summary = args.show.summary;
    let folder = folder(&args.scenario, summary)?;
    files::scenario(&folder, &[], summary)?;
    // a link is followed, so that what it points to changes and not the link
    let path = folder.join(FILE);
    let path = fs::canonicalize(&path).unwrap_or(path);
    let unfinished = Unfinished::begin(path.with_file_name(UNFINISHED), summary)?;
    let failed = |error: std::io::Error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        files::refuse_usage(&message, "correct its access rights", summary)
    };
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(failed)?,
    };
    let name = folder.join(FILE).display().to_string();
    let cells = cells(args);
    let cells: Vec<(&str, &str)> = cells.iter().map(|(name, text)| (*name, &**text)).collect();
    let appended = exeunt_scenario::append_row("statements", &name, &bytes, &cells)
        .map_err(|problems| files::refuse(&problems, &folder, summary))?;
    let draft = exeunt_scenario::read_draft_with(&folder, FILE, &appended.bytes);
    let loaded = exeunt_scenario::build(draft)
        .map_err(|problems| files::refuse(&problems, &folder, summary))?;
    unfinished.replace(&path, (&bytes, &appended.bytes), summary)?;
    shown(args, &loaded.scenario, &name, &appended.id);
    Ok(exit::DONE)
}

/// Shows the row that was added.
fn shown(args: &AddStatementArgs, s: &Scenario, file: &str, id: &str) {
    let row = s.statements.find(|row| row.name == id).expect("the row was read again");
    let language = exeunt_report::Language::En;
    print(&match args.show.summary {
        Summary::Text => format!(
            "added to {file}; plans made before name another hash of the scenario\n\n{}",
            ledger::list_text(s, &[row], None, language, true)
        ),
        Summary::Json => {
            let mut value = ledger::list_value(s, &[row], None, language, true);
            let statement = value["statements"][0].take();
            let added = serde_json::json!({ "file": file, "id": id, "statement": statement });
            format!("{added:#}\n")
        }
    });
}

/// Returns the scenario's folder, or says why no row can be added to what was named.
fn folder(path: &Path, summary: Summary) -> Result<PathBuf, u8> {
    if path.is_dir() {
        return Ok(path.to_owned());
    }
    let name = path.display();
    let (message, remedy) = match path.is_file() {
        true => (
            format!("`{name}` is one file; rows are added to the tables of a folder"),
            "add the row to its key `statements`, or write its tables into a folder".to_owned(),
        ),
        false => (
            format!("`{name}` is not a scenario folder; what is in the program cannot be added to"),
            "write it with `exeunt new DIR --template NAME`, then add to DIR".to_owned(),
        ),
    };
    Err(files::refuse_usage(&message, &remedy, summary))
}

/// Returns the cells of the row; those not given are blank.
fn cells(args: &AddStatementArgs) -> Vec<(&'static str, String)> {
    let one = |text: &Option<String>| text.clone().unwrap_or_default();
    let list = |items: &[String]| items.join(";");
    vec![
        ("id", one(&args.id)),
        ("date", args.date.clone()),
        ("time", one(&args.time)),
        ("zone", one(&args.zone)),
        ("recorded", one(&args.recorded)),
        ("language", one(&args.language)),
        ("speaker", one(&args.speaker)),
        ("office", one(&args.office)),
        ("via", one(&args.via)),
        ("origin", one(&args.origin)),
        ("kind", args.kind.clone()),
        ("status", one(&args.status)),
        ("text", args.text.clone()),
        ("quantity", one(&args.quantity)),
        ("unit", one(&args.unit)),
        ("counts", one(&args.counts)),
        ("set", list(&args.set)),
        ("day", one(&args.day)),
        ("deadline", one(&args.deadline)),
        ("conflicts", list(&args.conflicts)),
        ("source_type", one(&args.source_type)),
        ("confirms", list(&args.confirms)),
        ("bears_on", list(&args.bears_on)),
        ("source", one(&args.source)),
        ("assumed", one(&args.assumed)),
        ("note", one(&args.note)),
    ]
}

/// A file that is being written beside the one that it will replace; removed again if it never does.
struct Unfinished {
    path: PathBuf,
    file: fs::File,
    /// Once it has taken its place the name may be somebody else's.
    is_done: bool,
}

impl Unfinished {
    fn begin(path: PathBuf, summary: Summary) -> Result<Self, u8> {
        match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => Ok(Self { path, file, is_done: false }),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let message = format!("`{}` is there: somebody else adds a row", path.display());
                let remedy = "wait, or remove it if nobody does: an interrupted run left it";
                Err(files::refuse_usage(&message, remedy, summary))
            }
            Err(error) => {
                let message = format!("`{}` cannot be written: {error}", path.display());
                Err(files::refuse_usage(&message, "correct its access rights", summary))
            }
        }
    }

    /// Writes the bytes to the disk and lets them take the place of those that the file had.
    fn replace(
        mut self,
        path: &Path,
        (before, after): (&[u8], &[u8]),
        summary: Summary,
    ) -> Result<(), u8> {
        let refuse = |message: String, remedy| files::refuse_usage(&message, remedy, summary);
        if fs::read(path).unwrap_or_default() != before {
            let message = format!("`{}` has changed meanwhile", path.display());
            return Err(refuse(message, "try again"));
        }
        let written = self.file.write_all(after).and_then(|()| {
            if let Ok(metadata) = fs::metadata(path) {
                fs::set_permissions(&self.path, metadata.permissions())?;
            }
            self.file.sync_all()?;
            fs::rename(&self.path, path)
        });
        self.is_done = written.is_ok();
        written.map_err(|error| {
            let message = format!("`{}` cannot be written: {error}", path.display());
            refuse(message, "the file is as it was; make room, or correct its access rights")
        })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_done {
            // if it cannot be removed, the next run names it
            let _ = fs::remove_file(&self.path);
        }
    }
}
