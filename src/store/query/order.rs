//! ORDER BY with LIMIT. The engine keeps every row, and decodes what it compares at every comparison, without heeding the
//! time allowed. Here each row is decoded once, and only the first are kept. What cannot be compared for sure as the engine
//! would compare it is left to the engine.

use super::failed;
use crate::store::answer::Row;
use crate::store::failure::QueryError;
use oxigraph::model::{Literal, Term, Variable, vocab::xsd};
use oxigraph::sparql::{QuerySolution, QuerySolutionIter};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use std::cmp::Ordering;

/// The most rows that are kept here.
const MOST: usize = 100_000;

/// What is left to do when the rows of a query come unsorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Top {
    keys: Vec<(Variable, Direction)>,
    /// The columns of the answer.
    pub(super) variables: Vec<Variable>,
    start: usize,
    length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// Takes the sorting out of a query of which only the first rows are wanted; leaves any other as it is.
pub(super) fn take(query: &mut Query) -> Option<Top> {
    let Query::Select { pattern, .. } = query else { return None };
    let (top, rows) = read(pattern)?;
    let mut variables = top.variables.clone();
    variables.extend(top.keys.iter().map(|(key, _)| key.clone()).filter(|key| !top.variables.contains(key)));
    *pattern = GraphPattern::Project { inner: Box::new(rows), variables };
    Some(top)
}

fn read(pattern: &GraphPattern) -> Option<(Top, GraphPattern)> {
    let GraphPattern::Slice { inner, start, length: Some(length) } = pattern else { return None };
    let GraphPattern::Project { inner, variables } = &**inner else { return None };
    let GraphPattern::OrderBy { inner, expression } = &**inner else { return None };
    let mut keys = Vec::new();
    for order in expression {
        let (key, direction) = match order {
            OrderExpression::Asc(key) => (key, Direction::Up),
            OrderExpression::Desc(key) => (key, Direction::Down),
        };
        let Expression::Variable(name) = key else { return None };
        keys.push((name.clone(), direction));
    }
    let fits = start.checked_add(*length).is_some_and(|last| last <= MOST);
    let top = Top { keys, variables: variables.clone(), start: *start, length: *length };
    fits.then(|| (top, (**inner).clone()))
}

/// A value by which rows are sorted. Kinds stand in the order of SPARQL; of literals one column holds one kind only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Unbound,
    Blank(String),
    Iri(String),
    /// Words, those in a language before the same without, then the language.
    Text(String, bool, String),
    /// In units of 10⁻¹⁸.
    Number(i128),
    Day(String),
    Year(String),
}

impl Key {
    /// The key of a value; none where only the engine knows its place.
    fn of(term: Option<&Term>) -> Option<Self> {
        Some(match term {
            None => Self::Unbound,
            Some(Term::BlankNode(node)) => Self::Blank(node.as_str().to_owned()),
            Some(Term::NamedNode(node)) => Self::Iri(node.as_str().to_owned()),
            Some(Term::Literal(literal)) => Self::of_literal(literal)?,
        })
    }

    fn of_literal(literal: &Literal) -> Option<Self> {
        let value = literal.value();
        if let Some(language) = literal.language() {
            return Some(Self::Text(value.to_owned(), false, language.to_owned()));
        }
        let datatype = literal.datatype();
        let digits = |range: std::ops::Range<usize>| value.as_bytes()[range].iter().all(u8::is_ascii_digit);
        match value.len() {
            _ if datatype == xsd::STRING => Some(Self::Text(value.to_owned(), true, String::new())),
            _ if datatype == xsd::INTEGER || datatype == xsd::DECIMAL => exact(value).map(Self::Number),
            10 if datatype == xsd::DATE && digits(0..4) => Some(Self::Day(value.to_owned())),
            4 if datatype == xsd::G_YEAR && digits(0..4) => Some(Self::Year(value.to_owned())),
            _ => None,
        }
    }

    /// Which kind of literal it is; nothing for what is none.
    fn kind(&self) -> Option<std::mem::Discriminant<Self>> {
        match self {
            Self::Unbound | Self::Blank(_) | Self::Iri(_) => None,
            literal => Some(std::mem::discriminant(literal)),
        }
    }
}

