//! The format of the lists: `#` comments, `@kind` lines, one name with its fields in tabs, or bare names between spaces.

use super::Kind;

/// What is known under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The name as it stands in texts (folded).
    pub name: &'static str,
    /// What kind of name it is.
    pub kind: Kind,
    /// The full name of what it denotes.
    pub canonical: &'static str,
    /// Its code (GB/T 2260, GB/T 4754, statistical code of a zone, year for a former name), or empty.
    pub code: &'static str,
    /// How surely the string denotes that out of context: 9 surely, 5 as often as not, below 4 a common word.
    pub weight: u8,
}

const SURE: u8 = 9;

/// The entries of one list; lines before the first `@kind` and kinds that nobody knows are passed over.
pub(super) fn entries(text: &'static str) -> impl Iterator<Item = Entry> {
    let mut kind = None;
    text.lines().flat_map(move |line| {
        if let Some(name) = line.strip_prefix('@') {
            kind = Kind::parse(name);
        }
        let names = kind.filter(|_| !line.starts_with(['@', '#'])).map(|kind| of_line(line, kind));
        names.into_iter().flatten()
    })
}

fn of_line(line: &'static str, kind: Kind) -> impl Iterator<Item = Entry> {
    let record = line.contains('\t').then(|| record(line, kind));
    let bare = if record.is_some() { "" } else { line };
    let sure = move |name| Entry { name, kind, canonical: name, code: "", weight: SURE };
    record.into_iter().chain(bare.split_ascii_whitespace().map(sure))
}

fn record(line: &'static str, kind: Kind) -> Entry {
    let mut fields = line.split('\t');
    let name = fields.next().unwrap_or_default();
    let canonical = fields.next().filter(|field| !field.is_empty()).unwrap_or(name);
    let code = fields.next().unwrap_or_default();
    let weight = fields.next().and_then(|field| field.parse().ok()).unwrap_or(SURE);
    Entry { name, kind, canonical, code, weight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bare_names_and_records() {
        let list = "# said\n@city\n甲市 乙市\n甲\t甲市\t990100\t4\n@nothing\n丙\n";
        let read: Vec<_> = entries(list).map(|e| (e.name, e.canonical, e.code, e.weight)).collect();
        assert_eq!(read, [("甲市", "甲市", "", 9), ("乙市", "乙市", "", 9), ("甲", "甲市", "990100", 4)]);
    }

    #[test]
    fn leaves_fields_at_their_defaults() {
        let read: Vec<_> = entries("@zone\n甲园区\t\t\t2\n乙园区\t乙产业园区\n").collect();
        assert_eq!((read[0].canonical, read[0].weight), ("甲园区", 2));
        assert_eq!((read[1].canonical, read[1].weight), ("乙产业园区", 9));
    }
}
