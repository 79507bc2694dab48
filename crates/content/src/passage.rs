//! Passages: pieces of text that know where they stand.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use milieu_culture::{IdError, LanguageId, MarketId, TerritoryId};
use serde::Serialize;

use crate::message::Message;

/// Says in which language a text is written, and for which territory if known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    /// The language: `zh-Hant` of `zh-Hant-TW`.
    pub language: LanguageId,
    /// The territory, when the locale names one.
    pub territory: Option<TerritoryId>,
}

impl Locale {
    /// Tells whether a text in this locale is meant for a market.
    ///
    /// `de` serves `de-DE` and `de-AT`; `de-AT` serves only `de-AT`. A script
    /// must agree when both sides name one.
    pub fn serves(&self, market: &MarketId) -> bool {
        let wanted = market.language();
        let same_language = self.language == *wanted
            || (self.language.base() == wanted.base()
                && (self.language.as_str() == wanted.base()
                    || wanted.as_str() == self.language.base()));
        let same_territory = self
            .territory
            .as_ref()
            .is_none_or(|territory| territory == market.territory());
        same_language && same_territory
    }

    /// Reads a locale off a name; a bare language has two small letters there.
    ///
    /// `app` is no locale, although three letters can be a language too; such a
    /// language needs its territory.
    pub(crate) fn plausible(text: &str) -> Option<Self> {
        let locale: Self = text.parse().ok()?;
        let bare = text.len() <= 3;
        let plausible = !bare || (text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase()));
        plausible.then_some(locale)
    }

    /// Tells whether it is the source when `source` was asked for: `en` is for `en-US`.
    pub(crate) fn is_source(&self, source: &Self) -> bool {
        self == source || (self.territory.is_none() && self.language == source.language)
    }
}

impl FromStr for Locale {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if let Ok(market) = text.parse::<MarketId>() {
            return Ok(Self {
                language: market.language().clone(),
                territory: Some(market.territory().clone()),
            });
        }
        text.parse().map(|language| Self {
            language,
            territory: None,
        })
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.territory {
            Some(territory) => write!(f, "{}-{territory}", self.language),
            None => write!(f, "{}", self.language),
        }
    }
}

/// Says what part a passage plays on the page or in the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A title or headline.
    Heading,
    /// Running text; what a passage is unless its key says otherwise.
    Body,
    /// A call to action: the words of a button or link.
    Cta,
    /// The subject line of a mail.
    Subject,
    /// A label or hint of a form field.
    Label,
    /// The name of a product.
    ProductName,
    /// A price.
    Price,
    /// Legal text.
    Legal,
    /// Somebody's words.
    Quote,
    /// What a picture shows, in words.
    Alt,
}

