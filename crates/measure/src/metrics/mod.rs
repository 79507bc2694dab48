//! The metrics: one file each.

pub mod ctr;

use crate::Metric;

/// All metrics, by key.
pub const ALL: [&Metric; 1] = [&ctr::CTR];

/// Finds a metric by its key, as `ctr`.
pub fn by_key(key: &str) -> Option<&'static Metric> {
    ALL.into_iter().find(|metric| metric.key == key)
}

/// Finds the metric of a slot's goal, as `click`.
pub fn by_goal(goal: &str) -> Option<&'static Metric> {
    ALL.into_iter().find(|metric| metric.goal == goal)
}
