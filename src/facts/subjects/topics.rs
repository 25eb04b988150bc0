//! Reads the topics of clauses.

use super::words::{LEXICON, skip_light};
use super::{Subjects, Topic};
use crate::document::Class;
use crate::mentions::Mention;
use crate::text::LineKind;

impl Subjects<'_> {
    pub(super) fn read_topics(&mut self) {
        let mut next = 0;
        for sentence in 0..self.text.sentences.len() {
            let range = self.text.sentences[sentence];
            if range.kind == LineKind::Furniture {
                continue;
            }
            let mut from = range.start;
            for at in range.start..=range.end {
                let ends = at == range.end
                    || matches!(self.text.view.chars[at], '，' | '；' | '：' | '。' | '！' | '？');
                if ends {
                    next = self.read_clause((from, at), sentence, next);
                    from = at + 1;
                }
            }
        }
    }

    /// Finds the topic of one clause; `next` is the first mention (in order) that may lie in it.
    pub(super) fn read_clause(&mut self, clause: (usize, usize), sentence: usize, mut next: usize) -> usize {
        let (from, to) = clause;
        while next < self.order.len() && self.mentions[self.order[next]].start < from {
            next += 1;
        }
        let begin = next;
        while next < self.order.len() && self.mentions[self.order[next]].start < to {
            next += 1;
        }
        let here: Vec<usize> = self.order[begin..next].to_vec();
        self.read_anaphor(clause, sentence, &here);
        let mut covered = 0;
        for (n, &index) in here.iter().enumerate() {
            let mention = &self.mentions[index];
            if mention.start < covered || mention.end > to {
                continue;
            }
            covered = mention.end;
            let index = self.innermost_place(&here[n..], index);
            covered = covered.max(self.mentions[index].end);
            let topic = Topic { at: self.mentions[index].end, sentence, mention: index };
            let first = self.strong.last().is_none_or(|t| t.sentence < sentence || t.at <= from);
            if first && self.is_strong(clause, mention, &self.mentions[index]) {
                self.strong.push(topic);
            } else {
                self.weak.push(topic);
            }
        }
        let added = self.strong.partition_point(|t| t.at <= from && t.sentence <= sentence);
        self.strong[added..].sort_by_key(|t| t.at);
        next
    }

    /// Of 山西省长治市屯留区 the last; of a place before an enterprise or a project the latter.
    pub(super) fn innermost_place(&self, here: &[usize], index: usize) -> usize {
        let mut at = index;
        for &next in here {
            let (now, then) = (&self.mentions[at], &self.mentions[next]);
            if then.start == now.end && now.class == Class::Place && then.class != Class::Industry {
                at = next;
            }
        }
        at
    }

    pub(super) fn is_strong(&self, clause: (usize, usize), first: &Mention, last: &Mention) -> bool {
        let Some(lexicon) = LEXICON.as_ref() else { return false };
        let chars = &self.text.view.chars;
        let after = &chars[last.end.min(clause.1)..clause.1];
        let media = last.class == Class::Organization && {
            let name = self.name(last);
            lexicon.media.iter().any(|word| name.ends_with(word.as_str()))
        };
        if media || lexicon.speaking.iter().any(|word| after.starts_with(word)) || self.is_office(last.end) {
            return false;
        }
        let begin = skip_light(chars, clause.0, first.start);
        let before = &chars[begin..first.start];
        let circumstance =
            lexicon.circumstance.iter().any(|word| chars[clause.0..first.start].ends_with(word));
        let listed = after.first().is_some_and(|c| matches!(c, '、' | '等' | '和' | '及' | '与'))
            || first.start > 0 && matches!(chars[first.start - 1], '、' | '和');
        !listed && !circumstance && (before.is_empty() || before.ends_with(&['的']))
    }

    pub(super) fn is_office(&self, at: usize) -> bool {
        self.offices.contains(&at)
    }
}
