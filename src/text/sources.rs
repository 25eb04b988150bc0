//! Where texts come from: files, folders of them, standard input.

use super::Text;
use super::encoding::{DecodeError, decode};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How many bytes a text may have: a yearbook has less, and what is found in more would not fit into memory.
const LARGEST: usize = 16 << 20;

/// What a text is called in results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Naming {
    /// After its file's name without the extension.
    #[default]
    Stem,
    /// After its path below the folder that was given, without the extension.
    Path,
}

/// One text that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the text is called in results.
    pub id: String,
    /// Its file; standard input where there is none.
    pub path: Option<PathBuf>,
}

/// Why texts could not be found or read; the message names the file.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// No such thing.
    #[error("{0}: no such file or folder")]
    Missing(String),
    /// There is something, but it cannot be opened.
    #[error("{0}: cannot be read: {1}")]
    Unreadable(String, String),
    /// A folder in which there is nothing to read.
    #[error("{0}: no text files (.txt) in this folder or below it")]
    NoTexts(String),
    /// Two texts would be one in every result.
    #[error("{0} and {1}: two texts with the id '{2}'; rename one, or name texts by their path (--ids path)")]
    SameId(String, String, String),
    /// There is more of it than one text may have.
    #[error("{0}: larger than {mib} MiB, the most that one text may have; split it", mib = LARGEST >> 20)]
    TooLarge(String),
    /// The bytes are no text.
    #[error("{0}: {1}")]
    NoText(String, DecodeError),
}

impl Source {
    /// Reads the text; of one that is too large for the memory of a usual machine no more than shows that.
    pub fn read(&self) -> Result<Text, SourceError> {
        let bytes = match &self.path {
            Some(path) => {
                File::open(path).and_then(at_most_the_largest).map_err(|error| failure(path, &error))?
            }
            None => at_most_the_largest(io::stdin().lock()).map_err(|e| failure(Path::new("-"), &e))?,
        };
        if bytes.len() > LARGEST {
            return Err(SourceError::TooLarge(self.place()));
        }
        let text = decode(bytes).map_err(|error| SourceError::NoText(self.place(), error))?;
        Ok(Text::new(&text))
    }

    /// The file's path, or `standard input`.
    pub fn place(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
    }
}

/// All bytes of a text, or one more than it may have.
fn at_most_the_largest(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The texts that `paths` stand for: a file is itself, a folder all `.txt` files in it and below it in the order of
/// their paths, `-` standard input. Hidden files and folders are passed over.
pub fn find(paths: &[PathBuf], naming: Naming) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            sources.push(Source { id: "stdin".to_owned(), path: None });
        } else if fs::metadata(path).map_err(|error| failure(path, &error))?.is_dir() {
            sources.extend(in_folder(path, naming)?);
        } else {
            sources.push(Source { id: id_of(path, path.parent(), naming), path: Some(path.clone()) });
        }
    }
    drop_repeated(&mut sources);
    refuse_same_ids(&sources)?;
    Ok(sources)
}

fn in_folder(folder: &Path, naming: Naming) -> Result<Vec<Source>, SourceError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    if files.is_empty() {
        return Err(SourceError::NoTexts(folder.display().to_string()));
    }
    files.sort();
    Ok(files
        .into_iter()
        .map(|file| Source { id: id_of(&file, Some(folder), naming), path: Some(file) })
        .collect())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), SourceError> {
    let entries = fs::read_dir(folder).map_err(|error| failure(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failure(folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| failure(&path, &error))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        } else if kind.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt")) {
            files.push(path);
        }
    }
    Ok(())
}

fn id_of(file: &Path, folder: Option<&Path>, naming: Naming) -> String {
    let named = match naming {
        Naming::Stem => file.file_stem().map(PathBuf::from),
        Naming::Path => folder.and_then(|f| file.strip_prefix(f).ok()).map(|below| below.with_extension("")),
    };
    let parts = named.unwrap_or_else(|| file.to_owned());
    parts.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A file that was given twice is read once.
fn drop_repeated(sources: &mut Vec<Source>) {
    let mut seen = BTreeSet::new();
    sources.retain(|source| {
        seen.insert(source.path.as_ref().map(|path| path.canonicalize().unwrap_or_default()))
    });
}

fn refuse_same_ids(sources: &[Source]) -> Result<(), SourceError> {
    let mut seen: BTreeMap<&str, &Source> = BTreeMap::new();
    for source in sources {
        if let Some(first) = seen.insert(&source.id, source) {
            return Err(SourceError::SameId(first.place(), source.place(), source.id.clone()));
        }
    }
    Ok(())
}

fn failure(path: &Path, error: &io::Error) -> SourceError {
    let place = path.display().to_string();
    if error.kind() == io::ErrorKind::NotFound {
        return SourceError::Missing(place);
    }
    let text = error.to_string();
    let reason = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    SourceError::Unreadable(place, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "太原").unwrap();
        }
        folder
    }

    fn ids(folder: &tempfile::TempDir, naming: Naming) -> Vec<String> {
        let found = find(&[folder.path().to_owned()], naming).unwrap();
        found.into_iter().map(|source| source.id).collect()
    }

    #[test]
    fn a_folder_gives_its_texts_in_the_order_of_their_paths() {
        let folder = folder(&["b.txt", "a.TXT", "sub/c.txt", "notes.md", ".hidden.txt", ".git/x.txt"]);
        assert_eq!(ids(&folder, Naming::Stem), ["a", "b", "c"]);
        assert_eq!(ids(&folder, Naming::Path), ["a", "b", "sub/c"]);
    }

    #[test]
    fn two_texts_of_one_name_are_refused_unless_named_by_path() {
        let folder = folder(&["2021/report.txt", "2022/report.txt"]);
        let error = find(&[folder.path().to_owned()], Naming::Stem).unwrap_err().to_string();
        assert!(error.contains("'report'") && error.contains("2021") && error.contains("2022"), "{error}");
        assert_eq!(ids(&folder, Naming::Path), ["2021/report", "2022/report"]);
    }

    #[test]
    fn a_file_given_twice_is_read_once() {
        let folder = folder(&["a.txt"]);
        let paths = [folder.path().to_owned(), folder.path().join("a.txt")];
        assert_eq!(find(&paths, Naming::Stem).unwrap().len(), 1);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let folder = folder(&["notes.md"]);
        let missing = folder.path().join("none.txt");
        assert!(matches!(find(&[missing], Naming::Stem), Err(SourceError::Missing(_))));
        assert!(matches!(find(&[folder.path().to_owned()], Naming::Stem), Err(SourceError::NoTexts(_))));
    }

    #[test]
    fn a_file_given_by_name_may_have_any_extension() {
        let folder = folder(&["notes.md"]);
        let found = find(&[folder.path().join("notes.md")], Naming::Stem).unwrap();
        assert_eq!(found[0].id, "notes");
        assert_eq!(found[0].read().unwrap().quote(0, 2), "太原");
    }
}
