//! Reads a query's surface: its variables, prefixed names and declarations, without judging its grammar.

use crate::text::display_width;
use std::ops::Range;

/// A piece of a query that matters to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `?name`
    Variable(&'a str),
    /// `$name`
    Parameter(&'a str),
    /// `prefix:local`
    Name(&'a str, &'a str),
    /// A keyword, a bare word, a star or a brace.
    Word(&'a str),
}

/// Every such piece with its byte range; strings, IRIs and comments are passed over.
pub(super) fn pieces(query: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let rest = &query[at..];
        let length = match c {
            '?' | '$' => variable(rest, at, &mut found),
            '*' | '{' | '}' => word(rest, 1, at, &mut found),
            c if c.is_alphanumeric() || matches!(c, ':' | '_' | '@') => name(rest, at, &mut found),
            c => passed_over(rest, c),
        };
        at += length.max(1);
    }
    found
}

/// How deep brackets may be nested; the grammar is followed by recursion, which has only so much room.
pub(super) const DEEPEST: usize = 100;

/// Whether brackets, or signs in a row, are nested deeper than that.
pub(super) fn nests_too_deep(query: &str) -> bool {
    let (mut at, mut open, mut signs) = (0, 0_usize, 0);
    while let Some(c) = query[at..].chars().next() {
        let rest = &query[at..];
        signs = if matches!(c, '!' | '^' | '+' | '-') { signs + 1 } else { 0 };
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open + signs > DEEPEST {
            return true;
        }
        at += passed_over(rest, c);
    }
    false
}

/// Where a text begins that no quotation mark closes.
pub(super) fn open_string(query: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let rest = &query[at..];
        let length = passed_over(rest, c);
        let closed = length > 1 && rest[..length].ends_with(c);
        if matches!(c, '"' | '\'') && !closed {
            return Some(at);
        }
        at += length.max(1);
    }
    None
}

/// The length of the comment, string or IRI that `rest` begins with, or else of its first character `c`.
fn passed_over(rest: &str, c: char) -> usize {
    match c {
        '#' => rest.find('\n').unwrap_or(rest.len()),
        '"' | '\'' => string_length(rest),
        '<' => iri_length(rest),
        c => c.len_utf8(),
    }
}

fn string_length(rest: &str) -> usize {
    let quote = &rest[..1];
    let long = quote.repeat(3);
    let (mark, mut at) = if rest.starts_with(&long) { (long.as_str(), 3) } else { (quote, 1) };
    while at < rest.len() && !rest[at..].starts_with(mark) {
        let mut chars = rest[at..].chars();
        let escaped = chars.next() == Some('\\');
        at += rest[at..].chars().next().map_or(1, char::len_utf8);
        if escaped {
            at += chars.next().map_or(0, char::len_utf8);
        }
    }
    (at + mark.len()).min(rest.len())
}

/// The length of `<…>`, or of the operator `<` alone.
fn iri_length(rest: &str) -> usize {
    match rest.find(['>', ' ', '\n', '"', '{', '}']) {
        Some(end) if rest[end..].starts_with('>') => end + 1,
        _ => 1,
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '·' | '.' | '%' | '\\')
}

fn variable<'a>(rest: &'a str, at: usize, found: &mut Vec<(Piece<'a>, Range<usize>)>) -> usize {
    let name = &rest[1..];
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
    if end > 0 {
        let piece = if rest.starts_with('?') {
            Piece::Variable(&name[..end])
        } else {
            Piece::Parameter(&name[..end])
        };
        found.push((piece, at..at + 1 + end));
    }
    1 + end
}

fn word<'a>(rest: &'a str, length: usize, at: usize, found: &mut Vec<(Piece<'a>, Range<usize>)>) -> usize {
    found.push((Piece::Word(&rest[..length]), at..at + length));
    length
}

fn name<'a>(rest: &'a str, at: usize, found: &mut Vec<(Piece<'a>, Range<usize>)>) -> usize {
    if let Some(tag) = rest.strip_prefix('@') {
        return 1 + tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(tag.len());
    }
    let first = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
    if !rest[first..].starts_with(':') {
        return word(rest, first.max(1), at, found);
    }
    let local = &rest[first + 1..];
    let end = local_end(local);
    found.push((Piece::Name(&rest[..first], &local[..end]), at..at + first + 1 + end));
    first + 1 + end
}

fn local_end(local: &str) -> usize {
    let mut end = 0;
    let mut chars = local.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let escaped = c == '\\' && chars.peek().is_some();
        if escaped {
            chars.next();
        } else if !(is_name_char(c) || c == ':') {
            break;
        }
        end = chars.peek().map_or(local.len(), |(next, _)| *next);
        debug_assert!(end > at);
    }
    local[..end].trim_end_matches('.').len()
}

