//! Asking beyond one store: files, values from outside, names beside IRIs, plans, hints on empty answers.

use crate::sample::{Sample, parquet_rows};
use crate::shared::skip;
use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// The program in a folder, without a store.
fn jinxiu(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("jinxiu").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

const EXTRA: &str = "@prefix jx: <https://w3id.org/jinxiu/ontology#> . \
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
    <#x> a jx:Zone ; rdfs:label \"壬园\"@zh-Hans .\n";

#[test]
fn an_answer_comes_as_parquet_with_typed_columns() {
    let sample = Sample::new();
    let path = sample.folder().join("out.parquet");
    let file = path.to_str().unwrap();
    let query = "SELECT ?n (COUNT(?p) AS ?projects) (AVG(STRLEN(?n)) AS ?length) { ?e a jx:Enterprise ; rdfs:label ?n \
        OPTIONAL { ?p jx:developedBy ?e } FILTER(LANG(?n) = \"zh-Hans\") } GROUP BY ?n ORDER BY ?n";
    assert_eq!(sample.run(&["query", "-o", file, query]).code, 0);
    let rows = parquet_rows(&path);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[0], "{n: \"乙集团\", projects: 1, length: 3.0}");
    assert_eq!(sample.run(&["query", "-o", file, "--limit", "2", query]).code, 6);
    assert_eq!(parquet_rows(&path).len(), 2);
    assert_eq!(sample.run(&["query", "-f", "parquet", "-o", file, "ASK { ?s a jx:Zone }"]).code, 2);
    assert_eq!(sample.run(&["query", "-f", "parquet", "-o", file, "DESCRIBE place:甲市"]).code, 2);
}

#[test]
fn parquet_is_not_poured_onto_a_terminal() {
    let sample = Sample::new();
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let store = sample.store();
    let line = format!(
        "{} query -f parquet --store {} 'SELECT * {{ ?s a jx:Zone }}'",
        program.display(),
        store.display()
    );
    let run = std::process::Command::new("script").args(["-qec", &line, "/dev/null"]).output();
    let Ok(output) = run else { return skip("no program script that makes a terminal") };
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("no text for a terminal"), "{output:?}");
}

#[test]
fn files_are_asked_without_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("extra.ttl"), EXTRA).unwrap();
    let (code, out, err) = jinxiu(
        folder.path(),
        &["query", "--data", "extra.ttl", "-f", "csv", "SELECT ?n { ?z a jx:Zone ; rdfs:label ?n }"],
    );
    assert_eq!((code, out.as_str()), (0, "n\r\n壬园\r\n"), "{err}");
    let (_, out, _) = jinxiu(
        folder.path(),
        &["query", "--data", "extra.ttl", "SELECT ?g ?s { GRAPH ?g { ?s a jx:Zone } }"],
    );
    assert!(out.contains("/extra.ttl>\t<file:///") && out.contains("extra.ttl#x>"), "{out}");
}

#[test]
fn a_store_and_files_are_asked_as_one() {
    let sample = Sample::new();
    let path = sample.folder().join("extra.ttl");
    fs::write(&path, EXTRA).unwrap();
    let count = "SELECT (COUNT(?z) AS ?n) { ?z a jx:Zone }";
    let out = sample.run(&["query", "--data", path.to_str().unwrap(), "-f", "csv", count]).ok();
    assert_eq!(out.lines().nth(1), Some("2"));
    let two = Sample::of(&[crate::sample::beta()]);
    let out = sample.run(&["query", "--data", two.store().to_str().unwrap(), "-f", "csv", count]).ok();
    assert_eq!(out.lines().nth(1), Some("1"));
}

#[test]
fn data_that_cannot_be_read_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.ttl"), "<a> <b> ,, .").unwrap();
    fs::write(folder.path().join("bad.docx"), "").unwrap();
    let ask = |name| jinxiu(folder.path(), &["query", "--data", name, "ASK {}"]);
    let (code, _, err) = ask("bad.ttl");
    assert_eq!(code, 3, "{err}");
    assert!(err.starts_with("jinxiu: bad.ttl: line 1, column"), "{err}");
    assert_eq!((ask("bad.docx").0, ask("none.ttl").0), (2, 3));
    assert_eq!(jinxiu(folder.path(), &["query", "ASK {}"]).0, 2);
}

#[test]
fn variables_take_values_from_outside() {
    let sample = Sample::new();
    let query = "SELECT ?p { ?p jx:status ?stage ; rdfs:label ?name }";
    let run = |args: &[&str]| {
        let mut all = vec!["query", "-f", "csv", query];
        all.extend(args);
        sample.run(&all).ok().lines().count() - 1
    };
    assert_eq!(run(&["--bind", "stage=jx:signed"]), 2);
    assert_eq!(run(&["--bind", "stage=jx:signed", "--bind", "?name=\"丁生产线\"@zh-Hans"]), 1);
    assert_eq!(run(&["--bind", "name=丁生产线\" } DROP ALL #"]), 0);
    assert_eq!(sample.run(&["query", query, "--bind", "stage"]).code, 2);
    assert_eq!(sample.run(&["query", query, "--bind", "a b=1"]).code, 2);
    let unknown = sample.run(&["query", query, "--bind", "stag=jx:signed"]);
    assert!(unknown.code == 2 && unknown.err.contains("the query has no variable ?stag"), "{unknown:?}");
}

