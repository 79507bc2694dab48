//! Whether culture mattered: what may be said, and how often it is wrong.

use milieu_measure::*;
use milieu_stats::{Fraction, Level, real};

use crate::report::{cell, experiment, market};

fn culture(markets: Vec<MarketCells>, smallest_effect: f64) -> Culture {
    let experiment = Experiment {
        smallest_effect: Fraction::clamped(smallest_effect),
        ..experiment(markets)
    };
    compare(&experiment, Level::P95).culture
}

/// 200 000 visitors a side with a rate of 4 %, and `more` conversions of the treated.
fn large(name: &str, more: u64) -> MarketCells {
    let generic = cell(100_000, 4_000);
    market(
        name,
        cell(200_000, 8_000),
        generic,
        cell(100_000, 4_000 + more),
    )
}

/// 20 000 visitors a side; treated and held-out ones convert this often.
fn sides(name: &str, treated: u64, holdout: u64) -> MarketCells {
    let adapted = cell(20_000, treated);
    market(name, cell(20_000, holdout), cell(0, 0), adapted)
}

fn listed(culture: &Culture) -> Vec<&str> {
    let all = culture.disagreeing.iter();
    all.map(|one| one.market.as_str()).collect()
}

#[test]
fn many_visitors_and_small_differences_are_called_alike() {
    let found = culture(
        vec![large("ja-JP", 0), large("de-DE", 60), large("pt-BR", 0)],
        0.01,
    );
    assert_eq!(found.verdict, CultureVerdict::DidNotMatter);
    insta::assert_snapshot!(found.reason, @"culture did not matter here: in every market treated minus held out lies within ±1.00 points, the smallest difference that would matter, and adapted texts alone gain less than that and lose less than twice that (3 markets, n = 1200000; of adapted texts alone the widest is de-DE: -0.18 to +0.30)");
    assert_eq!((found.more, found.disagreeing.len()), (None, 0));
}

#[test]
fn finding_nothing_is_not_finding_that_there_is_nothing() {
    let small = || market("ja-JP", cell(400, 16), cell(400, 16), cell(400, 16));
    let found = culture(vec![small(), large("de-DE", 0)], 0.01);
    assert_eq!(found.verdict, CultureVerdict::TooEarly);
    insta::assert_snapshot!(found.reason, @"too early to say whether culture mattered: no difference is established, and in 1 of 2 markets (ja-JP) one of ±1.00 points is still possible (n = 401200); to say that it did not, about 54000 more visitors are needed");
    assert!(found.more.is_some_and(|more| 10_000 < more));
    let narrower = culture(vec![large("de-DE", 0)], 0.000_5);
    assert_eq!(narrower.verdict, CultureVerdict::TooEarly);
}

#[test]
fn one_market_that_is_not_there_yet_keeps_all_from_being_called_alike() {
    let few = market("ja-JP", cell(40, 2), cell(40, 2), cell(40, 2));
    let found = culture(vec![large("de-DE", 0), few], 0.01);
    assert_eq!(found.verdict, CultureVerdict::TooEarly);
    let within: Vec<bool> = found.compared.iter().map(|one| one.within).collect();
    assert_eq!(within, [true, false]);
}

#[test]
fn texts_that_hurt_are_not_called_alike_because_the_policy_avoids_them() {
    let avoided = market(
        "pt-BR",
        cell(100_000, 8_000),
        cell(99_000, 7_920),
        cell(1_000, 30),
    );
    let randomised = 79.5 / 1_000.0 - 0.08;
    assert!(
        f64::abs(randomised) < 0.001,
        "treated and held out convert alike"
    );
    let found = culture(vec![avoided, large("ja-JP", 0)], 0.01);
    assert_ne!(found.verdict, CultureVerdict::DidNotMatter);
    assert!(!found.compared[0].within);
}

#[test]
fn a_difference_can_be_established_and_too_small_to_matter() {
    let tiny = market(
        "ja-JP",
        cell(4_000_000, 160_000),
        cell(0, 0),
        cell(4_000_000, 164_000),
    );
    let found = culture(vec![tiny], 0.01);
    assert_eq!(found.verdict, CultureVerdict::DidNotMatter);
}

#[test]
fn a_market_with_nothing_adapted_is_no_witness() {
    let mut bare = large("fr-FR", 0);
    bare.arms.retain(|arm| arm.generic);
    let found = culture(vec![bare.clone(), sides("ja-JP", 1_600, 800)], 0.01);
    assert_eq!(found.verdict, CultureVerdict::Mattered);
    insta::assert_snapshot!(found.reason, @"adapting by market mattered here: better in ja-JP (1 of 1 markets decided, n = 40000)");
    assert_eq!(found.compared.len(), 1);
    let alone = culture(vec![bare], 0.01);
    assert_eq!(alone.verdict, CultureVerdict::TooEarly);
    assert!(alone.reason.contains("no market has an adapted variant"));
}

