//! What does not hold, printed for people and for programs.

use jinxiu::rdf::{Base, Syntax, write_quads};
use jinxiu::store::{Violation, shorten};
use jinxiu::text::escaped;
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
        let short = |iri: &str| if iri.contains(':') { shorten(iri, prefixes) } else { iri.to_owned() };
        let parts = [&violation.focus, &violation.path, &violation.value].map(|part| short(part));
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

/// A test case for each, as build servers read them.
pub(super) fn junit(violations: &[Violation], out: &mut dyn Write) -> io::Result<()> {
    let count = violations.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuite name=\"jinxiu check\" tests=\"{}\" failures=\"{count}\">", count.max(1))?;
    if violations.is_empty() {
        writeln!(out, "<testcase classname=\"shapes\" name=\"all shapes hold\"/>")?;
    }
    for violation in violations {
        let sentences: Vec<&str> = violation.quotations.iter().map(|q| q.sentence.as_str()).collect();
        writeln!(
            out,
            "<testcase classname=\"{}\" name=\"{}\">",
            escaped(&violation.shape),
            escaped(&violation.focus)
        )?;
        writeln!(
            out,
            "<failure message=\"{}\">{} {}\n{}</failure>\n</testcase>",
            escaped(&violation.message),
            escaped(&violation.path),
            escaped(&violation.value),
            escaped(&sentences.join("\n"))
        )?;
    }
    writeln!(out, "</testsuite>")
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
