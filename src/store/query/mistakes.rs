//! Mistakes that are made often and that the grammar places elsewhere, or calls by its own words.

use crate::store::scan::{self, Piece};
use std::ops::Range;

/// What is wrong, and at which byte of the query.
pub(super) type Mistake = (String, usize);

/// A mistake that can be seen in a query which the grammar refuses with `message`.
pub(super) fn mistake(query: &str, message: &str) -> Option<Mistake> {
    if query.trim().is_empty() {
        return Some(("there is no query".to_owned(), 0));
    }
    let pieces = scan::pieces(query);
    let select = Select::of(query, &pieces);
    let told = |words: &str| message.contains(words);
    if told("contains a variable that is unbound") || told("an expression with a variable that is unbound") {
        return select.ungrouped();
    }
    if told("Duplicated variable name") {
        return select.twice();
    }
    if told("overrides an existing variable") {
        return select.named_anew();
    }
    if told("SELECT * is not authorized") {
        let reason = "with GROUP BY, SELECT names its variables; * stands for too many";
        return Some((reason.to_owned(), select.head.start));
    }
    select
        .comma()
        .or_else(|| open_text(query))
        .or_else(|| bare_test(query, &pieces))
        .or_else(|| bound_twice(&pieces))
}

/// The first SELECT of a query with what it names.
struct Select<'a> {
    query: &'a str,
    /// From behind SELECT to WHERE or the first brace.
    head: Range<usize>,
    pieces: &'a [(Piece<'a>, Range<usize>)],
}

