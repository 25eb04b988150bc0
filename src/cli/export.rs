//! `jinxiu export`: writes a store, or a part of it, for other tools.

mod format;
mod tables;

use super::failure::{Exit, Failure, Outcome, plain};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::Terminal;
use format::{Evidence, Format};
use indicatif::ProgressBar;
use jinxiu::rdf::{
    CanonicalError, EvidenceForm, Network, Syntax, UsedPrefixes, reshape, write_annotated, write_canonical,
    write_graphs, write_hdt, write_merged,
};
use jinxiu::store::{Answer, Pieces, Query, Store, StoreError, Wanted, WantedError};
use oxrdf::{NamedNode, Quad};
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Write a store for other tools: as RDF, as a network, as a description
#[derive(Debug, clap::Args)]
#[command(
    after_help = "RDF is sorted, the same bytes every time, sorted outside of memory. Turtle, N-Triples, \
RDF/XML and HDT merge the documents' graphs (HDT within memory); TriG, N-Quads and JSON-LD keep them apart. GraphML, GEXF, DOT, CSV and Parquet hold things \
and their relations; CSV and Parquet are two files, such as FILE.nodes.csv and FILE.edges.csv.\n\nExamples:\n  jinxiu export --store graph -o graph.ttl\n  \
jinxiu export --store graph --place 太原市 --evidence none -o taiyuan.ttl\n  jinxiu export --store graph -o network.gexf"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// How to write it [default: by the extension of FILE, else nquads]
    #[arg(short, long, value_enum, ignore_case = true, hide_possible_values = false)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only the graph of this document; may be given again
    #[arg(short, long, value_name = "ID")]
    document: Vec<String>,
    /// Only what is said of things of this class, such as Project, 项目 or HighTechZone
    #[arg(long = "type", value_name = "CLASS")]
    class: Option<String>,
    /// Only what is said of this place and what lies in it
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only figures of this year, or of these years, such as 2021 or 2021-2025
    #[arg(long, value_name = "YEARS", value_parser = parse_years)]
    years: Option<(i32, i32)>,
    /// Only what the CONSTRUCT query in FILE gives
    #[arg(long, value_name = "FILE", conflicts_with_all = ["document", "class", "place", "years"])]
    construct: Option<PathBuf>,
    /// How to write the evidence of statements
    #[arg(long, value_enum, default_value = "reification", ignore_case = true)]
    evidence: Evidence,
    /// Canonical N-Quads (RDFC-1.0): the same bytes for the same graph, whoever wrote it
    #[arg(long, conflicts_with = "format")]
    canonical: bool,
    /// Say in the description under which licence the data are given
    #[arg(long, value_name = "IRI")]
    license: Option<String>,
    /// Only the description of the data set, in VoID and DCAT, with its counts
    #[arg(long, conflicts_with_all = ["construct", "canonical"])]
    describe: bool,
    /// Write the ontology too
    #[arg(long)]
    ontology: bool,
    /// The language of names in a network
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

fn parse_years(text: &str) -> Result<(i32, i32), String> {
    let wrong = || format!("{text}: a year or two are expected, such as 2021 or 2021-2025");
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok((first, last)),
        _ => Err(wrong()),
    }
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    let format = args.format(&output)?;
    args.refuse_what_does_not_fit(format)?;
    let store = args.store.open()?;
    let wanted = args.wanted()?;
    let bar = terminal.progress(None, "quads");
    let count = match format {
        _ if format.is_two_tables() => args.tables(&store, &wanted, (format, bar))?,
        _ => args.one_file(&store, &wanted, (format, &output, bar))?,
    };
    if let Output::File(path) = &output {
        let what = if format.is_rdf() { "quads" } else { "quads read and their network" };
        let files = match format.is_two_tables() {
            true => tables::names(path, format).map(|path| path.display().to_string()).join(" and "),
            false => path.display().to_string(),
        };
        terminal.note(&format!("{count} {what} written to {files}"));
    } else if count == 0 {
        terminal.note("nothing in the store is of this kind");
    }
    Ok(())
}

/// A part of the store: graphs one after another, each sorted by its reader.
type Graphs<'a> = Box<dyn Iterator<Item = io::Result<Vec<Quad>>> + 'a>;

