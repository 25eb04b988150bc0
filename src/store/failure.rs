//! How a store or a query can fail, in words that say what to do.

use oxigraph::store::StorageError;
use std::path::{Path, PathBuf};

/// A store that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("{path}: there is no store here; make one with: jinxiu build TEXT… --store {path}", path = path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error("{path}: the folder holds other files and no store; name an empty or a new folder", path = path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// Another version of the program wrote it.
    #[error("{path}: the store was written by another version of jinxiu; build it anew: jinxiu build TEXT… --store NEW", path = path.display())]
    OtherFormat {
        /// The folder.
        path: PathBuf,
    },
    /// Another process writes to it.
    #[error("{path}: the store is in use by another process; try again when that has finished", path = path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// There is no room for it.
    #[error("{path}: no room left on the disk; make room and run the same command again", path = path.display())]
    Full {
        /// The folder.
        path: PathBuf,
    },
    /// Its files are damaged.
    #[error("{path}: the store is damaged ({reason}); remove the folder and build it again from the texts: jinxiu build TEXT… --store {path}", path = path.display())]
    Corrupt {
        /// The folder.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The system refuses.
    #[error("{path}: the store cannot be used: {reason}", path = path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

impl StoreError {
    pub(super) fn new(path: &Path, error: &StorageError) -> Self {
        let told = Self::told(path, &error.to_string());
        match (error, told) {
            (StorageError::Corruption(_), Self::Unusable { path, reason }) => Self::Corrupt { path, reason },
            (_, told) => told,
        }
    }

    /// By what the engine says.
    pub(super) fn told(path: &Path, reason: &str) -> Self {
        let path = path.to_owned();
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.contains("lock file") || reason.contains("lock hold by") || reason.contains("/LOCK") {
            Self::Locked { path }
        } else if FULL.iter().any(|sign| reason.contains(sign)) {
            Self::Full { path }
        } else if is_damage(&reason) {
            Self::Corrupt { path, reason }
        } else {
            Self::Unusable { path, reason }
        }
    }
}

/// What systems and RocksDB say where the disk, a quota or a limit of size is reached.
const FULL: [&str; 5] =
    ["No space left", "File too large", "Disk quota exceeded", "NoSpace", "Max allowed space"];

/// Whether a file is there and cannot be read, apart from what a writer has yet to lay down.
pub(super) fn tells_of_broken_files(reason: &str) -> bool {
    ["checksum", "bad magic", "not an sstable", "bad block", "truncated"]
        .iter()
        .any(|sign| reason.contains(sign))
}

fn is_damage(reason: &str) -> bool {
    ["Corruption", "corrupt", "checksum", "Column family", "bad magic", "not an sstable", "No such file"]
        .iter()
        .any(|sign| reason.contains(sign))
}

/// A query that cannot be answered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum QueryError {
    /// It is not SPARQL.
    #[error("syntax error at line {line}, column {column}: {reason}\n{excerpt}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was expected.
        reason: String,
        /// The line with a caret under the place.
        excerpt: String,
    },
    /// A prefix is neither built in nor declared.
    #[error("unknown prefix {prefix}: at line {line}, column {column}{hint}\n{excerpt}")]
    Prefix {
        /// The prefix.
        prefix: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The closest known one, if any is close.
        hint: String,
        /// The line with a caret under the place.
        excerpt: String,
    },
    /// It calls a function that there is not.
    #[error("there is no function <{name}>{hint}")]
    Function {
        /// Its IRI.
        name: String,
        /// The closest known one, if any is close.
        hint: String,
    },
    /// It names other endpoints, which were not allowed.
    #[error(
        "the query asks another endpoint by SERVICE, which is off; --service 30s allows it and says how long it may take"
    )]
    Service,
    /// It leaves open which endpoint it asks.
    #[error("SERVICE with a variable: {0}")]
    Endpoint(String),
    /// It took too long.
    #[error("the time allowed for the query is over")]
    Timeout,
    /// It asks for more than it may.
    #[error("{0}")]
    Bound(String),
    /// It failed while it ran.
    #[error("the query failed: {0}")]
    Evaluation(String),
}
