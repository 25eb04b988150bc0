//! What comes into a store from elsewhere.

use crate::sample::{Doc, Sample};
use assert_cmd::Command;
use jinxiu::document::{Class, Predicate};
use jinxiu::store::Store;
use std::fs;
use std::path::Path;

fn jinxiu(args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("jinxiu").unwrap().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_export_becomes_the_same_store_again() {
    let sample = Sample::new();
    let whole = sample.run(&["export", "--canonical"]).ok();
    let merged = |lines: &str| -> Vec<String> {
        let mut triples: Vec<String> = lines.lines().map(str::to_owned).collect();
        triples.sort();
        triples
    };
    let triples = merged(&sample.run(&["export", "-f", "ntriples"]).ok());
    for extension in ["nq", "trig", "jsonld", "ttl", "nt", "rdf", "n3"] {
        let file = sample.folder().join(format!("out.{extension}"));
        let copy = sample.folder().join(format!("copy-{extension}"));
        sample.run(&["export", "-o", path(&file)]).ok();
        let (code, _, err) = jinxiu(&["import", path(&file), "--store", path(&copy)]);
        assert_eq!(code, 0, "{extension}: {err}");
        if ["nq", "trig", "jsonld"].contains(&extension) {
            assert_eq!(jinxiu(&["export", "--canonical", "--store", path(&copy)]).1, whole, "{extension}");
        }
        let again = jinxiu(&["export", "-f", "ntriples", "--store", path(&copy)]).1;
        assert_eq!(merged(&again), triples, "{extension}");
    }
    assert_eq!(jinxiu(&["verify", "--store", path(&sample.folder().join("copy-trig"))]).0, 0);
}

/// Two names of one industry, each alone in its text, two prints of one text, and what people decided.
fn merged() -> Sample {
    let print = "甲市召开旅游发展大会。会议强调，要大力发展旅游业，推动文旅融合，今年接待游客五千万人次，旅游收入五百亿元。\
        会议要求，各县区要抓好落实，加快项目建设，补齐交通和住宿的短板。";
    let doc = |id: &str, text: &str, name: &str| {
        Doc::new(id, text).entity(Class::Place, "甲市").entity(Class::Industry, name).relation(
            "甲市",
            Predicate::Develops,
            name,
        )
    };
    let company =
        Doc::new("d", "乙集团在丁县。").entity(Class::Enterprise, "乙集团").entity(Class::Place, "丁县");
    let sample = Sample::of(&[
        doc("a", "甲市发展旅游。", "旅游"),
        doc("b", print, "旅游业"),
        doc("c", print, "旅游业"),
        company,
    ]);
    sample.decide(
        "rename\tplace:甲市\t并州市\nretype\tplace:丁县\tZone\nsame\tenterprise:庚集团\tenterprise:乙集团\n",
    );
    sample
}

#[test]
fn names_that_were_merged_reprints_and_decisions_come_back_from_every_syntax_that_keeps_graphs() {
    let sample = merged();
    let whole = sample.run(&["export", "--canonical"]).ok();
    for words in [
        "industry/旅游> <https://w3id.org/jinxiu/ontology#mergedInto>",
        "document/c> <https://w3id.org/jinxiu/ontology#reprintOf>",
        "place/并州市> <http://www.w3.org/2000/01/rdf-schema#label>",
    ] {
        assert!(whole.contains(words), "no {words} in\n{whole}");
    }
    for extension in ["nq", "trig", "jsonld"] {
        let (file, copy) =
            (sample.folder().join(format!("out.{extension}")), sample.folder().join(extension));
        sample.run(&["export", "-o", path(&file)]).ok();
        for _ in 0..2 {
            assert_eq!(jinxiu(&["import", path(&file), "--store", path(&copy)]).0, 0);
            assert_eq!(jinxiu(&["export", "--canonical", "--store", path(&copy)]).1, whole, "{extension}");
        }
    }
}

#[test]
fn a_copy_goes_on_as_its_original_would() {
    let sample = merged();
    let (file, copy) = (sample.folder().join("out.nq"), sample.folder().join("copy"));
    sample.run(&["export", "-o", path(&file)]).ok();
    jinxiu(&["import", path(&file), "--store", path(&copy)]);
    let ask =
        |pattern: &str| jinxiu(&["query", "--store", path(&copy), &format!("ASK {{ {pattern} }}")]).0 == 0;
    let record = "GRAPH ?g { industry:旅游 jx:mergedInto industry:旅游业 }";
    let more = Doc::new("e", "丙县发展旅游。")
        .entity(Class::Place, "丙县")
        .entity(Class::Industry, "旅游")
        .relation("丙县", Predicate::Develops, "旅游");
    assert!(ask(record));
    let mut store = Store::open_for_writing(&copy).unwrap();
    store.load("e", &more.quads()).unwrap();
    drop(store);
    assert!(ask("place:丙县 jx:develops industry:旅游业") && ask(record));
    for document in ["b", "c", "a"] {
        assert!(ask(record), "before {document} goes");
        assert_eq!(jinxiu(&["remove", document, "--store", path(&copy)]).0, 0);
    }
    assert!(!ask(record) && !ask("GRAPH ?g { ?name jx:mergedInto place:并州市 }"));
    assert!(ask("place:丙县 jx:develops industry:旅游"));
}

#[test]
fn a_file_forms_a_graph_of_its_own_and_replaces_it_when_read_again() {
    let sample = Sample::new();
    let file = sample.folder().join("mine.ttl");
    fs::write(&file, "@prefix ex: <http://example.org/> . ex:a ex:p ex:b , [ ex:p 1 ] .").unwrap();
    let import = |extra: &[&str]| {
        let mut args = vec!["import", path(&file)];
        args.extend(extra);
        sample.run(&args)
    };
    assert_eq!(import(&[]).code, 0);
    assert_eq!(import(&[]).code, 0);
    let count =
        |query: &str| sample.run(&["query", "-f", "csv", query]).ok().lines().nth(1).unwrap().to_owned();
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH import:mine { ?s ?p ?o } }"), "3");
    assert_eq!(import(&["--graph", "http://example.org/g"]).code, 0);
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/g> { ?s ?p ?o } }"), "3");
    assert_eq!(import(&["--graph", "g"]).code, 2);
    fs::write(&file, "ex:a").unwrap();
    let broken = import(&[]);
    assert!(broken.code == 3 && broken.err.contains("mine.ttl: line 1"), "{broken:?}");
}