impl<'a> Select<'a> {
    fn of(query: &'a str, pieces: &'a [(Piece<'a>, Range<usize>)]) -> Self {
        let keyword = |word: &str| {
            let is = move |piece: &Piece<'_>| matches!(piece, Piece::Word(w) if w.eq_ignore_ascii_case(word));
            pieces.iter().find(move |(piece, _)| is(piece)).map(|(_, range)| range.clone())
        };
        let start = keyword("SELECT").map_or(query.len(), |range| range.end);
        let ends = ["WHERE", "{"].into_iter().filter_map(keyword).map(|range| range.start);
        let end = ends.filter(|end| *end >= start).min().unwrap_or(query.len());
        let blanks = query[start..end].len() - query[start..end].trim_start().len();
        Self { query, head: start + blanks..end.max(start + blanks), pieces }
    }

    /// The variables that it names by themselves, not within brackets.
    fn plain(&self) -> impl Iterator<Item = (&'a str, usize)> + '_ {
        self.variables(self.head.clone()).filter(|(_, at)| {
            let before = &self.query[self.head.start..*at];
            before.matches('(').count() == before.matches(')').count()
        })
    }

    fn variables(&self, within: Range<usize>) -> impl Iterator<Item = (&'a str, usize)> + '_ {
        self.pieces.iter().filter_map(move |(piece, range)| match piece {
            Piece::Variable(name) | Piece::Parameter(name) if within.contains(&range.start) => {
                Some((*name, range.start))
            }
            _ => None,
        })
    }

    fn ungrouped(&self) -> Option<Mistake> {
        let words = self.pieces.windows(2).find(|pair| {
            matches!(pair, [(Piece::Word(a), _), (Piece::Word(b), _)]
                if a.eq_ignore_ascii_case("GROUP") && b.eq_ignore_ascii_case("BY"))
        });
        let grouped = words.map_or(self.query.len(), |pair| pair[1].1.end);
        let by: Vec<&str> = self.variables(grouped..self.query.len()).map(|(name, _)| name).collect();
        let (name, at) = self.plain().find(|(name, _)| !by.contains(name))?;
        Some((format!("where values are put together, ?{name} must stand in GROUP BY"), at))
    }

    fn twice(&self) -> Option<Mistake> {
        let mut seen = Vec::new();
        let again = self.variables(self.head.clone()).find(|(name, _)| {
            let again = seen.contains(name);
            seen.push(name);
            again
        });
        again.map(|(name, at)| (format!("SELECT names ?{name} twice"), at))
    }

    /// The variable behind an AS that has a value without it.
    fn named_anew(&self) -> Option<Mistake> {
        let inner: Vec<&str> =
            self.variables(self.head.end..self.query.len()).map(|(name, _)| name).collect();
        named_by_as(self.pieces)
            .filter(|(_, at)| self.head.contains(at))
            .find(|(name, _)| inner.contains(name))
            .map(|(name, at)| (format!("?{name} has a value already; AS needs a new name"), at))
    }

    fn comma(&self) -> Option<Mistake> {
        let head = &self.query[self.head.clone()];
        let open = |at: usize| head[..at].matches('(').count() > head[..at].matches(')').count();
        let (at, _) = head.match_indices(',').find(|(at, _)| !open(*at))?;
        Some(("variables stand side by side, without commas".to_owned(), self.head.start + at))
    }
}

/// The variables that stand behind AS.
fn named_by_as<'a>(pieces: &'a [(Piece<'a>, Range<usize>)]) -> impl Iterator<Item = (&'a str, usize)> + 'a {
    pieces.windows(2).filter_map(|pair| match pair {
        [(Piece::Word(word), _), (Piece::Variable(name), range)] if word.eq_ignore_ascii_case("AS") => {
            Some((*name, range.start))
        }
        _ => None,
    })
}

/// A text whose quotation mark is never closed.
fn open_text(query: &str) -> Option<Mistake> {
    let at = scan::open_string(query)?;
    Some(("the text that begins here has no end".to_owned(), at))
}

/// FILTER before something that is neither in brackets nor called by name.
fn bare_test(query: &str, pieces: &[(Piece<'_>, Range<usize>)]) -> Option<Mistake> {
    pieces.windows(2).find_map(|pair| match pair {
        [(Piece::Word(word), range), (Piece::Variable(_), test)]
            if word.eq_ignore_ascii_case("FILTER") && query[range.end..test.start].trim().is_empty() =>
        {
            Some(("FILTER takes its test in brackets".to_owned(), test.start))
        }
        _ => None,
    })
}

/// BIND to a variable that stands before it.
fn bound_twice(pieces: &[(Piece<'_>, Range<usize>)]) -> Option<Mistake> {
    let body = pieces.iter().find(|(piece, _)| *piece == Piece::Word("{")).map(|(_, range)| range.start)?;
    let before = |name: &str, at: usize| {
        pieces
            .iter()
            .any(|(piece, range)| *piece == Piece::Variable(name) && (body..at).contains(&range.start))
    };
    let (name, at) = named_by_as(pieces).find(|(name, at)| *at > body && before(name, *at))?;
    Some((format!("?{name} has a value already; BIND needs a new name"), at))
}

#[cfg(test)]
mod tests {
    use crate::store::{Query, QueryError, Store};

    fn refusal(query: &str) -> String {
        let store = Store::in_memory(crate::rdf::Base::default()).unwrap();
        match store.ask(&Query::new(query)).err() {
            Some(QueryError::Syntax { line, column, reason, .. }) => format!("{line}:{column} {reason}"),
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn mistakes_that_are_made_often_are_told_by_their_name_and_place() {
        for (query, told) in [
            ("", "1:1 there is no query"),
            (
                "SELECT ?x (SUM(?y) AS ?z) { ?x jx:status ?y }",
                "1:8 where values are put together, ?x must stand in GROUP BY",
            ),
            (
                "SELECT ?x ?y (COUNT(*) AS ?n) { ?x jx:status ?y } GROUP BY ?x",
                "1:11 where values are put together, ?y must stand in GROUP BY",
            ),
            ("SELECT ?x ?x { ?x jx:status ?y }", "1:11 SELECT names ?x twice"),
            ("SELECT (?x AS ?y) { ?x jx:status ?y }", "1:15 ?y has a value already; AS needs a new name"),
            (
                "SELECT * { ?x jx:status ?y } GROUP BY ?x",
                "1:8 with GROUP BY, SELECT names its variables; * stands for too many",
            ),
            (
                "SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }",
                "1:37 ?x has a value already; BIND needs a new name",
            ),
            ("SELECT ?x { ?x rdfs:label \"甲 }", "1:27 the text that begins here has no end"),
            ("SELECT ?x { ?x jx:status ?y FILTER ?y = 1 }", "1:36 FILTER takes its test in brackets"),
            ("SELECT ?x { ?x a jx:Zone FILTER(?x = ) }", "1:38 “)” is not expected here"),
            ("SELECT ?x, ?y { ?x jx:status ?y }", "1:10 variables stand side by side, without commas"),
        ] {
            assert_eq!(refusal(query), told, "{query}");
        }
    }
}
