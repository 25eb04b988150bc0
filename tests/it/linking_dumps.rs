//! Full dumps: made slices are indexed and linked with.

use assert_cmd::Command;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn jinxiu(args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("jinxiu").unwrap().args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// Rows of GeoNames: a prefecture, its seat, a namesake in another province, and many towns.
fn geonames(towns: usize) -> String {
    let mut dump = String::new();
    let mut row = |id: usize, names: &str, feature: &str, place: &str| {
        let _ = writeln!(
            dump,
            "{id}\tLatin\tLatin\t{names}\t37.87\t112.56\t{feature}\tCN\t\t{place}\t\t\t0\t\t0\tAsia/Shanghai\t2026-01-01"
        );
    };
    row(1_793_510, "太原市,太原", "A\tADM2", "24\t1401");
    row(1_793_511, "太原,Taiyuan", "P\tPPLA", "24\t1401");
    row(12_489_732, "太原", "P\tPPL", "33\t");
    for town in 0..towns {
        row(20_000_000 + town, "清源镇", "P\tPPLA4", "24\t1401");
    }
    dump
}

/// Statements on a division, a listed company, and much else.
fn wikidata(others: usize) -> String {
    let mut dump = String::new();
    let mut say = |item: &str, predicate: &str, object: &str| {
        let predicate = match predicate {
            "label" => "http://www.w3.org/2000/01/rdf-schema#label".to_owned(),
            property => format!("http://www.wikidata.org/prop/direct/{property}"),
        };
        let _ = writeln!(dump, "<http://www.wikidata.org/entity/{item}> <{predicate}> {object} .");
    };
    say("Q72778", "label", "\"太原市\"@zh-hans");
    say("Q72778", "P442", "\"14 01\"");
    for other in 0..others {
        let item = format!("Q9{other}");
        say(&item, "label", "\"elsewhere\"@en");
        say(&item, "P31", "<http://www.wikidata.org/entity/Q5>");
    }
    say("Q500", "label", "\"甲乙重工\"@zh");
    say("Q500", "P17", "<http://www.wikidata.org/entity/Q148>");
    say("Q500", "P414", "<http://www.wikidata.org/entity/Q739514>");
    dump
}

fn packed(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    let mut out = bzip2::write::BzEncoder::new(fs::File::create(&path).unwrap(), bzip2::Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap();
    path
}

fn index(dump: &Path, kind: &str, out: &Path) -> (i32, String, String) {
    let (dump, out) = (dump.to_str().unwrap(), out.to_str().unwrap());
    jinxiu(&["link", "index", dump, "--as", kind, "-o", out, "--date", "2026-11-01"])
}

#[test]
fn a_dump_of_geonames_takes_the_place_of_the_shipped_rows() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, out) =
        (packed(folder.path(), "allCountries.bz2", &geonames(300)), folder.path().join("gn.index"));
    let (code, _, err) = index(&dump, "geonames", &out);
    assert!(code == 0 && err.contains("303 records"), "{err}");
    let with = ["--index", out.to_str().unwrap()];
    let (_, listed, _) = jinxiu(&[&["link", "sources"], &with[..]].concat());
    let rows: Vec<&str> = listed.lines().filter(|line| line.starts_with("geonames\t")).collect();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].starts_with("geonames\t303\tallCountries.bz2\t2026-11-01\tCC BY 4.0"), "{rows:?}");
    let (_, found, _) = jinxiu(&[&["link", "candidates", "太原", "--near", "山西"], &with[..]].concat());
    let line = |id: &str| found.lines().find(|line| line.contains(&format!("\t{id}\t"))).unwrap();
    assert!(line("gn:1793510").contains("accept") && line("gn:1793510").contains("owl:sameAs"), "{found}");
    assert!(line("gn:1793511").contains("skos:closeMatch"), "{found}");
    assert!(line("gn:12489732").contains("refuse"), "{found}");
}

#[test]
fn a_dump_of_wikidata_brings_divisions_and_enterprises() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, out) =
        (packed(folder.path(), "truthy.nt.bz2", &wikidata(2000)), folder.path().join("wd.index"));
    let (code, _, err) = index(&dump, "wikidata", &out);
    assert!(code == 0 && err.contains("2 records"), "{err}");
    let with = ["--index", out.to_str().unwrap()];
    let (_, found, _) = jinxiu(&[&["link", "candidates", "太原市"], &with[..]].concat());
    assert!(found.contains("wikidata\taccept\twd:Q72778\t太原市\towl:sameAs"), "{found}");
    let ask =
        |kind: &str| jinxiu(&[&["link", "candidates", "甲乙重工", "--kind", kind], &with[..]].concat()).1;
    assert!(ask("enterprise").contains("wikidata\taccept\twd:Q500"), "{}", ask("enterprise"));
    assert!(!ask("place").contains("Q500"), "an enterprise is no place: {}", ask("place"));
}

#[test]
fn the_same_dump_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let dump = packed(folder.path(), "truthy.nt.bz2", &wikidata(50));
    let outs = ["a.index", "b.index"].map(|name| folder.path().join(name));
    assert!(outs.iter().all(|out| index(&dump, "wikidata", out).0 == 0));
    assert_eq!(fs::read(&outs[0]).unwrap(), fs::read(&outs[1]).unwrap());
}

#[test]
fn what_cannot_be_read_leaves_no_index_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, out) = (packed(folder.path(), "cut.bz2", &geonames(300)), folder.path().join("x.index"));
    let whole = fs::read(&dump).unwrap();
    fs::write(&dump, &whole[..whole.len() / 2]).unwrap();
    let (code, _, err) = index(&dump, "geonames", &out);
    assert!(code == 3 && err.contains("cut.bz2: cannot read"), "{err}");
    fs::write(&dump, "id\tname\n").unwrap();
    let (code, _, err) = index(&dump, "geonames", &out);
    assert!(code == 3 && err.contains("cut.bz2, line 1"), "{err}");
    assert!(!out.exists(), "nothing is left");
    let (code, _, err) = jinxiu(&["link", "sources", "--index", dump.to_str().unwrap()]);
    assert!(code == 3 && err.contains("link index"), "{err}");
}
