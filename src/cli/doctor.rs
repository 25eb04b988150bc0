//! `jinxiu doctor`: whether everything is as it should be.

use super::failure::{Failure, Outcome};
use super::output::Output;
use jinxiu::rdf::Run;
use jinxiu::store::Store;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tell whether everything is as it should be: version, data, terminal, fonts, and a store if one is named
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if something is wrong. Example: jinxiu doctor --store graph")]
pub struct Args {
    /// The folder of a store
    #[arg(short, long, value_name = "DIR")]
    store: Option<PathBuf>,
}

/// Something that was looked at.
struct Finding {
    what: &'static str,
    found: String,
    sound: bool,
}

impl Finding {
    fn sound(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, found: found.into(), sound: true }
    }
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let mut findings = vec![Finding::sound("version", env!("CARGO_PKG_VERSION"))];
    findings.extend(data());
    findings.extend([terminal(), locale(), fonts(), temporary()]);
    if let Some(path) = &args.store {
        findings.extend(store(path));
    }
    Output::Standard.write(|out| {
        findings.iter().try_for_each(|finding| {
            let sign = if finding.sound { "ok " } else { "BAD" };
            writeln!(out, "{sign}  {}: {}", finding.what, finding.found)
        })
    })?;
    if findings.iter().all(|finding| finding.sound) { Ok(()) } else { Err(Failure::no()) }
}

/// Rules, gazetteers and models by their hash.
fn data() -> Vec<Finding> {
    let inputs = Run::default().inputs;
    inputs
        .iter()
        .map(|(name, hash)| Finding::sound("data", format!("{name} {}", &hash[..hash.len().min(16)])))
        .collect()
}

fn terminal() -> Finding {
    let width = std::env::var("COLUMNS").map(|columns| format!(", {columns} columns")).unwrap_or_default();
    let color = if std::env::var_os("NO_COLOR").is_some() { ", NO_COLOR is set" } else { "" };
    let kind = if std::io::stdout().is_terminal() { "a terminal" } else { "no terminal" };
    Finding::sound("output", format!("{kind}{width}{color}"))
}

fn locale() -> Finding {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let shown = set.unwrap_or_else(|| "not set".to_owned());
    let note = if shown.to_lowercase().contains("utf") { "" } else { " (output is UTF-8 all the same)" };
    Finding::sound("locale", format!("{shown}{note}"))
}

/// Fonts for Chinese, as far as fontconfig knows; figures draw with them.
fn fonts() -> Finding {
    let listed = Command::new("fc-list").args([":lang=zh", "family"]).output();
    let found = match listed {
        Ok(output) if !output.stdout.is_empty() => {
            let count = String::from_utf8_lossy(&output.stdout).lines().count();
            format!("{count} with Chinese characters")
        }
        Ok(_) => "none with Chinese characters is installed".to_owned(),
        Err(_) => "fontconfig is not installed, so none can be listed".to_owned(),
    };
    Finding::sound("fonts", found)
}

fn temporary() -> Finding {
    let folder = std::env::temp_dir();
    let sound = std::fs::metadata(&folder).is_ok_and(|m| m.is_dir() && !m.permissions().readonly());
    Finding { what: "temporary files", found: folder.display().to_string(), sound }
}

fn store(path: &Path) -> Vec<Finding> {
    let bad = |found: String| Finding { what: "store", found, sound: false };
    let store = match Store::open(path) {
        Ok(store) => store,
        Err(error) => return vec![bad(error.to_string())],
    };
    let counted = store.documents().and_then(|documents| Ok((documents.len(), store.triples()?)));
    let mut findings = vec![match counted {
        Ok((documents, triples)) => {
            Finding::sound("store", format!("{documents} documents, {triples} triples"))
        }
        Err(error) => bad(error.to_string()),
    }];
    // A file that a writer has replaced since may be missed once.
    let again = || Store::open(path).and_then(|store| store.validate());
    findings.push(match store.validate().or_else(|_| again()) {
        Ok(()) => Finding::sound("store", "its files and indexes agree"),
        Err(error) => bad(error.to_string()),
    });
    findings
}
