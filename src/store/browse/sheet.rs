//! The sheet of an entity: names, classes, relations, figures, and the sentences that state them.

use crate::graph::Link;
use crate::ontology::ontology;
use crate::rdf::{SIMPLIFIED, vocabulary as v};
use crate::store::terms::bare;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The words that state something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quotation {
    /// Id of the document.
    pub document: String,
    /// The day on which it appeared, as far as it is given; else empty.
    pub reported: String,
    /// First code point in its text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// The sentence around them, the words included.
    pub sentence: String,
    /// How many characters of the sentence stand before the words.
    pub before: usize,
    /// Rules, gazetteers or models that found it.
    pub found_by: Vec<String>,
    /// How sure that is, from 0 to 1.
    pub confidence: String,
}

impl Quotation {
    /// The sentence with the words between 【 and 】.
    pub fn marked(&self) -> String {
        let end = (self.before + self.exact.chars().count()).min(self.sentence.chars().count());
        let mut marked = String::new();
        for (at, c) in self.sentence.chars().enumerate() {
            marked.extend((at == self.before).then_some('【'));
            marked.push(c);
            marked.extend((at + 1 == end).then_some('】'));
        }
        marked
    }
}

/// A name of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    /// The name in simplified script.
    pub name: String,
    /// Whether it is the main one.
    pub main: bool,
    /// Where it stands.
    pub quotations: Vec<Quotation>,
}

/// A relation or a class of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationRow {
    /// The IRI of the property.
    pub predicate: String,
    /// Whether the entity is its subject.
    pub outgoing: bool,
    /// The IRI of the other end.
    pub other: String,
    /// The name of the other end.
    pub name: String,
    /// Where it is stated.
    pub quotations: Vec<Quotation>,
}

/// A figure about an entity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureRow {
    /// The quantity.
    pub indicator: String,
    /// Local names of measure, bound and modality.
    pub terms: [String; 3],
    /// The number in the base unit.
    pub value: String,
    /// The sign of the unit.
    pub unit: String,
    /// ISO 8601, or empty.
    pub period: String,
    /// The whole of a share.
    pub of: String,
    /// The earlier value.
    pub baseline: String,
    /// As the text has it.
    pub as_written: String,
    /// Where it is stated.
    pub quotations: Vec<Quotation>,
}

/// Everything said of one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its IRI.
    pub iri: String,
    /// Its names, the main one first.
    pub names: Vec<NameRow>,
    /// Its classes.
    pub classes: Vec<RelationRow>,
    /// Its relations, outgoing first.
    pub relations: Vec<RelationRow>,
    /// Its figures.
    pub figures: Vec<FigureRow>,
}

impl Store {
    /// The words on which a statement or figure rests.
    pub fn quotations(&self, statement: &NamedNode) -> Result<Vec<Quotation>, StoreError> {
        Reader { store: self, texts: BTreeMap::new() }.quotations(statement)
    }

    /// The first words that state each of some relations.
    pub fn stated_by(&self, links: &[Link]) -> Result<Vec<Option<Quotation>>, StoreError> {
        let mut reader = Reader::new(self);
        links.iter().map(|link| reader.first_quotation(link)).collect()
    }

    /// Everything said of an entity.
    pub fn sheet(&self, iri: &str) -> Result<Sheet, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let mut reader = Reader::new(self);
        let mut sheet = Sheet {
            iri: iri.to_owned(),
            names: Vec::new(),
            classes: Vec::new(),
            relations: Vec::new(),
            figures: Vec::new(),
        };
        for (direction, outgoing) in [(v::SUBJECT, true), (v::OBJECT, false)] {
            for row in reader.stated(&node, direction, outgoing)? {
                sheet.place(row);
            }
        }
        sheet.lead_with(self.shown_name(&node)?);
        sheet.figures = reader.figures(&node)?;
        Ok(sheet)
    }

    /// The label that queries see in simplified script, if there is one: a person may have decided on another than texts give.
    fn shown_name(&self, node: &NamedNode) -> Result<Option<String>, StoreError> {
        let labels = self.objects(node, v::LABEL)?;
        let simplified = |label: &Term| matches!(label, Term::Literal(l) if l.language() == Some(SIMPLIFIED));
        Ok(labels.iter().find(|label| simplified(label)).map(bare))
    }
}

impl Sheet {
    fn place(&mut self, row: RelationRow) {
        let predicate = NamedNodeRef::new_unchecked(&row.predicate);
        if predicate == v::TYPE {
            self.classes.push(row);
        } else if predicate == v::LABEL || predicate == v::ALT_LABEL {
            let main = predicate == v::LABEL;
            self.names.push(NameRow { name: row.name, main, quotations: row.quotations });
        } else {
            self.relations.push(row);
        }
    }

    /// Puts the main names first, before them the one that it is shown by.
    fn lead_with(&mut self, shown: Option<String>) {
        self.names.sort_by_key(|row| !row.main);
        let Some(name) = shown else { return };
        let stated = self.names.iter().position(|row| row.name == name);
        let row = stated.map(|at| self.names.remove(at));
        self.names.insert(0, row.unwrap_or(NameRow { name, main: true, quotations: Vec::new() }));
    }

