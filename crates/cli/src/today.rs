//! The day it is, in UTC: the program's own reading of the clock.

use milieu_culture::Date;

/// Returns the current day in UTC.
pub(crate) fn today() -> Date {
    let now = jiff::Timestamp::from_microsecond(milieu_engine::now().micros());
    let now = now.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Date::from_civil(jiff::tz::Offset::UTC.to_datetime(now).date())
}
