//! Rules read content and return findings with the claims behind them.
//!
//! [`run`] is total and pure: it asks a knowledge base about each market, reads a
//! campaign, and returns what it found, what it could not judge, and what was
//! not read. No rule contains a fact about a culture: rules compare what a text
//! says with claims, and a finding is never graver than the claim behind it allows.
//!
//! Each rule is one file below `rules/`; its doc comment is its public page, see
//! [`page`], and the examples on that page are run as tests.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod evidence;
mod finding;
mod lexicon;
mod near;
mod number;
mod page;
mod reading;
pub mod render;
mod report;
mod rule;
mod rules;
mod run;
mod scene;
mod suppress;

pub use finding::{Area, Basis, Confidence, Finding, Location, Outcome, Severity};
pub use page::{RulePage, page, pages};
pub use report::{Report, Skip, Suppressed};
pub use rule::Rule;
pub use rules::RULES;
pub use run::{Settings, run};
