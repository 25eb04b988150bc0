//! Reports in every shape: tables as text, Markdown and a page of HTML, and test cases as build servers read them.

use super::failure::{Exit, Failure};
use super::output::Output;
use super::table::Rows;
use clap::ValueEnum;
use jinxiu::text::{display_width, escaped};
use serde_json::{Number, Value};
use std::io::{self, Write};

const STYLE: &str = "body{font:16px/1.8 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}\
table{border-collapse:collapse;margin:1em 0}td,th{padding:.1em .8em;text-align:right;border-bottom:1px solid #ddd}\
td:first-child,th:first-child,.words td,.words th{text-align:left;vertical-align:top}\
.text{white-space:pre-wrap;border-left:3px solid #ddd;padding-left:1em}\
.true{background:#d6f0d8}.missing{background:#fde3c0;border-bottom:2px solid #c60}\
.spurious{background:#f8d3da;text-decoration:underline wavy #b00}sup{font-size:.65em;color:#555}";

/// The format that was asked for, else the one of the file's extension, else another one.
pub fn chosen<F: ValueEnum>(asked: Option<F>, output: &Output, otherwise: F) -> Result<F, Failure> {
    let (None, Some(extension)) = (&asked, output.extension()) else { return Ok(asked.unwrap_or(otherwise)) };
    let names = match extension.as_str() {
        "txt" => ["text", "table"],
        "xml" => ["junit", "xml"],
        "htm" => ["html", "htm"],
        "ttl" => ["turtle", "ttl"],
        other => [other, other],
    };
    names.iter().find_map(|name| F::from_str(name, true).ok()).ok_or_else(|| {
        let message = format!("no format goes with the extension .{extension}; name one by --format");
        Failure::said(Exit::Usage, message)
    })
}

/// What stands in the columns of a table after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Numbers, aligned at their ends.
    Numbers,
    /// Words, aligned at their beginnings.
    Words,
}

/// A table under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    key: &'static str,
    title: String,
    columns: Columns,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Section {
    /// No rows yet under these headings; programs know it by its key.
    pub fn new(key: &'static str, title: &str, columns: Columns, heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Self { key, title: title.to_owned(), columns, heads, rows: Vec::new() }
    }

    /// By what programs know it.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Its rows as objects; a number is one, and what has no heading is a name.
    pub fn json(&self) -> Value {
        let value = |cell: &String| match (self.columns, cell.trim_start_matches('+').parse::<Number>()) {
            (Columns::Numbers, Ok(number)) => Value::Number(number),
            _ => Value::from(cell.as_str()),
        };
        let name = |head: &String| if head.is_empty() { "name".to_owned() } else { head.clone() };
        let object = |row: &Vec<String>| {
            let cells = self.heads.iter().zip(row).map(|(head, cell)| (name(head), value(cell)));
            Value::Object(cells.collect())
        };
        self.rows.iter().map(object).collect()
    }

    /// With these rows, as many cells in each as there are headings.
    pub fn with(self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        Self { rows: rows.into_iter().collect(), ..self }
    }

    /// As text, the cells of numbers aligned at their ends.
    pub fn text(&self) -> String {
        let all = || std::iter::once(&self.heads).chain(&self.rows);
        let width = |at: usize| all().map(|row| display_width(&row[at])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let cell = |(at, text): (usize, &String)| {
            let blanks = " ".repeat(widths[at] - display_width(text));
            if at == 0 { format!("{text}{blanks}") } else { format!("{blanks}{text}") }
        };
        let lines = all().map(|row| {
            let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
            format!("  {}\n", cells.join("  ").trim_end())
        });
        format!("\n{}\n{}", self.title, lines.collect::<String>())
    }

    fn html(&self) -> String {
        let row = |tag: &str, cells: &[String]| {
            let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        let class = if self.columns == Columns::Words { " class=\"words\"" } else { "" };
        let rows: String = self.rows.iter().map(|cells| row("td", cells)).collect();
        let title = escaped(&self.title);
        format!("<h2>{title}</h2>\n<table{class}>{}{rows}</table>\n", row("th", &self.heads))
    }
}

/// Tables in Markdown.
pub fn markdown(title: &str, sections: &[Section], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {title}")?;
    sections.iter().try_for_each(|section| {
        writeln!(out, "\n## {}\n", section.title)?;
        let mut rows = Rows::new(&section.heads.iter().map(String::as_str).collect::<Vec<_>>());
        section.rows.iter().for_each(|row| rows.push(row.clone()));
        rows.write_markdown(out)
    })
}

/// A page of HTML with tables and whatever comes after them.
pub fn html(title: &str, sections: &[Section], after: &str) -> String {
    let sections: String = sections.iter().map(Section::html).collect();
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
<style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n{sections}{after}</body></html>\n"
    )
}

/// One thing that was tested.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// What kind of thing.
    pub class: String,
    /// The thing.
    pub name: String,
    /// Why it fails, in short and at length, if it does.
    pub failure: Option<(String, String)>,
    /// What is told of it in any case.
    pub told: String,
}

/// Test cases as build servers read them.
pub fn junit(suite: &str, cases: &[Case], out: &mut dyn Write) -> io::Result<()> {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failures}\">", cases.len())?;
    for case in cases {
        write!(out, "<testcase classname=\"{}\" name=\"{}\"", escaped(&case.class), escaped(&case.name))?;
        if case.failure.is_none() && case.told.is_empty() {
            writeln!(out, "/>")?;
            continue;
        }
        writeln!(out, ">")?;
        if let Some((message, details)) = &case.failure {
            writeln!(out, "<failure message=\"{}\">{}</failure>", escaped(message), escaped(details))?;
        }
        if !case.told.is_empty() {
            writeln!(out, "<system-out>{}</system-out>", escaped(&case.told))?;
        }
        writeln!(out, "</testcase>")?;
    }
    writeln!(out, "</testsuite>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_aligned_by_the_width_that_is_seen() {
        let section = Section::new("f1", "F1", Columns::Numbers, &["", "P"]);
        let section =
            section.with([vec!["甲".to_owned(), "0.5".to_owned()], vec!["abcd".to_owned(), "1".to_owned()]]);
        assert_eq!(section.text(), "\nF1\n          P\n  甲    0.5\n  abcd    1\n");
    }

    #[test]
    fn words_cannot_become_markup() {
        let section = Section::new("a", "A", Columns::Words, &["<b>"]).with([vec!["&".to_owned()]]);
        assert!(
            html("t", &[section], "")
                .contains("<table class=\"words\"><tr><th>&lt;b&gt;</th></tr>\n<tr><td>&amp;</td></tr>")
        );
        let case = Case {
            name: "\"".to_owned(),
            failure: Some(("<".to_owned(), "&".to_owned())),
            ..Case::default()
        };
        let mut out = Vec::new();
        junit("s", &[case, Case::default()], &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("tests=\"2\" failures=\"1\"") && out.contains("name=\"&quot;\""), "{out}");
        assert!(out.contains("<failure message=\"&lt;\">&amp;</failure>"), "{out}");
    }
}
