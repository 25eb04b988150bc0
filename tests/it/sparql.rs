use crate::sample::Sample;

const ALL: &str = "SELECT * { ?project jx:status ?stage ; jx:developedBy ?builder } ORDER BY ?project";

#[test]
fn a_query_needs_no_prefixes_and_no_graphs() {
    let out = Sample::new().run(&["query", ALL]).ok();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "?project\t?stage\t?builder");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].contains("project/丁生产线>") && lines[1].contains("ontology#signed>"), "{out}");
}

#[test]
fn select_star_keeps_the_order_of_appearance() {
    let out =
        Sample::new().run(&["query", "SELECT * { ?z a jx:Zone ; jx:locatedIn ?a ; jx:develops ?m }"]).ok();
    assert_eq!(out.lines().next(), Some("?z\t?a\t?m"));
}

#[test]
fn a_table_shortens_names() {
    let out = Sample::new().run(&["query", "-f", "table", ALL]).ok();
    assert!(out.contains("project:丁生产线") && out.contains("jx:signed"), "{out}");
}

#[test]
fn every_row_format_is_written() {
    let sample = Sample::new();
    let run = |format| {
        sample.run(&["query", "-f", format, "SELECT ?n ?v { ?f a jx:Target ; sdmx-measure:obsValue ?v ; jx:figureOf/rdfs:label ?n } ORDER BY ?n"]).ok()
    };
    assert_eq!(run("csv").lines().nth(1), Some("甲市,800000000000"));
    assert!(
        run("tsv").contains("\"甲市\"@zh-Hans\t\"800000000000\"^^<http://www.w3.org/2001/XMLSchema#decimal>"),
        "{}",
        run("tsv")
    );
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["results"]["bindings"][0]["n"]["value"], "甲市");
    assert!(run("xml").contains("<literal xml:lang=\"zh-Hans\">甲市</literal>"));
    assert_eq!(run("jsonl").lines().next(), Some("{\"n\":\"甲市\",\"v\":800000000000}"));
    assert_eq!(run("markdown").lines().next(), Some("| n | v |"));
    assert!(run("table").contains("甲市"));
}

#[test]
fn triples_come_as_turtle_unless_asked_otherwise() {
    let sample = Sample::new();
    let out = sample.run(&["query", "DESCRIBE project:丁生产线"]).ok();
    assert!(out.contains("@prefix jx:") && out.contains("jx:developedBy enterprise:乙集团"), "{out}");
    let out =
        sample.run(&["query", "-f", "ntriples", "CONSTRUCT { ?a jx:partOf ?b } { ?a jx:locatedIn ?b }"]).ok();
    assert_eq!(out.lines().count(), 3);
}

