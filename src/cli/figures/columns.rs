//! Figures as rows.

use crate::cli::frame::{Cell, Frame, TableFormat};
use crate::cli::language::Language;
use jinxiu::ontology::{indicator, ontology};
use jinxiu::statistics::{Point, pivot, plain};

type Shape = (TableFormat, Language);

/// One row for each different figure, with the number of statements and documents that state it.
pub(super) fn plain_rows(points: &[Point], shape: Shape) -> Frame {
    let mut frame = Frame::new(header(shape, &["documents", "statements"]));
    let mut rows: Vec<(Vec<Cell>, Vec<String>, usize)> = Vec::new();
    for point in points {
        let row = row(point, shape);
        let documents = point.record.figure.quotations.iter().map(|q| q.document.clone());
        match rows.last_mut().filter(|(known, _, _)| *known == row) {
            Some((_, known, count)) => {
                known.extend(documents);
                *count += 1;
            }
            None => rows.push((row, documents.collect(), 1)),
        }
    }
    for (mut row, mut documents, statements) in rows {
        documents.sort();
        documents.dedup();
        row.extend([Cell::from(documents.join(" ")), Cell::Whole(statements)]);
        frame.push(row);
    }
    frame
}

/// One row for each statement, with where it stands and its sentence.
pub(super) fn with_sources(points: &[Point], shape: Shape) -> Frame {
    let mut frame = Frame::new(header(shape, &["document", "start", "end", "sentence"]));
    for point in points {
        for quotation in &point.record.figure.quotations {
            let mut row = row(point, shape);
            row.extend([
                Cell::from(quotation.document.as_str()),
                Cell::Whole(quotation.start),
                Cell::Whole(quotation.end),
                Cell::from(quotation.sentence.as_str()),
            ]);
            frame.push(row);
        }
    }
    frame
}

/// One row for each series, one column for each period; values of one cell that differ stand side by side.
pub(super) fn pivoted(points: &[Point], lang: Language) -> Frame {
    let table = pivot(points);
    let mut header: Vec<String> =
        ["subject", "indicator", "measure", "of", "modality"].map(str::to_owned).to_vec();
    header.extend(table.periods.iter().map(|p| if p.is_empty() { "undated".to_owned() } else { p.clone() }));
    let mut frame = Frame::new(header);
    for (key, cells) in &table.rows {
        let mut row = vec![
            Cell::from(lang.name(&key.subject)),
            Cell::from(quantity(&key.indicator, lang)),
            Cell::from(term(&key.measure, lang)),
            Cell::from(lang.name(&key.of)),
            Cell::from(term(&key.modality, lang)),
        ];
        row.extend(cells.iter().map(|values| Cell::from(values.as_str())));
        frame.push(row);
    }
    frame
}

fn header((format, _): Shape, more: &[&str]) -> Vec<String> {
    let mut names = vec!["subject", "class", "indicator", "measure", "period", "modality"];
    match format.is_for_people() {
        true => names.extend(["value", "of"]),
        false => names.extend(["bound", "value", "unit", "of", "from", "asWritten"]),
    }
    names.extend(more);
    names.into_iter().map(str::to_owned).collect()
}

/// People get labels and values as they are written, programs get terms, numbers and units.
fn row(point: &Point, (format, lang): Shape) -> Vec<Cell> {
    let people = format.is_for_people();
    let figure = &point.record.figure;
    let named = |local: &str| if people { term(local, lang) } else { local.to_owned() };
    let mut row = vec![
        Cell::from(lang.name(&point.record.name)),
        Cell::from(named(&point.record.class)),
        Cell::from(quantity(&point.concept.name, lang)),
        Cell::from(named(point.measure())),
        Cell::from(point.period()),
        Cell::from(named(&figure.terms[2])),
    ];
    if people {
        let bound = if point.bound() == "exact" { String::new() } else { term(point.bound(), lang) };
        row.extend([
            Cell::from(format!("{bound}{}", plain(point.value, point.unit()))),
            Cell::from(lang.name(&figure.of)),
        ]);
        return row;
    }
    row.extend([
        Cell::from(point.bound()),
        Cell::Number(point.value),
        Cell::from(point.unit()),
        Cell::from(lang.name(&figure.of)),
        Cell::Number(figure.baseline.parse().unwrap_or(f64::NAN)),
        Cell::from(figure.as_written.as_str()),
    ]);
    row
}

fn term(local: &str, lang: Language) -> String {
    ontology().term(local).map_or_else(|| local.to_owned(), |t| t.label(lang.tag()).to_owned())
}

fn quantity(name: &str, lang: Language) -> String {
    let english = || indicator(name).listed.map(|i| i.english.clone());
    match lang {
        Language::English => english().unwrap_or_else(|| name.to_owned()),
        other => other.name(name),
    }
}
