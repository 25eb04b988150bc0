//! The words of the sentence and their parts of speech, as a general dictionary cuts it.

use super::window::around;
use super::{Family, hash, place, steps};
use jieba_rs::Jieba;
use std::sync::LazyLock;

static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A word of the sentence.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// A hash of its characters.
    form: u32,
    /// A hash of its part of speech.
    tag: u32,
}

pub(super) fn write(chars: &[char], family: &mut Family) {
    let sentence: String = chars.iter().collect();
    let words = cut(&sentence);
    let forms: Vec<u32> = words.iter().map(|word| word.form).collect();
    let tags: Vec<u32> = words.iter().map(|word| word.tag).collect();
    for (index, word) in words.iter().enumerate() {
        let [form2, form1, next1, next2] = [-2, -1, 1, 2].map(|by| around(&forms, index, by));
        let [tag2, tag1, ahead1, ahead2] = [-2, -1, 1, 2].map(|by| around(&tags, index, by));
        let length = steps(word.end - word.start);
        for at in word.start..word.end {
            let place = place(at, word.start, word.end);
            family.push(at, hash(50, &[place, word.form]));
            family.push(at, hash(51, &[place, word.tag, length]));
            family.push(at, hash(52, &[place, form1]));
            family.push(at, hash(53, &[place, next1]));
            family.push(at, hash(54, &[place, tag1, word.tag]));
            family.push(at, hash(55, &[place, word.tag, ahead1]));
            family.push(at, hash(56, &[place, tag1, word.tag, ahead1]));
            family.push(at, hash(57, &[place, form1, word.form]));
            family.push(at, hash(58, &[place, word.form, next1]));
            family.push(at, hash(59, &[place, tag2, tag1]));
            family.push(at, hash(60, &[place, ahead1, ahead2]));
            family.push(at, hash(61, &[place, form2]));
            family.push(at, hash(62, &[place, next2]));
        }
    }
}

fn cut(sentence: &str) -> Vec<Word> {
    let mut start = 0;
    let word = |tagged: jieba_rs::Tag<'_>| {
        let (mut form, mut length) = (0, 0);
        for c in tagged.word.chars() {
            form = hash(form, &[c as u32]);
            length += 1;
        }
        let tag = tagged.tag.bytes().fold(0, |state, byte| hash(state, &[u32::from(byte)]));
        let word = Word { start, end: start + length, form, tag };
        start = word.end;
        word
    };
    DICTIONARY.tag(sentence, true).into_iter().map(word).collect()
}
