//! The known traps of queries, each as it is written and as it is led around, on a made-up network of places.
//!
//! `cargo bench --bench asking`; the time of the first is that of the engine alone.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jinxiu::store::{Answer, Planning, Query, Store};
use std::fmt::Write as _;
use std::hint::black_box;

/// How many places there are.
const PLACES: usize = 20_000;

const QUERIES: [(&str, &str); 4] = [
    ("distinct with order by", "SELECT DISTINCT ?a { ?p jx:locatedIn ?a ; rdfs:label ?n } ORDER BY ?a"),
    (
        "required after optional",
        "SELECT * { ?p a jx:Place OPTIONAL { ?p jx:locatedIn ?a } OPTIONAL { ?p skos:notation ?c } ?p jx:capitalOf ?q }",
    ),
    ("order by an expression", "SELECT ?p { ?p rdfs:label ?n } ORDER BY STRLEN(?n) DESC(?n)"),
    ("order by with limit", "SELECT ?p ?n { ?p rdfs:label ?n } ORDER BY DESC(?n) LIMIT 10"),
];

fn network() -> String {
    let mut turtle = String::from(
        "@prefix jx: <https://w3id.org/jinxiu/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://example.org/> .\n",
    );
    for place in 0..PLACES {
        let (name, above) = ((place * 7919) % PLACES, place / 100);
        let _ = writeln!(
            turtle,
            ":p{place} a jx:Place ; rdfs:label \"第{name}镇\" ; jx:locatedIn :p{above} ; skos:notation \"{place}\" ."
        );
        if place % 1000 == 0 {
            let _ = writeln!(turtle, ":p{place} jx:capitalOf :p{above} .");
        }
    }
    turtle
}

fn rows(store: &Store, query: &Query) -> usize {
    match store.ask(query) {
        Ok(Answer::Rows(rows)) => rows.map(black_box).count(),
        _ => 0,
    }
}

fn all(c: &mut Criterion) {
    let folder = std::env::temp_dir().join(format!("jinxiu-bench-{}.ttl", std::process::id()));
    let written = std::fs::write(&folder, network());
    let store = Store::gather(std::slice::from_ref(&folder));
    let _ = std::fs::remove_file(&folder);
    let (Ok(()), Ok(store)) = (written, store) else {
        eprintln!("skipped: the network cannot be written");
        return;
    };
    for (name, text) in QUERIES {
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        for (way, plan) in [("as written", Planning::AsWritten), ("led around", Planning::Rewritten)] {
            let mut query = Query::new(text);
            query.plan = plan;
            group.bench_function(BenchmarkId::from_parameter(way), |b| b.iter(|| rows(&store, &query)));
        }
        group.finish();
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
