//! Where results go: standard output that may be closed early, or a file that is written beside and renamed.

use super::failure::{Exit, Failure, Outcome, plain};
use super::interrupt;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The place a result is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Standard output.
    Standard,
    /// A file, which keeps its old content until the new one is whole.
    File(PathBuf),
}

impl Output {
    /// The place that `-o` names; `-` and nothing are standard output.
    pub fn named(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path != Path::new("-") => Self::File(path.to_owned()),
            _ => Self::Standard,
        }
    }

    /// Whether a person reads it as it is written.
    pub fn is_terminal(&self) -> bool {
        *self == Self::Standard && io::stdout().is_terminal()
    }

    /// Refuses what no person can read, where a terminal would show it.
    pub fn refuse_terminal(&self, format: &str) -> Outcome {
        match self.is_terminal() {
            true => Err(Failure::said(
                Exit::Usage,
                format_args!("{format} is no text for a terminal; name a file by -o FILE"),
            )),
            false => Ok(()),
        }
    }

    /// The extension of the file's name, in lower case.
    pub fn extension(&self) -> Option<String> {
        match self {
            Self::Standard => None,
            Self::File(path) => path.extension().map(|e| e.to_string_lossy().to_lowercase()),
        }
    }

    /// Removes what an unfinished write left beside the file.
    pub fn discard(&self) {
        if let Self::File(path) = self {
            let _ = fs::remove_file(beside(path));
        }
    }

    /// Writes a result. A reader that closes the pipe ends the writing and is no failure.
    pub fn write(&self, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
        match self {
            Self::Standard => to_standard(result),
            Self::File(path) => to_file(path, result),
        }
    }
}

fn to_standard(result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    match result(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Failure::said(Exit::Input, format_args!("standard output: cannot write: {}", plain(&error))))
        }
        Ok(()) => Ok(()),
    }
}

fn to_file(path: &Path, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let beside = beside(path);
    sweep(path);
    interrupt::unfinished(Some(&beside));
    let written = File::create(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        result(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&beside, path));
    interrupt::unfinished(None);
    renamed.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::file(path, "cannot write", &error)
    })
}

/// Removes what runs that were killed have left beside a file.
fn sweep(path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let start = format!(".{name}.");
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        let process = found.strip_prefix(&start).filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
        if process.is_some_and(|id| !Path::new("/proc").join(id).exists() && Path::new("/proc/self").exists())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A name in the same folder, so that renaming cannot cross file systems.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_whole_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        fs::write(&path, "old").unwrap();
        let result = Output::File(path.clone()).write(|out| {
            out.write_all(b"half")?;
            Err(io::Error::other("stop"))
        });
        assert!(result.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_whole_write_replaces_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.TTL");
        let output = Output::named(Some(&path));
        output.write(|out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(output.extension().as_deref(), Some("ttl"));
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(Output::named(Some(Path::new("-"))), Output::Standard);
    }
}
