//! What goes wrong around a store: no room, no right, another writer, a request to stop, hostile text.

use crate::sample::{Doc, Sample};
use crate::shared::skip;
use jinxiu::document::Class;
use jinxiu::rdf::{Syntax, read_quads};
use jinxiu::store::Store;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn program() -> std::path::PathBuf {
    assert_cmd::cargo::cargo_bin("jinxiu")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn write_texts(folder: &Path, count: usize) {
    fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let text = format!("太原市要闻\n20{:02}年，太原市发展装备制造业，增长{number}.5%。\n", number % 24);
        fs::write(folder.join(format!("t{number:03}.txt")), text.repeat(20)).unwrap();
    }
}

#[test]
fn a_full_disk_is_said_and_leaves_a_store_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    write_texts(&folder.path().join("texts"), 60);
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec '{}' build texts --store store --quiet",
        program().display()
    );
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(said(&output).contains("no room left"), "{}", said(&output));
    assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
    let again =
        |args: &[&str]| Command::new(program()).args(args).current_dir(folder.path()).output().unwrap();
    let completed = again(&["build", "texts", "--store", "store", "-q"]);
    assert!(completed.status.success(), "{}", said(&completed));
    assert!(again(&["build", "texts", "--store", "clean", "-q"]).status.success());
    assert!(again(&["diff", "store", "clean", "-f", "patch"]).status.success());
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    write_texts(&folder.path().join("texts"), 1);
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    permit(folder.path(), 0o755);
    permit(&closed, 0o555);
    let Some(mut program) = powerless(&closed, folder.path()) else {
        return skip("this user may write everywhere, and there is no setpriv(1) to be another");
    };
    let build = ["build", "texts", "--store", "closed/store"];
    let output = program.args(build).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
    assert!(said(&output).contains("closed/store"), "{}", said(&output));
}

/// The program as a user who may not write to a folder: this one, else one without any rights.
fn powerless(closed: &Path, open: &Path) -> Option<Command> {
    if fs::write(closed.join("probe"), "x").is_err() {
        return Some(Command::new(program()));
    }
    let _ = fs::remove_file(closed.join("probe"));
    let copy = open.join("program");
    fs::copy(program(), &copy).ok()?;
    let nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let may = Command::new("setpriv").args(nobody).arg(&copy).arg("--version").output();
    let mut command = Command::new("setpriv");
    command.args(nobody).arg(&copy);
    may.is_ok_and(|output| output.status.success()).then_some(command)
}

#[test]
fn a_second_writer_waits_as_long_as_it_is_told() {
    let sample = Sample::new();
    let writer = Store::open_for_writing(&sample.store()).unwrap();
    let outcome = sample.run(&["remove", "beta"]);
    assert_eq!(outcome.code, 4);
    assert!(outcome.err.contains("in use by another process"), "{outcome:?}");
    assert_eq!(sample.run(&["stats"]).code, 0);
    let update = sample.run(&["update", "--wait", "1", "DELETE WHERE { ?s jx:status ?o }"]);
    assert_eq!(update.code, 4, "{update:?}");
    let store = sample.store();
    let waiting = Command::new(program())
        .args(["remove", "beta", "--wait", "60", "--store"])
        .arg(&store)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    drop(writer);
    let output = waiting.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_store_of_another_version_is_refused_with_what_to_do() {
    let sample = Sample::new();
    let inner = oxigraph_store(&sample.store());
    for quad in inner.quads_for_pattern(None, None, None, None).flatten() {
        if quad.predicate.as_str().ends_with("storeFormat") {
            inner.remove(&quad).unwrap();
        }
    }
    inner.flush().unwrap();
    drop(inner);
    let outcome = sample.run(&["stats"]);
    assert_eq!(outcome.code, 4);
    assert!(outcome.err.contains("another version of jinxiu; build it anew: jinxiu build"), "{outcome:?}");
}

fn oxigraph_store(path: &Path) -> oxigraph::store::Store {
    oxigraph::store::Store::open(path).unwrap()
}

#[test]
fn a_run_that_is_asked_to_stop_leaves_a_store_that_the_next_completes() {
    let folder = tempfile::tempdir().unwrap();
    write_texts(&folder.path().join("texts"), 200);
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let child = Command::new(program())
            .args(["build", "texts", "--store", "store", "--jobs", "1"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(700));
        Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.code() == Some(code) || output.status.success(), "{signal}: {output:?}");
        if output.status.code() == Some(code) {
            assert!(said(&output).contains("the same command completes it"), "{}", said(&output));
        }
    }
    let verified =
        Command::new(program()).args(["verify", "--store", "store"]).current_dir(folder.path()).output();
    assert!(verified.unwrap().status.success());
}

