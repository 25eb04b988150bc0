//! Answers in files, each with its endpoint, its query and the day on which it was given.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The answer to a query and its day, if it is kept.
pub(super) fn find(folder: &Path, endpoint: &str, query: &str) -> Option<(Vec<u8>, String)> {
    let text = fs::read_to_string(place(folder, endpoint, query)).ok()?;
    let mut kept: Value = serde_json::from_str(&text).ok()?;
    let day = kept["asked"].as_str()?.to_owned();
    Some((kept["answer"].take().to_string().into_bytes(), day))
}

/// Keeps an answer; the file is whole or absent.
pub(super) fn keep(folder: &Path, endpoint: &str, (query, answer): (&str, &[u8])) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let answer: Value = serde_json::from_slice(answer)?;
    let kept = json!({"endpoint": endpoint, "asked": today(), "query": query, "answer": answer});
    let place = place(folder, endpoint, query);
    let beside = place.with_extension(std::process::id().to_string());
    fs::write(&beside, format!("{kept:#}\n"))?;
    fs::rename(beside, place)
}

fn place(folder: &Path, endpoint: &str, query: &str) -> PathBuf {
    let hash = Sha256::digest(format!("{endpoint}\n{query}"));
    let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    folder.join(name + ".json")
}

/// The day in UTC.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date(i64::try_from(since.as_secs() / 86_400).unwrap_or_default())
}

/// The date of a day that is counted from 1970: years begin in March, so that the leap day is the last one.
fn date(day: i64) -> String {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (month, day) = ((shifted + 2) % 12 + 1, of_year - (153 * shifted + 2) / 5 + 1);
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let dates = [0, 58, 59, 10_956, 11_016, 11_017, 20_778].map(date);
        assert_eq!(
            dates,
            [
                "1970-01-01",
                "1970-02-28",
                "1970-03-01",
                "1999-12-31",
                "2000-02-29",
                "2000-03-01",
                "2026-11-21"
            ]
        );
    }

    #[test]
    fn an_answer_is_found_again_by_its_endpoint_and_its_query_alone() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), "http://x/", ("SELECT *", b"{\"head\":{}}")).unwrap();
        let (answer, day) = find(folder.path(), "http://x/", "SELECT *").unwrap();
        assert_eq!((answer.as_slice(), day.len()), (b"{\"head\":{}}".as_slice(), 10));
        assert!(find(folder.path(), "http://y/", "SELECT *").is_none());
        assert!(find(folder.path(), "http://x/", "SELECT ?a").is_none());
    }
}
