//! The README's tour, run as it is written.

use std::fs;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The commands of the blocks that begin with ```sh tour.
fn commands() -> Vec<String> {
    let readme = readme();
    let blocks = readme.split("```sh tour\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn every_command_of_the_tour_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("data/samples");
    fs::create_dir_all(&samples).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, samples.join(path.file_name().unwrap())).unwrap();
    }
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let commands = commands();
    assert!(commands.len() >= 8, "the tour has {} commands", commands.len());
    for command in commands {
        let mut bash = Command::new("bash");
        bash.args(["-euo", "pipefail", "-c", &command]).current_dir(folder.path()).env("PATH", &path);
        let output = bash.output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}\n{out}{}", String::from_utf8_lossy(&output.stderr));
        assert!(
            !out.trim().is_empty() || command.contains(" -o ") || command.contains("verify"),
            "{command} says nothing"
        );
    }
}

#[test]
fn every_exit_code_of_the_readme_is_one_that_help_names() {
    let output = assert_cmd::Command::cargo_bin("jinxiu").unwrap().arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for code in 0..=6 {
        assert!(readme().contains(&format!("| {code} |")), "{code}");
        assert!(help.contains(&format!("{code} ")), "{code}");
    }
}

#[test]
fn the_pattern_of_the_readme_leads_from_statements_to_their_words() {
    let readme = readme();
    let query = readme.split("```sparql evidence\n").nth(1).unwrap().split("```").next().unwrap();
    let sample = crate::sample::Sample::new();
    let rows = sample.run(&["query", query, "-f", "csv"]).ok();
    let texts = [("alpha", crate::sample::ALPHA), ("beta", crate::sample::BETA)];
    let mut proved = 0;
    for row in rows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [.., document, words, start, end] = cells[..] else { panic!("{row}") };
        let text = texts.iter().find(|(id, _)| *id == document).unwrap().1;
        let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), words);
        proved += 1;
    }
    assert_eq!(proved, 4, "{rows}");
}
