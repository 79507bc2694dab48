//! What a report is made from: one slot's counts in all its markets.

use milieu_culture::MarketId;
use milieu_record::{SlotKey, VariantKey};
use milieu_stats::Fraction;

use crate::{Anonymous, Cell, Horizon, Metric, Span};

/// One slot's arms in all its markets.
#[derive(Debug, Clone)]
pub struct Experiment {
    /// What is measured.
    pub metric: &'static Metric,
    /// The slot.
    pub slot: SlotKey,
    /// How long after the first exposure a goal counts.
    pub horizon: Horizon,
    /// The smallest difference that would matter; said before results are looked at.
    pub smallest_effect: Fraction,
    /// Counts by market.
    pub markets: Vec<MarketCells>,
    /// From when to when there were exposures.
    pub window: Option<Span>,
    /// Visitors who saw more than one arm.
    pub crossed: u64,
    /// Events of people who refused consent.
    pub anonymous: Anonymous,
    /// Whether the visitors are simulated.
    pub simulated: bool,
}

/// One market's counts.
#[derive(Debug, Clone)]
pub struct MarketCells {
    /// The market.
    pub market: MarketId,
    /// Visitors who always get the generic variant.
    pub holdout: Cell,
    /// All other visitors, by the variant they got first.
    pub arms: Vec<ArmCell>,
}

/// One variant's counts among treated visitors.
#[derive(Debug, Clone)]
pub struct ArmCell {
    /// The variant.
    pub variant: VariantKey,
    /// Whether it is the baseline.
    pub generic: bool,
    /// Its counts.
    pub cell: Cell,
}

impl MarketCells {
    /// Returns all visitors who are not held out.
    pub fn treated(&self) -> Cell {
        let cells = self.arms.iter().map(|arm| arm.cell);
        cells.fold(Cell::default(), Cell::plus)
    }
}
