//! The linker as reconciliation services, after the Reconciliation Service API 0.2 of the W3C community group.
//!
//! Goes in: a request as target and form. Comes out: status, media type and body. A service has one identifier space, so each
//! source is a service of its own, found under its name; its ids are those of the source without their prefix. What is a
//! match, and how well a candidate scores, is what [`link`](super::link) says. Nothing here knows of sockets.

mod extend;
mod manifest;
mod preview;
mod queries;
mod request;
mod suggest;
mod types;

pub use request::{Refusal, Request};

use super::{Catalogue, Record, Source};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::sync::Arc;

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// What the body is.
    pub media_type: &'static str,
    /// The body.
    pub body: String,
}

impl Answer {
    fn json(value: &Value) -> Self {
        Self { status: 200, media_type: "application/json; charset=utf-8", body: value.to_string() }
    }

    fn html(body: String) -> Self {
        Self { status: 200, media_type: "text/html; charset=utf-8", body }
    }

    /// What says why a request is refused.
    pub fn refusing(refusal: &Refusal) -> Self {
        let words = json!({"status": "error", "message": refusal.to_string()});
        Self { status: refusal.status(), ..Self::json(&words) }
    }
}

/// One source as a service.
struct Service<'s> {
    source: &'s dyn Source,
    catalogue: &'s Catalogue,
    /// Where all services are.
    root: &'s str,
}

/// Answers a request; `root` is the address that it was sent to, without a slash at its end.
pub fn answer(request: &Request, root: &str, catalogue: &Catalogue) -> Answer {
    routed(request, root, catalogue).unwrap_or_else(|refusal| Answer::refusing(&refusal))
}

fn routed(request: &Request, root: &str, catalogue: &Catalogue) -> Result<Answer, Refusal> {
    let path = request.path();
    let [name, rest @ ..] = path.as_slice() else {
        return Ok(Answer::html(preview::index(root, catalogue)));
    };
    let unknown = || Refusal::Unknown(format!("nothing is at /{}", path.join("/")));
    let service = Service { source: catalogue.source(name).ok_or_else(unknown)?, catalogue, root };
    match rest {
        [] => service.asked(request),
        ["preview"] => preview::page(&service, request).map(Answer::html),
        ["properties"] => extend::proposed(request).map(|value| Answer::json(&value)),
        ["suggest", what] => {
            suggest::suggested(&service, what, request).ok_or_else(unknown)?.map(|value| Answer::json(&value))
        }
        _ => Err(unknown()),
    }
}

impl Service<'_> {
    fn asked(&self, request: &Request) -> Result<Answer, Refusal> {
        let value = if let Some(sent) = request.field("queries") {
            queries::batch(self, sent)?
        } else if let Some(sent) = request.field("query") {
            queries::single(self, sent)?
        } else if let Some(sent) = request.field("extend") {
            extend::extended(self, sent)?
        } else {
            manifest::manifest(self)
        };
        Ok(Answer::json(&value))
    }

    fn address(&self) -> String {
        address(self.root, &self.source.about().name)
    }

    /// The record with an id, given with or without its prefix.
    fn record(&self, id: &str) -> Option<Arc<Record>> {
        let own = format!("{}:{id}", self.source.about().prefix);
        let hits = [own.as_str(), id].into_iter().flat_map(|id| self.source.with_code(id));
        hits.map(|hit| hit.record).find(|record| record.id == own || record.id == id)
    }

    /// The id of a record within the identifier space.
    fn local<'r>(&self, record: &'r Record) -> &'r str {
        let prefix = &self.source.about().prefix;
        record.id.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(':')).unwrap_or(&record.id)
    }

    /// The name of a record, or its id where the source gives none.
    fn name<'r>(&self, record: &'r Record) -> &'r str {
        if record.name.is_empty() { self.local(record) } else { &record.name }
    }

    /// What tells a record from its namesakes: its kind and the divisions around it, the widest first.
    fn description(&self, record: &Record) -> String {
        let around = self.catalogue.around(&record.within);
        let names: String = around.iter().rev().map(|division| division.name.as_str()).collect();
        if names.is_empty() {
            record.kind.as_str().to_owned()
        } else {
            format!("{}, {names}", record.kind.as_str())
        }
    }
}

/// Where the service of a source is.
fn address(root: &str, source: &str) -> String {
    format!("{root}/{}", utf8_percent_encode(source, NON_ALPHANUMERIC))
}

#[cfg(test)]
mod tests;
