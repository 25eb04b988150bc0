//! Finds what a text is about as a whole.

use super::Subjects;
use super::words::{answers_to, is_country};
use crate::document::Class;
use crate::mentions::Mention;
use crate::mentions::gazetteer::{Gazetteer, Kind};
use crate::text::LineKind;
use std::collections::BTreeMap;

impl Subjects<'_> {
    pub(super) fn home_levels(&self) -> Vec<char> {
        let Some(home) = self.home else { return Vec::new() };
        let named = self.mentions.iter().enumerate().filter(|(i, _)| self.same(*i, home));
        let mut levels: Vec<char> = Vec::new();
        for (_, mention) in named {
            levels.push(self.text.view.chars[mention.end - 1]);
            let name = self.name(mention);
            levels
                .extend(["省", "区"].iter().filter(|level| answers_to(&name, level)).flat_map(|l| l.chars()));
        }
        levels
    }

    /// The name with the highest weight among the classes, as the mention that names it first.
    pub(super) fn heaviest(&self, classes: &[Class]) -> Option<(usize, f64)> {
        let mut scores: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        let mut covered = 0;
        for &index in &self.order {
            let mention = &self.mentions[index];
            let nested = mention.end <= covered;
            covered = covered.max(mention.end);
            if !classes.contains(&mention.class) {
                continue;
            }
            let entry = scores.entry(self.group[index]).or_insert((0.0, index));
            let standing = self.standing(mention);
            entry.0 += self.weight(mention) * standing * if nested { 0.2 } else { 1.0 };
        }
        let best = scores.values().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(score, index)| (*index, *score))
    }

    /// How likely a name of this kind is what a whole text is about: hardly a country, seldom a river or a region.
    fn standing(&self, mention: &Mention) -> f64 {
        let name = self.name(mention);
        let natural = |kind: Kind| {
            matches!(
                kind,
                Kind::Region | Kind::Belt | Kind::Water | Kind::Mountain | Kind::Island | Kind::Continent
            )
        };
        match Gazetteer::open().lookup(&name).first() {
            _ if is_country(&name) => 0.02,
            Some(entry) if natural(entry.kind) => 0.25,
            _ => 1.0,
        }
    }

    pub(super) fn weight(&self, mention: &Mention) -> f64 {
        let heading = self
            .sentence_at(mention.start)
            .is_some_and(|s| self.text.sentences[s].kind == LineKind::Heading && s < 12);
        let early = mention.start < 160;
        1.0 + if heading { 1.0 } else { 0.0 } + if early { 0.6 } else { 0.0 }
    }
}
