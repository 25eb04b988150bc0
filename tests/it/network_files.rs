//! Networks for other tools, held against the structure that their formats publish: GEXF 1.3 and GraphML 1.0.

use crate::sample::{Doc, Sample, alpha, beta};
use jinxiu::document::{Class, Predicate};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;

/// An element: the attributes that it must and may have, and what may stand in it.
struct Rule {
    name: &'static str,
    must: &'static [&'static str],
    may: &'static [&'static str],
    children: &'static [&'static str],
}

const fn rule(
    name: &'static str,
    must: &'static [&'static str],
    may: &'static [&'static str],
    children: &'static [&'static str],
) -> Rule {
    Rule { name, must, may, children }
}

/// Without what is for networks that change over time, and for drawings.
const GEXF: [Rule; 12] = [
    rule("gexf", &["version"], &["variant"], &["meta", "graph"]),
    rule("meta", &[], &["lastmodifieddate"], &["creator", "keywords", "description"]),
    rule("creator", &[], &[], &[]),
    rule("graph", &[], &["mode", "defaultedgetype", "idtype"], &["attributes", "nodes", "edges"]),
    rule("attributes", &["class"], &["mode"], &["attribute"]),
    rule("attribute", &["id", "title", "type"], &[], &["default", "options"]),
    rule("nodes", &[], &["count"], &["node"]),
    rule("node", &["id"], &["label"], &["attvalues"]),
    rule("edges", &[], &["count"], &["edge"]),
    rule("edge", &["source", "target"], &["id", "type", "kind", "label", "weight"], &["attvalues"]),
    rule("attvalues", &[], &[], &["attvalue"]),
    rule("attvalue", &["for", "value"], &[], &[]),
];

const GRAPHML: [Rule; 6] = [
    rule("graphml", &[], &["schemaLocation"], &["key", "graph"]),
    rule("key", &["id"], &["for", "attr.name", "attr.type"], &["desc", "default"]),
    rule("graph", &["edgedefault"], &["id"], &["node", "edge"]),
    rule("node", &["id"], &[], &["data"]),
    rule("edge", &["source", "target"], &["id", "directed"], &["data"]),
    rule("data", &["key"], &["id"], &[]),
];

/// Two documents, and names that XML cannot take as they are.
fn written(format: &str) -> String {
    let odd = Doc::new("odd", "甲&乙<丙>\"集团\"位于甲市，是甲市的企业，总部在甲市。")
        .entity(Class::Enterprise, "甲&乙<丙>\"集团\"")
        .entity(Class::Place, "甲市")
        .relation("甲&乙<丙>\"集团\"", Predicate::LocatedIn, "甲市");
    Sample::of(&[alpha(), beta(), odd]).run(&["export", "-f", format]).ok()
}

/// Every element has what it must have, and nothing that it may not.
fn hold(document: &Document<'_>, namespace: &str, rules: &[Rule]) {
    for element in document.descendants().filter(Node::is_element) {
        let name = element.tag_name().name();
        assert_eq!(element.tag_name().namespace(), Some(namespace), "{name}");
        let rule = rules.iter().find(|rule| rule.name == name).unwrap_or_else(|| panic!("no element {name}"));
        let given: Vec<&str> = element.attributes().map(|attribute| attribute.name()).collect();
        assert!(rule.must.iter().all(|must| given.contains(must)), "{name}: {given:?}");
        assert!(given.iter().all(|a| rule.must.contains(a) || rule.may.contains(a)), "{name}: {given:?}");
        for child in element.children().filter(Node::is_element) {
            assert!(rule.children.contains(&child.tag_name().name()), "{child:?} in {name}");
        }
    }
}

fn all<'a>(document: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

/// What an attribute of all elements of a name says, each time something else.
fn ids<'a>(document: &'a Document<'a>, name: &'a str) -> BTreeSet<&'a str> {
    let ids: Vec<&str> = all(document, name).filter_map(|node| node.attribute("id")).collect();
    let each: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(each.len(), ids.len(), "ids of {name}");
    each
}

/// Edges lead from nodes to nodes.
fn edges_hold(document: &Document<'_>) {
    let nodes = ids(document, "node");
    ids(document, "edge");
    let ends = all(document, "edge").flat_map(|edge| ["source", "target"].map(|end| edge.attribute(end)));
    assert!(ends.into_iter().all(|end| nodes.contains(end.unwrap())));
    assert!(nodes.len() > 10 && all(document, "edge").count() > 10);
}

#[test]
fn gexf_is_as_its_schema_has_it() {
    let text = written("gexf");
    let document = Document::parse(&text).unwrap();
    hold(&document, "http://gexf.net/1.3", &GEXF);
    edges_hold(&document);
    let only = |name, attribute, allowed: &[&str]| {
        let values = all(&document, name).filter_map(|node| node.attribute(attribute));
        values.for_each(|value| assert!(allowed.contains(&value), "{attribute} {value}"));
    };
    only("gexf", "version", &["1.3"]);
    only("graph", "mode", &["static"]);
    only("graph", "defaultedgetype", &["directed"]);
    only("attributes", "class", &["node", "edge"]);
    only("attribute", "type", &["string"]);
    let parts = document.root_element().children().filter(Node::is_element);
    assert_eq!(parts.map(|part| part.tag_name().name()).collect::<Vec<_>>(), ["meta", "graph"]);
    for attributes in all(&document, "attributes") {
        let declared: Vec<&str> = attributes.children().filter_map(|a| a.attribute("id")).collect();
        let of_class = all(&document, attributes.attribute("class").unwrap());
        let values = of_class.flat_map(|node| node.descendants()).filter_map(|node| node.attribute("for"));
        values.for_each(|id| assert!(declared.contains(&id), "{id} is not declared"));
    }
    assert!(all(&document, "edge").all(|edge| edge.attribute("weight").unwrap().parse::<f64>().is_ok()));
    let label = all(&document, "node").any(|node| node.attribute("label") == Some("甲&乙<丙>\"集团\""));
    assert!(label, "{text}");
}

#[test]
fn relations_between_the_same_things_are_of_different_kinds_in_gexf() {
    let text = written("gexf");
    let document = Document::parse(&text).unwrap();
    let edges: Vec<_> = all(&document, "edge")
        .map(|edge| ["source", "target", "kind"].map(|name| edge.attribute(name).unwrap()))
        .collect();
    assert_eq!(edges.iter().collect::<BTreeSet<_>>().len(), edges.len());
}

#[test]
fn graphml_is_as_its_schema_has_it() {
    let text = written("graphml");
    let document = Document::parse(&text).unwrap();
    hold(&document, "http://graphml.graphdrawing.org/xmlns", &GRAPHML);
    edges_hold(&document);
    for class in ["node", "edge"] {
        let of_class = |key: &Node<'_, '_>| key.attribute("for") == Some(class);
        let keys: Vec<Node<'_, '_>> = all(&document, "key").filter(of_class).collect();
        let declared: Vec<&str> = keys.iter().filter_map(|key| key.attribute("id")).collect();
        let types = keys.iter().filter_map(|key| key.attribute("attr.type"));
        types.for_each(|kind| assert!(["string", "int"].contains(&kind), "{kind}"));
        for data in all(&document, class).flat_map(|node| node.children().filter(Node::is_element)) {
            assert!(declared.contains(&data.attribute("key").unwrap()), "{data:?}");
        }
    }
    let weights = all(&document, "data").filter(|data| data.attribute("key") == Some("weight"));
    assert!(weights.filter_map(|data| data.text()).all(|weight| weight.parse::<i32>().is_ok()));
}
