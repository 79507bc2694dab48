//! Intervals of proportions for a sample size fixed in advance.

use crate::{Estimate, Fraction, Interval, Level, Tally, normal_quantile, real};

/// Returns the interval of one proportion; `None` without trials.
///
/// Score interval of Wilson 1927: centre (y + z²/2)/(n + z²), half-width
/// z/(n + z²) · √(y(n−y)/n + z²/4).
pub fn wilson(seen: Tally, level: Level) -> Option<Interval> {
    let rate = seen.rate()?;
    let z = two_sided(level);
    let n = real(seen.trials());
    let centre = (real(seen.successes()) + z * z / 2.0) / (n + z * z);
    let half = z / (n + z * z) * (n * rate * (1.0 - rate) + z * z / 4.0).sqrt();
    let whole = Interval {
        level,
        low: centre - half,
        high: centre + half,
    };
    Some(whole.within(0.0, 1.0))
}

/// Returns the difference a − b of two proportions; `None` without trials.
///
/// Newcombe 1998, method 10: the Wilson intervals of both, combined as hypotenuses.
pub fn newcombe(a: Tally, b: Tally, level: Level) -> Option<Estimate> {
    let (rate_a, rate_b) = (a.rate()?, b.rate()?);
    let (of_a, of_b) = (wilson(a, level)?, wilson(b, level)?);
    let value = rate_a - rate_b;
    Some(Estimate {
        value,
        interval: Interval {
            level,
            low: value - (rate_a - of_a.low).hypot(of_b.high - rate_b),
            high: value + (of_a.high - rate_a).hypot(rate_b - of_b.low),
        },
    })
}

/// Returns a variance of y/n that is never zero: p̃(1−p̃)/(n+2), p̃ = (y+1)/(n+2).
///
/// Agresti & Caffo 2000: one success and one failure added to each sample.
pub fn agresti_caffo_variance(seen: Tally) -> f64 {
    let n = real(seen.trials()) + 2.0;
    let rate = (real(seen.successes()) + 1.0) / n;
    rate * (1.0 - rate) / n
}

pub(crate) fn two_sided(level: Level) -> f64 {
    -normal_quantile(Fraction::clamped(level.alpha() / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_statsmodels() {
        // statsmodels 0.15.0, proportion_confint(530, 10000, method="wilson")
        let found = wilson(Tally::new(10_000, 530), Level::P95).unwrap();
        assert!((found.low - 0.048_778_160_614_320_124).abs() < 1e-13);
        assert!((found.high - 0.057_565_133_929_064_73).abs() < 1e-13);
        assert_eq!(wilson(Tally::default(), Level::P95), None);
    }

    #[test]
    fn newcombe_agrees_with_statsmodels() {
        // statsmodels 0.15.0, confint_proportions_2indep(530, 10000, 480, 10200, "newcomb")
        let (a, b) = (Tally::new(10_000, 530), Tally::new(10_200, 480));
        let found = newcombe(a, b, Level::P95).unwrap();
        assert!((found.interval.low - -7.273_882_275_923_588e-5).abs() < 1e-13);
        assert!((found.interval.high - 0.011_972_654_737_814_378).abs() < 1e-13);
    }

    #[test]
    fn added_successes_and_failures_give_agresti_and_caffo_s_interval() {
        // statsmodels 0.15.0, method="agresti-caffo"
        let (a, b) = (Tally::new(10_000, 530), Tally::new(10_200, 480));
        let centre = 531.0 / 10_002.0 - 481.0 / 10_202.0;
        let half =
            two_sided(Level::P95) * (agresti_caffo_variance(a) + agresti_caffo_variance(b)).sqrt();
        assert!((centre - half - -7.682_733_599_660e-5).abs() < 1e-13);
        assert!((centre + half - 0.011_960_355_354_957).abs() < 1e-13);
    }
}
