//! What people decided: kept, replayed on every run, never forgotten.

use super::record::Record;
use super::sssom::{self, MANUAL, Mapping, NO_TERM, SssomError};
use super::{Decision, Finding, Kind, Link, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The decisions of people, by record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<String, Mapping>);

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Decisions that are new.
    pub added: usize,
    /// Decisions that were there.
    pub known: usize,
    /// Rows that nobody has reviewed.
    pub open: usize,
    /// Decisions that changed from yes to no.
    pub changed: usize,
    /// A yes where there is a no, which stays.
    pub kept_refusals: usize,
}

impl Decisions {
    /// Reads a table of decisions.
    pub fn read(text: &str) -> Result<Self, SssomError> {
        let mut decisions = Self::default();
        decisions.import(text)?;
        Ok(decisions)
    }

    /// Writes them, sorted by subject, source and target.
    pub fn write(&self, prefixes: &BTreeMap<String, String>) -> String {
        let mut rows: Vec<Mapping> = self.0.values().cloned().collect();
        rows.sort_by(|a, b| {
            (&a.subject_id, &a.source, &a.object_id).cmp(&(&b.subject_id, &b.source, &b.object_id))
        });
        sssom::write(&rows, prefixes)
    }

    /// All decisions, by record.
    pub fn iter(&self) -> impl Iterator<Item = &Mapping> {
        self.0.values()
    }

    /// The decision with that record.
    pub fn get(&self, record: &str) -> Option<&Mapping> {
        self.0.get(record)
    }

    /// Takes over the reviewed rows of a table. The same table again changes nothing; a refusal stays whatever a later
    /// table says, until it is undone by its record.
    pub fn import(&mut self, text: &str) -> Result<Imported, SssomError> {
        let mut imported = Imported::default();
        let mut fresh = Vec::new();
        for (line, mut mapping) in sssom::read(text)? {
            if !mapping.record_id.is_empty() && mapping.record_id != mapping.key() {
                return Err(SssomError::KeyEdited { line });
            }
            if mapping.reviewer.is_empty() {
                imported.open += 1;
                continue;
            }
            settle(&mut mapping, line)?;
            fresh.push(mapping);
        }
        fresh.into_iter().for_each(|mapping| self.take(mapping, &mut imported));
        Ok(imported)
    }

    fn take(&mut self, mapping: Mapping, imported: &mut Imported) {
        match self.0.get(&mapping.record_id) {
            Some(old) if old.decision == mapping.decision => imported.known += 1,
            Some(old) if old.decision != "accept" => imported.kept_refusals += 1,
            Some(_) => {
                imported.changed += 1;
                self.0.insert(mapping.record_id.clone(), mapping);
            }
            None => {
                imported.added += 1;
                self.0.insert(mapping.record_id.clone(), mapping);
            }
        }
    }

    /// Takes over what one person says of one row: it is the latest word on it.
    pub fn answer(&mut self, row: &Mapping, decision: Decision, reviewer: &str) {
        let mut mapping = Mapping {
            justification: MANUAL.to_owned(),
            confidence: String::new(),
            decision: decision.to_string(),
            negated: decision == Decision::Refuse,
            reviewer: reviewer.to_owned(),
            ..row.clone()
        };
        mapping.record_id = mapping.key();
        self.0.insert(mapping.record_id.clone(), mapping);
    }

    /// Forgets a decision; tells whether it was there.
    pub fn undo(&mut self, record: &str) -> bool {
        self.0.remove(record).is_some()
    }

    /// Lets the decisions on a subject overrule what the program found.
    pub fn apply(&self, subject_id: &str, findings: &mut [Finding]) {
        for finding in findings {
            let on = self.0.values().filter(|m| m.subject_id == subject_id && m.source == finding.source);
            let on: Vec<&Mapping> = on.collect();
            on.iter().for_each(|mapping| overrule(finding, mapping));
            if !on.is_empty() {
                finding.settle();
            }
        }
    }
}

