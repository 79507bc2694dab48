//! File formats, each read into passages with byte-exact places.
//!
//! A reader never fails: what it cannot read it returns as [`Skipped`], with
//! the place, the reason and what to do.

use std::fmt;

use serde::Serialize;

use crate::{Passage, Suppression};

mod directive;
pub mod html;
pub mod json;
pub mod markdown;
mod page;
pub mod plain;
mod prose;
mod spanned;

pub use page::Languages;

/// Bounds what a reader takes in, so that no file can exhaust the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub bytes: usize,
    /// The deepest nesting.
    pub depth: usize,
    /// The most passages in one file.
    pub passages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            depth: 64,
            passages: 100_000,
        }
    }
}

/// What a reader made of one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// What could be read, in the order of the file.
    pub passages: Vec<Passage>,
    /// What is said to be known and meant.
    pub suppressions: Vec<Suppression>,
    /// What could not, and why.
    pub skipped: Vec<Skipped>,
}

impl Reading {
    fn refused(skipped: Skipped) -> Self {
        Self {
            skipped: vec![skipped],
            ..Self::default()
        }
    }
}

/// Says what was not read, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// Line and column in characters, both from 1; none when the whole file is meant.
    pub place: Option<(usize, usize)>,
    /// Which sort of reason.
    pub because: SkippedBecause,
    /// The reason in words.
    pub message: String,
    /// The next step.
    pub hint: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}; {}", self.message, self.hint)
    }
}

/// Names the sorts of reason for not reading something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkippedBecause {
    /// Not text: it has NUL bytes.
    Binary,
    /// Not UTF-8.
    Encoding,
    /// A file, a nesting or a count over its limit.
    TooLarge,
    /// Breaks the rules of its format.
    Syntax,
    /// Said twice; the later one is kept.
    Duplicate,
    /// Says what cannot be so, or what something else denies.
    Contradiction,
    /// No reader knows this format.
    UnknownFormat,
    /// The disk does not give it.
    Unreadable,
}

/// Takes bytes as UTF-8 text, or says why not.
pub(crate) fn text_of<'b>(
    file: &str,
    bytes: &'b [u8],
    limits: &Limits,
) -> Result<&'b str, Box<Skipped>> {
    let skip = |because, message: String, hint: &str| {
        Box::new(Skipped {
            file: file.to_owned(),
            place: None,
            because,
            message,
            hint: hint.to_owned(),
        })
    };
    if limits.bytes < bytes.len() {
        return Err(skip(
            SkippedBecause::TooLarge,
            format!(
                "the file has {} bytes, more than the limit of {}",
                bytes.len(),
                limits.bytes
            ),
            "split it, or raise the limit",
        ));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(skip(
            SkippedBecause::Encoding,
            "the file is UTF-16".to_owned(),
            "save it as UTF-8",
        ));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(skip(
            SkippedBecause::Binary,
            format!("the file is not text: byte {at} is NUL"),
            "leave it out, or declare its words in the campaign",
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        skip(
            SkippedBecause::Encoding,
            format!("the file is not UTF-8 from byte {}", error.valid_up_to()),
            "save it as UTF-8",
        )
    })
}
