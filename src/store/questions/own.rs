//! The questions that the program carries, from `queries/`.

use super::{Question, parse_question};

macro_rules! carried {
    ($($name:literal,)+) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../queries/", $name, ".rq"))),)+];
    };
}

carried! {
    "builders",
    "contradicting-figures",
    "document-entities",
    "documents",
    "documents-naming",
    "doubtful",
    "enterprise-places",
    "enterprise-projects",
    "evidence",
    "group-members",
    "indicator",
    "indicator-places",
    "indicator-years",
    "industry-developers",
    "industry-enterprises",
    "industry-members",
    "most-stated",
    "offices",
    "place-enterprises",
    "place-figures",
    "place-industries",
    "place-offices",
    "place-policies",
    "place-projects",
    "place-zones",
    "policy-implementers",
    "policy-issuers",
    "projects-by-status",
    "projects-signed",
    "rules-used",
    "subsidiaries",
    "targets",
    "targets-and-facts",
    "wikidata-neighbors",
    "wikidata-places",
    "zone-industries",
    "zone-places",
}

/// The questions that the program carries, sorted by name.
pub fn own_questions() -> Vec<Question> {
    FILES.iter().map(|(name, sparql)| parse_question(name, sparql)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Query;
    use std::collections::BTreeMap;
    use std::fs;

    #[test]
    fn carries_every_file_of_the_folder_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/queries");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".rq")?.to_owned()))
            .collect();
        files.sort();
        let carried: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(carried, files);
    }

    #[test]
    fn every_question_has_two_titles_and_uses_declared_terms_and_parameters_only() {
        for question in own_questions() {
            assert!(question.title_zh.ends_with('？') || !question.title_zh.is_ascii(), "{}", question.name);
            assert!(question.title_en.is_ascii(), "{}", question.name);
            assert_eq!(Query::new(&question.sparql).unknown_terms(), [], "{}", question.name);
            let query = question.bind(&BTreeMap::new(), "zh-Hans").unwrap();
            assert!(
                !query.text().contains("$script") && !query.text().contains("$lang"),
                "{}",
                question.name
            );
            for parameter in &question.parameters {
                assert!(!query.text().contains(&format!("(${}", parameter.name)), "{}", question.name);
                assert!(!parameter.meaning.is_empty(), "{}", question.name);
            }
        }
    }
}
