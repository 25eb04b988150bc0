//! `jinxiu eval --calibration`: how often findings of each confidence are right.

use super::super::failure::{Exit, Failure};
use super::super::terminal::Terminal;
use super::super::texts::each;
use jinxiu::document::Extraction;
use jinxiu::evaluation::{Annotation, Calibration, Level, calibrate, traded};
use jinxiu::pipeline;
use jinxiu::text::{Source, Text};

/// The confidences for which it is told what leaving out the less sure trades.
const LEAST: [f32; 8] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Of what it is told.
const LEVELS: [Level; 3] = [Level::Mentions, Level::Relations, Level::Figures];

/// Confidence against truth for mentions, relations and figures, then precision, recall and F1 by the least confidence.
pub fn tables(gold: &[Annotation], sources: &[Source], terminal: &Terminal) -> Result<String, Failure> {
    let mut found: Vec<Extraction> = Vec::new();
    let read = |id: &str, text: Text| pipeline::extract(id, &text);
    let unread = each(sources, terminal, read, |extraction| {
        found.push(extraction);
        Ok::<(), Failure>(())
    })?;
    unread.outcome(sources.len())?;
    let [mentions, relations, figures] = calibrate(gold, &found);
    let mut text =
        table("mentions", &mentions) + &table("relations", &relations) + &table("figures", &figures);
    text.push_str("\n--min-confidence");
    LEVELS.iter().for_each(|level| text.push_str(&format!("   {level:<9} P     R     F1")));
    text.push('\n');
    for (least, report) in traded(gold, &found, &LEAST).map_err(|e| Failure::new(Exit::Input, e))? {
        text.push_str(&format!("{least:16.1}"));
        for scores in LEVELS.map(|level| report.level(level)) {
            text.push_str(&format!(
                "       {:6.3} {:5.3} {:6.3}",
                scores.precision(),
                scores.recall(),
                scores.f1()
            ));
        }
        text.push('\n');
    }
    Ok(text)
}

fn table(name: &str, calibration: &Calibration) -> String {
    let mut text = format!("\nconfidence of {name:<12} stated  right   found\n");
    for bin in calibration.bins() {
        let (from, to) = (bin.from, bin.from + 0.1);
        let (stated, observed) = (bin.stated(), bin.observed());
        text.push_str(&format!(
            "  {from:.1} to {to:.1}                 {stated:.3}  {observed:.3}  {:6}\n",
            bin.count
        ));
    }
    text + &format!("  mean difference {:.3}\n", calibration.difference())
}
