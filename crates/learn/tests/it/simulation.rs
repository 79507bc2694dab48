//! Fifty seeds of a world whose truth is known.

use milieu_measure::{RowKind, Verdict, compare};
use milieu_stats::{Level, real};

use crate::truth::{self, SLOTS, SlotTruth};
use crate::world::{Run, World, run};

const SEEDS: u64 = 50;
/// Enough for six slots of twelve markets.
const FEW_SEEDS: u64 = 6;

fn share_of(run: &Run, market: usize, arm: u8) -> f64 {
    let treated: u64 = (1..=3).map(|arm| run.cell(market, arm).visitors).sum();
    real(run.cell(market, arm).visitors) / real(treated)
}

/// The interval against the truth: (cells with n ≥ 500, cells that hold it).
fn coverage(run: &Run, world: &World) -> (u64, u64) {
    let report = compare(&run.experiment(), Level::P95);
    let rows = report.markets.iter();
    let differences = rows.filter(|row| row.kind == RowKind::Difference && row.n >= 500);
    let (mut all, mut held) = (0, 0);
    for (index, row) in differences.enumerate() {
        let treated: u64 = (1..=3).map(|arm| run.cell(index, arm).visitors).sum();
        let truth = run.earned[index] / real(treated) - world.rates[index][0];
        all += 1;
        held += u64::from(
            row.interval
                .is_some_and(|interval| interval.contains(truth)),
        );
    }
    (all, held)
}

/// The simulated shop's world, as the visitors of `milieu demo` live in it.
pub(crate) fn shop(truth: &SlotTruth, culture: truth::World) -> World {
    let rates = |market| {
        let arms = 0..truth.variants.len();
        arms.map(|arm| truth.rate(culture, market, arm)).collect()
    };
    World {
        rates: (0..truth::MARKETS.len()).map(rates).collect(),
        shares: truth::MARKETS.iter().map(|(_, share)| *share).collect(),
        seen: truth.seen,
        visitors: truth::FIRST_CROWD,
        refit_every: 2_000,
        holdout: truth::HOLDOUT,
        smallest_effect: truth.smallest_effect,
    }
}

/// The arm that leads all others by a point, if one does.
fn leader(rates: &[f64]) -> Option<u8> {
    let leads = |arm: usize| {
        let others = rates.iter().enumerate().filter(|(other, _)| *other != arm);
        others
            .map(|(_, rate)| rates[arm] - rate)
            .all(|lead| 0.01 - 1e-9 <= lead)
    };
    let arm = (0..rates.len()).find(|arm| leads(*arm))?;
    u8::try_from(arm + 1).ok()
}

fn intervals_hold_and_leaders_win(truth: &SlotTruth) {
    let world = shop(truth, truth::World::Culture);
    let leaders: Vec<Option<u8>> = world.rates.iter().map(|rates| leader(rates)).collect();
    let (mut all, mut held) = (0, 0);
    let mut shares = vec![Vec::new(); leaders.len()];
    for seed in 0..FEW_SEEDS {
        let run = run(&world, seed);
        let (cells, holding) = coverage(&run, &world);
        all += cells;
        held += holding;
        for (market, arm) in leaders.iter().enumerate() {
            shares[market].extend(arm.map(|arm| share_of(&run, market, arm)));
        }
    }
    println!("{}: {held} of {all} intervals hold the truth", truth.slot);
    assert_eq!(all, FEW_SEEDS * 12);
    assert!(
        real(held) >= 0.9 * real(all),
        "{held} of {all} intervals hold"
    );
    for ((market, _), shares) in truth::MARKETS.iter().zip(shares) {
        if shares.is_empty() {
            continue;
        }
        let mean = shares.iter().sum::<f64>() / real(FEW_SEEDS);
        let most = shares.iter().filter(|share| 0.7 <= **share).count();
        println!(
            "  {market}: the best arm got {mean:.3} on average, 0.7 or more in {most} of {FEW_SEEDS} runs"
        );
        assert!(
            mean >= 0.7,
            "{}, {market}: the best arm got {mean} on average",
            truth.slot
        );
    }
}

