//! A network as two tables beside one another, of things and of relations.

use super::super::failure::Outcome;
use super::super::output::Output;
use super::super::parquet::{Column, write_parquet};
use super::format::Format;
use jinxiu::rdf::Network;
use std::io;
use std::path::{Path, PathBuf};

/// Writes FILE.nodes.csv and FILE.edges.csv, or the same two as Parquet.
pub(super) fn write(mut network: Network, path: &Path, format: Format) -> Outcome {
    network.settle();
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    let written = match format {
        Format::Parquet => parquet(&network, &mut nodes, &mut edges),
        _ => network.write_tables(&mut nodes, &mut edges),
    };
    written.map_err(super::stopped)?;
    let [of_nodes, of_edges] = names(path, format);
    Output::File(of_nodes).write(|out| out.write_all(&nodes))?;
    Output::File(of_edges).write(|out| out.write_all(&edges))
}

/// The two files that stand where one was named.
pub(super) fn names(path: &Path, format: Format) -> [PathBuf; 2] {
    ["nodes", "edges"].map(|name| beside(path, name, format))
}

fn beside(path: &Path, name: &str, format: Format) -> PathBuf {
    let extension = if format == Format::Parquet { "parquet" } else { "csv" };
    let own = path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension));
    let stem = if own { path.with_extension("") } else { path.to_owned() };
    let mut whole = stem.into_os_string();
    whole.push(format!(".{name}.{extension}"));
    whole.into()
}

fn parquet(network: &Network, nodes: &mut Vec<u8>, edges: &mut Vec<u8>) -> io::Result<()> {
    let (things, relations) = (network.things(), network.relations());
    write_parquet(
        &[
            text("id", things.keys().map(String::as_str)),
            text("label", things.values().map(|node| node.label.as_str())),
            text("class", things.values().map(|node| node.class.as_str())),
            text("status", things.values().map(|node| node.status.as_str())),
        ],
        nodes,
    )?;
    let weights = relations.values().map(|documents| i64::try_from(documents.len().max(1)).ok());
    let documents: Vec<String> =
        relations.values().map(|d| Vec::from_iter(d.iter().cloned()).join(" ")).collect();
    write_parquet(
        &[
            text("source", relations.keys().map(|edge| edge.source.as_str())),
            text("property", relations.keys().map(|edge| edge.property.as_str())),
            text("target", relations.keys().map(|edge| edge.target.as_str())),
            ("weight".to_owned(), Column::Whole(weights.collect())),
            text("documents", documents.iter().map(String::as_str)),
        ],
        edges,
    )
}

/// A column of words; no word is null.
fn text<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> (String, Column) {
    (name.to_owned(), Column::Text(cells.map(|c| (!c.is_empty()).then(|| c.to_owned())).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_stand_where_one_was_named() {
        let of = |path: &str, format| beside(Path::new(path), "nodes", format).display().to_string();
        assert_eq!(of("a/net.csv", Format::Csv), "a/net.nodes.csv");
        assert_eq!(of("net.v2", Format::Csv), "net.v2.nodes.csv");
        assert_eq!(of("net.PARQUET", Format::Parquet), "net.nodes.parquet");
    }
}
