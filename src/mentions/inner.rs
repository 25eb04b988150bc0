//! The names inside a project's name: who builds it, and where.
//!
//! A tagger reads each project's name by itself. What the text calls an enterprise, a zone or a place elsewhere, and the
//! enterprise that the form of the name suggests, are its candidates.

use super::candidates::{Listed, enterprise_head};
use super::gazetteer::Gazetteer;
use super::second_look::{Names, accepted_names};
use super::tagger::Tagger;
use super::{Candidate, Mention, in_reading_order};
use crate::document::Class;
use crate::text::Text;
use std::ops::Range;

/// What a project's name may contain.
pub const CLASSES: [Class; 3] = [Class::Place, Class::Zone, Class::Enterprise];

/// Adds the names inside projects' names to mentions that do not overlap; sorts them by start, longer first.
pub(super) fn complete(text: &Text, mentions: Vec<Mention>, tagger: &Tagger) -> Vec<Mention> {
    let mut all = mentions;
    all.extend(find(text, &all, &accepted_names(text, &all), tagger));
    in_reading_order(&mut all);
    all
}

/// The names inside the projects among `mentions`; an enterprise may be all of a project's name.
///
/// What is known to name something names it here too; the tagger reads the rest.
fn find(text: &Text, mentions: &[Mention], names: &Names, tagger: &Tagger) -> Vec<Mention> {
    let mut projects: Vec<&Mention> = mentions.iter().filter(|m| m.class == Class::Project).collect();
    if projects.is_empty() {
        return Vec::new();
    }
    projects.sort_by_key(|project| project.start);
    let ranges: Vec<Range<usize>> = projects.iter().map(|m| m.start..m.end).collect();
    let mut candidates: Vec<Candidate> =
        ranges.iter().flat_map(|range| candidates(text, range, names)).collect();
    candidates.sort_unstable();
    let read = tagger.read(&text.view, ranges, &candidates).best;
    let mut found = Vec::new();
    for project in projects {
        let known = known(text, project, names);
        let from = read.partition_point(|m| m.start < project.start);
        let read = read[from..].iter().take_while(|m| m.start < project.end);
        let fits =
            |m: &&Mention| m.class == Class::Enterprise || (m.start, m.end) != (project.start, project.end);
        let read: Vec<Mention> =
            read.filter(fits).map(|m| known_better(m, &known).unwrap_or(m).clone()).collect();
        let more = known.into_iter().filter(|k| !read.iter().any(|m| k.start < m.end && m.start < k.end));
        found.extend(more.collect::<Vec<_>>());
        found.extend(read);
    }
    found
}

/// The known enterprise that begins where the tagger read another.
fn known_better<'k>(read: &Mention, known: &'k [Mention]) -> Option<&'k Mention> {
    known.iter().find(|k| k.class == Class::Enterprise && k.class == read.class && k.start == read.start)
}

/// The names that the text bears elsewhere and the well-known ones in a project's name.
fn known(text: &Text, project: &Mention, names: &Names) -> Vec<Mention> {
    let whole = project.start..project.end;
    let class_of = |range: Range<usize>| {
        let class = known_class(&text.view.slice(range.start, range.end), names)?;
        (range != whole || class == Class::Enterprise).then_some(class)
    };
    let mention = |(range, class): (Range<usize>, Class)| Mention {
        start: range.start,
        end: range.end,
        class,
        found_by: "rule:inside-project".to_owned(),
        confidence: project.confidence * 0.9,
    };
    longest(&whole, class_of).into_iter().map(mention).collect()
}

/// The longest part of `whole` that has a class at each place, from left to right.
fn longest(
    whole: &Range<usize>,
    class_of: impl Fn(Range<usize>) -> Option<Class>,
) -> Vec<(Range<usize>, Class)> {
    let (mut found, mut at) = (Vec::new(), whole.start);
    while at < whole.end {
        let hit = (at + 2..=whole.end).rev().find_map(|end| Some((at..end, class_of(at..end)?)));
        at = hit.as_ref().map_or(at + 1, |(range, _)| range.end);
        found.extend(hit);
    }
    found
}

/// A gazetteer name as sure as this stands inside a project's name for what it names.
const SURE: u8 = 8;

fn known_class(name: &str, names: &Names) -> Option<Class> {
    let fits = |class: &Class| CLASSES.contains(class);
    let accepted = names.get(name).map(|(class, _)| *class).filter(fits);
    accepted.or_else(|| {
        let best = Gazetteer::open().lookup(name).first()?;
        best.kind.class().filter(fits).filter(|_| best.weight >= SURE)
    })
}

