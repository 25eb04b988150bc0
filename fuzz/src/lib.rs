//! What must hold of any input. The fuzzer searches for inputs of which it does not; `tests/it/fuzzing.rs` tries some on every run.

use jinxiu::pipeline;
use jinxiu::rdf::{Base, Run, Source, document_quads};
use jinxiu::text::{Text, decode};

/// Bytes are read as a text or refused; each character of a text's view stands in the text, each sentence within the view.
pub fn reader(bytes: &[u8]) {
    let Ok(read) = decode(bytes.to_vec()) else { return };
    let text = Text::new(&read);
    assert_eq!(text.view.chars.len(), text.view.origin.len());
    assert!(text.view.origin.windows(2).all(|pair| pair[0] < pair[1]), "the view goes back in the text");
    assert!(text.view.origin.last().is_none_or(|last| *last < text.chars.len()));
    let mut reached = 0;
    for sentence in &text.sentences {
        assert!(reached <= sentence.start && sentence.start <= sentence.end);
        reached = sentence.end;
    }
    assert!(reached <= text.view.len());
}

/// What is found in any words stands in them, is sure to a degree from 0 to 1, and becomes quads.
pub fn extractor(bytes: &[u8]) {
    let text = Text::new(&words(bytes));
    let found = pipeline::extract("any", &text);
    let mentions = found.entities.iter().flat_map(|e| &e.mentions);
    let relations = found.relations.iter().flat_map(|r| &r.evidence);
    for at in mentions.chain(relations).chain(found.observations.iter().flat_map(|o| &o.evidence)) {
        assert!(at.span.start < at.span.end && at.span.end <= text.chars.len(), "{at:?}");
        assert!((0.0..=1.0).contains(&at.confidence), "{at:?}");
    }
    let quads = document_quads(Source { text: &text, extraction: &found }, &Base::default(), &Run::default());
    assert!(!quads.is_empty());
}

/// What the extractor is about, so that random bytes are more than noise to it.
const WORDS: [&str; 32] = [
    "太原市",
    "合肥高新区",
    "山西省",
    "开发区",
    "某某集团有限公司",
    "产业园",
    "装备制造业",
    "项目",
    "省委书记",
    "王小明",
    "《规划》",
    "落户",
    "位于",
    "签约",
    "增长",
    "达到",
    "万吨",
    "亿元",
    "%",
    "2021年",
    "1—6月",
    "12.5",
    "３",
    "，",
    "。",
    "、",
    "“",
    "”",
    "（",
    "&&",
    "\n",
    " ",
];

/// Valid UTF-8 as it is; of other bytes each chooses a word.
fn words(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| WORDS[usize::from(*byte) % WORDS.len()]).collect(),
    }
}
