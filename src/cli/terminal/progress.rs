//! How far work has come, as a bar or as lines of JSON.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressState, ProgressStyle, TermLike};
use std::fmt;
use std::io::{IsTerminal, Result, Write, stderr};
use std::time::Duration;

/// What shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A bar that goes when the work is done.
    Bar,
    /// A line of JSON every second, and one when the work is done.
    Json,
}

impl Shown {
    /// None of `total` things is done.
    pub(super) fn begin(self, total: Option<u64>, what: &str) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(total, self.target()).with_finish(self.end());
        if let Ok(style) = ProgressStyle::with_template(&self.template(total, what)) {
            bar.set_style(style.with_key("seconds", seconds));
        }
        bar.enable_steady_tick(match self {
            Self::Bar => Duration::from_millis(200),
            Self::Json => Duration::from_secs(1),
        });
        bar
    }

    fn target(self) -> ProgressDrawTarget {
        match self {
            Self::Bar if stderr().is_terminal() => ProgressDrawTarget::stderr(),
            Self::Bar => ProgressDrawTarget::term_like(Box::new(Piped)),
            Self::Json => ProgressDrawTarget::term_like_with_hz(Box::new(Lines), 1),
        }
    }

    fn end(self) -> ProgressFinish {
        match self {
            Self::Bar => ProgressFinish::AndClear,
            Self::Json => ProgressFinish::Abandon,
        }
    }

    fn template(self, total: Option<u64>, what: &str) -> String {
        match (self, total) {
            (Self::Bar, Some(_)) => format!("{{bar:30}} {{pos}}/{{len}} {what} {{elapsed}}"),
            (Self::Bar, None) => format!("{{spinner}} {{pos}} {what} {{elapsed}}"),
            (Self::Json, _) => {
                let total = if total.is_some() { "\"total\":{len}," } else { "" };
                format!("{{{{\"unit\":\"{what}\",\"done\":{{pos}},{total}\"seconds\":{{seconds}}}}}}")
            }
        }
    }
}

fn seconds(state: &ProgressState, out: &mut dyn fmt::Write) {
    let _ = write!(out, "{:.1}", state.elapsed().as_secs_f64());
}

/// Standard error as a terminal of eighty columns, though it is none.
#[derive(Debug)]
struct Piped;

impl Piped {
    /// Moves by `steps` in a direction of ECMA-48: A up, B down, C right, D left.
    fn step(steps: usize, direction: char) -> Result<()> {
        if steps == 0 { Ok(()) } else { write!(stderr(), "\u{1b}[{steps}{direction}") }
    }
}

impl TermLike for Piped {
    fn width(&self) -> u16 {
        80
    }

    fn move_cursor_up(&self, n: usize) -> Result<()> {
        Self::step(n, 'A')
    }

    fn move_cursor_down(&self, n: usize) -> Result<()> {
        Self::step(n, 'B')
    }

    fn move_cursor_right(&self, n: usize) -> Result<()> {
        Self::step(n, 'C')
    }

    fn move_cursor_left(&self, n: usize) -> Result<()> {
        Self::step(n, 'D')
    }

    fn write_line(&self, s: &str) -> Result<()> {
        writeln!(stderr(), "{s}")
    }

    fn write_str(&self, s: &str) -> Result<()> {
        write!(stderr(), "{s}")
    }

    fn clear_line(&self) -> Result<()> {
        write!(stderr(), "\r\u{1b}[2K")
    }

    fn flush(&self) -> Result<()> {
        stderr().flush()
    }
}

/// Standard error a line at a time: nothing is taken back, and what would only fill a line is left out.
#[derive(Debug)]
struct Lines;

impl TermLike for Lines {
    fn width(&self) -> u16 {
        80
    }

    fn move_cursor_up(&self, _: usize) -> Result<()> {
        Ok(())
    }

    fn move_cursor_down(&self, _: usize) -> Result<()> {
        Ok(())
    }

    fn move_cursor_right(&self, _: usize) -> Result<()> {
        Ok(())
    }

    fn move_cursor_left(&self, _: usize) -> Result<()> {
        Ok(())
    }

    fn write_line(&self, s: &str) -> Result<()> {
        self.write_str(s)
    }

    fn write_str(&self, s: &str) -> Result<()> {
        if s.trim().is_empty() { Ok(()) } else { writeln!(stderr(), "{}", s.trim()) }
    }

    fn clear_line(&self) -> Result<()> {
        Ok(())
    }

    fn flush(&self) -> Result<()> {
        stderr().flush()
    }
}