/// What may stand inside the project's name at `range`, sorted by start.
pub(super) fn candidates(text: &Text, range: &Range<usize>, names: &Names) -> Vec<Candidate> {
    let mut found = named_elsewhere(text, range, names);
    found.extend(head(text, range, &found));
    if listed(text, range) == Listed::Yes {
        found.push(Candidate { start: range.start, end: range.end, class: Class::Project, rule: "listed" });
    }
    found.sort_unstable();
    found
}

fn named_elsewhere(text: &Text, range: &Range<usize>, names: &Names) -> Vec<Candidate> {
    let class_of = |part: Range<usize>| {
        let (class, _) = names.get(&text.view.slice(part.start, part.end))?;
        CLASSES.contains(class).then_some(*class)
    };
    let candidate = |(part, class): (Range<usize>, Class)| Candidate {
        start: part.start,
        end: part.end,
        class,
        rule: "named-elsewhere",
    };
    longest(range, class_of).into_iter().map(candidate).collect()
}

/// The enterprise that the form of the name suggests, after a place in front of it.
fn head(text: &Text, range: &Range<usize>, known: &[Candidate]) -> Option<Candidate> {
    let in_front = known.first().filter(|name| name.start == range.start && name.class == Class::Place);
    let place = in_front.map_or(0, |name| name.end - name.start);
    let (start, end) = enterprise_head(&text.view.chars[range.clone()], place, listed(text, range))?;
    let (start, end) = (range.start + start, range.start + end);
    Some(Candidate { start, end, class: Class::Enterprise, rule: "enterprise-head" })
}

fn listed(text: &Text, range: &Range<usize>) -> Listed {
    let before = range.start.checked_sub(1).map(|at| text.view.chars[at]);
    let after = text.view.chars.get(range.end);
    if before == Some('、') || matches!(after, Some('、' | '等')) { Listed::Yes } else { Listed::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_with_project(text: &str, project: &str) -> (Text, Range<usize>) {
        let text = Text::new(text);
        let view: String = text.view.chars.iter().collect();
        let start = view[..view.find(project).unwrap()].chars().count();
        (text, start..start + project.chars().count())
    }

    fn shown(text: &Text, found: &[Candidate]) -> Vec<String> {
        found.iter().map(|c| format!("{}/{}/{}", text.view.slice(c.start, c.end), c.class, c.rule)).collect()
    }

    #[test]
    fn what_the_text_names_elsewhere_may_stand_inside() {
        let (text, range) =
            text_with_project("甲乙精工来到云山。甲乙精工云山减速机项目开工。", "甲乙精工云山减速机项目");
        let names = Names::from([
            ("甲乙精工".to_owned(), (Class::Enterprise, 1.0)),
            ("云山".to_owned(), (Class::Place, 1.0)),
            ("减速机".to_owned(), (Class::Industry, 1.0)),
        ]);
        let found = shown(&text, &candidates(&text, &range, &names));
        assert!(found.contains(&"甲乙精工/Enterprise/named-elsewhere".to_owned()), "{found:?}");
        assert!(found.contains(&"云山/Place/named-elsewhere".to_owned()), "{found:?}");
        assert!(!found.iter().any(|f| f.contains("Industry")), "{found:?}");
    }

    #[test]
    fn an_item_of_a_list_is_marked() {
        let (text, range) = text_with_project("甲乙200兆瓦电池、丙丁等项目投产。", "甲乙200兆瓦电池");
        let found = shown(&text, &candidates(&text, &range, &Names::new()));
        assert_eq!(found, ["甲乙/Enterprise/enterprise-head", "甲乙200兆瓦电池/Project/listed"]);
    }

    #[test]
    fn the_built_in_tagger_reads_the_maker_and_the_place() {
        let (text, range) = text_with_project(
            "昨天，宁波海达塑料机械有限公司云南曲靖注塑机生产基地项目开工。",
            "宁波海达塑料机械有限公司云南曲靖注塑机生产基地项目",
        );
        let project = Mention {
            start: range.start,
            end: range.end,
            class: Class::Project,
            found_by: "test".to_owned(),
            confidence: 1.0,
        };
        let found = find(&text, &[project], &Names::new(), Tagger::inner());
        let names: Vec<String> =
            found.iter().map(|m| format!("{}/{}", text.view.slice(m.start, m.end), m.class)).collect();
        assert!(names.contains(&"宁波海达塑料机械有限公司/Enterprise".to_owned()), "{names:?}");
        assert!(names.iter().any(|n| n.ends_with("/Place")), "{names:?}");
    }
}
