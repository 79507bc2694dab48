//! What Milieu knows about markets, and how sure it is.
//!
//! A **market** is a language spoken in a territory (`ja-JP`); a **claim** is one
//! statement about a market, a language or a territory, never about a person,
//! with evidence, a computed grade, a review state and an expiry date; an
//! **observance** is a day or season that a market keeps, with the same. This crate
//! answers questions over a loaded [`KnowledgeBase`]; it reads no files, knows no
//! clock and contains no cultural fact: those live in `packs/`.
//!
//! # Examples
//! ```
//! use milieu_culture::MarketId;
//! let market: MarketId = "ja-jp".parse()?;
//! assert_eq!(market.as_str(), "ja-JP");
//! assert_eq!(market.territory().as_str(), "JP");
//! # Ok::<(), milieu_culture::IdError>(())
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

mod baked;
mod claim;
mod coverage;
mod date;
mod evidence;
mod facet;
mod folklore;
mod grade;
mod id;
mod knowledge;
mod market;
mod observance;
pub mod pack;

pub use baked::BakedError;
pub use claim::{Claim, ClaimId, Machine, Scope, Sensitivity, Strength};
pub use coverage::{Count, Coverage};
pub use date::{Date, DateError};
pub use evidence::{ClaimState, Direction, Evidence, EvidenceKind, Evidenced, Read};
pub use facet::{FACETS, is_facet, needs_context};
pub use folklore::Story;
pub use grade::{Confidence, Grade, Grading, grade, may_block};
pub use id::{IdError, LanguageId, MarketId, TerritoryId};
pub use knowledge::{KnowledgeBase, Lexicon};
pub use market::{FirstDay, HourCycle, Language, Market, Territory, TextDirection};
pub use observance::{Observance, Occurrence, Tone};
