//! What the check of figures found, as text, JSON and JUnit.

use crate::cli::failure::{Failure, Outcome, one_line};
use crate::cli::language::Language;
use crate::cli::output::Output;
use crate::cli::report::{Case, junit};
use jinxiu::statistics::{Finding, Point, RULES, check};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Junit,
}

/// Checks figures and prints what was found; a finding is a "no".
pub(super) fn run(points: &[Point], (format, lang): (Format, Language), output: &Output) -> Outcome {
    let found = check(points);
    output.write(|out| match format {
        Format::Text => text(&found, (points.len(), lang), out),
        Format::Json => {
            writeln!(out, "{:#}", Value::from(found.iter().map(|f| as_json(f, lang)).collect::<Vec<_>>()))
        }
        Format::Junit => junit("jinxiu figures", &cases(&found, lang), out),
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::no()) }
}

fn words(finding: &Finding, lang: Language) -> String {
    lang.words(&finding.chinese, &finding.english)
}

fn text(found: &[Finding], (figures, lang): (usize, Language), out: &mut dyn Write) -> io::Result<()> {
    for finding in found {
        writeln!(out, "{}  {}: {}", finding.rule, lang.name(&finding.subject), words(finding, lang))?;
        for cited in &finding.cited {
            writeln!(
                out,
                "    {} {}–{}  {}",
                cited.document,
                cited.start,
                cited.end,
                one_line(&cited.sentence)
            )?;
        }
    }
    let (chinese, english) = (
        format!("共查{figures}个数据，{}处存疑", found.len()),
        format!("{figures} figures checked, {} findings", found.len()),
    );
    writeln!(out, "{}", lang.words(&chinese, &english))
}

fn as_json(finding: &Finding, lang: Language) -> Value {
    let cited: Vec<Value> = finding
        .cited
        .iter()
        .map(|q| json!({"document": q.document, "start": q.start, "end": q.end, "exact": q.exact, "sentence": q.sentence}))
        .collect();
    json!({"rule": finding.rule, "subject": finding.subject, "message": words(finding, lang), "cited": cited})
}

/// One case for each rule, which fails where it found something.
/// A case for each rule, which lists what it found.
fn cases(found: &[Finding], lang: Language) -> Vec<Case> {
    let case = |(rule, what): &(&str, &str)| {
        let findings: Vec<&Finding> = found.iter().filter(|f| f.rule == *rule).collect();
        let mut details = String::new();
        for finding in &findings {
            details.push_str(&format!("{}: {}\n", lang.name(&finding.subject), words(finding, lang)));
            for cited in &finding.cited {
                let (start, end, sentence) = (cited.start, cited.end, one_line(&cited.sentence));
                details.push_str(&format!("  {} {start}-{end} {sentence}\n", cited.document));
            }
        }
        let failure = (!findings.is_empty()).then(|| (format!("{}: {what}", findings.len()), details));
        Case { class: "figures".to_owned(), name: (*rule).to_owned(), failure, told: String::new() }
    };
    RULES.iter().map(case).collect()
}
