//! What is counted, how it is estimated, and when a verdict may be given.
//!
//! A [`Metric`] is data and one file below `metrics/`. The [`Ledger`] folds the
//! event log into counts, purely and in any order within its window. [`compare`]
//! turns counts into the [`Report`] that pages, the API and the terminal show.
//! Nothing here reads a clock, a disk or a database.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod cell;
mod checkpoint;
mod compare;
mod culture;
mod disagreement;
mod equivalence;
mod experiment;
mod goal;
mod ledger;
mod metric;
pub mod metrics;
mod overall;
mod pooling;
mod report;
mod verdict;
mod visit;

pub use cell::{Anonymous, Cell, CellKey, Span};
pub use checkpoint::{Checkpoint, V1 as CheckpointV1};
pub use compare::compare;
pub use culture::{Culture, CultureVerdict};
pub use disagreement::Disagreement;
pub use equivalence::Compared;
pub use experiment::{ArmCell, Experiment, MarketCells};
pub use goal::{Goal, Goals, Horizon};
pub use ledger::{LATENESS, Ledger};
pub use metric::{Metric, TooEarly};
pub use report::{
    Definition, Heterogeneity, Overall, OverallDifference, OverallRate, PooledValue, Report, Row,
    RowKind, Window,
};
pub use verdict::Verdict;
