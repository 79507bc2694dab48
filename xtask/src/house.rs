//! The repository as house tests see it: its text files by path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// The text files of the repository, by path from its root.
#[derive(Debug, Default)]
pub(crate) struct House {
    files: BTreeMap<String, String>,
    /// Files that are no text, as pictures.
    others: Vec<String>,
}

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl House {
    /// Reads everything that git tracks or would track.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let listed = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(root())
            .output()
            .context("git ls-files")?;
        ensure!(
            listed.status.success(),
            "git ls-files failed: run this in a clone"
        );
        let mut house = Self::default();
        for path in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            // A file that is deleted and not yet committed is still listed.
            let Ok(bytes) = std::fs::read(root().join(path)) else {
                continue;
            };
            match String::from_utf8(bytes) {
                Ok(text) => drop(house.files.insert(path.to_owned(), text)),
                Err(_) => house.others.push(path.to_owned()),
            }
        }
        Ok(house)
    }

    /// Returns every text file.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the text files below a folder that end in a certain way.
    pub(crate) fn below(&self, folder: &str, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(end))
    }

    /// Returns a file's text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Tells whether there is such a file or folder.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let within = |file: &str| {
            file.strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.files.keys().any(|file| within(file)) || self.others.iter().any(|file| within(file))
    }
}

#[cfg(test)]
impl House {
    /// Makes a house of files that never touch a disk.
    pub(crate) fn of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let own = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
        Self {
            files: files.into_iter().map(own).collect(),
            others: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_found_as_well_as_files() {
        let house = House::of([("docs/method/policy.md", "")]);
        assert!(house.has("docs/method/policy.md"));
        assert!(house.has("docs/method/") && house.has("docs"));
        assert!(!house.has("docs/meth") && !house.has("policy.md"));
    }

    #[test]
    fn the_repository_has_itself() {
        let house = House::read().unwrap();
        assert!(house.text("xtask/src/house.rs").is_some());
    }
}
