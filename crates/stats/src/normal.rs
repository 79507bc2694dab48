//! The normal distribution.

use crate::Fraction;
use crate::root::turning_point;

/// Returns Φ(z), the chance that a standard normal value is at most z.
///
/// Φ(z) = erfc(−z/√2)/2, with `erfc` of FreeBSD's msun (in `libm`, < 1 ulp).
pub fn normal_cdf(z: f64) -> Fraction {
    Fraction::clamped(0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2))
}

/// Returns z with Φ(z) = p, by bisection; ±39 at the ends, where Φ underflows.
pub fn normal_quantile(p: Fraction) -> f64 {
    if p.get() > 0.5 {
        // The upper tail has no digits left below 1: mirror it.
        return -normal_quantile(Fraction::clamped(1.0 - p.get()));
    }
    turning_point(-39.0, 0.0, |z| normal_cdf(z) >= p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy 1.17.1, stats.norm
        let golden = [
            (0.975, 1.959_963_984_540_054),
            (0.5, 0.0),
            (0.001, -3.090_232_306_167_813),
            (1e-10, -6.361_340_902_404_055),
        ];
        for (p, z) in golden {
            let found = normal_quantile(Fraction::clamped(p));
            assert!((found - z).abs() < 1e-12, "{p}: {found}");
            assert!((normal_cdf(z).get() - p).abs() < 1e-14);
        }
    }
}
