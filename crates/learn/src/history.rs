//! What was learned when: a bounded story of each slot's weights.

use milieu_measure::{CellKey, Ledger};
use milieu_record::{ArmNo, Instant, LogPosition, MarketNo, Probability, SlotNo};
use milieu_stats::Fraction;
use serde::{Deserialize, Serialize};

use crate::Weights;

/// How many events lie between two points at first.
const FIRST_SPACING: u64 = 2_000;
/// The most points that are kept.
const MOST_POINTS: usize = 200;
/// The most arms that all points keep together, about 16 MB: many slots, fewer points.
const MOST_ARMS: usize = 500_000;

/// Points at regular positions of the log, thinned by doubling their spacing.
///
/// Kept are the points at every multiple of the spacing that the log has reached, so
/// that a log folded again tells the same story, wherever it was interrupted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    spacing: u64,
    points: Vec<Point>,
}

/// What had been learned at one position of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How many events had been folded.
    pub position: LogPosition,
    /// The time of the newest of them.
    pub at: Instant,
    /// Every slot's markets.
    pub markets: Vec<MarketPoint>,
}

/// One slot in one market at a point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MarketPoint {
    /// The slot.
    pub slot: SlotNo,
    /// The market.
    pub market: MarketNo,
    /// Visitors who were held out.
    pub holdout: u64,
    /// The arms that could be chosen.
    pub arms: Vec<ArmPoint>,
}

/// One arm at a point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ArmPoint {
    /// The arm.
    pub arm: ArmNo,
    /// Treated visitors who got it first.
    pub visitors: u64,
    /// The probability π with which it is chosen from here on.
    pub share: Probability,
    /// The expected rate of reaching the goal; `None` before anybody was seen.
    pub mean: Option<Fraction>,
}

impl Default for History {
    fn default() -> Self {
        Self {
            spacing: FIRST_SPACING,
            points: Vec::new(),
        }
    }
}

impl History {
    /// Returns the position of the next point: a fold must stop there.
    pub fn next_after(&self, position: LogPosition) -> LogPosition {
        let spacing = self.spacing.max(1);
        LogPosition((position.0 / spacing + 1).saturating_mul(spacing))
    }

    /// Tells whether a point belongs at this position and is not there yet.
    pub fn is_due(&self, position: LogPosition) -> bool {
        let last = self.points.last().map_or(0, |point| point.position.0);
        last < position.0 && position.0.is_multiple_of(self.spacing.max(1))
    }

    /// Takes in what is known at the ledger's position, if a point belongs there.
    pub fn observe(&mut self, ledger: &Ledger, weights: &Weights) {
        if !self.is_due(ledger.position()) {
            return;
        }
        self.points.push(point(ledger, weights));
        while 1 < self.points.len() && self.is_full() {
            self.spacing = self.spacing.saturating_mul(2);
            let spacing = self.spacing;
            self.points
                .retain(|point| point.position.0.is_multiple_of(spacing));
        }
    }

    /// Returns the points, oldest first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    fn is_full(&self) -> bool {
        let arms = |point: &Point| {
            point
                .markets
                .iter()
                .map(|one| one.arms.len())
                .sum::<usize>()
        };
        MOST_POINTS < self.points.len() || MOST_ARMS < self.points.iter().map(arms).sum()
    }
}

/// Writes down what is known at the ledger's position.
pub fn point(ledger: &Ledger, weights: &Weights) -> Point {
    let mut markets = Vec::with_capacity(weights.slots.len());
    for ((slot, market), arms) in &weights.slots {
        let visitors = |arm| {
            let (slot, market) = (*slot, *market);
            ledger.cell(CellKey { slot, market, arm }).visitors
        };
        let arm = |weight: &crate::ArmWeight| ArmPoint {
            arm: weight.arm,
            visitors: visitors(weight.arm),
            share: weight.probability,
            mean: (0 < weight.visitors).then_some(weight.mean),
        };
        markets.push(MarketPoint {
            slot: *slot,
            market: *market,
            holdout: visitors(ArmNo::HOLDOUT),
            arms: arms.iter().map(arm).collect(),
        });
    }
    Point {
        position: ledger.position(),
        at: ledger.newest(),
        markets,
    }
}
