//! SERVICE: a second endpoint on loopback, asked about what is known here.

use crate::sample::{Doc, Sample, beta};
use assert_cmd::Command;
use jinxiu::document::Class;
use std::fs;
use std::sync::{Arc, Mutex};

/// Where an endpoint is, and the queries that it heard.
struct Endpoint {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Endpoint {
    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

/// An endpoint on loopback that answers from data, one request after another.
fn endpoint(data: Vec<String>) -> Endpoint {
    use std::io::{BufRead, BufReader, Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut line, mut length) = (String::new(), 0);
            while reader.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let mut query = vec![0; length];
            reader.read_exact(&mut query).unwrap();
            let query = String::from_utf8(query).unwrap();
            log.lock().unwrap().push(query.clone());
            if query.contains("slowly") {
                std::thread::sleep(std::time::Duration::from_secs(3));
            }
            let mut command = Command::cargo_bin("jinxiu").unwrap();
            let answer =
                command.args(["query", "-f", "json"]).args(&data).arg(query).output().unwrap().stdout;
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                answer.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer));
        }
    });
    Endpoint { address, heard }
}

#[test]
fn another_endpoint_is_asked_only_where_that_is_allowed_and_not_for_ever() {
    let (sample, other) = (Sample::new(), Sample::of(&[beta()]));
    let address = endpoint(vec!["--store".to_owned(), other.store().display().to_string()]).address;
    let query = format!(
        "SELECT ?n {{ ?i a jx:Industry . SERVICE <{address}> {{ ?p jx:develops ?i ; rdfs:label ?n }} FILTER(LANG(?n) = \"zh-hans\") }}"
    );
    let refused = sample.run(&["query", &query]);
    assert!(refused.code == 2 && refused.err.contains("--service"), "{refused:?}");
    let out = sample.run(&["query", "--service", "20s", "-f", "csv", &query]).ok();
    assert_eq!(out.lines().collect::<Vec<_>>(), ["n", "辛市"]);
    let slow = query.replace("rdfs:label ?n }", "rdfs:label ?n FILTER(?n != \"slowly\") }");
    let late = sample.run(&["query", "--service", "300ms", &slow]);
    assert!(late.code == 4 && late.err.contains("does not answer"), "{late:?}");
}

/// A few statements as Wikidata makes them: three divisions of China with their codes, people and neighbours, and much
/// else that nobody here speaks of.
fn wikidata(folder: &std::path::Path) -> Vec<String> {
    let mut slice = String::from(
        "@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .\n\
        wd:Q72778 wdt:P442 \"140100\" ; wdt:P1082 5304061 ; wdt:P47 wd:Q73226 .\n\
        wd:Q73226 wdt:P442 \"140700\" ; wdt:P1082 3379498 ; wdt:P47 wd:Q72778 .\n\
        wd:Q185684 wdt:P442 \"340100\" .\n",
    );
    for other in 0..500 {
        slice += &format!("wd:Q9{other:04} wdt:P442 \"9{other:05}\" ; wdt:P1082 {other} .\n");
    }
    let path = folder.join("wikidata.ttl");
    fs::write(&path, slice).unwrap();
    vec!["--data".to_owned(), path.display().to_string()]
}

/// Three places, two of them with a code.
fn places() -> Sample {
    let doc = Doc::new("one", "太原市与晋中市相邻，合肥市在东，甲市不详。");
    let doc = doc.entity(Class::Place, "太原市").code("GBT2260:140100");
    let doc = doc.entity(Class::Place, "晋中市").code("GBT2260:140700");
    let doc = doc.entity(Class::Place, "合肥市").code("GBT2260:340100");
    Sample::of(&[doc.entity(Class::Place, "甲市")])
}

