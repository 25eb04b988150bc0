//! Links as SSSOM tables: what people review, keep under version control and share.
//!
//! The standard columns carry the mapping; the extension column `decision` says accept, review, refuse or nil. `record_id` is
//! made from subject, object and source alone, so that a row is the same row in every run, and an edited key is noticed.

use super::{Decision, Finding, Link, Relation, Source, Subject};
use crate::rdf::{Base, digest};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What stands for "no such thing there".
pub const NO_TERM: &str = "sssom:NoTermFound";
/// Judged by the program.
pub const COMPOSITE: &str = "semapv:CompositeMatching";
/// Judged by a person.
pub const MANUAL: &str = "semapv:ManualMappingCuration";

const COLUMNS: [&str; 17] = [
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "match_string",
    "object_source",
    "object_source_version",
    "mapping_date",
    "reviewer_id",
    "review_date",
    "decision",
    "comment",
];

/// A table that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SssomError {
    /// A column that must be there is not.
    #[error("the head names no column {0}")]
    Column(&'static str),
    /// A row whose key does not go with its subject, object and source.
    #[error(
        "line {line}: record_id, subject_id, object_id or object_source was edited; restore them, or add a new row without record_id"
    )]
    KeyEdited {
        /// The line.
        line: usize,
    },
    /// A decision that nobody knows.
    #[error("line {line}: a reviewed row must say accept, refuse or nil, not '{found}'")]
    Undecided {
        /// The line.
        line: usize,
        /// What it says.
        found: String,
    },
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Made from subject, object and source.
    pub record_id: String,
    /// The entity, shortened by a prefix.
    pub subject_id: String,
    /// Its name.
    pub subject_label: String,
    /// How they are related.
    pub predicate_id: String,
    /// Whether it is said that they are not.
    pub negated: bool,
    /// The target, or [`NO_TERM`].
    pub object_id: String,
    /// Its name.
    pub object_label: String,
    /// How that was found.
    pub justification: String,
    /// From 0 to 1; empty where a person judged.
    pub confidence: String,
    /// The name that led there.
    pub match_string: String,
    /// The name of the source.
    pub source: String,
    /// Its edition.
    pub source_version: String,
    /// The date of the source.
    pub date: String,
    /// Who reviewed it; empty for the program.
    pub reviewer: String,
    /// When.
    pub review_date: String,
    /// accept, review, refuse or nil.
    pub decision: String,
    /// The evidence, or what the reviewer wrote.
    pub comment: String,
}

impl Mapping {
    /// The key that goes with its subject, object and source.
    pub fn key(&self) -> String {
        digest(&format!("{}\t{}\t{}", self.subject_id, self.object_id, self.source))[..16].to_owned()
    }

    /// The same row with nothing as its target: no term of the source is meant.
    pub(super) fn without_object(&self) -> Self {
        Self {
            predicate_id: Relation::Exact.curie().to_owned(),
            object_id: NO_TERM.to_owned(),
            object_label: String::new(),
            match_string: String::new(),
            ..self.clone()
        }
    }

    fn fields(&self) -> [&str; COLUMNS.len()] {
        [
            &self.record_id,
            &self.subject_id,
            &self.subject_label,
            &self.predicate_id,
            if self.negated { "Not" } else { "" },
            &self.object_id,
            &self.object_label,
            &self.justification,
            &self.confidence,
            &self.match_string,
            &self.source,
            &self.source_version,
            &self.date,
            &self.reviewer,
            &self.review_date,
            &self.decision,
            &self.comment,
        ]
    }
}

/// The rows of what the sources say of a subject: links accepted or for review, refusals of people, and NIL.
pub fn rows(subject: &Subject, findings: &[Finding], source_of: impl Fn(&str) -> Row) -> Vec<Mapping> {
    let mut rows = Vec::new();
    for finding in findings {
        let row = source_of(&finding.source);
        let told = finding.links.iter().filter(|l| l.decision != Decision::Refuse || l.reviewer.is_some());
        rows.extend(told.map(|link| of_link(subject, link, &row)));
        if let Some(reason) = &finding.nil {
            rows.push(of_nil(subject, &reason.to_string(), &row));
        }
    }
    rows
}

/// What all rows of a source share.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The entity, shortened.
    pub subject_id: String,
    /// The name of the source.
    pub source: String,
    /// Its edition.
    pub version: String,
    /// Its date.
    pub date: String,
    /// The property that states its ids, shortened.
    pub identifier: Option<String>,
}

impl Row {
    /// What the rows of a source and a subject share.
    pub fn of(source: &dyn Source, subject: &Subject, base: &Base) -> Self {
        let about = source.about();
        Self {
            subject_id: shorten(&subject.iri, base),
            source: about.name.clone(),
            version: about.version.clone(),
            date: about.date.clone(),
            identifier: about.identifier.as_deref().map(|iri| shorten(iri, base)),
        }
    }
}

/// An IRI with the longest prefix that is known.
pub fn shorten(iri: &str, base: &Base) -> String {
    if let Some(local) = iri.strip_prefix(base.as_str()) {
        return format!("jxid:{local}");
    }
    let prefixes = base.prefixes();
    let fits = prefixes.iter().filter(|(_, namespace)| iri.starts_with(namespace.as_str()));
    let best = fits.max_by_key(|(_, namespace)| namespace.len());
    best.map_or_else(|| iri.to_owned(), |(prefix, ns)| format!("{prefix}:{}", &iri[ns.len()..]))
}

