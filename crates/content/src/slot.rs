//! Slots, their variants, and the form a variant has in one market.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use milieu_culture::MarketId;
use milieu_record::{Digest, Digested, Instant, SlotKey, VariantKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::SmallestEffect;

/// A place on a page, in an app or in a mail that a variant can fill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Its name, as `home.hero`.
    pub key: SlotKey,
    /// The type of its values.
    #[serde(rename = "type")]
    pub kind: SlotType,
    /// The metric that counts as success, as `click`.
    pub goal: String,
    /// How long after its exposure a success still belongs to it.
    #[serde(default)]
    pub horizon: Horizon,
    /// What counts as an exposure.
    #[serde(default)]
    pub exposure: Exposed,
    /// The smallest difference of its goal that would matter.
    #[serde(default)]
    pub smallest_effect: SmallestEffect,
    /// What visitors get where nothing approved can be given.
    pub default: Value,
    /// What may fill it; exactly one is generic.
    #[serde(rename = "variant")]
    pub variants: Vec<Variant>,
}

/// The type of a slot's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SlotType {
    /// A text.
    String,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number, always written with a decimal point.
    Float,
    /// A JSON object.
    Object,
}

/// A value that is not of its slot's type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected:?}, found {found}")]
pub struct TypeMismatch {
    /// The slot's type.
    pub expected: SlotType,
    /// What was found, in JSON's words.
    pub found: &'static str,
}

impl SlotType {
    /// Checks a value and brings it into the one form that clients read.
    ///
    /// A float slot turns `1` into `1.0`: some clients take `1` for an integer.
    pub fn admit(self, value: Value) -> Result<Value, TypeMismatch> {
        let found = json_kind(&value);
        let bad = TypeMismatch {
            expected: self,
            found,
        };
        match (self, value) {
            (Self::String, value @ Value::String(_))
            | (Self::Boolean, value @ Value::Bool(_))
            | (Self::Object, value @ Value::Object(_)) => Ok(value),
            (Self::Integer, Value::Number(number)) if number.is_i64() => Ok(number.into()),
            (Self::Float, Value::Number(number)) => number.as_f64().map(Value::from).ok_or(bad),
            _ => Err(bad),
        }
    }
}

fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a float",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What counts as an exposure of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Exposed {
    /// An event of the page that carries the decision's token.
    #[default]
    #[serde(rename = "reported")]
    Reported,
    /// The decision itself, logged by the server-side SDK hook.
    #[serde(rename = "on_decision")]
    OnDecision,
}

/// How long after its exposure a success still belongs to it, as `24h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Horizon {
    hours: u16,
}

impl Horizon {
    /// Returns whole hours, from 1 to 2160 (90 days).
    pub const fn hours(self) -> u16 {
        self.hours
    }

    /// Returns microseconds.
    pub fn micros(self) -> i64 {
        i64::from(self.hours) * Instant::HOUR
    }
}

impl Default for Horizon {
    fn default() -> Self {
        Self { hours: 24 }
    }
}

impl FromStr for Horizon {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("horizon \"{text}\" is not 1h to 2160h, or 1d to 90d");
        let number = |digits: &str| digits.parse::<u16>().ok();
        let hours = match (text.strip_suffix('h'), text.strip_suffix('d')) {
            (Some(hours), _) => number(hours),
            (_, Some(days)) => number(days).and_then(|days| days.checked_mul(24)),
            (None, None) => None,
        };
        match hours {
            Some(hours) if (1..=2160).contains(&hours) => Ok(Self { hours }),
            _ => Err(bad()),
        }
    }
}

impl TryFrom<String> for Horizon {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Horizon> for String {
    fn from(horizon: Horizon) -> Self {
        horizon.to_string()
    }
}

impl fmt::Display for Horizon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}h", self.hours)
    }
}

/// An idea that may fill a slot, with one rendering per market.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its name inside the slot.
    pub key: VariantKey,
    /// Whether it is the one-for-all baseline.
    #[serde(default)]
    pub generic: bool,
    /// What it is made for; decides whether quiet mode stops it.
    #[serde(default)]
    pub occasion: Occasion,
    /// What it is like, declared by its author: formality, directness, imagery…
    #[serde(default)]
    pub attributes: BTreeMap<String, Attribute>,
    /// Its form in each market.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub renderings: BTreeMap<MarketId, Value>,
}

/// What a variant is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// Sells: stopped in quiet mode. What says nothing else is taken for this.
    #[default]
    Promotional,
    /// Celebrates: stopped in quiet mode.
    Celebratory,
    /// Informs or helps: stays in quiet mode.
    Neutral,
}

impl Occasion {
    /// Tells whether quiet mode stops it.
    pub fn stops_in_quiet_mode(self) -> bool {
        match self {
            Self::Promotional | Self::Celebratory => true,
            Self::Neutral => false,
        }
    }
}

/// A declared attribute of a variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Attribute {
    /// A degree, usually from 0 to 1.
    Degree(f64),
    /// One of a set, as `product`.
    Choice(String),
}

/// The form of a variant in one market: what a local person approves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rendering {
    /// The slot it fills.
    pub slot: SlotKey,
    /// The variant it renders.
    pub variant: VariantKey,
    /// The one market it is for.
    pub market: MarketId,
    /// What a visitor gets, of the slot's type.
    pub content: Value,
}

impl Digested for Rendering {
    fn digest(&self) -> Digest {
        let parts: [&[u8]; 4] = [
            self.slot.as_str().as_bytes(),
            self.variant.as_str().as_bytes(),
            self.market.as_str().as_bytes(),
            &canonical_json(&self.content).into_bytes(),
        ];
        Digest::of("milieu rendering v1", &parts)
    }

    fn market(&self) -> &MarketId {
        &self.market
    }
}

/// Writes JSON in one form: sorted keys, no spaces.
pub fn canonical_json(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            let fields: Vec<String> = sorted
                .into_iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), canonical_json(value))
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical_json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendering(content: Value) -> Rendering {
        Rendering {
            slot: "home.hero".parse().unwrap(),
            variant: "classic".parse().unwrap(),
            market: "ja-JP".parse().unwrap(),
            content,
        }
    }

    #[test]
    fn an_edit_or_another_market_changes_the_digest() {
        let original = rendering(json!({"title": "Gift", "body": "x"}));
        let reordered = rendering(json!({"body": "x", "title": "Gift"}));
        assert_eq!(original.digest(), reordered.digest());
        assert_ne!(
            original.digest(),
            rendering(json!({"title": "Gift.", "body": "x"})).digest()
        );
        let elsewhere = Rendering {
            market: "de-DE".parse().unwrap(),
            ..original.clone()
        };
        assert_ne!(original.digest(), elsewhere.digest());
    }

    #[test]
    fn values_are_of_their_slots_type() {
        assert_eq!(SlotType::Float.admit(json!(1)).unwrap().to_string(), "1.0");
        assert!(SlotType::Integer.admit(json!(1.5)).is_err());
        assert!(SlotType::Object.admit(json!([])).is_err());
        let mismatch = SlotType::String.admit(json!(3)).unwrap_err();
        assert_eq!(mismatch.to_string(), "expected String, found an integer");
    }

    #[test]
    fn horizons_are_hours_or_days() {
        assert_eq!("7d".parse::<Horizon>().unwrap().hours(), 168);
        for bad in ["", "0h", "91d", "24", "h", "-1h", "2161h"] {
            assert!(bad.parse::<Horizon>().is_err(), "{bad}");
        }
    }
}
