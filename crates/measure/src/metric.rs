//! What a metric is: a definition as data, with its estimators.

use milieu_stats::{Estimate, Level};

use crate::Cell;

/// Why no estimate is given yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{have} visitors so far, at least {need} are needed")]
pub struct TooEarly {
    /// Visitors there are, on the smaller side.
    pub have: u64,
    /// Visitors there must be.
    pub need: u64,
}

/// A metric: each has one file below `metrics/`.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its key in commands and addresses, as `ctr`.
    pub key: &'static str,
    /// The goal in a slot's file that it measures, as `click`.
    pub goal: &'static str,
    /// The name of the event that reaches the goal.
    pub event: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What is counted above the line.
    pub numerator: &'static str,
    /// What is counted below the line.
    pub denominator: &'static str,
    /// How its intervals are made, in one sentence.
    pub method: &'static str,
    /// Estimates one cell.
    pub rate: fn(Cell, Level) -> Result<Estimate, TooEarly>,
    /// Estimates how much the first cell exceeds the second.
    pub difference: fn(Cell, Cell, Level) -> Result<Estimate, TooEarly>,
    /// Visitors below which nothing is estimated.
    pub least_visitors: u64,
}