#[test]
fn in_the_shop_intervals_hold_the_truth_and_the_best_arm_wins() {
    for truth in &SLOTS {
        intervals_hold_and_leaders_win(truth);
    }
}

#[test]
fn in_a_shop_without_culture_nothing_is_called_better() {
    let world = World {
        visitors: 60_000,
        refit_every: 1_000,
        ..shop(&SLOTS[0], truth::World::None)
    };
    let wrong = called_better(&world);
    println!("\"adapted better\" in {wrong} of {SEEDS} runs");
    assert!(real(wrong) <= 0.05 * real(SEEDS), "{wrong} of {SEEDS} runs");
}

#[test]
fn with_a_small_holdout_a_lead_of_one_point_is_enough() {
    let world = World {
        rates: vec![
            vec![0.04, 0.05, 0.04],
            vec![0.05, 0.04, 0.035],
            vec![0.03, 0.04, 0.05],
            vec![0.04, 0.03, 0.05],
        ],
        visitors: 84_000,
        refit_every: 2_000,
        holdout: 0.1,
        ..World::default()
    };
    let best = [2, 1, 3, 3];
    let (mut all, mut held, mut share, mut led) = (0, 0, 0.0, 0);
    for seed in 0..SEEDS {
        let run = run(&world, seed);
        let (cells, holding) = coverage(&run, &world);
        all += cells;
        held += holding;
        for (market, arm) in best.into_iter().enumerate() {
            let got = share_of(&run, market, arm);
            share += got / real(SEEDS * 4);
            led += u64::from(got >= 0.7);
        }
    }
    assert_eq!(all, SEEDS * 4);
    assert!(
        real(held) >= 0.9 * real(all),
        "{held} of {all} intervals hold"
    );
    assert!(share >= 0.7, "the best arm got {share} on average");
    assert!(
        real(led) >= 0.8 * real(all),
        "it led in {led} of {all} cells"
    );
}

#[test]
fn early_intervals_hold_the_truth() {
    let world = World {
        rates: vec![
            vec![0.04, 0.05, 0.04],
            vec![0.05, 0.04, 0.035],
            vec![0.03, 0.04, 0.05],
            vec![0.10, 0.12, 0.08],
        ],
        visitors: 4_000,
        refit_every: 200,
        holdout: 0.1,
        ..World::default()
    };
    let (mut all, mut held) = (0, 0);
    for seed in 0..SEEDS {
        let (cells, holding) = coverage(&run(&world, seed), &world);
        all += cells;
        held += holding;
    }
    assert_eq!(all, SEEDS * 4);
    assert!(
        real(held) >= 0.9 * real(all),
        "{held} of {all} intervals hold"
    );
}

#[test]
fn equal_arms_are_not_called_better() {
    let world = World {
        rates: vec![vec![0.05; 2]; 4],
        visitors: 40_000,
        refit_every: 2_000,
        holdout: 0.1,
        ..World::default()
    };
    let wrong = called_better(&world);
    println!("\"adapted better\" in {wrong} of {SEEDS} runs");
    assert!(real(wrong) <= 0.05 * real(SEEDS), "{wrong} of {SEEDS} runs");
}

/// Counts the runs in which a market, or all together, is called better with adaptation.
fn called_better(world: &World) -> u64 {
    let mut wrong = 0;
    for seed in 0..SEEDS {
        let report = compare(&run(world, seed).experiment(), Level::P95);
        let mut verdicts = report.markets.iter().filter_map(|row| row.verdict);
        let market = verdicts.any(|verdict| verdict == Verdict::AdaptedBetter);
        let overall = report.overall.difference.verdict == Verdict::AdaptedBetter;
        wrong += u64::from(market || overall);
    }
    wrong
}