/// Characters that turn the line round, hide, or mean something to Turtle, SPARQL, HTML or a terminal.
const HOSTILE: &str = "甲\u{202E}乙\u{200B}丙\u{2066}\"\\\"> . <http://x/> <http://y/> \"\"\" . } DROP ALL # \
    <script>alert(1)</script> \u{1B}[31m \u{0} \u{FEFF}\u{FFFE} ]]> & ' \t \r\n 太原市";

#[test]
fn hostile_text_stays_text_in_every_syntax() {
    let doc = Doc::new("a\" . <http://x/> } #\u{202E}", HOSTILE)
        .entity(Class::Place, "太原市")
        .entity(Class::Zone, "甲\u{202E}乙\u{200B}丙\u{2066}\"\\\"> . <http://x/> <http://y/> \"\"\" . }");
    let sample = Sample::of(&[doc]);
    let expected = sample.open().quads(None).unwrap().len();
    for (syntax, name, _) in Syntax::ALL {
        if syntax == Syntax::RdfXml {
            continue; // U+0000 cannot be written in XML at all.
        }
        let out = sample.run(&["export", "--format", name, "--ontology"]).ok();
        let read = read_quads(out.as_bytes(), syntax, None).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(read.len() > expected / 2, "{name}");
        assert!(read.iter().any(|q| q.object.to_string().contains("DROP ALL")), "{name}");
    }
    assert_eq!(sample.run(&["verify"]).code, 0);
    let unseen = ['\u{202E}', '\u{2066}', '\u{200B}', '\u{FEFF}', '\u{1B}', '\u{0}'];
    for command in [["show", "太原市"], ["show", "甲乙丙"], ["timeline", "太原市"]] {
        let shown = sample.run(&command).out;
        assert!(!shown.contains(unseen), "{command:?}: {shown:?}");
    }
}

#[test]
fn what_is_asked_for_is_a_name_and_never_a_part_of_the_query() {
    let sample = Sample::new();
    let before = sample.run(&["export", "--canonical"]).ok();
    for name in ["甲市\" } ; DROP ALL #", "甲市\\", "x\n} INSERT DATA { <a:a> <a:b> <a:c> }", "\u{202E}甲市"]
    {
        for command in ["show", "why", "timeline", "neighbors", "find"] {
            let outcome = sample.run(&[command, name]);
            assert!(outcome.code <= 1, "{command} {name}: {outcome:?}");
        }
        let asked = sample.run(&["ask", "evidence", "--bind", &format!("name={name}"), "-f", "csv"]);
        assert!(asked.code <= 1 && asked.out.lines().count() <= 1, "{name}: {asked:?}");
    }
    assert_eq!(sample.run(&["export", "--canonical"]).ok(), before);
}

#[test]
fn halves_of_characters_in_json_are_refused_with_their_place() {
    let sample = Sample::new();
    let file = |name: &str, text: &str| {
        let path = sample.folder().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let half = r#"{"id":"alpha","quote":"甲市\ud800发展","entities":[{"name":"\udfff","class":"Place"}]}"#;
    let offers = file("offers.jsonl", &format!("{half}\n"));
    let outcome = sample.run(&["import-extractions", &offers]);
    assert_eq!(outcome.code, 5, "{outcome:?}");
    let review = fs::read_to_string(sample.folder().join("offers.review.jsonl")).unwrap();
    assert!(review.contains("hex escape"), "{review}");
    let manifest = file("manifest.json", r#"{"version": "\ud83d"}"#);
    let outcome = sample.run(&["verify", "--manifest", &manifest]);
    assert!(outcome.code == 3 && outcome.err.contains("line 1 column"), "{outcome:?}");
    let decisions = file("store.decisions.tsv", "");
    fs::write(&decisions, b"same\tplace:\xed\xa0\x80\tplace:\xe4\xb9\x99\n").unwrap();
    let outcome = sample.run(&["remove", "beta"]);
    assert!(outcome.code == 3 && outcome.err.contains("decisions.tsv"), "{outcome:?}");
}
