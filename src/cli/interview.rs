//! Questions put to a person one after another: what they answer is kept at once and can be taken back.

use super::failure::{Exit, Failure, Outcome};
use std::io::{self, BufRead, Write};

/// What is asked about, and what is made of the answers.
pub trait Interview {
    /// How many questions there are.
    fn total(&self) -> usize;
    /// The words of a question; none if it need not be asked any more.
    fn words(&self, at: usize) -> Option<String>;
    /// Keeps that it is right.
    fn accept(&mut self, at: usize) -> Outcome;
    /// Keeps that it is wrong.
    fn refuse(&mut self, at: usize) -> Outcome;
    /// Forgets what was kept of a question.
    fn take_back(&mut self, at: usize) -> Outcome;
}

/// Asks one question after another; tells how many were decided. The end of the answers ends it.
pub fn walk(
    interview: &mut impl Interview,
    answers: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    let mut decided = Vec::new();
    let mut at = 0;
    while at < interview.total() {
        let Some(words) = interview.words(at) else {
            at += 1;
            continue;
        };
        let question = format!("[{}/{}] {words}", at + 1, interview.total());
        let answer = ask(&question, answers, out);
        match answer.map_err(|e| Failure::said(Exit::Input, format_args!("cannot ask: {e}")))? {
            Answer::Right => {
                interview.accept(at)?;
                decided.push(at);
            }
            Answer::Wrong => {
                interview.refuse(at)?;
                decided.push(at);
            }
            Answer::Skip => {}
            Answer::Undo => {
                if let Some(before) = decided.pop() {
                    interview.take_back(before)?;
                    at = before;
                }
                continue;
            }
            Answer::End => break,
        }
        at += 1;
    }
    Ok(decided.len())
}

/// What a person answers.
enum Answer {
    Right,
    Wrong,
    Skip,
    Undo,
    End,
}

/// Asks until the answer is one of those that count.
fn ask(question: &str, answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Answer> {
    loop {
        write!(out, "{question}\n    y n s u q > ")?;
        out.flush()?;
        let mut line = String::new();
        if answers.read_line(&mut line)? == 0 {
            return Ok(Answer::End);
        }
        match line.trim().to_lowercase().chars().next() {
            Some('y') => return Ok(Answer::Right),
            Some('n') => return Ok(Answer::Wrong),
            Some('s') => return Ok(Answer::Skip),
            Some('u') => return Ok(Answer::Undo),
            Some('q') => return Ok(Answer::End),
            _ => writeln!(out, "    y right, n wrong, s skip, u undo, q end")?,
        }
    }
}
