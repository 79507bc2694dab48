//! Intervals that hold at every moment, however often and whenever one looks.

use crate::root::turning_point;
use crate::{Estimate, Interval, Level, Tally, real};

/// The asymptotic sequence is used from this many successes and failures a side.
pub const BURN_IN: u64 = 100;

/// The total sample size at which the asymptotic sequence is tightest.
pub const TUNED_AT: u64 = 5_000;

/// One proportion of a contrast, with its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What the proportion is multiplied with; negative on the side subtracted.
    pub coefficient: f64,
    /// What was seen.
    pub seen: Tally,
}

/// Which of the two sequences an interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Exact sequences of every term at α/m, added up.
    Exact,
    /// One asymptotic sequence for the whole contrast.
    Asymptotic,
}

/// Returns the exact confidence sequence of one proportion.
///
/// Beta-binomial mixture: all p with B(1+y, 1+n−y) / (pʸ(1−p)ⁿ⁻ʸ) < 1/α. The left
/// side is a nonnegative martingale under p, so by Ville's inequality the truth is
/// ever left out with probability at most α (Robbins 1970; Howard et al. 2021).
pub fn bernoulli_sequence(seen: Tally, level: Level) -> Interval {
    let (y, failures) = (real(seen.successes()), real(seen.failures()));
    let n = y + failures;
    let ln_beta = libm::lgamma(1.0 + y) + libm::lgamma(1.0 + failures) - libm::lgamma(2.0 + n);
    let least = ln_beta + level.alpha().ln();
    let times_ln = |count: f64, p: f64| if count > 0.0 { count * p.ln() } else { 0.0 };
    let inside = |p: f64| times_ln(y, p) + times_ln(failures, 1.0 - p) > least;
    let rate = seen.rate().unwrap_or(0.5);
    let low = if y > 0.0 {
        turning_point(0.0, rate, inside)
    } else {
        0.0
    };
    let high = if failures > 0.0 {
        turning_point(rate, 1.0, |p| !inside(p))
    } else {
        1.0
    };
    Interval { level, low, high }
}

/// Returns the confidence sequence of a weighted sum Σ cᵢpᵢ of proportions.
///
/// `[+1 a, −1 b]` is a difference; weights by stratum make a stratified one.
/// `None` when a term has no trials or there is none.
///
/// From the burn-in on (each side has [`BURN_IN`] successes and failures):
/// asymptotic confidence sequence of Waudby-Smith et al. 2024 (*Ann. Stat.*), with
/// t = Σnᵢ and s² = t·Σcᵢ²pᵢ(1−pᵢ)/nᵢ as gbstats computes it for two arms:
/// ± s·√(2(tρ²+1)/(t²ρ²) · ln(√(tρ²+1)/α)). Its ρ does not depend on the level, so
/// that a higher level always gives a wider interval. Before: the exact sequences
/// of all m terms at α/m, added end to end (union bound). Each regime holds for
/// itself; across the change the miss rate is at most the sum of both, and is
/// measured in the tests to stay under α.
pub fn contrast(terms: &[Term], level: Level) -> Option<(Estimate, Method)> {
    let mut value = 0.0;
    let mut variance = 0.0;
    let mut total = 0.0;
    for term in terms {
        let rate = term.seen.rate()?;
        let n = real(term.seen.trials());
        value += term.coefficient * rate;
        variance += term.coefficient * term.coefficient * rate * (1.0 - rate) / n;
        total += n;
    }
    if terms.is_empty() {
        return None;
    }
    let (interval, method) = if past_burn_in(terms) {
        let half = total.sqrt() * variance.sqrt() * asymptotic_margin(total, level);
        let around = Interval {
            level,
            low: value - half,
            high: value + half,
        };
        (around, Method::Asymptotic)
    } else {
        (sum_of_exact(terms, level), Method::Exact)
    };
    Some((Estimate { value, interval }, method))
}

/// Half-width for unit variance after t observations.
fn asymptotic_margin(t: f64, level: Level) -> f64 {
    let squared = t * tuning();
    (2.0 * (squared + 1.0) / (t * squared) * ((squared + 1.0).sqrt() / level.alpha()).ln()).sqrt()
}

