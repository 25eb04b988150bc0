//! The index itself.

use super::folded;
use std::path::Path;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{IndexWriter, TantivyDocument, Term};

/// Memory that adding entries may take.
const MEMORY: usize = 50_000_000;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Name,
    Sentence,
}

/// A name or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The IRI of the thing, or the id of the document.
    pub(super) of: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

impl Entry {
    pub(super) fn name(iri: &str, name: &str) -> Self {
        Self { kind: Kind::Name, of: iri.to_owned(), start: 0, end: 0, text: name.to_owned() }
    }

    pub(super) fn sentence(document: &str, (start, end): (usize, usize), words: &str) -> Self {
        Self { kind: Kind::Sentence, of: document.to_owned(), start, end, text: words.to_owned() }
    }
}

#[derive(Clone, Copy)]
struct Fields {
    graph: Field,
    kind: Field,
    of: Field,
    start: Field,
    end: Field,
    text: Field,
    pieces: Field,
}

/// An index on disk, or in memory where the folder cannot be written.
pub(super) struct Index {
    inner: tantivy::Index,
    fields: Fields,
    writer: Option<IndexWriter>,
    lasting: bool,
}

impl Index {
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let made = std::fs::create_dir_all(folder).is_ok();
        let on_disk = || -> tantivy::Result<tantivy::Index> {
            tantivy::Index::open_or_create(MmapDirectory::open(folder)?, schema.clone())
        };
        let on_disk = made.then(|| on_disk().ok()).flatten();
        match on_disk {
            Some(inner) => Ok(Self::new(inner, fields, true)),
            None => Self::in_memory(),
        }
    }

    /// An empty index that is not kept.
    pub(super) fn in_memory() -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        Ok(Self::new(tantivy::Index::create_in_ram(schema), fields, false))
    }

    fn new(inner: tantivy::Index, fields: Fields, lasting: bool) -> Self {
        inner.tokenizers().register("pieces", TextAnalyzer::from(WhitespaceTokenizer::default()));
        Self { inner, fields, writer: None, lasting }
    }

    /// Whether nobody else is writing to it.
    pub(super) fn can_write(&mut self) -> bool {
        self.writer().is_ok()
    }

    /// Whether it is kept.
    pub(super) fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// Puts entries in place of those of a graph.
    pub(super) fn replace(&mut self, graph: &str, entries: Vec<Entry>) -> tantivy::Result<()> {
        let fields = self.fields;
        let writer = self.writer()?;
        writer.delete_term(Term::from_field_text(fields.graph, graph));
        for entry in entries {
            let mut document = TantivyDocument::default();
            document.add_text(fields.graph, graph);
            document.add_u64(fields.kind, u64::from(entry.kind == Kind::Sentence));
            document.add_text(fields.of, &entry.of);
            document.add_u64(fields.start, entry.start as u64);
            document.add_u64(fields.end, entry.end as u64);
            document.add_text(fields.text, &entry.text);
            document.add_text(fields.pieces, pieces(&folded(&entry.text)).join(" "));
            writer.add_document(document)?;
        }
        Ok(())
    }

    fn writer(&mut self) -> tantivy::Result<&mut IndexWriter> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.inner.writer_with_num_threads(1, MEMORY)?,
        };
        Ok(self.writer.insert(writer))
    }

    /// Makes what was put in visible and lasting.
    pub(super) fn commit(&mut self) -> tantivy::Result<()> {
        match self.writer.take() {
            Some(mut writer) => {
                writer.commit()?;
                writer.wait_merging_threads()
            }
            None => Ok(()),
        }
    }

    /// Every entry that has all pieces of some folded words.
    pub(super) fn find(&self, words: &str) -> tantivy::Result<Vec<Entry>> {
        let searcher = self.inner.reader()?.searcher();
        let terms = pieces(words)
            .into_iter()
            .filter(|piece| words.chars().count() == 1 || piece.chars().count() == 2);
        let terms: Vec<Box<dyn Query>> = terms
            .map(|piece| {
                let term = Term::from_field_text(self.fields.pieces, &piece);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
            })
            .collect();
        let query: Box<dyn Query> =
            if terms.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::intersection(terms)) };
        let found = searcher.search(&*query, &DocSetCollector)?;
        found.into_iter().map(|place| Ok(self.entry(&searcher.doc(place)?))).collect()
    }

    fn entry(&self, document: &TantivyDocument) -> Entry {
        let text =
            |field| document.get_first(field).and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let number = |field| document.get_first(field).and_then(|v| v.as_u64()).unwrap_or(0);
        let place = |field| usize::try_from(number(field)).unwrap_or(0);
        let kind = if number(self.fields.kind) == 0 { Kind::Name } else { Kind::Sentence };
        let (start, end) = (place(self.fields.start), place(self.fields.end));
        Entry { kind, of: text(self.fields.of), start, end, text: text(self.fields.text) }
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let pieces =
        TextFieldIndexing::default().set_tokenizer("pieces").set_index_option(IndexRecordOption::Basic);
    let stored = NumericOptions::default().set_stored();
    let fields = Fields {
        graph: schema.add_text_field("graph", STRING),
        kind: schema.add_u64_field("kind", stored.clone()),
        of: schema.add_text_field("of", STORED),
        start: schema.add_u64_field("start", stored.clone()),
        end: schema.add_u64_field("end", stored),
        text: schema.add_text_field("text", STORED),
        pieces: schema.add_text_field("pieces", TextOptions::default().set_indexing_options(pieces)),
    };
    (schema.build(), fields)
}

/// Every character and every pair of neighbours, each once.
fn pieces(words: &str) -> Vec<String> {
    let chars: Vec<char> = words.chars().collect();
    let pairs = chars.windows(2).map(|pair| pair.iter().collect());
    let mut pieces: Vec<String> = chars.iter().map(char::to_string).chain(pairs).collect();
    pieces.sort();
    pieces.dedup();
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_any_part_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path()).unwrap();
        index
            .replace("g", vec![Entry::name("i", "昆山市"), Entry::sentence("d", (3, 9), "發展新材料")])
            .unwrap();
        index.commit().unwrap();
        let found = |words: &str| index.find(words).unwrap().into_iter().map(|e| e.of).collect::<Vec<_>>();
        assert_eq!(found("昆山"), ["i"]);
        assert_eq!(found("市"), ["i"]);
        assert_eq!(found("新材料"), ["d"]);
        assert_eq!(found("山昆"), [""; 0]);
    }

    #[test]
    fn a_graph_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path()).unwrap();
        index.replace("g", vec![Entry::name("one", "甲市")]).unwrap();
        index.commit().unwrap();
        index.replace("g", vec![Entry::name("two", "甲市")]).unwrap();
        index.commit().unwrap();
        let again = Index::open(folder.path()).unwrap();
        assert_eq!(again.find("甲").unwrap().len(), 1);
    }
}
