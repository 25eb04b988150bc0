//! What does not hold, printed for people and for programs.

use crate::cli::report::{Case, Columns, Section};
use jinxiu::rdf::{Base, Syntax, write_quads};
use jinxiu::store::{Violation, shorten};
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};
use serde_json::{Value, json};
use std::io::{self, Write};

const SH: &str = "http://www.w3.org/ns/shacl#";

/// A block for each, its sentence below it.
pub(super) fn text(
    violations: &[Violation],
    prefixes: &[(String, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    for violation in violations {
        let parts = [&violation.focus, &violation.path, &violation.value].map(|part| short(part, prefixes));
        writeln!(out, "{}", parts.join(" ").trim_end())?;
        writeln!(out, "  {}", violation.message)?;
        for quotation in &violation.quotations {
            let marked = quotation.marked();
            writeln!(out, "  {}:{}-{} {marked}", quotation.document, quotation.start, quotation.end)?;
        }
    }
    Ok(())
}

pub(super) fn json(violations: &[Violation], out: &mut dyn Write) -> io::Result<()> {
    let one = |violation: &Violation| {
        let grounds = violation.quotations.iter();
        let grounds = grounds.map(|q| json!({"document": q.document, "start": q.start, "end": q.end, "exact": q.exact, "sentence": q.sentence}));
        let given = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
        json!({
            "focus": violation.focus, "path": given(&violation.path), "value": given(&violation.value),
            "message": violation.message, "severity": violation.severity, "shape": given(&violation.shape),
            "constraint": violation.constraint,
            "evidence": grounds.collect::<Vec<_>>(),
        })
    };
    let results: Vec<_> = violations.iter().map(one).collect();
    writeln!(out, "{:#}", json!({"conforms": violations.is_empty(), "results": results}))
}

/// A test case for each; one that passes where all holds.
pub(super) fn cases(violations: &[Violation]) -> Vec<Case> {
    if violations.is_empty() {
        let (class, name) = ("shapes".to_owned(), "all shapes hold".to_owned());
        return vec![Case { class, name, ..Case::default() }];
    }
    let one = |violation: &Violation| {
        let sentences = violation.quotations.iter().map(|q| q.sentence.as_str());
        let statement = format!("{} {}", violation.path, violation.value);
        let details: Vec<&str> = std::iter::once(statement.as_str()).chain(sentences).collect();
        let failure = Some((violation.message.clone(), details.join("\n")));
        let (class, name) = (violation.shape.clone(), violation.focus.clone());
        Case { class, name, failure, told: String::new() }
    };
    violations.iter().map(one).collect()
}

/// A row for each, with its sentences.
pub(super) fn table(violations: &[Violation], prefixes: &[(String, String)]) -> Section {
    let heads = ["thing", "property", "value", "what is wrong", "stated"];
    let row = |violation: &Violation| {
        let parts = [&violation.focus, &violation.path, &violation.value].map(|part| short(part, prefixes));
        let stated = violation.quotations.iter().map(|q| format!("{}: {}", q.document, q.marked()));
        let stated = stated.collect::<Vec<_>>().join("\n");
        parts.into_iter().chain([violation.message.clone(), stated]).collect()
    };
    let title = format!("{} things do not hold", violations.len());
    Section::new("results", &title, Columns::Words, &heads).with(violations.iter().map(row))
}

fn short(iri: &str, prefixes: &[(String, String)]) -> String {
    if iri.contains(':') { shorten(iri, prefixes) } else { iri.to_owned() }
}

/// A validation report of SHACL.
pub(super) fn turtle(violations: &[Violation], base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let report = BlankNode::new_unchecked("report");
    let mut quads = Vec::new();
    let mut say = |subject: &BlankNode, predicate: &str, object: Term| {
        let predicate = match predicate {
            "type" => oxrdf::vocab::rdf::TYPE.into_owned(),
            local => NamedNode::new_unchecked(format!("{SH}{local}")),
        };
        quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    };
    let sh = |local: &str| Term::from(NamedNode::new_unchecked(format!("{SH}{local}")));
    say(&report, "type", sh("ValidationReport"));
    say(&report, "conforms", Literal::from(violations.is_empty()).into());
    for (number, violation) in violations.iter().enumerate() {
        let result = BlankNode::new_unchecked(format!("result{}", number + 1));
        say(&report, "result", result.clone().into());
        say(&result, "type", sh("ValidationResult"));
        say(&result, "resultSeverity", sh(&violation.severity));
        say(&result, "focusNode", term(&violation.focus));
        say(&result, "resultMessage", Literal::new_simple_literal(&violation.message).into());
        say(&result, "sourceConstraintComponent", term(&violation.constraint));
        if let Ok(shape) = NamedNode::new(&violation.shape) {
            say(&result, "sourceShape", shape.into());
        }
        if let Ok(path) = NamedNode::new(&violation.path) {
            say(&result, "resultPath", path.into());
        }
        if !violation.value.is_empty() {
            say(&result, "value", term(&violation.value));
        }
    }
    write_quads(quads, Syntax::Turtle, base, out)
}

fn term(text: &str) -> Term {
    match NamedNode::new(text) {
        Ok(node) if text.contains("://") => node.into(),
        _ => Literal::new_simple_literal(text).into(),
    }
}
