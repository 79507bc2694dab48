//! What may be said about a difference, at any moment and for all markets at once.

use milieu_stats::{Estimate, Level};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Experiment, MarketCells};

/// What may be said about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Treated visitors reach the goal more often.
    AdaptedBetter,
    /// Treated visitors reach the goal less often.
    AdaptedWorse,
    /// Enough visitors, but zero is still plausible.
    NoDifferenceSeen,
    /// Too few visitors to estimate anything.
    TooEarly,
}

impl Verdict {
    /// Reads one interval.
    pub(crate) fn of(estimate: &Estimate) -> Self {
        if estimate.interval.low > 0.0 {
            Self::AdaptedBetter
        } else if estimate.interval.high < 0.0 {
            Self::AdaptedWorse
        } else {
            Self::NoDifferenceSeen
        }
    }

    /// Tells whether zero is ruled out.
    pub(crate) fn is_decided(self) -> bool {
        matches!(self, Self::AdaptedBetter | Self::AdaptedWorse)
    }
}

/// Returns one verdict for each market, wrong for any of them with at most α.
///
/// Holm's step-down procedure (Holm 1979) on anytime-valid intervals: with m markets
/// undecided, those whose interval at α/m excludes zero are decided; repeat with the
/// rest. Intervals are nested in α and hold at every moment, so they act as anytime
/// p-values, and Holm's proof carries over to any moment of looking (Ramdas et al.
/// 2023, *Statistical Science* 38). Markets that are too early do count in m.
pub(crate) fn by_market(experiment: &Experiment, level: Level) -> Vec<Verdict> {
    let judge = |market: &MarketCells, level: Level| {
        (experiment.metric.difference)(market.treated(), market.holdout, level)
            .map_or(Verdict::TooEarly, |estimate| Verdict::of(&estimate))
    };
    let markets = &experiment.markets;
    let mut verdicts = vec![Verdict::NoDifferenceSeen; markets.len()];
    loop {
        let open = verdicts.iter().filter(|one| !one.is_decided()).count();
        let stricter = level.shared_by(open);
        let mut changed = false;
        for (market, verdict) in markets.iter().zip(verdicts.iter_mut()) {
            if !verdict.is_decided() {
                *verdict = judge(market, stricter);
                changed |= verdict.is_decided();
            }
        }
        if !changed {
            return verdicts;
        }
    }
}
