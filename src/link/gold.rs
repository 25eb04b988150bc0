//! Judged links, and how the linker does on them.
//!
//! A gold file is a table with tabs and a head. `mention`, `kind`, `decision` (exact, close, review, reject, NIL) and `target`
//! must be there; `document`, `parents`, `near` (names parted by `;`), `year`, `relation` and `why` may be.

use super::{Catalogue, Decision, Finding, Link, Place, Relation, Subject, link};
use crate::document::Class;
use std::collections::{BTreeMap, BTreeSet};

/// A gold file that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct GoldError {
    line: usize,
    reason: String,
}

/// What a reader judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// It is that.
    Exact,
    /// It is near that.
    Close,
    /// Open data cannot decide it.
    Review,
    /// It is not that.
    Reject,
    /// It is nothing that the sources hold.
    Nil,
}

/// One judged link.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line in the file.
    pub line: usize,
    /// The judgement.
    pub judgement: Judgement,
    /// The id of the target; empty where there is none.
    pub target: String,
}

/// A mention with all that was judged of it.
#[derive(Debug, Clone)]
pub struct Item {
    /// The kind that the file gives.
    pub kind: String,
    /// The mention as a subject.
    pub subject: Subject,
    /// The judgements.
    pub rows: Vec<Row>,
}

/// What holds for mentions whose rows do not say it.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Places nearby.
    pub near: Vec<Place>,
    /// Year of the text.
    pub year: Option<u16>,
}

/// Reads a gold file; rows on one mention of one document are one item.
pub fn read(text: &str, setting: &Setting) -> Result<Vec<Item>, GoldError> {
    let mut lines =
        text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let head: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    for column in ["mention", "kind", "decision", "target"] {
        if !head.contains(&column) {
            return Err(GoldError { line: 1, reason: format!("no column {column}") });
        }
    }
    let mut items: Vec<Item> = Vec::new();
    let mut known: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for (number, line) in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |name: &str| {
            let column = head.iter().position(|h| *h == name);
            column.and_then(|c| fields.get(c)).map(|f| f.trim()).unwrap_or_default()
        };
        let error = |reason: String| GoldError { line: number + 1, reason };
        let judgement = judgement(field("decision"))
            .ok_or_else(|| error(format!("no decision is called '{}'", field("decision"))))?;
        let kind =
            class(field("kind")).ok_or_else(|| error(format!("no kind is called '{}'", field("kind"))))?;
        let key = ["document", "mention", "kind"].map(|name| field(name).to_owned());
        let item = *known.entry(key.into()).or_insert_with(|| {
            items.push(Item {
                kind: field("kind").to_owned(),
                subject: subject(field, kind, setting),
                rows: Vec::new(),
            });
            items.len() - 1
        });
        items[item].rows.push(Row { line: number + 1, judgement, target: field("target").to_owned() });
    }
    Ok(items)
}

fn subject<'a>(field: impl Fn(&str) -> &'a str, class: Class, setting: &Setting) -> Subject {
    let places = |name: &str| -> Vec<Place> {
        field(name).split(';').filter(|n| !n.is_empty()).map(Place::named).collect()
    };
    let near = places("near");
    Subject {
        parents: places("parents"),
        near: if near.is_empty() { setting.near.clone() } else { near },
        year: field("year").parse().ok().or(setting.year),
        ..Subject::named(field("mention"), class)
    }
}

fn judgement(word: &str) -> Option<Judgement> {
    match word {
        "exact" => Some(Judgement::Exact),
        "close" => Some(Judgement::Close),
        "review" => Some(Judgement::Review),
        "reject" => Some(Judgement::Reject),
        "NIL" | "nil" => Some(Judgement::Nil),
        _ => None,
    }
}

fn class(word: &str) -> Option<Class> {
    match word {
        "City" | "Province" | "Prefecture" | "County" | "District" | "Town" | "Region" => Some(Class::Place),
        other => Class::ALL.iter().copied().find(|class| class.as_str() == other),
    }
}

/// Counts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accepted links that the gold has.
    pub right: usize,
    /// Accepted links that it has not.
    pub wrong: usize,
    /// Links that it has and that were not accepted.
    pub missed: usize,
    /// Mentions that are said to be nothing that the sources hold, rightly.
    pub nil_right: usize,
    /// Mentions of which that is said though there is a link.
    pub nil_wrong: usize,
    /// Mentions that wait for a person.
    pub open: usize,
    /// Of these, the ones where that person need only say yes.
    pub open_right: usize,
    /// Rows that came out as judged.
    pub rows_agreed: usize,
    /// All rows.
    pub rows: usize,
}

