//! Answers to queries, printed in any format.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::table::Rows as Grid;
use super::terminal::Terminal;
use clap::ValueEnum;
use jinxiu::rdf::{Syntax, write_quads};
use jinxiu::store::{
    Answer, Query, QueryError, Rows, StandardFormat, Store, shorten, write_boolean, write_rows,
};
use oxrdf::{Literal, Quad, Term};
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How to ask and how to print the answer.
#[derive(Debug, clap::Args)]
pub struct Asking {
    /// How to print the answer [default: by the extension of FILE, else a table on a terminal, else TSV;
    /// triples as Turtle]
    #[arg(short, long, value_enum, ignore_case = true, hide_possible_values = false)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Stop after N rows or triples; exit code 6 if there were more
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Stop after this time, such as 30s, 500ms or 2m; exit code 6
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    timeout: Option<Duration>,
}

/// The formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Tsv,
    Csv,
    Json,
    Xml,
    Jsonl,
    #[value(alias = "md")]
    Markdown,
    #[value(alias = "ttl")]
    Turtle,
    #[value(alias = "nt")]
    Ntriples,
    #[value(alias = "nq")]
    Nquads,
    Trig,
    #[value(alias = "rdf")]
    Rdfxml,
    Jsonld,
}

fn parse_time(text: &str) -> Result<Duration, String> {
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

/// How much longer than allowed a query may take before the program ends at once: sorting cannot be interrupted.
const GRACE: Duration = Duration::from_millis(300);

/// What could not be printed, kept until the output is closed.
type Ended = Option<QueryError>;

impl Asking {
    /// Asks a store and prints the answer.
    pub fn run(&self, store: &Store, mut query: Query, terminal: &Terminal) -> Outcome {
        query.timeout = self.timeout;
        self.watch();
        warn_of_unknown_terms(&query);
        let begun = Instant::now();
        let printer = Printer { asking: self, store, output: Output::named(self.output.as_deref()) };
        match store.ask(&query)? {
            Answer::Truth(truth) => printer.truth(truth),
            Answer::Rows(rows) => printer.rows(rows, begun, terminal),
            Answer::Triples(triples) => printer.triples(triples),
        }
    }

    /// Ends the program where cancelling a query does not.
    fn watch(&self) {
        if let Some(limit) = self.timeout {
            std::thread::spawn(move || {
                std::thread::sleep(limit + GRACE);
                let failure = Failure::from(QueryError::Timeout);
                failure.report();
                std::process::exit(Exit::Limit as i32);
            });
        }
    }
}

fn warn_of_unknown_terms(query: &Query) {
    for (term, close) in query.unknown_terms() {
        let hint = close.map(|c| format!("; the closest one is jx:{c}")).unwrap_or_default();
        eprintln!("jinxiu: the ontology has no term jx:{term}{hint}");
    }
}

struct Printer<'a> {
    asking: &'a Asking,
    store: &'a Store,
    output: Output,
}

