//! The clock: the one place below the doors that reads it.

use std::time::{SystemTime, UNIX_EPOCH};

use milieu_culture::Date;
use milieu_record::Instant;

/// Returns the current instant.
#[allow(clippy::disallowed_methods, reason = "time enters the engine here")]
pub fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Returns the current day in UTC.
pub fn today() -> Date {
    let now = jiff::Timestamp::from_microsecond(now().micros());
    let now = now.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Date::from_civil(jiff::tz::Offset::UTC.to_datetime(now).date())
}
