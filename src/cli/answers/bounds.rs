//! Bounds on time and memory that hold where the engine does not heed a request to stop, as while it sorts.

use super::super::failure::{Exit, Failure};
use super::super::output::Output;
use jinxiu::store::QueryError;
use std::time::{Duration, Instant};

/// How much longer than allowed a query may take before the program ends at once.
const GRACE: Duration = Duration::from_millis(300);

/// How often the bounds are looked at.
const TICK: Duration = Duration::from_millis(20);

/// The most that a query may take.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bounds {
    /// Time.
    pub(super) time: Option<Duration>,
    /// Bytes of memory.
    pub(super) memory: Option<u64>,
}

impl Bounds {
    /// Ends the program where a bound is passed; nothing is left of the output. Nobody looks where none is set.
    pub(super) fn watch(self, output: &Output) {
        if self.time.is_none() && self.memory.is_none() {
            return;
        }
        let (output, begun) = (output.clone(), Instant::now());
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(TICK);
                if let Some(error) = self.passed(begun.elapsed()) {
                    end(&output, &error.into(), Exit::Limit);
                }
            }
        });
    }

    fn passed(self, time: Duration) -> Option<QueryError> {
        if self.time.is_some_and(|limit| time > limit + GRACE) {
            return Some(QueryError::Timeout);
        }
        let (limit, used) = (self.memory?, memory()?);
        (used > limit).then(|| {
            let reason = format!(
                "the query takes more memory than the {} MB that --memory allows; narrow it, or take ORDER BY out",
                limit >> 20
            );
            QueryError::Bound(reason)
        })
    }
}

/// Ends the program. The end is a bare one: what a clean exit takes down may still be in use by the thread that asks.
pub(super) fn end(output: &Output, failure: &Failure, exit: Exit) {
    output.discard();
    failure.report();
    signal_hook::low_level::exit(exit as i32);
}

/// The bytes of memory that the program holds, files that are only looked into apart; unknown outside of Linux.
pub(super) fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// A size as people write it.
pub(super) fn parse_size(text: &str) -> Result<u64, String> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let wrong = || format!("{text}: a size looks like 500MB or 2G");
    let number: f64 = text[..text.len() - unit.len()].parse().map_err(|_| wrong())?;
    let factor = match unit.to_ascii_uppercase().trim_end_matches("IB").trim_end_matches('B') {
        "" => 1.0,
        "K" => 1024.0,
        "M" => 1_048_576.0,
        "G" => 1_073_741_824.0,
        _ => return Err(wrong()),
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size of memory is whole and not negative"
    )]
    let bytes = (number * factor) as u64;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_as_people_write_them() {
        assert_eq!(parse_size("500MB"), Ok(500 << 20));
        assert_eq!(parse_size("2G"), Ok(2 << 30));
        assert_eq!(parse_size("1.5GiB"), Ok(3 << 29));
        assert_eq!(parse_size("4096"), Ok(4096));
        assert!(parse_size("much").is_err() && parse_size("3T").is_err() && parse_size("-1G").is_err());
    }

    #[test]
    fn a_bound_is_passed_or_not() {
        let bounds = |time, memory| Bounds { time, memory };
        let second = Duration::from_secs(1);
        assert!(bounds(Some(second), None).passed(second).is_none());
        assert!(bounds(Some(second), None).passed(2 * second).is_some());
        assert!(bounds(None, Some(u64::MAX)).passed(second).is_none());
        assert!(memory().is_none() || bounds(None, Some(1)).passed(second).is_some());
    }
}
