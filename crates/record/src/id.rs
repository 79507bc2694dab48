//! Identifiers: keys that people write, numbers that tokens carry.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{key}\" is not a key: use 1 to 64 of a-z, 0-9, dot, dash and underscore")]
pub struct KeyError {
    /// The text, at most 40 characters of it.
    pub key: String,
}

fn check_key(text: &str) -> Result<(), KeyError> {
    let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
    if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
        Ok(())
    } else {
        Err(KeyError {
            key: text.chars().take(40).collect(),
        })
    }
}

macro_rules! text_key {
    ($(#[$doc:meta])* $key:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String, pattern = "^[a-z0-9._-]{1,64}$")]
        pub struct $key(String);

        impl $key {
            /// Returns the key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $key {
            type Err = KeyError;
            fn from_str(text: &str) -> Result<Self, KeyError> {
                check_key(text).map(|()| Self(text.to_owned()))
            }
        }
        impl TryFrom<String> for $key {
            type Error = KeyError;
            fn try_from(text: String) -> Result<Self, KeyError> {
                check_key(&text).map(|()| Self(text))
            }
        }
        impl From<$key> for String {
            fn from(key: $key) -> Self {
                key.0
            }
        }
        impl fmt::Display for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
text_key!(
    /// Names a slot, as `home.hero`.
    SlotKey
);
text_key!(
    /// Names a variant inside a slot, as `classic`.
    VariantKey
);

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}
number!(
    /// A slot's number in its workspace; given once, never reused.
    SlotNo(u16)
);
number!(
    /// A market's number in its workspace; given once, never reused.
    MarketNo(u16)
);
number!(
    /// The number of one revision of a rendering; an edit gets a new one.
    RenderingNo(u32)
);
number!(
    /// An arm inside a slot: 0 is the holdout, variants count from 1.
    ArmNo(u8)
);
number!(
    /// Where an event stands in the log, from 0 and without gaps.
    LogPosition(u64)
);
number!(
    /// The log position up to which a policy has learned; tokens keep 48 bits.
    PolicyVersion(u64)
);
number!(
    /// The first eight bytes of a visitor's id, as a token carries them.
    VisitorTag(u64)
);

impl ArmNo {
    /// The visitors who always get the generic variant.
    pub const HOLDOUT: Self = Self(0);

    /// Tells whether the arm is the holdout.
    pub fn is_holdout(self) -> bool {
        self == Self::HOLDOUT
    }
}

/// A probability, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probability(f32);

impl Probability {
    /// Certainty.
    pub const ONE: Self = Self(1.0);

    /// Takes a number as a probability; outside 0..=1 the nearest end, for NaN 0.
    pub fn clamped(value: f64) -> Self {
        #[allow(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            reason = "a token stores propensities in single precision, by design"
        )]
        let single = value.clamp(0.0, 1.0) as f32;
        Self(if single.is_nan() { 0.0 } else { single })
    }

    /// Returns the number, from 0 to 1.
    pub fn get(self) -> f64 {
        f64::from(self.0)
    }

    pub(crate) fn bits(self) -> [u8; 4] {
        self.0.to_be_bytes()
    }

    pub(crate) fn from_bits(bits: [u8; 4]) -> Option<Self> {
        let value = f32::from_be_bytes(bits);
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }
}

/// Identifies a visitor inside one workspace: a keyed hash, never the site's own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitorId([u8; 16]);

impl VisitorId {
    /// Returns what tokens and counters keep of it.
    pub fn tag(self) -> VisitorTag {
        let first = self.0.first_chunk::<8>().copied().unwrap_or_default();
        VisitorTag(u64::from_be_bytes(first))
    }
}

/// The workspace's secret for turning a site's ids into visitors.
#[derive(Clone)]
pub struct VisitorKey([u8; 32]);

impl VisitorKey {
    /// Takes 32 secret bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Hashes a `targetingKey`, anonymous id or user id.
    pub fn visitor(&self, site_id: &str) -> VisitorId {
        let hash = blake3::keyed_hash(&self.0, site_id.as_bytes());
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(hash.as_bytes()) {
            *to = *from;
        }
        VisitorId(id)
    }
}

impl fmt::Debug for VisitorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorKey(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked_wherever_they_come_from() {
        assert!("home.hero".parse::<SlotKey>().is_ok());
        for bad in ["", "Home", "a/b", "a b", "ü"] {
            assert!(bad.parse::<SlotKey>().is_err(), "{bad}");
            assert!(serde_json::from_str::<VariantKey>(&format!("\"{bad}\"")).is_err());
        }
        assert!("x".repeat(65).parse::<SlotKey>().is_err());
    }

    #[test]
    fn a_visitor_depends_on_the_workspace_secret() {
        let (here, there) = (
            VisitorKey::from_bytes([1; 32]),
            VisitorKey::from_bytes([2; 32]),
        );
        assert_eq!(here.visitor("anna"), here.visitor("anna"));
        assert_ne!(here.visitor("anna"), here.visitor("anne"));
        assert_ne!(here.visitor("anna"), there.visitor("anna"));
    }

    #[test]
    fn a_probability_stays_one() {
        assert!((Probability::clamped(0.25).get() - 0.25).abs() < 1e-9);
        for (given, kept) in [(-1.0, 0.0), (2.0, 1.0), (f64::NAN, 0.0)] {
            assert!((Probability::clamped(given).get() - kept).abs() < 1e-9);
        }
    }
}
