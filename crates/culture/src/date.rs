//! Calendar days, without a clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: use 2026-12-31")]
pub struct DateError(pub String);

/// Names one day of the Gregorian calendar, as `2026-12-31`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = Date, examples("2026-12-31"))]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Makes a date from the calendar library's own.
    pub const fn from_civil(date: jiff::civil::Date) -> Self {
        Self(date)
    }

    /// Returns the day so many days later; the last day there is when it lies beyond.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let span = jiff::Span::new().try_days(days);
        let later = span.and_then(|span| self.0.checked_add(span));
        Self(later.unwrap_or(jiff::civil::Date::MAX))
    }

    /// Returns the calendar library's own date.
    pub const fn civil(self) -> jiff::civil::Date {
        self.0
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        text.parse()
            .map(Self)
            .map_err(|_| DateError(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
