//! `jinxiu review`: walks through doubtful merges and statements and writes down what a person decides.

use super::decided::DecisionsArg;
use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::Terminal;
use jinxiu::graph::{Decision, Decisions};
use jinxiu::store::Store;
use std::io::{self, BufRead, Write};
use std::path::Path;

/// Decide on doubtful merges and statements, one after another
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Answers: y right, n wrong, s skip, u undo the last answer, q end. Each answer is written to the file at \
once, so that a review can be left and taken up again; the next build, add or remove heeds it.\n\nExample: jinxiu review \
--store graph --below 0.6"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    decisions: DecisionsArg,
    /// Ask about statements less sure than this
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.5)]
    below: f64,
}

/// Something to decide.
struct Question {
    words: String,
    yes: Decision,
    no: Decision,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let path = args.decisions.path(&args.store.path);
    let decisions = args.decisions.read(&args.store.path)?;
    let questions = questions(&args.store.open()?, &decisions, args.below)?;
    let mut review = Review { decisions, path: &path, given: Vec::new() };
    let asked = review.walk(&questions, &mut io::stdin().lock(), &mut io::stdout())?;
    terminal.note(&format!(
        "{} of {} decided; they stand in {}",
        review.given.len(),
        questions.len(),
        path.display()
    ));
    if asked { Ok(()) } else { Err(Failure::said(Exit::No, "nothing is left to decide")) }
}

/// What is doubtful and not yet decided.
fn questions(store: &Store, decisions: &Decisions, below: f64) -> Result<Vec<Question>, Failure> {
    let mut questions = Vec::new();
    for merge in store.merges()?.into_iter().filter(|m| m.because != "decision") {
        questions.push(Question {
            words: format!("{} = {} ?  ({})", merge.found, merge.into, merge.because),
            yes: Decision::Same(merge.into.clone(), merge.found.clone()),
            no: Decision::parse(&format!("different\t{}\t{}", merge.found, merge.into))
                .map_err(|reason| Failure::said(Exit::Input, reason))?,
        });
    }
    for doubt in store.doubts(below)? {
        questions.push(Question {
            words: format!(
                "{} {} {} ?  {}\n    {}",
                doubt.subject, doubt.property, doubt.object, doubt.confidence, doubt.words
            ),
            yes: doubt.acceptance(),
            no: doubt.rejection(),
        });
    }
    questions.retain(|q| !decisions.contains(&q.yes) && !decisions.contains(&q.no));
    Ok(questions)
}

struct Review<'a> {
    decisions: Decisions,
    path: &'a Path,
    given: Vec<(usize, Decision)>,
}

impl Review<'_> {
    /// Asks one question after another; tells whether there was any.
    fn walk(
        &mut self,
        questions: &[Question],
        answers: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<bool, Failure> {
        let mut at = 0;
        while let Some(question) = questions.get(at) {
            match ask((at, questions.len()), question, answers, out)
                .map_err(|e| Failure::file(self.path, "cannot ask", &e))?
            {
                'y' => at = self.give(at, question.yes.clone())?,
                'n' => at = self.give(at, question.no.clone())?,
                'u' => at = self.undo(at)?,
                'q' => break,
                _ => at += 1,
            }
        }
        Ok(!questions.is_empty())
    }

    fn give(&mut self, at: usize, decision: Decision) -> Result<usize, Failure> {
        self.decisions.insert(decision.clone(), "review");
        self.given.push((at, decision));
        self.write()?;
        Ok(at + 1)
    }

    fn undo(&mut self, at: usize) -> Result<usize, Failure> {
        let Some((before, decision)) = self.given.pop() else { return Ok(at) };
        self.decisions.remove(&decision);
        self.write()?;
        Ok(before)
    }

    fn write(&self) -> Outcome {
        Output::named(Some(self.path)).write(|out| write!(out, "{}", self.decisions))
    }
}

/// Asks until the answer is one of those that count; the end of the input ends the review.
fn ask(
    (at, total): (usize, usize),
    question: &Question,
    answers: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<char> {
    loop {
        write!(out, "[{}/{total}] {}\n    y n s u q > ", at + 1, question.words)?;
        out.flush()?;
        let mut line = String::new();
        if answers.read_line(&mut line)? == 0 {
            return Ok('q');
        }
        match line.trim().to_lowercase().chars().next() {
            Some(answer @ ('y' | 'n' | 's' | 'u' | 'q')) => return Ok(answer),
            _ => writeln!(out, "    y right, n wrong, s skip, u undo, q end")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(name: &str) -> Question {
        Question {
            words: name.to_owned(),
            yes: Decision::parse(&format!("same\tzone:{name}\tzone:乙")).unwrap(),
            no: Decision::parse(&format!("different\tzone:{name}\tzone:乙")).unwrap(),
        }
    }

    #[test]
    fn answers_are_written_at_once_and_can_be_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("decisions.tsv");
        let mut review = Review { decisions: Decisions::default(), path: &path, given: Vec::new() };
        let questions = [question("甲"), question("丙"), question("丁")];
        let mut out = Vec::new();
        review.walk(&questions, &mut "y\nn\nu\nwhat\ny\ns\n".as_bytes(), &mut out).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.contains("same\tzone:甲\tzone:乙\t# review"), "{written}");
        assert!(written.contains("same\tzone:丙") && !written.contains("different\t"), "{written}");
        assert_eq!(review.given.len(), 2);
        assert!(String::from_utf8(out).unwrap().contains("y right, n wrong"));
    }
}
