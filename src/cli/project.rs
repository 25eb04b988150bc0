//! The project file: what every run in a folder shall know.

use super::failure::{Exit, Failure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file.
const NAME: &str = "jinxiu.toml";

/// What `jinxiu.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Further prefixes for queries.
    #[serde(default)]
    prefixes: BTreeMap<String, String>,
    /// A folder with further questions, relative to the file.
    questions: Option<PathBuf>,
}

impl Project {
    /// Reads the file of the working folder, or of the closest folder above it that has one.
    pub fn here() -> Result<Self, Failure> {
        let here = std::env::current_dir().unwrap_or_default();
        here.ancestors()
            .map(|folder| folder.join(NAME))
            .find(|path| path.is_file())
            .map_or_else(|| Ok(Self::default()), |path| Self::read(&path))
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read", &e))?;
        let mut project: Self = toml::from_str(&text)
            .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", path.display())))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        project.questions = project.questions.map(|questions| folder.join(questions));
        Ok(project)
    }

    /// Further prefixes, sorted.
    pub fn prefixes(&self) -> Vec<(String, String)> {
        self.prefixes.clone().into_iter().collect()
    }

    /// The folder with further questions.
    pub fn questions(&self) -> Option<&Path> {
        self.questions.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_file_may_name_prefixes_and_a_folder_of_questions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, "questions = \"mine\"\n[prefixes]\nex = \"http://example.org/\"\n").unwrap();
        let project = Project::read(&path).unwrap();
        assert_eq!(project.prefixes(), [("ex".to_owned(), "http://example.org/".to_owned())]);
        assert_eq!(project.questions(), Some(folder.path().join("mine").as_path()));
        std::fs::write(&path, "prefix = 1").unwrap();
        assert!(Project::read(&path).is_err());
    }
}
