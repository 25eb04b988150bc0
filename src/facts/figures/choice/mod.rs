//! Which thing bears each figure, which period it has and whether it counts, judged by the whole document.
//!
//! Rules read whose a figure is and when from its clause and what stands before. Here every thing that might bear it, and
//! every period that might be meant, is weighed with what the rules say of this figure and of all others: how often and
//! where it is named, how near, how the clause is built, and what such quantities usually have. Decision trees give
//! the weight; the heaviest is taken. Other trees give the probability that a figure is stated as the rules read it; what is
//! improbable is left out.

mod bearers;
mod counted;
mod light;
mod periods;
mod scene;
mod train;
mod wording;

pub use train::Training;

use super::source::Source;
use crate::facts::Figure;
use crate::trees::{Forest, probability};
use bearers::Bearers;
use counted::Counted;
use periods::Periods;
use scene::Scene;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use wording::Wording;

/// What is chosen for numbers, by where they begin in the view.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Chosen {
    /// The mention that bears the figure.
    pub(super) bearers: BTreeMap<usize, usize>,
    /// Its period, as ISO 8601 or empty.
    pub(super) periods: BTreeMap<usize, String>,
    /// How probable the figure of an indicator is.
    sure: BTreeMap<(usize, String), f32>,
}

/// A figure counts from this probability on.
const THRESHOLD: f32 = 0.35;

impl Chosen {
    /// The figures that count, each as sure as it is probable.
    pub(super) fn counted(&self, figures: Vec<Figure>) -> Vec<Figure> {
        let sure = |figure: &Figure| self.sure.get(&(figure.written.0, figure.indicator.clone())).copied();
        let judged = figures
            .into_iter()
            .map(|figure| Figure { confidence: sure(&figure).unwrap_or(figure.confidence), ..figure });
        judged.filter(|figure| figure.confidence >= THRESHOLD).collect()
    }
}

/// The candidates for one figure, each with its row.
type Rows<C> = Vec<(C, Vec<f32>)>;

/// Trees that weigh, and what is known of the words of quantities.
#[derive(Debug, Clone, PartialEq)]
struct Weigher {
    wording: Wording,
    /// Weighs each figure by itself.
    forest: Forest,
    /// Weighs it again in the light of what the first trees choose for the others.
    second: Forest,
}

/// Trees that tell what is stated, and what is known of the words of figures.
#[derive(Debug, Clone, PartialEq)]
struct Judge {
    wording: Wording,
    forest: Forest,
}

/// What weighs bearers and periods, and judges figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chooser {
    bearers: Weigher,
    periods: Weigher,
    figures: Judge,
}

impl Judge {
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (wording, rest) = Wording::read(bytes)?;
        let (forest, rest) = Forest::read(rest)?;
        Some((Self { wording, forest }, rest))
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        self.wording.write(bytes);
        self.forest.write(bytes);
    }

    fn probability(&self, counted: &Counted<'_>, scene: &Scene<'_>) -> f32 {
        probability(self.forest.score(&counted.row(scene, &self.wording)))
    }
}

impl Weigher {
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (wording, rest) = Wording::read(bytes)?;
        let (forest, rest) = Forest::read(rest)?;
        let (second, rest) = Forest::read(rest)?;
        Some((Self { wording, forest, second }, rest))
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        self.wording.write(bytes);
        self.forest.write(bytes);
        self.second.write(bytes);
    }

    /// For each figure of a text that has candidates the one of the heaviest row; of equal ones the first.
    fn heaviest<'s, 'f, C: PartialEq + Clone>(
        &self,
        scenes: &'s [Scene<'f>],
        rows: impl Fn(&Scene<'f>, &Wording) -> Rows<C>,
    ) -> Vec<(&'s Scene<'f>, C)> {
        let figures: Vec<Rows<C>> = scenes.iter().map(|scene| rows(scene, &self.wording)).collect();
        let again = light::relit(&figures, &light::weights(&self.forest, &figures));
        let weights = light::weights(&self.second, &again);
        let choices = again.iter().zip(&weights).map(|(rows, weights)| light::heaviest(rows, weights));
        scenes.iter().zip(choices).filter_map(|(scene, choice)| Some((scene, choice?))).collect()
    }
}

