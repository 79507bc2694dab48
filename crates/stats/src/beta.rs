//! The Beta distribution: what is believed about a proportion.

use crate::root::turning_point;
use crate::{Estimate, Fraction, Interval, Level, Tally, real};

/// A Beta(α, β) distribution with α, β > 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
}

impl Beta {
    /// Every proportion is equally plausible: Beta(1, 1).
    pub const FLAT: Self = Self {
        alpha: 1.0,
        beta: 1.0,
    };

    /// Takes both parameters; `None` unless positive and finite.
    pub fn new(alpha: f64, beta: f64) -> Option<Self> {
        let fits = |x: f64| x > 0.0 && x.is_finite();
        (fits(alpha) && fits(beta)).then_some(Self { alpha, beta })
    }

    /// Takes a mean and a strength α + β: the number of trials it is worth.
    ///
    /// `None` unless the mean lies strictly between 0 and 1 and the strength is positive.
    pub fn with_mean(mean: f64, strength: f64) -> Option<Self> {
        Self::new(mean * strength, (1.0 - mean) * strength)
    }

    /// Returns α.
    pub fn alpha(self) -> f64 {
        self.alpha
    }

    /// Returns β.
    pub fn beta(self) -> f64 {
        self.beta
    }

    /// Returns α + β: the number of trials the belief is worth.
    pub fn strength(self) -> f64 {
        self.alpha + self.beta
    }

    /// Returns α/(α + β).
    pub fn mean(self) -> Fraction {
        Fraction::clamped(self.alpha / self.strength())
    }

    /// Returns the standard deviation, √(μ(1−μ)/(α+β+1)).
    pub fn deviation(self) -> f64 {
        let mean = self.mean().get();
        (mean * (1.0 - mean) / (self.strength() + 1.0)).sqrt()
    }

    /// Returns the belief after seeing a tally (conjugate update).
    #[must_use]
    pub fn after(self, seen: Tally) -> Self {
        Self {
            alpha: self.alpha + real(seen.successes()),
            beta: self.beta + real(seen.failures()),
        }
    }

    /// Keeps the mean and multiplies the standard deviation, by 0.5 for instance.
    ///
    /// Factors are cut to 0.01..=1: a belief may be sharpened, never blurred.
    #[must_use]
    pub fn tempered(self, factor: f64) -> Self {
        let factor = factor.clamp(0.01, 1.0);
        let strength = (self.strength() + 1.0) / (factor * factor) - 1.0;
        let scale = strength / self.strength();
        Self {
            alpha: self.alpha * scale,
            beta: self.beta * scale,
        }
    }

    /// Returns the probability that the proportion is at most x.
    pub fn cdf(self, x: f64) -> Fraction {
        Fraction::clamped(incomplete_beta(self.alpha, self.beta, x))
    }

    /// Returns the proportion below which lies a share p of the belief.
    pub fn quantile(self, p: Fraction) -> f64 {
        turning_point(0.0, 1.0, |x| self.cdf(x) >= p)
    }

    /// Returns mean and central interval.
    pub fn estimate(self, level: Level) -> Estimate {
        let tail = level.alpha() / 2.0;
        Estimate {
            value: self.mean().get(),
            interval: Interval {
                level,
                low: self.quantile(Fraction::clamped(tail)),
                high: self.quantile(Fraction::clamped(1.0 - tail)),
            },
        }
    }
}

/// Iₓ(a, b), by continued fraction on the side where it converges fast.
///
/// DLMF 8.17.22 in Lentz's form (Press et al., *Numerical Recipes*, 6.4); the
/// number of steps grows as √max(a, b).
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = point_mass(a, b, x);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * b / (a + b) * continued_fraction(a, b, x)
    } else {
        1.0 - front * a / (a + b) * continued_fraction(b, a, 1.0 - x)
    }
}

/// Γ(a+b+1)/(Γ(a+1)Γ(b+1)) xᵃ(1−x)ᵇ by the saddle point, without cancellation.
///
/// Loader 2000, "Fast and accurate computation of binomial probabilities".
fn point_mass(a: f64, b: f64, x: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * (1.0 - x));
    exponent.exp() * (n / (std::f64::consts::TAU * a * b)).sqrt()
}

/// ln Γ(z+1) − (z + ½) ln z + z − ½ ln 2π: what Stirling's formula misses.
fn stirling_error(z: f64) -> f64 {
    if z < 16.0 {
        let half_ln_tau = 0.918_938_533_204_672_8;
        return libm::lgamma(z + 1.0) - (z + 0.5) * z.ln() + z - half_ln_tau;
    }
    let s = 1.0 / (z * z);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / z
}

/// x ln(x/m) + m − x, by its series where x and m are close.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    let mut odd = 3.0;
    for _ in 0..40 {
        power *= v * v;
        let next = sum + power / odd;
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
        odd += 2.0;
    }
    sum
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut upper = 1.0;
    let mut lower = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = lower;
    for step in 1..50_000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for part in [even, odd] {
            lower = 1.0 / away_from_zero(1.0 + part * lower);
            upper = away_from_zero(1.0 + part / upper);
            fraction *= lower * upper;
        }
        if (lower * upper - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beta(a: f64, b: f64) -> Beta {
        Beta::new(a, b).unwrap()
    }

    #[test]
    fn the_distribution_agrees_with_scipy() {
        // scipy 1.17.1, special.betainc
        let golden = [
            (2.5, 7.5, 0.1, 0.115_087_267_090_507_43),
            (531.0, 9_471.0, 0.05, 0.082_145_833_331_242_34),
            (0.3, 0.7, 0.01, 0.215_768_572_503_186_32),
            (53_001.0, 947_001.0, 0.0531, 0.671_275_573_914_229_8),
            (50.5, 1e6, 4e-5, 0.061_001_058_864_292_52),
            (1.0, 1.0, 0.3, 0.3),
        ];
        for (a, b, x, p) in golden {
            let found = beta(a, b).cdf(x).get();
            assert!((found / p - 1.0).abs() < 1e-11, "{a} {b} {x}: {found}");
        }
    }

    #[test]
    fn quantiles_agree_with_scipy() {
        // scipy 1.17.1, stats.beta.ppf
        let golden = [
            (531.0, 9_471.0, 0.025, 0.048_780_909_073_586_04),
            (0.3, 0.7, 0.975, 0.978_722_505_322_887_3),
            (1.0, 20.0, 0.5, 0.034_063_671_075_154_45),
            (53_001.0, 947_001.0, 0.975, 0.053_440_840_431_627_445),
        ];
        for (a, b, p, x) in golden {
            let found = beta(a, b).quantile(Fraction::clamped(p));
            assert!((found / x - 1.0).abs() < 1e-11, "{a} {b} {p}: {found}");
        }
    }

    #[test]
    fn tempering_halves_the_deviation_and_keeps_the_mean() {
        let (before, after) = (beta(5.0, 95.0), beta(5.0, 95.0).tempered(0.5));
        assert!((after.mean().get() - 0.05).abs() < 1e-12);
        assert!((after.deviation() / before.deviation() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_distribution_is_refused() {
        for (a, b) in [
            (0.0, 1.0),
            (1.0, -1.0),
            (f64::NAN, 1.0),
            (1.0, f64::INFINITY),
        ] {
            assert_eq!(Beta::new(a, b), None);
        }
        assert_eq!(Beta::with_mean(1.0, 10.0), None);
    }
}
