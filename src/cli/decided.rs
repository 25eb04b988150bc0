//! The `--decisions` argument, and the file it names.

use super::failure::{Exit, Failure};
use jinxiu::graph::Decisions;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Which decisions to heed.
#[derive(Debug, Clone, clap::Args)]
pub struct DecisionsArg {
    /// The file with people's decisions about identity [default: DIR.decisions.tsv beside the store]
    #[arg(long = "decisions", value_name = "FILE")]
    file: Option<PathBuf>,
}

impl DecisionsArg {
    /// The file for a store.
    pub fn path(&self, store: &Path) -> PathBuf {
        self.file.clone().unwrap_or_else(|| {
            let mut name = store.components().as_path().as_os_str().to_owned();
            name.push(".decisions.tsv");
            PathBuf::from(name)
        })
    }

    /// Reads the file, if there is one; a file that was named must be there. Says what contradicts itself.
    pub fn read(&self, store: &Path) -> Result<Decisions, Failure> {
        let path = self.path(store);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && self.file.is_none() => {
                return Ok(Decisions::default());
            }
            Err(error) => return Err(Failure::file(&path, "cannot read", &error)),
        };
        let decisions = Decisions::parse(&text)
            .map_err(|error| Failure::said(Exit::Input, format_args!("{}: {error}", path.display())))?;
        for contradiction in decisions.contradictions() {
            eprintln!("jinxiu: {}: {contradiction}", path.display());
        }
        Ok(decisions)
    }
}
