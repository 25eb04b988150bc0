//! `jinxiu link review`: asks about the links that wait for a person, one after another.

use super::given::something;
use super::table::{decisions_of, keep, text_of, warn};
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::interview::{Interview, walk};
use crate::cli::terminal::Terminal;
use jinxiu::link::sssom::{Mapping, read};
use jinxiu::link::{Decision, Decisions};
use std::io;
use std::path::PathBuf;

/// Decide on the links that wait for review, one after another
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Answers: y right, n wrong, s skip, u undo the last answer, q end. Each answer is written to the file of \
decisions at once, so that a review can be left and taken up again; the next link run heeds it. Once one target is right, \
others of its source are not asked about.\n\nExample: jinxiu link review review.sssom.tsv --decisions links.sssom.tsv \
--reviewer orcid:0000-0002-1825-0097"
)]
pub struct Args {
    /// The table that link run wrote
    review: PathBuf,
    /// The file that keeps the decisions
    #[arg(long, value_name = "SSSOM")]
    decisions: PathBuf,
    /// Who answers
    #[arg(long, value_name = "NAME", value_parser = something)]
    reviewer: String,
    /// The day to be written beside each answer
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    date: String,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let rows = read(&text_of(&args.review)?)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", args.review.display())))?;
    let decisions = decisions_of(&args.decisions)?;
    let open = rows.into_iter().map(|(_, row)| Mapping { review_date: args.date.clone(), ..row });
    let open = open.filter(|row| row.decision == Decision::Review.to_string() && row.reviewer.is_empty());
    let mut review = Review { open: open.collect(), decisions, args };
    review.open.retain(|row| review.decisions.get(&row.key()).is_none());
    let decided = walk(&mut review, &mut io::stdin().lock(), &mut io::stdout())?;
    warn(&review.decisions.iter().cloned().collect::<Vec<_>>());
    let total = review.total();
    terminal.note(&format!("{decided} of {total} decided; they stand in {}", args.decisions.display()));
    if total > 0 { Ok(()) } else { Err(Failure::said(Exit::No, "nothing is left to decide")) }
}

struct Review<'a> {
    open: Vec<Mapping>,
    decisions: Decisions,
    args: &'a Args,
}

impl Review<'_> {
    fn answer(&mut self, at: usize, decision: Decision) -> Outcome {
        self.decisions.answer(&self.open[at], decision, &self.args.reviewer);
        keep(&self.decisions, &self.args.decisions)
    }

    /// Whether another target of the source has been said to be it.
    fn is_settled(&self, row: &Mapping) -> bool {
        let same = |other: &&Mapping| other.subject_id == row.subject_id && other.source == row.source;
        self.decisions.iter().filter(same).any(|other| other.decision == Decision::Accept.to_string())
    }
}

impl Interview for Review<'_> {
    fn total(&self) -> usize {
        self.open.len()
    }

    fn words(&self, at: usize) -> Option<String> {
        let row = self.open.get(at).filter(|row| !self.is_settled(row))?;
        let sure = if row.confidence.is_empty() { "" } else { " " };
        Some(format!(
            "{} {} {} {} ?{sure}{}  ({})\n    {}",
            row.subject_label,
            row.predicate_id,
            row.object_id,
            row.object_label,
            row.confidence,
            row.source,
            row.comment
        ))
    }

    fn accept(&mut self, at: usize) -> Outcome {
        self.answer(at, Decision::Accept)
    }

    fn refuse(&mut self, at: usize) -> Outcome {
        self.answer(at, Decision::Refuse)
    }

    fn take_back(&mut self, at: usize) -> Outcome {
        self.decisions.undo(&self.open[at].key());
        keep(&self.decisions, &self.args.decisions)
    }
}
