//! Many noisy estimates of similar things, read together.

use crate::proportion::two_sided;
use crate::root::turning_point;
use crate::{Estimate, Fraction, Interval, Level, chi_square_quantile, real};

/// One unit's own estimate and the variance of its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The estimate, d.
    pub value: f64,
    /// Its sampling variance, v; must be positive.
    pub variance: f64,
}

/// What a random-effects model says about all units and about each.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The mean of the units' true values.
    pub mean: Estimate,
    /// How far true values lie apart: their standard deviation, τ.
    pub tau: f64,
    /// The Q-profile interval of τ.
    pub tau_interval: Interval,
    /// Each unit's shrunken estimate, in the order given.
    pub units: Vec<Estimate>,
}

/// Fits the normal–normal random-effects model dₖ ~ N(θₖ, vₖ), θₖ ~ N(m, τ²).
///
/// τ² by Paule & Mandel 1982 (Q(τ²) = k − 1); its interval by Q-profile
/// (Viechtbauer 2007). Shrunken θ̂ₖ = Bₖm̂ + (1−Bₖ)dₖ with Bₖ = vₖ/(vₖ+τ²) and
/// variance (1−Bₖ)vₖ + Bₖ²var(m̂) (Morris 1983): the uncertainty of the mean is in,
/// that of τ² is not. The intervals hold at one look, not at every moment.
///
/// `None` for fewer than two units or a variance that is not positive.
pub fn pool(units: &[Measured], level: Level) -> Option<Pooled> {
    let sound = |unit: &Measured| unit.value.is_finite() && unit.variance > 0.0;
    if units.len() < 2 || !units.iter().all(sound) {
        return None;
    }
    let degrees = u32::try_from(units.len() - 1).ok()?;
    let tail = level.alpha() / 2.0;
    let quantile = |p: f64| chi_square_quantile(Fraction::clamped(p), degrees);
    let tau2 = tau2_where(units, real(u64::from(degrees)));
    let tau_interval = Interval {
        level,
        low: tau2_where(units, quantile(1.0 - tail)?).sqrt(),
        high: tau2_where(units, quantile(tail)?).sqrt(),
    };
    let (mean, mean_variance) = weighted_mean(units, tau2);
    let z = two_sided(level);
    let around = |value: f64, variance: f64| Estimate {
        value,
        interval: Interval {
            level,
            low: value - z * variance.sqrt(),
            high: value + z * variance.sqrt(),
        },
    };
    let shrunken = |unit: &Measured| {
        let pull = unit.variance / (unit.variance + tau2);
        let value = pull * mean + (1.0 - pull) * unit.value;
        let variance = (1.0 - pull) * unit.variance + pull * pull * mean_variance;
        around(value, variance)
    };
    Some(Pooled {
        mean: around(mean, mean_variance),
        tau: tau2.sqrt(),
        tau_interval,
        units: units.iter().map(shrunken).collect(),
    })
}

/// m̂ and its variance, with weights 1/(v + τ²).
fn weighted_mean(units: &[Measured], tau2: f64) -> (f64, f64) {
    let (mut sum, mut weights) = (0.0, 0.0);
    for unit in units {
        let weight = 1.0 / (unit.variance + tau2);
        sum += weight * unit.value;
        weights += weight;
    }
    (sum / weights, 1.0 / weights)
}

/// Q(τ²) = Σ (d − m̂)²/(v + τ²), which falls as τ² grows.
fn generalised_q(units: &[Measured], tau2: f64) -> f64 {
    let (mean, _) = weighted_mean(units, tau2);
    let part = |unit: &Measured| (unit.value - mean).powi(2) / (unit.variance + tau2);
    units.iter().map(part).sum()
}

/// The τ² at which Q falls to `target`; 0 when it is below from the start.
fn tau2_where(units: &[Measured], target: f64) -> f64 {
    if generalised_q(units, 0.0) <= target {
        return 0.0;
    }
    let mut high = units.iter().map(|unit| unit.variance).fold(0.0, f64::max);
    for _ in 0..200 {
        if generalised_q(units, high) <= target {
            break;
        }
        high *= 2.0;
    }
    turning_point(0.0, high, |tau2| generalised_q(units, tau2) <= target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five() -> Vec<Measured> {
        let values = [0.012, 0.004, -0.006, 0.015, 0.001];
        let errors = [0.003, 0.002, 0.004, 0.0035, 0.0015_f64];
        let unit = |(value, error): (f64, f64)| Measured {
            value,
            variance: error * error,
        };
        values.into_iter().zip(errors).map(unit).collect()
    }

    #[test]
    fn agrees_with_statsmodels_and_scipy() {
        // statsmodels 0.15.0 combine_effects(method_re="iterated"); the τ interval and the
        // shrunken estimates with scipy 1.17.1 (brentq on Q, chi2.ppf)
        let found = pool(&five(), Level::P95).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(found.tau, 0.007_694_258_618_467_415);
        near(found.tau_interval.low, 0.003_701_797_067_296_144_5);
        near(found.tau_interval.high, 0.024_069_985_698_694_76);
        near(found.mean.value, 0.005_208_019_537_249_367);
        let half = found.mean.interval.high - found.mean.value;
        near(half, 1.959_963_984_540_054 * 0.003_674_811_324_428_804);
        let golden = [
            (0.011_103_718_826_185_572, 0.002_836_812_668_285_861_9),
            (0.004_076_454_978_190_148, 0.001_949_598_419_900_553_2),
            (-0.003_615_366_226_434_160_6, 0.003_634_160_106_096_024_3),
            (0.013_321_216_959_001_871, 0.003_247_573_931_159_645_6),
            (0.001_154_073_149_303_404, 0.001_478_418_703_493_651_2),
        ];
        for (unit, (value, deviation)) in found.units.iter().zip(golden) {
            near(unit.value, value);
            near(
                unit.interval.high - value,
                1.959_963_984_540_054 * deviation,
            );
        }
    }

    #[test]
    fn equal_units_are_pooled_whole() {
        let same = Measured {
            value: 0.05,
            variance: 1e-4,
        };
        let found = pool(&[same; 4], Level::P95).unwrap();
        assert!(found.tau.abs() < 1e-12 && found.tau_interval.low.abs() < 1e-12);
        assert!(
            found
                .units
                .iter()
                .all(|unit| (unit.value - 0.05).abs() < 1e-12)
        );
    }

    #[test]
    fn one_unit_has_nothing_to_lean_on() {
        assert_eq!(pool(&five()[..1], Level::P95), None);
    }
}