fn of_link(subject: &Subject, link: &Link, row: &Row) -> Mapping {
    let manual = link.reviewer.is_some();
    let evidence = link.evidence.iter().map(|e| format!("{}={:+.2} {}", e.feature, e.weight, e.words));
    let gates = link.gates.iter().map(|gate| format!("gate: {gate}"));
    let stated =
        matches!(link.relation, Relation::Same | Relation::Exact).then_some(row.identifier.clone()).flatten();
    let mut mapping = Mapping {
        predicate_id: stated.unwrap_or_else(|| link.relation.curie().to_owned()),
        negated: manual && link.decision == Decision::Refuse,
        object_id: link.record.id.clone(),
        object_label: link.record.name.clone(),
        justification: if manual { MANUAL } else { COMPOSITE }.to_owned(),
        confidence: if manual { String::new() } else { format!("{:.3}", link.confidence) },
        match_string: link.matched.clone(),
        reviewer: link.reviewer.clone().unwrap_or_default(),
        decision: link.decision.to_string(),
        comment: evidence.chain(gates).collect::<Vec<_>>().join("; "),
        ..shared(subject, row)
    };
    mapping.record_id = mapping.key();
    mapping
}

fn of_nil(subject: &Subject, reason: &str, row: &Row) -> Mapping {
    let mut mapping = Mapping {
        predicate_id: Relation::Exact.curie().to_owned(),
        object_id: NO_TERM.to_owned(),
        justification: COMPOSITE.to_owned(),
        decision: "nil".to_owned(),
        comment: reason.to_owned(),
        ..shared(subject, row)
    };
    mapping.record_id = mapping.key();
    mapping
}

fn shared(subject: &Subject, row: &Row) -> Mapping {
    Mapping {
        subject_id: row.subject_id.clone(),
        subject_label: subject.name.clone(),
        source: row.source.clone(),
        source_version: row.version.clone(),
        date: row.date.clone(),
        ..Mapping::default()
    }
}

/// Writes a table with its head; `prefixes` are those of the ids.
pub fn write(rows: &[Mapping], prefixes: &BTreeMap<String, String>) -> String {
    let mut text = String::from("#curie_map:\n");
    for (prefix, namespace) in prefixes {
        let _ = writeln!(text, "#  {prefix}: {namespace}");
    }
    let _ = writeln!(text, "#mapping_set_id: https://w3id.org/jinxiu/id/links");
    let _ = writeln!(text, "#license: https://creativecommons.org/publicdomain/zero/1.0/");
    let _ = writeln!(text, "#mapping_tool: jinxiu link");
    let _ = writeln!(text, "#mapping_tool_version: {}", env!("CARGO_PKG_VERSION"));
    text.push_str("#extension_definitions:\n#- slot_name: decision\n#  property: https://w3id.org/jinxiu/ontology#decision\n");
    let _ = writeln!(text, "{}", COLUMNS.join("\t"));
    for row in rows {
        let clean: Vec<String> = row.fields().iter().map(|f| f.replace(['\t', '\n', '\r'], " ")).collect();
        let _ = writeln!(text, "{}", clean.join("\t"));
    }
    text
}

/// Reads a table; columns may stand in any order, and ones that are not known are passed over.
pub fn read(text: &str) -> Result<Vec<(usize, Mapping)>, SssomError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let head: Vec<&str> =
        lines.next().map(|(_, l)| l.split('\t').map(str::trim).collect()).unwrap_or_default();
    for column in ["subject_id", "predicate_id", "object_id", "mapping_justification"] {
        if !head.contains(&column) {
            return Err(SssomError::Column(column));
        }
    }
    Ok(lines.map(|(number, line)| (number + 1, row(&head, line))).collect())
}

fn row(head: &[&str], line: &str) -> Mapping {
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    let field = |name: &str| {
        let at = head.iter().position(|h| *h == name);
        at.and_then(|at| fields.get(at)).map(|f| (*f).to_owned()).unwrap_or_default()
    };
    Mapping {
        record_id: field("record_id"),
        subject_id: field("subject_id"),
        subject_label: field("subject_label"),
        predicate_id: field("predicate_id"),
        negated: field("predicate_modifier") == "Not",
        object_id: field("object_id"),
        object_label: field("object_label"),
        justification: field("mapping_justification"),
        confidence: field("confidence"),
        match_string: field("match_string"),
        source: field("object_source"),
        source_version: field("object_source_version"),
        date: field("mapping_date"),
        reviewer: field("reviewer_id"),
        review_date: field("review_date"),
        decision: field("decision"),
        comment: field("comment"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut mapping = Mapping {
            subject_id: "jxid:place/甲市".into(),
            object_id: "wd:Q1".into(),
            predicate_id: "owl:sameAs".into(),
            justification: COMPOSITE.into(),
            decision: "review".into(),
            source: "wikidata".into(),
            comment: "name=+0.50".into(),
            ..Mapping::default()
        };
        mapping.record_id = mapping.key();
        let text = write(std::slice::from_ref(&mapping), &BTreeMap::new());
        let read: Vec<Mapping> = read(&text).unwrap().into_iter().map(|(_, m)| m).collect();
        assert_eq!(read, [mapping]);
    }

    #[test]
    fn a_table_without_a_standard_column_is_refused() {
        assert_eq!(read("subject_id\tobject_id\n"), Err(SssomError::Column("predicate_id")));
    }
}
