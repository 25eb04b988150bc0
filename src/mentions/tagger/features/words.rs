//! The words of the sentence and their parts of speech, as a general dictionary cuts it.

use super::window::around;
use super::{Family, hash, place, steps};
use crate::mentions::tagger::kinds::{Groups, Kinds};
use jieba_rs::Jieba;
use std::sync::LazyLock;

static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Loads the dictionary, which otherwise happens on first use.
pub fn load_dictionary() {
    LazyLock::force(&DICTIONARY);
}

/// A word of the sentence.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// A hash of its characters.
    form: u32,
    /// A hash of its part of speech.
    tag: u32,
    groups: Groups,
}

pub(super) fn write(chars: &[char], family: &mut Family) {
    let words = cut(chars);
    write_kinds(&words, family);
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

/// The kinds of the word a character is in and of the words beside it.
fn write_kinds(words: &[Word], family: &mut Family) {
    let [coarse, middle, fine] =
        [0, 1, 2].map(|level| words.iter().map(|word| u32::from(word.groups[level])).collect::<Vec<_>>());
    for (index, word) in words.iter().enumerate() {
        let three = |level: &[u32]| [-1, 0, 1].map(|by| around(level, index, by));
        let [coarse1, coarse, ahead] = three(&coarse);
        let [middle1, middle, next] = three(&middle);
        let [fine1, fine, after] = three(&fine);
        for at in word.start..word.end {
            let place = place(at, word.start, word.end);
            family.push(at, hash(63, &[place, coarse]));
            family.push(at, hash(64, &[place, middle]));
            family.push(at, hash(65, &[place, fine]));
            family.push(at, hash(66, &[place, middle1]));
            family.push(at, hash(67, &[place, next]));
            family.push(at, hash(68, &[place, coarse1, coarse]));
            family.push(at, hash(69, &[place, coarse, ahead]));
            family.push(at, hash(70, &[place, fine1]));
            family.push(at, hash(71, &[place, after]));
        }
    }
}

fn cut(chars: &[char]) -> Vec<Word> {
    let sentence: String = chars.iter().collect();
    let mut start = 0;
    let word = |tagged: jieba_rs::Tag<'_>| {
        let end = start + tagged.word.chars().count();
        let form = chars[start..end].iter().fold(0, |form, c| hash(form, &[*c as u32]));
        let tag = tagged.tag.bytes().fold(0, |state, byte| hash(state, &[u32::from(byte)]));
        let word = Word { start, end, form, tag, groups: Kinds::open().of(&chars[start..end]) };
        start = end;
        word
    };
    DICTIONARY.tag(&sentence, true).into_iter().map(word).collect()
}

/// The words of a sentence.
pub(in crate::mentions::tagger) fn split(chars: &[char]) -> Vec<Vec<char>> {
    let sentence: String = chars.iter().collect();
    DICTIONARY.cut(&sentence, true).into_iter().map(|token| token.word.chars().collect()).collect()
}
