//! Plain mathematics: proportions, sequential intervals, and shrinkage.
//!
//! Everything here is a total function of its arguments: no clock, no random
//! source, no sampling, so the same numbers always give the same answer. What the
//! numbers stand for is decided elsewhere.
//!
//! - [`Tally`], [`Level`], [`Interval`], [`Estimate`]: what goes in and comes out
//! - [`wilson`], [`newcombe`]: intervals for a sample size fixed in advance
//! - [`bernoulli_sequence`], [`contrast`]: intervals that hold however often one looks
//! - [`pool`]: many noisy estimates read together (random effects)
//! - [`Beta`], [`fit_beta_prior`], [`probability_each_is_best`]: Bayesian proportions
//!
//! # Examples
//! ```
//! use milieu_stats::{Level, Tally, bernoulli_sequence, wilson};
//! let seen = Tally::new(1_000, 53);
//! let once = wilson(seen, Level::P95).unwrap();
//! let always = bernoulli_sequence(seen, Level::P95);
//! assert!(always.low < once.low && once.high < always.high);
//! ```
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod best;
mod beta;
mod chi_square;
mod normal;
mod outcome;
mod pool;
mod prior;
mod proportion;
mod root;
mod sequential;

pub use best::probability_each_is_best;
pub use beta::Beta;
pub use chi_square::chi_square_quantile;
pub use normal::{normal_cdf, normal_quantile};
pub use outcome::{Estimate, Fraction, Interval, Level, Tally, real};
pub use pool::{Measured, Pooled, pool};
pub use prior::fit_beta_prior;
pub use proportion::{agresti_caffo_variance, newcombe, wilson};
pub use sequential::{BURN_IN, Method, TUNED_AT, Term, bernoulli_sequence, contrast};
