//! What is known of an entity, printed for people.

use super::failure::one_line;
use super::language::Language;
use super::table::printable;
use clap::ValueEnum;
use jinxiu::ontology::ontology;
use jinxiu::store::{FigureRow, Quotation, RelationRow, Sheet, shorten};
use std::io::{self, Write};

/// How lists of findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people
    Text,
    /// JSON
    Json,
}

/// Prints sheets in a language.
pub struct Printer {
    /// The language of labels and headings.
    pub lang: Language,
    /// At most so many sentences for each statement.
    pub sentences: usize,
    /// Prefixes of the store.
    pub prefixes: Vec<(String, String)>,
}

impl Printer {
    /// Prints a whole sheet.
    pub fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let classes: Vec<String> = sheet.classes.iter().map(|c| self.label(&c.other)).collect();
        let name = self.lang.name(sheet.name());
        writeln!(out, "{name}  {}  {}", classes.join("、"), shorten(&sheet.iri, &self.prefixes))?;
        self.names(sheet, out)?;
        self.relations(("关系", "relations"), &sheet.relations, &name, out)?;
        self.figures(sheet, out)?;
        writeln!(out)
    }

    /// Prints what is left on a sheet, its classes with their sentences too.
    pub fn statements(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", shorten(&sheet.iri, &self.prefixes))?;
        self.names(sheet, out)?;
        self.relations(("类型", "types"), &sheet.classes, "", out)?;
        self.relations(("关系", "relations"), &sheet.relations, "", out)?;
        self.figures(sheet, out)?;
        writeln!(out)
    }

    fn names(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        if !sheet.names.is_empty() {
            self.heading(out, "名称", "names")?;
        }
        for row in &sheet.names {
            writeln!(out, "    {}", self.lang.name(&row.name))?;
            self.quotations(&row.quotations, out)?;
        }
        Ok(())
    }

    fn relations(
        &self,
        (chinese, english): (&str, &str),
        rows: &[RelationRow],
        name: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if !rows.is_empty() {
            self.heading(out, chinese, english)?;
        }
        self.relation_rows(rows, name, out)
    }

    /// Prints what is stated of a thing, each with its sentences.
    pub fn relation_rows(&self, rows: &[RelationRow], name: &str, out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            writeln!(out, "    {}", self.relation(row, name))?;
            self.quotations(&row.quotations, out)?;
        }
        Ok(())
    }

    fn figures(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        if !sheet.figures.is_empty() {
            self.heading(out, "数据", "figures")?;
        }
        self.figure_rows(&sheet.figures, out)
    }

    /// Prints figures, each with its sentences.
    pub fn figure_rows(&self, rows: &[FigureRow], out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            writeln!(out, "    {}", self.figure(row))?;
            self.quotations(&row.quotations, out)?;
        }
        Ok(())
    }

    fn heading(&self, out: &mut dyn Write, chinese: &str, english: &str) -> io::Result<()> {
        writeln!(out, "  {}", self.lang.words(chinese, english))
    }

    fn label(&self, iri: &str) -> String {
        ontology()
            .by_iri(iri)
            .map_or_else(|| shorten(iri, &self.prefixes), |t| t.label(self.lang.tag()).to_owned())
    }

    fn relation(&self, row: &RelationRow, name: &str) -> String {
        let property = self.label(&row.predicate);
        let other = match ontology().by_iri(&row.other) {
            Some(term) => term.label(self.lang.tag()).to_owned(),
            None => self.lang.name(&row.name),
        };
        if row.outgoing {
            format!("{property} → {other}")
        } else {
            format!("{other} {property} → {name}")
        }
    }

    fn term(&self, local: &str) -> String {
        ontology().term(local).map_or_else(|| local.to_owned(), |t| t.label(self.lang.tag()).to_owned())
    }

    fn figure(&self, row: &FigureRow) -> String {
        let [measure, bound, modality] = &row.terms;
        let mut parts = vec![self.lang.name(&row.indicator), self.term(measure)];
        let bound = if bound == "exact" { String::new() } else { format!("{} ", self.term(bound)) };
        let written =
            if row.as_written.is_empty() { String::new() } else { format!(" ({})", row.as_written) };
        parts.push(format!("{bound}{} {}{written}", row.value, row.unit));
        if !row.baseline.is_empty() {
            parts.push(format!("{} {}", self.lang.words("原为", "from"), row.baseline));
        }
        if !row.of.is_empty() {
            parts.push(format!("{} {}", self.lang.words("占", "of"), self.lang.name(&row.of)));
        }
        parts.extend((!row.period.is_empty()).then(|| row.period.clone()));
        parts.extend((modality != "actual").then(|| self.term(modality)));
        parts.join("  ")
    }

    fn quotations(&self, quotations: &[Quotation], out: &mut dyn Write) -> io::Result<()> {
        for quotation in quotations.iter().take(self.sentences) {
            let sentence = printable(&one_line(&quotation.marked()));
            let day = if quotation.reported.is_empty() { "" } else { ", " };
            let document = format!("{}{day}{}", printable(&quotation.document), quotation.reported);
            let place = format!("{document} {}–{}", quotation.start, quotation.end);
            let by = quotation.found_by.join(", ");
            writeln!(out, "        {sentence}\n          — {place}  {by}  {}", quotation.confidence)?;
        }
        if quotations.len() > self.sentences {
            let more = quotations.len() - self.sentences;
            writeln!(
                out,
                "        … {}",
                self.lang.words(&format!("另有{more}处"), &format!("{more} more"))
            )?;
        }
        Ok(())
    }
}
