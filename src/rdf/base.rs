//! The IRIs that are minted: readable, under one base, the same for the same name everywhere.

use crate::document::{Class, Span};
use crate::graph::Thing;
use crate::ontology::VOCABULARIES;
use oxrdf::NamedNode;
use sha2::{Digest, Sha256};

/// Where entities live unless another base is given.
pub const DEFAULT_BASE: &str = "https://w3id.org/jinxiu/id/";

/// The folders below the base, each with a prefix of its own name.
const FOLDERS: &[&str] = &[
    "cell",
    "dataset",
    "document",
    "enterprise",
    "figure",
    "graph",
    "import",
    "indicator",
    "industry",
    "instant",
    "links",
    "linkset",
    "mapping",
    "organization",
    "passage",
    "period",
    "person",
    "place",
    "policy",
    "position",
    "project",
    "run",
    "selector",
    "statement",
    "zone",
];

/// A base that cannot start an IRI.
#[derive(Debug, thiserror::Error)]
#[error("the base <{base}> is no absolute IRI ending in / or #: {reason}")]
pub struct BaseError {
    base: String,
    reason: String,
}

/// The IRI below which everything is minted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Default for Base {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

impl Base {
    /// Checks a base: an absolute IRI that ends in `/` or `#`.
    pub fn new(base: &str) -> Result<Self, BaseError> {
        let error = |reason: &str| BaseError { base: base.to_owned(), reason: reason.to_owned() };
        if !base.ends_with(['/', '#']) {
            return Err(error("it ends otherwise"));
        }
        NamedNode::new(base).map_err(|e| error(&e.to_string()))?;
        Ok(Self(base.to_owned()))
    }

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every prefix that needs no declaration: vocabularies, `jxid` for the base, one for each folder below it.
    pub fn prefixes(&self) -> Vec<(String, String)> {
        let folders = FOLDERS.iter().map(|f| ((*f).to_owned(), format!("{}{f}/", self.0)));
        let mut prefixes: Vec<_> = VOCABULARIES
            .iter()
            .map(|(p, iri)| ((*p).to_owned(), (*iri).to_owned()))
            .chain([("jxid".to_owned(), self.0.clone())])
            .chain(folders)
            .collect();
        prefixes.sort();
        prefixes
    }

    /// `name` in one of the folders.
    pub fn mint(&self, folder: &str, name: &str) -> NamedNode {
        debug_assert!(FOLDERS.contains(&folder) || folder == "unit", "{folder}");
        NamedNode::new_unchecked(format!("{}{folder}/{}", self.0, readable(name)))
    }

    /// An entity, by what it is and its canonical name.
    pub fn entity(&self, class: Class, canonical: &str) -> NamedNode {
        self.mint(&class.as_str().to_lowercase(), canonical)
    }

    /// The IRI of a thing.
    pub fn iri_of(&self, thing: &Thing) -> NamedNode {
        self.entity(thing.class, &thing.name)
    }

    /// The thing that an IRI names, if it is one of the nine classes.
    pub fn thing(&self, iri: &str) -> Option<Thing> {
        let (folder, name) = iri.strip_prefix(&self.0)?.split_once('/')?;
        let class = Class::ALL.iter().copied().find(|c| c.as_str().eq_ignore_ascii_case(folder))?;
        Some(Thing { class, name: unreadable(name)? })
    }

    /// An IRI in a folder of the base as people read it: the folder, a colon, and the name as it was.
    pub fn spelt(&self, iri: &str) -> Option<String> {
        let (folder, name) = iri.strip_prefix(&self.0)?.split_once('/')?;
        Some(format!("{folder}:{}", unreadable(name)?))
    }