impl Counts {
    /// Of the accepted links, how many are right.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// Of the links in the gold, how many were accepted.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// Of the mentions that are said to be nothing that the sources hold, how many are.
    pub fn nil_precision(&self) -> f64 {
        ratio(self.nil_right, self.nil_right + self.nil_wrong)
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.nil_right += other.nil_right;
        self.nil_wrong += other.nil_wrong;
        self.open += other.open;
        self.open_right += other.open_right;
        self.rows_agreed += other.rows_agreed;
        self.rows += other.rows;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of links are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How the linker did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By kind; `all` holds the sum.
    pub kinds: BTreeMap<String, Counts>,
    /// By tenth of confidence: links accepted, of these right.
    pub calibration: BTreeMap<u8, (usize, usize)>,
    /// Rows that came out otherwise: line, mention, what was judged, what came out.
    pub differences: Vec<(usize, String, String, String)>,
}

/// Links every item and compares.
pub fn evaluate(items: &[Item], catalogue: &Catalogue) -> Report {
    let mut report = Report::default();
    for item in items {
        let findings = link(&item.subject, catalogue);
        let mut counts = count(item, &findings, &mut report.calibration);
        for row in &item.rows {
            let agreed = agrees(row, &findings);
            counts.rows += 1;
            counts.rows_agreed += usize::from(agreed);
            if !agreed {
                let judged = format!("{:?} {}", row.judgement, row.target);
                report.differences.push((row.line, item.subject.name.clone(), judged, shown(&findings)));
            }
        }
        report.kinds.entry(item.kind.clone()).or_default().add(&counts);
        report.kinds.entry("all".to_owned()).or_default().add(&counts);
    }
    report
}

/// The accepted links but those that only say where something lies.
fn accepted(findings: &[Finding]) -> impl Iterator<Item = &Link> {
    findings.iter().flat_map(Finding::accepted).filter(|l| l.relation != Relation::Within)
}

/// The links that wait for a person.
fn waiting(findings: &[Finding]) -> impl Iterator<Item = &Link> {
    let links = findings.iter().flat_map(|finding| &finding.links);
    links.filter(|l| l.decision == Decision::Review && l.relation != Relation::Within)
}

fn count(item: &Item, findings: &[Finding], calibration: &mut BTreeMap<u8, (usize, usize)>) -> Counts {
    let targets = |wanted: &[Judgement]| -> BTreeSet<&str> {
        item.rows.iter().filter(|r| wanted.contains(&r.judgement)).map(|r| r.target.as_str()).collect()
    };
    let gold = targets(&[Judgement::Exact, Judgement::Close]);
    let nil = item.rows.iter().any(|r| r.judgement == Judgement::Nil);
    let open = targets(&[Judgement::Review, Judgement::Reject]);
    let prefix = |id: &str| id.split(':').next().unwrap_or_default().to_owned();
    let judged: BTreeSet<String> = gold.iter().chain(&open).map(|id| prefix(id)).collect();
    let mut counts = Counts::default();
    let mut found = BTreeSet::new();
    for link in accepted(findings).filter(|l| nil || judged.contains(&prefix(&l.record.id))) {
        let right = gold.contains(link.record.id.as_str());
        found.insert(link.record.id.as_str());
        counts.right += usize::from(right);
        counts.wrong += usize::from(!right);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a confidence is below 1"
        )]
        let bin = calibration.entry((link.confidence * 10.0) as u8).or_default();
        bin.0 += 1;
        bin.1 += usize::from(right);
    }
    counts.missed = gold.iter().filter(|id| !found.contains(**id)).count();
    let asked = waiting(findings).filter(|l| nil || judged.contains(&prefix(&l.record.id)));
    let asked: Vec<&str> = asked.map(|link| link.record.id.as_str()).collect();
    if accepted(findings).next().is_none() && (nil || !gold.is_empty()) {
        let nil = asked.is_empty();
        counts.nil_right = usize::from(nil && gold.is_empty());
        counts.nil_wrong = usize::from(nil && !gold.is_empty());
        counts.open = usize::from(!nil);
        counts.open_right = usize::from(asked.iter().any(|id| gold.contains(id)));
    }
    counts
}

fn agrees(row: &Row, findings: &[Finding]) -> bool {
    let same = |link: &&Link| link.record.id == row.target && link.relation != Relation::Within;
    let mut links = findings.iter().flat_map(|f| &f.links).filter(same);
    match row.judgement {
        Judgement::Exact => links.any(|l| l.decision == Decision::Accept),
        Judgement::Close => links.any(|l| l.decision == Decision::Accept && l.relation > Relation::Exact),
        Judgement::Review => links.any(|l| l.decision == Decision::Review),
        Judgement::Reject => links.all(|l| l.decision != Decision::Accept),
        Judgement::Nil => accepted(findings).next().is_none(),
    }
}

fn shown(findings: &[Finding]) -> String {
    let links = findings.iter().flat_map(|f| &f.links).filter(|l| l.decision != Decision::Refuse);
    let shown: Vec<String> = links
        .map(|l| format!("{} {} {:.2} {}", l.decision, l.record.id, l.confidence, l.record.name))
        .collect();
    if shown.is_empty() { "NIL".to_owned() } else { shown.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_on_one_mention_are_one_item() {
        let text = "mention\tkind\tdecision\ttarget\tnear\n甲\tCity\texact\tgbt2260:1\t乙;丙\n甲\tCity\treject\tgbt2260:2\t\n";
        let items = read(text, &Setting::default()).unwrap();
        assert_eq!((items.len(), items[0].rows.len(), items[0].subject.near.len()), (1, 2, 2));
    }

    #[test]
    fn an_unknown_decision_is_told_with_its_line() {
        let error =
            read("mention\tkind\tdecision\ttarget\n甲\tCity\tmaybe\t\n", &Setting::default()).unwrap_err();
        assert_eq!(error.to_string(), "line 2: no decision is called 'maybe'");
    }

    #[test]
    fn a_link_and_a_nil_are_counted_by_kind() {
        let text =
            "mention\tkind\tdecision\ttarget\n太原市\tCity\texact\tgbt2260:140100\n无此市\tCity\tNIL\t\n";
        let report = evaluate(&read(text, &Setting::default()).unwrap(), &Catalogue::shipped());
        let all = report.kinds["all"];
        assert_eq!((all.right, all.wrong, all.missed, all.nil_right, all.rows_agreed), (1, 0, 0, 1, 2));
    }
}
