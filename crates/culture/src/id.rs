//! Identifiers of territories, languages and markets (BCP 47).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Not two letters, nor a three-digit region such as `419`.
    #[error("\"{0}\" is not a territory: use two letters (JP) or three digits (419)")]
    Territory(String),
    /// Not two or three letters, optionally with a script.
    #[error("\"{0}\" is not a language: use ja, or zh-Hant with a script")]
    Language(String),
    /// Not a language with a territory.
    #[error("\"{0}\" is not a market: use language and territory, as in ja-JP")]
    Market(String),
}

/// Identifies a territory: two upper-case letters or a three-digit region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("JP"), pattern = "^([A-Za-z]{2}|[0-9]{3})$")]
pub struct TerritoryId(String);

impl TerritoryId {
    /// Names the whole world, for claims that hold everywhere.
    pub const WORLD: &'static str = "001";

    /// Returns the canonical text: `JP`, `419`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TerritoryId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let letters = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
        let digits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
        if letters || digits {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err(IdError::Territory(shorten(text)))
        }
    }
}

/// Identifies a language, with a script where two are written: `ja`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("ja"), pattern = "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?$")]
pub struct LanguageId(String);

impl LanguageId {
    /// Returns the canonical text: `ja`, `zh-Hant`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the language without its script: `zh` of `zh-Hant`.
    pub fn base(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl FromStr for LanguageId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bad = || IdError::Language(shorten(text));
        let mut parts = text.split(['-', '_']);
        let base = parts
            .next()
            .filter(|part| is_base_language(part))
            .ok_or_else(bad)?;
        let language = match parts.next() {
            None => base.to_ascii_lowercase(),
            Some(script) if is_script(script) => {
                format!("{}-{}", base.to_ascii_lowercase(), title_case(script))
            }
            Some(_) => return Err(bad()),
        };
        if parts.next().is_some() {
            Err(bad())
        } else {
            Ok(Self(language))
        }
    }
}

/// Identifies a market: a language spoken in a territory, as `ja-JP`.
///
/// The text is kept whole; language and territory are views into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MarketId {
    text: String,
    language: LanguageId,
    territory: TerritoryId,
}

impl PartialSchema for MarketId {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A language spoken in a territory."))
            .pattern(Some(
                "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?[-_]([A-Za-z]{2}|[0-9]{3})$",
            ))
            .examples(["ja-JP"])
            .into()
    }
}

impl ToSchema for MarketId {}

impl MarketId {
    /// Joins a language and a territory into a market.
    pub fn new(language: LanguageId, territory: TerritoryId) -> Self {
        let text = format!("{}-{}", language.as_str(), territory.as_str());
        Self {
            text,
            language,
            territory,
        }
    }

    /// Returns the canonical text: `ja-JP`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the language: `ja` of `ja-JP`.
    pub fn language(&self) -> &LanguageId {
        &self.language
    }

    /// Returns the territory: `JP` of `ja-JP`.
    pub fn territory(&self) -> &TerritoryId {
        &self.territory
    }
}

impl FromStr for MarketId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bad = || IdError::Market(shorten(text));
        let (language, territory) = text.rsplit_once(['-', '_']).ok_or_else(bad)?;
        let language = language.parse().map_err(|_| bad())?;
        let territory = territory.parse().map_err(|_| bad())?;
        Ok(Self::new(language, territory))
    }
}

fn is_base_language(part: &str) -> bool {
    (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())
}

fn title_case(ascii: &str) -> String {
    let mut letters = ascii.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters.map(|c| c.to_ascii_lowercase()))
        .collect()
}

/// Keeps hostile input out of messages and logs: at most 40 characters.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

macro_rules! text_id {
    ($($id:ident),+) => {$(
        impl TryFrom<String> for $id {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }
        impl From<$id> for String {
            fn from(id: $id) -> Self {
                id.as_str().to_owned()
            }
        }
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}
text_id!(TerritoryId, LanguageId, MarketId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_is_written_one_way() {
        for text in ["ja-JP", "ja_jp", "JA-jp"] {
            assert_eq!(text.parse::<MarketId>().unwrap().as_str(), "ja-JP");
        }
        let taiwan: MarketId = "zh-hant-tw".parse().unwrap();
        assert_eq!(taiwan.as_str(), "zh-Hant-TW");
        assert_eq!(taiwan.language().base(), "zh");
        assert_eq!(
            "es-419".parse::<MarketId>().unwrap().territory().as_str(),
            "419"
        );
    }

    #[test]
    fn what_is_no_market_says_so() {
        for text in [
            "",
            "ja",
            "JP",
            "ja-JPN",
            "ja-",
            "-JP",
            "j-JP",
            "ja-JP-x",
            "日本-JP",
        ] {
            assert!(text.parse::<MarketId>().is_err(), "{text}");
        }
    }
}