#[test]
fn triples_are_coloured_for_people_only() {
    let sample = Sample::new();
    let run = |args: &[&str]| sample.run(&[&["query", "DESCRIBE project:丁生产线"], args].concat()).ok();
    let plain = run(&[]);
    let painted = run(&["--color", "always"]);
    assert!(painted.contains("\u{1b}[1m@prefix\u{1b}[0m jx:") && !plain.contains('\u{1b}'), "{painted}");
    assert_eq!(run(&["--color", "always", "-f", "ntriples"]), run(&["-f", "ntriples"]));
    assert_eq!(run(&["--color", "never"]), plain);
    let file = sample.folder().join("out.ttl");
    run(&["--color", "always", "-o", file.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(file).unwrap(), plain);
}

#[test]
fn rows_that_end_in_an_error_leave_the_old_file_whole() {
    let sample = Sample::new();
    let file = sample.folder().join("out.csv");
    std::fs::write(&file, "old").unwrap();
    let query = "SELECT * { { ?s a jx:Zone } UNION { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }";
    let out = sample.run(&["query", "--timeout", "200ms", "-o", file.to_str().unwrap(), query]);
    assert_eq!((out.code, std::fs::read_to_string(file).unwrap().as_str()), (6, "old"), "{out:?}");
}

#[test]
fn ask_tells_by_its_exit_code() {
    let sample = Sample::new();
    let yes = sample.run(&["query", "ASK { project:丁生产线 jx:status jx:signed }"]);
    assert_eq!((yes.code, yes.out.as_str()), (0, "true\n"));
    let no = sample.run(&["query", "ASK { project:丁生产线 jx:status jx:planned }"]);
    assert_eq!((no.code, no.out.as_str(), no.err.as_str()), (1, "false\n", ""));
}

#[test]
fn a_syntax_error_shows_its_place() {
    let outcome = Sample::new().run(&["query", "SELECT ?s WHERE {\n  ?s rdfs:label \"甲市\" ,, ?o }"]);
    assert_eq!(outcome.code, 3);
    let lines: Vec<&str> = outcome.err.lines().collect();
    assert!(
        lines[0].starts_with("jinxiu: syntax error at line 2, column 22: “,,” is not expected"),
        "{outcome:?}"
    );
    assert_eq!(lines[1], "    ?s rdfs:label \"甲市\" ,, ?o }");
    assert_eq!(lines[2].find('^'), Some(25), "{outcome:?}");
}

#[test]
fn an_unknown_prefix_and_an_unknown_term_are_named_with_the_closest_known_one() {
    let sample = Sample::new();
    let prefix = sample.run(&["query", "SELECT * { ?s scheme:name ?n }"]);
    assert_eq!(prefix.code, 3);
    assert!(
        prefix.err.contains("unknown prefix scheme: at line 1, column 15; the closest known one is schema:"),
        "{prefix:?}"
    );
    let term = sample.run(&["query", "SELECT * { ?s a jx:Projcet }"]);
    assert_eq!(term.code, 0);
    assert!(
        term.err.contains("the ontology has no term jx:Projcet; the closest one is jx:Project"),
        "{term:?}"
    );
}

#[test]
fn a_format_that_cannot_hold_the_answer_is_wrong_usage() {
    let sample = Sample::new();
    for (format, query) in [("turtle", ALL), ("csv", "DESCRIBE jx:Place"), ("turtle", "ASK {}")] {
        assert_eq!(sample.run(&["query", "-f", format, query]).code, 2, "{format}");
    }
    assert_eq!(sample.run(&["query", "-f", "sparkly", ALL]).code, 2);
}

#[test]
fn a_limit_stops_with_code_6_when_there_is_more() {
    let sample = Sample::new();
    let cut = sample.run(&["query", "--limit", "1", ALL]);
    assert_eq!((cut.code, cut.out.lines().count()), (6, 2), "{cut:?}");
    assert_eq!(sample.run(&["query", "--limit", "2", ALL]).code, 0);
}

#[test]
fn a_timeout_stops_even_what_sorts() {
    let sample = Sample::new();
    let heavy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g";
    let begun = std::time::Instant::now();
    let outcome = sample.run(&["query", "--timeout", "300ms", heavy]);
    assert_eq!(outcome.code, 6, "{outcome:?}");
    assert!(outcome.err.contains("the time allowed for the query is over"), "{outcome:?}");
    assert!(begun.elapsed().as_secs() < 5);
}

#[test]
fn what_two_documents_state_is_counted_once() {
    let count = "SELECT (COUNT(?p) AS ?n) { ?p a jx:Place }";
    assert_eq!(Sample::new().run(&["query", "-f", "csv", count]).ok().lines().nth(1), Some("2"));
}

#[test]
fn graphs_tell_documents_apart() {
    let query = "SELECT ?g { GRAPH ?g { place:甲市 a jx:Place } } ORDER BY ?g";
    let out = Sample::new().run(&["query", "-f", "table", query]).ok();
    assert!(out.contains("graph:alpha") && out.contains("graph:beta"), "{out}");
}

#[test]
fn languages_may_be_written_as_people_write_them() {
    let sample = Sample::new();
    for tag in ["\"zh-Hans\"", "'zh-hans'", "\"ZH-HANS\""] {
        let query = format!("SELECT ?n {{ place:甲市 rdfs:label ?n FILTER(LANG(?n) = {tag}) }}");
        let out = sample.run(&["query", "-f", "csv", &query]).ok();
        assert_eq!(out.lines().collect::<Vec<_>>(), ["n", "甲市"], "{tag}");
    }
}

#[test]
fn a_query_may_come_from_a_file_or_standard_input() {
    let sample = Sample::new();
    let path = sample.folder().join("q.rq");
    std::fs::write(&path, "ASK { ?s a jx:Zone }").unwrap();
    assert_eq!(sample.run(&["query", "--file", path.to_str().unwrap()]).ok(), "true\n");
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    command
        .args(["query", "--store"])
        .arg(sample.store())
        .write_stdin("ASK { ?s a jx:Zone }")
        .assert()
        .success();
    assert_eq!(sample.run(&["query", "--file", "/no/such.rq"]).code, 3);
}

#[test]
fn the_evidence_of_a_statement_is_short_to_ask_for() {
    let query = "SELECT ?exact { ?s rdf:subject project:丁生产线 ; rdf:predicate jx:status ; \
        jx:evidence/oa:hasSelector/oa:exact ?exact }";
    assert_eq!(Sample::new().run(&["query", "-f", "csv", query]).ok().lines().nth(1), Some("丁生产线"));
}

#[test]
fn a_query_may_be_named_by_its_file() {
    let sample = Sample::new();
    let file = sample.folder().join("q.rq");
    std::fs::write(&file, "ASK { ?p a jx:Project }").unwrap();
    assert_eq!(sample.run(&["query", file.to_str().unwrap()]).ok(), "true\n");
    let missing = sample.run(&["query", "none.rq"]);
    assert!(missing.code == 3 && missing.err.contains("none.rq: cannot read the query"), "{missing:?}");
}

#[test]
fn every_answer_ends_with_its_line() {
    let sample = Sample::new();
    for format in ["table", "tsv", "csv", "json", "xml", "jsonl", "markdown"] {
        let out = sample.run(&["query", "-f", format, ALL]).ok();
        assert!(out.ends_with('\n') && !out.ends_with("\n\n"), "{format}: {out}");
    }
}

#[test]
fn a_graph_that_ends_in_an_error_is_not_written() {
    let sample = Sample::new();
    let file = sample.folder().join("out.nt");
    let query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }";
    let out = sample.run(&["query", "--service", "2s", "--as-written", "-o", file.to_str().unwrap(), query]);
    assert!(out.code == 4 && !file.exists(), "{out:?}");
    assert!(out.err.contains("does not answer") && !out.err.contains("cannot write"), "{out:?}");
}

#[test]
fn a_function_that_there_is_not_is_named() {
    let outcome = Sample::new().run(&["query", "SELECT (geof:distnce(1, 2) AS ?x) {}"]);
    assert!(outcome.code == 3 && outcome.err.contains("; the closest one is geof:distance"), "{outcome:?}");
}
