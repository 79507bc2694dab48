//! What every policy keeps, whatever the data.

use milieu_learn::{ArmWeight, Settings, policy};
use milieu_measure::Ledger;
use milieu_record::{ArmNo, EventKind, LogPosition, MarketNo, PolicyVersion};
use milieu_stats::Fraction;
use proptest::prelude::*;

use crate::world::{SLOT, World, event, goals, plan, run};

fn three_arms() -> World {
    World {
        rates: vec![vec![0.05; 3]; 3],
        visitors: 0,
        refit_every: 1,
        holdout: 0.1,
        ..World::default()
    }
}

/// A ledger in which visitors `(market, arm, clicks?)` came one after the other.
fn ledger(visits: &[(u16, u8, bool)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (number, (market, arm, clicks)) in (1..).zip(visits) {
        let (market, arm) = (MarketNo(*market), ArmNo(*arm));
        let mut fold = |kind| {
            let event = event(0, number, market, arm, kind);
            ledger.fold(ledger.position(), &event, &goals());
        };
        fold(EventKind::Exposure);
        if *clicks {
            fold(EventKind::Track("Slot Clicked".into()));
        }
    }
    ledger
}

fn weigh(ledger: &Ledger, market: u16) -> Vec<ArmWeight> {
    let weights = policy(ledger, &[plan(&three_arms())], Settings::default());
    weights.slots[&(SLOT, MarketNo(market))].clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn weights_sum_to_one_keep_the_floor_and_repeat(
        visits in prop::collection::vec((0_u16..3, 0_u8..4, any::<bool>()), 0..300),
        floor in 0.0..0.3_f64,
    ) {
        let ledger = ledger(&visits);
        let settings = Settings { floor: Fraction::clamped(floor), ..Settings::default() };
        let plans = [plan(&three_arms())];
        let weights = policy(&ledger, &plans, settings);
        prop_assert_eq!(weights.version, PolicyVersion(ledger.position().0));
        for arms in weights.slots.values() {
            let sum: f64 = arms.iter().map(|arm| arm.probability.get()).sum();
            prop_assert!((sum - 1.0).abs() < 1e-6);
            let least = floor.min(0.5 / 3.0) - 1e-7;
            prop_assert!(arms.iter().all(|arm| least <= arm.probability.get()));
        }
        prop_assert_eq!(&weights, &policy(&ledger, &plans, settings));
    }
}

#[test]
fn nothing_known_means_equal_chances() {
    for arm in weigh(&Ledger::default(), 0) {
        assert!((arm.probability.get() - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(arm.visitors, 0);
    }
}

#[test]
fn a_market_without_data_starts_from_the_others() {
    let visits: Vec<_> = (0..4_000)
        .map(|i| {
            (
                u16::from(i % 2 == 0),
                if i % 4 < 2 { 2 } else { 3 },
                i % 40 == 0 || i % 40 == 1,
            )
        })
        .collect();
    let arms = weigh(&ledger(&visits), 2);
    assert!(arms[1].mean > arms[2].mean, "{arms:?}");
    assert!(arms[1].probability.get() > 0.9, "{arms:?}");
}

#[test]
fn held_out_visitors_inform_the_generic_arm() {
    let visits: Vec<_> = (0..500).map(|i| (0, 0, i % 10 == 0)).collect();
    let arms = weigh(&ledger(&visits), 0);
    assert_eq!(arms[0].visitors, 500);
    assert!(arms[0].mean.get() > 0.09);
}

#[test]
fn a_lone_arm_is_certain_and_an_empty_plan_is_empty() {
    let alone = World {
        rates: vec![vec![0.05]],
        ..three_arms()
    };
    let weights = policy(&Ledger::default(), &[plan(&alone)], Settings::default());
    let arms = &weights.slots[&(SLOT, MarketNo(0))];
    assert!((arms[0].probability.get() - 1.0).abs() < 1e-9);
    assert!(
        policy(&Ledger::default(), &[], Settings::default())
            .slots
            .is_empty()
    );
}

#[test]
fn learning_again_from_the_same_log_gives_the_same_weights() {
    let world = World {
        rates: vec![vec![0.04, 0.06], vec![0.05, 0.05]],
        visitors: 3_000,
        refit_every: 500,
        holdout: 0.1,
        ..World::default()
    };
    let (one, two) = (run(&world, 3), run(&world, 3));
    assert_eq!(one.weights, two.weights);
    assert!(one.ledger.position() > LogPosition(3_000));
}
