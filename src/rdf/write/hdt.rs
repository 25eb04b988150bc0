//! HDT: triples in a file that is small and can be asked as it is, after <https://www.rdfhdt.org/hdt-binary-format/>.

mod names;
mod parts;

use super::super::base::Base;
use super::super::scripts::respell_language;
use super::{object_key, subject_key};
use names::{Names, Sections};
use oxrdf::{NamedOrBlankNode, Quad, Term, vocab::xsd};
use parts::{Kind, write_bits, write_control, write_numbers};
use std::io::{self, Write};

/// Writes triples, the graphs merged, each once; tells how many. Names and triples are held in memory, as the format has
/// all names in one sorted list ahead of the triples.
pub fn write_hdt(
    quads: impl Iterator<Item = io::Result<Quad>>,
    base: &Base,
    mut out: impl Write,
) -> io::Result<usize> {
    let mut names = Names::default();
    for quad in quads {
        let [subject, predicate, object] = spelt(quad?)?;
        names.add([&subject, &predicate, &object]);
    }
    let (sections, triples) = names.sorted();
    write_control(Kind::Global, "<http://purl.org/HDT/hdt#HDTv1>", "", &mut out)?;
    let header = header(base.description().as_str(), &sections, triples.len());
    write_control(Kind::Header, "ntriples", &format!("length={};", header.len()), &mut out)?;
    out.write_all(header.as_bytes())?;
    sections.write(&mut out)?;
    write_triples(&triples, &mut out)?;
    out.flush()?;
    Ok(triples.len())
}

/// A triple as HDT spells it: IRIs bare, literals quoted and nothing in them escaped.
fn spelt(mut quad: Quad) -> io::Result<[String; 3]> {
    respell_language(&mut quad.object);
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(_) => subject_key(&quad).to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    };
    let (_, value, language, datatype) = object_key(&quad.object);
    let object = match &quad.object {
        Term::NamedNode(_) => value.to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(_) if !language.is_empty() => format!("\"{value}\"@{language}"),
        Term::Literal(_) if datatype == xsd::STRING.as_str() => format!("\"{value}\""),
        Term::Literal(_) => format!("\"{value}\"^^<{datatype}>"),
    };
    if object.contains('\0') {
        return Err(io::Error::other("HDT cannot hold the character U+0000, which a literal has"));
    }
    Ok([subject, quad.predicate.into_string(), object])
}

/// What the file holds, told in N-Triples.
fn header(set: &str, sections: &Sections, triples: usize) -> String {
    let counts = [
        ("triples", triples),
        ("properties", sections.predicates.count),
        ("distinctSubjects", sections.shared.count + sections.subjects.count),
        ("distinctObjects", sections.shared.count + sections.objects.count),
    ];
    let kinds = ["http://purl.org/HDT/hdt#Dataset", "http://rdfs.org/ns/void#Dataset"];
    let kind = |kind| format!("<{set}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kind}> .\n");
    let said = |(property, count)| format!("<{set}> <http://rdfs.org/ns/void#{property}> \"{count}\" .\n");
    kinds.map(kind).into_iter().chain(counts.map(said)).collect()
}

/// The triples as two lists, each with bits that mark where the children of a node end: the predicates of each subject, the
/// objects of each subject with its predicate.
fn write_triples(triples: &[[u32; 3]], out: &mut impl Write) -> io::Result<()> {
    let (mut predicates, mut last_predicates) = (Vec::new(), Vec::new());
    let (mut objects, mut last_objects) = (Vec::new(), Vec::new());
    for (index, [subject, predicate, object]) in triples.iter().enumerate() {
        let next = triples.get(index + 1);
        let of_subject = next.is_some_and(|[s, ..]| s == subject);
        let of_both = of_subject && next.is_some_and(|[_, p, _]| p == predicate);
        objects.push(u64::from(*object));
        last_objects.push(!of_both);
        if !of_both {
            predicates.push(u64::from(*predicate));
            last_predicates.push(!of_subject);
        }
    }
    let told = format!("numTriples={};order=1;", triples.len());
    write_control(Kind::Triples, "<http://purl.org/HDT/hdt#triplesBitmap>", &told, out)?;
    write_bits(&last_predicates, out)?;
    write_bits(&last_objects, out)?;
    write_numbers(&predicates, out)?;
    write_numbers(&objects, out)
}

#[cfg(test)]
mod tests;
