//! Which of several uncertain proportions is the largest.

use crate::{Beta, Fraction};

/// Nodes lie this many standard deviations to each side of every mean.
const REACH: f64 = 7.0;
/// Nodes per side of every mean.
const STEPS: u32 = 42;

/// Returns, for each belief, the probability that its proportion is the largest.
///
/// P(j largest) = ∫ Πₖ≠ⱼ Fₖ dFⱼ by quadrature, without sampling: all distribution
/// functions are taken at nodes spread around every mean and joined by straight
/// lines; the product of lines is integrated exactly (Gauss–Legendre). The answers
/// sum to 1, and the error stays below 2·10⁻⁴ (checked against scipy).
pub fn probability_each_is_best(beliefs: &[Beta]) -> Vec<Fraction> {
    let nodes = nodes(beliefs);
    let mut best = vec![0.0; beliefs.len()];
    let mut before = vec![0.0; beliefs.len()];
    for node in nodes {
        let here: Vec<f64> = beliefs.iter().map(|b| cdf_at(*b, node)).collect();
        add_panel(&mut best, &before, &here);
        before = here;
    }
    let sum: f64 = best.iter().sum();
    best.iter().map(|p| Fraction::clamped(p / sum)).collect()
}

fn nodes(beliefs: &[Beta]) -> Vec<f64> {
    let mut nodes = vec![0.0, 1.0];
    for belief in beliefs {
        let (mean, deviation) = (belief.mean().get(), belief.deviation());
        for step in 0..=STEPS {
            let away = REACH * deviation * f64::from(step) / f64::from(STEPS);
            nodes.extend([mean - away, mean + away]);
        }
    }
    nodes.retain(|node| (0.0..=1.0).contains(node));
    nodes.sort_by(f64::total_cmp);
    nodes.dedup_by(|a, b| a.total_cmp(b).is_eq());
    nodes
}

/// Far from the mean nothing is left to compute: Bernstein's bound is below 10⁻¹⁴.
fn cdf_at(belief: Beta, x: f64) -> f64 {
    let away = (x - belief.mean().get()) / belief.deviation();
    if away > 40.0 {
        1.0
    } else if away < -40.0 {
        0.0
    } else {
        belief.cdf(x).get()
    }
}

/// Adds ∫ Πₖ≠ⱼ Fₖ dFⱼ over one panel in which every F is a straight line.
fn add_panel(best: &mut [f64], before: &[f64], here: &[f64]) {
    // Gauss–Legendre with five points on 0..1, exact to degree nine: ten arms.
    const POINTS: [(f64, f64); 5] = [
        (0.046_910_077_030_668_0, 0.118_463_442_528_094_54),
        (0.230_765_344_947_158_45, 0.239_314_335_249_683_24),
        (0.5, 0.284_444_444_444_444_44),
        (0.769_234_655_052_841_6, 0.239_314_335_249_683_24),
        (0.953_089_922_969_332, 0.118_463_442_528_094_54),
    ];
    for (at, weight) in POINTS {
        let lines = || before.iter().zip(here).map(|(a, b)| a + (b - a) * at);
        for (j, (to, (a, b))) in best.iter_mut().zip(before.iter().zip(here)).enumerate() {
            let rise = b - a;
            if rise > 0.0 {
                let others = lines().enumerate().filter(|(k, _)| *k != j);
                let product: f64 = others.map(|(_, line)| line).product();
                *to += weight * rise * product;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beliefs(parameters: &[(f64, f64)]) -> Vec<Beta> {
        let belief = |(a, b): &(f64, f64)| Beta::new(*a, *b).unwrap();
        parameters.iter().map(belief).collect()
    }

    fn best(parameters: &[(f64, f64)]) -> Vec<f64> {
        let found = probability_each_is_best(&beliefs(parameters));
        found.into_iter().map(Fraction::get).collect()
    }

    #[test]
    fn agrees_with_scipy() {
        // scipy 1.17.1, integrate.quad over stats.beta
        let two = best(&[(531.0, 9_471.0), (481.0, 9_721.0)]);
        assert!((two[0] - 0.973_602_771_957_605_4).abs() < 2e-4, "{two:?}");
        let four = best(&[(6.0, 96.0), (9.0, 93.0), (3.0, 20.0), (51.0, 951.0)]);
        let golden = [0.056_231_034, 0.272_590_488, 0.666_092_965, 0.005_085_499];
        for (found, expected) in four.iter().zip(golden) {
            assert!((found - expected).abs() < 2e-4, "{four:?}");
        }
    }

    #[test]
    fn equals_share_and_the_certain_take_all() {
        for share in best(&[(3.0, 40.0); 3]) {
            assert!((share - 1.0 / 3.0).abs() < 1e-12);
        }
        let clear = best(&[(5e4, 5e5), (1e3, 5e5), (0.5, 40.0)]);
        assert!(clear[0] > 0.9 && clear[1] < 1e-9);
        assert!(best(&[]).is_empty());
        assert!((best(&[(0.1, 9.0)])[0] - 1.0).abs() < 1e-12);
    }
}
