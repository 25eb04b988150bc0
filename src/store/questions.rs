//! Ready questions: SPARQL files with a title in two languages and parameters in their leading comment.
//!
//! ```text
//! # 某地的产业
//! # Industries that a place develops
//! # @param place "太原市"@zh 地方 / the place
//! ```
//! A parameter stands in the query as `$place`. Its default tells its type: `"…"@zh` is a name, taken in both scripts;
//! `"…"` text; `2021` a whole number; `0.5` any number; `jx:signed` a term; `<…>` any IRI.

mod own;

use super::query::Query;
use super::scan::{self, Piece};
use crate::ontology::ontology;
use crate::rdf::{SIMPLIFIED, TRADITIONAL, in_both_scripts};
use oxigraph::model::{Literal, NamedNode};
use std::collections::BTreeMap;

pub use own::own_questions;

/// A ready question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name of its file without `.rq`.
    pub name: String,
    /// What it asks, in Chinese.
    pub title_zh: String,
    /// What it asks, in English.
    pub title_en: String,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// The query, parameters unbound.
    pub sparql: String,
}

/// Something that can be set in a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The value it has unless set, in SPARQL.
    pub default: String,
    /// What it means.
    pub meaning: String,
}

impl Parameter {
    /// Its name and default as people write them: `place=太原市`.
    pub fn with_default(&self) -> String {
        format!("{}={}", self.name, self.default.trim_end_matches("@zh").trim_matches('"'))
    }
}

/// A value that a question cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// No parameter of that name.
    #[error("the question {question} has no parameter {name}; it has: {known}")]
    Unknown {
        /// The question.
        question: String,
        /// The name that was given.
        name: String,
        /// The names it has.
        known: String,
    },
    /// A value of the wrong type.
    #[error("{name}={value}: {expected} is expected, such as {default}")]
    Type {
        /// The parameter.
        name: String,
        /// The value that was given.
        value: String,
        /// What it takes.
        expected: &'static str,
        /// Its default.
        default: String,
    },
}

/// Reads a question; the leading comment gives titles and parameters.
pub fn parse_question(name: &str, sparql: &str) -> Question {
    let head = sparql.lines().map_while(|line| line.trim().strip_prefix('#')).map(str::trim);
    let (mut titles, mut parameters) = (Vec::new(), Vec::new());
    for line in head.filter(|line| !line.is_empty()) {
        match line.strip_prefix("@param ") {
            Some(parameter) => parameters.extend(parse_parameter(parameter)),
            None => titles.push(line.to_owned()),
        }
    }
    let mut titles = titles.into_iter();
    let title_zh = titles.next().unwrap_or_else(|| name.to_owned());
    let title_en = titles.next().unwrap_or_else(|| title_zh.clone());
    Question { name: name.to_owned(), title_zh, title_en, parameters, sparql: sparql.to_owned() }
}

