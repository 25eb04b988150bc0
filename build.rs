//! Hashes what the program reads texts by, so that a run can say with which rules, gazetteers and models it read.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut list = String::from("&[\n");
    for folder in folders(&root.join("data")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("cargo::rerun-if-changed={}", folder.display());
        writeln!(list, "    ({name:?}, {:?}),", hash(&folder)).expect("a string takes anything");
    }
    list.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    fs::write(out.join("inputs.rs"), list).expect("the build folder can be written");
}

/// The folders of `data/` that decide what is found; samples are only read.
fn folders(data: &Path) -> Vec<PathBuf> {
    let mut folders = entries(data);
    folders.retain(|path| path.is_dir() && !path.ends_with("samples"));
    folders
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    found
}

/// SHA-256 over the names and contents of all files of a folder.
fn hash(folder: &Path) -> String {
    let mut hasher = Sha256::new();
    add(folder, &mut hasher);
    hasher.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn add(folder: &Path, hasher: &mut Sha256) {
    for path in entries(folder) {
        if path.is_dir() {
            add(&path, hasher);
        } else {
            hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
            hasher.update(fs::read(&path).unwrap_or_default());
        }
    }
}
