//! Counts: what the log says, reduced to what statistics need.

use milieu_record::{ArmNo, Instant, MarketNo, SlotNo};
use milieu_stats::Tally;
use serde::{Deserialize, Serialize};

/// Names a cell: a slot's arm in a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellKey {
    /// The slot.
    pub slot: SlotNo,
    /// The market of the visitor's first exposure.
    pub market: MarketNo,
    /// The arm of the visitor's first exposure.
    pub arm: ArmNo,
}

/// How many visitors an arm had, and how many of them did what was hoped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Visitors whose first exposure in the slot was to this arm.
    pub visitors: u64,
    /// Those who reached the goal within the horizon.
    pub conversions: u64,
}

impl Cell {
    /// Returns the counts as trials and successes.
    pub fn tally(self) -> Tally {
        Tally::new(self.visitors, self.conversions.min(self.visitors))
    }

    /// Adds two cells.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            visitors: self.visitors + other.visitors,
            conversions: self.conversions + other.conversions,
        }
    }
}

/// Events of people who refused consent: counted, never joined to a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Anonymous {
    /// Exposures; one person may stand behind several.
    pub exposures: u64,
    /// Goal events; one person may stand behind several.
    pub goals: u64,
}

/// The first and the last exposure that were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first exposure.
    pub from: Instant,
    /// The last exposure.
    pub to: Instant,
}

impl Span {
    pub(crate) fn with(span: Option<Self>, at: Instant) -> Self {
        let span = span.unwrap_or(Self { from: at, to: at });
        Self {
            from: span.from.min(at),
            to: span.to.max(at),
        }
    }
}
