//! Completion of names and ids as they are typed: entities, types, properties.

use super::extend::PROPERTIES;
use super::{Refusal, Request, Service, types};
use crate::link::Record;
use crate::text::fold_name;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many are suggested at once.
const PAGE: usize = 10;
/// How far a client may turn the pages.
const LAST: usize = 1000;
/// How many names are looked at; a record has several.
const NAMES: usize = 4 * LAST;

/// What begins as typed; nothing where no such thing is suggested.
pub(super) fn suggested(service: &Service, what: &str, request: &Request) -> Option<Result<Value, Refusal>> {
    let all: fn(&Service, &str, usize) -> Vec<Value> = match what {
        "entity" => entities,
        "type" => |service, prefix, _| beginning(types::types(service), prefix),
        "property" => |_, prefix, _| beginning(PROPERTIES.iter().map(|p| p.described()).collect(), prefix),
        _ => return None,
    };
    Some(page(request, |prefix, most| all(service, prefix, most)))
}

fn page(request: &Request, all: impl Fn(&str, usize) -> Vec<Value>) -> Result<Value, Refusal> {
    let prefix = request.needed("prefix")?.trim();
    let cursor = request.count("cursor", 0)?.min(LAST);
    let found = all(prefix, cursor + PAGE);
    Ok(json!({"result": found.into_iter().skip(cursor).take(PAGE).collect::<Vec<_>>()}))
}

/// What is wide comes before what is narrow: a province before its towns.
fn entities(service: &Service, prefix: &str, most: usize) -> Vec<Value> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let mut named = service.source.beginning_with(&fold_name(prefix), NAMES);
    named.sort_by_key(|hit| hit.record.kind);
    let records = service.record(prefix).into_iter().chain(named.into_iter().map(|hit| hit.record));
    let mut seen = BTreeSet::new();
    let fresh = records.filter(|record| seen.insert(record.id.clone()));
    let entity = |record: Arc<Record>| {
        json!({"id": service.local(&record), "name": service.name(&record),
            "description": service.description(&record), "notable": types::types_of(&record)})
    };
    fresh.take(most).map(entity).collect()
}

/// Those whose id or name begins as typed, whatever the case.
fn beginning(all: Vec<Value>, prefix: &str) -> Vec<Value> {
    let prefix = prefix.to_lowercase();
    let begins = |value: &Value, key: &str| {
        value[key].as_str().is_some_and(|text| text.to_lowercase().starts_with(&prefix))
    };
    all.into_iter().filter(|value| begins(value, "id") || begins(value, "name")).collect()
}
