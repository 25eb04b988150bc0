//! Lists that users bring: mappings of CSV and RDF, zones of their own, attribution in what is exported.

use crate::linking::jinxiu;
use crate::sample::{Doc, Sample};
use jinxiu::document::Class;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "licence = \"CC BY 4.0\"\nattribution = \"Contains data of the Register of Parks\"\nprefix = \"park\"\n\
namespace = \"http://example.org/park/\"\nclasses = [\"Zone\"]\n";

/// A mapping for a list, both written to a folder.
fn mapping(folder: &Path, (file, text): (&str, &str), columns: &str) -> PathBuf {
    let path = folder.join("parks.toml");
    fs::write(folder.join(file), text).unwrap();
    fs::write(&path, format!("name = \"parks\"\nfile = \"{file}\"\n{HEAD}{columns}")).unwrap();
    path
}

fn csv(folder: &Path) -> PathBuf {
    let list = "code,name,division,lat,lon,english\nE1,晋中甲乙经济技术开发区,140700,37.7,112.7,Jiayi ETDZ\n";
    let columns = "[columns]\nid = \"code\"\nname = \"name\"\nwithin = \"division\"\nlatitude = \"lat\"\nlongitude = \"lon\"\nenglish = \"english\"\n";
    mapping(folder, ("parks.csv", list), columns)
}

#[test]
fn a_zone_that_no_shipped_list_has_is_found_in_one_that_is_brought() {
    let folder = tempfile::tempdir().unwrap();
    let path = csv(folder.path());
    let asked = |name: &str, more: &[&str]| {
        jinxiu(&[&["link", "candidates", name, "--kind", "zone"], more].concat()).1
    };
    let with = ["--mapping", path.to_str().unwrap()];
    for name in ["晋中甲乙经开区", "甲乙经济技术开发区"] {
        let near = [&with[..], &["--near", "晋中市"]].concat();
        assert!(asked(name, &near).contains("parks\taccept\tpark:E1"), "{}", asked(name, &near));
        assert!(!asked(name, &["--near", "晋中市"]).contains("park:"), "{name}");
    }
}

#[test]
fn a_file_of_rdf_is_a_source_by_its_properties() {
    let folder = tempfile::tempdir().unwrap();
    let turtle = "@prefix s: <http://schema.org/> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        <http://example.org/park/E1> a s:Place ; r:label \"晋中甲乙经济技术开发区\"@zh-Hans ; s:postalCode \"140700\" .\n";
    let columns =
        "only = \"schema:Place\"\n[columns]\nname = \"rdfs:label\"\nwithin = \"schema:postalCode\"\n";
    let path = mapping(folder.path(), ("parks.ttl", turtle), columns);
    let with = ["--mapping", path.to_str().unwrap()];
    let ask = ["link", "candidates", "晋中甲乙经开区", "--kind", "zone"];
    let (_, found, _) = jinxiu(&[&ask[..], &with].concat());
    assert!(found.contains("parks\taccept\tpark:E1"), "{found}");
    fs::write(folder.path().join("parks.ttl"), "<a> <b> .").unwrap();
    let (code, _, err) = jinxiu(&[&ask[..], &with].concat());
    assert!(code == 3 && err.contains("parks.ttl") && err.contains("line 1"), "{err}");
}

#[test]
fn the_words_that_a_licence_asks_for_stand_in_every_export() {
    let doc = Doc::new("one", "太原市与晋中市的晋中甲乙经开区相邻。").entity(Class::Zone, "晋中甲乙经开区");
    let sample = Sample::of(&[doc.entity(Class::Place, "太原市").code("GBT2260:140100")]);
    let path = csv(sample.folder());
    let (path, store) = (path.to_str().unwrap(), sample.store().display().to_string());
    assert_eq!(jinxiu(&["link", "run", "--store", &store, "--enrich", "--mapping", path]).0, 0);
    let point = "ASK { ?zone rdfs:label \"晋中甲乙经开区\"@zh-Hans ; geo:asWKT ?point ; skos:altLabel \"Jiayi ETDZ\"@en }";
    assert_eq!(sample.run(&["query", point]).code, 0, "the list's point and name are taken over");
    let whole = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"].map(|format| vec!["-f", format]);
    let parts = [vec!["--evidence", "none"], vec!["--evidence", "graphs"], vec!["--canonical"]];
    let query = sample.folder().join("parks.rq");
    fs::write(&query, "CONSTRUCT { ?a skos:exactMatch ?b } { ?a skos:exactMatch ?b }").unwrap();
    let out = sample.run(&["export", "--construct", query.to_str().unwrap()]).ok();
    assert!(
        out.contains("Register of Parks") && !out.contains("GeoNames"),
        "what is exported, and no more: {out}"
    );
    for (part, asked, other) in
        [("--place", "GeoNames", "the Register"), ("--type", "the Register", "GeoNames")]
    {
        let name = if part == "--place" { "太原市" } else { "Zone" };
        let out = sample.run(&["export", part, name]).ok();
        assert!(out.contains(&format!("Contains data of {asked}")), "{part} lacks {asked}: {out}");
        assert!(
            !out.contains(&format!("Contains data of {other}")),
            "{part} holds nothing of {other}: {out}"
        );
    }
    for how in whole.into_iter().chain(parts) {
        let out = sample.run(&[&["export"], &how[..]].concat()).ok();
        for words in ["Contains data of the Register of Parks", "Contains data of GeoNames"] {
            assert!(out.contains(words), "{how:?} lacks {words}");
        }
    }
}
