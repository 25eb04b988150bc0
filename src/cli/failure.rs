//! How a run can fail, and the exit code that says so.

use super::terminal::say;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// Why a run did not do all that was asked. The number of each is its exit code; 0 is "done" or "yes".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// A "no": a threshold is missed, an ASK is false, an evidence does not hold.
    No = 1,
    /// The arguments make no sense.
    Usage = 2,
    /// A file cannot be read, written or understood.
    Input = 3,
    /// The store is missing, locked or broken.
    Store = 4,
    /// Done in part: some documents failed, the rest is kept.
    Partial = 5,
    /// A limit or the time allowed was reached.
    Limit = 6,
    /// Ctrl-C.
    Interrupted = 130,
    /// The system asked it to end.
    Terminated = 143,
}

/// A failed run: the exit code and one line that says what, where and what to do. A [`Exit::No`] may have no words,
/// since the answer is already on standard output.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    error: Option<anyhow::Error>,
    excerpt: String,
}

/// What every subcommand returns.
pub type Outcome = Result<(), Failure>;

impl Failure {
    /// A failure of that kind for that reason.
    pub fn new(exit: Exit, error: impl Into<anyhow::Error>) -> Self {
        Self { exit, error: Some(error.into()), excerpt: String::new() }
    }

    /// A failure of that kind in words.
    pub fn said(exit: Exit, message: impl fmt::Display) -> Self {
        Self::new(exit, anyhow::anyhow!("{message}"))
    }

    /// The answer is no, and standard output has said so.
    pub fn no() -> Self {
        Self { exit: Exit::No, error: None, excerpt: String::new() }
    }

    /// The same with lines of what was read, shown below the message as they are.
    pub fn showing(self, excerpt: &str) -> Self {
        Self { excerpt: excerpt.to_owned(), ..self }
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, doing: &str, error: &std::io::Error) -> Self {
        Self::said(Exit::Input, format_args!("{}: {doing}: {}", path.display(), plain(error)))
    }

    /// Prints the line to standard error and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if let Some(error) = &self.error {
            say(format_args!("jinxiu: {}", one_line(&unnumbered(&format!("{error:#}")))));
        }
        if !self.excerpt.is_empty() {
            say(&self.excerpt);
        }
        ExitCode::from(self.exit as u8)
    }
}

/// An operating system's error without its number.
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// A message without the numbers that the operating system gives its errors.
fn unnumbered(message: &str) -> String {
    let mut parts = message.split(" (os error ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| told + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// Any words on one line.
pub fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operating_system_error_is_told_without_its_number() {
        let error = std::io::Error::from_raw_os_error(2);
        assert_eq!(plain(&error), "no such file or directory");
    }

    #[test]
    fn errors_within_a_message_lose_their_numbers_too() {
        assert_eq!(unnumbered("a.ttl: not found (os error 2); b: (c)"), "a.ttl: not found; b: (c)");
    }

    #[test]
    fn a_message_of_many_lines_becomes_one() {
        assert_eq!(one_line("error:\n   bad\n\n  thing"), "error: bad thing");
    }
}
