//! The `--lang` argument.

use clap::ValueEnum;

/// The language of labels and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Language {
    /// Simplified Chinese
    #[default]
    #[value(name = "zh-Hans", alias = "zh-hans", alias = "zh")]
    Simplified,
    /// Traditional Chinese
    #[value(name = "zh-Hant", alias = "zh-hant")]
    Traditional,
    /// English; names of things stay in simplified Chinese
    #[value(name = "en")]
    English,
}

impl Language {
    /// The tag in lower case.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Simplified => "zh-hans",
            Self::Traditional => "zh-hant",
            Self::English => "en",
        }
    }

    /// Chinese or English words, the Chinese ones in the right script.
    pub fn words(self, chinese: &str, english: &str) -> String {
        match self {
            Self::Simplified => chinese.to_owned(),
            Self::Traditional => jinxiu::rdf::traditional(chinese),
            Self::English => english.to_owned(),
        }
    }

    /// A name of a thing in the right script.
    pub fn name(self, name: &str) -> String {
        match self {
            Self::Traditional => jinxiu::rdf::traditional(name),
            Self::Simplified | Self::English => name.to_owned(),
        }
    }
}
