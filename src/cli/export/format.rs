//! What a store can be written as.

use super::super::failure::{Exit, Failure};
use super::super::output::Output;
use clap::ValueEnum;
use jinxiu::rdf::{EvidenceForm, NetworkFormat, Syntax};

/// The formats of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[value(alias = "ttl")]
    Turtle,
    Trig,
    #[value(alias = "nt", alias = "n-triples")]
    Ntriples,
    #[value(alias = "nq", alias = "n-quads")]
    Nquads,
    #[value(alias = "rdf", alias = "xml", alias = "rdf/xml")]
    Rdfxml,
    #[value(alias = "json-ld")]
    Jsonld,
    N3,
    Hdt,
    Graphml,
    Gexf,
    #[value(alias = "gv")]
    Dot,
    Csv,
    Parquet,
}

impl Format {
    /// The format that goes with a file's extension, if it has one.
    pub fn of_file(output: &Output) -> Result<Option<Self>, Failure> {
        let Some(extension) = output.extension() else { return Ok(None) };
        Self::from_str(&extension, true).map(Some).map_err(|_| {
            let known = Self::value_variants().iter().map(|format| format!("{format:?}").to_lowercase());
            let known = known.collect::<Vec<_>>().join(", ");
            Failure::said(Exit::Usage, format_args!("unknown format {extension}; these are known: {known}"))
        })
    }

    /// The RDF syntax it is, if it is one.
    pub fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Turtle => Some(Syntax::Turtle),
            Self::Trig => Some(Syntax::TriG),
            Self::Ntriples => Some(Syntax::NTriples),
            Self::Nquads => Some(Syntax::NQuads),
            Self::Rdfxml => Some(Syntax::RdfXml),
            Self::Jsonld => Some(Syntax::JsonLd),
            Self::N3 => Some(Syntax::N3),
            _ => None,
        }
    }

    /// Whether it is RDF.
    pub fn is_rdf(self) -> bool {
        self == Self::Hdt || self.syntax().is_some()
    }

    /// Whether it is RDF that holds triples only.
    pub fn merges_graphs(self) -> bool {
        self == Self::Hdt || self.syntax().is_some_and(|syntax| !syntax.keeps_graphs())
    }

    /// Whether it is two tables, of things and of relations.
    pub fn is_two_tables(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }

    /// The format of a network in one file that it is, if it is one.
    pub fn network(self) -> Option<NetworkFormat> {
        match self {
            Self::Graphml => Some(NetworkFormat::GraphMl),
            Self::Gexf => Some(NetworkFormat::Gexf),
            Self::Dot => Some(NetworkFormat::Dot),
            _ => None,
        }
    }
}

/// How evidence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Evidence {
    /// Annotations of RDF 1.2, in Turtle
    Annotations,
    /// A named graph for each statement
    Graphs,
    /// A statement node for each triple, as in the store
    Reification,
    /// Not at all
    None,
}

impl From<Evidence> for EvidenceForm {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Annotations => Self::Annotations,
            Evidence::Graphs => Self::Graphs,
            Evidence::Reification => Self::Reification,
            Evidence::None => Self::None,
        }
    }
}
