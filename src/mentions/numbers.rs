//! Numbers as Chinese texts write them: 13.56万, 五千亿, 1万多亿, 二〇二一, 百万.
//!
//! Goes in: folded characters and a position. Comes out: a [`Number`] with its value, or nothing. What is counted, and
//! whether it is a date, is not asked here.

/// A number read from folded characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What it is worth.
    pub value: f64,
    /// How it is written.
    pub form: Form,
    /// Whether 余, 多 or 几 says that there is more.
    pub more: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With Arabic digits, perhaps followed by 万 or 亿.
    Digits,
    /// In Chinese numerals with a leading digit: 三十, 两百, 五千亿.
    Chinese,
    /// A magnitude alone: 百亿, 万亿, 千万. Names an order, not a count.
    Magnitude,
}

/// Value of a Chinese digit.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Value of 十, 百, 千, 万 and 亿.
fn magnitude(c: char) -> Option<f64> {
    Some(match c {
        '十' => 1e1,
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// Whether a number can begin with this character.
pub fn begins(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || magnitude(c).is_some()
}

/// Reads the longest number that begins at `start`; `gap` tells where characters were left out.
pub fn read(chars: &[char], gap: &[bool], start: usize) -> Option<Number> {
    Reader { chars, gap, at: start, sum: Sum::default(), more: false }.read(start)
}

/// What has been read so far: 亿 closes `high`, 万 closes `low`, 千 and less stand in `small`.
#[derive(Default)]
struct Sum {
    high: f64,
    low: f64,
    small: f64,
    current: Option<f64>,
    last: f64,
}

impl Sum {
    fn total(&self) -> f64 {
        self.high + self.low + self.small + self.tail()
    }

    /// A digit after 百, 千, 万 or 亿 without its own magnitude counts the next lower one: 三万五 is 35000.
    fn tail(&self) -> f64 {
        match self.current {
            Some(n) if self.last >= 100.0 && n < 10.0 && n.fract() == 0.0 => n * self.last / 10.0,
            Some(n) => n,
            None => 0.0,
        }
    }

    fn multiply(&mut self, by: f64) {
        let current = self.current.take();
        if by >= 1e8 {
            let section = self.low + self.small + current.unwrap_or(0.0);
            self.high = (self.high + if section == 0.0 { 1.0 } else { section }) * by;
            (self.low, self.small) = (0.0, 0.0);
        } else if by >= 1e4 {
            let section = self.small + current.unwrap_or(0.0);
            self.low += if section == 0.0 { 1.0 } else { section } * by;
            self.small = 0.0;
        } else {
            self.small += current.unwrap_or(1.0) * by;
        }
        self.last = by;
    }
}

struct Reader<'a> {
    chars: &'a [char],
    gap: &'a [bool],
    at: usize,
    sum: Sum,
    more: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\n')
    }

    fn read(mut self, start: usize) -> Option<Number> {
        let first = self.peek(0);
        let form = self.read_head(first)?;
        while self.read_magnitude() || self.read_tail_digit(form) {}
        self.read_more();
        if self.more && self.read_magnitude() {
            while self.read_magnitude() {}
        }
        Some(Number { start, end: self.at, value: self.sum.total(), form, more: self.more })
    }

    fn read_head(&mut self, first: char) -> Option<Form> {
        if first.is_ascii_digit() {
            let value = self.read_digits()?;
            self.sum.current = Some(value);
            Some(Form::Digits)
        } else if digit(first).is_some() {
            self.read_chinese_digits();
            Some(Form::Chinese)
        } else if magnitude(first).is_some() {
            self.read_magnitude().then_some(if first == '十' { Form::Chinese } else { Form::Magnitude })
        } else {
            None
        }
    }

    /// Arabic digits with separators of thousands and decimals.
    fn read_digits(&mut self) -> Option<f64> {
        let mut text = String::new();
        while self.peek(0).is_ascii_digit() && text.len() < 18 {
            text.push(self.peek(0));
            self.at += 1;
            if self.gap.get(self.at).copied().unwrap_or(false) {
                return text.parse().ok();
            }
            while text.len() < 15 && self.is_group() {
                text.extend(&self.chars[self.at + 1..self.at + 4]);
                self.at += 4;
            }
        }
        if matches!(self.peek(0), '.' | '·') && self.peek(1).is_ascii_digit() {
            text.push('.');
            self.at += 1;
            while self.peek(0).is_ascii_digit() && text.len() < 24 {
                text.push(self.peek(0));
                self.at += 1;
            }
        }
        text.parse().ok()
    }

    /// A separator followed by exactly three digits.
    fn is_group(&self) -> bool {
        matches!(self.peek(0), ',')
            && (1..=3).all(|n| self.peek(n).is_ascii_digit())
            && !self.peek(4).is_ascii_digit()
    }

    /// 三, 二〇二一 (by position), 三点五.
    fn read_chinese_digits(&mut self) {
        let mut value = 0.0;
        let mut count = 0;
        while let Some(d) = digit(self.peek(0)).filter(|_| count < 12) {
            value = value * 10.0 + f64::from(d);
            count += 1;
            self.at += 1;
        }
        self.sum.current = Some(value + self.read_fraction());
    }

    /// What stands behind 点; 0 where nothing does.
    fn read_fraction(&mut self) -> f64 {
        let mut value = 0.0;
        if self.peek(0) != '点' || digit(self.peek(1)).is_none() {
            return value;
        }
        self.at += 1;
        let mut scale = 0.1;
        while let Some(d) = digit(self.peek(0)) {
            value += f64::from(d) * scale;
            scale /= 10.0;
            self.at += 1;
        }
        value
    }

    fn read_magnitude(&mut self) -> bool {
        let Some(by) = magnitude(self.peek(0)) else { return false };
        // 千瓦, 千米 … are units, 十字 and 百姓 are words, 万元 is money.
        let point = by == 1e2 && self.sum.current.is_some() && self.peek(1) == '分';
        let unit = by == 1e3 && matches!(self.peek(1), '瓦' | '米' | '克' | '伏' | '卡' | '帕' | '焦');
        if unit || point || (by < 1e4 && self.sum.last > 0.0 && by >= self.sum.last && self.sum.small > 0.0) {
            return false;
        }
        self.at += 1;
        self.sum.multiply(by);
        true
    }

    /// A digit after a magnitude: 一百二十, 3亿5000万, 两千零五.
    fn read_tail_digit(&mut self, form: Form) -> bool {
        let zero = usize::from(matches!(self.peek(0), '零' | '〇'));
        let next = self.peek(zero);
        let fits = self.sum.current.is_none()
            && match form {
                Form::Chinese => digit(next).is_some(),
                Form::Digits => self.sum.last >= 1e4 && next.is_ascii_digit() && zero == 0,
                Form::Magnitude => false,
            };
        if !fits {
            return false;
        }
        self.at += zero;
        if form == Form::Digits {
            self.sum.current = self.read_digits();
        } else {
            self.at += 1;
            let fraction = self.read_fraction();
            self.sum.current = digit(next).map(|d| f64::from(d) + fraction);
            if zero == 1 {
                self.sum.last = 1.0;
            }
        }
        true
    }

    fn read_more(&mut self) {
        let more = match self.peek(0) {
            '余' => true,
            '多' if self.peek(1) == '元' => self.sum.last >= 1e4 && self.peek(2) != '化',
            '多' => !matches!(self.peek(1), '样' | '元' | '种' | '功' | '式' | '层' | '年' | '媒' | '方'),
            '来' => self.sum.last > 0.0 && matches!(self.peek(1), '个' | '家' | '人' | '名' | '年'),
            '几' => self.sum.last > 0.0 && self.sum.current.is_none(),
            _ => false,
        };
        if more {
            self.more = true;
            self.at += 1;
        }
    }
}
