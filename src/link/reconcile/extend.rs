//! Properties of records: which there are, and their values for data extension.

use super::{Refusal, Request, Service, address, types};
use crate::link::{Record, Source};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// How many records are extended at once.
const MOST_IDS: usize = 1000;

/// A property, for queries, for data extension, or for both.
pub(super) struct Property {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    /// How its values are found; none for what only queries can say.
    values: Option<fn(&Service, &Record) -> Vec<Value>>,
}

/// All properties.
pub(super) static PROPERTIES: [Property; 9] = [
    Property {
        id: "within",
        name: "上级区划 division around",
        description: "the division that holds it",
        values: Some(within),
    },
    Property {
        id: "code",
        name: "代码 code",
        description: "formal codes with their schemes",
        values: Some(|_, record| record.codes.iter().map(|code| json!({"str": code})).collect()),
    },
    Property { id: "iri", name: "IRI", description: "its IRI", values: Some(iri) },
    Property {
        id: "kind",
        name: "类别 kind",
        description: "what it is",
        values: Some(|_, record| vec![json!({"str": record.kind.as_str()})]),
    },
    Property {
        id: "latitude",
        name: "纬度 latitude",
        description: "degrees north",
        values: Some(|_, record| degrees(record.point.as_ref().map(|point| &point.latitude))),
    },
    Property {
        id: "longitude",
        name: "经度 longitude",
        description: "degrees east",
        values: Some(|_, record| degrees(record.point.as_ref().map(|point| &point.longitude))),
    },
    Property {
        id: "label",
        name: "外文名 other name",
        description: "its name in another language",
        values: Some(|_, record| record.label.iter().map(|(_, label)| json!({"str": label})).collect()),
    },
    Property {
        id: "near",
        name: "邻近地点 place nearby",
        description: "in queries: a place that the text names near it",
        values: None,
    },
    Property {
        id: "year",
        name: "年份 year",
        description: "in queries: the year of the text, for names of the past",
        values: None,
    },
];

impl Property {
    /// The property as it is suggested.
    pub(super) fn described(&self) -> Value {
        json!({"id": self.id, "name": self.name, "description": self.description})
    }
}

fn within(service: &Service, record: &Record) -> Vec<Value> {
    let around = service.catalogue.around(&record.within);
    let nearest = around.first().map(|division| {
        let id = division.division().unwrap_or(&division.id);
        json!({"id": id, "name": division.name})
    });
    nearest.into_iter().collect()
}

fn iri(service: &Service, record: &Record) -> Vec<Value> {
    service.catalogue.iri(&record.id).map(|iri| json!({"str": iri})).into_iter().collect()
}

fn degrees(text: Option<&String>) -> Vec<Value> {
    let degrees = text.and_then(|text| text.parse::<f64>().ok());
    degrees.map(|degrees| json!({"float": degrees})).into_iter().collect()
}

/// The properties that records of a type may be extended by.
pub(super) fn proposed(request: &Request) -> Result<Value, Refusal> {
    let limit = request.count("limit", PROPERTIES.len())?;
    let own = PROPERTIES.iter().filter(|property| property.values.is_some());
    let own: Vec<Value> = own.take(limit).map(Property::described).collect();
    let mut proposal = json!({"properties": own});
    if let Some(id) = request.field("type") {
        proposal["type"] = json!(id);
    }
    if request.field("limit").is_some() {
        proposal["limit"] = json!(limit);
    }
    Ok(proposal)
}

#[derive(Debug, Deserialize)]
struct Extension {
    ids: Vec<String>,
    properties: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    id: String,
}

/// The values of the wanted properties for each id; none for an id that the source does not hold.
pub(super) fn extended(service: &Service, sent: &str) -> Result<Value, Refusal> {
    let wanted: Extension = serde_json::from_str(sent).map_err(|e| {
        Refusal::Malformed(format!("extend must be a JSON object with ids and properties: {e}"))
    })?;
    if wanted.ids.len() > MOST_IDS {
        return Err(Refusal::TooLarge(format!("{} ids; send at most {MOST_IDS} at once", wanted.ids.len())));
    }
    let find = |wanted: &Wanted| {
        let found = PROPERTIES.iter().find(|property| property.id == wanted.id);
        found.ok_or_else(|| Refusal::Malformed(format!("no property is called '{}'", wanted.id)))
    };
    let properties = wanted.properties.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let row = |id: &String| {
        let record = service.record(id);
        let values = |property: &&Property| match (&record, property.values) {
            (Some(record), Some(values)) => values(service, record),
            _ => Vec::new(),
        };
        let cells: Map<String, Value> =
            properties.iter().map(|p| (p.id.to_owned(), Value::Array(values(p)))).collect();
        (id.clone(), Value::Object(cells))
    };
    let rows: Map<String, Value> = wanted.ids.iter().map(row).collect();
    let meta: Vec<Value> = properties.iter().map(|property| described(service, property)).collect();
    Ok(json!({"meta": meta, "rows": rows}))
}

/// A column; divisions are entities of a service of their own.
fn described(service: &Service, property: &Property) -> Value {
    let mut column = json!({"id": property.id, "name": property.name});
    if property.id == "within" {
        let divisions = &service.catalogue.divisions().about().name;
        column["type"] = types::named("Place");
        if service.source.about().name != *divisions {
            column["service"] = json!(address(service.root, divisions));
        }
    }
    column
}
