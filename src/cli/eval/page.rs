//! A page of HTML that shows a scoring: tables, and the texts with what was found rightly, missed, and found where none is.

use super::Scoring;
use jinxiu::evaluation::{
    Counts, FAULTS, Interval, Level, Mark, Part, Piece, Standing, by_origin, faults, marks, pieces,
};
use jinxiu::text::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const STYLE: &str = "body{font:16px/1.8 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}\
table{border-collapse:collapse;margin:1em 0}td,th{padding:.1em .8em;text-align:right;border-bottom:1px solid #ddd}\
td:first-child,th:first-child{text-align:left}.text{white-space:pre-wrap;border-left:3px solid #ddd;padding-left:1em}\
.true{background:#d6f0d8}.missing{background:#fde3c0;border-bottom:2px solid #c60}\
.spurious{background:#f8d3da;text-decoration:underline wavy #b00}sup{font-size:.65em;color:#555}";

/// The page; `texts` gives the words of the documents that are at hand.
pub(super) fn page(scoring: &Scoring<'_>, texts: &BTreeMap<String, Vec<char>>) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>jinxiu eval</title>\n<style>{STYLE}</style></head><body>\n\
<h1>jinxiu eval</h1>\n<p><span class=\"true\">true</span> <span class=\"missing\">missing</span> <span class=\"spurious\">spurious</span></p>\n"
    );
    levels(scoring, &mut html);
    against(scoring, &mut html);
    kinds(scoring, &mut html);
    origins(scoring, &mut html);
    for (place, gold) in scoring.gold.iter().enumerate() {
        document(scoring, (place, &gold.id), texts.get(&gold.id), &mut html);
    }
    html + "</body></html>\n"
}

fn table(title: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>, html: &mut String) {
    let cells = |tag: &str, cells: Vec<String>| {
        cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect::<String>()
    };
    let heads = cells("th", heads.iter().map(|head| (*head).to_owned()).collect());
    let _ = writeln!(html, "<h2>{}</h2>\n<table><tr>{heads}</tr>", escaped(title));
    rows.for_each(|row| html.push_str(&format!("<tr>{}</tr>\n", cells("td", row))));
    html.push_str("</table>\n");
}

fn figures(counts: &Counts) -> [String; 6] {
    let (right, gold, system) = (counts.right, counts.gold, counts.system);
    let three = [counts.precision(), counts.recall(), counts.f1()].map(|figure| format!("{figure:.3}"));
    let [p, r, f] = three;
    [p, r, f, right.to_string(), gold.to_string(), system.to_string()]
}

fn levels(scoring: &Scoring<'_>, html: &mut String) {
    let rows = Level::ALL.iter().map(|level| {
        let Interval { low, high } = scored_interval(scoring, *level);
        let mut row = vec![level.to_string()];
        row.extend(figures(&scoring.report.level(*level)));
        row.push(format!("{low:.3} – {high:.3}"));
        row
    });
    let heads = ["", "P", "R", "F1", "right", "gold", "found", "F1 in 19 of 20 draws"];
    table("Scores", &heads, rows, html);
}

fn scored_interval(scoring: &Scoring<'_>, level: Level) -> Interval {
    scoring.scored.interval(level)
}

fn against(scoring: &Scoring<'_>, html: &mut String) {
    let Some(other) = &scoring.other else { return };
    let rows = Level::ALL.iter().map(|level| {
        let contrast = scoring.scored.contrast(other, *level);
        let (low, high) = (contrast.interval.low, contrast.interval.high);
        vec![
            level.to_string(),
            format!("{:+.3}", contrast.difference),
            format!("{low:+.3} – {high:+.3}"),
            format!("{:.3}", contrast.chance),
        ]
    });
    table("The other run less this one", &["", "F1", "in 19 of 20 draws", "chance"], rows, html);
}

fn kinds(scoring: &Scoring<'_>, html: &mut String) {
    let counts = faults(scoring.gold, scoring.system);
    let rows = FAULTS.iter().map(|fault| vec![(*fault).to_owned(), counts[fault].to_string()]);
    table("Wrong mentions", &["", "count"], rows, html);
    let rows = scoring.report.rows(&[Part::Types]).into_iter().skip(Level::ALL.len());
    let rows = rows.map(|(label, counts)| {
        let mut row = vec![label.trim().to_owned()];
        row.extend(figures(&counts));
        row
    });
    table("By type", &["", "P", "R", "F1", "right", "gold", "found"], rows, html);
}

fn origins(scoring: &Scoring<'_>, html: &mut String) {
    let mut rows: Vec<_> = by_origin(scoring.gold, scoring.system).into_iter().collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(name, (right, all))| (std::cmp::Reverse(all - right), name.clone()));
    let rows = rows.into_iter().map(|(name, (right, all))| {
        vec![
            name,
            right.to_string(),
            (all - right).to_string(),
            format!("{:.3}", Counts { right, gold: 0, system: all }.precision()),
        ]
    });
    table("By what found it", &["", "right", "wrong", "P"], rows, html);
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