/// A number of at most 18 decimals as a whole number of its smallest unit.
fn exact(value: &str) -> Option<i128> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 18 || !(whole.bytes().chain(part.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    format!("{whole}{part:0<18}").parse::<i128>().ok().map(|number| sign * number)
}

/// A row with what it is sorted by.
type Keyed = (Vec<Key>, Row);

impl Top {
    /// The first rows in their order; none where only the engine can sort them.
    pub(super) fn first(&self, solutions: QuerySolutionIter<'_>) -> Result<Option<Vec<Row>>, QueryError> {
        let wanted = self.start + self.length;
        let mut kinds = vec![None; self.keys.len()];
        let mut kept: Vec<Keyed> = Vec::new();
        let mut full = false;
        for solution in solutions {
            let solution = solution.map_err(|e| failed(&e))?;
            let Some(keys) = self.keys_of(&solution, &mut kinds) else { return Ok(None) };
            if full && kept.get(wanted - 1).is_some_and(|last| self.compare(&keys, &last.0) != Ordering::Less)
            {
                continue;
            }
            kept.push((keys, self.variables.iter().map(|v| solution.get(v).cloned()).collect()));
            if kept.len() > 2 * wanted + 1_000 {
                self.cut(&mut kept, wanted);
                full = wanted > 0;
            }
        }
        self.cut(&mut kept, wanted);
        Ok(Some(kept.into_iter().skip(self.start).map(|(_, row)| row).collect()))
    }

    fn cut(&self, kept: &mut Vec<Keyed>, wanted: usize) {
        kept.sort_by(|a, b| self.compare(&a.0, &b.0));
        kept.truncate(wanted);
    }

    fn keys_of(
        &self,
        solution: &QuerySolution,
        kinds: &mut [Option<std::mem::Discriminant<Key>>],
    ) -> Option<Vec<Key>> {
        let mut keys = Vec::with_capacity(self.keys.len());
        for ((name, _), kind) in self.keys.iter().zip(kinds) {
            let key = Key::of(solution.get(name))?;
            match (key.kind(), &kind) {
                (Some(new), Some(known)) if new != *known => return None,
                (Some(new), _) => *kind = Some(new),
                (None, _) => {}
            }
            keys.push(key);
        }
        Some(keys)
    }

    fn compare(&self, a: &[Key], b: &[Key]) -> Ordering {
        let mut columns = a.iter().zip(b).zip(&self.keys).map(|((a, b), (_, direction))| match direction {
            Direction::Up => a.cmp(b),
            Direction::Down => b.cmp(a),
        });
        columns.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};
    use oxigraph::store::Store;
    use spargebra::SparqlParser;

    /// The rows by the engine and, if they can be sorted here, those that are found here.
    fn both(query: &str) -> (Vec<String>, Option<Vec<String>>) {
        let store = Store::new().unwrap();
        let ask = |query: Query| match SparqlEvaluator::new().for_query(query).on_store(&store).execute() {
            Ok(QueryResults::Solutions(solutions)) => solutions,
            _ => panic!(),
        };
        let mut parsed = SparqlParser::new().parse_query(query).unwrap();
        let engine = ask(parsed.clone());
        let engine = engine.map(|s| format!("{:?}", s.unwrap().values().to_vec())).collect();
        let top = take(&mut parsed);
        let here = top.and_then(|top| top.first(ask(parsed)).unwrap());
        (engine, here.map(|rows| rows.iter().map(|row| format!("{row:?}")).collect()))
    }

    fn values(values: &str, rest: &str) -> String {
        format!("SELECT ?x {{ VALUES ?x {{ {values} }} }} {rest}")
    }

    #[test]
    fn rows_come_as_the_engine_sorts_them() {
        for of in [
            "3 1 2.5 -7 100 0.25 -0.5 UNDEF <http://b> <http://a>",
            "\"b\" \"a\" \"甲\" \"乙\" \"\" UNDEF <http://a>",
            "\"b\"@en \"a\"@zh \"a\"@en \"c\"@zh",
            "\"b\"@en \"a\" \"a\"@zh \"b\" \"a\"@en \"c\"@zh",
            "\"2021-03-01\"^^<http://www.w3.org/2001/XMLSchema#date> \"2020-12-31\"^^<http://www.w3.org/2001/XMLSchema#date>",
            "\"2021\"^^<http://www.w3.org/2001/XMLSchema#gYear> \"1998\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
        ] {
            for rest in [
                "ORDER BY ?x LIMIT 3",
                "ORDER BY DESC(?x) LIMIT 4",
                "ORDER BY ?x LIMIT 2 OFFSET 1",
                "ORDER BY ?x LIMIT 0",
                "ORDER BY ?x OFFSET 99 LIMIT 9",
            ] {
                let (engine, here) = both(&values(of, rest));
                assert_eq!(here, Some(engine), "{of} {rest}");
            }
        }
    }

    #[test]
    fn only_the_first_of_many_are_kept_and_later_keys_decide_between_equals() {
        let many: Vec<String> = (0..5000).map(|n| format!("({} {})", (n * 7919) % 100, n)).collect();
        let query = format!(
            "SELECT ?b {{ VALUES (?a ?b) {{ {} }} }} ORDER BY DESC(?a) ?b LIMIT 7 OFFSET 3",
            many.join(" ")
        );
        let (engine, here) = both(&query);
        assert_eq!(here, Some(engine));
    }

    #[test]
    fn what_only_the_engine_can_compare_is_left_to_it() {
        for of in ["1 \"a\"", "1.5e0 2", "true false", "\"2021\"^^<http://www.w3.org/2001/XMLSchema#gYear> 3"]
        {
            assert_eq!(both(&values(of, "ORDER BY ?x LIMIT 1")).1, None, "{of}");
        }
        for rest in ["ORDER BY ?x", "LIMIT 3", "ORDER BY ?x LIMIT 100001"] {
            assert_eq!(both(&values("1 2", rest)).1, None, "{rest}");
        }
        assert_eq!(both("SELECT DISTINCT ?x { VALUES (?x ?y) { (1 2) } } ORDER BY ?y LIMIT 1").1, None);
    }
}
