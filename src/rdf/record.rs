//! Quads as bytes that sort in the order of reading, and back.

use super::write::{graph_key, object_key, predicate_key, subject_key};
use oxrdf::vocab::xsd;
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::io;

/// Ends a field; within a field, this byte and the next are written as two.
const END: u8 = 0;
/// Begins the two bytes that stand for `END` and for itself.
const ESCAPE: u8 = 1;

/// Quads sort by these bytes as they are read: graph, subject, predicate (types and names first), object.
pub(super) fn record(quad: &Quad) -> Vec<u8> {
    let (rank, predicate) = predicate_key(&quad.predicate);
    let (kind, value, language, datatype) = object_key(&quad.object);
    let mut record = Vec::with_capacity(128);
    node(&mut record, graph_key(&quad.graph_name), matches!(quad.graph_name, GraphName::BlankNode(_)));
    node(&mut record, subject_key(quad), quad.subject.is_blank_node());
    record.push(b'0' + rank);
    field(&mut record, predicate);
    record.push(b'0' + kind);
    [value, language, datatype].into_iter().for_each(|text| field(&mut record, text));
    record
}

fn node(record: &mut Vec<u8>, name: &str, is_blank: bool) {
    if is_blank {
        record.extend(b"_:");
    }
    field(record, name);
}

fn field(record: &mut Vec<u8>, text: &str) {
    for part in text.as_bytes().split_inclusive(|byte| *byte <= ESCAPE) {
        match part.split_last() {
            Some((byte, plain)) if *byte <= ESCAPE => {
                record.extend_from_slice(plain);
                record.extend([ESCAPE, ESCAPE + byte]);
            }
            _ => record.extend_from_slice(part),
        }
    }
    record.push(END);
}

/// The quad of a record.
pub(super) fn quad(record: &[u8]) -> io::Result<Quad> {
    parsed(record).ok_or_else(|| io::Error::other("a record of a sorted run is damaged"))
}

fn parsed(record: &[u8]) -> Option<Quad> {
    let mut fields = record.split(|byte| *byte == END).map(text);
    let graph = fields.next()??;
    let graph = if graph.is_empty() { GraphName::DefaultGraph } else { named(graph).into() };
    let subject = named(fields.next()??);
    let predicate = NamedNode::new_unchecked(fields.next()??.get(1..)?);
    let value = fields.next()??;
    let object = object(value.get(..1)?, value.get(1..)?, &fields.next()??, fields.next()??);
    Some(Quad::new(subject, predicate, object, graph))
}

fn text(field: &[u8]) -> Option<String> {
    if !field.contains(&ESCAPE) {
        return String::from_utf8(field.to_vec()).ok();
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(field.len()), field.iter());
    while let Some(byte) = rest.next() {
        bytes.push(if *byte == ESCAPE { rest.next()?.checked_sub(ESCAPE)? } else { *byte });
    }
    String::from_utf8(bytes).ok()
}

fn named(name: String) -> NamedOrBlankNode {
    match name.strip_prefix("_:") {
        Some(id) => BlankNode::new_unchecked(id).into(),
        None => NamedNode::new_unchecked(name).into(),
    }
}

fn object(kind: &str, value: &str, language: &str, datatype: String) -> Term {
    match kind {
        "0" => NamedNode::new_unchecked(value).into(),
        "1" => BlankNode::new_unchecked(value).into(),
        _ if !language.is_empty() => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        _ if datatype == xsd::STRING.as_str() => Literal::new_simple_literal(value).into(),
        _ => Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn iri(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://x/{name}"))
    }

    fn any_term() -> impl Strategy<Value = Term> {
        let text = "[\u{0}-\u{3}a-b太\\\\\"]{0,4}";
        prop_oneof![
            "[a-c太]{1,3}".prop_map(|name| iri(&name).into()),
            "[a-c]{1,3}".prop_map(|name| BlankNode::new_unchecked(name).into()),
            text.prop_map(|value| Literal::new_simple_literal(value).into()),
            text.prop_map(|value| Literal::new_typed_literal(value, xsd::DATE).into()),
            (text, "zh-Han[st]")
                .prop_map(|(value, tag)| Literal::new_language_tagged_literal_unchecked(value, tag).into()),
        ]
    }

    fn any_quad() -> impl Strategy<Value = Quad> {
        let names = ["type", "a", "b"];
        (any_term(), 0..names.len(), any_term(), any_term()).prop_map(
            move |(subject, name, object, graph)| {
                let node = |term| match term {
                    Term::NamedNode(node) => NamedOrBlankNode::from(node),
                    Term::BlankNode(node) => node.into(),
                    Term::Literal(_) => iri("else").into(),
                };
                let graph = if graph.is_literal() { GraphName::DefaultGraph } else { node(graph).into() };
                Quad::new(node(subject), iri(names[name]), object, graph)
            },
        )
    }

    proptest! {
        #[test]
        fn a_quad_comes_back_as_it_was(quad in any_quad()) {
            prop_assert_eq!(super::quad(&record(&quad)).unwrap(), quad);
        }

        #[test]
        fn records_sort_as_their_quads_are_read(a in any_quad(), b in any_quad()) {
            let plain = |quad: &Quad| !quad.to_string().contains("_:");
            prop_assume!(plain(&a) && plain(&b));
            prop_assert_eq!(record(&a).cmp(&record(&b)), super::super::write::in_reading_order(&a, &b));
        }
    }

    #[test]
    fn a_record_that_is_cut_is_an_error() {
        assert!(
            quad(b"").is_err()
                && quad(b"\0http://x/s\0").is_err()
                && quad(b"\0s\x000p\x002\xFF\0\0\0").is_err()
        );
    }
}
