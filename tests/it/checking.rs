//! A graph against its shapes.

use crate::sample::Sample;
use std::fs;

#[test]
fn what_the_program_builds_keeps_its_shapes() {
    let sample = Sample::new();
    let outcome = sample.run(&["check"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{outcome:?}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    assert_eq!(sample.run(&["build", folder]).code, 0);
    let outcome = sample.run(&["check"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{outcome:?}");
}

/// A store in which one relation leads to the wrong class and one figure has no value.
fn broken() -> Sample {
    let sample = Sample::new();
    let update = "DELETE { ?f sdmx-measure:obsValue ?v } INSERT { GRAPH graph:alpha { project:丁生产线 jx:status jx:Place } } \
        WHERE { ?f a jx:Target ; sdmx-measure:obsValue ?v }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    sample
}

#[test]
fn a_report_is_the_same_in_every_run_and_names_the_shape() {
    let sample = broken();
    for format in ["text", "turtle", "json", "junit", "markdown", "html"] {
        let report = || sample.run(&["check", "-f", format]).out;
        assert_eq!(report(), report(), "{format}");
    }
    let json = sample.run(&["check", "-f", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let shapes: Vec<&str> =
        json["results"].as_array().unwrap().iter().map(|r| r["shape"].as_str().unwrap()).collect();
    assert!(shapes.contains(&"https://w3id.org/jinxiu/shapes#status"), "{shapes:?}");
}

#[test]
fn a_violation_is_shown_with_its_sentence() {
    let outcome = broken().run(&["check"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.out.contains("project:丁生产线 jx:status jx:Place\n"), "{outcome:?}");
    assert!(outcome.out.contains("数据应有一个数值 / a figure has one value"), "{outcome:?}");
    assert!(outcome.out.contains("【到2025年，甲市地区生产总值力争达到8000亿元】"), "{outcome:?}");
}

#[test]
fn reports_come_for_programs_too() {
    let sample = broken();
    let run = |format| sample.run(&["check", "-f", format]).out;
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["conforms"], false);
    assert!(
        json["results"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["path"] == "http://purl.org/linked-data/sdmx/2009/measure#obsValue")
    );
    assert!(run("turtle").contains("sh:conforms false"));
    let junit = run("junit");
    assert!(junit.contains("<testsuite name=\"jinxiu check\"") && junit.contains("8000亿元"), "{junit}");
    assert!(Sample::new().run(&["check", "-f", "junit"]).ok().contains("tests=\"1\" failures=\"0\""));
    let row = "| project:丁生产线 | jx:status | jx:Place |";
    assert!(
        run("markdown").contains(row) && run("html").contains("<td>project:丁生产线</td><td>jx:status</td>")
    );
}

#[test]
fn own_shapes_count_characters_and_errors_in_them_are_placed() {
    let sample = Sample::new();
    let path = sample.folder().join("own.ttl");
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix jx: <https://w3id.org/jinxiu/ontology#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n<http://x/s> a sh:NodeShape ; sh:targetClass jx:Place ;\n\
        sh:property [ sh:path rdfs:label ; sh:maxLength 2 ] .\n";
    fs::write(&path, shapes).unwrap();
    let shapes_of = || sample.run(&["check", "--shapes", path.to_str().unwrap()]);
    assert_eq!(shapes_of().code, 0);
    fs::write(&path, shapes.replace("maxLength 2", "maxLength 1")).unwrap();
    assert_eq!(shapes_of().code, 1);
    fs::write(&path, "@prefix sh: <x").unwrap();
    let outcome = shapes_of();
    assert!(outcome.code == 3 && outcome.err.contains("own.ttl: line 1"), "{outcome:?}");
    assert!(sample.run(&["check", "--print-shapes"]).ok().contains("shape:Figure a sh:NodeShape"));
}

#[test]
fn a_constraint_in_sparql_on_a_node_reports_the_node_and_a_composite_path_whole() {
    let sample = Sample::new();
    let path = sample.folder().join("sparql.ttl");
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix jx: <https://w3id.org/jinxiu/ontology#> .\n\
        <http://x/s> a sh:NodeShape ; sh:targetClass jx:Zone ; sh:sparql [ sh:select \"SELECT $this { $this ?p ?o }\" ] ;\n\
        sh:property [ sh:path [ sh:inversePath jx:develops ] ; sh:minCount 9 ] .\n";
    fs::write(&path, shapes).unwrap();
    let out = sample.run(&["check", "-f", "json", "--shapes", path.to_str().unwrap()]).out;
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let results = json["results"].as_array().unwrap();
    let of = |component: &str| {
        let component = format!("http://www.w3.org/ns/shacl#{component}ConstraintComponent");
        results.iter().find(|r| r["constraint"] == component.as_str()).unwrap_or_else(|| panic!("{out}"))
    };
    assert_eq!(of("SPARQL")["value"], of("SPARQL")["focus"]);
    assert_eq!(of("MinCount")["path"], "^<https://w3id.org/jinxiu/ontology#develops>");
}

#[test]
fn what_the_program_builds_contradicts_no_axiom() {
    let sample = Sample::new();
    let outcome = sample.run(&["check", "--reason"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{outcome:?}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    assert_eq!(sample.run(&["build", folder]).code, 0);
    let outcome = sample.run(&["check", "--reason"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{outcome:?}");
}

#[test]
fn what_follows_is_written_with_its_rule_and_its_premises() {
    let sample = Sample::new();
    let update = "INSERT DATA { GRAPH graph:alpha { place:甲市 jx:partOf place:辛市 . zone:丙高新区 jx:partOf place:甲市 } }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    let path = sample.folder().join("inferred.nq");
    let file = path.to_str().unwrap();
    assert_eq!(sample.run(&["check", "--reason", "--inferred", file]).code, 0);
    let ask = |query: &str| {
        let outcome = sample.run(&["query", "--data", file, query]);
        outcome.code
    };
    let part = "?n rdf:subject zone:丙高新区 ; rdf:predicate jx:partOf ; rdf:object place:辛市";
    let because = "?n dcterms:source <https://www.w3.org/TR/owl2-profiles/#prp-trp> ; prov:wasDerivedFrom ?a, ?b . \
        ?a rdf:subject zone:丙高新区 ; rdf:object place:甲市 . ?b rdf:subject place:甲市 ; rdf:object place:辛市";
    assert_eq!(
        ask(&format!("ASK {{ GRAPH ?g {{ zone:丙高新区 jx:partOf place:辛市 . {part} . {because} }} }}")),
        0
    );
    assert_eq!(ask("ASK { GRAPH ?g { enterprise:庚公司 org:subOrganizationOf enterprise:乙集团 } }"), 0);
    assert_eq!(ask("ASK { GRAPH ?g { place:甲市 a schema:Place } }"), 0);
    let again = fs::read(&path).unwrap();
    assert_eq!(sample.run(&["check", "--reason", "--inferred", file]).code, 0);
    assert_eq!(fs::read(&path).unwrap(), again);
    assert_eq!(sample.run(&["check", "--reason", "--inferred", "x.doc"]).code, 2);
    assert_eq!(sample.run(&["check", "--inferred", file]).code, 2);
}

#[test]
fn what_follows_is_kept_apart_in_the_store_until_something_changes() {
    let sample = Sample::new();
    let before = sample.run(&["export"]).ok();
    assert_eq!(sample.run(&["check", "--reason", "--write"]).code, 0);
    let ask = |query: &str| sample.run(&["query", query]).code;
    let inferred = "ASK { GRAPH <https://w3id.org/jinxiu/id/inferred> { place:甲市 a schema:Place . \
        ?n rdf:subject place:甲市 ; rdf:object schema:Place ; dcterms:source ?rule ; prov:wasDerivedFrom ?because } }";
    assert_eq!(
        (ask(inferred), ask("ASK { ?n dcterms:source ?rule ; prov:wasDerivedFrom ?because }")),
        (0, 1)
    );
    assert!(sample.run(&["export"]).ok() == before, "what follows is no statement of a document");
    assert_eq!(sample.run(&["verify"]).code, 0);
    assert_eq!(sample.run(&["check", "--reason", "--write"]).code, 0);
    sample.run(&["remove", "beta"]).ok();
    assert_eq!(ask(inferred), 1);
    assert_eq!(sample.run(&["check", "--reason", "--write"]).code, 0);
    assert_eq!(ask(inferred), 0);
    assert_eq!(sample.run(&["update", "INSERT DATA { place:甲市 rdfs:seeAlso place:甲市 }"]).code, 0);
    assert_eq!(ask(inferred), 1);
    assert_eq!(sample.run(&["check", "--write"]).code, 2);
}

#[test]
fn statements_that_exclude_one_another_are_shown_with_their_sentences() {
    let sample = Sample::new();
    let update = "INSERT DATA { GRAPH graph:alpha { enterprise:乙集团 jx:subsidiaryOf enterprise:庚公司 . \
        place:甲市 a jx:Industry } }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    let outcome = sample.run(&["check", "--reason"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    for words in [
        "does not hold both ways (prp-asyp): ",
        "enterprise:庚公司 jx:subsidiaryOf enterprise:乙集团",
        "庚公司",
        "two classes that exclude one another (cax-dw): ",
        "place:甲市 rdf:type jx:Industry",
    ] {
        assert!(outcome.out.contains(words), "no {words} in\n{}", outcome.out);
    }
    assert!(outcome.out.contains("【庚公司】"), "{}", outcome.out);
    let json: serde_json::Value =
        serde_json::from_str(&sample.run(&["check", "--reason", "-f", "json"]).out).unwrap();
    let shapes = json["results"].as_array().unwrap().iter().map(|r| r["shape"].as_str().unwrap().to_owned());
    assert!(shapes.into_iter().any(|shape| shape.ends_with("owl2-profiles/#prp-asyp")), "{json}");
}
