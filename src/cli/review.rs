//! `jinxiu review`: walks through doubtful merges and statements and writes down what a person decides.

use super::decided::DecisionsArg;
use super::failure::{Exit, Failure, Outcome, one_line};
use super::interview::{Interview, walk};
use super::opened::StoreArg;
use super::output::Output;
use super::table::printable;
use super::terminal::Terminal;
use jinxiu::graph::{Decision, Decisions, Thing};
use jinxiu::store::Store;
use std::io;
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
    let mut review = Review { questions, decisions, path: &path };
    let decided = walk(&mut review, &mut io::stdin().lock(), &mut io::stdout())?;
    let total = review.total();
    terminal.note(&format!("{decided} of {total} decided; they stand in {}", path.display()));
    if total > 0 { Ok(()) } else { Err(Failure::said(Exit::No, "nothing is left to decide")) }
}

/// What is doubtful and not yet decided.
fn questions(store: &Store, decisions: &Decisions, below: f64) -> Result<Vec<Question>, Failure> {
    let mut questions = Vec::new();
    for merge in store.merges()?.into_iter().filter(|m| m.because != "decision") {
        let (one, other) = (sentence(store, &merge.found)?, sentence(store, &merge.into)?);
        questions.push(Question {
            words: format!("{} = {} ?  ({}){one}{other}", merge.found, merge.into, merge.because),
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

/// A sentence that names a thing, on a line of its own.
fn sentence(store: &Store, thing: &Thing) -> Result<String, Failure> {
    let Some(quotation) = store.naming(thing)? else { return Ok(String::new()) };
    let words = printable(&one_line(&quotation.marked()));
    Ok(format!("\n    {words}  — {}", printable(&quotation.document)))
}

/// The questions, and the file that keeps the answers.
struct Review<'a> {
    questions: Vec<Question>,
    decisions: Decisions,
    path: &'a Path,
}

impl Review<'_> {
    fn keep(&mut self, decision: Decision) -> Outcome {
        self.decisions.insert(decision, "review");
        self.write()
    }

    fn write(&self) -> Outcome {
        Output::named(Some(self.path)).write(|out| write!(out, "{}", self.decisions))
    }
}

impl Interview for Review<'_> {
    fn total(&self) -> usize {
        self.questions.len()
    }

    fn words(&self, at: usize) -> Option<String> {
        Some(self.questions.get(at)?.words.clone())
    }

    fn accept(&mut self, at: usize) -> Outcome {
        self.keep(self.questions[at].yes.clone())
    }

    fn refuse(&mut self, at: usize) -> Outcome {
        self.keep(self.questions[at].no.clone())
    }

    fn take_back(&mut self, at: usize) -> Outcome {
        let question = &self.questions[at];
        self.decisions.remove(&question.yes);
        self.decisions.remove(&question.no);
        self.write()
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
        let questions = ["甲", "丙", "丁"].map(question).into();
        let mut review = Review { questions, decisions: Decisions::default(), path: &path };
        let mut out = Vec::new();
        let decided = walk(&mut review, &mut "y\nn\nu\nwhat\ny\ns\n".as_bytes(), &mut out).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.contains("same\tzone:甲\tzone:乙\t# review"), "{written}");
        assert!(written.contains("same\tzone:丙") && !written.contains("different\t"), "{written}");
        assert_eq!(decided, 2);
        assert!(String::from_utf8(out).unwrap().contains("y right, n wrong"));
    }
}
