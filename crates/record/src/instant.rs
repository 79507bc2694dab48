//! Points in time: UTC microseconds inside, RFC 3339 outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a time: use RFC 3339, as 2026-11-20T09:00:00Z")]
pub struct InstantError(pub String);

/// A point in time, in microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// One second, in this type's unit.
    pub const SECOND: i64 = 1_000_000;
    /// One hour, in this type's unit.
    pub const HOUR: i64 = 3_600 * Self::SECOND;
    /// One day of 24 hours, in this type's unit.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// Takes microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Returns microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Moves by a number of microseconds, stopping at the ends of the range.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Returns the microseconds from `earlier` to here; negative when it is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl FromStr for Instant {
    type Err = InstantError;

    fn from_str(text: &str) -> Result<Self, InstantError> {
        let stamp: jiff::Timestamp = text
            .parse()
            .map_err(|_| InstantError(text.chars().take(40).collect()))?;
        Ok(Self(stamp.as_microsecond()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(stamp) => write!(f, "{stamp}"),
            Err(_) => write!(f, "{} µs", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_and_written_as_rfc_3339() {
        let noon: Instant = "2026-11-20T12:00:00+09:00".parse().unwrap();
        assert_eq!(noon.to_string(), "2026-11-20T03:00:00Z");
        assert_eq!(noon.plus(Instant::HOUR).since(noon), Instant::HOUR);
        assert!("yesterday".parse::<Instant>().is_err());
        assert!(
            "2026-11-20T12:00:00".parse::<Instant>().is_err(),
            "a zone is required"
        );
    }
}
