//! The figures as a data cube: the integrity constraints of the RDF Data Cube vocabulary, each of which is also shown to
//! fire on a cube that breaks it.

use crate::sample::{Sample, alpha, beta};
use crate::shared;
use jinxiu::ontology::{NAMESPACE, ontology};
use jinxiu::pipeline::extract;
use jinxiu::rdf::{Base, Run, Source, Syntax, document_quads, read_quads};
use jinxiu::store::{Answer, Query, Store};
use jinxiu::text::{Naming, Text, find};
use oxrdf::{GraphName, Quad};
use std::fs;
use std::path::{Path, PathBuf};

/// IC-20 and IC-21 are about hierarchical code lists; the cube has none, which a test of its own makes sure of.
const CONSTRAINTS: usize = 19;

fn constraint(number: usize) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("queries/cube/ic-{number:02}.rq"));
    fs::read_to_string(path).unwrap()
}

fn violated(store: &Store, number: usize) -> bool {
    holds(store, &constraint(number))
}

fn holds(store: &Store, query: &str) -> bool {
    match store.ask(&Query::new(query)).unwrap() {
        Answer::Truth(truth) => truth,
        _ => panic!("no ASK: {query}"),
    }
}

fn broken(store: &Store) -> Vec<usize> {
    (1..=CONSTRAINTS).filter(|number| violated(store, *number)).collect()
}

fn store_of(folder: &Path, texts: impl IntoIterator<Item = (String, Text)>) -> Store {
    let mut store = Store::create(&folder.join("store"), &Base::default()).unwrap();
    let mut documents = Vec::new();
    for (id, text) in texts {
        let extraction = extract(&id, &text);
        let source = Source { text: &text, extraction: &extraction };
        documents.push((id.clone(), document_quads(source, &Base::default(), &Run::default())));
    }
    store.load_all(&documents).unwrap();
    store.finish().unwrap();
    store
}

fn number_of(store: &Store, class: &str) -> usize {
    let query = Query::new(format!("SELECT DISTINCT ?x {{ ?x a {class} }}"));
    match store.ask(&query).unwrap() {
        Answer::Rows(rows) => rows.count(),
        _ => 0,
    }
}

#[test]
fn the_samples_are_a_well_formed_cube() {
    let folder = tempfile::tempdir().unwrap();
    let samples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let sources = find(&[samples], Naming::Stem).unwrap();
    let texts = sources.iter().map(|source| (source.id.clone(), source.read().unwrap()));
    let store = store_of(folder.path(), texts);
    assert!(number_of(&store, "qb:Observation") >= 15);
    assert_eq!(number_of(&store, "qb:DataSet"), 1);
    assert_eq!(broken(&store), Vec::<usize>::new());
}

