//! A prior for proportions, learned from groups of the same kind.

use crate::{Beta, Tally, real};

/// Fewer successes or failures than this over all groups teach nothing.
const LEAST_EVIDENCE: u64 = 10;
/// A prior is never worth less than this many trials.
const WEAKEST: f64 = 2.0;

/// Fits the Beta prior from which the groups' rates seem to be drawn.
///
/// Maximum marginal likelihood of the beta-binomial model (Casella 1985; Gelman et
/// al., *BDA3*, section 5.3): Σ ln B(α+y, β+n−y) − ln B(α, β), searched over the mean
/// between the lowest and the highest observed rate and over the strength α+β from 2
/// to the smaller of `strongest` and all trials seen (no prior may claim more than
/// was seen; a few groups cannot show how little they differ). Golden-section search inside golden-section search: deterministic.
///
/// `None` when data are thin: fewer than two groups with trials, or fewer than ten
/// successes or failures over all. The caller then needs a weak prior of its own.
pub fn fit_beta_prior(groups: &[Tally], strongest: f64) -> Option<Beta> {
    let seen = || groups.iter().copied().filter(|group| group.trials() > 0);
    let total = seen().fold(Tally::default(), Tally::plus);
    if seen().count() < 2 || total.successes().min(total.failures()) < LEAST_EVIDENCE {
        return None;
    }
    let rates = || seen().filter_map(Tally::rate);
    let (lowest, highest) = rates().fold((1.0_f64, 0.0_f64), |(low, high), rate| {
        (low.min(rate), high.max(rate))
    });
    // A rate of exactly 0 or 1 is no possible mean of a Beta distribution.
    let edge = 0.5 / (real(total.trials()) + 1.0);
    let (lowest, highest) = (lowest.max(edge), highest.min(1.0 - edge).max(edge));
    let best_mean =
        |strength: f64| highest_point(lowest, highest, |mean| likelihood(seen(), mean, strength));
    let strongest = real(total.trials()).min(strongest).max(WEAKEST);
    let ln_strength = highest_point(WEAKEST.ln(), strongest.ln(), |ln| {
        let strength = ln.exp();
        likelihood(seen(), best_mean(strength), strength)
    });
    let strength = ln_strength.exp();
    Beta::with_mean(best_mean(strength), strength)
}

fn likelihood(groups: impl Iterator<Item = Tally>, mean: f64, strength: f64) -> f64 {
    let (a, b) = (mean * strength, (1.0 - mean) * strength);
    let ln_beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let prior = ln_beta(a, b);
    let of_group =
        |group: Tally| ln_beta(a + real(group.successes()), b + real(group.failures())) - prior;
    groups.map(of_group).sum()
}

/// Golden-section search (Kiefer 1953): 26 steps narrow the range 270 000-fold.
fn highest_point(low: f64, high: f64, value: impl Fn(f64) -> f64) -> f64 {
    const SECTION: f64 = 0.618_033_988_749_894_8;
    let (mut low, mut high) = (low, high);
    let mut left = high - SECTION * (high - low);
    let mut right = low + SECTION * (high - low);
    let (mut at_left, mut at_right) = (value(left), value(right));
    for _ in 0..26 {
        if at_left >= at_right {
            high = right;
            (right, at_right) = (left, at_left);
            left = high - SECTION * (high - low);
            at_left = value(left);
        } else {
            low = left;
            (left, at_left) = (right, at_right);
            right = low + SECTION * (high - low);
            at_right = value(right);
        }
    }
    low.midpoint(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(counts: &[(u64, u64)]) -> Vec<Tally> {
        counts.iter().map(|(n, y)| Tally::new(*n, *y)).collect()
    }

    #[test]
    fn agrees_with_scipy() {
        // scipy 1.17.1, Nelder–Mead on special.betaln
        let data = groups(&[(1000, 52), (2000, 70), (500, 31), (4000, 160), (800, 20)]);
        let prior = fit_beta_prior(&data, 1e4).unwrap();
        assert!((prior.mean().get() - 0.041_719_563_95).abs() < 1e-5);
        assert!((prior.strength() / 456.692_3 - 1.0).abs() < 1e-2);
    }

    #[test]
    fn thin_data_give_no_prior() {
        assert_eq!(fit_beta_prior(&groups(&[(1000, 50), (0, 0)]), 1e4), None);
        assert_eq!(fit_beta_prior(&groups(&[(40, 4), (50, 5)]), 1e4), None);
        assert_eq!(fit_beta_prior(&[], 1e4), None);
    }

    #[test]
    fn equal_groups_share_all_they_know_but_no_more() {
        let prior = fit_beta_prior(&groups(&[(400, 20), (400, 20)]), 1e4).unwrap();
        assert!((prior.mean().get() - 0.05).abs() < 1e-6);
        assert!(700.0 < prior.strength() && prior.strength() <= 800.0);
    }

    #[test]
    fn the_caller_s_bound_is_kept() {
        let prior = fit_beta_prior(&groups(&[(400, 20), (400, 20)]), 300.0).unwrap();
        assert!((prior.strength() - 300.0).abs() < 0.1);
    }
}