#[test]
fn the_numbers_agree_with_their_formulas() {
    // Python: the asymptotic sequence of docs/method/intervals.md, at 90 % and at 95 %
    let found = culture(
        vec![market(
            "ja-JP",
            cell(20_000, 800),
            cell(10_000, 400),
            cell(10_000, 420),
        )],
        0.01,
    );
    let interval = found.compared[0].interval.unwrap();
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    near(interval.low, -0.004_874_166_581_745_247);
    near(interval.high, 0.008_874_166_581_745_25);
    let found = culture(
        vec![
            sides("ja-JP", 1_200, 800),
            sides("de-DE", 1_200, 800),
            sides("pt-BR", 800, 1_200),
        ],
        0.01,
    );
    let [only] = found.disagreeing.as_slice() else {
        panic!("{:?}", found.disagreeing);
    };
    near(only.estimate, -0.04);
    near(only.interval.low, -0.048_965_499_256_404_46);
    near(only.interval.high, -0.031_034_500_743_595_525);
    insta::assert_snapshot!(only.reason, @"adapting changed the rate here by 4.0 points less than in the other 2 markets");
}

#[test]
fn a_market_that_disagrees_does_not_drag_the_others_with_it() {
    // Of three markets, each of the two that agree lies two points from "the rest".
    let found = culture(
        vec![
            sides("ja-JP", 1_600, 800),
            sides("pt-BR", 400, 1_600),
            sides("de-DE", 1_600, 800),
        ],
        0.01,
    );
    assert_eq!(listed(&found), ["pt-BR"]);
}

#[test]
fn of_two_markets_neither_is_the_one_that_disagrees() {
    let found = culture(
        vec![sides("ja-JP", 1_600, 800), sides("pt-BR", 800, 1_600)],
        0.01,
    );
    assert_eq!(found.verdict, CultureVerdict::Mattered);
    assert!(found.disagreeing.is_empty());
}

#[test]
fn a_market_with_few_visitors_disagrees_with_nobody_yet() {
    let small = market("fr-CA", cell(60, 30), cell(0, 0), cell(60, 1));
    let mut markets: Vec<_> = ["ja-JP", "de-DE", "pt-BR"]
        .map(|name| sides(name, 1_200, 800))
        .into();
    markets.push(small);
    assert!(culture(markets, 0.01).disagreeing.is_empty());
}

/// Dice that always fall the same way: `SplitMix64` (Steele, Lea & Flood 2014).
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        f64::from(u32::try_from(z >> 32).unwrap()) / 4_294_967_296.0
    }

    fn grow(&mut self, cell: &mut Cell, rate: f64) {
        cell.visitors += 1;
        cell.conversions += u64::from(self.uniform() < rate);
    }
}

/// What was ever said on paths that are looked at every 500 visitors a market.
struct Ever {
    paths: u64,
    mattered: u64,
    not: u64,
    disagreed: u64,
}

/// Lets markets grow that differ by `gains` from a generic rate of 30 %.
fn watch(gains: &[f64], visitors: u64, paths: u64) -> Ever {
    let names = ["ja-JP", "de-DE", "pt-BR", "fr-FR"];
    let mut ever = Ever {
        paths,
        mattered: 0,
        not: 0,
        disagreed: 0,
    };
    for path in 0..paths {
        let mut dice = Dice(path);
        let mut cells = vec![[Cell::default(); 3]; gains.len()];
        let (mut mattered, mut not, mut disagreed) = (false, false, false);
        for visitor in 1..=visitors {
            for (cells, gain) in cells.iter_mut().zip(gains) {
                let side = [0, 0, 1, 2, 2][usize::try_from(visitor % 5).unwrap()];
                let rate = if side == 2 { 0.3 + gain } else { 0.3 };
                dice.grow(&mut cells[side], rate);
            }
            if visitor % 500 == 0 {
                let all = names.iter().zip(&cells);
                let all = all.map(|(name, [holdout, generic, adapted])| {
                    market(name, *holdout, *generic, *adapted)
                });
                let found = culture(all.collect(), 0.05);
                mattered |= found.verdict == CultureVerdict::Mattered;
                not |= found.verdict == CultureVerdict::DidNotMatter;
                disagreed |= !found.disagreeing.is_empty();
            }
        }
        ever.mattered += u64::from(mattered);
        ever.not += u64::from(not);
        ever.disagreed += u64::from(disagreed);
    }
    println!(
        "{gains:?}: mattered {}, did not {}, disagreed {} of {paths}",
        ever.mattered, ever.not, ever.disagreed
    );
    ever
}

#[test]
fn without_any_difference_it_is_hardly_ever_said_that_culture_mattered() {
    let ever = watch(&[0.0; 4], 12_000, 200);
    assert!(real(ever.mattered) <= 0.05 * real(ever.paths));
    assert!(real(ever.not) >= 0.9 * real(ever.paths));
}

#[test]
fn a_difference_that_just_matters_is_hardly_ever_called_alike() {
    // Adapted texts go to two thirds of the treated: 7.5 points there are 5 for all treated.
    for gains in [[0.0, 0.05, 0.0, 0.0], [0.0, 0.0, -0.075, 0.0]] {
        let ever = watch(&gains, 12_000, 200);
        assert!(real(ever.not) <= 0.05 * real(ever.paths));
    }
}

#[test]
fn markets_that_gain_alike_hardly_ever_disagree() {
    let ever = watch(&[0.08; 4], 12_000, 200);
    assert!(real(ever.mattered) >= 0.95 * real(ever.paths));
    assert!(real(ever.disagreed) <= 0.05 * real(ever.paths));
}
