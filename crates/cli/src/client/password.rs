//! Passwords: asked for without an echo, or read from stdin; never an argument.

use std::fmt;
use std::io::{BufRead as _, IsTerminal as _, Read as _};

use anyhow::{Context as _, Result};

/// A password that no log shows.
pub(crate) struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// Asks on a terminal, else reads the first line of stdin.
    pub(crate) fn ask(prompt: &str) -> Result<Self> {
        if std::io::stdin().is_terminal() {
            let text = rpassword::prompt_password(prompt).context("cannot ask for the password")?;
            return Ok(Self(text));
        }
        Self::from_stdin()
    }

    /// Asks twice on a terminal: nobody sees what they type.
    pub(crate) fn choose(prompt: &str) -> Result<Self> {
        let first = Self::ask(prompt)?;
        if std::io::stdin().is_terminal() && Self::ask("once more: ")?.0 != first.0 {
            anyhow::bail!("the two passwords differ: try again");
        }
        Ok(first)
    }

    /// Reads the first line of stdin.
    pub(crate) fn from_stdin() -> Result<Self> {
        let mut line = String::new();
        let mut stdin = std::io::stdin().lock().take(4096);
        stdin
            .read_line(&mut line)
            .context("cannot read the password from stdin")?;
        let text = line.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            anyhow::bail!("stdin has no password: write it there, or run this on a terminal");
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the password.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}
