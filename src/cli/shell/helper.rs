//! Completion, highlighting and the end of a query for the shell's line.

use super::super::completions::names;
use super::super::paint::painted;
use super::line::is_whole;
use jinxiu::ontology::{NAMESPACE, ontology};
use jinxiu::store::own_questions;
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Result};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

const KEYWORDS: &[&str] = &[
    "SELECT",
    "DISTINCT",
    "WHERE",
    "FILTER",
    "OPTIONAL",
    "UNION",
    "MINUS",
    "GRAPH",
    "VALUES",
    "BIND",
    "ORDER BY",
    "GROUP BY",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "ASK",
    "CONSTRUCT",
    "DESCRIBE",
    "COUNT",
    "SUM",
    "MIN",
    "MAX",
    "AVG",
    "SAMPLE",
    "LANG",
    "STR",
    "CONTAINS",
    "STRSTARTS",
    "REGEX",
    "EXISTS",
    "NOT EXISTS",
    "COALESCE",
    "IF",
    "DESC",
    "ASC",
    "AS",
    "IN",
];

const COMMANDS: &[&str] = &[
    "\\ask",
    "\\why",
    "\\show",
    "\\find",
    "\\format",
    "\\explain",
    "\\stats",
    "\\prefixes",
    "\\questions",
    "\\help",
    "\\quit",
];

/// What helps on the line.
pub(super) struct Helper {
    store: PathBuf,
    words: Vec<String>,
    color: bool,
}

impl Helper {
    pub(super) fn new(store: &Path, prefixes: &[(String, String)], color: bool) -> Self {
        let terms = ontology()
            .own_terms()
            .filter_map(|t| t.iri.strip_prefix(NAMESPACE))
            .map(|local| format!("jx:{local}"));
        let fixed = KEYWORDS.iter().chain(COMMANDS).map(|word| (*word).to_owned());
        let questions = own_questions().into_iter().map(|q| q.name);
        let mut words: Vec<String> = prefixes
            .iter()
            .map(|(prefix, _)| format!("{prefix}:"))
            .chain(terms)
            .chain(fixed)
            .chain(questions)
            .collect();
        words.sort();
        Self { store: store.to_owned(), words, color }
    }

    /// Words that go on from what was typed: fixed ones, the line's own variables, names in the store.
    pub(super) fn offers(&self, line: &str, typed: &str) -> Vec<String> {
        let starts =
            |word: &str| word.len() > typed.len() && word.to_lowercase().starts_with(&typed.to_lowercase());
        let variables = line
            .split(|c: char| !(c.is_alphanumeric() || c == '?' || c == '_'))
            .filter(|w| w.starts_with('?'));
        let mut offers: Vec<String> = self.words.iter().filter(|w| starts(w)).cloned().collect();
        offers.extend(variables.filter(|w| starts(w)).map(str::to_owned));
        if !typed.is_ascii() {
            offers.extend(names(&self.store, typed));
        }
        offers.sort();
        offers.dedup();
        offers
    }
}

/// Where the word before the cursor begins.
fn word_start(line: &str, cursor: usize) -> usize {
    let parts = |c: char| c.is_whitespace() || "{}().;,\"'=<>|/^*+".contains(c);
    line[..cursor].rfind(parts).map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8))
}

impl Completer for Helper {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> Result<(usize, Vec<Pair>)> {
        let start = word_start(line, cursor);
        let offers = self.offers(line, &line[start..cursor]);
        Ok((
            start,
            offers.into_iter().map(|word| Pair { display: word.clone(), replacement: word }).collect(),
        ))
    }
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.color { Cow::Owned(painted(line, is_keyword)) } else { Cow::Borrowed(line) }
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.color
    }
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.split(' ').any(|part| part.eq_ignore_ascii_case(word)))
}

impl Hinter for Helper {
    type Hint = String;
}

impl Validator for Helper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> Result<ValidationResult> {
        let whole = is_whole(context.input()) || is_whole(&format!("{}\n", context.input()));
        Ok(if whole { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl rustyline::Helper for Helper {}

#[cfg(test)]
mod tests {
    use super::*;

    fn helper() -> Helper {
        Helper::new(Path::new("/no/store"), &[("place".to_owned(), "http://x/".to_owned())], false)
    }

    #[test]
    fn offers_prefixes_terms_variables_and_commands() {
        let helper = helper();
        assert!(helper.offers("", "jx:Hi").contains(&"jx:HighTechZone".to_owned()));
        assert!(helper.offers("", "pl").contains(&"place:".to_owned()));
        assert_eq!(helper.offers("SELECT ?project { ?p", "?p"), ["?project"]);
        assert_eq!(helper.offers("", "\\wh"), ["\\why"]);
        assert!(helper.offers("", "opt").contains(&"OPTIONAL".to_owned()));
    }

    #[test]
    fn a_word_begins_after_what_parts_words() {
        assert_eq!(word_start("SELECT ?s { ?s a jx:Pl", 22), 17);
        assert_eq!(word_start("太原", 6), 0);
        assert_eq!(word_start("\\show 太原", 12), 6);
    }

    #[test]
    fn a_word_of_a_longer_keyword_is_one() {
        assert!(is_keyword("select") && is_keyword("BY") && !is_keyword("selected"));
    }
}