    /// The name it is shown by.
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.iri, |n| &n.name)
    }
}

/// Reads statements of a store, keeping the texts that it has opened.
pub(super) struct Reader<'a> {
    pub(super) store: &'a Store,
    pub(super) texts: BTreeMap<String, Vec<char>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store, texts: BTreeMap::new() }
    }

    /// The statements with a node at one end, one row per triple, sorted.
    pub(super) fn stated(
        &mut self,
        node: &NamedNode,
        end: NamedNodeRef<'_>,
        outgoing: bool,
    ) -> Result<Vec<RelationRow>, StoreError> {
        let far = if outgoing { v::OBJECT } else { v::SUBJECT };
        let mut rows: BTreeMap<(String, String), RelationRow> = BTreeMap::new();
        for statement in self.store.subjects(end, node.as_ref())? {
            let predicate = self.store.objects(&statement, v::PREDICATE)?;
            let (Some(Term::NamedNode(predicate)), Some(other)) =
                (predicate.into_iter().next(), self.store.objects(&statement, far)?.into_iter().next())
            else {
                continue;
            };
            let key = (predicate.as_str().to_owned(), other.to_string());
            let name = self.name(&other)?;
            let quotations = self.quotations(&statement)?;
            let row = rows.entry(key).or_insert_with(|| RelationRow {
                predicate: predicate.into_string(),
                outgoing,
                other: bare(&other),
                name,
                quotations: Vec::new(),
            });
            row.quotations.extend(quotations);
        }
        Ok(rows.into_values().collect())
    }

    fn first_quotation(&mut self, link: &Link) -> Result<Option<Quotation>, StoreError> {
        let [subject, predicate, object] =
            [&link.subject, &link.predicate, &link.object].map(NamedNode::new_unchecked);
        let about: BTreeSet<NamedNode> =
            self.store.subjects(v::SUBJECT, subject.as_ref())?.into_iter().collect();
        let mut quotations = Vec::new();
        for statement in self.store.subjects(v::OBJECT, object.as_ref())? {
            let says = || self.store.objects(&statement, v::PREDICATE);
            if about.contains(&statement) && says()?.contains(&predicate.clone().into()) {
                quotations.extend(self.quotations(&statement)?);
            }
        }
        Ok(quotations.into_iter().min())
    }

    fn figures(&mut self, node: &NamedNode) -> Result<Vec<FigureRow>, StoreError> {
        let mut rows = Vec::new();
        for figure in self.store.subjects(v::JX_FIGURE_OF, node.as_ref())? {
            if self.one(&figure, v::OBS_VALUE)?.is_some() {
                rows.push(self.figure(&figure)?);
            }
        }
        rows.sort_by(|a, b| (&a.period, &a.indicator, &a.value).cmp(&(&b.period, &b.indicator, &b.value)));
        Ok(rows)
    }

    pub(super) fn figure(&mut self, node: &NamedNode) -> Result<FigureRow, StoreError> {
        let unit = self.one(node, v::UNIT_MEASURE)?;
        let sign = match &unit {
            Some(Term::NamedNode(unit)) => self.unit_sign(unit)?,
            _ => String::new(),
        };
        let local = |term: Option<Term>| term.map(|t| local_of(&bare(&t)).to_owned()).unwrap_or_default();
        let terms = [
            local(self.one(node, v::JX_MEASURE)?),
            local(self.one(node, v::JX_BOUND)?),
            local(self.one(node, v::JX_MODALITY)?),
        ];
        let period = self.one(node, v::REF_PERIOD)?.filter(|t| bare(t) != v::JX_UNDATED.as_str());
        Ok(FigureRow {
            indicator: self.named_one(node, v::JX_INDICATOR)?,
            terms,
            value: self.store.text_of(node, v::OBS_VALUE)?.unwrap_or_default(),
            unit: sign,
            period: period.map(|p| self.name(&p)).transpose()?.unwrap_or_default(),
            of: self.whole(node)?,
            baseline: self.store.text_of(node, v::JX_BASELINE)?.unwrap_or_default(),
            as_written: self.store.text_of(node, v::JX_VALUE_AS_WRITTEN)?.unwrap_or_default(),
            quotations: self.quotations(node)?,
        })
    }

    fn unit_sign(&self, unit: &NamedNode) -> Result<String, StoreError> {
        if let Some(sign) = ontology().by_iri(unit.as_str()).and_then(|t| t.notation.clone()) {
            return Ok(sign);
        }
        Ok(self.store.text_of(unit, v::NOTATION)?.unwrap_or_default())
    }

    fn one(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<Option<Term>, StoreError> {
        Ok(self.store.objects(node, predicate)?.into_iter().next())
    }

    /// The name of the whole of a share, empty where none is named.
    fn whole(&self, node: &NamedNode) -> Result<String, StoreError> {
        let whole = self.one(node, v::JX_SHARE_OF)?.filter(|w| bare(w) != v::JX_UNSPECIFIED_WHOLE.as_str());
        whole.map(|w| self.name(&w)).transpose().map(Option::unwrap_or_default)
    }

    fn named_one(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<String, StoreError> {
        self.one(node, predicate)?.map(|t| self.name(&t)).transpose().map(Option::unwrap_or_default)
    }

    /// A literal's text; a thing's label in simplified script, else the end of its IRI.
    pub(super) fn name(&self, term: &Term) -> Result<String, StoreError> {
        let Term::NamedNode(node) = term else { return Ok(bare(term)) };
        if let Some(term) = ontology().by_iri(node.as_str()) {
            return Ok(term.label("zh-hans").to_owned());
        }
        let labels = self.store.objects(node, v::LABEL)?;
        let simplified = labels
            .iter()
            .find(|l| matches!(l, Term::Literal(l) if matches!(l.language(), None | Some(SIMPLIFIED))));
        Ok(simplified.or(labels.first()).map_or_else(|| local_of(node.as_str()).to_owned(), bare))
    }

    /// The passages on which a statement or figure rests, in reading order.
    pub(super) fn quotations(&mut self, statement: &NamedNode) -> Result<Vec<Quotation>, StoreError> {
        let found_by = self.store.objects(statement, v::JX_FOUND_BY)?.iter().map(bare).collect::<Vec<_>>();
        let confidence = self.store.text_of(statement, v::JX_CONFIDENCE)?.unwrap_or_default();
        let mut quotations = Vec::new();
        for passage in self.store.objects(statement, v::JX_EVIDENCE)? {
            let Term::NamedNode(passage) = passage else { continue };
            if let Some(mut quotation) = self.quotation(&passage)? {
                quotation.found_by.clone_from(&found_by);
                quotation.confidence.clone_from(&confidence);
                quotations.push(quotation);
            }
        }
        quotations.sort_by(|a, b| (&a.document, a.start, a.end).cmp(&(&b.document, b.start, b.end)));
        Ok(quotations)
    }

    fn quotation(&mut self, passage: &NamedNode) -> Result<Option<Quotation>, StoreError> {
        let (Some(Term::NamedNode(source)), Some(Term::NamedNode(selector))) =
            (self.one(passage, v::HAS_SOURCE)?, self.one(passage, v::HAS_SELECTOR)?)
        else {
            return Ok(None);
        };
        let number = |predicate| -> Result<usize, StoreError> {
            Ok(self.store.text_of(&selector, predicate)?.and_then(|n| n.parse().ok()).unwrap_or(0))
        };
        let (start, end) = (number(v::START)?, number(v::END)?);
        let exact = self.store.text_of(&selector, v::EXACT)?.unwrap_or_default();
        let document = self.store.text_of(&source, v::IDENTIFIER)?.unwrap_or_default();
        let reported = self.store.text_of(&source, v::ISSUED)?.unwrap_or_default();
        let around = sentence_around(self.chars(&source)?, start, end);
        let (sentence, before) = around.unwrap_or_else(|| (exact.clone(), 0));
        let (found_by, confidence) = (Vec::new(), String::new());
        Ok(Some(Quotation { document, reported, start, end, exact, sentence, before, found_by, confidence }))
    }

    fn chars(&mut self, document: &NamedNode) -> Result<&[char], StoreError> {
        let key = document.as_str().to_owned();
        if !self.texts.contains_key(&key) {
            let text = self.store.text_of(document, v::TEXT)?.unwrap_or_default();
            self.texts.insert(key.clone(), text.chars().collect());
        }
        Ok(self.texts.get(&key).map_or(&[], Vec::as_slice))
    }
}

/// The most characters of a sentence that are shown on each side of the words that matter.
const FARTHEST: usize = 120;

/// The sentence, or the line, in which `start..end` stands, and how much of it stands before.
fn sentence_around(text: &[char], start: usize, end: usize) -> Option<(String, usize)> {
    if start >= end || end > text.len() {
        return None;
    }
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '\n' | '\r');
    let from = text[..start].iter().rposition(ends).map_or(0, |i| i + 1).max(start.saturating_sub(FARTHEST));
    let after = text[end..].iter().position(ends).map_or(text.len(), |i| end + i + 1);
    let to = if ends(&text[end - 1]) { end } else { after.min(end + FARTHEST) };
    let blank = text[from..start].iter().take_while(|c| c.is_whitespace()).count();
    let sentence: String = text[from + blank..to].iter().collect();
    Some((sentence.trim_end().to_owned(), start - from - blank))
}

fn local_of(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_sentence_around_some_words() {
        let text: Vec<char> = "第一句。甲市发展钢铁产业！第三句".chars().collect();
        assert_eq!(sentence_around(&text, 6, 8), Some(("甲市发展钢铁产业！".to_owned(), 2)));
        assert_eq!(sentence_around(&text, 13, 16), Some(("第三句".to_owned(), 0)));
        assert_eq!(sentence_around(&text, 13, 99), None);
    }
}
