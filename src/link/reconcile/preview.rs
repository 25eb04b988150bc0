//! Pages for people: what a record is, and which services there are. All that comes from a source is escaped.

use super::{Refusal, Request, Service, address};
use crate::link::Catalogue;
use crate::text::escaped;
use std::fmt::Write as _;

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>jinxiu</title>\
    <style>body{font:14px sans-serif;margin:8px}h1{font-size:16px;margin:0 0 4px}p{margin:2px 0}</style></head><body>\n";
const FOOT: &str = "</body></html>\n";

/// The preview of a record.
pub(super) fn page(service: &Service, request: &Request) -> Result<String, Refusal> {
    let id = request.needed("id")?;
    let unknown = || Refusal::Unknown(format!("{} has no record {id}", service.source.about().name));
    let record = service.record(id).ok_or_else(unknown)?;
    let (about, iri) = (service.source.about(), service.catalogue.iri(&record.id).unwrap_or_default());
    let label = record.label.as_ref().map(|(_, label)| label.clone());
    let place = record.point.as_ref().map(|p| format!("{}, {}", p.latitude, p.longitude));
    let lines = [Some(service.description(&record)), label, Some(record.codes.join(" ")), place];
    let mut page = format!("{HEAD}<h1>{}</h1>\n", escaped(service.name(&record)));
    for line in lines.into_iter().flatten().filter(|line| !line.is_empty()) {
        let _ = writeln!(page, "<p>{}</p>", escaped(&line));
    }
    let _ = writeln!(page, "<p>{}</p>", linked(&iri));
    let _ = writeln!(
        page,
        "<p><small>{}</small></p>",
        escaped(&format!("{}. {}", about.title, about.attribution))
    );
    Ok(page + FOOT)
}

/// An IRI, to be followed where it leads to the web.
fn linked(iri: &str) -> String {
    let shown = escaped(iri);
    if iri.starts_with("http://") || iri.starts_with("https://") {
        format!("<a href=\"{shown}\">{shown}</a>")
    } else {
        shown
    }
}

/// The list of services.
pub(super) fn index(root: &str, catalogue: &Catalogue) -> String {
    let mut page = format!(
        "{HEAD}<h1>Reconciliation services</h1>\n<p>Give a client such as OpenRefine one of these addresses.</p>\n"
    );
    for about in catalogue.about() {
        let at = escaped(&address(root, &about.name));
        let _ = writeln!(
            page,
            "<p><a href=\"{at}\">{at}</a> {}, {} rows, {}</p>",
            escaped(&about.title),
            about.rows,
            escaped(&about.licence)
        );
    }
    page + FOOT
}
