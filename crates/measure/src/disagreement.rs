//! Which markets react differently from the rest.

use milieu_culture::MarketId;
use milieu_stats::{Estimate, Interval, Level, Method, Term, contrast, real};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Cell, Experiment, MarketCells};

/// Of two markets that differ, nobody can say which is the one that disagrees.
const LEAST_MARKETS: usize = 3;

/// A market whose difference lies apart from that of the rest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Disagreement {
    /// The market.
    pub market: MarketId,
    /// Visitors of the market.
    pub n: u64,
    /// Its difference minus the difference of the rest.
    pub estimate: f64,
    /// The anytime-valid interval of this number alone.
    pub interval: Interval,
    /// The same in words.
    pub reason: String,
}

/// Lists the markets whose treated − holdout differs from the rest's by more than the margin.
///
/// One after another: each market that is left is held against the visitor-weighted
/// mean of the others that are left; the one that lies farthest beyond the margin is
/// listed and taken out, so that it pulls the rest no longer; until no interval, at α
/// shared by the markets left (Holm 1979), lies wholly beyond the margin. A market
/// counts only once its own difference is past the burn-in of the asymptotic sequence.
pub(crate) fn disagreeing(
    experiment: &Experiment,
    markets: &[&MarketCells],
    level: Level,
) -> Vec<Disagreement> {
    let mut left: Vec<&MarketCells> = markets
        .iter()
        .copied()
        .filter(|market| is_past_burn_in(market, level))
        .collect();
    let mut found = Vec::new();
    while LEAST_MARKETS <= left.len() {
        let stricter = level.shared_by(left.len());
        let margin = experiment.smallest_effect.get();
        let mut farthest: Option<(usize, f64)> = None;
        for place in 0..left.len() {
            let beyond = against_rest(&left, place, stricter).map(|one| beyond(&one, margin));
            if let Some(beyond) = beyond.flatten()
                && farthest.is_none_or(|(_, most)| most < beyond)
            {
                farthest = Some((place, beyond));
            }
        }
        let Some((place, _)) = farthest else { break };
        if let Some(estimate) = against_rest(&left, place, level) {
            found.push(listed(left.remove(place), &estimate, left.len()));
        }
    }
    found
}

fn is_past_burn_in(market: &MarketCells, level: Level) -> bool {
    let terms = both_sides(market, 1.0);
    matches!(contrast(&terms, level), Some((_, Method::Asymptotic)))
}

fn both_sides(market: &MarketCells, weight: f64) -> [Term; 2] {
    let term = |coefficient, cell: Cell| Term {
        coefficient,
        seen: cell.tally(),
    };
    [
        term(weight, market.treated()),
        term(-weight, market.holdout),
    ]
}

fn visitors(market: &MarketCells) -> u64 {
    market.treated().visitors + market.holdout.visitors
}

/// The market's difference minus the visitor-weighted mean of the others'.
fn against_rest(markets: &[&MarketCells], place: usize, level: Level) -> Option<Estimate> {
    let others = || {
        let all = markets.iter().enumerate();
        all.filter(move |(other, _)| *other != place)
            .map(|(_, market)| *market)
    };
    let total = real(others().map(visitors).sum());
    let mut terms = Vec::from(both_sides(markets.get(place)?, 1.0));
    for other in others() {
        terms.extend(both_sides(other, -real(visitors(other)) / total));
    }
    contrast(&terms, level).map(|(estimate, _)| estimate)
}

/// By how many half-widths an interval lies beyond ± the margin; `None` when it does not.
fn beyond(estimate: &Estimate, margin: f64) -> Option<f64> {
    let Interval { low, high, .. } = estimate.interval;
    let gap = (low - margin).max(-margin - high);
    (0.0 < gap).then(|| (estimate.value.abs() - margin) / ((high - low) / 2.0))
}

fn listed(market: &MarketCells, estimate: &Estimate, others: usize) -> Disagreement {
    let points = 100.0 * estimate.value.abs();
    let side = if estimate.value < 0.0 { "less" } else { "more" };
    Disagreement {
        market: market.market.clone(),
        n: visitors(market),
        estimate: estimate.value,
        interval: estimate.interval.within(-2.0, 2.0),
        reason: format!(
            "adapting changed the rate here by {points:.1} points {side} than in the other {others} markets"
        ),
    }
}
