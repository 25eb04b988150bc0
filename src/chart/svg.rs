//! Charts as SVG, written out directly: no clock, no ids, no float beyond two decimals.

use super::layout::{at, axis, width, wrapped};
use super::plan::{Chart, Form, Line, Mark};
use crate::text::escaped;
use std::fmt::Write;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 40.0;
const PLOT_HEIGHT: f64 = 360.0;
const BAR: f64 = 26.0;
const FONTS: &str =
    "Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif";
/// Colours that people with any colour vision tell apart (after Okabe and Ito).
const COLOURS: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c6d31"];

/// A drawing in progress: what has been written and the boxes of words that stand.
struct Drawing {
    body: String,
    words: Vec<[f64; 4]>,
}

/// Where words stand: start, middle, end of their line.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Draws a chart.
pub fn draw(chart: &Chart) -> String {
    let mut drawing = Drawing { body: String::new(), words: Vec::new() };
    drawing.words((LEFT, 40.0), (24.0, "#111"), Anchor::Start, &chart.title);
    drawing.words((LEFT, 66.0), (14.0, "#555"), Anchor::Start, &chart.subtitle);
    let top = drawing.legend(chart, 92.0);
    let bottom = match chart.form {
        Form::Series => drawing.series(chart, top + 24.0),
        Form::Comparison => drawing.bars(chart, top + 8.0),
    };
    let height = drawing.sources(chart, bottom + 20.0);
    let title = escaped(&chart.title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FONTS}\" \
         role=\"img\">\n<title>{title}</title>\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n{body}</svg>\n",
        w = at(WIDTH),
        h = at(height),
        body = drawing.body
    )
}

