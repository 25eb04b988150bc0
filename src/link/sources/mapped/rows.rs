//! What the columns of a CSV file, or the properties of an RDF file, hold of each thing.

use super::super::{SourceError, read as text_of, records};
use super::Mapping;
use crate::link::quads::word;
use crate::rdf::{SIMPLIFIED, Syntax, read_quads};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use std::collections::BTreeMap;
use std::path::Path;

/// What a file holds of one thing; what it does not hold is empty.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Where it stands: a line, or an IRI.
    pub at: String,
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub former: Vec<String>,
    pub within: String,
    pub code: String,
    pub latitude: String,
    pub longitude: String,
    pub english: String,
}

/// How a mapping that does not fit its file is told.
type Broken<'b> = &'b dyn Fn(String) -> SourceError;

/// Reads the rows of a file that have id and name, by the extension of its name.
pub(super) fn read(file: &Path, mapping: &Mapping, broken: Broken) -> Result<Vec<Row>, SourceError> {
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let mut rows = match Syntax::parse(&extension) {
        Some(syntax) => of_rdf(file, syntax, (mapping, broken))?,
        None => of_csv(file, mapping, broken)?,
    };
    rows.retain(|row| !row.id.is_empty() && !row.name.is_empty());
    Ok(rows)
}

fn of_csv(file: &Path, mapping: &Mapping, broken: Broken) -> Result<Vec<Row>, SourceError> {
    let records = records(&text_of(file)?);
    let head = records.first().map(|(_, fields)| fields.as_slice()).unwrap_or_default();
    let find = |name: &String| {
        let place = head.iter().position(|field| field == name);
        place.ok_or_else(|| broken(format!("{} has no column {name}", file.display())))
    };
    let columns = &mapping.columns;
    let id = columns.id.as_ref().ok_or_else(|| broken("say which column is the id".to_owned()))?;
    let (id, name) = (find(id)?, find(&columns.name)?);
    let place = |column: &Option<String>| column.as_ref().map(find).transpose();
    let (aliases, former) = (place(&columns.aliases)?, place(&columns.former)?);
    let (within, code) = (place(&columns.within)?, place(&columns.code)?);
    let (latitude, longitude) = (place(&columns.latitude)?, place(&columns.longitude)?);
    let english = place(&columns.english)?;
    let row = |(line, fields): &(usize, Vec<String>)| {
        let field = |column: Option<usize>| {
            let field = column.and_then(|column| fields.get(column)).map(|field| field.trim());
            field.unwrap_or_default().to_owned()
        };
        Row {
            at: format!("line {line}"),
            id: field(Some(id)),
            name: field(Some(name)),
            aliases: vec![field(aliases)],
            former: vec![field(former)],
            within: field(within),
            code: field(code),
            latitude: field(latitude),
            longitude: field(longitude),
            english: field(english),
        }
    };
    Ok(records.iter().skip(1).map(row).collect())
}

/// The values of one thing by property.
type Values = BTreeMap<String, Vec<Term>>;

fn of_rdf(
    file: &Path,
    syntax: Syntax,
    (mapping, broken): (&Mapping, Broken),
) -> Result<Vec<Row>, SourceError> {
    let property = |name: &Option<String>| name.as_deref().map(|name| iri(name, broken)).transpose();
    let columns = &mapping.columns;
    let name = iri(&columns.name, broken)?;
    let (aliases, former) = (property(&columns.aliases)?, property(&columns.former)?);
    let (within, code) = (property(&columns.within)?, property(&columns.code)?);
    let (latitude, longitude) = (property(&columns.latitude)?, property(&columns.longitude)?);
    let (english, only) = (property(&columns.english)?, property(&mapping.only)?);
    let row = |(iri, values): (String, Values)| {
        let values = |property: &Option<NamedNode>| {
            let known = property.as_ref().and_then(|property| values.get(property.as_str()));
            known.into_iter().flatten().collect::<Vec<_>>()
        };
        let first =
            |property: &Option<NamedNode>| values(property).first().map(|t| words(t)).unwrap_or_default();
        let all = |property: &Option<NamedNode>| values(property).into_iter().map(words).collect::<Vec<_>>();
        let mut named = values(&Some(name.clone()));
        named.sort_by_key(|term| rank(term));
        let chinese =
            named.iter().filter(|term| rank(term) < FOREIGN).map(|term| words(term)).collect::<Vec<_>>();
        let foreign = named.iter().find(|term| language(term) == "en").map(|term| words(term));
        Row {
            id: iri.strip_prefix(&mapping.namespace).unwrap_or_default().to_owned(),
            at: iri,
            name: chinese.first().cloned().unwrap_or_default(),
            aliases: chinese.into_iter().skip(1).chain(all(&aliases)).collect(),
            former: all(&former),
            within: first(&within).trim_start_matches("gbt2260:").to_owned(),
            code: first(&code),
            latitude: first(&latitude),
            longitude: first(&longitude),
            english: Some(first(&english)).filter(|name| !name.is_empty()).or(foreign).unwrap_or_default(),
        }
    };
    let mut things = things(file, syntax)?;
    if let Some(class) = only {
        let wanted = Term::from(class);
        things.retain(|_, values| {
            values.get(word("rdf:type").as_str()).is_some_and(|types| types.contains(&wanted))
        });
    }
    Ok(things.into_iter().map(row).collect())
}

/// All that a file says of each IRI, in the order of the IRIs.
fn things(file: &Path, syntax: Syntax) -> Result<BTreeMap<String, Values>, SourceError> {
    let text = text_of(file)?;
    let quads = read_quads(text.as_bytes(), syntax, None)
        .map_err(|e| SourceError::Mapping { path: file.to_owned(), reason: e.to_string() })?;
    let mut things: BTreeMap<String, Values> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
            let values = things.entry(subject.into_string()).or_default();
            values.entry(quad.predicate.into_string()).or_default().push(quad.object);
        }
    }
    Ok(things)
}

/// A property or class as a mapping writes it.
fn iri(name: &str, broken: Broken) -> Result<NamedNode, SourceError> {
    let word = word(name);
    let known = word.as_str().contains("://") || word.as_str().starts_with("urn:");
    known
        .then_some(word)
        .ok_or_else(|| broken(format!("{name} is neither an IRI nor has it a prefix that is known")))
}

/// A literal as it stands, the last part of an IRI.
fn words(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().trim().to_owned(),
        Term::NamedNode(node) => node.as_str().rsplit(['/', '#', ':']).next().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

fn language(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.language().unwrap_or_default(),
        _ => "",
    }
}

/// The rank of names in languages other than Chinese.
const FOREIGN: u8 = 4;

/// Simplified script before what is not told, traditional script after it, other languages last.
fn rank(term: &Term) -> u8 {
    match language(term) {
        SIMPLIFIED | "zh-cn" => 0,
        "zh" => 1,
        "" => 2,
        other if other.starts_with("zh") => 3,
        _ => FOREIGN,
    }
}
