//! What must hold for any numbers.

use milieu_stats::*;
use proptest::prelude::*;

fn tally() -> impl Strategy<Value = Tally> {
    (1_u64..200_000)
        .prop_flat_map(|trials| (Just(trials), 0..=trials))
        .prop_map(|(trials, successes)| Tally::new(trials, successes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sequences_are_wider_than_fixed_intervals_and_hold_the_rate(seen in tally()) {
        let (once, always) = (wilson(seen, Level::P95).unwrap(), bernoulli_sequence(seen, Level::P95));
        prop_assert!(always.contains(seen.rate().unwrap()) && once.contains(seen.rate().unwrap()));
        prop_assert!(always.low <= once.low + 1e-12 && once.high <= always.high + 1e-12);
    }

    #[test]
    fn a_higher_level_is_never_narrower(a in tally(), b in tally(), parts in 1_usize..50) {
        let terms = [Term { coefficient: 1.0, seen: a }, Term { coefficient: -1.0, seen: b }];
        let (wide, method) = contrast(&terms, Level::P95.shared_by(parts)).unwrap();
        let (narrow, same) = contrast(&terms, Level::P95).unwrap();
        prop_assert_eq!(method, same);
        prop_assert!(wide.interval.low <= narrow.interval.low);
        prop_assert!(narrow.interval.high <= wide.interval.high);
    }

    #[test]
    fn swapping_sides_mirrors_the_difference(a in tally(), b in tally()) {
        let signed = |c| [Term { coefficient: c, seen: a }, Term { coefficient: -c, seen: b }];
        let (there, _) = contrast(&signed(1.0), Level::P95).unwrap();
        let (back, _) = contrast(&signed(-1.0), Level::P95).unwrap();
        prop_assert!((there.interval.low + back.interval.high).abs() < 1e-12);
    }

    #[test]
    fn shrunken_estimates_lie_between_their_own_and_the_mean(
        units in prop::collection::vec((-0.1..0.1_f64, 1e-6..1e-3_f64), 2..12),
    ) {
        let units: Vec<Measured> =
            units.into_iter().map(|(value, variance)| Measured { value, variance }).collect();
        let pooled = pool(&units, Level::P95).unwrap();
        for (own, shrunken) in units.iter().zip(&pooled.units) {
            let (low, high) = (own.value.min(pooled.mean.value), own.value.max(pooled.mean.value));
            prop_assert!(low - 1e-12 <= shrunken.value && shrunken.value <= high + 1e-12);
        }
        prop_assert!(pooled.tau_interval.low <= pooled.tau + 1e-12);
        prop_assert!(pooled.tau <= pooled.tau_interval.high + 1e-12);
    }

    #[test]
    fn chances_of_being_best_sum_to_one(
        parameters in prop::collection::vec((0.05..500.0_f64, 0.5..50_000.0_f64), 1..9),
    ) {
        let beliefs: Vec<Beta> =
            parameters.iter().map(|(a, b)| Beta::new(*a, *b).unwrap()).collect();
        let best = probability_each_is_best(&beliefs);
        let sum: f64 = best.iter().map(|p| p.get()).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9);
        prop_assert_eq!(best, probability_each_is_best(&beliefs));
    }

    #[test]
    fn a_fitted_prior_keeps_its_bounds(groups in prop::collection::vec(tally(), 0..8)) {
        if let Some(prior) = fit_beta_prior(&groups, 10_000.0) {
            prop_assert!(2.0 - 1e-9 <= prior.strength() && prior.strength() <= 10_000.0 + 1e-6);
        }
    }

    #[test]
    fn quantiles_undo_the_distribution(a in 0.5..5_000.0_f64, b in 0.5..5_000.0_f64, p in 0.001..0.999_f64) {
        let belief = Beta::new(a, b).unwrap();
        let back = belief.cdf(belief.quantile(Fraction::clamped(p))).get();
        prop_assert!((back - p).abs() < 1e-9, "{back}");
    }
}
