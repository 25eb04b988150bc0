//! What every subcommand shares of the terminal: progress, and words on standard error.

mod progress;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use progress::Shown;
use std::fmt;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::num::NonZeroUsize;

/// Whether something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal only.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether and how progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    /// A bar, on a terminal only.
    Auto,
    /// A bar.
    Always,
    /// Nothing.
    Never,
    /// A line of JSON every second.
    Json,
}

/// Says something on standard error; if nobody reads that any more, nobody hears it.
pub fn say(words: impl fmt::Display) {
    let _ = writeln!(stderr(), "{words}");
}

/// Where help lists them.
const EVERYWHERE: &str = "Everywhere";

/// Flags that mean the same in every subcommand.
#[derive(Debug, Clone, Args)]
pub struct Terminal {
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, help_heading = EVERYWHERE, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on standard error
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub verbose: bool,
    /// Progress on standard error
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value = "auto", value_name = "WHEN")]
    pub progress: Progress,
    /// Colours; NO_COLOR in the environment stands for never
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: When,
    /// Threads to use; never changes the result [default: all cores]
    #[arg(short, long, global = true, help_heading = EVERYWHERE, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Whether the program goes on after this subcommand, as the shell does.
    #[arg(skip)]
    pub goes_on: bool,
}

impl Terminal {
    /// Lets go of something at the end of a subcommand. What is left to the system is gone at once, while the engine would
    /// take it down piece by piece.
    pub fn leave<T>(&self, thing: T) {
        if self.goes_on { drop(thing) } else { std::mem::forget(thing) }
    }

    /// Says something to a person, unless told to be quiet.
    pub fn note(&self, words: &str) {
        if !self.quiet {
            say(words);
        }
    }

    /// Says something only to those who asked for more.
    pub fn detail(&self, words: &str) {
        if self.verbose {
            say(words);
        }
    }

    /// Whether what goes to standard output is coloured.
    pub fn colors_output(&self) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        }
    }

    /// How far work on `total` things named `what` has come, or on as many as there are; what shows it goes with it.
    pub fn progress(&self, total: Option<usize>, what: &'static str) -> ProgressBar {
        let shown = match self.progress {
            Progress::Json => Shown::Json,
            Progress::Always => Shown::Bar,
            Progress::Auto if stderr().is_terminal() && !self.quiet => Shown::Bar,
            Progress::Auto | Progress::Never => return ProgressBar::hidden(),
        };
        shown.begin(total.map(|total| total as u64), what)
    }
}
