//! Messages: which parts of a text are words, and which are filled in later.
//!
//! Three ways to write a placeholder are read, by parsing: `{name}` and the
//! plural and select of ICU `MessageFormat` 1, `%s` and `%1$d` of printf, and
//! `{{name}}` of Handlebars and its kin. A text that uses none is all words.

use std::ops::Range;

mod braces;
mod handlebars;
mod icu;
mod printf;

/// Which way a placeholder is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// `{name}`, as in ICU `MessageFormat` and most libraries.
    Braces,
    /// `%s`, `%1$d`, `%(name)s`.
    Printf,
    /// `{{name}}`.
    Handlebars,
}

/// One place that is filled in when the message is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// What fills it: an argument's name, or its position from 1 as text.
    pub name: String,
    /// What sort of value it takes, where the writing says so: `number`, `d`, `#if`.
    pub kind: Option<String>,
    /// Which way it is written.
    pub syntax: Syntax,
    /// Where it stands in the text; for `#`, the sign.
    pub span: Range<usize>,
    /// Whether it shows in the message's general form.
    pub shown: Shown,
}

/// Says when a placeholder's value is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// Outside of every choice, or in `other` branches only.
    Always,
    /// In some branch besides `other`.
    Sometimes,
    /// Never itself: it only chooses between branches.
    Chooses,
}

/// A plural or select of ICU `MessageFormat`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The argument that decides.
    pub argument: String,
    /// What it decides by.
    pub kind: ChoiceKind,
    /// The keys of its branches: `one`, `=1`, `other`, `female`.
    pub branches: Vec<String>,
    /// Where its head stands: `{count, plural,`.
    pub span: Range<usize>,
}

/// What a choice decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// The plural category of a number.
    Plural,
    /// The ordinal category of a number.
    Ordinal,
    /// A keyword.
    Select,
}

/// Why a text that looks like ICU `MessageFormat` is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the text.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

/// What a text consists of: words, placeholders and choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Everything that is filled in, in order.
    pub placeholders: Vec<Placeholder>,
    /// Every plural and select, in order.
    pub choices: Vec<Choice>,
    /// The parts a reader reads, in order.
    pub words: Vec<Range<usize>>,
    /// Placeholders that stand between apostrophes, as in `l'{name}`.
    ///
    /// ICU shows them as they are; libraries without its quoting fill them in.
    pub quoted: Vec<Placeholder>,
    /// Why it is not a valid ICU message, if it looks like one.
    pub problem: Option<Problem>,
}

impl Message {
    /// Finds the placeholders of a text; never fails.
    pub fn parse(text: &str) -> Self {
        let mut message = if text.contains(['{', '}']) {
            match icu::parse(text) {
                Ok(message) => message,
                Err(_) if is_handlebars(text) => handlebars::parse(text),
                Err(problem) => Self {
                    problem: Some(problem),
                    ..braces::parse(text)
                },
            }
        } else {
            Self {
                words: std::iter::once(0..text.len()).collect(),
                ..Self::default()
            }
        };
        printf::add(text, &mut message);
        message.placeholders.sort_by_key(|found| found.span.start);
        message
    }

    /// Tells whether all of a range of the text is words.
    pub fn is_words(&self, range: &Range<usize>) -> bool {
        let holding = self.words.partition_point(|words| words.end < range.end);
        self.words
            .get(holding)
            .is_some_and(|words| words.start <= range.start && range.end <= words.end)
    }

    /// Tells whether it uses what only ICU `MessageFormat` has.
    pub fn is_surely_icu(&self) -> bool {
        let typed = |found: &Placeholder| found.syntax == Syntax::Braces && found.kind.is_some();
        !self.choices.is_empty() || self.placeholders.iter().any(typed)
    }
}

/// Tells `{{name}}` from a broken choice such as `{n, plural, one {{name} …`.
fn is_handlebars(text: &str) -> bool {
    let spaceless: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let choice = [",plural,", ",select,", ",selectordinal,"]
        .iter()
        .any(|word| spaceless.contains(word));
    text.contains("{{") && !choice
}

/// Tells whether a text can be the name of an argument: `name`, `user.name`, `0`.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$'))
}
