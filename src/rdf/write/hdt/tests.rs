//! A reader of what is written, after the description of the format.

use super::super::super::base::Base;
use super::write_hdt;
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::io;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    fn word(&mut self) -> &'a [u8] {
        let word = self.take(self.0.iter().position(|byte| *byte == 0).expect("an end"));
        self.take(1);
        word
    }

    fn number(&mut self) -> usize {
        let length = self.0.iter().position(|byte| *byte > 127).expect("a last byte") + 1;
        self.take(length).iter().rev().fold(0, |number, byte| number << 7 | usize::from(byte & 127))
    }

    /// The properties of a part of a kind.
    fn control(&mut self, kind: u8) -> String {
        assert_eq!(self.take(5), [b"$HDT".as_slice(), &[kind]].concat());
        self.word();
        let told = String::from_utf8(self.word().to_vec()).unwrap();
        self.take(2);
        told
    }

    fn bits_of(&mut self, count: usize) -> Vec<bool> {
        let bits =
            self.take(count.div_ceil(8)).iter().flat_map(|byte| (0..8).map(move |at| byte >> at & 1 == 1));
        let bits = bits.take(count).collect();
        self.take(4);
        bits
    }

    fn bits(&mut self) -> Vec<bool> {
        assert_eq!(self.take(1), [1]);
        let count = self.number();
        self.take(1);
        self.bits_of(count)
    }

    fn numbers(&mut self) -> Vec<usize> {
        let width = usize::from(self.take(2)[1]);
        let count = self.number();
        self.take(1);
        let bits = self.bits_of(count * width);
        let number = |bits: &[bool]| bits.iter().rev().fold(0, |number, bit| number << 1 | usize::from(*bit));
        bits.chunks(width.max(1)).map(number).collect()
    }

    fn section(&mut self) -> Vec<String> {
        assert_eq!(self.take(1), [2]);
        let [count, length, block] = [self.number(), self.number(), self.number()];
        self.take(1);
        let starts = self.numbers();
        let mut packed = Reader(self.take(length));
        self.take(4);
        let (mut names, mut last) = (Vec::new(), Vec::new());
        for index in 0..count {
            let begins = index % block == 0;
            assert!(!begins || starts[index / block] == length - packed.0.len());
            last.truncate(if begins { 0 } else { packed.number() });
            last.extend(packed.word());
            names.push(String::from_utf8(last.clone()).unwrap());
        }
        names
    }
}

/// The triples of a file, each as HDT spells it.
fn read(file: &[u8]) -> Vec<String> {
    let mut file = Reader(file);
    file.control(1);
    let length = file.control(2).trim_start_matches("length=").trim_end_matches(';').parse().unwrap();
    file.take(length);
    file.control(3);
    let [shared, subjects, predicates, objects] = [(); 4].map(|()| file.section());
    for names in [&shared, &subjects, &predicates, &objects] {
        assert!(names.is_sorted_by(|a, b| a < b));
    }
    file.control(4);
    let (last_predicates, last_objects) = (file.bits(), file.bits());
    let (of_subjects, of_both) = (file.numbers(), file.numbers());
    assert!(file.0.is_empty());
    let node = |number: usize, rest: &[String]| shared.iter().chain(rest).nth(number - 1).cloned().unwrap();
    let (mut triples, mut subject, mut both) = (Vec::new(), 1, 0);
    for (index, object) in of_both.iter().enumerate() {
        let predicate = &predicates[of_subjects[both] - 1];
        triples.push(format!("{} {predicate} {}", node(subject, &subjects), node(*object, &objects)));
        if last_objects[index] {
            subject += usize::from(last_predicates[both]);
            both += 1;
        }
    }
    triples
}

fn written(quads: &[Quad]) -> io::Result<Vec<u8>> {
    let mut file = Vec::new();
    write_hdt(quads.iter().cloned().map(Ok), &Base::default(), &mut file)?;
    Ok(file)
}

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://x/{name}"))
}

fn quad(subject: impl Into<NamedOrBlankNode>, predicate: &str, object: impl Into<Term>) -> Quad {
    Quad::new(subject, node(predicate), object, GraphName::DefaultGraph)
}

#[test]
fn what_is_written_is_read_back_in_whatever_order_it_came() {
    let mut quads = vec![
        quad(node("a"), "p", node("b")),
        quad(node("b"), "p", Literal::new_simple_literal("多\"行\n\\")),
        quad(node("b"), "q", Literal::new_language_tagged_literal_unchecked("甲", "zh-hans")),
        quad(BlankNode::new_unchecked("n"), "q", Literal::from(7)),
        quad(node("p"), "p", BlankNode::new_unchecked("n")),
    ];
    quads.extend((0..40).map(|number| quad(node("a"), "r", node(&format!("thing{number}")))));
    let file = written(&quads).unwrap();
    let mut expected: Vec<String> =
        (0..40).map(|n| format!("http://x/a http://x/r http://x/thing{n}")).collect();
    expected.extend([
        "http://x/a http://x/p http://x/b".to_owned(),
        "http://x/b http://x/p \"多\"行\n\\\"".to_owned(),
        "http://x/b http://x/q \"甲\"@zh-Hans".to_owned(),
        "_:n http://x/q \"7\"^^<http://www.w3.org/2001/XMLSchema#integer>".to_owned(),
        "http://x/p http://x/p _:n".to_owned(),
    ]);
    expected.sort();
    let mut found = read(&file);
    found.sort();
    assert_eq!(found, expected);
    quads.reverse();
    quads.push(quads[0].clone());
    assert!(written(&quads).unwrap() == file);
}

#[test]
fn nothing_is_a_file_too_and_a_literal_with_a_null_is_refused() {
    assert!(read(&written(&[]).unwrap()).is_empty());
    let refused = written(&[quad(node("a"), "p", Literal::new_simple_literal("a\0b"))]);
    assert!(refused.unwrap_err().to_string().contains("U+0000"));
}
