//! Finds what a text is about as a whole.

use super::Subjects;
use super::words::{answers_to, is_country, is_stretch};
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
            levels.extend((mention.class == Class::Place).then(|| self.level(mention)));
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
            if !classes.contains(&mention.class) || self.is_dateline(mention) {
                continue;
            }
            let entry = scores.entry(self.group[index]).or_insert((0.0, index));
            let standing = self.standing(mention);
            entry.0 += self.weight(mention) * standing * if nested { 0.4 } else { 1.0 };
        }
        for (score, index) in scores.values_mut() {
            *score += self.answering(&self.mentions[*index]);
        }
        let best = scores.values().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(score, index)| (*index, *score))
    }

    /// A place is spoken of with 全市 or 我县 too, a zone only seldom with any of these.
    fn answering(&self, mention: &Mention) -> f64 {
        const MOST: usize = 6;
        if mention.class != Class::Place {
            return 0.0;
        }
        let level = self.level(mention);
        let said = |pair: &&[char]| matches!(pair, ['全' | '我', c] if *c == level);
        let times = self.text.view.chars.windows(2).filter(said).take(MOST).count();
        f64::from(u8::try_from(times).unwrap_or(0)) * 0.5
    }

    /// The last character of a place's full name: 市 for 太原.
    fn level(&self, mention: &Mention) -> char {
        let name = self.name(mention);
        let known = Gazetteer::open().lookup(&name).first().filter(|e| e.kind.class() == Some(Class::Place));
        known.map_or(name.as_str(), |entry| entry.canonical).chars().next_back().unwrap_or(' ')
    }

    /// 某网北京7月28日电: where a report was sent from says nothing of what it is about.
    fn is_dateline(&self, mention: &Mention) -> bool {
        let chars = &self.text.view.chars;
        let rest = &chars[mention.end..chars.len().min(mention.end + 8)];
        let date = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '月' | '日')).count();
        date > 2 && matches!(rest.get(date), Some('电' | '讯'))
    }

    /// How likely a name of this kind is what a whole text is about: hardly a country, seldom a river, a region or a place
    /// that no list knows.
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
            _ if mention.class == Class::Zone => 0.9,
            Some(entry) if natural(entry.kind) => 0.25,
            Some(_) => 1.0,
            None if is_stretch(&name) => 0.25,
            None => 0.6,
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
