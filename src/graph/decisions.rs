//! What people decided about identity, in a file that they can read, compare and edit.
//!
//! One decision a line, fields parted by tabs, `#` begins a comment. Things are written `class:name`.
//!
//! ```text
//! same    enterprise:甲乙钢铁集团    enterprise:甲钢    # the first one's name is kept
//! different    project:甲    project:乙
//! rename    zone:甲园    甲产业园
//! retype    place:甲园    Zone
//! reject    place:甲市    develops    industry:钢铁
//! different    place:鼓楼区@news-12:560    place:鼓楼区@news-12:811    # two of one name in one document
//! ```
//!
//! What the last line means [`Homonyms`](super::Homonyms) tells.

use super::homonyms::mention_of;
use crate::document::{Class, Predicate};
use crate::text::fold_name;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something by its class and canonical name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// What it is.
    pub class: Class,
    /// Its canonical name.
    pub name: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The two are one; the first gives the name.
    Same(Thing, Thing),
    /// The two are never one.
    Different(Thing, Thing),
    /// It is called otherwise.
    Rename(Thing, String),
    /// It is of another class.
    Retype(Thing, Class),
    /// A statement is wrong: subject, property, and the object as a thing or a term.
    Reject(Thing, String, String),
    /// A statement that was doubted is right.
    Accept(Thing, String, String),
}

/// A line that is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct DecisionError {
    line: usize,
    reason: String,
}

/// Decisions, each once, in one order, with the comments behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    entries: BTreeMap<Decision, String>,
}

impl Thing {
    /// Reads `class:name`. An owner before `·` and a place behind `@` are taken as they are.
    pub fn parse(text: &str) -> Option<Self> {
        let (class, name) = text.trim().split_once(':')?;
        let class = Class::ALL.iter().copied().find(|c| c.as_str().eq_ignore_ascii_case(class.trim()))?;
        let name = match (mention_of(name), name.rsplit_once('·')) {
            (Some((name, document, at)), _) => format!("{}@{document}:{at}", fold_name(name)),
            (None, Some((owner, name))) => format!("{owner}·{}", fold_name(name)),
            (None, None) => fold_name(name),
        };
        (!name.is_empty()).then_some(Self { class, name })
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.class.as_str().to_lowercase(), self.name)
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same(a, b) => write!(f, "same\t{a}\t{b}"),
            Self::Different(a, b) => write!(f, "different\t{a}\t{b}"),
            Self::Rename(a, name) => write!(f, "rename\t{a}\t{name}"),
            Self::Retype(a, class) => write!(f, "retype\t{a}\t{}", class.as_str()),
            Self::Reject(a, property, object) => write!(f, "reject\t{a}\t{property}\t{object}"),
            Self::Accept(a, property, object) => write!(f, "accept\t{a}\t{property}\t{object}"),
        }
    }
}

impl Decision {
    /// Reads one line without its comment.
    pub fn parse(line: &str) -> Result<Self, String> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let thing = |at: usize| {
            let field = fields.get(at).copied().unwrap_or_default();
            Thing::parse(field)
                .ok_or_else(|| format!("“{field}” is no thing; write class:name, such as zone:甲园区"))
        };
        let text =
            |at: usize| fields.get(at).filter(|f| !f.is_empty()).ok_or("a field is missing".to_owned());
        Ok(match fields.first().copied().unwrap_or_default() {
            "same" => Self::Same(thing(1)?, thing(2)?),
            "different" => {
                let (a, b) = (thing(1)?, thing(2)?);
                if a <= b { Self::Different(a, b) } else { Self::Different(b, a) }
            }
            "rename" => Self::Rename(thing(1)?, (*text(2)?).to_owned()),
            "retype" => {
                let name = text(2)?;
                let class = Class::ALL.iter().copied().find(|c| c.as_str().eq_ignore_ascii_case(name));
                Self::Retype(thing(1)?, class.ok_or_else(|| format!("“{name}” is no class"))?)
            }
            verb @ ("reject" | "accept") => {
                let property = text(2)?;
                let known = Predicate::ALL.iter().any(|p| p.as_str() == *property) || *property == "type";
                known.then_some(()).ok_or_else(|| format!("“{property}” is no property"))?;
                let parts = (thing(1)?, (*property).to_owned(), (*text(3)?).to_owned());
                if verb == "accept" {
                    Self::Accept(parts.0, parts.1, parts.2)
                } else {
                    Self::Reject(parts.0, parts.1, parts.2)
                }
            }
            other => {
                return Err(format!(
                    "“{other}” is no decision; same, different, rename, retype, reject and accept are"
                ));
            }
        })
    }

    /// The things it is about.
    pub fn things(&self) -> Vec<&Thing> {
        match self {
            Self::Same(a, b) | Self::Different(a, b) => vec![a, b],
            Self::Rename(a, _) | Self::Retype(a, _) | Self::Reject(a, ..) | Self::Accept(a, ..) => vec![a],
        }
    }
}