impl Role {
    const NAMED: [(&'static str, Self); 10] = [
        ("heading", Self::Heading),
        ("body", Self::Body),
        ("cta", Self::Cta),
        ("subject", Self::Subject),
        ("label", Self::Label),
        ("product-name", Self::ProductName),
        ("price", Self::Price),
        ("legal", Self::Legal),
        ("quote", Self::Quote),
        ("alt", Self::Alt),
    ];

    /// Returns the role with a name, as a manifest writes it: `product-name`.
    pub fn named(name: &str) -> Option<Self> {
        let named = Self::NAMED.iter().find(|(known, _)| *known == name);
        named.map(|(_, role)| *role)
    }

    /// Lists the names of all roles.
    pub(crate) fn names() -> String {
        Self::NAMED.map(|(name, _)| name).join(", ")
    }

    /// Reads the role off a message key: `cart.checkout_button` is a call to action.
    ///
    /// A key is cut into words at `.`, `_`, `-`, `/`, spaces and capital letters. The
    /// last word that names a role decides, because keys go from the general to
    /// the particular; a key without such a word is `Body`.
    pub fn from_key(key: &str) -> Self {
        let words = words_of(key);
        let product = words.iter().any(|word| word == "product");
        words
            .iter()
            .rev()
            .find_map(|word| Self::from_word(word, product))
            .unwrap_or(Self::Body)
    }

    fn from_word(word: &str, product: bool) -> Option<Self> {
        match word {
            "title" | "heading" | "headline" | "header" | "h1" | "h2" | "h3" => Some(Self::Heading),
            "body" | "text" | "paragraph" | "description" | "intro" => Some(Self::Body),
            "cta" | "button" | "btn" | "action" | "link" => Some(Self::Cta),
            "subject" => Some(Self::Subject),
            "label" | "placeholder" | "hint" | "field" => Some(Self::Label),
            "name" if product => Some(Self::ProductName),
            "price" => Some(Self::Price),
            "legal" | "terms" | "disclaimer" | "imprint" | "privacy" => Some(Self::Legal),
            "quote" | "testimonial" => Some(Self::Quote),
            "alt" => Some(Self::Alt),
            _ => None,
        }
    }
}

fn words_of(key: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for c in key.chars() {
        let cut = matches!(c, '.' | '_' | '-' | '/' | ' ') || (c.is_uppercase() && after_small);
        if cut && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Maps places in a text to the bytes of the file that say it.
///
/// Made of runs that stand in the file as they are, and of escapes such as
/// `\u00e9`, which are one place each: no part of an escape can be pointed at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: Range<usize>,
    file: Range<usize>,
    verbatim: bool,
}

impl SourceMap {
    /// Maps a text that stands in the file exactly as it is, from `start`.
    pub fn verbatim(start: usize, length: usize) -> Self {
        let mut map = Self::default();
        map.push_verbatim(start, length);
        map
    }

    /// Adds bytes that stand in the file as they are.
    pub(crate) fn push_verbatim(&mut self, file_start: usize, length: usize) {
        let text_start = self.text_len();
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && last.file.end == file_start
        {
            last.text.end += length;
            last.file.end += length;
            return;
        }
        if 0 < length {
            self.pieces.push(Piece {
                text: text_start..text_start + length,
                file: file_start..file_start + length,
                verbatim: true,
            });
        }
    }

    /// Adds an escape: `file` bytes that say `length` bytes of text.
    pub(crate) fn push_escape(&mut self, file: Range<usize>, length: usize) {
        let text_start = self.text_len();
        self.pieces.push(Piece {
            text: text_start..text_start + length,
            file,
            verbatim: false,
        });
    }

    fn text_len(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.text.end)
    }

    /// Returns the bytes of the file that say a range of the text.
    ///
    /// The range is cut to the text. An empty range gives the empty range of
    /// bytes where it stands.
    pub fn bytes(&self, text: Range<usize>) -> Range<usize> {
        let end_of_text = self.text_len();
        let (from, to) = (text.start.min(end_of_text), text.end.min(end_of_text));
        if from < to {
            self.start_byte(from)..self.end_byte(to)
        } else {
            let at = self.start_byte(from);
            at..at
        }
    }

    fn start_byte(&self, offset: usize) -> usize {
        let after = self
            .pieces
            .partition_point(|piece| piece.text.end <= offset);
        match self.pieces.get(after) {
            Some(piece) if piece.verbatim => piece.file.start + (offset - piece.text.start),
            Some(piece) => piece.file.start,
            None => self.pieces.last().map_or(0, |piece| piece.file.end),
        }
    }

    fn end_byte(&self, offset: usize) -> usize {
        let holding = self.pieces.partition_point(|piece| piece.text.end < offset);
        match self.pieces.get(holding) {
            Some(piece) if piece.verbatim => piece.file.start + (offset - piece.text.start),
            Some(piece) => piece.file.end,
            None => self.pieces.last().map_or(0, |piece| piece.file.end),
        }
    }
}

/// One piece of text in a file, with its role, locale and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Its id in the campaign: file and key, or file and paragraph number.
    pub id: String,
    /// The file it stands in.
    pub file: String,
    /// Its key in the file, as `cart.title`; none in plain text.
    pub key: Option<String>,
    /// The locale it is written in, when that is known.
    pub locale: Option<Locale>,
    /// The part it plays.
    pub role: Role,
    /// What a reader sees, escapes decoded.
    pub text: String,
    /// Where each part of the text stands in the file.
    pub map: SourceMap,
    /// Its placeholders, and which parts of it are words.
    pub message: Message,
}

impl Passage {
    /// Returns the bytes of the file that say a range of the text.
    pub fn bytes(&self, text: Range<usize>) -> Range<usize> {
        self.map.bytes(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_key_that_names_a_role_decides() {
        let cases = [
            ("cart.checkout_button", Role::Cta),
            ("mail/subject", Role::Subject),
            ("heroTitle", Role::Heading),
            ("title.hint", Role::Label),
            ("product.name", Role::ProductName),
            ("user.name", Role::Body),
            ("img-alt", Role::Alt),
            ("subjective.note", Role::Body),
            ("checkoutCTA", Role::Cta),
        ];
        for (key, role) in cases {
            assert_eq!(Role::from_key(key), role, "{key}");
        }
    }

    #[test]
    fn a_language_serves_its_markets_and_a_territory_only_its_own() {
        let serves = |locale: &str, market: &str| {
            let locale: Locale = locale.parse().unwrap();
            locale.serves(&market.parse().unwrap())
        };
        assert!(serves("de", "de-AT"));
        assert!(serves("de-AT", "de-AT"));
        assert!(!serves("de-AT", "de-DE"));
        assert!(serves("zh-TW", "zh-Hant-TW"));
        assert!(!serves("zh-Hans", "zh-Hant-TW"));
        assert!(!serves("en", "ja-JP"));
    }

    #[test]
    fn an_escape_is_pointed_at_as_a_whole() {
        let mut map = SourceMap::default();
        map.push_verbatim(10, 2);
        map.push_escape(12..18, 3);
        map.push_verbatim(18, 1);
        assert_eq!(map.bytes(0..6), 10..19);
        assert_eq!(map.bytes(2..5), 12..18);
        assert_eq!(map.bytes(1..3), 11..18);
        assert_eq!(map.bytes(5..6), 18..19);
        assert_eq!(map.bytes(6..6), 19..19);
        assert_eq!(map.bytes(0..99), 10..19);
    }
}
