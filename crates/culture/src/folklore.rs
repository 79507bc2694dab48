//! Stories that are told often and are not true.

use serde::{Deserialize, Serialize};

/// A well-known tale of a cultural blunder that does not hold as told.
///
/// No claim may rest on one: a text in which all its words occur is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// What it is called.
    pub name: String,
    /// Words that together betray it, in lower case.
    pub words: Vec<String>,
    /// Why it is refused.
    pub why: String,
}

impl Story {
    /// Tells whether a text tells the story: whether all its words occur.
    pub fn told_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        !self.words.is_empty() && self.words.iter().all(|word| text.contains(word.as_str()))
    }
}
