//! Slows down guessing of passwords.

use std::collections::HashMap;
use std::sync::Mutex;

use milieu_record::Instant;

/// Wrong passwords for one name within a minute.
const TRIES: u32 = 10;
const WINDOW: i64 = 60 * Instant::SECOND;
/// Names that are remembered; beyond it the window of all starts anew.
const NAMES: usize = 10_000;

/// The longest name that is remembered; nobody has a longer one.
const LONGEST: usize = 40;

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

    /// Counts a try as failed before it is checked, so that tries at one moment count too.
    ///
    /// The error is how many seconds the name must wait.
    pub(crate) fn begin(&self, name: &str, now: Instant) -> Result<(), i64> {
        let Ok(mut failures) = self.failures.lock() else {
            return Ok(());
        };
        if LONGEST < name.len() {
            return Ok(());
        }
        if NAMES <= failures.len() {
            failures.retain(|_, (_, since)| now.since(*since) < WINDOW);
        }
        if NAMES <= failures.len() {
            failures.clear();
        }
        let entry = failures.entry(name.to_owned()).or_insert((0, now));
        let left = WINDOW - now.since(entry.1);
        if left <= 0 {
            *entry = (0, now);
        } else if TRIES <= entry.0 {
            return Err(left / Instant::SECOND + 1);
        }
        entry.0 += 1;
        Ok(())
    }

    /// Takes a try back whose password was right.
    pub(crate) fn succeeded(&self, name: &str) {
        if let Ok(mut failures) = self.failures.lock()
            && let Some((count, _)) = failures.get_mut(name)
        {
            *count = count.saturating_sub(1);
        }
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
            assert_eq!(throttle.begin("anna", now), Ok(()));
        }
        assert_eq!(throttle.begin("anna", now), Err(61));
        assert_eq!(throttle.begin("bert", now), Ok(()));
        assert_eq!(throttle.begin("anna", now.plus(WINDOW)), Ok(()));
    }

    #[test]
    fn right_passwords_are_not_counted() {
        let throttle = Throttle::new();
        let now = Instant::from_micros(0);
        for _ in 0..2 * TRIES {
            assert_eq!(throttle.begin("anna", now), Ok(()));
            throttle.succeeded("anna");
        }
    }

    #[test]
    fn names_that_nobody_has_are_not_remembered() {
        let throttle = Throttle::new();
        let name = "x".repeat(LONGEST + 1);
        assert_eq!(throttle.begin(&name, Instant::from_micros(0)), Ok(()));
        assert!(throttle.failures.lock().unwrap().is_empty());
    }
}
