//! How answers are written: data to stdout, as text or JSON.

pub(crate) mod colour;
mod json;
mod table;

use std::io::Write as _;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

pub(crate) use json::pretty;
pub(crate) use table::Table;

/// The form of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The option that every command with an answer has.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct FormatArgs {
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

/// Writes data to stdout.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(())
}

/// Writes text with ANSI colours to stdout: only a terminal gets to see them.
///
/// `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are heeded.
pub(crate) fn print_coloured(text: &str) -> Result<()> {
    let mut stdout = anstream::AutoStream::auto(std::io::stdout().lock());
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(())
}

/// Writes a value to stdout as JSON.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Says something to whoever runs the program; not part of the answer.
pub(crate) fn say(text: &str) {
    // Nothing is left to say it to when stderr is closed.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// Shows text of others: nothing in it steers the terminal or turns lines around.
pub(crate) fn shown(text: &str) -> String {
    let visible = |c: char| match c {
        '\t' | '\n' => ' ',
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// Returns the word that JSON has for a value of a closed set.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// Says how many there are: `1 entry`, `2 entries`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_cannot_steer_the_terminal() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b\nc"), "a\u{fffd}[31m\u{fffd}b c");
        assert_eq!(shown("白い封筒"), "白い封筒");
    }
}
