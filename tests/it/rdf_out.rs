use crate::sample::Sample;
use sophia::api::prelude::*;
use sophia::inmem::dataset::LightDataset;
use sophia::inmem::graph::LightGraph;
use sophia::isomorphism::{isomorphic_datasets, isomorphic_graphs};
use sophia::turtle::parser::{nq, nt, trig, turtle};
use std::process::Command;

fn exported(sample: &Sample, format: &str) -> String {
    sample.run(&["export", "--format", format, "--ontology"]).ok()
}

#[test]
fn another_toolkit_reads_the_same_graph_from_every_text_syntax() {
    let sample = Sample::new();
    let graph = |triples: Result<LightGraph, _>| -> LightGraph { triples.expect("valid RDF") };
    let lines = graph(nt::parse_str(&exported(&sample, "ntriples")).collect_triples());
    let turtle = turtle::parse_str(&exported(&sample, "turtle")).collect_triples().expect("valid Turtle");
    assert!(isomorphic_graphs::<LightGraph, LightGraph>(&lines, &turtle).unwrap());
    let quads: LightDataset =
        nq::parse_str(&exported(&sample, "nquads")).collect_quads().expect("valid N-Quads");
    let trig: LightDataset = trig::parse_str(&exported(&sample, "trig")).collect_quads().expect("valid TriG");
    assert!(isomorphic_datasets(&quads, &trig).unwrap());
    assert!(lines.triples().count() > 1500);
}

#[test]
fn rdf_xml_and_json_ld_hold_the_same_quads() {
    let sample = Sample::new();
    let sorted = |text: &str, format: oxrdfio::RdfFormat| {
        let parser = oxrdfio::RdfParser::from_format(format);
        let mut all: Vec<String> = parser.for_slice(text).map(|q| q.expect("valid").to_string()).collect();
        all.sort();
        all
    };
    let quads = sorted(&exported(&sample, "nquads"), oxrdfio::RdfFormat::NQuads);
    let json_ld = oxrdfio::RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() };
    assert_eq!(sorted(&exported(&sample, "jsonld"), json_ld), quads);
    let triples = sorted(&exported(&sample, "ntriples"), oxrdfio::RdfFormat::NTriples);
    assert_eq!(sorted(&exported(&sample, "rdfxml"), oxrdfio::RdfFormat::RdfXml), triples);
}

#[test]
fn rdflib_reads_every_syntax_where_it_is_installed() {
    let available = Command::new("python3").args(["-c", "import rdflib"]).output();
    if !available.is_ok_and(|o| o.status.success()) {
        eprintln!("skipped: python3 has no rdflib here");
        return;
    }
    let sample = Sample::new();
    let expected = exported(&sample, "ntriples").lines().count();
    for (format, parser, extension) in [
        ("turtle", "turtle", "ttl"),
        ("rdfxml", "xml", "rdf"),
        ("jsonld", "json-ld", "jsonld"),
        ("n3", "n3", "n3"),
    ] {
        let path = sample.folder().join(format!("out.{extension}"));
        sample.run(&["export", "-o", path.to_str().unwrap(), "--format", format, "--ontology"]).ok();
        let script = "import sys, rdflib\nd = rdflib.Dataset(default_union=True)\nd.parse(sys.argv[1], format=sys.argv[2])\n\
            print(len({t[:3] for t in d.triples((None, None, None))}))";
        let output = Command::new("python3").args(["-c", script]).arg(&path).arg(parser).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            printed.trim(),
            expected.to_string(),
            "{format}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn hdt_is_the_same_bytes_and_hdt_cpp_reads_it_where_it_is_installed() {
    let sample = Sample::new();
    let path = sample.folder().join("graph.hdt");
    let export = || {
        sample.run(&["export", "--ontology", "-o", path.to_str().unwrap()]).ok();
        std::fs::read(&path).unwrap()
    };
    assert!(export() == export(), "another file of the same store");
    let script = "import sys, hdt\nd = hdt.HDTDocument(sys.argv[1])\n\
        named = d.search_triples('', 'http://www.w3.org/2000/01/rdf-schema#label', '\"丁生产线\"@zh-Hans')\n\
        print(d.search_triples('', '', '')[1], named[1])";
    if !Command::new("python3").args(["-c", "import hdt"]).output().is_ok_and(|o| o.status.success()) {
        return crate::shared::skip("python3 has no hdt here");
    }
    let output = Command::new("python3").args(["-c", script]).arg(&path).output().unwrap();
    let expected = format!("{} 1", exported(&sample, "ntriples").lines().count());
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().last(), Some(&*expected), "{output:?}");
}

