//! Numbers as people write them: 5571.17亿元, 9.7%, 64万.

/// A power of ten with its word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// By what values are divided.
    pub factor: f64,
    /// What stands after the number: 亿元, %, 万人.
    pub unit: &'static str,
}

/// The units of money, people and counted things, large first.
const SCALES: &[(&str, &[(f64, &str)])] = &[
    ("CNY", &[(1e12, "万亿元"), (1e8, "亿元"), (1e4, "万元"), (1.0, "元")]),
    ("USD", &[(1e12, "万亿美元"), (1e8, "亿美元"), (1e4, "万美元"), (1.0, "美元")]),
    ("EUR", &[(1e8, "亿欧元"), (1e4, "万欧元"), (1.0, "欧元")]),
    ("HKD", &[(1e8, "亿港元"), (1e4, "万港元"), (1.0, "港元")]),
    ("JPY", &[(1e8, "亿日元"), (1e4, "万日元"), (1.0, "日元")]),
    ("person", &[(1e8, "亿人"), (1e4, "万人"), (1.0, "人")]),
    ("count", &[(1e8, "亿"), (1e4, "万"), (1.0, "个")]),
    ("t", &[(1e8, "亿吨"), (1e4, "万吨"), (1.0, "吨")]),
    ("kW", &[(1e8, "亿千瓦"), (1e4, "万千瓦"), (1.0, "千瓦")]),
    ("kWh", &[(1e8, "亿千瓦时"), (1e4, "万千瓦时"), (1.0, "千瓦时")]),
    ("mu", &[(1e8, "亿亩"), (1e4, "万亩"), (1.0, "亩")]),
    ("m2", &[(1e4, "万平方米"), (1.0, "平方米")]),
    ("m3", &[(1e8, "亿立方米"), (1e4, "万立方米"), (1.0, "立方米")]),
    ("km", &[(1.0, "公里")]),
    ("km2", &[(1.0, "平方公里")]),
    ("ha", &[(1e4, "万公顷"), (1.0, "公顷")]),
    ("m", &[(1.0, "米")]),
    ("%", &[(1.0, "%")]),
    ("pp", &[(1.0, "个百分点")]),
    ("times", &[(1.0, "倍")]),
    ("rank", &[(1.0, "位")]),
    ("day", &[(1.0, "天")]),
    ("month", &[(1.0, "个月")]),
    ("year", &[(1.0, "年")]),
];

/// The largest scale of a unit that leaves the greatest of some values at least one.
pub fn scaled(unit: &str, greatest: f64) -> Scale {
    let known = SCALES.iter().find(|(sign, _)| *sign == unit).map_or(&[][..], |(_, scales)| scales);
    let fitting = known.iter().find(|(factor, _)| greatest.abs() >= *factor).or(known.last());
    fitting.map_or(Scale { factor: 1.0, unit: "" }, |&(factor, unit)| Scale { factor, unit })
}

impl Scale {
    /// A value without its unit.
    pub fn number(self, value: f64) -> String {
        number(value / self.factor)
    }
}

/// A value with its unit as people write it. Money is told in 亿 also where it reaches a 万亿, as statistics have it.
pub fn plain(value: f64, unit: &str) -> String {
    let scale = scaled(unit, value.abs().min(if unit == "CNY" { 9e11 } else { f64::INFINITY }));
    format!("{}{}", scale.number(value), scale.unit)
}

/// At most four decimals, no trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_values_as_people_do() {
        assert_eq!(plain(557_117_000_000.0, "CNY"), "5571.17亿元");
        assert_eq!(plain(1_267_380_000_000.0, "CNY"), "12673.8亿元");
        assert_eq!(plain(9.7, "%"), "9.7%");
        assert_eq!(plain(-0.0, "%"), "0%");
        assert_eq!(plain(135_600.0, "count"), "13.56万");
        assert_eq!(plain(28.0, "furlong"), "28");
    }
}
