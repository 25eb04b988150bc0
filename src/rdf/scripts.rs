//! Names in both scripts.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use oxrdf::vocab::xsd;
use oxrdf::{Literal, Term};
use std::sync::LazyLock;

static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
static TO_TRADITIONAL: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());

/// The language tag of names in simplified script, in the lower case in which literals are compared.
pub const SIMPLIFIED: &str = "zh-hans";
/// The language tag of names in traditional script.
pub const TRADITIONAL: &str = "zh-hant";

/// Both tags, as they are compared and as BCP 47 recommends to write them.
const SPELLINGS: [(&str, &str); 2] = [(SIMPLIFIED, "zh-Hans"), (TRADITIONAL, "zh-Hant")];

/// Writes the language of a literal, or a literal that names a language, as BCP 47 recommends.
pub(crate) fn respell_language(term: &mut Term) {
    let Term::Literal(literal) = term else { return };
    let tag = literal.language().unwrap_or_else(|| literal.value());
    let Some((_, spelt)) = SPELLINGS.iter().find(|(compared, _)| tag == *compared) else { return };
    if literal.language().is_some() {
        *literal = Literal::new_language_tagged_literal_unchecked(literal.value(), *spelt);
    } else if literal.datatype() == xsd::STRING {
        *literal = Literal::new_simple_literal(*spelt);
    }
}

/// Undoes that for a literal that names a language; the languages of others are folded by their reader.
pub(super) fn fold_language(term: &mut Term) {
    let Term::Literal(literal) = term else { return };
    let folded = SPELLINGS.iter().find(|(_, spelt)| literal.value() == *spelt);
    if let Some((compared, _)) = folded.filter(|_| literal.datatype() == xsd::STRING) {
        *literal = Literal::new_simple_literal(*compared);
    }
}

/// A text in simplified script.
pub fn simplified(text: &str) -> String {
    convert(&TO_SIMPLIFIED, text)
}

/// A text in traditional script.
pub fn traditional(text: &str) -> String {
    convert(&TO_TRADITIONAL, text)
}

fn convert(converter: &LazyLock<Option<OpenCC>>, text: &str) -> String {
    let converted = (**converter).as_ref().map(|c| c.convert(text));
    converted.unwrap_or_else(|| text.to_owned())
}

/// A name as a literal of each script, first the simplified one. What was written in traditional script stays as it was
/// written.
pub fn in_both_scripts(name: &str) -> [Literal; 2] {
    let hans = simplified(name);
    let hant = if hans == name { traditional(name) } else { name.to_owned() };
    [literal(hans, SIMPLIFIED), literal(hant, TRADITIONAL)]
}

fn literal(value: String, language: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(value, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_language_in_one_way_and_folds_it_when_it_is_read() {
        let respelt = |literal: Literal| {
            let mut term = Term::from(literal);
            respell_language(&mut term);
            let written = term.to_string();
            fold_language(&mut term);
            (written, term.to_string())
        };
        let told = |written: &str, read: &str| (written.to_owned(), read.to_owned());
        assert_eq!(respelt(literal("甲".into(), SIMPLIFIED)).0, "\"甲\"@zh-Hans");
        assert_eq!(respelt("zh-hant".into()), told("\"zh-Hant\"", "\"zh-hant\""));
        assert_eq!(respelt("甲".into()), told("\"甲\"", "\"甲\""));
    }

    #[test]
    fn writes_a_name_in_both_scripts_whichever_was_given() {
        let shown = |name| in_both_scripts(name).map(|l| l.value().to_owned());
        assert_eq!(shown("签约项目"), ["签约项目", "簽約項目"]);
        assert_eq!(shown("簽約項目"), ["签约项目", "簽約項目"]);
    }
}
