//! Gold annotations and extractions as files hold them, read leniently: the scorer judges what others wrote, too.

use crate::document::{Entity, Extraction, Object, Observation, Relation};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// One annotated document.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Annotation {
    /// By which gold and system are paired.
    pub id: String,
    /// Of the UTF-8 bytes of the text; empty where it is not known.
    #[serde(default)]
    pub text_sha256: String,
    #[serde(default)]
    pub(super) entities: Vec<Named>,
    #[serde(default)]
    pub(super) relations: Vec<Stated>,
    #[serde(default)]
    pub(super) observations: Vec<Measured>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub id: String,
    #[serde(rename = "type")]
    pub class: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub mentions: Vec<(usize, usize)>,
    /// What found each mention, where that is known.
    #[serde(skip)]
    pub found_by: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Stated {
    pub subject: String,
    pub predicate: String,
    pub object: Option<String>,
    pub value: Option<String>,
    /// What found it, where that is known.
    #[serde(skip)]
    pub found_by: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Measured {
    pub subject: Option<String>,
    pub indicator: String,
    pub measure: String,
    pub value: f64,
    pub unit: String,
    #[serde(default = "exact")]
    pub bound: String,
    pub period: Option<String>,
    #[serde(default = "actual")]
    pub modality: String,
}

fn exact() -> String {
    "exact".to_owned()
}

fn actual() -> String {
    "actual".to_owned()
}

/// Why two files cannot be scored.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// The file cannot be opened.
    #[error("{0}: cannot be read: {1}")]
    Unreadable(String, std::io::Error),
    /// A line is no annotation.
    #[error("{0}:{1}: not an annotation in the format of the guide: {2}")]
    Malformed(String, usize, serde_json::Error),
    /// There is nothing to score against.
    #[error("{0}: no annotation in it")]
    Empty(String),
    /// A line that does not say which thing an entity is.
    #[error("{0}:{1}: not a label, a document and an entity between tabs")]
    NoLabel(String, usize),
    /// Gold and system speak of different texts.
    #[error("{0}: the gold annotation and the extraction were made from different texts")]
    OtherText(String),
}

/// Reads a file of annotations: one JSON object per line, one object, or one list of them. Of two with one id the
/// later counts.
pub fn load(path: &Path) -> Result<Vec<Annotation>, EvaluationError> {
    let place = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| EvaluationError::Unreadable(place.clone(), error))?;
    let rows = match serde_json::from_str(&text) {
        Ok(OneOrMany::Many(rows)) => rows,
        Ok(OneOrMany::One(row)) => vec![*row],
        Err(_) => lines(&place, &text)?,
    };
    if rows.is_empty() { Err(EvaluationError::Empty(place)) } else { Ok(last_of_each(rows)) }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Annotation>),
    One(Box<Annotation>),
}

fn lines(place: &str, text: &str) -> Result<Vec<Annotation>, EvaluationError> {
    let filled = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let read = |(line, number): (&str, usize)| {
        serde_json::from_str(line)
            .map_err(|error| EvaluationError::Malformed(place.to_owned(), number, error))
    };
    filled.map(read).collect()
}

fn last_of_each(rows: Vec<Annotation>) -> Vec<Annotation> {
    let mut kept: Vec<Annotation> = Vec::with_capacity(rows.len());
    for row in rows {
        match kept.iter_mut().find(|earlier| earlier.id == row.id) {
            Some(earlier) => *earlier = row,
            None => kept.push(row),
        }
    }
    kept
}

impl From<&Extraction> for Annotation {
    fn from(found: &Extraction) -> Self {
        let entity = |e: &Entity| Named {
            id: e.id.clone(),
            class: e.class.to_string(),
            name: e.name.clone(),
            aliases: e.aliases.clone(),
            mentions: e.mentions.iter().map(|m| m.span.into()).collect(),
            found_by: e.mentions.iter().map(|m| m.found_by.clone()).collect(),
        };
        Self {
            id: found.id.clone(),
            text_sha256: found.text_sha256.clone(),
            entities: found.entities.iter().map(entity).collect(),
            relations: found.relations.iter().map(Stated::from).collect(),
            observations: found.observations.iter().map(Measured::from).collect(),
        }
    }
}

impl From<&Relation> for Stated {
    fn from(relation: &Relation) -> Self {
        let (object, value) = match &relation.object {
            Object::Entity(id) => (Some(id.clone()), None),
            Object::Status(status) => (None, Some(status.to_string())),
        };
        let found_by = relation.evidence.first().map(|e| e.found_by.clone()).unwrap_or_default();
        let (subject, predicate) = (relation.subject.clone(), relation.predicate.to_string());
        Self { subject, predicate, object, value, found_by }
    }
}

impl From<&Observation> for Measured {
    fn from(figure: &Observation) -> Self {
        Self {
            subject: Some(figure.subject.clone()),
            indicator: figure.indicator.clone(),
            measure: figure.measure.to_string(),
            value: figure.value,
            unit: figure.unit.clone(),
            bound: figure.bound.to_string(),
            period: Some(figure.period.clone()),
            modality: figure.modality.to_string(),
        }
    }
}
