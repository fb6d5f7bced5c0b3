//! Every error of the library, in sentences that tell the user what to change.

use std::fmt;
use std::path::{Path, PathBuf};

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong: files, seeds and queries may; text never does.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file was read but is not what it should be.
    #[error("{position}: {message}")]
    Syntax {
        /// Where.
        position: Position,
        /// What was expected, and how to mend it.
        message: String,
    },
    /// A request that makes no sense: an unknown format, predicate or entity.
    #[error("{0}")]
    Usage(String),
    /// A query that cannot be read, with the place where it stops making sense.
    #[error("{0}")]
    Query(String),
    /// Something took more time or room than it was allowed.
    #[error("{0}")]
    Limit(String),
    /// The output could not be written.
    #[error("the output could not be written: {0}")]
    Write(#[from] std::io::Error),
}

impl Error {
    /// An error of reading or writing a file.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error) -> Error {
        Error::Io { path: path.as_ref().to_owned(), source }
    }

    /// An error in a file, at a line counted from 1, where one is known.
    pub fn syntax(file: impl Into<String>, line: impl Into<Option<usize>>, message: impl Into<String>) -> Error {
        Error::Syntax { position: Position { file: file.into(), line: line.into() }, message: message.into() }
    }

    /// Where in a file it is, if it is in one.
    pub fn position(&self) -> Option<&Position> {
        match self {
            Error::Syntax { position, .. } => Some(position),
            _ => None,
        }
    }

    /// Whether a reader went away: not an error to a program in a pipe.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Error::Io { source, .. } | Error::Write(source) => source.kind() == std::io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file as the user named it.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
