//! Suppressions: where people said that a finding is known and meant.

use std::ops::Range;

use milieu_culture::{Date, MarketId};

/// Says that findings in a place are known, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The rules it is about; never empty.
    pub codes: Vec<String>,
    /// The markets it is about; empty for all.
    pub markets: Vec<MarketId>,
    /// Why the finding is no mistake here.
    pub reason: String,
    /// The last day on which it holds; without one it holds for ever.
    pub until: Option<Date>,
    /// The file the directive stands in.
    pub file: String,
    /// The bytes of the directive.
    pub bytes: Range<usize>,
    /// The file it is about; `None` for the whole campaign.
    ///
    /// A comment is about its own file, `[[ignore]]` of a manifest about another.
    pub within: Option<String>,
    /// The part of the file it is about.
    pub covers: Covers,
}

/// The part of a file that a suppression is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covers {
    /// All of it.
    File,
    /// What stands in these bytes.
    Bytes(Range<usize>),
    /// The passage with this key, or all below it: `cart` covers `cart.title`.
    Key(String),
}

impl Suppression {
    /// Tells whether it is about a place: bytes of a file, in a passage with a key.
    pub fn covers_place(&self, file: &str, bytes: &Range<usize>, key: Option<&str>) -> bool {
        if self.within.as_deref().is_some_and(|within| within != file) {
            return false;
        }
        match &self.covers {
            Covers::File => true,
            Covers::Bytes(covered) => covered.start <= bytes.start && bytes.end <= covered.end,
            Covers::Key(covered) => key
                .and_then(|key| key.strip_prefix(covered.as_str()))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        }
    }
}

/// Tells whether a text has the form of a rule's code: `NUM001`.
pub(crate) fn is_code(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let mut rest = text.bytes().skip(letters);
    (2..=5).contains(&letters) && text.len() == letters + 3 && rest.all(|b| b.is_ascii_digit())
}