/// The variables of a query in the order in which they appear.
pub(super) fn variables(query: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (piece, _) in pieces(query) {
        if let Piece::Variable(name) | Piece::Parameter(name) = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// Whether the outermost SELECT asks for all variables.
pub(super) fn selects_all(query: &str) -> bool {
    let words = pieces(query).into_iter().filter_map(|(piece, _)| match piece {
        Piece::Word(word) => Some(word.to_uppercase()),
        Piece::Variable(_) | Piece::Parameter(_) => Some(String::new()),
        Piece::Name(..) => None,
    });
    let mut after =
        words.skip_while(|w| w != "SELECT").skip(1).skip_while(|w| w == "DISTINCT" || w == "REDUCED");
    after.next().is_some_and(|w| w == "*")
}

/// Whether a query has a keyword, which is given in capitals.
pub(super) fn speaks_of(query: &str, keyword: &str) -> bool {
    pieces(query)
        .iter()
        .any(|(piece, _)| matches!(piece, Piece::Word(word) if word.eq_ignore_ascii_case(keyword)))
}

/// Line and column (characters), both from 1, of a byte of the query.
pub(super) fn position(query: &str, byte: usize) -> (usize, usize) {
    let before = &query[..byte];
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// A line of the query with a caret below a column, both indented.
pub(super) fn excerpt(query: &str, line: usize, column: usize) -> String {
    let text = query.lines().nth(line - 1).unwrap_or_default().replace('\t', " ");
    let before: String = text.chars().take(column - 1).collect();
    format!("  {text}\n  {}^", " ".repeat(display_width(&before)))
}

/// The closest of some words, if it is close enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let best = known.map(|k| (distance(&lower, &k.to_lowercase()), k)).min()?;
    (best.0 <= 1 + word.chars().count() / 3).then_some(best.1)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// An IRI as `prefix:local` where a prefix fits and the local part can be written plainly, else as `<…>`.
pub fn shorten(iri: &str, prefixes: &[(String, String)]) -> String {
    let fitting = prefixes.iter().filter(|(_, p)| iri.starts_with(p.as_str()));
    match fitting.max_by_key(|(_, p)| p.len()) {
        Some((prefix, start)) if is_plain(&iri[start.len()..]) => format!("{prefix}:{}", &iri[start.len()..]),
        _ => format!("<{iri}>"),
    }
}

fn is_plain(local: &str) -> bool {
    !local.is_empty() && local.chars().all(|c| is_name_char(c) && c != '\\') && !local.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_over_strings_iris_and_comments() {
        let query = "# ?a\nSELECT ?b { ?b <http://x/?c> \"?d \\\" ?e\" . FILTER(?b < 3 && '''?f''' != $g) }";
        assert_eq!(variables(query), ["b", "g"]);
    }

    #[test]
    fn finds_prefixed_names_in_chinese_too() {
        let names: Vec<_> = pieces("?s a jx:Place; jx:partOf place:太原市. FILTER(?x>2)")
            .into_iter()
            .filter_map(|(p, _)| match p {
                Piece::Name(prefix, local) => Some((prefix, local)),
                _ => None,
            })
            .collect();
        assert_eq!(names, [("jx", "Place"), ("jx", "partOf"), ("place", "太原市")]);
    }

    #[test]
    fn knows_select_star_from_a_list() {
        assert!(selects_all("PREFIX a: <b> select distinct * { ?s ?p ?o }"));
        assert!(!selects_all("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"));
        assert!(!selects_all("SELECT ?s { { SELECT * { ?s ?p ?o } } }"));
    }

    #[test]
    fn puts_the_caret_below_wide_characters() {
        assert_eq!(
            excerpt("a\n\"太原\" x", 2, 6),
            "  \"太原\" x\n        ^".replace("        ^", "         ^")
        );
    }

    #[test]
    fn names_the_closest_word_only_if_it_is_close() {
        let known = ["Place", "Project", "locatedIn"];
        assert_eq!(nearest("locatdIn", known.into_iter()), Some("locatedIn"));
        assert_eq!(nearest("Projct", known.into_iter()), Some("Project"));
        assert_eq!(nearest("xyz", known.into_iter()), None);
    }

    #[test]
    fn knows_what_is_nested_too_deep_from_what_is_long() {
        let around =
            |open: &str, close: &str, times| format!("{}{}", open.repeat(times), close.repeat(times));
        assert!(nests_too_deep(&around("{", "}", 101)) && !nests_too_deep(&around("(", ")", 100)));
        assert!(nests_too_deep(&"!".repeat(101)) && !nests_too_deep(&"\"1\"^^<http://t> (2) ".repeat(500)));
        assert!(!nests_too_deep(&format!("\"{}\" # {}", "(".repeat(500), "(".repeat(500))));
    }

    #[test]
    fn shortens_what_can_be_typed() {
        let prefixes = [("p".to_owned(), "http://x/".to_owned())];
        assert_eq!(shorten("http://x/太原市", &prefixes), "p:太原市");
        assert_eq!(shorten("http://x/a/b", &prefixes), "<http://x/a/b>");
    }
}
