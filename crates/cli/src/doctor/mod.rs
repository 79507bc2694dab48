//! What `milieu doctor` looks at: one function a question, and nothing is changed.

mod folder;
mod knowledge;
mod machine;
mod server;

use serde::Serialize;

pub(crate) use folder::{Holder, examine_folder, find_holder};
pub(crate) use knowledge::examine_knowledge;
pub(crate) use machine::{examine_clock, examine_disk, examine_files, examine_port};
pub(crate) use server::examine_server;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should know.
    Warn,
    /// It does not work, or will not for long.
    Fail,
}

/// One question and its answer.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) state: State,
    pub(crate) found: String,
    /// What to do; `None` when nothing need be done.
    pub(crate) next: Option<String>,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            found: found.into(),
            next: None,
        }
    }

    fn warn(name: &'static str, found: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            state: State::Warn,
            next: Some(next.into()),
            ..Self::ok(name, found)
        }
    }

    pub(crate) fn fail(
        name: &'static str,
        found: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Fail,
            next: Some(next.into()),
            ..Self::ok(name, found)
        }
    }
}

/// Writes bytes for people.
fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let (mut value, mut unit) = (bytes, 0);
    while 10 * 1024 <= value && unit + 1 < UNITS.len() {
        value /= 1024;
        unit += 1;
    }
    format!("{value} {}", UNITS.get(unit).unwrap_or(&"bytes"))
}
