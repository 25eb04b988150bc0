//! Canonical N-Quads by RDFC-1.0: the same bytes for isomorphic data, whatever its blank nodes are called.

use super::super::scripts::respell_language;
use super::super::sorter::Sorter;
use oxrdf::{GraphName, Quad};
use sophia::api::source::QuadSource;
use sophia::c14n::hash::Sha256;
use sophia::c14n::rdfc10::{DEFAULT_PERMUTATION_LIMIT, normalize_with};
use sophia::inmem::dataset::FastDataset;
use sophia::turtle::parser::nq;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// More blank nodes than this are refused: their canonical names take time and stack without bound.
const MOST: usize = 5_000;

/// How deep the search for a blank node's neighbours may go, in multiples of the number of blank nodes.
const DEPTH: f32 = 0.5;

/// Stack for the search, which is recursive.
const STACK: usize = 256 << 20;

/// Data that has no canonical form, or none that can be found.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// There are too many blank nodes.
    #[error("{0} blank nodes are too many to be given canonical names; at most {MOST} can be")]
    Many(usize),
    /// The blank nodes are too much alike.
    #[error("the blank nodes are too much alike to be given canonical names: {0}")]
    Poison(String),
}

/// Writes quads in canonical form; tells how many.
pub fn write_canonical(
    quads: impl Iterator<Item = io::Result<Quad>>,
    mut out: impl Write,
) -> Result<usize, CanonicalError> {
    let (mut sorter, mut nameless) = (Sorter::default(), Vec::new());
    for quad in quads {
        let mut quad = quad?;
        respell_language(&mut quad.object);
        if is_nameless(&quad) {
            nameless.push(quad);
        } else {
            sorter.push(format!("{quad} .\n").as_bytes())?;
        }
    }
    for line in renamed(&nameless)?.lines() {
        sorter.push(format!("{line}\n").as_bytes())?;
    }
    let mut count = 0;
    for line in sorter.sorted()? {
        out.write_all(&line?)?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

fn is_nameless(quad: &Quad) -> bool {
    quad.subject.is_blank_node()
        || quad.object.is_blank_node()
        || matches!(quad.graph_name, GraphName::BlankNode(_))
}

/// The lines of quads with blank nodes, which alone decide what these are called.
fn renamed(quads: &[Quad]) -> Result<String, CanonicalError> {
    let mut names = BTreeSet::new();
    for quad in quads {
        names.extend(quad.subject.is_blank_node().then(|| quad.subject.to_string()));
        names.extend(quad.object.is_blank_node().then(|| quad.object.to_string()));
    }
    if names.len() > MOST {
        return Err(CanonicalError::Many(names.len()));
    }
    let text: String = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    let search = std::thread::Builder::new().stack_size(STACK).spawn(move || normalized(&text))?;
    search.join().unwrap_or_else(|_| Err("the search failed".to_owned())).map_err(CanonicalError::Poison)
}

fn normalized(text: &str) -> Result<String, String> {
    let dataset: FastDataset = nq::parse_str(text).collect_quads().map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    normalize_with::<Sha256, _, _>(&dataset, &mut out, DEPTH, DEFAULT_PERMUTATION_LIMIT)
        .map_err(|e| e.to_string())?;
    String::from_utf8(out).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::{RdfFormat, RdfParser};

    fn canonical(text: &str) -> Result<String, CanonicalError> {
        let quads: Vec<Quad> =
            RdfParser::from_format(RdfFormat::NQuads).for_slice(text).map(|q| q.unwrap()).collect();
        let mut out = Vec::new();
        write_canonical(quads.into_iter().map(Ok), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_names_of_blank_nodes_do_not_matter() {
        let one =
            canonical("_:a <http://p> _:b .\n_:b <http://p> \"x\" .\n<http://s> <http://p> _:a .\n").unwrap();
        let two =
            canonical("<http://s> <http://p> _:z .\n_:z <http://p> _:q .\n_:q <http://p> \"x\" .\n").unwrap();
        assert_eq!(one, two);
        assert!(one.contains("_:c14n0"), "{one}");
    }

    #[test]
    fn our_lines_are_those_of_the_other_toolkit() {
        let text = "<http://s> <http://p> \"a\\tb\\nc\\\"d\\\\e\\u0007\\u007F甲\"@zh .\n<http://s> <http://p> \"1\"^^<http://t> <http://g> .\n";
        assert_eq!(canonical(text).unwrap(), {
            let mut lines: Vec<String> =
                normalized(text).unwrap().lines().map(|l| format!("{l}\n")).collect();
            lines.sort();
            lines.concat()
        });
    }

    #[test]
    fn poisoned_data_is_refused_and_not_searched_for_ever() {
        let mut clique = String::new();
        for a in 0..12 {
            for b in (0..12).filter(|b| *b != a) {
                clique.push_str(&format!("_:n{a} <http://p> _:n{b} .\n"));
            }
        }
        assert!(matches!(canonical(&clique), Err(CanonicalError::Poison(_))));
        let cycle: String =
            (0..20_000).map(|n| format!("_:n{n} <http://p> _:n{} .\n", (n + 1) % 20_000)).collect();
        assert!(matches!(canonical(&cycle), Err(CanonicalError::Many(20_000))));
    }
}
