//! Slows down guessing of passwords.

use std::collections::HashMap;
use std::sync::Mutex;

use milieu_record::Instant;

/// Wrong passwords for one name within a minute.
const TRIES: u32 = 10;
const WINDOW: i64 = 60 * Instant::SECOND;
/// Names that are remembered; beyond it the window of all starts anew.
const NAMES: usize = 10_000;

/// Counts failed logins by name.
#[derive(Debug)]
pub(crate) struct Throttle {
    failures: Mutex<HashMap<String, (u32, Instant)>>,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self {
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// Returns how many seconds a name must wait, if it must.
    pub(crate) fn wait(&self, name: &str, now: Instant) -> Option<i64> {
        let failures = self.failures.lock().ok()?;
        let (count, since) = failures.get(name)?;
        let left = WINDOW - now.since(*since);
        (TRIES <= *count && 0 < left).then_some(left / Instant::SECOND + 1)
    }

    /// Notes a wrong password.
    pub(crate) fn failed(&self, name: &str, now: Instant) {
        let Ok(mut failures) = self.failures.lock() else {
            return;
        };
        if NAMES <= failures.len() {
            failures.retain(|_, (_, since)| now.since(*since) < WINDOW);
        }
        if NAMES <= failures.len() {
            failures.clear();
        }
        let entry = failures.entry(name.to_owned()).or_insert((0, now));
        if WINDOW <= now.since(entry.1) {
            *entry = (0, now);
        }
        entry.0 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_slowed_for_a_minute() {
        let throttle = Throttle::new();
        let now = Instant::from_micros(0);
        for _ in 0..TRIES {
            assert_eq!(throttle.wait("anna", now), None);
            throttle.failed("anna", now);
        }
        assert_eq!(throttle.wait("anna", now), Some(61));
        assert_eq!(throttle.wait("bert", now), None);
        assert_eq!(throttle.wait("anna", now.plus(WINDOW)), None);
    }
}
