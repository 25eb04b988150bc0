//! An end to queries of a damaged store, of which the engine may gather one error after another until the memory is full.

use super::super::failure::Exit;
use super::super::output::Output;
use super::bounds::{end, memory};
use jinxiu::store::{Store, StoreError};
use std::path::Path;
use std::time::Duration;

/// How often it is looked how a query gets on.
const BEAT: Duration = Duration::from_secs(1);

/// What a query gathers at least, between two looks, that meets nothing but errors.
const GATHERED: u64 = 16 << 20;

/// What it reads at most meanwhile: an iterator that has failed reads no more.
const READ: u64 = 64 << 10;

/// How far a query has come.
struct Progress {
    /// The bytes of memory that it holds.
    memory: u64,
    /// The bytes that it has read.
    read: u64,
}

impl Progress {
    /// As the system counts it; unknown outside of Linux.
    fn now() -> Option<Self> {
        let counts = std::fs::read_to_string("/proc/self/io").ok()?;
        let read = counts.lines().find_map(|line| line.strip_prefix("rchar: "))?.parse().ok()?;
        Some(Self { memory: memory()?, read })
    }

    /// Whether all that came since is something that was not read from the store.
    fn is_standstill(&self, before: &Self) -> bool {
        self.memory > before.memory + GATHERED && self.read < before.read + READ
    }
}

/// Where a query gathers and no longer reads, as it does when it has met damage, looks through the store's files once and
/// ends the program if they are damaged.
pub(super) fn heed(output: &Output, store: &Path) {
    let (output, store) = (output.clone(), store.to_owned());
    std::thread::spawn(move || {
        let mut before = Progress::now()?;
        loop {
            std::thread::sleep(BEAT);
            let now = Progress::now()?;
            if now.is_standstill(&before) {
                break;
            }
            before = now;
        }
        let looked = Store::open(&store).and_then(|store| store.validate());
        if let Err(error @ StoreError::Corrupt { .. }) = looked {
            end(&output, &error.into(), Exit::Store);
        }
        Some(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_gathers_and_reads_no_more_stands_still() {
        let begun = Progress { memory: 1 << 20, read: 1 << 20 };
        let later = |memory: u64, read: u64| Progress { memory: memory << 20, read: read << 20 };
        assert!(later(100, 1).is_standstill(&begun));
        assert!(!later(100, 2).is_standstill(&begun), "it reads");
        assert!(!later(2, 1).is_standstill(&begun), "it gathers nothing");
        assert!(!later(0, 1).is_standstill(&begun), "it lets go");
    }
}
