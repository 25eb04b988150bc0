//! `jinxiu questions`: lists the ready questions.

use super::failure::{Failure, Outcome};
use super::frame::{Cell, Frame, Printing};
use super::language::Language;
use super::project::Project;
use jinxiu::store::{Parameter, Question, own_questions, parse_question};
use std::path::{Path, PathBuf};

/// List the ready questions
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu questions --lang en")]
pub struct Args {
    /// A folder with further questions
    #[arg(long, value_name = "DIR")]
    questions: Option<PathBuf>,
    /// The language of the titles
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
    #[command(flatten)]
    printing: Printing,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let mut rows = Frame::new(["name", "question", "parameters"]);
    for question in known(args.questions.as_deref())? {
        let title = match args.lang {
            Language::English => question.title_en.clone(),
            chinese => chinese.name(&question.title_zh),
        };
        let parameters = question.parameters.iter().map(Parameter::with_default);
        rows.push(
            [question.name.clone(), title, parameters.collect::<Vec<_>>().join(" ")].map(Cell::from).into(),
        );
    }
    args.printing.print(&rows)
}

/// The program's own questions and those of a folder, by default the one that the project file names; one of the folder replaces one of the same name.
pub fn known(folder: Option<&Path>) -> Result<Vec<Question>, Failure> {
    let mut questions = own_questions();
    let project = Project::here()?;
    if let Some(folder) = folder.or(project.questions()) {
        let more = read_folder(folder).map_err(|e| Failure::file(folder, "cannot read questions", &e))?;
        questions.retain(|q| more.iter().all(|m| m.name != q.name));
        questions.extend(more);
        questions.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(questions)
}

fn read_folder(folder: &Path) -> std::io::Result<Vec<Question>> {
    let mut questions = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rq") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            questions.push(parse_question(&name, &std::fs::read_to_string(&path)?));
        }
    }
    Ok(questions)
}
