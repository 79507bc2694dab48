//! The tokens of `milieu login`: one for each server, in a file for its owner only.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::environment;
use super::remote::base;

/// Tokens by server.
#[derive(Debug, Default)]
pub(crate) struct Credentials {
    file: PathBuf,
    kept: Kept,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    tokens: BTreeMap<String, String>,
}

impl Credentials {
    /// Reads the file; none is an empty one.
    pub(crate) fn read() -> Result<Self> {
        Self::read_from(folder()?.join("tokens.json"))
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "the program is a door: it keeps its own file"
    )]
    fn read_from(file: PathBuf) -> Result<Self> {
        let kept = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
                format!("{} is damaged: remove it and log in again", file.display())
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Kept::default(),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", file.display()));
            }
        };
        Ok(Self { file, kept })
    }

    /// Returns the token of a server.
    pub(crate) fn token_for(&self, server: &str) -> Option<String> {
        self.kept.tokens.get(&base(server).ok()?).cloned()
    }

    /// Keeps a token.
    pub(crate) fn keep(&mut self, server: &str, token: String) -> Result<()> {
        self.kept.tokens.insert(base(server)?, token);
        self.write()
    }

    /// Forgets a token.
    pub(crate) fn forget(&mut self, server: &str) -> Result<()> {
        self.kept.tokens.remove(&base(server)?);
        self.write()
    }

    fn write(&self) -> Result<()> {
        let failed = || format!("cannot write {}", self.file.display());
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let mut private = DirBuilder::new();
        private
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(failed)?;
        // Written aside and renamed: a cut leaves the old file, and nobody reads half of one.
        let aside = self
            .file
            .with_extension(format!("{}.new", std::process::id()));
        let mut open = OpenOptions::new();
        let mut file = open
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&aside)
            .with_context(failed)?;
        let written = file
            .write_all(&serde_json::to_vec_pretty(&self.kept)?)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&aside, &self.file));
        if written.is_err() {
            // What counts is the first failure.
            drop(fs::remove_file(&aside));
        }
        written.with_context(failed)
    }
}

/// Returns the folder for the program's own settings (XDG Base Directory 0.8).
fn folder() -> Result<PathBuf> {
    let absolute = |path: &PathBuf| path.is_absolute();
    let config = environment("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(absolute);
    let home = || environment("HOME").map(|home| Path::new(&home).join(".config"));
    let folder = config.or_else(home);
    let folder = folder.context("neither XDG_CONFIG_HOME nor HOME says where to keep the token")?;
    Ok(folder.join("milieu"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_and_its_server_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("milieu/tokens.json");
        let mut saved = Credentials::read_from(file.clone()).unwrap();
        saved
            .keep("http://A.example/", "secret".to_owned())
            .unwrap();
        let mut again = Credentials::read_from(file.clone()).unwrap();
        assert_eq!(
            again.token_for("http://a.example").as_deref(),
            Some("secret")
        );
        assert_eq!(again.token_for("https://a.example"), None);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        again.forget("http://a.example").unwrap();
        assert_eq!(
            Credentials::read_from(file)
                .unwrap()
                .token_for("http://a.example"),
            None
        );
    }
}