impl Args {
    fn format(&self, output: &Output) -> Result<Format, Failure> {
        let otherwise = if self.describe { Format::Turtle } else { Format::Nquads };
        match self.format {
            Some(format) => Ok(format),
            None if self.canonical => Ok(Format::Nquads),
            None => Format::of_file(output).map(|format| format.unwrap_or(otherwise)),
        }
    }

    fn refuse_what_does_not_fit(&self, format: Format) -> Outcome {
        let refuse = |why: &str| Err(Failure::said(Exit::Usage, why));
        if self.evidence == Evidence::Annotations && format != Format::Turtle {
            return refuse("--evidence annotations is written as turtle, in RDF 1.2");
        }
        if self.evidence == Evidence::Graphs && !format.syntax().is_some_and(Syntax::keeps_graphs) {
            return refuse("--evidence graphs needs a syntax with graphs: trig, nquads or jsonld");
        }
        if format.is_two_tables() && Output::named(self.output.as_deref()) == Output::Standard {
            return refuse(
                "csv and parquet are two files; name them by -o FILE, which gives such as FILE.nodes.csv and FILE.edges.csv",
            );
        }
        if self.describe && !format.is_rdf() {
            return refuse("--describe is written as RDF");
        }
        if format == Format::Hdt {
            Output::named(self.output.as_deref()).refuse_terminal("hdt")?;
        }
        Ok(())
    }

    fn wanted(&self) -> Result<Wanted, Failure> {
        let license = self.license.as_deref().map(NamedNode::new).transpose();
        let license =
            license.map_err(|e| Failure::said(Exit::Usage, format_args!("--license is no IRI: {e}")))?;
        Ok(Wanted {
            documents: self.document.clone(),
            class: self.class.clone(),
            place: self.place.clone(),
            years: self.years,
            ontology: self.ontology,
            license,
        })
    }

    /// What is written, in graphs; of what is merged anyway, in lots as they stand in the store.
    fn graphs<'a>(
        &'a self,
        store: &'a Store,
        wanted: &Wanted,
        format: Format,
    ) -> Result<Graphs<'a>, Failure> {
        if self.describe {
            let description = store.description(wanted.license.as_ref())?;
            return Ok(Box::new(std::iter::once(Ok(description))));
        }
        if let Some(path) = &self.construct {
            return constructed(store, path);
        }
        let form = EvidenceForm::from(self.evidence);
        let graphs: Box<dyn Iterator<Item = Result<Vec<Quad>, StoreError>>> = match form {
            EvidenceForm::Annotations | EvidenceForm::Graphs => {
                Box::new(store.graphs(wanted, Pieces::Whole)?)
            }
            _ if format.merges_graphs() && wanted.is_whole() => Box::new(store.merged(wanted)?),
            _ => Box::new(store.graphs(wanted, Pieces::Lots)?),
        };
        Ok(Box::new(graphs.map(move |graph| {
            graph.map(|quads| reshape(quads, form, store.base())).map_err(io::Error::other)
        })))
    }

    fn one_file(
        &self,
        store: &Store,
        wanted: &Wanted,
        (format, output, bar): (Format, &Output, ProgressBar),
    ) -> Result<usize, Failure> {
        let prefixes = match format.syntax() {
            Some(Syntax::TriG | Syntax::JsonLd) => used_prefixes(store, self.graphs(store, wanted, format)?)?,
            _ => Vec::new(),
        };
        let graphs = counted(self.graphs(store, wanted, format)?, bar);
        let refused: RefCell<Option<Failure>> = RefCell::new(None);
        let mut count = 0;
        let written = output.write(|out| {
            count =
                self.write(store, graphs, (format, prefixes), out).map_err(|error| match error.kind() {
                    io::ErrorKind::BrokenPipe => error,
                    _ => {
                        *refused.borrow_mut() = Some(stopped(error));
                        io::Error::other("stopped")
                    }
                })?;
            Ok(())
        });
        match refused.into_inner() {
            Some(failure) => Err(failure),
            None => written.map(|()| count),
        }
    }

    fn write(
        &self,
        store: &Store,
        graphs: Graphs<'_>,
        (format, prefixes): (Format, Vec<(String, String)>),
        out: &mut dyn Write,
    ) -> io::Result<usize> {
        if self.canonical {
            return write_canonical(flat(graphs), out).map_err(|error| match error {
                CanonicalError::Io(error) => error,
                other => io::Error::other(other),
            });
        }
        match (format.syntax(), format.network()) {
            (Some(_), _) if self.evidence == Evidence::Annotations => {
                write_annotated(graphs, store.base(), out)
            }
            (Some(syntax), _) if syntax.keeps_graphs() => write_graphs(graphs, syntax, prefixes, out),
            (Some(syntax), _) => write_merged(flat(graphs), syntax, store.base(), out),
            (None, _) if format == Format::Hdt => write_hdt(flat(graphs), store.base(), out),
            (None, Some(kind)) => self
                .network(store, graphs)
                .and_then(|(network, count)| network.write(kind, out).map(|()| count)),
            (None, None) => Ok(0),
        }
    }

    fn network(&self, store: &Store, graphs: Graphs<'_>) -> io::Result<(Network, usize)> {
        let mut network = Network::new(self.lang.tag(), store.base());
        let mut count = 0;
        for graph in graphs {
            let graph = graph?;
            count += graph.len();
            graph.iter().for_each(|quad| network.add(quad));
        }
        Ok((network, count))
    }

    fn tables(
        &self,
        store: &Store,
        wanted: &Wanted,
        (format, bar): (Format, ProgressBar),
    ) -> Result<usize, Failure> {
        let graphs = counted(self.graphs(store, wanted, format)?, bar);
        let (network, count) = self.network(store, graphs).map_err(stopped)?;
        tables::write(network, self.output.as_deref().unwrap_or(Path::new("network")), format)?;
        Ok(count)
    }
}

