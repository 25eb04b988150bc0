//! Standard error drawn upon as a terminal, though it is none.

use indicatif::TermLike;
use std::io::{Result, Write, stderr};

/// Eighty columns of standard error.
#[derive(Debug)]
pub struct Piped;

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
