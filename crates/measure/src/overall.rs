//! All markets together, without letting a shift between markets look like an effect.

use milieu_stats::{Estimate, Level, Term, contrast, real};

use crate::{Cell, Experiment, MarketCells, Overall, OverallDifference, OverallRate, Verdict};

/// Weighs markets by their share of visitors (direct standardisation).
///
/// Raw totals would mix the effect with the markets' unequal holdout shares and base
/// rates (Simpson's paradox); the weighted mean of within-market differences cannot.
/// Markets that are too early are left out, of the counts as well.
pub(crate) fn overall(experiment: &Experiment, level: Level) -> Overall {
    let included: Vec<&MarketCells> = experiment
        .markets
        .iter()
        .filter(|market| is_included(experiment, market))
        .collect();
    let shown: Vec<&MarketCells> = if included.is_empty() {
        experiment.markets.iter().collect()
    } else {
        included.clone()
    };
    let sum = |side: fn(&MarketCells) -> Cell| {
        shown
            .iter()
            .map(|market| side(market))
            .fold(Cell::default(), Cell::plus)
    };
    let (treated, holdout) = (sum(MarketCells::treated), sum(|market| market.holdout));
    let above = terms(&included, 1.0, MarketCells::treated);
    let below = terms(&included, -1.0, |market| market.holdout);
    let both: Vec<Term> = above.iter().chain(&below).copied().collect();
    let plain_below = terms(&included, 1.0, |market| market.holdout);
    Overall {
        holdout: rate(holdout, &plain_below, level),
        treated: rate(treated, &above, level),
        difference: difference(treated.visitors + holdout.visitors, &both, level),
    }
}

/// Whether a market has enough visitors on both sides.
pub(crate) fn is_included(experiment: &Experiment, market: &MarketCells) -> bool {
    let fewer = market.treated().visitors.min(market.holdout.visitors);
    experiment.metric.least_visitors <= fewer
}

fn terms(markets: &[&MarketCells], sign: f64, side: fn(&MarketCells) -> Cell) -> Vec<Term> {
    let visitors = |market: &MarketCells| market.treated().visitors + market.holdout.visitors;
    let total = real(markets.iter().map(|market| visitors(market)).sum());
    let term = |market: &&MarketCells| Term {
        coefficient: sign * real(visitors(market)) / total,
        seen: side(market).tally(),
    };
    markets.iter().map(term).collect()
}

fn rate(cell: Cell, terms: &[Term], level: Level) -> OverallRate {
    let found = estimate(terms, level, 0.0);
    OverallRate {
        n: cell.visitors,
        conversions: cell.conversions,
        estimate: found.map(|one| one.value),
        interval: found.map(|one| one.interval),
    }
}

fn difference(n: u64, terms: &[Term], level: Level) -> OverallDifference {
    let found = estimate(terms, level, -1.0);
    OverallDifference {
        n,
        estimate: found.map(|one| one.value),
        interval: found.map(|one| one.interval),
        verdict: found.map_or(Verdict::TooEarly, |one| Verdict::of(&one)),
        reason: match found {
            Some(_) => None,
            None => Some("no market has enough visitors yet".to_owned()),
        },
    }
}

fn estimate(terms: &[Term], level: Level, least: f64) -> Option<Estimate> {
    let (found, _) = contrast(terms, level)?;
    Some(Estimate {
        interval: found.interval.within(least, 1.0),
        ..found
    })
}
