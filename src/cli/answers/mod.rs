//! Answers to queries, printed in any format.

mod bounds;
mod columns;
mod damage;
mod format;
mod plan;
mod printer;

use super::failure::Outcome;
use super::language::Language;
use super::output::Output;
use super::terminal::{Terminal, say};
use bounds::{Bounds, parse_size};
use format::Format;
use jinxiu::store::{Answer, Asked, Planning, Query, Reach, Store};
use printer::Printer;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How to ask and how to print the answer.
#[derive(Debug, clap::Args)]
pub struct Asking {
    /// How to print the answer [default: by the extension of FILE, else a table on a terminal, else TSV;
    /// triples as Turtle]
    #[arg(short, long, value_enum, ignore_case = true, hide_possible_values = false)]
    pub format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Stop after N rows or triples; exit code 6 if there were more
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Stop after this time, such as 30s, 500ms or 2m; exit code 6
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub timeout: Option<Duration>,
    /// Stop where the program takes more memory than this, such as 500MB or 2G; exit code 6
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,
    /// Put the names of things beside their IRIs, in a column of their own
    #[arg(long, value_enum, ignore_case = true, value_name = "LANG")]
    pub labels: Option<Language>,
    /// Let SERVICE ask other endpoints, each request for at most this time; they are sent the values that are known
    /// here, 200 at a time
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub service: Option<Duration>,
    /// Keep what endpoints answer in DIR with its date, and take it from there the next time
    #[arg(long, value_name = "DIR", requires = "service")]
    pub service_cache: Option<PathBuf>,
    /// Answer the query as it is written, without leading it around known traps
    #[arg(long)]
    pub as_written: bool,
    /// Show how the answer came about instead of the answer: the steps, their rows and times
    #[arg(long)]
    pub explain: bool,
}

/// A time as people write it.
pub fn parse_time(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f64 = digits.parse().map_err(|_| "a time looks like 30s, 500ms or 2m".to_owned())?;
    let seconds = match &text[digits.len()..] {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" | "min" => number * 60.0,
        "h" => number * 3600.0,
        unit => return Err(format!("unknown unit of time {unit}: ms, s, m and h are known")),
    };
    Duration::try_from_secs_f64(seconds).map_err(|e| e.to_string())
}

impl Asking {
    /// Asks a store and prints the answer.
    pub fn run(&self, store: &Store, query: Query, terminal: &Terminal) -> Outcome {
        self.run_assuming("", store, query, terminal)
    }

    /// The same for a query in which something was assumed; that is said where the answer is empty.
    pub fn run_assuming(
        &self,
        assumed: &str,
        store: &Store,
        mut query: Query,
        terminal: &Terminal,
    ) -> Outcome {
        query.timeout = self.timeout;
        query.services = self.reach();
        if self.as_written {
            query.plan = Planning::AsWritten;
        }
        let output = Output::named(self.output.as_deref());
        Bounds { time: self.timeout, memory: self.memory }.watch(&output);
        damage::heed(&output, store.path());
        if !terminal.quiet {
            warn_of_unknown_terms(&query);
        }
        if self.explain {
            let explained = store.explain(&query)?;
            return output.write(|out| plan::print(&explained, out));
        }
        let begun = Instant::now();
        let printer = Printer { asking: self, store, query: &query, assumed, output, terminal };
        match store.ask(&query)? {
            Answer::Truth(truth) => printer.truth(truth),
            Answer::Rows(rows) => printer.rows(rows, begun),
            Answer::Triples(triples) => printer.triples(triples),
        }
    }

    fn reach(&self) -> Option<Reach> {
        let cache = self.service_cache.clone();
        self.service.map(|timeout| Reach { timeout, cache, heard: Some(tell_date) })
    }
}

/// Says of which day an answer is that was not asked for now.
fn tell_date(asked: &Asked) {
    if let Some(day) = &asked.dated {
        say(format_args!("jinxiu: {} as it answered on {day}", asked.endpoint));
    }
}

fn warn_of_unknown_terms(query: &Query) {
    for (term, close) in query.unknown_terms() {
        let hint = close.map(|c| format!("; the closest one is jx:{c}")).unwrap_or_default();
        say(format_args!("jinxiu: the ontology has no term jx:{term}{hint}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_as_people_write_them() {
        assert_eq!(parse_time("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(parse_time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_time("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(parse_time("7"), Ok(Duration::from_secs(7)));
        assert!(parse_time("soon").is_err() && parse_time("3y").is_err() && parse_time("-1s").is_err());
    }
}