fn parse_parameter(line: &str) -> Option<Parameter> {
    let (name, rest) = line.trim().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let end = match rest.strip_prefix('"').and_then(|r| r.find('"')) {
        Some(quote) => {
            let after = quote + 2;
            after + rest[after..].find(char::is_whitespace).unwrap_or(rest.len() - after)
        }
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    let (default, meaning) = rest.split_at(end);
    Some(Parameter { name: name.to_owned(), default: default.to_owned(), meaning: meaning.trim().to_owned() })
}

impl Question {
    /// The query with its parameters set; those not given keep their defaults. `language` is `zh-Hans`, `zh-Hant` or
    /// `en`: names of things come in its script, words of the ontology in the language.
    pub fn bind(&self, given: &BTreeMap<String, String>, language: &str) -> Result<Query, BindError> {
        if let Some(name) = given.keys().find(|g| self.parameters.iter().all(|p| p.name != **g)) {
            let known: Vec<&str> = self.parameters.iter().map(|p| p.name.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(BindError::Unknown { question: self.name.clone(), name: name.clone(), known });
        }
        let language = language.to_lowercase();
        let script = if language == TRADITIONAL { TRADITIONAL } else { SIMPLIFIED };
        let mut values = BTreeMap::from([
            ("lang".to_owned(), Literal::new_simple_literal(&language).to_string()),
            ("script".to_owned(), Literal::new_simple_literal(script).to_string()),
        ]);
        for parameter in &self.parameters {
            let value = match given.get(&parameter.name) {
                Some(text) => parameter.value(text)?,
                None => parameter.default_value(),
            };
            values.insert(parameter.name.clone(), value);
        }
        Ok(Query::new(self.fill(&values)))
    }

    fn fill(&self, values: &BTreeMap<String, String>) -> String {
        let mut filled = self.sparql.clone();
        for (piece, range) in scan::pieces(&self.sparql).into_iter().rev() {
            if let Piece::Parameter(name) = piece
                && let Some(value) = values.get(name)
            {
                filled.replace_range(range, value);
            }
        }
        filled
    }
}

impl Parameter {
    fn default_value(&self) -> String {
        match self.default.strip_suffix("@zh") {
            Some(name) => both_scripts(name.trim_matches('"')),
            None => self.default.clone(),
        }
    }

    /// A value from the command line as SPARQL; whatever it holds, it stays one value.
    fn value(&self, given: &str) -> Result<String, BindError> {
        let wrong = |expected| BindError::Type {
            name: self.name.clone(),
            value: given.to_owned(),
            expected,
            default: self.default.trim_matches('"').to_owned(),
        };
        if self.default.ends_with("@zh") {
            return Ok(both_scripts(given));
        }
        if self.default.starts_with('"') {
            return Ok(Literal::new_simple_literal(given).to_string());
        }
        if self.default.contains('.') && self.default.parse::<f64>().is_ok() {
            let number: Result<f64, _> = given.trim().parse();
            return number.map(|n| format!("{n:?}")).map_err(|_| wrong("a number"));
        }
        if self.default.bytes().all(|b| b.is_ascii_digit()) {
            let number: Result<u32, _> = given.trim().trim_end_matches('年').parse();
            return number.map(|n| n.to_string()).map_err(|_| wrong("a whole number"));
        }
        if self.default.starts_with('<') {
            let given = given.trim().trim_start_matches('<').trim_end_matches('>');
            return NamedNode::new(given).map(|iri| iri.to_string()).map_err(|_| wrong("an IRI"));
        }
        let local = given.trim().trim_start_matches("jx:");
        let term = ontology().term(local).or_else(|| by_label(local));
        term.map(|t| format!("<{}>", t.iri)).ok_or_else(|| wrong("a term of the ontology"))
    }
}

fn by_label(label: &str) -> Option<&'static crate::ontology::Term> {
    ontology().own_terms().find(|t| t.labels.values().any(|l| l == label))
}

fn both_scripts(name: &str) -> String {
    in_both_scripts(name.trim()).map(|l| l.to_string()).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# 甲\n# The A\n# @param place \"太原市\"@zh 地方 / place\n# @param year 2021\n\
        # @param status jx:signed\nSELECT ?s { VALUES ?n { $place } ?s rdfs:label ?n ; jx:status $status FILTER(?y = $year && LANG(?n) = $script) }";

    fn bound(pairs: &[(&str, &str)]) -> Result<String, BindError> {
        let given = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        parse_question("a", FILE).bind(&given, "zh-Hant").map(|q| q.text().lines().last().unwrap().to_owned())
    }

    #[test]
    fn reads_titles_and_parameters() {
        let question = parse_question("a", FILE);
        assert_eq!((question.title_zh.as_str(), question.title_en.as_str()), ("甲", "The A"));
        let shown: Vec<_> =
            question.parameters.iter().map(|p| format!("{} {} {}", p.name, p.default, p.meaning)).collect();
        assert_eq!(shown, ["place \"太原市\"@zh 地方 / place", "year 2021 ", "status jx:signed "]);
    }

    #[test]
    fn takes_names_in_both_scripts() {
        let query = bound(&[("place", "晉中市")]).unwrap();
        assert!(query.contains("VALUES ?n { \"晋中市\"@zh-hans \"晉中市\"@zh-hant }"), "{query}");
        assert!(query.contains("LANG(?n) = \"zh-hant\""), "{query}");
    }

    #[test]
    fn a_value_cannot_break_out_of_its_quotes() {
        let query = bound(&[("place", "x\" } DROP ALL #")]).unwrap();
        assert!(query.contains("\"x\\\" } DROP ALL #\"@zh-hans"), "{query}");
    }

    #[test]
    fn a_term_may_be_named_by_its_label() {
        assert!(bound(&[("status", "投产")]).unwrap().contains("ontology#inProduction>"));
        assert!(bound(&[("status", "jx:planned")]).unwrap().contains("ontology#planned>"));
    }

    #[test]
    fn an_iri_stays_one_iri() {
        let file = "# 甲\n# A\n# @param at <http://a/> x\nSELECT * { SERVICE $at { ?s ?p ?o } }";
        let bind = |at: &str| {
            let given = BTreeMap::from([("at".to_owned(), at.to_owned())]);
            parse_question("a", file).bind(&given, "en").map(|q| q.text().lines().last().unwrap().to_owned())
        };
        assert_eq!(
            bind("http://127.0.0.1:1/x").unwrap(),
            "SELECT * { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }"
        );
        assert_eq!(bind("<http://b/>"), bind("http://b/"));
        assert!(bind("http://b/> { } #").is_err() && bind("there").is_err());
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert!(bound(&[("year", "twenty")]).unwrap_err().to_string().contains("a whole number is expected"));
        assert!(bound(&[("status", "nothing")]).is_err());
        assert!(bound(&[("nobody", "x")]).unwrap_err().to_string().contains("it has: place, year, status"));
    }
}
