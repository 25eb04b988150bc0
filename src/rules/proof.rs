//! Whether rules live up to the examples written beside them.

use super::{FarEnd, Rule, Rules};
use crate::document::notation::{self, Annotated};
use crate::text::View;
use std::collections::BTreeSet;

/// An example that a rule fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The example is not written in the notation.
    #[error("rule '{rule}': example '{example}': {reason}")]
    Unreadable {
        /// The rule's name.
        rule: String,
        /// As written.
        example: String,
        /// What is wrong.
        reason: String,
    },
    /// Something else was found than the example says.
    #[error("rule '{rule}': '{example}' should yield {expected:?} but yields {found:?}")]
    Other {
        /// The rule's name.
        rule: String,
        /// As written.
        example: String,
        /// The facts that the example names.
        expected: Vec<String>,
        /// The facts that the rule read.
        found: Vec<String>,
    },
}

/// The examples of `rules` that fail, in their order.
pub fn check(rules: &[Rule]) -> Vec<Failed> {
    rules.iter().flat_map(check_rule).collect()
}

fn check_rule(rule: &Rule) -> Vec<Failed> {
    let alone = Rules::new(vec![rule.clone()]);
    let yields = rule.yields.iter().map(|(example, facts)| (example, facts.clone()));
    let ignores = rule.ignores.iter().map(|example| (example, Vec::new()));
    yields.chain(ignores).filter_map(|(example, expected)| try_example(&alone, example, expected)).collect()
}

fn try_example(alone: &Rules, example: &str, mut expected: Vec<String>) -> Option<Failed> {
    let rule = alone.get(0).name.clone();
    match notation::parse(example) {
        Err(error) => {
            Some(Failed::Unreadable { rule, example: example.to_owned(), reason: error.to_string() })
        }
        Ok(annotated) => {
            let found = facts(alone, &annotated);
            expected.sort();
            (found != expected).then(|| Failed::Other { rule, example: example.to_owned(), expected, found })
        }
    }
}

/// What a set of rules reads from an annotated sentence, as `subject predicate object`, sorted.
pub fn facts(rules: &Rules, annotated: &Annotated) -> Vec<String> {
    let view = View::new(&annotated.text.chars().collect::<Vec<_>>());
    let mentions: Vec<_> = annotated
        .mentions
        .iter()
        .enumerate()
        .map(|(index, (span, class))| {
            let (start, end) = view.from_text(span.start, span.end);
            (start, end, index, *class)
        })
        .collect();
    let name = |index: usize| view.slice(mentions[index].0, mentions[index].1);
    let facts: BTreeSet<String> = rules
        .apply(&view.chars, (0, view.len()), &mentions)
        .iter()
        .map(|f| {
            let object = match f.object {
                FarEnd::Mention(index) => name(index),
                FarEnd::Stage(stage) => stage.to_string(),
            };
            format!("{} {} {object}", name(f.subject), f.predicate)
        })
        .collect();
    facts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{RuleError, SHIPPED, TEMPLATE, parse};

    #[test]
    fn every_rule_that_ships_lives_up_to_its_examples() {
        for (name, content) in SHIPPED {
            let rules = parse(name, content).unwrap_or_else(|error| panic!("{error}"));
            let failed: Vec<String> = check(&rules).iter().map(ToString::to_string).collect();
            assert!(failed.is_empty(), "{name}:\n{}", failed.join("\n"));
        }
    }

    #[test]
    fn no_two_rules_share_a_name() {
        let mut names: Vec<String> =
            SHIPPED.iter().flat_map(|(n, c)| parse(n, c).unwrap()).map(|r| r.name).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn the_template_is_a_rule_file_that_passes() {
        assert_eq!(check(&parse("template", TEMPLATE).unwrap()), []);
    }

    #[test]
    fn a_rule_without_examples_is_refused() {
        let content = "[[rule]]\nname = 'x'\nfact = 'a locatedIn b'\npattern = '{a:Zone}在{b:Place}'";
        assert_eq!(parse("f", content).unwrap_err(), RuleError::NoExamples("f".to_owned(), "x".to_owned()));
    }

    #[test]
    fn an_unknown_class_slot_or_stage_is_named() {
        let rule = |fact: &str, pattern: &str| {
            let content = format!(
                "[[rule]]\nname = 'x'\nfact = '{fact}'\npattern = '{pattern}'\n[rule.yields]\n'甲' = []"
            );
            parse("f", &content).unwrap_err().to_string()
        };
        assert!(rule("a locatedIn b", "{a:Town}在{b:Place}").contains("'Town' is no class"));
        assert!(rule("a locatedIn c", "{a:Zone}在{b:Place}").contains("'a locatedIn c'"));
        assert!(rule("a status finished", "{a:Project}").contains("'a status finished'"));
    }

    #[test]
    fn a_failed_example_says_what_was_found() {
        let content = TEMPLATE.replace("甲公司 locatedIn 乙市", "甲公司 locatedIn 丙市");
        let failed = check(&parse("f", &content).unwrap());
        assert!(failed[0].to_string().contains("yields [\"甲公司 locatedIn 乙市\"]"), "{}", failed[0]);
    }

    #[test]
    fn rules_read_traditional_script_and_half_width_marks() {
        let rules = Rules::new(parse("template", TEMPLATE).unwrap());
        let annotated = notation::parse("[甲公司/Enterprise]落戶[乙市/Place],").unwrap();
        assert_eq!(facts(&rules, &annotated), ["甲公司 locatedIn 乙市"]);
    }
}
