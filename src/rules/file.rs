//! The format of rule files.

use super::pattern::{classes, expression};
use crate::document::{Predicate, Status};
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a new rule file starts from.
pub const TEMPLATE: &str = include_str!("template.toml");

/// Where a rule file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Not in the format.
    #[error("{0}: {1}")]
    Format(String, String),
    /// Nothing shows what the rule is for.
    #[error("{0}: rule '{1}' has no examples; give it at least one under [rule.yields]")]
    NoExamples(String, String),
    /// A fact that is none.
    #[error(
        "{0}: rule '{1}': the fact '{2}' must be 'slot predicate slot' or 'slot status stage', with slots of the pattern"
    )]
    Fact(String, String, String),
    /// A class that nobody knows.
    #[error("{0}: rule '{1}': '{2}' is no class")]
    Class(String, String, String),
    /// A pattern that is no regular expression.
    #[error("{0}: rule '{1}': {2}")]
    Pattern(String, String, String),
    /// Two relations in one file.
    #[error("{0}: rule '{1}' states another relation than the rules before it; one file, one relation")]
    Mixed(String, String),
}

/// The far end of a rule's fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    Slot(String),
    Stage(Status),
}

impl End {
    fn slot(&self) -> Option<&str> {
        match self {
            Self::Slot(slot) => Some(slot),
            Self::Stage(_) => None,
        }
    }
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Unique among all rules.
    pub name: String,
    /// What it states.
    pub predicate: Predicate,
    /// Whether it suffices alone, since nine of ten of its firings hold on annotated texts.
    pub sure: bool,
    pub(super) subject: String,
    pub(super) object: End,
    pub(super) regex: Regex,
    /// For each slot of the fact the classes that it may hold, as bits.
    pub(super) ends: Vec<u16>,
    /// Annotated sentences with the facts that the rule must read from them.
    pub yields: BTreeMap<String, Vec<String>>,
    /// Annotated sentences in which it must find nothing.
    pub ignores: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    fact: String,
    pattern: String,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    ignores: Vec<String>,
    #[serde(default)]
    yields: BTreeMap<String, Vec<String>>,
}

/// Reads the rules of a file; `name` is the file's, for messages.
pub fn parse(name: &str, content: &str) -> Result<Vec<Rule>, RuleError> {
    let file: File =
        toml::from_str(content).map_err(|e| RuleError::Format(name.to_owned(), e.to_string()))?;
    let rules: Vec<Rule> = file.rule.into_iter().map(|rule| read(name, rule)).collect::<Result<_, _>>()?;
    match rules.iter().find(|r| r.predicate != rules[0].predicate) {
        Some(other) => Err(RuleError::Mixed(name.to_owned(), other.name.clone())),
        None => Ok(rules),
    }
}

fn read(file: &str, rule: Written) -> Result<Rule, RuleError> {
    let place = || (file.to_owned(), rule.name.clone());
    if rule.yields.is_empty() {
        let (file, name) = place();
        return Err(RuleError::NoExamples(file, name));
    }
    let expression =
        expression(&rule.pattern).map_err(|class| RuleError::Class(place().0, place().1, class))?;
    let regex = RegexBuilder::new(&expression)
        .size_limit(LARGEST)
        .build()
        .map_err(|error| RuleError::Pattern(place().0, place().1, error.to_string()))?;
    let (subject, predicate, object) =
        fact(&rule.fact, &regex).ok_or_else(|| RuleError::Fact(place().0, place().1, rule.fact.clone()))?;
    let slots = [Some(subject.as_str()), object.slot()];
    Ok(Rule {
        ends: slots.into_iter().flatten().map(|slot| classes(&rule.pattern, slot)).collect(),
        name: rule.name,
        predicate,
        sure: rule.sure,
        subject,
        object,
        regex,
        yields: rule.yields,
        ignores: rule.ignores,
    })
}

/// No pattern may compile to more bytes than this.
const LARGEST: usize = 1 << 20;

fn fact(written: &str, regex: &Regex) -> Option<(String, Predicate, End)> {
    let [subject, predicate, object] = written.split_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    let has_slot = |name: &str| regex.capture_names().flatten().any(|n| n == name);
    let predicate = Predicate::parse(predicate)?;
    let object = if predicate == Predicate::Status {
        End::Stage(Status::parse(object)?)
    } else {
        has_slot(object).then(|| End::Slot(object.to_owned()))?
    };
    has_slot(subject).then(|| (subject.to_owned(), predicate, object))
}
