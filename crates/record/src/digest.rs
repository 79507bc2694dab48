//! Digests bind an approval to exactly one content.

use std::fmt;
use std::str::FromStr;

use milieu_culture::MarketId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The BLAKE3 hash of a content in its canonical form, 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest before anything was hashed; the first link of a chain.
    pub const ZERO: Self = Self([0; 32]);

    /// Hashes parts so that no two lists of parts share a digest.
    ///
    /// Each part is preceded by its length; `domain` keeps kinds of content apart.
    pub fn of(domain: &str, parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(domain);
        for part in parts {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// Returns the hash.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A content that an approval can be bound to.
pub trait Digested {
    /// Hashes everything a reviewer saw; any edit changes it.
    fn digest(&self) -> Digest;
    /// Names the one market it is for.
    fn market(&self) -> &MarketId;
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = DigestError;
    fn from_str(text: &str) -> Result<Self, DigestError> {
        let hash = blake3::Hash::from_hex(text).map_err(|_| DigestError)?;
        Ok(Self(*hash.as_bytes()))
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;
    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a digest: expected 64 hexadecimal digits")]
pub struct DigestError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(
            Digest::of("d", &[b"ab", b"c"]),
            Digest::of("d", &[b"a", b"bc"])
        );
        assert_ne!(Digest::of("d", &[b"ab"]), Digest::of("e", &[b"ab"]));
        let digest = Digest::of("d", &[b"ab"]);
        assert_eq!(digest.to_string().parse(), Ok(digest));
    }
}
