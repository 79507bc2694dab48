//! Pack files: the human-edited form of everything that is known.
//!
//! [`parse`] reads the shape of one file, [`merge`] checks what the files say
//! together and joins them. Both say where a mistake stands and what to do.
//! `docs/packs.md` describes the format for those who write packs.

mod check;
mod dates;
mod merge;
mod persons;
mod place;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Claim, Language, Lexicon, MarketId, Observance, Story, Territory};

pub use merge::merge;
use place::Step;

/// A mistake in a pack file: where it stands, what it is, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}; {hint}")]
pub struct PackError {
    /// The file's name as it was given to [`parse`].
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, with the offending value.
    pub message: String,
    /// The next step.
    pub hint: String,
}

/// One parsed pack file, its meaning not yet checked.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// The file's name, as in `territories/JP.toml`.
    pub name: String,
    /// The territory it describes, if any.
    pub territory: Option<Territory>,
    /// The language it describes, if any.
    pub language: Option<Language>,
    /// The market it stands for, if any.
    pub market: Option<MarketId>,
    /// Words of its language.
    pub lexicon: Lexicon,
    /// Its claims, in order.
    pub claims: Vec<Claim>,
    /// Its observances, in order.
    pub observances: Vec<Observance>,
    /// Stories that must never serve as evidence.
    pub folklore: Vec<Story>,
    text: String,
}

impl PackFile {
    /// Makes an error at a place of this file.
    fn error(&self, path: &[Step<'_>], message: String, hint: &str) -> PackError {
        let (line, column) = place::find(&self.text, path);
        PackError {
            file: self.name.clone(),
            line,
            column,
            message,
            hint: hint.to_owned(),
        }
    }
}

/// The largest pack file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The most claims one file may hold, and the most observances.
pub const MAX_CLAIMS: usize = 2_000;
/// The most concepts a lexicon may hold, and the most words of one concept.
pub const MAX_WORDS: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    territory: Option<Territory>,
    language: Option<Language>,
    market: Option<MarketTable>,
    #[serde(default)]
    lexicon: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "claim")]
    claims: Vec<Claim>,
    #[serde(default, rename = "observance")]
    observances: Vec<Observance>,
    #[serde(default)]
    folklore: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarketTable {
    id: MarketId,
}

/// Reads one pack file: its syntax, types and sizes.
///
/// # Examples
/// ```
/// use milieu_culture::pack;
/// let error = pack::parse("markets/ja-JP.toml", "[market]\nid = \"Japan\"\n").unwrap_err();
/// assert_eq!((error.line, error.column), (2, 6));
/// assert!(error.message.contains("\"Japan\" is not a market"));
/// ```
pub fn parse(name: &str, text: &str) -> Result<PackFile, PackError> {
    let at = |offset: usize, message: String, hint: &str| {
        let (line, column) = place::line_column(text, offset);
        PackError {
            file: name.to_owned(),
            line,
            column,
            message,
            hint: hint.to_owned(),
        }
    };
    if text.len() > MAX_BYTES {
        let message = format!("{} bytes are more than {MAX_BYTES}", text.len());
        return Err(at(0, message, "split the file"));
    }
    let shape: Shape = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let message = shorten(error.message());
        let hint = hint_for(&message);
        at(offset, message, hint)
    })?;
    for (what, count) in [
        ("claims", shape.claims.len()),
        ("observances", shape.observances.len()),
    ] {
        if MAX_CLAIMS < count {
            let message = format!("{count} {what} are more than {MAX_CLAIMS}");
            return Err(at(0, message, "split the file"));
        }
    }
    let widest = shape.lexicon.values().map(Vec::len).max().unwrap_or(0);
    if shape.lexicon.len().max(widest) > MAX_WORDS {
        let message = format!("the lexicon holds more than {MAX_WORDS} concepts or words");
        return Err(at(
            0,
            message,
            "a lexicon lists what rules look for, not a whole language",
        ));
    }
    Ok(PackFile {
        name: name.to_owned(),
        territory: shape.territory,
        language: shape.language,
        market: shape.market.map(|market| market.id),
        lexicon: Lexicon(shape.lexicon),
        claims: shape.claims,
        observances: shape.observances,
        folklore: shape.folklore,
        text: text.to_owned(),
    })
}

/// Hints by what the message of the TOML reader speaks of, first match wins.
const HINTS: &[(&str, &str)] = &[
    (
        "missing field `evidence`",
        "everything cites a source: add [[claim.evidence]] or [[observance.evidence]]",
    ),
    (
        "missing field `expires`",
        "everything is checked again some day: add expires = \"2027-05-24\"",
    ),
    (
        "missing field `scope`",
        "say where it holds: add a scope with territories, languages or markets",
    ),
    (
        "missing field `dates`",
        "say when it is kept: add [[observance.dates]] with from, to and basis",
    ),
    (
        "missing field `read`",
        "say how the source was read: text, abstract, secondary or recalled",
    ),
    (
        "missing field",
        "add the field; docs/packs.md lists all of them",
    ),
    ("unknown field", "use a field that docs/packs.md lists"),
    ("unknown variant", "use one of the listed values"),
    (
        "is not a date",
        "write a day that exists, in quotes: \"2027-05-24\"",
    ),
    (
        "invalid type",
        "write texts and dates in quotes, lists in brackets",
    ),
    ("is not a ", "use the form that the message shows"),
    ("strength", "use 0 (negligible), 1, 2 or 3 (strong)"),
    ("duplicate key", "keep one of the two"),
];

fn hint_for(message: &str) -> &'static str {
    HINTS
        .iter()
        .find(|(words, _)| message.contains(words))
        .map_or("docs/packs.md describes the format", |(_, hint)| hint)
}

/// Keeps hostile input out of messages: at most 300 characters.
fn shorten(text: &str) -> String {
    text.chars().take(300).collect()
}
