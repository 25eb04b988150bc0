//! All sources that entities are linked to, in the order in which they are asked.

use super::sources::{self, Industries, SourceError};
use super::{About, Record, Source, Table};
use std::path::Path;
use std::sync::Arc;

/// The sources: those that ship with the program, then those that users bring.
pub struct Catalogue {
    divisions: Table,
    industries: Industries,
    others: Vec<Box<dyn Source>>,
}

impl Catalogue {
    /// The sources that ship with the program.
    pub fn shipped() -> Self {
        let divisions = sources::divisions();
        let others: Vec<Box<dyn Source>> = vec![
            Box::new(sources::zones(&divisions)),
            Box::new(sources::wikidata(&divisions)),
            Box::new(sources::geonames()),
            Box::new(sources::isic()),
        ];
        Self { divisions, industries: Industries::open(), others }
    }

    /// Adds a source that a user brings; it takes the place of one of the same name.
    pub fn add(&mut self, source: impl Source + 'static) {
        self.others.retain(|other| other.about().name != source.about().name);
        self.others.push(Box::new(source));
    }

    /// Why some source could not be asked, if that is so.
    pub fn failure(&self) -> Option<&str> {
        self.sources().find_map(Source::failure)
    }

    /// Adds the list of listed companies, with the short names of the past if they are given.
    pub fn add_listed(&mut self, list: &Path, history: Option<&Path>) -> Result<(), SourceError> {
        sources::listed(list, history, &self.divisions).map(|table| self.add(table))
    }

    /// All sources.
    pub fn sources(&self) -> impl Iterator<Item = &dyn Source> {
        let own: [&dyn Source; 2] = [&self.divisions, &self.industries];
        own.into_iter().chain(self.others.iter().map(AsRef::as_ref))
    }

    /// The source of that name.
    pub fn source(&self, name: &str) -> Option<&dyn Source> {
        self.sources().find(|source| source.about().name == name)
    }

    /// The divisions, by which places are told apart.
    pub fn divisions(&self) -> &Table {
        &self.divisions
    }

    /// The national classification of industries.
    pub fn industries(&self) -> &Industries {
        &self.industries
    }

    /// What each source is.
    pub fn about(&self) -> impl Iterator<Item = &About> {
        self.sources().map(Source::about)
    }

    /// The divisions around something that lies in the one with a code, the nearest first.
    pub fn around(&self, code: &str) -> Vec<Arc<Record>> {
        // Some counties lie in a province without a prefecture between them.
        let wider = |code: &str| code.get(..2).map(|province| format!("{province}0000"));
        let holding = |code: &str| {
            let codes = [Some(code.to_owned()), wider(code)].into_iter().flatten();
            codes.flat_map(|code| self.divisions.with_code(&format!("gbt2260:{code}"))).next()
        };
        let first = holding(code).map(|hit| hit.record);
        std::iter::successors(first, |inner| holding(&inner.within).map(|hit| hit.record)).collect()
    }

    /// The IRI of a target, by the prefix of its id.
    pub fn iri(&self, id: &str) -> Option<String> {
        let (prefix, _) = id.split_once(':')?;
        self.about().find(|about| about.prefix == prefix).map(|about| about.iri(id))
    }
}
