//! What was found in one document, in the format of the annotation guide.

use super::{Bound, Class, Measure, Modality, Predicate, Span, Status};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeSet;

/// Where something is stated, what found it and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Span", into = "Span")]
pub struct Evidence {
    /// The words, as code points of the text as given.
    pub span: Span,
    /// The rule, gazetteer or model that found it, such as `gazetteer:division` or `rule:list-of-projects`.
    pub found_by: String,
    /// From 0 to 1.
    pub confidence: f32,
}

impl From<Span> for Evidence {
    fn from(span: Span) -> Self {
        Self { span, found_by: String::new(), confidence: 1.0 }
    }
}

impl From<Evidence> for Span {
    fn from(evidence: Evidence) -> Self {
        evidence.span
    }
}

/// One thing that the document names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `e1`, `e2` … in the order of first mention.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub class: Class,
    /// The fullest surface form.
    pub name: String,
    /// The other surface forms, in the order of their first mention.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where it is named, in reading order.
    #[serde(default)]
    pub mentions: Vec<Evidence>,
    /// The name that mints its IRI: folded, completed from gazetteers (太原 → 太原市).
    #[serde(skip)]
    pub canonical: String,
    /// A formal code such as `GBT2260:140100`, where a gazetteer gives one and it is not ambiguous.
    #[serde(skip)]
    pub code: Option<String>,
}

/// The far end of a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Object {
    /// The id of an entity.
    #[serde(rename = "object")]
    Entity(String),
    /// The stage of a project.
    #[serde(rename = "value")]
    Status(Status),
}

/// A relation that the document states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The id of an entity.
    pub subject: String,
    /// How they are related.
    pub predicate: Predicate,
    /// To what.
    #[serde(flatten)]
    pub object: Object,
    /// Where it is stated.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// A stated figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The id of the entity that is measured.
    pub subject: String,
    /// The name of the quantity in the document's words.
    pub indicator: String,
    /// What is measured of it.
    pub measure: Measure,
    /// In the base unit.
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    /// The base unit: CNY, %, pp, count, person, t, kW, m2 …
    pub unit: String,
    /// The whole, for a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How the value bounds the true one.
    #[serde(default = "exact")]
    pub bound: Bound,
    /// ISO 8601; empty where the document gives no way to know.
    #[serde(default)]
    pub period: String,
    /// Fact or aim.
    #[serde(default = "actual")]
    pub modality: Modality,
    /// The earlier value, in the same unit.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "plain_optional")]
    pub from: Option<f64>,
    /// Where it is stated.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The value with its unit in the document's words.
    #[serde(skip)]
    pub as_written: String,
}

/// Everything found in one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// The stem of the file's name.
    pub id: String,
    /// Of the UTF-8 bytes of the text.
    #[serde(default)]
    pub text_sha256: String,
    /// In the order of first mention.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Sorted by subject, predicate, object.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// In reading order.
    #[serde(default)]
    pub observations: Vec<Observation>,
}

impl Extraction {
    /// Drops what is less sure than `least` (from 0 to 1): mentions, entities with no mention left, relations and figures, and
    /// those whose ends are gone.
    pub fn at_least(mut self, least: f32) -> Self {
        let sure = |evidence: &Evidence| evidence.confidence >= least;
        self.entities.iter_mut().for_each(|entity| entity.mentions.retain(sure));
        self.entities.retain(|entity| !entity.mentions.is_empty());
        let left: BTreeSet<&str> = self.entities.iter().map(|entity| entity.id.as_str()).collect();
        self.relations.retain(|relation| {
            let object = match &relation.object {
                Object::Entity(id) => left.contains(id.as_str()),
                Object::Status(_) => true,
            };
            object && left.contains(relation.subject.as_str()) && relation.evidence.iter().any(sure)
        });
        self.observations
            .retain(|figure| left.contains(figure.subject.as_str()) && figure.evidence.iter().any(sure));
        self
    }
}

fn exact() -> Bound {
    Bound::Exact
}

fn actual() -> Modality {
    Modality::Actual
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn plain_number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        let whole = *value as i64;
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*value)
    }
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn plain_optional<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(number) => plain_number(number, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_unsure_goes_with_all_that_hangs_on_it() {
        let evidence = |confidence| Evidence { confidence, ..Evidence::from(Span { start: 0, end: 1 }) };
        let entity = |id: &str, sure: &[f32]| Entity {
            id: id.to_owned(),
            class: Class::Place,
            name: id.to_owned(),
            aliases: Vec::new(),
            mentions: sure.iter().map(|c| evidence(*c)).collect(),
            canonical: id.to_owned(),
            code: None,
        };
        let relation = |subject: &str, object: &str, confidence| Relation {
            subject: subject.to_owned(),
            predicate: Predicate::LocatedIn,
            object: Object::Entity(object.to_owned()),
            evidence: vec![evidence(confidence)],
        };
        let found = Extraction {
            entities: vec![entity("a", &[0.9, 0.4]), entity("b", &[0.8]), entity("c", &[0.3])],
            relations: vec![relation("a", "b", 0.7), relation("b", "a", 0.2), relation("a", "c", 0.9)],
            ..Extraction::default()
        };
        let kept = found.at_least(0.5);
        let names: Vec<(&str, usize)> =
            kept.entities.iter().map(|e| (e.id.as_str(), e.mentions.len())).collect();
        assert_eq!(names, [("a", 1), ("b", 1)]);
        assert_eq!(kept.relations, [relation("a", "b", 0.7)]);
    }
}
