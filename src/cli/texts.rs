//! The `TEXT…` arguments of every subcommand that reads texts.

use super::failure::{Exit, Failure, Outcome};
use super::terminal::{Terminal, say};
use clap::{Args, ValueEnum};
use jinxiu::text::{Naming, Source, SourceError, Text, find};
use std::path::PathBuf;

/// What texts are called.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Ids {
    /// After the file's name without the extension
    Stem,
    /// After the path below the folder given
    Path,
}

/// Which texts to read.
#[derive(Debug, Clone, Args)]
pub struct Texts {
    /// Text files, folders of .txt files, or - for standard input (UTF-8, UTF-16, GB18030 or Big5)
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<PathBuf>,
    /// What texts are called in results
    #[arg(long, value_enum, default_value = "stem")]
    pub ids: Ids,
}

impl Texts {
    /// The texts there are; none is read yet.
    pub fn sources(&self) -> Result<Vec<Source>, Failure> {
        jinxiu::pipeline::warm_up();
        let naming = match self.ids {
            Ids::Stem => Naming::Stem,
            Ids::Path => Naming::Path,
        };
        find(&self.texts, naming).map_err(|error| Failure::new(Exit::Input, error))
    }
}

/// How many texts are in memory at a time.
pub const BATCH: usize = 64;

/// Texts that could not be read, told of as they are met.
#[derive(Debug, Default)]
pub struct Unread {
    errors: Vec<SourceError>,
}

impl Unread {
    /// The text of a source, unless it cannot be read.
    pub fn keep<T>(&mut self, read: Result<T, SourceError>) -> Option<T> {
        read.map_err(|error| self.errors.push(error)).ok()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    /// Whether none of `total` texts could be read.
    pub fn is_all_of(&self, total: usize) -> bool {
        self.errors.len() == total
    }

    /// Says at the end which of `total` texts were left out.
    pub fn outcome(mut self, total: usize) -> Outcome {
        match self.errors.len() {
            0 => Ok(()),
            1 if total == 1 => Err(Failure::new(Exit::Input, self.errors.remove(0))),
            count => {
                self.errors.iter().for_each(|error| say(format_args!("jinxiu: {error}")));
                let exit = if count == total { Exit::Input } else { Exit::Partial };
                Err(Failure::said(exit, format_args!("{count} of {total} texts could not be read")))
            }
        }
    }
}

/// Reads the texts batch by batch, does `work` on each side by side, and hands the results over in order.
pub fn each<T: Send, E>(
    sources: &[Source],
    terminal: &Terminal,
    work: impl Fn(&str, Text) -> T + Sync + Send,
    mut hand_over: impl FnMut(T) -> Result<(), E>,
) -> Result<Unread, E> {
    let bar = terminal.progress(Some(sources.len()), "texts");
    let mut unread = Unread::default();
    for batch in sources.chunks(BATCH) {
        if super::interrupt::is_asked() {
            break;
        }
        let results = jinxiu::pipeline::side_by_side(batch, |source| {
            let result = source.read().map(|text| work(&source.id, text));
            bar.inc(1);
            result
        });
        results.into_iter().filter_map(|result| unread.keep(result)).try_for_each(&mut hand_over)?;
    }
    Ok(unread)
}
