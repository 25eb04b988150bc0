//! The index itself.

use super::folded;
use oxigraph::model::NamedNode;
use std::fs;
use std::path::Path;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
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

/// What a whole index says of itself; one of another form is made anew.
const FORM: &str = "jinxiu names and sentences 2";

/// An index on disk or in memory.
pub(super) struct Index {
    inner: tantivy::Index,
    fields: Fields,
    writer: Option<IndexWriter>,
}

impl Index {
    /// The index in a folder; none where it is not whole.
    pub(super) fn open(folder: &Path) -> Option<Self> {
        let inner = tantivy::Index::open(MmapDirectory::open(folder).ok()?).ok()?;
        let whole = inner.load_metas().is_ok_and(|metas| metas.payload.as_deref() == Some(FORM));
        whole.then(|| Self::new(inner, schema().1))
    }

    /// An empty index in a folder, in place of whatever is there.
    pub(super) fn create(folder: &Path) -> tantivy::Result<Self> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        Ok(Self::new(tantivy::Index::create_in_dir(folder, schema)?, fields))
    }

    /// An empty index that is not kept.
    pub(super) fn in_memory() -> Self {
        let (schema, fields) = schema();
        Self::new(tantivy::Index::create_in_ram(schema), fields)
    }

    fn new(inner: tantivy::Index, fields: Fields) -> Self {
        inner.tokenizers().register("pieces", TextAnalyzer::from(WhitespaceTokenizer::default()));
        Self { inner, fields, writer: None }
    }

    /// Puts entries in place of those of a graph.
    pub(super) fn replace(&mut self, graph: &NamedNode, entries: Vec<Entry>) -> tantivy::Result<()> {
        let (fields, graph) = (self.fields, graph.as_str());
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

    /// Makes what was put in visible and lasting, and the index whole.
    pub(super) fn commit(&mut self) -> tantivy::Result<()> {
        let _ = self.writer()?;
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(FORM);
        prepared.commit()?;
        writer.wait_merging_threads()
    }

    /// Every entry that has all pieces of some folded words, but for those of some graphs.
    pub(super) fn find(&self, words: &str, without: &[NamedNode]) -> tantivy::Result<Vec<Entry>> {
        let searcher = self.inner.reader()?.searcher();
        let wanted = pieces(words)
            .into_iter()
            .filter(|piece| words.chars().count() == 1 || piece.chars().count() == 2)
            .map(|piece| (Occur::Must, Term::from_field_text(self.fields.pieces, &piece)));
        let unwanted = without
            .iter()
            .map(|graph| (Occur::MustNot, Term::from_field_text(self.fields.graph, graph.as_str())));
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(AllQuery))];
        for (occur, term) in wanted.chain(unwanted) {
            clauses.push((occur, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
        let found = searcher.search(&BooleanQuery::new(clauses), &DocSetCollector)?;
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

    fn graph() -> NamedNode {
        NamedNode::new_unchecked("http://example.org/g")
    }

    #[test]
    fn a_name_is_found_by_any_part_of_it() {
        let mut index = Index::in_memory();
        let entries = vec![Entry::name("i", "昆山市"), Entry::sentence("d", (3, 9), "發展新材料")];
        index.replace(&graph(), entries).unwrap();
        index.commit().unwrap();
        let found =
            |words: &str| index.find(words, &[]).unwrap().into_iter().map(|e| e.of).collect::<Vec<_>>();
        assert_eq!(found("昆山"), ["i"]);
        assert_eq!(found("市"), ["i"]);
        assert_eq!(found("新材料"), ["d"]);
        assert_eq!(found("山昆"), [""; 0]);
        assert!(index.find("昆山", &[graph()]).unwrap().is_empty());
    }

    #[test]
    fn a_graph_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::create(folder.path()).unwrap();
        index.replace(&graph(), vec![Entry::name("one", "甲市")]).unwrap();
        index.commit().unwrap();
        index.replace(&graph(), vec![Entry::name("two", "甲市")]).unwrap();
        index.commit().unwrap();
        let again = Index::open(folder.path()).unwrap();
        assert_eq!(again.find("甲", &[]).unwrap().len(), 1);
    }

    #[test]
    fn an_index_that_was_not_finished_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Index::open(folder.path()).is_none());
        let mut index = Index::create(folder.path()).unwrap();
        index.replace(&graph(), vec![Entry::name("one", "甲市")]).unwrap();
        assert!(Index::open(folder.path()).is_none());
        index.commit().unwrap();
        assert!(Index::open(folder.path()).is_some());
    }
}
