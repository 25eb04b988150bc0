//! Rows of text and numbers, printed in any format of tables.

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::parquet::{Column, write_parquet};
use super::report::chosen;
use super::table::Rows;
use clap::ValueEnum;
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::path::PathBuf;

/// The formats of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Table,
    Tsv,
    Csv,
    Json,
    Jsonl,
    #[value(alias = "md")]
    Markdown,
    Parquet,
}

/// How rows are printed, and where.
#[derive(Debug, clap::Args)]
pub struct Printing {
    /// How to print it [default: by the extension of FILE, else table on a terminal, else tsv]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<TableFormat>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number; none where it is not finite.
    Number(f64),
    /// A count or a position.
    Whole(usize),
}

/// Rows under a header.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Printing {
    /// The format and the place for it.
    pub fn chosen(&self) -> Result<(TableFormat, Output), Failure> {
        let output = Output::named(self.output.as_deref());
        Ok((TableFormat::chosen(self.format, &output)?, output))
    }

    /// Prints rows.
    pub fn print(&self, rows: &Frame) -> Outcome {
        let (format, output) = self.chosen()?;
        rows.write(format, &output)
    }
}

impl TableFormat {
    /// Whether people read it rather than programs.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Markdown)
    }

    /// The format that was asked for, else the one of the file's extension, else a table on a terminal and TSV when piped.
    pub fn chosen(asked: Option<Self>, output: &Output) -> Result<Self, Failure> {
        chosen(asked, output, if output.is_terminal() { Self::Table } else { Self::Tsv })
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl Cell {
    fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) if number.is_finite() => format!("{number}"),
            Self::Number(_) => String::new(),
            Self::Whole(number) => number.to_string(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => serde_json::from_str(&format!("{number}")).unwrap_or(Value::Null),
            Self::Whole(number) => (*number).into(),
        }
    }
}

impl Frame {
    /// No rows yet under these headings.
    pub fn new(header: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row; as many cells as there are headings.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Keeps the first rows; tells whether there were more.
    pub fn cut(&mut self, limit: Option<usize>) -> bool {
        let more = limit.is_some_and(|limit| self.rows.len() > limit);
        self.rows.truncate(limit.unwrap_or(usize::MAX));
        more
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes all rows.
    pub fn write(&self, format: TableFormat, output: &Output) -> Outcome {
        if format == TableFormat::Parquet {
            output.refuse_terminal("parquet")?;
        }
        output.write(|out| match format {
            TableFormat::Table => self.grid().write_table(out),
            TableFormat::Markdown => self.grid().write_markdown(out),
            TableFormat::Tsv => self.grid().write_tsv(out),
            TableFormat::Csv => self.csv(out),
            TableFormat::Json => {
                let rows: Vec<Value> = self.rows.iter().map(|row| Value::Object(self.object(row))).collect();
                writeln!(out, "{:#}", Value::from(rows))
            }
            TableFormat::Jsonl => {
                self.rows.iter().try_for_each(|row| writeln!(out, "{}", Value::Object(self.object(row))))
            }
            TableFormat::Parquet => write_parquet(&self.columns(), out),
        })
    }

    fn grid(&self) -> Rows {
        let mut rows = Rows::new(&self.header.iter().map(String::as_str).collect::<Vec<_>>());
        self.rows.iter().for_each(|row| rows.push(row.iter().map(Cell::shown).collect()));
        rows
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let quoted = |cell: &str| match cell.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        };
        let header = std::iter::once(self.header.clone());
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::shown).collect::<Vec<_>>());
        for row in header.chain(rows) {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            write!(out, "{}\r\n", cells.join(","))?;
        }
        Ok(())
    }

    /// A row by its headings; an empty cell has no key.
    fn object(&self, row: &[Cell]) -> Map<String, Value> {
        let filled = self.header.iter().zip(row).filter(|(_, cell)| cell.json() != Value::Null);
        filled.map(|(name, cell)| (name.clone(), cell.json())).collect()
    }

    fn columns(&self) -> Vec<(String, Column)> {
        self.header.iter().enumerate().map(|(at, name)| (name.clone(), self.column(at))).collect()
    }

    /// A column of numbers only is one of numbers, any other is one of text.
    fn column(&self, at: usize) -> Column {
        let cells: Vec<&Cell> = self.rows.iter().map(|row| &row[at]).collect();
        let filled = || cells.iter().filter(|c| ***c != Cell::Empty);
        if filled().next().is_some() && filled().all(|c| matches!(c, Cell::Whole(_))) {
            let whole = |c: &&Cell| match c {
                Cell::Whole(n) => i64::try_from(*n).ok(),
                _ => None,
            };
            return Column::Whole(cells.iter().map(whole).collect());
        }
        if filled().next().is_some() && filled().all(|c| matches!(c, Cell::Number(_))) {
            let number = |c: &&Cell| match c {
                Cell::Number(n) => Some(*n).filter(|n| n.is_finite()),
                _ => None,
            };
            return Column::Number(cells.iter().map(number).collect());
        }
        Column::Text(cells.iter().map(|c| (**c != Cell::Empty).then(|| c.shown())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_the_type_of_its_cells() {
        let mut frame = Frame::new(["a", "b", "c"]);
        frame.push(vec![Cell::Number(1.5), Cell::Whole(3), "x".into()]);
        frame.push(vec![Cell::Empty, Cell::Whole(4), Cell::Number(2.0)]);
        assert_eq!(frame.column(0), Column::Number(vec![Some(1.5), None]));
        assert_eq!(frame.column(1), Column::Whole(vec![Some(3), Some(4)]));
        assert_eq!(frame.column(2), Column::Text(vec![Some("x".to_owned()), Some("2".to_owned())]));
    }

    #[test]
    fn numbers_are_written_without_exponents() {
        assert_eq!(Cell::Number(5.57117e11).shown(), "557117000000");
        assert_eq!(Cell::Number(5e11).json().to_string(), "500000000000");
    }
}
