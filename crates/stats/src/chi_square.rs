//! The chi-square distribution.

use crate::root::turning_point;
use crate::{Fraction, real};

/// Returns x such that a chi-square value is at most x with probability p.
///
/// `None` for no degree of freedom. Bisection on the tail probability.
pub fn chi_square_quantile(p: Fraction, degrees: u32) -> Option<f64> {
    if degrees == 0 {
        return None;
    }
    let upper = 1.0 - p.get();
    let mut high = 1.0;
    while tail(high, degrees) > upper && high < 1e9 {
        high *= 2.0;
    }
    Some(turning_point(0.0, high, |x| tail(x, degrees) <= upper))
}

/// Q(x | ν) by recurrence in ν (Abramowitz & Stegun 1964, 26.4.8):
/// Q(x | ν+2) = Q(x | ν) + (x/2)^(ν/2) e^(−x/2) / Γ(ν/2 + 1).
fn tail(x: f64, degrees: u32) -> f64 {
    let half = x / 2.0;
    let (mut at, mut q) = if degrees % 2 == 1 {
        (1, libm::erfc(half.sqrt()))
    } else {
        (2, (-half).exp())
    };
    while at < degrees {
        let shape = real(u64::from(at)) / 2.0;
        q += (shape * half.ln() - half - libm::lgamma(shape + 1.0)).exp();
        at += 2;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy 1.17.1, stats.chi2.ppf
        let golden = [
            (0.025, 1, 0.000_982_069_117_175_255_5),
            (0.975, 3, 9.348_403_604_496_148),
            (0.025, 3, 0.215_795_282_623_897_8),
            (0.975, 59, 82.117_405_940_238_3),
        ];
        for (p, degrees, x) in golden {
            let found = chi_square_quantile(Fraction::clamped(p), degrees).unwrap();
            assert!((found / x - 1.0).abs() < 1e-10, "{p} {degrees}: {found}");
        }
        assert_eq!(chi_square_quantile(Fraction::clamped(0.5), 0), None);
    }
}
