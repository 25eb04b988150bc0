//! Recognises lines that belong to the page and not to the text.

/// Whether a line (folded, without inner spaces) is a menu, an address, a counter or the like.
pub(super) fn is_furniture(line: &[char]) -> bool {
    let text: String = line.iter().collect();
    line.len() < 2
        || text.contains("http：//")
        || text.contains("https：//")
        || text.contains("www.")
        || !line.iter().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
}