/// A line and its comment, which begins with a `#` that nothing or a blank stands before.
fn parted(line: &str) -> (&str, &str) {
    let begins = |at: &usize| line[..*at].chars().next_back().is_none_or(char::is_whitespace);
    match line.match_indices('#').map(|(at, _)| at).find(begins) {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => (line, ""),
    }
}

impl Decisions {
    /// Reads the lines of a file.
    pub fn parse(text: &str) -> Result<Self, DecisionError> {
        let mut entries = BTreeMap::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (decision, comment) = parted(line);
            if decision.trim().is_empty() {
                continue;
            }
            let decision = Decision::parse(decision.trim_end())
                .map_err(|reason| DecisionError { line: number + 1, reason })?;
            entries.insert(decision, comment.trim().to_owned());
        }
        Ok(Self { entries })
    }

    /// All decisions, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.entries.keys()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether it was decided just so.
    pub fn contains(&self, decision: &Decision) -> bool {
        self.entries.contains_key(decision)
    }

    /// Adds a decision with a comment.
    pub fn insert(&mut self, decision: Decision, comment: &str) {
        self.entries.insert(decision, comment.replace(['\n', '\t'], " "));
    }

    /// Takes a decision back; tells whether it was there.
    pub fn remove(&mut self, decision: &Decision) -> bool {
        self.entries.remove(decision).is_some()
    }

    /// The decisions of which only one of two files has one.
    pub fn changed<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Decision> {
        let gone = self.iter().filter(|d| !other.contains(d));
        gone.chain(other.iter().filter(|d| !self.contains(d)))
    }

    /// Whether two things must stay apart.
    pub fn part(&self, a: &Thing, b: &Thing) -> bool {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        self.contains(&Decision::Different(a.clone(), b.clone()))
    }

    /// What a thing must be kept apart from.
    pub fn apart_from<'a>(&'a self, thing: &'a Thing) -> impl Iterator<Item = &'a Thing> {
        self.iter().filter_map(move |decision| match decision {
            Decision::Different(a, b) if a == thing => Some(b),
            Decision::Different(a, b) if b == thing => Some(a),
            _ => None,
        })
    }

    /// Where a thing goes by decision, one step: what it is the same as, what it is called, what class it is of.
    pub fn goes_to(&self, thing: &Thing) -> Option<Thing> {
        self.iter().find_map(|decision| match decision {
            Decision::Same(kept, other) if other == thing && !self.part(kept, other) => Some(kept.clone()),
            Decision::Rename(old, name) if old == thing => {
                Some(Thing { class: old.class, name: fold_name(name) }).filter(|new| new != thing)
            }
            Decision::Retype(old, class) if old == thing && *class != old.class => {
                Some(Thing { class: *class, name: old.name.clone() })
            }
            _ => None,
        })
    }

    /// The name in the words of whoever renamed a thing to this one.
    pub fn given_name(&self, thing: &Thing) -> Option<&str> {
        self.iter().find_map(|decision| match decision {
            Decision::Rename(old, name) if old.class == thing.class && fold_name(name) == thing.name => {
                Some(name.as_str())
            }
            _ => None,
        })
    }

    /// Decisions that cannot all hold, in words.
    pub fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut moved: BTreeMap<&Thing, &Decision> = BTreeMap::new();
        for decision in self.iter() {
            if let Decision::Reject(a, property, object) = decision
                && self.contains(&Decision::Accept(a.clone(), property.clone(), object.clone()))
            {
                found.push(format!("“{a} {property} {object}” is rejected and accepted; it stays out"));
            }
            if let Decision::Same(a, b) = decision {
                if self.part(a, b) {
                    found.push(format!("{a} and {b} are said to be the same and different; they stay apart"));
                }
                if a == b {
                    found.push(format!("{a} is said to be the same as itself"));
                }
            }
            if let Decision::Different(a, b) = decision {
                found.extend((a == b).then(|| format!("{a} is said to be different from itself")));
                found.extend(self.joined_though_different(a, b));
            }
            let from = match decision {
                Decision::Same(_, thing) | Decision::Rename(thing, _) | Decision::Retype(thing, _) => thing,
                _ => continue,
            };
            if let Some(first) = moved.insert(from, decision) {
                let show = |d: &Decision| d.to_string().replace('\t', " ");
                found.push(format!(
                    "“{}” and “{}” are about one thing; the first is heeded",
                    show(first),
                    show(decision)
                ));
                moved.insert(from, first);
            }
        }
        found.extend(self.circles());
        found
    }

    /// What other decisions make of two things that are said to be different, if that is one thing.
    fn joined_though_different(&self, a: &Thing, b: &Thing) -> Option<String> {
        let (one, other) = (self.end(a), self.end(b));
        let joined = a != b && one == other && !self.contains(&Decision::Same(a.clone(), b.clone()));
        let joined = joined && !self.contains(&Decision::Same(b.clone(), a.clone()));
        joined.then(|| format!("{a} and {b} are said to be different, yet both to be {one}; they stay apart"))
    }

    /// Where a thing arrives by decisions.
    fn end(&self, thing: &Thing) -> Thing {
        let mut seen = vec![thing.clone()];
        while let Some(next) =
            seen.last().and_then(|last| self.goes_to(last)).filter(|next| !seen.contains(next))
        {
            seen.push(next);
        }
        seen.pop().unwrap_or_else(|| thing.clone())
    }

    fn circles(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for start in self.iter().flat_map(Decision::things) {
            let mut seen = vec![start.clone()];
            while let Some(next) = seen.last().and_then(|t| self.goes_to(t)) {
                if seen.contains(&next) {
                    if next == *start && seen.iter().min() == Some(start) {
                        seen.sort();
                        let names: Vec<String> = seen.iter().map(ToString::to_string).collect();
                        found.insert(format!(
                            "a circle of decisions: {}; it is broken at {next}",
                            names.join(", ")
                        ));
                    }
                    break;
                }
                seen.push(next);
            }
        }
        found
    }
}

