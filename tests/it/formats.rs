//! Networks as the tools that open them expect: what the schemas of GEXF and GraphML require, read by a reader of tags.

use crate::sample::Sample;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// An element of an XML file.
#[derive(Debug)]
struct Element {
    name: String,
    parent: String,
    /// The place of the parent among all elements.
    within: usize,
    attributes: BTreeMap<String, String>,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{self:?} has no {name}"))
    }
}

/// The elements in their order; stops where tags are not nested or an attribute is not quoted.
fn elements(xml: &str) -> Vec<Element> {
    let (mut found, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    for tag in xml.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap();
        assert!(!text.contains('&') || text.contains(';'), "{text}");
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(found[open.pop().unwrap()].name, name);
            continue;
        }
        let body = tag.trim_end_matches('/');
        let (name, mut rest) = body.split_once(' ').unwrap_or((body, ""));
        let mut attributes = BTreeMap::new();
        while !rest.trim().is_empty() {
            let (key, after) = rest.trim_start().split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            assert!(attributes.insert(key.to_owned(), value.to_owned()).is_none(), "{key} twice in {tag}");
            rest = after;
        }
        let within = open.last().copied().unwrap_or(0);
        let parent = open.last().map_or(String::new(), |place| found[*place].name.clone());
        found.push(Element { name: name.to_owned(), parent, within, attributes });
        if !tag.ends_with('/') {
            open.push(found.len() - 1);
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    found
}

/// What a schema says of an element: where it stands, what it must have, what it may have besides.
type Law<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str]);

fn obey(elements: &[Element], laws: &[Law<'_>]) {
    for element in elements {
        let law = laws.iter().find(|law| law.0 == element.name && law.1 == element.parent);
        let (_, _, must, may) = law.unwrap_or_else(|| panic!("{element:?} may not stand here"));
        must.iter()
            .for_each(|name| assert!(element.attributes.contains_key(*name), "{element:?} lacks {name}"));
        for name in element.attributes.keys() {
            assert!(must.contains(&name.as_str()) || may.contains(&name.as_str()), "{element:?}: {name}");
        }
    }
}

/// The order of the children of every element of a name.
fn children<'a>(elements: &'a [Element], of: &str) -> Vec<Vec<&'a str>> {
    let places = elements.iter().enumerate().filter(|(_, e)| e.name == of).map(|(place, _)| place);
    places
        .map(|place| elements.iter().skip(1).filter(|e| e.within == place).map(|e| e.name.as_str()).collect())
        .collect()
}

fn of<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|e| e.name == name).collect()
}

fn ids<'a>(elements: &[&'a Element], key: &str) -> BTreeSet<&'a str> {
    let ids: BTreeSet<&str> = elements.iter().map(|e| e.get(key)).collect();
    assert_eq!(ids.len(), elements.len(), "an id is given twice");
    ids
}

fn ends_exist(edges: &[&Element], nodes: &BTreeSet<&str>) {
    for edge in edges {
        assert!(nodes.contains(edge.get("source")) && nodes.contains(edge.get("target")), "{edge:?}");
    }
}

fn exported(name: &str) -> String {
    let sample = Sample::new();
    let path = sample.folder().join(name);
    assert_eq!(sample.run(&["export", "-o", path.to_str().unwrap()]).code, 0);
    fs::read_to_string(path).unwrap()
}

#[test]
fn gexf_keeps_the_laws_of_its_schema() {
    let text = exported("net.gexf");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf "));
    let all = elements(&text);
    obey(
        &all,
        &[
            ("gexf", "", &["version", "xmlns"], &["variant"]),
            ("meta", "gexf", &[], &["lastmodifieddate"]),
            ("creator", "meta", &[], &[]),
            ("graph", "gexf", &[], &["defaultedgetype", "mode", "idtype"]),
            ("attributes", "graph", &["class"], &["mode"]),
            ("attribute", "attributes", &["id", "title", "type"], &[]),
            ("nodes", "graph", &[], &["count"]),
            ("node", "nodes", &["id"], &["label"]),
            ("edges", "graph", &[], &["count"]),
            ("edge", "edges", &["source", "target"], &["id", "type", "label", "weight", "kind"]),
            ("attvalues", "node", &[], &[]),
            ("attvalues", "edge", &[], &[]),
            ("attvalue", "attvalues", &["for", "value"], &[]),
        ],
    );
    assert_eq!((all[0].get("version"), all[0].get("xmlns")), ("1.3", "http://gexf.net/1.3"));
    assert_eq!(children(&all, "graph"), [["attributes", "attributes", "nodes", "edges"]]);
    let graph = of(&all, "graph")[0];
    assert!(["directed", "undirected", "mutual"].contains(&graph.get("defaultedgetype")));
    assert!(["static", "dynamic"].contains(&graph.get("mode")));
    let types = ["integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"];
    assert!(of(&all, "attribute").iter().all(|a| types.contains(&a.get("type"))));
    let edges = of(&all, "edge");
    ends_exist(&edges, &ids(&of(&all, "node"), "id"));
    assert_eq!(ids(&edges, "id").len(), 15);
    assert!(edges.iter().all(|edge| edge.get("weight").parse::<f32>().is_ok_and(|weight| weight > 0.0)));
    // What leads from one thing to another in several ways is kept apart only by its kind.
    let kinds: BTreeSet<_> =
        edges.iter().map(|edge| ["source", "target", "kind"].map(|name| edge.get(name))).collect();
    assert!(kinds.len() == edges.len() && edges.iter().all(|edge| !edge.get("kind").is_empty()));
    declared_values(&all);
}

