//! Tables for people, aligned by the display width of Chinese text, and the same rows as TSV for programs.

use comfy_table::{ContentArrangement, Table};
use jinxiu::text::is_unseen;
use std::io::{self, Write};

/// A rule above, one below the header and one at the end, in the order of comfy-table's presets.
const RULES: &str = "  ── ══      ──    ";

/// Rows under a header, not yet in any format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    /// No rows yet under these headings.
    pub fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|h| (*h).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row; as many cells as there are headings.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// As a table as wide as the terminal, or as wide as it needs to be where there is none.
    pub fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new();
        table.load_preset(RULES).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(&self.header);
        table.add_rows(self.rows.iter().map(|row| row.iter().map(|cell| printable(cell))));
        table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }

    /// As a table in Markdown.
    pub fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", markdown_row(&self.header))?;
        writeln!(out, "|{}", " --- |".repeat(self.header.len()))?;
        self.rows.iter().try_for_each(|row| writeln!(out, "{}", markdown_row(row)))
    }

    /// As tab-separated values: no cell is cut, tabs and line ends inside one are written `\t` and `\n`.
    pub fn write_tsv(&self, out: &mut dyn Write) -> io::Result<()> {
        std::iter::once(&self.header).chain(&self.rows).try_for_each(|row| {
            let cells: Vec<String> = row.iter().map(|cell| escape(cell)).collect();
            writeln!(out, "{}", cells.join("\t"))
        })
    }
}

/// A line of a table in Markdown.
pub fn markdown_row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|c| c.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |", cells.join(" | "))
}

/// Without what would move the cursor, hide, or turn the direction of writing.
pub fn printable(cell: &str) -> String {
    cell.replace(|c: char| c.is_control() || is_unseen(c), " ")
}

fn escape(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        let mut rows = Rows::new(&["name", "type"]);
        rows.push(vec!["太原市".into(), "Place".into()]);
        rows.push(vec!["a\tb".into(), "x".into()]);
        rows
    }

    #[test]
    fn a_chinese_character_is_two_columns_wide() {
        let mut out = Vec::new();
        rows().write_table(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(" 太原市   Place") && text.contains(" name     type"), "{text}");
    }

    #[test]
    fn tabs_inside_cells_are_escaped_in_tsv() {
        let mut out = Vec::new();
        rows().write_tsv(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "name\ttype\n太原市\tPlace\na\\tb\tx\n");
    }
}