/// The same graphs; a bar shows how many quads of them have been read.
fn counted<'a>(graphs: Graphs<'a>, bar: ProgressBar) -> Graphs<'a> {
    Box::new(graphs.inspect(move |graph| bar.inc(graph.as_ref().map_or(0, Vec::len) as u64)))
}

fn flat<'a>(graphs: Graphs<'a>) -> impl Iterator<Item = io::Result<Quad>> + 'a {
    graphs.flat_map(|graph| {
        let (quads, error) = match graph {
            Ok(quads) => (quads, None),
            Err(error) => (Vec::new(), Some(Err(error))),
        };
        quads.into_iter().map(Ok).chain(error)
    })
}

/// The prefixes that are used, found by reading everything once before it is written.
fn used_prefixes(store: &Store, graphs: Graphs<'_>) -> Result<Vec<(String, String)>, Failure> {
    let mut prefixes = UsedPrefixes::new(store.base());
    for graph in graphs {
        graph.map_err(stopped)?.iter().for_each(|quad| prefixes.note(quad));
    }
    Ok(prefixes.used())
}

fn constructed<'a>(store: &Store, path: &Path) -> Result<Graphs<'a>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read the query", &e))?;
    match store.ask(&Query::new(text))? {
        Answer::Triples(triples) => {
            let mut triples = triples.collect::<Result<Vec<_>, _>>()?;
            let mut credits = store.credits(&triples)?;
            credits.retain(|credit| !triples.contains(credit));
            triples.extend(credits);
            Ok(Box::new(std::iter::once(Ok(triples))))
        }
        _ => Err(Failure::said(
            Exit::Usage,
            format_args!("{}: a CONSTRUCT or DESCRIBE query is expected", path.display()),
        )),
    }
}

/// What stopped the writing: the store, the data, or the place that is written to.
fn stopped(error: io::Error) -> Failure {
    let error = match error.downcast::<StoreError>() {
        Ok(error) => return error.into(),
        Err(error) => error,
    };
    match error.downcast::<CanonicalError>() {
        Ok(error) => Failure::new(Exit::Limit, error),
        Err(error) => Failure::said(Exit::Input, format_args!("cannot write: {}", plain(&error))),
    }
}

impl From<WantedError> for Failure {
    fn from(error: WantedError) -> Self {
        match error {
            WantedError::Store(error) => error.into(),
            WantedError::Query(error) => error.into(),
            WantedError::Class(..) => Self::new(Exit::Usage, error),
            other => Self::new(Exit::Input, other),
        }
    }
}