/// Every value of a node or an edge is of an attribute that is declared for nodes or for edges.
fn declared_values(all: &[Element]) {
    let mut declared = BTreeSet::new();
    for attribute in of(all, "attribute") {
        assert!(declared.insert((all[attribute.within].get("class"), attribute.get("id"))), "{attribute:?}");
    }
    let values = of(all, "attvalue");
    assert!(values.len() > 50);
    for value in values {
        let bearer = all[value.within].parent.as_str();
        assert!(declared.contains(&(bearer, value.get("for"))), "{value:?} of {bearer}");
    }
}

#[test]
fn graphml_keeps_the_laws_of_its_schema() {
    let text = exported("net.graphml");
    let all = elements(&text);
    let head: &[&str] = &["xmlns", "xmlns:xsi", "xsi:schemaLocation"];
    obey(
        &all,
        &[
            ("graphml", "", head, &[]),
            ("key", "graphml", &["id"], &["for", "attr.name", "attr.type"]),
            ("graph", "graphml", &["edgedefault"], &["id"]),
            ("node", "graph", &["id"], &[]),
            ("edge", "graph", &["source", "target"], &["id", "directed"]),
            ("data", "node", &["key"], &[]),
            ("data", "edge", &["key"], &[]),
        ],
    );
    let order = children(&all, "graphml");
    assert!(order[0].is_sorted_by_key(|name| *name == "graph"), "{order:?}");
    ends_exist(&of(&all, "edge"), &ids(&of(&all, "node"), "id"));
    let keys: BTreeMap<&str, &str> = of(&all, "key").iter().map(|k| (k.get("id"), k.get("for"))).collect();
    for data in of(&all, "data") {
        assert_eq!(keys.get(data.get("key")), Some(&data.parent.as_str()), "{data:?}");
    }
}

#[test]
fn dot_closes_what_it_opens_and_joins_only_nodes_that_it_names() {
    let text = exported("net.dot");
    let unquoted: String = text.replace("\\\\", "").replace("\\\"", "").split('"').step_by(2).collect();
    assert_eq!(text.replace("\\\\", "").replace("\\\"", "").matches('"').count() % 2, 0);
    for (open, close) in [('{', '}'), ('[', ']')] {
        assert_eq!(unquoted.matches(open).count(), unquoted.matches(close).count(), "{unquoted}");
    }
    let (mut nodes, mut joined) = (BTreeSet::new(), BTreeSet::new());
    for line in unquoted.lines().map(str::trim).filter(|line| line.starts_with('n') && line.ends_with(';')) {
        let (statement, _) = line.split_once(" [").unwrap();
        match statement.split_once(" -> ") {
            Some((from, to)) => joined.extend([from.to_owned(), to.to_owned()]),
            None => nodes.extend((statement != "node").then(|| statement.to_owned())),
        }
    }
    assert!(nodes.len() == 14 && joined.is_subset(&nodes), "{nodes:?} {joined:?}");
}

#[test]
fn a_network_of_nothing_is_whole_too() {
    let sample = Sample::of(&[]);
    for (name, size) in [("net.gexf", 13), ("net.graphml", 10)] {
        let path = sample.folder().join(name);
        assert_eq!(sample.run(&["export", "-o", path.to_str().unwrap()]).code, 0);
        assert_eq!(elements(&fs::read_to_string(path).unwrap()).len(), size, "{name}");
    }
}
