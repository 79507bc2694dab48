//! The report as people and programs read it; its field names are a contract.

use milieu_culture::MarketId;
use milieu_record::{SlotKey, VariantKey};
use milieu_stats::{Interval, Level};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Culture, Verdict};

/// A slot's results by market. Rates are 0..1, differences −1..1.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// The metric's key.
    pub metric: &'static str,
    /// The slot.
    pub slot: SlotKey,
    /// Whether the visitors are simulated.
    pub simulated: bool,
    /// What the numbers mean.
    pub definition: Definition,
    /// From when to when there were exposures.
    pub window: Window,
    /// For each market: holdout, treated, difference, then each variant.
    pub markets: Vec<Row>,
    /// All markets together.
    pub overall: Overall,
    /// How far markets' true differences lie apart.
    pub heterogeneity: Heterogeneity,
    /// Whether adapting by market mattered.
    pub culture: Culture,
    /// What a reader must know besides.
    pub notes: Vec<String>,
}

/// What a report's numbers mean.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Definition {
    /// The metric's name.
    pub title: &'static str,
    /// What is counted above the line.
    pub numerator: &'static str,
    /// What is counted below the line.
    pub denominator: &'static str,
    /// How long after the first exposure a goal counts.
    pub horizon_hours: f64,
    /// How intervals are made.
    pub method: &'static str,
    /// The level of every interval.
    pub level: Level,
}

/// The time a report covers, in RFC 3339; `None` before the first exposure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Window {
    /// The first exposure.
    pub from: Option<String>,
    /// The last exposure.
    pub to: Option<String>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// Visitors who always get the generic variant.
    Holdout,
    /// All other visitors.
    Treated,
    /// Treated minus holdout; the verdict stands here.
    Difference,
    /// Treated visitors who got one variant first.
    Variant,
}

/// One line of a market.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportRow)]
pub struct Row {
    /// The market.
    pub market: MarketId,
    /// The row's name: the kind, or the variant's key.
    pub arm: String,
    /// What the row is about.
    pub kind: RowKind,
    /// The variant, on a variant's row.
    pub variant: Option<VariantKey>,
    /// Whether the row shows the generic rendering only.
    pub generic: bool,
    /// Visitors; on a difference, of both sides.
    pub n: u64,
    /// Visitors who reached the goal; `None` on a difference.
    pub conversions: Option<u64>,
    /// The rate or difference; `None` with a reason when it is too early.
    pub estimate: Option<f64>,
    /// The anytime-valid interval of this row alone.
    pub interval: Option<Interval>,
    /// The estimate shrunken towards the other markets.
    pub pooled: Option<PooledValue>,
    /// What may be said; only on a difference.
    pub verdict: Option<Verdict>,
    /// Why a value is missing, or why the verdict is weaker than the interval.
    pub reason: Option<String>,
}

/// A shrunken estimate with its interval, read at one look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct PooledValue {
    /// The estimate.
    pub estimate: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// All markets together, each weighted by its share of visitors.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Overall {
    /// Visitors who always get the generic variant.
    pub holdout: OverallRate,
    /// All other visitors.
    pub treated: OverallRate,
    /// The weighted mean of the markets' differences.
    pub difference: OverallDifference,
}

/// A rate over all markets.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OverallRate {
    /// Visitors.
    pub n: u64,
    /// Visitors who reached the goal.
    pub conversions: u64,
    /// The weighted rate; not the raw ratio.
    pub estimate: Option<f64>,
    /// Its anytime-valid interval.
    pub interval: Option<Interval>,
}

/// A difference over all markets.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OverallDifference {
    /// Visitors of both sides.
    pub n: u64,
    /// The weighted difference.
    pub estimate: Option<f64>,
    /// Its anytime-valid interval.
    pub interval: Option<Interval>,
    /// What may be said.
    pub verdict: Verdict,
    /// Why a value is missing.
    pub reason: Option<String>,
}

/// How far markets' true differences lie apart.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Heterogeneity {
    /// Markets with an estimate.
    pub markets: usize,
    /// The standard deviation of true differences between markets, τ.
    pub tau: Option<f64>,
    /// The lower end of its interval.
    pub tau_low: Option<f64>,
    /// The upper end of its interval.
    pub tau_high: Option<f64>,
    /// Why it is missing.
    pub reason: Option<String>,
}
