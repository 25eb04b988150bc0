//! Material that lies beside the crate and is no part of it: annotated texts and the reference scorer.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with the material, unless it is not there.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("JINXIU_SHARED").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Whether Python can import a module.
pub fn python_has(module: &str) -> bool {
    let run = Command::new("python3").args(["-c", &format!("import {module}")]).output();
    run.is_ok_and(|output| output.status.success())
}

/// Says why a test does nothing here.
pub fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}
