//! Why a text is not a query: the place, what stands there, what would be known instead.

use super::mistakes::mistake;
use crate::store::failure::QueryError;
use crate::store::scan::{self, Piece, nearest};

/// What stands before a bracket in SPARQL: functions, aggregates, keywords.
const FUNCTIONS: &str = "\
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
    SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
    REPLACE TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE LANGDIR HASLANG HASLANGDIR STRLANGDIR ADJUST
    COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT DISTINCT
    FILTER BIND VALUES IN NOT EXISTS SELECT HAVING BY ASC DESC WHERE AS a";

/// Words that stand before no bracket.
const KEYWORDS: &str = "\
    SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE FROM NAMED WHERE REDUCED OPTIONAL UNION MINUS GRAPH SERVICE FILTER BIND VALUES
    GROUP ORDER LIMIT OFFSET INSERT DELETE DATA WITH USING";

/// The grammar looks a keyword's length ahead and, near the end of a query, takes the end for the place of the error.
pub(in crate::store) fn padded(query: &str) -> String {
    format!("{query}{}", " ".repeat(32))
}

/// What is wrong with a query that the grammar refuses with `message`.
pub(in crate::store) fn explain(query: &str, prefixes: &[(String, String)], message: &str) -> QueryError {
    unknown_prefix(query, prefixes)
        .or_else(|| unknown_function(query))
        .or_else(|| mistake(query, message).map(|(reason, at)| refused(query, reason, at)))
        .unwrap_or_else(|| syntax(query, message))
}

/// A word before a bracket that is neither a function nor a keyword; the grammar looks for the error elsewhere.
fn unknown_function(query: &str) -> Option<QueryError> {
    let known = || FUNCTIONS.lines().flat_map(str::split_whitespace);
    let is_known = |word: &str| known().any(|name| name.eq_ignore_ascii_case(word));
    let (word, range) = scan::pieces(query).into_iter().find_map(|(piece, range)| match piece {
        Piece::Word(word) if opens_bracket(&query[range.end..]) && !is_known(word) && is_ascii(word) => {
            Some((word, range))
        }
        _ => None,
    })?;
    let upper = word.to_uppercase();
    let close =
        nearest(&upper, known()).map(|name| format!("; the closest one is {name}")).unwrap_or_default();
    Some(refused(query, format!("there is no function {word}{close}"), range.start))
}

/// A refusal at a byte of the query.
fn refused(query: &str, reason: String, at: usize) -> QueryError {
    let (line, column) = scan::position(query, at);
    QueryError::Syntax { line, column, reason, excerpt: scan::excerpt(query, line, column) }
}

fn opens_bracket(rest: &str) -> bool {
    rest.trim_start().starts_with('(')
}

fn is_ascii(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn unknown_prefix(query: &str, prefixes: &[(String, String)]) -> Option<QueryError> {
    let pieces = scan::pieces(query);
    let mut known: Vec<&str> = prefixes.iter().map(|(p, _)| p.as_str()).collect();
    for pair in pieces.windows(2) {
        if let [(Piece::Word(word), _), (Piece::Name(prefix, _), _)] = pair
            && word.eq_ignore_ascii_case("prefix")
        {
            known.push(prefix);
        }
    }
    let (prefix, range) = pieces.iter().find_map(|(piece, range)| match piece {
        Piece::Name(prefix, _) if !known.contains(prefix) => Some((*prefix, range.clone())),
        _ => None,
    })?;
    let (line, column) = scan::position(query, range.start);
    let close = nearest(prefix, known.into_iter());
    let hint = close.map(|c| format!("; the closest known one is {c}:")).unwrap_or_default();
    let excerpt = scan::excerpt(query, line, column);
    Some(QueryError::Prefix { prefix: prefix.to_owned(), line, column, hint, excerpt })
}

fn syntax(query: &str, message: &str) -> QueryError {
    let (place, expected) =
        message.strip_prefix("error at ").and_then(|m| m.split_once(": ")).unwrap_or(("1:1", message));
    let (line, column) = place.split_once(':').unwrap_or(("1", "1"));
    let (line, column) = (line.parse().unwrap_or(1), column.parse().unwrap_or(1));
    let expected = expected.trim_start_matches("expected ").trim_start_matches("one of ");
    let (line, column, rest) = before_keyword(query, (line, column), expected);
    let reason = match rest.split_whitespace().next() {
        None => "the query ends too early".to_owned(),
        Some(found) => format!("“{found}” is not expected here{}", other_word(found)),
    };
    QueryError::Syntax {
        line,
        column,
        reason: reason + &wanted(expected),
        excerpt: scan::excerpt(query, line, column),
    }
}

/// The subcommand that takes what begins with a word, where another was given it; else the keyword that it comes close to.
fn other_word(word: &str) -> String {
    let upper = word.to_uppercase();
    match upper.as_str() {
        "INSERT" | "DELETE" | "LOAD" | "CLEAR" | "DROP" | "CREATE" | "ADD" | "MOVE" | "COPY" => {
            "; jinxiu update takes changes".to_owned()
        }
        "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE" => "; jinxiu query takes questions".to_owned(),
        _ if KEYWORDS.split_whitespace().any(|keyword| keyword == upper) => String::new(),
        _ => {
            let close =
                nearest(&upper, KEYWORDS.split_whitespace()).filter(|_| is_ascii(word) && word.len() > 3);
            close.map(|keyword| format!("; the closest word is {keyword}")).unwrap_or_default()
        }
    }
}

/// Where an error really is, with what stands there: the grammar places a keyword that it did not find behind the
/// characters that it compared with it.
fn before_keyword<'a>(
    query: &'a str,
    (line, column): (usize, usize),
    expected: &str,
) -> (usize, usize, &'a str) {
    let keyword = expected.split(", ").next().filter(|word| is_keyword(word)).map_or(0, str::len);
    let padded = padded(query);
    let start: usize = padded.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let reported = padded[start..].char_indices().nth(column - 1).map_or(padded.len(), |(i, _)| start + i);
    let back = padded[..reported].char_indices().rev().take(keyword).last().map_or(reported, |(i, _)| i);
    let at = back.min(query.trim_end().len());
    let at = at + query[at..].len() - query[at..].trim_start().len();
    let (line, column) = scan::position(query, at.min(query.trim_end().len()));
    (line, column, &query[at..])
}

