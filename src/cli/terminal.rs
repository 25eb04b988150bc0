//! What every subcommand shares of the terminal: progress, and words on standard error.

mod piped;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use piped::Piped;
use std::io::{IsTerminal, stderr};
use std::num::NonZeroUsize;
use std::time::Duration;

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

/// Flags that mean the same in every subcommand.
#[derive(Debug, Clone, Args)]
pub struct Terminal {
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on standard error
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Progress on standard error
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub progress: When,
    /// Threads to use; never changes the result [default: all cores]
    #[arg(short, long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

impl Terminal {
    /// Says something to a person, unless told to be quiet.
    pub fn note(&self, words: &str) {
        if !self.quiet {
            eprintln!("{words}");
        }
    }

    /// Says something only to those who asked for more.
    pub fn detail(&self, words: &str) {
        if self.verbose {
            eprintln!("{words}");
        }
    }

    /// A bar for `total` things named `what`; shown on a terminal only, or when asked for.
    pub fn progress(&self, total: usize, what: &str) -> ProgressBar {
        let shown = match self.progress {
            When::Always => true,
            When::Never => false,
            When::Auto => stderr().is_terminal() && !self.quiet,
        };
        if !shown {
            return ProgressBar::hidden();
        }
        let target = if stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::term_like(Box::new(Piped))
        };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let template = format!("{{bar:30}} {{pos}}/{{len}} {what} {{elapsed}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}