#[test]
fn names_stand_beside_iris_on_request() {
    let query = "SELECT ?p ?stage { ?p jx:status ?stage } ORDER BY ?p";
    let sample = Sample::new();
    let out = sample.run(&["query", "--labels", "zh-Hant", "-f", "csv", query]).ok();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "p,pLabel,stage,stageLabel");
    assert!(lines[1].contains(",丁生產線,") && lines[1].ends_with(",簽約"), "{out}");
    let out = sample.run(&["query", "--labels", "en", "-f", "jsonl", query]).ok();
    assert!(out.contains("\"pLabel\":\"丁生产线\"") && out.contains("\"stageLabel\":\"signed\""), "{out}");
    let plain =
        sample.run(&["query", "--labels", "en", "-f", "csv", "SELECT ?n { ?s rdfs:label ?n } LIMIT 1"]).ok();
    assert_eq!(plain.lines().next(), Some("n"));
}

#[test]
fn explain_shows_the_steps_with_rows_and_times() {
    let out = Sample::new().run(&["query", "--explain", "SELECT ?p { ?p a jx:Project ; jx:status ?s }"]).ok();
    assert!(out.lines().next().unwrap().contains("rows") && out.contains("2 rows; the plan took"), "{out}");
    assert!(out.contains("jinxiu/ontology#Project"), "{out}");
}

#[test]
fn an_empty_answer_over_what_the_store_does_not_use_says_so() {
    let sample = Sample::new();
    let hint = |query: &str| sample.run(&["query", query]).err;
    let property = hint("SELECT * { ?s rdfs:lable ?n }");
    assert!(
        property
            .contains("no statement has the property rdfs:lable; the closest one that is used is rdfs:label"),
        "{property}"
    );
    let class = hint("SELECT * { ?s a schema:Plaec }");
    assert!(class.contains("nothing in the store is of the class schema:Plaec"), "{class}");
    let path = hint("SELECT * { ?s a jx:Zone ; (jx:locatedIn/skos:prefLabl)+ ?n }");
    assert!(path.contains("skos:prefLabl"), "{path}");
    assert_eq!(hint("SELECT * { ?s a jx:Zone ; jx:capitalOf ?x }").lines().count(), 1);
    assert_eq!(hint("SELECT * { ?s a jx:Zone ; rdfs:label \"无\" }"), "");
    assert_eq!(hint("SELECT * { ?s rdfs:label \"己項目\"@zh-Hant ; a jx:Zone }"), "");
    let named = sample.run(&["ask", "place-figures", "--bind", "place=無此市"]).err;
    let assumed = "jinxiu: this was asked with year=2021; --bind asks otherwise";
    assert_eq!(named, format!("jinxiu: nothing in the store is called 无此市\n{assumed}\n"));
    assert_eq!(
        sample.run(&["query", "-q", "SELECT * { ?s a jx:Plac }"]).err,
        "",
        "-q says nothing but errors"
    );
}

#[test]
fn an_empty_answer_over_a_language_says_so() {
    let sample = Sample::new();
    let hint = |query: &str| sample.run(&["query", &format!("SELECT * {{ {query} }}")]).err;
    let used = "the closest one that is used is";
    for text in ["\"丁生产线\"", "\"丁生产线\"@zh", "\"丁生产线\"@zh-Hant"] {
        for query in
            [format!("?s rdfs:label {text}"), format!("?s rdfs:label ?l FILTER(?l = {text} && ?l != \"x\")")]
        {
            let said = format!(
                "jinxiu: nothing that is asked for bears the text {text}; {used} \"丁生产线\"@zh-Hans\n"
            );
            assert_eq!(hint(&query), said, "{query}, though a quotation is \"丁生产线\"");
        }
    }
    assert_eq!(hint("?s oa:exact \"丁生产线\" ; a jx:Zone"), "");
    assert_eq!(hint("?s rdfs:label \"無此\"@zh"), "jinxiu: nothing in the store is called 无此\n");
    let misspelt = hint("?s rdfs:label ?l FILTER(LANG(?l) = \"zh-Hnas\")");
    assert_eq!(
        misspelt,
        format!("jinxiu: nothing in the store is in the language \"zh-Hnas\"; {used} \"zh-Hans\"\n")
    );
    assert_eq!(hint("?s a jx:Zone ; jx:status ?l FILTER(LANG(?l) = \"\")"), "");
}

