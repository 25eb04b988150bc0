//! Where results go: standard output that may be closed early, or a file that is written beside and renamed.

use super::failure::{Exit, Failure, Outcome, plain};
use super::interrupt;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
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
            let _ = fs::remove_file(beside(&followed(path)));
        }
    }

    /// Writes a result. A reader that closes the pipe ends the writing and is no failure.
    pub fn write(&self, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
        match self {
            Self::Standard => to_standard(result),
            Self::File(path) if is_special(path) => to_special(path, result),
            Self::File(path) => to_file(&followed(path), result),
        }
    }
}

fn to_standard(result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    unless_closed(result(&mut out).and_then(|()| out.flush())).map_err(|error| {
        Failure::said(Exit::Input, format_args!("standard output: cannot write: {}", plain(&error)))
    })
}

/// Devices, pipes and sockets are written to as they are: a file renamed to their name would take their place.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn to_special(path: &Path, result: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Outcome {
    let written = OpenOptions::new().write(true).open(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        result(&mut out)?;
        out.flush()
    });
    unless_closed(written).map_err(|error| Failure::file(path, "cannot write", &error))
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// The file that a symbolic link stands for, which keeps the link.
fn followed(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
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

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to_and_stays_a_pipe() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let reader = std::thread::spawn({
            let path = path.clone();
            move || fs::read_to_string(path).unwrap()
        });
        Output::File(path.clone()).write(|out| out.write_all(b"new")).unwrap();
        assert_eq!(reader.join().unwrap(), "new");
        assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file.ttl"), folder.path().join("link.ttl"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        Output::File(link.clone()).write(|out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(Output::named(Some(Path::new("-"))), Output::Standard);
    }
}
