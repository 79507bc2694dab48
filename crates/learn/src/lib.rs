//! Rewards become a policy: counts in, probabilities of arms out.
//!
//! [`policy`] reads a ledger and gives every arm of every slot and market the
//! probability with which it is to be chosen; [`History`] keeps a bounded story of them. Pure and deterministic: the same
//! ledger gives the same weights, bit by bit, so a policy can be replayed from its
//! version alone. New weights go over approved renderings only; this crate makes
//! and publishes nothing else.
//!
//! # Examples
//! ```
//! use milieu_learn::{MarketPlan, Settings, SlotPlan, policy};
//! use milieu_measure::Ledger;
//! use milieu_record::{ArmNo, MarketNo, SlotNo};
//! let arms = vec![ArmNo(1), ArmNo(2)];
//! let plan = SlotPlan {
//!     slot: SlotNo(1), generic: Some(ArmNo(1)),
//!     markets: vec![MarketPlan { market: MarketNo(1), arms }],
//! };
//! let weights = policy(&Ledger::default(), &[plan], Settings::default());
//! let arms = &weights.slots[&(SlotNo(1), MarketNo(1))];
//! assert!((arms[0].probability.get() - 0.5).abs() < 1e-6);
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

mod belief;
mod history;
mod plan;
mod policy;

pub use history::{ArmPoint, History, MarketPoint, Point, point};
pub use plan::{ArmWeight, MarketPlan, Settings, SlotPlan, Weights};
pub use policy::policy;
