//! Where a workspace is: a folder or a server, from options and environment.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

/// Where a command finds its workspace, and who asks.
#[derive(Debug, Args)]
#[allow(
    clippy::doc_markdown,
    reason = "the help shows these words as they stand"
)]
pub(crate) struct WhereArgs {
    /// The data folder; else MILIEU_DATA, else milieu-data.
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with = "server",
        help_heading = "Workspace"
    )]
    data: Option<PathBuf>,
    /// A running server; else MILIEU_SERVER. Uses MILIEU_TOKEN, or the token of milieu login.
    #[arg(long, value_name = "URL", help_heading = "Workspace")]
    server: Option<String>,
    /// Ask as this person; the password is asked for, or read from stdin.
    #[arg(long, value_name = "NAME", help_heading = "Workspace")]
    login: Option<String>,
}

impl WhereArgs {
    /// Names a server, asked with the token that is kept for it.
    pub(crate) fn of_server(server: &str) -> Self {
        Self {
            data: None,
            server: Some(server.to_owned()),
            login: None,
        }
    }

    /// Returns who asks, when that is a person named here.
    pub(crate) fn login(&self) -> Option<&str> {
        self.login.as_deref()
    }

    /// Returns the server, unless a folder is named or no server is known.
    pub(super) fn server(&self) -> Option<String> {
        if self.data.is_some() {
            return None;
        }
        self.server.clone().or_else(|| environment("MILIEU_SERVER"))
    }

    /// Returns the data folder, when it is there or may be begun.
    pub(super) fn folder(&self, folder: Folder) -> Result<PathBuf> {
        let usual = || environment("MILIEU_DATA").map(PathBuf::from);
        let path = self.data.clone().or_else(usual);
        let path = path.unwrap_or_else(|| PathBuf::from("milieu-data"));
        if folder == Folder::Existing && !path.is_dir() {
            anyhow::bail!(
                "there is no data folder {}: name one with --data or a server with --server, \
                 or begin one with milieu workspace set",
                path.display()
            );
        }
        Ok(path)
    }
}

/// Whether a command may begin a data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    /// It must be there.
    Existing,
    /// It is made when it is not there.
    MayBegin,
}

/// Reads a variable; an empty one is none.
#[allow(
    clippy::disallowed_methods,
    reason = "the program is a door: settings enter here"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
