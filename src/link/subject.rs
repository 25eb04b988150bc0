//! What is to be linked.

use crate::document::Class;

/// A place that an entity stands beside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its GB/T 2260 code, where the graph holds one.
    pub code: Option<String>,
}

impl Place {
    /// A place of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), code: None }
    }
}

/// An entity with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its IRI; empty for one that is only asked about.
    pub iri: String,
    /// Its chief name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What it is.
    pub class: Class,
    /// A formal code with its scheme, such as `gbt2260:140100`.
    pub code: Option<String>,
    /// Places that it is said to lie in.
    pub parents: Vec<Place>,
    /// Other places of its documents, the nearest first.
    pub near: Vec<Place>,
    /// The year of the text that names it.
    pub year: Option<u16>,
}

impl Subject {
    /// Something of which only name and class are known.
    pub fn named(name: &str, class: Class) -> Self {
        Self {
            iri: String::new(),
            name: name.to_owned(),
            aliases: Vec::new(),
            class,
            code: None,
            parents: Vec::new(),
            near: Vec::new(),
            year: None,
        }
    }

    /// All its names, the chief one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}