fn rows(sample: &Sample, args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = args.iter().copied().chain(["-f", "csv", "--service", "20s"]).collect();
    sample.run(&all).ok().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn places_meet_their_items_by_their_codes() {
    let sample = places();
    let endpoint = endpoint(wikidata(sample.folder()));
    let at = format!("endpoint={}", endpoint.address);
    let found = rows(&sample, &["ask", "wikidata-places", "--bind", &at]);
    let wd = "http://www.wikidata.org/entity/";
    assert_eq!(
        found,
        [
            format!("太原市,140100,{wd}Q72778,5304061"),
            format!("晋中市,140700,{wd}Q73226,3379498"),
            format!("合肥市,340100,{wd}Q185684,")
        ]
    );
    let heard = endpoint.heard();
    assert!(heard.len() == 1 && heard[0].contains("VALUES") && heard[0].contains("\"140700\""), "{heard:?}");
    assert_eq!(rows(&sample, &["ask", "wikidata-neighbors", "--bind", &at]), ["晋中市,140700"]);
    let heard = endpoint.heard();
    assert!(
        heard.len() == 1 && heard[0].contains("\"140100\"") && !heard[0].contains("\"140700\""),
        "{heard:?}"
    );
}

#[test]
fn codes_meet_however_the_endpoint_writes_them() {
    let sample = places();
    let served = wikidata(sample.folder());
    let mut slice = fs::read_to_string(&served[1]).unwrap();
    for (code, there) in [("140100", "14 01"), ("140700", "1407"), ("340100", "34 01 00")] {
        slice = slice.replace(&format!("P442 \"{code}\""), &format!("P442 \"{there}\""));
    }
    slice +=
        "wd:Q46913 wdt:P442 \"14\" . wd:Q72778 wdt:P47 wd:Q46913, wd:Q7 . wd:Q7 wdt:P442 \"140121101\" .\n";
    fs::write(&served[1], slice).unwrap();
    let endpoint = endpoint(served);
    let at = format!("endpoint={}", endpoint.address);
    let items: Vec<String> = rows(&sample, &["ask", "wikidata-places", "--bind", &at])
        .iter()
        .filter_map(|row| row.split(',').nth(2)?.rsplit('/').next().map(str::to_owned))
        .collect();
    assert_eq!(items, ["Q72778", "Q73226", "Q185684"]);
    assert_eq!(rows(&sample, &["ask", "wikidata-neighbors", "--bind", &at]), ["晋中市,140700"]);
    let doc = Doc::new("one", "山西省有太原市。").entity(Class::Place, "山西省").code("GBT2260:140000");
    let province = Sample::of(&[doc.entity(Class::Place, "太原市").code("GBT2260:140100")]);
    let found = rows(&province, &["ask", "wikidata-places", "--bind", &at]);
    assert!(found.len() == 2 && found[0].ends_with("/Q46913,"), "{found:?}");
    assert_eq!(rows(&province, &["ask", "wikidata-neighbors", "--bind", &at]), ["山西省,140000"]);
}

#[test]
fn only_what_is_known_here_is_asked_wherever_the_service_stands() {
    let sample = places();
    let endpoint = endpoint(wikidata(sample.folder()));
    let prefix = "PREFIX wdt: <http://www.wikidata.org/prop/direct/> ";
    let known = "?p a jx:Place ; skos:notation ?n BIND(STR(?n) AS ?code)";
    let service = format!("SERVICE <{}> {{ ?item wdt:P442 ?code }}", endpoint.address);
    let silent = format!("SERVICE SILENT <{}nowhere:> {{ ?item wdt:P442 ?code }}", "http://127.0.0.1:9/");
    for (pattern, expected) in [
        (format!("{service} {{ {known} }}"), 3),
        (format!("?p a jx:Place OPTIONAL {{ ?p skos:notation ?n BIND(STR(?n) AS ?code) {service} }}"), 4),
        (format!("{known} OPTIONAL {{ {service} FILTER(?code != \"140100\") }}"), 3),
        (format!("{{ {known} {service} }} UNION {{ ?p a jx:Zone }}"), 3),
        (format!("{known} FILTER(?n = \"140100\"^^jx:GBT2260) {service}"), 1),
        (format!("{{ SELECT ?p ?item {{ {known} {service} }} }}"), 3),
        (format!("{known} {silent}"), 3),
        (format!("GRAPH graph:one {{ {known} {service} }}"), 3),
        (format!("GRAPH ?g {{ {known} FILTER(?code != \"140100\") }} {service}"), 2),
        (format!("{known} FILTER EXISTS {{ {service} ?item wdt:P47 ?near }}"), 0),
        (format!("{known} FILTER EXISTS {{ {service} }}"), 3),
        (format!("{known} FILTER NOT EXISTS {{ {service} FILTER(?code != \"140100\") }}"), 1),
        (format!("{known} BIND(EXISTS {{ {service} }} AS ?there) FILTER(?there)"), 3),
        (format!("{known} MINUS {{ {service} FILTER(?code != \"140100\") }}"), 1),
    ] {
        let query = format!("{prefix} SELECT ?p ?item {{ {pattern} }}");
        let found = rows(&sample, &["query", &query]);
        assert_eq!(found.len(), expected, "{query}\n{found:?}");
        let heard = endpoint.heard();
        assert!(heard.iter().all(|q| q.contains("VALUES") && q.len() < 400), "{heard:?}");
        if pattern.starts_with("GRAPH graph:") {
            continue; // the engine by itself would ask the endpoint for that graph
        }
        let plain = rows(&sample, &["query", "--as-written", &query]);
        let sorted = |mut rows: Vec<String>| {
            rows.sort();
            rows
        };
        assert_eq!(sorted(found), sorted(plain), "{query}");
        endpoint.heard();
    }
}

#[test]
fn a_variable_stands_for_the_endpoints_that_are_known() {
    let sample = places();
    let (one, two) = (endpoint(wikidata(sample.folder())), endpoint(wikidata(sample.folder())));
    let query = |given: &str| {
        format!(
            "PREFIX wdt: <http://www.wikidata.org/prop/direct/> SELECT ?code ?e {{ {given} SERVICE ?e {{ ?item wdt:P442 ?code }} }}"
        )
    };
    let given =
        format!("VALUES (?e ?code) {{ (<{}> \"140100\") (<{}> \"140700\") }}", one.address, two.address);
    let mut found = rows(&sample, &["query", &query(&given)]);
    found.sort();
    assert_eq!(found, [format!("140100,{}", one.address), format!("140700,{}", two.address)]);
    let (first, second) = (one.heard(), two.heard());
    assert!(
        first.len() == 1 && first[0].contains("\"140100\"") && !first[0].contains("\"140700\""),
        "{first:?}"
    );
    assert!(second.len() == 1 && second[0].contains("\"140700\""), "{second:?}");
    assert_eq!(rows(&sample, &["query", &query("?e a jx:Zone . ?e rdfs:label ?code")]), [""; 0]);
    for (given, words) in
        [("?e2 a jx:Place .", "nothing outside of it says"), ("VALUES ?e { \"x\" }", "is an IRI")]
    {
        let refused = sample.run(&["query", "--service", "20s", &query(given)]);
        assert!(
            refused.code == 2 && refused.err.contains(words) && refused.err.lines().count() == 1,
            "{refused:?}"
        );
    }
}

#[test]
fn a_service_within_a_graph_that_is_sought_is_refused() {
    let sample = places();
    let query = "SELECT * { GRAPH ?g { ?p a jx:Place SERVICE <http://127.0.0.1:9/> { ?p ?q ?o } } }";
    let refused = sample.run(&["query", "--service", "1s", query]);
    let said = refused.err.contains("within GRAPH ?g") && refused.err.contains("behind the GRAPH");
    assert!(refused.code == 2 && said && refused.err.lines().count() == 1, "{refused:?}");
}

#[test]
fn many_values_go_in_several_requests_and_none_in_none() {
    let sample = places();
    let endpoint = endpoint(wikidata(sample.folder()));
    let query = |values: &str| {
        format!(
            "PREFIX wdt: <http://www.wikidata.org/prop/direct/> SELECT ?i {{ {values} \
            SERVICE <{}> {{ ?i wdt:P442 ?code }} }}",
            endpoint.address
        )
    };
    let codes: Vec<String> = (0..450).map(|n| format!("\"9{n:05}\"")).collect();
    let many = query(&format!("VALUES ?code {{ {} }}", codes.join(" ")));
    assert_eq!(rows(&sample, &["query", &many]).len(), 450);
    assert_eq!(endpoint.heard().len(), 3);
    let explained = sample.run(&["query", "--service", "20s", "--explain", &many]).ok();
    assert!(explained.contains("about 450 values of ?code: 3 requests, 450 rows"), "{explained}");
    endpoint.heard();
    assert_eq!(rows(&sample, &["query", &query("?z a jx:Zone ; rdfs:label ?code")]).len(), 0);
    assert_eq!(endpoint.heard().len(), 0);
    let all = query(
        "?a ?b ?c . ?d ?e ?f . ?g ?h ?j BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?j)) AS ?code)",
    );
    let much = sample.run(&["query", "--service", "20s", &all]);
    assert!(much.code == 6 && much.err.contains("more than 20000 values of ?code"), "{much:?}");
    assert!(much.err.contains(&endpoint.address) && endpoint.heard().is_empty(), "{much:?}");
}

#[test]
fn answers_are_kept_with_their_day_on_request() {
    let sample = places();
    let endpoint = endpoint(wikidata(sample.folder()));
    let cache = sample.folder().join("kept");
    let (at, kept) = (format!("endpoint={}", endpoint.address), cache.to_str().unwrap());
    let ask = || {
        sample.run(&[
            "ask",
            "wikidata-places",
            "--bind",
            &at,
            "--service",
            "20s",
            "--service-cache",
            kept,
            "-f",
            "csv",
        ])
    };
    let (first, second) = (ask(), ask());
    assert_eq!(endpoint.heard().len(), 1);
    assert_eq!(first.out, second.out);
    let told = format!("jinxiu: {} as it answered on 2", endpoint.address);
    assert!(second.err.contains(&told) && !first.err.contains("as it answered on"), "{second:?}");
    let file = fs::read_dir(&cache).unwrap().next().unwrap().unwrap().path();
    let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(file["asked"].as_str().unwrap().len() == 10 && file["endpoint"] == endpoint.address.as_str());
    assert_eq!(sample.run(&["query", "--service-cache", kept, "ASK {}"]).code, 2);
}
