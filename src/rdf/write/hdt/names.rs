//! The names in an HDT file, sorted and numbered by where in triples they stand.

use super::parts::{Kind, vbyte, write_body, write_control, write_head, write_numbers};
use std::collections::HashMap;
use std::io::{self, Write};

/// How many names stand together, all but the first as what differs from the one before.
const BLOCK: usize = 16;

/// The places in a triple, as bits.
const SUBJECT: u8 = 1;
const PREDICATE: u8 = 2;
const OBJECT: u8 = 4;

/// Names as they come, with the triples that they form.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<String, u32>,
    places: Vec<u8>,
    triples: Vec<[u32; 3]>,
}

impl Names {
    /// Adds a triple.
    pub(super) fn add(&mut self, triple: [&str; 3]) {
        let places = [SUBJECT, PREDICATE, OBJECT];
        let mut number = |index: usize| {
            let number = match self.known.get(triple[index]) {
                Some(number) => *number,
                None => {
                    let new = self.places.len() as u32;
                    self.places.push(0);
                    self.known.insert(triple[index].to_owned(), new);
                    new
                }
            };
            self.places[number as usize] |= places[index];
            number
        };
        let numbers = [number(0), number(1), number(2)];
        self.triples.push(numbers);
    }

    /// All names in their sections, and the triples by the numbers that they have there, sorted, each once.
    pub(super) fn sorted(self) -> (Sections, Vec<[u32; 3]>) {
        let Self { known, places, mut triples } = self;
        let mut names: Vec<(String, u32)> = known.into_iter().collect();
        names.sort_unstable();
        let mut sections = Sections::default();
        let mut numbers = vec![(0, 0); places.len()];
        for (name, index) in &names {
            let places = places[*index as usize];
            let node = match places & !PREDICATE {
                0 => 0,
                SUBJECT => sections.subjects.push(name),
                OBJECT => sections.objects.push(name),
                _ => sections.shared.push(name),
            };
            let predicate = if places & PREDICATE == 0 { 0 } else { sections.predicates.push(name) };
            numbers[*index as usize] = (node, predicate);
        }
        let shared = sections.shared.count as u32;
        let node = |index: u32| {
            let is_shared = places[index as usize] & SUBJECT != 0 && places[index as usize] & OBJECT != 0;
            numbers[index as usize].0 + if is_shared { 0 } else { shared }
        };
        for triple in &mut triples {
            *triple = [node(triple[0]), numbers[triple[1] as usize].1, node(triple[2])];
        }
        triples.sort_unstable();
        triples.dedup();
        (sections, triples)
    }
}

/// Names by where they stand: as subjects and objects, as subjects only, as predicates, as objects only.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) shared: Section,
    pub(super) subjects: Section,
    pub(super) predicates: Section,
    pub(super) objects: Section,
}

impl Sections {
    /// Writes them.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let all = [&self.shared, &self.subjects, &self.predicates, &self.objects];
        let size: usize = all.iter().map(|section| section.packed.len()).sum();
        let told = format!("mapping=1;sizeStrings={size};");
        write_control(Kind::Dictionary, "<http://purl.org/HDT/hdt#dictionaryFour>", &told, out)?;
        all.into_iter().try_for_each(|section| section.write(out))
    }
}

/// Sorted names, in blocks.
#[derive(Default)]
pub(super) struct Section {
    /// How many they are.
    pub(super) count: usize,
    packed: Vec<u8>,
    starts: Vec<u64>,
    last: Vec<u8>,
}

impl Section {
    /// Adds a name behind the others; tells its number, from 1.
    fn push(&mut self, name: &str) -> u32 {
        let name = name.as_bytes();
        if self.count.is_multiple_of(BLOCK) {
            self.starts.push(self.packed.len() as u64);
            self.packed.extend(name);
        } else {
            let same = self.last.iter().zip(name).take_while(|(a, b)| a == b).count();
            self.packed.extend(vbyte(same));
            self.packed.extend(&name[same..]);
        }
        self.packed.push(0);
        self.last.clear();
        self.last.extend(name);
        self.count += 1;
        self.count as u32
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let sizes = [self.count, self.packed.len(), BLOCK].map(vbyte).concat();
        write_head(&[&[2], sizes.as_slice()].concat(), out)?;
        let end = (self.count > 0).then_some(self.packed.len() as u64);
        write_numbers(&self.starts.iter().copied().chain(end).collect::<Vec<_>>(), out)?;
        write_body(&self.packed, out)
    }
}
