//! The arguments that say which figures are meant, for all subcommands that work with figures.

use super::failure::{Exit, Failure};
use super::terminal::say;
use clap::ValueEnum;
use jinxiu::document::{Class, Measure};
use jinxiu::ontology::{indicator, indicators};
use jinxiu::rdf::simplified;
use jinxiu::statistics::{Narrower, PeriodRange, Point, Selection, Touching, Which, stem_of_code};
use jinxiu::store::{Store, nearest};
use std::collections::BTreeSet;

/// Which figures.
#[derive(Debug, Clone, clap::Args)]
pub struct Selecting {
    /// Of this place or other thing, by any of its names; may be repeated
    #[arg(short, long, value_name = "NAME")]
    pub place: Vec<String>,
    /// And of all that lies in it, by what texts state and by GB/T 2260 codes
    #[arg(long, requires = "place")]
    within: bool,
    /// Of this indicator in any wording: GDP, 经济总量 and 地区生产总值 are one; may be repeated
    #[arg(short, long, value_name = "NAME")]
    pub indicator: Vec<String>,
    /// And of all indicators that are listed below it
    #[arg(long, requires = "indicator")]
    narrower: bool,
    /// Within this period: 2021, 2021-Q1, 2021-06, 2016/2020, or undated; may be repeated
    #[arg(long, value_name = "PERIOD")]
    period: Vec<String>,
    /// Also figures whose period only overlaps with it
    #[arg(long, requires = "period")]
    overlap: bool,
    /// Aims only
    #[arg(long, conflicts_with = "facts")]
    targets: bool,
    /// Facts only
    #[arg(long)]
    facts: bool,
    /// Of things of this class only: Place, Zone, Enterprise, Project …; may be repeated
    #[arg(long, value_name = "CLASS", value_parser = class)]
    subject_type: Vec<Class>,
    /// With this measure only: level, increment, growth, share, rank, multiple; may be repeated
    #[arg(long, value_enum, ignore_case = true)]
    pub measure: Vec<MeasureArg>,
}

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeasureArg {
    Level,
    Increment,
    Growth,
    Share,
    Rank,
    Multiple,
}

impl MeasureArg {
    /// The term of the ontology.
    pub fn term(self) -> &'static str {
        let measure = match self {
            Self::Level => Measure::Level,
            Self::Increment => Measure::Increment,
            Self::Growth => Measure::Growth,
            Self::Share => Measure::Share,
            Self::Rank => Measure::Rank,
            Self::Multiple => Measure::Multiple,
        };
        measure.as_str()
    }
}

fn class(text: &str) -> Result<Class, String> {
    let known = Class::ALL.iter().copied().find(|c| c.as_str().eq_ignore_ascii_case(text));
    let all = || Class::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ");
    known.ok_or_else(|| format!("a class is one of {}", all()))
}

impl Selecting {
    /// The figures that are meant, sorted.
    pub fn points(&self, store: &Store) -> Result<Vec<Point>, Failure> {
        let selection = self.selection(store)?;
        let points: Vec<Point> = store.figures()?.into_iter().filter_map(Point::of).collect();
        self.warn_of_unknown_indicators(&points);
        Ok(points.into_iter().filter(|p| selection.takes(p)).collect())
    }

    fn selection(&self, store: &Store) -> Result<Selection, Failure> {
        let touching = if self.overlap { Touching::Overlap } else { Touching::Whole };
        let period = |text: &String| {
            PeriodRange::parse(text, touching).ok_or_else(|| {
                let message = format!(
                    "--period {text}: a period looks like 2021, 2021-Q1, 2021-06, 2016/2020 or undated"
                );
                Failure::said(Exit::Usage, message)
            })
        };
        let (subjects, codes) =
            if self.place.is_empty() { (None, Vec::new()) } else { self.subjects(store)? };
        Ok(Selection {
            subjects,
            codes,
            indicators: self.indicator.iter().map(|words| indicator(words)).collect(),
            narrower: if self.narrower { Narrower::AndBelow } else { Narrower::Itself },
            periods: self.period.iter().map(period).collect::<Result<_, _>>()?,
            which: match (self.targets, self.facts) {
                (true, _) => Which::Targets,
                (_, true) => Which::Facts,
                _ => Which::All,
            },
            classes: self.subject_type.clone(),
            measures: self.measure.iter().map(|m| m.term().to_owned()).collect(),
        })
    }

    fn subjects(&self, store: &Store) -> Result<(Option<BTreeSet<String>>, Vec<String>), Failure> {
        let mut named = Vec::new();
        for name in &self.place {
            let found = bearers(store, name)?;
            if found.is_empty() {
                let like = store.names_like(name, 8)?;
                let hint = if like.is_empty() {
                    String::new()
                } else {
                    format!("; there are: {}", like.join("、"))
                };
                return Err(Failure::said(Exit::No, format_args!("nothing is called {name}{hint}")));
            }
            named.extend(found);
        }
        if !self.within {
            return Ok((Some(named.into_iter().collect()), Vec::new()));
        }
        let mut codes = Vec::new();
        for iri in &named {
            codes.extend(store.code_of(iri)?.as_deref().and_then(stem_of_code));
        }
        Ok((Some(store.lying_in(&named)?), codes))
    }

    /// An indicator that no figure has is worth a word with the closest one that is listed.
    fn warn_of_unknown_indicators(&self, points: &[Point]) {
        for words in &self.indicator {
            let key = indicator(words).key;
            if !self.narrower && !points.iter().any(|p| p.concept.key == key) {
                let names = points.iter().map(|p| p.concept.name.as_str());
                let close = nearest(words, names.chain(indicators().iter().map(|i| i.name.as_str())));
                let hint = close.map(|c| format!("; the closest name is {c}")).unwrap_or_default();
                say(format_args!("jinxiu: no figure has the indicator {words}{hint}"));
            }
        }
    }
}

/// Endings that a place's name may have or lack.
const ENDINGS: [&str; 8] = ["市", "省", "县", "区", "州", "镇", "旗", "自治区"];

/// The things that bear a name, or the name with the ending of a division.
fn bearers(store: &Store, name: &str) -> Result<Vec<String>, Failure> {
    let mut found = store.find(name)?;
    for ending in ENDINGS.iter().filter(|_| found.is_empty()).collect::<Vec<_>>() {
        found.extend(store.find(&format!("{}{ending}", simplified(name)))?);
    }
    Ok(found.into_iter().map(|f| f.iri).collect())
}