fn is_keyword(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
}

/// A grammar's list of all that it would have taken is too long to help: the first few marks are enough.
fn wanted(expected: &str) -> String {
    let marks: Vec<&str> =
        expected.split(", ").filter(|e| e.starts_with('"') && !e.contains('\\')).take(4).collect();
    if marks.is_empty() { String::new() } else { format!("; one of {} would be", marks.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::sparql::SparqlEvaluator;

    fn refusal(query: &str) -> QueryError {
        let prefixes = crate::rdf::Base::default().prefixes();
        let message = match spargebra_error(query) {
            Some(message) => message,
            None => panic!("{query} parses"),
        };
        explain(query, &prefixes, &message)
    }

    fn spargebra_error(query: &str) -> Option<String> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, iri) in crate::rdf::Base::default().prefixes() {
            evaluator = evaluator.with_prefix(prefix, iri).unwrap();
        }
        evaluator.parse_query(&padded(query)).err().map(|e| e.to_string())
    }

    #[test]
    fn shows_where_the_syntax_breaks() {
        let QueryError::Syntax { line, column, excerpt, .. } = refusal("SELECT ?s\nWHERE { ?s a jx:Place ")
        else {
            panic!("no syntax error");
        };
        assert_eq!((line, column), (2, 22));
        assert!(excerpt.ends_with('^'), "{excerpt}");
    }

    #[test]
    fn points_at_what_is_wrong_wherever_it_stands() {
        let place = |query: &str| match refusal(query) {
            QueryError::Syntax { line, column, reason, .. } => format!("{line}:{column} {reason}"),
            other => other.to_string(),
        };
        assert_eq!(
            place("SELCT ?s { ?s ?p ?o }"),
            "1:1 “SELCT” is not expected here; the closest word is SELECT"
        );
        assert_eq!(
            place("SELECT ?s { ?s ?p ?o "),
            "1:21 the query ends too early; one of \",\" \".\" \";\" \"{\" would be"
        );
        assert_eq!(place("SELECT ?s { ?s rdfs:label \"甲市\" ,, ?o }"), "1:32 “,,” is not expected here");
        assert_eq!(place("SELECT ?s { ?s ?p ?o } ORDER ?s"), "1:30 “?s” is not expected here");
        assert_eq!(place("SELECT ?s { ?s ?p \"甲 }"), "1:19 the text that begins here has no end");
        assert_eq!(place("SELECT ?s\n{ ?s ?p ?o FILTER }\n"), "2:19 “}” is not expected here");
    }

    #[test]
    fn names_an_unknown_function_and_the_closest_known_one() {
        let told = |query: &str| refusal(query).to_string().lines().next().unwrap().to_owned();
        assert_eq!(
            told("SELECT ?s { ?s ?p ?o FILTER(STRLENN(?o) > 1) }"),
            "syntax error at line 1, column 29: there is no function STRLENN; the closest one is STRLEN"
        );
        let strange = told("SELECT (xyzzy(?o) AS ?x) { ?s ?p ?o }");
        assert!(strange.ends_with("there is no function xyzzy"), "{strange}");
        assert!(told("SELECT (COUNT(?o) AS ?x { ?s ?p ?o FILTER(isIRI(?s)) }").contains("is not expected"));
    }

    #[test]
    fn names_the_subcommand_that_takes_changes() {
        assert!(refusal("INSERT DATA { }").to_string().contains("here; jinxiu update takes changes"));
    }

    #[test]
    fn names_an_unknown_prefix_and_the_closest_known_one() {
        let error = refusal("SELECT ?s WHERE { ?s shcema:name ?n }").to_string();
        assert!(
            error
                .starts_with("unknown prefix shcema: at line 1, column 22; the closest known one is schema:")
        );
    }

    #[test]
    fn takes_a_declared_prefix_as_known() {
        assert!(unknown_prefix("PREFIX my: <http://x/> SELECT * { ?s my:p ?o }", &[]).is_none());
    }
}
