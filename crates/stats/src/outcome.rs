//! What goes into a statistic and what comes out of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Turns a count into a real number, exactly up to 2⁵³.
pub fn real(count: u64) -> f64 {
    #[allow(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "no count reaches 2^53"
    )]
    let number = count as f64;
    number
}

/// How many of a number of trials succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    trials: u64,
    successes: u64,
}

impl Tally {
    /// Takes counts; successes beyond the trials are cut.
    pub fn new(trials: u64, successes: u64) -> Self {
        debug_assert!(successes <= trials, "{successes} of {trials}");
        Self {
            trials,
            successes: successes.min(trials),
        }
    }

    /// Returns the number of trials, n.
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// Returns the number of successes, y.
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// Returns the number of failures, n − y.
    pub fn failures(self) -> u64 {
        self.trials - self.successes
    }

    /// Returns y / n; `None` without trials.
    pub fn rate(self) -> Option<f64> {
        (self.trials > 0).then(|| real(self.successes) / real(self.trials))
    }

    /// Adds two tallies.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            trials: self.trials + other.trials,
            successes: self.successes + other.successes,
        }
    }
}

/// A number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fraction(f64);

impl Fraction {
    /// Takes a number; outside 0..=1 the nearest end, for NaN 0.
    pub fn clamped(value: f64) -> Self {
        Self(if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        })
    }

    /// Returns the number, from 0 to 1.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// How often an interval shall hold what it estimates, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(transparent)]
pub struct Level(f64);

impl Level {
    /// 95 %.
    pub const P95: Self = Self(0.95);

    /// Takes a level; `None` outside 0..1.
    pub fn new(level: f64) -> Option<Self> {
        (0.0 < level && level < 1.0).then_some(Self(level))
    }

    /// Returns the level, as 0.95.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Returns what may be missed, α = 1 − level.
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }

    /// Shares α equally among several statements (Bonferroni).
    #[must_use]
    pub fn shared_by(self, statements: usize) -> Self {
        let parts = real(u64::try_from(statements).unwrap_or(u64::MAX)).max(1.0);
        Self(1.0 - self.alpha() / parts)
    }
}

/// An interval with the level at which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Interval {
    /// The level.
    pub level: Level,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Tells whether the interval holds a value.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Cuts the ends to a range in which the truth must lie.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Self {
        Self {
            low: self.low.clamp(least, most),
            high: self.high.clamp(least, most),
            ..self
        }
    }
}

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The best single value.
    pub value: f64,
    /// What is plausible.
    pub interval: Interval,
}
