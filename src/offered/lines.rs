//! Lines of JSON as offers: rows of subject, predicate, object and quotation, or whole extractions taken apart.

use super::check::Refused;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Something that is offered about a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The line of the file, from 1.
    pub line: usize,
    /// The id of the document.
    pub document: String,
    /// What is offered.
    pub item: Item,
    /// As it was offered, for the review.
    pub content: Value,
}

/// A name with its class.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// The name.
    pub name: String,
    /// The class, if it is said.
    pub class: Option<String>,
}

/// What can be offered.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A thing with the places where it is named.
    Thing(End, Vec<(usize, usize)>),
    /// A relation between two things, or of a project to its stage.
    Relation {
        /// One end.
        subject: End,
        /// The property.
        predicate: String,
        /// The other end, or the stage.
        object: End,
        /// The words on which it rests.
        rests_on: RestsOn,
    },
    /// A figure of a thing; the rest of it is in the content.
    Figure(End, Vec<(usize, usize)>),
}

/// The words on which something rests.
#[derive(Debug, Clone, PartialEq)]
pub enum RestsOn {
    /// Words that stand somewhere in the text.
    Quote(String),
    /// Places in the text, in code points.
    Places(Vec<(usize, usize)>),
}

#[derive(Deserialize)]
struct Row {
    #[serde(alias = "id", alias = "doc")]
    document: String,
    subject: String,
    subject_type: Option<String>,
    #[serde(alias = "relation")]
    predicate: String,
    object: String,
    object_type: Option<String>,
    #[serde(alias = "evidence", alias = "quotation")]
    quote: String,
}

/// Reads lines of JSON; what is no offer is refused with the reason.
pub fn read(text: &str) -> (Vec<Offer>, Vec<Refused>) {
    let (mut offers, mut refused) = (Vec::new(), Vec::new());
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(content) => match one(&content, number) {
                Ok(found) => offers.extend(found),
                Err(reason) => refused.push(Refused { line: number, reason, content }),
            },
            Err(error) => refused.push(Refused {
                line: number,
                reason: format!("no JSON: {error}"),
                content: json!(line),
            }),
        }
    }
    (offers, refused)
}

fn one(content: &Value, line: usize) -> Result<Vec<Offer>, String> {
    if content.get("entities").is_some() {
        return extraction(content, line);
    }
    let row: Row = serde_json::from_value(content.clone()).map_err(|e| {
        format!("neither a row (document, subject, predicate, object, quote) nor an extraction (id, entities): {e}")
    })?;
    let item = Item::Relation {
        subject: End { name: row.subject, class: row.subject_type },
        predicate: row.predicate.trim_start_matches("jx:").to_owned(),
        object: End { name: row.object, class: row.object_type },
        rests_on: RestsOn::Quote(row.quote),
    };
    Ok(vec![Offer { line, document: row.document, item, content: content.clone() }])
}

/// An extraction in the guide's format as single offers, so that one mistake does not cost the rest.
fn extraction(content: &Value, line: usize) -> Result<Vec<Offer>, String> {
    let document = content["id"].as_str().ok_or("an extraction needs the id of its document")?.to_owned();
    let list = |key: &str| content[key].as_array().cloned().unwrap_or_default();
    let mut ends: BTreeMap<String, End> = BTreeMap::new();
    let mut offers = Vec::new();
    let mut offer = |item, content| offers.push(Offer { line, document: document.clone(), item, content });
    for entity in list("entities") {
        let class = entity["type"].as_str().map(str::to_owned);
        let end = End { name: text(&entity["name"]), class };
        ends.insert(text(&entity["id"]), end.clone());
        offer(Item::Thing(end, places(&entity["mentions"])), entity);
    }
    let end = |id: &Value| {
        let id = text(id);
        ends.get(&id).cloned().unwrap_or(End { name: id, class: None })
    };
    for relation in list("relations") {
        let object = if relation["value"].is_string() {
            End { name: text(&relation["value"]), class: None }
        } else {
            end(&relation["object"])
        };
        let rests_on = RestsOn::Places(places(&relation["evidence"]));
        let (subject, predicate) = (end(&relation["subject"]), text(&relation["predicate"]));
        offer(Item::Relation { subject, predicate, object, rests_on }, relation);
    }
    for figure in list("observations") {
        offer(Item::Figure(end(&figure["subject"]), places(&figure["evidence"])), figure);
    }
    Ok(offers)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn places(value: &Value) -> Vec<(usize, usize)> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}
