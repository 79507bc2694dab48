//! Texts that borrow from the body, and properties of which only some are read.

use std::borrow::Cow;
use std::fmt;

use milieu_engine::journeys::record_events::KEPT_PROPERTIES;
use milieu_record::{Property, Scalar};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

/// The most characters of a property's text.
const LONGEST: usize = 200;

/// A text, or a number that some senders write for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// What is read of a message's properties; all else is passed over.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Properties<'a> {
    pub(super) decision_id: Option<Text<'a>>,
    pub(super) market: Option<Text<'a>>,
    pub(super) kept: Vec<Property<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Properties<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Properties<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of properties")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut read = Properties::default();
                while let Some(Text(key)) = map.next_key()? {
                    match key.as_ref() {
                        "decisionId" => read.decision_id = map.next_value()?,
                        "market" => read.market = map.next_value()?,
                        name => match KEPT_PROPERTIES.into_iter().find(|kept| *kept == name) {
                            Some(name) => {
                                if let Kept(Some(value)) = map.next_value()? {
                                    read.kept.push((name.into(), value));
                                }
                            }
                            None => drop(map.next_value::<IgnoredAny>()?),
                        },
                    }
                }
                Ok(read)
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// A property's value when it is a scalar; lists and objects are not kept.
struct Kept<'a>(Option<Scalar<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Kept<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Kept<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Kept<'de>, E> {
                Ok(Kept(Some(Scalar::Bool(value))))
            }
            #[allow(
                clippy::as_conversions,
                clippy::cast_precision_loss,
                reason = "JSON has one kind of number"
            )]
            fn visit_i64<E>(self, value: i64) -> Result<Kept<'de>, E> {
                Ok(Kept(Some(Scalar::Number(value as f64))))
            }
            #[allow(
                clippy::as_conversions,
                clippy::cast_precision_loss,
                reason = "JSON has one kind of number"
            )]
            fn visit_u64<E>(self, value: u64) -> Result<Kept<'de>, E> {
                Ok(Kept(Some(Scalar::Number(value as f64))))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Kept<'de>, E> {
                Ok(Kept(Some(Scalar::Number(value))))
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Kept<'de>, E> {
                let short = value.len() <= LONGEST;
                Ok(Kept(short.then_some(Scalar::Text(value.into()))))
            }
            fn visit_str<E>(self, value: &str) -> Result<Kept<'de>, E> {
                let short = value.len() <= LONGEST;
                Ok(Kept(short.then(|| Scalar::Text(value.to_owned().into()))))
            }
            fn visit_unit<E>(self) -> Result<Kept<'de>, E> {
                Ok(Kept(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kept<'de>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Kept(None))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Kept<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Kept(None))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
