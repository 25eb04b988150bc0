//! What leaves a store: parts of it, evidence in every shape, canonical form, networks, descriptions.

use crate::sample::{Sample, beta, parquet_rows};
use crate::shared::{python_has, skip};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn lines(sample: &Sample, args: &[&str]) -> Vec<String> {
    let mut all = vec!["export", "-f", "nquads"];
    all.extend(args);
    sample.run(&all).ok().lines().map(str::to_owned).collect()
}

fn holds(lines: &[String], words: &str) -> bool {
    lines.iter().any(|line| line.contains(words))
}

/// Runs a script of Python on a file and gives what it prints.
fn python(script: &str, file: &std::path::Path) -> String {
    let output = Command::new("python3").args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_class_is_exported_with_its_evidence_and_the_names_of_what_it_meets() {
    let sample = Sample::new();
    let projects = lines(&sample, &["--type", "项目"]);
    assert!(holds(&projects, "project/丁生产线> <https://w3id.org/jinxiu/ontology#developedBy>"));
    assert!(holds(&projects, "oa#exact> \"丁生产线\""));
    assert!(holds(&projects, "enterprise/乙集团> <http://www.w3.org/2000/01/rdf-schema#label>"));
    assert!(
        !holds(&projects, "subsidiaryOf") && !holds(&projects, "obsValue") && !holds(&projects, "王小明> <")
    );
    assert!(lines(&sample, &["--type", "Project"]) == projects);
    let wrong = sample.run(&["export", "--type", "Projct"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("the ontology has no class Projct; the closest one is Project"), "{wrong:?}");
}

#[test]
fn a_place_is_exported_with_what_lies_in_it() {
    let sample = Sample::new();
    let place = lines(&sample, &["--place", "甲市"]);
    assert!(
        holds(&place, "zone/alpha·丙高新区> ")
            || holds(&place, "丙高新区> <https://w3id.org/jinxiu/ontology#develops>")
    );
    assert!(
        holds(&place, "obsValue")
            && !holds(&place, "place/辛市> <https://w3id.org/jinxiu/ontology#develops>")
    );
    let both = lines(&sample, &["--place", "甲市", "--type", "Enterprise"]);
    assert!(holds(&both, "enterprise/庚公司> <https://w3id.org/jinxiu/ontology#subsidiaryOf>"));
    assert!(!holds(&both, "enterprise/戊集团> <https://w3id.org/jinxiu/ontology#"));
    assert_eq!(sample.run(&["export", "--place", "无此地"]).code, 3);
}

#[test]
fn the_figures_of_some_years_are_exported() {
    let sample = Sample::new();
    let later = lines(&sample, &["--years", "2022-2025"]);
    assert!(holds(&later, "\"800000000000\"") && !holds(&later, "\"500000000000\""));
    assert!(!holds(&later, "developedBy"));
    assert!(holds(&lines(&sample, &["--years", "2021"]), "\"650000\""));
    assert_eq!(sample.run(&["export", "--years", "later"]).code, 2);
    let none = sample.run(&["export", "--years", "1066"]);
    assert_eq!(
        (none.code, none.out.as_str(), none.err.trim()),
        (0, "", "nothing in the store is of this kind")
    );
}

#[test]
fn a_construct_query_says_what_is_exported() {
    let sample = Sample::new();
    let path = sample.folder().join("q.rq");
    fs::write(&path, "CONSTRUCT { ?z rdfs:seeAlso ?a } { ?z jx:locatedIn ?a }").unwrap();
    let out = sample.run(&["export", "--construct", path.to_str().unwrap(), "-f", "nt"]).ok();
    assert_eq!((out.lines().count(), out.matches("seeAlso").count()), (3, 3));
    fs::write(&path, "SELECT * { ?a ?b ?c }").unwrap();
    assert_eq!(sample.run(&["export", "--construct", path.to_str().unwrap()]).code, 2);
}

#[test]
fn without_evidence_only_what_is_stated_is_left() {
    let sample = Sample::new();
    let bare = lines(&sample, &["--evidence", "none"]);
    assert!(holds(&bare, "developedBy") && holds(&bare, "obsValue"));
    for word in
        ["ns/oa#", "22-rdf-syntax-ns#subject", "foundBy", "confidence", "id/statement/", "id/passage/"]
    {
        assert!(!holds(&bare, word), "{word}");
    }
}

#[test]
fn each_statement_can_be_a_graph_of_its_own() {
    let sample = Sample::new();
    let graphs = lines(&sample, &["--evidence", "graphs"]);
    let stated = graphs
        .iter()
        .find(|line| line.contains("#status> <https://w3id.org/jinxiu/ontology#signed>"))
        .unwrap();
    let graph = stated.trim_end_matches(" .").rsplit(' ').next().unwrap();
    assert!(graph.contains("id/statement/alpha_"), "{stated}");
    assert!(graphs.iter().any(|line| line.starts_with(graph) && line.contains("jinxiu/ontology#evidence")));
    assert!(!holds(&graphs, "rdf-syntax-ns#subject"));
    assert_eq!(sample.run(&["export", "--evidence", "graphs", "-f", "turtle"]).code, 2);
}

#[test]
fn annotations_are_read_back_by_a_parser_of_rdf_1_2() {
    let sample = Sample::new();
    let path = sample.folder().join("out.ttl");
    sample.run(&["export", "--evidence", "annotations", "-o", path.to_str().unwrap()]).ok();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("jx:status jx:signed ~ statement:alpha_"), "{text}");
    assert!(text.contains("{| jx:confidence "), "{text}");
    assert_eq!(sample.run(&["export", "--evidence", "annotations", "-f", "nquads"]).code, 2);
    if !python_has("pyoxigraph") {
        return skip("python3 has no pyoxigraph here");
    }
    let script = "import sys, pyoxigraph as o\n\
        q = list(o.parse(path=sys.argv[1], format=o.RdfFormat.TURTLE))\n\
        r = o.NamedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies')\n\
        stated = {(t.subject, t.predicate, t.object) for t in q}\n\
        reified = [t.object for t in q if t.predicate == r]\n\
        print(len(reified), all((t.subject, t.predicate, t.object) in stated for t in reified))";
    let statements = lines(&sample, &[]).iter().filter(|l| l.contains("rdf-syntax-ns#subject>")).count();
    assert_eq!(python(script, &path), format!("{statements} True"));
}

#[test]
fn the_canonical_form_depends_on_the_graph_alone() {
    let sample = Sample::of(&[beta()]);
    let canonical = sample.run(&["export", "--canonical"]).ok();
    let mut sorted = lines(&sample, &[]);
    sorted.sort();
    assert_eq!(canonical.lines().collect::<Vec<_>>(), sorted);
}

#[test]
fn the_licence_stands_in_the_description() {
    let sample = Sample::new();
    let licence = "http://creativecommons.org/licenses/by/4.0/";
    let out = lines(&sample, &["--license", licence]);
    assert!(holds(&out, &format!("id/dataset> <http://purl.org/dc/terms/license> <{licence}>")));
    let described = sample.run(&["export", "--describe", "--license", licence]).ok();
    for words in
        ["void:Dataset", "dcat:Dataset", "void:triples ", "void:documents 2", licence, "void:classPartition"]
    {
        assert!(described.contains(words), "no {words} in\n{described}");
    }
    assert_eq!(sample.run(&["export", "--license", "free"]).code, 2);
}

/// The lines of N-Quads without their graphs, each once.
fn without_graphs(quads: &str) -> BTreeSet<String> {
    let triple = |line: &str| format!("{} .", line.rsplit_once(" <").map_or(line, |(triple, _)| triple));
    quads.lines().map(triple).collect()
}

#[test]
fn merged_graphs_are_what_the_graphs_give_when_someone_else_merges_them() {
    let sample = Sample::new();
    let mine = sample.folder().join("mine.ttl");
    let term = "<https://w3id.org/jinxiu/ontology#Place>";
    let kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class>";
    fs::write(&mine, format!("{term} {kind} ; <http://x/mine> \"<x> .\" .")).unwrap();
    sample.run(&["import", mine.to_str().unwrap()]).ok();
    for arguments in [&["-q"][..], &["--ontology"], &["--license", "http://x/free"], &["--evidence", "none"]]
    {
        let export = |format| sample.run(&[&["export", "-f", format], arguments].concat()).ok();
        let merged: BTreeSet<String> = export("ntriples").lines().map(str::to_owned).collect();
        assert_eq!(merged, without_graphs(&export("nquads")), "{arguments:?}");
        assert!(merged.contains(&format!("{term} {kind} .")), "{arguments:?}");
    }
}

#[test]
fn a_graph_that_no_document_wrote_is_exported_in_order_however_large_it_is() {
    let sample = Sample::new();
    let file = sample.folder().join("large.nt");
    let lines: Vec<String> =
        (0..25_000).map(|n| format!("<http://x/{}> <http://x/p> \"{n}\" .\n", n * 7919 % 25_000)).collect();
    fs::write(&file, lines.concat()).unwrap();
    sample.run(&["import", file.to_str().unwrap()]).ok();
    let of_file =
        |quads: String| quads.lines().filter(|l| l.starts_with("<http://x/")).map(str::to_owned).collect();
    let quads: Vec<String> = of_file(sample.run(&["export"]).ok());
    let subjects = quads.iter().map(|line| line.split('>').next());
    assert!(quads.len() == 25_000 && subjects.is_sorted(), "{}", quads.len());
    let whole: Vec<String> = of_file(sample.run(&["export", "--evidence", "graphs"]).ok());
    assert_eq!(quads, whole);
}

#[test]
fn networks_open_in_other_tools() {
    let sample = Sample::new();
    let write = |name: &str| {
        let path = sample.folder().join(name);
        sample.run(&["export", "-o", path.to_str().unwrap()]).ok();
        path
    };
    let (graphml, gexf, dot) = (write("net.graphml"), write("net.gexf"), write("net.dot"));
    let text = fs::read_to_string(&graphml).unwrap();
    assert_eq!((text.matches("<node ").count(), text.matches("<edge ").count()), (14, 15), "{text}");
    assert!(fs::read_to_string(&gexf).unwrap().contains("label=\"丁生产线\""));
    assert!(fs::read_to_string(&dot).unwrap().contains("label=\"建设单位\""));
    let csv = sample.run(&["export", "-o", sample.folder().join("net.csv").to_str().unwrap()]);
    assert!(csv.err.contains("net.nodes.csv and ") && csv.err.contains("net.edges.csv"), "{csv:?}");
    let nodes = fs::read_to_string(sample.folder().join("net.nodes.csv")).unwrap();
    assert!(nodes.contains(",丁生产线,Project,signed\r\n"), "{nodes}");
    assert_eq!(fs::read_to_string(sample.folder().join("net.edges.csv")).unwrap().lines().count(), 16);
    assert_eq!(sample.run(&["export", "-f", "csv"]).code, 2);
    let wellformed = "import sys, xml.dom.minidom as m\nm.parse(sys.argv[1])\nprint('ok')";
    if python_has("xml.dom.minidom") {
        assert_eq!(python(wellformed, &graphml), "ok");
        assert_eq!(python(wellformed, &gexf), "ok");
    }
    if !python_has("networkx") {
        return skip("python3 has no networkx here");
    }
    for (reader, file) in [("read_graphml", &graphml), ("read_gexf", &gexf)] {
        let script = format!(
            "import sys, networkx as n\ng = n.{reader}(sys.argv[1])\nprint(len(g), g.number_of_edges())"
        );
        assert_eq!(python(&script, file), "14 15", "{reader}");
    }
}

#[test]
fn a_network_comes_as_two_parquet_files_for_data_frames() {
    let sample = Sample::new();
    let path = sample.folder().join("net.parquet");
    assert_eq!(sample.run(&["export", "-o", path.to_str().unwrap()]).code, 0);
    let nodes = parquet_rows(&sample.folder().join("net.nodes.parquet"));
    assert!(
        nodes.iter().any(|row| row.contains("label: \"丁生产线\", class: \"Project\", status: \"signed\""))
    );
    assert!(nodes.iter().any(|row| row.contains("label: \"甲市\", class: \"Place\", status: null")));
    let edges = parquet_rows(&sample.folder().join("net.edges.parquet"));
    assert_eq!((nodes.len(), edges.len()), (14, 15));
    assert!(edges.iter().all(|row| row.contains("weight: 1")), "{edges:?}");
    assert_eq!(sample.run(&["export", "-f", "parquet"]).code, 2);
    assert_eq!(sample.run(&["export", "-f", "parquet", "-o", "-"]).code, 2);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sample = Sample::new();
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let (program, store) = (program.display(), sample.store());
    let store = store.display();
    let unheard = format!(
        "set -o pipefail; {program} query --store {store} 'ASK {{ ?s jx:statsu ?o }}' 2>&1 >/dev/null | true"
    );
    for (script, code) in
        [(format!("set -o pipefail; {program} export --store {store} | head -1"), 0), (unheard, 1)]
    {
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{script}: {output:?}");
    }
}
