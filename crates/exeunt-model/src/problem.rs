//! What can be wrong with the input, as data.

use serde::Serialize;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used; somebody should look at it.
    Warning,
}

/// Where a problem lies. Rows count from 1 and include the header, columns carry their name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Place {
    /// File, as the user named it.
    pub file: String,
    /// Sheet or table, where the file has several.
    pub sheet: Option<String>,
    /// Line in a text file or row in a sheet.
    pub row: Option<u64>,
    /// Column or key.
    pub column: Option<String>,
    /// Byte offset and length in the file, where known.
    pub span: Option<(usize, usize)>,
}

/// One thing that is wrong, with its remedy. Sentences are lower case without a final stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// Stable code, such as `unknown-id` or `C12`; listed in docs/problems.md.
    pub code: String,
    /// The row or object that is wrong, such as "piece `AM-V01`".
    pub object: String,
    /// Where it stands.
    pub place: Place,
    /// One sentence with value and limit.
    pub message: String,
    /// The offending value as written.
    pub value: Option<String>,
    /// The limit it breaks.
    pub limit: Option<String>,
    /// What to do.
    pub remedy: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.place.file)?;
        if let Some(sheet) = &self.place.sheet {
            write!(f, " [{sheet}]")?;
        }
        if let Some(row) = self.place.row {
            write!(f, ":{row}")?;
        }
        if let Some(column) = &self.place.column {
            write!(f, " ({column})")?;
        }
        write!(f, ": {}: {}; {}", self.code, self.message, self.remedy)
    }
}