/// A reviewed row says yes, no or nothing there, which is a decision on the whole source; `Not` says no.
fn settle(mapping: &mut Mapping, line: usize) -> Result<(), SssomError> {
    mapping.justification = MANUAL.to_owned();
    mapping.confidence.clear();
    let decision = match (mapping.decision.as_str(), mapping.negated) {
        _ if mapping.object_id == NO_TERM => "nil",
        ("nil", _) => {
            *mapping = mapping.without_object();
            "nil"
        }
        (_, true) | ("refuse", _) => "refuse",
        ("accept" | "", false) => "accept",
        (other, _) => return Err(SssomError::Undecided { line, found: other.to_owned() }),
    };
    decision.clone_into(&mut mapping.decision);
    mapping.negated = decision == "refuse";
    mapping.record_id = mapping.key();
    Ok(())
}

fn overrule(finding: &mut Finding, mapping: &Mapping) {
    let accepted = mapping.decision == "accept";
    if mapping.decision == "nil" || accepted {
        for link in finding.links.iter_mut().filter(|l| l.relation != Relation::Within) {
            link.decision = Decision::Refuse;
            link.gates.push(format!("{} decided otherwise", mapping.reviewer));
            if mapping.decision == "nil" {
                link.reviewer = Some(mapping.reviewer.clone());
            }
        }
    }
    if mapping.object_id == NO_TERM {
        return;
    }
    let at = finding.links.iter().position(|l| l.record.id == mapping.object_id);
    let at = at.unwrap_or_else(|| {
        finding.links.push(unknown(mapping));
        finding.links.len() - 1
    });
    let link = &mut finding.links[at];
    link.decision = if accepted { Decision::Accept } else { Decision::Refuse };
    link.relation = relation(&mapping.predicate_id).unwrap_or(link.relation);
    link.gates.clear();
    link.reviewer = Some(mapping.reviewer.clone());
}

fn unknown(mapping: &Mapping) -> Link {
    Link {
        record: Arc::new(Record::new(&mapping.object_id, &mapping.object_label, Kind::Other)),
        relation: Relation::Exact,
        decision: Decision::Review,
        confidence: 0.999,
        evidence: Vec::new(),
        gates: Vec::new(),
        matched: mapping.match_string.clone(),
        reviewer: None,
    }
}

fn relation(curie: &str) -> Option<Relation> {
    Relation::ALL.into_iter().find(|relation| relation.curie() == curie)
}

/// Rows that cannot all be true, each told in one line: two subjects that are one target, one subject that is two
/// targets of a source, a refused pair that other links join.
pub fn contradictions(rows: &[Mapping]) -> Vec<String> {
    let is_same = |m: &&Mapping| {
        m.decision == "accept"
            && !m.negated
            && matches!(
                m.predicate_id.as_str(),
                "owl:sameAs"
                    | "skos:exactMatch"
                    | "dcterms:identifier"
                    | "schema:tickerSymbol"
                    | "schema:leiCode"
            )
    };
    let mut joined = Joined::default();
    let mut by_target: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut by_source: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(is_same) {
        joined.join(&row.subject_id, &row.object_id);
        by_target.entry(&row.object_id).or_default().insert(&row.subject_id);
        by_source.entry((&row.subject_id, &row.source)).or_default().insert(&row.object_id);
    }
    let list = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join(" and ");
    // Industries may share a class; only `owl:sameAs` and codes make two subjects one.
    let strict = rows
        .iter()
        .filter(is_same)
        .filter(|m| m.predicate_id != "skos:exactMatch")
        .map(|m| m.object_id.as_str());
    let strict: BTreeSet<&str> = strict.collect();
    let mut found: Vec<String> = Vec::new();
    for (target, subjects) in by_target.iter().filter(|(t, s)| s.len() > 1 && strict.contains(*t)) {
        found.push(format!("{target} is {}", list(subjects)));
    }
    for ((subject, source), targets) in by_source.iter().filter(|(_, t)| t.len() > 1) {
        found.push(format!("{subject} is {} in {source}", list(targets)));
    }
    for row in rows.iter().filter(|m| m.negated && m.object_id != NO_TERM) {
        if joined.are_one(&row.subject_id, &row.object_id) {
            found.push(format!(
                "{} was refused for {}, yet other links join them",
                row.object_id, row.subject_id
            ));
        }
    }
    found.sort();
    found
}

