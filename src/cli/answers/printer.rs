//! Answers printed in any format.

use super::super::failure::{Exit, Failure, Outcome};
use super::super::output::Output;
use super::super::paint::Painter;
use super::super::table::{Growing, Rows as Grid, markdown_row};
use super::super::terminal::{Terminal, say};
use super::Asking;
use super::columns::Columns;
use super::format::{Format, unfit};
use jinxiu::rdf::{Syntax, write_as_they_come, write_merged};
use jinxiu::store::{
    Query, QueryError, Role, Rows, StandardFormat, Store, shorten, write_boolean, write_rows,
};
use oxrdf::{Literal, Quad, Term};
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::time::Instant;

/// What could not be printed, kept until the output is closed.
type Ended = Option<QueryError>;

/// Prints the answer to one query.
pub(super) struct Printer<'a> {
    pub(super) asking: &'a Asking,
    pub(super) store: &'a Store,
    pub(super) query: &'a Query,
    /// What the query takes for granted.
    pub(super) assumed: &'a str,
    pub(super) output: Output,
    pub(super) terminal: &'a Terminal,
}

impl Printer<'_> {
    fn limit(&self) -> usize {
        self.asking.limit.unwrap_or(usize::MAX)
    }

    fn format(&self, otherwise: Format) -> Result<Format, Failure> {
        self.asking.format.map_or_else(|| Format::fitting(&self.output, otherwise), Ok)
    }

    pub(super) fn truth(&self, truth: bool) -> Outcome {
        let format = match self.format(Format::Table)? {
            Format::Json | Format::Jsonl => StandardFormat::Json,
            Format::Xml => StandardFormat::Xml,
            Format::Table | Format::Tsv | Format::Csv | Format::Markdown => StandardFormat::Tsv,
            other => return Err(unfit(other, "ASK", "table, tsv, csv, json, xml")),
        };
        self.output.write(|out| write_boolean(truth, format, out))?;
        if truth { Ok(()) } else { Err(Failure::no()) }
    }

    pub(super) fn rows<'r>(&'r self, mut rows: Rows<'r>, begun: Instant) -> Outcome {
        let otherwise = if self.output.is_terminal() { Format::Table } else { Format::Tsv };
        let format = self.format(otherwise)?;
        if format.syntax().is_some() {
            return Err(unfit(format, "SELECT", "table, tsv, csv, json, xml, jsonl, markdown, parquet"));
        }
        if format == Format::Parquet {
            self.output.refuse_terminal("parquet")?;
        }
        if !rows.begin()? {
            self.explain_emptiness();
        }
        let mut rows = match self.asking.labels {
            Some(language) => self.store.with_labels(rows, language.tag())?,
            None => rows,
        };
        let mut done = (0, None);
        let written = self.output.write(|out| {
            done = self.write(&mut rows, format, out)?;
            done.1.as_ref().map_or(Ok(()), |error| Err(io::Error::other(error.to_string())))
        });
        if done.1.is_none() {
            written?;
        }
        if self.output.is_terminal() {
            self.terminal.note(&format!("{} rows in {:.2} s", done.0, begun.elapsed().as_secs_f64()));
        }
        finish(done, self.asking.limit, rows.next().is_some())
    }

    fn write(&self, rows: &mut Rows<'_>, format: Format, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        match format {
            Format::Csv => write_rows(rows, StandardFormat::Csv, self.limit(), out),
            Format::Json => write_rows(rows, StandardFormat::Json, self.limit(), out),
            Format::Xml => write_rows(rows, StandardFormat::Xml, self.limit(), out),
            Format::Jsonl => self.json_lines(rows, out),
            Format::Table => self.grid(rows, out),
            Format::Markdown => self.markdown(rows, out),
            Format::Parquet => self.parquet(rows, out),
            _ => write_rows(rows, StandardFormat::Tsv, self.limit(), out),
        }
    }

    fn grid(&self, rows: &mut Rows<'_>, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        let prefixes = self.store.base().prefixes();
        let mut grid = Growing::new(&rows.columns());
        let mut ended = None;
        for row in rows.by_ref().take(self.limit()) {
            match row {
                Ok(row) => {
                    grid.push(row.iter().map(|term| shown(term.as_ref(), &prefixes)).collect(), out)?
                }
                Err(error) => {
                    ended = Some(error);
                    break;
                }
            }
        }
        grid.end(out)?;
        Ok((grid.len(), ended))
    }

    fn markdown(&self, rows: &mut Rows<'_>, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        let prefixes = self.store.base().prefixes();
        Grid::new(&rows.columns()).write_markdown(out)?;
        let mut count = 0;
        for row in rows.by_ref().take(self.limit()) {
            let row = match row {
                Ok(row) => row,
                Err(error) => return Ok((count, Some(error))),
            };
            let cells: Vec<String> = row.iter().map(|term| shown(term.as_ref(), &prefixes)).collect();
            writeln!(out, "{}", markdown_row(&cells))?;
            count += 1;
        }
        Ok((count, None))
    }

    fn parquet(&self, rows: &mut Rows<'_>, out: &mut dyn Write) -> io::Result<(usize, Ended)> {
        let mut columns = Columns::new(&rows.columns())?;
        for row in rows.by_ref().take(self.limit()) {
            match row {
                Ok(row) => columns.push(&row)?,
                Err(error) => return Ok((columns.len(), Some(error))),
            }
        }
        let count = columns.len();
        columns.write(out)?;
        Ok((count, None))
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

    pub(super) fn triples(
        &self,
        triples: Box<dyn Iterator<Item = Result<Quad, QueryError>> + '_>,
    ) -> Outcome {
        let format = self.format(Format::Turtle)?;
        let Some(syntax) = format.syntax() else {
            return Err(unfit(
                format,
                "CONSTRUCT and DESCRIBE",
                "turtle, ntriples, nquads, trig, rdfxml, jsonld, n3",
            ));
        };
        let mut triples = triples.peekable();
        if triples.peek().is_none() {
            self.explain_emptiness();
        }
        let (mut count, mut ended) = (0, None);
        let written = self.output.write(|out| {
            let triples = triples.by_ref().take(self.limit()).map(|triple| {
                count += 1;
                triple.map_err(|error| io::Error::other(ended.insert(error).to_string()))
            });
            self.write_triples(triples, syntax, out)
        });
        if ended.is_none() {
            written?;
        }
        finish((count, ended), self.asking.limit, triples.next().is_some())
    }

    /// Triples a line each are written as they come; in the other syntaxes they are sorted, so that subjects stand once.
    fn write_triples(
        &self,
        triples: impl Iterator<Item = io::Result<Quad>>,
        syntax: Syntax,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let base = self.store.base();
        let is_painted = self.output == Output::Standard && self.terminal.colors_output();
        match syntax {
            Syntax::NTriples | Syntax::NQuads => write_as_they_come(triples, syntax, out),
            Syntax::Turtle | Syntax::TriG | Syntax::N3 if is_painted => {
                let mut painter = Painter::new(out);
                write_merged(triples, syntax, base, &mut painter)?;
                painter.flush()
            }
            _ => write_merged(triples, syntax, base, out).map(|_| ()),
        }
    }

    /// Says which class, property or name of a query the store does not use, where an answer is empty.
    fn explain_emptiness(&self) {
        if self.terminal.quiet {
            return;
        }
        let unknown = self.query.unknown_terms();
        for unused in self.store.unused(self.query) {
            if unknown.iter().any(|(term, _)| unused.name == format!("jx:{term}")) {
                continue;
            }
            let what = match unused.role {
                Role::Class => "nothing in the store is of the class",
                Role::Property => "no statement has the property",
                Role::Name => "nothing in the store is called",
                Role::Text => "nothing that is asked for bears the text",
                Role::Language => "nothing in the store is in the language",
            };
            let hint = unused.closest.map(|close| format!("; the closest one that is used is {close}"));
            let hint = hint.unwrap_or_default();
            say(format_args!("jinxiu: {what} {}{hint}", unused.name));
        }
        if !self.assumed.is_empty() {
            say(format_args!("jinxiu: this was asked with {}; --bind asks otherwise", self.assumed));
        }
    }
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
