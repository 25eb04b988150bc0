//! A document as read: its characters, a folded view for matching, its sentences, its page furniture.
//!
//! Goes in: a string as it was crawled. Comes out: a [`Text`], whose characters are never altered; everything
//! that simplifies matching (script, width, case of punctuation, spaces) happens in its [`View`].

mod encoding;
mod fold;
mod furniture;
mod head;
mod markup;
mod reprint;
mod sentence;
mod sources;
mod view;

pub use encoding::{DecodeError, decode};
pub use fold::{fold_char, fold_name, is_han};
pub use head::Date;
pub use markup::escaped;
pub use reprint::Wording;
pub use sentence::{LineKind, Sentence};
pub use sources::{Naming, Source, SourceError, find};
pub use view::{View, display_width, is_unseen};

use sha2::{Digest, Sha256};

/// A text with everything that is known of its outer form.
#[derive(Debug, Clone)]
pub struct Text {
    /// The code points as given.
    pub chars: Vec<char>,
    /// SHA-256 of the UTF-8 bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The characters as they are matched.
    pub view: View,
    /// The sentences in reading order; ranges of the view.
    pub sentences: Vec<Sentence>,
}

impl Text {
    /// Reads a string into characters, view and sentences. Cannot fail.
    pub fn new(raw: &str) -> Self {
        let chars: Vec<char> = raw.chars().collect();
        let view = View::new(&chars);
        let sentences = sentence::split(&view);
        let sha256 = Sha256::digest(raw.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        Self { chars, sha256, view, sentences }
    }

    /// The characters of `start..end` (code points) as the author wrote them.
    pub fn quote(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }
}
