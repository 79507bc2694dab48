//! What a policy is asked for, and what it answers.

use std::collections::BTreeMap;

use milieu_record::{ArmNo, MarketNo, PolicyVersion, Probability, SlotNo};
use milieu_stats::Fraction;
use serde::{Deserialize, Serialize};

/// A slot whose arms are to be weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotPlan {
    /// The slot.
    pub slot: SlotNo,
    /// Its generic arm: held-out visitors see the same rendering and inform it.
    pub generic: Option<ArmNo>,
    /// The markets it is live in.
    pub markets: Vec<MarketPlan>,
}

/// A market and the arms that may be chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketPlan {
    /// The market.
    pub market: MarketNo,
    /// The arms with an approved rendering, without the holdout.
    pub arms: Vec<ArmNo>,
}

/// How boldly a policy learns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Every arm's least probability ε; at most half of all is spent on floors.
    pub floor: Fraction,
    /// What posterior standard deviations are multiplied with: 1 is plain Thompson.
    pub tempering: Fraction,
}

impl Default for Settings {
    /// ε = 0.02 and τ = 0.5.
    fn default() -> Self {
        Self {
            floor: Fraction::clamped(0.02),
            tempering: Fraction::clamped(0.5),
        }
    }
}

/// The weights of all arms, learned from the log up to `version`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// The log position up to which was learned.
    pub version: PolicyVersion,
    /// By slot and market: one weight an arm, in the plan's order, summing to 1.
    pub slots: BTreeMap<(SlotNo, MarketNo), Vec<ArmWeight>>,
}

/// One arm's weight in one market.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ArmWeight {
    /// The arm.
    pub arm: ArmNo,
    /// With which probability it is chosen.
    pub probability: Probability,
    /// The expected rate of reaching the goal: the posterior mean.
    pub mean: Fraction,
    /// Visitors behind the mean, in this market.
    pub visitors: u64,
}
