//! Enterprises that a list calls projects: 云山重工、青山机床等一批项目签约.
//!
//! Each stands for its project; where annotated texts say so, the project was annotated on 37 of 38 names.

use super::candidates::class_of_list;
use super::{Mention, in_reading_order};
use crate::document::Class;
use crate::text::Text;

/// How sure it is that an enterprise stands for its project, where it is sure that it is one.
const SURE: f32 = 0.97;

/// Adds the projects for which the enterprises of such lists stand, each on the enterprise's range.
pub(super) fn add_projects(text: &Text, mentions: &mut Vec<Mention>) {
    let chars = &text.view.chars;
    let closes = |m: &&Mention| class_of_list(chars, m.end) == Some(Class::Project);
    let lasts = mentions.iter().filter(|m| m.class == Class::Enterprise).filter(closes);
    let projects: Vec<Mention> = lasts.flat_map(|last| items(chars, mentions, last)).collect();
    mentions.extend(projects);
    in_reading_order(mentions);
}

/// The enterprises of the list that ends with `last`, as projects.
fn items(chars: &[char], mentions: &[Mention], last: &Mention) -> Vec<Mention> {
    let joins = |at: usize| matches!(chars[at], '、' | '和' | '与' | '及');
    let before = |item: &&Mention| {
        let end = item.start.checked_sub(1).filter(|at| joins(*at))?;
        mentions.iter().find(|m| m.end == end && matches!(m.class, Class::Enterprise | Class::Project))
    };
    std::iter::successors(Some(last), before)
        .filter(|item| item.class == Class::Enterprise)
        .map(|item| Mention {
            class: Class::Project,
            found_by: "rule:listed-as-project".to_owned(),
            confidence: item.confidence * SURE,
            ..item.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The projects that are added to the enterprises in a text, in brackets.
    fn projects(notation: &str) -> Vec<String> {
        let mut text = String::new();
        let mut mentions = Vec::new();
        for piece in notation.split(['[', ']']).enumerate() {
            let start = text.chars().count();
            text.push_str(piece.1);
            if piece.0 % 2 == 1 {
                let end = text.chars().count();
                let found_by = "test".to_owned();
                mentions.push(Mention { start, end, class: Class::Enterprise, found_by, confidence: 1.0 });
            }
        }
        let text = Text::new(&text);
        add_projects(&text, &mut mentions);
        let added = mentions.iter().filter(|m| m.class == Class::Project);
        added.map(|m| text.view.slice(m.start, m.end)).collect()
    }

    #[test]
    fn an_enterprise_in_a_list_of_projects_stands_for_its_project() {
        assert_eq!(projects("推动[云山重工]、[青山机床]等一批重点项目签约。"), ["云山重工", "青山机床"]);
        assert_eq!(projects("[云山重工]和[青山机床]等64个项目开工。"), ["云山重工", "青山机床"]);
        assert_eq!(projects("[云山重工]等项目投产，[青山机床]扩产。"), ["云山重工"]);
    }

    #[test]
    fn an_enterprise_in_a_list_of_enterprises_does_not() {
        assert!(projects("引进[云山重工]、[青山机床]等企业的项目。").is_empty());
        assert!(projects("[云山重工]、[青山机床]等一批龙头企业项目多。").is_empty());
        assert!(projects("[云山重工]等签约。项目开工。").is_empty());
    }
}
