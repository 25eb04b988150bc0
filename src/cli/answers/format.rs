//! The formats of answers.

use super::super::failure::{Exit, Failure};
use super::super::output::Output;
use clap::ValueEnum;
use jinxiu::rdf::Syntax;

/// The formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Tsv,
    Csv,
    Json,
    Xml,
    Jsonl,
    #[value(alias = "md")]
    Markdown,
    Parquet,
    #[value(alias = "ttl")]
    Turtle,
    #[value(alias = "nt")]
    Ntriples,
    #[value(alias = "nq")]
    Nquads,
    Trig,
    #[value(alias = "rdf")]
    Rdfxml,
    Jsonld,
    N3,
}

impl Format {
    /// The format that goes with the name of a file, else `otherwise`.
    pub fn fitting(output: &Output, otherwise: Self) -> Result<Self, Failure> {
        let Some(extension) = output.extension() else { return Ok(otherwise) };
        Self::from_str(&extension, true).or_else(|_| match extension.as_str() {
            "txt" => Ok(Self::Table),
            "srj" => Ok(Self::Json),
            "srx" => Ok(Self::Xml),
            _ => Err(Failure::said(
                Exit::Usage,
                format_args!("no format goes with the extension .{extension}; name one by --format"),
            )),
        })
    }

    /// The RDF syntax it is, if it is one. JSON and XML of triples are JSON-LD and RDF/XML.
    pub fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Turtle => Some(Syntax::Turtle),
            Self::Ntriples => Some(Syntax::NTriples),
            Self::Nquads => Some(Syntax::NQuads),
            Self::Trig => Some(Syntax::TriG),
            Self::Rdfxml => Some(Syntax::RdfXml),
            Self::Jsonld => Some(Syntax::JsonLd),
            Self::N3 => Some(Syntax::N3),
            _ => None,
        }
    }
}

/// The failure of a format that cannot hold an answer.
pub fn unfit(format: Format, what: &str, fitting: &str) -> Failure {
    let name = format!("{format:?}").to_lowercase();
    Failure::said(
        Exit::Usage,
        format_args!("{what} cannot be answered in {name}; these can be used: {fitting}"),
    )
}
