//! A page of HTML that shows a scoring: tables, and the texts with what was found rightly, missed, and found where none is.

use super::{Scoring, tables};
use crate::cli::report::html;
use jinxiu::evaluation::{Level, Mark, Part, Piece, Standing, marks, pieces};
use jinxiu::text::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const LEGEND: &str = "<p><span class=\"true\">true</span> <span class=\"missing\">missing</span> \
<span class=\"spurious\">spurious</span></p>\n";

/// The page; `texts` gives the words of the documents that are at hand.
pub(super) fn page(scoring: &Scoring<'_>, texts: &BTreeMap<String, Vec<char>>) -> String {
    let mut sections = vec![tables::levels(scoring), tables::intervals(&scoring.scored)];
    sections.extend(scoring.other.as_ref().map(|other| tables::contrast(&scoring.scored, other)));
    sections.extend([tables::wrong(scoring), tables::parts(scoring, Part::Types), tables::origins(scoring)]);
    let mut documents = LEGEND.to_owned();
    for (place, gold) in scoring.gold.iter().enumerate() {
        document(scoring, (place, &gold.id), texts.get(&gold.id), &mut documents);
    }
    html("jinxiu eval", &sections, &documents)
}

fn document(scoring: &Scoring<'_>, (place, id): (usize, &str), text: Option<&Vec<char>>, html: &mut String) {
    let scores = Level::ALL.map(|level| format!("{level} {:.3}", scoring.scored.of(place, level).f1()));
    let _ = writeln!(html, "<h2 id=\"{0}\">{0}</h2>\n<p>{1}</p>", escaped(id), scores.join(" · "));
    if let Some(text) = text {
        let nothing = Default::default();
        let found = scoring.system.iter().find(|found| found.id == id).unwrap_or(&nothing);
        let marks = marks(&scoring.gold[place], found);
        html.push_str("<div class=\"text\">");
        pieces(text, &marks).iter().for_each(|piece| html.push_str(&shown(piece)));
        html.push_str("</div>\n");
    }
    let rest: Vec<String> = scoring
        .report
        .differences
        .iter()
        .filter(|difference| difference.document == id)
        .map(|difference| format!("<li>{}: {}</li>", difference.kind, escaped(&difference.parts.join(" "))))
        .collect();
    let _ = writeln!(html, "<ul>{}</ul>", rest.join("\n"));
}

/// The words of a piece under its marks; the worst of them gives the colour.
fn shown(piece: &Piece<'_>) -> String {
    let words = escaped(&piece.text);
    let Some(worst) = piece.marks.iter().map(|mark| mark.standing).max() else { return words };
    let named: Vec<String> =
        piece.marks.iter().map(|mark| format!("{} {}", name(mark.standing), mark.class)).collect();
    let classes: Vec<&str> = piece.begins.iter().map(|mark: &&Mark| mark.class.as_str()).collect();
    let above = if classes.is_empty() {
        String::new()
    } else {
        format!("<sup>{}</sup>", escaped(&classes.join(" ")))
    };
    format!("<span class=\"{}\" title=\"{}\">{above}{words}</span>", name(worst), escaped(&named.join("; ")))
}

fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::True => "true",
        Standing::Missing => "missing",
        Standing::Spurious => "spurious",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        let mark = Mark { start: 0, end: 3, class: "Place".to_owned(), standing: Standing::Missing };
        let piece = Piece { text: "<b>&\"".to_owned(), marks: vec![&mark], begins: vec![&mark] };
        assert_eq!(
            shown(&piece),
            "<span class=\"missing\" title=\"missing Place\"><sup>Place</sup>&lt;b&gt;&amp;&quot;</span>"
        );
    }
}