#[test]
fn a_project_file_adds_prefixes_and_questions() {
    let sample = Sample::new();
    fs::write(
        sample.folder().join("jinxiu.toml"),
        "questions = \"mine\"\n[prefixes]\nstage = \"https://w3id.org/jinxiu/ontology#\"\n",
    )
    .unwrap();
    fs::create_dir(sample.folder().join("mine")).unwrap();
    fs::write(sample.folder().join("mine/zones.rq"), "# 区\n# Zones\nSELECT ?z { ?z a jx:Zone }").unwrap();
    let run = |args: &[&str]| jinxiu(sample.folder(), args);
    assert_eq!(run(&["query", "--store", "store", "ASK { ?p stage:status stage:signed }"]).0, 0);
    assert!(run(&["prefixes"]).1.contains("stage\thttps://w3id.org/jinxiu/ontology#"));
    assert!(run(&["ask", "zones", "--store", "store"]).1.contains("丙高新区"));
    fs::write(sample.folder().join("jinxiu.toml"), "prefixes = 3").unwrap();
    let (code, _, err) = run(&["prefixes"]);
    assert_eq!((code, err.lines().count()), (3, 1), "{err}");
}

#[test]
fn a_query_that_runs_out_of_time_leaves_no_file_behind() {
    let sample = Sample::new();
    let out = sample.folder().join("out.csv");
    let heavy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g";
    assert_eq!(sample.run(&["query", "--timeout", "200ms", "-o", out.to_str().unwrap(), heavy]).code, 6);
    assert_eq!(fs::read_dir(sample.folder()).unwrap().count(), 1);
}

#[test]
fn a_query_that_takes_too_much_memory_is_stopped() {
    let sample = Sample::new();
    let out = sample.folder().join("out.csv");
    let heavy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g";
    let outcome = sample.run(&["query", "--memory", "300MB", "-o", out.to_str().unwrap(), heavy]);
    assert!(outcome.code == 6 && outcome.err.contains("300 MB that --memory allows"), "{outcome:?}");
    assert_eq!(fs::read_dir(sample.folder()).unwrap().count(), 1);
    assert_eq!(sample.run(&["query", "--memory", "300MB", "ASK { ?s a jx:Zone }"]).code, 0);
    assert_eq!(sample.run(&["query", "--memory", "much", "ASK {}"]).code, 2);
}

#[test]
fn a_query_is_led_around_known_traps_and_gives_the_same_rows() {
    let sample = Sample::new();
    let queries = [
        (
            "SELECT DISTINCT ?n { ?p jx:locatedIn ?a ; rdfs:label ?n } ORDER BY DESC(?n)",
            "DISTINCT with ORDER BY",
        ),
        (
            "SELECT ?p ?s ?n { ?p a jx:Project OPTIONAL { ?p jx:status ?s } ?p rdfs:label ?n } ORDER BY ?n",
            "after OPTIONAL",
        ),
        (
            "SELECT ?n { ?p a jx:Project ; rdfs:label ?n } ORDER BY STRLEN(?n) ?n LIMIT 2",
            "at every comparison",
        ),
        (
            "SELECT ?n ?p { ?p rdfs:label ?n } ORDER BY DESC(?n) ?p LIMIT 5 OFFSET 2",
            "only the first are kept",
        ),
        (
            "SELECT * { ?p jx:figureOf ?x ; sdmx-measure:obsValue ?v } ORDER BY ?v ?p LIMIT 2",
            "only the first are kept",
        ),
    ];
    for (query, trap) in queries {
        let explained = sample.run(&["query", "--explain", query]).ok();
        assert!(explained.contains("rewritten: ") && explained.contains(trap), "{explained}");
        assert!(!sample.run(&["query", "--explain", "--as-written", query]).ok().contains("rewritten"));
        let rows = sample.run(&["query", query]).ok();
        assert_eq!(rows, sample.run(&["query", "--as-written", query]).ok());
        assert!(rows.lines().count() > 2, "{rows}");
    }
}

#[test]
fn a_reader_of_the_shell_that_goes_away_is_no_failure() {
    let sample = Sample::new();
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let lines = "\\\\help\\n".repeat(2000);
    let script = format!(
        "set -o pipefail; printf '{lines}' | {} shell --store {} | head -1",
        program.display(),
        sample.store().display()
    );
    let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn the_shell_carries_out_lines() {
    let sample = Sample::new();
    let mut command = Command::cargo_bin("jinxiu").unwrap();
    let lines = "ASK {\n ?s a jx:Zone\n}\n\\format csv\nSELECT ?n { ?p a jx:Project ; rdfs:label ?n FILTER(LANG(?n) = \"zh-hans\") } ORDER BY ?n\n\
        \\ask zone-industries\n\\why 丁生产线 status\n\\find 己项目\n\\nonsense\nSELECT ?n { ,, }\n\\help\n\\quit\nASK { ?a ?b ?c }\n";
    let output = command.arg("shell").arg("--store").arg(sample.store()).write_stdin(lines).output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{err}");
    for words in [
        "true\n",
        "丁生产线\r\n己项目\r\n",
        "丙高新区,信创产业",
        "项目状态 → 签约",
        "project:己项目\t",
        "\\why SUBJECT",
    ] {
        assert!(out.contains(words), "no {words} in\n{out}");
    }
    assert_eq!(out.matches("true").count(), 1, "{out}");
    assert!(err.contains("no command is called \\nonsense") && err.contains("line 1, column 13"), "{err}");
}
