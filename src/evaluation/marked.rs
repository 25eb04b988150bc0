//! The mentions of a text as they are shown: found rightly, missed, or found where none is.

use super::{Annotation, spans};
use std::collections::BTreeMap;

/// How a mention stands to the gold annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In both.
    True,
    /// In the gold annotation alone.
    Missing,
    /// In the extraction alone.
    Spurious,
}

/// A mention with its standing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where it begins, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The class.
    pub class: String,
    /// How it stands to the gold annotation.
    pub standing: Standing,
}

/// All mentions of a document, gold and found, in reading order.
pub fn marks(gold: &Annotation, system: &Annotation) -> Vec<Mark> {
    let (expected, found) = (spans(gold, Some), spans(system, Some));
    let mut marks: Vec<Mark> = expected
        .union(&found)
        .map(|span| Mark {
            start: span.0,
            end: span.1,
            class: span.2.to_owned(),
            standing: match (expected.contains(span), found.contains(span)) {
                (true, true) => Standing::True,
                (true, false) => Standing::Missing,
                _ => Standing::Spurious,
            },
        })
        .collect();
    marks.sort();
    marks
}

/// A piece of a text with the marks that lie on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: String,
    /// The marks, in reading order.
    pub marks: Vec<&'a Mark>,
    /// Those of them that begin here.
    pub begins: Vec<&'a Mark>,
}

/// A text cut where marks begin and end, so that marks may overlap in any way.
pub fn pieces<'a>(text: &[char], marks: &'a [Mark]) -> Vec<Piece<'a>> {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.retain(|cut| *cut <= text.len());
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |cut: &[usize]| {
        let on = marks.iter().filter(|mark| mark.start <= cut[0] && cut[1] <= mark.end);
        let marks: Vec<&Mark> = on.collect();
        let begins = marks.iter().copied().filter(|mark| mark.start == cut[0]).collect();
        Piece { text: text[cut[0]..cut[1]].iter().collect(), marks, begins }
    };
    cuts.windows(2).map(piece).collect()
}

/// How often each rule, list or model was right: mentions and relations by what found them.
pub fn by_origin(gold: &[Annotation], system: &[Annotation]) -> BTreeMap<String, (usize, usize)> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for expected in gold {
        let Some(found) = system.iter().find(|found| found.id == expected.id) else { continue };
        for (origin, right) in super::origins(expected, found) {
            let count = counts.entry(origin.to_owned()).or_default();
            count.0 += usize::from(right);
            count.1 += 1;
        }
    }
    counts.retain(|origin, _| !origin.is_empty());
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(mentions: &str) -> Annotation {
        let entity = format!("{{\"id\":\"e1\",\"type\":\"Place\",\"name\":\"甲\",\"mentions\":{mentions}}}");
        serde_json::from_str(&format!("{{\"id\":\"a\",\"entities\":[{entity}]}}")).unwrap()
    }

    #[test]
    fn each_mention_has_its_standing() {
        let marks = marks(&annotation("[[0,2],[4,6]]"), &annotation("[[0,2],[5,7]]"));
        let standings: Vec<_> = marks.iter().map(|m| (m.start, m.standing)).collect();
        assert_eq!(standings, [(0, Standing::True), (4, Standing::Missing), (5, Standing::Spurious)]);
    }

    #[test]
    fn marks_that_overlap_cut_the_text_and_lose_nothing_of_it() {
        let text: Vec<char> = "甲乙丙丁戊己庚辛".chars().collect();
        let marks = marks(&annotation("[[1,5],[9,12]]"), &annotation("[[3,7]]"));
        let pieces = pieces(&text, &marks);
        assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), "甲乙丙丁戊己庚辛");
        let counts: Vec<_> =
            pieces.iter().map(|p| (p.text.as_str(), p.marks.len(), p.begins.len())).collect();
        assert_eq!(counts, [("甲", 0, 0), ("乙丙", 1, 1), ("丁戊", 2, 1), ("己庚", 1, 0), ("辛", 0, 0)]);
    }
}
