//! `jinxiu show`: one entity with everything said of it, each with its sentence.

use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use clap::ValueEnum;
use jinxiu::ontology::ontology;
use jinxiu::store::{FigureRow, Quotation, RelationRow, Sheet, Store, shorten};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Show an entity with everything said of it, each with its sentence
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu show 太原 --store graph")]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// A name, full or short, in either script
    name: String,
    /// How to print it
    #[arg(short, long, value_enum, default_value = "text")]
    format: Format,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
    /// At most this many sentences each
    #[arg(long, value_name = "N", default_value_t = 3)]
    sentences: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let found = store.find(&args.name)?;
    if found.is_empty() {
        return Err(nobody(&store, &args.name)?);
    }
    let sheets = found.iter().map(|f| store.sheet(&f.iri)).collect::<Result<Vec<_>, _>>()?;
    let printer = Printer { lang: args.lang, sentences: args.sentences, prefixes: store.base().prefixes() };
    Output::Standard.write(|out| match args.format {
        Format::Json => writeln!(out, "{:#}", Value::from(sheets.iter().map(as_json).collect::<Vec<_>>())),
        Format::Text => sheets.iter().try_for_each(|sheet| printer.sheet(sheet, out)),
    })
}

fn nobody(store: &Store, name: &str) -> Result<Failure, Failure> {
    let like = store.names_like(name, 8)?;
    let hint = if like.is_empty() { String::new() } else { format!("; there are: {}", like.join("、")) };
    Ok(Failure::said(Exit::No, format_args!("nothing is called {name}{hint}")))
}

struct Printer {
    lang: Language,
    sentences: usize,
    prefixes: Vec<(String, String)>,
}

impl Printer {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let classes: Vec<String> = sheet.classes.iter().map(|c| self.label(&c.other)).collect();
        let name = self.lang.name(sheet.name());
        writeln!(out, "{name}  {}  {}", classes.join("、"), shorten(&sheet.iri, &self.prefixes))?;
        self.heading(out, "名称", "names")?;
        for row in &sheet.names {
            writeln!(out, "    {}", self.lang.name(&row.name))?;
            self.quotations(&row.quotations, out)?;
        }
        if !sheet.relations.is_empty() {
            self.heading(out, "关系", "relations")?;
        }
        for row in &sheet.relations {
            writeln!(out, "    {}", self.relation(row, &name))?;
            self.quotations(&row.quotations, out)?;
        }
        if !sheet.figures.is_empty() {
            self.heading(out, "数据", "figures")?;
        }
        for row in &sheet.figures {
            writeln!(out, "    {}", self.figure(row))?;
            self.quotations(&row.quotations, out)?;
        }
        writeln!(out)
    }

    fn heading(&self, out: &mut dyn Write, chinese: &str, english: &str) -> io::Result<()> {
        writeln!(out, "  {}", self.lang.words(chinese, english))
    }

    fn label(&self, iri: &str) -> String {
        ontology()
            .by_iri(iri)
            .map_or_else(|| shorten(iri, &self.prefixes), |t| t.label(self.lang.tag()).to_owned())
    }

    fn relation(&self, row: &RelationRow, name: &str) -> String {
        let property = self.label(&row.predicate);
        let other = match ontology().by_iri(&row.other) {
            Some(term) => term.label(self.lang.tag()).to_owned(),
            None => self.lang.name(&row.name),
        };
        if row.outgoing {
            format!("{property} → {other}")
        } else {
            format!("{other} {property} → {name}")
        }
    }

    fn term(&self, local: &str) -> String {
        ontology().term(local).map_or_else(|| local.to_owned(), |t| t.label(self.lang.tag()).to_owned())
    }

    fn figure(&self, row: &FigureRow) -> String {
        let [measure, bound, modality] = &row.terms;
        let mut parts = vec![self.lang.name(&row.indicator), self.term(measure)];
        let bound = if bound == "exact" { String::new() } else { format!("{} ", self.term(bound)) };
        let written =
            if row.as_written.is_empty() { String::new() } else { format!(" ({})", row.as_written) };
        parts.push(format!("{bound}{} {}{written}", row.value, row.unit));
        if !row.baseline.is_empty() {
            parts.push(format!("{} {}", self.lang.words("原为", "from"), row.baseline));
        }
        if !row.of.is_empty() {
            parts.push(format!("{} {}", self.lang.words("占", "of"), self.lang.name(&row.of)));
        }
        parts.extend((!row.period.is_empty()).then(|| row.period.clone()));
        parts.extend((modality != "actual").then(|| self.term(modality)));
        parts.join("  ")
    }

    fn quotations(&self, quotations: &[Quotation], out: &mut dyn Write) -> io::Result<()> {
        for quotation in quotations.iter().take(self.sentences) {
            let sentence =
                quotation.sentence.replacen(&quotation.exact, &format!("【{}】", quotation.exact), 1);
            let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            let place = format!("{} {}–{}", quotation.document, quotation.start, quotation.end);
            let by = quotation.found_by.join(", ");
            writeln!(out, "        {sentence}\n          — {place}  {by}  {}", quotation.confidence)?;
        }
        if quotations.len() > self.sentences {
            let more = quotations.len() - self.sentences;
            writeln!(
                out,
                "        … {}",
                self.lang.words(&format!("另有{more}处"), &format!("{more} more"))
            )?;
        }
        Ok(())
    }
}

fn as_json(sheet: &Sheet) -> Value {
    let relation = |row: &RelationRow| {
        json!({"predicate": row.predicate, "outgoing": row.outgoing, "other": row.other, "name": row.name,
            "evidence": evidence(&row.quotations)})
    };
    let figure = |row: &FigureRow| {
        json!({"indicator": row.indicator, "measure": row.terms[0], "bound": row.terms[1], "modality": row.terms[2],
            "value": row.value, "unit": row.unit, "period": row.period, "of": row.of, "from": row.baseline,
            "asWritten": row.as_written, "evidence": evidence(&row.quotations)})
    };
    json!({
        "iri": sheet.iri,
        "names": sheet.names.iter().map(|n| json!({"name": n.name, "evidence": evidence(&n.quotations)})).collect::<Vec<_>>(),
        "classes": sheet.classes.iter().map(|c| c.other.clone()).collect::<Vec<_>>(),
        "relations": sheet.relations.iter().map(relation).collect::<Vec<_>>(),
        "figures": sheet.figures.iter().map(figure).collect::<Vec<_>>(),
    })
}

fn evidence(quotations: &[Quotation]) -> Vec<Value> {
    let one = |q: &Quotation| {
        json!({"document": q.document, "start": q.start, "end": q.end, "exact": q.exact, "sentence": q.sentence,
            "foundBy": q.found_by, "confidence": q.confidence})
    };
    quotations.iter().map(one).collect()
}
