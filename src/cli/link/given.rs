//! Arguments that several subcommands of `link` share: sources that a user brings, and a thing asked about.

use crate::cli::failure::{Exit, Failure, Outcome};
use clap::ValueEnum;
use jinxiu::document::Class;
use jinxiu::link::sources::{SourceError, lei, mapped};
use jinxiu::link::{Catalogue, Index, Place, Source as _, Subject};
use std::path::PathBuf;

/// Files that become sources beside those that ship with the program.
#[derive(Debug, Clone, clap::Args)]
pub struct Brought {
    /// A list of listed companies: CSV with the columns ts_code and name
    #[arg(long, value_name = "CSV")]
    listed: Option<PathBuf>,
    /// Their short names of the past: CSV with symbol and names parted by |
    #[arg(long, value_name = "CSV", requires = "listed")]
    listed_history: Option<PathBuf>,
    /// The golden copy of GLEIF in CSV
    #[arg(long, value_name = "CSV")]
    lei: Option<PathBuf>,
    /// A mapping that makes a source of any CSV or RDF file; may be given again
    #[arg(long, value_name = "TOML")]
    mapping: Vec<PathBuf>,
    /// A full dump that link index has read, in place of the shipped extract; may be given again
    #[arg(long, value_name = "FILE")]
    index: Vec<PathBuf>,
}

impl Brought {
    /// The shipped sources and these.
    pub fn catalogue(&self) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue::shipped();
        if let Some(list) = &self.listed {
            catalogue.add_listed(list, self.listed_history.as_deref())?;
        }
        if let Some(path) = &self.lei {
            catalogue.add(lei(path)?);
        }
        for path in &self.mapping {
            let table = mapped(path, catalogue.divisions())?;
            let name = &table.about().name;
            if catalogue.source(name).is_some() {
                let words = format!("{}: another source is called {name} already", path.display());
                return Err(Failure::said(Exit::Input, words));
            }
            catalogue.add(table);
        }
        for path in &self.index {
            catalogue.add(Index::open(path)?);
        }
        Ok(catalogue)
    }
}

/// Fails where a source could not be read while it was asked.
pub fn all_asked(catalogue: &Catalogue) -> Outcome {
    catalogue.failure().map_or(Ok(()), |words| Err(Failure::said(Exit::Input, words)))
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::new(Exit::Input, error)
    }
}

/// What a name names.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    Place,
    Zone,
    Enterprise,
    Organization,
    Industry,
}

impl Kind {
    fn class(self) -> Class {
        match self {
            Self::Place => Class::Place,
            Self::Zone => Class::Zone,
            Self::Enterprise => Class::Enterprise,
            Self::Organization => Class::Organization,
            Self::Industry => Class::Industry,
        }
    }
}

/// A thing asked about, with its surroundings.
#[derive(Debug, Clone, clap::Args)]
pub struct Asked {
    /// The name
    #[arg(value_parser = something)]
    name: String,
    /// What it names [default: place]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// A place that it lies in; may be given again
    #[arg(long = "in", value_name = "PLACE", value_parser = something)]
    parents: Vec<String>,
    /// A place named near it; may be given again, the nearest first
    #[arg(long, value_name = "PLACE", value_parser = something)]
    near: Vec<String>,
    /// The year of the text
    #[arg(long)]
    year: Option<u16>,
    /// Its formal code with scheme, such as gbt2260:140100
    #[arg(long, value_parser = something)]
    code: Option<String>,
}

/// A name or code of at least one character that is no blank.
pub fn something(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("it is empty; name something".to_owned()) } else { Ok(text.to_owned()) }
}

impl Asked {
    /// The thing.
    pub fn subject(&self) -> Subject {
        Subject {
            parents: self.parents.iter().map(|n| Place::named(n)).collect(),
            near: self.near.iter().map(|n| Place::named(n)).collect(),
            year: self.year,
            code: self.code.clone(),
            ..Subject::named(&self.name, self.kind.unwrap_or(Kind::Place).class())
        }
    }

    /// What to try where nothing is found and nobody said what the name names.
    pub fn hint(&self) -> Option<&'static str> {
        const HINT: &str =
            "it was taken for a place; --kind zone, enterprise, organization or industry asks otherwise";
        self.kind.is_none().then_some(HINT)
    }
}
