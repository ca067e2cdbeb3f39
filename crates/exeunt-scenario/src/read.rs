//! Folders, files and bytes into a [`Draft`]: sizes, encoding, and which file is which table.

use crate::codes::{CANNOT_READ, FILE_TOO_LARGE, NOT_UTF8, NUL_BYTE, UNKNOWN_TABLE};
use crate::draft::Draft;
use crate::sink::file_problem;
use crate::suggest::{did_you_mean, grouped, shown};
use crate::tables::{MAX_BYTES, TABLES, table_position};
use crate::{json, operation, table};
use exeunt_model::Problem;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Reads a folder or a JSON file as written; what goes wrong stands in the draft.
pub fn read_draft(path: &Path) -> Draft {
    let mut draft = Draft::default();
    match std::fs::metadata(path) {
        Err(error) => refuse(&mut draft, &unreadable(path, &error.to_string())),
        Ok(metadata) if metadata.is_dir() => read_folder(&mut draft, path, None),
        Ok(_) => read_one_file(&mut draft, path),
    }
    draft.limit_rows();
    draft
}

/// Reads a folder as it would be with other bytes in one of its files, or with one file more.
pub fn read_draft_with(folder: &Path, file: &str, bytes: &[u8]) -> Draft {
    let mut draft = Draft::default();
    read_folder(&mut draft, folder, Some((file, bytes)));
    draft.limit_rows();
    draft
}

/// Reads files that are in memory, such as those embedded in a program: name and bytes of each.
///
/// Names are those of a folder (`operation.toml`, `pieces.csv`) or of one JSON file; folders before
/// the name are kept for messages only.
pub fn draft_from_files<N: AsRef<str>, B: AsRef<[u8]>>(
    files: impl IntoIterator<Item = (N, B)>,
) -> Draft {
    let mut draft = Draft::default();
    for (name, bytes) in files {
        let (name, bytes) = (name.as_ref(), bytes.as_ref());
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        match size > MAX_BYTES {
            true => refuse(&mut draft, &too_large(name, size)),
            false if name.ends_with(".json") => json::read(&mut draft, name, bytes),
            false => read_table_file(&mut draft, name, bytes),
        }
    }
    draft.limit_rows();
    draft
}

fn read_folder(draft: &mut Draft, folder: &Path, instead: Option<(&str, &[u8])>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return refuse(draft, &unreadable(folder, &error.to_string())),
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    if let Some((file, _)) = instead
        && !paths.contains(&folder.join(file))
    {
        paths.push(folder.join(file));
    }
    paths.sort();
    for path in paths.iter().filter(|path| is_table_file(path)) {
        let name = path.display().to_string();
        let other = instead.filter(|(file, _)| *path == folder.join(file));
        match other.map_or_else(|| read_bytes(path), |(_, bytes)| Ok(bytes.to_vec())) {
            Ok(bytes) => read_table_file(draft, &name, &bytes),
            Err(problem) => {
                if let Some(position) = table_of(&name) {
                    draft.set_incomplete(position);
                    draft.tables[position].file = Some(draft.file(&name, None));
                }
                draft.problems.push(*problem);
            }
        }
    }
    // so that a missing table is reported in this folder
    for (position, spec) in TABLES.iter().enumerate() {
        if draft.tables[position].file.is_none() && spec.required {
            let name = folder.join(spec.file_name()).display().to_string();
            draft.tables[position].file = Some(draft.file(&name, None));
        }
    }
}

fn read_one_file(draft: &mut Draft, path: &Path) {
    let name = path.display().to_string();
    match read_bytes(path) {
        Ok(bytes) if name.ends_with(".json") => json::read(draft, &name, &bytes),
        Ok(_) => {
            let remedy = "name a folder with operation.toml and tables, or a .json file";
            let message = format!("{} is not a scenario", shown(&name));
            refuse(draft, &file_problem(CANNOT_READ, &name, message, remedy));
        }
        Err(problem) => refuse(draft, &problem),
    }
}

