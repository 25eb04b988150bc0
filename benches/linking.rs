//! Linking a hundred thousand entities against all shipped sources on one core, and indexing dumps of a million rows.
//!
//! `cargo bench --bench linking`; each is done once and its time told, with the most memory that the program took so far. The
//! entities are names of the shipped lists, plain or with a syllable changed, each beside two places; the dumps are made up.

use jinxiu::document::Class;
use jinxiu::link::sources::{Dump, Edition, divisions};
use jinxiu::link::{Catalogue, Index, Place, Source, Subject, link};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::Path;
use std::time::Instant;

const ENTITIES: usize = 100_000;
const ROWS: usize = 1_000_000;

fn told<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("{what}: {:.1} s, at most {} MB of memory", start.elapsed().as_secs_f64(), memory());
    done
}

/// The most memory that was resident so far, in megabytes; 0 where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0u64) / 1024
}

/// Names of every class that the shipped sources know, in equal parts, every third one changed.
fn subjects() -> Vec<Subject> {
    let list = |text: &'static str| -> Vec<&'static str> {
        let lines = text.lines().filter(|line| !line.starts_with(['#', '@']));
        lines.filter_map(|line| line.split('\t').next()).filter(|name| name.chars().count() > 1).collect()
    };
    let industries: Vec<&str> =
        include_str!("../data/link/gbt4754.tsv").lines().filter_map(|l| l.split('\t').nth(1)).collect();
    let lists = [
        (Class::Place, list(include_str!("../data/gazetteer/divisions.tsv"))),
        (Class::Place, list(include_str!("../data/gazetteer/towns.tsv"))),
        (Class::Zone, list(include_str!("../data/gazetteer/zones.tsv"))),
        (Class::Industry, industries),
    ];
    let places = &lists[0].1;
    let subject = |number: usize| {
        let (class, names) = &lists[number % lists.len()];
        let name = names[(number / lists.len() * 7919) % names.len()];
        let name = if number.is_multiple_of(3) { format!("新{name}") } else { name.to_owned() };
        let near = [number * 31, number * 17].map(|n| Place::named(places[n % places.len()]));
        Subject { near: near.to_vec(), year: Some(2023), ..Subject::named(&name, *class) }
    };
    (0..ENTITIES).map(subject).collect()
}

/// Bytes that are made as they are read, so that no dump lies in memory or on disk.
struct Made<F> {
    make: F,
    next: usize,
    rest: std::io::Cursor<String>,
}

impl<F: FnMut(usize, &mut String)> Read for Made<F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.rest.read(buffer)?;
        if read > 0 || self.next == ROWS {
            return Ok(read);
        }
        let mut text = std::mem::take(self.rest.get_mut());
        text.clear();
        let end = (self.next + 500).min(ROWS);
        (self.next..end).for_each(|row| (self.make)(row, &mut text));
        self.next = end;
        self.rest = std::io::Cursor::new(text);
        self.rest.read(buffer)
    }
}

fn made(make: impl FnMut(usize, &mut String) + 'static) -> Box<dyn Read> {
    Box::new(Made { make, next: 0, rest: std::io::Cursor::default() })
}

/// A town of a name of four characters.
fn town(row: usize) -> String {
    let character =
        |n: usize| char::from_u32(0x4E00 + u32::try_from(n % 20_000).unwrap_or(0)).unwrap_or('甲');
    format!("{}{}{}镇", character(row), character(row / 20_000 * 331 + row % 977), character(row * 13))
}

fn geonames() -> Box<dyn Read> {
    made(|row, text| {
        let (id, name) = (row + 1, town(row));
        let _ = writeln!(
            text,
            "{id}\tLatin {id}\tLatin {id}\t{name},Latin\t37.87\t112.56\tP\tPPLA4\tCN\t\t24\t1401\t\t\t0\t\t0\tAsia/Shanghai\t2026-01-01"
        );
    })
}

/// A million statements, five on each item, which is an enterprise of China.
fn wikidata() -> Box<dyn Read> {
    let label = "http://www.w3.org/2000/01/rdf-schema#label";
    made(move |row, text| {
        let (item, name) = (row / 5, town(row / 5));
        let (property, object) = match row % 5 {
            0 => (label.to_owned(), format!("\"{name}公司\"@zh")),
            1 => (label.to_owned(), format!("\"Company {item}\"@en")),
            2 => (
                "http://www.wikidata.org/prop/direct/P17".into(),
                "<http://www.wikidata.org/entity/Q148>".into(),
            ),
            3 => (
                "http://www.wikidata.org/prop/direct/P31".into(),
                "<http://www.wikidata.org/entity/Q4830453>".into(),
            ),
            _ => (
                "http://www.wikidata.org/prop/direct/P571".into(),
                "\"2000-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>".into(),
            ),
        };
        let _ = writeln!(text, "<http://www.wikidata.org/entity/Q{item}> <{property}> {object} .");
    })
}

fn indexed(dump: Dump, input: Box<dyn Read>, path: &Path) -> Result<Index, Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    let edition = Edition { version: "made up".into(), date: String::new() };
    let rows = dump.index((Path::new("made up"), input), &divisions(), edition, &mut out)?;
    drop(out);
    println!("{rows} records, {} MB on disk", std::fs::metadata(path)?.len() >> 20);
    Ok(Index::open(path)?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("made.index");
    told("a dump of GeoNames with a million rows, all kept", || indexed(Dump::Geonames, geonames(), &path))?;
    let index = told("a dump of Wikidata with a million statements, all kept", || {
        indexed(Dump::Wikidata, wikidata(), &path)
    })?;
    let found = told("a hundred thousand names looked up on disk", || {
        (0..ENTITIES).filter(|row| !index.with_name(&format!("{}公司", town(*row))).is_empty()).count()
    });
    println!("{found} found");
    let catalogue = told("all shipped sources", Catalogue::shipped);
    let subjects = subjects();
    let accepted = told("a hundred thousand entities linked", || {
        subjects
            .iter()
            .flat_map(|subject| link(subject, &catalogue))
            .filter(|f| f.accepted().next().is_some())
            .count()
    });
    println!("{accepted} findings with a link");
    Ok(())
}