impl fmt::Display for Decisions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# Decisions about identity, one a line: same, different, rename, retype, reject, accept. They always win."
        )?;
        for (decision, comment) in &self.entries {
            let gap = if comment.is_empty() { "" } else { "\t# " };
            writeln!(f, "{decision}{gap}{comment}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "# said\nsame\tenterprise:甲钢集团\tenterprise:甲钢\t# by the yearbook\n\
        different\tproject:二期\tproject:一期\nrename\tzone:甲园\t甲产业园\n\
        retype\tplace:乙园\tzone\nreject\tplace:甲市\tdevelops\tindustry:钢铁\n";

    fn thing(text: &str) -> Thing {
        Thing::parse(text).unwrap()
    }

    #[test]
    fn a_file_is_written_sorted_and_read_back_the_same() {
        let read = Decisions::parse(FILE).unwrap();
        let written = read.to_string();
        assert_eq!(Decisions::parse(&written).unwrap(), read);
        assert!(
            written.contains("same\tenterprise:甲钢集团\tenterprise:甲钢\t# by the yearbook\n"),
            "{written}"
        );
        assert!(written.contains("different\tproject:一期\tproject:二期\n"), "{written}");
    }

    #[test]
    fn a_decision_tells_where_a_thing_goes() {
        let read = Decisions::parse(FILE).unwrap();
        assert_eq!(read.goes_to(&thing("enterprise:甲钢")), Some(thing("enterprise:甲钢集团")));
        assert_eq!(read.goes_to(&thing("zone:甲园")), Some(thing("zone:甲产业园")));
        assert_eq!(read.goes_to(&thing("place:乙园")), Some(thing("zone:乙园")));
        assert_eq!(read.goes_to(&thing("zone:甲产业园")), None);
        assert!(read.part(&thing("project:二期"), &thing("project:一期")));
    }

    #[test]
    fn a_wrong_line_is_named_with_what_would_be_right() {
        let error = |text: &str| Decisions::parse(text).unwrap_err().to_string();
        assert!(error("\nsame\t甲\t乙").starts_with("line 2: “甲” is no thing; write class:name"));
        assert!(
            error("merge\tzone:甲\tzone:乙")
                .contains("same, different, rename, retype, reject and accept are")
        );
        assert!(error("retype\tzone:甲\tPark").contains("“Park” is no class"));
        assert!(error("reject\tzone:甲\tlikes\tzone:乙").contains("“likes” is no property"));
    }

    #[test]
    fn contradictions_are_said() {
        let said = |text: &str| Decisions::parse(text).unwrap().contradictions().join("\n");
        assert_eq!(said(FILE), "");
        assert!(said("same\tzone:甲\tzone:乙\ndifferent\tzone:甲\tzone:乙").contains("they stay apart"));
        assert!(said("rename\tzone:甲\t乙\nrename\tzone:甲\t丙").contains("the first is heeded"));
        let circle = said("same\tzone:甲\tzone:乙\nsame\tzone:乙\tzone:甲");
        assert!(circle.starts_with("a circle of decisions") && circle.lines().count() == 1, "{circle}");
    }

    proptest! {
        #[test]
        fn no_line_breaks_the_reader(text in "\\PC{0,40}", rest in "(same|reject|rename)\t\\PC{0,20}\t\\PC{0,20}") {
            let _ = Decisions::parse(&text);
            if let Ok(read) = Decisions::parse(&rest) {
                prop_assert_eq!(Decisions::parse(&read.to_string()).unwrap(), read);
            }
        }
    }
}
