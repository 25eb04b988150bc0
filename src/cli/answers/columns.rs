//! Rows of an answer as columns, each of the narrowest kind that holds all its values.

use super::super::parquet::Column;
use jinxiu::store::Row;
use oxrdf::{Literal, Term, vocab::xsd};

/// Columns that grow by rows.
pub(super) struct Columns {
    names: Vec<String>,
    cells: Vec<Vec<Option<Term>>>,
}

impl Columns {
    pub(super) fn new(names: &[&str]) -> Self {
        Self { names: names.iter().map(|n| (*n).to_owned()).collect(), cells: vec![Vec::new(); names.len()] }
    }

    pub(super) fn push(&mut self, row: Row) {
        self.cells.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    pub(super) fn typed(&self) -> Vec<(String, Column)> {
        self.names.iter().cloned().zip(self.cells.iter().map(|cells| column(cells))).collect()
    }
}

/// Whole numbers, numbers, or text where any value is neither.
fn column(cells: &[Option<Term>]) -> Column {
    let literals = || cells.iter().flatten().map(literal);
    if literals().next().is_some() && literals().all(|l| l.and_then(whole).is_some()) {
        return Column::Whole(cells.iter().map(|c| whole(literal(c.as_ref()?)?)).collect());
    }
    if literals().next().is_some() && literals().all(|l| l.and_then(number).is_some()) {
        return Column::Number(cells.iter().map(|c| number(literal(c.as_ref()?)?)).collect());
    }
    Column::Text(cells.iter().map(|c| Some(words(c.as_ref()?))).collect())
}

fn literal(term: &Term) -> Option<&Literal> {
    match term {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}

fn whole(literal: &Literal) -> Option<i64> {
    let kinds = [xsd::INTEGER, xsd::INT, xsd::LONG, xsd::NON_NEGATIVE_INTEGER, xsd::POSITIVE_INTEGER];
    kinds.contains(&literal.datatype()).then(|| literal.value().parse().ok())?
}

fn number(literal: &Literal) -> Option<f64> {
    let kinds = [xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
    let fractional = kinds.contains(&literal.datatype()).then(|| literal.value().parse().ok()).flatten();
    #[expect(clippy::cast_precision_loss, reason = "a column of mixed numbers holds doubles")]
    let value = fractional.or_else(|| whole(literal).map(|n| n as f64));
    value.filter(|n| n.is_finite())
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
        column(&cells.iter().map(|c| c.clone().map(Term::from)).collect::<Vec<_>>())
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
}