    /// The graph of what is known across documents: which names are one thing, which texts are one.
    pub fn identity(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}identity", self.0))
    }

    /// The graph of what was measured of the network of things.
    pub fn measures(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}measures", self.0))
    }

    /// The graph of what follows from what queries see.
    pub fn inferred(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}inferred", self.0))
    }

    /// The id of the document to which a named graph belongs.
    pub fn document_of(&self, graph: &str) -> Option<String> {
        unreadable(graph.strip_prefix(&self.0)?.strip_prefix("graph/")?)
    }

    /// Whether an IRI names a node that only one document can describe.
    pub fn is_of_one_document(&self, iri: &str) -> bool {
        let folder = iri.strip_prefix(&self.0).and_then(|local| local.split('/').next());
        folder.is_some_and(|f| matches!(f, "statement" | "figure" | "passage" | "selector" | "document"))
    }

    /// The named graph of a document.
    pub fn graph(&self, document: &str) -> NamedNode {
        self.mint("graph", document)
    }

    /// The graph that describes the whole data set.
    pub fn description(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}dataset", self.0))
    }

    /// The graph of something that was imported.
    pub fn imported(&self, name: &str) -> NamedNode {
        self.mint("import", name)
    }

    /// The graph of what was added by updates that name no graph.
    pub fn additions(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}update", self.0))
    }

    /// A passage of a document, or with the folder `selector` what selects it.
    pub fn passage(&self, folder: &str, document: &str, span: Span) -> NamedNode {
        self.mint(folder, &format!("{document}_{}-{}", span.start, span.end))
    }

    /// A node of a document that is known by its content.
    pub fn hashed(&self, folder: &str, document: &str, content: &str) -> NamedNode {
        self.mint(folder, &format!("{document}_{}", &digest(content)[..16]))
    }
}

/// SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal.
pub fn digest(content: &str) -> String {
    Sha256::digest(content.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// One segment of an IRI that people can read: letters of any script stay, what an IRI forbids is percent-encoded. So is a
/// full stop at the end, which not every reader of Turtle takes for a part of a name.
pub(crate) fn readable(name: &str) -> String {
    let mut segment = String::with_capacity(name.len());
    for c in name.chars() {
        if stays(c) {
            segment.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                segment.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    if segment.ends_with('.') {
        segment.truncate(segment.len() - 1);
        segment.push_str("%2E");
    }
    segment
}

/// The name that [`readable`] made a segment of.
fn unreadable(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn stays(c: char) -> bool {
    match c {
        '-' | '.' | '_' | '~' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF0}'..='\u{FFFF}' => false,
        _ if c as u32 & 0xFFFE == 0xFFFE || c as u32 >= 0xE0000 => false,
        _ => c.is_alphanumeric() || matches!(c, '·' | '“' | '”' | '（' | '）' | '《' | '》' | '、' | '，'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mints_iris_that_a_reader_understands() {
        let iri = Base::default().entity(Class::Zone, "甲经济区(乙区)");
        assert_eq!(iri.as_str(), "https://w3id.org/jinxiu/id/zone/甲经济区%28乙区%29");
        let iri = Base::default().entity(Class::Enterprise, "甲ltd.");
        assert_eq!(iri.as_str(), "https://w3id.org/jinxiu/id/enterprise/甲ltd%2E");
    }

    #[test]
    fn refuses_a_base_that_is_no_iri() {
        assert!(Base::new("http://example.org/a").is_err());
        assert!(Base::new("nothing/").is_err());
        assert!(Base::new("http://example.org/a b/").is_err());
        assert!(Base::new("http://example.org/a/").is_ok());
    }

    #[test]
    fn has_each_prefix_once() {
        let prefixes = Base::default().prefixes();
        let mut names: Vec<_> = prefixes.iter().map(|(p, _)| p).collect();
        names.dedup();
        assert_eq!(names.len(), prefixes.len());
    }

    proptest! {
        #[test]
        fn whatever_the_name_the_iri_is_valid(name in "\\PC*", other in any::<String>()) {
            for name in [name, other] {
                let iri = Base::default().entity(Class::Place, &name);
                prop_assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            }
        }

        #[test]
        fn a_thing_is_told_from_its_iri(name in any::<String>()) {
            let base = Base::default();
            let thing = Thing { class: Class::Zone, name };
            prop_assert_eq!(base.thing(base.iri_of(&thing).as_str()), Some(thing));
        }

        #[test]
        fn different_names_get_different_iris(a in any::<String>(), b in any::<String>()) {
            let base = Base::default();
            prop_assert_eq!(a == b, base.mint("zone", &a) == base.mint("zone", &b));
        }
    }
}
