//! The types of entities: the classes that a source knows and, of places, the levels of divisions; terms of the ontology.

use super::Service;
use crate::document::Class;
use crate::link::{Kind, Record};
use crate::ontology::ontology;
use serde_json::{Value, json};

/// The levels of divisions that are types of their own.
const LEVELS: [Kind; 4] = [Kind::Province, Kind::Prefecture, Kind::County, Kind::Town];

/// The narrowest type of records of a kind.
fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Province => "Province",
        Kind::Prefecture => "Prefecture",
        Kind::County => "County",
        Kind::Town => "Town",
        other => other.class().as_str(),
    }
}

/// A type with its name.
pub(super) fn named(id: &str) -> Value {
    json!({"id": id, "name": ontology().term(id).map_or(id, |term| term.label("zh-hans"))})
}

/// The types of a record, the narrowest first.
pub(super) fn types_of(record: &Record) -> Vec<Value> {
    let (narrow, class) = (type_of(record.kind), record.kind.class().as_str());
    std::iter::once(narrow).chain((class != narrow).then_some(class)).map(named).collect()
}

/// All types of a service, the narrower ones with the one above.
pub(super) fn types(service: &Service) -> Vec<Value> {
    let classes = &service.source.about().classes;
    let levels = LEVELS.into_iter().filter(|level| classes.contains(&level.class()));
    let levels = levels.map(|level| {
        let mut level_type = named(type_of(level));
        level_type["broader"] = json!([named(level.class().as_str())]);
        level_type
    });
    classes.iter().map(|class| named(class.as_str())).chain(levels).collect()
}

/// What a query is restricted to: the classes, and the kinds of records where it names a level. Types that the service does
/// not have say nothing.
pub(super) fn restricted(ids: &[String], service: &Service) -> (Vec<Class>, Vec<Kind>) {
    let known = &service.source.about().classes;
    let named = |id: &str| ids.iter().any(|named| named == id);
    let levels = LEVELS.into_iter().filter(|level| known.contains(&level.class()) && named(type_of(*level)));
    let kinds: Vec<Kind> = levels.collect();
    let whole: Vec<Class> = known.iter().copied().filter(|class| named(class.as_str())).collect();
    match (whole.is_empty(), kinds.first()) {
        (false, _) => (whole, Vec::new()),
        (true, Some(level)) => (vec![level.class()], kinds),
        (true, None) => (known.clone(), Vec::new()),
    }
}
