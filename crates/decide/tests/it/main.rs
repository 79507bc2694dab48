//! What visitors get: only what is approved, as often as the policy says, and stably.

mod world;

use milieu_content::Occasion;
use milieu_decide::{ArmShare, Decision, Question, Shares, Withheld, choose, explain, held_out};
use milieu_record::{ArmNo, MarketNo, Probability, SlotNo, VisitorKey};

use world::{NOW, World};

fn arm_of(world: &World, visitor: u32) -> Option<ArmNo> {
    match world.decide(visitor) {
        Decision::Served(chosen) => Some(chosen.facts.arm),
        _ => None,
    }
}

fn counts(world: &World, visitors: u32) -> [u32; 4] {
    let mut counts = [0; 4];
    for visitor in 0..visitors {
        counts[usize::from(arm_of(world, visitor).unwrap().0)] += 1;
    }
    counts
}

fn weigh(world: &mut World, weights: [f64; 3]) {
    let share = |(arm, weight): (u8, f64)| ArmShare {
        arm: ArmNo(arm),
        probability: Probability::clamped(weight),
        mean: None,
    };
    let arms = (1..).zip(weights).map(share).collect();
    world.set_shares(Shares {
        arms,
        best: Some(ArmNo(2)),
    });
}

#[test]
fn arms_come_as_often_as_the_policy_says() {
    let mut world = World::new(&[Occasion::Promotional; 3]);
    weigh(&mut world, [0.2, 0.7, 0.1]);
    let [held, first, second, third] = counts(&world, 40_000);
    let treated = f64::from(first + second + third);
    assert!((f64::from(held) / 40_000.0 - 0.1).abs() < 0.006, "{held}");
    // Four standard errors of a share of 36,000 are below 0.01.
    for (count, share) in [(first, 0.2), (second, 0.7), (third, 0.1)] {
        assert!(
            (f64::from(count) / treated - share).abs() < 0.01,
            "{count} for {share}"
        );
    }
}

#[test]
fn the_propensity_is_the_share_among_what_is_eligible() {
    let occasions = [Occasion::Neutral, Occasion::Promotional, Occasion::Neutral];
    let mut world = World::new(&occasions);
    weigh(&mut world, [0.2, 0.7, 0.1]);
    world.quiet();
    for visitor in 0..500 {
        let Decision::Served(chosen) = world.decide(visitor) else {
            panic!("served")
        };
        let expected = match chosen.facts.arm.0 {
            0 => 0.1,
            1 => 0.2 / 0.3,
            3 => 0.1 / 0.3,
            other => panic!("quiet mode lets arm {other} through"),
        };
        assert!((chosen.facts.propensity.get() - expected).abs() < 1e-6);
    }
}

#[test]
fn few_visitors_move_when_weights_move() {
    let mut world = World::new(&[Occasion::Promotional; 3]);
    weigh(&mut world, [0.34, 0.33, 0.33]);
    let before: Vec<_> = (0..20_000).map(|visitor| arm_of(&world, visitor)).collect();
    weigh(&mut world, [0.34, 0.34, 0.32]);
    let moved = (0..)
        .zip(&before)
        .filter(|(visitor, arm)| arm_of(&world, *visitor) != **arm);
    // One point of weight moved: one in a hundred treated visitors must, twice that may.
    let moved = moved.count();
    assert!((100..400).contains(&moved), "{moved}");
}

#[test]
fn a_holdout_that_grows_only_adds_visitors() {
    let salt = world::salt();
    let key = VisitorKey::from_bytes([5; 32]);
    for visitor in 0..2_000 {
        let id = key.visitor(&format!("v{visitor}"));
        assert!(!held_out(&salt, id, 0.1) || held_out(&salt, id, 0.2));
        assert!(!held_out(&salt, id, 0.0));
    }
}

#[test]
fn quiet_mode_stops_what_sells_and_ends_by_itself() {
    let mut world = World::new(&[Occasion::Promotional; 2]);
    world.quiet();
    assert!(matches!(
        world.decide(1),
        Decision::Withheld(_, Withheld::Quiet)
    ));
    let late = world::QUIET_UNTIL;
    assert!(matches!(world.decide_at(1, late), Decision::Served(_)));
}

#[test]
fn without_an_approved_generic_a_slot_is_not_live() {
    let world = World::new(&[]);
    assert!(matches!(
        world.decide(1),
        Decision::Withheld(_, Withheld::NotLive)
    ));
    let expired = World::new(&[Occasion::Promotional; 2]);
    let after = world::APPROVED_UNTIL;
    assert!(matches!(
        expired.decide_at(1, after),
        Decision::Withheld(_, Withheld::NotLive)
    ));
}

#[test]
fn without_a_visitor_only_a_single_arm_is_given() {
    let ask = |world: &World| {
        let question = Question {
            visitor: None,
            ..world.question(0, NOW)
        };
        matches!(choose(&question, &world.live), Decision::Served(_))
    };
    assert!(ask(&World::new(&[Occasion::Neutral])));
    assert!(!ask(&World::new(&[Occasion::Neutral; 2])));
}

#[test]
fn a_decision_is_explained_and_says_when_it_is_over() {
    let mut world = World::new(&[Occasion::Promotional; 2]);
    weigh(&mut world, [0.2, 0.8, 0.0]);
    let served = (0..99).find_map(|visitor| match world.decide(visitor) {
        Decision::Served(chosen) if chosen.facts.explored => Some(chosen.facts),
        _ => None,
    });
    let facts = served.unwrap();
    let told = explain(&facts, &world.live, NOW);
    assert!(told.still_eligible && told.blocked.is_empty());
    assert!(told.sentences[0].contains("20.0 %"), "{:?}", told.sentences);
    world.quiet();
    let told = explain(&facts, &world.live, NOW);
    assert!(!told.still_eligible);
    assert_eq!(told.blocked[0].why, "quiet mode stops it");
    assert_eq!((facts.slot, facts.market), (SlotNo(1), MarketNo(1)));
}