#[test]
fn languages_are_written_in_one_way_in_every_syntax() {
    let sample = Sample::new();
    for format in ["turtle", "trig", "nquads", "ntriples", "rdfxml", "jsonld", "n3"] {
        let out = exported(&sample, format);
        let lower = out.lines().find(|line| line.contains("zh-hans") || line.contains("zh-hant"));
        assert!(out.contains("zh-Hans") && out.contains("zh-Hant") && lower.is_none(), "{format}: {lower:?}");
    }
}

#[test]
fn raptor_reads_the_same_triples_where_it_is_installed() {
    if Command::new("rapper").arg("--version").output().is_err() {
        return crate::shared::skip("there is no rapper here");
    }
    let sample = Sample::new();
    let expected = exported(&sample, "ntriples").lines().count();
    for (format, parser) in [("turtle", "turtle"), ("rdfxml", "rdfxml"), ("ntriples", "ntriples")] {
        let path = sample.folder().join(format);
        sample.run(&["export", "-o", path.to_str().unwrap(), "--format", format, "--ontology"]).ok();
        let output =
            Command::new("rapper").args(["-q", "-i", parser, "-o", "ntriples"]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let lines = String::from_utf8_lossy(&output.stdout).lines().count();
        assert!(output.status.success() && lines == expected, "{format}: {lines} of {expected}: {said}");
    }
}

#[test]
fn the_extension_chooses_the_syntax() {
    let sample = Sample::new();
    for (extension, start) in [
        ("ttl", "@prefix"),
        ("nq", "<"),
        ("rdf", "<?xml"),
        ("jsonld", "{"),
        ("trig", "@prefix"),
        ("n3", "@prefix"),
    ] {
        let path = sample.folder().join(format!("g.{extension}"));
        sample.run(&["export", "-o", path.to_str().unwrap()]).ok();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(start), "{extension}");
    }
    let unknown = sample.run(&["export", "-o", sample.folder().join("g.docx").to_str().unwrap()]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("unknown format docx; these are known: turtle, trig"), "{unknown:?}");
    assert!(!sample.folder().join("g.docx").exists());
}

#[test]
fn two_exports_are_the_same_bytes() {
    let (one, two) = (Sample::new(), Sample::new());
    for format in ["turtle", "trig", "nquads", "ntriples", "rdfxml", "jsonld", "n3"] {
        assert_eq!(exported(&one, format), exported(&two, format), "{format}");
    }
}

#[test]
fn one_document_can_be_written_alone() {
    let sample = Sample::new();
    let out = sample.run(&["export", "--document", "beta", "-f", "turtle"]).ok();
    assert!(out.contains("place:辛市") && !out.contains("丁生产线"), "{out}");
    assert_eq!(sample.run(&["export", "--document", "gamma"]).code, 3);
}

#[test]
fn the_cube_keeps_the_integrity_constraints_that_matter() {
    let sample = Sample::new();
    for (constraint, violated) in [
        ("IC-1", "ASK { ?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d } }"),
        ("IC-1", "ASK { ?o qb:dataSet ?a, ?b FILTER(?a != ?b) }"),
        ("IC-2", "ASK { ?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s } }"),
        (
            "IC-3",
            "ASK { ?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure ?m } }",
        ),
        ("IC-4", "ASK { ?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r } }"),
        (
            "IC-11",
            "ASK { ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p FILTER NOT EXISTS { ?o ?p ?v } }",
        ),
        (
            "IC-12",
            "ASK { { SELECT ?a ?b (MIN(?equal) AS ?all) { ?a qb:dataSet ?d . ?b qb:dataSet ?d FILTER(?a != ?b) \
             ?d qb:structure/qb:component/qb:dimension ?p . ?a ?p ?v1 . ?b ?p ?v2 BIND(?v1 = ?v2 AS ?equal) } \
             GROUP BY ?a ?b } FILTER(?all) }",
        ),
        (
            "IC-14",
            "ASK { ?o qb:dataSet/qb:structure/qb:component/qb:measure ?m FILTER NOT EXISTS { ?o ?m ?v } }",
        ),
    ] {
        let outcome = sample.run(&["query", violated]);
        assert_eq!(outcome.out, "false\n", "{constraint}: {outcome:?}");
    }
}
