//! Simulated experiments with a known truth and fixed seeds.

use milieu_stats::*;

/// `SplitMix64` (Steele, Lea & Flood 2014).
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        real((z ^ (z >> 31)) >> 11) / real(1 << 53)
    }

    fn normal(&mut self) -> f64 {
        normal_quantile(Fraction::clamped(self.uniform().max(1e-12)))
    }

    fn successes(&mut self, trials: u64, rate: f64) -> u64 {
        (0..trials).map(|_| u64::from(self.uniform() < rate)).sum()
    }
}

/// Share of A/A experiments in which a peek every 100 trials ever excludes zero.
fn ever_excludes_zero(rate: f64, control_share: u64) -> f64 {
    const PATHS: u64 = 2_000;
    let mut draws = Draws(17);
    let mut wrong = 0;
    for _ in 0..PATHS {
        let (mut a, mut b) = (Tally::default(), Tally::default());
        for _peek in 0..100 {
            let control = control_share;
            a = a.plus(Tally::new(
                100 - control,
                draws.successes(100 - control, rate),
            ));
            b = b.plus(Tally::new(control, draws.successes(control, rate)));
            let term = |coefficient, seen| Term { coefficient, seen };
            let terms = [term(1.0, a), term(-1.0, b)];
            let (found, _) = contrast(&terms, Level::P95).unwrap();
            if !found.interval.contains(0.0) {
                wrong += 1;
                break;
            }
        }
    }
    real(wrong) / real(PATHS)
}

#[test]
fn peeking_does_not_raise_false_alarms() {
    let bound = 0.05 + 2.0 * (0.05 * 0.95 / 2_000.0_f64).sqrt();
    for (rate, control_share) in [(0.05, 50), (0.3, 50), (0.05, 20)] {
        let share = ever_excludes_zero(rate, control_share);
        assert!(share <= bound, "rate {rate}: {share}");
    }
}

#[test]
fn exact_sequences_hold_the_rate_at_every_moment() {
    let mut draws = Draws(23);
    let mut missed = 0;
    for _ in 0..1_000 {
        let mut seen = Tally::default();
        for _peek in 0..100 {
            seen = seen.plus(Tally::new(20, draws.successes(20, 0.05)));
            if !bernoulli_sequence(seen, Level::P95).contains(0.05) {
                missed += 1;
                break;
            }
        }
    }
    assert!(real(missed) / 1_000.0 <= 0.05 + 2.0 * 0.0069, "{missed}");
}

/// Coverage of shrunken intervals over units that truly differ by `tau`.
fn shrunken_coverage(units: usize, tau: f64) -> f64 {
    let mut draws = Draws(5);
    let (mut held, mut all) = (0, 0);
    for _ in 0..1_500 {
        let truths: Vec<f64> = (0..units).map(|_| 0.01 + tau * draws.normal()).collect();
        let seen: Vec<Measured> = truths
            .iter()
            .map(|truth| Measured {
                value: truth + 0.005 * draws.normal(),
                variance: 0.005 * 0.005,
            })
            .collect();
        for (truth, unit) in truths.iter().zip(pool(&seen, Level::P95).unwrap().units) {
            held += u64::from(unit.interval.contains(*truth));
            all += 1;
        }
    }
    real(held) / real(all)
}

#[test]
fn shrunken_intervals_hold_most_truths_even_with_few_units() {
    for (units, tau) in [(4, 0.0), (4, 0.005), (4, 0.02), (12, 0.005)] {
        let coverage = shrunken_coverage(units, tau);
        assert!(coverage >= 0.85, "{units} units, tau {tau}: {coverage}");
    }
}
