//! Reconciliation queries: what is asked about, and the candidates with the linker's judgement on each.

use super::{Refusal, Service, types};
use crate::document::Class;
use crate::link::{Decision, Link, Place, Record, Relation, Subject, link};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many queries are answered at once.
const MOST_QUERIES: usize = 1000;
/// How many candidates are given where the query does not say.
const USUAL_LIMIT: usize = 10;
/// The score of what is asked for by its id.
const SURE: f64 = 100.0;

/// A query as it is sent; fields of other versions of the API are passed over.
#[derive(Debug, Default, Deserialize)]
struct Query {
    #[serde(default)]
    query: String,
    #[serde(default, rename = "type")]
    types: Option<OneOrMany<String>>,
    limit: Option<f64>,
    #[serde(default)]
    properties: Vec<Property>,
}

/// What else is known of the thing: `within` and `near` name places, `year` and `code` are values.
#[derive(Debug, Deserialize)]
struct Property {
    pid: String,
    v: OneOrMany<Given>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn all(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// The value of a property: an entity or a literal.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Given {
    Entity { id: String, name: Option<String> },
    Text(String),
    Number(serde_json::Number),
    Truth(bool),
}

impl Given {
    fn text(&self) -> String {
        match self {
            Self::Entity { id, .. } => id.clone(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// The place meant: by its GB/T 2260 code, or by name.
    fn place(&self) -> Place {
        let id = self.text();
        let code = id.strip_prefix("gbt2260:").unwrap_or(&id);
        let coded = code.len() >= 6 && code.bytes().all(|b| b.is_ascii_digit());
        let name = match self {
            Self::Entity { name: Some(name), .. } => name,
            _ => &id,
        };
        Place { code: coded.then(|| code.to_owned()), ..Place::named(name) }
    }
}

/// Answers a batch of queries, each by itself.
pub(super) fn batch(service: &Service, sent: &str) -> Result<Value, Refusal> {
    let queries: Map<String, Value> = serde_json::from_str(sent)
        .map_err(|e| Refusal::Malformed(format!("queries must be a JSON object of queries: {e}")))?;
    if queries.len() > MOST_QUERIES {
        let words = format!("{} queries; send at most {MOST_QUERIES} at once", queries.len());
        return Err(Refusal::TooLarge(words));
    }
    let answered = queries.into_iter().map(|(key, query)| {
        let query = read(query).map_err(|why| Refusal::Malformed(format!("query {key}: {why}")))?;
        Ok((key, json!({"result": candidates(service, &query)})))
    });
    answered.collect::<Result<Map<_, _>, _>>().map(Value::Object)
}

/// Answers one query, which is a name or an object.
pub(super) fn single(service: &Service, sent: &str) -> Result<Value, Refusal> {
    let object = serde_json::from_str(sent).ok().filter(Value::is_object);
    let query = read(object.unwrap_or_else(|| json!({"query": sent}))).map_err(Refusal::Malformed)?;
    Ok(json!({"result": candidates(service, &query)}))
}

fn read(query: Value) -> Result<Query, String> {
    let query: Query = serde_json::from_value(query).map_err(|e| e.to_string())?;
    match query.limit {
        _ if query.query.trim().is_empty() && query.properties.is_empty() => {
            Err("it names neither query nor properties".to_owned())
        }
        Some(limit) if limit < 1.0 => Err(format!("limit must be a positive number, not {limit}")),
        _ => Ok(query),
    }
}

fn candidates(service: &Service, query: &Query) -> Vec<Value> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit is at least one")]
    let limit = query.limit.map_or(USUAL_LIMIT, |limit| limit as usize);
    if let Some(record) = service.record(query.query.trim()) {
        return vec![candidate(service, &record, &json!({"score": SURE, "match": true, "features": []}))];
    }
    let links = links(service, query);
    let matching = links.iter().position(is_match);
    let judged = links.iter().take(limit).enumerate().map(|(place, link)| {
        let score = (link.confidence * 1000.0).round() / 10.0;
        let judgement = json!({"score": score, "match": Some(place) == matching, "features": features(link)});
        candidate(service, &link.record, &judgement)
    });
    judged.collect()
}

/// What the linker says, the surest first; where something lies is no candidate for what it is.
fn links(service: &Service, query: &Query) -> Vec<Link> {
    let ids = query.types.as_ref().map(OneOrMany::all).unwrap_or_default();
    let (classes, kinds) = types::restricted(ids, service);
    let mut found: BTreeMap<String, Link> = BTreeMap::new();
    for class in classes {
        let findings = link(&subject(query, class), service.catalogue);
        let own = findings.into_iter().filter(|finding| finding.source == service.source.about().name);
        for link in own.flat_map(|finding| finding.links).filter(|link| link.relation != Relation::Within) {
            let known = found.get(&link.record.id);
            if known.is_none_or(|known| rank(&link) < rank(known)) {
                found.insert(link.record.id.clone(), link);
            }
        }
    }
    let mut links: Vec<Link> = found.into_values().collect();
    links.retain(|link| kinds.is_empty() || kinds.contains(&link.record.kind));
    links.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.decision.cmp(&b.decision)));
    links
}

fn rank(link: &Link) -> (Decision, std::cmp::Reverse<u64>) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 999")]
    let thousandths = (link.confidence * 1000.0) as u64;
    (link.decision, std::cmp::Reverse(thousandths))
}

fn is_match(link: &Link) -> bool {
    link.decision == Decision::Accept
        && matches!(link.relation, Relation::Same | Relation::Exact | Relation::Close)
}

fn subject(query: &Query, class: Class) -> Subject {
    let given = |pid: &str| -> Vec<&Given> {
        let named = query.properties.iter().filter(|property| property.pid == pid);
        named.flat_map(|property| property.v.all()).collect()
    };
    let places = |pid: &str| given(pid).into_iter().map(Given::place).collect();
    let value = |pid: &str| given(pid).first().map(|given| given.text());
    let scheme = |code: String| if code.contains(':') { code } else { format!("gbt2260:{code}") };
    Subject {
        parents: places("within"),
        near: places("near"),
        year: value("year").and_then(|year| year.get(..4)?.parse().ok()),
        code: value("code").map(scheme),
        ..Subject::named(query.query.trim(), class)
    }
}

/// The evidence, each feature once, and how many gates failed.
fn features(link: &Link) -> Vec<Value> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for evidence in &link.evidence {
        *sums.entry(evidence.feature).or_default() += evidence.weight;
    }
    let rounded = |weight: f64| (weight * 1000.0).round() / 1000.0;
    let weights = sums.into_iter().map(|(id, weight)| json!({"id": id, "value": rounded(weight)}));
    weights.chain([json!({"id": "failed gates", "value": link.gates.len()})]).collect()
}

fn candidate(service: &Service, record: &Record, judgement: &Value) -> Value {
    let mut candidate = json!({
        "id": service.local(record),
        "name": service.name(record),
        "description": service.description(record),
        "type": types::types_of(record),
    });
    for (key, value) in judgement.as_object().into_iter().flatten() {
        candidate[key] = value.clone();
    }
    candidate
}