#[test]
fn three_hundred_news_items_are_a_well_formed_cube() {
    let Some(corpus) = shared::folder().map(|f| f.join("corpus/news.jsonl.gz")).filter(|f| f.is_file())
    else {
        return shared::skip("no corpus");
    };
    let unpacked = std::process::Command::new("gzip").arg("-dc").arg(corpus).output().unwrap();
    let lines = String::from_utf8(unpacked.stdout).unwrap();
    let texts = lines.lines().take(300).enumerate().map(|(number, line)| {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        (format!("n{number}"), Text::new(item["text"].as_str().unwrap()))
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store_of(folder.path(), texts);
    assert!(number_of(&store, "qb:Observation") > 1000);
    assert_eq!(broken(&store), Vec::<usize>::new());
}

#[test]
fn contradicting_values_meet_in_one_cell_and_none_is_lost() {
    let sample = Sample::new();
    let store = sample.open();
    assert_eq!(broken(&store), Vec::<usize>::new());
    assert!(holds(
        &store,
        "ASK { ?cell a qb:Slice ; qb:sliceStructure jx:cell ; qb:observation ?a , ?b .
               ?a sdmx-measure:obsValue ?v . ?b sdmx-measure:obsValue ?w FILTER(?v = 640000 && ?w = 650000) }",
    ));
}

#[test]
fn the_cube_has_no_hierarchical_code_list() {
    let sample = Sample::new();
    assert!(!holds(
        &sample.open(),
        "ASK { { ?list a qb:HierarchicalCodeList } UNION { ?list qb:hierarchyRoot ?root } }"
    ));
}

/// What breaks each constraint, in Turtle, beside two sound documents. `jx:figureStructure` is the structure in use.
const BREAKS: [(usize, &str); 19] = [
    (1, "<x:o> a qb:Observation ."),
    (2, "<x:s> a qb:DataSet ; qb:structure jx:figureStructure , <x:d> ."),
    (3, "<x:d> a qb:DataStructureDefinition ; qb:component <x:c> . <x:c> qb:componentProperty jx:measure ."),
    (4, "<x:dim> a qb:DimensionProperty ."),
    (5, "<x:dim> a qb:DimensionProperty ; rdfs:range jx:Indicator ."),
    (6, "<x:d> qb:component <x:c> . <x:c> qb:componentProperty jx:measure ; qb:componentRequired false ."),
    (7, "<x:k> a qb:SliceKey ."),
    (
        8,
        "<x:d> a qb:DataStructureDefinition ; qb:sliceKey <x:k> . <x:k> a qb:SliceKey ; qb:componentProperty jx:measure .",
    ),
    (9, "<x:l> a qb:Slice ."),
    (10, "<x:l> a qb:Slice ; qb:sliceStructure jx:cell ; jx:measure jx:level ."),
    (
        11,
        "<x:o> a qb:Observation ; qb:dataSet <x:s> ; jx:measure jx:level . <x:s> qb:structure jx:figureStructure .",
    ),
    (12, "<x:o> ALL . <x:p> ALL ."),
    (13, "<x:o> qb:dataSet <x:s> ; jx:bound jx:exact . <x:s> qb:structure jx:figureStructure ."),
    (14, "<x:o> qb:dataSet <x:s> . <x:s> qb:structure jx:figureStructure ."),
    (15, "<x:o> qb:dataSet <x:s> ; qb:measureType <x:m> . MEASURED"),
    (16, "<x:o> qb:dataSet <x:s> ; qb:measureType <x:m> ; <x:m> 1 ; <x:n> 2 . MEASURED"),
    (17, "<x:o> qb:dataSet <x:s> ; qb:measureType <x:m> ; <x:m> 1 . MEASURED"),
    (18, "<x:s> qb:slice <x:l> . <x:l> qb:observation <x:o> ."),
    (19, "<x:o> qb:dataSet <x:s> ; jx:measure jx:exact . <x:s> qb:structure jx:figureStructure ."),
];

const ALL: &str =
    "qb:dataSet <x:s> ; jx:figureOf <x:a> ; jx:indicator <x:i> ; jx:measure jx:level ; jx:shareOf <x:i> ;
    sdmx-dimension:refPeriod <x:t> ; jx:modality jx:actual ; jx:statedAt <x:p> ; jx:valueOrder 1 ";

const MEASURED: &str = "<x:s> qb:structure <x:d> . <x:d> qb:component <x:c1> , <x:c2> , <x:c3> .
    <x:c1> qb:componentProperty qb:measureType . <x:c2> qb:componentProperty <x:m> . <x:c3> qb:componentProperty <x:n> .
    <x:m> a qb:MeasureProperty . <x:n> a qb:MeasureProperty .";

fn turtle(body: &str) -> Vec<Quad> {
    let prefixes: String =
        Base::default().prefixes().iter().map(|(p, iri)| format!("@prefix {p}: <{iri}> .\n")).collect();
    let graph = Base::default().graph("broken");
    let body = body.replace("ALL", ALL).replace("MEASURED", MEASURED);
    let quads = read_quads(format!("{prefixes}{body}").as_bytes(), Syntax::Turtle, None).unwrap();
    quads.into_iter().map(|q| Quad { graph_name: GraphName::NamedNode(graph.clone()), ..q }).collect()
}

#[test]
fn every_constraint_fires_on_a_cube_that_breaks_it() {
    for (number, body) in BREAKS {
        let sample = Sample::of(&[alpha(), beta()]);
        let mut store = Store::open_for_writing(&sample.store()).unwrap();
        let mut quads = turtle(body);
        if number == 12 {
            quads.extend(turtle("<x:s> qb:structure jx:figureStructure ."));
        }
        store.load("broken", &quads).unwrap();
        assert!(violated(&store, number), "IC-{number} does not see {body}");
    }
}

#[test]
fn all_wordings_of_an_indicator_are_one_concept_with_its_official_name_and_what_stands_above() {
    let text = "甲市GDP达到5000亿元。乙市经济总量达到3000亿元。甲市煤炭产业增加值达到300亿元。";
    let folder = tempfile::tempdir().unwrap();
    let doc = crate::sample::Doc::new("gamma", text)
        .entity(jinxiu::document::Class::Place, "甲市")
        .figure("甲市GDP达到5000亿元", |f| (f.value, f.indicator) = (5e11, "GDP".to_owned()))
        .figure("甲市煤炭产业增加值达到300亿元", |f| {
            (f.value, f.indicator) = (3e10, "煤炭产业增加值".to_owned())
        })
        .figure("乙市经济总量达到3000亿元", |f| {
            (f.value, f.indicator) = (3e11, "经济总量".to_owned())
        });
    let mut store = Store::create(&folder.path().join("store"), &Base::default()).unwrap();
    store.load("gamma", &doc.quads()).unwrap();
    for query in [
        "ASK { ?a jx:indicator ?i ; jx:indicatorAsWritten \"GDP\" . ?b jx:indicator ?i ; jx:indicatorAsWritten \"经济总量\" .
               ?i rdfs:label \"地区生产总值\"@zh-hans , \"gross regional product\"@en ; skos:altLabel \"经济总量\"@zh-hans }",
        "ASK { ?i rdfs:label \"煤炭产业增加值\"@zh-hans ; skos:broader/rdfs:label \"增加值\"@zh-hans ;
               skos:broader+/skos:topConceptOf jx:indicators }",
    ] {
        assert!(holds(&store, query), "{query}");
    }
}

#[test]
fn every_unit_has_an_iri_of_qudt_or_says_how_it_stands_to_one() {
    const MATCHES: [&str; 2] = ["closeMatch", "broadMatch"];
    for unit in jinxiu::mentions::units::all().iter().filter(|u| !u.base.is_empty()) {
        let iri = ontology().unit(&unit.base).unwrap_or_else(|| panic!("no unit {}", unit.base));
        let stated = unit.qudt.replace("unit:", "http://qudt.org/vocab/unit/").replace("jx:", NAMESPACE);
        let matched = ontology().triples().iter().any(|t| {
            t.subject.to_string() == format!("<{iri}>")
                && MATCHES.iter().any(|m| t.predicate.as_str().ends_with(m))
                && t.object.to_string() == format!("<{stated}>")
        });
        assert!(iri == stated || matched, "{}: {iri} and {stated}", unit.base);
    }
}
