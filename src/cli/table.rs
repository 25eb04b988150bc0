//! Tables for people, aligned by the display width of Chinese text, and the same rows as TSV for programs.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, TableComponent, Width};
use jinxiu::text::is_unseen;
use std::io::{self, Write};

/// A rule above, one below the header and one at the end, in the order of comfy-table's presets.
const RULES: &str = "  ── ══      ──    ";

/// How many rows of a table that grows are laid out at once.
const LOT: usize = 500;

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

    /// As a table as wide as the terminal, or as wide as it needs to be where there is none.
    pub fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = laid_out(&self.rows);
        table.set_header(&self.header);
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

/// A table that is written while its rows come. The first lot says how wide the columns are; a cell of a later one that is
/// wider moves the rows of its lot only.
pub struct Growing {
    lot: Rows,
    widths: Option<Vec<u16>>,
    count: usize,
}

impl Growing {
    /// No rows yet under these headings.
    pub fn new(header: &[&str]) -> Self {
        Self { lot: Rows::new(header), widths: None, count: 0 }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Adds a row; as many cells as there are headings.
    pub fn push(&mut self, row: Vec<String>, out: &mut dyn Write) -> io::Result<()> {
        if self.lot.rows.len() == LOT {
            let mut table = self.table();
            self.write(&table, 1, out)?;
            self.widths.get_or_insert_with(|| widths(&mut table));
            self.lot.rows.clear();
        }
        self.count += 1;
        self.lot.push(row);
        Ok(())
    }

    /// Writes what is left, and the rule below.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        self.write(&self.table(), 0, out)
    }

    fn table(&self) -> Table {
        let mut table = laid_out(&self.lot.rows);
        match &self.widths {
            None => drop(table.set_header(&self.lot.header)),
            Some(widths) => {
                let least = widths.iter().map(|width| ColumnConstraint::LowerBoundary(Width::Fixed(*width)));
                table.set_constraints(least);
            }
        }
        table
    }

    /// Writes a lot without its last lines; the rule above stands over the first lot only.
    fn write(&self, table: &Table, without: usize, out: &mut dyn Write) -> io::Result<()> {
        let lines: Vec<String> = table.lines().collect();
        let shown = &lines[usize::from(self.widths.is_some())..lines.len() - without];
        shown.iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))?;
        out.flush()
    }
}

fn laid_out(rows: &[Vec<String>]) -> Table {
    let mut table = Table::new();
    table.load_preset(RULES).set_content_arrangement(ContentArrangement::Dynamic);
    table.add_rows(rows.iter().map(|row| row.iter().map(|cell| printable(cell))));
    table
}

/// How wide the columns of a table are, as the rule above it would show where one ends.
fn widths(table: &mut Table) -> Vec<u16> {
    table.set_style(TableComponent::TopBorderIntersections, '┬');
    let rule = table.lines().next().unwrap_or_default();
    rule.split('┬').map(|column| u16::try_from(column.chars().count()).unwrap_or(u16::MAX)).collect()
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
    fn a_table_that_grows_keeps_its_columns() {
        let (mut grown, mut whole) = (Growing::new(&["name", "n"]), Rows::new(&["name", "n"]));
        let (mut out, mut expected) = (Vec::new(), Vec::new());
        for number in 0..1200 {
            let row = vec![if number == 3 { "太原市" } else { "甲" }.to_owned(), number.to_string()];
            grown.push(row.clone(), &mut out).unwrap();
            whole.push(row);
            assert_eq!(
                out.is_empty(),
                number < 500,
                "the first lot does not wait for the second to be whole"
            );
        }
        assert_eq!(grown.len(), 1200);
        grown.end(&mut out).unwrap();
        whole.write_table(&mut expected).unwrap();
        let lines = |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            // The rules are as long as the first lot needed.
            text.lines().map(|line| line.trim_end_matches(['─', '═']).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(lines(out), lines(expected));
    }

    #[test]
    fn tabs_inside_cells_are_escaped_in_tsv() {
        let mut out = Vec::new();
        rows().write_tsv(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "name\ttype\n太原市\tPlace\na\\tb\tx\n");
    }
}