/// ρ² = (−2 ln α + ln(−2 ln α + 1)) / t*, at α = 0.05 and t* = [`TUNED_AT`].
fn tuning() -> f64 {
    let twice = -2.0 * 0.05_f64.ln();
    (twice + (twice + 1.0).ln()) / real(TUNED_AT)
}

fn past_burn_in(terms: &[Term]) -> bool {
    let side = |positive: bool| {
        let of_side = terms
            .iter()
            .filter(move |term| (term.coefficient >= 0.0) == positive);
        let counts = of_side.map(|term| term.seen).reduce(Tally::plus);
        counts.is_none_or(|sum| sum.successes().min(sum.failures()) >= BURN_IN)
    };
    side(true) && side(false)
}

fn sum_of_exact(terms: &[Term], level: Level) -> Interval {
    let shared = level.shared_by(terms.len());
    let mut sum = Interval {
        level,
        low: 0.0,
        high: 0.0,
    };
    for term in terms {
        let of_term = bernoulli_sequence(term.seen, shared);
        let (a, b) = (
            term.coefficient * of_term.low,
            term.coefficient * of_term.high,
        );
        sum.low += a.min(b);
        sum.high += a.max(b);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(a: Tally, b: Tally) -> [Term; 2] {
        let term = |coefficient, seen| Term { coefficient, seen };
        [term(1.0, a), term(-1.0, b)]
    }

    #[test]
    fn a_difference_agrees_with_gbstats() {
        // gbstats 0.8.0, SequentialTwoSidedTTest, tuned at 5000
        let terms = difference(Tally::new(10_000, 530), Tally::new(10_200, 480));
        let (found, method) = contrast(&terms, Level::P95).unwrap();
        assert_eq!(method, Method::Asymptotic);
        assert!((found.interval.low - -0.003_657_755_648).abs() < 1e-11);
        assert!((found.interval.high - 0.015_540_108_589).abs() < 1e-11);
    }

    #[test]
    fn the_margin_agrees_with_its_formula_in_numbers() {
        // Waudby-Smith et al. 2024, σ = 1, n = 1000, tuned at 5000
        assert!((asymptotic_margin(1000.0, Level::P95) - 0.106_375_5).abs() < 1e-7);
    }

    #[test]
    fn few_successes_are_judged_exactly() {
        let terms = difference(Tally::new(10_000, 99), Tally::new(10_000, 500));
        assert_eq!(contrast(&terms, Level::P95).unwrap().1, Method::Exact);
        let nothing = difference(Tally::new(10, 1), Tally::default());
        assert_eq!(contrast(&nothing, Level::P95), None);
        assert_eq!(contrast(&[], Level::P95), None);
    }

    #[test]
    fn exact_terms_share_what_may_be_missed() {
        let (a, b) = (Tally::new(500, 30), Tally::new(400, 20));
        let (found, _) = contrast(&difference(a, b), Level::P95).unwrap();
        let half = Level::new(0.975).unwrap();
        let (of_a, of_b) = (bernoulli_sequence(a, half), bernoulli_sequence(b, half));
        assert!((found.interval.low - (of_a.low - of_b.high)).abs() < 1e-12);
        assert!((found.interval.high - (of_a.high - of_b.low)).abs() < 1e-12);
    }

    #[test]
    fn the_exact_sequence_agrees_with_scipy() {
        // scipy 1.17.1: brentq on special.betaln, the formula above
        let found = bernoulli_sequence(Tally::new(1_000, 53), Level::P95);
        assert!((found.low - 0.030_530_308_124_999_725).abs() < 1e-12);
        assert!((found.high - 0.083_788_865_291_368_6).abs() < 1e-12);
        let none = bernoulli_sequence(Tally::new(20, 0), Level::P95);
        assert!((none.high - 0.260_671_350_937_657_5).abs() < 1e-12);
    }

    #[test]
    fn nothing_seen_excludes_nothing() {
        let all = bernoulli_sequence(Tally::default(), Level::P95);
        assert!(all.contains(0.0) && all.contains(1.0));
    }
}