/// Names that links have made one.
#[derive(Default)]
struct Joined<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Joined<'a> {
    fn root(&self, name: &'a str) -> &'a str {
        let mut at = name;
        while let Some(next) = self.0.get(at).filter(|next| **next != at) {
            at = next;
        }
        at
    }

    fn join(&mut self, a: &'a str, b: &'a str) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.0.insert(a.max(b), a.min(b));
        }
    }

    fn are_one(&self, a: &'a str, b: &'a str) -> bool {
        self.root(a) == self.root(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(subject: &str, object: &str, decision: &str) -> Mapping {
        let mut mapping = Mapping {
            subject_id: subject.into(),
            object_id: object.into(),
            predicate_id: "owl:sameAs".into(),
            source: "wikidata".into(),
            justification: MANUAL.into(),
            decision: decision.into(),
            negated: decision == "refuse",
            reviewer: "me".into(),
            ..Mapping::default()
        };
        mapping.record_id = mapping.key();
        mapping
    }

    fn table(rows: &[Mapping]) -> String {
        sssom::write(rows, &BTreeMap::new())
    }

    #[test]
    fn importing_again_changes_nothing() {
        let mut decisions = Decisions::default();
        let text = table(&[row("a", "wd:Q1", "accept"), row("a", "wd:Q2", "refuse")]);
        assert_eq!(decisions.import(&text).unwrap().added, 2);
        let once = decisions.clone();
        assert_eq!(decisions.import(&text).unwrap().known, 2);
        assert_eq!(decisions, once);
        assert_eq!(Decisions::read(&once.write(&BTreeMap::new())).unwrap(), once);
    }

    #[test]
    fn a_refusal_stays_until_it_is_undone() {
        let mut decisions = Decisions::default();
        let no = row("a", "wd:Q1", "refuse");
        decisions.import(&table(std::slice::from_ref(&no))).unwrap();
        let imported = decisions.import(&table(&[row("a", "wd:Q1", "accept")])).unwrap();
        assert_eq!(imported.kept_refusals, 1);
        assert!(decisions.iter().all(|m| m.decision == "refuse"));
        assert!(decisions.undo(&no.record_id) && !decisions.undo(&no.record_id));
    }

    #[test]
    fn an_edited_key_is_refused_with_its_line() {
        let mut edited = row("a", "wd:Q1", "accept");
        edited.object_id = "wd:Q9".into();
        let error = Decisions::default().import(&table(&[edited])).unwrap_err();
        assert!(matches!(error, SssomError::KeyEdited { .. }), "{error}");
    }

    #[test]
    fn nothing_meant_is_said_of_the_source_on_any_of_its_rows() {
        let mut decisions = Decisions::default();
        decisions.import(&table(&[row("a", "wd:Q1", "nil")])).unwrap();
        let kept: Vec<&Mapping> = decisions.iter().collect();
        assert_eq!((kept[0].object_id.as_str(), kept[0].decision.as_str()), (NO_TERM, "nil"));
        assert_eq!(kept[0].record_id, row("a", NO_TERM, "nil").record_id);
        assert_eq!(decisions.import(&table(&[row("a", NO_TERM, "nil")])).unwrap().known, 1);
    }

    #[test]
    fn rows_that_nobody_reviewed_are_no_decisions() {
        let open = Mapping { reviewer: String::new(), ..row("a", "wd:Q1", "review") };
        let mut decisions = Decisions::default();
        assert_eq!(decisions.import(&table(&[open])).unwrap().open, 1);
        assert_eq!(decisions.iter().count(), 0);
        let unsaid = row("a", "wd:Q1", "review");
        assert!(matches!(decisions.import(&table(&[unsaid])), Err(SssomError::Undecided { .. })));
    }

    #[test]
    fn contradictions_are_found_over_several_links() {
        let chain = [
            row("a", "wd:Q1", "accept"),
            row("b", "wd:Q1", "accept"),
            row("b", "gn:1", "accept"),
            row("a", "gn:1", "refuse"),
        ];
        let found = contradictions(&chain);
        assert!(found.iter().any(|line| line.contains("wd:Q1 is a and b")), "{found:?}");
        assert!(found.iter().any(|line| line.contains("gn:1 was refused for a")), "{found:?}");
        assert!(contradictions(&chain[..1]).is_empty());
    }
}
