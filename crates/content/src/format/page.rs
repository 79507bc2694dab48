//! What the readers of marked-up text share: passages, complaints, suppressions.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::{Limits, Reading, Skipped, SkippedBecause, directive};
use crate::message::Message;
use crate::{Covers, Locale, Passage, Places, Role, SourceMap};

/// What is known of a file's language before it is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Languages<'l> {
    /// The locale that the file's name gives.
    pub named: Option<&'l Locale>,
    /// The locale it is in when neither its name nor its text says one.
    pub otherwise: Option<&'l Locale>,
}

/// A marked-up file while it is read.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    limits: Limits,
    places: OnceCell<Places>,
    numbers: BTreeMap<String, usize>,
    /// How many passages were left out.
    full: bool,
    pub(super) reading: Reading,
}

impl<'t> Page<'t> {
    pub(super) fn new(file: &'t str, text: &'t str, limits: &Limits) -> Self {
        Self {
            file,
            text,
            limits: *limits,
            places: OnceCell::new(),
            numbers: BTreeMap::new(),
            full: false,
            reading: Reading::default(),
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.limits.depth
    }

    pub(super) fn tell(&mut self, at: usize, because: SkippedBecause, message: String, hint: &str) {
        let places = self.places.get_or_init(|| Places::new(self.text));
        self.reading.skipped.push(Skipped {
            file: self.file.to_owned(),
            place: Some(places.of(self.text, at)),
            because,
            message,
            hint: hint.to_owned(),
        });
    }

    /// Gives the next number of a key: `hero.p` becomes `hero.p.1`, `hero.p.2`…
    pub(super) fn number(&mut self, key: &str) -> String {
        let number = self.numbers.entry(key.to_owned()).or_default();
        *number += 1;
        format!("{key}.{number}")
    }

    /// Gives a key that is expected once; a second one gets its number.
    pub(super) fn once(&mut self, key: &str) -> String {
        let numbered = self.number(key);
        match numbered.strip_suffix(".1") {
            Some(key) => key.to_owned(),
            None => numbered,
        }
    }

    pub(super) fn add(
        &mut self,
        key: String,
        role: Role,
        locale: Option<&Locale>,
        (text, map): (String, SourceMap),
    ) {
        if self.reading.passages.len() == self.limits.passages {
            if !self.full {
                self.full = true;
                let message = format!("more than {} passages", self.limits.passages);
                let hint = "split the file; what follows was not read";
                let at = map.bytes(0..text.len()).start;
                self.tell(at, SkippedBecause::TooLarge, message, hint);
            }
            return;
        }
        self.reading.passages.push(Passage {
            id: format!("{}#{key}", self.file),
            file: self.file.to_owned(),
            key: Some(key),
            locale: locale.cloned(),
            role,
            message: Message::parse(&text),
            text,
            map,
        });
    }

    /// Reads a comment; returns the suppression's index when it waits for its bytes.
    pub(super) fn comment(&mut self, inside: &str, bytes: Range<usize>) -> Option<usize> {
        let at = bytes.start;
        let (whole, directive) = directive::read(inside, self.file, bytes.clone())?;
        match directive {
            Ok(mut suppression) => {
                if !whole {
                    // Nothing yet: a comment that nothing follows covers nothing.
                    suppression.covers = Covers::Bytes(bytes.end..bytes.end);
                }
                self.reading.suppressions.push(suppression);
                (!whole).then(|| self.reading.suppressions.len() - 1)
            }
            Err((message, hint)) => {
                self.tell(at, SkippedBecause::Syntax, message, &hint);
                None
            }
        }
    }

    /// Says which bytes a suppression covers.
    pub(super) fn cover(&mut self, suppression: usize, bytes: Range<usize>) {
        if let Some(found) = self.reading.suppressions.get_mut(suppression) {
            found.covers = Covers::Bytes(bytes);
        }
    }
}
