//! Long commands that are asked to stop: a clean end, the exit code of the signal, nothing half-written.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const TEXTS: usize = 12;

/// Texts, a store of them, what it exports, and a copy to change.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    for number in 0..TEXTS {
        let text = format!("太原市要闻\n20{:02}年，太原市发展装备制造业，增长{number}.5%。\n", number % 24);
        fs::write(texts.join(format!("t{number:03}.txt")), text.repeat(20)).unwrap();
    }
    for line in ["build texts -s kept -q", "export -s kept -o kept.nq -q"] {
        assert!(run(folder.path(), line).status.success());
    }
    folder
}

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("jinxiu"));
    command.args(line.split(' ')).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, line: &str) -> Output {
    command(folder, line).output().unwrap()
}

/// Stops a run after some time; whether it was stopped before it was done.
fn stopped(folder: &Path, line: &str, (signal, code): (&str, i32), after: Duration) -> bool {
    let child = command(folder, line).spawn().unwrap();
    std::thread::sleep(after);
    let process = child.id().to_string();
    Command::new("kill").args([format!("-{signal}"), process]).stderr(Stdio::null()).status().unwrap();
    let output = child.wait_with_output().unwrap();
    // On a busy machine the signal may come before the program listens: then the system ends it, which is as good.
    let ended = output.status.code() == Some(code) || output.status.signal() == Some(code - 128);
    assert!(
        ended || output.status.success(),
        "{line} after {after:?}: {:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    ended
}

/// Stops one command at several moments by both signals; `after` holds what must hold then.
fn stops(line: &str, after: impl Fn(&Path)) {
    let folder = folder();
    let mut count = 0;
    for step in [2, 20] {
        for signal in [("INT", 130), ("TERM", 143)] {
            count += usize::from(stopped(folder.path(), line, signal, Duration::from_millis(15 * step)));
            after(folder.path());
        }
    }
    assert!(count > 0, "{line} was never stopped");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(!name.starts_with('.'), "{name} was left behind by {line}");
    }
}

fn completes(folder: &Path, line: &str) {
    assert!(run(folder, line).status.success(), "{line} after a stop");
}

/// A store is to the byte the one that was kept.
fn is_as_kept(folder: &Path, store: &str) {
    completes(folder, &format!("export -s {store} -o again.nq -q"));
    assert!(fs::read(folder.join("again.nq")).unwrap() == fs::read(folder.join("kept.nq")).unwrap());
}

#[test]
fn a_build_that_is_stopped_is_completed_by_the_same_command() {
    stops("build texts -s new -q --jobs 1", |folder| {
        completes(folder, "build texts -s new -q");
        is_as_kept(folder, "new");
        fs::remove_dir_all(folder.join("new")).unwrap();
    });
}

#[test]
fn a_removal_and_an_addition_that_are_stopped_are_completed_by_the_same_command() {
    stops("remove t001 t002 t003 t004 t005 t006 -s kept -q", |folder| {
        completes(folder, "add texts -s kept -q");
        is_as_kept(folder, "kept");
    });
}

#[test]
fn an_import_that_is_stopped_is_completed_by_the_same_command() {
    stops("import kept.nq -s copy -q", |folder| {
        completes(folder, "import kept.nq -s copy -q");
        is_as_kept(folder, "copy");
        fs::remove_dir_all(folder.join("copy")).unwrap();
    });
}

#[test]
fn an_export_that_is_stopped_leaves_the_old_file() {
    stops("export -s kept -o kept.nq -q", |folder| {
        assert!(fs::read(folder.join("kept.nq")).unwrap().ends_with(b" .\n"));
    });
}

#[test]
fn what_only_reads_ends_at_once() {
    let still_whole = |folder: &Path| completes(folder, "stats -s kept");
    for line in ["extract texts --jobs 1 -q", "verify -s kept -q", "check -s kept -q"] {
        stops(line, still_whole);
    }
}
