//! What the names of things alone say: administrative codes, levels, and whose name a name begins with.

use crate::document::Class;
use crate::mentions::Mention;
use crate::mentions::gazetteer::{Gazetteer, Kind};
use crate::text::View;
use std::collections::HashMap;

/// How two divisions stand to one another by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Containment {
    /// One of them has no code.
    Unknown,
    /// The first lies in the second.
    Inside,
    /// The second lies in the first.
    Around,
    /// Neither holds the other.
    Apart,
}

/// What is known of each thing by its names.
#[derive(Debug, Default)]
pub struct Names {
    /// The codes that its names may have, without closing zeros.
    codes: Vec<Vec<&'static str>>,
    /// 0 country, 1 province, 2 city, 3 county, 4 town, 5 village; 8 something abroad or a region; 9 unknown.
    pub level: Vec<u8>,
    /// The place or zone whose name its own name begins with.
    pub place: Vec<Option<usize>>,
    /// The enterprise or body whose name its own name begins with.
    pub body: Vec<Option<usize>>,
}

impl Names {
    /// Reads the names of all things.
    pub fn new(view: &View, mentions: &[Mention], things: &[usize]) -> Self {
        let count = things.iter().max().map_or(0, |m| m + 1);
        let mut names = Self {
            codes: vec![Vec::new(); count],
            level: vec![9; count],
            place: vec![None; count],
            body: vec![None; count],
        };
        names.look_up(view, mentions, things);
        names.find_owners(view, mentions, things);
        names
    }

    /// How `a` stands to `b` by their codes.
    pub fn containment(&self, a: usize, b: usize) -> Containment {
        let (a, b) = (&self.codes[a], &self.codes[b]);
        if a.is_empty() || b.is_empty() {
            return Containment::Unknown;
        }
        let any = |long: &[&str], short: &[&str]| {
            long.iter().any(|l| short.iter().any(|s| l.len() > s.len() && l.starts_with(s)))
        };
        match (any(a, b), any(b, a)) {
            (true, _) => Containment::Inside,
            (false, true) => Containment::Around,
            (false, false) => Containment::Apart,
        }
    }

    /// Whether a thing's names have a code.
    pub fn is_coded(&self, thing: usize) -> bool {
        !self.codes[thing].is_empty()
    }

    fn look_up(&mut self, view: &View, mentions: &[Mention], things: &[usize]) {
        let mut seen: HashMap<&[char], usize> = HashMap::new();
        for (m, &thing) in mentions.iter().zip(things) {
            let name = &view.chars[m.start..m.end];
            if !matches!(m.class, Class::Place | Class::Zone)
                || name.len() > 30
                || seen.insert(name, thing) == Some(thing)
            {
                continue;
            }
            let level = self.code(thing, m.class, name);
            self.level[thing] = self.level[thing].min(level);
        }
    }

    /// Adds the codes of one name and gives its level.
    fn code(&mut self, thing: usize, class: Class, name: &[char]) -> u8 {
        let mut level = 9;
        let surface: String = name.iter().collect();
        for entry in Gazetteer::open().lookup(&surface).iter().filter(|e| e.kind.class() == Some(class)) {
            level = level.min(level_of(entry.kind));
            let code = if surface == "中国" { Some("") } else { significant(entry.kind, entry.code) };
            if let Some(code) = code.filter(|c| !self.codes[thing].contains(c) && self.codes[thing].len() < 8)
            {
                self.codes[thing].push(code);
            }
        }
        if level == 9 && class == Class::Place { level_by_suffix(name) } else { level }
    }

    fn find_owners(&mut self, view: &View, mentions: &[Mention], things: &[usize]) {
        let mut heads: HashMap<&[char], (usize, bool)> = HashMap::new();
        for (m, &thing) in mentions.iter().zip(things) {
            let is_place = matches!(m.class, Class::Place | Class::Zone);
            if is_place || matches!(m.class, Class::Enterprise | Class::Organization) {
                let name = &view.chars[m.start..m.end];
                for head in [name, stem(name)] {
                    if head.len() >= 2 {
                        heads.entry(head).or_insert((thing, is_place));
                    }
                }
            }
        }
        for (m, &thing) in mentions.iter().zip(things) {
            for length in 2..(m.end - m.start).min(16) {
                match heads.get(&view.chars[m.start..m.start + length]) {
                    Some((owner, true)) if *owner != thing => self.place[thing] = Some(*owner),
                    Some((owner, false)) if *owner != thing => self.body[thing] = Some(*owner),
                    _ => {}
                }
            }
        }
    }
}

/// A division's name without its suffix, where enough is left.
pub fn stem(name: &[char]) -> &[char] {
    match name.split_last() {
        Some(('省' | '市' | '县' | '区', rest)) if rest.len() >= 2 => rest,
        _ => name,
    }
}

fn level_of(kind: Kind) -> u8 {
    match kind {
        Kind::Country => 0,
        Kind::Province | Kind::Abbreviation => 1,
        Kind::City => 2,
        Kind::County => 3,
        Kind::Town => 4,
        Kind::Zone => 6,
        _ => 8,
    }
}

fn level_by_suffix(name: &[char]) -> u8 {
    match name {
        [.., '省'] => 1,
        [.., '市' | '州' | '盟'] => 2,
        [.., '村' | '庄'] | [.., '社', '区'] => 5,
        [.., '县' | '区' | '旗'] => 3,
        [.., '镇' | '乡'] | [.., '街', '道'] => 4,
        _ => 9,
    }
}

/// A code without the pairs of zeros that only fill it.
fn significant(kind: Kind, code: &'static str) -> Option<&'static str> {
    let divides = matches!(
        kind,
        Kind::Province | Kind::City | Kind::County | Kind::Town | Kind::Abbreviation | Kind::Zone
    );
    if !divides || code.len() < 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(if code.len() == 6 { code.trim_end_matches("00") } else { code })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::notation;

    fn read(annotated: &str) -> Names {
        let annotated = notation::parse(annotated).unwrap();
        let view = View::new(&annotated.text.chars().collect::<Vec<_>>());
        let mention = |(span, class): &(crate::document::Span, Class)| Mention {
            start: span.start,
            end: span.end,
            class: *class,
            found_by: String::new(),
            confidence: 1.0,
        };
        let mentions: Vec<Mention> = annotated.mentions.iter().map(mention).collect();
        let things: Vec<usize> = (0..mentions.len()).collect();
        Names::new(&view, &mentions, &things)
    }

    #[test]
    fn a_city_lies_in_its_province_and_no_other() {
        let names = read("[山西省/Place][太原市/Place][河北/Place]");
        assert_eq!(names.containment(1, 0), Containment::Inside);
        assert_eq!(names.containment(0, 1), Containment::Around);
        assert_eq!(names.containment(1, 2), Containment::Apart);
        assert_eq!(names.level[..2], [1, 2]);
    }

    #[test]
    fn a_name_belongs_to_the_place_or_enterprise_it_begins_with() {
        let names = read("[太原市/Place][太原钢铁公司/Enterprise][甲集团/Enterprise][甲集团新基地/Project]");
        assert_eq!(names.place[1], Some(0));
        assert_eq!(names.body[3], Some(2));
    }
}