impl Chooser {
    /// The one that ships with the program.
    pub fn open() -> &'static Self {
        static BUILT_IN: LazyLock<Chooser> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../../data/model/figures.bin");
            #[expect(clippy::expect_used, reason = "a test reads the embedded model")]
            Chooser::from_bytes(bytes).expect("the embedded model is whole")
        });
        &BUILT_IN
    }

    /// Reads what [`Self::to_bytes`] wrote; nothing of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (bearers, rest) = Weigher::read(bytes)?;
        let (periods, rest) = Weigher::read(rest)?;
        let (figures, rest) = Judge::read(rest)?;
        rest.is_empty().then_some(Self { bearers, periods, figures })
    }

    /// For bearers, for periods, then for figures: the words, then the trees.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.bearers.write(&mut bytes);
        self.periods.write(&mut bytes);
        self.figures.write(&mut bytes);
        bytes
    }

    /// Bearers, periods and probabilities of `figures`, which rules have read; `things` numbers the thing of each mention. In a report on
    /// years past the periods stay: what it reviews is one span, and too few reports are annotated to learn from.
    pub(super) fn choose(&self, source: &Source<'_>, things: &[usize], figures: &[Figure]) -> Chosen {
        let scenes = scene::all(source, figures);
        let bearers = Bearers::new(source, things, &scenes);
        let periods = Periods::new(source, &scenes);
        let things = self.bearers.heaviest(&scenes, |scene, wording| bearers.rows(scene, wording));
        let times = match source.times.today.reviewed {
            None => self.periods.heaviest(&scenes, |scene, wording| periods.rows(scene, wording)),
            Some(_) => Vec::new(),
        };
        let counted = Counted::new(source, &scenes);
        let sure = |scene: &Scene<'_>| {
            let named = (scene.figure.written.0, scene.figure.indicator.clone());
            (named, self.figures.probability(&counted, scene))
        };
        let at = |scene: &Scene<'_>| scene.figure.written.0;
        Chosen {
            bearers: things
                .iter()
                .map(|(scene, thing)| (at(scene), bearers.mention_of(*thing, scene)))
                .collect(),
            periods: times.into_iter().map(|(scene, period)| (at(scene), period)).collect(),
            sure: scenes.iter().map(sure).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::Mention;

    #[test]
    fn the_embedded_model_is_read_back_and_written_alike() {
        let bytes = Chooser::open().to_bytes();
        assert_eq!(Chooser::from_bytes(&bytes).as_ref(), Some(Chooser::open()));
        assert!(Chooser::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }

    #[test]
    fn what_is_improbable_is_left_out_and_the_rest_as_sure_as_it_is_probable() {
        let annotated = crate::document::notation::parse("[甲市/Place]地区生产总值增长5%。").unwrap();
        let text = crate::text::Text::new(&annotated.text);
        let (span, class) = annotated.mentions[0];
        let (start, end) = text.view.from_text(span.start, span.end);
        let mentions = [Mention { start, end, class, found_by: String::new(), confidence: 1.0 }];
        let source = Source::new(&text, &mentions);
        let figures = crate::facts::figures::by_rules(&source);
        let mut chosen = Chooser::open().choose(&source, &[0], &figures);
        let sure = *chosen.sure.values().next().unwrap();
        assert!(sure > THRESHOLD);
        assert_eq!(chosen.counted(figures.clone())[0].confidence.to_bits(), sure.to_bits());
        chosen.sure.values_mut().for_each(|sure| *sure = THRESHOLD / 2.0);
        assert!(chosen.counted(figures).is_empty());
    }

    #[test]
    fn nothing_is_chosen_where_no_figure_is_read() {
        let text = crate::text::Text::new("今天下雨。");
        let source = Source::new(&text, &[]);
        assert_eq!(Chooser::open().choose(&source, &[], &[]), Chosen::default());
    }
}