impl Drawing {
    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    fn words(&mut self, (x, y): (f64, f64), (size, colour): (f64, &str), anchor: Anchor, words: &str) {
        let (name, shift) = match anchor {
            Anchor::Start => ("start", 0.0),
            Anchor::Middle => ("middle", 0.5),
            Anchor::End => ("end", 1.0),
        };
        let long = width(words) * size;
        self.words.push([x - long * shift, y - size, x + long * (1.0 - shift), y + size * 0.2]);
        let (x, y, size, words) = (at(x), at(y), at(size), escaped(words));
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\" text-anchor=\"{name}\">{words}</text>"));
    }

    fn rule(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), colour: &str) {
        let (x1, y1, x2, y2) = (at(x1), at(y1), at(x2), at(y2));
        self.put(format_args!("<path d=\"M{x1} {y1}L{x2} {y2}\" stroke=\"{colour}\" fill=\"none\"/>"));
    }

    /// Names of the lines and the mark of aims; gives where the next thing may begin.
    fn legend(&mut self, chart: &Chart, top: f64) -> f64 {
        let several = chart.form == Form::Series && chart.lines.len() > 1;
        let names: Vec<&str> = chart.lines.iter().filter(|_| several).map(|l| l.name.as_str()).collect();
        let (mut x, mut y) = (LEFT, top);
        for (nth, name) in names.iter().enumerate() {
            if x + width(name) * 13.0 > WIDTH - RIGHT - 40.0 {
                (x, y) = (LEFT, y + 22.0);
            }
            let colour = COLOURS[nth % COLOURS.len()];
            self.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"4\" fill=\"{colour}\"/>",
                at(x),
                at(y - 7.0)
            ));
            self.words((x + 20.0, y), (13.0, "#333"), Anchor::Start, name);
            x += width(name) * 13.0 + 44.0;
        }
        if chart.lines.iter().flat_map(|l| &l.marks).any(|m| m.target) {
            self.put(format_args!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"#fff\" stroke=\"#555\" stroke-width=\"2\"/>",
                at(x + 6.0),
                at(y - 5.0)
            ));
            self.words((x + 20.0, y), (13.0, "#555"), Anchor::Start, "目标");
            return y;
        }
        if names.is_empty() { top - 22.0 } else { y }
    }

    fn series(&mut self, chart: &Chart, top: f64) -> f64 {
        let values = || chart.lines.iter().flat_map(|l| &l.marks).map(|m| m.value);
        let (least, greatest) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let from_zero = least >= 0.0 && least < greatest * 0.7;
        let ticks = axis(if from_zero { 0.0 } else { least }, greatest);
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        let y = |value: f64| top + PLOT_HEIGHT * (1.0 - (value - low) / (high - low));
        for tick in &ticks {
            self.rule(
                (LEFT, y(*tick)),
                (WIDTH - RIGHT, y(*tick)),
                if *tick == 0.0 { "#999" } else { "#e4e4e4" },
            );
            self.words((LEFT - 10.0, y(*tick) + 4.0), (12.0, "#555"), Anchor::End, &at(*tick));
        }
        let x = horizontal(chart);
        self.periods(chart, &x, top + PLOT_HEIGHT);
        for (nth, line) in chart.lines.iter().enumerate() {
            self.line(line, COLOURS[nth % COLOURS.len()], &|mark| (x(mark.at), y(mark.value)));
        }
        for (nth, line) in chart.lines.iter().enumerate() {
            for mark in &line.marks {
                self.label((x(mark.at), y(mark.value)), COLOURS[nth % COLOURS.len()], &mark.label);
            }
        }
        top + PLOT_HEIGHT + 34.0
    }

    fn periods(&mut self, chart: &Chart, x: &dyn Fn(f64) -> f64, bottom: f64) {
        let mut free = f64::NEG_INFINITY;
        for (place, period) in &chart.ticks {
            let (middle, long) = (x(*place), width(period) * 12.0);
            if middle - long / 2.0 > free {
                self.rule((middle, bottom), (middle, bottom + 5.0), "#999");
                self.words((middle, bottom + 20.0), (12.0, "#555"), Anchor::Middle, period);
                free = middle + long / 2.0 + 6.0;
            }
        }
    }

    /// A line through the facts; where a time has several values it goes through their middle, the exact ones where there are
    /// any. Aims stand as rings.
    fn line(&mut self, line: &Line, colour: &str, place: &dyn Fn(&Mark) -> (f64, f64)) {
        let mut path = String::new();
        let mut facts: Vec<&Mark> = line.marks.iter().filter(|m| !m.target).collect();
        while let Some(first) = facts.first().copied() {
            let same: Vec<&Mark> = facts.iter().copied().take_while(|m| m.at == first.at).collect();
            let (x, y) = middle(&same, place);
            let _ = write!(path, "{}{} {}", if path.is_empty() { 'M' } else { 'L' }, at(x), at(y));
            facts.drain(..same.len());
        }
        self.put(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"/>"));
        for mark in &line.marks {
            let (x, y) = place(mark);
            let fill = if mark.target { "#fff" } else { colour };
            let (x, y) = (at(x), at(y));
            self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
        }
    }

    /// A value beside its mark, where no other words stand.
    fn label(&mut self, (x, y): (f64, f64), colour: &str, words: &str) {
        let long = width(words) * 12.0;
        let x = x.clamp(LEFT + long / 2.0 - 60.0, WIDTH - long / 2.0 - 4.0);
        let tries = [-10.0, 20.0, -25.0, 35.0, -40.0, 50.0];
        let free = |shift: &&f64| {
            let (top, bottom) = (y + **shift - 12.0, y + **shift + 2.4);
            let clear =
                |b: &[f64; 4]| b[2] < x - long / 2.0 || b[0] > x + long / 2.0 || b[3] < top || b[1] > bottom;
            self.words.iter().all(clear)
        };
        let shift = tries.iter().find(free).copied().unwrap_or(tries[0]);
        self.words((x, y + shift), (12.0, colour), Anchor::Middle, words);
    }

    fn bars(&mut self, chart: &Chart, top: f64) -> f64 {
        let longest_name = chart.lines.iter().map(|l| width(&l.name) * 13.0).fold(0.0, f64::max).min(300.0);
        let left = LEFT.max(longest_name + 28.0);
        let all = || chart.lines.iter().flat_map(|l| &l.marks);
        let label = all().map(|m| width(&m.label) * 12.0).fold(0.0, f64::max) + 12.0;
        let ticks =
            axis(all().map(|m| m.value).fold(0.0, f64::min), all().map(|m| m.value).fold(0.0, f64::max));
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        let x = |value: f64| left + (WIDTH - RIGHT - label - left) * (value - low) / (high - low);
        let mut y = top;
        let middle = |rows: usize| BAR * f64::from(u32::try_from(rows).unwrap_or(1)) / 2.0;
        for line in &chart.lines {
            self.words(
                (left - 10.0, y + middle(line.marks.len()) + 4.0),
                (13.0, "#333"),
                Anchor::End,
                &line.name,
            );
            for mark in &line.marks {
                self.bar((x(0.0f64.clamp(low, high)), y), x(mark.value), mark);
                y += BAR;
            }
            y += 8.0;
        }
        self.rule((x(0.0f64.clamp(low, high)), top - 4.0), (x(0.0f64.clamp(low, high)), y), "#999");
        y + 8.0
    }

    fn bar(&mut self, (zero, y): (f64, f64), end: f64, mark: &Mark) {
        let (fill, edge) = if mark.target { ("#fff", COLOURS[0]) } else { (COLOURS[0], COLOURS[0]) };
        let (start, long, height) = (at(zero.min(end)), at((end - zero).abs()), at(BAR - 6.0));
        self.put(format_args!(
            "<rect x=\"{start}\" y=\"{}\" width=\"{long}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{edge}\"/>",
            at(y)
        ));
        self.words((zero.max(end) + 8.0, y + 15.0), (12.0, "#333"), Anchor::Start, &mark.label);
    }

    /// The documents below the chart; gives the height of the whole.
    fn sources(&mut self, chart: &Chart, top: f64) -> f64 {
        let mut y = top;
        self.words((LEFT, y), (12.0, "#555"), Anchor::Start, "来源");
        for (nth, source) in chart.sources.iter().enumerate() {
            for line in wrapped(&format!("[{}] {source}", nth + 1), (WIDTH - LEFT - RIGHT) / 12.0) {
                y += 18.0;
                self.words((LEFT, y), (12.0, "#555"), Anchor::Start, &line);
            }
        }
        y + 24.0
    }
}

/// Where a time stands, with room at both ends.
fn horizontal(chart: &Chart) -> impl Fn(f64) -> f64 + use<> {
    let first = chart.ticks.first().map_or(0.0, |t| t.0);
    let last = chart.ticks.last().map_or(1.0, |t| t.0);
    let (from, to) = (LEFT + 44.0, WIDTH - RIGHT - 44.0);
    move |time| {
        if last > first {
            from + (to - from) * (time - first) / (last - first)
        } else {
            f64::midpoint(from, to)
        }
    }
}

/// The middle of the values of one time, of the exact ones where there are any.
fn middle(marks: &[&Mark], place: &dyn Fn(&Mark) -> (f64, f64)) -> (f64, f64) {
    let exact: Vec<&Mark> = marks.iter().copied().filter(|m| m.exact).collect();
    let counted = if exact.is_empty() { marks } else { &exact };
    let places: Vec<(f64, f64)> = counted.iter().map(|m| place(m)).collect();
    let count = f64::from(u32::try_from(places.len().max(1)).unwrap_or(1));
    (places.first().map_or(0.0, |p| p.0), places.iter().map(|(_, y)| y).sum::<f64>() / count)
}
