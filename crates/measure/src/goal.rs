//! What a slot wants its visitors to do, and by when.

use std::collections::BTreeMap;

use milieu_record::{Instant, SlotNo};

/// How long after the first exposure a goal still counts, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Horizon(u32);

impl Horizon {
    /// One day, the default for clicks.
    pub const DAY: Self = Self(24 * 60);

    /// Takes minutes.
    pub const fn minutes(minutes: u32) -> Self {
        Self(minutes)
    }

    /// Returns hours, as reports state them.
    pub fn hours(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    pub(crate) fn micros(self) -> i64 {
        i64::from(self.0) * 60 * Instant::SECOND
    }
}

/// One slot's goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The name of the `track` event that reaches it, as `Slot Clicked`.
    pub event: String,
    /// By when.
    pub horizon: Horizon,
}

/// The goals of all slots: an argument of every fold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goals {
    /// By slot; a slot that is missing counts visitors only.
    pub slots: BTreeMap<SlotNo, Goal>,
}