impl Printer<'_> {
    fn limit(&self) -> usize {
        self.asking.limit.unwrap_or(usize::MAX)
    }

    fn format(&self, otherwise: Format) -> Result<Format, Failure> {
        if let Some(format) = self.asking.format {
            return Ok(format);
        }
        match self.output.extension() {
            None => Ok(otherwise),
            Some(extension) => Format::from_str(&extension, true).or_else(|_| match extension.as_str() {
                "txt" => Ok(Format::Table),
                "srj" => Ok(Format::Json),
                "srx" => Ok(Format::Xml),
                _ => Err(Failure::said(
                    Exit::Usage,
                    format_args!("no format goes with the extension .{extension}; name one by --format"),
                )),
            }),
        }
    }

    fn truth(&self, truth: bool) -> Outcome {
        let format = match self.format(Format::Table)? {
            Format::Json | Format::Jsonl => StandardFormat::Json,
            Format::Xml => StandardFormat::Xml,
            Format::Table | Format::Tsv | Format::Csv | Format::Markdown => StandardFormat::Tsv,
            other => return Err(unfit(other, "ASK", "table, tsv, csv, json, xml")),
        };
        self.output.write(|out| write_boolean(truth, format, out))?;
        if truth { Ok(()) } else { Err(Failure::no()) }
    }

    fn rows(&self, mut rows: Rows<'_>, begun: Instant, terminal: &Terminal) -> Outcome {
        let otherwise = if self.output.is_terminal() { Format::Table } else { Format::Tsv };
        let format = self.format(otherwise)?;
        if format.syntax().is_some() {
            return Err(unfit(format, "SELECT", "table, tsv, csv, json, xml, jsonl, markdown"));
        }
        rows.begin()?;
        let mut done = (0, None);
        self.output.write(|out| {
            done = self.write(&mut rows, format, out)?;
            Ok(())
        })?;
        if self.output.is_terminal() {
            terminal.note(&format!("{} rows in {:.2} s", done.0, begun.elapsed().as_secs_f64()));
        }
        finish(done, self.asking.limit, rows.next().is_some())
    }

    fn write(&self, rows: &mut Rows<'_>, format: Format, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        match format {
            Format::Csv => write_rows(rows, StandardFormat::Csv, self.limit(), out),
            Format::Json => write_rows(rows, StandardFormat::Json, self.limit(), out),
            Format::Xml => write_rows(rows, StandardFormat::Xml, self.limit(), out),
            Format::Jsonl => self.json_lines(rows, out),
            Format::Table | Format::Markdown => self.grid(rows, format, out),
            _ => write_rows(rows, StandardFormat::Tsv, self.limit(), out),
        }
    }

    fn grid(&self, rows: &mut Rows<'_>, format: Format, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        let prefixes = self.store.base().prefixes();
        let columns: Vec<String> = rows.columns().into_iter().map(str::to_owned).collect();
        let mut grid = Grid::new(&columns.iter().map(String::as_str).collect::<Vec<_>>());
        let mut ended = None;
        for row in rows.by_ref().take(self.limit()) {
            match row {
                Ok(row) => grid.push(row.iter().map(|term| shown(term.as_ref(), &prefixes)).collect()),
                Err(error) => ended = Some(error),
            }
        }
        if format == Format::Table {
            grid.write_table(out)?
        } else {
            grid.write_markdown(out)?
        }
        Ok((grid.len(), ended))
    }

    fn json_lines(&self, rows: &mut Rows<'_>, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        let columns: Vec<String> = rows.columns().into_iter().map(str::to_owned).collect();
        let mut count = 0;
        for row in rows.by_ref().take(self.limit()) {
            let row = match row {
                Ok(row) => row,
                Err(error) => return Ok((count, Some(error))),
            };
            let cells =
                columns.iter().zip(&row).filter_map(|(c, t)| Some((c.clone(), plain_json(t.as_ref()?))));
            serde_json::to_writer(&mut *out, &cells.collect::<Map<String, Value>>())?;
            out.write_all(b"\n")?;
            count += 1;
        }
        Ok((count, None))
    }

    fn triples(&self, triples: Box<dyn Iterator<Item = Result<Quad, QueryError>> + '_>) -> Outcome {
        let format = self.format(Format::Turtle)?;
        let Some(syntax) = format.syntax() else {
            return Err(unfit(
                format,
                "CONSTRUCT and DESCRIBE",
                "turtle, ntriples, nquads, trig, rdfxml, jsonld",
            ));
        };
        let mut triples = triples;
        let quads = triples.by_ref().take(self.limit()).collect::<Result<Vec<_>, _>>()?;
        let count = quads.len();
        self.output.write(|out| write_quads(quads, syntax, self.store.base(), out))?;
        finish((count, None), self.asking.limit, triples.next().is_some())
    }
}

impl Format {
    /// The RDF syntax it is, if it is one. JSON and XML of triples are JSON-LD and RDF/XML.
    fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Turtle => Some(Syntax::Turtle),
            Self::Ntriples => Some(Syntax::NTriples),
            Self::Nquads => Some(Syntax::NQuads),
            Self::Trig => Some(Syntax::TriG),
            Self::Rdfxml => Some(Syntax::RdfXml),
            Self::Jsonld => Some(Syntax::JsonLd),
            _ => None,
        }
    }
}

fn unfit(format: Format, what: &str, fitting: &str) -> Failure {
    let name = format!("{format:?}").to_lowercase();
    Failure::said(
        Exit::Usage,
        format_args!("{what} cannot be answered in {name}; these can be used: {fitting}"),
    )
}

fn finish((count, ended): (usize, Ended), limit: Option<usize>, more: bool) -> Outcome {
    if let Some(error) = ended {
        return Err(error.into());
    }
    if more && limit == Some(count) {
        return Err(Failure::said(
            Exit::Limit,
            format_args!("stopped after {count}, as --limit says; there is more"),
        ));
    }
    Ok(())
}

/// A term as a person reads it: names shortened, text without quotes.
fn shown(term: Option<&Term>, prefixes: &[(String, String)]) -> String {
    match term {
        None => String::new(),
        Some(Term::NamedNode(node)) => shorten(node.as_str(), prefixes),
        Some(Term::BlankNode(node)) => node.to_string(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
    }
}

fn plain_json(term: &Term) -> Value {
    match term {
        Term::NamedNode(node) => node.as_str().into(),
        Term::BlankNode(node) => node.to_string().into(),
        Term::Literal(literal) => number(literal).unwrap_or_else(|| literal.value().into()),
    }
}

fn number(literal: &Literal) -> Option<Value> {
    let numeric = ["integer", "decimal", "double", "float", "int", "long", "boolean"];
    let datatype = literal.datatype().as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#")?;
    numeric.contains(&datatype).then(|| serde_json::from_str(literal.value()).ok())?
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

    #[test]
    fn numbers_become_numbers_in_json_lines() {
        let of = |value: &str, datatype: &str| {
            let datatype =
                oxrdf::NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}"));
            plain_json(&Literal::new_typed_literal(value, datatype).into()).to_string()
        };
        assert_eq!(of("12.5", "decimal"), "12.5");
        assert_eq!(of("x", "decimal"), "\"x\"");
        assert_eq!(of("2021", "gYear"), "\"2021\"");
    }
}
