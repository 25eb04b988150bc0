//! Rows of an answer as columns, each of the narrowest kind that holds all its values; the rows wait on disk until all have
//! come.

use super::super::parquet::{Column, Kind, write_lots};
use jinxiu::store::Row;
use oxrdf::{Literal, Term, vocab::xsd};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

/// How many rows are in memory at once when they are written.
const LOT: usize = 1 << 16;

/// Columns that grow by rows.
pub(super) struct Columns {
    names: Vec<String>,
    /// Of each column that has a value, what all its values are.
    kinds: Vec<Option<Kind>>,
    rows: BufWriter<File>,
    count: usize,
}

/// A row as words.
type Words = Vec<Option<String>>;

impl Columns {
    pub(super) fn new(names: &[&str]) -> io::Result<Self> {
        let rows = BufWriter::new(tempfile::tempfile()?);
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        Ok(Self { kinds: vec![None; names.len()], names, rows, count: 0 })
    }

    pub(super) fn push(&mut self, row: &Row) -> io::Result<()> {
        for (known, cell) in self.kinds.iter_mut().zip(row) {
            *known = (*known).max(cell.as_ref().map(kind));
        }
        let words: Words = row.iter().map(|cell| cell.as_ref().map(words)).collect();
        serde_json::to_writer(&mut self.rows, &words)?;
        self.count += 1;
        self.rows.write_all(b"\n")
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let kinds: Vec<Kind> = self.kinds.into_iter().map(|kind| kind.unwrap_or(Kind::Text)).collect();
        let schema: Vec<(String, Kind)> = self.names.into_iter().zip(kinds.iter().copied()).collect();
        let mut rows = self.rows.into_inner().map_err(io::IntoInnerError::into_error)?;
        rows.rewind()?;
        let mut lines = BufReader::new(rows).lines();
        let lots = std::iter::from_fn(|| lot(&mut lines).transpose());
        write_lots(&schema, lots.map(|lot| Ok(columns(&kinds, lot?))), out)
    }
}

/// The next rows; none where all have been read.
fn lot(lines: &mut impl Iterator<Item = io::Result<String>>) -> io::Result<Option<Vec<Words>>> {
    let rows = lines.by_ref().take(LOT).map(|line| Ok(serde_json::from_str(&line?)?));
    let rows = rows.collect::<io::Result<Vec<Words>>>()?;
    Ok((!rows.is_empty()).then_some(rows))
}

/// Rows turned into columns of some kinds.
fn columns(kinds: &[Kind], rows: Vec<Words>) -> Vec<Column> {
    let mut cells: Vec<Words> = kinds.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        cells.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
    }
    kinds.iter().zip(cells).map(|(kind, cells)| column(*kind, cells)).collect()
}

fn column(kind: Kind, cells: Words) -> Column {
    match kind {
        Kind::Whole => Column::Whole(cells.iter().map(|c| c.as_ref()?.parse().ok()).collect()),
        Kind::Number => Column::Number(cells.iter().map(|c| c.as_ref()?.parse().ok()).collect()),
        Kind::Text => Column::Text(cells),
    }
}

/// The narrowest kind that holds a value.
fn kind(term: &Term) -> Kind {
    let Term::Literal(literal) = term else { return Kind::Text };
    if is_whole(literal) {
        Kind::Whole
    } else if is_number(literal) {
        Kind::Number
    } else {
        Kind::Text
    }
}

fn is_whole(literal: &Literal) -> bool {
    let kinds = [xsd::INTEGER, xsd::INT, xsd::LONG, xsd::NON_NEGATIVE_INTEGER, xsd::POSITIVE_INTEGER];
    kinds.contains(&literal.datatype()) && literal.value().parse::<i64>().is_ok()
}

fn is_number(literal: &Literal) -> bool {
    let kinds = [xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
    kinds.contains(&literal.datatype()) && literal.value().parse().is_ok_and(f64::is_finite)
}

fn words(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[Option<Literal>]) -> Column {
        let mut columns = Columns::new(&["a"]).unwrap();
        for cell in cells {
            columns.push(&vec![cell.clone().map(Term::from)]).unwrap();
        }
        let kind = columns.kinds[0].unwrap_or(Kind::Text);
        let words = cells.iter().map(|cell| cell.as_ref().map(|literal| literal.value().to_owned()));
        column(kind, words.collect())
    }

    #[test]
    fn a_column_is_as_narrow_as_its_values_allow() {
        assert_eq!(of(&[Some(3.into()), None]), Column::Whole(vec![Some(3), None]));
        assert_eq!(of(&[Some(3.into()), Some(0.5.into())]), Column::Number(vec![Some(3.0), Some(0.5)]));
        let text = Column::Text(vec![Some("3".to_owned()), Some("甲".to_owned())]);
        assert_eq!(of(&[Some(3.into()), Some("甲".into())]), text);
        assert_eq!(of(&[None]), Column::Text(vec![None]));
    }

    #[test]
    fn what_no_column_of_numbers_can_hold_stays_as_it_is_written() {
        let huge = Literal::new_typed_literal("123456789012345678901", xsd::INTEGER);
        assert_eq!(of(&[Some(huge)]), Column::Text(vec![Some("123456789012345678901".to_owned())]));
        let year = Literal::new_typed_literal("2021", xsd::G_YEAR);
        assert_eq!(of(&[Some(year)]), Column::Text(vec![Some("2021".to_owned())]));
    }

    #[test]
    fn rows_that_waited_on_disk_come_back_lot_by_lot() {
        let mut columns = Columns::new(&["a"]).unwrap();
        for number in 0..=LOT {
            columns.push(&vec![Some(Literal::from(i64::try_from(number).unwrap()).into())]).unwrap();
        }
        assert_eq!(columns.len(), LOT + 1);
        let mut rows = columns.rows.into_inner().unwrap();
        rows.rewind().unwrap();
        let mut lines = BufReader::new(rows).lines();
        let lots: Vec<usize> = std::iter::from_fn(|| lot(&mut lines).unwrap()).map(|lot| lot.len()).collect();
        assert_eq!(lots, [LOT, 1]);
    }
}
