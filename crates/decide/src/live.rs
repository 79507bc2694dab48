//! The immutable snapshot that decisions are made from.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use milieu_content::{Exposed, Horizon, Occasion, Rendering, SlotType};
use milieu_record::{
    ArmNo, Instant, MarketNo, PolicyVersion, Probability, RenderingNo, SlotKey, SlotNo,
};
use milieu_review::Approved;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::{Places, Salt};

/// All that a decision looks at, behind one pointer.
#[derive(Debug, Clone)]
pub struct Live {
    /// What may be served.
    pub catalogue: Arc<Catalogue>,
    /// How arms are weighed.
    pub policy: Arc<Policy>,
    /// Where quiet mode holds.
    pub quiet: Arc<Quiet>,
    /// The version of the knowledge packs.
    pub packs: Arc<str>,
    /// For draws.
    pub salt: Salt,
}

/// Slots with their approved renderings, and the markets they can be asked for.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Grows with every change of content, approval or market.
    pub version: u64,
    /// The markets of the workspace.
    pub places: Places,
    /// Slots by key.
    pub slots: HashMap<SlotKey, LiveSlot>,
}

impl Catalogue {
    /// Returns a slot by number; for tokens, not for the hot path.
    pub fn slot_by_no(&self, no: SlotNo) -> Option<&LiveSlot> {
        self.slots.values().find(|slot| slot.no == no)
    }
}

/// A slot as it is served.
#[derive(Debug)]
pub struct LiveSlot {
    /// Its number in tokens.
    pub no: SlotNo,
    /// Its name.
    pub key: SlotKey,
    /// The type of its values.
    pub kind: SlotType,
    /// What visitors get where nothing approved can be given.
    pub default: Value,
    /// What counts as an exposure.
    pub exposure: Exposed,
    /// The metric that counts as success.
    pub goal: String,
    /// How long after its exposure a success still belongs to it.
    pub horizon: Horizon,
    /// The markets in which something is approved.
    pub markets: BTreeMap<MarketNo, LiveMarket>,
}

/// A slot's arms in one market.
#[derive(Debug, Default)]
pub struct LiveMarket {
    /// In order of arm number.
    pub arms: Vec<LiveArm>,
}

/// One approved rendering that can be chosen.
#[derive(Debug)]
pub struct LiveArm {
    /// The variant's number in its slot, from 1.
    pub no: ArmNo,
    /// The rendering's revision.
    pub rendering_no: RenderingNo,
    /// Whether it is the baseline.
    pub generic: bool,
    /// What it is made for.
    pub occasion: Occasion,
    /// What was approved.
    pub rendering: Approved<Rendering>,
    /// Its content as JSON text, written once.
    pub json: Arc<RawValue>,
}

impl LiveArm {
    /// Takes an approved rendering as a slot's arm.
    pub fn new(
        no: ArmNo,
        rendering_no: RenderingNo,
        generic: bool,
        occasion: Occasion,
        rendering: Approved<Rendering>,
    ) -> Self {
        // A JSON value always writes: `null` stands for the impossible rest.
        let json = to_raw_value(&rendering.get().content)
            .map_or_else(|_| RawValue::NULL.to_owned().into(), Into::into);
        Self {
            no,
            rendering_no,
            generic,
            occasion,
            rendering,
            json,
        }
    }
}

/// The weights of arms, as learned from the log up to a position.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The log position it has learned from.
    pub version: PolicyVersion,
    /// Weights by slot and market; where there are none, arms weigh the same.
    pub shares: HashMap<(SlotNo, MarketNo), Shares>,
}

/// The weights of a slot's arms in one market.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shares {
    /// In order of arm number.
    pub arms: Vec<ArmShare>,
    /// The arm with the highest expected reward.
    pub best: Option<ArmNo>,
}

/// The weight of one arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmShare {
    /// The arm.
    pub arm: ArmNo,
    /// The probability π with which it is given to visitors who are not held out.
    pub probability: Probability,
    /// The expected reward, when there is an estimate.
    pub mean: Option<f64>,
}

/// Markets in mourning or crisis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quiet {
    /// By market.
    pub markets: BTreeMap<MarketNo, QuietMode>,
}

/// Why and until when a market is quiet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietMode {
    /// Until when; `None` until somebody lifts it.
    pub until: Option<Instant>,
    /// Why, in a person's words.
    pub reason: String,
}

impl Quiet {
    /// Tells whether a market is quiet at an instant.
    pub fn holds(&self, market: MarketNo, now: Instant) -> bool {
        self.markets
            .get(&market)
            .is_some_and(|mode| mode.until.is_none_or(|end| now < end))
    }
}
