//! `jinxiu plot`: a series over time or a comparison of things, as SVG or PNG.

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;
use super::selecting::{MeasureArg, Selecting};
use super::terminal::Terminal;
use clap::ValueEnum;
use jinxiu::chart::{Chart, comparison, draw, outlined, png, series};
use jinxiu::statistics::Point;
use jinxiu::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Draw figures of one indicator: over time, or things side by side
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every value is labelled and numbered with its source; the sources are listed below the chart. Aims are \
hollow. Where texts give one time several values, all are drawn and the line goes through their middle.\n\n\
Example: jinxiu plot --indicator GDP --place 合肥市 --store graph -o gdp.svg\n\
Example: jinxiu plot --indicator 常住人口 --period 2020 --subject-type Place --store graph -o population.png"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    selecting: Selecting,
    /// How values are set out [default: over time where there are several periods, else side by side]
    #[arg(long, value_enum)]
    form: Option<FormArg>,
    /// svg or png [default: by the extension of FILE, else svg]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Pixels of a PNG for each unit of the drawing, which is 960 units wide
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=8))]
    scale: u8,
    /// Words of an SVG as outlines, so that it looks the same without any font
    #[arg(long)]
    outlines: bool,
    /// At most this many things, those with the most figures first
    #[arg(long, value_name = "N", default_value_t = 20)]
    things: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormArg {
    Series,
    Comparison,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Svg,
    Png,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    let format = args.format(&output)?;
    if args.selecting.indicator.is_empty() {
        return Err(Failure::said(Exit::Usage, "name what to draw, for example --indicator GDP"));
    }
    let store = args.store.open()?;
    let points = args.alike(args.selecting.points(&store)?, terminal)?;
    let chart = args.chart(&points, &titles(&store)?)?;
    let svg = draw(&chart);
    let drawn = match (format, args.outlines) {
        (Format::Png, _) => png(&svg, f32::from(args.scale)),
        (Format::Svg, true) => outlined(&svg).map(String::into_bytes),
        (Format::Svg, false) => Ok(svg.into_bytes()),
    };
    let bytes = drawn.map_err(|e| Failure::new(Exit::Input, e))?;
    output.write(|out| out.write_all(&bytes))
}

fn titles(store: &Store) -> Result<BTreeMap<String, String>, Failure> {
    Ok(store.documents()?.into_iter().map(|d| (d.id, d.title)).collect())
}

impl Args {
    fn format(&self, output: &Output) -> Result<Format, Failure> {
        match (self.format, output.extension().as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None | Some("svg")) => Ok(Format::Svg),
            (None, Some("png")) => Ok(Format::Png),
            (None, Some(other)) => Err(Failure::said(
                Exit::Usage,
                format_args!("a chart is svg or png, not {other}; name one by --format"),
            )),
        }
    }

    /// Figures of one quantity, one measure and one unit: the measure asked for, else levels before growth and shares; then the
    /// unit that most figures have.
    fn alike(&self, points: Vec<Point>, terminal: &Terminal) -> Result<Vec<Point>, Failure> {
        let all = points.len();
        let measure = self
            .measure(&points)
            .ok_or_else(|| Failure::said(Exit::No, "no figure fits; nothing is drawn"))?;
        let mut points: Vec<Point> = points.into_iter().filter(|p| p.measure() == measure).collect();
        points.retain({
            let unit = most(points.iter().map(|p| p.unit().to_owned()));
            let quantity = most(points.iter().map(|p| p.concept.key.clone()));
            move |p| p.unit() == unit && p.concept.key == quantity
        });
        let most_named = order_by_number(points.iter().map(|p| p.record.name.clone()));
        let drawn: BTreeSet<&String> = most_named.iter().take(self.things).collect();
        points.retain(|p| drawn.contains(&p.record.name));
        if points.len() < all {
            let left = all - points.len();
            terminal
                .note(&format!("{left} figures of another measure, unit, quantity or thing are not drawn"));
        }
        Ok(points)
    }

    fn measure(&self, points: &[Point]) -> Option<&'static str> {
        let asked = self.selecting.measure.iter().copied();
        let usual = [
            MeasureArg::Level,
            MeasureArg::Growth,
            MeasureArg::Share,
            MeasureArg::Increment,
            MeasureArg::Rank,
            MeasureArg::Multiple,
        ];
        let mut terms = asked.chain(usual).map(MeasureArg::term);
        terms.find(|term| points.iter().any(|p| p.measure() == *term))
    }

    fn chart(&self, points: &[Point], titles: &BTreeMap<String, String>) -> Result<Chart, Failure> {
        let periods: BTreeSet<&str> = points.iter().map(Point::period).filter(|p| !p.is_empty()).collect();
        let otherwise = if periods.len() > 1 { FormArg::Series } else { FormArg::Comparison };
        match self.form.unwrap_or(otherwise) {
            FormArg::Series if periods.is_empty() => {
                Err(Failure::said(Exit::No, "no figure has a period; try --form comparison"))
            }
            FormArg::Series => Ok(series(points, titles)),
            FormArg::Comparison => Ok(comparison(points, titles)),
        }
    }
}

fn most(words: impl Iterator<Item = String>) -> String {
    order_by_number(words).into_iter().next().unwrap_or_default()
}

/// Words by how often they come, the most frequent first, then by their order.
fn order_by_number(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counted.into_iter().map(|(word, _)| word).collect()
}