/// Notes a problem that leaves nothing of the input.
fn refuse(draft: &mut Draft, problem: &Problem) {
    draft.problems.push(problem.clone());
    draft.set_all_incomplete();
}

fn is_table_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("csv") || extension.eq_ignore_ascii_case("toml")
    })
}

/// Returns the table that a file of this name holds.
fn table_of(name: &str) -> Option<usize> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let position = table_position(base.rsplit_once('.').map_or(base, |(stem, _)| stem))?;
    (TABLES[position].file_name() == base).then_some(position)
}

fn read_table_file(draft: &mut Draft, name: &str, bytes: &[u8]) {
    let Some(position) = table_of(name) else {
        return draft.problems.push(unknown_table(name));
    };
    let file = draft.file(name, None);
    draft.tables[position].file = Some(file);
    match decode(name, bytes) {
        Err(problem) => {
            draft.problems.push(*problem);
            draft.set_incomplete(position);
        }
        Ok(text) if position == 0 => operation::read(draft, file, name, text),
        Ok(text) => table::read(draft, position, file, name, text),
    }
}

fn unknown_table(name: &str) -> Problem {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let names: Vec<String> = TABLES.iter().map(|spec| spec.file_name()).collect();
    let remedy = did_you_mean(base, names.iter().map(String::as_str), "rename or remove it");
    let message = format!("{} is not a table of a scenario", shown(base));
    Problem { value: Some(base.to_owned()), ..file_problem(UNKNOWN_TABLE, name, message, remedy) }
}

fn unreadable(path: &Path, reason: &str) -> Problem {
    let name = path.display().to_string();
    let message = format!("{} cannot be read ({})", shown(&name), reason.to_lowercase());
    file_problem(CANNOT_READ, &name, message, "correct the path or the access rights")
}

fn too_large(name: &str, size: u64) -> Problem {
    let number = |n: u64| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let limit = format!("{} bytes", number(MAX_BYTES));
    let message =
        format!("{} has {} bytes, more than the limit of {limit}", shown(name), number(size));
    let remedy = "split the scenario or remove what is not needed";
    Problem {
        value: Some(size.to_string()),
        limit: Some(limit),
        ..file_problem(FILE_TOO_LARGE, name, message, remedy)
    }
}

/// Reads a file whose size is within the limit; a longer one is refused unread.
fn read_bytes(path: &Path) -> Result<Vec<u8>, Box<Problem>> {
    let name = path.display().to_string();
    let fail = |error: std::io::Error| Box::new(unreadable(path, &error.to_string()));
    let metadata = std::fs::metadata(path).map_err(fail)?;
    if !metadata.is_file() {
        return Err(Box::new(unreadable(path, "it is not a file")));
    }
    if metadata.len() > MAX_BYTES {
        return Err(Box::new(too_large(&name, metadata.len())));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path).map_err(fail)?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_BYTES {
        return Err(Box::new(too_large(&name, size)));
    }
    Ok(bytes)
}

/// Returns bytes as text, a byte order mark taken off.
pub(crate) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Problem>> {
    let wrong = |code, at: usize, what: &str, remedy: &str| {
        let line = 1 + bytes.iter().take(at).filter(|&&byte| byte == b'\n').count();
        let message = format!("{} {what} (byte {})", shown(name), at + 1);
        let mut problem = file_problem(code, name, message, remedy);
        problem.place.row = u64::try_from(line).ok();
        problem.place.span = Some((at, 1));
        Box::new(problem)
    };
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(wrong(
            NUL_BYTE,
            at,
            "holds a zero byte, so it is not text",
            "save it as plain UTF-8 text",
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        wrong(NOT_UTF8, error.valid_up_to(), "is not UTF-8 text", "save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Beginnings of lines, to find the line of a byte.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        Self(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }
    /// Returns the line of a byte, from 1.
    pub(crate) fn of(&self, at: usize) -> u32 {
        u32::try_from(self.0.partition_point(|&start| start <= at)).unwrap_or(u32::MAX)
    }
}
