//! The types in which sources describe what they hold.

use crate::document::Class;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The name by which commands call it.
    pub name: String,
    /// What it is called in full.
    pub title: String,
    /// Edition or number.
    pub version: String,
    /// When that was published, as the source says.
    pub date: String,
    /// Name and terms.
    pub licence: String,
    /// The words that the licence asks for; empty if it asks for none.
    pub attribution: String,
    /// Prefix of its ids.
    pub prefix: String,
    /// What the prefix stands for.
    pub namespace: String,
    /// What stands behind the id in the IRI.
    pub suffix: String,
    /// The property that states an id as a literal, for sources that are lists of codes.
    pub identifier: Option<String>,
    /// The classes of entities that it may be asked for.
    pub classes: Vec<Class>,
    /// How many records it holds.
    pub rows: usize,
}

impl About {
    /// The IRI of one of its ids, given with or without its prefix.
    pub fn iri(&self, id: &str) -> String {
        let local = id.strip_prefix(&self.prefix).and_then(|rest| rest.strip_prefix(':')).unwrap_or(id);
        format!("{}{local}{}", self.namespace, self.suffix)
    }
}

/// What a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A province, autonomous region or municipality.
    Province,
    /// A prefecture-level division.
    Prefecture,
    /// A county-level division.
    County,
    /// A town, township or subdistrict.
    Town,
    /// A populated place: where people live, not the division named after it.
    Settlement,
    /// A development zone.
    Zone,
    /// A class of a classification of industries.
    Industry,
    /// An enterprise.
    Enterprise,
    /// Anything else.
    Other,
}

impl Kind {
    /// The class of entities that it describes.
    pub fn class(self) -> Class {
        match self {
            Self::Province | Self::Prefecture | Self::County | Self::Town | Self::Settlement => Class::Place,
            Self::Zone => Class::Zone,
            Self::Industry => Class::Industry,
            Self::Enterprise => Class::Enterprise,
            Self::Other => Class::Organization,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Town => "town",
            Self::Settlement => "populated place",
            Self::Zone => "zone",
            Self::Industry => "industry",
            Self::Enterprise => "enterprise",
            Self::Other => "thing",
        }
    }
}

/// How a record bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Naming {
    /// Its full name in the source.
    Official,
    /// Another name that the source gives.
    Alias,
    /// A short form that the kind of name regularly has; true if that is a common word too.
    Short {
        /// Whether the short form means something else more often than not.
        common: bool,
    },
    /// A name it bore until a year, if that is known.
    Former(Option<u16>),
    /// The name without the place it begins with.
    Abridged,
    /// A name that is left when a mark such as ST is taken off.
    Unmarked,
    /// One of several things that its name lists.
    Conjunct,
    /// The name without its ending; it says something only in its surroundings.
    Stem,
    /// A term that people have aligned with it.
    Aligned(Relation),
    /// By a code, not by a name.
    Code,
}

/// How the two sides of a link are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// One individual under two names.
    Same,
    /// The same notion.
    Exact,
    /// Nearly the same.
    Close,
    /// The other side is wider.
    Broad,
    /// The other side is narrower.
    Narrow,
    /// Something to do with it.
    Related,
    /// It lies in the other side.
    Within,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Same, Self::Exact, Self::Close, Self::Broad, Self::Narrow, Self::Related, Self::Within];

    /// The property with its usual prefix.
    pub fn curie(self) -> &'static str {
        match self {
            Self::Same => "owl:sameAs",
            Self::Exact => "skos:exactMatch",
            Self::Close => "skos:closeMatch",
            Self::Broad => "skos:broadMatch",
            Self::Narrow => "skos:narrowMatch",
            Self::Related => "skos:relatedMatch",
            Self::Within => "schema:containedInPlace",
        }
    }
}

/// Latitude and longitude, as the source writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

/// One thing that a source describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id with the source's prefix.
    pub id: String,
    /// Its chief name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Formal codes that it bears, with their schemes.
    pub codes: Vec<String>,
    /// The GB/T 2260 code of the division around it, without scheme.
    pub within: String,
    /// Where it lies.
    pub point: Option<Point>,
    /// Its name in another language, with the tag.
    pub label: Option<(String, String)>,
}

impl Record {
    /// A record with nothing but id, name and kind.
    pub fn new(id: impl Into<String>, name: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            kind,
            codes: Vec::new(),
            within: String::new(),
            point: None,
            label: None,
        }
    }

    /// Its id and the formal codes that differ from it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let codes = self.codes.iter().filter(|code| **code != self.id);
        std::iter::once(&self.id).chain(codes).map(String::as_str)
    }

    /// Its GB/T 2260 code, if it has one.
    pub fn division(&self) -> Option<&str> {
        self.codes.iter().find_map(|code| code.strip_prefix("gbt2260:"))
    }
}

/// A record found, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The record.
    pub record: Arc<Record>,
    /// How it bears what was looked for.
    pub naming: Naming,
}