#[test]
fn a_graph_that_is_called_after_one_file_and_stands_in_another_holds_both() {
    let sample = Sample::new();
    let file = |name: &str, text: &str| {
        let file = sample.folder().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let base = "https://w3id.org/jinxiu/id/import";
    let own = file("mine.ttl", "<http://x/a> <http://x/p> 1 .");
    let other = file(
        "other.nq",
        &format!(
            "<http://x/b> <http://x/p> \"2\" <{base}/mine> .\n<http://x/c> <http://x/p> \"3\" <{base}/else> .\n"
        ),
    );
    for files in [[&own, &other], [&other, &own]] {
        let copy = sample.folder().join("copy");
        let (code, _, err) = jinxiu(&["import", path(files[0]), path(files[1]), "--store", path(&copy)]);
        assert!(code == 0 && err.contains("3 quads in 2 graphs"), "{err}");
        let query = "SELECT ?s { GRAPH import:mine { ?s ?p ?o } } ORDER BY ?s";
        let rows = jinxiu(&["query", "--store", path(&copy), "-f", "csv", query]).1;
        assert_eq!(rows.lines().collect::<Vec<_>>(), ["s", "http://x/a", "http://x/b"]);
    }
}

const ROWS: &str = r#"{"document":"alpha","subject":"戊集团","subject_type":"Enterprise","predicate":"inIndustry","object":"装备制造业","object_type":"Industry","quote":"戊集团建设的己项目投产"}
{"document":"alpha","subject":"戊集团","subject_type":"Enterprise","predicate":"locatedIn","object":"甲市","object_type":"Place","quote":"戊集團在甲市"}
{"document":"gamma","subject":"a","predicate":"partOf","object":"b","quote":"c"}
not json
"#;

#[test]
fn offers_are_kept_where_they_can_be_proved_and_the_rest_is_reviewed() {
    let sample = Sample::new();
    let file = sample.folder().join("model.jsonl");
    fs::write(&file, ROWS).unwrap();
    let run =
        || sample.run(&["import-extractions", path(&file), "--origin", "model:test", "--confidence", "0.4"]);
    let outcome = run();
    assert_eq!(outcome.code, 5, "{outcome:?}");
    assert!(outcome.err.contains("1 statements and figures kept"), "{outcome:?}");
    let review = fs::read_to_string(sample.folder().join("model.review.jsonl")).unwrap();
    for words in
        ["\"line\":2", "the quotation does not stand in the text", "no text of a document gamma", "no JSON"]
    {
        assert!(review.contains(words), "no {words} in\n{review}");
    }
    let why = sample.run(&["why", "戊集团", "inIndustry"]).ok();
    assert!(
        why.contains("装备制造业") && why.contains("model:test") && why.contains("戊集团建设的己项目投产"),
        "{why}"
    );
    assert_eq!(run().code, 5);
    let out = sample.run(&["ask", "rules-used", "-f", "csv"]).ok();
    assert!(out.contains("model:test,"), "{out}");
    let found = sample
        .run(&[
            "query",
            "-f",
            "csv",
            "SELECT (COUNT(?s) AS ?n) { ?s rdf:predicate jx:inIndustry ; jx:confidence 0.4 }",
        ])
        .ok();
    assert_eq!(found.lines().nth(1), Some("1"));
    assert_eq!(sample.run(&["verify"]).code, 0);
}

#[test]
fn what_the_program_itself_extracts_is_taken_whole() {
    let sample = Sample::new();
    let text = sample.folder().join("alpha.txt");
    fs::write(&text, crate::sample::ALPHA).unwrap();
    let (_, extraction, _) = jinxiu(&["extract", path(&text), "-f", "jsonl"]);
    let file = sample.folder().join("own.jsonl");
    fs::write(&file, extraction).unwrap();
    let outcome = sample.run(&["import-extractions", path(&file)]);
    assert_eq!(
        outcome.code,
        0,
        "{outcome:?} {:?}",
        fs::read_to_string(sample.folder().join("own.review.jsonl"))
    );
}
