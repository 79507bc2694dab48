//! What happened: identifiers, instants, events, and decision tokens.
//!
//! A **decision token** is a decision's id: signed and self-describing, so that an
//! event which carries it says everything a statistic needs, and no count depends
//! on a line the server may have failed to write. This crate judges nothing.
//!
//! # Examples
//! ```
//! use milieu_record::*;
//! let key = TokenKey::from_bytes([7; 32]);
//! let facts = DecisionFacts {
//!     slot: SlotNo(1), market: MarketNo(2), rendering: RenderingNo(3), arm: ArmNo(1),
//!     explored: false, policy: PolicyVersion(40), propensity: Probability::clamped(0.25),
//!     visitor: VisitorTag(99),
//! };
//! let token = key.seal(&facts);
//! assert_eq!(token.len(), 60);
//! assert_eq!(key.open(&token), Ok(facts));
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

mod digest;
mod event;
mod id;
mod instant;
mod token;

pub use digest::{Digest, DigestError, Digested};
pub use event::{Event, EventKind, MessageId, Property, Scalar};
pub use id::{
    ArmNo, KeyError, LogPosition, MarketNo, PolicyVersion, Probability, RenderingNo, SlotKey,
    SlotNo, VariantKey, VisitorId, VisitorKey, VisitorTag,
};
pub use instant::{Instant, InstantError};
pub use token::{DecisionFacts, TokenError, TokenKey};
