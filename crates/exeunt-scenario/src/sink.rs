//! Where problems are collected: all of them, up to a number per file that a person can still read.

use crate::codes::{Code, MORE_PROBLEMS};
use crate::suggest::counted;
use exeunt_model::Problem;
use exeunt_model::problem::{Place, Severity};
use std::collections::BTreeMap;

/// Problems kept per file; the rest are counted.
const MAX_PER_FILE: usize = 500;

/// What is wrong with a cell, without saying which: "`mass_kg` of piece `P1` is `-5`, " comes before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) says: String,
    pub(crate) limit: Option<String>,
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(code: Code, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, says: says.into(), limit: None, remedy: remedy.into() }
    }
    pub(crate) fn limit(self, limit: impl Into<String>) -> Self {
        Self { limit: Some(limit.into()), ..self }
    }
}

/// Collects problems.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sink {
    found: Vec<Problem>,
    per_file: BTreeMap<String, usize>,
}

impl Sink {
    pub(crate) fn push(&mut self, problem: Problem) {
        let n = match self.per_file.get_mut(&problem.place.file) {
            Some(n) => n,
            None => self.per_file.entry(problem.place.file.clone()).or_default(),
        };
        *n += 1;
        if *n <= MAX_PER_FILE {
            self.found.push(problem);
        }
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        for (file, n) in other.per_file {
            *self.per_file.entry(file).or_default() += n;
        }
    }

    pub(crate) fn found(&self) -> &[Problem] {
        &self.found
    }

    /// Returns the problems by file, row and column, and one more for each file that has too many.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for (file, n) in self.per_file {
            if n > MAX_PER_FILE {
                let more = format!("not shown: {} more", counted(n - MAX_PER_FILE, "problem"));
                let remedy = "correct those shown and read again";
                self.found.push(file_problem(MORE_PROBLEMS, &file, more, remedy));
            }
        }
        self.found
            .sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
        self.found.dedup();
        self.found
    }
}

/// Makes a problem of a whole file.
pub(crate) fn file_problem(
    code: Code,
    file: &str,
    message: impl Into<String>,
    remedy: impl Into<String>,
) -> Problem {
    let place = Place { file: file.to_owned(), ..Place::default() };
    Problem {
        severity: Severity::Error,
        code: code.0.to_owned(),
        object: format!("file `{file}`"),
        place,
        message: message.into(),
        value: None,
        limit: None,
        remedy: remedy.into(),
    }
}
